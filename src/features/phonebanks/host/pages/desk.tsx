import { formatTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import { Card, Field, PageHead, Select } from '../../../../platform/ui/components.tsx'
import { OnlyHere } from '../../../../platform/ui/only-here.tsx'
import type { ConfirmedEvent } from '../../../events/calls/queries.ts'
import { isHere, type PhoneBank } from '../../dashboard.ts'
import { SpokenChoices } from '../../pages/spoken-choices.tsx'
import type { Addressee, HostMessage } from '../messages.ts'

interface DeskProps {
  t: Translate
  bank: PhoneBank
  callers: readonly Addressee[]
  messages: readonly HostMessage[]
  universes: readonly { value: string; label: string }[]
  /** It asks whether people come to an event: nobody else is added. */
  confirms: ConfirmedEvent | null
  now: Date
  time_zone: string
  form_id: string
}

/** What a host does while people call; outside the live part, so that nothing typed is lost when that is renewed. */
export function HostDesk(props: DeskProps) {
  const { t, bank } = props
  const base = `/phonebanks/${bank.phone_bank_id}`
  return (
    <div className="grid gap-x-6 xl:grid-cols-2">
      <MessageCard {...props} base={base} />
      <WalkInCard {...{ t, bank, base }} typed={{}} chosen={bank.languages} errors={{}} form_id={props.form_id} />
      {!props.confirms && (
        <Card title={t('host.add_universe')} lead={t('host.add_universe_text')} id="add-universe">
          <form method="post" action={`${base}/add_universe`}>
            <Select t={t} label={t('phonebanks.universe')} name="universe_id" required options={props.universes} />
            <button className="btn">{t('host.add_universe_do')}</button>
          </form>
        </Card>
      )}
      <Card title={t('host.round')} lead={t('host.round_text')} id="round">
        <p className="mb-3">{t('host.round_now', { round: bank.round })}</p>
        <form method="post" action={`${base}/next_round`}>
          <input type="hidden" name="round" value={bank.round} />
          <button className="btn">{t('host.round_start', { round: bank.round + 1 })}</button>
        </form>
      </Card>
    </div>
  )
}

interface MessageProps {
  t: Translate
  callers: readonly Addressee[]
  messages: readonly HostMessage[]
  base: string
  now: Date
  time_zone: string
  typed?: Record<string, string>
  errors?: FieldErrors
}

/** Asked again, with what was typed. */
export function MessagePage(props: MessageProps & { name: string }) {
  return (
    <div className="max-w-xl">
      <PageHead title={props.t('host.message')} back={{ href: props.base, label: props.name }} />
      <MessageCard {...props} />
    </div>
  )
}

function MessageCard({ t, callers, messages, base, now, time_zone, typed = {}, errors = {} }: MessageProps) {
  const here = callers
    .filter((caller) => !caller.removed_at)
    .toSorted((a, b) => Number(isHere(b, now)) - Number(isHere(a, now)))
  const nameOf = (caller_id: string | null) =>
    caller_id === null ? t('host.message_all') : (callers.find((each) => each.caller_id === caller_id)?.name ?? '')
  return (
    <Card title={t('host.message')} lead={t('host.message_lead')} id="message">
      <form method="post" action={`${base}/messages`}>
        <Select
          {...{ t, typed, errors }}
          label={t('host.message_to')}
          name="caller_id"
          required
          options={[
            { value: 'all', label: t('host.message_all') },
            ...here.map((caller) => ({ value: caller.caller_id, label: caller.name })),
          ]}
        />
        <Field {...{ t, typed, errors }} label={t('host.message_text')} name="text" rows={2} maxLength={500} required />
        <button className="btn btn-primary">{t('host.message_send')}</button>
      </form>
      {messages.length > 0 && (
        <>
          <h3 className="mt-5 mb-1 font-semibold">{t('host.message_last')}</h3>
          <ul className="space-y-2">
            {messages.slice(0, 5).map((message) => (
              <li key={message.message_id}>
                <span className="block text-sm">
                  {t('host.message_line', {
                    at: formatTime(t.language, message.sent_at, time_zone),
                    from: message.sent_by,
                    to: nameOf(message.caller_id),
                  })}
                </span>
                {message.text}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

interface WalkInProps {
  t: Translate
  bank: PhoneBank
  base: string
  typed: Record<string, string>
  chosen: readonly string[]
  errors: FieldErrors
  /** Of this showing of the form: sent again, it adds nobody a second time. */
  form_id: string
}

export function WalkInCard({ t, bank, base, typed, chosen, errors, form_id }: WalkInProps) {
  const shared = { t, typed, errors }
  return (
    <Card title={t('host.walk_in')} lead={t('host.walk_in_lead')} id="walk-in">
      <form method="post" action={`${base}/walk_in`}>
        <input type="hidden" name="form_id" value={form_id} />
        <Field {...shared} label={t('phonebanks.caller_name')} name="name" required maxLength={80} />
        <Field {...shared} label={t('host.walk_in_reach')} name="reach" maxLength={120} />
        <SpokenChoices
          t={t}
          legend={t('host.walk_in_languages')}
          first={bank.languages}
          chosen={chosen}
          errors={errors}
        />
        <button className="btn">{t('host.walk_in_add')}</button>
      </form>
    </Card>
  )
}

/** Asked again, with what was typed. */
export function WalkInPage(props: WalkInProps & { name: string }) {
  return (
    <>
      <PageHead title={props.t('host.walk_in')} back={{ href: props.base, label: props.name }} />
      <WalkInCard {...props} />
    </>
  )
}

export function HandOverPage({
  t,
  name,
  url,
  qr_svg,
  base,
  bank_name,
}: {
  t: Translate
  name: string
  url: string
  qr_svg: string
  base: string
  bank_name: string
}) {
  return (
    <>
      <PageHead title={t('host.walk_in_ready', { name })} back={{ href: base, label: bank_name }} />
      <Card>
        <p className="mb-4 max-w-prose">{t('host.walk_in_code', { name })}</p>
        <OnlyHere t={t} url={url} />
        {/* Made by bwip-js from our own address. */}
        <div
          role="img"
          aria-label={t('phonebanks.link_qr')}
          className="mb-4 w-48 rounded-lg bg-white p-2"
          dangerouslySetInnerHTML={{ __html: qr_svg }}
        />
        <p className="mb-4 text-sm break-all">{url}</p>
        <a className="btn btn-primary" href={url}>
          {t('host.walk_in_here')}
        </a>
      </Card>
    </>
  )
}

/** Opened on the phone of the volunteer. */
export function StartHerePage({ t, name, action }: { t: Translate; name: string | null; action: string }) {
  if (name === null) return <PageHead title={t('host.walk_in_used')} lead={t('host.walk_in_used_text')} />
  return (
    <>
      <PageHead title={t('host.walk_in_welcome', { name })} lead={t('host.walk_in_welcome_text')} />
      <form method="post" action={action}>
        <button className="btn btn-primary btn-lg w-full sm:w-auto">{t('host.walk_in_start', { name })}</button>
      </form>
    </>
  )
}
