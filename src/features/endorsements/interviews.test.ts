import { expect, test } from 'vitest'
import { found } from '../../platform/errors.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { electionsKnown } from '../elections/contests/queries.ts'
import { contestRoutes } from '../elections/contests/routes.tsx'
import { membershipKinds } from '../people/membership/queries.ts'
import { answersPath } from './answers/links.ts'
import { inviteCandidate } from './answers/commands.ts'
import { answerRoutes } from './answers/routes.tsx'
import { publicBallotRoutes } from './ballots/public-routes.tsx'
import { ballotRoutes } from './ballots/routes.tsx'
import { makeCycle, openCycle, saveRules } from './cycles/commands.ts'
import { cycleById } from './cycles/queries.ts'
import { cycleRoutes } from './cycles/routes.tsx'
import { RulesForm, type TieKind, type TieRule } from './cycles/schema.ts'
import { sendInterviewMailJob } from './interviews/jobs.ts'
import { publicInterviewRoutes } from './interviews/public-routes.tsx'
import { interviewQuestionsOf, slotsOf } from './interviews/queries.ts'
import { isBarred } from './interviews/rules.ts'
import { interviewRoutes } from './interviews/routes.tsx'
import { mailOf } from './mails/mail.ts'
import { recommendationRoutes } from './recommendations/routes.tsx'
import { areAllIn, criteriaOf, panelSeats, scoresSeenBy } from './scores/queries.ts'
import { scoreRoutes } from './scores/routes.tsx'

const begin = '2027-02-01T17:00:00Z'
const world = await makeWorld(begin)
const { ours, installation } = world
const { organization_id } = ours
const { clock, secret } = installation
const { owner } = world.database
const db = world.database.of(organization_id)
const all = [
  cycleRoutes,
  publicInterviewRoutes,
  answerRoutes,
  interviewRoutes,
  scoreRoutes,
  recommendationRoutes,
  ballotRoutes,
  publicBallotRoutes,
]
const organizer = world.as(ours.organizer, all)
const stranger = world.as(world.theirs.organizer, all)
const everybody = world.as(null, all)
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()

const source_url = 'https://vote.nyc/'
const steward = world.as(ours.actor([], { is_steward: true }), [contestRoutes])
const primary = found((await electionsKnown(world.database.commons)).find(({ held_on }) => held_on === '2027-06-22'))
const made = await steward.post(`/elections/${primary.election_id}/contests`, { office: 'council_member', district: '20', party: 'dem', seats: '1', source_url }) // prettier-ignore
const contest = found(made.headers.get('location')?.split('/').at(-1))
for (const [name, name_ko] of [['Seoyeon Lee', '이서연'], ['Marcus Bell', ''], ['Ana Ruiz', '']] as const) // prettier-ignore
  await steward.post(`/contests/${contest}/candidates`, { name, name_ko, figure: 'new', lines: 'Democratic', status: 'on_ballot', status_on: '2027-01-30', source_url }) // prettier-ignore
const candidates = await owner.selectFrom('candidate').select('candidate_id').orderBy('candidate_id').execute()
const [seoyeon = 0, marcus = 0] = candidates.slice(-3).map(({ candidate_id }) => candidate_id)
const kind = found((await membershipKinds(db, organization_id))[0])

