import { useId, useState } from 'react'
import { formatPhone } from '../../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { answersOnPath, path, scriptText } from '../../../scripts/rules.ts'
import {
  supportScores,
  type AnswerValue,
  type Answers,
  type PlaceholderValues,
  type Step,
} from '../../../scripts/schema.ts'
import type { CallCard } from '../../schema.ts'
import type { DeskState } from './desk.ts'
import { showFromTop } from './focus.ts'
import type { Draft } from './store.ts'
import { languageIn, shownName } from './voter.tsx'

/** What `{…}` stands for in this call. A guessed Hangul name is never put into the caller's mouth. */
export function valuesFor(
  card: CallCard,
  { caller, organization, candidate }: DeskState['session'],
): PlaceholderValues {
  const known = card.hangul && !card.hangul.is_guess ? card.hangul.text : null
  const last = card.display_name.split(' ').at(-1) ?? ''
  return {
    'voter.name': { en: card.display_name, ...(known ? { ko: known } : {}) },
    'voter.first_name': card.first_name,
    'voter.last_name': last,
    'voter.title': { ko: card.title ?? '선생님', en: '' },
    'caller.name': caller.name,
    organization: organization.name,
    candidate,
    phone: organization.phone ? formatPhone(organization.phone) : null,
  }
}

interface ScriptWalkProps {
  t: Translate
  state: DeskState
  card: CallCard
  draft: Draft
  onDraft: (draft: Draft) => void
  /** Everything asked and answered, or not. */
  onFinish: (answers: Answers) => void
  onOtherResult: () => void
}

