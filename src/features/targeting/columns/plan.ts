import type { LoadedColumns } from './loaded.ts'
import type { Answer, SetNode, Step } from './steps.ts'

/** Collects steps for the threads; each answer is fetched by the function its step gave, after `run`. */
export class Plan {
  readonly #columns: LoadedColumns
  readonly #steps: Step[] = []
  /** Steps before which every thread must have done all earlier ones. */
  readonly #waits: number[] = []
  /** Steps that were run. */
  #done = 0
  #isMarked = false
  readonly #pinned = new Set<string>()
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
    const [a, b, c] = [0, 1, 2].map((plane) => this.#kept(`${key} ${plane}`))
    const into = [a?.at ?? this.#own(), b?.at ?? this.#own(), c?.at ?? this.#own()] as const
    if (!a || !b || !c || a.isNew || b.isNew || c.isNew) this.ask(fill(into))
    return into
  }

  /** Sets worth keeping are put in a place of their own first. */
  lower(node: SetNode): SetNode {
    // oxlint-disable-next-line switch-exhaustiveness-check -- the others hold no further sets
    switch (node.is) {
      case 'kept': {
        const kept = this.#kept(node.key)
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

  /** What was asked since it last ran. */
  async run(): Promise<void> {
    try {
      for (const to of [...this.#waits.splice(0), this.#steps.length]) {
        if (to > this.#done) this.#answers.push(...(await this.#columns.crew.split(this.#steps.slice(this.#done, to))))
        this.#done = to
      }
    } catch (problem) {
      // Nobody knows how far they came.
      this.#columns.forget(this.#made)
      throw problem
    }
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

  #kept(key: string): { at: number; isNew: boolean } | null {
    const kept = this.#columns.cached(key, this.#pinned)
    if (kept?.isNew) this.#made.push(key)
    return kept
  }
}
