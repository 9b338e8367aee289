import { detect, inOrder, isDateLike, readings, type Detected } from './importing/detect.ts'
import { phoneHeader } from './importing/phone-columns.ts'
import { ElectionBook } from './mapping/elections.ts'
import { RowMapper } from './mapping/mapper.ts'
import { readTuple } from './mapping/read-tuple.ts'
import { TupleWriter } from './mapping/tuples.ts'
import { builtIn, type LayoutBook } from './layouts/all.ts'
import { countySlug } from './layouts/layout.ts'
import { fieldsOf, RecordReader } from './reading/records.ts'
import {
  dateInName,
  isKorean,
  isUtf8Sample,
  placesOf,
  Refused,
  sampleBytes,
  sampleOf,
  textsOf,
  type Part,
} from './reading/source.ts'
import type { InspectedFile, Inspection } from './schema.ts'

/** Internal columns a reader of the dry run has no use for. */
const hidden = new Set([
  'state_key',
  'row_hash',
  'household_key',
  'voter_id',
  'file_id',
  'last_key',
  'given_key',
  'id_kind',
])

/**
 * The dry run: what these files are, twenty rows as we would keep them, and what does not fit, there and in places from
 * all over each file. Changes nothing. `layout`: the one the person chose, else the likeliest.
 */
export async function inspectFiles(
  paths: readonly string[],
  layout: string | null,
  today: string,
  names: readonly string[] = paths,
  book: LayoutBook = builtIn,
): Promise<Inspection> {
  const left_out: string[] = []
  const files: InspectedFile[] = []
  let problem: Inspection['problem'] = null
  try {
    const wanted = layout === null ? undefined : book.byId(layout)
    const texts = await textsOf(paths, names)
    left_out.push(...texts.left_out)
    try {
      // The very same as the import will do.
      const detection = await detect(texts.parts, layout, book)
      left_out.push(...detection.left_out)
      for (const reading of inOrder(detection.detected).flat())
        files.push(await inspected(reading.part, reading, await readings(reading.part, wanted, book), today))
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused
      problem = { code: refused.code, detail: refused.detail }
      if (layout !== null && !wanted) return { problem, files, left_out }
      for (const part of texts.parts) {
        const guesses = await readings(part, wanted, book)
        const [best] = guesses
        files.push(await inspected(part, best && best.confidence > 0.2 ? best : null, guesses, today))
      }
    }
    return { problem, files, left_out }
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused
    return { problem: { code: refused.code, detail: refused.detail }, files: [], left_out }
  }
}

async function inspected(
  part: Part,
  reading: Detected | null,
  guesses: readonly Detected[],
  today: string,
): Promise<InspectedFile> {
  const sample = await sampleOf(part)
  const compression =
    /\.gz$/i.test(part.name) || part.isInZip ? Math.max(1, sample.length / Math.max(1, part.bytes)) : 1
  // Of what is kept in two bytes a letter the rows are half as long as they lie on disk.
  const growth = compression > 1 ? Math.max(compression, 6) : part.encoding.startsWith('utf-16') ? 0.5 : 1
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
    odd_columns: [],
    counties: null,
    elsewhere: null,
    ...(reading && (await lookAround(part, reading, sample))),
    number_columns: [],
    is_phone_list: false,
    headings: [],
    meanings: [],
    matching: null,
    rows: [],
    faults: [],
  }
  if (!reading) return asItStands(file, sample)
  const { layout } = reading
  const reader = new RecordReader({
    delimiter: reading.delimiter,
    quote: reading.quote,
    counts: [reading.columns.count],
  })
  reader.feed(sample)
  if (reading.has_header) reader.next(true)
  const elections = new ElectionBook([], 1)
  const mapper = new RowMapper(layout, reading.columns, elections, today)
  const isWhole = sample.length < sampleBytes
  let seen = 0
  while (file.rows.length < 20 && seen < 2000 && reader.next(isWhole)) {
    seen++
    if (reader.fault) {
      file.faults.push({ line: reader.line, reason: reader.fault })
      continue
    }
    if (layout.kind === 'history') {
      file.rows.push(historyRow(reading, fieldsOf(reader)))
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
    // What stands for the state's id is made by us, and in no file.
    const isOurs = (name: string): boolean =>
      hidden.has(name) || (layout.key === 'county_voter_id' && name === 'state_voter_id')
    file.rows.push(Object.fromEntries(Object.entries(row).filter(([name]) => !isOurs(name))))
  }
  if (isWhole && !reader.next(true)) file.estimated_rows = seen
  return file
}

