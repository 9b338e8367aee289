import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { publicDate } from '../../../platform/i18n/public.ts'
import { Alert, Card, Choices, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { ReaderTranslate } from '../public.ts'
import type { Reader } from './queries.ts'
import './messages.ts'

interface ReaderProps {
  t: ReaderTranslate
  reader: Reader
  organization: string
  languages: readonly string[]
  path: string
  done: 'stopped' | 'started' | 'saved' | null
  /** Whom to write to. */
  ask: string
  /** Where they ask what is held about them. */
  held: string
  again: Again | null
  errors: FieldErrors
}

/** What somebody chose that could not be kept as it was. */
export interface Again {
  typed: Record<string, string>
  topics: readonly string[]
}

/** What somebody who got a mail decides about the next ones. */
export function ReaderPage({ t, reader, organization, languages, path, done, ask, held, again, errors }: ReaderProps) {
  const { stopped_by, wish } = reader
  return (
    <>
      <PageHead title={t('stopping.title', { organization })} lead={t('stopping.lead', { address: veiled(reader.address) })} />
      {done && (done === 'stopped') === (stopped_by !== null) && <Alert kind="success">{t(`stopping.${done}`)}</Alert>}
      {stopped_by && done !== 'stopped' && <p className="mb-4">{t('stopping.stopped')}</p>}
      {(stopped_by === 'told' || stopped_by === 'complaint') && <p>{t(`stopping.ask_${stopped_by}`, { address: ask })}</p>}
      {stopped_by === 'link' && reader.person_id && (
        <form method="post" action={path}>
          <button className="btn" name="do" value="start">
            {t('stopping.again')}
          </button>
        </form>
      )}
      {stopped_by === null && (
        <>
          <form method="post" action={path}>
            <Card title={t('stopping.stop_title')} lead={t('stopping.stop_lead')} id="stop">
              <button className="btn btn-primary" name="do" value="stop">
                {t('stopping.stop')}
              </button>
            </Card>
          </form>
          {reader.topic && (
            <form method="post" action={path}>
              <Card title={t('stopping.topic_title', { topic: localized(reader.topic.name, t.reads, languages).text })} id="topic">
                <button className="btn" name="do" value="stop_topic">
                  {t('stopping.stop_topic')}
                </button>
              </Card>
            </form>
          )}
          {reader.person_id && (
            <form method="post" action={path}>
              <Card title={t('stopping.wishes')} id="wishes">
                {wish.paused_until && (
                  <p className="mb-4">{t('stopping.paused_until', { date: publicDate(t.reads, wish.paused_until) })}</p>
                )}
                {reader.topics.length > 0 && (
                  <>
                    {reader.topics.map(({ topic_id }) => (
                      <input key={topic_id} type="hidden" name="shown_topics[]" value={topic_id} />
                    ))}
                    <Choices
                      t={t}
                      legend={t('stopping.topics')}
                      name="topics[]"
                      kind="checkbox"
                      chosen={again?.topics ?? reader.topics.flatMap(({ topic_id, is_wanted }) => (is_wanted ? [topic_id] : []))}
                      options={reader.topics.map((topic) => {
                        const [called, brings] = [localized(topic.name, t.reads, languages), localized(topic.about, t.reads, languages).text]
                        return {
                          value: topic.topic_id,
                          label: called.text,
                          ...(brings && { hint: brings }),
                          ...(called.language !== t.reads && { lang: called.language }),
                        }
                      })}
                    />
                  </>
                )}
                <Select
                  t={t}
                  label={t('stopping.language')}
                  name="language"
                  value={again?.typed.language ?? wish.language ?? ''}
                  options={[
                    { value: '', label: t('stopping.language_any') },
                    ...languages.map((each) => ({ value: each, label: languageNames[each] ?? each, lang: each })),
                  ]}
                />
                <Choices
                  t={t}
                  legend={t('stopping.pause')}
                  hint={t('stopping.pause_hint')}
                  name="pause"
                  kind="radio"
                  chosen={[again || wish.paused_until ? 'until' : '']}
                  options={[
                    { value: '', label: t('stopping.pause.none') },
                    { value: '30', label: t('stopping.pause.30') },
                    { value: '90', label: t('stopping.pause.90') },
                    { value: 'until', label: t('stopping.pause.until') },
                  ]}
                />
                <Field t={t} label={t('stopping.until')} name="until" type="date" value={again?.typed.until ?? wish.paused_until} errors={errors} />
                <button className="btn" name="do" value="save">
                  {t('action.save')}
                </button>
              </Card>
            </form>
          )}
        </>
      )}
      <p className="mt-4">
        <a className="link" href={held}>
          {t('stopping.held')}
        </a>
      </p>
    </>
  )
} // prettier-ignore

/** Whoever is forwarded the mail does not read the whole address. */
const veiled = (address: string): string => address.replace(/^(.{1,2})[^@]*/, '$1…')

export const NobodyPage = ({ t, is_test }: { t: Translate; is_test: boolean }) => (
  <>
    <PageHead title={t('stopping.unknown')} />
    <p>{t(is_test ? 'stopping.test' : 'stopping.unknown_lead')}</p>
  </>
)
