import { useContext, type ReactNode } from 'react'
import { localized } from '../../../../platform/i18n/languages.ts'
import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import {
  Alert,
  Card,
  Choices,
  Field,
  FieldError,
  PageHead,
  Select,
  Table,
} from '../../../../platform/ui/components.tsx'
import { MeanwhileContext, SavedNow, Seen } from '../../../../platform/ui/meanwhile.tsx'
import { questionsOf, scriptText } from '../../../scripts/rules.ts'
import type { ScriptContent } from '../../../scripts/schema.ts'
import type { PhoneBank } from '../../dashboard.ts'
import { nothing, quotaMark, quotaRows, quietRows, savedRules, weekdays } from '../form.ts'
import type { StateOfList, UnknownCounty } from '../queries.ts'
import { quietGroups } from '../quiet-days.ts'
import { largestSeed, listOrders, spacedResults } from '../schema.ts'
import { answersOf } from '../quotas.ts'
import { CallLaw } from './law.tsx'
import { hoursInWords, quietDaysAhead, quotaName, rulesInWords, usualHours } from '../words.ts'

interface Props {
  t: Translate
  bank: PhoneBank
  script: ScriptContent
  typed: Record<string, string>
  all: Record<string, string[]>
  errors: FieldErrors
  now: Date
  /** The date where the organization is. */
  today: string
  unknown_counties: readonly UnknownCounty[]
  /** Of the list, with no holidays of their own that are known. */
  without_days: readonly StateOfList[]
  is_saved: boolean
}

