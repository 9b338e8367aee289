import { fieldsOf, RecordReader } from '../reading/records.ts'
import type { VoterPhone } from '../queries.ts'
import { e164 } from '../rules/phones.ts'
import { phoneFields, type PhoneField, type PhoneMeaning, type SaidColumns } from '../schema.ts'

/** What a column of a phone file may be called, folded to letters and digits; of several the one that stands first here. */
const headings = {
  state_id: ['statevoterid', 'statevoteridnumber', 'statefileid', 'statevoterfileid', 'sboeid', 'voterid', 'voteridnumber', 'stateid', 'ncid', 'sosvoterid'],
  county_id: ['countyid', 'countyvoterid', 'countyemsid', 'emsid', 'countyvrnumber'],
  state: ['state', 'statecode'],
  county: ['county', 'countyname', 'borough'],
  first_name: ['firstname', 'first', 'fname', 'givenname'],
  last_name: ['lastname', 'last', 'lname', 'surname', 'familyname', '영문성', '성'],
  full_name: ['englishname', '영문이름', '영문명', '영문성명', 'name', 'fullname', 'votername', 'voter', 'contactname', 'contact', '이름', '성명'],
  birth_year: ['birthyear', 'yearofbirth', 'yob', 'birthdate', 'dob', 'dateofbirth', 'birthday', '생년', '생년월일', '출생연도'],
  address: ['address', 'streetaddress', 'fulladdress', 'address1', 'addressline1', 'residenceaddress', 'residentialaddress', 'homeaddress', 'voteraddress', '주소'],
  kind: ['kind', 'phonetype', 'type', 'linetype', 'phonekind', 'preferredphonetype', 'primaryphonetype'],
  quality: ['quality', 'score', 'confidence'],
  source: ['source', 'vendor'],
  date: ['date', 'receivedon', 'asof', 'updated'],
} as const satisfies Record<PhoneField, readonly string[]> // prettier-ignore
type Field = PhoneField
type PhoneKind = VoterPhone['kind']

interface PhoneColumns {
  fields: ReadonlyMap<Field, number>
  /** Every column of numbers, in the order of the file. */
  phones: { index: number; kind: PhoneKind }[]
}

/** What a file lacks that would let its numbers come to voters. */
type PhoneColumnProblem = 'no_phone_column' | 'no_match_column'

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9가-힣]/g, '')

/** Does a column of this name say whose the numbers are, or hold them? */
export const isPhoneFileHeading = (name: string): boolean =>
  phoneKindOf(name) !== null || Object.values(headings).some((known: readonly string[]) => known.includes(folded(name)))

/** Numbers at work are nobody's: Work Phone is left out. */
const phoneHeading =
  /^(?:primary|preferred|best|main|voter|contact|other|secondary|alternate|alt)?(?:(home|house|land|landline|residential)|(cell|cellular|mobile|wireless)|(voip))?(?:phone|telephone|tel)(?:number|num|no)?\d?(?:(home|house|landline)|(cell|cellular|mobile|wireless)|(voip)|primary|preferred)?\d?$/
const shortHeadings: Readonly<Record<string, PhoneKind>> = {
  cell: 'mobile', cellular: 'mobile', mobile: 'mobile', cellnumber: 'mobile', mobilenumber: 'mobile', landline: 'landline', landlinenumber: 'landline', homenumber: 'landline', voip: 'voip',
  휴대폰: 'mobile', 휴대전화: 'mobile', 핸드폰: 'mobile', 휴대폰번호: 'mobile', 집전화: 'landline', 집전화번호: 'landline', 전화: 'unknown', 전화번호: 'unknown', 연락처: 'unknown',
} // prettier-ignore

/** Whether a column holds numbers, and of which kind: 'Home Phone', 'Cell', 'Phone 2'. Null: it holds something else. */
export function phoneKindOf(heading: string): PhoneKind | null {
  const name = folded(heading)
  const short = shortHeadings[name.replace(/\d$/, '')]
  if (short) return short
  const [is, home, cell, voip, home_after, cell_after, voip_after] = phoneHeading.exec(name) ?? []
  if (is === undefined) return null
  return (home ?? home_after) ? 'landline' : (cell ?? cell_after) ? 'mobile' : (voip ?? voip_after) ? 'voip' : 'unknown'
}

