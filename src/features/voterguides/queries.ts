import { sql, type Selectable } from 'kysely'
import { dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { contestsOf, election } from '../elections/contests/queries.ts'
import type { Candidate, Election } from '../elections/contests/queries.ts'
import { isRunning, ownDaysOf } from '../elections/contests/rules.ts'
import { invitationsOf, submissionsOf } from '../endorsements/answers/queries.ts'
import { isAsked } from '../endorsements/answers/rules.ts'
import { Answer } from '../endorsements/answers/schema.ts'
import { countsOf, voteOf } from '../endorsements/ballots/queries.ts'
import { cycleById, runoffOf } from '../endorsements/cycles/queries.ts'
import { mailsOf } from '../endorsements/mails/queries.ts'
import { announcementOf, revisionsOf } from '../endorsements/results/queries.ts'
import { endorsedOf } from '../endorsements/results/rules.ts'
import { markRuleOf } from './law.ts'
import { repliesOf } from './replies/queries.ts'
import { takenFrom } from './rules.ts'
import { Content, type GuideCandidate } from './schema.ts'
import './tables.ts'
import type { AgendaIssueTable, VoterGuideClaimTable, VoterGuideTable, VoterGuideVersionTable } from './tables.ts'

export type Issue = Selectable<AgendaIssueTable>
export type Guide = Selectable<VoterGuideTable>
export type ClaimRow = Selectable<VoterGuideClaimTable>
export interface Version extends Selectable<VoterGuideVersionTable> {
  content: Content
}

/** The agenda, in its order. */
export const agendaOf = (db: Db, organization_id: string): Promise<Issue[]> =>
  db
    .selectFrom('agenda_issue')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy('position')
    .orderBy('issue_id')
    .execute()

export interface ListedGuide extends Guide {
  held_on: string
  version: number | null
}

/** The latest first. */
export const guidesOf = (db: Db, organization_id: string): Promise<ListedGuide[]> =>
  db
    .selectFrom('voter_guide as g')
    .innerJoin('scheduled_election as e', 'e.election_id', 'g.election_id')
    .selectAll('g')
    .select('e.held_on')
    .select((eb) =>
      eb
        .selectFrom('voter_guide_version as v')
        .select((each) => each.fn.max('v.version').as('version'))
        .whereRef('v.organization_id', '=', 'g.organization_id')
        .whereRef('v.guide_id', '=', 'g.guide_id')
        .as('version'),
    )
    .where('g.organization_id', '=', organization_id)
    .orderBy('g.made_at', 'desc')
    .orderBy('g.guide_id')
    .execute()

export const guideById = (db: Db, organization_id: string, guide_id: string): Promise<Guide | undefined> =>
  db
    .selectFrom('voter_guide')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .executeTakeFirst()

type Key = Pick<Guide, 'organization_id' | 'guide_id'>

export async function chosenIn(db: Db, { organization_id, guide_id }: Key) {
  const contests = await db.selectFrom('voter_guide_contest').select('contest_id').where('organization_id', '=', organization_id).where('guide_id', '=', guide_id).execute() // prettier-ignore
  const issues = await db.selectFrom('voter_guide_issue').select('issue_id').where('organization_id', '=', organization_id).where('guide_id', '=', guide_id).execute() // prettier-ignore
  return {
    contest_ids: contests.map(({ contest_id }) => contest_id),
    issue_ids: issues.map(({ issue_id }) => issue_id),
  }
}

/** Guides that are about an issue, or have words of candidates or questions under it. */
export const guidesWith = (db: Db, organization_id: string, issue_id: string): Promise<Guide[]> =>
  db
    .selectFrom('voter_guide as g')
    .selectAll('g')
    .where('g.organization_id', '=', organization_id)
    .where(sql<boolean>`exists (select from (
      select guide_id from voter_guide_issue i where i.organization_id = g.organization_id and i.issue_id = ${issue_id}::uuid
      union all select guide_id from voter_guide_question q where q.organization_id = g.organization_id and q.issue_id = ${issue_id}::uuid
      union all select guide_id from voter_guide_claim c where c.organization_id = g.organization_id and c.issue_id = ${issue_id}::uuid
      union all select guide_id from voter_guide_reply r where r.organization_id = g.organization_id and r.issue_id = ${issue_id}::uuid
    ) used where used.guide_id = g.guide_id)`)
    .orderBy('g.made_at')
    .execute()

/** Issue by question. */
export async function mappingOf(db: Db, { organization_id, guide_id }: Key): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('voter_guide_question')
    .select(['question_id', 'issue_id'])
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .execute()
  return new Map(rows.map(({ question_id, issue_id }) => [question_id, issue_id]))
}

