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
import { makeInterviews, type DemoPanel } from './interviews.ts'
import type { Installation } from '../../platform/http/room.ts'
import { randomOf } from '../../platform/random.ts'

const time_zone = 'America/New_York'

/** A vote that is on, after interviews, with some ballots in the box and somebody challenged, and one that is counted. How many voted. */
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
  /** `ended`: so many days ago; below zero it is on. */
  const hold = async (name: Record<string, string>, method: Rules['method'], ended: number, share: number) => {
    const named = { name, intro: {} }
    const cycle_id = await makeCycle(db, organizer, named, now)
    const vote_until_on = addDays(today, -ended)
    const begins = addDays(vote_until_on, -6)
    const rules = { ...usual, method, answers_by_on: addDays(begins, -3), vote_from_on: begins, vote_until_on, announced_on: addDays(vote_until_on, 2) } // prettier-ignore
    await saveRules(db, organizer, cycle_id, { ...named, rules, reason: {} }, now)
    await openCycle(db, organizer, cycle_id, now)
    if (ended <= 0) await makeInterviews(db, organizer, panel, cycle_id, now)
    const during = new Date(now.getTime() - Math.max(0, ended + 1) * 86_400_000)
    await makeRoll(db, organizer, cycle_id, begins, during)
    const vote = found(await voteOf(db, organizer.organization_id, cycle_id))
    const { rows } = await rollOf(db, vote, { show: 'may', q: '' }, { from: 0, size: 200 })
    const voters = rows.slice(0, Math.floor(rows.length * share))
    for (const { roll_id } of voters) {
      await declareTies(db, organizer, cycle_id, roll_id, [])
      const day = ended > 0 ? addDays(begins, 1) : today
      const issued = await issueCredential(db, organizer, { cycle_id, roll_id, way: 'account' }, day)
      if (!issued.ok) throw new Error(issued.problem)
      const ballots = vote.slate.map((contest) => {
        const width = widthOf(contest, method)
        const favourite = random() < 0.3 ? 0 : Math.floor(random() * width)
        const others = Array.from({ length: width }, (_, at) => at).filter((at) => at !== favourite)
        const ranked = [favourite, ...others.filter(() => random() < 0.6)]
        return { contest_id: contest.contest_id, receipt: makeReceipt(), cells: Array.from({ length: width }, (_, at) => ranked[at] ?? null) } // prettier-ignore
      })
      const casting = { organization_id: organizer.organization_id, time_zone, cycle_id, credential_hash: hashOf(issued.credential), ballots } // prettier-ignore
      const done = await castBallots(db, installation.secret, { now: () => during }, casting)
      if (!done.ok) throw new Error(done.problem)
    }
    const asked = { cycle_id, time_zone, secret: installation.secret, is_without_papers: false }
    if (ended > 0) await countVote(db, organizer, asked, installation.clock)
    const last = rows.at(-1)
    if (ended <= 0 && last && !voters.includes(last)) {
      const raised = { wants: false, reason: 'Moved away, as we heard at the last meeting.' }
      await challenge(db, organizer, cycle_id, last.roll_id, raised, now)
    }
    return { cycle_id, voted: voters.length }
  }
  const counted = await hold({ en: `${year} early endorsements`, ko: `${year}년 조기 지지 선정` }, 'ranked', 9, 0.9)
  await announceCounted(db, organizer, counted.cycle_id, now)
  const open = await hold({ en: `${year} spring endorsements`, ko: `${year}년 봄 지지 선정` }, 'ranked', -3, 0.4)
  return counted.voted + open.voted
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
