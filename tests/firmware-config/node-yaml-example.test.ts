import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { loadConfig } from '../../node/config.ts'
import { defaultQuietBudget, quietBudget } from '../../node/mesh/quiet-budget.ts'

it('the example config is a config, and keeps its data where the service may write', () => {
  const config = loadConfig({
    file: resolve(import.meta.dirname, '../../firmware-config/node.yaml.example'),
  })
  expect(config.dataDir).toBe('/var/lib/mesh-art')
  expect(config.http).toEqual({ host: '0.0.0.0', port: 8080 })
  expect(config.mesh).toMatchObject({ listen: ['/ip4/0.0.0.0/tcp/4001'], peers: [], mdns: true })
  expect(quietBudget(config.mesh.quiet)).toEqual(defaultQuietBudget)
})
