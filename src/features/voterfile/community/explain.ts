import type { MessageKey, Translate } from '../../../platform/i18n/messages.ts'
import { givenNameCase, lastNameCase } from '../rules/names.ts'
import {
  communities,
  estimateCommunity,
  givenStyles,
  isCommonName,
  isFilipinoName,
  isSwapped,
  readSurname,
  surnameShares,
  type Community,
  type CommunityEstimate,
} from './estimate.ts'
import { givenReadings, guessHangul, romanKey, type HangulGuess } from './hangul.ts'
import { placeOf, type PlaceOdds, type PlaceTable } from './places.ts'

/** One reason, as data: the sentence is made in the reader's language. `community` and `second` are message keys. */
export interface Reason {
  key: MessageKey
  given: Record<string, string | number>
  community?: MessageKey
  second?: MessageKey
}

export interface CommunityExplanation {
  percents: CommunityEstimate
  /** The likeliest community, where one is at least as likely as not; else null. */
  likeliest: Community | null
  reasons: Reason[]
  /** What speaks against being sure; empty where little does. */
  uncertain: Reason[]
  /** Possible Hangul readings, always shown as guesses (추정). */
  hangul: HangulGuess[]
}

/** Where somebody lives: the odds if already looked up. */
export interface Living {
  place: PlaceOdds | null
  county: string | null
  council: number | null
}

const groupKeys: readonly MessageKey[] = [
  'community.other_asian',
  ...communities.map((community): MessageKey => `community.${community}`),
  'community.other_asian',
]
const keyOf = (group: number): MessageKey => groupKeys[group] ?? 'community.other_asian'

/** Where a voter lives, for the explanation. */
export const livingIn = (
  places: PlaceTable,
  { county, ccd }: { county: string | null; ccd: number | null },
): Living => ({ place: placeOf(places, county, ccd), county, council: ccd })

/** The estimate with its reasons, for a profile or a caller who asks why. */
export function explainCommunity(
  last: string,
  first: string,
  middle = '',
  living: Living | null = null,
): CommunityExplanation {
  const percents = estimateCommunity(last, first, middle, living?.place ?? null)
  const ranked = [...communities].sort((a, b) => percents[b] - percents[a])
  const [most] = ranked
  const is_swapped = isSwapped(last, first)
  const surname = is_swapped ? first : last
  const [given, second] = is_swapped ? [last, middle] : [first, middle]
  const family = surnameReasons(surname)
  const names = givenReasons(given, second)
  return {
    percents,
    likeliest: most && percents[most] >= 50 ? most : null,
    reasons: [
      ...(is_swapped
        ? [{ key: 'community.because.swapped', given: { last: lastNameCase(first) } } satisfies Reason]
        : []),
      ...family,
      ...names,
      ...placeReasons(percents, estimateCommunity(last, first, middle), most),
    ],
    uncertain: doubts(percents, ranked, family, names),
    hangul: percents.korean >= 15 ? guessHangul(surname, given, second) : [],
  }
}

/** The whole in one sentence, and where it is not sure a second one. */
export function estimateSentences(t: Translate, explained: CommunityExplanation): string[] {
  const { reasons, uncertain } = explained
  return [
    t('community.sentence', {
      head: estimateHead(t, explained),
      reasons: reasons.map((reason) => reasonText(t, reason)).join(t('community.and')),
    }),
    ...uncertain.map((reason) => reasonText(t, reason)),
  ]
}

/** 'Likely Korean (97%)'. */
export function estimateHead(t: Translate, { percents, likeliest }: CommunityExplanation): string {
  if (likeliest) {
    const percent = percents[likeliest]
    return t(percent >= 80 ? 'community.likely' : 'community.perhaps', {
      community: t(`community.${likeliest}`),
      percent,
    })
  }
  const possible = [...communities].filter((each) => percents[each] >= 5).sort((a, b) => percents[b] - percents[a])
  if (possible.length === 0) return t('community.no_sign')
  return t('community.open', {
    shares: possible
      .slice(0, 3)
      .map((each) => t('community.share', { community: t(`community.${each}`), percent: percents[each] }))
      .join(', '),
  })
}

export function reasonText(t: Translate, { key, given, community, second }: Reason): string {
  return t.dynamic(key, {
    ...given,
    ...(community && { community: t.dynamic(community) }),
    ...(second && { second: t.dynamic(second) }),
  })
}

