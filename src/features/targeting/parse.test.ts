import fc from 'fast-check'
import { expect, test } from 'vitest'
import { translator } from '../../platform/i18n/messages.ts'
import './messages.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { problemSentence } from './problem.ts'
import { allTermsOf, districtKinds, furtherDistrictKinds, possessions, typedFields } from './schema.ts'
import { fieldWords, fold } from './words.ts'
import { comparisonsTyped, documentExamples, expressions, targetingDocument } from './testing.ts'

/** As typed, and as it is written back. */
test.each([
  ['', ''],
  ['   ', ''],
  [
    'community:korean>=0.8 status:active district:nyc-council/20,23 age:18-34 voted>=2/4 -contacted:14d language:ko',
    null,
  ],
  ['party:dem', null],
  ['attended:any', null],
  ['attended', 'attended:any'],
  ['-no-show', '-no-show:any'],
  ['attended:roundtable,social', null],
  ['attended:roundtable/90d', null],
  ['attended:roundtable>90d', null],
  ['attended:90d', null],
  ['attended>90d', null],
  ['attended:>90d', 'attended>90d'],
  ['attended:any/2026', 'attended:2026-01-01..2026-12-31'],
  ['attended:..2026-06', 'attended:..2026-06-30'],
  ['attended>=3:year', 'attended>=3:1y'],
  ['attended:any>=3:year', 'attended>=3:1y'],
  ['attended>2', 'attended>=3'],
  ['attended<2:90d', 'attended<=1:90d'],
  ['attended=0:2025', 'attended=0:2025-01-01..2025-12-31'],
  ['attended:roundtable,"Food pantry">=2:1y', null],
  ['attended:"roundtable"', 'attended:roundtable'],
  ['attended:food-pantry', 'attended:"food_pantry"'],
  ['attended:"food_pantry","Food pantry"', null],
  ['attended:forum', 'attended:leadership-forum'],
  ['attended:"forum",social/90d', null],
  ['attended:"social_2","training_2","meetings">=2', null],
  ['no-show:"포럼"', null],
  ['attended:"any"', null],
  ['hours:"90d">=3', null],
  ['attended:"leadership-forum"', 'attended:leadership-forum'],
  ['member:active/"students"', null],
  ['attended:"푸드 뱅크"/6m', null],
  ['attended:@k3x9a2bc,aaaaaaa1', null],
  ['signed-up:forum', 'signed-up:leadership-forum'],
  ['invited:forum/14d', 'invited:leadership-forum/14d'],
  ['초대:간담회>90일', 'invited:roundtable>90d'],
  ['invited>=2:year', 'invited>=2:1y'],
  ['invited:@k3x9a2bc', null],
  ['hosted:roundtable>90d', null],
  ['주최:간담회>90일', 'hosted:roundtable>90d'],
  ['hosted>=2:year', 'hosted>=2:1y'],
  ['partner:any', null],
  ['협력단체:"Flushing Church"', 'partner:"Flushing Church"'],
  ['cohort:any', null],
  ['cohort:accepted', 'cohort:any/accepted'],
  ['기수:수료', 'cohort:any/alumni'],
  ['cohort:"Alumni"', null],
  ['cohort:"Forum 2027"/applied,wait-listed', null],
  ['next-step:open,overdue', null],
  ['다음걸음:기한지남', 'next-step:overdue'],
  ['task:any', null],
  ['할일:완료', 'task:done'],
  ['참석:간담회>90일', 'attended:roundtable>90d'],
  ['노쇼:any>=2:년', 'no-show>=2:1y'],
  ['hours>=10:year', 'hours>=10:1y'],
  ['hours:service,canvass<5', 'hours:community-service,canvass<5'],
  ['봉사시간>=20:2026', 'hours>=20:2026-01-01..2026-12-31'],
  ['event:attended,no-show', null],
  ['stage:any', null],
  ['stage:leader,"Core member"', null],
  ['stage>="Core member"', null],
  ['stage:>="Core member"', 'stage>="Core member"'],
  ['단계>=회원', 'stage>=회원'],
  ['role:"Block captain"', null],
  ['committee:any', null],
  ['committee:Housing,"Voter registration"', null],
  ['위원회:주거위원회/위원장', 'committee:주거위원회/위원장'],
  ['chapter:any/Lead', null],
  ['지부:"퀸즈 지부"', 'chapter:"퀸즈 지부"'],
  ['board:"A/B"/"Vice chair","Chair, acting"', 'board:"A/B"/"Vice chair","Chair, acting"'],
  ['trained:any', null],
  ['delegated:host', 'delegated:host-phone-banks'],
  ['member:lapsed/student', null],
  ['member:any/"Friends of ours"', null],
  ['kind:student', 'member:active,grace/student'],
  ['회원종류:학생', 'member:active,grace/student'],
  ['member-since<2026', 'member-since:..2025-12-31'],
  ['dues:due,waived', null],
  ['회비:면제', 'dues:waived'],
  ['party:Democrat,REP', 'party:dem,rep'],
  ['정당:민주당 성별:여성 카운티:퀸즈', 'party:dem sex:F county:queens'],
  ['status:활성', 'status:active'],
  ['county:brooklyn,manhattan', 'county:kings,new-york'],
  ['county:퀸즈카운티', 'county:queens'],
  ['county:NJ-mercer,queens', null],
  ['주:뉴저지,"new york"', 'state:NJ,NY'],
  ['county:NY-brooklyn', 'county:NY-kings'],
  ['county:NC-Orange', 'county:NC-orange'],
  ['county:la-salle', null],
  ['district:congress/NC-12,3', null],
  ['선거구:연방하원/nj-07', 'district:congress/NJ-7'],
  ['age:18-34,65-', null],
  ['age >= 65', 'age:65-'],
  ['age<30', 'age:-29'],
  ['age:40', null],
  ['age<131', 'age:-130'],
  ['support<6', 'support:-5'],
  ['support>0', 'support:1-'],
  ['household>0', 'household:1-'],
  ['attempts<1', 'attempts:-0'],
  ['attempts>=999', 'attempts:999-'],
  ['attempts:phone/>998', 'attempts:phone/999-'],
  ['born<=1880', 'born:-1880'],
  ['registered:200y', null],
  ['registered<2999', 'registered:..2998-12-31'],
  ['age:>=65', 'age:65-'],
  ['born:1950..1965', 'born:1950-1965'],
  ['sex:f', 'sex:F'],
  ['sex:unknown', null],
  ['zip:11354-11358,11361', null],
  ['city:"Long Island City",Flushing', 'city:"long island city",flushing'],
  ['district:council/20', 'district:nyc-council/20'],
  ['district:ad/25-27', 'district:assembly/25-27'],
  ['district:주상원/16', 'district:senate/16'],
  ['district:ed/40/12', 'district:ed/40012'],
  ['district:ed/40/12,13', 'district:ed/40012,40013'],
  ['district:ed/40/1-12,20,41/3', 'district:ed/40001-40012,40020,41003'],
  ['district:ed/40/12-', 'district:ed/40012-40999'],
  ['district:ed/40/<=2', 'district:ed/40001-40002'],
  ['선거구:투표구/40/1~12', 'district:ed/40001-40012'],
  ['district:ed/40012-40020', null],
  ['district:school/"District 26"', null],
  ['district:school/24-26,28', null],
  ['district:school/24..26', 'district:school/24-26'],
  ['district:학군/26-', 'district:school/26-'],
  ['district:civil-court/>=5', 'district:civil-court/5-'],
  ['district:precinct/025', 'district:precinct/25'],
  ['district:precinct/"025"', null],
  ['district:precinct/01-07', 'district:precinct/"01-07"'],
  ['district:precinct/"12-20",12-20', null],
  ['district:municipality/winston-salem', null],
  ['district:town/"Town 1/2"', null],
  ['voted:2024-general', null],
  ['voted:2024-본선거', 'voted:2024-general'],
  ['voted:general-2024,primary-2025', 'voted:2024-general,2025-primary'],
  ['voted:2022-08-23', null],
  ['voted>=3/4:general', null],
  ['voted:2/4', 'voted>=2/4'],
  ['voted=0/4', null],
  ['registered:6m', null],
  ['registered:6개월', 'registered:6m'],
  ['registered:2024', 'registered:2024-01-01..2024-12-31'],
  ['registered:2024-02', 'registered:2024-02-01..2024-02-29'],
  ['registered>=2024-10-01', 'registered:2024-10-01..'],
  ['registered<2024', 'registered:..2023-12-31'],
  ['registered>2y', null],
  ['registered:..2024-05-05', null],
  ['phone:mobile', null],
  ['phone:718-555-0100', 'phone:7185550100'],
  ['phone:any', null],
  ['language:한국어,Korean,en', 'language:ko,en'],
  ['community:한인', 'community:korean>=0.5'],
  ['community:korean,chinese>80%', 'community:korean,chinese>0.8'],
  ['community:south_asian<.2', 'community:south-asian<0.2'],
  ['tag:volunteer,봉사자', null],
  ['contacted', 'contacted:ever'],
  ['-contacted:14일', '-contacted:14d'],
  ['contacted>30d', null],
  ['contacted:phone/2w', null],
  ['reached:phone', null],
  ['result:phone/no-answer,refused', null],
  ['result:phone/refused/30d', null],
  ['result:refused,moved/2024-10-01..2024-10-31', null],
  ['결과:전화/refused/30일@"Fall calls"', 'result:phone/refused/30d@"Fall calls"'],
  ['result:No_Answer', 'result:no-answer'],
  ['attempts<3', 'attempts:-2'],
  ['support:1-2', null],
  ['answer:housing=tenant,owner', null],
  ['answer:housing="pays rent"', null],
  ['answer:housing', null],
  ['answer:rent>=1500', null],
  ['answer:rent<1500.50', null],
  ['answer:rent=1000..2000', null],
  ['answer:rent=1000..', 'answer:rent>=1000'],
  ['answer:rent="1..2"', null],
  ['answer:plan="a@b"', null],
  ['field:occupation=nurse,"home aide"', null],
  ['-field:balance=-10..-0.5', null],
  ['field:Moved-In>=2020-02-29', 'field:moved_in>=2020-02-29'],
  ['항목:occupation', 'field:occupation'],
  ['first:grace last:kim', null],
  ['성:김 first:영희', 'last:김 first:영희'],
  ['first:"soo jin"', null],
  ['middle:j last:kim', null],
  ['중간이름:수', 'middle:수'],
  ['middle-name:"Soo Jin"', 'middle:"Soo Jin"'],
  ['suffix:jr.,3', 'suffix:Jr,III'],
  ['접미사:any', 'suffix:any'],
  ['street:"Northern Blvd."', 'street:"northern blvd"'],
  ['street:broadway,"northern blvd"/136-01..138-99/odd', null],
  ['street:broadway/12', null],
  ['street:broadway/100..', null],
  ['street:broadway/짝수', 'street:broadway/even'],
  ['borough:brooklyn', 'county:kings'],
  ['borough:nyc', 'county:bronx,kings,new-york,queens,richmond'],
  ['born:1960-03-15', 'born:1960-03-15..1960-03-15'],
  ['born:1960-02', 'born:1960-02-01..1960-02-29'],
  ['born:..1960-02-28', null],
  ['born>=1960-03-01', 'born:1960-03-01..'],
  ['birthday:3', null],
  ['birthday:march,11월', 'birthday:3,11'],
  ['birthday:2', null],
  ['birthday:02-29', null],
  ['생일:12-20..01-05', 'birthday:12-20..01-05'],
  ['birthday:3..5', 'birthday:03-01..05-31'],
  ['registered-by:dmv,우편', 'registered-by:dmv,mail'],
  ['source:CBOE', 'registered-by:board'],
  ['유권자번호:대기,주명부에없음', 'state-id:waiting,unmatched'],
  ['-voter-id:waiting', '-state-id:waiting'],
  ['party:dem,rep@2024-06-25', null],
  ['voted:primary', null],
  ['voted:primary/dem', null],
  ['voted:2023-primary,2025-primary/dem,wor', null],
  ['voted:ever', 'last-voted:ever'],
  ['skipped:2024-general', null],
  ['skipped>=2/4:general', null],
  ['skipped:2/4', 'skipped>=2/4'],
  ['last-voted>4y', null],
  ['method:mail', null],
  ['method:absentee,사전투표/2024-general,2022-general', 'method:mail,early/2024-general,2022-general'],
  ['triple-prime', 'voted>=3/3:primary'],
  ['Triple Prime', 'voted>=3/3:primary'],
  ['-double prime', '-voted>=2/3:primary'],
  ['prime age:65-', 'voted>=1/3:primary age:65-'],
  ['name:prime', 'name:prime'],
  ['supervoter', 'voted>=4/4'],
  ['never-voted', '-last-voted:ever'],
  ['-never-voted', '--last-voted:ever'],
  ['first-time party:dem', '-last-voted:ever -skipped>=1/1:general party:dem'],
  ['-첫투표', '-(-last-voted:ever -skipped>=1/1:general)'],
  ['newly-registered', 'registered:1y'],
  ['speaks:한국어', 'speaks:ko'],
  ['last-contact>30d', null],
  ['last-contact:phone/2024', 'last-contact:phone/2024-01-01..2024-12-31'],
  ['attempts:phone/1-2', null],
  ['attempts:phone/<3', 'attempts:phone/-2'],
  ['result:phone/refused@"Fall calls"', null],
  ['result:refused,moved@"Fall calls",spring', null],
  ['contacted:phone/14d@"가을 전화"', null],
  ['contacted:ever@spring', null],
  ['-연락@"Fall calls",spring', '-contacted:ever@"Fall calls",spring'],
  ['attempts<3@spring', 'attempts:-2@spring'],
  ['support:1-2@spring answer:housing=tenant@"Fall calls"', null],
  ['contacted:걸려온전화/14d', 'contacted:inbound-phone/14d'],
  ['related:spouse', null],
  ['related:any', null],
  ['consent:text', null],
  ['consent:yes/sms', 'consent:text'],
  ['-consent:refused/email,post', null],
  ['동의:모름/문자', 'consent:unknown/text'],
  ['member:active', null],
  ['회원:정회원,만료', 'member:active,lapsed'],
  ['member:any', null],
  ['has:mail', null],
  ['household:(party:dem age:65-)', null],
  ['-household:( 정당:민주당 or age:65- )', '-household:(party:dem or age:65-)'],
  ['household:(household:2-)', null],
  ['sample:10%', null],
  ['표본:2.5%@Fall', 'sample:2.5%@fall'],
  ['sample:10%@"fall 2026"', null],
  ['split:a/2', 'split:A/2'],
  ['split:B,A/3@fall', 'split:A,B/3@fall'],
  ['household:2-4', null],
  ['has:phone,email', null],
  ['suppressed:dnc', 'suppressed:do-not-call'],
  ['in:"Flushing tenants"', null],
  ['in:"플러싱 세입자"', null],
  ['Kim', 'Kim'],
  ['김영희', null],
  ['"Kim Young"', 'name:"Kim Young"'],
  ['김영희'.normalize('NFD'), '김영희'],
  ['St.John', null],
  ["O'Neil min-jun", null],
  ['name:kim,lee', null],
  ['party:dem or party:rep', null],
  ['party:dem OR age:18', 'party:dem or age:18'],
  ['party:dem and age:18', 'party:dem age:18'],
  ['(party:dem or party:wor) age:18-', null],
  ['not party:dem', '-party:dem'],
  ['not (party:dem age:18)', '-(party:dem age:18)'],
  ['-(party:dem or age:18)', null],
  ['not not party:dem', '--party:dem'],
  ['((party:dem))', 'party:dem'],
  ['party:dem 또는 (age:18 그리고 sex:여)', 'party:dem or age:18 sex:F'],
  ['정당：민주당　나이：１８～３４', 'party:dem age:18-34'],
  ['district:school/20–23', 'district:school/20-23'],
  ['street:"38 ave"/136–20..138—20 registered:2024−06−01..', 'street:"38 ave"/136-20..138-20 registered:2024-06-01..'],
  ['age:18–34 –party:dem zip:11354–11358', 'age:18-34 -party:dem zip:11354-11358'],
  ['age:65+', 'age:65-'],
  ['나이:18세-34세,65세이상', 'age:18-34,65-'],
  ['나이:34이하', 'age:-34'],
  ['나이:65세 이상 정당:무소속', 'age:65- party:none'],
  ['나이:30대,70 이상', 'age:30-39,70-'],
  ['선거구:시의원/20', 'district:nyc-council/20'],
  ['triple prime voters party:dem', 'voted>=3/3:primary party:dem'],
  ['prime voters', 'voted>=1/3:primary'],
  ['super voters', 'voted>=4/4'],
  ['first time voters', '-last-voted:ever -skipped>=1/1:general'],
  ['in:"a：b"', null],
  ['name:"Ｋ"', null],
  ['도시:플러싱,"롱아일랜드 시티"', 'city:flushing,"long island city"'],
  ['트리플 프라임 정당:민주', 'voted>=3/3:primary party:dem'],
  ['투표한 적 없음', '-last-voted:ever'],
  ['first time voter', '-last-voted:ever -skipped>=1/1:general'],
  ['name:first time', null],
  ['연락:있음', 'contacted:ever'],
])('%s', (typed, written) => {
  const parsed = parse(typed)
  expect(parsed).toMatchObject({ ok: true })
  if (parsed.ok) expect(print(parsed.expression)).toBe(written ?? typed)
})

