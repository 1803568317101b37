/**
 * Paths of fields that a schema dropped since it does not know them: most often misspelt, and silently without effect.
 * @param input what was written
 * @param output what the schema made of it
 */
export function droppedKeys(input: unknown, output: unknown, path = ''): string[] {
  if (typeof input !== 'object' || input === null || typeof output !== 'object' || output === null) return []
  return Object.entries(input).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`
    return Object.hasOwn(output, key) ? droppedKeys(value, Reflect.get(output, key), at) : [at]
  })
}
