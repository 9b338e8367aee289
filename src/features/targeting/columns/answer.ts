import type { CompiledUniverse, LeftOut } from '../queries.ts'
import {
  communitiesAt,
  contactValues,
  facetNames,
  leastPercent,
  ourFacetNames,
  outside,
  turnoutOf,
  usualPercent,
  type FacetName,
  type FacetValue,
  type ListedDistrict,
  type Likelihood,
  type OurFacetName,
  type Refresh,
} from '../refresh.ts'
import type { Draw } from '../hash.ts'
import { asTyped, foldName } from '../names.ts'
import { communities, leftOutReasons, type Expression, type LeftOutReason } from '../schema.ts'
import { communityChosen } from '../selection.ts'
import { isOfSeveral, withState } from '../of-state.ts'
import type { Meaning, Speaks } from '../sql.ts'
import { printed } from '../words.ts'
import { partyCodes, setNames, sexCodes, statusCodes } from './codes.ts'
import { contactBuckets, membersNamed, setOfExpression, type OurFacets, type Sources } from './leaves.ts'
import { TooMuch, type LoadedColumns } from './loaded.ts'
import { countyOf, districtOf, lastVotes, stateOf, understood, votingCodes } from './native.ts'
import { flag, never, shared, touchedWhere, type HandGroups, type Overlay } from './overlay.ts'
import { Plan } from './plan.ts'
import type { SetNode } from './steps.ts'

/** An expression whose terms are sets, ready for the threads. */
export interface Prepared {
  columns: LoadedColumns
  overlay: Overlay
  compiled: CompiledUniverse
  /** What stands side by side in the expression, as typed and as sets. */
  parts: { typed: Expression; set: SetNode }[]
  speaks: Speaks
  /** `lifted_in_part` of what was compiled, as sets. */
  in_part: { said: SetNode; reasons: { reason: LeftOutReason; set: SetNode }[] } | null
  /** Sets of the last elections, for the facet of turnout. */
  votes: () => SetNode[]
  ages: number
  our_facets: OurFacets
  /** Of a frozen universe alone: members whose voter record is gone, by id. */
  unknown: readonly number[]
}

export async function prepare(compiled: CompiledUniverse, sources: Sources): Promise<Prepared> {
  const { expression } = compiled
  const parts: Prepared['parts'] = []
  for (const typed of expression.op === 'and' ? expression.of : [expression])
    parts.push({ typed, set: await setOfExpression(compiled.inPlace(typed), sources) })
  const [name] = expression.op === 'term' && expression.term.field === 'in' ? expression.term.universes : []
  const isFrozen = name !== undefined && compiled.meaning.frozen.has(foldName(name))
  return {
    unknown: isFrozen ? (await membersNamed(name, sources)).unknown : [],
    columns: sources.columns,
    overlay: sources.overlay,
    compiled,
    parts,
    speaks: compiled.speaks,
    in_part: await inPartOf(compiled, sources),
    votes: () => lastVotes(sources.columns, sources.meaning, turnoutOf),
    ages: sources.ages,
    our_facets: await sources.organization.facets(sources.db, sources.meaning, sources.overlay),
  }
}

async function inPartOf({ lifted_in_part }: CompiledUniverse, sources: Sources): Promise<Prepared['in_part']> {
  if (!lifted_in_part) return null
  const said = await setOfExpression(lifted_in_part.said, sources)
  const reasons: { reason: LeftOutReason; set: SetNode }[] = []
  for (const { reason, of } of lifted_in_part.reasons) reasons.push({ reason, set: await setOfExpression(of, sources) })
  return { said, reasons }
}

export const blockedOf = (prepared: Prepared): Uint32Array | null => {
  if (prepared.speaks.suppression) return null
  const { blocked } = derivedOf(prepared)
  return blocked.length > 0 ? blocked : null
}

/** What every answer needs of what the organization knows, worked out once for as long as that does not change. */
interface Derived {
  blocked: Uint32Array
  /** The sum of `reach`. */
  reachable: Uint8Array
  /** Who refused mail, or whom none reaches. */
  no_mail: Uint32Array
  /** Who said which community, and how likely the name makes each, by the columns of `setNames.percent`. */
  told: { list: Uint32Array; said: Uint8Array; percents: Uint8Array[] }
  contacts: { today: string; codes: Uint8Array }
  tagged: Tagged[]
}

