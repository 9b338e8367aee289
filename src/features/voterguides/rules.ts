import { isDeepStrictEqual } from 'node:util'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { canonicalText, sha256Of } from '../endorsements/answers/rules.ts'
import type { Answer, Signed } from '../endorsements/answers/schema.ts'
import { calendarOf } from '../elections/contests/rules.ts'
import { isPayerAsked } from './law.ts'
import type { Claim, Content, GuideCandidate, GuideContest, GuideReply } from './schema.ts'

/** What a signed answer says, before a word of it is changed. */
export interface Taken {
  question_id: string
  issue_id: string
  question: LocalizedText
  answer: Answer
  ranked: LocalizedText[]
  original: string | null
  original_language: string
  source_url: string | null
}

/** What was signed about the issues of a guide; a file and what nobody answered is none of it. */
export function takenFrom(signed: Signed, issue_of: ReadonlyMap<string, string>): Taken[] {
  return signed.answers.flatMap(({ question_id, kind, text, choices, answer }) => {
    const issue_id = issue_of.get(question_id)
    if (!issue_id || !answer || kind === 'file') return []
    const original = answer.text ?? null
    return [
      {
        question_id,
        issue_id,
        question: text,
        answer,
        ranked: (answer.order ?? []).map((at) => choices[at]).filter((each) => each !== undefined),
        original,
        original_language: languageOf(original ?? ''),
        source_url: answer.link ?? null,
      },
    ]
  })
}

const spanish = /[¿¡]|(?<!\p{L})(?:el|la|los|las|que|de|para|una|por|con|es|en|sí)(?!\p{L})/giu
const english = /(?<!\p{L})(?:the|of|and|to|in|for|is|are|will|would|with|that|on|at|be|i|we|a|my|every)(?!\p{L})/giu

/** In which language something is written, as far as its letters and smallest words say. */
export function languageOf(text: string): 'ko' | 'zh' | 'es' | 'en' {
  const count = (letters: RegExp): number => text.match(letters)?.length ?? 0
  const latin = count(/\p{Script=Latin}/gu) / 2 // a syllable takes about two letters
  if (count(/\p{Script=Hangul}/gu) > latin) return 'ko'
  if (count(/\p{Script=Han}/gu) > latin) return 'zh'
  return count(spanish) > count(english) ? 'es' : 'en'
}

/** The day of the last signing that made another answer of it; null: it stands as it was signed first. The first one first. */
export function amendedOn(signings: readonly { on: string; answer: Answer | null }[]): string | null {
  const changed = signings.findLast(({ answer }, at) => at > 0 && !isDeepStrictEqual(answer, signings[at - 1]?.answer))
  return changed?.on ?? null
}

/** Was the answer as it stands sent after the last day? The first signing first. */
export function isLate(signings: readonly { is_late: boolean; answer: Answer | null }[]): boolean {
  const made = signings.findLastIndex(({ answer }, at) => !isDeepStrictEqual(answer, signings[at - 1]?.answer ?? null))
  return signings[made]?.is_late ?? false
}

interface Held {
  answer: unknown
  text: LocalizedText
  original_language: string
}

/** The words of an answer beside those the guide has: another answer takes translations and cuts with it. */
export function besideHeld(held: Held | null, taken: Taken): Omit<Held, 'answer'> {
  if (held && isDeepStrictEqual(held.answer, taken.answer))
    return { text: held.text, original_language: held.original_language }
  const { original, original_language } = taken
  return { text: original ? { [original_language]: original } : {}, original_language }
}

type Worded = Pick<Claim, 'original' | 'original_language'> & { text: LocalizedText }

/** Has the reader something to look up: whole words where they are cut, their own where they are translated? */
export const hidesOriginal = (claim: Worded, shown: string): boolean =>
  claim.original !== null &&
  (shown !== claim.original_language || claim.text[claim.original_language] !== claim.original)

export const isShortened = ({ original, original_language, text }: Worded): boolean =>
  original !== null && text[original_language] !== original // prettier-ignore

export type TextState = 'original' | 'translated' | 'older' | 'missing'

/** How far a text is in a language of the organization; null: there is nothing to translate. */
export function stateIn(language: string, { text, original_language }: Omit<Worded, 'original'>, older: readonly string[] = []): TextState | null {
  if (Object.keys(text).length === 0) return null
  if (!text[language]) return 'missing'
  if (language === original_language) return 'original'
  return older.includes(language) ? 'older' : 'translated'
} // prettier-ignore

/** One name for all that a guide says: whoever publishes says by it what they read. */
export const keyOf = (content: Content): string => sha256Of(canonicalText(content))

export type PublishProblem =
  | 'changed' | 'own_edit' | 'empty' | 'answers_private' | 'payer' | 'newer' | 'same' | 'reason_needed' // prettier-ignore

interface Publishing {
  content: Content
  /** Of what was read. */
  key: string
  published: Content | null
  is_withdrawn: boolean
  /** Of all who made a change since it was published. */
  editor_ids: readonly string[]
  publisher_id: string
  has_reason: boolean
  /** Were candidates told that their answers are public? */
  may_show_answers: boolean
  /** How many candidates signed something that is not in it. */
  newer: number
}

/** Why a guide is not published as it is; null: it is. */
export function publishProblem(of: Publishing): PublishProblem | null {
  const { content, key, published, is_withdrawn, editor_ids, publisher_id, has_reason, may_show_answers, newer } = of
  if (keyOf(content) !== key) return 'changed'
  if (editor_ids.includes(publisher_id)) return 'own_edit'
  if (content.contests.every(({ claims }) => claims.length === 0)) return 'empty'
  if (!may_show_answers && content.contests.some(({ claims }) => claims.some(({ kind }) => kind === 'answer')))
    return 'answers_private'
  if (isPayerAsked(content)) return 'payer'
  if (newer > 0) return 'newer'
  if (published && !is_withdrawn && keyOf(published) === key) return 'same'
  return published && !has_reason ? 'reason_needed' : null
}

