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

/** Every day of an election that the law names, in the order they come. */
export function daysOf(election: ScheduledElection): Dated[] {
  const days: { what: ElectionDay; on: string | null; until: string | null }[] = [
    { what: 'change_party_by', on: election.change_party_by, until: null },
    { what: 'change_address_by', on: election.change_address_by, until: null },
    { what: 'register_by', on: election.register_by, until: null },
    { what: 'ask_for_mail_ballot_by', on: election.ask_for_mail_ballot_by, until: null },
    { what: 'early_voting', on: election.early_voting.from, until: election.early_voting.to },
    { what: 'ask_for_mail_ballot_in_person_by', on: election.ask_for_mail_ballot_in_person_by, until: null },
    { what: 'held_on', on: election.held_on, until: null },
    { what: 'postmark_by', on: election.postmark_by, until: null },
    { what: 'mail_ballot_arrives_by', on: election.mail_ballot_arrives_by, until: null },
  ]
  return days.flatMap(({ what, on, until }) => (on === null ? [] : [{ what, on, until }]))
}

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
