import { messages } from '../../platform/i18n/messages.ts'

export const mailingMessages = messages({
  'mailings.title': { en: 'E-mail', ko: '단체 이메일' },
  'mailings.lead': {
    en: 'Write once in every language; everybody gets it in theirs, once, and never after they said stop.',
    ko: '여러 언어로 한 번에 쓰면 각자 자기 언어로 한 번만 받습니다. 수신 거부한 분께는 보내지 않습니다.',
  },
  'mailings.new': { en: 'New e-mail', ko: '새 이메일' },
  'mailings.none': { en: 'No e-mail yet', ko: '아직 이메일이 없습니다' },
  'mailings.none_lead': {
    en: 'Start one with a name for yourselves. Nothing goes out before you have seen how many people it goes to.',
    ko: '우리끼리 알아볼 이름부터 지으세요. 몇 분께 가는지 확인하기 전에는 아무것도 발송되지 않습니다.',
  },
  'mailings.name': { en: 'Name, for your own list', ko: '이름(우리 목록에만 보임)' },
  'mailings.name_hint': { en: 'For example: October update', ko: '예: 10월 소식' },
  'mailings.lane': { en: 'Whose work is it under election law?', ko: '선거법상 어떤 활동인가요?' },
  'mailings.lane_members_hint': {
    en: 'Only members of the organization are written to.',
    ko: '우리 단체 회원에게만 보냅니다.',
  },
  'mailings.make': { en: 'Start the e-mail', ko: '이메일 만들기' },
  'mailings.for': { en: 'For these people:', ko: '받는 분:' },
  'mailings.change': { en: 'Name and lane', ko: '이름·활동 구분' },
  'mailings.made': { en: '{{name}}, {{at}}', ko: '{{name}}, {{at}}' },
  'mailings.again': { en: 'Write the next one like this', ko: '이대로 다음 이메일 쓰기' },
  'mailings.next': { en: 'Next: {{step}}', ko: '다음: {{step}}' },
  'mailings.settings': { en: 'Set up once', ko: '한 번 정해 두는 것' },
  'mailings.settings.identity': {
    en: 'The address your e-mails come from, and what its domain needs.',
    ko: '보내는 주소와 그 도메인에 필요한 설정.',
  },
  'mailings.settings.look': { en: 'Your logo and colors in every e-mail.', ko: '모든 이메일에 쓰는 로고와 색.' },
  'mailings.settings.topics': { en: 'What readers choose from.', ko: '받는 분이 고르는 주제.' },
  'mailings.settings.sign_up': {
    en: 'Where everybody asks for your e-mails, on your site too.',
    ko: '누구나 구독을 신청하는 페이지. 웹사이트에도 넣을 수 있습니다.',
  },
  'mailings.settings.counting': { en: 'Off unless you choose it.', ko: '정하기 전에는 세지 않습니다.' },
  'mailings.settings.approval': { en: 'Whether somebody else reads it first.', ko: '다른 분이 먼저 읽고 승인할지.' },
  'mailings.state.draft': { en: 'Draft', ko: '작성 중' },
  'mailings.state.scheduled': { en: 'Scheduled', ko: '발송 예약' },
  'mailings.state.sending': { en: 'Sending', ko: '발송 중' },
  'mailings.state.paused': { en: 'Paused', ko: '멈춤' },
  'mailings.state.sent': { en: 'Sent', ko: '발송 완료' },
  'mailings.state.canceled': { en: 'Canceled', ko: '발송 취소' },
  'mailings.steps': { en: 'Steps', ko: '순서' },
  'mailings.step_done': { en: 'Done', ko: '마침' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings: typeof mailingMessages
  }
}
