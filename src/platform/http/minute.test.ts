import { afterEach, expect, test, vi } from 'vitest'
import { makeWorld } from '../testing/world.ts'
import { onceAMinute } from './minute.ts'

const { installation } = await makeWorld()
let made = 0
const make = async () => `page ${++made}`

afterEach(() => void vi.useRealTimers())

test('a page many ask for is made once a minute, each by what it is made of', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const asked = await Promise.all(Array.from({ length: 50 }, () => onceAMinute(installation, 'ko', make)))
  expect(new Set(asked)).toEqual(new Set(['page 1']))
  expect(await onceAMinute(installation, 'en', make)).toBe('page 2')
  vi.advanceTimersByTime(59_000)
  expect(await onceAMinute(installation, 'ko', make)).toBe('page 1')
  vi.advanceTimersByTime(2000)
  expect(await onceAMinute(installation, 'ko', make)).toBe('page 3')
})

test('what could not be made is not kept, and of very many the oldest goes', async () => {
  const fail = async (): Promise<string> => Promise.reject(new Error('away'))
  await expect(onceAMinute(installation, 'zh', fail)).rejects.toThrow('away')
  const first = await onceAMinute(installation, 'zh', make)
  expect(first).toMatch(/^page/)
  for (let at = 0; at < 300; at++) await onceAMinute(installation, `other ${at}`, make)
  expect(await onceAMinute(installation, 'zh', make)).not.toBe(first)
})
