import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { confirmed } from './context.ts'
import { progressBar } from './progress.ts'
import { dayIn, numberIn } from './values.ts'

function screen(isTTY: boolean): { stream: NodeJS.WriteStream; written(): string } {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 100,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  }) as unknown as NodeJS.WriteStream
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { stream, written: () => text }
}

test.each([
  { typed: 'y\n', yes: true },
  { typed: 'Yes\n', yes: true },
  { typed: '\n', yes: false },
  { typed: 'n\n', yes: false },
  { typed: null, yes: false }, // the end of what is typed
])('a question answered with $typed: $yes', async ({ typed, yes }) => {
  for (const isTTY of [true, false]) {
    const input = Object.assign(new PassThrough(), { isTTY })
    if (typed === null) input.end()
    else input.write(typed)
    const { stream, written } = screen(false)
    expect(await confirmed(input, stream, 'Do you keep this?')).toBe(isTTY && yes)
    expect(written()).toBe(isTTY ? 'Do you keep this? [y/N] ' : '')
  }
})

test('waiting is said once, and the rate counts from the end of it', () => {
  let time = 0
  const lines: string[] = []
  const { stream } = screen(false)
  const bar = progressBar({ unit: 'rows', say: (text) => lines.push(text), stream, now: () => time })
  bar.wait('Another import is running.')
  time = 60_000
  bar.wait('Another import is running.')
  time = 61_000
  bar.show({ done: 10, of: 20, count: 500, what: 'reading' })
  expect(lines).toEqual(['Another import is running.', 'reading 50% · 500 rows · 500 rows/s, 1 s left'])
})

test('elsewhere than on a terminal: a plain line when something else is done, and now and then', () => {
  let time = 0
  const lines: string[] = []
  const bar = progressBar({
    unit: 'rows',
    say: (text) => lines.push(text),
    stream: screen(false).stream,
    now: () => time,
  })
  bar.show({ done: 0, of: 100, what: 'opening' })
  time = 1000
  bar.show({ done: 10, of: 100, count: 500, what: 'reading' })
  time = 2000
  bar.show({ done: 20, of: 100, count: 1000, what: 'reading' })
  time = 8000
  bar.show({ done: 50, of: 100, count: 2000, what: 'reading' })
  bar.show({ done: 100, of: 100, count: 2000, what: 'indexing' })
  bar.stop()
  expect(lines).toEqual([
    'opening 0%',
    'reading 10% · 500 rows · 500 rows/s, 9 s left',
    'reading 50% · 2000 rows · 250 rows/s, 8 s left',
    'indexing 100% · 2000 rows · 250 rows/s',
  ])
})

test('on a terminal: a bar with rate and time left', () => {
  const { stream, written } = screen(true)
  let time = 0
  const bar = progressBar({ unit: 'voters', say: () => expect.unreachable(), stream, now: () => time })
  time = 1000
  bar.show({ done: 25, of: 100, what: 'reading' })
  bar.stop()
  expect(written()).toMatch(/25% · 25 voters · 25 voters\/s · .* left · reading/)
})

test.each([
  ['2026-02-29', 'is no date'],
  ['tomorrow', 'is no date'],
  ['2026-1-2', 'is no date'],
])('a day is a day there is, not %s', (text, part) => {
  expect(() => dayIn('--today')(text)).toThrow(part)
  expect(dayIn('--today')('2024-02-29')).toBe('2024-02-29')
})

test.each(['x', '-1', '1.5', '101', ''])('a number outside of what an option takes is refused: %s', (text) => {
  expect(() => numberIn('--purged', 0, 100)(text)).toThrow('a whole number from 0 to 100')
})
