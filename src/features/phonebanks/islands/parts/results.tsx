import { useState, type ReactNode } from 'react'
import { addDays, dateIn, instantIn, timeIn } from '../../../../platform/clock.ts'
import { formatClock, formatDate, formatHours, formatTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import {
  dispositionRules,
  spokenLanguages,
  spokeWith,
  usualDispositions,
  type Disposition,
} from '../../../contacts/schema.ts'
import { isOpenIn, placeOf } from '../../rules.ts'
import type { CallCard } from '../../schema.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { OwnResult } from '../../result-codes/schema.ts'
import type { Desk } from './desk.ts'
import type { DeskState, Given } from './desk-state.ts'
import { showFromTop } from '../../../scripts/walk/focus.ts'
import { placeOfCard } from './hours.tsx'
import { callBackTimes, otherTime, type Suggestion } from './times.ts'
import { shownName } from './names.ts'
import { languageIn } from '../../../scripts/walk/texts.tsx'

/** Those one learns without speaking with anybody, offered beside the number. */
export const unansweredDispositions: readonly Disposition[] = ['no_answer', 'left_message', 'busy', 'disconnected']

interface ResultsProps {
  t: Translate
  state: DeskState
  /** Answers chosen so far. */
  answered: number
  onSaveAnswers: () => void
  onResult: (disposition: Disposition, own?: OwnResult) => void
  onBack: () => void
  /** In the place of the usual question. */
  title?: string | undefined
  /** What the way back is called. */
  back?: string | undefined
  /** The result that is corrected may also stay. */
  keep?: { result: string; onKeep: () => void } | undefined
  children?: ReactNode
}

/** Every result of the phone bank, the usual ones first. */
export function Results({
  t,
  state,
  answered,
  onSaveAnswers,
  onResult,
  onBack,
  title,
  back,
  keep,
  children,
}: ResultsProps) {
  const offered = state.session.dispositions.filter((each) => each !== 'canvassed')
  const usual = offered.filter((each) => usualDispositions.includes(each))
  const rare = offered.filter((each) => !usualDispositions.includes(each))
  return (
    <Sheet t={t} title={title ?? t('console.results_title')} onBack={onBack} back={back}>
      {answered > 0 ? (
        <>
          <button
            type="button"
            className="btn btn-primary h-auto min-h-16 w-full flex-col gap-0 py-3 text-lg"
            onClick={onSaveAnswers}
          >
            {t('console.save_answers', { count: answered })}
            <span className="text-base font-normal">{t('console.save_answers_long')}</span>
          </button>
          <p className="mt-5 mb-2 text-base">{t('console.answers_dropped')}</p>
        </>
      ) : (
        <p className="mb-3 text-base">{t('console.no_answers')}</p>
      )}
      <ResultButtons t={t} offered={usual} onResult={onResult} />
      <OwnResults t={t} offered={state.session.own_results} onResult={onResult} />
      {rare.length > 0 && (
        <details className="mt-3">
          <summary className="btn btn-ghost min-h-12 w-full text-lg underline">{t('console.rare_results')}</summary>
          <div className="mt-2">
            <ResultButtons t={t} offered={rare} onResult={onResult} />
          </div>
        </details>
      )}
      {children}
      {keep && (
        <button
          type="button"
          className="btn btn-primary mt-5 h-auto min-h-16 w-full flex-col gap-0 py-3 text-lg"
          onClick={keep.onKeep}
        >
          {t('console.edit_keep', { result: keep.result })}
          <span className="text-base font-normal">{t('console.edit_keep_long')}</span>
        </button>
      )}
    </Sheet>
  )
}

interface ResultButtonsProps {
  t: Translate
  offered: readonly Disposition[]
  onResult: (disposition: Disposition) => void
}

export function ResultButtons({ t, offered, onResult }: ResultButtonsProps) {
  return (
    <div className="grid grid-cols-2 gap-2">
      {offered.map((disposition) => (
        <button
          key={disposition}
          type="button"
          data-result={disposition}
          className="btn bg-base-100 border-base-content/30 h-auto min-h-18 flex-col gap-0.5 px-2 py-2 text-lg leading-tight"
          onClick={() => onResult(disposition)}
        >
          {t(`console.result.${disposition}`)}
          <span className="text-sm leading-snug font-normal">{t(`console.result_long.${disposition}`)}</span>
        </button>
      ))}
    </div>
  )
}

function OwnResults({
  t,
  offered,
  onResult,
}: {
  t: Translate
  offered: readonly OwnResult[] | undefined
  onResult: (disposition: Disposition, own: OwnResult) => void
}) {
  // Pages kept on a device from before know none.
  if (!offered?.length) return null
  return (
    <div className="mt-2 grid grid-cols-2 gap-2">
      {offered.map((own) => {
        const name = localized(own.name, t.language)
        return (
          <button
            key={own.code}
            type="button"
            data-own-result={own.code}
            lang={name.language}
            className="btn bg-base-100 border-base-content/30 h-auto min-h-18 flex-col gap-0.5 px-2 py-2 text-lg leading-tight"
            onClick={() => onResult(own.counts_as, own)}
          >
            {name.text}
          </button>
        )
      })}
    </div>
  )
}

/** A screen of its own within the call, with a way back. */
function Sheet({
  t,
  title,
  onBack,
  back,
  children,
}: {
  t: Translate
  title: string
  onBack: () => void
  back?: string | undefined
  children: ReactNode
}) {
  return (
    <section className="bg-base-100 border-base-300 rounded-box border p-5" aria-labelledby="sheet">
      <h1 id="sheet" ref={showFromTop} tabIndex={-1} className="mb-4 text-2xl font-bold text-balance outline-none">
        {title}
      </h1>
      {children}
      <button type="button" className="btn mt-6 min-h-14 w-full text-lg" onClick={onBack}>
        {back ?? t('console.back')}
      </button>
    </section>
  )
}

interface FollowUpProps {
  t: Translate
  state: DeskState
  desk: Desk
  card: CallCard
  disposition: Disposition
  /** What was said with it before, where it is corrected. */
  first?: Given | undefined
  onDone: (given: Given) => void
  onBack: () => void
}

/** What must be said with a result: when, which language, or who told us. */
export function FollowUp(props: FollowUpProps) {
  const { needs } = dispositionRules[props.disposition]
  if (needs === 'time') return <CallBackTime {...props} />
  if (needs === 'language') return <OtherLanguage {...props} />
  return <WhoSaid {...props} />
}

function WhoSaid({ t, disposition, first, onDone, onBack }: FollowUpProps) {
  const which = disposition === 'deceased' ? 'deceased' : 'do_not_call'
  return (
    <Sheet t={t} title={t(`console.spoke_title.${which}`)} onBack={onBack}>
      <p className="mb-4">{t(`console.spoke_text.${which}`)}</p>
      <div className="grid gap-2">
        {spokeWith
          .filter((each) => which !== 'deceased' || each !== 'voter')
          .map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={first ? each === first.spoke_with : undefined}
              className="btn not-aria-pressed:bg-base-100 border-base-content/30 aria-pressed:btn-primary min-h-14 text-lg"
              onClick={() => onDone({ disposition, spoke_with: each })}
            >
              {t(`console.spoke.${each}`)}
            </button>
          ))}
      </div>
    </Sheet>
  )
}

