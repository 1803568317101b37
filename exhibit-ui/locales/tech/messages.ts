import type { Language } from '../../model/language.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import type { TechMessages } from './nl.ts'

export const techMessages: Readonly<Record<Language, TechMessages>> = { nl, en }
