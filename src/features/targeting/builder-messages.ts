import { messages } from '../../platform/i18n/messages.ts'

/** Words of the builder's island; the page without script says what it needs with `messages.ts`. */
export const builderMessages = messages({
  'builder.loading': { en: 'Opening the builder…', ko: '화면을 준비하고 있습니다…' },
  'builder.numbers': { en: 'How many', ko: '인원' },
  'builder.people': { en: 'People', ko: '유권자' },
  'builder.households': { en: 'Households', ko: '가구' },
  'builder.phones': { en: 'Can be phoned', ko: '전화 가능' },
  'builder.mailboxes': { en: 'Mailboxes', ko: '우편함' },
  'builder.emails': { en: 'Can be e-mailed', ko: '이메일 가능' },
  'builder.said': {
    en: '{{people}} people in {{households}} households, {{phones}} can be phoned',
    ko: '유권자 {{people}}명, {{households}}가구, 전화할 수 있는 분 {{phones}}명',
  },
  'builder.counting': { en: 'Counting…', ko: '세는 중…' },
  'builder.not_counted': { en: 'Not counted yet', ko: '아직 세지 않음' },
  'builder.counting_part': {
    en: 'Still going through all records for {{part}}. The numbers above are those of the step before; the new ones come by themselves.',
    ko: '전체 명부에서 아직 찾고 있는 조건: {{part}}. 위의 숫자는 바로 전 단계의 것이며, 다 세면 저절로 바뀝니다.',
  },
  'builder.from_database': {
    en: 'Counted in the database: large files take some seconds.',
    ko: '데이터베이스에서 직접 세고 있어 명부가 크면 몇 초 걸립니다.',
  },
  'builder.failed': {
    en: 'The numbers could not be fetched. Your choices are kept.',
    ko: '숫자를 가져오지 못했습니다. 고르신 조건은 그대로 있습니다.',
  },
  'builder.signed_out': {
    en: 'You were signed out. Reload the page and sign in; your choices are in its address.',
    ko: '로그아웃되었습니다. 화면을 새로 열고 로그인하시면 고르신 조건이 그대로 나옵니다.',
  },
  'builder.again': { en: 'Try again', ko: '다시 시도' },
  'builder.see_list': { en: 'Choose', ko: '고르기' },
  'builder.left_out': {
    en: {
      one: '{{count}} more fits but is left out unless you ask for it',
      other: '{{count}} more fit but are left out unless you ask for them',
    },
    ko: '조건에 맞지만 따로 적지 않으면 빼는 분 {{count}}명',
  },
  'builder.left_out_none': {
    en: 'Nobody who fits is left out',
    ko: '조건에 맞는데 빠진 분은 없습니다',
  },
  'builder.left_out_refused': {
    en: 'Who refused calls, mail or e-mails counts among the people, but not under that channel.',
    ko: '전화, 우편, 이메일을 원하지 않는다고 하신 분은 유권자 수에는 들어가지만 그 연락 방법의 인원에는 넣지 않습니다.',
  },
  'builder.left_out_how': {
    en: 'To include them, choose under “Registration status” or write suppressed:any.',
    ko: '포함하시려면 ‘등록 상태’에서 고르시거나 조건식에 suppressed:any라고 쓰세요.',
  },

  'builder.redo': { en: 'Redo', ko: '다시 하기' },
  'builder.start_over': { en: 'Start over', ko: '처음부터' },
  'builder.your_conditions': { en: 'Your conditions', ko: '지금 조건' },
  'builder.expression_lead': {
    en: 'Click below or write here; both always say the same.',
    ko: '아래에서 누르거나 여기에 직접 쓰세요. 둘은 늘 같은 조건입니다.',
  },
  'builder.expression_empty': {
    en: 'Everyone who can vote. Try age:18-34 or Kim',
    ko: '투표할 수 있는 모든 분. 나이:18-34 또는 김영희처럼 써 보세요',
  },
  'builder.also': { en: 'Also', ko: '그 밖의 조건' },
  'builder.chip_remove': { en: 'Remove {{text}}', ko: '{{text}} 빼기' },
  'builder.chip_edit': { en: 'Edit {{text}} in the expression', ko: '조건식에서 {{text}} 고치기' },
  'builder.fix': { en: 'Write {{suggestion}} instead', ko: '{{suggestion}}(으)로 바꾸기' },

  'builder.facets': { en: 'Narrow down', ko: '조건 고르기' },
  'builder.facets_hint': {
    en: 'The number beside a choice is how many there would be under all other conditions.',
    ko: '옆의 숫자는 다른 조건에 모두 맞는 분 가운데 그 항목의 인원입니다.',
  },
  'builder.only_these': { en: 'Only these', ko: '이것만' },
  'builder.all_but_these': { en: 'All but these', ko: '이것만 빼고' },
  'builder.mode': { en: '{{facet}}: how the choice counts', ko: '{{facet}}: 고르는 방식' },
  'builder.left_out_values': { en: 'without {{values}}', ko: '{{values}} 빼고' },
  'builder.clear': { en: 'Clear', ko: '지우기' },
  'builder.clear_facet': { en: 'Clear {{facet}}', ko: '{{facet}} 조건 지우기' },
  'builder.show_all': { en: 'Show all {{count}}', ko: '{{count}}개 모두 보기' },
  'builder.show_less': { en: 'Show fewer', ko: '줄여 보기' },
  'builder.find': { en: 'Find in {{facet}}', ko: '{{facet}}에서 찾기' },
  'builder.found_none': { en: 'Nothing of this name', ko: '그런 이름이 없습니다' },
  'builder.no_values': { en: 'Nobody fits the other conditions.', ko: '다른 조건에 맞는 분이 없습니다.' },
  'builder.other_way': {
    en: 'Your expression already says something about this in its own words. A click here replaces it.',
    ko: '조건식에 이에 대한 다른 조건이 있습니다. 여기서 고르면 그 조건을 바꿉니다.',
  },

  'builder.facet.party': { en: 'Party', ko: '소속 정당' },
  'builder.facet.status': { en: 'Registration status', ko: '등록 상태' },
  'builder.facet.age': { en: 'Age', ko: '나이' },
  'builder.facet.sex': { en: 'Sex', ko: '성별' },
  'builder.facet.community': { en: 'Likely community', ko: '추정 커뮤니티' },
  'builder.facet.language': { en: 'Language', ko: '언어' },
  'builder.facet.turnout': { en: 'How often they vote', ko: '투표 참여' },
  'builder.facet.state': { en: 'State', ko: '주' },
  'builder.district_in_doubt': {
    en: 'In doubt: on a district line',
    ko: '불확실: 선거구 경계에 걸침',
  },
  'builder.facet.county': { en: 'County or borough', ko: '카운티·보로' },
  'builder.facet.district': { en: 'District', ko: '선거구' },
  'builder.facet.contact': { en: 'Our last contact', ko: '우리의 마지막 연락' },
  'builder.facet.support': { en: 'Support', ko: '지지 성향' },
  'builder.facet.reach': { en: 'Phone and e-mail', ko: '전화와 이메일' },
  'builder.facet.tag': { en: 'Our tags', ko: '태그' },
  'builder.our_people': { en: 'Our people', ko: '우리와 함께한 분들' },
  'builder.facet.attended': { en: 'Events they came to', ko: '참석한 행사' },
  'builder.facet.member': { en: 'Membership', ko: '회원 자격' },
  'builder.facet.chapter': { en: 'Chapter', ko: '지부' },
  'builder.facet.committee': { en: 'Committee', ko: '위원회' },
  'builder.facet.board': { en: 'Board', ko: '이사회' },
  'builder.facet.next_step': { en: 'Next step', ko: '다음 걸음' },
  'builder.facet.cohort': { en: 'Forum cohort', ko: '리더십 포럼 기수' },
  'builder.facet.stage': { en: 'Leadership ladder', ko: '리더십 단계' },

  'builder.age_chart': {
    en: 'People by age, women above, men below. Drag to choose a range.',
    ko: '나이별 인원. 위는 여성, 아래는 남성. 끌어서 범위를 고르세요.',
  },
  'builder.age_from': { en: 'From age', ko: '몇 세부터' },
  'builder.age_to': { en: 'To age', ko: '몇 세까지' },
  'builder.age_any': { en: 'any age', ko: '모든 나이' },
  'builder.age_between': { en: '{{from}} to {{to}}', ko: '{{from}}~{{to}}세' },
  'builder.age_older': { en: '{{from}} and older', ko: '{{from}}세 이상' },
  'builder.age_younger': { en: 'up to {{to}}', ko: '{{to}}세 이하' },
  'builder.age_years': { en: '{{age}} years', ko: '{{age}}세' },
  'builder.age_unknown': {
    en: { one: 'Age not known: {{count}} person', other: 'Age not known: {{count}} people' },
    ko: '나이 모름: {{count}}명',
  },
  'builder.age_numbers': { en: 'Ages as a table', ko: '나이를 표로 보기' },
  'builder.other_sex': { en: 'X or not stated', ko: 'X·미기재' },
  'builder.women': { en: 'Women', ko: '여성' },
  'builder.men': { en: 'Men', ko: '남성' },

  'builder.likely_at': { en: 'At least this likely: {{percent}}%', ko: '가능성 {{percent}}% 이상' },
  'builder.likely_chart': { en: 'How sure the estimate is: {{community}}', ko: '추정의 확실한 정도: {{community}}' },
  'builder.likely_any': { en: 'the likeliest community', ko: '가장 가능성 높은 커뮤니티' },
  'builder.likely_percent': { en: 'Likely', ko: '가능성' },
  'builder.likely_said': { en: '100%: said so themselves', ko: '100%: 본인이 밝힘' },
  'builder.likely_numbers': { en: 'Estimates as a table', ko: '추정을 표로 보기' },
  'builder.none_of_these': { en: 'None of these', ko: '해당 없음' },

  'builder.turnout_label': { en: 'Of the last four elections', ko: '최근 선거 4번 가운데' },
  'builder.turnout.>=': { en: 'at least', ko: '이상' },
  'builder.turnout.<=': { en: 'at most', ko: '이하' },
  'builder.turnout.=': { en: 'exactly', ko: '정확히' },
  'builder.turnout_how': { en: 'Voted', ko: '투표 횟수' },
  'builder.turnout_times': { en: '{{times}} of 4', ko: '4번 중 {{times}}번' },
  'builder.turnout_said.>=': {
    en: 'voted in at least {{times}} of the last 4',
    ko: '최근 4번 중 {{times}}번 이상 투표',
  },
  'builder.turnout_said.<=': {
    en: 'voted in at most {{times}} of the last 4',
    ko: '최근 4번 중 {{times}}번 이하 투표',
  },
  'builder.turnout_said.=': { en: 'voted in exactly {{times}} of the last 4', ko: '최근 4번 중 {{times}}번 투표' },
  'builder.turnout_hint': {
    en: 'General elections and primaries. Drag, or press a bar.',
    ko: '본선거와 예비선거입니다. 끌거나 막대를 누르세요.',
  },

  'builder.status.active': { en: 'Active', ko: '활성' },
  'builder.status.inactive': { en: 'Inactive', ko: '비활성' },
  'builder.status.military': { en: 'Military', ko: '군인' },
  'builder.status.federal': { en: 'Federal elections only', ko: '연방 선거만' },
  'builder.status.overseas': { en: 'Overseas', ko: '해외 거주' },
  'builder.status.purged': { en: 'Purged from the rolls', ko: '등록 말소' },
  'builder.status.preregistered': { en: 'Pre-registered (16–17)', ko: '사전 등록(16~17세)' },
  'builder.status.gone': { en: 'Missing from the newest file', ko: '최신 명부에 없음' },
  'builder.status_hint': {
    en: 'Where you choose none, everyone who can vote is in: all but the last three.',
    ko: '고르지 않으면 투표할 수 있는 분, 곧 마지막 셋을 뺀 모두가 들어갑니다.',
  },

  'builder.contact.14d': { en: 'In the last 14 days', ko: '최근 14일 안' },
  'builder.contact.30d': { en: '15 to 30 days ago', ko: '15~30일 전' },
  'builder.contact.90d': { en: '31 to 90 days ago', ko: '31~90일 전' },
  'builder.contact.older': { en: 'Longer ago', ko: '90일보다 전' },
  'builder.contact.': { en: 'Never', ko: '연락한 적 없음' },
  'builder.contact_quick': { en: 'Not in the last 14 days', ko: '최근 14일 동안 연락 안 함' },

  'builder.support.1': { en: 'Strong support', ko: '적극 지지' },
  'builder.support.2': { en: 'Leaning our way', ko: '지지하는 편' },
  'builder.support.3': { en: 'Undecided', ko: '미정' },
  'builder.support.4': { en: 'Leaning against', ko: '지지하지 않는 편' },
  'builder.support.5': { en: 'Against', ko: '지지 안 함' },
  'builder.support.': { en: 'Not asked yet', ko: '아직 안 물어봄' },

  'builder.reach.phone': { en: 'Has a phone number', ko: '전화번호 있음' },
  'builder.reach.mobile': { en: 'Has a mobile number', ko: '휴대전화 있음' },
  'builder.reach.no_phone': { en: 'No phone number', ko: '전화번호 없음' },
  'builder.reach.email': { en: 'Has an e-mail address', ko: '이메일 있음' },

  'builder.map': { en: 'Map', ko: '지도' },
  'builder.map_kind': { en: 'Districts', ko: '선거구 종류' },
  'builder.map_count': { en: 'People', ko: '인원' },
  'builder.map_share': { en: 'Share of the district’s voters', ko: '선거구 유권자 중 비율' },
  'builder.map_shading': { en: 'Shaded by', ko: '색의 기준' },
  'builder.map_hint': {
    en: 'Press a district to choose it. The list under “District” does the same.',
    ko: '선거구를 누르면 골라집니다. ‘선거구’ 목록에서도 똑같이 고를 수 있습니다.',
  },
  'builder.map_list': { en: 'The map as a list', ko: '지도를 목록으로 보기' },
  'builder.map_alt': {
    en: 'Map of {{kind}} districts, darker where more of your people live',
    ko: '{{kind}} 선거구 지도. 조건에 맞는 분이 많을수록 진합니다',
  },
  'builder.map_missing': {
    en: 'There is no map of these districts yet. Choose them from the list under “District”.',
    ko: '아직 이 선거구의 지도가 없습니다. ‘선거구’ 목록에서 골라 주세요.',
  },
  'builder.map_loading': { en: 'Drawing the map…', ko: '지도를 그리는 중…' },
  'builder.map_tiles': {
    en: 'One tile for each district, placed about as in reality.',
    ko: '선거구마다 한 칸이며, 위치는 실제와 비슷하게 놓았습니다.',
  },
  'builder.map_source': { en: 'Shapes: {{source}}, {{as_of}}', ko: '경계: {{source}}, {{as_of}}' },
  'builder.map_people': {
    en: { one: '{{district}}: {{count}} person', other: '{{district}}: {{count}} people' },
    ko: '{{district}}: {{count}}명',
  },
  'builder.map_people_share': {
    en: '{{district}}: {{people}} of {{voters}} voters, {{percent}}',
    ko: '{{district}}: 유권자 {{voters}}명 중 {{people}}명, {{percent}}',
  },
  'builder.map_no_shape': { en: '(no shape on the map)', ko: '(지도에 경계 없음)' },
  'builder.map_unplaced': {
    en: {
      one: '{{count}} person is in no district of this map. The list below says where.',
      other: '{{count}} people are in no district of this map. The list below says where.',
    },
    ko: '{{count}}명은 이 지도에 그려진 선거구에 없습니다. 어디인지는 아래 목록에 있습니다.',
  },
  'builder.map_none': { en: 'nobody', ko: '없음' },

  'builder.area': { en: 'By place', ko: '사는 곳으로 고르기' },
  'builder.area_lead': {
    en: 'Draw around a neighborhood, or choose everybody around an address. Election districts whose middle lies inside are taken whole.',
    ko: '동네를 둘러 그리거나, 어느 주소 둘레에 사는 분을 모두 고릅니다. 한가운데가 그 안에 든 투표구를 통째로 고릅니다.',
  },
  'builder.area_draw': { en: 'Draw on the map', ko: '지도에 그리기' },
  'builder.area_how': {
    en: 'Press each corner on the map, then the first one again or “Use this area”. By keyboard: arrow keys move the cross (faster with Shift), Enter sets a corner, Backspace takes the last one back, Escape stops.',
    ko: '지도에서 꼭짓점을 차례로 누르고, 처음 점을 다시 누르거나 ‘이 지역 쓰기’를 누르세요. 키보드로는 화살표로 십자를 옮기고(Shift를 누르면 빨리), Enter로 점을 찍고, Backspace로 마지막 점을 지우고, Esc로 그만둡니다.',
  },
  'builder.area_surface': {
    en: 'Drawing on the map: arrow keys move, Enter sets a corner',
    ko: '지도에 그리기: 화살표로 옮기고 Enter로 점을 찍습니다',
  },
  'builder.area_corners': {
    en: {
      one: '{{count}} corner; the cross is near {{district}}',
      other: '{{count}} corners; the cross is near {{district}}',
    },
    ko: '점 {{count}}개. 십자는 {{district}} 근처에 있습니다',
  },
  'builder.area_finish': { en: 'Use this area', ko: '이 지역 쓰기' },
  'builder.area_cancel': { en: 'Stop drawing', ko: '그리기 그만두기' },
  'builder.area_remove': { en: 'Remove the area', ko: '지역 지우기' },
  'builder.area_chosen': { en: 'An area with {{count}} corners', ko: '꼭짓점 {{count}}개인 지역' },
  'builder.area_chosen_around': { en: 'Everybody within {{meters}} m', ko: '둘레 {{meters}}m 안' },
  'builder.area_no_shapes': {
    en: 'These tiles lie nowhere, so nothing can be drawn on them. A steward loads real shapes under “Maps”.',
    ko: '칸으로 된 지도에는 실제 위치가 없어 그릴 수 없습니다. 시스템 관리자가 ‘지도’에서 실제 경계를 불러올 수 있습니다.',
  },
  'builder.area_address': { en: 'Around an address', ko: '주소 둘레' },
  'builder.area_distance': { en: 'How far', ko: '거리' },
  'builder.area_distance.400': { en: '¼ mile (400 m)', ko: '400m(¼마일)' },
  'builder.area_distance.800': { en: '½ mile (800 m)', ko: '800m(½마일)' },
  'builder.area_distance.1600': { en: '1 mile (1.6 km)', ko: '1.6km(1마일)' },
  'builder.area_distance.3200': { en: '2 miles (3.2 km)', ko: '3.2km(2마일)' },
  'builder.area_find': { en: 'Choose', ko: '고르기' },
  'builder.area_found': { en: 'Found: {{place}}', ko: '찾은 곳: {{place}}' },
  'builder.area_which': { en: 'Which one?', ko: '어느 곳인가요?' },
  'builder.area_not_found': {
    en: 'No voter is registered at that address. Write a house number and street, such as 136-20 38th Ave, or choose a neighbor’s.',
    ko: '그 주소에 등록된 유권자가 없습니다. 136-20 38th Ave처럼 번지와 거리를 쓰거나 이웃 주소로 찾아 보세요.',
  },
  'builder.area_no_map': {
    en: 'No map of election districts is loaded, so no address can be placed. A steward loads one under “Maps”.',
    ko: '투표구 지도를 불러오지 않아 주소의 위치를 알 수 없습니다. 시스템 관리자가 ‘지도’에서 불러올 수 있습니다.',
  },
  'builder.area_failed': {
    en: 'The address could not be looked up. Try again in a moment.',
    ko: '주소를 찾지 못했습니다. 잠시 뒤 다시 시도해 주세요.',
  },
  'builder.map_state': { en: 'State', ko: '주' },
  'builder.eds': { en: 'Election districts one by one', ko: '투표구 하나씩 고르기' },
  'builder.eds_of': { en: 'Of which district? ({{kind}})', ko: '어느 선거구의 투표구인가요?({{kind}})' },
  'builder.eds_choose': { en: 'Choose…', ko: '고르세요' },
  'builder.eds_list': { en: 'Election districts', ko: '투표구' },
  'builder.eds_one': { en: '{{ad}}/{{ed}}', ko: '{{ad}}/{{ed}}' },
  'builder.eds_none': {
    en: 'There is no map of these election districts. Write them instead: district:ed/40/1-12',
    ko: '이 투표구의 지도가 없습니다. 조건식에 district:ed/40/1-12처럼 쓰세요.',
  },
  'builder.eds_other_way': {
    en: 'Your expression names election districts in a way this list cannot show. Change it in the text.',
    ko: '조건식에 쓴 투표구는 이 목록으로 보여 드릴 수 없습니다. 조건식에서 고쳐 주세요.',
  },

  'builder.sample': { en: 'Twenty of them', ko: '이런 분들입니다(20명)' },
  'builder.sample_lead': {
    en: 'Chosen at random, the same each time. Looking at names is noted in the activity log.',
    ko: '무작위로 골랐고 다시 열어도 같은 분들입니다. 이름을 본 기록은 활동 기록에 남습니다.',
  },
  'builder.sample_waits': {
    en: 'The names follow when you stop for a moment.',
    ko: '잠시 멈추시면 이름이 나옵니다.',
  },
  'builder.age_unknown_short': { en: 'age not known', ko: '나이 모름' },

  'builder.save_title': { en: 'Save these voters', ko: '이 대상 저장' },
  'builder.save_lead': {
    en: 'Kept under a name, you can call them, mail them and compare them later.',
    ko: '이름을 붙여 두면 전화 캠페인, 우편 발송, 비교에 쓸 수 있습니다.',
  },
  'builder.kind': { en: 'Who stays in it', ko: '명단 유지 방식' },
  'builder.kind.live': { en: 'Live: whoever fits on the day', ko: '실시간: 쓰는 날 조건에 맞는 분' },
  'builder.kind.live_hint': {
    en: 'It looks anew every time it is used. People come in and go as records and contacts change.',
    ko: '쓸 때마다 다시 찾습니다. 등록 내용이나 연락 기록이 바뀌면 명단도 바뀝니다.',
  },
  'builder.kind.frozen': { en: 'Frozen: the people of this moment', ko: '고정: 지금 이 명단 그대로' },
  'builder.kind.frozen_hint': {
    en: 'It keeps the same people, to follow them through a campaign. You can refresh it or make it live later. Whoever must not be contacted is still left out on the day.',
    ko: '캠페인 내내 같은 분들을 봅니다. 나중에 새로 맞추거나 실시간으로 바꿀 수 있습니다. 연락하면 안 되는 분은 쓰는 날 다시 확인해서 뺍니다.',
  },
  'builder.save_wait': {
    en: 'Finish the expression first; then it can be saved.',
    ko: '조건식을 마저 고치시면 저장할 수 있습니다.',
  },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    targeting_builder: typeof builderMessages
  }
}
