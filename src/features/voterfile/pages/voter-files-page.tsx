import type { Selectable } from 'kysely'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, PageHead, Table } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import type { ImportState, VoterFileTable, VoterImportTable } from '../tables.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { LayoutBook } from '../layouts/all.ts'
import type { Indexing } from '../indexing.ts'
import { Inspection } from '../schema.ts'
import type { UploadKind, UploadState } from '../uploads/schema.ts'
import type { PhonesOfList } from '../queries.ts'
import { ProgressLine } from './import-progress.tsx'
import { bytesText } from './texts.ts'

export type VoterImport = Selectable<VoterImportTable>
export type VoterFile = Selectable<VoterFileTable>

interface VoterFilesProps {
  t: Translate
  language: Language
  time_zone: string
  now: Date
  book: LayoutBook
  files: readonly VoterFile[]
  /** Voters in use now, by state. */
  in_use: Readonly<Record<string, number>>
  without_state_id: ReadonlyMap<string, { waiting: number; unmatched: number }>
  phones: readonly PhonesOfList[]
  imports: readonly VoterImport[]
  /** Of the indexes of the search. */
  indexing: Indexing
  uploads: readonly (UploadState & { kind: UploadKind; touched_at: Date })[]
}

const pending: readonly ImportState[] = ['uploaded', 'checked', 'queued', 'running']

