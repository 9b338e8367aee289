import { columns, type Layout } from './layout.ts'

/** `ncvoter`: the 67 columns of 2022 and the 71 before, told apart by the header. */
export const northCarolina: Layout = {
  id: 'us-nc',
  state: 'NC',
  title: 'North Carolina (ncvoter)',
  kind: 'registration',
  key: 'state_voter_id',
  id_prefix: '',
  delimiters: ['\t'],
  quote: '"',
  header: 'always',
  columns: [
    columns(`
  county_id
  county_desc county
  voter_reg_num county_voter_id
  ncid state_voter_id
  last_name last_name
  first_name first_name
  middle_name|midl_name middle_name
  name_suffix_lbl|name_sufx_cd suffix
  status_cd status
  voter_status_desc
  reason_cd other:reason
  voter_status_reason_desc
  res_street_address address_line
  res_city_desc city
  state_cd
  zip_code zip
  mail_addr1 mail_1
  mail_addr2 mail_2
  mail_addr3 mail_3
  mail_addr4 mail_4
  mail_city mail_city
  mail_state mail_state
  mail_zipcode mail_zip
  full_phone_number phone
  confidential_ind confidential
  registr_dt registered_on
  race_code other:race
  ethnic_code other:ethnicity
  party_cd party
  gender_code sex
  birth_year birth_year
  age_at_year_end
  birth_state|birth_place other:birth_place
  drivers_lic
  precinct_abbrv precinct
  precinct_desc
  municipality_abbrv district:municipality
  municipality_desc
  ward_abbrv district:ward
  ward_desc
  cong_dist_abbrv cd
  super_court_abbrv district:superior-court
  judic_dist_abbrv district:judicial
  nc_senate_abbrv sd
  nc_house_abbrv ad
  county_commiss_abbrv district:county-commission
  county_commiss_desc
  township_abbrv
  township_desc
  school_dist_abbrv district:school
  school_dist_desc
  fire_dist_abbrv
  fire_dist_desc
  water_dist_abbrv
  water_dist_desc
  sewer_dist_abbrv
  sewer_dist_desc
  sanit_dist_abbrv
  sanit_dist_desc
  rescue_dist_abbrv
  rescue_dist_desc
  munic_dist_abbrv
  munic_dist_desc
  dist_1_abbrv
  dist_1_desc
  dist_2_abbrv
  dist_2_desc
  vtd_abbrv
  vtd_desc
  absent_ind
  name_prefx_cd
  birth_age`),
  ],
  parties: {
    DEM: 'dem',
    REP: 'rep',
    UNA: 'none',
    LIB: 'lib',
    GRE: 'gre',
    CST: 'oth',
    NLB: 'oth',
    WTP: 'oth',
    JFA: 'oth',
  },
  // D denied and R removed are no voters any more; S: military and overseas with a temporary registration.
  statuses: { A: 'active', I: 'inactive', S: 'military', D: 'purged', R: 'purged' },
  status_otherwise: 'inactive',
  sexes: { F: 'F', M: 'M' },
  sources: {},
  counties: {},
  history: null,
  source: 'NC State Board of Elections, layout_ncvoter.txt of 2022-02-11 and headers of files before it',
}

export const northCarolinaHistory: Layout = {
  ...northCarolina,
  id: 'us-nc-history',
  title: 'North Carolina, voting history (ncvhis)',
  kind: 'history',
  columns: [
    columns(`
  county_id
  county_desc
  voter_reg_num
  election_lbl election_on
  election_desc election_kind
  voting_method method
  voted_party_cd
  voted_party_desc
  pct_label
  pct_description
  ncid state_voter_id
  voted_county_id
  voted_county_desc
  vtd_label
  vtd_description`),
  ],
  history: {
    style: 'long',
    // '11/08/2016 GENERAL': the words after the date.
    kinds: {
      GENERAL: 'general',
      PRIMARY: 'primary',
      'PRESIDENTIAL PRIMARY': 'presidential_primary',
      'SECOND PRIMARY': 'runoff',
      MUNICIPAL: 'local',
      'MUNICIPAL GENERAL': 'local',
      'MUNICIPAL PRIMARY': 'local',
      SPECIAL: 'special',
      'CONGRESSIONAL PRIMARY': 'primary',
    },
    methods: {
      'IN-PERSON': 'poll',
      'ELECTION DAY IN-PERSON': 'poll',
      CURBSIDE: 'poll',
      TRANSFER: 'poll',
      'ABSENTEE ONESTOP': 'early',
      'ABSENTEE CURBSIDE': 'early',
      'EARLY VOTING IN-PERSON': 'early',
      'EARLY VOTING': 'early',
      ABSENTEE: 'mail',
      'ABSENTEE BY MAIL': 'mail',
      PROVISIONAL: 'affidavit',
    },
    otherwise: 'other',
  },
}
