import type { ReactNode } from 'react'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Card, Choices, Field, FieldError, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { SavedNow, Seen } from '../../../platform/ui/meanwhile.tsx'
import { InCampaign } from '../../campaigns/parts/in-campaign.tsx'
import { timeZones } from '../../organizations/schema.ts'
import { rowsOf } from '../editing.ts'
import type { Event, ListedKind } from '../queries.ts'
import { consentChannels, needRules, needsOf, questionKinds, reminderHours } from '../schema.ts'

interface EditEventPageProps {
  t: Translate
  /** null: a new one. */
  event: Event | null
  kind: ListedKind
  languages: readonly string[]
  /** What stands in the fields: as saved, or as it was typed. */
  fields: Record<string, string>
  /** As it is saved, for whoever saves at the same time; null: a new one. */
  saved: FormValues | null
  /** With what the form was opened. */
  typed: Record<string, string>
  errors: FieldErrors
  problem: 'capacity_below' | 'shift_taken' | null
  /** The day of the series that stands in the way. */
  problem_on: string | null
  /** Days of its series that are still to come after it. */
  later: number
}

export type Inside = Pick<EditEventPageProps, 't' | 'languages' | 'fields' | 'errors'> & { action: string }

/** One plain form: every button posts all of it, so that nothing typed is lost. */
export function EditEventPage(props: EditEventPageProps) {
  const { t, event, kind, languages, fields, saved, typed, errors, problem, problem_on, later } = props
  const action = event ? `/events/${event.event_id}/edit` : '/events/new'
  const inside: Inside = { t, languages, fields, errors, action }
  const title = event ? localized(event.content.title, t.language).text : ''
  const shifts = rowsOf(fields, 'shift')
  const questions = rowsOf(fields, 'question')
  return (
    <div className="max-w-3xl">
      <PageHead
        title={event ? t('events.edit_title', { title }) : t('events.new')}
        lead={localized(kind.name, t.language).text}
        back={
          event ? { href: `/events/${event.event_id}`, label: title } : { href: '/events/new', label: t('events.new') }
        }
      />
      {Object.values(errors).some(Boolean) && <Alert kind="error" title={t.dynamic(errors[''] ?? 'form.check')} />}
      {problem && (
        <Alert kind="error" title={t(`events.problem.${problem}`)}>
          {problem_on && t('events.problem_on', { day: formatDate(t.language, problem_on) })}
        </Alert>
      )}
      <form method="post" action={action}>
        {/* Enter saves; it does not press the first button of a part. */}
        <button className="sr-only" name="act" value="save" tabIndex={-1} aria-hidden="true">
          {t('action.save')}
        </button>
        {saved && <Seen values={saved} typed={typed} />}
        <input type="hidden" name="kind" value={kind.kind} />
        {!event && <InCampaign t={t} campaign={fields.campaign} />}
        <Card title={t('events.what')}>
          <Texts {...inside} place="title" label={t('events.field.title')} is_needed />
          <Texts {...inside} place="summary" label={t('events.field.summary')} rows={4} />
          <Texts
            {...inside}
            place="spoken"
            label={t('events.field.spoken')}
            hint={t('events.field.spoken_hint')}
            rows={2}
          />
          <Texts
            {...inside}
            place="access"
            label={t('events.field.access')}
            hint={t('events.field.access_hint')}
            rows={2}
          />
        </Card>
        <Needs {...inside} kind={kind} />
        <Card title={t('events.shifts_card')} id="shifts">
          <Select
            t={t}
            label={t('events.time_zone')}
            name="time_zone"
            required
            options={zones(t, fields.time_zone)}
            value={fields.time_zone ?? null}
            errors={errors}
          />
          {shifts.map((_, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a place in the form is all a new shift has
            <ShiftFields key={at} {...inside} at={at} is_only={shifts.length === 1} />
          ))}
          <Tick {...inside} name="hides_address">
            {t('events.hides_address')}
          </Tick>
          <Act act="add-shift" to="shifts" action={action}>
            + {t('events.shift_add')}
          </Act>
        </Card>
        <Card title={t('events.seats_card')}>
          <div className="grid items-end gap-x-4 sm:grid-cols-2">
            <Field
              t={t}
              label={t('events.capacity')}
              name="capacity"
              type="number"
              min={1}
              hint={t('events.capacity_hint')}
              typed={fields}
              errors={errors}
            />
            <Field
              t={t}
              label={t('events.guests_most')}
              name="guests_most"
              type="number"
              min={0}
              max={20}
              required
              typed={fields}
              errors={errors}
            />
          </div>
          <Tick {...inside} name="is_by_invitation">
            {t('events.is_by_invitation')}
          </Tick>
          <Tick {...inside} name="needs_approval">
            {t('events.needs_approval')}
          </Tick>
          <Tick {...inside} name="has_wait_list">
            {t('events.has_wait_list')}
          </Tick>
          <Field
            t={t}
            label={t('events.accept_hours')}
            name="accept_hours"
            type="number"
            min={0}
            max={336}
            hint={t('events.accept_hours_hint')}
            required
            typed={fields}
            errors={errors}
          />
          <Field
            t={t}
            label={t('events.online_link')}
            name="online_link"
            type="url"
            hint={t('events.online_link_hint')}
            placeholder="https://"
            typed={fields}
            errors={errors}
          />
          <fieldset>
            <legend className="mb-1 font-semibold">{t('events.reminders')}</legend>
            {reminderHours.map((hours) => (
              <Tick key={hours} {...inside} name={`reminder.${hours}`}>
                {t(`events.reminder.${hours}`)}
              </Tick>
            ))}
          </fieldset>
        </Card>
        <Card title={t('events.questions_card')} lead={t('events.questions_lead')} id="questions">
          {questions.map((question, at) => (
            <QuestionFields key={question.key} {...inside} at={at} question={question} />
          ))}
          <div className="flex flex-wrap gap-2">
            {questionKinds.map((each) => (
              <Act key={each} act={`add-question:${each}`} to="questions" action={action}>
                + {t(`events.question_kind.${each}`)}
              </Act>
            ))}
          </div>
        </Card>
        <Card title={t('events.consent_card')} lead={t('events.consent_lead')}>
          {consentChannels.map((channel) => (
            <Texts
              key={channel}
              {...inside}
              place={`consent.${channel}`}
              label={t.dynamic(`people.channel.${channel}`)}
              rows={2}
            />
          ))}
        </Card>
        {later > 0 && (
          <Card title={t('events.series_scope')} lead={t('events.series_scope_lead')}>
            <Choices
              t={t}
              legend={t('events.series_scope_legend')}
              name="scope"
              kind="radio"
              chosen={[fields.scope ?? 'one']}
              options={[
                { value: 'one', label: t('events.series_scope.one') },
                { value: 'later', label: t('events.series_scope.later', { count: later }) },
              ]}
            />
          </Card>
        )}
        <p className="mb-6 flex flex-wrap gap-3">
          <button name="act" value="save" className="btn btn-primary">
            {t('action.save')}
          </button>
          <a href={event ? `/events/${event.event_id}` : '/events'} className="btn btn-ghost">
            {t('action.cancel')}
          </a>
        </p>
      </form>
    </div>
  )
}

