import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { addPerson, changeEvent, createEvent } from '../features/events/commands.ts'
import { shiftsOf } from '../features/events/queries.ts'
import { makeEvent } from '../features/events/testing.ts'
import { addSession, decideApplication, enterApplication, makeCohort } from '../features/leadership/cohorts/commands.ts'
import { addTask } from '../features/leadership/tasks/commands.ts'
import { createPerson } from '../features/people/commands.ts'
import { recordMembership } from '../features/people/membership/commands.ts'
import { PersonForm } from '../features/people/schema.ts'
import { electionRoutes } from '../features/elections/routes.tsx'
import { addVoters, makeBank } from '../features/phonebanks/testing.ts'
import { addDays } from '../platform/clock.ts'
import { savePage } from '../features/people/membership/applications/commands.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { homeRoutes } from './home-routes.tsx'
import { homeFacts, voterCount } from './pages/home-queries.ts'

const world = await makeWorld()

test('nobody signed in learns what this is; an organizer learns the next step', async () => {
  const welcome = await (await world.as(null, [homeRoutes]).get('/')).text()
  expect(welcome).toContain('Find our voters')
  const home = await (await world.as(world.ours.organizer, [homeRoutes]).get('/')).text()
  expect(home).toContain('Your next steps')
  expect(home).toMatch(/Import the voter file[^]*Add phone numbers[^]*Choose a universe/)
  // Who waits for a steward goes on with what can be done without the file.
  expect(home).toMatch(/href="\/scripts\/new">Continue/)
  expect(home).toContain('A steward of this installation brings in a list')
  expect(home).toContain('Flushing Civic Action')
  expect(home).not.toContain('Calls by day') // nobody called yet
  const steward = { ...world.ours.organizer, is_steward: true }
  const own = await (await world.as(steward, [homeRoutes]).get('/')).text()
  expect(own).toMatch(/you bring it in[^]*href="\/voterfiles">Continue/)
  expect(own).not.toContain('A steward of this installation')
})

test('the same page in Korean', async () => {
  const home = await (
    await world.as(world.ours.organizer, [homeRoutes]).get('/', { 'accept-language': 'ko-KR' })
  ).text()
  expect(home).toContain('플러싱 시민행동의 지금 상황')
  expect(home).toContain('<html lang="ko">')
})

test('whoever signed in reads what is due before the next election; anybody may have it in a calendar', async () => {
  const page = await (
    await world.as(world.ours.actor(['member']), [electionRoutes]).get('/elections', { 'accept-language': 'ko' })
  ).text()
  expect(page).toMatch(/다가오는 날짜[^]*2027년 예비선거[^]*선거법 § 5-304/)
  const feed = await world.as(null, [electionRoutes]).get('/elections.ics?lang=ko')
  expect(feed.headers.get('content-type')).toContain('text/calendar')
  expect(await feed.text()).toContain('DTSTART;VALUE=DATE:20270622')
  expect((await world.as(null, [electionRoutes]).get('/elections')).status).toBe(303)
})

test('a newcomer without an account finds the calendar and the application from the front page', async () => {
  const front = async () => (await world.as(null, [homeRoutes]).get('/')).text()
  expect(await front()).not.toContain('/m/ours')
  const { organizer } = world.ours
  const facts = { is_open: true, sends_reminders: false, intro: {}, how_to_pay: {}, framed_by: [] }
  await savePage(world.database.of(organizer.organization_id), organizer, facts)
  expect(await front()).toContain('href="/m/ours?lang=en"')

  // An event that is over, called off or not published says nothing there; one to come does.
  const { theirs, installation, database } = world
  const [db, now] = [database.of(theirs.organization_id), installation.clock.now()]
  const make = (hours: number) => makeEvent(db, theirs.organizer, { hours: [hours] }, now)
  const [off, draft] = [await make(48), await make(48)]
  await make(-48)
  await changeEvent(db, theirs.organizer, off, 'cancel', now)
  await database.owner.updateTable('event').set({ published_at: null }).where('event_id', '=', draft).execute()
  expect(await front()).not.toContain('/e/theirs')
  await make(48)
  expect(await front()).toContain('href="/e/theirs?lang=en"')
})

