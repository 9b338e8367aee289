import { castBallots } from '../../features/endorsements/ballots/cast-commands.ts'
import { countVote } from '../../features/endorsements/ballots/count-commands.ts'
import { hashOf, makeReceipt } from '../../features/endorsements/ballots/links.ts'
import { countsOf, rollOf, voteOf } from '../../features/endorsements/ballots/queries.ts'
import { challenge, declareTies, issueCredential, makeRoll } from '../../features/endorsements/ballots/roll-commands.ts'
import { widthOf } from '../../features/endorsements/ballots/rules.ts'
import { makeCycle, openCycle, saveRules } from '../../features/endorsements/cycles/commands.ts'
import { electionsToChoose } from '../../features/endorsements/cycles/queries.ts'
import type { Rules } from '../../features/endorsements/cycles/schema.ts'
import { announce, saveStatement } from '../../features/endorsements/results/commands.ts'
import { endorsedOf } from '../../features/endorsements/results/rules.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { makeRunoff } from '../../features/endorsements/ballots/runoff-commands.ts'
import { makeInterviews, type DemoPanel } from './interviews.ts'
import type { Installation } from '../../platform/http/room.ts'
import { randomOf } from '../../platform/random.ts'

const time_zone = 'America/New_York'

/**
 * A cycle at each stage from the vote on: a vote that is on, after interviews, with some ballots in the box and somebody challenged, one that is counted, one that
 * waits for it, and one in which nobody reached the threshold, with its run-off on; and a cycle that is a draft. How many voted.
 */
export async function makeBallots(
  installation: Installation,
  organizer: Actor,
  panel: DemoPanel,
  seed: number,
  now: Date,
  today: string,
): Promise<number> {
  const db = installation.database.of(organizer.organization_id)
  const election = (await electionsToChoose(db, today)).at(0)
  const contests = (election?.contests ?? []).filter(({ candidates }) => candidates.length > 1).slice(0, 2)
  if (!election || contests.length === 0) return 0
  const year = election.held_on.slice(0, 4)
  const contest_ids = contests.map(({ contest_id }) => contest_id)
  const usual: Omit<Rules, 'answers_by_on' | 'vote_from_on' | 'vote_until_on' | 'announced_on' | 'method'> = {
    contest_ids,
    voter_kinds: ['regular', 'senior', 'family'],
    joined_by_on: addDays(today, -20),
    paid_by_on: null,
    threshold_percent: 60,
    quorum: 8,
    runoff: null,
    endorsements_most: 1,
    ties: { paid_staff: 'leave_room', family: 'no_vote', candidate: 'leave_room', volunteer: 'no_speaking', donor: 'disclose' }, // prettier-ignore
    public_parts: ['answers', 'recommendation', 'totals'],
    late: 'refused',
    remind_days: [3, 1],
  }
  const random = randomOf(seed)
  /** The place of each voter among those of its roll to what they mark, cell by cell. */
  type Marks = (width: number, at: number) => (number | null)[]
  const asTheyLike: Marks = (width) => {
    const favourite = random() < 0.3 ? 0 : Math.floor(random() * width)
    const others = Array.from({ length: width }, (_, at) => at).filter((at) => at !== favourite)
    const ranked = [favourite, ...others.filter(() => random() < 0.6)]
    return Array.from({ length: width }, (_, at) => ranked[at] ?? null)
  }
  /** Members of a roll vote; who may, and how many did. */
  const cast = async (cycle_id: string, share: number, during: Date, day: string, marks: Marks) => {
    const vote = found(await voteOf(db, organizer.organization_id, cycle_id))
    const { method } = vote.rules
    const { rows } = await rollOf(db, vote, { show: 'may', q: '' }, { from: 0, size: 200 })
    const voters = rows.slice(0, Math.floor(rows.length * share))
    for (const [at, { roll_id }] of voters.entries()) {
      await declareTies(db, organizer, cycle_id, roll_id, [])
      const issued = await issueCredential(db, organizer, { cycle_id, roll_id, way: 'account' }, day)
      if (!issued.ok) throw new Error(issued.problem)
      const ballots = vote.slate.map((contest) => ({ contest_id: contest.contest_id, receipt: makeReceipt(), cells: marks(widthOf(contest, method), at) })) // prettier-ignore
      const casting = { organization_id: organizer.organization_id, time_zone, cycle_id, credential_hash: hashOf(issued.credential), ballots } // prettier-ignore
      const done = await castBallots(db, installation.secret, { now: () => during }, casting)
      if (!done.ok) throw new Error(done.problem)
    }
    return { rows, voters }
  }
  interface Held {
    name: Record<string, string>
    /** So many days ago; below zero it is on. */
    ended: number
    /** The box is closed and nobody has counted. */
    is_uncounted?: boolean
    share: number
    marks?: Marks
    more?: Partial<Rules>
  }
  const hold = async ({ name, ended, is_uncounted = false, share, marks = asTheyLike, more = {} }: Held) => {
    const named = { name, intro: {} }
    const cycle_id = await makeCycle(db, organizer, named, now)
    const vote_until_on = addDays(today, -ended)
    const begins = addDays(vote_until_on, -6)
    const rules: Rules = { ...usual, method: 'ranked', answers_by_on: addDays(begins, -3), vote_from_on: begins, vote_until_on, announced_on: addDays(vote_until_on, 2), ...more } // prettier-ignore
    await saveRules(db, organizer, cycle_id, { ...named, rules, reason: {} }, now)
    await openCycle(db, organizer, cycle_id, now)
    if (ended <= 0) await makeInterviews(db, organizer, panel, cycle_id, now)
    const during = new Date(now.getTime() - Math.max(0, ended + 1) * 86_400_000)
    await makeRoll(db, organizer, cycle_id, begins, during)
    const { rows, voters } = await cast(cycle_id, share, during, ended > 0 ? addDays(begins, 1) : today, marks)
    const asked = { cycle_id, time_zone, secret: installation.secret, is_without_papers: false }
    if (ended > 0 && !is_uncounted) await countVote(db, organizer, asked, installation.clock)
    const last = rows.at(-1)
    if (ended <= 0 && last && !voters.includes(last)) {
      const raised = { wants: false, reason: 'Moved away, as we heard at the last meeting.' }
      await challenge(db, organizer, cycle_id, last.roll_id, raised, now)
    }
    return { cycle_id, voted: voters.length }
  }
  const counted = await hold({ name: { en: `${year} early endorsements`, ko: `${year}년 조기 지지 선정` }, ended: 9, share: 0.9 }) // prettier-ignore
  await announceCounted(db, organizer, counted.cycle_id, now)
  const open = await hold({ name: { en: `${year} spring endorsements`, ko: `${year}년 봄 지지 선정` }, ended: -3, share: 0.4 }) // prettier-ignore
  const uncounted = await hold({ name: { en: `${year} autumn endorsements`, ko: `${year}년 가을 지지 선정` }, ended: 1, is_uncounted: true, share: 0.5 }) // prettier-ignore
  // Two are nearly even, so nobody has the threshold, and the two are in a run-off that is on.
  const close = await hold({
    name: { en: `${year} endorsement, a close vote`, ko: `${year}년 지지 선정(접전)` },
    ended: 4,
    share: 0.7,
    marks: (width, at) => Array.from({ length: width }, (_, cell) => (cell === 0 ? at % 2 : null)),
    more: {
      contest_ids: contest_ids.slice(0, 1),
      announced_on: addDays(today, -2),
      runoff: { vote_from_on: addDays(today, -1), vote_until_on: addDays(today, 5), announced_on: addDays(today, 7) },
    },
  })
  const name = { en: `${year} run-off`, ko: `${year}년 결선투표` }
  const made = await makeRunoff(db, organizer, { cycle_id: close.cycle_id, name }, today, now)
  if (!made.ok) throw new Error(made.problem)
  const runoff = await cast(made.cycle_id, 0.3, now, today, (_, at) => [at % 3 === 0 ? 1 : 0])
  // Begun, and nothing of it fixed yet.
  await makeCycle(db, organizer, { name: { en: `${year} general election endorsements`, ko: `${year}년 본선거 지지 선정` }, intro: {} }, now) // prettier-ignore
  return counted.voted + open.voted + uncounted.voted + close.voted + runoff.voters.length
}

