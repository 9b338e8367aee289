import { messages } from '../../../platform/i18n/messages.ts'

export const resultMessages = messages({
  'outcome.title': { en: 'Result and announcement', ko: '결과와 발표' },
  'outcome.lead': {
    en: 'From the count to what everybody reads: what you say of each contest, the announcement, minutes, letters to the candidates.',
    ko: '개표 뒤 할 일입니다. 공직별 성명, 발표, 회의록, 후보에게 보내는 편지를 여기서 마칩니다.',
  },
  'outcome.part_text': { en: 'Statements, minutes, letters', ko: '성명, 회의록, 편지' },
  'outcome.not_counted': { en: 'The ballots are not counted yet', ko: '아직 개표하지 않았습니다' },
  'outcome.not_counted_text': {
    en: 'Once the last day is over and the ballots are counted, the result is announced from here.',
    ko: '투표 마감일이 지나 개표하면 여기서 결과를 발표합니다.',
  },
  'outcome.to_vote': { en: 'To the members’ vote', ko: '회원 투표로 가기' },
  'outcome.withdrawn': { en: 'withdrawn', ko: '지지 철회' },

  // What is said of a contest.
  'outcome.statements': { en: 'What you say of each contest', ko: '공직별 성명' },
  'outcome.statements_lead': {
    en: 'The statement is what neighbors and newspapers read; the reasons say why members decided so. Each in every language of yours.',
    ko: '성명은 이웃과 언론이 읽는 글이고, 이유에는 회원들이 왜 그렇게 정했는지 적습니다. 단체가 쓰는 언어마다 적어 주세요.',
  },
  'outcome.written_in': { en: '{{language}}: written', ko: '{{language}}: 있음' },
  'outcome.missing_in': { en: '{{language}}: missing', ko: '{{language}}: 없음' },
  'outcome.statement': { en: 'Statement', ko: '성명' },
  'outcome.statement_in': { en: 'Statement ({{language}})', ko: '성명({{language}})' },
  'outcome.statement_hint': {
    en: 'Two or three sentences that can be quoted.',
    ko: '그대로 인용할 수 있게 두세 문장으로 적어 주세요.',
  },
  'outcome.reasons': { en: 'Why', ko: '지지 이유' },
  'outcome.reasons_in': { en: 'Reasons ({{language}})', ko: '이유({{language}})' },
  'outcome.write': { en: 'Write the statement', ko: '성명 쓰기' },
  'outcome.rewrite': { en: 'Change the statement', ko: '성명 고치기' },
  'outcome.rewrite_of': { en: 'Change the statement: {{contest}}', ko: '성명 고치기: {{contest}}' },
  'outcome.write_of': { en: 'Write the statement: {{contest}}', ko: '성명 쓰기: {{contest}}' },
  'outcome.revise': { en: 'Why it changes', ko: '바꾸는 이유' },
  'outcome.revise_lead': {
    en: 'This is announced. Everybody reads on the public page that it changed, when and why.',
    ko: '이미 발표한 글입니다. 언제 왜 바뀌었는지 공개 페이지에 나옵니다.',
  },
  'outcome.reason_in': { en: 'Reason ({{language}})', ko: '이유({{language}})' },
  'outcome.reason_needed': {
    en: 'Say why. Everybody who reads the announcement sees it.',
    ko: '이유를 적어 주세요. 발표문을 읽는 분 모두에게 보입니다.',
  },

  // The announcement.
  'outcome.announcement': { en: 'Announcement', ko: '발표' },
  'outcome.announce_lead': {
    en: 'Puts your words beside who is endorsed, on a page to share. Who is endorsed is public since the count. Later changes need a reason that stands there too.',
    ko: '지지 후보는 개표한 때부터 공개됩니다. 발표하면 성명과 이유를 함께 담은 페이지가 열립니다. 그 뒤에 바꾸려면 이유를 적어야 하고, 그 이유도 함께 나옵니다.',
  },
  'outcome.announce_missing': {
    en: 'Something is not written in every language yet. It can be announced so; readers then see another language.',
    ko: '아직 쓰지 않은 언어가 있습니다. 이대로 발표하면 그 부분은 다른 언어로 나옵니다.',
  },
  'outcome.announce': { en: 'Announce the endorsements', ko: '지지 후보 발표하기' },
  'outcome.announced_at': { en: 'Announced by {{name}}, {{when}}', ko: '{{when}} 발표({{name}})' },
  'outcome.public_page': { en: 'Public page', ko: '공개 페이지 보기' },

  // Minutes.
  'outcome.minutes': { en: 'Minutes', ko: '회의록' },
  'outcome.minutes_lead': {
    en: 'Who could vote, quorum, challenges, the result and the statements, as PDF.',
    ko: '투표 자격, 정족수, 이의 신청, 결과와 성명을 담은 PDF입니다.',
  },
  'outcome.minutes_whole_lead': {
    en: 'For your files, not for the public: everything, with ties by kind, words of challenges and every round. They name nobody but who made the roll and who counted; look through the words of challenges.',
    ko: '공개하지 않는 보관용입니다. 이해관계 종류, 이의 신청 내용, 라운드별 집계까지 모두 들어갑니다. 명부를 만든 분과 개표한 분 말고는 이름이 나오지 않습니다. 이의 신청 내용에 이름이 적혀 있지 않은지 살펴봐 주세요.',
  },
  'outcome.minutes_in': { en: 'Minutes ({{language}})', ko: '회의록({{language}})' },
  'outcome.minutes_public_in': { en: 'For everybody ({{language}})', ko: '공개용({{language}})' },
  'outcome.minutes_public_lead': {
    en: 'The minutes for everybody leave out ways of voting, kinds of ties and words of challenges.',
    ko: '공개용 회의록에는 투표 방법별 인원, 이해관계 종류, 이의 신청 내용이 빠집니다.',
  },
  'outcome.minutes_public_few_lead': {
    en: 'Your rules keep the numbers of votes from the public. The minutes for everybody leave out numbers of votes, ways of voting, kinds of ties and words of challenges.',
    ko: '규칙에서 득표수를 공개하지 않으므로, 공개용 회의록에는 득표수와 투표 방법별 인원, 이해관계 종류, 이의 신청 내용이 빠집니다.',
  },

  // Letters.
  'outcome.letters': { en: 'Letters to the candidates', ko: '후보에게 보내는 편지' },
  'outcome.letters_lead': {
    en: 'Everybody who stood on the ballot gets one, in their language: by mail with the letter as PDF, or printed.',
    ko: '투표용지에 오른 모든 후보에게 그 후보의 언어로 한 통씩 보냅니다. PDF를 붙여 이메일로 보내거나 인쇄합니다.',
  },
  'outcome.letter_of': { en: 'Letter to {{name}}', ko: '{{name}} 후보에게 보내는 편지' },
  'outcome.letter_sent': { en: 'sent on {{when}}', ko: '{{when}} 보냄' },
  'outcome.letter_waits': { en: 'waiting to be sent', ko: '보내는 중' },
  'outcome.letter_open': { en: 'not sent', ko: '보내지 않음' },
  'outcome.letter_sent_to': { en: 'Sent to {{to}} on {{when}}.', ko: '{{when}}에 보냈습니다. 받는 주소: {{to}}' },
  'outcome.letter_waits_to': {
    en: 'Waiting to be sent to {{to}}. If it does not go out, send it to another address below.',
    ko: '{{to}}에 보내는 중입니다. 보내지 못하면 아래에서 다른 주소로 보낼 수 있습니다.',
  },
  'outcome.print.runoff': { en: 'Run-off', ko: '결선투표' },
  'outcome.print.first_round': { en: 'First round', ko: '첫 투표' },
  'outcome.we_hold_runoff': {
    en: '{{organization}}: a run-off decides',
    ko: '{{organization}}: 결선투표로 정합니다',
  },
  'outcome.letter_unknown': { en: 'not known whether it arrived', ko: '도착했는지 모름' },
  'outcome.letter_unknown_to': {
    en: 'The program stopped while this was being sent to {{to}}: nobody knows whether it arrived. Ask there before you send it again.',
    ko: '{{to}} 주소로 보내는 도중에 프로그램이 멈춰 도착했는지 알 수 없습니다. 다시 보내기 전에 받았는지 물어보세요.',
  },
  'outcome.letter_send_again': { en: 'It did not arrive: send it again', ko: '도착하지 않음: 다시 보내기' },
  'outcome.letter_as_sent': { en: 'The letter as it was sent', ko: '보낸 편지' },
  'outcome.letter_pdf': { en: 'Letter as PDF', ko: '편지 PDF' },
  'outcome.letter_send': { en: 'Send the letter', ko: '편지 보내기' },
  'outcome.letter_send_lead': {
    en: 'It goes out once and cannot be taken back.',
    ko: '한 번만 보내며 되돌릴 수 없습니다.',
  },
  'outcome.letter_show': { en: 'Show it in {{language}}', ko: '{{language}}로 보기' },
  'outcome.letter_text.endorsed': { en: 'Words for those endorsed', ko: '지지 후보에게 보내는 글' },
  'outcome.letter_text.other': { en: 'Words for the others', ko: '다른 후보에게 보내는 글' },
  'outcome.letter_text_lead': {
    en: 'One text per language for every letter of this kind. In braces stands what differs: {candidate}, {contest}, {organization}, {statement}, {page} (address of the result).',
    ko: '같은 종류의 편지에 모두 쓰는 글을 언어마다 적습니다. 중괄호에는 편지마다 다른 내용이 들어갑니다: {candidate} 후보, {contest} 공직, {organization} 단체, {statement} 성명, {page} 결과 주소. 조사는 쉼표 뒤에 적습니다: {candidate, 을/를}',
  },
  'outcome.letter_subject_in': { en: 'Subject ({{language}})', ko: '제목({{language}})' },
  'outcome.letter_body_in': { en: 'Letter ({{language}})', ko: '본문({{language}})' },

  // What follows.
  'outcome.next': { en: 'What comes next', ko: '다음에 할 일' },
  'outcome.next_lead': {
    en: 'What candidates answered goes along into the comparison, the name of who is endorsed into phone bank and script; the e-mail is begun with the endorsement in it.',
    ko: '후보의 답변은 비교 안내에, 지지 후보 이름은 전화 캠페인과 스크립트에 미리 들어갑니다. 이메일은 지지 내용이 들어간 초안으로 시작합니다.',
  },
  'outcome.next_guide': { en: 'Compare the candidates in a voter guide', ko: '후보 비교 안내 만들기' },
  'outcome.next_contribution': { en: 'Propose a contribution', ko: '후원 제안하기' },
  'outcome.next_contribution_of': { en: 'Propose a contribution to {{name}}', ko: '{{name}} 후보 후원 제안하기' },
  'outcome.next_campaign': { en: 'Begin a campaign', ko: '캠페인 시작하기' },
  'outcome.next_campaign_of': { en: 'Begin a campaign for {{name}}', ko: '{{name}} 후보 캠페인 시작하기' },
  'outcome.next_mailing': { en: 'Tell it by e-mail', ko: '이메일로 알리기' },
  'outcome.next_postal': { en: 'Tell it by paper mail', ko: '우편으로 알리기' },
  'outcome.next_postal_of': { en: 'Tell it by paper mail: {{name}}', ko: '{{name}} 후보 지지를 우편으로 알리기' },
  'outcome.next_phonebank': { en: 'Set up a phone bank', ko: '전화 캠페인 만들기' },
  'outcome.next_script': { en: 'Write a script', ko: '통화 스크립트 쓰기' },
  'outcome.next_phonebank_of': { en: 'Set up a phone bank for {{name}}', ko: '{{name}} 후보 전화 캠페인 만들기' },
  'outcome.next_script_of': { en: 'Write a script for {{name}}', ko: '{{name}} 후보 통화 스크립트 쓰기' },
  'outcome.next_mailing_of': { en: 'Tell it by e-mail: {{name}}', ko: '{{name}} 후보 지지를 이메일로 알리기' },
  'outcome.mailing_name': { en: 'We endorse {{name}}', ko: '{{name}} 후보 지지 안내' },
  'outcome.script_name': { en: 'Calls for {{name}}', ko: '{{name}} 후보 지지 전화' },

  // Withdrawing.
  'outcome.withdraw': { en: 'Withdraw the endorsement', ko: '지지 철회하기' },
  'outcome.withdraw_of': { en: 'Withdraw the endorsement of {{name}}', ko: '{{name}} 후보 지지 철회' },
  'outcome.withdraw_lead': {
    en: 'It stays on the public page, struck out, with the day and your reason. It cannot be undone; tell the candidate first.',
    ko: '공개 페이지에 철회한 날과 이유가 함께 남습니다. 되돌릴 수 없으니 후보에게 먼저 알려 주세요.',
  },
  'outcome.later': { en: 'If something changes later', ko: '나중에 바뀌면' },
  'outcome.later_lead': {
    en: 'Whatever is changed after the announcement stands on the public page with its day and reason.',
    ko: '발표한 뒤에 바꾼 것은 날짜와 이유가 공개 페이지에 남습니다.',
  },

  // The public page.
  'outcome.we_endorse': { en: '{{organization}} endorses {{names}}', ko: '{{organization}} 공식 지지: {{names}}' },
  'outcome.we_endorse_nobody': { en: '{{organization}}: no endorsement', ko: '{{organization}}: 지지 후보 없음' },
  'outcome.page_title': { en: 'Whom we endorse', ko: '우리가 지지하는 후보' },
  'outcome.announced_on': { en: 'Announced {{date}}', ko: '{{date}} 발표' },
  'outcome.how': { en: 'How members voted', ko: '투표 결과 자세히 보기' },
  'outcome.withdrawn_on': { en: 'Endorsement of {{name}} withdrawn {{date}}', ko: '{{date}} {{name}} 후보 지지 철회' },
  'outcome.revised_on': { en: 'Words changed {{date}}', ko: '{{date}} 글을 고침' },
  'outcome.changes': { en: 'What changed since', ko: '발표 뒤 바뀐 것' },
  'outcome.announcement_link': { en: 'Whom we endorse, and why', ko: '지지 후보와 이유' },

  // Minutes, in print.
  'outcome.print.heading': { en: 'Minutes of the members’ vote', ko: '회원 투표 회의록' },
  'outcome.print.for_everybody': { en: 'For everybody', ko: '공개용' },
  'outcome.print.internal': {
    en: 'Not for the public: ties by kind and words of challenges.',
    ko: '공개하지 않는 문서입니다. 이해관계 종류와 이의 신청 내용이 들어 있습니다.',
  },
  'outcome.print.time': { en: 'Voting', ko: '투표 기간' },
  'outcome.print.days': { en: '{{from}} until {{until}}', ko: '{{from}}부터 {{until}}까지' },
  'outcome.print.counted': { en: 'Counted {{when}} by {{name}}', ko: '개표: {{when}}, {{name}}' },
  'outcome.print.who': { en: 'Who could vote', ko: '투표 자격' },
  'outcome.print.roll': {
    en: 'Roll made {{date}} by {{name}}: {{all}} members, of whom {{may}} could vote.',
    ko: '투표인 명부: {{date}} 작성({{name}}), 회원 {{all}}명 가운데 {{may}}명이 투표할 수 있었음.',
  },
  'outcome.print.voted': { en: '{{count}} voted', ko: '{{count}}명이 투표함' },
  'outcome.print.way.link': { en: '{{count}} by a mailed link', ko: '메일로 받은 주소로 {{count}}명' },
  'outcome.print.way.account': { en: '{{count}} signed in', ko: '로그인해서 {{count}}명' },
  'outcome.print.way.device': { en: '{{count}} at a meeting', ko: '모임에서 {{count}}명' },
  'outcome.print.way.paper': { en: '{{count}} on paper', ko: '종이로 {{count}}명' },
  'outcome.print.rules': { en: 'Rules', ko: '규칙' },
  'outcome.print.ties': { en: 'Ties to candidates', ko: '후보와의 이해관계' },
  'outcome.print.tie': { en: '{{kind}}: {{count}} ({{rule}})', ko: '{{kind}} {{count}}명({{rule}})' },
  'outcome.print.no_ties': { en: 'none declared', ko: '밝힌 분 없음' },
  'outcome.print.barred': {
    en: {
      one: 'one member did not vote here because of it',
      other: '{{count}} members did not vote here because of it',
    },
    ko: '이해관계 때문에 이 공직에 투표하지 않은 회원 {{count}}명',
  },
  'outcome.print.no_barred': { en: 'nobody was kept from voting', ko: '투표하지 못한 회원 없음' },
  'outcome.print.challenges': { en: 'Challenges of the roll', ko: '명부 이의 신청' },
  'outcome.print.challenges_sum': {
    en: '{{all}} raised: {{upheld}} upheld, {{dismissed}} dismissed, {{open}} not decided.',
    ko: '{{all}}건 가운데 받아들임 {{upheld}}건, 받아들이지 않음 {{dismissed}}건, 결정하지 않음 {{open}}건.',
  },
  'outcome.print.own_decisions': {
    en: {
      one: 'One of them was decided by whoever raised it.',
      other: '{{count}} of them were decided by whoever raised them.',
    },
    ko: '그 가운데 신청한 사람이 직접 결정한 것 {{count}}건.',
  },
  'outcome.print.no_challenges': { en: 'None.', ko: '없음.' },
  'outcome.print.upheld': { en: 'upheld {{date}}', ko: '{{date}} 받아들임' },
  'outcome.print.dismissed': { en: 'dismissed {{date}}', ko: '{{date}} 받아들이지 않음' },
  'outcome.print.undecided': { en: 'not decided', ko: '결정하지 않음' },
  'outcome.print.result': { en: 'Count and result', ko: '개표와 결과' },
  'outcome.print.signed': { en: 'Signature and date', ko: '서명과 날짜' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_results: typeof resultMessages
  }
}
