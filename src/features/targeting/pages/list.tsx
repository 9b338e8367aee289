import { formatAgo, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, EmptyState, PageHead, Table } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { percentOf, type ColumnsStatus } from '../columns/building.ts'
import '../columns/messages.ts'
import { listOrders, type ListQuestion, type Universe } from '../queries.ts'
import type { Size } from '../sizes.ts'
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
  /** How counts are answered now; null: nothing to say, they are instant. */
  columns: ColumnsStatus | null
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
      {columns && columns.state !== 'ready' && (
        <Alert kind="info">
          <p>{t.dynamic(`universes.columns.${columns.state}`)}</p>
          {columns.building && (
            <p>
              <label className="flex flex-wrap items-center gap-2">
                {t('universes.columns.building', { percent: percentOf(columns.building) })}
                <progress className="progress w-48" value={percentOf(columns.building)} max={100} />
              </label>
            </p>
          )}
        </Alert>
      )}
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
        <Table
          caption={t('universes.title')}
          head={[
            t('universes.name'),
            t('universes.counted'),
            t('universes.size'),
            t('universes.owner'),
            t('universes.expression'),
          ]}
        >
          {universes.map((each) => (
            <tr key={each.universe_id}>
              <th scope="row" className="min-w-48">
                <a className="font-semibold" href={`/voters/universes/${each.universe_id}`}>
                  {each.name}
                </a>
                {each.note && <span className="block text-sm font-normal">{each.note}</span>}
                <span className="mt-1 block">
                  <Badge kind={each.kind === 'frozen' ? 'info' : 'neutral'}>{t(`frozen.kind.${each.kind}`)}</Badge>
                </span>
              </th>
              <td className="tabular-nums">
                <span className="font-semibold">
                  {each.counted === null ? '–' : formatNumber(t.language, each.counted)}
                </span>
                {each.counted_at && (
                  <span className="block text-sm whitespace-nowrap">
                    {t('universes.counted_at', { ago: formatAgo(t.language, each.counted_at, now) })}
                  </span>
                )}
              </td>
              <td>
                <SparkLine sizes={sizes.get(each.universe_id) ?? []} />
              </td>
              <td className="whitespace-nowrap">{each.owner}</td>
              <td className="min-w-56 font-mono text-sm break-words">{each.expression || t('universes.everyone')}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
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
