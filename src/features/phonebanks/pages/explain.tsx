import { formatDateTime, formatPhone } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, PageHead } from '../../../platform/ui/components.tsx'
import type { Explained, PhoneBank } from '../dashboard.ts'
import type { OffList } from '../targets/off-list.ts'
import { SpokeWith } from '../../contacts/schema.ts'
import { evidenceWords } from '../../people/messages.ts'
import type { Step } from '../../scripts/schema.ts'
import { languageIn } from '../../scripts/walk/texts.tsx'
import { Attempts } from './dashboard.tsx'
import { standingName, VoterName } from './words.tsx'

const isSpokeWith = (note: string | null): note is SpokeWith => SpokeWith.safeParse(note).success

interface Props {
  t: Translate
  bank: PhoneBank
  explained: Explained
  /** Of every version of the script. */
  ever: readonly Step[]
  /** Why they are not on the list; null: they are. */
  off: OffList | null
  now: Date
  time_zone: string
  may_take_back: boolean
  /** May this reader talk with them when they call? What came of it last; null: no. */
  called_us: 'offered' | 'taken' | 'closed' | null
}

export function ExplainPage({ t, bank, explained, ever, off, now, time_zone, may_take_back, called_us }: Props) {
  const { target, suppressions, opted_out, deceased_at } = explained
  const profile = `/voters/${explained.voter_id}`
  const at = (instant: Date) => formatDateTime(t.language, instant, time_zone)
  const language = target && target.language !== 'und' ? languageIn(t.language, target.language) : null
  const reasons = target
    ? [
        t('phonebanks.why.attempts', { attempts: target.attempts, most: bank.max_attempts }),
        ...(target.holder ? [t('phonebanks.why.held_by', { name: target.holder })] : []),
        ...(target.state === 'waiting' && target.next_at && target.next_at > now
          ? [t('phonebanks.why.next_at', { at: at(target.next_at) })]
          : []),
        ...(target.phones.length
          ? [t('phonebanks.why.numbers', { numbers: target.phones.map(formatPhone).join(', ') })]
          : []),
        ...(language
          ? [
              t(target.is_language_known ? 'phonebanks.why.language_known' : 'phonebanks.why.language_likely', {
                language,
              }),
            ]
          : []),
      ]
    : []
  return (
    <>
      <PageHead
        title={explained.name}
        lead={<VoterName t={t} name="" hangul={explained.hangul} />}
        back={{ href: `/phonebanks/${bank.phone_bank_id}`, label: localized(bank.name, t.language).text }}
      />
      <Card title={t('phonebanks.why')} id="why">
        <p className="text-lg font-semibold">{target ? standingName(t, target) : t('phonebanks.why.not_listed')}</p>
        {off && <p className="mt-1">{t.dynamic(`phonebanks.why.off.${off}`, { expression: bank.expression })}</p>}
        <ul className="mt-2 list-disc pl-5">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
          {opted_out && (
            <li>
              {t('phonebanks.why.opted_out', {
                by: opted_out.by,
                at: at(opted_out.at),
                evidence: evidenceWords(t, opted_out.evidence),
              })}{' '}
              <a href={`${profile}#consent`} className="link inline-flex min-h-8 items-center">
                {t('phonebanks.why.opted_out_next')}
              </a>
            </li>
          )}
          {explained.called_us_at.map((instant) => (
            <li key={instant.toISOString()}>{t('phonebanks.why.called_back', { at: at(instant) })}</li>
          ))}
          {deceased_at && <li>{t('phonebanks.why.deceased', { at: at(deceased_at) })}</li>}
          {suppressions.map((each) => (
            <li key={each.suppression_id}>
              {t('phonebanks.why.suppressed', {
                reason:
                  t.dynamic(`phonebanks.reason.${each.reason}`) + (each.phone ? ` (${formatPhone(each.phone)})` : ''),
                by: each.marked_by,
                at: at(each.marked_at),
              })}
              {each.is_of_person && ` ${t('phonebanks.why.of_person')}`}
              {isSpokeWith(each.note) && ` (${t('host.marks_spoke', { who: t(`host.spoke.${each.note}`) })})`}
              {may_take_back && (
                <form
                  method="post"
                  action={`/phonebanks/${bank.phone_bank_id}/voters/${explained.voter_id}/marks/${each.suppression_id}/take-back`}
                  className="my-1"
                >
                  <button className="btn btn-sm">{t('host.marks_take_back')}</button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </Card>
      {called_us && target && !bank.ended_at && (
        <Card title={t('phonebanks.called_us')} id="called-us">
          <p>{t('phonebanks.called_us_lead')}</p>
          {called_us !== 'offered' && (
            <p role="alert" className="text-error mt-2 font-semibold">
              {t(`phonebanks.called_us.${called_us}`)}
            </p>
          )}
          <form method="post" action={`/phonebanks/${bank.phone_bank_id}/voters/${explained.voter_id}/called-us`}>
            <button className="btn mt-3 min-h-12">{t('phonebanks.called_us_talk')}</button>
          </form>
        </Card>
      )}
      {explained.attempts.length > 0 && (
        <Card title={t('phonebanks.recent')} id="recent">
          <Attempts
            t={t}
            bank={bank}
            ever={ever}
            attempts={explained.attempts.map((each) => ({ ...each, name: explained.name }))}
            time_zone={time_zone}
            may_host={false}
          />
        </Card>
      )}
    </>
  )
}
