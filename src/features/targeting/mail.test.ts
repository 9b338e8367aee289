import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { addressesOf } from '../people/addresses/queries.ts'
import { addressKey, knownAddresses, mailboxKey, mailboxOf } from '../people/addresses/rules.ts'
import { addressKinds, addressQualities } from '../people/addresses/schema.ts'
import { profileOf, type Profile } from '../people/queries.ts'
import { addNamedVoters } from '../people/testing.ts'
import { refreshFromColumns, votersFromColumns } from './columns/ask.ts'
import { columnsPath } from './columns/file.ts'
import { ColumnStore } from './columns/store.ts'
import { build } from './columns/testing.ts'
import { householdsOf, rowsOf, type Asked } from './export/queries.ts'
import { homesByHand } from './homes-queries.ts'
import { compileUniverse } from './queries.ts'
import { refreshFromDatabase } from './refresh-database.ts'

const world = await makeWorld()
const { organization_id } = world.ours
const db = world.database.of(organization_id)
const today = '2026-11-23'
const store = new ColumnStore(world.folder)

/* Three live behind each door, whatever mailing address the file has of them; the last three have no whole address. */
const doors = [
  { house_number: '136-20', street: '38th Ave', unit: '5B' },
  { house_number: '1', street: 'Main St', unit: null },
  { house_number: '7', street: 'Oak Ln', unit: 'Apt 2', city: null },
]
const mails = [null, 'PO Box 1\nFLUSHING, NY 11354-0006', 'c/o Kim\nPO BOX 2\nFLUSHING NY 11355', '12 Sejong-daero\nSEOUL', '136-20 38th Ave 5B\nFlushing, NY 11354'] // prettier-ignore
const voters = doors.flatMap((door, home) =>
  mails.map((mail_address, at) => ({ voter_id: home * 10 + at + 1, household_key: 500 + home, mail_address, zip5: '11354', last_name: 'Kim', first_name: 'Min', ...door })),
) // prettier-ignore

beforeAll(async () => {
  await addNamedVoters(
    world.database.owner,
    [
      ...voters,
      ...[11, 12, 13].map((nth) => ({ ...voters[0], voter_id: nth + 40, household_key: 500, mail_address: null, last_name: 'Lee', first_name: 'Jin' })),
      { voter_id: 60, last_name: 'Park', first_name: 'Bo', street: null, house_number: null, household_key: null },
    ].map((each) => each as Parameters<typeof addNamedVoters>[1][number]), // the file knows no street of one
  ) // prettier-ignore
  await build(world.database, columnsPath(world.folder))
  await store.load()
}, 60_000)
afterAll(() => store.close())

const place = fc.record({
  address: fc.constantFrom('136-20 38th Avenue, Apt 5b', '136-20 38TH AVE. #5B', '136-20 38th Ave, 5B', '1 Main Street', '1 Main St.', 'PO Box 1', 'P.O. Box 1', 'PO Box 1, FLUSHING, NY 11354-0006', 'c/o Kim, PO Box 2', '12 Sejong-daero, SEOUL', '9 Peña St', '9½ Elm St', '9 Elm Street', '9 Elm St', '13 31st Ave', '133 1st Avenue', '13620 38 Ave 5B'),
  zip5: fc.constantFrom('11354', '11354', '11355', null),
}) // prettier-ignore
const noted = fc.record({
  place,
  kind: fc.constantFrom(...addressKinds),
  quality: fc.constantFrom('unknown', ...addressQualities),
  minutes: fc.nat(3),
})
const person = fc.record({
  voter_id: fc.constantFrom(...voters.map(({ voter_id }) => voter_id), 51, 52, 60),
  home: fc.option(place),
  addresses: fc.array(noted, { maxLength: 4 }),
  preferred: fc.nat(8),
})

type Person = typeof person extends fc.Arbitrary<infer Made> ? Made : never

