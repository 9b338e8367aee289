import type { ReactNode } from 'react'
import { languageNames, localized, publicLanguages, type LocalizedText } from '../../platform/i18n/languages.ts'
import { daysFor } from '../elections/calendars.ts'
import { contestName, electionTitle, linesText } from '../elections/contests/pages/words.tsx'
import { boardsFor, rankingRuleOf } from './law.ts'
import './messages.ts'
import { FindMine } from './my-ballot/pages.tsx'
import { addressOf, Box, candidateName, day, langOf, Languages, nameOf, Own, type Place, type Reading } from './reading.tsx' // prettier-ignore
import { Replies } from './replies/shown.tsx'
import { chosenOf, hidesOriginal, isShortened, issuesSpokenOf, type ClaimCorrection, type Correction } from './rules.ts'
import type { Claim, Content, GuideCandidate, GuideContest, GuideIssue } from './schema.ts'
import { languageNameIn } from '../../platform/i18n/public.ts'
import { paperForms } from './paper/schema.ts'
import { wayLaw, wayName, waysFor } from './ways.ts'

export interface CorrectionShown {
  version: number
  on: string
  reason: LocalizedText
  lines: readonly Correction[]
  content: Content
  before: Content
}

interface FrontProps {
  r: Reading
  contests: readonly GuideContest[]
  districts: readonly string[]
  /** Can districts be found by an address? */
  has_address: boolean
  today: string
  corrections: readonly CorrectionShown[]
}

/** What a guide is about, its contests, how to vote, and what was corrected. */
export function FrontPage({ r, contests, districts, has_address, today, corrections }: FrontProps) {
  const { t, content, path } = r
  const chosen = districts.map((each): [string, string] => ['d', each])
  return (
    <>
      <Languages r={r} here={path} chosen={chosen} />
      <h1 className="text-2xl font-bold text-balance sm:text-3xl">
        <Own r={r} text={content.title} />
      </h1>
      <p className="mt-2 font-semibold">
        {electionTitle(t, content.election)} · {day(r, content.election.held_on)}
      </p>
      <Intro r={r} />
      <FindMine r={r} districts={districts} has_address={has_address} />
      <Box id="contests" title={t('voterguides.contests')}>
        {contests.length === 0 && <p>{t('voterguides.no_contest')}</p>}
        <ul className="grid gap-5">
          {contests.map((contest) => (
            <li key={contest.contest_id}>
              <h3 className="text-lg font-bold">{contestName(t, contest)}</h3>
              <p className="mt-1">
                {t('voterguides.on_ballot')}:{' '}
                {contest.candidates.map((each) => candidateName(r, each)).join(', ') || t('common.none')}
              </p>
              <p className="mt-2">
                <a
                  className="btn btn-primary min-h-11 print:hidden"
                  href={addressOf(`${path}/contests/${contest.contest_id}`, r.language)}
                >
                  {t('voterguides.compare')}
                  <span className="sr-only">: {contestName(t, contest)}</span>
                </a>
              </p>
            </li>
          ))}
        </ul>
      </Box>
      <HowToVote r={r} today={today} />
      <Corrections r={r} corrections={corrections} />
      <OnPaper r={r} contest={null} districts={districts} />
      <Share r={r} here={path} chosen={chosen} embed={null} />
      <Foot r={r} here={path} />
    </>
  )
}

