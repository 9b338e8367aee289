import { formatAgo, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, EmptyState, PageHead, Table } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { percentOf, type ColumnsStatus } from '../columns/building.ts'
import '../columns/messages.ts'
import type { Universe } from '../queries.ts'

interface Props {
  t: Translate
  universes: readonly Universe[]
  now: Date
  may_edit: boolean
  was_archived: Universe | null
  /** How counts are answered now; null: nothing to say, they are instant. */
  columns: ColumnsStatus | null
}

export function UniversesPage({ t, universes, now, may_edit, was_archived, columns }: Props) {
  const make = may_edit && (
    <a className="btn btn-primary" href="/voters/universes/new">
      <Icon name="plus" size={18} /> {t('universes.new')}
    </a>
  )
  return (
    <>
      <PageHead title={t('universes.title')} lead={t('universes.lead')} actions={universes.length > 0 && make} />
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
      {universes.length === 0 ? (
        <EmptyState icon="universe" title={t('universes.empty')} action={make || undefined}>
          {t('universes.empty_text')}
        </EmptyState>
      ) : (
        <Table
          caption={t('universes.title')}
          head={[t('universes.name'), t('universes.counted'), t('universes.expression'), t('universes.made_by')]}
        >
          {universes.map(({ universe_id, name, expression, note, counted, counted_at, created_by }) => (
            <tr key={universe_id}>
              <th scope="row" className="min-w-40">
                <a className="font-semibold" href={`/voters/universes/${universe_id}`}>
                  {name}
                </a>
                {note && <span className="block text-sm font-normal">{note}</span>}
              </th>
              <td className="tabular-nums">
                <span className="font-semibold">{counted === null ? '–' : formatNumber(t.language, counted)}</span>
                {counted_at && (
                  <span className="block text-sm whitespace-nowrap">
                    {t('universes.counted_at', { ago: formatAgo(t.language, counted_at, now) })}
                  </span>
                )}
              </td>
              <td className="min-w-56 font-mono text-sm break-words">{expression || t('universes.everyone')}</td>
              <td className="whitespace-nowrap">{created_by}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}
