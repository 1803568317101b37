/** How long it takes to render a hundred nodes: `node node/with-runtime.js tests/bench/render.ts`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { renderNode } from '../../firmware-config/render/render-node.ts'
import { parseVenue } from '../../firmware-config/schema/venue.ts'

const NODES = 100
const example = join(import.meta.dirname, '../../firmware-config/venues/oba.yaml')

const draft = parse(readFileSync(example, 'utf8')) as { nodes: { name: string }[] }
const [model] = draft.nodes
draft.nodes = Array.from({ length: NODES }, (_, i) => ({ ...model, name: `node-${i + 1}` }))

const started = performance.now()
const parsed = parseVenue(draft)
if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues))
const { venue } = parsed
const rendered = venue.nodes.map((node) =>
  renderNode({ venue, node, secrets: { mesh: 'a secret of the mesh' } }),
)
const files = rendered.reduce((sum, one) => sum + one.files.length, 0)
console.log(`${NODES} nodes, ${files} files: ${Math.round(performance.now() - started)} ms`)
