import { useState } from 'react'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { dispositionRules, SpokenLanguage, type Disposition } from '../../../contacts/schema.ts'
import { answersOnPath, scriptText } from '../../../scripts/rules.ts'
import type { Answers } from '../../../scripts/schema.ts'
import { ScriptWalk } from '../../../scripts/walk/walk.tsx'
import type { OwnResult } from '../../result-codes/schema.ts'
import type { CallCard } from '../../schema.ts'
import { lineOf } from './bridge-line.ts'
import { HostileButton } from './care.tsx'
import type { Desk } from './desk.ts'
import type { DeskState, Editing, Given } from './desk-state.ts'
import { focusNext } from './focus.ts'
import { Learned, useNoted } from './learned.tsx'
import { FollowUp, ResultButtons, Results, unansweredDispositions } from './results.tsx'
import { useSettled } from './settled.ts'
import { languagesOfCall, readsIn } from './spoken.ts'
import type { Draft } from './store.ts'
import { valuesFor } from './values.ts'
import { Wishes } from './wishes.tsx'
import { Beside, CallLinks, VoterFacts, VoterName } from './voter.tsx'
import { resultWords, shownName } from './names.ts'

interface ConversationProps {
  t: Translate
  desk: Desk
  state: DeskState
  card: CallCard
  draft: Draft
  /** The call is over, its result is being corrected. */
  editing?: Editing
}

