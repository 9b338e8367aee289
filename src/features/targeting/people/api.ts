import { z } from 'zod'
import { operation } from '../../access/tokens/operation.ts'
import { inTime, refusedExpression } from '../api.ts'
import { fromNow, longest_ms } from '../bounded.ts'
import { compilePeopleTyped, countPeople } from './queries.ts'

export const peopleListOperations = [
  operation({
    method: 'POST',
    path: '/people/count',
    scope: 'people.read',
    group: 'People',
    summary: 'How many people of the organization an expression means today, in a voter file or in none.',
    body: z.object({ expression: z.string().max(4000) }),
    answer: z.object({
      expression: z.string(),
      count: z.int(),
      in_no_voter_file: z.int().meta({ description: 'Of them, those of whom no voter record is known.' }),
    }),
    async run({ db, actor, today }, { body }) {
      const compiled = await compilePeopleTyped(db, actor, body.expression, today)
      if (!compiled.ok) throw refusedExpression(compiled.problem)
      const asked = compiled.people
      const until = fromNow(longest_ms)
      const [count, in_no_voter_file] = await inTime(
        Promise.all([countPeople(db, asked, 'all', until), countPeople(db, asked, 'strangers', until)]),
      )
      return { expression: asked.text, count, in_no_voter_file }
    },
  }),
]
