import type { ReactNode } from 'react'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Choices } from '../../../platform/ui/components.tsx'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import { tieKinds, type Rules } from '../cycles/schema.ts'
import { heldName } from '../cycles/words.ts'
import { Recommended } from '../recommendations/pages.tsx'
import type { ToRead } from '../recommendations/shown.tsx'
import { Languages, OwnWords } from '../own-words.tsx'
import { dayText, readsOf } from '../reading.ts'
import './messages.ts'
import {
  choiceField,
  fieldsOf,
  noneField,
  optionsOf,
  shownReceipt,
  type Cast,
  type Cells,
  type ChoiceProblem,
  type Tied,
} from './rules.ts'
import { tieField, type ContestOnBallot, type Way } from './schema.ts'
import { cellLines, optionLabel } from './words.ts'

interface Around {
  t: Translate
  cycle: Cycle
  rules: Rules
  contests: readonly ContestHeld[]
  /** Of the page itself. */
  path: string
  /** Where the rules stand. */
  rules_path: string
  /** Whose ballot it is. */
  voter: string
}

const Head = ({ t, cycle, rules_path, path, voter, title, children }: Around & { title: string; children?: ReactNode }) => (
  <>
    <Languages t={t} path={path} />
    <p>
      <OwnWords t={t} text={cycle.name} />
    </p>
    <h1 className="mb-2 text-2xl font-bold text-balance sm:text-3xl">{title}</h1>
    <p className="mb-4">{t('ballots.for', { name: voter })}</p>
    {children}
    <p className="mb-5">
      <a className="link inline-flex min-h-11 items-center" href={`${rules_path}?lang=${readsOf(t)}`}>
        {t('endorsements.rules_link')}
      </a>
    </p>
  </>
) // prettier-ignore

const nameIn = (t: Translate, contests: readonly ContestHeld[], contest_id: number): string => {
  const held = contests.find(({ contest }) => contest.contest_id === contest_id)
  return held ? heldName(t, held) : String(contest_id)
}

const big = 'btn btn-primary btn-lg w-full sm:w-auto'

interface MessagePageProps extends Around {
  kind: 'info' | 'success' | 'warning' | 'error'
  title: string
  message: string
  children?: ReactNode
}

/** One thing to say: voted, not yet, over. */
export const MessagePage = ({ kind, message, children, ...around }: MessagePageProps) => (
  <div className="text-lg">
    <Head {...around} />
    <Alert kind={kind}>
      <span className="text-lg">{message}</span>
    </Alert>
    {children}
  </div>
)

interface TiesPageProps extends Around {
  slate: readonly ContestOnBallot[]
  ties: readonly Tied[]
}

/** How the voter is tied to candidates, before the ballot: what follows stands beside each. */
export function TiesPage({ slate, ties, ...around }: TiesPageProps) {
  const { t, rules, contests, path } = around
  return (
    <div className="text-lg">
      <Head {...around} title={t('ballots.ties_title')}>
        <p className="mb-4">{t('ballots.ties_lead')}</p>
      </Head>
      <form method="post" action={`${path}?lang=${readsOf(t)}`}>
        {slate.map(({ contest_id, candidates }) => (
          <section key={contest_id} className="bg-base-100 rounded-box border-base-300 mb-4 border p-4">
            <h2 className="font-bold">{nameIn(t, contests, contest_id)}</h2>
            <p className="mb-3">{candidates.map((each) => optionLabel(t, { ...each })).join(', ')}</p>
            <Choices
              t={t}
              name={`${tieField(contest_id)}[]`}
              kind="checkbox"
              chosen={ties.filter((each) => each.contest_id === contest_id).map(({ tie }) => tie)}
              options={tieKinds.map((tie) => ({
                value: tie,
                label: t(`ballots.tie.${tie}`),
                hint: t(`endorsements.tie_rule.${rules.ties[tie]}`),
              }))}
            />
          </section>
        ))}
        <p className="mb-3">{t('ballots.ties_none')}</p>
        <button className={big} name="act" value="ties">
          {t('ballots.ties_go_on')}
        </button>
      </form>
    </div>
  )
}

