import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { compileUniverse } from '../../targeting/queries.ts'
import { callRoutes } from '../call-routes.tsx'
import { dashboard, phoneBank } from '../dashboard.ts'
import { reportRoutes } from '../report/routes.tsx'
import { phoneBankRoutes } from '../routes.tsx'
import { draftLike } from '../rounds/repeating.ts'
import type { MadeOutput, Session } from '../schema.ts'
import { addTestCaller, addVoters, makeBank, type TestBank } from '../testing.ts'
import { defineResult, offerResults } from './commands.ts'
import { resultCodeRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs, installation } = world
const routes = [callRoutes, reportRoutes, resultCodeRoutes, phoneBankRoutes]
const organizer = world.as(ours.organizer, routes)
const inKorean = { 'accept-language': 'ko' }
const stranger = world.as(theirs.organizer, routes)
const nobody = world.as(null, routes)
const db = installation.database.of(ours.organization_id)
await addVoters(
  installation.database.owner,
  Array.from({ length: 30 }, (_, index) => ({ voter_id: index + 1, first_name: 'Young Hee' })),
)

const voted = { name_en: 'Voted early', name_ko: '조기투표 마침', counts_as: 'refused' }
await organizer.post('/phonebanks/result-codes', voted)
await organizer.post('/phonebanks/result-codes', {
  name_en: 'Driving now',
  name_ko: '운전 중',
  counts_as: 'not_available',
})

async function offering(voters: number[], ...codes: string[]): Promise<TestBank> {
  const bank = await makeBank(world, ours.organizer, voters)
  const saved = await organizer.post(`/phonebanks/${bank.phone_bank_id}/result-codes`, { codes })
  expect(saved.status).toBe(303)
  return bank
}

