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
/**
 * A surname that reads as a given name before a given name that is an Asian surname: as written hardly anybody has it, the other
 * way round few have (one in a hundred Asian registrants wrote the surname first, and it is one name of about a thousand).
 */
const swapped = { as_written: 1e-6, other_way: 0.01 * 1e-3, from_percent: 30 }
/** Of a double name the parts that are Asian for at least so many of their bearers decide; no group below so little. */
const doubleName = { from_percent: 25, least: 0.004 }
/** Kim-Smith: the family is as Asian as its Asian part, but in a quarter of them it is the other's name alone. */
const mixedName = { asian: 0.75, other: 0.25 }
/**
 * A family name in the middle: so many married women keep theirs there, and each name is one of some ten thousand. Where it is
 * surely Asian and no given name, it is so many times rarer among others.
 */
const maidenName = { share: 0.04, density: 1e-4, from_percent: 50, surely_percent: 85, rarer: 5 }
/** Names on no list, by how many times rarer than `unknownName`: of two words, or read as two Korean syllables of six letters and more, or of five. */
const rarer = { two_words: 300, long_pair: 150, short_pair: 15 }
/** A name many Americans bear: how many of them are of Western style, and what Asians have more or less of it, against their 4.5 %. */
const listedName = { western: 0.85, asians: 0.045, least: 0.3, most: 12, second_word: 0.003 }
/** Means over Asians of the Western and of the Spanish style, so that a group weighs by how it differs; Spanish at most four times. */
const meanStyle = { western: 0.36, spanish: 0.06, most_spanish: 4 }
/** Names Filipinos favour: among other Asians half as usual, among them more so; on our list alone, of 250, in 12 % of them. */
const filipinoName = { others: 0.5, own: 1.6, list: 250, share: 0.12, share_of_everybody: 0.002 }
/** How many syllables or names each list has, about: one of them has that part of its style. */
const listed = { mandarin: 160, cantonese: 100, vietnamese: 130, indian: 620, muslim: 560, japanese: 520 }
/** Which part of each style's names is written as one word: of one syllable (or name on the list), and of two run together. */
const oneWord = {
  korean: 0.08,
  mandarin: 0.3,
  cantonese: 0.06,
  vietnamese: 0.5,
  indian: 0.75,
  muslim: 0.8,
  japanese: 0.85,
  pair: { korean: 0.3, mandarin: 0.5, cantonese: 0.02 },
} as const
/** And as two words, or as given and middle name; THI and VAN stand before most Vietnamese names. Three words are Vietnamese alone. */
const twoWords = { korean: 0.92, mandarin: 0.25, cantonese: 0.9, vietnamese: 0.45, japanese: 0.02 } as const
const afterThi = 0.12
const threeWords = 0.05
/** The second of two Indian or Muslim names is one of so many usual ones. */
const secondName = { indian: { share: 0.3, of: 40 }, muslim: { share: 0.5, of: 60 } }
/** Names on no list that end as Indian or Muslim names do, or have the sounds of Japanese ones: rarer than the listed. */
const byEnding = { indian: 0.00012, muslim: 0.00012, japanese: 0.00004 }

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
  const asian = entries.filter((entry) => entry !== null && entry.percent >= doubleName.from_percent)
  if (asian.length === 0) return null
  // Park Lee: both agree, so the product.
  const prior = new Float64Array(groups)
  for (let group = 0; group < groups; group++) {
    let value = 1
    for (const entry of asian) value *= Math.max(entry?.prior[group] ?? 0, doubleName.least)
    prior[group] = asian.length > 1 ? Math.sqrt(value) : value
  }
  normalise(prior)
  if (asian.length < parts.length) {
    for (let group = 0; group < groups; group++)
      prior[group] = mixedName.asian * (prior[group] ?? 0) + mixedName.other * (otherSurname[group] ?? 0)
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
    densities.korean = oneWord.korean * densityAt(one, 'first')
    if (one.length >= 4) for (const [a, b] of cuts(one)) densities.korean += oneWord.pair.korean * pairDensity(a, b)
    densities.mandarin = syllabic('mandarin', one)
    densities.cantonese = syllabic('cantonese', one)
    densities.vietnamese = syllablesIn.vietnamese.has(one) ? oneWord.vietnamese / listed.vietnamese : 0
    if (namesIn.indian.has(one)) densities.indian = oneWord.indian / listed.indian
    else if (
      /(ESH|INDER|PREET|DEEP|JEET|JIT|KUMAR|BHAI|BEN|NATH|KANT|LAL|WANT|ESWARI|LAKSHMI|INDRA|ENDRA|PAL)$/.test(one) &&
      one.length > 5
    )
      densities.indian = byEnding.indian
    if (namesIn.muslim.has(one)) densities.muslim = oneWord.muslim / listed.muslim
    else if (/(ULLAH|UDDIN|UNNISA|UNNESSA|UZZAMAN|UL)$/.test(one) && one.length > 6) densities.muslim = byEnding.muslim
    if (namesIn.japanese.has(one)) densities.japanese = oneWord.japanese / listed.japanese
    else if (
      /^([KSTNHMRGZDB]?[AIUEO]|SHI|CHI|TSU|[KSTNHMR]Y[AUO]|SH[AUO]|CH[AUO]|J[AUIO]|Y[AUO]|WA|FU|N(?![AIUEO]))+$/.test(
        one,
      ) &&
      /(KO|MI|RO|TA|KI|SHI|YO|YA|TO|KA|KU|SUKE|HIKO)$/.test(one) &&
      one.length > 4
    )
      densities.japanese = byEnding.japanese
  } else if (parts.length === 2) {
    densities.korean = twoWords.korean * pairDensity(one, two)
    densities.mandarin = pairOf('mandarin', one, two)
    densities.cantonese = pairOf('cantonese', one, two)
    densities.vietnamese = pairOf('vietnamese', one, two)
    if ((one === 'THI' || one === 'VAN') && syllablesIn.vietnamese.has(two))
      densities.vietnamese = afterThi / listed.vietnamese
    const isIndian = (name: string): boolean =>
      namesIn.indian.has(name) || /^(KUMAR|KUMARI|KAUR|SINGH|DEVI|LAL|BEN|BHAI|RANI)$/.test(name)
    const isMuslim = (name: string): boolean => namesIn.muslim.has(name)
    if (isIndian(one) && isIndian(two))
      densities.indian = secondName.indian.share / listed.indian / secondName.indian.of
    if (isMuslim(one) && isMuslim(two))
      densities.muslim = secondName.muslim.share / listed.muslim / secondName.muslim.of
    if (namesIn.japanese.has(one) && namesIn.japanese.has(two))
      densities.japanese = twoWords.japanese / listed.japanese ** 2
  } else if (three !== undefined && parts.every((part) => syllablesIn.vietnamese.has(part))) {
    densities.vietnamese = threeWords / listed.vietnamese ** parts.length
  }
  return densities
}

