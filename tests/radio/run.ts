/**
 * `npm run test:radio`: a venue on simulated radios, in one emulated machine. See --help.
 */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { debianRoot } from '../emulation/debian-root.ts'
import { emulationTools } from '../emulation/emulation-tools.ts'
import { accelerator, runVirtualMachine } from '../emulation/virtual-machine.ts'
import { ensureSystemTools } from '../system-tools.ts'
import { makeProgramDisk } from './program-disk.ts'

const help = `Usage: npm run test:radio -- [--cache DIR] [--log FILE] [--minutes N] [--shell SOCKET]

Boots one emulated machine with simulated radios (mac80211_hwsim) and three nodes of firmware-config/venues/nemo.yaml in it, each
from its rendered files under a systemd of its own; then phones come, links are cut, and strangers try to join.
Needs root and Debian; fetches what it needs into the cache, once: a minute, 700 MB. Then it takes four to fifteen minutes, as busy
as the machine is.

  --cache DIR     where Debian is kept between runs (default ~/.cache/mesh-art)
  --log FILE      all that was said (default: radio.log in the cache)
  --minutes N     ends it when it takes longer (default 30)
  --shell SOCKET  a shell of the machine answers there while it runs: socat - UNIX-CONNECT:SOCKET
  --tcg           does not ask the processor for help
  --help          this text
`

/** What nodes, phones and the looking at them need of Debian. */
const packages = [
  ...[
    'wpasupplicant',
    'hostapd',
    'dnsmasq-base',
    'nftables',
    'iw',
    'batctl',
    'rfkill',
    'wireless-regdb',
    'chrony',
  ],
  ...['libstdc++6', 'libatomic1', 'busybox', 'curl', 'openssh-server'],
]
/** Of three nodes, two phones and what looks at them. */
const memoryMiB = 2048

const { values } = parseArgs({
  options: {
    cache: { type: 'string', default: join(homedir(), '.cache/mesh-art') },
    log: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    shell: { type: 'string' },
    tcg: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<boolean> {
  if (process.getuid?.() !== 0) {
    console.error('must run as root: sudo npm run test:radio')
    return false
  }
  if (!ensureSystemTools(emulationTools)) return false
  const cache = resolve(values.cache)
  mkdirSync(cache, { recursive: true })
  const path = resolve(values.log ?? join(cache, 'radio.log'))
  const log = createWriteStream(path)
  const say = (line: string): void => {
    console.log(line)
    log.write(`${line}\n`)
  }
  const folder = mkdtempSync(join(tmpdir(), 'mesh-art-radio-'))
  const started = performance.now()
  try {
    const root = await debianRoot({ cache, say, name: 'radio-debian', packages })
    const program = await makeProgramDisk(folder)
    say(`disks are ready after ${seconds(started)} s`)
    const began = performance.now()
    const isWell = await runVirtualMachine({
      root,
      program,
      run: '/system/opt/mesh-art/current/tests/radio/guest/run.sh',
      memoryMiB,
      limitMs: Number(values.minutes) * 60_000,
      hear: say,
      consoleLog: join(cache, 'radio-console.log'),
      accelerator: values.tcg ? 'tcg' : accelerator(),
      ...(values.shell === undefined ? {} : { shell: values.shell }),
    })
    say(`${isWell ? 'passed' : 'FAILED'} after ${seconds(began)} s of the machine; all of it is in ${path}`)
    return isWell
  } finally {
    rmSync(folder, { recursive: true, force: true })
    log.end()
  }
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(0)

if (values.help) console.log(help)
else process.exitCode = (await main()) ? 0 : 1
