import { messages } from '../../../platform/i18n/messages.ts'

export const paperMessages = messages({
  'ballots.paper': { en: 'Ballots on paper', ko: '종이 투표' },
  'ballots.paper_lead': {
    en: 'Print ballots, give one to a member on their page of the roll, collect them in a box. Then two people, organizers or of the board, type in each paper, on their own; only what both typed the same is counted.',
    ko: '투표용지를 인쇄해 명부의 회원 화면에서 한 장씩 내주고 투표함에 모읍니다. 그다음 운영자나 이사 가운데 두 사람이 따로 한 장씩 입력하고, 둘이 똑같이 입력한 것만 셉니다.',
  },
  'ballots.paper_part': {
    en: 'Members who vote on paper get theirs on their page of the roll.',
    ko: '종이로 투표하는 회원에게는 명부의 회원 화면에서 내줍니다.',
  },
  'ballots.paper_open': { en: 'Print and type in', ko: '인쇄와 입력' },
  'ballots.paper_print': { en: 'Print ballots', ko: '투표용지 인쇄' },
  'ballots.paper_print_lead': {
    en: 'Ten ballots with numbers of their own. Open this page again for ten more.',
    ko: '번호가 서로 다른 투표용지 10장입니다. 더 필요하면 이 화면을 다시 열어 주세요.',
  },
  'ballots.paper_given': { en: 'Given to voters', ko: '내준 용지' },
  'ballots.paper_in_box': { en: 'Typed in by two', ko: '두 사람이 입력함' },
  'ballots.paper_waiting': { en: 'Not agreed yet', ko: '아직 맞춰 보지 않음' },
  'ballots.paper_waiting_lead': {
    en: 'A second person types these in; where two differ, both look at the paper again and type it anew.',
    ko: '다른 사람이 한 번 더 입력합니다. 둘이 다르면 종이를 다시 보고 새로 입력해 주세요.',
  },
  'ballots.paper_differs': { en: 'two differ', ko: '서로 다름' },
  'ballots.paper_once': { en: 'typed once', ko: '한 번 입력' },
  'ballots.paper_discard': { en: 'Number was wrong: forget', ko: '번호가 틀림: 지우기' },
  'ballots.paper_type': { en: 'Type in a paper', ko: '투표용지 입력' },
  'ballots.paper_type_lead': {
    en: 'As it was marked. What cannot be made out stays empty, and so does what comes after it.',
    ko: '표시한 그대로 입력합니다. 알아볼 수 없는 순위와 그 뒤는 비워 둡니다.',
  },
  'ballots.paper_number': { en: 'Number of the paper', ko: '용지 번호' },
  'ballots.paper_number_hint': { en: '16 letters and digits at its foot', ko: '아래쪽에 있는 글자와 숫자 16자' },
  'ballots.paper_number_wrong': {
    en: 'This is no number of a paper. Please look again.',
    ko: '용지 번호가 아닙니다. 다시 확인해 주세요.',
  },
  'ballots.paper_struck': { en: 'This contest is struck out on the paper', ko: '이 공직은 용지에서 지워져 있음' },
  'ballots.paper_enter': { en: 'Enter', ko: '입력' },
  'ballots.paper_said.first': {
    en: 'Kept. It is counted once somebody else types the same.',
    ko: '저장했습니다. 다른 사람이 똑같이 입력하면 투표함에 들어갑니다.',
  },
  'ballots.paper_said.differs': {
    en: 'Somebody else typed this paper in otherwise. Look at it again, both of you.',
    ko: '다른 사람이 입력한 내용과 다릅니다. 두 분 모두 종이를 다시 확인해 주세요.',
  },
  'ballots.paper_said.agreed': {
    en: 'Both say the same: it is in the box.',
    ko: '두 입력이 같아 투표함에 넣었습니다.',
  },
  'ballots.paper_problem.taken': { en: 'This paper is in the box already.', ko: '이미 투표함에 들어간 용지입니다.' },
  'ballots.paper_problem.too_many': {
    en: 'More papers than voters were given one. Was it given to a member in the roll, and is a contest struck out?',
    ko: '내준 수보다 용지가 많습니다. 명부에서 회원에게 내주었는지, 지워진 공직이 있는지 확인해 주세요.',
  },
  'ballots.paper_problem.over': { en: 'The ballots are counted.', ko: '이미 개표했습니다.' },
  'ballots.problem.papers': {
    en: 'Some papers are typed in by one person only, or differ. First see to them under Ballots on paper.',
    ko: '한 사람만 입력했거나 서로 다른 용지가 있습니다. 먼저 종이 투표 화면에서 맞춰 주세요.',
  },
  'ballots.problem.papers_out': {
    en: 'Some papers were given to voters and are not typed in. After the count they cannot be any more: type them in first, or say below that they did not come back.',
    ko: '내준 용지 가운데 아직 입력하지 않은 것이 있습니다. 개표한 뒤에는 넣을 수 없으니 먼저 입력하고, 돌아오지 않은 용지라면 아래에 표시해 주세요.',
  },
  'ballots.count_without': {
    en: {
      one: 'One paper that was given did not come back: count without it',
      other: '{{count}} papers that were given did not come back: count without them',
    },
    ko: '돌아오지 않은 용지 {{count}}장은 빼고 개표합니다',
  },
  'ballots.count_without_hint': {
    en: 'Type in first whatever lies in the box: it cannot be counted later.',
    ko: '투표함에 남은 용지가 있으면 먼저 입력해 주세요. 나중에는 셀 수 없습니다.',
  },
  'ballots.paper_until': { en: 'Until {{date}}.', ko: '{{date}}까지.' },
  'ballots.paper_rank': { en: 'Rank', ko: '순위' },
  'ballots.paper_slip': {
    en: 'Cut off and keep: the numbers of your ballot in the published list.',
    ko: '잘라서 보관하세요. 공개 목록에서 내 투표지를 찾는 번호입니다.',
  },
  'ballots.paper_give': { en: 'Give a paper ballot', ko: '종이 투표용지 내주기' },
  'ballots.paper_take_back': { en: 'The paper came back unused', ko: '쓰지 않은 용지를 돌려받음' },
  'ballots.paper_strike': {
    en: 'Strike out on their paper: {{contests}}',
    ko: '용지에서 지울 공직: {{contests}}',
  },
  'ballots.cannot.undeclared': {
    en: 'First keep how they are tied to candidates, below.',
    ko: '먼저 아래에서 후보와의 이해관계를 저장해 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_papers: typeof paperMessages
  }
}
