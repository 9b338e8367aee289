import { dateIn } from '../../../platform/clock.ts'
import { formatDate, formatNumber, formatTime } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import type { MembershipKind } from '../../people/membership/queries.ts'
import type { RollCounts, Vote } from '../ballots/queries.ts'
import type { CountedContest } from '../ballots/result.tsx'
import { ways } from '../ballots/schema.ts'
import { outcomeLines, roundsInWords, runoffLine } from '../ballots/words.ts'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import { tieKinds } from '../cycles/schema.ts'
import { ruleLines } from '../cycles/words.ts'
import './messages.ts'
import type { Revision, Statement, VoteFacts } from './queries.ts'
import { nameIn, revisionText } from './words.ts'

/** The other round of a vote that had a run-off: the first, or the run-off itself. */
export interface OtherRound {
  is_runoff: boolean
  vote: Vote
  roll: RollCounts
  counts: readonly CountedContest[]
}

interface Told {
  cycle: Cycle
  /** null: there is none, or it is not counted yet. */
  other: OtherRound | null
  vote: Vote
  contests: readonly ContestHeld[]
  kinds: readonly MembershipKind[]
  roll: RollCounts
  facts: VoteFacts
  counts: readonly CountedContest[]
  statements: readonly Statement[]
  revisions: readonly Revision[]
  organization: LocalizedText
  time_zone: string
  /** false: without ways of voting, kinds of ties and words of challenges, and without numbers of votes the rules keep from the public. */
  is_whole: boolean
  now: Date
}

