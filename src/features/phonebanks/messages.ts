import { messages } from '../../platform/i18n/messages.ts'
import '../contacts/messages.ts'

export const phonebanksMessages = messages({
  'phonebanks.join.title': { en: 'Join the phone bank', ko: '전화 캠페인 참여' },
  'phonebanks.join.lead': {
    en: 'Thank you for calling our neighbors. You call from your own phone; this page gives you one voter after another and the words to say.',
    ko: '이웃에게 전화를 걸어 주셔서 고맙습니다. 본인 전화로 거시면 되고, 이 화면이 한 분씩 순서대로 보여 드리며 하실 말씀도 알려 드립니다.',
  },
  'phonebanks.join.when': {
    en: '{{from}} to {{to}}, between {{starts}} and {{ends}}',
    ko: '{{from}}부터 {{to}}까지, {{starts}}~{{ends}}',
  },
  'phonebanks.join.name': { en: 'Your name', ko: '이름' },
  'phonebanks.join.name_hint': {
    en: 'As you introduce yourself on the phone.',
    ko: '전화로 인사하실 때 쓰실 이름을 적어 주세요.',
  },
  'phonebanks.join.reach': { en: 'Your phone number or e-mail', ko: '전화번호 또는 이메일' },
  'phonebanks.join.reach_hint': {
    en: 'Only the hosts see it, to reach you if something comes up.',
    ko: '진행자만 볼 수 있으며, 급한 일이 있을 때 연락드리는 데 씁니다.',
  },
  'phonebanks.join.reach_needed': {
    en: 'Enter a phone number or an e-mail address.',
    ko: '전화번호나 이메일을 적어 주세요.',
  },
  'phonebanks.join.reach_invalid': {
    en: 'This is neither a phone number nor an e-mail address. A number looks like 718-555-0100.',
    ko: '전화번호나 이메일이 아닌 것 같습니다. 전화번호는 718-555-0100처럼 적어 주세요.',
  },
  'phonebanks.join.languages': { en: 'Languages you can call in', ko: '통화할 수 있는 언어' },
  'phonebanks.join.languages_hint': {
    en: 'You get voters who speak one of these.',
    ko: '고르신 언어를 쓰는 분들께 전화하시게 됩니다.',
  },
  'phonebanks.join.language_needed': { en: 'Choose at least one language.', ko: '언어를 하나 이상 골라 주세요.' },
  'phonebanks.join.start': { en: 'Start calling', ko: '전화 시작하기' },
  'phonebanks.join.privacy': {
    en: 'You will see the voter to be called, nobody else. Please keep what you hear to yourself.',
    ko: '지금 전화할 유권자만 보입니다. 통화에서 들으신 내용은 다른 사람에게 말하지 말아 주세요.',
  },
  'phonebanks.form_problem': { en: 'Please look at the marked fields.', ko: '표시된 항목을 다시 확인해 주세요.' },
  'phonebanks.closed.title': { en: 'This phone bank is closed', ko: '참여할 수 없는 전화 캠페인입니다' },
  'phonebanks.closed.unknown': { en: 'This link leads nowhere', ko: '없는 참여 주소입니다' },
  'phonebanks.closed.closed_text': {
    en: 'The link was closed. Please ask the host for the current one.',
    ko: '닫힌 참여 주소입니다. 진행자에게 새 주소를 부탁해 주세요.',
  },
  'phonebanks.closed.ended_text': {
    en: 'It has ended. Thank you to everybody who called!',
    ko: '캠페인이 끝났습니다. 전화해 주신 모든 분께 감사드립니다.',
  },
  'phonebanks.closed.removed_text': {
    en: 'This browser has not joined it. Open the link of your invitation again, or ask the host.',
    ko: '이 브라우저로는 아직 참여하지 않으셨습니다. 초대 주소를 다시 여시거나 진행자에게 물어봐 주세요.',
  },
  'phonebanks.closed.unknown_text': {
    en: 'Check the letters of the link or ask the host to send it again.',
    ko: '주소를 다시 확인하시거나 진행자에게 다시 보내 달라고 해 주세요.',
  },
  'phonebanks.result_or_answers': {
    en: 'Answers of the script go only with an answered call.',
    ko: '질문에 대한 답은 통화한 경우에만 기록할 수 있습니다.',
  },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    phonebanks: typeof phonebanksMessages
  }
}
