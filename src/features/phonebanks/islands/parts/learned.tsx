import { useId, useState } from 'react'
import { typedPhone } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { spokenLanguages, spokeWith } from '../../../contacts/schema.ts'
import { languageIn } from '../../../scripts/walk/texts.tsx'
import type { CallCard } from '../../schema.ts'
import { namesCostly, Told } from '../../told/schema.ts'
import type { Desk } from './desk.ts'
import type { DeskState } from './desk-state.ts'
import { EventChoice, eventToldOf } from './booking.tsx'
import { toldWords } from './names.ts'

interface LearnedProps {
  t: Translate
  desk: Desk
  state: DeskState
  card: CallCard
  /** Language of the call; null: nobody has said. */
  spoken: string | null
  noted: Noted
  onSaid(): void
}

const subjects = [
  'event',
  'name',
  'phone',
  'email',
  'address',
  'language',
  'member',
  'tag',
  'opt_out',
  'no_calls',
] as const
type Subject = (typeof subjects)[number]

interface Said {
  told_id: string
  subject: Subject
  told: Told
}

type Noted = ReturnType<typeof useNoted>

/** What was noted of a voter so far: the same on every screen of the call, so that it can be taken back on each. */
export function useNoted(state: DeskState) {
  const [said, setSaid] = useState<readonly Said[]>([])
  // What was refused and taken off the page is not noted for that.
  const [refused, setRefused] = useState<readonly string[]>([])
  const stuck = state.told.flatMap(({ told_id, is_stuck }) => (is_stuck && !refused.includes(told_id) ? told_id : []))
  if (stuck.length > 0) setRefused([...refused, ...stuck])
  return { said, setSaid, refused }
}

/** What is learned beside the answers: corrections, family, tags, ways they do not want to be written to. Saved at once, each by itself. */
export function Learned({ t, desk, state, card, spoken, noted, onSaid }: LearnedProps) {
  const id = useId()
  const { said, setSaid, refused } = noted
  const [wasSaid] = useState(said.length > 0) // taking the last one back must not fold it
  const [subject, setSubject] = useState<Subject | null>(null)
  const [wrong, setWrong] = useState<'form' | 'costly' | null>(null)
  const [problem, setProblem] = useState<'offline' | 'gone' | null>(null)
  const offered = subjects.filter(
    (each) => (each !== 'tag' || state.session.tags.length > 0) && (each !== 'event' || eventsOf(state).length > 0),
  )
  const choose = (next: Subject | null) => {
    setSubject(next)
    setWrong(null)
  }
  const save = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!subject) return
    const form = new FormData(event.currentTarget)
    const told = subject === 'event' ? eventToldOf(t, eventsOf(state), form, spoken) : toldOf(subject, form)
    if (!told) return setWrong('form')
    if (namesCostly(told)) return setWrong('costly')
    onSaid()
    setProblem(null)
    void desk.learned(card, told).then((told_id) => setSaid((before) => [...before, { told_id, subject, told }]))
    choose(null)
  }
  const takeBack = (told_id: string) =>
    void desk.unlearned(told_id).then((why) => {
      setProblem(why)
      if (!why) setSaid((before) => before.filter((each) => each.told_id !== told_id))
    })
  return (
    <details className="mt-2 scroll-mt-[calc(var(--bar,6rem)-1.5rem)]" open={wasSaid}>
      <summary className="flex min-h-12 items-center underline">{t('console.told')}</summary>
      <div role="status" className="text-base">
        {said.map(({ told_id, subject: each, told }) => (
          <p key={told_id} className="flex flex-wrap items-center justify-between gap-2">
            {t(each === 'event' ? standingOfBooking(state, told_id, refused) : 'console.told_kept', {
              what: toldWords(t, told),
            })}
            {each === 'member' || each === 'no_calls' ? (
              <span>{t('console.told_office')}</span>
            ) : (
              <button
                type="button"
                className="btn btn-ghost min-h-12 text-base underline"
                aria-label={t('console.told_undo', { what: toldWords(t, told) })}
                onClick={() => takeBack(told_id)}
              >
                {t('action.undo')}
              </button>
            )}
          </p>
        ))}
        {problem && <p className="text-error font-semibold">{t(`console.told_undo.${problem}`)}</p>}
      </div>
      <div className="mt-2 flex flex-wrap gap-2">
        {offered.map((each) => (
          <button
            key={each}
            type="button"
            className="btn not-aria-expanded:bg-base-100 border-base-content/30 aria-expanded:btn-primary h-auto min-h-12 py-2 text-base"
            aria-expanded={each === subject}
            aria-controls={`${id}-form`}
            onClick={() => choose(each === subject ? null : each)}
          >
            {t(`console.told.${each}`)}
          </button>
        ))}
      </div>
      <div id={`${id}-form`}>
        {subject && (
          <form
            key={subject}
            ref={showWhole}
            className="bg-base-100 border-base-300 rounded-box mt-3 border p-4 text-base"
            noValidate
            onSubmit={save}
          >
            {subject === 'event' ? (
              <EventChoice t={t} events={eventsOf(state)} voters={spoken ?? card.language?.code ?? t.language} />
            ) : (
              <Fields t={t} subject={subject} card={card} tags={state.session.tags} />
            )}
            {wrong && (
              <p role="alert" className="text-error mt-2 font-semibold">
                {t(wrong === 'costly' ? 'console.stuck_why.costly_number' : `console.told_wrong.${subject}`)}
              </p>
            )}
            <p className="mt-3 flex gap-2">
              <button type="submit" className="btn btn-primary min-h-12 text-base">
                {t('console.told_save')}
              </button>
              <button type="button" className="btn btn-ghost min-h-12 text-base" onClick={() => choose(null)}>
                {t('action.cancel')}
              </button>
            </p>
          </form>
        )}
      </div>
    </details>
  )
}

