import { messages } from '../../../platform/i18n/messages.ts'

export const fromFormsMessages = messages({
  'from_forms.title': { en: 'Next steps from answers', ko: '응답에서 다음 걸음으로' },
  'from_forms.lead': {
    en: 'Who answers “{{form}}” gets a next step by itself: the first line below that fits. Who has one agreed on already keeps it; this becomes a task about them.',
    ko: '‘{{form}}’에 응답하신 분께 다음 걸음이 저절로 정해집니다. 아래에서 처음 맞는 줄 하나입니다. 이미 정한 다음 걸음이 있으면 그대로 두고 그분에 대한 할 일로 더합니다.',
  },
  'from_forms.none': {
    en: 'No next step follows from this form yet',
    ko: '아직 이 양식에서 정해지는 다음 걸음이 없습니다',
  },
  'from_forms.none_text': {
    en: 'Say below which answer asks for what, whose it is and by when. It holds for answers from now on.',
    ko: '어떤 응답에 무엇을, 누가, 언제까지 할지 아래에 적으세요. 지금부터 들어오는 응답에 적용됩니다.',
  },
  'from_forms.when': { en: 'When somebody answers', ko: '이렇게 응답하면' },
  'from_forms.any': { en: 'whatever they answer', ko: '무엇이라고 답하든' },
  'from_forms.answer': { en: '{{question}} “{{answer}}”', ko: '{{question}} ‘{{answer}}’' },
  'from_forms.gone': {
    en: 'The form does not ask this any more: the line fits nobody.',
    ko: '양식에서 이제 묻지 않는 항목이라 맞는 분이 없습니다.',
  },
  'from_forms.step': { en: 'Next step', ko: '다음 걸음' },
  'from_forms.due_days': { en: 'Days to do it in', ko: '기한(응답 뒤 며칠)' },
  'from_forms.line': { en: '{{owner}}, within {{count}} days', ko: '{{owner}}, {{count}}일 안에' },
  'from_forms.add': { en: 'Add', ko: '추가' },
  'from_forms.remove': { en: 'Take it out', ko: '빼기' },
  'from_forms.added': {
    en: 'Saved. It holds for answers from now on.',
    ko: '저장했습니다. 지금부터 들어오는 응답에 적용됩니다.',
  },
  'from_forms.removed': { en: 'Taken out. Next steps it set stay.', ko: '뺐습니다. 이미 정해진 다음 걸음은 남습니다.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    from_forms: typeof fromFormsMessages
  }
}
