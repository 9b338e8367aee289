import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeBody } from '../features/leadership/bodies/commands.ts'
import { seatedOn } from '../features/leadership/bodies/queries.ts'
import { createPerson } from '../features/people/commands.ts'
import {
  askFor,
  chooseMapping,
  importedRows,
  personImport,
  receiveSheet,
  type Ask,
} from '../features/people/imports/commands.ts'
import { personImportRoutes } from '../features/people/imports/routes.tsx'
import { Mapping } from '../features/people/imports/schema.ts'
import { membershipsOf, standingOn } from '../features/people/membership/queries.ts'
import { PersonForm } from '../features/people/schema.ts'
import { giveBack } from '../features/ledger/commands.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { importPeople } from './import-people.ts'

const world = await makeWorld()
const organizer = world.ours.organizer
const { organization_id } = organizer
const db = world.database.of(organization_id)
const now = world.installation.clock.now()

async function prepared(csv: string, options: Parameters<typeof chooseMapping>[5]) {
  const received = await receiveSheet(db, world.folder, organizer, 'list.csv', [Buffer.from(csv)])
  if (!received.ok) throw new Error(received.problem)
  const run = await personImport(db, organization_id, received.import_id)
  await chooseMapping(db, organizer, run, Mapping.parse(run.mapping).columns, 'email', options)
  return work(received.import_id)
}

/** What the background does for an import. */
async function work(import_id: string) {
  await importPeople.run({ organization_id, import_id }, { installation: world.installation, signal: new AbortController().signal }) // prettier-ignore
  return personImport(db, organization_id, import_id)
}

async function asked(import_id: string, what: Ask) {
  expect(await askFor(db, organizer, import_id, what)).toBe(true)
  return work(import_id)
}

/** Everything that is known of people and their memberships, as bytes. */
async function everything(): Promise<string> {
  const { rows } = await sql<{ all: string }>`select coalesce(string_agg(x, E'\n' order by x), '') as all from (
    select row(p.*)::text x from person p union all select row(e.*)::text from person_email e union all select row(s.*)::text from person_search s
    union all select row(i.*)::text from person_import_known i union all select row(m.*)::text from membership m
    union all select row(d.*)::text from dues d union all select row(r.*)::text from person_role r) q`.execute(db)
  return rows[0]?.all ?? ''
}

test('a sheet of members brings memberships, dues and committees; undone, all is as it was, and what is in the books is taken out there', async () => {
  const body_id = await makeBody(db, organizer, { kind: 'committee', name: { en: 'Housing', ko: '주거위원회' } }, now)
  const { person_id } = await createPerson(db, organizer, { ...PersonForm.parse({}), last_name: 'Seo', first_name: 'Jisoo', emails: ['jisoo@example.org'] }, 'test') // prettier-ignore
  const before = await everything()
  const head = 'Name,Email,회원 종류,가입일,회비 만료일,회원 상태,회비,납부일,납부 방법,Committee,Office,Term from\n'
  const sheet = `${head}Jisoo Seo,jisoo@example.org,일반 회원,2019-03-01,2026-12-31,활동,,,,Housing,Chair,2026-01-01
Ahn Paid,paid@example.org,Student,2026-02-01,,active,$10,2026-02-01,check,,,
Bae Wrong,wrong@example.org,Gold,,,,,,,,,
Cha Sum,sum@example.org,Regular,,,,ten,,,,,
`
  const run = await prepared(sheet, { overwrite: false, add_unsure: false })
  const mapping = Mapping.parse(run.mapping)
  expect(mapping.columns.slice(2)).toEqual(['member_kind', 'member_since', 'paid_until', 'member_state', 'dues_amount', 'dues_paid_on', 'dues_way', 'body', 'office', 'term_from']) // prettier-ignore
  expect(run.preview).toEqual({ left_out: 0, created: 1, updated: 1, merged: 0, unchanged: 0, unsure: 0, refused: 2, members: { memberships: 2, dues: 2, dues_cents: 1000, booked: 0, endless: 0, terms: 1 } }) // prettier-ignore
  expect((await importedRows(db, run, 2))).toMatchObject([{ line: 4, problem: 'bad_member_kind', column: 2 }, { line: 5, problem: 'bad_amount', column: 6 }]) // prettier-ignore
  const us = world.as(organizer, [personImportRoutes])
  const preview = await (await us.get(`/people/imports/${run.import_id}`)).text()
  for (const words of [
    'Regular: Active from 2019-03-01',
    'Housing: Chair from',
    '회비: not an amount of money',
    '$10.00',
  ])
    expect(preview).toContain(words)
  expect((await asked(run.import_id, 'run')).state).toBe('done')
  const standing = async (who: string, day: string) => standingOn(await membershipsOf(db, organization_id, who), day).map((each) => `${each.kind} ${each.standing}`) // prettier-ignore
  expect(await standing(person_id, '2020-06-01')).toEqual(['regular active'])
  expect(await standing(person_id, '2027-01-15')).toEqual(['regular grace'])
  const held = await seatedOn(db, organization_id, body_id, '2026-11-23')
  expect(held[0]?.now).toMatchObject([{ person_id }])
  expect(await db.selectFrom('ledger_entry').selectAll().execute()).toEqual([])
  expect((await asked(run.import_id, 'undo')).report).toMatchObject({ undone: { removed: 1, restored: 1, kept: 0, taken_out: 0 } }) // prettier-ignore
  expect(await everything()).toBe(before)

  // Into the books: a receipt each, which an undo takes out by a row of its own.
  const booked = await prepared(sheet, { overwrite: false, add_unsure: false, books: true })
  expect(booked.preview).toMatchObject({ members: { booked: 1 } })
  await asked(booked.import_id, 'run')
  const entries = () => db.selectFrom('ledger_entry').select(['kind', 'amount_cents', 'way', 'payer']).orderBy('number').execute() // prettier-ignore
  expect(await entries()).toEqual([{ kind: 'payment', amount_cents: 1000, way: 'check', payer: 'Ahn Paid' }])
  const undone = await asked(booked.import_id, 'undo')
  expect(undone.report).toMatchObject({ undone: { removed: 0, restored: 1, kept: 1, taken_out: 1, members_kept: 0 } })
  expect((await entries()).map(({ kind, amount_cents }) => [kind, amount_cents])).toEqual([['payment', 1000], ['void', -1000]]) // prettier-ignore
  const paid = await db.selectFrom('person_email').select('person_id').where('email', '=', 'paid@example.org').executeTakeFirstOrThrow() // prettier-ignore
  expect(await standing(paid.person_id, '2026-11-23')).toEqual([])
  expect(await standing(person_id, '2026-11-23')).toEqual([])
  expect(await (await us.get(`/people/imports/${booked.import_id}`)).text()).toContain(
    '1 payment was taken out of the books',
  )
})

