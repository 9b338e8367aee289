import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Choices, Field } from '../../../platform/ui/components.tsx'
import { Languages } from '../own-words.tsx'
import { dayText, readsOf } from '../reading.ts'
import './messages.ts'
import type { Slot } from './queries.ts'
import type { Booking } from './rules.ts'
import { whenOf, whereOf } from './words.ts'

export interface BookPageProps {
  t: Translate
  candidate: string
  contest: string
  time_zone: string
  path: string
  answers_path: string
  /** 'held': their interview has begun, and stays. */
  booking: Booking | 'held'
  book_until_on: string | null
  own: Slot | null
  /** Those that are free, and their own. */
  slots: readonly Slot[]
  typed: Record<string, string>
  /** The time was somebody else's first, or none was chosen. */
  problem: 'was_taken' | 'slot_needed' | null
  is_saved: boolean
  /** Where the confirmation goes. */
  email: string | null
}

/** A campaign takes, changes or gives back its time, without account or script. */
export function BookPage(props: BookPageProps) {
  const { t, candidate, contest, time_zone, path, answers_path, booking, book_until_on, own, slots, typed, problem, is_saved, email } = props // prettier-ignore
  const date = book_until_on && dayText(t, book_until_on)
  const here = `${path}?lang=${readsOf(t)}`
  return (
    <>
      <Languages t={t} path={path} />
      <p className="text-sm">{contest}</p>
      <h1 className="mb-3 text-2xl font-bold text-balance sm:text-3xl">{t('interviews.book_of', { name: candidate })}</h1>
      <p className="mb-4">{t('interviews.book_lead')}</p>
      {problem && <Alert kind="error">{t(`interviews.${problem}`)}</Alert>}
      {is_saved && !problem && own && (
        <Alert kind="success">{email ? t('interviews.saved_mailed', { email }) : t('interviews.saved')}</Alert>
      )}
      {booking === 'not_yet' ? (
        <Alert kind="info">{t('interviews.book_not_yet')}</Alert>
      ) : (
        <section className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6" aria-labelledby="own">
          <h2 id="own" className="mb-2 text-lg font-bold">
            {t('interviews.your_time')}
          </h2>
          {own ? (
            <>
              <p className="text-lg font-semibold">{whenOf(t, own, time_zone)}</p>
              <p className="wrap-anywhere">{whereOf(own)}</p>
              <Needs t={t} slot={own} />
            </>
          ) : (
            <p>{t('interviews.have_none')}</p>
          )}
          <p className="mt-3 text-sm">{booking === 'held' ? t('interviews.book_held') : t(booking === 'open' ? 'interviews.book_until' : 'interviews.book_over', { date: date ?? '' })}</p>
          {own && booking === 'open' && (
            <form method="post" action={here} className="mt-3">
              <button className="btn" name="act" value="give_back">
                {t('interviews.give_back')}
              </button>
            </form>
          )}
        </section>
      )}
      {booking === 'open' && (
        <form method="post" action={here} className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6">
          {slots.length === 0 ? (
            <p>{t('interviews.none_free')}</p>
          ) : (
            <>
              <Choices
                t={t}
                legend={t('interviews.choose')}
                name="slot"
                kind="radio"
                chosen={[typed.slot ?? own?.slot_id ?? '']}
                options={slots.map((slot) => ({ value: slot.slot_id, label: whenOf(t, slot, time_zone), hint: slot.place || t('interviews.online') }))}
              />
              <Field t={t} label={t('interviews.access_needs')} hint={t('interviews.access_hint')} name="access_needs" rows={2} maxLength={1000} value={own?.access_needs ?? ''} typed={typed} />
              <Field t={t} label={t('interviews.interpreter')} hint={t('interviews.interpreter_hint')} name="interpreter" maxLength={1000} value={own?.interpreter ?? ''} typed={typed} />
              <button className="btn btn-primary" name="act" value="take">
                {t(own ? 'action.save' : 'interviews.take')}
              </button>
            </>
          )}
        </form>
      )}
      <a className="link inline-flex min-h-11 items-center" href={`${answers_path}?lang=${readsOf(t)}`}>
        {t('interviews.to_answers')}
      </a>
    </>
  ) // prettier-ignore
}

/** What the campaign asked for. */
export function Needs({ t, slot }: { t: Translate; slot: Pick<Slot, 'access_needs' | 'interpreter'> }) {
  const { access_needs, interpreter } = slot
  return (
    <>
      {access_needs && <p className="whitespace-pre-line wrap-anywhere">{t('interviews.need.access', { text: access_needs })}</p>}
      {interpreter && <p className="whitespace-pre-line wrap-anywhere">{t('interviews.need.interpreter', { text: interpreter })}</p>}
    </>
  ) // prettier-ignore
}
