import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  actionArgsSchema,
  actionMessageSchema,
  actionNames,
  orderSchema,
} from '../../node/wire/action-messages.ts'
import { actionSayings } from '../../node/wire/action-said.ts'
import { lackCauses, statusHealthSchema } from '../../node/wire/status-health.ts'
import { statusSchema } from '../../node/wire/status-message.ts'
import { healthLimits } from '../../node/health/limits.ts'
import { lifeMarkBytes } from '../../node/wire/life-messages.ts'
import { wireLimits } from '../../node/wire/limits.ts'
import { nodeTagBytes } from '../../node/wire/node-tags.ts'
import { protocols, topics } from '../../node/wire/protocols.ts'

const text = readFileSync(join(import.meta.dirname, '../../docs/protocol.md'), 'utf8')
const part = (number: number): string =>
  text.split(/^## /m).find((one) => one.startsWith(`${number}. `)) ?? ''

describe('docs/protocol.md', () => {
  it('names every protocol and topic', () => {
    for (const id of Object.values(protocols)) expect(text).toContain(`\`${id}\``)
    for (const topic of Object.values(topics('did:key:z6Mk')))
      expect(text).toContain(topic.replace('did:key:z6Mk', ''))
  })

  it('has every field of a status, of its health, of an order and of its answer', () => {
    for (const name of Object.keys(statusSchema.entries)) expect(part(8)).toMatch(new RegExp(`\\b${name}\\b`))
    for (const name of Object.keys(statusHealthSchema.entries))
      expect(part(8)).toContain(`\n| \`${name}\` | `)
    lackCauses.forEach((cause, number) => expect(part(8)).toContain(`${number} \`${cause}\``))
    const messages = [orderSchema, ...actionMessageSchema.options]
    for (const { entries } of messages)
      for (const name of Object.keys(entries)) expect(part(10)).toMatch(new RegExp(`\\b${name}\\b`))
    for (const name of [...actionSayings, ...actionNames, ...Object.keys(actionArgsSchema.entries)])
      expect(part(10)).toContain(`\`${name}\``)
  })

  it('has the sizes and times of signs of life as they are', () => {
    const signBytes = nodeTagBytes + lifeMarkBytes + 1 + wireLimits.lifeValueBytes
    expect(part(9)).toContain(
      `${signBytes} bytes a sign: tag of the node (${nodeTagBytes}), first ${lifeMarkBytes} bytes`,
    )
    expect(part(9)).toContain(`k (1 to ${wireLimits.lifeChain}), xₖ (${wireLimits.lifeValueBytes})`)
    expect(part(9)).toContain(`Every ${healthLimits.signMs / 1000} s after it`)
    expect(part(9)).toContain(`Every ${healthLimits.flushMs / 1000} s a node tells`)
    expect(part(9)).toContain(`silent for ${healthLimits.quietMs / 1000} s`)
    expect(part(9)).toContain(
      `for ${healthLimits.lateAfterMs / 1000} s counts as late, for ${healthLimits.lostAfterMs / 1000} s as lost`,
    )
    const { statusFirstMs, statusLastMs, statusCopies, statusBytesPerSecond } = healthLimits
    expect(part(8)).toContain(
      `max(${statusFirstMs / 1000} s, min(${statusLastMs / 1000} s, nodes × (bytes + 240) × ${statusCopies} / ${statusBytesPerSecond} bytes/s))`,
    )
  })
})
