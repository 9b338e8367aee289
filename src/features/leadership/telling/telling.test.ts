import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createUser } from '../../access/commands.ts'
import { makeEvent } from '../../events/testing.ts'
import { createPerson, recordConsent } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { decideApplication, enterApplication, makeCohort } from '../cohorts/commands.ts'
import { exampleCriteria } from '../cohorts/criteria.ts'
import { sendNewsJob } from './jobs.ts'

const world = await makeWorld()
const { organizer } = world.ours
const { clock } = world.installation
const db = world.database.of(organizer.organization_id)
const us = world.as(organizer, routes)

async function applicant(
  last_name: string,
  emails: string[],
  to = cohort_id,
): Promise<{ person_id: string; application_id: string }> {
  const facts = PersonForm.parse({ first_name: 'Sora', last_name, name_hangul: '백소라', language: 'ko' })
  const { person_id } = await createPerson(db, organizer, { ...facts, phones: [], emails }, 'test')
  const applied = await enterApplication(db, organizer, to, { who: person_id, said: null }, '2026-11-20', clock.now()) // prettier-ignore
  if (!applied.ok) throw new Error(applied.problem)
  const { application_id } = await db.selectFrom('cohort_application').select('application_id').where('person_id', '=', person_id).executeTakeFirstOrThrow() // prettier-ignore
  return { person_id, application_id }
}
const cohort_id = await makeCohort(db, organizer, { name: { en: 'Forum', ko: '리더십 포럼' }, seats: 5, starts_on: '2026-12-01', ends_on: '2027-03-31', form_id: null, criteria: [...exampleCriteria] }, clock.now()) // prettier-ignore

/** What whoever decided reads then. */
async function decided(application_id: string, state: string): Promise<string> {
  const answer = await us.post(`/leadership/applications/${application_id}/decide`, { state, why: '' })
  expect(answer.status).toBe(303)
  return (await us.get(answer.headers.get('location') ?? '')).text()
}

test('who is accepted into a cohort hears of it in their language; who has no mailbox is told by whoever decided', async () => {
  const sora = await applicant('Baek', ['sora@example.org'])
  expect(await decided(sora.application_id, 'accepted')).toContain('A mail tells')
  await workOff(world, [sendNewsJob])
  expect(world.mails.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: 'sora@example.org', subject: '선발되셨습니다: 리더십 포럼' },
  ])
  expect(world.mails[0]?.text).toMatch(/백소라 님[^]*2026년 12월 1일\(화\)[^]*플러싱 시민행동/)
  // Accepted already: nobody is told twice.
  expect(await decided(sora.application_id, 'accepted')).not.toContain('A mail tells')

  const without = await applicant('Noh', [])
  expect(await decided(without.application_id, 'accepted')).toContain('does not know yet')
  const stopped = await applicant('Bong', ['bong@example.org'])
  await recordConsent(db, organizer, stopped.person_id, { channel: 'email', is_given: false, evidence: 'by mail' })
  // They asked for it by applying: answered also after an opt-out (docs/privacy.md).
  expect(await decided(stopped.application_id, 'accepted')).toContain('A mail tells')
  const refused = await applicant('Gil', ['gil@example.org'])
  expect(await decided(refused.application_id, 'declined')).toContain('No mail goes out for this decision')
  await workOff(world, [sendNewsJob])
  expect(world.mails.map(({ to }) => to)).toEqual(['sora@example.org', 'bong@example.org'])
})

test('who comes back or is taken out is not told by us; into a cohort that runs nobody is promised a first session', async () => {
  const running = await makeCohort(db, organizer, { name: { en: 'Autumn', ko: '가을 포럼' }, seats: 5, starts_on: '2026-11-01', ends_on: '2026-11-23', form_id: null, criteria: [] }, clock.now()) // prettier-ignore
  const late = await applicant('Suh', ['suh@example.org'], running)
  world.mails.length = 0
  // Evening of its last day in New York, the next day in UTC.
  clock.set('2026-11-24T02:00:00Z')
  const told: unknown[] = []
  for (const state of ['accepted', 'left', 'accepted', 'removed'] as const) {
    const decision = await decideApplication(db, organizer, late.application_id, { state, why: 'x', tells: true }, clock.now()) // prettier-ignore
    told.push(decision.ok && decision.told)
  }
  expect(told).toEqual(['mailed', null, null, null])
  await workOff(world, [sendNewsJob])
  expect(world.mails.map(({ text }) => text)).toEqual([
    expect.stringMatching(/가을 포럼’에 선발[^]*11월 23일\(월\)까지 이어집니다/),
  ])
  expect(world.mails[0]?.text).not.toContain('첫 모임')
})

test('who is given a delegation reads from when until when, where it is found, and of which events; of one that is over, or after an opt-out, nothing', async () => {
  clock.set('2026-11-24T17:00:00Z')
  world.mails.length = 0
  const { person_id } = await applicant('Ma', ['ma@example.org'])
  const made = await createUser(world.installation, { email: 'm@example.org', name: 'M', password: 'a long enough password', is_email_proven: true }) // prettier-ignore
  if (!made.ok) throw new Error(made.problem)
  const [{ organization_id }, { user_id }] = [organizer, made]
  await world.database.owner.insertInto('member').values({ organization_id, user_id, display_name: 'M', roles: ['member'] }).execute() // prettier-ignore
  await us.post(`/leadership/people/${person_id}/account`, { user_id, caller_id: '' })
  const event_id = await makeEvent(db, organizer, {}, clock.now())
  const given = async (what: string, from_on: string, until_on: string, events: string[] = []): Promise<string> => {
    const answer = await us.post(`/leadership/people/${person_id}/delegation`, { what, user_id, from_on, until_on, 'event_ids[]': events }) // prettier-ignore
    expect(answer.status).toBe(303)
    return new URL(answer.headers.get('location') ?? '', 'http://x').searchParams.get('told') ?? ''
  }
  expect(await given('host_phone_banks', '2026-12-10', '2026-12-20')).toBe('mailed')
  expect(await given('door', '2026-11-24', '2026-11-30', [event_id])).toBe('mailed')
  expect(await given('read_responses', '2026-11-01', '2026-11-23')).toBe('')
  await workOff(world, [sendNewsJob])
  expect(world.mails.map(({ text }) => text)).toEqual([
    expect.stringMatching(/2026년 12월 10일\(목\)부터 2026년 12월 20일\(일\)까지[^]*전화 캠페인 진행[^]*메뉴에/),
    expect.stringMatching(/출석 확인[^]*첫 화면에[^]*맡으신 행사:\n주민 간담회 · 2026년 11월 26일\(목\)/),
  ])
  await recordConsent(db, organizer, person_id, { channel: 'email', is_given: false, evidence: 'by mail' })
  expect(await given('door', '2026-12-01', '2026-12-02')).toBe('self')
  expect(await db.selectFrom('delegation').select('what').where('organization_id', '=', organization_id).execute()).toHaveLength(4) // prettier-ignore
})
