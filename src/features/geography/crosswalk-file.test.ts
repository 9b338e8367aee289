import { expect, test } from 'vitest'
import { readCrosswalk } from './crosswalk-file.ts'

test.each([
  ['nothing', '', 'empty', 1],
  ['only a header', 'elect_dist,council', 'empty', 1],
  ['a sentence', 'hello there', 'not_csv', 1],
  ['bytes', 'elect_dist,council\n\u0000\u0001', 'not_csv', 1],
  ['no election district', 'council,share\n20,1', 'no_columns', 1],
  ['no district', 'elect_dist,lat\n23001,40.5', 'no_columns', 1],
  ['a letter', 'elect_dist,council\n23001,20\nabc,20', 'bad_election_district', 3],
  ['election district 0', 'elect_dist,council\n23000,20', 'bad_election_district', 2],
  ['assembly district 151', 'elect_dist,council\n151001,20', 'bad_election_district', 2],
  ['a named district', 'elect_dist,council\n23001,Queens', 'bad_district', 2],
  ['a share of 62', 'elect_dist,council,council_share\n23001,20,62', 'bad_share', 2],
  ['a share of less than nothing', 'elect_dist,council,council_share\n23001,20,-0.5', 'bad_share', 2],
  ['an empty share beside others', 'elect_dist,council,council_share\n23001,20,0.62\n23002,20,', 'no_share', 3],
  ['an empty share of a part', 'ad,ed,kind,district,share\n23,1,nyc-council,20,', 'no_share', 2],
  ['more than the whole', 'elect_dist,council,council_share\n23001,20,0.7\n23001,19,0.4', 'too_much', 3],
  ['a line twice', 'elect_dist,council\n23001,20\n23001,20', 'twice', 3],
  ['an unknown kind', 'ad,ed,kind,district\n23,1,moon,2', 'bad_district', 2],
] as const)('%s is refused with its line', (_name, text, code, line) => {
  const read = readCrosswalk(text)
  expect(read.ok ? [] : read.problems).toContainEqual(expect.objectContaining({ code, line }))
})

test.each([
  ['one number', 'elect_dist,council,council_share\n23001,32,1.0'],
  ['two columns', 'assembly_district,ed,council\n23,1,32'],
  ['quotes, CRLF, an empty line', '"elect_dist","council"\r\n"23001","32"\r\n\r\n'],
  ['semicolons', 'elect_dist;council\n23001;032'],
  ['a line per part', 'ad,ed,kind,district,share\n23,1,nyc-council,32,1'],
  ['a byte order mark', '\uFEFFelect_dist,council\n23001,32'],
])('%s is read', (_name, text) => {
  expect(readCrosswalk(text)).toMatchObject({
    ok: true,
    parts: [{ kind: 'nyc-council', ad: 23, ed: 1, district: 32, share: 1 }],
  })
})

test('an election district in several: on several lines, or in further columns', () => {
  const parts = [
    { kind: 'nyc-council', ad: 40, ed: 12, district: 20, share: 0.62 },
    { kind: 'nyc-council', ad: 40, ed: 12, district: 19, share: 0.38 },
  ]
  expect(readCrosswalk('elect_dist,council,council_share\n40012,20,0.62\n40012,19,0.38')).toMatchObject({
    ok: true,
    parts,
  })
  expect(
    readCrosswalk('elect_dist,council,council_share,council_2,council_2_share\n40012,20,0.62,19,0.38\n40013,20,1,,'),
  ).toMatchObject({ ok: true, parts: [...parts, { ed: 13, district: 20 }], blank: { 'nyc-council': 0 } })
})

test('a blank district is counted, and is no part', () => {
  expect(readCrosswalk('elect_dist,council,senate,council_share\n40012,,16,\n40013,20,16,1')).toMatchObject({
    ok: true,
    blank: { 'nyc-council': 1, senate: 0 },
  })
})

test('at most twenty problems are told', () => {
  const read = readCrosswalk(`elect_dist,council\n${'x,1\n'.repeat(5000)}`)
  expect(read.ok ? 0 : read.problems.length).toBe(20)
})
