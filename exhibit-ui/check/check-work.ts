import { base64 } from 'multiformats/bases/base64'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openRecord } from '../../artworks/format/envelope.ts'
import { openIntake } from '../../artworks/format/intake.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { Manifest, OpenedRecord } from '../../artworks/format/records.ts'
import type { ArtworkDetail, RecordView } from '../../node/http/contract.ts'
import type { ProvenanceView } from '../../node/http/contracts/curate.ts'
import { checkFiles } from './check-files.ts'
import type { FileAsker } from './check-files.ts'
import { CheckFailedError, checkSteps } from './check-report.ts'
import type { CheckReport, CheckStep, StepState } from './check-report.ts'
import { pageDifferences } from './page-differences.ts'

/** What a page shows, and the address it was opened at: the key in the address is what the visitor came with. */
export interface ToCheck {
  readonly artist: string
  readonly slug: string
  readonly page: Omit<ArtworkDetail, 'progress'>
}

export interface CheckAsker extends FileAsker {
  readonly provenance: () => Promise<ProvenanceView>
  readonly record: (cid: string) => Promise<RecordView>
}

/** Records are small and signed; a node that names more than this has something else in mind. */
const RECORDS_TAKEN = 300

/**
 * Checks a work against what its artist, the curators and the steward signed. Believes the node in nothing: what cannot be
 * fetched makes the verdict `unknown`, what does not match makes it `bad`, and only if all of it matches is it `good`.
 * @returns the last report; never rejects
 */
export async function checkWork(
  asked: ToCheck,
  ask: CheckAsker,
  onReport: (report: CheckReport) => void,
): Promise<CheckReport> {
  const steps = Object.fromEntries(checkSteps.map((step) => [step, 'waiting'])) as Record<
    CheckStep,
    StepState
  >
  let report: CheckReport = {
    verdict: 'running',
    steps,
    ...{ bytes: 0, bytesTotal: asked.page.size, blocks: 0, records: 0, files: 0 },
    ...{ admittedBy: [], quorum: 0, exhibition: '' },
  }
  const say = (change: Partial<CheckReport>): void => {
    report = { ...report, ...change }
    onReport(report)
  }
  const good = (step: CheckStep, change: Partial<CheckReport> = {}): void =>
    say({ ...change, steps: { ...report.steps, [step]: 'good' } })

  let step: CheckStep = 'records'
  try {
    const provenance = await ask.provenance()
    const records = await openAll(provenance.records, ask)
    good('records', { records: records.length, exhibition: provenance.exhibition })

    step = 'maker'
    const manifest = records.find(({ cid }) => cid === asked.page.manifest)
    if (manifest === undefined || !isKind(manifest, 'artwork'))
      throw new CheckFailedError('maker', 'record', asked.page.manifest)
    if (manifest.signer !== asked.artist || manifest.body.slug !== asked.slug)
      throw new CheckFailedError('maker', 'maker', manifest.signer)
    good('maker', { bytesTotal: manifest.body.size })

    step = 'page'
    const [difference] = [
      ...(asked.page.artist === asked.artist ? [] : ['maker']),
      ...pageDifferences(asked.page, manifest.body),
    ]
    if (difference !== undefined) throw new CheckFailedError('page', 'page', difference)
    good('page')

    step = 'decision'
    good('decision', decided(provenance.exhibition, records, manifest))

    step = 'intake'
    await checkIntake(provenance, records, manifest)
    good('intake')

    step = 'files'
    const done = await checkFiles(manifest.body, ask, (progress) => say(progress))
    good('files', { ...done, verdict: 'good' })
  } catch (error) {
    const failure =
      error instanceof CheckFailedError
        ? error.failure
        : ({ step, code: 'record', what: error instanceof Error ? error.message : '' } as const)
    const isUnknown = failure.code === 'no-answer'
    say({
      verdict: isUnknown ? 'unknown' : 'bad',
      failure,
      steps: unlooked({ ...report.steps, [failure.step]: isUnknown ? 'unknown' : 'bad' }),
    })
  }
  return report
}

/** What was not come to is not known. */
function unlooked(steps: Readonly<Record<CheckStep, StepState>>): Record<CheckStep, StepState> {
  return Object.fromEntries(
    Object.entries(steps).map(([step, state]) => [step, state === 'waiting' ? 'unknown' : state]),
  ) as Record<CheckStep, StepState>
}

async function openAll(cids: readonly string[], ask: CheckAsker): Promise<OpenedRecord[]> {
  if (cids.length > RECORDS_TAKEN) throw new CheckFailedError('records', 'record', String(cids.length))
  const records: OpenedRecord[] = []
  for (const cid of cids) {
    const { envelope } = await ask.record(cid)
    try {
      const record = await openRecord(base64.baseDecode(envelope.replace(/=+$/, '')))
      if (record.cid !== cid) throw new Error('another record')
      records.push(record)
    } catch (cause) {
      throw new CheckFailedError('records', 'record', cid, { cause })
    }
  }
  return records
}

/** The same fold as in every node, over the records alone. */
function decided(
  exhibition: string,
  records: readonly OpenedRecord[],
  manifest: OpenedRecord<Manifest>,
): Pick<CheckReport, 'admittedBy' | 'quorum'> {
  const catalogue = new Catalogue(exhibition as Did)
  for (const record of records) catalogue.add(record)
  const work = catalogue.artwork(manifest.signer, manifest.body.slug)
  if (work?.shown?.cid !== manifest.cid)
    throw new CheckFailedError('decision', 'decision', work?.standing ?? 'submitted')
  return {
    admittedBy: work.admittedBy.map((did) => catalogue.curatorName(did) ?? did),
    quorum: catalogue.exhibition?.body.quorum ?? 0,
  }
}

/** The node that took it in must be one the steward granted, and its countersignature one of this manifest. */
async function checkIntake(
  { intake, exhibition }: ProvenanceView,
  records: readonly OpenedRecord[],
  manifest: OpenedRecord<Manifest>,
): Promise<void> {
  if (intake === null) {
    if (manifest.signer === exhibition) return
    throw new CheckFailedError('intake', 'intake', manifest.cid)
  }
  try {
    const opened = await openIntake(base64.baseDecode(intake.sealed.replace(/=+$/, '')))
    const granted = records.some(
      (record) =>
        isKind(record, 'node-grant') && record.signer === exhibition && record.body.node === opened.node,
    )
    if (opened.record !== manifest.cid || opened.node !== intake.node || !granted)
      throw new Error('not of this manifest, or of a node without a grant')
  } catch (cause) {
    throw new CheckFailedError('intake', 'intake', intake.node, { cause })
  }
}