/** Answers first, in the order of the questions, of those that stand under an issue; then what was typed, as it came in. */
export const claimsOf = (db: Db, { organization_id, guide_id }: Key): Promise<ClaimRow[]> =>
  db
    .selectFrom('voter_guide_claim as c')
    .leftJoin('endorsement_question as q', (join) =>
      join.onRef('q.organization_id', '=', 'c.organization_id').onRef('q.question_id', '=', 'c.question_id'),
    )
    .leftJoin('voter_guide_question as m', (join) =>
      join
        .onRef('m.organization_id', '=', 'c.organization_id')
        .onRef('m.guide_id', '=', 'c.guide_id')
        .onRef('m.question_id', '=', 'c.question_id'),
    )
    .selectAll('c')
    .where('c.organization_id', '=', organization_id)
    .where('c.guide_id', '=', guide_id)
    .where((eb) => eb.or([eb('c.question_id', 'is', null), eb('m.question_id', 'is not', null)]))
    .orderBy('q.position', (by) => by.asc().nullsLast())
    .orderBy('c.written_at')
    .orderBy('c.claim_id')
    .execute()

/** What was answered yes, no or with conditions; null: the question asks for something else. */
export const choiceOf = ({ answer }: Pick<ClaimRow, 'answer'>) =>
  answer ? (Answer.parse(answer).choice ?? null) : null

export const claimById = (
  db: Db,
  { organization_id, guide_id }: Key,
  claim_id: string,
): Promise<ClaimRow | undefined> =>
  db
    .selectFrom('voter_guide_claim')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .where('claim_id', '=', claim_id)
    .executeTakeFirst()

const parsed = (row: Selectable<VoterGuideVersionTable>): Version => ({ ...row, content: Content.parse(row.content) })

/** The latest first. */
export async function versionsOf(db: Db, { organization_id, guide_id }: Key): Promise<Version[]> {
  const rows = await db
    .selectFrom('voter_guide_version')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('guide_id', '=', guide_id)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(parsed)
}

/** What of a guide everybody may ask for is there; null: nothing is published. `owner`: passes row-level security. */
export async function publishedAt(owner: Db, slug: string, guide_id: string) {
  const { rows } = await sql<{
    organization_id: string
    name: Record<string, string>
    languages: string[]
    time_zone: string
    version: number
    withdrawn_at: Date | null
    withdrawn_reason: Record<string, string> | null
    /** As it stands now, whatever the version says. */
    held: Election
  }>`select o.organization_id, o.name, o.languages, o.time_zone, v.version, g.withdrawn_at, g.withdrawn_reason, to_jsonb(e) as held
    from organization o join voter_guide_version v on v.organization_id = o.organization_id and v.guide_id = ${guide_id}::uuid
    join voter_guide g on g.organization_id = v.organization_id and g.guide_id = v.guide_id
    join scheduled_election e on e.election_id = g.election_id
    where o.slug = ${slug} order by v.version desc limit 1`.execute(owner)
  return rows[0]
}

/** Of a cycle, who was asked when and what they signed, the latest first. */
export async function askedIn(db: Db, organization_id: string, cycle_id: string, time_zone: string) {
  const invitations = await invitationsOf(db, organization_id, cycle_id)
  const submissions = await submissionsOf(db, organization_id, invitations.map(({ invitation_id }) => invitation_id)) // prettier-ignore
  const mails = await mailsOf(db, organization_id, cycle_id)
  return new Map(
    invitations.map((invitation) => {
      const own = mails.filter(({ invitation_id }) => invitation_id === invitation.invitation_id)
      // Of mail that was not taken nobody knows that it reached them; a link that was opened was given to them, whatever was noted.
      const { handed_on, opened_at, made_at } = invitation
      const mailed = own.flatMap(({ sent_at }) => (sent_at ? [dateIn(time_zone, sent_at)] : []))
      const by_hand =
        handed_on ?? (own.every(({ asked_at }) => asked_at < made_at) && opened_at ? dateIn(time_zone, made_at) : null)
      return [
        invitation.candidate_id,
        {
          invitation,
          signings: submissions.filter(({ invitation_id }) => invitation_id === invitation.invitation_id),
          asked_on: [...new Set([...mailed, ...(by_hand ? [by_hand] : [])])].toSorted(),
        },
      ]
    }),
  )
}

/** Whom the members endorsed, also in a run-off, from the announcement until it is withdrawn, where the guide may say so. */
async function endorsedIn(db: Db, guide: Guide): Promise<Set<number>> {
  const { organization_id, cycle_id } = guide
  if (!cycle_id || !markRuleOf(guide.kind)?.is_allowed) return new Set()
  const runoff = await runoffOf(db, organization_id, cycle_id)
  const first = await endorsedBy(db, organization_id, cycle_id)
  return runoff ? new Set([...first, ...(await endorsedBy(db, organization_id, runoff.cycle_id))]) : first
}

async function endorsedBy(db: Db, organization_id: string, cycle_id: string): Promise<Set<number>> {
  const none = new Set<number>()
  const vote = await voteOf(db, organization_id, cycle_id)
  if (!vote || !(await announcementOf(db, vote))) return none
  const endorsed = (await countsOf(db, vote)).flatMap(({ account, contest }) => endorsedOf(contest, account))
  const withdrawn = new Set((await revisionsOf(db, vote)).map(({ candidate_id }) => candidate_id))
  return new Set(endorsed.flatMap(({ candidate_id }) => (withdrawn.has(candidate_id) ? [] : candidate_id)))
}

