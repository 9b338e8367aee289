import { addressLine } from '../rules.ts'
import type { PersonAddress } from './queries.ts'
import { deadQualities, type AddressKind } from './schema.ts'

export interface Place {
  address: string
  city: string | null
  state: string | null
  zip5: string | null
}

/** What an address shows of where it comes from: ours, the state's, or a further one. */
export interface KnownAddress extends Place {
  key: string
  kind: AddressKind | 'registered' | 'registered_mail'
  /** What was noted of it, if anything. */
  noted: PersonAddress | null
  /** Post goes here. */
  is_for_post: boolean
}

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** Two spellings of one place have one key: letters and digits, in small letters. */
export const addressKey = ({ address, zip5 }: Pick<Place, 'address' | 'zip5'>): string =>
  `${letters(address)}|${zip5 ?? ''}`

export const wholeAddress = ({ address, city, state, zip5 }: Place): string =>
  [address, [city, state, zip5].filter(Boolean).join(' ')].filter(Boolean).join(', ')

/** The lines of an address of a voter file. */
export const inOneLine = (lines: string): string => lines.trim().replaceAll(/\s*\n\s*/g, ', ')

/** The last line of a mailing address, where it is city, state and ZIP. PostgreSQL reads it too. */
export const lastLine = String.raw`^(.{0,60}?),?\s+([A-Z]{2})\s+(\d{5}(?:-\d{4})?)$`

/** A mailing address of a voter file in its parts, as far as its last line tells. */
export function placeOfMail(mail_address: string): Place {
  const lines = mail_address.trim().split(/\s*\n\s*/)
  const found = lines.length > 1 ? new RegExp(lastLine).exec(lines.at(-1) ?? '') : null
  if (!found) return { address: lines.join(', '), city: null, state: null, zip5: null }
  const [, city = '', state = '', zip = ''] = found
  return { address: lines.slice(0, -1).join(', '), city: city || null, state, zip5: zip.slice(0, 5) }
}

/**
 * What is left out of an address, or cut to how it begins, so that '136-20 38th Avenue, Apt 5B' and '136-20 38 Av #5b' are
 * one: each with how many ways there are to keep something. PostgreSQL reads them too; two spaces stand between words.
 */
export const shortened: readonly (readonly [pattern: string, kept: number])[] = [
  [' (?:apt|apartment|unit|ste|suite|no) ', 0],
  [' ([0-9]+)(?:st|nd|rd|th) ', 1],
  [' (?:(st)(?:reet|r)?|(av)(?:enue|e|en)?|(b)(?:oulevard|lvd|lv)|(r)(?:oad|d)|(dr)(?:ive|v)?|(l)(?:ane|n)|(pl)(?:ace)?|(c)(?:ourt|t)|(ter)(?:race|r)?) ', 9],
  [' (?:(p)(?:arkway|kwy|ky)|(n)(?:orth)?|(s)(?:outh)?|(e)(?:ast)?|(w)(?:est)?|(h)(?:ighway|wy)|(sq)(?:uare)?|(cir)(?:cle)?|(ex)(?:pressway|py|pwy)) ', 9],
] // prettier-ignore

/** Looser than `addressKey`, by which rows are kept: places with the same one are one mailbox. */
export function mailboxKey({ address, zip5 }: Pick<Place, 'address' | 'zip5'>): string {
  let words = ` ${address
    .toLowerCase()
    .replaceAll(new RegExp(insideNumber, 'g'), '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(' ', '  ')} `
  for (const [pattern, kept] of shortened)
    words = words.replaceAll(new RegExp(pattern, 'g'), kept === 0 ? ' ' : ` ${groups(kept, '$')} `)
  return `${words.replaceAll(new RegExp(betweenNumbers, 'g'), '-').replaceAll(' ', '')}|${zip5 ?? ''}`
}

/** 136-20 is also written 13620; but two numbers stay apart: 13 31st Ave is not 133 1st Ave. PostgreSQL reads both too. */
export const insideNumber = '(?<=[0-9])[-–—](?=[0-9])'
export const betweenNumbers = '(?<=[0-9]) +(?=[0-9])'

/** What a pattern of `shortened` keeps: '$1$2…', of PostgreSQL '\\1\\2…'. */
export const groups = (kept: number, sign: '$' | '\\'): string =>
  Array.from({ length: kept }, (_, index) => `${sign}${index + 1}`).join('')

