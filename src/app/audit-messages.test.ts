import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allMessages } from '../platform/i18n/messages.ts'
import '../features/organizations/messages.ts'
import { Undone, Summary } from '../features/people/imports/schema.ts'
import { importDetails } from '../features/voterfile/schema.ts'
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

/** Fields of entries, where they are written in one line with the action or in the call to `audit`. */
const fields = new Set(
  readdirSync('src/features', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
    .flatMap((path) =>
      [...readFileSync(`src/features/${path}`, 'utf8').matchAll(/\baudit\(.*?\n? *\}\)/gs)].flatMap(([call]) =>
        [...call.matchAll(/\b(?:before|after): \{ ([a-z_:, ]+) \}/g)].flatMap(([, keys = '']) =>
          keys.split(', ').map((key) => `audit.field.${key.split(':')[0] ?? ''}`),
        ),
      ),
    ),
)

test('the activity log has words for everything the rooms write into it', () => {
  expect(written.size).toBeGreaterThan(20)
  expect([...written].filter((key) => !allMessages().has(key))).toEqual([])
  expect(fields.size).toBeGreaterThan(20)
  expect([...fields].filter((key) => !allMessages().has(key))).toEqual([])
  const sums = [...importDetails, ...Object.keys(Undone.shape), ...Object.keys(Summary.shape), ...Object.keys(Summary.shape.members.unwrap().shape)] // prettier-ignore
  expect(sums.filter((key) => !allMessages().has(`audit.field.${key}`))).toEqual([])
})