/** What is refused, the characters pointed at, and the word suggested. */
test.each([
  ['partie:dem', 'unknown_field', 'partie', 'party'],
  ['commnity:korean', 'unknown_field', 'commnity', 'community'],
  ['party:dme', 'unknown_value', 'dme', 'dem'],
  ['attended:roundtabel', 'unknown_value', 'roundtabel', 'roundtable'],
  ['attended:roundtable>90d,social', 'unknown_value', 'roundtable>90d', null],
  ['attended:social,trainig/90d', 'unknown_value', 'trainig', 'training'],
  ['참석:간담희', 'unknown_value', '간담희', '간담회'],
  ['attended:roundtable/soon', 'bad_date', 'soon', null],
  ['attended:roundtable>=3:soon', 'bad_date', 'soon', null],
  ['attended:roundtable>=3:>90d', 'bad_date', '>90d', null],
  ['attended:3', 'bad_number', '3', null],
  ['attended<0', 'bad_number', '0', null],
  ['attended>=roundtable', 'bad_number', 'roundtable', null],
  ['attended:@K3', 'unknown_value', 'K3', null],
  ['attended:roundtable@k3x9a2bc', 'unexpected', 'roundtable', null],
  ['hours:10', 'bad_number', '10', null],
  ['hours:service', 'bad_number', 'service', null],
  ['hours>=10:forever', 'bad_date', 'forever', null],
  ['stage>=any', 'unknown_value', 'any', null],
  ['delegated:hots', 'unknown_value', 'hots', 'host'],
  ['member:lapsed/studnet', 'unknown_value', 'studnet', 'student'],
  ['dues:waved', 'unknown_value', 'waved', 'waived'],
  ['age:18 Party: dem', 'missing_value', 'Party: dem', 'Party:dem'],
  ['party: or age:18', 'missing_value', ' ', null],
  ['party in (DEM,REP)', 'unexpected', 'party in (DEM,REP)', 'party:DEM,REP'],
  [
    "county not in ('Queens', 'New York')",
    'unexpected',
    "county not in ('Queens', 'New York')",
    '-county:Queens,"New York"',
  ],
  ['(age between 18 and 30) party:dem', 'unexpected', 'age between 18 and 30', 'age:18-30'],
  ['party is dem', 'unexpected', 'party is dem', 'party:dem'],
  ['party is not dem', 'unexpected', 'party is not dem', '-party:dem'],
  ['name like kim', 'unexpected', 'name like kim', 'name:kim'],
  ["name like '%kim%'", 'unexpected', "name like '%kim%'", 'name:kim'],
  ["county is 'New York'", 'unexpected', "county is 'New York'", 'county:"New York"'],
  ['party is not null', 'unexpected', 'party is not null', null],
  ['party:dem & age:18', 'unexpected', '&', 'and'],
  ['party:dem | party:rep', 'unexpected', '|', 'or'],
  ['age:18 - party:dem', 'unexpected', '- party:dem', '-party:dem'],
  ['party:democrta', 'unknown_value', 'democrta', 'democrat'],
  ['age:18 party:xyzzy', 'unknown_value', 'xyzzy', null],
  ['정당:민주단', 'unknown_value', '민주단', '민주당'],
  ['county:quens', 'unknown_value', 'quens', 'queens'],
  ['county:NJ-1', 'unknown_value', 'NJ-1', null],
  ['district:congress/NJ-0', 'bad_number', 'NJ-0', null],
  ['district:congress/NJ-1-3', 'bad_number', 'NJ-1-3', null],
  ['district:counsil/20', 'unknown_value', 'counsil', 'council'],
  ['district:20', 'unknown_value', '20', null],
  ['district:nyc-council', 'missing_value', 'l', null],
  ['district:nyc-council/abc', 'bad_number', 'abc', null],
  ['district:nyc-council/20,1000', 'bad_number', '1000', null],
  ['district:school/20?', 'bad_number', '?', null],
  ['district:school/20..x', 'bad_number', '..', null],
  ['district:precinct/30-20', 'bad_range', '30-20', '20-30'],
  ['district:ward/<x', 'bad_number', '<', null],
  ['district:ed/12', 'bad_number', '12', null],
  ['district:ed/40/x', 'bad_number', 'x', null],
  ['district:ed/40/12,x', 'bad_number', 'x', null],
  ['district:ed/a/12', 'bad_number', 'a', null],
  ['district:ed/40/12,', 'missing_value', ',', null],
  ['age:abc', 'bad_number', 'abc', null],
  ['age:34-18', 'bad_range', '34-18', '18-34'],
  ['age:200', 'bad_number', '200', null],
  ['age:', 'missing_value', ':', null],
  ['party:dem,', 'missing_value', ',', null],
  ['support:7', 'bad_number', '7', null],
  ['support>5', 'bad_number', '5', null],
  ['support<1', 'bad_number', '1', null],
  ['household<1', 'bad_number', '1', null],
  ['household>999', 'bad_number', '999', null],
  ['attempts<0', 'bad_number', '0', null],
  ['attempts>999', 'bad_number', '999', null],
  ['attempts:phone/<0', 'bad_number', '0', null],
  ['age<0', 'bad_number', '0', null],
  ['age:<0', 'bad_number', '0', null],
  ['age>130', 'bad_number', '130', null],
  ['born>2100', 'bad_birth_year', '2100', null],
  ['born<1880', 'bad_birth_year', '1880', null],
  ['contacted:never', 'bad_date', 'contacted:never', '-contacted'],
  ['voted:never', 'bad_election', 'voted:never', 'never-voted'],
  ['투표:없음', 'bad_election', '투표:없음', 'never-voted'],
  ['party:dem -voted:never', 'bad_election', '-voted:never', 'last-voted:ever'],
  ['has:mobile', 'unknown_value', 'has:mobile', 'phone:mobile'],
  ['-has:cell', 'unknown_value', '-has:cell', '-phone:cell'],
  ['party:dem reached:never', 'bad_date', 'reached:never', '-reached'],
  ['-contacted:never', 'bad_date', '-contacted:never', 'contacted'],
  ['party:dem not contacted:없음', 'bad_date', 'not contacted:없음', 'contacted'],
  ['-(contacted:never sex:F)', 'bad_date', 'contacted:never', '-contacted'],
  ['--contacted:never', 'bad_date', '-contacted:never', 'contacted'],
  ['registered:0000', 'bad_date', '0000', null],
  ['registered>2999', 'bad_date', '2999', null],
  ['registered:2024y', 'bad_date', '2024y', null],
  ['born>9999-12-31', 'bad_date', '9999-12-31', null],
  ['voted:2024', 'bad_election', '2024', null],
  ['voted:2024-genral', 'unknown_value', 'genral', 'general'],
  ['voted>=5/4', 'bad_turnout', '5/4', null],
  ['voted>=2024-general', 'bad_turnout', '2024-general', null],
  ['registered:yesterday', 'bad_date', 'yesterday', null],
  ['registered:2024-02-30', 'bad_date', '2024-02-30', null],
  ['registered:2025..2024', 'bad_range', '2025..2024', '2024..2025'],
  ['community:korean>=8', 'bad_share', '8', null],
  ['community:koraen>=0.8', 'unknown_value', 'koraen', 'korean'],
  ['party>=dem', 'comparison', '>=', null],
  ['answer:=tenant', 'bad_answer', '=tenant', null],
  ['answer:housing=2..1', 'bad_range', '2..1', '1..2'],
  ['answer:rent>=cheap', 'bad_number', 'cheap', null],
  ['field:직업=간호사', 'bad_own_field', '직업', null],
  ['field:moved_in>=2023-02-29', 'bad_number', '2023-02-29', null],
  ['street:"..."', 'unknown_value', '"..."', null],
  ['street:broadway/main', 'bad_house_number', 'main', null],
  ['street:broadway/200..100', 'bad_range', '200..100', '100..200'],
  ['birthday:13', 'bad_birthday', '13', null],
  ['birthday:02-30', 'bad_birthday', '02-30', null],
  ['born:14d', 'bad_number', '14d', null],
  ['born:65', 'bad_birth_year', '65', null],
  ['born:1850-1860', 'bad_birth_year', '1850-1860', null],
  ['born>=20001', 'bad_birth_year', '20001', null],
  ['party:dem@someday', 'bad_date', 'someday', null],
  ['voted:2025-primary/dme', 'unknown_value', 'dme', 'dem'],
  ['voted:genral', 'bad_election', 'genral', 'general'],
  ['method:mial', 'unknown_value', 'mial', 'mail'],
  ['투표방법:우펀', 'unknown_value', '우펀', '우편'],
  ['skipped>=5/4', 'bad_turnout', '5/4', null],
  ['contacted:14d@', 'no_phone_bank', '@', null],
  ['result:refused@"Fall calls', 'unclosed_quote', '"', null],
  ['suffix:the-younger', 'unknown_value', 'the-younger', null],
  ['attempts:fone/2', 'unknown_value', 'fone', 'phone'],
  ['consent:txt', 'unknown_value', 'txt', 'text'],
  ['consent:gvien/text', 'unknown_value', 'gvien', 'given'],
  ['member:actve', 'unknown_value', 'actve', 'active'],
  ['household:(age:65- household:(sex:F))', 'nested_household', 'household:', null],
  ['household:(party:dem', 'unclosed_parenthesis', '(', null],
  ['household:()', 'dangling', ')', null],
  ['party/dem', 'unexpected', '/', null],
  ['kim@home', 'unexpected', '@', null],
  ['kim\u200b', 'unexpected', '\u200b', null],
  ['sample:500', 'bad_sample', '500', null],
  ['sample:0%', 'bad_sample', '0%', null],
  ['sample:10%@', 'bad_sample', '@', null],
  ['split:C/2', 'bad_split', 'C', null],
  ['split:A', 'bad_split', 'A', null],
  ['split:A/1', 'bad_split', '1', null],
  ['result:no_anwser', 'unknown_value', 'no_anwser', 'no-answer'],
  ['(party:dem', 'unclosed_parenthesis', '(', null],
  ['party:dem)', 'unexpected', ')', null],
  ['tag:"no end', 'unclosed_quote', '"', null],
  ['party:dem or', 'dangling', 'or', null],
  ['party:dem 또는', 'dangling', '또는', null],
  ['party:dem or or sex:F', 'dangling', 'or', null],
  ['(party:dem or)', 'dangling', 'or', null],
  ['or party:dem', 'dangling', 'or', null],
  ['party:dem and', 'dangling', 'and', null],
  ['and party:dem', 'dangling', 'and', null],
  ['not', 'dangling', 'not', null],
  ['()', 'dangling', ')', null],
  ['zip:1135', 'unknown_value', '1135', null],
  ['state:New', 'unknown_value', 'New', null],
  ['name:', 'missing_value', ':', null],
  ['name>=kim', 'comparison', '>=', null],
  ['name:"kim', 'unclosed_quote', '"', null],
  ['status:actve', 'unknown_value', 'actve', 'active'],
  ['상태:활셩', 'unknown_value', '활셩', '활성'],
  ['status:', 'missing_value', ':', null],
  ['sex:feminine', 'unknown_value', 'feminine', null],
  ['sex:femal', 'unknown_value', 'femal', 'female'],
  ['phone:moblie', 'unknown_value', 'moblie', 'mobile'],
  ['phone:71', 'unknown_value', '71', null],
  ['language:xx', 'unknown_value', 'xx', null],
  ['language:koraen', 'unknown_value', 'koraen', 'korean'],
  ['language:ke', 'unknown_value', 'ke', 'ko'],
  ['speaks:xq', 'unknown_value', 'xq', null],
  ['contacted:tomorrow', 'bad_date', 'tomorrow', null],
  ['contacted:2026-13', 'bad_date', '2026-13', null],
  ['contacted:14x', 'bad_date', '14x', null],
  ['contacted:11/03/2026', 'bad_date', '11/03/2026', null],
  ['contacted:phone/14x', 'bad_date', '14x', null],
  ['contacted:fone/14d', 'unknown_value', 'fone', 'phone'],
  ['reached:emial/2w', 'unknown_value', 'emial', 'email'],
])('%s is refused: %s at "%s"', (typed, code, pointed, suggestion) => {
  const parsed = parse(typed)
  expect(parsed.ok).toBe(false)
  if (parsed.ok) return
  const { problem } = parsed
  expect([problem.code, typed.slice(problem.at, problem.at + problem.length), problem.suggestion]).toEqual([
    code,
    pointed,
    suggestion,
  ])
})

