import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, Figure, Figures, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { Candidate } from '../../elections/contests/queries.ts'
import type { MemberRow } from '../../organizations/queries.ts'
import { candidateName } from '../answers/names.ts'
import { OwnWords } from '../own-words.tsx'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import type { Rules } from '../cycles/schema.ts'
import { heldName } from '../cycles/words.ts'
import '../recommendations/messages.ts'
import '../scores/messages.ts'
import './messages.ts'
import { Needs } from './public-page.tsx'
import type { InterviewQuestion, Panelist, Slot } from './queries.ts'
import { isBarred, usualLength } from './rules.ts'
import { RulesFirst } from '../cycles/pages.tsx'
import { Translated } from './translated.tsx'
import { whenOf, whereOf } from './words.ts'

export interface ContestSums {
  held: ContestHeld
  slots: readonly Slot[]
  panel: readonly Panelist[]
  questions: readonly InterviewQuestion[]
}

interface OverviewPageProps {
  t: Translate
  cycle: Cycle
  contests: readonly ContestSums[]
  criteria: number
  may_edit: boolean
}

/** Contest by contest, how far interviews and scores are. */
export function InterviewsPage({ t, cycle, contests, criteria, may_edit }: OverviewPageProps) {
  const here = `/endorsements/${cycle.cycle_id}`
  return (
    <>
      <PageHead
        title={t('interviews.title')}
        lead={t('interviews.lead')}
        back={{ href: here, label: localized(cycle.name, t.language).text }}
      />
      {contests.length === 0 && <RulesFirst {...{ t, cycle, may_edit }} />}
      {contests.length > 0 && (
        <Card title={t('scores.rubric')} id="rubric">
          {criteria === 0 && <p className="mb-3">{t('scores.rubric_none')}</p>}
          <a className={criteria === 0 ? 'btn btn-primary' : 'btn'} href={`${here}/rubric`}>
            {criteria === 0 ? t('scores.rubric_set_up') : `${t('scores.rubric')} (${criteria})`}
          </a>
        </Card>
      )}
      {contests.map(({ held, slots, panel, questions }) => {
        const scoring = panel.filter(({ ties }) => !cycle.rules || !isBarred(ties, cycle.rules))
        const minutes = questions.reduce((sum, each) => sum + each.minutes, 0)
        const { contest_id } = held.contest
        return (
          <Card key={contest_id} title={heldName(t, held)} id={`contest-${contest_id}`}>
            <Figures>
              <Figure
                label={t('interviews.sum.times')}
                value={t('interviews.of', { count: slots.filter(({ invitation_id }) => invitation_id).length, total: slots.length })}
              />
              <Figure
                label={t('interviews.sum.minutes')}
                value={t('interviews.questions_minutes', { count: questions.length, minutes })}
              />
              <Figure
                label={t('interviews.sum.panel')}
                value={t('interviews.of', { count: scoring.filter(({ handed_in_at }) => handed_in_at).length, total: scoring.length })}
              />
            </Figures>
            <p className="flex flex-wrap gap-2">
              <a className="btn" href={`${here}/interviews/${contest_id}`}>{t('interviews.set_up')}</a>
              <a className="btn" href={`${here}/scores/${contest_id}`}>{t('scores.title')}</a>
              <a className="btn" href={`${here}/recommendation/${contest_id}`}>{t('recommendations.title')}</a>
            </p>
          </Card>
        )
      })}
    </>
  )
} // prettier-ignore

interface ContestPageProps extends ContestSums {
  t: Translate
  cycle: Cycle
  candidates: readonly Candidate[]
  /** Who may be asked to the panel. */
  members: readonly MemberRow[]
  book_until_on: string | null
  /** Addresses of which nobody knows whether their mail arrived. */
  mails_unknown: readonly string[]
  are_questions_fixed: boolean
  /** Which question is changed; null: another is added. */
  changed: InterviewQuestion | null
  languages: readonly string[]
  time_zone: string
  may_edit: boolean
  typed: Record<string, string>
  errors: FieldErrors
}

/** Times, panel and questions of one contest. */
export function ContestInterviewsPage(props: ContestPageProps) {
  const { t, cycle, held, errors } = props
  const back = `/endorsements/${cycle.cycle_id}/interviews`
  const inside = { ...props, here: `${back}/${held.contest.contest_id}` }
  return (
    <div className="max-w-3xl">
      <PageHead title={heldName(t, held)} lead={localized(cycle.name, t.language).text} back={{ href: back, label: t('interviews.title') }} />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <Times {...inside} />
      <Panel {...inside} />
      <Questions {...inside} />
    </div>
  )
} // prettier-ignore

