import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, PageHead } from '../../../platform/ui/components.tsx'
import { LinksCard } from '../links/pages.tsx'
import type { TriedLink } from '../links/queries.ts'
import { NextStep } from '../parts.tsx'
import type { Mailing } from '../queries.ts'
import '../sending/messages.ts'
import type { Check } from './check-rules.ts'
import './messages.ts'
import type { MailContent } from './schema.ts'

interface ChecksProps {
  t: Translate
  mailing: Mailing
  content: MailContent
  checks: readonly Check[]
  may_edit: boolean
  /** Where it leads. */
  links: readonly string[]
  tried: ReadonlyMap<string, TriedLink>
  time_zone: string
}

/** What stands against sending a mailing: where it is, and how to mend it. */
export function ChecksPage({ t, mailing, content, checks, may_edit, links, tried, time_zone }: ChecksProps) {
  const base = `/mailings/${mailing.mailing_id}`
  const blocking = checks.filter(({ is_blocking }) => is_blocking)
  const minor = checks.filter(({ is_blocking }) => !is_blocking)
  const lines = (of: readonly Check[]) => (
    <ul className="grid gap-3">
      {of.map((check, at) => (
        <li key={at} className="border-base-300 rounded-lg border p-3">
          <p className="font-semibold wrap-anywhere">
            {may_edit && mailing.state === 'draft' && check.where ? (
              <a className="link" href={`${base}/write#${anchorOf(check)}`}>
                {placeOf(t, content, check)}
              </a>
            ) : (
              placeOf(t, content, check)
            )}
          </p>
          <p className="wrap-anywhere">{t(`writing.check.${check.kind}`, { detail: check.detail })}</p>
          <p className="text-sm">{t(`writing.mend.${check.kind}`)}</p>
        </li>
      ))}
    </ul>
  )
  return (
    <div className="max-w-3xl">
      <PageHead title={t('writing.checks')} lead={t('writing.checks_lead')} back={{ href: base, label: mailing.name }} />
      {checks.length === 0 && <Alert kind="success" title={t('writing.checks_none')} />}
      {blocking.length > 0 && (
        <Card title={t('writing.checks_blocking', { count: blocking.length })} id="blocking">
          {lines(blocking)}
        </Card>
      )}
      {minor.length > 0 && (
        <Card title={t('writing.checks_minor', { count: minor.length })} id="minor">
          {lines(minor)}
        </Card>
      )}
      <LinksCard {...{ t, links, tried, time_zone, may_edit }} action={`${base}/links`} />
      {may_edit && blocking.length === 0 && mailing.state === 'draft' && !mailing.journey_id && (
        <NextStep t={t} href={`${base}/send`} step={t('sending.title')} />
      )}
    </div>
  )
} // prettier-ignore

/** 'Subject · 한국어', '3. Button, Address it leads to'. */
function placeOf(t: Translate, content: MailContent, { where, name, language }: Check): string {
  const at = content.blocks.findIndex(({ key }) => key === where)
  const block = content.blocks[at]
  const place = block
    ? [t('writing.block', { number: at + 1, kind: t(`writing.kind.${block.kind}`) }), name && name !== 'of' && t.dynamic(`writing.text.${name}`)]
    : [where === 'foot' ? t('writing.foot') : where === 'add' ? t('writing.blocks') : where ? t.dynamic(`writing.text.${where}`) : t('writing.whole')]
  return [place.filter(Boolean).join(', '), language && (languageNames[language] ?? language)].filter(Boolean).join(' · ')
} // prettier-ignore

function anchorOf({ where, language }: Check): string {
  if (where === 'foot' || where === 'add') return where
  if (where === 'reason') return 'foot'
  return where === 'subject' || where === 'preheader' ? `${where}-${language ?? 'en'}` : `block-${where}`
}
