import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, FindForm, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { Event } from '../../events/queries.ts'
import { delegatedKinds, type Delegated } from '../../access/permissions.ts'
import type { ShownName } from '../../people/rules.ts'
import type { Training } from '../held/queries.ts'
import type { TrainingRule } from '../rules.ts'
import type { JoinedAccount, PossibleCaller, Present, Rung } from '../ladder/queries.ts'
import { queryOf, WhoChoice, type Sought } from '../finding.tsx'
import '../messages.ts'

export interface SmallFormProps {
  t: Translate
  name: ShownName
  path: string
  today: string
  typed: Record<string, string>
  errors: FieldErrors
  /** Of what may be ticked several times. */
  all: Record<string, string[]>
}

/** One form about one person, on a page of its own. */
function Frame({
  t,
  path,
  action,
  title,
  lead,
  errors,
  above,
  children,
  button,
}: SmallFormProps & {
  action: string
  title: string
  lead?: ReactNode
  above?: ReactNode
  children: ReactNode
  button?: string
}) {
  const back = `/leadership/people/${path}`
  const whole = errors['']
  return (
    <div className="max-w-2xl">
      <PageHead title={title} lead={lead} back={{ href: back, label: t('leadership.work') }} />
      {whole && <Alert kind="error" title={t.dynamic(whole)} />}
      {above}
      <Card>
        <form method="post" action={`${back}/${action}`}>
          {children}
          <div className="flex flex-wrap gap-2">
            <button className="btn btn-primary">{button ?? t('action.save')}</button>
            <a className="btn" href={back}>
              {t('action.cancel')}
            </a>
          </div>
        </form>
      </Card>
    </div>
  )
}

const options = <Row,>(rows: readonly Row[], value: (row: Row) => string, label: (row: Row) => string) => [
  { value: '', label: '–' },
  ...rows.map((row) => ({ value: value(row), label: label(row) })),
]

export function StageFormPage(props: SmallFormProps & { rungs: readonly Rung[]; rung_id: string | null }) {
  const { t, name, today, rungs, rung_id, ...rest } = props
  const shared = { t, ...rest }
  return (
    <Frame {...props} action="stage" title={t('stage.form_title', { name: name.main })} lead={t('stage.form_lead')}>
      <Select
        {...shared}
        label={t('stage.title')}
        name="rung_id"
        required
        empty_counts
        value={rung_id}
        options={[
          ...rungs.map(({ rung_id: value, name: rung }) => {
            const { text, language } = localized(rung, t.language)
            return { value, label: text, lang: language }
          }),
          { value: '', label: t('stage.off') },
        ]}
      />
      <Field {...shared} label={t('leadership.from_on')} name="from_on" type="date" required value={today} />
      <Field
        {...shared}
        label={t('stage.reason')}
        hint={t('stage.reason_hint')}
        name="reason"
        required
        maxLength={500}
      />
    </Frame>
  )
}

export function NextStepFormPage(props: SmallFormProps & { members: readonly Present[]; me: string }) {
  const { t, name, members, me, ...rest } = props
  const shared = { t, ...rest }
  return (
    <Frame
      {...props}
      action="next-step"
      title={t('next_step.form_title', { name: name.main })}
      lead={t('next_step.form_lead')}
    >
      <Field
        {...shared}
        label={t('next_step.what')}
        hint={t('next_step.what_hint')}
        name="title"
        required
        maxLength={200}
      />
      <Select
        {...shared}
        label={t('task.owner')}
        name="owner_id"
        required
        value={me}
        options={members.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }))}
      />
      <Field {...shared} label={t('task.due_on')} name="due_on" type="date" required />
    </Frame>
  )
}

/** `reader`: the name of the person's own account, which reads it too; null also where that is who writes. */
export function OneOnOneFormPage(
  props: SmallFormProps & { reader: string | null; reader_id: string | null; members: readonly Present[]; me: string },
) {
  const { t, name, today, reader, reader_id, members, me, ...rest } = props
  const shared = { t, ...rest }
  return (
    <Frame
      {...props}
      action="one-on-one"
      title={t('one_on_one.form_title', { name: name.main })}
      lead={reader === null ? t('one_on_one.read_by_you') : t('one_on_one.read_by_two', { reader })}
    >
      <input type="hidden" name="reader_id" value={reader_id ?? ''} />
      <Field {...shared} label={t('one_on_one.met_on')} name="met_on" type="date" required value={today} />
      <Field {...shared} label={t('one_on_one.body')} name="body" required rows={10} maxLength={20_000} />
      <Choices
        t={t}
        name="opened"
        kind="checkbox"
        chosen={[rest.typed.opened ?? '']}
        options={[{ value: 'yes', label: t('one_on_one.open_to_organizers') }]}
        errors={rest.errors}
      />
      <fieldset className="border-base-300 mb-4 rounded-lg border p-4">
        <legend className="px-1 font-semibold">
          {t('next_step.title')} <span className="text-sm font-normal">({t('common.optional')})</span>
        </legend>
        <Field {...shared} label={t('next_step.what')} name="title" maxLength={200} />
        <Select
          {...shared}
          label={t('task.owner')}
          name="owner_id"
          value={me}
          options={members.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }))}
        />
        <Field {...shared} label={t('task.due_on')} name="due_on" type="date" />
      </fieldset>
    </Frame>
  )
}