/** Up to 256 tags: who has one of them, once for each of theirs, and which it is. */
interface Tagged {
  names: readonly string[]
  list: Uint32Array
  codes: Uint8Array
}

/** An overlay is never changed, only made anew; it belongs to its columns. */
const derived = new WeakMap<Overlay, Derived>()

export function derivedOf(prepared: Prepared): Derived {
  const { overlay } = prepared
  const { today } = prepared.compiled.meaning
  let found = derived.get(overlay)
  if (!found) {
    found = {
      blocked: touchedWhere(overlay, (index) => ((overlay.flags[index] ?? 0) & flag.blocked) !== 0),
      reachable: reachable(prepared),
      no_mail: touchedWhere(
        overlay,
        (index) => ((overlay.flags[index] ?? 0) & (flag.refused_post | flag.mail)) !== flag.mail,
      ),
      told: told(prepared),
      contacts: { today, codes: contactCodes(overlay, today) },
      tagged: tagged(tagsOf(overlay)),
    }
    derived.set(overlay, found)
  }
  if (found.contacts.today !== today) found.contacts = { today, codes: contactCodes(overlay, today) }
  return found
}

const unless = (blocked: Uint32Array | null): SetNode[] =>
  blocked ? [{ is: 'not', of: { is: 'list', list: blocked } }] : []

export function planOf({ columns, compiled, ages }: Prepared): Plan {
  const { today } = compiled.meaning
  // Questions about two other days came between: that is a few of them around midnight.
  if (columns.ageColumn(today) !== ages) throw new TooMuch()
  const plan = new Plan(columns)
  for (const step of columns.ageSteps(today)) plan.ask(step)
  return plan
}

/** The universe as a set. */
export const universeSet = (prepared: Prepared): SetNode => ({
  is: 'and',
  of: [
    ...prepared.parts.map(({ set }) => set),
    ...understood(prepared.columns, prepared.speaks),
    ...unless(blockedOf(prepared)),
  ],
})

export async function run(plan: Plan, { columns, compiled }: Prepared): Promise<void> {
  await plan.run()
  columns.agesMade(compiled.meaning.today)
}

async function universeOf(prepared: Prepared): Promise<number> {
  const plan = planOf(prepared)
  const set = plan.make(universeSet(prepared))
  await run(plan, prepared)
  return set
}

/** Voter ids of the universe, or of those drawn from it, ascending. */
export async function votersOf(prepared: Prepared, draw: Draw | null = null): Promise<Uint32Array> {
  return votersIn(prepared.columns, await universeOf(prepared), draw)
}

export async function votersIn(columns: LoadedColumns, set: number, draw: Draw | null = null): Promise<Uint32Array> {
  const [voters = 0] = await columns.crew.whole([draw ? { do: 'drawn', set, draw } : { do: 'voters', set }])
  return typeof voters === 'number' ? new Uint32Array() : voters
}

export async function countOf(prepared: Prepared): Promise<number> {
  const set = await universeOf(prepared)
  const [count = 0] = await prepared.columns.crew.split([{ do: 'count', set }])
  return Number(count)
}

/** Who fits but is left out, and nothing else. */
export async function leftOutOf(prepared: Prepared): Promise<LeftOut[]> {
  const plan = planOf(prepared)
  const left_out = leftOut(prepared, plan, fittingOf(prepared, plan))
  await run(plan, prepared)
  return left_out()
}

/** How many of it live in each district of a kind that is no facet; null: a file of an older build does not say. */
export async function countsByDistrict(prepared: Prepared, kind: ListedDistrict): Promise<FacetValue[] | null> {
  const { segments, named_districts, named_of_segments } = prepared.columns.header
  if (kind !== 'ed' && !named_of_segments) return null
  const plan = planOf(prepared)
  const counts = plan.counts({ do: 'segments', set: fittingOf(prepared, plan).people })
  await run(plan, prepared)
  const names = kind === 'ed' ? [] : (named_districts?.[kind] ?? []).map(asTyped)
  const sums = new Map<string, number>()
  for (const [segment, count] of counts().entries()) {
    if (count === 0) continue
    const value =
      kind === 'ed' ? electionDistrictOf(segments, segment) : (names[named_of_segments?.[kind]?.[segment] ?? -1] ?? '')
    sums.set(value, (sums.get(value) ?? 0) + count)
  }
  return [...sums].map(([value, count]) => ({ value, count }))
}

