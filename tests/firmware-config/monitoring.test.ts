import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { metricNames } from '../node/http/metric-names.ts'
import { findCommand } from '../system-tools.ts'

const folder = resolve(import.meta.dirname, '../../firmware-config/monitoring')
const rulesPath = resolve(folder, 'prometheus-rules.yaml')
const promtool = (...args: string[]) =>
  spawnSync(findCommand('promtool') ?? 'promtool', args, { encoding: 'utf8' })

interface Rules {
  groups: { rules: { alert: string; expr: string }[] }[]
}
interface Dashboard {
  panels: { id: number; title: string; gridPos: { x: number; w: number }; targets: { expr: string }[] }[]
}
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

  it('ask only for figures that a node gives', async () => {
    const known = await metricNames()
    const asked = new Set(expressions.flatMap((expr) => expr.match(/mesh_art_\w+/g) ?? []))
    expect(asked.size).toBeGreaterThan(10)
    expect([...asked].filter((name) => !known.has(name))).toEqual([])
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
