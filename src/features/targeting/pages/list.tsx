import { formatAgo, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, EmptyState, PageHead } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import type { ColumnsState } from '../columns/state.ts'
import { listOrders, type ListQuestion, type Universe } from '../queries.ts'
import type { Size } from '../sizes.ts'
import { ColumnsNews } from './columns-notice.tsx'
import { SparkLine } from './size-chart.tsx'

interface Props {
  t: Translate
  universes: readonly Universe[]
  /** Of all that are there, whatever is asked. */
  total: number
  asked: ListQuestion
  sizes: ReadonlyMap<string, readonly Size[]>
  now: Date
  may_edit: boolean
  may_export: boolean
  was_archived: Universe | null
  /** How counts are answered now; null: there is nobody to count. */
  columns: ColumnsState | null
}

export function UniversesPage(props: Props) {
  const { t, universes, total, asked, sizes, now, may_edit, may_export, was_archived, columns } = props
  const make = may_edit && (
    <a className="btn btn-primary" href="/voters/universes/new">
      <Icon name="plus" size={18} /> {t('universes.new')}
    </a>
  )
  const isNarrowed = asked.q !== '' || asked.kind !== '' || asked.archived
  return (
    <>
      <PageHead
        title={t('universes.title')}
        lead={t('universes.lead')}
        actions={
          <>
            {total > 0 && make}
            {total > 1 && (
              <a className="btn" href="/voters/universes/compare">
                {t('universes.compare_two')}
              </a>
            )}
            {may_export && (
              <a className="btn" href="/voters/exports">
                {t('universes.exports')}
              </a>
            )}
          </>
        }
      />
      {was_archived && (
        <Alert kind="success">
          <p>{t('universes.archived')}</p>
          {may_edit && (
            <form method="post" action={`/voters/universes/${was_archived.universe_id}/restore`} className="mt-2">
              <button className="btn btn-sm" type="submit">
                {t('action.undo')}
              </button>
            </form>
          )}
        </Alert>
      )}
      <ColumnsNews t={t} columns={columns} />
      {(total > 0 || isNarrowed) && <Search t={t} asked={asked} />}
      {total === 0 && !isNarrowed && (
        <EmptyState icon="universe" title={t('universes.empty')} action={make || undefined}>
          {t('universes.empty_text')}
        </EmptyState>
      )}
      {universes.length === 0 && (total > 0 || isNarrowed) && (
        <EmptyState
          icon="search"
          title={t('universes.none_listed')}
          action={
            <a className="btn" href="/voters/universes">
              {t('universes.show_all')}
            </a>
          }
        />
      )}
      {universes.length > 0 && (
        <ul
          aria-label={t('universes.title')}
          className="bg-base-100 rounded-box border-base-300 divide-base-300 divide-y border"
        >
          {universes.map((each) => (
            <Line key={each.universe_id} t={t} universe={each} sizes={sizes.get(each.universe_id) ?? []} now={now} />
          ))}
        </ul>
      )}
    </>
  )
}

/** On a phone one thing under the other: the conditions are read whole, not scrolled to. */
function Line({ t, universe, sizes, now }: { t: Translate; universe: Universe; sizes: readonly Size[]; now: Date }) {
  const { universe_id, name, note, kind, expression, counted, counted_at, owner } = universe
  return (
    <li className="grid gap-x-6 gap-y-2 p-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
      <div className="min-w-0">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <a className="font-semibold break-words" href={`/voters/universes/${universe_id}`}>
            {name}
          </a>
          <Badge kind={kind === 'frozen' ? 'info' : 'neutral'}>{t(`frozen.kind.${kind}`)}</Badge>
        </h2>
        {note && <p className="text-sm">{note}</p>}
        <p className={`mt-1 text-sm break-words ${expression ? 'font-mono' : ''}`}>
          <span className="sr-only">{t('universes.expression')}: </span>
          {expression || t('universes.everyone')}
        </p>
        <p className="mt-1 text-sm">
          {t('universes.owner')}: {owner}
        </p>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 sm:block sm:text-right">
        <p className="tabular-nums">
          <span className="text-sm">{t('universes.voters')}</span>{' '}
          <span className="text-xl font-bold">{counted === null ? '–' : formatNumber(t.language, counted)}</span>
          {counted_at && (
            <span className="block text-sm">
              {t('universes.counted_at', { ago: formatAgo(t.language, counted_at, now) })}
            </span>
          )}
        </p>
        <div className="sm:mt-1 sm:flex sm:justify-end">
          <SparkLine sizes={sizes} />
        </div>
      </div>
    </li>
  )
}

/** Looks in names, notes, owners and expressions; without script too. */
function Search({ t, asked }: { t: Translate; asked: ListQuestion }) {
  return (
    <form method="get" action="/voters/universes" role="search" className="mb-4 flex flex-wrap items-end gap-3">
      <div className="min-w-0 flex-1 basis-52">
        <label htmlFor="q" className="mb-1 block font-semibold">
          {t('universes.search')}
        </label>
        <input id="q" name="q" type="search" defaultValue={asked.q} className="input w-full text-base" />
      </div>
      <div>
        <label htmlFor="kind" className="mb-1 block font-semibold">
          {t('universes.kind')}
        </label>
        <select id="kind" name="kind" defaultValue={asked.kind} className="select text-base">
          <option value="">{t('universes.kind_any')}</option>
          <option value="live">{t('frozen.kind.live')}</option>
          <option value="frozen">{t('frozen.kind.frozen')}</option>
        </select>
      </div>
      <div>
        <label htmlFor="by" className="mb-1 block font-semibold">
          {t('universes.order')}
        </label>
        <select id="by" name="by" defaultValue={asked.by} className="select text-base">
          {listOrders.map((order) => (
            <option key={order} value={order}>
              {t(`universes.order.${order}`)}
            </option>
          ))}
        </select>
      </div>
      <label className="flex min-h-11 items-center gap-2">
        <input type="checkbox" name="archived" value="yes" defaultChecked={asked.archived} className="checkbox" />
        {t('universes.with_archived')}
      </label>
      <button className="btn" type="submit">
        {t('action.show')}
      </button>
    </form>
  )
}
