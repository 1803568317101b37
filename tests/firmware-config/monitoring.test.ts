import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { metricNames, sampleMetrics } from '../node/http/metric-names.ts'
import { findCommand } from '../system-tools.ts'

const folder = resolve(import.meta.dirname, '../../firmware-config/monitoring')
const rulesPath = resolve(folder, 'prometheus-rules.yaml')
const promtool = (...args: string[]) =>
  spawnSync(findCommand('promtool') ?? 'promtool', args, { encoding: 'utf8' })

interface Rules {
  groups: { rules: { alert: string; expr: string }[] }[]
}
interface Dashboard {
  panels: {
    id: number
    title: string
    gridPos: { x: number; w: number }
    targets: { expr: string; refId: string }[]
  }[]
}
/** What Grafana's importer needs of a dashboard (its JSON model, schema 39): here the panels that come with Grafana itself. */
const natural = v.pipe(v.number(), v.integer(), v.minValue(0))
const source = v.strictObject({ type: v.literal('prometheus'), uid: v.literal('${DS}') })
const step = v.strictObject({ color: v.string(), value: v.nullable(v.number()) })
const dashboardSchema = v.object({
  title: v.pipe(v.string(), v.minLength(1)),
  uid: v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/)),
  schemaVersion: v.pipe(natural, v.minValue(36), v.maxValue(41)),
  version: natural,
  timezone: v.picklist(['browser', 'utc', '']),
  refresh: v.pipe(v.string(), v.regex(/^\d+[smh]$/)),
  time: v.strictObject({ from: v.pipe(v.string(), v.regex(/^now/)), to: v.literal('now') }),
  templating: v.object({
    list: v.tuple([
      v.object({ name: v.literal('DS'), type: v.literal('datasource'), query: v.literal('prometheus') }),
    ]),
  }),
  annotations: v.object({ list: v.array(v.unknown()) }),
  panels: v.pipe(
    v.array(
      v.object({
        id: v.pipe(natural, v.minValue(1)),
        type: v.picklist(['stat', 'timeseries']),
        title: v.string(),
        datasource: source,
        gridPos: v.strictObject({ x: natural, y: natural, w: natural, h: natural }),
        targets: v.pipe(
          v.array(
            v.object({
              datasource: source,
              expr: v.string(),
              refId: v.pipe(v.string(), v.regex(/^[A-Z]$/)),
              legendFormat: v.optional(v.string()),
            }),
          ),
          v.minLength(1),
        ),
        fieldConfig: v.object({
          defaults: v.object({
            unit: v.optional(v.string()),
            thresholds: v.optional(
              v.strictObject({ mode: v.picklist(['absolute', 'percentage']), steps: v.array(step) }),
            ),
          }),
          overrides: v.array(v.unknown()),
        }),
        options: v.record(v.string(), v.unknown()),
      }),
    ),
    v.minLength(1),
  ),
})

let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'mesh-art-monitoring-'))
})
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

const rules = parse(readFileSync(rulesPath, 'utf8')) as Rules
const dashboard = JSON.parse(readFileSync(resolve(folder, 'grafana-dashboard.json'), 'utf8')) as Dashboard
const expressions = [
  ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
]

