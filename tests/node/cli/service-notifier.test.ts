import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ServiceNotifier } from '../../../node/cli/service-notifier.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function notifier(environment: ConstructorParameters<typeof ServiceNotifier>[0]) {
  const said: string[] = []
  const made = new ServiceNotifier(environment, (...words) => said.push(words.join(' ')))
  return { made, said }
}

describe('what systemd is told', () => {
  it('is ready once, a status each time, and alive twice in the watchdog’s time', () => {
    const { made, said } = notifier({ NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '60000000' })
    made.start()
    made.ready('looking\nfor a node')
    made.ready('4 works')
    vi.advanceTimersByTime(61_000)
    made.stopping()
    vi.advanceTimersByTime(120_000)
    expect(said).toEqual([
      'READY=1 STATUS=looking for a node',
      'STATUS=4 works',
      'WATCHDOG=1',
      'WATCHDOG=1',
      'STOPPING=1',
    ])
  })

  it('is nothing outside of a service', () => {
    const { made, said } = notifier({})
    made.start()
    made.ready('x')
    vi.advanceTimersByTime(600_000)
    made.stopping()
    expect(said).toEqual([])
  })
})
