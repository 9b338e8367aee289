import { newYorkCounties } from '../../geography/new-york-counties.ts'
import { columns, type Layout } from './layout.ts'
import { newYork } from './us-ny.ts'

/** Which county a voter of the city lives in: the list has no such column. */
const districts = (from: number, to: number, county: string): [number, string][] =>
  Array.from({ length: to - from + 1 }, (_, at) => [from + at, county])

/**
 * The city board's own list: adds the Council district and telephone to the records of the state file; where that has not
 * come yet its voters stand by themselves, with ids made of their number in the city.
 */
export const newYorkCity: Layout = {
  ...newYork,
  id: 'us-nyc',
  title: 'New York City Board of Elections',
  key: 'county_voter_id',
  delimiters: [',', '\t', '|'],
  header: 'sometimes',
  // ZIP codes: those of the city's post offices. 10463 is Marble Hill (Manhattan) and Kingsbridge (the Bronx); Assembly
  // districts of 2024 lie in one county each but 61 and 64, which is why the ZIP code comes first.
  county_by: {
    zip: {
      ...Object.fromEntries(['100', '101', '102'].map((zip) => [zip, 'new-york'])),
      '103': 'richmond',
      '104': 'bronx',
      '112': 'kings',
      ...Object.fromEntries(
        ['11001', '11004', '11005', '11040', '111', '113', '114', '116'].map((zip) => [zip, 'queens']),
      ),
      '10463': null,
    },
    ad: Object.fromEntries([
      ...districts(23, 40, 'queens'),
      ...districts(41, 60, 'kings'),
      ...districts(61, 64, 'richmond'),
      ...districts(65, 76, 'new-york'),
      ...districts(77, 87, 'bronx'),
    ]),
  },
  // Undocumented: F, M, U … before the beginning of a code, as in FDE, MBL, UBL.
  prefixed_parties: {
    DE: 'dem',
    RE: 'rep',
    CO: 'con',
    WO: 'wor',
    BL: 'none',
    OT: 'oth',
    IN: 'ind',
    GR: 'gre',
    LB: 'lib',
  },
  columns: [
    columns(`
  County_EMSID county_voter_id
  Last_Name last_name
  First_Name first_name
  Middle_Initial middle_name
  Name_Suffix suffix
  House_Number house_number
  House_Number_Suffix house_fraction
  Apartment_Number unit
  Street_Name street_name
  City city
  Zip_Code zip5
  Zip_Code4 zip4
  Mailing_Address_1 mail_1
  Mailing_Address_2 mail_2
  Mailing_Address_3 mail_3
  Mailing_Address_4 mail_4
  Birth_Date birth_date
  Gender sex
  Political_Party party
  Other_Party other_party
  Election_District ed
  Assembly_District ad
  Congress_District cd
  Council_District ccd
  Senate_District sd
  Civil_Court_District district:civil-court
  Judicial_District district:judicial
  Registration_Date registered_on
  Status_Code status
  Voter_Type other:voter_type
  Eff_Status_Change_Date other:status_since
  Year_Last_Voted other:year_last_voted
  Telephone phone
  Future_Party other:future_party
  Future_Other_Party other:future_other_party
  Future_Party_Effective_Date other:future_party_on`),
  ],
  history: null,
  source: 'column names from public loaders of the NYC Board of Elections voter file; delimiter not confirmed',
}

export const newYorkCityHistory: Layout = {
  ...newYorkCity,
  id: 'us-nyc-history',
  title: 'New York City Board of Elections, voting history',
  kind: 'history',
  columns: [
    columns(`
  County_EMSID county_voter_id
  County
  Assembly_District
  Election_District
  Political_Party
  Election_Date election_on
  Election_Type election_kind
  Voter_Type method`),
  ],
  counties: newYorkCounties,
  history: {
    style: 'long',
    kinds: {
      GE: 'general',
      PR: 'primary',
      PE: 'primary',
      PP: 'presidential_primary',
      SP: 'special',
      RO: 'runoff',
      FP: 'primary',
    },
    methods: { P: 'poll', E: 'early', A: 'mail', F: 'affidavit', M: 'military', O: 'other' },
    otherwise: 'other',
  },
}
