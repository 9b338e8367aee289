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

type Together<Sent, Answer> = (tx: Db, all: readonly Sent[]) => Promise<readonly Answer[]>

interface Asked {
  together: Together<unknown, unknown>
  sent: unknown
  resolve: (value: unknown) => void
  reject: (problem: unknown) => void
}

/** Works of one transaction at most: whoever else wants the same rows waits no longer for it than a moment. */
const most_together = 100

const asked = new Map<string, Asked[]>()

/** How many works wait to be done together with others. */
export const crowdIn = (organization_id: string): number => asked.get(organization_id)?.length ?? 0

/**
 * The same for works that touch nothing but `tx`: what came while it was somebody else's turn is done in one transaction, in
 * the order it came, so that a crowd waits for the disk once for many; `together` is given as many as came one after the other.
 * Each is told after that is on the disk. Where one fails, it is done again without the half that has it, until that one is by
 * itself, and only that one is told so: a work may run more than once.
 */
export function inTurnTogether<Sent, Answer>(
  organization_id: string,
  db: Db,
  together: Together<Sent, Answer>,
  sent: Sent,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const mine: Asked = {
    // What it is given and what it answers are of its own works alone.
    together: together as Together<unknown, unknown>,
    sent,
    resolve: (answer) => resolve(answer as Answer),
    reject,
  }
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
      while (done.length < works.length) {
        const rest = works.slice(done.length)
        const others = rest.findIndex(({ together }) => together !== rest[0]?.together)
        const same = others === -1 ? rest : rest.slice(0, others)
        done.push(...((await same[0]?.together(tx, same.map(({ sent }) => sent))) ?? [])) // prettier-ignore
      }
      return done
    })
    for (const [at, { resolve }] of works.entries()) resolve(answers[at])
  } catch (problem) {
    if (works.length === 1) return works[0]?.reject(problem)
    const half = Math.ceil(works.length / 2)
    await doTogether(db, works.slice(0, half))
    await doTogether(db, works.slice(half))
  }
}
