import type { OfficialKind } from '../../elections/officials/schema.ts'
import { isBorough } from '../../geography/rules.ts'
import type { CrosswalkKind } from '../../geography/schema.ts'
import { houseKey, readStreet, sameStreet, type Address } from '../../voterfile/rules/streets.ts'
import { outside } from '../rules.ts'

/** Voters of one house whose records agree on where it lies. */
export interface House {
  house_number: string
  street: string
  city: string | null
  zip5: string | null
  county: string | null
  /** Of each kind, the districts its election district lies in; none: not known. */
  districts: Record<CrosswalkKind, readonly number[]>
  voters: number
}

/** Where an address may be, and what it is in: 'nyc-council/20', 'county/queens'. */
export interface Place {
  city: string | null
  zip5: string | null
  districts: string[]
}

/** Across a corner of a block at most; in Queens the next block begins a hundred numbers on. */
const farthest = 200
/** A record that lies elsewhere than all others of its house is a slip. */
const leastShare = 0.1

/**
 * Places an address may be in, by the houses of voters there: the house itself, else, of each kind, the district both nearest
 * houses on its side of the street lie in. Which of the two it was is told to nobody: it would say who is registered.
 */
export function placesOf(houses: readonly House[], address: Address, typed: string, kinds: readonly OfficialKind[]): Place[] {
  const onStreet = houses.filter(({ street }) => sameStreet(readStreet(street), address.street))
  const towns = Map.groupBy(onStreet, ({ city, zip5 }) => `${city ?? ''} ${zip5 ?? ''}`)
  const places = [...towns.values()].flatMap((own): Place[] => {
    const [first] = own
    const near = nearest(own, address.house ?? '')
    if (!first || near.length === 0) return []
    const districts = kinds.flatMap((kind) => districtsOf(kind, near))
    return districts.length > 0 ? [{ city: first.city, zip5: first.zip5, districts }] : []
  })
  const said = asTyped(places, typed)
  // Two towns in the same districts are one answer.
  return [...new Map(said.map((place) => [place.districts.join(' '), place])).values()]
} // prettier-ignore

/** The house, or its two neighbours; the one there is where the street begins or ends. */
function nearest(houses: readonly House[], house: string): (readonly House[])[] {
  const own = houses.filter(({ house_number }) => houseKey(house_number) === houseKey(house))
  if (own.length > 0) return [own]
  const number = numberOf(house)
  if (number === null) return []
  const sameSide = houses.flatMap((each) => {
    const at = numberOf(each.house_number)
    return at !== null && at % 2 === number % 2 && Math.abs(at - number) <= farthest ? [{ at, each }] : []
  })
  const below = Math.max(...sameSide.flatMap(({ at }) => (at < number ? at : [])))
  const above = Math.min(...sameSide.flatMap(({ at }) => (at > number ? at : [])))
  return [below, above]
    .filter(Number.isFinite)
    .map((bound) => sameSide.flatMap(({ at, each }) => (at === bound ? each : [])))
}

const numberOf = (house: string): number | null => {
  const digits = /^\d{1,6}/.exec(houseKey(house))?.[0]
  return digits === undefined ? null : Number(digits)
}

/** What all of them lie in; where they differ, nothing is said of the kind. */
function districtsOf(kind: OfficialKind, near: readonly (readonly House[])[]): string[] {
  const found = near.map((houses) => districtsAmong(kind, houses))
  const [first = []] = found
  return found.every((each) => each.join() === first.join()) ? first.map((district) => `${kind}/${district}`) : []
}

function districtsAmong(kind: OfficialKind, houses: readonly House[]): string[] {
  const voters = new Map<string, number>()
  let all = 0
  for (const house of houses) {
    all += house.voters
    for (const district of districtsAt(kind, house)) voters.set(district, (voters.get(district) ?? 0) + house.voters)
  }
  return [...voters].flatMap(([district, count]) => (count >= all * leastShare ? [district] : [])).toSorted()
}

function districtsAt(kind: OfficialKind, { county, districts }: House): string[] {
  const isInCity = county === null ? null : isBorough(county)
  if (kind === 'county') return county ? [county] : []
  if (kind === 'city') return isInCity === false ? [outside] : []
  if (kind === 'state') return []
  if (kind === 'nyc-council' && isInCity === false) return [outside]
  return districts[kind].map(String)
}

/** By the ZIP code or the town in what was typed, where it names one of these. */
function asTyped(places: readonly Place[], typed: string): readonly Place[] {
  const text = typed.toUpperCase()
  const words = ` ${text.split(/[\s,.]+/).join(' ')} `
  const zips: readonly string[] = text.match(/\b\d{5}\b/g) ?? []
  const byZip = places.filter(({ zip5 }) => zip5 && zips.includes(zip5))
  if (byZip.length > 0) return byZip
  const byCity = places.filter(({ city }) => city && words.includes(` ${city.toUpperCase()} `))
  return byCity.length > 0 ? byCity : places
} // prettier-ignore
