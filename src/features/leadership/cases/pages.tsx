import type { ReactNode } from 'react'
import { dateIn } from '../../../platform/clock.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, Field, OwnText, PageHead, Pagination, Select } from '../../../platform/ui/components.tsx' // prettier-ignore
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { PersonName } from '../../people/pages/person-name.tsx'
import type { ShownName } from '../../people/rules.ts'
import type { Present } from '../ladder/queries.ts'
import '../messages.ts'
import { casePath, nameOfRow, workPath } from '../names.ts'
import { TaskRow } from '../pages/tasks.tsx'
import type { Task } from '../tasks/queries.ts'
import './messages.ts'
import type { CaseKind, HelpCase } from './queries.ts'
import { caseEnds, milestoneLines } from './schema.ts'

export const list = '/leadership/cases'
export const cases_at_once = 30
export const caseViews = ['open', 'mine', 'closed'] as const
export type CaseView = (typeof caseViews)[number]

interface Typed {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
}

interface ListProps {
  t: Translate
  view: CaseView
  cases: readonly HelpCase[]
  total: number
  from: number
  today: string
  has_kinds: boolean
  may_edit: boolean
}

export function CasesPage({ t, view, cases, total, from, today, has_kinds, may_edit }: ListProps) {
  const kinds = may_edit && (
    <a className="btn" href={`${list}/kinds`}>
      {t('case.kinds')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('case.title')}
        lead={t('case.lead')}
        back={{ href: '/leadership', label: t('leadership.title') }}
        actions={kinds}
      />
      <nav aria-label={t('case.which')} className="mb-4 flex flex-wrap gap-2">
        {caseViews.map((each) => (
          <a
            key={each}
            className="btn aria-[current]:btn-primary"
            aria-current={each === view ? 'page' : undefined}
            href={`${list}?view=${each}`}
          >
            {t(`case.view.${each}`)}
          </a>
        ))}
      </nav>
      {cases.length === 0 ? (
        <EmptyState icon="team" title={t(`case.none.${view}`)} action={!has_kinds && kinds}>
          <p>{t(has_kinds ? 'case.none_text' : 'case.no_kinds')}</p>
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {cases.map((each) => (
            <li key={each.case_id} className="bg-base-100 rounded-box border-base-300 relative border p-4">
              <CaseLine t={t} help_case={each} today={today} with_name />
            </li>
          ))}
        </ul>
      )}
      <Pagination
        t={t}
        from={from}
        shown={cases.length}
        total={total}
        size={cases_at_once}
        href={(row) => `${list}?view=${view}&from=${row}`}
      />
    </>
  )
}

/** One of them on a list: what it is, who sees to it, what is due. */
export function CaseLine({
  t,
  help_case,
  today,
  with_name = false,
}: {
  t: Translate
  help_case: HelpCase
  today: string
  with_name?: boolean
}) {
  const { title, kind, owner, open, next_on, closed_as, closed_at } = help_case
  return (
    <>
      <p className="font-semibold break-words">
        <a href={casePath(help_case)} className="link inline-flex min-h-8 items-center">
          {title}
        </a>
      </p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        {with_name && <PersonName name={nameOfRow(help_case, t.language)} is_quiet />}
        <span className={dotted}>
          <OwnText t={t} text={localized(kind, t.language)} language={t.language} />
        </span>
        <span className={dotted}>{owner ?? t('task.nobody')}</span>
        {!closed_as && <span className={dotted}>{t('case.to_do', { count: open })}</span>}
        {!closed_as && next_on && (
          <span className={dotted}>{t('task.due', { date: formatDate(t.language, next_on, 'short') })}</span>
        )}
        {!closed_as && next_on !== null && next_on < today && <Badge kind="error">{t('task.late')}</Badge>}
        {closed_as && closed_at && (
          <Badge kind={closed_as === 'settled' ? 'success' : 'neutral'}>{t(`case.end.${closed_as}`)}</Badge>
        )}
      </p>
    </>
  )
}
const dotted = "not-first:before:mr-2 not-first:before:content-['·']"

