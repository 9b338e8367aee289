import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  EmptyState,
  Field,
  OwnText,
  PageHead,
  Select,
  FindForm,
} from '../../../platform/ui/components.tsx'
import { PersonName } from '../../people/pages/person-name.tsx'
import { FoundChoices, queryOf, type Sought } from '../finding.tsx'
import '../messages.ts'
import { nameOfRow } from '../names.ts'
import { spanText } from '../pages/work.tsx'
import './messages.ts'
import type { Body, Holder, ListedBody, Office, Seated } from './queries.ts'
import { bodyKinds } from './schema.ts'

const list = '/leadership/bodies'

interface May {
  edit: boolean
  /** Names lead to profiles. */
  profiles: boolean
  leadership: boolean
}

export function BodiesPage({ t, bodies, may }: { t: Translate; bodies: readonly ListedBody[]; may: May }) {
  const make = may.edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('bodies.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('bodies.title')}
        lead={t('bodies.lead')}
        back={
          may.leadership ? { href: '/leadership', label: t('leadership.title') } : { href: '/', label: t('nav.home') }
        }
        actions={bodies.length > 0 && make}
      />
      {bodies.length === 0 && (
        <EmptyState icon="team" title={t('bodies.none')} action={make}>
          <p>{t('bodies.none_text')}</p>
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {bodies.map((body) => (
          <li key={body.body_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
            <p className="text-sm">{t(`bodies.kind.${body.kind}`)}</p>
            <h2 className="text-lg font-bold">
              <a href={`${list}/${body.body_id}`} className="after:absolute after:inset-0">
                <OwnText t={t} text={localized(body.name, t.language)} language={t.language} />
              </a>
            </h2>
            <p className="mt-2 flex flex-wrap gap-2">
              <span>{t('bodies.people', { count: body.people })}</span>
              {body.archived_at && <Badge>{t('bodies.archived')}</Badge>}
              {!body.archived_at && body.vacant > 0 && (
                <Badge kind="warning">{t('bodies.vacant', { count: body.vacant })}</Badge>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

interface Typed {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
}

/** One field per language of the organization. */
function Names({
  t,
  typed,
  errors,
  languages,
  values,
}: Typed & { languages: readonly string[]; values?: Record<string, string> | undefined }) {
  return languages.map((language, at) => (
    <Field
      key={language}
      t={t}
      label={t('ladder.name_in', { language: languageNames[language] ?? language })}
      name={`name_${language}`}
      lang={language}
      maxLength={80}
      is_one_of_several={languages.length > 1}
      value={values?.[language] ?? ''}
      typed={typed}
      errors={at === 0 && errors.name ? { ...errors, [`name_${language}`]: errors.name } : errors}
    />
  ))
}

export function NewBodyPage({ t, typed, errors, languages }: Typed & { languages: readonly string[] }) {
  return (
    <div className="max-w-2xl">
      <PageHead title={t('bodies.new')} lead={t('bodies.new_lead')} back={{ href: list, label: t('bodies.title') }} />
      <form method="post" action={`${list}/new`}>
        <Card>
          <Select
            {...{ t, typed, errors }}
            label={t('bodies.kind')}
            name="kind"
            required
            value="committee"
            options={bodyKinds.map((kind) => ({ value: kind, label: t(`bodies.kind.${kind}`) }))}
          />
          <Names {...{ t, typed, errors, languages }} />
          <button className="btn btn-primary">{t('bodies.make')}</button>
        </Card>
      </form>
    </div>
  )
}

interface BodyPageProps {
  t: Translate
  body: Body
  seated: readonly Seated[]
  today: string
  may: May
}

export function BodyPage(props: BodyPageProps) {
  const { t, body, seated, may } = props
  const here = `${list}/${body.body_id}`
  const isOpen = body.archived_at === null
  return (
    <>
      <PageHead
        title={localized(body.name, t.language).text}
        lead={t(`bodies.kind.${body.kind}`)}
        back={{ href: list, label: t('bodies.title') }}
        actions={
          may.edit && (
            <>
              {isOpen && (
                <a className="btn" href={`${here}/offices/new`}>
                  {t('bodies.office_new')}
                </a>
              )}
              <a className="btn" href={`${here}/edit`}>
                {t('bodies.change')}
              </a>
            </>
          )
        }
      />
      {!isOpen && <Alert kind="info" title={t('bodies.archived')} />}
      {seated.map((each) => (
        <OfficeCard key={each.office.office_id} {...props} seated_office={each} />
      ))}
    </>
  )
}

interface BodyFormProps extends Typed {
  body: Body
  languages: readonly string[]
}

export function RenamePage({ t, body, languages, typed, errors }: BodyFormProps) {
  const here = `${list}/${body.body_id}`
  return (
    <div className="max-w-2xl">
      <PageHead title={t('bodies.change')} back={{ href: here, label: localized(body.name, t.language).text }} />
      <Card>
        <form method="post" action={`${here}/edit`}>
          <Names {...{ t, typed, errors, languages }} values={body.name} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
        <form method="post" action={`${here}/${body.archived_at ? 'restore' : 'archive'}`} className="mt-4">
          <button className="btn">{t(body.archived_at ? 'fields.restore' : 'action.archive')}</button>
        </form>
      </Card>
    </div>
  )
}

export function OfficePage({ t, body, office, languages, typed, errors }: BodyFormProps & { office: Office | null }) {
  const back = `${list}/${body.body_id}`
  const here = `${back}/offices/${office?.office_id ?? 'new'}`
  const shared = { t, typed, errors }
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t(office ? 'bodies.office_change' : 'bodies.office_new')}
        back={{ href: back, label: localized(body.name, t.language).text }}
      />
      <Card>
        <form method="post" action={here}>
          <Names {...shared} languages={languages} values={office?.name} />
          <Field
            {...shared}
            label={t('bodies.seats')}
            hint={t('bodies.seats_hint')}
            name="seats"
            inputMode="numeric"
            value={office ? office.seats : 1}
          />
          <Field
            {...shared}
            label={t('bodies.term_months')}
            hint={t('bodies.term_hint')}
            name="term_months"
            inputMode="numeric"
            value={office ? office.term_months : 12}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
        {office && (
          <form method="post" action={`${here}/${office.archived_at ? 'restore' : 'archive'}`} className="mt-4">
            <button className="btn">{t(office.archived_at ? 'fields.restore' : 'action.archive')}</button>
          </form>
        )}
      </Card>
    </div>
  )
}

function OfficeCard(props: BodyPageProps & { seated_office: Seated }) {
  const { t, body, may, today, seated_office } = props
  const { office, now, coming, before, vacant } = seated_office
  const here = `${list}/${body.body_id}/offices/${office.office_id}`
  const own = localized(office.name, t.language)
  const isOpen = body.archived_at === null && office.archived_at === null
  return (
    <Card title={own.text} id={`office-${office.office_id}`}>
      <p className="mb-2 flex flex-wrap gap-2 text-sm">
        <span>
          {[
            office.seats !== null && t('bodies.seats_held', { held: now.length, seats: office.seats }),
            office.term_months !== null && t('bodies.term', { count: office.term_months }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {isOpen && vacant ? <Badge kind="warning">{t('bodies.vacant', { count: vacant })}</Badge> : null}
        {office.archived_at && <Badge>{t('bodies.archived')}</Badge>}
      </p>
      {now.length === 0 && <p>{t('bodies.nobody')}</p>}
      <ul className="divide-base-300 divide-y">
        {now.map((holder) => (
          <HolderLine key={holder.role_id} {...{ t, holder, may, body }}>
            {holder.until_on !== today && (
              <Act t={t} holder={holder} body={body} does="end">
                {t('bodies.end')}
              </Act>
            )}
          </HolderLine>
        ))}
      </ul>
      {coming.length > 0 && (
        <>
          <h3 className="mt-3 font-semibold">{t('bodies.coming')}</h3>
          <ul className="divide-base-300 divide-y">
            {coming.map((holder) => (
              <HolderLine key={holder.role_id} {...{ t, holder, may, body }} />
            ))}
          </ul>
        </>
      )}
      {before.length > 0 && (
        <details className="mt-3">
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-semibold">
            {t('bodies.before')} ({before.length})
          </summary>
          <ul className="divide-base-300 divide-y">
            {before.map((holder) => (
              <HolderLine key={holder.role_id} {...{ t, holder, may, body }} />
            ))}
          </ul>
        </details>
      )}
      {may.edit && (
        <div className="mt-3 flex flex-wrap items-start gap-3 print:hidden">
          {isOpen && (
            <a className="btn" href={`${here}/give`}>
              {t('bodies.give')}
              <span className="sr-only">: {own.text}</span>
            </a>
          )}
          <a className="btn" href={here}>
            {t('bodies.office_change')}
            <span className="sr-only">: {own.text}</span>
          </a>
        </div>
      )}
    </Card>
  )
}

interface HolderProps {
  t: Translate
  holder: Holder
  may: May
  body: Body
  children?: ReactNode
}

function HolderLine({ t, holder, may, body, children }: HolderProps) {
  const name = <PersonName name={nameOfRow(holder, t.language)} is_quiet />
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-2">
      <span className="min-w-0 flex-1 basis-48">
        {may.profiles ? (
          <a href={`/people/${holder.person_id}`} className="inline-flex min-h-8 items-center font-semibold">
            {name}
          </a>
        ) : (
          <span className="font-semibold">{name}</span>
        )}
        <span className="block text-sm">{spanText(t, holder.from_on, holder.until_on)}</span>
      </span>
      {may.edit && children}
      {may.edit && (
        <Act t={t} holder={holder} body={body} does="remove">
          {t('leadership.mistake')}
        </Act>
      )}
    </li>
  )
}

const Act = ({ t, holder, body, does, children }: Omit<HolderProps, 'may'> & { does: 'end' | 'remove' }) => (
  <form method="post" action={`/leadership/roles/${holder.role_id}/${does}`} className="print:hidden">
    <input type="hidden" name="back" value={`${list}/${body.body_id}`} />
    <button className={`btn btn-sm min-h-11 ${does === 'remove' ? 'btn-ghost' : ''}`}>
      {children}
      <span className="sr-only">: {nameOfRow(holder, t.language).main}</span>
    </button>
  </form>
)

interface GivePageProps extends Typed {
  body: Body
  office: Office
  sought: Sought
  today: string
  /** Last day of the usual term; '': none. */
  until: string
}

/** Whom to give an office: looked for first, then the term. */
export function GivePage({ t, body, office, sought, typed, errors, today, until }: GivePageProps) {
  const { query, found } = sought
  const back = `${list}/${body.body_id}`
  const here = `${back}/offices/${office.office_id}/give`
  const shared = { t, typed, errors }
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('bodies.give_title', {
          body: localized(body.name, t.language).text,
          office: localized(office.name, t.language).text,
        })}
        back={{ href: back, label: localized(body.name, t.language).text }}
      />
      <FindForm t={t} label={t('bodies.find')} query={query} />
      {errors[''] && <Alert kind="error" title={t.dynamic(errors[''])} />}
      {query && found.length === 0 && <Alert kind="info">{t('people.search.none', { query })}</Alert>}
      {found.length > 0 && (
        <form method="post" action={`${here}${queryOf(sought)}`}>
          <Card>
            <FoundChoices {...{ ...shared, sought, today }} legend={t('bodies.found')} name="who" />
            <Field {...shared} label={t('leadership.from_on')} name="from_on" type="date" required value={today} />
            <Field
              {...shared}
              label={t('leadership.until_on')}
              hint={t('leadership.until_hint')}
              name="until_on"
              type="date"
              value={until}
            />
          </Card>
          <div className="flex flex-wrap gap-2">
            <button className="btn btn-primary">{t('bodies.give')}</button>
            <a className="btn" href={back}>
              {t('action.cancel')}
            </a>
          </div>
        </form>
      )}
    </div>
  )
}
