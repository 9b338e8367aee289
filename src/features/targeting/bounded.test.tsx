import { sql } from 'kysely'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { translator } from '../../platform/i18n/messages.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { inTime, votersAfter } from './api.ts'
import { TooSlow, ask, fromNow } from './bounded.ts'
import './messages.ts'
import { Results, Sample, type Found } from './pages/results.tsx'
import { breakdown, compileUniverse, countLeftOut, countUniverse, sampleUniverse } from './queries.ts'

const world = await makeWorld()
const { organization_id } = world.ours
const db = world.database.of(organization_id)
const today = '2026-11-23'

test('a question that takes too long is ended in the database, and the connection serves the next one', async () => {
  await expect(ask(db, sql`select pg_sleep(600)`, fromNow(50))).rejects.toBeInstanceOf(TooSlow)
  const { rows } = await sql`select from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)%'
    and pid <> pg_backend_pid()`.execute(world.database.owner)
  expect(rows).toEqual([])
  const [next] = await ask(db, sql<{ limit: string }>`select current_setting('statement_timeout') as limit`, null)
  expect(next).toEqual({ limit: '0' })
})

test('another mistake of the database is no slowness', async () => {
  await expect(ask(db, sql`select 1 / 0`, fromNow(5000))).rejects.toMatchObject({ code: '22012' })
})

test('many questions at once leave connections to everybody else, and every one is answered', async () => {
  const asked = Array.from({ length: 40 }, (_, n) =>
    ask(
      db,
      sql<{ n: number; busy: number }>`select ${n}::integer as n, (select count(*)::integer from pg_stat_activity
        where datname = current_database() and usename = 'hanpyo_app' and state <> 'idle') as busy`,
      fromNow(30_000),
    ),
  )
  const rows = (await Promise.all(asked)).flat()
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, n) => n))
  expect(Math.max(...rows.map(({ busy }) => busy))).toBeLessThanOrEqual(4)
})

test('whatever a page asks of a universe ends in time, and the page says what to do', async () => {
  const compiled = await compileUniverse(db, 'party:dem', organization_id, today)
  if (!compiled.ok) throw new Error('readable')
  const { universe } = compiled
  const over = fromNow(-1)
  await expect(countUniverse(db, universe, over)).rejects.toBeInstanceOf(TooSlow)
  await expect(countLeftOut(db, universe, over)).rejects.toBeInstanceOf(TooSlow)
  await expect(breakdown(db, universe, over)).rejects.toBeInstanceOf(TooSlow)
  await expect(sampleUniverse(db, universe, organization_id, over)).rejects.toBeInstanceOf(TooSlow)

  const found: Found = { universe, answer: null }
  const t = translator('ko')
  expect(renderToStaticMarkup(<Results found={found} t={t} />)).toContain('지금은 세는 데 너무 오래 걸립니다')
  expect(renderToStaticMarkup(<Sample found={found} t={t} today={today} />)).toBe('')
})

test('voters asked for by a program end in time and are refused with what to do, and nothing waits behind them', async () => {
  const compiled = await compileUniverse(db, 'party:dem', organization_id, today)
  if (!compiled.ok) throw new Error('readable')
  const { universe } = compiled
  const slow = { status: 422, problem: 'too_slow', detail: expect.stringContaining('Narrow the expression') }
  // Somebody holds the voters: the question would wait for as long as they do.
  await world.database.owner.transaction().execute(async (tx) => {
    await sql`lock table voter_record in access exclusive mode`.execute(tx)
    await expect(inTime(votersAfter(db, universe, -1, 101, fromNow(100)))).rejects.toMatchObject(slow)
  })
  await expect(inTime(votersAfter(db, universe, -1, 101, fromNow(-1)))).rejects.toMatchObject(slow)
  expect(await inTime(votersAfter(db, universe, -1, 101, fromNow(30_000)))).toEqual([])
})
