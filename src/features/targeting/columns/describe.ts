import { communityChoices } from '../../people/schema.ts'
import { ageBands, bandFroms, type Breakdown, type LeftOut, type Slice } from '../queries.ts'
import { communitiesAt, usualPercent } from '../refresh.ts'
import type { Draw } from '../hash.ts'
import { communities } from '../schema.ts'
import { printed } from '../words.ts'
import {
  derivedOf,
  fittingOf,
  leftOut,
  likelihoodOf,
  planesOf,
  planOf,
  reachOf,
  run,
  universeSet,
  valuesOfSegments,
  votersIn,
  without,
  type PlaceFacet,
  type Prepared,
} from './answer.ts'
import { partyCodes, setNames, sexCodes } from './codes.ts'
import { TooMuch } from './loaded.ts'
import type { Plan } from './plan.ts'
import type { SetNode } from './steps.ts'

/* What pages tell of universes besides the builder's numbers: the same that SQL says, see `breakdown`, `compare`, `drift`. */

export interface Described {
  breakdown: Breakdown
  left_out: LeftOut[]
  /** Voter ids, in the order of samples. */
  sample: Uint32Array
}

/** Who is in it and who fits but is left out. */
export async function describe(prepared: Prepared, sample: number): Promise<Described> {
  const { columns, overlay } = prepared
  const plan = planOf(prepared)
  const fitting = fittingOf(prepared, plan)
  const { people } = fitting
  const left_out = leftOut(prepared, plan, fitting)
  const total = plan.count({ do: 'count', set: people })
  const homes = columns.grouping('household')
  const { all } = overlay.homes
  const byFile = without(plan, people, all)
  const households = plan.count({ do: 'groups', set: byFile, grouping: homes })
  const several = plan.counts({ do: 'count-and', set: people, others: [columns.address(setNames.phone)] })
  // What we know ourselves puts the files' figures right, as in the builder.
  const { reachable } = derivedOf(prepared)
  const ours = plan.counts({ do: 'values', set: people, list: overlay.touched, values: [reachable] })
  const likelihood = likelihoodOf(prepared, plan, people, total)
  const parties = partyCounts(prepared, plan, people)
  const sexes = plan.counts({ do: 'planes', set: people, planes: planesOf(columns, setNames.sex) })
  const ages = plan.counts({ do: 'histogram', set: people, column: prepared.ages })
  const segments = plan.counts({ do: 'segments', set: people })
  await run(plan, prepared)
  const [crossing = 0, byHand = 0, chosen = 0] = await columns.crew.whole([
    { do: 'rest-of-groups', set: byFile, grouping: homes },
    { do: 'homes', set: people, hand: all },
    { do: 'sample', set: people, size: sample, members: total() },
  ])
  const place = (facet: PlaceFacet): Slice[] => {
    const { values, of } = valuesOfSegments(columns, facet, prepared.compiled.meaning)
    const sums = new Map<string, number>()
    for (const [segment, count] of segments().entries()) {
      const value = values[of[segment] ?? 0] ?? ''
      // Whose district is in doubt has none here.
      const told = value === '?' ? '' : value
      sums.set(told, (sums.get(told) ?? 0) + count)
    }
    return slices([...sums])
  }
  const [phones = 0] = several()
  const likely = communitiesAt(likelihood(), usualPercent)
  return {
    breakdown: {
      total: total(),
      households: households() + Number(crossing) + Number(byHand),
      with_phone: reachOf(phones, ours()).phones,
      party: slices(parties()),
      // The third plane is the first again.
      sex: slices(sexCodes.map((sex, code) => [sex === 'unknown' ? '' : sex, sexes()[code | (code & 1 ? 4 : 0)] ?? 0])),
      age: bandsOf(ages()).map(([value, count]) => ({ value: value === '' ? null : value, count })),
      county: place('county'),
      districts: {
        congress: place('congress'),
        senate: place('senate'),
        assembly: place('assembly'),
        'nyc-council': place('nyc-council'),
      },
      community: communities
        .map((name) => ({ value: name, count: likely.find(({ value }) => value === printed(name))?.count ?? 0 }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count),
    },
    left_out: left_out(),
    sample: typeof chosen === 'number' ? new Uint32Array() : chosen,
  }
}

/** Largest first; '' is not known. */
const slices = (counted: readonly (readonly [string, number])[]): Slice[] =>
  counted
    .filter(([, count]) => count > 0)
    .map(([value, count]) => ({ value: value === '' ? null : value, count }))
    .sort((a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value), 'en', { numeric: true }))

/** Of each party; four planes, so once with and once without the last. */
function partyCounts({ columns }: Prepared, plan: Plan, set: number): () => [string, number][] {
  const last: SetNode = { is: 'bits', at: columns.address(setNames.party[3] ?? '') }
  const planes = planesOf(columns, setNames.party)
  const halves = [{ is: 'not' as const, of: last }, last].map((half) =>
    plan.counts({ do: 'planes', set: plan.make({ is: 'and', of: [{ is: 'bits', at: set }, half] }), planes }),
  )
  return () =>
    halves.flatMap((counts, half) => [...counts()].map((count, code): [string, number] => [partyCodes[half * 8 + code] ?? '', count])) // prettier-ignore
}

