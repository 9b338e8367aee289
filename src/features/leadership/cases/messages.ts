import { messages } from '../../../platform/i18n/messages.ts'

export const caseMessages = messages({
  'case.title': { en: 'Help asked for', ko: '도움 요청' },
  'case.lead': {
    en: 'Somebody came with a lease, a letter, a benefit: what is to be done, who sees to it, by when, until it is settled.',
    ko: '집 계약, 영어로 온 편지, 복지 신청처럼 도움을 청해 온 일입니다. 무엇을 누가 언제까지 할지 정하고, 마무리될 때까지 함께 챙깁니다.',
  },
  'case.which': { en: 'Which are shown', ko: '볼 요청' },
  'case.view.open': { en: 'Open', ko: '진행 중' },
  'case.view.mine': { en: 'Mine', ko: '내가 맡은 요청' },
  'case.view.closed': { en: 'Closed', ko: '마무리됨' },
  'case.none.open': { en: 'Nobody waits for help', ko: '진행 중인 요청이 없습니다' },
  'case.none.mine': { en: 'You see to none', ko: '맡은 요청이 없습니다' },
  'case.none.closed': { en: 'None was closed yet', ko: '아직 마무리된 요청이 없습니다' },
  'case.none_text': {
    en: 'Look somebody up under Voters, open “Work with them”, then “They ask for help”.',
    ko: '‘유권자’에서 그분을 찾아 ‘함께 일하기’를 열고 ‘도움 요청 받기’를 누르세요.',
  },
  'case.no_kinds': {
    en: 'First say what kinds of help you give, and what each begins with.',
    ko: '먼저 어떤 도움을 드리는지, 종류마다 무엇부터 하는지 정해 주세요.',
  },
  'case.kinds_none': { en: 'No kind of help yet', ko: '아직 도움의 종류가 없습니다' },
  'case.new': { en: 'They ask for help', ko: '도움 요청 받기' },
  'case.new_lead': { en: '{{name}} asks for help.', ko: '{{name}} 님이 도움을 청하셨습니다.' },
  'case.kind': { en: 'Kind of help', ko: '도움의 종류' },
  'case.kind_hint': {
    en: 'What it begins with is added as things to be done, each with a day.',
    ko: '종류마다 정해 둔 할 일이 기한과 함께 들어갑니다.',
  },
  'case.about_what': { en: 'What it is about, in a few words', ko: '한 줄로 적은 내용' },
  'case.about_what_hint': {
    en: 'It stands on the timeline and on My day. “Lease renewal”, not what is nobody else’s business.',
    ko: '지나온 일과 ‘오늘 할 일’에 보입니다. ‘렌트 재계약’처럼 적고, 남이 알 필요 없는 일은 적지 마세요.',
  },
  'case.about': { en: 'What we know', ko: '자세한 내용' },
  'case.about_hint': {
    en: 'Organizers and hosts read it. Of immigration status or health write no more than it takes.',
    ko: '운영자와 진행자가 읽습니다. 체류 신분이나 건강에 관한 것은 꼭 필요한 만큼만 적으세요.',
  },
  'case.open': { en: 'Open it', ko: '요청 받기' },
  'case.to_do': {
    en: { one: '{{count}} thing to be done', other: '{{count}} things to be done' },
    ko: '할 일 {{count}}개',
  },
  'case.opened': { en: 'Since {{date}}, taken in by {{name}}', ko: '{{date}}에 {{name}} 님이 받음' },
  'case.closed': { en: 'Closed on {{date}} by {{name}}', ko: '{{date}}에 {{name}} 님이 마무리함' },
  'case.milestones': { en: 'What is to be done', ko: '할 일' },
  'case.nothing_to_do': {
    en: 'Nothing is to be done. Add what comes next, or close it.',
    ko: '남은 할 일이 없습니다. 다음에 할 일을 추가하거나 마무리하세요.',
  },
  'case.nothing_more': { en: 'Nothing is to be done any more.', ko: '더 할 일이 없습니다.' },
  'case.add': { en: 'Add it', ko: '추가' },
  'case.add_milestone': { en: 'Add something to be done', ko: '할 일 추가' },
  'case.done': { en: 'What was done', ko: '지금까지 한 일' },
  'case.close': { en: 'Close it', ko: '마무리' },
  'case.how_ended': { en: 'How it ended', ko: '어떻게 끝났나요' },
  'case.end.settled': { en: 'Settled', ko: '해결됨' },
  'case.end.referred': { en: 'Passed on to others', ko: '다른 기관에 연결함' },
  'case.end.not_settled': { en: 'Not settled', ko: '해결되지 않음' },
  'case.close_leaves': {
    en: {
      one: 'One thing is still to be done: it will stand as not done.',
      other: '{{count}} things are still to be done: they will stand as not done.',
    },
    ko: '남은 할 일 {{count}}개는 하지 않은 것으로 남습니다.',
  },
  'case.change': { en: 'Change what it is about', ko: '내용 수정' },
  'case.reopen': { en: 'Open it again', ko: '다시 열기' },
  'case.kinds': { en: 'Kinds of help', ko: '도움의 종류' },
  'case.kinds_lead': {
    en: 'What you help with, and what each begins with. What is open already stays as it is.',
    ko: '어떤 도움을 드리는지, 종류마다 무엇부터 하는지 정합니다. 이미 진행 중인 요청은 그대로입니다.',
  },
  'case.kind_saved': { en: 'Saved', ko: '저장했습니다' },
  'case.kind_new': { en: 'Another kind', ko: '종류 추가' },
  'case.kind_add': { en: 'Add it', ko: '추가' },
  'case.put_away': { en: 'not offered', ko: '더 받지 않음' },
  'case.offer_no_more': { en: 'Offer it no more', ko: '더 받지 않기' },
  'case.offer_again': { en: 'Offer it again', ko: '다시 받기' },
  'case.begins_with': {
    en: { one: '(begins with {{count}} step)', other: '(begins with {{count}} steps)' },
    ko: '(할 일 {{count}}개로 시작)',
  },
  'case.begins': { en: 'What it begins with', ko: '처음에 할 일' },
  'case.begins_hint': {
    en: 'Each becomes a task of whoever sees to it. Empty lines are passed over; without days it is due in a week.',
    ko: '맡은 분의 할 일이 됩니다. 빈 줄은 넘어가고, 날수를 비우면 기한은 일주일입니다.',
  },
  'case.step_in': { en: 'Step {{number}}, {{language}}', ko: '할 일 {{number}} ({{language}})' },
  'case.step_days': { en: 'Step {{number}}: due in days', ko: '할 일 {{number}}: 기한(며칠 뒤)' },
  'case.days_wrong': { en: 'A number of days from 0 to 730, please.', ko: '0에서 730 사이의 날수를 적어 주세요.' },
  'task.of_case': { en: 'for “{{title}}”', ko: '‘{{title}}’ 관련' },
  'told.case': { en: 'Asked for help: {{title}}', ko: '도움 요청: {{title}}' },
  'told.case_closed': { en: 'Help asked for: {{title}}, {{end}}', ko: '도움 요청 ‘{{title}}’: {{end}}' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    cases: typeof caseMessages
  }
}
