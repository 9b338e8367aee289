import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('nothing set is a working configuration', () => {
  const read = readConfig({}, './data')
  expect(read).toMatchObject({
    ok: true,
    config: { data: './data', database_url: null, port: 8017, host: '127.0.0.1' },
  })
})

test.each([
  [{ HANPYO_PORT: 'eighty' }, 'HANPYO_PORT="eighty" is not valid. It takes: port to listen on, 0-65535.'],
  [{ HANPYO_PORT: '70000' }, 'HANPYO_PORT="70000"'],
  [{ HANPYO_PORT: ' ' }, 'HANPYO_PORT=" "'],
  [{ HANPYO_PORT: '8e3' }, 'HANPYO_PORT="8e3"'],
  [{ HANPYO_PROT: '9000' }, 'HANPYO_PROT is no variable of Hanpyo. Is HANPYO_PORT meant?'],
  [{ DATABASE_URL: 'mysql://x' }, 'postgresql://'],
  [{ HANPYO_URL: 'vote.example.org' }, 'https://vote.example.org'],
  [{ HANPYO_URL: 'foo' }, 'HANPYO_URL="foo" is not valid'],
  [{ HANPYO_URL: 'https://example.org/vote' }, 'without a path'],
  [{ HANPYO_HOST: '300.1.1.1' }, 'HANPYO_HOST="300.1.1.1" is not valid. It takes: address of this machine'],
  [{ HANPYO_HOST: '::zz' }, 'HANPYO_HOST="::zz"'],
  [
    { HANPYO_LOG: 'loud' },
    'HANPYO_LOG="loud" is not valid. It takes: how much is logged: trace, debug, info, warn, error, silent.',
  ],
  [{ HANPYO_MAIL_FROM: 'abc' }, 'HANPYO_MAIL_FROM="abc" is not valid. It takes: sender of mail, an address'],
  [{ HANPYO_MAIL_FROM: 'Our Org <office>' }, 'HANPYO_MAIL_FROM="Our Org <office>"'],
])('%o is named with what it got and what it takes', (environment, part) => {
  const read = readConfig(environment, './data')
  expect(read.ok ? [] : read.problems).toHaveLength(1)
  expect(read.ok ? '' : read.problems.join('\n')).toContain(part)
})

test.each(['office@example.org', 'Our Org <office@example.org>', '민권 단체 <office@example.org>', '<a@localhost>'])(
  'mail may come from %s',
  (HANPYO_MAIL_FROM) => {
    expect(readConfig({ HANPYO_MAIL_FROM }, './data')).toMatchObject({
      ok: true,
      config: { mail_from: HANPYO_MAIL_FROM },
    })
  },
)

test('a wrong secret is not repeated on the screen', () => {
  const read = readConfig({ DATABASE_URL: 'mysql://somebody:hunter2hunter2@host/db' }, './data')
  expect(read.ok ? '' : read.problems.join()).not.toContain('hunter2')
  const token = readConfig({ HANPYO_METRICS_TOKEN: 'hunter2' }, './data')
  expect(token.ok ? '' : token.problems.join()).toMatch(/^HANPYO_METRICS_TOKEN="…" is not valid/)
  const url = readConfig({ HANPYO_URL: 'https://me:hunter2@vote.example.org/path' }, './data')
  expect(url.ok ? '' : url.problems.join()).toMatch(/^HANPYO_URL="https:\/\/…@vote\.example\.org\/path" is not valid/)
})

test('every wrong variable is told at once, and one set to nothing is not set', () => {
  const read = readConfig({ HANPYO_PORT: '-1', HANPYO_LOG: 'x', DATABASE_URL: '' }, './data')
  expect(read.ok ? [] : read.problems).toHaveLength(2)
})
