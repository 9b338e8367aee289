import type { z } from 'zod'
import type { Disposition } from '../../../contacts/schema.ts'
import type { CallCard, CallResult, Message, Session as SessionSchema, Turn } from '../../schema.ts'
import type { KeptState } from './kept.ts'
import type { Named } from './names.ts'
import type { Draft, UnsentCall, UnsentTold } from './store.ts'

export type Session = z.infer<typeof SessionSchema>
export type TurnValue = z.infer<typeof Turn>

/** As the organization calls it; null: as we do. */
export type ResultName = Record<string, string> | null

/** The voter a notice is about. */
export type Noticed = Named & Partial<Pick<CallCard, 'voter_id' | 'place'>>

export interface Notice {
  id: number
  kind: 'good' | 'warning'
  /** Message key without 'console.'. */
  key: string
  card: Noticed | null
  disposition: Disposition | null
  result_name?: ResultName
  /** An instant the words name. */
  at?: string | null
  /** How many voters the words are about. */
  count?: number
  /** Why there are no more. */
  why?: TurnValue['empty']
  /** Answers what was just pressed: with the next result it is over. The others stay until they are closed. */
  is_passing?: boolean
}

/** The result one may still take back from here. */
export interface LastCall {
  attempt_id: string
  card: Named & Pick<CallCard, 'voter_id'>
  disposition: Disposition
  result_name: ResultName
  /** What was said, to go on from there after taking it back. */
  draft: Draft | null
}

/** One of my own results, open to be corrected. The first stands until the corrected one is saved, also through a reload. */
export interface Editing {
  attempt_id: string
  disposition: Disposition
  result_name: ResultName
  card: CallCard
  draft: Draft
  /** What was said with the result. */
  given: Given
  first: UnsentCall['result']
}

export interface DeskState {
  is_ready: boolean
  session: Session
  hand: readonly CallCard[]
  drafts: ReadonlyMap<number, Draft>
  /** Voters whose lease ran out during the conversation. */
  lost: ReadonlySet<number>
  /** Voters nobody is to call any more, who are being talked with. */
  closed: ReadonlySet<number>
  unsent: readonly UnsentCall[]
  /** Things learned of voters, on their way. */
  told: readonly UnsentTold[]
  /** Of callers who used this device before. */
  kept: KeptState
  is_offline: boolean
  /** The server is of another version than this page. */
  is_outdated: boolean
  is_durable: boolean
  /** The device had room and has none left. */
  is_full: boolean
  /** The caller's cookie opens nothing any more. */
  needs_join: boolean
  /** Another window works. */
  is_elsewhere: boolean
  has_left: boolean
  door: TurnValue['door']
  empty: TurnValue['empty']
  last: LastCall | null
  editing: Editing | null
  notices: readonly Notice[]
  /** Of the host, not read yet. */
  messages: readonly Message[]
  /** Calling for so long that a rest is due. */
  is_rest_due: boolean
  /** Somebody was abusive: a moment for oneself. */
  is_shaken: boolean
}

export type Given = Pick<CallResult, 'disposition'> &
  Partial<
    Pick<CallResult, 'answers' | 'result_code' | 'language' | 'call_back_at' | 'is_call_back_mine' | 'spoke_with'>
  >

/** What came of looking for who calls back; `bank`: whose call it is. */
export interface Returned {
  problem: 'incomplete' | 'unknown' | 'taken' | 'closed' | 'elsewhere' | 'offline' | null
  bank?: Record<string, string>
}

/** A result as it is sent, of what was said and pressed. */
export const resultOf = (card: CallCard, draft: Draft, given: Given) => ({
  voter_id: card.voter_id,
  ticket: card.ticket,
  answers: {},
  language: null,
  call_back_at: null,
  is_call_back_mine: true,
  spoke_with: null,
  note: draft.note,
  follow_ups: draft.follow_ups ?? [],
  is_inbound: draft.is_inbound ?? false,
  phone: draft.phone ?? card.phones[0]?.phone ?? null,
  started_at: draft.started_at,
  ...given,
})

/** Pages kept on a device from before know no own results. */
export const ownName = (session: Session, code: string | null | undefined): ResultName =>
  session.own_results?.find((each) => each.code === code)?.name ?? null

/** My last ten results, also those still on their way; what was corrected shows once. */
export function lastTen({ session, unsent }: DeskState): (Session['recent'][number] & { is_waiting: boolean })[] {
  const waiting = unsent.filter((each) => !each.is_stuck && !each.is_undone).reverse()
  const corrected = new Set([
    ...waiting.flatMap(({ result }) => [result.instead_of?.attempt_id, result.instead_of?.or]),
    ...unsent.flatMap((each) => (each.is_undone ? [each.attempt_id] : [])),
  ])
  const ids = new Set(waiting.map((each) => each.attempt_id))
  return [
    ...waiting.map(({ attempt_id, card, result }) => ({
      attempt_id,
      voter_id: card.voter_id,
      display_name: card.display_name,
      hangul: card.hangul,
      disposition: result.disposition,
      result_name: ownName(session, result.result_code),
      at: result.ended_at,
      can_undo: true,
      is_waiting: true,
    })),
    ...session.recent.filter((each) => !ids.has(each.attempt_id)).map((each) => ({ ...each, is_waiting: false })),
  ]
    .filter((each) => !corrected.has(each.attempt_id))
    .slice(0, 10)
}

export const lastOf = (recent: Session['recent'][number] | undefined): LastCall | null =>
  recent
    ? {
        attempt_id: recent.attempt_id,
        card: recent,
        disposition: recent.disposition,
        result_name: recent.result_name,
        draft: null,
      }
    : null

/** Would the same phone ring, or the same home? */
export const isSameLine = (one: CallCard, other: CallCard): boolean =>
  one.phones[0]?.phone === other.phones[0]?.phone || one.household.some((member) => member.voter_id === other.voter_id)
