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

/**
 * Every address of somebody, the one for post marked: the preferred one, else a mailing address, the home we know, what
 * the voter file says; never one from which post came back or where they no longer live.
 */
export function knownAddresses({ person, voter, addresses }: Sources): KnownAddress[] {
  const found: Omit<KnownAddress, 'is_for_post'>[] = []
  const add = (
    { address, city, state, zip5 }: Place,
    kind: KnownAddress['kind'],
    key = addressKey({ address, zip5 }),
  ): void => {
    if (found.some((each) => each.key === key)) return
    found.push({
      address,
      city,
      state,
      zip5,
      key,
      kind,
      noted: addresses.find((each) => each.address_key === key) ?? null,
    })
  }
  if (person?.address) add({ ...person, address: person.address, state: null }, 'home')
  const line = voter ? addressLine(voter) : ''
  if (voter && line) add({ address: line, city: voter.city, state: null, zip5: voter.zip5 }, 'registered')
  if (voter?.mail_address)
    add({ address: inOneLine(voter.mail_address), city: null, state: null, zip5: null }, 'registered_mail')
  for (const each of addresses) add(each, each.kind, each.address_key)

  const alive = found.filter(
    ({ kind, noted }) => kind !== 'earlier' && !(noted && deadQualities.includes(noted.quality)),
  )
  const order: readonly KnownAddress['kind'][] = ['mailing', 'home', 'registered_mail', 'registered', 'other', 'work']
  const forPost =
    alive.find(({ noted }) => noted?.is_preferred) ??
    alive.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0]
  return found.map((each) => ({ ...each, is_for_post: each === forPost }))
}
