import { expect, test } from 'vitest'
import type { Rules } from '../cycles/schema.ts'
import { accountOf } from './count-commands.ts'
import { csvOf, noEndorsement, type Cells } from './rules.ts'
import { runoffIn } from './runoff-rules.ts'
import type { ContestOnBallot } from './schema.ts'

const contest: ContestOnBallot = {
  contest_id: 7,
  candidates: ['Ana', 'Bo', 'Chul', 'Dae'].map((name, at) => ({ candidate_id: at + 1, name, names: {} })),
}
const runoff = { vote_from_on: '2027-05-10', vote_until_on: '2027-05-12', announced_on: '2027-05-14' }
const rules = { method: 'plurality', threshold_percent: 60, quorum: null, endorsements_most: 1, runoff } as Rules

/** So many ballots of each kind, as they are counted. */
async function among(given: Partial<Rules>, cast: [ballots: number, cells: Cells][]): Promise<string[]> {
  const these = { ...rules, ...given }
  const ballots = cast.flatMap(([ballots, cells]) => Array.from({ length: ballots }, () => cells))
  const list = ballots.map((cells, at) => ({ receipt: String(at).padStart(16, '0'), cells }))
  const account = await accountOf(csvOf(contest, these.method, list), these, 'seed')
  return runoffIn(these, contest, account).map(({ name }) => name)
}
const none = contest.candidates.length

test.each([
  { says: 'the two with most votes', given: {}, cast: [[5, [1]], [4, [3]], [2, [0]]], names: ['Bo', 'Dae'] },
  { says: 'and whoever ties with the second', given: {}, cast: [[5, [1]], [3, [3]], [3, [0]]], names: ['Ana', 'Bo', 'Dae'] },
  { says: 'not those without a vote', given: {}, cast: [[1, [1]], [1, [none]]], names: [] },
  { says: 'nobody where somebody is endorsed', given: {}, cast: [[6, [1]], [4, [3]]], names: [] },
  { says: 'nobody where “no endorsement” won', given: {}, cast: [[7, [none]], [3, [3]], [1, [0]]], names: [] },
  { says: 'past “no endorsement”, which is on that ballot anyway', given: {}, cast: [[5, [1]], [4, [none]], [2, [3]]], names: ['Bo', 'Dae'] },
  { says: 'nobody below the quorum', given: { quorum: 20 }, cast: [[5, [1]], [4, [3]]], names: [] },
  { says: 'nobody where the rules have no run-off', given: { runoff: null }, cast: [[5, [1]], [4, [3]]], names: [] },
  { says: 'of ranked choice, the last two of the count', given: { method: 'ranked' }, cast: [[4, [0, null, null, null, null]], [3, [1, null, null, null, null]], [2, [2, 1, null, null, null]]], names: ['Ana', 'Bo'] },
  { says: 'of two places, three', given: { method: 'approval', endorsements_most: 2 }, cast: [[5, [0, null, null, null, null]], [4, [1, null, null, null, null]], [3, [2, null, null, null, null]], [1, [3, null, null, null, null]]], names: ['Ana', 'Bo', 'Chul'] },
  { says: 'asked one by one, those with most yes', given: { method: 'yes_no' }, cast: [[5, [0, 0, 1, 1]], [5, [1, 1, 0, 1]], [1, [1, 1, 1, 1]]], names: ['Ana', 'Bo', 'Chul'] },
] as { says: string; given: Partial<Rules>; cast: [number, Cells][]; names: string[] }[])(
  'into a run-off go: $says',
  async ({ given, cast, names }) => {
    expect(await among(given, cast)).toEqual(names)
    expect(names).not.toContain(noEndorsement)
  },
) // prettier-ignore
