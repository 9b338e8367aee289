import type { ReactNode } from 'react'
import { mayDo, type Permission } from '../../features/access/permissions.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Env } from '../../platform/http/room.ts'
import { formatDate, formatNumber } from '../../platform/i18n/formats.ts'
import { localized, type Language } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Card, Figure, Figures, OwnText, PageHead } from '../../platform/ui/components.tsx'
import { Icon } from '../../platform/ui/icon.tsx'
import type { HomeDay, HomeFacts, HomePhoneBank, OpenOrganization } from './home-queries.ts'

const chain = [
  ['voters', 'voters'],
  ['universes', 'universe'],
  ['scripts', 'script'],
  ['phonebanks', 'phone'],
  ['results', 'check'],
] as const

/** For whoever is not signed in: what this is, and the pages for everybody. */
export function WelcomePage({ t, organizations }: { t: Translate; organizations: readonly OpenOrganization[] }) {
  return (
    <div className="mx-auto max-w-4xl py-8 sm:py-14">
      <p className="text-secondary font-bold">{t('app.name')}</p>
      <h1 className="mt-2 text-4xl font-bold text-balance sm:text-5xl">{t('home.welcome_title')}</h1>
      <p className="mt-5 max-w-2xl text-lg">{t('home.welcome_lead')}</p>
      <a href="/sign-in" className="btn btn-primary btn-lg mt-8">
        {t('shell.sign_in')}
      </a>
      {organizations.length > 0 && (
        <section className="mt-10">
          <h2 className="mb-3 text-xl font-bold">{t('home.open_pages')}</h2>
          <ul className="grid gap-3 sm:grid-cols-2">
            {organizations.map(({ slug, name, takes_members, has_events }) => (
              <li key={slug} className="bg-base-100 rounded-box border-base-300 border p-4">
                <h3 className="font-bold break-words">{localized(name, t.language).text}</h3>
                <p className="flex flex-wrap gap-x-5">
                  {has_events && (
                    <a className="link inline-flex min-h-11 items-center" href={`/e/${slug}?lang=${t.language}`}>
                      {t('home.open_calendar')}
                    </a>
                  )}
                  {takes_members && (
                    <a className="link inline-flex min-h-11 items-center" href={`/m/${slug}?lang=${t.language}`}>
                      {t('home.open_membership')}
                    </a>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <h2 className="mt-14 mb-4 text-xl font-bold">{t('home.chain')}</h2>
      <ol className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {chain.map(([step, icon], index) => (
          <li key={step} className="bg-base-100 rounded-box border-base-300 flex gap-4 border p-5">
            <span className="bg-primary/10 text-primary flex size-12 shrink-0 items-center justify-center rounded-full">
              <Icon name={icon} size={26} />
            </span>
            <div>
              <h3 className="font-bold">
                {index + 1}. {t.dynamic(`home.chain.${step}`)}
              </h3>
              <p className="mt-1 text-sm">{t.dynamic(`home.chain.${step}_text`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}

interface HomeProps {
  t: Translate
  language: Language
  actor: Actor
  organization: NonNullable<Env['Variables']['organization']>
  facts: HomeFacts
  /** Nothing of theirs is open: no task, no proposal, no door. */
  has_nothing: boolean
  /** Panels of rooms, under the rest. */
  children?: ReactNode
}

export function HomePage({ t, language, actor, organization, facts, has_nothing, children }: HomeProps) {
  const number = (value: number) => formatNumber(language, value)
  const may = (permission: Permission) => mayDo(actor, permission)
  return (
    <>
      <PageHead
        title={t('home.hello', { name: actor.name })}
        lead={t('home.lead', { organization: localized(organization.name, language).text })}
      />
      {may('phonebanks.edit') && <NextSteps t={t} facts={facts} is_steward={actor.is_steward} />}
      {(may('phonebanks.call') || may('phonebanks.host')) && (
        <PhoneBanks
          t={t}
          language={language}
          open={facts.open}
          may_open={may('phonebanks.edit')}
          is_caller={!may('phonebanks.view')}
        />
      )}
      {may('phonebanks.view') ? (
        <>
          <h2 className="mb-3 text-lg font-bold">{t('home.figures')}</h2>
          <Figures>
            <Figure label={t('home.attempts')} value={number(facts.attempts)} />
            <Figure label={t('home.reached')} value={number(facts.reached)} />
            <Figure label={t('home.callers')} value={number(facts.callers)} />
            <Figure
              label={t('home.voters')}
              value={
                facts.voters.is === 'counted'
                  ? number(facts.voters.count)
                  : t(`home.${facts.voters.is}`, { count: facts.voters.count })
              }
            />
          </Figures>
          {facts.has_called && <Days t={t} language={language} days={facts.days} />}
        </>
      ) : (
        !may('phonebanks.call') &&
        (actor.is_steward || has_nothing) && (
          <Card>
            {actor.is_steward ? (
              <>
                <p className="mb-4">{t('home.steward')}</p>
                <p className="flex flex-wrap gap-2">
                  <a className="btn btn-primary" href="/voterfiles">
                    {t('nav.voterfile')}
                  </a>
                  <a className="btn" href="/officials">
                    {t('officials.title')}
                  </a>
                </p>
              </>
            ) : (
              <p>{t('home.member')}</p>
            )}
          </Card>
        )
      )}
      {children}
    </>
  )
}

/** The first way through, ticked off as it is walked. Gone when all of it is done. */
function NextSteps({ t, facts, is_steward }: { t: Translate; facts: HomeFacts; is_steward: boolean }) {
  const steps: { key: string; text?: string; done: boolean; href: string | null }[] = [
    is_steward
      ? { key: 'voterfile', text: 'own_voterfile', done: facts.has_voters, href: '/voterfiles' }
      : { key: 'voterfile', done: facts.has_voters, href: null },
    is_steward
      ? { key: 'phones', text: 'own_phones', done: facts.has_phones, href: '/voterfiles/new?kind=phones' }
      : { key: 'phones', done: facts.has_phones, href: null },
    { key: 'universe', done: facts.universes > 0, href: facts.has_voters ? '/voters/universes/new' : null },
    { key: 'script', done: facts.scripts > 0, href: '/scripts/new' },
    { key: 'phonebank', done: facts.phone_banks > 0, href: facts.has_voters ? '/phonebanks/new' : null },
    { key: 'calls', done: facts.has_called, href: facts.phone_banks > 0 ? '/phonebanks' : null },
  ]
  const open = steps.filter((step) => !step.done)
  // Whoever waits for a steward goes on with what they can do meanwhile.
  const next = open.find((step) => step.href) ?? open[0]
  if (!next) return null
  return (
    <Card title={t('home.steps')} lead={t('home.steps_lead')}>
      <ol className="space-y-2">
        {steps.map((step, index) => (
          <li
            key={step.key}
            className={`flex flex-wrap gap-4 rounded-lg border p-4 ${step === next ? 'border-primary bg-primary/5' : 'border-base-300'}`}
          >
            <span
              className={`flex size-9 shrink-0 items-center justify-center rounded-full font-bold ${step.done ? 'bg-success text-success-content' : 'bg-base-200'}`}
              aria-hidden="true"
            >
              {step.done ? <Icon name="check" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1 basis-48">
              <h3 className="font-bold">
                {t.dynamic(`home.step.${step.key}`)}
                {step.done && <span className="sr-only"> ({t('home.step_done')})</span>}
              </h3>
              {!step.done && <p className="text-sm">{t.dynamic(`home.step.${step.text ?? step.key}_text`)}</p>}
            </div>
            {step === next && step.href && (
              <a className="btn btn-primary self-center" href={step.href}>
                {t('action.continue')}
                <span className="sr-only">: {t.dynamic(`home.step.${step.key}`)}</span>
              </a>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

interface PhoneBanksProps {
  t: Translate
  language: Language
  open: HomePhoneBank[]
  may_open: boolean
  /** Callers get the calling page, hosts the dashboard. */
  is_caller: boolean
}

function PhoneBanks({ t, language, open, may_open, is_caller }: PhoneBanksProps) {
  return (
    <Card
      title={t('home.phonebanks')}
      actions={
        may_open && (
          <a className="btn" href="/phonebanks/new">
            <Icon name="plus" /> {t('home.step.phonebank')}
          </a>
        )
      }
    >
      {open.length === 0 && <p>{t('home.phonebanks_none')}</p>}
      <ul className="grid gap-3 md:grid-cols-2">
        {open.map((each) => (
          <li key={each.phone_bank_id}>
            <a
              href={is_caller ? `/phonebanks/${each.phone_bank_id}/call` : `/phonebanks/${each.phone_bank_id}`}
              className="border-base-300 hover:border-primary block rounded-lg border p-4"
            >
              <strong className="block">
                <OwnText t={t} text={localized(each.name, language)} language={language} />
              </strong>
              <progress
                className="progress progress-primary mt-3 h-3 w-full"
                max={Math.max(1, each.total)}
                value={each.done}
                aria-label={t('home.phonebank_progress', { done: each.done, total: each.total })}
              />
              <span className="mt-1 flex flex-wrap justify-between gap-x-3 text-sm">
                <span>{t('home.phonebank_progress', { done: each.done, total: each.total })}</span>
                <span>
                  {each.is_to_come
                    ? t('home.phonebank_from', { date: formatDate(language, each.starts_on, 'short') })
                    : t('home.phonebank_until', { date: formatDate(language, each.ends_on, 'short') })}
                </span>
              </span>
              {is_caller && !each.is_to_come && (
                <span className="btn btn-primary mt-3 w-full">
                  <Icon name="phone" /> {t('home.phonebank_call')}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Two weeks of calls as bars; the same numbers as text for those who do not see them. */
function Days({ t, language, days }: { t: Translate; language: Language; days: HomeDay[] }) {
  const most = Math.max(1, ...days.map((day) => day.made))
  const height = 120
  const scale = (value: number) => (value / most) * (height - 4)
  return (
    <Card title={t('home.by_day')}>
      <svg viewBox={`0 0 ${days.length * 40} ${height + 2}`} className="w-full" aria-hidden="true">
        {days.map((day, index) => (
          <g key={day.day} transform={`translate(${index * 40} 0)`}>
            <rect
              x="6"
              y={height - scale(day.made)}
              width="28"
              height={scale(day.made)}
              rx="3"
              className="fill-primary/30"
            />
            <rect
              x="6"
              y={height - scale(day.reached)}
              width="28"
              height={scale(day.reached)}
              rx="3"
              className="fill-primary"
            />
          </g>
        ))}
        <line x1="0" x2={days.length * 40} y1={height} y2={height} className="stroke-base-300" />
      </svg>
      <div className="grid grid-cols-[repeat(14,minmax(0,1fr))] text-center text-xs" aria-hidden="true">
        {days.map((day) => (
          <span key={day.day}>{Number(day.day.slice(8))}</span>
        ))}
      </div>
      <p className="mt-2 flex gap-4 text-sm" aria-hidden="true">
        <span className="flex items-center gap-1.5">
          <span className="bg-primary/30 size-3 rounded-sm" /> {t('home.legend_made')}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="bg-primary size-3 rounded-sm" /> {t('home.legend_reached')}
        </span>
      </p>
      <ul className="sr-only">
        {days.map((day) => (
          <li key={day.day}>
            {t('home.by_day_row', {
              date: formatDate(language, day.day, 'short'),
              made: day.made,
              reached: day.reached,
            })}
          </li>
        ))}
      </ul>
    </Card>
  )
}