/** Said to a voter before handing over, in their language. Model texts of ours. */
const handOver: Partial<Record<string, string>> = {
  en: 'Thank you. A volunteer who speaks English will call you back.',
  zh: '會說中文的義工會再打電話給您。',
  es: 'Le llamará un voluntario que habla español.',
  ko: '한국어 하는 봉사자가 다시 전화드리겠습니다. (Han-gu-geo ha-neun bong-sa-ja-ga da-si jeon-hwa deu-ri-get-sseum-ni-da)',
}

function OtherLanguage({ t, state, disposition, first, onDone, onBack }: FollowUpProps) {
  const [chosen, setChosen] = useState<(typeof spokenLanguages)[number] | null>(first?.language ?? null)
  const others = spokenLanguages.filter((each) => !state.session.caller.languages.includes(each))
  return (
    <Sheet t={t} title={t('console.language_title')} onBack={onBack}>
      <div className="grid grid-cols-2 gap-2">
        {others.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === chosen}
            className="btn not-aria-pressed:bg-base-100 border-base-content/30 aria-pressed:btn-primary min-h-14 text-lg"
            onClick={() => setChosen(each)}
          >
            {languageIn(t.language, each)}
          </button>
        ))}
        <button
          type="button"
          className="btn bg-base-100 border-base-content/30 col-span-2 h-auto min-h-14 py-2 text-lg"
          onClick={() => onDone({ disposition, language: null })}
        >
          {t('console.language_unsure')}
        </button>
      </div>
      {chosen && (
        <div className="mt-5">
          {handOver[chosen] && (
            <>
              <p className="text-base font-semibold">{t('console.language_say')}</p>
              <p className="text-xl" lang={chosen}>
                {handOver[chosen]}
              </p>
            </>
          )}
          <button
            type="button"
            className="btn btn-primary mt-4 h-auto min-h-14 w-full py-2 text-lg"
            onClick={() => onDone({ disposition, language: chosen })}
          >
            {t('console.language_save', { language: languageIn(t.language, chosen) })}
          </button>
        </div>
      )}
    </Sheet>
  )
}

