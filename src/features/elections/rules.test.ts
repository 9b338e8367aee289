import { expect, test } from 'vitest'
import { generalElectionOn } from '../voterfile/rules/elections-ny.ts'
import { newYorkCalendar } from './calendar.ts'
import { daysAhead, daysBetween, nextElection } from './rules.ts'

test.each(newYorkCalendar.map((election) => [election.name, election] as const))(
  '%s keeps the distances the law sets',
  (_name, election) => {
    const before = (day: string): number => daysBetween(day, election.held_on)
    expect(new Date(`${election.held_on}T00:00:00Z`).getUTCDay()).toBe(2)
    expect([before(election.early_voting.from), before(election.early_voting.to)]).toEqual([10, 2])
    expect([before(election.register_by), before(election.change_address_by)]).toEqual([10, 15])
    expect([before(election.ask_for_mail_ballot_by), before(election.ask_for_mail_ballot_in_person_by)]).toEqual([
      10, 1,
    ])
    expect([before(election.postmark_by), before(election.mail_ballot_arrives_by)]).toEqual([0, -7])
    const year = Number(election.held_on.slice(0, 4))
    expect(election.name).toBe(`${year}-${election.kind}`)
    if (election.kind === 'general') expect(election.held_on).toBe(generalElectionOn(year))
    if (election.kind === 'primary') {
      expect(election.held_on).toMatch(/-06-2[2-8]$/) // the fourth Tuesday
      expect(election.change_party_by).toBe(`${year}-02-14`)
    }
  },
)

test('elections stand in order', () => {
  const days = newYorkCalendar.map(({ held_on }) => held_on)
  expect(days).toEqual([...days].sort())
})

test.each([
  ['2026-11-03', '2026-general'],
  ['2026-11-04', '2027-primary'],
  ['2026-04-01', '2026-primary'],
  ['2028-11-08', undefined],
])('on %s the next election of the state is %s', (today, name) => {
  expect(nextElection(today)?.name).toBe(name)
})

test('days gone by are not shown, early voting until its last day', () => {
  const general = newYorkCalendar.find(({ name }) => name === '2026-general')
  if (!general) throw new Error('2026-general is missing')
  expect(daysAhead(general, '2026-10-25').map(({ what }) => what)).toEqual(['early_voting', 'held_on'])
  expect(daysAhead(general, '2026-11-02').map(({ what }) => what)).toEqual(['held_on'])
})
