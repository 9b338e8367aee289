import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { homeRoutes } from '../../app/home-routes.tsx'
import { found } from '../../platform/errors.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { mayDo } from '../access/permissions.ts'
import { electionsKnown } from '../elections/contests/queries.ts'
import { campaignRoutes } from '../campaigns/routes.tsx'
import { contestRoutes } from '../elections/contests/routes.tsx'
import { membershipKinds } from '../people/membership/queries.ts'
import { answerRoutes } from './answers/routes.tsx'
import { endorsementFileRoutes } from './files/routes.tsx'
import { sendBallotJob } from './ballots/jobs.ts'
import { provenReceipt } from './ballots/links.ts'
import { paperReceipt } from './ballots/paper-commands.ts'
import { paperBallotRoutes } from './ballots/paper-routes.tsx'
import { publicBallotRoutes } from './ballots/public-routes.tsx'
import { voteOf } from './ballots/queries.ts'
import { ballotRoutes } from './ballots/routes.tsx'
import { cycleRoutes } from './cycles/routes.tsx'
import { Rules } from './cycles/schema.ts'
import { endorsementRemindersJob, sendCampaignMailJob } from './mails/jobs.ts'
import { mailsOf } from './mails/queries.ts'
import { questionsOf } from './questions/queries.ts'
import { sendLetterJob } from './results/jobs.ts'
import { announcementRoutes } from './results/public-routes.tsx'
import { voteFacts } from './results/queries.ts'
import { endorsementResultRoutes } from './results/routes.tsx'
import { endorsementQuestionRoutes } from './questions/routes.tsx'
// The page of a campaign has words of the rooms above it.
import '../phonebanks/messages.ts'

const world = await makeWorld('2027-02-01T17:00:00Z')
const { ours } = world
const { organization_id } = ours
const { owner } = world.database
const db = world.database.of(organization_id)
const all = [
  homeRoutes,
  cycleRoutes,
  endorsementQuestionRoutes,
  answerRoutes,
  endorsementFileRoutes,
  ballotRoutes,
  paperBallotRoutes,
  publicBallotRoutes,
  endorsementResultRoutes,
  announcementRoutes,
]
const organizer = world.as(ours.organizer, all)
const board = world.as(ours.actor(['board']), all)
const actorOfBoard = () => ours.actor(['board'])
const stranger = world.as(world.theirs.organizer, all)
const everybody = world.as(null, all)
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
const steward = world.as(ours.actor([], { is_steward: true }), [contestRoutes])

const source_url = 'https://vote.nyc/'
const primary = found((await electionsKnown(world.database.commons)).find(({ held_on }) => held_on === '2027-06-22'))
const made = await steward.post(`/elections/${primary.election_id}/contests`, { office: 'council_member', district: '20', party: 'dem', seats: '1', source_url }) // prettier-ignore
const contest = found(made.headers.get('location')?.split('/').at(-1))
for (const [name, name_ko] of [['Seoyeon Lee', '이서연'], ['Marcus Bell', '']] as const) // prettier-ignore
  await steward.post(`/contests/${contest}/candidates`, { name, name_ko, figure: 'new', lines: 'Democratic', status: 'on_ballot', status_on: '2027-01-30', source_url }) // prettier-ignore
const candidates = await owner.selectFrom('candidate').select('candidate_id').orderBy('candidate_id').execute()
const [seoyeon, marcus] = candidates.slice(-2).map(({ candidate_id }) => String(candidate_id)) as [string, string]
const kind = found((await membershipKinds(db, organization_id))[0])

const names = { name_en: 'Endorsements 2027', name_ko: '2027년 지지 후보 선정' }
const rules = {
  ...names, contest_ids: contest, voter_kinds: kind.kind, method: 'ranked', threshold_percent: '60', quorum: '12', endorsements_most: '1',
  tie_paid_staff: 'leave_room', tie_family: 'no_vote', tie_candidate: 'leave_room', tie_volunteer: 'no_speaking', tie_donor: 'disclose',
  late: 'marked', answers_by_on: '2027-03-31', vote_from_on: '2027-05-01', vote_until_on: '2027-05-03', announced_on: '2027-05-05',
} // prettier-ignore

beforeEach(() => world.installation.clock.set('2027-02-01T17:00:00Z'))

const startCycle = async (): Promise<string> => {
  const answer = await organizer.post('/endorsements/new', names)
  return found(answer.headers.get('location')?.split('/').at(-2))
}
const openedCycle = async (): Promise<string> => {
  const cycle = await startCycle()
  expect((await organizer.post(`/endorsements/${cycle}/rules`, rules)).status).toBe(303)
  expect((await organizer.post(`/endorsements/${cycle}/open`, {})).status).toBe(303)
  return cycle
}
const textOf = async (path: string, { who = everybody, language = 'en' } = {}): Promise<string> => {
  const answer = await who.get(path, { cookie: `language=${language}` })
  expect(answer.status, path).toBe(200)
  return answer.text()
}
const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const ask = (cycle: string, form: Record<string, string>) =>
  organizer.post(`/endorsements/${cycle}/questions/new`, { asked_in: '', is_needed: 'yes', ...form })
const invite = async (cycle: string, candidate: string, act = 'invite') =>
  expect((await organizer.post(`/endorsements/${cycle}/candidates`, { candidate, act })).status).toBe(303)
const linkTo = async (cycle: string): Promise<string> => {
  const page = await textOf(`/endorsements/${cycle}/candidates`, { who: organizer })
  return found(/value="[^"]*(\/c\/[^"]*\/answers\/[^"]*)"/.exec(page)?.[1])
}

test('a draft made by mistake is taken out with all that was written for it; what is open stays', async () => {
  const cycle = await startCycle()
  const here = `/endorsements/${cycle}`
  expect(await textOf(`${here}/candidates`, { who: organizer })).toContain('Write down the rules first')
  expect(await textOf(`${here}/candidates`, { who: board })).not.toContain(`href="${here}/rules"`)
  await organizer.post(`${here}/rules`, rules)
  await ask(cycle, { kind: 'text', text_en: 'Why?' })
  expect(await textOf(here, { who: organizer })).toContain('Take this draft out')
  expect((await stranger.post(`${here}/remove`, {})).status).toBe(404)
  expect((await board.post(`${here}/remove`, {})).status).toBe(403)
  expect((await organizer.post(`${here}/remove`, {})).status).toBe(303)
  expect((await organizer.get(here)).status).toBe(404)
  expect((await organizer.post(`${here}/remove`, {})).status).toBe(404)
  const open = await openedCycle()
  expect(await textOf(`/endorsements/${open}`, { who: organizer })).not.toContain('Take this draft out')
  expect((await organizer.post(`/endorsements/${open}/remove`, {})).status).toBe(409)
})

test('with a draft goes all of its tables; what names it keeps it whole, and is named', async () => {
  const draft = async (): Promise<string> => {
    const cycle = await startCycle()
    await organizer.post(`/endorsements/${cycle}/rules`, rules)
    return cycle
  }
  const cycle_id = await draft()
  await ask(cycle_id, { kind: 'text', text_en: 'Why?' })
  const of = { organization_id, cycle_id, contest_id: Number(contest) }
  const text = JSON.stringify({ en: 'Housing' })
  const ann = ours.actor(['member'])
  await db.insertInto('member').values({ organization_id, user_id: ann.id, display_name: 'Ann', roles: ['member'] }).execute() // prettier-ignore
  const at = world.installation.clock.now()
  await db
    .insertInto('endorsement_interviews')
    .values({ ...of, book_until_on: '2027-03-01' })
    .execute()
  await db.insertInto('endorsement_slot').values({ ...of, starts_at: at, minutes: 30, place: 'Office', online_link: null }).execute() // prettier-ignore
  await db
    .insertInto('endorsement_interview_question')
    .values({ ...of, position: 1, text, minutes: 5 })
    .execute()
  await db
    .insertInto('endorsement_panelist')
    .values({ ...of, user_id: ann.id })
    .execute()
  await db.insertInto('endorsement_criterion').values({ organization_id, cycle_id, position: 1, name: text, weight: 1, means_1: '{}', means_3: '{}', means_5: '{}' }).execute() // prettier-ignore
  await db.insertInto('endorsement_recommendation').values({ ...of, candidate_ids: [], reasons: '{}', minority: '{}', minority_by: '', saved_by: 'Ann', saved_at: at }).execute() // prettier-ignore
  const rowsOf = async (of_cycle: string) => {
    const { rows } = await sql<{ name: string }>`select c.table_name::text as name from information_schema.columns c
      where c.table_schema = 'public' and c.column_name = 'cycle_id' and starts_with(c.table_name, 'endorsement_') order by 1`.execute(owner)
    const held: string[] = []
    for (const { name } of rows) {
      const { rows: own } = await sql`select from ${sql.table(name)} where cycle_id = ${of_cycle}`.execute(owner)
      if (own.length > 0) held.push(name)
    }
    return held
  } // prettier-ignore
  const all_of_it = ['endorsement_contest', 'endorsement_criterion', 'endorsement_cycle', 'endorsement_interview_question', 'endorsement_interviews', 'endorsement_panelist', 'endorsement_question', 'endorsement_recommendation', 'endorsement_rules', 'endorsement_slot'] // prettier-ignore
  expect(await rowsOf(cycle_id)).toEqual(all_of_it)

  await sql`insert into voter_guide (organization_id, election_id, kind, title, cycle_id, made_by, made_at, editor_ids, edited_by, edited_at)
    values (${organization_id}, ${primary.election_id}, 'own', '{"en": "June"}', ${cycle_id}, 'Ann', now(), '{}', 'Ann', now())`.execute(
    owner,
  )
  const remove = async (language = 'en') => {
    const answer = await organizer.post(`/endorsements/${cycle_id}/remove`, {}, { cookie: `language=${language}` })
    return { status: answer.status, text: await answer.text() }
  }
  expect(await remove()).toEqual({ status: 422, text: expect.stringContaining('a voter guide takes its answers from it') }) // prettier-ignore
  expect((await remove('ko')).text).toContain('답변을 쓰는 후보 비교 안내가 있습니다')
  expect(await rowsOf(cycle_id)).toEqual(all_of_it)
  await sql`delete from voter_guide where cycle_id = ${cycle_id}`.execute(owner)

  // As it could be closed before the cycle opened: it goes with the draft, the activity log keeps it.
  await owner.insertInto('endorsement_scoring_closed').values({ ...of, reason: 'Enough.', closed_by: 'Ann', closed_at: at }).execute() // prettier-ignore
  expect((await remove()).status).toBe(303)
  expect(await owner.selectFrom('endorsement_scoring_closed').selectAll().execute()).toEqual([])
  expect(await rowsOf(cycle_id)).toEqual([])
})

test('one choice by a share gives one endorsement at most; rules that said more before keep their days movable', async () => {
  const cycle = await startCycle()
  const here = `/endorsements/${cycle}`
  const two = { ...rules, method: 'plurality', endorsements_most: '2' }
  const refused = await organizer.post(`${here}/rules`, two)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('With one choice only one can have so many votes')
  expect((await organizer.post(`${here}/rules`, { ...two, votes_needed: 'most' })).status).toBe(303)
  expect((await organizer.post(`${here}/rules`, { ...two, endorsements_most: '1' })).status).toBe(303)

  // As they could be saved before.
  await owner
    .updateTable('endorsement_rules')
    .set({ rules: sql`rules || '{"endorsements_most": 2}'` })
    .where('cycle_id', '=', cycle)
    .execute()
  expect((await organizer.post(`${here}/rules`, { ...two, quorum: '20' })).status).toBe(303)
  expect((await organizer.post(`${here}/rules`, { ...two, threshold_percent: '70' })).status).toBe(422)
  expect((await organizer.post(`${here}/rules`, { ...two, announced_on: '2027-05-06' })).status).toBe(303)
})

