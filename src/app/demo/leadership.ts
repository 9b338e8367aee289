import { makeBody, seat } from '../../features/leadership/bodies/commands.ts'
import { officesOf } from '../../features/leadership/bodies/queries.ts'
import { sql } from 'kysely'
import { markAttendance } from '../../features/events/attendance/commands.ts'
import { addPerson } from '../../features/events/commands.ts'
import { shiftsOf } from '../../features/events/queries.ts'
import {
  decideApplication,
  enterApplication,
  addMaterial,
  addMilestone,
  addSession,
  makeCohort,
  planSession,
  reachMilestone,
  scoreApplication,
  takeAttendance,
  takeInAnswers,
} from '../../features/leadership/cohorts/commands.ts'
import { exampleCriteria } from '../../features/leadership/cohorts/criteria.ts'
import { applicationsOf, cohortById, milestonesOf, sessionsOf } from '../../features/leadership/cohorts/queries.ts'
import {
  addTraining,
  delegateTo,
  giveRole,
  pairWithMentor,
  passTraining,
  setDelegationRule,
} from '../../features/leadership/held/commands.ts'
import { joinAccount, setStage, startWithExample } from '../../features/leadership/ladder/commands.ts'
import { rungsOf } from '../../features/leadership/ladder/queries.ts'
import { writeOneOnOne } from '../../features/leadership/one-on-ones/commands.ts'
import { addFormRule, askNext } from '../../features/leadership/from-forms/commands.ts'
import { closeCase, openCase, saveCaseKind } from '../../features/leadership/cases/commands.ts'
import { caseKinds } from '../../features/leadership/cases/queries.ts'
import { endTask, setNextStep } from '../../features/leadership/tasks/commands.ts'
import { tasksOf } from '../../features/leadership/tasks/queries.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { answerCohortForm, makeCohortForm } from './cohort-form.ts'

interface Team {
  organizer: Actor
  host: Actor
  /** Becomes host after a training. */
  member: Actor
  /** Whose account that is. */
  newcomer_id: string
}

/** For each person, days before today and the rung reached then, counted from 0; -1: on the ladder no more. */
const ways: readonly (readonly [days: number, rung: number])[][] = [
  [[700, 0], [620, 1], [500, 2], [330, 3], [90, 4]],
  [[690, 0], [560, 1], [410, 2], [200, 3]],
  [[640, 0], [480, 1], [260, 2]],
  [[600, 0], [520, 1], [300, -1]],
  [[520, 0], [400, 1], [150, 2], [20, 3]],
  [[430, 0], [350, 1]],
  [[390, 0], [240, 1], [100, 2]],
  [[300, 0], [210, 1]],
  [[240, 0], [60, 1]],
  [[180, 0], [120, 1], [40, 0]],
  [[150, 0]],
  [[95, 0]],
  [[60, 0], [12, 1]],
  [[30, 0]],
  [[9, 0]],
] // prettier-ignore

const reasons = ['서명 행사에서 관심을 보이심', 'First evening of calls, asked for another', '매주 화요일에 나오심', 'Led the Tuesday team twice', '주거위원회를 맡으심'] // prettier-ignore

/** Whose way is told, and how many days ago it began. */
export async function peopleOnTheWay(
  db: Db,
  organization_id: string,
): Promise<{ person_id: string; days_ago: number }[]> {
  const { rows } = await sql<{ person_id: string }>`select person_id from person
    where organization_id = ${organization_id}::uuid and merged_into is null and (name_hangul is not null or last_name is not null)
    order by created_at, person_id limit ${ways.length}`.execute(db)
  return rows.map(({ person_id }, at) => ({ person_id, days_ago: ways[at]?.[0]?.[0] ?? 0 }))
}

