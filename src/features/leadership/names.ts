import { sql } from 'kysely'
import { effectiveName, shownName, type ShownName } from '../people/rules.ts'

/** Who somebody is on a list; the columns of `nameColumns`. */
export interface Named {
  person_id: string
  voter_id: number | null
  first_name: string | null
  middle_name: string | null
  last_name: string | null
  name_hangul: string | null
  state_first: string | null
  state_middle: string | null
  state_last: string | null
}

/** Of `person p left join voter_record r`. */
export const nameColumns = sql`p.person_id, p.voter_id, p.first_name, p.middle_name, p.last_name, p.name_hangul,
  r.first_name as state_first, r.middle_name as state_middle, r.last_name as state_last`

export const nameOfRow = (row: Named, language: string): ShownName =>
  shownName(
    effectiveName(row, { first_name: row.state_first, middle_name: row.state_middle, last_name: row.state_last }),
    row.name_hangul,
    language,
  )

/** Where the help somebody asked for is kept. */
export const casePath = ({ case_id }: { case_id: string }): string => `/leadership/cases/${case_id}`

/** Where one works with somebody. */
export const workPath = ({ person_id }: { person_id: string }): string => `/leadership/people/${person_id}`