/** One voter: dial, read, answer, save. */
export function Conversation({ t, desk, state, card, draft, editing }: ConversationProps) {
  const [screen, setScreen] = useState<'call' | 'results' | Disposition>(editing ? 'results' : 'call')
  /** The organization's own result that was pressed, until what must be said with it is. */
  const [own, setOwn] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const noted = useNoted(state)
  const { content } = draft.script ?? state.session.script
  const answers = answersOnPath(content, draft.answers)
  const reading = readsIn(draft.language, content, state.session, t.language)
  const isBridge = state.session.phone_bank.way_of_calling === 'bridge'
  const change = (changed: Partial<Draft>) =>
    editing ? desk.editDraft({ ...draft, ...changed }) : desk.draft(card, { ...draft, ...changed })
  /** Stays the result's number when the card comes again with a corrected one. */
  const dialed = draft.phone ?? card.phones[0]?.phone ?? null
  const about = editing ? <Correcting t={t} desk={desk} editing={editing} /> : <About t={t} card={card} />

  const save = (given: Given) => {
    if (isSaving) return // a second press
    setSaving(true)
    if (given.disposition === 'hostile' && isBridge && !editing)
      void lineOf(state.session.phone_bank.phone_bank_id).hangUp()
    void (editing ? desk.correct(given) : desk.record(card, draft, given))
  }
  const saveAnswers = (given: Answers) => {
    const language = SpokenLanguage.safeParse(draft.language)
    save({ disposition: 'canvassed', answers: tidy(given), language: language.success ? language.data : null })
  }
  /** The same result again, with what was said with it: only note or wishes are changed. */
  const keep =
    editing && editing.disposition !== 'canvassed'
      ? () => {
          const { call_back_at } = editing.given
          if (call_back_at && new Date(call_back_at) <= desk.time()) {
            setOwn(editing.given.result_code ?? null)
            setScreen('call_back')
          } else save(editing.given)
        }
      : undefined
  const choose = (disposition: Disposition, named?: OwnResult) => {
    const result_code = named?.code ?? null
    setOwn(result_code)
    if (dispositionRules[disposition].needs) setScreen(disposition)
    else save({ disposition, result_code })
  }

  if (screen === 'results') {
    return (
      <>
        {!editing && about}
        <Results
          t={t}
          state={state}
          answered={Object.keys(answers).length}
          onSaveAnswers={() => saveAnswers(answers)}
          onResult={choose}
          onBack={() => setScreen('call')}
          title={editing && editTitle(t, editing)}
          keep={keep && editing ? { result: resultWords(t, editing), onKeep: keep } : undefined}
          back={editing ? t('console.edit_answers') : undefined}
        >
          <Wishes t={t} draft={draft} onWishes={(follow_ups) => change({ follow_ups })} />
          <Note t={t} note={draft.note} onNote={(note) => change({ note })} />
          <Learned
            t={t}
            desk={desk}
            state={state}
            card={card}
            spoken={draft.language}
            noted={noted}
            onSaid={() => change({ phone: dialed })}
          />
        </Results>
        {editing && about}
      </>
    )
  }
  if (screen !== 'call') {
    return (
      <>
        {about}
        <FollowUp
          t={t}
          state={state}
          desk={desk}
          card={card}
          disposition={screen}
          first={editing?.disposition === screen ? editing.given : undefined}
          onDone={(given) => save({ ...given, result_code: own })}
          onBack={() => setScreen('results')}
        />
      </>
    )
  }
  if (draft.is_talking) {
    return (
      <div className="lg:grid lg:grid-cols-[20rem_1fr] lg:items-start lg:gap-6">
        <aside className="bg-base-100 border-base-300 rounded-box mb-3 border px-5 py-4 lg:sticky lg:top-[var(--bar,6rem)]">
          <h1>
            <VoterName t={t} named={card} />
          </h1>
          <div className="hidden lg:block">
            <VoterFacts t={t} card={card} state={state} />
            {!editing && (
              <Beside
                t={t}
                card={card}
                state={state}
                desk={desk}
                onSwitch={(voter_id) => void desk.bringForward(voter_id)}
                onTake={(voter_id) => void desk.takeMember(voter_id)}
              />
            )}
          </div>
          <details className="lg:hidden">
            <summary className="flex min-h-12 items-center text-base underline">{t('console.more_about')}</summary>
            <VoterFacts t={t} card={card} state={state} />
            {!editing && (
              <Beside
                t={t}
                card={card}
                state={state}
                desk={desk}
                onSwitch={(voter_id) => void desk.bringForward(voter_id)}
                onTake={(voter_id) => void desk.takeMember(voter_id)}
              />
            )}
          </details>
        </aside>
        <div>
          {editing && about}
          <ScriptWalk
            t={t}
            content={content}
            voter_id={card.voter_id}
            voter_name={shownName(card, t.language)}
            values={valuesFor(card, state.session)}
            reading={reading}
            languages={languagesOfCall(content, state.session)}
            progress={{ is_hurried: false, ...draft }}
            onProgress={({ at, answers: given, language, is_hurried }) =>
              change({ at, answers: given, language, is_hurried })
            }
            onLeave={() => (editing ? setScreen('results') : change({ is_talking: false }))}
            onFinish={saveAnswers}
            onOtherResult={() => setScreen('results')}
            sending={{
              phones: card.phones.map((each) => each.phone),
              by: isBridge ? 'organization' : 'caller',
              has_texts: !isBridge || state.session.organization.sends_texts,
              onAgreed: ({ channel, to, fact }) =>
                void desk.learned(card, {
                  kind: 'consent',
                  channel,
                  is_given: true,
                  to,
                  fact,
                  send_in: isBridge ? (SpokenLanguage.safeParse(reading).data ?? 'en') : null,
                }),
            }}
          />
          <Wishes t={t} draft={draft} onWishes={(follow_ups) => change({ follow_ups })} />
          <Note t={t} note={draft.note} onNote={(note) => change({ note })} />
          <Learned
            t={t}
            desk={desk}
            state={state}
            card={card}
            spoken={draft.language}
            noted={noted}
            onSaid={() => change({ phone: dialed })}
          />
          {!editing && <HostileButton t={t} onHostile={() => choose('hostile')} />}
        </div>
      </div>
    )
  }
  return (
    <BeforeTheCall
      t={t}
      desk={desk}
      state={state}
      card={card}
      reading={reading}
      onDial={(phone) => change({ phone, started_at: new Date().toISOString() })}
      onAnswered={() =>
        change({ is_talking: true, started_at: draft.started_at ?? new Date().toISOString(), phone: dialed })
      }
      onResult={choose}
      onOtherResult={() => setScreen('results')}
    />
  )
}

/** Whose result it is. */
const About = ({ t, card }: { t: Translate; card: CallCard }) => (
  <p className="mb-2 text-xl font-bold">{shownName(card, t.language)}</p>
)

const editTitle = (t: Translate, editing: Editing): string =>
  t('console.edit_title', { name: shownName(editing.card, t.language), result: resultWords(t, editing) })

