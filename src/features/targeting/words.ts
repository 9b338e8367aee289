import {
  channels,
  cohortStates,
  communities,
  consentStates,
  duesStates,
  eventStates,
  followUpKinds,
  followUpStates,
  districtKinds,
  electionKinds,
  furtherDistrictKinds,
  parties,
  phoneKinds,
  possessions,
  registrationSources,
  stateIds,
  sexes,
  statuses,
  suppressionReasons,
  taskStates,
  typedFields,
  voteMethods,
  type Channel,
  type CohortState,
  type Community,
  type ConsentChannel,
  type ConsentState,
  type DistrictKind,
  type DuesState,
  type ElectionKind,
  type EventState,
  type FollowUpKind,
  type FollowUpState,
  type Party,
  type PhoneKind,
  type Possession,
  type RegistrationSource,
  type StateId,
  type RelationshipKind,
  type Sex,
  type Standing,
  type Status,
  type SuppressionReason,
  type TaskState,
  type TypedField,
  type VoteMethod,
  eventParts,
  type EventPart,
} from './schema.ts'
import { channels as consentChannels, relationshipKinds, standings } from '../people/schema.ts'
import { delegatedKinds, type Delegated } from '../access/permissions.ts'
import { nearestWord } from '../../platform/nearest.ts'

/*
 * Every word one may type, in English and Korean, and what it stands for. The first line of each entry is the
 * canonical word itself. Korean by the terms of Korean papers in New York; forms met in print are accepted.
 */

export type Words<T extends string> = ReadonlyMap<string, T>

function words<T extends string>(canonical: readonly T[], also: Partial<Record<T, string>>): Words<T> {
  const map = new Map<string, T>()
  for (const value of canonical) {
    map.set(fold(value), value)
    for (const word of (also[value] ?? '').split(' ')) if (word) map.set(fold(word), value)
  }
  return map
}

/** Case, hyphen and underscore do not matter. */
export const fold = (word: string): string => word.normalize('NFC').toLowerCase().replaceAll('_', '-')

export const fieldWords: Words<TypedField> = words(typedFields, {
  name: '이름 성명',
  first: 'given first-name 이름만',
  last: 'surname last-name 성 성씨',
  middle: 'middle-name 중간이름 가운데이름 미들네임',
  suffix: 'name-suffix 접미사 이름접미사',
  status: '상태 등록상태',
  party: '정당 소속정당',
  state: '주',
  county: '카운티 borough 보로',
  district: '선거구',
  city: '도시 동네',
  zip: '우편번호 zipcode',
  street: 'address 거리 도로 주소',
  area: 'map-area 지역 영역',
  age: '나이 연령',
  born: '출생연도 생년월일 birth-year birth-date',
  birthday: '생일',
  sex: '성별 gender',
  voted: '투표',
  skipped: 'missed 불참 투표불참',
  'last-voted': '마지막투표',
  method: '투표방법 투표방식',
  registered: '등록 등록일',
  'registered-by': 'registration-source source 등록경로',
  'state-id': 'voter-id 유권자번호 주유권자번호',
  'first-seen': '처음나온명부',
  'last-seen': '마지막나온명부',
  phone: '전화',
  has: '있음',
  consent: '동의',
  language: '언어 lang',
  speaks: '구사언어',
  community: '커뮤니티',
  tag: '태그',
  field: 'custom 항목',
  contacted: '연락',
  reached: '통화',
  'last-contact': 'last-contacted 마지막연락',
  result: '결과',
  attempts: '시도',
  talks: 'conversations 통화횟수',
  support: '지지 지지성향',
  answer: '답변',
  'follow-up': 'followup 후속 후속조치',
  household: '가구 세대',
  related: 'relationship 관계',
  member: 'membership 회원',
  'member-kind': 'kind membership-kind 회원종류',
  'member-since': '가입일 회원가입일',
  dues: '회비',
  event: 'events 행사',
  invited: '초대',
  attended: '참석',
  'signed-up': 'rsvp 참가신청',
  'no-show': 'noshow 노쇼 행사불참',
  hosted: 'host 주최',
  partner: 'partners 협력단체',
  hours: 'service-hours 봉사시간',
  stage: 'rung 단계 리더십단계',
  role: 'office 직책',
  committee: 'committees 위원회',
  chapter: 'chapters 지부',
  board: '이사회',
  trained: 'training 교육이수 수료',
  delegated: 'delegation 위임',
  part: 'spoke parts 행사역할 맡은역할',
  'next-step': 'nextstep 다음걸음 다음단계',
  task: 'tasks action-item 할일',
  cohort: 'cohorts 기수',
  suppressed: '제외',
  in: '명단 universe 대상',
  sample: '표본',
  split: '나누기 비교집단',
})