test('what could stand there is said in the script of what was typed', () => {
  expect(parse('성별:몰라')).toMatchObject({ problem: { expected: ['여', '남', '제3', '모름'] } })
  expect(parse('출생연도:65')).toMatchObject({
    problem: { expected: expect.arrayContaining(['나이:18-34', '나이:65-']) },
  })
  expect(parse('sex:what')).toMatchObject({ problem: { expected: ['F', 'M', 'X', 'unknown'] } })
  expect(parse('아무:말')).toMatchObject({ problem: { expected: expect.arrayContaining(['정당:', '나이:']) } })
})

test('what is written is read back as the same tree', () => {
  fc.assert(
    fc.property(expressions(), (expression) => {
      const text = print(expression)
      expect(parse(text)).toEqual({ ok: true, expression })
    }),
    { numRuns: 2000 },
  )
})

test('a name that is a word as well keeps whether its field was written', () => {
  const printed = (text: string): string => {
    const parsed = parse(text)
    return parsed.ok ? print(parsed.expression) : parsed.problem.code
  }
  for (const same of ['korean', 'name:korean', '한인', 'name:민주당', 'kim', 'name:korean,kim', 'name:first'])
    expect(printed(same)).toBe(same)
  expect(printed('"korean"')).toBe('name:korean')
  // It could begin "first time voter", so that it is no bare name, whatever it is read from.
  expect(parse('first')).toEqual(parse('name:first'))
  expect(printed('name:kim')).toBe('kim')
})

