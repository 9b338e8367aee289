import { languages } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import './messages.ts'
import { memberColumns } from './members.ts'

/** What a column of a spreadsheet may mean. Columns of custom fields are `custom:<key>`. */
export const meanings = [
  'external_id',
  'state_voter_id',
  'last_name',
  'first_name',
  'middle_name',
  'full_name',
  'name_hangul',
  'preferred_title',
  'birth_year',
  'email',
  'phone',
  'address',
  'city',
  'zip5',
  'mail_address',
  'mail_unit',
  'mail_city',
  'mail_state',
  'mail_zip5',
  'language',
  'tag',
  'note',
  ...memberColumns,
] as const
export type Meaning = (typeof meanings)[number] | `custom:${string}`

export const matchKeys = ['external_id', 'state_voter_id', 'email', 'phone', 'name_birth_address'] as const
export type MatchKey = (typeof matchKeys)[number]

/** Needed columns of each key; any of the lists. */
const needs: Record<MatchKey, readonly (readonly Meaning[])[]> = {
  external_id: [['external_id']],
  state_voter_id: [['state_voter_id']],
  email: [['email']],
  phone: [['phone']],
  name_birth_address: [['last_name', 'first_name'], ['full_name'], ['name_hangul']],
}

export const isKeyUsable = (key: MatchKey, mapping: readonly (Meaning | null)[]): boolean =>
  needs[key].some((columns) => columns.every((column) => mapping.includes(column)))

/** As headers are folded: letters and digits only, small. */
const folded = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Headers people use, English and Korean, folded. '이름' and '영문이름' alone are whole names unless there is a family name. */
const headers: Record<(typeof meanings)[number], readonly string[]> = {
  external_id: [
    'id',
    'externalid',
    'memberid',
    'contactid',
    'vanid',
    'memberno',
    '번호',
    '회원번호',
    '아이디',
    '고유번호',
  ],
  state_voter_id: ['statevoterid', 'sboeid', 'voterid', 'stateid', '유권자번호', '주유권자번호', '유권자id'],
  last_name: ['lastname', 'last', 'surname', 'familyname', 'lname', '성', '영문성', '성영문'],
  first_name: ['firstname', 'first', 'givenname', 'fname', '영문이름', '이름영문'],
  middle_name: ['middlename', 'middle', 'mname', 'mi', '중간이름', '가운데이름'],
  full_name: ['name', 'fullname', 'englishname', '이름', '성명', '영문명', '영문성명'],
  name_hangul: [
    'koreanname',
    'hangul',
    'hangulname',
    'nameinkorean',
    'nameinhangul',
    '한글이름',
    '한글성명',
    '한글명',
    '한국이름',
  ],
  preferred_title: ['title', 'honorific', 'formofaddress', '호칭', '직함', '직책'],
  birth_year: [
    'birthyear',
    'yearofbirth',
    'yob',
    'dob',
    'dateofbirth',
    'birthdate',
    'birthday',
    '생년',
    '생년월일',
    '출생연도',
  ],
  email: ['email', 'emailaddress', 'mail', '이메일', '이메일주소', '메일', '전자우편'],
  phone: [
    'phone',
    'phonenumber',
    'telephone',
    'tel',
    'cell',
    'cellphone',
    'mobile',
    'mobilephone',
    'homephone',
    'bestphone',
    '전화',
    '전화번호',
    '휴대폰',
    '휴대전화',
    '핸드폰',
    '연락처',
    '집전화',
    '가장나은전화',
  ],
  address: ['address', 'streetaddress', 'address1', 'street', 'homeaddress', '주소', '집주소', '사는곳'],
  city: ['city', 'town', '도시', '시'],
  zip5: ['zip', 'zipcode', 'zip5', 'postalcode', '우편번호'],
  mail_address: [
    'mailaddress',
    'mailaddress1',
    'mailaddressline1',
    'mailstreet',
    'mailingaddress',
    'mailingaddress1',
    'mailingaddressline1',
    'mailingstreet',
    'postaladdress',
    '우편주소',
    '우편물주소',
    '우편받는주소',
    '우편물받는주소',
    '우편수령주소',
    '우편발송주소',
  ],
  mail_unit: [
    'mailunit',
    'mailapt',
    'mailaddress2',
    'mailaddressline2',
    'mailingunit',
    'mailingapt',
    'mailingaddress2',
    'mailingaddressline2',
    '우편호수',
    '우편받는호수',
    '우편물받는호수',
    '우편주소호수',
  ],
  mail_city: ['mailcity', 'mailingcity', 'postalcity', '우편도시', '우편받는도시', '우편물받는도시', '우편주소도시'],
  mail_state: ['mailstate', 'mailingstate', 'postalstate', '우편주', '우편받는주', '우편물받는주', '우편주소주'],
  mail_zip5: [
    'mailzip',
    'mailzip5',
    'mailzipcode',
    'mailpostalcode',
    'mailingzip',
    'mailingzip5',
    'mailingzipcode',
    'mailingpostalcode',
    '우편받는우편번호',
    '우편물받는우편번호',
    '우편주소우편번호',
    '우편물우편번호',
  ],
  language: ['language', 'preferredlanguage', '언어', '쓰는언어', '쓰시는언어', '선호언어', '사용언어'],
  tag: ['tag', 'tags', 'group', 'groups', '태그', '그룹', '분류'],
  note: ['note', 'notes', 'comment', 'comments', '메모', '비고', '참고'],
  member_kind: [
    'membership',
    'membershiptype',
    'membershipkind',
    'membershiplevel',
    'kindofmembership',
    'membertype',
    'memberkind',
    '회원종류',
    '회원구분',
    '회원유형',
  ],
  member_since: [
    'membersince',
    'joined',
    'joinedon',
    'joindate',
    'datejoined',
    'membershipstart',
    '가입일',
    '가입일자',
    '가입날짜',
    '입회일',
  ],
  member_state: [
    'memberstate',
    'memberstatus',
    'membershipstate',
    'membershipstatus',
    'membershipstanding',
    '회원상태',
    '회원자격',
  ],
  paid_until: [
    'paiduntil',
    'paidthrough',
    'paidthru',
    'paidto',
    'expires',
    'expirationdate',
    'membershipexpires',
    'membershipexpiration',
    'validuntil',
    '회비만료일',
    '회비납부기한',
    '납부기한',
    '회비유효기간',
    '회비기한',
    '납부만료일',
    '만료일',
    '유효기간',
  ],
  dues_amount: ['dues', 'duespaid', 'duesamount', 'amountpaid', '회비', '회비금액', '납부액', '납부금액', '낸회비'],
  dues_paid_on: [
    'duespaidon',
    'duesdate',
    'paidon',
    'datepaid',
    'paiddate',
    'paymentdate',
    '납부일',
    '회비납부일',
    '납부날짜',
    '입금일',
  ],
  dues_way: ['paymentmethod', 'paidby', 'howpaid', 'methodofpayment', '납부방법', '결제방법', '지불방법'],
  dues_reference: ['checkno', 'checknumber', 'check', '수표번호'],
  body: [
    'chapter',
    'committee',
    'chapterorcommittee',
    'chaptercommittee',
    '지부',
    '위원회',
    '소속지부',
    '소속위원회',
    '지부위원회',
  ],
  office: ['office', 'officeheld', 'committeerole', '직위', '임원직', '맡은직위'],
  term_from: ['termfrom', 'termstart', 'termstarts', 'termbegins', '임기시작', '임기시작일'],
  term_until: ['termuntil', 'termend', 'termends', '임기끝', '임기종료', '임기종료일', '임기만료일'],
}