test('rules are free until the cycle opens, then a change needs a reason that everybody reads', async () => {
  const cycle = await startCycle()
  const here = `/endorsements/${cycle}`
  const open = `/c/${slug}/${cycle}`
  expect((await organizer.post(`${here}/open`, {})).status).toBe(409)
  await organizer.post(`${here}/rules`, rules)
  expect((await organizer.post(`${here}/rules`, { ...rules, quorum: '20' })).status).toBe(303)
  expect((await everybody.get(open)).status).toBe(404)
  expect((await organizer.post(`${here}/open`, {})).status).toBe(303)

  const page = await textOf(open)
  expect(page).toContain('Council Member, City Council District 20')
  expect(page).toContain(kind.name.en)
  expect(page).toContain('fewer than 20 ballots')
  expect(page).toContain('the rules are as they were when it opened')
  expect(await textOf(open, { language: 'ko' })).toContain('투표수가 20표보다 적으면')

  const silent = await organizer.post(`${here}/rules`, { ...rules, quorum: '30' })
  expect(silent.status).toBe(422)
  expect(await silent.text()).toContain('value="30"')
  expect(await textOf(open)).not.toContain('fewer than 30')
  expect((await organizer.post(`${here}/rules`, { ...rules, quorum: '30', reason_en: 'Many joined.' })).status).toBe(
    303,
  )
  const changed = await textOf(open)
  expect(changed).toContain('Many joined.')
  expect(changed).toContain('fewer than 20 ballots')
  expect(changed).toContain('fewer than 30 ballots')
})

test('another organization sees no cycle of ours and changes none', async () => {
  const cycle = await startCycle()
  expect((await stranger.get(`/endorsements/${cycle}`)).status).toBe(404)
  expect((await stranger.post(`/endorsements/${cycle}/rules`, rules)).status).toBe(404)
  expect(await textOf('/endorsements', { who: stranger })).not.toContain(cycle)
})

test('questions are ordered, show what is not translated, and are taken over by the next cycle', async () => {
  const cycle = await openedCycle()
  const here = `/endorsements/${cycle}/questions`
  await ask(cycle, { kind: 'section', text_en: 'Housing', text_ko: '주거' })
  await ask(cycle, { kind: 'text', text_en: 'What have you done?', words_most: '250', asked_in: `contest:${contest}` })
  expect(
    (await ask(cycle, { kind: 'ranking', text_en: 'Rank', choices_en: 'Rent\nBuses', choices_ko: '집세' })).status,
  ).toBe(422)
  expect((await ask(cycle, { kind: 'text' })).status).toBe(422)
  const english = await textOf(here, { who: organizer })
  expect(english).toContain('English: 2 of 2')
  expect(english).toContain('up to 250 words')
  expect(await textOf(here, { who: organizer, language: 'ko' })).toContain('625자까지')
  expect(english).toContain('한국어: 1 of 2')

  const [first] = await questionsOf(db, organization_id, cycle)
  await organizer.post(`${here}/${first?.question_id}/move`, { to: 'down' })
  expect((await questionsOf(db, organization_id, cycle)).map((each) => each.kind)).toEqual(['text', 'section'])

  const next = await startCycle()
  expect((await organizer.post(`/endorsements/${next}/questions/copy`, { from: cycle })).status).toBe(303)
  const copied = await questionsOf(db, organization_id, next)
  expect(copied.map(({ kind: of, office, contest_id }) => [of, office, contest_id])).toEqual([
    ['text', 'council_member', null],
    ['section', null, null],
  ])
  await organizer.post(`${here}/${first?.question_id}/remove`, {})
  expect(await questionsOf(db, organization_id, cycle)).toHaveLength(1)
})

test('a candidate answers in two sittings, signs, and what was signed stays as it was', async () => {
  const cycle = await openedCycle()
  await ask(cycle, {
    kind: 'position',
    text_en: 'Good cause eviction?',
    text_ko: '정당한 사유 퇴거 제한에 찬성하십니까?',
  })
  await ask(cycle, { kind: 'text', text_en: 'Why do you run?', words_most: '10' })
  await invite(cycle, seoyeon)
  const link = await linkTo(cycle)
  const [position, text] = (await questionsOf(db, organization_id, cycle)).map(({ question_id }) => question_id)
  const [choice, why] = [`choice_${position}`, `text_${text}`]

  expect(await textOf(link, { language: 'ko' })).toContain('정당한 사유 퇴거 제한에 찬성하십니까?')
  expect((await everybody.post(link, { [choice]: 'yes', act: 'save' })).status).toBe(303)
  expect(await textOf(`/endorsements/${cycle}/candidates`, { who: organizer })).toContain('begun')
  expect(await textOf(link)).toMatch(new RegExp(`name="${choice}"[^>]*checked=""[^>]*value="yes"|name="${choice}"[^>]*value="yes"[^>]*checked=""`)) // prettier-ignore

  const unsigned = await everybody.post(link, { [choice]: 'yes', [why]: '집', act: 'sign' })
  expect(unsigned.status).toBe(422)
  const signing = { [choice]: 'yes', signed_by: 'Seoyeon Lee', i_sign: 'yes', act: 'sign' }
  const long = await everybody.post(`${link}?lang=ko`, { ...signing, [why]: '집'.repeat(28) })
  expect(long.status).toBe(422)
  expect(await long.text()).toContain('글이 너무 깁니다. 지금 28자입니다(영어로는 12단어).')
  expect(await textOf(link)).toContain('집'.repeat(28)) // kept, though not sent
  const said = '<b>집값</b> 때문에'
  expect((await everybody.post(link, { ...signing, [why]: said })).status).toBe(303)
  expect((await everybody.post(link, { ...signing, [why]: said })).status).toBe(303) // an impatient thumb

  const receipt = await textOf(link)
  const canonical = await textOf(`${link}/1`)
  expect(receipt).toContain(createHash('sha256').update(canonical).digest('hex'))
  expect((await everybody.get(`${link}/2`)).status).toBe(404)
  // What was saved last is what was sent.
  const amending = await textOf(`${link}${link.includes('?') ? '&' : '?'}amend=1`)
  expect(amending).toContain('makes an amendment')
  expect(amending).not.toContain('It is not sent yet')
  const side = await textOf(`/endorsements/${cycle}/answers/${contest}`, { who: board })
  expect(side).toContain('&lt;b&gt;집값&lt;/b&gt; 때문에')
  expect(side).toContain('no answer') // of Marcus Bell, who was not asked
  expect((await ask(cycle, { kind: 'text', text_en: 'One more?' })).status).toBe(422)
  await expect(sql`update endorsement_submission set canonical = ''`.execute(db)).rejects.toThrow('permission denied')

  world.installation.clock.set('2027-04-01T12:00:00Z') // late, marked
  expect((await everybody.post(link, { ...signing, [why]: '교통' })).status).toBe(303)
  const table = await textOf(`/endorsements/${cycle}/candidates`, { who: organizer })
  expect(table).toContain('amended once')
  expect(table).not.toContain('which is not the candidate’s name')
  expect(table).toContain('late')
  const beside = await textOf(`/endorsements/${cycle}/answers/${contest}`, { who: board })
  expect(beside).toMatch(/Seoyeon Lee[^]{0,200}>late<[^]{0,200}>amended once</)
  expect(await textOf(`${link}/1`)).toBe(canonical)
  const staff = { ...signing, signed_by: 'Minji Kim', [why]: '버스' }
  expect((await everybody.post(link, staff)).status).toBe(303)
  expect(await textOf(`/endorsements/${cycle}/candidates`, { who: organizer })).toContain('Signed as “Minji Kim”')
  world.installation.clock.set('2027-05-01T12:00:00Z')
  expect((await everybody.post(link, { ...signing, [why]: '버스' })).status).toBe(410)
})

test('two devices write beside each other; where both wrote nothing is saved, and nobody signs what they have not read', async () => {
  const cycle = await openedCycle()
  await ask(cycle, { kind: 'text', text_en: 'Why do you run?' })
  await ask(cycle, { kind: 'text', text_en: 'What is first?' })
  await invite(cycle, seoyeon)
  const link = await linkTo(cycle)
  const [why, first] = (await questionsOf(db, organization_id, cycle)).map(({ question_id }) => `text_${question_id}`) as [string, string] // prettier-ignore
  const seenOn = async () => unescaped(found(/name="seen" value="([^"]*)"/.exec(await textOf(link))?.[1]))
  const phone = await seenOn()
  const laptop = phone
  expect((await everybody.post(link, { [why]: 'For tenants', seen: laptop, act: 'save' })).status).toBe(303)
  expect((await everybody.post(link, { [first]: 'Buses', seen: phone, act: 'save' })).status).toBe(303)
  expect(await textOf(link)).toMatch(/For tenants[\s\S]*Buses/)

  const both = await everybody.post(link, { [why]: 'For everybody', seen: phone, act: 'save' })
  expect(both.status).toBe(409)
  expect(await both.text()).toMatch(/For everybody[\s\S]*For tenants[\s\S]*Buses/)
  const signing = { signed_by: 'Seoyeon Lee', i_sign: 'yes', act: 'sign', [why]: 'For tenants', [first]: 'Trains' }
  expect((await everybody.post(link, { ...signing, [first]: '', seen: phone })).status).toBe(409)
  expect(await textOf(link)).not.toContain('Trains')

  const questions_key = found(/name="questions_key" value="([^"]*)"/.exec(await textOf(link))?.[1])
  await organizer.post(`/endorsements/${cycle}/questions/${why.slice(5)}`, { asked_in: '', is_needed: 'yes', kind: 'text', text_en: 'Why now?' }) // prettier-ignore
  expect((await everybody.post(link, { ...signing, seen: await seenOn(), questions_key })).status).toBe(409)
  expect(await textOf(link)).toContain('Trains') // kept, not signed
  expect((await everybody.post(link, signing)).status).toBe(303)
  expect(await textOf(link)).toContain('Your answers were sent')
})

test('whoever no longer runs sends nothing more, and what they typed can be copied', async () => {
  const cycle = await openedCycle()
  await ask(cycle, { kind: 'text', text_en: 'Why do you run?' })
  await invite(cycle, marcus)
  expect((await steward.post(`/candidates/${marcus}/remove`, {})).status).toBe(409) // they withdraw instead
  const link = await linkTo(cycle)
  const [question] = await questionsOf(db, organization_id, cycle)
  await everybody.post(link, { [`text_${question?.question_id}`]: 'For the schools', act: 'save' })
  await owner.updateTable('candidate').set({ status: 'withdrawn' }).where('candidate_id', '=', Number(marcus)).execute()
  try {
    const late = await everybody.post(link, { [`text_${question?.question_id}`]: 'For all schools', act: 'save' })
    expect(late.status).toBe(410)
    expect(await late.text()).toContain('For all schools')
    expect(await textOf(link)).toMatch(/no longer part of this endorsement[\s\S]*For the schools/)
    expect(await textOf(`/endorsements/${cycle}/candidates`, { who: organizer })).toContain('no longer runs')
    expect((await organizer.post(`/endorsements/${cycle}/candidates`, { candidate: marcus, act: 'invite' })).status).toBe(409) // prettier-ignore
  } finally {
    await owner.updateTable('candidate').set({ status: 'on_ballot' }).where('candidate_id', '=', Number(marcus)).execute() // prettier-ignore
  }
})

