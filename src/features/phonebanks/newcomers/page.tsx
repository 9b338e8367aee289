import type { z } from 'zod'
import { formatDateTime, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card } from '../../../platform/ui/components.tsx'
import type { ToConfirm } from '../../events/calls/queries.ts'
import { callOutcomes, confirmings } from '../../events/calls/schema.ts'
import { nameOf } from '../../events/words.ts'
import type { PlaceholderValues } from '../../scripts/schema.ts'
import { scriptText } from '../../scripts/rules.ts'
import '../console-messages.ts'
import type { Session } from '../schema.ts'
import './messages.ts'
import '../shifts/messages.ts'
import type { AtHand, SavedCall } from './queries.ts'

interface Props {
  t: Translate
  session: z.infer<typeof Session>
  at: AtHand
  said: 'saved' | 'quicker' | 'undone' | 'again' | 'stays' | 'busy' | null
  /** The call just made, or the last one. */
  saved: SavedCall | null
  key_of_form: string
}

export function NewcomersPage(props: Props) {
  const { t, session, at, said, saved } = props
  return (
    <div className="mx-auto max-w-xl text-lg">
      <h1 className="text-2xl font-bold">{t('newcomers.title')}</h1>
      <p className="mt-1 mb-4">{t('newcomers.lead', { event: localized(at.event.title, t.language).text })}</p>
      {said && (
        <Alert
          kind={said === 'stays' || said === 'quicker' || said === 'busy' ? 'warning' : 'success'}
          title={t(`newcomers.${said}`)}
        >
          {said === 'saved' && saved && <Made {...props} saved={saved} />}
        </Alert>
      )}
      {session.door !== 'open' ? (
        <Alert kind="info" title={t(`console.door.${session.door}`)}>
          {t(`console.door.${session.door}_text`)}
        </Alert>
      ) : session.phone_bank.way_of_calling !== 'own_phone' && !at.hand ? (
        <Alert kind="info" title={t(`newcomers.${session.phone_bank.way_of_calling}`)}>
          {t(`newcomers.${session.phone_bank.way_of_calling}_text`)}
        </Alert>
      ) : at.hand ? (
        <Hand {...props} row={at.hand} />
      ) : (
        <Waiting {...props} />
      )}
      {!said && saved && (
        <section className="mt-6" aria-labelledby="last-call">
          <h2 id="last-call" className="font-semibold">
            {t('newcomers.last')}
          </h2>
          <Made {...props} saved={saved} />
        </section>
      )}
      <p className="mt-6">
        <a className="link inline-flex min-h-11 items-center" href={`/call/${session.phone_bank.phone_bank_id}`}>
          {t('newcomers.to_voters')}
        </a>
      </p>
    </div>
  )
}

/** A call, and the way to take it back. */
function Made(props: Props & { saved: SavedCall }) {
  const { t, saved } = props
  return (
    <>
      <p>
        {nameOf(saved)}: {t(`shifts.said.${saved.said}`)}
      </p>
      {!closing.some((each) => each === saved.said) && (
        <form method="post" action={`${baseOf(props)}/undo`} className="mt-2">
          <button className="btn min-h-11" name="attempt" value={saved.attempt_id}>
            {t('newcomers.undo')}
          </button>
        </form>
      )}
    </>
  )
}

/** What closes a number or a person is taken back by an organizer alone. */
const closing = ['wrong_number', 'do_not_call']

const baseOf = ({ session }: Props): string => `/call/${session.phone_bank.phone_bank_id}/newcomers`