const standing = (bank: TestBank, voter_id: number) =>
  db
    .selectFrom('phone_bank_target')
    .select(['state', 'why'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()

test('an own result has a name in both languages, a code that stays, and counts as one of the usual results', async () => {
  const page = await (await organizer.get('/phonebanks/result-codes')).text()
  for (const each of ['Voted early', 'voted_early', 'Counts as “Refused”']) expect(page).toContain(each)
  expect(await (await organizer.get('/phonebanks/result-codes', inKorean)).text()).toContain('조기투표 마침')
  // What it counts as stays for good: nothing is chosen beforehand.
  expect(page).toContain('<option value="" selected="">Choose…</option>')
  const unchosen = await organizer.post('/phonebanks/result-codes', {
    ...voted,
    name_en: 'Moved abroad',
    counts_as: '',
  })
  expect(unchosen.status).toBe(422)
  expect(await unchosen.text()).toContain('id="counts_as-error"')
  const again = await organizer.post('/phonebanks/result-codes', voted)
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('There is a result of this name already')
  const usual = await organizer.post('/phonebanks/result-codes', { ...voted, name_en: 'No answer' })
  expect(usual.status).toBe(422)
  const nameless = await organizer.post('/phonebanks/result-codes', { ...voted, name_en: '투표' })
  expect(await nameless.text()).toContain('at least two Latin letters')
  const answers = await organizer.post('/phonebanks/result-codes', {
    ...voted,
    name_en: 'Talked',
    counts_as: 'canvassed',
  })
  expect(answers.status).toBe(422)
})

test('callers of a phone bank that offers it get it, others do not, and its meaning decides what follows', async () => {
  const bank = await offering([1, 2, 3], 'voted_early', 'driving_now')
  const caller = await addTestCaller(world, ours.organizer, bank)
  const sessionFor = async (of: TestBank, token: string) =>
    (await (
      await nobody.get(`/call/${of.phone_bank_id}/session`, {
        cookie: `caller_${of.phone_bank_id.slice(0, 8)}=${token}`,
        accept: 'application/json',
      })
    ).json()) as Session
  expect((await sessionFor(bank, caller.token)).own_results).toEqual([
    { code: 'voted_early', name: { en: 'Voted early', ko: '조기투표 마침' }, counts_as: 'refused' },
    { code: 'driving_now', name: { en: 'Driving now', ko: '운전 중' }, counts_as: 'not_available' },
  ])
  const plain = await makeBank(world, ours.organizer, [4])
  const other = await addTestCaller(world, ours.organizer, plain)
  expect((await sessionFor(plain, other.token)).own_results).toEqual([])

  const [first] = (await caller.next()).turn.cards
  if (!first) throw new Error('no card')
  const { recorded, turn } = await caller.record(first, { disposition: 'refused', result_code: 'voted_early' })
  expect(recorded?.outcome).toBe('recorded')
  expect(await standing(bank, first.voter_id)).toEqual({ state: 'finished', why: 'refused' })
  const [second] = turn.cards
  if (!second) throw new Error('no card')
  await caller.record(second, { disposition: 'not_available', result_code: 'driving_now' })
  expect(await standing(bank, second.voter_id)).toEqual({ state: 'waiting', why: 'resting' })

  const after = await sessionFor(bank, caller.token)
  expect(after.recent.map((each) => each.result_name?.ko)).toEqual(['운전 중', '조기투표 마침'])
  const made = (await (
    await nobody.postJson(
      `/call/${bank.phone_bank_id}/made`,
      { attempt_id: after.recent[0]?.attempt_id },
      { cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}` },
    )
  ).json()) as MadeOutput
  expect(made.made).toMatchObject({ result_code: 'driving_now', result_name: { ko: '운전 중' } })
  // A whole card once more: who opened which call stands in the activity log.
  const reopened = await world.database.owner
    .selectFrom('audit_entry')
    .select(['subject_id', 'actor_name'])
    .where('action', '=', 'phonebank.reopen')
    .execute()
  expect(reopened).toEqual([{ subject_id: after.recent[0]?.attempt_id, actor_name: 'Grace' }])
  const row = await phoneBank(db, ours.organization_id, bank.phone_bank_id)
  expect(draftLike(row, 7).result_codes).toEqual(['voted_early', 'driving_now'])
  const shown = await dashboard(db, row, new Date())
  expect(shown.callers.map(({ last_result_name }) => last_result_name?.ko)).toEqual(['운전 중'])
  expect(shown.dispositions.map(({ result_code, count }) => [result_code, count]).toSorted()).toEqual([
    ['driving_now', 1],
    ['voted_early', 1],
  ])
  for (const path of ['', '/results', '/report', `/voters/${first.voter_id}`]) {
    expect(await (await organizer.get(`/phonebanks/${bank.phone_bank_id}${path}`, inKorean)).text()).toContain(
      '조기투표 마침',
    )
  }
})

test('exports and searches know it under its own code and under what it counts as', async () => {
  const bank = await offering([11], 'voted_early')
  const caller = await addTestCaller(world, ours.organizer, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  await caller.record(card, { disposition: 'refused', result_code: 'voted_early' })
  const file = async (form: string) =>
    (await organizer.post(`/phonebanks/${bank.phone_bank_id}/results.csv`, { form, law: 'yes' })).text()
  expect(await file('words')).toContain('Voted early')
  expect(await file('codes')).toMatch(/,refused,.*,voted_early\r?\n/)
  for (const expression of ['result:voted-early', 'result:refused', 'result:phone/voted_early']) {
    const compiled = await compileUniverse(db, expression, ours.organization_id, '2026-11-26')
    if (!compiled.ok) throw new Error(expression)
    const { rows } = await sql<{
      voter_id: number
    }>`select v.voter_id from voter_record v where ${compiled.universe.condition}`.execute(db)
    expect(rows.map((row) => row.voter_id)).toContain(card.voter_id)
  }
})

test('one no longer offered leaves the screens, and a result that comes late under it still counts', async () => {
  const bank = await offering([21, 22], 'voted_early')
  const caller = await addTestCaller(world, ours.organizer, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  await organizer.post('/phonebanks/result-codes/voted_early/retire', {})
  expect(await (await organizer.get(`/phonebanks/${bank.phone_bank_id}/result-codes`)).text()).not.toContain(
    'Voted early',
  )
  const late = await caller.record(card, { disposition: 'refused', result_code: 'voted_early' })
  expect(late.recorded?.outcome).toBe('recorded')
  await organizer.post('/phonebanks/result-codes/voted_early/restore', {})
})

test('a code of nobody, of another organization, or with another meaning is refused', async () => {
  const their_code = { name_en: 'Theirs alone', name_ko: '저쪽 것', counts_as: 'refused' as const }
  await defineResult(installation.database.of(theirs.organization_id), theirs.organizer, their_code, new Date())
  const bank = await offering([26], 'voted_early')
  const caller = await addTestCaller(world, ours.organizer, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  for (const [disposition, result_code] of [
    ['refused', 'nobody_knows'],
    ['refused', 'theirs_alone'],
    ['no_answer', 'voted_early'],
  ] as const) {
    const { recorded } = await caller.record(card, { disposition, result_code })
    expect(recorded).toMatchObject({ outcome: 'refused', problem: 'wrong_answers' })
  }
  expect((await stranger.get('/phonebanks/result-codes')).status).toBe(200)
  expect(await (await stranger.get('/phonebanks/result-codes')).text()).not.toContain('voted_early')
  expect((await stranger.post('/phonebanks/result-codes/voted_early/retire', {})).status).toBe(404)
  expect((await stranger.post(`/phonebanks/${bank.phone_bank_id}/result-codes`, { codes: [] })).status).toBe(404)
  const host = world.as({ ...ours.organizer, roles: ['host'] }, routes)
  expect((await host.post('/phonebanks/result-codes', voted)).status).toBe(403)
})

test('of two who name the twelfth result at once, one is told that there are enough', async () => {
  const { organizer: their } = theirs
  const their_db = installation.database.of(theirs.organization_id)
  const named = (name: string) => ({ name_en: name, name_ko: name, counts_as: 'busy' as const })
  for (const each of 'abcdefghij') await defineResult(their_db, their, named(`More ${each}`), new Date())
  const both = await Promise.all(['One', 'Two'].map((each) => defineResult(their_db, their, named(each), new Date())))
  expect(both.filter((each) => each.ok)).toHaveLength(1)
  expect(both.find((each) => !each.ok)).toEqual({ ok: false, problem: 'too_many' })
})

test('codes nobody defined are not put on a screen', async () => {
  const bank = await makeBank(world, ours.organizer, [])
  await offerResults(db, ours.organizer, bank.phone_bank_id, ['voted_early', 'invented', 'voted_early'])
  expect((await phoneBank(db, ours.organization_id, bank.phone_bank_id)).result_codes).toEqual(['voted_early'])
})
