import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { renderNode } from '../../firmware-config/render/render-node.ts'
import type { NodeSecrets } from '../../firmware-config/render/node-plan.ts'
import type { Rendered } from '../../firmware-config/render/rendered-file.ts'
import { parseVenue } from '../../firmware-config/schema/venue.ts'

export const venueNames = ['nemo', 'waag-futurelab', 'oba', 'pakhuis-de-zwijger'] as const

/** Words that must be seen nowhere but in files of mode 0600. */
export const testSecrets = {
  mesh: 'joins-the-nodes-4711',
  hotspot: 'opens-the-hotspot-0815',
  provision: {
    nodeKey: new TextEncoder().encode('key-of-the-node'),
    exhibition: new TextEncoder().encode('record-of-the-exhibition'),
    grant: new TextEncoder().encode('grant-of-the-node'),
  },
} satisfies NodeSecrets

export function venueFile(name: string): string {
  return resolve(import.meta.dirname, '../../firmware-config/venues', `${name}.yaml`)
}

// Changed freely by tests, and judged by the schema afterwards.
// oxlint-disable-next-line typescript/no-explicit-any
export type Draft = any

export function draftOf(name: string): Draft {
  return parse(readFileSync(venueFile(name), 'utf8'))
}

/** Every node of a venue: name to path to file. */
export function renderDraft(draft: Draft): Map<string, Map<string, Rendered>> {
  const parsed = parseVenue(draft)
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues))
  const { venue } = parsed
  return new Map(
    venue.nodes.map((node) => {
      const { files } = renderNode({ venue, node, secrets: testSecrets })
      return [node.name, new Map(files.map((file) => [file.path, file]))]
    }),
  )
}

export function textOf(file: Rendered | undefined): string {
  if (file === undefined) throw new Error('there is no such file')
  if ('link' in file) return `-> ${file.link}\n`
  return typeof file.content === 'string' ? file.content : new TextDecoder().decode(file.content)
}
