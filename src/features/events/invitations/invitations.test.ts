import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { lackingIn } from '../../../platform/print/testing.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, recordConsent } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addPerson, answer, changeEvent, createEvent } from '../commands.ts'
import { sendEventMailJob } from '../jobs.ts'
import { questionsOf } from '../questions/queries.ts'
import { mainOnes } from '../questions/rules.ts'
import '../guardians/tables.ts'
import { eventById, shiftsOf, signupsOf } from '../queries.ts'
import type { EventContent, EventSettings } from '../schema.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const now = world.installation.clock.now()
const us = world.as(organizer, routes)

const person = async (last_name: string, language: string, emails: string[]): Promise<string> =>
  (await createPerson(db, organizer, { ...PersonForm.parse({ last_name, language }), phones: [], emails }, 'test')).person_id // prettier-ignore
const kim = await person('Kim', 'ko', ['kim@example.org'])
const lee = await person('Lee', 'ko', [])
const bae = await person('Bae', 'ko', ['bae@example.org'])
const cho = await person('Cho', 'en', ['cho@example.org'])
await recordConsent(db, organizer, bae, { channel: 'email', is_given: false, evidence: 'by mail' })
async function openEvent(settings: Partial<EventSettings> = {}, content: Partial<EventContent> = {}, days = ['05']) {
  const { event_id: made } = await createEvent(
    db,
    organizer,
    {
      settings: {
        kind: 'roundtable', time_zone: 'America/New_York', online_link: null, capacity: 10, guests_most: 0, accept_hours: 24, is_by_invitation: true,
        needs_approval: false, has_wait_list: true, reminder_hours: [24], ...settings,
      },
      content: { title: { en: 'Roundtable', ko: '간담회' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {}, ...content },
      shifts: days.map((day) => ({
        shift_id: null, name: {}, starts_at: new Date(`2026-12-${day}T19:00:00Z`), ends_at: new Date(`2026-12-${day}T21:00:00Z`), capacity: null,
        place: { name: { en: 'Library' }, address: '41-17 Main St', city: 'Flushing', zip5: '11355', directions: {} },
      })),
    },
    now,
  ) // prettier-ignore
  await changeEvent(db, organizer, made, 'publish', now)
  return made
}
const event_id = await openEvent()
const here = `/events/${event_id}/invite`

test('whoever a condition finds is invited at once, in a voter file or not, and nobody twice', async () => {
  await addPerson(db, organizer, event_id, { who: lee, as: 'signed_up', shift_ids: [] }, now)
  const chosen = await us.get(`/people/invite?event=${event_id}&q=language:ko`)
  expect([chosen.status, chosen.headers.get('location')]).toEqual([303, `${here}?q=language%3Ako`])
  // Opened without a condition it counts nobody, and offers nobody to be invited.
  expect(await (await us.get(here)).text()).not.toContain('To be invited')
  expect(await (await us.get(`${here}?q=`)).text()).toContain('To be invited')
  const page = await (await us.get(`${here}?q=language:ko`)).text()
  const figures = ['Fit the condition', 'Invited or answered already', 'To be invited', 'Of them by mail']
  expect(figures.map((label) => new RegExp(`${label}</dt><dd[^>]*>(\\d+)`).exec(page)?.[1])).toEqual(['3', '1', '2', '1']) // prettier-ignore
  const invited = await us.post(here, { q: 'language:ko' })
  expect(invited.headers.get('location')).toBe(`${here}?q=language%3Ako&invited=2`)
  const rows = await signupsOf(db, organization_id, event_id)
  const responses = new Map(rows.map(({ person_id, response }) => [person_id, response]))
  expect([kim, bae, lee, cho].map((id) => responses.get(id))).toEqual(['invited', 'invited', 'signed_up', undefined])
  expect(await (await us.get(`${here}?q=language:ko&invited=2`, { 'accept-language': 'ko' })).text()).toContain('2명을 초대했습니다.') // prettier-ignore
  expect((await us.post(here, { q: 'language:ko' })).headers.get('location')).toContain('invited=0')
  const { count } = await db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('action', '=', 'event.invite')
    .executeTakeFirstOrThrow()
  expect(count).toBe(2)
  // Who declined, or was taken off the list by us, is not asked again by a condition.
  for (const [who, act] of [[kim, 'decline'], [bae, 'remove']] as const) {
    const row = (await signupsOf(db, organization_id, event_id)).find(({ person_id }) => person_id === who)
    expect(await answer(db, organizer, event_id, row?.signup_id ?? '', act, now)).toMatchObject({ ok: true })
  } // prettier-ignore
  expect((await us.post(here, { q: 'language:ko' })).headers.get('location')).toContain('invited=0')
  expect((await signupsOf(db, organization_id, event_id)).map(({ response }) => response)).not.toContain('invited')
})

test('a condition nobody can read invites nobody; hosts and other organizations invite nobody either', async () => {
  const wrong = await us.post(here, { q: 'language:ko party:dme' })
  expect(wrong.headers.get('location')).toBe('/people?q=language%3Ako+party%3Adme')
  expect((await world.as(ours.actor(['host']), routes).post(here, { q: '' })).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).get(here)).status).toBe(404)
  expect((await us.get('/people/invite?event=nothing')).status).toBe(404)
})

