import * as v from 'valibot'
import { resolveVenue } from './resolve-venue.ts'
import type { Venue } from './resolve-venue.ts'
import type { VenueIssue } from './venue-issue.ts'
import { radioIssues, radioWarnings } from './radio-rules.ts'
import { venueSchema } from './venue-schema.ts'
import type { VenueFile } from './venue-schema.ts'

export interface ParsedVenue {
  readonly venue: Venue
  /** What works, and will disappoint. */
  readonly warnings: readonly VenueIssue[]
}

/** Parses venue.yaml's content. Every mistake at once, each with its path and what to do. */
export function parseVenue(value: unknown): ParsedVenue | { readonly issues: readonly VenueIssue[] } {
  const parsed = v.safeParse(venueSchema, value)
  if (!parsed.success) {
    const issues = parsed.issues.map(innermost).map((issue) => ({
      path: v.getDotPath(issue) ?? 'venue.yaml',
      message: issue.message,
    }))
    // What can be said of the rest is said as well, where the nodes can be told apart.
    return { issues: [...issues, ...duplicateIssues(value)] }
  }
  const venue = resolveVenue(parsed.output)
  const issues = [...placeIssues(parsed.output, venue), ...radioIssues(parsed.output, venue)]
  // Four nodes with one mistake have one mistake.
  if (issues.length > 0)
    return { issues: [...new Map(issues.map((one) => [`${one.path} ${one.message}`, one])).values()] }
  return { venue, warnings: radioWarnings(venue) }
}

/** Of a choice that none of the ways of writing it fits, the mistake in the one that was meant. */
function innermost(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const [inner] = (issue.issues ?? []).filter(({ path }) => (path?.length ?? 0) > 0)
  if (issue.type !== 'union' || inner === undefined) return issue
  const found = innermost(inner)
  const path = [...(issue.path ?? []), ...(found.path ?? [])] as [v.IssuePathItem, ...v.IssuePathItem[]]
  return { ...found, message: issue.message, path }
}

function duplicateIssues(value: unknown): VenueIssue[] {
  const nodes = (value as { nodes?: unknown } | null)?.nodes
  if (!Array.isArray(nodes)) return []
  return repeated(
    nodes.map((node: unknown) => (node as { name?: unknown } | null)?.name),
    (i) => `nodes.${i}.name`,
    'names another node as well: each needs its own',
  )
}

function repeated(values: readonly unknown[], path: (i: number) => string, message: string): VenueIssue[] {
  return values.flatMap((value, i) =>
    value !== undefined && values.indexOf(value) !== i ? [{ path: path(i), message }] : [],
  )
}

function placeIssues(file: VenueFile, venue: Venue): VenueIssue[] {
  const issues = [
    ...duplicateIssues(file),
    ...repeated(
      venue.nodes.map(({ number }) => number),
      (i) => `nodes.${i}.number`,
      `is the number of another node as well; free is ${freeNumber(venue)}`,
    ),
  ]
  const firstTwo = (network: string): string => network.split('.').slice(0, 2).join('.')
  if (firstTwo(venue.network.hotspot) === firstTwo(venue.network.mesh)) {
    issues.push({
      path: 'network.mesh',
      message: `overlaps the hotspot's ${venue.network.hotspot}: visitors and mesh must not meet`,
    })
  }
  if (file.retention?.copies !== undefined && file.retention.quota === undefined) {
    issues.push({
      path: 'retention.copies',
      message: 'does nothing without a quota: every node keeps everything',
    })
  }
  if (file.hotspot.security !== undefined && file.hotspot.security !== 'open') {
    if (file.hotspot.passwordFile === undefined)
      issues.push({
        path: 'hotspot.passwordFile',
        message: `is missing: ${file.hotspot.security} wants a password`,
      })
  } else if (file.hotspot.passwordFile !== undefined) {
    issues.push({
      path: 'hotspot.passwordFile',
      message: 'does nothing on an open hotspot: set security, or leave it out',
    })
  }
  return issues
}

function freeNumber({ nodes }: Venue): number {
  const taken = new Set(nodes.map(({ number }) => number))
  let number = 1
  while (taken.has(number)) number += 1
  return number
}
