import { describe, expect, it } from 'vitest'
import { licenceName } from '../../artworks/format/licence-name.ts'
import { messages } from '../../exhibit-ui/locales/messages.ts'
import {
  bytesText,
  claimedDay,
  durationParts,
  groupsOfFour,
  languageName,
  listText,
} from '../../exhibit-ui/model/format.ts'
import { languages, pick, pickText } from '../../exhibit-ui/model/language.ts'
import { lettersAcross } from '../../artworks/format/title-size.ts'

/** Every text under its path; a function with the number of its arguments. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, `function of ${value.length}`]]
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`))
}

/** The same in every language: names. */
const names =
  /^\.(tracks|media\.(video|3d|model))|^\.site\.name$|^\.mesh\.rttValue$|^\.errors\.in(Dutch|English)$/

describe('the words of the pages', () => {
  it('are there in every language, none empty', () => {
    const expected = texts(messages.nl).map(([path]) => path)
    for (const language of languages) {
      const own = texts(messages[language])
      expect(own.map(([path]) => path)).toEqual(expected)
      for (const [, text] of own) expect(text.trim()).not.toBe('')
    }
  })

  it('are translated, not copied', () => {
    const english = new Map(texts(messages.en))
    const same = texts(messages.nl).filter(
      ([path, text]) => !text.startsWith('function of') && !names.test(path) && english.get(path) === text,
    )
    expect(same).toEqual([['.about.value.open.0', 'Open']])
  })

  it('count one as one', () => {
    expect(messages.nl.works.count(1)).toBe('1 werk')
    expect(messages.nl.works.count(2)).toBe('2 werken')
    expect(messages.nl.progress.parts(41, 63)).toBe('41 van 63 delen')
    expect(messages.en.mesh.summary(1, 1)).toBe('1 node, 1 link')
  })
})

describe('texts of the exhibition', () => {
  it('come in the page’s language, else a relative, else English, else what there is, and say which', () => {
    expect(pick({ nl: 'werk', en: 'work' }, 'nl')).toEqual({ text: 'werk', language: 'nl' })
    expect(pick({ 'nl-BE': 'werkske', en: 'work' }, 'nl')).toEqual({ text: 'werkske', language: 'nl-BE' })
    expect(pick({ en: 'work', de: 'Werk' }, 'nl')).toEqual({ text: 'work', language: 'en' })
    expect(pick({ fr: 'œuvre', de: 'Werk' }, 'nl')).toEqual({ text: 'Werk', language: 'de' })
    expect(pick({}, 'nl')).toBeUndefined()
    expect(pickText(undefined, 'en')).toBe('')
  })
})

describe('figures', () => {
  it('give durations as a label does', () => {
    expect(durationParts(0)).toEqual({ hours: 0, minutes: 0, seconds: 0 })
    expect(durationParts(95)).toEqual({ hours: 0, minutes: 1, seconds: 35 })
    expect(durationParts(428)).toEqual({ hours: 0, minutes: 7, seconds: 0 })
    expect(durationParts(3599)).toEqual({ hours: 1, minutes: 0, seconds: 0 })
    expect(messages.nl.duration(1, 5, 0)).toBe('1 u 5 min')
  })

  it('give sizes, days, keys and licences as people write them', () => {
    expect(bytesText(44_400_000, 'en')).toBe('44 MB')
    expect(bytesText(0, 'en')).toBe('0 byte')
    expect(bytesText(1_500_000, 'nl')).toBe('1,5 MB')
    expect(claimedDay('2026-05-28T23:30:00Z', 'nl')).toBe('28 mei 2026')
    expect(claimedDay('ooit', 'nl')).toBe('ooit')
    expect(groupsOfFour('7f3a91c20d')).toBe('7f3a 91c2 0d')
    expect(licenceName('CC-BY-SA-4.0')).toBe('CC BY-SA 4.0')
    expect(licenceName('CC0-1.0')).toBe('CC0 1.0')
    expect(licenceName('MIT')).toBe('MIT')
    expect(listText(['Waag', 'OBA', 'NEMO'], 'nl')).toBe('Waag, OBA en NEMO')
    expect(languageName('nl')).toBe('Nederlands')
  })

  it('give a title its largest size that breaks no word', () => {
    expect(lettersAcross('Technology & Democracy')).toBe(11)
    expect(lettersAcross('Kunst')).toBe(6)
    expect(lettersAcross('Meervoudigepersoonlijkheid')).toBe(26)
  })
})
