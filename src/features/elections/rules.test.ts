import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { icalText } from '../../platform/ical.ts'
import { publicLanguages } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { publicTranslatorOf } from '../../platform/i18n/public.ts'
import { generalElectionOn } from '../voterfile/rules/elections-ny.ts'
import { newYorkCalendar } from './calendar.ts'
import { daysFor, electionEntries } from './calendars.ts'
import { electionTexts } from './public-texts.ts'
import { daysAhead, daysBetween, electionsAhead, forVoters, nextElection } from './rules.ts'
import { ownDaysOf } from './contests/rules.ts'
import { noDays } from './testing.ts'

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
  const ahead = (today: string) => daysAhead(general, today).map(({ what }) => what)
  expect(ahead('2026-10-25')).toEqual(['early_voting', 'ask_for_mail_ballot_in_person_by', 'held_on', 'postmark_by', 'mail_ballot_arrives_by']) // prettier-ignore
  expect(daysAhead(general, '2026-11-02').filter(forVoters).map(({ what }) => what)).toEqual(['held_on']) // prettier-ignore
  expect(ahead('2026-11-04')).toEqual(['mail_ballot_arrives_by'])
})

test('an election stays while ballots by mail may still arrive', () => {
  expect(electionsAhead('2026-11-10')[0]?.name).toBe('2026-general')
  expect(electionsAhead('2026-11-11')[0]?.name).toBe('2027-primary')
})

const entered = { election_id: 7, state: 'NJ', kind: 'special', held_on: '2027-03-16', district_kind: null, district: null, method: null, ...noDays, register_by: '2027-03-01', early_voting_from: '2027-03-06', early_voting_until: '2027-03-14', source_url: 'https://nj.example/', as_of: '2027-01-02' } as const // prettier-ignore

test('Election Day at New York’s hours is said of New York alone', () => {
  expect(ownDaysOf(entered).map(({ what }) => what)).toEqual(['register_by', 'early_voting'])
  expect(ownDaysOf({ ...entered, state: 'NY' }).map(({ what }) => what)).toEqual(['register_by', 'early_voting', 'held_on']) // prettier-ignore
  expect(ownDaysOf({ ...entered, ...noDays, state: 'NY' })).toEqual([])
  // Once our calendar has it, what was entered is said no more.
  expect(ownDaysOf({ ...entered, state: 'NY', kind: 'primary', held_on: '2027-06-22' })).toEqual([])
})

test('a guide has the days of our calendar with their law, else those that were entered with their source', () => {
  const t = translator('en')
  const ours = daysFor(t, { state: 'NY', kind: 'primary', held_on: '2027-06-22', district_kind: null, district: null, days: [], source: null }) // prettier-ignore
  expect(ours.days.find(({ what }) => what === 'register_by')?.source).toContain('§ 5-210')
  const own = daysFor(t, { ...entered, days: ownDaysOf(entered), source: { url: entered.source_url } })
  expect(own.days.map(({ what, source }) => [what, source])).toEqual([
    ['register_by', 'https://nj.example/'],
    ['early_voting', 'https://nj.example/'],
  ])
})

test.each(publicLanguages)('another program reads the days of elections as whole days, in %s', (language) => {
  const t = publicTranslatorOf(electionTexts)(language)
  const text = icalText({ name: 'x', entries: electionEntries(language, 'http://localhost', [entered]) })
  const events = new ICAL.Component(ICAL.parse(text) as never)
    .getAllSubcomponents('vevent')
    .map((each) => new ICAL.Event(each))
  const of = (what: string) => events.find(({ uid }) => uid === `NY-2027-primary-${what}@hanpyo`)
  expect(of('early_voting')?.startDate.isDate).toBe(true)
  // The end is the day after the last one.
  expect([of('early_voting')?.startDate, of('early_voting')?.endDate].map(String)).toEqual(['2027-06-12', '2027-06-21'])
  expect([of('held_on')?.startDate, of('held_on')?.endDate].map(String)).toEqual(['2027-06-22', '2027-06-23'])
  expect(of('held_on')?.summary).toContain(t('elections.kind.primary', { year: '2027' }))
  expect(of('held_on')?.description).toContain(newYorkCalendar.find(({ name }) => name === '2027-primary')?.offices[language]) // prettier-ignore
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length)
  const own = events.filter(({ uid }) => uid.startsWith('election-7-'))
  expect(own.map(({ uid, startDate, endDate }) => [uid, startDate, endDate].map(String).join(' '))).toEqual([
    'election-7-register_by@hanpyo 2027-03-01 2027-03-02',
    'election-7-early_voting@hanpyo 2027-03-06 2027-03-15',
  ])
  expect(own[0]?.summary).toContain(t('elections.kind.special', { year: '2027' }))
  expect(own[0]?.description).toContain('https://nj.example/')
})
