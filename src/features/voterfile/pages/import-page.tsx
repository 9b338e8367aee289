import type { ReactNode } from 'react'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import {
  Alert,
  Card,
  Choices,
  Field,
  Figure,
  Figures,
  PageHead,
  Select,
  Table,
} from '../../../platform/ui/components.tsx'
import type { LayoutBook } from '../layouts/all.ts'
import { isOwn } from '../layouts/layout.ts'
import { ImportOptions, type ImportPreview, type InspectedFile, type Inspection } from '../schema.ts'
import { fileProblems } from '../uploads/schema.ts'
import { faultText, FirstRows } from './first-rows.tsx'
import { ImportDetails } from './import-details.tsx'
import { ImportProgress } from './import-progress.tsx'
import { PreviewResult } from './preview.tsx'
import { RejectsForm, type RejectsFormProps } from './rejects-form.tsx'
import { bytesText, delimiterText, durationText } from './texts.ts'
import { StateBadge, type VoterFile, type VoterImport } from './voter-files-page.tsx'

interface ImportPageProps {
  t: Translate
  language: Language
  time_zone: string
  now: Date
  run: VoterImport
  inspection: Inspection | null
  /** What it brought, where it is done. */
  files: readonly VoterFile[]
  /** What a preview found; null: none was made, or the person went back to change something. */
  preview: ImportPreview | null
  book: LayoutBook
  is_stale: boolean
  /** Of this import the file that is older than one in use. */
  older?: OlderFile | null
  /** Of this import the date of a file that is still to come. */
  future?: string | null
  /** Voters of its state are stored, so that there is something to compare with. */
  is_known: boolean
  organization_id: string | null
  /** Something else at work on voters kept the list from being taken back. */
  is_busy?: boolean
  typed?: Record<string, string>
  errors?: FieldErrors
}

export interface OlderFile {
  /** 'YYYY-MM-DD' */
  received_on: string
  newer: string
}

/** Before the import and in its report; of one that ended otherwise it would change nothing. */
function Dates({
  t,
  language,
  run,
  older,
  future,
}: Pick<ImportPageProps, 't' | 'language' | 'run' | 'older' | 'future'>) {
  if (!['uploaded', 'checked', 'done'].includes(run.state)) return null
  const on = (date: string): string => formatDate(language, date)
  return (
    <>
      {future && (
        <Alert kind="warning" title={t('voterfiles.future', { date: on(future) })}>
          <p>{t('voterfiles.future_text')}</p>
        </Alert>
      )}
      {older && (
        <Alert kind="warning" title={t('voterfiles.older', { newer: on(older.newer), date: on(older.received_on) })}>
          <p>{t(run.state === 'done' ? 'voterfiles.older_done' : 'voterfiles.older_text')}</p>
        </Alert>
      )}
    </>
  )
}

const shownNames = (names: readonly string[]): string => names.map((name) => name.split('/').at(-1)).join(', ')

/** One import from its check to its report: what it shows follows from the state it is in. */
export function ImportPage(props: ImportPageProps) {
  const { run } = props
  if (run.state === 'queued' || run.state === 'running') {
    return (
      <section data-live={`/voterfiles/imports/${run.import_id}/live`}>
        <Following {...props} />
      </section>
    )
  }
  return (
    <>
      <Head {...props} run={{ ...run, state: stateNow(props) }} />
      <Dates {...props} />
      <Body {...props} />
    </>
  )
}

/** The row is as before the look that was just taken. A file with nothing to look at is refused: there is nothing to ask about it. */
function stateNow({ run, inspection }: ImportPageProps): VoterImport['state'] {
  if (run.state !== 'uploaded' || !inspection) return run.state
  if (!inspection.problem) return 'checked'
  return inspection.files.length === 0 ? 'refused' : 'uploaded'
}

type FollowingProps = Omit<ImportPageProps, 'inspection' | 'is_known' | 'typed' | 'errors'>

