import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { keptIn, storesHere } from '../../../../platform/ui/device/kept.ts'
import type { CallCard, CallResult, Recorded, Session, Tally } from '../../schema.ts'
import type { Disposition, SpokeWith } from '../../../contacts/schema.ts'
import type { Told, ToldOutput } from '../../told/schema.ts'
import type { Answers } from '../../../scripts/schema.ts'

/** A result on its way; `card` so that it can be shown and undone. */
export interface UnsentCall {
  attempt_id: string
  /** Sending order. */
  order: number
  card: CallCard
  result: Omit<CallResult, 'sent_at'>
  /** What it was held in, to be corrected in the same words; missing in results kept by an older page. */
  script?: Session['script']
  /** The server will not take it: kept, shown, not sent again unless the caller wants it. */
  is_stuck: boolean
  /** Why not; missing where it did not say. */
  problem?: Recorded['problem']
  /** They were closed to calls during the conversation: that the time ran out is no news. */
  is_closed?: boolean
  /** Corrects a result that said this. */
  was?: Disposition
  was_spoke_with?: SpokeWith | null
  /** That result as it was, to be brought back; missing in corrections kept by an older page. */
  first?: UnsentCall['result']
  /** It was sent and no answer came: it may have arrived. */
  is_sent?: boolean
  /** Taken back meanwhile: the server is asked to take it back as well, should it have arrived. */
  is_undone?: boolean
}

/** Something learned of a voter, on its way. Of the voter it keeps what sending needs and the name it is shown by. */
export interface UnsentTold {
  told_id: string
  order: number
  card: Pick<CallCard, 'voter_id' | 'ticket' | 'display_name' | 'hangul'>
  told: Told
  told_at: string
  is_stuck: boolean
  /** As with a result. */
  is_sent?: boolean
  is_undone?: boolean
  /** Why the server will not take it; missing where it did not say. */
  problem?: ToldOutput['problem']
}

/** What the server would not take. */
export type StuckEntry = UnsentCall | UnsentTold

export const isTold = (entry: StuckEntry): entry is UnsentTold => 'told_id' in entry

/** Entries kept by an older page have the whole card. */
export const stuckTold = (entry: UnsentTold, problem: ToldOutput['problem']): UnsentTold => ({
  ...entry,
  card: nameOnly(entry.card),
  is_stuck: true,
  problem,
})

/** A correction of what the server refused stands in its place, as if that had never been made. */
export function inPlaceOf(refused: UnsentCall, correction: UnsentCall): UnsentCall {
  const { was: _was, was_spoke_with: _with, first: _first, ...rest } = correction
  const { was, was_spoke_with, first } = refused
  return {
    ...rest,
    ...(was && { was }),
    ...(was_spoke_with && { was_spoke_with }),
    ...(first && { first }),
    result: { ...correction.result, instead_of: refused.result.instead_of ?? null },
  }
}

/** The result on its way that corrects this one. */
export const correctionOf = ({ attempt_id }: UnsentCall, unsent: readonly UnsentCall[]): UnsentCall | undefined =>
  unsent.find((each) => !each.is_stuck && each.result.instead_of?.attempt_id === attempt_id)

export const nameOnly = ({ voter_id, ticket, display_name, hangul }: UnsentTold['card']): UnsentTold['card'] => ({
  voter_id,
  ticket,
  display_name,
  hangul,
})

/** What the server has of this caller, as far as we know, and when it was so by its clock. */
export interface KnownTally {
  at: string
  tally: Tally
}

/** A conversation going on, so that a reload loses nothing. */
export interface Draft {
  /** Set: the number was dialled or somebody answered. */
  started_at: string | null
  is_talking: boolean
  /** Stations passed. */
  at: number
  answers: Answers
  /** What it is held in; missing before it began. */
  script?: Session['script']
  /** The short way through the script; missing in drafts kept by an older page. */
  is_hurried?: boolean
  note: string
  /** Spoken in the conversation; null: the caller has not said yet. */
  language: string | null
  phone: string | null
  /** What is left to do; missing in drafts kept by an older page. */
  follow_ups?: CallResult['follow_ups']
  /** They called us. */
  is_inbound?: boolean
  /** They want no more calls: the server takes them from every list, the conversation goes on. */
  no_calls?: boolean
}

/** What this device keeps for one caller in one phone bank: the voters in hand and what is not sent yet, nothing else. */
export interface DeviceStore {
  /** false: memory alone; it goes with the page. */
  is_durable: boolean
  unsent(): Promise<UnsentCall[]>
  putUnsent(call: UnsentCall): Promise<void>
  /** `known`: what the server has, this one among it. */
  removeUnsent(attempt_id: string, known?: KnownTally): Promise<void>
  tally(): Promise<KnownTally | null>
  /** null: none is kept any more. */
  putTally(known: KnownTally | null): Promise<void>
  told(): Promise<UnsentTold[]>
  putTold(told: UnsentTold): Promise<void>
  removeTold(told_id: string): Promise<void>
  hand(): Promise<CallCard[]>
  setHand(cards: readonly CallCard[]): Promise<void>
  drafts(): Promise<Map<number, Draft>>
  putDraft(voter_id: number, draft: Draft): Promise<void>
  removeDraft(voter_id: number): Promise<void>
  /** Nothing of it stays on the device. */
  destroy(): Promise<void>
}

