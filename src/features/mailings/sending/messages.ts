import { messages } from '../../../platform/i18n/messages.ts'

export const sendingMessages = messages({
  'sending.title': { en: 'Send', ko: '발송' },
  'sending.not_ready': { en: 'Not ready yet', ko: '아직 준비되지 않았습니다' },
  'sending.needs_audience': { en: 'Say whom it is for.', ko: '받는 분을 정해 주세요.' },
  'sending.needs_reader': { en: 'Nobody gets it as it stands.', ko: '지금 조건으로는 받는 분이 없습니다.' },
  'sending.needs_subject': { en: 'Write a subject.', ko: '제목을 써 주세요.' },
  'sending.needs_translation': {
    en: 'Not all of it is written in {{languages}}, and nobody accepted that.',
    ko: '{{languages}} 글이 빠진 곳이 있고, 그대로 보내도 된다는 표시가 없습니다.',
  },
  'sending.test': { en: 'Send a test', ko: '시험 발송' },
  'sending.test_lead': {
    en: 'One mail to yourself, filled in as for somebody with no name.',
    ko: '본인에게 한 통만 보냅니다. 이름 자리에는 이름이 없을 때 쓰는 말이 들어갑니다.',
  },
  'sending.test_to': { en: 'To', ko: '받는 주소' },
  'sending.test_language': { en: 'Language', ko: '언어' },
  'sending.test_sent': {
    en: 'The test was sent. Look into that mailbox.',
    ko: '시험 메일을 보냈습니다. 받은 편지함을 확인해 주세요.',
  },
  'sending.test_refused': {
    en: 'The mail server did not take it: {{answer}}',
    ko: '메일 서버가 받지 않았습니다: {{answer}}',
  },
  'sending.plan': { en: 'Send to everybody on the list', ko: '명단 전체에 발송' },
  'sending.plan_lead': {
    en: {
      one: 'It goes to {{count}} person. What has gone out cannot be called back.',
      other: 'It goes to {{count}} people. What has gone out cannot be called back.',
    },
    ko: '{{count}}명에게 갑니다. 나간 메일은 되돌릴 수 없습니다.',
  },
  'sending.count': { en: 'How many people get it? Type the number.', ko: '몇 명이 받나요? 숫자를 직접 적어 주세요.' },
  'sending.count_wrong': {
    en: 'It goes to {{count}} now. Type that number if that is right.',
    ko: '지금은 {{count}}명에게 갑니다. 맞으면 그 숫자를 적어 주세요.',
  },
  'sending.count_needed': { en: 'Type how many people get it.', ko: '받는 사람 수를 적어 주세요.' },
  'sending.content_changed': {
    en: 'Somebody changed it since you opened this page. Read it again, then send.',
    ko: '이 화면을 여신 뒤에 내용이 바뀌었습니다. 다시 읽어 보고 보내 주세요.',
  },
  'sending.test_barred': {
    en: 'That mailbox wants none of your e-mail, so no test goes there.',
    ko: '이메일을 원하지 않는 주소라 시험 메일도 보내지 않습니다.',
  },
  'sending.test_team': {
    en: 'A second person has to approve it, so tests go only to people of your team.',
    ko: '다른 분이 승인해야 하는 이메일이라 시험 메일은 우리 팀에게만 보낼 수 있습니다.',
  },
  'sending.test_many': {
    en: 'Enough tests for now. Try again in an hour.',
    ko: '시험 메일을 많이 보냈습니다. 한 시간 뒤에 다시 해 주세요.',
  },
  'sending.audience_changed': {
    en: 'Somebody changed whom it is for meanwhile. It was counted anew: look at it and type the number again.',
    ko: '그사이 다른 분이 받는 분을 바꿨습니다. 다시 세었으니 확인하고 숫자를 새로 적어 주세요.',
  },
  'sending.clock': { en: 'By whose clock', ko: '시각 기준' },
  'sending.clock.organization': { en: 'Of your organization', ko: '단체가 있는 곳 시각' },
  'sending.clock.reader': { en: 'Of each reader', ko: '받는 분이 사는 곳 시각' },
  'sending.clock.reader_hint': {
    en: 'By their voter record or address; where none is known, yours.',
    ko: '유권자 기록이나 주소로 정하고, 모르면 단체가 있는 곳 시각을 씁니다.',
  },
  'sending.by_reader': { en: 'It goes by the clock of each reader.', ko: '받는 분이 사는 곳 시각에 맞춰 보냅니다.' },
  'sending.by_reader_at': {
    en: 'It goes by the clock of each reader: not before {{at}} where they live.',
    ko: '받는 분이 사는 곳 시각으로 {{at}}부터 보냅니다.',
  },
  'sending.at': { en: 'Not before', ko: '발송 시각' },
  'sending.at_hint': {
    en: 'By the clock above; empty: now. The list is made when the first hour comes.',
    ko: '위에서 고른 시각입니다. 비우면 바로 보냅니다. 명단은 처음 보내는 때에 확정됩니다.',
  },
  'sending.window_starts': { en: 'Only from', ko: '보내는 시간대 시작' },
  'sending.window_ends': { en: 'until', ko: '보내는 시간대 끝' },
  'sending.window_both': { en: 'Give both hours or none.', ko: '시작과 끝을 모두 적거나 모두 비워 주세요.' },
  'sending.window_same': {
    en: 'Between two equal hours there is no time to send. Leave both empty for any hour.',
    ko: '시작과 끝이 같으면 보낼 시간이 없습니다. 아무 때나 보내려면 둘 다 비워 주세요.',
  },
  'sending.per_minute': { en: 'At most so many a minute to one domain', ko: '한 도메인에 1분 동안 보낼 최대 통수' },
  'sending.per_minute_hint': {
    en: 'Large providers slow down who sends too fast. Empty: as fast as your server takes them.',
    ko: '너무 빨리 보내면 큰 메일 회사가 늦춥니다. 비우면 메일 서버가 받는 대로 보냅니다.',
  },
  'sending.send': { en: 'Send', ko: '발송하기' },
  'sending.pause': { en: 'Pause', ko: '멈추기' },
  'sending.resume': { en: 'Go on', ko: '이어서 보내기' },
  'sending.resend': { en: 'Send to those who were refused', ko: '거부된 분께 다시 보내기' },
  'sending.resend_lead': {
    en: {
      one: 'The server of {{count}} person refused it for what you are, so none of it reached them. Put right first what it says below (Who writes shows how).',
      other:
        'The servers of {{count}} people refused it for what you are, so none of it reached them. Put right first what they say below (Who writes shows how).',
    },
    ko: '받는 쪽 서버가 보내는 쪽 문제로 거부해 {{count}}명이 받지 못했습니다. 먼저 아래 서버의 답을 보고 바로잡아 주세요(‘보내는 사람’ 화면 참고).',
  },
  'sending.cancel': { en: 'Cancel for good', ko: '발송 취소' },
  'sending.cancel_sure': { en: 'Yes, cancel it for good', ko: '예, 발송을 취소합니다' },
  'sending.cancel_lead': {
    en: 'Nothing more of it goes out, ever. What has gone out stays out.',
    ko: '더는 한 통도 나가지 않습니다. 이미 나간 메일은 되돌릴 수 없습니다.',
  },
  'sending.scheduled_for': { en: 'Begins {{at}}.', ko: '{{at}}에 시작합니다.' },
  'sending.past': {
    en: 'That time has gone by. Leave it empty to send now.',
    ko: '이미 지난 시간입니다. 지금 보내려면 비워 두세요.',
  },
  'sending.problem': { en: 'The mail server said', ko: '메일 서버의 답' },
  'sending.problem.expression': {
    en: 'Whom it is for can no longer be asked: a tag, universe or question in it is gone. Nobody was written to. Cancel it and make another one.',
    ko: '받는 분 조건을 더는 쓸 수 없습니다. 조건에 들어 있는 태그나 대상, 질문이 없어졌습니다. 아무에게도 보내지 않았으니 취소하고 새로 만들어 주세요.',
  },
  'sending.problem.unknown': {
    en: 'One connection after the other ended before the mail server answered, so sending was paused. Have somebody look at the server and what stands before it (proxy, firewall), then go on.',
    ko: '메일 서버가 답하기 전에 연결이 잇달아 끊겨 발송을 멈췄습니다. 서버와 그 앞의 프록시·방화벽을 확인한 뒤 이어서 보내 주세요.',
  },
  'sending.problem.changed': {
    en: 'Since it was approved something in it has become another: what an event, guide or endorsement in it says, a universe it is for, its topic, or the address it comes from. It waits until somebody else has approved it as it is now; then go on.',
    ko: '승인받은 뒤에 이메일에 든 행사·안내·지지 내용, 받는 분을 정하는 대상, 주제, 보내는 주소 가운데 하나가 바뀌어 멈췄습니다. 다른 사람이 지금 내용을 승인하면 이어서 보낼 수 있습니다.',
  },
  'sending.problem.unwritten': {
    en: 'It could not be put together for some readers, so sending was paused: they have not got it. What is wrong stands with the addresses below and in the log of the server. Once it is mended, go on: they get it then. For whom it still cannot be put together, it goes on without.',
    ko: '메일을 만들지 못한 분이 있어 발송을 멈췄습니다. 그분들은 아직 받지 못했습니다. 원인은 아래 주소 옆과 서버 로그에 있습니다. 고친 뒤 이어서 보내면 그분들에게도 갑니다. 그래도 만들지 못한 분은 빼고 보냅니다.',
  },
  'sending.problem.certificate': {
    en: 'Nobody vouches for the certificate of the mail server, so nothing goes to it: it may be another server. What is wrong with it stands with the addresses below. Have whoever looks after the server put a valid one there (or set its right name), then go on.',
    ko: '메일 서버의 인증서를 믿을 수 없어 아무것도 넘기지 않았습니다. 다른 서버일 수 있습니다. 무엇이 문제인지는 아래 주소 옆에 있습니다. 서버 담당자가 올바른 인증서를 넣거나 서버 이름을 바로잡은 뒤 이어서 보내 주세요.',
  },
  'sending.problem.law_line': {
    en: 'It is for or against a candidate and does not say who pays as the law wants it, so nothing more of it goes out. Write the next one like this, with the line, and cancel this one; in a journey, write the line into the e-mail and start the journey again.',
    ko: '후보를 지지하거나 반대하는 이메일인데 법에서 요구하는 비용 부담자 표시가 없어 발송을 멈췄습니다. ‘이대로 다음 이메일 쓰기’로 새로 만들어 표시를 넣고 이 발송은 취소해 주세요. 자동 이메일에 든 것이면 표시를 넣고 자동 이메일을 다시 시작하세요.',
  },
  'sending.progress': { en: 'How far it is', ko: '진행 상황' },
  'sending.state.waiting': { en: 'Waiting', ko: '기다리는 중' },
  'sending.state.held': { en: 'Waiting for the better subject', ko: '더 나은 제목을 기다리는 중' },
  'sending.state.handing': { en: 'With the mail server now', ko: '지금 넘기는 중' },
  'sending.state.sent': { en: 'Taken by the mail server', ko: '메일 서버가 받음' },
  'sending.state.deferred': { en: 'Put off, tried again', ko: '미뤄짐, 다시 보냄' },
  'sending.state.failed': { en: 'Refused', ko: '거부됨' },
  'sending.state.unknown': { en: 'Unknown: may have gone out', ko: '알 수 없음(나갔을 수 있음)' },
  'sending.state.left_out': { en: 'Left out: said stop meanwhile', ko: '보내지 않음(그사이 거부 등)' },
  'sending.state.bounced': { en: 'Came back', ko: '반송됨' },
  'sending.state.undeliverable': { en: 'Cannot be delivered', ko: '보낼 수 없음' },
  'sending.why.unwritten': {
    en: 'It could not be put together for this reader.',
    ko: '이 분께 맞춘 메일을 만들지 못했습니다.',
  },
  'sending.why.address_letters': {
    en: 'The mail server does not take this address: it reads no letters other than English ones before the @ (SMTPUTF8).',
    ko: '메일 서버가 이 주소를 받지 않습니다. @ 앞의 영문이 아닌 글자를 읽지 못합니다(SMTPUTF8 미지원).',
  },
  'sending.why.address_invalid': { en: 'No mail can go to this address.', ko: '메일을 보낼 수 없는 주소입니다.' },
  'sending.unknown_lead': {
    en: 'The connection ended after the last dot, so nobody knows whether these were taken. They are not sent again by themselves, for nobody is to get anything twice.',
    ko: '메일을 다 보낸 뒤 연결이 끊겨 서버가 받았는지 알 수 없습니다. 두 번 받는 분이 없도록 자동으로 다시 보내지 않습니다.',
  },
  'sending.stuck': { en: 'Addresses that need a look', ko: '확인이 필요한 주소' },
  'sending.address': { en: 'Address', ko: '주소' },
  'sending.became': { en: 'What became of it', ko: '결과' },
  'sending.answer': { en: 'Answer of the server', ko: '서버의 답' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    sending: typeof sendingMessages
  }
}
