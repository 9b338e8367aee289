import type { ReactNode } from 'react'
import { formatDateTime } from '../../platform/i18n/formats.ts'
import { localized } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Icon } from '../../platform/ui/icon.tsx'
import { Badge, Card, EmptyState, Field, PageHead, Pagination, Select } from '../../platform/ui/components.tsx'
import type { Form, FormValues } from '../../platform/ui/form-values.ts'
import { Seen } from '../../platform/ui/meanwhile.tsx'
import { InCampaign } from '../campaigns/parts/in-campaign.tsx'
import './approval/messages.ts'
import './journeys/messages.ts'
import './counting/messages.ts'
import './identity/messages.ts'
import './look/messages.ts'
import type { SavedLook } from './look/queries.ts'
import './messages.ts'
import './newsletter/messages.ts'
import { Lanes, looks } from './parts.tsx'
import { mailingsAtOnce, type ListedMailing, type Mailing } from './queries.ts'
import type { MailingState } from './schema.ts'
import './topics/messages.ts'
import type { Topic } from './topics/queries.ts'

export const list = '/mailings'

export const StateBadge = ({ t, state }: { t: Translate; state: MailingState }) => (
  <Badge kind={looks[state]}>{t(`mailings.state.${state}`)}</Badge>
)

interface MailingsProps {
  t: Translate
  mailings: readonly ListedMailing[]
  total: number
  from: number
  time_zone: string
  may_edit: boolean
  /** May say whether e-mails want a second person. */
  may_set: boolean
}