export function RoleFormPage(props: SmallFormProps & { names: readonly string[] }) {
  const { t, name, today, names, ...rest } = props
  const shared = { t, ...rest }
  return (
    <Frame {...props} action="role" title={t('held.role_title', { name: name.main })}>
      <Field
        {...shared}
        label={t('held.role')}
        hint={t('held.role_hint')}
        name="name"
        required
        maxLength={200}
        list="role-names"
      />
      <datalist id="role-names">
        {names.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Field {...shared} label={t('leadership.from_on')} name="from_on" type="date" required value={today} />
      <Field
        {...shared}
        label={t('leadership.until_on')}
        hint={t('leadership.until_hint')}
        name="until_on"
        type="date"
      />
    </Frame>
  )
}

export function TrainingFormPage(props: SmallFormProps & { trainings: readonly Training[] }) {
  const { t, name, today, trainings, ...rest } = props
  const shared = { t, ...rest }
  return (
    <Frame {...props} action="training" title={t('held.pass_title', { name: name.main })}>
      {trainings.length === 0 && <p className="mb-4">{t('held.no_trainings')}</p>}
      <Select
        {...shared}
        label={t('held.training')}
        name="training_id"
        required
        options={options(
          trainings,
          ({ training_id }) => training_id,
          (each) => localized(each.name, t.language).text,
        )}
      />
      <Field {...shared} label={t('held.passed_on')} name="passed_on" type="date" required value={today} />
    </Frame>
  )
}

/** `known`: those on the ladder, to choose from. */
export function MentorFormPage(
  props: SmallFormProps & { known: readonly { person_id: string; name: string }[]; sought: Sought },
) {
  const { t, name, today, known, sought, ...rest } = props
  const shared = { t, ...rest }
  return (
    <Frame
      {...props}
      action={`mentor${queryOf(sought)}`}
      title={t('held.pair_title', { name: name.main })}
      above={<FindForm t={t} label={t('leadership.find')} query={sought.query} />}
    >
      <WhoChoice {...{ ...shared, known, sought, today }} legend={t('held.mentor')} name="mentor" />
      <Field {...shared} label={t('leadership.from_on')} name="from_on" type="date" required value={today} />
      <Field
        {...shared}
        label={t('leadership.until_on')}
        hint={t('leadership.until_hint')}
        name="until_on"
        type="date"
      />
      <Field {...shared} label={t('held.goal')} name="goal" maxLength={300} />
    </Frame>
  )
}

export function DelegationFormPage(
  props: SmallFormProps & {
    accounts: readonly JoinedAccount[]
    events: readonly Event[]
    until: string
    /** What is asked for first. */
    needed: readonly { what: Delegated; trainings: readonly string[]; asks: TrainingRule['asks'] }[]
  },
) {
  const { t, name, today, accounts, events, until, needed, all, ...rest } = props
  const shared = { t, ...rest }
  const own = accounts.filter(({ user_id }) => user_id !== null)
  return (
    <Frame
      {...props}
      action="delegation"
      title={t('held.delegate_title', { name: name.main })}
      lead={t('held.delegate_lead')}
    >
      {own.length === 0 && <p className="mb-4">{t('held.account_needed')}</p>}
      <Select
        {...shared}
        label={t('held.what')}
        name="what"
        required
        options={delegatedKinds.map((value) => ({ value, label: t(`delegation.${value}`) }))}
        hint={
          needed.length > 0 && (
            <>
              {t('held.trainings_first')}
              {needed.map(({ what, trainings, asks }) => (
                <span key={what} className="block">
                  {t(`delegation.${what}`)}: {trainings.join(', ')}
                  {trainings.length > 1 && ` (${t(`rule.asks.${asks}`)})`}
                </span>
              ))}
              <a href={`/leadership/people/${props.path}/training`} className="inline-flex min-h-8 items-center">
                {t('held.pass')}
              </a>
            </>
          )
        }
      />
      <Select
        {...shared}
        label={t('held.account')}
        name="user_id"
        required
        options={own.map((each) => ({ value: each.user_id ?? '', label: each.name }))}
      />
      <Field {...shared} label={t('leadership.from_on')} name="from_on" type="date" required value={today} />
      <Field {...shared} label={t('leadership.until_on')} name="until_on" type="date" required value={until} />
      {events.length > 0 && (
        <Choices
          t={t}
          legend={t('held.door_events')}
          hint={t('held.door_events_hint')}
          name="event_ids[]"
          kind="checkbox"
          chosen={all.event_ids ?? []}
          options={events.map(({ event_id, content, starts_at, time_zone }) => {
            const title = localized(content.title, t.language)
            return { value: event_id, label: title.text, lang: title.language, hint: formatDateTime(t.language, starts_at, time_zone) } // prettier-ignore
          })}
        />
      )}
    </Frame>
  )
}

export function AccountFormPage(
  props: SmallFormProps & { members: readonly Present[]; callers: readonly PossibleCaller[] },
) {
  const { t, name, members, callers, ...rest } = props
  const shared = { t, ...rest }
  return (
    <Frame
      {...props}
      action="account"
      title={t('account_of.join_title', { name: name.main })}
      lead={t('account_of.lead')}
    >
      <p className="mb-4">
        {t('account_of.invite_first')}{' '}
        <a className="link inline-flex min-h-8 items-center" href="/members">
          {t('account_of.to_members')}
        </a>
      </p>
      <Select
        {...shared}
        label={t('account_of.member')}
        name="user_id"
        options={options(
          members,
          ({ user_id }) => user_id,
          ({ display_name }) => display_name,
        )}
      />
      {callers.length > 0 && (
        <Select
          {...shared}
          label={t('account_of.caller')}
          hint={t('account_of.caller_hint')}
          name="caller_id"
          options={options(
            callers,
            ({ caller_id }) => caller_id,
            ({ name: caller }) => caller,
          )}
        />
      )}
    </Frame>
  )
}
