import { expect, test } from 'vitest'
import { makeWorld } from '../platform/testing/world.ts'
import { homeRoutes } from './home-routes.tsx'

const world = await makeWorld()

test('nobody signed in learns what this is; an organizer learns the next step', async () => {
  const welcome = await (await world.as(null, [homeRoutes]).get('/')).text()
  expect(welcome).toContain('Find our voters')
  const home = await (await world.as(world.ours.organizer, [homeRoutes]).get('/')).text()
  expect(home).toContain('Your next steps')
  expect(home).toContain('Import the voter file')
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