/**
 * Names the field has for groups, each a word alone: what it says, which is how it is printed. Whoever votes in primaries is
 * "prime" in New York; of the last three primaries one, two or all. Campaigns draw these lines differently: the text one gets
 * back says which was drawn.
 */
const named: Readonly<Record<string, { says: string; also: string }>> = {
  'triple-prime': { says: 'voted>=3/3:primary', also: 'tripleprime 트리플프라임' },
  'double-prime': { says: 'voted>=2/3:primary', also: 'doubleprime 더블프라임' },
  prime: { says: 'voted>=1/3:primary', also: 'prime-voter 프라임' },
  'super-voter': { says: 'voted>=4/4', also: 'supervoter 개근투표' },
  'never-voted': { says: '-last-voted:ever', also: 'non-voter nonvoter 투표한적없음' },
  // The next general election is the first they can vote in.
  'first-time': { says: '-last-voted:ever -skipped>=1/1:general', also: 'first-time-voter 첫투표 생애첫투표' },
  'newly-registered': { says: 'registered:1y', also: 'new-registrant 신규등록' },
}
export const groupNames: readonly string[] = Object.keys(named)
/** Folded word to the expression it stands for. */
export const groupWords: ReadonlyMap<string, string> = new Map(
  Object.entries(named).flatMap(([word, { says, also }]) =>
    [word, ...also.split(' ')].map((each): [string, string] => [fold(each), says]),
  ),
)
export const isHangul = (text: string): boolean => /\p{Script=Hangul}/u.test(text)

/** Those that are also written in two words or three, in English with “voters” behind them too. */
const apart = [
  'triple prime',
  'double prime',
  'prime voter',
  'super voter',
  'never voted',
  'first time voter',
  'first time',
  'newly registered',
  '트리플 프라임',
  '더블 프라임',
  '개근 투표',
  '투표한 적 없음',
  '생애 첫 투표',
  '첫 투표',
  '신규 등록',
].map((words) => ({
  first: words.split(' ', 1)[0] ?? '',
  word: words.replaceAll(' ', isHangul(words) ? '' : '-'),
  begins: new RegExp(
    `^${words.replaceAll(' ', '\\s+')}${isHangul(words) ? '' : '(?:s|\\s+voters?)?'}(?![\\p{L}\\p{N}:<>=_-])`,
    'iu',
  ),
}))
/** What could begin one: as a name alone it says that it is one. */
export const beginsGroup: ReadonlySet<string> = new Set(apart.map(({ first }) => first))
/** The group a text begins with in several words. */
export function groupApart(text: string): { word: string; length: number } | null {
  for (const { word, begins } of apart) {
    const found = begins.exec(text)
    if (found) return { word, length: found[0].length }
  }
  return null
}

export const partyWords: Words<Party> = words(parties, {
  dem: 'd democrat democratic 민주 민주당',
  rep: 'r republican gop 공화 공화당',
  con: 'c conservative 보수 보수당',
  wor: 'wf wfp working-families 노동가족당 근로가족당',
  gre: 'green 녹색당',
  lib: 'libertarian 자유지상당 자유당',
  ind: 'independence 독립당',
  oth: 'other 기타',
  none: 'blank blk unaffiliated 미가입 정당미가입 당적없음 무소속',
})

export const statusWords: Words<Status> = words(statuses, {
  active: '활성',
  inactive: '비활성',
  military: '군인',
  federal: '연방',
  overseas: '해외',
  purged: '말소 삭제',
  preregistered: 'pre-registered 사전등록',
  gone: 'missing 명부에없음',
})

export const sexWords: Words<Sex> = words(sexes, {
  F: 'female woman women 여 여자 여성',
  M: 'male man men 남 남자 남성',
  X: 'nonbinary 제3',
  unknown: 'none 모름',
})

export const communityWords: Words<Community> = words(communities, {
  korean: '한인 한국계 코리안 한국 한국인',
  chinese: '중국계 중국인 중국',
  south_asian: 'indian 남아시아계 인도계 남아시아 인도',
  vietnamese: '베트남계 베트남',
  filipino: '필리핀계 필리핀',
  japanese: '일본계 일본인 일본',
})

