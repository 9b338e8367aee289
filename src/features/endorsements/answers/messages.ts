import { messages } from '../../../platform/i18n/messages.ts'

export const answerMessages = messages({
  'endorsements.candidates': { en: 'Candidates', ko: '후보' },
  'endorsements.candidates_lead': {
    en: 'Each candidate has a private link. Whoever has it can write and send answers, so give it to the campaign alone.',
    ko: '후보마다 비공개 주소가 있습니다. 이 주소를 가진 사람은 답변을 쓰고 낼 수 있으니 해당 캠프에만 전해 주세요.',
  },
  'endorsements.candidates_closed': {
    en: 'Candidates can be asked once the cycle is open.',
    ko: '절차를 공개해야 후보에게 물을 수 있습니다.',
  },
  'endorsements.candidates_none': {
    en: 'Nobody runs in these contests yet. Stewards add candidates on the page of the contest.',
    ko: '이 공직에 등록된 후보가 아직 없습니다. 시스템 관리자가 공직 페이지에서 추가합니다.',
  },
  'endorsements.sums': {
    en: '{{asked}} asked, {{opened}} opened, {{begun}} begun, {{done}} done',
    ko: '요청 {{asked}}명, 열어 봄 {{opened}}명, 쓰기 시작 {{begun}}명, 제출 {{done}}명',
  },
  'endorsements.of_all': { en: '{{count}} of {{total}}', ko: '{{total}}명 중 {{count}}명' },
  'endorsements.reached.asked': { en: 'asked', ko: '요청함' },
  'endorsements.reached.opened': { en: 'opened', ko: '열어 봄' },
  'endorsements.reached.begun': { en: 'begun', ko: '쓰기 시작함' },
  'endorsements.reached.done': { en: 'done', ko: '제출함' },
  'endorsements.state.not_asked': { en: 'not asked', ko: '요청 전' },
  'endorsements.state.not_given': { en: 'link made, given to nobody yet', ko: '주소만 만듦, 아직 전하지 않음' },
  'endorsements.state.asked': { en: 'asked', ko: '요청함' },
  'endorsements.state.opened': { en: 'opened', ko: '열어 봄' },
  'endorsements.state.begun': { en: 'begun', ko: '작성 중' },
  'endorsements.state.done': { en: 'done', ko: '제출함' },
  'endorsements.not_running': { en: 'no longer runs', ko: '출마하지 않음' },
  'endorsements.late_mark': { en: 'late', ko: '기한 후' },
  'endorsements.amended_mark': {
    en: { one: 'amended once', other: 'amended {{count}} times' },
    ko: '{{count}}번 수정함',
  },
  'endorsements.link_make': { en: 'Make the link', ko: '주소 만들기' },
  'endorsements.link_make_for': { en: 'Make the link of {{name}}', ko: '{{name}} 후보의 주소 만들기' },
  'endorsements.link_another': { en: 'Another link', ko: '새 주소' },
  'endorsements.link_another_for': {
    en: 'Another link for {{name}}; the old one stops working',
    ko: '{{name}} 후보의 새 주소. 이전 주소는 더 열리지 않습니다',
  },
  'endorsements.handed': {
    en: 'Handed over on {{date}}, noted by {{name}}',
    ko: '{{date}} 캠프에 전함({{name}} 적음)',
  },
  'endorsements.handed_note': { en: 'Note when it was handed over', ko: '전한 날 적기' },
  'endorsements.handed_note_for': {
    en: 'Note when it was handed over: {{name}}',
    ko: '전한 날 적기: {{name}} 후보',
  },
  'endorsements.handed_on': { en: 'Handed over on', ko: '주소를 전한 날' },
  'endorsements.handed_hint': {
    en: 'On paper, by text message or in person. Voter guides name this day as the one on which the candidate was asked.',
    ko: '종이나 문자 메시지로, 또는 직접 전한 날입니다. 후보 비교 안내에 질문한 날로 실립니다.',
  },
  'endorsements.handed_save': { en: 'Note this day', ko: '이 날짜로 적기' },
  'endorsements.handed_wrong': {
    en: 'A day from the one the link was made to today.',
    ko: '주소를 만든 날부터 오늘 사이의 날짜를 적어 주세요.',
  },
  'endorsements.link_end': { en: 'Change or withdraw the link', ko: '주소 바꾸기 또는 막기' },
  'endorsements.link_end_lead': {
    en: 'The link the campaign has stops working at once, wherever it was sent. What was written stays.',
    ko: '캠프에 이미 보낸 주소는 바로 열리지 않게 됩니다. 써 둔 답변은 그대로 남습니다.',
  },
  'endorsements.link_revoke': { en: 'Withdraw', ko: '주소 막기' },
  'endorsements.link_revoke_for': { en: 'Withdraw the link of {{name}}', ko: '{{name}} 후보의 주소 막기' },
  'endorsements.link_revoked': { en: 'withdrawn', ko: '막음' },
  'endorsements.link_of': { en: 'Private link of {{name}}', ko: '{{name}} 후보의 비공개 주소' },
  'endorsements.side_by_side': { en: 'Answers side by side', ko: '답변 나란히 보기' },
  'endorsements.side_by_side_lead': {
    en: 'As the candidates signed them, in their own words.',
    ko: '후보가 서명해 낸 답변 그대로입니다.',
  },
  'endorsements.nobody_answered': { en: 'No candidate has sent answers yet', ko: '아직 답변서를 낸 후보가 없습니다' },
  'endorsements.no_answer': { en: 'no answer', ko: '답변 없음' },
  'endorsements.choice.yes': { en: 'Yes', ko: '찬성' },
  'endorsements.choice.qualified': { en: 'Yes, with conditions', ko: '조건부 찬성' },
  'endorsements.choice.no': { en: 'No', ko: '반대' },
  'endorsements.choice.agreed': { en: 'I pledge this', ko: '약속합니다' },
  'endorsements.choice.not_agreed': { en: 'I do not pledge this', ko: '약속하지 않습니다' },
  'endorsements.your_answers': { en: 'Questions to {{name}}', ko: '{{name}} 후보께 드리는 질문' },
  'endorsements.answer_lead': {
    en: 'Save as often as you like and go on from any device by this same link. Staff may write a draft; the candidate reads it and signs.',
    ko: '언제든지 저장하고 같은 주소로 다른 기기에서 이어 쓰실 수 있습니다. 초안은 참모가 써도 되지만, 후보 본인이 읽고 서명해 주세요.',
  },
  'endorsements.answer_until': {
    en: 'Send them by the end of {{date}} ({{zone}}).',
    ko: '{{date}} 밤 12시({{zone}})까지 제출해 주세요.',
  },
  'endorsements.answer_late': {
    en: 'The deadline was {{date}}. Answers are still taken and marked as late.',
    ko: '마감일은 {{date}}이었습니다. 지금도 제출하실 수 있지만 기한이 지났다고 표시됩니다.',
  },
  'endorsements.answer_closed': { en: 'Answers were taken until {{date}}.', ko: '답변은 {{date}}까지 받았습니다.' },
  'endorsements.answer_gone': {
    en: 'No answers are taken here any more: the candidacy or its contest is no longer part of this endorsement.',
    ko: '이제 답변을 받지 않습니다. 이 후보나 공직은 더 이상 이번 지지 후보 선정 대상이 아닙니다.',
  },
  'endorsements.unsent': { en: 'Not sent', ko: '제출되지 않은 답변' },
  'endorsements.unsent_lead': {
    en: 'This was typed but never signed and sent in time. Copy it from here if you need it.',
    ko: '입력했지만 기한 안에 서명해 제출하지 않은 내용입니다. 필요하시면 여기서 복사해 두세요.',
  },
  'endorsements.notice.other_device': {
    en: 'Meanwhile answers were saved on another device. They stand here now beside yours: read them once more, then save or send.',
    ko: '그사이 다른 기기에서 답변을 저장했습니다. 그 내용을 아래에 함께 담았으니 다시 읽어 보고 저장하거나 제출해 주세요.',
  },
  'endorsements.notice.asked_anew': {
    en: 'The questions were changed since you opened this page. What you typed is saved; read the questions once more, then sign.',
    ko: '이 페이지를 연 뒤에 질문이 바뀌었습니다. 입력한 내용은 저장했으니 질문을 다시 읽어 보고 서명해 주세요.',
  },
  'endorsements.notice.too_often': {
    en: 'This was sent too often within an hour. Nothing is lost, but it is not saved either: leave the page open and try again later.',
    ko: '한 시간 안에 너무 여러 번 보냈습니다. 아직 저장하지 못했으니 이 페이지를 열어 둔 채 나중에 다시 시도해 주세요.',
  },
  'endorsements.answer_public': {
    en: 'Answers will be published under your name.',
    ko: '답변은 후보 이름과 함께 공개됩니다.',
  },
  'endorsements.rules_link': { en: 'How the endorsement is decided', ko: '지지 후보를 정하는 규칙' },
  'endorsements.saved': {
    en: 'Saved on {{when}}. It is not sent yet.',
    ko: '{{when}}에 저장했습니다. 아직 제출하지 않았습니다.',
  },
  'endorsements.save_draft': { en: 'Save and go on later', ko: '저장하고 나중에 이어 쓰기' },
  'endorsements.sign': { en: 'Sign and send', ko: '서명하고 제출' },
  'endorsements.sign_lead.marked': {
    en: 'What is sent is kept unchanged. A correction can be sent until the vote begins; both stay to be read.',
    ko: '제출한 답변은 그대로 보관됩니다. 투표가 시작되기 전까지 고쳐서 다시 내실 수 있으며, 처음 답변도 함께 남습니다.',
  },
  'endorsements.sign_lead.refused': {
    en: 'What is sent is kept unchanged. A correction can be sent until the last day for answers; both stay to be read.',
    ko: '제출한 답변은 그대로 보관됩니다. 답변 마감일까지 고쳐서 다시 내실 수 있으며, 처음 답변도 함께 남습니다.',
  },
  'endorsements.signed_by': { en: 'Name of the candidate, as signature', ko: '서명(후보 본인 이름)' },
  'endorsements.signed_as': {
    en: 'Signed as “{{signed}}”, which is not the candidate’s name here: ask the campaign who signed.',
    ko: '“{{signed}}” 이름으로 서명했습니다. 여기 적힌 후보 이름과 다르니 누가 서명했는지 캠프에 확인해 주세요.',
  },
  'endorsements.i_sign': {
    en: 'I am the candidate, I have read these answers, and they are mine.',
    ko: '저는 후보 본인이며, 위 답변을 읽었고 제 답변임을 확인합니다.',
  },
  'endorsements.sign_needed': {
    en: 'Sign with the candidate’s name and tick the box.',
    ko: '후보 본인 이름을 적고 확인란에 표시해 주세요.',
  },
  'endorsements.check_answers': {
    en: 'What you typed is saved, but not sent: some answers need another look.',
    ko: '입력한 내용은 저장했지만 아직 제출하지 않았습니다. 표시된 답변을 다시 봐 주세요.',
  },
  'endorsements.problem.needed': { en: 'Please answer this question.', ko: '이 질문에 답해 주세요.' },
  'endorsements.problem.why_needed': { en: 'Say under which conditions.', ko: '어떤 조건인지 적어 주세요.' },
  'endorsements.problem.too_long': {
    en: 'This text is too long: it has {{words}} words ({{syllables}} syllables in Korean).',
    ko: '글이 너무 깁니다. 지금 {{syllables}}자입니다(영어로는 {{words}}단어).',
  },
  'endorsements.problem.ranked_twice': { en: 'Give each rank once.', ko: '같은 순위를 두 번 쓸 수 없습니다.' },
  'endorsements.problem.link_wrong': { en: 'A link begins with https://.', ko: '주소는 https://로 시작해야 합니다.' },
  'endorsements.why': { en: 'Why, or under which conditions', ko: '이유나 조건' },
  'endorsements.your_answer': { en: 'Your answer', ko: '답변' },
  'endorsements.record_link': { en: 'Link to a source', ko: '참고 자료 주소' },
  'endorsements.rank': { en: 'Rank of “{{choice}}”', ko: '“{{choice}}”의 순위' },
  'endorsements.no_rank': { en: 'none', ko: '없음' },
  'endorsements.receipt': { en: 'Your answers were sent', ko: '답변서를 제출했습니다' },
  'endorsements.receipt_when': { en: 'Signed by {{name}} on {{when}}.', ko: '{{when}}, {{name}} 서명.' },
  'endorsements.receipt_hash': { en: 'Receipt (SHA-256)', ko: '접수 확인 값(SHA-256)' },
  'endorsements.receipt_lead': {
    en: 'This value is of the file below. As long as it is the same, nobody has changed a letter.',
    ko: '아래 파일에서 계산한 값입니다. 값이 같으면 한 글자도 바뀌지 않은 것입니다.',
  },
  'endorsements.receipt_file': { en: 'File as signed (version {{number}})', ko: '서명한 원본 파일({{number}}차)' },
  'endorsements.amend': { en: 'Correct the answers', ko: '답변 고치기' },
  'endorsements.amend_lead': {
    en: 'You sent answers on {{when}}. Sending these makes an amendment, which everybody sees as such.',
    ko: '{{when}}에 이미 제출하셨습니다. 다시 제출하면 수정본으로 표시됩니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_answers: typeof answerMessages
  }
}