function electionDistrictOf(segments: LoadedColumns['header']['segments'], segment: number): string {
  const number = districtOf(segments, 'ed', segment)
  return number === null ? '' : `${Math.floor(number / 1000)}/${number % 1000}`
}

export type Numbers = Omit<Refresh, 'answered_by' | 'sample'>

/** Some of the universe: so many; their voter ids are told in order as soon as they are known, before the facets are counted. */
export interface Sample {
  size: number
  tell(ids: Uint32Array): void
}

/** Every number of a refresh. */
export async function answer(prepared: Prepared, sample: Sample | null): Promise<Numbers> {
  const plan = planOf(prepared)
  const sets = setsOf(prepared, plan)
  const total = plan.count({ do: 'count', set: sets.people })
  if (!sample) return numbers(prepared, plan, sets, total)
  // The threads go on to the numbers at once; who they are is looked up meanwhile.
  const chosen = run(plan, prepared).then(() => choose(prepared, sets.people, total(), sample))
  // Both to their end, whatever becomes of either: the next question uses the same places.
  const [found, picked] = await Promise.allSettled([numbers(prepared, plan, sets, total), chosen])
  if (found.status === 'rejected') throw found.reason
  if (picked.status === 'rejected') throw picked.reason
  return found.value
}

function choose({ columns }: Prepared, set: number, members: number, { size, tell }: Sample): void {
  if (members === 0) return
  // A thread would come to it when everything else is counted.
  const [ids = 0] = columns.atOnce([{ do: 'sample', set, size, members }])
  if (typeof ids !== 'number') tell(ids)
}

interface Sets extends Fitting {
  placed: { typed: Expression; set: SetNode }[]
}

/** The universe and what is cut from it: who fits, of them who is not left out for status, of them who is not marked. */
export interface Fitting {
  blocked: Uint32Array | null
  fitting: number
  unblocked: number
  people: number
}

function setsOf(prepared: Prepared, plan: Plan): Sets {
  const placed = prepared.parts.map(({ typed, set }) => {
    const lowered = plan.lower(set)
    const isPlain = lowered.is === 'bits' || (lowered.is === 'not' && lowered.of.is === 'bits')
    return { typed, set: isPlain ? lowered : ({ is: 'bits', at: plan.make(lowered) } as const) }
  })
  return { placed, ...fittingOf(prepared, plan, placed) }
}

export function fittingOf(
  prepared: Prepared,
  plan: Plan,
  parts: readonly { set: SetNode }[] = prepared.parts,
): Fitting {
  const blocked = blockedOf(prepared)
  const fitting = plan.make({ is: 'and', of: parts.map(({ set }) => set) })
  const known = understood(prepared.columns, prepared.speaks)
  const unblocked = plan.make({ is: 'and', of: [{ is: 'bits', at: fitting }, ...known] })
  const people = blocked ? plan.make({ is: 'and', of: [{ is: 'bits', at: unblocked }, ...unless(blocked)] }) : unblocked
  return { blocked, fitting, unblocked, people }
}

async function numbers(prepared: Prepared, plan: Plan, chosen: Sets, total: () => number): Promise<Numbers> {
  const { columns, overlay } = prepared
  const { placed, blocked, people } = chosen
  const left_out = leftOut(prepared, plan, chosen)

  const sets = new Map<string, number>([[placed.map((_, index) => index).join(' '), people]])
  const setOutside = (...facets: FacetName[]): number => {
    const kept = placed.flatMap(({ typed }, index) => (facets.some((facet) => isOf(typed, facet)) ? [] : [index]))
    const isStatus = facets.includes('status')
    const key = `${isStatus ? 'status ' : ''}${kept.join(' ')}`
    let at = sets.get(key)
    if (at === undefined) {
      const ofParts = kept.flatMap((index) => placed[index]?.set ?? [])
      at = plan.make({
        is: 'and',
        of: [...ofParts, ...(isStatus ? [] : understood(columns, prepared.speaks)), ...unless(blocked)],
      })
      sets.set(key, at)
    }
    return at
  }

  const homes = columns.grouping('household')
  const boxes = columns.grouping('mailbox')
  const { all, by_post } = overlay.homes
  const byFile = without(plan, people, all)
  const households = plan.count({ do: 'groups', set: byFile, grouping: homes })
  const { no_mail } = derivedOf(prepared)
  const mailed = no_mail.length === 0 ? people : plan.make({ is: 'and', of: [{ is: 'bits', at: people }, { is: 'not', of: { is: 'list', list: no_mail } }] }) // prettier-ignore
  const mailedByFile = without(plan, mailed, by_post)
  const mailboxes = plan.count({ do: 'groups', set: mailedByFile, grouping: boxes })
  const reached = reachedOf(prepared, plan, people)
  const pyramid = pyramidOf(prepared, plan, setOutside('age', 'sex'))
  const facets = facetsOf(prepared, plan, setOutside, pyramid, reached)
  await run(plan, prepared)

  const [crossingHomes = 0, crossingBoxes = 0, homesByHand = 0, boxesByHand = 0] = columns.atOnce([
    { do: 'rest-of-groups', set: byFile, grouping: homes },
    { do: 'rest-of-groups', set: mailedByFile, grouping: boxes },
    { do: 'homes', set: people, hand: all },
    { do: 'homes', set: mailed, hand: by_post },
  ])
  const { phones, emails, having } = reached.reach()
  return {
    people: total(),
    households: households() + Number(crossingHomes) + Number(homesByHand),
    phones,
    mailboxes: mailboxes() + Number(crossingBoxes) + Number(boxesByHand),
    emails,
    having,
    left_out: left_out(),
    ...facets(),
    pyramid: pyramid.bands(),
  }
}

