import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createApp } from '../../../platform/http/app.tsx'
import { makeWorld } from '../../../platform/testing/world.ts'
import { parts, textOf } from './multipart.ts'
import { checkFile, hasRoom, plainName, shownName, whatItIs } from './rules.ts'
import { appendPiece, openUpload, startUpload, sweepUploads, uploadsFolder } from './store.ts'
import { uploadRoutes } from './upload-routes.tsx'
import { UploadState } from './schema.ts'

const world = await makeWorld()
const { owner } = world.database
const steward = world.ours.actor([], { is_steward: true })
const app = createApp({
  installation: world.installation,
  routes: [uploadRoutes],
  nav: [],
  actorOf: async () => steward,
  may: () => true,
  largeBodies: /^\/voterfiles\/uploads\//,
})
const base = { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }

const start = async (files: { name: string; bytes: number; modified_ms?: number }[], kind = 'registration') =>
  app.request('/voterfiles/uploads/start', {
    method: 'POST',
    headers: { ...base, 'content-type': 'application/json' },
    body: JSON.stringify({ kind, files: files.map((file) => ({ modified_ms: 1, ...file })) }),
  })
const put = async (upload: string, number: number, offset: number, body: string | Uint8Array<ArrayBuffer>) =>
  app.request(`/voterfiles/uploads/${upload}/${number}?offset=${offset}`, {
    method: 'PUT',
    headers: { ...base, 'content-type': 'application/octet-stream' },
    body,
  })
const finish = (upload: string) =>
  app.request(`/voterfiles/uploads/${upload}/finish`, {
    method: 'POST',
    headers: { ...base, 'content-type': 'application/json' },
    body: '{}',
  })

test('a file sent in pieces arrives as it was, and becomes an import that awaits its check', async () => {
  const text = '"KIM","YOUNG HEE"\r\n'.repeat(1000)
  const upload = UploadState.parse(
    await (await start([{ name: 'AllNYSVoters_20261101.txt', bytes: text.length }])).json(),
  )
  expect(upload.files).toEqual([{ number: 1, name: 'AllNYSVoters_20261101.txt', bytes: text.length, received: 0 }])
  expect(await (await put(upload.upload_id, 1, 0, text.slice(0, 7000))).json()).toEqual({ received: 7000 })
  expect((await finish(upload.upload_id)).status).toBe(422)
  expect(await (await put(upload.upload_id, 1, 7000, text.slice(7000))).json()).toEqual({ received: text.length })
  const finished = (await (await finish(upload.upload_id)).json()) as { import_id: string }
  const row = await owner
    .selectFrom('voter_import')
    .selectAll()
    .where('import_id', '=', finished.import_id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ state: 'uploaded', names: ['AllNYSVoters_20261101.txt'], kind: 'registration' })
  expect(readFileSync(row.paths[0] ?? '', 'utf8')).toBe(text)
  expect(row.paths[0]).toContain('AllNYSVoters_20261101')
  // Pressed twice: the same import.
  expect(await (await finish(upload.upload_id)).json()).toEqual(finished)
})

test('after a closed tab the same files go on where they stopped, other files do not', async () => {
  const files = [{ name: 'a.csv', bytes: 10, modified_ms: 5 }]
  const first = UploadState.parse(await (await start(files)).json())
  await put(first.upload_id, 1, 0, 'abcd')
  const again = UploadState.parse(await (await start(files)).json())
  expect(again).toEqual({ ...first, files: [{ number: 1, name: 'a.csv', bytes: 10, received: 4 }] })
  const changed = UploadState.parse(await (await start([{ name: 'a.csv', bytes: 10, modified_ms: 6 }])).json())
  expect(changed.upload_id).not.toBe(first.upload_id)
})

test('a piece at the wrong place is refused with the right one; more than was announced is refused', async () => {
  const { upload_id } = UploadState.parse(await (await start([{ name: 'b.csv', bytes: 8 }])).json())
  await put(upload_id, 1, 0, 'abcd')
  for (const offset of [0, 3, 5]) {
    const refused = await put(upload_id, 1, offset, 'xx')
    expect(refused.status).toBe(409)
    expect(await refused.json()).toEqual({ problem: 'offset', received: 4 })
  }
  const long = await put(upload_id, 1, 4, 'efghi')
  expect(long.status).toBe(413)
  expect((await put(upload_id, 2, 0, 'a')).status).toBe(404)
  expect((await put(upload_id, 1, -1, 'a')).status).toBe(422)
  expect((await put('../../../etc', 1, 0, 'a')).status).toBe(404)
  expect((await app.request('/voterfiles/uploads/no-id')).status).toBe(404)
})

