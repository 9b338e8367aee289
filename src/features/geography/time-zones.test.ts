import { expect, test } from 'vitest'
import { stateTimeZones, statesInTwoZones, zonesOf } from './time-zones.ts'

test.each([
  ['NY', 'queens', 'America/New_York'],
  ['FL', 'escambia', 'America/Chicago'],
  ['FL', 'santa-rosa', 'America/Chicago'],
  ['FL', 'gulf', 'America/New_York America/Chicago'],
  ['FL', 'miami-dade', 'America/New_York'],
  ['TN', 'knox', 'America/New_York'],
  ['TN', 'davidson', 'America/Chicago'],
  ['TN', null, 'America/Chicago America/New_York'],
  ['KY', 'warren', 'America/Chicago'],
  ['KY', 'jefferson', 'America/New_York'],
  ['IN', 'la-porte', 'America/Chicago'],
  ['IN', 'LaPorte County', 'America/Chicago'],
  ['IN', 'marion', 'America/New_York'],
  ['MI', 'gogebic', 'America/Chicago'],
  ['MI', 'wayne', 'America/New_York'],
  ['TX', 'el-paso', 'America/Denver'],
  ['TX', 'harris', 'America/Chicago'],
  ['TX', '71', 'America/Chicago America/Denver'], // a number, of which nothing is known
  ['TX', 'haris', 'America/Chicago America/Denver'], // misspelled
  ['FL', 'Saint Johns', 'America/New_York'],
  ['ND', 'mckenzie', 'America/Chicago America/Denver'],
  ['SD', 'pennington', 'America/Denver'],
  ['NE', 'scottsbluff', 'America/Denver'],
  ['KS', 'wallace', 'America/Denver'],
  ['ID', 'kootenai', 'America/Los_Angeles'],
  ['ID', 'ada', 'America/Denver'],
  ['OR', 'malheur', 'America/Los_Angeles America/Denver'],
  ['AZ', 'navajo', 'America/Phoenix America/Denver'],
  ['AZ', 'maricopa', 'America/Phoenix'],
  ['AK', 'Aleutians West', 'America/Anchorage America/Adak'],
  ['NV', 'clark', 'America/Los_Angeles'],
  ['NV', 'elko', 'America/Los_Angeles America/Denver'],
  ['ZZ', 'queens', ''],
])('%s, %s: %s', (state, county, zones) => {
  expect(zonesOf(state, county).join(' ')).toBe(zones)
})

test('every zone is one there is, and every state in two zones has a first one', () => {
  for (const state of Object.keys(stateTimeZones)) {
    for (const timeZone of zonesOf(state, null)) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow()
  }
  for (const state of statesInTwoZones) expect(new Set(zonesOf(state, null)).size).toBe(2)
})

// Both sides of the line, county by county from north to south.
test.each([
  { state: 'KY', zone: 'America/Chicago', counties: 'breckinridge grayson hart green adair russell clinton' },
  { state: 'KY', zone: 'America/New_York', counties: 'meade hardin larue taylor casey pulaski wayne' },
  { state: 'TN', zone: 'America/Chicago', counties: 'pickett fentress cumberland bledsoe sequatchie marion' },
  { state: 'TN', zone: 'America/New_York', counties: 'scott morgan roane rhea hamilton' },
  { state: 'NE', zone: 'America/Denver', counties: 'sheridan grant hooker arthur keith perkins chase dundy' },
  { state: 'NE', zone: 'America/Chicago', counties: 'keya-paha brown blaine thomas mcpherson lincoln hayes hitchcock' },
  { state: 'NE', zone: 'America/Chicago America/Denver', counties: 'cherry' },
])('of $state, $counties: $zone', ({ state, zone, counties }) => {
  for (const county of counties.split(' ')) expect(zonesOf(state, county).join(' '), county).toBe(zone)
})
