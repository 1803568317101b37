import type { HttpApp } from '../valibot-provider.ts'

export function addOpenApiRoute(app: HttpApp): void {
  let description: string | undefined
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    // Made when first asked for: it costs more than everything else at start.
    description ??= JSON.stringify(app.swagger())
    return reply.type('application/json; charset=utf-8').send(description)
  })
}
