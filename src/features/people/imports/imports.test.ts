import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from '../../../platform/db/db.ts'
import { createApp } from '../../../platform/http/app.tsx'
import type { Actor } from '../../../platform/actor.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveAddress } from '../addresses/commands.ts'
import { AddressForm } from '../addresses/schema.ts'
import { livesWith } from '../households/commands.ts'
import {
  askFor,
  askToStop,
  chooseMapping,
  giveUp,
  importedRows,
  personImport,
  receiveSheet,
  sweepSheets,
  type Ask,
} from './commands.ts'
import { importPeople } from '../../../app/import-people.ts'
import { resumePersonImports } from './jobs.ts'
import { guessKey, guessMapping, type MatchKey, type Meaning } from './mapping.ts'
import { oxColumns, planner, readRow } from './plan.ts'
import { personImportRoutes } from './routes.tsx'
import { Mapping } from './schema.ts'
import { batchesOf, openSheet } from './sheet.ts'

const world = await makeWorld()
const organizer = world.ours.organizer
const db = world.database.of(organizer.organization_id)

const now = world.installation.clock.now()

async function onDisk(bytes: Uint8Array): Promise<string> {
  const path = join(world.folder, `${randomUUID()}.csv`)
  await writeFile(path, bytes)
  return path
}

const cp949 = Buffer.concat([
  // 이름,전화번호 / 김영희,718-555-0101
  Buffer.from([0xc0, 0xcc, 0xb8, 0xa7, 0x2c, 0xc0, 0xfc, 0xc8, 0xad, 0xb9, 0xf8, 0xc8, 0xa3, 0x0d, 0x0a]),
  Buffer.from([0xb1, 0xe8, 0xbf, 0xb5, 0xc8, 0xf1]),
  Buffer.from(',718-555-0101\r\n'),
])

test.each([
  ['CP949 of Korean Excel', cp949, 'euc-kr', ['이름', '전화번호'], ['김영희', '718-555-0101']],
  [
    'UTF-16 with tabs',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('이름\t메모\r\n김철수\t"a\nb"\r\n', 'utf16le')]),
    'utf-16le',
    ['이름', '메모'],
    ['김철수', 'a\nb'],
  ],
  [
    'UTF-8 with BOM',
    Buffer.from('\ufeffName;E-mail\nKim "K";k@x.org\n'),
    'utf-8',
    ['Name', 'E-mail'],
    ['Kim "K"', 'k@x.org'],
  ],
  [
    'Windows-1252',
    Buffer.from([0x4e, 0x61, 0x6d, 0x65, 0x0a, 0x4a, 0x6f, 0x73, 0xe9, 0x0a]),
    'windows-1252',
    ['Name'],
    ['José'],
  ],
  [
    'Hangul taken apart, as macOS writes it',
    Buffer.from('이름,메모\n김영희,각각\n'.normalize('NFD')),
    'utf-8',
    ['이름', '메모'],
    ['김영희', '각각'],
  ],
])('%s is read', async (_, bytes, encoding, headers, cells) => {
  const read = await openSheet(await onDisk(bytes))
  expect(read).toMatchObject({ ok: true, sheet: { encoding, headers, row_count: 1, first: [{ line: 2, cells }] } })
})

test.each(['utf-8', 'utf-16le'] as const)('%s: a sheet is read whole wherever its pieces end', async (encoding) => {
  // Longer than several pieces, with quotes, line breaks and Hangul on every border.
  const lines = Array.from({ length: 30_000 }, (_, at) => `"김""${at}",a\r\n"b\nc${at}",한표\r\n`)
  const path = await onDisk(Buffer.from(`\ufeff이름,메모\r\n${lines.join('')}`, encoding))
  const read = await openSheet(path)
  if (!read.ok) throw new Error(read.problem)
  expect(read.sheet).toMatchObject({ encoding, row_count: 60_000, headers: ['이름', '메모'] })
  let at = 0
  for await (const batch of batchesOf(read.sheet, 700)) {
    for (const { cells } of batch) {
      const number = at >> 1
      const wanted = at++ % 2 ? [`b\nc${number}`, '한표'] : [`김"${number}`, 'a']
      if (cells[0] !== wanted[0] || cells[1] !== wanted[1]) expect(cells, String(number)).toEqual(wanted)
    }
  }
  expect(at).toBe(60_000)
})

test.each([
  ['nothing', Buffer.alloc(0), 'empty'],
  ['a header alone', Buffer.from('Name,Email\n'), 'no_rows'],
  ['an Excel file', Buffer.from('PK\u0003\u0004xl/'), 'spreadsheet'],
  ['a web page', Buffer.from('<!doctype html><p>no</p>\n1'), 'not_text'],
  ['bytes', Buffer.from([1, 2, 3, 4, 5, 10, 7, 8]), 'not_text'],
  ['too many rows', Buffer.from(`name\n${'kim\n'.repeat(200_001)}`), 'too_many_rows'],
])('%s is refused', async (_, bytes, problem) => {
  expect(await openSheet(await onDisk(bytes))).toEqual({ ok: false, problem })
})

