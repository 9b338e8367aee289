import { messages } from '../../../platform/i18n/messages.ts'

export const tokenMessages = messages({
  'tokens.title': { en: 'Connections', ko: '다른 프로그램 연결' },
  'tokens.lead': {
    en: 'Other programs of yours (a website, a spreadsheet, a texting service) can read and write here with a token. Each token may do only what you tick, and you can end it at any time.',
    ko: '단체의 홈페이지, 스프레드시트, 문자 서비스 같은 다른 프로그램이 토큰으로 자료를 읽고 쓸 수 있습니다. 토큰마다 고른 일만 할 수 있고 언제든지 끝낼 수 있습니다.',
  },
  'tokens.reference': { en: 'What programs can do', ko: '프로그램이 할 수 있는 일' },
  'tokens.webhooks': { en: 'Messages to other programs', ko: '다른 프로그램에 알리기' },
  'tokens.in_force': { en: 'Tokens in force', ko: '쓰고 있는 토큰' },
  'tokens.ended': { en: 'Ended tokens', ko: '끝난 토큰' },
  'tokens.none': { en: 'No program is connected', ko: '연결된 프로그램이 없습니다' },
  'tokens.none_text': {
    en: 'Make a token below and give it to the program that should connect.',
    ko: '아래에서 토큰을 만들어 연결할 프로그램에 넣어 주세요.',
  },
  'tokens.made': { en: 'The token for “{{name}}”', ko: '“{{name}}”에 쓸 토큰' },
  'tokens.made_text': {
    en: 'Copy it now: it is shown this one time and kept nowhere. Whoever has it can do what it may do, so treat it like a password.',
    ko: '지금 복사해 두세요. 이번 한 번만 보여 드리고 어디에도 저장하지 않습니다. 이 토큰을 가진 사람은 허용된 일을 할 수 있으니 비밀번호처럼 다뤄 주세요.',
  },
  'tokens.new': { en: 'Connect a program', ko: '프로그램 연결하기' },
  'tokens.name': { en: 'What is it for?', ko: '어디에 쓰는 토큰인가요?' },
  'tokens.name_hint': {
    en: 'For example: website sign-up form. It stands in the activity log beside everything the program does.',
    ko: '예: 홈페이지 가입 양식. 이 프로그램이 한 일마다 활동 기록에 이 이름이 남습니다.',
  },
  'tokens.scopes': { en: 'What may it do?', ko: '무엇을 할 수 있나요?' },
  'tokens.scopes_hint': {
    en: 'Tick as little as the program needs.',
    ko: '프로그램에 꼭 필요한 것만 고르세요.',
  },
  'tokens.scopes_needed': { en: 'Tick at least one thing it may do.', ko: '할 수 있는 일을 하나 이상 골라 주세요.' },
  'tokens.law': {
    en: 'A program that reads voters, people, calls or the tasks they leave gets what voter files say. New York Election Law § 3-103(5): it may be used for election purposes only, never for commerce or anything else. What the program passes on is bound by it too.',
    ko: '유권자, 사람, 통화, 통화에서 나온 할 일을 읽는 프로그램에는 유권자 명부의 내용이 넘어갑니다. 뉴욕주 선거법 3-103조 5항에 따라 명부는 선거 목적으로만 쓸 수 있고, 영업이나 다른 목적으로는 쓸 수 없습니다. 프로그램이 다시 넘겨준 자료도 마찬가지입니다.',
  },
  'tokens.law_accept': {
    en: 'We keep this limit, and so does whoever runs the program',
    ko: '저희와 프로그램을 운영하는 쪽 모두 이 제한을 지킵니다',
  },
  'tokens.law_needed': {
    en: 'Accept this first: the program would read people.',
    ko: '프로그램이 사람의 정보를 읽으므로 먼저 동의해 주세요.',
  },
  'tokens.purpose': { en: 'What does it need people for?', ko: '사람의 정보를 어디에 쓰나요?' },
  'tokens.purpose_hint': {
    en: 'One sentence others understand in a year: whose work, which election, who gets it. Only where people are read.',
    ko: '1년 뒤에 다른 분이 봐도 알 수 있게 한 문장으로: 누구의 일인지, 어느 선거인지, 누가 받는지. 사람의 정보를 읽을 때만 적습니다.',
  },
  'tokens.purpose_short': { en: 'Say a little more about the purpose.', ko: '목적을 조금 더 적어 주세요.' },
  'tokens.purpose_of': { en: 'For: {{purpose}}', ko: '목적: {{purpose}}' },
  'tokens.lifetime': { en: 'How long?', ko: '언제까지 쓰나요?' },
  'tokens.days': { en: '{{days}} days', ko: '{{days}}일' },
  'tokens.days_none': { en: 'Until I end it', ko: '끝낼 때까지' },
  'tokens.make': { en: 'Make the token', ko: '토큰 만들기' },
  'tokens.revoke': { en: 'End', ko: '끝내기' },
  'tokens.revoke_this': { en: 'End the token “{{name}}”', ko: '토큰 “{{name}}” 끝내기' },
  'tokens.was_revoked': {
    en: 'The token has ended. Programs that use it are refused from now on.',
    ko: '토큰을 끝냈습니다. 이제 이 토큰을 쓰는 프로그램은 연결되지 않습니다.',
  },
  'tokens.ending': { en: 'ends in {{ending}}', ko: '끝 네 글자 {{ending}}' },
  'tokens.created': { en: 'Made by {{name}} on {{day}}', ko: '{{day}} {{name}} 님이 만듦' },
  'tokens.expires': { en: 'Ends on {{day}}', ko: '{{day}}에 끝남' },
  'tokens.expired': { en: 'Ended on {{day}}', ko: '{{day}}에 끝났음' },
  'tokens.revoked': { en: 'Ended by {{name}} on {{day}}', ko: '{{day}} {{name}} 님이 끝냄' },
  'tokens.last_used': { en: 'Last used {{when}}', ko: '마지막 사용 {{when}}' },
  'tokens.never_used': { en: 'Not used yet', ko: '아직 쓰지 않음' },
  'tokens.scope.universes.read': { en: 'See universes and counts', ko: '대상 유권자와 수 보기' },
  'tokens.scope.universes.write': { en: 'Save, change and archive universes', ko: '대상 유권자 저장·변경·보관' },
  'tokens.scope.voters.read': {
    en: 'Read voters of a universe (recorded as an export)',
    ko: '대상 유권자 명단 읽기(내보내기로 기록)',
  },
  'tokens.scope.people.read': { en: 'Read people', ko: '사람 정보 읽기' },
  'tokens.scope.people.write': { en: 'Add and change people', ko: '사람 추가·수정' },
  'tokens.scope.contacts.read': { en: 'Read calls and other contacts', ko: '통화 등 연락 기록 읽기' },
  'tokens.scope.contacts.write': { en: 'Record contacts made elsewhere', ko: '다른 곳에서 한 연락 기록' },
  'tokens.scope.phonebanks.read': { en: 'See phone banks and results', ko: '전화 캠페인과 결과 보기' },
  'tokens.scope.phonebanks.write': {
    en: 'Make, change, pause and end phone banks',
    ko: '전화 캠페인 만들기·바꾸기·멈추기·끝내기',
  },
  'tokens.scope.followups.read': { en: 'Read tasks left by calls', ko: '통화에서 나온 할 일 보기' },
  'tokens.scope.followups.write': { en: 'Note tasks as done', ko: '할 일을 마친 것으로 적기' },
  'tokens.scope.scripts.read': { en: 'Read scripts', ko: '통화 스크립트 읽기' },
  'tokens.scope.scripts.write': { en: 'Write scripts', ko: '통화 스크립트 만들기·고치기' },
  'tokens.scope.webhooks.read': {
    en: 'See what became of messages to other programs',
    ko: '다른 프로그램에 보낸 메시지 보기',
  },
  'tokens.scope.webhooks.write': {
    en: 'Send messages again, pause and resume them',
    ko: '메시지 다시 보내기·멈추기·다시 시작하기',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    accessTokens: typeof tokenMessages
  }
}
