import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { MailingLane } from '../mailings/schema.ts'
import type { AddressKind } from './address/schema.ts'
import type { AnswerWay } from './answers/schema.ts'
import type { CheckedKind } from './checked/schema.ts'
import type { ReturnReason } from './mailed/schema.ts'
import type {
  DropState,
  ElectionLevel,
  HouseholdRule,
  LanguageRule,
  LeftOutReason,
  PieceKind,
  PrintState,
} from './schema.ts'

type Counts = ColumnType<Record<string, number>, string | undefined, string>

/** What is mailed at once: one piece of paper, one audience. */
export interface PostalDropTable {
  organization_id: string
  drop_id: Generated<string>
  name: string
  kind: PieceKind
  /** Whose work it is under election law. */
  lane: Generated<MailingLane>
  level: ElectionLevel | null
  universe_id: string
  languages: LanguageRule
  households: HouseholdRule
  return_name: string
  /** Lines. */
  return_address: string
  attribution: ColumnType<LocalizedText, string, string>
  state: DropState
  /** Why the last freeze did not come about. */
  problem: ColumnType<string | null, never, string | null>
  made_by: string
  made_by_id: string
  made_at: Date
  /** As it was asked when frozen. */
  expression: ColumnType<string | null, never, string | null>
  frozen_by: ColumnType<string | null, never, string | null>
  frozen_by_id: ColumnType<string | null, never, string | null>
  frozen_at: ColumnType<Date | null, never, Date | null>
  pieces: Generated<number>
  /** People: whoever is in the file twice counts once. */
  voters: Generated<number>
  /** Further records of them. */
  duplicates: Generated<number>
  left_out: Counts
  by_language: Counts
  mailed_on: ColumnType<string | null, never, string | null>
  mailed_by: ColumnType<string | null, never, string | null>
  /** `Design` of design/schema.ts. */
  design: ColumnType<unknown, string | undefined, string>
  /** Of the barcodes, with the mailer of the design; piece n has first_serial + n - 1. */
  first_serial: ColumnType<number | null, number | null | undefined, number | null>
  /** Numbers given to its mailer's drops before: the larger, the later. */
  serials_from: ColumnType<number | null, never, number | null>
  /** The last number of its pieces; where somebody was erased, some before it are gone. */
  numbers: Generated<number>
  /** Counts how often files were begun or stopped: whoever makes them for an older run stops. */
  print_run: Generated<number>
  print_state: ColumnType<PrintState | null, never, PrintState | null>
  printed_by: ColumnType<string | null, never, string | null>
  printed_by_id: ColumnType<string | null, never, string | null>
  printed_at: ColumnType<Date | null, never, Date | null>
  /** Whether a code is printed on it, and where that leads. */
  answer_per: Generated<AnswerWay>
  answer_page: ColumnType<string | null, never, string | null>
  /** Of paper, print and postage together. */
  cost_cents: ColumnType<number | null, never, number | null>
}

/** A piece the post brought back. */
export interface PostalReturnTable {
  organization_id: string
  drop_id: string
  number: number
  reason: ReturnReason
  returned_on: string
  noted_by: string
  noted_at: Date
}

/** For the printer. */
export interface PostalFileTable {
  organization_id: string
  drop_id: string
  name: string
  /** Of a part; 0 of the others. */
  pieces: number
  bytes: number
  sha256: string
  made_at: Date
}

/** How many serial numbers were given to drops of a mailer, of whatever organization; `take_serials` alone writes it. */
export interface PostalSerialTable {
  mailer_id: string
  given: number
}

/** On the side with the message. */
export interface PostalPictureTable {
  organization_id: string
  drop_id: string
  type: 'image/jpeg' | 'image/png'
  content: Buffer
  kept_at: Date
}

