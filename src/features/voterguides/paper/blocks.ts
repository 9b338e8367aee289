import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { daysFor } from '../../elections/calendars.ts'
import { contestName, electionTitle, linesText } from '../../elections/contests/pages/words.tsx'
import { attributionLines, boardsFor, rankingRuleOf } from '../law.ts'
import { isPrinted, unanswered } from '../public-pages.tsx'
import { candidateName, day, type Reading } from '../reading.tsx'
import { isShortened, issuesSpokenOf } from '../rules.ts'
import '../replies/messages.ts'
import type { Claim, GuideCandidate, GuideContest, GuideReply } from '../schema.ts'
import { languageNameIn } from '../../../platform/i18n/public.ts'
import { wayLaw, wayName, waysFor } from '../ways.ts'

interface Said {
  choice: string
  text: string
  source: string
}

/** One thing on paper. Of two languages of a guide, the blocks are the same in number and kind. */
export type Block =
  | { is: 'heading'; level: 2 | 3; text: string }
  | { is: 'text'; text: string }
  | { is: 'question'; text: string }
  | { is: 'small'; text: string }
  | { is: 'candidates'; each: { name: string; note: string }[] }
  | { is: 'cells'; each: { name: string; said: Said[] }[] }
  | { is: 'steps'; each: string[] }
  | { is: 'days'; each: { what: string; on: string; law: string }[] }

/** What stands once on a paper, beside its blocks. */
export const headOf = (r: Reading, contest: GuideContest | null) => {
  const { t, content } = r
  const name = textIn(r, r.organization)
  return {
    language: r.words,
    organization: name,
    title: contest ? contestName(t, contest) : textIn(r, content.title),
    election: `${electionTitle(t, content.election)} · ${day(r, content.election.held_on)}`,
    audience: contest ? '' : textIn(r, content.audience),
    intro: contest ? '' : textIn(r, content.intro),
    said: `${t(`voterguides.say.${content.kind}`, { name })} ${t('voterguides.not_official')}`,
    foot: t('voterguides.as_of', { version: r.version ?? 0, date: day(r, r.published_on ?? '') }),
    online: t('voterguides.read_online', { url: `${r.url}${r.path}` }),
    attribution: content.attribution ? attributionLines(content.attribution, r.words) : [],
    contents: t('voterguides.paper_contents'),
  }
}

const textIn = (r: Reading, of: LocalizedText): string => localized(of, r.language).text

interface Room {
  /** What was chosen alone. */
  is_short?: boolean
  is_card?: boolean
}

/** Contests one after the other, then how and when to vote; of one contest alone, where it is asked for. A card has two sides: of the days those to vote on, of ranking how many, of what was said what was chosen. */
export function blocksOf(
  r: Reading,
  contest: GuideContest | null,
  { is_short = false, is_card = false }: Room,
): Block[] {
  const contests = contest ? [contest] : r.content.contests
  const said = contests.flatMap((each) => [
    ...contestBlocks(r, each, contest === null, { is_short, is_card }),
    ...(is_card ? ranksOf(r, each) : rankingBlocks(r, each)),
  ])
  return [...said, ...dayBlocks(r, is_card ? votingDaysIn(r) : daysIn(r)), ...(is_short ? [] : wayBlocks(r))]
}

/** A card to take into the booth: of each contest who runs and whom the guide marks; when to vote, and whom to ask where. */
export function slateBlocks(r: Reading): Block[] {
  const { t, content } = r
  const contests = content.contests.flatMap((contest): Block[] => {
    return [
      { is: 'heading', level: 3, text: contestName(t, contest) },
      { is: 'candidates', each: contest.candidates.map((each) => ({ name: candidateName(r, each), note: each.is_endorsed ? `★ ${t('voterguides.endorsed')}` : '' })) },
      ...ranksOf(r, contest),
    ]
  })
  return [...contests, ...whenBlocks(r, votingDaysIn(r)), ...computedBlocks(r), ...boardBlocks(r)]
} // prettier-ignore

