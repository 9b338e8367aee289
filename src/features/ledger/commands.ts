import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { languages, localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { coverDues, takeBackDues, type CoverProblem } from '../people/membership/commands.ts'
import { kindByKey } from '../people/membership/queries.ts'
import { profileOf, whoIs } from '../people/queries.ts'
import { effectiveName, romanName } from '../people/rules.ts'
import { sendPaidMail } from './jobs.ts'
import { backOf, entryById, type Entry } from './queries.ts'
import { receiptName } from './rules.ts'
import type { DuesSettled, GivenBack } from './schema.ts'
import type { LedgerEntryTable } from './tables.ts'

type NewEntry = Pick<
  LedgerEntryTable,
  'entry_id' | 'kind' | 'of_entry' | 'purpose' | 'amount_cents' | 'way' | 'reference' | 'on_date' | 'person_id' | 'payer' | 'dues_id' | 'for_id' | 'note'
> & { what: LocalizedText } // prettier-ignore

/** Those who write into an organization's books wait for each other, so that numbers have no gaps. */
export const lockBooks = (tx: Db, organization_id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`ledger ${organization_id}`}, 0))`.execute(tx)

/** `today`: receipts are numbered by the year they were written in. */
async function enter(tx: Db, actor: Actor, entry: NewEntry, today: string): Promise<Entry> {
  const { organization_id } = actor
  const year = Number(today.slice(0, 4))
  const { rows } = await sql<{ number: number }>`
    select coalesce(max(number), 0) + 1 as number from ledger_entry where organization_id = ${organization_id}::uuid and year = ${year}`.execute(
    tx,
  )
  const written = await tx
    .insertInto('ledger_entry')
    .values({
      organization_id,
      ...entry,
      what: JSON.stringify(entry.what),
      year,
      number: rows[0]?.number ?? 1,
      recorded_by: actor.name,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const { kind, amount_cents, way } = entry
  await audit(tx, actor, {
    action: `ledger.${kind}`,
    subject: 'ledger_entry',
    subject_id: written.entry_id,
    after: { receipt: receiptName(written), person_id: entry.person_id, amount_cents, way },
  })
  return written
}

export type DuesProblem = CoverProblem | 'amount' | 'reason' | 'future'
export type Settled = { ok: true; entry: Entry | null } | { ok: false; problem: DuesProblem }

/**
 * Dues paid, let off, or paid elsewhere: the membership goes on, and money has its receipt, which is mailed where `mails`.
 * Sent twice it is done once.
 */
export function settleDues(
  db: Db,
  actor: Actor,
  who: string,
  form: Omit<DuesSettled, 'way'> & { way: DuesSettled['way'] | 'card' },
  today: string,
): Promise<Settled> {
  return inTransaction(db, async (tx): Promise<Settled> => {
    const { organization_id } = actor
    await lockBooks(tx, organization_id)
    const there = await tx
      .selectFrom('dues')
      .select('dues_id')
      .where('organization_id', '=', organization_id)
      .where('dues_id', '=', form.form_key)
      .executeTakeFirst()
    if (there) return { ok: true, entry: (await entryOfDues(tx, organization_id, form.form_key)) ?? null }

    const kind = await kindByKey(tx, organization_id, form.kind)
    const isMoney = form.way !== 'waived' && form.way !== 'elsewhere'
    const amount_cents = form.way === 'waived' ? 0 : form.amount
    if (isMoney && amount_cents === 0) return { ok: false, problem: 'amount' }
    const isUsual = amount_cents === kind.dues_cents || (form.way === 'elsewhere' && amount_cents === 0)
    if ((form.way === 'waived' || !isUsual) && !form.reason) return { ok: false, problem: 'reason' }
    if (form.paid_on > today) return { ok: false, problem: 'future' }
    const { from_on, until_on, paid_on, reason } = form
    const covered = await coverDues(tx, actor, who, {
      dues_id: form.form_key,
      kind: kind.kind,
      how: isMoney ? 'paid' : form.way === 'waived' ? 'waived' : 'elsewhere',
      amount_cents,
      reason,
      paid_on,
      from_on,
      until_on,
    })
    if (!covered.ok) return covered
    if (!isMoney) return { ok: true, entry: null }
    const entry = await enter(
      tx,
      actor,
      {
        entry_id: form.form_key,
        kind: 'payment',
        of_entry: null,
        purpose: 'dues',
        amount_cents,
        way: form.way as LedgerEntryTable['way'],
        reference: form.reference,
        on_date: paid_on,
        person_id: covered.person_id,
        payer: await payerName(tx, organization_id, covered.person_id),
        what: duesWords(kind.name, from_on, until_on),
        dues_id: covered.dues_id,
        for_id: null,
        note: reason,
      },
      today,
    )
    if (form.mails) await addJob(tx, sendPaidMail, { organization_id, entry_id: entry.entry_id })
    return { ok: true, entry }
  })
}

export interface TicketPayment {
  /** Made by whoever took the money: what is sent twice is one. */
  entry_id: string
  for_id: string
  person_id: string
  amount_cents: number
  way: LedgerEntryTable['way']
  reference: string | null
  on_date: string
  /** What it is for, in the words of the receipt. */
  what: LocalizedText
}

/** Money for a ticket, with its receipt. Sent twice it is taken once. */
export function takeForTicket(db: Db, actor: Actor, payment: TicketPayment, today: string): Promise<Entry> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockBooks(tx, organization_id)
    const there = await tx
      .selectFrom('ledger_entry')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('entry_id', '=', payment.entry_id)
      .executeTakeFirst()
    if (there) return there
    const person_id = found(await whoIs(tx, organization_id, payment.person_id)).person_id ?? payment.person_id
    const payer = await payerName(tx, organization_id, person_id)
    const entry = { ...payment, person_id, payer, kind: 'payment' as const, of_entry: null, purpose: 'ticket' as const }
    return enter(tx, actor, { ...entry, dues_id: null, note: null }, today)
  })
}

export type BackProblem = 'too_much' | 'amount' | 'later_dues' | 'future' | 'early'

/** Gives a payment back, all or part, or takes it out of the books where it was recorded by mistake: a row of its own. */
export function giveBack(
  db: Db,
  actor: Actor,
  entry_id: string,
  form: Omit<GivenBack, 'way'> & { way: LedgerEntryTable['way'] },
  today: string,
): Promise<{ ok: true; entry: Entry } | { ok: false; problem: BackProblem }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockBooks(tx, organization_id)
    const payment = await entryById(tx, organization_id, entry_id)
    found(payment.kind === 'payment' || null)
    const earlier = await backOf(tx, organization_id, payment.entry_id)
    const again = earlier.find((each) => each.entry_id === form.form_key)
    if (again) return { ok: true, entry: again } as const
    const left_cents = earlier.reduce((left, each) => left + each.amount_cents, payment.amount_cents)
    const amount_cents = form.kind === 'void' ? left_cents : (form.amount ?? left_cents)
    if (amount_cents === 0) return { ok: false, problem: 'amount' } as const
    // What was partly given back has moved money: it was no mistake.
    if (amount_cents > left_cents || (form.kind === 'void' && earlier.length > 0))
      return { ok: false, problem: 'too_much' } as const
    if (form.on_date > today) return { ok: false, problem: 'future' } as const
    if (form.on_date < payment.on_date) return { ok: false, problem: 'early' } as const
    const takesDuesBack = form.kind === 'void' || form.takes_dues_back === 'yes'
    if (payment.dues_id && takesDuesBack) {
      const taken = await takeBackDues(tx, actor, payment.dues_id, form.note)
      if (!taken.ok) return taken
    }
    // What was no payment is no line of the bank either.
    if (form.kind === 'void')
      await tx
        .deleteFrom('bank_match')
        .where('organization_id', '=', organization_id)
        .where('entry_id', '=', payment.entry_id)
        .execute()
    const { purpose, person_id, payer, what, dues_id, for_id } = payment
    const entry = await enter(
      tx,
      actor,
      {
        entry_id: form.form_key,
        kind: form.kind,
        of_entry: payment.entry_id,
        purpose,
        amount_cents: -amount_cents,
        way: form.kind === 'void' ? payment.way : form.way,
        reference: form.kind === 'void' ? null : form.reference,
        // A mistake is taken out of the month it was made in.
        on_date: form.kind === 'void' ? payment.on_date : form.on_date,
        person_id,
        payer,
        what,
        dues_id,
        for_id,
        note: form.note,
      },
      today,
    )
    return { ok: true, entry } as const
  })
}

const entryOfDues = (db: Db, organization_id: string, dues_id: string): Promise<Entry | undefined> =>
  db
    .selectFrom('ledger_entry')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('dues_id', '=', dues_id)
    .where('kind', '=', 'payment')
    .executeTakeFirst()

/** 'Young Hee Kim 김영희': receipts are read in both languages. */
async function payerName(db: Db, organization_id: string, person_id: string): Promise<string> {
  const profile = found(
    await profileOf(db, organization_id, found(await whoIs(db, organization_id, person_id)), { is_brief: true }),
  )
  const roman = romanName(effectiveName(profile.person, profile.voter))
  return [roman, profile.person?.name_hangul].filter(Boolean).join(' ')
}

/** What dues are for, in the words of a receipt, kept as they were then. */
function duesWords(kind: LocalizedText, from_on: string, until_on: string | null): LocalizedText {
  const words = { en: 'Membership dues', ko: '회비' }
  return Object.fromEntries(
    languages.map((language) => {
      const days = until_on
        ? `${from_on} ${language === 'ko' ? '~' : '–'} ${until_on}`
        : language === 'ko'
          ? '평생'
          : 'for life'
      return [language, `${words[language]}: ${localized(kind, language).text}, ${days}`]
    }),
  )
}
