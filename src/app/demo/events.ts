import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { markAttendance } from '../../features/events/attendance/commands.ts'
import { addPerson, changeEvent, createEvent, signUp, type EventDraft } from '../../features/events/commands.ts'
import { addDiscount, saveSelling, saveTicketKind, takeMoney } from '../../features/events/orders/commands.ts'
import { sellingOf } from '../../features/events/orders/queries.ts'
import { DiscountForm, TicketKindForm } from '../../features/events/orders/schema.ts'
import { countHands, makeMotion, saveMinutes, type MotionDraft } from '../../features/events/meetings/commands.ts'
import { assemblyOf } from '../../features/events/meetings/queries.ts'
import { givePart, nameGuest } from '../../features/events/parts/commands.ts'
import { addItem } from '../../features/events/program/commands.ts'
import { addQuestion, askPanel, placeQuestion, saveQuestion } from '../../features/events/questions/commands.ts'
import { eventById, shiftsOf, signupsOf } from '../../features/events/queries.ts'
import { membersInGoodStanding } from '../../features/people/membership/queries.ts'
import { leaveOut, makeSeries } from '../../features/events/series-commands.ts'
import type { EventSettings, Said, SignUp } from '../../features/events/schema.ts'
import type { Actor } from '../../platform/actor.ts'
import { systemActor } from '../../platform/audit.ts'
import { addDays, instantIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { peopleOnTheWay } from './leadership.ts'

const zone = 'America/New_York'

export interface Planned {
  kind: string
  title: Record<string, string>
  summary: Record<string, string>
  /** From today. */
  days: number
  shifts: { from: string; to: string; name?: Record<string, string>; capacity?: number }[]
  place: { name: Record<string, string>; address: string; city: string; zip5: string }
  settings?: Partial<EventSettings>
  details?: EventDraft['content']['details']
}

const center = {
  name: { en: 'Senior Center Hall', ko: '시니어센터 강당' },
  address: '42-15 166th St',
  city: 'Flushing',
  zip5: '11358',
}
const library = {
  name: { en: 'Flushing Library, room A', ko: '플러싱 도서관 A실' },
  address: '41-17 Main St',
  city: 'Flushing',
  zip5: '11355',
}

const past: Planned = {
  kind: 'roundtable',
  title: { en: 'Roundtable on school safety', ko: '학교 안전 간담회' },
  summary: { en: 'Parents and teachers told what they see.', ko: '학부모와 선생님이 겪은 일을 나눴습니다.' },
  days: -12,
  shifts: [{ from: '18:30', to: '20:30' }],
  place: library,
  settings: { is_by_invitation: true, capacity: 14 },
  details: { facilitator: '한복희', interpreter: 'Daniel Park' },
}
/** What was held in two years: the same few things again and again. */
const gatherings: Planned[] = [
  {
    kind: 'community_service',
    title: { en: 'Food pantry', ko: '무료 식품 나눔' },
    summary: { en: 'We packed and handed out groceries.', ko: '장바구니를 싸서 나눠 드렸습니다.' },
    days: 0,
    shifts: [{ from: '09:00', to: '12:00' }],
    place: center,
  },
  {
    kind: 'training',
    title: { en: 'Calling for the first time', ko: '처음 거는 전화' },
    summary: { en: 'Two hours at one table, then the first calls.', ko: '두 시간 함께 배우고 첫 전화를 걸었습니다.' },
    days: 0,
    shifts: [{ from: '18:00', to: '20:00' }],
    place: library,
  },
  {
    kind: 'roundtable',
    title: { en: 'Roundtable on rents', ko: '주거 간담회' },
    summary: { en: 'Tenants told what they pay.', ko: '세입자들이 겪는 일을 나눴습니다.' },
    days: 0,
    shifts: [{ from: '18:30', to: '20:30' }],
    place: library,
    details: { facilitator: '한복희' },
  },
]
const gathered = [660, 575, 505, 430, 355, 290, 225, 170, 115, 70, 38] // days ago
const coming: Planned[] = [
  {
    kind: 'community_service',
    title: { en: 'Food pantry', ko: '무료 식품 나눔' },
    summary: {
      en: 'We pack and hand out groceries. No experience needed.',
      ko: '장바구니를 싸고 나눠 드립니다. 처음이셔도 됩니다.',
    },
    days: 6,
    shifts: [
      { from: '09:00', to: '11:30', name: { en: 'Packing', ko: '포장' }, capacity: 4 },
      { from: '11:30', to: '14:00', name: { en: 'Handing out', ko: '나눔' }, capacity: 8 },
    ],
    place: center,
    details: { materials: { en: 'Comfortable shoes', ko: '편한 신발' } },
  },
  {
    kind: 'social',
    title: { en: 'Year-end dinner', ko: '송년 저녁 모임' },
    summary: { en: 'Bring your family. Dinner is on us.', ko: '가족과 함께 오세요. 저녁을 준비합니다.' },
    days: 16,
    shifts: [{ from: '18:00', to: '21:00' }],
    place: center,
    settings: { guests_most: 4, capacity: 60 },
  },
]
/** Kinds that are held seldom. At the canvass somebody is asked first. */
const seldom: Planned[] = [
  {
    kind: 'canvass',
    title: { en: 'Knocking on doors around Kissena Park', ko: '키세나 파크 일대 가정방문' },
    summary: {
      en: 'In twos, with a list and a leaflet. New people go with somebody who knows it.',
      ko: '명단과 전단을 들고 둘씩 다닙니다. 처음이시면 해 보신 분과 짝을 지어 드립니다.',
    },
    days: 10,
    shifts: [{ from: '10:00', to: '13:00' }],
    place: center,
    settings: { needs_approval: true, capacity: 12 },
    details: { materials: { en: 'Good shoes, a charged phone', ko: '편한 신발, 충전한 휴대전화' } },
  },
  {
    kind: 'lobby_visit',
    title: { en: 'To our Assembly Member, about rents', ko: '주 하원의원 방문: 집세 문제' },
    summary: {
      en: 'Six tenants tell what they pay, and ask for one thing.',
      ko: '세입자 여섯 분이 형편을 말하고 한 가지를 요청합니다.',
    },
    days: 20,
    shifts: [{ from: '14:00', to: '15:00' }],
    place: {
      name: { en: 'District office', ko: '지역 사무실' },
      address: '136-20 38th Ave',
      city: 'Flushing',
      zip5: '11354',
    },
    settings: { is_by_invitation: true, capacity: 6 },
    details: {
      interpreter: 'Daniel Park',
      ask: { en: 'Sign on to the bill on rent increases', ko: '집세 인상 제한 법안에 공동 발의' },
    },
  },
  {
    kind: 'press_event',
    title: { en: 'Why the senior center needs its kitchen', ko: '기자회견: 시니어센터에 부엌이 필요한 이유' },
    summary: {
      en: 'Older neighbors speak in front of the center.',
      ko: '어르신들이 센터 앞에서 직접 말씀하십니다.',
    },
    days: 13,
    shifts: [{ from: '11:00', to: '11:45' }],
    place: center,
    details: {
      press_contact: '서민지 718-555-0142',
      visuals: { en: 'Lunch trays, signs in two languages', ko: '점심 식판, 두 언어로 쓴 팻말' },
    },
  },
]
const gala: Planned = {
  kind: 'social',
  title: { en: 'Community night with dinner', ko: '후원 만찬의 밤' },
  summary: {
    en: 'Dinner, songs and a raffle. What comes in pays for the winter pantry.',
    ko: '저녁과 노래, 경품이 있는 밤입니다. 수익금은 겨울 식품 나눔에 씁니다.',
  },
  days: 30,
  shifts: [{ from: '18:30', to: '22:00' }],
  place: center,
  settings: { guests_most: 5, capacity: 80 },
}
const weekly: Planned = {
  kind: 'phone_bank',
  title: { en: 'Calling together', ko: '함께 전화 걸기' },
  summary: { en: 'First-timers are trained at the table.', ko: '처음이셔도 옆에서 알려 드립니다.' },
  days: 3,
  shifts: [{ from: '18:00', to: '20:30' }],
  place: library,
}

/** Events past and to come, with people of ours who signed up and came: before they were published, so that nobody is mailed. */
export async function makeEvents(db: Db, organizer: Actor, now: Date, today: string): Promise<number> {
  const { rows: people } = await sql<{ person_id: string }>`
    select person_id from person where organization_id = ${organizer.organization_id}::uuid and merged_into is null and deceased_at is null
    order by created_at, person_id limit 14`.execute(db)
  const ids = people.map(({ person_id }) => person_id)
  await hold(db, organizer, now, today)
  const before = new Date(now.getTime() - 20 * 86_400_000)
  const held = await make(db, organizer, past, before, today)
  const [shift] = await shiftsOf(db, organizer.organization_id, [held])
  for (const who of ids.slice(0, 10))
    await addPerson(db, organizer, held, { who, as: 'signed_up', shift_ids: [], is_told: true }, before)
  await changeEvent(db, organizer, held, 'publish', before)
  const there = new Date((shift?.starts_at ?? now).getTime() + 600_000)
  for (const [at, { signup_id }] of (await signupsOf(db, organizer.organization_id, held)).entries()) {
    const attendance = at < 7 ? 'attended' : at === 7 ? 'excused' : 'no_show'
    await markAttendance(
      db,
      organizer,
      held,
      { signup_id, shift_id: shift?.shift_id ?? '', attendance, guests: 0 },
      there,
    )
  }
  for (const [at, planned] of coming.entries()) {
    const event_id = await make(db, organizer, planned, now, today)
    const [first] = await shiftsOf(db, organizer.organization_id, [event_id])
    for (const who of ids.slice(at * 3, at * 3 + 7))
      await addPerson(
        db,
        organizer,
        event_id,
        { who, as: 'signed_up', shift_ids: first ? [first.shift_id] : [], is_told: true },
        now,
      )
    await changeEvent(db, organizer, event_id, 'publish', now)
    // Under 18: who answers for him has agreed.
    if (planned.kind === 'community_service') {
      const guardian = { name: '류정아', phone: '+17185550168', relation: '어머니' }
      await signUpByPage(db, organizer, event_id, planned, { first_name: 'Minho', last_name: 'Ryu', name_hangul: '류민호', phone: '+17185550168' }, now, { is_minor: true, guardian }) // prettier-ignore
    }
  }
  await makeGala(db, organizer, now, today)
  await makeForum(db, organizer, ids, now, today)
  const first = await make(db, organizer, weekly, now, today)
  await changeEvent(db, organizer, first, 'publish', now)
  const weeks = { every: 'week', step: 1, ends_on: addDays(today, 31), from: 'start' } as const
  const series = await makeSeries(db, organizer, first, weeks, now)
  if (series.ok) await leaveOut(db, organizer, series.series_id, addDays(today, weekly.days + 14), now)
  await makeSeldom(db, organizer, ids, now, today)
  return gathered.length + coming.length + seldom.length + 4
}

async function makeSeldom(
  db: Db,
  organizer: Actor,
  people: readonly string[],
  now: Date,
  today: string,
): Promise<void> {
  for (const [at, planned] of seldom.entries()) {
    const event_id = await make(db, organizer, planned, now, today)
    const as = planned.settings?.is_by_invitation ? 'invited' : 'signed_up'
    for (const who of people.slice(at * 3, at * 3 + 3))
      await addPerson(db, organizer, event_id, { who, as, shift_ids: [], is_told: true }, now)
    await changeEvent(db, organizer, event_id, 'publish', now)
    if (!planned.settings?.needs_approval) continue
    await signUpByPage(db, organizer, event_id, planned, { first_name: 'Hyejin', last_name: 'Bang', name_hangul: '방혜진', phone: '+17185550171' }, now) // prettier-ignore
    await signUpByPage(db, organizer, event_id, planned, { first_name: 'Tomas', last_name: 'Rojas', name_hangul: null, phone: '+17185550172' }, now) // prettier-ignore
  }
}

/** By the page everybody sees, with a telephone number alone: nobody of the demo is mailed. */
async function signUpByPage(
  db: Db,
  { organization_id }: Actor,
  event_id: string,
  { title }: Planned,
  who: Omit<Said, 'email'>,
  now: Date,
  more: Pick<SignUp, 'is_minor' | 'guardian'> = {},
): Promise<void> {
  const { shift_id } = found((await shiftsOf(db, organization_id, [event_id])).at(-1))
  const said = { ...who, email: null }
  const language = who.name_hangul ? 'ko' : 'en'
  const sent = { said, named: [], guests: 0, shift_ids: [shift_id], answers: {}, consents: [], signup_id: randomUUID(), language, source: 'web' as const, ...more } // prettier-ignore
  await signUp(db, { ...systemActor(organization_id, title.en ?? ''), id: 'event' }, event_id, sent, now)
}

/** What sells tickets: with a discount by code, paid at the door or in advance. */
async function makeGala(db: Db, organizer: Actor, now: Date, today: string): Promise<void> {
  const { organization_id } = organizer
  const event_id = await make(db, organizer, gala, now, today)
  const kinds = [
    { name_en: 'Adult', name_ko: '어른', price: '40', buyers: 'everybody' },
    { name_en: 'Child under 12', name_ko: '어린이(12세 미만)', price: '15', most: '20', buyers: 'everybody' },
    { name_en: 'Member', name_ko: '회원', price: '30', buyers: 'members' },
  ]
  for (const kind of kinds) await saveTicketKind(db, organizer, event_id, null, TicketKindForm.parse(kind), now)
  const early = {
    for: 'code',
    code: 'EARLY',
    of: 'percent',
    percent: '20',
    uses_most: '20',
    until_on: addDays(today, 10),
  }
  await addDiscount(db, organizer, event_id, DiscountForm.parse(early), now)
  await saveSelling(db, organizer, event_id, { hold_minutes: 30, pays_at_door: true, refund_days: 7 }, now)
  await changeEvent(db, organizer, event_id, 'publish', now)
  const [{ shift_id }, { kinds: sold }] = await Promise.all([
    shiftsOf(db, organization_id, [event_id]).then(([shift]) => found(shift)),
    sellingOf(db, organization_id, event_id),
  ])
  const [adult, child] = sold.map(({ ticket_kind_id }) => ticket_kind_id)
  // By telephone alone: nobody of the demo is mailed.
  const { rows: buyers } = await sql<{
    first_name: string
    last_name: string
    name_hangul: string | null
    phone: string
  }>`
    select distinct on (p.created_at, p.person_id) p.first_name, p.last_name, p.name_hangul, n.phone from person p
    join person_phone n on n.organization_id = p.organization_id and n.person_id = p.person_id
    where p.organization_id = ${organization_id}::uuid and p.merged_into is null and p.first_name is not null and p.last_name is not null
    order by p.created_at, p.person_id, n.phone limit 9`.execute(db)
  for (const [at, said] of buyers.entries()) {
    const chosen = [
      { ticket_kind_id: found(adult), count: 1 + (at % 2) },
      { ticket_kind_id: found(child), count: at % 3 === 0 ? 2 : 0 },
    ]
    const tickets = chosen.reduce((sum, { count }) => sum + count, 0)
    const full = 4000 * (1 + (at % 2)) + (at % 3 === 0 ? 3000 : 0)
    const isEarly = at < 4
    const order = {
      chosen,
      code: isEarly ? 'EARLY' : '',
      pays: 'door' as const,
      sum_cents: isEarly ? full * 0.8 : full,
    }
    const signup_id = randomUUID()
    await signUp(
      db,
      { ...systemActor(organization_id, gala.title.en), id: 'event' },
      event_id,
      { said: { ...said, email: null }, named: [], guests: tickets - 1, shift_ids: [shift_id], answers: {}, consents: [], signup_id, language: 'ko', source: 'web', order },
      now,
    ) // prettier-ignore
    if (at % 3 !== 2) {
      const way = at % 2 === 0 ? ('check' as const) : ('cash' as const)
      const taken = { entry_id: randomUUID(), signup_id, way, reference: way === 'check' ? String(1041 + at) : null }
      await takeMoney(db, organizer, event_id, taken, now)
    }
  }
}

const forum: Planned = {
  kind: 'candidate_forum',
  title: { en: 'Forum with the candidates for the City Council', ko: '시의원 후보 포럼' },
  summary: {
    en: 'Three candidates answer what you ask them beforehand.',
    ko: '미리 보내 주신 질문에 후보 세 분이 답합니다.',
  },
  days: 24,
  shifts: [{ from: '18:30', to: '20:30' }],
  place: library,
  settings: { capacity: 40, guests_most: 1 },
  details: { facilitator: '한복희', interpreter: 'Daniel Park' },
}
/** `into`: asks the same as an earlier one. */
const forumQuestions: { asked: string; ko?: string; en?: string; into?: number; is_dropped?: boolean }[] = [
  {
    asked: '집세가 해마다 오릅니다. 어떻게 하실 건가요?',
    ko: '해마다 오르는 집세를 어떻게 막으시겠습니까?',
    en: 'What will you do about rents that go up every year?',
  },
  {
    asked: 'Will you fund Korean interpreters in our schools?',
    ko: '학교에 한국어 통역 예산을 마련하시겠습니까?',
    en: 'Will you fund Korean interpreters in our schools?',
  },
  { asked: '월세가 너무 비싸요.', into: 0 },
  { asked: '노던블러바드 건널목이 위험합니다. 안전 요원을 둘 수 있나요?' },
  { asked: 'Which team will win on Sunday?', is_dropped: true },
]

/** Questions for it are gathered: some are put into both languages, two ask the same, one nobody has looked at yet. */
async function makeForum(db: Db, organizer: Actor, people: readonly string[], now: Date, today: string): Promise<void> {
  const { organization_id } = organizer
  const event_id = await make(db, organizer, forum, now, today)
  for (const [at, who] of people.slice(4, 11).entries())
    await addPerson(db, organizer, event_id, { who, as: at < 2 ? 'invited' : 'signed_up', shift_ids: [], is_told: true }, now) // prettier-ignore
  await changeEvent(db, organizer, event_id, 'publish', now)
  const ids = (await signupsOf(db, organization_id, event_id)).map(({ signup_id }) => signup_id)
  const page = { ...systemActor(organization_id, forum.title.en), id: 'event' }
  for (const [at, { asked, ko, en, into, is_dropped }] of forumQuestions.entries()) {
    const signup_id = found(ids[at + 1])
    await askPanel(db, page, event_id, { signup_id, asked }, now)
    const into_id = into === undefined ? null : found(ids[into + 1])
    if (ko && en) await placeQuestion(db, organizer, event_id, signup_id, 'keep', now)
    if (is_dropped) await placeQuestion(db, organizer, event_id, signup_id, 'drop', now)
    const text = ko && en ? { ko, en } : { ko: asked }
    if (into_id || (ko && en)) await saveQuestion(db, organizer, event_id, signup_id, { language: /[가-힣]/.test(asked) ? 'ko' : 'en', text, into_id }, now) // prettier-ignore
  }
  const own = { en: 'What is the first thing you will do in office?', ko: '취임하시면 가장 먼저 무엇을 하시겠습니까?' }
  await addQuestion(db, organizer, event_id, { question_id: randomUUID(), signup_id: null, text: own }, now)
  const interpreter = found(
    (await signupsOf(db, organization_id, event_id)).find(({ response }) => response === 'signed_up'),
  )
  await givePart(db, organizer, event_id, { part: 'interpreter', who: interpreter.person_id }, now)
  await nameGuest(db, organizer, event_id, { part: 'facilitator', name: '한복희' }, now)
  for (const item of runOfShow)
    await addItem(db, organizer, event_id, { item_id: randomUUID(), note: '', ...item }, now)
}

const meeting: Planned = {
  kind: 'meeting',
  title: { en: 'Members’ meeting', ko: '회원 총회' },
  summary: {
    en: 'Members decided what we ask of candidates and where the winter money goes.',
    ko: '후보에게 무엇을 물을지, 겨울 후원금을 어디에 쓸지 회원들이 정했습니다.',
  },
  days: -6,
  shifts: [{ from: '19:00', to: '20:30' }],
  place: center,
  details: {
    quorum: '25%',
    agenda: {
      en: '19:00 Report of the year\n19:20 Questions to candidates\n19:50 Winter pantry',
      ko: '19:00 한 해 보고\n19:20 후보 질문\n19:50 겨울 식품 나눔',
    },
    note_taker: 'Grace Kim',
  },
}
const motions: (Omit<MotionDraft, 'motion_id' | 'amends'> & { amends?: number; hands: [number, number, number][] })[] =
  [
    {
      text: {
        en: 'Every candidate is asked the same three questions about rents.',
        ko: '모든 후보에게 주거에 관한 같은 질문 세 가지를 묻는다.',
      },
      moved_by: '한복희',
      seconded_by: 'Daniel Park',
      majority: 'cast',
      hands: [[6, 1, 1]],
    },
    {
      text: {
        en: 'The winter pantry gets 1,500 dollars from the community night.',
        ko: '후원 만찬의 밤 수익에서 1,500달러를 겨울 식품 나눔에 쓴다.',
      },
      moved_by: '김상호',
      seconded_by: '한복희',
      majority: 'present',
      hands: [
        [4, 2, 2],
        [5, 2, 1],
      ],
    },
    {
      text: { en: 'Make it 2,500 dollars.', ko: '금액을 2,500달러로 한다.' },
      moved_by: 'Daniel Park',
      seconded_by: '',
      majority: 'present',
      amends: 1,
      hands: [[3, 4, 1]],
    },
  ]

/** A meeting of the members that is over: who was there, what was moved and how hands stood, with one count corrected. */
export async function makeMeeting(db: Db, organizer: Actor, now: Date, today: string): Promise<void> {
  const { organization_id } = organizer
  const before = new Date(now.getTime() - 20 * 86_400_000)
  const event_id = await make(db, organizer, meeting, before, today)
  const members = await membersInGoodStanding(db, organization_id, addDays(today, meeting.days))
  for (const who of members.slice(0, 10))
    await addPerson(db, organizer, event_id, { who, as: 'signed_up', shift_ids: [], is_told: true }, before)
  await changeEvent(db, organizer, event_id, 'publish', before)
  const { shift_id, starts_at } = found((await shiftsOf(db, organization_id, [event_id]))[0])
  const at = (minutes: number): Date => new Date(starts_at.getTime() + minutes * 60_000)
  for (const [nth, { signup_id }] of (await signupsOf(db, organization_id, event_id)).entries()) {
    const attendance = nth < 8 ? 'attended' : 'no_show'
    await markAttendance(db, organizer, event_id, { signup_id, shift_id, attendance, guests: 0 }, at(5))
  }
  const { present, quorum } = await assemblyOf(db, found(await eventById(db, organization_id, event_id)))
  const ids = motions.map(() => randomUUID())
  for (const [nth, { hands, amends, ...motion }] of motions.entries()) {
    const motion_id = found(ids[nth])
    const amended = amends === undefined ? null : found(ids[amends])
    await makeMotion(db, organizer, event_id, { ...motion, motion_id, amends: amended }, at(20 + nth * 20))
    for (const [again, [yes, no, abstain]] of hands.entries()) {
      const reason = again > 0 ? '뒷줄에 계신 분을 빠뜨려서 다시 셈' : ''
      const there = Math.max(present, yes + no + abstain)
      const counted = { yes, no, abstain, entitled: there, present: there, quorum, reason }
      await countHands(db, organizer, event_id, motion_id, counted, at(25 + nth * 20 + again))
    }
  }
  await saveMinutes(db, organizer, event_id, { presided_by: '김상호', approved_on: null, approved_how: '' }, at(120))
}

/** Those of two years, with whoever was on the way by then: most came, most times. */
async function hold(db: Db, organizer: Actor, now: Date, today: string): Promise<void> {
  const { organization_id } = organizer
  const people = await peopleOnTheWay(db, organization_id)
  for (const [nth, days_ago] of gathered.entries()) {
    const planned = { ...found(gatherings[nth % gatherings.length]), days: -days_ago }
    const before = new Date(now.getTime() - (days_ago + 14) * 86_400_000)
    const event_id = await make(db, organizer, planned, before, today)
    const [shift] = await shiftsOf(db, organization_id, [event_id])
    for (const [at, { person_id, days_ago: since }] of people.entries()) {
      if (since > days_ago && (at + nth) % 3 !== 0)
        await addPerson(
          db,
          organizer,
          event_id,
          { who: person_id, as: 'signed_up', shift_ids: [], is_told: true },
          before,
        )
    }
    await changeEvent(db, organizer, event_id, 'publish', before)
    // Who came took a part now and then: one spoke, another took notes.
    const came = await signupsOf(db, organization_id, event_id)
    for (const [at, part] of (['speaker', 'note_taker'] as const).entries()) {
      const who = came[at + (nth % 2)]?.person_id
      if (planned.kind === 'roundtable' && who) await givePart(db, organizer, event_id, { part, who }, before)
    }
    const { shift_id, starts_at } = found(shift)
    for (const [at, { signup_id }] of (await signupsOf(db, organization_id, event_id)).entries()) {
      const attendance = (at + nth) % 5 === 4 ? 'no_show' : 'attended'
      await markAttendance(db, organizer, event_id, { signup_id, shift_id, attendance, guests: 0 }, starts_at)
    }
  }
}

export async function make(db: Db, organizer: Actor, planned: Planned, now: Date, today: string): Promise<string> {
  const day = addDays(today, planned.days)
  const { event_id } = await createEvent(
    db,
    organizer,
    {
      settings: {
        kind: planned.kind, time_zone: zone, online_link: null, capacity: null, guests_most: 0, accept_hours: 24, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [24], ...planned.settings,
      },
      content: {
        title: planned.title,
        summary: planned.summary,
        access: { en: 'No steps; parking behind the house.', ko: '계단이 없고 건물 뒤에 주차장이 있습니다.' },
        spoken: { en: 'Korean and English', ko: '한국어와 영어' },
        details: planned.details ?? {},
        questions: [],
        consent: { email: { en: 'Yes, send me news by e-mail.', ko: '네, 이메일로 소식을 보내 주세요.' } },
      },
      shifts: planned.shifts.map(({ from, to, name = {}, capacity = null }) => ({
        shift_id: null,
        name,
        starts_at: instantIn(zone, day, from),
        ends_at: instantIn(zone, day, to),
        capacity,
        place: { ...planned.place, directions: { en: 'Ring at the side door.', ko: '옆문에서 벨을 눌러 주세요.' } },
      })),
    },
    now,
  ) // prettier-ignore
  return event_id
}

const runOfShow = [
  { title: { en: 'Welcome', ko: '환영 인사' }, minutes: 10, who: 'Minji Kim', interpreter: 'Sunho Park' },
  { title: { en: 'Each candidate introduces themselves, three minutes', ko: '후보 소개, 한 분에 3분' }, minutes: 15, who: '', interpreter: 'Sunho Park' },
  { title: { en: 'Questions gathered beforehand', ko: '미리 받은 질문' }, minutes: 55, who: 'Minji Kim', interpreter: 'Sunho Park' },
  { title: { en: 'Questions from the room', ko: '현장 질문' }, minutes: 25, who: '', interpreter: 'Sunho Park' },
  { title: { en: 'Closing, and how to vote early', ko: '마무리와 조기투표 안내' }, minutes: 10, who: 'Minji Kim', interpreter: '' },
] // prettier-ignore