const zones = (t: Translate, own: string | undefined) => {
  const known: readonly string[] = timeZones
  return [...known, ...(own && !known.includes(own) ? [own] : [])].map((zone) => ({
    value: zone,
    label: known.includes(zone) ? t.dynamic(`settings.zone.${zone}`) : zone,
  }))
}

function Needs({ kind, ...inside }: Inside & { kind: ListedKind }) {
  const { t, fields, errors } = inside
  const asked = kind.needs.filter((need) => ['text', 'texts'].includes(needRules[need]))
  if (asked.length === 0) return null
  return (
    <Card title={t('events.needs_card')}>
      {needsOf(asked, 'texts').map((need) => (
        <Texts
          key={need}
          {...inside}
          place={`detail.${need}`}
          label={t(`events.need.${need}`)}
          hint={t('events.needs_public')}
          rows={2}
        />
      ))}
      {needsOf(asked, 'text').map((need) => (
        <Field
          key={need}
          t={t}
          label={t(`events.need.${need}`)}
          name={`detail.${need}`}
          hint={t(need === 'quorum' ? 'events.quorum_hint' : 'events.needs_own')}
          maxLength={300}
          typed={fields}
          errors={errors}
        />
      ))}
    </Card>
  )
}

function ShiftFields({ at, is_only, ...inside }: Inside & { at: number; is_only: boolean }) {
  const { t, fields, errors, action } = inside
  const place = `shift.${at}`
  const shared = { t, typed: fields, errors }
  return (
    <fieldset className="border-base-300 mb-6 border-l-4 pl-4">
      <legend className="mb-2 font-bold">{t('events.shift', { number: at + 1 })}</legend>
      <input type="hidden" name={`${place}.id`} value={fields[`${place}.id`] ?? ''} />
      <div className="grid gap-x-4 sm:grid-cols-3">
        <Field {...shared} label={t('events.date')} name={`${place}.date`} type="date" required />
        <Field {...shared} label={t('events.from')} name={`${place}.from`} type="time" required />
        <Field {...shared} label={t('events.to')} name={`${place}.to`} type="time" required />
      </div>
      {!is_only && <Texts {...inside} place={`${place}.name`} label={t('events.shift_name')} />}
      <Texts {...inside} place={`${place}.place`} label={t('events.place')} />
      <div className="grid gap-x-4 sm:grid-cols-3">
        <Field {...shared} label={t('events.address')} name={`${place}.address`} maxLength={120} />
        <Field {...shared} label={t('events.city')} name={`${place}.city`} maxLength={60} />
        <Field {...shared} label={t('events.zip5')} name={`${place}.zip5`} inputMode="numeric" maxLength={5} />
      </div>
      <Texts {...inside} place={`${place}.directions`} label={t('events.directions')} rows={2} />
      {!is_only && (
        <>
          <Field {...shared} label={t('events.shift_capacity')} name={`${place}.capacity`} type="number" min={1} />
          <Act act={`remove-shift:${at}`} to="shifts" action={action}>
            {t('events.shift_remove')} <span className="sr-only">({t('events.shift', { number: at + 1 })})</span>
          </Act>
        </>
      )}
    </fieldset>
  )
}

