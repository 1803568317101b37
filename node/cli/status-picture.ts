import type { MeshView, NodeView } from '../http/contract.ts'
import type { AlertKindView, MeshHealthView, TechNodeView } from '../http/contracts/tech.ts'
import { formatBytes, table } from './output.ts'
import type { ScreenLine } from './screen.ts'
import { statusWords } from './status-words.ts'
import type { StatusLanguage, StatusWords } from './status-words.ts'

const GAPS_SHOWN = 10
const MIB = 1024 * 1024
/** Columns of the list of nodes: on a narrow terminal those that say whether all is well. */
const FEW_COLUMNS = 4
const WIDE = 90

export interface StatusSource {
  readonly node: NodeView
  readonly mesh: MeshView
  readonly health: MeshHealthView
  readonly kinds: readonly AlertKindView[]
}

/** What a terminal is shown of a node and of its mesh: whether all is well first, and what one needs least last. */
export function statusPicture(source: StatusSource, language: StatusLanguage, columns: number): ScreenLine[] {
  const words = statusWords[language]
  return [
    ...verdictLines(source, language),
    { text: '' },
    ...nodeLines(source, words, columns),
    { text: '' },
    ...ownLines(source.node, words),
    ...source.mesh.incidents.map(({ peer, name, reason, count }): ScreenLine => ({
      text: words.turnedAway(name ?? peer, reason, count),
      tone: 'notice',
    })),
  ]
}

/** Whether the mesh is well; then what is not, and where which work is lacking and why. */
function verdictLines({ health, kinds }: StatusSource, language: StatusLanguage): ScreenLine[] {
  const words = statusWords[language]
  const { problems, notices, heard, alerts, nodes, works, causes, parts } = health
  const names = new Map(nodes.map(({ id, name }) => [id, name === '' ? id : name]))
  const titles = new Map(kinds.map(({ kind, title }) => [kind, title[language]]))
  const shown = works.filter(({ withdrawn }) => !withdrawn)
  const whole = shown.filter(({ lacks }) => lacks.length === 0).length
  const verdict = problems === 0 ? words.well : words.problems(problems)
  const lines: ScreenLine[] = [
    {
      text: notices === 0 ? verdict : `${verdict}, ${words.notices(notices)}`,
      tone: problems === 0 ? 'well' : 'problem',
    },
    { text: `${words.heard(heard.nodes, heard.of)}, ${words.whole(whole, shown.length)}` },
  ]
  if (parts.length > 1) lines.push({ text: words.parts(parts.length), tone: 'problem' })
  for (const { severity, kind, node, other, sinceSeconds } of alerts) {
    const about = [node, other]
      .filter((id) => id !== undefined && id !== '')
      .map((id) => names.get(id ?? '') ?? works.find(({ root }) => root === id)?.slug ?? id)
    const what = [titles.get(kind) ?? kind, ...(about.length === 0 ? [] : [about.join(' – ')])].join(': ')
    const mark = severity === 'problem' ? '!' : '-'
    lines.push({ text: `${mark} ${what}, ${words.since(timeOf(sinceSeconds, words))}`, tone: severity })
  }
  const gaps = shown.flatMap(({ slug, lacks }) =>
    lacks
      .filter(([node]) => nodes[node]?.state !== 'lost')
      .map(([node, code, share, rate, left]) => {
        const cause = causes[code]
        const why = [
          cause === undefined ? '?' : words.causes[cause],
          ...(cause === 'coming' ? [`${Math.floor(share / 10)} %`] : []),
          ...(rate > 0 ? [`${rate} KiB/s`] : []),
          ...(left > 0 ? [words.left(timeOf(left, words))] : []),
        ]
        return words.gap(slug, names.get(nodes[node]?.id ?? '') ?? '?', why.join(', '))
      }),
  )
  for (const text of gaps.slice(0, GAPS_SHOWN)) lines.push({ text: `  ${text}` })
  if (gaps.length > GAPS_SHOWN) lines.push({ text: `  ${words.more(gaps.length - GAPS_SHOWN)}` })
  return lines
}

function nodeLines({ health, mesh }: StatusSource, words: StatusWords, columns: number): ScreenLine[] {
  const rtts = new Map(mesh.nodes.map(({ id, rttMs }) => [id, rttMs]))
  const count = columns < WIDE ? FEW_COLUMNS : words.head.length
  const rows = health.nodes.map((node) => nodeRow(node, rtts.get(node.id), words))
  const [head = '', ...lines] = table([words.head, ...rows].map((row) => row.slice(0, count))).split('\n')
  return [
    { text: head, tone: 'soft' },
    ...lines.map((text, index): ScreenLine => {
      const state = health.nodes[index]?.state
      return state === 'lost'
        ? { text, tone: 'problem' }
        : state === 'late'
          ? { text, tone: 'notice' }
          : { text }
    }),
  ]
}

function nodeRow(node: TechNodeView, rttMs: number | undefined, words: StatusWords): string[] {
  const { id, name, state, silentSeconds = 0, works, health } = node
  const isSilent = state === 'late' || state === 'lost'
  return [
    name === '' ? id : name,
    isSilent ? `${words.states[state]}, ${timeOf(silentSeconds, words)}` : words.states[state],
    works === undefined ? '?' : `${works.complete}/${works.total}`,
    rttMs === undefined ? '' : `${Math.round(rttMs)} ms`,
    health?.load.toFixed(1) ?? '',
    health?.temperature === undefined ? '' : `${health.temperature} °C`,
    health === undefined ? '' : formatBytes(health.disk.freeMiB * MIB),
    health?.clients ?? '',
    health === undefined ? '' : timeOf(health.uptimeSeconds, words),
  ]
}

function ownLines(node: NodeView, words: StatusWords): ScreenLine[] {
  const { storage, works } = node
  const chunks = [
    `${storage.chunks}, ${formatBytes(storage.bytes)}`,
    words.free(formatBytes(storage.freeBytes)),
    ...(storage.full ? [words.full] : []),
  ]
  const rows = [
    [words.node, node.name],
    ['', node.id],
    [words.exhibition, node.exhibition],
    [words.works, words.wholeHere(works.complete, works.total)],
    [words.records, String(node.records)],
    [words.chunks, chunks.join('; ')],
    [words.damaged, String(node.damagedChunks)],
    ...(node.addresses.length === 0 ? [words.none] : node.addresses).map((address, index) => [
      index === 0 ? words.addresses : '',
      address,
    ]),
    [words.up, `${timeOf(node.uptimeSeconds, words)}, ${words.version(node.version)}`],
  ]
  return table(rows)
    .split('\n')
    .map((text): ScreenLine => ({ text }))
}

/** As short as it can be said: `40 s`, `12 min`, `3 h`. */
export function timeOf(seconds: number, { days, hours }: StatusWords): string {
  if (seconds < 100) return `${seconds} s`
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`
  return seconds < 48 * 3600
    ? `${Math.round(seconds / 3600)} ${hours}`
    : `${Math.round(seconds / 86_400)} ${days}`
}
