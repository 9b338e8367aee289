import type { Channel } from './schema.ts'

/*
 * What a file looks like. `own`: the columns one chooses. The others are what programs and houses take in, with the place
 * that says so.
 */

export const columnGroups = {
  name: ['last_name', 'first_name', 'middle_name', 'suffix'],
  hangul: ['name_hangul', 'preferred_title'],
  address: ['address', 'city', 'state', 'zip', 'mail_address', 'mail_unit', 'mail_city', 'mail_state', 'mail_zip'],
  district: [
    'county',
    'congress',
    'senate',
    'assembly',
    'election_district',
    'nyc_council',
    'precinct',
    'other_districts',
    'districts_in_doubt',
  ],
  phone: ['phone_best', 'phone_best_kind', 'phones_all'],
  email: ['email'],
  party: ['party', 'status', 'registered_on'],
  age: ['age', 'birth_year', 'sex'],
  turnout: ['last_voted_on', 'voted_in'],
  score: ['support'],
  language: ['language', 'community_said'],
  tag: ['tags'],
  id: ['voter_id', 'state_voter_id', 'county_voter_id'],
  /** Inferred from names: never among what is chosen already, and labelled wherever it stands. */
  estimate: ['community_estimate'],
} as const
export type ColumnGroup = keyof typeof columnGroups
export type Column = (typeof columnGroups)[ColumnGroup][number]
export const groupNames = Object.keys(columnGroups) as ColumnGroup[] // the keys above
export const columns: readonly Column[] = Object.values(columnGroups).flat()

export const chosenFirst: readonly Column[] = [
  ...['last_name', 'first_name', 'name_hangul', 'address', 'city', 'zip', 'phone_best', 'language'] as const,
] // prettier-ignore

interface Layout {
  /** Whom this is for by its nature; null: whoever exports says. */
  channel: Channel | null
  /** Rows without a number or address of the channel are of no use. */
  needs_address: boolean
  /** Heads as the other side expects them, and what stands below; null: the columns chosen. */
  fields: readonly (readonly [head: string, from: Column | 'phone_digits' | 'mobile_digits' | 'landline_digits' | 'zip5' | 'full_name'])[] | null
} // prettier-ignore

export const layouts = {
  own: { channel: null, needs_address: true, fields: null },
  /**
   * Voter-file programs of VAN's kind: the person's id in the first column, never empty, one column each for what is mapped
   * at the upload (kydemocratshelp.freshdesk.com, article 44002201298, "Bulk uploading data to MyVoters"). Heads as VAN's own
   * lists have them (FirstName, LastName, CellPhone, HomePhone, Address: StateVoicesNational/Spoke,
   * src/extensions/contact-loaders/ngpvan/index.js, which reads them). VAN's id is theirs alone; the state's is matched to it.
   */
  van: {
    channel: 'phone',
    needs_address: false,
    fields: [
      ['StateVoterID', 'state_voter_id'],
      ['LastName', 'last_name'],
      ['FirstName', 'first_name'],
      ['MiddleName', 'middle_name'],
      ['Suffix', 'suffix'],
      ['CellPhone', 'mobile_digits'],
      ['HomePhone', 'landline_digits'],
      ['Email', 'email'],
      ['Address', 'address'],
      ['City', 'city'],
      ['State', 'state'],
      ['Zip', 'zip5'],
      ['Party', 'party'],
      ['Language', 'language'],
    ],
  },
  /**
   * Peer-to-peer texting, as Spoke reads it: firstName, lastName and cell must be there, zip and external_id are known, any
   * further column can be used in the text (StateVoicesNational/Spoke, src/workers/parse_csv.js, `requiredUploadFields`).
   */
  texting: {
    channel: 'text',
    needs_address: true,
    fields: [
      ['firstName', 'first_name'],
      ['lastName', 'last_name'],
      ['cell', 'mobile_digits'],
      ['zip', 'zip5'],
      ['external_id', 'state_voter_id'],
      ['language', 'language'],
      ['nameHangul', 'name_hangul'],
    ],
  },
  /**
   * Dialers: phone and first_name must be there, name, email and notes are known, custom1-5 are free
   * (rumbleup.readme.io/reference/csv-file-format). Others of the kind ask for each column at the import.
   */
  dialer: {
    channel: 'phone',
    needs_address: true,
    fields: [
      ['phone', 'phone_digits'],
      ['first_name', 'first_name'],
      ['name', 'full_name'],
      ['email', 'email'],
      ['custom1', 'state_voter_id'],
      ['custom2', 'language'],
      ['custom3', 'name_hangul'],
      ['custom4', 'city'],
      ['custom5', 'zip5'],
    ],
  },
  /**
   * Newsletters: one address each, which alone must be there; any head can be matched at the upload, these are those that are
   * matched by themselves or nearly (mailchimp.com/help/format-guidelines-for-your-import-file; Action Network,
   * help.actionnetwork.org, article 203112959, "File formats for list uploads").
   */
  newsletter: {
    channel: 'email',
    needs_address: true,
    fields: [
      ['Email Address', 'email'],
      ['First Name', 'first_name'],
      ['Last Name', 'last_name'],
      ['ZIP Code', 'zip5'],
      ['Language', 'language'],
      ['Hangul Name', 'name_hangul'],
    ],
  },
  /**
   * A mail house: one piece for each household, heads a sorting program understands without asking (ncoasource.com/ncoa_upload.htm:
   * Address1, Address2, one header record, no duplicate names, 125 characters a column at most). Made in mail-house.ts.
   */
  mailhouse: { channel: 'post', needs_address: true, fields: [] },
} as const satisfies Record<string, Layout>
export type LayoutName = keyof typeof layouts
export const layoutNames = Object.keys(layouts) as LayoutName[] // the keys above

export const mailHouseHeads = ['PieceID', 'NameLine', 'Salutation', 'SalutationKorean', 'Address1', 'Address2', 'City', 'State', 'ZIP', 'Residents', 'Languages'] as const // prettier-ignore
