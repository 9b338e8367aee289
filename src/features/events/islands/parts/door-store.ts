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

/** What became of an act otherwise than thought: kept until somebody has looked at it. `refused`: the server cannot read it. */
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
interface ActSchema extends DBSchema {
  unsent: { key: string; value: Unsent }
  told: { key: string; value: Told }
}

/** What a device keeps of a door. The list is there until the event is over; what is not sent yet stays until it is. */
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
  /** Once all is sent and looked at: walk-ins have a name in it. */
  forgetActs(): Promise<void>
}

/** Opens the device's store, or one in memory where there is none (private windows, full disks). */
export async function openDoorStore(event_id: string, until: Date): Promise<DoorStore> {
  const list_name = nameUntil(`door-${event_id}`, until)
  const acts_name = `hanpyo-door-acts-${event_id}`
  try {
    await forgetOther(event_id, list_name)
    const list = await openDB<ListSchema>(list_name, 1, {
      upgrade(database) {
        database.createObjectStore('person', { keyPath: 'signup_id' })
        database.createObjectStore('about')
      },
      blocking: (_before, _after, event) => (event.target as IDBDatabase).close(),
    })
    const acts = await openDB<ActSchema>(acts_name, 1, {
      upgrade(database) {
        database.createObjectStore('unsent', { keyPath: 'act_id' })
        database.createObjectStore('told', { keyPath: 'act_id' })
      },
      blocking: (_before, _after, event) => (event.target as IDBDatabase).close(),
    })
    return durable({ list, list_name, acts, acts_name })
  } catch {
    return inMemory() // said to whoever stands at the door by `is_durable`
  }
}

/** The event was moved: its list is kept until another moment. */
async function forgetOther(event_id: string, list_name: string): Promise<void> {
  const before = `hanpyo-door-${event_id}-until-`
  const others = (await storesHere()).filter((name) => name.startsWith(before) && name !== list_name)
  await Promise.all(others.map((name) => deleteDB(name)))
}

interface Opened {
  list: IDBPDatabase<ListSchema>
  list_name: string
  acts: IDBPDatabase<ActSchema>
  acts_name: string
}

function durable({ list, list_name, acts, acts_name }: Opened): DoorStore {
  const unsent = keptIn(acts, 'unsent')
  let has_acts = true
  return {
    is_durable: true,
    async list() {
      const [people, about] = await Promise.all([list.getAll('person'), list.get('about', 'list')])
      return { people, about: about ?? null }
    },
    unsent: unsent.all,
    putUnsent: unsent.put,
    told: () => acts.getAll('told'),
    removeTold: (act_id) => acts.delete('told', act_id),
    async putList({ people, is_whole, about }) {
      const write = list.transaction(['person', 'about'], 'readwrite')
      const person = write.objectStore('person')
      await Promise.all([
        ...(is_whole ? [person.clear()] : []),
        ...people.map((each) => person.put(each)),
        write.objectStore('about').put(about, 'list'),
        write.done,
      ])
    },
    async settle({ gone, told }) {
      const done = acts.transaction(['unsent', 'told'], 'readwrite')
      await Promise.all([
        ...gone.map((act_id) => done.objectStore('unsent').delete(act_id)),
        ...told.map((each) => done.objectStore('told').put(each)),
        done.done,
      ])
    },
    async forgetList() {
      list.close()
      await deleteDB(list_name)
    },
    async forgetActs() {
      // Another page on this phone may have some to show.
      if (!has_acts || (await acts.count('unsent')) + (await acts.count('told')) > 0) return
      has_acts = false
      acts.close()
      await deleteDB(acts_name)
    },
  }
}

function inMemory(): DoorStore {
  let people: readonly DoorPerson[] = []
  let about: About | null = null
  const unsent = new Map<string, Unsent>()
  const told = new Map<string, Told>()
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
    async forgetList() {
      people = []
      about = null
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
