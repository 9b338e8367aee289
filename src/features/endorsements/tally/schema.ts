export const methods = ['irv', 'stv', 'approval', 'plurality', 'threshold'] as const
export type Method = (typeof methods)[number]

/** What a cell says besides a candidate: nothing, or two choices where one was asked for. */
export const marks = { skipped: 'skipped', overvote: 'overvote' } as const
/** Of a candidate alone, where each is asked about. */
export const words = ['yes', 'no', 'abstain'] as const

/**
 * Ballots as they are counted. `choices` holds `width` bytes for each: numbers of candidates in order of preference, each
 * once, then `none`. For `threshold`: a byte for each candidate, the place of its word in `words`, or `none`.
 */
export interface Ballots {
  candidates: readonly string[]
  width: number
  choices: Uint8Array
  /** How many people each stands for. */
  weights: Uint32Array
  count: number
  /** People whose ballot says nothing that counts. */
  blank: number
}
export const none = 255
/** A ballot has at most so many candidates. */
export const most_candidates = 200

export interface Share {
  yes: number
  of: number
}

export interface TallyOptions {
  method: Method
  seats: number
  /** Published before the count; decides what nothing else does. */
  seed: string
  /**
   * So many of every so many, at least: 2 of 3. Of `threshold`: of those who said yes or no, null: more than half. Of
   * `irv`: of the votes still with somebody, null: more than half. Of `plurality` and `approval`: of the valid ballots, null:
   * any number. `stv` has its quota.
   */
  threshold: Share | null
  /** People whose ballot counts, at least. */
  quorum: number | null
}

export interface Tie {
  /** For what. */
  kind: 'excluded' | 'surplus' | 'elected'
  among: string[]
  /** The round in which they last had different numbers; null: the lot. */
  round: number | null
}

export interface Moved {
  from: string
  why: 'surplus' | 'excluded'
}

export interface Round {
  round: number
  /** By candidate, of those who are still in and those elected; in votes. */
  votes: Record<string, number>
  /** Votes that go to nobody any more. */
  exhausted: number
  /** Whose votes were moved to come to this, why, and who got how many of them; null: the first. */
  moved: (Moved & { to: Record<string, number>; to_nobody: number }) | null
  elected: string[]
  excluded: string | null
  ties: Tie[]
}

export interface Account {
  method: Method
  seats: number
  seed: string
  threshold: Share | null
  quorum: number | null
  candidates: string[]
  /** People whose ballot counts, and those whose says nothing. */
  ballots: { valid: number; blank: number }
  /** Votes that elect; null: the method has none. */
  quota: number | null
  rounds: Round[]
  /** Of `threshold`: words by candidate. */
  words: Record<string, { yes: number; no: number; abstain: number; share: number | null; is_over: boolean }> | null
  winners: string[]
  /** Too few people voted: nobody is elected. */
  has_no_quorum: boolean
}
