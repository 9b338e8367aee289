import { log } from '../../../platform/log.ts'
import { ageCode, dayOf, mostBorn, mostDays, yearOf } from './codes.ts'
import { Crew, CrewEnded } from './crew.ts'
import { Evaluator } from './evaluate.ts'
import { ColumnsReader, noPosition, type Header } from './file.ts'
import { takesWasm } from './kernels.ts'
import { tableBytes, type Answer, type Columns, type Grouping, type Memory, type Met, type Step } from './steps.ts'
import { yearsBefore } from '../sql.ts'

/** Sets kept for the leaves asked lately, and for what one question needs while it is answered. */
const cachedSets = 24
const scratchSets = 28
const tempSets = 12
const ageColumns = 2

const groupings = ['household', 'mailbox'] as const
type GroupingName = (typeof groupings)[number]
/** Where each thread marks which scattered groups have a member in the set at hand: a bit for each group. */
type Marks = Record<GroupingName, number[]>

/** No more groups than half of their members. */
const markBytes = (header: Header, name: GroupingName): number =>
  16 + Math.ceil((header.sections[`${name}_scattered_of`]?.bytes ?? 0) / 64)

export interface LoadOptions {
  /** Threads that share the work; 1 or 2. */
  threads?: number
  /** JavaScript instead of WebAssembly; left out: where WebAssembly or its SIMD is not to be had. */
  is_plain?: boolean
}

/** Fewer voters are counted sooner than everything is warmed up. */
export const many = 500_000

interface AgeColumn {
  at: number
  today: string | null
  is_made: boolean
  used: number
}

/** Where a set is kept for later questions. */
interface CachePlace {
  at: number
  key: string | null
  worth: number
  used: number
  /** The question that was to make it and has not yet, by what it has pinned; whoever else needs the set makes it. */
  planned: ReadonlySet<string> | null
}

/** The columns of one file in memory, and the threads that work over them. */
export class LoadedColumns {
  readonly header: Header
  /** JavaScript answers, not WebAssembly. */
  readonly is_plain: boolean
  /** All memory of it, in bytes. */
  readonly bytes: number
  readonly crew: Crew
  /** Does here what is over in a moment. */
  readonly #here: Evaluator
  /** Position of each voter id, or `noPosition`. */
  readonly #positions: Uint32Array
  readonly #marks: Marks
  readonly #words: Uint32Array
  readonly #all: Uint8Array
  readonly #base: number
  readonly #cache: CachePlace[]
  /** What the most worthy set was worth that was given up. */
  #given_up = 0
  readonly #scratch: readonly number[]
  readonly #ages: AgeColumn[]
  #clock = 0
  #problem: Error | null = null

  static async load(path: string, { threads = 2, is_plain = !takesWasm() }: LoadOptions = {}): Promise<LoadedColumns> {
    const reader = await ColumnsReader.open(path)
    try {
      const { header } = reader
      let end = 1024
      const take = (bytes: number): number => {
        const at = end
        end = Math.ceil((end + bytes) / 64) * 64
        return at
      }
      const base = take(reader.bytes)
      const ages = Array.from({ length: ageColumns }, () => take(header.set_bytes * 8 + mostDays + 1 + mostBorn + 1))
      const segments = header.segments.bounds.length - 1
      const outs = Array.from({ length: threads }, () => take(Math.max(1024, segments + 4) * 4))
      const marks = Object.fromEntries(
        groupings.map((name) => [name, outs.map(() => take(markBytes(header, name)))]),
      ) as Marks // one entry for each of `groupings`
      const most_marks = Math.max(...groupings.map((name) => markBytes(header, name)))
      const met = outs.map((): Met => ({ once: take(most_marks), twice: take(most_marks), one: take(most_marks), two: take(most_marks) })) // prettier-ignore
      const tables = outs.map(() => take(tableBytes))
      const cache = Array.from({ length: cachedSets }, () => take(header.set_bytes))
      const scratch = Array.from({ length: scratchSets }, () => take(header.set_bytes))
      const temps = take(header.set_bytes * tempSets)
      const pages = Math.ceil(end / 65536)
      if (pages > 65536) throw new Error(`${header.voters} voters need more memory than one store can have`)
      const memory = is_plain
        ? { buffer: new SharedArrayBuffer(pages * 65536) }
        : new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
      await reader.load(new Uint8Array(memory.buffer), base)
      const columns = new LoadedColumns({
        header,
        memory,
        base,
        ages,
        outs,
        marks,
        met,
        tables,
        cache,
        scratch,
        temps,
        is_plain,
      })
      if (header.voters >= many) columns.#warmUp()
      return columns
    } finally {
      await reader.close()
    }
  }

