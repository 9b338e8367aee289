import { expect, test } from 'vitest'
import { addVoters, makeBank } from '../features/phonebanks/testing.ts'
import { addDays } from '../platform/clock.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { homeRoutes } from './home-routes.tsx'
import { homeFacts } from './pages/home-queries.ts'

const world = await makeWorld()

test('nobody signed in learns what this is; an organizer learns the next step', async () => {
  const welcome = await (await world.as(null, [homeRoutes]).get('/')).text()
  expect(welcome).toContain('Find our voters')
  const home = await (await world.as(world.ours.organizer, [homeRoutes]).get('/')).text()
  expect(home).toContain('Your next steps')
  expect(home).toMatch(/Import the voter file[^]*Add phone numbers[^]*Choose a universe/)
  expect(home).toContain('Flushing Civic Action')
})

test('the same page in Korean', async () => {
  const home = await (
    await world.as(world.ours.organizer, [homeRoutes]).get('/', { 'accept-language': 'ko-KR' })
  ).text()
  expect(home).toContain('플러싱 시민행동의 지금 상황')
  expect(home).toContain('<html lang="ko">')
})

test('a member who does not call sees no call figures', async () => {
  const home = await (await world.as(world.ours.actor(['member']), [homeRoutes]).get('/')).text()
  expect(home).not.toContain('Calls made')
  expect(home).toContain('nothing for you to do')
})

test('phone banks that go on are counted as on their own page: who cannot be called is not done; one whose dates are over is no longer there', async () => {
  const { organizer } = world.ours
  const db = world.database.of(organizer.organization_id)
  await addVoters(world.database.owner, [
    { voter_id: 1, phones: ['+17185550101'] },
    { voter_id: 2, phones: [] },
  ])
  // Nobody has called yet; both voters count, though PostgreSQL has estimated none so far.
  expect(await homeFacts(db, '2026-11-27', 'America/New_York')).toMatchObject({
    voters: 2,
    has_phones: true,
    has_called: false,
  })
  const bank = await makeBank(world, organizer, [1, 2])
  const { ends_on } = await db
    .selectFrom('phone_bank')
    .select('ends_on')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  expect((await homeFacts(db, ends_on, 'America/New_York')).open).toMatchObject([{ total: 2, done: 0 }])
  expect((await homeFacts(db, addDays(ends_on, 1), 'America/New_York')).open).toEqual([])
})
