/**
 * Time zone of a state; of one that lies in two, that of most of its people. Source: 49 CFR part 71.
 * Where calling hours matter for the few counties beyond the line, the zone of the county is in `countyTimeZones`.
 */
export const stateTimeZones: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['America/New_York', 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV'],
      ['America/Chicago', 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI'],
      ['America/Denver', 'CO ID MT NM UT WY'],
      ['America/Phoenix', 'AZ'],
      ['America/Los_Angeles', 'CA NV OR WA'],
      ['America/Anchorage', 'AK'],
      ['Pacific/Honolulu', 'HI'],
      ['America/Puerto_Rico', 'PR VI'],
      ['Pacific/Guam', 'GU MP'],
      ['Pacific/Pago_Pago', 'AS'],
    ] as const
  ).flatMap(([zone, states]) => states.split(' ').map((state) => [state, zone])),
)

/** Counties of Florida west of the Apalachicola River (49 CFR 71.5): Central time. */
export const countyTimeZones: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  FL: Object.fromEntries(
    'bay calhoun escambia gulf holmes jackson okaloosa santa-rosa walton washington'
      .split(' ')
      .map((county) => [county, 'America/Chicago']),
  ),
}
