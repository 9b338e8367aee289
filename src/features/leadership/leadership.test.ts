import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { routes } from '../../app/routes.ts'
import { visitor } from '../../platform/testing/visitor.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { createApp } from '../../platform/http/app.tsx'
import { createUser } from '../access/commands.ts'
import { delegatedOn } from '../access/delegations/queries.ts'
import { mayDo } from '../access/permissions.ts'
import { actorOfSession } from '../access/session.ts'
import { createForm, receiveResponse } from '../forms/commands.ts'
import { formById, formVersion } from '../forms/queries.ts'
import type { Said } from '../forms/schema.ts'
import { starterContent } from '../forms/starters.ts'
import { createPerson } from '../people/commands.ts'
import { mergePeople, undoMerge } from '../people/merge/commands.ts'
import { PersonForm } from '../people/schema.ts'
import { addNamedVoters } from '../people/testing.ts'
import { addFollowUp } from '../phonebanks/follow-ups/commands.ts'
import { possibleOwners } from '../phonebanks/follow-ups/queries.ts'
import { addTestCaller, callAround, makeBank } from '../phonebanks/testing.ts'
import { found } from '../../platform/errors.ts'
import { saveUniverse } from '../targeting/commands.ts'
import { universes } from '../targeting/queries.ts'
import { tasksOf } from './tasks/queries.ts'
import { accountsOf, activityOfPerson, board, rungsOf, stagesOf } from './ladder/queries.ts'

const world = await makeWorld() // 2026-11-23, noon in New York
const { ours, theirs, database, installation } = world
const { organization_id } = ours
const db = database.of(organization_id)
const password = 'a long enough password'

/** Somebody with an account that belongs to the organization. */
async function member(name: string, roles: string[]) {
  const email = `${randomUUID().slice(0, 8)}@example.org`
  const made = await createUser(installation, { email, name, password, is_email_proven: true })
  if (!made.ok) throw new Error(made.problem)
  await database.owner
    .insertInto('member')
    .values({ organization_id, user_id: made.user_id, display_name: name, roles })
    .execute()
  const actor = ours.actor(roles, { id: made.user_id, name })
  return { actor, email, browser: world.as(actor, routes) }
}

const minji = await member('Minji', ['organizer'])
const hana = await member('Hana', ['organizer'])
const dan = await member('Dan', ['host'])
const jenny = await member('Jenny', ['member'])
const [us, them] = [minji.browser, world.as(theirs.organizer, routes)]

const person = async (first_name: string): Promise<string> =>
  (await createPerson(db, minji.actor, PersonForm.parse({ first_name, last_name: 'Lee' }), 'test')).person_id
const facts = { today: '2026-11-23', time_zone: 'America/New_York' }
const rungId = async (name: string): Promise<string> =>
  found((await rungsOf(db, organization_id)).find((each) => each.name.en === name)).rung_id
const text = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text()
const actions = async (subject_id: string): Promise<string[]> =>
  (
    await sql<{
      action: string
    }>`select action from audit_entry where subject_id = ${subject_id} order by audit_id`.execute(db)
  ).rows.map(({ action }) => action)

beforeAll(async () => {
  await addNamedVoters(database.owner, [
    { voter_id: 1, last_name: 'Kim', first_name: 'Young' },
    { voter_id: 2, last_name: 'Kim', first_name: 'Min', phones: ['+17185550002'] },
    { voter_id: 3, last_name: 'Kim', first_name: 'Jun', phones: ['+17185550003'] },
  ])
  await us.post('/leadership/ladder/example', {})
})

test('a ladder begins with the example in the languages of the organization, once, and is changed as data', async () => {
  await us.post('/leadership/ladder/example', {})
  const rungs = await rungsOf(db, organization_id)
  expect(rungs.map(({ name }) => name)).toEqual([
    { en: 'Interested', ko: '관심 있는 분' },
    { en: 'Volunteer', ko: '봉사자' },
    { en: 'Regular', ko: '꾸준한 봉사자' },
    { en: 'Team lead', ko: '팀장' },
    { en: 'Leader', ko: '리더' },
  ])
  expect((await us.post('/leadership/ladder/rungs', { name_en: '', name_ko: ' ' })).status).toBe(422)
  await us.post('/leadership/ladder/rungs', { name_en: 'Board', name_ko: '이사' })
  const board_rung = await rungId('Board')
  await us.post(`/leadership/ladder/rungs/${board_rung}/down`, {})
  expect((await rungsOf(db, organization_id)).map(({ name }) => name.en).slice(-2)).toEqual(['Board', 'Leader'])
  await us.post(`/leadership/ladder/rungs/${board_rung}/archive`, {})
  expect(await rungsOf(db, organization_id)).toHaveLength(5)
  expect((await them.post(`/leadership/ladder/rungs/${board_rung}/restore`, {})).status).toBe(404)
  expect(await text(us.get('/leadership', { 'accept-language': 'ko' }))).toContain('꾸준한 봉사자')
})

