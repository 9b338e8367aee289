import { messages } from '../../../platform/i18n/messages.ts'

export const countingMessages = messages({
  'mail_counting.title': { en: 'Clicks and opens', ko: '링크와 열람 집계' },
  'mail_counting.lead': {
    en: 'Nothing of it is counted unless you choose it here. Whoever gets your e-mail then reads below it that you count.',
    ko: '여기서 고르지 않으면 아무것도 세지 않습니다. 고르면 이메일 아래에 집계한다는 안내가 들어갑니다.',
  },
  'mail_counting.counts_clicks': { en: 'Count which links are pressed', ko: '어떤 링크를 눌렀는지 세기' },
  'mail_counting.counts_clicks_hint': {
    en: 'Kept: how often each link was pressed, and of each e-mail when a link was pressed for the first time. Links then go over this server.',
    ko: '남는 것: 링크마다 누른 횟수, 이메일마다 처음 누른 때. 링크가 이 서버를 거쳐 갑니다.',
  },
  'mail_counting.counts_opens': { en: 'Count who opens it', ko: '열어 본 분 세기' },
  'mail_counting.counts_opens_hint': {
    en: 'Kept: of each e-mail when it was opened for the first time. A picture of one point tells us, where the mail program loads pictures; many load none, or load all by themselves.',
    ko: '남는 것: 이메일마다 처음 연 때. 메일 앱이 보이지 않는 작은 그림을 불러올 때 알게 됩니다. 그림을 막는 앱도, 저절로 모두 불러오는 앱도 많습니다.',
  },
  'mail_counting.never': {
    en: 'Never kept: address of the network, device, place. The link to unsubscribe is never counted. What was counted goes with the person when they are erased.',
    ko: '남기지 않는 것: IP 주소, 기기, 위치. 수신 거부 링크는 세지 않습니다. 센 기록은 본인 정보를 지울 때 함께 지웁니다.',
  },
  'mail_counting.notice': { en: 'What readers see', ko: '받는 분이 보는 안내' },
  'mail_counting.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'mail_counting.report': { en: 'Opened and pressed', ko: '열람과 링크' },
  'mail_counting.language': { en: 'Language', ko: '언어' },
  'mail_counting.sent': { en: 'Taken', ko: '받음' },
  'mail_counting.opened': { en: 'Opened', ko: '열어 봄' },
  'mail_counting.clicked': { en: 'Pressed a link', ko: '링크를 누름' },
  'mail_counting.links': { en: 'Links, by how often they were pressed', ko: '많이 누른 링크' },
  'mail_counting.link': { en: 'Link', ko: '링크' },
  'mail_counting.presses': { en: 'Times', ko: '횟수' },
  'mail_counting.inexact': {
    en: 'Programs that look for viruses press links too, and many mail programs load pictures by themselves or never: take these as comparisons, not as numbers of people.',
    ko: '바이러스 검사 프로그램도 링크를 누르고, 그림을 저절로 불러오거나 막는 메일 앱이 많습니다. 사람 수가 아니라 서로 비교하는 값으로 보세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mail_counting: typeof countingMessages
  }
}
