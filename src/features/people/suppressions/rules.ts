import { createHash } from 'node:crypto'
import { csvRows } from '../../../platform/csv.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { emailAddress } from '../schema.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** address: as `addressKey` of postal/no-paper/rules.ts writes it; lists say it by its SHA-256 alone. */
export type Kind = 'phone' | 'email' | 'address'

/** A line of a list that says neither a number nor a mailbox. `line` counts from 1. */
export interface Reject {
  line: number
  value: string
}

export interface ReadList {
  /** SHA-256 of numbers in E.164, of mailboxes in small letters and of addresses, in hex, each once. */
  hashes: Record<Kind, Set<string>>
  /** Lines of each form. One hash of which nobody says what it is of counts for every kind. */
  counts: { phones: number; emails: number; addresses?: number; hashes: number; rejected: number }
  rejects: Reject[]
}

/** What a head says hashes below are of, the first that fits; 'address' alone is said of mailboxes and of homes. */
const headKinds: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/phone|tel|mobile|cell|전화|휴대/i, ['phone']],
  [/e-?mail|메일/i, ['email']],
  [/(mail|mailing|postal|post|street|home)[\s_-]*address|우편|집 ?주소/i, ['address']],
  [/mail/i, ['email']],
  [/address|주소/i, ['email', 'address']],
]
const kindsOf = (head: string): readonly Kind[] | null => headKinds.find(([said]) => said.test(head))?.[1] ?? null
/** In a column of kinds one word is one kind. */
const kindOf = (cell: string): readonly Kind[] | null =>
  /^(address|주소)$/i.test(cell.trim()) ? ['address'] : kindsOf(cell)

/**
 * Reads a list: numbers, mailboxes, or the SHA-256 of either, one or several to a line. A head is not needed; where it names
 * telephone, e-mail or address, hashes below are of that alone. A column `kind` (phone, email, address), as our own export has it, says so too.
 */
export function readList(text: string): ReadList {
  const read: ReadList = {
    hashes: { phone: new Set(), email: new Set(), address: new Set() },
    counts: { phones: 0, emails: 0, hashes: 0, rejected: 0 },
    rejects: [],
  }
  const rows = csvRows(text.normalize('NFC'))
  const [first = []] = rows
  const has_head = !first.some((cell) => meant(cell) !== null)
  const heads = has_head ? first.map((cell) => cell.trim()) : []
  const kind_at = heads.findIndex((head) => /^(kind|channel|종류)$/i.test(head))
  for (const [at, cells] of rows.entries()) {
    if ((has_head && at === 0) || cells.every((cell) => cell.trim() === '')) continue
    let found = 0
    for (const [column, cell] of cells.entries()) {
      const what = column === kind_at ? null : meant(cell)
      if (!what) continue
      found += 1
      if (what.kind !== 'hash') {
        read.hashes[what.kind].add(sha256(what.value))
        read.counts[what.kind === 'phone' ? 'phones' : 'emails'] += 1
        continue
      }
      read.counts.hashes += 1
      const said = kindOf(cells[kind_at] ?? '') ?? kindsOf(heads[column] ?? '')
      for (const kind of said ?? (['phone', 'email', 'address'] as const)) read.hashes[kind].add(what.value)
    }
    if (found > 0) continue
    read.counts.rejected += 1
    read.rejects.push({ line: at + 1, value: cells.join(',').slice(0, 200) })
  }
  return read
}

/** What one cell says; null: neither number, mailbox nor hash. */
export function meant(cell: string): { kind: 'phone' | 'email' | 'hash'; value: string } | null {
  const text = cell.trim()
  if (/^[0-9a-f]{64}$/i.test(text)) return { kind: 'hash', value: text.toLowerCase() }
  if (text.includes('@')) {
    const { data } = emailAddress.safeParse(text)
    return data === undefined ? null : { kind: 'email', value: data }
  }
  const phone = /\d{7}/.test(text.replaceAll(/[\s().+-]/g, '')) && !/[a-z가-힣]/i.test(text) ? e164(text) : null
  return phone === null ? null : { kind: 'phone', value: phone }
}
