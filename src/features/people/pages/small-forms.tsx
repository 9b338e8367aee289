import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead, Select, FindForm } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { e164 } from '../../voterfile/rules/phones.ts'
import type { Profile } from '../queries.ts'
import { profilePath, shownName, whoName } from '../rules.ts'
import {
  channels,
  emailQualities,
  numberReasons,
  personReasons,
  phoneKinds,
  phoneQualities,
  relationshipKinds,
} from '../schema.ts'
import type { SearchResult } from '../search/queries.ts'
import { nameOf } from './person-name.tsx'
import { Buttons } from './person-form.tsx'

export interface SmallFormProps {
  t: Translate
  profile: Profile
  typed: Record<string, string>
  errors: FieldErrors
}

interface FrameProps extends SmallFormProps {
  title: string
  /** Under /people/:who/ */
  action: string
  lead?: string
  save?: string
  /** What the fields held, where they may be edited by two at once. */
  saved?: FormValues
  /** Beside the form: removing what it is about. */
  more?: ReactNode
  children: ReactNode
}

export function Frame({ t, profile, title, action, lead, typed, errors, save, saved, more, children }: FrameProps) {
  const back = profilePath(profile.who)
  return (
    <div className="max-w-2xl">
      <PageHead title={title} {...(lead && { lead })} back={{ href: back, label: nameOf(profile, t).main }} />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <form method="post" action={`/people/${whoName(profile.who)}/${action}`}>
        {saved && <Seen values={saved} typed={typed} />}
        <Card>{children}</Card>
        <Buttons t={t} back={back} {...(save && { save })} />
      </form>
      {more}
    </div>
  )
}

export function PhonePage(props: SmallFormProps) {
  const { t, profile, typed, errors } = props
  const shared = { t, typed, errors }
  const own = ownPhone(profile, typed)
  const known = own ?? profile.voter_phones.find(({ phone }) => phone === typed.phone)
  return (
    <Frame
      {...props}
      title={known ? t('people.phone.edit') : t('people.phone.add')}
      action="phone"
      saved={savedPhone(profile, typed)}
      more={
        own && <Removal t={t} action={`/people/${whoName(profile.who)}/phone/remove`} name="phone" value={own.phone} />
      }
    >
      {known ? (
        <>
          <p className="mb-4 text-xl font-bold tabular-nums">{formatPhone(known.phone)}</p>
          <input type="hidden" name="phone" value={known.phone} />
        </>
      ) : (
        <Field
          {...shared}
          label={t('people.phone')}
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="off"
          required
          maxLength={40}
        />
      )}
      <Choices
        t={t}
        legend={t('people.quality')}
        name="quality"
        kind="radio"
        chosen={[typed.quality ?? own?.quality ?? 'unknown']}
        options={phoneQualities.map((value) => ({ value, label: t.dynamic(`people.quality.${value}`) }))}
      />
      <Select
        t={t}
        label={t('people.phone_kind')}
        name="kind"
        required
        value={typed.kind ?? known?.kind ?? 'unknown'}
        options={phoneKinds.map((value) => ({ value, label: t.dynamic(`people.phone_kind.${value}`) }))}
      />
      <Preferred {...shared} label={t('people.phone.prefer')} is_checked={own?.is_preferred} />
    </Frame>
  )
}

export function EmailPage(props: SmallFormProps) {
  const { t, profile, typed, errors } = props
  const shared = { t, typed, errors }
  const own = ownEmail(profile, typed)
  return (
    <Frame
      {...props}
      title={own ? t('people.email.edit') : t('people.email.add')}
      action="email"
      saved={savedEmail(profile, typed)}
      more={
        own && <Removal t={t} action={`/people/${whoName(profile.who)}/email/remove`} name="email" value={own.email} />
      }
    >
      {own ? (
        <>
          <p className="mb-4 text-xl font-bold break-all">{own.email}</p>
          <input type="hidden" name="email" value={own.email} />
        </>
      ) : (
        <Field
          {...shared}
          label={t('people.channel.email')}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="off"
          required
          maxLength={200}
        />
      )}
      <Choices
        t={t}
        legend={t('people.quality')}
        name="quality"
        kind="radio"
        chosen={[typed.quality ?? own?.quality ?? 'unknown']}
        options={emailQualities.map((value) => ({ value, label: t.dynamic(`people.quality.${value}`) }))}
      />
      <Preferred {...shared} label={t('people.email.prefer')} is_checked={own?.is_preferred} />
    </Frame>
  )
}