export function RulesPage(props: Props) {
  const { t, bank, script, typed, all, errors, now, today, is_saved } = props
  const shared = { t, typed, errors }
  const base = `/phonebanks/${bank.phone_bank_id}`
  const questions = questionsOf(script)
  const said = (key: string) => {
    const step = questions.find((each) => each.key === key)
    return step ? scriptText(step.say, t.language, { candidate: bank.candidate }).text : key
  }
  const quotaOptions = questions.flatMap((step) => [
    { value: step.key, label: quotaName(t, script, bank, { question: step.key, value: null }) },
    ...answersOf(step).map((value) => ({
      value: step.key + quotaMark + value,
      label: quotaName(t, script, bank, { question: step.key, value }),
    })),
  ])
  return (
    <>
      <PageHead
        title={t('rules.title')}
        lead={t('rules.lead')}
        back={{ href: base, label: localized(bank.name, t.language).text }}
      />
      {is_saved && <Alert kind="success" title={t('rules.saved')} />}
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('rules.look')} />}
      <Card title={t('rules.meaning')} id="meaning">
        <RulesInWords t={t} bank={bank} script={script} now={now} />
      </Card>
      <CallLaw t={t} today={today} />
      <form method="post" action={`${base}/rules`} className="max-w-3xl">
        <Seen values={savedRules(bank)} typed={typed} />
        <Group {...shared} of="who">
          <Check {...shared} name="is_live" label={t('rules.is_live')} hint={t('rules.is_live_hint')} />
          {/* An expression is asked for only where one is used. */}
          <div className="[&:not(:has(option[value=own]:checked))>:last-child]:hidden">
            <Select
              {...shared}
              label={t('rules.done')}
              name="done"
              hint={t('rules.done_hint')}
              required
              options={[
                { value: nothing, label: t('rules.done_none') },
                ...questions.map(({ key }) => ({
                  value: `answer:${key}`,
                  label: t('rules.done_answered', { question: said(key) }),
                })),
                { value: 'own', label: t('rules.done_own') },
              ]}
            />
            <Field
              {...shared}
              label={t('rules.done_expression')}
              name="done_expression"
              hint={t('rules.done_expression_hint')}
              maxLength={2000}
            />
          </div>
        </Group>
        <Group {...shared} of="order">
          <Choices
            t={t}
            legend={t('rules.order')}
            name="list_order"
            kind="radio"
            chosen={[typed.list_order ?? 'random']}
            options={listOrders.map((value) => ({
              value,
              label: t(`rules.order.${value}`),
              hint: t(`rules.order.${value}_hint`),
            }))}
            errors={errors}
          />
          <div className="max-w-xs">
            <Field
              {...shared}
              label={t('rules.seed')}
              name="seed"
              hint={t('rules.seed_hint')}
              type="number"
              inputMode="numeric"
              required
              min={0}
              max={largestSeed}
            />
          </div>
          <Field {...shared} label={t('rules.priority')} name="priority" hint={t('rules.priority_hint')} rows={3} />
        </Group>
        <Group {...shared} of="hours">
          <p className="mb-3 max-w-prose text-sm">
            {t('rules.hours_hint', { hours: hoursInWords(t, { ...bank, weekdays: {} }) })}
          </p>
          <UnknownCounties t={t} unknown={props.unknown_counties} />
          <Weekdays {...shared} />
          <Choices
            t={t}
            legend={t('rules.quiet')}
            hint={t('rules.quiet_hint')}
            name="quiet_groups"
            kind="checkbox"
            chosen={all.quiet_groups ?? []}
            options={quietGroups.map((value) => ({
              value,
              label: t(`rules.quiet.${value}`),
              hint: t(`rules.quiet.${value}_hint`),
            }))}
            errors={errors}
          />
          <WithoutDays t={t} bank={bank} states={props.without_days} />
          <QuietDays t={t} bank={bank} now={now} />
          <div className="grid gap-x-4 sm:grid-cols-2">
            {quietRows(bank).map((row) => (
              <Field
                {...shared}
                key={row}
                label={`${t('rules.quiet_own')} ${row + 1}`}
                name={`quiet_day_${row}`}
                type="date"
              />
            ))}
          </div>
        </Group>
        <Group {...shared} of="tries">
          <p className="mb-3 max-w-prose text-sm">{t('rules.tries_hint', { count: bank.max_attempts })}</p>
          <div className="space-y-2">
            {spacedResults.map((result) => (
              <fieldset key={result} className="grid gap-x-4 sm:grid-cols-2">
                <legend className="font-semibold">{t(`disposition.${result}`)}</legend>
                <Select
                  {...shared}
                  label={t('rules.again_in')}
                  name={`again_${result}`}
                  required
                  options={[
                    ...(result === 'left_message' ? [{ value: 'never', label: t('rules.again_never') }] : []),
                    { value: 'usual', label: t('rules.again_usual', { hours: usualHours(bank, result) }) },
                    ...hourChoices(typed[`again_${result}`]).map((hours) => ({
                      value: String(hours),
                      label: t('rules.again_hours', { count: hours }),
                    })),
                  ]}
                />
                <Select
                  {...shared}
                  label={t('rules.at_most')}
                  name={`most_${result}`}
                  required
                  options={[
                    { value: nothing, label: t('rules.most_any') },
                    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => ({
                      value: String(count),
                      label: t('rules.most_times', { count }),
                    })),
                  ]}
                />
              </fieldset>
            ))}
          </div>
        </Group>
        <Group {...shared} of="homes">
          <Choices
            t={t}
            legend={t('rules.household')}
            name="household"
            kind="radio"
            chosen={[typed.household ?? 'together']}
            options={(['together', 'apart'] as const).map((value) => ({
              value,
              label: t(`rules.household.${value}`),
              hint: t(`rules.household.${value}_hint`),
            }))}
            errors={errors}
          />
          <Check {...shared} name="is_household_once_a_day" label={t('rules.once_a_day')} />
          <Whole {...shared} name="lines_per_household" label={t('rules.lines')} min={1} max={10} />
          <Check {...shared} name="language_fallback" label={t('rules.fallback')} hint={t('rules.fallback_hint')} />
        </Group>
        <Group {...shared} of="callers">
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Whole
              {...shared}
              name="most_per_caller"
              label={t('rules.most_per_caller')}
              hint={t('rules.most_per_caller_hint')}
              min={1}
              max={1000}
              isOptional
            />
            <Whole
              {...shared}
              name="rest_minutes"
              label={t('rules.rest')}
              hint={t('rules.rest_hint')}
              min={0}
              max={240}
            />
            <Whole
              {...shared}
              name="lease_minutes"
              label={t('rules.lease')}
              hint={t('rules.lease_hint')}
              min={3}
              max={120}
            />
            <Whole {...shared} name="skip_minutes" label={t('rules.skip')} min={1} max={1440} />
            <Whole {...shared} name="reassign_minutes" label={t('rules.reassign')} min={0} max={1440} />
          </div>
          <Check {...shared} name="has_leaderboard" label={t('rules.leaderboard')} hint={t('rules.leaderboard_hint')} />
        </Group>
        <Group {...shared} of="quotas">
          <p className="mb-3 max-w-prose text-sm">{t('rules.quotas_hint')}</p>
          {quotaRows(bank).map((row) => (
            <div key={row} className="grid gap-x-4 sm:grid-cols-[2fr_1fr]">
              <Select
                {...shared}
                label={`${t('rules.quota_question')} ${row + 1}`}
                name={`quota_${row}`}
                required
                options={[{ value: nothing, label: t('common.none') }, ...quotaOptions]}
              />
              <Whole
                {...shared}
                name={`quota_${row}_count`}
                label={`${t('rules.quota_count')} ${row + 1}`}
                min={1}
                max={1_000_000}
                isOptional
              />
            </div>
          ))}
        </Group>
        <button className="btn btn-primary btn-lg w-full sm:w-auto">{t('action.save')}</button>
      </form>
    </>
  )
}

