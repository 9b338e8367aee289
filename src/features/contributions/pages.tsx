import { dateIn } from '../../platform/clock.ts'
import type { FieldErrors } from '../../platform/http/form.ts'
import { formatDate, formatMoney } from '../../platform/i18n/formats.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  Field,
  PageHead,
  Select,
  Table,
} from '../../platform/ui/components.tsx'
import { electionName } from '../elections/calendars.ts'
import { contestOfficeName } from './words.ts'
import './messages.ts'
import { levelOf } from '../campaigns/rules.ts'
import type { Contribution, Payer, Recipient, Standing } from './queries.ts'
import { stepsFrom, type Counted, type Limit, type LimitCheck } from './rules.ts'
import { foundBases, methods, participations, payerKinds } from './schema.ts'
import type { ContributionRefundTable } from './tables.ts'
import { nameOf, titleOf } from './words.ts'

export const list = '/contributions'
const looks = {
  proposed: 'info',
  approved: 'warning',
  given: 'success',
  refunded: 'neutral',
  dropped: 'neutral',
} as const

const StateBadge = ({ t, state }: { t: Translate; state: Contribution['state'] }) => (
  <Badge kind={looks[state]}>{t(`contributions.state.${state}`)}</Badge>
)

interface ContributionsProps {
  t: Translate
  rows: readonly Contribution[]
  may: { propose: boolean; file: boolean }
}