export const sourceWords: Words<RegistrationSource> = words(registrationSources, {
  dmv: 'motor-vehicles 차량국 운전면허',
  mail: 'post 우편',
  agency: 'agcy 기관',
  board: 'cboe boe 선관위',
  school: '학교',
  local: 'localreg drive 현장',
  unknown: '모름',
})

export const stateIdWords: Words<StateId> = words(stateIds, {
  known: '있음',
  waiting: '대기 기다림',
  unmatched: 'city-only 주명부에없음',
})

export const methodWords: Words<VoteMethod> = words(voteMethods, {
  unknown: '모름',
  poll: 'polls election-day 투표소 당일',
  early: 'early-voting 사전투표',
  mail: 'absentee 우편 우편투표 부재자',
  affidavit: 'provisional 선서 선서투표',
  military: '군인',
  other: '기타',
})

export const consentWords: Words<ConsentChannel> = words(consentChannels, {
  phone: 'call 전화',
  text: 'sms 문자',
  email: 'e-mail 이메일',
  post: 'mail 우편',
})

export const consentStateWords: Words<ConsentState> = words(consentStates, {
  given: 'yes opted-in 동의함 동의',
  refused: 'no opted-out 거부 거절',
  unknown: 'never-asked 모름',
})

export const relationshipWords: Words<RelationshipKind> = words(relationshipKinds, {
  spouse: '배우자',
  parent: '부모',
  child: '자녀',
  sibling: '형제자매',
  relative: '친척',
  friend: '친구',
  colleague: '동료',
  referred_by: '소개',
  household: '한집',
})

export const standingWords: Words<Standing> = words([...standings, 'good'] as const, {
  applied: '신청',
  approved: '승인',
  active: '정회원 활동',
  grace: '유예',
  lapsed: 'expired 만료',
  resigned: '탈퇴',
  expelled: '제명',
  good: 'in-good-standing 자격유지',
})

/** Months by name and number, for birthdays. */
export const monthWords: ReadonlyMap<string, number> = new Map(
  ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'].flatMap((name, at): [string, number][] => [
    [name, at + 1], [name.slice(0, 3), at + 1], [String(at + 1), at + 1], [String(at + 1).padStart(2, '0'), at + 1], [`${at + 1}월`, at + 1],
  ]),
) // prettier-ignore

export const electionWords: Words<ElectionKind> = words(electionKinds, {
  general: '본선거 본선 총선거',
  primary: '예비선거 예선',
  'presidential-primary': 'pres-primary 대통령예비선거',
  special: '보궐선거 보선 특별선거',
  runoff: '결선투표 결선',
  local: '지방선거',
})

export const districtWords: Words<DistrictKind> = words<DistrictKind>([...districtKinds, ...furtherDistrictKinds], {
  congress: 'us-house cd congressional house 연방하원',
  senate: 'ny-senate state-senate sd 주상원',
  assembly: 'ny-assembly state-house ad 주하원',
  'nyc-council': 'council ccd city-council 시의회 뉴욕시의회 시의원',
  ed: 'election-district 투표구',
  precinct: '투표구역',
  school: '학군',
  'civil-court': '민사법원',
  ward: '워드',
  town: '타운',
  village: '빌리지',
  city: '시',
  township: '타운십',
  municipality: '자치시',
  'county-legislature': '카운티의회',
  'county-commission': '카운티커미션',
  judicial: '사법구',
  'superior-court': '상급법원',
})

export const channelWords: Words<Channel> = words(channels, {
  phone: 'call 전화',
  text: 'sms 문자',
  email: 'e-mail 이메일',
  post: 'mail 우편',
  door: '가정방문',
  event: '행사',
  inbound_phone: 'inbound 걸려온전화',
  web: '웹 양식',
})

export const phoneWords: Words<PhoneKind> = words(phoneKinds, {
  mobile: 'cell 휴대폰 휴대전화',
  landline: 'home 집전화',
  voip: '인터넷전화',
  unknown: '모름',
})

export const possessionWords: Words<Possession> = words(possessions, {
  phone: '전화 전화번호',
  mail: 'address mailbox 우편주소 주소',
  email: 'e-mail 이메일',
  person: 'record 기록',
  note: '메모',
  hangul: '한글 한글이름',
})

export const suppressionWords: Words<SuppressionReason> = words(suppressionReasons, {
  do_not_call: 'dnc 전화거부',
  deceased: '작고 사망',
  moved: '이사',
  hostile: 'abusive 폭언',
  legal: '법적요청',
  wrong_number: '잘못된번호',
  disconnected: '결번',
})

