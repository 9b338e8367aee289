import type { FieldErrors } from '../../../../platform/http/form.ts'
import { formatDate, formatPercent } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Field, FindForm, PageHead } from '../../../../platform/ui/components.tsx'
import { PersonName } from '../../../people/pages/person-name.tsx'
import { queryOf, WhoChoice, type Sought } from '../../finding.tsx'
import '../../messages.ts'
import type { toldHows } from '../../telling/commands.ts'
import { nameOfRow, workPath } from '../../names.ts'
import '../messages.ts'
import type { Application, Came, Cohort, GivenScore, Material, Milestone, Session } from '../queries.ts'
import { behindOf } from '../rules.ts'
import { attendances, mayStillBecome, type ApplicationState } from '../schema.ts'

export interface CohortPageProps {
  t: Translate
  cohort: Cohort
  applications: readonly Application[]
  sessions: readonly Session[]
  milestones: readonly Milestone[]
  /** By session. */
  materials: ReadonlyMap<string, readonly Material[]>
  attendance: readonly Came[]
  reached: readonly { milestone_id: string; application_id: string }[]
  /** Answers of the form that are no applications yet. */
  answers: number
  /** On the ladder, to choose from. */
  known: readonly { person_id: string; name: string }[]
  /** Who was looked for besides them. */
  sought: Sought
  /** What was just decided about somebody: whether they hear of it from us. */
  told: { how: (typeof toldHows)[number]; application_id: string } | null
  today: string
  typed: Record<string, string>
  errors: FieldErrors
  may_edit: boolean
  may_work: boolean
}

const stateLook: Record<ApplicationState, 'neutral' | 'success' | 'warning' | 'info'> = {
  applied: 'info',
  wait_listed: 'warning',
  accepted: 'success',
  declined: 'neutral',
  withdrawn: 'neutral',
  left: 'neutral',
  alumni: 'success',
  removed: 'neutral',
}

const insideStates: readonly ApplicationState[] = ['accepted', 'alumni', 'left']

export function CohortPage(props: CohortPageProps) {
  const { t, cohort, applications, answers, may_edit } = props
  const name = localized(cohort.name, t.language)
  const count = (state: ApplicationState) => applications.filter((each) => each.state === state).length
  return (
    <>
      <PageHead
        title={name.text}
        lead={`${t('leadership.span', { from: formatDate(t.language, cohort.starts_on), until: formatDate(t.language, cohort.ends_on) })} · ${t('cohort.people', { accepted: count('accepted') + count('alumni'), seats: cohort.seats, applied: count('applied') })}`}
        back={{ href: '/leadership/cohorts', label: t('cohort.title') }}
        actions={
          may_edit && (
            <>
              <a className="btn" href={`/leadership/cohorts/${cohort.cohort_id}/edit`}>
                {t('action.edit')}
              </a>
              {!cohort.closed_at && answers > 0 && (
                <form method="post" action={`/leadership/cohorts/${cohort.cohort_id}/answers`}>
                  <button className="btn btn-primary">{t('cohort.take_in', { count: answers })}</button>
                </form>
              )}
            </>
          )
        }
      />
      {Object.values(props.errors)[0] && <Alert kind="error" title={t.dynamic(Object.values(props.errors)[0] ?? '')} />}
      <ToldAlert {...props} />
      {cohort.closed_at && <Alert kind="info" title={t('cohort.over_now')} />}
      <Behind {...props} />
      <Applications {...props} />
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <Sessions {...props} />
        <Milestones {...props} />
        {may_edit && !cohort.closed_at && <Enter {...props} />}
        {may_edit && !cohort.closed_at && (
          <Card title={t('cohort.close_title')} lead={t('cohort.close_lead')} id="close">
            <details>
              <summary className="btn">{t('cohort.close')}</summary>
              <form method="post" action={`/leadership/cohorts/${cohort.cohort_id}/close`} className="mt-4">
                <p className="mb-3 font-semibold">{t('cohort.close_sure')}</p>
                <button className="btn btn-error">{t('cohort.close')}</button>
              </form>
            </details>
          </Card>
        )}
      </div>
    </>
  )
}

function ToldAlert({ t, applications, told }: CohortPageProps) {
  const about = told && applications.find(({ application_id }) => application_id === told.application_id)
  if (!told || !about) return null
  const name = nameOfRow(about, t.language).main
  const kind = { mailed: 'success', self: 'warning', not_by_us: 'info' } as const
  return <Alert kind={kind[told.how]}>{t(`telling.${told.how}`, { name })}</Alert>
}

