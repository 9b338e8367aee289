import type { PublicLanguage } from '../../platform/i18n/languages.ts'

/**
 * Elections of New York 2025-2028 with the days that count, one row each. All dates 'YYYY-MM-DD'.
 *
 * Sources: Election Law 8-100 (election days), 8-600 (early voting: from the 10th to the 2nd day before), 5-210
 * (registration received by the 10th day before), 5-208 (address change by the 15th), 8-400 and 8-700 (mail ballots: asked
 * for by the 10th day before, in person until the day before), 8-412 and title VII of article 8 (postmarked by the day and
 * received within 7 days), City Charter 25 (a seat of the Council: the mayor proclaims the day), 5-304
 * (change of party by 14 February). Past days checked against the calendars of the State Board of Elections; those to
 * come follow from the statute and may be moved by the Legislature. Checked on `checked_on`. The presidential primary of 2028
 * is not set yet and therefore not here.
 */
export interface ScheduledElection {
  /** As targeting names it: '2026-general'. */
  name: string
  kind: 'general' | 'primary' | 'special'
  /** The whole state; 'nyc' and a council district for a special election. */
  place: string
  held_on: string
  early_voting: { from: string; to: string }
  register_by: string
  change_address_by: string
  change_party_by: string | null
  ask_for_mail_ballot_by: string
  ask_for_mail_ballot_in_person_by: string
  /** Also the last day to drop it off, until 9 p.m. */
  postmark_by: string
  mail_ballot_arrives_by: string
  offices: Record<PublicLanguage, string>
  /** False: computed from the statute, not announced yet. */
  is_confirmed: boolean
}

/** The day the rows were last held against their sources. */
export const checked_on = '2026-11-23'

/** Sections of the Election Law that set each day. */
const sections = {
  change_party_by: '§ 5-304',
  change_address_by: '§ 5-208',
  register_by: '§ 5-210',
  ask_for_mail_ballot_by: '§§ 8-400, 8-700',
  early_voting: '§ 8-600',
  ask_for_mail_ballot_in_person_by: '§§ 8-400, 8-700',
  held_on: '§ 8-100',
  postmark_by: '§ 8-412; art. 8, title VII',
  mail_ballot_arrives_by: '§ 8-412; art. 8, title VII',
} as const
export type ElectionDay = keyof typeof sections

/** Where a day is set: a section of the Election Law, or of what calls this election. */
export const lawOf = ({ place }: ScheduledElection, day: ElectionDay): { law: 'state' | 'city'; section: string } =>
  day === 'held_on' && place.startsWith('nyc-council')
    ? { law: 'city', section: '§ 25' } // by the mayor's proclamation
    : { law: 'state', section: sections[day] }

