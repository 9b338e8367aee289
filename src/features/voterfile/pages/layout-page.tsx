import type { Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead } from '../../../platform/ui/components.tsx'
import type { Code, Described, Problem } from '../layouts/describe.ts'
import { columnGroups } from '../layouts/offered.ts'
import { electionKinds, methodsOfVoting, standardParties, standardStatuses } from '../layouts/layout.ts'
import type { InspectedFile } from '../schema.ts'
import { FirstRows } from './first-rows.tsx'
import { fileProblemText } from './import-page.tsx'
import type { VoterImport } from './voter-files-page.tsx'

interface LayoutPageProps {
  t: Translate
  language: Language
  run: VoterImport
  file: string
  /** Why the file cannot be read at all. */
  problem: { code: string; detail: string } | null
  /** Null: the file cannot be cut into columns. */
  described: Described | null
  /** As they would be read, where nothing is missing. */
  rows: InspectedFile | null
  /** Somebody pressed a button, so what is missing is said. */
  is_answered: boolean
}

const groups = Object.entries(columnGroups)

/** Where a person says what the columns of an unknown file are. */
export function LayoutPage({ t, run, file, problem, described, rows, is_answered }: LayoutPageProps) {
  const back = { href: `/voterfiles/imports/${run.import_id}`, label: t('voterlayout.back') }
  const head = (
    <PageHead
      title={t('voterlayout.title')}
      lead={
        <>
          <span className="break-all">{file.split('/').at(-1)}</span>
          <span className="mt-2 block">{t('voterlayout.lead')}</span>
        </>
      }
      back={back}
    />
  )
  if (!described) {
    return (
      <>
        {head}
        <Alert kind="error" title={problem ? fileProblemText(t, problem.code) : t('voterlayout.no_table')}>
          {problem?.detail && <p className="break-words">{problem.detail}</p>}
        </Alert>
      </>
    )
  }
  const { columns, problems } = described
  const shown = is_answered ? problems : []
  const typed = { title: described.title, state: described.state, county: described.county }
  const errors = Object.fromEntries(
    ['title', 'state', 'county'].flatMap((field) => {
      const problem = shown.find((each) => each.field === field)
      // Beside the field itself what was typed is not said again.
      const key = field === 'county' ? 'voterlayout.problem.county_field' : problem?.message
      return problem ? [[field, key ?? '']] : []
    }),
  )
  return (
    <>
      {head}
      {shown.length > 0 && (
        <Alert kind="error" title={t('voterlayout.problems')}>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            {shown.map((problem) => (
              <li key={`${problem.field} ${problem.message}`}>
                <a className="link" href={`#${problem.field}`}>
                  {problemText(t, problem)}
                </a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <form method="post" action={`/voterfiles/imports/${run.import_id}/columns`}>
        <input type="hidden" name="file" value={file} />
        <Card title={t('voterlayout.file')}>
          <div className="max-w-xl">
            <Field
              {...{ t, typed, errors }}
              label={t('voterlayout.name')}
              hint={t('voterlayout.name_hint')}
              name="title"
              required
              maxLength={100}
            />
            <Field
              {...{ t, typed, errors }}
              label={t('voterlayout.state')}
              name="state"
              required
              maxLength={2}
              autoComplete="off"
            />
            <Field
              {...{ t, typed, errors }}
              label={t('voterlayout.county')}
              hint={t('voterlayout.county_hint')}
              name="county"
              maxLength={60}
              autoComplete="off"
            />
          </div>
        </Card>
        <Card
          title={t('voterlayout.columns')}
          lead={t('voterlayout.columns_lead', {
            known: columns.filter(({ is }) => is !== '').length,
            count: columns.length,
          })}
        >
          <ul className="divide-base-300 divide-y">
            {columns.map((column, at) => (
              <ColumnRow key={column.name} t={t} column={column} at={at} problems={shown} />
            ))}
          </ul>
          {!columns.some(({ is }) => is === 'election' || is === 'votes') && (
            <p className="mt-4 text-sm">{t('voterlayout.history_none')}</p>
          )}
        </Card>
        <Codes t={t} described={described} />
        <Card title={t('voterlayout.rows')}>
          {rows && rows.rows.length > 0 ? (
            <FirstRows t={t} file={rows} />
          ) : (
            <p>{t(described.layout ? 'voterlayout.rows_none' : 'voterlayout.rows_wait')}</p>
          )}
        </Card>
        <div className="flex flex-wrap gap-2">
          <button className="btn btn-primary w-full sm:w-auto" name="act" value="save">
            {t('voterlayout.save')}
          </button>
          <button className="btn w-full sm:w-auto" name="act" value="show">
            {t('voterlayout.show')}
          </button>
        </div>
      </form>
    </>
  )
}

const problemText = (t: Translate, { message, about }: Problem): string => t.dynamic(message, { about })

function ColumnRow({
  t,
  column,
  at,
  problems,
}: {
  t: Translate
  column: Described['columns'][number]
  at: number
  problems: readonly Problem[]
}) {
  const { name, samples, is, dates, election } = column
  const wrong = problems.filter(({ field }) => field === `is.${at}` || field === `on.${at}`)
  return (
    <li className="grid items-start gap-x-6 gap-y-2 py-3 sm:grid-cols-2">
      <div className="min-w-0">
        <p className="font-semibold break-words" lang="en">
          {name}
        </p>
        <p className="text-sm break-words">
          {samples.length > 0 ? (
            <>
              {t('voterlayout.sample')}: <span lang="en">{samples.map((each) => each.slice(0, 60)).join(' · ')}</span>
            </>
          ) : (
            t('voterlayout.all_empty')
          )}
        </p>
      </div>
      <div className="min-w-0">
        <select
          id={`is.${at}`}
          name={`is.${at}`}
          defaultValue={is}
          aria-label={t('voterlayout.is', { name })}
          aria-invalid={wrong.length > 0 ? true : undefined}
          className="select w-full text-base"
        >
          <optgroup label={t('voterlayout.group.none')}>
            <option value="">{t('voterlayout.is.leave_out')}</option>
            <option value="keep">{t('voterlayout.is.keep')}</option>
          </optgroup>
          {groups.map(([group, meanings]) => (
            <optgroup key={group} label={t.dynamic(`voterlayout.group.${group}`)}>
              {meanings.map((meaning) => (
                <option key={meaning} value={meaning}>
                  {t.dynamic(`voterlayout.is.${meaning}`)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {dates && <p className="mt-1 text-sm">{t(`voterlayout.dates.${dates}`)}</p>}
        {election && (
          <div className="mt-2 grid gap-2 sm:grid-cols-2">
            <label className="text-sm">
              {t('voterlayout.election_kind')}
              <select
                name={`kind.${at}`}
                id={`kind.${at}`}
                defaultValue={election.kind}
                className="select w-full text-base"
              >
                <option value="">{t('voterlayout.choose')}</option>
                {electionKinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`voterfiles.election.${kind}`)}
                  </option>
                ))}
              </select>
            </label>
            <label className="text-sm">
              {t('voterlayout.election_on')}
              <input
                name={`on.${at}`}
                id={`on.${at}`}
                defaultValue={election.on}
                inputMode="numeric"
                autoComplete="off"
                className="input w-full text-base"
              />
            </label>
          </div>
        )}
        {wrong.map((problem) => (
          <p key={problem.message} role="alert" className="text-error mt-1 text-sm font-semibold">
            {problemText(t, problem)}
          </p>
        ))}
      </div>
    </li>
  )
}

function Codes({ t, described }: { t: Translate; described: Described }) {
  const { parties, statuses, sexes, methods } = described
  if ([...parties, ...statuses, ...sexes, ...methods].length === 0) return null
  return (
    <Card title={t('voterlayout.codes')} lead={t('voterlayout.codes_lead')}>
      <div className="grid gap-6 lg:grid-cols-2">
        <CodeTable
          {...{ t, title: t('voterlayout.codes_party'), codes: parties }}
          options={standardParties.map((each) => [each, t(`voterfiles.party.${each}`)])}
        />
        <CodeTable
          {...{ t, title: t('voterlayout.codes_status'), codes: statuses }}
          options={standardStatuses.map((each) => [each, t(`voterfiles.status.${each}`)])}
        />
        <CodeTable
          {...{ t, title: t('voterlayout.codes_sex'), codes: sexes }}
          options={[
            ...(['F', 'M', 'X'] as const).map((each): [string, string] => [each, t(`voterfiles.sex.${each}`)]),
            ['', t('voterlayout.sex_unknown')],
          ]}
        />
        <CodeTable
          {...{ t, title: t('voterlayout.codes_vote'), codes: methods }}
          options={[
            ['none', t('voterlayout.vote_none')],
            ...methodsOfVoting.map((each): [string, string] => [
              each,
              each === 'unknown' ? t('voterlayout.vote_unknown') : t(`voterfiles.vote.${each}`),
            ]),
          ]}
        />
      </div>
    </Card>
  )
}

function CodeTable({
  t,
  title,
  codes,
  options,
}: {
  t: Translate
  title: string
  codes: readonly Code[]
  options: readonly (readonly [string, string])[]
}) {
  if (codes.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{title}</legend>
      <ul className="space-y-2">
        {codes.map(({ field, code, value }) => (
          <li key={field} className="grid grid-cols-[minmax(3rem,1fr)_2fr] items-center gap-3">
            <code className="break-all" lang="en">
              {code}
            </code>
            <select
              name={field}
              defaultValue={value}
              aria-label={t('voterlayout.code', { code })}
              className="select w-full text-base"
            >
              {options.map(([option, label]) => (
                <option key={option} value={option}>
                  {label}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
