import type { Official } from './queries.ts'

/** General elections of those who are listed, and when their winners take office: New York Public Officers Law 4, Twentieth Amendment. */
const turns = [
  { kinds: ['congress'], elected_on: '2026-11-03', take_office_on: '2027-01-03' },
  { kinds: ['senate', 'assembly', 'state'], elected_on: '2026-11-03', take_office_on: '2027-01-01' },
] as const

export type Standing =
  | { is: 'current' }
  /** Others may have been elected, and take office then. */
  | { is: 'leaving'; take_office_on: string }
  /** The term is over, and nobody has checked who came after. */
  | { is: 'over'; since: string }

/** How much a row tells on a day. */
export function standingOf(
  { kind, until, as_of, office }: Pick<Official, 'kind' | 'until' | 'as_of' | 'office'>,
  today: string,
): Standing {
  const turn =
    office === 'us_senator' ? undefined : turns.find(({ kinds }) => (kinds as readonly string[]).includes(kind))
  if (turn && as_of < turn.take_office_on && today >= turn.take_office_on)
    return { is: 'over', since: turn.take_office_on }
  if (until !== null && until < today && as_of <= until) return { is: 'over', since: until }
  if (turn && today >= turn.elected_on && today < turn.take_office_on)
    return { is: 'leaving', take_office_on: turn.take_office_on }
  return { is: 'current' }
}