describe('what other tools are given', () => {
  it('are rules that Prometheus itself takes', () => {
    const { status, stdout, stderr } = promtool('check', 'rules', rulesPath)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('SUCCESS: 7 rules found')
  })

  it('would be told of a rule that Prometheus does not take', () => {
    expect(promtool('check', 'rules', resolve(folder, 'grafana-dashboard.json')).status).not.toBe(0)
  })

  it('are questions that Prometheus itself understands, those of the dashboard too', () => {
    const asRules = dashboard.panels.flatMap(({ id, targets }) =>
      targets.map(({ expr }, i) => ({ record: `panel:${id}:${i}`, expr })),
    )
    const check = (rule: object[]): ReturnType<typeof promtool> => {
      writeFileSync(join(scratch, 'panels.yaml'), stringify({ groups: [{ name: 'panels', rules: rule }] }))
      return promtool('check', 'rules', join(scratch, 'panels.yaml'))
    }
    expect(check(asRules)).toMatchObject({ status: 0, stderr: '' })
    expect(check([{ record: 'broken', expr: 'sum(max by (kind) (x)' }]).status).not.toBe(0)
  })

  it('are rules that warn when they should, by Prometheus itself in made-up time, and not before', () => {
    const problem = 'mesh_art_alerts{kind="node-lost",severity="problem",instance="a"}'
    const tests = {
      rule_files: [rulesPath],
      evaluation_interval: '15s',
      tests: [
        {
          interval: '15s',
          input_series: [
            { series: 'up{job="mesh-art",instance="b"}', values: '1 1 0x40' },
            { series: problem, values: '0 0 1x20 0x20' },
            { series: 'mesh_art_works_shown{instance="a"}', values: '5x200' },
            { series: 'mesh_art_works_whole_everywhere{instance="a"}', values: '5x10 4x190' },
          ],
          alert_rule_test: [
            { eval_time: '15s', alertname: 'MeshArtProblem', exp_alerts: [] },
            {
              eval_time: '2m',
              alertname: 'MeshArtProblem',
              exp_alerts: [
                {
                  exp_labels: { kind: 'node-lost', severity: 'critical' },
                  exp_annotations: { summary: 'node-lost: 1' },
                },
              ],
            },
            { eval_time: '8m', alertname: 'MeshArtProblem', exp_alerts: [] },
            { eval_time: '1m', alertname: 'MeshArtNodeUnreachable', exp_alerts: [] },
            {
              eval_time: '2m',
              alertname: 'MeshArtNodeUnreachable',
              exp_alerts: [
                {
                  exp_labels: { job: 'mesh-art', instance: 'b', severity: 'critical' },
                  exp_annotations: { summary: 'b does not answer' },
                },
              ],
            },
            { eval_time: '25m', alertname: 'MeshArtWorksNotEverywhere', exp_alerts: [] },
            {
              eval_time: '40m',
              alertname: 'MeshArtWorksNotEverywhere',
              exp_alerts: [
                {
                  exp_labels: { severity: 'warning' },
                  exp_annotations: { summary: '1 works are not whole on every node for half an hour' },
                },
              ],
            },
          ],
        },
      ],
    }
    writeFileSync(join(scratch, 'tests.yaml'), stringify(tests))
    const { status, stdout, stderr } = promtool('test', 'rules', join(scratch, 'tests.yaml'))
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('SUCCESS')
  })

  it('ask only for figures that a node gives', async () => {
    const known = await metricNames()
    const asked = new Set(expressions.flatMap((expr) => expr.match(/mesh_art_\w+/g) ?? []))
    expect(asked.size).toBeGreaterThan(10)
    expect([...asked].filter((name) => !known.has(name))).toEqual([])
  })

  it('ask of each figure only what a node says of it', async () => {
    const { text } = await sampleMetrics()
    const given = new Map<string, Set<string>>()
    for (const [, name = '', labels = ''] of text.matchAll(/^(mesh_art_\w+)(?:\{([^}]*)\})? /gm)) {
      const known = given.get(name) ?? new Set()
      given.set(name, known)
      for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label)
    }
    /** Which labels a question asks of which figure. */
    const asked = expressions.flatMap((expr) =>
      [...expr.matchAll(/(mesh_art_\w+)\{([^}]*)\}/g)].flatMap(([, name = '', selector = '']) =>
        [...selector.matchAll(/(\w+)(?:=|!|~)/g)].map(([, label = '']) => [name, label] as const),
      ),
    )
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.filter(([name, label]) => given.get(name)?.has(label) !== true)).toEqual([])
    // What is summed by belongs to a figure of the question, or is Prometheus's own.
    for (const expr of expressions) {
      const names = expr.match(/mesh_art_\w+/g) ?? []
      const known = new Set(['instance', 'job', ...names.flatMap((name) => [...(given.get(name) ?? [])])])
      for (const [, by = ''] of expr.matchAll(/\bby \(([^)]*)\)/g))
        for (const label of by.split(',')) expect(known).toContain(label.trim())
    }
  })

  it('are a dashboard in the form that Grafana imports', () => {
    const parsed = v.safeParse(dashboardSchema, dashboard)
    expect(parsed.issues?.map(({ message, path }) => `${v.getDotPath({ path } as never)}: ${message}`)).toBe(
      undefined,
    )
    const refs = dashboard.panels.map(({ targets }) => targets.map(({ refId }) => refId))
    for (const ids of refs) expect(new Set(ids).size).toBe(ids.length)
  })

  it('are a dashboard whose panels have names and numbers of their own and fit on its grid', () => {
    const ids = dashboard.panels.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { title, gridPos } of dashboard.panels) {
      expect(title).not.toBe('')
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
    }
  })
})
