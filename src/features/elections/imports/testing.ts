/** Contests and candidates of a city primary as `hanpyo elections import` reads them, for tests. Everybody is invented. */
export const councilPrimary = `election,office,district,party,term_from,term_until,name,name_ko,name_zh,name_es,lines,incumbent,position,status,status_on,website,source_url
2027-primary,council_member,20,dem,2028-01-01,2029-12-31,Seoyeon Baek,백서연,白書妍,,Democratic,,1,on_ballot,2026-11-16,https://baek.example.org,https://board.example.org/ballot
2027-primary,council_member,20,dem,2028-01-01,2029-12-31,Wendell Osei,웬델 오세이,,,Democratic,yes,2,on_ballot,2026-11-16,https://osei.example.org,https://board.example.org/ballot
2027-primary,council_member,20,dem,2028-01-01,2029-12-31,Meilin Tsao,차오메이린,曹美琳,,Democratic,,3,on_ballot,2026-11-16,,https://board.example.org/ballot
2027-primary,council_member,20,dem,2028-01-01,2029-12-31,Rafael Montoya Díaz,라파엘 몬토야 디아스,,Rafael Montoya Díaz,Democratic,,,withdrawn,2026-11-02,,https://news.example.org/montoya
2027-primary,council_member,20,rep,2028-01-01,2029-12-31,Gordon Pell,고든 펠,,,"Republican, Safe Sidewalks",,1,declared,2026-10-20,,https://news.example.org/pell
2027-primary,council_member,23,dem,2028-01-01,2029-12-31,Hyejin Noh,노혜진,,,"Democratic, Working Families",,1,on_ballot,2026-11-16,https://noh.example.org,https://board.example.org/ballot
2027-primary,council_member,23,dem,2028-01-01,2029-12-31,Anjali Deshmukh,안잘리 데시무크,,,Democratic,,2,on_ballot,2026-11-16,,https://board.example.org/ballot
2027-primary,council_member,26,dem,2028-01-01,2029-12-31,Lucía Ferrante,루시아 페란테,,Lucía Ferrante,Democratic,,1,declared,2026-11-05,,https://news.example.org/ferrante
2027-primary,council_member,26,dem,2028-01-01,2029-12-31,Dohyun Kwak,곽도현,,,Democratic,,2,declared,2026-11-09,https://kwak.example.org,https://news.example.org/kwak
2027-primary,council_member,26,dem,2028-01-01,2029-12-31,Terrence Hollis,테런스 홀리스,,,Democratic,,,removed,2026-11-18,,https://board.example.org/ballot
2027-primary,council_member,19,dem,2028-01-01,2029-12-31,,,,,,,,,,,https://board.example.org/ballot
`
