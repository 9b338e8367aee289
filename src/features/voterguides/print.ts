import bwip from 'bwip-js/node'
import { formatDate } from '../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import { pdf } from '../../platform/print/typst.ts'
import { lawText } from '../elections/calendars.ts'
import { contestName, electionTitle, linesText } from '../elections/contests/pages/words.tsx'
import { languageIn } from '../scripts/walk/texts.tsx'
import { calendarOf } from '../elections/contests/rules.ts'
import { daysOf } from '../elections/rules.ts'
import { rankingRuleOf } from './law.ts'
import { isPrinted, unanswered } from './public-pages.tsx'
import { addressOf, candidateName, type Reading } from './reading.tsx'
import { isShortened, issuesSpokenOf } from './rules.ts'
import type { Claim, GuideCandidate, GuideContest } from './schema.ts'

/** A guide on paper, in the reader's language. `is_large`: for those who read with difficulty. */
export function guidePdf(r: Reading, is_large: boolean, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  const { t, content } = r
  const text = (of: LocalizedText): string => localized(of, r.language).text
  const day = (on: string): string => formatDate(t.language, on)
  const row = calendarOf(content.election)
  const name = text(r.organization)
  const address = `${r.url}${addressOf(r.path, r.language)}`
  const data = {
    language: t.language,
    size: is_large ? 18 : 11,
    organization: name,
    title: text(content.title),
    election: `${electionTitle(t, content.election)} · ${day(content.election.held_on)}`,
    audience: text(content.audience),
    intro: text(content.intro),
    said: `${t(`voterguides.say.${content.kind}`, { name })} ${t('voterguides.not_official')}`,
    contests: content.contests.map((contest) => ({
      name: contestName(t, contest),
      candidates: contest.candidates.map((each) => ({ name: candidateName(r, each), note: noteOf(r, each) })),
      issues: issuesSpokenOf(content, contest).map((issue) => ({
        name: text(issue.name),
        about: text(issue.about),
        rows: rowsOf(r, contest, issue.issue_id),
      })),
      gone: contest.gone.length > 0 ? t('voterguides.gone', { names: contest.gone.map((each) => candidateName(r, each)).join(', ') }) : '', // prettier-ignore
      ranking: rankingOf(r, contest),
    })),
    days: row ? daysOf(row).map(({ what, on, until }) => ({ what: t(`elections.day.${what}`), on: until ? t('voterguides.until', { from: day(on), to: day(until) }) : day(on), law: lawText(t, row, what) })) : [], // prettier-ignore
    computed: row && !row.is_confirmed ? t('voterguides.computed') : '',
    foot: [name, t('voterguides.as_of', { version: r.version ?? 0, date: day(r.published_on ?? '') })].join(' · '),
    online: t('voterguides.read_online', { url: address }),
    qr: bwip.toSVG({ bcid: 'qrcode', text: address }),
    words: {
      days: t('voterguides.how_to_vote'),
      candidates: t('voterguides.candidates'),
      ranking: t('voterguides.ranked'),
    },
  }
  return pdf({ template, data, made_at: now })
}