/** A ladder with people on it, what was agreed with them, a training, a delegation and a cohort. How many people. */
export async function makeLeadership(
  db: Db,
  { organizer, host, member, newcomer_id }: Team,
  today: string,
): Promise<number> {
  const { organization_id } = organizer
  const people = (await peopleOnTheWay(db, organization_id)).map(({ person_id }) => person_id)
  const at = (days_ago: number): Date => new Date(`${addDays(today, -days_ago)}T17:00:00Z`)
  const day = (days: number): string => addDays(today, days)

  await startWithExample(db, organizer, ['en', 'ko'])
  const rungs = await rungsOf(db, organization_id)
  for (const [index, person_id] of people.entries())
    for (const [days, rung] of ways[index] ?? [])
      await setStage(db, organizer, person_id, { rung_id: rungs[rung]?.rung_id ?? null, from_on: day(-days), reason: reasons[rung] ?? '이사 가심' }, at(days)) // prettier-ignore

  for (const [days, rung] of [[95, 1], [30, 2]] as const)
    await setStage(db, organizer, newcomer_id, { rung_id: rungs[rung]?.rung_id ?? null, from_on: day(-days), reason: rung === 1 ? '가입하고 전화 봉사를 시작하심' : '교육을 마치심' }, at(days)) // prettier-ignore

  const person = (index: number): string => found(people[index])
  const steps: readonly (readonly [index: number, title: string, owner: Actor, due: number])[] = [
    [0, '리더십 포럼에서 발표 부탁', organizer, 12],
    [1, 'Ask to lead the housing table', host, 4],
    [2, '화요일 전화 캠페인 팀장 부탁', host, -3],
    [4, '전화 캠페인 진행 교육 권하기', organizer, 0],
    [6, '친구 한 분과 함께 오시도록 부탁', host, -8],
    [8, '다음 간담회에 초대', organizer, 9],
  ]
  for (const [index, title, owner, due] of steps)
    await setNextStep(db, organizer, person(index), { title, owner_id: owner.id, due_on: day(due) }, at(14))
  await setNextStep(db, host, person(7), { title: '첫 전화 봉사', owner_id: host.id, due_on: day(-20) }, at(30))
  const [first] = await tasksOf(db, organization_id, { person_id: person(7), state: 'open' })
  await endTask(db, host, found(first).task_id, { as: 'done', outcome: '열두 통 거심' }, at(19))
  const talk = { met_on: day(-15), body: '아이가 대학에 가서 시간이 생기셨다고. 앞에 나서는 것은 아직 부담스러우심.', is_opened: false, reader_id: null } // prettier-ignore
  await writeOneOnOne(db, organizer, person(1), talk, at(15))
  await writeOneOnOne(db, host, person(2), { met_on: day(-40), body: 'Wants to learn how the city budget works.', is_opened: true, reader_id: null }, at(40)) // prettier-ignore

  await giveRole(db, organizer, person(0), { name: '화요일 전화팀장', from_on: day(-90), until_on: day(275) }, at(90))
  const bodies = [
    { kind: 'board', name: { en: 'Board', ko: '이사회' }, terms: [[0, 0, -400, 330], [1, 1, -400, 330], [2, 2, -400, 330], [2, 3, -760, -401], [2, 5, -120, 610]] },
    { kind: 'committee', name: { en: 'Housing Committee', ko: '주거위원회' }, terms: [[0, 4, -90, 275], [1, 0, -90, 275], [1, 6, -60, 305], [0, 2, -455, -91]] },
    { kind: 'chapter', name: { en: 'Bayside Chapter', ko: '베이사이드 지부' }, terms: [[0, 7, -200, 165], [1, 8, -200, null], [1, 9, -30, null]] },
  ] as const // prettier-ignore
  for (const { kind, name, terms } of bodies) {
    const body_id = await makeBody(db, organizer, { kind, name }, at(800))
    const offices = await officesOf(db, organization_id, body_id)
    for (const [office, index, from, until] of terms) {
      const term = { from_on: day(from), until_on: until === null ? null : day(until) }
      await seat(db, organizer, found(offices[office]).office_id, person(index), term, at(Math.max(1, -from)))
    }
  }
  const training_id = await addTraining(db, organizer, { name: { en: 'Hosting a phone bank', ko: '전화 캠페인 진행 교육' }, lasts_months: 24 }) // prettier-ignore
  await setDelegationRule(db, organizer, 'host_phone_banks', { training_ids: [training_id], asks: 'all' })
  await joinAccount(db, organizer, newcomer_id, { user_id: member.id, caller_id: null }, at(60))
  await passTraining(db, organizer, newcomer_id, { training_id, passed_on: day(-35) }, at(35))
  const given = { user_id: member.id, what: 'host_phone_banks', from_on: day(-30), until_on: day(60) } as const
  await delegateTo(db, organizer, newcomer_id, given, at(30))
  const door = { user_id: member.id, what: 'door', from_on: day(-7), until_on: day(60) } as const
  await delegateTo(db, organizer, newcomer_id, door, at(7))
  await pairWithMentor(db, organizer, newcomer_id, { mentor: person(0), from_on: day(-60), until_on: null, goal: '전화 캠페인 진행' }, at(60)) // prettier-ignore

  const form_id = await makeCohortForm(db, organizer, at(85))
  const cohort_id = await makeCohort(
    db,
    organizer,
    {
      name: { en: 'Leadership Forum, this year', ko: '올해 리더십 포럼' },
      seats: 4,
      starts_on: day(-45),
      ends_on: day(150),
      form_id,
      criteria: [...exampleCriteria],
    },
    at(80),
  )
  for (const index of [1, 2, 4, 6, 8, 12])
    await enterApplication(db, organizer, cohort_id, { who: person(index), said: '더 많은 이웃과 함께하고 싶습니다.' }, day(-70), at(70)) // prettier-ignore
  const cohort = found(await cohortById(db, organization_id, cohort_id))
  for (const [index, { application_id }] of (await applicationsOf(db, cohort)).entries()) {
    if (index > 4) break // one waits to be read
    await scoreApplication(db, organizer, application_id, { scores: { c1: 5 - (index % 3), c2: 4, c3: 3 - (index % 2) }, note: null }, at(60)) // prettier-ignore
    await decideApplication(db, organizer, application_id, { state: index < 3 ? 'accepted' : 'wait_listed', why: '' }, at(50)) // prettier-ignore
  }
  // By the form on the web, as whoever finds it applies.
  await answerCohortForm(db, organizer, form_id, at(68))
  await takeInAnswers(db, organizer, cohort_id, 'America/New_York', at(66))
  const hers = found((await applicationsOf(db, cohort)).find(({ person_id }) => person_id === newcomer_id))
  await scoreApplication(db, organizer, hers.application_id, { scores: { c1: 5, c2: 5, c3: 4 }, note: null }, at(60))
  await decideApplication(db, organizer, hers.application_id, { state: 'accepted', why: '' }, at(50))
  await addSession(db, organizer, cohort_id, { held_on: day(-30), title: '우리 이야기 나누기' })
  await addSession(db, organizer, cohort_id, {
    held_on: day(5),
    title: '시는 어떻게 결정하는가 · How the city decides',
  })
  for (const { session_id, held_on, title } of await sessionsOf(db, organization_id, cohort_id)) {
    const is_past = held_on < day(0)
    const about = is_past ? '각자 어떻게 이 일을 시작했는지 이야기합니다. 사진 한 장을 가져오세요.' : '집세와 버스 노선은 누가 정하고, 우리 말은 언제 듣는가. Who decides about rents and buses, and when they listen.' // prettier-ignore
    await planSession(db, organizer, session_id, { held_on, title, event_id: null, training_id: null, about })
    await addMaterial(db, organizer, session_id, { title: is_past ? '이야기를 나누는 다섯 가지 질문' : '두 쪽으로 보는 시 예산 · The city’s budget in two pages', link: null }, at(40)) // prettier-ignore
  }
  await makeCases(db, { organizer, host }, people, today)
  const inside = (await applicationsOf(db, cohort)).filter(({ state }) => state === 'accepted')
  const [told] = await sessionsOf(db, organization_id, cohort_id)
  await takeAttendance(db, organizer, found(told).session_id, Object.fromEntries(inside.map(({ application_id }, nth) => [application_id, { was: null, is: nth < 2 ? ('attended' as const) : ('excused' as const) }])), at(30)) // prettier-ignore
  await sessionsAsEvents(db, organizer, cohort_id, inside.map(({ person_id }) => person_id)) // prettier-ignore
  await askNextOfSurvey(db, organizer, host)
  await addMilestone(db, organizer, cohort_id, { name: '교육 간담회 진행', due_on: day(-2) })
  const { milestone_id } = found((await milestonesOf(db, organization_id, cohort_id))[0])
  const accepted = found((await applicationsOf(db, cohort)).find(({ state }) => state === 'accepted'))
  await reachMilestone(db, organizer, milestone_id, { application_ids: [accepted.application_id], shown: [] }, day(-6))
  return people.length
}

