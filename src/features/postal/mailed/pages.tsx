import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatMoney, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead, Select, Table } from '../../../platform/ui/components.tsx'
import { Island } from '../../../platform/ui/island.tsx'
import type { Drop } from '../drops/queries.ts'
import '../messages.ts'
import { isPrinting } from '../printing/panel.tsx'
import type { NotedReturn } from './commands.ts'
import type { Returned } from './queries.ts'
import { readerWordNames, type ReaderWords } from './rules.ts'
import { returnReasonNames } from './schema.ts'

interface PanelProps {
  t: Translate
  drop: Drop
  returned: number
  typed: Record<string, string>
  errors: FieldErrors
  today: string
  may_edit: boolean
}

/** Handed to the post or not yet; what it cost, and what came back. */
export function MailedPanel({ t, drop, returned, typed, errors, today, may_edit }: PanelProps) {
  const number = (value: number): string => formatNumber(t.language, value)
  if (drop.state === 'mailed')
    return (
      <Card title={t('postal.mailed')} id="mailed">
        <p>{t('postal.mailed_on', { date: formatDate(t.language, drop.mailed_on ?? ''), name: drop.mailed_by ?? '' })}</p>
        {drop.cost_cents !== null && drop.pieces > 0 && (
          <p>
            {t('postal.cost_each', {
              cost: formatMoney(drop.cost_cents),
              each: formatMoney(Math.round(drop.cost_cents / drop.pieces)),
            })}
          </p>
        )}
        <p>{t('postal.returned_count', { count: returned, share: `${number(Math.round((1000 * returned) / drop.pieces) / 10)}%` })}</p>
        {may_edit && (
          <a className="btn mt-3" href="/postal/returns">
            {t('postal.returns')}
          </a>
        )}
      </Card>
    )
  if (!may_edit || (drop.state !== 'frozen' && drop.state !== 'made') || isPrinting(drop)) return null
  return (
    <Card title={t('postal.mail')} lead={t('postal.mail_lead')} id="mailed">
      <form method="post" action={`/postal/${drop.drop_id}/mailed`} className="max-w-md">
        <Field t={t} label={t('postal.mail_day')} name="mailed_on" type="date" required max={today} value={today} typed={typed} errors={errors} />
        <Field t={t} label={t('postal.cost')} name="cost" hint={t('postal.cost_hint')} typed={typed} errors={errors} />
        <Field t={t} label={t('postal.count_again', { count: drop.pieces })} name="count" type="number" required typed={typed} errors={errors} />
        <button className="btn btn-primary">{t('postal.mail_now')}</button>
      </form>
    </Card>
  )
} // prettier-ignore

const readerWords = (t: Translate): ReaderWords =>
  Object.fromEntries(readerWordNames.map((name) => [name, t(`postal.reader.${name}`)])) as ReaderWords // one for each name

interface ReturnsProps {
  t: Translate
  rows: readonly Returned[]
  noted: NotedReturn | null
  typed: Record<string, string>
  errors: FieldErrors
}

export function ReturnsPage({ t, rows, noted, typed, errors }: ReturnsProps) {
  return (
    <>
      <PageHead title={t('postal.returns')} lead={t('postal.returns_lead')} back={{ href: '/postal', label: t('postal.title') }} />
      {noted?.ok && <Alert kind="success">{t('postal.return_noted', { name: noted.name_line, count: noted.marked })}</Alert>}
      {noted && !noted.ok && <Alert kind="warning">{t(`postal.return_problem.${noted.problem}`)}</Alert>}
      <form method="post" action="/postal/returns" className="max-w-xl">
        <Card>
          <Island name="returned-mail" data={{ words: readerWords(t) }} />
          <Field t={t} label={t('postal.barcode')} name="barcode" required hint={t('postal.barcode_hint')} typed={noted?.ok ? {} : typed} errors={errors} />
          <Select
            t={t}
            label={t('postal.return_reason')}
            name="reason"
            required
            typed={typed}
            errors={errors}
            value="not_known"
            options={returnReasonNames.map((reason) => ({ value: reason, label: t(`postal.returned.${reason}`) }))}
          />
          <button className="btn btn-primary">{t('postal.return_note')}</button>
        </Card>
      </form>
      {rows.length > 0 && (
        <Table caption={t('postal.returns')} head={[t('postal.addressee'), t('postal.return_reason'), t('postal.mailing')]}>
          {rows.map((row) => (
            <tr key={`${row.drop_id} ${row.number}`}>
              <td lang="en">
                {row.name_line}
                <span className="block text-sm">{[row.delivery, row.unit, row.zip5].filter(Boolean).join(' ')}</span>
              </td>
              <td>
                {t(`postal.returned.${row.reason}`)}
                <span className="block text-sm">{formatDate(t.language, row.returned_on)}</span>
              </td>
              <td>
                <a className="link" href={`/postal/${row.drop_id}`}>
                  {row.drop}
                </a>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
} // prettier-ignore
