import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { allMessages } from '../src/platform/i18n/messages.ts'

type Text = string | { one: string; other: string }

/** What Korean readers stumble over, and what we write instead. Sources: National Institute of Korean Language spelling rules; our own word list. */
export const koreanTraps: readonly { trap: RegExp; instead: string }[] = [
  { trap: /클릭/, instead: '누르세요' },
  { trap: /당신|귀하/, instead: 'leave it out, or {{name}} 님' },
  { trap: /되요/, instead: '돼요' },
  { trap: /뵈요/, instead: '봬요' },
  { trap: /몇일/, instead: '며칠' },
  { trap: /하십시오|하십시요|십시오/, instead: '-하세요, -해 주세요' },
  { trap: /하시기 바랍니다/, instead: '-해 주세요' },
  { trap: /유효하지 않/, instead: '다시 확인해 주세요' },
  { trap: /폰 ?뱅(킹|크)/, instead: '전화 캠페인, 전화 걸기' },
  { trap: /아니오/, instead: '아니요' },
  { trap: /삼가해/, instead: '삼가' },
  { trap: /왠만/, instead: '웬만' },
  { trap: /금일|익일/, instead: '오늘, 다음 날' },
  { trap: /되어졌|되어집/, instead: 'the active: 저장했습니다' },
  { trap: /로그 인|본 선거|예비 선거|우편 투표|조기 투표|투표 용지|보궐 선거/, instead: 'one word' },
  { trap: /안됩니다|안돼요|해주세요|할수 있/, instead: '안 됩니다, 해 주세요, 할 수 있다' },
  { trap: /선거인 명부/, instead: '유권자 명부' },
  { trap: /사전 ?투표/, instead: '조기투표' },
  { trap: /총선거/, instead: '본선거' },
  { trap: /불법 ?체류자|불체자/, instead: '서류미비자' },
  {
    trap: /대기열|언어 장벽|통화 대본|콜러|발롯|캔버싱|체크인|노쇼|리스트/,
    instead: '전화 명단, 다른 언어, 통화 스크립트, 전화 봉사자, 투표용지, 가정방문, 출석 확인, 오지 않음, 명단',
  },
  { trap: /잘못된 (요청|값|입력)|실패!/, instead: 'what happened, then what to do' },
  { trap: /교포|한국인들/, instead: '한인' },
  { trap: /저장되었|삭제되었|추가되었|전송되었/, instead: 'the active: 저장했습니다' },
  { trap: /입력하여 주|확인하여 주/, instead: '입력해 주세요, 확인해 주세요' },
  { trap: /\}\}(은|는|이|가|을|를|과|와|으로)(?=[\s.,:·]|$)/, instead: '{{name, 은/는}}, or a noun after the name' },
  { trap: /[0-9]+ ?불(?![가-힣])/, instead: '달러' },
]

const english = (text: Text): string[] => (typeof text === 'string' ? [text] : [text.one, text.other])
const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{\{\s*([a-z_]+)/g)].map((match) => match[1] ?? ''))].sort().join(' ')

/** What is wrong with one message by itself. */
export function problemsOf(text: { en: Text; ko: string }): string[] {
  const found: string[] = []
  const both = english(text.en)
  if (both.some((each) => !each.trim())) found.push('no English')
  if (typeof text.ko !== 'string' || !text.ko.trim()) return [...found, 'no Korean']
  const asked = both.map(placeholders)
  const widest = asked.reduce((longest, each) => (each.length > longest.length ? each : longest), '')
  if (widest !== placeholders(text.ko)) found.push(`other placeholders: {${widest}} against {${placeholders(text.ko)}}`)
  const hasWords = both.some((each) => /[a-z]{4,}/.test(each.replace(/\{\{[^}]*\}\}/g, '')))
  if (hasWords && both.includes(text.ko)) found.push('the Korean is the English')
  for (const { trap, instead } of koreanTraps) {
    const match = trap.exec(text.ko)
    if (match) found.push(`“${match[0]}” in the Korean: ${instead}`)
  }
  return found
}

/** Keys under which the same words stand in both languages. */
export function twins(all: ReadonlyMap<string, { en: Text; ko: string }>): string[][] {
  const byText = new Map<string, string[]>()
  for (const [key, text] of all) {
    const same = `${english(text.en).join('|')}\n${text.ko}`
    byText.set(same, [...(byText.get(same) ?? []), key])
  }
  return [...byText.values()].filter((keys) => keys.length > 1)
}

/** Keys no source names, neither whole nor by the beginning of a key made at run time (`problem.${code}`, or 'problem' alone). */
export function unused(keys: Iterable<string>, sources: readonly string[]): string[] {
  const named = new Set<string>()
  const beginnings = new Set<string>()
  const endings = new Set<string>()
  for (const source of sources) {
    for (const match of source.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)) named.add(match[1] ?? '')
    for (const match of source.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/g)) beginnings.add(match[1] ?? '')
    for (const match of source.matchAll(/`\$\{[^`}]*\}(\.[\w.-]+)`/g)) endings.add(match[1] ?? '')
  }
  return [...keys].filter(
    (key) =>
      !named.has(key) &&
      !named.has(key.slice(0, key.lastIndexOf('.'))) &&
      ![...beginnings].some((each) => key.startsWith(each)) &&
      ![...endings].some((each) => key.endsWith(each)),
  )
}

async function check(): Promise<number> {
  const files = globSync('src/**/*.ts').filter(
    (path) => !/platform\/i18n|\.test\.ts$/.test(path) && /= messages\(\{/.test(readFileSync(path, 'utf8')),
  )
  for (const file of files) await import(resolve(file))
  const all = allMessages()
  const found: string[] = []
  for (const [key, text] of all) for (const problem of problemsOf(text)) found.push(`${key}: ${problem}`)
  const sources = globSync('src/**/*.{ts,tsx}')
    .filter((path) => !/messages\.ts$|\.test\.tsx?$/.test(path))
    .map((path) => readFileSync(path, 'utf8'))
  for (const key of unused(all.keys(), sources)) found.push(`${key}: nothing shows it`)
  const remarks: string[] = []
  for (const keys of twins(all)) {
    // Words everybody shares have a key already; two rooms that happen to say the same may part again.
    const shared = keys.find((key) => /^(action|common)\./.test(key))
    // Two lists of codes may share a word; one list may not say the same of two codes.
    const families = new Set(keys.map((key) => key.slice(0, key.lastIndexOf('.'))))
    if (shared) found.push(`${keys.filter((key) => key !== shared).join(', ')}: the same as ${shared}`)
    else if (families.size === 1) found.push(`${keys.join(', ')}: the same words twice`)
    else remarks.push(`${keys.join(', ')}: the same words`)
  }
  for (const line of found) console.error(line)
  if (process.argv.includes('--remarks')) for (const line of remarks) console.log(line)
  if (all.size < 50) {
    console.error(`only ${all.size} messages were seen`)
    return 1
  }
  console.log(
    `messages: ${all.size} in ${files.length} files, ${found.length} problems, ${remarks.length} said in several rooms (--remarks lists them)`,
  )
  return found.length ? 1 : 0
}

if (import.meta.main) process.exitCode = await check()