test('a rung that gets another name keeps whoever asks for it in an expression', async () => {
  await us.post('/leadership/ladder/rungs', { name_en: 'Captain', name_ko: '반장' })
  const saved = await saveUniverse(db, minji.actor, { name: 'Captains', expression: 'stage>=captain -stage:반장,Leader', note: null }, installation.clock.now(), facts.today) // prettier-ignore
  expect(saved).toMatchObject({ ok: true })
  const captain = await rungId('Captain')
  await us.post(`/leadership/ladder/rungs/${captain}`, { name_en: 'Block captain', name_ko: '구역장' })
  const kept = async (): Promise<string | undefined> =>
    (await universes(db, organization_id)).find(({ name }) => name === 'Captains')?.expression
  expect(await kept()).toBe('stage>="Block captain" -stage:구역장,Leader')
  // Written otherwise, in one language alone, it is the same rung.
  await us.post(`/leadership/ladder/rungs/${captain}`, { name_en: 'Block Captain', name_ko: '' })
  expect(await kept()).toBe('stage>="Block captain" -stage:"Block Captain",Leader')
  await us.post(`/leadership/ladder/rungs/${captain}/archive`, {})
})

test('somebody’s rung is set with day and reason; the history stays, and stands on the profile and the timeline', async () => {
  const path = '/leadership/people/v1'
  const form = { rung_id: await rungId('Interested'), from_on: '2026-09-01', reason: 'came to the roundtable' }
  expect((await us.post(`${path}/stage`, { ...form, reason: ' ' })).status).toBe(422)
  expect((await us.post(`${path}/stage`, { ...form, from_on: '2026-02-30' })).status).toBe(422)
  expect((await us.post(`${path}/stage`, { ...form, rung_id: randomUUID() })).status).toBe(404)
  expect((await us.post(`${path}/stage`, form)).status).toBe(303)
  await us.post(`${path}/stage`, form) // pressed twice
  await us.post(`${path}/stage`, { rung_id: await rungId('Volunteer'), from_on: '2026-11-01', reason: 'made calls' })
  const [row] = await board(db, organization_id, facts.today, facts.time_zone)
  const person_id = found(row).person_id
  expect(row).toMatchObject({ voter_id: 1, since: '2026-11-01', rung_id: await rungId('Volunteer'), step: null })
  const stages = await stagesOf(db, organization_id, person_id)
  expect(stages.map(({ rung, reason, set_by }) => [rung?.en, reason, set_by])).toEqual([
    ['Volunteer', 'made calls', 'Minji'],
    ['Interested', 'came to the roundtable', 'Minji'],
  ])
  const profile = await text(us.get('/voters/1'))
  for (const said of ['Now on the rung Volunteer', 'came to the roundtable', `/leadership/people/${person_id}`])
    expect(profile).toContain(said)
  expect((await us.post(`/leadership/ladder/rungs/${await rungId('Volunteer')}/archive`, {})).status).toBe(422)
  expect((await dan.browser.get('/voters/1')).status).toBe(200)
  expect((await them.post(`/leadership/stages/${found(stages[0]).stage_id}/remove`, {})).status).toBe(404)
  await us.post(`/leadership/stages/${found(stages[0]).stage_id}/remove`, {})
  expect((await board(db, organization_id, facts.today, facts.time_zone))[0]).toMatchObject({ since: '2026-09-01' })
  expect(await actions(found(stages[0]).stage_id)).toEqual(['stage.set', 'stage.remove'])
  expect((await stagesOf(database.of(theirs.organization_id), organization_id, person_id)).length).toBe(0)
})

test('a next step has an owner and a day: one is open at a time, done on My day by whom it is given, overdue on the board', async () => {
  const person_id = await person('Sora')
  const path = `/leadership/people/${person_id}`
  await us.post(`${path}/stage`, { rung_id: await rungId('Regular'), from_on: '2026-10-01', reason: 'comes each week' })
  expect(await text(us.get('/leadership?show=never_asked'))).toContain('Sora')
  const step = { title: 'Bring a friend', owner_id: dan.actor.id, due_on: '2026-11-20' }
  expect((await us.post(`${path}/next-step`, { ...step, due_on: '' })).status).toBe(422)
  expect((await us.post(`${path}/next-step`, { ...step, owner_id: theirs.organizer.id })).status).toBe(404)
  await us.post(`${path}/next-step`, step)
  await us.post(`${path}/next-step`, step) // pressed twice
  await us.post(`${path}/next-step`, { ...step, title: 'Host an evening' })
  const tasks = await db.selectFrom('task').select(['task_id', 'title', 'ended_as']).where('person_id', '=', person_id).orderBy('made_at').orderBy('ended_at').execute() // prettier-ignore
  expect(tasks.map(({ title, ended_as }) => [title, ended_as])).toEqual([
    ['Bring a friend', 'moved_on'],
    ['Host an evening', null],
  ])
  expect(await text(us.get('/leadership?show=overdue'))).toContain('Sora')
  expect(await text(us.get('/leadership?show=mine'))).not.toContain('Sora')
  expect(await text(dan.browser.get('/leadership?show=mine'))).toContain('Sora')
  expect(await text(us.get('/leadership?show=never_asked'))).not.toContain('Sora')

  const { task_id } = found(tasks[1])
  expect(await text(dan.browser.get('/my-day'))).toContain('Host an evening')
  expect(await text(dan.browser.get('/'))).toContain('/my-day')
  expect(await text(jenny.browser.get('/my-day'))).not.toContain('Host an evening')
  for (const browser of [jenny.browser, us, them])
    expect((await browser.post(`/my-day/tasks/${task_id}/done`, {})).status).toBe(404)
  await dan.browser.post(`/my-day/tasks/${task_id}/snooze`, { until: 'week' })
  expect(await text(dan.browser.get('/my-day'))).toContain('Put off')
  await dan.browser.post(`/my-day/tasks/${task_id}/done`, { outcome: 'said yes' })
  await dan.browser.post(`/my-day/tasks/${task_id}/done`, { outcome: 'again' })
  const told = await text(us.get(`/people/${person_id}`))
  for (const said of ['Next step: Bring a friend', 'Moved on from: Bring a friend', 'Next step taken: Host an evening'])
    expect(told).toContain(said)
  expect(await text(us.get(path))).toContain('said yes')
  await us.post(`${path}/next-step`, { ...step, title: 'Call a friend' })
  await dan.browser.post(`/my-day/tasks/${task_id}/reopen`, {})
  expect((await tasksOf(db, organization_id, { person_id, state: 'open' })).map(({ title }) => title)).toEqual(['Host an evening']) // prettier-ignore
  expect(await actions(task_id)).toEqual(['task.next_step', 'task.snooze', 'task.done', 'task.reopen'])
  const log = await db.selectFrom('audit_entry').select(['before', 'after']).where('subject', '=', 'task').execute()
  expect(JSON.stringify(log)).not.toMatch(/friend|evening|said yes/)
})

