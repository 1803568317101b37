import { keyFileLimits } from '../../../artworks/format/key-file.ts'

export type Strength = 'short' | 'weak' | 'good' | 'strong'

const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/\s/, 1],
  [/[^\sa-zA-Z0-9]/, 30],
]
const GOOD_BITS = 48
const STRONG_BITS = 65

/**
 * A hint, not a promise: what guessing letter by letter would cost, with letters that repeat or follow each other counted for
 * little. Whoever types the name of their cat is told only that it is long.
 */
export function strengthOf(passphrase: string): Strength {
  if (passphrase.length < keyFileLimits.passphraseLength) return 'short'
  const pool = CLASSES.reduce((sum, [letters, size]) => sum + (letters.test(passphrase) ? size : 0), 0)
  let letters = 0
  const seen = new Set<string>()
  for (let i = 0; i < passphrase.length; i += 1) {
    const step = passphrase.charCodeAt(i) - passphrase.charCodeAt(i - 1)
    const isFollowing = i > 0 && Math.abs(step) <= 1
    const pair = passphrase.slice(i - 1, i + 1)
    letters += isFollowing || (i > 0 && seen.has(pair)) ? 0.25 : 1
    seen.add(pair)
  }
  // Words are guessed as words: a letter of a word is worth about half of one that is not.
  const bits = letters * Math.log2(Math.max(2, pool)) * 0.6
  if (bits < GOOD_BITS) return 'weak'
  return bits < STRONG_BITS ? 'good' : 'strong'
}

const CONSONANTS = 'bdfghjklmnprstvz'
const VOWELS = 'aiou'
const WORDS = 5

/**
 * Five words that mean nothing and can be said in Dutch and in English: consonant, vowel, consonant, vowel, consonant, 16 bits
 * each, 80 bits in all. No list of words has to be sent for them.
 */
export function suggestPassphrase(random: (length: number) => Uint8Array): string {
  const bytes = random(WORDS * 2)
  return Array.from({ length: WORDS }, (_, i) => {
    const bits = ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)
    const consonant = (shift: number): string => CONSONANTS[(bits >> shift) & 15] ?? ''
    const vowel = (shift: number): string => VOWELS[(bits >> shift) & 3] ?? ''
    return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0)
  }).join(' ')
}
