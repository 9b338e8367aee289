import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { found } from '../../platform/errors.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { addCandidate, saveContest } from '../elections/contests/commands.ts'
import { ContestForm, NewCandidateForm } from '../elections/contests/schema.ts'
import '../leadership/tables.ts'
import { contributionRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const db = world.database.of(ours.organization_id)
const [board, treasurer] = [ours.actor(['board']), ours.actor(['treasurer'])]
const [asOrganizer, asBoard, asTreasurer] = [ours.organizer, board, treasurer].map((actor) => world.as(actor, [contributionRoutes])) as [ReturnType<typeof world.as>, ReturnType<typeof world.as>, ReturnType<typeof world.as>] // prettier-ignore
const today = '2026-11-23'
const source_url = 'https://vote.nyc/'
/** Who runs for the state senate, and for the council. */
let [senate, council] = [0, 0]

beforeAll(async () => {
  const { owner } = world.database
  await owner.insertInto('member').values({ organization_id: ours.organization_id, user_id: treasurer.id, display_name: 'Daniel', roles: ['treasurer'] }).execute() // prettier-ignore
  const runs = async (held_on: string, seat: Record<string, string>, name: string): Promise<number> => {
    const { election_id } = await owner.selectFrom('scheduled_election').select('election_id').where('held_on', '=', held_on).where('kind', '=', 'primary').executeTakeFirstOrThrow() // prettier-ignore
    const contest = await saveContest(owner, ours.organizer, { election_id, contest_id: null }, ContestForm.parse({ party: 'dem', seats: '1', source_url, ...seat }), today) // prettier-ignore
    if (!contest.ok) throw new Error(contest.problem)
    const form = NewCandidateForm.parse({ name, figure: 'new', lines: 'Democratic', position: '', status: 'declared', status_on: today, source_url }) // prettier-ignore
    const candidate = await addCandidate(owner, ours.organizer, contest.id, form, today)
    if (!candidate.ok) throw new Error(candidate.problem)
    return candidate.candidate_id
  }
  senate = await runs('2028-06-27', { office: 'state_senator', district: '16' }, 'Hyejin Noh')
  council = await runs('2027-06-22', { office: 'council_member', district: '20' }, 'Hana Jeong')
})

const typed = (more: Record<string, string> = {}) => ({
  candidate_id: String(senate),
  recipient: 'Noh for Senate',
  payer: 'Flushing Neighbors PAC',
  payer_kind: 'state_committee',
  participation: '',
  amount: '3,000',
  reason: 'Our members endorsed her.',
  ...more,
})
const decision = { decided_in: 'Board, special meeting', decided_on: today }
const gift = { given_on: today, method: 'check', reference: '1042' }

async function proposed(more: Record<string, string> = {}): Promise<string> {
  const made = await asOrganizer.post('/contributions/new', typed(more))
  expect(made.status).toBe(303)
  return found(made.headers.get('location'))
}
const page = async (path: string, by = asBoard): Promise<string> =>
  (await (await by.get(path)).text()).replace(/[^]*<main/, '')

test('from proposal to refund, by those who may, with a task for the treasurer and every step in the log', async () => {
  expect(await page('/contributions')).toContain('Nothing proposed yet')
  const one = await proposed()
  const first = await page(one)
  expect(first).toContain('$3,000.00 to Hyejin Noh')
  expect(first).toContain('Within the limit')
  expect(first).toContain('Election Law 14-114(1)')
  expect(first).toMatch(/Left after it<\/dt><dd[^>]*>\$2,000\.00/)
  expect((await asOrganizer.post(`${one}/approve`, decision)).status).toBe(403)
  expect((await asTreasurer.post(`${one}/give`, gift)).status).toBe(409)
  expect((await asBoard.post(`${one}/approve`, { ...decision, decided_on: '2026-11-24' })).status).toBe(422)
  expect((await asBoard.post(`${one}/approve`, decision)).status).toBe(303)
  expect((await asBoard.post(`${one}/approve`, decision)).status).toBe(409)
  const task = await db.selectFrom('task').selectAll().executeTakeFirstOrThrow()
  expect(task.owner_id).toBe(treasurer.id)
  expect(task.title).toContain('$3,000.00')
  expect(task.titles?.ko).toContain('Noh for Senate')
  expect((await asBoard.post(`${one}/give`, gift)).status).toBe(403)
  expect((await asTreasurer.post(`${one}/give`, gift)).status).toBe(303)
  expect((await db.selectFrom('task').select('ended_as').executeTakeFirstOrThrow()).ended_as).toBe('done')
  expect(await page(one)).toContain('1042')
  const refund = { refunded: '3,000.01', refunded_on: today, refund_reference: 'wire 7' }
  const refused = await asTreasurer.post(`${one}/refund`, refund)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="3,000.01"')
  expect((await asTreasurer.post(`${one}/refund`, { ...refund, refunded: '3,000' })).status).toBe(303)
  expect(await page(one)).toContain('came back')
  const trail = await db.selectFrom('audit_entry').select('action').where('subject', '=', 'contribution').orderBy('audit_id').execute() // prettier-ignore
  expect(trail.map(({ action }) => action.replace('contribution.', ''))).toEqual(['propose', 'approve', 'give', 'refund']) // prettier-ignore
})

test('what was approved and given counts: the last dollar passes, one more does not, a refund makes room', async () => {
  const payer = 'Second PAC'
  const [one, two, three] = [await proposed({ payer }), await proposed({ payer, amount: '2000' }), await proposed({ payer: ' second p.a.c.', amount: '0.01' })] // prettier-ignore
  expect((await asBoard.post(`${one}/approve`, decision)).status).toBe(303)
  expect((await asBoard.post(`${two}/approve`, decision)).status).toBe(303)
  const over = await page(three)
  expect(over).toContain('Over the limit by $0.01')
  expect(over).not.toContain('It is approved')
  const refused = await asBoard.post(`${three}/approve`, decision)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('It is over the limit')
  await asTreasurer.post(`${one}/give`, gift)
  await asTreasurer.post(`${one}/refund`, { refunded: '500', refunded_on: today, refund_reference: 'wire' })
  expect((await asBoard.post(`${three}/approve`, decision)).status).toBe(303)
})

test('two decisions at once do not both pass one limit', async () => {
  const payer = 'Third PAC'
  const both = [await proposed({ payer, amount: '4000' }), await proposed({ payer, amount: '4000' })]
  const statuses = await Promise.all(both.map(async (each) => (await asBoard.post(`${each}/approve`, decision)).status))
  expect(statuses.toSorted()).toEqual([303, 422])
})

test('who may give nothing is told so plainly, and cannot be approved', async () => {
  for (const more of [
    { payer: 'Charity', payer_kind: 'charity' },
    { payer: 'Civic League', payer_kind: 'social_welfare', candidate_id: String(council) },
  ]) {
    const one = await proposed(more)
    const said = await page(one)
    expect(said).toContain('This may not be given')
    expect(said).not.toContain('It is approved')
    expect((await asBoard.post(`${one}/approve`, decision)).status).toBe(422)
  }
})

const found_limit = { checked_limit_cents: '1,050', checked_basis: 'per_cycle', checked_limit: 'CFB page of 2026-03-01, read by our lawyer', checked_on: today } // prettier-ignore
const toCouncil = (payer: string, more: Record<string, string> = {}) =>
  proposed({ payer, candidate_id: String(council), payer_kind: 'city_committee', participation: 'participant', ...more }) // prettier-ignore

test('where no limit is known it is not guessed: the board says what it found, and that is checked against the sum', async () => {
  const payer = 'City Committee'
  const [one, two] = [await toCouncil(payer, { amount: '1,000' }), await toCouncil(payer, { amount: '50.01' })]
  const open = await page(one)
  expect(open).toContain('No limit is known for this')
  expect(open).toContain('Given to this candidate so far')
  expect(open).toContain('it was $1,050.00')
  expect((await asBoard.post(`${one}/approve`, decision)).status).toBe(422)
  expect((await asBoard.post(`${one}/approve`, { ...decision, checked_limit: 'Somewhere' })).status).toBe(422)
  expect((await asBoard.post(`${one}/approve`, { ...decision, ...found_limit })).status).toBe(303)
  const said = await page(one)
  expect(said).toContain(found_limit.checked_limit)
  expect(said).toMatch(/Left after it<\/dt><dd[^>]*>\$50\.00/)
  expect((await asTreasurer.post(`${one}/give`, gift)).status).toBe(303)
  const over = await asBoard.post(`${two}/approve`, { ...decision, ...found_limit })
  expect(over.status).toBe(422)
  expect(await over.text()).toContain('It is over the limit')
})

test('what was paid is recorded whatever the limit says, and what is too much is asked back', async () => {
  const payer = 'Paid PAC'
  const one = await proposed({ payer, amount: '3,000' })
  await asBoard.post(`${one}/approve`, decision)
  // The rows of its day no longer allow it: the gift of another way of counting came in between.
  await db.updateTable('contribution').set({ amount_cents: 600_000 }).where('payer', '=', payer).execute()
  expect((await asTreasurer.post(`${one}/give`, gift)).status).toBe(303)
  const said = await page(one)
  expect(said).toContain('Ask for it back')
  expect(said).toContain('Over the limit by $1,000.00')
  const back = await db.selectFrom('task').selectAll().where('title', 'like', 'Ask Noh for Senate%').executeTakeFirstOrThrow() // prettier-ignore
  expect(back.owner_id).toBe(treasurer.id)
  expect(await page('/contributions')).toContain('Over the limit')
  const refund = { refunded: '1,000', refunded_on: today, refund_reference: 'wire 1' }
  expect((await asTreasurer.post(`${one}/refund`, { ...refund, refunded_on: '2026-11-22' })).status).toBe(422)
  expect((await asTreasurer.post(`${one}/refund`, refund)).status).toBe(303)
  expect(await page(one)).not.toContain('Ask for it back')
  expect((await asTreasurer.post(`${one}/refund`, { ...refund, refunded: '5,000.01' })).status).toBe(422)
  expect((await asTreasurer.post(`${one}/refund`, { ...refund, refunded: '5,000', refund_reference: 'wire 2' })).status).toBe(303) // prettier-ignore
  const course = await page(one)
  expect(course).toContain('wire 1')
  expect(course).toContain('wire 2')
  expect((await asTreasurer.post(`${one}/refund`, refund)).status).toBe(422)
})

test('paid where no limit is known: recorded, and the limit is asked for', async () => {
  const payer = 'Late Committee'
  const one = await toCouncil(payer, { amount: '1,100' })
  await asBoard.post(`${one}/approve`, { ...decision, ...found_limit, checked_limit_cents: '1,600' })
  await db.updateTable('contribution').set({ checked_limit_cents: null, checked_basis: null }).where('payer', '=', payer).execute() // prettier-ignore
  expect((await asTreasurer.post(`${one}/give`, { ...gift, given_on: '2026-11-20' })).status).toBe(303)
  const open = await page(one, asTreasurer)
  expect(open).toContain('Paid before it was decided')
  expect(open).toContain('The limit that was looked up')
  expect((await asTreasurer.post(`${one}/finding`, { ...found_limit, checked_limit_cents: '' })).status).toBe(422)
  expect((await asBoard.post(`${one}/finding`, found_limit)).status).toBe(403)
  expect((await asTreasurer.post(`${one}/finding`, found_limit)).status).toBe(303)
  expect(await page(one)).toContain('Over the limit by $50.00')
})

test('a limit that was found is put right: nobody is asked twice for money back, and no more where nothing is too much', async () => {
  const payer = 'Typed Wrongly PAC'
  const one = await toCouncil(payer, { amount: '2,500' })
  // The board typed a nought too many.
  await asBoard.post(`${one}/approve`, { ...decision, ...found_limit, checked_limit_cents: '50,000' })
  const approved = await page(one, asTreasurer)
  expect(approved).toContain('Read or typed wrongly?')
  expect(approved).toContain('value="50000.00"')
  expect((await asTreasurer.post(`${one}/finding`, { ...found_limit, checked_limit_cents: '40,000' })).status).toBe(303)
  expect((await asTreasurer.post(`${one}/give`, gift)).status).toBe(303)
  const row = () => db.selectFrom('contribution').select(['given_though', 'task_id', 'checked_limit_cents']).where('payer', '=', payer).executeTakeFirstOrThrow() // prettier-ignore
  const tasks = () => db.selectFrom('task').select(['task_id', 'ended_as']).where('title', 'like', 'Ask %').where('task_id', '=', sql<string>`(select task_id from contribution where payer = ${payer})`).execute() // prettier-ignore
  const all = async () => (await db.selectFrom('task').select('task_id').execute()).length
  expect(await row()).toMatchObject({ given_though: null, checked_limit_cents: 4_000_000 })
  const before = await all()
  // Now one too few, and pressed twice.
  for (let press = 0; press < 2; press += 1)
    expect((await asTreasurer.post(`${one}/finding`, { ...found_limit, checked_limit_cents: '500' })).status).toBe(303)
  expect(await row()).toMatchObject({ given_though: 'over_limit' })
  expect(await all()).toBe(before + 1)
  expect(await tasks()).toMatchObject([{ ended_as: null }])
  expect(await page(one)).toContain('Ask for it back')
  expect((await asTreasurer.post(`${one}/finding`, { ...found_limit, checked_limit_cents: '5,000' })).status).toBe(303)
  expect(await row()).toMatchObject({ given_though: null })
  expect(await tasks()).toMatchObject([{ ended_as: 'moved_on' }])
  expect(await page(one)).not.toContain('Ask for it back')
  const log = await db.selectFrom('audit_entry').select(['before', 'after']).where('action', '=', 'contribution.find_limit').orderBy('audit_id', 'desc').limit(1).executeTakeFirstOrThrow() // prettier-ignore
  expect(log).toMatchObject({ before: { checked_limit_cents: 50_000 }, after: { checked_limit_cents: 500_000 } })
  // What a row of the law says is not theirs to change.
  const known = await proposed({ payer: 'Known PAC' })
  await asBoard.post(`${known}/approve`, decision)
  await asTreasurer.post(`${known}/give`, gift)
  expect((await asTreasurer.post(`${known}/finding`, found_limit)).status).toBe(409)
})

test('what is approved is called off by board or treasurer, with a reason; it is taken up again, or given after all', async () => {
  const one = await proposed({ payer: 'Fourth PAC' })
  await asBoard.post(`${one}/approve`, decision)
  const why = { drop_reason: 'She withdrew' }
  expect((await asOrganizer.post(`${one}/drop`, {})).status).toBe(409)
  expect((await asOrganizer.post(`${one}/call-off`, why)).status).toBe(403)
  expect((await asBoard.post(`${one}/call-off`, { drop_reason: '' })).status).toBe(422)
  expect((await asTreasurer.post(`${one}/call-off`, why)).status).toBe(303)
  expect(await page(one)).toContain('She withdrew')
  expect((await asBoard.post(`${one}/take-up`, {})).status).toBe(303)
  expect(await page(one)).not.toContain('She withdrew')
  await asBoard.post(`${one}/call-off`, why)
  const more = await proposed({ payer: 'Fourth PAC', amount: '4,000' })
  expect((await asBoard.post(`${more}/approve`, decision)).status).toBe(303)
  expect((await asBoard.post(`${one}/take-up`, {})).status).toBe(422)
  expect((await asTreasurer.post(`${one}/give`, gift)).status).toBe(303)
  expect(await page(one)).toContain('1042')
  const proposal = await proposed({ payer: 'Fourth PAC', amount: '1' })
  expect((await asOrganizer.post(`${proposal}/drop`, {})).status).toBe(303)
  expect((await asTreasurer.post(`${proposal}/give`, gift)).status).toBe(409)
})

test('a payer that is known is what it was, unless somebody says that this changed', async () => {
  await proposed({ payer: 'Queens Club', payer_kind: 'club' })
  expect(await page('/contributions/new', asOrganizer)).toContain('<option value="Queens Club"')
  const other = typed({ payer: 'QUEENS  club', payer_kind: 'state_committee' })
  const refused = await asOrganizer.post('/contributions/new', other)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('was something else in an earlier contribution')
  expect((await asOrganizer.post('/contributions/new', { ...other, kind_changed: 'yes' })).status).toBe(303)
})

test('a club is told that it registers first', async () => {
  expect(await page(await proposed({ payer: 'Bayside Club', payer_kind: 'club' }))).toContain('This club registers first') // prettier-ignore
})

test('a form with gaps comes back with what was typed', async () => {
  const refused = await asOrganizer.post('/contributions/new', typed({ payer_kind: '', amount: 'much', candidate_id: '999999' })) // prettier-ignore
  expect(refused.status).toBe(422)
  const said = await refused.text()
  expect(said).toContain('Choose what it is')
  expect(said).toContain('value="much"')
  expect((await asOrganizer.post('/contributions/new', typed({ candidate_id: '999999' }))).status).toBe(422)
})

test('all of it is a table and a file, and nobody else’s', async () => {
  const table = await page('/contributions', asTreasurer)
  expect(table).toContain('Hyejin Noh')
  const file = await (await asTreasurer.get('/contributions/export.csv')).text()
  expect(file).toContain('Noh for Senate')
  expect(file).toContain('"Hyejin Noh (')
  const stranger = world.as(theirs.organizer, [contributionRoutes])
  expect(await (await stranger.get('/contributions')).text()).not.toContain('Hyejin')
  const one = await proposed({ payer: 'Fifth PAC' })
  expect((await stranger.get(one)).status).toBe(404)
  expect((await world.as(ours.actor(['host']), [contributionRoutes]).get('/contributions')).status).toBe(403)
})
