import { newYorkCounties } from '../../geography/new-york-counties.ts'
import { columns, type Layout } from './layout.ts'

const name = `
  LASTNAME last_name
  FIRSTNAME first_name
  MIDDLENAME middle_name
  NAMESUFFIX suffix
  RADDNUMBER house_number
  RHALFCODE house_fraction`

const rest = `
  RCITY city
  RZIP5 zip5
  RZIP4 zip4
  MAILADD1 mail_1
  MAILADD2 mail_2
  MAILADD3 mail_3
  MAILADD4 mail_4
  DOB birth_date
  GENDER sex
  ENROLLMENT party
  OTHERPARTY other_party
  COUNTYCODE county
  ED ed
  LD district:county-legislature
  TOWNCITY district:town
  WARD district:ward
  CD cd
  SD sd
  AD ad
  LASTVOTERDATE|LASTVOTEDDATE last_voted_on
  PREVYEARVOTED other:previous_year_voted
  PREVCOUNTY other:previous_county
  PREVADDRESS other:previous_address
  PREVNAME other:previous_name
  COUNTYVRNUMBER county_voter_id
  REGDATE registered_on
  VRSOURCE registered_by
  IDREQUIRED
  IDMET
  STATUS status
  REASONCODE other:reason
  INACT_DATE other:inactive_on
  PURGE_DATE other:purged_on
  SBOEID state_voter_id
  VOTERHISTORY votes`

/** Since December 2021. */
const current = columns(`${name}
  RPREDIRECTION street_before
  RSTREETNAME street_name
  RPOSTDIRECTION street_after
  RAPARTMENTTYPE unit_type
  RAPARTMENT unit
  RADDRNONSTD address_line${rest}`)

/** Before: no apartment type, no non-standard address, apartment before the street, status in words. */
const legacy = columns(`${name}
  RAPARTMENT unit
  RPREDIRECTION street_before
  RSTREETNAME street_name
  RPOSTDIRECTION street_after${rest}`)

export const newYork: Layout = {
  id: 'us-ny',
  state: 'NY',
  title: 'New York State (NYSVoter)',
  kind: 'registration',
  key: 'state_voter_id',
  id_prefix: 'NY',
  delimiters: [','],
  quote: '"',
  header: 'sometimes',
  columns: [current, legacy],
  parties: {
    DEM: 'dem',
    REP: 'rep',
    CON: 'con',
    WOR: 'wor',
    BLK: 'none',
    OTH: 'oth',
    IND: 'ind',
    GRE: 'gre',
    LBT: 'lib',
    LIB: 'oth',
    REF: 'oth',
    WEP: 'oth',
    SAM: 'oth',
  },
  // Since 2020 only DEM REP CON WOR are parties by law; members of former ones stand here under OTH.
  other_parties: { IND: 'ind', GRE: 'gre', LBT: 'lib' },
  statuses: {
    A: 'active',
    AM: 'military',
    AF: 'federal',
    AP: 'federal',
    AU: 'overseas',
    I: 'inactive',
    P: 'purged',
    '17': 'preregistered',
    ACTIVE: 'active',
    INACTIVE: 'inactive',
    PURGED: 'purged',
    PREREG: 'preregistered',
  },
  status_otherwise: 'inactive',
  sexes: { F: 'F', M: 'M', X: 'X' },
  sources: { AGCY: 'agency', CBOE: 'board', DMV: 'dmv', LOCALREG: 'local', MAIL: 'mail', SCHOOL: 'school' },
  counties: newYorkCounties,
  history: { style: 'packed' },
  source:
    'NYS Board of Elections, layout of the file given on FOIL requests; 47 columns since December 2021, 45 before',
}
