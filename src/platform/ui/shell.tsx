import { Fragment, type ReactNode } from 'react'
import type { Actor } from '../actor.ts'
import { asset, stylesOf, type InlineStyles } from '../http/assets.ts'
import type { Env, NavItem } from '../http/room.ts'
import { languageNames, languages, localized, type Language, type PublicLanguage } from '../i18n/languages.ts'
import type { Translate } from '../i18n/messages.ts'
import { Icon } from './icon.tsx'
import './messages.ts'

interface DocumentProps {
  language: PublicLanguage
  title: string
  islands: string[]
  head?: ReactNode
  is_live: boolean
  /** In the page itself, in place of the file of all styles, and with the letters of the reader's own device. */
  styles?: InlineStyles | null
  children: ReactNode
}

export function Document({ language, title, islands, head, is_live, styles = null, children }: DocumentProps) {
  return (
    <html lang={language === 'zh' ? 'zh-Hant' : language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ${language === 'ko' ? '한표' : 'Hanpyo'}`}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {styles ? (
          // oxlint-disable-next-line react/no-danger -- our own file; React would write its quotation marks as entities
          <style dangerouslySetInnerHTML={{ __html: styles.text }} />
        ) : (
          <link rel="stylesheet" href={asset('styles/app.css')} />
        )}
        {islands.flatMap(stylesOf).map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {is_live && <script type="module" src={asset('src/platform/ui/live.ts')} />}
        {islands.map((source) => (
          <script key={source} type="module" src={asset(source)} />
        ))}
        {head}
      </head>
      <body className="bg-base-200 text-base-content min-h-screen">{children}</body>
    </html>
  )
}

interface ShellProps {
  t: Translate
  language: Language
  actor: Actor | null
  nav: NavItem[]
  organization: Env['Variables']['organization']
  organizations: Env['Variables']['organizations']
  /** Address of this page, to mark the entry of the menu. */
  path: string
  /** Where the language switch returns to. */
  back: string
  bare: boolean
  children: ReactNode
}

/** The frame of every page: who we are, the organization's work as menu, language, account. */
export function Shell(props: ShellProps) {
  const { t, language, actor, nav, organization, organizations, path, back, bare, children } = props
  const current = nav
    .filter((item) =>
      [item.href, ...(item.also ?? [])].some((href) => path === href || (href !== '/' && path.startsWith(`${href}/`))),
    )
    .sort((a, b) => b.href.length - a.href.length)[0]
  const entry = (item: NavItem) => (
    <li key={item.href}>
      <a
        href={item.href}
        className="flex items-center gap-3 rounded-lg px-3 py-2 font-medium hover:bg-base-200 aria-[current=page]:bg-primary aria-[current=page]:text-primary-content"
        aria-current={item === current ? 'page' : undefined}
      >
        <Icon name={item.icon} />
        {t.dynamic(item.label)}
      </a>
    </li>
  )
  const entries = [...Map.groupBy(nav, ({ group }) => group)].map(([group, items]) => (
    <Fragment key={group ?? ''}>
      {group && (
        <p className="mt-4 mb-1 px-3 text-sm font-semibold" aria-hidden="true">
          {t.dynamic(group)}
        </p>
      )}
      <ul className="space-y-0.5" aria-label={group && t.dynamic(group)}>
        {items.map(entry)}
      </ul>
    </Fragment>
  ))
  return (
    <>
      <a
        href="#content"
        className="btn btn-primary sr-only focus:not-sr-only focus:absolute focus:left-2 focus:top-2 focus:z-50"
      >
        {t('shell.skip')}
      </a>
      <header className="bg-base-100 border-base-300 sticky top-0 z-30 border-b print:hidden">
        {organization?.is_demo && (
          <p className="bg-accent text-accent-content px-3 py-1 text-center text-sm font-semibold print:hidden">
            {t('shell.demo')}
          </p>
        )}
        <div className="mx-auto flex min-h-16 max-w-7xl items-center gap-2 px-3 sm:px-6">
          <a href="/" className="flex items-center gap-2 rounded-lg py-1 pr-2 text-lg font-bold">
            <img src="/icon.svg" alt="" width="32" height="32" />
            <span>{t('app.name')}</span>
          </a>
          {organization && (
            <span className="border-base-300 hidden truncate border-l pl-3 text-sm sm:block">
              {localized(organization.name, language).text}
            </span>
          )}
          <div className="ml-auto flex items-center gap-1">
            <LanguageSwitch t={t} language={language} back={back} />
            {actor && !bare && actor.kind === 'user' && (
              <details className="dropdown dropdown-end">
                <summary className="btn btn-ghost btn-sm min-h-11 px-2">
                  <Icon name="person" />
                  <span className="hidden max-w-32 truncate md:inline">{actor.name}</span>
                  <span className="sr-only md:hidden">{t('shell.account')}</span>
                </summary>
                <ul className="dropdown-content bg-base-100 rounded-box border-base-300 z-40 mt-1 w-56 border p-2 shadow-lg">
                  <li className="px-3 py-2 text-sm">{actor.name}</li>
                  {organizations.length > 1 && (
                    <OrganizationSwitch
                      t={t}
                      language={language}
                      organizations={organizations}
                      current={actor.organization_id}
                    />
                  )}
                  <li>
                    <a href="/account" className="hover:bg-base-200 block rounded-lg px-3 py-2">
                      {t('shell.account')}
                    </a>
                  </li>
                  <li>
                    <form method="post" action="/sign-out">
                      <button className="hover:bg-base-200 block w-full rounded-lg px-3 py-2 text-left">
                        {t('shell.sign_out')}
                      </button>
                    </form>
                  </li>
                </ul>
              </details>
            )}
            {entries.length > 0 && !bare && (
              <details className="dropdown dropdown-end lg:hidden">
                <summary className="btn btn-ghost btn-sm min-h-11 px-2">
                  <Icon name="menu" />
                  <span className="sr-only">{t('shell.menu')}</span>
                </summary>
                <nav
                  aria-label={t('shell.menu')}
                  className="dropdown-content bg-base-100 rounded-box border-base-300 z-40 mt-1 max-h-[calc(100dvh-var(--bar)-0.5rem)] w-64 overflow-y-auto overscroll-contain border p-2 shadow-lg"
                >
                  {entries}
                </nav>
              </details>
            )}
          </div>
        </div>
      </header>
      <div className="mx-auto flex max-w-7xl gap-6 px-3 sm:px-6">
        {entries.length > 0 && !bare && (
          <nav
            aria-label={t('shell.menu')}
            className="sticky top-(--bar) -mx-2 hidden max-h-[calc(100dvh-var(--bar))] w-60 shrink-0 self-start overflow-y-auto overscroll-contain px-2 py-6 [scrollbar-width:thin] lg:block print:hidden"
          >
            {entries}
          </nav>
        )}
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 py-6 outline-none">
          {children}
        </main>
      </div>
    </>
  )
}

interface OrganizationSwitchProps {
  t: Translate
  language: Language
  organizations: Env['Variables']['organizations']
  current: string
}

/** For people in several organizations. It leads to the start page: this page may not exist in the other one. */
function OrganizationSwitch({ t, language, organizations, current }: OrganizationSwitchProps) {
  return (
    <li className="border-base-300 mb-1 border-y py-1">
      <form method="post" action="/account/organization" role="group" aria-label={t('shell.organization')}>
        <p className="px-3 pt-1 text-xs" aria-hidden="true">
          {t('shell.organization')}
        </p>
        {organizations.map(({ organization_id, name }) => {
          const { text, language: written } = localized(name, language)
          return (
            <button
              key={organization_id}
              name="organization_id"
              value={organization_id}
              lang={written}
              aria-pressed={organization_id === current}
              className="hover:bg-base-200 block min-h-11 w-full rounded-lg px-3 py-2 text-left aria-pressed:font-bold"
            >
              {organization_id === current && <span aria-hidden="true">✓ </span>}
              {text}
            </button>
          )
        })}
      </form>
    </li>
  )
}

function LanguageSwitch({ t, language, back }: { t: Translate; language: Language; back: string }) {
  return (
    <form method="post" action="/language">
      <input type="hidden" name="back" value={back} />
      <div className="join" role="group" aria-label={t('shell.language')}>
        {languages.map((each) => (
          <button
            key={each}
            name="language"
            value={each}
            lang={each}
            aria-pressed={each === language}
            className="join-item btn btn-sm btn-ghost min-h-11 px-2.5 font-semibold aria-pressed:bg-base-200 aria-pressed:underline aria-pressed:underline-offset-4"
          >
            {each === 'en' ? (
              <abbr title={languageNames.en} className="no-underline">
                EN
              </abbr>
            ) : (
              languageNames[each]
            )}
          </button>
        ))}
      </div>
    </form>
  )
}
