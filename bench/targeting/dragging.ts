import { Agent, get } from 'node:http'
import { buildApp, listen } from '../../src/app/server.ts'
import { refresh, Superseded } from '../../src/features/targeting/columns/ask.ts'
import type { BuildContext } from '../../src/features/targeting/columns/building.ts'
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

/** A page asked for again and again, alone and then while ten organizers drag an age range, a question every 50 ms each. */
export async function dragging(
  context: BuildContext,
  store: ColumnStore,
  db: Db,
  compiled: (text: string) => Promise<CompiledUniverse>,
): Promise<Dragged> {
  const installation = {
    ...context,
    config: { data: context.config.data, database_url: null, port: 0, host: '127.0.0.1', url: null, metrics_token: null, smtp_url: null, mail_from: 'Hanpyo <hanpyo@localhost>' },
    mailer: { send: async () => undefined },
    secret: 'b'.repeat(64),
    url: 'http://localhost',
  } // prettier-ignore
  const listening = await listen(
    buildApp(installation, async () => null),
    '127.0.0.1',
    0,
  )
  const agent = new Agent({ keepAlive: true })
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const started = performance.now()
      get({ host: '127.0.0.1', port: listening.port, path: '/signin', agent }, (response) => {
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
    for (let turn = 0; turn < 50; turn++) await ask()
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
    await listening.close()
  }
}
