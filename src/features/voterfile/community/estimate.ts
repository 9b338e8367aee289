import {
  cantoneseSyllables,
  filipinoNames,
  indianNames,
  japaneseNames,
  knownNames,
  muslimNames,
  pinyinSyllables,
  taiwanSyllables,
  vietnameseSyllables,
} from './given-names.ts'
import { isListedElsewhere, Letters } from './letters.ts'
import { cuts, densityAt, isGivenSyllable, pairDensity, romanKey } from './hangul.ts'
import { withPlace, type PlaceOdds } from './places.ts'
import { lookalikeSurnames, surnameTable } from './surnames.ts'

/**
 * How likely somebody belongs to a community, by name alone: Bayes' rule over eight groups, starting from the surname
 * (whose bearers are known from the Census) and weighed by how usual the given names are in each group. A probability
 * for finding whom to ask in which language, never a label; what a person says of themselves outranks it.
 */
export const communities = ['korean', 'chinese', 'south_asian', 'vietnamese', 'filipino', 'japanese'] as const
export type Community = (typeof communities)[number]

/** Percent 0-100 for each community. They need not add up to 100: the rest is everybody else. */
export type CommunityEstimate = Record<Community, number>

/** Counts up whenever tables or odds change what a name gives, so that numbers kept from before are known to be old. */
export const nameTablesVersion = 2

/** Position 0 is everybody else, 1-6 the communities in their order, 7 other Asians (Hmong, Khmer, Burmese, Thai …). */
const groups = 8

/** Writing styles a given name can follow. */
const styles = ['korean', 'mandarin', 'cantonese', 'vietnamese', 'indian', 'muslim', 'japanese'] as const
type Style = (typeof styles)[number]

// Share of each group's voters whose given name follows a style: Western, Spanish, the seven styles, none of these.
// Our judgement (generations, conversion of names at naturalisation); rows need not add up exactly.
const shareOfStyle = {
  //                 else     korean  chinese south_a  vietnam filipino japanese other
  western: /*    */ [0.7, /*  */ 0.5, 0.48, 0.1, 0.3, 0.58, 0.42, 0.25],
  spanish: /*    */ [0.15, /* */ 0.006, 0.006, 0.01, 0.01, 0.28, 0.02, 0.02],
  korean: /*     */ [0.00001, 0.46, 0.004, 0.00001, 0.0005, 0.0001, 0.003, 0.002],
  mandarin: /*   */ [0.00003, 0.001, 0.3, 0.00001, 0.002, 0.001, 0.001, 0.03],
  cantonese: /*  */ [0.00003, 0.001, 0.14, 0.00001, 0.001, 0.001, 0.0005, 0.01],
  vietnamese: /* */ [0.00005, 0.0001, 0.003, 0.00001, 0.6, 0.0001, 0.0001, 0.05],
  indian: /*     */ [0.0012, 0.0001, 0.0001, 0.46, 0.0001, 0.001, 0.0001, 0.06],
  muslim: /*     */ [0.015, 0.0001, 0.0003, 0.3, 0.0001, 0.006, 0.0001, 0.12],
  japanese: /*   */ [0.0002, 0.002, 0.001, 0.0001, 0.0001, 0.001, 0.5, 0.002],
  unknown: /*    */ [0.12, /* */ 0.05, 0.07, 0.22, 0.08, 0.13, 0.08, 0.45],
} as const

// Bearers of a surname the Census does not show as Asian; maiden names, adoption and marriage make it more than nothing.
const otherSurname = Float64Array.of(0.985, 0.0012, 0.002, 0.004, 0.0005, 0.003, 0.0007, 0.0036)
/** Share of each group among New York's voters, for reading a surname that stands in the middle. */
const shareOfGroup = [0.92, 0.007, 0.025, 0.025, 0.002, 0.006, 0.002, 0.013]
/** Density of a name no list has: one of some tens of thousands. */
const unknownName = 1e-5
/** One in a hundred Asian registrants wrote the surname first. */
const swapped = 0.01

