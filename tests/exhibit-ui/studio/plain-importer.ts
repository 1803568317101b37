import { importer } from 'ipfs-unixfs-importer'

/** The root that a plain run of the importer gives, which browser and command line build on, with the profile of the exhibition. */
export async function rootByImporter(
  files: Readonly<Record<string, Uint8Array | AsyncIterable<Uint8Array>>>,
): Promise<string> {
  let root = ''
  const entries = Object.entries(files).map(([path, content]) => ({ path, content }))
  const options = { profile: 'unixfs-v1-2025' as const, wrapWithDirectory: true }
  for await (const { cid } of importer(entries, { put: async (cid) => cid }, options)) root = cid.toString()
  return root
}
