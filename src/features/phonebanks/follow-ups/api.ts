import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import {
  ApiRefusal,
  Instant,
  instant,
  operation,
  paged,
  pageOf,
  Paging,
  placeIn,
} from '../../access/tokens/operation.ts'
import { assignFollowUps, solveFollowUp } from './commands.ts'
import '../tables.ts'

const Kind = z.enum([
  'volunteer',
  'yard_sign',
  'ride',
  'mail_ballot',
  'organizer',
  'call_back_too_late',
  'return_call',
  'text_reply',
])

const FollowUpAnswer = z.object({
  follow_up_id: z.uuid(),
  kind: Kind,
  voter_id: z.int().nullable(),
  person_id: z.uuid().nullable(),
  phone_bank_id: z.uuid().nullable(),
  attempt_id: z.uuid().nullable(),
  note: z.string().nullable(),
  made_by: z.string(),
  made_at: Instant,
  solved_at: Instant.nullable(),
  solved_by: z.string().nullable(),
  solution: z.string().nullable(),
  owner_id: z.uuid().nullable().meta({ description: 'User id of the member who does it.' }),
  due_on: CalendarDate.nullable(),
})

const rows = (db: Db, organization_id: string) =>
  db
    .selectFrom('follow_up')
    .select([
      'follow_up_id',
      'kind',
      'voter_id',
      'person_id',
      'phone_bank_id',
      'attempt_id',
      'note',
      'made_by',
      'made_at',
      'solved_at',
      'solved_by',
      'solution',
      'owner_id',
      'due_on',
    ])
    .where('organization_id', '=', organization_id)

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>

const shown = (row: Row): z.infer<typeof FollowUpAnswer> => ({
  ...row,
  made_at: instant(row.made_at),
  solved_at: row.solved_at && instant(row.solved_at),
})

export const followUpOperations = [
  operation({
    method: 'GET',
    path: '/follow-ups',
    scope: 'followups.read',
    group: 'Follow-ups',
    summary:
      'What calls left to do: who wants to volunteer, a ride, a yard sign, and what a caller left to the organizer.',
    query: Paging.extend({
      is_solved: z.stringbool().optional(),
      kind: Kind.optional(),
      phone_bank_id: z.uuid().optional(),
      owner_id: z.uuid().optional(),
    }),
    answer: pageOf(FollowUpAnswer),
    async run({ db, actor }, { query }) {
      const after = placeIn(query.cursor, z.tuple([z.uuid()]))
      const { is_solved, kind, phone_bank_id, owner_id } = query
      const found = await rows(db, actor.organization_id)
        .$if(after !== null, (asked) => asked.where('follow_up_id', '>', after?.[0] ?? ''))
        .$if(is_solved !== undefined, (asked) => asked.where('solved_at', is_solved ? 'is not' : 'is', null))
        .$if(kind !== undefined, (asked) => asked.where('kind', '=', kind ?? 'organizer'))
        .$if(phone_bank_id !== undefined, (asked) => asked.where('phone_bank_id', '=', phone_bank_id ?? ''))
        .$if(owner_id !== undefined, (asked) => asked.where('owner_id', '=', owner_id ?? ''))
        .orderBy('follow_up_id')
        .limit(query.limit + 1)
        .execute()
      return paged(found, query.limit, shown, (row) => [row.follow_up_id])
    },
  }),
  operation({
    method: 'POST',
    path: '/follow-ups/:follow_up_id/assign',
    scope: 'followups.write',
    group: 'Follow-ups',
    summary:
      'Gives it to an organizer or host, by a day; null for nobody and no day, what is left out stays. One that is done stays as it is.',
    params: z.object({ follow_up_id: z.uuid() }),
    body: z.object({ owner_id: z.uuid().nullable().optional(), due_on: CalendarDate.nullable().optional() }),
    answer: FollowUpAnswer,
    async run({ db, actor, now }, { params, body }) {
      const assigned = await assignFollowUps(db, actor, [params.follow_up_id], body, now)
      if (!assigned.ok)
        throw new ApiRefusal(
          422,
          'owner_is_of_other_side',
          'They work for the other side of a campaign in this race, so the follow-up is closed to them.',
        )
      const one = rows(db, actor.organization_id).where('follow_up_id', '=', params.follow_up_id)
      return shown(found(await one.executeTakeFirst()))
    },
  }),
  operation({
    method: 'POST',
    path: '/follow-ups/:follow_up_id/solve',
    scope: 'followups.write',
    group: 'Follow-ups',
    summary:
      'Notes it as done. A voter who waited for it may be called again, or is finished. The same twice does no harm; 409 where somebody noted something else before.',
    params: z.object({ follow_up_id: z.uuid() }),
    body: z.object({
      solution: z.string().trim().max(500).default(''),
      release: z
        .enum(['call', 'finish'])
        .optional()
        .meta({ description: 'What becomes of a voter who waited. Left out: finish, or as somebody decided before.' }),
    }),
    answer: FollowUpAnswer,
    async run({ db, actor, now }, { params, body }) {
      const solved = await solveFollowUp(db, actor, params.follow_up_id, body, now)
      if (!solved.ok) {
        const { by, at, solution, release } = solved.theirs
        throw new ApiRefusal(409, 'solved_meanwhile', `${by} noted it as done before.`, {
          solved_by: by,
          solved_at: instant(at),
          solution,
          release,
        })
      }
      const one = rows(db, actor.organization_id).where('follow_up_id', '=', params.follow_up_id)
      return shown(found(await one.executeTakeFirst()))
    },
  }),
]