/** The set without homes changed by hand, which are counted by themselves. */
export const without = (plan: Plan, set: number, { positions }: HandGroups): number =>
  positions.length === 0
    ? set
    : plan.make({
        is: 'and',
        of: [
          { is: 'bits', at: set },
          { is: 'not', of: { is: 'list', list: positions } },
        ],
      })

/** Does a part belong to a facet, so that it does not narrow it? */
const isOf = (typed: Expression, facet: FacetName): boolean => {
  const rest = outside({ op: 'and', of: [typed] }, facet)
  return rest.op === 'and' && rest.of.length === 0
}

function reachable({ columns, overlay }: Prepared): Uint8Array {
  const [phone, mobile] = [columns.address(setNames.phone), columns.address(setNames.phone_kinds.mobile)]
  const values = new Uint8Array(new SharedArrayBuffer(overlay.touched.length))
  for (let index = 0; index < values.length; index++) {
    const flags = overlay.flags[index] ?? 0
    const isInFile = columns.isIn(phone, overlay.touched[index] ?? 0)
    const isMobileInFile = columns.isIn(mobile, overlay.touched[index] ?? 0)
    values[index] =
      (flags & flag.phone && !isInFile ? reach.our_phone : 0) |
      (isInFile && !(flags & flag.phone) ? reach.no_phone : 0) |
      (flags & flag.mobile && !isMobileInFile ? reach.our_mobile : 0) |
      (isMobileInFile && !(flags & flag.mobile) ? reach.no_mobile : 0) |
      (flags & flag.email ? reach.email : 0) |
      (flags & flag.refused_phone && flags & flag.phone ? reach.refused_phone : 0) |
      (flags & flag.refused_email && flags & flag.email ? reach.refused_email : 0)
  }
  return values
}

/** Numbers of ours where the files have none, numbers of the files that do not work, addresses, and what who has them refused. */
const reach = {
  our_phone: 1,
  email: 2,
  refused_phone: 4,
  refused_email: 8,
  no_phone: 16,
  our_mobile: 32,
  no_mobile: 64,
} as const

/** How many have each sum of `reach`. */
const withBit = (ours: Uint32Array, bit: number): number =>
  ours.reduce((sum, count, bits) => (bits & bit ? sum + count : sum), 0)

/** `of_files`: who has a number by the files; `ours`: how many have each sum of `reach`. */
export function reachOf(of_files: number, ours: Uint32Array): Pick<Refresh, 'phones' | 'emails' | 'having'> {
  const those = (bit: number): number => withBit(ours, bit)
  const having = { phone: of_files + those(reach.our_phone) - those(reach.no_phone), email: those(reach.email) }
  return {
    phones: having.phone - those(reach.refused_phone),
    emails: having.email - those(reach.refused_email),
    having,
  }
}

interface Reached {
  /** Of whom. */
  set: number
  reach: () => Pick<Refresh, 'phones' | 'emails' | 'having'>
  mobile: () => number
}

