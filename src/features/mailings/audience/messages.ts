import { messages } from '../../../platform/i18n/messages.ts'

export const audienceMessages = messages({
  'audience.title': { en: 'To whom', ko: '받는 분' },
  'audience.lead': {
    en: 'Say whom it is for. Who gets it is counted below; the list is made when it is sent.',
    ko: '누구에게 보낼지 정하세요. 몇 분이 받는지는 아래에 나오고, 명단은 발송할 때 확정됩니다.',
  },
  'audience.picks': { en: 'Choose by one press', ko: '바로 고르기' },
  'audience.pick.everybody': { en: 'Everybody with an e-mail address', ko: '이메일이 있는 모든 분' },
  'audience.pick.members': { en: 'Members in good standing', ko: '회원 자격을 갖춘 분' },
  'audience.pick.came': { en: 'Whoever came to an event in the last year', ko: '지난 1년 동안 행사에 오신 분' },
  'audience.pick.tag': { en: 'Tag: {{tag}}', ko: '태그: {{tag}}' },
  'audience.pick.universe': { en: 'Universe: {{name}}', ko: '대상: {{name}}' },
  'audience.expression': { en: 'Or in words: people it is for', ko: '또는 조건을 직접 쓰기' },
  'audience.hint': {
    en: 'The same words as in lists of people. For example: tag:newsletter, member:good, or has:email for everybody with an address. Empty: nobody yet.',
    ko: '사람 목록과 같은 표현을 씁니다. 예: tag:newsletter, member:good. 이메일이 있는 모두에게 보내려면 has:email. 비워 두면 아직 아무도 없습니다.',
  },
  'audience.nobody': { en: 'Nobody chosen yet', ko: '아직 정하지 않음' },
  'audience.meant': { en: 'Found', ko: '조건에 맞는 분' },
  'audience.reached': { en: 'Get it', ko: '받는 분' },
  'audience.by_language': { en: 'By language', ko: '언어별' },
  'audience.by_why': { en: 'Who does not get it, and why', ko: '받지 않는 분과 이유' },
  'audience.fixed': {
    en: 'The list was fixed when sending began; it changes no more.',
    ko: '발송을 시작할 때 명단이 확정되어 더는 바뀌지 않습니다.',
  },
  'audience.slow': {
    en: 'Counting takes longer than a page may wait. Narrow it down, or try again in a minute.',
    ko: '세는 데 시간이 너무 오래 걸립니다. 조건을 좁히거나 잠시 뒤에 다시 시도해 주세요.',
  },
  'audience.why.marked': {
    en: 'Must not be contacted (deceased, legal, hostile)',
    ko: '연락 금지(작고, 법적 사유, 적대적)',
  },
  'audience.why.opted_out': { en: 'Opted out', ko: '수신 거부' },
  'audience.why.paused': { en: 'Paused their e-mail', ko: '본인이 잠시 멈춤' },
  'audience.why.not_topic': { en: 'Does not get this topic', ko: '이 주제는 받지 않는 분' },
  'audience.why.not_member': { en: 'No member in good standing', ko: '회원 자격을 갖추지 않은 분' },
  'audience.why.no_address': { en: 'No e-mail address', ko: '이메일 주소 없음' },
  'audience.why.unchecked': {
    en: 'Address typed by somebody else, not confirmed',
    ko: '남이 적은 주소, 아직 확인 안 됨',
  },
  'audience.why.bounced': { en: 'Mail came back', ko: '반송된 주소' },
  'audience.why.no_consent': { en: 'Has not agreed to e-mail', ko: '이메일 수신에 동의하지 않은 분' },
  'audience.why.same_mailbox': { en: 'Shares a mailbox that gets it', ko: '같은 주소를 쓰는 분이 받음' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    audience: typeof audienceMessages
  }
}