function syllabic(style: 'mandarin' | 'cantonese', letters: string): number {
  let density = syllablesIn[style].has(letters) ? oneWord[style] / listed[style] : 0
  const pair = oneWord.pair[style] / listed[style] ** 2
  if (letters.length >= 4) {
    for (let at = 1; at < letters.length; at++) {
      if (syllablesIn[style].has(letters.slice(0, at)) && syllablesIn[style].has(letters.slice(at))) density += pair
    }
  }
  return density
}

function pairOf(style: 'mandarin' | 'cantonese' | 'vietnamese', one: string, two: string): number {
  return syllablesIn[style].has(one) && syllablesIn[style].has(two) ? twoWords[style] / listed[style] ** 2 : 0
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
const splitShares = splitStyles.map((style) => twoWords[style])

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
  const familiar = known.get(parts.join('')) ?? (parts.length > 1 ? undefined : known.get(one))
  const first = parts.length > 1 ? known.get(one) : undefined
  // A name that happens to read as two long Korean syllables (HYUNJUNG) is hardly ever anything else.
  const unfamiliar =
    parts.length > 1
      ? unknownName / rarer.two_words
      : byStyle.korean === 0 || one.length < 5
        ? unknownName
        : unknownName / (one.length > 5 ? rarer.long_pair : rarer.short_pair)
  for (let group = 0; group < groups; group++) {
    let value = unfamiliar * share('unknown', group)
    for (const style of styles) value += share(style, group) * byStyle[style]
    if (familiar) value += western(familiar, group, byStyle, parts.join(''))
    // MARY ANN, JOHN PAUL: the second word is one of some hundreds.
    else if (first && !byStyle.korean) value += western(first, group, byStyle, one) * listedName.second_word
    density[group] = value
  }
  if (!familiar && namesIn.filipino.has(one)) {
    density[0] = (density[0] ?? 0) + filipinoName.share_of_everybody / filipinoName.list
    density[5] = (density[5] ?? 0) + filipinoName.share / filipinoName.list
  }
  if (isMiddle && parts.length === 1) {
    const maiden = surnameEntries.get(one)
    if (maiden && maiden.percent >= maidenName.from_percent) {
      // Hardly anybody else is given AHN or NGUYEN as a middle name.
      if (maiden.percent >= maidenName.surely_percent && !familiar) density[0] = (density[0] ?? 0) / maidenName.rarer
      const { share: keeping, density: each } = maidenName
      for (let group = 1; group < groups; group++) {
        density[group] =
          (density[group] ?? 0) + (keeping * each * (maiden.prior[group] ?? 0)) / (shareOfGroup[group] ?? 1)
      }
    }
  }
  if (parts.length === 1) {
    for (const [at, style] of splitStyles.entries()) {
      if (style === 'korean') {
        entry.firstSyllable[at] = densityAt(one, 'first')
        entry.secondSyllable[at] = densityAt(one, 'second')
      } else if (syllablesIn[style].has(one)) {
        entry.firstSyllable[at] = entry.secondSyllable[at] = 1 / listed[style]
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
  const others = density * (1 - asian) * listedName.western
  if (group === 0) return others
  const isFilipino = namesIn.filipino.has(name)
  const isForeign = styles.some((style) => byStyle[style] > 0)
  const odds = Math.min(
    listedName.most,
    Math.max(listedName.least, asian / (1 - Math.min(asian, 0.98)) / listedName.asians),
  )
  const favour =
    isForeign && asian >= 0.3 ? 1 : isFilipino && group !== 5 ? Math.min(odds, 1) * filipinoName.others : odds
  // The percent of Asians counts all of them, so a group weighs by how it differs from their mean.
  const usual =
    (1 - hispanic) * (share('western', group) / meanStyle.western) +
    hispanic * Math.min(meanStyle.most_spanish, share('spanish', group) / meanStyle.spanish)
  return others * usual * favour * (isFilipino && group === 5 ? filipinoName.own : 1)
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
          if (joined > 0) density += share(splitStyles[at] ?? 'korean', group) * (splitShares[at] ?? 0) * joined
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
    if (other !== null && other.percent >= swapped.from_percent) {
      for (let group = 0; group < groups; group++) posterior[group] = (posterior[group] ?? 0) * swapped.as_written
      weigh(other.prior, firstReading(last), second, posterior, swapped.other_way)
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
  const shares = saysAnything(last, first, middle) ? withPlace(nameShares(last, first, middle), place) : []
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

/** Could any of the names say something? Else the estimate is 0, wherever somebody lives. */
export const saysAnything = (last: string, first: string, middle: string): boolean =>
  tells(last, true) || tells(first, false) || (middle.length > 1 && tells(middle, false))

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
  return readSurname(last) === null && looksGiven(last) && other !== null && other.percent >= swapped.from_percent
}
