import { messages } from '../../../platform/i18n/messages.ts'

export const resultsMessages = messages({
  'results.title': { en: 'Results by election district', ko: '투표구별 개표 결과' },
  'results.see': { en: 'Results by election district', ko: '투표구별 개표 결과 보기' },
  'results.upload_lead': {
    en: 'A file of precincts in the form of OpenElections, of an election whose contests are entered here. A file of one county leaves the other counties as they are.',
    ko: 'OpenElections 형식의 투표구별 파일입니다. 선출 공직이 입력되어 있는 선거여야 합니다. 한 카운티의 파일이면 다른 카운티는 그대로 남습니다.',
  },
  'results.upload_columns': {
    en: 'Columns: county, precinct, office, district, party, candidate, votes; and, where there are such, election_day, early_voting, mail, absentee, affidavit.',
    ko: '열 이름: county, precinct, office, district, party, candidate, votes. 있으면 election_day, early_voting, mail, absentee, affidavit도 읽습니다.',
  },
  'results.election': { en: 'Election', ko: '선거' },
  'results.source_url': { en: 'Link to where the file is from', ko: '파일을 받은 주소' },
  'results.as_of': { en: 'Day of the count', ko: '개표 기준일' },
  'results.as_of_hint': { en: 'Until certified, counts still change', ko: '확정되기 전에는 집계가 바뀔 수 있습니다' },
  'results.no_election': {
    en: 'No election with contests has been held yet.',
    ko: '선출 공직이 입력된 지난 선거가 아직 없습니다.',
  },
  'results.precincts': { en: 'Election districts', ko: '투표구' },
  'results.votes': { en: 'Votes', ko: '득표' },
  'results.share': { en: 'Share', ko: '득표율' },
  'results.candidate': { en: 'Candidate', ko: '후보' },
  'results.in_file': { en: 'In the file', ko: '파일의 이름' },
  'results.questions': { en: 'Who is this?', ko: '누구입니까?' },
  'results.questions_lead': {
    en: 'These names are written otherwise than the candidates here, or are not entered.',
    ko: '여기에 입력한 후보와 다르게 적혀 있거나 입력되지 않은 이름입니다.',
  },
  'results.who': { en: '{{name}}, {{label}}, {{votes}} votes', ko: '{{name}} · {{label}} · {{votes}}표' },
  'results.who_none': { en: 'None of them: keep the name as in the file', ko: '이 가운데 없음, 파일의 이름 그대로 둠' },
  'results.missing': { en: 'Not in the file: {{names}}', ko: '파일에 없음: {{names}}' },
  'results.lines': { en: { one: '{{count}} line', other: '{{count}} lines' }, ko: '{{count}}줄' },
  'results.left_out': { en: 'Passed over', ko: '건너뛴 것' },
  'results.left_out_lead': {
    en: 'Contests of the file that are not entered for this election. Enter them and import the file again to have them too.',
    ko: '이 선거에 입력되어 있지 않은 공직입니다. 입력한 뒤 파일을 다시 가져오면 함께 들어갑니다.',
  },
  'results.left_out_count': {
    en: { one: '{{count}} other passed over', other: '{{count}} others passed over' },
    ko: '다른 {{count}}개는 건너뜀',
  },
  'results.totals': {
    en: {
      one: '{{count}} line is a total and is not counted again.',
      other: '{{count}} lines are totals and are not counted again.',
    },
    ko: '합계 {{count}}줄은 다시 세지 않습니다.',
  },
  'results.columns_left': {
    en: 'Columns that say nothing of a candidate’s votes were passed over: {{columns}}',
    ko: '후보의 득표가 아닌 열은 건너뛰었습니다: {{columns}}',
  },
  'results.unplaced': {
    en: '{{count}} in no assembly district we know',
    ko: '{{count}}곳은 주하원 선거구를 알 수 없음',
  },
  'results.kind.write_in': { en: 'Write-in', ko: '직접 기입' },
  'results.kind.blank': { en: 'Blank or void', ko: '무기표·무효' },
  'results.kind.other': { en: 'Other', ko: '기타' },
  'results.kind.candidate': { en: 'Candidate', ko: '후보' },
  'results.first_choices': {
    en: 'This was ranked choice voting: these are first choices, before anybody was eliminated.',
    ko: '순위선택투표였습니다. 탈락자를 가리기 전의 1순위 득표입니다.',
  },
  'results.of_those': {
    en: 'Shares are of votes for somebody; blank and void ballots are not among them.',
    ko: '득표율은 무기표와 무효를 뺀 표를 기준으로 합니다.',
  },
  'results.lines_of': { en: 'By ballot line', ko: '정당별' },
  'results.vote.election_day': { en: 'On Election Day', ko: '선거일 투표' },
  'results.vote.early_voting': { en: 'Early', ko: '조기투표' },
  'results.vote.mail': { en: 'By mail', ko: '우편투표' },
  'results.vote.absentee': { en: 'Absentee', ko: '부재자투표' },
  'results.vote.affidavit': { en: 'Affidavit', ko: '선서투표' },
  'results.map': { en: 'Share of {{name}}', ko: '{{name}} 득표율' },
  'results.map_of': { en: 'Shade the map by', ko: '지도에 나타낼 후보' },
  'results.by.county': { en: 'By county', ko: '카운티별' },
  'results.by.assembly': { en: 'By assembly district', ko: '주하원 선거구별' },
  'results.by.ed': { en: 'By election district', ko: '투표구별' },
  'results.by.ed_of': { en: 'Election districts of {{place}}', ko: '{{place}}의 투표구' },
  'results.place': { en: 'Place', ko: '지역' },
  'results.leader': { en: 'Most votes', ko: '최다 득표' },
  'results.tied': { en: 'Tied', ko: '동수' },
  'results.total': { en: 'Total', ko: '합계' },
  'results.choose_assembly': {
    en: 'Choose an assembly district to see its election districts.',
    ko: '주하원 선거구를 고르면 그 안의 투표구가 나옵니다.',
  },
  'results.unplaced_votes': {
    en: {
      one: '{{count}} precinct is outside New York City. Choose its county to see it.',
      other: '{{count}} precincts are outside New York City. Choose a county to see its own.',
    },
    ko: '뉴욕시 밖의 투표구가 {{count}}곳 있습니다. 카운티를 고르면 그 안의 투표구가 나옵니다.',
  },
  'results.by.precinct_of': { en: 'Precincts of {{place}}', ko: '{{place}}의 투표구' },
  'results.sources': { en: 'Where this is from', ko: '출처' },
  'results.source': {
    en: '{{place}}: {{source}}, count of {{date}}, file {{file}}',
    ko: '{{place}}: {{source}}, {{date}} 집계, 파일 {{file}}',
  },
  'results.download': { en: 'Download as CSV', ko: 'CSV로 받기' },
  'results.none': { en: 'No results are entered for this contest.', ko: '이 선거의 개표 결과가 아직 없습니다.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    results: typeof resultsMessages
  }
}
