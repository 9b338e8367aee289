/* oxlint-disable no-non-null-assertion -- elements of typed arrays within their length; asking for each would cost as much as the work */

import { drawn } from '../hash.ts'
import { sampleOrder } from './codes.ts'
import { plainKernels, wasmKernels, type Kernels } from './kernels.ts'
import type { HandGroups } from './overlay.ts'
import { touch, warmUp } from './warm.ts'
import { tableBytes, type Answer, type Columns, type Grouping, type SetNode, type Step } from './steps.ts'

/** So much of the list of samples is gone through in a fraction of a millisecond. */
const soon = 20_000

interface Parts {
  /** Where the positions of each value stand. */
  values: { value: number; at: number; members: number }[]
  members: number
}

/** Does steps over one part of all positions. */
export class Evaluator {
  readonly #columns: Columns
  readonly #kernels: Kernels
  readonly #bytes: Uint8Array
  readonly #words: Uint32Array
  /** What `#byByte` counts of all voters of this part, by what is counted; none once a column is made anew. */
  readonly #everybody = new Map<string, Uint32Array>()
  /** Lists by value, by address. */
  readonly #parts = new Map<number, Parts>()
  /** Temporary sets in use. */
  #used = 0
  /** The part at hand: bytes of each set. */
  #from = 0
  #to = 0

  constructor(columns: Columns) {
    this.#columns = columns
    this.#kernels = columns.is_plain ? plainKernels(columns.memory) : wasmKernels(columns.memory as WebAssembly.Memory) // see `LoadedColumns.load`
    this.#bytes = new Uint8Array(columns.memory.buffer)
    this.#words = new Uint32Array(columns.memory.buffer)
  }

  run(steps: readonly Step[], isWhole: boolean): Answer[] {
    this.#used = 0
    this.#from = isWhole ? 0 : this.#columns.from
    this.#to = isWhole ? this.#columns.set_bytes : this.#columns.to
    return steps.map((step) => this.#do(step))
  }

  get #length(): number {
    return this.#to - this.#from
  }

