import { messages } from '../../../platform/i18n/messages.ts'

export const bodyMessages = messages({
  'bodies.title': { en: 'Chapters and committees', ko: '지부와 위원회' },
  'bodies.lead': {
    en: 'Boards, committees and chapters: who holds which office, until when, and which seats are vacant.',
    ko: '이사회, 위원회, 지부에서 누가 어떤 직책을 언제까지 맡는지, 비어 있는 자리는 어디인지 봅니다.',
  },
  'bodies.new': { en: 'Add a chapter or committee', ko: '지부나 위원회 추가' },
  'bodies.make': { en: 'Add it', ko: '추가' },
  'bodies.new_lead': {
    en: 'It begins with the usual offices; names, seats and terms can be changed afterwards.',
    ko: '흔히 두는 직책으로 시작합니다. 이름, 자리 수, 임기는 나중에 고칠 수 있습니다.',
  },
  'bodies.none': { en: 'No chapter or committee yet', ko: '아직 지부나 위원회가 없습니다' },
  'bodies.none_text': {
    en: 'Add the board first: who sits on it and until when is then on one page, and on everybody’s profile.',
    ko: '먼저 이사회를 추가해 보세요. 누가 언제까지 맡는지 한 페이지에 모이고, 각자의 프로필에도 나옵니다.',
  },
  'bodies.kind': { en: 'Kind', ko: '종류' },
  'bodies.kind.board': { en: 'Board', ko: '이사회' },
  'bodies.kind.committee': { en: 'Committee', ko: '위원회' },
  'bodies.kind.chapter': { en: 'Chapter', ko: '지부' },
  'bodies.people': { en: { one: '{{count}} person', other: '{{count}} people' }, ko: '{{count}}명' },
  'bodies.vacant': { en: { one: '{{count}} vacant seat', other: '{{count}} vacant seats' }, ko: '공석 {{count}}자리' },
  'bodies.archived': { en: 'put away', ko: '보관됨' },
  'bodies.name': { en: 'Name', ko: '이름' },
  'bodies.change': { en: 'Name and putting away', ko: '이름 수정과 보관' },
  'bodies.offices': { en: 'Offices', ko: '직책' },
  'bodies.office_new': { en: 'Add an office', ko: '직책 추가' },
  'bodies.office_change': { en: 'Change this office', ko: '이 직책 수정' },
  'bodies.seats': { en: 'Seats', ko: '자리 수' },
  'bodies.seats_hint': {
    en: 'How many hold it at once. Empty: any number.',
    ko: '동시에 맡는 사람 수입니다. 비우면 제한이 없습니다.',
  },
  'bodies.seats_held': { en: '{{held}} of {{seats}} seats held', ko: '{{seats}}자리 중 {{held}}자리 맡음' },
  'bodies.term_months': { en: 'Usual term in months', ko: '보통 임기(개월)' },
  'bodies.term_hint': {
    en: 'Fills in the last day. Empty: no end.',
    ko: '마지막 날을 미리 채웁니다. 비우면 끝이 없습니다.',
  },
  'bodies.term': {
    en: { one: 'term of {{count}} month', other: 'term of {{count}} months' },
    ko: '임기 {{count}}개월',
  },
  'bodies.number_wrong': { en: 'Enter a number, or nothing.', ko: '숫자를 입력하거나 비워 주세요.' },
  'bodies.give': { en: 'Give this office', ko: '이 직책 맡기기' },
  'bodies.give_title': { en: '{{body}}: {{office}}', ko: '{{body}}: {{office}}' },
  'bodies.find': { en: 'Whom? Name, phone number or e-mail', ko: '누구에게 맡길까요? 이름, 전화번호, 이메일' },
  'bodies.found': { en: 'Found', ko: '찾은 사람' },
  'bodies.who_needed': { en: 'Choose a person.', ko: '사람을 골라 주세요.' },
  'bodies.no_seat': {
    en: 'On some day of this term every seat is held already. End a term first, or give the office more seats.',
    ko: '이 임기 중에 자리가 모두 차는 날이 있습니다. 먼저 다른 분의 임기를 마치거나 자리 수를 늘려 주세요.',
  },
  'bodies.holds_already': {
    en: 'They hold this office already in that time.',
    ko: '그 기간에 이미 이 직책을 맡고 있습니다.',
  },
  'bodies.nobody': { en: 'Nobody holds it now.', ko: '지금은 맡은 사람이 없습니다.' },
  'bodies.coming': { en: 'Will hold it', ko: '맡을 예정' },
  'bodies.before': { en: 'Held it before', ko: '이전에 맡은 사람' },
  'bodies.end': { en: 'End the term today', ko: '오늘로 임기 마침' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    bodies: typeof bodyMessages
  }
}