const everybody = world.as(null, routes)
const textOf = async (asked: Response | Promise<Response>): Promise<string> => (await asked).text()
const codeOf = async (of: string): Promise<string> => (await eventById(db, organization_id, of))?.code ?? ''
const rowOf = async (of: string, who: string) =>
  (await signupsOf(db, organization_id, of)).find(({ person_id }) => person_id === who)

/** Invites somebody by mail; the address of their own page, and what the form is sent along with. */
async function invited(of: string, who: string): Promise<{ own: string; invitation: string }> {
  world.mails.length = 0
  const [shift] = await shiftsOf(db, organization_id, [of])
  await addPerson(db, organizer, of, { who, as: 'invited', shift_ids: [shift?.shift_id ?? ''] }, now)
  await workOff(world, [sendEventMailJob])
  const code = await codeOf(of)
  const links = world.mails.flatMap(({ text }) => /http:\/\/\S+\/mine\/\S+/.exec(text)?.[0] ?? [])
  const own = new URL(links.findLast((each) => each.includes(`/${code}/`)) ?? '').pathname
  return { own, invitation: own.split('/').slice(-2).join('.') }
}

test('saying yes to an invitation leads to the form, filled in with who they are, in their language; all of it is kept, once', async () => {
  const of = await openEvent(
    { kind: 'community_service', guests_most: 2, capacity: 3, needs_approval: true },
    {
      questions: [{ key: 'bus', kind: 'yes_no', say: { en: 'Do you need a ride?', ko: '차편이 필요하세요?' }, choices: [], is_needed: true }],
      consent: { text: { en: 'Texts, please', ko: '문자를 받겠습니다' } },
    },
    ['05', '06'],
  ) // prettier-ignore
  const code = await codeOf(of)
  const yuna = (await createPerson(db, organizer, { ...PersonForm.parse({ last_name: 'Shin', first_name: 'Yuna', name_hangul: '신유나', language: 'ko' }), phones: ['+17185550188'], emails: ['yuna@example.org'] }, 'test')).person_id // prettier-ignore
  const { own, invitation } = await invited(of, yuna)

  // Neither the page nor whoever sends the old button without a script gets past the form.
  const page = await textOf(everybody.get(own, { 'accept-language': 'en' }))
  const form = /<a class="btn btn-primary[^>]*href="([^"]+)">예, 갑니다/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(form).toBe(`/e/ours/${code}?lang=ko&invitation=${invitation}#sign-up`)
  const pressed = await everybody.post(own, { act: 'accept' })
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, form])
  expect(await rowOf(of, yuna)).toMatchObject({ response: 'invited' })

  const answer_ = await everybody.get(form)
  expect(answer_.headers.get('cache-control')).toBe('no-store')
  const html = await answer_.text()
  for (const text of ['value="Yuna"', 'value="Shin"', 'value="신유나"', 'value="yuna@example.org"', 'value="718-555-0188"', 'name="q.bus"', 'guardian_name', 'guest.1.first_name', '문자를 받겠습니다', '초대받으신 분입니다', '예, 갑니다', `name="invitation" value="${invitation}"`])
    expect(html).toContain(text) // prettier-ignore
  const [first, second] = await shiftsOf(db, organization_id, [of])
  expect(html).toMatch(new RegExp(`value="${first?.shift_id}"[^>]*checked|checked[^>]*value="${first?.shift_id}"`))

  const said = { first_name: 'Yuna', last_name: 'Shin', email: 'yuna@example.org', phone: '718-555-0188', lang: 'ko', invitation, shift: second?.shift_id ?? '' } // prettier-ignore
  const missing = await everybody.post(`/e/ours/${code}`, said)
  expect([missing.status, (await missing.text()).includes(`name="invitation" value="${invitation}"`)]).toEqual([422, true]) // prettier-ignore
  const whole = { ...said, 'q.bus': 'yes', consent: 'text', 'guest.0.first_name': 'Minjun', 'guest.0.last_name': 'Shin', minor: 'on', guardian_name: 'Sora Shin', guardian_phone: '718-555-0177', guardian_agrees: 'on' } // prettier-ignore
  const done = await Promise.all([1, 2, 3].map(() => everybody.post(`/e/ours/${code}`, { ...whole, page_key: randomUUID() }))) // prettier-ignore
  expect(new Set(done.map(({ headers }) => headers.get('location'))).size).toBe(1)
  expect(await textOf(everybody.get(done[0]?.headers.get('location') ?? ''))).toContain('신청되었습니다')
  const rows = await signupsOf(db, organization_id, of)
  expect(rows).toHaveLength(2)
  expect(rows).toMatchObject([
    { person_id: yuna, response: 'signed_up', seats: 2, answers: { bus: 'yes' }, shift_ids: [second?.shift_id], language: 'ko', source: 'web' },
    { first_name: 'Minjun', host_signup_id: rows[0]?.signup_id, response: 'signed_up' },
  ]) // prettier-ignore
  const guardians = await db.selectFrom('event_guardian').select(['signup_id', 'name', 'how']).execute()
  expect(guardians).toEqual([{ signup_id: rows[0]?.signup_id, name: 'Sora Shin', how: 'online' }])
  expect(await db.selectFrom('consent').select(['channel', 'is_given']).where('person_id', '=', yuna).execute()).toEqual([{ channel: 'text', is_given: true }]) // prettier-ignore
})

