import { addDays } from '../../../platform/clock.ts'
import type { ways } from '../schema.ts'

/** A line of a bank's file. */
export interface BankLine {
  /** 'YYYY-MM-DD' */
  on_date: string
  /** Below 0: it left the account. */
  amount_cents: number
  text: string
  reference: string | null
  /** The reference can be nothing but the number of a check: not a slip's, not the bank's own. */
  names_check: boolean
}

export type BankProblem = 'no_date' | 'no_amount' | 'no_lines'
export type ReadBank =
  | { ok: true; lines: BankLine[]; skipped: number[] }
  | { ok: false; problem: BankProblem; headers: string[] }

/** What banks call their columns, small letters, most telling first. */
const names = {
  date: ['posting date', 'posted date', 'post date', 'transaction date', 'date', '거래일', '날짜'],
  amount: ['amount', 'transaction amount', '금액'],
  credit: ['credit', 'credit amount', 'deposit', 'deposits', 'money in', '입금'],
  debit: ['debit', 'debit amount', 'withdrawal', 'withdrawals', 'money out', '출금'],
  /** Says of an amount without sign which way it went. */
  side: [
    'credit/debit',
    'debit/credit',
    'credit or debit',
    'credit debit indicator',
    'dr/cr',
    'cr/dr',
    'type',
    'transaction type',
  ],
  text: ['description', 'transaction description', 'memo', 'details', 'name', 'payee', '내용', '적요'],
  reference: [
    'check number',
    'check #',
    'check no',
    '수표 번호',
    '수표번호',
    'check or slip #',
    'reference',
    'reference number',
    'serial number',
  ],
} as const

/** Columns that hold numbers of checks alone. */
const ofChecks: readonly string[] = ['check number', 'check #', 'check no', '수표 번호', '수표번호']
/** A check of money that went out, the slip of what was brought. */
const checkOrSlip = 'check or slip #'

/** The text of a bank's file: Korean Excel writes CP949, older programs Windows-1252. */
export function textOfBank(bytes: ArrayBuffer): string {
  const read = (encoding: string): string | null => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch (problem) {
      if (problem instanceof TypeError) return null
      throw problem
    }
  }
  const head = new Uint8Array(bytes.slice(0, 2))
  const marked = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8' // prettier-ignore
  const korean = read('euc-kr')
  const text = read(marked) ?? (korean && /[가-힣]/.test(korean) ? korean : null) ?? new TextDecoder('windows-1252').decode(bytes) // prettier-ignore
  return text.normalize('NFC').replaceAll('\0', '')
}

/** Reads the rows of a bank's CSV file, whichever of the usual columns it has; lines it cannot read are named. */
export function readBank(rows: readonly (readonly string[])[]): ReadBank {
  const plain = (cell: string): string => cell.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const columnIn = (head: readonly string[], of: readonly string[]): number =>
    of.map((name) => head.indexOf(name)).find((at) => at >= 0) ?? -1
  // Some banks begin with lines about the account.
  const at = rows.slice(0, 20).findIndex((row) => columnIn(row.map(plain), names.date) >= 0 && row.length > 1)
  const headers = (rows[Math.max(0, at)] ?? []).map((cell) => cell.trim()).filter(Boolean)
  if (rows.length === 0) return { ok: false, problem: 'no_lines', headers }
  if (at < 0) return { ok: false, problem: 'no_date', headers }
  const head = (rows[at] ?? []).map(plain)
  const [date, amount, credit, debit, reference] = [
    columnIn(head, names.date),
    columnIn(head, names.amount),
    columnIn(head, names.credit),
    columnIn(head, names.debit),
    columnIn(head, names.reference),
  ]
  if (amount < 0 && credit < 0) return { ok: false, problem: 'no_amount', headers }
  const side = columnIn(head, names.side)
  const texts = names.text.map((name) => head.indexOf(name)).filter((column) => column >= 0)
  const lines: BankLine[] = []
  const skipped: number[] = []
  for (const [place, row] of rows.entries()) {
    if (place <= at || row.every((cell) => cell.trim() === '')) continue
    const on_date = dateOf(row[date] ?? '')
    const typed = amount >= 0 ? centsOf(row[amount] ?? '') : null
    const wentOut = side >= 0 && /^(debit|dr|d|withdrawal)\b/i.test((row[side] ?? '').trim())
    const signed = typed !== null && wentOut ? -Math.abs(typed) : typed
    const came = credit >= 0 ? centsOf(row[credit] ?? '') : null
    const went = debit >= 0 ? centsOf(row[debit] ?? '') : null
    const amount_cents = signed ?? (came ? Math.abs(came) : went ? -Math.abs(went) : null)
    if (on_date === null || amount_cents === null || amount_cents === 0) {
      skipped.push(place + 1)
      continue
    }
    lines.push({
      on_date,
      amount_cents,
      text: texts
        .map((column) => (row[column] ?? '').trim())
        .filter(Boolean)
        .join(' · ')
        .slice(0, 300),
      reference: (reference >= 0 && (row[reference] ?? '').trim().slice(0, 80)) || null,
      names_check: ofChecks.includes(head[reference] ?? '') || (head[reference] === checkOrSlip && amount_cents < 0),
    })
  }
  return lines.length === 0 ? { ok: false, problem: 'no_lines', headers } : { ok: true, lines, skipped }
}

