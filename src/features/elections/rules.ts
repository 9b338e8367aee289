import { newYorkCalendar, type ElectionDay, type ScheduledElection } from './calendar.ts'

/** The next election of the whole state from `today` on; the day itself counts. */
export function nextElection(today: string): ScheduledElection | null {
  return newYorkCalendar.find(({ held_on, place }) => place === 'NY' && held_on >= today) ?? null
}

/** A day of an election, or several up to `until`. */
export interface Dated {
  what: ElectionDay
  on: string
  until: string | null
}

/** Days with one date each. */
export const singleDays = [
  'change_party_by',
  'change_address_by',
  'register_by',
  'ask_for_mail_ballot_by',
  'ask_for_mail_ballot_in_person_by',
  'postmark_by',
  'mail_ballot_arrives_by',
] as const satisfies readonly ElectionDay[]

/** What is known of an election's days. */
type KnownDays = Record<(typeof singleDays)[number], string | null> & {
  /** null: at other hours than those New York votes at, which is said elsewhere. */
  held_on: string | null
  early_voting: { from: string; to: string } | null
}

/** In the order they come. */
export const electionDays = [
  'change_party_by',
  'change_address_by',
  'register_by',
  'ask_for_mail_ballot_by',
  'early_voting',
  'ask_for_mail_ballot_in_person_by',
  'held_on',
  'postmark_by',
  'mail_ballot_arrives_by',
] as const satisfies readonly ElectionDay[]

/** Every day of an election that is known, in the order they come. */
export const daysOf = (election: KnownDays): Dated[] =>
  electionDays.flatMap((what): Dated[] => {
    const early = election.early_voting
    if (what === 'early_voting') return early ? [{ what, on: early.from, until: early.to }] : []
    return election[what] === null ? [] : [{ what, on: election[what], until: null }]
  })

/** The days of an election that are still to come, in order; early voting until its last day. */
export const daysAhead = (election: ScheduledElection, today: string): Dated[] =>
  daysOf(election).filter(({ on, until }) => (until ?? on) >= today)

/** What a voter must do before or on Election Day: the start page says no more. */
export const forVoters = ({ what }: Dated): boolean =>
  !['ask_for_mail_ballot_in_person_by', 'postmark_by', 'mail_ballot_arrives_by'].includes(what)

/** Elections with a day still to come, the nearest first. */
export const electionsAhead = (today: string): ScheduledElection[] =>
  newYorkCalendar.filter((election) => daysAhead(election, today).length > 0)

/** Whole days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