/** A cycle whose two candidates have links; times, panel and rubric are set up by the organizer. */
async function prepared(public_parts: string[] = ['recommendation']) {
  clock.set(begin)
  const named = { name: { en: 'Endorsements 2027', ko: '2027년 지지 후보 선정' }, intro: {} }
  const cycle_id = await makeCycle(db, ours.organizer, named, clock.now())
  const rules = RulesForm.parse({
    contest_ids: contest, voter_kinds: kind.kind, method: 'ranked', threshold_percent: '60', endorsements_most: '1',
    tie_paid_staff: 'leave_room', tie_family: 'no_vote', tie_candidate: 'leave_room', tie_volunteer: 'no_speaking', tie_donor: 'disclose',
    public_parts, late: 'marked', answers_by_on: '2027-03-31', vote_from_on: '2027-05-01', vote_until_on: '2027-05-03', announced_on: '2027-05-05',
  }) // prettier-ignore
  await saveRules(db, ours.organizer, cycle_id, { ...named, rules, reason: {} }, clock.now())
  await openCycle(db, ours.organizer, cycle_id, clock.now())
  const cycle = found(await cycleById(db, organization_id, cycle_id))
  const here = `/endorsements/${cycle_id}/interviews/${contest}`
  const links: string[] = []
  for (const [at, candidate_id] of [seoyeon, marcus].entries()) {
    const invitation = await inviteCandidate(db, ours.organizer, cycle, candidate_id, clock.now())
    const { invitation_id } = invitation
    await db.updateTable('endorsement_invitation').set({ email: `${at}@example.org`, language: at === 0 ? 'ko' : 'en' }).where('invitation_id', '=', invitation_id).execute() // prettier-ignore
    links.push(`${answersPath(secret, slug, invitation)}/interview`)
  }
  const does = async (form: Record<string, string>, path = here) =>
    expect((await organizer.post(path, form)).status, JSON.stringify(form)).toBe(303)
  await does({ act: 'slots', on: '2027-02-20', at: '18:00', count: '3', minutes: '30', pause_minutes: '10', place: 'Hall' }) // prettier-ignore
  await does({ act: 'until', book_until_on: '2027-02-15' })
  await does({ act: 'question', text_en: 'Why do you run?', text_ko: '왜 출마하십니까?', question_minutes: '3' })
  const rubric = `/endorsements/${cycle_id}/rubric`
  await does({ act: 'save', name_en: 'Housing', name_ko: '주거', weight: '3', means_5_en: 'Leads' }, rubric)
  await does({ act: 'save', name_en: 'Listening', weight: '1' }, rubric)
  const slots = await slotsOf(db, organization_id, cycle_id)
  const criteria = await criteriaOf(db, organization_id, cycle_id)
  return { cycle_id, here, rubric, links: links as [string, string], slots, criteria, does, of: { organization_id, cycle_id, contest_id: Number(contest) } } // prettier-ignore
}
type Prepared = Awaited<ReturnType<typeof prepared>>

async function panelist({ does }: Prepared, name: string) {
  const actor = ours.actor(['member'])
  await db.insertInto('member').values({ organization_id, user_id: actor.id, display_name: name, roles: ['member'] }).execute() // prettier-ignore
  await does({ act: 'add_panelist', member: actor.id })
  return { actor, id: actor.id, browser: world.as(actor, all) }
}
type Panelist = Awaited<ReturnType<typeof panelist>>

/** Both candidates come; it is the day after. */
async function interviewed(of: Prepared) {
  for (const [at, link] of of.links.entries())
    expect((await everybody.post(link, { act: 'take', slot: found(of.slots[at]).slot_id })).status).toBe(303)
  clock.set('2027-02-21T17:00:00Z')
}
const panelPath = ({ cycle_id }: Prepared): string => `/my-panels/${cycle_id}/${contest}`
const declare = (of: Prepared, { browser }: Panelist, form: Record<string, string> = {}) =>
  browser.post(panelPath(of), { act: 'ties', ...form })
function score(of: Prepared, { browser }: Panelist, candidate: number, marks: readonly number[], notes = '') {
  const marked = of.criteria.flatMap(({ criterion_id }, at) => (marks[at] ? [[`mark_${criterion_id}_${candidate}`, String(marks[at])]] : [])) // prettier-ignore
  const form = Object.fromEntries([['act', 'save'], ['candidate', String(candidate)], [`notes_${candidate}`, notes], ...marked]) // prettier-ignore
  return browser.post(panelPath(of), form)
}
const handIn = (of: Prepared, { browser }: Panelist) => browser.post(panelPath(of), { act: 'hand_in' })
const textOf = async (who: typeof everybody, path: string, language = 'en') =>
  (await who.get(path, { cookie: `language=${language}` })).text()

