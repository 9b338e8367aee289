import { addCandidate, saveContest } from '../../features/elections/contests/commands.ts'
import { electionsKnown } from '../../features/elections/contests/queries.ts'
import { ContestForm, NewCandidateForm } from '../../features/elections/contests/schema.ts'
import { inviteCandidate, noteHandedOver, signAnswers } from '../../features/endorsements/answers/commands.ts'
import { fieldOf } from '../../features/endorsements/answers/rules.ts'
import { makeCycle, openCycle, saveRules } from '../../features/endorsements/cycles/commands.ts'
import { cycleById } from '../../features/endorsements/cycles/queries.ts'
import { saveQuestion } from '../../features/endorsements/questions/commands.ts'
import { questionsOf } from '../../features/endorsements/questions/queries.ts'
import {
  addClaim,
  changeClaim,
  makeGuide,
  publish,
  saveGuide,
  saveIssue,
  takeAnswers,
} from '../../features/voterguides/commands.ts'
import { claimsOf, contentOf, guideById } from '../../features/voterguides/queries.ts'
import { changeReply, makeProof, offerReplies, reply } from '../../features/voterguides/replies/commands.ts'
import { proofsOf } from '../../features/voterguides/replies/queries.ts'
import { keyOfPart, partOf } from '../../features/voterguides/replies/rules.ts'
import { keyOf } from '../../features/voterguides/rules.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'

const source_url = 'https://board.example.org/ballot'

/** Everybody is invented. `why`: their words on each question, with the translation; null: left open. */
const runners = [
  {
    name: 'Hana Jeong',
    name_ko: '정하나',
    answers: [
      {
        choice: 'yes',
        why: 'Nobody should stand in housing court alone. I would pay for it from the city budget, beginning with the two buildings where I sat with forty families last winter.',
        ko: '누구도 주택법원에 혼자 서서는 안 됩니다. 시 예산으로 비용을 대겠습니다.',
        cut: 'Nobody should stand in housing court alone. I would pay for it from the city budget.',
      },
      {
        choice: 'yes',
        why: '학교마다 한국어와 중국어 통역을 두겠습니다.',
        ko: null,
        en: 'I will put Korean and Chinese interpreters in every school.',
      },
      { choice: 'agreed', why: null, ko: null },
    ],
  },
  {
    name: 'Miguel Arroyo',
    name_ko: '미겔 아로요',
    answers: [
      {
        choice: 'qualified',
        why: 'Yes for families with children and for anybody over 65, as far as the budget goes.',
        ko: '예산이 되는 한, 아이가 있는 가정과 65세 이상에게는 찬성합니다.',
      },
      {
        choice: 'yes',
        why: 'Parents should hear from the school in their own language, by phone, not by letter.',
        ko: '학교 소식은 우편이 아니라 전화로, 부모의 언어로 전해야 합니다.',
      },
      { choice: 'agreed', why: null, ko: null },
    ],
  },
  {
    name: 'Susan Whitcombe',
    name_ko: '수전 위트컴',
    answers: [
      {
        choice: 'no',
        why: 'The city should mediate before anybody needs a lawyer.',
        ko: '변호사가 필요해지기 전에 시가 먼저 중재해야 합니다.',
      },
      {
        choice: 'qualified',
        why: 'Where one family in ten asks for it.',
        ko: '열 가구 가운데 한 가구가 요청하는 곳이라면 찬성합니다.',
      },
      { choice: 'not_agreed', why: null, ko: null },
    ],
  },
  { name: 'Rajiv Menon', name_ko: '라지브 메논', answers: null },
] as const

const issues = [
  {
    name: { en: 'Housing', ko: '주거' },
    about: {
      en: 'Rents people can pay, and help before an eviction.',
      ko: '감당할 수 있는 집세, 퇴거당하기 전의 도움',
    },
  },
  {
    name: { en: 'Schools and language', ko: '학교와 언어' },
    about: {
      en: 'Schools and offices that answer in the family’s language.',
      ko: '가족의 언어로 응대하는 학교와 관공서',
    },
  },
] as const

const questions = [
  {
    kind: 'position',
    issue: 0,
    text: {
      en: 'Do you support a lawyer for every tenant who faces eviction?',
      ko: '퇴거 위기에 놓인 모든 세입자에게 변호사를 지원하는 데 찬성하십니까?',
    },
  },
  {
    kind: 'position',
    issue: 1,
    text: {
      en: 'Do you support interpreters in every public school?',
      ko: '모든 공립학교에 통역을 두는 데 찬성하십니까?',
    },
  },
  {
    kind: 'pledge',
    issue: 1,
    text: {
      en: 'Will your office answer in Korean and Chinese?',
      ko: '의원실에서 한국어와 중국어로 응대하겠다고 약속하시겠습니까?',
    },
  },
] as const

