import { formatPercent } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, EmptyState, OwnText, PageHead, Table } from '../../../platform/ui/components.tsx'
import type { Rung } from '../ladder/queries.ts'
import '../messages.ts'
import type { Flow, RetentionRow } from '../rules.ts'
import './messages.ts'
import { FlowPicture } from './picture.tsx'

interface PipelineProps {
  t: Translate
  flow: Flow
  /** From below, with those put away that somebody stood on. */
  rungs: readonly Rung[]
  retention: readonly RetentionRow[]
  may_view: boolean
}

const quarterText = (t: Translate, day: string): string =>
  t('pipeline.quarter', { quarter: String(Math.ceil(Number(day.slice(5, 7)) / 3)), year: day.slice(0, 4) })

export function PipelinePage({ t, flow, rungs, retention, may_view }: PipelineProps) {
  const last = flow.days.length - 1
  // The last is today, unless a quarter begins today.
  const labels = flow.days.map((day, at) =>
    at === last && !/-(01|04|07|10)-01$/.test(day) ? t('pipeline.today') : quarterText(t, day),
  )
  const isEmpty = flow.standing.every((counts) => Object.keys(counts).length === 0)
  return (
    <>
      <PageHead
        title={t('pipeline.title')}
        lead={t('pipeline.lead')}
        {...(may_view && { back: { href: '/leadership', label: t('leadership.title') } })}
      />
      {isEmpty ? (
        <EmptyState icon="team" title={t('pipeline.none')}>
          <p>{t('pipeline.none_text')}</p>
        </EmptyState>
      ) : (
        <>
          <Card title={t('pipeline.picture')} lead={t('pipeline.picture_of')} id="flow">
            <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t('pipeline.picture')}>
              <FlowPicture t={t} flow={flow} rungs={rungs} labels={labels} />
            </div>
          </Card>
          <div className="mb-6 [&_:is(th,td)]:px-2.5 [&_thead_th]:whitespace-normal">
            <Standing t={t} flow={flow} rungs={rungs} labels={labels} />
          </div>
          {retention.length > 0 && (
            <Card title={t('pipeline.retention')} lead={t('pipeline.retention_lead')} id="retention">
              <Retention t={t} retention={retention} />
            </Card>
          )}
        </>
      )}
    </>
  )
}

/** The picture in numbers: each rung at each day, and how many moved since the one before. */
function Standing({
  t,
  flow,
  rungs,
  labels,
}: Pick<PipelineProps, 't' | 'flow' | 'rungs'> & { labels: readonly string[] }) {
  const order = (rung: string) => rungs.findIndex(({ rung_id }) => rung_id === rung)
  const ways = [
    { key: 'move_in', is: (from: string, to: string) => !from && Boolean(to) },
    { key: 'move_up', is: (from: string, to: string) => Boolean(from && to) && order(to) > order(from) },
    { key: 'move_down', is: (from: string, to: string) => Boolean(from && to) && order(to) < order(from) },
    { key: 'move_out', is: (from: string, to: string) => Boolean(from) && !to },
  ] as const
  return (
    <Table caption={t('pipeline.standing')} head={[t('pipeline.rung'), ...labels]}>
      {rungs.toReversed().map(({ rung_id, name }) => (
        <tr key={rung_id}>
          <th scope="row" className="whitespace-nowrap">
            <OwnText t={t} text={localized(name, t.language)} language={t.language} />
          </th>
          {flow.standing.map((counts, at) => (
            <td key={flow.days[at]} className="tabular-nums">
              {counts[rung_id] ?? 0}
            </td>
          ))}
        </tr>
      ))}
      <tr className="font-bold">
        <th scope="row">{t('pipeline.all')}</th>
        {flow.standing.map((counts, at) => (
          <td key={flow.days[at]} className="tabular-nums">
            {Object.values(counts).reduce((sum, each) => sum + each, 0)}
          </td>
        ))}
      </tr>
      {ways.map(({ key, is }) => (
        <tr key={key}>
          <th scope="row" className="font-normal whitespace-nowrap">
            {t('pipeline.moves')}: {t(`pipeline.${key}`)}
          </th>
          {flow.days.map((day, at) => (
            <td key={day} className="tabular-nums">
              {at === 0
                ? ''
                : (flow.moves[at - 1] ?? [])
                    .filter(({ from, to }) => is(from, to))
                    .reduce((sum, { people }) => sum + people, 0)}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}

function Retention({ t, retention }: Pick<PipelineProps, 't' | 'retention'>) {
  const longest = Math.max(...retention.map(({ active }) => active.length))
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t('pipeline.retention')}>
      <table className="table [&_:is(th,td)]:px-2">
        <caption className="sr-only">{t('pipeline.retention')}</caption>
        <thead>
          <tr>
            <th scope="col" className="text-base-content">
              {t('pipeline.came')}
            </th>
            <th scope="col" className="text-base-content">
              {t('pipeline.people')}
            </th>
            {Array.from({ length: longest }, (_, after) => (
              <th key={after} scope="col" className="text-base-content">
                {t('pipeline.later', { count: after })}
                <span className="sr-only"> {t('pipeline.later_hint')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {retention.map(({ quarter, people, active }) => (
            <tr key={quarter}>
              <th scope="row" className="whitespace-nowrap">
                {quarterText(t, quarter)}
              </th>
              <td className="tabular-nums">{people}</td>
              {Array.from({ length: longest }, (_, after) => {
                const count = active[after]
                return (
                  <td key={after} className="tabular-nums whitespace-nowrap">
                    {count === undefined ? '' : `${formatPercent(t.language, count / people)} (${count})`}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
