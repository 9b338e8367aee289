import { messages } from '../platform/i18n/messages.ts'

export const districtMessages = messages({
  'districts.title': { en: 'Districts', ko: '선거구' },
  'districts.lead': {
    en: 'Choose a district on the map or in the list: its voters, how they vote, whom we reached, and who represents them.',
    ko: '지도나 목록에서 선거구를 고르세요. 유권자와 투표 참여, 우리가 연락한 사람, 선출직 공직자를 볼 수 있습니다.',
  },
  'districts.kinds': { en: 'Kind of district', ko: '선거구 종류' },
  'districts.states': { en: 'State', ko: '주' },
  'districts.of_state': { en: '{{name}}, {{state}}', ko: '{{name}}({{state}})' },
  'districts.no_map': {
    en: 'No map of these districts is loaded; the list has them all.',
    ko: '이 선거구의 지도를 아직 올리지 않았습니다. 목록에는 모두 있습니다.',
  },
  'districts.search': { en: 'Number or name of an official', ko: '선거구 번호나 공직자 이름' },
  'districts.search_hint': { en: '20, Queens, Grace Meng, 론 김', ko: '20, 퀸즈, Grace Meng, 론 김' },
  'districts.find': { en: 'Find', ko: '찾기' },
  'districts.found': { en: 'Found for “{{typed}}”', ko: '“{{typed}}” 찾은 결과' },
  'districts.found_none': {
    en: 'No district and no official for “{{typed}}”. Try a number, a county or a part of the name.',
    ko: '“{{typed}}”에 맞는 선거구나 공직자가 없습니다. 번호나 카운티, 이름 일부로 찾아보세요.',
  },
  'districts.voters': { en: 'Registered voters', ko: '등록 유권자' },
  'districts.counting': { en: 'Voters are being counted', ko: '유권자를 세고 있습니다' },
  'districts.counting_text': {
    en: 'The first time after a new voter file this takes up to two minutes. Open the page again in a moment.',
    ko: '새 유권자 명부를 올린 뒤 처음에는 2분쯤 걸릴 수 있습니다. 잠시 뒤에 다시 열어 주세요.',
  },
  'districts.again': { en: 'Look again', ko: '다시 보기' },
  'districts.no_voters': { en: 'No voters of this district are loaded', ko: '이 선거구의 유권자가 아직 없습니다' },
  'districts.no_voters_text': {
    en: 'Either no voter file of it is loaded, or the file does not name this kind of district and no crosswalk fills it.',
    ko: '이 지역의 유권자 명부를 아직 올리지 않았거나, 명부에 이 선거구 종류가 없고 투표구 대조표도 없습니다.',
  },
  'districts.maps_link': { en: 'Maps and crosswalks', ko: '지도와 투표구 대조표' },
  'districts.active': { en: 'Active', ko: '활성' },
  'districts.households': { en: 'Households', ko: '가구' },
  'districts.with_phone': { en: 'Can be phoned', ko: '전화할 수 있음' },
  'districts.share': { en: '{{percent}} of voters', ko: '유권자의 {{percent}}' },
  'districts.who': { en: 'Who the voters are', ko: '어떤 유권자인가' },
  'districts.who_lead': {
    en: 'Communities are estimated from names: a chance, never a fact about a person. Each voter with 50% or more is counted.',
    ko: '커뮤니티는 이름으로 추정한 값입니다. 가능성일 뿐 개인에 대한 사실이 아닙니다. 50% 이상인 유권자를 셉니다.',
  },
  'districts.by_party': { en: 'By party', ko: '정당별' },
  'districts.by_age': { en: 'By age', ko: '나이별' },
  'districts.by_community': { en: 'Likely community', ko: '커뮤니티 추정' },
  'districts.unknown': { en: 'not known', ko: '알 수 없음' },
  'districts.turnout': { en: 'Turnout over time', ko: '투표 참여 추이' },
  'districts.turnout_lead': {
    en: 'How many of today’s voters took part; people who moved away since are not in it, and primaries are open to their party only.',
    ko: '지금 등록된 유권자 가운데 투표한 사람 수입니다. 그 뒤 이사 간 사람은 빠져 있고, 예비선거는 해당 정당 등록자만 투표합니다.',
  },
  'districts.turnout_voted': { en: 'Voters who took part', ko: '투표한 유권자' },
  'districts.turnout_none': {
    en: 'The voter file holds no voting history of this district.',
    ko: '명부에 이 선거구의 투표 이력이 없습니다.',
  },
  'districts.election.general': { en: '{{when}} general', ko: '{{when}} 본선거' },
  'districts.election.primary': { en: '{{when}} primary', ko: '{{when}} 예비선거' },
  'districts.election.presidential_primary': { en: '{{when}} presidential primary', ko: '{{when}} 대통령 예비선거' },
  'districts.contacts': { en: 'Our contacts', ko: '우리 단체의 연락' },
  'districts.contacts_none': {
    en: 'We have not contacted anybody here yet.',
    ko: '아직 이 선거구 유권자에게 연락하지 않았습니다.',
  },
  'districts.attempts': { en: 'Attempts', ko: '연락 시도' },
  'districts.reached': { en: 'Voters talked with', ko: '대화한 유권자' },
  'districts.recent': { en: 'Last seven days', ko: '지난 7일' },
  'districts.support': { en: 'Support, last answer', ko: '지지 성향(마지막 답변)' },
  'districts.support.1': { en: '1 strong support', ko: '1 적극 지지' },
  'districts.support.2': { en: '2 leaning to us', ko: '2 지지하는 편' },
  'districts.support.3': { en: '3 undecided', ko: '3 미정' },
  'districts.support.4': { en: '4 leaning away', ko: '4 지지하지 않는 편' },
  'districts.support.5': { en: '5 against', ko: '5 지지 안 함' },
  'districts.map': { en: 'Where it lies', ko: '위치' },
  'districts.neighbors': { en: 'Next to it', ko: '맞닿은 선거구' },
  'districts.eds': { en: 'Its election districts', ko: '소속 투표구' },
  'districts.eds_lead': {
    en: 'Darker where more voters are registered. Divided ones are counted whole: who of them lives here is not known.',
    ko: '등록 유권자가 많을수록 진합니다. 나뉜 투표구는 전체를 셉니다. 그중 누가 이 선거구에 사는지는 알 수 없습니다.',
  },
  'districts.make_universe': { en: 'Make a universe of it', ko: '대상 유권자로 만들기' },
  'districts.start_phonebank': { en: 'Start a phone bank', ko: '전화 캠페인 시작' },
  'districts.print': {
    en: 'To print this page, use your browser’s print command.',
    ko: '인쇄하려면 브라우저의 인쇄 기능을 쓰세요.',
  },
  'districts.printed': { en: '{{organization}}, {{date}}', ko: '{{organization}}, {{date}}' },
  'districts.straddling': {
    en: {
      one: '{{count}} more voter lives in a divided election district and may belong here.',
      other: '{{count}} more voters live in divided election districts and may belong here.',
    },
    ko: '나뉜 투표구에 사는 유권자 {{count}}명이 이 선거구에 속할 수도 있습니다.',
  },
  'districts.parts_not_named': {
    en: {
      one: 'Of {{count}} divided election district the crosswalk names only the largest part, in another district. If the rest lies here, its voters are not counted.',
      other:
        'Of {{count}} divided election districts the crosswalk names only the largest part, in other districts. If the rest lies here, its voters are not counted.',
    },
    ko: '나뉜 투표구 {{count}}곳은 대조표에 가장 큰 부분만, 그것도 다른 선거구로 적혀 있습니다. 나머지 부분이 이 선거구라면 그곳 유권자는 여기에 세지 않았습니다.',
  },
})

declare module '../platform/i18n/messages.ts' {
  interface RoomMessages {
    districts: typeof districtMessages
  }
}