/** By the age bands, in their order; '' last: not known. */
function bandsOf(ages: Uint32Array): [string, number][] {
  const sums = new Map<string, number>()
  for (const [code, count] of ages.entries()) {
    if (count === 0) continue
    const band = code === 0 ? '' : (ageBands[bandFroms.filter((from) => code - 2 >= from).length] ?? '')
    sums.set(band, (sums.get(band) ?? 0) + count)
  }
  return [...ageBands, ''].flatMap((band): [string, number][] => (sums.has(band) ? [[band, sums.get(band) ?? 0]] : []))
}

/** What two universes are compared by; '' not known or none. */
export interface Compared {
  count: number
  party: [string, number][]
  age: [string, number][]
  community: [string, number][]
}

/** One of the parts of a comparison. */
export async function compared(prepared: Prepared): Promise<Compared> {
  const { columns } = prepared
  const { list, said } = derivedOf(prepared).told
  // A community nobody has a code for: the database names it.
  if (said.includes(255)) throw new TooMuch()
  const plan = planOf(prepared)
  const set = plan.make(universeSet(prepared))
  const total = plan.count({ do: 'count', set })
  const parties = partyCounts(prepared, plan, set)
  const ages = plan.counts({ do: 'histogram', set, column: prepared.ages })
  const told = plan.counts({ do: 'values', set, list, values: [said] })
  const [percent] = setNames.percent.slice(-1)
  const likely: SetNode = { is: 'range8', column: columns.address(percent ?? ''), from: usualPercent, width: 100 - usualPercent } // prettier-ignore
  const estimated = plan.make({ is: 'and', of: [{ is: 'bits', at: set }, likely, { is: 'not', of: { is: 'list', list } }] }) // prettier-ignore
  const likeliest = plan.counts({ do: 'likeliest', set: estimated, columns: communities.map((name) => columns.address(`p_${name}`)) }) // prettier-ignore
  await run(plan, prepared)
  const community = communityChoices.map((name, index): [string, number] => [
    name,
    (told()[index + 1] ?? 0) + (communities[index] === name ? (likeliest()[index] ?? 0) : 0),
  ])
  const none = total() - community.reduce((sum, [, count]) => sum + count, 0)
  const some = (values: [string, number][]): [string, number][] => values.filter(([, count]) => count > 0)
  return { count: total(), party: some(parties()), age: bandsOf(ages()), community: some([...community, ['', none]]) }
}

/** Voter ids, ascending. */
export interface Drifted {
  /** Who would come to the members. */
  came: Uint32Array
  /** Who would leave them. */
  went: Uint32Array
  /** Of these who still fit, but would be drawn no more. */
  undrawn: Uint32Array
}

/** `fits`: the universe's expression of today; `members`: the frozen universe itself; `draw`: how they were drawn. */
export async function drifted(fits: Prepared, members: Prepared, draw: Draw | null): Promise<Drifted> {
  const { columns } = fits
  const plan = planOf(fits)
  const now = plan.make(universeSet(fits))
  const kept = plan.make({ is: 'and', of: members.parts.map(({ set }) => set) })
  if (draw) {
    await run(plan, fits)
    // As lists, since a million at most are drawn.
    const drawn = await votersIn(columns, now, draw)
    const all = joined(await votersIn(columns, kept), members.unknown)
    const went = minus(all, drawn)
    const undrawn = went.filter((voter_id) => {
      const position = columns.positionOf(voter_id)
      return position !== null && columns.isIn(now, position)
    })
    return { came: minus(drawn, all), went, undrawn }
  }
  const apart = (of: number, without: number): number =>
    plan.make({
      is: 'and',
      of: [
        { is: 'bits', at: of },
        { is: 'not', of: { is: 'bits', at: without } },
      ],
    })
  const [came, went] = [apart(now, kept), apart(kept, now)]
  await run(plan, fits)
  const [arrived, left] = [await votersIn(columns, came), await votersIn(columns, went)]
  return { came: arrived, went: joined(left, members.unknown), undrawn: new Uint32Array() }
}

function joined(ids: Uint32Array, more: readonly number[]): Uint32Array {
  if (more.length === 0) return ids
  const all = new Uint32Array(ids.length + more.length)
  all.set(ids)
  all.set(more, ids.length)
  return all.sort()
}

/** Those of the first that are not of the second, both ascending. */
function minus(ids: Uint32Array, others: Uint32Array): Uint32Array {
  let at = 0
  return ids.filter((id) => {
    while (at < others.length && (others[at] ?? 0) < id) at++
    return others[at] !== id
  })
}
