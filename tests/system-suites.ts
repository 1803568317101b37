import { matchesGlob, relative, resolve } from 'node:path'

/** Suites that own a browser, real ports, processes or network namespaces: one file at a time, after the others. */
export const systemSuites = Object.freeze([
  'tests/browser/**/*.test.ts',
  'tests/**/*.browser.test.ts',
  'tests/venue/**/*.test.ts',
  'tests/integration/**/*.test.ts',
  'tests/protocol/**/*.test.ts',
])

/** @param file absolute path, or from the root of the repository */
export function isSystemSuite(file: string): boolean {
  const root = resolve(import.meta.dirname, '..')
  const path = relative(root, resolve(root, file))
  return systemSuites.some((glob) => matchesGlob(path, glob))
}
