import { z } from 'zod'
import { endpoint } from '../../platform/http/endpoint.ts'
import { facetNames, listedDistricts } from './refresh.ts'
import { leftOutReasons } from './schema.ts'

const count = z.number().int().nonnegative()

const Sampled = z.object({
  voter_id: z.number().int(),
  last_name: z.string(),
  first_name: z.string().nullable(),
  middle_name: z.string().nullable(),
  birth_date: z.string().nullable(),
  birth_year: z.number().nullable(),
  sex: z.string().nullable(),
  party: z.string(),
  county: z.string().nullable(),
  city: z.string().nullable(),
  name_hangul: z.string().nullable(),
})

const RefreshOutput = z.object({
  answered_by: z.enum(['columns', 'database']),
  people: count,
  households: count,
  phones: count,
  mailboxes: count,
  emails: count,
  having: z.object({ phone: count, email: count }),
  left_out: z.array(z.object({ reason: z.enum(leftOutReasons), count })),
  facets: z.record(z.enum(facetNames), z.array(z.object({ value: z.string(), count }))),
  likelihood: z.array(z.object({ value: z.string(), percents: z.array(count).length(101) })),
  pyramid: z.array(z.object({ from: z.number().nullable(), F: count, M: count, X: count, unknown: count })),
  sample: z.array(Sampled),
})

const ProblemOutput = z.object({
  code: z.string(),
  at: z.number().int(),
  length: z.number().int(),
  found: z.string(),
  expected: z.array(z.string()),
  suggestion: z.string().nullable(),
  field: z.string().nullable(),
})

/**
 * Asked with each movement. `sample`: names are shown, and so are in the audit trail; asked once the reader rests on an
 * expression, not with every step of a drag.
 */
export const RefreshInput = z.object({
  /** One that is too long is answered with that problem. */
  text: z.string().max(100_000),
  sample: z.boolean(),
  /** Which builder asks, by a name of its own: its newest question puts an end to the older ones. */
  asker: z.string().max(40).optional(),
})

export const RefreshAnswer = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('answer'),
    /** The expression in its canonical form. */
    text: z.string(),
    refresh: RefreshOutput,
    /** What it asks for that is not loaded: an election, a kind of district, a tag nobody made. */
    remarks: z.array(z.object({ code: z.string(), named: z.string(), corrected: z.string().optional() })),
  }),
  z.object({ is: z.literal('problem'), problem: ProblemOutput }),
  z.object({ is: z.literal('too_slow'), text: z.string() }),
  /** These parts take a walk over all records, which goes on; asked again soon, it is further. */
  z.object({ is: z.literal('counting'), text: z.string(), parts: z.array(z.string()) }),
  /** The same builder has asked something newer. */
  z.object({ is: z.literal('superseded') }),
])
export type RefreshAnswer = z.infer<typeof RefreshAnswer>

export const refreshUniverse = endpoint({
  method: 'POST',
  path: '/voters/universes/refresh',
  input: RefreshInput,
  output: RefreshAnswer,
})

/** Districts that are no facet, under all conditions but their own. `within`: only the election districts of 'assembly/25'. */
export const countDistricts = endpoint({
  method: 'POST',
  path: '/voters/universes/districts',
  input: RefreshInput.pick({ text: true }).extend({
    kind: z.enum(listedDistricts),
    within: z.string().max(40).optional(),
    /** Of election districts; New York where it is not said. */
    state: z.string().length(2).optional(),
  }),
  /** null: it takes longer than a page may wait, or the expression cannot be read. */
  output: z.object({ values: z.array(z.object({ value: z.string(), count })).nullable() }),
})

/** Where an address lies, by the election district its voters vote in. */
export const findPlace = endpoint({
  method: 'POST',
  path: '/voters/universes/place',
  input: z.object({ address: z.string().trim().max(120) }),
  output: z.object({
    /** None: no map of election districts is loaded, so nobody has a place. */
    has_places: z.boolean(),
    places: z.array(z.object({ label: z.string(), latitude: z.number(), longitude: z.number() })),
  }),
})
export type PlaceFound = z.infer<typeof findPlace.output>

/** What could be typed at the cursor. */
export const Completions = z.object({
  from: z.number().int(),
  to: z.number().int(),
  options: z.array(z.object({ text: z.string(), meaning: z.string().nullish(), count: count.optional() })),
})
export type Completions = z.infer<typeof Completions>
