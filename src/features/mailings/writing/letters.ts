import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asset, clientFolder } from '../../../platform/http/assets.ts'

/** Where the preview of a mail has its letters from. */
export const lettersPath = '/mail-preview.css'

let made: string | null = null

/**
 * The letters of our own pages, under the name a mail asks for first: a machine without a font for Hangul shows the preview
 * as its readers see it. Mails themselves load nothing.
 */
export function lettersOfPreview(): string {
  made ??= [...readFileSync(join(clientFolder, asset('styles/app.css')), 'utf8').matchAll(/@font-face\s*\{[^}]*\}/g)]
    .filter(([face]) => /font-family:\s*["']?Pretendard Variable/.test(face))
    .map(([face]) => face.replace(/font-family:\s*["']?Pretendard Variable["']?/, 'font-family:Pretendard'))
    .join('\n')
  return made
}

/** A mail as the preview shows it. */
export const withLetters = (html: string): string =>
  html.replace('</head>', () => `<link rel="stylesheet" href="${lettersPath}"></head>`)
