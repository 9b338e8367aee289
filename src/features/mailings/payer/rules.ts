import { streetTypes } from '../../voterfile/rules/addresses.ts'
import { stateCodes } from '../../voterfile/rules/publication-28.ts'

/** What the law wants of the line that says who pays, in e-mail and on paper. */
interface Wanted {
  /** What must stand there in English, in any order. */
  words: readonly string[]
  /** What must not, since it says the opposite. */
  never: readonly string[]
  /** Also how to reach whoever pays: street, telephone or web address. */
  reach?: true
}

/** What work that a candidate knows of cannot say, and what work that none knows of cannot. */
export const denied = ['Not paid for by', 'Not authorized', 'Not expressly authorized', 'Not requested']
export const claimed = ['Not paid for by', 'and authorized by', 'paid for and authorized']

/** 'NY' of 'Flushing, N.Y. 11354', 'NJ' of 'Jersey City, New Jersey 07302'; null: the end of the address does not say it. */
export function stateIn(address: string): string | null {
  const words = address
    .toUpperCase()
    .replaceAll(/\b([A-Z])\.\s?([A-Z])\b\.?/g, '$1$2')
    .replace(/[^A-Z\d]+(USA|US|UNITED STATES(?: OF AMERICA)?)?\W*$/, '')
    .replace(/(?<=[\s,.])\d{5}(?:-\d{4})?$/, '')
    .split(/[^A-Z\d]+/)
    .filter(Boolean)
  for (let count = 4; count > 0; count--) {
    const state = stateCodes.get(words.slice(-count).join(' '))
    if (state) return state
  }
  return null
}

/** Where an English line is not as the rule wants it; `phrase` is that of the rule or of the line. */
export interface Fault {
  kind: 'missing' | 'contrary' | 'blank' | 'reach'
  phrase: string
}

/** How it is punctuated does not count. */
export function faultsOf({ words, never, reach }: Wanted, line: string, payers: readonly string[]): Fault[] {
  const said = ` ${plain(line)} `
  const hasIt = (phrase: string): boolean => said.includes(` ${plain(phrase).trim()} `)
  const missing = words.filter((phrase) => !hasIt(phrase))
  const faults: Fault[] = [
    ...missing.map((phrase) => ({ kind: 'missing' as const, phrase })),
    ...never.filter(hasIt).map((phrase) => ({ kind: 'contrary' as const, phrase })),
    ...blanksIn(line).map((phrase) => ({ kind: 'blank' as const, phrase })),
  ]
  if (reach && !isReachable(without(line, [...payers, ...words]))) faults.push({ kind: 'reach', phrase: '' })
  return faults
}

/** What stands in a line we offer for whoever writes it to fill in. */
export const blanksIn = (line: string): string[] => line.match(/\[[^\]]*\]|\{\{[^}]*\}\}/g) ?? []

/** Domains that end a web address without https:// or www before it. */
const domains = 'com|org|net|us|nyc|gov|edu|info|vote|co|io|app|link|site|online|club|page'
const webAddress = new RegExp(String.raw`(?<![@\p{L}\d.-])(?:https?://|www\.)[\p{L}\d-]+(?:\.[\p{L}\d-]+)+|(?<![@\p{L}\d.-])[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:${domains})(?![\p{L}\d@-]|\.[\p{L}\d])`, 'iu') // prettier-ignore
const telephone = /(?<!\d)\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s.-]{0,2}\d{4}(?!\d)/

/** A telephone number, a web address or a permanent street address, as 11 CFR 110.11(b)(3) has it; a box of the post is none. */
const isReachable = (line: string): boolean => telephone.test(line) || webAddress.test(line) || hasStreet(line)

const noSuffix = new Set(['BROADWAY', 'BOWERY', 'CONCOURSE'])
const isStreet = (word: string): boolean => streetTypes[word] !== undefined || noSuffix.has(word)
/** Whoever pays may have a number in the name: of a district, a union, a year. */
const isOfName = /^(BOX|DISTRICT|DIST|LOCAL|NO|NUMBER|WARD|POST|LODGE|PROPOSITION|PROP|MEASURE)$/

/** A house number with a street behind it. */
function hasStreet(line: string): boolean {
  const parts = line.toUpperCase().split(/[^\p{L}\p{N} .'’/-]+|\.\s/u)
  return parts.some((part) => {
    const words = part.split(/[ .]+/).filter(Boolean)
    return words.some((word, at) => {
      if (!/^\d[\d-]*[A-Z]?$/.test(word) || isOfName.test(words[at - 1] ?? '')) return false
      const street = words.slice(at + 1, at + 5).findIndex(isStreet)
      // '20 WAY FORWARD' is none, '12 AVENUE J' and '225 BROADWAY' are.
      return street > 0 || (street === 0 && /^(AVENUE|AVE|BROADWAY|BOWERY)$/.test(words[at + 1] ?? ''))
    })
  })
}

/** A line without each of these, once; the name in a web address stays. */
const without = (line: string, phrases: readonly string[]): string =>
  phrases
    .filter((phrase) => phrase.trim() !== '')
    .reduce(
      (left, phrase) => left.replace(new RegExp(String.raw`(?<![\p{L}\d@.-])${escaped(phrase.trim())}(?!\.?[\p{L}\d])`, 'iu'), ' | '),
      line.replaceAll(/\[[^\]]*\]/g, ''),
    ) // prettier-ignore

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, '\\$&')

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
