import { messages } from '../../../platform/i18n/messages.ts'

export const questionMessages = messages({
  'endorsements.questions': { en: 'Questionnaire', ko: '후보 정책 질의서' },
  'endorsements.questions_lead': {
    en: 'What every candidate is asked, in this order. It can be changed until the first candidate has sent answers.',
    ko: '후보에게 이 순서대로 묻습니다. 첫 번째 답변서가 들어오기 전까지 고칠 수 있습니다.',
  },
  'endorsements.questions_count': {
    en: { one: '{{count}} question', other: '{{count}} questions' },
    ko: '질문 {{count}}개',
  },
  'endorsements.questions_none': { en: 'No question yet', ko: '아직 질문이 없습니다' },
  'endorsements.questions_none_text': {
    en: 'Begin with a section, for example housing, and add what you want to know. Questions of an earlier cycle can be taken over.',
    ko: '주거 같은 주제로 구역을 하나 만들고 궁금한 것을 물어보세요. 지난 선정 절차의 질문을 가져올 수도 있습니다.',
  },
  'endorsements.questions_fixed': {
    en: 'A candidate has sent answers: the questionnaire stays as it is, so that everybody answers the same.',
    ko: '답변서를 낸 후보가 있어 질의서를 더 고칠 수 없습니다. 모든 후보가 같은 질문에 답하게 하기 위해서입니다.',
  },
  'endorsements.answered': {
    en: 'Meanwhile a candidate has sent answers: the questionnaire can no longer be changed.',
    ko: '그사이 답변서를 낸 후보가 있어 질의서를 더 고칠 수 없습니다.',
  },
  'endorsements.question_new': { en: 'Add a question', ko: '질문 추가' },
  'endorsements.question_change': { en: 'Change the question', ko: '질문 고치기' },
  'endorsements.question_save': { en: 'Save the question', ko: '질문 저장' },
  'endorsements.question_remove': { en: 'Take it out', ko: '질문 빼기' },
  'endorsements.question_up': { en: 'Move up: {{text}}', ko: '위로 옮기기: {{text}}' },
  'endorsements.question_down': { en: 'Move down: {{text}}', ko: '아래로 옮기기: {{text}}' },
  'endorsements.question_kind': { en: 'Kind of question', ko: '질문 종류' },
  'endorsements.kind.section': { en: 'Section: heading of the questions below', ko: '구역: 아래 질문들의 제목' },
  'endorsements.kind.position': {
    en: 'Position: yes, no or qualified, and why',
    ko: '입장: 찬성·반대·조건부와 그 이유',
  },
  'endorsements.kind.text': { en: 'Text in their own words', ko: '서술: 후보의 말로 답변' },
  'endorsements.kind.ranking': { en: 'Ranking of priorities', ko: '우선순위 매기기' },
  'endorsements.kind.record': {
    en: 'Record: what they did or how they voted, with a link',
    ko: '활동 기록: 한 일이나 표결, 참고 주소',
  },
  'endorsements.kind.pledge': { en: 'Pledge to a demand', ko: '요구에 대한 약속' },
  'endorsements.kind.file': { en: 'File: a PDF or a picture', ko: '파일: PDF나 그림' },
  'endorsements.short.file': { en: 'file', ko: '파일' },
  'endorsements.short.section': { en: 'section', ko: '구역' },
  'endorsements.short.position': { en: 'position', ko: '입장' },
  'endorsements.short.text': { en: 'text', ko: '서술' },
  'endorsements.short.ranking': { en: 'ranking', ko: '우선순위' },
  'endorsements.short.record': { en: 'record', ko: '활동 기록' },
  'endorsements.short.pledge': { en: 'pledge', ko: '약속' },
  'endorsements.question_text_in': { en: 'Question ({{language}})', ko: '질문({{language}})' },
  'endorsements.question_hint_in': { en: 'Explanation below it ({{language}})', ko: '질문 아래 설명({{language}})' },
  'endorsements.question_choices_in': {
    en: 'What is ranked, one per line ({{language}})',
    ko: '순위를 매길 항목, 한 줄에 하나씩({{language}})',
  },
  'endorsements.question_text_needed': {
    en: 'Write the question in one language at least.',
    ko: '한 언어로라도 질문을 적어 주세요.',
  },
  'endorsements.choices_hint': {
    en: 'For a ranking only. Two to ten, in the same order in every language.',
    ko: '우선순위 질문에만 씁니다. 2~10개를 언어마다 같은 순서로 적어 주세요.',
  },
  'endorsements.choices_needed': {
    en: 'A ranking needs two to ten lines, as many in every language.',
    ko: '순위를 매길 항목을 2~10개, 언어마다 같은 수로 적어 주세요.',
  },
  'endorsements.words_most': { en: 'Most words of a text', ko: '글의 최대 길이(영어 단어 수)' },
  'endorsements.words_most_hint': {
    en: 'Korean is counted in syllables, two and a half to a word, and Chinese in characters, one and a half to a word. Empty: 5,000.',
    ko: '한국어는 글자 수로 셉니다. 영어 한 단어를 두 글자 반으로 보아, 250단어는 625자입니다. 비우면 5,000단어입니다.',
  },
  'endorsements.is_needed': { en: 'Must be answered', ko: '꼭 답해야 하는 질문' },
  'endorsements.asked_in': { en: 'Asked of', ko: '답할 후보' },
  'endorsements.asked_in_all': { en: 'Every candidate', ko: '모든 후보' },
  'endorsements.asked_in_office': { en: 'Candidates for {{office}}', ko: '{{office}} 후보' },
  'endorsements.asked_in_contest': { en: 'Only in: {{contest}}', ko: '이 공직만: {{contest}}' },
  'endorsements.copy': { en: 'Take questions over', ko: '질문 가져오기' },
  'endorsements.copy_from': { en: 'From the cycle', ko: '가져올 선정 절차' },
  'endorsements.translated': {
    en: '{{language}}: {{count}} of {{total}}',
    ko: '{{language}}: {{total}}개 중 {{count}}개',
  },
  'endorsements.translation': { en: 'Translated', ko: '번역 상태' },
  'endorsements.lacks': { en: 'not in {{languages}} yet', ko: '아직 없음: {{languages}}' },
  'endorsements.optional': { en: 'may be left empty', ko: '답하지 않아도 됨' },
  'endorsements.limit': {
    en: 'up to {{words}} words ({{syllables}} syllables in Korean)',
    ko: '{{syllables}}자까지(영어로는 {{words}}단어)',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_questions: typeof questionMessages
  }
}