function reachedOf(prepared: Prepared, plan: Plan, set: number): Reached {
  const { columns, overlay } = prepared
  const names = [setNames.phone, setNames.phone_kinds.mobile]
  const of_files = plan.counts({ do: 'count-and', set, others: names.map((name) => columns.address(name)) })
  const ours = plan.counts({ do: 'values', set, list: overlay.touched, values: [derivedOf(prepared).reachable] })
  return {
    set,
    reach: () => reachOf(of_files()[0] ?? 0, ours()),
    mobile: () => (of_files()[1] ?? 0) + withBit(ours(), reach.our_mobile) - withBit(ours(), reach.no_mobile),
  }
}

/** Who fits but is left out, by the first reason that holds; as `leftOutBy` in sql.ts. */
export function leftOut(
  { columns, speaks, in_part }: Prepared,
  plan: Plan,
  { fitting, unblocked, people, blocked }: Fitting,
): () => LeftOut[] {
  if (in_part) {
    const cut = (set: SetNode, away: SetNode): number => plan.make({ is: 'and', of: [set, { is: 'not', of: away }] })
    let rest = cut(in_part.said, { is: 'bits', at: people })
    const counts = new Map<LeftOutReason, () => number>()
    for (const { reason, set } of in_part.reasons) {
      const before = plan.count({ do: 'count', set: rest })
      rest = cut({ is: 'bits', at: rest }, set)
      const after = plan.count({ do: 'count', set: rest })
      counts.set(reason, () => before() - after())
    }
    return () => present(leftOutReasons.map((reason) => ({ reason, count: counts.get(reason)?.() ?? 0 })))
  }
  const byStatus = plan.counts({ do: 'planes', set: fitting, planes: planesOf(columns, setNames.status) })
  const contactable = plan.count({ do: 'count', set: unblocked })
  const gone = plan.counts({ do: 'count-and', set: fitting, others: [columns.address(setNames.gone)] })
  const marked = blocked && plan.counts({ do: 'values', set: unblocked, list: blocked, values: [new Uint8Array(new SharedArrayBuffer(blocked.length))] }) // prettier-ignore
  return () => {
    const counts = byStatus()
    const voting = votingCodes.reduce((sum, code) => sum + (counts[code] ?? 0), 0)
    const all = counts.reduce((sum, each) => sum + each, 0)
    const young = counts[statusCodes.indexOf('preregistered')] ?? 0
    const reasons: Record<LeftOutReason, number> = {
      preregistered: speaks.status ? 0 : young,
      purged: speaks.status ? 0 : all - voting - young,
      gone: speaks.gone ? 0 : speaks.status ? (gone()[0] ?? 0) : voting - contactable(),
      marked: marked?.()[0] ?? 0,
    }
    return Object.entries(reasons).flatMap(([reason, count]) =>
      count > 0 ? [{ reason: reason as LeftOutReason, count }] : [],
    ) // the keys are those of the record above
  }
}

export const planesOf = (columns: LoadedColumns, names: readonly string[]): readonly [number, number, number] => {
  const [a = '', b = '', c = a] = names
  return [columns.address(a), columns.address(b), columns.address(c)]
}

type Facets = Refresh['facets']

