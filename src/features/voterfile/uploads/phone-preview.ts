import type pg from 'pg'
import { isPhoneFileHeading, phoneHeader, phoneMeanings } from '../importing/phone-columns.ts'
import { matchFirstRows } from '../importing/phones.ts'
import { fieldsOf, RecordReader } from '../reading/records.ts'
import { partsOf, Refused, sampleOf, dateInName, type Part } from '../reading/source.ts'
import type { InspectedFile, Inspection, SaidColumns } from '../schema.ts'

/** Rows that are shown, and rows that are matched to tell how many fit. */
const shownRows = 20
const matchedRows = 200
/** Somebody waits for the page. */
const patience_ms = 5000

/**
 * The dry run of telephone numbers: header, separator, the first rows as they stand, and how many of some more would come
 * to a voter. What it calls fit, the import takes: both read the headings by the same list.
 */
export async function inspectPhones(
  client: pg.ClientBase,
  paths: readonly string[],
  names: readonly string[] = paths,
  said: SaidColumns = {},
): Promise<Inspection> {
  try {
    const files: InspectedFile[] = []
    const until = performance.now() + patience_ms
    let problem: Inspection['problem'] = null
    for (const part of await partsOf(paths, names)) {
      const { file, lacks } = await inspected(client, part, until, said)
      files.push(file)
      if (lacks) problem ??= { code: lacks, detail: part.name }
    }
    return { problem, files, left_out: [] }
  } catch (problem) {
    if (problem instanceof Refused)
      return { problem: { code: problem.code, detail: problem.detail }, files: [], left_out: [] }
    throw problem
  }
}

async function inspected(
  client: pg.ClientBase,
  part: Part,
  until: number,
  said: SaidColumns,
): Promise<{ file: InspectedFile; lacks: string | null }> {
  const sample = await sampleOf(part)
  const { delimiter, header, columns } = phoneHeader(sample, said)
  const reader = new RecordReader({ delimiter, quote: '"', counts: null })
  reader.feed(sample)
  const isWhole = sample.length < 256 * 1024
  reader.next(isWhole)
  const rows: InspectedFile['rows'] = []
  let bytes = 0
  while (rows.length < shownRows && reader.next(isWhole)) {
    bytes += reader.recordEnd - reader.recordStart + 2
    rows.push(Object.fromEntries(fieldsOf(reader).map((field, at) => [header[at] || String(at + 1), field])))
  }
  const lacks = typeof columns === 'string' ? columns : null
  const used = new Set(
    typeof columns === 'string' ? [] : [...columns.fields.values(), ...columns.phones.map(({ index }) => index)],
  )
  const file: InspectedFile = {
    name: part.name,
    layout: null,
    confidence: lacks ? 0 : 1,
    others: [],
    encoding: part.encoding === 'bytes' ? 'utf-8' : part.encoding,
    delimiter,
    has_header: true,
    columns: header.length,
    unknown_columns: header.filter(
      (name, index) => name !== '' && (lacks ? !isPhoneFileHeading(name) : !used.has(index)),
    ),
    odd_columns: [],
    counties: null,
    elsewhere: null,
    missing_columns: [],
    bytes: part.bytes,
    estimated_rows: rows.length < shownRows ? rows.length : Math.round(part.bytes / Math.max(1, bytes / rows.length)),
    received_on: dateInName(part.name),
    number_columns:
      typeof columns === 'string'
        ? []
        : columns.phones.map(({ index, kind }) => ({
            name: header[index] ?? '',
            kind: kind === 'unknown' && columns.fields.has('kind') ? ('by_row' as const) : kind,
          })),
    is_phone_list: true,
    headings: header,
    meanings: phoneMeanings(header, said),
    matching: lacks ? null : await matchFirstRows(client, part, matchedRows, until, said),
    rows,
    faults: [],
  }
  return { file, lacks }
}