/** What changes by itself while an import runs, with the head that says so; its end too. */
export function Following(props: FollowingProps) {
  return (
    <>
      <Head {...props} />
      <Dates {...props} />
      <Moving {...props} />
    </>
  )
}

function Head({
  t,
  language,
  time_zone,
  run,
  preview,
  files,
  inspection,
}: Pick<ImportPageProps, 't' | 'language' | 'time_zone' | 'run' | 'preview' | 'files'> & {
  inspection?: Inspection | null
}) {
  const titles = {
    uploaded: 'voterfiles.check_title',
    checked: 'voterfiles.check_title',
    queued: 'voterfiles.progress_title',
    running: 'voterfiles.progress_title',
    done: 'voterfiles.report_title',
    cancelled: 'voterfiles.refused_title',
    failed: 'voterfiles.refused_title',
    refused: 'voterfiles.refused_title',
  } as const
  const is_taken_back = Boolean(files[0]?.taken_back_at)
  return (
    <PageHead
      title={t(
        run.is_preview && (run.state === 'queued' || run.state === 'running')
          ? 'voterfiles.preview_progress_title'
          : run.state === 'checked' && preview
            ? 'voterfiles.preview_title'
            : is_taken_back
              ? 'voterfiles.taken_back_title'
              : titles[run.state],
      )}
      lead={
        <>
          <span className="break-all">{shownNames(run.names)}</span>
          <span className="mt-2 flex flex-wrap items-center gap-2 text-sm">
            <StateBadge
              {...{ t, run, is_taken_back }}
              is_unread={run.state === 'uploaded' && Boolean(inspection?.problem)}
            />{' '}
            {t.dynamic(`voterfiles.kind.${run.kind}`)} ·{' '}
            {formatDateTime(language, run.finished_at ?? run.requested_at, time_zone)} · {run.requested_by}
          </span>
        </>
      }
      back={{ href: '/voterfiles', label: t('voterfiles.title') }}
    />
  )
}

function Body(props: ImportPageProps) {
  const { run, preview } = props
  if (run.state === 'checked' && preview) return <PreviewResult {...props} preview={preview} />
  if (run.state === 'uploaded' || run.state === 'checked') return <Check {...props} />
  if (run.state === 'done') return <Report {...props} />
  return <Over {...props} />
}

function Moving(props: FollowingProps) {
  const { t, run, preview } = props
  if (run.state === 'done') return <Report {...props} />
  if (run.state === 'checked') {
    return preview ? (
      <PreviewResult {...props} preview={preview} />
    ) : (
      <Alert kind="info" title={t('voterfiles.preview_stopped')}>
        <a className="link" href={`/voterfiles/imports/${run.import_id}`}>
          {t('voterfiles.preview_stopped_next')}
        </a>
      </Alert>
    )
  }
  if (run.state !== 'queued' && run.state !== 'running') return <Over {...props} />
  return (
    <>
      <p className="mb-4 max-w-prose">
        {t(run.is_preview ? 'voterfiles.preview_progress_lead' : 'voterfiles.progress_lead')}
      </p>
      <Interrupted {...props} />
      <ImportProgress {...props} />
      {!run.cancel_asked_at && (
        <form method="post" action={`/voterfiles/imports/${run.import_id}/cancel`}>
          <button className="btn" id="cancel">
            {t(run.is_preview ? 'voterfiles.preview_stop' : 'voterfiles.cancel')}
          </button>
        </form>
      )}
    </>
  )
}

/** Whoever saw the figures begin anew reads why. */
function Interrupted({ t, language, time_zone, run }: Pick<ImportPageProps, 't' | 'language' | 'time_zone' | 'run'>) {
  if (!run.interrupted_at) return null
  const when = formatDateTime(language, run.interrupted_at, time_zone)
  return (
    <Alert kind="info" title={t('voterfiles.interrupted')}>
      <p>{t(run.state === 'done' ? 'voterfiles.interrupted_done' : 'voterfiles.interrupted_going', { when })}</p>
    </Alert>
  )
}

