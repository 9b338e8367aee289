import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { addDays } from '../../../platform/clock.ts'
import { lackingIn } from '../../../platform/print/testing.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson } from '../../people/commands.ts'
import { recordMembership } from '../../people/membership/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { markAttendance } from '../attendance/commands.ts'
import { addPerson, changeEvent, createEvent } from '../commands.ts'
import { eventById, shiftsOf } from '../queries.ts'
import { saveNotes } from '../after/commands.ts'
import { assemblyOf, minutesOf, motionsOf, peopleAt } from './queries.ts'

const world = await makeWorld('2026-11-23T18:00:00Z')
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const now = world.installation.clock.now()
const us = world.as(organizer, routes)
const host = world.as(ours.actor(['host']), routes)
const board = world.as(ours.actor(['board']), routes)

async function meeting(quorum: string) {
  const { event_id } = await createEvent(
    db,
    organizer,
    {
      settings: {
        kind: 'meeting', time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 2, accept_hours: 24, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [],
      },
      content: {
        title: { en: 'Meeting of members', ko: '회원 총회' }, summary: {}, access: {}, spoken: {}, questions: [], consent: {},
        details: { quorum, agenda: { en: '1. Report', ko: '1. 보고' } },
      },
      shifts: [
        {
          shift_id: null, name: {}, starts_at: new Date('2026-11-23T23:00:00Z'), ends_at: new Date('2026-11-24T01:00:00Z'), capacity: null,
          place: { name: { en: 'Hall' }, address: '', city: '', zip5: '', directions: {} },
        },
      ],
    },
    now,
  ) // prettier-ignore
  await changeEvent(db, organizer, event_id, 'publish', now)
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  return { event_id, shift_id: shift?.shift_id ?? '', here: `/events/${event_id}/meeting` }
}

const person = async (last_name: string, standing: 'active' | 'lapsed' | null): Promise<string> => {
  const { person_id } = await createPerson(db, organizer, { ...PersonForm.parse({ last_name }), phones: [], emails: [] }, 'test') // prettier-ignore
  const facts = { kind: 'regular', from_on: '2025-01-01', note: '' }
  if (standing) await recordMembership(db, organizer, person_id, { ...facts, standing: 'active' })
  if (standing === 'lapsed') await recordMembership(db, organizer, person_id, { ...facts, standing, from_on: addDays('2026-11-23', -30) }) // prettier-ignore
  return person_id
}
const members = await Promise.all(['Kim', 'Lee', 'Park', 'Choi', 'Jung', 'Kang', 'Cho', 'Yoon'].map((name) => person(name, 'active'))) // prettier-ignore
const lapsed = await person('Jang', 'lapsed')
const friend = await person('Lim', null)

async function come(event_id: string, shift_id: string, who: string, guests = 0) {
  const added = await addPerson(db, organizer, event_id, { who, as: 'signed_up', shift_ids: [] }, now)
  if (!added.ok) throw new Error('not added')
  const { signup_id } = added
  await markAttendance(db, organizer, event_id, { signup_id, shift_id, attendance: 'attended', guests }, now)
}
const assembly = async (event_id: string) => {
  const event = await eventById(db, organization_id, event_id)
  return event && assemblyOf(db, event)
}
const motionForm = (more: object = {}) => ({ page_key: randomUUID(), text_en: 'To rent a hall', text_ko: '강당을 빌린다', majority: 'cast', ...more }) // prettier-ignore
const idOf = async (event_id: string, nth = 1) =>
  (await motionsOf(db, organization_id, event_id))[nth - 1]?.motion_id ?? ''
const counted = (yes: number, no: number, abstain: number, entitled: number, reason = '', present = entitled) => ({ present: String(present), yes: String(yes), no: String(no), abstain: String(abstain), entitled: String(entitled), reason }) // prettier-ignore

