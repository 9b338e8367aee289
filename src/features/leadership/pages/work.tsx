import type { ReactNode } from 'react'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, OwnText, PageHead } from '../../../platform/ui/components.tsx'
import { holdsOn } from '../../access/delegations/queries.ts'
import { PersonName } from '../../people/pages/person-name.tsx'
import { profilePath, type ShownName, type Who } from '../../people/rules.ts'
import type { ActivityKind } from '../activity.ts'
import { CaseLine } from '../cases/pages.tsx'
import type { HelpCase } from '../cases/queries.ts'
import type { CohortOfPerson } from '../cohorts/queries.ts'
import '../bodies/messages.ts'
import '../cohorts/messages.ts'
import { roleText, type Held } from '../held/queries.ts'
import { stageOn, type JoinedAccount, type Present, type StageRow } from '../ladder/queries.ts'
import '../messages.ts'
import '../telling/messages.ts'
import { nameOfRow, workPath } from '../names.ts'
import type { OneOnOne } from '../one-on-ones/queries.ts'
import type { Task } from '../tasks/queries.ts'
import { TaskRow } from './tasks.tsx'

export interface WorkProps {
  t: Translate
  who: Who
  /** Part of the address: 'v123' or the person's id. */
  path: string
  name: ShownName
  stages: readonly StageRow[]
  steps: readonly Task[]
  ended: readonly Task[]
  one_on_ones: readonly OneOnOne[]
  held: Held
  accounts: readonly JoinedAccount[]
  activity: readonly { kind: ActivityKind; times: number; last_on: string }[]
  activity_days: number
  cohorts: readonly CohortOfPerson[]
  cases: readonly HelpCase[]
  /** To whom a step can be given. */
  members: readonly Present[]
  today: string
  me: string
  may_edit: boolean
  saved: boolean
  /** Whether a mail tells them of what they were just given. */
  told: 'mailed' | 'self' | null
}

/** Everything about working with one person, and the way to each form. */
export function WorkPage(props: WorkProps) {
  const { t, name, who } = props
  return (
    <>
      <PageHead
        title={t('leadership.working_with', { name: name.main })}
        back={{ href: '/leadership', label: t('leadership.title') }}
        actions={
          <a className="btn" href={profilePath(who)}>
            {t('leadership.to_profile')}
          </a>
        }
      />
      {props.saved && <Alert kind="success" title={t('leadership.saved')} />}
      {props.told && (
        <Alert kind={props.told === 'mailed' ? 'success' : 'warning'}>
          {t(`telling.${props.told}`, { name: props.name.main })}
        </Alert>
      )}
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <div className="min-w-0">
          <Steps {...props} />
          <Cases {...props} />
          <OneOnOnes {...props} />
          <Activity {...props} />
        </div>
        <div className="min-w-0">
          <Stages {...props} />
          <Roles {...props} />
          <Trainings {...props} />
          <Mentors {...props} />
          <Cohorts {...props} />
          <Delegations {...props} />
          <Accounts {...props} />
        </div>
      </div>
    </>
  )
}

const To = ({ href, children, primary = false }: { href: string; children: ReactNode; primary?: boolean }) => (
  <a className={`btn mt-3 print:hidden ${primary ? 'btn-primary' : ''}`} href={href}>
    {children}
  </a>
)

/** A button of its own for one entry. */
const Act = ({
  action,
  children,
  about,
  is_quiet = false,
}: {
  action: string
  children: ReactNode
  about: string
  is_quiet?: boolean
}) => (
  <form method="post" action={action} className="print:hidden">
    <button className={`btn btn-sm min-h-11 ${is_quiet ? 'btn-ghost' : ''}`}>
      {children}
      <span className="sr-only">: {about}</span>
    </button>
  </form>
)