/** One piece of paper with one address, numbered in the order of the post. */
export interface PostalPieceTable {
  organization_id: string
  drop_id: string
  number: number
  /** 'all': in every language of the organization. */
  language: string
  name_line: string
  name_line_ko: string | null
  salutation: string
  salutation_ko: string | null
  kind: AddressKind
  above: string[]
  delivery: string
  unit: string | null
  city: string
  state: string
  zip5: string
  zip4: string | null
  /** Two digits, where certified software knew them. */
  delivery_point: string | null
  /** Of its own, for whoever opens the page it leads to. */
  code: ColumnType<string | null, never, string | null>
  /** `Place` of sorting/rules.ts; null: the list was made before it was kept. */
  tray: string | null
  bundle: string | null
}

/** The code of a wording of a drop. */
export interface PostalCodeTable {
  organization_id: string
  drop_id: string
  language: string
  code: string
}

/** How often a code was opened on a day; `number` 0: nobody knows whose. */
export interface PostalAnswerTable {
  organization_id: string
  drop_id: string
  language: string
  number: number
  answered_on: string
  times: number
}

export interface PostalRecipientTable {
  organization_id: string
  drop_id: string
  number: number
  voter_id: number
  /** Of somebody who is in the file twice: the record that stands for them; null: this one. */
  same_as: number | null
  /** `closedKeys` of their address as known and as printed, but the piece's own `addressKey`; null: nothing beside it. */
  home_keys: string[] | null
}

/** An address we asked certified software about, as we had it and as it was found. */
export interface PostalAddressTable {
  organization_id: string
  address_id: Generated<number>
  address_key: string
  delivery: string
  unit: string | null
  city: string
  state: string
  zip5: string
  zip4: string | null
  asked_at: Date
  /** `FoundCass` of checked/schema.ts. */
  found: ColumnType<unknown, string | undefined, string>
  checked_on: ColumnType<string | null, never, string>
  /** What was said before it does not hold any more. */
  asked_again_at: ColumnType<Date | null, never, Date>
}

/** A file that came back: from certified software (CASS), or with moves (NCOALink). */
export interface PostalCheckedFileTable {
  organization_id: string
  file_id: Generated<string>
  kind: CheckedKind
  name: string
  checked_on: string
  state: 'looked_at' | 'applying' | 'applied' | 'taken_back'
  /** Rows by verdict. */
  counts: Counts
  brought_by: string
  brought_by_id: string
  brought_at: Date
  /** Who said that it is to be taken over. */
  applied_by: ColumnType<string | null, never, string>
  applied_by_id: ColumnType<string | null, never, string>
  applied_at: ColumnType<Date | null, never, Date>
  taken_back_by: ColumnType<string | null, never, string>
  taken_back_at: ColumnType<Date | null, never, Date>
}

export interface PostalCheckedRowTable {
  organization_id: string
  file_id: string
  line: number
  address_id: number | null
  voter_id: number | null
  verdict: string
  /** `FoundCass` or `FoundMove` of checked/schema.ts. */
  found: ColumnType<unknown, string, string>
  applied_at: ColumnType<Date | null, never, Date>
  /** What the address was taken for before; not written any more. */
  replaced: ColumnType<unknown, never, never>
}

/** Who is of the audience and gets none, and why. */
export interface PostalLeftOutTable {
  organization_id: string
  drop_id: string
  voter_id: number
  name: string
  reason: LeftOutReason
  /** The address as it is known. */
  original: string | null
  /** The part of it that cannot be read. */
  detail: string | null
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    postal_address: PostalAddressTable
    postal_answer: PostalAnswerTable
    postal_checked_file: PostalCheckedFileTable
    postal_checked_row: PostalCheckedRowTable
    postal_code: PostalCodeTable
    postal_drop: PostalDropTable
    postal_picture: PostalPictureTable
    postal_piece: PostalPieceTable
    postal_recipient: PostalRecipientTable
    postal_return: PostalReturnTable
    postal_serial: PostalSerialTable
    postal_file: PostalFileTable
    postal_left_out: PostalLeftOutTable
  }
}