test('the mail that asks for answers names the interview and its last day, until the campaign has a time', async () => {
  const of = await prepared()
  const [link] = of.links
  const { invitation_id, number } = await db.selectFrom('endorsement_invitation').selectAll().where('cycle_id', '=', of.cycle_id).where('candidate_id', '=', seoyeon).executeTakeFirstOrThrow() // prettier-ignore
  const mail = await db.insertInto('endorsement_mail').values({ organization_id, invitation_id, sent_to: '0@example.org', link_number: number, answers_by_on: null, days_before: null, asked_by: 'Organizer', asked_at: clock.now(), sent_at: null }).returningAll().executeTakeFirstOrThrow() // prettier-ignore
  const told = async () => (await mailOf(installation, mail))?.text ?? ''
  expect(await told()).toContain('2027년 2월 15일(월)까지 같은 비공개 주소에서 면담 시간을 골라 주세요.')
  expect(await told()).toContain(`${link}?lang=ko`)
  expect((await everybody.post(link, { act: 'take', slot: found(of.slots[0]).slot_id })).status).toBe(303)
  expect(await told()).not.toContain('면담')
  await everybody.post(link, { act: 'give_back' })
  clock.set('2027-02-16T17:00:00Z')
  expect(await told()).toContain('계정 없이 바로 쓰실 수 있고')
  expect(await told()).not.toContain('면담')
})

test('of two campaigns that take one time at once, one has it and the other is told; changing and giving back frees it', async () => {
  const of = await prepared()
  const [first, second] = of.slots.map(({ slot_id }) => slot_id) as [string, string]
  const both = await Promise.all(
    of.links.map((link) => everybody.post(link, { act: 'take', slot: first, interpreter: 'Korean' })),
  )
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
  const loser = both.findIndex(({ status }) => status === 409)
  expect(await found(both[loser]).text()).toContain('Somebody else took this time')
  const [had, missed] = [found(of.links[1 - loser]), found(of.links[loser])]
  expect(await textOf(organizer, of.here)).toContain('Interpreter: Korean')
  expect((await everybody.post(had, { act: 'take', slot: second })).status).toBe(303)
  expect((await everybody.post(missed, { act: 'take', slot: first })).status).toBe(303)
  expect((await everybody.post(had, { act: 'take', slot: first })).status).toBe(409)
  const holders = async () => (await slotsOf(db, organization_id, of.cycle_id)).map(({ invitation_id }) => invitation_id !== null) // prettier-ignore
  expect(await holders()).toEqual([true, true, false])
  await everybody.post(missed, { act: 'give_back' })
  expect(await holders()).toEqual([false, true, false])
  expect((await everybody.post(`${missed}x`, { act: 'take', slot: first })).status).toBe(404)
  expect((await everybody.post(missed, { act: 'take' })).status).toBe(422)
  // Where to join is read by whoever has the time.
  const online_link = 'https://meet.example.org/room'
  await of.does({ act: 'slots', on: '2027-02-21', at: '18:00', count: '1', minutes: '30', pause_minutes: '10', online_link }) // prettier-ignore
  expect(await textOf(everybody, missed)).toContain('online')
  expect(await textOf(everybody, missed)).not.toContain(online_link)
  const online = found((await slotsOf(db, organization_id, of.cycle_id)).at(-1)).slot_id
  await everybody.post(missed, { act: 'take', slot: online })
  expect(await textOf(everybody, missed)).toContain(online_link)
  // Whoever looks at the times has their link.
  expect(await textOf(organizer, `/endorsements/${of.cycle_id}/candidates`)).toContain('1 asked, 1 opened')
})