export const fileProblemText = (t: Translate, code: string): string =>
  t.dynamic(`voterfiles.file_problem.${fileProblems.some((each) => each === code) ? code : 'other'}`)

function Over({ t, run, errors }: Pick<ImportPageProps, 't' | 'run' | 'errors'>) {
  if (run.state === 'cancelled') {
    return (
      <Alert kind="info" title={t('voterfiles.cancelled_text')}>
        <AgainLinks t={t} run={run} />
      </Alert>
    )
  }
  const code = run.problem?.code ?? 'other'
  return (
    <>
      <Alert kind="error" title={fileProblemText(t, code)}>
        <p>{t('voterfiles.nothing_changed')}</p>
        {run.problem?.detail && <p className="break-words">{run.problem.detail}</p>}
      </Alert>
      <RejectedRows t={t} run={run} {...(errors && { errors })} />
      <AgainLinks t={t} run={run} />
    </>
  )
}

function AgainLinks({ t, run }: Pick<ImportPageProps, 't' | 'run'>) {
  return (
    <div className="flex flex-wrap gap-2">
      {run.state === 'refused' && run.problem?.code === 'many_gone' && (
        <form method="post" action={`/voterfiles/imports/${run.import_id}/accept-gone`}>
          <button className="btn btn-warning">{t('voterfiles.accept_gone')}</button>
        </form>
      )}
      {run.state === 'refused' && run.problem?.code === 'many_gone' && (
        <form method="post" action={`/voterfiles/imports/${run.import_id}/is-part`}>
          <button className="btn btn-primary">{t('voterfiles.is_part_go_on')}</button>
        </form>
      )}
      {run.state === 'failed' && (
        <form method="post" action={`/voterfiles/imports/${run.import_id}/again`}>
          <button className="btn btn-primary">{t('voterfiles.try_again')}</button>
        </form>
      )}
      <a className="btn" href={`/voterfiles/new?kind=${run.kind === 'phones' ? 'phones' : 'registration'}`}>
        {t('voterfiles.try_other')}
      </a>
    </div>
  )
}

