import { dateIn, timeIn } from '../../../../platform/clock.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import { formatDateTime, formatPhone } from '../../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead } from '../../../../platform/ui/components.tsx'
import { spokenLanguages, spokeWith } from '../../../contacts/schema.ts'
import { questionsOf, scriptText } from '../../../scripts/rules.ts'
import type { ScriptContent, Step } from '../../../scripts/schema.ts'
import type { PhoneBank } from '../../dashboard.ts'
import { VoterName } from '../../pages/words.tsx'
import type { LineSaved } from '../commands.ts'
import type { Sheet, SheetLine } from '../queries.ts'
import type { FollowUpKind } from '../../schema.ts'
import {
  isOneKey,
  keyOf,
  keysNeeding,
  numbered,
  typedLanguage,
  typedOf,
  typedWishes,
  unsureKey,
  withKorean,
} from '../rules.ts'
import { codeKeys, linesPerPage, wishKeys, type CodedResult } from '../schema.ts'

export type LineState = { kind: 'saved'; saved: LineSaved } | { kind: 'problem'; field: string; problem: string }

export interface LineShown {
  line: SheetLine
  /** All that was typed on the page, when it comes back; null: what is recorded is shown. */
  typed: Record<string, string> | null
  state: LineState | null
}

interface Props {
  t: Translate
  bank: PhoneBank
  sheet: Sheet
  script: ScriptContent
  lines: readonly LineShown[]
  from: number
  names: readonly string[]
  typed: Record<string, string>
  errors: FieldErrors
  /** What was just saved. */
  counts: Record<'recorded' | 'changed' | 'same' | 'taken_back', number> | null
  today: string
  time_zone: string
}