test('members in good standing who are there make the quorum; guests, friends and lapsed members do not', async () => {
  const { event_id, shift_id, here } = await meeting('50%')
  await come(event_id, shift_id, lapsed)
  await come(event_id, shift_id, friend, 2)
  for (const who of members.slice(0, 3)) await come(event_id, shift_id, who)
  expect(await assembly(event_id)).toEqual({ present: 3, members: 8, quorum: 4 })
  expect(await peopleAt(db, organization_id, event_id)).toBe(7)
  expect(await (await us.get(here)).text()).toContain('1 short')
  expect(await (await us.get(`/events/${event_id}/door`)).text()).toContain('3 / 4')
  await come(event_id, shift_id, members[3] ?? '')
  expect(await (await us.get(here, { 'accept-language': 'ko' })).text()).toContain('찼음')
  expect(await (await us.get(`/events/${event_id}`)).text()).toContain(`href="${here}"`)
})

test('a motion is moved, amended and decided by hands; a wrong count is corrected with a reason, and all of it is in the minutes', async () => {
  const { event_id, shift_id, here } = await meeting('2')
  for (const who of members.slice(0, 6)) await come(event_id, shift_id, who)
  expect((await us.post(here, motionForm({ text_en: ' ', text_ko: '' }))).status).toBe(422)
  const first = motionForm({ moved_by: 'Kim', seconded_by: 'Lee' })
  await Promise.all([first, first].map((form) => us.post(here, form)))
  const first_id = await idOf(event_id)
  const amendment = motionForm({ text_en: 'A smaller hall', amends: first_id, majority: 'present' })
  expect((await host.post(here, amendment)).status).toBe(303)
  const amendment_id = await idOf(event_id, 2)
  const page = await (await us.get(`${here}/${first_id}`)).text()
  expect(page).toMatch(/name="entitled"[^>]*value="6"|value="6"[^>]*name="entitled"/)

  const many = await us.post(`${here}/${first_id}`, counted(5, 2, 0, 6))
  expect([many.status, await many.text()]).toEqual([422, expect.stringContaining('more hands than members')])
  expect((await us.post(`${here}/${first_id}`, { yes: 'five', no: '1', abstain: '0', present: '6', entitled: '6' })).status).toBe(422) // prettier-ignore
  for (const form of [counted(3, 3, 0, 6), counted(3, 3, 0, 6)])
    expect((await host.post(`${here}/${first_id}`, form)).status).toBe(303)
  const why = await us.post(`${here}/${first_id}`, counted(4, 2, 0, 6))
  expect([why.status, await why.text()]).toEqual([422, expect.stringContaining('Say why it is corrected')])
  await us.post(`${here}/${first_id}`, counted(4, 2, 0, 6, 'the back row'))
  await us.post(`${here}/${amendment_id}`, counted(3, 1, 0, 6))
  expect((await motionsOf(db, organization_id, event_id)).map(({ nth, outcome, amends, counts }) => ({ nth, outcome, amends, counts: counts.length }))).toEqual([
    { nth: 1, outcome: 'carried', amends: null, counts: 2 },
    { nth: 2, outcome: 'lost', amends: first_id, counts: 1 },
  ]) // prettier-ignore
  const shown = await (await board.get(here)).text()
  for (const text of ['Carried', 'Lost', 'Amends motion 1', 'Corrected by', 'the back row'])
    expect(shown).toContain(text)
  expect(shown).not.toContain('Count hands')

  await us.post(`${here}/minutes`, {
    presided_by: '김상호',
    approved_on: '2026-12-21',
    approved_how: 'December meeting',
  })
  expect(await (await us.get(here)).text()).toContain('Approved on')
  const approved = await minutesOf(db, organization_id, event_id)
  expect(approved.as_approved).toMatchObject({
    people: 6,
    present: 6,
    members: 8,
    quorum: 2,
    agenda: { en: '1. Report' },
  })
  await come(event_id, shift_id, members[6] ?? '')
  for (const [path, form] of [['', motionForm()], [`/${first_id}`, counted(5, 1, 0, 6, 'late')], [`/${first_id}/withdraw`, {}], ['/minutes', { presided_by: 'Lee' }]] as const) {
    const refused = await us.post(`${here}${path}`, form)
    expect([path, refused.status, await refused.text()]).toEqual([path, 422, expect.stringContaining('minutes are approved')])
  } // prettier-ignore
  expect(await saveNotes(db, organizer, event_id, { notes: { en: 'Later' }, is_published: false }, now)).toEqual({ ok: false, problem: 'approved' }) // prettier-ignore
  expect(await minutesOf(db, organization_id, event_id)).toEqual(approved)
  const printed = {
    en: ['Minutes', '1. Report', 'Approved on Monday, December 21, 2026 · December meeting', 'Motion 1', 'Carried', 'Lost', 'A smaller hall'],
    ko: ['회의록', '1. 보고', '2026년 12월 21일(월) 승인 · December meeting', '가결', '부결'],
  } // prettier-ignore
  for (const language of ['en', 'ko'] as const) {
    const answer = await board.get(`${here}/minutes.pdf?language=${language}`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(await lackingIn(answer, ['김상호', 'the back row', ...printed[language]])).toEqual([])
  }
  await us.post(`${here}/minutes/reopen`, {})
  expect(await minutesOf(db, organization_id, event_id)).toMatchObject({
    presided_by: '김상호',
    approved_on: null,
    as_approved: null,
  })
  const seen = JSON.stringify({ presided_by: '', approved_on: '', approved_how: '' })
  expect((await us.post(`${here}/minutes`, { presided_by: 'Lee', seen })).status).toBe(409)
  const actions = await db.selectFrom('audit_entry').select('action').where('subject_id', '=', event_id).where('action', 'like', 'event.m%').orderBy('audit_id').execute() // prettier-ignore
  expect(actions.map(({ action }) => action)).toEqual(['event.motion', 'event.motion', 'event.motion_count', 'event.motion_count', 'event.motion_count', 'event.minutes', 'event.minutes_print', 'event.minutes_print', 'event.minutes_reopen']) // prettier-ignore
})

test('without a quorum nothing is decided; what was withdrawn is not counted, and can be put again', async () => {
  const { event_id, here } = await meeting('4')
  const form = motionForm()
  await us.post(here, form)
  const motion_id = await idOf(event_id)
  await us.post(`${here}/${motion_id}/withdraw`, {})
  const refused = await us.post(`${here}/${motion_id}`, counted(3, 0, 0, 3))
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('was withdrawn')])
  await us.post(`${here}/${motion_id}/restore`, {})
  await us.post(`${here}/${motion_id}`, counted(3, 0, 0, 3))
  expect((await motionsOf(db, organization_id, event_id))[0]?.outcome).toBe('no_quorum')
  expect(await (await us.get(here, { 'accept-language': 'ko' })).text()).toContain('성원 미달')
  const late = await us.post(`${here}/${motion_id}/withdraw`, {})
  expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('no longer be withdrawn')])
  // Somebody is recused: present, and not voting. The same hands with another room are a correction.
  const recused = counted(3, 0, 0, 3, '', 4)
  expect((await us.post(`${here}/${motion_id}`, recused)).status).toBe(422)
  await us.post(`${here}/${motion_id}`, { ...recused, reason: 'one is recused' })
  expect((await motionsOf(db, organization_id, event_id))[0]?.outcome).toBe('carried')
  // Another text from the same page is another motion; a line break is one letter, as in the browser.
  await us.post(here, { ...form, text_en: `${'a\r\n'.repeat(1999)}end`, text_ko: '' })
  expect((await motionsOf(db, organization_id, event_id))[1]?.text).toEqual({ en: `${'a\n'.repeat(1999)}en` })
})

test('another organization sees no meeting, a motion of another meeting cannot be amended, the board counts no hands', async () => {
  const [one, other] = [await meeting(''), await meeting('')]
  const form = motionForm()
  await us.post(one.here, form)
  const motion_id = await idOf(one.event_id)
  expect((await us.post(other.here, motionForm({ amends: motion_id }))).status).toBe(404)
  expect((await us.get(`${other.here}/${motion_id}`)).status).toBe(404)
  for (const path of [one.here, `${one.here}/minutes.pdf`, `${one.here}/${motion_id}`])
    expect((await world.as(theirs.organizer, routes).get(path)).status).toBe(404)
  expect((await board.post(one.here, motionForm())).status).toBe(403)
  expect((await host.post(`${one.here}/minutes`, {})).status).toBe(403)
  // An event without a quorum has notes of its team, and no minutes.
  await db.updateTable('event').set({ kind: 'social' }).where('event_id', '=', other.event_id).execute()
  expect((await board.get(`${other.here}/minutes.pdf`)).status).toBe(404)
})