const noteOf = (r: Reading, each: GuideCandidate): string =>
  [
    linesText(r.t, each.lines),
    each.is_incumbent ? r.t('voterguides.incumbent') : '',
    each.is_endorsed ? r.t('voterguides.endorsed') : '',
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
function rowsOf(r: Reading, { claims, candidates }: GuideContest, issue_id: string) {
  const own = claims.filter((each) => each.issue_id === issue_id)
  const questions = [...new Map(own.map((each) => [each.question_id, each.question]))]
  return questions
    .toSorted(([one], [other]) => Number(one === null) - Number(other === null))
    .map(([question_id, question]) => ({
      question: question ? localized(question, r.language).text : r.t('voterguides.elsewhere'),
      cells: candidates.map((candidate) => {
        const theirs = own.filter((each) => each.question_id === question_id && each.candidate_id === candidate.candidate_id) // prettier-ignore
        const empty = question_id === null ? r.t('voterguides.nothing') : unanswered(r, candidate)
        const said = theirs.map((claim) => saidIn(r, claim))
        return {
          name: candidateName(r, candidate),
          said: said.length > 0 ? said : [{ choice: '', text: empty, source: '' }],
        }
      }),
    }))
}

function saidIn(r: Reading, claim: Claim): { choice: string; text: string; source: string } {
  const { t } = r
  const date = formatDate(t.language, claim.source_on)
  const shown = localized(claim.text, r.language, [claim.original_language, 'en'])
  const words = isPrinted(shown.language)
    ? shown.text
    : t('voterguides.on_page_alone', { language: languageIn(t.language, shown.language) })
  const ranked = claim.ranked.map((each, at) => `${at + 1}. ${localized(each, r.language).text}`)
  const name = localized(r.organization, r.language).text
  const notes = [
    claim.kind === 'record' && t('voterguides.claim_kind.record'),
    shown.text && shown.language !== r.language && t('voterguides.shown_in', { language: languageIn(t.language, shown.language) }), // prettier-ignore
    shown.text && shown.language === r.language && r.language !== claim.original_language && t('voterguides.translated_by', { name }), // prettier-ignore
    isShortened(claim) && t('voterguides.shortened'),
    claim.amended_on && t('voterguides.amended', { date: formatDate(t.language, claim.amended_on) }),
    claim.kind === 'answer' ? t('voterguides.from_answer', { name, date }) : date,
    claim.source_url,
  ]
  return {
    choice: claim.choice ? t(`voterguides.choice.${claim.choice}`) : '',
    text: [...ranked, shown.text && words].filter(Boolean).join('\n'),
    source: notes.filter(Boolean).join(' · '),
  }
}

const template = String.raw`
#set page(paper: "us-letter", margin: (x: 0.8in, y: 0.8in), footer: context text(size: 0.75em, [#data.foot #h(1fr) #counter(page).display("1 / 1", both: true)]))
#set text(size: data.size * 1pt, lang: data.language)
#set par(leading: 0.75em, spacing: 1em)
#show heading: it => block(above: 1.5em, below: 0.8em, sticky: true, text(size: (1.8em, 1.4em, 1.15em).at(it.level - 1), weight: "bold", it.body))
#let lines(text) = text.split(regex("\r\n|\r|\n")).join(linebreak())
#let large = data.size > 14

#grid(columns: (1fr, auto), column-gutter: 1em, [
  #text(weight: "semibold", data.organization)
  #heading(level: 1, data.title)
  #text(weight: "semibold", data.election)
  #if data.audience != "" [#linebreak() #data.audience]
], image(bytes(data.qr), format: "svg", width: 26mm))
#if data.intro != "" [#lines(data.intro)]

#data.said

#for contest in data.contests {
  heading(level: 2, contest.name)
  for each in contest.candidates [- *#each.name* #if each.note != "" [(#each.note)]]
  if contest.gone != "" [#contest.gone]
  for issue in contest.issues {
    heading(level: 3, issue.name)
    if issue.about != "" [#issue.about]
    for row in issue.rows {
      block(sticky: true, above: 1.2em, below: 0.7em, text(weight: "semibold", row.question))
      let cells = row.cells.map(cell => block(breakable: large, [
        *#cell.name* \
        #for said in cell.said [
          #if said.choice != "" [#text(weight: "semibold", said.choice) #linebreak()]
          #if said.text != "" [#lines(said.text) #linebreak()]
          #if said.source != "" [#text(size: 0.8em, said.source)]
          #parbreak()
        ]
      ]))
      if large { stack(spacing: 1em, ..cells) } else { grid(columns: (1fr, 1fr), column-gutter: 1.5em, row-gutter: 1em, ..cells) }
    }
  }
  if contest.ranking.len() > 0 {
    heading(level: 3, data.words.ranking)
    for step in contest.ranking [#step #linebreak()]
  }
}

#if data.days.len() > 0 {
  heading(level: 2, data.words.days)
  let law(day) = text(size: 0.8em, day.law)
  table(columns: if large { (1fr, 1fr) } else { (1fr, 1fr, auto) }, stroke: none, column-gutter: 1em, inset: (x: 0pt, y: 5pt),
    ..data.days.map(day => {
      let what = text(weight: "semibold", day.what)
      if large { (what, [#day.on \ #law(day)]) } else { (what, day.on, law(day)) }
    }).flatten())
  data.computed
}

#v(1em)
#text(size: 0.9em, data.online)
`
