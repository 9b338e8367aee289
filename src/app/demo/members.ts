import { randomUUID } from 'node:crypto'
import { importBank, setAside } from '../../features/ledger/bank/commands.ts'
import { unmatchedEntries, unmatchedLines } from '../../features/ledger/bank/queries.ts'
import { readBank } from '../../features/ledger/bank/rules.ts'
import { settleDues } from '../../features/ledger/commands.ts'
import {
  applicationActor,
  receiveApplication,
  savePage,
} from '../../features/people/membership/applications/commands.ts'
import { recordMembership } from '../../features/people/membership/commands.ts'
import { listEvents, shiftsOf } from '../../features/events/queries.ts'
import { makeEventSheet, typeEventLine } from '../../features/events/sheets/commands.ts'
import { editKind } from '../../features/people/membership/kinds/commands.ts'
import { membershipKinds } from '../../features/people/membership/queries.ts'
import { periodFor, type Period } from '../../features/people/membership/rules.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays, dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'

const zone = 'America/New_York'
const dues: Record<string, number> = { regular: 3000, student: 1000, senior: 1500, family: 5000, honorary: 0 }
const kindsOf = ['regular', 'regular', 'senior', 'family', 'regular', 'senior', 'student'] as const
/** So many days ago each paid: some last year too, some too late, some not again. */
const paidAgo = [[20], [380, 25], [330], [365 + 340, 345], [60], [378], [372, 14], [200], [420], [90]] as const
const ways = ['check', 'cash', 'check', 'transfer'] as const

/** Members with dues of the last two years, an open application page, two who applied, and a sign-in sheet of the last event. Answers how many members. */
export async function makeMembers(db: Db, organizer: Actor, now: Date): Promise<number> {
  const today = dateIn(zone, now)
  const { organization_id } = organizer
  for (const { kind, dues_cents: _dues, ...was } of await membershipKinds(db, organization_id)) {
    const { name, period_months, grace_days, is_public } = was
    const terms = { name, period_months, grace_days, is_public, needs_approval: kind === 'regular' }
    await editKind(db, organizer, kind, { ...terms, dues_cents: dues[kind] ?? 0, reduced_cents: kind === 'regular' ? 1000 : null }) // prettier-ignore
  }
  await savePage(db, organizer, {
    is_open: true,
    sends_reminders: true,
    intro: {
      en: 'Members choose whom we endorse, meet once a month, and keep our office open.',
      ko: '회원은 지지 후보를 함께 정하고, 한 달에 한 번 모이며, 우리 사무실을 지킵니다.',
    },
    how_to_pay: {
      en: 'Please bring or mail a check to our office, with your name on it.',
      ko: '성함을 적은 수표를 사무실로 가져오시거나 우편으로 보내 주세요.',
    },
    framed_by: [],
  })
  const people = await db
    .selectFrom('person')
    .select('person_id')
    .where('organization_id', '=', organization_id)
    .where('merged_into', 'is', null)
    .where('name_hangul', 'is not', null)
    .orderBy('name_hangul')
    .orderBy('last_name')
    .orderBy('first_name')
    .limit(28)
    .execute()
  const kinds = await membershipKinds(db, organization_id)
  for (const [at, { person_id }] of people.entries()) {
    const key = kindsOf[at % kindsOf.length]
    const kind = kinds.find((each) => each.kind === key)
    if (!kind) continue
    const paid: Period[] = []
    for (const days of paidAgo[at % paidAgo.length] ?? []) {
      const paid_on = addDays(today, -days)
      const period = periodFor(kind, paid, paid_on)
      // They were approved when they joined.
      if (paid.length === 0)
        await recordMembership(db, organizer, person_id, { kind: kind.kind, standing: 'approved', from_on: paid_on, note: null }) // prettier-ignore
      const way = ways[at % ways.length] ?? 'check'
      const form = {
        form_key: randomUUID(), kind: kind.kind, way, amount: kind.dues_cents, reference: way === 'check' ? String(1040 + at) : null, paid_on,
        ...period, reason: null,
      } // prettier-ignore
      await settleDues(db, organizer, person_id, form, paid_on)
      paid.push(period)
    }
  }
  await matchBank(db, organizer, today)
  const applicants = [
    { first_name: 'Sora', last_name: 'Baek', name_hangul: '백소라', email: 'sora.baek@example.org', note: '친구 소개로 알게 되었습니다. 번역을 도울 수 있습니다.', language: 'ko' }, // prettier-ignore
    { first_name: 'Daniel', last_name: 'Moon', name_hangul: null, email: 'daniel.moon@example.org', note: 'I moved to Flushing in May and want to help before the primary.', language: 'en' }, // prettier-ignore
  ] as const
  for (const { language, ...said } of applicants) {
    const application = {
      page_key: randomUUID(), kind: 'regular', ...said, phone: null, address: null, city: 'Flushing', zip5: '11354', news: 'yes' as const,
    } // prettier-ignore
    const wording = language === 'ko' ? '소식을 이메일로 받겠습니다' : 'Send me news by e-mail'
    await receiveApplication(db, applicationActor(organization_id), application, {
      organization: {},
      language,
      wording,
      today,
      now,
      may_mail: false,
      links: { card: () => '', pay: () => null },
    })
  }
  const [event] = await listEvents(db, organization_id, { which: 'past', now, limit: 1 })
  const [shift] = event ? await shiftsOf(db, organization_id, [event.event_id]) : []
  if (!event || !shift) return people.length
  const sheet_id = await makeEventSheet(db, organizer, event, shift, { form_key: randomUUID(), lines: 14 }, now)
  const written = [
    { first_name: 'Eunji', last_name: 'Ryu', name_hangul: '류은지', phone: '718-555-0141', email: null, language: 'ko', consents: ['phone', 'text'] }, // prettier-ignore
    { first_name: 'Marcus', last_name: 'Bell', name_hangul: null, phone: null, email: 'marcus.bell@example.org', language: 'en', consents: ['email'] }, // prettier-ignore
  ] as const
  for (const [at, { consents, ...said }] of written.entries())
    await typeEventLine(db, organizer, event.event_id, sheet_id, { line: at + 1, person_id: null, ...said, consents: [...consents] }, { now, language: 'ko' }) // prettier-ignore
  return people.length
}

/** The bank's file of the last weeks: what is certain finds its payment, one line waits, one is none of ours. */
async function matchBank(db: Db, organizer: Actor, today: string): Promise<void> {
  const { organization_id } = organizer
  const paid = (await unmatchedEntries(db, organization_id)).filter(
    ({ on_date, reference }) => on_date >= addDays(today, -100) && reference,
  )
  const dollars = (cents: number): string => (cents / 100).toFixed(2)
  const rows = [
    ['Date', 'Description', 'Amount', 'Check Number'],
    ...paid.map(({ on_date, amount_cents, reference }) => [addDays(on_date, 2), 'CHECK DEPOSIT', dollars(amount_cents), reference ?? '']), // prettier-ignore
    [addDays(today, -16), 'ZELLE FROM E RYU', '25.00', ''],
    [addDays(today, -5), 'RENT 166TH ST', '-640.00', ''],
  ]
  const read = readBank(rows)
  if (!read.ok) throw new Error(`the bank's file is not read: ${read.problem}`)
  await importBank(db, organizer, 'checking.csv', read.lines)
  const rent = (await unmatchedLines(db, organization_id)).find(({ amount_cents }) => amount_cents === -64_000)
  if (rent) await setAside(db, organizer, rent.line_id, new Date(`${today}T12:00:00Z`))
}
