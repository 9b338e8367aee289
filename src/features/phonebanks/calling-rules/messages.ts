import { messages } from '../../../platform/i18n/messages.ts'
import './quiet-day-messages.ts'

export const callingRulesMessages = messages({
  'rules.title': { en: 'Calling rules', ko: '전화 규칙' },
  'rules.lead': {
    en: 'Who is called when, how often, and by whom. What is set already is what most organizations choose; change only what you need.',
    ko: '누구에게 언제, 몇 번, 누가 전화할지 정합니다. 처음 값은 많은 단체가 쓰는 값이니 필요한 것만 바꾸세요.',
  },
  'rules.meaning': { en: 'What the rules say now', ko: '지금 규칙을 풀어 쓰면' },
  'rules.change': { en: 'Change the rules', ko: '규칙 바꾸기' },
  'rules.saved': {
    en: 'The rules are saved. They hold from the next call.',
    ko: '규칙을 저장했습니다. 다음 전화부터 적용됩니다.',
  },
  'rules.look': {
    en: 'Please look at the marked fields. Nothing was changed yet.',
    ko: '표시된 항목을 다시 확인해 주세요. 아직 바뀐 것은 없습니다.',
  },

  'rules.group.who': { en: 'Who is on the list', ko: '누구에게 거나' },
  'rules.group.who_lead': { en: 'live list, and when somebody is done', ko: '명단 새로 고치기, 마친 것으로 보는 때' },
  'rules.is_live': { en: 'Keep the list up to date by itself', ko: '명단을 자동으로 새로 고치기' },
  'rules.is_live_hint': {
    en: 'Whoever comes to fit the universe is added; whoever no longer fits and was not called yet is taken off. Results stay.',
    ko: '새로 조건에 맞는 분은 더하고, 더는 맞지 않는데 아직 걸지 않은 분은 뺍니다. 통화 결과는 그대로 둡니다.',
  },
  'rules.done': { en: 'When is a voter done?', ko: '언제 마친 것으로 보나' },
  'rules.done_hint': {
    en: 'Whoever is done is not called, also when it happened in another phone bank.',
    ko: '다른 전화 캠페인에서 마친 분에게도 다시 걸지 않습니다.',
  },
  'rules.done_none': { en: 'When a call here finished with them', ko: '이 캠페인의 통화로 마쳤을 때' },
  'rules.done_answered': { en: 'When they answered, anywhere: {{question}}', ko: '어디서든 답했을 때: {{question}}' },
  'rules.done_own': { en: 'By an expression of my own', ko: '직접 쓴 조건으로' },
  'rules.done_expression': { en: 'Done expression', ko: '마침 조건' },
  'rules.done_expression_hint': {
    en: 'As in the universe builder, for example answer:support<=2',
    ko: '대상 유권자 화면에서 쓰는 조건과 같습니다. 예: answer:support<=2',
  },
  'rules.expression_invalid': {
    en: 'This expression cannot be read. Try it in the universe builder first.',
    ko: '이 조건은 읽을 수 없습니다. 대상 유권자 화면에서 먼저 확인해 보세요.',
  },
  'rules.expression_closed_lane': {
    en: 'This expression names a list or phone bank that is closed to you: you work or worked in the other lane of the same race.',
    ko: '이 조건에 쓰인 명단이나 전화 캠페인에는 접근하실 수 없습니다. 같은 공직 선거의 다른 활동에서 일하고 있거나 일하신 적이 있기 때문입니다.',
  },
  'rules.expression_not_yours': {
    en: 'This expression asks what is paid for memberships. Only those who may see the membership roll can ask that.',
    ko: '회비를 냈는지 묻는 조건은 회원 명부를 볼 수 있는 사람만 쓸 수 있습니다.',
  },

  'rules.group.order': { en: 'In which order', ko: '어떤 순서로' },
  'rules.group.order_lead': { en: 'at random, newest, or some first', ko: '무작위, 최근 등록순, 먼저 걸 분' },
  'rules.order': { en: 'Order of the list', ko: '명단의 순서' },
  'rules.order.random': { en: 'At random, always the same', ko: '무작위(늘 같은 순서)' },
  'rules.order.random_hint': {
    en: 'Every evening is a fair sample of the whole.',
    ko: '언제 보아도 전체를 고르게 대표합니다.',
  },
  'rules.order.newest': { en: 'Newest registrations first', ko: '최근에 등록한 유권자부터' },
  'rules.order.newest_hint': { en: 'Their numbers are the freshest.', ko: '전화번호가 가장 최근 것입니다.' },
  'rules.order.longest_silent': { en: 'Longest without a call from us first', ko: '우리가 연락한 지 오래된 분부터' },
  'rules.order.longest_silent_hint': {
    en: 'Never called comes before everybody.',
    ko: '한 번도 걸지 않은 분이 맨 먼저입니다.',
  },
  'rules.seed': { en: 'Number of the draw', ko: '추첨 번호' },
  'rules.seed_hint': {
    en: 'Another number mixes the list in another order; the same number in the same. A copy of the phone bank gets its own.',
    ko: '번호를 바꾸면 명단이 다른 순서로 섞이고, 같은 번호면 같은 순서입니다. 캠페인을 복사하면 새 번호를 받습니다.',
  },
  'rules.priority': { en: 'These first', ko: '먼저 걸 분' },
  'rules.priority_hint': {
    en: 'One expression a line, at most three, the most important first. For example age:65- or voted>=3/4. Promised calls always come before everybody.',
    ko: '한 줄에 조건 하나씩, 세 줄까지, 중요한 순서로 적습니다. 예: age:65- 또는 voted>=3/4. 다시 걸기로 약속한 분은 늘 맨 먼저입니다.',
  },

  'rules.group.hours': { en: 'When', ko: '언제' },
  'rules.group.hours_lead': { en: 'weekdays, holidays', ko: '요일, 쉬는 날' },
  'rules.hours_hint': {
    en: 'In the time of the place where the voter lives. Weekdays you leave as usual have the hours of the phone bank: {{hours}}.',
    ko: '유권자가 사는 곳의 시각입니다. ‘평소대로’인 요일은 캠페인의 기본 시간을 씁니다: {{hours}}.',
  },
  'rules.unknown_counties': {
    en: {
      one: 'One voter of the list lives in a state with two time zones, in a county that is not known ({{counties}}): calls only when the hours of both zones allow it.',
      other:
        '{{count}} voters of the list live in states with two time zones, in counties that are not known ({{counties}}): calls only when the hours of both zones allow it.',
    },
    ko: '시간대가 둘인 주에 살지만 어느 카운티인지 알 수 없는 유권자가 명단에 {{count}}명 있습니다({{counties}}). 두 시간대에서 모두 걸 수 있는 시각에만 전화합니다.',
  },
  'rules.no_county': { en: 'none given', ko: '적혀 있지 않음' },
  'rules.weekday': { en: 'Day', ko: '요일' },
  'rules.calls': { en: 'Calls', ko: '전화' },
  'rules.from': { en: 'From', ko: '시작' },
  'rules.to': { en: 'To', ko: '끝' },
  'rules.day.0': { en: 'Sunday', ko: '일요일' },
  'rules.day.1': { en: 'Monday', ko: '월요일' },
  'rules.day.2': { en: 'Tuesday', ko: '화요일' },
  'rules.day.3': { en: 'Wednesday', ko: '수요일' },
  'rules.day.4': { en: 'Thursday', ko: '목요일' },
  'rules.day.5': { en: 'Friday', ko: '금요일' },
  'rules.day.6': { en: 'Saturday', ko: '토요일' },
  'rules.day_usual': { en: 'As usual', ko: '평소대로' },
  'rules.day_other': { en: 'Other hours', ko: '다른 시간' },
  'rules.day_none': { en: 'No calls', ko: '걸지 않음' },
  'rules.day_named': { en: '{{day}}: {{what}}', ko: '{{day}} {{what}}' },
  'rules.day_order': { en: 'Calling must end after it starts.', ko: '끝나는 시각이 시작보다 늦어야 합니다.' },
  'rules.quiet': { en: 'Quiet days', ko: '전화하지 않는 날' },
  'rules.quiet_hint': {
    en: 'Nobody is called on these days, by the calendar of the voter’s home.',
    ko: '유권자가 사는 곳의 날짜로 이 날에는 전화하지 않습니다.',
  },
  'rules.quiet.family': { en: 'Days for the family', ko: '가족과 보내는 날' },
  'rules.quiet.family_hint': {
    en: 'New Year’s Day, Independence Day, Thanksgiving, Christmas',
    ko: '새해 첫날, 독립기념일, 추수감사절, 성탄절',
  },
  'rules.quiet.federal': { en: 'All other federal holidays', ko: '그 밖의 연방 공휴일' },
  'rules.quiet.federal_hint': {
    en: 'Martin Luther King Day, Washington’s Birthday, Memorial Day, Juneteenth, Labor Day, Columbus Day, Veterans Day',
    ko: '마틴 루터 킹의 날, 대통령의 날, 현충일, 노예해방 기념일, 노동절, 콜럼버스의 날, 재향군인의 날',
  },
  'rules.quiet.state': { en: 'Holidays of the voter’s state', ko: '유권자가 사는 주의 공휴일' },
  'rules.quiet.state_hint': {
    en: 'The public holidays of the state where the voter lives: mostly the federal ones, with days of its own such as Lincoln’s Birthday in New York, Good Friday in New Jersey or Cesar Chavez Day in California. Hanpyo knows them for New York, New Jersey, California, Florida, Ohio, Washington, Utah, Alabama, Louisiana, Mississippi and Rhode Island. In every other state all federal holidays are kept.',
    ko: '유권자가 사는 주의 공휴일입니다. 대부분 연방 공휴일과 같고, 뉴욕의 링컨 탄생일, 뉴저지의 성금요일, 캘리포니아의 세자르 차베스의 날처럼 그 주에만 있는 날도 있습니다. 주 공휴일 자료가 있는 주는 뉴욕, 뉴저지, 캘리포니아, 플로리다, 오하이오, 워싱턴, 유타, 앨라배마, 루이지애나, 미시시피, 로드아일랜드입니다. 그 밖의 주에서는 모든 연방 공휴일에 쉽니다.',
  },
  'rules.no_state_days': {
    en: {
      one: 'One voter of the list lives in a state of whose own holidays Hanpyo knows none: {{states}}.',
      other: '{{count}} voters of the list live in states of whose own holidays Hanpyo knows none: {{states}}.',
    },
    ko: '주 공휴일 자료가 없는 주({{states}})에 사는 유권자가 명단에 {{count}}명 있습니다.',
  },
  'rules.no_state_days_federal': {
    en: 'Every federal holiday is kept there instead. For others add days of your own below.',
    ko: '그곳에서는 대신 모든 연방 공휴일에 전화하지 않습니다. 더 쉬려면 아래에 날짜를 적어 주세요.',
  },
  'rules.quiet_other_states': { en: 'other states', ko: '그 밖의 주' },
  'rules.quiet.korean': { en: 'Seollal and Chuseok', ko: '설날과 추석' },
  'rules.quiet.korean_hint': { en: 'By the lunar calendar, until 2040', ko: '음력에 따라, 2040년까지' },
  'rules.quiet.election': { en: 'General election day', ko: '본선거일' },
  'rules.quiet.election_hint': {
    en: 'A holiday in New York and New Jersey. Leave it out if you call voters to the polls that day.',
    ko: '뉴욕과 뉴저지에서는 공휴일입니다. 이날 투표 독려 전화를 건다면 고르지 마세요.',
  },
  'rules.quiet_ahead': {
    en: 'Nobody is called on these days in the next twelve months',
    ko: '앞으로 열두 달 동안 전화하지 않는 날',
  },
  'rules.quiet_ahead_none': {
    en: 'No day in the next twelve months: calls are made on every weekday chosen above.',
    ko: '앞으로 열두 달 동안 없습니다. 위에서 고른 요일에는 늘 전화합니다.',
  },
  'rules.quiet_ahead_in': { en: 'voters in {{states}}', ko: '{{states}} 유권자' },
  'rules.quiet_own': { en: 'A quiet day of your own', ko: '우리가 정한 쉬는 날' },

  'rules.group.tries': { en: 'How often', ko: '몇 번' },
  'rules.group.tries_lead': { en: 'when again after each result', ko: '결과마다 언제 다시' },
  'rules.tries_hint': {
    en: 'Each voter is tried up to {{count}} times in all. Change that under “Dates, hours and attempts” of the phone bank.',
    ko: '한 분에게 모두 {{count}}번까지 겁니다. 캠페인의 ‘기간, 시간, 횟수’에서 바꿀 수 있습니다.',
  },
  'rules.after': { en: 'After', ko: '결과' },
  'rules.again_in': { en: 'Again in', ko: '다시 걸기' },
  'rules.at_most': { en: 'At most', ko: '많아야' },
  'rules.again_usual': { en: 'As usual ({{hours}} h)', ko: '평소대로({{hours}}시간)' },
  'rules.again_hours': { en: { one: '{{count}} hour', other: '{{count}} hours' }, ko: '{{count}}시간 뒤' },
  'rules.again_never': { en: 'Not again in this round', ko: '이번 회차에는 다시 걸지 않음' },
  'rules.most_any': { en: 'No limit of its own', ko: '따로 정하지 않음' },
  'rules.most_times': { en: { one: '{{count}} time', other: '{{count}} times' }, ko: '{{count}}번' },

  'rules.group.homes': { en: 'Homes and languages', ko: '가구와 언어' },
  'rules.group.homes_lead': { en: 'families, numbers, languages', ko: '가족, 번호, 언어' },
  'rules.household': { en: 'Several voters at one home', ko: '한집에 사는 여러 유권자' },
  'rules.household.together': { en: 'Together in one conversation', ko: '한 통화에서 함께' },
  'rules.household.together_hint': {
    en: 'One caller gets the whole home and hands the phone on.',
    ko: '한 봉사자가 온 가족을 맡아 차례로 바꿔 달라고 부탁합니다.',
  },
  'rules.household.apart': { en: 'Each on their own', ko: '한 분씩 따로' },
  'rules.household.apart_hint': {
    en: 'Only those on the same number go together: a number is one conversation.',
    ko: '번호가 같은 분들만 함께 겁니다. 번호 하나는 한 통화이기 때문입니다.',
  },
  'rules.once_a_day': { en: 'Call a home only once a day', ko: '한집에는 하루 한 번만' },
  'rules.lines': { en: 'Numbers of one home handed out together', ko: '한집에서 한꺼번에 맡기는 번호 수' },
  'rules.fallback': {
    en: 'Voters of other or unknown languages, last',
    ko: '다른 언어를 쓸 듯한 분, 언어를 모르는 분도 마지막에는 걸기',
  },
  'rules.fallback_hint': {
    en: 'A likely language is guessed from the name. Where nothing is known, callers who speak the main language (English, or the first one chosen) come first. Whoever told us their language always waits for a caller who speaks it.',
    ko: '이름으로 짐작한 언어입니다. 짐작할 수 없는 분께는 주 언어(영어, 없으면 맨 앞에 고른 언어)를 하는 봉사자가 먼저 겁니다. 본인이 언어를 말해 준 분은 늘 그 언어를 하는 봉사자를 기다립니다.',
  },

  'rules.group.callers': { en: 'Callers', ko: '전화 봉사자' },
  'rules.group.callers_lead': { en: 'limits, rests, promised calls', ko: '하루 통화 수, 쉬는 시간, 약속한 전화' },
  'rules.lease': { en: 'Minutes a voter stays with one caller', ko: '한 봉사자가 유권자를 맡는 시간(분)' },
  'rules.lease_hint': {
    en: 'Without a sign of life the voter then goes to somebody else.',
    ko: '소식이 없으면 그 뒤 다른 봉사자에게 넘어갑니다.',
  },
  'rules.skip': { en: 'Minutes until a skipped voter comes back', ko: '건너뛴 유권자가 다시 나오기까지(분)' },
  'rules.reassign': {
    en: 'Minutes a promised call waits for who promised it',
    ko: '약속한 전화가 약속한 봉사자를 기다리는 시간(분)',
  },
  'rules.most_per_caller': {
    en: 'Calls one caller makes in a shift, at most',
    ko: '한 봉사자가 하루에 거는 전화, 많아야',
  },
  'rules.most_per_caller_hint': { en: 'Empty: no limit.', ko: '비워 두면 제한이 없습니다.' },
  'rules.rest': { en: 'Remind callers to rest after so many minutes', ko: '이만큼 전화하면 쉬라고 알리기(분)' },
  'rules.rest_hint': { en: '0: no reminder.', ko: '0이면 알리지 않습니다.' },
  'rules.leaderboard': {
    en: 'Show a board of who had the most conversations',
    ko: '대화를 많이 한 봉사자 순위 보이기',
  },
  'rules.leaderboard_hint': {
    en: 'Callers see the names of the first five under “My last results”, and so do you. Some are spurred on by it, others are put off: it is off until you choose it.',
    ko: '봉사자의 “내 최근 결과”와 이 화면에 앞의 다섯 분 이름이 나옵니다. 힘이 나는 분도 있고 부담스러운 분도 있어서 처음에는 꺼져 있습니다.',
  },

  'rules.group.quotas': { en: 'When to stop by itself', ko: '언제 저절로 멈추나' },
  'rules.group.quotas_lead': { en: 'enough answers of a kind', ko: '답이 충분히 모이면' },
  'rules.quotas_hint': {
    en: 'As soon as there are enough answers nobody new is handed out. Leave empty to call the whole list.',
    ko: '답이 이만큼 모이면 새 유권자를 주지 않습니다. 명단을 끝까지 걸려면 비워 두세요.',
  },
  'rules.quota_question': { en: 'Answer to count', ko: '세는 답' },
  'rules.quota_any': { en: '{{question}}: any answer', ko: '{{question}}: 어떤 답이든' },
  'rules.quota_value': { en: '{{question}}: {{value}}', ko: '{{question}}: {{value}}' },
  'rules.quota_count': { en: 'Enough at', ko: '몇 명이면 충분' },

  'rules.say.order.random': { en: 'Voters are called in a random order', ko: '유권자는 무작위 순서로 겁니다' },
  'rules.say.order.newest': { en: 'The newest registrations are called first', ko: '최근에 등록한 유권자부터 겁니다' },
  'rules.say.order.longest_silent': {
    en: 'Whoever we did not call for longest comes first',
    ko: '연락한 지 오래된 분부터 겁니다',
  },
  'rules.say.first': {
    en: 'before them those who fit {{expressions}}',
    ko: '그보다 먼저 {{expressions}} 조건에 맞는 분께 겁니다',
  },
  'rules.say.promised': {
    en: {
      one: 'Promised calls come before everybody; after {{count}} minute anybody may make them.',
      other: 'Promised calls come before everybody; after {{count}} minutes anybody may make them.',
    },
    ko: '다시 걸기로 약속한 분이 맨 먼저이고, {{count}}분이 지나면 다른 봉사자도 걸 수 있습니다.',
  },
  'rules.say.tries': {
    en: { one: 'Each is tried once: {{spacing}}.', other: 'Each is tried up to {{count}} times: {{spacing}}.' },
    ko: '한 분에게 {{count}}번까지 겁니다: {{spacing}}.',
  },
  'rules.say.again': { en: 'after “{{result}}” again in {{hours}} h', ko: '‘{{result}}’ 뒤에는 {{hours}}시간 뒤 다시' },
  'rules.say.again_most': {
    en: {
      one: 'after “{{result}}” again in {{hours}} h, {{count}} time at most',
      other: 'after “{{result}}” again in {{hours}} h, {{count}} times at most',
    },
    ko: '‘{{result}}’ 뒤에는 {{hours}}시간 뒤 다시, {{count}}번까지',
  },
  'rules.say.not_again': {
    en: 'after “{{result}}” not again in this round',
    ko: '‘{{result}}’이면 이번 회차에는 다시 걸지 않음',
  },
  'rules.say.hours': {
    en: 'Calls are made {{hours}}, where the voter lives.',
    ko: '유권자가 사는 곳 시각으로 {{hours}}에 겁니다.',
  },
  'rules.say.all_day': {
    en: 'Calls are made all day.',
    ko: '하루 종일 겁니다.',
  },
  'rules.say.next_quiet': { en: 'The next quiet day is {{day}}.', ko: '다음에 전화하지 않는 날은 {{day}}입니다.' },
  'rules.say.home': {
    en: 'People at one home are called {{how}}{{once}}.',
    ko: '한집에 사는 분들은 {{how}} 겁니다{{once}}.',
  },
  'rules.say.home.together': { en: 'together', ko: '한 통화에서 함께' },
  'rules.say.home.apart': { en: 'one by one', ko: '한 분씩 따로' },
  'rules.say.home.once': { en: ', and not twice a day', ko: '. 하루에 두 번 걸지는 않습니다' },
  'rules.say.done': {
    en: 'Whoever fits {{expression}} is done.',
    ko: '{{expression}} 조건에 맞는 분은 마친 것으로 봅니다.',
  },
  'rules.say.limit': {
    en: {
      one: 'One caller makes {{count}} call in a shift at most.',
      other: 'One caller makes {{count}} calls in a shift at most.',
    },
    ko: '한 봉사자는 하루에 {{count}}통까지 겁니다.',
  },
  'rules.say.quota': {
    en: 'It stops by itself at {{count}} × {{answer}}.',
    ko: '{{answer}} 답이 {{count}}개 모이면 저절로 멈춥니다.',
  },

  'law.title': { en: 'What the law says', ko: '법이 정한 것' },
  'law.lead': { en: 'calls, recorded voices, hours, with source and date', ko: '전화, 녹음 음성, 시간: 출처와 날짜' },
  'law.advice': {
    en: 'Federal rules and those of New York, for a political organization. Not legal advice: ask a lawyer where it says “not checked”.',
    ko: '정치 단체에 해당하는 연방과 뉴욕주 규정입니다. 법률 자문이 아닙니다. “확인하지 못함”이라고 적힌 것은 변호사에게 확인해 주세요.',
  },
  'law.for_us': { en: 'Political calls', ko: '정치 전화' },
  'law.since': { en: 'In force', ko: '시행' },
  'law.source': { en: 'Source', ko: '출처' },
  'law.as_of': { en: 'As of {{date}}.', ko: '{{date}} 기준.' },
  'law.from': { en: 'from {{from}}', ko: '{{from}}부터' },
  'law.to': { en: 'until {{to}}', ko: '{{to}}까지' },
  'law.from_to': { en: '{{from}} to {{to}}', ko: '{{from}}~{{to}}' },
  'law.long': { en: 'in force', ko: '시행 중' },
  'law.binds.allowed': { en: 'allowed', ko: '허용됨' },
  'law.binds.yes': { en: 'bound by it', ko: '지켜야 함' },
  'law.binds.as_if': { en: 'held as if bound', ko: '지켜야 하는 것으로 봄' },
  'law.binds.no': { en: 'not bound by it', ko: '해당 없음' },
  'law.confidence.high': { en: 'Official text or several sources.', ko: '공식 문서 또는 여러 출처.' },
  'law.confidence.medium': { en: 'One good source.', ko: '믿을 만한 출처 하나.' },
  'law.confidence.unverified': { en: 'Not checked.', ko: '확인하지 못함.' },
  'law.by_hand': {
    en: 'A call that a person dials, or starts with a click, may go to home and mobile numbers.',
    ko: '사람이 직접 걸거나 눌러서 거는 전화는 집 전화와 휴대전화 모두 걸 수 있습니다.',
  },
  'law.autodialer': {
    en: 'A call placed by an autodialer needs the person’s consent beforehand on a mobile.',
    ko: '자동 발신 장치로 휴대전화에 걸려면 미리 본인의 동의를 받아야 합니다.',
  },
  'law.autodialer_meaning': {
    en: 'An autodialer makes or stores numbers by chance or in sequence; dialing from a voter list is generally none.',
    ko: '자동 발신 장치란 번호를 무작위나 순서대로 만들거나 저장하는 장치입니다. 유권자 명단에서 거는 것은 대체로 해당하지 않습니다.',
  },
  'law.voice_mobile': {
    en: 'A recorded or artificial voice on a mobile needs consent beforehand.',
    ko: '휴대전화에 녹음되거나 만들어진 음성을 들려주려면 미리 동의를 받아야 합니다.',
  },
  'law.as_mobile': {
    en: 'Emergency lines, rooms of hospitals and toll-free numbers are protected like mobiles.',
    ko: '긴급 전화, 병원 입원실 전화, 수신자 부담 번호는 휴대전화와 똑같이 보호합니다.',
  },
  'law.reassigned': {
    en: 'A number may have a new owner. The FCC’s database says whether one was given up since a day: ask it before relying on an old consent.',
    ko: '번호 주인이 바뀌었을 수 있습니다. FCC의 재배정 번호 명부(Reassigned Numbers Database)에서 어떤 날 이후 해지된 적이 있는지 알 수 있으니, 오래된 동의를 쓰기 전에 확인하세요.',
  },
  'law.damages': {
    en: 'Whoever breaks these rules pays 500 dollars for each call or text, up to three times that for willful ones.',
    ko: '이 규정을 어기면 전화나 문자 한 건마다 500달러, 알고도 어겼다면 세 배까지 물어야 합니다.',
  },
  'law.voice_ai': {
    en: 'A voice made by artificial intelligence is an artificial voice.',
    ko: '인공지능으로 만든 목소리도 만들어진 음성입니다.',
  },
  'law.voice_landline': {
    en: 'A recorded voice on a home line: at most three calls to a number in 30 days without consent, with a way to opt out in it.',
    ko: '집 전화에 녹음 음성을 들려주는 전화는 동의가 없으면 한 번호에 30일 동안 세 번까지이고, 그 안에서 거절할 수 있어야 합니다.',
  },
  'law.voice_name': {
    en: 'A recorded message names who calls at the start and gives a telephone number.',
    ko: '녹음 음성은 처음에 누가 거는지 밝히고 전화번호를 알려야 합니다.',
  },
  'law.registry': {
    en: 'The National Do-Not-Call Registry is not for political calls. An organization keeps a list of its own all the same.',
    ko: '연방 수신거부 명단은 정치 전화에 적용되지 않습니다. 그래도 단체의 명단은 따로 지킵니다.',
  },
  'law.stop': {
    en: 'A request to stop counts however it is said, and is honored within ten business days.',
    ko: '그만 걸어 달라는 요청은 어떤 식으로 말씀하셔도 유효하며, 영업일 10일 안에 따라야 합니다.',
  },
  'law.text_by_hand': {
    en: 'A text that a person sends, one by one, may go to mobile numbers without consent beforehand.',
    ko: '사람이 한 건씩 눌러 보내는 문자는 미리 동의를 받지 않아도 보낼 수 있습니다.',
  },
  'law.text_autodialer': {
    en: 'A text sent by an autodialer needs the person’s consent beforehand.',
    ko: '자동 발신 장치로 문자를 보내려면 미리 본인의 동의를 받아야 합니다.',
  },
  'law.text_stop_words': {
    en: 'Stop, quit, end, revoke, opt out, cancel and unsubscribe always end texts; other words that mean it count too.',
    ko: 'stop, quit, end, revoke, opt out, cancel, unsubscribe라는 답장에는 반드시 문자를 멈춰야 합니다. 같은 뜻의 다른 말도 마찬가지입니다.',
  },
  'law.text_confirmation': {
    en: 'One text may confirm the stop, within five minutes and without advertising anything.',
    ko: '중단을 확인하는 문자는 5분 안에 한 번만, 홍보 없이 보낼 수 있습니다.',
  },
  'law.text_registered': {
    en: 'Carriers take texts by application from a ten-digit number only where its owner has registered it.',
    ko: '통신사는 등록된 열 자리 번호로 보내는 프로그램 문자만 받아 줍니다.',
  },
  'law.stop_everything': {
    en: 'One request stops every robocall and robotext of that sender, whatever it is about. Put off until this day and under review.',
    ko: '한 번 거절하시면 내용이 무엇이든 그 단체의 자동 전화와 자동 문자를 모두 멈춰야 합니다. 이날까지 미루어졌고 검토 중입니다.',
  },
  'law.sales_hours': {
    en: 'Sales calls only from 8 am to 9 pm where the called person lives.',
    ko: '판매 전화는 받는 분이 사는 곳의 시간으로 오전 8시부터 밤 9시까지만 걸 수 있습니다.',
  },
  'law.caller_id': {
    en: 'No false caller ID in order to deceive; show a number that can be called back.',
    ko: '속이려고 발신 번호를 거짓으로 보이면 안 됩니다. 다시 걸 수 있는 번호를 보이세요.',
  },
  'law.disclaimer': {
    en: 'More than 500 similar calls in 30 days by a federal political committee: the script says who paid for them.',
    ko: '연방 정치위원회가 30일 동안 비슷한 전화를 500통 넘게 걸면 누가 비용을 냈는지 스크립트에서 말해야 합니다.',
  },
  'law.sales_ny': {
    en: 'New York: sales calls from 8 am to 9 pm, with a do-not-call list of the state.',
    ko: '뉴욕주: 판매 전화는 오전 8시부터 밤 9시까지이고, 주의 수신거부 명단이 있습니다.',
  },
  'law.device_ny': {
    en: 'New York: devices that play announcements say at the start who is behind the call.',
    ko: '뉴욕주: 안내 음성을 트는 장치는 처음에 누가 거는지 밝혀야 합니다.',
  },
  'law.paid_for_ny': {
    en: 'New York: audio and automated calls of a political committee say “Paid for by” and its name.',
    ko: '뉴욕주: 정치위원회의 음성 광고와 자동 전화는 “Paid for by”와 위원회 이름을 말해야 합니다.',
  },
  'law.recording_ny': {
    en: 'New York: a call may be recorded where one of the two agrees; other states may ask for everybody’s consent.',
    ko: '뉴욕주: 통화하는 두 사람 가운데 한 명이 동의하면 녹음할 수 있습니다. 다른 주에서는 모두의 동의가 필요할 수 있습니다.',
  },
  'rules.say.beyond_law': {
    en: 'Some of these hours lie outside {{hours}}, the window the law leaves to sales calls. It does not bind political calls, but voters know it.',
    ko: '{{hours}} 밖에 거는 시간이 있습니다. 법이 판매 전화에 정한 시간이라 정치 전화에는 적용되지 않지만, 유권자들은 그렇게 알고 계십니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    calling_rules: typeof callingRulesMessages
  }
}