function Check({ t, language, run, inspection, book, is_known, typed: now, errors }: ImportPageProps) {
  const problem = inspection?.problem
  const file = inspection?.files[0]
  const typed = now ?? saidBefore(run)
  const columns = `/voterfiles/imports/${run.import_id}/columns`
  const canSayColumns = run.kind === 'phones' && inspection?.files.some(({ headings }) => headings.length > 1)
  const kinds = [...new Set(inspection?.files.map(({ layout }) => titleOf(book, layout)))]
  return (
    <>
      {problem ? (
        <Alert kind="error" title={fileProblemText(t, problem.code)}>
          <p>{t('voterfiles.nothing_changed')}</p>
          {/* Of the only file the name stands above. */}
          {problem.detail && problem.detail !== shownNames(run.names) && (
            <p className="break-words">{problem.detail}</p>
          )}
          {canSayColumns && (
            <p className="mt-3">
              <a className="btn btn-primary" href={columns}>
                {t('voterfiles.phone_columns')}
              </a>
            </p>
          )}
        </Alert>
      ) : (
        <p className="mb-4 max-w-prose">{t('voterfiles.check_lead')}</p>
      )}
      {problem && run.kind !== 'phones' && inspection.files.some(({ is_phone_list }) => is_phone_list) && (
        <Alert kind="info" title={t('voterfiles.is_phone_list')}>
          <p className="mb-2">{t('voterfiles.is_phone_list_text')}</p>
          <a className="btn btn-primary" href="/voterfiles/new?kind=phones">
            {t('voterfiles.upload_phones')}
          </a>
        </Alert>
      )}
      {!problem && kinds.length > 1 && (
        <p className="mb-4 max-w-prose">{t('voterfiles.several_kinds', { kinds: kinds.join(' → ') })}</p>
      )}
      <LeftOut t={t} names={inspection?.left_out ?? []} />
      {inspection?.files.map((each) => (
        <FileCard key={each.name} t={t} language={language} file={each} kind={run.kind} book={book} />
      ))}
      {run.kind !== 'phones' && inspection && inspection.files.length > 0 && (
        <details className="bg-base-100 rounded-box border-base-300 mb-6 border p-4" open={Boolean(problem)}>
          <summary className="cursor-pointer font-semibold">{t('voterfiles.other_layout')}</summary>
          <form method="post" action={`/voterfiles/imports/${run.import_id}/layout`} className="mt-4 max-w-xl">
            <Select
              t={t}
              label={t('voterfiles.layout')}
              name="layout"
              required
              value={run.layout ?? file?.layout ?? ''}
              options={book.current.map((layout) => ({ value: layout.id, label: `${layout.title} (${layout.id})` }))}
            />
            <button className="btn">{t('voterfiles.read_again')}</button>
          </form>
          <p className="mt-4 mb-2 max-w-prose">{t('voterlayout.start_lead')}</p>
          <a className={`btn w-full sm:w-auto ${problem ? 'btn-primary' : ''}`} href={columns}>
            {t(file?.layout && isOwn(file.layout) ? 'voterlayout.change' : 'voterlayout.title')}
          </a>
        </details>
      )}
      {!problem && canSayColumns && (
        <p className="mb-6">
          <a className="btn" href={columns}>
            {t('voterfiles.phone_columns')}
          </a>
        </p>
      )}
      {!problem && (
        <Card title={t('voterfiles.options')} id="options">
          <form method="post" action={`/voterfiles/imports/${run.import_id}/start`} className="max-w-2xl">
            {run.kind === 'phones' ? (
              <Field
                t={t}
                label={t('voterfiles.phone_source')}
                hint={t('voterfiles.phone_source_hint')}
                name="source"
                maxLength={100}
                {...(typed && { typed })}
              />
            ) : (
              <>
                <Choices
                  t={t}
                  legend={t('voterfiles.is_part_legend')}
                  name="is_part"
                  kind="checkbox"
                  chosen={typed?.is_part ? ['yes'] : []}
                  options={[{ value: 'yes', label: t('voterfiles.is_part'), hint: t('voterfiles.is_part_hint') }]}
                />
                <Choices
                  t={t}
                  legend={t('voterfiles.include_purged_legend')}
                  name="include_purged"
                  kind="checkbox"
                  chosen={typed?.include_purged ? ['yes'] : []}
                  options={[
                    { value: 'yes', label: t('voterfiles.include_purged'), hint: t('voterfiles.include_purged_hint') },
                  ]}
                />
              </>
            )}
            <Field
              t={t}
              label={t(run.kind === 'phones' ? 'voterfiles.numbers_of' : 'voterfiles.received_on')}
              hint={t(run.kind === 'phones' ? 'voterfiles.numbers_of_hint' : 'voterfiles.received_hint')}
              name="received_on"
              type="date"
              value={file?.received_on ?? ''}
              {...(typed && { typed })}
              {...(errors && { errors })}
            />
            <p className="mb-2 max-w-prose font-semibold">{t('voterfiles.law_title')}</p>
            <p className="mb-3 max-w-prose text-sm">{t('voterfiles.law')}</p>
            <Choices
              t={t}
              name="law_accepted"
              kind="checkbox"
              chosen={typed?.law_accepted ? ['yes'] : []}
              options={[{ value: 'yes', label: t('voterfiles.law_accept') }]}
              {...(errors && { errors })}
            />
            {run.kind === 'phones' ? (
              <button className="btn btn-primary">{t('voterfiles.start_import')}</button>
            ) : (
              <PreviewOrImport t={t} run={run} is_known={is_known} />
            )}
          </form>
        </Card>
      )}
      <div className="flex flex-wrap gap-2">
        {problem && (
          <a
            className={`btn ${inspection.files.length === 0 ? 'btn-primary' : ''}`}
            href={`/voterfiles/new?kind=${run.kind === 'phones' ? 'phones' : 'registration'}`}
          >
            {t('voterfiles.try_other')}
          </a>
        )}
        <form method="post" action={`/voterfiles/imports/${run.import_id}/cancel`}>
          <button className="btn btn-ghost">{t(problem ? 'voterfiles.remove_upload' : 'voterfiles.give_up')}</button>
        </form>
      </div>
    </>
  )
}

