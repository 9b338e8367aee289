import { messages } from '../../../platform/i18n/messages.ts'

export const journeysMessages = messages({
  'journeys.title': { en: 'Journeys', ko: '자동 이메일' },
  'journeys.lead': {
    en: 'E-mails that follow each other by themselves: a welcome, reminders of an event, a word to whoever’s membership ran out. Everybody walks each of them once.',
    ko: '환영 인사, 행사 안내, 회비 만료 안내처럼 차례로 저절로 나가는 이메일입니다. 한 분이 같은 순서를 두 번 받지는 않습니다.',
  },
  'journeys.new': { en: 'New journey', ko: '새 자동 이메일' },
  'journeys.none': { en: 'No journey yet', ko: '아직 자동 이메일이 없습니다' },
  'journeys.none_lead': {
    en: 'Begin with one of ours and change its words. Nothing goes out before you start it.',
    ko: '준비된 것 가운데 하나로 시작해 글을 고쳐 쓰세요. 시작을 누르기 전에는 아무것도 나가지 않습니다.',
  },
  'journeys.starter': { en: 'Begin with', ko: '무엇으로 시작할까요?' },
  'journeys.starter.welcome': { en: 'Welcome', ko: '새 회원 환영' },
  'journeys.starter.welcome_hint': {
    en: 'Three mails in two weeks to whoever has just joined.',
    ko: '막 가입하신 분께 두 주 동안 세 통을 보냅니다.',
  },
  'journeys.starter.event': { en: 'Event reminder', ko: '행사 안내' },
  'journeys.starter.event_hint': {
    en: 'Three days and one day before, to whoever is signed up.',
    ko: '참가 신청하신 분께 사흘 전과 하루 전에 보냅니다.',
  },
  'journeys.starter.lapsed': { en: 'Lapsed member', ko: '회비 만료' },
  'journeys.starter.lapsed_hint': {
    en: 'Two mails to whoever’s membership runs out, until they renew.',
    ko: '회비가 만료된 분께 다시 내실 때까지 두 통을 보냅니다.',
  },
  'journeys.starter.empty': { en: 'Nothing: write it all yourself', ko: '빈 상태로: 처음부터 직접 쓰기' },
  'journeys.name': { en: 'Name, for your own list', ko: '이름(우리 목록에만 보임)' },
  'journeys.event': { en: 'Event', ko: '행사' },
  'journeys.event_hint': { en: 'For a reminder of an event.', ko: '행사 안내일 때만 고릅니다.' },
  'journeys.event_needed': { en: 'Choose the event.', ko: '행사를 골라 주세요.' },
  'journeys.make': { en: 'Make it', ko: '만들기' },
  'journeys.step_named': { en: '{{name}} · {{number}}', ko: '{{name}} · {{number}}' },
  'journeys.state.draft': { en: 'Not started', ko: '시작 전' },
  'journeys.state.running': { en: 'Running', ko: '진행 중' },
  'journeys.state.paused': { en: 'Paused', ko: '멈춤' },
  'journeys.state.ended': { en: 'Ended', ko: '끝냄' },
  'journeys.listed': {
    en: { one: '{{count}} person in it', other: '{{count}} people in it' },
    ko: '{{count}}명이 받는 중',
  },
  'journeys.steps_count': { en: { one: '{{count}} e-mail', other: '{{count}} e-mails' }, ko: '이메일 {{count}}통' },
  'journeys.who': { en: 'Who and when', ko: '대상과 규칙' },
  'journeys.who_change': { en: 'Change who and when', ko: '대상과 규칙 고치기' },
  'journeys.expression': { en: 'Who comes in', ko: '누구에게 보내나요?' },
  'journeys.expression_hint': {
    en: 'The same words as in lists of people. For example: member-since:7d (joined in the last week), member:lapsed, tag:volunteer, signed-up:any.',
    ko: '사람 목록과 같은 표현을 씁니다. 예: member-since:7d(지난 한 주에 가입), member:lapsed(회비 만료), tag:volunteer, signed-up:any.',
  },
  'journeys.exits': { en: 'Who leaves before the end', ko: '누가 중간에 빠지나요?' },
  'journeys.exits_hint': {
    en: 'Whoever fits this gets no more of it. For example: member:good (renewed), attended:any. Whoever opts out leaves in any case.',
    ko: '여기에 맞는 분은 더 받지 않습니다. 예: member:good(회비를 다시 내신 분), attended:any. 수신 거부하신 분은 언제나 빠집니다.',
  },
  'journeys.expression_wrong': {
    en: 'This cannot be asked. See how lists of people are written, or try it there first.',
    ko: '쓸 수 없는 조건입니다. 사람 목록의 표현을 확인하거나 거기에서 먼저 시험해 보세요.',
  },
  'journeys.takes_all': { en: 'Also whoever fits already', ko: '이미 조건에 맞는 분도 포함' },
  'journeys.takes_all_hint': {
    en: 'Else only whoever comes to fit after you start it.',
    ko: '선택하지 않으면 시작한 뒤에 새로 조건에 맞게 된 분만 받습니다.',
  },
  'journeys.rest': { en: 'Rest after any other e-mail to many', ko: '다른 단체 이메일을 받은 뒤 쉬는 시간' },
  'journeys.rest_hint': {
    en: 'Nobody gets a step of this sooner after another e-mail. Mails of journeys go out between 8:00 and 21:00.',
    ko: '다른 이메일을 받고 이만큼 지나기 전에는 보내지 않습니다. 자동 이메일은 오전 8시에서 밤 9시 사이에만 나갑니다.',
  },
  'journeys.rest_none': { en: 'None', ko: '쉬지 않음' },
  'journeys.hours': { en: { one: '{{count}} hour', other: '{{count}} hours' }, ko: '{{count}}시간' },
  'journeys.days': { en: { one: '{{count}} day', other: '{{count}} days' }, ko: '{{count}}일' },
  'journeys.unit.hours': { en: 'hours', ko: '시간' },
  'journeys.unit.days': { en: 'days', ko: '일' },
  'journeys.for_event': {
    en: 'Whoever is signed up for {{event}}, until they cancel. Times are counted back from its beginning.',
    ko: '‘{{event}}’에 참가 신청하신 분(취소하면 빠짐). 시간은 행사 시작부터 거꾸로 셉니다.',
  },
  'journeys.event_gone': { en: 'The event is not there any more.', ko: '행사가 더는 없습니다.' },
  'journeys.steps': { en: 'E-mails', ko: '이메일' },
  'journeys.at_once': { en: 'At once', ko: '바로' },
  'journeys.later': { en: '{{time}} later', ko: '{{time}} 뒤' },
  'journeys.before': { en: '{{time}} before it begins', ko: '시작 {{time}} 전' },
  'journeys.at_start': { en: 'When it begins', ko: '시작할 때' },
  'journeys.no_subject': { en: 'Nothing is written yet', ko: '아직 쓰지 않음' },
  'journeys.write': { en: 'Write', ko: '쓰기' },
  'journeys.read': { en: 'Read', ko: '보기' },
  'journeys.report': { en: 'What became of it', ko: '발송 결과' },
  'journeys.step_sums': {
    en: '{{waiting}} wait for it · {{sent}} have it · {{unsubscribed}} unsubscribed',
    ko: '기다림 {{waiting}}명 · 받음 {{sent}}명 · 수신 거부 {{unsubscribed}}명',
  },
  'journeys.wait': { en: 'Wait', ko: '기다리는 시간' },
  'journeys.wait_before': { en: 'So long before', ko: '시작 전 시간' },
  'journeys.unit': { en: 'Unit', ko: '단위' },
  'journeys.set_wait': { en: 'Change', ko: '고치기' },
  'journeys.remove': { en: 'Take it out', ko: '빼기' },
  'journeys.add': { en: 'Add an e-mail', ko: '이메일 추가' },
  'journeys.add_lead': {
    en: 'It comes after the others. Write it after adding it.',
    ko: '맨 뒤에 붙습니다. 추가한 뒤에 내용을 쓰세요.',
  },
  'journeys.where': { en: 'Who is where', ko: '진행 상황' },
  'journeys.where_none': { en: 'Nobody is in it yet.', ko: '아직 아무도 없습니다.' },
  'journeys.waits_for': { en: 'Wait for {{number}}', ko: '{{number}}번째를 기다림' },
  'journeys.left.finished': { en: 'Got all of it', ko: '모두 받음' },
  'journeys.left.exit': { en: 'Left: fits who leaves', ko: '중단: 제외 조건에 해당' },
  'journeys.left.before': { en: 'Not written to: fitted before the start', ko: '보내지 않음: 시작 전부터 조건에 맞음' },
  'journeys.left.late': { en: 'Signed up too late for any', ko: '신청이 늦어 보낼 것이 없음' },
  'journeys.left.event_off': { en: 'Event called off', ko: '행사 취소' },
  'journeys.left.ended': { en: 'Journey was ended', ko: '자동 이메일을 끝냄' },
  'journeys.left_why': { en: 'Left: {{why}}', ko: '중단: {{why}}' },
  'journeys.people': { en: 'People', ko: '사람' },
  'journeys.person': { en: 'Person', ko: '이름' },
  'journeys.place': { en: 'Where', ko: '위치' },
  'journeys.next_at': { en: 'next {{at}}', ko: '다음 {{at}}' },
  'journeys.start': { en: 'Start', ko: '시작' },
  'journeys.fit_and_get': {
    en: {
      one: '{{count}} person fits now; they get it too, unless they are already in it.',
      other: '{{count}} people fit now; they get it too, unless they are already in it.',
    },
    ko: '지금 조건에 맞는 분은 {{count}}명이며, 이미 받고 계신 분을 빼고 이분들도 받습니다.',
  },
  'journeys.fit_and_wait': {
    en: {
      one: '{{count}} person fits now and gets nothing unless already in it: only whoever comes to fit from here on does.',
      other:
        '{{count}} people fit now and get nothing unless already in it: only whoever comes to fit from here on does.',
    },
    ko: '지금 조건에 맞는 분은 {{count}}명입니다. 이미 받고 계신 분이 아니면 받지 않고, 앞으로 새로 조건에 맞게 된 분만 받습니다.',
  },
  'journeys.go_on': { en: 'Go on', ko: '이어서 진행' },
  'journeys.pause': { en: 'Pause', ko: '멈추기' },
  'journeys.end': { en: 'End for good', ko: '완전히 끝내기' },
  'journeys.end_sure': { en: 'Yes, end it for good', ko: '예, 완전히 끝냅니다' },
  'journeys.pause_lead': {
    en: 'While it is paused nobody gets any of its e-mails, and they can be written anew.',
    ko: '멈춘 동안에는 아무에게도 나가지 않으며 글을 고쳐 쓸 수 있습니다.',
  },
  'journeys.end_lead': {
    en: 'Whoever is in it gets no more, ever. This cannot be undone.',
    ko: '진행 중이던 분도 더는 받지 않으며 되돌릴 수 없습니다.',
  },
  'journeys.not_ready': { en: 'Before it can start', ko: '시작하기 전에' },
  'journeys.needs_who': { en: 'Say who comes in.', ko: '받을 분을 정해 주세요.' },
  'journeys.needs_steps': { en: 'Add an e-mail.', ko: '이메일을 추가해 주세요.' },
  'journeys.needs_writing': {
    en: 'E-mail {{number}} cannot go out as it is.',
    ko: '{{number}}번째 이메일은 아직 보낼 수 없습니다.',
  },
  'journeys.problem.expression': {
    en: 'It was paused: who comes in or leaves can no longer be asked, because a tag, universe or question in it is gone.',
    ko: '멈췄습니다. 조건에 들어 있는 태그나 대상, 질문이 없어져 더는 쓸 수 없습니다.',
  },
  'journeys.part_of': { en: 'This e-mail is part of a journey.', ko: '자동 이메일에 들어 있는 이메일입니다.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_journeys: typeof journeysMessages
  }
}