test('columns are guessed in both languages', () => {
  expect(guessMapping(['First Name', 'LAST_NAME', 'E-mail', 'Cell Phone', 'Phone 2', 'Favorite color'])).toEqual([
    'first_name',
    'last_name',
    'email',
    'phone',
    'phone',
    null,
  ])
  expect(guessMapping(['성', '이름', '휴대전화', '이메일', '생년월일', '비고'])).toEqual([
    'last_name',
    'first_name',
    'phone',
    'email',
    'birth_year',
    'note',
  ])
  expect(guessMapping(['이름', '연락처'])).toEqual(['full_name', 'phone'])
  // The heads of our own file of people.
  for (const own of [
    ['성(영문)', '이름(영문)', '한글 이름', '호칭', '쓰시는 언어', '전화번호', '이메일', '사는 곳', '도시', '우편번호', '태그'],
    ['Family name', 'Given name', 'Name in Hangul', 'Form of address', 'Preferred language', 'Phone number', 'E-mail', 'Home address', 'City', 'ZIP code', 'Tags'],
  ])
    expect(guessMapping(own)).toEqual(['last_name', 'first_name', 'name_hangul', 'preferred_title', 'language', 'phone', 'email', 'address', 'city', 'zip5', 'tag']) // prettier-ignore
  for (const roman of ['영문 이름', '영문명', '영문성명', 'English Name'])
    expect(guessMapping(['이름', roman, '전화']), roman).toEqual(['name_hangul', 'full_name', 'phone'])
  expect(guessMapping(['한글 이름', '영문 이름'])).toEqual(['name_hangul', 'full_name'])
  expect(guessMapping(['이름', '영문성', '영문이름'])).toEqual(['name_hangul', 'last_name', 'first_name'])
  expect(guessMapping(['영문이름', '중간이름', '영문성'])).toEqual(['first_name', 'middle_name', 'last_name'])
  const mail = ['mail_address', 'mail_unit', 'mail_city', 'mail_state', 'mail_zip5']
  expect(guessMapping(['Mail Address', 'Mail Unit', 'Mail City', 'Mail State', 'Mail ZIP'])).toEqual(mail)
  expect(guessMapping(['Mailing Address 1', 'Mailing address 2', 'MAILING_CITY', 'MailingState', 'Mailing Zip Code'])).toEqual(mail) // prettier-ignore
  expect(guessMapping(['우편 주소', '우편 받는 호수', '우편 받는 도시', '우편 받는 주', '우편 받는 우편번호'])).toEqual(mail) // prettier-ignore
  expect(guessMapping(['주소', '우편번호', '메일 주소', '우편물 받는 주소'])).toEqual(['address', 'zip5', null, 'mail_address']) // prettier-ignore
  expect(guessMapping(['Shirt'], [{ key: 'shirt_size', label: { en: 'Shirt', ko: '셔츠' } }])).toEqual([
    'custom:shirt_size',
  ])
  // Columns named as our own pages name them.
  expect(guessMapping(['회원 종류', '회비 납부 기한', '금액'])).toEqual(['member_kind', 'paid_until', 'dues_amount'])
  expect(guessMapping(['Kind of membership', 'Dues paid until', 'Dues: amount', 'Dues: how paid'])).toEqual([
    'member_kind',
    'paid_until',
    'dues_amount',
    'dues_way',
  ])
  expect(guessMapping(['이름', '금액'])).toEqual(['full_name', null])
  // Of a fund-raising list by chapter or committee it is no dues.
  expect(guessMapping(['이름', '지부', '금액'])).toEqual(['full_name', 'body', null])
  expect(guessMapping(['Name', 'Committee', 'Donation', 'Amount'])).toEqual(['full_name', 'body', null, null])
  // The column that says dues is the dues, and a field of one's own is that field.
  expect(guessMapping(['회원 종류', '금액', '회비'])).toEqual(['member_kind', null, 'dues_amount'])
  expect(guessMapping(['Member since', 'Amount'], [{ key: 'gift', label: { en: 'Amount', ko: '금액' } }])).toEqual(['member_since', 'custom:gift']) // prettier-ignore
  expect(guessMapping(['이름', '회비 납부일', '금액'])).toEqual(['full_name', 'dues_paid_on', 'dues_amount'])
  expect(guessKey(['full_name', 'email'])).toBe('email')
  expect(guessKey(['phone', null])).toBe('phone')
  expect(guessKey(['note'])).toBeNull()
})

test.each([
  ['Kim, Young Hee', { last_name: 'Kim', first_name: 'Young Hee' }],
  ['Grace Kim (김은혜)', { last_name: 'Kim', first_name: 'Grace', name_hangul: '김은혜' }],
  ['김영희', { name_hangul: '김영희' }],
])('the name %s', (text, person) => {
  expect(readRow({ line: 2, cells: [text] }, ['full_name'], [], 2026)).toMatchObject({ ok: true, row: { person } })
})