export const newYorkCalendar: readonly ScheduledElection[] = [
  row('2025-primary', '2025-06-24', ['2025-06-14', '2025-06-22', '2025-06-14', '2025-06-09', '2025-06-14', '2025-06-23', '2025-06-24', '2025-07-01'], '2025-02-14', true, {
    en: 'Mayor and all city offices (ranked choice)',
    ko: '시장과 시 선출직 전체(순위선택투표)',
    zh: '市長及所有市級公職(排名選擇投票)',
    es: 'Alcalde y todos los cargos de la ciudad (votación por orden de preferencia)',
  }),
  row('2025-general', '2025-11-04', ['2025-10-25', '2025-11-02', '2025-10-25', '2025-10-20', '2025-10-25', '2025-11-03', '2025-11-04', '2025-11-11'], null, true, {
    en: 'Mayor and all city offices, district attorneys',
    ko: '시장과 시 선출직 전체, 검사장',
    zh: '市長及所有市級公職、地區檢察官',
    es: 'Alcalde y todos los cargos de la ciudad, fiscales de distrito',
  }),
  row('2026-special', '2026-04-28', ['2026-04-18', '2026-04-26', '2026-04-18', '2026-04-13', '2026-04-18', '2026-04-27', '2026-04-28', '2026-05-05'], null, true, {
    en: 'City Council, district 3 (ranked choice)',
    ko: '시의회 3선거구(순위선택투표)',
    zh: '市議會第 3 選區(排名選擇投票)',
    es: 'Concejo Municipal, distrito 3 (votación por orden de preferencia)',
  }, 'nyc-council/3'),
  row('2026-primary', '2026-06-23', ['2026-06-13', '2026-06-21', '2026-06-13', '2026-06-08', '2026-06-13', '2026-06-22', '2026-06-23', '2026-06-30'], '2026-02-14', true, {
    en: 'Governor and state offices, Congress, State Senate, Assembly',
    ko: '주지사와 주 선출직, 연방의회, 주상원, 주하원',
    zh: '州長及州級公職、聯邦國會、州參議院、州眾議院',
    es: 'Gobernador y cargos estatales, Congreso, Senado estatal, Asamblea',
  }),
  row('2026-general', '2026-11-03', ['2026-10-24', '2026-11-01', '2026-10-24', '2026-10-19', '2026-10-24', '2026-11-02', '2026-11-03', '2026-11-10'], null, true, {
    en: 'Governor and state offices, Congress, State Legislature',
    ko: '주지사와 주 선출직, 연방의회, 주의회',
    zh: '州長及州級公職、聯邦國會、州議會',
    es: 'Gobernador y cargos estatales, Congreso, Legislatura estatal',
  }),
  row('2027-primary', '2027-06-22', ['2027-06-12', '2027-06-20', '2027-06-12', '2027-06-07', '2027-06-12', '2027-06-21', '2027-06-22', '2027-06-29'], '2027-02-14', false, {
    en: 'District attorneys (Bronx, Queens, Staten Island), judges, party positions',
    ko: '검사장(브롱스, 퀸즈, 스태튼아일랜드), 판사, 정당직',
    zh: '地區檢察官(布朗士、皇后區、史泰登島)、法官、政黨職位',
    es: 'Fiscales de distrito (Bronx, Queens, Staten Island), jueces, cargos de partido',
  }),
  row('2027-general', '2027-11-02', ['2027-10-23', '2027-10-31', '2027-10-23', '2027-10-18', '2027-10-23', '2027-11-01', '2027-11-02', '2027-11-09'], null, false, {
    en: 'District attorneys (Bronx, Queens, Staten Island), judges',
    ko: '검사장(브롱스, 퀸즈, 스태튼아일랜드), 판사',
    zh: '地區檢察官(布朗士、皇后區、史泰登島)、法官',
    es: 'Fiscales de distrito (Bronx, Queens, Staten Island), jueces',
  }),
  row('2028-primary', '2028-06-27', ['2028-06-17', '2028-06-25', '2028-06-17', '2028-06-12', '2028-06-17', '2028-06-26', '2028-06-27', '2028-07-04'], '2028-02-14', false, {
    en: 'Congress, State Senate, Assembly, party positions',
    ko: '연방의회, 주상원, 주하원, 정당직',
    zh: '聯邦國會、州參議院、州眾議院、政黨職位',
    es: 'Congreso, Senado estatal, Asamblea, cargos de partido',
  }),
  row('2028-general', '2028-11-07', ['2028-10-28', '2028-11-05', '2028-10-28', '2028-10-23', '2028-10-28', '2028-11-06', '2028-11-07', '2028-11-14'], null, false, {
    en: 'President, US Senate, Congress, State Legislature',
    ko: '대통령, 연방상원, 연방하원, 주의회',
    zh: '總統、聯邦參議院、聯邦國會、州議會',
    es: 'Presidente, Senado federal, Congreso, Legislatura estatal',
  }),
] // prettier-ignore

/** The eight days in the order of the law's calendar. */
type Days = readonly [
  early_from: string,
  early_to: string,
  register: string,
  address: string,
  mail: string,
  in_person: string,
  postmark: string,
  arrives: string,
]

function row(
  name: string,
  held_on: string,
  days: Days,
  change_party_by: string | null,
  is_confirmed: boolean,
  offices: ScheduledElection['offices'],
  place = 'NY',
): ScheduledElection {
  return {
    name,
    kind: name.slice(5) as ScheduledElection['kind'],
    place,
    held_on,
    early_voting: { from: days[0], to: days[1] },
    register_by: days[2],
    change_address_by: days[3],
    change_party_by,
    ask_for_mail_ballot_by: days[4],
    ask_for_mail_ballot_in_person_by: days[5],
    postmark_by: days[6],
    mail_ballot_arrives_by: days[7],
    offices,
    is_confirmed,
  }
}
