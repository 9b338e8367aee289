import { messages } from '../../../platform/i18n/messages.ts'

export const mailLookMessages = messages({
  'mail_look.title': { en: 'Colors and logo', ko: '색과 로고' },
  'mail_look.lead': {
    en: 'How all e-mails of your organization look, also those written already.',
    ko: '이미 쓴 것을 포함해 단체의 모든 이메일에 쓰입니다.',
  },
  'mail_look.saved': {
    en: 'Saved. E-mails look like this from now on.',
    ko: '저장했습니다. 이제 이메일이 이렇게 보입니다.',
  },
  'mail_look.color': { en: 'Buttons and links', ko: '버튼과 링크 색' },
  'mail_look.page_color': { en: 'Behind the e-mail', ko: '바탕색' },
  'mail_look.logo': { en: 'Logo', ko: '로고' },
  'mail_look.logo_hint': {
    en: 'PNG or JPEG. It stands on white, also in programs that turn e-mails dark. Readers who load no pictures see your name.',
    ko: 'PNG나 JPEG. 어두운 화면에서도 흰 바탕에 놓입니다. 그림을 불러오지 않는 분께는 단체 이름이 보입니다.',
  },
  'mail_look.logo_now': { en: 'The logo now', ko: '지금 로고' },
  'mail_look.remove_logo': { en: 'Without a logo', ko: '로고 없이' },
  'mail_look.try': { en: 'See it first', ko: '먼저 보기' },
  'mail_look.readable': { en: 'Can it be read?', ko: '글자가 잘 보이나요?' },
  'mail_look.readable_lead': {
    en: 'Text needs a contrast of 4.5 to 1. Where your color has less, Hanpyo takes it darker or lighter for that text.',
    ko: '글자는 바탕과 4.5:1 이상 차이가 나야 합니다. 고르신 색이 모자라면 그 글자에는 더 진하거나 밝은 색을 씁니다.',
  },
  'mail_look.part.button': { en: 'Words on a button', ko: '버튼 글자' },
  'mail_look.part.link': { en: 'Links', ko: '링크' },
  'mail_look.part.foot': { en: 'Words below the e-mail', ko: '이메일 아래 글자' },
  'mail_look.ratio': { en: '{{ratio}} to 1', ko: '{{ratio}}:1' },
  'mail_look.changed': { en: 'your color, made darker', ko: '고르신 색보다 진하게' },
  'mail_look.day': { en: 'By day', ko: '밝은 화면' },
  'mail_look.night': { en: 'Where e-mails are dark', ko: '어두운 화면' },
  'mail_look.language': { en: 'In this language', ko: '이 언어로' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_look: typeof mailLookMessages
  }
}
