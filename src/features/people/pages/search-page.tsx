import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, EmptyState, PageHead, Pagination } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import type { SearchAnswer, SearchResult } from '../search/queries.ts'
import { ResultList } from './results-panel.tsx'

export const pageSize = 25

interface SearchPageProps {
  t: Translate
  query: string
  answer: SearchAnswer | null
  from: number
  /** 'YYYY-MM-DD' */
  today: string
  /** People we learned about last, shown while nothing is asked. */
  recent: SearchResult[]
  may_edit: boolean
  /** Work on the whole list of people, as far as the reader may do it. */
  tools: { href: string; label: string }[]
  /** Where conditions are counted; null: not for the reader, or none was typed. */
  builder: string | null
}

export function SearchPage({ t, query, answer, from, today, recent, may_edit, tools, builder }: SearchPageProps) {
  const found = answer?.results ?? []
  const shown = found.slice(from, from + pageSize)
  const href = (row: number): string => `/voters?${new URLSearchParams({ q: query, from: String(row) })}`
  const add = may_edit && (
    <a className="btn" href={`/people/new${query && !/\d/.test(query) ? `?name=${encodeURIComponent(query)}` : ''}`}>
      <Icon name="plus" /> {t('people.new')}
    </a>
  )
  return (
    <>
      <PageHead title={t('people.search.title')} lead={t('people.search.lead')} actions={add} />
      <form method="get" action="/voters" role="search" className="mb-6">
        <label htmlFor="q" className="mb-1 block font-semibold">
          {t('people.search.label')}
        </label>
        <div className="flex gap-2">
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={query}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            aria-describedby="q-hint"
            className="input input-lg w-full min-w-0 text-lg"
          />
          <button className="btn btn-primary btn-lg px-4">
            <Icon name="search" />
            <span className="sr-only sm:not-sr-only">{t('action.search')}</span>
          </button>
        </div>
        <p id="q-hint" className="mt-2 max-w-prose text-sm">
          {t('people.search.hint')}
        </p>
      </form>
      {!answer && tools.length > 0 && (
        <nav aria-label={t('people.tools')} className="mb-6 flex flex-wrap gap-x-5 gap-y-1">
          {tools.map(({ href: to, label }) => (
            <a key={to} href={to} className="inline-flex min-h-8 items-center">
              {label}
            </a>
          ))}
        </nav>
      )}
      {answer?.read_as && <Alert kind="info">{t('people.search.read_as', { query: answer.read_as })}</Alert>}
      {builder && (
        <Alert kind="info">
          {t('people.search.condition')} <a href={builder}>{t('people.search.condition_link')}</a>
        </Alert>
      )}
      {answer && found.length === 0 && (
        <EmptyState icon="search" title={t('people.search.none', { query })} action={add}>
          {t('people.search.none_help')}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <section aria-labelledby="found">
          <h2 className="mb-3 font-bold" id="found">
            {t(answer?.is_cut ? 'people.search.found_first' : 'people.search.found', { count: found.length })}
          </h2>
          {answer?.is_cut && <p className="mb-3 text-sm">{t('people.search.cut')}</p>}
          <ResultList t={t} results={shown} today={today} is_search />
          <Pagination t={t} from={from} shown={shown.length} total={found.length} size={pageSize} href={href} />
        </section>
      )}
      {!answer &&
        (recent.length > 0 ? (
          <section aria-labelledby="recent">
            <h2 id="recent" className="mb-3 font-bold">
              {t('people.search.recent')}
            </h2>
            <ResultList t={t} results={recent} today={today} />
          </section>
        ) : (
          <EmptyState icon="voters" title={t('people.search.first')}>
            {t('people.search.first_help')}
          </EmptyState>
        ))}
    </>
  )
}
