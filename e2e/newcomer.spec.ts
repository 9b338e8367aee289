import { expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { buildApp } from '../src/app/server.ts'
import { createUser } from '../src/features/access/commands.ts'
import { changeEvent, createEvent } from '../src/features/events/commands.ts'
import { eventById, shiftsOf } from '../src/features/events/queries.ts'
import { linkVoter } from '../src/features/people/commands.ts'
import { addNamedVoters } from '../src/features/people/testing.ts'
import { sendTakenOnJob } from '../src/features/leadership/after/jobs.ts'
import { compileUniverse } from '../src/features/targeting/queries.ts'
import { addDays, dateIn } from '../src/platform/clock.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { workOff } from '../src/platform/testing/work-off.ts'
import { makeWorld } from '../src/platform/testing/world.ts'
import { sql } from 'kysely'

/*
 * 최하나 joins on her phone, comes to a roundtable, and is a year later whom others call with: one thread, each step of it on
 * her timeline and to be asked for in an expression.
 */

const world = await makeWorld()
// The browser's clock runs, so the server's must. Who fills in a form takes a while, which nobody here waits for.
let taken_ms = 0
world.installation.clock.now = () => new Date(Date.now() + taken_ms)
const site = await openSite(world, buildApp)
const { ours } = world
const { organization_id } = ours
const db = world.database.of(organization_id)
const zone = 'America/New_York'
const today = dateIn(zone, new Date())

/** Somebody with an account that belongs to the organization. */
async function member(name: string, roles: string[]) {
  const made = await createUser(world.installation, {
    email: `${name.toLowerCase()}@example.org`,
    name,
    password: 'a long enough password',
    is_email_proven: true,
  })
  if (!made.ok) throw new Error(made.problem)
  const { user_id } = made
  await world.database.owner
    .insertInto('member')
    .values({ organization_id, user_id, display_name: name, roles })
    .execute()
  return { user_id, actor: ours.actor(roles, { id: user_id, name }) }
}

async function makeEvent(kind: string, title: string, hours: number) {
  const at = (more: number) => new Date(Date.now() + (hours + more) * 3_600_000)
  const settings = {
    kind, time_zone: zone, online_link: null, capacity: null, guests_most: 0, accept_hours: 24, is_by_invitation: false,
    needs_approval: false, has_wait_list: true, reminder_hours: [],
  } // prettier-ignore
  const content = { title: { ko: title }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} }
  const place = { name: { ko: '도서관' }, address: '', city: '', zip5: '', directions: {} }
  const shifts = [{ shift_id: null, name: {}, starts_at: at(0), ends_at: at(2), capacity: null, place }]
  const { event_id } = await createEvent(db, ours.organizer, { settings, content, shifts }, new Date())
  await changeEvent(db, ours.organizer, event_id, 'publish', new Date())
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const { code } = found(await eventById(db, organization_id, event_id))
  return { event_id, shift_id: found(shift).shift_id, code }
}

async function counted(expression: string): Promise<number[]> {
  const compiled = await compileUniverse(db, expression, organization_id, today)
  if (!compiled.ok) throw new Error(`${expression}: ${JSON.stringify(compiled)}`)
  const { rows } = await sql<{ voter_id: number }>`select v.voter_id from voter_record v
    where ${compiled.universe.condition} order by 1`.execute(db)
  return rows.map(({ voter_id }) => voter_id)
}