const helpKinds = [
  {
    name: { en: 'Lease and rent', ko: '집 계약과 렌트' },
    milestones: [
      { name: { en: 'Read the lease together', ko: '계약서 함께 읽기' }, days: 3 },
      { name: { en: 'Ask the state for the rent history', ko: '주정부에 렌트 기록 신청' }, days: 7 },
      { name: { en: 'Call back with what we found', ko: '알아본 것을 전화로 알려 드리기' }, days: 30 },
    ],
  },
  {
    name: { en: 'Benefits and papers', ko: '복지 신청과 서류' },
    milestones: [
      { name: { en: 'See which papers are missing', ko: '빠진 서류 확인' }, days: 2 },
      { name: { en: 'Send the application', ko: '신청서 보내기' }, days: 10 },
    ],
  },
]

/** Help that was asked for: one late, one under way, one settled. */
async function makeCases(
  db: Db,
  { organizer, host }: Pick<Team, 'organizer' | 'host'>,
  people: readonly string[],
  today: string,
): Promise<void> {
  const at = (days_ago: number): Date => new Date(`${addDays(today, -days_ago)}T17:00:00Z`)
  for (const [nth, kind] of helpKinds.entries()) await saveCaseKind(db, organizer, null, kind, at(90 - nth))
  const kinds = await caseKinds(db, organizer.organization_id)
  const asked = [
    { person: 5, kind: 0, owner: host, days_ago: 9, title: '렌트 재계약', about: '집주인이 재계약을 두 달째 미룬다고 하심. 계약서는 한글로 읽어 드리기로 함.' },
    { person: 9, kind: 1, owner: organizer, days_ago: 1, title: 'SCRIE application', about: null },
    { person: 3, kind: 1, owner: host, days_ago: 40, title: '메디케이드 갱신', about: null },
  ] // prettier-ignore
  for (const { person, kind, owner, days_ago, title, about } of asked) {
    const who = found(people[person])
    const case_id = await openCase(
      db,
      owner,
      { who, kind_id: found(kinds[kind]).kind_id, title, about, owner_id: owner.id },
      { today: addDays(today, -days_ago), language: 'ko', now: at(days_ago) },
    )
    const [first, second] = await tasksOf(db, organizer.organization_id, { case_id, state: 'open' })
    if (days_ago > 5) await endTask(db, owner, found(first).task_id, { as: 'done', outcome: '댁으로 찾아뵘' }, at(days_ago - 2)) // prettier-ignore
    if (days_ago < 30) continue
    await endTask(db, owner, found(second).task_id, { as: 'done', outcome: null }, at(days_ago - 8))
    await closeCase(db, owner, case_id, { closed_as: 'settled', outcome: '갱신되었다는 편지를 받으심' }, at(6))
  }
}

