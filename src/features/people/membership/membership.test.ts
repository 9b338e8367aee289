import { writeFileSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'
import { sql } from 'kysely'
import { decodeQR } from 'qr/decode.js'
import { beforeAll, expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { addMonths } from '../../../platform/clock.ts'
import { inTransaction } from '../../../platform/db/db.ts'
import { pageTime } from '../../../platform/http/page-time.ts'
import { codesOf, lackingIn } from '../../../platform/print/testing.ts'
import { workOff as workOffJobs } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, mark, recordConsent, saveEmail } from '../commands.ts'
import { mergePeople, undoMerge } from '../merge/commands.ts'
import { profileOf, timelineOf } from '../queries.ts'
import { PersonForm } from '../schema.ts'
import { addNamedVoters } from '../testing.ts'
import { approve, coverDues, recordMembership, removeMembership, takeBackDues } from './commands.ts'
import { duesOf, membersInGoodStanding, membershipsOf, periodsOf, standingOn } from './queries.ts'
import { sendMembershipMail } from './mail-job.ts'
import { memberLinks } from './card/queries.ts'
import { remindMembers } from './reminders/commands.ts'
import { activeFrom, afterwards, isEnd, isInGoodStanding, periodFor, reminderOn } from './rules.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const them = world.as(theirs.organizer, routes)

beforeAll(async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 1, last_name: 'Kim', first_name: 'Young', household_key: 7 },
    { voter_id: 2, last_name: 'Park', first_name: 'Min', household_key: 7 },
  ])
})

const personOfVoter = async (voter_id: number): Promise<string> => {
  const row = await db
    .selectFrom('person')
    .select('person_id')
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()
  return row.person_id
}
const standingsOn = async (person_id: string, day: string): Promise<string[]> =>
  standingOn(await membershipsOf(db, organization_id, person_id), day).map(
    ({ kind, standing }) => `${kind} ${standing}`,
  )

const form = (more: Record<string, string> = {}) => ({
  kind: 'regular',
  standing: 'active',
  from_on: '2025-03-01',
  note: '',
  ...more,
})

test('how a membership stands is recorded on the profile, readable for any day, in both languages', async () => {
  expect((await us.post('/people/v1/membership', form({ standing: 'applied', from_on: '2025-02-01' }))).status).toBe(
    303,
  )
  expect((await us.post('/people/v1/membership', form({ note: 'Board, 1 March' }))).status).toBe(303)
  expect((await us.post('/people/v1/membership', form({ standing: 'lapsed', from_on: '2026-03-01' }))).status).toBe(303)
  const person_id = await personOfVoter(1)
  expect(await standingsOn(person_id, '2025-01-31')).toEqual([])
  expect(await standingsOn(person_id, '2025-02-01')).toEqual(['regular applied'])
  expect(await standingsOn(person_id, '2026-02-28')).toEqual(['regular active'])
  expect(await standingsOn(person_id, '2026-03-01')).toEqual(['regular lapsed'])
  const html = await (await us.get('/voters/1')).text()
  expect(html).toContain('Lapsed')
  expect(html).toContain('Board, 1 March')
  expect(await (await us.get('/voters/1', { 'accept-language': 'ko' })).text()).toContain('자격 만료')
  const { rows } = await sql<{ action: string; after: { standing: string } }>`select action, after from audit_entry
    where subject = 'membership' order by audit_id`.execute(db)
  expect(rows.map(({ action, after }) => [action, after.standing])).toEqual([
    ['membership.record', 'applied'],
    ['membership.record', 'active'],
    ['membership.record', 'lapsed'],
  ])
})

test('what is sent twice, also at once, is one entry; of two on one day the later counts', async () => {
  await Promise.all([us.post('/people/v2/membership', form()), us.post('/people/v2/membership', form())])
  const person_id = await personOfVoter(2)
  expect(await membershipsOf(db, organization_id, person_id)).toHaveLength(1)
  await us.post('/people/v2/membership', form({ standing: 'resigned' }))
  expect(await standingsOn(person_id, '2025-03-01')).toEqual(['regular resigned'])
  const [newest] = await membershipsOf(db, organization_id, person_id)
  const path = `/people/v2/membership/${newest?.membership_id}/remove`
  expect((await them.post(path, {})).status).toBe(404)
  expect((await us.post(path, {})).status).toBe(303)
  expect((await us.post(path, {})).status).toBe(404)
  expect((await us.post('/people/v2/membership/not-an-id/remove', {})).status).toBe(404)
  expect(await standingsOn(person_id, '2025-03-01')).toEqual(['regular active'])
  const kept = await db.selectFrom('membership').select('removed_by').where('person_id', '=', person_id).execute()
  expect(kept.map(({ removed_by }) => removed_by).sort()).toEqual([organizer.name, null].sort())
})

test.each([
  [{ from_on: '2025-02-29' }, 'Enter a day of the calendar.'],
  [{ from_on: 'yesterday' }, 'Enter a day of the calendar.'],
  [{ standing: 'president' }, ''],
  [{ kind: '' }, ''],
])('%j is refused, and what was typed stays', async (wrong, message) => {
  const answer = await us.post('/people/v1/membership', form({ note: 'kept as typed', ...wrong }))
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('kept as typed')
  expect(html).toContain(message)
})