  #do(step: Step): Answer {
    const kernels = this.#kernels
    const [from, length] = [this.#from, this.#length]
    const { out } = this.#columns
    switch (step.do) {
      case 'make':
        this.#make(step.of, step.into)
        return 0
      case 'count':
        return kernels.count(step.set + from, length)
      case 'count-and':
        return Uint32Array.from(step.others, (other) => kernels.countAnd(step.set + from, other + from, length))
      case 'planes': {
        const [p0, p1, p2] = step.planes
        kernels.fill(out, 0, 32)
        kernels.planes(step.set + from, p0 + from, p1 + from, p2 + from, length, out)
        return this.#numbers(8)
      }
      case 'sum':
        for (const plane of step.into) kernels.fill(plane + from, 0, length)
        for (const each of step.of) this.#addUp(each, step.into)
        return 0
      case 'histogram':
      case 'pyramid':
        return this.#byByte(step)
      case 'likely':
        return this.#likely(step)
      case 'segments': {
        const { bounds, segments } = this.#columns
        kernels.fill(out, 0, Math.ceil(segments / 4) * 16)
        const starts = this.#words.subarray(bounds >>> 2, (bounds >>> 2) + segments + 1)
        const first = Math.max(0, after(starts, from * 8) - 1)
        const last = Math.min(segments, notBefore(starts, this.#to * 8))
        kernels.segments(step.set, bounds, first, last, from * 8, this.#to * 8, out)
        return this.#numbers(segments)
      }
      case 'groups': {
        const { top, inner } = step.grouping
        const inside = kernels.groups(step.set + from, top + from, inner + from, length)
        this.#markScattered(step.set, step.grouping)
        return inside + this.#crossings(step.set, step.grouping, false)
      }
      case 'mark-twice':
        this.#markTwice(step.set, step.grouping)
        return 0
      case 'values':
        return this.#values(step.set, step.list, step.values)
      case 'ages':
        this.#everybody.clear()
        kernels.ages(
          step.into + from * 8,
          step.days + from * 16,
          step.years + from * 8,
          step.daily,
          step.yearly,
          length * 8,
        )
        return 0
      case 'touch':
        touch(this.#words, step.from, step.to, this.#columns.worker, this.#columns.met.length)
        return 0
      case 'warm':
        if (!this.#columns.is_plain) warmUp(this.#columns.worker, this.#columns.met.length)
        return 0
      case 'rest-of-groups':
        return this.#crossings(step.set, step.grouping, true) + this.#marked(step.grouping)
      case 'homes':
        return this.#homes(step.set, step.hand)
      case 'sample':
        return this.#sample(step.set, step.size, step.members)
      case 'voters':
        return this.#voters(step.set)
      case 'drawn':
        return drawn(this.#voters(step.set), step.draw)
      case 'likeliest':
        return this.#likeliest(step.set, step.columns)
      default:
        return step satisfies never
    }
  }

  /** A walk costs as much as there are members: of more than half, those left out are counted and taken off everybody. */
  #byByte(step: Step & { do: 'histogram' | 'pyramid' }): Uint32Array {
    const kernels = this.#kernels
    const isMost = kernels.count(step.set + this.#from, this.#length) > this.#length * 4
    if (!isMost) return this.#walkBytes(step, step.set)
    const key = JSON.stringify([this.#from, this.#to, { ...step, set: 0 }])
    const everybody = this.#everybody.get(key) ?? this.#inTemp({ is: 'all' }, (all) => this.#walkBytes(step, all))
    this.#everybody.set(key, everybody)
    const others = this.#inTemp({ is: 'not', of: { is: 'bits', at: step.set } }, (rest) => this.#walkBytes(step, rest))
    return everybody.map((count, index) => count - others[index]!)
  }

  #walkBytes(step: Step & { do: 'histogram' | 'pyramid' }, set: number): Uint32Array {
    const kernels = this.#kernels
    const [from, length] = [this.#from, this.#length]
    const { out } = this.#columns
    if (step.do === 'histogram') {
      kernels.fill(out, 0, 1024)
      kernels.histogram(set + from, step.column + from * 8, length, out)
      return this.#numbers(256)
    }
    const [p0, p1] = step.planes
    kernels.fill(out, 0, 4096)
    kernels.pyramid(set + from, p0 + from, p1 + from, step.column + from * 8, length, out)
    return this.#numbers(1024)
  }

  /** Few are looked up one by one; of many, the lists are gone through. */
  #likely({ set, column, list, from }: Step & { do: 'likely' }): Uint32Array {
    const kernels = this.#kernels
    const parts = this.#partsOf(list, from)
    if (kernels.count(set + this.#from, this.#length) * 2 < parts.members)
      return this.#walkBytes({ do: 'histogram', set, column }, set)
    const counts = new Uint32Array(256)
    for (const { value, at, members } of parts.values) counts[value] = kernels.countListed(set, at, members)
    return counts
  }

  /** Of lists of positions by value, those of this worker's part. */
  #partsOf(list: number, from: number): Parts {
    const known = this.#parts.get(list)
    if (known) return known
    const starts = this.#words.subarray(from >>> 2, (from >>> 2) + 102)
    const all = this.#words.subarray(list >>> 2, (list >>> 2) + starts[101]!)
    const values = Array.from({ length: 101 }, (_, value) => {
      const of = all.subarray(starts[value], starts[value + 1])
      const [first, end] = [notBefore(of, this.#columns.from * 8), notBefore(of, this.#columns.to * 8)]
      return { value, at: list + (starts[value]! + first) * 4, members: end - first }
    }).filter(({ members }) => members > 0)
    const parts = { values, members: values.reduce((sum, { members }) => sum + members, 0) }
    this.#parts.set(list, parts)
    return parts
  }

  #numbers(count: number): Uint32Array {
    const at = this.#columns.out >>> 2
    return this.#words.slice(at, at + count)
  }

  /** Writes a set to a place. */
  #make(node: SetNode, into: number): void {
    const kernels = this.#kernels
    const [from, length] = [this.#from, this.#length]
    switch (node.is) {
      case 'kept':
        this.#make(node.of, into)
        return
      case 'all':
        kernels.fill(into + from, 0xff, length)
        this.#clearTail(into)
        return
      case 'none':
        kernels.fill(into + from, 0, length)
        return
      case 'bits':
        kernels.copy(into + from, node.at + from, length)
        return
      case 'range8':
      case 'range16':
        if (node.is === 'range8') kernels.range8(into + from, node.column + from * 8, node.from, node.width, length)
        else kernels.range16(into + from, node.column + from * 16, node.from, node.width, length)
        this.#clearTail(into)
        return
      case 'table16':
        kernels.table16(into + from, node.column + from * 16, this.#table(node.table), length)
        this.#clearTail(into)
        return
      case 'hashed': {
        const { salt, rests } = node
        const ids = this.#columns.voter_id + from * 32
        const first = rests.indexOf(1)
        const last = rests.lastIndexOf(1)
        // Samples and most splits: rests that follow each other, compared four at a time.
        if (first >= 0 && !rests.subarray(first, last).includes(0))
          kernels.hashedIn(into + from, ids, salt, rests.length, first, last - first, length)
        else kernels.hashed(into + from, ids, salt, rests.length, this.#table(rests), length)
        this.#clearTail(into)
        return
      }
      case 'others':
        if (node.of.is !== 'bits') throw new Error('the set was to be made and marked first')
        this.#others(node.of.at, node.grouping, into)
        this.#othersByHand(node.of.at, node.hand, into)
        return
      case 'spans':
        kernels.fill(into + from, 0, length)
        for (let at = 0; at + 1 < node.spans.length; at += 2) this.#setSpan(into, node.spans[at]!, node.spans[at + 1]!)
        return
      case 'list':
        kernels.fill(into + from, 0, length)
        this.#setAll(into, node.list)
        return
      case 'listed':
        kernels.fill(into + from, 0, length)
        this.#setListed(into, node)
        return
      case 'packed':
        kernels.fill(into + from, 0, length)
        kernels.packed(into, node.at, node.at + node.bytes, from * 8, this.#to * 8)
        return
      case 'foreign':
        this.#bytes.set(node.bits.subarray(from, this.#to), into + from)
        return
      case 'replace':
        this.#make(node.of, into)
        this.#clearAll(into, node.within)
        this.#setAll(into, node.by)
        return
      case 'not':
        this.#make(node.of, into)
        kernels.not(into + from, length)
        this.#clearTail(into)
        return
      case 'and': {
        const [first, second, ...others] = node.of
        // In one walk instead of two.
        if (first?.is === 'bits' && second?.is === 'bits')
          kernels.both(into + from, first.at + from, second.at + from, length)
        else if (first?.is === 'bits' && second?.is === 'not' && second.of.is === 'bits')
          kernels.without(into + from, first.at + from, second.of.at + from, length)
        else {
          this.#make(first ?? { is: 'all' }, into)
          if (second) this.#narrow(second, into)
        }
        for (const each of others) this.#narrow(each, into)
        return
      }
      case 'or': {
        const [first, ...others] = node.of
        this.#make(first ?? { is: 'none' }, into)
        for (const each of others) {
          if (each.is === 'bits') kernels.or(into + from, each.at + from, length)
          else if (each.is === 'list') this.#setAll(into, each.list)
          else if (each.is === 'listed') this.#setListed(into, each)
          else if (each.is === 'packed') kernels.packed(into, each.at, each.at + each.bytes, from * 8, this.#to * 8)
          else this.#inTemp(each, (temp) => kernels.or(into + from, temp + from, length))
        }
        return
      }
      case 'sum':
        this.#sum(node, into)
        return
      default:
        node satisfies never
    }
  }

  #narrow(node: SetNode, into: number): void {
    const kernels = this.#kernels
    const [from, length] = [this.#from, this.#length]
    if (node.is === 'all') return
    if (node.is === 'bits') return kernels.and(into + from, node.at + from, length)
    if (node.is === 'not' && node.of.is === 'bits') return kernels.andnot(into + from, node.of.at + from, length)
    if (node.is === 'not' && node.of.is === 'list') return this.#clearAll(into, node.of.list)
    if (node.is === 'not') return this.#inTemp(node.of, (temp) => kernels.andnot(into + from, temp + from, length))
    this.#inTemp(node, (temp) => kernels.and(into + from, temp + from, length))
  }

  #inTemp<T>(node: SetNode, work: (temp: number) => T): T {
    return this.#inTemps(1, ([temp = 0]) => {
      this.#make(node, temp)
      return work(temp)
    })
  }

  #inTemps<T>(count: number, work: (temps: number[]) => T): T {
    const { temps, temp_count, set_bytes } = this.#columns
    if (this.#used + count > temp_count) throw new Error('the question is nested too deep for the columns')
    const taken = Array.from({ length: count }, (_, index) => temps + (this.#used + index) * set_bytes)
    this.#used += count
    const done = work(taken)
    this.#used -= count
    return done
  }

  #sum(node: SetNode & { is: 'sum' }, into: number): void {
    const kernels = this.#kernels
    const [from, length] = [this.#from, this.#length]
    const planes = 32 - Math.clz32(node.of.length)
    this.#inTemps(planes + 1, (temps) => {
      const counter = temps.slice(0, planes)
      const product = temps[planes] ?? 0
      for (const plane of counter) kernels.fill(plane + from, 0, length)
      for (const each of node.of) this.#addUp(each, counter)
      if (planes <= 3) {
        // The last plane stands for those there are not.
        const [p0 = 0, p1 = p0, p2 = p1] = counter
        const values = node.holds.reduce((bits, holds, value) => bits | (holds ? 1 << inThree(value, planes) : 0), 0)
        kernels.spelled(into + from, p0 + from, p1 + from, p2 + from, values, length)
        return
      }
      kernels.fill(into + from, 0, length)
      for (const [value, holds] of node.holds.entries()) {
        if (!holds) continue
        kernels.fill(product + from, 0xff, length)
        for (const [index, plane] of counter.entries()) {
          if ((value >> index) & 1) kernels.and(product + from, plane + from, length)
          else kernels.andnot(product + from, plane + from, length)
        }
        kernels.or(into + from, product + from, length)
      }
    })
    this.#clearTail(into)
  }

  /** Adds one to a counter in bit planes for everybody in the set. */
  #addUp(node: SetNode, planes: readonly number[]): void {
    this.#inTemp(node, (carry) => {
      for (const plane of planes) this.#kernels.halfAdd(plane + this.#from, carry + this.#from, this.#length)
    })
  }

  /** Puts a table of bytes where the kernels can read it; what it does not tell of is 0. */
  #table(values: Uint8Array): number {
    const { table } = this.#columns
    this.#bytes.fill(0, table, table + tableBytes)
    this.#bytes.set(values, table)
    return table
  }

  /** Who has another one of the set in the group. Looks at all of the set, writes this worker's part. */
  #others(set: number, grouping: Grouping, into: number): void {
    const { top, inner, crossing, crossings, scattered, scattered_of, scattered_groups } = grouping
    const [from, to] = [this.#from, this.#to]
    this.#kernels.others(into + from, set + from, top + from, inner + from, this.#length)
    const [first, end] = [from, to].map((part) => this.#firstCrossing(crossing, crossings, part * 8)) as [
      number,
      number,
    ]
    const isBetween = (pair: number): boolean =>
      pair >= 0 && this.#crossingAt(crossing, pair)[1] > (pair < first ? from : to) * 8
    const [isBefore, isAfter] = [isBetween(first - 1), end > first && isBetween(end - 1)]
    this.#kernels.crossingOthers(into, set, crossing + first * 8, end - first - (isAfter ? 1 : 0))
    if (isBefore) this.#othersBetween(set, this.#crossingAt(crossing, first - 1), into)
    if (isAfter) this.#othersBetween(set, this.#crossingAt(crossing, end - 1), into)
    if (scattered_groups === 0) return
    const [one, two] = this.#metByAll(grouping)
    const before = this.#kernels.count(scattered, from)
    this.#kernels.spread(into + from, set + from, scattered + from, this.#length, scattered_of + before * 4, one, two)
  }

  /** Of a group that lies in the parts of two workers each writes its own. */
  #othersBetween(set: number, [first, end]: readonly [number, number], into: number): void {
    const members = Array.from({ length: end - first }, (_, index) => first + index).filter((each) =>
      this.#has(set, each),
    )
    if (members.length === 0) return
    for (let position = Math.max(first, this.#from * 8); position < Math.min(end, this.#to * 8); position++)
      if (members.length > 1 || position !== members[0]) this.#bytes[into + (position >> 3)]! |= 1 << (position & 7)
  }

  /** From where to where the pair at an address goes. */
  #crossingAt(crossing: number, pair: number): readonly [number, number] {
    const first = this.#words[(crossing >>> 2) + pair * 2]!
    return [first, first + this.#words[(crossing >>> 2) + pair * 2 + 1]!]
  }

  /** Marks of both workers together: groups with a member in the set, and with two. */
  #metByAll({ mark_bytes }: Grouping): readonly [number, number] {
    const { worker, met } = this.#columns
    const { once, twice, one, two } = met[worker]!
    const kernels = this.#kernels
    const other = met[1 - worker]
    if (!other) return [once, twice]
    kernels.copy(one, once, mark_bytes)
    kernels.or(one, other.once, mark_bytes)
    // Met by each of them, or twice by one.
    kernels.copy(two, once, mark_bytes)
    kernels.and(two, other.once, mark_bytes)
    kernels.or(two, twice, mark_bytes)
    kernels.or(two, other.twice, mark_bytes)
    return [one, two]
  }

  /** The same within the homes that were changed by hand, which are other groups than the file's. */
  #othersByHand(set: number, { positions, groups, count }: HandGroups, into: number): void {
    if (positions.length === 0) return
    this.#clearAll(into, positions)
    const members = new Uint32Array(count)
    for (let at = 0; at < positions.length; at++) if (this.#has(set, positions[at]!)) members[groups[at]!]!++
    for (let at = 0; at < positions.length; at++) {
      const position = positions[at]!
      if (position < this.#from * 8 || position >= this.#to * 8) continue
      if (members[groups[at]!]! > (this.#has(set, position) ? 1 : 0))
        this.#bytes[into + (position >> 3)]! |= 1 << (position & 7)
    }
  }

  #homes(set: number, { positions, groups, count }: HandGroups): number {
    const isIn = new Uint8Array(count)
    for (let at = 0; at < positions.length; at++) if (this.#has(set, positions[at]!)) isIn[groups[at]!] = 1
    return isIn.reduce((sum, each) => sum + each, 0)
  }

  /** Positions after the last voter are in no set. */
  #clearTail(set: number): void {
    const { voters, set_bytes } = this.#columns
    if (this.#to < set_bytes) return
    const first = Math.max(voters, this.#from * 8)
    const whole = Math.ceil(first / 8)
    if (first & 7) this.#bytes[set + (first >> 3)]! &= (1 << (first & 7)) - 1
    this.#bytes.fill(0, set + whole, set + set_bytes)
  }

  #setSpan(set: number, start: number, end: number): void {
    const [from, to] = [Math.max(start, this.#from * 8), Math.min(end, this.#to * 8)]
    if (from >= to) return
    const [first, last] = [from >> 3, to >> 3]
    const [head, tail] = [0xff << (from & 7), (1 << (to & 7)) - 1]
    if (first === last) {
      this.#bytes[set + first]! |= head & tail
      return
    }
    this.#bytes[set + first]! |= head
    this.#bytes.fill(0xff, set + first + 1, set + last)
    if (tail) this.#bytes[set + last]! |= tail
  }

  #setAll(set: number, list: Uint32Array): void {
    const words = this.#words
    const base = set >>> 2
    for (let at = notBefore(list, this.#from * 8), end = notBefore(list, this.#to * 8); at < end; at++) {
      const position = list[at]!
      words[base + (position >> 5)]! |= 1 << (position & 31)
    }
  }

  #setListed(set: number, { at, count }: SetNode & { is: 'listed' }): void {
    const list = this.#words.subarray(at >>> 2, (at >>> 2) + count)
    const [first, end] = [notBefore(list, this.#from * 8), notBefore(list, this.#to * 8)]
    this.#kernels.setListed(set, at + first * 4, end - first)
  }

  #clearAll(set: number, list: Uint32Array): void {
    const words = this.#words
    const base = set >>> 2
    for (let at = notBefore(list, this.#from * 8), end = notBefore(list, this.#to * 8); at < end; at++) {
      const position = list[at]!
      words[base + (position >> 5)]! &= ~(1 << (position & 31))
    }
  }

  #has(set: number, position: number): boolean {
    return ((this.#words[(set >>> 2) + (position >> 5)]! >>> (position & 31)) & 1) === 1
  }

  #values(set: number, list: Uint32Array, values: readonly Uint8Array[]): Uint32Array {
    const counts = new Uint32Array(256 * values.length)
    for (let at = notBefore(list, this.#from * 8), end = notBefore(list, this.#to * 8); at < end; at++) {
      if (!this.#has(set, list[at]!)) continue
      for (let index = 0; index < values.length; index++) counts[index * 256 + values[index]![at]!]!++
    }
    return counts
  }

  /** Groups that cross from one word to the next; the one between the parts of two workers only when the set is whole. */
  #crossings(set: number, { crossing, crossings }: Grouping, isBetween: boolean): number {
    const { from, to } = this.#columns
    const end = this.#firstCrossing(crossing, crossings, to * 8)
    const isLastBetween = end > 0 && this.#crossingAt(crossing, end - 1)[1] > to * 8
    if (isBetween) return isLastBetween ? this.#kernels.crossings(set, crossing + (end - 1) * 8, 1) : 0
    const first = this.#firstCrossing(crossing, crossings, from * 8)
    return this.#kernels.crossings(set, crossing + first * 8, end - first - (isLastBetween ? 1 : 0))
  }

  /** Of the pairs at an address, the first that does not begin before a position. */
  #firstCrossing(crossing: number, crossings: number, position: number): number {
    let [low, high] = [0, crossings]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#words[(crossing >>> 2) + middle * 2]! < position) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Marks the scattered groups that have a member in this worker's part of the set. */
  #markScattered(set: number, { scattered, scattered_of, marks, mark_bytes }: Grouping): void {
    const mark = marks[this.#columns.worker] ?? 0
    this.#kernels.fill(mark, 0, mark_bytes)
    const before = this.#kernels.count(scattered, this.#from)
    this.#kernels.mark(set + this.#from, scattered + this.#from, this.#length, scattered_of + before * 4, mark)
  }

  /** Marks which scattered groups have one, and two, of this worker's part of the set. */
  #markTwice(set: number, { scattered, scattered_of, mark_bytes }: Grouping): void {
    const { once, twice } = this.#columns.met[this.#columns.worker]!
    this.#kernels.fill(once, 0, mark_bytes)
    this.#kernels.fill(twice, 0, mark_bytes)
    const before = this.#kernels.count(scattered, this.#from)
    const from = this.#from
    this.#kernels.markTwice(set + from, scattered + from, this.#length, scattered_of + before * 4, once, twice)
  }

  /** How many groups all workers together marked. */
  #marked({ marks, mark_bytes }: Grouping): number {
    const [first = 0, ...others] = marks
    for (const other of others) this.#kernels.or(first, other, mark_bytes)
    return this.#kernels.count(first, mark_bytes)
  }

  /** Voter ids of the first ones in the order of samples. */
  #sample(set: number, size: number, members: number): Uint32Array {
    const { sample, samples, voter_id, voters } = this.#columns
    const words = this.#words
    // Where few of the list would be found, all of the set is looked at right away.
    if (samples === voters || members * soon >= voters * size) {
      const found: number[] = []
      for (let at = 0; at < samples && found.length < size; at++) {
        const position = words[(sample >>> 2) + at]!
        if (this.#has(set, position)) found.push(words[(voter_id >>> 2) + position]!)
      }
      if (found.length === size || samples === voters) return Uint32Array.from(found)
    }
    let worst = 0x7fffffff
    const best: { order: number; id: number }[] = []
    this.#eachMember(set, (position) => {
      const id = words[(voter_id >>> 2) + position]!
      const order = sampleOrder(id)
      if (best.length >= size && order > worst) return
      best.push({ order, id })
      if (best.length >= size * 8) cut()
    })
    cut()
    return Uint32Array.from(best, ({ id }) => id)

    function cut(): void {
      best.sort((a, b) => a.order - b.order || a.id - b.id)
      best.length = Math.min(best.length, size)
      worst = best.length >= size ? (best[size - 1]?.order ?? worst) : worst
    }
  }

  #voters(set: number): Uint32Array {
    const voters = new Uint32Array(new SharedArrayBuffer(this.#kernels.count(set + this.#from, this.#length) * 4))
    const ids = this.#columns.voter_id >>> 2
    let at = 0
    this.#eachMember(set, (position) => (voters[at++] = this.#words[ids + position]!))
    return voters.sort()
  }

  /** By the column with the highest value, the first of equal ones. */
  #likeliest(set: number, columns: readonly number[]): Uint32Array {
    const counts = new Uint32Array(columns.length)
    this.#eachMember(set, (position) => {
      let [best, most] = [0, -1]
      for (let index = 0; index < columns.length; index++) {
        const value = this.#bytes[columns[index]! + position]!
        if (value > most) [best, most] = [index, value]
      }
      counts[best]!++
    })
    return counts
  }

  #eachMember(set: number, visit: (position: number) => void): void {
    // Where nobody is, that is found much sooner by the kernel.
    for (let from = this.#from; from < this.#to; from += 256) {
      const to = Math.min(this.#to, from + 256)
      if (this.#kernels.count(set + from, to - from) === 0) continue
      for (let word = (set + from) >>> 2, end = (set + to) >>> 2; word < end; word++) {
        for (let bits = this.#words[word]!; bits !== 0; bits &= bits - 1)
          visit((word - (set >>> 2)) * 32 + 31 - Math.clz32(bits & -bits))
      }
    }
  }
}

/** A value of one, two or three bit planes as one of three, of which those beyond are the last of them. */
const inThree = (value: number, planes: number): number =>
  planes === 3 ? value : planes === 2 ? value | ((value & 2) << 1) : value * 7

/** First index whose value is not less. */
export function notBefore(list: Uint32Array, value: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** First index whose value is greater. */
const after = (list: Uint32Array, value: number): number => notBefore(list, value + 1)
