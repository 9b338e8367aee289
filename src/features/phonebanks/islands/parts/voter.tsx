import { useState } from 'react'
import { formatDateTime, formatPhone } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { supportScores } from '../../../scripts/schema.ts'
import { languageIn } from '../../../scripts/walk/texts.tsx'
import type { CallCard, HouseholdMember, OtherAtHome } from '../../schema.ts'
import { placeOf } from '../../rules.ts'
import { BridgeCall } from './bridge.tsx'
import type { Desk } from './desk.ts'
import type { DeskState } from './desk-state.ts'
import { resultWords, shownName, textForCaller, type Named } from './names.ts'
import { OutsideHours, placeOfCard, useHours } from './hours.tsx'
import { standingOf } from './times.ts'

/** A name with its other form beneath; a reading guessed from letters says so. */
export function VoterName({ t, named, id }: { t: Translate; named: Named; id?: string }) {
  const { display_name, hangul } = named
  const isHangulFirst = t.language === 'ko' && hangul !== null && !hangul.is_guess
  return (
    <>
      <span id={id} className="block text-3xl font-bold text-balance" lang={isHangulFirst ? 'ko' : 'en'}>
        {isHangulFirst ? hangul.text : display_name}
      </span>
      {isHangulFirst ? (
        <span className="block text-lg" lang="en">
          {display_name}
        </span>
      ) : (
        hangul && <Hangul t={t} hangul={hangul} />
      )}
    </>
  )
}

function Hangul({ t, hangul }: { t: Translate; hangul: NonNullable<CallCard['hangul']> }) {
  return (
    <span className="flex items-center gap-2 text-xl" lang="ko">
      {hangul.text}
      {hangul.is_guess && (
        <span className="border-base-content rounded-full border px-2 text-base" lang={t.language}>
          {t('console.guess')}
        </span>
      )}
    </span>
  )
}

/** What a caller needs to know before and during the call. */
export function VoterFacts({ t, card, state }: { t: Translate; card: CallCard; state: DeskState }) {
  const { zone } = placeOf(placeOfCard(card, state))
  // The card may have been fetched before the last call was made.
  const isSameHome = card.household.some(({ voter_id }) => voter_id === state.last?.card.voter_id)
  const language = card.language && languageIn(t.language, card.language.code)
  const facts = [
    card.age !== null && t('console.age', { age: card.age }),
    language && t(card.language?.is_known ? 'console.speaks' : 'console.speaks_likely', { language }),
    card.city,
    ...card.districts.map(({ kind, number }) => t(`console.district.${kind}`, { number })),
    card.attempt_number > 1 && t('console.attempt', { number: card.attempt_number }),
  ].filter(Boolean)
  return (
    <>
      <p className="mt-2">{facts.join(' · ')}</p>
      {(card.hangul?.is_guess || (card.language && !card.language.is_known)) && (
        <details className="text-base">
          <summary className="flex min-h-12 items-center underline">{t('console.guess_what')}</summary>
          <p>{t('console.guess_means')}</p>
        </details>
      )}
      {card.call_back_at && (
        <p className="text-secondary mt-2 flex items-start gap-2 font-bold">
          <Icon name="clock" size={24} />
          {t('console.call_back_due', { when: formatDateTime(t.language, new Date(card.call_back_at), zone) })}
        </p>
      )}
      {isSameHome && <p className="mt-2 font-bold">{t('console.same_household')}</p>}
    </>
  )
}

interface CallLinksProps {
  t: Translate
  card: CallCard
  state: DeskState
  desk: Desk
  onDial: (phone: string) => void
}

