import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../../node/commands/program.ts'
import { commandReference, helpOf } from './command-reference.ts'

const projectDir = join(import.meta.dirname, '..', '..', '..')
const bin = join(projectDir, 'node', 'bin.js')
const program = await createProgram()

interface Outcome {
  status: number | null
  stdout: string
  stderr: string
}

function meshArt(...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

function* commandsUnder(command: Command, path: string[] = []): Generator<[string[], Command]> {
  for (const sub of command.commands) {
    const subPath = [...path, sub.name()]
    yield [subPath, sub]
    yield* commandsUnder(sub, subPath)
  }
}

describe('help', () => {
  const all = [...commandsUnder(program)]

  test('every command of the design is there', () => {
    expect(all.map(([path]) => path.join(' '))).toEqual([
      'node',
      'demo',
      ...['exhibition', 'exhibition create', 'exhibition show', 'exhibition invite'],
      'exhibition curators',
      ...['add', 'remove', 'quorum'].map((name) => `exhibition curators ${name}`),
      'exhibition rename',
      ...['key', 'key create', 'key show'],
      ...['artwork', 'artwork check', 'artwork publish', 'artwork withdraw', 'artwork list'],
      ...['curate', 'curate list', 'curate show', 'curate admit', 'curate decline', 'curate remove'],
      ...['status', 'tech', 'tech passphrase', 'verify', 'gc'],
      ...[
        'firmware',
        'firmware plan',
        'firmware render',
        'firmware check',
        'firmware image',
        'firmware install',
        'firmware update',
      ],
    ])
  })

  test.each(all.map(([path, command]) => [path.join(' '), command] as const))('%s', (_path, command) => {
    const help = helpOf(command)
    expect(help).toContain('Usage:')
    expect(command.description()).not.toBe('')
    for (const option of command.options) expect(option.description, option.flags).not.toBe('')
    for (const argument of command.registeredArguments)
      expect(argument.description, argument.name()).not.toBe('')
    expect(help).not.toMatch(/default: (\[\]|undefined)/)
  })

  test('goes to stdout with --help, and to stderr as wrong use without a command', () => {
    expect(meshArt('artwork', 'publish', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Example:'),
      stderr: '',
    })
    for (const args of [[], ['key'], ['artwork'], ['exhibition']])
      expect(meshArt(...args)).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('Usage:'),
      })
  })

  test('docs/commands.md says what --help says', async () => {
    await expect(commandReference(program)).toMatchFileSnapshot(join(projectDir, 'docs', 'commands.md'))
  })
})

describe('wrong use is one line on stderr, and exit code 2', () => {
  test.each([
    [['nod'], "unknown command 'nod' (Did you mean node?); see mesh-art --help"],
    [['node', '--frob'], "unknown option '--frob'; see mesh-art node --help"],
    [['status', 'here'], 'too many arguments'],
    [['key', 'create'], "missing required argument 'file'; see mesh-art key create --help"],
    [
      ['artwork', 'publish', 'x'],
      "required option '--key <file>' not specified; see mesh-art artwork publish",
    ],
    [['exhibition', 'create'], "required option '--title-nl <text>' not specified"],
    [['demo', '--nodes', '0'], "argument '0' is invalid: must be 1 to 20; see mesh-art demo --help"],
    [['demo', '--port', 'x'], "argument 'x' is invalid: must be 0 to"],
    [['node', '--http', 'nowhere'], '--http: must be HOST:PORT'],
    [
      ['node', '--listen', '/ip4/8.8.8.8/tcp/1'],
      '--listen.0: 8.8.8.8 is not an address of the local network',
    ],
    [['node', '--log-level', 'loud'], '--log-level: must be one of'],
    [['exhibition', 'invite', '--address', 'x'], "--address 'x': must be a multiaddr"],
  ])('%s', (args, said) => {
    const { status, stdout, stderr } = meshArt(...args)
    expect(stderr).toContain(`mesh-art: ${said.startsWith('argument') ? '' : said}`)
    expect(stderr).toContain(said)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })
})

describe('the program itself', () => {
  test('says its version', () => {
    expect(meshArt('--version')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    })
  })

  test('does not mind a reader that has read enough', () => {
    const command = `'${process.execPath}' '${bin}' artwork --help 2>&1 | head -c 1; printf ' %s' "\${PIPESTATUS[0]}"`
    expect(execFileSync('bash', ['-c', command], { encoding: 'utf8' })).toMatch(/^U [02]$/)
  })

  test('runs on the Node that npm installed beside it, whatever Node starts it', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...asOldNode, bin, '--version'], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('refuses a Node that is too old on one line, where npm installed none', () => {
    const copy = mkdtempSync(join(tmpdir(), 'mesh-art-old-'))
    try {
      cpSync(join(projectDir, 'node'), join(copy, 'node'), { recursive: true })
      cpSync(join(projectDir, 'package.json'), join(copy, 'package.json'))
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [...asOldNode, join(copy, 'node', 'bin.js'), 'status'],
        { encoding: 'utf8' },
      )
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toMatch(/^mesh-art: Node 24 or newer is needed, and this is 20\.19; .*npm ci.*\n$/)
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })
})

/** What with-runtime.js asks is what Node says of itself: so any Node can play an old one, at a path that is not the pinned one. */
const asOldNode = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    "Object.defineProperty(process.versions, 'node', { value: '20.19.2' }); process.execPath = '/bin/sh'",
  )}`,
]
