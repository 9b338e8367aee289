import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import { CalendarDate } from '../../../platform/dates.ts'
import type { Installation } from '../../../platform/http/room.ts'
import type { Scope } from './schema.ts'

/** Who calls an operation of the API, and with what. */
export interface ApiCall {
  /** The organization's rows. In operations that write, the transaction that also keeps the answer. */
  db: Db
  actor: Actor
  installation: Installation
  now: Date
  /** 'YYYY-MM-DD' in the organization's time zone. */
  today: string
  request_id: string
}

/** One thing other programs can do: served, checked and documented from this definition alone. */
export interface Operation<Params = unknown, Query = unknown, Body = unknown, Answer = unknown> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below /api/v1: '/universes/:universe_id'. */
  path: string
  scope: Scope
  /** Group in the reference: 'Universes'. */
  group: string
  /** One sentence in English, as the reference shows it. */
  summary: string
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  answer: z.ZodType<Answer>
  /** 201 where something is made. */
  status?: 200 | 201
  run(call: ApiCall, input: { params: Params; query: Query; body: Body }): Promise<Answer>
}

export const operation = <Params, Query, Body, Answer>(definition: Operation<Params, Query, Body, Answer>): Operation =>
  definition

/** A refusal a program can act on, answered as `application/problem+json` (RFC 9457). */
export class ApiRefusal extends Error {
  readonly status: 404 | 409 | 422
  readonly problem: string
  readonly detail: string
  readonly more: Record<string, unknown>

  constructor(status: 404 | 409 | 422, problem: string, detail: string, more: Record<string, unknown> = {}) {
    super(problem)
    this.status = status
    this.problem = problem
    this.detail = detail
    this.more = more
  }
}

/** How many at once, and where the page before ended. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100).meta({ description: 'Rows in one answer, 1-500.' }),
  cursor: z
    .string()
    .max(400)
    .optional()
    .meta({ description: '`next_cursor` of the page before; leave out for the first page.' }),
})
export type Paging = z.infer<typeof Paging>

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: 'null on the last page.' }),
  })

/** The place after which the next page begins, as the reader hands it back. */
export const cursorTo = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** The place in a cursor, or null at the start. A cursor that is not one of ours is refused. */
export function placeIn<Place extends z.ZodType>(cursor: string | undefined, place: Place): z.infer<Place> | null {
  if (cursor === undefined) return null
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new ApiRefusal(422, 'bad_cursor', 'This is not a cursor an earlier page gave.')
  }
}

/** A page out of one row more than asked for: that there is a next page is known without counting. */
export function paged<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  place: (row: Row) => readonly (string | number)[],
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(item), next_cursor: rows.length > limit && last ? cursorTo(place(last)) : null }
}

/** A time in a cursor: as PostgreSQL writes it, since its microseconds would be lost in a Date and rows be read twice. */
export const Place = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d)?$/)
  .refine((text) => CalendarDate.safeParse(text.slice(0, 10)).success)

export const Instant = z.iso.datetime({ offset: true }).meta({ description: 'An instant, ISO 8601 with offset.' })
export const instant = (date: Date): string => date.toISOString()
