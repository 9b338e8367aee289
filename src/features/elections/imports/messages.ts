import { messages } from '../../../platform/i18n/messages.ts'

export const electionImportsMessages = messages({
  'ballot.title': { en: 'From a file', ko: '파일에서 가져오기' },
  'ballot.lead': {
    en: 'You see what a file would do before anything is changed.',
    ko: '바꾸기 전에 무엇이 달라지는지 먼저 보여 드립니다.',
  },
  'ballot.contests': { en: 'Contests and candidates', ko: '선출 공직과 후보' },
  'ballot.contests_lead': {
    en: 'A spreadsheet saved as CSV, one line for each candidate.',
    ko: 'CSV로 저장한 표를 올리세요. 후보 한 명이 한 줄입니다.',
  },
  'lists.title': { en: 'Who holds office', ko: '공직자' },
  'lists.lead': {
    en: 'Lists that others keep and give away. Nobody is taken for somebody else unasked, and no term ends without being shown first.',
    ko: '누구나 쓸 수 있게 공개된 명단입니다. 같은 사람인지 확실하지 않으면 먼저 묻고, 임기가 끝나는 사람도 먼저 보여 드립니다.',
  },
  'lists.congress_file': {
    en: 'Congress: legislators-current.json or .yaml of unitedstates/congress-legislators',
    ko: '연방의회: unitedstates/congress-legislators의 legislators-current.json 또는 .yaml',
  },
  'lists.openstates_file': {
    en: 'State offices: ny.csv of Open States (current people), or the YAML files of openstates/people, several at once',
    ko: '주 공직: Open States의 ny.csv(현직자) 또는 openstates/people의 YAML 파일, 여러 개를 한꺼번에 올려도 됩니다',
  },
  'lists.file_hint': {
    en: 'At most {{megabytes}} MB together',
    ko: '모두 합해 {{megabytes}}MB까지',
  },
  'lists.files': { en: '{{name}} and others, {{count}} files', ko: '{{name}} 등 파일 {{count}}개' },
  'lists.list.congress': { en: 'Members of Congress', ko: '연방의회 의원 명단' },
  'lists.list.openstates': { en: 'Open States', ko: 'Open States 명단' },
  'lists.begins': { en: 'Terms that begin', ko: '시작하는 임기' },
  'lists.changed': { en: 'Terms that change', ko: '바뀌는 임기' },
  'lists.same': { en: '{{count}} as they were', ko: '그대로 {{count}}' },
  'lists.ends': { en: 'Terms that end', ko: '끝나는 임기' },
  'lists.people': {
    en: '{{added}} new, {{linked}} linked by number',
    ko: '새로 추가 {{added}}, 번호로 연결 {{linked}}',
  },
  'lists.elsewhere': {
    en: {
      one: '{{count}} entry is of another state or of an office that is not kept here, and was passed over.',
      other: '{{count}} entries are of other states or of offices that are not kept here, and were passed over.',
    },
    ko: '다른 주나 여기에 없는 공직의 {{count}}명은 건너뛰었습니다.',
  },
  'lists.partly': {
    en: 'The list names fewer than half of those we know in these offices, so nobody’s term ends for being missing: {{offices}}',
    ko: '다음 공직은 명단에 절반도 나오지 않아, 명단에 없다고 임기를 끝내지 않습니다: {{offices}}',
  },
  'lists.swaps_most': {
    en: 'Most seats would change hands. Is this the right list?',
    ko: '대부분의 자리가 다른 사람으로 바뀝니다. 맞는 명단입니까?',
  },
  'lists.questions': { en: 'Who is this?', ko: '누구입니까?' },
  'lists.questions_lead': {
    en: 'Only you can tell. Your answer is kept with the list’s own number, and is not asked again.',
    ko: '직접 확인해 주세요. 답은 명단의 번호와 함께 저장되어 다시 묻지 않습니다.',
  },
  'lists.who': { en: '{{name}}: {{seat}}', ko: '{{name}}: {{seat}}' },
  'lists.who_this': { en: 'The same as {{name}}', ko: '{{name, 과/와}} 같은 사람' },
  'lists.who_new': { en: 'Somebody else, new here', ko: '다른 사람, 새로 추가' },
  'lists.missing': { en: 'No longer in the list', ko: '명단에 없는 사람' },
  'lists.missing_lead': {
    en: 'Their term ends on the day below. Mark whoever still holds the office.',
    ko: '아래 날짜로 임기가 끝납니다. 아직 맡고 있는 사람은 표시해 주세요.',
  },
  'lists.stays_box': { en: '{{name}} still holds it', ko: '{{name}}: 아직 재임 중' },
  'lists.ends_on': { en: 'ends {{date}}', ko: '{{date}} 끝' },
  'lists.what': { en: 'What', ko: '내용' },
  'lists.effect.begins': { en: 'takes office', ko: '취임' },
  'lists.effect.changed': { en: 'changed', ko: '바뀜' },
  'lists.effect.same': { en: 'as it was', ko: '그대로' },
  'lists.effect.ends': { en: 'term ends', ko: '임기 끝' },
  'lists.effect.stays': { en: 'stays', ko: '남음' },
  'lists.field.party': { en: 'Party', ko: '정당' },
  'lists.field.phone': { en: 'Phone', ko: '전화' },
  'lists.field.email': { en: 'E-mail', ko: '이메일' },
  'lists.field.website': { en: 'Website', ko: '웹사이트' },
  'lists.field.address': { en: 'District office', ko: '지역 사무실' },
  'lists.field.since': { en: 'In office since', ko: '임기 시작' },
  'lists.field.until': { en: 'Term ends', ko: '임기 끝' },
  'lists.field.is_checked': { en: 'Confirmed by the list', ko: '명단으로 확인' },
  'ballot.file': { en: 'File', ko: '파일' },
  'ballot.file_hint': { en: 'CSV in UTF-8, at most {{megabytes}} MB', ko: 'CSV(UTF-8), {{megabytes}}MB까지' },
  'ballot.look': { en: 'See what it would do', ko: '무엇이 달라지는지 보기' },
  'ballot.columns': { en: 'Columns', ko: '열 이름' },
  'ballot.columns_lead': {
    en: 'In any order. What is left empty stays as it is here. Needed: {{needed}}.',
    ko: '순서는 상관없습니다. 비워 두면 지금 내용이 그대로 남습니다. 꼭 있어야 하는 열: {{needed}}',
  },
  'ballot.columns_people': {
    en: 'Somebody we know by that name is taken for the same person. Where it is another, write new under figure; where several are meant, the number of the one.',
    ko: '같은 이름을 이미 알면 같은 사람으로 봅니다. 다른 사람이면 figure 열에 new를, 여럿 가운데 한 사람이면 그 번호를 적으세요.',
  },
  'ballot.example': { en: 'Example', ko: '예' },
  'ballot.history': { en: 'Files so far', ko: '지금까지 올린 파일' },
  'ballot.none': { en: 'No file yet.', ko: '아직 올린 파일이 없습니다.' },
  'ballot.when': { en: 'When', ko: '언제' },
  'ballot.who': { en: 'Who', ko: '누가' },
  'ballot.state': { en: 'State', ko: '상태' },
  'ballot.state.checked': { en: 'waits for you', ko: '확인 기다림' },
  'ballot.state.done': { en: 'imported', ko: '가져옴' },
  'ballot.state.discarded': { en: 'put away', ko: '버림' },
  'ballot.refused': { en: 'Nothing was taken from this file', ko: '이 파일에서 아무것도 가져오지 않았습니다' },
  'ballot.refused_lead': { en: 'Correct these places and send it again.', ko: '아래 자리를 고쳐서 다시 올려 주세요.' },
  'ballot.no_file': { en: 'Choose a file.', ko: '파일을 골라 주세요.' },
  'ballot.place': { en: 'Line {{line}}, {{column}}: {{problem}}', ko: '{{line}}번째 줄, {{column}}: {{problem}}' },
  'ballot.place_line': { en: 'Line {{line}}: {{problem}}', ko: '{{line}}번째 줄: {{problem}}' },
  'ballot.place_in_entry': {
    en: 'Entry {{line}}, {{column}}: {{problem}}',
    ko: '{{line}}번째 항목, {{column}}: {{problem}}',
  },
  'ballot.place_entry': { en: 'Entry {{line}}: {{problem}}', ko: '{{line}}번째 항목: {{problem}}' },
  'ballot.would': { en: 'What this file would do', ko: '이 파일로 달라지는 것' },
  'ballot.did': { en: 'What this file did', ko: '이 파일로 달라진 것' },
  'ballot.nothing': {
    en: 'Everything in this file is here already. Nothing would change.',
    ko: '이 파일의 내용은 이미 모두 있습니다. 달라지는 것이 없습니다.',
  },
  'ballot.run': { en: 'Import it', ko: '가져오기' },
  'ballot.discard': { en: 'Put it away', ko: '버리기' },
  'ballot.line': { en: 'Line', ko: '줄' },
  'ballot.what': { en: 'What', ko: '무엇' },
  'ballot.name': { en: 'Name', ko: '이름' },
  'ballot.effect': { en: 'Becomes', ko: '변화' },
  'ballot.effect.added': { en: 'new', ko: '새로 추가' },
  'ballot.effect.changed': { en: 'changed', ko: '바뀜' },
  'ballot.effect.same': { en: 'as it was', ko: '그대로' },
  'ballot.effect.left': { en: 'not in the file, stays', ko: '파일에 없음, 남음' },
  'ballot.taken_for_line': {
    en: 'taken for the same person as {{name}} on line {{line}}. If it is another, write new under figure.',
    ko: '{{line}}번째 줄과 같은 사람으로 봄: {{name}}. 다른 사람이면 figure 열에 new를 적으세요.',
  },
  'ballot.taken_for': { en: 'taken for {{name}}', ko: '{{name, 으로/로}} 봄' },
  'ballot.thing.contest': { en: 'Contest', ko: '선출 공직' },
  'ballot.thing.candidate': { en: 'Candidate', ko: '후보' },
  'ballot.thing.person': { en: 'Person', ko: '사람' },
  'ballot.things.contest': { en: 'Contests', ko: '선출 공직' },
  'ballot.things.candidate': { en: 'Candidates', ko: '후보' },
  'ballot.things.person': { en: 'People', ko: '사람' },
  'ballot.counts': {
    en: '{{added}} new, {{changed}} changed, {{same}} as they were',
    ko: '새로 추가 {{added}}, 바뀜 {{changed}}, 그대로 {{same}}',
  },
  'ballot.shown_of': { en: 'The first {{shown}} of {{total}}.', ko: '{{total}}개 가운데 처음 {{shown}}개입니다.' },
  'ballot.problem.not_utf8': { en: 'The file is not UTF-8 text.', ko: 'UTF-8 텍스트 파일이 아닙니다.' },
  'ballot.problem.not_csv': { en: 'This is no CSV with a head of columns.', ko: '열 이름이 있는 CSV가 아닙니다.' },
  'ballot.problem.not_json': { en: 'This is no JSON from here on.', ko: '여기부터 JSON이 아닙니다.' },
  'ballot.problem.not_yaml': {
    en: 'This is no YAML from here on: {{reason}}',
    ko: '여기부터 YAML이 아닙니다: {{reason}}',
  },
  'ballot.problem.foreign_shape': {
    en: 'This is not as a list of congress-legislators or Open States has it.',
    ko: 'congress-legislators나 Open States 명단의 형식이 아닙니다.',
  },
  'ballot.problem.nobody_here': {
    en: {
      one: 'Its {{count}} entry is not of an office that is kept here.',
      other: 'None of its {{count}} entries is of an office that is kept here.',
    },
    ko: '{{count}}개 항목 가운데 여기에 있는 공직이 없습니다.',
  },
  'ballot.problem.which_official': {
    en: '{{name}} may be somebody we know. Say who it is ({{key}}).',
    ko: '{{name}}: 이미 아는 사람일 수 있습니다. 누구인지 골라 주세요({{key}}).',
  },
  'ballot.problem.which_candidate': {
    en: '{{name}} is none of the candidates entered here. Say who it is ({{key}}).',
    ko: '{{name}}: 입력된 후보 가운데 없는 이름입니다. 누구인지 골라 주세요({{key}}).',
  },
  'ballot.problem.no_contest': {
    en: 'No contest of this file is entered for this election. It has: {{offices}}',
    ko: '이 선거에 입력된 선출 공직이 파일에 없습니다. 파일에 있는 것: {{offices}}',
  },
  'ballot.problem.not_held': {
    en: 'The election is on {{day}}; there are no results before.',
    ko: '선거일이 {{day}}이라 그 전에는 결과가 없습니다.',
  },
  'ballot.problem.bad_count': { en: '“{{value}}” is no number of votes.', ko: '“{{value}}”: 득표수가 아닙니다.' },
  'ballot.problem.kinds_differ': {
    en: 'The ways of voting sum to {{sum}}, more than the {{votes}} votes of the line.',
    ko: '투표 방법별 합계({{sum}})가 득표수({{votes}})보다 많습니다.',
  },
  'ballot.problem.result_twice': {
    en: '{{name}} stands twice on one ballot line in {{precinct}}.',
    ko: '{{name}}: {{precinct}}에서 같은 정당으로 두 번 나옵니다.',
  },
  'ballot.problem.seat_twice': {
    en: '{{name}} has the seat that entry {{line}} has too.',
    ko: '{{name}}: {{line}}번째 항목과 같은 자리입니다.',
  },
  'ballot.problem.begins_too_early': {
    en: '{{name}} begins on the day {{holder}} did in the same seat, or before. Correct one of them first.',
    ko: '{{name}}: 같은 자리의 {{holder}}보다 먼저 또는 같은 날 시작합니다. 먼저 한쪽을 고쳐 주세요.',
  },
  'ballot.problem.empty': { en: 'There is no line below the head.', ko: '열 이름 아래에 내용이 없습니다.' },
  'ballot.problem.too_large': {
    en: 'The file is larger than {{megabytes}} MB.',
    ko: '{{megabytes}}MB가 넘는 파일입니다.',
  },
  'ballot.problem.missing_column': { en: 'This column is missing.', ko: '이 열이 없습니다.' },
  'ballot.problem.unknown_column': { en: 'There is no such column.', ko: '이런 열은 없습니다.' },
  'ballot.problem.column_twice': { en: 'This column is there twice.', ko: '이 열이 두 번 나옵니다.' },
  'ballot.problem.missing': { en: 'This must be filled in.', ko: '꼭 채워야 합니다.' },
  'ballot.problem.unknown_code': {
    en: '“{{value}}” is none of: {{codes}}',
    ko: '“{{value}}”: 다음 가운데 하나여야 합니다: {{codes}}',
  },
  'ballot.problem.bad_day': {
    en: '“{{value}}” is no day like 2027-06-22.',
    ko: '“{{value}}”: 2027-06-22처럼 적어 주세요.',
  },
  'ballot.problem.bad_number': {
    en: '“{{value}}” is no number from 1 to {{most}}.',
    ko: '“{{value}}”: 1부터 {{most}}까지의 수여야 합니다.',
  },
  'ballot.problem.bad_address': {
    en: '“{{value}}” is no address beginning with https://',
    ko: '“{{value}}”: https://로 시작하는 주소여야 합니다.',
  },
  'ballot.problem.too_long': { en: 'More than {{most}} characters.', ko: '{{most}}자가 넘습니다.' },
  'ballot.problem.no_election': {
    en: 'No election “{{value}}” in {{state}}. Add it on the page of elections first.',
    ko: '{{state}}에 “{{value}}” 선거가 없습니다. 선거 일정 화면에서 먼저 추가하세요.',
  },
  'ballot.problem.several_elections': {
    en: 'Several elections are called “{{value}}”. Write the day instead.',
    ko: '“{{value}}”인 선거가 여럿입니다. 날짜로 적어 주세요.',
  },
  'ballot.problem.no_district': {
    en: 'There is no district “{{value}}” for this office.',
    ko: '이 공직에 “{{value}}” 선거구는 없습니다.',
  },
  'ballot.problem.needs_title': { en: 'Another office needs its name.', ko: '다른 공직은 이름을 적어야 합니다.' },
  'ballot.problem.ends_before': { en: 'The term ends before it begins.', ko: '임기가 시작하기 전에 끝납니다.' },
  'ballot.problem.contest_differs': {
    en: '“{{value}}” differs from what line {{line}} says of the same contest.',
    ko: '“{{value}}”: 같은 공직을 말하는 {{line}}번째 줄과 다릅니다.',
  },
  'ballot.problem.twice': { en: '{{value}} stands in this contest twice.', ko: '{{value}}: 한 공직에 두 번 나옵니다.' },
  'ballot.problem.which_person': {
    en: 'Several people are called {{value}}. Write the number of the one meant ({{numbers}}), or new.',
    ko: '{{value}}인 사람이 여럿입니다. 그 사람의 번호({{numbers}})나 new를 적어 주세요.',
  },
  'ballot.problem.no_person': { en: 'There is nobody of number {{value}}.', ko: '{{value}}번인 사람이 없습니다.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    electionImports: typeof electionImportsMessages
  }
}
