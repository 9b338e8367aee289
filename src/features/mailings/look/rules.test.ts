import fc from 'fast-check'
import { expect, test } from 'vitest'
import { colorsFrom, contrast, logoSize, usualColors } from './rules.ts'

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3)
})

test('whatever colours are chosen, all of a mail can be read, by day and by night', () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(color, color, (chosen, page_color) => {
      for (const { page, card, panel, said, top, faint, link, button, on_button } of Object.values(colorsFrom({ color: chosen, page_color })))
        for (const [text, on] of [[said, card], [said, panel], [link, card], [link, panel], [top, page], [faint, page], [on_button, button]] as const)
          expect([text, on, contrast(text, on) >= 4.5]).toEqual([text, on, true])
    }),
  ) // prettier-ignore
})

test('a colour that can be read as it is stays as it is', () => {
  const { light } = colorsFrom(usualColors)
  expect([light.link, light.button, light.on_button]).toEqual(['#1d4ed8', '#1d4ed8', '#ffffff'])
  expect(colorsFrom({ ...usualColors, color: '#facc15' }).light.on_button).toBe('#000000')
})

test('a logo fits above the mail and is never enlarged', () => {
  expect(logoSize({ width: 1200, height: 300 })).toEqual({ width: 240, height: 60 })
  expect(logoSize({ width: 100, height: 400 })).toEqual({ width: 20, height: 80 })
  expect(logoSize({ width: 64, height: 48 })).toEqual({ width: 64, height: 48 })
})
