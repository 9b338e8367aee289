import type { Official } from './queries.ts'

/** General elections of those who are listed, and when their winners take office: New York Public Officers Law 4, Twentieth Amendment. */
const turns = [
  { kinds: ['congress'], elected_on: '2026-11-03', take_office_on: '2027-01-03' },
  { kinds: ['senate', 'assembly', 'state'], elected_on: '2026-11-03', take_office_on: '2027-01-01' },
] as const

export type Standing =
  | { is: 'current' }
  /** Elected, and in office from then on. */
  | { is: 'elected'; take_office_on: string }
  /** Others may have been elected, and take office then. */
  | { is: 'leaving'; take_office_on: string }
  /** The term is over, and nobody has checked who came after. */
  | { is: 'over'; since: string }

/** Nobody begins on the day whoever leaves the seat for them did, or before. */
export const beginsTooEarly = (begins_on: string, leave: readonly Pick<Official, 'since'>[]): boolean =>
  leave.some(({ since }) => since !== null && since >= begins_on)

/** One that a steward entered, and that nobody took over after. */
export const mayTakeBack = ({ entered_at, left_on }: Pick<Official, 'entered_at' | 'left_on'>): boolean =>
  entered_at !== null && left_on === null

/** How much a row tells on a day. */
export function standingOf(
  { kind, since, until, as_of, office }: Pick<Official, 'kind' | 'since' | 'until' | 'as_of' | 'office'>,
  today: string,
): Standing {
  if (since !== null && since > today) return { is: 'elected', take_office_on: since }
  const turn =
    office === 'us_senator'
      ? undefined
      : // Whoever began at the turn, or later, was elected in it.
        turns.find(
          ({ kinds, take_office_on }) =>
            (kinds as readonly string[]).includes(kind) && (since === null || since < take_office_on),
        )
  if (turn && as_of < turn.take_office_on && today >= turn.take_office_on)
    return { is: 'over', since: turn.take_office_on }
  if (until !== null && until < today && as_of <= until) return { is: 'over', since: until }
  if (turn && today >= turn.elected_on && today < turn.take_office_on)
    return { is: 'leaving', take_office_on: turn.take_office_on }
  return { is: 'current' }
}
