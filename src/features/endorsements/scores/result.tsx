import { formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Table } from '../../../platform/ui/components.tsx'
import type { Candidate } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { candidateName } from '../answers/names.ts'
import { OwnWords } from '../own-words.tsx'
import type { TieKind } from '../cycles/schema.ts'
import '../interviews/messages.ts'
import './messages.ts'
import { areAllIn, type Closed, type Criterion, type PanelSeat, type Score } from './queries.ts'
import { accountsOf, type CandidateAccount } from './rules.ts'

export interface ScoresProps {
  t: Translate
  criteria: readonly Criterion[]
  panel: readonly PanelSeat[]
  /** What those of the panel who are tied said. */
  ties: ReadonlyMap<string, readonly TieKind[]>
  /** As the reader may see them. */
  scores: readonly Score[]
  /** Also who withdrew: their scores keep their name. */
  candidates: readonly Candidate[]
  closed: Closed | null
  time_zone: string
}

export const isOver = ({ panel, closed }: Pick<ScoresProps, 'panel' | 'closed'>): boolean =>
  closed !== null || areAllIn(panel)

/** Means with their spread, where the panel is divided, and who scored: once all are in, or the scoring was closed. */
export function Scores({ t, criteria, panel, ties, scores, candidates, closed, time_zone }: ScoresProps) {
  const scoring = panel.filter(({ is_barred }) => !is_barred)
  const count = scoring.filter(({ is_in }) => is_in).length
  if (!isOver({ panel, closed }))
    return (
      <Alert kind="info">
        {panel.length === 0 ? t('scores.no_panel') : t('scores.waiting', { count, total: scoring.length })}
      </Alert>
    )
  const countedBy = scoring.filter(({ is_in }) => is_in)
  const counted = scores.filter(({ user_id }) => countedBy.some((seat) => seat.user_id === user_id))
  const accounts = accountsOf(criteria, counted)
  const who = [
    { label: t('scores.who_scored'), seats: countedBy },
    { label: t('scores.who_barred'), seats: panel.filter(({ is_barred }) => is_barred) },
    { label: t('scores.who_missing'), seats: scoring.filter(({ is_in }) => !is_in) },
  ].filter(({ seats }) => seats.length > 0)
  const nameOf = (candidate_id: number): string => {
    const candidate = candidates.find((each) => each.candidate_id === candidate_id)
    return candidate ? candidateName(t, candidate) : String(candidate_id)
  }
  const others = candidates.filter(({ candidate_id, status }) => isRunning(status) && !accounts.some((each) => each.candidate_id === candidate_id))
  return (
    <>
      {closed && (
        <Alert kind="warning">
          {t('scores.closed', { name: closed.closed_by, reason: closed.reason, when: formatDateTime(t.language, closed.closed_at, time_zone) })}
        </Alert>
      )}
      {accounts.length === 0 && <Alert kind="info">{t('scores.nothing_in')}</Alert>}
      {accounts.map((account) => (
        <OneCandidate
          key={account.candidate_id}
          {...{ t, criteria, account, panel }}
          name={nameOf(account.candidate_id)}
          notes={counted.filter((each) => each.candidate_id === account.candidate_id && each.notes)}
        />
      ))}
      {others.length > 0 && accounts.length > 0 && (
        <p className="mb-6">{t('scores.not_interviewed', { names: others.map((each) => candidateName(t, each)).join(', ') })}</p>
      )}
      <dl className="mb-6 grid gap-2">
        {who.map(({ label, seats }) => (
          <div key={label}>
            <dt className="font-semibold">{label}</dt>
            <dd>
              {seats
                .map(({ user_id, display_name }) => {
                  const tied = ties.get(user_id) ?? []
                  return tied.length === 0 ? display_name : `${display_name} (${t('interviews.tied_as', { ties: tied.map((tie) => t(`endorsements.tie.${tie}`)).join(', ') })})`
                })
                .join('; ')}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
} // prettier-ignore

interface OneCandidateProps extends Pick<ScoresProps, 't' | 'criteria' | 'panel'> {
  account: CandidateAccount
  name: string
  notes: readonly Score[]
}

function OneCandidate({ t, criteria, panel, account, name, notes }: OneCandidateProps) {
  const said = (value: number): string => formatNumber(t.language, value, 2)
  const criterionName = (criterion_id: string): string =>
    localized(criteria.find((each) => each.criterion_id === criterion_id)?.name, t.language).text
  const divided = account.criteria.find(({ criterion_id }) => criterion_id === account.divided_on)
  const totals = account.totals.map(({ user_id, total }) => `${panel.find((seat) => seat.user_id === user_id)?.display_name ?? ''} ${said(total)}`)
  return (
    <Card title={name} id={`candidate-${account.candidate_id}`}>
      <p className="text-xl font-bold">{t('scores.mean', { mean: said(account.mean) })}</p>
      <p>{t('scores.spread', { lowest: said(account.lowest), highest: said(account.highest), deviation: said(account.deviation) })}</p>
      <Strip account={account} />
      <p className="mb-3 text-sm">{t('scores.chart', { totals: totals.join(', ') })}</p>
      <p className="mb-4 font-semibold">
        {divided
          ? t('scores.divided', { name: criterionName(divided.criterion_id), lowest: divided.lowest, highest: divided.highest })
          : t('scores.agreed')}
      </p>
      <Table
        caption={t('scores.by_criterion', { name })}
        head={[t('scores.criterion'), ...(['mean', 'lowest', 'highest', 'deviation'] as const).map((column) => t(`scores.column.${column}`))]}
      >
        {account.criteria.map((each) => (
          <tr key={each.criterion_id}>
            <th scope="row" className="min-w-32 text-left font-normal">
              <OwnWords t={t} text={criteria.find(({ criterion_id }) => criterion_id === each.criterion_id)?.name ?? {}} />
            </th>
            <td className="tabular-nums">{said(each.mean)}</td>
            <td className="tabular-nums">{each.lowest}</td>
            <td className="tabular-nums">{each.highest}</td>
            <td className="tabular-nums">{said(each.deviation)}</td>
          </tr>
        ))}
      </Table>
      {notes.length > 0 && (
        <>
          <h3 className="mt-4 font-semibold">{t('scores.notes_of')}</h3>
          <dl className="grid gap-2">
            {notes.map(({ user_id, display_name, notes: text }) => (
              <div key={user_id}>
                <dt className="text-sm">{display_name}</dt>
                <dd className="whitespace-pre-line wrap-anywhere">{text}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Card>
  )
} // prettier-ignore

/** From 1 to 5: a dot for each panelist, a line for the mean. What it shows stands below in words. */
function Strip({ account: { totals, mean } }: { account: CandidateAccount }) {
  const at = (value: number): number => 10 + ((value - 1) / 4) * 280
  return (
    <svg viewBox="0 0 300 44" className="my-3 block w-full max-w-md" aria-hidden="true">
      <line x1={at(1)} x2={at(5)} y1="16" y2="16" className="stroke-base-300" strokeWidth="2" />
      {[1, 2, 3, 4, 5].map((mark) => (
        <g key={mark}>
          <line x1={at(mark)} x2={at(mark)} y1="11" y2="21" className="stroke-base-300" strokeWidth="2" />
          <text x={at(mark)} y="40" textAnchor="middle" fontSize="13" className="fill-base-content">
            {mark}
          </text>
        </g>
      ))}
      {totals.map(({ user_id, total }) => (
        <circle key={user_id} cx={at(total)} cy="16" r="6" className="fill-primary" fillOpacity="0.55" />
      ))}
      <line x1={at(mean)} x2={at(mean)} y1="3" y2="29" className="stroke-base-content" strokeWidth="3" />
    </svg>
  )
}