function facetsOf(
  prepared: Prepared,
  plan: Plan,
  setOutside: (...facets: FacetName[]) => number,
  pyramid: Pyramid,
  reached: Reached,
): () => Pick<Refresh, 'facets' | 'likelihood'> {
  const { columns, overlay } = prepared
  const { today } = prepared.compiled.meaning
  const segments = new Map<number, () => Uint32Array>()
  const bySegment = (set: number): (() => Uint32Array) => {
    const known = segments.get(set) ?? plan.counts({ do: 'segments', set })
    segments.set(set, known)
    return known
  }
  const sums = new Map<number, () => number>()
  const sumOf = (set: number): (() => number) => {
    const known = sums.get(set) ?? plan.count({ do: 'count', set })
    sums.set(set, known)
    return known
  }
  /** A value of a few touched voters; everybody else has none. */
  const touched = (facet: FacetName, names: readonly string[], values: Uint8Array): (() => FacetValue[]) => {
    const set = setOutside(facet)
    const all = sumOf(set)
    const counts = plan.counts({ do: 'values', set, list: overlay.touched, values: [values] })
    return () => {
      const known = names.map((value, code) => ({ value, count: value === '' ? 0 : (counts()[code] ?? 0) }))
      const rest = all() - known.reduce((sum, { count }) => sum + count, 0)
      return present([...known.filter(({ value }) => value !== ''), { value: '', count: rest }])
    }
  }
  const place = (facet: PlaceFacet): (() => FacetValue[]) => {
    const counts = bySegment(setOutside(facet))
    return () => {
      const { values, of } = valuesOfSegments(columns, facet, prepared.compiled.meaning)
      const sums = new Uint32Array(values.length)
      for (const [segment, count] of counts().entries()) {
        const value = of[segment] ?? 0
        sums[value] = (sums[value] ?? 0) + count
      }
      return present(values.map((value, index) => ({ value, count: sums[index] ?? 0 })))
    }
  }

  const likelihood = likelihoodOf(prepared, plan, setOutside('community'), sumOf(setOutside('community')))
  const percent = communityChosen(prepared.compiled.expression)?.percent ?? usualPercent
  const ours = ofOurPeople(prepared)
  const made: { [Facet in FacetName]: () => FacetValue[] } = {
    party: partyFacet(columns, plan, setOutside('party')),
    status: statusFacet(columns, plan, setOutside('status')),
    age: (() => {
      const set = setOutside('age')
      // Where sex narrows nothing, the pyramid has counted them already.
      const counts = set === pyramid.set ? pyramid.ages : plan.counts({ do: 'histogram', set, column: prepared.ages })
      return () => present([...counts()].map((count, code) => ({ value: code === 0 ? '' : String(code - 2), count })))
    })(),
    sex: (() => {
      const counts = plan.counts({ do: 'planes', set: setOutside('sex'), planes: planesOf(columns, setNames.sex) })
      // The third plane is the first again.
      return () => present(sexCodes.map((value, code) => ({ value, count: counts()[code | (code & 1 ? 4 : 0)] ?? 0 })))
    })(),
    community: () => communitiesAt(likelihood(), percent),
    language: touched('language', overlay.languages, overlay.language),
    turnout: (() => {
      const planes = plan.planes(`turnout ${today}`, (into) => ({ do: 'sum', into, of: prepared.votes().map((each) => plan.lower(each)) })) // prettier-ignore
      const counts = plan.counts({ do: 'planes', set: setOutside('turnout'), planes })
      return () => present([...counts()].map((count, times) => ({ value: String(times), count })))
    })(),
    state: place('state'),
    county: place('county'),
    congress: place('congress'),
    senate: place('senate'),
    assembly: place('assembly'),
    'nyc-council': place('nyc-council'),
    contact: touched('contact', ['', ...contactValues.slice(0, -1)], derivedOf(prepared).contacts.codes),
    support: touched('support', ['', '1', '2', '3', '4', '5'], overlay.support),
    tag: taggedFacet(plan, setOutside('tag'), derivedOf(prepared).tagged),
    ...byOurs((facet) => taggedFacet(plan, setOutside(facet), ours[facet])),
    phone: (() => {
      const set = setOutside('phone')
      const all = sumOf(set)
      const { reach, mobile } = set === reached.set ? reached : reachedOf(prepared, plan, set)
      return () => {
        const { phone } = reach().having
        return present([
          { value: 'any', count: phone },
          { value: 'mobile', count: mobile() },
          { value: '', count: all() - phone },
        ])
      }
    })(),
  }
  // Object.fromEntries forgets which keys it was given: they are the facets' names.
  return () => ({
    facets: Object.fromEntries(facetNames.map((facet) => [facet, made[facet]()])) as Facets,
    likelihood: likelihood(),
  })
}

export type PlaceFacet = 'state' | 'county' | 'congress' | 'senate' | 'assembly' | 'nyc-council'

/** The value of each segment, as a place in a list of them. */
interface SegmentValues {
  values: string[]
  of: Uint32Array
}

const segmentValues = new WeakMap<LoadedColumns, Map<string, SegmentValues>>()

export function valuesOfSegments(columns: LoadedColumns, facet: PlaceFacet, meaning: Meaning): SegmentValues {
  const key = `${facet} ${isOfSeveral(meaning)}`
  let known = segmentValues.get(columns)
  if (!known) segmentValues.set(columns, (known = new Map()))
  let found = known.get(key)
  if (!found) {
    const { segments, in_doubt } = columns.header
    const doubtful = new Set(facet === 'state' || facet === 'county' ? [] : in_doubt?.[facet])
    const places = new Map<string, number>()
    const of = Uint32Array.from({ length: segments.bounds.length - 1 }, (_, segment) => {
      const value = doubtful.has(segment) ? '?' : valueOfSegment(segments, facet, segment, meaning)
      const index = places.get(value) ?? places.size
      places.set(value, index)
      return index
    })
    known.set(key, (found = { values: [...places.keys()], of }))
  }
  return found
}

