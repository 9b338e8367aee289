import { messages } from '../../../platform/i18n/messages.ts'

export const shiftMessages = messages({
  'shifts.title': { en: 'Calls and shifts', ko: '참석 확인과 시간대' },
  'shifts.lead': {
    en: 'Ask who signed up whether they come, and see who came to their shift.',
    ko: '신청한 분께 전화로 참석을 확인하고, 맡은 시간대에 누가 왔는지 봅니다.',
  },
  'shifts.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'shifts.quicker': {
    en: 'Nothing was saved: somebody was quicker. Look how it stands now.',
    ko: '저장하지 않았습니다. 그사이 다른 분이 먼저 처리했습니다. 지금 상태를 확인해 주세요.',
  },
  'shifts.in_hand': {
    en: 'Nothing was saved: somebody else is calling them just now. See who, below.',
    ko: '저장하지 않았습니다. 지금 다른 분이 전화하고 있습니다. 누구인지는 아래에서 보실 수 있습니다.',
  },
  'shifts.busy': {
    en: 'Numbers are being sorted out just now, so nobody was taken. Press again in a moment.',
    ko: '지금 전화번호를 정리하고 있어 아직 맡지 못했습니다. 잠시 뒤에 다시 눌러 주세요.',
  },
  'shifts.being_called': { en: 'Being called by {{name}}', ko: '{{name}} 님이 전화하는 중' },
  'shifts.on_sheet': { en: 'On a printed call sheet', ko: '인쇄한 전화 명단에 있음' },
  'shifts.take': { en: 'Call {{phone}}', ko: '{{phone}} 전화하기' },
  'shifts.yours': {
    en: 'Yours until {{when}}: nobody else calls them. Touch the number, then say what came of it.',
    ko: '{{when}}까지 다른 분은 이분께 전화하지 않습니다. 번호를 눌러 전화하고 결과를 골라 주세요.',
  },
  'shifts.give_back': { en: 'Not now', ko: '나중에' },
  'shifts.lost_seats': {
    en: 'Their “no” was a mistake and taken back, but their seat has gone to somebody else. Find them one, or call them.',
    ko: '‘못 오심’을 취소했지만 자리가 이미 다른 분께 갔습니다. 자리를 마련하거나 전화로 알려 주세요.',
  },
  'shifts.confirm': { en: 'Ask whether they come', ko: '참석 확인 전화' },
  'shifts.confirm_lead': {
    en: 'Everybody who signed up and has not confirmed. What they answer counts at once: a yes confirms, a no gives the seat to whoever waits.',
    ko: '신청했지만 아직 참석을 확인하지 않은 분들입니다. 답은 바로 반영됩니다. 오신다고 하면 확정하고, 못 오신다고 하면 기다리는 분께 자리가 갑니다.',
  },
  'shifts.confirm_none': { en: 'Nobody is left to ask.', ko: '확인할 분이 없습니다.' },
  'shifts.to_ask': { en: 'Not confirmed', ko: '미확인' },
  'shifts.by_bank': { en: 'By phone bank', ko: '전화 캠페인으로' },
  'shifts.by_bank_note': { en: 'in the voter file', ko: '유권자 명부에 있음' },
  'shifts.newcomers': { en: 'New to us', ko: '새로 오시는 분' },
  'shifts.newcomers_note': { en: 'in no voter file', ko: '명부에 없음' },
  'shifts.tried': { en: 'Last rung {{when}}', ko: '지난번 전화: {{when}}' },
  'shifts.no_phone': { en: 'No number', ko: '번호 없음' },
  'shifts.closed': { en: 'Not to be called', ko: '전화하지 않음' },
  'shifts.make': { en: 'Make a phone bank of them', ko: '전화 캠페인 만들기' },
  'shifts.make_hint': {
    en: 'With a script of its own in English and Korean. Callers join by its link, on their own phones; who is in no voter file they find there under “New to us”.',
    ko: '확인용 스크립트가 한국어와 영어로 함께 만들어집니다. 봉사자는 링크로 들어와 자기 전화로 걸고, 명부에 없는 분은 ‘새로 오시는 분’에서 겁니다.',
  },
  'shifts.voters': {
    en: { one: '{{count}} voter on its list', other: '{{count}} voters on its list' },
    ko: '명단 {{count}}명',
  },
  'shifts.ended': { en: 'ended', ko: '끝남' },
  'shifts.refresh': { en: 'Bring its list up to date', ko: '명단 새로 고치기' },
  'shifts.over': { en: 'It has begun, or is canceled.', ko: '이미 시작했거나 취소한 행사입니다.' },
  'shifts.by_hand': { en: 'Call by hand', ko: '직접 전화하기' },
  'shifts.by_hand_lead': {
    en: 'They are in no voter file. Callers of the phone bank find them under “New to us”; or call them from here: while you do, nobody else does.',
    ko: '유권자 명부에 없는 분들입니다. 전화 봉사자에게는 ‘새로 오시는 분’에 나옵니다. 여기서 직접 전화하셔도 되며, 그동안 다른 분은 그분께 전화하지 않습니다.',
  },
  'shifts.others': { en: 'Call the others yourself', ko: '다른 분께도 직접 전화하기' },
  'shifts.said.yes': { en: 'Comes', ko: '오심' },
  'shifts.said.no': { en: 'Cannot come', ko: '못 오심' },
  'shifts.said.maybe': { en: 'Not sure yet', ko: '아직 모르심' },
  'shifts.said.message': { en: 'Left a message', ko: '메시지 남김' },
  'shifts.said.no_answer': { en: 'No answer', ko: '안 받음' },
  'shifts.said.wrong_number': { en: 'Wrong number', ko: '잘못된 번호' },
  'shifts.said.do_not_call': { en: 'Do not call', ko: '전화 원치 않음' },
  'shifts.last_said': { en: '{{said}}, {{when}} ({{by}})', ko: '{{said}}, {{when}} ({{by}})' },
  'shifts.bank': { en: 'Phone bank of the shifts', ko: '함께 거는 전화 캠페인' },
  'shifts.bank_lead': {
    en: 'Whoever has a seat gets its link in the reminder and on their own page. Who joins or calls during their shift, by the number or mailbox they signed up with, counts as there.',
    ko: '자리가 있는 분의 안내 메일과 본인 페이지에 링크가 나옵니다. 신청할 때 쓴 번호나 이메일로 그 시간대에 들어와 전화하면 참석으로 표시됩니다.',
  },
  'shifts.bank_none': { en: 'none', ko: '없음' },
  'shifts.bank_open': { en: 'Open the phone bank', ko: '전화 캠페인 열기' },
  'shifts.bank_shut': {
    en: 'Its link is closed or it has ended: nobody is shown the link.',
    ko: '링크를 닫았거나 끝난 캠페인이어서 링크가 나오지 않습니다.',
  },
  'shifts.here_of': { en: '{{here}} of {{people}} came', ko: '{{people}}명 중 {{here}}명 참석' },
  'shifts.not_yet': { en: 'Not yet here', ko: '아직 안 옴' },
  'shifts.mark_here': { en: 'Here', ko: '왔음' },
  'shifts.nobody': { en: 'Nobody has signed up for it.', ko: '신청한 분이 없습니다.' },
  'shifts.strangers': {
    en: 'Called during it, and is nobody of the list as far as we can tell: {{names}}. If it is one of them, press “Here”.',
    ko: '이 시간대에 전화했지만 명단의 누구인지 알 수 없습니다: {{names}}. 명단에 있는 분이면 ‘왔음’을 눌러 주세요.',
  },
  'shifts.training': {
    en: 'This kind of event asks for the training “{{name}}”.',
    ko: '이 종류의 행사에는 ‘{{name}}’ 교육이 필요합니다.',
  },
  'shifts.lacks': {
    en: { one: '{{count}} person lacks it.', other: '{{count}} people lack it.' },
    ko: '{{count}}명이 아직 마치지 않았습니다.',
  },
  'shifts.all_trained': { en: 'Everybody has passed it.', ko: '모두 마쳤습니다.' },
  'shifts.untrained_in': { en: 'training missing: {{name}}', ko: '교육 전: {{name}}' },
  'shifts.untrained': { en: 'training missing', ko: '교육 전' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    phone_bank_shifts: typeof shiftMessages
  }
}
