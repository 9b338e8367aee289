import { expect, test } from 'vitest'
import { pdf } from '../../../platform/print/typst.ts'
import { textsOf } from '../../../platform/print/testing.ts'
import { barsText } from '../barcode/font.ts'
import { found } from '../../../platform/errors.ts'
import { barsOf, partOf, type Layout } from './print.ts'
import { sample } from './queries.ts'
import { Design } from './schema.ts'

const layout: Omit<Layout, 'answers'> = {
  drop: { kind: 'postcard_6x9', return_name: 'SENDER', return_address: 'X', attribution: { en: 'PAIDEN', ko: '비용' }, first_serial: 7 },
  design: Design.parse({ headline: { en: 'HEADEN', ko: '제목' }, body: { en: 'BODYEN', ko: '본문' }, note: { en: 'NOTEEN', ko: '쪽지' }, mailer_id: '901234567', service_type: '300' }),
  written: ['en', 'ko'],
  picture: null,
  sizes: {},
} // prettier-ignore
const pieces = ['ko', 'en', 'ko', 'en', 'en'].map((language, at) => ({
  ...sample,
  language,
  number: at + 1,
  name_line: `NAME${at + 1}`,
  name_line_ko: null,
  code: `2cccccc${at + 2}`,
}))

test.each(['drop', 'piece'] as const)('in the file as it is printed each piece has its front, its address, its barcode and its code (a code for each %s)', async (per) => {
  const answers = { per, base: 'https://v.org/r/', codes: { en: 'aaaaaaaa', ko: 'bbbbbbbb' } }
  const pages = textsOf(await pdf({ ...partOf({ ...layout, answers }, pieces), made_at: new Date(0) }))
  expect(pages).toHaveLength(2 * pieces.length)
  for (const [at, piece] of pieces.entries()) {
    const [front, address] = [found(pages[2 * at]), found(pages[2 * at + 1])]
    const isKorean = piece.language === 'ko'
    const code = per === 'piece' ? piece.code : isKorean ? 'bbbbbbbb' : 'aaaaaaaa'
    expect(front[0]).toContain(isKorean ? '제목본문' : 'HEADENBODYEN')
    expect(front[0]).not.toContain(isKorean ? 'BODYEN' : '본문')
    expect(front.join('').match(/v\.org\/r\/(\w{8})/g)).toEqual([`v.org/r/${code}`])
    expect(address).toHaveLength(2)
    expect(address[0]).toContain(isKorean ? '쪽지' : 'NOTEEN')
    expect(address[0]).not.toContain(isKorean ? 'NOTEEN' : '쪽지')
    expect(address[1]?.match(/NAME\d/g)).toEqual([piece.name_line])
    expect(address[1]).toContain(barsText(found(barsOf(layout.drop, layout.design, piece))))
  }
}) // prettier-ignore

test('no piece is printed with the code of previews, which leads nowhere', () => {
  const base = 'https://v.org/r/'
  expect(() => partOf({ ...layout, answers: { per: 'drop', base, codes: { en: 'aaaaaaaa' } } }, pieces)).toThrow('without its code') // prettier-ignore
  const nameless = pieces.map((piece) => ({ ...piece, code: null }))
  expect(() => partOf({ ...layout, answers: { per: 'piece', base, codes: {} } }, nameless)).toThrow('without its code')
})
