import { isGivenSyllable } from '../community/hangul.ts'

/** Written with a capital after Mac; other names beginning so (Mack, Macias, Machado) are not. */
const macNames = new Set(
  'MACALLISTER MACARTHUR MACAULAY MACBETH MACBRIDE MACCALLUM MACDERMOTT MACDONALD MACDONNELL MACDOUGALL MACDUFF MACFARLANE MACGREGOR MACINTOSH MACINTYRE MACIVER MACKAY MACKENZIE MACKINNON MACLACHLAN MACLAREN MACLEAN MACLEOD MACMAHON MACMANUS MACMILLAN MACNAMARA MACNEIL MACNEILL MACPHEE MACPHERSON MACQUEEN MACRAE MACTAVISH'.split(
    ' ',
  ),
)

/** Written small inside a surname of several words: de la Cruz, van der Berg. */
const particles = new Set('de del la las los van von der den ter dos das do y e bin al'.split(' '))

const numerals = new Set(['II', 'III', 'IV', 'VI', 'VII', 'VIII', 'IX'])

/** A surname in the case people write: McDonald, O'Neil, de la Cruz, Kim-Smith. A name already in mixed case stays as it is. */
export function lastNameCase(text: string): string {
  const words = clean(text).split(' ')
  if (isMixedCase(text)) return words.join(' ')
  return words
    .map((word, index) => {
      const small = word.toLowerCase()
      // 'La Rosa', 'Los Angeles' stand for themselves; 'de la', 'de los' do not.
      const isParticle =
        index < words.length - 1 && particles.has(small) && (!/^(la|las|los|y|e|do|al)$/.test(small) || index > 0)
      return isParticle ? small : capitalized(word)
    })
    .join(' ')
}

/** A given name: Mary-Ann, but Min-jun where both parts are Korean syllables. */
export function givenNameCase(text: string): string {
  if (isMixedCase(text)) return clean(text)
  return clean(text)
    .split(' ')
    .map((word) => {
      const parts = word.split('-')
      const isKorean = parts.length === 2 && parts.every((part) => isGivenSyllable(part.toUpperCase()))
      return isKorean ? `${capitalized(parts[0] ?? '')}-${(parts[1] ?? '').toLowerCase()}` : capitalized(word)
    })
    .join(' ')
}

export function suffixCase(text: string): string {
  const upper = clean(text).replaceAll('.', '').toUpperCase()
  if (/^[JS]R$/.test(upper)) return upper === 'JR' ? 'Jr' : 'Sr'
  const roman: Record<string, string> = {
    '1': 'I',
    '2': 'II',
    '3': 'III',
    '4': 'IV',
    '5': 'V',
    '2ND': 'II',
    '3RD': 'III',
    '4TH': 'IV',
  }
  return roman[upper] ?? upper
}

/** Letters only, without accents, in capitals: what a search compares. Hangul stays. */
export function nameKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z\u1100-\u11ff]/g, '')
    .normalize('NFC')
    .toUpperCase()
}

/**
 * The two keys by which a name is found. The given key joins first and middle name, so that MIN JUN, MIN-JUN, MINJUN and
 * Min with middle name Jun are one: 'MINJUN'. A search compares `last_key` as a whole and `given_key` by its beginning.
 */
export function nameKeys(
  last: string,
  first: string | null,
  middle: string | null,
): { last_key: string; given_key: string } {
  return { last_key: nameKey(last), given_key: nameKey(first ?? '') + nameKey(middle ?? '') }
}

/** A quotation mark without its partner is a slip of the file, not a letter of the name. */
function clean(text: string): string {
  const isPaired = text.split('"').length % 2 === 1
  return (isPaired ? text : text.replaceAll('"', '')).replace(/\s+/g, ' ').trim()
}
const isMixedCase = (text: string): boolean => /\p{Ll}/u.test(text) && /\p{Lu}/u.test(text)

function capitalized(word: string): string {
  if (word.includes('-')) return word.split('-').map(capitalized).join('-')
  const upper = word.toUpperCase()
  if (numerals.has(upper) || /^(\p{L}\.)+\p{L}?$/u.test(upper)) return upper
  const apostrophe = /^(.{1,3})(['’`])(.{2,})$/.exec(word)
  if (apostrophe) return capitalized(apostrophe[1] ?? '') + (apostrophe[2] ?? '') + capitalized(apostrophe[3] ?? '')
  if (/^MC\p{L}{2,}$/u.test(upper)) return `Mc${first(upper.slice(2))}`
  if (macNames.has(upper)) return `Mac${first(upper.slice(3))}`
  return first(upper)
}

const first = (upper: string): string => {
  const [head = ''] = upper
  return head + upper.slice(head.length).toLowerCase()
}
