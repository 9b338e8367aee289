import type { FieldErrors } from '../../../platform/http/form.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Card,
  EmptyState,
  FieldError,
  Figure,
  Figures,
  PageHead,
  Pagination,
} from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { ResultList } from '../../people/pages/results-panel.tsx'
import type { SearchResult } from '../../people/search/queries.ts'
import type { Tagging } from '../../people/taggings/commands.ts'
import { PurposeFields } from '../export/pages/export.tsx'
import { ProblemBox } from '../islands/parts/problem-box.tsx'
import { Words } from '../pages/builder.tsx'
import { parse } from '../parse.ts'
import { print } from '../print.ts'
import type { UniverseProblem } from '../queries.ts'
import { allInWords } from '../steps/words.ts'
import { reached, type CompiledPeople, type EventAhead, type Reached } from './queries.ts'
import { listOf } from './rules.ts'
import type { Only } from './schema.ts'

export const peopleAtOnce = 50

export interface PeopleListProps {
  t: Translate
  /** As typed. */
  q: string
  only: Only
  /** null: it cannot be read, or takes longer than a page may wait. */
  found: { asked: CompiledPeople; counts: Reached; shown: readonly SearchResult[] } | null
  problem: UniverseProblem | null
  from: number
  /** 'YYYY-MM-DD' */
  today: string
  tags: readonly string[]
  events: readonly EventAhead[]
  may: { edit: boolean; invite: boolean; file: boolean; mail: boolean }
  typed?: Record<string, string>
  errors?: FieldErrors
  tagging: Tagging | null
}

