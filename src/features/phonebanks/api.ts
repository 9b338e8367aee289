import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'
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
import { SpokenLanguage } from '../contacts/schema.ts'
import { questionsOf } from '../scripts/rules.ts'
import { currentVersion, scriptVersion } from '../scripts/queries.ts'
import type { ScriptContent } from '../scripts/schema.ts'
import { askedText, compileTyped, universe } from '../targeting/queries.ts'
import { changeWay } from './bridge/commands.ts'
import { WayOfCalling } from './bridge/schema.ts'
import { changeRules } from './calling-rules/commands.ts'
import { answersOf } from './calling-rules/quotas.ts'
import { CallingRules, usualRules } from './calling-rules/schema.ts'
import {
  changePhoneBank,
  changeSettings,
  createPhoneBank,
  draftProblem,
  useScript as toScript,
  type PhoneBankChange,
} from './commands.ts'
import { followUpOperations } from './follow-ups/api.ts'
import { endsPast, lanes } from './forms.ts'
import { prepare } from './of-request.ts'
import { resultCodeOperations } from './result-codes/api.ts'
import { offerResults } from './result-codes/commands.ts'
import { resultCodes } from './result-codes/queries.ts'
import { mostCodes } from './result-codes/schema.ts'
import type { DraftProblem } from './rounds/schema.ts'
import { addUniverse } from './targets/commands.ts'
import { dashboard, phoneBank, type PhoneBank } from './dashboard.ts'

const PhoneBankAnswer = z.object({
  phone_bank_id: z.uuid(),
  name: z.record(z.string(), z.string()).meta({ description: 'By language.' }),
  universe_id: z.uuid().nullable(),
  expression: z.string().meta({ description: 'The universe as it was when the phone bank was made.' }),
  script_id: z.uuid(),
  script_version: z.int(),
  lane: z.string(),
  languages: z.array(z.string()),
  starts_on: CalendarDate,
  ends_on: CalendarDate,
  calling_starts: z.string(),
  calling_ends: z.string(),
  max_attempts: z.int(),
  retry_after_hours: z.int(),
  goal_contacts: z.int().nullable(),
  way_of_calling: WayOfCalling,
  result_codes: z.array(z.string()).meta({
    description: 'The organization’s own results its callers find, on the screen and on sheets printed from now on.',
  }),
  zones: z.array(z.string()).meta({
    description:
      'Where the voters of the list live: time zones, with the state where that has holidays of its own. Hours are kept in each.',
  }),
  rules: CallingRules.meta({ description: 'Who is called when, how often and by whom.' }),
  created_at: Instant,
  paused_at: Instant.nullable(),
  ended_at: Instant.nullable(),
})

const shown = (bank: PhoneBank): z.infer<typeof PhoneBankAnswer> => ({
  phone_bank_id: bank.phone_bank_id,
  name: Object.fromEntries(Object.entries(bank.name).filter((each): each is [string, string] => Boolean(each[1]))),
  universe_id: bank.universe_id,
  expression: bank.expression,
  script_id: bank.script_id,
  script_version: bank.script_version,
  lane: bank.lane,
  languages: bank.languages,
  starts_on: bank.starts_on,
  ends_on: bank.ends_on,
  calling_starts: bank.calling_starts.slice(0, 5),
  calling_ends: bank.calling_ends.slice(0, 5),
  max_attempts: bank.max_attempts,
  retry_after_hours: bank.retry_after_hours,
  goal_contacts: bank.goal_contacts,
  way_of_calling: bank.way_of_calling,
  result_codes: bank.result_codes,
  zones: bank.zones,
  rules: CallingRules.parse(bank),
  created_at: instant(bank.created_at),
  paused_at: bank.paused_at && instant(bank.paused_at),
  ended_at: bank.ended_at && instant(bank.ended_at),
})

const OneBank = z.object({ phone_bank_id: z.uuid() })