test('an impossible comparison says what is possible', () => {
  const expected = (text: string): string[] => {
    const parsed = parse(text)
    return parsed.ok ? [] : parsed.problem.expected
  }
  expect(expected('support>5')).toEqual(['1-4'])
  expect(expected('support<1')).toEqual(['2-5'])
  expect(expected('age>130')).toEqual(['0-129'])
  expect(expected('attempts<0')).toEqual(['1-999'])
})

test('a comparison at or beyond the limits is read back the same, or refused at its number', () => {
  fc.assert(
    fc.property(comparisonsTyped(), ({ text, bound }) => {
      const parsed = parse(text)
      if (parsed.ok) expect(parse(print(parsed.expression))).toEqual(parsed)
      else expect(text.slice(parsed.problem.at, parsed.problem.at + parsed.problem.length)).toBe(bound)
    }),
    { numRuns: 3000 },
  )
})

test('no text whatever takes the reader down, and every problem lies inside the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .array(
            fc.constantFrom(
              '(',
              ')',
              '-',
              'or',
              'and',
              'not',
              'age:',
              '18',
              '"',
              ',',
              ' ',
              'party:dem',
              'voted>=',
              '2/4',
              ':',
              'community:korean>=',
            ),
            { maxLength: 12 },
          )
          .map((parts) => parts.join('')),
      ),
      (text) => {
        const parsed = parse(text)
        if (!parsed.ok) {
          expect(parsed.problem.at).toBeGreaterThanOrEqual(0)
          expect(parsed.problem.at).toBeLessThanOrEqual(text.length)
        } else expect(parse(print(parsed.expression))).toEqual(parsed)
      },
    ),
    { numRuns: 3000 },
  )
})