/** Whose result is corrected, what it said, and the way out. */
const Correcting = ({ t, desk, editing }: { t: Translate; desk: Desk; editing: Editing }) => (
  <div className="border-primary bg-base-100 rounded-box my-3 border-2 p-4 text-base" data-editing={editing.attempt_id}>
    <p className="text-xl font-bold">{editTitle(t, editing)}</p>
    <p className="mt-1">{t('console.edit_text')}</p>
    <button type="button" className="btn mt-3 min-h-12 w-full text-lg" onClick={() => desk.stopEditing()}>
      {t('console.edit_stop')}
    </button>
  </div>
)

/** Text answers without the blanks typing leaves at their ends. */
const tidy = (answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.trim().normalize('NFC') : value,
    ]),
  )

interface BeforeTheCallProps {
  t: Translate
  desk: Desk
  state: DeskState
  card: CallCard
  /** What the script is read in. */
  reading: string
  onDial: (phone: string) => void
  onAnswered: () => void
  onResult: (disposition: Disposition) => void
  onOtherResult: () => void
}

function BeforeTheCall({
  t,
  desk,
  state,
  card,
  reading,
  onDial,
  onAnswered,
  onResult,
  onOtherResult,
}: BeforeTheCallProps) {
  const isSettled = useSettled()
  const { dispositions, script } = state.session
  const voicemail = localized(script.content.voicemail, reading)
  const quick = unansweredDispositions.filter(
    (each) => dispositions.includes(each) && (each !== 'left_message' || voicemail.text),
  )
  return (
    <div className="lg:grid lg:grid-cols-2 lg:items-start lg:gap-6">
      <section className="bg-base-100 border-base-300 rounded-box border p-5" aria-labelledby="voter">
        <h1 ref={focusNext} tabIndex={-1} className="outline-none" id="voter">
          <VoterName t={t} named={card} />
        </h1>
        <VoterFacts t={t} card={card} state={state} />
        <div inert={!isSettled}>
          <CallLinks t={t} card={card} state={state} desk={desk} onDial={onDial} />
        </div>
      </section>
      <div className="lg:row-span-2" inert={!isSettled}>
        <button
          type="button"
          className="btn btn-success mt-4 h-auto min-h-16 w-full py-3 text-xl lg:mt-0"
          onClick={onAnswered}
          data-answered
        >
          {t('console.answered')}
        </button>
        <h2 className="mt-5 mb-2 font-bold">{t('console.not_answered')}</h2>
        <ResultButtons t={t} offered={quick} onResult={onResult} />
        <details className="mt-3">
          <summary className="flex min-h-12 items-center underline">{t('console.voicemail')}</summary>
          {state.session.phone_bank.way_of_calling === 'bridge' && <p className="text-base">{t('bridge.voicemail')}</p>}
          {voicemail.text ? (
            <p className="mt-1 text-xl leading-relaxed" lang={voicemail.language}>
              {scriptText(script.content.voicemail, reading, valuesFor(card, state.session)).text}
            </p>
          ) : (
            <p>{t('console.voicemail_none')}</p>
          )}
        </details>
        <div className="mt-3 grid grid-cols-2 gap-2">
          <button type="button" className="btn btn-ghost min-h-12 text-base underline" onClick={onOtherResult}>
            {t('console.more_results')}
          </button>
          <button
            type="button"
            className="btn btn-ghost min-h-12 text-base underline"
            onClick={() => void desk.skip(card)}
          >
            {t('console.skip')}
          </button>
        </div>
      </div>
      <Beside
        t={t}
        card={card}
        state={state}
        desk={desk}
        onSwitch={(voter_id) => void desk.bringForward(voter_id)}
        onTake={(voter_id) => void desk.takeMember(voter_id)}
      />
    </div>
  )
}

function Note({ t, note, onNote }: { t: Translate; note: string; onNote: (note: string) => void }) {
  const [wasWritten] = useState(note !== '') // emptying it must not fold it under the writer's thumb
  return (
    <details className="mt-4" open={wasWritten}>
      <summary className="flex min-h-12 items-center underline">{t('console.note')}</summary>
      <label className="block">
        <span className="mb-1 block text-base">{t('console.note_hint')}</span>
        <textarea
          rows={3}
          maxLength={1000}
          className="textarea w-full text-lg"
          defaultValue={note}
          onChange={(event) => onNote(event.target.value)}
          aria-label={t('console.note')}
        />
      </label>
    </details>
  )
}
