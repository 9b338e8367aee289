import { messages } from '../../../platform/i18n/messages.ts'

const own = messages({
  'people.tools.suppressions': { en: 'Lists of those not to contact', ko: '연락 금지 명단' },
  'suppressions.title': { en: 'Lists of those not to contact', ko: '연락 금지 명단' },
  'suppressions.lead': {
    en: 'Numbers and mailboxes on a list are closed in every phone bank and mailing, also those that come in later. The list itself is kept as keyed hashes only.',
    ko: '명단에 있는 번호와 이메일은 모든 전화 캠페인과 발송에서 빠집니다. 나중에 들어오는 것도 같습니다. 명단은 알아볼 수 없는 값(해시)으로만 보관합니다.',
  },
  'suppressions.none': { en: 'No list yet.', ko: '아직 명단이 없습니다.' },
  'suppressions.new': { en: 'Bring in a list', ko: '명단 가져오기' },
  'suppressions.name': { en: 'What is it called?', ko: '명단 이름' },
  'suppressions.name_hint': {
    en: 'Such as: opt-outs of our old mail service.',
    ko: '예: 예전 메일 서비스 수신 거부 명단',
  },
  'suppressions.file': { en: 'File (CSV)', ko: '파일(CSV)' },
  'suppressions.text': { en: 'Or paste it here', ko: '또는 여기에 붙여 넣기' },
  'suppressions.text_hint': {
    en: 'Telephone numbers, e-mail addresses, or the SHA-256 of either, one a line. Longer lists: hanpyo suppression import.',
    ko: '전화번호, 이메일 주소, 또는 그 SHA-256 값을 한 줄에 하나씩 적습니다. 긴 명단은 hanpyo suppression import로 가져옵니다.',
  },
  'suppressions.check': { en: 'Look at it first', ko: '먼저 확인하기' },
  'suppressions.checked': { en: 'Nothing is changed yet', ko: '아직 바꾼 것은 없습니다' },
  'suppressions.import': { en: 'Close these', ko: '이대로 연락 막기' },
  'suppressions.read': {
    en: 'Numbers {{phones}}, mailboxes {{emails}}, addresses {{addresses}}, hashes {{hashes}}, not understood {{rejected}}.',
    ko: '전화번호 {{phones}}건, 이메일 {{emails}}건, 주소 {{addresses}}건, 해시 {{hashes}}건, 읽지 못함 {{rejected}}건',
  },
  'suppressions.would_close': {
    en: 'It would close {{phones}} numbers and {{emails}} mailboxes we have.',
    ko: '가지고 있는 번호 {{phones}}개와 이메일 {{emails}}개를 막게 됩니다.',
  },
  'suppressions.closed': {
    en: 'Closed now: {{phones}} numbers and {{emails}} mailboxes we have.',
    ko: '가지고 있는 번호 {{phones}}개와 이메일 {{emails}}개를 막았습니다.',
  },
  'suppressions.rejected': { en: 'Not understood', ko: '읽지 못한 줄' },
  'suppressions.rejected_line': { en: 'Line {{line}}: {{value}}', ko: '{{line}}번째 줄: {{value}}' },
  'suppressions.empty': { en: 'There is no number, mailbox or hash in it.', ko: '전화번호, 이메일, 해시가 없습니다.' },
  'suppressions.not_text': { en: 'this is not a text file in UTF-8.', ko: 'UTF-8 텍스트 파일이 아닙니다.' },
  'suppressions.export': { en: 'Download ours, hashed', ko: '우리 단체 명단 내려받기(해시)' },
  'suppressions.export_hint': {
    en: 'Whom you were told not to contact, as SHA-256 of numbers, mailboxes and homes that want no paper. Others compare it with theirs; nobody can read it. Numbers and addresses can be guessed from it, so give it only to whom you trust.',
    ko: '연락하지 말라고 하신 분의 번호와 이메일, 우편물을 거절한 집의 주소를 SHA-256 값으로 담습니다. 다른 단체가 자기 명단과 비교할 수 있습니다. 번호와 주소는 짐작해 낼 수 있으므로 믿을 수 있는 곳에만 주세요.',
  },
  'suppressions.exported': {
    en: { one: '{{count}} line written.', other: '{{count}} lines written.' },
    ko: '{{count}}줄을 적었습니다.',
  },
  'suppressions.installation': { en: 'of the installation', ko: '시스템 전체' },
  'suppressions.by': { en: '{{name}}, {{when}}', ko: '{{name}}, {{when}}' },
  'suppressions.take_back': { en: 'Take back', ko: '명단 되돌리기' },
  'suppressions.taken_back': { en: 'Taken back', ko: '되돌림' },
  'suppressions.lift': { en: 'Open one again', ko: '하나만 다시 풀기' },
  'suppressions.lift_lead': {
    en: 'For somebody who comes back by themselves: their number or mailbox is taken off your lists, and off what is kept of people who were erased.',
    ko: '본인이 다시 찾아온 경우입니다. 그 번호나 이메일을 단체 명단과, 정보를 지운 분의 기록에서 뺍니다.',
  },
  'suppressions.lift_value': { en: 'Number or e-mail address', ko: '전화번호나 이메일 주소' },
  'suppressions.lift_what': {
    en: 'That is neither a telephone number nor an e-mail address.',
    ko: '전화번호도 이메일 주소도 아닙니다.',
  },
  'suppressions.lift_none': { en: 'It is on no list of yours.', ko: '단체의 명단에 없습니다.' },
  'suppressions.lifted': { en: 'It is open again.', ko: '다시 풀었습니다.' },
  'people.quality.suppressed': { en: 'On a list of those not to contact', ko: '연락 금지 명단에 있음' },
  'people.why.suppressed': { en: 'On a list of those not to contact', ko: '연락 금지 명단에 있음' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    suppressions: typeof own
  }
}
