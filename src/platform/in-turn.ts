import { inTransaction, type Db } from './db/db.ts'

interface Turn {
  last: Promise<unknown>
  waiting: number
}

const turns = new Map<string, Turn>()

/** How many are at it or wait. */
export const waitingIn = (organization_id: string): number => turns.get(organization_id)?.waiting ?? 0

/**
 * What everybody may send to an organization waits for its turn in the database (`lockArrivals`). Waiting here first, a
 * crowd that signs up at once holds one connection, and leaves the others to whoever works.
 */
export function inTurn<T>(organization_id: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(organization_id) ?? { last: Promise.resolve(), waiting: 0 }
  turns.set(organization_id, turn)
  turn.waiting++
  const mine = turn.last.then(work)
  // Whoever waits for it is told what went wrong; the next one goes on.
  turn.last = mine
    .catch(() => undefined)
    .then(() => {
      turn.waiting--
      if (turn.waiting === 0) turns.delete(organization_id)
    })
  return mine
}

interface Asked {
  work: (tx: Db) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (problem: unknown) => void
}

/** Works of one transaction at most: whoever else wants the same rows waits no longer for it than a moment. */
const most_together = 16

const asked = new Map<string, Asked[]>()

/** How many works wait to be done together with others. */
export const crowdIn = (organization_id: string): number => asked.get(organization_id)?.length ?? 0

/**
 * The same for works that touch nothing but `tx`: those that came while it was somebody else's turn are done in one transaction, in
 * the order they came, so that a crowd waits for the disk once for many. Each is told after that is on the disk. Where one fails,
 * each is done by itself, and only that one is told so: a work may run twice.
 */
export function inTurnTogether<T>(organization_id: string, db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const mine: Asked = { work, resolve: (answer) => resolve(answer as T), reject } // of its own work
  const waiting = asked.get(organization_id)
  if (waiting) waiting.push(mine)
  else {
    asked.set(organization_id, [mine])
    next(organization_id, db)
  }
  return promise
}

function next(organization_id: string, db: Db): void {
  void inTurn(organization_id, async () => {
    await doTogether(db, asked.get(organization_id)?.splice(0, most_together) ?? [])
    if (crowdIn(organization_id) > 0) next(organization_id, db)
    else asked.delete(organization_id)
  })
}

async function doTogether(db: Db, works: readonly Asked[]): Promise<void> {
  try {
    const answers = await inTransaction(db, async (tx) => {
      const done: unknown[] = []
      for (const { work } of works) done.push(await work(tx))
      return done
    })
    for (const [at, { resolve }] of works.entries()) resolve(answers[at])
  } catch (problem) {
    if (works.length === 1) return works[0]?.reject(problem)
    for (const each of works) await doTogether(db, [each])
  }
}
