import { formatDateTime, formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  Field,
  FieldError,
  Figure,
  Figures,
  PageHead,
  Pagination,
} from '../../../../platform/ui/components.tsx'
import { Icon } from '../../../../platform/ui/icon.tsx'
import type { Universe } from '../../queries.ts'
import {
  chosenFirst,
  columnGroups,
  groupNames,
  layoutNames,
  layouts,
  mailHouseHeads,
  type Column,
  type LayoutName,
} from '../layouts.ts'
import { exportPageSize, type Download, type Expected, type UniverseExport } from '../queries.ts'
import { channels, omissions, type Channel } from '../schema.ts'

interface FormProps {
  t: Translate
  universe: Universe
  layout: LayoutName
  channel: Channel
  /** null: counting took too long, or it cannot be read. */
  counts: Expected | null
  /** Not of the universe today. */
  not_today: number
  typed: Record<string, string>
  chosen: readonly string[] | null
  errors: FieldErrors
}

export function ExportPage({ t, universe, layout, channel, counts, not_today, typed, chosen, errors }: FormProps) {
  const address = `/voters/universes/${universe.universe_id}`
  const { fields } = layouts[layout]
  const hasOwnColumns = layout === 'own'
  const heads = layout === 'mailhouse' ? mailHouseHeads : (fields ?? []).map(([head]) => head)
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <>
      <PageHead
        title={t('export.title', { name: universe.name })}
        lead={t('export.lead')}
        back={{ href: address, label: universe.name }}
      />
      {/* One form: what is chosen on top is made, whether its numbers were looked at or not. */}
      <form method="post" action={`${address}/export`}>
        <Card title={t('export.layout')} id="layout">
          <Choices
            t={t}
            legend={t('export.layout_legend')}
            name="layout"
            kind="radio"
            chosen={[layout]}
            options={layoutNames.map((name) => ({
              value: name,
              label: t(`export.layout.${name}`),
              hint: t(`export.layout_hint.${name}`),
            }))}
          />
          {hasOwnColumns && (
            <Choices
              t={t}
              legend={t('export.channel')}
              name="channel"
              kind="radio"
              chosen={[channel]}
              options={channels.map((name) => ({ value: name, label: t(`export.channel.${name}`) }))}
            />
          )}
          <button className="btn" type="submit" formMethod="get" formNoValidate>
            {t('export.show')}
          </button>
          <div className="mt-6">
            {counts ? (
              <Figures>
                <Figure label={t('export.in_it')} value={number(counts.voters)} />
                <Figure
                  label={t('export.left_out')}
                  value={number(omissions.reduce((sum, reason) => sum + (counts.left_out[reason] ?? 0), not_today))}
                  note={<LeftOut t={t} left_out={{ ...counts.left_out, universe: not_today }} />}
                />
              </Figures>
            ) : (
              <Alert kind="warning">{t('export.too_slow')}</Alert>
            )}
          </div>
        </Card>
        <Card title={hasOwnColumns ? t('export.columns') : t('export.columns_fixed')} id="columns">
          {hasOwnColumns ? (
            <>
              <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
                {groupNames.map((group) => (
                  <fieldset key={group}>
                    <legend className="mb-1 font-semibold">{t(`export.group.${group}`)}</legend>
                    {group === 'estimate' && <p className="mb-1 text-sm">{t('export.estimate_hint')}</p>}
                    {columnGroups[group].map((column) => (
                      <label key={column} className="flex min-h-9 cursor-pointer items-center gap-3">
                        <input
                          type="checkbox"
                          name="columns[]"
                          value={column}
                          defaultChecked={(chosen ?? chosenFirst).includes(column)}
                          className="checkbox"
                        />
                        {t(`export.column.${column}`)}
                      </label>
                    ))}
                  </fieldset>
                ))}
              </div>
              <FieldError t={t} name="columns" errors={errors} />
            </>
          ) : (
            <p className="font-mono text-sm break-words">{heads.join(', ')}</p>
          )}
        </Card>
        <Card title={t('export.purpose_title')} id="purpose-card">
          <PurposeFields t={t} typed={typed} errors={errors} />
          <p className="mt-4 max-w-prose text-sm">{t('export.watermark_note')}</p>
          <button className="btn btn-primary mt-4" type="submit">
            <Icon name="download" size={18} /> {t('export.make')}
          </button>
        </Card>
      </form>
    </>
  )
}

