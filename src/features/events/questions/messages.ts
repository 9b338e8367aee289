import { messages } from '../../../platform/i18n/messages.ts'

export const questionMessages = messages({
  'questions.title': { en: 'Questions gathered', ko: '미리 받은 질문' },
  'questions.lead': {
    en: 'What people who are invited or signed up want to ask. Put it into words in each language, keep what will be asked, and print the sheet for whoever leads.',
    ko: '초대받거나 신청하신 분들이 묻고 싶은 것입니다. 언어마다 문장을 다듬고, 물을 것을 고른 뒤 진행자용으로 인쇄하세요.',
  },
  'questions.none': { en: 'No question yet', ko: '아직 질문이 없습니다' },
  'questions.none_text': {
    en: 'They are asked when signing up, and on the page of everybody who is invited. You may add one of your own.',
    ko: '신청할 때, 그리고 초대받은 분의 페이지에서 여쭙니다. 직접 추가하실 수도 있습니다.',
  },
  'questions.kept': { en: 'On the sheet, in this order', ko: '진행자용에 넣을 질문(이 순서로)' },
  'questions.kept_none': {
    en: 'None kept yet. Press “Keep” on those that will be asked.',
    ko: '아직 없습니다. 물을 질문에서 ‘넣기’를 누르세요.',
  },
  'questions.open': { en: 'To decide', ko: '정할 질문' },
  'questions.dropped': { en: 'Dropped', ko: '뺀 질문' },
  'questions.print': { en: 'Sheet for the facilitator (PDF)', ko: '진행자용 인쇄(PDF)' },
  'questions.asked_in': { en: 'asked in this language', ko: '이 언어로 물음' },
  'questions.missing': { en: 'Not translated yet', ko: '번역 필요' },
  'questions.asked_by': { en: 'Asked by', ko: '질문한 분' },
  'questions.of_team': { en: 'From the team', ko: '운영진이 넣음' },
  'questions.same': { en: 'The same was asked by', ko: '같은 질문을 하신 분' },
  'questions.changed': { en: 'They have changed it since', ko: '그 뒤 내용을 바꿈' },
  'questions.taken_back': { en: 'They have taken it back', ko: '질문을 거둠' },
  'questions.act.keep': { en: 'Keep', ko: '넣기' },
  'questions.act.drop': { en: 'Drop', ko: '빼기' },
  'questions.act.reopen': { en: 'Decide later', ko: '나중에 정하기' },
  'questions.act.apart': { en: 'Take apart', ko: '따로 떼기' },
  'questions.act.first': { en: 'To the top', ko: '맨 위로' },
  'questions.act.up': { en: 'Up', ko: '위로' },
  'questions.act.down': { en: 'Down', ko: '아래로' },
  'questions.edit': { en: 'Edit and translate', ko: '다듬기·번역' },
  'questions.edit_title': { en: 'A question in both languages', ko: '질문 다듬기' },
  'questions.as_asked': { en: 'As it was asked', ko: '질문하신 그대로' },
  'questions.now_asked': { en: 'What they say now', ko: '지금 바꾼 내용' },
  'questions.language': { en: 'Language it was asked in', ko: '질문하신 언어' },
  'questions.text_in': { en: 'The question in {{language}}', ko: '질문({{language}})' },
  'questions.text_missing': {
    en: 'Write the question in one language at least.',
    ko: '한 언어로라도 질문을 적어 주세요.',
  },
  'questions.into': { en: 'Asks the same as', ko: '같은 질문' },
  'questions.into_hint': {
    en: 'It then counts with that one, and is printed as one question.',
    ko: '고르시면 그 질문과 하나로 세고 하나로 인쇄합니다.',
  },
  'questions.into_none': { en: 'None, it stands alone', ko: '없음(따로 물음)' },
  'questions.problem.into': {
    en: 'That question was put to another one meanwhile. Choose again.',
    ko: '그사이 그 질문이 다른 질문에 합쳐졌습니다. 다시 골라 주세요.',
  },
  'questions.new': { en: 'Add a question', ko: '질문 추가' },
  'questions.new_lead': {
    en: 'Of the team, or one somebody told you. It is kept at the end.',
    ko: '운영진의 질문이나 말로 들으신 질문을 적어 주세요. 맨 끝에 들어갑니다.',
  },
  'questions.split': { en: 'Another question out of this answer', ko: '이 답에서 질문 하나 더' },
  'questions.split_lead': {
    en: 'Where somebody wrote several at once: each becomes a question of its own, asked by the same person.',
    ko: '한 분이 여러 가지를 적으셨으면 하나씩 나누세요. 질문한 분은 그대로 남습니다.',
  },
  'questions.split_of': { en: 'Out of the answer of {{name}}', ko: '답하신 분: {{name}}' },
  'questions.add': { en: 'Add it', ko: '추가' },
  'questions.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'questions.sheet': { en: 'Questions', ko: '질문' },
  'questions.sheet_asked_by': {
    en: { one: 'asked by {{count}} person', other: 'asked by {{count}} people' },
    ko: '{{count}}명이 물음',
  },
  'questions.sheet_notes': { en: 'Notes', ko: '메모' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    eventQuestions: typeof questionMessages
  }
}
