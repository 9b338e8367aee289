import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import { found } from '../../platform/errors.ts'
import {
  ApiRefusal,
  Instant,
  instant,
  operation,
  paged,
  pageOf,
  Paging,
  placeIn,
  type ApiCall,
} from '../access/tokens/operation.ts'
import type { Db } from '../../platform/db/db.ts'
import { ask, fromNow, longest_ms, TooSlow, type Until } from './bounded.ts'
import { archiveUniverse, changeUniverse, restoreUniverse, saveUniverse, type SavedUniverse } from './commands.ts'
import { countBy, countVoters } from './columns/ask.ts'
import { columnsOf, type ColumnStore } from './columns/store.ts'
import { askedText, compileTyped, compileUniverse, universe, type CompiledUniverse, type Universe } from './queries.ts'
import { UniverseForm, universeKinds } from './schema.ts'

const UniverseAnswer = z
  .object({
    universe_id: z.uuid(),
    name: z.string(),
    expression: z.string().meta({ description: 'Targeting expression, canonical; docs/targeting.md.' }),
    note: z.string().nullable(),
    kind: z.enum(universeKinds).meta({
      description: 'live: whoever fits on the day; frozen: the voters it had. In an expression both are `in:"name"`.',
    }),
    counted: z.int().nullable().meta({ description: 'Voters at `counted_at`.' }),
    counted_at: Instant.nullable(),
    created_by: z.string(),
    created_at: Instant,
    archived_at: Instant.nullable(),
  })
  .meta({ description: 'Which voters are meant, kept under a name.' })

const shown = (row: Universe): z.infer<typeof UniverseAnswer> => ({
  universe_id: row.universe_id,
  name: row.name,
  expression: row.expression,
  note: row.note,
  kind: row.kind,
  counted: row.counted,
  counted_at: row.counted_at && instant(row.counted_at),
  created_by: row.created_by,
  created_at: instant(row.created_at),
  archived_at: row.archived_at && instant(row.archived_at),
})

const OneUniverse = z.object({ universe_id: z.uuid() })
const VoterAnswer = z.object({
  voter_id: z.int(),
  state: z.string(),
  state_voter_id: z.string(),
  last_name: z.string(),
  first_name: z.string().nullable(),
  middle_name: z.string().nullable(),
  name_hangul: z.string().nullable(),
  party: z.string(),
  status: z.string(),
  address: z.string().nullable(),
  city: z.string().nullable(),
  zip5: z.string().nullable(),
  county: z.string().nullable(),
})

/** Compiles or refuses, saying at which character. */
async function compiled(call: ApiCall, expression: string): Promise<CompiledUniverse> {
  const { have } = columnsOf(call.installation)
  const result = await compileUniverse(call.db, expression, call.actor.organization_id, call.today, have)
  if (!result.ok) throw refusedExpression(result.problem)
  return result.universe
}

/** Refuses what was sent where the token may not ask it. */
async function checkTyped({ db, actor, today }: ApiCall, expression: string): Promise<void> {
  const result = await compileTyped(db, actor, expression, today)
  if (!result.ok) throw refusedExpression(result.problem)
}

/** The columns, and a handle that is no transaction. */
const columnsFor = ({ installation, actor }: ApiCall): [ColumnStore, Db] => [
  columnsOf(installation),
  installation.database.of(actor.organization_id),
]

export const refusedExpression = (problem: { code: string; found: string; at: number; length: number }): ApiRefusal => {
  const { code, ...where } = problem
  const why = code === 'not_yours' ? 'asks what is paid for memberships, which tokens are not shown' : 'cannot be read'
  return new ApiRefusal(422, 'expression', `“${problem.found}” at character ${problem.at + 1} ${why}.`, {
    code,
    ...where,
  })
}

