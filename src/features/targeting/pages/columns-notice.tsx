import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert } from '../../../platform/ui/components.tsx'
import { percentOf } from '../columns/building.ts'
import '../columns/messages.ts'
import type { ColumnsState } from '../columns/state.ts'

export const isWorthSaying = ({ state, building }: ColumnsState): boolean => state !== 'ready' || building !== null

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