/** With voters to compare with, looking comes first; of the first file of a state there is little to see. */
function PreviewOrImport({ t, run, is_known }: Pick<ImportPageProps, 't' | 'run' | 'is_known'>) {
  const preview = (
    <button
      className={`btn w-full sm:w-auto ${is_known ? 'btn-primary' : ''}`}
      formAction={`/voterfiles/imports/${run.import_id}/preview`}
    >
      {t('voterfiles.preview_start')}
    </button>
  )
  return (
    <>
      <p className="mb-3 max-w-prose text-sm">
        {t(is_known ? 'voterfiles.preview_start_lead' : 'voterfiles.preview_first_lead')}
      </p>
      <div className="flex flex-wrap gap-2">
        {is_known && preview}
        <button className={`btn w-full sm:w-auto ${is_known ? '' : 'btn-primary'}`}>
          {t('voterfiles.start_import')}
        </button>
        {!is_known && preview}
      </div>
    </>
  )
}

/** What was ticked and typed before a preview that the person came back from. */
function saidBefore(run: VoterImport): Record<string, string> | undefined {
  if (run.law_accepted_at === null) return undefined
  const options = ImportOptions.parse(run.options)
  return {
    law_accepted: 'yes',
    ...(options.include_purged && { include_purged: 'yes' }),
    ...(options.is_part && { is_part: 'yes' }),
    ...(options.received_on && { received_on: options.received_on }),
  }
}

const titleOf = (book: LayoutBook, layout: string | null): string => book.byId(layout ?? '')?.title ?? layout ?? ''

/** What lay in a .zip beside the voter files. */
function LeftOut({ t, names }: { t: Translate; names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <details className="mb-4" open={names.length < 4}>
      <summary className="cursor-pointer font-semibold">{t('voterfiles.left_out', { count: names.length })}</summary>
      <ul className="mt-1 list-disc pl-6 text-sm">
        {names.map((name) => (
          <li key={name} className="break-all">
            {name}
          </li>
        ))}
      </ul>
    </details>
  )
}

