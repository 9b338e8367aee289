import type { LoadedColumns } from './loaded.ts'
import type { Answer, SetNode, Step } from './steps.ts'

/** Collects steps for the threads; each answer is fetched by the function its step gave, after `run`. */
export class Plan {
  readonly #columns: LoadedColumns
  readonly #steps: Step[] = []
  /** Steps before which every thread must have done all earlier ones. */
  readonly #waits: number[] = []
  /** Steps that were told to run, and when all of them are with the threads. */
  #taken = 0
  #sent: Promise<void> = Promise.resolve()
  #isMarked = false
  #isLost = false
  readonly #pinned = new Set<string>()
  /** Keys of sets that are made by what runs next. */
  readonly #made: string[] = []
  readonly #answers: Answer[] = []
  #scratch = 0

  constructor(columns: LoadedColumns) {
    this.#columns = columns
  }

  ask(step: Step): () => Answer {
    const index = this.#steps.push(step) - 1
    return () => this.#answers[index] ?? 0
  }

  /** A number. */
  count(step: Step): () => number {
    const answer = this.ask(step)
    return () => Number(answer())
  }

  /** Numbers, one for each value. */
  counts(step: Step): () => Uint32Array {
    const answer = this.ask(step)
    return () => {
      const numbers = answer()
      return typeof numbers === 'number' ? new Uint32Array() : numbers
    }
  }

  /** Makes a set in a place of this question's own; where it is. */
  make(node: SetNode): number {
    const lowered = this.lower(node)
    const into = this.#columns.scratch(this.#scratch++)
    this.ask({ do: 'make', into, of: lowered })
    return into
  }

  /** Where a set is, made if it is not there as it stands. */
  place(node: SetNode): number {
    const lowered = this.lower(node)
    return lowered.is === 'bits' ? lowered.at : this.make(lowered)
  }

  /** Three places under a key that stay for later questions; `fill` makes them where they are not there. */
  planes(key: string, fill: (into: readonly [number, number, number]) => Step): readonly [number, number, number] {
    const [a, b, c] = [0, 1, 2].map((plane) => this.#kept(`${key} ${plane}`, costOfPlane))
    const into = [a?.at ?? this.#own(), b?.at ?? this.#own(), c?.at ?? this.#own()] as const
    if (!a || !b || !c || a.isNew || b.isNew || c.isNew) this.ask(fill(into))
    return into
  }

  /** Sets worth keeping are put in a place of their own first. */
  lower(node: SetNode): SetNode {
    // oxlint-disable-next-line switch-exhaustiveness-check -- the others hold no further sets
    switch (node.is) {
      case 'kept': {
        const kept = this.#kept(node.key, costOf(node.of, this.#columns.header.voters))
        if (!kept) return this.lower(node.of)
        if (kept.isNew) {
          const { of } = node
          if (of.is === 'others') this.#makeOthers(of, kept.at)
          else this.ask({ do: 'make', into: kept.at, of: this.lower(of) })
        }
        return { is: 'bits', at: kept.at }
      }
      case 'and':
      case 'or':
      case 'sum':
        return { ...node, of: node.of.map((each) => this.lower(each)) }
      case 'not':
        return { is: 'not', of: this.lower(node.of) }
      case 'replace':
        return { ...node, of: this.lower(node.of) }
      case 'others': {
        const at = this.#own()
        this.#makeOthers(node, at)
        return { is: 'bits', at }
      }
      default:
        return node
    }
  }

  /** What was asked since it last ran. While that still runs, this stands in line behind it and no thread is idle between. */
  async run(): Promise<void> {
    const ends = [...this.#waits.splice(0), this.#steps.length]
    let from = this.#taken
    this.#taken = this.#steps.length
    const made = this.#made.splice(0)
    const earlier = this.#sent
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#sent = promise
    try {
      await earlier
      let done: Promise<void> | null = null
      for (const to of ends) {
        if (to === from) continue
        await done
        done = this.#do(from, to)
        from = to
      }
      resolve()
      await done
      if (!this.#isLost) this.#columns.made(made)
    } catch (problem) {
      resolve()
      // Nobody knows how far they came; what is made of those sets afterwards is wrong too.
      this.#isLost = true
      throw problem
    }
  }

  async #do(from: number, to: number): Promise<void> {
    const answers = await this.#columns.crew.split(this.#steps.slice(from, to))
    for (const [index, answer] of answers.entries()) this.#answers[from + index] = answer
  }

  /** A group may lie in the parts of two threads: both have made and marked the set before either looks for the others. */
  #makeOthers(node: SetNode & { is: 'others' }, into: number): void {
    const set = this.place(node.of)
    // The marks are of one set at a time.
    if (this.#isMarked) this.#wait()
    this.ask({ do: 'mark-twice', set, grouping: node.grouping })
    this.#isMarked = true
    this.#wait()
    this.ask({ do: 'make', into, of: { ...node, of: { is: 'bits', at: set } } })
  }

  #wait(): void {
    this.#waits.push(this.#steps.length)
  }

  #own(): number {
    return this.#columns.scratch(this.#scratch++)
  }

  #kept(key: string, cost: number): { at: number; isNew: boolean } | null {
    const kept = this.#columns.cached(key, cost, this.#pinned)
    if (kept?.isNew) this.#made.push(key)
    return kept
  }
}

/** What it takes to make a set, in walks over a bitset, as measured. Those of hashes take the longest by far. */
function costOf(node: SetNode, voters: number): number {
  const listed = (positions: number): number => (400 * positions) / voters
  const all = (of: readonly SetNode[]): number => of.reduce((sum, each) => sum + costOf(each, voters), of.length)
  switch (node.is) {
    case 'kept':
      return costOf(node.of, voters)
    case 'all':
    case 'none':
    case 'bits':
    case 'spans':
    case 'foreign':
      return 1
    case 'range8':
      return 10
    case 'range16':
      return 12
    case 'table16':
      return 100
    case 'hashed':
      return 250
    case 'list':
      return listed(node.list.length)
    case 'listed':
      return listed(node.count)
    case 'packed':
      return listed(2 * node.bytes)
    case 'replace':
      return costOf(node.of, voters) + listed(node.within.length + node.by.length)
    case 'others':
      return costOf(node.of, voters) + 60
    case 'sum':
      // A counter of three digits or four.
      return all(node.of) + 4 * node.of.length
    case 'and':
    case 'or':
      return all(node.of)
    case 'not':
      return costOf(node.of, voters) + 1
    default:
      return node satisfies never
  }
}

/** One of those that every question counts turnout by. */
const costOfPlane = 30
