import { deleteDB, type DBSchema, type IDBPDatabase, type StoreNames, type StoreValue } from 'idb'

/** Things a device keeps until the server has them: on its disk before anybody is told that they are kept, sent as they were made. */
export interface Kept<Entry> {
  /** The oldest first. */
  all(): Promise<Entry[]>
  put(entry: Entry): Promise<void>
}

export function keptIn<Schema extends DBSchema, Name extends StoreNames<Schema>>(
  database: IDBPDatabase<Schema>,
  name: Name,
): Kept<StoreValue<Schema, Name>> {
  const orderOf = (entry: StoreValue<Schema, Name>): number => (entry as { order: number }).order // each store of these has it
  return {
    all: async () => (await database.getAll(name)).sort((a, b) => orderOf(a) - orderOf(b)),
    async put(entry) {
      const write = database.transaction(name, 'readwrite', { durability: 'strict' })
      await Promise.all([write.store.put(entry), write.done])
    },
  }
}

/** One thing after another, whatever became of the one before. */
export function inLine(): <T>(work: () => Promise<T>) => Promise<T> {
  let line: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = line.then(work, work)
    line = done.catch(() => {})
    return done
  }
}

const until = /-until-(\d+)$/

/** A store that nobody has use for after a moment: its name says so, and any page of ours removes it then. */
export const nameUntil = (name: string, moment: Date): string => `hanpyo-${name}-until-${moment.getTime()}`

/** Names of the stores on this device. Where the browser cannot say, none. */
export async function storesHere(): Promise<string[]> {
  try {
    return (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
  } catch {
    return []
  }
}

/** Removes what a device was to keep until a moment that has passed. */
export async function forgetPast(now: Date): Promise<void> {
  const past = (await storesHere()).filter((name) => Number(until.exec(name)?.[1] ?? Infinity) <= now.getTime())
  await Promise.all(past.map((name) => deleteDB(name)))
}

/** Nobody is signed in: what was to be kept for a while is for nobody any more. */
export const forgetKept = (): Promise<void> => forgetPast(new Date(8_640_000_000_000_000)) // the last moment there is