/**
 * One complete guide in both languages for a city council primary: three candidates answered, one did not; read and published
 * by the board, corrected once. Its address; null: no primary of a year with an odd number is ahead.
 */
export async function makeDemoGuide(
  { owner, ours }: { owner: Db; ours: Db },
  { organizer, reviewer, steward }: { organizer: Actor; reviewer: Actor; steward: Actor },
  now: Date,
  today: string,
): Promise<string | null> {
  const { organization_id } = organizer
  const election = (await electionsKnown(owner)).findLast(({ kind, held_on, state }) => state === 'NY' && kind === 'primary' && held_on > today && Number(held_on.slice(0, 4)) % 2 === 1)
  if (!election) return null
  const { election_id } = election
  const year = election.held_on.slice(0, 4)
  const seat = ContestForm.parse({ office: 'council_member', district: '20', party: 'dem', seats: '1', source_url })
  const contest = await saveContest(owner, steward, { election_id, contest_id: null }, seat, today)
  if (!contest.ok) throw new Error(contest.problem)
  const contest_id = contest.id
  const cycle_id = await askedIn(ours, organizer, contest_id, year, now, today)
  const cycle = found(await cycleById(ours, organization_id, cycle_id))
  const asked = await questionsOf(ours, organization_id, cycle_id)
  const answers = new Map<string, { ko: string | null; en?: string; cut?: string; why: string }>()
  const candidate_ids: number[] = []
  for (const [at, runner] of runners.entries()) {
    const form = NewCandidateForm.parse({ name: runner.name, name_ko: runner.name_ko, figure: 'new', lines: 'Democratic', status: 'declared', status_on: addDays(today, -9), source_url })
    const added = await addCandidate(owner, steward, contest_id, form, today)
    if (!added.ok) throw new Error(added.problem)
    candidate_ids.push(added.candidate_id)
    const invitation = await inviteCandidate(ours, organizer, cycle, added.candidate_id, new Date(now.getTime() - (20 - at) * 86_400_000))
    await noteHandedOver(ours, organizer, cycle_id, added.candidate_id, addDays(today, at - 19))
    if (!runner.answers) continue
    const typed: Record<string, string> = {}
    for (const [index, said] of runner.answers.entries()) {
      const { question_id } = found(asked[index])
      typed[fieldOf(question_id, 'choice')] = said.choice
      if (said.why === null) continue
      typed[fieldOf(question_id, 'text')] = said.why
      answers.set(`${added.candidate_id} ${question_id}`, said)
    }
    const signing = { name: runner.name, signed_by: runner.name, is_late: false, typed, questions_key: null }
    const signed = await signAnswers(ours, invitation, signing, new Date(now.getTime() - (9 - at) * 86_400_000))
    if (!signed.ok) throw new Error('not signed')
  }
  const issue_ids: string[] = []
  for (const { name, about } of issues) issue_ids.push(await saveIssue(ours, organizer, null, { name, about }, now))
  const texts = {
    title: { en: `Flushing votes: City Council, June ${year}`, ko: `${year}년 6월 플러싱 시의원 예비선거 안내` },
    audience: { en: 'For voters of Council District 20', ko: '시의회 20선거구 유권자' },
    intro: {
      en: 'We asked everybody who runs the same three questions. Here is what they said, in their own words.',
      ko: '출마한 후보 모두에게 같은 질문 세 가지를 드렸습니다. 후보들이 직접 한 답변을 그대로 옮깁니다.',
    },
  }
  const guide_id = await makeGuide(ours, organizer, { election_id, kind: 'nonpartisan', ...texts }, now)
  await saveGuide(ours, organizer, guide_id, { kind: 'nonpartisan', contest_ids: [contest_id], issue_ids, cycle_id, ...texts }, now)
  const mapping = new Map(asked.map(({ question_id }, at): [string, string] => [question_id, found(issue_ids[questions[at]?.issue ?? 0])]))
  const around = { now, today, time_zone: 'America/New_York' }
  await takeAnswers(ours, organizer, guide_id, mapping, around)
  await addClaim(ours, organizer, guide_id, {
    contest_id, candidate_id: found(candidate_ids[3]), issue_id: found(issue_ids[0]), kind: 'record', original_language: 'en',
    text: { en: 'Spoke for a repair fund for public housing at the community board.', ko: '커뮤니티보드에서 공공주택 수리 기금을 지지하는 발언을 했습니다.' },
    source_url: 'https://board.example.org/minutes/march', source_on: addDays(today, -60),
  }, now)
  for (const claim of await claimsOf(ours, { organization_id, guide_id })) {
    const said = answers.get(`${claim.candidate_id} ${claim.question_id}`)
    if (!said || claim.original === null) continue
    const { issue_id, original_language } = claim
    const text = { [original_language]: said.cut ?? said.why, ...(said.ko && { ko: said.ko }), ...(said.en && { en: said.en }) }
    await changeClaim(ours, organizer, { guide_id, claim_id: claim.claim_id }, { issue_id, original_language, text }, now)
  }
  const show = async (reason: Record<string, string>, at: Date): Promise<void> => {
    const content = await contentOf(ours, found(await guideById(ours, organization_id, guide_id)), around)
    const done = await publish(ours, reviewer, guide_id, { key: keyOf(content), reason }, { ...around, now: at })
    if (!done.ok) throw new Error(done.problem)
  }
  await show({}, new Date(now.getTime() - 2 * 86_400_000))
  const typed = found((await claimsOf(ours, { organization_id, guide_id })).find(({ kind }) => kind === 'record'))
  await changeClaim(ours, organizer, { guide_id, claim_id: typed.claim_id }, {
    issue_id: typed.issue_id, original_language: 'en', kind: 'record', source_url: 'https://board.example.org/minutes/april', source_on: addDays(today, -31), text: typed.text,
  }, now)
  await offerReplies(ours, organizer, guide_id, { reply_until_on: addDays(today, 3), reply_words_most: 100 })
  for (const candidate_id of candidate_ids) await makeProof(ours, organizer, guide_id, candidate_id, around)
  const whitcombe = found((await proofsOf(ours, { organization_id, guide_id })).find((each) => each.candidate_id === candidate_ids[2]))
  const said = found(partOf(await contentOf(ours, found(await guideById(ours, organization_id, guide_id)), around), whitcombe.candidate_id) ?? undefined)
  const reply_en = 'My answer names the cost of mediation too: the guide’s table has no room for it, and my website does.'
  await reply(ours, whitcombe, { name: 'Susan Whitcombe', key: keyOfPart(said), texts: new Map([[found(issue_ids[0]), reply_en]]) }, around)
  const reply_ko = '제 답변에는 중재에 드는 비용도 적었습니다. 안내 표에는 자리가 없어 제 웹사이트에 올려 두었습니다.'
  await changeReply(ours, organizer, guide_id, { candidate_id: whitcombe.candidate_id, issue_id: found(issue_ids[0]), original: reply_en, text: { ko: reply_ko }, withheld: null }, now)
  await show({ en: 'He spoke at the meeting in April, not in March.', ko: '3월이 아니라 4월 회의에서 한 발언이었습니다.' }, now)
  return guide_id
} // prettier-ignore