function contestBlocks(r: Reading, contest: GuideContest, has_heading: boolean, room: Room): Block[] {
  const { t } = r
  const { is_short } = room
  return [
    ...(has_heading ? [{ is: 'heading', level: 2, text: contestName(t, contest) } as const] : []),
    { is: 'candidates', each: contest.candidates.map((each) => ({ name: candidateName(r, each), note: noteOf(r, each) })) },
    ...(contest.gone.length > 0 ? [{ is: 'small', text: t('voterguides.gone', { names: contest.gone.map((each) => candidateName(r, each)).join(', ') }) } as const] : []),
    ...issuesSpokenOf(r.content, contest).flatMap((issue): Block[] => [
      { is: 'heading', level: 3, text: textIn(r, issue.name) },
      ...(Object.keys(issue.about).length > 0 && !is_short ? [{ is: 'text', text: textIn(r, issue.about) } as const] : []),
      ...rowsOf(r, contest, issue.issue_id, room),
      ...(is_short ? [] : repliesOn(r, contest, issue.issue_id)),
    ]),
  ]
} // prettier-ignore

function rankingBlocks(r: Reading, contest: GuideContest): Block[] {
  const ranking = rankingOf(r, contest)
  if (ranking.length === 0) return []
  return [
    { is: 'heading', level: 3, text: r.t('voterguides.ranked') },
    { is: 'steps', each: ranking },
  ]
}

function ranksOf(r: Reading, { method }: GuideContest): Block[] {
  const rule = rankingRuleOf(r.content.election.state, method, r.content.election.held_on)
  return rule ? [{ is: 'small', text: r.t('voterguides.ranked_1', { most: rule.ranks_most }) }] : []
}

/** Days and whom to ask. */
function dayBlocks(r: Reading, days: ReturnType<typeof daysIn>): Block[] {
  return [
    { is: 'heading', level: 2, text: r.t('voterguides.how_to_vote') },
    ...whenBlocks(r, days),
    ...computedBlocks(r),
    ...boardBlocks(r),
  ]
}

/** Days the law alone tells are no announcement. */
const computedBlocks = (r: Reading): Block[] =>
  daysFor(r.t, r.content.election).is_confirmed ? [] : [{ is: 'small', text: r.t('voterguides.computed') }]

const daysIn = (r: Reading) => daysFor(r.t, r.content.election).days

const votingDaysIn = (r: Reading) => daysIn(r).filter(({ what }) => what === 'early_voting' || what === 'held_on')

/** Election Day is told also where nothing else is known. */
function whenBlocks(r: Reading, days: ReturnType<typeof daysIn>): Block[] {
  const each = days.map(({ what, on, until, source }) => ({
    what: r.t(`elections.day.${what}`),
    on: until ? r.t('voterguides.until', { from: day(r, on), to: day(r, until) }) : day(r, on),
    law: source,
  }))
  const date = day(r, r.content.election.held_on)
  return [
    ...(days.some(({ what }) => what === 'held_on')
      ? []
      : [{ is: 'text', text: r.t('voterguides.days_none', { date }) } as const]),
    ...(each.length > 0 ? [{ is: 'days', each } as const] : []),
  ]
}

const boardBlocks = (r: Reading): Block[] =>
  boardsFor(r.content).map(({ name, url, phone }) => {
    const board = r.t('voterguides.poll_site', { board: name[r.words] })
    return { is: 'text', text: `${board} · ${url} · ${phone}` }
  })

function wayBlocks(r: Reading): Block[] {
  const ways = waysFor(r.content)
  const each = ways.map((way) => ({
    what: wayName(r.t, r.words, way, r.content),
    on: way.text[r.words],
    law: r.t('elections.source', { law: wayLaw(r.t, way), date: day(r, way.checked_on) }),
  }))
  return each.length > 0 ? [{ is: 'days', each }] : []
}

const noteOf = (r: Reading, each: GuideCandidate): string =>
  [
    linesText(r.t, each.lines),
    each.is_incumbent ? r.t('voterguides.incumbent') : '',
    each.is_endorsed ? `★ ${r.t('voterguides.endorsed')}` : '',
  ]
    .filter(Boolean)
    .join(' · ')

function rankingOf(r: Reading, { method }: GuideContest): string[] {
  const { state, held_on } = r.content.election
  const rule = rankingRuleOf(state, method, held_on)
  if (!rule) return []
  const steps = [r.t('voterguides.ranked_1', { most: rule.ranks_most }), r.t('voterguides.ranked_2'), r.t('voterguides.ranked_3'), r.t('voterguides.ranked_4')] // prettier-ignore
  return [...steps, r.t('voterguides.source', { source: rule.source })]
}