test('an invitation that was used, declined, is forged or of another event, or whose event is over says so plainly', async () => {
  const [of, other] = [await openEvent({ guests_most: 1 }), await openEvent()]
  const [code, elsewhere] = [await codeOf(of), await codeOf(other)]
  const { own, invitation } = await invited(of, kim)
  const at = (path: string, sent: string) => everybody.get(`/e/ours/${path}?lang=en&invitation=${sent}`)
  const seo = {
    first_name: 'Seo',
    last_name: 'Kim',
    email: 'kim@example.org',
    lang: 'en',
    'q.questions': 'Is it safe?',
  }
  for (const [path, sent] of [[code, `${invitation.slice(0, -2)}xx`], [code, 'nothing'], [code, ''], [elsewhere, invitation]] as const) {
    const shown = await at(path, sent)
    const html = await shown.text()
    expect([sent, shown.status, html.includes('This invitation opens nothing here'), html.includes('name="invitation"')]).toEqual([sent, 404, true, false])
  } // prettier-ignore
  // What was typed stays, nothing is stored, and the false invitation does not come along again.
  const forged = await everybody.post(`/e/ours/${elsewhere}`, { ...seo, invitation })
  const again = await forged.text()
  expect([forged.status, again.includes('value="Seo"'), again.includes('name="invitation"')]).toEqual([404, true, false]) // prettier-ignore
  expect(await signupsOf(db, organization_id, other)).toEqual([])
  expect((await everybody.get(`/e/theirs/${code}?invitation=${invitation}`)).status).toBe(404)

  await everybody.post(own, { act: 'decline' })
  const declined = await at(code, invitation)
  expect(declined.status).toBe(303)
  const page = await textOf(everybody.get(declined.headers.get('location') ?? ''))
  for (const text of ['This invitation has been answered', 'You have said that you cannot come']) expect(page).toContain(text) // prettier-ignore
  const late = await everybody.post(`/e/ours/${code}`, { ...seo, invitation })
  expect([late.status, late.headers.get('location')]).toEqual([303, expect.stringContaining('said=answered')])
  expect(await rowOf(of, kim)).toMatchObject({ response: 'declined', answers: {} })

  // A slip is taken back by whoever made it, on the same sign-up.
  expect(page).toContain('Answer again')
  await everybody.post(own, { act: 'answer_again' })
  expect(await rowOf(of, kim)).toMatchObject({ response: 'invited' })
  expect(await textOf(everybody.get(own))).toContain('못 갑니다') // in the language they are written to in
  await everybody.post(own, { act: 'answer_again' })
  expect(await rowOf(of, kim)).toMatchObject({ response: 'invited' })
  await everybody.post(own, { act: 'decline' })

  const { invitation: hers } = await invited(of, cho)
  await everybody.post(`/e/ours/${code}`, { ...seo, first_name: 'Hana', last_name: 'Cho', email: 'cho@example.org', invitation: hers }) // prettier-ignore
  const used = await at(code, hers)
  const theirs_ = await textOf(everybody.get(used.headers.get('location') ?? ''))
  for (const text of ['This invitation has been answered', 'You are signed up']) expect(theirs_).toContain(text)

  const { invitation: unused, own: page_ } = await invited(other, cho)
  await changeEvent(db, organizer, other, 'cancel', now)
  const closed = await everybody.post(`/e/ours/${elsewhere}`, { ...seo, invitation: unused })
  expect(closed.headers.get('location')).toContain('said=answered')
  expect(await textOf(everybody.get(page_))).not.toContain('invitation=')

  // Over, the page says so and asks nobody anything.
  const yoo = await person('Yoo', 'en', ['yoo@example.org'])
  const { invitation: late_ } = await invited(of, yoo)
  const { clock } = world.installation
  clock.set('2026-12-06T00:00:00Z')
  const over = await textOf(at(code, late_))
  expect([over.includes('This event is over.'), over.includes('id="sign-up"')]).toEqual([true, false])
  expect((await everybody.post(`/e/ours/${code}`, { ...seo, invitation: late_ })).status).toBe(410)
  expect(await rowOf(of, yoo)).toMatchObject({ response: 'invited' })
  clock.set(now.toISOString())
})

