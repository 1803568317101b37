import type { Language } from '../../model/language.ts'
import { steps } from './draft-gaps.ts'
import type { Step } from './draft-gaps.ts'

/** A place in the studio. */
export type StudioRoute =
  | { page: 'home'; language: Language }
  | { page: 'draft'; language: Language; id: string; step: Step }
  | { page: 'work'; language: Language; slug: string }

/** Never fails: an address that names nothing is the studio's first page. Undefined outside the studio. */
export function parseStudioRoute(pathname: string): StudioRoute | undefined {
  const [first, app, kind, name = '', step] = pathname.split('/').filter((part) => part !== '')
  if (app !== 'studio' || (first !== 'nl' && first !== 'en')) return undefined
  const language = first
  if (kind === 'draft' && /^\w{1,20}$/.test(name)) {
    return { page: 'draft', language, id: name, step: steps.find((one) => one === step) ?? 'files' }
  }
  if (kind === 'work' && /^[a-z0-9-]{1,64}$/.test(name)) return { page: 'work', language, slug: name }
  return { page: 'home', language }
}

export function studioAddress(route: StudioRoute): string {
  const base = `/${route.language}/studio`
  switch (route.page) {
    case 'home':
      return base
    case 'draft':
      return `${base}/draft/${route.id}/${route.step}`
    case 'work':
      return `${base}/work/${route.slug}`
  }
}
