import { washingtonElections } from '../rules/elections-wa.ts'
import { columns, type Layout } from './layout.ts'

const counties =
  'AD adams AS asotin BE benton CH chelan CM clallam CR clark CU columbia CZ cowlitz DG douglas FE ferry FR franklin GA garfield GR grant GY grays-harbor IS island JE jefferson KI king KP kitsap KS kittitas KT klickitat LE lewis LI lincoln MA mason OK okanogan PA pacific PE pend-oreille PI pierce SJ san-juan SK skagit SM skamania SN snohomish SP spokane ST stevens TH thurston WK wahkiakum WL walla-walla WM whatcom WT whitman YA yakima'.split(
    ' ',
  )

/** No registration by party. */
export const washington: Layout = {
  id: 'us-wa',
  state: 'WA',
  title: 'Washington (VRDB extract)',
  kind: 'registration',
  key: 'state_voter_id',
  id_prefix: '',
  delimiters: ['|', '\t'],
  quote: null,
  header: 'always',
  columns: [
    columns(`
  StateVoterID state_voter_id
  FName first_name
  MName middle_name
  LName last_name
  NameSuffix suffix
  BirthYear birth_year
  Birthdate birth_date
  Gender sex
  RegStNum house_number
  RegStFrac house_fraction
  RegStName street_name
  RegStType street_type
  RegUnitType unit_type
  RegStPreDirection street_before
  RegStPostDirection street_after
  RegStUnitNum|RegUnitNum unit
  RegCity city
  RegState
  RegZipCode zip
  CountyCode county
  PrecinctCode precinct
  PrecinctPart
  LegislativeDistrict ad
  CongressionalDistrict cd
  Mail1 mail_1
  Mail2 mail_2
  Mail3 mail_3
  MailCity mail_city
  MailZip mail_zip
  MailState mail_state
  MailCountry mail_country
  RegistrationDate|Registrationdate registered_on
  LastVoted last_voted_on
  StatusCode status`),
  ],
  parties: {},
  statuses: {
    ACTIVE: 'active',
    A: 'active',
    INACTIVE: 'inactive',
    I: 'inactive',
    P: 'preregistered',
    PENDING: 'inactive',
    CANCELLED: 'purged',
  },
  status_otherwise: 'inactive',
  sexes: { F: 'F', M: 'M', X: 'X', O: 'X' },
  sources: {},
  counties: Object.fromEntries(
    counties.flatMap((code, index) => (index % 2 === 0 ? [[code, counties[index + 1] ?? code]] : [])),
  ),
  history: null,
  source: 'Washington Secretary of State, Voter Registration Database extract; header of the file of 2024',
}

export const washingtonHistory: Layout = {
  ...washington,
  id: 'us-wa-history',
  title: 'Washington, voting history (VRDB extract)',
  kind: 'history',
  header: 'sometimes',
  columns: [
    columns(`
  VoterHistoryID|VotingHistoryID
  CountyCode
  CountyCode_Voting
  StateVoterID state_voter_id
  ElectionDate election_on`),
    columns(`
  VoterHistoryID|VotingHistoryID
  CountyCode
  StateVoterID state_voter_id
  ElectionDate election_on`),
  ],
  history: { style: 'long', kinds: {}, days: washingtonElections, methods: {}, otherwise: 'unknown' },
}
