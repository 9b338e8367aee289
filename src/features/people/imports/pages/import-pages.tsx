import type { ReactNode } from 'react'
import { formatDateTime, formatMoney, formatNumber, formatPhone } from '../../../../platform/i18n/formats.ts'
import { languageNames, localized, type Language } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Figure, Figures, PageHead, Table } from '../../../../platform/ui/components.tsx'
import type { PersonImport } from '../commands.ts'
import { customValue } from '../../pages/profile-panels.tsx'
import '../../membership/messages.ts'
import { matchKeys, meanings } from '../mapping.ts'
import { isMemberColumn, memberColumns, type MemberPlan, type PlannedDues, type StandsFrom } from '../members.ts'
import { leftOutOf, memberPlanOf, type CustomField, type Effect } from '../plan.ts'
import { Report, type Mapping, type Summary } from '../schema.ts'

interface Common {
  t: Translate
  language: Language
  time_zone: string
}

export function ImportsPage({
  t,
  language,
  time_zone,
  imports,
  problem,
}: Common & { imports: readonly PersonImport[]; problem: string | null }) {
  return (
    <>
      <PageHead
        title={t('imports.title')}
        lead={t('imports.lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
      />
      {problem && <Alert kind="error" title={t.dynamic(`imports.problem.${problem}`)} />}
      <Card>
        <form method="post" action="/people/uploads/sheet" encType="multipart/form-data">
          <label htmlFor="sheet" className="mb-1 block font-semibold">
            {t('imports.file')}
          </label>
          <p className="mb-2 text-sm">{t('imports.file_hint')}</p>
          <input id="sheet" type="file" name="sheet" required accept=".csv,.tsv,.txt" className="file-input w-full" />
          <button className="btn btn-primary mt-4">{t('imports.upload')}</button>
        </form>
      </Card>
      <h2 className="mb-3 text-lg font-bold">{t('imports.history')}</h2>
      {imports.length === 0 ? (
        <p>{t('imports.none')}</p>
      ) : (
        <Table
          caption={t('imports.history')}
          head={[t('imports.name'), t('imports.state'), t('imports.when'), t('imports.who')]}
        >
          {imports.map((each) => (
            <tr key={each.import_id}>
              <td className="min-w-40 break-all">
                <a href={`/people/imports/${each.import_id}`} className="font-semibold">
                  {each.name}
                </a>
              </td>
              <td>
                <Badge
                  kind={
                    each.state === 'done'
                      ? 'success'
                      : each.state === 'previewed'
                        ? 'warning'
                        : isAtWork(each)
                          ? 'info'
                          : 'neutral'
                  }
                >
                  {t.dynamic(`imports.state.${each.state}`)}
                </Badge>
              </td>
              <td className="whitespace-nowrap">{formatDateTime(language, each.created_at, time_zone)}</td>
              <td>{each.imported_by}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}

export const isAtWork = ({ state }: Pick<PersonImport, 'state'>): boolean =>
  state === 'planning' || state === 'running' || state === 'undoing'

interface ProgressProps extends Common {
  run: PersonImport
  now: Date
  /** The piece that is sent again while it goes on. */
  is_part?: boolean
}

/** How far the work in the background is. The page may be left: it goes on, and is found again in the list. */
export function ImportProgress(props: ProgressProps) {
  const { t, run, is_part = false } = props
  const base = `/people/imports/${run.import_id}`
  if (is_part) return isAtWork(run) ? <Moving {...props} /> : <OverLink t={t} base={base} />
  return (
    <>
      <PageHead title={run.name} back={{ href: '/people/imports', label: t('imports.title') }} />
      <section data-live={`${base}/live`}>
        <Moving {...props} />
      </section>
      <noscript>
        <p className="mb-4">
          <a className="btn" href={base}>
            {t('imports.look_again')}
          </a>
        </p>
      </noscript>
    </>
  )
}

function OverLink({ t, base }: { t: Translate; base: string }) {
  return (
    <Alert kind="success" title={t('imports.work_over')}>
      <a className="btn btn-primary" href={base} data-go-on>
        {t('imports.go_on')}
      </a>
    </Alert>
  )
}

function Moving({ t, language, run, now }: ProgressProps) {
  const seconds = run.began_at ? (now.getTime() - run.began_at.getTime()) / 1000 : 0
  const rows_left = run.row_count - run.rows_done
  const left = run.rows_done > 0 && rows_left > 0 && seconds > 3 ? (seconds / run.rows_done) * rows_left : null
  return (
    <Card title={t.dynamic(`imports.work.${run.state}`)}>
      {run.problem === 'changed' && <Alert kind="warning" title={t('imports.problem.changed')} />}
      {run.resumed_at && <Alert kind="info" title={t('imports.resumed')} />}
      {run.cancel_asked_at && <Alert kind="warning" title={t('imports.cancelling')} />}
      <progress
        className="progress progress-primary h-3 w-full"
        aria-label={t.dynamic(`imports.work.${run.state}`)}
        {...(run.began_at && run.row_count > 0
          ? { max: run.row_count, value: Math.min(run.rows_done, run.row_count) }
          : {})}
      />
      <p className="mt-1 mb-4 text-sm tabular-nums">
        {run.began_at
          ? t('imports.rows_of', {
              done: formatNumber(language, run.rows_done),
              total: formatNumber(language, run.row_count),
            })
          : t('imports.waits')}
        {left !== null && ` · ${t('imports.minutes_left', { minutes: Math.max(1, Math.ceil(left / 60)) })}`}
      </p>
      <p className="mb-4 max-w-prose">{t('imports.may_leave')}</p>
      {!run.cancel_asked_at && (
        <form method="post" action={`/people/imports/${run.import_id}/cancel`}>
          <button className="btn">{t('imports.cancel')}</button>
        </form>
      )}
    </Card>
  )
}

interface ImportProps extends Common {
  run: PersonImport
  now: Date
  mapping: Mapping
  custom: readonly (CustomField & { label: Record<string, string> })[]
  plan: { effects: Effect[]; summary: Summary } | null
  names: ReadonlyMap<string, string>
  problem: string | null
}

/** Columns first, then the preview, then the button: top to bottom in the order of the work. */
export function PersonImportPage(props: ImportProps) {
  const { t, run, plan, problem } = props
  return (
    <>
      <PageHead title={run.name} back={{ href: '/people/imports', label: t('imports.title') }} />
      {problem && <Alert kind="error" title={t.dynamic(`imports.problem.${problem}`)} />}
      {plan && <Preview {...props} plan={plan} />}
      <Columns {...props} />
    </>
  )
}

function Columns({ t, language, run, mapping, custom }: ImportProps) {
  return (
    <Card title={t('imports.columns')} lead={t('imports.columns_lead', { rows: run.row_count })} id="columns">
      <form method="post" action={`/people/imports/${run.import_id}/mapping`}>
        <ul className="divide-base-300 mb-4 divide-y">
          {headersOf(mapping).map((header, at) => (
            // Columns never move; headers may repeat.
            <li key={`${at}-${header}`} className="grid items-center gap-2 py-2 sm:grid-cols-2">
              <label htmlFor={`column-${at}`} className="min-w-0">
                <span className="block font-semibold break-words">{header}</span>
                <span className="block truncate text-sm">
                  {mapping.first
                    .map((cells) => cells[at] ?? '')
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </label>
              <select
                id={`column-${at}`}
                name="column[]"
                defaultValue={mapping.columns[at] ?? ''}
                className="select w-full text-base"
              >
                <option value="">{t('imports.leave_out')}</option>
                {meanings
                  .filter((meaning) => !isMemberColumn(meaning))
                  .map((meaning) => (
                    <option key={meaning} value={meaning}>
                      {t(`imports.meaning.${meaning}`)}
                    </option>
                  ))}
                {custom.map(({ key, label }) => (
                  <option key={key} value={`custom:${key}`}>
                    {localized(label, language).text}
                  </option>
                ))}
                <optgroup label={t('imports.membership')}>
                  {memberColumns.map((meaning) => (
                    <option key={meaning} value={meaning}>
                      {t(`imports.meaning.${meaning}`)}
                    </option>
                  ))}
                </optgroup>
              </select>
            </li>
          ))}
        </ul>
        <Choices
          t={t}
          legend={t('imports.key')}
          name="match_key"
          kind="radio"
          chosen={run.match_key ? [run.match_key] : []}
          options={matchKeys.map((key) => ({ value: key, label: t(`imports.key.${key}`) }))}
        />
        <Choices
          t={t}
          legend={t('imports.options')}
          name="options[]"
          kind="checkbox"
          chosen={(['overwrite', 'add_unsure', 'books'] as const).filter((each) => mapping[each])}
          options={[
            { value: 'overwrite', label: t('imports.overwrite'), hint: t('imports.overwrite_hint') },
            { value: 'add_unsure', label: t('imports.add_unsure'), hint: t('imports.add_unsure_hint') },
            { value: 'books', label: t('imports.books'), hint: t('imports.books_hint') },
          ]}
        />
        <button className={`btn ${run.state === 'uploaded' ? 'btn-primary' : ''}`}>{t('imports.show_preview')}</button>
      </form>
    </Card>
  )
}

const headersOf = (mapping: Pick<Mapping, 'headers'>): string[] => JSON.parse(mapping.headers) as string[] // written as such

const memberKinds = ['memberships', 'dues', 'booked', 'terms'] as const
const kinds = ['created', 'updated', 'merged', 'unchanged', 'unsure', 'refused'] as const

function Counts({ t, language, summary }: { t: Translate; language: Language; summary: Summary }) {
  const { members } = summary
  return (
    <Figures>
      {kinds.map((kind) => (
        <Figure key={kind} label={t(`imports.count.${kind}`)} value={formatNumber(language, summary[kind])} />
      ))}
      {summary.left_out > 0 && (
        <Figure label={t('imports.count.left_out')} value={formatNumber(language, summary.left_out)} />
      )}
      {members &&
        memberKinds
          .filter((kind) => members[kind] > 0)
          .map((kind) => (
            <Figure
              key={kind}
              label={t(`imports.count.${kind}`)}
              value={formatNumber(language, members[kind])}
              {...(kind === 'dues' && { note: formatMoney(members.dues_cents) })}
            />
          ))}
    </Figures>
  )
}

function Preview({
  t,
  language,
  run,
  mapping,
  plan,
  names,
  custom,
}: ImportProps & { plan: NonNullable<ImportProps['plan']> }) {
  const rows = plan.effects
  const total = kinds.reduce((sum, kind) => sum + plan.summary[kind], 0)
  const endless = plan.summary.members?.endless ?? 0
  return (
    <>
      {endless > 0 && <Alert kind="warning">{t('imports.endless', { count: endless })}</Alert>}
      <Card title={t('imports.preview')} lead={t('imports.preview_lead')} id="preview">
        <Counts t={t} language={language} summary={plan.summary} />
        <Table
          caption={t('imports.effect')}
          head={[t('imports.line'), t('imports.effect'), t('imports.person'), t('imports.details')]}
        >
          {rows.map((effect) => (
            <tr key={effect.line}>
              <td className="tabular-nums">{effect.line}</td>
              <td>
                <Badge kind={effect.kind === 'refused' ? 'error' : effect.kind === 'unsure' ? 'warning' : 'neutral'}>
                  {t(`imports.effect.${effect.kind}`)}
                </Badge>
              </td>
              <td className="whitespace-nowrap">{personText(effect, names)}</td>
              <td>{effectText(t, effect, headersOf(mapping), names, custom)}</td>
            </tr>
          ))}
        </Table>
        {total > rows.length && <p className="mt-2 text-sm">{t('imports.more_rows', { shown: rows.length, total })}</p>}
      </Card>
      {plan.summary.created + plan.summary.updated + plan.summary.merged > 0 && (
        <form method="post" action={`/people/imports/${run.import_id}/run`} className="mb-8">
          <input type="hidden" name="previewed" value={JSON.stringify(plan.summary)} />
          <button className="btn btn-primary">{t('imports.run')}</button>
        </form>
      )}
    </>
  )
}

function personText(effect: Effect, names: ReadonlyMap<string, string>): string {
  if (effect.kind === 'update' || effect.kind === 'unchanged') return names.get(effect.person_id) ?? ''
  if (effect.kind === 'refused') return ''
  const { last_name, first_name, name_hangul } = effect.row.person
  return [name_hangul, [first_name, last_name].filter(Boolean).join(' ')].filter(Boolean).join(' · ')
}

function effectText(
  t: Translate,
  effect: Effect,
  headers: readonly string[],
  names: ReadonlyMap<string, string>,
  custom: ImportProps['custom'],
): string {
  if (effect.kind === 'refused') {
    return `${headers[effect.column] ?? ''}: ${t(`imports.refusal.${effect.problem}`)}`
  }
  return [
    ...acceptedTexts(t, effect, names, custom),
    ...memberTexts(t, memberPlanOf(effect)),
    ...leftOutTexts(t, effect, headers),
  ].join('; ')
}

const leftOutTexts = (t: Translate, effect: Effect, headers: readonly string[]): string[] =>
  leftOutOf(effect).map(({ column, problem, value }) =>
    t('imports.left_out', { column: headers[column] ?? '', value, why: t(`imports.refusal.${problem}`) }),
  )

function acceptedTexts(
  t: Translate,
  effect: Exclude<Effect, { kind: 'refused' }>,
  names: ReadonlyMap<string, string>,
  custom: ImportProps['custom'],
): string[] {
  if (effect.kind === 'unchanged') return []
  if (effect.kind === 'unsure') {
    return [`${t('imports.may_be')}: ${effect.like.map((id) => names.get(id) ?? '').join(', ')}`]
  }
  const name = (field: string): string =>
    meanings.some((each) => each === field)
      ? t.dynamic(`imports.meaning.${field}`)
      : localized(custom.find(({ key }) => `custom:${key}` === field)?.label ?? { en: field }, t.language).text
  const shown = (field: string, value: unknown): string => valueText(t, custom, field, value)
  if (effect.kind === 'update' || effect.kind === 'merge') {
    const changes = effect.changes.map(
      ({ field, before, after }) =>
        `${name(field)}: ${before === null ? '' : `${shown(field, before)} → `}${after === null ? '–' : shown(field, after)}`,
    )
    if (effect.kind === 'update') return changes
    const notes = effect.row.notes.map((note) => `${name('note')}: ${note}`)
    const added = [...changes, ...notes]
    return [t('imports.merged_into', { line: effect.into }), ...(added.length > 0 || effect.member ? added : [t('imports.adds_nothing')])] // prettier-ignore
  }
  const reached = [...effect.row.emails, ...effect.row.phones.map(formatPhone)].join(', ')
  const own = Object.entries(effect.row.custom).map(([key, value]) => {
    const field = `custom:${key}`
    return `${name(field)}: ${shown(field, value)}`
  })
  return reached ? [reached, ...own] : own
}

/** What becomes of the membership, in the order it is written. */
function memberTexts(t: Translate, member: MemberPlan | undefined): string[] {
  if (!member) return []
  const { kind, before, dues, after, term } = member
  const stands = (rows: readonly StandsFrom[]): string[] =>
    rows.map(({ standing, from_on }) =>
      t('imports.stands', {
        kind: kind ? localized(kind.name, t.language).text : '',
        standing: t(`membership.standing.${standing}`),
        date: from_on,
      }),
    )
  return [
    ...stands(before),
    ...(dues && kind ? [duesText(t, localized(kind.name, t.language).text, dues)] : []),
    ...stands(after),
    ...(term
      ? [
          t(term.until_on ? 'imports.term' : 'imports.term_open', {
            office: `${localized(term.body, t.language).text}: ${localized(term.office, t.language).text}`,
            from: term.from_on,
            until: term.until_on ?? '',
          }),
        ]
      : []),
  ]
}

function duesText(t: Translate, kind: string, { how, amount_cents, from_on, until_on }: PlannedDues): string {
  const paid = until_on
    ? t('imports.dues', { kind, from: from_on, until: until_on })
    : t('imports.dues_life', { kind, from: from_on })
  return `${paid} (${[...(amount_cents > 0 ? [formatMoney(amount_cents)] : []), t(`imports.dues_how.${how}`)].join(', ')})`
}

/** As people write it: telephone numbers, days, yes and no, the words of a choice. */
function valueText(t: Translate, custom: ImportProps['custom'], field: string, value: unknown): string {
  const own = custom.find(({ key }) => `custom:${key}` === field)
  if (own) return customValue(t, own, value)
  if (value === null || value === undefined) return ''
  const text = String(value)
  if (field === 'language') return languageNames[text] ?? text
  return /^\+1\d{10}$/.test(text) ? formatPhone(text) : text
}

export function PersonImportReportPage({
  t,
  language,
  run,
  effects,
  headers,
}: Common & { run: PersonImport; effects: readonly Effect[]; headers: readonly string[] }) {
  const report = Report.safeParse(run.report).data
  const refused = effects.filter((effect) => effect.kind === 'refused')
  const left_out = effects.filter((effect) => leftOutOf(effect).length > 0)
  return (
    <>
      <PageHead
        title={run.name}
        lead={run.state === 'done' ? t('imports.report') : t.dynamic(`imports.state.${run.state}`)}
        back={{ href: '/people/imports', label: t('imports.title') }}
      />
      {run.problem && <Alert kind="error" title={t.dynamic(`imports.problem.${run.problem}`)} />}
      {report?.undone && (
        <Alert
          kind="info"
          title={t('imports.undone', {
            removed: report.undone.removed,
            restored: report.undone.restored,
            kept: report.undone.kept,
          })}
        >
          {report.undone.taken_out > 0 && <p>{t('imports.taken_out', { count: report.undone.taken_out })}</p>}
          {report.undone.members_kept > 0 && <p>{t('imports.members_kept', { count: report.undone.members_kept })}</p>}
          {report.undone.part_back > 0 && <p>{t('imports.part_back', { count: report.undone.part_back })}</p>}
        </Alert>
      )}
      {report && <Counts t={t} language={language} summary={report} />}
      <Lines t={t} title={t('imports.count.refused')} total={report?.refused ?? 0}>
        {refused.map(({ line, problem, column }) => (
          <li key={line}>
            {t('imports.line')} {line}: {headers[column] ?? ''} {t(`imports.refusal.${problem}`)}
          </li>
        ))}
      </Lines>
      <Lines t={t} title={t('imports.count.left_out')} lead={t('imports.left_out_lead')} total={report?.left_out ?? 0}>
        {left_out.map((effect) => (
          <li key={effect.line} className="break-words">
            {t('imports.line')} {effect.line}: {leftOutTexts(t, effect, headers).join('; ')}
          </li>
        ))}
      </Lines>
      {run.state === 'done' && (
        <form method="post" action={`/people/imports/${run.import_id}/undo`}>
          <p className="mb-2 max-w-prose text-sm">{t('imports.undo_hint')}</p>
          <button className="btn">{t('imports.undo')}</button>
        </form>
      )}
    </>
  )
}

/** Lines of the sheet somebody has to look at. */
function Lines({
  t,
  title,
  lead,
  total,
  children,
}: {
  t: Translate
  title: string
  lead?: string
  total: number
  children: readonly ReactNode[]
}) {
  if (children.length === 0) return null
  return (
    <Card title={title} {...(lead && { lead })}>
      <ul className="list-disc pl-6">{children}</ul>
      {total > children.length && (
        <p className="mt-2 text-sm">{t('imports.more_rows', { shown: children.length, total })}</p>
      )}
    </Card>
  )
}