function Stages({ t, stages, path, today, may_edit }: WorkProps) {
  const now = stageOn(stages, today)
  return (
    <Card title={t('stage.title')} id="stage">
      <p className="text-lg font-bold">
        <StageName t={t} stage={now} />
      </p>
      {now && (
        <p>
          {t('leadership.since', { date: formatDate(t.language, now.from_on) })}: {now.reason}
        </p>
      )}
      {stages.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-8 cursor-pointer text-sm">{t('stage.history')}</summary>
          <ul className="divide-base-300 mt-1 divide-y text-sm">
            {stages.map((stage) => (
              <li key={stage.stage_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <span className="min-w-0 flex-1 basis-56">
                  <strong>
                    <StageName t={t} stage={stage} />
                  </strong>{' '}
                  {t('leadership.since', { date: formatDate(t.language, stage.from_on) })}
                  <span className="block break-words">{stage.reason}</span>
                  <span className="block">{stage.set_by}</span>
                </span>
                {may_edit && (
                  <Act action={`/leadership/stages/${stage.stage_id}/remove`} about={stage.reason}>
                    {t('leadership.mistake')}
                  </Act>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {may_edit && <To href={`/leadership/people/${path}/stage`}>{t('stage.set')}</To>}
    </Card>
  )
}

export function StageName({ t, stage }: { t: Translate; stage: StageRow | undefined }) {
  if (!stage) return <>{t('stage.none')}</>
  if (!stage.rung) return <>{t('stage.off')}</>
  return <OwnText t={t} text={localized(stage.rung, t.language)} language={t.language} />
}

function Steps({ t, steps, ended, path, today, members }: WorkProps) {
  const back = `/leadership/people/${path}`
  return (
    <Card title={t('next_step.title')} id="next-step">
      {steps.length === 0 && <p>{t('next_step.none')}</p>}
      <ul className="divide-base-300 divide-y">
        {steps.map((task) => (
          <li key={task.task_id} className="py-2">
            <TaskRow
              t={t}
              task={{ ...task, person: null }}
              today={today}
              base="/leadership/tasks"
              links={false}
              back={back}
              members={members}
            />
          </li>
        ))}
      </ul>
      {ended.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-8 cursor-pointer text-sm">{t('task.history')}</summary>
          <ul className="divide-base-300 divide-y">
            {ended.map((task) => (
              <li key={task.task_id} className="py-2">
                <TaskRow
                  t={t}
                  task={{ ...task, person: null }}
                  today={today}
                  base="/leadership/tasks"
                  links={false}
                  back={back}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
      <To href={`${back}/next-step`} primary>
        {t('next_step.set')}
      </To>
    </Card>
  )
}

function OneOnOnes({ t, one_on_ones, path, me }: WorkProps) {
  return (
    <Card title={t('one_on_one.title')} id="one-on-ones">
      {one_on_ones.length === 0 && <p>{t('one_on_one.none')}</p>}
      <ul className="divide-base-300 divide-y">
        {one_on_ones.map((each) => {
          const date = formatDate(t.language, each.met_on)
          const base = `/leadership/one-on-ones/${each.one_on_one_id}`
          return (
            <li key={each.one_on_one_id} className="py-3">
              <p className="font-semibold">{t('one_on_one.by', { writer: each.writer, date })}</p>
              {each.body === null ? (
                <p className="text-sm">{t('one_on_one.not_for_you')}</p>
              ) : (
                <p className="break-words whitespace-pre-wrap">{each.body}</p>
              )}
              {each.body !== null && (
                <p className="text-sm">{each.opened_at ? t('one_on_one.is_open') : t('one_on_one.is_private')}</p>
              )}
              {each.writer_id === me && (
                <div className="mt-1 flex flex-wrap gap-2">
                  <Act action={`${base}/${each.opened_at ? 'close' : 'open'}`} about={date}>
                    {each.opened_at ? t('one_on_one.close') : t('one_on_one.open')}
                  </Act>
                  <details className="print:hidden">
                    <summary className="btn btn-sm min-h-11">
                      {t('one_on_one.remove')}
                      <span className="sr-only">: {date}</span>
                    </summary>
                    <p className="my-2 text-sm">{t('one_on_one.remove_sure')}</p>
                    <Act action={`${base}/remove`} about={date}>
                      {t('one_on_one.remove')}
                    </Act>
                  </details>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      <To href={`/leadership/people/${path}/one-on-one`}>{t('one_on_one.write')}</To>
    </Card>
  )
}

function Activity({ t, activity, activity_days }: WorkProps) {
  return (
    <Card title={t('activity.title')} lead={t('activity.lead', { days: activity_days })} id="activity">
      {activity.length === 0 && <p>{t('activity.none')}</p>}
      <ul>
        {activity.map(({ kind, times, last_on }) => (
          <li key={kind} className="flex flex-wrap justify-between gap-x-3 py-1">
            <span>{t(`activity.kind.${kind}`)}</span>
            <span className="text-sm">
              {times === 0 ? t('activity.times_none') : t('activity.times', { count: times })} ·{' '}
              {t('activity.last', { date: formatDate(t.language, last_on, 'short') })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** 'from … to …' of a term. */
export const spanText = (t: Translate, from: string, until: string | null): string =>
  until
    ? t('leadership.span', { from: formatDate(t.language, from), until: formatDate(t.language, until) })
    : t('leadership.since', { date: formatDate(t.language, from) })

const isNow = (today: string, from: string, until: string | null): boolean =>
  from <= today && (until === null || until >= today)

function Roles({ t, held, path, today, may_edit }: WorkProps) {
  return (
    <Card title={t('held.roles')} id="roles">
      {held.roles.length === 0 && <p>{t('held.none')}</p>}
      <ul>
        {held.roles.map(({ role_id, from_on, until_on, ...role }) => {
          const name = roleText(role, t.language)
          return (
            <li key={role_id} className="flex flex-wrap items-center gap-x-3 py-1">
              <span className="min-w-0 flex-1 basis-48">
                <strong>{role.office ? <a href={`/leadership/bodies/${role.office.body_id}`}>{name}</a> : name}</strong>{' '}
                {isNow(today, from_on, until_on) && <Badge kind="success">{t('held.now')}</Badge>}
                <span className="block text-sm">{spanText(t, from_on, until_on)}</span>
              </span>
              {may_edit && (
                <span className="flex flex-wrap gap-2">
                  {isNow(today, from_on, until_on) && until_on !== today && (
                    <Act action={`/leadership/roles/${role_id}/end`} about={name}>
                      {t('held.end_today')}
                    </Act>
                  )}
                  <Act action={`/leadership/roles/${role_id}/remove`} about={name} is_quiet>
                    {t('leadership.mistake')}
                  </Act>
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {may_edit && (
        <div className="flex flex-wrap gap-2">
          <To href={`/leadership/people/${path}/role`}>{t('held.give_role')}</To>
          <To href="/leadership/bodies">{t('bodies.title')}</To>
        </div>
      )}
    </Card>
  )
}

function Trainings({ t, held, path, today, may_edit }: WorkProps) {
  return (
    <Card title={t('held.trainings')} id="trainings">
      {held.passed.length === 0 && <p>{t('held.none')}</p>}
      <ul>
        {held.passed.map(({ passed_id, name, passed_on, until_on }) => (
          <li key={passed_id} className="flex flex-wrap items-center gap-x-3 py-1">
            <span className="min-w-0 flex-1 basis-48">
              <strong>
                <OwnText t={t} text={localized(name, t.language)} language={t.language} />
              </strong>{' '}
              {until_on && until_on < today && <Badge kind="warning">{t('held.expired')}</Badge>}
              <span className="block text-sm">{spanText(t, passed_on, until_on)}</span>
            </span>
            {may_edit && (
              <Act action={`/leadership/passed/${passed_id}/remove`} about={localized(name, t.language).text}>
                {t('leadership.mistake')}
              </Act>
            )}
          </li>
        ))}
      </ul>
      {may_edit && <To href={`/leadership/people/${path}/training`}>{t('held.pass')}</To>}
    </Card>
  )
}

function Mentors({ t, held, path, today, may_edit }: WorkProps) {
  return (
    <Card title={t('held.mentors')} id="mentors">
      {held.mentorings.length === 0 && <p>{t('held.none')}</p>}
      <ul>
        {held.mentorings.map((each) => {
          const name = nameOfRow(each, t.language)
          const isRunning = isNow(today, each.from_on, each.until_on)
          return (
            <li key={each.mentoring_id} className="flex flex-wrap items-center gap-x-3 py-1">
              <span className="min-w-0 flex-1 basis-48">
                {/* The other one of the pair is named, so their side is the opposite of ours. */}
                {t(each.side === 'mentee' ? 'held.mentor' : 'held.mentee')}:{' '}
                <a href={workPath(each)} className="link inline-flex min-h-8 items-center">
                  <PersonName name={name} is_quiet />
                </a>
                <span className="block text-sm">
                  {spanText(t, each.from_on, each.until_on)}
                  {each.goal && ` · ${each.goal}`}
                </span>
              </span>
              {may_edit && isRunning && each.until_on !== today && (
                <Act action={`/leadership/mentorings/${each.mentoring_id}/end`} about={name.main}>
                  {t('held.end_today')}
                </Act>
              )}
            </li>
          )
        })}
      </ul>
      {may_edit && <To href={`/leadership/people/${path}/mentor`}>{t('held.pair')}</To>}
    </Card>
  )
}

function Cases({ t, cases, path, today }: WorkProps) {
  return (
    <Card title={t('case.title')} id="cases">
      {cases.length === 0 && <p>{t('held.none')}</p>}
      <ul>
        {cases.map((each) => (
          <li key={each.case_id} className="py-2">
            <CaseLine t={t} help_case={each} today={today} />
          </li>
        ))}
      </ul>
      <To href={`/leadership/people/${path}/cases/new`}>{t('case.new')}</To>
    </Card>
  )
}

function Cohorts({ t, cohorts }: WorkProps) {
  if (cohorts.length === 0) return null
  return (
    <Card title={t('cohort.title')} id="cohorts">
      <ul>
        {cohorts.map(({ cohort_id, application_id, name, state }) => (
          <li key={application_id} className="py-1">
            <a href={`/leadership/cohorts/${cohort_id}`} className="link inline-flex min-h-8 items-center">
              <OwnText t={t} text={localized(name, t.language)} language={t.language} />
            </a>{' '}
            <Badge>{t(`cohort.state.${state}`)}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Delegations({ t, held, path, today, may_edit }: WorkProps) {
  return (
    <Card title={t('held.delegations')} id="delegations">
      {held.delegations.length === 0 && <p>{t('held.none')}</p>}
      <ul>
        {held.delegations.map((each) => {
          const what = t(`delegation.${each.what}`)
          return (
            <li key={each.delegation_id} className="flex flex-wrap items-center gap-x-3 py-1">
              <span className="min-w-0 flex-1 basis-48">
                <strong>{what}</strong> {holdsOn(each, today) && <Badge kind="success">{t('held.now')}</Badge>}
                <span className="block text-sm">
                  {[
                    spanText(t, each.from_on, each.until_on),
                    ...(each.events.length > 0
                      ? [
                          t('held.at_events', {
                            events: each.events.map((title) => localized(title, t.language).text).join(', '),
                          }),
                        ]
                      : []),
                    each.granted_by,
                  ].join(' · ')}
                  {each.ended_by && ` · ${t('held.taken_back', { by: each.ended_by })}`}
                </span>
              </span>
              {may_edit && !each.ended_at && each.until_on >= today && (
                <Act action={`/leadership/delegations/${each.delegation_id}/end`} about={what}>
                  {t('held.end_delegation')}
                </Act>
              )}
            </li>
          )
        })}
      </ul>
      {may_edit && <To href={`/leadership/people/${path}/delegation`}>{t('held.delegate')}</To>}
    </Card>
  )
}

function Accounts({ t, accounts, path, may_edit }: WorkProps) {
  return (
    <Card title={t('account_of.title')} lead={t('account_of.lead')} id="accounts">
      {accounts.length === 0 && <p>{t('account_of.nobody')}</p>}
      <ul>
        {accounts.map(({ person_account_id, name, caller_id }) => (
          <li key={person_account_id} className="flex flex-wrap items-center gap-x-3 py-1">
            <span className="min-w-0 flex-1 basis-48">
              {name} {caller_id && <span className="text-sm">({t('account_of.is_caller')})</span>}
            </span>
            {may_edit && (
              <Act action={`/leadership/accounts/${person_account_id}/part`} about={name}>
                {t('account_of.part')}
              </Act>
            )}
          </li>
        ))}
      </ul>
      {may_edit && <To href={`/leadership/people/${path}/account`}>{t('account_of.join')}</To>}
    </Card>
  )
}