/** It opens beneath its buttons, on a telephone below the edge of the screen: then all of it begins under what is always in sight. */
function showWhole(form: HTMLFormElement | null): void {
  if (!form || form.getBoundingClientRect().bottom <= innerHeight) return
  form.closest('details')?.scrollIntoView({ block: 'start' })
}

/** Pages kept on a device from before know none. */
const eventsOf = ({ session }: DeskState) => session.events ?? []

/** A seat is theirs only once the server says so. */
function standingOfBooking({ told }: DeskState, told_id: string, refused: readonly string[]) {
  const waiting = told.find((each) => each.told_id === told_id)
  if (!waiting) return refused.includes(told_id) ? 'console.booking_stuck' : 'console.told_kept'
  return waiting.is_stuck ? 'console.booking_stuck' : 'console.booking_waits'
}

interface FieldsProps {
  t: Translate
  subject: Exclude<Subject, 'event'>
  card: CallCard
  tags: string[]
}

function Fields({ t, subject, card, tags }: FieldsProps) {
  const text = (name: string, label: string, more: React.InputHTMLAttributes<HTMLInputElement> = {}) => (
    <label className="mt-2 block first:mt-0">
      <span className="mb-1 block">{label}</span>
      <input name={name} className="input min-h-12 w-full text-lg" maxLength={80} autoComplete="off" {...more} />
    </label>
  )
  const choice = (name: string, label: string, options: { value: string; label: string }[]) => (
    <label className="block">
      <span className="mb-1 block">{label}</span>
      {/* Nothing is chosen beforehand: pressed in a hurry, the first would be noted as what they said. */}
      <select name={name} className="select min-h-12 w-full text-lg" defaultValue="">
        <option value="">{t('console.told_choose')}</option>
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    </label>
  )
  const names = (
    <>
      {text('first_name', t('console.told_first_name'), { lang: 'en' })}
      {text('last_name', t('console.told_last_name'), { lang: 'en' })}
      {text('name_hangul', t('console.told_hangul'), { lang: 'ko', maxLength: 40 })}
    </>
  )
  const byKind: Record<FieldsProps['subject'], React.ReactNode> = {
    name: names,
    member: (
      <>
        {names}
        {text('phone', t('console.told_phone'), { type: 'tel' })}
      </>
    ),
    phone: text('phone', t('console.told_phone'), { type: 'tel' }),
    email: text('email', t('console.told_email'), { type: 'email', maxLength: 200 }),
    address: (
      <>
        {text('address', t('console.told_street'), { maxLength: 120 })}
        {text('city', t('console.told_city'), { maxLength: 60, defaultValue: card.city ?? '' })}
        {text('zip5', t('console.told_zip'), { inputMode: 'numeric', maxLength: 5 })}
      </>
    ),
    language: choice(
      'language',
      t('console.told_language'),
      spokenLanguages.map((each) => ({ value: each, label: languageIn(t.language, each) })),
    ),
    tag: choice(
      'tag',
      t('console.told_tag'),
      tags.map((each) => ({ value: each, label: each })),
    ),
    opt_out: choice(
      'channel',
      t('console.told_channel'),
      (['text', 'email', 'post'] as const).map((each) => ({ value: each, label: t(`console.channel.${each}`) })),
    ),
    no_calls: (
      <>
        <p className="mb-3">{t('console.told_no_calls')}</p>
        {choice(
          'spoke_with',
          t('console.spoke_title.do_not_call'),
          spokeWith.map((each) => ({ value: each, label: t(`console.spoke.${each}`) })),
        )}
      </>
    ),
  }
  return byKind[subject]
}

/** What the form says, or null where something is missing or wrong. */
function toldOf(subject: FieldsProps['subject'], form: FormData): Told | null {
  const field = (name: string): string => String(form.get(name) ?? '').trim()
  const names = {
    first_name: field('first_name'),
    last_name: field('last_name'),
    name_hangul: field('name_hangul').normalize('NFC'),
  }
  const hasName = Object.values(names).some(Boolean)
  const phone = typedPhone(field('phone'))
  const byKind: Record<FieldsProps['subject'], () => unknown> = {
    name: () => hasName && { kind: 'name', ...names },
    phone: () => phone && { kind: 'phone', phone },
    email: () => ({ kind: 'email', email: field('email').toLowerCase() }),
    address: () => ({ kind: 'address', address: field('address'), city: field('city'), zip5: field('zip5') }),
    language: () => ({ kind: 'language', language: field('language') }),
    member: () => hasName && (phone || !field('phone')) && { kind: 'member', ...names, phone },
    tag: () => ({ kind: 'tag', tag: field('tag') }),
    opt_out: () => ({ kind: 'consent', channel: field('channel'), is_given: false }),
    no_calls: () => ({ kind: 'consent', channel: 'phone', is_given: false, spoke_with: field('spoke_with') }),
  }
  const read = Told.safeParse(byKind[subject]())
  return read.success ? read.data : null
}