function FileCard({
  t,
  language,
  file,
  kind,
  book,
}: {
  t: Translate
  language: Language
  book: LayoutBook
  file: InspectedFile
  kind: VoterImport['kind']
}) {
  const isGuessed = book.byId(file.layout ?? '')?.delimiters.includes(file.delimiter) === false
  const facts: [string, ReactNode][] = [
    ...(kind === 'phones'
      ? []
      : ([
          [
            t('voterfiles.layout'),
            file.layout ? (
              <>
                {titleOf(book, file.layout)}{' '}
                <span className="text-sm">
                  ({t('voterfiles.layout_guess', { percent: Math.round(file.confidence * 100) })})
                </span>
              </>
            ) : (
              t('voterfiles.layout_unknown')
            ),
          ],
        ] as [string, ReactNode][])),
    [
      t('voterfiles.size'),
      `${bytesText(file.bytes, language)} · ${t('voterfiles.rows_about', { rows: file.estimated_rows })}`,
    ],
    [t('voterfiles.encoding'), file.encoding.toUpperCase()],
    [
      t('voterfiles.delimiter'),
      isGuessed ? (
        <>
          {delimiterText(t, file.delimiter)} <span className="text-sm">({t('voterfiles.delimiter_guessed')})</span>
        </>
      ) : (
        delimiterText(t, file.delimiter)
      ),
    ],
    [
      t('voterfiles.columns'),
      t(file.has_header ? 'voterfiles.columns_with_header' : 'voterfiles.columns_without', { columns: file.columns }),
    ],
  ]
  if (file.number_columns.length > 0) {
    const columns = file.number_columns.map(({ name, kind: of }) => `${name} (${t(`voterfiles.number_kind.${of}`)})`)
    facts.push([t('voterfiles.number_columns'), columns.join(', ')])
  }
  return (
    <Card title={file.name.split('/').at(-1) ?? file.name}>
      <dl className="mb-4 grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-sm">{label}</dt>
            <dd className="font-semibold break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {file.matching && file.matching.rows > 0 && (
        <Alert
          kind={file.matching.matched > 0 ? 'info' : 'warning'}
          title={t(file.matching.matched > 0 ? 'voterfiles.rows_matched' : 'voterfiles.none_matched', file.matching)}
        >
          <p>{t(file.matching.matched > 0 ? 'voterfiles.rows_matched_text' : 'voterfiles.none_matched_text')}</p>
        </Alert>
      )}
      {file.missing_columns.length > 0 && (
        <Alert kind="warning" title={t('voterfiles.missing_columns')}>
          <span className="break-words">{file.missing_columns.join(', ')}</span>
        </Alert>
      )}
      {file.odd_columns.length > 0 && (
        <Alert kind="warning" title={t('voterfiles.odd_columns')}>
          <p>{t('voterfiles.odd_columns_text')}</p>
          <ul className="mt-1 list-disc pl-6">
            {file.odd_columns.map(({ name, share, example }) => (
              <li key={name} className="break-words">
                {t('voterfiles.odd_column', { name, percent: Math.round(share * 100), example })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Elsewhere t={t} file={file} />
      {file.unknown_columns.length > 0 && (
        <p className="mb-4 text-sm">
          <span className="font-semibold">{t('voterfiles.unknown_columns')}:</span> {file.unknown_columns.join(', ')}
        </p>
      )}
      {file.faults.length > 0 && (
        <details className="mb-4">
          <summary className="cursor-pointer font-semibold">
            {t('voterfiles.faults')} ({formatNumber(language, file.faults.length)})
          </summary>
          <ul className="mt-2 list-disc pl-6 text-sm">
            {file.faults.slice(0, 20).map((fault) => (
              <li key={fault.line}>
                {t('voterfiles.fault_line', { line: fault.line, reason: faultText(t, fault.reason) })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {file.rows.length > 0 && (
        <>
          <h3 className="mb-2 font-semibold">{t('voterfiles.first_rows')}</h3>
          <FirstRows t={t} file={file} />
        </>
      )}
    </Card>
  )
}

const figures = ['read', 'added', 'updated', 'unchanged', 'gone', 'rejected'] as const

type ReportProps = Pick<
  ImportPageProps,
  't' | 'language' | 'time_zone' | 'run' | 'files' | 'book' | 'is_busy' | 'errors'
>

function Report(props: ReportProps) {
  const { t, language, run, files, book } = props
  const report = run.report
  if (!report) return null
  return (
    <>
      <Interrupted {...props} />
      <p className="mb-4">{t('voterfiles.report_lead')}</p>
      <Figures>
        {figures
          // A list of numbers says nothing of who is missing from it.
          .filter((name) => name !== 'gone' || run.kind !== 'phones')
          .map((name) => (
            <Figure
              key={name}
              label={t(`voterfiles.count.${name}`)}
              value={formatNumber(language, report[name])}
              {...(name === 'gone' && { note: t('voterfiles.gone_note') })}
            />
          ))}
        <Figure label={t('voterfiles.took')} value={durationText(t, report.seconds)} />
      </Figures>
      {files.length > 1 && (
        <Table
          caption={t('voterfiles.by_file')}
          head={[t('voterfiles.file'), ...figures.map((name) => t(`voterfiles.count.${name}`))]}
        >
          {files.map((file) => (
            <tr key={file.file_id}>
              <td className="min-w-48">
                <span className="font-semibold">{titleOf(book, file.layout)}</span>
                <span className="block text-sm break-all">{shownNames(file.names)}</span>
              </td>
              {figures.map((name) => (
                <td key={name} className="tabular-nums">
                  {formatNumber(language, file.counts[name])}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      )}
      <LeftOut t={t} names={run.left_out} />
      <ImportDetails t={t} language={language} counts={report} />
      <RejectedRows t={t} run={run} {...(props.errors && { errors: props.errors })} />
      <TakeBack {...props} />
      <div className="flex flex-wrap gap-2">
        <a className="btn btn-primary" href="/voters">
          {t('voterfiles.next_voters')}
        </a>
        {run.kind !== 'phones' && (
          <a className="btn" href="/voterfiles/new?kind=phones">
            {t('voterfiles.next_phones')}
          </a>
        )}
      </div>
    </>
  )
}

/** A list of telephones may be taken back, and whoever opens it later reads that it was. */
function TakeBack({ t, language, time_zone, run, files, is_busy = false, errors }: Omit<ReportProps, 'book'>) {
  const [file] = files
  if (!file?.is_remembered) return null
  if (file.taken_back_at) {
    const when = formatDateTime(language, file.taken_back_at, time_zone)
    const { numbers_gone: gone = 0, numbers_restored: restored = 0 } = file.counts
    return (
      <Alert kind="info" title={t('voterfiles.taken_back', { when, who: file.taken_back_by ?? '' })}>
        <p>{t('voterfiles.taken_back_text', { gone, restored })}</p>
      </Alert>
    )
  }
  const { added, updated, unchanged } = file.counts
  return (
    <Card title={t('voterfiles.take_back_title')} lead={t('voterfiles.take_back_text')} id="take-back">
      {is_busy && <Alert kind="warning" title={t('voterfiles.take_back_busy')} />}
      <form method="post" action={`/voterfiles/imports/${run.import_id}/take-back`}>
        <Choices
          t={t}
          name="sure"
          kind="checkbox"
          options={[{ value: 'yes', label: t('voterfiles.take_back_sure', { count: added + updated + unchanged }) }]}
          {...(errors && { errors })}
        />
        <button className="btn btn-error">{t('voterfiles.take_back_title')}</button>
      </form>
    </Card>
  )
}

function RejectedRows(props: RejectsFormProps) {
  const { t, run } = props
  if (!run.rejects_path) return null
  return (
    <Card title={t('voterfiles.faults')} lead={t('voterfiles.rejects_text')}>
      <RejectsForm {...props} />
    </Card>
  )
}

/** A board's own file has some rows in ten thousand that do not fit; more is a sign. */
const manyUnfit = 0.01

/** What the first rows do not show: rows from all over the file that do not fit, and letters written in another way. */
function Elsewhere({ t, file: { elsewhere, columns } }: { t: Translate; file: InspectedFile }) {
  if (!elsewhere) return null
  const { looked_at, unfit, counts, example, encodings } = elsewhere
  return (
    <>
      {unfit > 0 && (
        <Alert
          kind={unfit / looked_at > manyUnfit ? 'warning' : 'info'}
          title={t('voterfiles.unfit', { count: unfit, looked_at })}
        >
          <p>{t('voterfiles.unfit_text')}</p>
          <ul className="mt-1 list-disc pl-6">
            {counts.map((each) => (
              <li key={each.columns}>{t('voterfiles.unfit_columns', { ...each, expected: columns })}</li>
            ))}
          </ul>
          <code className="mt-1 block truncate text-sm" lang="en">
            {example}
          </code>
        </Alert>
      )}
      {encodings.length > 0 && (
        <Alert
          kind={encodings.includes('unreadable') || encodings.includes('euc-kr') ? 'warning' : 'info'}
          title={t('voterfiles.encodings', { encodings: encodings.map((each) => encodingText(t, each)).join(', ') })}
        >
          <p>
            {t(
              encodings.includes('unreadable') || encodings.includes('euc-kr')
                ? 'voterfiles.encodings_unreadable'
                : 'voterfiles.encodings_text',
            )}
          </p>
        </Alert>
      )}
    </>
  )
}

const encodingText = (t: Translate, encoding: string): string =>
  encoding === 'unreadable' ? t('voterfiles.encoding_unreadable') : encoding
