import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { addCandidate, saveContest } from '../elections/contests/commands.ts'
import { electionsKnown } from '../elections/contests/queries.ts'
import { ContestForm, NewCandidateForm } from '../elections/contests/schema.ts'
import { inviteCandidate, signAnswers } from '../endorsements/answers/commands.ts'
import { fieldOf } from '../endorsements/answers/rules.ts'
import { makeCycle, openCycle, saveRules } from '../endorsements/cycles/commands.ts'
import { cycleById } from '../endorsements/cycles/queries.ts'
import { RulesForm } from '../endorsements/cycles/schema.ts'
import { saveQuestion } from '../endorsements/questions/commands.ts'
import { questionsOf } from '../endorsements/questions/queries.ts'
import { makeGuide, publish, saveGuide, saveIssue, takeAnswers } from './commands.ts'
import { contentOf, guideById } from './queries.ts'
import { keyOf } from './rules.ts'
import type { GuideKind } from './schema.ts'

const today = '2027-02-01'
const now = new Date(`${today}T17:00:00Z`)
const source_url = 'https://vote.nyc/'

/** A council primary with three candidates, of whom one answered everything, one a part and one nothing. */
export async function askCandidates({ owner, db, actor }: { owner: Db; db: Db; actor: Actor }) {
  const { election_id } = found((await electionsKnown(owner)).find(({ held_on }) => held_on === '2027-06-22'))
  const seat = ContestForm.parse({ office: 'council_member', district: '20', party: 'dem', seats: '1', source_url })
  const contest = await saveContest(owner, actor, { election_id, contest_id: null }, seat, today)
  if (!contest.ok) throw new Error(contest.problem)
  const contest_id = contest.id
  const candidate_ids: number[] = []
  for (const [name, name_ko] of [['Seoyeon Lee', '이서연'], ['Marcus Bell', '마커스 벨'], ['Ana Ruiz', '아나 루이스']] as const) {
    const form = NewCandidateForm.parse({ name, name_ko, figure: 'new', lines: 'Democratic', position: String(candidate_ids.length + 1), status: 'on_ballot', status_on: today, source_url })
    const added = await addCandidate(owner, actor, contest_id, form, today)
    if (!added.ok) throw new Error(added.problem)
    candidate_ids.push(added.candidate_id)
  }
  const named = { name: { en: 'Endorsements 2027', ko: '2027년 지지 후보 선정' }, intro: {} }
  const cycle_id = await makeCycle(db, actor, named, now)
  const rules = RulesForm.parse({
    contest_ids: String(contest_id), voter_kinds: 'regular', method: 'ranked', threshold_percent: '60', endorsements_most: '1',
    tie_paid_staff: 'leave_room', tie_family: 'no_vote', tie_candidate: 'leave_room', tie_volunteer: 'no_speaking', tie_donor: 'disclose',
    late: 'marked', public_parts: 'answers', answers_by_on: '2027-03-31', vote_from_on: '2027-05-01', vote_until_on: '2027-05-03', announced_on: '2027-05-05',
  })
  await saveRules(db, actor, cycle_id, { ...named, rules, reason: {} }, now)
  const plain = { office: null, contest_id: null, hint: {}, choices: [], words_most: 250, is_needed: false }
  await saveQuestion(db, actor, cycle_id, null, { ...plain, kind: 'position', text: { en: 'A lawyer for every tenant?', ko: '모든 세입자에게 변호사를?' } })
  await saveQuestion(db, actor, cycle_id, null, { ...plain, kind: 'text', text: { en: 'What about schools?', ko: '학교는 어떻게 하시겠습니까?' } })
  await openCycle(db, actor, cycle_id, now)
  const cycle = found(await cycleById(db, actor.organization_id, cycle_id))
  const [housing, schools] = (await questionsOf(db, actor.organization_id, cycle_id)).map(({ question_id }) => question_id)
  const [seoyeon, marcus, ana] = candidate_ids
  const invited: Awaited<ReturnType<typeof inviteCandidate>>[] = []
  for (const candidate_id of candidate_ids) invited.push(await inviteCandidate(db, actor, cycle, candidate_id, now))
  const sign = async (candidate_id: number | undefined, typed: Record<string, string>, at = now, is_late = false): Promise<void> => {
    const invitation = found(invited.find((each) => each.candidate_id === candidate_id))
    const done = await signAnswers(db, invitation, { name: 'Signer', signed_by: 'Signer', is_late, typed, questions_key: null }, at)
    if (!done.ok) throw new Error(JSON.stringify(done))
  }
  const asked = { housing: found(housing), schools: found(schools) }
  const said = (choice: string, why: string, text = ''): Record<string, string> => ({
    [fieldOf(asked.housing, 'choice')]: choice,
    [fieldOf(asked.housing, 'text')]: why,
    [fieldOf(asked.schools, 'text')]: text,
  })
  await sign(seoyeon, said('yes', 'Nobody should stand in court alone. <b>Nobody</b>, and I would pay for it from the state budget.', '학교마다 통역을 두겠습니다.'))
  await sign(marcus, said('qualified', 'Only where children live.'))
  const { invitation_id } = found(invited.at(-1))
  await db.insertInto('endorsement_mail').values({ organization_id: actor.organization_id, invitation_id, sent_to: 'ana@example.org', link_number: 1, answers_by_on: null, days_before: null, asked_by: actor.name, asked_at: now, sent_at: new Date('2027-02-02T17:00:00Z') }).execute()
  return { election_id, contest_id, cycle_id, seoyeon: found(seoyeon), marcus: found(marcus), ana: found(ana), asked, said, sign }
} // prettier-ignore

interface Publishing {
  db: Db
  actor: Actor
  reviewer: Actor
  asked: Awaited<ReturnType<typeof askCandidates>>
  now: Date
  kind?: GuideKind
}

/** A guide of what they answered about housing and schools, as everybody reads it. */
export async function publishGuide({ db, actor, reviewer, asked, now: at, kind = 'nonpartisan' }: Publishing): Promise<string> {
  const { organization_id } = actor
  const { election_id, contest_id, cycle_id } = asked
  const housing = await saveIssue(db, actor, null, { name: { en: 'Housing', ko: '주거' }, about: {} }, at)
  const schools = await saveIssue(db, actor, null, { name: { en: 'Schools', ko: '학교' }, about: {} }, at)
  const texts = { title: { en: 'Flushing votes', ko: '플러싱 예비선거 안내' }, audience: {}, intro: {} }
  const guide_id = await makeGuide(db, actor, { election_id, kind, ...texts }, at)
  await saveGuide(db, actor, guide_id, { kind, contest_ids: [contest_id], issue_ids: [housing, schools], cycle_id, ...texts }, at)
  const around = { now: at, today: at.toISOString().slice(0, 10), time_zone: 'America/New_York' }
  await takeAnswers(db, actor, guide_id, new Map([[asked.asked.housing, housing], [asked.asked.schools, schools]]), around)
  const key = keyOf(await contentOf(db, found(await guideById(db, organization_id, guide_id)), around))
  const done = await publish(db, reviewer, guide_id, { key, reason: {} }, around)
  if (!done.ok) throw new Error(done.problem)
  return guide_id
} // prettier-ignore
