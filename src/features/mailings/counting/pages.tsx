import { formatNumber, formatPercent } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, PageHead, Table } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { list } from '../pages.tsx'
import './messages.ts'
import type { LanguageCounts, PressedLink } from './queries.ts'
import { noticeIn, type Counting } from './rules.ts'

export const countingPath = `${list}/counting`

const kinds = ['counts_clicks', 'counts_opens'] as const

export const countingValues = (counting: Counting): FormValues =>
  Object.fromEntries(kinds.map((each) => [each, counting[each] ? 'yes' : '']))

interface CountingProps {
  t: Translate
  counting: Counting
  languages: readonly string[]
  is_saved: boolean
}

export function CountingPage({ t, counting, languages, is_saved }: CountingProps) {
  const notices = languages.map((each) => ({ language: each, notice: noticeIn(each, counting) }))
  return (
    <div className="max-w-3xl">
      <PageHead title={t('mail_counting.title')} lead={t('mail_counting.lead')} back={{ href: list, label: t('mailings.title') }} />
      {is_saved && <Alert kind="success">{t('mail_counting.saved')}</Alert>}
      <form method="post" action={countingPath}>
        <Seen values={countingValues(counting)} typed={{}} />
        <Card>
          {kinds.map((each) => (
            <Choices
              key={each}
              t={t}
              name={each}
              kind="checkbox"
              chosen={counting[each] ? ['yes'] : []}
              options={[{ value: 'yes', label: t(`mail_counting.${each}`), hint: t(`mail_counting.${each}_hint`) }]}
            />
          ))}
          <p className="mb-4">{t('mail_counting.never')}</p>
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
      {notices.some(({ notice }) => notice) && (
        <Card title={t('mail_counting.notice')} id="notice">
          {notices.map(({ language, notice }) => (
            <p key={language} lang={language} className="mb-2">
              {notice}
            </p>
          ))}
        </Card>
      )}
    </div>
  )
} // prettier-ignore

/** On the report, where something was counted. */
export function CountedCard({ t, counts, links }: { t: Translate; counts: readonly LanguageCounts[]; links: readonly PressedLink[] }) {
  const number = (value: number): string => formatNumber(t.language, value)
  const share = (of: number, all: number): string =>
    all > 0 ? `${number(of)} (${formatPercent(t.language, of / all)})` : number(of)
  if (links.length === 0 && counts.every(({ opened, clicked }) => opened + clicked === 0)) return null
  return (
    <Card title={t('mail_counting.report')} lead={t('mail_counting.inexact')} id="counted">
      <Table
        caption={t('mail_counting.report')}
        head={[t('mail_counting.language'), t('mail_counting.sent'), t('mail_counting.opened'), t('mail_counting.clicked')]}
      >
        {counts.map(({ language, sent, opened, clicked }) => (
          <tr key={language}>
            <th scope="row" lang={language}>
              {languageNames[language] ?? language}
            </th>
            <td>{number(sent)}</td>
            <td>{share(opened, sent)}</td>
            <td>{share(clicked, sent)}</td>
          </tr>
        ))}
      </Table>
      {links.length > 0 && (
        <Table caption={t('mail_counting.links')} head={[t('mail_counting.link'), t('mail_counting.language'), t('mail_counting.presses')]}>
          {links.map(({ language, url, presses }) => (
            <tr key={`${language} ${url}`}>
              <td className="break-all">{url}</td>
              <td lang={language}>{languageNames[language] ?? language}</td>
              <td>{number(presses)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  )
} // prettier-ignore
