import { formatDateTime, formatNumber, formatPercent } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { publicDate } from '../../../platform/i18n/public.ts'
import { Bars, Card, Figure, Figures, PageHead, Table } from '../../../platform/ui/components.tsx'
import { CountedCard } from '../counting/pages.tsx'
import type { LanguageCounts, PressedLink } from '../counting/queries.ts'
import { list } from '../pages.tsx'
import type { ReaderTranslate } from '../public.ts'
import type { Mailing } from '../queries.ts'
import { TriedSubjects, type TriedProps } from '../subjects/pages.tsx'
import '../newsletter/messages.ts'
import { feeds } from './feed.ts'
import type { DaySum, Group, Measure } from './groups.ts'
import { CourseCard, GroupsCard } from './groups-page.tsx'
import '../sending/messages.ts'
import './messages.ts'
import type { HourSum, LanguageSums, ReasonSum } from './queries.ts'

interface ReportProps {
  t: Translate
  mailing: Mailing
  sums: readonly LanguageSums[]
  hours: readonly HourSum[]
  reasons: readonly ReasonSum[]
  time_zone: string
  groups: readonly Group[] | null
  measure: Measure
  days: readonly DaySum[] | null
  public_path: string
  may_edit: boolean
  /** null: there was one subject. */
  tried: Pick<TriedProps, 'test' | 'arms' | 'held' | 'until'> | null
  /** Where the organization chose to. */
  counted: { counts: readonly LanguageCounts[]; links: readonly PressedLink[] }
}

export function ReportPage({ t, mailing, sums, hours, reasons, groups, measure, days, time_zone, public_path, may_edit, tried, counted }: ReportProps) {
  const here = `${list}/${mailing.mailing_id}`
  const number = (value: number): string => formatNumber(t.language, value)
  const at = (instant: Date): string => formatDateTime(t.language, instant, time_zone)
  const all = (of: 'listed' | 'sent' | 'in_doubt' | 'refused' | 'came_back' | 'undeliverable' | 'replied' | 'unsubscribed'): number => sums.reduce((sum, each) => sum + each[of], 0)
  const is_for_members = mailing.lane === 'member_communication'
  const [first, last] = [hours[0], hours.at(-1)]
  const most = hours.toSorted((a, b) => b.count - a.count)[0]
  return (
    <div className="max-w-3xl">
      <PageHead title={t('mail_report.title')} back={{ href: here, label: mailing.name }} />
      {sums.length === 0 && <p className="mb-6">{t('mail_report.none')}</p>}
      {sums.length > 0 && (
        <>
          <Figures>
            <Figure label={t('mail_report.listed')} value={number(all('listed'))} />
            <Figure label={t('mail_report.sent')} value={number(all('sent'))} note={all('in_doubt') > 0 && t('mail_report.in_doubt', { sum: number(all('in_doubt')) })} />
            <Figure label={t('mail_report.refused')} value={number(all('refused'))} />
            <Figure label={t('mail_report.bounced')} value={number(all('came_back'))} />
            {all('undeliverable') > 0 && <Figure label={t('sending.state.undeliverable')} value={number(all('undeliverable'))} />}
            <Figure label={t('mail_report.replied')} value={number(all('replied'))} />
            <Figure
              label={t('mail_report.unsubscribed')}
              value={number(all('unsubscribed'))}
              note={all('sent') > 0 && t('mail_report.share', { share: formatPercent(t.language, all('unsubscribed') / all('sent'), 1) })}
            />
          </Figures>
          <Card title={t('mail_report.by_language')} id="languages">
            <Table
              caption={t('mail_report.by_language')}
              head={[t('mail_report.language'), t('mail_report.listed'), t('mail_report.sent'), t('mail_report.refused'), t('mail_report.bounced'), t('mail_report.replied'), t('mail_report.unsubscribed')]}
            >
              {sums.map((each) => (
                <tr key={each.language}>
                  <th scope="row" lang={each.language}>
                    {languageNames[each.language] ?? each.language}
                  </th>
                  <td>{number(each.listed)}</td>
                  <td>{number(each.sent)}</td>
                  <td>{number(each.refused)}</td>
                  <td>{number(each.came_back)}</td>
                  <td>{number(each.replied)}</td>
                  <td>{number(each.unsubscribed)}</td>
                </tr>
              ))}
            </Table>
          </Card>
        </>
      )}
      {tried && <TriedSubjects {...{ t, mailing, time_zone, may_edit }} {...tried} />}
      <GroupsCard {...{ t, groups, measure, here }} />
      <CourseCard t={t} days={days} />
      <CountedCard t={t} {...counted} />
      {first && last && most && (
        <Card>
          <Bars caption={t('mail_report.over_time')} format={number} rows={hours.map(({ hour, count }) => ({ label: at(hour), value: count }))} />
          {hours.length > 1 && (
            <p className="mt-3 text-sm">
              {t('mail_report.over_time_said', { first: at(first.hour), last: at(last.hour), most: at(most.hour), taken: number(most.count) })}
            </p>
          )}
        </Card>
      )}
      {reasons.length > 0 && (
        <Card>
          <Bars
            caption={t('mail_report.reasons')}
            format={number}
            rows={reasons.map(({ code, why, answer, count }) => ({ label: why ? t.dynamic(`sending.why.${why}`) : [code, answer].filter(Boolean).join(' · '), value: count }))}
          />
        </Card>
      )}
      {mailing.listed_at && (
        <Card title={t('mail_report.archive')} lead={t(is_for_members ? 'mail_report.members_only' : 'mail_report.archive_lead')} id="archive">
          <div className="flex flex-wrap gap-3">
            {mailing.archived_at && !is_for_members && (
              <a className="btn" href={public_path}>
                {t('mail_report.open')}
              </a>
            )}
            {may_edit && (mailing.archived_at || !is_for_members) && (
              <form method="post" action={`${here}/archive`}>
                <input type="hidden" name="is_public" value={mailing.archived_at ? 'no' : 'yes'} />
                <button className={mailing.archived_at ? 'btn' : 'btn btn-primary'}>
                  {t(mailing.archived_at ? 'mail_report.withdraw' : 'mail_report.publish')}
                </button>
              </form>
            )}
          </div>
        </Card>
      )}
    </div>
  )
} // prettier-ignore