test('a thousand parentheses are refused, not a crash', () => {
  expect(parse('('.repeat(1000))).toMatchObject({ ok: false, problem: { code: 'too_deep' } })
})

/** Pieces that have taken readers down: jamo, characters without width, turned direction, lone surrogates, quotes, signs. */
const pieces = [
  'ㄱ', 'ㅏ', '\u1100', '\u1161', '\u11a8', '\u200b', '\u200d', '\ufeff', '\u202e', '\u2066', 'א', 'ب', '\ud800', '\udfff', '𝒦', '\0',
  '"', '“', '”', "'", '(', ')', ',', ':', '/', '@', '=', '>', '<', '>=', '-', '--', '..', '%', ' ', '\n', '\u3000',
  'household:(', 'party:', 'dem', 'street:', 'answer:q', 'field:a=', 'split:A/2', 'sample:', '10%', 'birthday:', '02-30', 'or ', 'not ', '또는 ', 'prime', 'voted>=', '2/4', 'in:', '@"x"', '9'.repeat(40), '2024-02-30', '정당:',
] // prettier-ignore

test('hostile pieces in any order end in a tree or a problem inside the text, which is read back the same', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (list) => {
      const text = list.join('')
      const parsed = parse(text)
      if (parsed.ok) {
        const again = parse(print(parsed.expression))
        expect(again).toEqual(parsed)
      } else {
        const { at, length } = parsed.problem
        expect(at).toBeGreaterThanOrEqual(0)
        expect(length).toBeGreaterThan(0)
        expect(at).toBeLessThanOrEqual(text.length)
      }
    }),
    { numRuns: 5000 },
  )
})

