import { messages } from '../../../platform/i18n/messages.ts'

export const afterMessages = messages({
  'after.title': { en: 'Afterwards', ko: '행사가 끝난 뒤' },
  'after.lead': {
    en: 'Thanks, how it was, what was agreed on, and the hours people gave.',
    ko: '감사 메일, 소감, 정한 일, 봉사 시간을 여기서 정리합니다.',
  },
  'after.not_over': {
    en: 'The event is not over yet: thanks go out afterwards.',
    ko: '아직 끝나지 않은 행사입니다. 감사 메일은 끝난 뒤에 보냅니다.',
  },
  'after.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'after.sent': {
    en: { one: '{{count}} mail of thanks goes out now.', other: '{{count}} mails of thanks go out now.' },
    ko: '감사 메일 {{count}}통을 보냅니다.',
  },
  'after.tasks_made': {
    en: { one: '{{count}} task was made.', other: '{{count}} tasks were made.' },
    ko: '할 일 {{count}}건을 만들었습니다.',
  },
  'after.training': { en: 'A training this event teaches', ko: '이 행사에서 하는 교육' },
  'after.training_lead': {
    en: 'Whoever came has then passed it, on the day of the event. What is recorded by itself goes again when the attendance is taken back or another training is chosen.',
    ko: '오신 분은 행사 날짜로 그 교육을 이수한 것으로 처리합니다. 자동으로 처리한 기록은 출석을 취소하거나 다른 교육을 고르면 함께 없어집니다.',
  },
  'after.training_which': { en: 'Training', ko: '교육' },
  'after.training_none': { en: 'none', ko: '없음' },
  'after.training_auto': {
    en: 'Record it by itself as soon as somebody is checked in',
    ko: '출석이 확인되면 자동으로 이수 처리',
  },
  'after.training_pass': {
    en: { one: 'Record it for the {{count}} person who came', other: 'Record it for the {{count}} people who came' },
    ko: '오신 {{count}}명을 이수 처리',
  },
  'after.training_all': { en: 'Everybody who came has passed it.', ko: '오신 분은 모두 이수했습니다.' },
  'after.training_passed': {
    en: { one: '{{count}} person has passed it now.', other: '{{count}} people have passed it now.' },
    ko: '{{count}}명을 이수 처리했습니다.',
  },
  'after.thanks': { en: 'Thank-you mail', ko: '감사 메일' },
  'after.thanks_lead': {
    en: 'In each person’s language, once for each person. Left empty, our words are sent. Whoever wants no mail gets none.',
    ko: '각자의 언어로, 한 분께 한 번만 보냅니다. 비워 두면 아래 예문 그대로 나갑니다. 메일을 원하지 않는 분께는 보내지 않습니다.',
  },
  'after.which.attended': { en: 'Who was there', ko: '오신 분' },
  'after.which.missed': { en: 'Who did not come', ko: '오지 않은 분' },
  'after.text_in': { en: 'To whom: {{which}}, in {{language}}', ko: '{{which}}께, {{language}}' },
  'after.can_be': { en: '{{count}} can be thanked', ko: '보낼 수 있는 분 {{count}}명' },
  'after.why.no_mail': { en: '{{count}} without e-mail', ko: '이메일 없음 {{count}}명' },
  'after.why.refused': {
    en: { one: '{{count}} wants no mail', other: '{{count}} want no mail' },
    ko: '메일 거절 {{count}}명',
  },
  'after.why.done': { en: '{{count}} thanked already', ko: '이미 보냄 {{count}}명' },
  'after.preview': { en: 'How it reads', ko: '미리 보기' },
  'after.save_texts': { en: 'Save and look', ko: '저장하고 보기' },
  'after.send_attended': {
    en: { one: 'Thank {{count}} who was there', other: 'Thank {{count}} who were there' },
    ko: '오신 {{count}}분께 보내기',
  },
  'after.send_missed': {
    en: { one: 'Write to {{count}} who did not come', other: 'Write to {{count}} who did not come' },
    ko: '오지 않은 {{count}}분께 보내기',
  },
  'after.send_sure': {
    en: 'Mails cannot be called back. Nobody gets a second one.',
    ko: '보낸 메일은 되돌릴 수 없습니다. 같은 분께 두 번 가지 않습니다.',
  },
  'after.nobody_marked': {
    en: 'Nobody is marked as there or missing yet. Do that at the door first.',
    ko: '아직 출석을 표시하지 않았습니다. 먼저 ‘출석 확인’에서 표시해 주세요.',
  },
  'after.feedback': { en: 'How was it?', ko: '소감 받기' },
  'after.feedback_lead': {
    en: 'A form of its own. Its link is in the mail to whoever was there.',
    ko: '이 행사만의 양식입니다. 오신 분께 보내는 메일에 주소가 들어갑니다.',
  },
  'after.feedback_make': { en: 'Make the form', ko: '양식 만들기' },
  'after.feedback_form': { en: 'Open the form', ko: '양식 열기' },
  'after.feedback_page': { en: 'Its page', ko: '양식 페이지' },
  'after.feedback_closed': {
    en: 'The form is not open, so the link is not in the mail.',
    ko: '양식을 공개하지 않아 메일에 주소가 들어가지 않습니다.',
  },
  'after.responses': { en: { one: '{{count}} answer', other: '{{count}} answers' }, ko: '응답 {{count}}건' },
  'after.no_responses': { en: 'Nobody has answered yet.', ko: '아직 응답이 없습니다.' },
  'after.notes': { en: 'Notes', ko: '기록' },
  'after.notes_lead': {
    en: 'What was said and decided. Only your team reads it, unless you publish it on the event’s page.',
    ko: '나눈 이야기와 정한 내용입니다. 공개하지 않으면 운영진만 봅니다.',
  },
  'after.notes_in': { en: 'Notes in {{language}}', ko: '기록({{language}})' },
  'after.notes_public': { en: 'Published on the event’s page', ko: '행사 페이지에 공개' },
  'after.notes_approved': {
    en: 'They are part of approved minutes. Take the approval back under Meeting first.',
    ko: '승인된 회의록에 들어 있는 기록입니다. 먼저 회의 진행에서 승인을 취소해 주세요.',
  },
  'after.notes_none': { en: 'Nothing was written yet.', ko: '아직 적은 내용이 없습니다.' },
  'after.items': { en: 'What was agreed on', ko: '하기로 한 일' },
  'after.items_lead': {
    en: 'With an owner and a day; it stands on the owner’s My day.',
    ko: '맡은 사람과 기한을 정하면 그분의 ‘오늘 할 일’에 나옵니다.',
  },
  'after.items_none': { en: 'Nothing yet.', ko: '아직 없습니다.' },
  'after.item_title': { en: 'What is to be done', ko: '할 일' },
  'after.item_who': { en: 'Who of those there takes it on', ko: '맡겠다고 한 참석자' },
  'after.item_who_hint': {
    en: 'It then stands on their timeline, with or without an account. Whoever may be mailed is told in their language, with the day, and again if the day or who sees to it changes or it is called off.',
    ko: '계정이 없어도 그분의 기록에 남습니다. 메일을 받는 분께는 그분의 언어로 할 일과 기한을 알려 드리고, 기한이나 담당자가 바뀌거나 취소되어도 알려 드립니다.',
  },
  'after.item_nobody': { en: 'nobody of them', ko: '참석자 가운데 없음' },
  'after.taken_mailed': {
    en: 'Saved. A mail with what it is and until when goes to them.',
    ko: '저장했습니다. 할 일과 기한을 그분께 메일로 알립니다.',
  },
  'after.taken_not_mailed': {
    en: 'Saved. There is no mailbox of theirs we may write to: please tell them yourself.',
    ko: '저장했습니다. 그분께 메일을 보낼 수 없으니 직접 알려 주세요.',
  },
  'after.item_add': { en: 'Add', ko: '더하기' },
  'after.missed': { en: 'Who did not come', ko: '오지 않은 분' },
  'after.missed_lead': {
    en: 'One task for each, so that somebody asks how they are. Who has one from this event gets no second.',
    ko: '한 분마다 할 일을 하나씩 만들어 안부를 묻습니다. 이미 만든 분께는 다시 만들지 않습니다.',
  },
  'after.missed_make': {
    en: { one: 'Make {{count}} task', other: 'Make {{count}} tasks' },
    ko: '할 일 {{count}}건 만들기',
  },
  'after.missed_title': { en: 'Ask how they are: missed “{{title}}”', ko: '안부 묻기: ‘{{title}}’에 오지 않음' },
  'after.missed_done': { en: 'Everybody who did not come has a task.', ko: '오지 않은 분마다 할 일이 있습니다.' },
  'after.hours': { en: 'Hours', ko: '시간' },
  'after.hours_lead': {
    en: 'Each shift somebody was there in. Where it was longer or shorter, say so with a reason. Agree on a next step while they remember the day.',
    ko: '참석한 시간대를 그대로 셉니다. 실제와 다르면 이유를 적고 고쳐 주세요. 기억이 새로울 때 다음 걸음도 함께 정해 보세요.',
  },
  'after.hours_none': { en: 'Nobody is marked as there yet.', ko: '아직 참석으로 표시한 분이 없습니다.' },
  'after.hours_sum': {
    en: { one: '{{hours}} hours by {{count}} person', other: '{{hours}} hours by {{count}} people' },
    ko: '{{count}}명, 모두 {{hours}}시간',
  },
  'after.hours_of': { en: '{{hours}} h', ko: '{{hours}}시간' },
  'after.hours_of_shift': { en: 'shift: {{hours}} h', ko: '시간대: {{hours}}시간' },
  'after.hours_corrected': { en: '{{reason}} ({{by}})', ko: '{{reason}} ({{by}})' },
  'after.hours_correct': { en: 'Correct', ko: '고치기' },
  'after.hours_new': { en: 'Hours (empty: those of the shift)', ko: '시간(비우면 시간대 그대로)' },
  'after.reason': { en: 'Reason', ko: '이유' },
  'after.reason_needed': { en: 'Say why.', ko: '이유를 적어 주세요.' },
  'after.hours_invalid': {
    en: 'A number from 0 to 24, and a reason. Nothing was saved.',
    ko: '0에서 24 사이의 시간과 이유를 적어 주세요. 저장하지 않았습니다.',
  },
  'after.hours_page': { en: 'Hours by kind', ko: '종류별 시간' },
  'after.hours_page_lead': {
    en: 'What people gave in shifts they were there in, by kind of event.',
    ko: '참석한 시간대의 시간을 행사 종류별로 더했습니다.',
  },
  'after.hours_year_none': { en: 'No hours in {{year}}.', ko: '{{year}}년에는 기록한 시간이 없습니다.' },
  'after.year_before': { en: '← {{year}}', ko: '← {{year}}년' },
  'after.year_after': { en: '{{year}} →', ko: '{{year}}년 →' },
  'after.in_year': { en: 'In {{year}}', ko: '{{year}}년' },
  'after.col_kind': { en: 'Kind', ko: '종류' },
  'after.col_hours': { en: 'Hours', ko: '시간' },
  'after.col_events': { en: 'Events', ko: '행사' },
  'after.col_people': { en: 'People', ko: '참여한 분' },
  'after.all': { en: 'Together', ko: '합계' },
  'after.hours_panel': { en: 'Hours with us', ko: '함께한 시간' },
  'after.hours_panel_sum': { en: '{{hours}} hours in all', ko: '모두 {{hours}}시간' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    leadership_after: typeof afterMessages
  }
}