/** What our own pages call each of them, in every language: whoever names the columns after them is understood. */
const isOurLabel = (meaning: (typeof meanings)[number], name: string): boolean =>
  languages.some((language) => folded(translator(language)(`imports.meaning.${meaning}`)) === name)

/** 'Amount' alone says nothing; beside what is said of a membership, and where nothing else is the dues, it is of them. */
const amounts: readonly string[] = ['amount', '금액']
const ofMembership = ['member_kind', 'member_since', 'member_state', 'paid_until'] as const
const isNamedAs = (name: string, of: readonly (typeof meanings)[number][]): boolean =>
  of.some((each) => headers[each].includes(name) || isOurLabel(each, name))
const isAmountDues = (all: readonly string[]): boolean =>
  all.some((name) => isNamedAs(name, ofMembership) || /dues|회비/.test(name)) &&
  !all.some((name) => isNamedAs(name, ['dues_amount']))

/** Several phones, e-mails, tags and notes are fine; anything else is taken once, from the first column that says so. */
const repeatable: readonly string[] = ['phone', 'email', 'tag', 'note']

/** Columns of the whole name in Roman letters; '이름' beside one is the name in Hangul. */
const romanNames: readonly string[] = ['영문이름', '영문명', '영문성명', 'englishname']

/** What a column of a name is by the columns beside it; undefined: what its header says. */
function nameMeaning(name: string, all: readonly string[]): Meaning | null | undefined {
  const isThere = (known: readonly string[]): boolean => all.some((each) => each !== name && known.includes(each))
  const isHangulElsewhere = isThere(headers.name_hangul)
  if (isThere(headers.last_name)) {
    if (name !== '이름') return undefined
    // 성 and 이름; beside 영문성 and 영문이름 it is the whole name in Hangul.
    return all.includes('성') || !isThere(headers.first_name) ? 'first_name' : isHangulElsewhere ? null : 'name_hangul'
  }
  if (name === '영문이름') return 'full_name'
  if ((name === '이름' || name === '성명') && isThere(romanNames)) return isHangulElsewhere ? null : 'name_hangul'
  return undefined
}

/** What the columns mean, as far as their headers say; null: left out. `custom`: the organization's fields. */
export function guessMapping(
  names: readonly string[],
  custom: readonly { key: string; label: Record<string, string> }[] = [],
): (Meaning | null)[] {
  const all = names.map(folded)
  const taken = new Set<string>()
  const amountIsDues = isAmountDues(all)
  return all.map((name) => {
    const plain = name.replace(/\d+$/, '')
    let meaning: Meaning | null =
      meanings.find((each) => headers[each].includes(name)) ??
      meanings.find((each) => isOurLabel(each, name)) ??
      meanings.find((each) => repeatable.includes(each) && headers[each].includes(plain)) ??
      null
    const beside = nameMeaning(name, all)
    if (beside !== undefined) meaning = beside
    const field = custom.find(({ key, label }) => [key, ...Object.values(label)].some((each) => folded(each) === name))
    if (!meaning && field) meaning = `custom:${field.key}`
    if (!meaning && amounts.includes(name) && amountIsDues) meaning = 'dues_amount'
    if (!meaning || (taken.has(meaning) && !repeatable.includes(meaning))) return null
    taken.add(meaning)
    return meaning
  })
}

/** The best key the columns allow. */
export const guessKey = (mapping: readonly (Meaning | null)[]): MatchKey | null =>
  matchKeys.find((key) => isKeyUsable(key, mapping)) ?? null
