import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { venueLimits } from '../../firmware-config/schema/limits.ts'
import type { Venue } from '../../firmware-config/schema/resolve-venue.ts'
import { parseVenue } from '../../firmware-config/schema/venue.ts'
import { ConfigError } from '../config.ts'
import { readYamlMapping } from '../read-yaml.ts'
import { systemCode } from '../store/durable-files.ts'
import { CommandError } from './errors.ts'
import { note } from './output.ts'

/** Reads venue.yaml; what will disappoint is told on stderr. @throws {ConfigError} with every mistake @throws {CommandError} */
export function readVenue(path: string): Venue {
  let read: ReturnType<typeof readYamlMapping>
  try {
    read = readYamlMapping(path, venueLimits.fileBytes)
  } catch (cause) {
    throw new CommandError(
      `${path} cannot be read (${systemCode(cause) ?? String(cause)}); examples are in firmware-config/venues`,
      { cause },
    )
  }
  if ('issues' in read) throw new ConfigError(read.issues)
  const parsed = parseVenue(read.value)
  if ('issues' in parsed) throw new ConfigError(parsed.issues)
  for (const warning of parsed.warnings) note(`${path}: ${warning.path}: ${warning.message}`)
  return parsed.venue
}

/** What the mesh and the hotspot are kept with, from the files that venue.yaml names. @throws {ConfigError} */
export async function readVenueSecrets(
  path: string,
  { mesh, hotspot }: Venue,
): Promise<{ mesh?: string; hotspot?: string }> {
  const issues: { path: string; message: string }[] = []
  const read = async (key: string, name: string | undefined): Promise<string | undefined> => {
    if (name === undefined) return undefined
    const file = resolve(dirname(path), name)
    let text: string
    try {
      if ((await stat(file)).size > 1024) throw new Error('large')
      text = (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
    } catch {
      // Whatever keeps it from being read, the remedy is the same.
      issues.push({
        path: key,
        message: `${name} cannot be read beside venue.yaml: put one line of ${venueLimits.passphraseMin} to ${venueLimits.passphraseMax} letters and digits in it, readable for you alone`,
      })
      return undefined
    }
    const { passphraseMin: min, passphraseMax: max } = venueLimits
    if (text.length < min || text.length > max || !/^[!-~ ]+$/.test(text) || /["\\]/.test(text)) {
      issues.push({
        path: key,
        message: `${name} must hold one line of ${min} to ${max} letters, digits and signs, without quotes and backslash`,
      })
    }
    return text
  }
  const meshSecret = await read('mesh.secretFile', mesh.radio?.secretFile)
  const hotspotSecret = await read('hotspot.passwordFile', hotspot.passwordFile)
  if (issues.length > 0) throw new ConfigError(issues)
  return {
    ...(meshSecret === undefined ? {} : { mesh: meshSecret }),
    ...(hotspotSecret === undefined ? {} : { hotspot: hotspotSecret }),
  }
}
