import { describe, expect, it } from 'vitest'
import { findCommand, isPresent, missingMessage, systemTools } from './system-tools.ts'

const browser = { package: 'chromium', commands: ['chromium', 'chromium-browser'], usedFor: 'pages' }
const fonts = { package: 'fonts-liberation', paths: ['/fonts/a', '/fonts/b'], usedFor: 'text' }

describe('system tools', () => {
  it('are present when any of their commands is found', () => {
    const find = (command: string) =>
      command === 'chromium-browser' ? '/usr/bin/chromium-browser' : undefined
    expect(isPresent(browser, find)).toBe(true)
    expect(isPresent(browser, () => undefined)).toBe(false)
  })

  it('are present when any of their paths exists', () => {
    expect(
      isPresent(
        fonts,
        () => undefined,
        (path) => path === '/fonts/b',
      ),
    ).toBe(true)
    expect(
      isPresent(
        fonts,
        () => undefined,
        () => false,
      ),
    ).toBe(false)
  })

  it('are looked for in sbin too, and not found where they are not', () => {
    expect(findCommand('sh', '/nowhere:/bin')).toBe('/bin/sh')
    expect(findCommand('no-such-command-here')).toBeUndefined()
  })

  it('that are missing are all named in one message, with the command to install them', () => {
    const message = missingMessage([browser, fonts])
    expect(message).toContain('  chromium ')
    expect(message.split('\n').at(-1)).toMatch(/apt-get install .* chromium fonts-liberation$/)
  })

  it('each say how they are found', () => {
    const unfindable = systemTools.filter((tool) => !('commands' in tool) && !('paths' in tool))
    expect(unfindable).toEqual([])
  })
})
