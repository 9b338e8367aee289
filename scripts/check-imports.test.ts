import { expect, test } from 'vitest'
import { forbidden, wayToPage } from './check-imports.ts'

test.each([
  ['src/app/routes.ts', 'src/features/people/routes.tsx', true],
  ['src/features/phonebanks/commands.ts', 'src/features/people/queries.ts', true],
  ['src/features/phonebanks/commands.ts', 'src/features/voterfile/rules/names.ts', true],
  ['src/features/people/pages/person.tsx', 'src/features/people/routes.tsx', true],
  ['src/features/people/queries.ts', 'src/features/access/allow.ts', true],
  ['src/features/phonebanks/islands/call-console.tsx', 'src/features/contacts/schema.ts', true],
  ['src/features/phonebanks/islands/call-console.tsx', 'src/platform/ui/island.tsx', true],
  ['src/features/targeting/islands/parts/map.tsx', 'src/features/targeting/refresh.ts', true],
  ['src/features/targeting/islands/parts/map.tsx', 'src/features/targeting/queries.ts', false],
  ['src/features/people/people.test.ts', 'src/platform/testing/world.ts', true],
  ['src/features/people/queries.ts', 'src/features/phonebanks/queries.ts', false],
  ['src/features/people/queries.ts', 'src/app/nav.ts', false],
  ['src/platform/http/app.tsx', 'src/features/access/allow.ts', false],
  ['src/features/phonebanks/routes.tsx', 'src/features/people/pages/person.tsx', false],
  ['src/features/phonebanks/islands/call-console.tsx', 'src/features/phonebanks/queries.ts', false],
  ['src/features/phonebanks/islands/call-console.tsx', 'src/platform/db/db.ts', false],
  ['src/features/people/queries.ts', 'src/platform/testing/world.ts', false],
  ['src/features/newroom/queries.ts', 'src/features/people/queries.ts', false],
])('%s may import %s: %s', (from, to, may) => {
  expect(forbidden(from, to) === null).toBe(may)
})

test('the way from a benchmark to a page is told whole, the shortest there is; where none leads to one it is none', () => {
  const imports = new Map([
    ['bench/a.bench.ts', ['bench/run.ts', 'src/queries.ts']],
    ['src/queries.ts', ['src/words.ts', 'src/queries.ts']],
    ['src/words.ts', ['src/pages.tsx', 'src/queries.ts']],
  ])
  const of = (path: string) => imports.get(path) ?? []
  expect(wayToPage('bench/a.bench.ts', of)).toEqual(['bench/a.bench.ts', 'src/queries.ts', 'src/words.ts', 'src/pages.tsx']) // prettier-ignore
  imports.set('src/words.ts', ['src/queries.ts'])
  expect(wayToPage('bench/a.bench.ts', of)).toBeNull()
})