const ResultsAnswer = z.object({
  as_of: Instant,
  totals: z.object({
    attempts: z.int(),
    reached: z.int().meta({ description: 'Contacts: a living person answered, whoever it was.' }),
    conversations: z
      .int()
      .meta({ description: 'The voter answered in person; wrong number, moved and deceased are said by others.' }),
    answered: z.int().meta({ description: 'At least one question was answered.' }),
  }),
  voters: z.object({ total: z.int(), done: z.int(), left: z.int(), closed: z.int() }),
  standings: z
    .array(z.object({ state: z.string(), why: z.string().nullable(), is_due: z.boolean(), count: z.int() }))
    .meta({ description: 'Where every voter of the list stands; the sum is the list.' }),
  dispositions: z.array(
    z.object({
      disposition: z.string(),
      result_code: z.string().nullable().meta({ description: 'The organization’s own result, counted apart.' }),
      count: z.int(),
    }),
  ),
  answers: z.array(z.object({ question: z.string(), value: z.unknown(), count: z.int() })),
})

const Text = (most: number) => z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().trim().min(1).max(most))
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const settings = {
  starts_on: CalendarDate,
  ends_on: CalendarDate,
  calling_starts: Clock.meta({ description: 'In the voter’s own time zone.' }),
  calling_ends: Clock,
  max_attempts: z.int().min(1).max(10),
  retry_after_hours: z.int().min(1).max(336),
  goal_contacts: z.int().min(1).max(1_000_000).nullable(),
  languages: z
    .array(SpokenLanguage)
    .min(1)
    .transform((each) => [...new Set(each)]),
}

const ResultCodes = z
  .array(z.string().max(40))
  .max(mostCodes)
  .transform((each) => [...new Set(each)])
  .meta({ description: 'Codes of the organization’s own results, those in use, in place of the ones offered before.' })

/** Codes nobody named or that were put away are refused, but for those offered already. */
async function checkResults({ db, actor }: ApiCall, codes: readonly string[], before: readonly string[] = []) {
  const inUse = (await resultCodes(db, actor.organization_id)).filter((each) => each.retired_at === null)
  const known = new Set([...before, ...inUse.map((each) => each.code)])
  const issues = codes.flatMap((code, nth) =>
    known.has(code) ? [] : [{ path: `result_codes.${nth}`, message: 'no such result in use' }],
  )
  if (issues.length) throw new ApiRefusal(422, 'invalid', 'There is no such result of your own.', { issues })
}

const SomeRules = CallingRules.partial().meta({
  description:
    'Calling rules. Left out: as most organizations have them in a new phone bank, as they are in a running one. ' +
    'Expressions must be readable, quotas name a question of its script and one of its answers (true or false, 1 to 5, the key of a choice).',
})

/** Refuses rules that would act otherwise than they read. `script`: which quotas are counted by. */
async function checkRules(
  { db, actor, today }: ApiCall,
  rules: z.infer<typeof SomeRules>,
  script: ScriptContent | undefined,
): Promise<void> {
  const expressions = [
    ...(rules.done_expression ? [{ path: 'rules.done_expression', text: rules.done_expression }] : []),
    ...(rules.priority ?? []).map((text, nth) => ({ path: `rules.priority.${nth}`, text })),
  ]
  const issues: { path: string; message: string }[] = []
  for (const { path, text } of expressions) {
    const { ok } = await compileTyped(db, actor, text, today)
    if (!ok) issues.push({ path, message: 'cannot be read' })
  }
  for (const [day, hours] of Object.entries(rules.weekdays ?? {}))
    if (hours && hours[1] <= hours[0]) issues.push({ path: `rules.weekdays.${day}`, message: 'ends before it starts' })
  for (const [nth, { question, value }] of (rules.quotas ?? []).entries()) {
    const step = script && questionsOf(script).find(({ key }) => key === question)
    if (!step) issues.push({ path: `rules.quotas.${nth}.question`, message: 'no such question in the script' })
    else if (value !== null && !answersOf(step).includes(value))
      issues.push({ path: `rules.quotas.${nth}.value`, message: 'no such answer' })
  }
  if (issues.length) throw new ApiRefusal(422, 'invalid', 'These calling rules cannot be kept.', { issues })
}

/** Without what was left out. */
const given = <T extends object>(some: T) =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  } // the same keys, fewer

interface When {
  starts_on: string
  ends_on: string
  calling_starts: string
  calling_ends: string
}