/**
 * One vote under the file's own heads, its codes as what they mean to us. Counties and parties go by their heads: an
 * import of votes has no use for either, so that the layouts do not name them.
 */
function historyRow({ layout, columns }: Detected, fields: readonly string[]): InspectedFile['rows'][number] {
  const { history } = layout
  const [kind, method] = [columns.at('election_kind'), columns.at('method')]
  const meaningOf = (at: number, text: string): string | null | undefined => {
    const head = columns.names[at]?.replaceAll('_', '') ?? ''
    if (/^county(code(voting)?)?$/i.test(head)) return countySlug(layout, text)
    if (/^(politicalparty|votedpartycd)$/i.test(head)) return layout.parties[text.toUpperCase()]
    if (history?.style !== 'long') return null
    if (at === kind) return history.kinds[text.toUpperCase()]
    const way = at === method ? history.methods[text.toUpperCase()] : undefined
    return way === null ? 'did_not_vote' : way
  }
  return Object.fromEntries(
    fields.map((field, at) => [
      columns.names[at] ?? String(at + 1),
      (field.trim() && meaningOf(at, field.trim())) || field,
    ]),
  )
}

/** A file of no layout known: its columns and first rows as they came, for whoever is to say what they are. */
function asItStands(file: InspectedFile, sample: Buffer): InspectedFile {
  const { delimiter, header, columns } = phoneHeader(sample)
  const has_header = header.every((name) => !/^[\d\s./-]+$/.test(name))
  const reader = new RecordReader({ delimiter, quote: '"', counts: null })
  reader.feed(sample)
  const isWhole = sample.length < sampleBytes
  if (has_header) reader.next(isWhole)
  const rows: InspectedFile['rows'] = []
  let bytes = 0
  while (rows.length < 20 && reader.next(isWhole)) {
    bytes += reader.recordEnd - reader.recordStart + 1
    rows.push(
      Object.fromEntries(fieldsOf(reader).map((field, at) => [(has_header && header[at]) || String(at + 1), field])),
    )
  }
  return {
    ...file,
    delimiter,
    has_header,
    columns: header.length,
    rows,
    estimated_rows: rows.length < 20 ? rows.length : Math.round((file.bytes * rows.length) / bytes),
    is_phone_list: typeof columns === 'object',
  }
}

/** More than this share of values that cannot be what a column should hold, and it is shown. */
const oddShare = 0.2
/** So many counties may be told apart; more are a whole state. */
const mostCounties = 20

/**
 * What rows from all over the file tell that its beginning does not: columns that hold something else than the layout
 * says (without a header nothing but their values tells that a board has moved a column, and the first rows may be the
 * tidy ones), rows of another form, another encoding, the counties.
 */