/** Sessions that are held as events of everybody: who of the cohort was at one is known from its door. */
async function sessionsAsEvents(db: Db, organizer: Actor, cohort_id: string, people: readonly string[]): Promise<void> {
  const { organization_id } = organizer
  const about = {
    roundtable: '간담회를 함께 보고, 진행을 나누어 맡은 뒤 끝나고 30분 이야기합니다.',
    candidate_forum: '질문을 하나씩 골라 직접 묻습니다. 먼저 모여 연습합니다.',
  }
  for (const kind of ['roundtable', 'candidate_forum'] as const) {
    const { rows } = await sql<{ event_id: string; title: string; held_on: string }>`
      select event_id, content #>> '{title,ko}' as title, (starts_at at time zone time_zone)::date::text as held_on from event
      where organization_id = ${organization_id}::uuid and kind = ${kind} and canceled_at is null order by starts_at desc limit 1`.execute(
      db,
    )
    const event = found(rows[0])
    const { title, held_on } = event
    await addSession(db, organizer, cohort_id, { held_on, title })
    const sessions = await sessionsOf(db, organization_id, cohort_id)
    const { session_id } = found(sessions.find((each) => each.title === title && each.held_on === held_on))
    await planSession(db, organizer, session_id, { held_on, title, event_id: event.event_id, training_id: null, about: about[kind] }) // prettier-ignore
    if (kind !== 'roundtable') continue
    const { shift_id, starts_at } = found((await shiftsOf(db, organization_id, [event.event_id]))[0])
    const after = (minutes: number): Date => new Date(starts_at.getTime() + minutes * 60_000)
    for (const who of people.slice(0, 2)) {
      const added = await addPerson(db, organizer, event.event_id, { who, as: 'signed_up', shift_ids: [], is_told: true }, after(-1440)) // prettier-ignore
      if (added.ok)
        await markAttendance(db, organizer, event.event_id, { signup_id: added.signup_id, shift_id, attendance: 'attended', guests: 0 }, after(10)) // prettier-ignore
    }
  }
}

/** Who says in the survey that their rent went up is called; of the first to answer so it is a next step already. */
async function askNextOfSurvey(db: Db, organizer: Actor, host: Actor): Promise<void> {
  const { organization_id } = organizer
  const { rows } = await sql<{ form_id: string; response_id: string; received_at: Date }>`
    select f.form_id, r.response_id, r.received_at from form f
    join form_response r on r.organization_id = f.organization_id and r.form_id = f.form_id
    join contact_answer a on a.organization_id = r.organization_id and a.attempt_id = r.response_id
    where f.organization_id = ${organization_id}::uuid and f.slug = 'issue-survey' and a.question = 'rent_rise' and a.value = 'true'::jsonb
    order by r.received_at desc limit 3`.execute(db)
  const { form_id, received_at } = found(rows.at(-1))
  const rule = { question: 'rent_rise', answer: 'yes', title: '렌트 상담 안내 전화', owner_id: host.id, due_days: 3 }
  await addFormRule(db, organizer, form_id, rule, received_at)
  for (const { response_id, received_at: at } of rows) await askNext(db, organization_id, response_id, at)
}