function inOrder(when: When): void {
  const issues = [
    ...(when.ends_on < when.starts_on ? [{ path: 'ends_on', message: 'before starts_on' }] : []),
    ...(when.calling_ends <= when.calling_starts
      ? [{ path: 'calling_ends', message: 'not after calling_starts' }]
      : []),
  ]
  if (issues.length) throw new ApiRefusal(422, 'invalid', 'Begin and end are in the wrong order.', { issues })
}

/** As on the page. */
function notOver(ends_on: string, today: string, before?: string): void {
  if (endsPast(ends_on, today, before))
    throw new ApiRefusal(422, 'invalid', 'The last day is over already.', {
      issues: [{ path: 'ends_on', message: 'is over already' }],
    })
}

const unknown = (path: string, what: string): ApiRefusal =>
  new ApiRefusal(422, 'invalid', `There is no such ${what}.`, { issues: [{ path, message: `no such ${what}` }] })

const refusals: Record<DraftProblem, { path: string; message: string; title: string }> = {
  name_needed: { path: 'name', message: 'a name in one language at least', title: 'It has no name.' },
  languages_needed: { path: 'languages', message: 'one at least', title: 'It has no language.' },
  lane_candidate: {
    path: 'candidate',
    message: 'not in the lane non_partisan',
    title: 'Non-partisan work is for no candidate.',
  },
  candidate_needed: {
    path: 'candidate',
    message: 'named in the script',
    title: 'The script names a candidate: say who it is.',
  },
}

function refusedDraft(problem: DraftProblem): ApiRefusal {
  const { title, ...issue } = refusals[problem]
  return new ApiRefusal(422, 'invalid', title, { issues: [issue] })
}

/** One that may still be changed. */
async function running({ db, actor }: ApiCall, phone_bank_id: string): Promise<PhoneBank> {
  const bank = await phoneBank(db, actor.organization_id, phone_bank_id)
  if (bank.ended_at) throw new ApiRefusal(409, 'ended', 'This phone bank has ended.')
  return bank
}

const change = (name: Extract<PhoneBankChange, 'pause' | 'resume' | 'end'>, summary: string) =>
  operation({
    method: 'POST',
    path: `/phone-banks/:phone_bank_id/${name}`,
    scope: 'phonebanks.write',
    group: 'Phone banks',
    summary,
    params: OneBank,
    answer: PhoneBankAnswer,
    async run(call, { params }) {
      const { phone_bank_id } = await running(call, params.phone_bank_id)
      await changePhoneBank(call.db, call.actor, phone_bank_id, name, call.now)
      return shown(await phoneBank(call.db, call.actor.organization_id, phone_bank_id))
    },
  })

const CallerAnswer = z.object({
  caller_id: z.uuid(),
  name: z.string(),
  languages: z.array(z.string()),
  is_member: z.boolean().meta({ description: 'Signed in with an account of the organization.' }),
  joined_at: Instant,
  last_seen_at: Instant,
  removed_at: Instant.nullable(),
})

