/**
 * The process that makes renditions, and nothing else: an image of a stranger is decoded here, so that one which is made to
 * harm ends this process and not the node. Started by rendition-maker.ts. Reads jobs on stdin: a line of JSON, then the bytes of the
 * original; answers on stdout in the same form.
 */
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { FrameReader, frameOf } from './rendition-frames.ts'
import type { RenditionJob, RenditionOutcome } from './rendition-frames.ts'
import { renditionLimits } from './rendition.ts'

/**
 * Phones show narrow ones on so few centimetres that nobody sees more than this: of 800 pixels a third fewer bytes of AVIF and a
 * sixth of WebP. The last is for all that is broader.
 */
const qualities = [
  { width: 800, avif: 40, webp: 60, jpeg: 78 },
  { width: 1088, avif: 45, webp: 70, jpeg: 78 },
  { width: Number.POSITIVE_INFINITY, avif: 52, webp: 78, jpeg: 78 },
] as const
/** How hard the encoders try: more takes several times as long for a few per cent. */
const effort = { avif: 2, webp: 3 } as const

behaveWell()
sharp.cache(false)
sharp.concurrency(1)
const reader = new FrameReader<RenditionJob>(process.stdin, renditionLimits.sourceBytes)
for (let job = await reader.next(); job !== null; job = await reader.next()) {
  const { header, bytes } = job
  for (const part of await answer(header, bytes)) process.stdout.write(part)
}

async function answer(job: RenditionJob, original: Uint8Array): Promise<Uint8Array[]> {
  try {
    const options = { limitInputPixels: renditionLimits.sourcePixels, sequentialRead: true }
    const image = sharp(original, options)
    const { pages = 1, format } = await image.metadata()
    // Something that moves loses its point when it stands still.
    if (pages > 1 || !['jpeg', 'png', 'webp', 'heif'].includes(format)) return refusal('not a still image')
    // As it is meant to be seen: turned as the camera says, in sRGB; nothing else of what a camera noted goes along.
    const resized = image
      .autoOrient()
      .resize({ width: job.width, withoutEnlargement: true })
      .timeout({ seconds: renditionLimits.makeMs / 1000 })
    const bytes = await encoded(resized, job).toBuffer()
    return frameOf<RenditionOutcome>({ ok: true }, bytes)
  } catch (error) {
    return refusal(error instanceof Error ? error.message : String(error))
  }
}

function encoded(image: Sharp, job: RenditionJob): Sharp {
  const { avif, webp, jpeg } = qualities.find(({ width }) => job.width <= width) ?? qualities[2]
  if (job.format === 'avif') return image.avif({ quality: avif, effort: effort.avif })
  if (job.format === 'webp') return image.webp({ quality: webp, effort: effort.webp })
  return image.flatten({ background: '#fff' }).jpeg({ quality: jpeg, progressive: true })
}

function refusal(reason: string): Uint8Array[] {
  return frameOf<RenditionOutcome>({ ok: false, reason: reason.slice(0, 200) }, new Uint8Array())
}

/** Last in line for the processor, first to go when memory runs out: the mesh and its visitors come before it. */
function behaveWell(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // The service's sandbox may forbid it; one at a time is then all the restraint there is.
  }
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // Not on this system: the limits on pixels and bytes still hold.
  }
}