async function kept(db: Db, { organization_id }: ApiCall['actor'], saved: SavedUniverse) {
  if (saved.ok) return shown(found(await universe(db, organization_id, saved.universe_id)))
  if (saved.problem === 'name_taken') throw new ApiRefusal(409, 'name_taken', 'Another universe has this name.')
  throw refusedExpression(saved.detail)
}

/** Voters by id, from the one behind `after`, with what the organization knows of their names. */
export function votersAfter(
  db: Db,
  { condition, meaning: { organization_id } }: CompiledUniverse,
  after: number,
  most: number,
  until: Until,
): Promise<z.infer<typeof VoterAnswer>[]> {
  return ask(
    db,
    sql<z.infer<typeof VoterAnswer>>`
      select v.voter_id, v.state, v.state_voter_id, coalesce(p.last_name, v.last_name) as last_name,
        coalesce(p.first_name, v.first_name) as first_name, coalesce(p.middle_name, v.middle_name) as middle_name, p.name_hangul,
        v.party, v.status, nullif(concat_ws(' ', v.house_number, v.street, v.unit), '') as address, v.city, v.zip5, v.county
      from (select * from voter_record v where v.voter_id > ${after} and ${condition} order by v.voter_id limit ${most}) v
      left join person p on p.organization_id = ${organization_id} and p.voter_id = v.voter_id and p.merged_into is null
      order by v.voter_id`,
    until,
  )
}

/** What takes longer than a page may wait is refused, with what to do. */
export async function inTime<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (problem) {
    if (problem instanceof TooSlow)
      throw new ApiRefusal(422, 'too_slow', 'This takes too long. Narrow the expression, or ask again later.')
    throw problem
  }
}