async function askedIn(db: Db, organizer: Actor, contest_id: number, year: string, now: Date, today: string): Promise<string> {
  const named = {
    name: { en: `${year} City Council questions`, ko: `${year}년 시의원 후보 질의` },
    intro: { en: 'The same questions for everybody who runs.', ko: '출마한 후보 모두에게 같은 질문을 드립니다.' },
  }
  const cycle_id = await makeCycle(db, organizer, named, now)
  const rules = {
    contest_ids: [contest_id],
    voter_kinds: ['regular', 'senior', 'family'],
    joined_by_on: today,
    paid_by_on: null,
    method: 'ranked' as const,
    threshold_percent: 60,
    quorum: 12,
    runoff: null,
    endorsements_most: 1,
    ties: { paid_staff: 'leave_room', family: 'no_vote', candidate: 'leave_room', volunteer: 'no_speaking', donor: 'disclose' } as const,
    public_parts: ['answers' as const],
    answers_by_on: addDays(today, -1),
    late: 'marked' as const,
    vote_from_on: addDays(today, 20),
    vote_until_on: addDays(today, 22),
    remind_days: [3, 1],
    announced_on: addDays(today, 25),
  }
  await saveRules(db, organizer, cycle_id, { ...named, rules, reason: {} }, now)
  const plain = { hint: {}, choices: [], words_most: 150, is_needed: true, office: null, contest_id: null }
  for (const { kind, text } of questions) await saveQuestion(db, organizer, cycle_id, null, { ...plain, kind, text })
  await openCycle(db, organizer, cycle_id, now)
  return cycle_id
} // prettier-ignore