test('a connection that breaks in the middle of a piece keeps what came, and the rest follows', async () => {
  const { upload_id } = UploadState.parse(await (await start([{ name: 'broken.csv', bytes: 12 }])).json())
  const upload = await openUpload(owner, world.folder, upload_id)
  async function* broken() {
    yield Buffer.from('abcde')
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
  }
  await expect(
    appendPiece(
      owner,
      world.folder,
      upload ?? { upload_id, files: [] },
      1,
      0,
      broken(),
      world.installation.clock.now(),
    ),
  ).rejects.toThrow('aborted')
  const state = UploadState.parse(await (await app.request(`/voterfiles/uploads/${upload_id}`)).json())
  expect(state.files[0]?.received).toBe(5)
  expect((await put(upload_id, 1, 5, 'fghijkl')).status).toBe(200)
  expect((await finish(upload_id)).status).toBe(200)
})

test.each([
  ['../../etc/passwd.csv', 'passwd.csv', 'passwd'],
  ['C:\\Users\\Kim\\voters.txt', 'voters.txt', 'voters'],
  ['..', '..', '_'],
  ['유권자 명부.csv', '유권자 명부.csv', '_'],
  ['a\u0000b\n.csv', 'ab.csv', 'ab'],
  ['evil\u202Evsc.exe', 'evilvsc.exe', 'evilvsc'],
])('%j is shown as %j and stored as %j', (name, shown, stored) => {
  expect(shownName(name)).toBe(shown)
  expect(plainName(name)).toBe(stored)
})

test.each([
  ['voters.csv', 10, null],
  ['voters.ZIP', 10, null],
  ['voters.xlsx', 10, 'spreadsheet'],
  ['voters.exe', 10, 'wrong_kind'],
  ['voters', 10, 'wrong_kind'],
  ['voters.csv', 0, 'empty'],
  ['voters.csv', 17 * 1024 ** 3, 'too_large'],
  ['voters.csv/..', 10, 'wrong_kind'],
])('%s of %d bytes: %s', async (name, bytes, problem) => {
  expect(checkFile(name, bytes)).toBe(problem)
  const answer = await start([{ name, bytes }])
  expect(answer.status).toBe(problem ? 422 : 201)
  if (problem) expect(await answer.json()).toMatchObject({ problem })
})

test('what has no room is refused before a byte is sent', () => {
  expect(hasRoom(10 * 1024 ** 3, 10 * 1024 ** 3)).toBe(false)
  expect(hasRoom(1024, 1024 ** 3)).toBe(true)
})

test.each([
  ['PK\u0003\u0004....[Content_Types].xml ... xl/workbook.xml', 'spreadsheet'],
  ['PK\u0003\u0004....AllNYSVoters.txt', null],
  ['%PDF-1.7', 'pdf'],
  ['<!DOCTYPE html><title>Sign in</title>', 'web_page'],
  ['\ufeff\n  <html>', 'web_page'],
  ['{"error":"denied"}', 'json'],
  ['"KIM","YOUNG"', null],
  ['\r\n \r\n', 'empty'],
])('a file that begins %j is %s', (text, problem) => {
  expect(whatItIs(Buffer.from(text))).toBe(problem)
})

test('a spreadsheet under the name of a CSV is refused when it has arrived', async () => {
  const { upload_id } = UploadState.parse(await (await start([{ name: 'liar.csv', bytes: 9 }])).json())
  await put(upload_id, 1, 0, '%PDF-1.7\n')
  const refused = await finish(upload_id)
  expect(refused.status).toBe(422)
  expect(await refused.json()).toEqual({ problem: 'pdf', name: 'liar.csv' })
  // Nothing to go on with.
  expect(await openUpload(owner, world.folder, upload_id)).toBeUndefined()
})

const multipart = (fields: [string, string | null, string][]): string =>
  `${fields
    .map(
      ([name, filename, value]) =>
        `--XX\r\nContent-Disposition: form-data; name="${name}"${filename === null ? '' : `; filename="${filename}"`}\r\n\r\n${value}\r\n`,
    )
    .join('')}--XX--\r\n`