/** What a file of people is for, and the limit the law sets. */
export function PurposeFields({ t, typed, errors }: Pick<FormProps, 't' | 'typed' | 'errors'>) {
  return (
    <>
      <Field
        t={t}
        label={t('export.purpose')}
        hint={t('export.purpose_hint')}
        name="purpose"
        rows={2}
        required
        maxLength={1000}
        typed={typed}
        errors={errors}
      />
      <p className="mb-3 max-w-prose text-sm">{t('export.law')}</p>
      <label className="flex min-h-11 cursor-pointer items-start gap-3">
        <input
          type="checkbox"
          name="law"
          value="yes"
          required
          className="checkbox mt-0.5 shrink-0"
          aria-describedby={errors.law ? 'law-error' : undefined}
        />
        <span>{t('export.law_accept')}</span>
      </label>
      <FieldError t={t} name="law" errors={errors} />
    </>
  )
}

function LeftOut({ t, left_out }: { t: Translate; left_out: Record<string, number | undefined> }) {
  const rows = [...omissions, 'universe' as const].flatMap((reason) => {
    const count = left_out[reason]
    return count ? [{ reason, count }] : []
  })
  return (
    <ul className="text-sm">
      {rows.map(({ reason, count }) => (
        <li key={reason}>
          {t(`export.omission.${reason}`)}: {formatNumber(t.language, count)}
        </li>
      ))}
    </ul>
  )
}

const layoutOf = (t: Translate, { layout }: UniverseExport): string => t.dynamic(`export.layout.${layout}`)

interface OneProps {
  t: Translate
  made: UniverseExport
  downloads: readonly Download[]
  time_zone: string
}

export function OneExportPage({ t, made, downloads, time_zone }: OneProps) {
  const isOpen = made.state === 'queued' || made.state === 'running'
  const address = `/voters/exports/${made.export_id}`
  return (
    <>
      <PageHead
        title={t('export.of', { name: made.name })}
        lead={made.purpose}
        back={{ href: '/voters/exports', label: t('export.register') }}
      />
      {isOpen ? (
        <section data-live={`${address}/progress`} className="mb-6">
          <ExportProgress t={t} made={made} />
        </section>
      ) : (
        <ExportProgress t={t} made={made} />
      )}
      {made.state === 'done' && made.expires_at && (
        <p className="mb-6 text-sm">
          {t('export.until', { at: formatDateTime(t.language, made.expires_at, time_zone) })}
        </p>
      )}
      <Card title={t('export.what')} id="what">
        <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[12rem_1fr]">
          <Fact name={t('export.head.file')}>
            <a href={`/voters/universes/${made.universe_id}`}>{made.name}</a>, {layoutOf(t, made)}
          </Fact>
          <Fact name={t('universes.expression')}>
            <span className="font-mono text-sm break-words">{made.expression || t('universes.everyone')}</span>
          </Fact>
          <Fact name={t('export.channel')}>{t(`export.channel.${made.channel}`)}</Fact>
          {made.columns.length > 0 && (
            <Fact name={t('export.columns').replace(/^\d+\. /, '')}>
              {made.columns.map((column) => t.dynamic(`export.column.${column}`)).join(', ')}
            </Fact>
          )}
          <Fact name={t('export.head.by')}>
            {made.requested_by}, {formatDateTime(t.language, made.requested_at, time_zone)}
          </Fact>
          <Fact name={t('export.head.rows')}>{formatNumber(t.language, made.written)}</Fact>
          {Object.values(made.left_out).some(Boolean) && (
            <Fact name={t('export.left_out')}>
              <LeftOut t={t} left_out={made.left_out} />
            </Fact>
          )}
          {made.sha256 && (
            <Fact name={t('export.fingerprint')}>
              <span className="font-mono text-sm break-all">{made.sha256}</span>
            </Fact>
          )}
          <Fact name={t('export.head.downloads')}>
            <Downloads t={t} downloads={downloads} time_zone={time_zone} />
          </Fact>
        </dl>
        <p className="mt-4 max-w-prose text-sm">{t('export.watermark_note')}</p>
        {made.columns.some((column) => withZeros.has(column)) && (
          <p className="mt-2 max-w-prose text-sm">{t('export.zeros_note')}</p>
        )}
      </Card>
    </>
  )
}

/** Columns whose digits are no number. */
const withZeros: ReadonlySet<string> = new Set([
  'zip',
  'mail_zip',
  'state_voter_id',
  'county_voter_id',
] satisfies Column[])

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="font-semibold">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

