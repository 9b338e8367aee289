import { useRef, useState } from 'react'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { answersOnPath, beginningOf, hasQuickWay, path, questionsDropped, quickPath, type Station } from '../rules.ts'
import type { AnswerValue, Answers, PlaceholderValues, ScriptContent } from '../schema.ts'
import { AnswerField, pressedByNumber } from './answer-field.tsx'
import { showFromTop } from './focus.ts'
import { Help, type Sending } from './help.tsx'
import { useReading } from './reading.tsx'
import { BothLanguages, languageIn, StepNote } from './texts.tsx'
import './messages.ts'

/** How far a conversation has come. */
export interface Progress {
  /** Stations passed. */
  at: number
  answers: Answers
  /** Spoken in the conversation; null: nobody has said yet. */
  language: string | null
  is_hurried: boolean
}

interface ScriptWalkProps {
  t: Translate
  content: ScriptContent
  /** Decides which wording is heard; null: the first. */
  voter_id: number | null
  /** As the caller reads it. */
  voter_name: string
  values: PlaceholderValues
  /** A language of the script: it is read in this one. */
  reading: string
  /** The conversation may be in any of these. */
  languages: readonly string[]
  progress: Progress
  onProgress: (progress: Progress) => void
  /** Back from the greeting. */
  onLeave: () => void
  /** Everything asked and answered, or not. */
  onFinish: (answers: Answers) => void
  onOtherResult: () => void
  sending: Sending | null
}

