import { expect, test } from 'vitest'
import { createApp } from '../../platform/http/app.tsx'
import { visitor } from '../../platform/testing/visitor.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { demoPassword } from '../access/schema.ts'
import { actorOfSession } from '../access/session.ts'
import { signInRoutes } from '../access/sign-in-routes.tsx'
import { joiningRoutes } from './joining-routes.tsx'
import { memberRoutes } from './member-routes.tsx'
import { setupCode } from './rules.ts'

const world = await makeWorld()
const { owner } = world.database
await owner.deleteFrom('membership_kind').execute()
await owner.deleteFrom('organization').execute()
const app = createApp({
  installation: world.installation,
  routes: [signInRoutes, joiningRoutes, memberRoutes],
  nav: [],
  actorOf: actorOfSession,
  may: () => true,
})
const form = {
  name_en: '',
  name_ko: '플러싱 시민행동',
  time_zone: 'America/New_York',
  person: '유은혜',
  email: 'grace@example.com',
  password: 'a long enough password',
}

test('the first visit leads to the set-up', async () => {
  expect((await visitor(app).get('/sign-in')).headers.get('location')).toBe('/setup')
})

test('without the code of the terminal nothing is set up, and what was typed is kept, except the password', async () => {
  const answer = await visitor(app).post('/setup', { ...form, code: 'AAAA-BBBB-CCCC' })
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('value="플러싱 시민행동"')
  expect(html).not.toContain(form.password)
  // With what else is wrong, not after it.
  const both = await (await visitor(app).post('/setup', { ...form, email: 'nobody', code: 'AAAA-BBBB-CCCC' })).text()
  for (const field of ['code', 'email']) expect(both).toContain(`id="${field}-error"`)
  expect(await owner.selectFrom('auth.user').select('id').execute()).toEqual([])
})

test('whoever practiced first cannot lock themselves out with the password of the practice town, which opens nothing', async () => {
  const code = setupCode(world.installation.secret)
  const answer = await visitor(app).post('/setup', { ...form, code, password: demoPassword })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('id="password-error"')
  expect(await owner.selectFrom('auth.user').select('id').execute()).toEqual([])
})

test('with it, of two at once one becomes organizer and steward; the other, and who comes later, is led to sign in', async () => {
  const code = setupCode(world.installation.secret).toLowerCase().replaceAll('-', ' ')
  const [first, second] = [visitor(app), visitor(app)]
  const answers = await Promise.all([
    first.post('/setup', { ...form, code }),
    second.post('/setup', { ...form, email: 'second@example.com', code }),
  ])
  const led_to = answers.map((each) => each.headers.get('location'))
  expect(led_to.toSorted()).toEqual(['/', '/sign-in'])
  const winner = led_to[0] === '/' ? first : second
  expect((await winner.get('/members')).status).toBe(200)
  expect(await owner.selectFrom('steward').select('user_id').execute()).toHaveLength(1)
  expect(await owner.selectFrom('auth.user').select('id').execute()).toHaveLength(1)
  const later = [await visitor(app).get('/setup'), await visitor(app).post('/setup', { ...form, email: 'third@example.com', code })] // prettier-ignore
  expect(later.map((each) => each.headers.get('location'))).toEqual(['/sign-in', '/sign-in'])
  expect(await owner.selectFrom('auth.user').select('id').execute()).toHaveLength(1)
  const made = await owner.selectFrom('organization').select(['name', 'slug']).executeTakeFirstOrThrow()
  expect(made.name).toEqual({ ko: '플러싱 시민행동' })
})
