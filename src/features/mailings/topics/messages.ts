import { messages } from '../../../platform/i18n/messages.ts'

export const topicMessages = messages({
  'mail_topics.of_person': { en: 'Topics of e-mail', ko: '받는 이메일 주제' },
  'mail_topics.of_person_lead': {
    en: 'Set here only what they told you. They change it themselves below any of our e-mails.',
    ko: '본인이 말씀하신 것만 여기서 바꿔 주세요. 본인은 받은 이메일 아래에서 직접 바꿀 수 있습니다.',
  },
  'mail_topics.gets': { en: 'They get', ko: '받는 주제' },
  'mail_topics.gets_none': { en: 'None of them', ko: '없음' },
  'mail_topics.said_yes': { en: 'asked for it', ko: '원한다고 하심' },
  'mail_topics.said_no': { en: 'said no', ko: '원하지 않는다고 하심' },
  'mail_topics.paused_until': { en: 'Takes no e-mail before {{date}}.', ko: '{{date}}까지 이메일을 쉬고 계십니다.' },
  'mail_topics.title': { en: 'Topics', ko: '주제' },
  'mail_topics.lead': {
    en: 'What you write about. Each e-mail may have one, and its readers choose which of them they get.',
    ko: '어떤 소식을 보내는지 나눕니다. 이메일마다 주제를 하나 정할 수 있고, 받는 분이 받을 주제를 고릅니다.',
  },
  'mail_topics.none': { en: 'No topics yet', ko: '아직 주제가 없습니다' },
  'mail_topics.none_lead': {
    en: 'Without topics readers can only take everything or nothing.',
    ko: '주제가 없으면 받는 분은 모두 받거나 모두 끊을 수밖에 없습니다.',
  },
  'mail_topics.add': { en: 'Add a topic', ko: '주제 추가' },
  'mail_topics.change': { en: 'Change topic', ko: '주제 고치기' },
  'mail_topics.name': { en: 'Name ({{language}})', ko: '이름({{language}})' },
  'mail_topics.about': { en: 'What it brings ({{language}})', ko: '어떤 소식인지({{language}})' },
  'mail_topics.name_needed': {
    en: 'Name it in at least one language.',
    ko: '한 가지 언어로라도 이름을 적어 주세요.',
  },
  'mail_topics.too_many': {
    en: 'There are as many topics as one page can hold. Close one first.',
    ko: '주제가 너무 많습니다. 먼저 쓰지 않는 주제를 닫아 주세요.',
  },
  'mail_topics.who': { en: 'Who gets it', ko: '받는 분' },
  'mail_topics.for_all': { en: 'Everybody an e-mail is for, unless they said no', ko: '거절하지 않은 모든 분' },
  'mail_topics.for_askers': { en: 'Only whoever asked for it', ko: '신청하신 분만' },
  'mail_topics.said': {
    en: '{{wanted}} asked for it, {{unwanted}} said no',
    ko: '신청 {{wanted}}명, 거절 {{unwanted}}명',
  },
  'mail_topics.retired': { en: 'Closed', ko: '닫음' },
  'mail_topics.retire': { en: 'Close', ko: '닫기' },
  'mail_topics.reopen': { en: 'Open again', ko: '다시 열기' },
  'mail_topics.none_chosen': { en: 'None: for everybody it is for', ko: '없음(대상 모두에게)' },
  'mail_topics.one': { en: 'Topic', ko: '주제' },
  'mail_topics.one_hint': {
    en: 'Whoever does not get this topic is left out.',
    ko: '이 주제를 받지 않는 분에게는 가지 않습니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mail_topics: typeof topicMessages
  }
}