export const universeOperations = [
  operation({
    method: 'GET',
    path: '/universes',
    scope: 'universes.read',
    group: 'Universes',
    summary: 'Saved universes, archived ones too.',
    query: Paging,
    answer: pageOf(UniverseAnswer),
    async run({ db, actor }, { query }) {
      const after = placeIn(query.cursor, z.tuple([z.uuid()]))
      const rows = await db
        .selectFrom('universe')
        .selectAll()
        .where('organization_id', '=', actor.organization_id)
        .$if(after !== null, (asked) => asked.where('universe_id', '>', after?.[0] ?? ''))
        .orderBy('universe_id')
        .limit(query.limit + 1)
        .execute()
      return paged(rows, query.limit, shown, (row) => [row.universe_id])
    },
  }),
  operation({
    method: 'POST',
    path: '/universes',
    scope: 'universes.write',
    group: 'Universes',
    summary: 'Saves an expression under a name, and counts it.',
    body: UniverseForm,
    answer: UniverseAnswer,
    status: 201,
    async run(call, { body }) {
      const { db, actor, now, today } = call
      await checkTyped(call, body.expression)
      return kept(db, actor, await saveUniverse(db, actor, body, now, today, countBy(...columnsFor(call))))
    },
  }),
  operation({
    method: 'PATCH',
    path: '/universes/:universe_id',
    scope: 'universes.write',
    group: 'Universes',
    summary:
      'Changes name, expression or note; what is left out stays. Phone banks made from it keep the expression they have.',
    params: OneUniverse,
    body: z.object({
      name: UniverseForm.shape.name.optional(),
      expression: UniverseForm.shape.expression.optional(),
      note: z.string().trim().max(2000).nullable().optional(),
    }),
    answer: UniverseAnswer,
    async run(call, { params, body }) {
      const { db, actor, now, today } = call
      const before = found(await universe(db, actor.organization_id, params.universe_id))
      if (body.expression !== undefined && body.expression !== before.expression)
        await checkTyped(call, body.expression)
      const form = {
        name: body.name ?? before.name,
        expression: body.expression ?? before.expression,
        note: body.note === undefined ? before.note : body.note || null,
      }
      return kept(
        db,
        actor,
        await changeUniverse(db, actor, params.universe_id, form, now, today, countBy(...columnsFor(call))),
      )
    },
  }),
  operation({
    method: 'POST',
    path: '/universes/:universe_id/archive',
    scope: 'universes.write',
    group: 'Universes',
    summary: 'Takes it out of the lists. Nothing is deleted; what names it still finds it.',
    params: OneUniverse,
    body: z.object({
      is_sure: z
        .boolean()
        .default(false)
        .meta({ description: 'Also where phone banks or other universes name it; else that is refused.' }),
    }),
    answer: UniverseAnswer,
    async run({ db, actor, now }, { params, body }) {
      if (!(await archiveUniverse(db, actor, params.universe_id, now, body.is_sure)))
        throw new ApiRefusal(
          409,
          'in_use',
          'Something names this universe. Send is_sure: true to archive it all the same.',
        )
      return shown(found(await universe(db, actor.organization_id, params.universe_id)))
    },
  }),
  operation({
    method: 'POST',
    path: '/universes/:universe_id/restore',
    scope: 'universes.write',
    group: 'Universes',
    summary: 'Brings an archived universe back.',
    params: OneUniverse,
    answer: UniverseAnswer,
    async run({ db, actor }, { params }) {
      if (!(await restoreUniverse(db, actor, params.universe_id)))
        throw new ApiRefusal(409, 'name_taken', 'Another universe has this name.')
      return shown(found(await universe(db, actor.organization_id, params.universe_id)))
    },
  }),
  operation({
    method: 'GET',
    path: '/universes/:universe_id',
    scope: 'universes.read',
    group: 'Universes',
    summary: 'One universe.',
    params: OneUniverse,
    answer: UniverseAnswer,
    run: async ({ db, actor }, { params }) =>
      shown(found(await universe(db, actor.organization_id, params.universe_id))),
  }),
  operation({
    method: 'POST',
    path: '/universes/count',
    scope: 'universes.read',
    group: 'Universes',
    summary: 'How many voters an expression means today.',
    body: z.object({ expression: z.string().max(4000) }),
    answer: z.object({
      expression: z.string(),
      count: z.int(),
      remarks: z.array(z.object({ code: z.string(), named: z.string(), corrected: z.string().optional() })).meta({
        description:
          'What makes few or nobody fit: an election or district no loaded file has, a tag nobody made, …; corrected: the expression with the nearest word.',
      }),
    }),
    async run(call, { body }) {
      await checkTyped(call, body.expression)
      const asked = await compiled(call, body.expression)
      return {
        expression: asked.text,
        count: await inTime(countVoters(...columnsFor(call), asked, { until: fromNow(longest_ms) })),
        remarks: asked.remarks,
      }
    },
  }),
  operation({
    method: 'GET',
    path: '/universes/:universe_id/voters',
    scope: 'voters.read',
    group: 'Universes',
    summary: 'The voters of a universe, by voter_id. Every page is recorded as an export with its purpose.',
    params: OneUniverse,
    query: Paging.extend({
      purpose: z.string().trim().min(3).max(300).meta({
        description: 'What the records are for; elections and other non-commercial purposes only.',
      }),
    }),
    answer: pageOf(VoterAnswer),
    async run(call, { params, query }) {
      const { db, actor } = call
      const saved = found(await universe(db, actor.organization_id, params.universe_id))
      const asked = await compiled(call, askedText(saved))
      const after = placeIn(query.cursor, z.tuple([z.int32()]))?.[0] ?? -1
      const rows = await inTime(votersAfter(db, asked, after, query.limit + 1, fromNow(longest_ms)))
      const answer = paged(
        rows,
        query.limit,
        (row) => row,
        (row) => [row.voter_id],
      )
      await audit(db, actor, {
        action: 'voter.export',
        subject: 'universe',
        subject_id: saved.universe_id,
        after: { voters: answer.items.length, purpose: query.purpose, expression: askedText(saved) },
        request_id: call.request_id,
      })
      return answer
    },
  }),
]
