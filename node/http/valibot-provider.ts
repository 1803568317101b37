import { toJsonSchema } from '@valibot/to-json-schema'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifySchemaCompiler,
  FastifyServerOptions,
  FastifyTypeProvider,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import * as v from 'valibot'
import { HttpProblem } from './problems.ts'

/** Lets a route's `schema` be valibot: handlers get what it parsed, typed. */
interface ValibotTypeProvider extends FastifyTypeProvider {
  validator: this['schema'] extends v.GenericSchema ? v.InferOutput<this['schema']> : unknown
  serializer: this['schema'] extends v.GenericSchema ? v.InferInput<this['schema']> : unknown
}

export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ValibotTypeProvider
>

const places: Readonly<Record<string, string>> = {
  params: 'path',
  querystring: 'query',
  headers: 'headers',
  body: 'body',
}

type Compilers = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>

/**
 * Named when the server is made, so that fastify does not load those that it brings (ajv and 90 more modules). Its types know
 * the options of no others.
 */
export const valibotCompilers = {
  buildValidator: () => validateWithValibot,
  // Views are made to measure; the tests hold them against their schemas.
  buildSerializer: () => () => (value: unknown) => JSON.stringify(value),
} as unknown as Compilers

/** Every mistake is listed with its place, such as `query.limit`. */
const validateWithValibot: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  if (!isSchema(schema)) return (value) => ({ value })
  const place = places[httpPart ?? ''] ?? 'request'
  return (value) => {
    const parsed = v.safeParse(schema, value)
    if (parsed.success) return { value: parsed.output }
    const errors = parsed.issues.map((issue) => {
      const path = v.getDotPath(issue)
      return { path: path === null ? place : `${place}.${path}`, message: issue.message }
    })
    return { error: new HttpProblem('bad-input', 'see `errors`', { errors }) }
  }
}

/** The JSON Schemas of a route, for OpenAPI: what valibot checks beyond JSON Schema is left to the descriptions. */
export function toJsonSchemas(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const convert = (value: unknown): unknown => (isSchema(value) ? jsonSchemaOf(value) : value)
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key !== 'response') return [key, convert(value)]
      const answers = Object.entries(value as Record<string, unknown>)
      return [key, Object.fromEntries(answers.map(([status, answer]) => [status, convert(answer)]))]
    }),
  )
}

function jsonSchemaOf(schema: v.GenericSchema): object {
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    errorMode: 'ignore',
    target: 'openapi-3.0',
    // A body of bytes (OpenAPI 3.0.3, "Considerations for File Uploads").
    overrideSchema: ({ valibotSchema }) =>
      valibotSchema.type === 'instance' ? { type: 'string', format: 'binary' } : undefined,
  })
  return rest
}

function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === 'object' && value !== null && '~standard' in value
}
