import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsOf, RecordReader, type RecordFormat } from './records.ts'

/** Everything a reader makes of `bytes`, given in pieces of `size`. */
function read(
  bytes: Uint8Array | string,
  format: Partial<RecordFormat> = {},
  size = 7,
): { fields: string[]; line: number; fault: string | null; raw: string }[] {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  const reader = new RecordReader({ delimiter: ',', quote: '"', counts: null, ...format })
  const records: ReturnType<typeof read> = []
  const take = (isEnd: boolean): void => {
    while (reader.next(isEnd))
      records.push({ fields: fieldsOf(reader), line: reader.line, fault: reader.fault, raw: reader.raw().toString() })
  }
  for (let at = 0; at < all.length; at += size) {
    reader.feed(all.subarray(at, at + size))
    take(false)
  }
  take(true)
  return records
}

test('any rows come back whole, wherever the chunks end', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'b', 'é', ' ', ',', '"', '\n', '\r', '1'), maxLength: 6 })
  const rows = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(
      rows,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (table, size, eol, hasLastEol) => {
        // Doubled quotes beside a delimiter are ambiguous with quotes nobody doubled: the reader settles it by the number of
        // fields, so the property leaves out fields in which a quote stands beside what could be a delimiter.
        const clean = table.map((row) => row.map((text) => text.replace(/"(?=[,\r\n"]|$)|(?<=[,\r\n]|^)"/g, 'q')))
        const text =
          clean.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join(eol) +
          (hasLastEol ? eol : '')
        const back = read(text, { counts: [3] }, size)
        expect(back.map((record) => record.fields)).toEqual(clean)
        expect(back.every((record) => record.fault === null)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test('whatever the bytes, the reader ends, and every byte belongs to one record or line break', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (bytes, size) => {
      const records = read(bytes, { counts: [4] }, size)
      expect(records.length).toBeLessThanOrEqual(bytes.length)
    }),
    { numRuns: 500 },
  )
})

test.each([
  { name: 'a quote nobody doubled', text: '"a","2 "G"","b"\r\n', fields: ['a', '2 "G"', 'b'] },
  { name: 'a stray quote', text: '"a","5 " inch","b"\n', fields: ['a', '5 " inch', 'b'] },
  { name: 'doubled quotes', text: '"a","say ""hi"" now","b"\n', fields: ['a', 'say "hi" now', 'b'] },
  { name: 'a comma inside', text: '"a","Smith, John","b"\n', fields: ['a', 'Smith, John', 'b'] },
  { name: 'a line break inside', text: '"a","one\ntwo","b"\n', fields: ['a', 'one\ntwo', 'b'] },
  { name: 'no quotes at all', text: 'a,,b\n', fields: ['a', '', 'b'] },
  { name: 'empty fields', text: '"","",""\r\n', fields: ['', '', ''] },
  { name: 'no line break at the end', text: '"a","b","c"', fields: ['a', 'b', 'c'] },
  { name: 'a byte order mark', text: '\uFEFF"a","b","c"\n', fields: ['a', 'b', 'c'] },
])('$name', ({ text, fields }) => {
  for (const size of [1, 2, 3, 5, 100])
    expect(read(text, { counts: [3] }, size).map((record) => record.fields)).toEqual([fields])
})

test('a quote that opens and never closes spoils its own line only', () => {
  const records = read('"a","b","c"\n"d","e,"f"\n"g","h","i"\n', { counts: [3] })
  expect(records.map((record) => [record.line, record.fault])).toEqual([
    [1, null],
    [2, 'stray_quote'],
    [3, null],
  ])
  expect(records[1]?.raw).toBe('"d","e,"f"')
})

test('a line with too few or too many fields is a fault with its line number', () => {
  const records = read('1,2,3\n1,2\n\n1,2,3,4\n1,2,3', { counts: [3] })
  expect(records.map((record) => [record.line, record.fault])).toEqual([
    [1, null],
    [2, 'column_count'],
    [4, 'column_count'],
    [5, null],
  ])
})

test('a last line cut off is a fault', () => {
  expect(read('"a","b","c"\n"d","e', { counts: [3] }).map((record) => record.fault)).toEqual([null, 'truncated'])
  expect(read('"a","b","c"\n"d","e","f', { counts: [3] }).map((record) => record.fault)).toEqual([null, 'truncated'])
})

test('Latin-1, Windows-1252 and UTF-8 names in one file', () => {
  const bytes = Buffer.concat([
    Buffer.from('"PEÑA","x","y"\n'),
    Buffer.from('"PEÑA","x","y"\n', 'latin1'),
    Buffer.from([0x22, 0x4f, 0x92, 0x4e, 0x22, 0x2c, 0x2c, 0x0a]),
  ])
  expect(read(bytes, { counts: [3] }).map((record) => record.fields[0])).toEqual(['PEÑA', 'PEÑA', 'O’N'])
})

test('a tab-separated file without quotes keeps them as letters', () => {
  expect(read('a\t"b\tc\r\n', { delimiter: '\t', quote: null, counts: [3] })[0]?.fields).toEqual(['a', '"b', 'c'])
})