const ownPhone = ({ phones }: Profile, typed: Readonly<Record<string, string>>) => {
  const meant = typed.phone && (e164(typed.phone) ?? typed.phone)
  return phones.find(({ phone }) => phone === meant)
}

const ownEmail = ({ emails }: Profile, typed: Readonly<Record<string, string>>) =>
  emails.find(({ email }) => email === typed.email?.trim().toLowerCase())

/**
 * As it stands in the fields, of what we noted ourselves: what the voter file says of a number is nobody's word of us, so
 * a number that is added may stand there. Whether we have it at all is a field too.
 */
export function savedPhone(profile: Profile, typed: Readonly<Record<string, string>>): FormValues {
  const own = ownPhone(profile, typed)
  return { phone: own?.phone ?? '', ...oneOf(own?.kind, own) }
}

export function savedEmail(profile: Profile, typed: Readonly<Record<string, string>>): FormValues {
  const own = ownEmail(profile, typed)
  const { quality, is_preferred } = oneOf(undefined, own)
  return { email: own?.email ?? '', quality, is_preferred }
}

/** What is known of one of several numbers, e-mails or addresses. */
export const oneOf = (
  kind: string | undefined,
  own: { quality: string; is_preferred: boolean } | null | undefined,
): { quality: string; kind: string; is_preferred: string } => ({
  quality: own?.quality ?? 'unknown',
  kind: kind ?? 'unknown',
  is_preferred: own?.is_preferred ? 'yes' : '',
})

export function Preferred({
  t,
  label,
  typed,
  is_checked = false,
}: Pick<SmallFormProps, 't' | 'typed'> & { label: string; is_checked: boolean | undefined }) {
  return (
    <Choices
      t={t}
      name="is_preferred"
      kind="checkbox"
      chosen={'quality' in typed ? [typed.is_preferred ?? ''] : is_checked ? ['yes'] : []}
      options={[{ value: 'yes', label }]}
    />
  )
}

export function Removal({ t, action, name, value }: { t: Translate; action: string; name: string; value: string }) {
  return (
    <form method="post" action={action} className="mt-6">
      <input type="hidden" name={name} value={value} />
      <button className="text-error min-h-11 cursor-pointer underline">{t('action.delete')}</button>
    </form>
  )
}

export function ConsentPage(props: SmallFormProps) {
  const { t, profile, typed, errors } = props
  const shared = { t, typed, errors }
  return (
    <Frame
      {...props}
      title={t('people.consent.title', { name: nameOf(profile, t).main })}
      lead={t('people.consent.lead')}
      action="consent"
    >
      <Choices
        t={t}
        legend={t('people.consent.channel')}
        name="channel"
        kind="radio"
        chosen={[typed.channel ?? '']}
        errors={errors}
        options={channels.map((value) => ({ value, label: t.dynamic(`people.channel.${value}`) }))}
      />
      <Choices
        t={t}
        legend={t('people.consent.answer')}
        name="is_given"
        kind="radio"
        chosen={[typed.is_given ?? '']}
        errors={errors}
        options={[
          { value: 'yes', label: t('people.consent.yes') },
          { value: 'no', label: t('people.consent.no') },
        ]}
      />
      <Field
        {...shared}
        label={t('people.consent.evidence')}
        name="evidence"
        hint={t('people.consent.evidence_hint')}
        required
        maxLength={300}
      />
    </Frame>
  )
}