function valueOfSegment(
  segments: LoadedColumns['header']['segments'],
  facet: PlaceFacet,
  segment: number,
  meaning: Meaning,
): string {
  if (facet === 'state') return stateOf(segments, segment)
  const value = facet === 'county' ? countyOf(segments, segment) : String(districtOf(segments, facet, segment) ?? '')
  // The city's council is of one state.
  return value !== '' && facet !== 'nyc-council' && isOfSeveral(meaning)
    ? withState(stateOf(segments, segment), value)
    : value
}

const present = <Counted extends { count: number }>(values: Counted[]): Counted[] =>
  values.filter(({ count }) => count > 0)

/** Nine parties and whatever else there is: four planes, so once with and once without the last. */
function partyFacet(columns: LoadedColumns, plan: Plan, set: number): () => FacetValue[] {
  const last: SetNode = { is: 'bits', at: columns.address(setNames.party[3] ?? '') }
  const planes = planesOf(columns, setNames.party)
  const halves = [{ is: 'not' as const, of: last }, last].map((half) =>
    plan.counts({ do: 'planes', set: plan.make({ is: 'and', of: [{ is: 'bits', at: set }, half] }), planes }),
  )
  return () =>
    present(
      halves.flatMap((counts, half) =>
        [...counts()].map((count, code) => ({ value: partyCodes[half * 8 + code] ?? '', count })),
      ),
    )
}

/** By status among those who are in the newest file; the others are gone. */
function statusFacet(columns: LoadedColumns, plan: Plan, set: number): () => FacetValue[] {
  const gone = columns.address(setNames.gone)
  const here = plan.make({
    is: 'and',
    of: [
      { is: 'bits', at: set },
      { is: 'not', of: { is: 'bits', at: gone } },
    ],
  })
  const counts = plan.counts({ do: 'planes', set: here, planes: planesOf(columns, setNames.status) })
  const missing = plan.counts({ do: 'count-and', set, others: [gone] })
  return () =>
    present([
      ...statusCodes.map((value, code) => ({ value, count: counts()[code] ?? 0 })),
      { value: 'gone', count: missing()[0] ?? 0 },
    ])
}

function taggedFacet(plan: Plan, set: number, tagged: readonly Tagged[]): () => FacetValue[] {
  const counted = tagged.map(({ names, list, codes }) => {
    const counts = plan.counts({ do: 'values', set, list, values: [codes] })
    return () => names.map((value, code) => ({ value, count: counts()[code] ?? 0 }))
  })
  return () => present(counted.flatMap((each) => each()))
}

/** How many at each percent of each community, put right for those who told us themselves. */
export function likelihoodOf(prepared: Prepared, plan: Plan, set: number, all: () => number): () => Likelihood[] {
  const { columns } = prepared
  const { list, said, percents } = derivedOf(prepared).told
  const told = plan.counts({ do: 'values', set, list, values: [said, ...percents] })
  const byName = setNames.percent.map((name, index) =>
    plan.counts({
      do: 'likely',
      set,
      column: columns.address(name),
      list: columns.address(setNames.likely[index] ?? ''),
      from: columns.address(setNames.likely_from[index] ?? ''),
    }),
  )
  return () => {
    const saidSo = communities.map((_, index) => told()[index + 1] ?? 0)
    return [...communities.map(printed), ''].map((value, index) => {
      const counts = byName[index]?.()
      // Whose own word counts instead.
      const before = told().subarray((index + 1) * 256)
      const made = Array.from({ length: 101 }, (_, percent) =>
        percent < leastPercent ? 0 : (counts?.[percent] ?? 0) - (before[percent] ?? 0),
      )
      made[100] = (made[100] ?? 0) + (saidSo[index] ?? saidSo.reduce((sum, count) => sum + count, 0))
      if (value === '') made[0] = all() - made.reduce((sum, count) => sum + count, 0)
      return { value, percents: made }
    })
  }
}