/** Minutes of a vote in the reader's language; nobody is named but who made the roll and who counted. */
export function minutesPdf(t: Translate, told: Told): Promise<Uint8Array<ArrayBuffer>> {
  const { cycle, other, vote, contests, kinds, roll, facts, counts, statements, revisions, time_zone, is_whole, now } =
    told
  const text = (of: LocalizedText | undefined): string => localized(of, t.language).text
  const number = (value: number): string => formatNumber(t.language, value)
  const day = (instant: Date): string => formatDate(t.language, dateIn(time_zone, instant))
  const { rules, counted_at } = vote
  const lines = ruleLines(t, rules, { contests, kinds })
  const ruleOf = (key: (typeof lines)[number]['key']): string => lines.find((each) => each.key === key)?.text ?? ''
  const named = (key: (typeof lines)[number]['key']): string => `${t(`endorsements.line.${key}`)}: ${ruleOf(key)}`
  const voted = [...ways, 'paper' as const].flatMap((way) => {
    const people = facts.voted[way] ?? 0
    return people > 0 ? [t(`outcome.print.way.${way}`, { count: people })] : []
  })
  const { challenges } = facts
  const own_decisions = challenges.filter(({ is_own_decision }) => is_own_decision).length
  const hasNumbers = is_whole || rules.public_parts.includes('totals')
  const data = {
    language: t.language,
    organization: text(told.organization),
    heading: t('outcome.print.heading'),
    title: text(cycle.name),
    note: t(is_whole ? 'outcome.print.internal' : 'outcome.print.for_everybody'),
    when: [
      t('outcome.print.days', {
        from: formatDate(t.language, rules.vote_from_on),
        until: formatDate(t.language, rules.vote_until_on),
      }),
      counted_at
        ? t('outcome.print.counted', {
            when: `${day(counted_at)} ${formatTime(t.language, counted_at, time_zone)}`,
            name: vote.counted_by ?? '',
          })
        : '',
    ],
    who: [
      ruleOf('voters'),
      t('outcome.print.roll', {
        date: formatDate(t.language, vote.as_of_on),
        name: vote.made_by,
        all: number(roll.all),
        may: number(roll.may),
      }),
      [t('outcome.print.voted', { count: roll.voted }), ...(is_whole ? voted : [])].join(' · '),
    ],
    rules: [named('method'), named('threshold'), ...(cycle.runoff_of ? [] : [named('runoff')]), named('quorum'), named('most')], // prettier-ignore
    ties: facts.ties.map(({ contest_id, kinds: declared, barred }) => {
      const said = tieKinds.flatMap((tie) => {
        const count = declared[tie]
        const [kind, rule] = [t(`endorsements.tie.${tie}`), t(`endorsements.tie_rule.${rules.ties[tie]}`)]
        return count ? [t('outcome.print.tie', { kind, count, rule })] : []
      })
      return {
        contest: nameIn(t, contests, contest_id),
        said: [
          ...(is_whole ? (said.length > 0 ? said : [t('outcome.print.no_ties')]) : []),
          barred > 0 ? t('outcome.print.barred', { count: barred }) : t('outcome.print.no_barred'),
        ],
      }
    }),
    challenges_sum:
      challenges.length === 0
        ? t('outcome.print.no_challenges')
        : t('outcome.print.challenges_sum', {
            all: challenges.length,
            upheld: challenges.filter(({ is_upheld }) => is_upheld === true).length,
            dismissed: challenges.filter(({ is_upheld }) => is_upheld === false).length,
            open: challenges.filter(({ is_upheld }) => is_upheld === null).length,
          }) + (own_decisions > 0 ? ` ${t('outcome.print.own_decisions', { count: own_decisions })}` : ''),
    challenges: is_whole
      ? challenges.map(({ wants, reason, is_upheld, decision, decided_at, is_own_decision }) => ({
          head: [
            t(wants ? 'ballots.wants_in' : 'ballots.wants_out'),
            decided_at
              ? t(is_upheld ? 'outcome.print.upheld' : 'outcome.print.dismissed', { date: day(decided_at) })
              : t('outcome.print.undecided'),
          ].join(': '),
          said: [
            reason,
            ...(decision ? [`${t('ballots.decision')}: ${decision}`] : []),
            ...(is_own_decision ? [t('ballots.own_decision')] : []),
            ...(decided_at && decided_at < vote.made_at ? [t('ballots.carried')] : []),
          ],
        }))
      : [],
    other: other && otherRound(t, other, contests, hasNumbers),
    contests: counts.map(({ contest_id, contest, account }) => {
      const [nobody = '', ...more] = outcomeLines(t, rules, contest, account)
      const outcome = runoffLine(t, rules, contest, account) ?? nobody
      const said = statements.find((each) => each.contest_id === contest_id)
      return {
        name: nameIn(t, contests, contest_id),
        outcome,
        more: hasNumbers ? more : [],
        rounds: hasNumbers ? roundsInWords(t, contest, account) : [],
        statement: text(said?.statement),
        reasons: text(said?.reasons),
        changes: revisions
          .filter((each) => each.contest_id === contest_id)
          .map((each) => `${revisionText(t, contest, each, time_zone)}: ${text(each.reason)}`),
      }
    }),
    seed: hasNumbers ? t('ballots.seed', { seed: vote.seed }) : '',
    words: {
      time: t('outcome.print.time'),
      who: t('outcome.print.who'),
      rules: t('outcome.print.rules'),
      ties: t('outcome.print.ties'),
      challenges: t('outcome.print.challenges'),
      result: t('outcome.print.result'),
      statement: t('outcome.statement'),
      reasons: t('outcome.reasons'),
      signed: t('outcome.print.signed'),
    },
    printed: day(now),
  }
  return pdf({ template, data, made_at: now })
}

/** Of the other round what the reader needs to follow the whole: days, roll, votes, and what came out of the same contests. */
function otherRound(t: Translate, { is_runoff, vote, roll, counts }: OtherRound, contests: readonly ContestHeld[], hasNumbers: boolean) {
  const number = (value: number): string => formatNumber(t.language, value)
  const { rules, slate } = vote
  return {
    is_runoff,
    heading: t(is_runoff ? 'outcome.print.runoff' : 'outcome.print.first_round'),
    lines: [
      t('outcome.print.days', { from: formatDate(t.language, rules.vote_from_on), until: formatDate(t.language, rules.vote_until_on) }),
      t('outcome.print.roll', { date: formatDate(t.language, vote.as_of_on), name: vote.made_by, all: number(roll.all), may: number(roll.may) }),
      t('outcome.print.voted', { count: roll.voted }),
    ],
    contests: counts
      .filter(({ contest_id }) => slate.some((each) => each.contest_id === contest_id))
      .map(({ contest_id, contest, account }) => {
        const [nobody = '', ...more] = outcomeLines(t, rules, contest, account)
        return {
          name: nameIn(t, contests, contest_id),
          outcome: runoffLine(t, rules, contest, account) ?? nobody,
          more: hasNumbers ? more : [],
          rounds: hasNumbers ? roundsInWords(t, contest, account) : [],
        }
      }),
    seed: hasNumbers ? t('ballots.seed', { seed: vote.seed }) : '',
  }
} // prettier-ignore