test('another organization and a caller see and change nothing of it', async () => {
  expect(await (await them.get('/voters/1')).text()).not.toContain('Board, 1 March')
  expect(
    await membershipsOf(world.database.of(theirs.organization_id), organization_id, await personOfVoter(1)),
  ).toEqual([])
  expect((await us.get('/people/not-there/membership')).status).toBe(404)
})

test('a merge brings the membership along, and taking it back returns it', async () => {
  const facts = PersonForm.parse({ last_name: 'Choi' })
  const make = async (): Promise<string> => (await createPerson(db, organizer, facts, 'test')).person_id
  const [kept, merged] = [await make(), await make()]
  await recordMembership(db, organizer, merged, {
    kind: 'student',
    standing: 'active',
    from_on: '2025-01-01',
    note: null,
  })
  const merge_id = await mergePeople(db, organizer, kept, merged, [])
  expect(await standingsOn(kept, '2026-01-01')).toEqual(['student active'])
  await undoMerge(db, organizer, merge_id, new Date('2026-01-01T12:00:00Z'))
  expect(await standingsOn(kept, '2026-01-01')).toEqual([])
  expect(await standingsOn(merged, '2026-01-01')).toEqual(['student active'])

  // One row has last year's dues, the other this year's.
  const years = [[kept, '2027', '2026-12-20'], [merged, '2026', '2025-12-20']] as const // prettier-ignore
  for (const [who, year, paid_on] of years)
    await coverDues(db, organizer, who, { dues_id: crypto.randomUUID(), kind: 'family', how: 'paid', amount_cents: 0, reason: null, paid_on, from_on: `${year}-01-01`, until_on: `${year}-12-31` }) // prettier-ignore
  const family = async (who: string, day: string) => (await standingsOn(who, day)).filter((each) => each.startsWith('family')) // prettier-ignore
  const again = await mergePeople(db, organizer, kept, merged, [])
  expect(await family(kept, '2027-02-15')).toEqual(['family active'])
  expect(await family(kept, '2028-02-15')).toEqual(['family lapsed'])
  await undoMerge(db, organizer, again, new Date('2026-01-01T12:00:00Z'))
  expect(await family(kept, '2026-06-01')).toEqual([])
  expect(await family(merged, '2027-02-15')).toEqual(['family lapsed'])
})

const yearly = { period_months: 12, grace_days: 30 }
test.each([
  // The first time, in time, on the last day of grace, a day too late, for life.
  [yearly, null, '2026-03-01', { from_on: '2026-03-01', until_on: '2027-02-28' }],
  [yearly, '2027-02-28', '2027-01-10', { from_on: '2027-03-01', until_on: '2028-02-29' }],
  [yearly, '2027-02-28', '2027-03-30', { from_on: '2027-03-01', until_on: '2028-02-29' }],
  [yearly, '2027-02-28', '2027-03-31', { from_on: '2027-03-31', until_on: '2028-03-30' }],
  [{ period_months: null, grace_days: 30 }, null, '2026-03-01', { from_on: '2026-03-01', until_on: null }],
  // Grace longer than the period: nobody pays for days that are over.
  [{ period_months: 1, grace_days: 60 }, '2026-01-31', '2026-03-15', { from_on: '2026-03-15', until_on: '2026-04-14' }],
  [{ period_months: 1, grace_days: 0 }, '2026-01-31', '2026-02-01', { from_on: '2026-02-01', until_on: '2026-02-28' }],
])('%j paid until %s, paid on %s, covers %j', (terms, paid_until, paid_on, period) => {
  const paid = paid_until ? [{ from_on: '2026-01-01', until_on: paid_until }] : []
  expect(periodFor(terms, paid, paid_on)).toEqual(period)
})

