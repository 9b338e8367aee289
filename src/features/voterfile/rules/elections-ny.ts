/**
 * Primaries of New York that the whole state or New York City held. With them an entry that says only the year is read
 * as a date, where one election of its kind was held that year. General elections follow from the rule below.
 *
 * Sources: election calendars of the NYS Board of Elections 2000-2026; primary moved to June from 2019 (ch. 5 of 2019);
 * 2012, 2014, 2016, 2018: federal in June, state in September; 2022: second primary for Congress and State Senate in
 * August. The primary of 2001-09-11 was stopped and held two weeks later.
 */
export const newYorkElections = [
  ...dates(
    'primary',
    '2000-09-12 2001-09-25 2002-09-10 2003-09-09 2004-09-14 2005-09-13 2006-09-12 2007-09-18 2008-09-09 2009-09-15 2010-09-14 2011-09-13',
  ),
  ...dates(
    'primary',
    '2012-06-26 2012-09-13 2013-09-10 2014-06-24 2014-09-09 2015-09-10 2016-06-28 2016-09-13 2017-09-12 2018-06-26 2018-09-13',
  ),
  ...dates(
    'primary',
    '2019-06-25 2020-06-23 2021-06-22 2022-06-28 2022-08-23 2023-06-27 2024-06-25 2025-06-24 2026-06-23',
  ),
  ...dates('presidential_primary', '2000-03-07 2004-03-02 2008-02-05 2012-04-24 2016-04-19 2020-06-23 2024-04-02'),
  ...dates('runoff', '2001-10-11 2009-09-29 2013-10-01'),
] as const

function dates<K extends 'primary' | 'presidential_primary' | 'runoff'>(
  kind: K,
  text: string,
): { kind: K; held_on: string }[] {
  return text.split(' ').map((held_on) => ({ kind, held_on }))
}

/** The Tuesday after the first Monday of November (2 USC 7, N.Y. Const. art. III § 8). */
export function generalElectionOn(year: number): string {
  const first = new Date(Date.UTC(year, 10, 1)).getUTCDay() // 0 Sunday
  const monday = 1 + ((8 - first) % 7)
  return `${year}-11-${String(monday + 1).padStart(2, '0')}`
}
