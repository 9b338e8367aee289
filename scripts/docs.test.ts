import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const inDocs = readdirSync('docs').filter((name) => name.endsWith('.md'))
const papers = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inDocs.map((name) => `docs/${name}`)]

test('every variable the program reads is in docs/operating.md', () => {
  const read = readFileSync('src/platform/config.ts', 'utf8').match(/\b(HANPYO_[A-Z_]+|DATABASE_URL)(?=:)/g) ?? []
  const operating = readFileSync('docs/operating.md', 'utf8')
  expect(read.length).toBeGreaterThan(5)
  expect([...new Set(read)].filter((name) => !operating.includes(`\`${name}\``))).toEqual([])
})

test.each(papers)('%s names only files that are there, and nothing is left of a merge', (paper) => {
  const text = readFileSync(paper, 'utf8')
  expect(text).not.toMatch(/^(?:<{7}|\|{7}|={7}|>{7})/m)
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '')
  expect(links.filter((link) => !existsSync(join(dirname(paper), link)))).toEqual([])
})