type GroupName = 'who' | 'order' | 'hours' | 'tries' | 'homes' | 'callers' | 'quotas'

/** A part of the rules, folded so that one sees what there is; open where one begins, and where something is to be looked at. */
function Group({ t, errors, of, children }: Shared & { of: GroupName; children: ReactNode }) {
  const meanwhile = useContext(MeanwhileContext)
  const isOpen = of === 'who' || of === 'hours' || Object.keys(errors).length > 0 || meanwhile !== null
  return (
    <details id={of} open={isOpen} className="bg-base-100 border-base-300 rounded-box mb-4 border px-4 sm:px-6">
      <summary className="min-h-12 cursor-pointer py-4">
        <h2 className="inline text-lg font-bold">{t(`rules.group.${of}`)}</h2>
        <span className="ml-2 text-sm">{t(`rules.group.${of}_lead`)}</span>
      </summary>
      <div className="pb-5">{children}</div>
    </details>
  )
}

/** What the rules say, as sentences. */
export function RulesInWords({ t, bank, script, now }: Pick<Props, 't' | 'bank' | 'script' | 'now'>) {
  return (
    <ul className="max-w-prose list-disc space-y-1 pl-5">
      {rulesInWords(t, bank, script, now).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** Who waits for the hours of two zones because the file's county is no county. */
function UnknownCounties({ t, unknown }: { t: Translate; unknown: readonly UnknownCounty[] }) {
  if (unknown.length === 0) return null
  const some = unknown.slice(0, 5).map(({ state, county }) => `${state}: ${county ?? t('rules.no_county')}`)
  return (
    <Alert kind="warning">
      {t('rules.unknown_counties', {
        count: unknown.reduce((sum, { voters }) => sum + voters, 0),
        counties: [...some, ...(unknown.length > some.length ? ['…'] : [])].join(', '),
      })}
    </Alert>
  )
}

/** Holidays of the voter's state are kept, and of some states on the list none is known. */
function WithoutDays({ t, bank, states }: Pick<Props, 't' | 'bank'> & { states: readonly StateOfList[] }) {
  if (states.length === 0 || !bank.quiet_groups.includes('state')) return null
  return (
    <Alert kind="info">
      <p>
        {t('rules.no_state_days', {
          count: states.reduce((sum, { voters }) => sum + voters, 0),
          states: states.map(({ state }) => state).join(', '),
        })}
      </p>
      <p>{t('rules.no_state_days_federal')}</p>
    </Alert>
  )
}

/** As the rules are saved: which days that means, where the voters of the list live. */
function QuietDays({ t, bank, now }: Pick<Props, 't' | 'bank' | 'now'>) {
  const days = quietDaysAhead(t, bank, now)
  if (days.length === 0) return <p className="mb-4 text-sm">{t('rules.quiet_ahead_none')}</p>
  return (
    <details className="mb-4">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">
        {t('rules.quiet_ahead')} ({days.length})
      </summary>
      <ul className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
        {days.map(({ date, name, states }) => (
          <li key={date}>
            <span className="tabular-nums">{formatDate(t.language, date)}</span>: {name}
            {states && ` (${t('rules.quiet_ahead_in', { states: states.join(', ') })})`}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Times one would name, and the one that is set. */
const hourChoices = (set: string | undefined): number[] =>
  [...new Set([1, 2, 4, 20, 24, 44, 68, 164, ...(set && /^\d+$/.test(set) ? [Number(set)] : [])])].sort((a, b) => a - b)

type Shared = Pick<Props, 't' | 'typed' | 'errors'>

function Check({ t, typed, errors, name, label, hint }: Shared & { name: string; label: string; hint?: string }) {
  return (
    <div className="mb-4">
      <label className="flex min-h-11 items-center gap-3 font-semibold">
        <input
          type="checkbox"
          name={name}
          className="checkbox"
          defaultChecked={typed[name] === 'on'}
          aria-describedby={hint ? `${name}-hint` : undefined}
        />
        {label}
      </label>
      {hint && (
        <p id={`${name}-hint`} className="ml-9 max-w-prose text-sm">
          {hint}
        </p>
      )}
      <SavedNow
        name={name}
        options={[
          { value: 'on', label: t('common.yes') },
          { value: '', label: t('common.no') },
        ]}
      />
      <FieldError t={t} name={name} errors={errors} />
    </div>
  )
}

const Whole = ({
  isOptional = false,
  ...rest
}: Shared & { name: string; label: string; hint?: string; min: number; max: number; isOptional?: boolean }) => (
  <Field {...rest} type="number" inputMode="numeric" required={!isOptional} />
)

/** Times stand only beside a day that has its own. */
const timesOnlyOfOther =
  '[&:not(:has(option[value=other]:checked))>td+td]:invisible max-sm:[&:not(:has(option[value=other]:checked))>td+td]:hidden'

function Weekdays({ t, typed, errors }: Shared) {
  const dayOptions = (['usual', 'other', 'none'] as const).map((value) => ({ value, label: t(`rules.day_${value}`) }))
  const head = [t('rules.weekday'), t('rules.calls'), t('rules.from'), t('rules.to')]
  // On a telephone each day is two lines: the day and whether, from and to.
  return (
    <Table caption={t('rules.group.hours')} head={head} only_wide={head}>
      {weekdays.map((day) => {
        const name = `day_${day}`
        const label = t(`rules.day.${day}`)
        return (
          <tr
            key={day}
            className={`max-sm:grid max-sm:grid-cols-2 max-sm:items-center max-sm:gap-2 max-sm:p-3 ${timesOnlyOfOther}`}
          >
            <th scope="row" className="font-normal max-sm:p-0">
              {label}
              <SavedNow name={name} options={dayOptions} />
              <SavedNow name={`${name}_from`} />
              <SavedNow name={`${name}_to`} />
              <FieldError t={t} name={name} errors={errors} />
            </th>
            <td className="max-sm:p-0">
              <select
                name={name}
                defaultValue={typed[name] ?? 'usual'}
                aria-label={`${label}: ${t('rules.calls')}`}
                className="select min-w-28 text-base"
              >
                {dayOptions.map(({ value, label: said }) => (
                  <option key={value} value={value}>
                    {said}
                  </option>
                ))}
              </select>
            </td>
            {(['from', 'to'] as const).map((end) => (
              <td key={end} className="max-sm:p-0">
                <span className="mb-1 block text-sm sm:hidden" aria-hidden="true">
                  {t(`rules.${end}`)}
                </span>
                <input
                  type="time"
                  name={`${name}_${end}`}
                  defaultValue={typed[`${name}_${end}`] ?? ''}
                  aria-label={`${label}: ${t(`rules.${end}`)}`}
                  className="input min-w-28 text-base"
                />
              </td>
            ))}
          </tr>
        )
      })}
    </Table>
  )
}
