import { columnsByCount, columnsByHeader, isBoardsFile, isExtract, type ColumnMap } from '../mapping/columns.ts'
import { isVoterId } from '../mapping/voter-ids.ts'
import { builtIn, type LayoutBook } from '../layouts/all.ts'
import { isOwn, type Layout } from '../layouts/layout.ts'
import { fieldsOf, RecordReader } from '../reading/records.ts'
import { Refused, sampleOf, type Part } from '../reading/source.ts'
import { wholeNumber } from '../rules/keys.ts'

/** How a part is to be read. */
export interface Detected {
  part: Part
  layout: Layout
  delimiter: string
  quote: '"' | null
  has_header: boolean
  columns: ColumnMap
  /** 0-1 */
  confidence: number
  /** Bytes of a row on average, for the estimate. */
  row_bytes: number
}

/** What a file saved again by a spreadsheet may be separated by, whatever the board writes. */
const delimiters = [',', ';', '\t', '|']

/**
 * All readings of a part, the likeliest first. `wanted`: only the files this layout's board gives, since who says 'us-nc'
 * means the state's voters and its history; in doubt the layout itself.
 */
export async function readings(part: Part, wanted?: Layout, book = builtIn): Promise<Detected[]> {
  const sample = await sampleOf(part)
  const found: Detected[] = []
  const layouts = wanted
    ? [wanted, ...book.current.filter((layout) => layout !== wanted && boardOf(layout) === boardOf(wanted))]
    : book.current
  for (const layout of layouts) {
    for (const delimiter of new Set([...layout.delimiters, ...delimiters])) {
      const reading = readAs(part, sample, layout, delimiter, layout === wanted)
      if (reading) found.push(reading)
    }
  }
  const sureness = (reading: Detected): number =>
    reading.confidence + (reading.layout === wanted && isSure(reading) ? 0.2 : 0)
  return found.sort((a, b) => sureness(b) - sureness(a))
}

const isSure = (reading: Detected | undefined): reading is Detected =>
  reading !== undefined && reading.confidence >= 0.5

/** 'us-nc' of 'us-nc-history'. */
const boardOf = ({ id }: Layout): string => id.replace(/-history$/, '')

/** What is read, and the names of what is not. */
export interface Detection {
  detected: Detected[]
  left_out: string[]
}

/**
 * How these parts are read; refuses those that are no voter file, or not of the layout asked for. In a zip what
 * is no voter file (a readme, the paper of the layout) is left out by name, as long as something is left.
 */
export async function detect(
  parts: readonly Part[],
  layout_id: string | null,
  book: LayoutBook = builtIn,
): Promise<Detection> {
  const wanted = layout_id === null ? undefined : book.byId(layout_id)
  if (layout_id !== null && !wanted) throw new Refused('unknown_layout', layout_id)
  const detected: Detected[] = []
  const left_out: string[] = []
  let refused: Refused | undefined
  for (const part of parts) {
    const [best] = await readings(part, wanted, book)
    if (isSure(best)) {
      detected.push(best)
      continue
    }
    const [other] = wanted ? await readings(part, undefined, book) : []
    if (isSure(other)) throw new Refused('wrong_layout', `${part.name}: ${other.layout.id}`)
    const problem = new Refused('not_a_voter_file', part.name)
    if (!part.isInZip) throw problem
    refused ??= problem
    left_out.push(part.name)
  }
  if (detected.length === 0) throw refused ?? new Refused('not_a_voter_file', parts.map((part) => part.name).join(', '))
  return { detected, left_out }
}

/** What is read one after another: registrations by the state's id, then lists that add to them, then histories. */
export function inOrder(detected: readonly Detected[]): Detected[][] {
  const place = ({ kind, key }: Layout): number => (kind === 'history' ? 2 : 0) + (key === 'county_voter_id' ? 1 : 0)
  return [...Map.groupBy(detected, (each) => each.layout)]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([, group]) => group)
}

