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
  'mail_look.name': { en: 'Name, for your own list', ko: '이름(우리 목록에만 보임)' },
  'mail_look.name_hint': { en: 'For example: Get out the vote', ko: '예: 투표 독려' },
  'mail_look.others': { en: 'Other looks', ko: '다른 모양' },
  'mail_look.others_lead': {
    en: 'For e-mails that are to look different. Each e-mail chooses one under “Name and lane”; without a choice it looks as usual.',
    ko: '다르게 보이게 할 이메일에 씁니다. 이메일마다 ‘이름·활동 구분’에서 고르며, 고르지 않으면 기본 모양을 씁니다.',
  },
  'mail_look.usual': { en: 'The usual one', ko: '기본 모양' },
  'mail_look.one': { en: 'Look', ko: '모양' },
  'mail_look.another': { en: 'Another look', ko: '새 모양 만들기' },
  'mail_look.another_lead': {
    en: 'Begins with the usual one. Only e-mails that choose it look like this.',
    ko: '기본 모양에서 시작합니다. 이 모양을 고른 이메일만 이렇게 보입니다.',
  },
  'mail_look.own_lead': {
    en: 'All e-mails that chose this look, also those written already.',
    ko: '이 모양을 고른 모든 이메일에 쓰입니다. 이미 쓴 것도 바뀝니다.',
  },
  'mail_look.remove': { en: 'Remove', ko: '지우기' },
  'mail_look.remove_sure': {
    en: 'Remove this look? E-mails that chose it look as usual.',
    ko: '이 모양을 지울까요? 이 모양을 고른 이메일은 기본 모양으로 보입니다.',
  },
  'mail_look.too_many': {
    en: 'There are 30 looks already. Remove one first.',
    ko: '모양이 이미 30개입니다. 먼저 하나를 지워 주세요.',
  },
  'mail_look.language': { en: 'In this language', ko: '이 언어로' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_look: typeof mailLookMessages
  }
}
