import { messages } from '../../../platform/i18n/messages.ts'

export const fieldMessages = messages({
  'fields.title': { en: 'Fields of your own', ko: '단체 고유 항목' },
  'fields.lead': {
    en: 'What your organization wants to know of people beyond names and numbers: chapter, congregation, T-shirt size. They appear on the profile and can be filled by a spreadsheet.',
    ko: '이름과 연락처 말고 단체가 더 알아 두려는 것입니다. 지부, 교회, 티셔츠 크기 같은 것을 정하면 프로필에 나오고 스프레드시트로도 채울 수 있습니다.',
  },
  'fields.none': { en: 'No fields yet', ko: '아직 고유 항목이 없습니다' },
  'fields.none_text': { en: 'Add the first one below.', ko: '아래에서 첫 항목을 추가해 보세요.' },
  'fields.new': { en: 'New field', ko: '새 항목' },
  'fields.label_en': { en: 'Name in English', ko: '영어 이름' },
  'fields.label_ko': { en: 'Name in Korean', ko: '한국어 이름' },
  'fields.label_needed': { en: 'Give it a name in at least one language.', ko: '한 언어로는 이름을 입력해 주세요.' },
  'fields.kind': { en: 'Kind', ko: '종류' },
  'fields.kind.text': { en: 'Text', ko: '글' },
  'fields.kind.number': { en: 'Number', ko: '숫자' },
  'fields.kind.date': { en: 'Date', ko: '날짜' },
  'fields.kind.yes_no': { en: 'Yes or no', ko: '예·아니요' },
  'fields.kind.choice': { en: 'One of several', ko: '여러 가지 중 하나' },
  'fields.choices': { en: 'Choices', ko: '고를 것' },
  'fields.choices_hint': {
    en: 'One per line; Korean after a vertical bar: Flushing | 플러싱',
    ko: '한 줄에 하나씩 쓰고, 한국어는 세로줄 뒤에 쓰세요: Flushing | 플러싱',
  },
  'fields.choices_needed': { en: 'Write at least two choices.', ko: '고를 것을 두 가지 이상 써 주세요.' },
  'fields.add': { en: 'Add the field', ko: '항목 추가' },
  'fields.up': { en: 'Up', ko: '위로' },
  'fields.restore': { en: 'Restore', ko: '되살리기' },
  'fields.archived': { en: 'archived', ko: '보관됨' },
  'fields.invalid': { en: 'This does not fit the field.', ko: '항목에 맞지 않습니다. 다시 확인해 주세요.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    peopleFields: typeof fieldMessages
  }
}
