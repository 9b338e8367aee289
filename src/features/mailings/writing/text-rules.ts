import { particlePairs, withParticle } from '../../../platform/i18n/korean.ts'
import type { MailPerson } from './schema.ts'

/*
 * Texts are plain, so that a form without script can hold them: paragraphs between empty lines, **bold**,
 * [words](https://address), lines that begin with "- " or "1. ". What is not of this is text.
 */

export const personalFields = ['first_name', 'last_name', 'name', 'title', 'organization'] as const
export type PersonalField = (typeof personalFields)[number]

export interface Filled {
  field: PersonalField
  /** Where nothing is known. */
  fallback: string
  pair: (typeof particlePairs)[number] | null
}

export type Inline =
  | { kind: 'words'; text: string }
  | { kind: 'strong'; of: Inline[] }
  | { kind: 'link'; address: string; of: Inline[] }
  | ({ kind: 'filled' } & Filled)

export type Paragraph =
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'list'; numbered: boolean; items: Inline[][] }

const filledPattern = String.raw`\{\s*(?<field>${personalFields.join('|')})\s*(?:\|(?<fallback>[^{}|\n]*?))?(?:,\s*(?<pair>${particlePairs.join('|')})\s*)?\}`
const inlinePattern = new RegExp(
  String.raw`\*\*(?<strong>[^\n]+?)\*\*|\[(?<words>[^\]\n]+)\]\((?<address>[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)|(?<bare>https?:\/\/[^\s<>"{}|\\^\x60*]+)|${filledPattern}`,
  'giu',
)

/** Addresses a mail may lead to. */
export const isAddress = (text: string): boolean =>
  /^(?:https?:\/\/[^\s<>"{}|\\^`]+|mailto:[^\s<>"]+@[^\s<>"]+|tel:\+?[\d().-]+)$/i.test(text)

export function paragraphsOf(text: string): Paragraph[] {
  const found: Paragraph[] = []
  for (const part of text.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/)) {
    let last: Paragraph | null = null
    for (const line of part.split('\n').map((each) => each.trim())) {
      if (!line) continue
      const item = /^(?:(?<bullet>[-*•·])|(?<number>\d{1,2})[.)])\s+(?<text>.+)$/u.exec(line)?.groups
      if (item) {
        const numbered = item.number !== undefined
        if (last?.kind !== 'list' || last.numbered !== numbered) found.push((last = { kind: 'list', numbered, items: [] }))
        last.items.push(inlineOf(item.text ?? ''))
      } else {
        if (last?.kind !== 'paragraph') found.push((last = { kind: 'paragraph', lines: [] }))
        last.lines.push(inlineOf(line))
      }
    }
  } // prettier-ignore
  return found
}

/** One line: bold, links and what is filled in. */
export function inlineOf(text: string): Inline[] {
  const found: Inline[] = []
  const words = (said: string) => {
    const last = found.at(-1)
    if (!said) return
    if (last?.kind === 'words') last.text += said
    else found.push({ kind: 'words', text: said })
  }
  let from = 0
  for (const match of text.matchAll(inlinePattern)) {
    words(text.slice(from, match.index))
    from = match.index + match[0].length
    const { strong, words: said, address, bare, field } = match.groups ?? {}
    if (strong !== undefined) found.push({ kind: 'strong', of: inlineOf(strong) })
    else if (address !== undefined && said !== undefined) {
      if (isAddress(address)) found.push({ kind: 'link', address, of: inlineOf(said).filter(({ kind }) => kind !== 'link') })
      else words(match[0])
    } else if (bare !== undefined) {
      // A full stop or bracket after an address is of the sentence.
      const end = /[.,;:!?)\]'”’]+$/u.exec(bare)?.[0] ?? ''
      const plain = bare.slice(0, bare.length - end.length)
      if (isAddress(plain)) found.push({ kind: 'link', address: plain, of: [{ kind: 'words', text: plain }] })
      else words(plain)
      words(end)
    } else if (field !== undefined) found.push({ kind: 'filled', ...filledOf(match.groups ?? {}) })
  }
  words(text.slice(from))
  return found
} // prettier-ignore

function filledOf({ field = '', fallback = '', pair = '' }: Record<string, string | undefined>): Filled {
  return {
    field: personalFields.find((each) => each === field.toLowerCase()) ?? 'name',
    fallback: fallback.trim(),
    pair: particlePairs.find((each) => each === pair) ?? null,
  }
}

/** Only what is filled in; everything else of the text stays text. */
export function linePartsOf(text: string): (string | Filled)[] {
  const parts: (string | Filled)[] = []
  let from = 0
  for (const match of text.matchAll(new RegExp(filledPattern, 'giu'))) {
    parts.push(text.slice(from, match.index), filledOf(match.groups ?? {}))
    from = match.index + match[0].length
  }
  return [...parts, text.slice(from)].filter((each) => each !== '')
}

/** Braces that nothing is filled in for, or with a particle nobody knows: a reader would see them, or that one without a name. */
export const unknownBraces = (text: string): string[] =>
  [
    ...text
      .replaceAll(new RegExp(filledPattern, 'giu'), (whole) => (unknownPair.test(whole) ? whole : ''))
      .matchAll(/\{[^{}\n]*\}?|\[\[[^\]\n]*\]\]/g),
  ].map(([whole]) => whole)

const unknownPair = new RegExp(
  String.raw`,\s*(?!(?:${particlePairs.join('|')})\s*\})\p{Script=Hangul}{1,3}/\p{Script=Hangul}{1,3}\s*\}`,
  'u',
)

/** Surnames of two syllables; all others have one. */
const longSurnames = ['남궁', '황보', '제갈', '선우', '독고', '사공', '서문', '동방']

/** What stands for a field in a mail of this language; '' where nothing is known. A name in Hangul only as its person writes it. */
export function wordFor(field: Exclude<PersonalField, 'organization'>, person: MailPerson, language: string): string {
  const hangul = language === 'ko' ? oneLine(person.name_hangul) : ''
  const [first, last] = [oneLine(person.first_name), oneLine(person.last_name)]
  if (field === 'title') return oneLine(person.preferred_title)
  if (field === 'name') return hangul || [first, last].filter(Boolean).join(' ')
  if (!hangul) return field === 'first_name' ? first : last
  const [surname, ...given] = hangul.split(' ')
  if (given.length > 0 && surname) return field === 'first_name' ? given.join(' ') : surname
  const length = hangul.length > 2 && longSurnames.some((each) => hangul.startsWith(each)) ? 2 : 1
  return field === 'first_name' ? hangul.slice(length) || hangul : hangul.slice(0, length)
}

/** Nothing in a name may begin a line of its own, in a subject least of all. */
const oneLine = (name: string | null): string =>
  (name ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .normalize('NFC')

/** The word or its fallback, with its particle. */
export function saidFor({ fallback, pair }: Filled, word: string): string {
  const said = word || fallback
  return pair && said ? withParticle(said, pair) : said
}
