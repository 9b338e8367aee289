/*
 * Colours of a mail, worked out from the two an organization chooses so that everything in it can be read: WCAG 2.2, 1.4.3
 * asks for a contrast of 4.5 to 1 of text (w3.org/TR/WCAG22/#contrast-minimum, checked 2026-11-29).
 */

const readable_contrast = 4.5

/** '#1d4ed8' */
export const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text)

export interface MailColors {
  page: string
  card: string
  panel: string
  said: string
  /** Of the name above the mail, which stands on the page. */
  top: string
  /** Of what stands below it, on the page. */
  faint: string
  link: string
  button: string
  on_button: string
  rule: string
}

export interface Colors {
  color: string
  page_color: string
}

/** Of an organization that chose none. */
export const usualColors: Colors = { color: '#1d4ed8', page_color: '#f3f4f6' }

const channelsOf = (color: string): [number, number, number] => {
  const of = (at: number): number => Number.parseInt(color.slice(at, at + 2), 16)
  return [of(1), of(3), of(5)]
}

function brightness(color: string): number {
  const [red, green, blue] = channelsOf(color).map((each) => {
    const share = each / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number] // three were mapped
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1, the same, to 21, black on white. */
export function contrast(one: string, other: string): number {
  const [dark, bright] = [brightness(one), brightness(other)].toSorted((a, b) => a - b) as [number, number] // two were sorted
  return (bright + 0.05) / (dark + 0.05)
}

/** `share` of the one, the rest of the other. */
function mixed(one: string, other: string, share: number): string {
  const [from, to] = [channelsOf(other), channelsOf(one)]
  return `#${from.map((each, at) => Math.round(each + ((to[at] ?? 0) - each) * share).toString(16).padStart(2, '0')).join('')}` // prettier-ignore
}

const isReadable = (color: string, on: readonly string[]): boolean =>
  on.every((each) => contrast(color, each) >= readable_contrast)

/** The colour itself, or as much of black or white with it as it takes to be read. */
function madeReadable(color: string, on: readonly string[], towards: '#000000' | '#ffffff'): string {
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(towards, color, share)
    if (isReadable(tried, on)) return tried
  }
  return towards
}

/** The first that can be read on it; of black and white one always can. */
const firstReadable = (colors: readonly string[], on: string): string =>
  [...colors, '#ffffff', '#000000'].find((each) => isReadable(each, [on])) ?? '#000000'

const dark = { page: '#111827', card: '#1f2937', panel: '#273449', said: '#f3f4f6', top: '#f3f4f6', faint: '#d1d5db', rule: '#4b5563' } // prettier-ignore

/** By day and, in programs that turn a mail dark, by night. */
export function colorsFrom({ color, page_color }: Colors): { light: MailColors; dark: MailColors } {
  const card = '#ffffff'
  const panel = mixed(color, card, 0.055)
  const bright = madeReadable(mixed('#ffffff', color, 0.5), [dark.card, dark.panel], '#ffffff')
  return {
    light: {
      page: page_color,
      card,
      panel,
      said: '#1f2937',
      top: firstReadable(['#1f2937'], page_color),
      faint: firstReadable(['#4b5563'], page_color),
      link: madeReadable(color, [card, panel], '#000000'),
      button: color,
      on_button: firstReadable(['#ffffff'], color),
      rule: '#d1d5db',
    },
    dark: { ...dark, link: bright, button: bright, on_button: dark.page },
  }
}

/** How large a logo stands above a mail: as wide and as high as this at most, never larger than it is. */
export function logoSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const share = Math.min(1, 240 / width, 80 / height)
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) }
}