function Waiting(props: Props) {
  const { t, at } = props
  const when = (instant: Date) => formatDateTime(t.language, instant, at.event.time_zone)
  return (
    <Card title={at.ready > 0 ? t('newcomers.ready', { count: at.ready }) : t('newcomers.none')}>
      {at.is_at_limit && <p>{t('console.empty.limit')}</p>}
      {at.only && <p className="mb-3">{t('newcomers.put_off_many')}</p>}
      {at.closed_until instanceof Date && <p>{t('newcomers.hours', { when: when(at.closed_until) })}</p>}
      {at.closed_until === 'for_good' && <p>{t('console.door.over_text')}</p>}
      {at.ready > 0 && !at.closed_until && !at.is_at_limit && (
        <form method="post" action={`${baseOf(props)}/next`}>
          <button className="btn btn-primary min-h-12 text-lg">{t('newcomers.next')}</button>
        </form>
      )}
      {at.resting > 0 && at.again_at && (
        <p className="mt-3">{t('newcomers.resting', { count: at.resting, when: when(at.again_at) })}</p>
      )}
      {at.other_language > 0 && <p className="mt-3">{t('newcomers.other_language', { count: at.other_language })}</p>}
    </Card>
  )
}

function Hand(props: Props & { row: ToConfirm }) {
  const { t, session, row, at, key_of_form } = props
  const values = valuesFor(row, session)
  const { greeting, steps } = session.script.content
  const said = [greeting, ...steps.slice(0, 1).map(({ say }) => say)].map((text) =>
    scriptText(text, row.language, values),
  )
  const others = callOutcomes.filter((each) => !confirmings.some((answer) => answer === each))
  return (
    <Card title={nameOf(row)}>
      <p>{t('newcomers.speaks', { language: languageNames[row.language] ?? row.language })}</p>
      {row.tried_at && (
        <p className="text-base">
          {t('newcomers.tried', { when: formatDateTime(t.language, row.tried_at, at.event.time_zone) })}
        </p>
      )}
      {row.phone && (
        <a href={`tel:${row.phone}`} className="btn btn-success mt-3 min-h-14 w-full text-xl whitespace-nowrap">
          {formatPhone(row.phone)}
        </a>
      )}
      <div className="border-accent mt-4 space-y-2 border-l-4 pl-3">
        {said.map(({ text, language }) => (
          <p key={text} lang={language}>
            {text}
          </p>
        ))}
      </div>
      <form method="post" action={`${baseOf(props)}/result`} className="mt-4">
        <input type="hidden" name="signup" value={row.signup_id} />
        <input type="hidden" name="key" value={key_of_form} />
        <fieldset>
          <legend className="font-semibold">{t('newcomers.answer')}</legend>
          <div className="mt-2 grid gap-2 sm:grid-cols-2">
            {confirmings.map((each) => (
              <button key={each} name="said" value={each} className="btn btn-outline min-h-12 text-lg">
                {t(`shifts.said.${each}`)}
              </button>
            ))}
          </div>
        </fieldset>
        <fieldset className="mt-4">
          <legend className="font-semibold">{t('newcomers.no_answer')}</legend>
          <div className="mt-2 grid gap-2 sm:grid-cols-2">
            {others.map((each) => (
              <button key={each} name="said" value={each} className="btn min-h-12 text-lg">
                {t(`shifts.said.${each}`)}
              </button>
            ))}
          </div>
        </fieldset>
      </form>
      <form method="post" action={`${baseOf(props)}/put-off`} className="mt-4">
        <button className="btn btn-ghost min-h-11" name="signup" value={row.signup_id}>
          {t('newcomers.put_off')}
        </button>
      </form>
    </Card>
  )
}

/** As in a call of the queue; 선생님 where nothing else is known. */
const valuesFor = (
  row: ToConfirm,
  { caller, organization, candidate }: z.infer<typeof Session>,
): PlaceholderValues => ({
  'voter.name': {
    en: [row.first_name, row.last_name].filter(Boolean).join(' '),
    ...(row.name_hangul ? { ko: row.name_hangul } : {}),
  },
  'voter.first_name': { en: row.first_name ?? '' },
  'voter.last_name': { en: row.last_name ?? '' },
  'voter.title': { ko: '선생님' },
  'caller.name': caller.name,
  organization: organization.name,
  candidate,
  phone: organization.phone ? formatPhone(organization.phone) : null,
})
