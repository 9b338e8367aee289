import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { fieldRoutes } from './routes.tsx'
import { choicesOf, customFieldsSchema, type Field } from './schema.ts'

const world = await makeWorld()
const db = world.database.of(world.ours.organization_id)
const pages = world.as(world.ours.organizer, [fieldRoutes])

test('an organizer defines, orders and archives fields; another organization has its own', async () => {
  const choices = 'Flushing | 플러싱\nBayside | 베이사이드\nFlushing'
  expect(
    (await pages.post('/people/fields', { label_en: 'Chapter', label_ko: '지부', kind: 'choice', choices })).status,
  ).toBe(303)
  expect(
    (await pages.post('/people/fields', { label_en: '', label_ko: '교회', kind: 'text', choices: '' })).status,
  ).toBe(303)
  const refused = await pages.post('/people/fields', { label_en: 'Size', label_ko: '', kind: 'choice', choices: 'one' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('at least two choices')
  expect((await pages.post('/people/fields/field_1/up', {})).status).toBe(303)
  const stored = await db.selectFrom('custom_field').select(['key', 'choices']).orderBy('position').execute()
  expect(stored.map((field) => field.key)).toEqual(['field_1', 'chapter'])
  expect(stored[1]?.choices).toEqual(choicesOf(choices))
  expect((await pages.post('/people/fields/chapter/archive', {})).status).toBe(303)
  expect(await (await pages.get('/people/fields')).text()).toContain('archived')
  const theirs = world.as(world.theirs.organizer, [fieldRoutes])
  expect(await (await theirs.get('/people/fields')).text()).not.toContain('Chapter')
  expect((await theirs.post('/people/fields/chapter/restore', {})).status).toBe(404)
})

const fields: Field[] = [
  { key: 'chapter', label: { en: 'Chapter' }, kind: 'choice', choices: [{ value: 'F', label: {} }] },
  { key: 'driver', label: { en: 'Driver' }, kind: 'yes_no', choices: [] },
  { key: 'seats', label: { en: 'Seats' }, kind: 'number', choices: [] },
  { key: 'since', label: { en: 'Since' }, kind: 'date', choices: [] },
]

test('values of the form are read by their kind', () => {
  const schema = customFieldsSchema(fields)
  expect(
    schema.parse({ custom_chapter: 'F', custom_driver: 'no', custom_seats: '4', custom_since: '2026-01-02' }),
  ).toEqual({
    chapter: 'F',
    driver: false,
    seats: 4,
    since: '2026-01-02',
  })
  expect(schema.parse({ custom_chapter: '', custom_seats: '' })).toEqual({
    chapter: null,
    driver: null,
    seats: null,
    since: null,
  })
})

test.each([
  { custom_chapter: 'X' },
  { custom_driver: 'maybe' },
  { custom_seats: 'four' },
  { custom_since: '2026-02-30' },
])('%o does not fit', (typed) => {
  expect(customFieldsSchema(fields).safeParse(typed).success).toBe(false)
})