export function ContributionsPage({ t, rows, may }: ContributionsProps) {
  const start = may.propose && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('contributions.new')}
    </a>
  )
  const figures = [...new Set(rows.map(({ figure_id }) => figure_id))]
  const sum = (of: readonly Contribution[], states: readonly Contribution['state'][]): number =>
    of
      .filter(({ state }) => states.includes(state))
      .reduce((total, { amount_cents, refunded_cents }) => total + amount_cents - (refunded_cents ?? 0), 0)
  const day = (date: string | null): string => (date ? formatDate(t.language, date, 'short') : '')
  return (
    <>
      <PageHead
        title={t('contributions.title')}
        lead={t('contributions.lead')}
        actions={
          <>
            {may.file && rows.length > 0 && (
              <a className="btn" href={`${list}/export.csv`}>
                {t('contributions.file')}
              </a>
            )}
            {rows.length > 0 && start}
          </>
        }
      />
      {rows.length === 0 ? (
        <EmptyState icon="star" title={t('contributions.none')} action={start}>
          {t('contributions.none_lead')}
        </EmptyState>
      ) : (
        <>
          <h2 className="mb-3 text-lg font-bold">{t('contributions.sums')}</h2>
          <Table
            caption={t('contributions.sums')}
            head={[t('contributions.candidate'), t('contributions.given_sum'), t('contributions.open_sum')]}
          >
            {figures.map((figure_id) => {
              const theirs = rows.filter((each) => each.figure_id === figure_id)
              return (
                <tr key={figure_id}>
                  <th scope="row" className="font-semibold">
                    {theirs[0] && nameOf(t, theirs[0])}
                  </th>
                  <td className="tabular-nums">{formatMoney(sum(theirs, ['given', 'refunded']))}</td>
                  <td className="tabular-nums">{formatMoney(sum(theirs, ['proposed', 'approved']))}</td>
                </tr>
              )
            })}
          </Table>
          <h2 className="mt-8 mb-3 text-lg font-bold">{t('contributions.all')}</h2>
          <ul className="grid gap-4">
            {rows.map((row) => (
              <li
                key={row.contribution_id}
                className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4"
              >
                <div className="min-w-0 flex-1 basis-60">
                  <a className="link text-lg font-bold wrap-anywhere" href={`${list}/${row.contribution_id}`}>
                    {titleOf(t, row)}
                  </a>
                  <p className="text-sm">
                    {contestOfficeName(t, row)} · {row.payer}
                    {(row.given_on ?? row.decided_on) && ` · ${day(row.given_on ?? row.decided_on)}`}
                  </p>
                </div>
                {row.given_though && <Badge kind="error">{t(`contributions.though.${row.given_though}`)}</Badge>}
                <StateBadge t={t} state={row.state} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

interface Form {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
}

export function ProposePage({ people, payers, ...form }: Form & { people: readonly Recipient[]; payers: readonly Payer[] }) {
  const { t, typed, errors } = form
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('contributions.new')}
        lead={t('contributions.lead')}
        back={{ href: list, label: t('contributions.title') }}
      />
      <form method="post" action={`${list}/new`}>
        <input type="hidden" name="cycle_id" value={typed.cycle_id ?? ''} />
        <input type="hidden" name="campaign_id" value={typed.campaign_id ?? ''} />
        <Card title={t('contributions.who')} id="who">
          <Select
            {...form}
            label={t('contributions.candidate')}
            name="candidate_id"
            required
            options={[
              { value: '', label: '' },
              ...people.map((each) => ({
                value: String(each.candidate_id),
                label: `${nameOf(t, each)} · ${contestOfficeName(t, each)} · ${electionName(t, { kind: each.election, held_on: each.held_on })}`,
              })),
            ]}
          />
          <Field {...form} label={t('contributions.recipient')} name="recipient" hint={t('contributions.recipient_hint')} required maxLength={160} />
          <Select
            {...form}
            label={t('contributions.participation')}
            name="participation"
            hint={t('contributions.participation_hint')}
            options={[
              { value: '', label: t('contributions.participation_none') },
              ...participations.map((each) => ({ value: each, label: t(`contributions.participation.${each}`) })),
            ]}
          />
        </Card>
        <Card title={t('contributions.from')} id="from">
          <Field {...form} label={t('contributions.payer')} name="payer" hint={t('contributions.payer_hint')} required maxLength={160} list="payers" autoComplete="off" />
          <datalist id="payers">
            {payers.map(({ payer }) => (
              <option key={payer} value={payer} />
            ))}
          </datalist>
          <Choices
            t={t}
            legend={t('contributions.payer_kind')}
            name="payer_kind"
            kind="radio"
            chosen={typed.payer_kind ? [typed.payer_kind] : []}
            errors={errors}
            options={payerKinds.map((kind) => ({ value: kind, label: t(`contributions.payer_kind.${kind}`) }))}
          />
          {payers.length > 0 && (
            <Choices t={t} name="kind_changed" kind="checkbox" chosen={typed.kind_changed ? [typed.kind_changed] : []} options={[{ value: 'yes', label: t('contributions.kind_changed') }]} />
          )}
          <Field {...form} label={t('contributions.amount')} name="amount" inputMode="decimal" required />
          <Field {...form} label={t('contributions.reason')} name="reason" hint={t('contributions.reason_hint')} rows={3} required maxLength={1000} />
        </Card>
        <button className="btn btn-primary">{t('contributions.propose')}</button>
      </form>
    </div>
  )
} // prettier-ignore

interface ContributionProps extends Form {
  row: Contribution
  verdict: Standing
  refunds: readonly ContributionRefundTable[]
  today: string
  time_zone: string
  may: { decide: boolean; give: boolean; propose: boolean; call_off: boolean; result: boolean }
}

export function ContributionPage({ row, verdict, refunds, today, time_zone, may, ...form }: ContributionProps) {
  const { t, errors } = form
  const here = `${list}/${row.contribution_id}`
  const next = stepsFrom[row.state]
  const isTooMuch = verdict.kind === 'prohibited' || verdict.kind === 'over'
  const isPaid = row.state === 'given' || row.state === 'refunded'
  const left_cents = row.amount_cents - (row.refunded_cents ?? 0)
  const isUnknown = verdict.kind === 'unknown'
  // What somebody looked up may have been read or typed wrongly; a row of the law is not theirs to change.
  const mayFind = !verdict.is_known && !verdict.prohibited
  const wasApproved = row.decided_on !== null
  return (
    <div className="max-w-3xl">
      <PageHead
        title={titleOf(t, row)}
        lead={`${contestOfficeName(t, row)} · ${row.recipient}`}
        back={{ href: list, label: t('contributions.title') }}
      />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <p className="mb-4 flex flex-wrap items-center gap-2">
        <StateBadge t={t} state={row.state} />
        <span>
          {row.payer} · {t(`contributions.payer_kind.${row.payer_kind}`)}
        </span>
      </p>
      <p className="mb-4 whitespace-pre-line">{row.reason}</p>
      {row.cycle_id && may.result && (
        <p className="mb-4">
          <a className="link inline-flex min-h-8 items-center" href={`/endorsements/${row.cycle_id}/result`}>
            {t('contributions.see_result')}
          </a>
        </p>
      )}
      {isPaid && isTooMuch && left_cents > 0 && (
        <Alert kind="error" title={t('contributions.too_much')}>
          {t('contributions.too_much_text')}
        </Alert>
      )}
      {row.given_on && row.decided_on && row.given_on < row.decided_on && (
        <Alert kind="warning" title={t('contributions.early')}>
          {t('contributions.early_text')}
        </Alert>
      )}
      {row.state !== 'dropped' && left_cents > 0 && <VerdictCard t={t} row={row} verdict={verdict} />}
      <Course t={t} {...{ row, refunds, time_zone }} />
      {next.includes('approved') && may.decide && !isTooMuch && (
        <Card title={t('contributions.approve')} lead={t('contributions.approve_lead')} id="approve">
          <form method="post" action={`${here}/approve`}>
            <Field {...form} label={t('contributions.decided_in')} name="decided_in" hint={t('contributions.decided_in_hint')} required maxLength={160} />
            <Field {...form} label={t('contributions.decided_on')} name="decided_on" type="date" max={today} required value={today} />
            {isUnknown && <FindingFields {...form} {...{ row, today }} required />}
            <button className="btn btn-primary">{t('contributions.approve_do')}</button>
          </form>
        </Card>
      )}
      {next.includes('given') && wasApproved && may.give && (
        <Card
          title={t(row.state === 'dropped' ? 'contributions.given_after_all' : 'contributions.give')}
          id="give"
        >
          <form method="post" action={`${here}/give`}>
            <Field {...form} label={t('contributions.given_on')} name="given_on" type="date" max={today} required value={today} />
            <Select {...form} label={t('contributions.method')} name="method" required value="check" options={methods.map((each) => ({ value: each, label: t(`contributions.method.${each}`) }))} />
            <Field {...form} label={t('contributions.reference')} name="reference" required maxLength={120} />
            {isUnknown && <FindingFields {...form} {...{ row, today }} />}
            <button className="btn btn-primary">{t('contributions.give_do')}</button>
          </form>
        </Card>
      )}
      {(isPaid || (row.state === 'approved' && !isUnknown)) && mayFind && left_cents > 0 && may.give && (
        <Card
          title={t('contributions.finding')}
          lead={t(isUnknown ? 'contributions.finding_lead' : 'contributions.finding_again_lead')}
          id="finding"
        >
          <form method="post" action={`${here}/finding`}>
            <FindingFields {...form} {...{ row, today }} required />
            <button className="btn btn-primary">{t('contributions.finding_do')}</button>
          </form>
        </Card>
      )}
      {next.includes('refunded') && may.give && left_cents > 0 && (
        <Card
          title={t('contributions.refund')}
          lead={row.refunded_cents && t('contributions.refunded_already', { amount: formatMoney(row.refunded_cents) })}
          id="refund"
        >
          <form method="post" action={`${here}/refund`}>
            <Field {...form} label={t('contributions.refunded')} name="refunded" inputMode="decimal" required value={(left_cents / 100).toFixed(2)} />
            <Field {...form} label={t('contributions.refunded_on')} name="refunded_on" type="date" min={row.given_on ?? ''} max={today} required value={today} />
            <Field {...form} label={t('contributions.reference')} name="refund_reference" required maxLength={120} />
            <button className="btn">{t('contributions.give_do')}</button>
          </form>
        </Card>
      )}
      {row.state === 'proposed' && may.propose && (
        <form method="post" action={`${here}/drop`}>
          <button className="btn">{t('contributions.drop')}</button>
        </form>
      )}
      {row.state === 'approved' && may.call_off && (
        <Card title={t('contributions.call_off')} lead={t('contributions.call_off_lead')} id="call-off">
          <form method="post" action={`${here}/call-off`}>
            <Field {...form} label={t('contributions.drop_reason')} name="drop_reason" required maxLength={500} />
            <button className="btn">{t('contributions.call_off_do')}</button>
          </form>
        </Card>
      )}
      {row.state === 'dropped' && may.call_off && (
        <form method="post" action={`${here}/take-up`}>
          <button className="btn">{t('contributions.take_up')}</button>
        </form>
      )}
    </div>
  )
} // prettier-ignore

interface CourseProps {
  t: Translate
  row: Contribution
  refunds: readonly ContributionRefundTable[]
  time_zone: string
}

function Course({ t, row, refunds, time_zone }: CourseProps) {
  const day = (date: string): string => formatDate(t.language, date)
  const on = (at: Date | null): string => (at ? day(dateIn(time_zone, at)) : '')
  return (
    <Card title={t('contributions.course')} id="course">
      <ul className="list-disc space-y-2 pl-5">
        <li>{t('contributions.proposed_line', { name: row.proposed_by, date: on(row.proposed_at) })}</li>
        {row.decided_on && (
          <li>{t('contributions.approved_line', { where: row.decided_in ?? '', date: day(row.decided_on), name: row.approved_by ?? '' })}</li>
        )}
        {row.checked_limit && <li>{t('contributions.checked_line', { text: row.checked_limit })}</li>}
        {row.given_on && row.method && (
          <li>
            {t('contributions.given_line', { date: day(row.given_on), method: t(`contributions.method.${row.method}`), reference: row.reference ?? '', name: row.given_by ?? '' })}
          </li>
        )}
        {refunds.map(({ n, refunded_cents, refunded_on, refund_reference, refunded_by }) => (
          <li key={n}>
            {t('contributions.refunded_line', { amount: formatMoney(refunded_cents), date: day(refunded_on), reference: refund_reference, name: refunded_by })}
          </li>
        ))}
        {row.dropped_at && <li>{t('contributions.dropped_line', { name: row.dropped_by ?? '', date: on(row.dropped_at) })}</li>}
        {row.drop_reason && <li>{t('contributions.why_dropped', { text: row.drop_reason })}</li>}
      </ul>
    </Card>
  )
} // prettier-ignore

/** The limit that somebody looked up: how much, for what, where, and when. */
function FindingFields({ row, today, required, ...form }: Form & { row: Contribution; today: string; required?: boolean }) {
  const { t } = form
  const law = levelOf(row.office) === 'city' ? 'per_cycle' : 'per_election'
  const asked = required === true
  return (
    <>
      <Field {...form} label={t('contributions.checked_limit_cents')} name="checked_limit_cents" inputMode="decimal" required={asked} value={row.checked_limit_cents === null ? '' : (row.checked_limit_cents / 100).toFixed(2)} />
      <Select {...form} label={t('contributions.checked_basis')} name="checked_basis" required value={row.checked_basis ?? law} options={foundBases.map((each) => ({ value: each, label: t(`contributions.basis.${each}`) }))} />
      <Field {...form} label={t('contributions.checked_limit')} name="checked_limit" hint={t('contributions.checked_limit_hint')} rows={2} required={asked} maxLength={500} value={row.checked_limit ?? ''} />
      <Field {...form} label={t('contributions.checked_on')} name="checked_on" type="date" max={today} required={asked} value={row.checked_on ?? today} />
    </>
  )
} // prettier-ignore

function VerdictCard({ t, row, verdict }: { t: Translate; row: Contribution; verdict: Standing }) {
  const { prohibited, checks, kind, past } = verdict
  return (
    <>
      {verdict.must_register && (
        <Alert kind="warning" title={t('contributions.must_register')}>
          {t('contributions.must_register_text')}
        </Alert>
      )}
      {prohibited && (
        <Alert kind="error" title={t('contributions.prohibited')}>
          <p>{t('contributions.prohibited_text', { kind: t(`contributions.payer_kind.${row.payer_kind}`) })}</p>
          <Source t={t} limit={prohibited} />
        </Alert>
      )}
      {!prohibited && !checks.some(({ basis }) => basis !== 'per_year_all') && (
        <Alert kind="warning" title={t('contributions.unknown')}>
          <p>{t('contributions.unknown_text')}</p>
          {past?.amount_cents && past.effective_to && (
            <p>
              {t('contributions.past', { amount: formatMoney(past.amount_cents), until: formatDate(t.language, past.effective_to), source: past.source })}
            </p>
          )}
        </Alert>
      )}
      {!prohibited && checks.length > 0 && (
        <Card title={t('contributions.limit')} lead={t('contributions.no_advice')} id="limit">
          {checks.map((check) => (
            <Check key={check.basis} t={t} row={row} check={check} />
          ))}
        </Card>
      )}
      {(prohibited || kind === 'unknown' || !verdict.is_known) && (
        <Card title={t('contributions.so_far')} id="so-far">
          {(['election', 'cycle'] as const).map((each) => (
            <section key={each} className="mb-5 last:mb-0">
              <h3 className="mb-2 font-semibold">{t(`contributions.basis.per_${each}`)}</h3>
              <Amounts lines={countedLines(t, verdict[each])} />
            </section>
          ))}
        </Card>
      )}
    </>
  )
} // prettier-ignore

const countedLines = (t: Translate, { given_cents, approved_cents }: Counted) =>
  [
    [t('contributions.already_given'), given_cents],
    [t('contributions.already_approved'), approved_cents],
  ] as const

function Check({ t, row, check }: { t: Translate; row: Contribution; check: LimitCheck }) {
  const { basis, from, limit_cents, left_cents, over_cents } = check
  return (
    <section className="mb-5 last:mb-0">
      <h3 className="mb-2 flex flex-wrap items-center gap-2 font-semibold">
        {t(`contributions.basis.${basis}`)}
        <Badge kind={over_cents > 0 ? 'error' : 'success'}>
          {over_cents > 0 ? t('contributions.over', { amount: formatMoney(over_cents) }) : t('contributions.within')}
        </Badge>
      </h3>
      <Amounts
        lines={[
          [t('contributions.limit_is'), limit_cents],
          ...countedLines(t, check),
          [t('contributions.this_one'), row.amount_cents - (row.refunded_cents ?? 0)],
          [t('contributions.left'), left_cents],
        ]}
      />
      {from.limit ? (
        <Source t={t} limit={from.limit} />
      ) : (
        <p className="mt-2 text-sm wrap-anywhere">
          {t('contributions.found_from', {
            date: formatDate(t.language, from.finding.found_on),
            source: from.finding.source,
          })}
        </p>
      )}
    </section>
  )
}

function Amounts({ lines }: { lines: readonly (readonly [string, number])[] }) {
  return (
    <dl className="grid max-w-md grid-cols-[1fr_auto] gap-x-4 gap-y-1">
      {lines.map(([label, amount]) => (
        <div key={label} className="contents">
          <dt>{label}</dt>
          <dd className="text-right tabular-nums">{formatMoney(amount)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Source({ t, limit }: { t: Translate; limit: Limit }) {
  const { source, confidence, effective_from, effective_to } = limit
  const said = { source, confidence: t(`contributions.confidence.${confidence}`), from: formatDate(t.language, effective_from) }
  return (
    <p className="mt-2 text-sm">
      {effective_to
        ? t('contributions.source_until', { ...said, until: formatDate(t.language, effective_to) })
        : t('contributions.source', said)}
    </p>
  )
} // prettier-ignore