test('questions are gathered from whoever is invited or signs up, put into both languages, merged, ordered and printed', async () => {
  const of = await openEvent({ kind: 'leadership_forum', is_by_invitation: false })
  const code = await codeOf(of)
  const list = `/events/${of}/questions`
  const ask = async (first_name: string, question: string, lang = 'en') =>
    (await everybody.post(`/e/ours/${code}`, { first_name, last_name: 'Noh', email: `${first_name}@example.org`, lang, 'q.questions': question, page_key: randomUUID() })).headers.get('location') ?? '' // prettier-ignore
  const idOf = (mine: string): string => mine.split('/')[5] ?? ''
  const rents = await ask('ara', 'What about rents?')
  const homes = await ask('bin', '집세가 너무 오릅니다. 대책이 있나요?\n그리고 학교는요?', 'ko')
  const rude = await ask('cal', 'Why bother?')
  // Who is only invited asks from their own page, and says it otherwise later.
  const { own } = await invited(of, kim)
  expect(await textOf(everybody.get(`${own}?lang=en`))).toContain('What would you like to ask or talk about?')
  expect(await textOf(everybody.post(`${own}?lang=en`, { act: 'ask', 'q.questions': 'How do I begin?' }))).toContain('Saved.') // prettier-ignore
  const kims = (await rowOf(of, kim))?.signup_id ?? ''
  expect(await rowOf(of, kim)).toMatchObject({ response: 'invited', answers: { questions: 'How do I begin?' } })

  expect(await textOf(us.get(`/events/${of}`))).toContain(`href="${list}"`)
  const page = await textOf(us.get(list))
  for (const text of ['What about rents?', '집세가 너무', 'How do I begin?', 'Not translated yet', `/people/${kim}`])
    expect(page).toContain(text)

  const save = (id: string, form: Record<string, string>) => us.post(`${list}/${id}`, { language: 'en', ...form })
  const place = (id: string, act: string) => us.post(`${list}/${id}/place`, { act })
  await place(idOf(rents), 'keep')
  await place(kims, 'keep')
  await place(idOf(rude), 'drop')
  expect((await save(idOf(homes), { language: 'ko', text_en: ' ', text_ko: '' })).status).toBe(422)
  const words = { language: 'ko', text_ko: '집세 대책이 있나요?', text_en: 'What will you do about rents?', into: idOf(rents) } // prettier-ignore
  expect((await save(idOf(homes), words)).headers.get('location')).toContain(`#q-${idOf(rents)}`)
  await save(idOf(rents), { text_en: 'What will you do about rents?', text_ko: '집세 대책이 무엇인가요?' })
  // Another one out of the same answer, and one of the team; the same form twice is one.
  const school = { page_key: randomUUID(), signup: idOf(homes), new_ko: '학교는요?', new_en: 'And schools?' }
  for (const form of [school, school]) expect((await us.post(list, form)).status).toBe(303)
  expect((await us.post(list, { page_key: randomUUID(), new_en: ' ' })).status).toBe(422)
  await us.post(list, { page_key: randomUUID(), new_en: 'From the chair' })
  const all = () => questionsOf(db, { organization_id, event_id: of })
  const order = async () => mainOnes(await all(), 'kept').map(({ text, asked }) => text.en ?? asked)
  expect(await order()).toEqual(['What will you do about rents?', 'How do I begin?', 'And schools?', 'From the chair'])
  const schools = (await all()).find(({ text }) => text.en === 'And schools?')?.question_id ?? ''
  await place(schools, 'first')
  await place(kims, 'down')
  expect(await order()).toEqual(['And schools?', 'What will you do about rents?', 'From the chair', 'How do I begin?'])

  // A question is put to one that stands alone; two who edit the same one see each other.
  expect((await save(kims, { text_en: 'How do I begin?', into: idOf(homes) })).status).toBe(422)
  const seen = JSON.stringify({ language: 'en', into: '', text_en: 'What about rents?', text_ko: '' })
  expect((await save(idOf(rents), { text_en: 'Rents', seen })).status).toBe(409)
  await everybody.post(own, { act: 'ask', 'q.questions': 'Where do I begin?' })
  expect(await textOf(us.get(list))).toContain('They have changed it since')
  expect(await textOf(us.get(`${list}/${kims}`))).toContain('Where do I begin?')
  await place(idOf(homes), 'apart')
  expect(mainOnes(await all(), 'open').map(({ question_id }) => question_id)).toEqual([idOf(homes)])

  const reader = world.as(ours.actor(['host']), routes)
  const sheet = await reader.get(`${list}/sheet.pdf`)
  expect(sheet.headers.get('content-type')).toBe('application/pdf')
  // Every kept question in both languages, the others and who asked in none.
  const dropped = ['Why bother?', 'Noh', 'ara']
  const kept = ['Questions', '질문', 'And schools?', '학교는요?', 'What will you do about rents?', '집세 대책이 무엇인가요?', 'From the chair', 'How do I begin?', '번역 필요'] // prettier-ignore
  expect(await lackingIn(sheet, [...kept, ...dropped])).toEqual(dropped)
  expect(await textOf(reader.get(list))).not.toContain('/place"')
  expect((await reader.post(`${list}/${kims}/place`, { act: 'drop' })).status).toBe(403)
  expect((await world.as(ours.actor(['board']), routes).get(list)).status).toBe(403)
  for (const path of [list, `${list}/${kims}`, `${list}/sheet.pdf`])
    expect((await world.as(theirs.organizer, routes).get(path)).status).toBe(404)
  const quiet = await openEvent({ kind: 'meeting' })
  expect((await us.get(`/events/${quiet}/questions`)).status).toBe(404)
  expect((await us.post(`/events/${quiet}/questions/${kims}/place`, { act: 'keep' })).status).toBe(404)
  const actions = await db.selectFrom('audit_entry').select('action').where('subject_id', '=', of).where('action', 'like', 'event.question%').orderBy('audit_id').execute() // prettier-ignore
  expect(actions.map(({ action }) => action.slice(15))).toEqual(['ask', 'keep', 'keep', 'drop', 'edit', 'edit', 'add', 'add', 'first', 'down', 'ask', 'apart', 'print']) // prettier-ignore
})