const template = String.raw`
#set page(paper: "us-letter", margin: 1in, footer: context align(right, text(size: 8pt, data.printed + "   " + counter(page).display("1 / 1", both: true))))
#set text(size: 11pt, lang: data.language)
#set par(leading: 0.75em, spacing: 1.05em)
#show heading: it => block(above: 1.6em, below: 0.8em, sticky: true, text(size: if it.level == 1 { 20pt } else if it.level == 2 { 13pt } else { 11.5pt }, weight: "bold", it.body))
#let lines(text) = text.split(regex("\r\n|\r|\n")).join(linebreak())
#let said(texts) = list(spacing: 0.75em, ..texts.map(lines))

#text(size: 10pt, data.organization)
#heading(level: 1, data.heading + ": " + data.title)
#if data.note != "" [#text(weight: "semibold", data.note)]

#heading(level: 2, data.words.time)
#lines(data.when.filter(each => each != "").join("\n"))

#heading(level: 2, data.words.who)
#lines(data.who.join("\n"))

#heading(level: 2, data.words.rules)
#lines(data.rules.join("\n"))

#heading(level: 2, data.words.ties)
#for each in data.ties {
  block(breakable: false, below: 1em, [#text(weight: "semibold", each.contest) #v(-0.3em) #said(each.said)])
}

#heading(level: 2, data.words.challenges)
#data.challenges_sum
#for each in data.challenges {
  block(breakable: false, inset: (left: 10pt, y: 2pt), stroke: (left: 2pt + luma(160)), [
    #text(weight: "semibold", each.head) \
    #lines(each.said.join("\n"))
  ])
}

#let counted(contest) = {
  heading(level: 3, contest.name)
  block(sticky: true, text(size: 13pt, weight: "bold", contest.outcome))
  if contest.more.len() > 0 { said(contest.more) }
  for round in contest.rounds {
    block(breakable: false, width: 100%, [
      #text(size: 9.5pt, weight: "semibold", round.caption)
      #v(-0.4em)
      #table(columns: (1fr, 30mm), align: (left, right), stroke: (x: none, y: 0.4pt + luma(180)), inset: (x: 2pt, y: 4pt),
        ..round.rows.map(row => ([#row.label], [#row.shown])).flatten())
    ])
  }
}
#let otherRound = if data.other != none {
  heading(level: 2, data.other.heading)
  lines(data.other.lines.join("\n"))
  for contest in data.other.contests { counted(contest) }
  if data.other.seed != "" { block(above: 1.2em, text(size: 9pt, data.other.seed)) }
}
#if data.other != none and not data.other.is_runoff { otherRound }

#heading(level: 2, data.words.result)
#for contest in data.contests {
  counted(contest)
  if contest.statement != "" { [#text(weight: "semibold", data.words.statement) \ #lines(contest.statement)] }
  if contest.reasons != "" { parbreak(); [#text(weight: "semibold", data.words.reasons) \ #lines(contest.reasons)] }
  if contest.changes.len() > 0 { said(contest.changes) }
}
// Nobody signs a page on which nothing else stands.
#if data.seed != "" { block(above: 1.6em, sticky: true, text(size: 9pt, data.seed)) }
#if data.other != none and data.other.is_runoff { otherRound }

#block(breakable: false, above: 3em, [#line(length: 45%, stroke: 0.5pt) #text(size: 9pt, data.words.signed)])
`
