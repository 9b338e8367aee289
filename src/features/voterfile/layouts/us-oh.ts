import { columns, type Layout } from './layout.ts'

export const ohio: Layout = {
  id: 'us-oh',
  state: 'OH',
  title: 'Ohio (SWVF)',
  kind: 'registration',
  key: 'state_voter_id',
  id_prefix: 'OH',
  delimiters: [','],
  quote: '"',
  header: 'always',
  columns: [
    columns(`
  SOS_VOTERID state_voter_id
  COUNTY_NUMBER county
  COUNTY_ID county_voter_id
  LAST_NAME last_name
  FIRST_NAME first_name
  MIDDLE_NAME middle_name
  SUFFIX suffix
  DATE_OF_BIRTH birth_date
  REGISTRATION_DATE registered_on
  VOTER_STATUS status
  PARTY_AFFILIATION party
  RESIDENTIAL_ADDRESS1 address_line
  RESIDENTIAL_SECONDARY_ADDR address_line_2
  RESIDENTIAL_CITY city
  RESIDENTIAL_STATE
  RESIDENTIAL_ZIP zip
  RESIDENTIAL_ZIP_PLUS4 zip4
  RESIDENTIAL_COUNTRY
  RESIDENTIAL_POSTALCODE
  MAILING_ADDRESS1 mail_1
  MAILING_SECONDARY_ADDRESS mail_2
  MAILING_CITY mail_city
  MAILING_STATE mail_state
  MAILING_ZIP mail_zip
  MAILING_ZIP_PLUS4
  MAILING_COUNTRY mail_country
  MAILING_POSTAL_CODE
  CAREER_CENTER
  CITY district:city
  CITY_SCHOOL_DISTRICT district:school
  COUNTY_COURT_DISTRICT
  CONGRESSIONAL_DISTRICT cd
  COURT_OF_APPEALS
  EDU_SERVICE_CENTER_DISTRICT
  EXEMPTED_VILL_SCHOOL_DISTRICT
  LIBRARY
  LOCAL_SCHOOL_DISTRICT
  MUNICIPAL_COURT_DISTRICT
  PRECINCT_NAME
  PRECINCT_CODE precinct
  STATE_BOARD_OF_EDUCATION
  STATE_REPRESENTATIVE_DISTRICT ad
  STATE_SENATE_DISTRICT sd
  TOWNSHIP district:township
  VILLAGE district:village
  WARD district:ward`),
  ],
  // The party of the last primary voted in; blank: none.
  parties: { D: 'dem', R: 'rep', G: 'gre', L: 'lib', '': 'none', N: 'none', C: 'oth', E: 'oth', S: 'oth' },
  statuses: { ACTIVE: 'active', CONFIRMATION: 'inactive' },
  status_otherwise: 'inactive',
  sexes: {},
  sources: {},
  // Counties 01 to 88 by the alphabet (Ohio Secretary of State).
  counties: numbered(
    'adams allen ashland ashtabula athens auglaize belmont brown butler carroll champaign clark clermont clinton columbiana coshocton crawford cuyahoga darke defiance delaware erie fairfield fayette franklin fulton gallia geauga greene guernsey hamilton hancock hardin harrison henry highland hocking holmes huron jackson jefferson knox lake lawrence licking logan lorain lucas madison mahoning marion medina meigs mercer miami monroe montgomery morgan morrow muskingum noble ottawa paulding perry pickaway pike portage preble putnam richland ross sandusky scioto seneca shelby stark summit trumbull tuscarawas union van-wert vinton warren washington wayne williams wood wyandot',
  ),
  history: {
    style: 'wide',
    header: String.raw`^(PRIMARY|GENERAL|SPECIAL)-(\d{2}/\d{2}/\d{4})$`,
    kinds: { PRIMARY: 'primary', GENERAL: 'general', SPECIAL: 'special' },
  },
  source: 'Ohio Secretary of State, statewide voter files by county group; 46 columns and one per election',
}

function numbered(slugs: string): Record<string, string> {
  return Object.fromEntries(slugs.split(' ').map((slug, index) => [String(index + 1), slug]))
}
