import { messages } from '../../../platform/i18n/messages.ts'

export const interviewMessages = messages({
  'interviews.title': { en: 'Interviews and scores', ko: '면담과 평가' },
  'interviews.part_text': {
    en: 'Times, panel, questions, scores and the committee’s recommendation',
    ko: '면담 시간, 면담위원, 질문, 점수, 위원회 추천',
  },
  'interviews.lead': {
    en: 'Every candidate of a contest is asked the same in the same time. Each panelist scores alone; nobody sees the scores of others until all are in.',
    ko: '같은 공직의 후보에게는 같은 질문을 같은 시간 동안 합니다. 점수는 위원마다 따로 매기고, 모두 제출하기 전에는 서로 볼 수 없습니다.',
  },
  'interviews.sum.times': { en: 'Times taken', ko: '잡힌 시간' },
  'interviews.sum.panel': { en: 'Scores handed in', ko: '점수 제출' },
  'interviews.sum.minutes': { en: 'Questions', ko: '질문' },
  'interviews.of': { en: '{{count}} of {{total}}', ko: '{{total}} 중 {{count}}' },
  'interviews.questions_minutes': { en: '{{count}} ({{minutes}} min)', ko: '{{count}}개({{minutes}}분)' },
  'interviews.set_up': { en: 'Times, panel, questions', ko: '시간·위원·질문' },
  'interviews.when': { en: '{{when}} {{zone}}, {{minutes}} minutes', ko: '{{when}}({{zone}}), {{minutes}}분' },

  'interviews.times': { en: 'Times', ko: '면담 시간' },
  'interviews.times_lead': {
    en: 'Campaigns take one by their private link, change it or give it back until the last day. Times are those of your time zone.',
    ko: '캠프가 받은 비공개 주소에서 직접 고르고, 마감일까지 바꾸거나 취소할 수 있습니다. 시각은 단체 시간대 기준입니다.',
  },
  'interviews.book_until_on': {
    en: 'Last day to take, change or give back a time',
    ko: '시간을 고르고 바꿀 수 있는 마지막 날',
  },
  'interviews.not_offered': {
    en: 'Campaigns see the times once the last day is set.',
    ko: '마지막 날을 정하면 캠프에 시간이 보입니다.',
  },
  'interviews.no_times': { en: 'No times yet.', ko: '아직 시간이 없습니다.' },
  'interviews.free': { en: 'free', ko: '비어 있음' },
  'interviews.free_it': { en: 'Free this time', ko: '이 시간 비우기' },
  'interviews.free_of': { en: 'Free this time: {{name}}', ko: '이 시간 비우기: {{name}}' },
  'interviews.remove_time': { en: 'Take out {{when}}', ko: '{{when}} 빼기' },
  'interviews.take_out': { en: 'Take out', ko: '빼기' },
  'interviews.add_times': { en: 'Add times', ko: '시간 추가' },
  'interviews.on': { en: 'Day', ko: '날짜' },
  'interviews.at': { en: 'The first one begins at', ko: '첫 면담 시작' },
  'interviews.count': { en: 'How many, one after the other', ko: '이어서 몇 번' },
  'interviews.minutes': { en: 'Minutes each', ko: '한 번에 몇 분' },
  'interviews.minutes_same': {
    en: 'As long as the other times of this contest: every candidate has equally much.',
    ko: '이 공직의 다른 면담과 같은 길이여야 합니다. 모든 후보의 시간이 같아야 합니다.',
  },
  'interviews.pause_minutes': { en: 'Minutes between', ko: '사이 쉬는 시간(분)' },
  'interviews.place': { en: 'Place', ko: '장소' },
  'interviews.online_link': { en: 'or link to join online', ko: '또는 온라인 참여 주소' },
  'interviews.online_hint': {
    en: 'Use a waiting room: all times of this row have this link.',
    ko: '이 시간들은 같은 주소를 쓰므로 대기실 기능을 켜 주세요.',
  },
  'interviews.online': { en: 'online', ko: '온라인' },
  'interviews.place_needed': { en: 'Say where, or give a link.', ko: '장소나 온라인 주소를 적어 주세요.' },
  'interviews.problem.slot_taken': {
    en: 'A campaign took this time meanwhile. Free it first.',
    ko: '그사이 캠프가 이 시간을 골랐습니다. 먼저 비워 주세요.',
  },
  'interviews.problem.other_length': {
    en: 'Every candidate of a contest has equally much time: take the length of the times that are here, or take those out first.',
    ko: '한 공직의 모든 후보는 면담 시간이 같아야 합니다. 이미 있는 면담과 같은 길이로 하거나, 기존 면담 시간을 먼저 삭제해 주세요.',
  },
  'interviews.problem.overlap': {
    en: 'One of these would begin while another interview of this contest is still going on.',
    ko: '이 공직의 다른 면담이 끝나기 전에 시작하는 시간이 있습니다.',
  },
  'interviews.problem.scored': {
    en: 'Scores were handed in, so who was interviewed and when stays.',
    ko: '이미 제출한 점수가 있어 면담한 후보와 일정을 바꿀 수 없습니다.',
  },
  'interviews.problem.has_scored': {
    en: 'They scored already. If they drop out, close the scoring with a reason.',
    ko: '이미 점수를 매긴 위원입니다. 중간에 빠지면 이유를 적고 평가를 마감해 주세요.',
  },
  'interviews.problem.panel_fixed': {
    en: 'Scores were handed in, so the panel stays as it is. If somebody drops out, close the scoring with a reason.',
    ko: '이미 제출한 점수가 있어 위원을 바꿀 수 없습니다. 중간에 빠지는 분이 있으면 이유를 적고 평가를 마감해 주세요.',
  },
  'interviews.problem.fixed': {
    en: 'The first candidate was asked already. Everybody is asked the same, so the questions stay.',
    ko: '이미 첫 면담이 시작되었습니다. 모든 후보에게 같은 질문을 하도록 질문은 그대로 둡니다.',
  },
  'interviews.problem.unasked': {
    en: 'Write the question in one language at least.',
    ko: '질문을 한 언어로라도 적어 주세요.',
  },

  'interviews.panel': { en: 'Panel', ko: '면담위원' },
  'interviews.panel_lead': {
    en: 'Members with an account. They find the panel under “My ballots”, say how they are tied to candidates, and score there.',
    ko: '로그인 계정이 있는 분들입니다. ‘내 투표’에서 면담을 열어 후보와의 관계를 밝히고 점수를 매깁니다.',
  },
  'interviews.no_panel': { en: 'Nobody yet.', ko: '아직 없습니다.' },
  'interviews.add_panelist': { en: 'Add to the panel', ko: '위원으로 추가' },
  'interviews.member': { en: 'Who', ko: '누구' },
  'interviews.remove_panelist': { en: 'Take out {{name}}', ko: '{{name}} 님을 위원에서 빼기' },
  'interviews.state.undeclared': { en: 'has not said their ties', ko: '관계를 아직 밝히지 않음' },
  'interviews.state.barred': { en: 'does not score', ko: '평가하지 않음' },
  'interviews.state.scoring': { en: 'scoring', ko: '평가 중' },
  'interviews.state.in': { en: 'handed in', ko: '제출함' },
  'interviews.tied_as': { en: 'Tie: {{ties}}', ko: '관계: {{ties}}' },

  'interviews.questions': { en: 'Questions', ko: '질문' },
  'interviews.questions_lead': {
    en: 'The same for everybody who runs, with the same minutes.',
    ko: '모든 후보에게 같은 질문을 같은 시간 동안 합니다.',
  },
  'interviews.no_questions': { en: 'No questions yet.', ko: '아직 질문이 없습니다.' },
  'interviews.question_in': { en: 'Question ({{language}})', ko: '질문({{language}})' },
  'interviews.question_minutes': { en: 'Minutes for the answer', ko: '답변 시간(분)' },
  'interviews.add_question': { en: 'Add a question', ko: '질문 추가' },
  'interviews.change_question': { en: 'Change the question', ko: '질문 고치기' },
  'interviews.minutes_of': { en: { one: '{{count}} minute', other: '{{count}} minutes' }, ko: '{{count}}분' },
  'interviews.minutes_over': {
    en: 'The questions take {{minutes}} minutes, an interview has {{length}}.',
    ko: '질문은 모두 {{minutes}}분인데 면담 시간은 {{length}}분입니다.',
  },
  'interviews.minutes_all': {
    en: { one: '{{count}} minute for everybody', other: '{{count}} minutes for everybody' },
    ko: '모든 후보에게 {{count}}분',
  },
  'interviews.remove_question': { en: 'Take out question {{number}}', ko: '{{number}}번 질문 빼기' },
  'interviews.change': { en: 'Change', ko: '고치기' },
  'interviews.change_number': { en: 'Change question {{number}}', ko: '{{number}}번 질문 고치기' },
  'interviews.needs': { en: 'Needs', ko: '필요한 지원' },
  'interviews.need.access': { en: 'Accessibility: {{text}}', ko: '이용 편의: {{text}}' },
  'interviews.need.interpreter': { en: 'Interpreter: {{text}}', ko: '통역: {{text}}' },

  'interviews.book': { en: 'Time for your interview', ko: '면담 시간 고르기' },
  'interviews.book_of': { en: 'Interview with {{name}}', ko: '{{name}} 후보 면담' },
  'interviews.book_lead': {
    en: 'Every candidate is asked the same questions in the same time by the same panel. No account is needed.',
    ko: '모든 후보가 같은 위원에게 같은 질문을 같은 시간 동안 받습니다. 로그인하지 않아도 됩니다.',
  },
  'interviews.book_until': {
    en: 'You can take, change or give back a time until {{date}}.',
    ko: '{{date}}까지 시간을 고르고, 바꾸고, 취소할 수 있습니다.',
  },
  'interviews.book_over': {
    en: 'The last day for this was {{date}}. For a change, please write or call the organization.',
    ko: '{{date}}에 마감되어 여기서는 바꿀 수 없습니다. 바꾸셔야 하면 단체에 연락해 주세요.',
  },
  'interviews.book_held': {
    en: 'This interview has begun or is over, so it stays as it is.',
    ko: '이미 시작했거나 끝난 면담이라 바꿀 수 없습니다.',
  },
  'interviews.book_not_yet': {
    en: 'No times are offered yet. Please come back to this page later.',
    ko: '아직 고를 수 있는 시간이 없습니다. 나중에 이 페이지를 다시 열어 주세요.',
  },
  'interviews.your_time': { en: 'Your interview', ko: '면담 일정' },
  'interviews.have_none': { en: 'You have no time yet.', ko: '아직 고르신 시간이 없습니다.' },
  'interviews.choose': { en: 'Times still free', ko: '고를 수 있는 시간' },
  'interviews.none_free': {
    en: 'No time is free at the moment. If another is given back, it shows here.',
    ko: '지금은 빈 시간이 없습니다. 취소된 시간이 생기면 여기에 나옵니다.',
  },
  'interviews.access_needs': { en: 'What you need to take part', ko: '이용 편의를 위해 필요한 것' },
  'interviews.access_hint': {
    en: 'For example: step-free entrance, captions, large print',
    ko: '예: 휠체어 출입구, 자막, 큰 글씨',
  },
  'interviews.interpreter': { en: 'Interpreter: from and into which language', ko: '통역이 필요한 언어' },
  'interviews.interpreter_hint': {
    en: 'For example: Korean and English, sign language',
    ko: '예: 한국어와 영어, 수어',
  },
  'interviews.take': { en: 'Take this time', ko: '이 시간으로 정하기' },
  'interviews.give_back': { en: 'Give the time back', ko: '면담 시간 취소' },
  'interviews.slot_needed': { en: 'Choose a time.', ko: '시간을 골라 주세요.' },
  'interviews.was_taken': {
    en: 'Somebody else took this time a moment ago. Please choose another; what you had before is still yours.',
    ko: '방금 다른 분이 이 시간을 골랐습니다. 다른 시간을 골라 주세요. 전에 고르신 시간이 있으면 그대로 있습니다.',
  },
  'interviews.saved': { en: 'Your time is saved.', ko: '면담 시간을 저장했습니다.' },
  'interviews.saved_mailed': {
    en: 'Your time is saved. A confirmation goes to {{email}}.',
    ko: '면담 시간을 저장했습니다. 확인 이메일을 {{email}} 주소로 보냅니다.',
  },
  'interviews.to_answers': { en: 'To the questionnaire', ko: '정책 질의서로' },

  'interviews.mail_unknown': {
    en: 'To {{to}}: the program stopped while sending, so nobody knows whether the mail about the time arrived. Ask the campaign.',
    ko: '{{to}}: 보내는 도중에 프로그램이 멈춰 면담 시간 안내가 도착했는지 알 수 없습니다. 캠프에 물어보세요.',
  },
  'interviews.mail.subject_taken': {
    en: '{{organization}}: time of the interview with {{name}}',
    ko: '[{{organization}}] {{name}} 후보 면담 시간 안내',
  },
  'interviews.mail.subject_given_back': {
    en: '{{organization}}: no interview time for {{name}} any more',
    ko: '[{{organization}}] {{name}} 후보 면담 시간 취소 안내',
  },
  'interviews.mail.taken': {
    en: '{{organization}} will interview you on its endorsement: {{contest}}.',
    ko: '{{organization}} {{contest}} 지지 후보 선정 면담 시간을 알려 드립니다.',
  },
  'interviews.mail.given_back': {
    en: 'The time you had is free again: {{when}}. You have no interview time now.',
    ko: '고르셨던 면담 시간이 취소되었습니다: {{when}}. 지금은 잡힌 면담이 없습니다.',
  },
  'interviews.mail.equal': {
    en: 'Every candidate is asked the same questions in the same time.',
    ko: '모든 후보께 같은 질문을 같은 시간 동안 드립니다.',
  },
  'interviews.mail.change': {
    en: 'You can change the time or give it back until {{date}}:',
    ko: '{{date}}까지 아래 주소에서 시간을 바꾸거나 취소하실 수 있습니다.',
  },
  'interviews.mail.another': { en: 'Your page for the interview:', ko: '면담 시간 페이지:' },
  'interviews.mail.entry': { en: 'Interview with {{organization}}', ko: '{{organization}} 면담' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_interviews: typeof interviewMessages
  }
}
