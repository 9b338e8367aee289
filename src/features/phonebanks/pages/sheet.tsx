import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, EmptyState, Field, PageHead } from '../../../platform/ui/components.tsx'
import { dispositions } from '../../contacts/schema.ts'
import { scriptText } from '../../scripts/rules.ts'
import type { PlaceholderValues, ScriptContent, Step } from '../../scripts/schema.ts'
import type { PhoneBank, SheetRow } from '../dashboard.ts'
import { mostOnPaper } from '../forms.ts'
import '../../voterfile/community/messages.ts'

interface Props {
  t: Translate
  bank: PhoneBank
  rows: readonly SheetRow[]
  script: ScriptContent
  organization: LocalizedText
  today: string
  /** The last wish found nobody. */
  is_empty: boolean
  typed: Record<string, string>
  errors: FieldErrors
}

/** Voters for paper: the script once, then for each voter the number, boxes for the result and for the answers. */
export function SheetPage({ t, bank, rows, script, organization, today, is_empty, typed, errors }: Props) {
  const { language } = t
  const base = `/phonebanks/${bank.phone_bank_id}`
  const name = localized(bank.name, language).text
  const spoken = script.languages.filter((each) => each === 'en' || each === 'ko' || bank.languages.includes(each))
  return (
    <>
      <div className="print:hidden">
        <PageHead
          title={t('phonebanks.sheet')}
          lead={t('phonebanks.sheet_lead')}
          back={{ href: base, label: name }}
          actions={
            rows.length > 0 && (
              <button type="button" className="btn btn-primary" data-print hidden>
                {t('action.print')}
              </button>
            )
          }
        />
        {is_empty && <Alert kind="warning" title={t('phonebanks.sheet_none_left')} />}
        {!bank.ended_at && (
          <form method="post" action={`${base}/sheet`} className="mb-6 flex max-w-xl flex-wrap items-end gap-x-3">
            <div className="min-w-32 flex-1">
              <Field
                t={t}
                label={t('phonebanks.sheet_how_many')}
                name="count"
                type="number"
                inputMode="numeric"
                required
                min={1}
                max={mostOnPaper}
                value={20}
                typed={typed}
                errors={errors}
              />
            </div>
            <button className={`btn mb-4 ${rows.length ? '' : 'btn-primary'}`}>{t('phonebanks.sheet_make')}</button>
          </form>
        )}
        {rows.length > 0 && (
          <noscript>
            <p className="mb-4 text-sm">{t('phonebanks.sheet_print_hint')}</p>
          </noscript>
        )}
      </div>
      {rows.length === 0 ? (
        <EmptyState icon="phone" title={t('phonebanks.sheet_none')} />
      ) : (
        <div className="bg-base-100 rounded-box border-base-300 border p-4 text-lg sm:p-8 print:border-0 print:p-0">
          <h2 className="text-2xl font-bold">{name}</h2>
          <p>
            {localized(organization, language).text} · {formatDate(language, today)}
          </p>
          <p className="mt-4 flex flex-wrap gap-x-8 gap-y-3">
            <Blank label={t('phonebanks.sheet_caller')} />
            <Blank label={t('phonebanks.sheet_date')} />
          </p>
          <h3 className="mt-6 text-xl font-bold">{t('phonebanks.sheet_script')}</h3>
          <div className={spoken.length > 1 ? 'grid gap-x-8 sm:grid-cols-2 print:grid-cols-2' : ''}>
            {spoken.map((each) => (
              <Script
                key={each}
                t={t}
                script={script}
                language={each}
                values={{ candidate: bank.candidate, organization }}
              />
            ))}
          </div>
          {script.steps.some((step) => step.kind === 'support') && (
            <p className="mt-3 text-base">
              {([1, 2, 3, 4, 5] as const).map((score) => t(`phonebanks.support.${score}`)).join(' · ')}
            </p>
          )}
          <ol className="mt-6 list-none border-t-2 p-0">
            {rows.map((row, index) => (
              <Voter key={row.voter_id} t={t} row={row} nth={index + 1} script={script} bank={bank} />
            ))}
          </ol>
          {rows.some((row) => row.hangul?.is_guess || (row.language !== 'und' && !row.is_language_known)) && (
            <p className="mt-4 text-sm">{t('phonebanks.guess_means')}</p>
          )}
          <p className="mt-4 text-sm">{t('phonebanks.sheet_law')}</p>
        </div>
      )}
    </>
  )
}