type Inside = ContestPageProps & { here: string }

const Act = ({ here, act, name, value, label, children }: { here: string; act: string; name: string; value: string; label: string; children: ReactNode }) => (
  <form method="post" action={here}>
    <input type="hidden" name={name} value={value} />
    <button className="btn btn-sm min-h-11" name="act" value={act} aria-label={label}>{children}</button>
  </form>
) // prettier-ignore

function Times({ t, slots, candidates, book_until_on, mails_unknown, time_zone, may_edit, typed, errors, here }: Inside) {
  return (
    <Card title={t('interviews.times')} lead={t('interviews.times_lead')} id="times">
      {may_edit && (
        <form method="post" action={here} className="mb-4">
          <Field {...{ t, typed, errors }} label={t('interviews.book_until_on')} name="book_until_on" type="date" required value={book_until_on} hint={book_until_on ? undefined : t('interviews.not_offered')} />
          <button className="btn" name="act" value="until">{t('action.save')}</button>
        </form>
      )}
      {slots.length === 0 && <p className="mb-4">{t('interviews.no_times')}</p>}
      {mails_unknown.map((to) => (
        <Alert key={to} kind="warning">{t('interviews.mail_unknown', { to })}</Alert>
      ))}
      <ul className="divide-base-300 mb-4 divide-y">
        {slots.map((slot) => {
          const candidate = candidates.find(({ candidate_id }) => candidate_id === slot.candidate_id)
          const name = candidate ? candidateName(t, candidate) : ''
          return (
            <li key={slot.slot_id} className="grid gap-1 py-3">
              <p className="font-semibold">{whenOf(t, slot, time_zone)}</p>
              <p className="wrap-anywhere">{whereOf(slot)}</p>
              {slot.invitation_id ? <p><Badge kind="success">{name}</Badge></p> : <p><Badge>{t('interviews.free')}</Badge></p>}
              <Needs t={t} slot={slot} />
              {may_edit &&
                (slot.invitation_id ? (
                  <Act here={here} act="free" name="slot" value={slot.slot_id} label={t('interviews.free_of', { name })}>{t('interviews.free_it')}</Act>
                ) : (
                  <Act here={here} act="remove" name="slot" value={slot.slot_id} label={t('interviews.remove_time', { when: formatDateTime(t.language, slot.starts_at, time_zone) })}>{t('interviews.take_out')}</Act>
                ))}
            </li>
          )
        })}
      </ul>
      {may_edit && (
        <details open={slots.length === 0 || typed.act === 'slots'}>
          <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t('interviews.add_times')}</summary>
          <form method="post" action={here} className="mt-3">
            <div className="grid gap-x-4 sm:grid-cols-2">
              <Field {...{ t, typed, errors }} label={t('interviews.on')} name="on" type="date" required />
              <Field {...{ t, typed, errors }} label={t('interviews.at')} name="at" type="time" required value="18:00" />
              <Field {...{ t, typed, errors }} label={t('interviews.count')} name="count" inputMode="numeric" required value={4} />
              <Field {...{ t, typed, errors }} label={t('interviews.minutes')} name="minutes" inputMode="numeric" required value={usualLength(slots) ?? 30} hint={slots.length > 0 ? t('interviews.minutes_same') : undefined} />
              <Field {...{ t, typed, errors }} label={t('interviews.pause_minutes')} name="pause_minutes" inputMode="numeric" required value={10} />
            </div>
            <Field {...{ t, typed, errors }} label={t('interviews.place')} name="place" maxLength={300} is_one_of_several />
            <Field {...{ t, typed, errors }} label={t('interviews.online_link')} hint={t('interviews.online_hint')} name="online_link" maxLength={500} is_one_of_several />
            <button className="btn btn-primary" name="act" value="slots">{t('interviews.add_times')}</button>
          </form>
        </details>
      )}
    </Card>
  )
} // prettier-ignore

const stateOf = ({ ties, handed_in_at }: Panelist, rules: Rules | null) =>
  ties === null ? 'undeclared' : rules && isBarred(ties, rules) ? 'barred' : handed_in_at ? 'in' : 'scoring'
const kindOf = { undeclared: 'warning', barred: 'neutral', in: 'success', scoring: 'info' } as const

