import type { SystemTool } from '../system-tools.ts'

/** What the benches need beyond what the tests need. */
export const benchTools: readonly SystemTool[] = [
  { package: 'nginx-light', commands: ['nginx'], usedFor: 'bench:serve: what a node is measured beside' },
  { package: 'wrk', commands: ['wrk'], usedFor: 'bench:serve: asks more than either can answer' },
]
