import { inviteCandidate } from '../../features/endorsements/answers/commands.ts'
import { cycleById } from '../../features/endorsements/cycles/queries.ts'
import { addPanelist, addSlots, bookSlot, saveInterviewQuestion, setBookDay } from '../../features/endorsements/interviews/commands.ts' // prettier-ignore
import { slotsOf } from '../../features/endorsements/interviews/queries.ts'
import { recommend } from '../../features/endorsements/recommendations/commands.ts'
import { declareAsPanelist, handInScores, saveCriterion, type NewCriterion } from '../../features/endorsements/scores/commands.ts' // prettier-ignore
import { criteriaOf, interviewedIn } from '../../features/endorsements/scores/queries.ts'
import { candidatesOf } from '../../features/elections/contests/queries.ts'
import { isRunning } from '../../features/elections/contests/rules.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'

const time_zone = 'America/New_York'

/** Who listens: scorers of the first contest, one of them tied to a candidate; of the second they are still at it. */
export interface DemoPanel {
  scorers: readonly Actor[]
  tied: Actor
  still_scoring: readonly Actor[]
}

/** Interviews held before the vote of a cycle: those of its first contest are scored, and the committee recommends. */
export async function makeInterviews(db: Db, organizer: Actor, panel: DemoPanel, cycle_id: string, now: Date) {
  const { organization_id } = organizer
  const cycle = found(await cycleById(db, organization_id, cycle_id))
  const rules = found(cycle.rules)
  const held_on = addDays(rules.vote_from_on, -1)
  const before = new Date(now.getTime() - 20 * 86_400_000)
  for (const criterion of rubric) await saveCriterion(db, organizer, cycle_id, null, criterion)
  for (const [at, contest_id] of rules.contest_ids.entries()) {
    const of = { cycle_id, contest_id }
    for (const question of questions) await saveInterviewQuestion(db, organizer, of, null, question, before)
    const times = { on: held_on, at: at === 0 ? '18:00' : '13:00', count: 4, minutes: 25, pause_minutes: 5, place: 'Korean Community Services, 203-05 32nd Ave., Bayside', online_link: null } // prettier-ignore
    await addSlots(db, organizer, of, times, time_zone)
    await setBookDay(db, organizer, of, addDays(held_on, -3))
    const free = (await slotsOf(db, organization_id, cycle_id)).filter((slot) => slot.contest_id === contest_id)
    const running = (await candidatesOf(db, contest_id)).filter(({ status }) => isRunning(status)).slice(0, 3)
    for (const [nth, { candidate_id, name }] of running.entries()) {
      const invitation = await inviteCandidate(db, organizer, cycle, candidate_id, before)
      const needs = { access_needs: nth === 1 ? 'Step-free entrance' : '', interpreter: nth === 0 ? 'Korean and English' : '' } // prettier-ignore
      const booked = await bookSlot(db, invitation, { ...needs, name, slot_id: found(free[nth]).slot_id }, before)
      if (!booked.ok) throw new Error(booked.problem)
    }
    const members = at === 0 ? [...panel.scorers, panel.tied] : panel.still_scoring
    for (const { id } of members) await addPanelist(db, organizer, of, id)
    if (at === 0) await scoreAll(db, panel, of, now)
  }
  const [contest_id] = rules.contest_ids
  if (contest_id === undefined) return
  const interviewed = await interviewedIn(db, { organization_id, cycle_id, contest_id })
  const whom = interviewed.map(({ candidate }) => candidate.candidate_id).slice(0, 1)
  await recommend(db, organizer, { cycle_id, contest_id }, { candidate_ids: whom, ...said }, true, now)
}

async function scoreAll(db: Db, { scorers, tied }: DemoPanel, of: { cycle_id: string; contest_id: number }, now: Date) {
  const { organization_id } = tied
  const criteria = await criteriaOf(db, organization_id, of.cycle_id)
  const interviewed = await interviewedIn(db, { organization_id, ...of })
  await declareAsPanelist(db, tied, of, ['family'])
  for (const [who, scorer] of scorers.entries()) {
    await declareAsPanelist(db, scorer, of, [])
    const scores = interviewed.map(({ candidate }, whom) => {
      const row = marksGiven[whom]?.[who] ?? [3, 3, 3]
      const marks = Object.fromEntries(criteria.map(({ criterion_id }, at) => [criterion_id, row[at] ?? 3]))
      return { candidate_id: candidate.candidate_id, marks, notes: notes[whom]?.[who] ?? '' }
    })
    const handed = await handInScores(db, scorer, of, { scores, is_booking_open: false }, now)
    if (!handed.ok) throw new Error(handed.problem)
  }
}

const rubric: readonly NewCriterion[] = [
  {
    name: { en: 'Housing and immigrant services', ko: '주거와 이민자 서비스' },
    weight: 3,
    means_1: { en: 'Against our demands', ko: '우리 요구에 반대' },
    means_3: { en: 'Agrees, without a plan', ko: '찬성하지만 계획이 없음' },
    means_5: { en: 'Has led on it, with a plan', ko: '앞장서 왔고 계획이 있음' },
  },
  {
    name: { en: 'Listens to the community', ko: '지역사회와 소통' },
    weight: 2,
    means_1: { en: 'Comes before elections only', ko: '선거 때만 찾아옴' },
    means_3: { en: 'Answers when asked', ko: '물으면 답함' },
    means_5: { en: 'Comes before deciding', ko: '결정하기 전에 찾아와 들음' },
  },
  {
    name: { en: 'Can win', ko: '당선 가능성' },
    weight: 1,
    means_1: { en: 'No volunteers yet', ko: '아직 자원봉사자가 없음' },
    means_3: { en: 'A campaign that works', ko: '캠프가 돌아가고 있음' },
    means_5: { en: 'Ahead in most of the district', ko: '선거구 대부분에서 앞섬' },
  },
]

const questions = [
  {
    text: {
      en: 'What would you do in your first hundred days for tenants who face eviction?',
      ko: '취임 후 100일 동안 퇴거 위기에 놓인 세입자를 위해 무엇을 하시겠습니까?',
    },
    minutes: 4,
  },
  {
    text: {
      en: 'Tell us of a time you changed your mind after listening to a community.',
      ko: '지역사회의 이야기를 듣고 생각을 바꾼 경험을 말씀해 주십시오.',
    },
    minutes: 3,
  },
  {
    text: { en: 'How do you win in this district?', ko: '이 선거구에서 어떻게 당선되시겠습니까?' },
    minutes: 3,
  },
]

/** By candidate, then scorer: a mark for each criterion. */
const marksGiven = [
  [
    [5, 4, 4],
    [4, 5, 3],
    [5, 5, 4],
  ],
  [
    [3, 4, 5],
    [1, 3, 5],
    [5, 3, 4],
  ],
]
const notes = [
  ['Knew the numbers of our own housing clinic.', '', '노인 임대 문제를 먼저 꺼냈다.'],
  ['', 'Would not commit to the right to counsel.', 'Answered each question straight.'],
]

const said = {
  reasons: {
    en: 'The panel found a record on housing that nobody else has, and a habit of coming to us before a vote.',
    ko: '주거 문제에서 다른 후보에게 없는 활동 기록이 있고, 표결하기 전에 먼저 찾아와 의견을 듣습니다.',
  },
  minority: {
    en: 'Two of us think that the race is not winnable and that we should wait.',
    ko: '위원 두 명은 당선이 어려우니 기다리자는 의견입니다.',
  },
  minority_by: '',
}
