import { formatDate, formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, languages as printed, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Badge, Card, Choices, Field, Figure, Figures, OwnText, PageHead, Select } from '../../../platform/ui/components.tsx' // prettier-ignore
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { Event } from '../queries.ts'
import './messages.ts'
import type { Assembly, Minutes, Motion } from './queries.ts'
import { neededFor, type Outcome } from './rules.ts'
import { majorities } from './schema.ts'
import { correctionTexts, handsText, motionFacts, outcomeText } from './words.ts'

interface MeetingPageProps {
  t: Translate
  event: Event
  assembly: Assembly
  motions: readonly Motion[]
  minutes: Minutes
  languages: readonly string[]
  page_key: string
  may: { count: boolean; edit: boolean; notes: boolean }
  said: string | null
  typed: Record<string, string>
  errors: FieldErrors
}

export function MeetingPage(props: MeetingPageProps) {
  const { t, event, assembly, motions, minutes, said, errors, may } = props
  const title = localized(event.content.title, t.language).text
  const mayChange = may.count && minutes.approved_on === null
  return (
    <>
      <PageHead
        title={t('meeting.title')}
        lead={t('meeting.lead')}
        back={{ href: `/events/${event.event_id}`, label: title }}
      />
      {said === 'counted' && <Alert kind="success" title={t('meeting.counted')} />}
      {said === 'saved' && <Alert kind="success" title={t('meeting.saved')} />}
      {Object.keys(errors).length > 0 && (
        <Alert kind="error" title={errors[''] ? t.dynamic(errors['']) : t('form.check')} />
      )}
      <AssemblyFigures t={t} assembly={assembly} />
      <p className="mb-6 max-w-prose text-sm">{t('meeting.quorum_text')}</p>
      {assembly.present === 0 && <Alert kind="info">{t('meeting.no_members')}</Alert>}
      <Card title={t('meeting.motions')} id="motions">
        {motions.length === 0 && <p>{t('meeting.motions_none')}</p>}
        <ol className="divide-base-300 divide-y">
          {motions.map((motion) => (
            <MotionRow key={motion.motion_id} {...{ t, event, motion, motions, may: { ...may, count: mayChange } }} />
          ))}
        </ol>
      </Card>
      {mayChange && <NewMotion {...props} />}
      <MinutesCard {...props} />
    </>
  )
}

function AssemblyFigures({ t, assembly }: { t: Translate; assembly: Assembly }) {
  const { present, members, quorum } = assembly
  return (
    <Figures>
      <Figure
        label={t('meeting.present')}
        value={formatNumber(t.language, present)}
        note={t('meeting.present_note', { count: members })}
      />
      <Figure
        label={t('meeting.quorum')}
        value={quorum === null ? '–' : formatNumber(t.language, quorum)}
        note={
          quorum === null
            ? t('meeting.quorum_none')
            : present >= quorum
              ? t('meeting.quorum_met')
              : t('meeting.quorum_missing', { count: quorum - present })
        }
      />
    </Figures>
  )
}

const looks: Record<Outcome, 'success' | 'neutral' | 'warning'> = {
  carried: 'success',
  lost: 'neutral',
  no_quorum: 'warning',
}