interface ArchiveProps {
  t: ReaderTranslate
  organization: string
  path: string
  /** Whether everybody may ask for them by e-mail. */
  may_sign_up: boolean
  mails: readonly { mailing_id: string; subject: string; language: string; day: string }[]
}

export const ArchivePage = ({ t, organization, path, mails, may_sign_up }: ArchiveProps) => (
  <>
    <PageHead title={t('archive.title', { organization })} />
    {may_sign_up && (
      <p className="mb-6">
        <a className="btn btn-primary" href={`${path}/sign-up?lang=${t.reads}`}>
          {t('newsletter.sign_up')}
        </a>
      </p>
    )}
    {mails.length === 0 && <p>{t('archive.none')}</p>}
    <ul className="mb-6 grid gap-3">
      {mails.map(({ mailing_id, subject, language, day }) => (
        <li key={mailing_id} className="border-base-300 rounded-lg border p-3">
          <a className="link font-bold" href={`${path}/${mailing_id}?lang=${language}`} lang={language}>
            {subject}
          </a>
          <p className="text-sm">{publicDate(t.reads, day)}</p>
        </li>
      ))}
    </ul>
    <p className="flex flex-wrap gap-x-4">
      {feeds.map((kind) => (
        <a key={kind} className="link inline-flex min-h-8 items-center" href={`${path}/feed.${kind}?lang=${t.reads}`}>
          {t('archive.feed', { kind: { atom: 'Atom', rss: 'RSS' }[kind] })}
        </a>
      ))}
    </p>
  </>
)