export interface FilledContest {
  contest: ContestOnBallot
  cells: Cells
  problem: ChoiceProblem | null
}

interface BallotPageProps extends Around {
  filled: readonly FilledContest[]
  /** Contests a tie keeps the voter out of. */
  barred: readonly ContestOnBallot[]
  /** What the committee recommends, as far as members may read it. */
  recommendations: readonly ToRead[]
}

/** The ballot, without a script: nothing is saved by it. */
export function BallotPage({ filled, barred, recommendations, ...around }: BallotPageProps) {
  const { t, rules, contests, path } = around
  return (
    <div className="text-lg">
      <Head {...around} title={t('ballots.your_ballot')}>
        <p className="mb-2">{t(`ballots.how.${rules.method}`)}</p>
        <p className="mb-4">{t('ballots.secret')}</p>
      </Head>
      {filled.some(({ problem }) => problem) && <Alert kind="error">{t('form.check')}</Alert>}
      <form method="post" action={`${path}?lang=${readsOf(t)}`}>
        {filled.map((each) => (
          <section
            key={each.contest.contest_id}
            className="bg-base-100 rounded-box border-base-300 mb-5 border p-4 sm:p-6"
            aria-labelledby={`contest-${each.contest.contest_id}`}
          >
            <h2 id={`contest-${each.contest.contest_id}`} className="mb-3 text-xl font-bold text-balance">
              {nameIn(t, contests, each.contest.contest_id)}
            </h2>
            {each.problem && (
              <p role="alert" className="text-error mb-3 font-semibold">
                {t(`ballots.problem.${each.problem}`)}
              </p>
            )}
            {recommendations
              .filter(({ recommendation }) => recommendation.contest_id === each.contest.contest_id)
              .map(({ recommendation, candidates, is_of_first }) => (
                <Recommended key={recommendation.contest_id} {...{ t, recommendation, candidates, is_of_first }} />
              ))}
            <Choosing t={t} rules={rules} {...each} />
          </section>
        ))}
        {barred.map(({ contest_id }) => (
          <p key={contest_id} className="border-base-300 rounded-box mb-4 border border-dashed p-4">
            <strong>{nameIn(t, contests, contest_id)}</strong>
            <br />
            {t('ballots.barred')}
          </p>
        ))}
        <button className={big} name="act" value="check">
          {t('ballots.check')}
        </button>
        <p className="mt-4">
          <a className="link inline-flex min-h-11 items-center" href={`${path}?step=ties&lang=${readsOf(t)}`}>
            {t('ballots.ties_again')}
          </a>
        </p>
      </form>
    </div>
  )
}