test('a member who does not call sees no call figures', async () => {
  const home = await (await world.as(world.ours.actor(['member']), [homeRoutes]).get('/')).text()
  expect(home).not.toContain('Calls made')
  expect(home).toContain('nothing for you to do')
  expect(home).toContain('href="/e/ours?lang=en"')
})

test('a member who has taken something on is not told that there is nothing to do', async () => {
  const member = world.ours.actor(['member'])
  const { organization_id, id: user_id } = member
  const db = world.database.of(organization_id)
  await db
    .insertInto('member')
    .values({ organization_id, user_id, display_name: 'Dana', roles: ['member'] })
    .execute()
  const of_theirs = { title: 'Bring the coffee', owner_id: member.id, due_on: null, who: null }
  await addTask(db, member, of_theirs, world.installation.clock.now())
  const home = await (await world.as(member, [homeRoutes]).get('/')).text()
  expect(home).not.toContain('nothing for you to do')
  expect(home).toContain('href="/my-day"')
})

test('a newcomer with an account reads what they are part of, and what comes next there; others read nothing of it', async () => {
  const { organizer, organization_id } = world.ours
  const [db, now] = [world.database.of(organization_id), world.installation.clock.now()]
  const newcomer = world.ours.actor(['member'])
  const home = async (who: typeof newcomer, language: string) =>
    (await world.as(who, [homeRoutes]).get('/', { 'accept-language': language })).text()
  await db.insertInto('member').values({ organization_id, user_id: newcomer.id, display_name: 'Sora', roles: ['member'] }).execute() // prettier-ignore
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ first_name: 'Sora', last_name: 'Baek' }), 'test') // prettier-ignore
  await db.insertInto('person_account').values({ organization_id, person_id, user_id: newcomer.id, caller_id: null, joined_by: 'Tess' }).execute() // prettier-ignore
  expect(await home(newcomer, 'en')).not.toContain('What you are part of')
  await recordMembership(db, organizer, person_id, { kind: 'regular', standing: 'active', from_on: '2026-11-01', note: null }) // prettier-ignore
  const event_id = await makeEvent(db, organizer, { hours: [48] }, now)
  const shifts = await shiftsOf(db, organization_id, [event_id])
  await addPerson(db, organizer, event_id, { who: person_id, as: 'signed_up', shift_ids: shifts.map(({ shift_id }) => shift_id) }, now) // prettier-ignore
  const cohort_id = await makeCohort(db, organizer, { name: { en: 'Winter forum', ko: '겨울 포럼' }, seats: 5, starts_on: '2026-12-01', ends_on: '2027-03-31', form_id: null, criteria: [] }, now) // prettier-ignore
  await enterApplication(db, organizer, cohort_id, { who: person_id, said: null }, '2026-11-20', now)
  expect(await home(newcomer, 'en')).toMatch(/What you are part of[^]*Regular[^]*Active[^]*You are signed up: [^]*Winter forum[^]*Your application is with us/) // prettier-ignore
  const { application_id } = await db.selectFrom('cohort_application').select('application_id').where('person_id', '=', person_id).executeTakeFirstOrThrow() // prettier-ignore
  await decideApplication(db, organizer, application_id, { state: 'accepted', why: '' }, now)
  await addSession(db, organizer, cohort_id, { held_on: '2026-12-05', title: '첫 모임' })
  expect(await home(newcomer, 'ko')).toMatch(/함께하시는 일[^]*겨울 포럼[^]*다음 모임 2026년 12월 5일\(토\): 첫 모임/)
  expect(await home(world.ours.actor(['member']), 'en')).not.toContain('What you are part of')
})

