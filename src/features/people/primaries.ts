/** A state in which only those enrolled in a party vote in its primaries. */
export interface ClosedPrimary {
  state: string
  /** 'YYYY-MM-DD': no older election is in a file we read; the rule itself may be older. */
  from: string
  /** May somebody enrolled so vote in some primary? */
  isOpenTo(party: string): boolean
  source: string
  checked_on: string
  /** 'high': read in the law or on an official page; 'medium': one secondary source. */
  confidence: 'high' | 'medium'
  /** What was not confirmed. */
  open: string | null
}

/** New York's parties since the elections of November 2020 counted under the higher threshold of 1-104(3). */
const newYorkParties: readonly string[] = ['dem', 'rep', 'con', 'wor']

const newYorkSource =
  'Election Law 1-104(9): a primary is the election at which enrolled members of a party may vote; 1-104(3): what a party is (nysenate.gov, version of 2023-04-07; newyork.public.law); 5-304(3): a change of enrolment after 14 February counts from a week after the June primary (newyork.public.law)'

/*
 * Which law says so. Not from memory: each row names what was read. Exceptions that a voter file does not show (Florida's
 * universal contests, non-partisan contests on the same ballot) let more people vote than this says. The newest first.
 */
export const closedPrimaries: readonly ClosedPrimary[] = [
  {
    state: 'NY',
    from: '2021-01-01',
    isOpenTo: (party) => newYorkParties.includes(party),
    source: newYorkSource,
    checked_on: '2026-11-25',
    confidence: 'high',
    open: null,
  },
  {
    state: 'NY',
    from: '2000-01-01',
    isOpenTo: (party) => party !== 'none',
    source: `${newYorkSource}; until 2020 the threshold was 50,000 votes (Justia, Election Law 1-104 of 2019)`,
    checked_on: '2026-11-25',
    confidence: 'medium',
    open: 'Who was in a party that no longer is one is "other" in today’s file; which of those held a primary is not told.',
  },
  {
    state: 'FL',
    from: '2000-01-01',
    isOpenTo: (party) => party !== 'none',
    source:
      'Florida Statutes 101.021 (text at the election law benchbook of William & Mary Law School); confirmed by the supervisors of elections of Franklin and Sarasota counties',
    checked_on: '2026-11-25',
    confidence: 'high',
    open: 'Minor parties may vote in their own primary only if it holds one; the file does not tell which do.',
  },
]