/** 'YYYY-MM-DD' of 2026-03-01, 3/1/2026 or 03/01/26, as banks here write it. */
function dateOf(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text.trim())
  const ours = /^(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})\b/.exec(text.trim())
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : ours
      ? [ours[3]?.length === 2 ? `20${ours[3]}` : ours[3], ours[1], ours[2]]
      : []
  if (!year || !month || !day) return null
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== date ? null : date
}

/** Of '1,234.50', '$30', '-30.00' or '(30.00)'; null: no amount. */
function centsOf(text: string): number | null {
  const plain = text.replaceAll(/[\s$,]/g, '')
  const match = /^(\()?([-+]?)(\d+(?:\.\d{1,2})?|\.\d{1,2})\)?(-?)$/.exec(plain)
  if (!match) return null
  const cents = Math.round(Number(match[3]) * 100)
  if (cents > 1_000_000_000) return null
  return match[1] || match[2] === '-' || match[4] === '-' ? -cents : cents
}

/** An entry of the ledger that should be found at the bank. */
export interface Expected {
  entry_id: string
  on_date: string
  amount_cents: number
  way: (typeof ways)[number]
  reference: string | null
}
export interface LineOfBank extends BankLine {
  line_id: string
}

/** A check is brought to the bank days after it was given, and may be cashed weeks after it was written. */
const window_days = { before: 3, after: 14 }
const check_window_days = { before: 3, after: 60 }

const nearTo = (entry: Expected, { before, after }: typeof window_days): ((line: BankLine) => boolean) => {
  const [first, last] = [addDays(entry.on_date, -before), addDays(entry.on_date, after)]
  return ({ on_date }) => on_date >= first && on_date <= last
}

/** As somebody wrote it: '#1042', 'Check 01042'. */
const withoutWords = (reference: string | null): string => reference?.replace(/^\D*0*(?=\d)/, '') ?? ''

/** The number of a check as a word of its own: 1042 is not in 10421. */
const isNamed = (entry: Expected, line: BankLine): boolean => {
  const reference = withoutWords(entry.reference)
  if (reference.length < 3) return false
  const words = `${line.reference ?? ''} ${line.text}`
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/^0+(?=\d)/, ''))
  return words.includes(reference)
}

/** The check a line names; null: none. Banks write longer numbers of their own, and 'CHK 4471' is an account as well. */
function checkOf(line: BankLine): string | null {
  const said =
    /(?:\bchecks?[^\p{L}\p{N}]*(?:no|number)?|\b(?:chk|ck)[^\p{L}\p{N}]*(?:#|no\b)|수표[^\p{L}\p{N}]*(?:번호)?)[^\p{L}\p{N}]*(\d{3,})/iu.exec(
      line.text,
    )?.[1]
  const numbers = [line.names_check ? (line.reference ?? '') : '', said ?? '']
  return numbers.map((number) => /^\W*0*([1-9]\d{2,5})$/.exec(number.trim())?.[1]).find(Boolean) ?? null
}

/** The line is of a check, the payment of another one or of none: the same amount on the same day is a coincidence then. */
function contradicts(entry: Expected, line: BankLine): boolean {
  if (checkOf(line) === null) return false
  return entry.way === 'check'
    ? /^\d{3,}$/.test(withoutWords(entry.reference)) && !isNamed(entry, line)
    : !isNamed(entry, line)
}

/**
 * Which line is which payment: first by amount and number of the check, then by amount and day where only one of each is
 * possible. What could be two things, or names another check, is left to a person.
 */
export function matchLines(
  entries: readonly Expected[],
  lines: readonly LineOfBank[],
): { entry_id: string; line_id: string }[] {
  const found: { entry_id: string; line_id: string }[] = []
  const [entriesDone, linesDone] = [new Set<string>(), new Set<string>()]
  const round = (
    fitsOf: (entry: Expected) => (line: LineOfBank) => boolean,
    isOut: (entry: Expected, line: LineOfBank) => boolean = () => false,
  ): void => {
    const free = Map.groupBy(
      lines.filter(({ line_id }) => !linesDone.has(line_id)),
      ({ amount_cents }) => amount_cents,
    )
    // How many entries a line could be; pairs are not kept, for of usual dues there may be a million.
    const times = new Map<string, number>()
    const onlyOnes: { entry_id: string; line_id: string }[] = []
    for (const entry of entries) {
      if (entriesDone.has(entry.entry_id)) continue
      const fitting = (free.get(entry.amount_cents) ?? []).filter(fitsOf(entry))
      for (const { line_id } of fitting) times.set(line_id, (times.get(line_id) ?? 0) + 1)
      const [line] = fitting
      // Only now: that a line is not this payment does not make it another one.
      if (line && fitting.length === 1 && !isOut(entry, line))
        onlyOnes.push({ entry_id: entry.entry_id, line_id: line.line_id })
    }
    for (const pair of onlyOnes) {
      if (times.get(pair.line_id) !== 1) continue
      found.push(pair)
      entriesDone.add(pair.entry_id)
      linesDone.add(pair.line_id)
    }
  }
  round((entry) => {
    const isNear = nearTo(entry, check_window_days)
    return (line) => isNear(line) && isNamed(entry, line)
  })
  round((entry) => nearTo(entry, window_days), contradicts)
  return found
}
