import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatTime } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, Field, PageHead } from '../../../platform/ui/components.tsx'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { Event } from '../queries.ts'
import './messages.ts'
import type { ProgramItem } from './queries.ts'
import { plannedFrom, readersFirst, totalMinutes, type Standing } from './rules.ts'

interface Typed {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  /** Of the organization. */
  languages: readonly string[]
}

interface ProgramPageProps extends Typed {
  event: Event
  items: readonly ProgramItem[]
  page_key: string
  may_edit: boolean
  said: boolean
}

export function ProgramPage(props: ProgramPageProps) {
  const { t, event, items, languages, may_edit, said, page_key, typed, errors } = props
  const here = `/events/${event.event_id}/program`
  const event_minutes = Math.round((event.ends_at.getTime() - event.starts_at.getTime()) / 60_000)
  const total = totalMinutes(items)
  return (
    <>
      <PageHead
        title={t('program.title')}
        lead={t('program.lead')}
        back={{ href: `/events/${event.event_id}`, label: localized(event.content.title, t.language).text }}
        actions={
          items.length > 0 && (
            <>
              <a className="btn btn-primary" href={`${here}/live`}>
                {t('program.live')}
              </a>
              {languages.map((language) => (
                <a key={language} className="btn" href={`${here}/program.pdf?language=${language}`} hrefLang={language}>
                  {t('action.print')} ({languageNames[language] ?? language})
                </a>
              ))}
            </>
          )
        }
      />
      {said && <Alert kind="success" title={t('program.saved')} />}
      {items.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="script" title={t('program.none')}>
            <p>{t('program.none_text')}</p>
          </EmptyState>
        </div>
      ) : (
        <Card title={t('program.what')} id="items">
          <p className={`mb-2 text-sm ${total > event_minutes ? 'font-bold' : ''}`}>
            {total > event_minutes
              ? t('program.too_long', { total, event: event_minutes, over: total - event_minutes })
              : t('program.fits', { total, event: event_minutes })}
          </p>
          <ol className="divide-base-300 divide-y">
            {plannedFrom(items, event.starts_at).map((item, at) => (
              <li key={item.item_id} id={`i-${item.item_id}`} className="flex flex-wrap gap-x-4 gap-y-1 py-3">
                <p className="w-24 shrink-0 tabular-nums">
                  <strong>{formatTime(t.language, item.at, event.time_zone)}</strong>
                  <br />
                  <span className="text-sm">{t('program.minutes_of', { count: item.minutes })}</span>
                </p>
                <div className="min-w-0 flex-1 basis-56">
                  <Titles t={t} item={item} languages={languages} />
                  <People t={t} item={item} />
                  {item.note && <p className="text-sm break-words whitespace-pre-wrap">{item.note}</p>}
                </div>
                {may_edit && (
                  <form
                    method="post"
                    action={`${here}/${item.item_id}/place`}
                    className="flex flex-wrap items-start gap-2"
                  >
                    <a className="btn btn-sm min-h-11" href={`${here}/${item.item_id}`}>
                      {t('program.edit')}
                      <Whose item={item} t={t} />
                    </a>
                    {at > 0 && (
                      <button className="btn btn-sm min-h-11" name="act" value="up">
                        {t('program.up')}
                        <Whose item={item} t={t} />
                      </button>
                    )}
                    {at + 1 < items.length && (
                      <button className="btn btn-sm min-h-11" name="act" value="down">
                        {t('program.down')}
                        <Whose item={item} t={t} />
                      </button>
                    )}
                    <button className="btn btn-sm min-h-11" name="act" value="remove">
                      {t('program.remove')}
                      <Whose item={item} t={t} />
                    </button>
                  </form>
                )}
              </li>
            ))}
          </ol>
        </Card>
      )}
      {may_edit && (
        <Card title={t('program.add')} id="add">
          <form method="post" action={`${here}#add`} className="max-w-2xl">
            <input type="hidden" name="page_key" value={page_key} />
            <ItemFields {...{ t, languages, typed, errors }} />
            <button className="btn btn-primary">{t('program.add')}</button>
          </form>
        </Card>
      )}
    </>
  )
}

const titleIn = (t: Translate, item: Pick<ProgramItem, 'title'>): string => localized(item.title, t.language).text

const Whose = ({ t, item }: { t: Translate; item: ProgramItem }) => (
  <span className="sr-only">: {titleIn(t, item)}</span>
)

/** In each language of the organization that it has, the reader's first. */
const Titles = ({ t, item, languages }: { t: Translate; item: ProgramItem; languages: readonly string[] }) =>
  readersFirst(languages, t.language).map((language, at) =>
    item.title[language] ? (
      <p key={language} lang={language} className={at === 0 ? 'font-semibold break-words' : 'break-words'}>
        {item.title[language]}
      </p>
    ) : null,
  )

const People = ({ t, item }: { t: Translate; item: ProgramItem }) => (
  <>
    {item.who && <p className="text-sm break-words">{item.who}</p>}
    {item.interpreter && (
      <p className="text-sm break-words">
        {t('program.interpreter')}: {item.interpreter}
      </p>
    )}
  </>
)