/** Shares from here on are worth a word. */
const worth = 0.1

function surnameReasons(last: string): Reason[] {
  if (romanKey(last) === '') return []
  const parts = last.split(/[^A-Za-zÀ-ỹ'’]+/).filter(Boolean)
  const part =
    parts.length > 1
      ? parts.find((each) => (readSurname(each)?.percent ?? 0) >= 25 && romanKey(each) !== romanKey(last))
      : null
  const whole = readSurname(last)
  const told = part && whole ? part : last
  const shares = surnameShares(told)
  const name = lastNameCase(told)
  const groups = [1, 2, 3, 4, 5, 6, 7].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0))
  const [first = 7, second = 7] = groups
  const [most, next, others] = [shares[first] ?? 0, shares[second] ?? 0, shares[0] ?? 0]
  const community = keyOf(first)
  const reason = (key: MessageKey, isBoth = false): Reason => ({
    key,
    given: { name },
    community,
    ...(isBoth && { second: keyOf(second) }),
  })
  const family = ((): Reason => {
    if (!readSurname(told) || others >= 0.97) {
      if (most >= 0.4) return reason('community.because.surname_rare')
      return reason(others >= 0.97 ? 'community.because.surname_none' : 'community.because.surname_unlisted')
    }
    if (others >= 0.3 && next >= worth) return reason('community.because.surname_three', true)
    if (others >= 0.25)
      return reason(most >= 0.4 ? 'community.because.surname_also_others' : 'community.because.surname_some')
    return next >= worth ? reason('community.because.surname_two', true) : reason('community.because.surname_mostly')
  })()
  return part && whole ? [{ key: 'community.because.part', given: { name } }, family] : [family]
}

function givenReasons(first: string, middle: string): Reason[] {
  const name = [first, middle.length > 1 ? middle : ''].filter(Boolean).map(givenNameCase).join(' ')
  if (!name) return []
  if (isFilipinoName(first)) return [{ key: 'community.because.given_filipino', given: { name: givenNameCase(first) } }]
  const [strongest, next] = givenStyles(first, middle)
  const isEnglish = isCommonName(first)
  if (!strongest || (isEnglish && (strongest !== 'korean' || givenReadings(middle).length === 0))) {
    return [
      {
        key: isEnglish ? 'community.because.given_english' : 'community.because.given_unknown',
        given: { name: givenNameCase(first) },
      },
    ]
  }
  const hangul = givenReadings(first, middle)[0]?.hangul ?? ''
  // BENJAMIN CHUNGHOON: the reason is the second name alone.
  const told = isEnglish && middle.length > 1 ? givenNameCase(middle) : name
  return [strongest, next]
    .filter((style) => style !== undefined)
    .map((style) => ({
      // One syllable alone, in the middle: Korean, but nobody can tell the whole name from it.
      key:
        style === 'korean' && !hangul ? 'community.because.given_korean_syllable' : `community.because.given_${style}`,
      given: { name: told },
    }))
}

/** The place is named only where it moves the number. */
function placeReasons(percents: CommunityEstimate, byName: CommunityEstimate, most: Community | undefined): Reason[] {
  if (!most) return []
  const moved = percents[most] - byName[most]
  if (Math.abs(moved) < 5) return []
  return [
    {
      key: moved > 0 ? 'community.because.place_more' : 'community.because.place_fewer',
      given: {},
      community: `community.${most}`,
    },
  ]
}

function doubts(
  percents: CommunityEstimate,
  ranked: readonly Community[],
  family: readonly Reason[],
  names: readonly Reason[],
): Reason[] {
  const [most, next] = ranked
  if (!most || percents[most] < 5) return []
  const isOther = family.some(({ key }) => /surname_(none|unlisted|some)$/.test(key))
  if (isOther && names.some(({ key }) => /given_(korean|mandarin|cantonese|vietnamese|japanese|indian)/.test(key)))
    return [{ key: 'community.uncertain.marriage', given: {} }]
  if (percents[most] >= 90) return []
  if (percents[most] < 50) return [{ key: 'community.uncertain.nothing_decides', given: {} }]
  const nobody = 100 - communities.reduce((sum, each) => sum + percents[each], 0)
  if (next && percents[next] >= 10 && percents[next] >= nobody)
    return [{ key: 'community.uncertain.another', given: {}, community: `community.${next}` }]
  return nobody >= 10 ? [{ key: 'community.uncertain.nobody', given: {} }] : []
}
