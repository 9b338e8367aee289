import type { FieldErrors } from '../../../../platform/http/form.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, PageHead, Select } from '../../../../platform/ui/components.tsx'
import { Seen } from '../../../../platform/ui/meanwhile.tsx'
import type { Training } from '../../held/queries.ts'
import '../../messages.ts'
import { nameOfRow } from '../../names.ts'
import '../messages.ts'
import type { Application, Came, Cohort, Material, PossibleEvent, Session } from '../queries.ts'

interface SessionPageProps {
  t: Translate
  session: Session
  cohort: Cohort
  applications: readonly Application[]
  attendance: readonly Came[]
  materials: readonly Material[]
  /** It may be held as. */
  events: readonly PossibleEvent[]
  trainings: readonly Training[]
  may_edit: boolean
  said: 'saved' | 'passed' | null
  count: number
  typed: Record<string, string>
  errors: FieldErrors
  material: { typed: Record<string, string>; errors: FieldErrors }
}

export const sessionValues = ({ title, held_on, event_id, training_id, about }: Session): Record<string, string> => ({
  title,
  held_on,
  event_id: event_id ?? '',
  training_id: training_id ?? '',
  about: about ?? '',
})

/** One session of a cohort: what it is about, what one reads for it, who came. */
export function SessionPage(props: SessionPageProps) {
  const { t, session, cohort, attendance, events, trainings, may_edit, said, count } = props
  const event = events.find(({ event_id }) => event_id === session.event_id)
  const training = trainings.find(({ training_id }) => training_id === session.training_id)
  const training_name = training && localized(training.name, t.language).text
  const came = attendance.filter(({ state }) => state === 'attended')
  return (
    <>
      <PageHead
        title={session.title}
        lead={formatDate(t.language, session.held_on)}
        back={{ href: `/leadership/cohorts/${cohort.cohort_id}`, label: localized(cohort.name, t.language).text }}
      />
      {said && <Alert kind="success" title={said === 'saved' ? t('session.saved') : t('session.passed', { count })} />}
      <p className="mb-4 flex flex-wrap items-center gap-2 empty:hidden">
        {event && (
          <a href={`/events/${event.event_id}`} className="link inline-flex min-h-8 items-center">
            {localized(event.title, t.language).text}
          </a>
        )}
        {training_name && <Badge kind="info">{training_name}</Badge>}
      </p>
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <div className="min-w-0">
          {session.about && (
            <Card title={t('session.about')}>
              <p className="break-words whitespace-pre-wrap">{session.about}</p>
            </Card>
          )}
          <Materials {...props} />
          <WhoCame {...props} />
          {may_edit && training_name && came.length > 0 && (
            <form method="post" action={`/leadership/sessions/${session.session_id}/passed`} className="mb-6">
              <button className="btn">{t('session.pass', { training: training_name })}</button>
            </form>
          )}
        </div>
        {may_edit && <Plan {...props} />}
      </div>
    </>
  )
}

function Materials({ t, session, materials, may_edit, material }: SessionPageProps) {
  return (
    <Card title={t('session.materials')} id="materials">
      {materials.length === 0 && <p>{t('session.no_materials')}</p>}
      <ul className="divide-base-300 divide-y">
        {materials.map(({ material_id, title, link }) => (
          <li key={material_id} className="flex flex-wrap items-center gap-3 py-2">
            <span className="min-w-0 flex-1 basis-40 break-words">
              {link ? (
                <a href={link} className="link">
                  {title}
                </a>
              ) : (
                title
              )}
            </span>
            {may_edit && (
              <form method="post" action={`/leadership/materials/${material_id}/remove`}>
                <button className="btn btn-sm min-h-11">
                  {t('session.remove_material')}
                  <span className="sr-only">: {title}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {may_edit && (
        <form method="post" action={`/leadership/sessions/${session.session_id}/materials#materials`} className="mt-4">
          <Field t={t} label={t('session.material')} name="material" required maxLength={160} {...material} />
          <Field t={t} label={t('session.link')} name="link" type="url" maxLength={500} {...material} />
          <button className="btn">{t('session.add_material')}</button>
        </form>
      )}
    </Card>
  )
}

function WhoCame({ t, cohort, applications, attendance, may_edit }: SessionPageProps) {
  const inside = applications.filter(({ state }) => state === 'accepted' || state === 'alumni' || state === 'left')
  return (
    <Card title={t('session.who_came')} id="who-came">
      <ul>
        {inside.map((each) => {
          const row = attendance.find(({ application_id }) => application_id === each.application_id)
          return (
            <li key={each.application_id} className="flex flex-wrap items-center gap-2 py-1">
              <span className="min-w-0 flex-1 basis-32">{nameOfRow(each, t.language).main}</span>
              <span>{t(`cohort.attendance.${row?.state ?? 'unknown'}`)}</span>
              {row?.is_of_event && <Badge>{t('session.from_event')}</Badge>}
            </li>
          )
        })}
      </ul>
      {may_edit && (
        <p className="mt-2">
          <a href={`/leadership/cohorts/${cohort.cohort_id}#sessions`} className="inline-flex min-h-8 items-center">
            {t('session.note_on_cohort')}
          </a>
        </p>
      )}
    </Card>
  )
}

function Plan({ t, session, events, trainings, typed, errors }: SessionPageProps) {
  const shared = { t, typed, errors }
  const values = sessionValues(session)
  return (
    <Card title={t('session.plan')} id="plan">
      <form method="post" action={`/leadership/sessions/${session.session_id}`}>
        <Seen values={values} />
        <Field
          {...shared}
          label={t('cohort.session_title')}
          name="title"
          required
          maxLength={120}
          value={values.title ?? ''}
        />
        <Field
          {...shared}
          label={t('cohort.held_on')}
          name="held_on"
          type="date"
          required
          value={values.held_on ?? ''}
        />
        <Select
          {...shared}
          label={t('session.event')}
          hint={t('session.event_hint')}
          name="event_id"
          value={values.event_id ?? ''}
          options={[
            { value: '', label: t('session.event_none') },
            ...events.map(({ event_id, title, starts_at, time_zone }) => ({
              value: event_id,
              label: `${formatDateTime(t.language, starts_at, time_zone)} · ${localized(title, t.language).text}`,
            })),
          ]}
        />
        <Select
          {...shared}
          label={t('session.training')}
          name="training_id"
          value={values.training_id ?? ''}
          options={[
            { value: '', label: t('session.training_none') },
            ...trainings
              .filter(({ training_id, archived_at }) => !archived_at || training_id === session.training_id)
              .map(({ training_id, name }) => ({ value: training_id, label: localized(name, t.language).text })),
          ]}
        />
        <Field
          {...shared}
          label={t('session.about')}
          name="about"
          rows={5}
          maxLength={3000}
          value={values.about ?? ''}
        />
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </Card>
  )
}
