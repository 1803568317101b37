import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { inTime } from './in-time.ts'
import { MachineReader } from '../../../node/machine/machine-reader.ts'
import { Namespace } from '../../venue/support/namespace.ts'
import type { Outcome } from '../../venue/support/namespace.ts'
import type { Air } from './air.ts'
import { moveRadio } from './move-radio.ts'
import { radios } from './radios.ts'

const script = join(import.meta.dirname, 'radio-node.sh')
const namespaces = ['--uts', '--mount', '--pid', '--cgroup', '--propagation', 'private', '--kill-child']

/** Units of ours that run for as long as the node does. */
export const ownUnits = ['firewall', 'dns', 'hotspot', 'mesh', 'node'].map(
  (name) => `mesh-art-${name}.service`,
)

/** A node with two radios, from its rendered files, under a systemd of its own. */
export class RadioNode {
  readonly name: string
  readonly number: number
  readonly namespace: Namespace
  readonly hotspotMac: string
  readonly meshMac: string
  readonly card: string
  #child: ChildProcess | undefined
  #said = ''

  constructor(name: string, number: number, air: Air) {
    this.name = name
    this.number = number
    this.card = join('/var/cards', name)
    this.namespace = new Namespace(name)
    const own = radios.ofNode(number - 1)
    this.hotspotMac = own.hotspot
    this.meshMac = own.mesh
    for (const mac of [own.hotspot, own.mesh]) moveRadio(air, mac, this.namespace)
  }

  get meshAddress(): string {
    return `10.78.0.${this.number}`
  }

  /** Its card: Debian, the program as its installer puts it there, the rendered files; and what is written from now on. */
  insertCard(): void {
    const at = (folder: string): string => join(this.card, folder)
    for (const folder of ['upper', 'work', 'root']) mkdirSync(at(folder), { recursive: true })
    const below = `/program/cards/${this.name}:/program/system:/`
    const layers = `lowerdir=${below},upperdir=${at('upper')},workdir=${at('work')}`
    execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, at('root')])
    execFileSync('systemd-sysusers', ['--root', at('root')], { stdio: 'ignore' })
    this.#giveCompiled()
  }

  start(): void {
    const group = join('/sys/fs/cgroup', this.name)
    mkdirSync(group, { recursive: true })
    const command = ['unshare', '--fork', ...namespaces, 'sh', script, this.card, this.name]
    // systemd takes the control group it finds itself in for its own.
    const enter = `echo $$ >${group}/cgroup.procs; exec ip netns exec ${this.name} "$@"`
    this.#child = spawn('sh', ['-c', enter, 'sh', ...command], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (bytes: Buffer) => (this.#said += bytes.toString()))
  }

  /** What its program sees of the machine. */
  machine(): MachineReader {
    return new MachineReader(`/proc/${this.#init()}/root`)
  }

  /** Runs something inside, beside its services. */
  try(...command: string[]): Outcome {
    const { status, stdout, stderr } = spawnSync('nsenter', ['-t', this.#init(), '-a', '--', ...command], {
      encoding: 'utf8',
      timeout: 300_000,
      maxBuffer: 64 * 1024 * 1024,
    })
    return { status, stdout, stderr }
  }

  run(...command: string[]): string {
    const { status, stdout, stderr } = this.try(...command)
    if (status !== 0) throw new Error(`${this.name}: ${command.join(' ')}: ${stderr || stdout}`)
    return stdout
  }

  async untilActive(limitMs: number): Promise<void> {
    await inTime(
      `${this.name} runs all its services`,
      () => {
        const { stdout, stderr } = this.try('systemctl', 'is-active', ...ownUnits)
        const states = stdout.trim().split('\n')
        if (states.length === ownUnits.length && states.every((state) => state === 'active')) return
        throw new Error(`${stdout}${stderr}${this.#said}`)
      },
      limitMs,
    )
  }

  journal(...args: string[]): string {
    return this.try('journalctl', '--no-pager', '-o', 'short-monotonic', ...args).stdout
  }

  /** Its last words, for who looks for a mistake. */
  tail(): string {
    try {
      return this.journal('-n', '60')
    } catch (error) {
      return String(error)
    }
  }

  /** What it answers in the mesh, as JSON. */
  get(path: string): unknown {
    return JSON.parse(
      this.namespace.run('curl', '-sS', '--max-time', '30', `http://${this.meshAddress}${path}`),
    )
  }

  /** What was compiled before (tests/radio/rehearse.ts), to the node's user: as on a card that has started before. */
  #giveCompiled(): void {
    const root = join(this.card, 'root')
    const [, user] = /^mesh-art:[^:]*:(\d+):/m.exec(readFileSync(join(root, 'etc/passwd'), 'utf8')) ?? []
    assert.ok(user)
    const cache = join(root, 'var/cache/mesh-art')
    mkdirSync(cache, { recursive: true })
    const compiled = '/opt/mesh-art/compiled'
    for (const name of readdirSync(compiled)) symlinkSync(join(compiled, name), join(cache, `${name}${user}`))
  }

  /** PID 1 of the node, as the machine counts. */
  #init(): string {
    const pid = this.#child?.pid
    if (pid === undefined) throw new Error(`${this.name} does not run`)
    const [unshared] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    if (unshared === undefined || unshared === '') throw new Error(`${this.name} ended:\n${this.#said}`)
    return unshared
  }
}
