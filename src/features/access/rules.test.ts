import { expect, test } from 'vitest'
import { asRecoveryCode, deviceOf, networkOf, recoveryCode } from './rules.ts'

test.each([
  ['Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 Chrome/131 Mobile Safari/537.36', 'Chrome · Android'],
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122 Mobile',
    'Samsung Internet · Android',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 KAKAOTALK 11.2', 'KakaoTalk · iPhone'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1', 'Safari · iPhone'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131 Safari/537.36 Edg/131', 'Edge · Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox · Mac'],
  ['curl/8.1', null],
  [null, null],
])('%s is %s', (user_agent, device) => {
  expect(deviceOf(user_agent)).toBe(device)
})

test('a recovery code can be typed in capitals, with spaces, without its hyphen', () => {
  const code = recoveryCode(Uint8Array.from([0, 30, 31, 62, 255, 1, 2, 3, 4, 5]))
  expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/)
  for (const typed of [code.toUpperCase(), code.replace('-', ''), ` ${code.replace('-', ' ')} `]) {
    expect(asRecoveryCode(typed)).toBe(code)
  }
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
  ['2001:db8:0:7::1', '2001:db8:0:7'],
  ['2001:DB8:0:0007:aaaa:bbbb:cccc:dddd', '2001:db8:0:7'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('tries from %s count for %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