function Panel({ t, cycle, panel, members, may_edit, here }: Inside) {
  const others = members.filter(({ user_id, ended_at }) => !ended_at && !panel.some((each) => each.user_id === user_id))
  return (
    <Card title={t('interviews.panel')} lead={t('interviews.panel_lead')} id="panel">
      {panel.length === 0 && <p className="mb-4">{t('interviews.no_panel')}</p>}
      <ul className="divide-base-300 mb-4 divide-y">
        {panel.map((panelist) => {
          const state = stateOf(panelist, cycle.rules)
          const { user_id, display_name, ties } = panelist
          return (
            <li key={user_id} className="flex flex-wrap items-center gap-3 py-3">
              <strong>{display_name}</strong>
              <Badge kind={kindOf[state]}>{t(`interviews.state.${state}`)}</Badge>
              {ties && ties.length > 0 && <span className="text-sm">{t('interviews.tied_as', { ties: ties.map((tie) => t(`endorsements.tie.${tie}`)).join(', ') })}</span>}
              {may_edit && <Act here={here} act="remove_panelist" name="member" value={user_id} label={t('interviews.remove_panelist', { name: display_name })}>{t('interviews.take_out')}</Act>}
            </li>
          )
        })}
      </ul>
      {may_edit && others.length > 0 && (
        <form method="post" action={here}>
          <Select t={t} label={t('interviews.member')} name="member" required options={others.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }))} />
          <button className="btn" name="act" value="add_panelist">{t('interviews.add_panelist')}</button>
        </form>
      )}
    </Card>
  )
} // prettier-ignore

function Questions({ t, slots, questions, are_questions_fixed, changed, languages, may_edit, typed, errors, here }: Inside) {
  const isOpen = may_edit && !are_questions_fixed
  const minutes = questions.reduce((sum, each) => sum + each.minutes, 0)
  const shortest = Math.min(...slots.map((each) => each.minutes))
  return (
    <Card title={t('interviews.questions')} lead={t('interviews.questions_lead')} id="questions">
      {are_questions_fixed && <p className="mb-3">{t('interviews.problem.fixed')}</p>}
      {questions.length === 0 ? (
        <p className="mb-4">{t('interviews.no_questions')}</p>
      ) : (
        <>
          <p className="mb-2 font-semibold">{t('interviews.minutes_all', { count: minutes })}</p>
          {minutes > shortest && <Alert kind="warning">{t('interviews.minutes_over', { minutes, length: shortest })}</Alert>}
          <Translated t={t} languages={languages} texts={questions.map(({ text }) => text)} />
        </>
      )}
      <ol className="divide-base-300 mb-4 list-decimal divide-y pl-6">
        {questions.map((question, at) => (
          <li key={question.question_id} className="py-3">
            <p className="text-pretty"><OwnWords t={t} text={question.text} /></p>
            <p className="text-sm">{t('interviews.minutes_of', { count: question.minutes })}</p>
            {isOpen && (
              <div className="mt-2 flex flex-wrap gap-2">
                <a className="btn btn-sm min-h-11" href={`${here}?question=${question.question_id}#question`} aria-label={t('interviews.change_number', { number: at + 1 })}>{t('interviews.change')}</a>
                <Act here={here} act="remove_question" name="question" value={question.question_id} label={t('interviews.remove_question', { number: at + 1 })}>{t('interviews.take_out')}</Act>
              </div>
            )}
          </li>
        ))}
      </ol>
      {isOpen && (
        <form method="post" action={here} id="question">
          <h3 className="mb-2 font-semibold">{t(changed ? 'interviews.change_question' : 'interviews.add_question')}</h3>
          <input type="hidden" name="question" value={changed?.question_id ?? ''} />
          {languages.map((language, at) => (
            <Field key={language} t={t} label={t('interviews.question_in', { language: languageNames[language] ?? language })} name={`text_${language}`} lang={language} rows={2} maxLength={1000} is_one_of_several={languages.length > 1} value={changed?.text[language] ?? ''} typed={typed} errors={at === 0 && errors.text ? { ...errors, [`text_${language}`]: errors.text } : errors} />
          ))}
          <Field {...{ t, typed, errors }} label={t('interviews.question_minutes')} name="question_minutes" inputMode="numeric" required value={changed?.minutes ?? 3} />
          <button className="btn" name="act" value="question">{t('action.save')}</button>
        </form>
      )}
    </Card>
  )
} // prettier-ignore
