import { sql } from 'kysely'
import { systemActor } from '../../../platform/audit.ts'
import { addDays, dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { newSeed } from '../calling-rules/commands.ts'
import { CallingRules } from '../calling-rules/schema.ts'
import { log } from '../../../platform/log.ts'
import { createPhoneBank, type PhoneBankDraft } from '../commands.ts'
import { phoneBank, type PhoneBank } from '../dashboard.ts'
import '../../organizations/tables.ts'

/** A phone bank like this one, `days` later, with all its rules. */
export const draftLike = (bank: PhoneBank, days: number): PhoneBankDraft => ({
  name: named(bank.name, addDays(bank.starts_on, days)),
  universe_id: bank.universe_id,
  expression: bank.expression,
  script_id: bank.script_id,
  candidate: bank.candidate,
  lane: bank.lane,
  languages: bank.languages,
  starts_on: addDays(bank.starts_on, days),
  ends_on: addDays(bank.ends_on, days),
  calling_starts: bank.calling_starts,
  calling_ends: bank.calling_ends,
  max_attempts: bank.max_attempts,
  retry_after_hours: bank.retry_after_hours,
  caller_id_note: bank.caller_id_note,
  goal_contacts: bank.goal_contacts,
  way_of_calling: bank.way_of_calling,
  result_codes: bank.result_codes,
  rules: { ...CallingRules.parse(bank), seed: newSeed() },
})

/** Names tell phone banks apart in targeting too: each has its first day. */
const named = (name: LocalizedText, on: string): LocalizedText =>
  Object.fromEntries(
    Object.entries(name).map(([language, text]) => [
      language,
      text && `${text.replace(/ · \d{4}-\d\d-\d\d$/, '')} · ${on}`,
    ]),
  )

/**
 * Phone banks that repeat weekly and are over: the next one is made, once, for the next week that is not over yet. It
 * repeats in its turn; the old one does no more, which is also what keeps two runs at once from making two.
 */
export async function repeatPhoneBanks(
  db: Db,
  now: Date,
): Promise<{ organization_id: string; phone_bank_id: string }[]> {
  const due = await db
    .selectFrom('phone_bank as b')
    .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
    .select(['b.organization_id', 'b.phone_bank_id', 'o.time_zone'])
    .where('b.repeats', '=', 'weekly')
    .where('b.ends_on', '<', sql<string>`(${now.toISOString()}::timestamptz at time zone o.time_zone)::date`)
    .execute()
  const made: { organization_id: string; phone_bank_id: string }[] = []
  for (const { organization_id, phone_bank_id, time_zone } of due) {
    const next = await madeAlone(organization_id, phone_bank_id, () =>
      db.transaction().execute(async (tx) => {
        const taken = await tx
          .updateTable('phone_bank')
          .set({ repeats: null })
          .where('organization_id', '=', organization_id)
          .where('phone_bank_id', '=', phone_bank_id)
          .where('repeats', '=', 'weekly')
          .returning('phone_bank_id')
          .executeTakeFirst()
        if (!taken) return null
        const bank = await phoneBank(tx, organization_id, phone_bank_id)
        const today = dateIn(time_zone, now)
        let days = 7
        while (addDays(bank.ends_on, days) < today) days += 7
        return createPhoneBank(
          tx,
          systemActor(organization_id),
          {
            ...draftLike(bank, days),
            repeats: 'weekly',
            repeated_from: phone_bank_id,
            // Nobody is there who could put a gap right: as it was read last week.
            fallback_version: bank.script_version,
          },
          now,
        )
      }),
    )
    if (next) made.push({ organization_id, phone_bank_id: next.phone_bank_id })
  }
  return made
}

/** One that cannot be made keeps no other waiting, of whatever organization. */
async function madeAlone<T>(organization_id: string, phone_bank_id: string, make: () => Promise<T>): Promise<T | null> {
  try {
    return await make()
  } catch (problem) {
    log.error({ problem, organization_id, phone_bank_id }, 'a phone bank was not made anew')
    return null
  }
}
