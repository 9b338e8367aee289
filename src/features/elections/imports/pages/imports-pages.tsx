import type { FieldErrors } from '../../../../platform/http/form.ts'
import { formatDate, formatDateTime, formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Field,
  Figure,
  Figures,
  PageHead,
  Select,
  Table,
} from '../../../../platform/ui/components.tsx'
import '../../messages.ts'
import { contestName, electionTitle } from '../../contests/pages/words.tsx'
import type { Election } from '../../contests/queries.ts'
import '../../results/messages.ts'
import type { ElectionImport } from '../kept.ts'
import { contestColumns, neededColumns } from '../contest-file.ts'
import '../messages.ts'
import { doesAnything } from '../report.ts'
import { takenForText } from '../problem-text.ts'
import { importedThings, largest_file_bytes, type Effect, type Report } from '../schema.ts'

interface Props {
  t: Translate
  imports: readonly ElectionImport[]
  /** Why the file was refused. */
  problems: readonly string[]
  time_zone: string
  /** Held, with contests. */
  elections: readonly Election[]
  form: ResultsTyped | undefined
}

/** What was said of a file of results. */
export interface ResultsTyped {
  typed: Record<string, string>
  errors: FieldErrors
}

const example = `election,office,district,party,name,name_ko,lines,status,status_on,source_url
2027-primary,council_member,20,dem,Jane Doe,제인 도,Democratic,declared,2027-01-15,https://vote.nyc/`

