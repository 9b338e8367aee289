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
import { markUsed } from '../scripts/commands.ts'
import { currentVersion, scriptVersion, scriptsAsking, type ScriptVersion } from '../scripts/queries.ts'
import { possibleAnswers, validateAnswers } from '../scripts/rules.ts'
import { Answers, type ScriptContent } from '../scripts/schema.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import { recordAttempt, type Recorded } from './commands.ts'
import { answersTo, contactAttempt, contactAttempts, ownResultCountsAs, type ContactAttempt } from './queries.ts'
import { Disposition, isConversation, SpokenLanguage, SpokeWith } from './schema.ts'

const Channel = z.enum(['phone', 'text', 'email', 'post', 'door', 'event', 'inbound_phone', 'web'])

const AttemptAnswer = z.object({
  attempt_id: z.uuid(),
  voter_id: z.int().nullable(),
  person_id: z.uuid().nullable(),
  channel: Channel,
  disposition: z.string(),
  result_code: z
    .string()
    .nullable()
    .meta({ description: 'The organization’s own result, which counts as `disposition`.' }),
  is_reached: z.boolean().meta({ description: 'A contact: a living person answered, whoever it was.' }),
  is_conversation: z.boolean().meta({ description: 'It was the voter who answered.' }),
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
  is_conversation: isConversation(row.disposition, row.spoke_with),
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

interface Answered {
  script_id: string | null
  script_version?: number | undefined
  answers: Answers
}

/** Refuses answers that no script of the organization has room for; answers the version they belong to, if one is named. */
async function checkedAgainst(
  { db, actor, now }: ApiCall,
  { script_id, script_version, answers }: Answered,
): Promise<{ script_id: string; version: number } | null> {
  if (script_id === null) {
    if (script_version !== undefined)
      throw refusedAnswers([{ path: 'script_id', message: 'needed with script_version' }])
    const asked = Object.keys(answers)
    if (asked.length === 0) return null
    const scripts = await scriptsAsking(db, actor.organization_id, asked)
    const issues = asked.flatMap((question) => {
      const those = scripts.filter((content) => content.steps.some((step) => step.key === question))
      if (those.length === 0) {
        const message =
          'no script of the organization asks this; make one that does (POST /scripts), or name it by script_id'
        return [{ path: `answers.${question}`, message }]
      }
      const problems = those.map((content) => problemsOf(content, { [question]: answers[question] ?? '' }))
      return problems.some((each) => each.length === 0) ? [] : (problems[0] ?? [])
    })
    if (issues.length) throw refusedAnswers(issues)
    return null
  }
  const script: ScriptVersion | null =
    script_version === undefined
      ? await currentVersion(db, script_id)
      : await scriptVersion(db, script_id, script_version)
  if (!script) {
    const path = script_version === undefined ? 'script_id' : 'script_version'
    throw refusedAnswers([{ path, message: 'there is no such script' }])
  }
  const issues = problemsOf(script.content, answers)
  if (issues.length) throw refusedAnswers(issues)
  await markUsed(db, actor.organization_id, script_id, script.version, now)
  return { script_id, version: script.version }
}

function problemsOf(content: ScriptContent, answers: Answers): { path: string; message: string }[] {
  const checked = validateAnswers(content, answers)
  if (checked.ok) return []
  return checked.problems.map(({ question, problem }) => ({
    path: `answers.${question}`,
    message: problem === 'unknown_question' ? 'the script does not ask this' : `takes ${takenBy(content, question)}`,
  }))
}

function takenBy(content: ScriptContent, question: string): string {
  const step = content.steps.find((each) => each.key === question)
  if (step?.kind === 'support') return 'a number from 1 to 5'
  if (step?.kind === 'yes_no') return 'true or false'
  if (step?.kind === 'number') return 'a number'
  if (step?.kind === 'text') return 'a text'
  if (!step || step.kind === 'say') return 'no answer'
  return `${step.kind === 'several' ? 'a list of' : 'one of'} ${possibleAnswers(step).join(', ')}`
}

const refusedAnswers = (issues: { path: string; message: string }[]): ApiRefusal =>
  new ApiRefusal(422, 'invalid', 'The answers do not fit the script.', { issues })

/** Nobody's calls were kept by program before: a day earlier than this is a slip of the other program. */
const earliest = new Date('1990-01-01T00:00:00Z')

const refusals: Record<Extract<Recorded, { ok: false }>['problem'], () => ApiRefusal> = {
  attempt_id_taken: () => new ApiRefusal(409, 'attempt_id_taken', 'Another attempt has this attempt_id.'),
  answers_without_contact: () =>
    new ApiRefusal(422, 'answers_without_contact', 'Answers go with the disposition canvassed alone.'),
  two_people: () =>
    new ApiRefusal(422, 'two_people', 'voter_id and person_id are two people.', {
      issues: [{ path: 'person_id', message: 'not the person of this voter record' }],
    }),
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
        result_code: z.string().max(40).nullable().default(null).meta({
          description: 'The organization’s own result; what it counts as must be the disposition.',
        }),
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
        script_id: z
          .uuid()
          .nullable()
          .default(null)
          .meta({ description: 'The script the answers were given to; they are checked against it.' }),
        script_version: z.int().positive().optional().meta({ description: 'The newest if left out.' }),
        answers: Answers.default({}).meta({
          description:
            'By question key, the same for phone, door, text and web. Without script_id each question must stand in a script of the organization.',
        }),
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
      if (attempted_at < earliest)
        throw new ApiRefusal(422, 'too_long_ago', `attempted_at lies before ${instant(earliest).slice(0, 10)}.`, {
          issues: [{ path: 'attempted_at', message: 'too long ago' }],
        })
      const phone = body.phone === null ? null : e164(body.phone)
      if (body.phone !== null && phone === null)
        throw new ApiRefusal(422, 'invalid', `“${body.phone}” is not a telephone number.`, {
          issues: [{ path: 'phone', message: 'not a telephone number' }],
        })
      if (body.result_code !== null) {
        const counts_as = await ownResultCountsAs(call.db, call.actor.organization_id, body.result_code)
        if (counts_as !== body.disposition)
          throw new ApiRefusal(422, 'invalid', 'The result does not fit the disposition.', {
            issues: [
              {
                path: 'result_code',
                message: counts_as ? `counts as ${counts_as}` : 'the organization has no such result',
              },
            ],
          })
      }
      const script = await checkedAgainst(call, body)
      const { script_id: _, script_version: __, ...told } = body
      const recorded = await recordAttempt(
        call.db,
        call.actor,
        { ...told, script, attempted_at, phone, made_by: body.made_by || call.actor.name },
        call.now,
      )
      if (!recorded.ok) throw refusals[recorded.problem]()
      return one(call, body.attempt_id)
    },
  }),
]
