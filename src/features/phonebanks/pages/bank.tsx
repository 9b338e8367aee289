import { useContext, type ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatDateTime, formatHours, formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import { Alert, Badge, Card, PageHead, Select } from '../../../platform/ui/components.tsx'
import { MeanwhileContext, Seen } from '../../../platform/ui/meanwhile.tsx'
import { OnlyHere } from '../../../platform/ui/only-here.tsx'
import { keptInWords } from '../../targeting/steps/words.ts'
import type { ConfirmedEvent } from '../../events/calls/queries.ts'
import '../result-codes/messages.ts'
import { RulesInWords } from '../calling-rules/pages/rules.tsx'
import { HostDesk } from '../host/pages/desk.tsx'
import { WayCard } from '../bridge/pages/way.tsx'
import type { BridgeReadiness } from '../bridge/queries.ts'
import type { TextState } from '../bridge/tables.ts'
import { savedWhen, savedWords } from '../forms.ts'
import type { RepeatProblem } from '../rounds/schema.ts'
import { LiveDashboard, OtherCallers } from './dashboard.tsx'
import type { DashboardProps } from './dashboard-props.ts'
import { nextWords, NotMade, RepeatActs } from './recurring.tsx'
import { NameFields, NoteFields, WhenFields } from './new.tsx'
import { StateBadge, stateOf } from './words.tsx'

/** What the page may say was just done. */
export const said = [
  'saved',
  'refreshing',
  'undone',
  'undo_failed',
  'message_sent',
  'added_universe',
  'round_started',
  'round_already',
  'script_not_ready',
  'caller_removed',
  'caller_let_in',
  'caller_not_let_in',
  'made_already',
  'repeat_goes_on',
  'repeat_saved',
] as const

interface Props extends DashboardProps {
  today: string
  join_url: string
  inbound_url: string
  texts_url: string | null
  texts: readonly { state: TextState; count: number }[]
  /** Languages calls may be in. */
  near_languages: readonly string[]
  /** Languages the organization writes its texts in. */
  written: readonly string[]
  qr_svg: string
  may_edit: boolean
  may_see_universes: boolean
  may_call: boolean
  may_export: boolean
  script_name: string
  /** null: it was made without one. */
  universe: { universe_id: string; name: string } | null
  /** The event whose people it asks whether they come; null: its universe says whom it calls. */
  confirms: ConfirmedEvent | null
  newest_version: number
  said: (typeof said)[number] | null
  /** Why the next one was not made just now. */
  not_made: RepeatProblem | null
  universes: readonly { value: string; label: string }[]
  /** Of this showing of the page. */
  form_id: string
  readiness: BridgeReadiness
  typed: Record<string, string>
  errors: FieldErrors
}

export function PhoneBankPage(props: Props) {
  const { t, bank, today, may_host, may_edit, may_call, said: told } = props
  const { language } = t
  const base = `/phonebanks/${bank.phone_bank_id}`
  const state = stateOf(bank, today)
  const is_running = props.shown.totals.attempts > 0
  const link = may_host && !bank.ended_at && <JoinLink {...props} base={base} />
  return (
    <>
      <PageHead
        title={localized(bank.name, language).text}
        back={{ href: '/phonebanks', label: t('phonebanks.title') }}
        lead={
          <>
            <StateBadge t={t} state={state} />{' '}
            {t('phonebanks.dates', {
              from: formatDate(language, bank.starts_on, 'short'),
              to: formatDate(language, bank.ends_on, 'short'),
            })}
            {' · '}
            {formatHours(language, bank.calling_starts, bank.calling_ends)}
            {' · '}
            {bank.languages.map((each) => languageNames[each] ?? each).join(', ')}
            {' · '}
            {t(`phonebanks.lane.${bank.lane}`)}
            {props.universe && (
              <span className="block">
                <ToUniverse {...props}>{t('phonebanks.universe_named', { name: props.universe.name })}</ToUniverse>
              </span>
            )}
          </>
        }
        actions={
          !bank.ended_at && (
            <>
              {may_call && (
                <a className="btn btn-primary" href={`${base}/call`}>
                  {t('phonebanks.call_yourself')}
                </a>
              )}
              {may_host && (
                <Act action={`${base}/${bank.paused_at ? 'resume' : 'pause'}`}>
                  {t(bank.paused_at ? 'phonebanks.resume' : 'phonebanks.pause')}
                </Act>
              )}
            </>
          )
        }
      />
      {props.may_see_voters && (
        <nav aria-label={t('phonebanks.more')} className="mb-6 flex flex-wrap gap-2 print:hidden">
          <a className="btn" href={`${base}/results`}>
            {t('phonebanks.all_results')}
          </a>
          <a className="btn" href={`${base}/report`}>
            {t('report.title')}
          </a>
          <a className="btn" href={`${base}/voters`}>
            {t('phonebanks.find')}
          </a>
          <a className="btn" href={`${base}/sheet`}>
            {t('phonebanks.sheet')}
          </a>
          <a className="btn" href={`/follow-ups?phone_bank=${bank.phone_bank_id}`}>
            {t('follow_ups.title')}
            {props.shown.open_follow_ups > 0 && (
              <Badge kind="info">{formatNumber(language, props.shown.open_follow_ups)}</Badge>
            )}
          </a>
          {may_host && !bank.ended_at && (
            <a className="btn" href={`${base}/rules`}>
              {t('rules.title')}
            </a>
          )}
          {may_edit && !bank.ended_at && (
            <a className="btn" href={`${base}/result-codes`}>
              {t('result_codes.title')}
            </a>
          )}
          {may_host && !bank.ended_at && (
            <>
              <a className="btn" href="#message">
                {t('host.message')}
              </a>
              <a className="btn" href="#walk-in">
                {t('host.walk_in')}
              </a>
            </>
          )}
          {link && is_running && (
            <a className="btn" href="#link">
              {t('phonebanks.link')}
            </a>
          )}
        </nav>
      )}
      {told === 'saved' && <Alert kind="success" title={t('phonebanks.settings_saved')} />}
      {told === 'refreshing' && <Alert kind="success" title={t('phonebanks.refreshing')} />}
      {told === 'undone' && <Alert kind="success" title={t('phonebanks.undone')} />}
      {told === 'undo_failed' && <Alert kind="warning" title={t('phonebanks.undo_failed')} />}
      {told === 'message_sent' && <Alert kind="success" title={t('host.message_sent')} />}
      {told === 'added_universe' && <Alert kind="success" title={t('host.added_universe')} />}
      {told === 'caller_removed' && (
        <Alert kind="success" title={t('phonebanks.caller_removed_title')}>
          <p>{t('phonebanks.caller_removed_said')}</p>
        </Alert>
      )}
      {told === 'caller_let_in' && <Alert kind="success" title={t('phonebanks.caller_let_in')} />}
      {told === 'caller_not_let_in' && <Alert kind="warning" title={t('phonebanks.caller_not_let_in')} />}
      {told === 'script_not_ready' && <Alert kind="error" title={t('phonebanks.script_not_ready')} />}
      {told === 'made_already' && <Alert kind="info" title={t('host.made_already')} />}
      {told === 'repeat_saved' && <Alert kind="success" title={t('host.repeat_saved')} />}
      {told === 'repeat_goes_on' && (
        <Alert kind="success" title={t('host.repeat_saved')}>
          <p>
            <a href="/phonebanks/recurring">{t('host.repeat_saved_link')}</a>
          </p>
        </Alert>
      )}
      {may_host && !bank.ended_at && props.newest_version > Math.max(bank.script_version, bank.script_version_seen) && (
        <Alert kind="info" title={t('phonebanks.script_newer', { version: props.newest_version })}>
          <p>{t('phonebanks.script_newer_text', { version: bank.script_version })}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            <a className="btn" href={`/scripts/${bank.script_id}?version=${props.newest_version}`}>
              {t('phonebanks.script_see')}
            </a>
            <Act action={`${base}/use_script`} send={{ version: props.newest_version }}>
              {t('phonebanks.script_use')}
            </Act>
            <Act action={`${base}/use_script`} send={{ newest: props.newest_version }}>
              {t('phonebanks.script_stay', { version: bank.script_version })}
            </Act>
          </div>
        </Alert>
      )}
      {props.not_made && <NotMade t={t} bank={bank} problem={props.not_made} />}
      {bank.repeat_problem && !props.not_made && (
        <NotMade t={t} bank={bank} problem={bank.repeat_problem} is_repeated />
      )}
      {told === 'round_started' && <Alert kind="success" title={t('host.round_started')} />}
      {told === 'round_already' && <Alert kind="info" title={t('host.round_already', { round: bank.round })} />}
      {state === 'paused' && <Alert kind="warning" title={t('phonebanks.paused_text')} />}
      {/* Until somebody calls, inviting is what there is to do; then the numbers are. */}
      {!is_running && link}
      <section data-live={`${base}/live?${compared(props)}${bank.prepared_at ? '' : '&preparing'}`} aria-live="off">
        <LiveDashboard {...props} />
      </section>
      <OtherCallers {...props} />
      {may_host && !bank.ended_at && bank.prepared_at && (
        <HostDesk
          t={t}
          bank={bank}
          callers={props.shown.callers}
          messages={props.shown.messages}
          universes={props.universes}
          confirms={props.confirms}
          now={props.now}
          time_zone={props.time_zone}
          form_id={props.form_id}
        />
      )}
      {is_running && link}
      {may_host && !bank.ended_at && (
        <WayCard
          t={props.t}
          phone_bank_id={bank.phone_bank_id}
          way_of_calling={bank.way_of_calling}
          readiness={props.readiness}
          may_edit={may_edit}
          inbound_url={props.inbound_url}
          texts_url={props.texts_url}
          texts={props.texts}
          errors={props.errors}
        />
      )}
      {may_host && !bank.ended_at && <Settings {...props} base={base} />}
      {may_edit && bank.ended_at && <Again t={t} bank={bank} today={today} />}
    </>
  )
}

/** What groups are compared by, for the live part's address. */
const compared = ({ asked }: Props): URLSearchParams =>
  new URLSearchParams({ ...(asked.question ? { question: asked.question } : {}), district: asked.district })

/** One like it for another week, now or by itself. */
function Again({ t, bank, today }: Pick<Props, 't' | 'bank' | 'today'>) {
  return (
    <Card title={t('host.again')} lead={t('host.again_text')} id="again">
      {bank.repeats && <p className="mb-3">{nextWords(t, bank, today)}</p>}
      <RepeatActs t={t} bank={bank} />
      <p className="mt-3 text-sm">
        <a href="/phonebanks/recurring">{t('recurring.title')}</a>
      </p>
    </Card>
  )
}

/** Leads to the universe whoever may open it. */
const ToUniverse = ({
  universe,
  may_see_universes,
  children,
}: Pick<Props, 'universe' | 'may_see_universes'> & { children: ReactNode }) =>
  universe && may_see_universes ? (
    <a href={`/voters/universes/${universe.universe_id}`} className="link">
      {children}
    </a>
  ) : (
    children
  )

function Act({
  action,
  children,
  look = '',
  send = {},
}: {
  action: string
  children: ReactNode
  look?: string
  /** Fields nobody types. */
  send?: Record<string, number>
}) {
  return (
    <form method="post" action={action}>
      {Object.entries(send).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className={`btn ${look}`}>{children}</button>
    </form>
  )
}

/** In two halves, to be read out or copied from a wall. */
const readableCode = (code: string): string => `${code.slice(0, 5)} ${code.slice(5)}`

function JoinLink({ t, bank, base, join_url, qr_svg }: Props & { base: string }) {
  if (bank.join_closed_at) {
    return (
      <Card title={t('phonebanks.link')} id="link">
        <p className="mb-3">{t('phonebanks.link_closed')}</p>
        <Act action={`${base}/new_link`}>{t('phonebanks.new_link')}</Act>
      </Card>
    )
  }
  return (
    <Card title={t('phonebanks.link')} lead={t('phonebanks.link_lead')} id="link">
      <OnlyHere t={t} url={join_url} />
      <div className="flex flex-wrap items-start gap-6">
        {/* Made by bwip-js from our own address. White behind it in the dark theme too, or no phone reads it. */}
        <div
          role="img"
          aria-label={t('phonebanks.link_qr')}
          className="w-40 shrink-0 rounded-lg bg-white p-2"
          dangerouslySetInnerHTML={{ __html: qr_svg }}
        />
        <div className="min-w-0 flex-1 basis-64">
          <label htmlFor="join-url" className="sr-only">
            {t('phonebanks.link')}
          </label>
          <input id="join-url" className="input w-full text-base" readOnly value={join_url} />
          <p className="mt-3">
            {t('phonebanks.link_code', { at: new URL(join_url).host })}{' '}
            <strong className="text-lg tracking-wider whitespace-nowrap" translate="no">
              {readableCode(bank.join_code)}
            </strong>
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            <button type="button" className="btn" data-copy="#join-url" data-copied={t('action.copied')} hidden>
              {t('action.copy')}
            </button>
            <Act action={`${base}/close_link`}>{t('phonebanks.close_link')}</Act>
            <Act action={`${base}/new_link`}>{t('phonebanks.new_link')}</Act>
          </div>
        </div>
      </div>
    </Card>
  )
}

function Settings(props: Props & { base: string }) {
  const { t, bank, base, today, typed, errors, script_name, newest_version, universe, confirms, time_zone, may_edit } = props // prettier-ignore
  const now = { ...savedWhen(bank), ...savedWords(bank), ...typed }
  const meanwhile = useContext(MeanwhileContext)
  const others = Array.from({ length: newest_version }, (_, index) => newest_version - index).filter(
    (version) => version !== bank.script_version,
  )
  return (
    <details id="settings" open={Object.keys(errors).length > 0 || meanwhile !== null} className="mb-6">
      <summary className="mb-4 cursor-pointer py-2 text-lg font-bold">{t('phonebanks.all_settings')}</summary>
      <Card title={t('phonebanks.settings')} id="when">
        <form method="post" action={`${base}/settings`} className="max-w-3xl">
          <Seen values={savedWhen(bank)} typed={typed} />
          <WhenFields t={t} typed={now} errors={errors} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>
      <Card title={t('phonebanks.words')} lead={t('phonebanks.words_text')} id="words">
        <form method="post" action={`${base}/words`} className="max-w-3xl">
          <Seen values={savedWords(bank)} typed={typed} />
          <NameFields
            {...{ t, errors }}
            typed={now}
            near_languages={props.near_languages}
            written={props.written}
            chosen_languages={typed.languages === undefined ? bank.languages : typed.languages.split(' ')}
          />
          <NoteFields {...{ t, errors }} typed={now} written={props.written} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>
      <Card title={t('rules.meaning')} id="rules">
        <RulesInWords t={t} bank={bank} script={props.script} now={props.now} />
        <a className="btn mt-3" href={`${base}/rules`}>
          {t('rules.change')}
        </a>
      </Card>
      <Card title={t('phonebanks.script')} id="script">
        <p>
          <a href={`/scripts/${bank.script_id}?version=${bank.script_version}`}>
            {t('phonebanks.script_version', { name: script_name, version: bank.script_version })}
          </a>
        </p>
        {others.length > 0 && (
          <form method="post" action={`${base}/use_script`} className="mt-4 max-w-md">
            <input type="hidden" name="newest" value={newest_version} />
            <Select
              t={t}
              label={t('phonebanks.script_other')}
              hint={t('phonebanks.script_other_hint')}
              name="version"
              options={others.map((version) => ({
                value: String(version),
                label: t('phonebanks.script_version', { name: script_name, version }),
              }))}
            />
            <button className="btn">{t('phonebanks.script_use_this')}</button>
          </form>
        )}
      </Card>
      <Card title={t('phonebanks.universe')} id="universe">
        {universe && (
          <p className="mb-1 font-semibold">
            <ToUniverse {...props}>{universe.name}</ToUniverse>
          </p>
        )}
        {confirms ? (
          <>
            <p className="mb-1 font-semibold">
              <a href={`/events/${confirms.event_id}/calls`}>{localized(confirms.title, t.language).text}</a>
            </p>
            <p className="mb-3 max-w-prose text-sm">{t('phonebanks.universe_confirming')}</p>
          </>
        ) : (
          <>
            <p className="mb-1 max-w-prose">{keptInWords(bank.expression, t)}</p>
            <details className="mb-1 text-sm">
              <summary className="flex min-h-12 items-center underline">{t('phonebanks.universe_expression')}</summary>
              <code className="break-words">{bank.expression}</code>
            </details>
          </>
        )}
        {!bank.is_live && <p className="mb-3 max-w-prose text-sm">{t('phonebanks.universe_frozen')}</p>}
        <p className="mb-3 max-w-prose text-sm">{t('phonebanks.refresh_text')}</p>
        {bank.prepared_at && bank.last_added !== null && (
          <p className="mb-3 max-w-prose text-sm">
            {t('phonebanks.refreshed', {
              at: formatDateTime(t.language, bank.prepared_at, time_zone),
              added: bank.last_added,
              withdrawn: bank.last_withdrawn ?? 0,
            })}
          </p>
        )}
        <Act action={`${base}/refresh`}>{t('phonebanks.refresh')}</Act>
      </Card>
      {may_edit && <Again t={t} bank={bank} today={today} />}
      <details className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6">
        <summary className="font-bold">{t('phonebanks.end')}</summary>
        <p className="my-3">{t('phonebanks.end_text')}</p>
        {bank.way_of_calling === 'bridge' && <p className="my-3 max-w-prose">{t('phonebanks.end_bridge_text')}</p>}
        <div className="flex flex-wrap gap-2">
          <Act action={`${base}/end`} look="btn-error">
            {t('phonebanks.end_sure')}
          </Act>
          {bank.way_of_calling === 'bridge' && (
            <Act action={`${base}/end_after_calls`}>{t('phonebanks.end_after_calls')}</Act>
          )}
        </div>
      </details>
    </details>
  )
}
