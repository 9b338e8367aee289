import { Agent, request } from 'node:http'
import { sql } from 'kysely'
import { join } from 'node:path'
import { createServer } from 'vite'
import type * as Server from '../../src/app/server.ts'
import type * as Store from '../../src/features/targeting/columns/store.ts'
import type { RefreshAnswer } from '../../src/features/targeting/endpoints.ts'
import { createPhoneBank } from '../../src/features/phonebanks/commands.ts'
import { joinPhoneBank } from '../../src/features/phonebanks/callers/commands.ts'
import { addTargets } from '../../src/features/phonebanks/targets/commands.ts'
import { testScript } from '../../src/features/phonebanks/testing.ts'
import { createScript } from '../../src/features/scripts/commands.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { systemActor } from '../../src/platform/audit.ts'
import type { Installation } from '../../src/platform/http/room.ts'

export interface Dragged {
  p50: number
  p99: number
  alone_p99: number
  answered: number
  dropped: number
  p95_refresh: number
}

const seconds = 8
const organizers = 10

/**
 * A caller asks for the next voter to call, again and again, of the whole application over HTTP: alone, and then while ten
 * organizers drag an age range each in a builder of their own, of the same process: a movement every 50 ms, asked of as the
 * builder does, once the last question is answered or has taken 0.4 s.
 */
export async function dragging(installation: Installation, organization_id: string): Promise<Dragged> {
  const { phone_bank_id, token } = await phoneBank(installation, organization_id)
  // Node reads no .tsx itself. The application is then one of its own, with columns of its own.
  const vite = await createServer({ configFile: false, root: join(import.meta.dirname, '../..'), appType: 'custom', logLevel: 'error', server: { middlewareMode: true, hmr: false, ws: false } }) // prettier-ignore
  const { buildApp, listen } = (await vite.ssrLoadModule('/src/app/server.ts')) as typeof Server
  const { columnsOf } = (await vite.ssrLoadModule('/src/features/targeting/columns/store.ts')) as typeof Store
  await columnsOf(installation).load()
  const app = buildApp(installation, async (c) => organizer(organization_id, c.req.header('x-organizer')))
  const { port, close } = await listen(app, '127.0.0.1', 0)
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const post = (path: string, body: unknown, headers: Record<string, string>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body)
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: 'POST',
          agent,
          headers: {
            host: 'localhost',
            origin: 'http://localhost',
            'sec-fetch-site': 'same-origin',
            accept: 'application/json',
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...headers,
          },
        },
        (response) => {
          let said = ''
          response.setEncoding('utf8')
          response.on('data', (part: string) => (said += part))
          response.once('end', () =>
            response.statusCode === 200
              ? resolve(JSON.parse(said))
              : reject(new Error(`${path}: ${response.statusCode} ${said.slice(0, 300)}`)),
          )
        },
      )
      asked.once('error', reject)
      asked.end(text)
    })
  const next = async (): Promise<number> => {
    const started = performance.now()
    await post(`/call/${phone_bank_id}/next`, { holding: [], want: 1 }, { cookie: `caller_${phone_bank_id.slice(0, 8)}=${token}` }) // prettier-ignore
    return performance.now() - started
  }
  const watch = async (): Promise<number[]> => {
    const times: number[] = []
    for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
      times.push(await next())
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return times.sort((a, b) => a - b)
  }
  try {
    for (let warm = 0; warm < 50; warm++) await next()
    const alone = await watch()
    let [answered, dropped] = [0, 0]
    const took: number[] = []
    let isOver = false
    const dragged = Array.from({ length: organizers }, async (_, index) => {
      const asked: Promise<void>[] = []
      let [newest, done] = [-Infinity, true]
      for (let step = index * 7; !isOver; step++) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        if (!done && performance.now() - newest < 400) continue
        const text = `${wishes[index]} age:18-${(step % 60) + 20}`
        const started = (newest = performance.now())
        done = false
        asked.push(
          post('/voters/universes/refresh', { text, sample: false, asker: 'bench' }, { 'x-organizer': String(index) }).then((given) => {
            if (newest === started) done = true
            const answer = given as RefreshAnswer // ours
            if (answer.is === 'superseded') dropped++
            else if (answer.is === 'answer' && answer.refresh.answered_by === 'columns') {
              answered++
              took.push(performance.now() - started)
            } else throw new Error(`${text}: ${answer.is}`)
          }),
        ) // prettier-ignore
      }
      await Promise.all(asked)
    })
    const busy = await watch()
    isOver = true
    await Promise.all(dragged)
    const at = (times: readonly number[], share: number): number =>
      times[Math.floor(times.length * share)] ?? Number.NaN
    took.sort((a, b) => a - b)
    return { p50: at(busy, 0.5), p99: at(busy, 0.99), alone_p99: at(alone, 0.99), answered, dropped, p95_refresh: at(took, 0.95) } // prettier-ignore
  } finally {
    agent.destroy()
    await close()
    await columnsOf(installation).close()
    await vite.close()
  }
}

/** What each of them looks for besides an age. */
const wishes = [
  'party:dem county:queens',
  'party:rep',
  'voted>=2/4 county:kings',
  'community:korean>=0.5',
  'sex:F party:none',
  'household:2-4 party:dem',
  '-contacted:30d county:nassau',
  'district:assembly/25-40',
  'has:phone party:dem,wor',
  'registered:5y',
]

const organizer = (organization_id: string, number: string | undefined): Actor | null =>
  number === undefined
    ? null
    : { kind: 'user', id: `00000000-0000-4000-8000-00000000000${number}`, name: `Organizer ${number}`, organization_id, roles: ['organizer'], is_steward: false } // prettier-ignore

/** A phone bank that can be called at any hour, with one caller. */
async function phoneBank(
  { database }: Installation,
  organization_id: string,
): Promise<{ phone_bank_id: string; token: string }> {
  const db = database.of(organization_id)
  const actor = systemActor(organization_id, 'bench')
  const now = new Date()
  const found = await db.selectFrom('phone_bank').select(['phone_bank_id', 'join_code']).limit(1).executeTakeFirst()
  if (!found) {
    const { script_id } = await createScript(db, actor, { name: 'Bench', content: testScript }, now)
    const { phone_bank_id } = await createPhoneBank(
      db,
      actor,
      {
        name: { en: 'Bench' },
        universe_id: null,
        expression: 'status:active has:phone',
        script_id,
        candidate: null,
        lane: 'non_partisan',
        languages: ['en', 'ko'],
        starts_on: '2020-01-01',
        ends_on: '2100-01-01',
        calling_starts: '00:00',
        calling_ends: '24:00',
        max_attempts: 3,
        retry_after_hours: 24,
        caller_id_note: {},
      },
      now,
    )
    const { rows } = await sql<{
      voter_id: number
    }>`select voter_id from voter_record v where v.status = 'active' and v.gone_in is null
      order by voter_id limit 5000`.execute(db)
    await addTargets(
      db,
      actor,
      phone_bank_id,
      rows.map(({ voter_id }) => voter_id),
      now,
    )
    await sql`analyze phone_bank_target`.execute(database.owner)
  }
  const { phone_bank_id, join_code } = await db.selectFrom('phone_bank').select(['phone_bank_id', 'join_code']).limit(1).executeTakeFirstOrThrow() // prettier-ignore
  const caller = { name: 'Caller', phone: '+17185550100', email: null, languages: ['ko', 'en'] }
  const joined = await joinPhoneBank(database.owner, join_code, caller, now)
  if (!joined.ok) throw new Error(joined.problem)
  return { phone_bank_id, token: joined.token }
}
