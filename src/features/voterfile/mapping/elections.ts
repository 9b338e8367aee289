import type { ElectionKind, Layout, VoteMethod } from '../layouts/layout.ts'
import { isDate } from '../rules/dates.ts'
import { methodNumber, type Vote } from '../rules/history.ts'
import type { ColumnMap } from './columns.ts'

export interface Election {
  election_id: number
  kind: ElectionKind
  year: number
  held_on: string | null
}

/** Numbers for the elections a file speaks of: those already known, and new ones as they are met. */
export class ElectionBook {
  readonly added: Election[] = []
  readonly #byName = new Map<string, number>()
  #next: number
  readonly #all: Election[] = []
  /** By election_id: larger is later. One of which only the year is known stands at its end. */
  readonly order: number[] = []

  constructor(known: readonly Election[], next: number) {
    this.#next = next
    for (const election of known) this.#keep(election)
  }

  /** election_id * 8 + method, as `voter_record.votes` holds it. */
  code(vote: Vote): number {
    return this.id(vote.kind, vote.year, vote.held_on) * 8 + methodNumber(vote.method)
  }

  codeOf(kind: ElectionKind, held_on: string, method: VoteMethod): number {
    return this.id(kind, Number(held_on.slice(0, 4)), held_on) * 8 + methodNumber(method)
  }

  id(kind: ElectionKind, year: number, held_on: string | null): number {
    const known = this.#byName.get(`${kind} ${held_on ?? year}`)
    if (known !== undefined) return known
    const election = { election_id: this.#next++, kind, year, held_on }
    this.added.push(election)
    this.#keep(election)
    return election.election_id
  }

  /** Days from 2000-01-01 of the election, null where only its year is known. */
  day(election_id: number): number | null {
    const order = this.order[election_id]
    return order === undefined || order % 2 !== 0 ? null : order / 2
  }

  /** What another book needs to go on from here. */
  copy(): { known: readonly Election[]; next: number } {
    return { known: this.#all, next: this.#next }
  }

  /** Elections that such a book met. */
  adopt(elections: readonly Election[]): void {
    for (const election of elections) {
      this.added.push(election)
      this.#keep(election)
      this.#next = Math.max(this.#next, election.election_id + 1)
    }
  }

  #keep(election: Election): void {
    const { election_id, kind, year, held_on } = election
    this.#all.push(election)
    this.#byName.set(`${kind} ${held_on ?? year}`, election_id)
    const days = Date.parse(held_on ?? `${year}-12-31`) / 86_400_000 - 10_957
    this.order[election_id] = days * 2 + (held_on ? 0 : 1)
  }
}

/** Wide history: the elections that have a column in the file, each with that column. */
export function namedElections(
  { history }: Layout,
  columns: ColumnMap,
  elections: ElectionBook,
): { index: number; election_id: number }[] {
  if (history?.style !== 'wide') return []
  return columns.elections.flatMap(({ index, header }) => {
    const named = history.elections?.[header]
    if (named) return [{ index, election_id: elections.id(named.kind, named.year, named.held_on) }]
    const match = new RegExp(history.header).exec(header)
    const [month = '', day = '', year = ''] = (match?.[2] ?? '').split('/')
    const kind = history.kinds[match?.[1] ?? '']
    const held_on = `${year}-${month}-${day}`
    return kind && isDate(held_on) ? [{ index, election_id: elections.id(kind, Number(year), held_on) }] : []
  })
}