/** The number as one big link; further numbers beneath. */
export function CallLinks({ t, card, state, desk, onDial }: CallLinksProps) {
  const { is_open, opens_at } = useHours(card, state, desk)
  const [first, ...others] = card.phones
  const { phone_bank, caller } = state.session
  const note = textForCaller(phone_bank.caller_id_note, t.language, caller.languages)
  if (!first) return null
  if (phone_bank.way_of_calling === 'practice') {
    return (
      <button
        type="button"
        className="btn btn-primary mt-5 h-auto min-h-18 w-full flex-nowrap gap-3 px-2 py-4 text-[min(1.5rem,8.5vw)]"
        onClick={() => onDial(first.phone)}
        data-practice-call
      >
        <Icon name="phone" size={28} />
        {t('practice.call')}
      </button>
    )
  }
  if (state.closed.has(card.voter_id)) return <p className="mt-5 font-bold">{t('console.not_dialed')}</p>
  if (!is_open) return <OutsideHours t={t} card={card} state={state} desk={desk} opens_at={opens_at} />
  const { phone_bank_id, way_of_calling, hours } = phone_bank
  // The clock may have passed the hour since the page last looked.
  const dial = (event: React.MouseEvent, phone: string) => {
    if (standingOf(placeOfCard(card, state), hours, desk.time()).is_open) onDial(phone)
    else event.preventDefault()
  }
  if (way_of_calling === 'bridge') {
    return <BridgeCall t={t} phone_bank_id={phone_bank_id} card={card} onDial={onDial} />
  }
  return (
    <>
      <a
        href={`tel:${first.phone}`}
        className="btn btn-primary mt-5 h-auto min-h-18 w-full flex-nowrap gap-3 px-2 py-4 text-[min(1.5rem,8.5vw)]"
        onClick={(event) => dial(event, first.phone)}
        aria-label={t('console.call', { phone: formatPhone(first.phone) })}
      >
        <Icon name="phone" size={28} />
        <span className="whitespace-nowrap tabular-nums">{formatPhone(first.phone)}</span>
      </a>
      <p className="mt-1 text-center text-base">{t(`console.phone.${first.kind}`)}</p>
      {others.length > 0 && (
        <div className="mt-2">
          <p className="text-base">{t('console.other_numbers')}</p>
          <ul className="flex flex-wrap gap-2">
            {others.map(({ phone, kind }) => (
              <li key={phone}>
                <a
                  href={`tel:${phone}`}
                  className="btn h-auto min-h-12 max-w-full py-2 text-base"
                  onClick={(event) => dial(event, phone)}
                >
                  {formatPhone(phone)} · {t(`console.phone.${kind}`)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {note.text && (
        <details className="mt-2 text-base">
          <summary className="flex min-h-12 items-center underline">{t('console.caller_id')}</summary>
          <p lang={note.language}>{note.text}</p>
        </details>
      )}
    </>
  )
}

interface BesideProps {
  t: Translate
  card: CallCard
  state: DeskState
  desk: Desk
  onSwitch: (voter_id: number) => void
  /** Somebody at home who was not handed out comes to the phone. */
  onTake: (voter_id: number) => void
}

/** What somebody wrote of the home, and who lives there without being on any list. */
function HomeNote({ t, home }: { t: Translate; home: NonNullable<CallCard['home']> }) {
  return (
    <section className="border-info mt-4 rounded-lg border-2 p-3" aria-labelledby="home-note">
      <h2 id="home-note" className="font-bold">
        {t('console.home')}
      </h2>
      {home.note && <p className="break-words whitespace-pre-line">{home.note}</p>}
      {home.language && <p>{t('console.home_language', { language: languageIn(t.language, home.language) })}</p>}
      {home.others.length > 0 && (
        <p>
          {t('console.home_others', {
            names: home.others.map(({ name, hangul }) => (t.language === 'ko' && hangul) || name || hangul).join(', '),
          })}
        </p>
      )}
    </section>
  )
}

/** Who else lives there, and what came of earlier calls. */
export function Beside({ t, card, state, desk, onSwitch, onTake }: BesideProps) {
  const { time_zone } = state.session.organization
  const inHand = (member: HouseholdMember) => state.hand.some((each) => each.voter_id === member.voter_id)
  const isPractice = state.session.phone_bank.way_of_calling === 'practice'
  return (
    <div>
      {card.home && <HomeNote t={t} home={card.home} />}
      {card.household.length > 0 && (
        <section className="mt-4" aria-labelledby="household">
          <h2 id="household" className="font-bold">
            {t('console.household')}
          </h2>
          <ul className="mt-1 space-y-2">
            {card.household.map((member) => {
              const named = { display_name: member.name, hangul: member.hangul }
              return (
                <li key={member.voter_id} className="flex flex-wrap items-center justify-between gap-2">
                  <span>
                    {shownName(named, t.language)}
                    {member.hangul?.is_guess && (
                      <span lang="ko">
                        {' '}
                        {member.hangul.text}(<span lang={t.language}>{t('console.guess')}</span>)
                      </span>
                    )}
                    {member.age !== null && ` · ${t('console.age', { age: member.age })}`}
                    {member.has_same_number && ` · ${t('console.same_number')}`}
                  </span>
                  {inHand(member) ? (
                    <button
                      type="button"
                      className="btn h-auto min-h-12 max-w-full py-2 text-base"
                      onClick={() => onSwitch(member.voter_id)}
                    >
                      {t('console.switch', { name: shownName(named, t.language) })}
                    </button>
                  ) : (
                    !state.is_offline && (
                      <button
                        type="button"
                        className="btn h-auto min-h-12 max-w-full py-2 text-base"
                        onClick={() => onTake(member.voter_id)}
                      >
                        {t('console.take_member', { name: shownName(named, t.language) })}
                      </button>
                    )
                  )}
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {!isPractice && !state.is_offline && <OthersAtHome t={t} desk={desk} onTake={onTake} />}
      {card.events && <VotersEvents t={t} events={card.events} />}
      {card.past.length > 0 && (
        <section className="mt-6" aria-labelledby="past">
          <h2 id="past" className="font-bold">
            {t('console.past')}
          </h2>
          <ul className="mt-1 space-y-2 text-base">
            {card.past.map((each) => (
              <li key={each.at}>
                {formatDateTime(t.language, new Date(each.at), time_zone)} · {resultWords(t, each)}
                {each.is_inbound && ` · ${t('console.past_inbound')}`}
                <PastWords t={t} past={each} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** What they said to events that are to come, and those they came to. */
function VotersEvents({ t, events }: { t: Translate; events: NonNullable<CallCard['events']> }) {
  const wordsOf = ({ title, starts_at, time_zone }: (typeof events)['attended'][number]) =>
    `${localized(title, t.language).text} · ${formatDateTime(t.language, new Date(starts_at), time_zone)}`
  return (
    <section className="mt-6" aria-labelledby="voters-events">
      <h2 id="voters-events" className="font-bold">
        {t('console.events')}
      </h2>
      <ul className="mt-1 space-y-2 text-base">
        {events.coming.map((each) => (
          <li key={each.event_id}>
            {wordsOf(each)} · <strong>{t(`console.events_said.${each.response}`)}</strong>
          </li>
        ))}
        {events.attended.map((each) => (
          <li key={`${each.event_id} attended`}>
            {wordsOf(each)} · {t('console.events_attended')}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Asked for only when somebody else is on the phone: most cards never need it. */
function OthersAtHome({ t, desk, onTake }: { t: Translate; desk: Desk; onTake: (voter_id: number) => void }) {
  const [others, setOthers] = useState<readonly OtherAtHome[] | null | 'asked'>('asked')
  return (
    <details
      className="mt-2"
      onToggle={(event) => {
        if (event.currentTarget.open) void desk.othersAtHome().then(setOthers)
      }}
    >
      <summary className="flex min-h-12 items-center underline">{t('console.at_home')}</summary>
      <div role="status">
        {others === 'asked' && <p>{t('console.at_home_asked')}</p>}
        {others === null && <p>{t('console.return.offline')}</p>}
        {Array.isArray(others) && others.length === 0 && <p>{t('console.at_home_nobody')}</p>}
      </div>
      {Array.isArray(others) && others.length > 0 && (
        <ul className="mt-1 space-y-2">
          {others.map(({ voter_id, name, hangul, age }: OtherAtHome) => {
            const shown = shownName({ display_name: name, hangul }, t.language)
            return (
              <li key={voter_id} className="flex flex-wrap items-center justify-between gap-2">
                <span>
                  {shown}
                  {hangul?.is_guess && ` (${t('console.guess')})`}
                  {age !== null && ` · ${t('console.age', { age })}`}
                </span>
                <button
                  type="button"
                  className="btn h-auto min-h-12 max-w-full py-2 text-base"
                  onClick={() => onTake(voter_id)}
                >
                  {t('console.take_member', { name: shown })}
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </details>
  )
}

/** What was answered and noted then. Cards kept by an older page hold neither. */
function PastWords({ t, past }: { t: Translate; past: Partial<CallCard['past'][number]> }) {
  const { note, answers = [] } = past
  if (!note && answers.length === 0) return null
  return (
    <div className="border-base-300 mt-1 border-l-2 pl-3">
      {answers.map(({ question, answer }, at) => {
        const asked = localized(question, t.language)
        return (
          // oxlint-disable-next-line no-array-index-key -- never reordered
          <p key={at}>
            <span lang={asked.language} className="block text-sm">
              {asked.text}
            </span>
            <span className="font-semibold">{answerWords(t, answer)}</span>
          </p>
        )
      })}
      {note && <p className="break-words">{t('console.past_note', { note })}</p>}
    </div>
  )
}

function answerWords(t: Translate, answer: CallCard['past'][number]['answers'][number]['answer']): string {
  if (typeof answer === 'boolean') return t(answer ? 'common.yes' : 'common.no')
  if (typeof answer === 'number')
    return supportScores.some((each) => each === answer) ? t.dynamic(`walk.support.${answer}`) : String(answer)
  return typeof answer === 'string' ? answer : localized(answer, t.language).text
}