/** What a ballot asks in one contest. */
export function Choosing({ t, rules, contest, cells }: FilledContest & { t: Translate; rules: Rules }) {
  const { contest_id } = contest
  const options = optionsOf(contest, rules.method).map((option, at) => ({
    value: String(at),
    label: optionLabel(t, option),
  }))
  const chosen = cells.flatMap((each) => (each === null ? [] : [String(each)]))
  if (rules.method === 'plurality')
    return <Choices t={t} name={choiceField(contest_id)} kind="radio" options={options} chosen={chosen} />
  if (rules.method === 'approval')
    return <Choices t={t} name={`${choiceField(contest_id)}[]`} kind="checkbox" options={options} chosen={chosen} />
  if (rules.method === 'ranked')
    return cells.map((cell, at) => {
      const name = choiceField(contest_id, at)
      return (
        <div key={name} className="mb-3 grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-2">
          <label htmlFor={name} className="font-semibold">
            {t('ballots.rank', { rank: at + 1 })}
          </label>
          <select id={name} name={name} defaultValue={cell === null ? '' : String(cell)} className="select h-14 w-full text-lg">
            <option value="">{t('ballots.no_choice')}</option>
            {options.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )
    }) // prettier-ignore
  const words = (['yes', 'no', 'abstain'] as const).map((word, at) => ({
    value: String(at),
    label: t(`ballots.word.${word}`),
  }))
  return (
    <>
      {options.map(({ label }, at) => (
        <Choices
          key={choiceField(contest_id, at)}
          t={t}
          legend={label}
          name={choiceField(contest_id, at)}
          kind="radio"
          options={words}
          chosen={cells[at] === null ? [] : [String(cells[at])]}
        />
      ))}
      <Choices
        t={t}
        name={noneField(contest_id)}
        kind="checkbox"
        options={[{ value: 'yes', label: t('ballots.none'), hint: t('ballots.none_hint') }]}
      />
    </>
  )
}

interface CheckPageProps extends Around {
  filled: readonly FilledContest[]
  /** With their proofs. */
  receipts: readonly string[]
  /** It could not be put in as it was: why. */
  problem: 'receipt' | null
}

/** What the ballot says, once more in words, before it goes into the box. */
export function CheckPage({ filled, receipts, problem, ...around }: CheckPageProps) {
  const { t, rules, contests, path } = around
  return (
    <div className="text-lg">
      <Head {...around} title={t('ballots.check_title')}>
        <p className="mb-4 font-semibold">{t('ballots.check_lead')}</p>
      </Head>
      {problem && <Alert kind="warning">{t(`ballots.problem.${problem}`)}</Alert>}
      {filled.map(({ contest, cells }) => {
        const lines = cellLines(t, contest, rules.method, cells)
        return (
          <section key={contest.contest_id} className="bg-base-100 rounded-box border-base-300 mb-4 border p-4">
            <h2 className="mb-2 font-bold">{nameIn(t, contests, contest.contest_id)}</h2>
            {lines.length === 0 ? (
              <p>{t('ballots.blank')}</p>
            ) : (
              <ul className="grid gap-1 text-xl font-semibold">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </section>
        )
      })}
      <form method="post" action={`${path}?lang=${readsOf(t)}`} className="flex flex-wrap gap-3">
        {filled.map(({ contest, cells }, at) => (
          <span key={contest.contest_id} hidden>
            {fieldsOf(contest, rules.method, cells).map(([name, value]) => (
              <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
            ))}
            <input type="hidden" name={receiptField(contest.contest_id)} value={receipts[at] ?? ''} />
          </span>
        ))}
        <button className={big} name="act" value="cast">
          {t('ballots.cast')}
        </button>
        <button className="btn btn-lg w-full sm:w-auto" name="act" value="edit">
          {t('ballots.change')}
        </button>
      </form>
    </div>
  )
}

export const receiptField = (contest_id: number): string => `receipt_${contest_id}`

interface CastPageProps extends Around {
  cast: readonly (Cast & { contest_id: number })[]
  /** Decides ties. */
  seed: string
  way: Way
}

/** It is in the box; the numbers by which the voter finds it in the list are told here and nowhere else. */
export function CastPage({ cast, seed, way, ...around }: CastPageProps) {
  const { t, contests, rules, path } = around
  return (
    <div className="text-lg">
      <Head {...around} title={t('ballots.cast_title')}>
        <p className="mb-4">{t('ballots.cast_lead', { date: dayText(t, rules.announced_on) })}</p>
      </Head>
      <section className="bg-base-100 rounded-box border-success mb-6 border-2 p-4" aria-labelledby="receipts">
        <h2 id="receipts" className="font-bold">
          {t('ballots.receipts')}
        </h2>
        <dl>
          {cast.map(({ contest_id, receipt }) => (
            <div key={contest_id} className="mt-3">
              <dt>{nameIn(t, contests, contest_id)}</dt>
              <dd className="font-mono text-xl font-bold">{shownReceipt(receipt)}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-4">{t('ballots.receipts_lead')}</p>
      </section>
      <p className="mb-4 text-sm wrap-anywhere">
        {t('ballots.seed', { seed })}
        <br />
        {t('ballots.seed_lead')}
      </p>
      {way === 'account' && (
        <p className="mb-4">
          <a className="btn btn-lg w-full sm:w-auto" href="/my-ballots">
            {t('ballots.mine')}
          </a>
        </p>
      )}
      {/* It goes to somebody else now. */}
      {way === 'device' && (
        <form method="post" action={`${path}?lang=${readsOf(t)}`}>
          <button className={big} name="act" value="done">
            {t('ballots.hand_back')}
          </button>
        </form>
      )}
    </div>
  )
}
