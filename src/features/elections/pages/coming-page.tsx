import { languageNames, publicLanguages, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { publicDate } from '../../../platform/i18n/public.ts'
import { Badge, Card } from '../../../platform/ui/components.tsx'
import { comingPath } from '../calendars.ts'
import { dueNext, lastDay, leftText, type ComingElection } from '../coming.ts'
import '../messages.ts'
import type { Dated } from '../rules.ts'

const shown_due = 8

interface Props {
  t: Translate
  words: PublicLanguage
  today: string
  /** Of the installation. */
  url: string
  coming: readonly ComingElection[]
}

/** What is coming and what is due, for everybody, in the languages of public pages. */
export function ComingPage({ t, words, today, url, coming }: Props) {
  const due = dueNext(coming, today, shown_due)
  const feed = `${url}/elections.ics?lang=${words}`
  return (
    <>
      <nav aria-label={t('elections.languages')} className="mb-5 flex flex-wrap gap-2 print:hidden">
        {publicLanguages.map((language) => (
          <a
            key={language}
            className="btn btn-sm min-h-11 aria-[current]:underline aria-[current]:underline-offset-4"
            href={`${comingPath}?lang=${language}`}
            hrefLang={htmlLanguage(language)}
            lang={htmlLanguage(language)}
            aria-current={language === words ? 'true' : undefined}
          >
            {languageNames[language]}
          </a>
        ))}
      </nav>
      <h1 className="text-2xl font-bold text-balance sm:text-3xl">{t('elections.title')}</h1>
      <p className="mt-2 mb-6">{coming.length > 0 ? t('elections.lead') : t('elections.none_coming')}</p>
      {due.length > 0 && (
        <Card id="due" title={t('elections.due')}>
          <ol className="divide-base-300 divide-y">
            {due.map(({ key, name, ...day }) => (
              <li key={`${key} ${day.what}`} className="grid gap-x-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-baseline">
                <p>
                  <span className="font-semibold">{t(`elections.day.${day.what}`)}</span>
                  <span className="block text-sm">{name}</span>
                </p>
                <p className="tabular-nums sm:text-right">
                  <Days {...{ t, words, day }} />
                  <span className="text-secondary block text-sm font-semibold">{leftText(t, day, today)}</span>
                </p>
              </li>
            ))}
          </ol>
        </Card>
      )}
      {coming.map((election) => (
        <OneElection key={election.key} {...{ t, words, today, election }} />
      ))}
      <Card id="feed" title={t('elections.feed')} lead={t('elections.feed_lead')}>
        <a href={feed} className="link inline-flex min-h-8 items-center wrap-anywhere">
          {feed}
        </a>
      </Card>
    </>
  )
} // prettier-ignore

type ElectionProps = Pick<Props, 't' | 'words' | 'today'> & { election: ComingElection }

function OneElection({ t, words, today, election }: ElectionProps) {
  const { key, name, about, held_on, days, source, is_confirmed } = election
  return (
    <Card
      id={key.replaceAll(/[^a-z0-9]+/gi, '-')}
      title={name}
      lead={[publicDate(words, held_on), about].filter(Boolean).join(' · ')}
      actions={
        is_confirmed !== null && (
          <Badge kind={is_confirmed ? 'success' : 'neutral'}>
            {t(is_confirmed ? 'elections.confirmed' : 'elections.from_statute')}
          </Badge>
        )
      }
    >
      <dl className="divide-base-300 divide-y">
        {days.map((day) => (
          <div
            key={day.what}
            className={`grid gap-x-4 py-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-baseline ${day.what === 'held_on' ? 'font-bold' : ''}`}
          >
            <dt>
              {t(`elections.day.${day.what}`)}
              {day.source && <span className="block text-sm font-normal">{day.source}</span>}
            </dt>
            <dd className="tabular-nums sm:text-right">
              <Days {...{ t, words, day }} />
              {lastDay(day) < today && <span className="block text-sm font-normal">{t('elections.day_is_over')}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {source && (
        <p className="mt-3 text-sm wrap-anywhere">
          {source} {is_confirmed === false && t('elections.computed')}
        </p>
      )}
    </Card>
  )
}

function Days({ t, words, day: { on, until } }: Pick<Props, 't' | 'words'> & { day: Pick<Dated, 'on' | 'until'> }) {
  return until
    ? t('elections.from_to', { from: publicDate(words, on), to: publicDate(words, until) })
    : publicDate(words, on)
}

/** As a browser knows it: our Chinese is the traditional one. */
const htmlLanguage = (language: PublicLanguage): string => (language === 'zh' ? 'zh-Hant' : language)
