import { Agent, createServer, get } from 'node:http'
import { refresh, Superseded } from '../../src/features/targeting/columns/ask.ts'
import type { ColumnStore } from '../../src/features/targeting/columns/store.ts'
import type { CompiledUniverse } from '../../src/features/targeting/queries.ts'
import type { Db } from '../../src/platform/db/db.ts'

export interface Dragged {
  p50: number
  p99: number
  alone_p99: number
  answered: number
  dropped: number
}

const seconds = 8

/**
 * A small page (one row of the database, written as HTML) asked of this very process again and again, alone and then while ten
 * organizers drag an age range, a question every 50 ms each.
 */
export async function dragging(
  store: ColumnStore,
  db: Db,
  compiled: (text: string) => Promise<CompiledUniverse>,
): Promise<Dragged> {
  let turn = 0
  const server = createServer((_, response) => {
    const voter_id = 1 + (turn++ % 10_000)
    db.selectFrom('voter_record')
      .select(['last_name', 'first_name', 'city'])
      .where('voter_id', '=', voter_id)
      .executeTakeFirst()
      .then(
        (voter) => response.end(`<p>${voter?.first_name} ${voter?.last_name}, ${voter?.city}</p>`),
        (problem: unknown) => response.writeHead(500).end(String(problem)),
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const agent = new Agent({ keepAlive: true })
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const started = performance.now()
      get({ host: '127.0.0.1', port, path: '/', agent }, (response) => {
        response.resume()
        response.once('end', () => resolve(performance.now() - started))
      }).once('error', reject)
    })
  const watch = async (): Promise<number[]> => {
    const times: number[] = []
    for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
      times.push(await ask())
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return times.sort((a, b) => a - b)
  }
  try {
    for (let warm = 0; warm < 50; warm++) await ask()
    const alone = await watch()
    let [answered, dropped] = [0, 0]
    let isOver = false
    const universes = await Promise.all(
      Array.from({ length: 60 }, (_, age) => compiled(`party:dem age:18-${age + 20} county:queens`)),
    )
    const organizers = Array.from({ length: 10 }, async (_, organizer) => {
      const asked: Promise<void>[] = []
      for (let step = organizer * 7; !isOver; step++) {
        const universe = universes[step % universes.length]
        if (!universe) break
        asked.push(
          refresh(store, db, universe, { asker: `organizer ${organizer}` }).then(
            () => void answered++,
            (problem: unknown) => {
              if (!(problem instanceof Superseded)) throw problem
              dropped++
            },
          ),
        )
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      await Promise.all(asked)
    })
    const busy = await watch()
    isOver = true
    await Promise.all(organizers)
    const at = (times: readonly number[], share: number): number =>
      times[Math.floor(times.length * share)] ?? Number.NaN
    return { p50: at(busy, 0.5), p99: at(busy, 0.99), alone_p99: at(alone, 0.99), answered, dropped }
  } finally {
    agent.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