/** Who of those in it lacks something, so that somebody asks them before they are lost. */
function Behind(props: CohortPageProps) {
  const { t, cohort, applications, today, may_work } = props
  const inside = applications.filter(({ state }) => state === 'accepted')
  const behind = cohort.closed_at ? [] : behindOf(inside, props, today)
  if (behind.length === 0) return null
  return (
    <Card title={t('cohort.behind')} lead={t('cohort.behind_lead')} id="behind">
      <ul className="divide-base-300 divide-y">
        {behind.map(({ application_id, missed, due }) => {
          const person = inside.find((each) => each.application_id === application_id)
          if (!person) return null
          const name = nameOfRow(person, t.language)
          return (
            <li key={application_id} className="flex flex-wrap items-start gap-x-4 gap-y-1 py-3">
              <div className="min-w-0 flex-1 basis-56">
                <a href={workPath(person)} className="inline-flex min-h-8 items-center font-bold">
                  <PersonName name={name} is_quiet />
                </a>
                {missed.length > 0 && (
                  <p className="text-sm break-words">
                    {t('cohort.behind_missed', { count: missed.length, what: missed.join(', ') })}
                  </p>
                )}
                {due.length > 0 && (
                  <p className="text-sm break-words">
                    {t('cohort.behind_due', { count: due.length, what: due.join(', ') })}
                  </p>
                )}
              </div>
              {may_work && (
                <a className="btn btn-sm min-h-11" href={`${workPath(person)}/next-step`}>
                  {t('next_step.set')}
                  <span className="sr-only">: {name.main}</span>
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

const scoreText = (t: Translate, { score, readers }: Pick<Application, 'score' | 'readers'>): string =>
  score === null
    ? t('cohort.unread')
    : `${formatPercent(t.language, score)} · ${t('cohort.readers', { count: readers })}`

function Applications(props: CohortPageProps) {
  const { t, applications } = props
  const there = applications.filter(({ state }) => state !== 'removed')
  const removed = applications.filter(({ state }) => state === 'removed')
  return (
    <Card title={t('cohort.applications')} id="applications">
      {there.length === 0 && <p>{t('cohort.no_applications')}</p>}
      <ApplicationList {...props} applications={there} />
      {removed.length > 0 && (
        <details className="mt-3">
          <summary className="min-h-11 py-2 text-sm">{t('cohort.removed', { count: removed.length })}</summary>
          <ApplicationList {...props} applications={removed} />
        </details>
      )}
    </Card>
  )
}

function ApplicationList({ t, applications, may_edit, sessions, attendance, milestones, reached }: CohortPageProps) {
  return (
    <ul className="divide-base-300 divide-y">
      {applications.map((each) => {
        const came = attendance.filter((row) => row.application_id === each.application_id && row.state === 'attended')
        const done = reached.filter((row) => row.application_id === each.application_id)
        return (
          <li key={each.application_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-56">
              <h3 className="font-bold">
                <a href={workPath(each)} className="inline-flex min-h-8 items-center">
                  <PersonName name={nameOfRow(each, t.language)} is_quiet />
                </a>
              </h3>
              <p className="text-sm">
                {t('cohort.applied_on', { date: formatDate(t.language, each.applied_on, 'short') })} ·{' '}
                {t('cohort.score')}: {scoreText(t, each)}
              </p>
              {insideStates.includes(each.state) && (
                <p className="text-sm">
                  {t('cohort.sessions')}: {came.length}/{sessions.length} · {t('cohort.milestones')}: {done.length}/
                  {milestones.length}
                </p>
              )}
              {each.decided_why && <p className="text-sm break-words">{each.decided_why}</p>}
            </div>
            <Badge kind={stateLook[each.state]}>{t(`cohort.state.${each.state}`)}</Badge>
            {may_edit && (
              <a className="btn btn-sm min-h-11" href={`/leadership/applications/${each.application_id}`}>
                {t('cohort.read')}
                <span className="sr-only">: {nameOfRow(each, t.language).main}</span>
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Sessions({ t, cohort, sessions, applications, attendance, materials, may_edit, typed }: CohortPageProps) {
  const inside = applications.filter(({ state }) => insideStates.includes(state))
  return (
    <Card title={t('cohort.sessions')} id="sessions">
      {sessions.length === 0 && <p>{t('cohort.no_sessions')}</p>}
      <ul className="divide-base-300 divide-y">
        {sessions.map((session) => {
          const here = attendance.filter(({ session_id }) => session_id === session.session_id)
          return (
            <li key={session.session_id} className="py-3">
              <p>
                <a href={`/leadership/sessions/${session.session_id}`} className="inline-flex min-h-8 items-center">
                  <strong>{session.title}</strong>
                </a>
                , {formatDate(t.language, session.held_on)}
              </p>
              <ul className="text-sm">
                {(materials.get(session.session_id) ?? []).map(({ material_id, title, link }) => (
                  <li key={material_id} className="break-words">
                    {link ? (
                      <a href={link} className="link inline-flex min-h-8 items-center">
                        {title}
                      </a>
                    ) : (
                      title
                    )}
                  </li>
                ))}
              </ul>
              <p className="text-sm">
                {t('cohort.attended', {
                  attended: here.filter(({ state }) => state === 'attended').length,
                  people: inside.length,
                })}
              </p>
              {may_edit && inside.length > 0 && (
                <details>
                  <summary className="min-h-8 cursor-pointer text-sm">
                    {t('cohort.take_attendance')}
                    <span className="sr-only">: {session.title}</span>
                  </summary>
                  <form method="post" action={`/leadership/sessions/${session.session_id}/attendance`} className="mt-2">
                    {inside.map((each) => {
                      const id = `came-${session.session_id}-${each.application_id}`
                      const state =
                        here.find(({ application_id }) => application_id === each.application_id)?.state ?? ''
                      return (
                        <div key={each.application_id} className="mb-2 flex flex-wrap items-center gap-2">
                          <label htmlFor={id} className="min-w-0 flex-1 basis-32">
                            {nameOfRow(each, t.language).main}
                          </label>
                          <input type="hidden" name={`was_${each.application_id}`} value={state} />
                          <select
                            id={id}
                            name={`came_${each.application_id}`}
                            defaultValue={state}
                            className="select text-base"
                          >
                            <option value="">{t('cohort.attendance.unknown')}</option>
                            {attendances.map((value) => (
                              <option key={value} value={value}>
                                {t(`cohort.attendance.${value}`)}
                              </option>
                            ))}
                          </select>
                        </div>
                      )
                    })}
                    <button className="btn" aria-label={t('cohort.attendance', { title: session.title })}>
                      {t('action.save')}
                    </button>
                  </form>
                </details>
              )}
            </li>
          )
        })}
      </ul>
      {may_edit && (
        <form method="post" action={`/leadership/cohorts/${cohort.cohort_id}/sessions`} className="mt-4">
          <Field t={t} label={t('cohort.session_title')} name="title" required maxLength={120} typed={typed} />
          <Field t={t} label={t('cohort.held_on')} name="held_on" type="date" required typed={typed} />
          <button className="btn">{t('cohort.add_session')}</button>
        </form>
      )}
    </Card>
  )
}

function Milestones({ t, cohort, milestones, applications, reached, may_edit, typed }: CohortPageProps) {
  const inside = applications.filter(({ state }) => insideStates.includes(state))
  return (
    <Card title={t('cohort.milestones')} id="milestones">
      {milestones.length === 0 && <p>{t('cohort.no_milestones')}</p>}
      <ul className="divide-base-300 divide-y">
        {milestones.map(({ milestone_id, name, due_on }) => {
          const who = reached.filter((row) => row.milestone_id === milestone_id).map((row) => row.application_id)
          return (
            <li key={milestone_id} className="py-3">
              <p>
                <strong>{name}</strong>{' '}
                {due_on && (
                  <span className="text-sm">
                    {t('cohort.due_by', { date: formatDate(t.language, due_on, 'short') })} ·{' '}
                  </span>
                )}
                <span className="text-sm">{t('cohort.reached', { reached: who.length, people: inside.length })}</span>
              </p>
              {may_edit && inside.length > 0 && (
                <details>
                  <summary className="min-h-8 cursor-pointer text-sm">{t('cohort.who_reached', { name })}</summary>
                  <form method="post" action={`/leadership/milestones/${milestone_id}/reached`} className="mt-2">
                    {inside.map((each) => (
                      <label key={each.application_id} className="flex min-h-11 cursor-pointer items-center gap-2">
                        {who.includes(each.application_id) && (
                          <input type="hidden" name="shown[]" value={each.application_id} />
                        )}
                        <input
                          type="checkbox"
                          name="application_ids[]"
                          value={each.application_id}
                          defaultChecked={who.includes(each.application_id)}
                          className="checkbox"
                        />
                        {nameOfRow(each, t.language).main}
                      </label>
                    ))}
                    <button className="btn">{t('action.save')}</button>
                  </form>
                </details>
              )}
            </li>
          )
        })}
      </ul>
      {may_edit && (
        <form method="post" action={`/leadership/cohorts/${cohort.cohort_id}/milestones`} className="mt-4">
          <Field
            t={t}
            label={t('cohort.milestone')}
            hint={t('cohort.milestone_hint')}
            name="name"
            required
            maxLength={120}
            typed={typed}
          />
          <Field t={t} label={t('cohort.milestone_due')} name="due_on" type="date" typed={typed} />
          <button className="btn">{t('cohort.add_milestone')}</button>
        </form>
      )}
    </Card>
  )
}

function Enter({ t, cohort, known, sought, today, typed, errors }: CohortPageProps) {
  const shared = { t, typed, errors }
  const here = `/leadership/cohorts/${cohort.cohort_id}`
  return (
    <Card title={t('cohort.enter')} id="enter">
      <FindForm t={t} label={t('leadership.find')} query={sought.query} action={`${here}#enter`} />
      <form method="post" action={`${here}/applications${queryOf(sought)}`}>
        <WhoChoice {...{ ...shared, known, sought, today }} legend={t('cohort.who')} name="who" />
        <Field {...shared} label={t('cohort.said')} name="said" rows={4} maxLength={5000} />
        <button className="btn">{t('cohort.enter')}</button>
      </form>
    </Card>
  )
}

export interface ApplicationPageProps {
  t: Translate
  cohort: Cohort
  application: Application
  scores: readonly GivenScore[]
  /** What they answered on the form, in words. */
  answers: readonly { question: string; answer: string }[]
  me: string
  typed: Record<string, string>
  errors: FieldErrors
}

/** One application: what they wrote, what each reader gives, the decision. */
export function ApplicationPage(props: ApplicationPageProps) {
  const { t, cohort, application, scores, answers, me, typed, errors } = props
  const name = nameOfRow(application, t.language)
  const own = scores.find(({ reader_id }) => reader_id === me)
  const others = scores.filter(({ reader_id }) => reader_id !== me)
  const base = `/leadership/applications/${application.application_id}`
  const problem = Object.values(errors)[0]
  return (
    <>
      <PageHead
        title={t('cohort.application_of', { name: name.main })}
        lead={`${t(`cohort.state.${application.state}`)} · ${scoreText(t, application)}`}
        back={{ href: `/leadership/cohorts/${cohort.cohort_id}`, label: localized(cohort.name, t.language).text }}
      />
      {problem && <Alert kind="error" title={t.dynamic(problem)} />}
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <div className="min-w-0">
          {(application.said ?? answers.length > 0) && (
            <Card title={application.said ? t('cohort.said') : t('cohort.answers')} id="said">
              {application.said && <p className="break-words whitespace-pre-wrap">{application.said}</p>}
              <dl className="space-y-3">
                {answers.map(({ question, answer }) => (
                  <div key={question}>
                    <dt className="text-sm">{question}</dt>
                    <dd className="font-semibold break-words whitespace-pre-wrap">{answer}</dd>
                  </div>
                ))}
              </dl>
            </Card>
          )}
          <Card title={t('cohort.decide')} id="decide">
            <form method="post" action={`${base}/decide`}>
              <Field
                t={t}
                label={t('cohort.why')}
                name="why"
                maxLength={500}
                value={application.decided_why}
                typed={typed}
              />
              <div className="flex flex-wrap gap-2">
                {mayStillBecome(application.state, cohort.closed_at !== null).map((state) => (
                  <button
                    key={state}
                    name="state"
                    value={state}
                    className={`btn ${state === 'accepted' ? 'btn-primary' : ''}`}
                  >
                    {t(`cohort.act.${state}`)}
                  </button>
                ))}
              </div>
            </form>
          </Card>
        </div>
        <div className="min-w-0">
          <Card title={t('cohort.your_score')} id="score">
            <form method="post" action={`${base}/score`}>
              {cohort.criteria.map(({ key, label, most }) => (
                <Choices
                  key={key}
                  t={t}
                  legend={t('cohort.points_of', { label: localized(label, t.language).text, most })}
                  name={key}
                  kind="radio"
                  chosen={[typed[key] ?? String(own?.scores[key] ?? '')]}
                  options={Array.from({ length: most + 1 }, (_, points) => ({
                    value: String(points),
                    label: String(points),
                  }))}
                  errors={errors}
                />
              ))}
              <Field
                t={t}
                label={t('cohort.note')}
                name="note"
                rows={3}
                maxLength={2000}
                value={own?.note ?? null}
                typed={typed}
              />
              <button className="btn btn-primary">{t('action.save')}</button>
            </form>
          </Card>
          {others.length > 0 && (
            <Card title={t('cohort.others')} id="others">
              {own ? (
                <ul className="divide-base-300 divide-y">
                  {others.map(({ reader_id, reader, scores: given, note }) => (
                    <li key={reader_id} className="py-2">
                      <p className="font-semibold">{reader}</p>
                      <p className="text-sm">
                        {cohort.criteria
                          .map(
                            ({ key, label, most }) =>
                              `${localized(label, t.language).text}: ${given[key] ?? 0}/${most}`,
                          )
                          .join(' · ')}
                      </p>
                      {note && <p className="break-words">{note}</p>}
                    </li>
                  ))}
                </ul>
              ) : (
                <p>{t('cohort.others_hidden')}</p>
              )}
            </Card>
          )}
        </div>
      </div>
    </>
  )
}
