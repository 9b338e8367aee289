import { columnAt, csvRows } from './csv.ts'
import { communities, nameShares, saysAnything, type Community } from './estimate.ts'
import { commonRoman } from './hangul.ts'
import { placeOf, withPlace, type PlaceTable } from './places.ts'

/** What a labelled row may say: a community, any of them, Asian but none of ours, or nobody of an Asian community. */
export const labels = [...communities, 'asian', 'other_asian', 'none'] as const
export type Label = (typeof labels)[number]

/** One person whose label is known, with what the estimate gives each community, 0-1, in the order of `communities`. */
export interface Scored {
  label: Label
  scores: readonly number[]
  /** How many people the row stands for. */
  weight: number
}

export interface Threshold {
  at: number
  /** Of those the estimate puts at or above `at`, the share that truly is; null where it puts nobody there. */
  precision: number | null
  /** Of those who truly are, the share the estimate puts at or above `at`; null where there is nobody. */
  recall: number | null
  found: number
}

export interface CalibrationBand {
  from: number
  to: number
  n: number
  mean_predicted: number | null
  observed: number | null
}

export interface LabelReport {
  label: Label
  /** Rows that carry the label. */
  n: number
  /** Rows that could be compared: an 'asian' of unknown community is left out of the single communities. */
  compared: number
  /** Chance that somebody with the label is put above somebody without; ties count half; null without both kinds. */
  auc: number | null
  thresholds: Threshold[]
  calibration: CalibrationBand[]
}

const cuts = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95] as const

/** One report per label that occurs; `asian` (the sum over communities) wherever somebody Asian does. */
export function evaluate(rows: readonly Scored[]): LabelReport[] {
  const met = new Set(rows.map(({ label }) => label))
  const asked = labels.filter((label) =>
    label === 'asian' ? [...met].some((each) => each !== 'none') : label !== 'other_asian' && met.has(label),
  )
  return asked.map((label) => reportOf(label, rows))
}

function reportOf(label: Label, rows: readonly Scored[]): LabelReport {
  const compared = rows
    .filter((row) => row.label !== 'asian' || label === 'asian' || label === 'none')
    .map((row) => ({ score: scoreOf(label, row.scores), is: isOf(label, row.label), weight: row.weight }))
    .sort((a, b) => a.score - b.score)
  return {
    label,
    n: rows.filter((row) => isOf(label, row.label)).length,
    compared: compared.length,
    auc: areaUnderCurve(compared),
    thresholds: cuts.map((at) => thresholdOf(at, compared)),
    calibration: Array.from({ length: 10 }, (_, band) => bandOf(band, compared)),
  }
}

const isOf = (asked: Label, label: Label): boolean => (asked === 'asian' ? label !== 'none' : label === asked)

function scoreOf(label: Label, scores: readonly number[]): number {
  const place = communities.indexOf(label as Community) // -1 for the labels which are no community
  if (place >= 0) return scores[place] ?? 0
  const any = Math.min(
    1,
    scores.reduce((sum, score) => sum + score, 0),
  )
  return label === 'none' ? 1 - any : any
}

interface Compared {
  score: number
  is: boolean
  weight: number
}

/** By rank, as Mann and Whitney's U: rows ascending; equal scores count half. */
function areaUnderCurve(rows: readonly Compared[]): number | null {
  let below = 0
  let won = 0
  let positives = 0
  for (let at = 0; at < rows.length;) {
    let [here, others] = [0, 0]
    let next = at
    for (; next < rows.length && rows[next]?.score === rows[at]?.score; next++) {
      const row = rows[next]
      if (row?.is) here += row.weight
      else others += row?.weight ?? 0
    }
    won += here * (below + others / 2)
    below += others
    positives += here
    at = next
  }
  return positives > 0 && below > 0 ? round(won / positives / below) : null
}

function thresholdOf(at: number, rows: readonly Compared[]): Threshold {
  let [found, right, all, count] = [0, 0, 0, 0]
  for (const { score, is, weight } of rows) {
    if (is) all += weight
    if (score < at - 1e-9) continue
    count++
    found += weight
    if (is) right += weight
  }
  return {
    at,
    precision: found > 0 ? round(right / found) : null,
    recall: all > 0 ? round(right / all) : null,
    found: count,
  }
}

