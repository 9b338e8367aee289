import { messages } from '../../../platform/i18n/messages.ts'

export const hostingMessages = messages({
  'hosting.proposals': { en: 'Proposed by the community', ko: '회원과 이웃이 제안한 행사' },
  'hosting.proposals_lead': {
    en: 'Somebody would like to host one of these. Nobody else sees it until you approve it; then it is an event like any other, with them as its host.',
    ko: '직접 열어 보고 싶다고 보내 주신 행사입니다. 승인하기 전에는 다른 분께 보이지 않으며, 승인하면 제안하신 분이 여는 행사가 됩니다.',
  },
  'hosting.waiting': {
    en: { one: '{{count}} proposal waits for your answer', other: '{{count}} proposals wait for your answer' },
    ko: '답을 기다리는 행사 제안이 {{count}}건 있습니다',
  },
  'hosting.waiting_text': {
    en: 'Whoever sent it hears from you by mail, in their language.',
    ko: '답은 제안하신 분께 그분이 쓰신 말로 메일이 갑니다.',
  },
  'hosting.look': { en: 'Look at them', ko: '제안 보기' },
  'hosting.none': { en: 'Nobody has proposed anything yet', ko: '아직 들어온 제안이 없습니다' },
  'hosting.none_text': {
    en: 'Members with an account propose under “Events you host” on their start page. You may open the page to everybody in the settings.',
    ko: '계정이 있는 회원은 시작 화면의 ‘내가 여는 행사’에서 제안합니다. 설정에서 누구나 제안하게 열 수도 있습니다.',
  },
  'hosting.settings': { en: 'Who may propose what', ko: '제안받는 범위' },
  'hosting.settings_lead': {
    en: 'Which kinds of events the community may propose, and who.',
    ko: '어떤 행사를 누가 제안할 수 있는지 정합니다.',
  },
  'hosting.kinds': { en: 'Kinds that may be proposed', ko: '제안할 수 있는 행사 종류' },
  'hosting.kinds_hint': { en: 'None: nobody proposes anything.', ko: '하나도 고르지 않으면 제안을 받지 않습니다.' },
  'hosting.public': { en: 'Everybody may propose, without an account', ko: '계정이 없는 분도 제안할 수 있음' },
  'hosting.public_hint': {
    en: 'Your calendar for everybody then leads to the form. Members with an account may always propose.',
    ko: '공개 행사 일정에 제안 양식으로 가는 길이 생깁니다. 계정이 있는 회원은 언제나 제안할 수 있습니다.',
  },
  'hosting.address': { en: 'The form', ko: '제안 양식' },
  'hosting.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'hosting.state.waiting': { en: 'Waiting', ko: '답을 기다림' },
  'hosting.state.approved': { en: 'Approved', ko: '승인함' },
  'hosting.state.declined': { en: 'Declined', ko: '거절함' },
  'hosting.state.withdrawn': { en: 'Taken back by them', ko: '제안하신 분이 거둠' },
  'hosting.told.proposed': { en: 'Proposed to host “{{title}}”', ko: '행사 제안: {{title}}' },
  'hosting.told.approved': { en: 'Approved as host of “{{title}}”', ko: '행사 제안 승인: {{title}}' },
  'hosting.told.declined': { en: 'Proposal declined: “{{title}}”', ko: '행사 제안 거절: {{title}}' },
  'hosting.told.withdrawn': { en: 'Took back the proposal “{{title}}”', ko: '행사 제안을 거둠: {{title}}' },
  'hosting.told.hosted': { en: 'Hosted “{{title}}”', ko: '행사를 엶: {{title}}' },
  'hosting.told.canceled': { en: 'Was to host, called off: “{{title}}”', ko: '열기로 했다가 취소된 행사: {{title}}' },
  'hosting.from': { en: 'From {{name}}', ko: '제안하신 분: {{name}}' },
  'hosting.seats': { en: { one: '{{count}} seat', other: '{{count}} seats' }, ko: '{{count}}석' },
  'hosting.who': { en: 'Who proposes it', ko: '제안하신 분' },
  'hosting.account': { en: 'A member with an account', ko: '계정이 있는 회원' },
  'hosting.no_account': {
    en: 'No account yet: with your yes they are invited to have one, as a member without further rights.',
    ko: '아직 계정이 없습니다. 승인하면 다른 권한 없는 회원으로 초대하는 메일이 함께 갑니다.',
  },
  'hosting.wrote_in': { en: 'Written in {{language}}', ko: '쓰신 말: {{language}}' },
  'hosting.received': { en: 'Received', ko: '받은 때' },
  'hosting.address_hidden': {
    en: 'Only those with a seat are told the street.',
    ko: '번지와 도로는 자리가 정해진 분께만 알립니다.',
  },
  'hosting.needs': { en: 'What they need from you', ko: '도움이 필요한 것' },
  'hosting.needs_none': { en: 'Nothing was asked for.', ko: '적은 것이 없습니다.' },
  'hosting.decide': { en: 'Approve it', ko: '승인하기' },
  'hosting.decide_lead': {
    en: 'As it will stand before everybody. Change what has to be changed and add your other languages; the host sees the event as you leave it.',
    ko: '모두에게 보일 내용입니다. 고칠 곳을 고치고 다른 언어도 적어 주세요. 제안하신 분도 고친 대로 보게 됩니다.',
  },
  'hosting.proposed_as': { en: 'As it was proposed', ko: '보내 주신 그대로' },
  'hosting.note': { en: 'A word to the host', ko: '여시는 분께 한 말씀' },
  'hosting.note_hint': {
    en: 'Goes along in the mail as you write it, for example what you changed and who brings the chairs.',
    ko: '쓰신 그대로 메일에 실립니다. 무엇을 고쳤는지, 의자는 누가 가져가는지 등을 적어 주세요.',
  },
  'hosting.approve': { en: 'Approve and publish', ko: '승인하고 공개하기' },
  'hosting.approve_hint': {
    en: 'The host is named on the page, sees who signs up and checks in at the door of this event alone, until the day after. Everything else is changed on the event itself.',
    ko: '행사 안내에 여는 분의 이름이 나오고, 그분은 다음 날까지 이 행사에 한해 신청하신 분을 보고 출석을 확인합니다. 나머지는 행사 화면에서 바꿀 수 있습니다.',
  },
  'hosting.day_over': { en: 'Please choose a day that is still to come.', ko: '오늘이나 그 뒤 날짜를 골라 주세요.' },
  'hosting.decline': { en: 'Decline it', ko: '거절하기' },
  'hosting.reason': { en: 'Why', ko: '까닭' },
  'hosting.reason_hint': {
    en: 'Goes to them by mail as you write it. Say what would make it possible, if something would.',
    ko: '쓰신 그대로 메일로 갑니다. 어떻게 하면 될지도 함께 적어 주시면 좋습니다.',
  },
  'hosting.decline_send': { en: 'Decline and tell them', ko: '거절하고 알리기' },
  'hosting.decided': {
    en: 'This was decided meanwhile, by {{by}}.',
    ko: '그사이에 {{by}} 님이 결정했습니다.',
  },
  'hosting.decided_by': { en: '{{by}}, {{at}}', ko: '{{by}} 님, {{at}}' },
  'hosting.your_word': { en: 'What was written to them', ko: '드린 말씀' },
  'hosting.to_event': { en: 'To the event', ko: '행사로 가기' },
  'hosting.host': { en: 'Hosted by the community', ko: '회원이 여는 행사' },
  'hosting.host_text': {
    en: '{{name}} is named on the page, sees who signs up and may check in at the door.',
    ko: '안내에 여는 분으로 {{name}} 님이 나옵니다. 신청하신 분을 보고 출석을 확인할 수 있습니다.',
  },
  'hosting.host_not_yet': {
    en: '{{name}} is named on the page. Their invitation is not accepted yet: until then they do not see who signs up.',
    ko: '안내에 여는 분으로 {{name}} 님이 나옵니다. 아직 초대를 받아들이지 않아 신청하신 분을 볼 수 없습니다.',
  },
  'hosting.to_proposal': { en: 'What they proposed', ko: '제안 내용' },
  'hosting.to_mine': { en: 'What you proposed', ko: '내가 보낸 제안' },
  'hosting.mine': { en: 'Events you host', ko: '내가 여는 행사' },
  'hosting.mine_lead': {
    en: 'What you would like to hold, and what you are the host of.',
    ko: '열고 싶다고 제안한 모임과 내가 여는 행사입니다.',
  },
  'hosting.mine_none': { en: 'You host nothing yet', ko: '아직 여는 행사가 없습니다' },
  'hosting.mine_none_text': {
    en: 'A talk around your table, calls from your home, an hour of service: propose it, and we help.',
    ko: '집에서 나누는 이야기, 함께 거는 전화, 한 시간 봉사. 제안해 주시면 저희가 돕겠습니다.',
  },
  'hosting.propose': { en: 'Propose an event', ko: '행사 제안하기' },
  'hosting.open': { en: 'See who comes', ko: '오시는 분 보기' },
  'hosting.page_lead': {
    en: 'You are the host. Times, the place and the seats are changed by the office; whoever signed up hears of it by itself.',
    ko: '여는 분이 보는 화면입니다. 시간과 장소, 자리 수는 사무실에서 바꾸며 신청하신 분께 저절로 알려집니다.',
  },
  'hosting.signed_up': { en: 'Signed up', ko: '신청하신 분' },
  'hosting.nobody': {
    en: 'Nobody has signed up yet. Send the address below on.',
    ko: '아직 신청하신 분이 없습니다. 아래 주소를 널리 알려 주세요.',
  },
  'hosting.col.name': { en: 'Name', ko: '이름' },
  'hosting.col.people': { en: 'People', ko: '인원' },
  'hosting.col.state': { en: 'Answer', ko: '답' },
  'hosting.col.said': { en: 'What they wrote', ko: '적어 주신 말' },
  'hosting.share': { en: 'The page for everybody', ko: '모두가 보는 행사 안내' },
  'hosting.qr': { en: 'QR code of the event’s page', ko: '행사 안내의 QR 코드' },
  'hosting.no_numbers': {
    en: 'Numbers and mailboxes stay with the office: ask there to have somebody called.',
    ko: '전화번호와 이메일은 사무실에만 있습니다. 연락이 필요하면 사무실에 말씀해 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    hosting: typeof hostingMessages
  }
}
