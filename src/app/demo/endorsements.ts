import { keepDraft, linkOf, noteOpened, signAnswers } from '../../features/endorsements/answers/commands.ts'
import { fieldOf } from '../../features/endorsements/answers/rules.ts'
import { writeToCampaign } from '../../features/endorsements/mails/commands.ts'
import { makeCycle, openCycle, saveRules } from '../../features/endorsements/cycles/commands.ts'
import { cycleById, electionsToChoose } from '../../features/endorsements/cycles/queries.ts'
import { addSlots, setBookDay } from '../../features/endorsements/interviews/commands.ts'
import { saveQuestion, type NewQuestion } from '../../features/endorsements/questions/commands.ts'
import { questionsOf, type Question } from '../../features/endorsements/questions/queries.ts'
import { isAskedIn } from '../../features/endorsements/questions/rules.ts'
import { isRunning } from '../../features/elections/contests/rules.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'

/** A cycle whose candidates are answering: one is done, one has begun, one was asked; times for interviews are offered. How many were asked. */
export async function makeEndorsements(db: Db, organizer: Actor, now: Date, today: string): Promise<number> {
  const election = (await electionsToChoose(db, today)).at(0)
  const contests = (election?.contests ?? []).filter(({ candidates }) => candidates.length > 1).slice(0, 2)
  if (!election || contests.length === 0) return 0
  const year = election.held_on.slice(0, 4)
  const named = {
    name: { en: `${year} primary endorsements`, ko: `${year}년 예비선거 지지 후보 선정` },
    intro: {
      en: 'Our members decide whom we back. These are the rules, and every candidate is asked the same questions.',
      ko: '누구를 지지할지 회원이 정합니다. 규칙은 아래와 같고, 모든 후보에게 같은 질문을 드립니다.',
    },
  }
  const cycle_id = await makeCycle(db, organizer, named, now)
  const rules = {
    contest_ids: contests.map(({ contest_id }) => contest_id),
    voter_kinds: ['regular', 'senior', 'family'],
    joined_by_on: addDays(today, -5),
    paid_by_on: addDays(today, 10),
    method: 'ranked' as const,
    threshold_percent: 60,
    quorum: 12,
    runoff: null,
    endorsements_most: 1,
    ties: { paid_staff: 'leave_room', family: 'no_vote', candidate: 'leave_room', volunteer: 'no_speaking', donor: 'disclose' } as const, // prettier-ignore
    public_parts: ['answers' as const, 'recommendation' as const],
    answers_by_on: addDays(today, 14),
    late: 'marked' as const,
    remind_days: [3, 1],
    vote_from_on: addDays(today, 35),
    vote_until_on: addDays(today, 38),
    announced_on: addDays(today, 40),
  }
  await saveRules(db, organizer, cycle_id, { ...named, rules, reason: {} }, now)
  for (const question of asked) await saveQuestion(db, organizer, cycle_id, null, question)
  await openCycle(db, organizer, cycle_id, now)
  const reason = {
    en: 'Two candidates asked for more time over the holidays.',
    ko: '연휴가 끼어 있어 시간을 더 달라는 후보가 두 분 있었습니다.',
  }
  const longer = { ...rules, answers_by_on: addDays(today, 21) }
  await saveRules(db, organizer, cycle_id, { ...named, rules: longer, reason }, now)

  const cycle = found(await cycleById(db, organizer.organization_id, cycle_id))
  const questions = await questionsOf(db, organizer.organization_id, cycle_id)
  const running = contests.flatMap((contest) =>
    contest.candidates.filter(({ status }) => isRunning(status)).map((candidate) => ({ contest, candidate })),
  )
  for (const [at, { contest, candidate }] of running.slice(0, 4).entries()) {
    const { candidate_id, name } = candidate
    const email = `office@${(name.split(' ').at(-1) ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')}.example.org`
    await writeToCampaign(db, organizer, cycle, { candidate: candidate_id, email, language: at === 1 ? 'ko' : 'en' }, now) // prettier-ignore
    if (at > 1) continue
    const invitation = await linkOf(db, organizer, cycle, candidate_id, now)
    await noteOpened(db, null, invitation, now)
    const theirs = questions.filter((each) => isAskedIn(each, contest))
    const typed = typedFor(at === 0 ? theirs : theirs.slice(0, 3))
    await keepDraft(db, invitation, { name, typed, seen: null, is_to_sign: false }, now)
    const signing = { name, signed_by: name, is_late: false, typed, questions_key: null }
    if (at === 0) await signAnswers(db, invitation, signing, now)
  }
  for (const { contest_id } of contests) {
    const times = { on: addDays(today, 26), at: '18:30', count: 3, minutes: 25, pause_minutes: 5, place: 'Flushing Library, 41-17 Main St.', online_link: null } // prettier-ignore
    await addSlots(db, organizer, { cycle_id, contest_id }, times, 'America/New_York')
    await setBookDay(db, organizer, { cycle_id, contest_id }, addDays(today, 23))
  }
  return Math.min(running.length, 4)
}

