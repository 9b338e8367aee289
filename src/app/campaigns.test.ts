import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { addCandidate, saveContest } from '../features/elections/contests/commands.ts'
import { ContestForm, NewCandidateForm } from '../features/elections/contests/schema.ts'
import { makeMailing } from '../features/mailings/commands.ts'
import { addTestCaller, callAround, makeBank } from '../features/phonebanks/testing.ts'
import { addNamedVoters } from '../features/people/testing.ts'
import { saveUniverse } from '../features/targeting/commands.ts'
import type { Actor } from '../platform/actor.ts'
import { found } from '../platform/errors.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { routes } from './routes.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const { organizer } = ours
const db = world.database.of(ours.organization_id)
const now = installation.clock.now()
const here = world.as(organizer, routes)
const today = '2026-11-23'
const source_url = 'https://vote.nyc/'

/** A seat of the council, in the primary of June 2027, and two who run for it. */
let contest_id = 0
let lee = 0
let universe_id = ''

beforeAll(async () => {
  const { owner } = world.database
  const { election_id } = await owner.selectFrom('scheduled_election').select('election_id').where('kind', '=', 'primary').where('held_on', '=', '2027-06-22').executeTakeFirstOrThrow() // prettier-ignore
  const seat = ContestForm.parse({ office: 'council_member', district: '20', party: 'dem', seats: '1', source_url })
  const contest = await saveContest(owner, organizer, { election_id, contest_id: null }, seat, today)
  if (!contest.ok) throw new Error(contest.problem)
  contest_id = contest.id
  lee = await runs('Seoyeon Lee', '이서연')
  await runs('Grace Han', '한은혜')
  const saved = await saveUniverse(db, organizer, { name: 'Korean voters of 20', expression: 'status:active', note: null }, now, today) // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  universe_id = saved.universe_id
})

async function runs(name: string, name_ko: string): Promise<number> {
  const form = NewCandidateForm.parse({ name, name_ko, figure: 'new', lines: 'Democratic', position: '', status: 'on_ballot', status_on: today, source_url }) // prettier-ignore
  const candidate = await addCandidate(world.database.owner, organizer, contest_id, form, today)
  if (!candidate.ok) throw new Error(candidate.problem)
  return candidate.candidate_id
}

const typed = (more: Record<string, string | string[]> = {}) => ({
  name_en: 'Lee for Council',
  name_ko: '이서연 후보 캠페인',
  contest_id: String(contest_id),
  cycle_id: '',
  lane: 'independent',
  'candidate_ids[]': [String(lee)],
  starts_on: '2026-11-01',
  ends_on: '2027-06-22',
  goal_count: '1,000',
  goal: 'conversations',
  owner_id: organizer.id,
  ...more,
})

async function begin(more: Record<string, string | string[]> = {}): Promise<string> {
  const made = await here.post('/campaigns/new', typed(more))
  expect(made.status).toBe(303)
  return found((made.headers.get('location') ?? '').split('/').at(-1))
}

const pageOf = async (path: string, actor: Actor = organizer): Promise<string> =>
  (await (await world.as(actor, routes).get(path)).text()).replace(/[^]*<main/, '')

test('a campaign begins with its contest, names who runs and offers the days of the election', async () => {
  const first = await pageOf('/campaigns/new')
  expect(first).toContain('City Council District 20')
  expect(first).toContain('No single contest')
  const form = await pageOf(`/campaigns/new?contest=${contest_id}&candidate=${lee}`)
  expect(form).toContain('value="For Seoyeon Lee"')
  expect(form).toContain('value="이서연 후보 캠페인"')
  expect(form).toContain('<option value="2027-06-22"')
  expect(form).toMatch(/checked=""[^>]*value="\d+"|value="\d+"[^>]*checked=""/)
  // Lanes are never guessed where somebody is backed.
  expect(form).not.toMatch(/value="(independent|coordinated|member_communication|non_partisan)"[^>]*checked/)
  const refused = await here.post('/campaigns/new', typed({ lane: '', name_en: '', name_ko: ' ' }))
  expect(refused.status).toBe(422)
  const said = await refused.text()
  expect(said).toContain('Choose one of the four.')
  expect(said).toContain('Give it a name in one language.')
  expect(said).toContain('value="1,000"')
  const campaign = `/campaigns/${await begin()}`
  const page = await pageOf(campaign)
  expect(page).toContain('Lee for Council')
  expect(page).toContain('Independent')
  expect(page).toContain('Seoyeon Lee')
  expect(page).toContain('of 1,000')
  expect(await pageOf('/campaigns')).toContain('Lee for Council')
})

test.each([
  ['work for a candidate without its contest', { contest_id: '' , 'candidate_ids[]': [] }, 'needs its contest'],
  ['non-partisan work that names somebody', { lane: 'non_partisan' }, 'non-partisan work is for no candidate'],
  ['a last day before the first', { ends_on: '2026-10-01' }, 'The last day is before the first.'],
  ['somebody of another contest', { 'candidate_ids[]': ['999999'] }, 'candidate_ids-error'],
] as const)('%s is refused', async (_, more, said) => {
  const refused = await here.post('/campaigns/new', typed(more as Record<string, string>))
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain(said)
}) // prettier-ignore

