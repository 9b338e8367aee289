import { byteOrderMark, csvLine } from '../../platform/csv.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { SourcedDay } from '../elections/calendars.ts'
import type { Correction } from './rules.ts'
import type { Claim, Content, GuideContest, GuideReply } from './schema.ts'
import type { WayToVote } from './ways.ts'

/** What everybody reads beside what was published. */
export interface Beside {
  days: readonly SourcedDay[]
  ways: readonly WayToVote[]
  corrections: readonly CorrectionMade[]
}

export interface CorrectionMade {
  version: number
  on: string
  reason: LocalizedText | null
  lines: readonly Correction[]
}

const columns = ['contest_id', 'office', 'district_kind', 'district', 'party', 'candidate_id', 'candidate', 'lines', 'is_incumbent', 'is_endorsed', 'standing', 'asked_on', 'issue', 'kind', 'question', 'choice', 'ranked', 'language', 'text', 'original_language', 'original', 'source_url', 'source_on', 'amended_on', 'is_late', 'method', 'seats', 'website', 'answers_until', 'claim_id', 'question_id', 'issue_id', 'source', 'on', 'until', 'version', 'state'] as const // prettier-ignore

/** By column; names in further scripts are columns of their own: candidate_ko. */
type Row = Partial<Record<(typeof columns)[number] | `candidate_${string}`, unknown>>

/** A row for each text in each language, what is said of a candidate beside who they are; `kind` tells which text it is. */
export function csvOf(content: Content, { days, ways, corrections }: Beside): string {
  const rows: Row[] = [
    ...content.contests.flatMap((contest) => contestRows(content, contest)),
    ...guideRows(content),
    ...days.map(({ what, on, until, source }) => ({ kind: 'day', text: what, on, until, source })),
    ...ways.flatMap(({ way, where, text, name, source, checked_on }) =>
      inEach(text).map((each) => ({ kind: 'way_to_vote', choice: way, question: wordIn(name, each.language), district: where, source, source_on: checked_on, ...each })),
    ),
    ...corrections.flatMap(({ version, on, reason, lines }): Row[] => [
      { kind: 'correction', version, on },
      ...inEach(reason ?? {}).map((each) => ({ kind: 'correction_reason', version, on, ...each })),
      ...lines.map(({ kind, ...of }) => ({ kind: `correction_${kind}`, version, on, ...of })),
    ]),
  ]
  const scripts = new Set(['ko', 'zh', 'es', ...content.contests.flatMap(({ candidates, gone }) => [...candidates, ...gone].flatMap(({ names }) => Object.keys(names)))])
  const all = [...columns, ...[...scripts].map((each) => `candidate_${each}` as const)]
  return byteOrderMark + [all, ...rows.map((row) => all.map((column) => row[column]))].map(csvLine).join('')
} // prettier-ignore

const inEach = (text: LocalizedText) => Object.entries(text).map(([language, words]) => ({ language, text: words }))
const namesIn = (names: LocalizedText): Row => Object.fromEntries(Object.entries(names).map(([language, name]) => [`candidate_${language}`, name])) // prettier-ignore
const wordIn = (text: LocalizedText | null | undefined, language: string): string | undefined => text?.[language] ?? text?.en ?? Object.values(text ?? {})[0] // prettier-ignore

/** Of the guide itself, its election and its issues. */
function guideRows({ kind, title, audience, intro, election, attribution, issues }: Content): Row[] {
  const { state, kind: election_kind, held_on, district_kind, district, source } = election
  return [
    { kind: 'guide', text: kind },
    ...Object.entries({ title, audience, intro }).flatMap(([of, text]) => inEach(text).map((each) => ({ kind: `guide_${of}`, ...each }))), // prettier-ignore
    { kind: 'election', text: election_kind, on: held_on, state, district_kind, district },
    ...election.days.map(({ what, on, until }) => ({ kind: 'entered_day', text: what, on, until, source_url: source?.url, source_on: source?.as_of })), // prettier-ignore
    ...(attribution
      ? [
          { kind: 'attribution', choice: attribution.code, text: attribution.payer },
          { kind: 'attribution_more', choice: attribution.code, text: attribution.more },
        ]
      : []),
    ...issues.flatMap(({ issue_id, name, about }) => [
      { kind: 'issue', issue_id },
      ...inEach(name).map((each) => ({ kind: 'issue', issue_id, issue: each.text, ...each })),
      ...inEach(about).map((each) => ({ kind: 'issue_about', issue_id, issue: wordIn(name, each.language), ...each })),
    ]),
  ]
}

function contestRows({ issues }: Content, contest: GuideContest): Row[] {
  const { contest_id, office, district_kind, district, party, method, seats, title, candidates, gone, claims, replies } = contest // prettier-ignore
  const of = { contest_id, office, district_kind, district, party, method, seats }
  const nameOf = new Map(issues.map(({ issue_id, name }) => [issue_id, name]))
  const questions = [...new Map(claims.flatMap((each) => (each.question_id ? [[each.question_id, each] as const] : []))).values()] // prettier-ignore
  return [
    ...candidates.flatMap(({ name, names, lines, asked_on, until, ...each }): Row[] => {
      const who = { ...of, ...each, candidate: name, ...namesIn(names), lines: lines.join(', '), asked_on: asked_on.join(' '), answers_until: until } // prettier-ignore
      const said = [
        ...claims.filter((claim) => claim.candidate_id === each.candidate_id).flatMap((claim) => claimRows(claim, nameOf.get(claim.issue_id))),
        ...replies.filter((reply) => reply.candidate_id === each.candidate_id).flatMap((reply) => replyRows(reply, nameOf.get(reply.issue_id))),
      ] // prettier-ignore
      return said.length > 0 ? said.map((row) => ({ ...who, ...row })) : [who]
    }),
    ...gone.map(({ name, names }) => ({ ...of, kind: 'gone', candidate: name, ...namesIn(names) })),
    { ...of, kind: 'contest' },
    ...inEach(title).map((each) => ({ ...of, kind: 'contest', ...each })),
    ...questions.flatMap(
      ({ question_id, question, issue_id }) =>
      inEach(question ?? {}).map((each) => ({ ...of, kind: 'question', question_id, issue_id, issue: wordIn(nameOf.get(issue_id), each.language), ...each })), // prettier-ignore
    ),
  ]
}

/** In each language something of it is in; of what was chosen alone, one. */
function claimRows(claim: Claim, issue: LocalizedText | undefined): Row[] {
  const { claim_id, question_id, issue_id, kind, question, choice, ranked, text, original_language, original, source_url, source_on, amended_on, is_late } = claim // prettier-ignore
  const languages = new Set([text, ...ranked].flatMap((each) => Object.keys(each)))
  return [...(languages.size > 0 ? languages : ['en'])].map((language) => ({
    claim_id,
    question_id,
    issue_id,
    issue: wordIn(issue, language),
    kind,
    question: wordIn(question, language),
    choice,
    ranked: ranked.map((each) => wordIn(each, language)).join(' > '),
    language,
    text: text[language],
    original_language,
    original,
    source_url,
    source_on,
    amended_on,
    is_late: is_late ?? false,
  }))
}

function replyRows({ issue_id, text, withheld, original_language, original, replied_on }: GuideReply, issue: LocalizedText | undefined): Row[] {
  return inEach(withheld ?? text).map((each) => ({
    issue_id,
    issue: wordIn(issue, each.language),
    kind: withheld ? 'reply_withheld' : 'reply',
    ...each,
    original_language,
    original,
    source_on: replied_on,
  }))
} // prettier-ignore
