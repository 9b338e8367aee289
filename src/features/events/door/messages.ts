import { messages } from '../../../platform/i18n/messages.ts'
import '../../../platform/ui/messages.ts'

/** Words of the door on a phone. */
export const doorMessages = messages({
  'door.title': { en: 'Door', ko: '출석 확인' },
  'door.open': { en: 'Check in with this phone', ko: '이 휴대전화로 출석 확인하기' },
  'door.open_text': {
    en: 'Reads QR codes with the camera, and goes on without a connection.',
    ko: '카메라로 QR 코드를 읽고, 인터넷이 끊겨도 계속할 수 있습니다.',
  },
  'door.loading': { en: 'Opening the list…', ko: '명단을 여는 중입니다.' },
  'door.no_script': {
    en: 'Reading codes and going on without a connection need JavaScript. The list works without:',
    ko: 'QR 코드를 읽고 인터넷 없이 계속하려면 자바스크립트가 필요합니다. 명단은 없이도 쓸 수 있습니다.',
  },
  'door.yours': { en: 'You check in at', ko: '출석 확인을 맡은 행사' },
  'door.yours_lead': {
    en: 'The door of these events is delegated to you.',
    ko: '이 행사들의 출석 확인을 맡으셨습니다.',
  },
  'door.yours_none': {
    en: 'No event is coming up whose door is delegated to you.',
    ko: '출석 확인을 맡으신 행사 가운데 다가오는 것이 없습니다.',
  },
  'door.plain_list': { en: 'To the list', ko: '명단으로 가기' },
  'door.here': { en: 'Here', ko: '오신 분' },
  'door.expected': { en: 'Still expected', ko: '아직 안 오신 분' },
  'door.walk_ins': { en: 'Walked in', ko: '현장 참가' },
  'door.all_sent': { en: 'All saved', ko: '모두 저장됨' },
  'door.unsent': { en: { one: '{{count}} to send', other: '{{count}} to send' }, ko: '보낼 항목 {{count}}건' },
  'door.offline': {
    en: 'No connection. Go on: everything is kept on this phone and sent when it is back.',
    ko: '인터넷 연결이 끊겼습니다. 그대로 계속하세요. 이 휴대전화에 두었다가 연결되면 보냅니다.',
  },
  'door.not_durable': {
    en: 'This browser keeps nothing. Leave the page open until everything is saved.',
    ko: '이 브라우저는 기록을 간직하지 못합니다. 모두 저장될 때까지 이 화면을 닫지 마세요.',
  },
  'door.signed_out': {
    en: 'You are signed out, or may not check people in at this event. The names are no longer on this phone.',
    ko: '로그인이 풀렸거나 이 행사의 출석을 확인할 권한이 없습니다. 이름은 이 휴대전화에서 지웠습니다.',
  },
  'door.signed_out_kept': {
    en: {
      one: '{{count}} entry that was not sent yet is kept, and is sent once somebody who may signs in.',
      other: '{{count}} entries that were not sent yet are kept, and are sent once somebody who may signs in.',
    },
    ko: '아직 보내지 않은 {{count}}건은 남겨 두었습니다. 출석을 확인할 수 있는 분이 로그인하면 보냅니다.',
  },
  'door.sign_in_link': { en: 'Sign in', ko: '로그인' },
  'door.over': {
    en: 'The event is over. Its list is no longer on this phone.',
    ko: '행사가 끝났습니다. 명단을 이 휴대전화에서 지웠습니다.',
  },
  'door.empty': {
    en: 'The list could not be loaded yet. Names come when there is a connection; codes and walk-ins work already.',
    ko: '아직 명단을 받지 못했습니다. 연결되면 이름이 나옵니다. 코드와 현장 참가는 지금도 됩니다.',
  },
  'door.scan': { en: 'Read a QR code', ko: 'QR 코드 읽기' },
  'door.scan_stop': { en: 'Close the camera', ko: '카메라 닫기' },
  'door.scan_hint': { en: 'Hold the code into the picture.', ko: '코드를 화면 안에 비춰 주세요.' },
  'door.camera_none': {
    en: 'The camera cannot be used here. Type the code that stands below the QR code, or find the name.',
    ko: '카메라를 쓸 수 없습니다. QR 코드 아래에 있는 코드를 입력하거나 이름으로 찾아 주세요.',
  },
  'door.find': { en: 'Name or code', ko: '이름 또는 코드' },
  'door.find_code': { en: 'Check in code {{code}}', ko: '코드 {{code}} 출석 확인' },
  'door.none_found': { en: 'Not on the list.', ko: '명단에 없습니다.' },
  'door.new_person': { en: 'Not signed up: {{name}}', ko: '신청하지 않으신 분: {{name}}' },
  'door.more': { en: 'More', ko: '더 보기' },
  'door.mark': { en: 'Here', ko: '왔음' },
  'door.minor.agreed': { en: 'Under 18, a guardian agreed', ko: '18세 미만, 보호자 동의함' },
  'door.minor.missing': {
    en: 'Under 18 and no guardian agreed',
    ko: '18세 미만인데 보호자 동의가 없음',
  },
  'door.owes': { en: 'Not paid: {{amount}}', ko: '미납 {{amount}}' },
  'door.take.cash': { en: 'Took {{amount}} in cash', ko: '현금 {{amount}} 받음' },
  'door.take.check': { en: 'Took a check, {{amount}}', ko: '수표 {{amount}} 받음' },
  'door.paid_already': {
    en: '{{name}} had paid already: no money was written down. Give what you took back.',
    ko: '{{name}} 님은 이미 내셨습니다. 장부에 적지 않았으니 받으신 돈은 돌려드리세요.',
  },
  'door.party': {
    en: { one: 'with {{count}} guest', other: 'with {{count}} guests' },
    ko: '동반 {{count}}명',
  },
  'door.party_of': { en: 'Guest of {{name}}', ko: '{{name}} 님 동반' },
  'door.guests_here': { en: 'Guests who came along', ko: '함께 온 동반 인원' },
  'door.named_guests': { en: 'Their guests', ko: '함께 신청한 분' },
  'door.in': { en: 'Checked in: {{name}}', ko: '출석 확인: {{name}}' },
  'door.in_since': { en: 'in since {{time}}', ko: '{{time}} 입장' },
  'door.already': {
    en: '{{name}} is in already, since {{time}}. Nothing was counted twice.',
    ko: '{{name}} 님은 이미 {{time}}에 들어오셨습니다. 두 번 세지 않았습니다.',
  },
  'door.already_by': {
    en: '{{name}} is in already, since {{time}} ({{by}}). Nothing was counted twice.',
    ko: '{{name}} 님은 이미 {{time}}에 들어오셨습니다({{by}}). 두 번 세지 않았습니다.',
  },
  'door.way.canceled': { en: '{{name}}: the sign-up is canceled.', ko: '{{name}}: 취소된 신청입니다.' },
  'door.way.wait_listed': {
    en: '{{name}} is on the wait list and has no seat.',
    ko: '{{name}}: 대기자 명단에 있고 자리가 정해지지 않았습니다.',
  },
  'door.way.awaiting_approval': {
    en: '{{name}}: nobody has answered the request yet.',
    ko: '{{name}}: 아직 승인하지 않은 신청입니다.',
  },
  'door.way.other_shift': {
    en: '{{name}} signed up for another shift.',
    ko: '{{name}}: 다른 시간대에 신청하셨습니다.',
  },
  'door.short.canceled': { en: 'canceled', ko: '신청 취소' },
  'door.short.wait_listed': { en: 'wait list', ko: '대기자' },
  'door.short.awaiting_approval': { en: 'not approved yet', ko: '승인 전' },
  'door.short.other_shift': { en: 'another shift', ko: '다른 시간대' },
  'door.let_in': { en: 'Let in all the same', ko: '그래도 입장' },
  'door.wrong.other_event': { en: 'This code is for another event.', ko: '다른 행사의 코드입니다.' },
  'door.wrong.other_organization': {
    en: 'This code is of another organization.',
    ko: '다른 단체의 코드입니다.',
  },
  'door.wrong.unknown': {
    en: 'This is no code for this door. Find the name, or add them below.',
    ko: '출석 확인에 쓰는 코드가 아닙니다. 이름으로 찾거나 아래에서 현장 참가로 적어 주세요.',
  },
  'door.wrong.unknown_code': {
    en: 'Nobody here has the code {{code}}. Find the name, or add them below.',
    ko: '코드 {{code}}에 해당하는 분이 없습니다. 이름으로 찾거나 아래에서 현장 참가로 적어 주세요.',
  },
  'door.wrong.card_wrong': { en: 'This member’s card is not genuine.', ko: '확인되지 않는 회원증입니다.' },
  'door.wrong.card_wrong_of': {
    en: '{{name}}: the member’s card is not genuine. Not counted.',
    ko: '{{name}}: 확인되지 않는 회원증입니다. 출석으로 세지 않았습니다.',
  },
  'door.wrong.refused': {
    en: 'This could not be saved: {{name}}. Please tell an organizer.',
    ko: '저장하지 못했습니다: {{name}}. 운영자에게 알려 주세요.',
  },
  'door.kept': {
    en: '{{name}} is not on this phone’s list. Counted for now, looked up when there is a connection.',
    ko: '{{name}}: 이 휴대전화의 명단에 없습니다. 일단 세어 두고, 연결되면 확인합니다.',
  },
  'door.a_card': { en: 'A member’s card', ko: '회원증' },
  'door.a_code': { en: 'Code {{code}}', ko: '코드 {{code}}' },
  'door.looking': { en: 'Looking it up…', ko: '확인하는 중입니다.' },
  'door.close': { en: 'Close', ko: '닫기' },
  'door.told': { en: 'Please look at these', ko: '확인해 주세요' },
  'door.walk_in': { en: 'Not signed up?', ko: '신청하지 않으신 분' },
  'door.walk_in_add': { en: 'Add and check in', ko: '적고 출석 확인' },
  'door.name_hangul': { en: 'Name in Hangul', ko: '이름(한글)' },
  'door.last_name': { en: 'Last name', ko: '성(영문)' },
  'door.first_name': { en: 'First name', ko: '이름(영문)' },
  'door.phone': { en: 'Phone (if they like)', ko: '전화번호(원하시면)' },
  'door.names_needed': { en: 'First and last name are needed.', ko: '영문 성과 이름을 적어 주세요.' },
  'door.shift': { en: 'Shift', ko: '시간대' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    door: typeof doorMessages
  }
}
