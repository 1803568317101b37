import * as v from 'valibot'
import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { chunkCid, comingWork, problemSchema, roomSchema, uploadBody, uploadSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'

const problemsOfUploads = {
  404: problemSchema,
  409: problemSchema,
  410: problemSchema,
  422: problemSchema,
  429: problemSchema,
  507: problemSchema,
}
const response = { 200: uploadSchema, ...problemsOfUploads }

export function addUploadRoutes(app: HttpApp, { deps, uploads, limits }: HttpContext): void {
  app.get(
    '/api/v1/uploads',
    {
      schema: {
        querystring: comingWork,
        response: { 200: roomSchema, ...problemsOfUploads },
        summary: 'Whether a work of this size would be taken in now',
        tags: ['uploads'],
      },
    },
    async ({ query: { artist, slug, size } }) => {
      if (deps.mesh.isDraining) throw new HttpProblem('draining', 'bring the work to another node')
      deps.door.requireRoom({ artist, slug, size })
      return uploads.room(size)
    },
  )
  app.post(
    '/api/v1/uploads',
    {
      schema: {
        body: uploadBody,
        response: { 201: uploadSchema, ...problemsOfUploads },
        summary: 'Announce the files of a work, or go on after a break',
        tags: ['uploads'],
      },
    },
    async ({ body: { root, size, chunks, artist, slug } }, reply) => {
      if (deps.mesh.isDraining) throw new HttpProblem('draining', 'bring the work to another node')
      if (artist !== undefined && slug !== undefined) deps.door.requireRoom({ artist, slug, root, size })
      const view = await uploads.open(root, { size, chunks })
      return reply.code(201).header('location', `/api/v1/uploads/${root}`).send(view)
    },
  )
  app.get(
    '/api/v1/uploads/:root',
    {
      schema: {
        params: v.object({ root: chunkCid }),
        response,
        summary: 'How far an upload is, and what it wants next',
        tags: ['uploads'],
      },
    },
    async ({ params: { root } }) => uploads.view(root),
  )
  app.put(
    '/api/v1/uploads/:root/chunks/:cid',
    {
      bodyLimit: limits.chunkBodyBytes,
      schema: {
        consumes: ['application/octet-stream', 'application/vnd.ipld.raw'],
        params: v.object({ root: chunkCid, cid: chunkCid }),
        body: v.instance(Uint8Array, 'must be the bytes of the chunk, as application/octet-stream'),
        response,
        summary: 'Bring one chunk that the upload wants',
        tags: ['uploads'],
      },
    },
    async ({ params: { root, cid }, body }) => uploads.put(root, cid, body),
  )
}
