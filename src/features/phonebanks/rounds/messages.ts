import { messages } from '../../../platform/i18n/messages.ts'

export const recurringMessages = messages({
  'recurring.title': { en: 'Recurring phone banks', ko: '매주 하는 전화 캠페인' },
  'recurring.lead': {
    en: 'Each is the template of the next: universe, script, rules and hours, a week later; one that lasts longer, as many weeks later as it takes. The newest version of its script is taken.',
    ko: '하나가 다음 캠페인의 틀이 됩니다. 대상 유권자, 스크립트, 규칙, 시간이 같고 날짜만 일주일 뒤입니다. 한 주보다 긴 캠페인은 끝난 다음 주입니다. 스크립트는 가장 새 판을 씁니다.',
  },
  'recurring.none': { en: 'No phone bank repeats.', ko: '매주 하는 전화 캠페인이 없습니다.' },
  'recurring.none_text': {
    en: 'Open a phone bank and choose “Make a new one every week” under “Settings”, “Use it again”.',
    ko: '전화 캠페인을 열고 ‘설정’의 ‘다시 쓰기’에서 ‘매주 새로 만들기’를 누르세요.',
  },
  'recurring.state.weekly': { en: 'Repeats', ko: '반복 중' },
  'recurring.state.paused': { en: 'Paused', ko: '잠시 멈춤' },
  'recurring.state.stuck': { en: 'Not made', ko: '만들지 못함' },
  'recurring.next': {
    en: 'Next: {{from}} – {{to}}. It is made by itself on {{on}}.',
    ko: '다음: {{from}}~{{to}}. {{on}}에 저절로 만듭니다.',
  },
  'recurring.next_now': {
    en: 'Next: {{from}} – {{to}}. It is made by itself within minutes.',
    ko: '다음: {{from}}~{{to}}. 몇 분 안에 저절로 만듭니다.',
  },
  'recurring.next_stuck': { en: 'Next: {{from}} – {{to}}.', ko: '다음: {{from}}~{{to}}' },
  'recurring.next_paused': {
    en: 'Paused: the next, {{from}} – {{to}}, is not made until you go on.',
    ko: '잠시 멈췄습니다. 다시 시작해야 다음 캠페인({{from}}~{{to}})을 만듭니다.',
  },
  'recurring.make_now': { en: 'Make the next one now', ko: '다음 것 지금 만들기' },
  'recurring.pause': { en: 'Pause repeating', ko: '반복 잠시 멈추기' },
  'recurring.resume': { en: 'Go on repeating', ko: '반복 다시 시작' },
  'recurring.stop': { en: 'Stop repeating', ko: '반복 그만두기' },
  'recurring.stuck': {
    en: 'A recurring phone bank could not be made for the next week.',
    ko: '매주 하는 전화 캠페인의 다음 것을 만들지 못했습니다.',
  },
  'recurring.look': { en: 'See what is missing', ko: '무엇이 빠졌는지 보기' },
  'recurring.not_made': { en: 'The next phone bank was not made.', ko: '다음 전화 캠페인을 만들지 못했습니다.' },
  'recurring.tried_again': {
    en: 'It is made by itself as soon as that is put right.',
    ko: '바로잡으면 저절로 만듭니다.',
  },
  'recurring.problem.name_needed': {
    en: 'It has no name.',
    ko: '이름이 없습니다.',
  },
  'recurring.problem.languages_needed': {
    en: 'It has no language.',
    ko: '통화 언어가 없습니다.',
  },
  'recurring.problem.lane_candidate': {
    en: 'It names a candidate, but is non-partisan work, which is for no candidate.',
    ko: '정파 중립 활동인데 후보 이름이 있습니다.',
  },
  'recurring.problem.candidate_needed': {
    en: 'Its script names a candidate, and the phone bank does not say who.',
    ko: '스크립트에는 후보 이름이 들어가는데 전화 캠페인에 후보가 없습니다.',
  },
  'recurring.mend.name_needed': {
    en: 'Write one under “Settings”, or make a new phone bank.',
    ko: '‘설정’에서 이름을 적거나 전화 캠페인을 새로 만들어 주세요.',
  },
  'recurring.mend.languages_needed': {
    en: 'Choose one under “Settings”, or make a new phone bank.',
    ko: '‘설정’에서 언어를 고르거나 전화 캠페인을 새로 만들어 주세요.',
  },
  'recurring.mend.lane_candidate': {
    en: 'Leave the name out under “Settings”, or make a new phone bank for the candidate.',
    ko: '‘설정’에서 후보 이름을 지우거나 그 후보를 위한 캠페인을 새로 만들어 주세요.',
  },
  'recurring.mend.candidate_needed': {
    en: 'Write the name under “Settings”, change the script, or make a new phone bank.',
    ko: '‘설정’에 후보 이름을 적거나, 스크립트를 고치거나, 캠페인을 새로 만들어 주세요.',
  },
  'recurring.mend_ended': {
    en: 'This phone bank has ended, so its settings cannot be changed any more: stop repeating it and make a new one.',
    ko: '이미 끝낸 전화 캠페인이라 설정을 바꿀 수 없습니다. 반복을 그만두고 새 캠페인을 만들어 주세요.',
  },
  'recurring.problem.script_not_ready': {
    en: 'Its script cannot be used: something in it must be put right first. Open the script, it shows what.',
    ko: '스크립트를 아직 쓸 수 없습니다. 먼저 고칠 데가 있습니다. 스크립트를 열면 어디인지 나옵니다.',
  },
  'recurring.problem.universe_unreadable': {
    en: 'Its universe cannot be read any more, for example because it names one that is gone. Make a new phone bank with another universe.',
    ko: '대상 유권자 조건을 더는 읽을 수 없습니다. 조건에 들어 있던 대상이 없어졌을 수 있습니다. 다른 대상 유권자로 캠페인을 새로 만들어 주세요.',
  },
  'recurring.problem.unexpected': {
    en: 'Something went wrong here; whoever runs the server finds it in the log.',
    ko: '시스템에 문제가 있었습니다. 서버 관리자가 로그에서 찾을 수 있습니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    phone_bank_recurring: typeof recurringMessages
  }
}