const mailHeads = ['full_name', 'address', 'zip5', 'mail_address', 'mail_unit', 'mail_city', 'mail_state', 'mail_zip5'] as const // prettier-ignore
const fortLee = { address: 'PO Box 5, #2', city: 'Fort Lee', state: 'NJ', zip5: '07024' }
test.each([
  { cells: ['', '', 'PO Box 5', '#2', 'Fort Lee', 'New Jersey', '7024'], mail: fortLee },
  { cells: ['1 Main St', '11354', 'PO Box 5\n#2', '', 'Fort Lee', '뉴저지주', '07024-1234'], mail: fortLee },
  { cells: ['1 Main St', '11354', '1 Main St.', '', 'Flushing', 'N.Y.', '11354'], mail: undefined }, // their home again
  { cells: ['1 Main St', '11354', '상동', '', '', '', ''], mail: undefined },
  { cells: ['', '', '', '2', 'Fort Lee', 'nj', '07024'], mail: undefined },
])('post of $cells', ({ cells, mail }) => {
  const read = readRow({ line: 2, cells: ['Kim Min', ...cells] }, mailHeads, [], 2026)
  expect(read.ok && read.row.mail).toEqual(mail)
})
test.each([
  ['3/14/1958', 1958],
  ['20260101', 2026],
  ['2027', undefined],
  ['3/14/2058', undefined],
  ['1894', undefined],
])('born %s: %s', (text, birth_year) => {
  const read = readRow({ line: 2, cells: ['Kim Min', text] }, ['full_name', 'birth_year'], [], 2026)
  expect(read.ok ? read.row.person.birth_year : undefined).toBe(birth_year)
  if (!birth_year) expect(read).toEqual({ ok: false, problem: 'bad_birth_year', column: 1 })
})
test('what stands for nothing in a cell is nothing, and a value that is none is left out of a row which stands', () => {
  const heads = ['full_name', 'phone', 'email', 'phone'] as const
  const read = (...cells: string[]) => readRow({ line: 2, cells: ['Kim Min', ...cells] }, heads, [], 2026)
  for (const nothing of ['N/A', 'n/a', '-', 'none', '없음', 'Unknown'])
    expect(read(nothing, nothing), nothing).toMatchObject({ ok: true, row: { phones: [], emails: [] } })
  expect(read('N/A', '-')).not.toHaveProperty('row.left_out')
  expect(read('ask my son', 'kim@', '718-555-0101')).toMatchObject({
    row: {
      phones: ['+17185550101'],
      left_out: [
        { column: 1, problem: 'bad_phone', value: 'ask my son' },
        { column: 2, problem: 'bad_email', value: 'kim@' },
      ],
    },
  })
})
test.each([
  ['5/3/1990', '1990-05-03'],
  ['1990-05-03', '1990-05-03'],
  ['13/40/1990', undefined],
])('a day of an own field written %s', (text, day) => {
  const joined = { key: 'joined', kind: 'date', choices: [] } as const
  const read = readRow({ line: 2, cells: ['Kim Min', text] }, ['full_name', 'custom:joined'], [joined], 2026)
  expect(read.ok ? read.row.custom.joined : undefined).toBe(day)
})
test.each([
  [
    ['O', 'X', '×', '○'],
    [true, false, false, true],
  ],
  [
    ['X', '', 'x'],
    [true, undefined, true],
  ], // ticks
  [
    ['x', 'No'],
    [true, false],
  ],
])('a column of %j', (texts, wanted) => {
  const drives = { key: 'drives', kind: 'yes_no', choices: [] } as const
  const mapping = ['full_name', 'custom:drives'] as const
  const rows = texts.map((text, at) => ({ line: at + 2, cells: ['Kim Min', text] }))
  const ox = new Set(oxColumns(rows, mapping, [drives]))
  const read = rows.map((row) => readRow(row, mapping, [drives], 2026, ox))
  expect(read.map((each) => (each.ok ? each.row.custom.drives : null))).toEqual(wanted)
})
test('a state nobody knows is said with its column', () => {
  const cells = ['Kim Min', '', '', 'PO Box 5', '', '', 'Gyeonggi', '']
  expect(readRow({ line: 2, cells }, mailHeads, [], 2026)).toEqual({ ok: false, problem: 'bad_state', column: 6 })
})

async function prepared(
  csv: string,
  key: MatchKey,
  options: Parameters<typeof chooseMapping>[5] = { overwrite: false, add_unsure: false },
  as: Actor = organizer,
  on: Db = db,
) {
  const received = await receiveSheet(on, world.folder, as, 'list.csv', [Buffer.from(csv)])
  if (!received.ok) throw new Error(received.problem)
  const run = await personImport(on, as.organization_id, received.import_id)
  await chooseMapping(on, as, run, Mapping.parse(run.mapping).columns, key, options)
  return work(received.import_id, as)
}

/** What the background does for an import. */
async function work(import_id: string, as: Actor = organizer, signal = new AbortController().signal) {
  const { organization_id } = as
  await importPeople.run({ organization_id, import_id }, { installation: world.installation, signal })
  return personImport(world.database.of(organization_id), organization_id, import_id)
}

/** Asks for it, and has it done. */
async function asked(import_id: string, what: Ask) {
  expect(await askFor(db, organizer, import_id, what)).toBe(true)
  return work(import_id)
}

const effectsOf = async (run: Awaited<ReturnType<typeof personImport>>) =>
  (await importedRows(db, run, 100_000)).toSorted((a, b) => a.line - b.line)

/** Everything the organization knows of its people, as bytes. */
async function everything(): Promise<string> {
  const { rows } = await sql<{ all: string }>`select coalesce(string_agg(x, E'\n' order by x), '') as all from (
    select row(p.*)::text x from person p union all select row(e.*)::text from person_email e union all select row(e.*)::text from person_phone e
    union all select row(e.*)::text from person_tag e union all select row(n.*)::text from note n union all select row(s.*)::text from person_search s
    union all select row(a.*)::text from person_address a union all select row(i.*)::text from person_external_id i union all select row(i.*)::text from person_pair i
    union all select row(i.*)::text from person_import_known i) q`.execute(db)
  return rows[0]?.all ?? ''
}

test('the preview says what happens, the import does that, and undo restores byte for byte', async () => {
  const first = await prepared(
    'Name,Email,Phone\nKim Min Jun,minjun@example.org,718-555-0101\nLee Sora,sora@example.org,\n',
    'email',
  )
  expect(first.preview).toEqual({ created: 2, updated: 0, merged: 0, unchanged: 0, unsure: 0, refused: 0, left_out: 0 })
  expect(await asked(first.import_id, 'run')).toMatchObject({ state: 'done', report: first.preview })
  const before = await everything()

  const second = await prepared(
    'Name,Email,Phone,Tag,Note,Birth year\nKim Min Jun,minjun@example.org,917-555-0102,"volunteer, member",drives,1990\nLee Sora,sora@example.org,,,,\nPark New,new@example.org,,,,\nX,not-an-address,,,,\nPark New,new@example.org,,,,\n',
    'email',
  )
  const effects = await effectsOf(second)
  expect(second.preview).toEqual({
    created: 1,
    updated: 1,
    merged: 1,
    unchanged: 1,
    unsure: 0,
    refused: 1,
    left_out: 0,
  })
  expect(effects[0]).toMatchObject({
    kind: 'update',
    changes: [
      { field: 'birth_year', before: null, after: 1990 },
      { field: 'phone', after: '+19175550102' },
      { field: 'tag', after: 'volunteer' },
      { field: 'tag', after: 'member' },
    ],
  })
  expect(effects[3]).toMatchObject({ line: 5, kind: 'refused', problem: 'bad_email', column: 1 })
  expect(effects[4]).toMatchObject({ line: 6, kind: 'merge', into: 4, person_id: null, changes: [] })
  expect((await asked(second.import_id, 'run')).state).toBe('done')
  expect(existsSync(second.path)).toBe(false)
  expect(await everything()).not.toBe(before)
  expect((await asked(second.import_id, 'undo')).report).toMatchObject({ undone: { removed: 1, restored: 1, kept: 0 } })
  expect(await everything()).toBe(before)
  // The profile says that the number came and went.
  const told = await db.selectFrom('audit_entry').select(['before', 'after']).where('action', '=', 'person.update').orderBy('audit_id', 'desc').limit(2).execute() // prettier-ignore
  expect(told).toMatchObject([
    { before: { birth_year: 1990, phone: '+19175550102' }, after: { birth_year: null, phone: null } },
    { before: { birth_year: null }, after: { birth_year: 1990, phone: '+19175550102' } },
  ])
  expect(await askFor(db, organizer, second.import_id, 'undo')).toBe(false)
})

