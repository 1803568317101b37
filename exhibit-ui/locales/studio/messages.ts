import type { Language } from '../../model/language.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import type { StudioMessages } from './nl.ts'

export type { StudioMessages }

export const studioMessages: Readonly<Record<Language, StudioMessages>> = { nl, en }
