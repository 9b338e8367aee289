import { expect, test } from 'vitest'
import { messages, translator } from './messages.ts'

const testMessages = messages({
  'test.saved_by': { en: 'Saved by {{name}}', ko: '{{name, 이/가}} 저장했습니다' },
  'test.calls': {
    en: { one: '{{count}} call by {{name}}', other: '{{count}} calls by {{name}}' },
    ko: '{{name}} 님이 {{count}}통',
  },
  'test.many': { en: '{{n}} of them', ko: '{{n}}명' },
})

declare module './messages.ts' {
  interface RoomMessages {
    test: typeof testMessages
  }
}

test('each language speaks with its own plural, particle and grouping', () => {
  const [en, ko] = [translator('en'), translator('ko')]
  expect(ko('test.saved_by', { name: '김영희' })).toBe('김영희가 저장했습니다')
  expect(en('test.calls', { name: 'Ana', count: 1 })).toBe('1 call by Ana')
  expect(en('test.calls', { name: 'Ana', count: 12_345 })).toBe('12,345 calls by Ana')
  expect(ko('test.calls', { name: '영희', count: 12_345 })).toBe('영희 님이 12,345통')
  expect(en('test.many', { n: 1_234_567 })).toBe('1,234,567 of them')
})

test('a key nobody wrote is an error, not an empty place on the screen', () => {
  expect(() => translator('en').dynamic('test.unknown')).toThrow('no message test.unknown')
})

test('markup and placeholders in what people typed stay text', () => {
  expect(translator('en')('test.saved_by', { name: '{{count}} <b>$t(app.name)</b>' })).toBe(
    'Saved by {{count}} <b>$t(app.name)</b>',
  )
})
