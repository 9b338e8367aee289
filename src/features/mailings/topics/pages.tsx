import { formatDate, formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, Choices, EmptyState, Field, OwnText, PageHead } from '../../../platform/ui/components.tsx'
import type { Form, FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { list } from '../pages.tsx'
import './messages.ts'
import type { CountedTopic, Topic, TopicsOfPerson } from './queries.ts'

export const topicsPath = `${list}/topics`

interface TopicForm extends Form {
  languages: readonly string[]
}

export const topicValues = (topic: Topic, languages: readonly string[]): FormValues => ({
  ...Object.fromEntries(
    languages.flatMap((each) => [
      [`name_${each}`, topic.name[each] ?? ''],
      [`about_${each}`, topic.about[each] ?? ''],
    ]),
  ),
  is_for_all: topic.is_for_all ? 'yes' : 'no',
})

function TopicFields({ t, languages, typed, errors, values }: TopicForm & { values: FormValues }) {
  const form = { t, typed, errors }
  return (
    <>
      {languages.map((each) => {
        const language = languageNames[each] ?? each
        return (
          <div key={each} lang={each === t.language ? undefined : each}>
            <Field
              {...form}
              label={t('mail_topics.name', { language })}
              name={`name_${each}`}
              value={values[`name_${each}`] ?? ''}
              maxLength={80}
              is_one_of_several
            />
            <Field
              {...form}
              label={t('mail_topics.about', { language })}
              name={`about_${each}`}
              value={values[`about_${each}`] ?? ''}
              maxLength={200}
            />
          </div>
        )
      })}
      <Choices
        t={t}
        legend={t('mail_topics.who')}
        name="is_for_all"
        kind="radio"
        chosen={[typed.is_for_all ?? values.is_for_all ?? 'yes']}
        errors={errors}
        options={[
          { value: 'yes', label: t('mail_topics.for_all') },
          { value: 'no', label: t('mail_topics.for_askers') },
        ]}
      />
    </>
  )
}

export function TopicsPage({ topics, may_edit, ...form }: TopicForm & { topics: readonly CountedTopic[]; may_edit: boolean }) {
  const { t, languages } = form
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <div className="max-w-3xl">
      <PageHead title={t('mail_topics.title')} lead={t('mail_topics.lead')} back={{ href: list, label: t('mailings.title') }} />
      {topics.length === 0 && (
        <EmptyState icon="mail" title={t('mail_topics.none')}>
          {t('mail_topics.none_lead')}
        </EmptyState>
      )}
      <ul className="mb-6 grid gap-3">
        {topics.map(({ topic_id, name, about, is_for_all, retired_at, wanted, unwanted }) => {
          const called = localized(name, t.language, languages)
          return (
            <li key={topic_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4">
              <div className="min-w-0 flex-1 basis-60">
                <p className="text-lg font-bold wrap-anywhere">
                  <OwnText t={t} language={t.language} text={called} />
                </p>
                <p className="wrap-anywhere">
                  <OwnText t={t} language={t.language} text={localized(about, t.language, languages)} />
                </p>
                <p className="text-sm">
                  {t(is_for_all ? 'mail_topics.for_all' : 'mail_topics.for_askers')} ·{' '}
                  {t('mail_topics.said', { wanted: number(wanted), unwanted: number(unwanted) })}
                </p>
              </div>
              {retired_at && <Badge kind="info">{t('mail_topics.retired')}</Badge>}
              {may_edit && (
                <div className="flex flex-wrap gap-2">
                  <a className="btn btn-sm" href={`${topicsPath}/${topic_id}`}>
                    {t('action.edit')} <span className="sr-only">{called.text}</span>
                  </a>
                  <form method="post" action={`${topicsPath}/${topic_id}/${retired_at ? 'reopen' : 'retire'}`}>
                    <button className="btn btn-sm">
                      {t(retired_at ? 'mail_topics.reopen' : 'mail_topics.retire')} <span className="sr-only">{called.text}</span>
                    </button>
                  </form>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {may_edit && (
        <form method="post" action={topicsPath}>
          <Card title={t('mail_topics.add')} id="add">
            <TopicFields {...form} values={{}} />
            <button className="btn btn-primary">{t('mail_topics.add')}</button>
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

export function TopicPage({ topic, ...form }: TopicForm & { topic: Topic }) {
  const { t, languages, typed } = form
  const values = topicValues(topic, languages)
  return (
    <div className="max-w-3xl">
      <PageHead title={t('mail_topics.change')} back={{ href: topicsPath, label: t('mail_topics.title') }} />
      <form method="post" action={`${topicsPath}/${topic.topic_id}`}>
        <Seen values={values} typed={typed} />
        <Card>
          <TopicFields {...form} values={values} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
    </div>
  )
}

interface PanelProps {
  t: Translate
  /** Name of the person in addresses. */
  who: string
  told: TopicsOfPerson
  may_edit: boolean
}

/** On a profile: what somebody's e-mails are about. */
export function TopicsPanel({ t, who, told: { topics, paused_until }, may_edit }: PanelProps) {
  if (topics.length === 0 && paused_until === null) return null
  const chosen = topics.filter(({ is_wanted }) => is_wanted)
  return (
    <Card title={t('mail_topics.of_person')} lead={may_edit && topics.length > 0 ? t('mail_topics.of_person_lead') : undefined} id="mail-topics">
      {paused_until && <p className="mb-3">{t('mail_topics.paused_until', { date: formatDate(t.language, paused_until) })}</p>}
      {may_edit && topics.length > 0 ? (
        <form method="post" action={`/people/${who}/mail-topics`}>
          {topics.map(({ topic_id }) => (
            <input key={topic_id} type="hidden" name="shown_topics[]" value={topic_id} />
          ))}
          <Choices
            t={t}
            legend={t('mail_topics.gets')}
            name="topics[]"
            kind="checkbox"
            chosen={chosen.map(({ topic_id }) => topic_id)}
            options={topics.map(({ topic_id, name, said }) => ({
              value: topic_id,
              label: localized(name, t.language).text,
              ...(said !== null && { hint: t(said ? 'mail_topics.said_yes' : 'mail_topics.said_no') }),
            }))}
          />
          <button className="btn">{t('action.save')}</button>
        </form>
      ) : (
        topics.length > 0 && <p>{chosen.length > 0 ? chosen.map(({ name }) => localized(name, t.language).text).join(', ') : t('mail_topics.gets_none')}</p>
      )}
    </Card>
  )
} // prettier-ignore
