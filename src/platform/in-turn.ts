const turns = new Map<string, Promise<unknown>>()

/**
 * What everybody may send to an organization waits for its turn in the database (`lockArrivals`). Waiting here first, a
 * crowd that signs up at once holds one connection, and leaves the others to whoever works.
 */
export function inTurn<T>(organization_id: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(organization_id) ?? Promise.resolve()).then(work)
  const ended = mine
    .catch(() => undefined)
    .then(() => {
      if (turns.get(organization_id) === ended) turns.delete(organization_id)
    })
  turns.set(organization_id, ended)
  return mine
}