interface NewCaseProps extends Typed {
  name: ShownName
  path: string
  kinds: readonly CaseKind[]
  members: readonly Present[]
  me: string
  may_edit: boolean
}

export function NewCasePage({ t, typed, errors, name, path, kinds, members, me, may_edit }: NewCaseProps) {
  const shared = { t, typed, errors }
  const back = { href: `/leadership/people/${path}`, label: name.main }
  if (kinds.length === 0)
    return (
      <>
        <PageHead title={t('case.new')} back={back} />
        <EmptyState
          icon="team"
          title={t('case.kinds_none')}
          action={
            may_edit && (
              <a className="btn btn-primary" href={`${list}/kinds`}>
                {t('case.kinds')}
              </a>
            )
          }
        >
          <p>{t('case.no_kinds')}</p>
        </EmptyState>
      </>
    )
  return (
    <div className="max-w-2xl">
      <PageHead title={t('case.new')} lead={t('case.new_lead', { name: name.main })} back={back} />
      <Card>
        <form method="post" action={`/leadership/people/${path}/cases/new`}>
          <Select
            {...shared}
            label={t('case.kind')}
            name="kind_id"
            required
            options={kinds.map((kind) => ({ value: kind.kind_id, label: localized(kind.name, t.language).text }))}
            hint={t('case.kind_hint')}
          />
          <Facts {...shared} members={members} owner_id={me} />
          <button className="btn btn-primary">{t('case.open')}</button>
        </form>
      </Card>
    </div>
  )
}

function Facts({
  t,
  typed,
  errors,
  members,
  title = '',
  about = '',
  owner_id,
}: Typed & { members: readonly Present[]; title?: string; about?: string | null; owner_id: string | null }) {
  const shared = { t, typed, errors }
  return (
    <>
      <Field
        {...shared}
        label={t('case.about_what')}
        name="title"
        required
        maxLength={200}
        value={title}
        hint={t('case.about_what_hint')}
      />
      <Field
        {...shared}
        label={t('case.about')}
        name="about"
        rows={4}
        maxLength={5000}
        value={about}
        hint={t('case.about_hint')}
      />
      <Select
        {...shared}
        label={t('task.owner')}
        name="owner_id"
        value={owner_id ?? ''}
        options={[
          { value: '', label: t('task.nobody') },
          ...members.map(({ user_id, display_name }) => ({ value: user_id, label: display_name })),
        ]}
      />
    </>
  )
}

/** What the fields of its form hold. */
export const caseValues = ({ title, about, owner_id }: HelpCase): FormValues => ({
  title,
  about: about ?? '',
  owner_id: owner_id ?? '',
})

interface CaseProps extends Typed {
  help_case: HelpCase
  open: readonly Task[]
  ended: readonly Task[]
  members: readonly Present[]
  today: string
  time_zone: string
}