/** Counties of New York by the names people use; others are taken as typed, as a slug. */
export const countyWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    queens: '퀸즈 퀸스',
    kings: 'brooklyn 브루클린 킹스',
    'new-york': 'manhattan newyork 맨해튼 맨하탄 뉴욕',
    bronx: '브롱스 브롱크스',
    richmond: 'staten-island statenisland 스태튼아일랜드 리치몬드',
    nassau: '나소 나쏘 낫소',
    suffolk: '서폭 서포크',
    westchester: '웨체스터 웨스트체스터',
    rockland: '락랜드 로클랜드',
  }).flatMap(([slug, also]) => [slug, ...also.split(' ')].map((word): [string, string] => [fold(word), slug])),
)

/** Cities as post goes there, by what Korean papers call them; others are taken as typed. */
export const cityWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    flushing: '플러싱 후러싱',
    bayside: '베이사이드',
    'oakland gardens': '오클랜드가든 오클랜드가든스',
    'fresh meadows': '프레시메도 프레시메도우 프레시메도우스',
    douglaston: '더글라스턴 더글라스톤',
    'little neck': '리틀넥',
    whitestone: '화잇스톤 와잇스톤 화이트스톤',
    'college point': '칼리지포인트',
    sunnyside: '서니사이드',
    woodside: '우드사이드',
    elmhurst: '엘름허스트',
    'jackson heights': '잭슨하이츠',
    astoria: '아스토리아',
    'long island city': '롱아일랜드시티',
    'forest hills': '포레스트힐스 포레스트힐',
    jamaica: '자메이카',
  }).flatMap(([city, also]) => also.split(' ').map((word): [string, string] => [fold(word), city])),
)

/** Languages people speak here, by BCP 47 tag, and who told us none. */
export const languageWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ko: 'korean 한국어 한국말 한글',
    en: 'english 영어',
    zh: 'chinese mandarin 중국어',
    yue: 'cantonese 광둥어',
    es: 'spanish 스페인어',
    bn: 'bengali bangla 벵골어',
    hi: 'hindi 힌디어',
    ur: 'urdu 우르두어',
    pa: 'punjabi 펀자브어',
    ne: 'nepali 네팔어',
    vi: 'vietnamese 베트남어',
    tl: 'tagalog filipino 타갈로그어',
    ja: 'japanese 일본어',
    ru: 'russian 러시아어',
    ar: 'arabic 아랍어',
    fr: 'french 프랑스어',
    pl: 'polish 폴란드어',
    unknown: '모름',
  }).flatMap(([tag, also]) => [tag, ...also.split(' ')].map((word): [string, string] => [fold(word), tag])),
)

/** Results of a contact (contacts/schema.ts, which is above us); codes we do not know are taken as typed. */
const results = [
  'canvassed',
  'no_answer',
  'left_message',
  'call_back',
  'refused',
  'wrong_number',
  'disconnected',
  'language_barrier',
  'do_not_call',
  'busy',
  'not_available',
  'moved',
  'deceased',
  'hostile',
] as const

export const resultWords: Words<(typeof results)[number]> = words(results, {
  canvassed: 'answered spoke 통화함',
  no_answer: 'noanswer 안받음 부재중 무응답',
  left_message: 'message voicemail 메시지남김',
  call_back: 'callback 다시걸기',
  refused: '거절',
  wrong_number: 'wrong 잘못된번호',
  disconnected: '결번',
  language_barrier: 'language 다른언어',
  do_not_call: 'dnc 전화원치않음',
  busy: '통화중신호',
  not_available: '지금곤란',
  moved: '이사함',
  deceased: '작고하심',
  hostile: 'abusive 폭언',
})

/** The canonical word as it is printed: 'south-asian', 'do-not-call'. */
export const printed = (value: string): string => value.replaceAll('_', '-')

/** The nearest word one may have meant, or null. */
export const nearest = (typed: string, known: Iterable<string>): string | null => nearestWord(fold(typed), known)

export const followUpWords: Words<FollowUpKind> = words(followUpKinds, {
  volunteer: '봉사 봉사희망',
  yard_sign: 'sign 표지판',
  ride: '라이드 차편',
  mail_ballot: '우편투표',
  organizer: 'organizer 운영자',
  call_back_too_late: 'late-call-back 늦은재통화',
  return_call: 'called-back 다시전화주심',
  text_reply: 'wrote-back 문자답장',
})