test('My day has follow-ups of phone banks beside next steps and own tasks; they are done and put off there', async () => {
  const bank = await makeBank(world, minji.actor, [2])
  const caller = await addTestCaller(world, minji.actor, bank)
  await callAround(caller, 1)
  const { attempt_id } = await db.selectFrom('contact_attempt').select('attempt_id').executeTakeFirstOrThrow()
  const kyung = await person('Kyung')
  await addFollowUp(
    db,
    minji.actor,
    { kind: 'ride', voter_id: null, person_id: kyung, attempt_id, note: 'at nine' },
    installation.clock.now(),
  )
  const { follow_up_id } = await db
    .selectFrom('follow_up')
    .select('follow_up_id')
    .where('person_id', '=', kyung)
    .executeTakeFirstOrThrow()
  await us.post('/follow-ups/assign', {
    which: 'ticked',
    'follow_up_ids[]': follow_up_id,
    owner_id: dan.actor.id,
    due_on: '2026-11-20',
  })
  await us.post('/my-day/tasks', { title: 'Buy coffee', due_on: '2026-11-24', owner_id: dan.actor.id })
  await jenny.browser.post('/my-day/tasks', { title: 'Call my aunt', due_on: '', owner_id: dan.actor.id })
  const day = await text(dan.browser.get('/my-day'))
  for (const said of ['Buy coffee', 'at nine', 'Kyung']) expect(day).toContain(said)
  expect(await text(us.get('/my-day'))).not.toContain('at nine')
  expect(await text(us.get('/my-day'))).toContain('Buy coffee') // given by her
  expect(await text(hana.browser.get('/my-day'))).not.toContain('Buy coffee')
  expect(day).not.toContain('Call my aunt') // whoever does not work with people gives tasks to nobody else
  await dan.browser.post(`/my-day/follow-ups/${follow_up_id}/snooze`, { until: 'tomorrow' })
  expect((await jenny.browser.post(`/my-day/follow-ups/${follow_up_id}/done`, {})).status).toBe(403)
  await dan.browser.post(`/my-day/follow-ups/${follow_up_id}/done`, { outcome: 'driven' })
  expect(await db.selectFrom('follow_up').select(['due_on', 'solved_by', 'solution']).where('follow_up_id', '=', follow_up_id).executeTakeFirst()) // prettier-ignore
    .toEqual({ due_on: '2026-11-24', solved_by: 'Dan', solution: 'driven' })
})