test('from the first yes to hosting a phone bank', { timeout: 240_000 }, async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 1, last_name: 'Choi', first_name: 'Hana' },
    { voter_id: 2, last_name: 'Choi', first_name: 'Mina' },
  ])
  const minji = await member('Minji', ['organizer'])
  const account = await member('Hana', ['member'])
  const us = world.as(minji.actor, routes)
  const done = async (path: string, form: Record<string, string | string[]>): Promise<string> => {
    const answer = await us.post(path, form)
    expect(answer.status, `${path}: ${answer.status === 303 ? '' : await answer.text()}`).toBe(303)
    return answer.headers.get('location') ?? ''
  }
  const idOf = async (table: string, column: string): Promise<string> =>
    found((await sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(table)}`.execute(db)).rows[0]).id
  await done('/membership/page', {
    is_open: 'yes',
    intro_ko: '함께해요',
    how_to_pay_ko: '수표로 내 주세요',
    framed_by: '',
  })
  await done('/leadership/ladder/example', {})
  const roundtable = await makeEvent('roundtable', '학교 간담회', 1)

  // She joins on her phone, in Korean, without a script.
  const phone = await site.page({ language: 'ko', width: 360, height: 740, javaScript: false })
  await phone.goto('/m/ours')
  await phone.getByRole('radio', { name: '학생 회원' }).check()
  await phone.locator('[name=first_name]').fill('Hana')
  await phone.locator('[name=last_name]').fill('Choi')
  await phone.locator('[name=name_hangul]').fill('최하나')
  await phone.locator('[name=email]').fill('Hana@Example.org')
  taken_ms += 5000
  await phone.getByRole('button', { name: '가입 신청' }).click()
  await phone.waitForURL(/\/m\/ours\/thanks/)
  await expectNoSidewaysScroll(phone)

  await done(`/membership/applications/${await idOf('membership_application', 'application_id')}/approve`, {})

  // And signs up for the roundtable.
  await phone.goto(`/e/ours/${roundtable.code}`)
  await phone.locator('[name=first_name]').fill('Hana')
  await phone.locator('[name=last_name]').fill('Choi')
  await phone.locator('[name=name_hangul]').fill('최하나')
  await phone.locator('[name=email]').fill('hana@example.org')
  taken_ms += 5000
  await phone
    .locator('form:has([name=first_name]) button[type=submit], form:has([name=first_name]) button:not([name])')
    .last()
    .click()
  await phone.waitForURL(/\/mine\//)
  const ticket = await idOf('event_signup', 'ticket')
  const person_id = await idOf('person', 'person_id')
  expect(await db.selectFrom('person').select('person_id').execute()).toHaveLength(1)
  await linkVoter(db, minji.actor, person_id, 1, 'hand')

  // In the hall there is no signal.
  const door = await site.page({ language: 'ko', width: 360, height: 740, actor: ours.actor(['host']) })
  await door.goto(`/door/${roundtable.event_id}`)
  await door.getByText('최하나').first().waitFor()
  await door.locator('html[data-kept]').waitFor({ state: 'attached' })
  await door.context().setOffline(true)
  await door.getByRole('searchbox').fill(ticket)
  await door.getByRole('button', { name: /코드 .+ 출석 확인/ }).click()
  await door.locator('[data-unsent="1"]').waitFor()
  await door.context().setOffline(false)
  await door.locator('[data-unsent="0"]').waitFor()

  // What she took on there, though she has no account yet; where she stands, the forum.
  const taken = await done(`/events/${roundtable.event_id}/after/items`, {
    title: '교장 선생님께 편지 쓰기',
    who: person_id,
    owner_id: minji.user_id,
    due_on: addDays(today, 7),
  })
  expect(taken).toContain('said=mailed')
  expect(await counted('task:open')).toEqual([1])
  await workOff(world, [sendTakenOnJob])
  expect(world.mails.at(-1)).toMatchObject({ to: 'hana@example.org', language: 'ko', subject: '맡아 주신 일: 학교 간담회' }) // prettier-ignore
  const person = `/leadership/people/${person_id}`
  await done(`${person}/account`, { user_id: account.user_id, caller_id: '' })
  const { rung_id } = await db.selectFrom('rung').select('rung_id').orderBy('position').executeTakeFirstOrThrow()
  await done(`${person}/stage`, { rung_id, from_on: today, reason: '간담회에 오심' })
  const forum = await makeEvent('leadership_forum', '리더십 포럼', 24 * 14)
  await done(`/events/${forum.event_id}/people/add`, { who: person_id, as: 'invited', shift: [] })
  const cohort = await done('/leadership/cohorts/new', {
    name_en: 'Forum', name_ko: '포럼', seats: '2', starts_on: addDays(today, 10), ends_on: addDays(today, 200), form_id: '',
    criterion_1_en: 'Ties', criterion_1_ko: '이웃과의 관계', criterion_1_most: '4',
  }) // prettier-ignore
  await done(`${cohort}/applications`, { who: person_id, said: '배우고 싶습니다' })
  const application = `/leadership/applications/${await idOf('cohort_application', 'application_id')}`
  await done(`${application}/score`, { c1: '4', note: '' })
  await done(`${application}/decide`, { state: 'accepted', why: '' })

  // After the training she hosts.
  const hers = world.as(account.actor, routes)
  await done('/leadership/ladder/trainings', { name_en: 'Hosting', name_ko: '진행 교육', lasts_months: '12' })
  const training_id = await idOf('training', 'training_id')
  await done('/leadership/ladder/rules/host_phone_banks', { 'training_ids[]': training_id })
  const given = { what: 'host_phone_banks', user_id: account.user_id, from_on: today, until_on: addDays(today, 90) }
  expect((await us.post(`${person}/delegation`, given)).status).toBe(422)
  await done(`${person}/training`, { training_id, passed_on: today })
  await done(`${person}/delegation`, given)
  expect(await (await hers.get('/my-day', { 'accept-language': 'ko' })).text()).toContain('교장 선생님께 편지 쓰기')
  const task = `/my-day/tasks/${await idOf('task', 'task_id')}`
  expect((await hers.post(`${task}/done`, { outcome: '부쳤습니다' })).status).toBe(303)

  // One thread.
  const desk = await site.page({ language: 'ko', width: 1280, actor: minji.actor })
  await desk.goto('/voters/1')
  const told = await desk.locator('main').innerText()
  for (const step of [
    '학생 회원',
    '학교 간담회',
    '참석',
    '맡은 일: 교장 선생님께 편지 쓰기',
    '맡아 주신 일: 학교 간담회',
    '부쳤습니다',
    '초대',
    '간담회에 오심',
    '리더십 포럼',
    '포럼: 선발',
    '진행 교육',
    '전화 캠페인 진행',
  ])
    expect(told, step).toContain(step)
  await expectNoAxeProblems(desk)
  for (const expression of [
    'member:good',
    'kind:student',
    'attended:roundtable',
    'attended:roundtable/30d',
    'task:done',
    'invited:forum',
    'cohort:accepted',
    'cohort:"포럼"/accepted',
    'stage:"Interested"',
    'stage:"관심 있는 분"',
    'trained:Hosting',
    'delegated:host',
    'attended:roundtable trained:"진행 교육"',
  ])
    // prettier-ignore
    expect([expression, await counted(expression)]).toEqual([expression, [1]])
})
