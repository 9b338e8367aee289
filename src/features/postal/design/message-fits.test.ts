import { expect, test } from 'vitest'
import { drawn, said } from '../../../platform/print/typst.ts'
import type { PieceKind } from '../schema.ts'
import { documentOf, fittingOf, largest, printData, smallest, type Layout } from './print.ts'
import { sample } from './queries.ts'
import { Design } from './schema.ts'

/** Words whose letters hang below the line wherever there are such letters. */
const words = { en: 'gypsy', ko: '투표용지를', zh: '選票寄回' } as const
type Written = keyof typeof words

const layoutOf = (kind: PieceKind, language: Written, count: number, contact = ''): Layout => ({
  drop: { kind, return_name: 'Neighbors', return_address: 'x', attribution: { en: 'Paid for by Neighbors' }, first_serial: null },
  design: Design.parse({ headline: { [language]: 'Vote' }, body: { [language]: Array.from({ length: count }, () => words[language]).join(language === 'zh' ? '' : ' ') }, contact: { [language]: contact } }),
  written: [language],
  picture: null,
  sizes: {},
}) // prettier-ignore

async function fitOf(layout: Layout, language: string): Promise<{ size: number; fits: boolean }> {
  const data = { ...printData(layout, [{ ...sample, language }], ['message'], null), largest, smallest }
  const [fit] = await said({ template: fittingOf(layout.drop.kind), data }, 'fit')
  return fit as { size: number; fits: boolean }
}

/** Whether the side looks otherwise when nothing is cut off where the message ends: then something was. */
async function isCut(layout: Layout, language: string, size: number): Promise<boolean> {
  const { template, ...document } = documentOf(layout.drop.kind)
  const data = printData({ ...layout, sizes: { [language]: size } }, [{ ...sample, language }], ['message'], null)
  const whole = template.replace('clip: true', 'clip: false')
  expect(whole).not.toBe(template)
  const { pixels: cut } = await drawn({ ...document, template, data })
  const { pixels: uncut } = await drawn({ ...document, template: whole, data })
  // What is black in one and white in the other; edges are drawn a little otherwise.
  for (let at = 0; at < uncut.length; at += 4) if ((uncut[at] ?? 0) < 100 && (cut[at] ?? 0) > 200) return true
  return false
}

// Lengths at which letters of some size fill the side to a few points.
test.each([
  ['postcard_6x9', 'en', 190, 340],
  ['postcard_6x9', 'ko', 150, 330],
  ['postcard_6x9', 'zh', 150, 390],
  ['postcard_4x6', 'en', 80, 290],
  ['self_mailer', 'en', 380, 560],
] as const)('of a message that fits a %s (%s) not a letter is cut off, however long it is', async (kind, language, from, to) => {
  let filled = 0
  for (let count = from; count <= to; count += Math.ceil((to - from) / 5)) {
    const layout = layoutOf(kind, language, count)
    const { size, fits } = await fitOf(layout, language)
    if (!fits) continue
    if (size < largest) filled++
    expect([count, size, await isCut(layout, language, size)]).toEqual([count, size, false])
  }
  expect(filled).toBeGreaterThan(3)
}, 240_000) // prettier-ignore

test('where what stands below leaves no room, the message is refused', async () => {
  const layout = layoutOf('postcard_4x6', 'en', 30, 'Call us at 718-555-0100\n'.repeat(14))
  expect((await fitOf(layout, 'en')).fits).toBe(false)
})

test('the message stands clear of the band above it, however large its letters are', async () => {
  const layout = layoutOf('postcard_4x6', 'ko', 12)
  const { size } = await fitOf(layout, 'ko')
  expect(size).toBe(largest)
  const data = printData({ ...layout, sizes: { ko: size } }, [{ ...sample, language: 'ko' }], ['message'], null)
  const { pixels, width, height } = await drawn({ ...documentOf('postcard_4x6'), data })
  const dots_per_inch = height / 4.25
  const isDark = (row: number): boolean => Array.from({ length: width }, (_, x) => (pixels[(row * width + x) * 4] ?? 255) < 100).includes(true) // prettier-ignore
  // The band is dark over its whole width, so its end is the first row with nothing dark.
  const end = Array.from({ length: height }, (_, row) => row).find((row) => !isDark(row)) ?? 0
  const begin = Array.from({ length: height - end }, (_, at) => end + at).find(isDark) ?? 0
  expect((begin - end) / dots_per_inch).toBeGreaterThan(0.18)
})