function ItemFields({ values = {}, ...props }: Typed & { values?: Record<string, string> }) {
  const { t, languages, typed, errors } = props
  const shared = { t, typed, errors }
  return (
    <>
      {languages.map((language) => (
        <Field
          key={language}
          {...shared}
          label={t('program.item_in', { language: languageNames[language] ?? language })}
          name={`title_${language}`}
          lang={language}
          maxLength={200}
          is_one_of_several={languages.length > 1}
          value={values[`title_${language}`] ?? ''}
        />
      ))}
      <Field
        {...shared}
        label={t('program.minutes')}
        name="minutes"
        type="number"
        min={1}
        max={600}
        required
        value={values.minutes ?? '10'}
      />
      <Field {...shared} label={t('program.who')} name="who" maxLength={200} value={values.who ?? ''} />
      <Field
        {...shared}
        label={t('program.interpreter')}
        name="interpreter"
        maxLength={200}
        value={values.interpreter ?? ''}
      />
      <Field {...shared} label={t('program.note')} name="note" rows={3} maxLength={2000} value={values.note ?? ''} />
    </>
  )
}

export const itemValues = (item: ProgramItem, languages: readonly string[]): Record<string, string> => ({
  ...Object.fromEntries(languages.map((language) => [`title_${language}`, item.title[language] ?? ''])),
  minutes: String(item.minutes),
  who: item.who,
  interpreter: item.interpreter,
  note: item.note,
})

export function ItemPage({ event, item, ...props }: Typed & { event: Event; item: ProgramItem }) {
  const { t, languages } = props
  const here = `/events/${event.event_id}/program`
  const values = itemValues(item, languages)
  return (
    <div className="max-w-2xl">
      <PageHead title={titleIn(t, item)} back={{ href: here, label: t('program.title') }} />
      <Card>
        <form method="post" action={`${here}/${item.item_id}`}>
          <Seen values={values} />
          <ItemFields {...props} values={values} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>
    </div>
  )
}

interface LiveProps {
  t: Translate
  event: Event
  items: readonly ProgramItem[]
  standing: Standing<ProgramItem>
  languages: readonly string[]
  may_step: boolean
}

export function LivePage(props: LiveProps) {
  const { t, event } = props
  const here = `/events/${event.event_id}/program`
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead
        title={t('program.live')}
        lead={localized(event.content.title, t.language).text}
        back={{ href: here, label: t('program.back_to_plan') }}
      />
      <section data-live={`${here}/live/stream`}>
        <Live {...props} />
      </section>
    </div>
  )
}

/** So far from the plan it is a rehearsal on another day, neither late nor early. */
const rehearsal_minutes = 12 * 60

/** What is on, in letters one reads from the back of the room, and what comes next. */
export function Live({ t, event, items, standing, languages, may_step }: LiveProps) {
  const time = (at: Date) => formatTime(t.language, at, event.time_zone)
  const on = standing.state === 'on' ? standing.now : null
  const at = on ? items.indexOf(on) : -1
  const following = standing.state === 'over' ? undefined : items[at + 1]
  const before = standing.state === 'over' ? items.at(-1) : items[at - 1]
  return (
    <>
      {standing.state !== 'on' && <p className="mb-6 text-2xl font-bold">{t(`program.${standing.state}`)}</p>}
      {standing.state === 'on' && (
        <>
          <div className="bg-base-100 rounded-box border-primary mb-4 border-2 p-5">
            <h2 className="text-sm font-bold">{t('program.now')}</h2>
            <div className="my-2 text-3xl">
              <Titles t={t} item={standing.now} languages={languages} />
            </div>
            <People t={t} item={standing.now} />
            {standing.now.note && <p className="mt-1 text-sm break-words whitespace-pre-wrap">{standing.now.note}</p>}
            <p className="mt-3 flex flex-wrap gap-2">
              <Badge kind={standing.left_minutes < 0 ? 'error' : standing.left_minutes <= 2 ? 'warning' : 'neutral'}>
                {standing.left_minutes < 0
                  ? t('program.over_time', { count: -standing.left_minutes })
                  : t('program.left', { count: standing.left_minutes })}
              </Badge>
              {Math.abs(standing.late_minutes) < rehearsal_minutes && (
                <Badge kind={standing.late_minutes > 0 ? 'warning' : 'success'}>
                  {standing.late_minutes > 0
                    ? t('program.late', { count: standing.late_minutes })
                    : standing.late_minutes < 0
                      ? t('program.early', { count: -standing.late_minutes })
                      : t('program.on_time')}
                </Badge>
              )}
            </p>
          </div>
          <h2 className="mb-1 font-bold">{t('action.next')}</h2>
          {standing.next.length === 0 && <p>{t('program.last')}</p>}
          <ol className="divide-base-300 mb-6 divide-y">
            {standing.next.slice(0, 4).map((item) => (
              <li key={item.item_id} className="flex flex-wrap gap-x-4 py-2">
                <strong className="w-24 shrink-0 tabular-nums">{time(item.at)}</strong>
                <div className="min-w-0 flex-1 basis-48">
                  <Titles t={t} item={item} languages={languages} />
                  <People t={t} item={item} />
                </div>
              </li>
            ))}
          </ol>
        </>
      )}
      {may_step && items.length > 0 && (
        <form method="post" action={`/events/${event.event_id}/program/step`} className="flex flex-wrap gap-2">
          <input type="hidden" name="seen" value={on?.item_id ?? ''} />
          {following && (
            <button className="btn btn-primary btn-lg h-auto py-3" name="to" value={following.item_id}>
              {t(on ? 'program.go_on' : 'program.begin', { title: titleIn(t, following) })}
            </button>
          )}
          {on && !following && (
            <button className="btn btn-primary btn-lg" name="to" value="">
              {t('program.end')}
            </button>
          )}
          {before && (
            <button className="btn h-auto py-2" name="to" value={before.item_id}>
              {t('program.go_back', { title: titleIn(t, before) })}
            </button>
          )}
        </form>
      )}
    </>
  )
}
