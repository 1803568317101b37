import { CommandError } from '../cli/errors.ts'
import type { NodeApi } from '../cli/node-api.ts'
import type { SubmissionView, WaitingVersion } from '../http/contracts/curate.ts'

export interface FoundWork {
  readonly submission: SubmissionView
  /** The version that is meant: the one named, else the newest that waits. */
  readonly version: WaitingVersion
}

/**
 * What waits and is meant by a slug, ARTIST/SLUG, or the CID of a manifest.
 * @throws {CommandError} when there is none, or more than one
 */
export async function findWork(api: NodeApi, text: string): Promise<FoundWork> {
  const found: FoundWork[] = []
  for await (const submission of api.submissions()) {
    const named = submission.waiting.find(({ manifest }) => manifest === text)
    const isMeant = submission.slug === text || `${submission.artist}/${submission.slug}` === text
    const version = named ?? (isMeant ? submission.waiting[0] : undefined)
    if (version !== undefined) found.push({ submission, version })
  }
  const [one, other] = found
  if (one === undefined)
    throw new CommandError(`nothing waits under '${text}'; mesh-art curate list shows what does`)
  if (other !== undefined) {
    const choice = found.map(({ submission: { artist, slug } }) => `${artist}/${slug}`).join(', ')
    throw new CommandError(`'${text}' is the slug of several artists; write one of ${choice}`)
  }
  return one
}