const isField = (meaning: PhoneMeaning | ''): meaning is PhoneField => phoneFields.some((each) => each === meaning)

const kindSaid = (meaning: PhoneMeaning | ''): PhoneKind | null =>
  meaning === '' || isField(meaning) ? null : meaning === 'phone' ? 'unknown' : meaning

/**
 * Which column is what, or what is missing: a number and something to match by must be there. `said`: what somebody has said
 * of columns; of the others their headings tell.
 */
export function phoneColumns(header: readonly string[], said: SaidColumns = {}): PhoneColumns | PhoneColumnProblem {
  const isSaid = (heading: string): boolean => Object.hasOwn(said, heading)
  const names = header.map((heading) => (isSaid(heading) ? '' : folded(heading)))
  const fields = new Map<Field, number>()
  for (const [field, known] of Object.entries(headings) as [Field, readonly string[]][]) {
    const heading = known.find((name) => names.includes(name))
    if (heading !== undefined) fields.set(field, names.indexOf(heading))
  }
  for (const [index, heading] of header.entries()) {
    const meaning = isSaid(heading) ? (said[heading] ?? '') : ''
    if (isField(meaning)) fields.set(meaning, index)
  }
  // Beside a family name '이름' is the given one: 성 and 이름, 영문성 and 영문이름.
  const last = names[fields.get('last_name') ?? -1]
  const given = names.indexOf(last === '영문성' ? '영문이름' : '이름')
  if (last !== undefined && !fields.has('first_name') && given >= 0) fields.set('first_name', given)
  const phones = header.flatMap((heading, index) => {
    const kind = isSaid(heading) ? kindSaid(said[heading] ?? '') : phoneKindOf(heading)
    return kind ? [{ index, kind }] : []
  })
  if (phones.length === 0) return 'no_phone_column'
  const hasName = fields.has('full_name') || (fields.has('last_name') && fields.has('first_name'))
  const canMatch =
    fields.has('state_id') || fields.has('county_id') || (hasName && fields.has('birth_year') && fields.has('address'))
  return canMatch ? { fields, phones } : 'no_match_column'
}

/** What each column is taken for, for whoever is to say otherwise; '' where it is read past. */
export function phoneMeanings(header: readonly string[], said: SaidColumns = {}): (PhoneMeaning | '')[] {
  const columns = phoneColumns(header, said)
  return header.map((heading, at) => {
    if (Object.hasOwn(said, heading)) return said[heading] ?? ''
    const kind = phoneKindOf(heading)
    if (kind) return kind === 'unknown' ? 'phone' : kind
    const known = phoneFields.find((field) =>
      typeof columns === 'object'
        ? columns.fields.get(field) === at
        : headings[field].some((name) => name === folded(heading)),
    )
    return known ?? ''
  })
}

/** The first line of a phone file by the separator under which it names the columns; failing that, the most columns. */
export function phoneHeader(
  sample: Buffer,
  said: SaidColumns = {},
): {
  delimiter: string
  header: string[]
  columns: PhoneColumns | PhoneColumnProblem
} {
  const read = [',', '\t', ';', '|'].map((delimiter) => {
    const reader = new RecordReader({ delimiter, quote: '"', counts: null })
    reader.feed(sample)
    const header = reader.next(true) ? fieldsOf(reader).map((name) => name.trim()) : []
    return { delimiter, header, columns: phoneColumns(header, said) }
  })
  const [most = { delimiter: ',', header: [], columns: 'no_phone_column' as const }] = read.toSorted(
    (a, b) => b.header.length - a.header.length,
  )
  return read.find(({ columns }) => typeof columns === 'object') ?? most
}

/** A name as its parts, family name first, in every way in which it may be meant. */
interface NameReading {
  last: string
  first: string
}

/**
 * 'Kim, Young Hee' in one way; 'Young Hee Kim' in two, since the family name may stand first as well. Hangul says nothing
 * for or against a voter: the voter file has Roman letters only.
 */
