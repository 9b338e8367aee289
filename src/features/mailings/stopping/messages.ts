import { messages } from '../../../platform/i18n/messages.ts'

export const stoppingMessages = messages({
  'stopping.title': { en: 'Your e-mail from {{organization}}', ko: '{{organization}} 이메일 설정' },
  'stopping.lead': {
    en: 'For {{address}}. Nobody needs to sign in here.',
    ko: '{{address}} 주소의 설정입니다. 로그인하지 않아도 됩니다.',
  },
  'stopping.stop_title': { en: 'Stop all of it', ko: '모두 수신 거부' },
  'stopping.stop_lead': {
    en: 'From this moment on we send you no more of our e-mail.',
    ko: '지금부터 저희 단체 이메일을 더는 보내지 않습니다.',
  },
  'stopping.stop': { en: 'Unsubscribe', ko: '수신 거부' },
  'stopping.stopped': { en: 'You get no more of our e-mail.', ko: '이제 저희 이메일을 받지 않으십니다.' },
  'stopping.again': { en: 'I want it again', ko: '다시 받기' },
  'stopping.started': { en: 'You get our e-mail again.', ko: '이제 다시 보내 드립니다.' },
  'stopping.ask_told': {
    en: 'You told somebody of ours that you want none of it, and only there can it be taken back. To get it again, write to {{address}}.',
    ko: '저희 쪽 사람에게 받지 않겠다고 직접 말씀하셨기 때문에 이 화면에서는 바꿀 수 없습니다. 다시 받으시려면 {{address}} 주소로 알려 주세요.',
  },
  'stopping.ask_complaint': {
    en: 'Our mail to this mailbox was reported as unwanted, so nothing more goes there. To get it at another address, write to {{address}}.',
    ko: '이 주소로 간 메일이 스팸으로 신고되어 더는 보내지 않습니다. 다른 주소로 받으시려면 {{address}} 주소로 알려 주세요.',
  },
  'stopping.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'stopping.wishes': { en: 'What you want', ko: '원하시는 대로' },
  'stopping.language': { en: 'Language', ko: '언어' },
  'stopping.language_any': { en: 'As before', ko: '지금처럼' },
  'stopping.pause': { en: 'For a while', ko: '잠시 멈추기' },
  'stopping.pause_hint': {
    en: 'This is for news, appeals and invitations. What you asked for still comes, such as the ticket to an event you signed up for; so does what belongs to your membership: dues and votes.',
    ko: '소식, 참여·후원 요청, 초대 메일을 잠시 보내지 않습니다. 직접 신청하신 것(행사 입장권 등)과 회원으로서 받으실 회비·투표 안내는 그대로 보내 드립니다.',
  },
  'stopping.pause.none': { en: 'No pause', ko: '멈추지 않음' },
  'stopping.pause.30': { en: 'Nothing for a month', ko: '한 달 동안 받지 않기' },
  'stopping.pause.90': { en: 'Nothing for three months', ko: '석 달 동안 받지 않기' },
  'stopping.pause.until': { en: 'Until the day below', ko: '아래 날짜까지 받지 않기' },
  'stopping.until': { en: 'First day you want it again', ko: '다시 받기 시작할 날' },
  'stopping.until_when': { en: 'Choose a day after today.', ko: '내일이나 그 뒤 날짜를 골라 주세요.' },
  'stopping.topics': { en: 'Which topics you get', ko: '받을 주제' },
  'stopping.topic_title': { en: 'Only this topic: {{topic}}', ko: '이 주제만: {{topic}}' },
  'stopping.stop_topic': { en: 'No more of this topic', ko: '이 주제 그만 받기' },
  'stopping.paused_until': { en: 'Nothing comes before {{date}}.', ko: '{{date}} 전에는 보내지 않습니다.' },
  'stopping.held': { en: 'What we hold about you', ko: '저희가 가진 내 정보 보기' },
  'stopping.unknown': { en: 'This address opens nothing', ko: '열 수 없는 주소입니다' },
  'stopping.unknown_lead': {
    en: 'It may have been cut off by your mail program. Open it from the mail once more, or answer the mail with “stop”.',
    ko: '메일 앱에서 주소가 잘렸을 수 있습니다. 메일에서 다시 열어 보시거나 ‘수신 거부’라고 답장해 주세요.',
  },
  'stopping.test': {
    en: 'This is the page of a test mail: it belongs to nobody, and nothing here changes anything.',
    ko: '시험 메일의 페이지입니다. 누구의 것도 아니며 여기서는 아무것도 바뀌지 않습니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    stopping: typeof stoppingMessages
  }
}
