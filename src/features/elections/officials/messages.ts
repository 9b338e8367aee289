import { messages } from '../../../platform/i18n/messages.ts'

export const officialsMessages = messages({
  'officials.title': { en: 'Elected officials', ko: '선출직 공직자' },
  'officials.office.us_representative': { en: 'U.S. Representative', ko: '연방하원의원' },
  'officials.office.us_senator': { en: 'U.S. Senator', ko: '연방상원의원' },
  'officials.office.governor': { en: 'Governor', ko: '주지사' },
  'officials.office.lieutenant_governor': { en: 'Lieutenant Governor', ko: '부지사' },
  'officials.office.attorney_general': { en: 'Attorney General', ko: '주검찰총장' },
  'officials.office.state_senator': { en: 'State Senator', ko: '주상원의원' },
  'officials.office.assembly_member': { en: 'Assembly Member', ko: '주하원의원' },
  'officials.office.mayor': { en: 'Mayor', ko: '시장' },
  'officials.office.public_advocate': { en: 'Public Advocate', ko: '공익옹호관' },
  'officials.office.comptroller': { en: 'Comptroller', ko: '시 감사원장' },
  'officials.office.council_member': { en: 'Council Member', ko: '시의원' },
  'officials.office.borough_president': { en: 'Borough President', ko: '보로장' },
  'officials.office.district_attorney': { en: 'District Attorney', ko: '검사장' },
  'officials.party.dem': { en: 'Democrat', ko: '민주' },
  'officials.party.rep': { en: 'Republican', ko: '공화' },
  'officials.party.con': { en: 'Conservative', ko: '보수' },
  'officials.party.wor': { en: 'Working Families', ko: '노동가족당' },
  'officials.party.oth': { en: 'Other party', ko: '기타 정당' },
  'officials.party_assumed': { en: 'assumed', ko: '추정' },
  'officials.no_party': { en: 'not known', ko: '알 수 없음' },
  'officials.none': { en: 'No official is listed for this district.', ko: '이 선거구의 공직자 정보가 없습니다.' },
  'officials.source': { en: 'As of {{date}}, {{source}}', ko: '{{date}} 기준, {{source}}' },
  'officials.unchecked': {
    en: 'Please check: not confirmed by an official source',
    ko: '확인 필요: 공식 자료로 확인하지 못했습니다',
  },
  'officials.leaving': {
    en: 'Winners of the election of November 3, 2026 take office on {{date}}.',
    ko: '2026년 11월 3일 선거 당선자의 임기는 {{date}}에 시작합니다.',
  },
  'officials.over': {
    en: 'This term ended on or before {{date}}; who came after is not entered yet.',
    ko: '{{date}} 이전에 끝난 임기입니다. 후임자는 아직 입력하지 않았습니다.',
  },
  'officials.correct': { en: 'Correct', ko: '고치기' },
  'officials.correct_title': { en: 'Correct: {{office}}', ko: '고치기: {{office}}' },
  'officials.correct_lead': {
    en: 'Everybody in this installation sees it, with today’s date and your source.',
    ko: '이 시스템을 쓰는 모든 단체에 오늘 날짜와 출처가 함께 보입니다.',
  },
  'officials.name': { en: 'Name', ko: '이름(영문)' },
  'officials.name_hangul': { en: 'Name in Hangul', ko: '한글 이름' },
  'officials.name_hangul_hint': { en: 'As the Korean press spells it', ko: '한인 언론 표기를 따릅니다' },
  'officials.party': { en: 'Party', ko: '정당' },
  'officials.phone': { en: 'Office phone', ko: '사무실 전화' },
  'officials.email': { en: 'E-mail', ko: '이메일' },
  'officials.website': { en: 'Website', ko: '웹사이트' },
  'officials.address': { en: 'District office', ko: '지역 사무실' },
  'officials.since': { en: 'In office since', ko: '임기 시작' },
  'officials.until': { en: 'Term ends', ko: '임기 끝' },
  'officials.source_url': { en: 'Link to where this is written', ko: '출처 주소' },
  'officials.source_url_hint': {
    en: 'The official’s own page, the Board of Elections, a newspaper',
    ko: '공직자 공식 홈페이지, 선거관리위원회, 신문 기사 등',
  },
  'officials.needs_link': {
    en: 'Paste the address of a page, beginning with https://',
    ko: 'https://로 시작하는 주소를 넣어 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    officials: typeof officialsMessages
  }
}
