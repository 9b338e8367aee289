import { messages } from '../../../platform/i18n/messages.ts'

export const reportMessages = messages({
  'report.title': { en: 'Report', ko: '결과 보고서' },
  'report.of': { en: 'Report: {{name}}', ko: '결과 보고서: {{name}}' },
  'report.lead': {
    en: 'What this phone bank came to, to look at together or to print. Calls taken back count nowhere.',
    ko: '이 전화 캠페인의 결과를 함께 보거나 인쇄할 수 있습니다. 되돌린 통화는 세지 않습니다.',
  },
  'report.pdf': { en: 'PDF', ko: 'PDF' },
  'report.none': { en: 'No calls yet: there is nothing to report', ko: '아직 통화가 없어 보고할 내용이 없습니다' },
  'report.attempts': { en: 'Calls', ko: '통화 시도' },
  'report.attempts_note': {
    en: 'to {{voters}} of {{total}} voters of the list',
    ko: '명단 {{total}}명 가운데 {{voters}}명에게',
  },
  'report.conversations': { en: 'Conversations', ko: '대화' },
  'report.conversations_note': {
    en: '{{share}} of the calls; somebody answered {{contacts}}',
    ko: '통화 시도의 {{share}}, 누군가 받은 전화 {{contacts}}통',
  },
  'report.answered': { en: 'Answered', ko: '답변' },
  'report.answered_note': { en: 'at least one question', ko: '질문 하나 이상' },
  'report.ids': { en: 'Supporters (1–2)', ko: '지지자(1~2)' },
  'report.ids_note': { en: '{{share}} of {{asked}} voters asked', ko: '물어본 유권자 {{asked}}명의 {{share}}' },
  'report.cost_each': { en: 'Cost per conversation', ko: '대화 한 건 비용' },
  'report.cost_note': {
    en: '{{cost}} in all; {{each}} per supporter',
    ko: '모두 {{cost}}, 지지자 한 명에 {{each}}',
  },
  'report.cost_title': { en: 'What did it cost?', ko: '비용이 얼마나 들었나요?' },
  'report.cost': { en: 'Cost in dollars', ko: '비용(달러)' },
  'report.cost_hint': {
    en: 'Telephone, room, food, printing: all of it, for example 250 or 1,234.50. Empty: not shown.',
    ko: '전화, 장소, 식사, 인쇄비를 모두 더합니다. 예: 250 또는 1,234.50. 비워 두면 보이지 않습니다.',
  },
  'report.cost_wrong': {
    en: 'Enter an amount, for example 250 or 1,234.50.',
    ko: '금액을 적어 주세요. 예: 250 또는 1,234.50',
  },
  'report.answers_lead': {
    en: 'Share of those who answered the question.',
    ko: '그 질문에 답한 분 가운데 비율입니다.',
  },
  'report.wordings': { en: 'Answers by wording', ko: '질문 문구별 답' },
  'report.wordings_lead': {
    en: 'Each voter hears one wording, the same at every call. With few answers a difference may be chance.',
    ko: '유권자마다 한 문구만 듣고, 다시 걸어도 같은 문구입니다. 답이 적으면 차이가 우연일 수 있습니다.',
  },
  'report.reworded': {
    en: '{{question}} (some were asked in the words of another version of the script)',
    ko: '{{question}} (일부는 스크립트의 다른 판에 적힌 말로 물었습니다)',
  },
  'report.wording': { en: '{{letter}}: {{text}} ({{count}})', ko: '{{letter}}: {{text}} ({{count}}명)' },
  'report.by_district.nyc-council': { en: 'By council district', ko: '시의회 선거구별 결과' },
  'report.by_district.assembly': { en: 'By Assembly district', ko: '주하원 선거구별 결과' },
  'report.by_district.senate': { en: 'By State Senate district', ko: '주상원 선거구별 결과' },
  'report.by_district.congress': { en: 'By congressional district', ko: '연방하원 선거구별 결과' },
  'report.group.district': { en: 'District', ko: '선거구' },
  'report.group.age': { en: 'Age', ko: '나이' },
  'report.group.language': { en: 'Language', ko: '언어' },
  'report.rates': { en: 'Conversation rate by group', ko: '그룹별 대화 비율' },
  'report.rates_lead': {
    en: 'How many of the calls became a conversation. The language is that of the call, else the one the voter is known or likely to speak.',
    ko: '건 전화 가운데 대화로 이어진 비율입니다. 언어는 통화한 언어이고, 통화하지 못했으면 알고 있거나 짐작한 언어입니다.',
  },
  'report.rate_text': {
    en: { one: '{{share}} of {{count}} call', other: '{{share}} of {{count}} calls' },
    ko: '{{count}}통 가운데 {{share}}',
  },
  'report.first_of': {
    en: '{{caption}}: the first {{shown}} of {{count}}; the table below has all',
    ko: '{{caption}}: {{count}}개 가운데 앞의 {{shown}}개(아래 표에 모두 있음)',
  },
  'report.other_answers': {
    en: { one: '{{count}} other answer', other: '{{count}} other answers' },
    ko: '그 밖의 답 {{count}}가지',
  },
  'report.groups_csv': { en: 'Groups as a file (CSV)', ko: '그룹별 결과 파일(CSV)' },
  'report.compared_by': { en: 'Compared by', ko: '비교 기준' },
  'report.compared_group': { en: 'Group', ko: '그룹' },
  'report.asked': { en: 'Answered it', ko: '답한 분' },
  'report.compare': { en: 'Compare', ko: '비교하기' },
  'report.question': { en: 'Question', ko: '질문' },
  'report.district': { en: 'Districts', ko: '선거구' },
  'report.hours': { en: 'Best hours', ko: '전화가 잘 되는 시간' },
  'report.best_hour': {
    en: 'Most answered on {{day}} from {{hour}}: {{share}} of the calls became a conversation. The darker, the more.',
    ko: '{{day}}요일 {{hour}}부터 가장 많이 받으셨습니다. 통화 시도의 {{share}}에서 대화했습니다. 진할수록 많습니다.',
  },
  'report.hours_few': {
    en: 'Too few calls in any hour to tell.',
    ko: '시간마다 통화가 적어 아직 말할 수 없습니다.',
  },
  'report.hours_paper': {
    en: 'Calls from paper are left out: a sheet says only when it was begun.',
    ko: '종이로 건 전화는 넣지 않았습니다. 기록지에는 시작한 시각만 있습니다.',
  },
  'report.hour_title': {
    en: '{{day}} {{hour}}: {{conversations}} conversations of {{attempts}} calls',
    ko: '{{day}} {{hour}}: 통화 시도 {{attempts}}통 가운데 대화 {{conversations}}건',
  },
  'report.rounds': { en: 'Rounds compared', ko: '회차별 비교' },
  'report.rounds_lead': {
    en: 'Each round holds those not reached before.',
    ko: '회차마다 앞에서 통화하지 못한 분에게만 겁니다.',
  },
  'report.round': { en: 'Round', ko: '회차' },
  'report.round_from': { en: 'From', ko: '시작' },
  'report.round_voters': { en: 'Voters called', ko: '건 유권자' },
  'report.rate': { en: 'Share', ko: '대화 비율' },
  'report.callers_lead': {
    en: { one: '{{count}} caller. Thank you!', other: '{{count}} callers. Thank you!' },
    ko: '전화 봉사자 {{count}}명. 고맙습니다!',
  },
  'report.on_paper': { en: '{{name}} (paper)', ko: '{{name}}(종이)' },
  'report.per_hour': { en: 'Conversations an hour', ko: '시간당 대화' },
  'report.printed': {
    en: '{{organization}}. Printed by {{by}}, {{at}}.',
    ko: '{{organization}}. {{by}} 인쇄, {{at}}.',
  },
  'report.period': { en: 'Calls from {{from}} to {{to}}', ko: '{{from}}부터 {{to}}까지의 통화' },
  'report.layouts': { en: 'For other programs', ko: '다른 프로그램용' },
  'report.layouts_lead': {
    en: 'Results in the order of columns other programs import. Their own voter ids are not ours: match by the state id.',
    ko: '다른 프로그램이 가져가는 열 순서로 내려받습니다. 그쪽 유권자 번호는 우리에게 없으니 주 정부 번호로 맞추세요.',
  },
  'report.layout.van': { en: 'Contact history (VAN)', ko: '연락 이력(VAN)' },
  'report.layout.nationbuilder': { en: 'People (NationBuilder)', ko: '사람 명단(NationBuilder)' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    phone_bank_report: typeof reportMessages
  }
}