const Blank = ({ label }: { label: string }) => (
  <span className="inline-flex items-end gap-2">
    {label} <span className="inline-block w-48 border-b" />
  </span>
)

/** The words in short: greeting, questions by number, closing. */
function Script({
  t,
  script,
  language,
  values,
}: {
  t: Translate
  script: ScriptContent
  language: string
  values: PlaceholderValues
}) {
  const say = (text: ScriptContent['greeting']) => {
    const shown = scriptText(text, language, values)
    return <span lang={shown.language}>{shown.text}</span>
  }
  return (
    <section className="mt-3 text-base">
      <h4 className="font-bold">
        {t('phonebanks.sheet_script_language', { language: languageNames[language] ?? language })}
      </h4>
      <p className="mt-1">{say(script.greeting)}</p>
      <ol className="mt-2 list-decimal pl-6">
        {script.steps.map((step) => (
          <li key={step.key} className="mt-1">
            {say(step.say)}
            {step.choices.length > 0 && (
              <span className="block" lang={language}>
                {step.choices.map((choice) => localized(choice.label, language).text).join(' / ')}
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className="mt-2">{say(script.closing)}</p>
    </section>
  )
}

function Voter({
  t,
  row,
  nth,
  script,
  bank,
}: {
  t: Translate
  row: SheetRow
  nth: number
  script: ScriptContent
  bank: PhoneBank
}) {
  const spoken = languageNames[row.language] ?? row.language
  return (
    <li className="break-inside-avoid border-b-2 py-4">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="text-base tabular-nums">{nth}</span>
        <strong className="text-xl">
          {row.name}
          {row.hangul && (
            <span lang="ko">
              {' '}
              {row.hangul.is_guess ? t('community.guess', { hangul: row.hangul.text }) : row.hangul.text}
            </span>
          )}
        </strong>
        {row.age !== null && <span>{t('phonebanks.sheet_age', { age: row.age })}</span>}
        {row.language !== 'und' && (
          <span>{row.is_language_known ? spoken : t('phonebanks.sheet_likely', { language: spoken })}</span>
        )}
        {row.city && <span>{row.city}</span>}
        <strong className="ml-auto text-2xl whitespace-nowrap tabular-nums">{formatPhone(row.phone)}</strong>
      </p>
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-base">
        {dispositions.map((each) => (
          <Box key={each} label={t(`disposition.${each}`)} />
        ))}
      </p>
      <p className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-base">
        <strong>{t('phonebanks.sheet_answers')}</strong>
        {script.steps.map(
          (step, index) =>
            step.kind !== 'say' && <Answer key={step.key} t={t} step={step} nth={index + 1} bank={bank} />,
        )}
      </p>
      <p className="mt-3 flex items-end gap-2 text-base">
        {t('phonebanks.col.note')} <span className="flex-1 border-b" />
      </p>
    </li>
  )
}

const Box = ({ label }: { label: string }) => (
  <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
    <span className="border-base-content inline-block size-4 shrink-0 border" aria-hidden="true" />
    {label}
  </span>
)

/** The answers to tick, with the question's number in the script. */
function Answer({ t, step, nth, bank }: { t: Translate; step: Step; nth: number; bank: PhoneBank }) {
  const labels: Record<Step['kind'], readonly string[]> = {
    say: [],
    support: ['1', '2', '3', '4', '5'],
    yes_no: [t('common.yes'), t('common.no')],
    choice: step.choices.map((each) => localized(each.label, t.language).text),
    several: step.choices.map((each) => localized(each.label, t.language).text),
    text: [],
    number: [],
  }
  const question = scriptText(step.say, t.language, { candidate: bank.candidate }).text
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      <span title={question}>{nth}.</span>
      {labels[step.kind].map((label) => (
        <Box key={label} label={label} />
      ))}
      {labels[step.kind].length === 0 && <span className="inline-block w-32 border-b" />}
    </span>
  )
}