const prefix = 'hanpyo-calls-'

export const storeName = (phone_bank_id: string, caller_id: string): string => `${prefix}${phone_bank_id}-${caller_id}`

/** Which callers of this phone bank have a store on this device. Where the browser cannot say, none. */
export async function callersOnDevice(phone_bank_id: string): Promise<string[]> {
  const before = `${prefix}${phone_bank_id}-`
  return (await storesHere()).flatMap((name) => (name.startsWith(before) ? [name.slice(before.length)] : []))
}

interface Schema extends DBSchema {
  unsent: { key: string; value: UnsentCall }
  told: { key: string; value: UnsentTold }
  hand: { key: number; value: { at: number; card: CallCard } }
  draft: { key: number; value: Draft }
  tally: { key: 'known'; value: KnownTally }
}

/** Opens the device's store, or one in memory where there is none (private windows, full disks). */
export async function openStore(name: string): Promise<DeviceStore> {
  try {
    return durable(
      name,
      await openDB<Schema>(name, 3, {
        upgrade(database, before) {
          if (before < 1) {
            database.createObjectStore('unsent', { keyPath: 'attempt_id' })
            database.createObjectStore('hand')
            database.createObjectStore('draft')
          }
          if (before < 2) database.createObjectStore('told', { keyPath: 'told_id' })
          database.createObjectStore('tally')
        },
        blocking: (_before, _after, event) => (event.target as IDBDatabase).close(),
      }),
    )
  } catch {
    return inMemory() // said to the caller by `is_durable`
  }
}

function durable(name: string, database: IDBPDatabase<Schema>): DeviceStore {
  const unsent = keptIn(database, 'unsent')
  const told = keptIn(database, 'told')
  return {
    is_durable: true,
    unsent: unsent.all,
    putUnsent: unsent.put,
    async removeUnsent(attempt_id, known) {
      const write = database.transaction(['unsent', 'tally'], 'readwrite')
      const work: Promise<unknown>[] = [write.objectStore('unsent').delete(attempt_id), write.done]
      if (known) work.push(write.objectStore('tally').put(known, 'known'))
      await Promise.all(work)
    },
    tally: async () => (await database.get('tally', 'known')) ?? null,
    putTally: async (known) =>
      void (await (known ? database.put('tally', known, 'known') : database.delete('tally', 'known'))),
    told: told.all,
    putTold: told.put,
    removeTold: (told_id) => database.delete('told', told_id),
    hand: async () => (await database.getAll('hand')).sort((a, b) => a.at - b.at).map((each) => each.card),
    async setHand(cards) {
      const write = database.transaction(['hand', 'draft'], 'readwrite')
      const hand = write.objectStore('hand')
      const draft = write.objectStore('draft')
      const work: Promise<unknown>[] = [hand.clear(), write.done]
      cards.forEach((card, at) => work.push(hand.put({ at, card }, card.voter_id)))
      for (const voter_id of await draft.getAllKeys()) {
        if (!cards.some((card) => card.voter_id === voter_id)) work.push(draft.delete(voter_id))
      }
      await Promise.all(work)
    },
    async drafts() {
      const [keys, values] = await Promise.all([database.getAllKeys('draft'), database.getAll('draft')])
      return new Map(keys.flatMap((key, at) => (values[at] ? [[key, values[at]] as const] : [])))
    },
    putDraft: async (voter_id, draft) => void (await database.put('draft', draft, voter_id)),
    removeDraft: (voter_id) => database.delete('draft', voter_id),
    async destroy() {
      database.close()
      await deleteDB(name)
    },
  }
}

export function inMemory(): DeviceStore {
  const unsent = new Map<string, UnsentCall>()
  const told = new Map<string, UnsentTold>()
  const drafts = new Map<number, Draft>()
  let hand: readonly CallCard[] = []
  let tally: KnownTally | null = null
  return {
    is_durable: false,
    unsent: async () => [...unsent.values()].sort((a, b) => a.order - b.order),
    putUnsent: async (call) => void unsent.set(call.attempt_id, call),
    removeUnsent: async (attempt_id, known) => {
      unsent.delete(attempt_id)
      if (known) tally = known
    },
    tally: async () => tally,
    putTally: async (known) => void (tally = known),
    told: async () => [...told.values()].sort((a, b) => a.order - b.order),
    putTold: async (each) => void told.set(each.told_id, each),
    removeTold: async (told_id) => void told.delete(told_id),
    hand: async () => [...hand],
    setHand: async (cards) => void (hand = [...cards]),
    drafts: async () => new Map(drafts),
    putDraft: async (voter_id, draft) => void drafts.set(voter_id, draft),
    removeDraft: async (voter_id) => void drafts.delete(voter_id),
    async destroy() {
      unsent.clear()
      told.clear()
      drafts.clear()
      hand = []
      tally = null
    },
  }
}
