import { messages } from '../../../platform/i18n/messages.ts'

export const partMessages = messages({
  'parts.title': { en: 'Who has a part', ko: '맡은 분' },
  'parts.lead': {
    en: 'Who leads, speaks, interprets or takes notes. They are signed up with it: written to, reminded, on the list at the door, and it stands on their timeline.',
    ko: '진행, 발표, 통역, 기록을 맡은 분입니다. 맡기면 참가 신청까지 함께 되어 안내와 알림 메일을 받고 출석 명단에 오르며, 활동 이력에도 남습니다.',
  },
  'parts.of.facilitator': { en: 'Facilitator', ko: '진행' },
  'parts.of.speaker': { en: 'Speaker', ko: '발표' },
  'parts.of.panelist': { en: 'Panelist', ko: '패널' },
  'parts.of.mentor': { en: 'Mentor', ko: '멘토' },
  'parts.of.interpreter': { en: 'Interpreter', ko: '통역' },
  'parts.of.note_taker': { en: 'Note taker', ko: '기록' },
  'parts.none': { en: 'Nobody has a part yet.', ko: '아직 맡은 분이 없습니다.' },
  'parts.guest': { en: 'guest from outside', ko: '외부 손님' },
  'parts.no_seat': { en: 'no seat yet', ko: '자리 없음' },
  'parts.take_back': { en: 'Take it back', ko: '빼기' },
  'parts.give': { en: 'Give somebody a part', ko: '맡기기' },
  'parts.which': { en: 'Part', ko: '맡는 일' },
  'parts.find': { en: 'Name, telephone or e-mail', ko: '이름, 전화번호, 이메일' },
  'parts.found_none': { en: 'Nobody was found.', ko: '찾는 분이 없습니다.' },
  'parts.give_as': { en: 'Give the part', ko: '맡기기' },
  'parts.outside': { en: 'Somebody from outside', ko: '외부 손님' },
  'parts.outside_lead': {
    en: 'By name alone: nothing is mailed to them.',
    ko: '이름만 적습니다. 메일은 가지 않습니다.',
  },
  'parts.name': { en: 'Name', ko: '이름' },
  'parts.add': { en: 'Add', ko: '추가' },
  'parts.written': { en: 'Written in the event’s own fields', ko: '행사 정보에 적힌 내용' },
  'parts.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'parts.seat_full': {
    en: 'Saved, but all seats are taken: they are not signed up. Make room, then add them under “Who comes”.',
    ko: '저장했지만 자리가 없어 참가 신청은 되지 않았습니다. 정원을 늘린 뒤 ‘신청한 분’에서 추가해 주세요.',
  },
  'parts.already': { en: 'They have that part already.', ko: '이미 그 일을 맡은 분입니다.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    event_parts: typeof partMessages
  }
}