async function lookAround(
  part: Part,
  { layout, columns, delimiter, quote, has_header }: Detected,
  sample: Buffer,
): Promise<Pick<InspectedFile, 'encoding' | 'odd_columns' | 'counties' | 'elsewhere'>> {
  const known = (codes: Readonly<Record<string, unknown>>) => (text: string) => codes[text.toUpperCase()] !== undefined
  const checks = [
    ...(['birth_date', 'registered_on', 'last_voted_on', 'election_on'] as const).map((is) => ({
      is,
      fits: isDateLike,
    })),
    { is: 'status' as const, fits: known(layout.statuses) },
    { is: 'sex' as const, fits: known(layout.sexes) },
    { is: 'party' as const, fits: (text: string) => text.length <= 25 && !/\d{4}/.test(text) },
    { is: 'zip5' as const, fits: (text: string) => /^\d{3,9}(-\d{4})?$/.test(text) },
  ].flatMap(({ is, fits }) => {
    const at = columns.at(is)
    return at < 0 ? [] : [{ at, fits, seen: 0, odd: 0, example: '' }]
  })
  const county = columns.at('county')
  const counties = new Set<string>(layout.county ? [layout.county] : [])
  const unfit = new Map<number, number>()
  const encodings = new Set<string>()
  let looked_at = 0
  let example = ''
  let isStart = true
  for await (const piece of placesOf(part)) {
    encodings.add(encodingOfPiece(part, piece))
    const reader = new RecordReader({ delimiter, quote, counts: [columns.count] })
    reader.feed(piece)
    let isFirst = true
    while (reader.next(false)) {
      // A header, or the end of a record that began before the piece.
      const isApart = isFirst && (isStart ? has_header : reader.fault !== null)
      isFirst = false
      if (isApart) continue
      looked_at++
      if (reader.fault) {
        unfit.set(reader.count, (unfit.get(reader.count) ?? 0) + 1)
        example ||= fieldsOf(reader).join(delimiter).slice(0, 200)
        continue
      }
      const fields = fieldsOf(reader)
      if (county >= 0 && counties.size <= mostCounties) {
        const slug = countySlug(layout, fields[county] ?? '')
        if (slug) counties.add(slug)
      }
      for (const check of checks) {
        const text = (fields[check.at] ?? '').trim()
        if (text === '') continue
        check.seen++
        if (check.fits(text)) continue
        check.odd++
        check.example ||= text.slice(0, 60)
      }
    }
    isStart = false
  }
  const ofBeginning = encodingOfPiece(part, sample)
  const others = [...encodings].filter((each) => each !== ofBeginning && each !== 'ascii').sort()
  // The first letter beyond ASCII may come late.
  const isPlain = ofBeginning === 'ascii' && others.length === 1 && ['utf-8', 'windows-1252'].includes(others[0] ?? '')
  return {
    encoding: (isPlain && others[0]) || encodingName(part, sample),
    odd_columns: checks
      .filter(({ seen, odd }) => seen > 0 && odd / seen > oddShare)
      .map(({ at, seen, odd, example: shown }) => ({
        name: (columns.names[at] ?? '').trim(),
        share: odd / seen,
        example: shown,
      })),
    counties: counties.size > 0 && counties.size <= mostCounties ? [...counties].sort() : null,
    elsewhere: {
      looked_at,
      unfit: [...unfit.values()].reduce((sum, count) => sum + count, 0),
      counts: [...unfit]
        .map(([count_of_columns, count]) => ({ columns: count_of_columns, count }))
        .filter((each) => each.columns !== columns.count)
        .sort((a, b) => b.count - a.count)
        .slice(0, 5),
      example,
      encodings: isPlain ? [] : others,
    },
  }
}

/** What a decoder writes for bytes that are no letter. */
const replacement = Buffer.from('\ufffd')

/** As `encodingName`, of any piece; what was decoded already can only show letters that were none. */
function encodingOfPiece(part: Part, piece: Buffer): string {
  if (part.encoding !== 'bytes') return piece.includes(replacement) ? 'unreadable' : part.encoding
  if (piece.includes(0)) return 'unreadable'
  // It may begin within a letter.
  const start = piece.subarray(0, 3).findIndex((byte) => (byte & 0xc0) !== 0x80)
  const name = encodingName(part, piece.subarray(Math.max(0, start)))
  return name === 'windows-1252' && isKorean(piece) ? 'euc-kr' : name
}

function encodingName(part: Part, sample: Buffer): string {
  if (part.encoding !== 'bytes') return part.encoding
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8'
  if (sample.every((byte) => byte < 128)) return 'ascii'
  if (isUtf8Sample(sample)) return 'utf-8'
  return 'windows-1252'
}
