/** 'Chrome · Android' of a User-Agent header: enough to recognise one's own devices. Null where nothing is known in it. */
export function deviceOf(user_agent: string | null): string | null {
  const text = user_agent ?? ''
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1]
  const system = systems.find(([pattern]) => pattern.test(text))?.[1]
  return [browser, system].filter(Boolean).join(' · ') || null
}

// The first that fits: each browser also claims to be those below it.
const browsers: readonly [RegExp, string][] = [
  [/KAKAOTALK/i, 'KakaoTalk'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Whale\//, 'Naver Whale'],
  [/NAVER\(/, 'Naver'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]

// Written down by hand and read back: no 0, O, 1, l, i, and no capitals.
const recoveryAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 'k7qm2-xhd9r' of ten random bytes: 49 bits. */
export const recoveryCode = (random: Uint8Array): string =>
  asRecoveryCode([...random].map((byte) => recoveryAlphabet[byte % recoveryAlphabet.length]).join(''))

/** A recovery code as it is kept, from one as people type it: capitals, spaces, with or without the hyphen. */
export function asRecoveryCode(typed: string): string {
  const letters = typed.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

/** What counts as one place on the net: an IPv4 address, or the /64 that a household or an office has of IPv6. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip
  const [before = '', after] = ip.toLowerCase().split('::')
  const [head, tail] = [before, after ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const gap = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length)
  const groups = [...head, ...Array.from({ length: gap }, () => '0'), ...tail]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