export const phoneBankOperations = [
  operation({
    method: 'GET',
    path: '/phone-banks',
    scope: 'phonebanks.read',
    group: 'Phone banks',
    summary: 'Phone banks, ended ones too.',
    query: Paging,
    answer: pageOf(PhoneBankAnswer),
    async run({ db, actor }, { query }) {
      const after = placeIn(query.cursor, z.tuple([z.uuid()]))
      const rows = await db
        .selectFrom('phone_bank')
        .selectAll()
        .where('organization_id', '=', actor.organization_id)
        .$if(after !== null, (asked) => asked.where('phone_bank_id', '>', after?.[0] ?? ''))
        .orderBy('phone_bank_id')
        .limit(query.limit + 1)
        .execute()
      return paged(rows, query.limit, shown, (row) => [row.phone_bank_id])
    },
  }),
  operation({
    method: 'GET',
    path: '/phone-banks/:phone_bank_id',
    scope: 'phonebanks.read',
    group: 'Phone banks',
    summary: 'One phone bank.',
    params: OneBank,
    answer: PhoneBankAnswer,
    run: async ({ db, actor }, { params }) => shown(await phoneBank(db, actor.organization_id, params.phone_bank_id)),
  }),
  operation({
    method: 'GET',
    path: '/phone-banks/:phone_bank_id/results',
    scope: 'phonebanks.read',
    group: 'Phone banks',
    summary: 'Its numbers now. Each single result: `GET /contact-attempts?phone_bank_id=…`.',
    params: OneBank,
    answer: ResultsAnswer,
    async run({ db, actor, now }, { params }) {
      const found = await dashboard(db, await phoneBank(db, actor.organization_id, params.phone_bank_id), now)
      const { attempts, contacts, conversations, answered } = found.totals
      return {
        as_of: instant(now),
        totals: { attempts, reached: contacts, conversations, answered },
        voters: found.progress,
        standings: found.standings.map(({ state, why, is_due, count }) => ({ state, why, is_due, count })),
        dispositions: found.dispositions.map(({ disposition, result_code, count }) => ({
          disposition,
          result_code,
          count,
        })),
        answers: found.answers,
      }
    },
  }),
  operation({
    method: 'POST',
    path: '/phone-banks',
    scope: 'phonebanks.write',
    group: 'Phone banks',
    summary: 'Makes a phone bank with the newest version of a script. Its list is put together within seconds.',
    body: z.object({
      ...settings,
      name: Text(120).refine((texts) => Object.keys(texts).length > 0, { error: 'a name in one language at least' }),
      universe_id: z.uuid(),
      script_id: z.uuid(),
      lane: z.enum(lanes),
      languages: settings.languages.default(['en', 'ko']),
      max_attempts: settings.max_attempts.default(3),
      retry_after_hours: settings.retry_after_hours.default(24),
      goal_contacts: settings.goal_contacts.default(null),
      candidate: Text(120).nullable().default(null),
      caller_id_note: Text(300).default({}),
      way_of_calling: WayOfCalling.default('own_phone'),
      calls_on_holidays: z.boolean().default(false),
      result_codes: ResultCodes.default([]),
      rules: SomeRules.default({}),
    }),
    answer: PhoneBankAnswer,
    status: 201,
    async run(call, { body }) {
      const { db, actor, now } = call
      inOrder(body)
      notOver(body.ends_on, call.today)
      const { calls_on_holidays, ...draft } = body
      const chosen = await universe(db, actor.organization_id, body.universe_id)
      if (!chosen) throw unknown('universe_id', 'universe')
      const script = await currentVersion(db, body.script_id)
      if (!script) throw unknown('script_id', 'script')
      const problem = draftProblem(body, script.content)
      if (problem) throw refusedDraft(problem)
      await checkRules(call, body.rules, script.content)
      await checkResults(call, body.result_codes)
      const rules: CallingRules = {
        ...usualRules,
        is_live: chosen.kind === 'live',
        ...(calls_on_holidays ? { quiet_groups: [] } : {}),
        ...given(body.rules),
      }
      const made = await createPhoneBank(db, actor, { ...draft, expression: askedText(chosen), rules }, now)
      await prepare(db, actor.organization_id, made.phone_bank_id)
      return shown(await phoneBank(db, actor.organization_id, made.phone_bank_id))
    },
  }),
  operation({
    method: 'PATCH',
    path: '/phone-banks/:phone_bank_id',
    scope: 'phonebanks.write',
    group: 'Phone banks',
    summary:
      'Changes days, hours, attempts, languages, goal, way of calling, own results or rules while it runs; what is left out stays.',
    params: OneBank,
    body: z
      .object({ ...settings, way_of_calling: WayOfCalling, result_codes: ResultCodes, rules: SomeRules })
      .partial(),
    answer: PhoneBankAnswer,
    async run(call, { params, body }) {
      const bank = await running(call, params.phone_bank_id)
      const { starts_on, ends_on, calling_starts, calling_ends, max_attempts, retry_after_hours } = bank
      const now = {
        ...{ starts_on, ends_on, max_attempts, retry_after_hours },
        calling_starts: calling_starts.slice(0, 5),
        calling_ends: calling_ends.slice(0, 5),
        languages: bank.languages,
        goal_contacts: bank.goal_contacts,
      }
      const { way_of_calling, result_codes, rules, ...some } = body
      const after: typeof now = { ...now, ...given(some) }
      inOrder(after)
      notOver(after.ends_on, call.today, bank.ends_on)
      if (rules)
        await checkRules(call, rules, (await scriptVersion(call.db, bank.script_id, bank.script_version))?.content)
      if (result_codes) await checkResults(call, result_codes, bank.result_codes)
      if (Object.keys(given(some)).length > 0) await changeSettings(call.db, call.actor, bank.phone_bank_id, after)
      if (way_of_calling && way_of_calling !== bank.way_of_calling)
        await changeWay(call.db, call.actor, bank.phone_bank_id, way_of_calling)
      if (result_codes) await offerResults(call.db, call.actor, bank.phone_bank_id, result_codes)
      const has_other_languages = after.languages.toSorted().join() !== bank.languages.toSorted().join()
      let is_reordered = false
      if (rules) {
        const changed = { ...CallingRules.parse(bank), ...given(rules) }
        ;({ is_reordered } = await changeRules(call.db, call.actor, bank.phone_bank_id, changed))
      }
      // Whose language is only guessed is guessed among these.
      if (rules || has_other_languages) await prepare(call.db, bank.organization_id, bank.phone_bank_id, is_reordered)
      return shown(await phoneBank(call.db, call.actor.organization_id, bank.phone_bank_id))
    },
  }),
  change('pause', 'Stops handing out voters until it is resumed.'),
  change('resume', 'Goes on after a pause.'),
  change('end', 'Ends it for good: every caller’s access ends at once.'),
  operation({
    method: 'POST',
    path: '/phone-banks/:phone_bank_id/universes',
    scope: 'phonebanks.write',
    group: 'Phone banks',
    summary: 'Adds the voters of another universe.',
    params: OneBank,
    body: z.object({ universe_id: z.uuid() }),
    answer: PhoneBankAnswer,
    async run(call, { params, body }) {
      const bank = await running(call, params.phone_bank_id)
      const chosen = await universe(call.db, bank.organization_id, body.universe_id)
      if (!chosen) throw unknown('universe_id', 'universe')
      await addUniverse(call.db, call.actor, bank.phone_bank_id, askedText(chosen))
      await prepare(call.db, bank.organization_id, bank.phone_bank_id)
      return shown(await phoneBank(call.db, bank.organization_id, bank.phone_bank_id))
    },
  }),
  operation({
    method: 'POST',
    path: '/phone-banks/:phone_bank_id/newest-script',
    scope: 'phonebanks.write',
    group: 'Phone banks',
    summary: 'From now on callers read the newest version of its script; answers given keep theirs.',
    params: OneBank,
    answer: PhoneBankAnswer,
    async run(call, { params }) {
      const bank = await running(call, params.phone_bank_id)
      await toScript(call.db, call.actor, bank.phone_bank_id, 'newest', call.now)
      return shown(await phoneBank(call.db, bank.organization_id, bank.phone_bank_id))
    },
  }),
  operation({
    method: 'GET',
    path: '/phone-banks/:phone_bank_id/callers',
    scope: 'phonebanks.read',
    group: 'Phone banks',
    summary: 'Who calls in it, without telephone and address. Each one’s results: `made_by` of the contact attempts.',
    params: OneBank,
    query: Paging,
    answer: pageOf(CallerAnswer),
    async run({ db, actor }, { params, query }) {
      const { phone_bank_id } = found(await phoneBank(db, actor.organization_id, params.phone_bank_id))
      const after = placeIn(query.cursor, z.tuple([z.uuid()]))
      const rows = await db
        .selectFrom('phone_bank_caller')
        .select(['caller_id', 'name', 'languages', 'user_id', 'joined_at', 'last_seen_at', 'removed_at'])
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .$if(after !== null, (asked) => asked.where('caller_id', '>', after?.[0] ?? ''))
        .orderBy('caller_id')
        .limit(query.limit + 1)
        .execute()
      return paged(
        rows,
        query.limit,
        ({ user_id, ...row }) => ({
          ...row,
          is_member: user_id !== null,
          joined_at: instant(row.joined_at),
          last_seen_at: instant(row.last_seen_at),
          removed_at: row.removed_at && instant(row.removed_at),
        }),
        (row) => [row.caller_id],
      )
    },
  }),
  ...resultCodeOperations,
  ...followUpOperations,
]
