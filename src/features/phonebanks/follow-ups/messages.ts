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
  'follow_ups.table': { en: 'Follow-ups, the most pressing first', ko: '할 일, 급한 것부터' },
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
  'follow_ups.who': { en: 'Who does it', ko: '맡은 분' },
  'follow_ups.who.all': { en: 'Anybody', ko: '누구든' },
  'follow_ups.who.me': { en: 'I do', ko: '내가 맡은 일' },
  'follow_ups.who.nobody': { en: 'Nobody yet', ko: '아직 아무도' },
  'follow_ups.late_only': { en: 'Only those that are late', ko: '기한이 지난 것만' },
  'follow_ups.due_on': { en: 'By when', ko: '언제까지' },
  'follow_ups.due': { en: 'by {{date}}', ko: '{{date}}까지' },
  'follow_ups.late': { en: 'Late', ko: '기한 지남' },
  'follow_ups.no_owner': { en: 'Nobody does it yet', ko: '맡은 분 없음' },
  'follow_ups.tick': { en: 'Choose: {{name}}, {{kind}}', ko: '고르기: {{name}}, {{kind}}' },
  'follow_ups.assign': { en: 'Give to somebody', ko: '맡기기' },
  'follow_ups.assign_lead': {
    en: 'Tick some above, or give all that are shown.',
    ko: '위에서 고르거나 화면에 나온 일을 모두 맡길 수 있습니다.',
  },
  'follow_ups.assign_ticked': { en: 'Give those ticked', ko: '고른 일 맡기기' },
  'follow_ups.assign_shown': {
    en: { one: 'Give the one shown', other: 'Give all {{count}} shown' },
    ko: '화면의 {{count}}건 모두 맡기기',
  },
  'follow_ups.none_ticked': { en: 'Tick at least one, then give it.', ko: '하나 이상 고른 뒤 맡겨 주세요.' },
  'follow_ups.date_invalid': {
    en: 'This is no date. Leave it empty, or choose a day.',
    ko: '날짜가 아닙니다. 비워 두거나 날짜를 골라 주세요.',
  },
  'follow_ups.said_assigned': {
    en: { one: 'One follow-up given.', other: '{{count}} follow-ups given.' },
    ko: '할 일 {{count}}건을 맡겼습니다.',
  },
  'follow_ups.file': { en: 'As a file', ko: '파일로 받기' },
  'follow_ups.file_lead': {
    en: 'Names, numbers and addresses of those shown by the filter, all pages, for a driver or whoever brings the signs.',
    ko: '위에서 거른 분들의 이름, 전화번호, 주소를 모든 쪽에서 모읍니다. 운전하거나 팻말을 가져다줄 분께 전할 때 쓰세요.',
  },
  'follow_ups.file_get': { en: 'Download CSV', ko: 'CSV 내려받기' },
  'follow_ups.csv.kind': { en: 'What', ko: '무엇' },
  'follow_ups.csv.name': { en: 'Name', ko: '이름' },
  'follow_ups.csv.hangul': { en: 'Name in Hangul', ko: '한글 이름' },
  'follow_ups.csv.phone': { en: 'Phone', ko: '전화' },
  'follow_ups.csv.address': { en: 'Address', ko: '주소' },
  'follow_ups.csv.note': { en: 'Note', ko: '메모' },
  'follow_ups.csv.made_by': { en: 'Noted by', ko: '적은 분' },
  'follow_ups.csv.made_at': { en: 'Noted at', ko: '적은 때' },
  'follow_ups.csv.owner': { en: 'Who does it', ko: '맡은 분' },
  'follow_ups.csv.due_on': { en: 'By when', ko: '언제까지' },
  'follow_ups.csv.solved_at': { en: 'Done at', ko: '마친 때' },
  'follow_ups.csv.solved_by': { en: 'Done by', ko: '마친 분' },
  'follow_ups.csv.solution': { en: 'What was done', ko: '어떻게 했는지' },
  'follow_ups.mine_unowned': { en: 'Nobody does them yet', ko: '맡은 분이 없는 일' },
  'follow_ups.filter': { en: 'Which follow-ups', ko: '어떤 할 일' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    follow_ups: typeof followUpMessages
  }
}
