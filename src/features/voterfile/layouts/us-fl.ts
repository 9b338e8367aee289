import { columns, type Layout } from './layout.ts'

const counties =
  'ALA alachua BAK baker BAY bay BRA bradford BRE brevard BRO broward CAL calhoun CHA charlotte CIT citrus CLA clay CLL collier CLM columbia DAD miami-dade DES desoto DIX dixie DUV duval ESC escambia FLA flagler FRA franklin GAD gadsden GIL gilchrist GLA glades GUL gulf HAM hamilton HAR hardee HEN hendry HER hernando HIG highlands HIL hillsborough HOL holmes IND indian-river JAC jackson JEF jefferson LAF lafayette LAK lake LEE lee LEO leon LEV levy LIB liberty MAD madison MAN manatee MRN marion MRT martin MON monroe NAS nassau OKA okaloosa OKE okeechobee ORA orange OSC osceola PAL palm-beach PAS pasco PIN pinellas POL polk PUT putnam SAN santa-rosa SAR sarasota SEM seminole STJ st-johns STL st-lucie SUM sumter SUW suwannee TAY taylor UNI union VOL volusia WAK wakulla WAL walton WAS washington'.split(
    ' ',
  )

export const florida: Layout = {
  id: 'us-fl',
  state: 'FL',
  title: 'Florida (county extracts)',
  kind: 'registration',
  key: 'state_voter_id',
  id_prefix: '',
  delimiters: ['\t'],
  quote: null,
  // The Division gives none; counties and spreadsheets add one.
  header: 'sometimes',
  columns: [
    columns(`
  County_Code county
  Voter_ID state_voter_id
  Name_Last last_name
  Name_Suffix suffix
  Name_First first_name
  Name_Middle middle_name
  Requested_public_records_exemption confidential
  Residence_Address_Line_1 address_line
  Residence_Address_Line_2 address_line_2
  Residence_City city
  Residence_State
  Residence_Zipcode zip
  Mailing_Address_Line_1 mail_1
  Mailing_Address_Line_2 mail_2
  Mailing_Address_Line_3 mail_3
  Mailing_City mail_city
  Mailing_State mail_state
  Mailing_Zipcode mail_zip
  Mailing_Country mail_country
  Gender sex
  Race other:race
  Birth_Date birth_date
  Registration_Date registered_on
  Party_Affiliation party
  Precinct precinct
  Precinct_Group
  Precinct_Split
  Precinct_Suffix
  Voter_Status status
  Congressional_District cd
  House_District ad
  Senate_District sd
  County_Commission_District district:county-commission
  School_Board_District district:school
  Daytime_Area_Code phone_area
  Daytime_Phone_Number phone
  Daytime_Phone_Extension
  Email_address other:email`),
  ],
  parties: {
    DEM: 'dem',
    REP: 'rep',
    NPA: 'none',
    LPF: 'lib',
    GRE: 'gre',
    IND: 'ind',
    CPF: 'oth',
    REF: 'oth',
    PSL: 'oth',
    ASP: 'oth',
    ECO: 'oth',
  },
  statuses: { ACT: 'active', INA: 'inactive', PRE: 'preregistered' },
  status_otherwise: 'inactive',
  sexes: { F: 'F', M: 'M' },
  sources: {},
  counties: Object.fromEntries(
    counties.flatMap((code, index) => (index % 2 === 0 ? [[code, counties[index + 1] ?? code]] : [])),
  ),
  history: null,
  source: 'Florida Division of Elections, Voter Extract Disk File Layout',
}

export const floridaHistory: Layout = {
  ...florida,
  id: 'us-fl-history',
  title: 'Florida, voting history (county extracts)',
  kind: 'history',
  columns: [
    columns(`
  County_Code
  Voter_ID state_voter_id
  Election_Date election_on
  Election_Type election_kind
  History_Code method`),
  ],
  history: {
    style: 'long',
    kinds: { PPP: 'presidential_primary', PRI: 'primary', RUN: 'runoff', GEN: 'general', OTH: 'other' },
    // B and P arrived but were not counted, N did not vote.
    methods: { A: 'mail', E: 'early', F: 'affidavit', Y: 'poll', Z: 'affidavit', B: null, N: null, P: null },
    otherwise: 'other',
  },
}
