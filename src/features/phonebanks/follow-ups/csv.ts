import { byteOrderMark, csvLine, csvMoment } from '../../../platform/csv.ts'
import type { Db } from '../../../platform/db/db.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import './messages.ts'
import { followUps, type FollowUp, type FollowUpFilter } from './queries.ts'

const columns = [
  'kind',
  'name',
  'hangul',
  'phone',
  'address',
  'note',
  'made_by',
  'made_at',
  'owner',
  'due_on',
  'solved_at',
  'solved_by',
  'solution',
] as const

/** Every follow-up of a filter as a spreadsheet in the reader's language, for whoever drives, or brings signs. */
export async function followUpsCsv(
  db: Db,
  organization_id: string,
  filter: FollowUpFilter,
  { t, time_zone }: { t: Translate; time_zone: string },
): Promise<{ csv: string; rows: FollowUp[] }> {
  const at = (instant: Date | null): string => csvMoment(instant, time_zone)
  const { rows } = await followUps(db, organization_id, filter, { from: 0, limit: null })
  const lines = rows.map((row) =>
    csvLine([
      t(`follow_ups.kind.${row.kind}`),
      row.name,
      row.hangul && !row.hangul.is_guess ? row.hangul.text : '',
      row.phone && formatPhone(row.phone),
      row.address,
      row.note,
      row.made_by,
      at(row.made_at),
      row.owner,
      row.due_on,
      at(row.solved_at),
      row.solved_by,
      row.solution,
    ]),
  )
  const head = csvLine(columns.map((name) => t(`follow_ups.csv.${name}`)))
  return { csv: [byteOrderMark, head, ...lines].join(''), rows }
}