export function ElectionImportsPage({ t, imports, problems, time_zone, elections, form }: Props) {
  return (
    <>
      <PageHead
        title={t('ballot.title')}
        lead={t('ballot.lead')}
        back={{ href: '/elections', label: t('elections.title') }}
      />
      {problems.length > 0 && (
        <Alert kind="error" title={t('ballot.refused')}>
          <p>{t('ballot.refused_lead')}</p>
          <ul className="mt-2 list-disc pl-5">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
      <div className="grid items-start gap-x-6 lg:grid-cols-2">
        <div>
          <Card id="contests" title={t('ballot.contests')} lead={t('ballot.contests_lead')}>
            <form method="post" action="/elections/uploads/contests" encType="multipart/form-data">
              <FileField t={t} id="contests-file" hint={t('ballot.file_hint', { megabytes })} accept=".csv,.txt" />
              <button className="btn btn-primary">{t('ballot.look')}</button>
            </form>
          </Card>
          <Card
            id="columns"
            title={t('ballot.columns')}
            lead={t('ballot.columns_lead', { needed: neededColumns.join(', ') })}
          >
            <p className="flex flex-wrap gap-x-3 gap-y-1">
              {contestColumns.map((column) => (
                <code key={column}>{column}</code>
              ))}
            </p>
            <p className="mt-3 text-sm">{t('ballot.columns_people')}</p>
            <p className="mt-3 text-sm font-semibold">{t('ballot.example')}</p>
            <pre className="bg-base-200 mt-1 overflow-x-auto rounded p-3 text-sm" tabIndex={0}>
              {example}
            </pre>
          </Card>
        </div>
        <div>
          <Card id="officials" title={t('lists.title')} lead={t('lists.lead')}>
            <ul className="mb-4 list-disc pl-5 text-sm">
              <li>{t('lists.congress_file')}</li>
              <li>{t('lists.openstates_file')}</li>
            </ul>
            <form method="post" action="/elections/uploads/officials" encType="multipart/form-data">
              <FileField
                t={t}
                id="officials-file"
                hint={t('lists.file_hint', { megabytes })}
                accept=".csv,.json,.yaml,.yml"
                is_several
              />
              <button className="btn btn-primary">{t('ballot.look')}</button>
            </form>
          </Card>
          <Card id="results" title={t('results.title')} lead={t('results.upload_lead')}>
            <p className="mb-4 text-sm">{t('results.upload_columns')}</p>
            {elections.length === 0 ? <p>{t('results.no_election')}</p> : <ResultsUpload {...{ t, elections, form }} />}
          </Card>
        </div>
      </div>
      <h2 className="mb-3 text-lg font-bold">{t('ballot.history')}</h2>
      {imports.length === 0 ? (
        <p>{t('ballot.none')}</p>
      ) : (
        <Table
          caption={t('ballot.history')}
          head={[t('ballot.file'), t('ballot.state'), t('ballot.when'), t('ballot.who')]}
        >
          {imports.map((each) => (
            <tr key={each.import_id}>
              <td className="min-w-40 break-all">
                <a href={`/elections/imports/${each.import_id}`} className="font-semibold">
                  {each.name}
                </a>
              </td>
              <td>
                <StateBadge t={t} state={each.state} />
              </td>
              <td className="whitespace-nowrap">{formatDateTime(t.language, each.requested_at, time_zone)}</td>
              <td>{each.requested_by}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}

function ResultsUpload({ t, elections, form }: Pick<Props, 't' | 'elections' | 'form'>) {
  return (
    <form method="post" action="/elections/uploads/results" encType="multipart/form-data">
      <Select
        t={t}
        label={t('results.election')}
        name="election"
        required
        {...form}
        options={elections.map((each) => ({
          value: String(each.election_id),
          label: `${electionTitle(t, each)} · ${formatDate(t.language, each.held_on, 'short')}`,
        }))}
      />
      <FileField t={t} id="results-file" hint={t('ballot.file_hint', { megabytes })} accept=".csv,.txt" />
      <Field t={t} label={t('results.source_url')} name="source_url" type="url" required {...form} />
      <Field
        t={t}
        label={t('results.as_of')}
        hint={t('results.as_of_hint')}
        name="as_of"
        type="date"
        required
        {...form}
      />
      <button className="btn btn-primary">{t('ballot.look')}</button>
    </form>
  )
}

function FileField({
  t,
  id,
  hint,
  accept,
  is_several = false,
}: {
  t: Translate
  id: string
  hint: string
  accept: string
  is_several?: boolean
}) {
  return (
    <div className="mb-4">
      <label htmlFor={id} className="mb-1 block font-semibold">
        {t('ballot.file')}
      </label>
      <p id={`${id}-hint`} className="mb-2 text-sm">
        {hint}
      </p>
      <input
        id={id}
        type="file"
        name="file"
        required
        multiple={is_several}
        accept={accept}
        aria-describedby={`${id}-hint`}
        className="file-input w-full"
      />
    </div>
  )
}

const megabytes = largest_file_bytes / 1024 ** 2

const looks = { checked: 'warning', done: 'success', discarded: 'neutral' } as const
export const StateBadge = ({ t, state }: { t: Translate; state: ElectionImport['state'] }) => (
  <Badge kind={looks[state]}>{t(`ballot.state.${state}`)}</Badge>
)

const lines_shown = 200

/** What a file would do, or did. */
export function ElectionImportPage({
  t,
  run,
  report,
  problems,
}: {
  t: Translate
  run: ElectionImport
  report: Report
  problems: readonly string[]
}) {
  const { counts, lines } = report
  const at = `/elections/imports/${run.import_id}`
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <>
      <PageHead
        title={run.name}
        lead={<StateBadge t={t} state={run.state} />}
        back={{ href: '/elections/imports', label: t('ballot.title') }}
      />
      {problems.length > 0 && (
        <Alert kind="error" title={t('ballot.refused')}>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Alert>
      )}
      <h2 className="mb-3 text-lg font-bold">{run.state === 'done' ? t('ballot.did') : t('ballot.would')}</h2>
      {!doesAnything(report) && <Alert kind="info" title={t('ballot.nothing')} />}
      <Figures>
        {importedThings.map((thing) => (
          <Figure
            key={thing}
            label={t(`ballot.things.${thing}`)}
            value={number(counts[thing].added + counts[thing].changed + counts[thing].same)}
            note={t('ballot.counts', {
              added: counts[thing].added,
              changed: counts[thing].changed,
              same: counts[thing].same,
            })}
          />
        ))}
      </Figures>
      {run.state === 'checked' && (
        <div className="mb-6 flex flex-wrap gap-2">
          <form method="post" action={`${at}/run`}>
            <button className="btn btn-primary">{t('ballot.run')}</button>
          </form>
          <form method="post" action={`${at}/discard`}>
            <button className="btn">{t('ballot.discard')}</button>
          </form>
        </div>
      )}
      {lines.length > 0 && (
        <>
          <Table
            caption={t('ballot.would')}
            head={[t('ballot.line'), t('ballot.what'), t('ballot.name'), t('ballot.effect')]}
          >
            {lines.slice(0, lines_shown).map((line, index) => (
              <tr key={`${line.line} ${line.thing} ${line.name} ${String(index)}`}>
                <td className="tabular-nums">{line.line ?? '–'}</td>
                <td className="whitespace-nowrap">{t(`ballot.thing.${line.thing}`)}</td>
                <td className="min-w-40">
                  {line.contest ? contestName(t, line.contest) : line.name}
                  {line.changes?.map(({ column, from, to }) => (
                    <span key={column} className="block text-sm wrap-anywhere">
                      <code>{column}</code>: {from === '' ? '–' : from} → {to === '' ? '–' : to}
                    </span>
                  ))}
                  {line.taken_for && <span className="block text-sm">{takenForText(t, line)}</span>}
                </td>
                <td className="whitespace-nowrap">
                  <Badge kind={kindOf[line.effect]}>{t(`ballot.effect.${line.effect}`)}</Badge>
                </td>
              </tr>
            ))}
          </Table>
          {lines.length > lines_shown && (
            <p className="mt-2 text-sm">{t('ballot.shown_of', { shown: lines_shown, total: lines.length })}</p>
          )}
        </>
      )}
    </>
  )
}

const kindOf: Record<Effect, 'success' | 'info' | 'neutral'> = {
  added: 'success',
  changed: 'info',
  same: 'neutral',
  left: 'neutral',
}