test('two lines about one person are merged, shown so before, and undone byte for byte', async () => {
  const known = await prepared('Name,Email\nSeo Known,known@example.org\n', 'email')
  await asked(known.import_id, 'run')
  const before = await everything()
  const others = Array.from({ length: 600 }, (_, at) => `Filler Number${at},filler${at}@example.org,,,,`)
  const csv = [
    'Name,Email,Phone,Tag,Note,Address',
    'Seo Twice,twice@example.org,718-555-0131,volunteer,drives,1 Elm Ave',
    'Seo Twice,twice@example.org,917-555-0132,member,speaks Spanish,2 Oak St',
    'Seo Known,known@example.org,718-555-0133,,,',
    'Seo Known,known@example.org,718-555-0133,late,,',
    'Seo Other,twice@example.org,,,,',
    ...others,
    'Seo Twice,twice@example.org,718-555-0131,last,drives,',
  ].join('\n')
  const run = await prepared(csv, 'email')
  expect(run.preview).toEqual({ created: 602, updated: 1, merged: 3, unchanged: 0, unsure: 0, refused: 0, left_out: 0 })
  expect((await effectsOf(run)).filter(({ kind }) => kind === 'merge')).toMatchObject([
    { line: 3, into: 2, row: { notes: ['speaks Spanish'] }, changes: [{ field: 'phone', after: '+19175550132' }, { field: 'tag', after: 'member' }] },
    { line: 5, into: 4, row: { notes: [] }, changes: [{ field: 'tag', after: 'late' }] },
    { line: 607, into: 2, row: { notes: [] }, changes: [{ field: 'tag', after: 'last' }] },
  ]) // prettier-ignore
  const page = await (await world.as(organizer, [personImportRoutes]).get(`/people/imports/${run.import_id}`)).text()
  for (const words of ['Merged with a line above', 'the same person as in line 2', 'Note: speaks Spanish'])
    expect(page).toContain(words)
  expect((await asked(run.import_id, 'run')).report).toEqual(run.preview)
  const { rows } = await sql<Record<string, unknown>>`select p.address, p.last_name,
      (select array_agg(phone order by phone) from person_phone f where f.person_id = p.person_id) as phones,
      (select array_agg(tag order by tag) from person_tag g where g.person_id = p.person_id) as tags,
      (select array_agg(body order by body) from note n where n.person_id = p.person_id) as notes
    from person p where p.last_name = 'Twice' or p.first_name = 'Seo' order by p.last_name`.execute(db)
  expect(rows).toEqual([
    { last_name: 'Known', address: null, phones: ['+17185550133'], tags: ['late'], notes: null },
    { last_name: 'Other', address: null, phones: null, tags: null, notes: null },
    { last_name: 'Twice', address: '1 Elm Ave', phones: ['+17185550131', '+19175550132'], tags: ['last', 'member', 'volunteer'], notes: ['drives', 'speaks Spanish'] },
  ]) // prettier-ignore
  expect((await asked(run.import_id, 'undo')).report).toMatchObject({ undone: { removed: 602, restored: 1, kept: 0 } })
  expect(await everything()).toBe(before)
  await asked(known.import_id, 'undo')
})

test.each([
  ['external_id', 'Kim Min Jun,7,,', 'Kim Min Jun,7,,718-555-0142', 'merge'],
  ['external_id', 'Kim Min Jun,7,,', '김민준,7,,', 'merge'],
  ['external_id', 'Kim Min Jun,7,,', 'Lee Sora,7,,', 'refused'],
  ['external_id', 'Kim Min Jun,7,,', '이소라,7,,', 'refused'],
  ['external_id', '이소라,7,,', 'Kim Min Jun,7,,', 'refused'],
  ['external_id', 'Sora Smith,7,,', '이소라,7,,', 'merge'],
  ['name_birth_address', 'Kim Min Jun,,,', 'Kim Min Jun,,,718-555-0142', 'refused'],
  ['name_birth_address', 'Kim Min Jun,,,718-555-0142', 'Kim Min Jun,,,718-555-0142', 'merge'],
  ['name_birth_address', 'Kim Min Jun,,1980,', 'Kim Min Jun,,1980,718-555-0142', 'merge'],
  ['phone', 'Kim Min Jun,,1980,718-555-0142', 'Kim Min Jun,,2010,718-555-0142', 'refused'],
  ['phone', 'Kim Min Jun,,,718-555-0142', 'Kim Sora,,,718-555-0142', 'create'],
] as const)('by %s, “%s” and “%s” are: %s', (key, one, other, kind) => {
  const effects = planOf(key, ['full_name', 'external_id', 'birth_year', 'phone'], [one, other])
  expect(effects.map((effect) => effect.kind)).toEqual(['create', kind])
})

