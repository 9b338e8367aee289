import type { Translate } from '../../../platform/i18n/messages.ts'

export function bytesText(bytes: number, language: string): string {
  const steps = [
    [1024 ** 3, 'GB'],
    [1024 ** 2, 'MB'],
    [1024, 'KB'],
  ] as const
  const [size, unit] = steps.find(([size]) => bytes >= size) ?? [1024, 'KB']
  return `${(bytes / size).toLocaleString(language, { maximumFractionDigits: unit === 'KB' ? 0 : 1 })} ${unit}`
}

/** '40 s', '12 min', '1 h 5 min'. */
export function durationText(t: Translate, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 90) return t('voterfiles.duration_seconds', { seconds: whole })
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return t('voterfiles.duration_minutes', { minutes })
  return t('voterfiles.duration_hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}

export const delimiterText = (t: Translate, delimiter: string): string => {
  const names: Record<string, string> = { ',': 'comma', '\t': 'tab', '|': 'pipe', ';': 'semicolon' }
  const name = names[delimiter]
  return name ? t.dynamic(`voterfiles.delimiter.${name}`) : delimiter
}