test('a Korean reader of the timeline has the event that took a sign-up, and what was asked on the phone, in Korean', async () => {
  const walk = await openEvent({ is_by_invitation: false }, { title: { en: 'Walk in the park', ko: '공원 산책' } })
  const code = (await eventById(db, organization_id, walk))?.code ?? ''
  await everybody.post(`/e/ours/${code}`, { page_key: randomUUID(), lang: 'ko', first_name: 'Hyun', last_name: 'Bong', email: 'hyun@example.org' }) // prettier-ignore
  const [row] = await signupsOf(db, organization_id, walk)
  const person_id = row?.person_id ?? ''
  const attempt_id = randomUUID()
  await sql`insert into contact_attempt (organization_id, attempt_id, person_id, channel, disposition, is_reached, made_by, attempted_at, note)
    values (${organization_id}::uuid, ${attempt_id}::uuid, ${person_id}::uuid, 'phone', 'canvassed', true, 'Minji', ${now}, 'Walk in the park · 공원 산책')`.execute(db) // prettier-ignore
  await sql`insert into contact_answer (organization_id, attempt_id, question, value)
    values (${organization_id}::uuid, ${attempt_id}::uuid, 'event_confirm', '"yes"')`.execute(db)
  const html = (await textOf(us.get(`/people/${person_id}`, { 'accept-language': 'ko' }))).replaceAll('<!-- -->', '') // prettier-ignore
  const timeline = html.slice(html.indexOf('id="timeline"'))
  expect(timeline).toMatch(/그날 오실 수 있으세요\?[^]*오심/)
  for (const raw of ['event_confirm', 'Walk in the park']) expect(timeline).not.toContain(raw)
  expect(timeline).toContain('· 공원 산책')
})