/** One station of the script at a time, forward and back: in a call, and in the workshop's preview. */
export function ScriptWalk(props: ScriptWalkProps) {
  const { t, content, voter_id, voter_name, values, progress, onProgress, onLeave, onFinish, onOtherResult } = props
  const [habits, changeHabits] = useReading()
  /** Answers as they were before the one at this station was changed. */
  const [before, setBefore] = useState<Answers | null>(null)
  const [takenBack, setTakenBack] = useState(0)
  const swipe = useSwipe({ onForward: () => forward(), onBack: () => back() })
  const { reading: language, languages } = props
  const { is_hurried } = progress
  const whole = path(content, progress.answers, voter_id)
  const stations = is_hurried ? quickPath(whole, progress.answers) : whole
  const at = Math.min(progress.at, stations.length - 1)
  const station = stations[at]
  if (!station) return null

  const second = content.languages.find((each) => each !== language) ?? null
  const other = habits.is_other_shown ? second : null
  const answers = answersOnPath(content, progress.answers)
  const isLast = at === stations.length - 1
  const step = station.part === 'step' ? station.step : null
  const isUnanswered = step !== null && step.kind !== 'say' && answers[step.key] === undefined
  const answered = Object.keys(answers).length
  // They stay until one goes on: a number on its way from 1 to 12 must not cost what was answered after 12.
  const dropped = before ? questionsDropped(content, before, progress.answers) : []
  const go = (to: number) => {
    setBefore(null)
    onProgress({ ...progress, at: to, answers })
  }
  const forward = () => !isLast && go(at + 1)
  const back = () => (at === 0 ? onLeave() : go(at - 1))
  const answer = (value: AnswerValue | undefined) => {
    if (!step) return
    const { [step.key]: _old, ...others } = progress.answers
    setBefore(before ?? progress.answers)
    onProgress({ ...progress, at, answers: value === undefined ? others : { ...others, [step.key]: value } })
  }
  const hurry = (is_hurried_now: boolean) => {
    setBefore(null)
    onProgress({
      ...progress,
      answers,
      is_hurried: is_hurried_now,
      at: sameOrNext(whole, stations, station, is_hurried_now, answers),
    })
  }
  const keys = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isWriting(event.target)) return
    if (event.key === 'ArrowRight') forward()
    else if (event.key === 'ArrowLeft') back()
    else if (step && /^[1-9]$/.test(event.key)) {
      const pressed = pressedByNumber(step, progress.answers[step.key], Number(event.key))
      if (!pressed) return
      answer(pressed.value)
    } else return
    event.preventDefault()
  }

  return (
    // Keys work while something of the script has the focus, and nowhere else.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- each has a button beside it
    <section
      className="scroll-mt-[calc(var(--bar,6rem)+0.75rem)]"
      aria-labelledby="station"
      onKeyDown={keys}
      {...swipe}
      // Which language it is, is asked above the first words.
      {...(at === 0 || !progress.language ? { 'data-top': '' } : {})}
    >
      {languages.length > 1 && (
        <fieldset className="mb-3">
          <legend className={progress.language ? 'sr-only' : 'mb-1 text-base font-semibold'}>
            {t(progress.language ? 'walk.talk_in' : 'walk.talk_in_unknown')}
          </legend>
          <div className={languages.length > 3 ? 'flex flex-wrap gap-2' : 'join flex'}>
            {languages.map((each) => (
              <button
                key={each}
                type="button"
                lang={each}
                aria-pressed={each === progress.language}
                className="btn join-item aria-[pressed=false]:bg-base-100 border-base-content/30 aria-pressed:btn-primary h-auto min-h-12 flex-1 px-2 py-1 text-lg leading-tight"
                onClick={() => onProgress({ ...progress, language: each })}
              >
                {languageNames[each] ?? each}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {hasQuickWay(content) && (
        <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
          <button
            type="button"
            className="btn bg-base-100 border-base-content/30 min-h-12 text-base"
            onClick={() => hurry(!is_hurried)}
          >
            {t(is_hurried ? 'walk.hurry_off' : 'walk.hurry')}
          </button>
          <p role="status">{is_hurried && t('walk.hurry_on')}</p>
        </div>
      )}
      <div className="bg-base-100 border-base-300 rounded-box border p-5">
        <h2
          key={keyOf(station)}
          id="station"
          ref={showFromTop}
          tabIndex={-1}
          className="text-base font-semibold outline-none"
        >
          {voter_name} · {t(station.part === 'step' ? 'walk.read_aloud' : `walk.${station.part}`)}
          <span className="sr-only"> {t('walk.part', { at: at + 1, of: stations.length })}</span>
        </h2>
        <progress
          className="progress progress-primary mt-2 w-full"
          value={at + 1}
          max={stations.length}
          aria-hidden="true"
        />
        <BothLanguages t={t} text={station.text} language={language} other={other} values={values} />
        {step && <StepNote step={step} reader={t.language} />}
        {second && (
          <button
            type="button"
            className="btn btn-ghost mt-2 min-h-12 px-0 text-base underline"
            aria-expanded={other !== null}
            onClick={() => changeHabits({ is_other_shown: !habits.is_other_shown })}
          >
            {t(other ? 'walk.hide_other' : 'walk.show_other', { language: languageIn(t.language, second) })}
          </button>
        )}
        {step && step.kind !== 'say' && (
          <AnswerField
            key={`${step.key} ${takenBack}`}
            t={t}
            step={step}
            language={language}
            other={other}
            value={progress.answers[step.key]}
            onAnswer={answer}
          />
        )}
        <div role="status">
          {before && dropped.length > 0 && (
            <div className="border-warning mt-4 border-l-4 pl-3 text-base">
              <p>
                {t('walk.dropped', {
                  count: dropped.length,
                  questions: dropped.map((each) => beginningOf(localized(each.say, t.language).text, 32)).join(' · '),
                })}
              </p>
              <button
                type="button"
                className="btn mt-2 min-h-12 text-base"
                onClick={() => {
                  setBefore(null)
                  setTakenBack(takenBack + 1)
                  onProgress({ ...progress, at, answers: before })
                }}
              >
                {t('walk.dropped_back')}
              </button>
            </div>
          )}
        </div>
      </div>
      <Help t={t} content={content} language={language} other={other} values={values} sending={props.sending} />
      <div className="bg-base-200 sticky bottom-0 z-10 [@media(max-height:26rem)]:static -mx-3 mt-4 px-3 pt-2 pb-3">
        <div className="flex gap-3">
          <button
            type="button"
            className="btn bg-base-100 border-base-content/30 min-h-14 flex-1 text-lg"
            onClick={back}
          >
            {t('walk.back')}
          </button>
          {isLast ? (
            <button
              type="button"
              className="btn btn-primary min-h-14 flex-2 text-lg"
              onClick={() => (answered ? onFinish(answers) : onOtherResult())}
            >
              {t(answered ? 'walk.finish' : 'walk.finish_without')}
            </button>
          ) : (
            <button type="button" className="btn btn-primary min-h-14 flex-2 text-lg" onClick={forward}>
              {t(isUnanswered ? 'walk.skip_question' : 'action.next')}
            </button>
          )}
        </div>
        {!isLast && (
          <button
            type="button"
            className="btn btn-ghost mt-1 min-h-12 w-full text-base underline"
            onClick={onOtherResult}
          >
            {t('walk.ended_early')}
          </button>
        )}
      </div>
      <p className="mt-2 hidden text-base lg:block">{t('walk.keys')}</p>
      {at === 0 && <p className="mt-2 text-base lg:hidden">{t('walk.swipe')}</p>}
    </section>
  )
}

const keyOf = (station: Station): string => (station.part === 'step' ? `step ${station.step.key}` : station.part)

/** Where one goes on when the way becomes shorter or longer: at the same station, else the next that is left. */
function sameOrNext(
  whole: readonly Station[],
  before: readonly Station[],
  here: Station,
  is_hurried: boolean,
  answers: Answers,
): number {
  const after = is_hurried ? quickPath(whole, answers) : whole
  const from = whole.findIndex((each) => keyOf(each) === keyOf(here))
  const left = whole.slice(Math.max(from, 0)).map(keyOf)
  const to = after.findIndex((each) => left.includes(keyOf(each)))
  return to === -1 ? before.length - 1 : to
}

const isWriting = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement || target instanceof HTMLSelectElement

/** A finger's clear move to the side; scrolling and marking text are none. */
function useSwipe({ onForward, onBack }: { onForward: () => void; onBack: () => void }) {
  const from = useRef<{ x: number; y: number } | null>(null)
  const least = 70
  return {
    onTouchStart: (event: React.TouchEvent) => {
      const finger = event.touches.item(0)
      from.current =
        finger && event.touches.length === 1 && !isWriting(event.target)
          ? { x: finger.clientX, y: finger.clientY }
          : null
    },
    onTouchEnd: (event: React.TouchEvent) => {
      const finger = event.changedTouches.item(0)
      const began = from.current
      from.current = null
      if (!finger || !began || (getSelection()?.toString() ?? '') !== '') return
      const [right, down] = [finger.clientX - began.x, Math.abs(finger.clientY - began.y)]
      if (Math.abs(right) < least || down > Math.abs(right) / 2) return
      if (right < 0) onForward()
      else onBack()
    },
  }
}
