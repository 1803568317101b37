import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { checkNode } from '../../firmware-config/check/check-node.ts'
import type { NodeChecked } from '../../firmware-config/check/check-node.ts'
import type { Finding } from '../../firmware-config/check/finding.ts'
import { Once } from '../../firmware-config/check/once.ts'
import { CommandError } from '../cli/errors.ts'
import { note, print, printJson, ProgressLine } from '../cli/output.ts'
import { manifestName } from '../cli/write-rendered.ts'
import { ConfigError, loadConfig } from '../config.ts'
import { isThere } from '../store/is-there.ts'
import { programDir } from '../version.ts'

/** Each mostly waits for what it started. */
const AT_ONCE = 4
const programUnit = join(programDir, 'firmware-config', 'systemd', 'mesh-art-node.service')

export function firmwareCheckCommand(): Command {
  return new Command('check')
    .description('has the programs that will read the rendered files look at them, and says what they said')
    .argument('<dir>', 'what firmware render wrote: all nodes, or the folder of one')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      `
hostapd, wpa_supplicant, dnsmasq, nft, chronyd, sshd, systemd, systemd-networkd and udev look at what is for them; each service
of ours must be exposed at most 2.0 by systemd-analyze security. On Debian:
  apt-get install hostapd wpasupplicant dnsmasq-base nftables chrony openssh-server

Example:
  sudo mesh-art firmware check cards`,
    )
    .action(check)
}

async function check(dir: string, options: { json?: boolean }): Promise<void> {
  const folders = await nodeFolders(dir)
  const line = new ProgressLine()
  const checked = new Map<string, NodeChecked>()
  const once = new Once<Finding[]>()
  const waiting = [...folders]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, folder] = next
      line.show(`${name} (${folders.size - waiting.length} of ${folders.size})`)
      checked.set(name, await checkNode({ folder, programUnit, checkNodeYaml, once }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  line.done()
  const findings = [...checked].flatMap(([node, { findings }]) => findings.map((one) => ({ node, ...one })))
  const missing = new Map(
    [...checked.values()].flatMap(({ missing }) => missing.map((one) => [one.command, one])),
  )
  if (options.json === true) {
    printJson({ nodes: folders.size, findings, missing: [...missing.keys()] })
  } else {
    for (const { node, path, tool, said } of findings) print(`${node} ${path}: ${tool}: ${said}`)
  }
  for (const tool of missing.values()) note(`not checked: ${tool.message}`)
  if (findings.length > 0)
    throw new CommandError(`${findings.length} found wrong; nothing of it should go on a card`)
  if (missing.size > 0)
    throw new CommandError('not everything could be checked: install what is missing, and check again')
  if (options.json !== true) {
    const files = [...checked.values()].reduce((sum, { files }) => sum + files, 0)
    print(`${files} files of ${folders.size} nodes: nothing found wrong`)
  }
}

async function nodeFolders(dir: string): Promise<Map<string, string>> {
  const here = resolve(dir)
  const entries = (await isThere(here)) ? await readdir(here, { withFileTypes: true }) : []
  if (entries.some(({ name }) => name === manifestName))
    return new Map([[here.split('/').at(-1) ?? here, here]])
  const folders = new Map<string, string>()
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    if (await isThere(join(here, name, manifestName))) folders.set(name, join(here, name))
  }
  if (folders.size === 0)
    throw new CommandError(`${dir} holds no rendered node: mesh-art firmware render venue.yaml --out ${dir}`)
  return folders
}

function checkNodeYaml(path: string): string[] {
  try {
    loadConfig({ file: path })
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.issues.map(({ path, message }) => `${path}: ${message}`)
  }
}
