import { newYorkCalendar, type ScheduledElection } from './calendar.ts'

/** The next election of the whole state from `today` on; the day itself counts. */
export function nextElection(today: string): ScheduledElection | null {
  return newYorkCalendar.find(({ held_on, place }) => place === 'NY' && held_on >= today) ?? null
}

export type Deadline =
  | 'change_party_by'
  | 'change_address_by'
  | 'register_by'
  | 'early_voting'
  | 'ask_for_mail_ballot_by'
  | 'held_on'

/** The days of an election that are still to come, in order; early voting until its last day. */
export function daysAhead(
  election: ScheduledElection,
  today: string,
): { what: Deadline; on: string; until: string | null }[] {
  const days: { what: Deadline; on: string | null; until: string | null }[] = [
    { what: 'change_party_by', on: election.change_party_by, until: null },
    { what: 'change_address_by', on: election.change_address_by, until: null },
    { what: 'register_by', on: election.register_by, until: null },
    { what: 'ask_for_mail_ballot_by', on: election.ask_for_mail_ballot_by, until: null },
    { what: 'early_voting', on: election.early_voting.from, until: election.early_voting.to },
    { what: 'held_on', on: election.held_on, until: null },
  ]
  return days.flatMap(({ what, on, until }) => (on !== null && (until ?? on) >= today ? [{ what, on, until }] : []))
}

/** Whole days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