/** What two spellings of one place have in common, also where one stands in one line and the other in columns. */
export const placeKeys = ({ address, city, state, zip5 }: Place): string[] => [
  addressKey({ address, zip5 }),
  letters([address.replace(/(\d{5})-\d{4}$/, '$1'), city, state, zip5].join('')),
]

interface Sources {
  person: { address: string | null; city: string | null; zip5: string | null } | null
  voter:
    | (Parameters<typeof addressLine>[0] & {
        city: string | null
        zip5: string | null
        mail_address: string | null
      })
    | null
  addresses: readonly PersonAddress[]
}

/** Nothing arrives without a ZIP; the file's mailing address has its own, whatever it looks like. */
const arrives = (kind: KnownAddress['kind'], { city, zip5 }: Place, voter: Sources['voter']): boolean =>
  kind === 'registered_mail' ||
  (zip5 !== null && (kind !== 'registered' || (city !== null && (voter?.street ?? null) !== null)))

/** What post goes to first. An address of the file we were told is the one for post is that. */
const order: readonly KnownAddress['kind'][] = ['mailing', 'home', 'registered_mail', 'registered', 'other', 'work']
const rank = ({ kind, noted }: Pick<KnownAddress, 'kind' | 'noted'>): number =>
  order.indexOf((kind === 'home' || kind === 'registered') && noted?.kind === 'mailing' ? 'mailing' : kind)

/**
 * Every address of somebody, the one for post marked: the preferred one, else a mailing address, the home we know, what
 * the voter file says; never one from which post came back, where they no longer live, or that has no ZIP. `voterPost` in
 * targeting/mail.ts says the same in SQL; a property test holds them together.
 */
export function knownAddresses({ person, voter, addresses }: Sources): KnownAddress[] {
  const found: Omit<KnownAddress, 'is_for_post'>[] = []
  const taken = new Set<string>()
  const add = (place: Place, kind: KnownAddress['kind'], keys = [addressKey(place)]): void => {
    const [key = ''] = keys
    const isNew = !taken.has(key)
    for (const each of keys) taken.add(each)
    if (!isNew) return
    const { address, city, state, zip5 } = place
    const noted = addresses.find((each) => keys.includes(each.address_key)) ?? null
    found.push({ address, city, state, zip5, key, kind, noted })
  }
  if (person?.address) add({ ...person, address: person.address, state: null }, 'home')
  const door = doorOf(voter)
  if (door) add(door, 'registered')
  if (voter?.mail_address) {
    const mail = placeOfMail(voter.mail_address)
    // It was noted in one line before its parts were told apart.
    add(mail, 'registered_mail', [addressKey(mail), addressKey({ address: inOneLine(voter.mail_address), zip5: null })])
  }
  for (const each of addresses) add(each, each.kind, [each.address_key])

  const alive = found.filter(
    ({ kind, noted, ...place }) =>
      kind !== 'earlier' &&
      arrives(kind, place, voter) &&
      !(noted && (noted.kind === 'earlier' || deadQualities.includes(noted.quality))),
  )
  const forPost = alive.find(({ noted }) => noted?.is_preferred) ?? [...alive].sort((a, b) => rank(a) - rank(b))[0]
  return found.map((each) => ({ ...each, is_for_post: each === forPost }))
}

function doorOf(voter: Sources['voter']): Place | null {
  const line = voter ? addressLine(voter) : ''
  return voter && line ? { address: line, city: voter.city, state: null, zip5: voter.zip5 } : null
}

/** Where post of somebody goes: to the mailing address or the door the voter file has, or elsewhere, as we were told. */
export type Mailbox = { goes: 'file' | 'door' | 'nowhere' } | { goes: 'told'; key: string }

/** One that is the file's in another spelling is the file's. */
export function mailboxOf(sources: Sources): Mailbox {
  const one = knownAddresses(sources).find(({ is_for_post }) => is_for_post)
  if (!one) return { goes: 'nowhere' }
  const { voter } = sources
  const key = mailboxKey(one)
  const mail = voter?.mail_address ? placeOfMail(voter.mail_address) : null
  if (one.kind === 'registered_mail' || (mail && mailboxKey(mail) === key)) return { goes: 'file' }
  const door = doorOf(voter)
  if (door && arrives('registered', door, voter) && mailboxKey(door) === key) return { goes: 'door' }
  return { goes: 'told', key }
}
