import { messages } from '../../../platform/i18n/messages.ts'

export const resultCodeMessages = messages({
  'result_codes.title': { en: 'Our own results', ko: '우리 단체가 정한 결과' },
  'result_codes.lead': {
    en: 'Beside the usual results callers can press your own, such as “Voted early”. Each counts as one of the usual results: that decides whether the voter is called again.',
    ko: '기본 결과 옆에 “조기투표 마침”처럼 단체가 정한 결과를 더할 수 있습니다. 저마다 기본 결과 하나로 집계되며, 다시 전화할지도 그 결과를 따릅니다.',
  },
  'result_codes.known': { en: 'Results in use', ko: '쓰고 있는 결과' },
  'result_codes.none': { en: 'None named yet.', ko: '아직 정한 결과가 없습니다.' },
  'result_codes.counts_as': { en: 'Counts as “{{result}}”', ko: '집계 기준: {{result}}' },
  'result_codes.code': { en: 'In exports and searches: {{code}}', ko: '파일과 검색에서 쓰는 이름: {{code}}' },
  'result_codes.retire': { en: 'Stop offering', ko: '그만 쓰기' },
  'result_codes.retire_named': { en: 'Stop offering {{name}}', ko: '{{name}} 그만 쓰기' },
  'result_codes.restore': { en: 'Offer again', ko: '다시 쓰기' },
  'result_codes.restore_named': { en: 'Offer {{name}} again', ko: '{{name}} 다시 쓰기' },
  'result_codes.retired': { en: 'No longer offered', ko: '더는 쓰지 않음' },
  'result_codes.new': { en: 'Name a new result', ko: '새 결과 정하기' },
  'result_codes.name_en': { en: 'On the button, in English', ko: '영어 버튼 이름' },
  'result_codes.name_ko': { en: 'On the button, in Korean', ko: '한국어 버튼 이름' },
  'result_codes.kind': { en: 'Counts as', ko: '무엇으로 집계할까요' },
  'result_codes.kind_hint': {
    en: 'This cannot be changed later: what was recorded must keep its meaning. For another meaning, name another result.',
    ko: '나중에 바꿀 수 없습니다. 이미 기록된 결과의 뜻이 달라지면 안 되기 때문입니다. 뜻이 다르면 새 결과를 정해 주세요.',
  },
  'result_codes.add': { en: 'Add this result', ko: '이 결과 더하기' },
  'result_codes.added': {
    en: 'Added. Choose it in each phone bank whose callers should have it.',
    ko: '더했습니다. 쓸 전화 캠페인마다 이 결과를 골라 주세요.',
  },
  'result_codes.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'result_codes.problem.name_needed': {
    en: 'The English name needs at least two Latin letters.',
    ko: '영어 이름에는 로마자가 두 글자 이상 있어야 합니다.',
  },
  'result_codes.problem.taken': {
    en: 'There is a result of this name already, perhaps one no longer offered.',
    ko: '같은 이름의 결과가 이미 있습니다. 더는 쓰지 않는 결과일 수도 있습니다.',
  },
  'result_codes.problem.too_many': {
    en: 'Twelve are offered already. More slow callers down: stop offering one first.',
    ko: '이미 열두 개입니다. 더 많으면 봉사자가 찾기 어렵습니다. 먼저 하나를 그만 써 주세요.',
  },
  'result_codes.of_bank': { en: 'Own results for {{name}}', ko: '{{name}}에서 쓸 결과' },
  'result_codes.of_bank_lead': {
    en: 'Callers find those chosen here after the usual results. They see the change when they open the calling page again.',
    ko: '여기서 고른 결과는 봉사자 화면에서 기본 결과 다음에 나옵니다. 전화 화면을 다시 열면 바뀐 목록이 보입니다.',
  },
  'result_codes.choose': { en: 'Offer to callers', ko: '봉사자에게 보일 결과' },
  'result_codes.all': { en: 'Name results for the organization', ko: '단체의 결과 정하기' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    result_codes: typeof resultCodeMessages
  }
}
