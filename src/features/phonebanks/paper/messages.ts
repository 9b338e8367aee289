import { messages } from '../../../platform/i18n/messages.ts'
import '../../targeting/export/messages.ts'

export const paperMessages = messages({
  'paper.title': { en: 'Call sheets on paper', ko: '인쇄용 통화 기록지' },
  'paper.lead': {
    en: 'For volunteers who prefer paper: print a sheet, let them call, type in the results afterwards. Its voters are kept for the sheet for 24 hours: no screen of any phone bank hands them out, nor anybody on their number, nor, where homes are called once a day, anybody at their home.',
    ko: '화면보다 종이가 편한 봉사자를 위한 것입니다. 기록지를 인쇄해 전화를 걸고, 결과는 나중에 입력합니다. 기록지에 올린 유권자와 같은 번호를 쓰는 분, 한집에 하루 한 번만 거는 캠페인에서는 같은 집에 사는 분도 24시간 동안 어느 캠페인의 화면에도 나오지 않습니다.',
  },
  'paper.make': { en: 'Make a sheet', ko: '기록지 만들기' },
  'paper.make_lead': {
    en: 'Forty voters are about one evening of one volunteer.',
    ko: '유권자 40명이면 봉사자 한 분의 하루 저녁 분량입니다.',
  },
  'paper.languages': { en: 'Languages of whoever calls from it', ko: '이 기록지로 전화할 분의 언어' },
  'paper.languages_hint': {
    en: 'Only voters who speak these, or likely do, come on the sheet. Those whose language nobody knows come with the main language.',
    ko: '이 언어를 쓰거나 쓸 듯한 유권자만 올립니다. 어떤 언어를 쓰는지 모르는 분은 주 언어를 고르면 함께 올립니다.',
  },
  'paper.languages_label': { en: 'For calls in', ko: '통화 언어' },
  'paper.make_do': { en: 'Make the sheet', ko: '기록지 만들기' },
  'paper.purpose_usual': { en: 'Phone bank on paper: {{name}}', ko: '종이로 거는 전화 캠페인: {{name}}' },
  'paper.law_accept': {
    en: 'The paper is used for election purposes only, comes back after the calls and is shredded once it is typed in.',
    ko: '이 종이는 선거 목적으로만 쓰고, 전화가 끝나면 돌려받아 입력한 뒤 파쇄하겠습니다.',
  },
  'paper.sheets': { en: 'Sheets', ko: '만든 기록지' },
  'paper.none': { en: 'No sheet has been made yet', ko: '아직 만든 기록지가 없습니다' },
  'paper.none_text': {
    en: 'Choose below how many voters go on the first one.',
    ko: '아래에서 첫 기록지에 올릴 인원을 정해 주세요.',
  },
  'paper.none_left': {
    en: 'Nobody is left to put on paper now, in these languages.',
    ko: '지금 이 언어로 종이에 올릴 유권자가 남아 있지 않습니다.',
  },
  'paper.made_already': {
    en: 'This sheet was made already; it was not made a second time. Press below for another one.',
    ko: '이미 만든 기록지입니다. 다시 만들지 않았습니다. 하나 더 필요하면 아래에서 만드세요.',
  },
  'paper.quota': {
    en: 'No sheet was made: there are enough answers of a kind, so nobody new is called. Change that under “Calling rules”.',
    ko: '기록지를 만들지 않았습니다. 한 가지 답이 충분히 모여 새 유권자에게는 전화하지 않습니다. ‘전화 규칙’에서 바꿀 수 있습니다.',
  },
  'paper.practice': {
    en: 'No sheet was made: this phone bank is for practice, and nobody on its list is called.',
    ko: '기록지를 만들지 않았습니다. 연습용 전화 캠페인이라 명단의 유권자에게 전화하지 않습니다.',
  },
  'paper.made': {
    en: 'Sheet {{number}} is ready: print it, then come back here to type it in.',
    ko: '기록지 {{number}}번이 준비되었습니다. 인쇄해 쓰신 다음 여기서 결과를 입력하세요.',
  },
  'paper.given_back': {
    en: 'The voters without a result are back in the queue of the screens.',
    ko: '결과가 없는 유권자를 화면 명단으로 돌려보냈습니다.',
  },
  'paper.sheet_word': { en: 'Sheet', ko: '기록지' },
  'paper.col.sheet': { en: 'Sheet', ko: '기록지' },
  'paper.col.made': { en: 'Made', ko: '만든 때' },
  'paper.col.caller': { en: 'Caller', ko: '봉사자' },
  'paper.col.typed': { en: 'Typed in', ko: '입력' },
  'paper.col.do': { en: 'What to do', ko: '할 일' },
  'paper.made_by': { en: '{{at}}, {{name}}', ko: '{{at}}, {{name}}' },
  'paper.typed_of': { en: '{{typed}} of {{lines}} lines', ko: '{{lines}}줄 가운데 {{typed}}줄' },
  'paper.out': {
    en: { one: '{{count}} voter kept for it', other: '{{count}} voters kept for it' },
    ko: '{{count}}명을 이 기록지 몫으로 두고 있음',
  },
  'paper.print': { en: 'Print (PDF)', ko: '인쇄(PDF)' },
  'paper.print_named': { en: 'Print sheet {{number}} (PDF)', ko: '기록지 {{number}}번 인쇄(PDF)' },
  'paper.type': { en: 'Type in', ko: '결과 입력' },
  'paper.give_back': { en: 'Give back', ko: '돌려보내기' },
  'paper.give_back_named': {
    en: 'Give back the voters of sheet {{number}} that have no result',
    ko: '기록지 {{number}}번에서 결과 없는 유권자 돌려보내기',
  },
  'paper.over': { en: 'Its day is over', ko: '기한 지남' },

  'paper.day': { en: 'Date', ko: '날짜' },
  'paper.from_hour': { en: 'From', ko: '시작' },
  'paper.age_both': { en: 'age/나이 {{age}}', ko: 'age/나이 {{age}}' },
  'paper.how': {
    en: 'Tick what happened. Answers are enough where questions were answered; otherwise tick one result. Another language and you cannot tell which? Write ?.',
    ko: '해당하는 칸에 표시하세요. 질문에 답하신 분은 답만 표시하면 되고, 아니면 결과 하나를 표시합니다. 다른 언어인데 어느 언어인지 모르면 ?를 적으세요.',
  },
  'paper.back_label': { en: 'when', ko: '언제 다시' },
  'paper.language_label': { en: 'which', ko: '어느 언어' },
  'paper.language_unsure': { en: 'not sure which', ko: '어느 언어인지 모름' },
  'paper.told_label': { en: 'told by', ko: '알려 준 분' },
  'paper.not_called': { en: 'Do not call: off this sheet', ko: '전화하지 마세요. 이 기록지에서 뺐습니다' },
  'paper.watermark': {
    en: '{{organization}}. Printed by {{by}}, {{at}}, for: {{purpose}}. Election purposes only (New York Election Law 3-103(5)).',
    ko: '{{by}} 인쇄, {{at}}. 목적: {{purpose}}. 선거 목적으로만 사용(뉴욕주 선거법 3-103조 5항). {{organization}}',
  },

  'paper.type_title': { en: 'Type in sheet {{number}}', ko: '기록지 {{number}}번 결과 입력' },
  'paper.type_lead': {
    en: 'One line after another, as on the paper. Leave empty what was not called. The same sheet may be typed twice: nothing is counted twice.',
    ko: '종이에 적힌 순서대로 한 줄씩 입력하세요. 걸지 않은 줄은 비워 두면 됩니다. 같은 기록지를 두 번 입력해도 두 번 세지 않습니다.',
  },
  'paper.type_keys': {
    en: 'Keys: Enter or Tab goes on (from the note, Tab leads to the wishes), the arrows up and down change the line, – as the result takes a line back. A line is saved as soon as you leave it.',
    ko: '키보드: Enter나 Tab은 다음 칸(메모에서 Tab을 누르면 부탁), 위아래 화살표는 다른 줄, 결과에 –를 넣으면 그 줄을 되돌립니다. 줄을 벗어나면 바로 저장합니다.',
  },
  'paper.who': { en: 'Whose sheet is it?', ko: '누가 건 기록지인가요?' },
  'paper.caller_name': { en: 'Caller’s name', ko: '봉사자 이름' },
  'paper.caller_hint': { en: 'As written at the top of the sheet.', ko: '기록지 맨 위에 적힌 이름입니다.' },
  'paper.called_on': { en: 'Day of the calls', ko: '전화한 날' },
  'paper.called_from': { en: 'From what time', ko: '시작한 시각' },
  'paper.caller_needed': { en: 'Enter whose sheet it is.', ko: '누가 건 기록지인지 적어 주세요.' },
  'paper.day_needed': { en: 'Enter the day of the calls.', ko: '전화한 날을 적어 주세요.' },
  'paper.time_needed': { en: 'Enter the time, for example 18:00.', ko: '시각을 적어 주세요. 예: 18:00' },
  'paper.in_future': {
    en: 'This is still to come. Look at day and time.',
    ko: '아직 오지 않은 때입니다. 날짜와 시각을 확인해 주세요.',
  },
  'paper.before_printed': {
    en: 'The sheet was printed later than that. Look at day and time.',
    ko: '기록지를 인쇄하기 전입니다. 날짜와 시각을 확인해 주세요.',
  },
  'paper.keys': { en: 'Result keys', ko: '결과 키' },
  'paper.line': { en: 'Line {{line}}', ko: '{{line}}번째 줄' },
  'paper.code': { en: 'Result', ko: '결과' },
  'paper.more': { en: 'More: when, which language, who told us', ko: '더 보기: 다시 걸 때, 언어, 알려 준 분' },
  'paper.time_in': { en: 'time in {{place}}', ko: '{{place}} 시각' },
  'paper.call_back_at': { en: '3: when to call back', ko: '3: 언제 다시 걸까요' },
  'paper.language': { en: '7: which language', ko: '7: 어느 언어인가요' },
  'paper.spoke_with': { en: 'D, X: who told us', ko: 'D, X: 누가 알려 주셨나요' },
  'paper.wishes': { en: 'Wishes', ko: '부탁' },
  'paper.wish_unknown': {
    en: 'No wish has this letter. See the keys above.',
    ko: '그런 글자의 부탁이 없습니다. 위의 키를 보세요.',
  },
  'paper.home': { en: 'This home', ko: '이 집' },
  'paper.note': { en: 'Note', ko: '메모' },
  'paper.save_page': { en: 'Save this page', ko: '이 쪽 저장' },
  'paper.save_next': { en: 'Save and go on to line {{line}}', ko: '저장하고 {{line}}번째 줄로' },
  'paper.page': { en: 'Lines {{from}} to {{to}} of {{of}}', ko: '{{of}}줄 가운데 {{from}}~{{to}}번째 줄' },
  'paper.state.recorded': { en: 'Saved', ko: '저장했습니다' },
  'paper.state.same': { en: 'Was typed in already; nothing changed', ko: '이미 입력한 내용입니다. 바뀐 것이 없습니다' },
  'paper.state.changed': { en: 'Corrected', ko: '고쳤습니다' },
  'paper.state.taken_back': { en: 'Taken back', ko: '되돌렸습니다' },
  'paper.state.nothing': { en: 'Nothing to take back', ko: '되돌릴 것이 없습니다' },
  'paper.state.refused': {
    en: 'Not saved: the queue did not take it. Look at the voter’s page.',
    ko: '저장하지 못했습니다. 유권자 화면을 확인해 주세요.',
  },
  'paper.state.typed': { en: 'Typed in by {{name}}, {{at}}', ko: '{{name}} 님이 {{at}}에 입력' },
  'paper.state.busy': {
    en: 'Somebody else typed this line at the same moment. Open the page again.',
    ko: '같은 때에 다른 분이 이 줄을 입력했습니다. 화면을 다시 열어 주세요.',
  },
  'paper.state.offline': {
    en: 'Not saved: no connection. It stays on the page; press “Save this page” later.',
    ko: '연결되지 않아 저장하지 못했습니다. 내용은 화면에 있으니 나중에 ‘이 쪽 저장’을 누르세요.',
  },
  'paper.saved': {
    en: '{{recorded}} saved, {{changed}} corrected, {{same}} typed in before and unchanged, {{taken_back}} taken back.',
    ko: '새로 저장 {{recorded}}줄, 고침 {{changed}}줄, 이미 입력되어 그대로 {{same}}줄, 되돌림 {{taken_back}}줄입니다.',
  },
  'paper.problems': {
    en: { one: '{{count}} line needs another look', other: '{{count}} lines need another look' },
    ko: '다시 볼 줄이 {{count}}개 있습니다',
  },
  'paper.closed': {
    en: 'Must not be called any more: {{reason}} ({{by}}, {{at}}). What you type is kept; nobody calls.',
    ko: '더는 전화하지 않는 분입니다: {{reason}}({{by}}, {{at}}). 입력한 내용은 남지만 아무도 전화하지 않습니다.',
  },
  'paper.answer_unknown': {
    en: 'Type the number printed beside the answer.',
    ko: '답 옆에 인쇄된 번호를 넣어 주세요.',
  },
  'paper.code_needed': {
    en: 'A note or a wish alone is no result: type the result or an answer too.',
    ko: '메모나 부탁만으로는 결과가 되지 않습니다. 결과나 답도 넣어 주세요.',
  },
  'paper.code_unknown': { en: 'No result has this key.', ko: '없는 결과 키입니다.' },
  'paper.first_ticked': { en: 'The first of these that is ticked:', ko: '표시한 것 가운데 먼저 나오는 번호:' },
  'paper.code_or_answers': {
    en: 'Either a result or answers: answers mean that you spoke with them.',
    ko: '결과와 답 가운데 하나만 넣어 주세요. 답이 있으면 통화한 것입니다.',
  },
  'paper.language_needed': {
    en: 'Choose the language that was heard, or “? not sure which”.',
    ko: '들린 언어를 고르거나 ‘? 어느 언어인지 모름’을 골라 주세요.',
  },
  'paper.spoke_with_needed': { en: 'Choose who told us.', ko: '누가 알려 주셨는지 골라 주세요.' },
  'paper.call_back_needed': { en: 'Enter when to call back.', ko: '언제 다시 걸지 적어 주세요.' },
  'paper.choose': { en: 'Choose', ko: '고르세요' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    phone_bank_paper: typeof paperMessages
  }
}
