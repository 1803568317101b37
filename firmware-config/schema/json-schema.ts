import { toJsonSchema } from '@valibot/to-json-schema'
import { venueSchema } from './venue-schema.ts'

/** Text of firmware-config/schema/venue.schema.json, with which editors complete and check venue.yaml. */
export function venueJsonSchema(): string {
  // What JSON Schema cannot say (one line, no overlap, legal channels) the program says.
  const schema = toJsonSchema(venueSchema, { errorMode: 'ignore', typeMode: 'input' })
  const described = { title: 'venue.yaml of the Mesh Art Network', ...schema }
  return `${JSON.stringify(described, null, 2)}\n`
}