interface SurnameEntry {
  /** Percent of bearers who are Asian or Pacific Islander. */
  percent: number
  /** The group most of these belong to, 1-7, and its percent of them. */
  group: number
  share: number
  prior: Float64Array
}

const surnameEntries = new Map<string, SurnameEntry>()
const lookalikes = new Set<string>()
const known = new Map<string, { density: number; asian: number; hispanic: number }>()
const namesIn: Record<'indian' | 'muslim' | 'japanese' | 'filipino', Set<string>> = {
  indian: new Set(),
  muslim: new Set(),
  japanese: new Set(),
  filipino: new Set(),
}
const syllablesIn: Record<'mandarin' | 'cantonese' | 'vietnamese', Set<string>> = {
  mandarin: new Set(),
  cantonese: new Set(),
  vietnamese: new Set(),
}
let isLoaded = false

const words = (table: string): string[] => table.trim().split(/\s+/)

function load(): void {
  isLoaded = true
  const code = 'kcsvfjo'
  let composition: [number, number][] = []
  let percent = 0
  for (const word of words(surnameTable)) {
    if (word.startsWith('=')) {
      composition = [...word.matchAll(/([a-z])(\d*)/g)].map(([, letter = '', share]) => [
        code.indexOf(letter) + 1,
        share ? Number(share) : 97,
      ])
    } else if (/^\d+$/.test(word)) {
      percent = Number(word)
    } else {
      surnameEntries.set(word, surnameEntry(Math.min(percent, 99) / 100, composition))
    }
  }
  for (const name of words(lookalikeSurnames)) lookalikes.add(name)

  // Names come commonest first; their frequency falls about as one over the rank.
  for (const [rank, word] of words(knownNames).entries()) {
    const [, name = '', asian, hispanic] = /^([A-Z]+)(\d*)(?:h(\d+))?$/.exec(word) ?? []
    known.set(name, {
      density: 0.17 / (rank + 20),
      asian: Number(asian || 0.8) / 100,
      hispanic: Number(hispanic ?? 5) / 100,
    })
  }
  for (const name of words(indianNames)) namesIn.indian.add(name)
  for (const name of words(muslimNames)) namesIn.muslim.add(name)
  for (const name of words(japaneseNames)) namesIn.japanese.add(name)
  for (const name of words(filipinoNames)) namesIn.filipino.add(name)
  for (const name of [...words(pinyinSyllables), ...words(taiwanSyllables)]) syllablesIn.mandarin.add(name)
  for (const name of words(cantoneseSyllables)) syllablesIn.cantonese.add(name)
  for (const name of words(vietnameseSyllables)) syllablesIn.vietnamese.add(name)
}

function surnameEntry(asian: number, composition: readonly [number, number][]): SurnameEntry {
  const prior = new Float64Array(groups)
  prior[0] = 1 - asian
  // What the composition leaves out goes to all, so that a given name can still decide otherwise.
  const named = composition.reduce((sum, [, share]) => sum + share, 0)
  const rest = Math.max(2, 100 - named)
  for (let group = 1; group < groups; group++) prior[group] = (asian * (rest / 7)) / (named + rest)
  // Marriage and adoption: no name is less likely in a group than a name of no group.
  for (let group = 1; group < groups; group++)
    prior[group] = Math.max(prior[group] ?? 0, 0.5 * (otherSurname[group] ?? 0))
  let [best, most] = [0, 0]
  for (const [group, share] of composition) {
    prior[group] = (prior[group] ?? 0) + (asian * share) / (named + rest)
    if (share > most) [best, most] = [group, share]
  }
  return { percent: Math.round(asian * 100), group: best, share: Math.round((100 * most) / (named + rest)), prior }
}

const particles = new Set(['DE', 'LA', 'LAS', 'LOS', 'DEL', 'DELA', 'DA', 'DI', 'DU', 'EL', 'AL', 'ST', 'JR', 'SR', 'II', 'III', 'IV', 'BIN', 'TER', 'DER', 'DEN']) // prettier-ignore

