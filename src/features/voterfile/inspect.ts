import { isUtf8 } from 'node:buffer'
import { readings, type Detected } from './importing/detect.ts'
import { ElectionBook } from './mapping/elections.ts'
import { RowMapper } from './mapping/mapper.ts'
import { readTuple } from './mapping/read-tuple.ts'
import { TupleWriter } from './mapping/tuples.ts'
import { layoutById } from './layouts/all.ts'
import { fieldsOf, RecordReader } from './reading/records.ts'
import { dateInName, partsOf, Refused, sampleOf, type Part } from './reading/source.ts'
import type { InspectedFile, Inspection } from './schema.ts'

/** Internal columns a reader of the dry run has no use for. */
const hidden = new Set(['state_key', 'row_hash', 'household_key', 'voter_id', 'file_id', 'last_key', 'given_key'])

/**
 * The dry run: what these files are, twenty rows as we would keep them, and what does not fit. Reads the first quarter
 * megabyte of each and changes nothing. `layout`: the one the person chose, else the likeliest.
 */
export async function inspectFiles(
  paths: readonly string[],
  layout: string | null,
  this_year: number,
): Promise<Inspection> {
  try {
    const wanted = layout === null ? undefined : layoutById(layout)
    if (layout !== null && !wanted) throw new Refused('unknown_layout', layout)
    const files: InspectedFile[] = []
    for (const part of await partsOf(paths)) {
      const guesses = await readings(part, wanted)
      const [best] = guesses
      files.push(await inspected(part, best && best.confidence > 0.2 ? best : null, guesses, this_year))
    }
    const isNone = files.every((file) => file.layout === null || file.confidence < 0.5)
    const detail = files.map((file) => file.name).join(', ')
    if (!isNone) return { problem: null, files }
    const others = wanted ? await Promise.all((await partsOf(paths)).map((part) => readings(part))) : []
    const other = others.flat().find((reading) => reading.confidence >= 0.5)
    return {
      problem: other
        ? { code: 'wrong_layout', detail: `${detail}: ${other.layout.id}` }
        : { code: 'not_a_voter_file', detail },
      files,
    }
  } catch (problem) {
    if (problem instanceof Refused) return { problem: { code: problem.code, detail: problem.detail }, files: [] }
    throw problem
  }
}

async function inspected(
  part: Part,
  reading: Detected | null,
  guesses: readonly Detected[],
  this_year: number,
): Promise<InspectedFile> {
  const sample = await sampleOf(part)
  const compression =
    /\.gz$/i.test(part.name) || part.isInZip ? Math.max(1, sample.length / Math.max(1, part.bytes)) : 1
  const growth = compression > 1 ? Math.max(compression, 6) : 1
  const file: InspectedFile = {
    name: part.name,
    layout: reading?.layout.id ?? null,
    confidence: Math.round((reading?.confidence ?? 0) * 100) / 100,
    others: guesses
      .slice(1, 4)
      .map(({ layout, confidence }) => ({ layout: layout.id, confidence: Math.round(confidence * 100) / 100 })),
    encoding: encodingName(part, sample),
    delimiter: reading?.delimiter ?? '',
    has_header: reading?.has_header ?? false,
    columns: reading?.columns.count ?? 0,
    unknown_columns: reading?.columns.unknown ?? [],
    missing_columns: reading?.columns.missing ?? [],
    bytes: part.bytes,
    estimated_rows: reading ? Math.round((part.bytes * growth) / reading.row_bytes) : 0,
    received_on: dateInName(part.name),
    rows: [],
    faults: [],
  }
  if (!reading) return file
  const { layout } = reading
  const reader = new RecordReader({
    delimiter: reading.delimiter,
    quote: layout.quote,
    counts: [reading.columns.count],
  })
  reader.feed(sample)
  if (reading.has_header) reader.next(true)
  const elections = new ElectionBook([], 1)
  const mapper = new RowMapper(layout, reading.columns, elections, this_year)
  const isWhole = sample.length < 256 * 1024
  let seen = 0
  while (file.rows.length < 20 && seen++ < 2000 && reader.next(isWhole)) {
    if (reader.fault) {
      file.faults.push({ line: reader.line, reason: reader.fault })
      continue
    }
    if (layout.kind === 'history') {
      const names = reading.columns.names
      file.rows.push(
        Object.fromEntries(fieldsOf(reader).map((field, index) => [names[index] ?? String(index + 1), field])),
      )
      continue
    }
    const kind = mapper.look(reader)
    if (kind !== 'voter' && kind !== 'purged') {
      if (kind !== 'confidential') file.faults.push({ line: reader.line, reason: kind })
      continue
    }
    const out = new TupleWriter(mapper.roomFor(reader))
    mapper.write(reader, out, 0, 0)
    const row = readTuple(out.take(), elections.added)
    file.rows.push(Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name))))
  }
  return file
}

function encodingName(part: Part, sample: Buffer): string {
  if (part.encoding !== 'bytes') return part.encoding
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8'
  if (sample.every((byte) => byte < 128)) return 'ascii'
  // A sample may end within a letter.
  if (isUtf8(sample) || [1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)))) return 'utf-8'
  return 'windows-1252'
}