function told({ columns, overlay }: Prepared): Derived['told'] {
  const list = touchedWhere(overlay, (index) => (overlay.community[index] ?? 0) !== 0)
  const said = new Uint8Array(new SharedArrayBuffer(list.length))
  for (let index = 0, at = 0; index < overlay.touched.length; index++) {
    const community = overlay.community[index] ?? 0
    if (community !== 0) said[at++] = community
  }
  const percents = setNames.percent.map((name) => {
    const column = columns.address(name)
    const of = new Uint8Array(new SharedArrayBuffer(list.length))
    for (const [at, position] of list.entries()) of[at] = columns.byte(column + position)
    return of
  })
  return { list, said, percents }
}

function* tagsOf({ touched, tags }: Overlay): Generator<[number, string]> {
  for (const [index, position] of touched.entries()) for (const tag of tags[index] ?? []) yield [position, tag]
}

/** What is known of our people as facets, made once for as long as nothing changes. */
const ourPeople = new WeakMap<OurFacets, Record<OurFacetName, Tagged[]>>()

// Object.fromEntries forgets which keys it was given.
const byOurs = <T>(of: (facet: OurFacetName) => T): Record<OurFacetName, T> =>
  Object.fromEntries(ourFacetNames.map((facet) => [facet, of(facet)])) as Record<OurFacetName, T>

function ofOurPeople({ columns, our_facets }: Prepared): Record<OurFacetName, Tagged[]> {
  const known = ourPeople.get(our_facets)
  if (known) return known
  const placed = our_facets.rows
    .flatMap(({ voter_id, facet, value }) => {
      const position = columns.positionOf(voter_id)
      return position === null ? [] : [{ position, facet, value }]
    })
    .sort((a, b) => a.position - b.position)
  const made = byOurs((wanted) =>
    tagged(placed.flatMap(({ position, facet, value }) => (facet === wanted ? [[position, value] as const] : []))),
  )
  ourPeople.set(our_facets, made)
  return made
}

/** `values`: by position, which may have several. */
function tagged(values: Iterable<readonly [number, string]>): Tagged[] {
  const numbers = new Map<string, number>()
  const found: { positions: number[]; codes: number[]; names: string[] }[] = []
  for (const [position, value] of values) {
    const number = numbers.get(value) ?? numbers.size
    numbers.set(value, number)
    const part = (found[number >> 8] ??= { positions: [], codes: [], names: [] })
    part.names[number & 0xff] = value
    part.positions.push(position)
    part.codes.push(number & 0xff)
  }
  return found.map(({ positions, codes, names }) => {
    const shared_codes = new Uint8Array(new SharedArrayBuffer(codes.length))
    shared_codes.set(codes)
    return { names, list: shared(positions), codes: shared_codes }
  })
}

function contactCodes(overlay: Overlay, today: string): Uint8Array {
  const since = contactBuckets(today)
  const codes = new Uint8Array(new SharedArrayBuffer(overlay.touched.length))
  for (let index = 0; index < codes.length; index++) {
    const day = overlay.contacted[index] ?? never
    if (day === never) continue
    const bucket = since.findIndex((first) => day >= first)
    codes[index] = bucket < 0 ? since.length + 1 : bucket + 1
  }
  return codes
}

interface Pyramid {
  /** Of whom. */
  set: number
  /** How many have each code of an age. */
  ages: () => Uint32Array
  /** Bands of five years from 15 to 100, by sex. */
  bands: () => Refresh['pyramid']
}

function pyramidOf(prepared: Prepared, plan: Plan, set: number): Pyramid {
  const { columns, ages } = prepared
  const [first = 0, second = 0] = setNames.sex.map((name) => columns.address(name))
  const counted = plan.counts({ do: 'pyramid', set, planes: [first, second], column: ages })
  const bySex = (): { sex: (typeof sexCodes)[number]; counts: Uint32Array }[] =>
    sexCodes.map((sex, code) => ({ sex, counts: counted().subarray(code * 256, (code + 1) * 256) }))
  return {
    set,
    ages: () =>
      bySex().reduce((sums, { counts }) => sums.map((sum, code) => sum + (counts[code] ?? 0)), new Uint32Array(256)),
    bands: () => {
      const bands = new Map<number | null, Refresh['pyramid'][number]>()
      for (const { sex, counts } of bySex()) {
        for (const [code, count] of counts.entries()) {
          if (count === 0) continue
          const from = code === 0 ? null : Math.min(100, Math.max(15, Math.floor((code - 2) / 5) * 5))
          const band = bands.get(from) ?? { from, F: 0, M: 0, X: 0, unknown: 0 }
          bands.set(from, band)
          band[sex] += count
        }
      }
      return [...bands.values()].sort((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity))
    },
  }
}
