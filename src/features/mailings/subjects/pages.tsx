import { formatDateTime, formatNumber, formatPercent } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead, Select, Table } from '../../../platform/ui/components.tsx'
import type { Form } from '../../../platform/ui/form-values.ts'
import '../counting/messages.ts'
import type { Counting } from '../counting/rules.ts'
import { list } from '../pages.tsx'
import { Lacks } from '../parts.tsx'
import type { Mailing } from '../queries.ts'
import '../sending/messages.ts'
import { MailContent, type MailText } from '../writing/schema.ts'
import './messages.ts'
import { subjectsOf, type SubjectTest, type TriedArm } from './queries.ts'
import { clearest, interval, isCounted } from './rules.ts'
import type { Held } from './settle.ts'
import { hoursAfter, others_most, shares, subjectRules } from './schema.ts'

/** What of a reader decides, and is shown with how sure it is. */
const decidedBy = { replies: 'replied', clicks: 'clicked', opens: 'opened', person: 'replied' } as const

const letters = ['A', 'B', 'C'] as const
const letterOf = (at: number): string => letters[at] ?? '?'

interface TryProps extends Form {
  mailing: Mailing
  test: SubjectTest | undefined
  languages: readonly string[]
  counting: Counting
}

/** What is tried, before it goes out. */
export function TrySubjectsPage({ t, mailing, test, languages, counting, typed, errors }: TryProps) {
  const rules = subjectRules.filter((rule) => isCounted(rule, counting))
  const form = { t, typed, errors }
  const { subject } = MailContent.parse(mailing.content)
  const written = languages.filter((language) => subject[language]?.trim())
  return (
    <div className="max-w-2xl">
      <PageHead title={t('subjects.title')} lead={t('subjects.lead')} back={{ href: `${list}/${mailing.mailing_id}`, label: mailing.name }} />
      {written.length === 0 ? (
        <Lacks title={t('sending.not_ready')} lacks={[{ text: t('subjects.own_none'), href: `${list}/${mailing.mailing_id}/write` }]} />
      ) : (
      <form method="post" action={`${list}/${mailing.mailing_id}/subjects`}>
        <Card title={t('subjects.own')} id="own">
          <Said text={subject} languages={written} />
        </Card>
        {Array.from({ length: others_most }, (_, at) => {
          const letter = letterOf(at + 1)
          return (
            <Card key={at} title={t('subjects.other', { letter })} lead={t('subjects.other_hint')} id={`subject-${at + 1}`}>
              {errors[`subject.${at + 1}`] && <Alert kind="error">{t('subjects.incomplete')}</Alert>}
              {written.map((language) => (
                <label key={language} className="mb-3 block">
                  <span className="mb-1 block font-semibold">{languageNames[language] ?? language}</span>
                  <input
                    name={`subject.${at + 1}.${language}`}
                    lang={language}
                    maxLength={200}
                    className="input w-full text-base"
                    defaultValue={typed[`subject.${at + 1}.${language}`] ?? test?.subjects[at]?.[language] ?? ''}
                    aria-label={`${t('subjects.other', { letter })}, ${languageNames[language] ?? language}`}
                  />
                </label>
              ))}
            </Card>
          )
        })}
        <Card>
          <Select
            {...form}
            label={t('subjects.share')}
            name="share"
            required
            value={String(test?.share ?? 20)}
            options={shares.map((share) => ({
              value: String(share),
              label: share === 100 ? t('subjects.share_all') : t('subjects.share_of', { share: formatPercent(t.language, share / 100, 0) }),
            }))}
          />
          <Choices
            t={t}
            legend={t('subjects.rule')}
            name="rule"
            kind="radio"
            chosen={[typed.rule ?? test?.rule ?? 'person']}
            errors={errors}
            options={rules.map((value) => ({ value, label: t(`subjects.rule.${value}`), hint: t(`subjects.rule.${value}_hint`) }))}
          />
          {rules.length < subjectRules.length && (
            <p className="mb-4 text-sm">
              {t('subjects.may_count')}{' '}
              <a className="link" href={`${list}/counting`}>
                {t('mail_counting.title')}
              </a>
            </p>
          )}
          <Select
            {...form}
            label={t('subjects.after')}
            name="after_hours"
            required
            value={String(test?.after_hours ?? 24)}
            options={hoursAfter.map((hours) => ({ value: String(hours), label: t('subjects.hours', { count: hours }) }))}
          />
          <Field {...form} label={t('subjects.least')} hint={t('subjects.least_hint')} name="least" inputMode="numeric" required value={test?.least ?? 100} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
      )}
    </div>
  )
} // prettier-ignore

