import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createInterface } from 'node:readline'
import type { DebianRoot } from './debian-root.ts'

export type Accelerator = 'kvm' | 'tcg'

export interface VirtualMachineInit {
  readonly root: DebianRoot
  /** Second disk, read only, at /program. */
  readonly program: string
  /** What it runs: a path on the second disk. */
  readonly run: string
  readonly memoryMiB: number
  /** What hangs is ended. */
  readonly limitMs: number
  /** Each line that the program says. */
  readonly hear: (line: string) => void
  /** The kernel's and systemd's messages. */
  readonly consoleLog: string
  readonly accelerator: Accelerator
  /** A socket where a shell answers, for who looks for a mistake. */
  readonly shell?: string
}

/** Of a machine whose processor helps. There are some that offer to, and then do not get as far as the kernel. */
const firstWordMs = 20_000

/** Whether the processor offers to help; without it everything is emulated, and takes its time. */
export function accelerator(): Accelerator {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK)
    return 'kvm'
  } catch {
    // Not there, or not for this user.
    return 'tcg'
  }
}

/** Boots a machine, and waits until it is off. It has no network but its own. @returns whether its program ended well */
export async function runVirtualMachine(init: VirtualMachineInit): Promise<boolean> {
  if (init.accelerator === 'kvm') {
    const ended = await runOnce(init, 'kvm')
    if (ended !== 'never started') return ended === 'well'
    init.hear('/dev/kvm is there and does not carry a machine: emulated instead')
  }
  return (await runOnce(init, 'tcg')) === 'well'
}

async function runOnce(
  init: VirtualMachineInit,
  kind: Accelerator,
): Promise<'well' | 'badly' | 'never started'> {
  const { root, program, run, memoryMiB, limitMs, hear, consoleLog, shell } = init
  const disk = (file: string, options: string): string[] => [
    '-drive',
    `file=${file},format=raw,if=virtio,${options}`,
  ]
  const args = [
    ...['-M', 'q35', '-smp', '2', '-m', String(memoryMiB), '-nodefaults', '-no-user-config', '-nographic'],
    ...(kind === 'kvm'
      ? ['-accel', 'kvm', '-cpu', 'host,arch-capabilities=off']
      : ['-accel', 'tcg,thread=multi', '-cpu', 'max']),
    ...['-kernel', root.kernel, '-initrd', root.initrd],
    ...[
      '-append',
      `console=ttyS0 root=/dev/vda rootfstype=ext4 rw quiet mitigations=off rcupdate.rcu_expedited=1 audit=0 panic=-1 init=/usr/sbin/emulated-init emulated.run=${run}`,
    ],
    // What is written goes to a file without a name, and away with the machine.
    ...disk(root.disk, 'snapshot=on,cache=unsafe'),
    ...disk(program, 'readonly=on'),
    ...['-device', 'virtio-rng-pci', '-device', 'virtio-serial-pci'],
    ...['-chardev', 'stdio,id=said,signal=off', '-device', 'virtconsole,chardev=said'],
    ...['-serial', `file:${consoleLog}`],
    ...(shell === undefined
      ? []
      : [
          '-chardev',
          `socket,id=shell,path=${shell},server=on,wait=off`,
          '-device',
          'virtconsole,chardev=shell',
        ]),
    ...['-no-reboot', '-nic', 'none'],
  ]
  const child = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (bytes: Buffer) => (errors = (errors + bytes.toString()).slice(-4000)))
  let ended: string | undefined
  let isStarted = false
  createInterface({ input: child.stdout }).on('line', (line) => {
    const text = line.replace(/\r$/, '')
    isStarted = true
    const [, status] = /^ended with (\d+)$/.exec(text) ?? []
    if (status === undefined) hear(text)
    else ended = status
  })
  const stop = setTimeout(() => {
    hear(`still running after ${limitMs / 60_000} minutes: ended`)
    child.kill('SIGKILL')
  }, limitMs)
  const giveUp = setTimeout(() => {
    if (!isStarted && kind === 'kvm') child.kill('SIGKILL')
  }, firstWordMs)
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  // Whoever stops it gets its memory and its processors back, and what follows here cleans up.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  try {
    await new Promise((settle, fail) => {
      child.once('error', fail)
      child.once('close', settle)
    })
  } finally {
    clearTimeout(stop)
    clearTimeout(giveUp)
    for (const when of ['exit', 'SIGINT', 'SIGTERM']) process.removeListener(when, end)
  }
  if (!isStarted && kind === 'kvm') return 'never started'
  if (errors !== '') hear(`qemu: ${errors.trim()}`)
  return ended === '0' ? 'well' : 'badly'
}
