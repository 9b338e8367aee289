import { messages } from '../../platform/i18n/messages.ts'

/** Results of a call: at most seven syllables on a Korean button. */
export const contactsMessages = messages({
  'disposition.canvassed': { en: 'Answered questions', ko: '통화함' },
  'disposition.no_answer': { en: 'No answer', ko: '안 받음' },
  'disposition.left_message': { en: 'Left message', ko: '메시지 남김' },
  'disposition.call_back': { en: 'Call back', ko: '다시 걸기' },
  'disposition.refused': { en: 'Refused', ko: '거절' },
  'disposition.wrong_number': { en: 'Wrong number', ko: '잘못된 번호' },
  'disposition.disconnected': { en: 'Disconnected', ko: '결번' },
  'disposition.language_barrier': { en: 'Other language', ko: '다른 언어' },
  'disposition.do_not_call': { en: 'Do not call', ko: '전화 원치 않음' },
  'disposition.busy': { en: 'Busy', ko: '통화 중 신호' },
  'disposition.not_available': { en: 'Not a good time', ko: '지금 곤란' },
  'disposition.moved': { en: 'Moved away', ko: '이사함' },
  'disposition.deceased': { en: 'Deceased', ko: '작고하심' },
  'disposition.hostile': { en: 'Hostile', ko: '폭언' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    contacts: typeof contactsMessages
  }
}