export function VoterFilesPage(props: VoterFilesProps) {
  const { t, language, time_zone, files, imports, uploads } = props
  const isEmpty = files.length === 0
  const taken_back = new Set(files.filter((each) => each.taken_back_at).map((each) => each.import_id))
  const over = imports.filter((each) => !pending.includes(each.state))
  return (
    <>
      <PageHead
        title={t('voterfiles.title')}
        lead={t('voterfiles.lead')}
        actions={
          <>
            <a className="btn btn-primary" href="/voterfiles/new">
              <Icon name="upload" /> {t('voterfiles.upload')}
            </a>
            {!isEmpty && (
              <a className="btn" href="/voterfiles/new?kind=phones">
                <Icon name="phone" /> {t('voterfiles.upload_phones')}
              </a>
            )}
          </>
        }
      />
      <section data-live="/voterfiles/live">
        <GoingOn {...props} />
      </section>
      {uploads.length > 0 && (
        <Card title={t('voterfiles.unfinished')} lead={t('voterfiles.unfinished_lead')} id="unfinished">
          <ul className="divide-base-300 divide-y">
            {uploads.map((upload) => (
              <li key={upload.upload_id} className="flex flex-wrap items-center gap-3 py-3">
                <div className="min-w-0 flex-1 basis-60">
                  <p className="font-semibold break-all">{upload.files.map((file) => file.name).join(', ')}</p>
                  <p className="text-sm">
                    {t('voterfiles.uploading', {
                      done: bytesText(
                        upload.files.reduce((sum, file) => sum + file.received, 0),
                        language,
                      ),
                      total: bytesText(
                        upload.files.reduce((sum, file) => sum + file.bytes, 0),
                        language,
                      ),
                    })}{' '}
                    · {formatDateTime(language, upload.touched_at, time_zone)}
                  </p>
                </div>
                <a className="btn" href={`/voterfiles/new?kind=${upload.kind}`}>
                  {t('voterfiles.go_on')}
                </a>
                <form method="post" action={`/voterfiles/uploads/${upload.upload_id}/discard`}>
                  <button className="btn btn-ghost">{t('voterfiles.discard')}</button>
                </form>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {isEmpty ? (
        <>
          <EmptyState
            icon="file"
            title={t('voterfiles.empty_title')}
            action={
              <a className="btn btn-primary" href="/voterfiles/new">
                {t('voterfiles.upload')}
              </a>
            }
          >
            <p>{t('voterfiles.empty_1')}</p>
            <p className="mt-2">{t('voterfiles.empty_2')}</p>
            <p className="mt-2">{t('voterfiles.empty_city')}</p>
          </EmptyState>
          <div className="mt-6">
            <Law t={t} />
          </div>
        </>
      ) : (
        <>
          <InUse {...props} />
          <Law t={t} />
        </>
      )}
      {over.length > 0 && (
        <>
          <h2 className="mt-2 mb-3 text-lg font-bold">{t('voterfiles.history')}</h2>
          <Table
            caption={t('voterfiles.history')}
            head={[
              t('voterfiles.files'),
              t('voterfiles.state'),
              t('voterfiles.result'),
              t('voterfiles.when'),
              t('voterfiles.who'),
            ]}
            only_wide={[t('voterfiles.result'), t('voterfiles.when'), t('voterfiles.who')]}
          >
            {over.map((each) => {
              const { added = 0, updated = 0, gone = 0 } = each.report ?? {}
              const result =
                each.report &&
                t(each.kind === 'phones' ? 'voterfiles.numbers_line' : 'voterfiles.result_line', {
                  added,
                  updated,
                  gone,
                })
              const when = formatDateTime(language, each.finished_at ?? each.requested_at, time_zone)
              return (
                <tr key={each.import_id}>
                  <td className="min-w-40 break-all">
                    <a href={`/voterfiles/imports/${each.import_id}`} className="font-semibold">
                      {each.names.map((name) => name.split('/').at(-1)).join(', ')}
                    </a>
                    <span className="block text-sm">{t.dynamic(`voterfiles.kind.${each.kind}`)}</span>
                    <span className="block text-sm break-normal sm:hidden">{result}</span>
                    <span className="block text-sm break-normal sm:hidden">
                      {when} · {each.requested_by}
                    </span>
                  </td>
                  <td>
                    <StateBadge t={t} run={each} is_taken_back={taken_back.has(each.import_id)} />
                  </td>
                  <td className="whitespace-nowrap max-sm:hidden">{result}</td>
                  <td className="whitespace-nowrap max-sm:hidden">{when}</td>
                  <td className="max-sm:hidden">{each.requested_by}</td>
                </tr>
              )
            })}
          </Table>
        </>
      )}
    </>
  )
}

/** Imports that wait for somebody or are running; sent again by itself. */
export function GoingOn({
  t,
  language,
  now,
  imports,
  indexing,
}: Pick<VoterFilesProps, 't' | 'language' | 'now' | 'imports' | 'indexing'>) {
  const going = imports.filter((each) => pending.includes(each.state))
  const { made, of, part } = indexing
  const isIndexing = made < of
  if (going.length === 0 && !isIndexing) return null
  return (
    <Card title={t('voterfiles.going_on')} id="going-on">
      <ul className="divide-base-300 divide-y">
        {going.map((each) => (
          <li key={each.import_id} className="py-3">
            <div className="mb-1 flex flex-wrap items-center gap-3">
              <a href={`/voterfiles/imports/${each.import_id}`} className="min-w-0 font-semibold break-all">
                {each.names.map((name) => name.split('/').at(-1)).join(', ')}
              </a>
              <StateBadge t={t} {...asLooked(each)} />
            </div>
            {each.state === 'running' && <ProgressLine t={t} language={language} now={now} run={each} />}
          </li>
        ))}
        {isIndexing && (
          <li className="py-3">
            <progress
              className="progress progress-primary h-3 w-full"
              aria-label={t('voterfiles.phase.indexing')}
              max={of}
              value={made + (part ?? 0)}
            />
            <p className="mt-1 text-sm tabular-nums">{t('voterfiles.indexing', { made, of })}</p>
          </li>
        )}
      </ul>
    </Card>
  )
}

/** The newest file of each state and source, with what it brought; and the telephone numbers of all lists, which add up. */
function InUse(props: VoterFilesProps) {
  const { t, language, time_zone, now, files, imports, in_use, without_state_id, phones, book } = props
  const newest = new Map<string, VoterFile>()
  for (const file of files) {
    if (file.kind === 'phones') continue
    const key = `${file.state} ${file.kind} ${file.layout}`
    if (!newest.has(key)) newest.set(key, file)
  }
  const old = new Date(now.getTime() - 92 * 86_400_000).toISOString().slice(0, 10)
  return (
    <Card title={t('voterfiles.in_use')} id="in-use">
      <ul className="grid gap-4 lg:grid-cols-2">
        {[...newest.values()].map((file) => {
          const { added = 0, updated = 0, unchanged = 0 } = file.counts
          const dated = file.received_on ?? dateIn(time_zone, file.imported_at)
          const layout = book.byId(file.layout)
          const brought = added + updated + unchanged
          const isOfACity = layout?.key === 'county_voter_id'
          const without = without_state_id.get(file.state ?? '') ?? { waiting: 0, unmatched: 0 }
          const own = without.waiting + without.unmatched
          const { waiting, unmatched } = isOfACity ? without : { waiting: 0, unmatched: 0 }
          // When the list was read, as its row below says; the import began before.
          const read_at = imports.find(({ import_id }) => import_id === file.import_id)?.finished_at ?? file.imported_at
          return (
            <li key={file.file_id} className="border-base-300 rounded-lg border p-4">
              <div className="flex items-start justify-between gap-3">
                <h3 className="font-bold">{layout?.title ?? t.dynamic(`voterfiles.kind.${file.kind}`)}</h3>
                <Badge>{file.state ?? t('voterfiles.no_one_state')}</Badge>
              </div>
              {file.kind === 'registration' ? (
                <p className="mt-1 text-lg font-semibold tabular-nums">
                  {isOfACity
                    ? own > 0
                      ? t('voterfiles.voters_in_list', { count: own })
                      : t('voterfiles.adds_to', { count: brought })
                    : t('voterfiles.voters_in_file', { count: (in_use[file.state ?? ''] ?? 0) - own })}
                </p>
              ) : (
                <p className="mt-1 font-semibold tabular-nums">
                  {t.dynamic(`voterfiles.kind.${file.kind}`)}: {formatNumber(language, brought)}
                </p>
              )}
              <p className="mt-1 text-sm">
                {file.received_on
                  ? t('voterfiles.of_date', { date: formatDate(language, file.received_on) })
                  : t('voterfiles.of_import', { date: formatDateTime(language, read_at, time_zone) })}
              </p>
              {waiting > 0 && file.kind === 'registration' && (
                <p className="mt-1 text-sm">
                  {t('voterfiles.city_waiting', { count: waiting })}{' '}
                  <a className="link" href={`/voterfiles/without-state-id?state=${file.state}&kind=waiting`}>
                    {t('voterfiles.see_waiting')}
                  </a>
                </p>
              )}
              {unmatched > 0 && file.kind === 'registration' && (
                <p className="mt-1 text-sm">
                  {t('voterfiles.city_unmatched', { count: unmatched })}{' '}
                  <a className="link" href={`/voterfiles/without-state-id?state=${file.state}&kind=unmatched`}>
                    {t('voterfiles.see_unmatched')}
                  </a>
                </p>
              )}
              {file.kind === 'registration' && dated < old && (
                <p className="text-warning-content bg-warning mt-2 inline-block rounded px-2 py-1 text-sm">
                  {t('voterfiles.old')}
                </p>
              )}
            </li>
          )
        })}
        {phones.length > 0 && <PhonesInUse t={t} language={language} phones={phones} />}
      </ul>
    </Card>
  )
}

function PhonesInUse({ t, language, phones }: Pick<VoterFilesProps, 't' | 'language' | 'phones'>) {
  return (
    <li className="border-base-300 rounded-lg border p-4">
      <h3 className="font-bold">{t('voterfiles.kind.phones')}</h3>
      <p className="mt-1 text-lg font-semibold tabular-nums">
        {t('voterfiles.numbers_in_use', { count: phones.reduce((sum, { numbers }) => sum + numbers, 0) })}
      </p>
      <ul className="mt-1 space-y-1 text-sm">
        {phones.map(({ file_id, kind, names, received_on, numbers }) => (
          <li key={file_id} className="flex justify-between gap-4">
            <span className="min-w-0 break-words">
              {names?.map((name) => name.split('/').at(-1)).join(', ') ?? t('voterfiles.list_unknown')} ·{' '}
              {formatDate(language, received_on)}
              {kind && kind !== 'phones' && ` · ${t(`voterfiles.kind.${kind}`)}`}
            </span>
            <span className="font-semibold tabular-nums">{formatNumber(language, numbers)}</span>
          </li>
        ))}
      </ul>
    </li>
  )
}

function Law({ t }: { t: Translate }) {
  return (
    <Alert kind="info" title={t('voterfiles.law_title')}>
      <p className="max-w-prose">{t('voterfiles.law')}</p>
    </Alert>
  )
}

const looks: Record<ImportState, 'neutral' | 'success' | 'warning' | 'error' | 'info'> = {
  uploaded: 'info',
  checked: 'warning',
  queued: 'info',
  running: 'info',
  done: 'success',
  cancelled: 'neutral',
  failed: 'error',
  refused: 'error',
}

/** What the look at a file has said of it. */
function asLooked(run: VoterImport): StateBadgeProps {
  const { problem, files = [] } = (run.state === 'uploaded' && Inspection.safeParse(run.dry_run).data) || {}
  if (!problem) return { run }
  return files.length === 0 ? { run: { ...run, state: 'refused' } } : { run, is_unread: true }
}

interface StateBadgeProps {
  run: Pick<VoterImport, 'state' | 'is_preview'>
  /** It was looked at, and there is something to be said before it can be read. */
  is_unread?: boolean
  is_taken_back?: boolean
}

export function StateBadge(props: StateBadgeProps & { t: Translate }) {
  const { t, run, is_unread, is_taken_back } = props
  const { state, is_preview } = run
  if (is_taken_back) return <Badge>{t('voterfiles.state.taken_back')}</Badge>
  if (is_unread) return <Badge kind="warning">{t('voterfiles.state.unread')}</Badge>
  const isLooking = is_preview && state === 'running'
  return <Badge kind={looks[state]}>{t.dynamic(`voterfiles.state.${isLooking ? 'previewing' : state}`)}</Badge>
}
