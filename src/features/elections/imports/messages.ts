import { messages } from '../../../platform/i18n/messages.ts'

export const electionImportsMessages = messages({
  'ballot.title': { en: 'Contests from a file', ko: '파일에서 선출 공직과 후보 가져오기' },
  'ballot.lead': {
    en: 'A spreadsheet saved as CSV, one line for each candidate. You see what it would do before anything is changed.',
    ko: 'CSV로 저장한 표를 올리세요. 후보 한 명이 한 줄입니다. 바꾸기 전에 무엇이 달라지는지 먼저 보여 드립니다.',
  },
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
