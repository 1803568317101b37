import type { SaidMessages } from '../../locales/tech/said-nl.ts'

/** What a node answered, in the page's words; undefined for an answer that these do not know, as of a node of another version. */
export function saidText(detail: string, words: SaidMessages): string | undefined {
  const [code = '', ...about] = detail.split('\t')
  return isKnown(code, words) ? words[code](...about) : undefined
}

function isKnown(code: string, words: SaidMessages): code is keyof SaidMessages {
  return Object.hasOwn(words, code)
}
