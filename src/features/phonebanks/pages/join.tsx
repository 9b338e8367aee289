import { formatHours, formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Card, Field } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { Island } from '../../../platform/ui/island.tsx'
import type { KeptData } from '../islands/parts/kept-on-device.tsx'
import type { BankToJoin } from '../queries.ts'
import { SpokenChoices } from './spoken-choices.tsx'

interface Props {
  t: Translate
  bank: BankToJoin
  code: string
  typed: Record<string, string>
  chosen: readonly string[]
  errors: FieldErrors
}

/** One screen, three fields, no password. */
export function JoinPage({ t, bank, code, typed, chosen, errors }: Props) {
  const { language } = t
  return (
    <div className="mx-auto max-w-xl">
      <p className="text-sm font-semibold">{localized(bank.organization, language).text}</p>
      <h1 className="mt-1 text-2xl font-bold text-balance sm:text-3xl">{localized(bank.name, language).text}</h1>
      <p className="mt-3">{t(`phonebanks.join.lead.${bank.way_of_calling}`)}</p>
      <p className="mt-2 mb-6 text-sm">
        {t('phonebanks.join.when', {
          from: formatDate(language, bank.starts_on, 'short'),
          to: formatDate(language, bank.ends_on, 'short'),
          hours: formatHours(language, bank.calling_starts, bank.calling_ends),
        })}
      </p>
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('phonebanks.form_problem')} />}
      <Card>
        <form method="post" action={`/call/${code}`}>
          <Field
            t={t}
            label={t('phonebanks.join.name')}
            name="name"
            hint={t('phonebanks.join.name_hint')}
            required
            autoComplete="name"
            typed={typed}
            errors={errors}
            maxLength={80}
          />
          <Field
            t={t}
            label={t('phonebanks.join.reach')}
            name="reach"
            hint={t('phonebanks.join.reach_hint')}
            required
            autoComplete="tel"
            typed={typed}
            errors={errors}
            maxLength={120}
          />
          <SpokenChoices
            t={t}
            hint={t('phonebanks.join.languages_hint')}
            first={[...bank.languages, language]}
            chosen={chosen.length ? chosen : typed.name === undefined ? [language] : []}
            errors={errors}
          />
          <button className="btn btn-primary btn-lg w-full">{t('phonebanks.join.start')}</button>
        </form>
      </Card>
      <p className="text-sm">{t('phonebanks.join.privacy')}</p>
    </div>
  )
}

export const keptIsland = 'src/features/phonebanks/islands/kept-results.tsx'

export type WhyClosed = 'closed' | 'ended' | 'removed' | 'taken_off' | 'unknown'

interface ClosedProps {
  t: Translate
  why: WhyClosed
  /** Known: what a device still holds of it is sent from here. */
  phone_bank_id?: string
}

export function ClosedPage({ t, why, phone_bank_id }: ClosedProps) {
  return (
    <div className="mx-auto max-w-xl py-6">
      <div className="bg-base-100 rounded-box border-base-300 mb-4 border px-6 py-10 text-center">
        <span className="bg-primary/10 text-primary inline-flex rounded-full p-4">
          <Icon name="phone" size={32} />
        </span>
        <h1 className="mt-4 text-2xl font-bold text-balance">
          {t(`phonebanks.closed.${why === 'unknown' || why === 'ended' ? why : 'title'}`)}
        </h1>
        <p className="mx-auto mt-3 max-w-prose text-lg">{t(`phonebanks.closed.${why}_text`)}</p>
        {why === 'unknown' && (
          <a className="btn btn-lg mt-6" href="/call">
            {t('phonebanks.code.instead')}
          </a>
        )}
      </div>
      {phone_bank_id && <KeptHere {...{ t, phone_bank_id }} may_return={why === 'taken_off'} />}
    </div>
  )
}

/** Sends what this device still holds of a phone bank; the page names `keptIsland`. */
export function KeptHere({ t, phone_bank_id, may_return }: { t: Translate } & Omit<KeptData, 'language'>) {
  const kept: KeptData = { language: t.language, phone_bank_id, may_return }
  return <Island name="kept-results" data={kept} />
}

/** For whoever has neither link nor camera. A plain form that leads to the same address as the link. */
export function CodePage({ t, typed, errors }: { t: Translate; typed: Record<string, string>; errors: FieldErrors }) {
  return (
    <div className="mx-auto max-w-xl">
      <h1 className="text-2xl font-bold text-balance sm:text-3xl">{t('phonebanks.code.title')}</h1>
      <p className="mt-3 mb-6 text-lg">{t('phonebanks.code.lead')}</p>
      <Card>
        <form method="get" action="/call">
          <Field
            t={t}
            label={t('phonebanks.code.label')}
            name="code"
            hint={t('phonebanks.code.hint')}
            required
            autoComplete="off"
            typed={typed}
            errors={errors}
            maxLength={20}
          />
          <button className="btn btn-primary btn-lg w-full">{t('phonebanks.code.go')}</button>
        </form>
      </Card>
    </div>
  )
}