/** One station of the script at a time, forward and back. */
export function ScriptWalk({ t, state, card, draft, onDraft, onFinish, onOtherResult }: ScriptWalkProps) {
  const { content } = state.session.script
  const [isOtherShown, setOtherShown] = useState(false)
  const stations = path(content, draft.answers)
  const at = Math.min(draft.at, stations.length - 1)
  const station = stations[at]
  const values = valuesFor(card, state.session)
  const other = content.languages.find((each) => each !== draft.language)
  const answers = answersOnPath(content, draft.answers)
  if (!station) return null

  const isLast = at === stations.length - 1
  const step = station.part === 'step' ? station.step : null
  const isUnanswered = step !== null && step.kind !== 'say' && answers[step.key] === undefined
  const answered = Object.keys(answers).length
  const heading =
    station.part === 'greeting'
      ? t('console.greeting')
      : station.part === 'closing'
        ? t('console.closing')
        : t('console.read_aloud')
  const go = (to: number) => onDraft({ ...draft, at: to })
  const answer = (value: AnswerValue | undefined) => {
    if (!step) return
    const { [step.key]: _before, ...others } = draft.answers
    onDraft({ ...draft, answers: value === undefined ? others : { ...others, [step.key]: value } })
  }

  return (
    <section aria-labelledby="station">
      {content.languages.length > 1 && (
        <fieldset className="mb-3">
          <legend className="sr-only">{t('console.talk_in')}</legend>
          <div className="join flex">
            {content.languages.map((each) => (
              <button
                key={each}
                type="button"
                lang={each}
                aria-pressed={each === draft.language}
                className="btn join-item aria-[pressed=false]:bg-base-100 border-base-content/30 aria-pressed:btn-primary min-h-12 flex-1 text-lg"
                onClick={() => onDraft({ ...draft, language: each })}
              >
                {languageNames[each] ?? each}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <div className="bg-base-100 border-base-300 rounded-box border p-5">
        <h2
          key={at}
          id="station"
          ref={showFromTop}
          tabIndex={-1}
          className="scroll-mt-24 text-base font-semibold outline-none"
        >
          {shownName(card, t.language)} · {heading}
          <span className="sr-only"> {t('console.script_part', { at: at + 1, of: stations.length })}</span>
        </h2>
        <progress
          className="progress progress-primary mt-2 w-full"
          value={at + 1}
          max={stations.length}
          aria-hidden="true"
        />
        <Spoken text={station.text} language={draft.language} values={values} isMain />
        {other && isOtherShown && <Spoken text={station.text} language={other} values={values} />}
        {step && <StepNote step={step} reader={t.language} />}
        {other && (
          <button
            type="button"
            className="btn btn-ghost mt-2 min-h-12 px-0 text-base underline"
            aria-expanded={isOtherShown}
            onClick={() => setOtherShown(!isOtherShown)}
          >
            {t(isOtherShown ? 'console.hide_other' : 'console.show_other', { language: languageIn(t.language, other) })}
          </button>
        )}
        {step && step.kind !== 'say' && (
          <AnswerField
            key={step.key}
            t={t}
            step={step}
            language={draft.language}
            other={isOtherShown ? other : undefined}
            value={draft.answers[step.key]}
            onAnswer={answer}
          />
        )}
      </div>
      <div className="bg-base-200 sticky bottom-0 z-10 -mx-3 mt-4 px-3 pt-2 pb-3">
        <div className="flex gap-3">
          <button
            type="button"
            className="btn bg-base-100 border-base-content/30 min-h-14 flex-1 text-lg"
            onClick={() => (at === 0 ? onDraft({ ...draft, is_talking: false }) : go(at - 1))}
          >
            {t('console.back')}
          </button>
          {isLast ? (
            <button
              type="button"
              className="btn btn-primary min-h-14 flex-2 text-lg"
              onClick={() => (answered ? onFinish(answers) : onOtherResult())}
            >
              {t(answered ? 'console.finish' : 'console.finish_without')}
            </button>
          ) : (
            <button type="button" className="btn btn-primary min-h-14 flex-2 text-lg" onClick={() => go(at + 1)}>
              {t(isUnanswered ? 'console.skip_question' : 'console.next')}
            </button>
          )}
        </div>
        {!isLast && (
          <button
            type="button"
            className="btn btn-ghost mt-1 min-h-12 w-full text-base underline"
            onClick={onOtherResult}
          >
            {t('console.ended_early')}
          </button>
        )}
      </div>
    </section>
  )
}

interface SpokenProps {
  text: Record<string, string>
  language: string
  values: PlaceholderValues
  isMain?: boolean
}

function Spoken({ text, language, values, isMain = false }: SpokenProps) {
  const spoken = scriptText(text, language, values)
  return (
    <p
      lang={spoken.language}
      className={
        isMain
          ? 'mt-3 text-2xl leading-relaxed whitespace-pre-line'
          : 'border-base-300 mt-3 border-l-4 pl-3 text-lg whitespace-pre-line'
      }
    >
      {spoken.text}
    </p>
  )
}

/** For the caller's eyes: in the language the caller reads, whatever is spoken. */
function StepNote({ step, reader }: { step: Step; reader: string }) {
  const note = localized(step.note, reader)
  if (!note.text) return null
  return (
    <p className="mt-3 text-base" lang={note.language}>
      ({note.text})
    </p>
  )
}

interface AnswerFieldProps {
  t: Translate
  step: Step
  language: string
  other: string | undefined
  value: AnswerValue | undefined
  onAnswer: (value: AnswerValue | undefined) => void
}

const answerButton =
  'btn aria-[checked=false]:bg-base-100 aria-[pressed=false]:bg-base-100 border-base-content/30 aria-checked:btn-primary aria-pressed:btn-primary h-auto min-h-14 w-full justify-start py-2.5 text-left text-lg font-semibold leading-snug'

/** Labels in the caller's own language: they are for the eyes, not read aloud. */
function AnswerField({ t, step, language, other, value, onAnswer }: AnswerFieldProps) {
  const id = useId()
  const [number, setNumber] = useState(typeof value === 'number' ? String(value) : '')
  if (step.kind === 'text') {
    return (
      <label className="mt-4 block">
        <span className="mb-1 block font-semibold">{t('console.answer_words')}</span>
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
        <span className="mb-1 block font-semibold">{t('console.answer_number')}</span>
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
  const chosen = Array.isArray(value) ? value : []
  const isChosen = (key: AnswerValue) => (isSeveral ? chosen.includes(String(key)) : value === key)
  const press = (key: AnswerValue) => {
    if (!isSeveral) return onAnswer(isChosen(key) ? undefined : key)
    const keys = isChosen(key) ? chosen.filter((each) => each !== key) : [...chosen, String(key)]
    onAnswer(keys.length ? keys : undefined)
  }
  return (
    <div className="mt-4 grid gap-2 sm:grid-cols-2" role="group" aria-labelledby={`${id}-answers`}>
      <span id={`${id}-answers`} className="sr-only">
        {t('console.answer')}
      </span>
      {options.map(({ key, label, label_language, beneath }) => (
        <button
          key={String(key)}
          type="button"
          {...(isSeveral ? { role: 'checkbox', 'aria-checked': isChosen(key) } : { 'aria-pressed': isChosen(key) })}
          className={answerButton}
          lang={label_language}
          onClick={() => press(key)}
        >
          <span aria-hidden="true">{isSeveral ? (isChosen(key) ? '☑' : '☐') : isChosen(key) ? '●' : '○'}</span>
          <span className="min-w-0">
            {label}
            {beneath && (
              <span className="block text-base font-normal" lang={other}>
                {beneath}
              </span>
            )}
          </span>
        </button>
      ))}
    </div>
  )
}

interface Option {
  key: AnswerValue
  label: string
  label_language: string
  beneath: string | undefined
}

function optionsOf(t: Translate, step: Step, language: string, other: string | undefined): Option[] {
  const own = (key: AnswerValue, label: string): Option => ({
    key,
    label,
    label_language: t.language,
    beneath: undefined,
  })
  if (step.kind === 'yes_no') return [own(true, t('common.yes')), own(false, t('common.no'))]
  if (step.kind === 'support')
    return supportScores.map((score) => own(score, `${score} ${t(`console.support.${score}`)}`))
  return step.choices.map((choice) => {
    const label = localized(choice.label, language)
    return { key: choice.key, label: label.text, label_language: label.language, beneath: other && choice.label[other] }
  })
}
