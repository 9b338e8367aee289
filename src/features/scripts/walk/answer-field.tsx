import { useId, useState } from 'react'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { supportScores, type AnswerValue, type Step } from '../schema.ts'

interface AnswerFieldProps {
  t: Translate
  step: Step
  language: string
  other: string | null
  value: AnswerValue | undefined
  onAnswer: (value: AnswerValue | undefined) => void
}

const answerButton =
  'btn aria-[checked=false]:bg-base-100 aria-[pressed=false]:bg-base-100 border-base-content/30 aria-checked:btn-primary aria-pressed:btn-primary h-auto min-h-14 w-full justify-start py-2.5 text-left text-lg font-semibold leading-snug'

/** Labels in the caller's own language: they are for the eyes, not read aloud. */
export function AnswerField({ t, step, language, other, value, onAnswer }: AnswerFieldProps) {
  const id = useId()
  const [number, setNumber] = useState(typeof value === 'number' ? String(value) : '')
  if (step.kind === 'text') {
    return (
      <label className="mt-4 block">
        <span className="mb-1 block font-semibold">{t('walk.answer_words')}</span>
        <textarea
          rows={3}
          maxLength={2000}
          className="textarea w-full text-lg"
          defaultValue={typeof value === 'string' ? value : ''}
          // Uncontrolled: a Korean syllable being composed is never written back.
          onChange={(event) => onAnswer(event.target.value.trim() ? event.target.value : undefined)}
        />
      </label>
    )
  }
  if (step.kind === 'number') {
    return (
      <label className="mt-4 block">
        <span className="mb-1 block font-semibold">{t('walk.answer_number')}</span>
        <input
          inputMode="decimal"
          maxLength={12}
          className="input min-h-14 w-full text-lg"
          value={number}
          onChange={(event) => {
            setNumber(event.target.value)
            const typed = event.target.value.replaceAll(',', '').trim()
            onAnswer(typed !== '' && Number.isFinite(Number(typed)) ? Number(typed) : undefined)
          }}
        />
      </label>
    )
  }
  const options = optionsOf(t, step, language, other)
  const isSeveral = step.kind === 'several'
  return (
    <div className="mt-4 grid gap-2 sm:grid-cols-2" role="group" aria-labelledby={`${id}-answers`}>
      <span id={`${id}-answers`} className="sr-only">
        {t('walk.answer')}
      </span>
      {options.map(({ key, label, label_language, beneath }) => {
        const isOn = isChosen(value, key)
        return (
          <button
            key={String(key)}
            type="button"
            {...(isSeveral ? { role: 'checkbox', 'aria-checked': isOn } : { 'aria-pressed': isOn })}
            className={answerButton}
            lang={label_language}
            onClick={() => onAnswer(pressed(step, value, key))}
          >
            <span aria-hidden="true">{isSeveral ? (isOn ? '☑' : '☐') : isOn ? '●' : '○'}</span>
            <span className="min-w-0">
              {label}
              {beneath && other && (
                <span className="block text-base font-normal" lang={other}>
                  {beneath}
                </span>
              )}
            </span>
          </button>
        )
      })}
    </div>
  )
}

const isChosen = (value: AnswerValue | undefined, key: AnswerValue): boolean =>
  Array.isArray(value) ? value.includes(String(key)) : value === key

/** What the answer becomes when this one is pressed; pressing it again takes it away. */
function pressed(step: Step, value: AnswerValue | undefined, key: AnswerValue): AnswerValue | undefined {
  if (step.kind !== 'several') return isChosen(value, key) ? undefined : key
  const chosen = Array.isArray(value) ? value : []
  const keys = isChosen(value, key) ? chosen.filter((each) => each !== key) : [...chosen, String(key)]
  return keys.length ? keys : undefined
}

/** The same by number, as on the keyboard: 1 is the first. null: there is no such answer to press. */
export function pressedByNumber(
  step: Step,
  value: AnswerValue | undefined,
  number: number,
): { value: AnswerValue | undefined } | null {
  const key = keysOf(step)[number - 1]
  return key === undefined ? null : { value: pressed(step, value, key) }
}

function keysOf(step: Step): AnswerValue[] {
  if (step.kind === 'yes_no') return [true, false]
  if (step.kind === 'support') return [...supportScores]
  return step.choices.map((choice) => choice.key)
}

interface Option {
  key: AnswerValue
  label: string
  label_language: string
  beneath: string | undefined
}

function optionsOf(t: Translate, step: Step, language: string, other: string | null): Option[] {
  const own = (key: AnswerValue, label: string): Option => ({
    key,
    label,
    label_language: t.language,
    beneath: undefined,
  })
  if (step.kind === 'yes_no') return [own(true, t('common.yes')), own(false, t('common.no'))]
  if (step.kind === 'support') return supportScores.map((score) => own(score, `${score} ${t(`walk.support.${score}`)}`))
  return step.choices.map((choice) => {
    const label = localized(choice.label, language)
    return {
      key: choice.key,
      label: label.text,
      label_language: label.language,
      beneath: other ? choice.label[other] : undefined,
    }
  })
}