/** Under each question what everybody says, in the order of the ballot. */
function rowsOf(r: Reading, { claims, candidates }: GuideContest, issue_id: string, { is_short, is_card }: Room): Block[] {
  const own = claims.filter((each) => each.issue_id === issue_id && (each.question_id !== null || !is_card))
  const questions = [...new Map(own.map((each) => [each.question_id, each.question]))]
  return questions
    .toSorted(([one], [other]) => Number(one === null) - Number(other === null))
    .flatMap(([question_id, question]): Block[] => [
      { is: 'question', text: question ? textIn(r, question) : r.t('voterguides.elsewhere') },
      {
        is: 'cells',
        each: candidates.map((candidate) => {
          const theirs = own.filter((each) => each.question_id === question_id && each.candidate_id === candidate.candidate_id) // prettier-ignore
          const empty = question_id === null ? r.t('voterguides.nothing') : unanswered(r, candidate)
          const said = is_short ? shortOf(r, theirs) : theirs.map((claim) => saidIn(r, claim))
          return { name: candidateName(r, candidate), said: said.length > 0 ? said : [{ choice: '', text: empty, source: '' }] }
        }),
      },
    ])
} // prettier-ignore

/** What candidates said to it. */
function repliesOn(r: Reading, { replies, candidates }: GuideContest, issue_id: string): Block[] {
  const theirs = replies.filter((each) => each.issue_id === issue_id)
  if (theirs.length === 0) return []
  const each = theirs.map((reply) => {
    const candidate = candidates.find(({ candidate_id }) => candidate_id === reply.candidate_id)
    return { name: candidate ? candidateName(r, candidate) : '', said: [repliedIn(r, reply)] }
  })
  return [
    { is: 'question', text: r.t('replies.in_guide') },
    { is: 'cells', each },
  ]
}

function repliedIn(r: Reading, { text, original_language, replied_on, withheld }: GuideReply): Said {
  const date = day(r, replied_on)
  const name = textIn(r, r.organization)
  if (withheld) return { choice: '', text: `${r.t('replies.withheld', { date, name })}${textIn(r, withheld)}`, source: '' }
  const shown = localized(text, r.language, [original_language])
  const notes = [
    shown.language !== r.language && r.t('voterguides.shown_in', { language: languageNameIn(r.words, shown.language) }),
    shown.language !== original_language && r.t('voterguides.translated_by', { name }),
    r.t('replies.replied_on', { date }),
  ]
  const words = isPrinted(shown.language) ? shown.text : r.t('voterguides.on_page_alone', { language: languageNameIn(r.words, shown.language) })
  return { choice: '', text: words, source: notes.filter(Boolean).join(' · ') }
} // prettier-ignore

/** What was chosen; words are on the page, of everybody alike. */
function shortOf(r: Reading, theirs: readonly Claim[]): Said[] {
  const choices = [...new Set(theirs.flatMap(({ choice }) => (choice ? r.t(`voterguides.choice.${choice}`) : [])))]
  if (theirs.length === 0) return []
  return [{ choice: choices.join(' · '), text: choices.length > 0 ? '' : r.t('voterguides.paper_on_page'), source: '' }]
}

function saidIn(r: Reading, claim: Claim): Said {
  const { t } = r
  const date = day(r, claim.source_on)
  const shown = localized(claim.text, r.language, [claim.original_language, 'en'])
  const words = isPrinted(shown.language)
    ? shown.text
    : t('voterguides.on_page_alone', { language: languageNameIn(r.words, shown.language) })
  const ranked = claim.ranked.map((each, at) => `${at + 1}. ${textIn(r, each)}`)
  const name = textIn(r, r.organization)
  const notes = [
    claim.kind === 'record' && t('voterguides.claim_kind.record'),
    shown.text && shown.language !== r.language && t('voterguides.shown_in', { language: languageNameIn(r.words, shown.language) }), // prettier-ignore
    shown.text && shown.language === r.language && r.language !== claim.original_language && t('voterguides.translated_by', { name }), // prettier-ignore
    isShortened(claim) && t('voterguides.shortened'),
    claim.is_late && t('voterguides.late'),
    claim.amended_on && t('voterguides.amended', { date: day(r, claim.amended_on) }),
    claim.kind === 'answer' ? t('voterguides.from_answer', { name, date }) : date,
    claim.source_url,
  ]
  return {
    choice: claim.choice ? t(`voterguides.choice.${claim.choice}`) : '',
    text: [...ranked, shown.text && words].filter(Boolean).join('\n'),
    source: notes.filter(Boolean).join(' · '),
  }
}