const plain = { hint: {}, choices: [], words_most: null, is_needed: true, office: null, contest_id: null }
const asked: readonly NewQuestion[] = [
  { ...plain, kind: 'section', text: { en: 'Housing', ko: '주거' } },
  {
    ...plain,
    kind: 'position',
    text: {
      en: 'Do you support legal help for every tenant who faces eviction?',
      ko: '퇴거 위기에 놓인 모든 세입자에게 법률 지원을 제공하는 데 찬성하십니까?',
    },
    words_most: 150,
  },
  {
    ...plain,
    kind: 'record',
    text: { en: 'What have you done about rents in Flushing?', ko: '플러싱의 집세 문제를 위해 어떤 일을 하셨습니까?' },
    words_most: 200,
  },
  { ...plain, kind: 'section', text: { en: 'Language and schools', ko: '언어와 학교' } },
  {
    ...plain,
    kind: 'pledge',
    text: {
      en: 'Will your office answer in Korean and Chinese, by phone and on paper?',
      ko: '의원실에서 전화와 문서에 한국어와 중국어로 답하겠다고 약속하시겠습니까?',
    },
  },
  {
    ...plain,
    kind: 'ranking',
    text: { en: 'Rank these for your first year.', ko: '임기 첫해의 우선순위를 매겨 주십시오.' },
    choices: [
      { en: 'Rents', ko: '집세' },
      { en: 'Schools', ko: '학교' },
      { en: 'Small businesses', ko: '소상공인' },
    ],
  },
  {
    ...plain,
    kind: 'text',
    text: { en: 'Why should our members back you?', ko: '우리 회원이 후보님을 지지해야 하는 이유는 무엇입니까?' },
    hint: { en: 'In the first person, please.', ko: '후보님이 직접 말씀하시듯 써 주십시오.' },
    words_most: 250,
  },
  {
    ...plain,
    kind: 'file',
    text: { en: 'Your latest financial disclosure', ko: '가장 최근의 재산 공개 자료' },
    is_needed: false,
  },
]

const words: Partial<Record<Question['kind'], string>> = {
  position: 'Nobody should stand in housing court alone. I would pay for it from the state budget.',
  record:
    'I sat on the rent committee of our community board for six years and took forty families through their hearings.',
  text: 'I have lived here for twenty years, and I answer the phone myself. I will come to your meetings before I vote, not after.',
}

const typedFor = (questions: readonly Question[]): Record<string, string> =>
  Object.fromEntries(
    questions.flatMap(({ question_id, kind, choices }) => [
      ...(kind === 'position' ? [[fieldOf(question_id, 'choice'), 'yes']] : []),
      ...(kind === 'pledge' ? [[fieldOf(question_id, 'choice'), 'agreed']] : []),
      ...(words[kind] ? [[fieldOf(question_id, 'text'), words[kind]]] : []),
      ...choices.map((_, at) => [fieldOf(question_id, at), String(choices.length - at)]),
    ]),
  )