/** A page of a sheet as a form: each line as on the paper. With script a line is saved as soon as the cursor leaves it. */
export function TypePage(props: Props) {
  const { t, bank, sheet, script, lines, from, names, typed, errors, counts, time_zone } = props
  const base = `/phonebanks/${bank.phone_bank_id}`
  const here = `${base}/sheets/${sheet.sheet_id}`
  const to = Math.min(sheet.lines, from + linesPerPage)
  const problems = lines.filter(({ state }) => state?.kind === 'problem').length
  const called_at = sheet.called_at ?? sheet.made_at
  const shared = { t, typed, errors, required: true }
  return (
    <>
      <PageHead
        title={t('paper.type_title', { number: sheet.number })}
        lead={t('paper.type_lead')}
        back={{ href: `${base}/sheet`, label: t('paper.title') }}
      />
      {counts && <Alert kind="success" title={t('paper.saved', counts)} />}
      {problems > 0 && <Alert kind="error" title={t('paper.problems', { count: problems })} />}
      <form
        method="post"
        action={here}
        data-paper={here}
        data-offline={t('paper.state.offline')}
        data-keys-more={withKorean(keysNeeding(sheet.own_results)).join('')}
      >
        <input type="hidden" name="from" value={from} />
        <Card title={t('paper.who')} id="who">
          <div className="grid gap-x-4 sm:grid-cols-3 sm:items-end">
            <div>
              <Field
                {...shared}
                label={t('paper.caller_name')}
                name="caller"
                hint={t('paper.caller_hint')}
                value={sheet.caller_name}
                maxLength={80}
                list="callers"
                autoComplete="off"
              />
              <datalist id="callers">
                {names.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </div>
            <Field
              {...shared}
              label={t('paper.called_on')}
              name="called_on"
              type="date"
              value={dateIn(time_zone, called_at)}
              max={props.today}
            />
            <Field
              {...shared}
              label={t('paper.called_from')}
              name="called_from"
              type="time"
              value={timeIn(time_zone, called_at)}
            />
          </div>
        </Card>
        <Legend t={t} script={script} bank={bank} sheet={sheet} />
        <p className="mb-3 hidden max-w-prose text-sm" data-paper-keys>
          {t('paper.type_keys')}
        </p>
        <h2 className="mb-3 text-lg font-bold">{t('paper.page', { from: from + 1, to, of: sheet.lines })}</h2>
        {lines.map((each) => (
          <Line key={each.line.line} t={t} script={script} sheet={sheet} time_zone={time_zone} {...each} />
        ))}
        <div className="flex flex-wrap items-center gap-3">
          {/* First, so that Enter without script saves and stays. */}
          <button className={`btn btn-lg ${to < sheet.lines ? '' : 'btn-primary'}`} name="go" value="stay">
            {t('paper.save_page')}
          </button>
          {to < sheet.lines && (
            <button className="btn btn-primary btn-lg" name="go" value="next">
              {t('paper.save_next', { line: to + 1 })}
            </button>
          )}
          {from > 0 && (
            <a className="btn btn-lg" href={`${here}?from=${Math.max(0, from - linesPerPage)}`}>
              ← {t('page.previous')}
            </a>
          )}
          {to < sheet.lines && (
            <a className="btn btn-lg" href={`${here}?from=${to}`}>
              {t('action.next')} →
            </a>
          )}
        </div>
      </form>
    </>
  )
}

/** Keys of the results and numbers of the answers, as printed. */
function Legend({ t, script, bank, sheet }: Pick<Props, 't' | 'script' | 'bank' | 'sheet'>) {
  return (
    <details className="bg-base-100 rounded-box border-base-300 mb-4 border p-4" open>
      <summary className="cursor-pointer font-bold">{t('paper.keys')}</summary>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-2 text-sm">
        {(Object.entries(codeKeys) as [CodedResult, string][]).map(([code, key]) => (
          <li key={code} className="whitespace-nowrap">
            <kbd className="kbd kbd-sm">{key}</kbd> {t(`disposition.${code}`)}
          </li>
        ))}
        {sheet.own_results.map(({ key, name }) => (
          <li key={key} className="whitespace-nowrap">
            <kbd className="kbd kbd-sm">{key}</kbd> {localized(name, t.language).text}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm font-semibold">{t('paper.wishes')}</p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-2 text-sm">
        {(Object.entries(wishKeys) as [FollowUpKind, string][]).map(([wish, key]) => (
          <li key={wish} className="whitespace-nowrap">
            <kbd className="kbd kbd-sm">{key}</kbd> {t(`console.wish.${wish}`)}
          </li>
        ))}
      </ul>
      <ol className="mt-3 space-y-1 text-sm">
        {questionsOf(script).map((step, index) => (
          <li key={step.key}>
            <strong>{index + 1}.</strong> {scriptText(step.say, t.language, { candidate: bank.candidate }).text}
            {numbered(step).length > 0 && <span className="block pl-5">{offeredWords(t, step)}</span>}
          </li>
        ))}
      </ol>
    </details>
  )
}

function offeredWords(t: Translate, step: Step): string {
  if (step.kind === 'support')
    return ([1, 2, 3, 4, 5] as const).map((score) => t(`phonebanks.support.${score}`)).join(' · ')
  if (step.kind === 'yes_no') return `1 ${t('common.yes')} · 2 ${t('common.no')}`
  return step.choices.map((each, index) => `${index + 1} ${localized(each.label, t.language).text}`).join(' · ')
}

function Line(props: Pick<Props, 't' | 'script' | 'sheet' | 'time_zone'> & LineShown) {
  const { t, script, sheet, line, typed, state, time_zone } = props
  const id = `l${line.line}`
  const recorded = line.typed
  const of = (field: string, value: string): string => (typed ? (typed[`${id}.${field}`] ?? '') : value)
  const problem = state?.kind === 'problem' ? state : null
  const home_zone = line.time_zone ?? time_zone
  const back = recorded?.call_back_at ? new Date(recorded.call_back_at) : null
  const code = recorded ? keyOf(recorded, sheet.own_results) : ''
  const needsMore = ['call_back_at', 'language', 'spoke_with'].includes(problem?.field ?? '')
  const heard = recorded ? typedLanguage(recorded) : ''
  const hasMore = Boolean(recorded?.call_back_at ?? recorded?.spoke_with) || heard !== ''
  const said = saidOf(t, line, state, time_zone)
  const field = (name: string) => ({
    id: `${id}-${name}`,
    name: `${id}.${name}`,
    'aria-invalid': problem?.field === name ? true : undefined,
    'aria-describedby': `${id}-state`,
    autoComplete: 'off',
  })
  return (
    <fieldset
      className={`bg-base-100 rounded-box mb-3 border p-3 ${problem ? 'border-error border-2' : 'border-base-300'}`}
      data-line={line.line}
    >
      <legend className="sr-only">{`${t('paper.line', { line: line.line })}: ${line.name}`}</legend>
      <p className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <span className="text-xl font-bold tabular-nums">{line.line}</span>
        <strong>
          <VoterName t={t} name={line.name} hangul={line.hangul} />
        </strong>
        <span className="tabular-nums">{formatPhone(line.phone)}</span>
      </p>
      {line.closed && (
        <p className="border-warning mb-2 rounded border-l-4 pl-2 text-sm">
          {t('paper.closed', {
            reason: t.dynamic(`phonebanks.reason.${line.closed.reason}`),
            by: line.closed.marked_by,
            at: formatDateTime(t.language, line.closed.marked_at, time_zone),
          })}
        </p>
      )}
      <div className="flex flex-wrap items-end gap-2">
        <label className="text-sm">
          <span className="block">{t('paper.code')}</span>
          <input
            {...field('code')}
            defaultValue={of('code', code)}
            maxLength={1}
            className="input w-14 text-center text-lg font-bold uppercase"
            data-one-key
          />
        </label>
        {questionsOf(script).map((step, index) => (
          <label key={step.key} className="text-sm">
            <span className="block">{index + 1}</span>
            <input
              {...field(`q.${step.key}`)}
              defaultValue={of(`q.${step.key}`, typedOf(step, recorded?.answers[step.key]))}
              inputMode={step.kind === 'text' ? 'text' : 'numeric'}
              maxLength={step.kind === 'text' ? 2000 : 40}
              aria-label={`${t('paper.line', { line: line.line })}, ${index + 1}`}
              className={`input text-lg ${step.kind === 'text' ? 'w-40' : step.kind === 'several' ? 'w-24' : 'w-14 text-center font-bold'}`}
              {...(isOneKey(step) ? { 'data-one-key': true } : {})}
            />
          </label>
        ))}
        <label className="min-w-40 flex-1 text-sm">
          <span className="block">{t('paper.note')}</span>
          <input
            {...field('note')}
            defaultValue={of('note', recorded?.note ?? '')}
            maxLength={1000}
            className="input w-full text-base"
          />
        </label>
        <label className="text-sm">
          <span className="block">{t('paper.wishes')}</span>
          <input
            {...field('wishes')}
            defaultValue={of('wishes', typedWishes(recorded?.wishes ?? []))}
            maxLength={12}
            className="input w-20 text-lg uppercase"
            data-by-tab
          />
        </label>
      </div>
      <details className="mt-2 text-sm" open={needsMore || hasMore} data-more>
        <summary className="inline-flex min-h-6 cursor-pointer items-center">{t('paper.more')}</summary>
        <div className="mt-2 flex flex-wrap items-end gap-3">
          <label>
            <span className="block">
              {t('paper.call_back_at')}
              {home_zone !== time_zone && ` (${t('paper.time_in', { place: placeIn(home_zone) })})`}
            </span>
            <input
              {...field('call_back_at')}
              type="datetime-local"
              defaultValue={of('call_back_at', back ? `${dateIn(home_zone, back)}T${timeIn(home_zone, back)}` : '')}
              className="input text-base"
            />
          </label>
          <label>
            <span className="block">{t('paper.language')}</span>
            <select {...field('language')} defaultValue={of('language', heard)} className="select text-base">
              <option value="">{t('paper.choose')}</option>
              {spokenLanguages.map((each) => (
                <option key={each} value={each} lang={each}>
                  {languageNames[each] ?? each}
                </option>
              ))}
              <option value={unsureKey}>
                {unsureKey} {t('paper.language_unsure')}
              </option>
            </select>
          </label>
          <label>
            <span className="block">{t('paper.spoke_with')}</span>
            <select
              {...field('spoke_with')}
              defaultValue={of('spoke_with', recorded?.spoke_with ?? '')}
              className="select text-base"
            >
              <option value="">{t('paper.choose')}</option>
              {spokeWith.map((each) => (
                <option key={each} value={each}>
                  {t(`phonebanks.csv.spoke_with.${each}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      </details>
      <p
        id={`${id}-state`}
        role={problem ? 'alert' : undefined}
        aria-live="polite"
        className={`mt-1 min-h-5 text-sm ${problem ? 'text-error font-semibold' : ''}`}
        data-state
      >
        {said}
      </p>
    </fieldset>
  )
}

/** 'Pacific/Honolulu' as people name it. */
const placeIn = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

function saidOf(t: Translate, line: SheetLine, state: LineState | null, time_zone: string): string {
  if (state?.kind === 'problem') return t.dynamic(state.problem)
  if (state) return t(`paper.state.${state.saved}`)
  if (!line.typed || !line.typed_at) return ''
  return t('paper.state.typed', { name: line.typed_by ?? '', at: formatDateTime(t.language, line.typed_at, time_zone) })
}
