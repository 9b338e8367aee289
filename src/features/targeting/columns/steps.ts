import type { Draw } from '../hash.ts'
import type { HandGroups } from './overlay.ts'

/*
 * What the workers are asked to do, as plain values: sets as trees, and what to count of them. All addresses are places in
 * the shared memory; lists are ascending positions in memory of their own, shared as well.
 */

export type SetNode =
  /** Worth keeping under this key; for who plans, workers never see it. */
  | { is: 'kept'; key: string; of: SetNode }
  | { is: 'all' }
  | { is: 'none' }
  | { is: 'bits'; at: number }
  | { is: 'range8' | 'range16'; column: number; from: number; width: number }
  /** Whose value in a column of 16 bits the table says 1 of. */
  | { is: 'table16'; column: number; table: Uint8Array }
  /** Whose `voterHash` leaves a rest that `rests` says 1 of. */
  | { is: 'hashed'; salt: number; rests: Uint8Array }
  /** Who shares a group with another one of the set. `Plan` makes the set first and has it marked by `mark-twice`. */
  | { is: 'others'; of: SetNode; grouping: Grouping; hand: HandGroups }
  /** [from, to) pairs, ascending. */
  | { is: 'spans'; spans: Uint32Array }
  | { is: 'list'; list: Uint32Array }
  /** The same of a section of the file. */
  | { is: 'listed'; at: number; count: number }
  /** Positions as `pack` in codes.ts writes them. */
  | { is: 'packed'; at: number; bytes: number }
  /** A bitset in memory of its own. */
  | { is: 'foreign'; bits: Uint8Array }
  /** As `of` says, but within some positions as `by` says. */
  | { is: 'replace'; of: SetNode; within: Uint32Array; by: Uint32Array }
  /** In how many of them? holds[n] says whether n is right. */
  | { is: 'sum'; of: SetNode[]; holds: boolean[] }
  | { is: 'and' | 'or'; of: SetNode[] }
  | { is: 'not'; of: SetNode }

export type Step =
  | { do: 'make'; into: number; of: SetNode }
  | { do: 'count'; set: number }
  | { do: 'count-and'; set: number; others: number[] }
  /** Counts by the value three bit planes spell: 8 numbers. */
  | { do: 'planes'; set: number; planes: readonly [number, number, number] }
  /** Writes in how many of up to seven sets each is, as three bit planes. */
  | { do: 'sum'; into: readonly [number, number, number]; of: SetNode[] }
  /** How many have each byte of a column: 256 numbers. */
  | { do: 'histogram'; set: number; column: number }
  /** The same of a column that lists of positions tell of too: those of `from[n]` ≤ place < `from[n + 1]` have n; in no list: any number. */
  | { do: 'likely'; set: number; column: number; list: number; from: number }
  /** The same for each value two bit planes spell: four times 256 numbers. */
  | { do: 'pyramid'; set: number; planes: readonly [number, number]; column: number }
  /** One number for each segment. */
  | { do: 'segments'; set: number }
  /** Groups within the part, and those scattered marked for `rest-of-groups`, which comes next. */
  | { do: 'groups'; set: number; grouping: Grouping }
  /** Marks the scattered groups with one, and with two members in the set, for a set of `others` that is made next. */
  | { do: 'mark-twice'; set: number; grouping: Grouping }
  /** Of the listed positions that are in the set, how many have each value: 256 numbers for each of `values`. */
  | { do: 'values'; set: number; list: Uint32Array; values: readonly Uint8Array[] }
  /** How many have the highest value in each of these columns of bytes, the first of equal ones. */
  | { do: 'likeliest'; set: number; columns: number[] }
  | { do: 'ages'; into: number; daily: number; yearly: number; days: number; years: number }
  /** Has the system give memory from one address to another, and V8 compile the kernels well, before anything is asked; see warm.ts. */
  | { do: 'touch'; from: number; to: number }
  | { do: 'warm' }
  // By one worker, when the set is whole.
  | { do: 'rest-of-groups'; set: number; grouping: Grouping }
  /** How many homes changed by hand have a member in the set. */
  | { do: 'homes'; set: number; hand: HandGroups }
  /** `members`: how many are in the set. */
  | { do: 'sample'; set: number; size: number; members: number }
  /** Their ids, ascending. */
  | { do: 'voters'; set: number }
  /** The same of those `drawn` from them. */
  | { do: 'drawn'; set: number; draw: Draw }

/** Addresses and lengths (in entries) of the sections of groups.ts. */
export interface Grouping {
  top: number
  inner: number
  crossing: number
  crossings: number
  scattered: number
  scattered_of: number
  scattered_groups: number
  /** One place for each worker, of `mark_bytes`. */
  marks: readonly number[]
  mark_bytes: number
}

/** A number, or numbers that are added up over the workers. */
export type Answer = number | Uint32Array

/** Memory all threads share: of WebAssembly, or plain where there is none. */
export type Memory = { buffer: ArrayBufferLike }

/** Room for a table of one byte for each value of 16 bits. */
export const tableBytes = 0x10000

/** Where a worker marks scattered groups for `others`: met once and twice in its own part, and in all parts. */
export interface Met {
  once: number
  twice: number
  one: number
  two: number
}

/** What a worker must know of the columns. */
export interface Columns {
  memory: Memory
  /** Which of the workers, from 0. */
  worker: number
  is_plain: boolean
  voters: number
  set_bytes: number
  /** Where this worker may put numbers while it counts: four times 256, and one for each segment. */
  out: number
  /** Where it may put a table, of `tableBytes`. */
  table: number
  /** One for each worker. */
  met: readonly Met[]
  /** Temporary sets, for both workers alike, and how many. */
  temps: number
  temp_count: number
  bounds: number
  segments: number
  voter_id: number
  sample: number
  samples: number
  /** Its part: bytes of each set. */
  from: number
  to: number
}

export type Request = { id: number; steps: Step[]; is_whole: boolean }
export type Reply = { id: number; answers: Answer[] } | { id: number; problem: string }
