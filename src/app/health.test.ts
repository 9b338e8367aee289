import { expect, test } from 'vitest'
import { makeWorld } from '../platform/testing/world.ts'
import { healthRoutes } from './health-routes.ts'

const world = await makeWorld()
const anybody = world.as(null, [healthRoutes])

test('the server lives and is ready', async () => {
  expect((await anybody.get('/healthz')).status).toBe(200)
  expect(await (await anybody.get('/readyz')).json()).toEqual({ ready: true })
})

test('an installation whose database is behind is not ready', async () => {
  await world.database.ownerPool.query("update migration set name = 'x' where name like '0001%'")
  const answer = await anybody.get('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toEqual({ ready: false, problem: 'database_not_up_to_date' })
})

test('figures are for this machine, or for who knows the token', async () => {
  expect((await anybody.get('/metrics')).status).toBe(404)
  expect((await anybody.get('/metrics', { authorization: 'Bearer wrong' })).status).toBe(404)
  world.installation.config.metrics_token = 'a-token-of-sixteen-or-more'
  const figures = async (): Promise<string> => {
    const answer = await anybody.get('/metrics', { authorization: 'Bearer a-token-of-sixteen-or-more' })
    expect(answer.status).toBe(200)
    return answer.text()
  }
  // Of the process, which other tests share.
  const refused = async () =>
    Number(/hanpyo_requests_total\{route="\/readyz",method="GET",status="503"\} (\d+)/.exec(await figures())?.[1])
  const before = await refused()
  expect(before).toBeGreaterThan(0)
  await anybody.get('/readyz')
  expect(await refused()).toBe(before + 1)
  expect(await figures()).toContain('hanpyo_jobs{state="waiting"} 0')
})
