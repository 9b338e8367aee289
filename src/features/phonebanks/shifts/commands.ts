import type { Actor } from '../../../platform/actor.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { formatRange } from '../../../platform/i18n/formats.ts'
import { localized, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import { joinBank } from '../../events/calls/commands.ts'
import { confirmingBanksOf } from '../../events/calls/queries.ts'
import { lockEvent } from '../../events/seats/commands.ts'
import { shiftsOf, toldTo, type Event, type Shift } from '../../events/queries.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { dayText, spanText } from '../../events/when.ts'
import { createScript } from '../../scripts/commands.ts'
import { newSeed } from '../calling-rules/commands.ts'
import { usualRules } from '../calling-rules/schema.ts'
import { createPhoneBank } from '../commands.ts'
import { prepare } from '../of-request.ts'
import { confirmingScript, type EventInWords } from './script.ts'

export type MadeConfirming = { ok: true; phone_bank_id: string } | { ok: false; problem: 'closed' }

/**
 * A phone bank that asks who signed up whether they come, with a script of our own. One runs for an event at a time: asked
 * again, its list is put together anew. Whoever is in no voter file is asked by its callers beside that list (`newcomers/`).
 */
export function makeConfirmingBank(
  db: Db,
  actor: Actor,
  event_id: string,
  languages: readonly string[],
  now: Date,
): Promise<MadeConfirming> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<MadeConfirming> => {
    const event = await lockEvent(tx, organization_id, event_id)
    const shifts = await shiftsOf(tx, organization_id, [event_id])
    // Before the last shift begins there is somebody to ask.
    const last = shifts.at(-1)?.starts_at ?? event.starts_at
    if (event.canceled_at || last <= now) return { ok: false, problem: 'closed' }
    const running = (await confirmingBanksOf(tx, organization_id, event_id)).find(({ ended_at }) => !ended_at)
    if (running) {
      await prepare(tx, organization_id, running.phone_bank_id)
      return { ok: true, phone_bank_id: running.phone_bank_id }
    }
    // Whoever calls has no seat there.
    const words = inWords(event, toldTo(event, shifts, { has_seat: false }))
    const name = { en: `Who comes: ${words.title.en}`, ko: `참석 확인: ${words.title.ko}` }
    const { script_id } = await createScript(tx, actor, { name: name.en.slice(0, 120), content: confirmingScript(words) }, now) // prettier-ignore
    const spoken = languages.filter((each) => each === 'en' || each === 'ko')
    const today = dateIn(event.time_zone, now)
    const { calling_starts, calling_ends } = await organizationSettings(tx, organization_id)
    const { phone_bank_id } = await createPhoneBank(
      tx,
      actor,
      {
        name,
        universe_id: null,
        // For whoever reads it; who is called are those of them who have not confirmed (event_phone_bank).
        expression: `signed-up:@${event.code}`,
        script_id,
        candidate: null,
        lane: 'non_partisan',
        languages: spoken.length > 0 ? spoken : ['en'],
        starts_on: today,
        ends_on: dateIn(event.time_zone, last),
        calling_starts,
        calling_ends,
        max_attempts: 3,
        // A few days are left, not weeks.
        retry_after_hours: 4,
        caller_id_note: {},
        rules: {
          ...usualRules,
          seed: newSeed(),
          is_live: true,
          // Whoever only heard a message has not said whether they come.
          spacing: { left_message: { hours: null, most: null, again: true } },
        },
      },
      now,
    )
    await joinBank(tx, actor, event_id, phone_bank_id, 'confirming', now)
    await prepare(tx, organization_id, phone_bank_id)
    return { ok: true, phone_bank_id }
  })
}

/** Whoever is called has one of several shifts or all of them: then the days are said, and a place only where it is that of all. */
function inWords(event: Event, shifts: readonly Shift[]): EventInWords {
  const both = (of: (language: PublicLanguage) => string) => ({ en: of('en'), ko: of('ko') })
  const placeOf = ({ place }: Shift, language: PublicLanguage): string =>
    [localized(place.name, language).text, place.address].filter(Boolean).join(', ')
  const [first] = shifts
  const has_several = shifts.length > 1
  const place = both((language) => {
    const places = new Set(shifts.map((shift) => placeOf(shift, language)))
    return first && places.size === 1 ? placeOf(first, language) : ''
  })
  return {
    title: both((language) => localized(event.content.title, language).text),
    when: both((language) => {
      if (!first) return ''
      return has_several ? daysText(language, event, shifts) : spanText(language, event.time_zone, first)
    }),
    place,
    has_several,
  }
}

/** 'Saturday, December 5, 2026–Sunday, December 6, 2026', or the one day there is. */
function daysText(language: PublicLanguage, { time_zone }: Event, shifts: readonly Shift[]): string {
  const days = shifts.map(({ starts_at }) => dateIn(time_zone, starts_at)).toSorted()
  const [from = '', until = ''] = [days[0], days.at(-1)]
  const text = (day: string): string => dayText(language, day)
  return from === until ? text(from) : formatRange(language === 'ko' ? 'ko' : 'en', text(from), text(until))
}