export function PeopleListPage(props: PeopleListProps) {
  const { t, q, only, found, problem, from, today, may } = props
  return (
    <>
      <PageHead
        title={t('people_list.title')}
        lead={t('people_list.lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
        actions={
          may.edit && (
            <a className="btn" href="/people/new">
              <Icon name="plus" /> {t('people.new')}
            </a>
          )
        }
      />
      <Tagged {...props} />
      <Condition {...props} />
      {!found && !problem && (
        <Alert kind="warning" title={t('universes.too_slow')}>
          {t('universes.too_slow_text')}
        </Alert>
      )}
      {found?.asked.remarks.map(({ code, named, corrected }) => (
        <Alert key={`${code} ${named}`} kind="warning">
          {t(`universes.remark.${code}`, { named })}{' '}
          {corrected !== undefined && (
            <a className="font-semibold" href={listOf(corrected, only)}>
              {t('builder.fix', { suggestion: named })}
            </a>
          )}
        </Alert>
      ))}
      {found && <Sums {...{ t, only }} asked={found.asked} counts={found.counts} />}
      {found && found.counts.people === 0 && (
        <div className="mb-6">
          <EmptyState
            icon="voters"
            title={t('people_list.none')}
            action={
              <a className="btn" href="/people">
                {t('people_list.all')}
              </a>
            }
          >
            {t('people_list.none_text')}
          </EmptyState>
        </div>
      )}
      {found && found.counts.people > 0 && (
        <>
          <Acts {...props} count={found.counts.people} />
          <section aria-labelledby="found" className="mb-6">
            <h2 className="mb-3 font-bold" id="found">
              {t('people_list.found', { count: found.counts.people })}
            </h2>
            <ResultList t={t} results={found.shown} today={today} />
            <Pagination
              t={t}
              from={from}
              shown={found.shown.length}
              total={found.counts.people}
              size={peopleAtOnce}
              href={(row) => listOf(q, only, { from: String(row) })}
            />
          </section>
        </>
      )}
      <Words t={t} />
    </>
  )
}

/** What was done a moment ago, with the way back. */
function Tagged({ t, q, only, tagging, may }: PeopleListProps) {
  if (!tagging) return null
  const { tag, people, taken_back_at, tagging_id } = tagging
  if (taken_back_at) return <Alert kind="success">{t('people_list.taken_back', { tag })}</Alert>
  if (people.length === 0) return <Alert kind="info">{t('people_list.tagged_none', { tag })}</Alert>
  return (
    <Alert kind="success">
      <p>{t('people_list.tagged', { count: people.length, tag })}</p>
      {may.edit && (
        <form method="post" action={`/people/taggings/${tagging_id}/take-back`} className="mt-2">
          <Asked q={q} only={only} />
          <button className="btn btn-sm min-h-11">{t('people_list.take_back')}</button>
        </form>
      )}
    </Alert>
  )
}

/** What the list was asked for goes along with whatever is done with it. */
const Asked = ({ q, only }: Pick<PeopleListProps, 'q' | 'only'>) => (
  <>
    <input type="hidden" name="q" value={q} />
    {only === 'strangers' && <input type="hidden" name="only" value={only} />}
  </>
)

function Condition({ t, q, only, problem }: PeopleListProps) {
  const parsed = parse(q)
  const said = q.trim() !== '' && parsed.ok ? allInWords(parsed.expression, t, 'people') : null
  return (
    <Card id="condition">
      <form method="get" action="/people" role="search">
        <label htmlFor="q" className="mb-1 block font-semibold">
          {t('universes.expression')}
        </label>
        <textarea
          id="q"
          name="q"
          rows={2}
          defaultValue={q}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-describedby={problem ? 'q-hint q-problem' : 'q-hint'}
          aria-invalid={problem ? true : undefined}
          className={`textarea field-sizing-content min-h-16 w-full font-mono text-base ${problem ? 'textarea-error' : ''}`}
        />
        <p id="q-hint" className="mt-1 mb-3 max-w-prose text-sm">
          {t('people_list.hint')}
        </p>
        {said && <p className="mb-3 break-words">{said}</p>}
        {problem && (
          <ProblemBox
            t={t}
            text={q}
            problem={problem}
            renderFix={(suggestion, corrected) => (
              <p className="mt-1">
                <a className="font-semibold" href={listOf(corrected, only)}>
                  {t('targeting.problem.did_you_mean', { suggestion })}
                </a>
              </p>
            )}
          />
        )}
        <fieldset className="mb-3 flex flex-wrap gap-x-5 gap-y-1">
          <legend className="sr-only">{t('people_list.only')}</legend>
          {(['all', 'strangers'] as const).map((each) => (
            <label key={each} className="flex min-h-11 cursor-pointer items-center gap-2">
              <input type="radio" name="only" value={each} defaultChecked={only === each} className="radio" />
              {t(`people_list.only.${each}`)}
            </label>
          ))}
        </fieldset>
        <div className="flex flex-wrap gap-2">
          <button className="btn btn-primary">
            <Icon name="search" size={18} /> {t('people_list.show')}
          </button>
          {q && (
            <a className="btn" href="/people">
              {t('universes.clear')}
            </a>
          )}
        </div>
      </form>
    </Card>
  )
}

function Sums({ t, only, asked, counts }: { t: Translate; only: Only; asked: CompiledPeople; counts: Reached }) {
  const number = (value: number): string => formatNumber(t.language, value)
  const { expression } = asked
  const narrowed = (channel: keyof typeof reached): string =>
    listOf(print({ op: 'and', of: [...(asked.text ? [expression] : []), reached[channel]] }), only)
  const linked = (channel: 'phone' | 'email' | 'post') =>
    counts[channel] > 0 && counts[channel] < counts.people ? (
      <a href={narrowed(channel)}>{number(counts[channel])}</a>
    ) : (
      number(counts[channel])
    )
  return (
    <>
      <Figures>
        <Figure label={t('people_list.figure.people')} value={number(counts.people)} />
        {only === 'all' && (
          <Figure
            label={t('people_list.figure.strangers')}
            value={
              counts.strangers > 0 ? (
                <a href={listOf(asked.text, 'strangers')}>{number(counts.strangers)}</a>
              ) : (
                number(counts.strangers)
              )
            }
          />
        )}
        <Figure label={t('people_list.figure.phone')} value={linked('phone')} />
        <Figure
          label={t('people_list.figure.email')}
          value={linked('email')}
          note={counts.email > 0 && t('people_list.agreed', { count: counts.email_agreed })}
        />
        <Figure label={t('people_list.figure.post')} value={linked('post')} />
      </Figures>
      <p className="-mt-3 mb-6 text-sm">{t('people_list.left_out')}</p>
    </>
  )
}

/** Whatever is done goes to all of them, not to the page that is shown alone. */
function Acts({ t, q, only, tags, events, may, typed, errors = {}, count }: PeopleListProps & { count: number }) {
  if (!may.edit && !may.invite && !may.file) return null
  return (
    <Card title={t('people_list.act', { count })} id="act">
      <div className="flex flex-wrap items-end gap-x-8 gap-y-4 print:hidden">
        {may.edit && (
          <form method="post" action="/people/tag" className="flex min-w-0 flex-wrap items-end gap-2">
            <Asked q={q} only={only} />
            <div className="min-w-0">
              <label htmlFor="tag" className="mb-1 block font-semibold">
                {t('people_list.tag')}
              </label>
              <input
                id="tag"
                name="tag"
                list="tags"
                required
                maxLength={60}
                autoComplete="off"
                defaultValue={typed?.tag}
                aria-invalid={errors.tag ? true : undefined}
                aria-describedby={errors.tag ? 'tag-error' : undefined}
                className={`input w-44 max-w-full text-base ${errors.tag ? 'input-error' : ''}`}
              />
              <datalist id="tags">
                {tags.map((tag) => (
                  <option key={tag} value={tag} />
                ))}
              </datalist>
              <FieldError t={t} name="tag" errors={errors} />
            </div>
            <button className="btn">{t('people_list.tag_all', { count })}</button>
          </form>
        )}
        {may.invite && events.length > 0 && (
          <form method="get" action="/people/invite" className="flex min-w-0 flex-wrap items-end gap-2">
            <Asked q={q} only={only} />
            <div className="min-w-0">
              <label htmlFor="event" className="mb-1 block font-semibold">
                {t('people_list.event')}
              </label>
              <select id="event" name="event" className="select w-64 max-w-full text-base">
                {events.map(({ event_id, title, starts_at, time_zone }) => (
                  <option key={event_id} value={event_id}>
                    {localized(title, t.language).text}, {formatDateTime(t.language, starts_at, time_zone)}
                  </option>
                ))}
              </select>
            </div>
            <button className="btn">{t('people_list.invite')}</button>
          </form>
        )}
        {may.mail && only !== 'strangers' && (
          <a className="btn" href={listOf(q, only, {}, '/mailings/new')}>
            <Icon name="mail" size={18} /> {t('people_list.mail')}
          </a>
        )}
        {may.file && (
          <a className="btn" href={listOf(q, only, {}, '/people/file')}>
            <Icon name="download" size={18} /> {t('people_list.file')}
          </a>
        )}
      </div>
    </Card>
  )
}

interface FileProps {
  t: Translate
  q: string
  only: Only
  count: number
  typed: Record<string, string>
  errors: FieldErrors
}

export function PeopleFilePage({ t, q, only, count, typed, errors }: FileProps) {
  return (
    <>
      <PageHead
        title={t('people_list.file_title')}
        lead={t('people_list.file_lead', { count })}
        back={{ href: listOf(q, only), label: t('people_list.title') }}
      />
      {q && <p className="bg-base-200 mb-4 rounded p-3 font-mono break-words">{q}</p>}
      <Card id="purpose-card">
        <form method="post" action="/people/file">
          <Asked q={q} only={only} />
          <PurposeFields t={t} typed={typed} errors={errors} />
          <p className="mt-4 max-w-prose text-sm">{t('people_list.file_note')}</p>
          <button className="btn btn-primary mt-4">
            <Icon name="download" size={18} /> {t('people_list.file_make')}
          </button>
        </form>
      </Card>
    </>
  )
}