test('the campaign is written to in its language with an entry for its calendar, and after the last day nothing changes', async () => {
  const of = await prepared()
  const [link] = of.links
  const [first, second] = of.slots.map(({ slot_id }) => slot_id) as [string, string]
  await workOff(world, [sendInterviewMailJob])
  world.mails.length = 0
  await everybody.post(link, { act: 'take', slot: first, access_needs: '휠체어 출입구' })
  await workOff(world, [sendInterviewMailJob])
  expect(world.mails).toMatchObject([{ to: '0@example.org', language: 'ko', calendars: [{ method: 'REQUEST' }] }])
  const mail = found(world.mails[0])
  for (const said of ['면담 시간', '오후 6시', '휠체어 출입구', link]) expect(mail.text).toContain(said)
  expect(mail.calendars?.[0]?.text).toContain('DTSTART;TZID=America/New_York:20270220T180000')
  await everybody.post(link, { act: 'take', slot: second })
  await everybody.post(link, { act: 'give_back' })
  await workOff(world, [sendInterviewMailJob])
  expect(world.mails.slice(1)).toMatchObject([{ calendars: [{ method: 'CANCEL' }] }])
  await everybody.post(link, { act: 'take', slot: second })
  clock.set('2027-02-16T17:00:00Z')
  expect((await everybody.post(link, { act: 'give_back' })).status).toBe(409)
  expect((await everybody.post(link, { act: 'take', slot: first })).status).toBe(409)
  expect(await textOf(everybody, `${link}?lang=ko`)).toContain('마감되어 여기서는 바꿀 수 없습니다')
  await of.does({ act: 'free', slot: second })
  expect((await slotsOf(db, organization_id, of.cycle_id)).every(({ invitation_id }) => invitation_id === null)).toBe(
    true,
  )
})

test('a campaign is told of its time once, also where the program ended while the mail was handed over', async () => {
  const of = await prepared()
  await workOff(world, [sendInterviewMailJob])
  world.mails.length = 0
  for (const [at, link] of of.links.entries())
    expect((await everybody.post(link, { act: 'take', slot: found(of.slots[at]).slot_id })).status).toBe(303)
  const [mail] = await db.selectFrom('endorsement_interview_mail').selectAll().where('slot_id', '=', found(of.slots[0]).slot_id).execute() // prettier-ignore
  await db.updateTable('endorsement_interview_mail').set({ handed_at: clock.now() }).where('mail_id', '=', found(mail).mail_id).execute() // prettier-ignore
  await workOff(world, [sendInterviewMailJob])
  expect(world.mails.map(({ to }) => to)).toEqual(['1@example.org'])
  const page = await textOf(organizer, of.here)
  expect(page).toContain('To 0@example.org: the program stopped while sending')
  expect(page).not.toContain('To 1@example.org')
  await everybody.post(found(of.links[0]), { act: 'give_back' })
  await workOff(world, [sendInterviewMailJob])
  expect(world.mails.map(({ to }) => to)).toEqual(['1@example.org', '0@example.org'])
  expect(await textOf(organizer, of.here)).not.toContain('the program stopped while sending')
})

test('times of a contest are equally long, and none begins while another goes on', async () => {
  const of = await prepared()
  const add = (given: Record<string, string>) =>
    organizer.post(of.here, { act: 'slots', on: '2027-02-20', at: '20:30', count: '1', minutes: '30', pause_minutes: '0', place: 'Hall', ...given }) // prettier-ignore
  const lengths = async () => (await slotsOf(db, organization_id, of.cycle_id)).map(({ minutes }) => minutes)
  const longer = await add({ minutes: '60' })
  expect(longer.status).toBe(422)
  expect(await longer.text()).toContain('equally much time')
  expect((await add({ at: '18:20' })).status).toBe(422) // the first is from 18:00 to 18:30
  expect(await lengths()).toEqual([30, 30, 30])
  expect((await add({})).status).toBe(303)
  expect((await add({})).status).toBe(303) // sent twice
  expect(await lengths()).toEqual([30, 30, 30, 30])
  // Of two lengths from before, what most of them last can still be added, and is what the form offers.
  await owner
    .updateTable('endorsement_slot')
    .set({ minutes: 20 })
    .where('slot_id', '=', found(of.slots[0]).slot_id)
    .execute()
  expect((await add({ at: '21:30', minutes: '20' })).status).toBe(422)
  expect(await textOf(organizer, of.here)).toMatch(/name="minutes"[^>]*value="30"|value="30"[^>]*name="minutes"/)
  expect((await add({ at: '21:30' })).status).toBe(303)
  expect(await lengths()).toEqual([20, 30, 30, 30, 30])
})

