import type { MeshHealthView } from '../http/contracts/tech.ts'

const GAPS_SHOWN = 10

/** Whether the mesh is well, in lines; then what is not, and where which work is lacking and why. @param titles of alerts */
export function verdictOf(health: MeshHealthView, titles: ReadonlyMap<string, string>): string {
  const { problems, notices, heard, alerts, nodes, works, causes } = health
  const names = new Map(nodes.map(({ id, name }) => [id, name === '' ? id : name]))
  const shown = works.filter(({ withdrawn }) => !withdrawn)
  const whole = shown.filter(({ lacks }) => lacks.length === 0).length
  const lines = [
    `${problems === 0 ? 'ALL IS WELL' : problems === 1 ? '1 PROBLEM' : `${problems} PROBLEMS`}${notices === 0 ? '' : `, ${notices} to know of`}: ${heard.nodes} of ${heard.of} nodes heard, ${whole} of ${shown.length} works whole everywhere`,
  ]
  for (const { severity, kind, node, other, sinceSeconds } of alerts) {
    const about = [node, other].flatMap((id) =>
      id === undefined ? [] : [names.get(id) ?? titleOf(health, id)],
    )
    lines.push(
      `${severity === 'problem' ? '!' : '-'} ${titles.get(kind) ?? kind}: ${about.join(' – ')}, for ${sinceSeconds} s`,
    )
  }
  const gaps = shown.flatMap(({ slug, lacks }) =>
    lacks
      .filter(([node]) => nodes[node]?.state !== 'lost')
      .map(([node, cause, share, rate, left]) => {
        const progress =
          causes[cause] === 'coming'
            ? ` ${Math.floor(share / 10)} %, ${rate} KiB/s${left > 0 ? `, ${left} s left` : ''}`
            : ''
        return `  ${slug} on ${names.get(nodes[node]?.id ?? '') ?? '?'}: ${causes[cause] ?? '?'}${progress}`
      }),
  )
  lines.push(...gaps.slice(0, GAPS_SHOWN))
  if (gaps.length > GAPS_SHOWN) lines.push(`  and ${gaps.length - GAPS_SHOWN} more`)
  return lines.join('\n')
}

function titleOf({ works }: MeshHealthView, root: string): string {
  return works.find((work) => work.root === root)?.slug ?? root
}
