import { formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Bars,
  Card,
  Choices,
  EmptyState,
  Field,
  PageHead,
  Pagination,
  Select,
  Table,
} from '../../../platform/ui/components.tsx'
import type { Form, FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import '../../phonebanks/messages.ts'
import '../audience/messages.ts'
import { typedInWords } from '../../targeting/steps/words.ts'
import '../messages.ts'
import { list as mailings } from '../pages.tsx'
import { Lacks, Lanes, looks, type Lacking } from '../parts.tsx'
import { ProblemAlert } from '../sending/pages.tsx'
import { MailContent } from '../writing/schema.ts'
import { linePartsOf, saidFor } from '../writing/text-rules.ts'
import './messages.ts'
import {
  journeysAtOnce,
  type Journey,
  type JourneyEvent,
  type JourneyStep,
  type ListedJourney,
  type Walker,
} from './queries.ts'
import { whenAwake } from './rules.ts'
import { ends, journeyStarters, rests, units, type JourneyState, type LeftFor } from './schema.ts' // prettier-ignore

export const list = '/mail-journeys'

const StateBadge = ({ t, state }: { t: Translate; state: JourneyState }) => (
  <Badge kind={looks[state]}>{t(`journeys.state.${state}`)}</Badge>
)

interface JourneysProps {
  t: Translate
  journeys: readonly ListedJourney[]
  total: number
  from: number
  may_edit: boolean
}

export function JourneysPage({ t, journeys, total, from, may_edit }: JourneysProps) {
  const start = may_edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('journeys.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('journeys.title')}
        lead={t('journeys.lead')}
        back={{ href: mailings, label: t('mailings.title') }}
        actions={journeys.length > 0 && start}
      />
      {journeys.length === 0 && (
        <EmptyState icon="mail" title={t('journeys.none')} action={start}>
          {t('journeys.none_lead')}
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {journeys.map(({ journey_id, name, state, steps, people }) => (
          <li key={journey_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4">
            <div className="min-w-0 flex-1 basis-60">
              <a className="link text-lg font-bold wrap-anywhere" href={`${list}/${journey_id}`}>
                {name}
              </a>
              <p className="text-sm">
                {t('journeys.steps_count', { count: steps })} · {t('journeys.listed', { count: people })}
              </p>
            </div>
            <StateBadge t={t} state={state} />
          </li>
        ))}
      </ul>
      <Pagination t={t} from={from} shown={journeys.length} total={total} size={journeysAtOnce} href={(row) => `${list}?from=${row}`} />
    </>
  )
} // prettier-ignore

export const NewJourneyPage = ({ t, typed, errors, events }: Form & { events: readonly { value: string; label: string }[] }) => (
  <div className="max-w-2xl">
    <PageHead title={t('journeys.new')} lead={t('journeys.none_lead')} back={{ href: list, label: t('journeys.title') }} />
    <form method="post" action={`${list}/new`}>
      <Card>
        <Choices
          t={t}
          legend={t('journeys.starter')}
          name="starter"
          kind="radio"
          chosen={[typed.starter ?? 'welcome']}
          errors={errors}
          options={journeyStarters.map((value) => ({
            value,
            label: t(`journeys.starter.${value}`),
            ...(value !== 'empty' && { hint: t(`journeys.starter.${value}_hint`) }),
          }))}
        />
        <Select
          {...{ t, typed, errors }}
          label={t('journeys.event')}
          hint={t('journeys.event_hint')}
          name="event_id"
          options={[{ value: '', label: t('common.none') }, ...events]}
        />
        <Field {...{ t, typed, errors }} label={t('journeys.name')} name="name" required maxLength={120} />
        <button className="btn btn-primary">{t('journeys.make')}</button>
      </Card>
    </form>
  </div>
) // prettier-ignore

export const journeyValues = (journey: Journey): FormValues => ({
  name: journey.name,
  lane: journey.lane,
  expression: journey.expression,
  exits: journey.exits,
  takes_all: journey.takes_all ? 'yes' : '',
  rest_hours: String(journey.rest_hours),
})

/** '3 days', '5 hours' */
function lengthOf(t: Translate, hours: number): string {
  return hours > 0 && hours % 24 === 0 ? t('journeys.days', { count: hours / 24 }) : t('journeys.hours', { count: hours })
} // prettier-ignore

export function EditJourneyPage({ t, typed, errors, journey }: Form & { journey: Journey }) {
  const form = { t, typed, errors }
  const isAgain = 'name' in typed
  return (
    <div className="max-w-2xl">
      <PageHead title={t('journeys.who_change')} back={{ href: `${list}/${journey.journey_id}`, label: journey.name }} />
      <form method="post" action={`${list}/${journey.journey_id}/edit`}>
        <Seen values={journeyValues(journey)} typed={typed} />
        <Card>
          <Field {...form} label={t('journeys.name')} name="name" required maxLength={120} value={journey.name} />
          {journey.started_at ? (
            <input type="hidden" name="lane" value={journey.lane} />
          ) : (
            <Lanes t={t} chosen={typed.lane ?? journey.lane} errors={errors} />
          )}
          {!journey.event_id && (
            <>
              <Field {...form} label={t('journeys.expression')} hint={t('journeys.expression_hint')} name="expression" maxLength={4000} value={journey.expression} />
              <Field {...form} label={t('journeys.exits')} hint={t('journeys.exits_hint')} name="exits" maxLength={4000} value={journey.exits} />
              <Choices
                t={t}
                name="takes_all"
                kind="checkbox"
                chosen={(isAgain ? typed.takes_all === 'yes' : journey.takes_all) ? ['yes'] : []}
                options={[{ value: 'yes', label: t('journeys.takes_all'), hint: t('journeys.takes_all_hint') }]}
              />
              <Select
                {...form}
                label={t('journeys.rest')}
                hint={t('journeys.rest_hint')}
                name="rest_hours"
                required
                value={String(journey.rest_hours)}
                options={rests.map((hours) => ({ value: String(hours), label: hours === 0 ? t('journeys.rest_none') : lengthOf(t, hours) }))}
              />
            </>
          )}
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
    </div>
  )
} // prettier-ignore

interface JourneyProps extends Form {
  journey: Journey
  event: JourneyEvent | undefined
  steps: readonly JourneyStep[]
  left: readonly { left_for: LeftFor; count: number }[]
  /** null: not to be seen by the reader. */
  walkers: readonly Walker[] | null
  /** What is to be done before it can start, in words. */
  lacks: readonly Lacking[]
  /** Fit at this moment and may be written to; null: not known. */
  fitting: number | null
  time_zone: string
  may_edit: boolean
}

export function JourneyPage(props: JourneyProps) {
  const { t, journey, event, steps, lacks, fitting, may_edit } = props
  const here = `${list}/${journey.journey_id}`
  const isOpen = may_edit && (journey.state === 'draft' || journey.state === 'paused')
  const isForAll = journey.takes_all || journey.event_id !== null
  return (
    <div className="max-w-3xl">
      <PageHead title={journey.name} back={{ href: list, label: t('journeys.title') }} />
      <p className="mb-4">
        <StateBadge t={t} state={journey.state} />
      </p>
      {journey.problem === 'expression' ? <Alert kind="error">{t('journeys.problem.expression')}</Alert> : journey.problem && <ProblemAlert t={t} problem={journey.problem} />}
      {isOpen && <Lacks title={t('journeys.not_ready')} lacks={lacks} />}
      <Card
        title={t('journeys.who')}
        id="who"
        actions={isOpen && <a className="btn" href={`${here}/edit`}>{t('journeys.who_change')}</a>}
      >
        <dl className="grid gap-3">
          <div>
            <dt className="font-semibold">{t('journeys.expression')}</dt>
            <dd className="wrap-anywhere">
              {journey.event_id
                ? event
                  ? t('journeys.for_event', { event: localized(event.content.title, t.language).text })
                  : t('journeys.event_gone')
                : journey.expression
                  ? typedInWords(journey.expression, t)
                  : t('audience.nobody')}
            </dd>
          </div>
          {journey.exits && (
            <div>
              <dt className="font-semibold">{t('journeys.exits')}</dt>
              <dd className="wrap-anywhere">{typedInWords(journey.exits, t)}</dd>
            </div>
          )}
          {!journey.event_id && (
            <div>
              <dt className="font-semibold">{t('journeys.rest')}</dt>
              <dd>{journey.rest_hours === 0 ? t('journeys.rest_none') : lengthOf(t, journey.rest_hours)}</dd>
            </div>
          )}
        </dl>
      </Card>
      <Card title={t('journeys.steps')} id="steps">
        <ol className="border-base-300 ml-3 grid gap-4 border-l-2 pl-5">
          {steps.map((step, at) => (
            <StepItem key={step.mailing_id} {...props} {...{ step, at, here, isOpen }} />
          ))}
        </ol>
      </Card>
      {isOpen && (
        <form method="post" action={`${here}/steps`}>
          <Card title={t('journeys.add')} lead={t('journeys.add_lead')} id="add">
            <Wait {...props} id="new" hours={steps.length === 0 && !journey.event_id ? 0 : 72} label={t(journey.event_id ? 'journeys.wait_before' : 'journeys.wait')} />
            <button className="btn mt-3">{t('journeys.add')}</button>
          </Card>
        </form>
      )}
      <Where {...props} />
      {may_edit && journey.state !== 'ended' && (
        <Card id="turns">
          {journey.state === 'running' && <p className="mb-3">{t('journeys.pause_lead')}</p>}
          {fitting !== null && isForAll && <p className="mb-3 font-semibold">{t('journeys.fit_and_get', { count: fitting })}</p>}
          {fitting !== null && !isForAll && journey.met_at === null && <p className="mb-3 font-semibold">{t('journeys.fit_and_wait', { count: fitting })}</p>}
          <div className="flex flex-wrap items-start gap-3">
            {isOpen && lacks.length === 0 && <Turn to={`${here}/start`} label={t(journey.state === 'paused' ? 'journeys.go_on' : 'journeys.start')} look="btn-primary" />}
            {journey.state === 'running' && <Turn to={`${here}/pause`} label={t('journeys.pause')} look="btn-primary" />}
            <details>
              <summary className="btn btn-error btn-outline">{t('journeys.end')}</summary>
              <div className="mt-3">
                <p className="mb-3 text-sm">{t('journeys.end_lead')}</p>
                <Turn to={`${here}/end`} label={t('journeys.end_sure')} look="btn-error" />
              </div>
            </details>
          </div>
        </Card>
      )}
    </div>
  )
} // prettier-ignore

const Turn = ({ to, label, look }: { to: string; label: string; look: string }) => (
  <form method="post" action={to}>
    <button className={`btn ${look}`}>{label}</button>
  </form>
)

interface WaitProps extends Form {
  id: string
  hours: number
  label: string
}

/** So many hours or days, in one line. */
function Wait({ t, id, hours, label, errors }: WaitProps) {
  const isDays = hours % 24 === 0
  return (
    <div className="flex flex-wrap items-end gap-3">
      <label className="block">
        <span className="mb-1 block text-sm font-semibold">{label}</span>
        <input
          name="wait"
          inputMode="numeric"
          required
          pattern="[0-9]{1,4}"
          defaultValue={isDays ? hours / 24 : hours}
          aria-invalid={errors.wait ? true : undefined}
          aria-describedby={errors.wait ? `wait-error-${id}` : undefined}
          className="input w-24 text-base"
        />
      </label>
      <label className="block">
        <span className="mb-1 block text-sm font-semibold">{t('journeys.unit')}</span>
        <select name="unit" defaultValue={isDays ? 'days' : 'hours'} className="select w-28 text-base">
          {units.map((unit) => (
            <option key={unit} value={unit}>
              {t(`journeys.unit.${unit}`)}
            </option>
          ))}
        </select>
      </label>
      {errors.wait && (
        <p id={`wait-error-${id}`} role="alert" className="text-error basis-full text-sm font-semibold">
          {t.dynamic(errors.wait)}
        </p>
      )}
    </div>
  )
}

function StepItem({ step, at, here, isOpen, ...props }: JourneyProps & { step: JourneyStep; at: number; here: string; isOpen: boolean }) {
  const { t, journey } = props
  const number = (value: number): string => formatNumber(t.language, value)
  const { text, language } = localized(MailContent.parse(step.content).subject, t.language)
  const when = journey.event_id
    ? step.wait_hours === 0
      ? t('journeys.at_start')
      : t('journeys.before', { time: lengthOf(t, step.wait_hours) })
    : step.wait_hours === 0
      ? t('journeys.at_once')
      : t('journeys.later', { time: lengthOf(t, step.wait_hours) })
  return (
    <li className="relative">
      <span className="bg-primary text-primary-content absolute top-0 -left-9 grid size-7 place-items-center rounded-full text-sm font-bold" aria-hidden="true">
        {at + 1}
      </span>
      <p className="text-sm font-semibold">{when}</p>
      <p className="font-bold wrap-anywhere" lang={text ? language : undefined}>
        {plainly(text) || t('journeys.no_subject')}
      </p>
      <p className="text-sm">
        {t('journeys.step_sums', { waiting: number(step.waiting), sent: number(step.sent), unsubscribed: number(step.unsubscribed) })}
      </p>
      <p className="mt-1 flex flex-wrap gap-x-4">
        <a className="link inline-flex min-h-8 items-center" href={`${mailings}/${step.mailing_id}/${isOpen ? 'write' : 'preview'}`}>
          {t(isOpen ? 'journeys.write' : 'journeys.read')}
          <span className="sr-only"> {at + 1}</span>
        </a>
        {step.sent > 0 && (
          <a className="link inline-flex min-h-8 items-center" href={`${mailings}/${step.mailing_id}/report`}>
            {t('journeys.report')}
            <span className="sr-only"> {at + 1}</span>
          </a>
        )}
      </p>
      {isOpen && (
        <details className="mt-1">
          <summary className="min-h-8 cursor-pointer text-sm">{t('journeys.set_wait')}</summary>
          <div className="mt-2 flex flex-wrap items-end gap-3">
            <form method="post" action={`${here}/steps/${step.mailing_id}`} className="flex flex-wrap items-end gap-3">
              <Wait {...props} errors={{}} id={step.mailing_id} hours={step.wait_hours} label={t(journey.event_id ? 'journeys.wait_before' : 'journeys.wait')} />
              <button className="btn">{t('journeys.set_wait')}</button>
            </form>
            <form method="post" action={`${here}/steps/${step.mailing_id}/remove`}>
              <button className="btn btn-error btn-outline">{t('journeys.remove')}</button>
            </form>
          </div>
        </details>
      )}
    </li>
  )
} // prettier-ignore

/** As somebody without a name reads it. */
const plainly = (text: string): string =>
  linePartsOf(text).map((part) => (typeof part === 'string' ? part : saidFor(part, ''))).join('').trim() // prettier-ignore

const leftIn = (t: Translate, why: LeftFor): string =>
  ends.some((each) => each === why) ? t.dynamic(`journeys.left.${why}`) : t('journeys.left_why', { why: t.dynamic(`audience.why.${why}`) }) // prettier-ignore

function Where({ t, steps, left, walkers, time_zone }: JourneyProps) {
  const rows = [
    ...steps.map(({ waiting }, at) => ({ label: t('journeys.waits_for', { number: at + 1 }), value: waiting })),
    ...left.map(({ left_for, count }) => ({ label: leftIn(t, left_for), value: count })),
  ]
  const placeOf = ({ last_n, next_at, left_for }: Walker): string => {
    if (left_for) return leftIn(t, left_for)
    const at = steps.findIndex(({ n }) => n > last_n)
    const said = t('journeys.waits_for', { number: at + 1 })
    return next_at
      ? `${said}, ${t('journeys.next_at', { at: formatDateTime(t.language, whenAwake(next_at, time_zone), time_zone) })}`
      : said
  }
  return (
    <Card title={t('journeys.where')} id="where">
      {rows.every(({ value }) => value === 0) ? (
        <p>{t('journeys.where_none')}</p>
      ) : (
        <Bars is_titled caption={t('journeys.where')} rows={rows} format={(value) => formatNumber(t.language, value)} />
      )}
      {walkers && walkers.length > 0 && (
        <div className="mt-6">
          <Table caption={t('journeys.people')} head={[t('journeys.person'), t('journeys.place')]}>
            {walkers.map((walker) => (
              <tr key={walker.person_id}>
                <td className="wrap-anywhere">
                  <a className="link" href={`/people/${walker.person_id}`}>
                    {walker.name || '–'}
                  </a>
                </td>
                <td className="text-sm">{placeOf(walker)}</td>
              </tr>
            ))}
          </Table>
        </div>
      )}
    </Card>
  )
}