test('who was interviewed takes no other time and gives none back, also while times are offered', async () => {
  const of = await prepared()
  const [link] = of.links
  await of.does({ act: 'until', book_until_on: '2027-03-15' })
  await everybody.post(link, { act: 'take', slot: found(of.slots[0]).slot_id })
  clock.set('2027-02-20T23:10:00Z')
  expect((await everybody.post(link, { act: 'give_back' })).status).toBe(409)
  expect((await everybody.post(link, { act: 'take', slot: found(of.slots[2]).slot_id })).status).toBe(409)
  expect((await slotsOf(db, organization_id, of.cycle_id)).map(({ candidate_id }) => candidate_id)).toEqual([seoyeon, null, null]) // prettier-ignore
})

test('once the first candidate was asked, and once somebody scored, questions and rubric stay', async () => {
  const of = await prepared()
  const ann = await panelist(of, 'Ann')
  const [question] = await interviewQuestionsOf(db, organization_id, of.cycle_id, Number(contest))
  const another = { act: 'question', text_en: 'Another?', question_minutes: '2' }
  await of.does(another)
  await interviewed(of)
  expect((await organizer.post(of.here, another)).status).toBe(422)
  expect((await organizer.post(of.here, { act: 'remove_question', question: found(question).question_id })).status).toBe(422) // prettier-ignore
  await of.does({ act: 'save', name_en: 'Courage', weight: '1' }, of.rubric)
  await declare(of, ann)
  await score(of, ann, seoyeon, [5, 4])
  const late = { act: 'save', name_en: 'Late', weight: '9' }
  expect((await organizer.post(of.rubric, late)).status).toBe(422)
  expect(await criteriaOf(db, organization_id, of.cycle_id)).toHaveLength(3)
  expect((await organizer.post(of.here, { act: 'remove_panelist', member: ann.id })).status).toBe(422)
})

test('a save before the interview, or without a mark, fixes nothing', async () => {
  const of = await prepared()
  const ann = await panelist(of, 'Ann')
  await declare(of, ann)
  for (const [at, link] of of.links.entries())
    await everybody.post(link, { act: 'take', slot: found(of.slots[at]).slot_id })
  const own = () => scoresSeenBy(db, of.of, ann.id)
  expect((await score(of, ann, seoyeon, [5, 4], 'Too early')).status).toBe(303)
  expect(await textOf(ann.browser, panelPath(of))).toContain('once this interview begins')
  await of.does({ act: 'question', text_en: 'Another?', question_minutes: '2' })
  expect(await textOf(organizer, of.here)).not.toContain('The questions take')
  await of.does({ act: 'question', text_en: 'All of it?', question_minutes: '26' })
  expect(await textOf(organizer, of.here)).toContain('The questions take 31 minutes, an interview has 30.')
  clock.set('2027-02-21T17:00:00Z')
  await score(of, ann, seoyeon, [])
  expect(await own()).toEqual([])
  await score(of, ann, seoyeon, [], 'Came late')
  expect(await own()).toMatchObject([{ notes: 'Came late', marks: {} }])
  await of.does({ act: 'save', name_en: 'Courage', weight: '1' }, of.rubric)
  await of.does({ act: 'remove_panelist', member: ann.id })
})