function readAs(part: Part, sample: Buffer, layout: Layout, delimiter: string, isWanted: boolean): Detected | null {
  const isGuessed = !layout.delimiters.includes(delimiter)
  const quote = isGuessed ? '"' : layout.quote
  const reader = new RecordReader({ delimiter, quote, counts: null })
  reader.feed(sample)
  if (!reader.next(true)) return null
  const first = fieldsOf(reader)
  const headed = columnsByHeader(layout, first)
  if (!headed && layout.header === 'always') return null
  // Of a described layout somebody has said that its few columns are all there is.
  const isNamedByUs = headed !== null && !isOwn(layout.id)
  if (
    isNamedByUs &&
    !isBoardsFile(layout, headed) &&
    !(isWanted && layout.kind === 'registration' && isExtract(headed))
  )
    return null
  const columns = headed ?? columnsByCount(layout, first.length) ?? commonCount(layout, sample, delimiter, quote)
  if (!columns) return null
  // Two files of one board share names of columns; the one that knows more of them is meant.
  const known = 1 - columns.unknown.length / columns.count

  const rows = new RecordReader({ delimiter, quote, counts: [columns.count] })
  rows.feed(sample)
  if (headed) rows.next(false)
  let read = 0
  let whole = 0
  let fitting = 0
  let score = 0
  let bytes = 0
  const key = columns.at(layout.key)
  const [status, born, registered, held, county = -1, kind = -1] = (
    ['status', 'birth_date', 'registered_on', 'election_on', 'county', 'election_kind'] as const
  ).map((meaning) => columns.at(meaning))
  while (read < 200 && rows.next(false)) {
    read++
    bytes += rows.recordEnd - rows.recordStart + 2
    if (rows.fault) continue
    const fields = fieldsOf(rows)
    const at = (index: number | undefined): string =>
      index === undefined || index < 0 ? '' : (fields[index] ?? '').trim()
    const isFit = isVoterId(at(key), layout, isNamedByUs)
    whole++
    if (isFit) fitting++
    let points = isFit ? 0.6 : 0
    // Without a header only what stands in the columns tells one file of so many columns from another.
    const statusText = at(status).toUpperCase()
    points += status === undefined || status < 0 || layout.statuses[statusText] !== undefined ? 0.2 : 0
    points += [born, registered, held].every((index) => isDateLike(at(index))) ? 0.2 : 0
    // Lists of five columns are many: without header and separator of the board, its codes must be there.
    const isOurs =
      headed !== null ||
      !isGuessed ||
      ((county < 0 || isCounty(at(county), layout)) && (kind < 0 || isKind(at(kind), layout)))
    score += isOurs ? points : 0
  }
  // Other boards and vendors call a number of theirs by the same heading.
  if (isNamedByUs && fitting < whole / 2) return null
  if (read === 0) {
    // One line without an end, or nothing but a header.
    if (!headed) return isGuessed ? null : lastLineOnly(part, layout, delimiter, columns, sample)
    return { part, layout, delimiter, quote, has_header: true, columns, confidence: 0.6, row_bytes: 200 }
  }
  return {
    part,
    layout,
    delimiter,
    quote,
    has_header: headed !== null,
    columns,
    confidence: known * (headed ? 0.7 + (0.3 * score) / read : score / read),
    row_bytes: bytes / read,
  }
}

function lastLineOnly(
  part: Part,
  layout: Layout,
  delimiter: string,
  columns: ColumnMap,
  sample: Buffer,
): Detected | null {
  const reader = new RecordReader({ delimiter, quote: layout.quote, counts: [columns.count] })
  reader.feed(sample)
  if (!reader.next(true) || reader.fault) return null
  const isKeyed = isVoterId((fieldsOf(reader)[columns.at(layout.key)] ?? '').trim(), layout)
  return isKeyed
    ? {
        part,
        layout,
        delimiter,
        quote: layout.quote,
        has_header: false,
        columns,
        confidence: 0.8,
        row_bytes: sample.length,
      }
    : null
}

/** The first line may be one of the bad ones: take the form most of the first hundred have. */
function commonCount(layout: Layout, sample: Buffer, delimiter: string, quote: '"' | null): ColumnMap | null {
  const reader = new RecordReader({ delimiter, quote, counts: null })
  reader.feed(sample)
  const tally = new Map<number, number>()
  for (let row = 0; row < 100 && reader.next(false); row++) tally.set(reader.count, (tally.get(reader.count) ?? 0) + 1)
  const [common] = [...tally].sort((a, b) => b[1] - a[1])
  return common ? columnsByCount(layout, common[0]) : null
}

const isCounty = (text: string, layout: Layout): boolean =>
  Object.keys(layout.counties).length === 0 || wholeNumber(text.toUpperCase()).replace(/^0+/, '') in layout.counties

const isKind = (text: string, layout: Layout): boolean =>
  layout.history?.style !== 'long' || text.toUpperCase() in layout.history.kinds

export const isDateLike = (text: string): boolean =>
  text === '' || /^\d{8}$|^\d{4}-\d\d-\d\d|^\d{1,2}\/\d{1,2}\/\d{4}|^##/.test(text)
