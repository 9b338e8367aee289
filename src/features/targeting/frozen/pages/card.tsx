import { formatDateTime, formatNumber, formatPercent } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Figure, Figures, Table } from '../../../../platform/ui/components.tsx'
import type { Draw } from '../../hash.ts'
import type { Universe } from '../../queries.ts'
import { drawOf, type Drift, type Side, type UniverseVersion } from '../queries.ts'

export interface FrozenState {
  versions: readonly UniverseVersion[]
  /** Of a running one, 0-1. */
  walked: number | null
  /** null: live, or counting took too long. */
  drift: Record<Side, Drift> | null
  /** Members that may be contacted today; null: live, or not counted. */
  reachable: number | null
}

interface Props extends FrozenState {
  t: Translate
  universe: Universe
  time_zone: string
  may_edit: boolean
}

/** Whether it moves with the day or keeps its people, and what changed since it was told to keep them. */
export function FrozenCard({ t, universe, versions, walked, drift, reachable, time_zone, may_edit }: Props) {
  const address = `/voters/universes/${universe.universe_id}`
  const open = versions.find(({ state }) => state === 'queued' || state === 'running')
  const taken = versions.find(({ version }) => version === universe.version)
  const draw = taken ? drawOf(taken) : null
  const isFrozen = universe.kind === 'frozen'
  const may = may_edit && !universe.archived_at && !open
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <Card
      title={t('frozen.title')}
      id="frozen"
      lead={isFrozen ? t('frozen.frozen_text') : t('frozen.live_text')}
      actions={
        may && (
          <div className="flex flex-wrap gap-2 print:hidden">
            {isFrozen && (
              <a className="btn btn-primary" href={`${address}/refresh`}>
                {t('frozen.refresh')}
              </a>
            )}
            {isFrozen && (
              <form method="post" action={`${address}/thaw`}>
                <button className="btn" type="submit">
                  {t('frozen.thaw')}
                </button>
              </form>
            )}
          </div>
        )
      }
    >
      {may && !isFrozen && <FreezeForm t={t} address={address} draw={null} button={t('frozen.freeze')} />}
      {open && <UnderWay t={t} address={address} walked={walked} />}
      {versions[0]?.state === 'failed' && <Alert kind="warning">{t('frozen.failed')}</Alert>}
      {isFrozen && (
        <>
          {taken?.finished_at && (
            <p className="mb-3 text-sm">
              {t('frozen.taken', {
                at: formatDateTime(t.language, taken.finished_at, time_zone),
                by: taken.requested_by,
              })}
            </p>
          )}
          {draw && <Drawn t={t} draw={draw} />}
          <Figures>
            <Figure label={t('frozen.members')} value={number(universe.counted ?? 0)} />
            {reachable !== null && (
              <Figure
                label={t('frozen.reachable')}
                value={number(reachable)}
                note={
                  (universe.counted ?? 0) > reachable &&
                  t('frozen.not_today', { count: (universe.counted ?? 0) - reachable })
                }
              />
            )}
            {drift && <DriftFigure t={t} side="came" draw={draw} drift={drift.came} address={address} />}
            {drift && <DriftFigure t={t} side="went" draw={draw} drift={drift.went} address={address} />}
          </Figures>
          {!drift && <p className="text-sm">{t('frozen.too_slow')}</p>}
        </>
      )}
      {versions.length > 0 && (
        <details>
          <summary className="min-h-8 cursor-pointer font-semibold">{t('frozen.history')}</summary>
          <div className="mt-3">
            <History t={t} universe={universe} versions={versions} time_zone={time_zone} may_undo={may} />
          </div>
        </details>
      )}
    </Card>
  )
}

/** Everybody who fits, or some of them at random. */
export function FreezeForm({
  t,
  address,
  draw,
  button,
  is_main = draw !== null,
}: {
  t: Translate
  address: string
  /** As the members were taken last. */
  draw: Draw | null
  button: string
  /** What the page is for. */
  is_main?: boolean
}) {
  return (
    <form method="post" action={`${address}/members`} className="mb-4 print:hidden">
      <details open={draw !== null} className="mb-3">
        <summary className="min-h-11 cursor-pointer py-2">{t('frozen.draw')}</summary>
        <p id="draw-hint" className="mb-2 max-w-prose text-sm">
          {t('frozen.draw_hint')}
        </p>
        <div className="flex flex-wrap gap-4">
          <label className="block">
            <span className="block font-semibold">{t('frozen.at_most')}</span>
            <input
              name="at_most"
              inputMode="numeric"
              className="input w-40"
              defaultValue={draw ? String(draw.at_most) : ''}
              aria-describedby="draw-hint"
            />
          </label>
          <label className="block">
            <span className="block font-semibold">{t('frozen.seed')}</span>
            <input name="seed" maxLength={60} className="input w-56" defaultValue={draw?.seed ?? ''} />
          </label>
        </div>
      </details>
      <button className={is_main ? 'btn btn-primary' : 'btn'} type="submit">
        {button}
      </button>
    </form>
  )
}

