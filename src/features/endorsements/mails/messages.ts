import { messages } from '../../../platform/i18n/messages.ts'

export const campaignMailMessages = messages({
  'endorsements.write': { en: 'Write to the campaign', ko: '캠프에 이메일 보내기' },
  'endorsements.write_for': { en: 'Write to the campaign of {{name}}', ko: '{{name}} 후보 캠프에 이메일 보내기' },
  'endorsements.email_of': { en: 'E-mail address of the campaign', ko: '캠프 이메일 주소' },
  'endorsements.email_language': { en: 'Language of the mail', ko: '이메일 언어' },
  'endorsements.write_send': { en: 'Send the link', ko: '주소 보내기' },
  'endorsements.email_wrong': {
    en: 'Please check the e-mail address, for example name@example.com.',
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
  },
  'endorsements.has_it': {
    en: 'This address was already sent this link. It goes out once; make another link if it was lost.',
    ko: '이 주소로는 이미 답변용 주소를 보냈습니다. 같은 주소는 한 번만 보냅니다. 잃어버렸다면 새 주소를 만들어 주세요.',
  },
  'endorsements.reminders_lead': {
    en: 'Campaigns that were written to and are not done are reminded seven and two days before the last day, each time once.',
    ko: '이메일을 받고도 아직 제출하지 않은 캠프에는 마감 7일 전과 2일 전에 한 번씩 알림을 보냅니다.',
  },
  'endorsements.mailed.invitation': { en: 'Link sent to {{to}} on {{when}}', ko: '{{when}} {{to}}에 주소를 보냄' },
  'endorsements.mailed.reminder': { en: 'Reminder sent to {{to}} on {{when}}', ko: '{{when}} {{to}}에 알림을 보냄' },
  'endorsements.mailed.waiting': { en: 'Waiting to be sent to {{to}}', ko: '{{to}}에 보내는 중' },
  'endorsements.mailed.void': {
    en: 'Not sent to {{to}}: link or address were changed or withdrawn before it went out',
    ko: '보내기 전에 주소를 바꾸거나 막아서 {{to}}에는 보내지 않음',
  },
  'endorsements.mailed.unknown': {
    en: 'To {{to}}: the program stopped while sending, so nobody knows whether it arrived. Ask the campaign before you make another link.',
    ko: '{{to}}: 보내는 도중에 프로그램이 멈춰 도착했는지 알 수 없습니다. 새 주소를 만들기 전에 캠프에 물어보세요.',
  },
  'endorsements.no_email': {
    en: 'No e-mail address: hand the link over on paper, or send it by text message.',
    ko: '이메일 주소가 없습니다. 주소를 종이나 문자 메시지로 전해 주세요.',
  },
  'endorsements.letter_in': { en: 'Invitation on paper ({{language}})', ko: '종이 초대장({{language}})' },
  'endorsements.no_email_count': {
    en: {
      one: '{{count}} candidate has no e-mail address: hand the link over on paper or by text message.',
      other: '{{count}} candidates have no e-mail address: hand the links over on paper or by text message.',
    },
    ko: '후보 {{count}}명은 이메일 주소가 없습니다. 주소를 종이나 문자 메시지로 전해 주세요.',
  },
  'endorsements.mail.subject': {
    en: '{{organization}}: questions to {{name}}, by {{date}}',
    ko: '[{{organization}}] {{name}} 후보께 드리는 정책 질의서({{date}}까지)',
  },
  'endorsements.mail.subject_reminder': {
    en: 'Reminder: questions of {{organization}} to {{name}}, by {{date}}',
    ko: '[{{organization}}] {{name}} 후보 정책 질의서 마감 안내({{date}}까지)',
  },
  'endorsements.mail.hello': { en: 'Dear {{name}}', ko: '{{name}} 후보님, 안녕하세요.' },
  'endorsements.mail.invitation': {
    en: 'The members of {{organization}} decide whom they endorse: {{contest}}. Every candidate is asked the same questions, and we would like to hear from you.',
    ko: '{{organization}} 회원들이 {{contest}} 지지 후보를 정합니다. 모든 후보께 같은 질문을 드리고 있으니 후보님의 답변을 부탁드립니다.',
  },
  'endorsements.mail.reminder': {
    en: 'We have not received your answers to the questions of {{organization}} yet: {{contest}}.',
    ko: '{{organization}}에서 드린 {{contest}} 정책 질의서의 답변을 아직 받지 못했습니다.',
  },
  'endorsements.mail.interview': {
    en: 'We also speak with each candidate. Please take a time by {{date}}, by the same private link:',
    ko: '후보마다 면담도 합니다. {{date}}까지 같은 비공개 주소에서 면담 시간을 골라 주세요.',
  },
  'endorsements.mail.how': {
    en: 'No account is needed, and what is typed can be saved and gone on with later. Whoever has this address can write and send the answers, so pass it on inside your campaign alone.',
    ko: '계정 없이 바로 쓰실 수 있고, 저장했다가 나중에 이어 쓰실 수 있습니다. 이 주소를 가진 사람은 누구나 답변을 쓰고 낼 수 있으니 캠프 안에서만 나눠 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_mails: typeof campaignMailMessages
  }
}