test('no press of a button loses what another card holds', async () => {
  const of = await prepared()
  const ann = await panelist(of, 'Ann')
  await interviewed(of)
  await declare(of, ann)
  const card = (candidate: number, marks: readonly number[]) => ({
    [`notes_${candidate}`]: `of ${candidate}`,
    ...Object.fromEntries(
      marks.map((mark, at) => [`mark_${found(of.criteria[at]).criterion_id}_${candidate}`, String(mark)]),
    ),
  })
  const press = (form: Record<string, string>) => ann.browser.post(panelPath(of), form)
  expect((await press({ ...card(seoyeon, [5, 4]), ...card(marcus, [3]), candidate: String(seoyeon) })).status).toBe(303)
  const saved = async () =>
    (await scoresSeenBy(db, of.of, ann.id)).map(({ marks, notes }) => [Object.values(marks).toSorted(), notes])
  expect(await saved()).toEqual([
    [[4, 5], `of ${seoyeon}`],
    [[3], `of ${marcus}`],
  ])
  // A page opened before anything was saved, with Marcus' card as it was then: empty.
  const seen = { [`seen_${marcus}`]: JSON.stringify([of.criteria.map(() => null), '']), [`notes_${marcus}`]: '' }
  expect((await press({ ...card(seoyeon, [5, 4]), ...seen, candidate: String(seoyeon) })).status).toBe(303)
  expect(await saved()).toMatchObject([{}, [[3], `of ${marcus}`]])
  expect((await press({ ...card(seoyeon, [5, 5]), ...card(marcus, [3]), act: 'hand_in' })).status).toBe(422)
  expect(await saved()).toEqual([
    [[5, 5], `of ${seoyeon}`],
    [[3], `of ${marcus}`],
  ])
  expect((await press({ ...card(seoyeon, [5, 5]), ...card(marcus, [3, 2]), act: 'hand_in' })).status).toBe(303)
  expect(await saved()).toEqual([
    [[5, 5], `of ${seoyeon}`],
    [[2, 3], `of ${marcus}`],
  ])

  await owner.updateTable('candidate').set({ status: 'withdrawn' }).where('candidate_id', '=', marcus).execute()
  try {
    expect(await textOf(organizer, `/endorsements/${of.cycle_id}/scores/${contest}`)).toContain('Marcus Bell')
  } finally {
    await owner.updateTable('candidate').set({ status: 'on_ballot' }).where('candidate_id', '=', marcus).execute()
  }
})

test('who scores reads no answers before saying their ties, nor where one bars them', async () => {
  const of = await prepared()
  const actor = ours.actor(['board'])
  const board = world.as(actor, all)
  await db.insertInto('member').values({ organization_id, user_id: actor.id, display_name: 'Dana', roles: ['board'] }).execute() // prettier-ignore
  const answers = `/endorsements/${of.cycle_id}/answers/${contest}`
  expect((await board.get(answers)).status).toBe(200)
  await of.does({ act: 'add_panelist', member: actor.id })
  for (const [form, status] of [
    [null, 303],
    [{}, 200],
    [{ 'ties[]': 'family' }, 303],
  ] as const) {
    // prettier-ignore
    if (form) await board.post(panelPath(of), { act: 'ties', ...form })
    expect((await board.get(answers)).status).toBe(status)
  }
})

const rulesOfTies = { no_vote: true, leave_room: true, no_speaking: false, disclose: false } as const
test.each(
  [[], ['Ann'], ['Ann', 'Bo']].flatMap((are_in) =>
    Object.entries(rulesOfTies).map(([rule, is_barred]) => ({ are_in, rule: rule as TieRule, is_barred })),
  ),
)('$are_in handed in, a tie of Bo under $rule: the page and the database agree on who is barred and whether all are in', async ({ are_in, rule, is_barred }) => {
  const of = await prepared()
  const [ann, bo] = [await panelist(of, 'Ann'), await panelist(of, 'Bo')]
  const in_at = (name: string) => ({ handed_in_at: are_in.includes(name) ? clock.now() : null })
  const set = ({ id }: Panelist, to: { ties: TieKind[]; handed_in_at: Date | null }) =>
    db.updateTable('endorsement_panelist').set(to).where('cycle_id', '=', of.cycle_id).where('user_id', '=', id).execute()
  const cycle = found(await cycleById(db, organization_id, of.cycle_id))
  const rules = { ...found(cycle.rules), ties: { ...found(cycle.rules).ties, donor: rule } }
  await saveRules(db, ours.organizer, of.cycle_id, { ...cycle, rules, reason: { en: 'So.' } }, clock.now())
  await set(ann, { ties: [], ...in_at('Ann') })
  await set(bo, { ties: ['donor'], ...in_at('Bo') })
  await db.insertInto('endorsement_score').values({ organization_id, cycle_id: of.cycle_id, contest_id: Number(contest), user_id: ann.id, candidate_id: seoyeon, marks: '{"x":3}', notes: '', saved_at: clock.now() }).execute() // prettier-ignore
  const panel = await panelSeats(db, of.of)
  expect(panel.map((seat) => seat.is_barred)).toEqual([false, is_barred])
  expect(isBarred(['donor'], rules)).toBe(is_barred)
  const isShown = (await scoresSeenBy(db, of.of, ours.organizer.id)).length > 0
  expect(isShown).toBe(areAllIn(panel))
}) // prettier-ignore

