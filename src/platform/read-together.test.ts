import { expect, test } from 'vitest'
import { readTogether } from './read-together.ts'

test('a crowd is answered by one read that began after the last of them asked', async () => {
  const [of, ends] = [{}, [] as ((value: number) => void)[]]
  let value = 1
  const read = () => {
    const seen = value
    return new Promise<number>((resolve) => ends.push(() => resolve(seen)))
  }
  const ask = () => readTogether(of, 'guide', read)
  const first = ask()
  value = 2
  const crowd = Array.from({ length: 50 }, ask)
  expect(ends).toHaveLength(1)
  ends[0]?.(0)
  expect(await first).toBe(1)
  expect(ends).toHaveLength(2)
  value = 3
  const late = ask()
  ends[1]?.(0)
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([2]))
  ends[2]?.(0)
  expect(await late).toBe(3)
  // Nothing is kept.
  value = 4
  const after = ask()
  ends[3]?.(0)
  expect(await after).toBe(4)
  expect(ends).toHaveLength(4)
})

test('who asks for something else, or of another database, does not wait; a read that failed takes no later one along', async () => {
  const [ours, theirs] = [{}, {}]
  const never = readTogether(ours, 'a', () => new Promise<string>(() => {}))
  expect(await readTogether(ours, 'b', async () => 'b')).toBe('b')
  expect(await readTogether(theirs, 'a', async () => 'theirs')).toBe('theirs')
  expect(never).toBeInstanceOf(Promise)
  let tries = 0
  const read = async () => {
    if (++tries === 1) throw new Error('away')
    return tries
  }
  const [lost, ...rest] = await Promise.allSettled([1, 2, 3].map(() => readTogether(ours, 'c', read)))
  expect(lost).toMatchObject({ status: 'rejected' })
  expect(rest).toEqual([2, 2].map((value) => ({ status: 'fulfilled', value })))
})
