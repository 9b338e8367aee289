import { messages } from '../../../platform/i18n/messages.ts'

export const followUpMessages = messages({
  'follow_ups.title': { en: 'Follow-ups', ko: '할 일' },
  'follow_ups.lead': {
    en: 'What calls left to do: who wants to help, needs a ride or a ballot, and what callers ask the organizer.',
    ko: '통화에서 나온 할 일입니다. 돕고 싶은 분, 차편이나 우편투표가 필요한 분, 봉사자가 담당자에게 물은 것이 모입니다.',
  },
  'follow_ups.none': { en: 'Nothing to do', ko: '할 일이 없습니다' },
  'follow_ups.none_text': {
    en: 'What callers note during calls appears here.',
    ko: '봉사자가 통화하며 적은 것이 여기에 나옵니다.',
  },
  'follow_ups.kind': { en: 'What', ko: '무엇' },
  'follow_ups.all': { en: 'Everything', ko: '모두' },
  'follow_ups.state': { en: 'State', ko: '상태' },
  'follow_ups.open': { en: 'To do', ko: '할 일' },
  'follow_ups.solved': { en: 'Done', ko: '마친 일' },
  'follow_ups.table': { en: 'Follow-ups, the oldest first', ko: '할 일, 오래된 것부터' },
  'follow_ups.kind.volunteer': { en: 'Wants to volunteer', ko: '봉사하고 싶음' },
  'follow_ups.kind.yard_sign': { en: 'Wants a yard sign', ko: '마당 팻말을 원함' },
  'follow_ups.kind.ride': { en: 'Needs a ride to the polls', ko: '투표소까지 차편이 필요함' },
  'follow_ups.kind.mail_ballot': { en: 'Wants a mail ballot', ko: '우편투표를 원함' },
  'follow_ups.kind.organizer': { en: 'For the organizer', ko: '담당자에게' },
  'follow_ups.kind.call_back_too_late': {
    en: 'Asked for a call after the last evening',
    ko: '캠페인이 끝난 뒤의 시각에 전화를 부탁함',
  },
  'follow_ups.solution': { en: 'What was done', ko: '어떻게 했는지' },
  'follow_ups.solve': { en: 'Done', ko: '마침' },
  'follow_ups.solve_named': { en: 'Done: {{name}}, {{kind}}', ko: '마침: {{name}}, {{kind}}' },
  'follow_ups.call_again': { en: 'Done, call them again', ko: '마침, 다시 걸기' },
  'follow_ups.call_no_more': { en: 'Done, no more calls', ko: '마침, 더 걸지 않기' },
  'follow_ups.solved_by': { en: '{{by}}, {{at}}', ko: '{{by}} 님, {{at}}' },
  'follow_ups.said': { en: 'Noted as done.', ko: '마친 일로 적었습니다.' },
  'follow_ups.filter': { en: 'Which follow-ups', ko: '어떤 할 일' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    follow_ups: typeof followUpMessages
  }
}
