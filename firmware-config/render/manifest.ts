import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { NodePlan } from './node-plan.ts'
import type { Rendered, RenderedFile } from './rendered-file.ts'

/** Of a secret there is no hash: a short one could be found by trying. */
export function manifestOf({ venue, node }: NodePlan, files: readonly Rendered[]): string {
  const manifest = {
    version: 1,
    venue: venue.id,
    node: node.name,
    board: node.boardId,
    files: files.map((one) => ({
      path: one.path,
      scope: one.scope,
      ...('link' in one ? { link: one.link } : fileEntry(one)),
    })),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

function fileEntry({ mode, secret, content }: RenderedFile): object {
  const octal = mode.toString(8).padStart(4, '0')
  if (secret) return { mode: octal, secret: true }
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { mode: octal, sha256: bytesToHex(sha256(bytes)) }
}
