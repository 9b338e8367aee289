import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allMessages } from '../platform/i18n/messages.ts'
import '../features/organizations/messages.ts'
import './audit-messages.ts'

/** Actions and subjects as the rooms' commands and routes write them. */
const written = new Set(
  readdirSync('src/features', { recursive: true, encoding: 'utf8' })
    .filter((path) => /(commands|routes|run|jobs)\.tsx?$/.test(path))
    .flatMap((path) => {
      const text = readFileSync(`src/features/${path}`, 'utf8')
      return text
        .split('\n')
        .flatMap((line) => [
          ...(/\baction: /.test(line)
            ? (line.match(/'[a-z_]+\.[a-z_]+'/g) ?? []).map((each) => `audit.action.${each}`)
            : []),
          ...(line.match(/\bsubject: '[a-z_]+'/g) ?? []).map((each) => `audit.subject.${each.slice(9)}`),
        ])
    })
    .map((key) => key.replaceAll("'", '')),
)

test('the activity log has words for everything the rooms write into it', () => {
  expect(written.size).toBeGreaterThan(20)
  expect([...written].filter((key) => !allMessages().has(key))).toEqual([])
})
