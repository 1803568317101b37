import type { Language } from '../../model/language.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import type { MeshMessages } from './nl.ts'

export type { MeshMessages }

export const meshMessages: Readonly<Record<Language, MeshMessages>> = { nl, en }