/** The surname's entry, or null where it says nothing. Married double names are read part by part. */
export function readSurname(last: string): SurnameEntry | null {
  if (!isLoaded) load()
  const whole = surnameEntries.get(romanKey(last))
  if (whole) return whole
  const parts = last
    .split(/[^A-Za-zÀ-ỹ'’]+/)
    .map(romanKey)
    .filter((part) => part.length > 0 && !particles.has(part))
  if (parts.length < 2) return null
  const entries = parts.map((part) => surnameEntries.get(part) ?? null)
  const asian = entries.filter((entry) => entry !== null && entry.percent >= 25)
  if (asian.length === 0) return null
  // Kim-Smith: the family is as Asian as its Asian part, somewhat less surely. Park Lee: both agree, so the product.
  const prior = new Float64Array(groups)
  for (let group = 0; group < groups; group++) {
    let value = 1
    for (const entry of asian) value *= Math.max(entry?.prior[group] ?? 0, 0.004)
    prior[group] = asian.length > 1 ? Math.sqrt(value) : value
  }
  normalise(prior)
  if (asian.length < parts.length) {
    for (let group = 0; group < groups; group++)
      prior[group] = 0.75 * (prior[group] ?? 0) + 0.25 * (otherSurname[group] ?? 0)
  }
  let best = 1
  for (let group = 2; group < groups; group++) if ((prior[group] ?? 0) > (prior[best] ?? 0)) best = group
  const percent = 1 - (prior[0] ?? 0)
  return {
    percent: Math.round(percent * 100),
    group: best,
    share: Math.round((100 * (prior[best] ?? 0)) / percent),
    prior,
  }
}

let letters: Letters | null = null

/**
 * Shares of the groups among bearers of a surname our table does not have: hardly anybody Asian where the Census lists
 * it, else what its letters say.
 */
function priorOfOther(last: string): Float64Array {
  const key = romanKey(last)
  if (key.length < 3 || isListedElsewhere(key)) return otherSurname
  // Of a double name the parts count: Carter-Jones is no rare name.
  if (/[^A-Za-zÀ-ỹ'’]/.test(last.trim())) return otherSurname
  letters ??= new Letters([...surnameEntries].map(([name, { prior }]) => ({ key: name, prior })))
  return letters.prior(key, otherSurname)
}

function normalise(vector: Float64Array): void {
  let sum = 0
  for (let at = 0; at < vector.length; at++) sum += vector[at] ?? 0
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / sum
}

/** Density of a given name, as it stands, in each style. Letters only; `parts` as the spaces and hyphens cut it. */
function styleDensities(parts: readonly string[]): Record<Style, number> {
  const densities: Record<Style, number> = {
    korean: 0,
    mandarin: 0,
    cantonese: 0,
    vietnamese: 0,
    indian: 0,
    muslim: 0,
    japanese: 0,
  }
  const [one = '', two = '', three] = parts
  if (parts.length === 1) {
    densities.korean = 0.08 * densityAt(one, 'first')
    if (one.length >= 4) for (const [a, b] of cuts(one)) densities.korean += 0.3 * pairDensity(a, b)
    densities.mandarin = syllabic('mandarin', one, 0.3 / 160, 0.5 / 160 ** 2)
    densities.cantonese = syllabic('cantonese', one, 0.06 / 100, 0.02 / 100 ** 2)
    densities.vietnamese = syllablesIn.vietnamese.has(one) ? 0.5 / 130 : 0
    if (namesIn.indian.has(one)) densities.indian = 0.75 / 620
    else if (
      /(ESH|INDER|PREET|DEEP|JEET|JIT|KUMAR|BHAI|BEN|NATH|KANT|LAL|WANT|ESWARI|LAKSHMI|INDRA|ENDRA|PAL)$/.test(one) &&
      one.length > 5
    )
      densities.indian = 0.00012
    if (namesIn.muslim.has(one)) densities.muslim = 0.8 / 560
    else if (/(ULLAH|UDDIN|UNNISA|UNNESSA|UZZAMAN|UL)$/.test(one) && one.length > 6) densities.muslim = 0.00012
    if (namesIn.japanese.has(one)) densities.japanese = 0.85 / 520
    else if (
      /^([KSTNHMRGZDB]?[AIUEO]|SHI|CHI|TSU|[KSTNHMR]Y[AUO]|SH[AUO]|CH[AUO]|J[AUIO]|Y[AUO]|WA|FU|N(?![AIUEO]))+$/.test(
        one,
      ) &&
      /(KO|MI|RO|TA|KI|SHI|YO|YA|TO|KA|KU|SUKE|HIKO)$/.test(one) &&
      one.length > 4
    )
      densities.japanese = 0.00004
  } else if (parts.length === 2) {
    densities.korean = 0.92 * pairDensity(one, two)
    densities.mandarin = pairOf('mandarin', one, two, 0.25 / 160 ** 2)
    densities.cantonese = pairOf('cantonese', one, two, 0.9 / 100 ** 2)
    densities.vietnamese = pairOf('vietnamese', one, two, 0.45 / 130 ** 2)
    // THI and VAN stand before most Vietnamese given names.
    if ((one === 'THI' || one === 'VAN') && syllablesIn.vietnamese.has(two)) densities.vietnamese = 0.12 / 130
    const isIndian = (name: string): boolean =>
      namesIn.indian.has(name) || /^(KUMAR|KUMARI|KAUR|SINGH|DEVI|LAL|BEN|BHAI|RANI)$/.test(name)
    const isMuslim = (name: string): boolean => namesIn.muslim.has(name)
    if (isIndian(one) && isIndian(two)) densities.indian = 0.3 / 620 / 40
    if (isMuslim(one) && isMuslim(two)) densities.muslim = 0.5 / 560 / 60
    if (namesIn.japanese.has(one) && namesIn.japanese.has(two)) densities.japanese = 0.02 / 520 ** 2
  } else if (three !== undefined && parts.every((part) => syllablesIn.vietnamese.has(part))) {
    densities.vietnamese = 0.05 / 130 ** parts.length
  }
  return densities
}

function syllabic(style: 'mandarin' | 'cantonese', letters: string, single: number, pair: number): number {
  let density = syllablesIn[style].has(letters) ? single : 0
  if (letters.length >= 4) {
    for (let at = 1; at < letters.length; at++) {
      if (syllablesIn[style].has(letters.slice(0, at)) && syllablesIn[style].has(letters.slice(at))) density += pair
    }
  }
  return density
}

function pairOf(style: 'mandarin' | 'cantonese' | 'vietnamese', one: string, two: string, density: number): number {
  return syllablesIn[style].has(one) && syllablesIn[style].has(two) ? density : 0
}

/** What one given or middle name says: its density in each group, and the single-syllable densities for joining. */
export interface GivenEntry {
  density: Float64Array
  /** As one syllable of a given name spread over two columns; 0 where it is none. */
  firstSyllable: Float64Array
  secondSyllable: Float64Array
  isSyllable: boolean
}

const splitStyles = ['korean', 'mandarin', 'cantonese', 'vietnamese'] as const

function readGiven(name: string, isMiddle: boolean): GivenEntry {
  if (!isLoaded) load()
  const parts = name
    .split(/[^A-Za-zÀ-ỹ'’]+/)
    .map(romanKey)
    .filter((part) => part.length > 0)
  // An initial after the name says nothing: YOUNG HEE K.
  while (parts.length > 1 && parts.at(-1)?.length === 1) parts.pop()
  const [one = ''] = parts
  const density = new Float64Array(groups)
  const entry: GivenEntry = {
    density,
    firstSyllable: new Float64Array(4),
    secondSyllable: new Float64Array(4),
    isSyllable: false,
  }
  if (parts.length === 0 || (parts.length === 1 && one.length === 1)) return { ...entry, density: density.fill(1) }

  const byStyle = styleDensities(parts)
  const listed = known.get(parts.join('')) ?? (parts.length > 1 ? undefined : known.get(one))
  const first = parts.length > 1 ? known.get(one) : undefined
  // A name that happens to read as two long Korean syllables (HYUNJUNG) is hardly ever anything else.
  const unfamiliar =
    parts.length > 1
      ? unknownName / 300
      : byStyle.korean === 0 || one.length < 5
        ? unknownName
        : unknownName / (one.length > 5 ? 150 : 15)
  for (let group = 0; group < groups; group++) {
    let value = unfamiliar * share('unknown', group)
    for (const style of styles) value += share(style, group) * byStyle[style]
    if (listed) value += western(listed, group, byStyle, parts.join(''))
    // MARY ANN, JOHN PAUL: the second word is one of some hundreds.
    else if (first && !byStyle.korean) value += western(first, group, byStyle, one) * 0.003
    density[group] = value
  }
  if (!listed && namesIn.filipino.has(one)) {
    density[0] = (density[0] ?? 0) + 0.002 / 250
    density[5] = (density[5] ?? 0) + 0.12 / 250
  }
  if (isMiddle && parts.length === 1) {
    // Many married women keep their family name as middle name.
    const maiden = surnameEntries.get(one)
    if (maiden && maiden.percent >= 50) {
      // Hardly anybody else is given AHN or NGUYEN as a middle name.
      if (maiden.percent >= 85 && !listed) density[0] = (density[0] ?? 0) / 5
      for (let group = 1; group < groups; group++) {
        density[group] = (density[group] ?? 0) + (0.04 * 1e-4 * (maiden.prior[group] ?? 0)) / (shareOfGroup[group] ?? 1)
      }
    }
  }
  if (parts.length === 1) {
    for (const [at, style] of splitStyles.entries()) {
      if (style === 'korean') {
        entry.firstSyllable[at] = densityAt(one, 'first')
        entry.secondSyllable[at] = densityAt(one, 'second')
      } else if (syllablesIn[style].has(one)) {
        const size = { mandarin: 160, cantonese: 100, vietnamese: 130 }[style]
        entry.firstSyllable[at] = entry.secondSyllable[at] = 1 / size
      }
      if ((entry.firstSyllable[at] ?? 0) > 0 || (entry.secondSyllable[at] ?? 0) > 0) entry.isSyllable = true
    }
  }
  return entry
}

const share = (style: keyof typeof shareOfStyle, group: number): number => shareOfStyle[style][group] ?? 0

/** Density of a name that many Americans bear, in one group: as in the whole, more where Asians favour it (GRACE, EUNICE). */
function western(
  { density, asian, hispanic }: { density: number; asian: number; hispanic: number },
  group: number,
  byStyle: Record<Style, number>,
  name: string,
): number {
  const others = density * (1 - asian) * 0.85
  if (group === 0) return others
  const isFilipino = namesIn.filipino.has(name)
  const isForeign = styles.some((style) => byStyle[style] > 0)
  const odds = Math.min(12, Math.max(0.3, asian / (1 - Math.min(asian, 0.98)) / 0.045))
  const favour = isForeign && asian >= 0.3 ? 1 : isFilipino && group !== 5 ? Math.min(odds, 1) * 0.5 : odds
  // The percent of Asians counts all of them, so a group weighs by how it differs from their mean.
  const usual =
    (1 - hispanic) * (share('western', group) / 0.36) + hispanic * Math.min(4, share('spanish', group) / 0.06)
  return others * usual * favour * (isFilipino && group === 5 ? 1.6 : 1)
}

/*
 * The hot path: called once for every row of an import, so surnames and given names are read once and kept.
 */
const keep = 200_000
const surnameCache = new Map<string, SurnameEntry | null>()
const otherCache = new Map<string, Float64Array>()
const firstCache = new Map<string, GivenEntry>()
const middleCache = new Map<string, GivenEntry>()
const posterior = new Float64Array(groups)

function cached<T>(cache: Map<string, T>, key: string, read: (key: string) => T): T {
  const found = cache.get(key)
  if (found !== undefined) return found
  if (cache.size >= keep) cache.clear()
  const made = read(key)
  cache.set(key, made)
  return made
}
const readFirst = (name: string): GivenEntry => readGiven(name, false)
const readMiddle = (name: string): GivenEntry => readGiven(name, true)

const splitDensity = [0.92, 0.25, 0.9, 0.45]

function weigh(
  surname: Float64Array,
  given: GivenEntry,
  second: GivenEntry | null,
  into: Float64Array,
  scale: number,
): void {
  const together = second !== null && given.isSyllable && second.isSyllable
  for (let group = 0; group < groups; group++) {
    let density = given.density[group] ?? 1
    if (second) {
      density *= second.density[group] ?? 1
      if (together) {
        for (let at = 0; at < 4; at++) {
          const joined = (given.firstSyllable[at] ?? 0) * (second.secondSyllable[at] ?? 0)
          if (joined > 0) density += share(splitStyles[at] ?? 'korean', group) * (splitDensity[at] ?? 0) * joined
        }
      }
    }
    into[group] = (into[group] ?? 0) + (surname[group] ?? 0) * density * scale
  }
}

/** What a surname says by itself. */
export interface SurnameReading {
  prior: Float64Array
  /** No surname at all, but two syllables of a given name: the columns may have been changed over. */
  maySwap: boolean
}

/** Names read once, for who has many rows with the same ones: `percentsOf` then looks nothing up. */
export function surnameReading(last: string): SurnameReading {
  const entry = cached(surnameCache, last, readSurname)
  return {
    prior: entry ? entry.prior : cached(otherCache, last, priorOfOther),
    maySwap: entry === null && looksGiven(last),
  }
}
export const firstReading = (name: string): GivenEntry => cached(firstCache, name, readFirst)
/** null: an initial, which says nothing. */
export const middleReading = (name: string): GivenEntry | null =>
  name.length > 1 ? cached(middleCache, name, readMiddle) : null

function computePosterior(last: string, first: string, middle: string): void {
  const surname = surnameReading(last)
  posterior.fill(0)
  const second = middleReading(middle)
  weigh(surname.prior, firstReading(first), second, posterior, 1)
  if (surname.maySwap) {
    // FIRSTNAME=KIM LASTNAME=YOUNGHEE: the same name with the columns changed over.
    const other = cached(surnameCache, first, readSurname)
    if (other !== null && other.percent >= 30) {
      for (let group = 0; group < groups; group++) posterior[group] = (posterior[group] ?? 0) * 1e-6
      weigh(other.prior, firstReading(last), second, posterior, swapped * 1e-3)
    }
  }
  normalise(posterior)
}

const looksCache = new Map<string, boolean>()
const looksGiven = (last: string): boolean => cached(looksCache, last, readsAsGiven)

/** Two syllables of a Korean or Chinese given name where the surname should be, and no surname that only looks so. */
function readsAsGiven(last: string): boolean {
  if (!isLoaded) load()
  const parts = last
    .split(/[^A-Za-z]+/)
    .map(romanKey)
    .filter((part) => part.length > 0)
  if (parts.length > 2 || lookalikes.has(romanKey(last))) return false
  const densities = styleDensities(parts)
  return romanKey(last).length >= 4 && (densities.korean > 2e-6 || densities.mandarin > 0)
}

/** Chances of all eight groups by name alone, adding up to 1. The array is the same at every call. */
export function nameShares(last: string, first: string, middle = ''): Float64Array {
  computePosterior(last, first, middle)
  return posterior
}

/**
 * Percent for each community, 0-100, by name and, where known, place. `middle` may be an initial or empty. A name that says
 * nothing gets nothing, as in the import: where somebody lives tells of them only together with a name.
 */
export function estimateCommunity(
  last: string,
  first: string,
  middle = '',
  place: PlaceOdds | null = null,
): CommunityEstimate {
  const says = tells(last, true) || tells(first, false) || (middle.length > 1 && tells(middle, false))
  const shares = says ? withPlace(nameShares(last, first, middle), place) : []
  const [, korean, chinese, south_asian, vietnamese, filipino, japanese] = shares
  return {
    korean: percent(korean),
    chinese: percent(chinese),
    south_asian: percent(south_asian),
    vietnamese: percent(vietnamese),
    filipino: percent(filipino),
    japanese: percent(japanese),
  }
}

/** Never 100: a name is no proof. */
const percent = (share = 0): number => Math.min(99, Math.round(share * 100))

/** For the import: percents of names read before, and place, into `into`. No object, no array is made. */
export function percentsOf(
  surname: Float64Array,
  first: GivenEntry,
  middle: GivenEntry | null,
  place: PlaceOdds | null,
  into: Int16Array,
): void {
  posterior.fill(0)
  weigh(surname, first, middle, posterior, 1)
  normalise(posterior)
  percentsInto(posterior, place, into)
}

/** Percents of shares by name, and place, into `into`. */
export function percentsInto(shares: Float64Array, place: PlaceOdds | null, into: Int16Array): void {
  const all = withPlace(shares, place)
  for (let group = 1; group <= 6; group++) into[group - 1] = percent(all[group])
}

/** Share 0-1 with two digits, for reports. */
export function estimateShares(
  last: string,
  first: string,
  middle = '',
  place: PlaceOdds | null = null,
): CommunityEstimate {
  const percents = estimateCommunity(last, first, middle, place)
  return Object.fromEntries(communities.map((community) => [community, percents[community] / 100])) as CommunityEstimate
}

/** Half a percent, which shows. A rare name that only its place would lift above it is left at 0. */
const leastTold = 0.005

/** Can this surname, or this given name, say anything? Most cannot, so that most rows of a file need no working out. */
export function tells(name: string, isSurname: boolean): boolean {
  const shares = nameShares(isSurname ? name : '', isSurname ? '' : name)
  return (
    shares.some((share, group) => group > 0 && group < 7 && share >= leastTold) ||
    // A surname that reads as a Korean given name may stand in the wrong column.
    // An initial is no syllable.
    (isSurname ? cuts(romanKey(name)).length > 0 : name.length > 1 && isGivenSyllable(romanKey(name)))
  )
}

/** Shares of the eight groups among bearers of a surname, listed or not. */
export const surnameShares = (last: string): ArrayLike<number> => {
  const entry = cached(surnameCache, last, readSurname)
  return entry ? entry.prior : cached(otherCache, last, priorOfOther)
}

/** Which styles the given names follow, the strongest first: both names together if they make one, else each. */
export function givenStyles(first: string, middle = ''): Style[] {
  if (!isLoaded) load()
  const parts = `${first} ${middle}`
    .split(/[^A-Za-zÀ-ỹ'’]+/)
    .map(romanKey)
    .filter((part) => part.length > 1)
  const together = strongest(parts.length <= 3 ? styleDensities(parts) : {})
  return together.length > 0 ? together : [...new Set(parts.flatMap((part) => strongest(styleDensities([part]))))]
}

function strongest(densities: Partial<Record<Style, number>>): Style[] {
  const most = Math.max(...Object.values(densities))
  return styles
    .filter((style) => (densities[style] ?? 0) > most / 20)
    .sort((a, b) => (densities[b] ?? 0) - (densities[a] ?? 0))
}

/** Is the given name one that many Americans of all backgrounds bear? */
export function isCommonName(name: string): boolean {
  if (!isLoaded) load()
  const entry = known.get(romanKey(name))
  return entry !== undefined && entry.asian < 0.3
}

/** A given name much commoner among Filipinos than among others who bear Spanish or English names. */
export function isFilipinoName(name: string): boolean {
  if (!isLoaded) load()
  const key = romanKey(name)
  return namesIn.filipino.has(key) && (known.get(key)?.asian ?? 1) >= 0.3
}

/** Did the estimate read the columns the other way round? */
export function isSwapped(last: string, first: string): boolean {
  const other = readSurname(first)
  return readSurname(last) === null && looksGiven(last) && other !== null && other.percent >= 30
}