test('an import is undone after the treasurer took a payment out; one given back in part stays, with the office it came with', async () => {
  await makeBody(db, organizer, { kind: 'committee', name: { en: 'Parks', ko: '공원위원회' } }, now)
  const sheet = `Name,Email,회원 종류,가입일,회비,납부일,납부 방법,Committee,Office
Do Void,void@example.org,Student,2020-01-01,$10,2026-02-01,check,,
Eom Back,back@example.org,Student,2020-01-01,$10,2026-02-01,check,,
Gi Part,part@example.org,Student,2020-01-01,$10,2026-02-01,check,Parks,Chair
`
  const run = await prepared(sheet, { overwrite: false, add_unsure: false, books: true })
  await asked(run.import_id, 'run')
  const who = async (payer: string) => db.selectFrom('ledger_entry').select(['entry_id', 'person_id']).where('payer', '=', payer).where('kind', '=', 'payment').executeTakeFirstOrThrow() // prettier-ignore
  const give = async (payer: string, kind: 'void' | 'refund', amount: number | null) => {
    const form = { form_key: crypto.randomUUID(), kind, amount, way: 'cash' as const, reference: null, on_date: '2026-11-23', note: 'mistake' } // prettier-ignore
    expect(await giveBack(db, organizer, (await who(payer)).entry_id, form, '2026-11-23')).toMatchObject({ ok: true })
  }
  await give('Do Void', 'void', null)
  await give('Eom Back', 'refund', null)
  await give('Gi Part', 'refund', 400)
  expect((await asked(run.import_id, 'undo')).report).toMatchObject({ undone: { taken_out: 0, members_kept: 0, part_back: 1 } }) // prettier-ignore
  const left = async (payer: string) => {
    const person_id = (await who(payer)).person_id ?? ''
    const rows = await membershipsOf(db, organization_id, person_id)
    const roles = await db.selectFrom('person_role').select('role_id').where('person_id', '=', person_id).where('removed_at', 'is', null).execute() // prettier-ignore
    return [standingOn(rows, '2026-11-23').map(({ standing }) => standing), roles.length]
  }
  expect(await left('Do Void')).toEqual([[], 0])
  expect(await left('Eom Back')).toEqual([[], 0])
  expect(await left('Gi Part')).toEqual([['active'], 1])
})

test('paid for where somebody has to approve it is active as the sheet says; two rows about one person are one membership', async () => {
  await db.updateTable('membership_kind').set({ needs_approval: true }).where('kind', '=', 'student').execute()
  const person = { ...PersonForm.parse({}), last_name: 'Ok', first_name: 'Two', emails: ['two@example.org', 'too@example.org'] } // prettier-ignore
  const { person_id } = await createPerson(db, organizer, person, 'test')
  const sheet = `Name,Email,회원 종류,회원 상태,회비,납부일,납부 방법
Two Ok,two@example.org,Student,active,$10,2026-02-01,check
Two Ok,too@example.org,Student,active,$10,2026-02-01,check
Hyun Wait,wait@example.org,Student,신청,$10,2026-02-01,check
`
  const run = await prepared(sheet, { overwrite: false, add_unsure: false, books: true })
  expect(run.preview).toMatchObject({
    created: 1,
    updated: 1,
    merged: 1,
    unchanged: 0,
    members: { dues: 2, booked: 2 },
  })
  expect((await asked(run.import_id, 'run')).state).toBe('done')
  const standing = async (who: string) => standingOn(await membershipsOf(db, organization_id, who), '2026-11-23').map((each) => each.standing) // prettier-ignore
  expect(await standing(person_id)).toEqual(['active'])
  const waiting = await db.selectFrom('person_email').select('person_id').where('email', '=', 'wait@example.org').executeTakeFirstOrThrow() // prettier-ignore
  expect(await standing(waiting.person_id)).toEqual(['applied'])
})
