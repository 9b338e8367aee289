import type { MailingLane } from '../schema.ts'
import { lineFaults } from './law-line.ts'
import { lacks, textsOf } from './rules.ts'
import type { MailContent } from './schema.ts'
import { inlineOf, isAddress, paragraphsOf, unknownBraces, type Inline } from './text-rules.ts'

export type CheckKind =
  | 'no_subject'
  | 'nothing_written'
  | 'no_postal_address'
  | 'no_level'
  | 'no_law'
  | 'law_lacks'
  | 'law_contrary'
  | 'law_blank'
  | 'law_reach'
  | 'untranslated'
  | 'untranslated_there'
  | 'empty'
  | 'to_fill_in'
  | 'not_an_address'
  | 'lane'
  | 'gone'
  | 'not_chosen'
  | 'no_picture'
  | 'no_alt'
  | 'insecure_link'
  | 'dead_link'
  | 'inside_link'
  | 'many_links'
  | 'long_subject'
  | 'capitals'
  | 'exclamation'
  | 'spam_words'
  | 'too_large'

/** true: the mailing does not go out before it is put right. */
const blocks: Record<CheckKind, boolean> = {
  no_subject: true,
  nothing_written: true,
  no_postal_address: true,
  no_level: true,
  no_law: true,
  law_lacks: true,
  law_contrary: true,
  law_blank: true,
  law_reach: true,
  untranslated: true,
  untranslated_there: true,
  empty: false,
  to_fill_in: true,
  not_an_address: true,
  lane: true,
  gone: true,
  not_chosen: true,
  no_picture: false,
  no_alt: false,
  insecure_link: false,
  dead_link: false,
  inside_link: false,
  many_links: false,
  long_subject: false,
  capitals: false,
  exclamation: false,
  spam_words: false,
  too_large: false,
}

export interface Check {
  kind: CheckKind
  is_blocking: boolean
  /** 'subject', 'reason', 'foot', 'accepted' or the key of a block; null: the mail as a whole. */
  where: string | null
  /** Of the text, as in `textsOf`. */
  name: string | null
  language: string | null
  /** What it is about, as it stands there; '' where there is nothing to quote. */
  detail: string
}

/** Gmail shows no more of a mail than this and hides the rest, the way to unsubscribe with it. */
export const shown_bytes = 102 * 1024
const links_most = 20
const subjectMost: Partial<Record<string, number>> = { ko: 25, zh: 25 }
const subjectMostElse = 60

/**
 * Words that filters of unwanted mail and readers alike take for advertising. Our own list, from what is known of such
 * filters' rules; a word among many does no harm.
 */
const spamWords: Partial<Record<string, readonly string[]>> = {
  en: ['act now', 'act immediately', '100% free', 'risk free', 'risk-free', 'limited time', 'click here', 'click below', 'cash bonus', 'winner', 'congratulations', 'guaranteed', 'no obligation', 'urgent', 'dear friend', 'once in a lifetime', 'double your', 'free gift'],
  ko: ['광고', '무료', '공짜', '대박', '당첨', '긴급', '특가', '선착순', '100%', '클릭하세요', '여기를 클릭', '지금 바로', '마감임박', '놓치지 마세요', '수익 보장', '대출'],
} // prettier-ignore

interface Seen {
  lane: MailingLane
  /** 'YYYY-MM-DD' */
  today: string
  languages: readonly string[]
  /** What the organization is called, in each language. */
  payers: readonly string[]
  /** What blocks of other rooms show nothing, and why. */
  problems: ReadonlyMap<string, 'not_chosen' | 'gone' | 'lane'>
  /** What blocks of other rooms show is not written in these languages. */
  lacking?: ReadonlyMap<string, readonly string[]>
  /** Size of the page in each language. */
  bytes: Readonly<Record<string, number>>
  /** Addresses that were tried and lead nowhere. */
  nowhere?: ReadonlyMap<string, 'dead_link' | 'inside_link'>
}

