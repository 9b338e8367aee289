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
  Place,
  placeIn,
  type ApiCall,
} from '../access/tokens/operation.ts'
import { Answers } from '../scripts/schema.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import { recordAttempt } from './commands.ts'
import { answersTo, contactAttempt, contactAttempts, type ContactAttempt } from './queries.ts'
import { Disposition, SpokenLanguage, SpokeWith } from './schema.ts'

const Channel = z.enum(['phone', 'text', 'email', 'post', 'door', 'event', 'inbound_phone'])

const AttemptAnswer = z.object({
  attempt_id: z.uuid(),
  voter_id: z.int().nullable(),
  person_id: z.uuid().nullable(),
  channel: Channel,
  disposition: z.string(),
  is_reached: z.boolean().meta({ description: 'A living person was spoken with.' }),
  phone: z.string().nullable(),
  language: z.string().nullable(),
  phone_bank_id: z.uuid().nullable(),
  made_by: z.string(),
  attempted_at: Instant,
  recorded_at: Instant,
  call_back_at: Instant.nullable(),
  spoke_with: z.string().nullable(),
  note: z.string().nullable(),
  script_id: z.uuid().nullable(),
  script_version: z.int().nullable(),
  undone_at: Instant.nullable().meta({ description: 'Set: taken back, and it does not count.' }),
  answers: Answers.meta({ description: 'By question of the script.' }),
})

const shown = (row: ContactAttempt, answers: Answers | undefined): z.infer<typeof AttemptAnswer> => ({
  ...row,
  attempted_at: instant(row.attempted_at),
  recorded_at: instant(row.recorded_at),
  call_back_at: row.call_back_at && instant(row.call_back_at),
  undone_at: row.undone_at && instant(row.undone_at),
  answers: answers ?? {},
})

async function one({ db, actor }: ApiCall, attempt_id: string): Promise<z.infer<typeof AttemptAnswer>> {
  const row = found(await contactAttempt(db, actor.organization_id, attempt_id))
  return shown(row, (await answersTo(db, actor.organization_id, [attempt_id])).get(attempt_id))
}

export const contactOperations = [
  operation({
    method: 'GET',
    path: '/contact-attempts',
    scope: 'contacts.read',
    group: 'Contact attempts',
    summary: 'Every try to reach somebody with its result and answers, in the order they were recorded.',
    query: Paging.extend({
      recorded_since: Instant.optional().meta({
        description:
          'At or after. To follow along, begin each time a minute before the last one and tell doubles apart by attempt_id.',
      }),
      phone_bank_id: z.uuid().optional(),
    }),
    answer: pageOf(AttemptAnswer),
    async run({ db, actor, request_id }, { query }) {
      const after = placeIn(query.cursor, z.tuple([Place, z.uuid()]))
      const rows = await contactAttempts(db, actor.organization_id, {
        phone_bank_id: query.phone_bank_id,
        since: query.recorded_since === undefined ? undefined : new Date(query.recorded_since),
        after: after ? { place: after[0], attempt_id: after[1] } : undefined,
        limit: query.limit + 1,
      })
      if (rows.length > 0)
        await audit(db, actor, {
          action: 'contact.list',
          subject: 'contact_attempt',
          after: {
            found: Math.min(rows.length, query.limit),
            ...(query.phone_bank_id && { phone_bank_id: query.phone_bank_id }),
          },
          request_id,
        })
      const answers = await answersTo(
        db,
        actor.organization_id,
        rows.map(({ attempt_id }) => attempt_id),
      )
      return paged(
        rows,
        query.limit,
        (row) => shown(row, answers.get(row.attempt_id)),
        (row) => [row.place, row.attempt_id],
      )
    },
  }),
  operation({
    method: 'GET',
    path: '/contact-attempts/:attempt_id',
    scope: 'contacts.read',
    group: 'Contact attempts',
    summary: 'One attempt.',
    params: z.object({ attempt_id: z.uuid() }),
    answer: AttemptAnswer,
    run: (call, { params }) => one(call, params.attempt_id),
  }),
  operation({
    method: 'POST',
    path: '/contact-attempts',
    scope: 'contacts.write',
    group: 'Contact attempts',
    summary:
      'Records a contact made elsewhere, with what it means for number and person. The same `attempt_id` sent again is recorded once.',
    body: z
      .object({
        attempt_id: z.uuid(),
        voter_id: z.int32().positive().nullable().default(null),
        person_id: z.uuid().nullable().default(null),
        channel: Channel,
        disposition: Disposition,
        attempted_at: Instant,
        phone: z.string().max(40).nullable().default(null),
        language: SpokenLanguage.nullable().default(null),
        spoke_with: SpokeWith.nullable().default(null),
        note: z.string().max(2000).nullable().default(null),
        made_by: z
          .string()
          .trim()
          .max(80)
          .optional()
          .meta({ description: 'Who made it; the token’s name if left out.' }),
        answers: Answers.default({}),
      })
      .refine(({ voter_id, person_id }) => voter_id !== null || person_id !== null, {
        path: ['voter_id'],
        message: 'voter_id or person_id is needed',
      }),
    answer: AttemptAnswer,
    status: 201,
    async run(call, { body }) {
      const attempted_at = new Date(body.attempted_at)
      if (attempted_at.getTime() > call.now.getTime() + 300_000)
        throw new ApiRefusal(422, 'in_the_future', 'attempted_at lies in the future.')
      const phone = body.phone === null ? null : e164(body.phone)
      if (body.phone !== null && phone === null)
        throw new ApiRefusal(422, 'invalid', `“${body.phone}” is not a telephone number.`, {
          issues: [{ path: 'phone', message: 'not a telephone number' }],
        })
      const recorded = await recordAttempt(
        call.db,
        call.actor,
        { ...body, attempted_at, phone, made_by: body.made_by || call.actor.name },
        call.now,
      )
      if (!recorded.ok) {
        throw recorded.problem === 'attempt_id_taken'
          ? new ApiRefusal(409, 'attempt_id_taken', 'Another attempt has this attempt_id.')
          : new ApiRefusal(422, 'answers_without_contact', 'Answers go with the disposition canvassed alone.')
      }
      return one(call, body.attempt_id)
    },
  }),
]