function MotionRow({
  t,
  event,
  motion,
  motions,
  may,
}: Pick<MeetingPageProps, 't' | 'event' | 'motions' | 'may'> & { motion: Motion }) {
  const here = `/events/${event.event_id}/meeting`
  const [count] = motion.counts
  return (
    <li className="py-4" id={`m-${motion.nth}`}>
      <p className="flex flex-wrap items-center gap-2 text-sm font-semibold">
        {t('meeting.motion_nth', { nth: motion.nth })}
        <Badge kind={motion.withdrawn_at ? 'neutral' : motion.outcome ? looks[motion.outcome] : 'info'}>
          {outcomeText(t, motion)}
        </Badge>
      </p>
      <p className="my-1 max-w-prose text-lg break-words whitespace-pre-line">
        <OwnText t={t} language={t.language} text={localized(motion.text, t.language)} />
      </p>
      <p className="text-sm">{motionFacts(t, motion, motions).join(' · ')}</p>
      {count && (
        <p className="mt-1">
          {handsText(t, count)}
          <span className="block text-sm">{t('meeting.needed', { count: neededFor(motion.majority, count) })}</span>
        </p>
      )}
      {correctionTexts(t, motion).map((each, at) => (
        <p key={at} className="text-sm">
          {each}
        </p>
      ))}
      {may.count && (
        <div className="mt-2 flex flex-wrap gap-2">
          {!motion.withdrawn_at && (
            <a className={`btn ${count ? '' : 'btn-primary'}`} href={`${here}/${motion.motion_id}`}>
              {t(count ? 'meeting.count_again' : 'meeting.count')}{' '}
              <span className="sr-only">{t('meeting.motion_nth', { nth: motion.nth })}</span>
            </a>
          )}
          {(motion.withdrawn_at || !count) && (
            <form method="post" action={`${here}/${motion.motion_id}/${motion.withdrawn_at ? 'restore' : 'withdraw'}`}>
              <button className="btn btn-ghost">
                {t(motion.withdrawn_at ? 'meeting.restore' : 'meeting.withdraw')}{' '}
                <span className="sr-only">{t('meeting.motion_nth', { nth: motion.nth })}</span>
              </button>
            </form>
          )}
        </div>
      )}
    </li>
  )
}

function NewMotion({ t, event, motions, languages, page_key, typed, errors }: MeetingPageProps) {
  const shared = { t, typed, errors }
  const open = motions.filter(({ withdrawn_at }) => withdrawn_at === null)
  return (
    <Card title={t('meeting.new')} id="new">
      <form method="post" action={`/events/${event.event_id}/meeting`} className="max-w-2xl">
        <input type="hidden" name="page_key" value={page_key} />
        {languages.map((language) => (
          <Field
            key={language}
            {...shared}
            label={t('meeting.text_in', { language: languageNames[language] ?? language })}
            name={`text_${language}`}
            lang={language}
            rows={3}
            maxLength={4000}
            is_one_of_several
          />
        ))}
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field {...shared} label={t('meeting.moved_by')} name="moved_by" maxLength={120} />
          <Field {...shared} label={t('meeting.seconded_by')} name="seconded_by" maxLength={120} />
        </div>
        <Choices
          t={t}
          legend={t('meeting.majority')}
          hint={t('meeting.majority_hint')}
          name="majority"
          kind="radio"
          chosen={[typed.majority ?? 'cast']}
          errors={errors}
          options={majorities.map((value) => ({ value, label: t(`meeting.majority.${value}`) }))}
        />
        {open.length > 0 && (
          <Select
            {...shared}
            label={t('meeting.amends_which')}
            name="amends"
            required
            empty_counts
            value=""
            options={[
              { value: '', label: t('meeting.amends_none') },
              ...open.map((motion) => ({
                value: motion.motion_id,
                label: `${motion.nth}. ${localized(motion.text, t.language).text.slice(0, 60)}`,
              })),
            ]}
          />
        )}
        <button className="btn btn-primary">{t('meeting.add')}</button>
      </form>
    </Card>
  )
}

/** As its form holds them. */
export const minutesValues = ({ presided_by, approved_on, approved_how }: Minutes): FormValues => ({
  presided_by,
  approved_on: approved_on ?? '',
  approved_how,
})

