import { expect, test } from 'vitest'
import { readBallots } from './reading.ts'
import { tally } from './rules.ts'
import type { Method } from './schema.ts'

const names = ['Ahn', 'Baek', 'Choi', 'Do', 'Eun', 'Gil', 'Han', 'Im', 'Jang', 'No endorsement']
async function* inPieces(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length > 1 << 16) yield Buffer.from(text)
    if (text.length > 1 << 16) text = ''
  }
  yield Buffer.from(text)
}
const head = `${names.map((_, at) => `rank${at + 1}`).join(',')}\n`
const rotated = (by: number): string => names.map((_, at) => names[(at + by) % names.length]).join(',')
function* repeated(many: number): Generator<string> {
  yield head
  for (let at = 0; at < many; at++) yield `${rotated(at % 7)}\n`
}
/** No two alike: the ballot of a number counts through their orders. */
function* different(many: number): Generator<string> {
  yield head
  for (let at = 0; at < many; at++) {
    const left = [...names]
    let rest = at
    const order = names.map((_, place) => {
      const [name = ''] = left.splice(rest % left.length, 1)
      rest = Math.floor(rest / (names.length - place))
      return name
    })
    yield `${order.join(',')}\n`
  }
}

test('ballots that say the same take the room of one, however many they are', async () => {
  const few = await readBallots(inPieces(repeated(700)), 'irv')
  const many = await readBallots(inPieces(repeated(70_000)), 'irv')
  expect([few.count, many.count]).toEqual([7, 7])
  expect(many.choices.byteLength).toBe(few.choices.byteLength)
  expect([...many.weights]).toEqual(Array.from({ length: 7 }, () => 10_000))
})

test('where no two are alike each is kept, and looking for them ends', async () => {
  const { count, weights } = await readBallots(inPieces(different(70_000)), 'irv')
  expect(count).toBe(70_000)
  expect(weights.every((each) => each === 1)).toBe(true)
})

test('people for whom the number of a ballot has no room stand beside it', async () => {
  const row = 'Ahn,Baek,99999999\n'
  const { count, weights } = await readBallots(inPieces(['rank1,rank2,count\n', ...Array.from({ length: 50 }, () => row)]), 'irv') // prettier-ignore
  // Forty-two of them are together less than 2^32.
  expect(count).toBe(1 + 8)
  expect(weights.reduce((sum, each) => sum + each, 0)).toBe(50 * 99_999_999)
})

test.each<Method>(['irv', 'stv', 'approval', 'plurality'])('the account by %s is that of the same file with counts', async (method) => {
  const options = { method, seats: method === 'irv' ? 1 : 3, seed: 'lot', threshold: null, quorum: null }
  const listed = tally(await readBallots(inPieces(repeated(1400)), method), options)
  const counted = [head.replace('\n', ',count\n'), ...Array.from({ length: 7 }, (_, at) => `${rotated(at)},200\n`)]
  expect(listed).toEqual(tally(await readBallots(inPieces(counted), method), options))
  expect(listed.ballots.valid).toBe(1400)
}) // prettier-ignore

test('yes, no and nothing stay apart', async () => {
  const { count, weights } = await readBallots(inPieces(['Ahn,Baek\n', 'yes,\n', ',yes\n', 'yes,no\n', 'yes,\n']), 'threshold') // prettier-ignore
  expect([count, ...weights]).toEqual([3, 2, 1, 1])
})
