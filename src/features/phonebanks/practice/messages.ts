import { messages } from '../../../platform/i18n/messages.ts'

export const practiceMessages = messages({
  'practice.title': { en: 'Practice', ko: '연습' },
  'practice.mark': {
    en: 'Practice: these people do not exist. Nobody is called and nothing is recorded.',
    ko: '연습입니다. 실제로 없는 사람들이며, 전화를 걸지 않고 기록도 남기지 않습니다.',
  },
  'practice.lead': {
    en: 'Choose somebody and go through the call. Try them all: each call goes differently.',
    ko: '한 분을 골라 통화를 해 보세요. 통화마다 상황이 다르니 모두 해 보시면 좋습니다.',
  },
  'practice.to_calling': { en: 'Start real calls', ko: '실제로 전화 걸기' },
  'practice.real_now': { en: 'The host has begun with real calls.', ko: '이제 실제 통화가 시작되었습니다.' },
  'practice.only': {
    en: 'This phone bank is for practice only.',
    ko: '이 전화 캠페인은 연습만 합니다.',
  },
  'practice.others': { en: 'Everybody to practice with', ko: '연습 상대 모두 보기' },
  'practice.call': { en: 'Call (practice)', ko: '전화 걸기(연습)' },
  'practice.before': {
    en: 'Before you call: read the name, and how old they are. Take a breath.',
    ko: '걸기 전에 이름과 나이를 보고 숨을 한번 고르세요.',
  },
  'practice.hear': { en: 'You hear', ko: '상대의 말' },
  'practice.say': { en: 'You say', ko: '내가 할 말' },
  'practice.reply': { en: 'They answer', ko: '상대의 대답' },
  'practice.reply.yes': { en: 'Yes, I will.', ko: '네, 그럴게요.' },
  'practice.reply.support': { en: 'I think I lean that way.', ko: '지지하는 쪽이에요.' },
  'practice.reply.number': { en: 'About three, I think.', ko: '한 셋쯤 될 거예요.' },
  'practice.reply.other': { en: 'Let me think. Yes, that one.', ko: '글쎄요. 네, 그게 좋겠네요.' },
  'practice.no_voicemail': {
    en: 'This script has no text for mailboxes: hang up.',
    ko: '이 스크립트에는 음성사서함에 남길 글이 없습니다. 그냥 끊으세요.',
  },
  'practice.which': { en: 'Which result do you save?', ko: '어떤 결과로 저장할까요?' },
  'practice.result.canvassed': { en: 'Answers', ko: '답변 저장' },
  'practice.right': { en: 'That is right', ko: '맞습니다' },
  'practice.almost': { en: 'Not quite: “{{result}}” fits better', ko: '“{{result}}” 쪽이 더 맞습니다' },
  'practice.shaken_text': {
    en: 'In a real call the host is told now, and nobody calls that voter again. Take a moment for yourself whenever you need one.',
    ko: '실제 통화였다면 진행자에게 바로 알리고, 그분께는 다시 걸지 않습니다. 힘드시면 언제든 잠시 쉬세요.',
  },
  'practice.next': { en: 'Next: {{name}}', ko: '다음: {{name}}' },
  'practice.understood': { en: 'I see', ko: '알겠습니다' },
  'practice.again': { en: 'Once more', ko: '다시 해 보기' },
  'practice.done': {
    en: 'You have practiced with everybody.',
    ko: '모든 분과 연습하셨습니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    practice: typeof practiceMessages
  }
}