test.each([
  // Days on which monthly dues end, each paid on time, from the day somebody joined.
  ['2026-02-01', ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']],
  ['2026-01-31', ['2026-02-27', '2026-03-30', '2026-04-29', '2026-05-30']],
  ['2026-01-30', ['2026-02-27', '2026-03-29', '2026-04-29', '2026-05-29']],
  ['2028-01-29', ['2028-02-28', '2028-03-28', '2028-04-28', '2028-05-28']],
  ['2026-02-28', ['2026-03-27', '2026-04-27', '2026-05-27', '2026-06-27']],
])('monthly dues of somebody who joined on %s do not drift: %j', (joined_on, ends) => {
  const paid: { from_on: string; until_on: string | null }[] = []
  for (const _ of ends)
    paid.push(periodFor({ period_months: 1, grace_days: 7 }, paid, paid.at(-1)?.until_on ?? joined_on))
  expect(paid.map(({ until_on }) => until_on)).toEqual(ends)
})

test.each([
  ['paid', null, '2026-03-01', '2026-03-01', '2026-03-01'],
  ['paid', '2027-02-28', '2027-03-01', '2027-03-10', '2027-03-10'],
  // In advance, late for a year already running, and paid in its time to somebody else.
  ['paid', null, '2027-01-01', '2026-12-01', '2027-01-01'],
  ['paid', null, '2026-01-01', '2026-03-05', '2026-03-05'],
  ['elsewhere', null, '2025-01-01', '2026-03-05', '2025-01-01'],
])('dues %s, paid until %s, from %s, paid on %s, count from %s', (how, paid_until, from_on, paid_on, day) => {
  expect(activeFrom({ how, from_on, until_on: null, paid_on }, paid_until)).toBe(day)
})

test('after the last day paid for come the days of grace, and then the end', () => {
  const period = { from_on: '2026-01-01', until_on: '2026-12-31' }
  expect(afterwards(period, 30)).toEqual([
    { standing: 'grace', from_on: '2027-01-01' },
    { standing: 'lapsed', from_on: '2027-01-31' },
  ])
  expect(afterwards(period, 0)).toEqual([{ standing: 'lapsed', from_on: '2027-01-01' }])
  expect(afterwards({ from_on: '2026-01-01', until_on: null }, 30)).toEqual([])
})

type Act =
  | { on: string; does: 'pays' | 'is_waived'; kind?: string; from_on?: string; until_on?: string }
  | { on: string; does: 'expelled' | 'resigned' | 'active' | 'applied'; kind?: string }
  | { on: string; does: 'takes_back_dues' | 'takes_back_end'; kind?: string }
const year2026 = { on: '2026-01-01', does: 'pays' } as const

/** Each with the days on which somebody is in good standing (true) or not. */
const lives: [what: string, acts: Act[], on: Record<string, boolean>][] = [
  ['pays in time', [year2026], { '2025-12-31': false, '2026-01-01': true, '2026-12-31': true }],
  ['does not pay again', [year2026], { '2027-01-30': true, '2027-01-31': false }],
  [
    'pays in grace',
    [year2026, { on: '2027-01-20', does: 'pays' }],
    { '2027-01-10': true, '2027-06-01': true, '2028-01-30': true, '2028-01-31': false },
  ],
  [
    'pays too late',
    [year2026, { on: '2027-03-15', does: 'pays' }],
    { '2027-01-30': true, '2027-02-15': false, '2027-03-14': false, '2027-03-15': true, '2028-03-14': true },
  ],
  ['pays early', [year2026, { on: '2026-11-01', does: 'pays' }], { '2027-02-15': true, '2027-12-31': true, '2028-01-31': false }], // prettier-ignore
  ['is let off dues', [{ on: '2026-05-01', does: 'is_waived' }], { '2026-04-30': false, '2027-04-30': true, '2027-05-31': false }], // prettier-ignore
  ['has only applied', [{ on: '2026-05-01', does: 'applied' }], { '2026-05-02': false }],
  [
    'is expelled while paid for, also on the day dues would have ended',
    [year2026, { on: '2026-06-01', does: 'expelled' }],
    { '2026-05-31': true, '2026-06-01': false, '2027-01-10': false },
  ],
  [
    'is expelled and reinstated, with what is left of the dues',
    [year2026, { on: '2026-06-01', does: 'expelled' }, { on: '2026-08-01', does: 'active' }],
    { '2026-07-31': false, '2026-08-01': true, '2027-01-30': true, '2027-01-31': false },
  ],
  [
    'was never expelled after all',
    [year2026, { on: '2026-06-01', does: 'expelled' }, { on: '2026-07-01', does: 'takes_back_end' }],
    { '2026-06-15': true, '2027-01-30': true, '2027-01-31': false },
  ],
  ['leaves', [year2026, { on: '2026-09-01', does: 'resigned' }], { '2026-08-31': true, '2027-01-10': false }],
  [
    'is a student, then regular',
    [
      { on: '2026-01-01', does: 'pays', kind: 'student' },
      { on: '2026-12-01', does: 'pays' },
    ],
    { '2026-06-01': true, '2027-06-01': true, '2027-12-30': true, '2027-12-31': false },
  ],
  [
    'is expelled as a regular member, and still paid for as family',
    [year2026, { on: '2026-02-01', does: 'pays', kind: 'family' }, { on: '2026-06-01', does: 'expelled' }],
    { '2026-05-31': true, '2026-06-02': false },
  ],
  ['pays for life', [{ on: '2026-01-01', does: 'pays', kind: 'honorary' }], { '2099-12-31': true }],
  [
    'gets the renewal back: the old end holds again',
    [year2026, { on: '2026-12-01', does: 'pays' }, { on: '2026-12-15', does: 'takes_back_dues' }],
    { '2026-12-31': true, '2027-01-30': true, '2027-01-31': false },
  ],
  [
    'has this year entered before the last one',
    [
      { on: '2026-12-20', does: 'pays', from_on: '2027-01-01', until_on: '2027-12-31' },
      { on: '2026-01-05', does: 'pays', from_on: '2026-01-01', until_on: '2026-12-31' },
    ],
    { '2026-01-04': false, '2026-06-01': true, '2027-06-01': true, '2028-01-30': true, '2028-01-31': false },
  ],
  [
    'pays for two years before the first begins',
    [
      { on: '2025-12-15', does: 'pays', from_on: '2026-01-01', until_on: '2026-12-31' },
      { on: '2025-12-15', does: 'pays', from_on: '2027-01-01', until_on: '2027-12-31' },
    ],
    { '2025-12-20': false, '2026-01-01': true, '2027-06-01': true, '2028-01-31': false },
  ],
  [
    'is to be expelled and pays before that day',
    [year2026, { on: '2026-12-01', does: 'expelled' }, { on: '2026-11-20', does: 'pays' }],
    { '2026-11-30': true, '2026-12-01': false, '2027-01-10': false, '2027-06-01': false, '2028-01-10': false },
  ],
  [
    'left, paid again, and had never left after all',
    [
      year2026,
      { on: '2026-09-01', does: 'resigned' },
      { on: '2026-10-01', does: 'pays' },
      { on: '2026-10-02', does: 'takes_back_end' },
    ],
    { '2026-09-15': true, '2027-06-01': true, '2028-01-30': true, '2028-01-31': false },
  ],
  [
    'left and applied anew, with a year still paid for',
    [year2026, { on: '2026-06-01', does: 'expelled' }, { on: '2026-08-01', does: 'applied' }],
    { '2026-08-02': false, '2027-01-10': false },
  ],
]

test.each(lives)('whoever %s', async (_, acts, on) => {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Test' }), 'test')
  const terms: Record<string, number | null> = { honorary: null }
  for (const act of acts) {
    const dues = await duesOf(db, organization_id, person_id)
    if (act.does === 'pays' || act.does === 'is_waived') {
      const kind = act.kind ?? 'regular'
      const period = periodFor(
        { grace_days: 30, period_months: kind in terms ? null : 12 },
        periodsOf(dues, kind),
        act.on,
      )
      const how = act.does === 'pays' ? 'paid' : 'waived'
      const { from_on = period.from_on, until_on = period.until_on } = act
      const facts = { kind, how, amount_cents: 0, reason: null, paid_on: act.on, from_on, until_on } as const
      const covered = await coverDues(db, organizer, person_id, { dues_id: crypto.randomUUID(), ...facts })
      expect(covered).toMatchObject({ ok: true })
    } else if (act.does === 'takes_back_dues') {
      const [first, last] = dues.toReversed()
      // Of two the newest goes first.
      expect(await takeBackDues(db, organizer, first?.dues_id ?? '', 'test')).toEqual({
        ok: false,
        problem: 'later_dues',
      })
      expect(await takeBackDues(db, organizer, last?.dues_id ?? '', 'test')).toEqual({ ok: true })
    } else if (act.does === 'takes_back_end') {
      const rows = await membershipsOf(db, organization_id, person_id)
      const end = rows.find(({ standing }) => isEnd(standing))
      await removeMembership(db, organizer, person_id, end?.membership_id ?? '')
    } else {
      const facts = { kind: act.kind ?? 'regular', standing: act.does, from_on: act.on, note: null }
      await recordMembership(db, organizer, person_id, facts)
    }
  }
  const rows = await membershipsOf(db, organization_id, person_id)
  for (const [day, is_good] of Object.entries(on)) {
    expect([day, isInGoodStanding(standingOn(rows, day))]).toEqual([day, is_good])
    // The database says the same.
    expect([day, (await membersInGoodStanding(db, organization_id, day)).includes(person_id)]).toEqual([day, is_good])
  }
})

test('whoever was expelled pays nothing before they are a member again', async () => {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Test' }), 'test')
  await recordMembership(db, organizer, person_id, { kind: 'regular', standing: 'expelled', from_on: '2026-01-01', note: null }) // prettier-ignore
  const facts = { kind: 'regular', how: 'paid', amount_cents: 0, reason: null, paid_on: '2026-02-01', from_on: '2026-02-01', until_on: '2027-01-31' } as const // prettier-ignore
  const refused = await coverDues(db, organizer, person_id, { dues_id: crypto.randomUUID(), ...facts })
  expect(refused).toEqual({ ok: false, problem: 'expelled' })
})

test('kinds are the organization’s own: added, changed and put away, with what was typed kept', async () => {
  const kind = { name_en: 'Youth', name_ko: '청년 회원', dues: '15', reduced: '10', period_months: '12', grace_days: '14', is_public: 'yes' } // prettier-ignore
  expect((await us.post('/membership/kinds', kind)).status).toBe(303)
  const wrong = await us.post('/membership/kinds/youth', { ...kind, reduced: '20', dues: '12.5' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="12.5"')
  expect((await us.post('/membership/kinds/youth', { ...kind, dues: '1,012.50', period_months: '' })).status).toBe(303)
  const list = await (await us.get('/membership/kinds', { 'accept-language': 'ko' })).text()
  expect(list).toContain('청년 회원')
  expect(list).toContain('평생 $1,012.50 한 번')
  expect((await us.post('/membership/kinds/youth/archive', {})).status).toBe(303)
  expect(await (await us.get('/people/v1/membership')).text()).not.toContain('Youth')
  expect((await them.get('/membership/kinds/youth')).status).toBe(404)
})

test('the roll shows who stands how, finds by name and kind, and goes out as a file on the record', async () => {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Rollins', first_name: 'Ada', name_hangul: '나명부' }), 'test') // prettier-ignore
  const now = world.installation.clock.now().toISOString().slice(0, 10)
  const facts = { kind: 'senior', how: 'paid', amount_cents: 0, reason: null, paid_on: now, from_on: now, until_on: addMonths(now, 1) } as const // prettier-ignore
  await coverDues(db, organizer, person_id, { dues_id: crypto.randomUUID(), ...facts })
  const due = await (await us.get('/membership?show=due&kind=senior&q=rollins')).text()
  expect(due).toContain('Rollins')
  for (const typed of ['나명', 'ㄴㅁㅂ', 'ada rollins'])
    expect(await (await us.get(`/membership?show=good&q=${encodeURIComponent(typed)}`)).text()).toContain('Rollins')
  expect(await (await us.get('/membership?show=lapsed&kind=senior')).text()).not.toContain('Rollins')
  expect(await (await them.get('/membership?show=all')).text()).not.toContain('Rollins')
  const file = await (await us.get('/membership/roll.csv?show=all&q=rollins')).text()
  expect(file).toContain('Rollins,Ada,나명부,Senior,Active')
  const trail = await db.selectFrom('audit_entry').select('after').where('action', '=', 'membership.export').execute()
  expect(trail).toEqual([{ after: { found: 1 } }])
})

const visitor = world.as(null, routes)
const application = (more: Record<string, string> = {}) => ({
  page_key: crypto.randomUUID(), lang: 'ko', kind: 'student', first_name: 'Sora', last_name: 'Baek', name_hangul: '백소라',
  email: 'sora@example.org', phone: '', address: '', city: '', zip5: '11354', note: '', ...more,
}) // prettier-ignore
const workOff = () => workOffJobs(world, [sendMembershipMail])

test('who applies on the page for everybody is a member at once, or waits where the kind asks for approval', async () => {
  expect(await (await visitor.get('/m/ours?lang=ko')).text()).toContain('지금은 가입 신청을 받지 않습니다.')
  expect((await visitor.post('/m/ours', application())).status).toBe(410)
  const setup = {
    is_open: 'yes',
    intro_ko: '함께해요',
    how_to_pay_ko: '수표로 내 주세요',
    framed_by: 'flushing.example.org/join',
  }
  expect((await us.post('/membership/page', { ...setup, framed_by: 'no site at all!' })).status).toBe(422)
  expect((await us.post('/membership/page', setup)).status).toBe(303)
  const page = await visitor.get('/m/ours?lang=ko')
  expect(page.headers.get('content-security-policy')).toContain('frame-ancestors https://flushing.example.org')
  expect(page.headers.get('x-frame-options')).toBeNull()
  expect((await visitor.get('/sign-in')).headers.get('x-frame-options')).toBe('DENY')
  const html = await page.text()
  expect(html).toContain('함께해요')
  expect(html).not.toContain('<script')

  const wrong = await visitor.post('/m/ours', application({ email: '', zip5: '1135' }))
  expect([wrong.status, (await wrong.text()).includes('value="백소라"')]).toEqual([422, true])
  // All that is missing is said at once.
  const empty = await (await visitor.post('/m/ours', application({ first_name: '', email: '' }))).text()
  expect(empty.match(/href="#(first_name|email)"/g)).toEqual(['href="#first_name"', 'href="#email"'])
  const sent = application()
  for (const answer of await Promise.all([visitor.post('/m/ours', sent), visitor.post('/m/ours', sent)]))
    expect(answer.headers.get('location')).toBe('/m/ours/thanks?lang=ko&kind=student')
  // What no person could have read is asked for once more.
  for (const page_time of ['', 'made up', pageTime(world.installation.secret, world.installation.clock.now())]) {
    const soon = await visitor.post('/m/ours', application({ page_time }))
    expect([soon.status, (await soon.text()).includes('너무 빨리 보냈거나')]).toEqual([422, true])
  }
  const rows = await db.selectFrom('membership_application').select(['person_id', 'state']).execute()
  expect(rows).toMatchObject([{ state: 'approved' }])
  expect(await standingsOn(rows[0]?.person_id ?? '', '2026-11-23')).toEqual(['student active'])
  await workOff()
  expect(world.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['sora@example.org', '[플러싱 시민행동] 회원이 되신 것을 환영합니다'],
  ])
  // A member at once: with the card, to open and as a picture.
  expect(world.mails[0]?.text).toContain(`/m/ours/card/${rows[0]?.person_id}/`)
  expect(world.mails[0]?.files).toMatchObject([{ name: 'member-card.png', type: 'image/png' }])
  const mailed = await db.selectFrom('person_mail').select(['person_id', 'sent_to', 'language']).execute()
  expect(mailed).toEqual([{ person_id: rows[0]?.person_id, sent_to: 'sora@example.org', language: 'ko' }])

  await db.updateTable('membership_kind').set({ needs_approval: true, dues_cents: 3000 }).where('kind', '=', 'regular').execute() // prettier-ignore
  await visitor.post(
    '/m/ours',
    application({
      kind: 'regular',
      first_name: 'Ara',
      email: 'ara@example.org',
      name_hangul: '',
      note: 'I would like to call',
    }),
  )
  await visitor.post('/m/ours', application({ kind: 'regular', first_name: 'Bora', email: 'bora@example.org', name_hangul: '', lang: 'en' })) // prettier-ignore
  expect((await visitor.post('/m/ours', application({ website: 'x', email: 'bot@example.org' }))).status).toBe(303)
  const queue = await (await us.get('/membership/applications')).text()
  expect([queue.includes('Ara'), queue.includes('Bora'), queue.includes('bot@')]).toEqual([true, true, false])
  const waiting = await db.selectFrom('membership_application').selectAll().where('state', '=', 'waiting').orderBy('received_at').execute() // prettier-ignore
  const [ara, bora] = ['Ara', 'Bora'].map((name) => waiting.find(({ said }) => said.first_name === name))
  expect((await them.post(`/membership/applications/${ara?.application_id}/approve`, {})).status).toBe(404)
  /** What whoever approves reads then. */
  const approved = async (application_id = '') => {
    const answer = await us.post(`/membership/applications/${application_id}/approve`, {})
    return (await us.get(answer.headers.get('location') ?? '')).text()
  }
  expect(await approved(ara?.application_id)).toContain('A welcome goes to their e-mail')
  await visitor.post('/m/ours', application({ kind: 'regular', first_name: 'Chan', email: '', phone: '718 555 0123', name_hangul: '' })) // prettier-ignore
  const chan = await db.selectFrom('membership_application').select('application_id').where('state', '=', 'waiting').where(sql`said->>'first_name'`, '=', 'Chan').executeTakeFirstOrThrow() // prettier-ignore
  expect(await approved(chan.application_id)).toContain('No mail goes out')
  expect(await standingsOn(ara?.person_id ?? '', '2026-11-23')).toEqual(['regular approved'])
  const decline = `/membership/applications/${bora?.application_id}/decline`
  expect((await us.post(decline, { reason: '' })).status).toBe(422)
  expect((await us.post(decline, { reason: 'Not of our district', tells: 'yes' })).status).toBe(303)
  expect(await standingsOn(bora?.person_id ?? '', '2026-11-23')).toEqual([])
  world.mails.length = 0
  await workOff()
  const mails = Object.fromEntries(world.mails.map(({ to, text }) => [to, text]))
  expect(mails['ara@example.org']).toContain('수표로 내 주세요')
  // Who has not paid has no card yet; and no cards are taken here.
  expect(mails['ara@example.org']).not.toContain('/m/ours/')
  expect(mails['bora@example.org']).toContain('Not of our district')

  // What she wrote, and where to reach her, can still be read after the decision, on her profile too.
  for (const page of ['/membership/applications?show=decided', `/people/${ara?.person_id}`])
    for (const words of ['I would like to call', 'ara@example.org'])
      expect(await (await us.get(page)).text()).toContain(words)
  // Approved, and then paid for.
  const day = { paid_on: '2026-11-23', from_on: '2026-11-23', until_on: '2027-11-22' }
  await coverDues(db, organizer, ara?.person_id ?? '', { dues_id: crypto.randomUUID(), kind: 'regular', how: 'paid', amount_cents: 3000, reason: null, ...day }) // prettier-ignore
  expect(await standingsOn(ara?.person_id ?? '', '2026-11-23')).toEqual(['regular active'])
})

test('whoever pays before they are approved waits for the approval', async () => {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Early' }), 'test')
  const day = { paid_on: '2026-11-01', from_on: '2026-11-01', until_on: '2027-10-31' }
  await coverDues(db, organizer, person_id, { dues_id: crypto.randomUUID(), kind: 'regular', how: 'paid', amount_cents: 3000, reason: null, ...day }) // prettier-ignore
  expect(await standingsOn(person_id, '2026-11-23')).toEqual(['regular applied'])
  await inTransaction(db, (tx) => approve(tx, organizer, person_id, 'regular', '2026-11-20'))
  expect(await standingsOn(person_id, '2026-11-23')).toEqual(['regular active'])
  expect(await standingsOn(person_id, '2027-11-30')).toEqual(['regular grace'])
  expect(await standingsOn(person_id, '2027-12-01')).toEqual(['regular lapsed'])

  // The same by hand; and no period is paid for twice.
  const other = (await createPerson(db, organizer, PersonForm.parse({ last_name: 'Early' }), 'test')).person_id
  const pay = () => coverDues(db, organizer, other, { dues_id: crypto.randomUUID(), kind: 'regular', how: 'paid', amount_cents: 3000, reason: null, ...day }) // prettier-ignore
  await pay()
  expect(await pay()).toEqual({ ok: false, problem: 'overlap' })
  await recordMembership(db, organizer, other, { kind: 'regular', standing: 'approved', from_on: '2026-11-10', note: null }) // prettier-ignore
  expect([await standingsOn(other, '2026-11-09'), await standingsOn(other, '2026-11-10')]).toEqual([['regular applied'], ['regular active']]) // prettier-ignore
})

const year2026Paid = { from_on: '2026-01-01', until_on: '2026-12-31', paid_on: '2026-01-01' }
test.each([
  ['2026-11-30', null],
  ['2026-12-01', 'before'],
  ['2026-12-30', 'before'],
  ['2026-12-31', 'end'],
  ['2027-01-07', 'end'],
  ['2027-01-08', null],
  ['2027-01-23', null],
  ['2027-01-24', 'grace'],
  ['2027-01-30', 'grace'],
  ['2027-01-31', null],
])('paid until the last day of 2026 with 30 days of grace: on %s the reminder is %s', (day, reminder) => {
  expect(reminderOn(day, { ...year2026Paid, grace_days: 30 })).toBe(reminder)
})
test.each([
  ['2027-01-03', 'end'],
  ['2027-01-07', 'end'],
  ['2027-01-08', null],
])('without grace, on %s: %s', (day, reminder) => {
  expect(reminderOn(day, { ...year2026Paid, grace_days: 0 })).toBe(reminder)
})
test.each([
  ['2027-01-02', null],
  ['2027-01-23', null],
  ['2027-01-24', 'before'],
  ['2027-01-31', 'end'],
])('of dues of one month, on %s: %s', (day, reminder) => {
  expect(reminderOn(day, { from_on: '2027-01-01', until_on: '2027-01-31', paid_on: '2026-12-30', grace_days: 7 })).toBe(
    reminder,
  )
})
test('whoever paid late, a few days before the end, is not asked again at once', () => {
  const late = { from_on: '2027-01-01', until_on: '2027-01-31', paid_on: '2027-01-25', grace_days: 30 }
  expect(['2027-01-26', '2027-01-30', '2027-01-31'].map((day) => reminderOn(day, late))).toEqual([null, null, 'end'])
})

test('members are asked to renew once, in their language, unless they want no mail or have paid again', async () => {
  await db.updateTable('membership_page').set({ sends_reminders: true }).execute()
  const ending = { paid_on: '2026-01-10', from_on: '2026-01-10', until_on: '2026-12-10' }
  const member = async (last_name: string, more: Record<string, string> = {}): Promise<string> => {
    const facts = {
      ...PersonForm.parse({ last_name, first_name: 'Re', ...more }),
      emails: [`${last_name}@example.org`],
    }
    const { person_id } = await createPerson(db, organizer, facts, 'test')
    const dues = { kind: 'family', how: 'paid', amount_cents: 0, reason: null, ...ending } as const
    await coverDues(db, organizer, person_id, { dues_id: crypto.randomUUID(), ...dues })
    return person_id
  }
  await member('minder', { language: 'ko' })
  const out = await member('optout')
  await recordConsent(db, organizer, out, { channel: 'email', is_given: false, evidence: 'said so' })
  const again = await member('again')
  await coverDues(db, organizer, again, { dues_id: crypto.randomUUID(), kind: 'family', how: 'waived', amount_cents: 0, reason: 'x', paid_on: '2026-11-20', from_on: '2026-12-11', until_on: '2027-12-10' }) // prettier-ignore
  const gone = await member('resigned')
  await recordMembership(db, organizer, gone, {
    kind: 'family',
    standing: 'resigned',
    from_on: '2026-11-01',
    note: null,
  })
  const claimed = await member('claimed')
  await db.updateTable('person_email').set({ claimed_at: new Date() }).where('person_id', '=', claimed).execute()
  const marked = await member('marked')
  await mark(db, organizer, marked, { reason: 'hostile', note: 'Asked us to stay away' })
  world.mails.length = 0
  const name = { en: 'Flushing Civic Action', ko: '플러싱 시민행동' }
  const links = await memberLinks(db, world.installation, ours.organization_id)
  expect(await remindMembers(db, organizer, { organization: name, links }, '2026-11-23')).toBe(1)
  expect(await remindMembers(db, organizer, { organization: name, links }, '2026-11-24')).toBe(0)
  await workOff()
  expect(world.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['minder@example.org', '[플러싱 시민행동] 회비 갱신 안내'],
  ])
  expect(world.mails[0]?.text).toContain('수표로 내 주세요')
  expect(await remindMembers(db, organizer, { organization: name, links }, '2026-12-12')).toBe(1)
  await workOff()
  // The mail server was away for an hour; meanwhile one stopped their mail, and another one's mailbox is another now.
  const [later, moved] = [await member('later'), await member('moved')]
  world.mails.length = 0
  expect(await remindMembers(db, organizer, { organization: name, links }, '2026-11-25')).toBe(2)
  await recordConsent(db, organizer, later, { channel: 'email', is_given: false, evidence: 'one click' })
  await db.updateTable('person_email').set({ quality: 'wrong' }).where('person_id', '=', moved).execute()
  await saveEmail(db, organizer, moved, { email: 'new@example.org', quality: 'good', is_preferred: true })
  await workOff()
  expect(world.mails.map(({ to }) => to)).toEqual(['new@example.org'])
  const kept = await db.selectFrom('membership_reminder').select('person_id').where('person_id', 'in', [later, moved]).execute()
  expect(kept).toEqual([{ person_id: moved }])
}) // prettier-ignore

/** What a phone shows of a PNG. */
function shown(png: Buffer) {
  const size = [png.readUInt32BE(16), png.readUInt32BE(20)] as const
  const [width, height] = size
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/></svg>` // prettier-ignore
  return { width, height, data: new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels }
}

test('a member’s card is a picture a phone keeps: a sharp PNG with the name in Hangul and a code that another phone reads', async () => {
  const person_id = await personOfVoter(2)
  const address = (await us.get(`/membership/card/${person_id}`)).headers.get('location') ?? ''
  const asked = async () => {
    const answer = await visitor.get(`${address}/card.png?lang=ko`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    const png = Buffer.from(await answer.arrayBuffer())
    if (process.env.HANPYO_PICTURES) writeFileSync(`${process.env.HANPYO_PICTURES}/member-card.png`, png)
    return shown(png)
  }
  const roman = await asked()
  await db.updateTable('person').set({ name_hangul: '박민' }).where('person_id', '=', person_id).execute()
  const hangul = await asked()
  expect([hangul.width, hangul.height]).toEqual([1080, 1920])
  expect(decodeQR(hangul)).toContain(address)
  // Above the code, where the name stands, is another one: letters, whatever fonts this machine has.
  const names = ({ data }: typeof hangul) => data.subarray(1080 * 4 * 700, 1080 * 4 * 1000)
  expect(names(hangul).equals(names(roman))).toBe(false)
})

test('a member’s card opens by its own code alone, says how they stand today, and prints', async () => {
  const person_id = await personOfVoter(2)
  const opened = await us.get(`/membership/card/${person_id}`)
  const address = opened.headers.get('location') ?? ''
  const card = await (await visitor.get(`${address}?lang=ko`)).text()
  expect(card).toContain('회원 자격 유지')
  expect((await visitor.get(`${address}x`)).status).toBe(404)
  expect((await visitor.get(address.replace('/m/ours/', '/m/theirs/'))).status).toBe(404)
  expect(card).toMatch(/href="[^"]+\/card\.png\?lang=ko"[^>]*download="member-card\.png"/)
  expect((await visitor.get(`${address}x/card.png`)).status).toBe(404)
  for (const [language, words] of [['en', ['Flushing Civic Action', 'Member card', 'Regular']], ['ko', ['플러싱 시민행동', '회원증', '일반 회원']]] as const) {
    const printed = () => us.get(`/membership/card/${person_id}/card.pdf`, { 'accept-language': language })
    expect(await lackingIn(await printed(), ['박민', ...words])).toEqual([])
    expect(codesOf(new Uint8Array(await (await printed()).arrayBuffer()))).toEqual([expect.stringContaining(address)])
  } // prettier-ignore
})

test('a mailbox typed in capitals is the one we know; another one beside a known name is nobody’s until somebody looks', async () => {
  const facts = { ...PersonForm.parse({ last_name: 'Capital', first_name: 'Ann' }), emails: ['ann@example.org'], phones: ['+17185550177'] } // prettier-ignore
  const { person_id } = await createPerson(db, organizer, facts, 'test')
  await visitor.post('/m/ours', application({ first_name: 'Ann', last_name: 'Capital', name_hangul: '', email: 'ANN@Example.org' })) // prettier-ignore
  await visitor.post('/m/ours', application({ first_name: 'Ann', last_name: 'Capital', name_hangul: '', email: 'Other@Example.org', phone: '718 555 0177' })) // prettier-ignore
  const mailboxes = await db.selectFrom('person_email').select(['email', 'claimed_at', 'is_preferred']).where('person_id', '=', person_id).orderBy('email').execute() // prettier-ignore
  expect(mailboxes).toMatchObject([
    { email: 'ann@example.org', claimed_at: null, is_preferred: true },
    { email: 'other@example.org', claimed_at: expect.any(Date) },
  ])
})

test('what follows from dues on days to come is not told before, nor takes the place of what happened', async () => {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Future' }), 'test')
  const day = { paid_on: '2026-11-20', from_on: '2026-11-20', until_on: '2027-11-19' }
  await coverDues(db, organizer, person_id, { dues_id: crypto.randomUUID(), kind: 'family', how: 'paid', amount_cents: 0, reason: null, ...day }) // prettier-ignore
  const profile = await profileOf(db, organization_id, { voter_id: null, person_id })
  if (!profile) throw new Error('nobody')
  const told = async (today: string) =>
    (await timelineOf(db, organization_id, profile, { shows_money: false, today })).entries.flatMap(
      ({ membership }) => membership?.standing ?? [],
    )
  expect(await told('2026-11-23')).toEqual(['active'])
  expect(await told('2027-11-20')).toEqual(['grace', 'active'])
})

test('applications that wait are shown a page at a time, and deciding leads back to that page', async () => {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Many' }), 'test')
  const { rows: before } = await sql<{ n: number }>`select count(*)::integer as n from membership_application where state = 'waiting'`.execute(db) // prettier-ignore
  await sql`insert into membership_application (organization_id, application_id, person_id, kind, language, said, how, state, received_at)
    select ${organization_id}::uuid, gen_random_uuid(), ${person_id}::uuid, 'student', 'en', jsonb_build_object('first_name', 'Number', 'last_name', n::text),
      'made', 'waiting', timestamptz '2026-11-24' + n * interval '1 minute' from generate_series(1, 60) n`.execute(db)
  const first = await (await us.get('/membership/applications')).text()
  expect([first.includes('>Number 1<'), first.includes('>Number 60<')]).toEqual([true, false])
  const second = await (await us.get('/membership/applications?from=50')).text()
  expect([second.includes('>Number 1<'), second.includes('>Number 60<')]).toEqual([false, true])
  expect(second).toContain(`(${60 + (before[0]?.n ?? 0)})`)
  const approve = /action="([^"]*approve[^"]*)"/.exec(second)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect((await us.post(approve, {})).headers.get('location')).toBe(
    '/membership/applications?show=waiting&from=50&done=approved',
  )
  expect(await (await us.get('/membership/applications?show=decided')).text()).toContain('Number')

  // Past the end, as after the last one of a page: the last page, and not that nobody waits.
  const last = await (await us.get('/membership/applications?from=100')).text()
  expect([last.includes('>Number 60<'), last.includes('>Number 1<'), last.includes('Nobody waits')]).toEqual([true, false, false]) // prettier-ignore
  expect(last).toContain('approve?show=waiting&amp;from=50')
  expect(await (await us.get('/membership/applications?show=decided&from=100')).text()).toContain('Number')
  await sql`delete from membership_application where state = 'waiting'`.execute(db)
  expect(await (await us.get('/membership/applications?from=50')).text()).toContain('Nobody waits')
})