test('a private link that was withdrawn, replaced, guessed or is another candidate’s opens nothing', async () => {
  const cycle = await openedCycle()
  await invite(cycle, seoyeon)
  const first = await linkTo(cycle)
  expect((await everybody.get(`${first.slice(0, -1)}${first.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  await invite(cycle, seoyeon)
  const second = await linkTo(cycle)
  expect((await everybody.get(first)).status).toBe(404)
  expect((await everybody.get(second)).status).toBe(200)
  await invite(cycle, seoyeon, 'revoke')
  const ended = await everybody.get(`${second}?lang=ko`)
  expect(ended.status).toBe(404)
  expect(await ended.text()).toContain('이 주소는 더 열리지 않습니다')
  expect((await everybody.post(second, { act: 'save' })).status).toBe(404)
  await invite(cycle, marcus)
  const other = await linkTo(cycle)
  const [invitation, key] = [second.split('/').at(-2), other.split('/').at(-1)]
  expect((await everybody.get(`${second.split('/').slice(0, -2).join('/')}/${invitation}/${key}`)).status).toBe(404)
  expect(await textOf(`/endorsements/${cycle}/candidates`, { who: board })).not.toMatch(/\/c\/[^"]*\/answers\//)
})

test('a mail that never went out with a link that was withdrawn or replaced asked nobody', async () => {
  const cycle = await openedCycle()
  const here = `/endorsements/${cycle}/candidates`
  const given = async () => (await textOf(here, { who: organizer })).split('given to nobody yet').length - 1
  const write = (candidate: string) => organizer.post(`${here}/write`, { candidate, [`email_${candidate}`]: 'office@example.org', [`language_${candidate}`]: 'en' }) // prettier-ignore
  for (const candidate of [seoyeon, marcus]) expect((await write(candidate)).status).toBe(303)
  expect(await given()).toBe(0)
  await invite(cycle, seoyeon, 'revoke')
  await invite(cycle, seoyeon)
  expect(await given()).toBe(1)
  await invite(cycle, marcus)
  expect(await given()).toBe(2)
  const page = await textOf(here, { who: organizer })
  expect(page.split('Not sent to office@example.org').length - 1).toBe(2)
  expect(page).not.toContain('Waiting to be sent')
})

test('a campaign is mailed its link once in its language, and reminded until it is done', async () => {
  const cycle = await openedCycle()
  await ask(cycle, { kind: 'text', text_en: 'Why do you run?' })
  const signal = new AbortController().signal
  const here = `/endorsements/${cycle}/candidates`
  const write = (candidate: string, email: string, language: string) =>
    organizer.post(`${here}/write`, { candidate, [`email_${candidate}`]: email, [`language_${candidate}`]: language })
  const mailed = async () => {
    world.mails.length = 0
    for (const { mail_id } of await mailsOf(db, organization_id, cycle))
      await sendCampaignMailJob.run({ organization_id, mail_id }, { installation: world.installation, signal })
    return world.mails
  }
  const remindOn = async (day: string) => {
    world.installation.clock.set(`${day}T16:00:00Z`)
    await endorsementRemindersJob.run({}, { installation: world.installation, signal })
  }

  // No address is known yet: the link goes on paper.
  await invite(cycle, seoyeon)
  expect(await textOf(here, { who: organizer })).toContain('hand the link over on paper')
  expect((await organizer.get(`${here}/${seoyeon}/letter?language=ko`)).headers.get('content-type')).toBe(
    'application/pdf',
  )
  expect((await organizer.get(`${here}/${marcus}/letter`)).status).toBe(404)
  expect((await board.get(`${here}/${seoyeon}/letter`)).status).toBe(403)

  const wrong = await write(seoyeon, 'nobody', 'ko')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="nobody"')
  expect((await write(seoyeon, 'office@lee.example.org', 'ko')).status).toBe(303)
  expect((await write(seoyeon, 'office@lee.example.org', 'ko')).status).toBe(422)
  expect((await write(marcus, 'marcus@bell.example.org', 'en')).status).toBe(303)
  const mails = await mailed()
  const korean = found(mails.find(({ to }) => to === 'office@lee.example.org'))
  expect(korean).toMatchObject({ language: 'ko', subject: expect.stringContaining('이서연 후보께 드리는 정책 질의서') })
  const link = found(/(\/c\/\S+\/answers\/\S+)/.exec(korean.text)?.[1])
  expect(await textOf(link)).toContain('Why do you run?')
  expect(mails).toHaveLength(2)
  expect(await mailed()).toHaveLength(0) // a job that runs twice

  await remindOn('2027-03-23')
  expect(await mailed()).toHaveLength(0)
  const [question] = await questionsOf(db, organization_id, cycle)
  const signing = { [`text_${question?.question_id}`]: 'For tenants', signed_by: 'Seoyeon Lee', i_sign: 'yes', act: 'sign' } // prettier-ignore
  expect((await everybody.post(link, signing)).status).toBe(303)
  await remindOn('2027-03-24')
  await remindOn('2027-03-25')
  expect((await mailed()).map(({ to, subject }) => [to, subject])).toEqual([
    ['marcus@bell.example.org', expect.stringContaining('Reminder: questions of')],
  ])
  expect(await textOf(here, { who: organizer })).toContain('Reminder sent to marcus@bell.example.org')
  await invite(cycle, marcus, 'revoke')
  await remindOn('2027-03-29')
  expect(await mailed()).toHaveLength(0)
})

test('a file is taken by what it is, stays with what was signed, and of a draft it is the campaign’s alone', async () => {
  const cycle = await openedCycle()
  await ask(cycle, { kind: 'file', text_en: 'Your financial disclosure' })
  await ask(cycle, { kind: 'text', text_en: 'Why do you run?' })
  await invite(cycle, seoyeon)
  const link = await linkTo(cycle)
  const [file, why] = (await questionsOf(db, organization_id, cycle)).map(({ question_id }) => question_id) as [string, string] // prettier-ignore
  const here = `${link}/files/${file}`
  const chosen = await everybody.post(link, { [`text_${why}`]: 'For tenants', act: `file_${file}` })
  expect(chosen.headers.get('location')).toContain(here) // saved on the way
  expect(await textOf(link)).toContain('For tenants')
  const hand = (name: string, content: string, act = 'send') => {
    const form = new FormData()
    form.set('file', new File([content], name))
    form.set('act', act)
    return everybody.postBody(here, form)
  }
  expect((await hand('tax.pdf', '<script>')).status).toBe(422)
  expect((await hand('tax.pdf', `%PDF-${'x'.repeat(5_000_000)}`)).status).toBe(422)
  expect((await hand('재산 공개.pdf', '%PDF-1.7 first')).status).toBe(303)
  expect((await hand('재산 공개.pdf', '%PDF-1.7 second')).status).toBe(303)
  const rows = () => db.selectFrom('endorsement_file').select(['file_id', 'name']).where('question_id', '=', file).execute() // prettier-ignore
  const [kept] = await rows()
  expect(await rows()).toHaveLength(1)
  const ours = `/endorsements/${cycle}/files/${kept?.file_id}`
  expect((await board.get(ours)).status).toBe(404) // a draft
  expect((await stranger.get(ours)).status).toBe(404)

  const field = { [`file_${file}`]: found(kept?.file_id) }
  const signing = { [`text_${why}`]: 'For tenants', signed_by: 'Seoyeon Lee', i_sign: 'yes', act: 'sign' }
  expect((await everybody.post(link, { ...signing, [`file_${file}`]: file })).status).toBe(422) // somebody else’s id
  expect((await everybody.post(link, { ...signing, ...field })).status).toBe(303)
  expect(await textOf(`${link}/1`)).toContain(createHash('sha256').update('%PDF-1.7 second').digest('hex'))
  expect(await (await board.get(ours)).text()).toBe('%PDF-1.7 second')
  expect((await stranger.get(ours)).status).toBe(404)
  const scorer = actorOfBoard()
  const seat = { organization_id, cycle_id: cycle, contest_id: Number(contest), user_id: scorer.id }
  await db.insertInto('member').values({ organization_id, user_id: scorer.id, display_name: 'Dana', roles: ['board'] }).execute() // prettier-ignore
  await db.insertInto('endorsement_panelist').values(seat).execute()
  expect((await world.as(scorer, all).get(ours)).status).toBe(403) // has not said their ties
  expect((await hand('', '', 'remove')).status).toBe(303)
  expect(await (await everybody.get(`${here}/${kept?.file_id}`)).text()).toBe('%PDF-1.7 second') // it was signed
  await invite(cycle, seoyeon, 'revoke')
  expect((await everybody.get(`${here}/${kept?.file_id}`)).status).toBe(404)
})

describe('members vote', () => {
  const voting = { ...rules, quorum: '2', joined_by_on: '2027-01-15', public_parts: 'totals' }

  /** A member since a day, for one vote of their own each. */
  async function member(first_name: string, from_on = '2026-01-01', language = 'en'): Promise<string> {
    const { person_id } = await owner
      .insertInto('person')
      .values({ organization_id, first_name, last_name: 'Park', language })
      .returning('person_id')
      .executeTakeFirstOrThrow()
    await owner.insertInto('membership').values({ organization_id, person_id, kind: kind.kind, standing: 'active', from_on, recorded_by: 'test' }).execute() // prettier-ignore
    await owner.insertInto('person_email').values({ organization_id, person_id, email: `${person_id}@example.org`, source: 'test' }).execute() // prettier-ignore
    return person_id
  }

  async function votingCycle(form: Record<string, string> = voting): Promise<string> {
    const cycle = await startCycle()
    await organizer.post(`/endorsements/${cycle}/rules`, form)
    await organizer.post(`/endorsements/${cycle}/open`, {})
    expect((await organizer.post(`/endorsements/${cycle}/vote/roll`, {})).status).toBe(303)
    world.installation.clock.set('2027-05-01T15:00:00Z')
    return cycle
  }
  const rowOf = (cycle_id: string, person_id: string) =>
    db.selectFrom('endorsement_roll').selectAll().where('cycle_id', '=', cycle_id).where('person_id', '=', person_id).executeTakeFirstOrThrow() // prettier-ignore
  /** The address of somebody's ballot, on this device. */
  async function ballotOf(cycle: string, person: string): Promise<string> {
    const { roll_id } = await rowOf(cycle, person)
    const answer = await organizer.post(`/endorsements/${cycle}/vote/roll/${roll_id}/here`, {})
    return found(answer.headers.get('location')).split('?')[0] ?? ''
  }
  /** By rank: Marcus Bell is the first on the ballot, Seoyeon Lee the second. */
  const choices = (...places: string[]) =>
    Object.fromEntries(places.map((place, at) => [`choice_${contest}_${at}`, place]))
  const look = async (link: string, form: Record<string, string>) => {
    await everybody.post(link, { act: 'ties' })
    const page = await (await everybody.post(link, { ...form, act: 'check' })).text()
    const sent = found(/name="receipt_\d+" value="([^"]*)"/.exec(page)?.[1])
    return { page, sent, receipt: sent.slice(0, 16) }
  }
  const cast = async (link: string, form: Record<string, string>) => {
    const looked = await look(link, form)
    const sent = { ...form, [`receipt_${contest}`]: looked.sent, act: 'cast' }
    return { receipt: looked.receipt, sent, answer: await everybody.post(link, sent) }
  }
  const afterwards = () => world.installation.clock.set('2027-05-04T04:00:00Z') // midnight in New York

  test('the roll says who may vote and why not, and changes by a decided challenge alone', async () => {
    const [early, late] = [await member('Grace'), await member('Dahee', '2027-01-16')]
    const cycle = await votingCycle()
    const later = await member('Jiwoo')
    const roll = `/endorsements/${cycle}/vote/roll`
    expect(await rowOf(cycle, early)).toMatchObject({ may_vote: true, reasons: [] })
    const { roll_id } = await rowOf(cycle, late)
    expect(await textOf(`${roll}/${roll_id}`, { who: board })).toContain('Joined too late')
    await expect(rowOf(cycle, later)).rejects.toThrow('no result')
    expect((await organizer.post(roll, {})).status).toBe(303) // made once
    await expect(rowOf(cycle, later)).rejects.toThrow('no result')

    // Everybody reads the rules the vote is held by.
    const changed = { ...voting, threshold_percent: '70', reason_en: 'We thought again.' }
    const refused = await organizer.post(`/endorsements/${cycle}/rules`, changed)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('The roll of voters is made')
    expect(await textOf(`/c/${slug}/${cycle}`)).toContain('At least 60% of the votes')
    const longer = { ...voting, vote_until_on: '2027-05-04', reason_en: 'A day more.' }
    expect((await organizer.post(`/endorsements/${cycle}/rules`, longer)).status).toBe(303)

    expect((await organizer.post(`${roll}/${roll_id}/here`, {})).headers.get('location')).toContain(
      'problem=not_on_roll',
    )
    const reason = { wants: 'yes', reason: 'She applied in December.' }
    expect((await board.post(`${roll}/${roll_id}/challenge`, reason)).status).toBe(303)
    expect((await rowOf(cycle, late)).may_vote).toBe(false)
    const { challenge_id } = await db.selectFrom('endorsement_challenge').select('challenge_id').where('roll_id', '=', roll_id).executeTakeFirstOrThrow() // prettier-ignore
    const decision = { challenge: challenge_id, is_upheld: 'yes', decision: 'The minutes say so.' }
    expect((await board.post(`${roll}/${roll_id}/decide`, decision)).status).toBe(403)
    expect((await organizer.post(`${roll}/${roll_id}/decide`, decision)).status).toBe(303)
    expect((await rowOf(cycle, late)).may_vote).toBe(true)
    expect(await textOf(`${roll}/${roll_id}`, { who: organizer })).toContain('The minutes say so.')
    expect((await stranger.get(`${roll}/${roll_id}`)).status).toBe(404)
    expect((await stranger.post(`${roll}/${roll_id}/challenge`, reason)).status).toBe(404)
  })

  test('who voted is known, how is not; the ballot is in the published list under its number', async () => {
    const [grace, minsu, hana] = [await member('Grace'), await member('Minsu'), await member('Hana')]
    const cycle = await votingCycle()
    const link = await ballotOf(cycle, grace)
    expect(await textOf(link, { language: 'ko' })).toContain('먼저, 후보와의 관계')
    const { page } = await look(link, choices('1', '2'))
    expect(page).toContain('Choice 1: Seoyeon Lee')
    expect(page).toContain('Choice 2: No endorsement')
    expect((await everybody.post(link, { ...choices('1', '1'), act: 'check' })).status).toBe(422)
    expect(await textOf(link, { language: 'ko' })).toContain('1순위')

    const first = await cast(link, choices('1', '2'))
    expect(first.answer.status).toBe(200)
    const { seed } = found(await voteOf(db, organization_id, cycle))
    const put = await first.answer.text()
    for (const said of [first.receipt.slice(0, 4), seed]) expect(put).toContain(said)
    expect(await textOf(`/c/${slug}/${cycle}`)).toContain(`Seed that decides ties: ${seed}`) // before any ballot is counted
    expect((await everybody.post(link, first.sent)).status).toBe(200) // the line broke, sent again
    expect((await everybody.post(link, { ...first.sent, ...choices('0') })).status).toBe(409)
    expect(await textOf(link)).toContain('Your ballot is in the box')
    const [second, third] = [await cast(await ballotOf(cycle, minsu), choices('1')), await cast(await ballotOf(cycle, hana), choices())] // prettier-ignore
    expect([second.answer.status, third.answer.status]).toEqual([200, 200])

    const boxes = await owner.selectFrom('endorsement_box').select('sealed').where('cycle_id', '=', cycle).execute()
    expect(boxes).toHaveLength(1)
    const kept = JSON.stringify([boxes, await owner.selectFrom('audit_entry').selectAll().where('subject_id', '=', cycle).execute(), await owner.selectFrom('endorsement_roll').selectAll().where('cycle_id', '=', cycle).execute()]) // prettier-ignore
    expect([first.receipt, second.receipt, 'Seoyeon', link.split('/').at(-1) ?? ''].filter((each) => kept.includes(each))).toEqual([]) // prettier-ignore

    const count = `/endorsements/${cycle}/vote/count`
    expect((await organizer.post(count, {})).status).toBe(409)
    afterwards()
    expect((await stranger.post(count, {})).status).toBe(404)
    const twice = await Promise.all([organizer.post(count, {}), organizer.post(count, {})])
    expect(twice.map(({ status }) => status)).toEqual([303, 303])
    expect(await owner.selectFrom('endorsement_box').selectAll().where('cycle_id', '=', cycle).execute()).toEqual([])
    const list = await textOf(`/c/${slug}/${cycle}/ballots/${contest}`)
    const rows = [
      `${first.receipt},Seoyeon Lee,No endorsement,`,
      `${second.receipt},Seoyeon Lee,,`,
      `${third.receipt},,,`,
    ]
    expect(list).toBe(['receipt,rank1,rank2,rank3', ...rows.toSorted(), ''].join('\r\n'))
    const result = await textOf(`/c/${slug}/${cycle}/result`)
    expect(result).toContain('Endorsed: Seoyeon Lee')
    expect(result).toContain('3 ballots, 1 of them blank')
    expect(result).toMatch(
      /hanpyo tally ballots-\d+\.csv --method irv --threshold 60\/100 --quorum 2 --seed [0-9a-f]{32}/,
    )
    expect(await textOf(link, { language: 'ko' })).toContain('공식 지지: 이서연')
    await expect(sql`update endorsement_count set ballots = ''`.execute(db)).rejects.toThrow('permission denied')
  })

  test('where the rules keep totals from the public, everybody reads who is endorsed and members all of it', async () => {
    const [grace, minsu] = [await member('Grace'), await member('Minsu')]
    const cycle = await votingCycle({ ...rules, quorum: '2' })
    const link = await ballotOf(cycle, grace)
    await cast(link, choices('1'))
    await cast(await ballotOf(cycle, minsu), choices('1'))
    afterwards()
    await organizer.post(`/endorsements/${cycle}/vote/count`, {})
    const result = await textOf(`/c/${slug}/${cycle}/result`)
    expect(result).toContain('Endorsed: Seoyeon Lee')
    expect(result).not.toContain('2 ballots')
    expect((await everybody.get(`/c/${slug}/${cycle}/ballots/${contest}`)).status).toBe(404)
    expect(await textOf(link)).toContain('2 ballots')
  })

  test('a tie the rules name keeps a member from the ballot of its contest, also where they had filled it in', async () => {
    const grace = await member('Grace')
    const cycle = await votingCycle()
    const link = await ballotOf(cycle, grace)
    const receipt = (await look(link, choices('0'))).sent
    expect((await everybody.post(link, { [`tie_${contest}[]`]: 'family', act: 'ties' })).status).toBe(303)
    expect(await textOf(link)).toContain('no contest in which you vote')
    const late = await everybody.post(link, { ...choices('0'), [`receipt_${contest}`]: receipt, act: 'cast' })
    expect([409, 422]).toContain(late.status)
    expect((await rowOf(cycle, grace)).voted_by).toBeNull()
    await everybody.post(link, { [`tie_${contest}[]`]: 'donor', act: 'ties' })
    expect(await textOf(link)).toContain('Choice 1')
  })

  test('a ballot is taken once and in time, however it is tried', async () => {
    const [grace, minsu] = [await member('Grace'), await member('Minsu')]
    const cycle = await votingCycle()
    const replaced = await ballotOf(cycle, grace)
    const link = await ballotOf(cycle, grace)
    const ended = await everybody.get(replaced)
    expect(ended.status).toBe(404)
    expect(await ended.text()).toContain('This link no longer works')
    // Of another cycle, and of another organization.
    const other = await votingCycle()
    expect((await everybody.get(link.replace(cycle, other))).status).toBe(404)
    expect((await everybody.get(link.replace(`/${slug}/`, '/theirs/'))).status).toBe(404)
    expect((await stranger.post(`/endorsements/${cycle}/vote/roll/${(await rowOf(cycle, minsu)).roll_id}/here`, {})).status).toBe(404) // prettier-ignore

    // Twice at the same moment, with different choices.
    const [one, two] = [(await look(link, choices('0'))).sent, (await look(link, choices('1'))).sent]
    const both = await Promise.all([
      everybody.post(link, { ...choices('0'), [`receipt_${contest}`]: one, act: 'cast' }),
      everybody.post(link, { ...choices('1'), [`receipt_${contest}`]: two, act: 'cast' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    // Handed back: what this device sent, sent again by whoever has it next, tells nothing.
    const done = await everybody.post(link, { act: 'done' })
    expect(done.headers.get('location')).toBe(`/endorsements/${cycle}/vote/roll?show=not_voted`)
    for (const [place, receipt] of [['0', one], ['1', two]] as const)
      expect((await everybody.post(link, { ...choices(place), [`receipt_${contest}`]: receipt, act: 'cast' })).status).toBe(404) // prettier-ignore
    expect((await rowOf(cycle, grace)).voted_by).toBe('device')

    // Somebody who stood on the roll twice and was merged since votes once.
    const double = await member('Gracie', '2026-01-02')
    await owner.insertInto('endorsement_roll').values({ organization_id, cycle_id: cycle, person_id: double, facts: JSON.stringify((await rowOf(cycle, grace)).facts), reasons: [], may_vote: true }).execute() // prettier-ignore
    const early = await ballotOf(cycle, double)
    await owner.updateTable('person').set({ merged_into: grace }).where('person_id', '=', double).execute()
    expect((await cast(early, choices('0'))).answer.status).toBe(409)
    const { roll_id } = await rowOf(cycle, double)
    const again = await organizer.post(`/endorsements/${cycle}/vote/roll/${roll_id}/here`, {})
    expect(again.headers.get('location')).toContain('problem=voted')

    // A number is ours, and of this link: none of the voter's own choosing, nor another's, be it in the box or not yet.
    const next = await ballotOf(cycle, minsu)
    await everybody.post(next, { act: 'ties' })
    const own = (await look(next, choices('1'))).sent
    const wrong = [one, two, one.slice(0, 16), 'MINE', `AAAAAAAAAAAAAAAA${own.slice(16)}`]
    for (const receipt of wrong) {
      const refused = await everybody.post(next, { ...choices('1'), [`receipt_${contest}`]: receipt, act: 'cast' })
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain('Nothing was cast yet')
    }
    // One that lies in the box already, by whatever chance, is not taken for another ballot.
    const [taken] = both[0]?.status === 200 ? [one] : [two]
    const credential = found(next.split('/').at(-1))
    const again_there = provenReceipt(world.installation.secret, { credential, contest_id: Number(contest), receipt: taken.slice(0, 16) }) // prettier-ignore
    expect((await everybody.post(next, { ...choices('1'), [`receipt_${contest}`]: again_there, act: 'cast' })).status).toBe(409) // prettier-ignore

    // Filled in before the end, sent as it came.
    const receipt = (await look(next, choices('1'))).sent
    afterwards()
    const late = await everybody.post(next, { ...choices('1'), [`receipt_${contest}`]: receipt, act: 'cast' })
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('Voting ended')
    await organizer.post(`/endorsements/${cycle}/vote/count`, {})
    expect((await textOf(`/c/${slug}/${cycle}/ballots/${contest}`)).trim().split('\r\n')).toHaveLength(2)
  })

  test('a paper is counted once two people typed it alike, and no more papers than were given', async () => {
    const grace = await member('Grace')
    const cycle = await votingCycle({ ...voting, quorum: '' })
    const here = `/endorsements/${cycle}/vote`
    const row = `${here}/roll/${(await rowOf(cycle, grace)).roll_id}`
    const link = await ballotOf(cycle, grace)
    expect((await organizer.post(`${row}/paper`, {})).headers.get('location')).toContain('problem=undeclared')
    await organizer.post(`${row}/ties`, {})
    await organizer.post(`${row}/paper`, {})
    expect((await rowOf(cycle, grace)).voted_by).toBe('paper')
    expect((await everybody.get(link)).status).toBe(404)

    const sheets = await textOf(`${here}/paper/print`, { who: organizer })
    const [number = '', another = ''] = [...sheets.matchAll(/Number of the paper: <span[^>]*>([^<]*)</g)].map(([, each = '']) => each) // prettier-ignore
    expect(sheets).toContain(paperReceipt(number.replaceAll(' ', ''), Number(contest)).slice(0, 4))
    // Where there is one organizer alone, the board is the second to type.
    const colleague = board
    expect((await colleague.get(`${here}/paper/print`)).status).toBe(403)
    expect((await colleague.post(`${row}/paper`, {})).status).toBe(403)
    expect(await textOf(here, { who: colleague })).toContain(`${here}/paper`)
    expect(await textOf(`${here}/paper`, { who: colleague })).not.toContain('paper/print')
    expect((await world.as(ours.actor(['host']), all).post(`${here}/paper`, {})).status).toBe(403)
    const type = async (who: typeof organizer, of: string, place: string) => {
      const answer = await who.post(`${here}/paper`, { number: of.toLowerCase(), ...choices(place) })
      return answer.headers.get('location')?.split('=').at(-1) ?? answer.status
    }
    // Counting now would lose it.
    afterwards()
    const early = await organizer.post(`${here}/count`, {})
    expect(early.status).toBe(422)
    expect(await early.text()).toContain('One paper that was given did not come back')
    expect(await type(organizer, 'A1B2', '0')).toBe(422)
    expect(await type(organizer, number, '1')).toBe('first')
    expect(await type(organizer, number, '1')).toBe('first') // twice by one person is once
    expect(await type(colleague, number, '0')).toBe('differs')
    afterwards()
    expect((await organizer.post(`${here}/count`, {})).status).toBe(422)
    expect(await type(colleague, number, '1')).toBe('agreed')
    expect(await type(organizer, number, '1')).toBe(422) // it is in the box
    expect(await type(organizer, another, '0')).toBe('first')
    expect(await type(colleague, another, '0')).toBe(422) // more than were given
    expect((await organizer.post(`${row}/paper-back`, {})).status).toBe(409)
    await organizer.post(`${here}/paper/discard`, { number: another.replaceAll(' ', '') })
    expect((await organizer.post(`${here}/count`, {})).status).toBe(303)
    const list = await textOf(`/c/${slug}/${cycle}/ballots/${contest}`)
    expect(list.trim().split('\r\n').slice(1)).toEqual([`${paperReceipt(number.replaceAll(' ', ''), Number(contest))},Seoyeon Lee,,`]) // prettier-ignore
  })

  test('each voter is mailed one link in their language, and one that was replaced meanwhile is not sent', async () => {
    const [grace, hana, minsu] = [await member('Grace'), await member('Hana', '2026-01-01', 'ko'), await member('Minsu')] // prettier-ignore
    const cycle = await votingCycle()
    const mailed = (person: string) => world.mails.filter(({ to }) => to === `${person}@example.org`)
    await organizer.post(`/endorsements/${cycle}/vote/mail`, {})
    await organizer.post(`/endorsements/${cycle}/vote/mail`, {})
    await ballotOf(cycle, grace) // came to the meeting before the mail went out
    const off = `/endorsements/${cycle}/vote/roll/${(await rowOf(cycle, minsu)).roll_id}`
    await organizer.post(`${off}/challenge`, { wants: 'no', reason: 'Resigned in January.' })
    const { challenge_id } = await db.selectFrom('endorsement_challenge').select('challenge_id').where('roll_id', '=', (await rowOf(cycle, minsu)).roll_id).executeTakeFirstOrThrow() // prettier-ignore
    await organizer.post(`${off}/decide`, { challenge: challenge_id, is_upheld: 'yes', decision: 'So it is.' })
    await workOff(world, [sendBallotJob])
    expect([grace, hana, minsu].map((each) => mailed(each).length)).toEqual([0, 1, 0])
    const [mail] = mailed(hana)
    expect(mail?.subject).toBe('[플러싱 시민행동] 회원 투표 안내')
    const link = found(/\/c\/\S+\/vote\/[^\s?]+/.exec(mail?.text ?? '')?.[0])
    expect((await cast(link, choices('0'))).answer.status).toBe(200)
    const { roll_id, voted_by } = await rowOf(cycle, hana)
    expect(voted_by).toBe('link')
    const again = await organizer.post(`/endorsements/${cycle}/vote/roll/${roll_id}/mail`, {})
    expect(again.headers.get('location')).toContain('problem=voted')
  })

  test('a link is mailed once, also where the program ended while it was handed over', async () => {
    const [grace, minsu] = [await member('Grace'), await member('Minsu')]
    const cycle = await votingCycle()
    world.mails.length = 0
    await organizer.post(`/endorsements/${cycle}/vote/mail`, {})
    const { roll_id } = await rowOf(cycle, grace)
    await db.updateTable('endorsement_credential').set({ handed_on: '2027-05-01' }).where('roll_id', '=', roll_id).execute() // prettier-ignore
    await Promise.all([workOff(world, [sendBallotJob]), workOff(world, [sendBallotJob])])
    const mailed = (person: string) => world.mails.filter(({ to }) => to === `${person}@example.org`).length
    expect([mailed(grace), mailed(minsu)]).toEqual([0, 1])
    expect(await textOf(`/endorsements/${cycle}/vote`, { who: organizer })).toContain('of 1 member nobody knows')
    const row = `/endorsements/${cycle}/vote/roll/${roll_id}`
    expect(await textOf(row, { who: organizer })).toContain('nobody knows whether it arrived')
    expect(await textOf(`/endorsements/${cycle}/vote/roll?show=mail_unknown`, { who: organizer })).toContain(roll_id)
    expect((await organizer.post(`${row}/mail`, {})).status).toBe(303)
    await workOff(world, [sendBallotJob])
    expect([mailed(grace), mailed(minsu)]).toEqual([1, 1])
    expect(await textOf(row, { who: organizer })).not.toContain('nobody knows whether it arrived')
  })

  test('a link is mailed once, also where the timeline could not be written after it', async () => {
    const grace = await member('Grace')
    const cycle = await votingCycle()
    world.mails.length = 0
    await organizer.post(`/endorsements/${cycle}/vote/mail`, {})
    await sql`alter table person_mail add constraint away check (false) not valid`.execute(owner)
    await workOff(world, [sendBallotJob])
    await sql`alter table person_mail drop constraint away`.execute(owner)
    await sql`update graphile_worker._private_jobs set run_at = now() where attempts > 0`.execute(owner)
    await workOff(world, [sendBallotJob])
    expect(world.mails.filter(({ to }) => to === `${grace}@example.org`)).toHaveLength(1)
    const row = `/endorsements/${cycle}/vote/roll/${(await rowOf(cycle, grace)).roll_id}`
    expect(await textOf(row, { who: organizer })).not.toContain('nobody knows whether it arrived')
  })

  test('whoever has not voted is reminded once, and no mail ends a link that somebody may be filling in', async () => {
    const [grace, hana, minsu, jiwoo, quiet] = [await member('Grace'), await member('Hana', '2026-01-01', 'ko'), await member('Minsu'), await member('Jiwoo'), await member('Yuna')] // prettier-ignore
    const cycle = await votingCycle({ ...voting, remind_days: '1', vote_until_on: '2027-05-04' })
    expect(await textOf(`/c/${slug}/${cycle}`)).toContain('are reminded: the day before the last one')
    const filling = await ballotOf(cycle, grace)
    await everybody.post(filling, { act: 'ties' })
    world.mails.length = 0
    const mailed = (person: string) => world.mails.filter(({ to }) => to === `${person}@example.org`)
    const linksTo = (person: string) =>
      mailed(person).map(({ text }) => found(/\/c\/\S+\/vote\/[^\s?]+/.exec(text)?.[0]))
    await organizer.post(`/endorsements/${cycle}/vote/mail`, {})
    await workOff(world, [sendBallotJob])
    const { sent } = await look(filling, choices('0')) // on the device, while the mail went out
    const [toMinsu] = linksTo(minsu)
    expect((await cast(found(toMinsu), choices('1'))).answer.status).toBe(200)
    await everybody.post(found(linksTo(jiwoo)[0]), { [`tie_${contest}[]`]: 'family', act: 'ties' }) // votes nowhere
    expect((await everybody.post(filling, { ...choices('0'), [`receipt_${contest}`]: sent, act: 'cast' })).status).toBe(
      200,
    )

    // Wants no mail any more: only the ballot itself is sent to everybody.
    await owner.insertInto('consent').values({ organization_id, person_id: quiet, channel: 'email', is_given: false, evidence: 'test', recorded_by: 'test' }).execute() // prettier-ignore
    const remindOn = async (day: string) => {
      world.installation.clock.set(`${day}T14:00:00Z`)
      await endorsementRemindersJob.run({}, { installation: world.installation, signal: new AbortController().signal })
      await workOff(world, [sendBallotJob])
    }
    await remindOn('2027-05-02') // not a day the rules name
    expect([grace, hana, minsu, jiwoo, quiet].map((each) => mailed(each).length)).toEqual([1, 1, 1, 1, 1])
    await remindOn('2027-05-03')
    await remindOn('2027-05-03')
    await remindOn('2027-05-04')
    expect([grace, hana, minsu, jiwoo, quiet].map((each) => mailed(each).length)).toEqual([1, 2, 1, 1, 1])
    expect(mailed(hana)[1]?.subject).toBe('[플러싱 시민행동] 회원 투표, 2027년 5월 4일(화) 마감')
    // Both links work until one is used.
    const [first, second] = linksTo(hana)
    const looked = await look(found(first), choices('0'))
    expect((await cast(found(second), choices('1'))).answer.status).toBe(200)
    const late = await everybody.post(found(first), {
      ...choices('0'),
      [`receipt_${contest}`]: looked.sent,
      act: 'cast',
    })
    expect(late.status).toBe(409)
    expect(await textOf(found(toMinsu))).toContain('Your ballot is in the box')
  })

  test('a member whose account is joined to them votes signed in, and nobody else by it', async () => {
    const grace = await member('Grace')
    const cycle = await votingCycle({ ...rules, joined_by_on: '2027-01-15' })
    const account = ours.actor(['member'])
    const [signedIn, other] = [world.as(account, all), world.as(ours.actor(['member']), all)]
    await sql`insert into auth."user" (id, name, email, "emailVerified") values (${account.id}, 'Grace Park', ${`${account.id}@example.org`}, true)`.execute(
      owner,
    )
    await owner.insertInto('member').values({ organization_id, user_id: account.id, display_name: 'Grace Park', roles: ['member'] }).execute() // prettier-ignore
    await owner.insertInto('person_account').values({ organization_id, person_id: grace, user_id: account.id, joined_by: 'test', joined_at: world.installation.clock.now() }).execute() // prettier-ignore
    expect(await textOf('/my-ballots', { who: other })).toContain('not joined to a member')
    expect((await other.post(`/my-ballots/${cycle}`, {})).status).toBe(404)
    expect(await textOf('/my-ballots', { who: signedIn, language: 'ko' })).toContain('2027년 지지 후보 선정')
    // The start page says so until it is cast.
    const start = () => textOf('/', { who: signedIn, language: 'ko' })
    expect(await start()).toMatch(/투표하실 차례입니다[^]*2027년 지지 후보 선정 · 2027년 5월 3일/)
    expect(await start()).not.toContain('지금은 하실 일이 없습니다')
    expect(await textOf('/', { who: other, language: 'ko' })).not.toContain('투표하실 차례입니다')
    const answer = await signedIn.post(`/my-ballots/${cycle}`, {})
    const link = found(answer.headers.get('location')).split('?')[0] ?? ''
    const done = await cast(link, choices('0'))
    expect(done.answer.status).toBe(200)
    expect(await done.answer.text()).toContain('href="/my-ballots"')
    expect((await rowOf(cycle, grace)).voted_by).toBe('account')
    expect(await start()).toContain('지금은 하실 일이 없습니다')
    expect((await signedIn.post(`/my-ballots/${cycle}`, {})).headers.get('location')).toBe('/my-ballots?problem=voted')
    expect((await other.get(`/my-ballots/${cycle}`)).status).toBe(404)
    expect((await signedIn.get(`/my-ballots/${cycle}`)).status).toBe(200)
    const later = await textOf('/my-ballots', { who: signedIn })
    expect(later).not.toContain('Voting ended on')
    afterwards()
    expect(await textOf('/my-ballots', { who: signedIn })).toContain('The ballots are not counted yet.')
    expect((await signedIn.get(`/endorsements/${cycle}/vote/roll`)).status).toBe(403)
  })

  test('a member reads why they may not vote, and challenges it themselves; who decided their own challenge is said', async () => {
    const late = await member('Dahee', '2027-01-20')
    const cycle = await votingCycle()
    const account = ours.actor(['member'])
    const mine = world.as(account, all)
    await sql`insert into auth."user" (id, name, email, "emailVerified") values (${account.id}, 'Dahee Park', ${`${account.id}@example.org`}, true)`.execute(
      owner,
    )
    await owner.insertInto('member').values({ organization_id, user_id: account.id, display_name: 'Dahee Park', roles: ['member'] }).execute() // prettier-ignore
    await owner.insertInto('person_account').values({ organization_id, person_id: late, user_id: account.id, joined_by: 'test', joined_at: world.installation.clock.now() }).execute() // prettier-ignore
    const page = await textOf('/my-ballots', { who: mine })
    for (const said of ['Why you may not vote', 'Joined too late', 'I should be able to vote']) expect(page).toContain(said) // prettier-ignore
    expect(await textOf('/my-ballots', { who: mine, language: 'ko' })).toContain('가입 기준일 뒤에 가입')
    const here = `/my-ballots/${cycle}/challenge`
    expect((await mine.post(here, { reason: ' ' })).status).toBe(422)
    expect((await stranger.post(here, { reason: 'Me too.' })).status).toBe(404)
    expect((await world.as(ours.actor(['member']), all).post(here, { reason: 'Me too.' })).status).toBe(404)
    expect((await mine.post(here, { reason: 'I applied in December.' })).status).toBe(303)
    expect((await mine.post(here, { reason: 'I applied in December.' })).status).toBe(303) // pressed twice is said once
    // Another reason is another text: it is not dropped as if it were kept.
    const other = await mine.post(here, { reason: 'Receipt 112.' })
    expect(other.status).toBe(409)
    expect(await other.text()).toContain('Receipt 112.')
    expect((await rowOf(cycle, late)).may_vote).toBe(false)
    expect(await textOf('/my-ballots', { who: mine })).toContain('not decided yet')

    const { roll_id } = await rowOf(cycle, late)
    const row = `/endorsements/${cycle}/vote/roll/${roll_id}`
    expect(await textOf(row, { who: organizer })).toContain('I applied in December.')
    const undecided = () => db.selectFrom('endorsement_challenge').select('challenge_id').where('roll_id', '=', roll_id).where('decided_at', 'is', null).executeTakeFirstOrThrow() // prettier-ignore
    const decided = async (is_upheld: string, decision: string) =>
      organizer.post(`${row}/decide`, { challenge: (await undecided()).challenge_id, is_upheld, decision })
    expect((await decided('yes', 'The minutes of December say so.')).status).toBe(303)
    const told = await textOf('/my-ballots', { who: mine })
    expect(told).toContain('The minutes of December say so.')
    expect(told).not.toContain('I should be able to vote')
    const of = (await rowOf(cycle, late)).roll_id
    const kept = () => db.selectFrom('endorsement_challenge').select(['reason', 'is_own_decision']).where('roll_id', '=', of).orderBy('raised_at').orderBy('reason').execute() // prettier-ignore
    expect(await kept()).toEqual([{ reason: 'I applied in December.', is_own_decision: false }])

    expect((await organizer.post(`${row}/challenge`, { wants: 'no', reason: 'No, in January.' })).status).toBe(303)
    expect(await textOf(row, { who: organizer })).toContain('You raised this yourself')
    expect(await textOf(row, { who: board })).not.toContain('You raised this yourself')
    await decided('no', 'December it was.')
    expect(await kept()).toContainEqual({ reason: 'No, in January.', is_own_decision: true })
    expect(await textOf(row, { who: organizer })).toContain('Whoever raised this challenge decided it, too.')
    const facts = await voteFacts(db, found(await voteOf(db, organization_id, cycle)))
    expect(facts.challenges.map(({ is_own_decision }) => is_own_decision).toSorted()).toEqual([false, true])
    // Of a vote on whose roll they do not stand at all.
    const next = await votingCycle()
    const { roll_id: again } = await rowOf(next, late)
    const twice = (...reasons: string[]) =>
      Promise.all(reasons.map(async (reason) => (await mine.post(`/my-ballots/${next}/challenge`, { reason })).status))
    const waiting = () => db.selectFrom('endorsement_challenge').select('reason').where('roll_id', '=', again).execute()
    expect(await twice('I applied in December.', 'I applied in December.')).toEqual([303, 303])
    expect(await waiting()).toEqual([{ reason: 'I applied in December.' }])
    await owner.deleteFrom('endorsement_challenge').where('roll_id', '=', again).execute()
    expect((await twice('I applied in December.', 'I did apply.')).toSorted()).toEqual([303, 409])
    expect(await waiting()).toHaveLength(1)
    await owner.deleteFrom('endorsement_challenge').where('roll_id', '=', again).execute()
    // What an organizer said for them is not theirs.
    const theirs = `/endorsements/${next}/vote/roll/${again}/challenge`
    expect((await organizer.post(theirs, { wants: 'yes', reason: 'They paid.' })).status).toBe(303)
    expect(await twice('They paid.')).toEqual([409])
    // Nor is an organizer's second reason dropped.
    expect((await organizer.post(theirs, { wants: 'yes', reason: 'Receipt 112.' })).status).toBe(409)
    await owner.deleteFrom('endorsement_challenge').where('roll_id', '=', again).execute()
    await owner.deleteFrom('endorsement_roll').where('cycle_id', '=', next).where('person_id', '=', late).execute()
    expect(await textOf('/my-ballots', { who: mine })).toContain('You are not on its roll')
  })

  test('who decided a challenge of somebody in words they used elsewhere, too, did not decide it themselves', async () => {
    const [dahee, jiwoo] = [await member('Dahee', '2027-01-20'), await member('Jiwoo', '2027-01-20')]
    const cycle = await votingCycle()
    const [minsu, jiyoung] = [ours.actor(['organizer'], { name: 'Minsu Kim' }), ours.actor(['organizer'], { name: 'Jiyoung Lee' })] // prettier-ignore
    const rows: string[] = []
    for (const [person, raiser, decider, wants] of [[dahee, minsu, jiyoung, 'yes'], [dahee, jiyoung, minsu, 'no'], [jiwoo, minsu, minsu, 'yes']] as const) {
      const { roll_id } = await rowOf(cycle, person)
      const row = `/endorsements/${cycle}/vote/roll/${roll_id}`
      await world.as(raiser, all).post(`${row}/challenge`, { wants, reason: `By ${raiser.name}.` })
      const { challenge_id } = await db.selectFrom('endorsement_challenge').select('challenge_id').where('roll_id', '=', roll_id).where('decided_at', 'is', null).executeTakeFirstOrThrow()
      await world.as(decider, all).post(`${row}/decide`, { challenge: challenge_id, is_upheld: 'yes', decision: 'Dues checked.' })
      rows.push(challenge_id)
    }
    const own = async () => {
      const kept = await db.selectFrom('endorsement_challenge').select(['challenge_id', 'is_own_decision']).where('challenge_id', 'in', rows).execute()
      return rows.map((id) => kept.find(({ challenge_id }) => challenge_id === id)?.is_own_decision)
    }
    const run = (file: string) => sql.raw(readFileSync(`migrations/${file}.sql`, 'utf8')).execute(owner)
    expect(await own()).toEqual([false, false, true])
    await run('1367_endorsements_others_decided')
    expect(await own()).toEqual([false, false, true])
    // As they were kept, and the log was written, before accounts were.
    await owner.updateTable('endorsement_challenge').set({ raised_by_id: null }).where('challenge_id', 'in', rows).execute()
    await sql`update audit_entry set after = after - 'is_own_decision' where action = 'endorsement.decide' and subject_id = ${cycle}`.execute(owner)
    await run('1310_endorsements_who_raised_challenges')
    expect(await own()).toEqual([true, true, true])
    await run('1367_endorsements_others_decided')
    expect(await own()).toEqual([false, false, true])
  }) // prettier-ignore

  test('of two organizers who are called alike, only whoever raised a challenge decided it themselves; so the log of earlier ones says', async () => {
    const [one, other] = [await member('Dahee', '2027-01-20'), await member('Jiwoo', '2027-01-20')]
    const cycle = await votingCycle()
    const [first, second] = [ours.actor(['organizer'], { name: 'Minsu Kim' }), ours.actor(['organizer'], { name: 'Minsu Kim' })] // prettier-ignore
    const rows: string[] = []
    for (const [person, decider] of [
      [one, second],
      [other, first],
    ] as const) {
      const { roll_id } = await rowOf(cycle, person)
      rows.push(roll_id)
      const row = `/endorsements/${cycle}/vote/roll/${roll_id}`
      await world.as(first, all).post(`${row}/challenge`, { wants: 'yes', reason: 'In December.' })
      const { challenge_id } = await db.selectFrom('endorsement_challenge').select('challenge_id').where('roll_id', '=', roll_id).executeTakeFirstOrThrow() // prettier-ignore
      await world
        .as(decider, all)
        .post(`${row}/decide`, { challenge: challenge_id, is_upheld: 'yes', decision: 'So it was.' })
    }
    const kept = async () => {
      const own = await db.selectFrom('endorsement_challenge').select(['roll_id', 'is_own_decision', 'raised_by_id']).where('roll_id', 'in', rows).execute() // prettier-ignore
      return rows.map((roll_id) => own.find((each) => each.roll_id === roll_id))
    }
    const told = [{ is_own_decision: false, raised_by_id: first.id }, { is_own_decision: true, raised_by_id: first.id }] // prettier-ignore
    expect(await kept()).toMatchObject(told)

    // As an update kept those of before by name alone.
    const byName = () => owner.updateTable('endorsement_challenge').set({ raised_by_id: null, is_own_decision: true }).where('roll_id', 'in', rows).execute() // prettier-ignore
    const mended = () =>
      sql.raw(readFileSync('migrations/1310_endorsements_who_raised_challenges.sql', 'utf8')).execute(owner)
    await byName()
    await mended()
    expect(await kept()).toMatchObject(told)
    // Where the log says nothing, nothing is said of anybody.
    await byName()
    await owner
      .deleteFrom('audit_entry')
      .where('action', '=', 'endorsement.challenge')
      .where('subject_id', '=', cycle)
      .execute()
    await mended()
    expect(await kept()).toMatchObject(told.map(() => ({ is_own_decision: false, raised_by_id: null })))
  })

  test('a counted vote is told in words, announced, written to candidates once, and withdrawn with a reason', async () => {
    const [grace, minsu] = [await member('Grace'), await member('Minsu')]
    const cycle = await votingCycle()
    const here = `/endorsements/${cycle}/result`
    const open = `/c/${slug}/${cycle}/announcement`
    expect(await textOf(here, { who: board })).toContain('not counted yet')
    expect((await board.get(`${here}/minutes`)).status).toBe(404)
    const tied = await ballotOf(cycle, grace)
    await everybody.post(tied, { [`tie_${contest}[]`]: 'donor', act: 'ties' })
    const looked = await everybody.post(tied, { ...choices('1'), act: 'check' }).then((answer) => answer.text())
    const sent = found(/name="receipt_\d+" value="([^"]*)"/.exec(looked)?.[1])
    await everybody.post(tied, { ...choices('1'), [`receipt_${contest}`]: sent, act: 'cast' })
    await cast(await ballotOf(cycle, minsu), choices('1'))
    afterwards()
    await organizer.post(`/endorsements/${cycle}/vote/count`, {})

    const statement = `${here}/statements/${contest}`
    expect((await board.post(statement, { statement_en: 'No' })).status).toBe(403)
    expect((await stranger.get(statement)).status).toBe(404)
    expect((await organizer.post(statement, { statement_en: 'Rent <b>first</b>.', reasons_ko: '주거' })).status).toBe(
      303,
    )
    expect(await textOf(here, { who: organizer })).toContain('한국어: missing')
    expect(await textOf(here, { who: organizer })).toContain(`/voterguides/new?cycle=${cycle}`)
    expect((await everybody.get(open)).status).toBe(404)
    expect((await stranger.post(`${here}/announce`, {})).status).toBe(404)
    expect((await organizer.post(`${here}/announce`, {})).status).toBe(303)
    expect((await organizer.post(`${here}/announce`, {})).status).toBe(303)
    const english = await textOf(open)
    expect(english).toContain('Rent &lt;b&gt;first&lt;/b&gt;.')
    expect(english).toMatch(/property="og:title" content="[^"]* endorses Seoyeon Lee"/)
    const korean = await textOf(`${open}?lang=ko`)
    expect(korean).toContain('이서연')
    expect(korean).toMatch(/lang="en"[^>]*>Rent/) // not translated yet, and says so
    expect(korean).not.toContain('<script')

    const silent = await organizer.post(statement, { statement_en: 'Rent and buses.', reasons_ko: '주거' })
    expect(silent.status).toBe(422)
    expect(await silent.text()).toContain('Rent and buses.')
    expect((await organizer.post(statement, { statement_en: 'Rent and buses.', reasons_ko: '주거', reason_en: 'A word was missing.' })).status).toBe(303) // prettier-ignore
    expect(await textOf(open)).toMatch(/Words changed Tuesday, May 4, 2027[\s\S]*A word was missing\./)

    const letters = `${here}/letters`
    const words = { subject_en: 'About {contest}', body_en: 'Dear {candidate}', subject_ko: '알림', body_ko: '{candidate, 이/가} 아닌 {page}' } // prettier-ignore
    expect((await organizer.post(`${letters}/texts/other`, words)).status).toBe(303)
    expect(await textOf(`${letters}/${seoyeon}`, { who: organizer })).toContain('voted to endorse you')
    expect((await stranger.get(`${letters}/${seoyeon}`)).status).toBe(404)
    expect((await organizer.get(`${letters}/${seoyeon}/pdf`)).headers.get('content-type')).toBe('application/pdf')
    expect((await organizer.post(`${letters}/${marcus}`, { email: 'nobody', language: 'ko' })).status).toBe(422)
    world.mails.length = 0
    for (const email of ['wrong@bell.example.org', 'marcus@bell.example.org'])
      expect((await organizer.post(`${letters}/${marcus}`, { email, language: 'ko' })).status).toBe(303)
    await workOff(world, [sendLetterJob])
    expect(world.mails.map(({ to, subject, files }) => [to, subject, files?.length])).toEqual([['marcus@bell.example.org', '알림', 1]]) // prettier-ignore
    expect(world.mails[0]?.text).toMatch(/^Marcus Bell이\(가\) 아닌 http\S+\/result\?lang=ko$/)
    expect((await organizer.post(`${letters}/${marcus}`, { email: 'other@example.org', language: 'en' })).status).toBe(
      409,
    )
    expect(await textOf(`${letters}/${marcus}`, { who: organizer })).toContain('Sent to marcus@bell.example.org')

    // The program ended while this one was handed over: nobody knows, and a person decides.
    expect((await organizer.post(`${letters}/${seoyeon}`, { email: 'lee@example.org', language: 'en' })).status).toBe(303) // prettier-ignore
    await db.updateTable('endorsement_letter').set({ handed_at: world.installation.clock.now() }).where('candidate_id', '=', Number(seoyeon)).execute() // prettier-ignore
    world.mails.length = 0
    await workOff(world, [sendLetterJob])
    expect(world.mails).toEqual([])
    expect(await textOf(`${letters}/${seoyeon}`, { who: organizer })).toContain('nobody knows whether it arrived')
    const anew = { email: 'lee@example.org', language: 'en' }
    expect((await organizer.post(`${letters}/${seoyeon}`, anew)).status).toBe(409)
    expect((await organizer.post(`${letters}/${seoyeon}`, { ...anew, is_again: 'yes' })).status).toBe(303)
    await workOff(world, [sendLetterJob])
    expect(world.mails.map(({ to }) => to)).toEqual(['lee@example.org'])
    await owner.deleteFrom('endorsement_letter').where('candidate_id', '=', Number(seoyeon)).execute()

    const campaigns = world.as(ours.organizer, [campaignRoutes])
    const campaign = { name_en: 'For Seoyeon Lee', contest_id: contest, cycle_id: cycle, lane: 'independent', 'candidate_ids[]': [seoyeon], starts_on: '2027-05-04', ends_on: '2027-06-22', goal_count: '', goal: 'conversations', owner_id: ours.organizer.id } // prettier-ignore
    const begun = found((await campaigns.post('/campaigns/new', campaign)).headers.get('location'))
    expect(await textOf(begun, { who: campaigns })).not.toContain('was withdrawn')

    // What comes next begins with who was endorsed, for whoever may begin it.
    const candidate = { candidate: seoyeon, cycle }
    const steps = [
      ['voterguides.edit', `/voterguides/new?cycle=${cycle}`],
      ['campaigns.edit', `/campaigns/new?${new URLSearchParams({ contest, cycle, candidate: seoyeon })}`],
      ['contributions.propose', `/contributions/new?${new URLSearchParams(candidate)}`],
      ['phonebanks.edit', '/phonebanks/new?candidate'],
      ['scripts.edit', `/scripts/new?${new URLSearchParams({ name: 'Calls for Seoyeon Lee' })}`],
      ['mailings.edit', `/mailings/new?${new URLSearchParams({ name: 'We endorse Seoyeon Lee', endorsement: `${cycle}/${contest}` })}`],
      ['postal.edit', `/postal/new?${new URLSearchParams({ name: 'We endorse Seoyeon Lee' })}`],
    ] as const // prettier-ignore
    for (const reader of [ours.organizer, ours.actor(['board']), ours.actor(['host'])]) {
      const page = unescaped(await textOf(here, { who: world.as(reader, all) }))
      const shown = steps.filter(([, href]) => page.includes(`href="${href}`)).map(([permission]) => permission)
      expect(shown).toEqual(steps.map(([permission]) => permission).filter((permission) => mayDo(reader, permission)))
      expect(page).not.toContain(`candidate=${marcus}`)
    }

    const withdrawal = `${here}/withdraw/${seoyeon}`
    expect((await organizer.get(`${here}/withdraw/${marcus}`)).status).toBe(404)
    expect((await organizer.post(withdrawal, {})).status).toBe(422)
    expect((await organizer.post(withdrawal, { reason_en: 'Voted against it.' })).status).toBe(303)
    for (const page of [open, `/c/${slug}/${cycle}/result`])
      expect(await textOf(page)).toMatch(
        /Endorsement of Seoyeon Lee withdrawn Tuesday, May 4, 2027[\s\S]*Voted against it\./,
      )
    const without = await textOf(here, { who: organizer })
    for (const step of ['campaigns/new', 'contributions/new', 'phonebanks/new', 'scripts/new', 'mailings/new', 'postal/new']) expect(without).not.toContain(step) // prettier-ignore
    const told = await textOf(begun, { who: campaigns })
    for (const said of ['The endorsement of Seoyeon Lee was withdrawn on Tuesday, May 4, 2027', 'Voted against it.']) expect(told).toContain(said) // prettier-ignore
    expect((await organizer.get(`${letters}/${seoyeon}`)).status).toBe(404) // it would say that they are endorsed
    await expect(sql`update endorsement_revision set reason = '{}'`.execute(db)).rejects.toThrow('permission denied')
    const minutes = await board.get(`${here}/minutes?language=ko`)
    expect(minutes.headers.get('content-type')).toBe('application/pdf')
    const host = world.as(ours.actor(['host']), all)
    expect((await host.get(`${here}/minutes`)).status).toBe(403)
    expect((await host.get(`${here}/minutes?for=everybody`)).status).toBe(200)
    expect(await textOf(here, { who: host })).not.toContain('minutes?language=en"')
    const trail = await owner.selectFrom('audit_entry').select('action').where('subject_id', '=', cycle).execute()
    expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(['state', 'announce', 'word_letters', 'send_letter', 'print_letter', 'withdraw', 'print_minutes'].map((each) => `endorsement.${each}`))) // prettier-ignore
    expect((await stranger.get(`${here}/minutes`)).status).toBe(404)
    const facts = await voteFacts(db, found(await voteOf(db, organization_id, cycle)))
    expect(facts).toMatchObject({ voted: { device: 2 }, ties: [{ kinds: { donor: 1 }, barred: 0 }], challenges: [] })
  })

  test('everybody reads an organization’s own texts in each language it writes, also where we have no words in it', async () => {
    const grace = await member('Grace')
    const cycle = await votingCycle({ ...voting, quorum: '1', method: 'plurality' })
    const ballot = await ballotOf(cycle, grace)
    await ask(cycle, { kind: 'text', text_en: 'Why?' })
    await db.updateTable('endorsement_question').set({ text: JSON.stringify({ en: 'Why?', es: '¿Por qué?' }) }).where('cycle_id', '=', cycle).execute() // prettier-ignore
    await invite(cycle, seoyeon)
    const answers = await linkTo(cycle)
    await db.updateTable('endorsement_cycle').set({ name: JSON.stringify({ en: 'Endorsements', es: 'Respaldos 2027', bn: 'সমর্থন ২০২৭' }) }).where('cycle_id', '=', cycle).execute() // prettier-ignore
    const open = `/c/${slug}/${cycle}`
    expect(await textOf(`${open}?lang=es`)).not.toContain('Respaldos 2027') // English and Korean alone
    await owner.updateTable('organization').set({ languages: ['en', 'ko', 'es', 'bn'] }).where('slug', '=', slug).execute() // prettier-ignore
    const spanish = await textOf(`${open}?lang=es`)
    for (const said of ['<html lang="es"', 'Respaldos 2027</h1>', 'Quién puede votar', 'Concejal, Distrito 20', 'lunes 3 de mayo de 2027']) expect(spanish).toContain(said) // prettier-ignore
    const bengali = await textOf(`${open}?lang=bn`)
    for (const said of ['<html lang="en"', '<span lang="bn">সমর্থন ২০২৭</span>', 'Headings on this page are in English', 'Who may vote']) expect(bengali).toContain(said) // prettier-ignore
    world.installation.clock.set('2027-03-01T17:00:00Z')
    const asked = await textOf(`${answers}?lang=es`)
    for (const said of ['¿Por qué?', 'Preguntas a Seoyeon Lee', 'Guardar y seguir después']) expect(asked).toContain(said) // prettier-ignore
    world.installation.clock.set('2027-05-01T15:00:00Z')
    expect(await textOf(`${ballot}?lang=es`)).toContain('Primero: sus vínculos con las candidaturas')
    const browser = await everybody.get(open, { 'accept-language': 'es-US,en', cookie: '' })
    expect(await browser.text()).toContain('Respaldos 2027')

    await cast(ballot, { [`choice_${contest}`]: '1' })
    afterwards()
    await organizer.post(`/endorsements/${cycle}/vote/count`, {})
    await organizer.post(`/endorsements/${cycle}/result/statements/${contest}`, { statement_en: 'Rent.' })
    await db.updateTable('endorsement_statement').set({ statement: JSON.stringify({ en: 'Rent.', es: 'Alquileres.', bn: 'ভাড়া।' }) }).where('cycle_id', '=', cycle).execute() // prettier-ignore
    await organizer.post(`/endorsements/${cycle}/result/announce`, {})
    const told = await textOf(`${open}/announcement?lang=es`)
    for (const said of ['A quién respaldamos', '>Alquileres.<', `${open}/result?lang=es`]) expect(told).toContain(said)
    expect(await textOf(`${open}/announcement?lang=bn`)).toContain('<span lang="bn">ভাড়া।</span>')
    expect(await textOf(`${open}/announcement?lang=ko`)).toContain('(English)') // what is not in it says so
    expect(await textOf(`${open}/result?lang=es`)).toContain('Con respaldo: Seoyeon Lee')
    await owner
      .updateTable('organization')
      .set({ languages: ['en', 'ko'] })
      .where('slug', '=', slug)
      .execute()
  })

  test('where nobody reaches the threshold, those with most votes go into a run-off with a roll of its own', async () => {
    const [grace, minsu, hana] = [await member('Grace'), await member('Minsu'), await member('Hana')]
    const [jiwoo, yuna] = [await member('Jiwoo'), await member('Yuna', '2027-01-16')]
    const late = { ...voting, public_parts: ['totals', 'recommendation'], method: 'plurality', threshold_percent: '60', has_runoff: 'yes' } // prettier-ignore
    const cycle = await startCycle()
    expect((await organizer.post(`/endorsements/${cycle}/rules`, late)).status).toBe(422)
    const early = { runoff_from_on: '2027-05-04', runoff_until_on: '2027-05-12', runoff_announced_on: '2027-05-14' }
    expect((await organizer.post(`/endorsements/${cycle}/rules`, { ...late, ...early })).status).toBe(422)
    const days = { ...early, runoff_from_on: '2027-05-10' }
    expect((await organizer.post(`/endorsements/${cycle}/rules`, { ...late, ...days, method: 'ranked', endorsements_most: '2' })).status).toBe(422) // prettier-ignore
    expect((await organizer.post(`/endorsements/${cycle}/rules`, { ...late, ...days })).status).toBe(303)
    await organizer.post(`/endorsements/${cycle}/open`, {})
    world.installation.clock.set('2027-05-01T17:00:00Z')
    await organizer.post(`/endorsements/${cycle}/vote/roll`, {})
    expect(await textOf(`/c/${slug}/${cycle}`)).toContain('go into a run-off at the same threshold')
    const here = `/endorsements/${cycle}/vote`
    // Once the roll is made its days move, and it stays.
    expect((await organizer.post(`/endorsements/${cycle}/rules`, { ...late, ...days, has_runoff: '', reason_en: 'No.' })).status).toBe(422) // prettier-ignore
    expect((await organizer.post(`/endorsements/${cycle}/rules`, { ...late, ...days, runoff_announced_on: '2027-05-15', reason_en: 'A day more.' })).status).toBe(303) // prettier-ignore

    for (const [person, wants] of [[jiwoo, 'no'], [yuna, 'yes']] as const) {
      const { roll_id } = await rowOf(cycle, person)
      const row = `${here}/roll/${roll_id}`
      await organizer.post(`${row}/challenge`, { wants, reason: `The board says ${wants}.` })
      const { challenge_id } = await db.selectFrom('endorsement_challenge').select('challenge_id').where('roll_id', '=', roll_id).executeTakeFirstOrThrow() // prettier-ignore
      expect((await organizer.post(`${row}/decide`, { challenge: challenge_id, is_upheld: 'yes', decision: 'So it is.' })).status).toBe(303) // prettier-ignore
    } // prettier-ignore

    const invitation = { organization_id, cycle_id: cycle, contest_id: Number(contest), candidate_id: Number(seoyeon), email: 'seoyeon@example.org', language: 'ko' as const, made_by: 'Organizer', made_at: world.installation.clock.now() } // prettier-ignore
    await db.insertInto('endorsement_invitation').values(invitation).execute()
    const said = { candidate_ids: [Number(seoyeon)], reasons: JSON.stringify({ en: 'She answers the phone.' }), minority: '{}', minority_by: '', saved_by: 'Committee', saved_at: world.installation.clock.now(), shown_at: world.installation.clock.now() } // prettier-ignore
    await db.insertInto('endorsement_recommendation').values({ organization_id, cycle_id: cycle, contest_id: Number(contest), ...said }).execute() // prettier-ignore

    const one = (place: string) => ({ [`choice_${contest}`]: place })
    await cast(await ballotOf(cycle, grace), one('0'))
    await cast(await ballotOf(cycle, minsu), one('1'))
    await cast(await ballotOf(cycle, hana), one('2'))
    expect((await organizer.post(`${here}/runoff`, {})).status).toBe(409)
    afterwards()
    await organizer.post(`${here}/count`, {})
    expect(await textOf(`/c/${slug}/${cycle}/result`)).toContain('Run-off between Marcus Bell, Seoyeon Lee, from Monday, May 10, 2027') // prettier-ignore
    await organizer.post(`/endorsements/${cycle}/result/announce`, {})
    expect(await textOf(`/c/${slug}/${cycle}/announcement`)).toContain('a run-off decides')
    expect(await textOf(`/endorsements/${cycle}/result`, { who: organizer })).not.toContain(`letters/${marcus}`)
    const joined = await member('Dahee', '2026-02-01') // stood on no roll before
    expect((await board.post(`${here}/runoff`, {})).status).toBe(403)
    const made = await organizer.post(`${here}/runoff`, {})
    const runoff = found(made.headers.get('location')?.split('/').at(-2))
    expect(runoff).not.toBe(cycle)
    expect((await organizer.post(`${here}/runoff`, {})).headers.get('location')).toContain(runoff)
    expect((await rowOf(runoff, joined)).may_vote).toBe(true)
    expect((await rowOf(runoff, grace)).voted_by).toBe(null)
    // What was decided of challenges holds, with why.
    const [struck, admitted] = [await rowOf(runoff, jiwoo), await rowOf(runoff, yuna)]
    expect([struck, admitted].map(({ may_vote, reasons }) => [may_vote, reasons])).toEqual([[false, []], [true, ['joined']]]) // prettier-ignore
    const carried = await textOf(`/endorsements/${runoff}/vote/roll/${struck.roll_id}`, { who: organizer })
    for (const said of ['The board says no.', 'Decided in the first vote']) expect(carried).toContain(said)
    expect((await stranger.get(`/endorsements/${runoff}`)).status).toBe(404)
    expect(await textOf(`/c/${slug}/${cycle}`, { language: 'ko' })).toContain('2027년 지지 후보 선정 결선투표')
    const open = await textOf(`/c/${slug}/${runoff}`)
    for (const said of ['This is the run-off of', 'She answers the phone.', 'Said before the first vote.']) expect(open).toContain(said) // prettier-ignore
    // Where its days are moved, the first vote's pages say so too.
    const first = await db.selectFrom('endorsement_rules').selectAll().where('cycle_id', '=', runoff).executeTakeFirstOrThrow() // prettier-ignore
    const shorter = JSON.stringify({ ...Rules.parse(first.rules), vote_until_on: '2027-05-11' })
    await db.insertInto('endorsement_rules').values({ ...first, version: 2, rules: shorter, reason: JSON.stringify({ en: 'A day less.' }) }).execute() // prettier-ignore
    for (const page of [`/c/${slug}/${cycle}`, `/c/${slug}/${cycle}/result`])
      expect(await textOf(page)).toContain('Tuesday, May 11, 2027')

    world.installation.clock.set('2027-05-10T17:00:00Z')
    const link = await ballotOf(runoff, grace)
    // The first vote's links open nothing here, nor these there.
    expect((await everybody.get(link.replace(runoff, cycle))).status).toBe(404)
    for (const each of [grace, minsu, joined])
      await cast(each === grace ? link : await ballotOf(runoff, each), one('1'))
    await cast(await ballotOf(runoff, hana), one('0'))
    world.installation.clock.set('2027-05-13T04:00:00Z')
    await organizer.post(`/endorsements/${runoff}/vote/count`, {})
    expect(await textOf(`/c/${slug}/${runoff}/result`)).toContain('Endorsed: Seoyeon Lee')
    expect(await textOf(`/endorsements/${runoff}/vote`, { who: organizer })).not.toContain(`${runoff}/vote/runoff`)
    // Its campaigns are written to as before the first vote.
    const letter = await textOf(`/endorsements/${runoff}/result/letters/${seoyeon}`, { who: organizer })
    for (const said of ['seoyeon@example.org', '이서연']) expect(letter).toContain(said)
    for (const each of [cycle, runoff]) {
      const minutes = await board.get(`/endorsements/${each}/result/minutes?language=ko`)
      expect(minutes.headers.get('content-type')).toBe('application/pdf')
    }
  })

  // The last: no other link that does not exist is answered with 404 from here afterwards.
  test('guessing ends after some tries, and keeps nobody with a link of their own from voting', async () => {
    const cycle = await votingCycle()
    const link = await ballotOf(cycle, await rowOf(cycle, await newest()).then(({ person_id }) => person_id))
    const guess = (at: number) => everybody.get(`${link.slice(0, -2)}${String(at).padStart(2, '0')}`)
    const statuses: number[] = []
    for (let at = 0; at < 35; at++) statuses.push((await guess(at)).status)
    expect(statuses[0]).toBe(404)
    expect(statuses.at(-1)).toBe(429)
    expect((await everybody.get(link)).status).toBe(200)
  })
  /** Somebody who was a member before. */
  const newest = async (): Promise<string> =>
    (await owner.selectFrom('membership').select('person_id').where('from_on', '=', '2026-01-01').where('organization_id', '=', organization_id).executeTakeFirstOrThrow()).person_id // prettier-ignore
})
