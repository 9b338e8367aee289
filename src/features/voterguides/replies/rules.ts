import { canonicalText, sha256Of } from '../../endorsements/answers/rules.ts'
import { wordsIn } from '../../endorsements/questions/rules.ts'
import { issuesSpokenOf } from '../rules.ts'
import type { Content, GuideCandidate, GuideContest, GuideIssue } from '../schema.ts'

/** What of a guide is about one candidate. */
export interface Part {
  contest: GuideContest
  candidate: GuideCandidate
  /** Under which a reply can stand. */
  issues: GuideIssue[]
}

export function partOf(content: Content, candidate_id: number): Part | null {
  const contest = content.contests.find(({ candidates }) => candidates.some((each) => each.candidate_id === candidate_id)) // prettier-ignore
  const candidate = contest?.candidates.find((each) => each.candidate_id === candidate_id)
  return contest && candidate ? { contest, candidate, issues: issuesSpokenOf(content, contest) } : null
}

/** One name for all a guide says of a candidate: whoever replies says by it what they read. */
export const keyOfSaid = ({ contest, candidate }: Part): string =>
  sha256Of(canonicalText([factsOf(candidate), claimsIn({ contest, candidate })]))

/** Of proofs from before what is said beside the claims was part of it. */
const keyOfClaims = (part: Pick<Part, 'contest' | 'candidate'>): string => sha256Of(canonicalText(claimsIn(part)))

/** Is what is said of them by now not what they read? */
export const isSaidAnew = (part: Part, read_key: string | null): boolean =>
  read_key !== null && read_key !== keyOfSaid(part) && read_key !== keyOfClaims(part)

const claimsIn = ({ contest, candidate }: Pick<Part, 'contest' | 'candidate'>) =>
  contest.claims.filter(({ candidate_id }) => candidate_id === candidate.candidate_id)

const factsOf = ({ name, names, standing, asked_on, is_endorsed }: GuideCandidate) => ({ name, names, standing, asked_on, is_endorsed }) // prettier-ignore

/** Of what they read with the replies that stand there: another device may have written, too. */
export const keyOfPart = (part: Part): string =>
  sha256Of(
    canonicalText([
      keyOfSaid(part),
      part.contest.replies
        .filter(({ candidate_id }) => candidate_id === part.candidate.candidate_id)
        .map(({ issue_id, original }) => [issue_id, original]),
    ]),
  )

/** From when it is offered to the end of its last day. */
export const mayReply = (until_on: string | null, today: string): boolean => until_on !== null && today <= until_on

/** Whose reply will stand beside words they did not read. */
export const saidAnewIn = (content: Content, proofs: readonly { candidate_id: number; read_key: string | null }[]): GuideCandidate[] =>
  proofs.flatMap(({ candidate_id, read_key }) => {
    const part = partOf(content, candidate_id)
    const hasReplied = part?.contest.replies.some((each) => each.candidate_id === candidate_id)
    return part && hasReplied && isSaidAnew(part, read_key) ? part.candidate : []
  }) // prettier-ignore

/** As a text is kept and as a form sends it back. */
export const asRead = (text: string): string => text.normalize('NFC').replaceAll('\r\n', '\n').trim()

export const replyField = (issue_id: string): string => `reply_${issue_id}`

/** What was typed under each issue; an empty text takes a reply back. */
export function readReplies(
  issues: readonly GuideIssue[],
  typed: Readonly<Record<string, string>>,
  words_most: number,
) {
  const texts = new Map(issues.map(({ issue_id }) => [issue_id, asRead(typed[replyField(issue_id)] ?? '')]))
  const too_long = [...texts].flatMap(([issue_id, text]) => (wordsIn(text) > words_most ? issue_id : []))
  return { texts, too_long }
}

/** How many candidates of a guide said that they read it, and how many replied. */
export function sumsIn({ contests }: Content, proofs: readonly { candidate_id: number; read_at: Date | null }[]) {
  const ids = contests.flatMap(({ candidates }) => candidates.map(({ candidate_id }) => candidate_id))
  const replied = new Set(contests.flatMap(({ replies }) => replies.map(({ candidate_id }) => candidate_id)))
  const read = proofs.filter(({ candidate_id, read_at }) => read_at && ids.includes(candidate_id))
  return { total: ids.length, read: read.length, replied: replied.size }
}