test.each([
  ['phone', 'Kim,Min,Jun,,718-555-0101', 'Kim,Min,Seo,,718-555-0101', 'create'], // brother and sister
  ['email', 'Kim,Min,Jun,,,,kims@example.org', 'Kim,Min,Seo,,,,kims@example.org', 'create'],
  ['phone', 'Kim,Min,Jun,김민준,718-555-0101', 'Kim,Min,Seo,김민서,718-555-0101', 'create'],
  ['phone', 'Kim,Min,Jun,김민준,718-555-0101', 'Kim,Min,Joon,김민준,718-555-0101', 'merge'],
  ['phone', 'Kim,Min,Jun,,718-555-0101', 'Kim,Min,J.,,718-555-0101', 'merge'],
  ['phone', 'Kim,Min,Jun,,718-555-0101', 'Kim,Min,,,718-555-0101', 'merge'],
  ['phone', 'Kim,Min,Jun,,718-555-0101', 'Kim,Min Jun,,,718-555-0101', 'merge'],
  ['external_id', 'Kim,Min,Jun,,,7', 'Kim,Min,Seo,,,7', 'refused'],
] as const)('middle names: by %s, “%s” and “%s” are: %s', (key, one, other, kind) => {
  const columns = ['last_name', 'first_name', 'middle_name', 'name_hangul', 'phone', 'external_id', 'email'] as const
  for (const overwrite of [false, true])
    expect(planOf(key, columns, [one, other], overwrite).map((effect) => effect.kind)).toEqual(['create', kind])
})

test.each([
  ['1 Elm Ave,Flushing,', '2 Oak St,Bayside,11361', [], ['2 Oak St', 'Bayside', '11361']],
  ['1 Elm Ave,Flushing,11354', '2 Oak St,Bayside,', [], ['2 Oak St', 'Bayside', null]],
  ['1 Elm Ave,,11354', '2 Oak St,,', [], ['2 Oak St']],
  ['1 Elm Ave,,11354', '2 Oak St,Bayside,', [], ['2 Oak St', 'Bayside', null]],
  ['1 Elm Ave,Flushing,', '2 Oak St,,11361', [], ['2 Oak St', '11361', null]],
  [',,11354', '2 Oak St,Bayside,11361', [], ['2 Oak St', 'Bayside', '11361']],
  ['1 Elm Ave,Flushing,', '1 Elm Ave,Albany,12207', [], ['Albany', '12207']],
  ['1 Elm Ave,Flushing,11354', '1 Elm Ave,Queens,', [], ['Queens']],
  ['1 Elm Ave,Flushing,', '1 Elm Avenue,FLUSHING,11354', ['11354'], ['1 Elm Avenue', 'FLUSHING', '11354']],
  [',Queens,11354', '1 Elm Ave,Flushing,11354', ['1 Elm Ave'], ['1 Elm Ave', 'Flushing']],
] as const)('no home is put together of two: “%s” and “%s”', (one, other, filled, replaced) => {
  const columns = ['address', 'city', 'zip5', 'full_name', 'email'] as const
  const lines = [one, other].map((home) => `${home},Kim Min,min@example.org`)
  for (const [overwrite, wanted] of [[false, filled], [true, replaced]] as const)
    expect(planOf('email', columns, lines, overwrite)[1]).toMatchObject({ kind: 'merge', changes: wanted.map((after) => ({ after })) })
}) // prettier-ignore

function planOf(key: MatchKey, columns: readonly Meaning[], lines: readonly string[], overwrite = false) {
  const members = { kinds: [], offices: [], today: '2026-11-29', books: false, seating: () => null }
  const options = { key, overwrite, add_unsure: false, this_year: 2026, ox_columns: new Set<number>(), members, known_members: new Map() } // prettier-ignore
  return planner(columns, [], options, []).plan(lines.map((cells, at) => ({ line: at + 2, cells: cells.split(',') })), new Map()) // prettier-ignore
}

test('a sheet with two lines about one person does nothing the second time', async () => {
  const updates = async () =>
    (await db.selectFrom('audit_entry').select('action').where('action', '=', 'person.update').execute()).length
  const csv = 'Name,Email,Tag,Note\nSeo Again,again@example.org,,drives\nSeo Again,again@example.org,,speaks Spanish\n'
  const first = await prepared(csv, 'email')
  await asked(first.import_id, 'run')
  const [before, updated] = [await everything(), await updates()]
  const second = await prepared(csv, 'email')
  expect(second.preview).toMatchObject({ created: 0, merged: 1, unchanged: 1 })
  expect(await effectsOf(second)).toMatchObject([{ kind: 'unchanged' }, { kind: 'merge', row: { notes: [] }, changes: [] }]) // prettier-ignore
  await asked(second.import_id, 'run')
  expect(await everything()).toBe(before)
  expect(await updates()).toBe(updated)
  expect((await asked(second.import_id, 'undo')).report).toMatchObject({ undone: { removed: 0, restored: 0 } })
  // A line that brings something brings its note, and so does the one below it.
  const third = await prepared(csv.replace(',,drives', ',late,drives'), 'email')
  expect(await effectsOf(third)).toMatchObject([{ kind: 'update' }, { kind: 'merge', row: { notes: ['speaks Spanish'] } }]) // prettier-ignore
  expect((await asked(first.import_id, 'undo')).report).toMatchObject({ undone: { removed: 1, kept: 0 } })
})

test('a merged line known by its name alone is the same person in the next sheet too', async () => {
  const csv = 'Name,Birth year,Phone,Phone 2\nKim Jin,,718-555-0142,\nKim Jin,,718-555-0142,718-555-0143\n'
  const add = { overwrite: false, add_unsure: true }
  const first = await prepared(csv, 'name_birth_address', add)
  expect(first.preview).toMatchObject({ created: 1, merged: 1 })
  await asked(first.import_id, 'run')
  expect((await prepared(csv, 'name_birth_address', add)).preview).toMatchObject({
    created: 0,
    unchanged: 1,
    merged: 1,
  })
  expect((await asked(first.import_id, 'undo')).report).toMatchObject({ undone: { removed: 1, kept: 0 } })
})