test('what was said one on one is read by the two, by organizers only where its writer opens it, and nowhere else', async () => {
  const secret = 'afraid of the landlord'
  const person_id = await person('Jenny')
  const path = `/leadership/people/${person_id}`
  const write = {
    met_on: '2026-11-10',
    body: secret,
    title: 'Speak at the forum',
    owner_id: minji.actor.id,
    due_on: '2026-12-10',
  }
  expect((await us.post(`${path}/one-on-one`, { ...write, due_on: '' })).status).toBe(422)
  // Before an account was joined.
  await us.post(`${path}/one-on-one`, write)
  await us.post(`${path}/account`, { user_id: jenny.actor.id, caller_id: '' })
  // The form named nobody beside its writer: it comes back with the one who reads it too.
  const again = { ...write, met_on: '2026-11-12', body: `${secret}, told again`, title: '' }
  const refused = await us.post(`${path}/one-on-one`, again)
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('You and Jenny read this')])
  await us.post(`${path}/one-on-one`, { ...again, reader_id: jenny.actor.id })
  const [first, second] = await db
    .selectFrom('one_on_one')
    .selectAll()
    .where('person_id', '=', person_id)
    .orderBy('met_on')
    .execute()
  expect([first?.reader_id, second?.reader_id]).toEqual([null, jenny.actor.id])
  const task = await db
    .selectFrom('task')
    .select(['title', 'one_on_one_id'])
    .where('person_id', '=', person_id)
    .executeTakeFirst()
  expect(task).toEqual({ title: 'Speak at the forum', one_on_one_id: first?.one_on_one_id })

  expect(await text(us.get(path))).toContain(secret)
  expect(await text(us.get('/my-day'))).toContain(secret)
  expect((await text(jenny.browser.get('/my-day'))).split(secret)).toHaveLength(2) // the second alone
  const pages = [path, '/my-day', `/people/${person_id}`, '/leadership', '/audit', '/voters?q=Jenny', '/voters?q=landlord', '/', '/leadership/pipeline'] // prettier-ignore
  for (const reader of [hana, dan])
    for (const each of pages) expect(await text(reader.browser.get(each)), each).not.toContain(secret)
  for (const each of pages) expect(await text(them.get(each)), each).not.toContain(secret)
  // That they met is known; on the writer's own profile page and log it is no more than that either.
  expect(await text(hana.browser.get(path))).toContain('What was said is between the two.')
  for (const each of [`/people/${person_id}`, '/audit', '/leadership'])
    expect(await text(us.get(each)), each).not.toContain(secret)

  const base = `/leadership/one-on-ones/${first?.one_on_one_id}`
  for (const browser of [hana.browser, dan.browser, them])
    expect((await browser.post(`${base}/open`, {})).status).toBe(404)
  await us.post(`${base}/open`, {})
  expect(await text(hana.browser.get(path))).toContain(secret)
  expect(await text(dan.browser.get(path))).not.toContain(secret)
  await us.post(`${base}/close`, {})
  expect(await text(hana.browser.get(path))).not.toContain(secret)

  // The account was somebody else's: it reads nothing of it any more.
  const { person_account_id } = found((await accountsOf(db, organization_id, person_id))[0])
  await us.post(`/leadership/accounts/${person_account_id}/part`, {})
  expect(await text(jenny.browser.get('/my-day'))).not.toContain(secret)

  // A merge and its undo move them and copy none of what was said.
  const other = await person('Jennifer')
  const merge_id = await mergePeople(db, minji.actor, other, person_id, [])
  expect(await text(us.get(`/leadership/people/${other}`))).toContain(secret)
  const kept = await sql<{ n: number }>`select count(*)::integer as n from (select to_jsonb(m)::text as all from person_merge m
    union all select to_jsonb(a)::text from audit_entry a union all select to_jsonb(s)::text from person_search s) x where "all" like ${`%landlord%`}`.execute(database.owner) // prettier-ignore
  expect(kept.rows[0]?.n).toBe(0)
  await undoMerge(db, minji.actor, merge_id, installation.clock.now())
  expect(await text(us.get(path))).toContain(secret)
  expect(await text(us.get(`/leadership/people/${other}`))).not.toContain(secret)

  await us.post(`${base}/remove`, {})
  expect(
    await db
      .selectFrom('one_on_one_note')
      .select('body')
      .where('one_on_one_id', '=', found(first).one_on_one_id)
      .execute(),
  ).toEqual([])
  expect(await actions(found(first).one_on_one_id)).toEqual([
    'one_on_one.write',
    'one_on_one.open',
    'one_on_one.close',
    'one_on_one.remove',
  ])
})