async function know(people: readonly Person[]): Promise<void> {
  await sql`delete from person`.execute(db)
  if (people.length === 0) return
  const ours = await db
    .insertInto('person')
    .values(
      people.map(({ voter_id, home }) => ({ organization_id, voter_id, address: home?.address ?? null, zip5: home?.zip5 ?? null })),
    )
    .returning(['person_id', 'voter_id'])
    .execute() // prettier-ignore
  const personOf = new Map(ours.map(({ voter_id, person_id }) => [voter_id, person_id]))
  const rows = people.flatMap(({ voter_id, addresses, preferred }) =>
    addresses.map(({ place, kind, quality, minutes }, nth) => ({ organization_id, person_id: personOf.get(voter_id) ?? '', address_key: addressKey(place), ...place, kind, quality, is_preferred: nth === preferred, source: 'test', added_at: new Date(minutes * 60_000) })),
  ) // prettier-ignore
  if (rows.length > 0)
    await db
      .insertInto('person_address')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

type Page = { box: string | null; address: string | null }

/** Where a page with these sources says post goes, and the mailbox that is. */
function pageOf(profile: Parameters<typeof mailboxOf>[0] & Pick<Profile, 'voter'>): Page {
  const box = mailboxOf(profile)
  const { mail_address, household_key } = profile.voter ?? expect.fail()
  const address = knownAddresses(profile).find(({ is_for_post }) => is_for_post)?.address ?? null
  const of = { told: box.goes === 'told' ? `t${box.key}` : null, file: `m${mail_address}`, door: `h${household_key}`, nowhere: null } // prettier-ignore
  return { box: of[box.goes], address }
}

test('two spellings of one place are one mailbox; two places are not', () => {
  const key = (address: string): string => mailboxKey({ address, zip5: '11354' })
  expect(key('13 31st Ave')).toBe(key('13 31 Avenue'))
  expect(key('13 31 Ave')).not.toBe(key('133 1 Ave'))
  expect(key('136-20 38th Ave #5B')).toBe(key('13620 38 Ave 5b'))
})

const letters = (text: string | null): string => (text ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

test('post goes where the page of a person says: for has:mail, mailboxes and files for a mail house', async () => {
  const everybody = [...voters.map(({ voter_id }) => voter_id), 51, 52, 53, 60].toSorted((a, b) => a - b)
  const asked: Asked = { organization_id, today, layout: 'mailhouse', channel: 'post' }
  const universe = async (text: string) => {
    const compiled = await compileUniverse(db, text, organization_id, today)
    if (!compiled.ok) throw new Error(text)
    return compiled.universe
  }
  const byFile = new Map<number, Profile>()
  for (const voter_id of everybody)
    byFile.set(voter_id, (await profileOf(db, organization_id, { voter_id, person_id: null })) ?? expect.fail())
  let [told, nowhere] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(person, { selector: ({ voter_id }) => voter_id, minLength: 3 }), async (people) => {
      await know(people)
      const pages = new Map([...byFile].map(([voter_id, profile]) => [voter_id, pageOf(profile)]))
      const ours = await db.selectFrom('person').select(['person_id', 'voter_id', 'address', 'city', 'zip5']).execute()
      const addresses = Map.groupBy(
        await addressesOf(db, organization_id, ours.map(({ person_id }) => person_id)),
        ({ person_id }) => person_id,
      ) // prettier-ignore
      for (const person of ours) {
        const { voter = null } = byFile.get(person.voter_id ?? 0) ?? {}
        pages.set(person.voter_id ?? 0, pageOf({ person, voter, addresses: addresses.get(person.person_id) ?? [] }))
      }
      const reached = everybody.filter((voter_id) => pages.get(voter_id)?.box)
      nowhere += everybody.length - reached.length
      told += reached.filter((voter_id) => pages.get(voter_id)?.box?.startsWith('t')).length

      const mailed = await universe('has:mail')
      const { rows } = await mailed.voters.execute(db)
      expect(rows.map(({ voter_id }) => voter_id).toSorted((a, b) => a - b)).toEqual(reached)
      expect([...((await votersFromColumns(store, db, mailed)) ?? [])]).toEqual(reached)

      const all = await universe('')
      const boxes = Map.groupBy(reached, (voter_id) => pages.get(voter_id)?.box)
      expect((await refreshFromDatabase(db, all, organization_id, today, null)).mailboxes).toBe(boxes.size)
      expect((await refreshFromColumns(store, db, all))?.mailboxes).toBe(boxes.size)

      const { rows: pieces } = await householdsOf(asked, all, await homesByHand(db, organization_id)).execute(db)
      expect(pieces.map(({ piece, residents }) => [Number(piece), residents.length])).toEqual(
        [...boxes.values()].map((ids) => [ids[0], ids.length]).toSorted(([a = 0], [b = 0]) => a - b),
      )
      for (const { piece, mail_address, mail_unit, address, unit } of pieces) {
        const { box, address: shown } = pages.get(Number(piece)) ?? {}
        const written = mail_address === null ? [address, unit] : [mail_address, mail_unit]
        expect(mail_address === null).toBe(box?.startsWith('h'))
        // What was told may be spelled otherwise than the file has it, which is written then.
        if (box?.startsWith('t')) expect(letters(written.join(''))).toBe(letters(shown ?? ''))
      }
      const { rows: lines } = await rowsOf({ ...asked, layout: 'own' }, all, ['voter_id', 'mail_address']).execute(db)
      const elsewhere = reached.filter((voter_id) => !pages.get(voter_id)?.box?.startsWith('h'))
      expect(lines.map(({ cells: [id] }) => id)).toEqual(reached)
      expect(lines.flatMap(({ cells: [id, address] }) => (address === null ? [] : [id]))).toEqual(elsewhere)
    }),
    { numRuns: 30, endOnFailure: true },
  )
  expect(Math.min(told, nowhere)).toBeGreaterThan(10)
})
