import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card } from '../../../../platform/ui/components.tsx'
import { parse } from '../../parse.ts'
import { print, quote } from '../../print.ts'
import type { Step } from '../rules.ts'
import { addableSteps } from '../rules.ts'
import { inWords, stepInWords } from '../words.ts'

interface Props {
  t: Translate
  steps: readonly Step[]
  /** Voters left after each; null as a whole or for one: not counted. */
  counts: readonly (number | null)[] | null
  /** Where one more step is asked for; null: not by this reader. */
  action: string | null
  /** Other universes to add or take out. */
  others: readonly string[]
  is_unreadable: boolean
}

/** The expression as a list one reads from top to bottom, with a bar for those left. */
export function StepsCard({ t, steps, counts, action, others, is_unreadable }: Props) {
  const most = Math.max(1, ...(counts ?? []).map((count) => count ?? 0))
  return (
    <Card title={t('steps.title')} lead={t('steps.lead')} id="steps">
      <ol className="space-y-3">
        {steps.map((step, nth) => {
          const count = counts?.[nth] ?? null
          return (
            <li key={nth} className="grid gap-x-4 gap-y-1 sm:grid-cols-[1fr_auto] sm:items-baseline">
              <span className="min-w-0 break-words">
                <span className="mr-2 font-semibold tabular-nums" aria-hidden="true">
                  {nth + 1}
                </span>
                {stepInWords(step, t)}
              </span>
              <span className="font-semibold tabular-nums sm:text-right">
                {count === null ? t('steps.not_counted') : t('steps.left', { number: formatNumber(t.language, count) })}
              </span>
              {action && step.of && <ChangeStep t={t} action={action} step={step} nth={nth} />}
              {count !== null && (
                <svg
                  className="col-span-full block overflow-hidden rounded"
                  width="100%"
                  height="8"
                  viewBox="0 0 100 8"
                  preserveAspectRatio="none"
                  role="presentation"
                >
                  <rect width="100" height="8" className="fill-base-200" />
                  <rect width={(100 * count) / most} height="8" className="fill-primary" />
                </svg>
              )}
            </li>
          )
        })}
      </ol>
      {is_unreadable && (
        <div className="mt-4">
          <Alert kind="error">{t('steps.unreadable')}</Alert>
        </div>
      )}
      {action && <AddStep t={t} action={action} others={others} />}
    </Card>
  )
}

/** One step said otherwise, or taken away; the result is looked at before it is saved. */
function ChangeStep({ t, action, step, nth }: { t: Translate; action: string; step: Step; nth: number }) {
  const what = stepInWords(step, t)
  return (
    <details className="col-span-full print:hidden">
      <summary className="inline-flex min-h-8 cursor-pointer items-center text-sm underline">
        {t('steps.change')}
        <span className="sr-only">: {what}</span>
      </summary>
      <form method="get" action={action} className="mt-2 flex flex-wrap items-end gap-3">
        <input type="hidden" name="nth" value={nth} />
        {step.kind !== 'start' && (
          <label className="text-sm">
            <span className="mb-1 block font-semibold">{t('steps.add_kind')}</span>
            <select name="kind" defaultValue={step.kind} className="select text-base">
              {addableSteps.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`steps.kind.${kind}`)}
                </option>
              ))}
            </select>
          </label>
        )}
        {step.kind === 'start' && <input type="hidden" name="kind" value="start" />}
        <label className="min-w-0 flex-1 basis-60 text-sm">
          <span className="mb-1 block font-semibold">{t('steps.change_whom')}</span>
          <input name="typed" className="input w-full text-base" defaultValue={step.of ? print(step.of) : ''} />
        </label>
        <button className="btn pointer-coarse:min-h-11" type="submit">
          {t('steps.add_do')}
        </button>
        <a className="btn pointer-coarse:min-h-11" href={`${action}?nth=${nth}&kind=remove`}>
          {t('steps.remove')}
          <span className="sr-only">: {what}</span>
        </a>
      </form>
    </details>
  )
}

/** What one most often does next, in words; only what the language knows. */
const usual = ['contacted:14d', 'contacted:ever', 'has:phone', 'phone:mobile', 'language:ko', 'community:korean>=0.8', 'party:dem', 'age:65-', 'age:18-34', 'voted>=2/4', 'sample:50%', 'sample:10%'] // prettier-ignore

function AddStep({ t, action, others }: { t: Translate; action: string; others: readonly string[] }) {
  const choices = [...usual, ...others.map((name) => `in:${quote(name)}`)].flatMap((text) => {
    const parsed = parse(text)
    return parsed.ok ? [{ text, label: inWords(parsed.expression, t) }] : []
  })
  const hasSample = parse('sample:50%').ok
  return (
    <details className="mt-6 print:hidden">
      <summary className="min-h-8 cursor-pointer font-semibold">{t('steps.add_title')}</summary>
      <p className="mt-2 max-w-prose text-sm">{t('steps.add_lead')}</p>
      <form method="get" action={action} className="mt-3 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <div>
          <label htmlFor="kind" className="mb-1 block font-semibold">
            {t('steps.add_kind')}
          </label>
          <select id="kind" name="kind" className="select w-full text-base">
            {addableSteps
              .filter((kind) => kind !== 'sample' || hasSample)
              .map((kind) => (
                <option key={kind} value={kind}>
                  {t(`steps.kind.${kind}`)}
                </option>
              ))}
          </select>
        </div>
        <div>
          <label htmlFor="whom" className="mb-1 block font-semibold">
            {t('steps.add_whom')}
          </label>
          <select id="whom" name="whom" className="select w-full text-base">
            <option value="">{t('steps.choose')}</option>
            {choices.map(({ text, label }) => (
              <option key={text} value={text}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="typed" className="mb-1 block font-semibold">
            {t('steps.add_typed')}
          </label>
          <input id="typed" name="typed" className="input w-full text-base" aria-describedby="typed-hint" />
          <p id="typed-hint" className="mt-1 text-sm">
            {t('steps.add_typed_hint')}
          </p>
        </div>
        <div className="sm:col-span-full">
          <button className="btn btn-primary" type="submit">
            {t('steps.add_do')}
          </button>
        </div>
      </form>
    </details>
  )
}
