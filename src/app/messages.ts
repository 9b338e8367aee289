import { messages } from '../platform/i18n/messages.ts'

export const homeMessages = messages({
  'home.title': { en: 'Home', ko: '홈' },
  'home.hello': { en: 'Hello, {{name}}', ko: '{{name}} 님, 안녕하세요' },
  'home.lead': {
    en: 'What is going on at {{organization}}, and what to do next.',
    ko: '{{organization}}의 지금 상황과 다음에 할 일입니다.',
  },
  'home.welcome_title': { en: 'One vote, well used.', ko: '소중한 한 표를 함께 모읍니다' },
  'home.welcome_lead': {
    en: 'Hanpyo is the one place where a community political organization finds its voters, calls them in their language, endorses, informs, gets out the vote and holds officials to their word.',
    ko: '한표는 우리 커뮤니티의 정치 단체가 유권자를 찾고, 쓰는 말로 전화하고, 후보를 지지하고, 정보를 나누고, 투표를 독려하고, 공직자에게 약속의 책임을 묻는 일을 한곳에서 하는 프로그램입니다.',
  },
  'home.open_pages': { en: 'Come to an event, become a member', ko: '행사와 회원 가입' },
  'home.open_calendar': { en: 'Calendar of events', ko: '행사 달력' },
  'home.open_membership': { en: 'Become a member', ko: '회원 가입' },
  'home.chain': { en: 'The work, from agenda to accountability', ko: '정책 요구에서 책임을 묻기까지' },
  'home.chain.voters': { en: 'Find our voters', ko: '우리 유권자 찾기' },
  'home.chain.voters_text': {
    en: 'The state’s voter file, searchable in Hangul and English',
    ko: '주 정부의 유권자 명부를 한글과 영어로 검색합니다',
  },
  'home.chain.universes': { en: 'Choose whom to reach', ko: '대상 유권자 고르기' },
  'home.chain.universes_text': {
    en: 'By district, age, party, turnout, language',
    ko: '선거구, 나이, 정당, 투표 참여 이력, 언어로 고릅니다',
  },
  'home.chain.scripts': { en: 'Write what to say', ko: '할 말 쓰기' },
  'home.chain.scripts_text': {
    en: 'One script, in every language of ours',
    ko: '통화 스크립트 하나를 여러 언어로 씁니다',
  },
  'home.chain.phonebanks': { en: 'Call together', ko: '함께 전화 걸기' },
  'home.chain.phonebanks_text': {
    en: 'From one’s own phone, even without signal',
    ko: '각자의 전화기로, 신호가 없어도 됩니다',
  },
  'home.chain.results': { en: 'Learn what voters want', ko: '유권자의 뜻 알기' },
  'home.chain.results_text': {
    en: 'Answers as they come in, kept for the next election',
    ko: '답변이 바로 모이고 다음 선거까지 남습니다',
  },
  'home.steps': { en: 'Your next steps', ko: '다음에 할 일' },
  'home.steps_lead': {
    en: 'From a raw voter file to answered calls.',
    ko: '유권자 명부에서 통화 결과까지 차례로 갑니다.',
  },
  'home.step_done': { en: 'done', ko: '완료' },
  'home.step.voterfile': { en: 'Import the voter file', ko: '유권자 명부 가져오기' },
  'home.step.voterfile_text': {
    en: 'Free from the State Board of Elections; a steward of this installation brings it in.',
    ko: '주 선거관리위원회에서 무료로 받습니다. 시스템 관리자가 가져옵니다.',
  },
  'home.step.own_voterfile_text': {
    en: 'Free from the State Board of Elections. You look after this installation, so you bring it in.',
    ko: '주 선거관리위원회에서 무료로 받아 여기에 올려 주세요. 시스템 관리자이시므로 직접 올리실 수 있습니다.',
  },
  'home.step.phones': { en: 'Add phone numbers', ko: '전화번호 더하기' },
  'home.step.phones_text': {
    en: 'The voter file has none. A steward of this installation brings in a list from your city board, a vendor or your volunteers.',
    ko: '유권자 명부에는 전화번호가 없습니다. 시 선거관리위원회나 업체, 봉사자에게 받은 번호 명단을 시스템 관리자가 가져옵니다.',
  },
  'home.step.own_phones_text': {
    en: 'The voter file has none. Bring in a list from your city board, a vendor or your volunteers.',
    ko: '유권자 명부에는 전화번호가 없습니다. 시 선거관리위원회나 업체, 봉사자에게 받은 번호 명단을 올려 주세요.',
  },
  'home.step.universe': { en: 'Choose a universe', ko: '대상 유권자 고르기' },
  'home.step.universe_text': {
    en: 'Click together whom you want to reach, see how many they are, save it under a name.',
    ko: '누구에게 연락할지 골라 몇 명인지 보고 이름을 붙여 저장합니다.',
  },
  'home.step.script': { en: 'Write a script', ko: '통화 스크립트 쓰기' },
  'home.step.script_text': {
    en: 'Start from one of ours, in Korean and English.',
    ko: '준비된 한국어·영어 스크립트에서 시작하세요.',
  },
  'home.step.phonebank': { en: 'Open a phone bank', ko: '전화 캠페인 열기' },
  'home.step.phonebank_text': {
    en: 'Universe, script, dates. Volunteers join by link or QR code.',
    ko: '대상 유권자와 스크립트, 날짜를 정하면 봉사자는 링크나 QR 코드로 참여합니다.',
  },
  'home.step.calls': { en: 'Make the first calls', ko: '첫 전화 걸기' },
  'home.step.calls_text': {
    en: 'Try it yourself first, then send the link to your volunteers.',
    ko: '먼저 직접 해 보신 뒤 봉사자들께 링크를 보내세요.',
  },
  'home.figures': { en: 'The last seven days', ko: '지난 7일' },
  'home.attempts': { en: 'Calls made', ko: '전화한 횟수' },
  'home.reached': { en: 'People talked with', ko: '대화한 사람' },
  'home.callers': { en: 'Callers', ko: '전화 봉사자' },
  'home.voters': { en: 'Voters on file', ko: '명부의 유권자' },
  'home.about': { en: 'about {{count}}', ko: '약 {{count}}' },
  'home.more_than': { en: 'more than {{count}}', ko: '{{count}}명 이상' },
  'home.by_day': { en: 'Calls by day, last 14 days', ko: '날짜별 전화, 지난 14일' },
  'home.by_day_row': {
    en: '{{date}}: {{made}} calls, {{reached}} conversations',
    ko: '{{date}}: 전화 {{made}}통, 대화 {{reached}}건',
  },
  'home.legend_made': { en: 'calls made', ko: '전화한 횟수' },
  'home.legend_reached': { en: 'conversations', ko: '대화' },
  'home.phonebanks': { en: 'Phone banks now and soon', ko: '진행 중이거나 곧 시작할 전화 캠페인' },
  'home.phonebanks_none': { en: 'No phone bank is open.', ko: '지금 열린 전화 캠페인이 없습니다.' },
  'home.phonebank_progress': {
    en: '{{done}} of {{total}} voters done',
    ko: '유권자 {{total}}명 가운데 {{done}}명 완료',
  },
  'home.phonebank_call': { en: 'Make calls', ko: '전화 걸기' },
  'home.phonebank_from': { en: 'begins {{date}}', ko: '{{date}}에 시작' },
  'home.phonebank_until': { en: 'until {{date}}', ko: '{{date}}까지' },
  'home.steward': {
    en: 'You keep the voter files and the list of elected officials for every organization of this installation.',
    ko: '이 서버를 함께 쓰는 모든 단체를 위해 유권자 명부와 선출직 공직자 목록을 관리하십니다.',
  },
  'home.member': {
    en: 'There is nothing for you to do right now. What you have taken on stands under My day.',
    ko: '지금은 하실 일이 없습니다. 맡으신 일은 ‘오늘 할 일’에 나옵니다.',
  },
  'reference.lead': {
    en: 'Each line is one thing a connected program can ask or do. The full description, for programmers and their tools, is the OpenAPI document.',
    ko: '연결한 프로그램이 묻거나 할 수 있는 일을 한 줄에 하나씩 적었습니다. 개발자가 쓸 전체 설명은 OpenAPI 문서에 있습니다.',
  },
  'reference.openapi': { en: 'OpenAPI document', ko: 'OpenAPI 문서' },
  'reference.start': { en: 'How to begin', ko: '시작하기' },
  'reference.start_text': {
    en: 'Send the token with every request. Lists come in pages; follow next_cursor. {{count}} requests a minute are allowed. Requests that write may carry an Idempotency-Key and are then done once, however often they are sent.',
    ko: '요청마다 토큰을 함께 보내세요. 목록은 나눠서 오니 next_cursor를 따라가면 됩니다. 1분에 {{count}}번까지 요청할 수 있습니다. 쓰기 요청에 Idempotency-Key를 붙이면 여러 번 보내도 한 번만 처리합니다.',
  },
  'reference.needs': { en: 'The token must be allowed', ko: '토큰에 필요한 권한' },
  'reference.group.universes': { en: 'Universes', ko: '대상 유권자' },
  'reference.group.people': { en: 'People', ko: '사람' },
  'reference.group.contact_attempts': { en: 'Calls and other contacts', ko: '통화 등 연락 기록' },
  'reference.group.phone_banks': { en: 'Phone banks', ko: '전화 캠페인' },
  'reference.group.follow_ups': { en: 'Follow-ups', ko: '할 일' },
  'reference.group.scripts': { en: 'Scripts', ko: '통화 스크립트' },
  'reference.group.messages': { en: 'Messages to other programs', ko: '다른 프로그램에 알리기' },
})

declare module '../platform/i18n/messages.ts' {
  interface RoomMessages {
    home: typeof homeMessages
  }
}