test('nobody sees scores or notes of others until all of the panel are in; then each sees means, spread and division', async () => {
  const of = await prepared()
  const [ann, bo, carl] = [await panelist(of, 'Ann'), await panelist(of, 'Bo'), await panelist(of, 'Carl')]
  await interviewed(of)
  const page = panelPath(of)
  expect(await textOf(ann.browser, page)).not.toContain('Why do you run?')
  expect((await ann.browser.get(`${page}/answers`)).headers.get('location')).toBe(page)
  for (const each of [ann, bo]) await declare(of, each)
  // Of the family of a candidate: listed, and in nobody's way.
  await declare(of, carl, { 'ties[]': 'family' })
  expect(await textOf(carl.browser, page)).toContain('you do not score this contest')
  expect((await score(of, carl, seoyeon, [5, 5])).status).toBe(409)
  expect(await textOf(ann.browser, page)).toContain('data-timer="180"')

  await score(of, ann, seoyeon, [5, 3], 'Ann liked her')
  expect((await handIn(of, ann)).status).toBe(422)
  await score(of, ann, marcus, [3, 3])
  expect((await handIn(of, ann)).status).toBe(303)
  expect((await score(of, ann, marcus, [1, 1])).status).toBe(409)
  await score(of, bo, seoyeon, [1, 3], 'Bo had doubts')
  await score(of, bo, marcus, [3, 3])
  const seen = async (reader: string) => (await scoresSeenBy(db, of.of, reader)).map(({ display_name }) => display_name)
  expect(await seen(ann.id)).toEqual(['Ann', 'Ann'])
  expect(await seen(bo.id)).toEqual(['Bo', 'Bo'])
  expect(await seen(ours.organizer.id)).toEqual([])
  expect(await scoresSeenBy(world.database.of(world.theirs.organization_id), of.of, ann.id)).toEqual([])
  const scores = `/endorsements/${of.cycle_id}/scores/${contest}`
  for (const [who, path] of [
    [bo.browser, page],
    [organizer, scores],
    [organizer, of.here],
  ] as const)
    // prettier-ignore
    expect(await textOf(who, path)).not.toContain('Ann liked her')
  expect((await organizer.post(of.here, { act: 'add_panelist', member: bo.id })).status).toBe(422)

  expect((await handIn(of, bo)).status).toBe(303)
  for (const who of [ann, bo])
    for (const said of ['Ann liked her', 'Bo had doubts', 'Mean 3.00 of 5', 'From 1.50 to 4.50, standard deviation 1.50', 'divided most on “Housing”: from 1 to 5', 'Took no time, so not scored: Ana Ruiz', 'Carl (Tie:'])
      expect(await textOf(who.browser, page)).toContain(said) // prettier-ignore
  expect(await textOf(organizer, scores, 'ko')).toContain('평균 3.00점')
  expect((await declare(of, carl)).status).toBe(409)
  expect((await stranger.get(scores)).status).toBe(404)
  expect((await world.as(ours.actor(['member']), all).get(page)).status).toBe(404)
})

test('scoring is closed once the cycle is open, not before', async () => {
  const of = await prepared()
  await panelist(of, 'Ann')
  const scores = `/endorsements/${of.cycle_id}/scores/${contest}`
  const page = async () => (await organizer.get(scores)).text()
  expect(await page()).toContain('Close the scoring')
  await owner.updateTable('endorsement_cycle').set({ opened_at: null }).where('cycle_id', '=', of.cycle_id).execute()
  expect(await page()).not.toContain('Close the scoring')
  expect((await organizer.post(scores, { reason: 'Enough.' })).status).toBe(409)
})

