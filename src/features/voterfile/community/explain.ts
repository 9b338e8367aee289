import type { MessageKey, Translate } from '../../../platform/i18n/messages.ts'
import {
  communities,
  estimateCommunity,
  givenStyles,
  isCommonName,
  isFilipinoName,
  isSwapped,
  readSurname,
  type Community,
  type CommunityEstimate,
} from './estimate.ts'
import { givenReadings, guessHangul, romanKey, type HangulGuess } from './hangul.ts'

/** One reason, as data: the sentence is made in the reader's language. `community` is a message key of its own. */
export interface Evidence {
  key: MessageKey
  given: Record<string, string | number>
  community?: MessageKey
}

export interface CommunityExplanation {
  percents: CommunityEstimate
  /** The likeliest community, where one is at least as likely as not; else null. */
  likeliest: Community | null
  evidence: Evidence[]
  /** Possible Hangul readings, always shown as guesses (추정). */
  hangul: HangulGuess[]
}

const groupKeys: readonly MessageKey[] = [
  'community.other_asian',
  ...communities.map((community): MessageKey => `community.${community}`),
  'community.other_asian',
]

/** The estimate with its reasons, for a profile or a caller who asks why. */
export function explainCommunity(last: string, first: string, middle = ''): CommunityExplanation {
  const percents = estimateCommunity(last, first, middle)
  const [likeliest] = [...communities].sort((a, b) => percents[b] - percents[a])
  const is_swapped = isSwapped(last, first)
  const evidence: Evidence[] = []
  if (is_swapped) evidence.push({ key: 'community.evidence.swapped', given: { last: first, given: last } })
  const surname = is_swapped ? first : last
  const given = is_swapped ? [last, middle] : [first, middle]
  evidence.push(...surnameEvidence(surname), ...givenEvidence(given[0] ?? '', given[1] ?? ''))
  const isKorean = percents.korean >= 15
  return {
    percents,
    likeliest: likeliest && percents[likeliest] >= 50 ? likeliest : null,
    evidence,
    hangul: isKorean ? guessHangul(surname, given[0] ?? '', given[1] ?? '') : [],
  }
}

/** One reason as a sentence a volunteer understands. */
export function evidenceSentence(t: Translate, { key, given, community }: Evidence): string {
  return t.dynamic(key, community ? { ...given, community: t.dynamic(community) } : given)
}

function surnameEvidence(last: string): Evidence[] {
  const entry = readSurname(last)
  if (!entry || entry.percent < 3) return [{ key: 'community.evidence.surname_none', given: { name: last } }]
  const parts = last.split(/[^A-Za-zÀ-ỹ'’]+/).filter(Boolean)
  const asian =
    parts.length > 1
      ? parts.find((part) => (readSurname(part)?.percent ?? 0) >= 25 && romanKey(part) !== romanKey(last))
      : undefined
  const named = asian ? (readSurname(asian) ?? entry) : entry
  return [
    ...(asian ? [{ key: 'community.evidence.surname_double', given: { name: asian } } as const] : []),
    {
      key: named.share >= 85 ? 'community.evidence.surname_mostly' : 'community.evidence.surname_shared',
      given: { name: asian ?? last, percent: named.percent, share: named.share },
      community: groupKeys[named.group] ?? 'community.other_asian',
    },
  ]
}

function givenEvidence(first: string, middle: string): Evidence[] {
  const name = [first, middle.length > 1 ? middle : ''].filter(Boolean).join(' ')
  if (!name) return []
  if (isFilipinoName(first)) return [{ key: 'community.evidence.given_filipino', given: { name: first } }]
  const styles = givenStyles(first, middle)
  const strongest = styles[0]
  if (
    !strongest ||
    (isCommonName(first) && styles.every((style) => style !== 'korean' || givenReadings(middle).length === 0))
  ) {
    return [
      {
        key: isCommonName(first) ? 'community.evidence.given_english' : 'community.evidence.given_unknown',
        given: { name: first },
      },
    ]
  }
  const hangul = givenReadings(first, middle)[0]?.hangul ?? ''
  const [most, second] = styles
  return [most, second]
    .filter((style) => style !== undefined)
    .map((style) => ({
      // One syllable alone, in the middle: Korean, but nobody can tell the whole name from it.
      key:
        style === 'korean' && !hangul
          ? 'community.evidence.given_korean_syllable'
          : `community.evidence.given_${style}`,
      given: { name, hangul },
    }))
}