test('what is made from a campaign belongs to it, with lane, list and names filled in', async () => {
  const campaign_id = await begin()
  const campaign = `/campaigns/${campaign_id}`
  const linked = await here.post(`${campaign}/link`, { part: `universe:${universe_id}` })
  expect(linked.status).toBe(303)
  const page = await pageOf(campaign)
  const making = (path: string): string => (new RegExp(`href="(${path}/new[^"]*)"`).exec(page)?.[1] ?? '').replaceAll('&amp;', '&') // prettier-ignore
  expect(making('/phonebanks')).toContain(`campaign=${campaign_id}&lane=independent&universe=${universe_id}`)
  expect(making('/postal')).toContain('level=city')
  expect(making('/voters/universes')).toContain(encodeURIComponent('district:nyc-council/20'))
  const mailForm = await pageOf(making('/mailings'))
  expect(mailForm).toContain(`name="campaign" value="${campaign_id}"`)
  expect(mailForm).toMatch(/checked=""[^>]*value="independent"|value="independent"[^>]*checked=""/)
  const other = await here.post('/mailings/new', { name: 'Lee', lane: 'coordinated', campaign: campaign_id })
  expect(other.status).toBe(422)
  expect(await other.text()).toContain('The campaign is in another lane')
  expect((await here.post('/mailings/new', { name: 'Vote for Lee', lane: 'independent', campaign: campaign_id })).status).toBe(303) // prettier-ignore
  for (const path of ['/postal', '/voterguides'])
    expect(await pageOf(making(path))).toContain(`name="campaign" value="${campaign_id}"`)
  const kinds = await pageOf(making('/events'))
  const kind = (/href="(\/events\/new\?kind=[^"]+)"/.exec(kinds)?.[1] ?? '').replaceAll('&amp;', '&')
  expect(await pageOf(kind)).toContain(`name="campaign" value="${campaign_id}"`)
  const after = await pageOf(campaign)
  expect(after).toContain('Vote for Lee')
  expect(after).toContain('Korean voters of 20')
  const trail = await db.selectFrom('audit_entry').select(['action', 'after']).where('subject', '=', 'campaign').where('subject_id', '=', campaign_id).orderBy('audit_id').execute() // prettier-ignore
  expect(trail.map(({ action }) => action)).toEqual([
    'campaign.make',
    'campaign.join',
    'campaign.link',
    'campaign.link',
  ])
})

test('calls of its phone banks count toward the goal, each conversation once', async () => {
  const voters = [901, 902, 903]
  await addNamedVoters(world.database.owner, voters.map((voter_id) => ({ voter_id, last_name: 'Kim', first_name: `N ${voter_id}`, phones: [`+1718555${String(voter_id).padStart(4, '0')}`] }))) // prettier-ignore
  const bank = await makeBank(world, organizer, voters)
  await db.updateTable('phone_bank').set({ lane: 'independent' }).where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  await callAround(await addTestCaller(world, organizer, bank), 3)
  const campaign_id = await begin()
  const offered = await pageOf(`/campaigns/${campaign_id}`)
  expect(offered).toContain(`phone_bank:${bank.phone_bank_id}`)
  await here.post(`/campaigns/${campaign_id}/link`, { part: `phone_bank:${bank.phone_bank_id}` })
  const { talked } = await db.selectFrom('contact_attempt').select((eb) => eb.fn.countAll<number>().as('talked')).where('phone_bank_id', '=', bank.phone_bank_id).where(sql<boolean>`is_conversation(disposition, spoke_with)`).executeTakeFirstOrThrow() // prettier-ignore
  expect(talked).toBeGreaterThan(0)
  expect(await pageOf(`/campaigns/${campaign_id}`)).toMatch(new RegExp(`${talked} conversations?<`))
  // Work in a lane belongs to one campaign: a second one does not get it.
  const second = await begin({ name_en: 'Second' })
  expect(await pageOf(`/campaigns/${second}`)).not.toContain(bank.phone_bank_id)
  const refused = await here.post(`/campaigns/${second}/link`, { part: `phone_bank:${bank.phone_bank_id}` })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('It belongs to another campaign already.')
  // Taken out, it may.
  await here.post(`/campaigns/${campaign_id}/unlink`, { part: `phone_bank:${bank.phone_bank_id}` })
  expect((await here.post(`/campaigns/${second}/link`, { part: `phone_bank:${bank.phone_bank_id}` })).status).toBe(303)
})

test('an archived campaign is read and changed no more, until it is taken out again', async () => {
  const campaign_id = await begin({ name_en: 'Old one' })
  const campaign = `/campaigns/${campaign_id}`
  expect((await here.post(`${campaign}/edit`, typed({ name_en: 'New name', goal_count: '' }))).status).toBe(303)
  expect(await pageOf(campaign)).toContain('New name')
  expect((await here.post(`${campaign}/archive`, {})).status).toBe(303)
  expect(await pageOf(campaign)).toContain('Archived by')
  expect((await here.post(`${campaign}/edit`, typed())).status).toBe(409)
  expect((await here.post(`${campaign}/link`, { part: `universe:${universe_id}` })).status).toBe(409)
  expect((await here.post(`${campaign}/restore`, {})).status).toBe(303)
  expect((await here.post(`${campaign}/restore`, {})).status).toBe(409)
  expect((await here.post(`${campaign}/link`, { part: `universe:${universe_id}` })).status).toBe(303)
})

test('another organization finds nothing of it, and can put nothing of ours into theirs', async () => {
  const campaign_id = await begin()
  const stranger = world.as(theirs.organizer, routes)
  expect((await stranger.get(`/campaigns/${campaign_id}`)).status).toBe(404)
  expect((await stranger.post('/mailings/new', { name: 'x', lane: 'independent', campaign: campaign_id })).status).toBe(404) // prettier-ignore
  const mailing_id = await makeMailing(world.database.of(theirs.organization_id), theirs.organizer, { name: 'Theirs', lane: 'independent' }, now) // prettier-ignore
  expect((await here.post(`/campaigns/${campaign_id}/link`, { part: `mailing:${mailing_id}` })).status).toBe(404)
})
