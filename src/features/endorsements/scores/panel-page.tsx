import { localized } from '../../../platform/i18n/languages.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, PageHead } from '../../../platform/ui/components.tsx'
import { candidateName } from '../answers/names.ts'
import '../ballots/messages.ts'
import '../cycles/messages.ts'
import { OwnWords } from '../own-words.tsx'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import { tieKinds, type TieKind } from '../cycles/schema.ts'
import { heldName } from '../cycles/words.ts'
import '../interviews/messages.ts'
import { Needs } from '../interviews/public-page.tsx'
import type { InterviewQuestion } from '../interviews/queries.ts'
import { isBarred } from '../interviews/rules.ts'
import { whenOf, whereOf } from '../interviews/words.ts'
import './messages.ts'
import type { HandInProblem, Interviewed, PanelSeat } from './queries.ts'
import { isOver, Scores, type ScoresProps } from './result.tsx'
import { Meanings } from './rubric-page.tsx'
import { isWhole, scale } from './rules.ts'
import { cardText, markField, notesField, seenField } from './schema.ts'

interface PanelPageProps extends ScoresProps {
  cycle: Cycle
  held: ContestHeld
  seat: PanelSeat
  questions: readonly InterviewQuestion[]
  interviewed: readonly Interviewed[]
  now: Date
  /** They say their ties anew. */
  wants_ties: boolean
  problem: HandInProblem | null
}

/** What a panelist does: says their ties, asks, scores, hands in, and then sees what all gave. */
export function PanelPage(props: PanelPageProps) {
  const { t, cycle, held, seat, wants_ties, problem } = props
  const here = `/my-panels/${cycle.cycle_id}/${held.contest.contest_id}`
  const declares = !seat.is_in && !isOver(props) && (!seat.has_declared || wants_ties)
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('scores.panel_page', { contest: heldName(t, held) })}
        lead={localized(cycle.name, t.language).text}
        back={{ href: '/my-ballots', label: t('ballots.mine') }}
      />
      {problem && <Alert kind="warning">{t(`scores.problem.${problem}`)}</Alert>}
      {declares ? (
        <Ties {...props} here={here} />
      ) : seat.is_barred ? (
        <Alert kind="info">{t('scores.barred')}</Alert>
      ) : seat.is_in || isOver(props) ? (
        <>
          {seat.is_in && <Alert kind="success">{t('scores.handed_in')}</Alert>}
          <Scores {...props} />
        </>
      ) : (
        <Scoring {...props} here={here} />
      )}
      {!declares && !seat.is_in && !isOver(props) && (
        <a className="link inline-flex min-h-11 items-center" href={`${here}?step=ties`}>
          {t('scores.ties_again')}
        </a>
      )}
    </div>
  )
}

type Inside = PanelPageProps & { here: string }

function Ties({ t, cycle, ties, seat, here }: Inside) {
  const { rules } = cycle
  const said = ties.get(seat.user_id) ?? []
  const ruleOf = (tie: TieKind): string =>
    t('scores.ties_rule', { rule: t(rules && isBarred([tie], rules) ? 'scores.ties_bars' : 'scores.ties_scores') })
  return (
    <Card title={t('scores.ties_title')} lead={t('scores.ties_lead')} id="ties">
      <form method="post" action={here}>
        <Choices
          t={t}
          name="ties[]"
          kind="checkbox"
          chosen={said}
          options={tieKinds.map((tie) => ({ value: tie, label: t(`ballots.tie.${tie}`), hint: ruleOf(tie) }))}
        />
        <p className="mb-3">{t('scores.ties_none')}</p>
        <button className="btn btn-primary" name="act" value="ties">
          {t('scores.ties_save')}
        </button>
      </form>
    </Card>
  )
}

function Scoring(props: Inside) {
  const { t, interviewed, criteria, here } = props
  return (
    <>
      <Alert kind="info">{t('scores.hidden')}</Alert>
      <Questions {...props} />
      {criteria.length === 0 && <Alert kind="warning">{t('scores.no_rubric')}</Alert>}
      {interviewed.length === 0 && <EmptyState icon="person" title={t('scores.nobody')} />}
      {interviewed.length > 0 && (
        <form method="post" action={here}>
          {interviewed.map((each) => (
            <OneScored key={each.candidate.candidate_id} {...props} {...each} />
          ))}
          <Card title={t('scores.hand_in')} lead={t('scores.hand_in_lead')} id="hand-in">
            <button className="btn btn-primary" name="act" value="hand_in">
              {t('scores.hand_in')}
            </button>
          </Card>
        </form>
      )}
    </>
  )
}