test.each([
  ['four thousand letters', 'a'.repeat(4000)],
  ['four thousand letters of a value', `party:${'ㅁ'.repeat(4000)}`],
  ['a list of two thousand', `tag:${'a,'.repeat(2000)}b`],
  ['a thousand terms', 'party:dem '.repeat(1000)],
  ['a thousand households', 'household:('.repeat(1000)],
  ['a thousand minuses', '-'.repeat(1000)],
  ['a thousand nots', 'not '.repeat(1000)],
  ['a thousand quotes', '"'.repeat(1000)],
  ['a thousand alternations in a street', `street:"${'(a+)+'.repeat(11)}"`],
  ['a megabyte', 'x '.repeat(500_000)],
])('%s is read or refused at once', (_, text) => {
  const began = performance.now()
  const parsed = parse(text)
  if (parsed.ok) expect(parse(print(parsed.expression))).toEqual(parsed)
  // Generous: the machine may be busy. What is meant is that nothing grows with the square of the text.
  expect(performance.now() - began).toBeLessThan(2000)
})

const examples = documentExamples()

test('every example of the document can be read, and reads as what is written back', () => {
  expect(examples.length).toBeGreaterThan(100)
  const wrong = examples.filter((text) => {
    const parsed = parse(text)
    return !parsed.ok || print(parsed.expression) !== print(expressionOf(print(parsed.expression)))
  })
  expect(wrong).toEqual([])
})

