import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { localized, type LocalizedText, type PublicLanguage } from '../i18n/languages.ts'
import type { InlineStyles } from '../http/assets.ts'
import { Document } from './shell.tsx'

/** A page for everybody: no menu, no cookie, and no script it would need. */
export function publicDocument(
  language: PublicLanguage,
  title: string,
  organization: LocalizedText,
  body: ReactNode,
  {
    description = '',
    head = null,
    beside = null,
    islands = [],
    is_wide = false,
    styles = null,
  }: {
    description?: string
    head?: ReactNode
    /** Beside the organization's name. */
    beside?: ReactNode
    islands?: string[]
    /** For what stands side by side. */
    is_wide?: boolean
    /** In the page itself, in place of the file of all styles: the answer names their hash (`styled_by`). */
    styles?: InlineStyles | null
  } = {},
): string {
  const name = localized(organization, language)
  return `<!doctype html>${renderToStaticMarkup(
    <Document
      language={language}
      title={title}
      islands={islands}
      is_live={false}
      styles={styles}
      head={
        <>
          <meta property="og:title" content={title} />
          <meta property="og:site_name" content={name.text} />
          {description && <meta name="description" property="og:description" content={description} />}
          {head}
        </>
      }
    >
      <div className={`mx-auto px-4 py-6 ${is_wide ? 'max-w-5xl' : 'max-w-2xl'}`}>
        <header className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <p className="font-semibold" lang={name.language === language ? undefined : name.language}>
            {name.text}
          </p>
          {beside}
        </header>
        <main>{body}</main>
      </div>
    </Document>,
  )}`
}