function MinutesCard({ t, event, minutes, may, typed, errors }: MeetingPageProps) {
  const here = `/events/${event.event_id}`
  const shared = { t, typed, errors }
  return (
    <Card
      title={t('meeting.minutes')}
      id="minutes"
      lead={t('meeting.minutes_lead')}
      actions={
        <Badge kind={minutes.approved_on ? 'success' : 'neutral'}>
          {minutes.approved_on
            ? t('meeting.approved', { date: formatDate(t.language, minutes.approved_on) })
            : t('meeting.not_approved')}
        </Badge>
      }
    >
      <div className="mb-4 flex flex-wrap gap-2">
        {printed.map((language) => (
          <a key={language} className="btn" href={`${here}/meeting/minutes.pdf?language=${language}`}>
            {t('meeting.minutes_pdf', { language: languageNames[language] ?? language })}
          </a>
        ))}
        {may.notes && (
          <a className="btn btn-ghost" href={`${here}/after#notes`}>
            {t('meeting.write_notes')}
          </a>
        )}
      </div>
      {minutes.approved_on && (
        <>
          <p className="max-w-prose">
            {[minutes.presided_by && `${t('meeting.presided_by')}: ${minutes.presided_by}`, minutes.approved_how]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p className="mt-2 max-w-prose text-sm">{t('meeting.approved_stays')}</p>
          {may.edit && (
            <form method="post" action={`${here}/meeting/minutes/reopen`} className="mt-3">
              <button className="btn">{t('meeting.reopen')}</button>
            </form>
          )}
        </>
      )}
      {may.edit && !minutes.approved_on && (
        <form method="post" action={`${here}/meeting/minutes`} className="max-w-2xl">
          <Seen values={minutesValues(minutes)} typed={typed} />
          <Field
            {...shared}
            label={t('meeting.presided_by')}
            name="presided_by"
            value={minutes.presided_by}
            maxLength={120}
          />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field
              {...shared}
              label={t('meeting.approved_on')}
              name="approved_on"
              type="date"
              value={minutes.approved_on}
            />
            <Field
              {...shared}
              label={t('meeting.approved_how')}
              name="approved_how"
              value={minutes.approved_how}
              maxLength={300}
            />
          </div>
          <button className="btn">{t('action.save')}</button>
        </form>
      )}
    </Card>
  )
}

interface CountPageProps {
  t: Translate
  event: Event
  motion: Motion
  assembly: Assembly
  typed: Record<string, string>
  errors: FieldErrors
}

/** Three large numbers for a loud hall, and how many may vote. */
export function CountPage({ t, event, motion, assembly, typed, errors }: CountPageProps) {
  const here = `/events/${event.event_id}/meeting`
  const [count] = motion.counts
  return (
    <div className="max-w-xl">
      <PageHead
        title={t('meeting.motion_nth', { nth: motion.nth })}
        back={{ href: `${here}#m-${motion.nth}`, label: t('meeting.title') }}
      />
      {errors[''] && <Alert kind="error" title={t.dynamic(errors[''])} />}
      <p className="mb-2 text-lg break-words whitespace-pre-line">
        <OwnText t={t} language={t.language} text={localized(motion.text, t.language)} />
      </p>
      <p className="mb-6 text-sm">{t(`meeting.majority.${motion.majority}`)}</p>
      <form method="post" action={`${here}/${motion.motion_id}`}>
        <div className="grid grid-cols-3 gap-3">
          {(['yes', 'no', 'abstain'] as const).map((name) => (
            <div key={name}>
              <label htmlFor={name} className="mb-1 block text-center font-semibold">
                {t(`meeting.${name}`)}
              </label>
              <input
                id={name}
                name={name}
                inputMode="numeric"
                required
                pattern="[0-9]{1,6}"
                autoComplete="off"
                defaultValue={typed[name] ?? count?.[name] ?? ''}
                aria-invalid={errors[name] ? true : undefined}
                aria-describedby={errors[name] ? `${name}-error` : undefined}
                className="input h-20 w-full text-center text-4xl font-bold tabular-nums"
              />
              {errors[name] && (
                <p id={`${name}-error`} className="text-error mt-1 text-sm">
                  {t.dynamic(errors[name])}
                </p>
              )}
            </div>
          ))}
        </div>
        <div className="mt-6">
          <Field
            {...{ t, typed, errors }}
            label={t('meeting.present_count')}
            hint={t('meeting.present_hint')}
            name="present"
            inputMode="numeric"
            required
            value={count?.present ?? (assembly.present || null)}
          />
          <Field
            {...{ t, typed, errors }}
            label={t('meeting.entitled')}
            hint={t('meeting.entitled_hint')}
            name="entitled"
            inputMode="numeric"
            required
            value={count?.entitled ?? (assembly.present || null)}
          />
        </div>
        {count && (
          <Field
            {...{ t, typed, errors }}
            label={t('meeting.reason')}
            name="reason"
            required
            rows={2}
            maxLength={500}
          />
        )}
        <button className="btn btn-primary btn-lg w-full">{t('meeting.save_count')}</button>
      </form>
    </div>
  )
}
