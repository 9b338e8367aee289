import type { ReactNode } from 'react'
import { languageNames, localized, publicLanguages, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import { Group, Input, LongInput, Notice, Options } from '../../../platform/ui/public-fields.tsx'
import { QrCode } from '../../../platform/ui/qr.tsx'
import type { PublicOrganization } from '../../organizations/queries.ts'
import { placeLine } from '../calendars.ts'
import { nameIn } from '../mails.ts'
import { Languages } from '../pages/public.tsx'
import type { Event, ListedKind } from '../queries.ts'
import { spanText } from '../when.ts'
import type { ProposalRow } from './queries.ts'
import { spanOfSent, type ProposalErrors } from './rules.ts'
import { hostingWords } from './words.ts'

interface Around {
  organization: Pick<PublicOrganization, 'slug' | 'name' | 'languages' | 'time_zone'>
  language: PublicLanguage
}

interface ProposeProps extends Around {
  /** That may be proposed. */
  kinds: readonly ListedKind[]
  typed: Record<string, string[]>
  errors: ProposalErrors
  page_key: string
  /** Signed, when the page was made. */
  page_time: string
  said: 'sent_thanks' | 'too_many' | 'look_again' | 'too_many_waiting' | null
}

/** The form by which somebody proposes to host an event. It needs neither account nor script. */
export function ProposePage({ kinds, typed, errors, page_key, page_time, said, ...around }: ProposeProps) {
  const { organization, language } = around
  const w = hostingWords(language)
  const path = `/e/${organization.slug}/host`
  const field = { w, typed, errors }
  const name = localized(organization.name, language, organization.languages).text
  return (
    <>
      <p className="mb-3">
        <a className="inline-flex min-h-11 items-center" href={`/e/${organization.slug}?lang=${language}`}>
          ← {name}
        </a>
      </p>
      {/* Enter in a field sends the form, it does not press the first language. */}
      <button form="propose" className="sr-only" tabIndex={-1} aria-hidden="true">
        {w('send')}
      </button>
      <Languages w={w} organization={organization} path={path} form="propose" />
      <h1 className="mb-2 text-2xl font-bold sm:text-3xl">{w('propose')}</h1>
      <p className="mb-5 text-lg">{w('propose_lead')}</p>
      {said && <Notice kind={said === 'sent_thanks' ? 'info' : 'error'}>{w(said)}</Notice>}
      {Object.keys(errors).length > 0 && <Notice kind="error">{w('wrong')}</Notice>}
      <form method="post" action={`${path}?lang=${language}`} noValidate acceptCharset="utf-8" id="propose">
        <input type="hidden" name="lang" value={language} />
        <input type="hidden" name="page_key" value={page_key} />
        <input type="hidden" name="page_time" value={page_time} />
        <div className="sr-only" aria-hidden="true">
          <label htmlFor="website">{w('skip')}</label>
          <input id="website" name="website" tabIndex={-1} autoComplete="off" />
        </div>
        <Group title={w('what')}>
          <Options
            w={w}
            legend={w('kind')}
            name="kind"
            kind="radio"
            options={kinds.map((each) => ({ value: each.kind, label: kindName(each, around) }))}
            chosen={typed.kind ?? []}
            errors={errors}
          />
          <Input {...field} name="title" label={w('title')} is_needed />
          <LongInput {...field} name="about" label={w('about')} rows={4} />
        </Group>
        <Group title={w('when')}>
          <div className="grid gap-x-4 sm:grid-cols-3">
            <Input {...field} name="date" label={w('date')} type="date" is_needed />
            <Input {...field} name="starts" label={w('from')} type="time" is_needed />
            <Input {...field} name="ends" label={w('to')} type="time" is_needed />
          </div>
        </Group>
        <Group title={w('where')}>
          <Input {...field} name="place" label={w('place')} />
          <Input {...field} name="address" label={w('address')} autoComplete="street-address" lang="en" is_needed />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Input {...field} name="city" label={w('city')} autoComplete="address-level2" lang="en" is_needed />
            <Input {...field} name="zip5" label={w('zip5')} inputMode="numeric" autoComplete="postal-code" />
          </div>
          <Options
            is_wide
            w={w}
            legend={w('address_for')}
            name="address_for"
            kind="radio"
            options={(['signed_up', 'everybody'] as const).map((value) => ({
              value,
              label: w(`address_for.${value}`),
            }))}
            chosen={typed.address_for ?? ['signed_up']}
            errors={errors}
          />
        </Group>
        <Group title={w('who_comes')}>
          <Input {...field} name="seats" label={w('seats')} inputMode="numeric" is_needed />
          <Options
            w={w}
            legend={w('spoken')}
            name="spoken"
            kind="checkbox"
            options={publicLanguages.map((value) => ({ value: value as string, label: languageName(value) }))}
            chosen={typed.spoken ?? [language]}
            errors={errors}
          />
          <LongInput {...field} name="needs" label={w('needs')} rows={3} />
        </Group>
        <Group title={w('you')} hint={w('you_text')}>
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Input {...field} name="first_name" label={w('first_name')} is_needed autoComplete="given-name" />
            <Input {...field} name="last_name" label={w('last_name')} is_needed autoComplete="family-name" />
          </div>
          <Input {...field} name="name_hangul" label={w('name_hangul')} lang="ko" />
          <Input
            {...field}
            name="email"
            label={w('email')}
            type="email"
            inputMode="email"
            autoComplete="email"
            is_needed
          />
          <Input {...field} name="phone" label={w('phone')} type="tel" inputMode="tel" autoComplete="tel" />
        </Group>
        <button className="btn btn-primary btn-lg w-full sm:w-auto">{w('send')}</button>
        <p className="mt-3 text-sm">{w('privacy', { organization: name })}</p>
      </form>
    </>
  )
}

const languageName = (code: PublicLanguage): ReactNode => (
  <span lang={code === 'zh' ? 'zh-Hant' : code}>{languageNames[code]}</span>
)

function kindName(kind: Pick<ListedKind, 'name'>, { language, organization }: Around): ReactNode {
  const { text, language: own } = localized(kind.name, language, organization.languages)
  return own === language ? text : <span lang={own}>{text}</span>
}

interface SentPageProps extends Around {
  proposal: ProposalRow
  kind: ListedKind
  /** What became of it. */
  event: Event | null
  /** Of the event. */
  seats_taken: number
  /** Of this page. */
  here: string
  /** Of the installation. */
  url: string
  is_decided_meanwhile: boolean
}

/** How a proposal stands, for whoever sent it. It names nobody else. */
export function SentProposalPage(props: SentPageProps) {
  const { proposal, kind, event, seats_taken, here, url, is_decided_meanwhile, ...around } = props
  const { language, organization } = around
  const w = hostingWords(language)
  const { sent, said, state, reason } = proposal
  const page = event && `${url}/e/${organization.slug}/${event.code}`
  return (
    <>
      <Languages w={w} organization={organization} path={here} />
      <h1 className="mb-3 text-2xl font-bold">{w('yours')}</h1>
      {is_decided_meanwhile && <Notice kind="error">{w('decided_meanwhile')}</Notice>}
      <section className="bg-base-100 rounded-box border-base-300 mb-5 border p-4 sm:p-6">
        <p className="mb-4 text-lg font-semibold" role="status">
          {w(`state.${state}`)}
        </p>
        {reason && (
          <blockquote className="border-primary mb-4 border-l-4 pl-4">
            <p className="text-sm font-semibold">{w('our_word')}</p>
            <p className="break-words whitespace-pre-line">{reason}</p>
          </blockquote>
        )}
        <p className="text-sm font-semibold">{kindName(kind, around)}</p>
        <h2 className="text-lg font-bold break-words">
          {event ? localized(event.content.title, language, organization.languages).text : sent.title}
        </h2>
        {event ? (
          <>
            <p>{spanText(language, event.time_zone, event)}</p>
            <p className="mt-3 font-semibold">{w('coming', { count: seats_taken })}</p>
          </>
        ) : (
          <>
            <p>{spanText(language, organization.time_zone, spanOfSent(sent, organization.time_zone))}</p>
            <p className="break-words">{placeLine(sent.place, { ...sent, name: {}, directions: {} })}</p>
            <p className="mt-3 text-sm">{nameIn(said, language)}</p>
          </>
        )}
        {state === 'waiting' && (
          <form method="post" action={`${here}?lang=${language}`} className="mt-4">
            <button className="btn" name="act" value="withdraw">
              {w('withdraw')}
            </button>
          </form>
        )}
      </section>
      {event && page && (
        <div className="flex flex-wrap items-start gap-6">
          <div className="min-w-0 flex-1 basis-72">
            <p className="mb-3">{w('to_hosting_text')}</p>
            <p className="mb-4 flex flex-wrap gap-3">
              {/* Whoever joined by the invitation takes it up there. */}
              <a
                className="btn btn-primary h-auto min-h-12 py-2"
                href={proposal.user_id ? `/hosting/${event.event_id}` : '/hosting'}
              >
                {w('to_hosting')}
              </a>
              <a className="btn h-auto min-h-12 py-2" href={`${new URL(page).pathname}?lang=${language}`}>
                {w('to_page')}
              </a>
            </p>
            <p className="font-semibold break-all">{page}</p>
          </div>
          <div className="w-40">
            <QrCode text={page} label={w('to_page')} />
          </div>
        </div>
      )}
    </>
  )
}
