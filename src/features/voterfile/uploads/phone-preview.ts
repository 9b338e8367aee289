import { fieldsOf, RecordReader } from '../reading/records.ts'
import { partsOf, Refused, sampleOf, dateInName, type Part } from '../reading/source.ts'
import type { InspectedFile, Inspection } from '../schema.ts'

const phoneHeads = /^(phone|phonenumber|telephone|cell|cellphone|mobile|tel|전화|전화번호)$/

/** The dry run of telephone numbers: header, separator and the first twenty rows as they stand. */
export async function inspectPhones(paths: readonly string[], names: readonly string[] = paths): Promise<Inspection> {
  try {
    const files: InspectedFile[] = []
    for (const part of await partsOf(paths, names)) files.push(await inspected(part))
    const bad = files.find((file) => file.confidence === 0)
    return { problem: bad ? { code: 'no_phone_column', detail: bad.name } : null, files, left_out: [] }
  } catch (problem) {
    if (problem instanceof Refused)
      return { problem: { code: problem.code, detail: problem.detail }, files: [], left_out: [] }
    throw problem
  }
}

async function inspected(part: Part): Promise<InspectedFile> {
  const sample = await sampleOf(part)
  const firstLine = sample.subarray(0, 4096).toString('utf8').split('\n')[0] ?? ''
  const delimiter =
    [',', '\t', ';', '|'].sort((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0] ?? ','
  const reader = new RecordReader({ delimiter, quote: '"', counts: null })
  reader.feed(sample)
  const isWhole = sample.length < 256 * 1024
  const heads = reader.next(isWhole) ? fieldsOf(reader).map((head) => head.trim()) : []
  const rows: InspectedFile['rows'] = []
  let bytes = 0
  while (rows.length < 20 && reader.next(isWhole)) {
    bytes += reader.recordEnd - reader.recordStart + 2
    rows.push(Object.fromEntries(fieldsOf(reader).map((field, at) => [heads[at] || String(at + 1), field])))
  }
  const hasPhone = heads.some((head) => phoneHeads.test(head.toLowerCase().replace(/[^a-z0-9가-힣]/g, '')))
  return {
    name: part.name,
    layout: null,
    confidence: hasPhone ? 1 : 0,
    others: [],
    encoding: part.encoding === 'bytes' ? 'utf-8' : part.encoding,
    delimiter,
    has_header: true,
    columns: heads.length,
    unknown_columns: [],
    odd_columns: [],
    missing_columns: hasPhone ? [] : ['phone'],
    bytes: part.bytes,
    estimated_rows: rows.length < 20 ? rows.length : Math.round(part.bytes / Math.max(1, bytes / rows.length)),
    received_on: dateInName(part.name),
    rows,
    faults: [],
  }
}
