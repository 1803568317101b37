import type { Language } from './language.ts'
import { en } from './locales/en.ts'
import { nl } from './locales/nl.ts'
import type { LiteWords } from './locales/nl.ts'

export const liteWords: Readonly<Record<Language, LiteWords>> = { nl, en }
