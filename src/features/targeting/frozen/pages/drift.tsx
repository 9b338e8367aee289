import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import {
  Alert,
  Card,
  EmptyState,
  Figure,
  Figures,
  PageHead,
  Pagination,
  Table,
} from '../../../../platform/ui/components.tsx'
import type { Draw } from '../../hash.ts'
import { problemSentence } from '../../problem.ts'
import type { Universe, UniverseProblem } from '../../queries.ts'
import { countyLabel } from '../../pages/labels.ts'
import type { Drift, Drifted, Side } from '../queries.ts'
import { Drawn, FreezeForm, Reasons, sideLabel } from './card.tsx'

interface RefreshProps {
  t: Translate
  universe: Universe
  drift: Record<Side, Drift> | null
  /** How its members were drawn; null: everybody was taken. */
  draw: Draw | null
  problem: UniverseProblem | null
}

/** What a refresh would do, before it is done. */
export function RefreshPage({ t, universe, drift, draw, problem }: RefreshProps) {
  const address = `/voters/universes/${universe.universe_id}`
  const number = (value: number): string => formatNumber(t.language, value)
  const isUnchanged = drift?.came.count === 0 && drift.went.count === 0
  return (
    <>
      <PageHead
        title={t('frozen.refresh_title', { name: universe.name })}
        lead={t('frozen.refresh_lead')}
        back={{ href: address, label: universe.name }}
      />
      {problem && (
        <Alert kind="error" title={t('universes.with_problem')}>
          {problemSentence(t, problem).join(' ')}
        </Alert>
      )}
      {!problem && !drift && <Alert kind="warning">{t('frozen.too_slow')}</Alert>}
      {drift && (
        <>
          <Figures>
            <Figure label={t('frozen.members')} value={number(universe.counted ?? 0)} />
            <Figure
              label={t('frozen.came')}
              value={`+${number(drift.came.count)}`}
              note={drift.came.count > 0 && <a href={`${address}/came`}>{t('frozen.see')}</a>}
            />
            <Figure
              label={sideLabel(t, 'went', draw)}
              value={`−${number(drift.went.count)}`}
              note={drift.went.count > 0 && <a href={`${address}/went`}>{t('frozen.see')}</a>}
            />
            <Figure
              label={t('frozen.after')}
              value={number((universe.counted ?? 0) + drift.came.count - drift.went.count)}
            />
          </Figures>
          {draw && <Drawn t={t} draw={draw} />}
          {isUnchanged && <Alert kind="info">{t(draw ? 'frozen.unchanged_drawn' : 'frozen.unchanged')}</Alert>}
          {!isUnchanged && (
            <Card title={t('frozen.since_then')} lead={t('frozen.since_hint')} id="since">
              <div className="grid gap-6 sm:grid-cols-2">
                {(['came', 'went'] as const).map((side) => (
                  <div key={side}>
                    <h3 className="font-semibold">{sideLabel(t, side, draw)}</h3>
                    {drift[side].count === 0 ? (
                      <p className="text-sm">{t('frozen.nobody')}</p>
                    ) : (
                      <Reasons t={t} drift={drift[side]} />
                    )}
                  </div>
                ))}
              </div>
            </Card>
          )}
        </>
      )}
      {!problem && !isUnchanged && (
        <FreezeForm t={t} address={address} draw={draw} button={t('frozen.refresh_sure')} is_main />
      )}
    </>
  )
}

export const driftPageSize = 100

interface DriftProps {
  t: Translate
  universe: Universe
  side: Side
  /** How its members were drawn; null: everybody was taken. */
  draw: Draw | null
  drift: Drift | null
  rows: readonly Drifted[]
  from: number
}

export const driftTitle = (t: Translate, side: Side, draw: Draw | null, name: string): string =>
  side === 'went' && draw ? t('frozen.went_title_drawn', { name }) : t(`frozen.${side}_title`, { name })

export function DriftPage({ t, universe, side, draw, drift, rows, from }: DriftProps) {
  const address = `/voters/universes/${universe.universe_id}`
  return (
    <>
      <PageHead
        title={driftTitle(t, side, draw, universe.name)}
        lead={t(draw ? `frozen.${side}_lead_drawn` : `frozen.${side}_lead`)}
        back={{ href: address, label: universe.name }}
      />
      {!drift && <Alert kind="warning">{t('frozen.too_slow')}</Alert>}
      {drift?.count === 0 && (
        <EmptyState icon="check" title={t('frozen.nobody')}>
          {t('frozen.nobody_text')}
        </EmptyState>
      )}
      {drift && drift.count > 0 && (
        <>
          <Figures>
            <Figure
              label={sideLabel(t, side, draw)}
              value={formatNumber(t.language, drift.count)}
              note={<Reasons t={t} drift={drift} />}
            />
          </Figures>
          <Table
            caption={sideLabel(t, side, draw)}
            head={[
              t('universes.table.name'),
              t('frozen.since_then'),
              t('universes.table.party'),
              t('universes.table.place'),
            ]}
          >
            {rows.map((row) => (
              <tr key={row.voter_id}>
                <th scope="row" className="font-semibold">
                  {row.last_name === null ? (
                    t('frozen.record', { id: String(row.voter_id) })
                  ) : (
                    <a href={`/voters/${row.voter_id}`}>
                      {[row.first_name, row.middle_name, row.last_name].filter(Boolean).join(' ')}
                    </a>
                  )}
                  {row.name_hangul && (
                    <span lang="ko" className="ml-2 font-normal">
                      {row.name_hangul}
                    </span>
                  )}
                </th>
                <td>{t(`frozen.reason.${row.reason}`)}</td>
                <td className="whitespace-nowrap">{row.party ? t.dynamic(`targeting.party.${row.party}`) : '–'}</td>
                <td className="whitespace-nowrap">{row.city ?? (row.county && countyLabel(t, row.county))}</td>
              </tr>
            ))}
          </Table>
          <Pagination
            t={t}
            from={from}
            shown={rows.length}
            total={drift.count}
            size={driftPageSize}
            href={(start) => `${address}/${side}?from=${start}`}
          />
        </>
      )}
    </>
  )
}
