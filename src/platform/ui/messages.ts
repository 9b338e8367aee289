import { messages } from '../i18n/messages.ts'

export const uiMessages = messages({
  'app.name': { en: 'Hanpyo', ko: '한표' },
  'app.motto': { en: 'One vote, well used.', ko: '소중한 한 표' },
  'shell.skip': { en: 'Skip to content', ko: '본문으로 건너뛰기' },
  'shell.menu': { en: 'Menu', ko: '메뉴' },
  'shell.language': { en: 'Language', ko: '언어' },
  'shell.sign_out': { en: 'Sign out', ko: '로그아웃' },
  'shell.account': { en: 'My account', ko: '내 계정' },
  'shell.organization': { en: 'Organization', ko: '단체' },
  'shell.sign_in': { en: 'Sign in', ko: '로그인' },
  'shell.demo': {
    en: 'Practice town: all people are invented',
    ko: '연습용 마을: 나오는 사람은 모두 지어낸 인물입니다',
  },
  'nav.home': { en: 'Home', ko: '홈' },
  'nav.voters': { en: 'Voters', ko: '유권자' },
  'nav.universes': { en: 'Universes', ko: '대상 유권자' },
  'nav.districts': { en: 'Districts', ko: '선거구' },
  'nav.scripts': { en: 'Scripts', ko: '통화 스크립트' },
  'nav.forms': { en: 'Forms and petitions', ko: '양식과 청원' },
  'nav.phonebanks': { en: 'Phone banks', ko: '전화 캠페인' },
  'nav.voterfile': { en: 'Voter files', ko: '유권자 명부' },
  'nav.members': { en: 'Team', ko: '운영진과 회원' },
  'nav.audit': { en: 'Activity log', ko: '활동 기록' },
  'nav.settings': { en: 'Settings', ko: '설정' },
  'nav.outbox': { en: 'Sent mail', ko: '보낸 메일' },
  'action.save': { en: 'Save', ko: '저장' },
  'action.cancel': { en: 'Cancel', ko: '취소' },
  'action.next': { en: 'Next', ko: '다음' },
  'action.continue': { en: 'Continue', ko: '계속' },
  'action.edit': { en: 'Edit', ko: '수정' },
  'action.delete': { en: 'Delete', ko: '삭제' },
  'action.undo': { en: 'Undo', ko: '되돌리기' },
  'action.search': { en: 'Search', ko: '검색' },
  'action.show': { en: 'Show', ko: '보기' },
  'action.copy': { en: 'Copy', ko: '복사' },
  'action.copied': { en: 'Copied', ko: '복사했습니다' },
  'action.print': { en: 'Print', ko: '인쇄' },
  'action.archive': { en: 'Archive', ko: '보관' },
  'common.yes': { en: 'Yes', ko: '예' },
  'common.no': { en: 'No', ko: '아니요' },
  'common.none': { en: 'None', ko: '없음' },
  'common.all': { en: 'All', ko: '전체' },
  'common.optional': { en: 'optional', ko: '선택' },
  'common.voters': { en: { one: '{{count}} voter', other: '{{count}} voters' }, ko: '유권자 {{count}}명' },
  'common.not_translated': {
    en: 'Not translated yet; shown in {{language}}',
    ko: '아직 번역되지 않아 {{language}}로 보여 드립니다',
  },
  'page.previous': { en: 'Previous', ko: '이전' },
  'page.of': { en: '{{from}}–{{to}} of {{total}}', ko: '{{total}}건 가운데 {{from}}~{{to}}' },
  'form.required': { en: 'Please fill this in.', ko: '입력해 주세요.' },
  'form.invalid': { en: 'Please check this.', ko: '다시 확인해 주세요.' },
  'form.check': {
    en: 'Please check the marked fields. What you typed is kept.',
    ko: '표시된 곳을 확인해 주세요. 쓰신 내용은 그대로 있습니다.',
  },
  'problem.403.title': { en: 'You do not have permission for this', ko: '이 화면을 볼 권한이 없습니다' },
  'problem.403.text': {
    en: 'Your role does not include this page. Ask an organizer of your organization.',
    ko: '맡으신 역할로는 열 수 없는 화면입니다. 단체 운영자에게 문의해 주세요.',
  },
  'problem.404.title': { en: 'Not found', ko: '찾을 수 없습니다' },
  'problem.404.text': {
    en: 'There is nothing at this address, or it belongs to another organization.',
    ko: '이 주소에는 내용이 없거나 다른 단체의 내용입니다.',
  },
  'problem.409.title': { en: 'Somebody changed this first', ko: '그사이 다른 분이 먼저 고쳤습니다' },
  'problem.409.text': {
    en: 'Go back, reload the page and make your change again.',
    ko: '뒤로 가서 화면을 새로 연 다음 다시 고쳐 주세요.',
  },
  'problem.413.title': { en: 'That was too large', ko: '내용이 너무 큽니다' },
  'problem.413.text': {
    en: 'Nothing was saved. Send less at once, or use the upload page for files.',
    ko: '저장하지 않았습니다. 나누어 보내시거나 파일은 올리기 화면을 이용해 주세요.',
  },
  'problem.500.title': { en: 'Something went wrong on our side', ko: '저희 쪽에 문제가 생겼습니다' },
  'problem.500.text': {
    en: 'It was not saved. Please try again in a moment. If it goes on, tell us the number below.',
    ko: '저장하지 못했습니다. 잠시 뒤 다시 시도해 주세요. 계속되면 아래 번호를 알려 주세요.',
  },
  'problem.home': { en: 'To the start page', ko: '첫 화면으로' },
  'problem.number': { en: 'Error number', ko: '오류 번호' },
})

declare module '../i18n/messages.ts' {
  interface RoomMessages {
    ui: typeof uiMessages
  }
}
