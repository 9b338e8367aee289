import { z } from 'zod'
import { Instant, instant, operation, paged, pageOf, Paging, placeIn } from '../access/tokens/operation.ts'
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
  starts_on: z.iso.date(),
  ends_on: z.iso.date(),
  calling_starts: z.string(),
  calling_ends: z.string(),
  goal_contacts: z.int().nullable(),
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
  goal_contacts: bank.goal_contacts,
  created_at: instant(bank.created_at),
  paused_at: bank.paused_at && instant(bank.paused_at),
  ended_at: bank.ended_at && instant(bank.ended_at),
})

const OneBank = z.object({ phone_bank_id: z.uuid() })

const ResultsAnswer = z.object({
  as_of: Instant,
  totals: z.object({ attempts: z.int(), reached: z.int(), answered: z.int() }),
  voters: z.object({ total: z.int(), done: z.int(), left: z.int(), closed: z.int() }),
  standings: z
    .array(z.object({ state: z.string(), why: z.string().nullable(), is_due: z.boolean(), count: z.int() }))
    .meta({ description: 'Where every voter of the list stands; the sum is the list.' }),
  dispositions: z.array(z.object({ disposition: z.string(), count: z.int() })),
  answers: z.array(z.object({ question: z.string(), value: z.unknown(), count: z.int() })),
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
      return {
        as_of: instant(now),
        totals: found.totals,
        voters: found.progress,
        standings: found.standings.map(({ state, why, is_due, count }) => ({ state, why, is_due, count })),
        dispositions: found.dispositions,
        answers: found.answers,
      }
    },
  }),
]