export function CasePage({ t, typed, errors, help_case, open, ended, members, today, time_zone }: CaseProps) {
  const here = casePath(help_case)
  const { title, about, owner, owner_id, closed_as, closed_at, outcome, kind } = help_case
  // What was typed belongs to the form it was typed into.
  const of = (form: string): Typed => (typed.form === form ? { t, typed, errors } : { t, typed: {}, errors: {} })
  const name = nameOfRow(help_case, t.language)
  const rows = (tasks: readonly Task[]) => (
    <ul className="divide-base-300 divide-y">
      {tasks.map((task) => (
        <li key={task.task_id} className="py-3">
          <TaskRow {...{ t, task, today, members }} base="/leadership/tasks" links={false} back={here} />
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <PageHead title={title} lead={localized(kind, t.language).text} back={{ href: list, label: t('case.title') }} />
      <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <a href={workPath(help_case)} className="link inline-flex min-h-8 items-center">
          <PersonName name={name} is_quiet />
        </a>
        <span>{t('case.opened', { date: formatDate(t.language, help_case.opened_on), name: help_case.made_by })}</span>
        <span>
          {t('task.owner')}: {owner ?? t('task.nobody')}
        </span>
      </p>
      {closed_as && closed_at && (
        <Alert kind={closed_as === 'settled' ? 'success' : 'info'} title={t(`case.end.${closed_as}`)}>
          <p>
            {t('case.closed', {
              date: formatDate(t.language, dateIn(time_zone, closed_at)),
              name: help_case.closed_by ?? '',
            })}
          </p>
          {outcome && <p className="break-words">{outcome}</p>}
        </Alert>
      )}
      {about && <p className="mb-4 max-w-prose break-words whitespace-pre-line">{about}</p>}
      <Card title={t('case.milestones')} id="milestones">
        {open.length === 0 && <p>{t(closed_as ? 'case.nothing_more' : 'case.nothing_to_do')}</p>}
        {rows(open)}
        {!closed_as && (
          <Folded label={t('case.add_milestone')} is_open={typed.form === 'milestone' || open.length === 0}>
            <form method="post" action={`${here}/milestones`}>
              <input type="hidden" name="form" value="milestone" />
              <Field {...of('milestone')} label={t('task.what')} name="title" required maxLength={200} />
              <Select
                {...of('milestone')}
                label={t('task.owner')}
                name="owner_id"
                value={owner_id ?? ''}
                options={[
                  { value: '', label: t('task.nobody') },
                  ...members.map(({ user_id, display_name }) => ({ value: user_id, label: display_name })),
                ]}
              />
              <Field {...of('milestone')} label={t('task.due_on')} name="due_on" type="date" />
              <button className="btn btn-primary">{t('case.add')}</button>
            </form>
          </Folded>
        )}
      </Card>
      {ended.length > 0 && <Card title={t('case.done')}>{rows(ended)}</Card>}
      {closed_as ? (
        <form method="post" action={`${here}/reopen`} className="print:hidden">
          <button className="btn">{t('case.reopen')}</button>
        </form>
      ) : (
        <div className="grid gap-4 md:grid-cols-2 print:hidden">
          <Card title={t('case.close')}>
            <form method="post" action={`${here}/close`}>
              <input type="hidden" name="form" value="close" />
              <Select
                {...of('close')}
                label={t('case.how_ended')}
                name="closed_as"
                required
                options={caseEnds.map((end) => ({ value: end, label: t(`case.end.${end}`) }))}
              />
              <Field {...of('close')} label={t('task.outcome')} name="outcome" maxLength={500} />
              {open.length > 0 && <p className="mb-3 text-sm">{t('case.close_leaves', { count: open.length })}</p>}
              <button className="btn">{t('case.close')}</button>
            </form>
          </Card>
          <Card title={t('case.change')}>
            <form method="post" action={here}>
              <input type="hidden" name="form" value="facts" />
              <Seen values={caseValues(help_case)} typed={typed.form === 'facts' ? typed : {}} />
              <Facts {...of('facts')} members={members} title={title} about={about} owner_id={owner_id} />
              <button className="btn">{t('action.save')}</button>
            </form>
          </Card>
        </div>
      )}
    </>
  )
}

const Folded = ({ label, is_open, children }: { label: string; is_open: boolean; children: ReactNode }) => (
  <details open={is_open} className="mt-3 print:hidden">
    <summary className="btn">{label}</summary>
    <div className="mt-3 max-w-xl">{children}</div>
  </details>
)

interface KindsProps extends Typed {
  kinds: readonly CaseKind[]
  languages: readonly string[]
  saved: boolean
}

export function CaseKindsPage({ t, typed, errors, kinds, languages, saved }: KindsProps) {
  const of = (form: string): Typed => (typed.form === form ? { t, typed, errors } : { t, typed: {}, errors: {} })
  return (
    <div className="max-w-3xl">
      <PageHead title={t('case.kinds')} lead={t('case.kinds_lead')} back={{ href: list, label: t('case.title') }} />
      {saved && <Alert kind="success" title={t('case.kind_saved')} />}
      {kinds.map((kind) => {
        const name = localized(kind.name, t.language).text
        const here = `${list}/kinds/${kind.kind_id}`
        return (
          <details
            key={kind.kind_id}
            open={typed.form === kind.kind_id}
            className="bg-base-100 rounded-box border-base-300 mb-3 border p-4"
          >
            <summary className="min-h-8 cursor-pointer font-semibold">
              {name} <span className="font-normal">{t('case.begins_with', { count: kind.milestones.length })}</span>{' '}
              {kind.archived_at && <Badge>{t('case.put_away')}</Badge>}
            </summary>
            <form method="post" action={here} className="mt-3">
              <KindFields {...of(kind.kind_id)} form={kind.kind_id} kind={kind} languages={languages} />
              <button className="btn btn-primary">
                {t('action.save')}
                <span className="sr-only">: {name}</span>
              </button>
            </form>
            <form method="post" action={`${here}/${kind.archived_at ? 'restore' : 'archive'}`} className="mt-3">
              <button className="btn">
                {t(kind.archived_at ? 'case.offer_again' : 'case.offer_no_more')}
                <span className="sr-only">: {name}</span>
              </button>
            </form>
          </details>
        )
      })}
      <Card title={t('case.kind_new')}>
        <form method="post" action={`${list}/kinds`}>
          <KindFields {...of('new')} form="new" kind={null} languages={languages} />
          <button className="btn btn-primary">{t('case.kind_add')}</button>
        </form>
      </Card>
    </div>
  )
}

function KindFields({
  t,
  typed,
  errors,
  form,
  kind,
  languages,
}: Typed & { form: string; kind: CaseKind | null; languages: readonly string[] }) {
  const shared = { t, typed, errors }
  const lines = milestoneLines(kind?.milestones.length ?? 0)
  const languageOf = (language: string): string => languageNames[language] ?? language
  return (
    <>
      <input type="hidden" name="form" value={form} />
      <div className="grid gap-x-4 md:grid-cols-2">
        {languages.map((language, at) => (
          <Field
            key={language}
            t={t}
            typed={typed}
            errors={at === 0 && errors.name ? { ...errors, [`name_${language}`]: errors.name } : errors}
            label={t('ladder.name_in', { language: languageOf(language) })}
            name={`name_${language}`}
            lang={language}
            maxLength={80}
            is_one_of_several={languages.length > 1}
            value={kind?.name[language] ?? ''}
          />
        ))}
      </div>
      <fieldset>
        <legend className="mb-1 font-semibold">{t('case.begins')}</legend>
        <p className="mb-2 text-sm">{t('case.begins_hint')}</p>
        <ol className="grid gap-3">
          {Array.from({ length: lines }, (_, at) => {
            const there = kind?.milestones[at]
            return (
              <li key={at} className="border-base-300 grid gap-x-4 border-l-4 pl-3 md:grid-cols-[1fr_1fr_11rem]">
                {languages.map((language) => (
                  <Field
                    key={language}
                    {...shared}
                    label={t('case.step_in', { number: at + 1, language: languageOf(language) })}
                    name={`step${at}_${language}`}
                    lang={language}
                    maxLength={200}
                    value={there?.name[language] ?? ''}
                  />
                ))}
                <Field
                  {...shared}
                  label={t('case.step_days', { number: at + 1 })}
                  name={`days${at}`}
                  type="number"
                  min={0}
                  max={730}
                  value={there?.days ?? ''}
                />
              </li>
            )
          })}
        </ol>
      </fieldset>
    </>
  )
}
