import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead } from '../../../platform/ui/components.tsx'
import { choices, type FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import '../messages.ts'
import { textLanguages } from '../schema.ts'
import { NameFields, TimeZoneField } from './joining.tsx'

interface Settings {
  name: Record<string, string>
  languages: string[]
  time_zone: string
  calling_starts: string
  calling_ends: string
  call_back_phone: string | null
  sends_texts: boolean
  text_service: string | null
}

interface SettingsPageProps {
  t: Translate
  settings: Settings
  typed: Record<string, string>
  languages: readonly string[]
  errors: FieldErrors
  is_saved: boolean
}

/** As they stand in the fields. */
export const settingsValues = (settings: Settings): FormValues => ({
  name_en: settings.name.en ?? '',
  name_ko: settings.name.ko ?? '',
  time_zone: settings.time_zone,
  languages: choices(settings.languages),
  calling_starts: settings.calling_starts.slice(0, 5),
  calling_ends: settings.calling_ends.slice(0, 5),
  call_back_phone: settings.call_back_phone ? formatPhone(settings.call_back_phone) : '',
  sends_texts: settings.sends_texts ? 'yes' : '',
  text_service: settings.text_service ?? '',
})

export function SettingsPage({ t, settings, typed, languages, errors, is_saved }: SettingsPageProps) {
  const shared = { t, typed, errors }
  return (
    <div className="max-w-3xl">
      <PageHead title={t('nav.settings')} lead={t('settings.lead')} />
      {is_saved && <Alert kind="success" title={t('account.done.saved')} />}
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      <form method="post" action="/settings">
        <Seen values={settingsValues(settings)} typed={typed} />
        <Card title={t('settings.name')} id="name">
          <NameFields {...shared} name={settings.name} />
          <TimeZoneField {...shared} value={settings.time_zone} />
          <Choices
            t={t}
            legend={t('settings.languages')}
            hint={t('settings.languages_hint')}
            name="languages[]"
            kind="checkbox"
            chosen={languages}
            options={textLanguages.map((value) => ({ value, label: languageNames[value] ?? value, lang: value }))}
            errors={errors}
          />
        </Card>
        <Card title={t('settings.calling')} lead={t('settings.calling_lead')} id="calling">
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field
              {...shared}
              label={t('settings.calling_starts')}
              name="calling_starts"
              type="time"
              required
              value={settings.calling_starts.slice(0, 5)}
            />
            <Field
              {...shared}
              label={t('settings.calling_ends')}
              name="calling_ends"
              type="time"
              required
              value={settings.calling_ends.slice(0, 5)}
            />
          </div>
          <Field
            {...shared}
            label={t('settings.call_back_phone')}
            hint={t('settings.call_back_hint')}
            name="call_back_phone"
            type="tel"
            inputMode="tel"
            autoComplete="off"
            value={settings.call_back_phone ? formatPhone(settings.call_back_phone) : ''}
          />
          <Choices
            t={t}
            name="sends_texts"
            kind="checkbox"
            chosen={('time_zone' in typed ? typed.sends_texts === 'yes' : settings.sends_texts) ? ['yes'] : []}
            options={[{ value: 'yes', label: t('settings.sends_texts'), hint: t('settings.sends_texts_hint') }]}
          />
          <Field
            {...shared}
            label={t('settings.text_service')}
            hint={t('settings.text_service_hint')}
            name="text_service"
            autoComplete="off"
            maxLength={34}
            value={settings.text_service ?? ''}
          />
        </Card>
        <button className="btn btn-primary min-h-12 text-base">{t('action.save')}</button>
      </form>
      <nav aria-labelledby="settings-more" className="mt-8">
        <h2 id="settings-more" className="mb-3 text-lg font-semibold">
          {t('settings.more')}
        </h2>
        <ul className="flex flex-wrap gap-2">
          {more.map(({ href, label }) => (
            <li key={href}>
              <a className="btn" href={href}>
                {t(label)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}

const more = [
  { href: '/people/fields', label: 'settings.people_fields' },
  { href: '/people/imports', label: 'settings.people_imports' },
  { href: '/people/duplicates', label: 'settings.people_duplicates' },
  { href: '/settings/connections', label: 'settings.connections' },
] as const
