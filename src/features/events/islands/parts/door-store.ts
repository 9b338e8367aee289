import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { keptIn, nameUntil, storesHere } from '../../../../platform/ui/device/kept.ts'
import type { DoorAct, DoorPerson, Outcome } from '../../door/schema.ts'

/** An act on its way to the server. */
export interface Unsent {
  act_id: string
  order: number
  act: DoorAct
  /** Whom it is about: the list may be gone when it is answered. '': nobody knows. */
  name: string
}

/** What became of an act otherwise than thought: kept until somebody has looked at it. `refused`: the server cannot read it, it is nowhere else. */
export interface Told {
  act_id: string
  act: DoorAct
  name: string
  outcome: Exclude<Outcome, 'done'> | 'refused'
  signup_id: string | null
  since: string | null
  since_by: string | null
}

export interface About {
  after: string
}

interface ListSchema extends DBSchema {
  person: { key: string; value: DoorPerson }
  about: { key: 'list'; value: About }
}
interface ToldSchema extends DBSchema {
  told: { key: string; value: Told }
}
/** Of `told` only what was refused. */
interface ActSchema extends ToldSchema {
  unsent: { key: string; value: Unsent }
}

/**
 * What a device keeps of a door. The list is there until the event is over, what is to be looked at some days longer; both
 * go when nobody is signed in any more. What is not sent yet stays until it is.
 */
export interface DoorStore {
  /** false: memory alone; it goes with the page. */
  is_durable: boolean
  list(): Promise<{ people: DoorPerson[]; about: About | null }>
  unsent(): Promise<Unsent[]>
  told(): Promise<Told[]>
  putUnsent(entry: Unsent): Promise<void>
  putList(list: { people: readonly DoorPerson[]; is_whole: boolean; about: About }): Promise<void>
  /** The server has answered these. */
  settle(answered: { gone: readonly string[]; told: readonly Told[] }): Promise<void>
  removeTold(act_id: string): Promise<void>
  forgetList(): Promise<void>
  /** Whoever has the device may not see any of it: what the server does not have yet stays. */
  forgetSeen(): Promise<void>
  /** Once all is sent and looked at: walk-ins have a name in it. */
  forgetActs(): Promise<void>
}

/** For whoever was at the door to look at it the day after. */
const told_for_ms = 7 * 24 * 3_600_000

/** Opens the device's store, or one in memory where there is none (private windows, full disks). */
export async function openDoorStore(event_id: string, until: Date): Promise<DoorStore> {
  const list = storeOf<ListSchema>(nameUntil(`door-${event_id}`, until), (database) => {
    database.createObjectStore('person', { keyPath: 'signup_id' })
    database.createObjectStore('about')
  })
  const acts = storeOf<ActSchema>(`hanpyo-door-acts-${event_id}`, (database) => {
    database.createObjectStore('unsent', { keyPath: 'act_id' })
    database.createObjectStore('told', { keyPath: 'act_id' })
  })
  try {
    await forgetOther(`door-${event_id}`, list.name)
    const told = storeOf<ToldSchema>(await toldName(event_id, until), (database) => {
      database.createObjectStore('told', { keyPath: 'act_id' })
    })
    await Promise.all([list.open(), acts.open(), told.open()])
    return durable({ list, acts, told })
  } catch {
    return inMemory() // said to whoever stands at the door by `is_durable`
  }
}

interface Store<Schema extends DBSchema> {
  name: string
  open(): Promise<IDBPDatabase<Schema>>
  forget(): Promise<void>
}

/** Opened when it is needed: another page of ours may have removed it, and the next list makes it anew. */
function storeOf<Schema extends DBSchema>(name: string, make: (database: IDBPDatabase<Schema>) => void): Store<Schema> {
  let opened: Promise<IDBPDatabase<Schema>> | null = null
  const close = async () => {
    const before = opened
    opened = null
    ;(await before)?.close()
  }
  return {
    name,
    open() {
      opened ??= openDB<Schema>(name, 1, { upgrade: make, blocking: () => void close() }).catch((problem: unknown) => {
        opened = null
        throw problem
      })
      return opened
    },
    async forget() {
      await close()
      await deleteDB(name)
    },
  }
}

const startOf = (name: string): string => `hanpyo-${name}-until-`

/** The event was moved: its list is kept until another moment. */
async function forgetOther(name: string, now: string): Promise<void> {
  const others = (await storesHere()).filter((each) => each.startsWith(startOf(name)) && each !== now)
  await Promise.all(others.map((each) => deleteDB(each)))
}