function QuestionFields({ at, question, ...inside }: Inside & { at: number; question: Record<string, string> }) {
  const { t, action } = inside
  const place = `question.${at}`
  const has_choices = question.kind === 'choice' || question.kind === 'several'
  return (
    <fieldset className="border-base-300 mb-6 border-l-4 pl-4">
      <legend className="mb-2 font-bold">
        {t('events.question', { number: at + 1 })} · {t.dynamic(`events.question_kind.${question.kind ?? 'text'}`)}
      </legend>
      <input type="hidden" name={`${place}.key`} value={question.key ?? ''} />
      <input type="hidden" name={`${place}.kind`} value={question.kind ?? ''} />
      <Texts {...inside} place={`${place}.say`} label={t('events.question_say')} rows={2} />
      {has_choices && <Texts {...inside} place={`${place}.choices`} label={t('events.question_choices')} rows={4} />}
      <Tick {...inside} name={`${place}.is_needed`}>
        {t('events.question_needed')}
      </Tick>
      <Act act={`remove-question:${at}`} to="questions" action={action}>
        {t('events.shift_remove')} <span className="sr-only">({t('events.question', { number: at + 1 })})</span>
      </Act>
    </fieldset>
  )
}

const Act = ({ act, to, action, children }: { act: string; to: string; action: string; children: ReactNode }) => (
  <button name="act" value={act} formAction={`${action}#${to}`} formNoValidate className="btn btn-sm min-h-11">
    {children}
  </button>
)

export const Tick = ({ name, fields, children }: Pick<Inside, 'fields'> & { name: string; children: ReactNode }) => (
  <label className="mb-3 flex min-h-11 items-center gap-3">
    <input type="checkbox" className="checkbox" name={name} defaultChecked={fields[name] === 'on'} />
    <span>{children}</span>
  </label>
)

interface TextsProps extends Inside {
  place: string
  label: string
  hint?: string
  rows?: number
  is_needed?: boolean
}

/** One box per language; a text that others have and this one lacks is marked. */
export function Texts({ t, languages, fields, errors, place, label, hint, rows, is_needed = false }: TextsProps) {
  const isSomewhere = languages.some((language) => fields[`${place}.${language}`])
  return (
    <fieldset className="mb-4">
      <legend className="mb-1 font-semibold">
        {label} {!is_needed && <span className="text-sm font-normal">({t('common.optional')})</span>}
      </legend>
      {hint && <p className="mb-1.5 text-sm">{hint}</p>}
      <div className="grid gap-3 sm:grid-cols-2">
        {languages.map((language) => {
          const name = `${place}.${language}`
          const shared = {
            id: name,
            name,
            lang: language,
            defaultValue: fields[name] ?? '',
            maxLength: 4000,
            'aria-invalid': errors[name] ? true : undefined,
            'aria-describedby': errors[name] ? `${name}-error` : undefined,
          }
          return (
            <div key={language}>
              <label htmlFor={name} className="mb-1 block text-sm">
                <span lang={language}>{languageNames[language] ?? language}</span>
                {isSomewhere && !fields[name] && <strong className="text-error"> · {t('events.missing_here')}</strong>}
              </label>
              {rows ? (
                <textarea {...shared} rows={rows} className="textarea w-full text-base" />
              ) : (
                <input {...shared} className="input w-full text-base" />
              )}
              <SavedNow name={name} />
              <FieldError t={t} name={name} errors={errors} />
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}
