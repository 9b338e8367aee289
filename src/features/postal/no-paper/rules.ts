import { compared, standardizeTyped } from '../address/rules.ts'
import type { MailAddress } from '../address/schema.ts'

type Home = Pick<MailAddress, 'delivery' | 'unit' | 'zip5'>

/** By this an address is known in hashed lists that others make, and to certified software: '# 3B' is 'APT 3B'. */
export const addressKey = ({ delivery, unit, zip5 }: Home): string =>
  `${delivery}|${(unit ?? '').replace(/^(APT|#) /, '')}|${zip5}`

/** B-41 is B41. */
export const plainUnit = (unit: string): string => unit.replaceAll(/(?<=[A-Z])-(?=\d)|(?<=\d)-(?=[A-Z])/g, '')

/**
 * By this a home is closed, and two spellings of one address are one: '136-20 38 AVE # 3B' is '13620 38TH AVE UNIT 3B'. Also
 * read from `postal_recipient.home_keys`.
 */
export const homeKey = (home: Home): string => keyWith(home, plainUnit)

const keyWith = ({ delivery, unit, zip5 }: Home, written: (unit: string) => string): string =>
  `${compared(delivery).replaceAll(/(?<=\d)-(?=\d)/g, '')}|${written((unit ?? '').replace(/^(APT|#|UNIT|STE) /, ''))}|${zip5}`

/** As homes are in lists from when B-41 and B41 were two. */
const withHyphen = (unit: string): string =>
  plainUnit(unit)
    .replace(/^([A-Z]{1,2})(\d)/, '$1-$2')
    .replace(/^(\d+)([A-Z])$/, '$1-$2')

/** All a home may be closed by; the first is the one it is closed by from here. */
export const closedKeys = (home: Home): string[] => [
  ...new Set([homeKey(home), addressKey(home), keyWith(home, withHyphen)]),
]

/** Keys of an address as people or the voter file have it; none where it cannot be read. */
export function keysOfKnown({ address, zip5 }: { address: string; zip5: string | null }): string[] {
  // Where it is does not count: the ZIP does.
  const read = standardizeTyped({ delivery: address, unit: null, city: 'NEW YORK', state: 'NY', zip: zip5 })
  return read.ok ? closedKeys(read.address) : []
}
