import fastifySwagger from '@fastify/swagger'
import fastify from 'fastify'
import type { HttpContext } from './context.ts'
import { addJsonAnswers } from './json-answers.ts'
import { addLiteRoutes } from './lite/lite-routes.ts'
import { addPortalRoutes } from './portal/portal-routes.ts'
import { addPrintRoutes } from './print/print-routes.ts'
import type { UnknownPage } from './problem-handlers.ts'
import { addProblemHandlers, answerClientError, answerError } from './problem-handlers.ts'
import { addRequestGuards } from './request-guards.ts'
import { addArtistWorksRoute, addWithdrawalRoute } from './routes/artist-works.ts'
import { addAdminRoutes } from './routes/admin.ts'
import { addArtworkRoutes } from './routes/artworks.ts'
import { addDecisionsRoute } from './routes/decisions.ts'
import { addEventRoute } from './routes/events.ts'
import { addExhibitionRoute } from './routes/exhibition.ts'
import { addHealthRoutes, addProblemRoute } from './routes/health.ts'
import { addIpfsRoutes } from './routes/ipfs.ts'
import { addNodeRoutes } from './routes/node.ts'
import { addOpenApiRoute } from './routes/openapi.ts'
import { addPreviewFrameRoute } from './routes/preview-frame.ts'
import { addPreviewRoutes } from './routes/previews.ts'
import { addProvenanceRoute } from './routes/provenance.ts'
import { addRecordRoutes, RECORD_TYPE } from './routes/records.ts'
import { addRenditionRoutes } from './routes/renditions.ts'
import { addSealRoute } from './routes/seals.ts'
import { addSearchRoute } from './routes/search.ts'
import { addSourceRoute } from './routes/source.ts'
import { addSubmissionRoute } from './routes/submissions.ts'
import { addTechRoutes } from './routes/tech.ts'
import { addUiRoutes } from './routes/ui.ts'
import { addUploadRoutes } from './routes/uploads.ts'
import { addValuesRoute } from './routes/values.ts'
import { addWorkRoutes } from './routes/works.ts'
import { toJsonSchemas, valibotCompilers } from './valibot-provider.ts'
import type { HttpApp } from './valibot-provider.ts'

/** Everything but the socket: tests inject requests into it. */
export async function createHttpApp(context: HttpContext): Promise<HttpApp> {
  const { deps, limits } = context
  const app: HttpApp = fastify({
    // Fastify's own logging knows addresses and headers of visitors; ours does not (problem-handlers.ts).
    logger: false,
    bodyLimit: limits.jsonBodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.stalledConnectionMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: limits.connectionsCheckMs,
    },
    schemaController: { compilersFactory: valibotCompilers },
    routerOptions: { maxParamLength: limits.pathParameterLength },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply, deps.logger)
    },
  })
  app.addContentTypeParser(
    [RECORD_TYPE, 'application/octet-stream', 'application/vnd.ipld.raw'],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
  app.removeContentTypeParser('text/plain')

  addRequestGuards(app, limits)
  addJsonAnswers(app, limits)
  context.ready.watch(app)
  let unknownPage: UnknownPage | undefined
  addProblemHandlers(app, deps.logger, async (request, reply) => unknownPage?.(request, reply))
  await app.register(fastifySwagger, {
    openapi: {
      info: {
        title: 'Mesh Art Network node',
        description: 'An exhibition without internet. Errors are problem details (RFC 9457).',
        version: deps.version,
        license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/en/' },
      },
    },
    transform: ({ schema, url }) => ({ schema: schema && toJsonSchemas({ ...schema }), url }),
  })

  addPortalRoutes(app, context)
  // First: it watches the answers of all the others.
  addValuesRoute(app, context)
  addExhibitionRoute(app, context)
  addArtworkRoutes(app, context)
  addArtistWorksRoute(app, context)
  addWithdrawalRoute(app, context)
  addSearchRoute(app, context)
  addRecordRoutes(app, context)
  addProvenanceRoute(app, context)
  addSubmissionRoute(app, context)
  addDecisionsRoute(app, context)
  addPreviewRoutes(app, context)
  addPreviewFrameRoute(app)
  addUploadRoutes(app, context)
  addNodeRoutes(app, context)
  addTechRoutes(app, context)
  addAdminRoutes(app, context)
  addEventRoute(app, context)
  addWorkRoutes(app, context)
  addRenditionRoutes(app, context)
  addSealRoute(app, context)
  addIpfsRoutes(app, context)
  addSourceRoute(app, context)
  addHealthRoutes(app, context)
  addProblemRoute(app)
  addOpenApiRoute(app)
  addLiteRoutes(app, context)
  addPrintRoutes(app, context)
  unknownPage = addUiRoutes(app, context)
  return app
}