async function toldName(event_id: string, until: Date): Promise<string> {
  const name = `door-told-${event_id}`
  const before = (await storesHere()).find((each) => each.startsWith(startOf(name)))
  return before ?? nameUntil(name, new Date(until.getTime() + told_for_ms))
}

interface Stores {
  list: Store<ListSchema>
  acts: Store<ActSchema>
  told: Store<ToldSchema>
}

function durable({ list, acts, told }: Stores): DoorStore {
  return {
    is_durable: true,
    async list() {
      const database = await list.open()
      const [people, about] = await Promise.all([database.getAll('person'), database.get('about', 'list')])
      return { people, about: about ?? null }
    },
    unsent: async () => keptIn(await acts.open(), 'unsent').all(),
    putUnsent: async (entry) => keptIn(await acts.open(), 'unsent').put(entry),
    async told() {
      const [seen, refused] = await Promise.all([
        (await told.open()).getAll('told'),
        (await acts.open()).getAll('told'),
      ])
      return [...refused, ...seen]
    },
    async removeTold(act_id) {
      await Promise.all([(await told.open()).delete('told', act_id), (await acts.open()).delete('told', act_id)])
    },
    async putList({ people, is_whole, about }) {
      const write = (await list.open()).transaction(['person', 'about'], 'readwrite')
      const [person, about_it] = [write.objectStore('person'), write.objectStore('about')]
      // A list removed meanwhile (somebody signed out beside it) is not there with a few names: it comes whole.
      const isThere = is_whole || (await about_it.get('list')) !== undefined
      await Promise.all([
        ...(is_whole ? [person.clear()] : []),
        ...people.map((each) => person.put(each)),
        ...(isThere ? [about_it.put(about, 'list')] : []),
        write.done,
      ])
    },
    async settle(answered) {
      const isRefused = ({ outcome }: Told) => outcome === 'refused'
      // First: broken off between the two, an act is sent once more and answered as before.
      const say = (await told.open()).transaction('told', 'readwrite')
      await Promise.all([...answered.told.filter((each) => !isRefused(each)).map((each) => say.store.put(each)), say.done]) // prettier-ignore
      const done = (await acts.open()).transaction(['unsent', 'told'], 'readwrite')
      await Promise.all([
        ...answered.gone.map((act_id) => done.objectStore('unsent').delete(act_id)),
        ...answered.told.filter(isRefused).map((each) => done.objectStore('told').put(each)),
        done.done,
      ])
    },
    forgetList: list.forget,
    async forgetSeen() {
      await Promise.all([list.forget(), told.forget()])
    },
    async forgetActs() {
      // Another page on this phone may have some to show.
      const [at_door, seen] = await Promise.all([acts.open(), told.open()])
      const counts = await Promise.all([at_door.count('unsent'), at_door.count('told'), seen.count('told')])
      if (counts.every((count) => count === 0)) await Promise.all([acts.forget(), told.forget()])
    },
  }
}

function inMemory(): DoorStore {
  let people: readonly DoorPerson[] = []
  let about: About | null = null
  const unsent = new Map<string, Unsent>()
  const told = new Map<string, Told>()
  const forgetList = async () => {
    people = []
    about = null
  }
  return {
    is_durable: false,
    list: async () => ({ people: [...people], about }),
    unsent: async () => [...unsent.values()].sort((a, b) => a.order - b.order),
    told: async () => [...told.values()],
    putUnsent: async (entry) => void unsent.set(entry.act_id, entry),
    async putList(list) {
      people = list.is_whole ? list.people : merged(people, list.people)
      about = list.about
    },
    async settle(answer) {
      for (const act_id of answer.gone) unsent.delete(act_id)
      for (const each of answer.told) told.set(each.act_id, each)
    },
    removeTold: async (act_id) => void told.delete(act_id),
    forgetList,
    async forgetSeen() {
      await forgetList()
      for (const { act_id, outcome } of [...told.values()]) if (outcome !== 'refused') told.delete(act_id)
    },
    async forgetActs() {
      unsent.clear()
      told.clear()
    },
  }
}

/** A list with those who changed in the place they had, newcomers behind. */
export function merged(people: readonly DoorPerson[], changed: readonly DoorPerson[]): DoorPerson[] {
  const all = new Map(people.map((person) => [person.signup_id, person]))
  for (const person of changed) all.set(person.signup_id, person)
  return [...all.values()]
}