export function nameReadings(text: string): NameReading[] {
  const plain = text
    .replace(/\([^)]*\)|[가-힣]+/g, ' ')
    .replace(/[,\s]+(?:JR|SR|II|III|IV|ESQ|MD)\.?\s*$/i, '')
    .replace(/^\s*(?:MR|MRS|MS|MISS|DR|REV)\.?\s+/i, '')
  const [before = '', after] = plain.split(',').map((part) => part.trim())
  if (after) return [{ last: before, first: after.split(/\s+/)[0] ?? '' }]
  const words = before.split(/\s+/).filter(Boolean)
  const [one = '', two = ''] = words
  if (words.length < 2) return []
  const particle = words.findIndex((word, index) => index > 0 && /^(?:de|del|della|di|da|dos|van|von|der|la|le|st|al)$/i.test(word)) // prettier-ignore
  const from = particle > 0 && particle < words.length - 1 ? particle : words.length - 1
  return [
    { last: words.slice(from).join(' '), first: one },
    { last: one, first: two },
  ]
}

/** The name of a row in every way in which it may be meant: where its parts are in Hangul, the whole in Roman letters beside them. */
export function nameOfRow(of: (field: 'last_name' | 'first_name' | 'full_name') => string): NameReading[] {
  const last = of('last_name')
  return last !== '' && !isHangul(last) ? [{ last, first: of('first_name') }] : nameReadings(of('full_name'))
}

export const isHangul = (name: string): boolean => /[가-힣]/.test(name)

/** '5/5/1958', '1958-05-05', '05051958', '1958' → 1958. */
export function birthYearOf(text: string): number | null {
  const digits = text.trim()
  const whole = /^\d{8}$/.test(digits)
    ? /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits)
      ? digits.slice(0, 4)
      : digits.slice(4)
    : text
  const year = /(?:19|20)\d\d/.exec(whole)?.[0]
  return year ? Number(year) : null
}

/** Our own scale for words and letters vendors use: a list that is sure of a number stands above one that is not. */
const qualityWords: Readonly<Record<string, number>> = {
  high: 90, good: 90, a: 90, 높음: 90, 상: 90, 좋음: 90,
  medium: 70, moderate: 70, fair: 70, b: 70, 보통: 70, 중간: 70, 중: 70,
  low: 50, c: 50, 낮음: 50, 하: 50,
  poor: 30, d: 30, 나쁨: 30,
} // prettier-ignore

/** 0-100 of '85', '85%', '0.85' or 'High'; null where nothing is said, or in a way we do not know. */
export function qualityOf(text: string): number | null {
  const word = text.toLowerCase()
  if (Object.hasOwn(qualityWords, word)) return qualityWords[word] ?? null
  const [, digits, percent] = /^(\d+(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text) ?? []
  if (digits === undefined) return null
  // A 1 without a point is one of a hundred.
  const quality = Number(digits) * (digits.includes('.') && Number(digits) <= 1 && !percent ? 100 : 1)
  return quality <= 100 ? Math.round(quality) : null
}

interface RowPhones {
  /** Each number once, with its kind where a column or the row says it. */
  phones: { phone: string; kind: PhoneKind }[]
  /** Columns in which something stands that is no number. */
  bad: number[]
}

/** The numbers of one row. `kind`: what the row itself says of the number, 'Wireless'. */
export function rowPhones(fields: readonly string[], columns: PhoneColumns, kind: string): RowPhones {
  const row: RowPhones = { phones: [], bad: [] }
  for (const { index, kind: of_column } of columns.phones) {
    const text = fields[index]?.trim() ?? ''
    if (text === '') continue
    const phone = e164(text)
    if (!phone) {
      row.bad.push(index)
      continue
    }
    const said = of_column === 'unknown' ? kindIn(kind) : of_column
    const known = row.phones.find((each) => each.phone === phone)
    if (!known) row.phones.push({ phone, kind: said })
    else if (known.kind === 'unknown') known.kind = said
  }
  return row
}

const kindIn = (text: string): PhoneKind =>
  /mob|cell|wireless/i.test(text)
    ? 'mobile'
    : /land|home/i.test(text)
      ? 'landline'
      : /voip/i.test(text)
        ? 'voip'
        : 'unknown'