/** Today and tomorrow by their names, other days by their date. */
function dayNamed(t: Translate, { date, time }: Suggestion, today: string): string {
  const clock = formatClock(t.language, time)
  if (date === today) return t('console.when_today', { time: clock })
  if (date === addDays(today, 1)) return t('console.when_tomorrow', { time: clock })
  return `${formatDate(t.language, date, 'short')} ${clock}`
}

function CallBackTime({ t, state, desk, card, disposition, first, onDone, onBack }: FollowUpProps) {
  const { phone_bank } = state.session
  // "At seven" is seven where they live.
  const place = placeOfCard(card, state)
  const time_zone = placeOf(place).zone
  const today = dateIn(time_zone, desk.time())
  const promised = first?.call_back_at ? new Date(first.call_back_at) : null
  const [isMine, setMine] = useState(first?.is_call_back_mine ?? true)
  const [other] = useState(() => otherTime(desk.time(), place, phone_bank.hours))
  const [date, setDate] = useState(promised ? dateIn(time_zone, promised) : other.date)
  const [time, setTime] = useState(promised ? timeIn(time_zone, promised).slice(0, 5) : other.time)
  const [problem, setProblem] = useState<string | null>(null)

  const save = (on: string, at: string) => {
    const instant = instantIn(time_zone, on, at)
    if (Number.isNaN(instant.getTime()) || instant <= desk.time()) return setProblem(t('console.when_past'))
    if (!isOpenIn(place, phone_bank.hours, instant)) {
      return setProblem(
        t('console.when_hours', {
          hours: formatHours(t.language, phone_bank.calling_starts, phone_bank.calling_ends),
          until: formatDate(t.language, phone_bank.hours.ends_on, 'short'),
        }),
      )
    }
    onDone({ disposition, call_back_at: instant.toISOString(), is_call_back_mine: isMine })
  }
  return (
    <Sheet t={t} title={t('console.when_title')} onBack={onBack}>
      <p className="mb-3 font-semibold" data-zone={time_zone}>
        {t('console.when_where', {
          name: shownName(card, t.language),
          time: formatTime(t.language, desk.time(), time_zone),
        })}
      </p>
      <label className="mb-4 flex min-h-12 items-center gap-3">
        <input
          type="checkbox"
          className="checkbox"
          checked={isMine}
          onChange={(event) => setMine(event.target.checked)}
        />
        {t('console.when_mine')}
      </label>
      <div className="grid gap-2">
        {callBackTimes(desk.time(), place, phone_bank.hours).map((each) => (
          <button
            key={`${each.date} ${each.time}`}
            type="button"
            className="btn min-h-14 text-lg"
            onClick={() => save(each.date, each.time)}
          >
            {dayNamed(t, each, today)}
          </button>
        ))}
      </div>
      <form
        className="border-base-300 mt-5 border-t pt-4"
        onSubmit={(event) => {
          event.preventDefault()
          save(date, time)
        }}
      >
        <p className="mb-2 font-semibold">{t('console.when_other')}</p>
        <div className="flex flex-wrap gap-3">
          <label className="min-w-0 flex-1 basis-36">
            <span className="block text-base">{t('console.when_day')}</span>
            <input
              type="date"
              className="input min-h-14 w-full text-lg"
              value={date}
              min={today}
              max={phone_bank.hours.ends_on}
              onChange={(event) => setDate(event.target.value)}
            />
          </label>
          <label className="min-w-0 flex-1 basis-32">
            <span className="block text-base">{t('console.when_time')}</span>
            <input
              type="time"
              step={300}
              className="input min-h-14 w-full text-lg"
              value={time}
              onChange={(event) => setTime(event.target.value)}
            />
          </label>
        </div>
        {problem && (
          <p role="alert" className="text-error mt-2 font-semibold">
            {problem}
          </p>
        )}
        <button className="btn btn-primary mt-3 min-h-14 w-full text-lg">{t('console.when_save')}</button>
      </form>
    </Sheet>
  )
}