function bandOf(band: number, rows: readonly Compared[]): CalibrationBand {
  let [n, weights, predicted, is_so] = [0, 0, 0, 0]
  for (const { score, is, weight } of rows) {
    if (Math.min(9, Math.floor(score * 10 + 1e-9)) !== band) continue
    n++
    weights += weight
    predicted += weight * score
    if (is) is_so += weight
  }
  const [from, to] = [band / 10, (band + 1) / 10]
  if (weights === 0) return { from, to, n, mean_predicted: null, observed: null }
  return { from, to, n, mean_predicted: round(predicted / weights), observed: round(is_so / weights) }
}

const round = (share: number): number => Math.round(share * 10_000) / 10_000

/** A row that could not be used, by its line in the file. */
export interface BadRow {
  line: number
  problem: 'columns' | 'label' | 'no_name' | 'weight'
  detail: string
}

export type LabelledFile =
  | { ok: true; rows: Scored[]; bad: BadRow[]; bad_count: number }
  | { ok: false; problem: 'empty' | 'missing_column'; detail: string }

/** Bad rows beyond these are only counted. */
const maxBadRows = 100

/**
 * Reads labelled names (`last,first,middle,label`, in any order; optional `county`, `council`, `weight`) and scores them.
 * Holds some 100 bytes per row: fine for some millions of rows.
 */
export async function readLabelled(path: string, places: PlaceTable): Promise<LabelledFile> {
  const rows: Scored[] = []
  const bad: BadRow[] = []
  let bad_count = 0
  let columns: ReturnType<typeof columnsOf> | null = null
  for await (const { line, cells } of csvRows(path)) {
    if (!columns) {
      columns = columnsOf(cells)
      const missing = (['last', 'first', 'label'] as const).filter((name) => columns?.[name] === -1)
      if (missing.length > 0) return { ok: false, problem: 'missing_column', detail: missing.join(', ') }
      continue
    }
    const scored = scoredRow(cells, columns, places)
    if ('problem' in scored) {
      bad_count++
      if (bad.length < maxBadRows) bad.push({ line, ...scored })
    } else rows.push(scored)
  }
  if (!columns) return { ok: false, problem: 'empty', detail: '' }
  return { ok: true, rows, bad, bad_count }
}

function columnsOf(header: readonly string[]) {
  const at = (...names: string[]): number => columnAt(header, ...names)
  return {
    width: header.length,
    last: at('last', 'last_name'),
    first: at('first', 'first_name'),
    middle: at('middle', 'middle_name'),
    label: at('label'),
    county: at('county'),
    council: at('council', 'ccd'),
    weight: at('weight'),
  }
}

function scoredRow(
  cells: readonly string[],
  columns: ReturnType<typeof columnsOf>,
  places: PlaceTable,
): Scored | Omit<BadRow, 'line'> {
  if (cells.length !== columns.width)
    return { problem: 'columns', detail: `${cells.length} instead of ${columns.width}` }
  const cell = (at: number): string => (at < 0 ? '' : (cells[at] ?? ''))
  const said = cell(columns.label)
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  const label = labels.find((each) => each === said)
  if (!label) return { problem: 'label', detail: cell(columns.label) }
  const last = commonRoman(cell(columns.last), true)
  const [first, middle] = [commonRoman(cell(columns.first), false), commonRoman(cell(columns.middle), false)]
  if (last === '' && first === '') return { problem: 'no_name', detail: '' }
  const weight = cell(columns.weight) === '' ? 1 : Number(cell(columns.weight))
  if (!Number.isFinite(weight) || weight < 0) return { problem: 'weight', detail: cell(columns.weight) }
  const council = Number(cell(columns.council))
  const place = placeOf(places, cell(columns.county), Number.isInteger(council) && council > 0 ? council : null)
  // A name that says nothing has no percentage, and no place gives it one; what is left of it orders names for the AUC alone.
  const here = saysAnything(last, first, middle) ? place : null
  const scores = withPlace(nameShares(last, first, middle), here)
  return { label, scores: communities.map((_, at) => scores[at + 1] ?? 0), weight }
}