test('activity is counted from calls, forms and what else the system knows', async () => {
  const person_id = await person('Woojin')
  const bank = await makeBank(world, minji.actor, [3])
  const caller = await addTestCaller(world, minji.actor, bank, ['en'], 'Woojin')
  await callAround(caller, 1)
  const { caller_id } = await db.selectFrom('phone_bank_caller').select('caller_id').where('phone_bank_id', '=', bank.phone_bank_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(await activityOfPerson(db, organization_id, person_id, { ...facts, days: 90 })).toEqual([])
  await us.post(`/leadership/people/${person_id}/account`, { user_id: '', caller_id })
  expect((await us.post(`/leadership/people/${person_id}/account`, { user_id: '', caller_id: '' })).status).toBe(422)
  await us.post(`/leadership/people/${person_id}/one-on-one`, {
    met_on: '2026-08-01',
    body: 'tea',
    title: '',
    due_on: '',
  })
  expect(await activityOfPerson(db, organization_id, person_id, { ...facts, days: 90 })).toEqual([
    { kind: 'called', times: 1, last_on: '2026-11-23' },
    { kind: 'met', times: 0, last_on: '2026-08-01' },
  ])
})

test('a delegation is given after its training, lets the account do it from its first day to its last, and can be taken back', async () => {
  const person_id = await person('Jenny Oh')
  const path = `/leadership/people/${person_id}`
  await us.post('/leadership/ladder/trainings', { name_en: 'Hosting', name_ko: '진행 교육', lasts_months: '12' })
  const { training_id } = await db.selectFrom('training').select('training_id').executeTakeFirstOrThrow()
  await us.post('/leadership/ladder/rules/host_phone_banks', { 'training_ids[]': training_id })
  const given = { what: 'host_phone_banks', user_id: jenny.actor.id, from_on: '2026-11-25', until_on: '2027-05-31' }
  expect(await text(us.post(`${path}/delegation`, given))).toContain('Link their account first')
  await us.post(`${path}/account`, { user_id: jenny.actor.id, caller_id: '' })
  const refused = await text(us.post(`${path}/delegation`, given))
  expect(refused).toContain('They have not passed the training')
  expect(refused).toContain('Host phone banks: Hosting')
  await us.post(`${path}/training`, { training_id, passed_on: '2026-05-30' })
  // What was learned holds to 30 May 2027 only.
  expect((await us.post(`${path}/delegation`, given)).status).toBe(422)
  const until_on = '2027-05-30'
  // Of several trainings all may be asked for, or any one.
  await us.post('/leadership/ladder/trainings', { name_en: 'Safety', name_ko: '안전 교육', lasts_months: '' })
  const trainings = (await db.selectFrom('training').select('training_id').execute()).map((each) => each.training_id)
  await us.post('/leadership/ladder/rules/host_phone_banks', { 'training_ids[]': trainings, asks: 'all' })
  expect((await us.post(`${path}/delegation`, { ...given, until_on })).status).toBe(422)
  await us.post('/leadership/ladder/rules/host_phone_banks', { 'training_ids[]': trainings, asks: 'any' })
  expect((await us.post(`${path}/delegation`, { ...given, until_on })).status).toBe(303)

  const app = createApp({ installation, routes: [...routes], nav: [], actorOf: actorOfSession, may: () => true })
  const browser = visitor(app, 'en')
  expect((await browser.post('/sign-in', { email: jenny.email, password })).status).toBe(303)
  const statusAt = async (instant: string): Promise<number> => {
    installation.clock.set(instant)
    return (await browser.get('/phonebanks')).status
  }
  const may = async (instant: string) => delegatedOn(database.owner, organization_id, jenny.actor.id, new Date(instant))
  expect(await statusAt('2026-11-24T12:00:00Z')).toBe(403)
  expect(await statusAt('2026-11-25T12:00:00Z')).toBe(200)
  // The last moment of the last day in New York, and the first of the next.
  expect(await may('2027-05-31T03:59:59Z')).toEqual(['host_phone_banks'])
  expect(await may('2027-05-31T04:00:00Z')).toEqual([])
  const delegated = { ...jenny.actor, delegated: ['host_phone_banks'] }
  expect(['phonebanks.host', 'phonebanks.results', 'scripts.view', 'phonebanks.edit', 'people.edit', 'phonebanks.call'].map((each) => mayDo(delegated, each as 'phonebanks.host'))) // prettier-ignore
    .toEqual([true, true, true, false, false, false])
  expect(await text(us.get(`/people/${person_id}`))).toContain('Host phone banks')

  const { delegation_id } = await db.selectFrom('delegation').select('delegation_id').executeTakeFirstOrThrow()
  expect((await them.post(`/leadership/delegations/${delegation_id}/end`, {})).status).toBe(404)
  await us.post(`/leadership/delegations/${delegation_id}/end`, {})
  expect(await statusAt('2026-11-26T12:00:00Z')).toBe(403)
  expect(await text(us.get(`/people/${person_id}`))).toContain('Taken back: Host phone banks')
  expect(await actions(delegation_id)).toEqual(['delegation.grant', 'delegation.end'])

  // Renewed ahead, the first holds to the day before; whoever has it can be given follow-ups.
  installation.clock.set('2026-11-26T17:00:00Z')
  await us.post(`${path}/delegation`, { ...given, until_on: '2026-12-31' })
  await us.post(`${path}/delegation`, { ...given, from_on: '2026-12-20', until_on: '2027-02-01' })
  const open = () => db.selectFrom('delegation').select(['from_on', 'until_on']).where('user_id', '=', jenny.actor.id).where('ended_at', 'is', null).orderBy('from_on').execute() // prettier-ignore
  expect(await open()).toEqual([
    { from_on: '2026-11-25', until_on: '2026-12-19' },
    { from_on: '2026-12-20', until_on: '2027-02-01' },
  ])
  // Its end is told once, after the last day of what goes on without a gap.
  installation.clock.set('2027-02-02T17:00:00Z')
  const told = await text(us.get(`/people/${person_id}`, { 'accept-language': 'ko' }))
  expect(told.match(/위임 기간 끝남/g)).toHaveLength(1)
  installation.clock.set('2026-11-26T17:00:00Z')
  expect(await possibleOwners(db, organization_id, installation.clock.now())).toContainEqual({ user_id: jenny.actor.id, display_name: 'Jenny' }) // prettier-ignore
  expect(await text(us.get(`/members/${jenny.actor.id}`))).toContain('Host phone banks')
  // Parted from the person, or gone, the account has none of it.
  const { person_account_id } = found((await accountsOf(db, organization_id, person_id))[0])
  await us.post(`/leadership/accounts/${person_account_id}/part`, {})
  expect(await open()).toEqual([])
  await us.post(`${path}/account`, { user_id: jenny.actor.id, caller_id: '' })
  await us.post(`${path}/delegation`, { ...given, until_on: '2026-12-31' })
  expect(await open()).toHaveLength(1)
  await us.post(`/members/${jenny.actor.id}/end`, {})
  expect(await open()).toEqual([])
  installation.clock.set('2026-11-23T17:00:00Z')
})

test('roles have terms, and a mentor is somebody else', async () => {
  const [mentee, mentor] = [await person('Bora'), await person('Grace')]
  const path = `/leadership/people/${mentee}`
  const role = { name: 'Chair', from_on: '2026-01-01', until_on: '2025-12-31' }
  expect((await us.post(`${path}/role`, role)).status).toBe(422)
  await us.post(`${path}/role`, { ...role, until_on: '2027-12-31' })
  // Grace is on no ladder: she is looked for by name.
  expect(await text(us.get(`${path}/mentor`))).not.toContain(`value="${mentor}"`)
  expect(await text(us.get(`${path}/mentor?q=grace+lee`))).toContain(`value="${mentor}"`)
  const pair = { mentor: mentee, from_on: '2026-10-01', until_on: '', goal: 'run a meeting' }
  expect((await us.post(`${path}/mentor`, pair)).status).toBe(422)
  expect((await us.post(`${path}/mentor`, { ...pair, mentor: randomUUID() })).status).toBe(422)
  await us.post(`${path}/mentor`, { ...pair, mentor })
  await us.post(`${path}/mentor`, { ...pair, mentor }) // pressed twice
  expect(await db.selectFrom('mentoring').select('mentoring_id').execute()).toHaveLength(1)
  expect(await text(us.get(path))).toContain('run a meeting')
  expect(await text(us.get(`/people/${mentor}`))).toContain('Bora')
  const { role_id } = await db.selectFrom('person_role').select('role_id').executeTakeFirstOrThrow()
  await us.post(`/leadership/roles/${role_id}/end`, {})
  await us.post(`/leadership/roles/${role_id}/end`, {}) // pressed twice
  const { mentoring_id } = await db.selectFrom('mentoring').select('mentoring_id').executeTakeFirstOrThrow()
  await us.post(`/leadership/mentorings/${mentoring_id}/end`, {})
  expect(
    await db
      .selectFrom('person_role')
      .select(['until_on', 'removed_at'])
      .where('role_id', '=', role_id)
      .executeTakeFirst(),
  ).toEqual({ until_on: '2026-11-23', removed_at: null })
  expect(await db.selectFrom('mentoring').select('until_on').executeTakeFirst()).toEqual({ until_on: '2026-11-23' })
})

/** Somebody answers a form. */
async function receive(form_id: string, said: Said, now: Date): Promise<string> {
  const response_id = randomUUID()
  await receiveResponse(
    db,
    minji.actor,
    {
      form: found(await formById(db, organization_id, form_id)),
      version: found(await formVersion(db, organization_id, form_id)),
    },
    {
      response_id,
      response: { said, answers: {}, files: {}, consents: [], help: [], shown_as: 'none' },
      language: 'en',
      source: 'web',
    },
    now,
  )
  return response_id
}

test('a cohort takes applications from a form and by hand, is chosen by several readers within its seats, learns, and becomes alumni', async () => {
  const now = installation.clock.now()
  const { kind, content } = found(starterContent('volunteer', ['en', 'ko']))
  const { form_id } = await createForm(db, minji.actor, { name: 'Apply', kind, content }, now)
  const said = { first_name: 'Nari', last_name: 'Choi', name_hangul: null, email: 'nari@example.org', phone: null, address: null, city: null, zip5: null, language: null } // prettier-ignore
  await receive(form_id, said, now)
  const made = {
    name_en: 'Forum 2027',
    seats: '1',
    starts_on: '2027-01-10',
    ends_on: '2027-06-10',
    form_id,
    criterion_1_en: 'Ties',
    criterion_1_most: '4',
  }
  expect((await us.post('/leadership/cohorts/new', { ...made, criterion_1_most: '' })).status).toBe(422)
  const path = found((await us.post('/leadership/cohorts/new', made)).headers.get('location'))
  const hand = await person('Haneul')
  expect(await text(us.get(`${path}?q=haneul`))).toContain(`value="${hand}"`)
  await us.post(`${path}/answers`, {})
  await us.post(`${path}/answers`, {})
  expect((await us.post(`${path}/applications`, { who: 'nobody', said: '' })).status).toBe(422)
  await us.post(`${path}/applications`, { who: hand, said: 'I want to learn' })
  expect((await us.post(`${path}/applications`, { who: hand, said: '' })).status).toBe(422)
  const applications = await db
    .selectFrom('cohort_application')
    .select(['application_id', 'person_id', 'response_id'])
    .orderBy('response_id')
    .execute()
  expect(applications).toHaveLength(2)
  // The same form next year: who applied this year did not apply again.
  const next = found((await us.post('/leadership/cohorts/new', { ...made, name_en: 'Forum after it' })).headers.get('location')) // prettier-ignore
  await us.post(`${next}/answers`, {})
  expect(await db.selectFrom('cohort_application').select('application_id').execute()).toHaveLength(2)
  const [nari, haneul] = applications.map(({ application_id }) => `/leadership/applications/${application_id}`) as [
    string,
    string,
  ]
  expect((await us.post(`${nari}/score`, { c1: '', c9: '10' })).status).toBe(422)
  await us.post(`${nari}/score`, { c1: '4', c9: '10', note: 'strong' })
  expect(await text(hana.browser.get(nari))).not.toContain('strong')
  await hana.browser.post(`${nari}/score`, { c1: '2' })
  expect(await text(hana.browser.get(nari))).toContain('strong')
  expect(await text(us.get(path))).toContain('75%')
  expect((await dan.browser.get(nari)).status).toBe(403)
  await us.post(`${haneul}/decide`, { state: 'wait_listed', why: '' })
  // Both at once: one seat.
  const both = await Promise.all(
    [nari, haneul].map((each) => us.post(`${each}/decide`, { state: 'accepted', why: 'ties' })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([303, 422])
  const accepted = found(
    await db.selectFrom('cohort_application').selectAll().where('state', '=', 'accepted').executeTakeFirst(),
  )
  expect(
    (await us.post(`/leadership/applications/${accepted.application_id}/decide`, { state: 'wait_listed', why: '' }))
      .status,
  ).toBe(422)
  await us.post(`${path}/sessions`, { title: 'Power', held_on: '2026-11-20' })
  await us.post(`${path}/milestones`, { name: 'Led a roundtable' })
  const { session_id } = await db.selectFrom('cohort_session').select('session_id').executeTakeFirstOrThrow()
  const { milestone_id } = await db.selectFrom('cohort_milestone').select('milestone_id').executeTakeFirstOrThrow()
  const attendance = `/leadership/sessions/${session_id}/attendance`
  const [was, came] = [`was_${accepted.application_id}`, `came_${accepted.application_id}`]
  expect((await us.post(attendance, { [was]: '', [came]: 'perhaps' })).status).toBe(422)
  await us.post(attendance, { [was]: '', [came]: 'attended' })
  await hana.browser.post(attendance, { [was]: '', [came]: '' }) // shown before it was noted, and not touched
  await us.post(`/leadership/milestones/${milestone_id}/reached`, { 'application_ids[]': accepted.application_id })
  await hana.browser.post(`/leadership/milestones/${milestone_id}/reached`, {})
  expect(await db.selectFrom('cohort_milestone_reached').select('milestone_id').execute()).toHaveLength(1)
  expect((await us.post(`/leadership/milestones/${milestone_id}/reached`, { 'shown[]': 'x' })).status).toBe(422)
  expect(await text(us.get(path))).toContain('1 of 1 came')
  expect(await activityOfPerson(db, organization_id, accepted.person_id, { ...facts, days: 90 })).toContainEqual({ kind: 'attended', times: 1, last_on: '2026-11-20' }) // prettier-ignore
  await us.post(`${path}/close`, {})
  await us.post(`${path}/close`, {})
  const states = await db.selectFrom('cohort_application').select('state').orderBy('state').execute()
  expect(states.map(({ state }) => state)).toEqual(['alumni', 'declined'])
  const told = await text(us.get(`/people/${accepted.person_id}`))
  for (const said of [
    'Applied: Forum 2027',
    'Forum 2027: Accepted',
    'Forum 2027: reached “Led a roundtable”',
    'Forum 2027: Alumni',
  ])
    expect(told).toContain(said)
  expect((await them.get(path)).status).toBe(404)
  // Over: nobody comes in; who finished can still be put right.
  expect((await us.post(`${path}/applications`, { who: await person('Late'), said: '' })).status).toBe(422)
  const decide = `/leadership/applications/${accepted.application_id}/decide`
  expect((await us.post(decide, { state: 'accepted', why: '' })).status).toBe(422)
  for (const state of ['left', 'alumni']) expect((await us.post(decide, { state, why: '' })).status).toBe(303)
})

test('a cohort is put right: its name and days, not what was scored by; whoever was entered by mistake is taken out with a reason', async () => {
  const made = { name_en: 'Forum', seats: '2', starts_on: '2027-01-10', ends_on: '2027-06-10', form_id: '', criterion_1_en: 'Ties', criterion_1_most: '4' } // prettier-ignore
  const path = found((await us.post('/leadership/cohorts/new', made)).headers.get('location'))
  const [right, wrong] = [await person('Right'), await person('Wrong')]
  for (const who of [right, wrong]) await us.post(`${path}/applications`, { who, said: '' })
  const applicationOf = async (person_id: string) =>
    db.selectFrom('cohort_application').selectAll().where('person_id', '=', person_id).executeTakeFirstOrThrow()
  const decide = async (who: string, state: string, why: string) =>
    (await us.post(`/leadership/applications/${(await applicationOf(who)).application_id}/decide`, { state, why }))
      .status

  const renamed = { ...made, name_en: 'Forum 2027', name_ko: '2027 포럼', criterion_1_ko: '유대', criterion_2_en: 'Time', criterion_2_most: '3' } // prettier-ignore
  expect((await dan.browser.get(`${path}/edit`)).status).toBe(403)
  expect((await them.post(`${path}/edit`, renamed)).status).toBe(404)
  await saveUniverse(db, minji.actor, { name: 'In the forum', expression: 'cohort:Forum/accepted', note: null }, installation.clock.now(), facts.today) // prettier-ignore
  expect((await us.post(`${path}/edit`, renamed)).status).toBe(303)
  expect((await universes(db, organization_id)).find(({ name }) => name === 'In the forum')?.expression).toBe('cohort:"Forum 2027"/accepted') // prettier-ignore
  expect(await text(us.get(`${path}/edit`))).toContain('value="유대"')
  await us.post(`/leadership/applications/${(await applicationOf(right)).application_id}/score`, { c1: '4', c2: '1' })
  expect((await us.post(`${path}/edit`, { ...renamed, criterion_1_most: '5' })).status).toBe(422)
  expect((await us.post(`${path}/edit`, { ...renamed, criterion_2_ko: '시간' })).status).toBe(303)

  for (const who of [right, wrong]) expect(await decide(who, 'accepted', '')).toBe(303)
  expect((await us.post(`${path}/edit`, { ...renamed, seats: '1' })).status).toBe(422)
  expect(await decide(wrong, 'removed', '')).toBe(422)
  expect(await decide(wrong, 'removed', 'somebody else of that name')).toBe(303)
  expect((await us.post(`${path}/edit`, { ...renamed, seats: '1' })).status).toBe(303)
  const page = await text(us.get(path))
  expect(page).toContain('1 of 1 seats')
  expect(page).toContain('somebody else of that name')
  expect(await text(us.get(`/people/${wrong}`))).not.toContain('Forum 2027')
  // It was them after all: their application stands again.
  expect((await us.post(`${path}/applications`, { who: wrong, said: '' })).status).toBe(303)
  expect((await applicationOf(wrong)).state).toBe('applied')
})

test('whoever was taken out of a cohort and applies again has what they say now, by hand or by its form', async () => {
  const { clock } = installation
  const { kind, content } = found(starterContent('volunteer', ['en', 'ko']))
  const { form_id } = await createForm(db, minji.actor, { name: 'Apply again', kind, content }, clock.now())
  const said = { first_name: 'Bitna', last_name: 'Choi', name_hangul: null, email: 'bitna@example.org', phone: null, address: null, city: null, zip5: null, language: null } // prettier-ignore
  const first = await receive(form_id, said, clock.now())
  const made = { name_en: 'Forum 2028', seats: '2', starts_on: '2028-01-10', ends_on: '2028-06-10', form_id, criterion_1_en: 'Ties', criterion_1_most: '4' } // prettier-ignore
  const path = found((await us.post('/leadership/cohorts/new', made)).headers.get('location'))
  const cohort_id = found(path.split('/').at(-1))
  const byHand = await person('Byhand')
  await us.post(`${path}/applications`, { who: byHand, said: 'first words' })
  await us.post(`${path}/answers`, {})
  const rows = () =>
    db.selectFrom('cohort_application').selectAll().where('cohort_id', '=', cohort_id).orderBy('response_id').execute()
  for (const { application_id } of await rows())
    await us.post(`/leadership/applications/${application_id}/decide`, { state: 'removed', why: 'a mistake' })
  // Nothing new was said.
  await us.post(`${path}/answers`, {})
  expect((await rows()).map(({ state }) => state)).toEqual(['removed', 'removed'])

  clock.advance(2 * 24 * 60)
  const second = await receive(form_id, said, clock.now())
  await us.post(`${path}/answers`, {})
  await us.post(`${path}/applications`, { who: byHand, said: 'second words' })
  const [by_form, by_hand] = await rows()
  expect(first).not.toBe(second)
  expect(by_form).toMatchObject({ state: 'applied', response_id: second, applied_on: '2026-11-25' })
  expect(by_hand).toMatchObject({ state: 'applied', said: 'second words', applied_on: '2026-11-25' })
  const entry = await database.owner.selectFrom('audit_entry').select(['before', 'after']).where('subject_id', '=', found(by_hand).application_id).orderBy('audit_id', 'desc').limit(1).executeTakeFirstOrThrow() // prettier-ignore
  // Decided on the day they applied, before seven in the morning: the timeline has it after that.
  clock.advance(12 * 60)
  const early = await person('Early')
  await us.post(`${path}/applications`, { who: early, said: '' })
  const { application_id } = found((await rows()).find(({ person_id }) => person_id === early))
  await us.post(`/leadership/applications/${application_id}/decide`, { state: 'accepted', why: '' })
  const told = await text(us.get(`/people/${early}`))
  expect(told).toMatch(/Forum 2028: Accepted[^]*Applied: Forum 2028/)
  // What they say is with their application alone.
  expect(entry).toEqual({ before: { decision: 'removed' }, after: { person_id: byHand, decision: 'applied', applied_on: '2026-11-25' } }) // prettier-ignore
})

test('the pipeline shows numbers without names, to the board too', async () => {
  const html = await text(world.as(ours.actor(['board']), routes).get('/leadership/pipeline'))
  for (const said of ['<svg', 'Regular', 'Who stays']) expect(html).toContain(said)
  expect(html).not.toContain('Sora')
  expect(await text(us.get('/leadership/pipeline', { 'accept-language': 'ko' }))).toContain('단계별 인원')
})
