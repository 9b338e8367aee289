import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'
import {
  electionKinds,
  meanings,
  methodsOfVoting,
  registrationSources,
  standardParties,
  standardStatuses,
  type Layout,
  type Meaning,
} from './layout.ts'

const isMeaning = (text: string): text is Meaning =>
  meanings.some((each) => each === text) || /^(district|other):[a-z0-9_-]{1,60}$/.test(text)

const code = z.string().max(100)
const name = z.string().trim().min(1).max(200)

const FormColumn = z.strictObject({
  name: z.string().max(200),
  also: z.array(name).max(50).optional(),
  is: z
    .custom<Meaning>((value) => typeof value === 'string' && isMeaning(value), {
      error: ({ input }) => `${JSON.stringify(input)} is none of ${meanings.join(', ')}, district:…, other:…`,
    })
    .optional(),
})

const FormHistory = z.discriminatedUnion('style', [
  z.strictObject({ style: z.literal('packed') }),
  z.strictObject({
    style: z.literal('wide'),
    header: z.string().max(500),
    kinds: z.record(code, z.enum(electionKinds)),
    elections: z
      .record(
        name,
        z.strictObject({
          kind: z.enum(electionKinds),
          year: z.number().int().min(1900).max(2100),
          held_on: CalendarDate.nullable(),
        }),
      )
      .optional(),
    methods: z.record(code, z.enum(methodsOfVoting).nullable()).optional(),
  }),
  z.strictObject({
    style: z.literal('long'),
    kinds: z.record(code, z.enum(electionKinds)),
    days: z.record(CalendarDate, z.enum(electionKinds)).optional(),
    methods: z.record(code, z.enum(methodsOfVoting).nullable()),
    otherwise: z.enum(methodsOfVoting),
  }),
])

const Form = z.strictObject({
  id: z.string().regex(/^(us|own)-[a-z0-9-]{1,80}(\.\d{1,6})?$/),
  state: z.string().regex(/^[A-Z]{2}$/),
  title: z.string().trim().min(1).max(100),
  kind: z.enum(['registration', 'history']),
  key: z.enum(['state_voter_id', 'county_voter_id']),
  id_prefix: z.string().regex(/^[A-Z]{0,4}$/),
  delimiters: z.array(z.string().length(1)).min(1).max(8),
  quote: z.literal('"').nullable(),
  header: z.enum(['always', 'sometimes']),
  columns: z.array(z.array(FormColumn).min(1).max(1000)).min(1).max(10),
  parties: z.record(code, z.enum(standardParties)),
  prefixed_parties: z.record(code, z.enum(standardParties)).optional(),
  other_parties: z.record(code, z.enum(standardParties)).optional(),
  statuses: z.record(code, z.enum(standardStatuses)),
  status_otherwise: z.enum(standardStatuses),
  sexes: z.record(code, z.enum(['F', 'M', 'X'])),
  sources: z.record(code, z.enum(registrationSources)),
  counties: z.record(code, z.string().regex(/^[a-z0-9-]{1,60}$/)),
  county_by: z
    .strictObject({
      zip: z.record(
        z.string().regex(/^\d{3}(\d\d)?$/),
        z
          .string()
          .regex(/^[a-z0-9-]{1,60}$/)
          .nullable(),
      ),
      ad: z.record(z.string().regex(/^\d{1,3}$/), z.string().regex(/^[a-z0-9-]{1,60}$/)),
    })
    .optional(),
  county: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional(),
  history: FormHistory.nullable(),
  source: z.string().max(500),
})
/**
 * A layout as data: what a built-in one is, and what comes from a file or the page that describes one.
 * Optional keys of zod may be undefined, which is nothing in JSON; hence the words to the compiler.
 */
export const LayoutForm = Form as unknown as z.ZodType<Layout>

/** What is wrong with a layout somebody described: the meaning or column it is about, and a code that has words. */
interface LayoutProblem {
  code: 'no_state_voter_id' | 'no_last_name' | 'twice' | 'no_election' | 'two_histories' | 'not_registration'
  about: string
}

/** Of a meaning only these may come from several columns: each keeps its own key. */
const severalTimes = (is: Meaning): boolean => is.startsWith('district:') || is.startsWith('other:')

/** What a described layout must have beyond its form, so that voters can be read by it. */
export function layoutProblems(layout: Layout): LayoutProblem[] {
  const problems: LayoutProblem[] = []
  if (layout.kind !== 'registration' || layout.key !== 'state_voter_id')
    problems.push({ code: 'not_registration', about: layout.id })
  for (const columns of layout.columns) {
    const named = new Map<string, string[]>()
    for (const { is, name: heading } of columns) if (is) named.set(is, [...(named.get(is) ?? []), heading])
    if (!named.has('state_voter_id')) problems.push({ code: 'no_state_voter_id', about: '' })
    if (!named.has('last_name')) problems.push({ code: 'no_last_name', about: '' })
    for (const [is, headings] of named)
      if (headings.length > 1 && (!severalTimes(is as Meaning) || is.startsWith('district:')))
        // a map of meanings
        problems.push({ code: 'twice', about: headings.join(', ') })
    if (layout.history?.style === 'packed' && !named.has('votes')) problems.push({ code: 'no_election', about: '' })
    if (layout.history?.style !== 'packed' && named.has('votes')) problems.push({ code: 'two_histories', about: '' })
  }
  return problems
}
