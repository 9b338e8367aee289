import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Figure, Figures, Table } from '../../../platform/ui/components.tsx'
import type { LayoutBook } from '../layouts/all.ts'
import { updateKinds, type ImportPreview, type PreviewedVoter, type PreviewKind } from '../schema.ts'
import { columnText, faultText } from './first-rows.tsx'
import { ImportDetails } from './import-details.tsx'
import { RejectsForm } from './rejects-form.tsx'
import { durationText } from './texts.ts'
import type { VoterImport } from './voter-files-page.tsx'

export interface PreviewProps {
  t: Translate
  language: Language
  run: VoterImport
  preview: ImportPreview
  book: LayoutBook
  /** Another file came since it was made. */
  is_stale: boolean
  /** Whose people are told of. */
  organization_id: string | null
  errors?: FieldErrors
}

const figures = ['read', 'added', 'updated', 'unchanged', 'gone', 'rejected'] as const

/** What an import would do, with the decision: import it, change how, or throw it away. */
export function PreviewResult(props: PreviewProps) {
  const { t, language, run, preview, is_stale } = props
  const { report } = preview
  const changesNothing = report.added + report.updated + report.gone + preview.changes.returned === 0
  return (
    <>
      <p className="mb-4 max-w-prose">{t('voterfiles.preview_lead')}</p>
      {is_stale && (
        <Alert kind="warning" title={t('voterfiles.preview_stale')}>
          <form method="post" action={`/voterfiles/imports/${run.import_id}/preview-again`} className="mt-2">
            <button className="btn btn-sm">{t('voterfiles.preview_again')}</button>
          </form>
        </Alert>
      )}
      {preview.is_first && (
        <Alert kind="info" title={t('voterfiles.preview_first', { state: statesOf(props) })}>
          <p>{t('voterfiles.preview_first_text')}</p>
        </Alert>
      )}
      {preview.refused && (
        <Alert
          kind="warning"
          title={t('voterfiles.preview_refused', {
            gone: preview.refused.gone,
            of: preview.refused.of,
            percent: Math.round((preview.refused.gone / Math.max(1, preview.refused.of)) * 100),
          })}
        >
          <p>{t('voterfiles.file_problem.many_gone')}</p>
        </Alert>
      )}
      {!preview.refused && changesNothing && <Alert kind="info" title={t('voterfiles.preview_nothing')} />}
      <Figures>
        {figures.map((name) => (
          <Figure
            key={name}
            label={t(`voterfiles.count.${name}`)}
            value={formatNumber(language, report[name])}
            {...(name === 'gone' && { note: t('voterfiles.gone_note') })}
          />
        ))}
      </Figures>
      <Decision {...props} />
      {preview.files.length > 1 && (
        <Table
          caption={t('voterfiles.by_file')}
          head={[t('voterfiles.file'), ...figures.map((name) => t(`voterfiles.count.${name}`))]}
        >
          {preview.files.map((file) => (
            <tr key={file.layout}>
              <td className="min-w-48">
                <span className="font-semibold">{props.book.byId(file.layout)?.title ?? file.layout}</span>
                <span className="block text-sm break-all">{file.names.join(', ')}</span>
              </td>
              {figures.map((name) => (
                <td key={name} className="tabular-nums">
                  {formatNumber(language, file.report[name])}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      )}
      <People {...props} />
      <Changes {...props} />
      <Rejected {...props} />
      <ImportDetails t={t} language={language} counts={preview.details} />
      <p className="text-sm">{t('voterfiles.preview_took', { time: durationText(t, report.seconds) })}</p>
    </>
  )
}

const statesOf = ({ preview, book }: PreviewProps): string =>
  [...new Set(preview.files.map(({ layout }) => book.byId(layout)?.state ?? layout))].join(', ')

function Decision({ t, run, preview }: PreviewProps) {
  const address = `/voterfiles/imports/${run.import_id}`
  return (
    <div className="mb-6 flex flex-wrap gap-2">
      {preview.refused ? (
        <>
          <Act action={`${address}/accept-gone`} look="btn-warning">
            {t('voterfiles.preview_accept_gone')}
          </Act>
          <Act action={`${address}/is-part`} look="btn-primary">
            {t('voterfiles.preview_is_part')}
          </Act>
        </>
      ) : (
        <Act action={`${address}/import-previewed`} look="btn-primary">
          {t('voterfiles.preview_import')}
        </Act>
      )}
      <Act action={`${address}/options`}>{t('voterfiles.preview_options')}</Act>
      <Act action={`${address}/cancel`} look="btn-ghost">
        {t('voterfiles.preview_discard')}
      </Act>
    </div>
  )
}

function Act({ action, look = '', children }: { action: string; look?: string; children: ReactNode }) {
  return (
    <form method="post" action={action} className="w-full sm:w-auto">
      <button className={`btn w-full sm:w-auto ${look}`}>{children}</button>
    </form>
  )
}

function People({ t, language, preview, organization_id }: PreviewProps) {
  if (organization_id === null || preview.is_first) return null
  const ours = preview.people.find((each) => each.organization_id === organization_id)
  const kinds = (['moved', 'name', 'party', 'status', 'districts', 'gone', 'returned'] as const).flatMap((kind) => {
    const count = ours?.[kind] ?? 0
    return count > 0 ? [{ kind, count }] : []
  })
  return (
    <Card
      title={t('voterfiles.preview_people')}
      lead={t(kinds.length > 0 ? 'voterfiles.preview_people_lead' : 'voterfiles.preview_people_none')}
    >
      {kinds.length > 0 && (
        <ul className="list-disc pl-6">
          {kinds.map(({ kind, count }) => (
            <li key={kind}>
              {t(`voterfiles.preview_kind.${kind}`)}:{' '}
              <strong className="tabular-nums">{formatNumber(language, count)}</strong>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** Each kind of change with how many, and some voters of it to open. */
function Changes({ t, language, preview }: PreviewProps) {
  const counts: Record<PreviewKind | 'other', number> = {
    ...preview.changes,
    added: preview.report.added,
    gone: preview.report.gone,
  }
  const kinds = (['added', ...updateKinds, 'gone', 'returned'] as const).filter((kind) => counts[kind] > 0)
  if (kinds.length === 0) return null
  return (
    <Card
      title={t('voterfiles.preview_changes')}
      {...(preview.report.updated > 0 && { lead: t('voterfiles.preview_changes_lead') })}
    >
      <div className="divide-base-300 divide-y">
        {kinds.map((kind) => {
          const examples = preview.examples.filter((each) => each.kind === kind)
          const head = (
            <>
              <span className="font-semibold">{t(`voterfiles.preview_kind.${kind}`)}</span>{' '}
              <span className="tabular-nums">{formatNumber(language, counts[kind])}</span>
            </>
          )
          if (examples.length === 0)
            return (
              <p key={kind} className="py-3">
                {head}
                {kind === 'other' && <span className="block text-sm">{t('voterfiles.preview_other_text')}</span>}
              </p>
            )
          return (
            <details key={kind} className="py-3" open={kinds.length < 4}>
              <summary className="cursor-pointer">{head}</summary>
              <ul className="mt-2 space-y-1 text-sm">
                {examples.map((each, at) => (
                  // A list that never moves.
                  <li key={`${at}-${each.name}`} className="break-words">
                    <Example t={t} kind={kind} voter={each} />
                  </li>
                ))}
                {counts[kind] > examples.length && (
                  <li>{t('voterfiles.preview_more', { count: counts[kind] - examples.length })}</li>
                )}
              </ul>
            </details>
          )
        })}
      </div>
    </Card>
  )
}

function Example({ t, kind, voter }: { t: Translate; kind: PreviewKind | 'other'; voter: PreviewedVoter }) {
  const before = sideText(t, kind, voter.before)
  const after = sideText(t, kind, voter.after)
  return (
    <>
      <strong lang="en">{voter.name}</strong>
      {': '}
      {kind === 'added' ? (
        <span lang="en">{after}</span>
      ) : kind === 'gone' || kind === 'returned' ? (
        <span lang="en">{before}</span>
      ) : (
        <>
          {before || t('voterfiles.preview_empty')} <span aria-hidden="true">→</span>
          <span className="sr-only">{t('voterfiles.preview_becomes')}</span>{' '}
          <span className="font-semibold">{after || t('voterfiles.preview_empty')}</span>
        </>
      )}
    </>
  )
}

const districtColumns = ['cd', 'sd', 'ad', 'ed', 'precinct'] as const

/** One side of a change in words: an address, a name, a party, districts. */
function sideText(t: Translate, kind: PreviewKind | 'other', side: PreviewedVoter['before']): string {
  const text = (column: string): string => String(side[column] ?? '')
  if (kind === 'party' || kind === 'status') {
    const code = text(`${kind}_code`)
    if (!text(kind)) return code
    const word = t.dynamic(`voterfiles.${kind}.${text(kind)}`)
    return code && code !== word ? `${word} (${code})` : word
  }
  if (kind === 'name') return joined(' ', ['first_name', 'middle_name', 'last_name', 'suffix'].map(text))
  if (kind === 'districts') {
    return districtColumns
      .filter((column) => text(column))
      .map((column) => `${t(`voterfiles.column.${column}`)} ${text(column)}`)
      .join(' · ')
  }
  const street = joined(' ', ['house_number', 'street', 'unit'].map(text))
  return joined(', ', [street, joined(' ', [text('city'), text('zip5')])])
}

const joined = (between: string, texts: readonly string[]): string => texts.filter(Boolean).join(between)

function Rejected({ t, run, preview, errors }: PreviewProps) {
  if (preview.rejects.length === 0) return null
  return (
    <Card title={t('voterfiles.faults')} lead={t('voterfiles.rejects_text')}>
      <ul className="mb-4 list-disc pl-6 text-sm">
        {preview.rejects.map(({ file, line, column, reason, row }) => (
          <li key={`${file} ${line}`} className="break-words">
            {t('voterfiles.fault_line', { line, reason: faultText(t, reason) })}
            {column && ` (${columnText(t, column)})`}
            <code className="block truncate" lang="en">
              {row}
            </code>
          </li>
        ))}
      </ul>
      {run.rejects_path && <RejectsForm {...{ t, run }} {...(errors && { errors })} />}
    </Card>
  )
}