export function ExportProgress({ t, made }: { t: Translate; made: UniverseExport }) {
  const address = `/voters/exports/${made.export_id}`
  if (made.state === 'failed') return <Alert kind="error">{t('export.failed')}</Alert>
  if (made.state === 'expired') return <Alert kind="info">{t('export.gone')}</Alert>
  if (made.state === 'done') {
    return (
      <p className="mb-3">
        <a className="btn btn-primary" href={`${address}/file`} download>
          <Icon name="download" size={18} /> {t('export.download')}
        </a>
      </p>
    )
  }
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <div role="status">
      <p className="font-semibold">{t(`export.state.${made.state}`)}</p>
      <p className="mb-2 text-sm">{t('export.progress_text')}</p>
      <progress
        className="progress progress-primary w-full max-w-md"
        aria-label={t(`export.state.${made.state}`)}
        max={Math.max(1, made.expected)}
        {...(made.expected > 0 ? { value: made.written } : {})}
      />
      {made.expected > 0 && (
        <p className="text-sm tabular-nums">
          {t('export.progress', { written: number(made.written), expected: number(made.expected) })}
        </p>
      )}
      <a className="btn mt-2" href={address}>
        {t('export.reload')}
      </a>
    </div>
  )
}

function Downloads({ t, downloads, time_zone }: { t: Translate; downloads: readonly Download[]; time_zone: string }) {
  if (downloads.length === 0) return <>{t('export.not_yet')}</>
  return (
    <ul>
      {downloads.map((each) => (
        <li key={each.download_id}>
          {each.downloaded_by}, {formatDateTime(t.language, each.downloaded_at, time_zone)}
        </li>
      ))}
    </ul>
  )
}

interface RegisterProps {
  t: Translate
  exports: readonly UniverseExport[]
  downloads: readonly Download[]
  total: number
  from: number
  time_zone: string
}

export function ExportsPage({ t, exports, downloads, total, from, time_zone }: RegisterProps) {
  return (
    <>
      <PageHead
        title={t('export.register')}
        lead={t('export.register_lead')}
        back={{ href: '/voters/universes', label: t('universes.back') }}
      />
      {total === 0 ? (
        <EmptyState icon="download" title={t('export.register_empty')}>
          {t('export.register_empty_text')}
        </EmptyState>
      ) : (
        <ul aria-label={t('export.register')} className="space-y-3">
          {exports.map((made) => (
            <li
              key={made.export_id}
              className="bg-base-100 rounded-box border-base-300 border p-4"
              data-export={made.export_id}
            >
              <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <a className="font-semibold break-words" href={`/voters/exports/${made.export_id}`}>
                  {made.name}
                </a>
                <Badge kind={made.state === 'done' ? 'success' : made.state === 'failed' ? 'error' : 'neutral'}>
                  {t(`export.state.${made.state}`)}
                </Badge>
              </h2>
              <p className="mt-1 max-w-prose break-words">{made.purpose}</p>
              <dl className="mt-3 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[2fr_1fr_2fr_2fr]">
                <div>
                  <dt className="font-semibold">{t('export.head.format')}</dt>
                  <dd>
                    {layoutOf(t, made)}
                    {made.columns.length > 0 && (
                      <>: {made.columns.map((column) => t.dynamic(`export.column.${column}`)).join(', ')}</>
                    )}
                  </dd>
                </div>
                <div>
                  <dt className="font-semibold">{t('export.head.rows')}</dt>
                  <dd className="tabular-nums">{formatNumber(t.language, made.written)}</dd>
                </div>
                <div>
                  <dt className="font-semibold">{t('export.head.by')}</dt>
                  <dd>
                    {made.requested_by}, {formatDateTime(t.language, made.requested_at, time_zone)}
                  </dd>
                </div>
                <div>
                  <dt className="font-semibold">{t('export.head.downloads')}</dt>
                  <dd>
                    <Downloads
                      t={t}
                      downloads={downloads.filter(({ export_id }) => export_id === made.export_id)}
                      time_zone={time_zone}
                    />
                  </dd>
                </div>
              </dl>
            </li>
          ))}
        </ul>
      )}
      <Pagination
        t={t}
        from={from}
        shown={exports.length}
        total={total}
        size={exportPageSize}
        href={(start) => `/voters/exports?from=${start}`}
      />
    </>
  )
}
