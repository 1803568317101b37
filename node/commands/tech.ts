import { Command } from 'commander'
import { note, print } from '../cli/output.ts'
import { readNewPassphrase } from '../cli/passphrase.ts'

export function techCommand(): Command {
  const tech = new Command('tech').description('what technicians need beside their page')
  tech
    .command('passphrase')
    .description('makes the line for node.yaml that lets technicians log in')
    .option('--passphrase-file <file>', 'file with the passphrase')
    .addHelpText(
      'after',
      `
Asks for a passphrase, and prints what a node needs to check it. Put the same line on every node of the exhibition: then
who is logged in at one of them can ask something of all of them.

Example:
  mesh-art tech passphrase >> /etc/mesh-art/node.yaml`,
    )
    .action(passphrase)
  return tech
}

async function passphrase(options: { passphraseFile?: string }): Promise<void> {
  const chosen = await readNewPassphrase(options.passphraseFile)
  const { hashPassphrase } = await import('../technician/passphrase-hash.ts')
  print('technicians:')
  print(`  passphrase: ${await hashPassphrase(chosen)}`)
  note('Put these two lines in the node.yaml of every node, and restart them.')
}
