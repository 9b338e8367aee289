import { messages } from '../../../platform/i18n/messages.ts'

export const afterMessages = messages({
  'mail_report.title': { en: 'What became of it', ko: '발송 결과' },
  'mail_report.none': { en: 'Nothing has gone out yet.', ko: '아직 나간 메일이 없습니다.' },
  'mail_report.listed': { en: 'On the list', ko: '명단' },
  'mail_report.sent': { en: 'Taken', ko: '서버가 받음' },
  'mail_report.came_back': { en: 'Refused or came back', ko: '거부·반송' },
  'mail_report.replied': { en: 'Answered', ko: '답장' },
  'mail_report.unsubscribed': { en: 'Unsubscribed', ko: '수신 거부' },
  'mail_report.by_language': { en: 'By language', ko: '언어별' },
  'mail_report.language': { en: 'Language', ko: '언어' },
  'mail_report.share': { en: '{{share}} of those taken', ko: '메일 서버가 받은 수의 {{share}}' },
  'mail_report.over_time': { en: 'Taken, hour by hour', ko: '시간별로 받은 수' },
  'mail_report.over_time_said': {
    en: '{{first}} to {{last}}, most in the hour from {{most}}: {{taken}}.',
    ko: '{{first}}부터 {{last}}까지. 가장 많은 시간은 {{most}}, {{taken}}통.',
  },
  'mail_report.reasons': { en: 'Why mail was refused', ko: '거부된 이유' },
  'mail_report.archive': { en: 'Public archive', ko: '공개 보관함' },
  'mail_report.archive_lead': {
    en: 'Everybody may read it there, without names, and follow the list with a feed reader.',
    ko: '이름을 빼고 누구나 읽을 수 있고, 피드 리더로 새 글을 받아 볼 수 있습니다.',
  },
  'mail_report.members_only': {
    en: 'This e-mail is in the lane to members: election law lets you say it to them alone, so it cannot be read by everybody.',
    ko: '회원에게 보내는 메일입니다. 선거법상 회원에게만 할 수 있는 말이 들어 있을 수 있어 공개할 수 없습니다.',
  },
  'mail_report.publish': { en: 'Put it into the archive', ko: '보관함에 공개하기' },
  'mail_report.withdraw': { en: 'Take it out of the archive', ko: '보관함에서 빼기' },
  'mail_report.open': { en: 'Open it there', ko: '공개된 글 열기' },
  'archive.title': { en: 'News from {{organization}}', ko: '{{organization}} 소식' },
  'archive.none': { en: 'Nothing is here yet.', ko: '아직 올라온 글이 없습니다.' },
  'archive.feed': { en: 'Follow it with a feed reader ({{kind}})', ko: '피드로 받아 보기({{kind}})' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_after: typeof afterMessages
  }
}