/** Is somebody marked as endorsed to everybody who no longer is? */
export function hasLostMark(published: Content | undefined, now: Content): boolean {
  const marked = ({ contests }: Content) =>
    new Set(
      contests.flatMap(({ candidates }) => candidates.flatMap((each) => (each.is_endorsed ? each.candidate_id : []))),
    )
  return published !== undefined && [...marked(published)].some((each) => !marked(now).has(each))
}

export interface ClaimCorrection {
  /** `late`: signed as it was, and marked as sent after the last day. */
  kind: 'added' | 'changed' | 'late' | 'removed' | 'reply' | 'reply_removed'
  contest_id: number
  candidate_id: number
  issue_id: string
}
/** `days`: the election's, as a steward entered them. */
export type Correction = ClaimCorrection | { kind: 'days' }

/** What candidates are said to say, and days, that became others from one version to the next. */
export function correctionsIn(before: Content, after: Content): Correction[] {
  const claimsOf = ({ contests }: Content) =>
    new Map(
      contests.flatMap(({ contest_id, claims }) => claims.map((claim) => [claim.claim_id, { contest_id, claim }])),
    )
  const [then, now] = [claimsOf(before), claimsOf(after)]
  const named = (
    kind: ClaimCorrection['kind'],
    { contest_id, claim }: { contest_id: number; claim: Claim },
  ): ClaimCorrection => ({
    kind,
    contest_id,
    candidate_id: claim.candidate_id,
    issue_id: claim.issue_id,
  })
  return [
    ...[...now].flatMap(([id, each]) => {
      const old = then.get(id)
      if (!old) return [named('added', each)]
      if (isDeepStrictEqual(old, each)) return []
      // Signed as they were; only what stands beside them tells that they came late.
      const { is_late: _was, ...said } = old.claim
      const { is_late, ...says } = each.claim
      return [named(is_late && isDeepStrictEqual(said, says) ? 'late' : 'changed', each)]
    }),
    ...[...then].flatMap(([id, each]) => (now.has(id) ? [] : [named('removed', each)])),
    ...repliesBetween(before, after),
    ...(haveOtherDays(before, after) ? [{ kind: 'days' } as const] : []),
  ]
}

/** Where they were not known before, nothing was wrong; those of our calendar come with the program. */
const haveOtherDays = ({ election: before }: Content, { election: after }: Content): boolean =>
  before.days.length > 0 && calendarOf(after) === null && !isDeepStrictEqual(before.days, after.days)

/** Replies that came, changed or were taken back. */
function repliesBetween(before: Content, after: Content): ClaimCorrection[] {
  const repliesIn = ({ contests }: Content) =>
    contests.flatMap(({ contest_id, replies }) => replies.map((each) => ({ contest_id, ...each })))
  const isOf = (one: GuideReply, other: GuideReply): boolean =>
    one.candidate_id === other.candidate_id && one.issue_id === other.issue_id
  const named = (kind: ClaimCorrection['kind'], { contest_id, candidate_id, issue_id }: GuideReply & { contest_id: number }): ClaimCorrection => ({ kind, contest_id, candidate_id, issue_id }) // prettier-ignore
  const [then, now] = [repliesIn(before), repliesIn(after)]
  return [
    ...now.filter((each) => !then.some((old) => isDeepStrictEqual(old, each))).map((each) => named('reply', each)),
    ...then.filter((old) => !now.some((each) => isOf(old, each))).map((old) => named('reply_removed', old)),
  ]
}

/** Two or three candidates a reader wants side by side, in the order of the ballot; any other number: all of them. */
export function chosenOf(candidates: readonly GuideCandidate[], asked: readonly string[]): GuideCandidate[] {
  const chosen = candidates.filter(({ candidate_id }) => asked.includes(String(candidate_id)))
  return chosen.length === 2 || chosen.length === 3 ? chosen : [...candidates]
}

/** Of the kinds of districts the contests are in, each with its districts. */
export function districtsIn(contests: readonly GuideContest[]) {
  const kinds = [...new Set(contests.filter(({ district }) => district !== '').map((each) => each.district_kind))]
  return kinds.map((kind) => ({
    kind,
    districts: [...new Set(contests.filter((each) => each.district_kind === kind).map(({ district }) => district))]
      .filter((district) => district !== '')
      .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })),
  }))
}

/** Chosen of a kind by whoever lives in no district of it: of Nassau County, no council member of the city is elected. */
export const outside = 'outside'

/** Contests on the ballot of whoever lives in these districts; of a kind nothing was chosen of, all. `chosen`: 'nyc-council/20'. */
export const contestsFor = (contests: readonly GuideContest[], chosen: readonly string[]): GuideContest[] =>
  contests.filter(({ district_kind, district }) => {
    const ofKind = chosen.filter((each) => each.startsWith(`${district_kind}/`))
    if (district === '') return !ofKind.includes(`${district_kind}/${outside}`)
    return ofKind.length === 0 || ofKind.includes(`${district_kind}/${district}`)
  })

/** What a reader chose, as it stands in the address. */
export const districtsAsked = (asked: readonly string[]): string[] =>
  [...new Set(asked.filter((each) => /^[a-z-]{2,20}\/[a-z0-9-]{1,40}$/.test(each)))].toSorted().slice(0, 12)

/** Issues something is said about in a contest, in the order of the agenda. */
export const issuesSpokenOf = ({ issues }: Content, { claims }: GuideContest) =>
  issues.filter(({ issue_id }) => claims.some((claim) => claim.issue_id === issue_id))
