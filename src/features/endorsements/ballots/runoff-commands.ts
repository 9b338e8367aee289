import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { keepContests, lockCycle } from '../cycles/commands.ts'
import { runoffOf } from '../cycles/queries.ts'
import { countsOf, voteOf } from './queries.ts'
import { makeRoll, type MadeRoll } from './roll-commands.ts'
import { takingOn } from './rules.ts'
import { rulesOfRunoff, runoffIn } from './runoff-rules.ts'

export type MadeRunoff = { ok: true; cycle_id: string } | { ok: false; problem: 'runoff_over' | 'nobody_runs' }

/**
 * Makes the run-off a counted vote leads to: a cycle of its own, open from now on, with its roll as members stand today.
 * Making it twice is making it once.
 */
export function makeRunoff(
  db: Db,
  actor: Actor,
  { cycle_id, name }: { cycle_id: string; name: LocalizedText },
  today: string,
  now: Date,
): Promise<MadeRunoff> {
  return inTransaction(db, async (tx): Promise<MadeRunoff> => {
    const { organization_id } = actor
    await lockCycle(tx, actor, cycle_id)
    const there = await runoffOf(tx, organization_id, cycle_id)
    if (there) return { ok: true, cycle_id: there.cycle_id }
    const vote = found(await voteOf(tx, organization_id, cycle_id))
    if (!vote.counted_at) throw new Conflict('a run-off follows a count')
    const decided = (await countsOf(tx, vote)).map(({ contest_id, contest, account }) => ({
      contest_id,
      candidates: runoffIn(vote.rules, contest, account),
    }))
    const open = decided.filter(({ candidates }) => candidates.length > 0)
    const rules = rulesOfRunoff(vote.rules, open.map(({ contest_id }) => contest_id)) // prettier-ignore
    if (!rules || open.length === 0) throw new Conflict('no contest goes into a run-off')
    if (takingOn(rules, today) === 'over') return { ok: false, problem: 'runoff_over' }
    const runoff_candidate_ids = open.flatMap(({ candidates }) => candidates.map(({ candidate_id }) => candidate_id))
    const made = await tx
      .insertInto('endorsement_cycle')
      .values({ organization_id, name: JSON.stringify(name), opened_at: now, made_by: actor.name, made_at: now, runoff_of: cycle_id, runoff_candidate_ids })
      .returning('cycle_id')
      .executeTakeFirstOrThrow() // prettier-ignore
    await tx
      .insertInto('endorsement_rules')
      .values({ organization_id, cycle_id: made.cycle_id, version: 1, rules: JSON.stringify(rules), reason: null, made_by: actor.name, made_at: now })
      .execute() // prettier-ignore
    await keepContests(tx, organization_id, made.cycle_id, rules.contest_ids)
    await audit(tx, actor, {
      action: 'endorsement.make_runoff',
      subject: 'endorsement_cycle',
      subject_id: made.cycle_id,
      after: { name, runoff_of: cycle_id, contest_ids: rules.contest_ids, candidate_ids: runoff_candidate_ids },
    })
    const roll: MadeRoll = await makeRoll(tx, actor, made.cycle_id, today, now)
    if (!roll.ok) throw new NobodyRuns()
    return { ok: true, cycle_id: made.cycle_id }
  }).catch((problem: unknown) => {
    if (problem instanceof NobodyRuns) return { ok: false, problem: 'nobody_runs' }
    throw problem
  })
}

/** Nothing is kept of a run-off whose candidates all stand down. */
class NobodyRuns extends Error {}