export function MarkPage(props: SmallFormProps) {
  const { t, profile, typed, errors } = props
  const shared = { t, typed, errors }
  return (
    <Frame
      {...props}
      title={t('people.mark.title', { name: nameOf(profile, t).main })}
      lead={t('people.marks.lead')}
      action="mark"
      save={t('people.mark.save')}
    >
      <Choices
        t={t}
        legend={t('people.mark.reason')}
        name="reason"
        kind="radio"
        chosen={[typed.reason ?? '']}
        errors={errors}
        options={personReasons.map((value) => ({ value, label: t.dynamic(`people.why.${value}`) }))}
      />
      <Field
        {...shared}
        label={t('people.mark.note')}
        name="note"
        hint={t('people.mark.note_hint')}
        required
        rows={2}
        maxLength={500}
      />
    </Frame>
  )
}

export function NumberMarkPage(props: SmallFormProps) {
  const { t, typed, errors } = props
  const shared = { t, typed, errors }
  return (
    <Frame
      {...props}
      title={t('people.phone.mark_title', { phone: formatPhone(typed.phone ?? '') })}
      lead={t('people.marks.lead')}
      action="number"
      save={t('people.mark.save')}
    >
      <input type="hidden" name="phone" value={typed.phone ?? ''} />
      <Choices
        t={t}
        legend={t('people.mark.reason')}
        name="reason"
        kind="radio"
        chosen={[typed.reason ?? '']}
        errors={errors}
        options={numberReasons.map((value) => ({ value, label: t.dynamic(`people.why.${value}`) }))}
      />
      <Field
        {...shared}
        label={t('people.mark.note')}
        name="note"
        hint={t('people.mark.note_hint')}
        required
        rows={2}
        maxLength={500}
      />
    </Frame>
  )
}

/** First the other person is searched, then the kind is said. The household stands ready without a search. */
export function RelatedPage({
  query,
  found,
  ...props
}: SmallFormProps & { query: string; found: readonly SearchResult[] }) {
  const { t, profile, typed, errors } = props
  const shared = { t, typed, errors }
  const name = nameOf(profile, t).main
  const back = profilePath(profile.who)
  const offered = [
    ...found.map((each) => ({
      value: whoName({ voter_id: each.voter?.voter_id ?? null, person_id: each.person?.person_id ?? null }),
      label: [nameOf(each, t).main, nameOf(each, t).other].filter(Boolean).join(' '),
      hint: each.voter ? [each.voter.house_number, each.voter.street].filter(Boolean).join(' ') : '',
    })),
    ...profile.neighbours.map((each) => ({
      value: whoName(each),
      label: shownName(each.name, each.name_hangul, t.language).main,
      hint: t('people.household'),
    })),
  ].filter(
    (each, index, all) =>
      each.value !== whoName(profile.who) && all.findIndex(({ value }) => value === each.value) === index,
  )
  return (
    <div className="max-w-2xl">
      <PageHead title={t('people.related.title', { name })} back={{ href: back, label: name }} />
      <FindForm t={t} label={t('people.related.find')} query={query} />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      {query && found.length === 0 && <Alert kind="info">{t('people.search.none', { query })}</Alert>}
      {offered.length > 0 && (
        <form method="post" action={`/people/${whoName(profile.who)}/related`}>
          <Card>
            <Choices
              t={t}
              legend={t('people.related.choose')}
              name="other"
              kind="radio"
              chosen={[typed.other ?? '']}
              errors={errors}
              options={offered}
            />
            <Select
              {...shared}
              label={t('people.related.kind')}
              name="kind"
              required
              value={typed.kind ?? 'spouse'}
              options={relationshipKinds.map((value) => ({ value, label: t.dynamic(`people.kind.${value}`) }))}
            />
            <Field {...shared} label={t('people.related.note')} name="note" maxLength={200} />
          </Card>
          <Buttons t={t} back={back} />
        </form>
      )}
    </div>
  )
}
