import { messages } from '../../../platform/i18n/messages.ts'

export const hostMessages = messages({
  'host.alerts': { en: 'Look at this', ko: '살펴볼 일' },
  'host.alert.wrong_numbers': {
    en: '{{name}}: the last {{count}} numbers were all wrong or dead. Ask whether the list is right, or a button is pressed by mistake.',
    ko: '{{name}} 님: 마지막 {{count}}통이 모두 틀리거나 없는 번호입니다. 명단이 맞는지, 버튼을 잘못 누르고 있지는 않은지 물어봐 주세요.',
  },
  'host.alert.no_speaker': {
    en: {
      one: '{{count}} voter speaks {{language}}, and nobody who is calling now does.',
      other: '{{count}} voters speak {{language}}, and nobody who is calling now does.',
    },
    ko: '{{language}} 사용 유권자 {{count}}명이 기다리는데, 지금 그 언어를 하는 봉사자가 없습니다.',
  },
  'host.alert.no_main_speaker': {
    en: {
      one: '{{count}} voter whose language is not known waits, and nobody who is calling now speaks {{language}}.',
      other: '{{count}} voters whose language is not known wait, and nobody who is calling now speaks {{language}}.',
    },
    ko: '언어를 모르는 유권자 {{count}}명이 기다리는데, 지금 {{language}} 통화가 가능한 봉사자가 없습니다.',
  },
  'host.alert.no_likely_speaker': {
    en: {
      one: '{{count}} voter likely speaks {{language}}, by their name, and nobody who is calling now does.',
      other: '{{count}} voters speak {{language}}, or likely do by their names, and nobody who is calling now does.',
    },
    ko: '{{language}} 사용 유권자 {{count}}명(이름으로 추정한 분 포함)이 기다리는데, 지금 그 언어를 하는 봉사자가 없습니다.',
  },
  'host.alert.running_out': {
    en: {
      one: 'The list is running out: {{count}} voter can be called now.',
      other: 'The list is running out: {{count}} voters can be called now.',
    },
    ko: '명단이 끝나 갑니다. 지금 걸 수 있는 분이 {{count}}명입니다.',
  },
  'host.alert.quiet_day': {
    en: 'Nobody is called today: {{day}}. To call all the same, change the quiet days under Calling rules.',
    ko: '오늘은 전화를 쉬는 날입니다({{day}}). 그래도 걸려면 ‘전화 규칙’에서 쉬는 날을 바꾸세요.',
  },
  'host.alert.hours_ending': { en: 'Calling hours end at {{at}}.', ko: '전화 시간이 {{at}}에 끝납니다.' },
  'host.alert.hostile': {
    en: 'A hostile call: {{name}}, {{at}}. See whether they need a break.',
    ko: '폭언 통화: {{name}} 님, {{at}}. 쉬어야 할지 살펴봐 주세요.',
  },
  'host.alert.quota': {
    en: 'Enough answers: {{answer}}. Nobody new is handed out.',
    ko: '답이 충분히 모였습니다: {{answer}}. 새 유권자를 주지 않습니다.',
  },
  'host.alert.look': { en: 'Look at the voter', ko: '유권자 보기' },

  'host.pace': { en: 'Pace', ko: '진행 속도' },
  'host.pace_now': { en: 'About {{count}} conversations an hour', ko: '한 시간에 대화 약 {{count}}건' },
  'host.pace_unknown': {
    en: 'Too few conversations in the last hour to tell the pace.',
    ko: '최근 1시간 대화가 적어 아직 속도를 말할 수 없습니다.',
  },
  'host.goal': {
    en: '{{conversations}} of {{goal}} conversations',
    ko: '목표 {{goal}}건 가운데 대화 {{conversations}}건',
  },
  'host.goal_none': {
    en: 'No goal is set. Set one under “Settings”, “Dates, hours and attempts”.',
    ko: '목표가 없습니다. ‘설정’의 ‘기간, 시간, 횟수’에서 정할 수 있습니다.',
  },
  'host.goal_done': { en: 'The goal is reached. Thank you, everybody!', ko: '목표를 이루었습니다. 모두 고맙습니다!' },
  'host.pace_usual': {
    en: 'Too few conversations in the last hour to tell. Over all hours with calls: about {{count}} an hour.',
    ko: '최근 1시간 대화는 적습니다. 전화한 시간을 모두 합하면 시간당 약 {{count}}건입니다.',
  },
  'host.goal_at': {
    en: 'At this pace the goal is reached at about {{at}}.',
    ko: '이 속도면 {{at}}쯤 목표에 닿습니다.',
  },
  'host.list_short': {
    en: {
      one: 'The list likely ends before the goal: {{count}} voter is left to reach.',
      other: 'The list likely ends before the goal: {{count}} voters are left to reach.',
    },
    ko: '남은 유권자가 {{count}}명이라 이 명단으로는 목표를 채우기 어렵습니다.',
  },
  'host.list_short_do': { en: 'Add voters, or set a smaller goal.', ko: '유권자를 더하거나 목표를 낮추세요.' },
  'host.goal_not_today': {
    en: 'Not today at this pace: about {{count}} by {{at}}.',
    ko: '이 속도로는 오늘 다 채우지 못합니다. {{at}}까지 약 {{count}}건입니다.',
  },

  'host.groups': { en: 'Whom we talked with', ko: '누구와 대화했나' },
  'host.groups_largest': { en: 'The first {{count}} of each.', ko: '항목마다 {{count}}개까지 보여 드립니다.' },
  'host.groups_all': { en: 'All of them are in the report', ko: '전체는 보고서에서 보세요' },
  'host.groups_lead': {
    en: 'Conversations with voters themselves, and what was answered to one question.',
    ko: '유권자 본인과 대화한 수와 질문 하나에 대한 답입니다.',
  },
  'host.groups.age': { en: 'By age', ko: '나이별' },
  'host.groups.language': { en: 'By language', ko: '언어별' },
  'host.groups.unknown': { en: 'Not known', ko: '모름' },
  'host.groups.district_named': { en: 'District {{number}}', ko: '{{number}}선거구' },
  'host.groups.ages': { en: '{{from}} to {{to}}', ko: '{{from}}~{{to}}세' },
  'host.groups.ages_from': { en: '{{age}} and over', ko: '{{age}}세 이상' },
  'host.groups.support': { en: '{{support}} of {{asked}} support', ko: '{{asked}}명 가운데 {{support}}명 지지' },

  'host.per_hour': { en: 'Per hour', ko: '시간당' },
  'host.board': { en: 'Most conversations', ko: '대화를 많이 한 봉사자' },
  'host.board_row': { en: { one: '{{count}} conversation', other: '{{count}} conversations' }, ko: '대화 {{count}}건' },

  'host.message': { en: 'Message to callers', ko: '봉사자에게 알리기' },
  'host.message_lead': {
    en: 'It appears on their calling page at once, also in the middle of a conversation.',
    ko: '보내는 즉시 봉사자의 전화 화면에 나타납니다. 통화 중에도 보입니다.',
  },
  'host.message_to': { en: 'To', ko: '받는 분' },
  'host.message_all': { en: 'Everybody', ko: '모두' },
  'host.message_text': { en: 'Message', ko: '알릴 말' },
  'host.message_send': { en: 'Send', ko: '보내기' },
  'host.message_sent': { en: 'The message is on its way.', ko: '봉사자에게 보냈습니다.' },
  'host.message_gone': {
    en: 'This caller was removed meanwhile. Choose who should read it.',
    ko: '그사이 참여가 해제된 분입니다. 받는 분을 다시 골라 주세요.',
  },
  'host.message_last': { en: 'Sent in the last hours', ko: '최근에 보낸 말' },
  'host.message_line': { en: '{{at}}, {{from}} to {{to}}', ko: '{{at}}, {{from}} 님이 보냄(받는 분: {{to}})' },

  'host.walk_in': { en: 'Somebody at the door', ko: '현장에서 바로 참여' },
  'host.walk_in_lead': {
    en: 'Write down who is here and hand them a phone: yours or theirs.',
    ko: '오신 분을 적고 전화기를 건네세요. 진행자 전화기나 본인 전화기 모두 됩니다.',
  },
  'host.walk_in_reach': { en: 'Their phone number or e-mail', ko: '오신 분의 전화번호 또는 이메일' },
  'host.walk_in_languages': { en: 'Languages they can call in', ko: '오신 분이 통화할 수 있는 언어' },
  'host.walk_in_add': { en: 'Add caller', ko: '봉사자 추가' },
  'host.walk_in_ready': { en: '{{name}} can start', ko: '{{name}} 님이 시작할 수 있습니다' },
  'host.walk_in_code': {
    en: 'Let them scan this code with their phone, or open the address. It works once, for {{name}} alone.',
    ko: '본인 전화기로 이 코드를 찍거나 주소를 열면 됩니다. {{name}} 님만 한 번 쓸 수 있습니다.',
  },
  'host.walk_in_here': { en: 'Start on this phone', ko: '이 전화기에서 시작하기' },
  'host.walk_in_start': { en: 'Start calling as {{name}}', ko: '{{name}} 님으로 시작하기' },
  'host.walk_in_welcome': { en: 'Welcome, {{name}}', ko: '{{name}} 님, 반갑습니다' },
  'host.walk_in_welcome_text': {
    en: 'Press the button and the first voter appears.',
    ko: '버튼을 누르면 첫 유권자가 나옵니다.',
  },
  'host.walk_in_used': { en: 'This code was used already', ko: '이미 쓴 코드입니다' },
  'host.walk_in_used_text': {
    en: 'Ask the host to add you again, or open the page on the phone where you began.',
    ko: '진행자에게 다시 추가해 달라고 하시거나, 처음 시작한 전화기에서 여세요.',
  },

  'host.add_universe': { en: 'Add more voters', ko: '유권자 더하기' },
  'host.add_universe_text': {
    en: 'The voters of another universe join this list. Who is on it already stays as they are.',
    ko: '다른 대상 유권자를 이 명단에 더합니다. 이미 있는 분은 그대로입니다.',
  },
  'host.add_universe_do': { en: 'Add this universe', ko: '대상 유권자 더하기' },
  'host.added_universe': { en: 'The voters are being added.', ko: '유권자를 더하고 있습니다.' },

  'host.repeat_saved': { en: 'Saved.', ko: '저장했습니다.' },
  'host.repeat_saved_link': {
    en: 'When the next phone bank is made, and which others repeat',
    ko: '다음 전화 캠페인이 만들어지는 때와 매주 반복하는 다른 캠페인 보기',
  },
  'host.round': { en: 'Rounds', ko: '회차' },
  'host.round_now': { en: 'This is round {{round}}.', ko: '지금은 {{round}}회차입니다.' },
  'host.round_text': {
    en: 'The next round holds only those who were not reached: tries used up, a message left, or still resting. Results stay.',
    ko: '다음 회차에는 아직 통화하지 못한 분만 나옵니다. 횟수를 다 썼거나, 메시지만 남겼거나, 쉬는 중인 분입니다. 결과는 그대로 둡니다.',
  },
  'host.round_start': { en: 'Start round {{round}}', ko: '{{round}}회차 시작' },
  'host.round_started': { en: 'A new round has begun.', ko: '새 회차를 시작했습니다.' },
  'host.round_already': {
    en: 'Round {{round}} has begun already; nothing more was started.',
    ko: '{{round}}회차는 이미 시작했습니다. 새로 시작한 것은 없습니다.',
  },

  'host.again': { en: 'Use it again', ko: '다시 쓰기' },
  'host.again_text': {
    en: 'Another phone bank with the same universe, script and rules, a week later; if this one lasts longer, in the week after it ends.',
    ko: '대상 유권자, 스크립트, 규칙이 같은 전화 캠페인을 일주일 뒤로 하나 더 만듭니다. 한 주보다 길면 끝난 다음 주로 만듭니다.',
  },
  'host.copy': { en: 'Make one for the next week', ko: '다음 주 것 만들기' },
  'host.repeat': { en: 'Make a new one every week', ko: '매주 새로 만들기' },
  'host.made_already': {
    en: 'This phone bank was made already; it was not made a second time.',
    ko: '이미 만든 전화 캠페인입니다. 다시 만들지 않았습니다.',
  },
  'host.goal_field': { en: 'Goal: conversations', ko: '목표 대화 수' },
  'host.goal_hint': {
    en: 'The page then says when it will be reached.',
    ko: '언제 목표에 닿을지 화면에 보여 드립니다.',
  },
  'host.settings_title': { en: 'Change it while it runs', ko: '진행하면서 바꾸기' },
  'host.marks_take_back': { en: 'Take this mark back', ko: '이 표시 되돌리기' },
  'host.marks_spoke': { en: 'told by: {{who}}', ko: '알려 준 분: {{who}}' },
  'host.spoke.voter': { en: 'the voter', ko: '본인' },
  'host.spoke.household': { en: 'somebody at home', ko: '가족' },
  'host.spoke.other': { en: 'somebody else', ko: '다른 사람' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    phone_bank_host: typeof hostMessages
  }
}