/** All that stands against sending this, the gravest first. */
export function checkMail(
  content: MailContent,
  { lane, today, languages, payers, problems, lacking = new Map(), bytes, nowhere = new Map() }: Seen,
): Check[] {
  const found: Check[] = []
  const add = (kind: CheckKind, at: Partial<Omit<Check, 'kind' | 'is_blocking'>> = {}) =>
    found.push({ kind, is_blocking: blocks[kind], where: null, name: null, language: null, detail: '', ...at })

  if (content.blocks.length === 0) add('nothing_written', { where: 'add' })
  if (!content.postal_address.trim()) add('no_postal_address', { where: 'foot' })
  for (const { kind, phrase } of lineFaults(content, { lane, today, payers }))
    add(kind === 'no_level' || kind === 'no_law' ? kind : `law_${kind}`, { where: 'foot', detail: phrase })
  const links: Record<string, number> = {}
  for (const each of textsOf(content)) {
    const { where, name, text, form, needed } = each
    const written = Object.entries(text).filter(([, said]) => said?.trim())
    if (needed && written.length === 0) add(where === 'subject' ? 'no_subject' : 'empty', { where, name })
    for (const language of lacks(each, languages))
      if (!content.accepted.includes(language)) add('untranslated', { where, name, language })
    for (const [language, said = ''] of written) {
      const at = { where, name, language }
      if (form === 'address') {
        if (!isAddress(said.trim())) add('not_an_address', { ...at, detail: said })
        else if (/^http:/i.test(said)) add('insecure_link', { ...at, detail: said })
        const gone = nowhere.get(said.trim())
        if (gone) add(gone, { ...at, detail: said })
        links[language] = (links[language] ?? 0) + 1
        continue
      }
      for (const detail of new Set(unknownBraces(said))) add('to_fill_in', { ...at, detail })
      const addresses = addressesIn(said, form === 'rich')
      links[language] = (links[language] ?? 0) + addresses.length
      for (const detail of addresses) {
        if (/^http:/i.test(detail)) add('insecure_link', { ...at, detail })
        const gone = nowhere.get(detail)
        if (gone) add(gone, { ...at, detail })
      }
      const [shouted] = shoutedIn(said)
      if (shouted) add('capitals', { ...at, detail: shouted })
      if (/[!！]{2,}/.test(said) || (where === 'subject' && (said.match(/[!！]/g) ?? []).length > 1)) add('exclamation', at)
      const words = spamWordsIn(said, language)
      if (words.length > (where === 'subject' ? 0 : 2)) add('spam_words', { ...at, detail: words.join(', ') })
      if (where === 'subject' && lengthOf(said) > (subjectMost[language] ?? subjectMostElse))
        add('long_subject', { ...at, detail: String(lengthOf(said)) })
    }
  } // prettier-ignore
  for (const block of content.blocks) {
    if (block.kind !== 'picture') continue
    if (!block.picture) add('no_picture', { where: block.key })
    else if (!Object.values(block.alt).some((said) => said?.trim())) add('no_alt', { where: block.key, name: 'alt' })
  }
  for (const [where, kind] of problems) add(kind, { where, name: 'of' })
  for (const [where, of] of lacking)
    for (const language of of)
      if (!content.accepted.includes(language)) add('untranslated_there', { where, name: 'of', language })
  for (const [language, count] of Object.entries(links))
    if (count > links_most) add('many_links', { language, detail: String(count) })
  for (const language of languages) {
    const size = bytes[language] ?? 0
    if (size > shown_bytes) add('too_large', { language, detail: String(Math.ceil(size / 1024)) })
  }
  return found.toSorted((one, other) => Number(other.is_blocking) - Number(one.is_blocking))
}

/** Pages a mail leads to by its own texts, each once. */
export const linksIn = (content: MailContent): string[] => [
  ...new Set(
    textsOf(content).flatMap(({ text, form }) =>
      Object.values(text).flatMap((said) =>
        (form === 'address' ? [said.trim()] : addressesIn(said, form === 'rich')).filter((address) => /^https?:/i.test(address)),
      ),
    ),
  ),
] // prettier-ignore

/** As it is read, without braces. */
const lengthOf = (subject: string): number =>
  Array.from(subject.replaceAll(/\{[^{}|]*(?:\|([^{},]*))?[^{}]*\}/g, '$1')).length

function addressesIn(text: string, is_rich: boolean): string[] {
  const lines = is_rich
    ? paragraphsOf(text).flatMap((each) => (each.kind === 'list' ? each.items : each.lines))
    : [inlineOf(text)]
  const of = (part: Inline): string[] =>
    part.kind === 'link' ? [part.address] : part.kind === 'strong' ? part.of.flatMap(of) : []
  return lines.flat().flatMap(of)
}

/** Four words in capitals in a row, or twenty letters of them. Initialisms alone are fine. */
const shoutedIn = (text: string): string[] =>
  (text.match(/(?:\p{Lu}[\p{Lu}\p{N}'’&-]*[ ,.!]+){3,}\p{Lu}[\p{Lu}\p{N}'’&!-]*/gu) ?? []).filter(
    (each) => each.replaceAll(/[^\p{Lu}]/gu, '').length >= 12,
  )

function spamWordsIn(text: string, language: string): string[] {
  const said = text.toLowerCase()
  return (spamWords[language] ?? []).filter((word) => {
    if (!/^[a-z]/.test(word)) return said.includes(word)
    return new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(said)
  })
}