test('a mailing address is added, replaced only where asked for, and undone byte for byte', async () => {
  const head = 'Name,Email,Mail address,Mail unit,Mail city,Mail state,Mail ZIP\n'
  const first = await prepared(`${head}Moon Far,far@example.org,PO Box 5,,Fort Lee,NJ,07024\nMoon Near,near@example.org,,,,,\n`, 'email') // prettier-ignore
  await asked(first.import_id, 'run')
  const addresses = () =>
    db
      .selectFrom('person_address as a')
      .innerJoin('person as p', 'p.person_id', 'a.person_id')
      .select(['a.address', 'a.city', 'a.state', 'a.zip5', 'a.kind', 'a.is_preferred', 'a.quality'])
      .where('p.last_name', 'in', ['Far', 'Near'])
      .orderBy('a.kind')
      .orderBy('a.address')
      .execute()
  expect(await addresses()).toMatchObject([
    { address: 'PO Box 5', city: 'Fort Lee', state: 'NJ', zip5: '07024', kind: 'mailing' },
  ])
  await sql`update person_address set is_preferred = true, quality = 'good'`.execute(db)
  const before = await everything()

  // Spelled another way it is the same; another one is left alone where only empty fields are filled.
  const sheet = (far: string, near: string) =>
    `${head}Moon Far,far@example.org,${far}\nMoon Near,near@example.org,${near}\n`
  expect((await prepared(sheet('p.o. box #5,,fort lee,nj,07024-0005', ',,,,'), 'email')).preview).toMatchObject({ unchanged: 2 }) // prettier-ignore
  const other = sheet('9 Elm Ave,2F,Edison,NJ,08817', 'PO Box 7,,Flushing,NY,11354')
  expect((await prepared(other, 'email')).preview).toMatchObject({ unchanged: 1, updated: 1 })

  const second = await prepared(other, 'email', { overwrite: true, add_unsure: false })
  expect((await effectsOf(second))[0]).toMatchObject({
    changes: [
      { field: 'mail_address', before: 'PO Box 5, Fort Lee NJ 07024', after: '9 Elm Ave, 2F, Edison NJ 08817' },
    ],
  })
  await asked(second.import_id, 'run')
  expect(await addresses()).toMatchObject([
    { address: 'PO Box 5', kind: 'earlier', quality: 'moved', is_preferred: false },
    { address: '9 Elm Ave, 2F', state: 'NJ', kind: 'mailing', is_preferred: true },
    { address: 'PO Box 7', state: 'NY', kind: 'mailing', is_preferred: false },
  ])
  // The earlier one is not brought back by an older sheet.
  expect((await prepared(sheet('PO Box 5,,Fort Lee,NJ,07024', ',,,,'), 'email', { overwrite: true, add_unsure: false })).preview).toMatchObject({ unchanged: 2 }) // prettier-ignore
  await asked(second.import_id, 'undo')
  expect(await everything()).toBe(before)
  // Somebody who was given an address by hand since stays.
  const [{ person_id } = expect.fail()] = await db.selectFrom('person').select('person_id').where('last_name', '=', 'Near').execute() // prettier-ignore
  await saveAddress(db, organizer, person_id, AddressForm.parse({ address: '3 Oak St', kind: 'work' }))
  expect((await asked(first.import_id, 'undo')).report).toMatchObject({ undone: { removed: 1, kept: 1 } })
})

test('of whom a household was said by hand, stays when the import is undone', async () => {
  const run = await prepared('Name,Email\nHan Home,home@example.org\nHan Roommate,room@example.org\n', 'email')
  await asked(run.import_id, 'run')
  const ids = await db.selectFrom('person').select('person_id').where('last_name', 'in', ['Home', 'Roommate']).execute()
  const [one = '', two = ''] = ids.map(({ person_id }) => person_id)
  expect(await livesWith(db, organizer, one, { other: two, reason: null })).toEqual({ ok: true })
  expect((await asked(run.import_id, 'undo')).report).toMatchObject({ undone: { removed: 0, kept: 2 } })
})

test('whoever was worked with since stays when the import is undone', async () => {
  const run = await prepared('Name,Email\nHan Later,later@example.org\n', 'email')
  await asked(run.import_id, 'run')
  await sql`update person set language = 'ko', updated_at = clock_timestamp() + interval '1 second' where last_name = 'Later'`.execute(
    db,
  )
  expect((await asked(run.import_id, 'undo')).report).toMatchObject({ undone: { removed: 0, restored: 0, kept: 1 } })
})