function HowToVote({ r, today }: { r: Reading; today: string }) {
  const { t, content } = r
  const { election } = content
  const { days, is_confirmed } = daysFor(t, election)
  const ahead = days.filter(({ on, until }) => (until ?? on) >= today)
  return (
    <Box id="how" title={t('voterguides.how_to_vote')}>
      {!ahead.some(({ what }) => what === 'held_on') && (
        <p className="mb-3">{t('voterguides.days_none', { date: day(r, election.held_on) })}</p>
      )}
      <dl className="grid gap-3 sm:grid-cols-2">
        {ahead.map(({ what, on, until, source }) => (
          <div key={what} className="break-inside-avoid">
            <dt className="font-semibold">{t(`elections.day.${what}`)}</dt>
            <dd>
              {until ? t('voterguides.until', { from: day(r, on), to: day(r, until) }) : day(r, on)}
              {source && <span className="block text-sm break-words">{t('voterguides.source', { source })}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {!is_confirmed && <p className="mt-3 text-sm">{t('voterguides.computed')}</p>}
      {boardsFor(content).map((board) => (
        <p key={board.url} className="mt-3">
          {t('voterguides.poll_site', { board: board.name[r.words] })}{' '}
          <a className="link" href={board.url} rel="noreferrer">
            {board.url}
          </a>{' '}
          · <span className="whitespace-nowrap">{board.phone}</span>
        </p>
      ))}
      <Ways r={r} />
    </Box>
  )
}

/** What to do for it: early, on the day, by mail, in one's language. */
function Ways({ r }: { r: Reading }) {
  const ways = waysFor(r.content)
  if (ways.length === 0) return null
  return (
    <dl className="mt-5 grid gap-4">
      {ways.map((each) => (
        <div key={`${each.way} ${each.where}`} className="break-inside-avoid">
          <dt className="font-semibold">{wayName(r.t, r.words, each, r.content)}</dt>
          <dd>
            {each.text[r.words]}
            <span className="block text-sm break-words">
              {r.t('elections.source', { law: wayLaw(r.t, each), date: day(r, each.checked_on) })}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Corrections({ r, corrections }: { r: Reading; corrections: readonly CorrectionShown[] }) {
  const { t } = r
  const replied = r.content.contests.flatMap(({ contest_id, replies }) =>
    replies.map((each) => ({ contest_id, ...each })),
  )
  return (
    <Box id="corrections" title={t('voterguides.corrections')}>
      {corrections.length === 0 && (
        <p>{r.published_on && t('voterguides.corrections_none', { date: day(r, r.published_on) })}</p>
      )}
      <ol className="grid gap-4">
        {corrections.map(({ version, on, reason, lines, content, before }) => (
          <li key={`${version} ${on}`}>
            <h3 className="font-bold">{t('voterguides.corrected_on', { date: day(r, on), version })}</h3>
            <p className="whitespace-pre-line">
              <Own r={r} text={reason} />
            </p>
            <ul className="mt-1 list-disc pl-5 text-sm">
              {lines.map((line, at) => (
                <li key={at}>{correctionText(r, line, [content, before])}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {replied.length > 0 && (
        <>
          <h3 className="mt-4 font-bold">{t('replies.all')}</h3>
          <ul className="mt-1 list-disc pl-5 text-sm">
            {replied.map((each) => (
              <li key={`${each.candidate_id} ${each.issue_id}`}>
                {whereText(r, each, [r.content])}: {day(r, each.replied_on)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Box>
  )
}

const correctionText = (r: Reading, line: Correction, among: readonly Content[]): string =>
  line.kind === 'days'
    ? r.t('voterguides.correction.days')
    : `${whereText(r, line, among)}: ${r.t(`voterguides.correction.${line.kind}`)}`

/** Contest, candidate and issue, as far as some version knows them. */
function whereText(r: Reading, line: Omit<ClaimCorrection, 'kind'>, among: readonly Content[]): string {
  const contest = among.flatMap(({ contests }) => contests).find(({ contest_id }) => contest_id === line.contest_id)
  const candidates = among.flatMap(({ contests }) => contests).flatMap(({ candidates }) => candidates)
  const candidate = candidates.find(({ candidate_id }) => candidate_id === line.candidate_id)
  const issue = among.flatMap(({ issues }) => issues).find(({ issue_id }) => issue_id === line.issue_id)
  const names = [contest && contestName(r.t, contest), candidate && candidateName(r, candidate), issue && localized(issue.name, r.language).text] // prettier-ignore
  return names.filter(Boolean).join(' · ')
}

/** Languages our fonts on paper have the letters of. */
export const printedLanguages = publicLanguages
export const isPrinted = (language: string): boolean => printedLanguages.some((each) => each === language)

/** The guide, or one contest of it, as a PDF: its size, a second language beside the first, for a print shop. */
function OnPaper({
  r,
  contest,
  districts,
}: {
  r: Reading
  contest: GuideContest | null
  districts: readonly string[]
}) {
  const { t, path } = r
  if (!isPrinted(r.language)) return null
  return (
    <Box id="paper" title={t('voterguides.paper_title')} is_kept={false}>
      <form method="get" action={`${path}/paper.pdf`} className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="lang" value={r.language} />
        {contest && <input type="hidden" name="contest" value={contest.contest_id} />}
        {districts.map((each) => (
          <input key={each} type="hidden" name="d" value={each} />
        ))}
        <label className="grid gap-1 font-semibold">
          {t('voterguides.paper_form')}
          <select name="form" className="select min-h-11 text-base">
            {paperForms.map((form) => (
              <option key={form} value={form}>
                {form === 'palm' && !contest ? t('voterguides.paper_form.slate') : t(`voterguides.paper_form.${form}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="grid gap-1 font-semibold">
          {t('voterguides.paper_with')}
          <select name="with" className="select min-h-11 text-base">
            <option value="">{t('common.none')}</option>
            {printedLanguages
              .filter((language) => language !== r.language)
              .map((language) => (
                <option key={language} value={language} lang={language}>
                  {languageNames[language]}
                </option>
              ))}
          </select>
        </label>
        <label className="flex min-h-11 items-center gap-2">
          <input type="checkbox" className="checkbox" name="press" value="yes" />
          {t('voterguides.paper_press')}
        </label>
        <button className="btn min-h-11">{t('voterguides.paper_make')}</button>
        {districts.length > 0 && <p className="basis-full text-sm">{t('voterguides.paper_mine')}</p>}
        <p className="basis-full text-sm">{t('voterguides.paper_imposed')}</p>
      </form>
    </Box>
  )
}

function Foot({ r, here }: { r: Reading; here: string }) {
  const { t, path } = r
  return (
    <footer className="mt-6 text-sm">
      {r.version !== null && r.published_on && (
        <p>{t('voterguides.as_of', { version: r.version, date: day(r, r.published_on) })}</p>
      )}
      <p className="print:hidden">
        {t('voterguides.files')}
        <a className="link inline-flex min-h-6 items-center" href={`${path}/guide.json`}>
          JSON
        </a>{' '}
        ·{' '}
        <a className="link inline-flex min-h-6 items-center" href={`${path}/guide.csv`}>
          CSV
        </a>
      </p>
      <p className="hidden print:block">{t('voterguides.read_online', { url: `${r.url}${here}` })}</p>
    </footer>
  )
}

/** The address as it is passed on, in this language and with what was chosen. */
function Share({ r, here, chosen, embed }: Place & { embed: string | null }) {
  const { t } = r
  const shared = `${r.url}${addressOf(here, r.language, chosen)}`
  return (
    <Box id="share" title={t('voterguides.share')} is_kept={false}>
      <label className="block font-semibold">
        {t('voterguides.share_address')}
        <input readOnly value={shared} dir="ltr" className="input mt-1 min-h-11 w-full text-base font-normal" />
      </label>
      <p className="mt-2">
        <a className="link inline-flex min-h-8 items-center" href={cardAddress(r, here)}>
          {t('voterguides.share_picture')}
        </a>
      </p>
      {embed && (
        <details className="mt-2">
          <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t('voterguides.embed')}</summary>
          <label className="block">
            {t('voterguides.embed_lead')}
            <textarea readOnly rows={4} dir="ltr" className="textarea mt-1 w-full text-sm" defaultValue={embed} />
          </label>
        </details>
      )}
    </Box>
  )
}

/** By its version, so that whoever keeps a copy asks for the next one anew. */
export const cardAddress = (r: Reading, here: string): string =>
  addressOf(`${here}/share.png`, r.language, [['v', String(r.version ?? 0)]])

interface ContestProps {
  r: Reading
  contest: GuideContest
  /** Numbers of candidates, as asked for. */
  asked: readonly string[]
}

/** The candidates of one contest, issue by issue. */
export function ContestPage({ r, contest, asked }: ContestProps) {
  const { t, path } = r
  const here = `${path}/contests/${contest.contest_id}`
  const shown = chosenOf(contest.candidates, asked)
  const isChosen = shown.length < contest.candidates.length
  const chosen = isChosen ? shown.map(({ candidate_id }): [string, string] => ['c', String(candidate_id)]) : []
  return (
    <>
      <Languages r={r} here={here} chosen={chosen} />
      <p className="mb-2 print:hidden">
        <a className="link inline-flex min-h-8 items-center" href={addressOf(path, r.language)}>
          ← {t('voterguides.back_to_guide')}
        </a>
      </p>
      <h1 className="text-2xl font-bold text-balance sm:text-3xl">{contestName(t, contest)}</h1>
      <p className="mt-2 mb-4">
        {electionTitle(t, r.content.election)} · {day(r, r.content.election.held_on)} ·{' '}
        {t('voterguides.seats', { count: contest.seats })}
      </p>
      <Candidates r={r} contest={contest} />
      {contest.candidates.length > 2 && (
        <Box id="choose" title={t('voterguides.choose')} is_kept={false}>
          <form method="get" action={here}>
            <input type="hidden" name="lang" value={r.language} />
            <p className="mb-2">
              {isChosen
                ? t('voterguides.showing', { shown: shown.length, total: contest.candidates.length })
                : t('voterguides.choose_hint')}
            </p>
            <div className="mb-3 flex flex-wrap gap-x-5 gap-y-1">
              {contest.candidates.map((each) => (
                <label key={each.candidate_id} className="flex min-h-11 items-center gap-2">
                  <input
                    type="checkbox"
                    className="checkbox"
                    name="c"
                    value={each.candidate_id}
                    defaultChecked={isChosen && shown.includes(each)}
                  />
                  {candidateName(r, each)}
                </label>
              ))}
            </div>
            <button className="btn min-h-11">{t('voterguides.show_chosen')}</button>
            {isChosen && (
              <a className="btn btn-ghost ml-2 min-h-11" href={addressOf(here, r.language)}>
                {t('voterguides.show_all', { count: contest.candidates.length })}
              </a>
            )}
          </form>
        </Box>
      )}
      <Issues r={r} contest={contest} shown={shown} />
      <HowToRank r={r} contest={contest} />
      <OnPaper r={r} contest={contest} districts={[]} />
      <Share r={r} here={here} chosen={chosen} embed={embedCode(r, contest, chosen)} />
      <Foot r={r} here={here} />
    </>
  )
}

/** What another site puts into its page; a title says to a screen reader what the frame shows. */
function embedCode(r: Reading, contest: GuideContest, chosen: Place['chosen']): string {
  const address = `${r.url}${addressOf(`${r.path}/contests/${contest.contest_id}/embed`, r.language, chosen)}`
  const written = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;') // prettier-ignore
  return `<iframe src="${written(address)}" title="${written(contestName(r.t, contest))}" width="100%" height="720" loading="lazy" style="border:0"></iframe>`
}

/** The candidates of one contest inside the page of another site. Its links open beside that page. */
export function ContestEmbed({ r, contest, asked }: ContestProps) {
  const { t, path } = r
  const here = `${path}/contests/${contest.contest_id}`
  const shown = chosenOf(contest.candidates, asked)
  const isChosen = shown.length < contest.candidates.length
  const chosen = isChosen ? shown.map(({ candidate_id }): [string, string] => ['c', String(candidate_id)]) : []
  return (
    <>
      <Languages r={r} here={`${here}/embed`} chosen={chosen} />
      <h1 className="text-xl font-bold text-balance">{contestName(t, contest)}</h1>
      <p className="mt-1 mb-4">
        {electionTitle(t, r.content.election)} · {day(r, r.content.election.held_on)}
      </p>
      <Candidates r={r} contest={contest} />
      {isChosen && (
        <p className="mb-4">{t('voterguides.showing', { shown: shown.length, total: contest.candidates.length })}</p>
      )}
      <Issues r={r} contest={contest} shown={shown} />
      <footer className="text-sm">
        <p>
          {t(`voterguides.say.${r.content.kind}`, { name: nameOf(r) })} {t('voterguides.not_official')}
        </p>
        {r.version !== null && r.published_on && (
          <p>{t('voterguides.as_of', { version: r.version, date: day(r, r.published_on) })}</p>
        )}
        <p>
          <a className="link inline-flex min-h-11 items-center" href={addressOf(here, r.language)} target="_blank" rel="noopener">
            {t('voterguides.embed_whole')}
          </a>
        </p>
      </footer>
    </>
  )
} // prettier-ignore

/** What stands above the contests. */
function Intro({ r }: { r: Reading }) {
  const { audience, intro, kind } = r.content
  return (
    <>
      {Object.keys(audience).length > 0 && (
        <p className="mt-1">
          <Own r={r} text={audience} />
        </p>
      )}
      {Object.keys(intro).length > 0 && (
        <p className="mt-4 whitespace-pre-line">
          <Own r={r} text={intro} />
        </p>
      )}
      <p className="mt-4 mb-6">
        {r.t(`voterguides.say.${kind}`, { name: nameOf(r) })} {r.t('voterguides.not_official')}
      </p>
    </>
  )
}

export function WithdrawnPage({ r, on, reason }: { r: Reading; on: string; reason: LocalizedText }) {
  return (
    <>
      <Languages r={r} here={r.path} chosen={[]} />
      <h1 className="text-2xl font-bold text-balance sm:text-3xl">
        <Own r={r} text={r.content.title} />
      </h1>
      <p className="mt-4 font-semibold">{r.t('voterguides.withdrawn', { name: nameOf(r), date: day(r, on) })}</p>
      <p className="mt-2 whitespace-pre-line">
        <Own r={r} text={reason} />
      </p>
    </>
  )
}

/** All texts of a guide on one page, for whoever reads before it is published. */
export function WholeGuide({ r }: { r: Reading }) {
  return (
    <>
      <h2 className="text-2xl font-bold text-balance">
        <Own r={r} text={r.content.title} />
      </h2>
      <Intro r={r} />
      {r.content.contests.map((contest) => (
        <WholeContest key={contest.contest_id} r={r} contest={contest} />
      ))}
    </>
  )
}

function WholeContest({ r, contest }: Omit<ContestProps, 'asked'>) {
  return (
    <>
      <h2 className="mt-8 mb-3 text-2xl font-bold">{contestName(r.t, contest)}</h2>
      <Candidates r={r} contest={contest} />
      <Issues r={r} contest={contest} shown={contest.candidates} />
    </>
  )
}

function Candidates({ r, contest }: Omit<ContestProps, 'asked'>) {
  const { t } = r
  return (
    <Box id={`candidates-${contest.contest_id}`} title={t('voterguides.candidates')}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {contest.candidates.map((each) => (
          <li key={each.candidate_id}>
            <strong>{candidateName(r, each)}</strong>
            {candidateName(r, each) !== each.name && <span lang="en"> {each.name}</span>}
            {each.is_endorsed && (
              <span className="border-success text-success ml-2 inline-block rounded-full border px-2 text-sm font-semibold">
                ★ {t('voterguides.endorsed')}
              </span>
            )}
            <span className="block text-sm">
              {[linesText(t, each.lines), each.is_incumbent ? t('voterguides.incumbent') : '']
                .filter(Boolean)
                .join(' · ')}
              {each.website && (
                <>
                  {' · '}
                  <a className="link" href={each.website} rel="nofollow noreferrer">
                    {t('voterguides.website')}
                    <span className="sr-only">: {candidateName(r, each)}</span>
                  </a>
                </>
              )}
            </span>
            {(each.standing === 'silent' || each.standing === 'waiting') && (
              <span className="block text-sm">{unanswered(r, each)}</span>
            )}
          </li>
        ))}
      </ul>
      {contest.gone.length > 0 && (
        <p className="mt-3 text-sm">
          {t('voterguides.gone', { names: contest.gone.map((each) => candidateName(r, each)).join(', ') })}
        </p>
      )}
    </Box>
  )
}

/** Why nothing stands where a candidate's answer would. */
export function unanswered(r: Reading, { standing, asked_on, until }: GuideCandidate): string {
  if (standing === 'answered') return r.t('voterguides.blank')
  if (standing === 'not_asked') return r.t('voterguides.not_asked')
  const dates = asked_on.map((on) => day(r, on)).join(', ')
  if (standing === 'silent') return dates ? r.t('voterguides.silent', { dates }) : r.t('voterguides.silent_undated')
  const given = { dates, until: day(r, until ?? '') }
  return dates ? r.t('voterguides.waiting', given) : r.t('voterguides.waiting_undated', given)
}

function Issues({ r, contest, shown }: { r: Reading; contest: GuideContest; shown: readonly GuideCandidate[] }) {
  const issues = issuesSpokenOf(r.content, contest)
  if (issues.length === 0) return <p>{r.t('voterguides.nothing_yet')}</p>
  return issues.map((issue) => <OneIssue key={issue.issue_id} r={r} contest={contest} issue={issue} shown={shown} />)
}

interface OneIssueProps {
  r: Reading
  contest: GuideContest
  issue: GuideIssue
  shown: readonly GuideCandidate[]
  children?: ReactNode
}

export function OneIssue({ r, contest, issue, shown, children }: OneIssueProps) {
  const { t } = r
  const claims = contest.claims.filter(({ issue_id }) => issue_id === issue.issue_id)
  const questions = [...new Map(claims.flatMap((each) => (each.question_id ? [[each.question_id, each.question ?? {}]] : [])))] // prettier-ignore
  const others = claims.filter(({ question_id }) => question_id === null)
  const columns = { 1: '', 2: 'sm:grid-cols-2', 4: 'sm:grid-cols-2 lg:grid-cols-4' }[shown.length] ?? 'sm:grid-cols-2 lg:grid-cols-3'
  const heading = `issue-${contest.contest_id}-${issue.issue_id}`
  const row = (key: string, of: readonly Claim[], empty: (candidate: GuideCandidate) => string) => (
    <div className={`mt-3 grid gap-3 ${columns}`}>
      {shown.map((candidate) => {
        const theirs = of.filter(({ candidate_id }) => candidate_id === candidate.candidate_id)
        return (
          <article
            key={`${key}-${candidate.candidate_id}`}
            className="border-base-300 min-w-0 break-inside-avoid rounded-lg border p-3"
          >
            <h4 className="font-bold">{candidateName(r, candidate)}</h4>
            {theirs.length === 0 && <p className="mt-1 text-sm">{empty(candidate)}</p>}
            {theirs.map((claim) => (
              <Said key={claim.claim_id} r={r} claim={claim} />
            ))}
          </article>
        )
      })}
    </div>
  )
  return (
    <section
      aria-labelledby={heading}
      className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6 print:mb-3 print:border-0 print:p-0"
    >
      <h2 id={heading} className="text-xl font-bold">
        <Own r={r} text={issue.name} />
      </h2>
      {Object.keys(issue.about).length > 0 && (
        <p className="mt-1">
          <Own r={r} text={issue.about} />
        </p>
      )}
      {questions.map(([question_id, question]) => (
        <div key={question_id} className="mt-5">
          <h3 className="font-semibold">
            <span className="text-sm font-normal">{t('voterguides.asked')}: </span>
            <Own r={r} text={question} />
          </h3>
          {row(question_id, claims.filter((each) => each.question_id === question_id), (each) => unanswered(r, each))}
        </div>
      ))}
      {others.length > 0 && (
        <div className="mt-5">
          <h3 className="font-semibold">{t('voterguides.elsewhere')}</h3>
          {row('others', others, () => t('voterguides.nothing'))}
        </div>
      )}
      <Replies r={r} contest={contest} issue={issue} shown={shown} columns={columns} />
      {children}
    </section>
  )
} // prettier-ignore

/** One claim with where it is from; the whole of it in its own words one tap away. */
function Said({ r, claim }: { r: Reading; claim: Claim }) {
  const { t } = r
  const { original, original_language, source_url, source_on } = claim
  const shown = localized(claim.text, r.language, [original_language, 'en'])
  const nameIn = (language: string): string => languageNames[language] ?? language
  const notes = [
    shown.text &&
      shown.language !== r.language &&
      t('voterguides.shown_in', { language: languageNameIn(r.words, shown.language) }),
    shown.text && shown.language === r.language && r.language !== original_language && t('voterguides.translated_by', { name: nameOf(r) }), // prettier-ignore
    isShortened(claim) && t('voterguides.shortened'),
    claim.is_late && t('voterguides.late'),
    claim.amended_on && t('voterguides.amended', { date: day(r, claim.amended_on) }),
  ].filter(Boolean)
  return (
    <div className="mt-2">
      {claim.kind === 'record' && <p className="text-sm font-semibold">{t('voterguides.claim_kind.record')}</p>}
      {claim.choice && <p className="font-semibold">{t(`voterguides.choice.${claim.choice}`)}</p>}
      {claim.ranked.length > 0 && (
        <ol className="list-decimal pl-5">
          {claim.ranked.map((each, at) => (
            <li key={at}>
              <Own r={r} text={each} />
            </li>
          ))}
        </ol>
      )}
      {shown.text && (
        <p className="wrap-anywhere whitespace-pre-line" lang={langOf(r, shown.language)}>
          {shown.text}
        </p>
      )}
      {notes.length > 0 && <p className="mt-1 text-sm">{notes.join(' · ')}</p>}
      {original !== null && hidesOriginal(claim, shown.language) && (
        <details className="mt-1">
          <summary className="link inline-flex min-h-11 cursor-pointer items-center text-sm">
            {t(claim.kind === 'answer' ? 'voterguides.original' : 'voterguides.original_text')} (
            {nameIn(original_language)})
          </summary>
          <p className="text-sm wrap-anywhere whitespace-pre-line" lang={langOf(r, original_language)}>
            {original}
          </p>
        </details>
      )}
      <p className="mt-1 text-sm wrap-anywhere">
        {claim.kind === 'answer' && t('voterguides.from_answer', { name: nameOf(r), date: day(r, source_on) })}
        {source_url && (
          <>
            {claim.kind === 'answer' && ' · '}
            <a className="link" href={source_url} rel="nofollow noreferrer">
              {URL.parse(source_url)?.hostname ?? source_url}
            </a>
            {claim.kind !== 'answer' && `, ${day(r, source_on)}`}
          </>
        )}
      </p>
    </div>
  )
}

function HowToRank({ r, contest }: Omit<ContestProps, 'asked'>) {
  const { t, content } = r
  const rule = rankingRuleOf(content.election.state, contest.method, content.election.held_on)
  if (!rule) return null
  return (
    <Box id="ranked" title={t('voterguides.ranked')}>
      <ol className="list-decimal pl-5">
        <li>{t('voterguides.ranked_1', { most: rule.ranks_most })}</li>
        <li>{t('voterguides.ranked_2')}</li>
        <li>{t('voterguides.ranked_3')}</li>
        <li>{t('voterguides.ranked_4')}</li>
      </ol>
      <p className="mt-2 text-sm">{t('voterguides.source', { source: rule.source })}</p>
    </Box>
  )
}