  private constructor(place: {
    header: Header
    memory: Memory
    base: number
    ages: number[]
    outs: number[]
    marks: Marks
    met: Met[]
    tables: number[]
    cache: number[]
    scratch: number[]
    temps: number
    is_plain: boolean
  }) {
    const { header, memory } = place
    this.header = header
    this.is_plain = place.is_plain
    this.bytes = memory.buffer.byteLength
    this.#base = place.base
    this.#all = new Uint8Array(memory.buffer)
    this.#words = new Uint32Array(memory.buffer)
    this.#positions = this.numbers('position')
    this.#marks = place.marks
    this.#cache = place.cache.map((at) => ({ at, key: null, worth: 0, used: 0, planned: null }))
    this.#scratch = place.scratch
    this.#ages = place.ages.map((at) => ({ at, today: null, is_made: false, used: 0 }))
    const { outs } = place
    const half = Math.ceil(header.set_bytes / 16 / outs.length) * 16
    const parts = outs.map((out, index): Columns => ({
      memory,
      worker: index,
      is_plain: place.is_plain,
      voters: header.voters,
      set_bytes: header.set_bytes,
      out,
      table: place.tables[index] ?? 0,
      met: place.met,
      temps: place.temps,
      temp_count: tempSets,
      bounds: this.address('bounds'),
      segments: header.segments.bounds.length - 1,
      voter_id: this.address('voter_id'),
      sample: this.address('sample'),
      samples: this.entries('sample'),
      from: Math.min(header.set_bytes, index * half),
      to: Math.min(header.set_bytes, (index + 1) * half),
    }))
    this.crew = new Crew(parts, (problem) => (this.#problem ??= problem))
    const [first] = parts
    if (!first) throw new Error('there has to be a thread')
    this.#here = new Evaluator(first)
  }

  /** Nobody waits for it but who asks in the first moment. */
  #warmUp(): void {
    const from = this.#cache[0]?.at ?? this.bytes
    const done = this.crew.split([{ do: 'warm' }, { do: 'touch', from, to: this.bytes }])
    done.catch((problem: unknown) => {
      // Cold threads answer as well; a lost one tells by itself.
      if (!(problem instanceof CrewEnded)) log.warn({ problem }, 'targeting columns could not be warmed up')
    })
  }

  /** Steps over whole sets that take a millisecond at most: here, since a thread would have to be asked, and be done with all else. */
  atOnce(steps: (Step & { do: 'rest-of-groups' | 'homes' | 'sample' })[]): Answer[] {
    return this.#here.run(steps, true)
  }

  /** What has gone wrong with the threads; nothing can be asked any more. */
  get problem(): Error | null {
    return this.#problem
  }

  has(section: string): boolean {
    return section in this.header.sections
  }

  address(section: string): number {
    const found = this.header.sections[section]
    if (!found) throw new Error(`the columns have no ${section}`)
    return this.#base + found.at
  }

  /** Entries of 32 bits. */
  entries(section: string): number {
    return (this.header.sections[section]?.bytes ?? 0) / 4
  }

  /** A section of 32-bit entries. */
  numbers(section: string): Uint32Array {
    const at = this.address(section) >>> 2
    return this.#words.subarray(at, at + this.entries(section))
  }

  /** A section of 16-bit entries, and one of bytes. */
  shorts(section: string): Uint16Array {
    return new Uint16Array(this.#all.buffer, this.address(section), (this.header.sections[section]?.bytes ?? 0) / 2)
  }

  bytesOf(section: string): Uint8Array {
    return this.#all.subarray(
      this.address(section),
      this.address(section) + (this.header.sections[section]?.bytes ?? 0),
    )
  }

  byte(address: number): number {
    return this.#all[address] ?? 0
  }

  isIn(set: number, position: number): boolean {
    return (((this.#all[set + (position >>> 3)] ?? 0) >>> (position & 7)) & 1) === 1
  }

  /** Where a voter stands; null: not in the file. */
  positionOf(voter_id: number): number | null {
    const position = this.#positions[voter_id] ?? noPosition
    return position === noPosition ? null : position
  }

  voterAt(position: number): number {
    return this.#words[(this.address('voter_id') >>> 2) + position] ?? 0
  }

  grouping(name: GroupingName): Grouping {
    const scattered_groups = this.numbers(`${name}_scattered_groups`)[0] ?? 0
    return {
      top: this.address(`${name}_top`),
      inner: this.address(`${name}_inner`),
      crossing: this.address(`${name}_crossing`),
      crossings: this.entries(`${name}_crossing`) / 2,
      scattered: this.address(`${name}_scattered`),
      scattered_of: this.address(`${name}_scattered_of`),
      marks: this.#marks[name],
      mark_bytes: Math.ceil(scattered_groups / 128) * 16,
      scattered_groups,
    }
  }

  scratch(index: number): number {
    const at = this.#scratch[index]
    if (at === undefined) throw new TooMuch()
    return at
  }

  /**
   * A place for the set of that key: where it is, and whether it must be made first. Null: all places are needed now. The set
   * given up is the cheapest one, and of those that cost alike the one asked for the longest time ago ("GreedyDual"; N. Young,
   * 1991): one that is hard to make outlasts many easy ones, but not for ever.
   */
  cached(key: string, cost: number, pinned: Set<string>): { at: number; isNew: boolean } | null {
    pinned.add(key)
    const known = this.#cache.find((each) => each.key === key)
    const place = known ?? leastOf(this.#cache.filter((each) => each.key === null || !pinned.has(each.key)))
    if (!place) return null
    // Where those worth less are all pinned, one worth more went before.
    if (!known && place.key !== null) this.#given_up = Math.max(this.#given_up, place.worth)
    const isNew = !known || (known.planned !== null && known.planned !== pinned)
    if (isNew) place.planned = pinned
    place.key = key
    place.worth = this.#given_up + cost
    place.used = ++this.#clock
    return { at: place.at, isNew }
  }

  /** Sets that are made now; others that were to be made are none, see `planned`. */
  made(keys: Iterable<string>): void {
    for (const key of keys) for (const each of this.#cache) if (each.key === key) each.planned = null
  }

  /** Where the ages of that day stand, or will once `agesMade` is told. */
  ageColumn(today: string): number {
    return this.#agesOf(today).at
  }

  /** What has to be done before the column of that day can be used. */
  ageSteps(today: string): Step[] {
    const { at: into, is_made } = this.#agesOf(today)
    if (is_made) return []
    const daily = into + this.header.set_bytes * 8
    const yearly = daily + mostDays + 1
    this.#writeAges(today, daily, yearly)
    return [{ do: 'ages', into, daily, yearly, days: this.address('birth'), years: this.address('born') }]
  }

  agesMade(today: string): void {
    this.#agesOf(today).is_made = true
  }

  #agesOf(today: string): AgeColumn {
    let found = this.#ages.find((each) => each.today === today)
    if (!found) {
      found = this.#ages.reduce((oldest, each) => (each.used < oldest.used ? each : oldest))
      found.today = today
      found.is_made = false
    }
    found.used = ++this.#clock
    return found
  }

  /** Completed years by day of birth; where only the year is known, those reached in this year. */
  #writeAges(today: string, daily: number, yearly: number): void {
    const year = Number(today.slice(0, 4))
    let age = -1
    // From the youngest to the oldest: who was born on or before this day is one older.
    let birthday = dayOf(yearsBefore(today, 0))
    for (let day = mostDays; day >= 1; day--) {
      while (day <= birthday) {
        age++
        birthday = dayOf(yearsBefore(today, age + 1))
      }
      this.#all[daily + day] = ageCode(age)
    }
    for (let born = 1; born <= mostBorn; born++) this.#all[yearly + born] = ageCode(year - yearOf(born))
    this.#all[daily] = 0
    this.#all[yearly] = 0
  }

  close(): Promise<void> {
    return this.crew.close()
  }
}

/** An empty place, else the one worth least, else of those the one unused the longest. */
function leastOf(places: readonly CachePlace[]): CachePlace | null {
  const worthOf = ({ key, worth }: CachePlace): number => (key === null ? -1 : worth)
  return places.reduce<CachePlace | null>((a, b) => {
    const apart = a ? worthOf(b) - worthOf(a) : -1
    return !a || apart < 0 || (apart === 0 && b.used < a.used) ? b : a
  }, null)
}

/** The question needs more sets than there is room for: the database answers it. */
export class TooMuch extends Error {}
