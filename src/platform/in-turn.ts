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
