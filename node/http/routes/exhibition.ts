import type { HttpContext } from '../context.ts'
import { HttpProblem } from '../problems.ts'
import { exhibitionSchema, problemSchema } from '../schemas.ts'
import type { HttpApp } from '../valibot-provider.ts'
import { exhibitionView } from '../views/exhibition-view.ts'

export function addExhibitionRoute(app: HttpApp, { deps, names }: HttpContext): void {
  app.get(
    '/api/v1/exhibition',
    {
      schema: {
        response: { 200: exhibitionSchema, 503: problemSchema },
        summary: 'The exhibition',
        tags: ['exhibition'],
      },
    },
    async () => {
      const view = exhibitionView(deps.catalogue, names, deps.self.id)
      if (view === null) {
        throw new HttpProblem('not-ready', 'the exhibition has not reached this node yet', {
          headers: { 'retry-after': '2' },
        })
      }
      return view
    },
  )
}
