import { messages } from '../../../platform/i18n/messages.ts'

/** Pages of the organizer; the words of the caller's side stand in console-messages.ts. */
export const toldMessages = messages({
  // The first text of a conversation names who sends it and how to end it.
  'told.link_text': {
    en: '{{organization}}: {{title}} {{link}} You asked for this on the phone. Reply STOP to end texts.',
    ko: '{{organization}}입니다. 전화로 요청하신 내용입니다. {{title}} {{link}} 문자를 그만 받으시려면 STOP 또는 그만이라고 답해 주세요.',
  },
  'told.link_mail': {
    en: 'You asked for this on the phone:\n\n{{title}}\n{{link}}\n\n{{organization}}',
    ko: '전화로 요청하신 내용을 보내 드립니다.\n\n{{title}}\n{{link}}\n\n{{organization}}',
  },
  'told.tags_title': { en: 'Tags for callers', ko: '봉사자가 붙일 태그' },
  'told.tags_lead': {
    en: 'During a call a caller can put these tags on the voter, and no others.',
    ko: '봉사자는 통화하면서 여기서 고른 태그만 붙일 수 있습니다.',
  },
  'told.tags_saved': {
    en: 'Saved. Callers see the new choice with their next call.',
    ko: '저장했습니다. 다음 통화부터 봉사자 화면에 나옵니다.',
  },
  'told.tags_allowed': { en: 'Tags callers may use', ko: '봉사자가 쓸 수 있는 태그' },
  'told.tags_people': { en: { one: '{{count}} person', other: '{{count}} people' }, ko: '{{count}}명' },
  'told.tags_new': { en: 'A new tag', ko: '새 태그' },
  'told.tags_new_hint': {
    en: 'Letters and digits, joined by hyphens.',
    ko: '한글, 영문, 숫자를 쓰고 붙임표로 이으세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    told: typeof toldMessages
  }
}