const expressionOf = (text: string) => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.code}`)
  return parsed.expression
}

test('the document shows the answer a slip of the finger gets', () => {
  const typed = 'age:18- party:dme'
  const parsed = parse(typed)
  if (parsed.ok) throw new Error(`${typed} can be read`)
  const [said, ...rest] = problemSentence(translator('en'), parsed.problem)
  expect(targetingDocument()).toContain(
    `hanpyo: ${[said, ...rest].join(' ')}\n      ${typed}\n      ${' '.repeat(parsed.problem.at)}${'^'.repeat(parsed.problem.length)}\n`,
  )
})

test('the document has an example of every kind of district and of everything one can have', () => {
  const terms = examples.flatMap((text) => [...allTermsOf(expressionOf(text))])
  const kinds = new Set(terms.flatMap((term) => (term.field === 'district' ? [term.kind] : [])))
  expect([...districtKinds, ...furtherDistrictKinds].filter((kind) => !kinds.has(kind))).toEqual([])
  const had = new Set(terms.flatMap((term) => (term.field === 'has' ? term.values : [])))
  expect(possessions.filter((what) => !had.has(what))).toEqual([])
})

test('the document names every other word for a field, and no word that is none', () => {
  const [, part = ''] = /## Other words for the fields\n([^]*?)\n## /.exec(targetingDocument()) ?? []
  const said = [...part.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].flatMap(([, field = '', also = '']) =>
    [...also.matchAll(/`([^`]+)`/g)].map(([, word = '']) => `${word} ${field}`),
  )
  const known = [...fieldWords].filter(([word, field]) => word !== field).map(([word, field]) => `${word} ${field}`)
  expect(said.sort()).toEqual(known.sort())
})

test('the document has an example of every field', () => {
  const typed = new Set(
    examples.flatMap((text) =>
      [...text.matchAll(/([\p{L}-]+?)(?:>=|<=|[:<>=(])/gu)].map(([, word = '']) =>
        fieldWords.get(fold(word.replace(/^-+/, ''))),
      ),
    ),
  )
  expect(typedFields.filter((field) => !typed.has(field))).toEqual([])
})

test.each([
  ['age:18~34', 'age:18-34'],
  ['age:18..34', 'age:18-34'],
  ['city:“long island city”', 'city:"long island city"'],
  ['contacted', 'contacted:ever'],
  ['-reached', '-reached:ever'],
  ['triple prime age:65-', 'voted>=3/3:primary age:65-'],
])('%s is %s, as the document says', (typed, written) => {
  expect(examples.some((each) => each.includes(typed)) || typed.startsWith('age:')).toBe(true)
  expect([...allTermsOf(expressionOf(typed))].length).toBeGreaterThan(0)
  expect(print(expressionOf(typed))).toBe(written)
})
