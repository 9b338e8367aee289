import { messages } from '../../../platform/i18n/messages.ts'

export const programMessages = messages({
  'program.title': { en: 'Run of show', ko: '진행 순서' },
  'program.lead': {
    en: 'What happens when, for how long and by whom. Print it for everybody who helps; on the day, one phone says what is on and all see it.',
    ko: '무엇을 언제, 얼마 동안, 누가 하는지 적습니다. 돕는 분들께 인쇄해 드리고, 당일에는 전화기 하나로 넘기면 모두의 화면에 지금 순서가 나옵니다.',
  },
  'program.none': { en: 'Nothing in it yet', ko: '아직 순서가 없습니다' },
  'program.none_text': { en: 'Begin with who welcomes people.', ko: '환영 인사를 누가 할지부터 적어 보세요.' },
  'program.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'program.item_in': { en: 'What happens ({{language}})', ko: '순서 ({{language}})' },
  'program.minutes': { en: 'Minutes', ko: '시간(분)' },
  'program.minutes_invalid': { en: 'A whole number from 1 to 600.', ko: '1부터 600까지 숫자로 적어 주세요.' },
  'program.title_missing': {
    en: 'Say in one language at least what happens.',
    ko: '한 가지 말로라도 무엇을 하는지 적어 주세요.',
  },
  'program.who': { en: 'Who speaks or sees to it', ko: '말하거나 맡는 분' },
  'program.interpreter': { en: 'Interpreter', ko: '통역' },
  'program.note': { en: 'For the team', ko: '진행팀 메모' },
  'program.add': { en: 'Add to the run of show', ko: '순서에 추가' },
  'program.edit': { en: 'Change', ko: '고치기' },
  'program.up': { en: 'Earlier', ko: '앞으로' },
  'program.down': { en: 'Later', ko: '뒤로' },
  'program.remove': { en: 'Take it out', ko: '빼기' },
  'program.time': { en: 'Time', ko: '시각' },
  'program.what': { en: 'What happens', ko: '순서' },
  'program.minutes_of': { en: '{{count}} min', ko: '{{count}}분' },
  'program.fits': {
    en: '{{total}} of {{event}} minutes are planned.',
    ko: '{{event}}분 가운데 {{total}}분을 계획했습니다.',
  },
  'program.too_long': {
    en: 'It takes {{total}} minutes; the event has {{event}}. It would end {{over}} minutes late.',
    ko: '순서는 {{total}}분인데 행사는 {{event}}분입니다. {{over}}분 늦게 끝납니다.',
  },
  'program.live': { en: 'Now and next', ko: '지금과 다음' },
  'program.back_to_plan': { en: 'The whole run of show', ko: '전체 진행 순서' },
  'program.before': { en: 'It has not begun yet', ko: '아직 시작 전' },
  'program.over': { en: 'It is over. Thank you!', ko: '모두 마쳤습니다. 고맙습니다!' },
  'program.now': { en: 'Now', ko: '지금' },
  'program.last': { en: 'This is the last one.', ko: '마지막 순서입니다.' },
  'program.left': { en: { one: '{{count}} minute left', other: '{{count}} minutes left' }, ko: '{{count}}분 남음' },
  'program.over_time': {
    en: { one: '{{count}} minute over', other: '{{count}} minutes over' },
    ko: '{{count}}분 넘김',
  },
  'program.late': { en: { one: '{{count}} minute late', other: '{{count}} minutes late' }, ko: '{{count}}분 늦음' },
  'program.early': { en: { one: '{{count}} minute ahead', other: '{{count}} minutes ahead' }, ko: '{{count}}분 빠름' },
  'program.on_time': { en: 'on time', ko: '제시간' },
  'program.begin': { en: 'Begin: {{title}}', ko: '시작: {{title}}' },
  'program.go_on': { en: 'Next: {{title}}', ko: '다음: {{title}}' },
  'program.go_back': { en: 'Back: {{title}}', ko: '되돌리기: {{title}}' },
  'program.end': { en: 'It is over', ko: '마침' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    program: typeof programMessages
  }
}