/** What the organization says of a counted vote, announced. */
async function announceCounted(db: Db, organizer: Actor, cycle_id: string, now: Date): Promise<void> {
  const vote = found(await voteOf(db, organizer.organization_id, cycle_id))
  for (const { contest_id, contest, account } of await countsOf(db, vote)) {
    const endorsed = endorsedOf(contest, account)
    const names = (language: string): string => endorsed.map((each) => each.names[language] ?? each.name).join(', ')
    const said =
      endorsed.length > 0
        ? {
            statement: {
              en: `Our members chose ${names('en')} in a secret vote. Until Election Day we will call, write and knock on doors so that every neighbor knows why.`,
              ko: `회원들이 무기명 투표로 ${names('ko')} 후보를 공식 지지하기로 했습니다. 선거일까지 전화와 우편, 방문으로 이웃들께 그 이유를 알리겠습니다.`,
            },
            reasons: {
              en: 'Members named three things: rent protection, services in our language at city offices, and money for senior centers.',
              ko: '회원들은 세 가지를 꼽았습니다. 렌트 규제, 시 관공서의 우리말 서비스, 시니어센터 예산입니다.',
            },
          }
        : {
            statement: {
              en: 'Our members voted and endorse nobody in this contest. We will publish what every candidate told us, so that neighbors can compare.',
              ko: '회원 투표 결과 이 공직에는 지지 후보가 없습니다. 이웃들이 비교하실 수 있게 후보들의 답변을 모두 공개하겠습니다.',
            },
            reasons: {},
          }
    await saveStatement(db, organizer, { cycle_id, contest_id }, { ...said, reason: {} }, now)
  }
  await announce(db, organizer, cycle_id, now)
}