test('an organizer closes the scoring with a reason; what was not handed in does not count and is never shown', async () => {
  const of = await prepared()
  const [ann, bo] = [await panelist(of, 'Ann'), await panelist(of, 'Bo')]
  await interviewed(of)
  for (const each of [ann, bo]) {
    await declare(of, each)
    for (const candidate of [seoyeon, marcus]) await score(of, each, candidate, [4, 4], `note of ${each.id}`)
  }
  await handIn(of, ann)
  expect((await organizer.post(of.here, { act: 'remove_panelist', member: bo.id })).status).toBe(422)
  const scores = `/endorsements/${of.cycle_id}/scores/${contest}`
  expect((await organizer.post(scores, { reason: ' ' })).status).toBe(422)
  expect((await organizer.post(scores, { reason: 'Bo moved away.' })).status).toBe(303)
  const page = await textOf(organizer, scores)
  expect(page).toContain('Bo moved away.')
  expect(page).toContain(`note of ${ann.id}`)
  expect(page).not.toContain(`note of ${bo.id}`)
  expect((await handIn(of, bo)).status).toBe(409)
})

test('scores are not handed in before the last interview is over', async () => {
  const of = await prepared()
  const ann = await panelist(of, 'Ann')
  await interviewed(of)
  await declare(of, ann)
  for (const candidate of [seoyeon, marcus]) await score(of, ann, candidate, [4, 4])
  clock.set('2027-02-20T23:10:00Z')
  expect((await handIn(of, ann)).status).toBe(422)
  clock.set('2027-02-20T23:50:00Z') // in the last interview
  expect((await handIn(of, ann)).status).toBe(422)
  clock.set('2027-02-21T00:30:00Z')
  const { name, intro, rules } = found(await cycleById(db, organization_id, of.cycle_id))
  const changed = (donor: 'no_speaking' | 'no_vote') =>
    saveRules(db, ours.organizer, of.cycle_id, { name, intro, rules: { ...found(rules), ties: { ...found(rules).ties, donor } }, reason: { en: 'We thought again.' } }, clock.now()) // prettier-ignore
  expect(await changed('no_speaking')).toEqual({ ok: true })
  expect((await handIn(of, ann)).status).toBe(303)
  expect(await changed('no_vote')).toEqual({ ok: false, problem: 'scored' })
})

test.each([
  { parts: ['recommendation'], is_public: true },
  { parts: ['answers'], is_public: false },
])(
  'with $parts public, a recommendation that is shown is read by everybody: $is_public',
  async ({ parts, is_public }) => {
    const of = await prepared(parts)
    const here = `/endorsements/${of.cycle_id}/recommendation/${contest}`
    const open = `/c/${slug}/${of.cycle_id}`
    const written = { 'candidates[]': String(seoyeon), reasons_en: 'She answers the phone.', minority_ko: '경험이 부족합니다.', minority_by: '' } // prettier-ignore
    expect((await organizer.post(here, { ...written, reasons_en: '', act: 'show' })).status).toBe(422)
    expect((await organizer.post(here, { ...written, act: 'save' })).status).toBe(303)
    expect(await textOf(everybody, open)).not.toContain('She answers the phone.')
    expect((await organizer.post(here, { ...written, act: 'show' })).status).toBe(303)
    // Written from an older page, nothing is lost.
    const seen = JSON.stringify({ [`reasons_en`]: 'She came.', minority_by: '', candidates: String(seoyeon) })
    const stale = await organizer.post(here, { ...written, reasons_en: 'She calls back.', seen, act: 'show' })
    expect(stale.status).toBe(409)
    const page = await textOf(everybody, open, 'ko')
    expect(page.includes('She answers the phone.')).toBe(is_public)
    expect(page.includes('경험이 부족합니다.')).toBe(is_public)
    expect(await textOf(organizer, here)).toContain('한국어: 1 of 2')
    expect((await stranger.get(here)).status).toBe(404)
  },
)