test('whose membership or relation to somebody was recorded since stays when the import is undone', async () => {
  const run = await prepared('Name,Email\nJi Joined,joined@example.org\nSu Spouse,spouse@example.org\n', 'email')
  await asked(run.import_id, 'run')
  const idOf = async (last_name: string): Promise<string> =>
    (await db.selectFrom('person').select('person_id').where('last_name', '=', last_name).executeTakeFirstOrThrow())
      .person_id
  const [joined, spouse] = [await idOf('Joined'), await idOf('Spouse')]
  const { organization_id } = organizer
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by)
    values (${organization_id}, ${joined}, 'regular', 'active', '2026-01-01', 'Tess')`.execute(db)
  await sql`insert into relationship (organization_id, person_id, other_person_id, kind)
    values (${organization_id}, ${joined}, ${spouse}, 'spouse')`.execute(db)
  expect((await asked(run.import_id, 'undo')).report).toMatchObject({ undone: { removed: 0, kept: 2 } })
})

test('two imports of the same file at once make everybody once', async () => {
  const csv = `Name,Email\n${Array.from({ length: 30 }, (_, at) => `Twin Number${at},twin${at}@example.org`).join('\n')}\n`
  const runs = [await prepared(csv, 'email'), await prepared(csv, 'email')]
  for (const run of runs) expect(await askFor(db, organizer, run.import_id, 'run')).toBe(true)
  // Asked twice at once, it is under way once.
  expect(await askFor(db, organizer, runs[0]?.import_id ?? '', 'run')).toBe(false)
  await Promise.all(runs.flatMap((run) => [work(run.import_id), work(run.import_id)]))
  // Whoever found the other at work comes again; the second finds that its preview no longer holds.
  await workOff(world, [importPeople])
  const states = await Promise.all(runs.map((run) => personImport(db, organizer.organization_id, run.import_id)))
  expect(states.map((each) => each.state).sort()).toEqual(['done', 'previewed'])
  expect(states.find((each) => each.state === 'previewed')).toMatchObject({
    problem: 'changed',
    preview: { created: 0, unchanged: 30 },
  })
  const { rows } = await sql<{
    count: number
  }>`select count(*)::integer from person_email where email like 'twin%'`.execute(db)
  expect(rows[0]?.count).toBe(30)
  const again = await prepared(csv, 'email')
  expect(again.preview).toEqual({
    created: 0,
    updated: 0,
    merged: 0,
    unchanged: 30,
    unsure: 0,
    refused: 0,
    left_out: 0,
  })
})

test('a mother and a daughter may share a telephone', async () => {
  const run = await prepared('Name,Phone\nMa Rina,718-555-0177\nMa Dara,718-555-0177\n', 'phone')
  expect(run.preview).toMatchObject({ created: 2 })
  await asked(run.import_id, 'run')
  expect((await prepared('Name,Phone\nMa Dara,718-555-0177\n', 'phone')).preview).toMatchObject({ unchanged: 1 })
})

test('of a sign-up sheet known by e-mail, who left that box empty is known by the telephone', async () => {
  const csv = 'Name,Email,Phone\nMa Hana,,718-555-0178\nMa Sena,family@example.org,\nMa Duri,family@example.org,\n'
  const run = await prepared(csv, 'email')
  expect(run.preview).toMatchObject({ created: 3, refused: 0 })
  await asked(run.import_id, 'run')
  expect((await prepared(csv, 'email')).preview).toMatchObject({ created: 0, unchanged: 3 })
})

test('a name alone is nobody for sure; added anyway it waits as a possible duplicate', async () => {
  const left = await prepared('Name,Email\nKim Min Jun,other@example.org\n', 'email')
  expect(left.preview).toMatchObject({ unsure: 1 })
  const run = await prepared('Name,Email\nKim Min Jun,other@example.org\n', 'email', {
    overwrite: false,
    add_unsure: true,
  })
  await asked(run.import_id, 'run')
  const pairs = await db.selectFrom('person_pair').selectAll().execute()
  expect(pairs).toHaveLength(1)
})

test('the same headers get the mapping they had', async () => {
  const received = await receiveSheet(db, world.folder, organizer, 'a.csv', [
    Buffer.from('Foo,Bar\nKim,k@example.org\n'),
  ])
  const run = await personImport(db, organizer.organization_id, received.ok ? received.import_id : '')
  expect(Mapping.parse(run.mapping).columns).toEqual([null, null])
  await chooseMapping(db, organizer, run, ['full_name', 'email'], 'email', { overwrite: true, add_unsure: false })
  await work(run.import_id)
  const next = await receiveSheet(db, world.folder, organizer, 'b.csv', [Buffer.from('Foo,Bar\nLee,l@example.org\n')])
  const remembered = await personImport(db, organizer.organization_id, next.ok ? next.import_id : '')
  expect(Mapping.parse(remembered.mapping)).toMatchObject({ columns: ['full_name', 'email'], overwrite: true })
  expect(remembered.match_key).toBe('email')
})

const upload = async (actor: Actor, csv: string) =>
  createApp({
    installation: world.installation,
    routes: [personImportRoutes],
    nav: [],
    actorOf: async () => actor,
    may: () => true,
    largeBodies: /^\/(voterfiles|people)\/uploads\//,
  }).request('/people/uploads/sheet', {
    method: 'POST',
    headers: {
      host: 'localhost',
      origin: 'http://localhost',
      'sec-fetch-site': 'same-origin',
      'content-type': 'multipart/form-data; boundary=XX',
    },
    body: `--XX\r\nContent-Disposition: form-data; name="sheet"; filename="../../회원.csv"\r\n\r\n${csv}\r\n--XX--\r\n`,
  })

test('over HTTP: upload, columns, preview, run, undo; another organization sees nothing of it', async () => {
  const uploaded = await upload(organizer, '성,이름,이메일,전화\nSong,Hana,hana@example.org,ask my son\n')
  expect(uploaded.status).toBe(303)
  const address = uploaded.headers.get('location') ?? ''
  const pages = world.as(organizer, [personImportRoutes])
  expect(await (await pages.get(address, { 'accept-language': 'ko' })).text()).toContain('열 맞추기')
  const refused = await pages.post(`${address}/mapping`, { 'column[]': ['', '', '', ''], match_key: 'email' })
  expect(refused.status).toBe(422)
  const mapped = await pages.post(`${address}/mapping`, {
    'column[]': ['last_name', 'first_name', 'email', 'phone'],
    match_key: 'email',
  })
  expect(mapped.status).toBe(303)
  expect(await (await pages.get(address)).text()).toContain('Looking through the sheet')
  expect(await (await pages.get(address, { 'accept-language': 'ko' })).text()).toContain('명단을 살펴보고 있습니다')
  await workOff(world, [importPeople])
  const preview = await (await pages.get(address)).text()
  expect(preview).toContain('What will happen')
  expect(preview).toContain('hana@example.org')
  expect(preview).toContain('전화 left out: “ask my son” (not a phone number)')
  const previewed = JSON.stringify({ created: 1, updated: 0, unchanged: 0, unsure: 0, refused: 0, left_out: 1 })
  const theirs = world.as(world.theirs.organizer, [personImportRoutes])
  expect((await theirs.get(address)).status).toBe(404)
  expect((await theirs.post(`${address}/run`, { previewed })).status).toBe(404)
  expect((await theirs.post(`${address}/undo`, {})).status).toBe(404)
  expect((await pages.post(`${address}/run`, { previewed: previewed.replace('1', '2') })).status).toBe(422)
  expect((await pages.post(`${address}/run`, { previewed })).status).toBe(303)
  expect((await pages.post(`${address}/run`, { previewed })).status).toBe(422)
  await workOff(world, [importPeople])
  expect(await (await pages.get(address)).text()).toContain('Undo this import')
  expect((await pages.post(`${address}/undo`, {})).status).toBe(303)
  await workOff(world, [importPeople])
  expect((await theirs.post(`${address}/cancel`, {})).status).toBe(404)
  expect(await (await pages.get(address)).text()).toContain('1 people removed')
  expect((await upload(organizer, '')).status).toBe(422)
  expect((await world.as(world.ours.actor(['host']), [personImportRoutes]).get('/people/imports')).status).toBe(403)
})

test('a telephone that is none is named by the preview and the report, however far down the sheet', async () => {
  const rows = Array.from({ length: 220 }, (_, at) => `Far Down${at},down${at}@example.org,${at === 215 ? '718-555-01O1' : ''}`) // prettier-ignore
  const run = await prepared(`Name,Email,Phone\n${rows.join('\n')}\nX,not-an-address,\n`, 'email')
  expect(run.preview).toMatchObject({ created: 220, refused: 1, left_out: 1 })
  expect((await importedRows(db, run, 2)).map(({ line }) => line)).toEqual([222, 217])
  const pages = world.as(organizer, [personImportRoutes])
  const told = 'Phone left out: “718-555-01O1” (not a phone number)'
  expect(await (await pages.get(`/people/imports/${run.import_id}`)).text()).toContain(told)
  await asked(run.import_id, 'run')
  const report = await (await pages.get(`/people/imports/${run.import_id}`)).text()
  expect(report).toContain(`Line 217: ${told}`)
  expect(report).toContain('Line 222: Email not an e-mail address')
})

test('the same doubtful row next month is whom it was decided to be, not a third person', async () => {
  const csv = 'Name\nTwice Cho\n'
  const add = { overwrite: false, add_unsure: true }
  await db
    .insertInto('person')
    .values({ organization_id: organizer.organization_id, first_name: 'Twice', last_name: 'Cho' })
    .execute()
  const first = await prepared(csv, 'name_birth_address', add)
  expect(first.preview).toMatchObject({ created: 1 })
  await asked(first.import_id, 'run')
  expect((await prepared(csv, 'name_birth_address', add)).preview).toMatchObject({ created: 0, unchanged: 1 })
})

test('cancelled in the middle nothing is changed, and it can be asked for again', async () => {
  const run = await prepared(manyRows('Cancelled', 1200), 'email')
  const before = await everything()
  await askFor(db, organizer, run.import_id, 'run')
  await askToStop(db, organizer, run.import_id, now)
  expect(await work(run.import_id)).toMatchObject({ state: 'previewed', problem: 'cancelled', cancel_asked_at: null })
  expect(await everything()).toBe(before)
  // Its sheet can be read, but nobody can remove it: what was done stays done.
  await using sheet = await open(run.path)
  const path = `/proc/self/fd/${sheet.fd}`
  await expect(rm(path, { force: true })).rejects.toThrow(/EPERM|EACCES|ENOENT|EROFS/)
  await world.database.owner.updateTable('person_import').set({ path }).where('import_id', '=', run.import_id).execute()
  const done = await asked(run.import_id, 'run')
  expect(done).toMatchObject({ state: 'done', problem: null, report: { created: 1200 } })
  await giveUp(db, { ...done, state: 'running' }, 'failed')
  expect(await personImport(db, organizer.organization_id, run.import_id)).toEqual(done)
})

test('cut off half-way it is taken up by the next start, whole, and says so', async () => {
  const run = await prepared(manyRows('Cut', 1200), 'email')
  const before = await everything()
  await askFor(db, organizer, run.import_id, 'run')
  // The server is told to stop while the first rows are written.
  expect(await work(run.import_id, organizer, AbortSignal.abort())).toMatchObject({ state: 'running', rows_done: 500 })
  expect(await everything()).toBe(before)
  expect(await resumePersonImports(world.installation)).toBe(1)
  await workOff(world, [importPeople])
  const done = await personImport(db, organizer.organization_id, run.import_id)
  expect(done).toMatchObject({ state: 'done', report: { created: 1200 } })
  expect(done.resumed_at).not.toBeNull()
  expect((await asked(run.import_id, 'undo')).report).toMatchObject({ undone: { removed: 1200, kept: 0 } })
  expect(await everything()).toBe(before)
})

test('the connection of a running import dies: nothing is changed, and the page says that it failed', async () => {
  const run = await prepared(manyRows('Dead', 1200), 'email')
  const before = await everything()
  await askFor(db, organizer, run.import_id, 'run')
  const working = work(run.import_id).catch(() => null)
  await expect
    .poll(async () => {
      const { rows } = await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
        and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())`.execute(
        world.database.owner,
      )
      return rows.length
    })
    .toBeGreaterThan(0)
  await working
  expect(await personImport(db, organizer.organization_id, run.import_id)).toMatchObject({
    state: 'previewed',
    problem: 'failed',
  })
  expect(await everything()).toBe(before)
})

test('a sheet nobody ran is removed after a week, and then said to be gone', async () => {
  const run = await prepared('Name,Email\nGone Gil,gone@example.org\n', 'email')
  const after = (days: number) => new Date(run.created_at.getTime() + days * 86_400_000)
  await sweepSheets(world.database.owner, world.folder, after(6))
  expect(existsSync(run.path)).toBe(true)
  await sweepSheets(world.database.owner, world.folder, after(8))
  expect(existsSync(run.path)).toBe(false)
  await askFor(db, organizer, run.import_id, 'run')
  await expect(work(run.import_id)).rejects.toThrow('nothing was changed')
  expect(await personImport(db, organizer.organization_id, run.import_id)).toMatchObject({
    state: 'previewed',
    problem: 'file_gone',
  })
})

function manyRows(surname: string, count: number): string {
  const rows = Array.from(
    { length: count },
    (_, at) => `${surname} Given${at},${surname.toLowerCase()}${at}@example.org,member`,
  )
  return `Name,Email,Tag\n${rows.join('\n')}\n`
}