/** Of a universe whose members were drawn: who fits beyond them is no change. */
export function Drawn({ t, draw: { at_most, seed } }: { t: Translate; draw: Draw }) {
  return (
    <p className="mb-3 max-w-prose text-sm" data-drawn>
      {t('frozen.drawn', { count: at_most })} {seed && t('frozen.drawn_by', { seed })}
    </p>
  )
}

/** Who leaves those drawn may fit as before. */
export const sideLabel = (t: Translate, side: Side, draw: Draw | null): string =>
  side === 'went' && draw ? t('frozen.went_drawn') : t(`frozen.${side}`)

function DriftFigure({
  t,
  side,
  draw,
  drift,
  address,
}: {
  t: Translate
  side: Side
  draw: Draw | null
  drift: Drift
  address: string
}) {
  return (
    <Figure
      label={sideLabel(t, side, draw)}
      value={formatNumber(t.language, drift.count)}
      note={
        drift.count > 0 && (
          <>
            <a href={`${address}/${side}`}>{t('frozen.see')}</a>
            <Reasons t={t} drift={drift} />
          </>
        )
      }
    />
  )
}

export function Reasons({ t, drift }: { t: Translate; drift: Drift }) {
  if (!drift.reasons) return <p className="mt-1 text-sm">{t('frozen.reasons_many')}</p>
  return (
    <ul className="mt-1 text-sm">
      {drift.reasons.map(({ reason, count }) => (
        <li key={reason}>
          {t(`frozen.reason.${reason}`)}: {formatNumber(t.language, count)}
        </li>
      ))}
    </ul>
  )
}

/** Sent anew while it runs; without script the page is loaded again by hand. */
function UnderWay({ t, address, walked }: { t: Translate; address: string; walked: number | null }) {
  return (
    <section data-live={`${address}/progress`} className="mb-4">
      <Progress t={t} walked={walked} address={address} isOpen />
    </section>
  )
}

export function Progress({
  t,
  walked,
  address,
  isOpen,
}: {
  t: Translate
  walked: number | null
  address: string
  isOpen: boolean
}) {
  if (!isOpen) {
    return (
      <p role="status">
        <a className="btn btn-primary" href={address}>
          {t('frozen.finished')}
        </a>
      </p>
    )
  }
  return (
    <div role="status">
      <p className="font-semibold">{t('frozen.under_way')}</p>
      <p className="mb-2 max-w-prose text-sm">{t('frozen.under_way_text')}</p>
      <progress
        className="progress progress-primary w-full max-w-md"
        aria-label={t('frozen.under_way')}
        max={1}
        {...(walked === null ? {} : { value: walked })}
      />
      {walked !== null && <span className="ml-2 tabular-nums">{formatPercent(t.language, walked)}</span>}
    </div>
  )
}

function History({
  t,
  universe,
  versions,
  time_zone,
  may_undo,
}: {
  t: Translate
  universe: Universe
  versions: readonly UniverseVersion[]
  time_zone: string
  may_undo: boolean
}) {
  const cell = (value: number | null): string => (value === null ? '–' : formatNumber(t.language, value))
  return (
    <Table
      caption={t('frozen.history')}
      head={[
        t('frozen.head.act'),
        t('frozen.head.at'),
        t('frozen.head.came'),
        t('frozen.head.went'),
        t('frozen.head.members'),
      ]}
    >
      {versions.map((each) => (
        <tr key={each.version}>
          <th scope="row" className="font-normal">
            <span className="font-semibold">{t(`frozen.act.${each.act}`)}</span>
            {each.undone_at && (
              <span className="block text-sm">{t('frozen.state.undone', { by: each.undone_by ?? '' })}</span>
            )}
            {each.state !== 'done' && <span className="block text-sm">{t(`frozen.state.${each.state}`)}</span>}
            {may_undo && each.version === universe.version && !each.undone_at && each.state === 'done' && (
              <UndoVersion t={t} universe={universe} version={each.version} />
            )}
          </th>
          <td>
            {formatDateTime(t.language, each.finished_at ?? each.requested_at, time_zone)}
            <span className="block text-sm">{each.requested_by}</span>
          </td>
          <td className="tabular-nums">{cell(each.came)}</td>
          <td className="tabular-nums">{cell(each.went)}</td>
          <td className="tabular-nums">{cell(each.members)}</td>
        </tr>
      ))}
    </Table>
  )
}

export function UndoVersion({ t, universe, version }: { t: Translate; universe: Universe; version: number }) {
  return (
    <form method="post" action={`/voters/universes/${universe.universe_id}/undo`} className="mt-2">
      <input type="hidden" name="version" value={version} />
      <button className="btn btn-sm" type="submit">
        {t('action.undo')}
      </button>
    </form>
  )
}
