import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Bars, Card, Figure, Figures, PageHead } from '../../../platform/ui/components.tsx'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { ProblemBox } from '../../targeting/islands/parts/problem-box.tsx'
import type { UniverseProblem } from '../../targeting/queries.ts'
import { list } from '../pages.tsx'
import { NextStep } from '../parts.tsx'
import type { Mailing } from '../queries.ts'
import '../writing/messages.ts'
import type { AudienceCounts } from './queries.ts'
import './messages.ts'
import { typedInWords } from '../../targeting/steps/words.ts'

/** Whom an e-mail is often for, to be chosen by one press. */
export interface AudiencePick {
  label: string
  expression: string
}

interface AudienceProps {
  t: Translate
  picks: readonly AudiencePick[]
  mailing: Mailing
  typed: Record<string, string>
  errors: FieldErrors
  problem: UniverseProblem | null
  /** null: nobody chosen, or not to be counted. */
  counts: AudienceCounts | null
  is_slow: boolean
  may_edit: boolean
}

export function AudiencePage({ t, mailing, picks, typed, problem, counts, is_slow, may_edit }: AudienceProps) {
  const here = `${list}/${mailing.mailing_id}`
  const text = typed.expression ?? mailing.expression
  const isOpen = may_edit && mailing.state === 'draft'
  return (
    <div className="max-w-3xl">
      <PageHead title={t('audience.title')} lead={t('audience.lead')} back={{ href: here, label: mailing.name }} />
      {mailing.listed_at && <Alert kind="info">{t('audience.fixed')}</Alert>}
      {isOpen && (
        <Card title={t('audience.picks')}>
          <ul className="flex flex-wrap gap-2">
            {picks.map(({ label, expression }) => (
              <li key={expression} className="max-w-full">
                <form method="post" action={`${here}/audience`}>
                  <Seen values={{ expression: mailing.expression }} typed={{}} />
                  <input type="hidden" name="expression" value={expression} />
                  <button
                    className={`btn h-auto max-w-full py-2 text-left whitespace-normal ${mailing.expression === expression ? 'btn-primary' : 'btn-outline'}`}
                    aria-pressed={mailing.expression === expression}
                  >
                    {label}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {isOpen ? (
        <form method="post" action={`${here}/audience`}>
          <Seen values={{ expression: mailing.expression }} typed={typed} />
          <Card>
            <label htmlFor="expression" className="mb-1 block font-semibold">
              {t('audience.expression')}
            </label>
            <textarea
              id="expression"
              name="expression"
              rows={2}
              maxLength={4000}
              defaultValue={text}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              aria-describedby={problem ? 'expression-hint expression-problem' : 'expression-hint'}
              aria-invalid={problem ? true : undefined}
              className={`textarea field-sizing-content min-h-16 w-full font-mono text-base ${problem ? 'textarea-error' : ''}`}
            />
            <p id="expression-hint" className="mt-1 mb-3 text-sm">
              {t('audience.hint')}
            </p>
            {text && !problem && <p className="mb-3 font-semibold wrap-anywhere">{typedInWords(text, t)}</p>}
            {problem && (
              <div id="expression-problem">
                <ProblemBox t={t} text={text} problem={problem} renderFix={() => null} />
              </div>
            )}
            <button className="btn btn-primary">{t('action.save')}</button>
          </Card>
        </form>
      ) : (
        <Card>
          <p className="wrap-anywhere">
            {mailing.expression ? typedInWords(mailing.expression, t) : t('audience.nobody')}
          </p>
        </Card>
      )}
      {is_slow && <Alert kind="warning">{t('audience.slow')}</Alert>}
      {counts && <Counts t={t} counts={counts} />}
      {isOpen && mailing.expression && <NextStep t={t} href={`${here}/checks`} step={t('writing.checks')} />}
    </div>
  )
}

export function Counts({ t, counts }: { t: Translate; counts: AudienceCounts }) {
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <>
      <Figures>
        <Figure label={t('audience.meant')} value={number(counts.meant)} />
        <Figure label={t('audience.reached')} value={number(counts.reached)} />
      </Figures>
      {counts.by_language.length > 0 && (
        <Card>
          <Bars
            caption={t('audience.by_language')}
            format={number}
            rows={counts.by_language.map(({ language, count }) => ({
              label: languageNames[language] ?? language,
              value: count,
              lang: language,
            }))}
          />
        </Card>
      )}
      {counts.by_why.length > 0 && (
        <Card>
          <Bars
            caption={t('audience.by_why')}
            format={number}
            rows={counts.by_why.map(({ why, count }) => ({ label: t(`audience.why.${why}`), value: count }))}
          />
        </Card>
      )}
    </>
  )
}
