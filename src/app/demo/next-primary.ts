import { newYorkCalendar } from '../../features/elections/calendar.ts'
import { addDays } from '../../platform/clock.ts'

/** About when the Board of Elections certifies who is on a primary's ballot. */
const certified_days_before = 54

/**
 * Contests and candidates of the next primary for the Legislature, as `hanpyo elections import` reads them; null where the
 * calendar has none. Everybody is invented.
 */
export function nextPrimary(today: string): { name: string; text: string } | null {
  const primary = newYorkCalendar.find(
    ({ kind, held_on }) => kind === 'primary' && held_on > today && Number(held_on.slice(0, 4)) % 2 === 0,
  )
  if (!primary) return null
  const year = Number(primary.held_on.slice(0, 4))
  const isCertified = addDays(today, certified_days_before) >= primary.held_on
  const term = `${year + 1}-01-01,${year + 2}-12-31`
  const runs = (place: number, days: number): string =>
    `${isCertified ? `${place},on_ballot` : ',declared'},${addDays(today, -days)}`
  const left = (status: 'withdrawn' | 'removed', days: number): string =>
    `,${isCertified ? status : 'withdrawn'},${addDays(today, -days)}`
  const rows = [
    `assembly_member,40,dem,${term},Seoyeon Baek,백서연,白書妍,,Democratic,,${runs(1, 12)},https://baek.example.org,https://board.example.org/ballot`,
    `assembly_member,40,dem,${term},Wendell Osei,웬델 오세이,,,Democratic,yes,${runs(2, 12)},https://osei.example.org,https://board.example.org/ballot`,
    `assembly_member,40,dem,${term},Meilin Tsao,차오메이린,曹美琳,,Democratic,,${runs(3, 12)},,https://board.example.org/ballot`,
    `assembly_member,40,dem,${term},Rafael Montoya Díaz,라파엘 몬토야 디아스,,Rafael Montoya Díaz,Democratic,,${left('withdrawn', 26)},,https://news.example.org/montoya`,
    `assembly_member,40,rep,${term},Gordon Pell,고든 펠,,,"Republican, Safe Sidewalks",,${runs(1, 39)},,https://news.example.org/pell`,
    `state_senator,16,dem,${term},Hyejin Noh,노혜진,,,"Democratic, Working Families",,${runs(1, 12)},https://noh.example.org,https://board.example.org/ballot`,
    `state_senator,16,dem,${term},Anjali Deshmukh,안잘리 데시무크,,,Democratic,,${runs(2, 12)},,https://board.example.org/ballot`,
    `assembly_member,25,dem,${term},Lucía Ferrante,루시아 페란테,,Lucía Ferrante,Democratic,,${runs(1, 23)},,https://news.example.org/ferrante`,
    `assembly_member,25,dem,${term},Dohyun Kwak,곽도현,,,Democratic,,${runs(2, 19)},https://kwak.example.org,https://news.example.org/kwak`,
    `assembly_member,25,dem,${term},Terrence Hollis,테런스 홀리스,,,Democratic,,${left('removed', 10)},,https://board.example.org/ballot`,
    `assembly_member,26,dem,${term},,,,,,,,,,,https://board.example.org/ballot`,
  ]
  const head =
    'election,office,district,party,term_from,term_until,name,name_ko,name_zh,name_es,lines,incumbent,position,status,status_on,website,source_url'
  return { name: `${primary.name}.csv`, text: [head, ...rows.map((row) => `${primary.name},${row}`), ''].join('\n') }
}
