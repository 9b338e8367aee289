import type { Election } from './elections.ts'
import { recordColumns } from './mapper.ts'
import { dateOfDays } from '../rules/dates.ts'

const numbers = new Set(['state_key', 'row_hash', 'household_key'])
const dates = new Set(['birth_date', 'registered_on', 'last_voted_on'])
const integers = new Set(['voter_id', 'file_id'])
const smalls = new Set([
  'birth_year',
  'ed',
  'ad',
  'sd',
  'cd',
  'ccd',
  'p_korean',
  'p_chinese',
  'p_south_asian',
  'p_vietnamese',
  'p_filipino',
  'p_japanese',
])

type Value = string | number | null | string[]

/** A row as `RowMapper.write` made it, as an object: for dry runs and tests, so that they show exactly what would be kept. */
export function readTuple(bytes: Buffer, elections: readonly Election[]): Record<string, Value> {
  const row: Record<string, Value> = {}
  const byId = new Map(elections.map((election) => [election.election_id, election]))
  let at = 2
  for (const column of recordColumns) {
    const length = bytes.readInt32BE(at)
    at += 4
    if (length < 0) {
      row[column] = null
      continue
    }
    if (numbers.has(column)) row[column] = Number(bytes.readBigInt64BE(at))
    else if (dates.has(column)) row[column] = dateOfDays(bytes.readInt32BE(at))
    else if (integers.has(column)) row[column] = bytes.readInt32BE(at)
    else if (smalls.has(column)) row[column] = bytes.readInt16BE(at)
    else if (column === 'votes') {
      const count = bytes.readInt32BE(at) === 0 ? 0 : bytes.readInt32BE(at + 12)
      row[column] = Array.from({ length: count }, (_, index) => {
        const code = bytes.readInt32BE(at + 24 + index * 8)
        const election = byId.get(code >> 3)
        return `${election?.held_on ?? election?.year ?? '?'} ${election?.kind ?? '?'} ${methodNames[code & 7] ?? ''}`
      })
    } else
      row[column] = bytes.toString('utf8', at + (column === 'districts' || column === 'other' ? 1 : 0), at + length)
    at += length
  }
  return row
}

const methodNames = ['unknown', 'poll', 'early', 'mail', 'affidavit', 'military', 'other']
