import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert } from '../../../platform/ui/components.tsx'
import { percentOf } from '../columns/building.ts'
import '../columns/messages.ts'
import type { ColumnsState } from '../columns/state.ts'

const isWorthSaying = ({ state, building }: ColumnsState): boolean => state !== 'ready' || building !== null

/** Where there is something to say, kept up to date while the page stands. */
export function ColumnsNews({ t, columns }: { t: Translate; columns: ColumnsState | null }) {
  if (!columns || !isWorthSaying(columns)) return null
  return (
    <section data-live="/voters/universes/columns/live">
      <ColumnsNotice t={t} columns={columns} />
    </section>
  )
}

/** How counts are answered now, and how far a build is. */
export function ColumnsNotice({ t, columns: { state, building, problem } }: { t: Translate; columns: ColumnsState }) {
  return (
    <Alert kind={state === 'ready' ? 'success' : 'info'}>
      <p>{t(`universes.columns.${state}`)}</p>
      {building && (
        <p>
          <label className="flex flex-wrap items-center gap-2">
            {t('universes.columns.building', { percent: percentOf(building) })}
            <progress className="progress w-48" value={percentOf(building)} max={100} />
          </label>
        </p>
      )}
      {state !== 'ready' && !building && problem && <p>{t('universes.columns.build_failed')}</p>}
    </Alert>
  )
}
