import { messages } from '../../platform/i18n/messages.ts'

export const webhookMessages = messages({
  'webhooks.title': { en: 'Messages to other programs', ko: '다른 프로그램에 알리기' },
  'webhooks.lead': {
    en: 'When something happens here, a short message goes to another program of yours at once, for example to your website or a team chat. Messages carry no names; who may read those asks with a token.',
    ko: '여기에서 일이 생기면 단체의 홈페이지나 팀 채팅 같은 다른 프로그램에 바로 짧은 메시지를 보냅니다. 메시지에는 이름을 담지 않습니다. 이름은 토큰이 있는 프로그램만 읽을 수 있습니다.',
  },
  'webhooks.connections': { en: 'Connections', ko: '다른 프로그램 연결' },
  'webhooks.none': { en: 'No messages are sent', ko: '보내는 메시지가 없습니다' },
  'webhooks.none_text': {
    en: 'Enter below where they should go. The other program gives you the address.',
    ko: '어디로 보낼지 아래에 적어 주세요. 주소는 받는 프로그램에서 알려 줍니다.',
  },
  'webhooks.new': { en: 'Send messages to…', ko: '메시지 받을 곳 추가' },
  'webhooks.url': { en: 'Address', ko: '주소' },
  'webhooks.url_hint': { en: 'It begins with https://', ko: 'https://로 시작합니다.' },
  'webhooks.url_invalid': {
    en: 'Enter a whole address, for example https://example.org/hanpyo',
    ko: '주소 전체를 입력해 주세요. 예: https://example.org/hanpyo',
  },
  'webhooks.events': { en: 'What about?', ko: '어떤 일을 알릴까요?' },
  'webhooks.events_needed': { en: 'Tick at least one.', ko: '하나 이상 골라 주세요.' },
  'webhooks.law': {
    en: 'Messages about calls, people, marks and tasks say whom something happened to, some with the telephone number. New York Election Law § 3-103(5): what comes from a voter file may be used for election purposes only, never for commerce or anything else. What the other program passes on is bound by it too.',
    ko: '통화, 사람, 표시, 할 일에 관한 메시지에는 누구의 일인지, 때로는 전화번호도 담깁니다. 뉴욕주 선거법 3-103조 5항: 유권자 명부에서 나온 내용은 선거 목적으로만 쓸 수 있고, 영업이나 다른 목적으로는 쓸 수 없습니다. 받은 프로그램이 다시 넘겨준 자료도 마찬가지입니다.',
  },
  'webhooks.law_needed': {
    en: 'Accept this first: the messages are about people.',
    ko: '사람에 관한 메시지이므로 먼저 동의해 주세요.',
  },
  'webhooks.add': { en: 'Send messages there', ko: '여기로 보내기' },
  'webhooks.added': { en: 'Messages are sent there from now on.', ko: '이제 그 주소로 메시지를 보냅니다.' },
  'webhooks.added_inside': {
    en: 'Kept, but nothing is sent there: the address lies inside the network of this server. Whoever runs Hanpyo can allow it (HANPYO_PRIVATE_WEBHOOKS).',
    ko: '적어 두었지만 보내지 않습니다. 이 서버의 내부 네트워크 주소이기 때문입니다. 서버 관리자가 허용할 수 있습니다(HANPYO_PRIVATE_WEBHOOKS).',
  },
  'webhooks.secret': { en: 'Secret, to check that a message is ours', ko: '저희가 보낸 메시지인지 확인하는 비밀 키' },
  'webhooks.secret_hint': {
    en: 'Give it to the other program. Messages are signed as the Standard Webhooks specification says.',
    ko: '받는 프로그램에 넣어 주세요. 메시지는 Standard Webhooks 규격대로 서명합니다.',
  },
  'webhooks.count': {
    en: '{{delivered}} delivered · {{waiting}} waiting · {{dead}} given up',
    ko: '전달 {{delivered}}건 · 대기 {{waiting}}건 · 포기 {{dead}}건',
  },
  'webhooks.paused': { en: 'Paused', ko: '멈춤' },
  'webhooks.paused_text': {
    en: 'Since {{at}}. What happens meanwhile is kept and sent when you resume.',
    ko: '{{at}}부터 멈춰 있습니다. 그동안의 메시지는 두었다가 다시 시작하면 보냅니다.',
  },
  'webhooks.gone': { en: 'Paused: the receiver wants no more', ko: '멈춤: 받는 쪽에서 더 받지 않습니다' },
  'webhooks.gone_text': {
    en: 'On {{at}} it answered that it is gone (410). If it is there again, resume; what happened meanwhile is sent then.',
    ko: '{{at}}에 받는 쪽에서 없어진 주소라고 답했습니다(410). 다시 받을 수 있으면 다시 시작해 주세요. 그동안의 메시지를 그때 보냅니다.',
  },
  'webhooks.given_up': { en: 'Some messages were given up', ko: '전달을 포기한 메시지가 있습니다' },
  'webhooks.given_up_text': {
    en: 'The address did not answer for two days. When it works again, send them once more.',
    ko: '이틀 동안 받는 쪽에서 답이 없었습니다. 다시 되면 한 번 더 보내세요.',
  },
  'webhooks.pause': { en: 'Pause', ko: '멈추기' },
  'webhooks.resume': { en: 'Resume', ko: '다시 보내기 시작' },
  'webhooks.remove': { en: 'Remove', ko: '지우기' },
  'webhooks.remove_title': { en: 'Send no more messages there?', ko: '메시지를 더 보내지 않을까요?' },
  'webhooks.remove_text': {
    en: 'Nothing more is sent to {{url}}. This cannot be undone; whoever wants to send there again sets it up anew, with a new secret.',
    ko: '{{url}} 주소로 더는 보내지 않습니다. 되돌릴 수 없으며, 다시 보내려면 새 비밀 키로 새로 만들어야 합니다.',
  },
  'webhooks.remove_kept': {
    en: {
      one: '{{count}} message that waits or was given up is deleted with it.',
      other: '{{count}} messages that wait or were given up are deleted with it.',
    },
    ko: '기다리거나 포기한 메시지 {{count}}건도 함께 지워집니다.',
  },
  'webhooks.done.pause': {
    en: 'Paused. What happens meanwhile is kept and sent when you resume.',
    ko: '멈췄습니다. 그동안의 메시지는 두었다가 다시 시작하면 보냅니다.',
  },
  'webhooks.done.resume': { en: 'Resumed.', ko: '다시 시작했습니다.' },
  'webhooks.done.remove': { en: 'Removed. Nothing more is sent there.', ko: '지웠습니다. 더는 보내지 않습니다.' },
  'webhooks.done.replay': { en: 'They are being sent again.', ko: '다시 보내고 있습니다.' },
  'webhooks.done.replay_paused': {
    en: 'They wait. Sending is paused: they go when you resume.',
    ko: '멈춰 있어 대기 중입니다. 다시 시작하면 보냅니다.',
  },
  'webhooks.messages': { en: 'Newest messages', ko: '최근 메시지' },
  'webhooks.no_messages': { en: 'Nothing has happened yet.', ko: '아직 보낸 메시지가 없습니다.' },
  'webhooks.none_such': { en: 'There are none of these.', ko: '해당하는 메시지가 없습니다.' },
  'webhooks.next': { en: 'next try {{at}}', ko: '다음 시도 {{at}}' },
  'webhooks.problem.status': { en: 'answered with {{status}}', ko: '{{status}} 응답' },
  'webhooks.problem.timeout': { en: 'no answer in time', ko: '제때 답이 없음' },
  'webhooks.problem.unreachable': { en: 'not reached', ko: '연결되지 않음' },
  'webhooks.problem.unknown_host': { en: 'no such address', ko: '없는 주소' },
  'webhooks.problem.broken_off': { en: 'broke off before the answer', ko: '답하기 전에 끊김' },
  'webhooks.problem.certificate': { en: 'its certificate is not accepted', ko: '보안 인증서를 믿을 수 없음' },
  'webhooks.problem.inside': {
    en: 'an address inside the own network',
    ko: '내부 네트워크 주소',
  },
  'webhooks.problem.other': { en: 'not sent', ko: '보내지 못함' },
  'webhooks.tries': { en: '{{count}} tries', ko: '{{count}}번 시도' },
  'webhooks.state.waiting': { en: 'Waiting', ko: '대기' },
  'webhooks.state.delivered': { en: 'Delivered', ko: '전달됨' },
  'webhooks.state.dead': { en: 'Given up', ko: '포기함' },
  'webhooks.replay': { en: 'Send again', ko: '다시 보내기' },
  'webhooks.replay_all': { en: 'Send all given up again', ko: '포기한 것 모두 다시 보내기' },
  'webhooks.event.contact.recorded': { en: 'A call or other contact was recorded', ko: '통화 등 연락을 기록함' },
  'webhooks.event.contact.undone': { en: 'A recorded contact was taken back', ko: '연락 기록을 되돌림' },
  'webhooks.event.person.created': { en: 'A person was added', ko: '사람을 추가함' },
  'webhooks.event.person.changed': { en: 'A person was changed', ko: '사람 정보를 수정함' },
  'webhooks.event.person.merged': { en: 'Two records were merged', ko: '두 기록을 합침' },
  'webhooks.event.suppression.marked': { en: 'Somebody was marked not to be contacted', ko: '연락하지 않기로 표시함' },
  'webhooks.event.suppression.taken_back': { en: 'Such a mark was taken back', ko: '연락하지 않기 표시를 되돌림' },
  'webhooks.event.phone_bank.ended': { en: 'A phone bank ended', ko: '전화 캠페인이 끝남' },
  'webhooks.event.follow_up.made': { en: 'A follow-up came up', ko: '할 일이 생김' },
  'webhooks.event.follow_up.assigned': { en: 'A follow-up was given to somebody', ko: '할 일을 맡김' },
  'webhooks.event.follow_up.solved': { en: 'A follow-up was done', ko: '할 일을 마침' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    webhooks: typeof webhookMessages
  }
}
