import { messages } from '../../../platform/i18n/messages.ts'

export const scoreMessages = messages({
  'scores.rubric': { en: 'What is scored', ko: '평가 기준' },
  'scores.rubric_lead': {
    en: 'Every panelist scores every candidate by these, from 1 to 5. A criterion of weight 2 counts twice as much as one of weight 1. Once somebody scored, they stay as they are.',
    ko: '위원마다 모든 후보를 이 기준으로 1점에서 5점까지 매깁니다. 비중이 2인 기준은 1인 기준보다 두 배로 셉니다. 점수를 매기기 시작하면 바꿀 수 없습니다.',
  },
  'scores.rubric_fixed': {
    en: 'Somebody scored already, so what is scored stays as it is.',
    ko: '이미 점수를 매기기 시작해 평가 기준을 바꿀 수 없습니다.',
  },
  'scores.rubric_none': {
    en: 'Nothing is scored yet. Add the first criterion.',
    ko: '아직 평가 기준이 없습니다. 첫 기준을 추가해 주세요.',
  },
  'scores.rubric_set_up': { en: 'Write what is scored', ko: '평가 기준 쓰기' },
  'scores.criterion_add': { en: 'Add a criterion', ko: '기준 추가' },
  'scores.criterion_change': { en: 'Change the criterion', ko: '기준 고치기' },
  'scores.criterion_in': { en: 'Criterion ({{language}})', ko: '기준({{language}})' },
  'scores.criterion_needed': { en: 'Name it in one language at least.', ko: '한 언어로라도 이름을 적어 주세요.' },
  'scores.weight': { en: 'Weight', ko: '비중' },
  'scores.weight_of': { en: 'weight {{weight}}', ko: '비중 {{weight}}' },
  'scores.means_in': { en: 'What {{mark}} means ({{language}})', ko: '{{mark}}점의 뜻({{language}})' },
  'scores.means': { en: '{{mark}}: {{text}}', ko: '{{mark}}점: {{text}}' },
  'scores.change_of': { en: 'Change “{{name}}”', ko: '‘{{name}}’ 고치기' },
  'scores.remove_of': { en: 'Take out “{{name}}”', ko: '‘{{name}}’ 빼기' },

  'scores.mine': { en: 'Interviews I sit on', ko: '내가 맡은 면담' },
  'scores.open_panel': { en: 'Open the interview', ko: '면담 열기' },
  'scores.panel_page': { en: 'Interview: {{contest}}', ko: '{{contest}} 면담' },
  'scores.ties_title': { en: 'First: how you are tied to candidates', ko: '먼저 후보와의 관계를 밝혀 주세요' },
  'scores.ties_lead': {
    en: 'Before you read anything of the candidates: choose what is true of you and any of them. What follows by the rules stands beside each.',
    ko: '후보 자료를 보기 전에, 후보 가운데 한 분이라도 해당하는 것을 골라 주세요. 규칙에 따라 어떻게 되는지 옆에 적혀 있습니다.',
  },
  'scores.ties_rule': { en: 'By the rules: {{rule}}', ko: '규칙: {{rule}}' },
  'scores.ties_scores': { en: 'scores, and the tie is listed', ko: '평가에 참여하고, 점수표에 관계를 적음' },
  'scores.ties_bars': { en: 'does not score this contest', ko: '이 공직 후보는 평가하지 않음' },
  'scores.ties_none': {
    en: 'If nothing applies, choose nothing and go on.',
    ko: '해당하는 것이 없으면 고르지 말고 계속해 주세요.',
  },
  'scores.ties_save': { en: 'This is right, go on', ko: '맞습니다. 계속' },
  'scores.ties_again': { en: 'Say my ties anew', ko: '후보와의 관계 다시 밝히기' },
  'scores.barred': {
    en: 'By what you said of your ties, you do not score this contest. That is listed beside the scores, without a judgement. Thank you for saying so.',
    ko: '밝혀 주신 관계에 따라 이 공직 후보는 평가하지 않으시게 됩니다. 점수표 옆에 그 사실만 적힙니다. 알려 주셔서 감사합니다.',
  },
  'scores.hidden': {
    en: 'Only you see your scores and notes until all of the panel are in.',
    ko: '모든 위원이 제출할 때까지 내 점수와 메모는 나만 볼 수 있습니다.',
  },
  'scores.timer_start': { en: 'Start {{minutes}} min', ko: '{{minutes}}분 시작' },
  'scores.timer_over': { en: 'Time is up', ko: '시간 끝' },
  'scores.timer_lead': {
    en: 'The same minutes for everybody. Tap to start; tap again to stop.',
    ko: '모든 후보에게 같은 시간입니다. 눌러 시작하고, 다시 누르면 멈춥니다.',
  },
  'scores.nobody': { en: 'No candidate has a time yet.', ko: '아직 시간을 정한 후보가 없습니다.' },
  'scores.read_answers': { en: 'Answers to the questionnaire', ko: '정책 질의서 답변' },
  'scores.later': {
    en: 'You can score and write notes here once this interview begins.',
    ko: '면담이 시작되면 여기에 점수와 메모를 적을 수 있습니다.',
  },
  'scores.marks_of': { en: 'Scores for {{name}}', ko: '{{name}} 후보 점수' },
  'scores.notes': { en: 'Notes', ko: '메모' },
  'scores.save_of': { en: 'Save the scores of {{name}}', ko: '{{name}} 후보 점수 저장' },
  'scores.saved_whole': { en: 'scored', ko: '점수 매김' },
  'scores.saved_part': { en: '{{count}} of {{total}} scored', ko: '{{total}}개 중 {{count}}개 매김' },
  'scores.mark': { en: '{{mark}}', ko: '{{mark}}점' },
  'scores.no_rubric': {
    en: 'The organizer has not written down yet what is scored.',
    ko: '운영자가 아직 평가 기준을 적지 않았습니다.',
  },
  'scores.hand_in': { en: 'Hand in my scores', ko: '내 점수 제출' },
  'scores.hand_in_lead': {
    en: 'Once handed in they stay as they are. When all of the panel are in, each sees all.',
    ko: '제출하면 고칠 수 없습니다. 모든 위원이 제출하면 서로의 점수를 볼 수 있습니다.',
  },
  'scores.problem.not_over': {
    en: 'Not yet: campaigns may still change their times, or an interview is still to come. What you saved is kept.',
    ko: '아직 제출할 수 없습니다. 캠프가 시간을 바꿀 수 있거나 남은 면담이 있습니다. 저장한 점수는 그대로 있습니다.',
  },
  'scores.problem.nobody': { en: 'No candidate has a time yet.', ko: '아직 시간을 정한 후보가 없습니다.' },
  'scores.problem.incomplete': {
    en: 'Some scores are missing. Please score each candidate by each criterion, then hand in.',
    ko: '빠진 점수가 있습니다. 모든 후보를 모든 기준으로 매긴 뒤 제출해 주세요.',
  },
  'scores.handed_in': { en: 'Your scores are in.', ko: '점수를 제출했습니다.' },
  'scores.no_panel': {
    en: 'Nobody is on the panel yet. Scores show here once all of it are in.',
    ko: '아직 면담위원이 없습니다. 위원이 모두 제출하면 여기에 점수가 나옵니다.',
  },
  'scores.waiting': {
    en: '{{count}} of {{total}} panelists are in. The scores show here once all are.',
    ko: '위원 {{total}}명 중 {{count}}명이 제출했습니다. 모두 제출하면 여기에 점수가 나옵니다.',
  },

  'scores.title': { en: 'Scores', ko: '점수' },
  'scores.nothing_in': { en: 'Nothing was handed in.', ko: '제출한 점수가 없습니다.' },
  'scores.closed': {
    en: 'Closed on {{when}} by {{name}}, before all were in: {{reason}}',
    ko: '모두 제출하기 전에 {{name}} 님이 {{when}}에 마감했습니다. 이유: {{reason}}',
  },
  'scores.close': { en: 'Close the scoring before all are in', ko: '모두 제출하기 전에 평가 마감' },
  'scores.close_lead': {
    en: 'What was not handed in by then does not count, and the reason stands beside the scores. This cannot be taken back.',
    ko: '그때까지 제출하지 않은 점수는 세지 않으며, 이유가 점수 옆에 나옵니다. 되돌릴 수 없습니다.',
  },
  'scores.close_reason': { en: 'Reason', ko: '이유' },
  'scores.close_now': { en: 'Close the scoring', ko: '평가 마감' },
  'scores.who_scored': { en: 'Scored by', ko: '평가한 위원' },
  'scores.who_barred': { en: 'Did not score because of a tie', ko: '후보와의 관계로 평가하지 않은 위원' },
  'scores.who_missing': { en: 'Not handed in', ko: '제출하지 않은 위원' },
  'scores.mean': { en: 'Mean {{mean}} of 5', ko: '평균 {{mean}}점(5점 만점)' },
  'scores.spread': {
    en: 'From {{lowest}} to {{highest}}, standard deviation {{deviation}}',
    ko: '최저 {{lowest}}점, 최고 {{highest}}점, 표준편차 {{deviation}}',
  },
  'scores.divided': {
    en: 'The panel is divided most on “{{name}}”: from {{lowest}} to {{highest}}.',
    ko: '의견이 가장 갈린 기준은 ‘{{name}}’입니다. 최저 {{lowest}}점, 최고 {{highest}}점.',
  },
  'scores.agreed': {
    en: 'On no criterion are panelists two points or more apart.',
    ko: '위원 사이에 2점 이상 차이 나는 기준이 없습니다.',
  },
  'scores.chart': {
    en: 'Each dot is one panelist, the line is the mean: {{totals}}',
    ko: '점 하나가 위원 한 명, 선이 평균입니다: {{totals}}',
  },
  'scores.criterion': { en: 'Criterion', ko: '기준' },
  'scores.column.mean': { en: 'Mean', ko: '평균' },
  'scores.column.lowest': { en: 'Lowest', ko: '최저' },
  'scores.column.highest': { en: 'Highest', ko: '최고' },
  'scores.column.deviation': { en: 'Std. dev.', ko: '표준편차' },
  'scores.by_criterion': { en: 'Scores of {{name}} by criterion', ko: '{{name}} 후보 기준별 점수' },
  'scores.notes_of': { en: 'Notes of the panel', ko: '위원 메모' },
  'scores.not_interviewed': {
    en: 'Took no time, so not scored: {{names}}',
    ko: '면담 시간을 정하지 않아 평가하지 않은 후보: {{names}}',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_scores: typeof scoreMessages
  }
}
