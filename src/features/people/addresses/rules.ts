import { addressLine } from '../rules.ts'
import type { PersonAddress } from './queries.ts'
import { deadQualities, type AddressKind } from './schema.ts'

interface Place {
  address: string
  city: string | null
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

/** Two spellings of one place have one key: letters and digits, in small letters. */
export const addressKey = ({ address, zip5 }: Pick<Place, 'address' | 'zip5'>): string =>
  `${address.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')}|${zip5 ?? ''}`

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
    { address, city, zip5 }: Place,
    kind: KnownAddress['kind'],
    key = addressKey({ address, zip5 }),
  ): void => {
    if (found.some((each) => each.key === key)) return
    found.push({ address, city, zip5, key, kind, noted: addresses.find((each) => each.address_key === key) ?? null })
  }
  if (person?.address) add({ address: person.address, city: person.city, zip5: person.zip5 }, 'home')
  const line = voter ? addressLine(voter) : ''
  if (voter && line) add({ address: line, city: voter.city, zip5: voter.zip5 }, 'registered')
  if (voter?.mail_address)
    add({ address: voter.mail_address.replaceAll(/\s*\n\s*/g, ', '), city: null, zip5: null }, 'registered_mail')
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
