import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  Field,
  PageHead,
  Pagination,
} from '../../../platform/ui/components.tsx'
import '../../access/tokens/messages.ts'
import '../messages.ts'
import type { Delivery, ListedWebhook } from '../queries.ts'
import { problemOf } from '../rules.ts'
import { deliveryStates, webhookEvents, type DeliveryState } from '../schema.ts'

interface WebhooksPageProps {
  t: Translate
  webhooks: readonly ListedWebhook[]
  typed?: Record<string, string>
  chosen?: readonly string[]
  errors?: FieldErrors
  done: 'added' | 'inside' | 'remove' | null
}

/** Where messages go, and a form for one more place. */
export function WebhooksPage({ t, webhooks, typed = {}, chosen = [], errors = {}, done }: WebhooksPageProps) {
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('webhooks.title')}
        lead={t('webhooks.lead')}
        back={{ href: '/settings/connections', label: t('webhooks.connections') }}
      />
      {done === 'inside' ? (
        <Alert kind="warning" title={t('webhooks.added_inside')} />
      ) : (
        done && <Alert kind="success" title={t(done === 'added' ? 'webhooks.added' : 'webhooks.done.remove')} />
      )}
      {webhooks.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="mail" title={t('webhooks.none')}>
            {t('webhooks.none_text')}
          </EmptyState>
        </div>
      ) : (
        <Card>
          <ul className="divide-base-300 divide-y">
            {webhooks.map((webhook) => (
              <li key={webhook.webhook_id} className="py-3">
                <p className="flex flex-wrap items-center gap-2">
                  <a className="link font-semibold break-all" href={`/settings/webhooks/${webhook.webhook_id}`}>
                    {webhook.url}
                  </a>
                  {webhook.paused_at && <Badge kind="warning">{t('webhooks.paused')}</Badge>}
                  {webhook.dead > 0 && <Badge kind="error">{t('webhooks.given_up')}</Badge>}
                </p>
                <p className="mt-1 text-sm">
                  {t('webhooks.count', {
                    delivered: number(webhook.delivered),
                    waiting: number(webhook.waiting),
                    dead: number(webhook.dead),
                  })}
                </p>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t('webhooks.new')} id="new">
        <form method="post" action="/settings/webhooks">
          <Field
            {...{ t, typed, errors }}
            label={t('webhooks.url')}
            hint={t('webhooks.url_hint')}
            name="url"
            type="url"
            required
            maxLength={500}
          />
          <Choices
            t={t}
            legend={t('webhooks.events')}
            name="events[]"
            kind="checkbox"
            chosen={chosen}
            options={webhookEvents.map((value) => ({ value, label: t(`webhooks.event.${value}`), hint: value }))}
            errors={errors}
          />
          <Field
            {...{ t, typed, errors }}
            label={t('tokens.purpose')}
            hint={t('tokens.purpose_hint')}
            name="purpose"
            rows={2}
            maxLength={1000}
          />
          <p className="mb-2 max-w-prose text-sm">{t('webhooks.law')}</p>
          <Choices
            t={t}
            name="law"
            kind="checkbox"
            chosen={typed.law ? ['yes'] : []}
            options={[{ value: 'yes', label: t('tokens.law_accept') }]}
            errors={errors}
          />
          <button className="btn btn-primary min-h-12 text-base">{t('webhooks.add')}</button>
        </form>
      </Card>
    </div>
  )
}

interface WebhookPageProps {
  t: Translate
  webhook: ListedWebhook
  deliveries: readonly Delivery[]
  /** Only those; null: all. */
  state: DeliveryState | null
  from: number
  size: number
  time_zone: string
  done: 'pause' | 'resume' | 'replay' | null
}

/** One receiver: its secret, what was sent, what was given up. */
export function WebhookPage({ t, webhook, deliveries, state, from, size, time_zone, done }: WebhookPageProps) {
  const path = `/settings/webhooks/${webhook.webhook_id}`
  const total = state ? webhook[state] : webhook.waiting + webhook.delivered + webhook.dead
  const at = (wanted: DeliveryState | null, first = 0): string =>
    `${path}?${new URLSearchParams({ ...(wanted && { state: wanted }), ...(first > 0 && { from: String(first) }) }).toString()}#messages`
  return (
    <div className="max-w-3xl">
      <PageHead
        title={webhook.url}
        back={{ href: '/settings/webhooks', label: t('webhooks.title') }}
        actions={
          <>
            <form method="post" action={`${path}/${webhook.paused_at ? 'resume' : 'pause'}`}>
              <button className="btn">{t(webhook.paused_at ? 'webhooks.resume' : 'webhooks.pause')}</button>
            </form>
            <a className="btn" href={`${path}/remove`}>
              {t('webhooks.remove')}
            </a>
          </>
        }
      />
      {done && (
        <Alert
          kind="success"
          title={t(`webhooks.done.${done === 'replay' && webhook.paused_at ? 'replay_paused' : done}`)}
        />
      )}
      {webhook.paused_at && (
        <Alert kind="warning" title={t(webhook.is_gone ? 'webhooks.gone' : 'webhooks.paused')}>
          <p>
            {t(webhook.is_gone ? 'webhooks.gone_text' : 'webhooks.paused_text', {
              at: formatDateTime(t.language, webhook.paused_at, time_zone),
            })}
          </p>
        </Alert>
      )}
      {webhook.dead > 0 && (
        <Alert kind="warning" title={t('webhooks.given_up')}>
          <p className="mb-2">{t('webhooks.given_up_text')}</p>
          <form method="post" action={`${path}/replay`}>
            <button className="btn">{t('webhooks.replay_all')}</button>
          </form>
        </Alert>
      )}
      <Card title={t('webhooks.events')} id="events">
        <p className="mb-4 flex flex-wrap gap-1.5">
          {webhook.events.map((event) => (
            <Badge key={event}>{t(`webhooks.event.${event}`)}</Badge>
          ))}
        </p>
        {webhook.purpose && <p className="mb-4 break-words">{t('tokens.purpose_of', { purpose: webhook.purpose })}</p>}
        <label className="block">
          <span className="mb-1 block font-semibold">{t('webhooks.secret')}</span>
          <span className="mb-1.5 block text-sm">{t('webhooks.secret_hint')}</span>
          <input readOnly value={webhook.secret} className="input w-full font-mono text-base" spellCheck={false} />
        </label>
      </Card>
      <Card title={t('webhooks.messages')} id="messages">
        <nav aria-label={t('webhooks.messages')} className="mb-3 flex flex-wrap gap-2">
          {([null, ...deliveryStates] as const).map((each) => (
            <a
              key={each}
              className={`btn ${each === state ? 'btn-primary' : ''}`}
              href={at(each)}
              aria-current={each === state ? 'true' : undefined}
            >
              {each ? `${t(`webhooks.state.${each}`)} ${formatNumber(t.language, webhook[each])}` : t('common.all')}
            </a>
          ))}
        </nav>
        {deliveries.length === 0 ? (
          <p>{t(state ? 'webhooks.none_such' : 'webhooks.no_messages')}</p>
        ) : (
          <ul className="divide-base-300 divide-y">
            {deliveries.map((each) => (
              <li key={each.delivery_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <div className="min-w-0 flex-1 basis-56">
                  <p>{t(`webhooks.event.${each.event}`)}</p>
                  <p className="text-sm">
                    {formatDateTime(t.language, each.happened_at, time_zone)}
                    {each.attempts > 1 && ` · ${t('webhooks.tries', { count: each.attempts })}`}
                    {problemWords(t, each)}
                    {each.state === 'waiting' &&
                      each.attempts > 0 &&
                      !webhook.paused_at &&
                      ` · ${t('webhooks.next', { at: formatDateTime(t.language, each.next_at, time_zone) })}`}
                  </p>
                </div>
                <Badge kind={{ waiting: 'info', delivered: 'success', dead: 'error' }[each.state] as 'info'}>
                  {t(`webhooks.state.${each.state}`)}
                </Badge>
                {each.state === 'dead' && (
                  <form method="post" action={`${path}/replay`}>
                    <input type="hidden" name="delivery" value={each.delivery_id} />
                    <button className="btn btn-sm">{t('webhooks.replay')}</button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        )}
        <Pagination t={t} {...{ from, size, total }} shown={deliveries.length} href={(next) => at(state, next)} />
      </Card>
    </div>
  )
}

/** What is no words of ours stays beside the words, for whoever looks after the receiver. */
function problemWords(t: Translate, { last_status, last_problem }: Delivery): string {
  const problem = problemOf({ last_status, last_problem })
  if (!problem) return ''
  const words = t(`webhooks.problem.${problem}`, { status: last_status ?? '' })
  return ` · ${words}${problem === 'other' || problem === 'certificate' ? ` (${last_problem})` : ''}`
}

/** Asked first: what waits or was given up goes with it. */
export function RemoveWebhookPage({ t, webhook }: { t: Translate; webhook: ListedWebhook }) {
  const path = `/settings/webhooks/${webhook.webhook_id}`
  const kept = webhook.waiting + webhook.dead
  return (
    <div className="max-w-xl">
      <PageHead title={t('webhooks.remove_title')} back={{ href: path, label: webhook.url }} />
      <Card>
        <p className="mb-4 break-words">{t('webhooks.remove_text', { url: webhook.url })}</p>
        {kept > 0 && <p className="mb-4">{t('webhooks.remove_kept', { count: kept })}</p>}
        <form method="post" action={`${path}/remove`} className="flex flex-wrap gap-2">
          <button className="btn btn-error">{t('webhooks.remove')}</button>
          <a className="btn" href={path}>
            {t('action.cancel')}
          </a>
        </form>
      </Card>
    </div>
  )
}