export function MailingsPage({ t, mailings, total, from, time_zone, may_edit, may_set }: MailingsProps) {
  const settings = [
    ...(may_edit
      ? [
          { href: `${list}/identity`, title: t('identity.title'), said: t('mailings.settings.identity') },
          { href: `${list}/look`, title: t('mail_look.title'), said: t('mailings.settings.look') },
        ]
      : []),
    { href: `${list}/topics`, title: t('mail_topics.title'), said: t('mailings.settings.topics') },
    { href: `${list}/sign-up`, title: t('newsletter.title'), said: t('mailings.settings.sign_up') },
    ...(may_edit ? [{ href: `${list}/counting`, title: t('mail_counting.title'), said: t('mailings.settings.counting') }] : []),
    ...(may_set ? [{ href: '/mail-approval', title: t('approval.title'), said: t('mailings.settings.approval') }] : []),
  ] // prettier-ignore
  const start = may_edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('mailings.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('mailings.title')}
        lead={t('mailings.lead')}
        actions={
          <>
            <a className="btn" href="/mail-journeys">
              {t('journeys.title')}
            </a>
            {total > 0 && start}
          </>
        }
      />
      {total === 0 && (
        <EmptyState icon="mail" title={t('mailings.none')} action={start}>
          {t('mailings.none_lead')}
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {mailings.map(({ mailing_id, name, lane, state, made_by, made_at }) => (
          <li
            key={mailing_id}
            className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4"
          >
            <div className="min-w-0 flex-1 basis-60">
              <a className="link text-lg font-bold wrap-anywhere" href={`${list}/${mailing_id}`}>
                {name}
              </a>
              <p className="text-sm">
                {t(`phonebanks.lane.${lane}`)} ·{' '}
                {t('mailings.made', { name: made_by, at: formatDateTime(t.language, made_at, time_zone) })}
              </p>
            </div>
            <StateBadge t={t} state={state} />
            {may_edit && state !== 'draft' && <Again t={t} mailing_id={mailing_id} name={name} />}
          </li>
        ))}
      </ul>
      <Pagination
        t={t}
        from={from}
        shown={mailings.length}
        total={total}
        size={mailingsAtOnce}
        href={(row) => `${list}?from=${row}`}
      />
      <div className="mt-6">
        <Card title={t('mailings.settings')} id="settings">
          <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
            {settings.map(({ href, title, said }) => (
              <li key={href}>
                <a className="link inline-flex min-h-8 items-center font-semibold" href={href}>
                  {title}
                </a>
                <p className="text-sm">{said}</p>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  )
}

/** The next one like it: what is new is changed there. */
const Again = ({ t, mailing_id, name }: { t: Translate; mailing_id: string; name?: string }) => (
  <form method="post" action={`${list}/${mailing_id}/again`}>
    <button className="btn">
      {t('mailings.again')}
      {name && <span className="sr-only"> ({name})</span>}
    </button>
  </form>
)

export const mailingValues = ({
  name,
  lane,
  topic_id,
  look_id,
}: Pick<Mailing, 'name' | 'lane' | 'topic_id' | 'look_id'>): FormValues => ({
  name,
  lane,
  topic_id: topic_id ?? '',
  look_id: look_id ?? '',
})

interface MailingForm extends Form {
  topics: readonly Topic[]
  saved_looks: readonly SavedLook[]
}

const MailingFields = ({
  t,
  typed,
  errors,
  mailing,
  topics,
  saved_looks,
}: MailingForm & { mailing: Mailing | null }) => (
  <>
    <Field
      t={t}
      label={t('mailings.name')}
      hint={t('mailings.name_hint')}
      name="name"
      required
      maxLength={120}
      value={mailing?.name ?? ''}
      typed={typed}
      errors={errors}
    />
    <Lanes t={t} chosen={typed.lane ?? mailing?.lane ?? 'member_communication'} errors={errors} />
    {topics.length > 0 && (
      <Select
        t={t}
        label={t('mail_topics.one')}
        hint={t('mail_topics.one_hint')}
        name="topic_id"
        value={mailing?.topic_id ?? ''}
        typed={typed}
        errors={errors}
        options={[
          { value: '', label: t('mail_topics.none_chosen') },
          ...topics.map(({ topic_id, name }) => ({ value: topic_id, label: localized(name, t.language).text })),
        ]}
      />
    )}
    {saved_looks.length > 0 && (
      <Select
        t={t}
        label={t('mail_look.one')}
        name="look_id"
        value={mailing?.look_id ?? ''}
        typed={typed}
        errors={errors}
        options={[
          { value: '', label: t('mail_look.usual') },
          ...saved_looks.map(({ look_id, name }) => ({ value: look_id, label: name })),
        ]}
      />
    )}
  </>
)

export const NewMailingPage = ({ expression, ...form }: MailingForm & { expression: string }) => (
  <div className="max-w-2xl">
    <PageHead title={form.t('mailings.new')} back={{ href: list, label: form.t('mailings.title') }} />
    <form method="post" action={`${list}/new`}>
      <Card>
        {expression && (
          <>
            <input type="hidden" name="expression" value={expression} />
            <p className="mb-4">
              {form.t('mailings.for')} <span className="font-mono wrap-anywhere">{expression}</span>
            </p>
          </>
        )}
        <InCampaign t={form.t} campaign={form.typed?.campaign} />
        {form.typed?.endorsement && <input type="hidden" name="endorsement" value={form.typed.endorsement} />}
        <MailingFields {...form} mailing={null} />
        <button className="btn btn-primary">{form.t('mailings.make')}</button>
      </Card>
    </form>
  </div>
)

export const EditMailingPage = ({ mailing, ...form }: MailingForm & { mailing: Mailing }) => (
  <div className="max-w-2xl">
    <PageHead title={form.t('mailings.change')} back={{ href: `${list}/${mailing.mailing_id}`, label: mailing.name }} />
    <form method="post" action={`${list}/${mailing.mailing_id}/edit`}>
      <Seen values={mailingValues(mailing)} typed={form.typed} />
      <Card>
        <MailingFields {...form} mailing={mailing} />
        <button className="btn btn-primary">{form.t('action.save')}</button>
      </Card>
    </form>
  </div>
)

export interface Step {
  href: string
  title: string
  said: ReactNode
  /** Left out where there is nothing to be done with. */
  is_done?: boolean
}

interface MailingProps {
  t: Translate
  mailing: Mailing
  steps: readonly Step[]
  /** Where the journey is that it is part of. */
  journey: string | null
  may_edit: boolean
}

/** How far an e-mail is, step by step. */
export function MailingPage({ t, mailing, steps, journey, may_edit }: MailingProps) {
  const next = mailing.state === 'draft' ? steps.find(({ is_done }) => is_done === false) : undefined
  return (
    <>
      <PageHead
        title={mailing.name}
        back={{ href: list, label: t('mailings.title') }}
        actions={may_edit && !journey && mailing.state !== 'draft' && <Again t={t} mailing_id={mailing.mailing_id} />}
      />
      <p className="mb-4">
        {!journey && <StateBadge t={t} state={mailing.state} />}
        {journey && (
          <a className="link" href={journey}>
            {t('journeys.part_of')}
          </a>
        )}
      </p>
      <Card title={t('mailings.steps')} id="steps">
        <ol className="grid gap-3">
          {steps.map((step) => (
            <li
              key={step.href}
              className={`rounded-lg border p-3 ${step === next ? 'border-primary border-2' : 'border-base-300'}`}
            >
              <div className="flex flex-wrap items-center gap-2">
                <a className="link font-bold" href={step.href}>
                  {step.title}
                </a>
                {step === next && <span className="badge badge-primary">{t('action.next')}</span>}
                {step.is_done && (
                  <span className="badge badge-outline">
                    <Icon name="check" /> {t('mailings.step_done')}
                  </span>
                )}
              </div>
              <div className="text-sm">{step.said}</div>
            </li>
          ))}
        </ol>
      </Card>
    </>
  )
}