export const followUpStateWords: Words<FollowUpState> = words(followUpStates, {
  open: 'to-do 남음 미완료',
  done: 'solved 끝남 완료',
})

export const eventWords: Words<EventState> = words(eventStates, {
  signed_up: 'rsvp signup 신청 참가신청',
  attended: 'came 참석',
  no_show: 'noshow 불참 오지않음',
})

/** Kinds of events every organization begins with (events/kinds.ts, which is above us); its own are taken as typed. */
const eventKinds = [
  'roundtable',
  'leadership_forum',
  'community_service',
  'social',
  'candidate_forum',
  'phone_bank',
  'canvass',
  'training',
  'meeting',
  'lobby_visit',
  'press_event',
] as const

export const eventKindWords: Words<(typeof eventKinds)[number]> = words(eventKinds, {
  roundtable: '간담회 교육간담회',
  leadership_forum: 'forum 포럼 리더십포럼',
  community_service: 'service 봉사 봉사활동 지역봉사',
  social: '친목 친목모임',
  candidate_forum: '후보포럼 후보토론회',
  phone_bank: 'phonebank 전화캠페인',
  canvass: '가정방문',
  training: '교육',
  meeting: '회의',
  lobby_visit: '의원방문',
  press_event: 'press 기자회견',
})

export const cohortStateWords: Words<CohortState> = words(cohortStates, {
  applied: '지원',
  wait_listed: 'waiting 대기',
  accepted: '선발 합격',
  declined: '불합격 선발하지않음',
  withdrawn: 'withdrew 철회 지원철회',
  left: '중도포기 그만둠',
  alumni: 'alum finished 수료 수료생',
})

export const taskStateWords: Words<TaskState> = words(taskStates, {
  open: 'to-do 남음 미완료',
  overdue: 'late 기한지남',
  done: 'taken 끝남 완료 마침',
  moved_on: 'dropped 그만둠 넘어감',
})

/** Kinds of membership every organization begins with; its own are taken as typed. */
export const membershipKindWords: Words<string> = words(
  ['regular', 'student', 'senior', 'family', 'honorary', 'associate'],
  { regular: '일반 일반회원', student: '학생 학생회원', senior: '시니어 시니어회원', family: '가족 가족회원', honorary: '명예 명예회원', associate: '준회원' },
) // prettier-ignore

export const duesWords: Words<DuesState> = words(duesStates, {
  due: 'renewal 낼때 납부대상 갱신',
  paid: '냄 납부',
  waived: 'free 면제',
})

export const eventPartWords: Words<EventPart> = words(eventParts, {
  facilitator: 'moderator 진행자 사회자',
  speaker: 'speakers 발표자 강사',
  panelist: 'panel 패널',
  mentor: 'mentors 멘토',
  interpreter: 'interpreters 통역',
  note_taker: 'notes 기록',
})

export const delegatedWords: Words<Delegated> = words(delegatedKinds, {
  host_phone_banks: 'host 전화캠페인진행 진행',
  read_responses: 'responses 응답열람 응답',
  door: '행사장출석확인 출석확인',
})

/** Fields whose names are surnames too. */
const alsoSurnames: ReadonlySet<string> = new Set(['name', 'field', 'street', 'born'])
const places: ReadonlySet<string> = new Set(['queens', 'brooklyn', 'bronx', 'manhattan', 'flushing', 'bayside'])

/** What a word without its field may be meant as. Short words are left alone: Green and 남 are surnames. */
export function meantWord(name: string): string | null {
  const word = fold(name)
  const isKorean = /\p{Script=Hangul}/u.test(word)
  const community = communityWords.get(word)
  if (community) return `community:${printed(community)}`
  const field = fieldWords.get(word)
  if (field && !alsoSurnames.has(field) && word.length > 1) return `${field}:`
  const isPlace = isKorean || places.has(word)
  const county = countyWords.get(word)
  if (county && isPlace) return `county:${county}`
  const city = cityWords.get(word) ?? ([...cityWords.values()].includes(word) ? word : undefined)
  if (city && isPlace) return `city:${/\s/.test(city) ? `"${city}"` : city}`
  const sex = sexWords.get(word)
  if (sex && sex !== 'unknown' && word.length > (isKorean ? 1 : 3)) return `sex:${sex}`
  const party = partyWords.get(word)
  return party && word.length > (isKorean ? 2 : 7) ? `party:${party}` : null
}
