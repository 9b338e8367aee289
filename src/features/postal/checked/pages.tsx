import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Badge,
  Bars,
  Card,
  Choices,
  Field,
  FieldError,
  PageHead,
  Pagination,
  Table,
} from '../../../platform/ui/components.tsx'
import { pageSize } from '../drops/queries.ts'
import '../messages.ts'
import { toApply } from './rules.ts'
import { inOneLine, type CheckedFile, type CheckedRow } from './queries.ts'
import { cassVerdicts, checkedKinds, FoundCass, FoundMove, ncoaVerdicts } from './schema.ts'

const list = '/postal/checked'
const looks = { looked_at: 'info', applying: 'warning', applied: 'success', taken_back: 'neutral' } as const

interface Props {
  t: Translate
  files: readonly CheckedFile[]
  today: string
  time_zone: string
  /** Addresses no piece goes to because they were not confirmed. */
  not_confirmed: number
  typed: Record<string, string>
  errors: FieldErrors
}

/** Files of certified software: bring one, and those that were. */
export function CheckedPage({ t, files, today, time_zone, not_confirmed, typed, errors }: Props) {
  return (
    <div className="max-w-3xl">
      <PageHead title={t('postal.checked')} lead={t('postal.checked_lead')} back={{ href: '/postal', label: t('postal.title') }} />
      <form method="post" action={list} encType="multipart/form-data">
        <Card title={t('postal.checked_bring')} id="bring">
          <Choices
            t={t}
            legend={t('postal.checked_kind')}
            name="kind"
            kind="radio"
            chosen={[typed.kind ?? 'cass']}
            errors={errors}
            options={checkedKinds.map((kind) => ({ value: kind, label: t(`postal.checked_kind.${kind}`), hint: t(`postal.checked_kind_hint.${kind}`) }))}
          />
          <Field t={t} label={t('postal.checked_day')} name="checked_on" type="date" required max={today} value={today} typed={typed} errors={errors} />
          <label htmlFor="file" className="mb-1 block text-sm font-semibold">
            {t('postal.checked_file')}
          </label>
          <input id="file" name="file" type="file" accept=".csv,.txt,text/csv" required className="file-input mb-2 w-full" />
          <FieldError t={t} name="file" errors={errors} />
          <button className="btn btn-primary mt-2">{t('postal.checked_look')}</button>
        </Card>
      </form>
      {not_confirmed > 0 && (
        <Card title={t('postal.checked_again')} lead={t('postal.checked_again_lead', { count: not_confirmed })} id="again">
          <form method="post" action={`${list}/ask-again`}>
            <button className="btn">{t('postal.checked_again_now')}</button>
          </form>
        </Card>
      )}
      {files.length > 0 && (
        <Card title={t('postal.checked_files')} id="files">
          <ul className="grid gap-4">
            {files.map((file) => (
              <li key={file.file_id} className="flex flex-wrap items-center gap-3">
                <span className="min-w-0 flex-1 basis-60">
                  <a className="link font-bold break-words" href={`${list}/${file.file_id}`}>
                    {file.name}
                  </a>
                  <span className="block text-sm">
                    {t(`postal.checked_kind.${file.kind}`)} · {broughtBy(t, file, time_zone)}
                  </span>
                </span>
                <Badge kind={looks[file.state]}>{t(`postal.checked_state.${file.state}`)}</Badge>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
} // prettier-ignore

const broughtBy = (t: Translate, file: CheckedFile, time_zone: string): string =>
  t('postal.checked_by', {
    name: file.brought_by,
    at: formatDateTime(t.language, file.brought_at, time_zone),
    date: formatDate(t.language, file.checked_on),
  })

interface FileProps {
  t: Translate
  file: CheckedFile
  verdict: string
  from: number
  rows: readonly CheckedRow[]
  total: number
  applied: number
  time_zone: string
}

/** What a file says, before and after it is taken over. */
export function CheckedFilePage({ t, file, verdict, from, rows, total, applied, time_zone }: FileProps) {
  const here = `${list}/${file.file_id}`
  const verdicts = file.kind === 'cass' ? cassVerdicts : ncoaVerdicts
  const word = (each: string): string => t.dynamic(`postal.${file.kind}.${each}`)
  const at = (to: number): string => `${here}?${new URLSearchParams({ ...(verdict && { verdict }), from: String(to) })}#rows`
  return (
    <>
      <PageHead title={file.name} lead={`${t(`postal.checked_kind.${file.kind}`)} · ${broughtBy(t, file, time_zone)}`} back={{ href: list, label: t('postal.checked') }} />
      <p className="mb-4">
        <Badge kind={looks[file.state]}>{t(`postal.checked_state.${file.state}`)}</Badge>
      </p>
      {file.state === 'applying' && (
        <section data-live={`${here}/progress`} className="mb-6">
          <ApplyProgress t={t} file={file} applied={applied} />
        </section>
      )}
      <Card title={t('postal.checked_says')} id="says">
        <Bars
          is_titled
          caption={t('postal.checked_says')}
          format={(value) => formatNumber(t.language, value)}
          rows={verdicts.flatMap((each) => (file.counts[each] ? [{ label: word(each), value: file.counts[each], href: `${here}?verdict=${each}#rows` }] : []))}
        />
      </Card>
      {file.state === 'looked_at' && (
        <Card title={t('postal.checked_apply')} lead={t(`postal.checked_apply_lead.${file.kind}`)} id="apply">
          <div className="flex flex-wrap gap-3">
            <form method="post" action={`${here}/apply`}>
              <button className="btn btn-primary">
                {t('postal.checked_apply')} ({formatNumber(t.language, toApply(file))})
              </button>
            </form>
            <form method="post" action={`${here}/discard`}>
              <button className="btn">{t('postal.checked_discard')}</button>
            </form>
          </div>
        </Card>
      )}
      {file.state === 'applied' && file.kind === 'cass' && (
        <Card title={t('postal.checked_take_back')} lead={t('postal.checked_take_back_lead')} id="take-back">
          <form method="post" action={`${here}/take-back`}>
            <button className="btn">{t('postal.checked_take_back_now')}</button>
          </form>
        </Card>
      )}
      {file.state === 'applied' && file.kind === 'ncoa' && <p className="mb-4">{t('postal.checked_moves_back')}</p>}
      <Card
        title={t('postal.checked_rows')}
        id="rows"
        actions={
          verdict && (
            <a className="btn" href={`${here}#rows`}>
              {t('common.all')}
            </a>
          )
        }
      >
        <Table caption={verdict ? word(verdict) : t('common.all')} head={[t('postal.checked_line'), t('postal.checked_was'), t('postal.checked_is')]}>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="tabular-nums">{row.line}</td>
              <td lang="en">
                {row.voter_id !== null && row.name ? (
                  <a className="link block" href={`/voters/${row.voter_id}`}>
                    {row.name}
                  </a>
                ) : null}
                {row.asked}
              </td>
              <td>
                <span className="block font-semibold">{word(row.verdict)}</span>
                <Found t={t} file={file} row={row} />
              </td>
            </tr>
          ))}
        </Table>
        <Pagination t={t} from={from} shown={rows.length} total={total} size={pageSize} href={at} />
      </Card>
    </>
  )
} // prettier-ignore

function Found({ t, file, row }: { t: Translate; file: CheckedFile; row: CheckedRow }) {
  if (file.kind === 'cass') {
    const { dpv, footnotes, ...found } = FoundCass.parse(row.found)
    const codes = [dpv && `DPV ${dpv}`, footnotes, found.delivery_point && `DP ${found.delivery_point}`].filter(Boolean)
    return (
      <span lang="en">
        {found.delivery && inOneLine(found)}
        {codes.length > 0 && <span className="block text-sm">{codes.join(' · ')}</span>}
      </span>
    )
  }
  const { to, mover, code, moved_in } = FoundMove.parse(row.found)
  return (
    <>
      {to && <span lang="en">{inOneLine(to)}</span>}
      <span className="block text-sm">
        {[mover && t(`postal.mover.${mover}`), moved_in, code].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}

/** Sent again until the file is taken over; then the page goes on by itself. */
export function ApplyProgress({ t, file, applied }: { t: Translate; file: CheckedFile; applied: number }) {
  const here = `${list}/${file.file_id}`
  if (file.state !== 'applying')
    return (
      <a className="btn" href={here} data-go-on="">
        {t('postal.reload')}
      </a>
    )
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <div role="status">
      <p className="font-semibold">{t('postal.checked_applying', { done: number(applied), total: number(toApply(file)) })}</p>
      <progress className="progress progress-primary w-full max-w-md" aria-label={t('postal.checked_apply')} max={Math.max(1, toApply(file))} value={applied} />
      <p>
        <a className="btn mt-2" href={here}>
          {t('postal.reload')}
        </a>
      </p>
    </div>
  )
} // prettier-ignore