type Asked = Awaited<ReturnType<typeof askedIn>> extends Map<number, infer One> ? One : never

/** Nobody is waited for, and nobody said to be silent, whose link was taken back or given to nobody. */
function standingOf(asked: Asked | undefined, is_time_left: boolean): GuideCandidate['standing'] {
  if (asked && asked.signings.length > 0) return 'answered'
  if (!asked || asked.invitation.revoked_at || !isAsked(asked.invitation)) return 'not_asked'
  return is_time_left ? 'waiting' : 'silent'
}

interface Around {
  time_zone: string
  today: string
}

/** All a guide says as it stands now: every candidate who runs, alike, with what they say on the guide's issues. */
export async function contentOf(db: Db, guide: Guide, { time_zone, today }: Around): Promise<Content> {
  const { organization_id, election_id, kind, title, audience, intro, attribution } = guide
  const held = found(await election(db, election_id))
  const { contest_ids, issue_ids } = await chosenIn(db, guide)
  const contests = (await contestsOf(db, election_id)).filter(({ contest_id }) => contest_ids.includes(contest_id))
  const issues = (await agendaOf(db, organization_id)).filter(({ issue_id }) => issue_ids.includes(issue_id))
  const claims = await claimsOf(db, guide)
  const replies = await repliesOf(db, guide)
  const asked = guide.cycle_id && (await askedIn(db, organization_id, guide.cycle_id, time_zone))
  const cycle = guide.cycle_id && (await cycleById(db, organization_id, guide.cycle_id))
  const until = (cycle && cycle.rules?.answers_by_on) || null
  const endorsed = await endorsedIn(db, guide)
  const candidateOf = ({ candidate_id, name, names, lines, is_incumbent, website }: Candidate) => {
    const known = asked ? asked.get(candidate_id) : undefined
    const standing = standingOf(known, until !== null && today <= until)
    const isOpen = standing === 'silent' || standing === 'waiting'
    return {
      candidate_id,
      name,
      names,
      lines,
      is_incumbent,
      website,
      standing,
      asked_on: isOpen ? (known?.asked_on ?? []) : [],
      until: standing === 'waiting' ? until : null,
      is_endorsed: endorsed.has(candidate_id),
    }
  }
  return Content.parse({
    kind,
    title,
    audience,
    intro,
    election: { ...held, ...daysNow(held) },
    // Why nobody has to be named is for us.
    attribution: attribution?.code === 'not_needed' ? { ...attribution, more: '' } : attribution,
    issues,
    contests: contests.map((contest) => {
      const running = contest.candidates.filter(({ status }) => isRunning(status))
      const isShown = ({ candidate_id, issue_id }: { candidate_id: number; issue_id: string }): boolean =>
        issue_ids.includes(issue_id) && running.some((each) => each.candidate_id === candidate_id)
      return {
        ...contest,
        candidates: running.map(candidateOf),
        gone: contest.candidates.filter(({ status }) => !isRunning(status)),
        claims: claims
          .filter((claim) => claim.contest_id === contest.contest_id && isShown(claim))
          .map(({ is_late, ...claim }) => ({ ...claim, choice: choiceOf(claim), ...(is_late && { is_late }) })),
        replies: replies.filter(isShown).map((each) => (each.withheld ? { ...each, text: {}, original: '' } : each)),
      }
    }),
  })
}

/** How many candidates signed something the guide has not taken over. */
export async function newerAnswers(db: Db, guide: Guide, time_zone: string): Promise<number> {
  // Answers that are not public are not taken over: nothing waits.
  if (!guide.cycle_id || !(await mayShowAnswers(db, guide))) return 0
  const { contest_ids } = await chosenIn(db, guide)
  const asked = await askedIn(db, guide.organization_id, guide.cycle_id, time_zone)
  const mapping = await mappingOf(db, guide)
  const claims = (await claimsOf(db, guide)).filter(({ question_id }) => question_id !== null)
  return [...asked].filter(([candidate_id, { invitation, signings }]) => {
    const [last] = signings
    if (!last || !contest_ids.includes(invitation.contest_id)) return false
    const held = claims.filter((each) => each.candidate_id === candidate_id)
    return held.some(({ number }) => number !== last.number) || held.length !== takenFrom(last.signed, mapping).length
  }).length
}

/** Were candidates told that their answers are public? */
export async function mayShowAnswers(db: Db, { organization_id, cycle_id }: Guide): Promise<boolean> {
  const cycle = cycle_id && (await cycleById(db, organization_id, cycle_id))
  return Boolean(cycle && cycle.rules?.public_parts.includes('answers'))
}

/** What a steward entered of an election's days, and where it was read; none of one that our calendar has. */
export function daysNow(held: Election): Pick<Content['election'], 'days' | 'source'> {
  const days = ownDaysOf(held)
  const { source_url: url, as_of } = held
  return { days, source: days.length > 0 && url ? { url, as_of } : null }
}