const Said = ({ text, languages }: { text: MailText; languages: readonly string[] }) =>
  languages.map((language) => (
    <p key={language} lang={language} className="wrap-anywhere">
      {text[language]}
    </p>
  ))

export interface TriedProps {
  t: Translate
  mailing: Mailing
  test: SubjectTest
  arms: readonly TriedArm[]
  /** So many wait for the better one. */
  held: number
  /** Until when, or until a person says. */
  until: Held
  time_zone: string
  may_edit: boolean
}

/** How the subjects did, with how sure that is, and the choice where it is a person's. */
export function TriedSubjects({ t, mailing, test, arms, held, until, time_zone, may_edit }: TriedProps) {
  const number = (value: number): string => formatNumber(t.language, value)
  const percent = (value: number): string => formatPercent(t.language, value, 1)
  const subjects = subjectsOf(mailing.content, test)
  const best = clearest(arms)
  const isWaiting = test.decided_at === null && held > 0
  const seen = (['replied', 'clicked', 'opened'] as const).filter(
    (each) => each === decidedBy[test.rule] || each === 'replied' || arms.some((arm) => arm[each] > 0),
  )
  return (
    <Card title={t('subjects.became')} lead={t('subjects.surely')} id="subjects">
      <Table
        caption={t('subjects.became')}
        head={[t('subjects.subject'), t('subjects.sent'), ...seen.map((each) => t(`subjects.${each}`)), t('subjects.unsubscribed')]}
      >
        {subjects.map((subject, at) => {
          const arm = arms[at] ?? { sent: 0, hits: 0, replied: 0, clicked: 0, opened: 0, unsubscribed: 0, listed: 0 }
          const [low, high] = interval(arm)
          const { text, language } = localized(subject, t.language)
          return (
            <tr key={at}>
              <th scope="row" className="font-normal wrap-anywhere">
                <strong>{letterOf(at)}</strong> <span lang={language}>{text}</span>
              </th>
              <td>{number(arm.sent)}</td>
              {seen.map((each) => (
                <td key={each}>
                  {number(arm[each])}
                  {arm.sent > 0 && each === decidedBy[test.rule] && (
                    <span className="block text-sm">
                      {t('subjects.between', { share: percent(arm.hits / arm.sent), low: percent(low), high: percent(high) })}
                    </span>
                  )}
                </td>
              ))}
              <td>{number(arm.unsubscribed)}</td>
            </tr>
          )
        })}
      </Table>
      <p className="mt-3">{best === null ? t('subjects.chance') : t('subjects.clear', { letter: letterOf(best) })}</p>
      {test.decided_for && (
        <p className="mt-3 font-semibold">
          {t(`subjects.decided.${test.decided_for}`, { letter: letterOf(test.winner ?? 0), name: test.decided_by ?? '' })}
        </p>
      )}
      {isWaiting && (
        <p className="mt-3">
          {until && until !== 'person'
            ? t('subjects.waits_until', { people: number(held), at: formatDateTime(t.language, until.until, time_zone) })
            : t('subjects.waits_person', { people: number(held) })}
        </p>
      )}
      {isWaiting && may_edit && (
        <div className="mt-3 flex flex-wrap gap-3">
          {subjects.map((_, at) => (
            <form key={at} method="post" action={`${list}/${mailing.mailing_id}/subjects/choose`}>
              <button className="btn" name="winner" value={at}>
                {t('subjects.choose', { letter: letterOf(at) })}
              </button>
            </form>
          ))}
        </div>
      )}
    </Card>
  )
} // prettier-ignore
