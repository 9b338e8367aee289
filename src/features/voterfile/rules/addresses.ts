import { suffixes } from './publication-28.ts'

export const directions: Readonly<Record<string, string>> = {
  NORTH: 'N', SOUTH: 'S', EAST: 'E', WEST: 'W', NORTHEAST: 'NE', NORTHWEST: 'NW', SOUTHEAST: 'SE', SOUTHWEST: 'SW',
  N: 'N', S: 'S', E: 'E', W: 'W', NE: 'NE', NW: 'NW', SE: 'SE', SW: 'SW',
} // prettier-ignore

/** Street types that occur often, with the abbreviation of USPS Publication 28; as the last word of a street the rarer ones are names as well. */
export const streetTypes: Readonly<Record<string, string>> = Object.fromEntries(
  `ALLEY ANNEX AVENUE AVE AV BEND BOULEVARD BLVD BRIDGE CIRCLE CIR COURT CT COVE CRESCENT CRES CROSSING DRIVE DR EXPRESSWAY EXTENSION GARDENS
   GARDEN GREEN GROVE HEIGHTS HIGHWAY HWY HILL JUNCTION LANE LN LOOP MANOR PARKWAY PKWY PLACE PL PLAZA POINT RIDGE ROAD RD SQUARE STREET ST
   TERRACE TER TRAIL TURNPIKE TPKE VILLAGE WALK WAY`
    .split(/\s+/)
    .map((word) => [word, placeCase(suffixes.get(word) ?? word)]),
)

/** Words for a unit: as written, in the form of Publication 28, appendix C2. */
export const unitTypes: Readonly<Record<string, string>> = {
  APARTMENT: 'Apt', APT: 'Apt', BASEMENT: 'Bsmt', BSMT: 'Bsmt', BUILDING: 'Bldg', BLDG: 'Bldg', FLOOR: 'Fl', FL: 'Fl', FLR: 'Fl', FRONT: 'Frnt', FRNT: 'Frnt', LOT: 'Lot',
  LOWER: 'Lowr', LOWR: 'Lowr', PENTHOUSE: 'Ph', PH: 'Ph', REAR: 'Rear', ROOM: 'Rm', RM: 'Rm', SPACE: 'Spc', SPC: 'Spc', SUITE: 'Ste', STE: 'Ste', TRAILER: 'Trlr', TRLR: 'Trlr',
  UNIT: 'Unit', UPPER: 'Uppr', UPPR: 'Uppr',
} // prettier-ignore

/** 'KISSENA BOULEVARD' → 'Kissena Blvd', '32ND ST' → '32nd St', 'AVENUE C' stays 'Avenue C'. */
export function streetCase(text: string): string {
  const words = text.toUpperCase().split(/\s+/).filter(Boolean)
  return words
    .map((word, index) => {
      const isLast = index === words.length - 1
      const isBeforeDirection = index === words.length - 2 && (words[index + 1] ?? '') in directions
      if (index > 0 && (isLast || isBeforeDirection) && streetTypes[word]) return streetTypes[word]
      if (words.length > 1 && /^(NE|NW|SE|SW|[NSEW])$/.test(word)) return word
      return placeWord(word)
    })
    .join(' ')
}

/** Direction, name, type and direction, as the mail writes them: 'W 32nd St'. */
export function streetOf(before: string, name: string, type: string, after: string): string {
  const direction = (text: string): string =>
    directions[text.trim().toUpperCase().replaceAll('.', '')] ?? placeCase(text)
  return [direction(before), streetCase(`${name} ${type}`), direction(after)].filter(Boolean).join(' ')
}

/** 'LONG ISLAND CITY' → 'Long Island City'. */
export function placeCase(text: string): string {
  return text.toUpperCase().split(/\s+/).filter(Boolean).map(placeWord).join(' ')
}

function placeWord(word: string): string {
  if (/^\d+(ST|ND|RD|TH)$/.test(word)) return word.toLowerCase()
  if (/^MC[A-Z]{3,}$/.test(word)) return `Mc${word.charAt(2)}${word.slice(3).toLowerCase()}`
  return word
    .toLowerCase()
    .replace(/(^|[-'’/(])(\p{L})/gu, (_, mark: string, letter: string) => mark + letter.toUpperCase())
}

/** 'APT' and '5B' → 'Apt 5B'; '5B' alone → 'Apt 5B'; '#3', 'FL 2' and 'BSMT' by what they say. Null where nothing is said. */
export function unitOf(type: string, unit: string): string | null {
  const number = unit.replace(/\s+/g, ' ').trim().toUpperCase()
  const word = type.trim().toUpperCase().replaceAll('.', '')
  const [head = '', ...tail] = number.split(' ')
  if (!number) return unitTypes[word] ?? (word ? placeCase(word) : null)
  if (word && word !== '#') return `${unitTypes[word] ?? placeCase(word)} ${number}`
  if (unitTypes[head]) return [unitTypes[head], ...tail].join(' ')
  return `Apt ${number.replace(/^# ?/, '')}`
}

export interface AddressParts {
  house_number: string | null
  street: string | null
  unit: string | null
}

/** Parts of a whole line: '123-A  N MAIN STREET  APT 4' → '123-A', 'N Main St', 'Apt 4'. What has no number is all street. */
export function splitAddressLine(line: string, second_line = ''): AddressParts {
  const words = line.trim().split(/\s+/).filter(Boolean)
  const [head = ''] = words
  const hasNumber = words.length > 1 && /^\d[\dA-Z/-]*$/i.test(head) && !/^\d+(ST|ND|RD|TH)$/i.test(head)
  let rest = hasNumber ? words.slice(1) : words
  const fraction = hasNumber && /^1\/[234]$/.test(rest[0] ?? '') ? rest.shift() : undefined

  const at = rest.findIndex(
    (word, index) =>
      index > 0 && (word.startsWith('#') || (unitTypes[word.toUpperCase()] !== undefined && isUnitAt(rest, index))),
  )
  const unit = at > 0 ? rest.slice(at).join(' ') : second_line.trim()
  if (at > 0) rest = rest.slice(0, at)
  return {
    house_number: hasNumber ? [head.toUpperCase(), fraction].filter(Boolean).join(' ') : null,
    street: rest.length > 0 ? streetCase(rest.join(' ')) : null,
    unit: unit ? unitOf('', unit) : null,
  }
}

/** 'FRONT ST', 'LOWER CREEK RD' are streets: a unit word counts only near the end, with at most two words after it. */
function isUnitAt(words: readonly string[], index: number): boolean {
  const after = words.slice(index + 1)
  if (after.length > 2) return false
  return !after.some((word) => streetTypes[word.toUpperCase()] !== undefined)
}