/** With the minutes for each; where there is script, a timer. */
function Questions({ t, questions, here }: Inside) {
  const minutes = questions.reduce((sum, each) => sum + each.minutes, 0)
  return (
    <Card title={t('interviews.questions')} lead={t('interviews.minutes_all', { count: minutes })} id="questions">
      {questions.length === 0 && <p className="mb-3">{t('interviews.no_questions')}</p>}
      <ol className="divide-base-300 mb-3 list-decimal divide-y pl-6">
        {questions.map((question) => (
          <li key={question.question_id} className="py-3">
            <p className="font-semibold text-pretty">
              <OwnWords t={t} text={question.text} />
            </p>
            <p className="mt-1 flex flex-wrap items-center gap-3">
              {t('interviews.minutes_of', { count: question.minutes })}
              <button
                type="button"
                hidden
                className="btn min-h-11 min-w-32 tabular-nums"
                data-timer={question.minutes * 60}
                data-over={t('scores.timer_over')}
              >
                {t('scores.timer_start', { minutes: question.minutes })}
              </button>
            </p>
          </li>
        ))}
      </ol>
      {questions.length > 0 && <p className="mb-3 text-sm">{t('scores.timer_lead')}</p>}
      <a className="btn" href={`${here}/answers`}>
        {t('scores.read_answers')}
      </a>
    </Card>
  )
}

function OneScored({ t, criteria, scores, seat, candidate, slot, time_zone, now }: Inside & Interviewed) {
  const { candidate_id } = candidate
  const name = candidateName(t, candidate)
  const own = scores.find((each) => each.user_id === seat.user_id && each.candidate_id === candidate_id)
  const count = criteria.filter(({ criterion_id }) => own?.marks[criterion_id] !== undefined).length
  return (
    <Card title={name} id={`candidate-${candidate_id}`}>
      <p>{whenOf(t, slot, time_zone)}</p>
      <p className="wrap-anywhere">{whereOf(slot)}</p>
      <Needs t={t} slot={slot} />
      {own && (
        <p className="mt-2">
          {isWhole(criteria, own.marks) ? (
            <Badge kind="success">{t('scores.saved_whole')}</Badge>
          ) : (
            <Badge kind="warning">{t('scores.saved_part', { count, total: criteria.length })}</Badge>
          )}
        </p>
      )}
      {slot.starts_at > now ? <p className="mt-2">{t('scores.later')}</p> : <div role="group" className="mt-4" aria-label={t('scores.marks_of', { name })}>
        {criteria.map((criterion) => (
          <fieldset key={criterion.criterion_id} className="mb-4">
            <legend className="mb-1 font-semibold">
              <OwnWords t={t} text={criterion.name} /> <span className="text-sm font-normal">({t('scores.weight_of', { weight: criterion.weight })})</span>
            </legend>
            <Meanings t={t} criterion={criterion} />
            <div className="mt-2 grid max-w-md grid-cols-5 gap-2">
              {scale.map((mark) => (
                <label key={mark} className="border-base-300 has-checked:border-primary has-checked:bg-primary/10 flex min-h-12 cursor-pointer flex-col items-center justify-center gap-1 rounded-lg border p-1">
                  <input type="radio" className="radio radio-sm" name={markField(criterion.criterion_id, candidate_id)} value={mark} defaultChecked={own?.marks[criterion.criterion_id] === mark} />
                  {t('scores.mark', { mark })}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <input type="hidden" name={seenField(candidate_id)} value={cardText(criteria, own?.marks ?? {}, own?.notes ?? '')} />
        <Field t={t} label={t('scores.notes')} name={notesField(candidate_id)} rows={4} maxLength={10_000} value={own?.notes ?? ''} />
        <button className="btn btn-primary" name="candidate" value={candidate_id} aria-label={t('scores.save_of', { name })}>
          {t('action.save')}
        </button>
      </div>}
    </Card>
  )
} // prettier-ignore
