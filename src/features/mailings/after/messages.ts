import { messages } from '../../../platform/i18n/messages.ts'

export const afterMessages = messages({
  'mail_report.title': { en: 'What became of it', ko: '발송 결과' },
  'mail_report.none': { en: 'Nothing has gone out yet.', ko: '아직 나간 메일이 없습니다.' },
  'mail_report.listed': { en: 'On the list', ko: '명단' },
  'mail_report.sent': { en: 'Taken', ko: '서버가 받음' },
  'mail_report.refused': { en: 'Refused', ko: '거부됨' },
  'mail_report.bounced': { en: 'Came back later', ko: '나중에 반송됨' },
  'mail_report.in_doubt': { en: 'of these in doubt: {{sum}}', ko: '이 가운데 알 수 없음: {{sum}}' },
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
  'mail_report.acted': { en: 'Did something', ko: '참여' },
  'mail_report.acted_lead': {
    en: 'Pressed a link (where you count that), signed up for an event or answered a form on your pages within {{days}} days. Whether because of this e-mail, nobody knows.',
    ko: '{{days}}일 안에 링크를 눌렀거나(집계하는 경우) 행사를 신청했거나 설문·신청서를 보내신 분입니다. 이 이메일 때문인지는 알 수 없습니다.',
  },
  'mail_report.clicked': { en: 'Pressed a link', ko: '링크 누름' },
  'mail_report.groups': { en: 'Who did what', ko: '누가 어떻게 했나' },
  'mail_report.groups_lead': {
    en: 'By what is known of the readers today; a group of fewer than five is not told. In brackets: how many are on the list.',
    ko: '오늘 알고 있는 정보를 기준으로 나눕니다. 다섯 명이 안 되는 무리는 보이지 않습니다. 괄호 안은 명단에 있는 수입니다.',
  },
  'mail_report.groups_slow': {
    en: 'It took too long to count. Look again in a while.',
    ko: '세는 데 너무 오래 걸립니다. 잠시 뒤 다시 봐 주세요.',
  },
  'mail_report.measure': { en: 'What is shown', ko: '보여 줄 것' },
  'mail_report.by.language': { en: 'By language', ko: '언어별' },
  'mail_report.by.community': {
    en: 'By community, as they said or as is very likely',
    ko: '커뮤니티별(본인이 말했거나 가능성이 아주 높음)',
  },
  'mail_report.by.district': { en: 'By assembly district', ko: '주하원 선거구별' },
  'mail_report.by.age': { en: 'By age', ko: '나이별' },
  'mail_report.by.member': { en: 'By membership', ko: '회원 여부별' },
  'mail_report.unknown': { en: 'Not known', ko: '모름' },
  'mail_report.other_community': { en: 'Another', ko: '그 밖' },
  'mail_report.age': { en: '{{from}} to {{until}}', ko: '{{from}}~{{until}}세' },
  'mail_report.age_over': { en: '{{from}} and over', ko: '{{from}}세 이상' },
  'mail_report.member': { en: 'Members in good standing', ko: '정회원 자격 유지' },
  'mail_report.no_member': { en: 'Others', ko: '그 밖' },
  'mail_report.course': { en: 'What came of it, day by day', ko: '날마다 쌓인 결과' },
  'mail_report.course_lead': {
    en: 'Added up since the first mail went, for {{days}} days.',
    ko: '첫 메일이 나간 때부터 {{days}}일 동안 더한 수입니다.',
  },
  'mail_report.course_table': { en: 'As a table', ko: '표로 보기' },
  'mail_report.day': { en: 'Day', ko: '일차' },
  'mail_report.reasons': { en: 'Why mail did not come', ko: '전달되지 않은 이유' },
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