test('without JavaScript a plain form brings several files', async () => {
  const answer = await app.request('/voterfiles/uploads/form', {
    method: 'POST',
    headers: { ...base, 'content-type': 'multipart/form-data; boundary=XX' },
    body: multipart([
      ['kind', null, 'phones'],
      ['file', 'one.csv', 'phone\r\n--X\r\n718'],
      ['file', 'two.csv', 'phone\n917'],
    ]),
  })
  expect(answer.status).toBe(303)
  const import_id = answer.headers.get('location')?.split('/').at(-1) ?? ''
  const row = await owner
    .selectFrom('voter_import')
    .selectAll()
    .where('import_id', '=', import_id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ kind: 'phones', names: ['one.csv', 'two.csv'] })
  expect(row.paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['phone\r\n--X\r\n718', 'phone\n917'])
})

test('a plain form with a PDF, with nothing, or broken off says so and leaves nothing behind', async () => {
  const before = await owner.selectFrom('voter_upload').select('upload_id').execute()
  for (const [body, says] of [
    [
      multipart([
        ['kind', null, 'registration'],
        ['file', 'x.pdf', '%PDF-'],
      ]),
      'It is a PDF',
    ],
    [
      multipart([
        ['kind', null, 'registration'],
        ['file', '', ''],
      ]),
      'Choose a file first',
    ],
    [
      multipart([
        ['kind', null, 'registration'],
        ['file', 'x.csv', 'abc'],
      ]).slice(0, -12),
      'broke off',
    ],
  ] as const) {
    const answer = await app.request('/voterfiles/uploads/form', {
      method: 'POST',
      headers: { ...base, 'content-type': 'multipart/form-data; boundary=XX' },
      body,
    })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(says)
  }
  expect(await owner.selectFrom('voter_upload').select('upload_id').execute()).toEqual(before)
})

test('a multipart form may be cut anywhere', async () => {
  const form = Buffer.from(
    multipart([
      ['kind', null, 'x'],
      ['file', 'a.csv', '--X\r\n\r\n--X'],
      ['file', 'b.csv', ''],
    ]),
  )
  for (const size of [1, 2, 3, 7, 50, 1000]) {
    async function* cut() {
      for (let at = 0; at < form.length; at += size) yield form.subarray(at, at + size)
    }
    const read: [string, string | null, string][] = []
    for await (const part of parts(cut(), 'XX')) read.push([part.name, part.filename, await textOf(part)])
    expect(read).toEqual([
      ['kind', null, 'x'],
      ['file', 'a.csv', '--X\r\n\r\n--X'],
      ['file', 'b.csv', ''],
    ])
  }
})

test('what nobody finished in a week is removed', async () => {
  const started = await startUpload(
    owner,
    world.folder,
    steward,
    { kind: 'registration', files: [{ name: 'old.csv', bytes: 5, modified_ms: 77 }] },
    new Date('2026-11-01T00:00:00Z'),
  )
  const upload_id = started.ok ? started.upload.upload_id : ''
  expect(upload_id).not.toBe('')
  await sweepUploads(owner, world.folder, world.installation.clock.now())
  expect(await openUpload(owner, world.folder, upload_id)).toBeUndefined()
  expect(() => readFileSync(`${uploadsFolder(world.folder)}/${upload_id}`)).toThrow('ENOENT')
})

test('only stewards may upload', async () => {
  const organizer = world.as(world.ours.organizer, [uploadRoutes])
  expect((await organizer.get('/voterfiles/new')).status).toBe(403)
  expect((await organizer.postJson('/voterfiles/uploads/start', { kind: 'registration', files: [] })).status).toBe(403)
  expect((await world.as(null, [uploadRoutes]).get('/voterfiles/new')).status).toBe(303)
})

test('sixty megabytes pass through without lying in memory', async () => {
  const bytes = 60 * 1024 ** 2
  const { upload_id } = UploadState.parse(await (await start([{ name: 'large.csv', bytes }])).json())
  const upload = await openUpload(owner, world.folder, upload_id)
  async function* flood() {
    const chunk = Buffer.alloc(1 << 20, 'a,b\n')
    for (let at = 0; at < 60; at++) yield chunk
  }
  const before = process.memoryUsage().rss
  const done = await appendPiece(
    owner,
    world.folder,
    upload ?? { upload_id, files: [] },
    1,
    0,
    flood(),
    world.installation.clock.now(),
  )
  expect(done).toEqual({ ok: true, received: bytes })
  expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 ** 2)
})
