import type { Language } from '../model/language.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'
import type { Messages } from './nl.ts'

export type { Messages }

/** A further language is a file here and a tag in `model/language.ts`; the check then names what it lacks. */
export const messages: Readonly<Record<Language, Messages>> = { nl, en }
