import { makeCampaign } from '../../features/campaigns/commands.ts'
import { linkPart } from '../../features/campaigns/parts/commands.ts'
import { heldContest } from '../../features/campaigns/queries.ts'
import { proposeContribution } from '../../features/contributions/commands.ts'
import { countsOf, voteOf } from '../../features/endorsements/ballots/queries.ts'
import { endorsedOf } from '../../features/endorsements/results/rules.ts'
import { makeMailing } from '../../features/mailings/commands.ts'
import { beginWith } from '../../features/mailings/writing/commands.ts'
import { createPhoneBank } from '../../features/phonebanks/commands.ts'
import { preparePhoneBank } from '../../features/phonebanks/targets/commands.ts'
import { universe } from '../../features/targeting/queries.ts'
import type { Actor } from '../../platform/actor.ts'
import { addDays } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'

/** A campaign for whom the members endorsed: its list, a phone bank to come, an e-mail that is being written, and a contribution that waits for the board. */
export async function makeDemoCampaign(
  db: Db,
  organizer: Actor,
  of: { universe_id: string; script_id: string },
  now: Date,
  today: string,
): Promise<string | null> {
  const { organization_id } = organizer
  const endorsed = await endorsedBy(db, organization_id)
  const held = endorsed && (await heldContest(db, endorsed.contest_id))
  if (!endorsed || !held) return null
  const { cycle_id, contest_id, candidate_id, names } = endorsed
  const made = await makeCampaign(
    db,
    organizer,
    {
      name: { en: `For ${names.en}`, ko: `${names.ko} 후보 캠페인` },
      candidate: {},
      candidate_ids: [candidate_id],
      lane: 'independent',
      contest_id,
      cycle_id,
      starts_on: addDays(today, -2),
      ends_on: held.election.held_on,
      goal: 'conversations',
      goal_count: 1200,
      owner: { user_id: organizer.id, name: organizer.name },
    },
    now,
  )
  if (!made.ok) throw new Error(made.problem)
  const { campaign_id } = made
  const list = found(await universe(db, organization_id, of.universe_id))
  const { phone_bank_id } = await createPhoneBank(
    db,
    organizer,
    {
      name: { en: `${names.en}: first calls`, ko: `${names.ko} 후보 첫 전화` },
      candidate: names,
      universe_id: of.universe_id,
      expression: list.expression,
      script_id: of.script_id,
      lane: 'independent',
      languages: ['ko', 'en'],
      starts_on: addDays(today, 5),
      ends_on: addDays(today, 40),
      calling_starts: '10:00',
      calling_ends: '20:00',
      max_attempts: 3,
      retry_after_hours: 20,
      caller_id_note: {},
    },
    now,
  )
  await preparePhoneBank(db, organizer, phone_bank_id, now)
  const mailing_id = await makeMailing(db, organizer, { name: `${names.ko} 지지 소식 · ${names.en}`, lane: 'independent' }, now) // prettier-ignore
  const begun = { today, now, endorsement: `${cycle_id}/${contest_id}` }
  await beginWith(db, organizer, mailing_id, 'starter:endorsement', begun)
  for (const part of [
    { kind: 'universe', part_id: of.universe_id },
    { kind: 'phone_bank', part_id: phone_bank_id },
    { kind: 'mailing', part_id: mailing_id },
  ] as const)
    await linkPart(db, organizer, campaign_id, part, now)
  const proposed = await proposeContribution(
    db,
    organizer,
    {
      candidate_id,
      recipient: `Friends of ${names.en}`,
      payer: 'Flushing Neighbors PAC',
      payer_kind: 'state_committee',
      participation: null,
      amount: 150_000,
      reason: 'Our members endorsed this campaign. 회원 투표로 지지하기로 했습니다.',
      cycle_id,
      campaign_id,
    },
    now,
  )
  if (!proposed.ok) throw new Error(proposed.problem)
  return campaign_id
}

/** The first whom a vote endorsed that was announced. */
async function endorsedBy(db: Db, organization_id: string) {
  const announced = await db
    .selectFrom('endorsement_announcement')
    .select('cycle_id')
    .where('organization_id', '=', organization_id)
    .orderBy('announced_at')
    .execute()
  for (const { cycle_id } of announced) {
    const vote = found(await voteOf(db, organization_id, cycle_id))
    for (const { contest_id, contest, account } of await countsOf(db, vote)) {
      const [candidate] = endorsedOf(contest, account)
      if (!candidate) continue
      const { candidate_id, name, names } = candidate
      return { cycle_id, contest_id, candidate_id, names: { en: names.en ?? name, ko: names.ko ?? name } }
    }
  }
  return null
}