test('phone banks that go on are counted as on their own page: who cannot be called is not done; one whose dates are over is no longer there', async () => {
  const { organizer } = world.ours
  const db = world.database.of(organizer.organization_id)
  await addVoters(world.database.owner, [
    { voter_id: 1, phones: ['+17185550101'] },
    { voter_id: 2, phones: [] },
  ])
  await db
    .insertInto('contact_attempt')
    .values({
      organization_id: organizer.organization_id,
      attempt_id: randomUUID(),
      voter_id: 1,
      channel: 'door',
      disposition: 'no_answer',
      is_reached: false,
      made_by: 'Minji',
      attempted_at: new Date('2026-11-20T20:00:00Z'),
    })
    .execute()
  // Nobody has called yet (but somebody was at the door); both voters count, though PostgreSQL has estimated none so far.
  expect(await homeFacts(db, '2026-11-27', 'America/New_York')).toMatchObject({
    voters: { count: 2, is: 'counted' },
    has_phones: true,
    has_called: false,
  })
  expect(await (await world.as(organizer, [homeRoutes]).get('/')).text()).toMatch(
    /href="\/voters\/universes\/new">Continue/,
  )
  const bank = await makeBank(world, organizer, [1, 2])
  const { ends_on } = await db
    .selectFrom('phone_bank')
    .select('ends_on')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  const open = async (today: string) => (await homeFacts(db, today, 'America/New_York')).open
  expect(await open(ends_on)).toMatchObject([{ total: 2, done: 0, is_to_come: false }])
  expect(await open('2020-01-01')).toMatchObject([{ is_to_come: true }])
  expect((await homeFacts(db, addDays(ends_on, 1), 'America/New_York')).open).toEqual([])

  // The days are drawn once somebody has called, also after weeks without calls.
  const home = async () => (await world.as(organizer, [homeRoutes]).get('/')).text()
  expect(await home()).not.toContain('Calls by day')
  await world.database.owner
    .updateTable('contact_attempt')
    .set({ channel: 'phone', attempted_at: new Date('2026-09-01T20:00:00Z') })
    .where('voter_id', '=', 1)
    .execute()
  expect(await home()).toContain('Calls by day')
})

test.each([
  { estimate: 0, counted: 200_000, said: { count: 200_000, is: 'counted' } },
  // Just imported, and not estimated yet.
  { estimate: 0, counted: 200_001, said: { count: 200_000, is: 'more_than' } },
  { estimate: 200_400, counted: 0, said: { count: 200_000, is: 'more_than' } },
  { estimate: 13_214_567, counted: 0, said: { count: 13_200_000, is: 'about' } },
])('$estimate voters estimated, $counted counted', ({ estimate, counted, said }) => {
  expect(voterCount(estimate, counted)).toEqual(said)
})

test('the next events with who comes, for those who see events', async () => {
  const { organizer, organization_id } = world.ours
  const db = world.database.of(organization_id)
  const starts_at = new Date(world.installation.clock.now().getTime() + 7 * 86_400_000)
  await createEvent(
    db,
    organizer,
    {
      settings: {
        kind: 'social', time_zone: 'America/New_York', online_link: null, capacity: 12, guests_most: 0, accept_hours: 24,
        is_by_invitation: false, needs_approval: false, has_wait_list: true, reminder_hours: [],
      },
      content: { title: { en: 'Picnic', ko: '소풍' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
      shifts: [
        {
          shift_id: null, name: {}, starts_at, ends_at: new Date(starts_at.getTime() + 7_200_000), capacity: null,
          place: { name: { en: 'Kissena Park' }, address: '164-15 Booth Memorial Ave', city: 'Flushing', zip5: '11365', directions: {} },
        },
      ],
    },
    world.installation.clock.now(),
  ) // prettier-ignore
  const homeOf = async (roles: Parameters<typeof world.ours.actor>[0], language: string) =>
    (await world.as(world.ours.actor(roles), [homeRoutes]).get('/', { 'accept-language': language })).text()
  const korean = await homeOf(['organizer'], 'ko')
  expect(korean).toMatch(/다가오는 행사[^]*소풍[^]*Kissena Park[^]*정원 12명 중 0명 확정[^]*준비 중/)
  expect(await homeOf(['board'], 'en')).toContain('0 of 12 seats taken')
  expect(await homeOf(['member'], 'en')).not.toContain('Picnic')
})
