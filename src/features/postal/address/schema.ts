/** An address in parts, as a voter record or a form has it. */
export interface Typed {
  /** House number and street, a box or a route; the unit may stand in it, and lines above it by line breaks or commas. */
  delivery: string
  unit?: string | null
  city: string | null
  state: string | null
  zip: string | null
}

export type AddressKind = 'street' | 'box' | 'route' | 'military' | 'general'

/** An address in the form of USPS Publication 28: capitals, no punctuation but hyphens in numbers. */
export interface MailAddress {
  kind: AddressKind
  /** What stands over the delivery line: ATTN, a firm, C/O. */
  above: readonly string[]
  /** '41-60 MAIN ST', 'PO BOX 5', 'RR 2 BOX 18', 'PSC 802 BOX 74'. */
  delivery: string
  /** 'APT 3B', '# 3B', 'BLDG 2 APT 4' */
  unit: string | null
  city: string
  state: string
  zip5: string
  zip4: string | null
}

/** Why an address cannot be put into that form; a person must look at it. */
export const addressProblems = [
  'empty',
  'not_latin',
  'foreign',
  'no_zip',
  'zip_invalid',
  'no_state',
  'state_unknown',
  'no_city',
  'city_unclear',
  'no_number',
  'no_street',
  'box_without_number',
  'route_without_box',
  'unit_without_number',
  'unit_unclear',
  'not_military',
  'military_place',
] as const
export type AddressProblem = (typeof addressProblems)[number]

export type Standardized =
  | { ok: true; original: string; address: MailAddress }
  /** `found`: what it is about, as it was read; '' where something is missing. */
  | { ok: false; original: string; problem: AddressProblem; found: string }
