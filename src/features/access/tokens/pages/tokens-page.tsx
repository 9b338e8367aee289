import type { FieldErrors } from '../../../../platform/http/form.ts'
import { dateIn } from '../../../../platform/clock.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  Field,
  PageHead,
  Select,
} from '../../../../platform/ui/components.tsx'
import '../messages.ts'
import type { ApiToken } from '../queries.ts'
import { lifetimes, scopes } from '../schema.ts'

interface TokensPageProps {
  t: Translate
  tokens: readonly ApiToken[]
  now: Date
  time_zone: string
  typed?: Record<string, string>
  chosen?: readonly string[]
  errors?: FieldErrors
  /** Shown this one time. */
  made?: { name: string; token: string }
  was_revoked: boolean
}

/** Programs that may read and write here, and a form for the next one. */
export function TokensPage({
  t,
  tokens,
  now,
  time_zone,
  typed = {},
  chosen = [],
  errors = {},
  made,
  was_revoked,
}: TokensPageProps) {
  const isOver = (token: ApiToken): boolean =>
    token.revoked_at !== null || (token.expires_at !== null && token.expires_at <= now)
  const inForce = tokens.filter((each) => !isOver(each))
  const ended = tokens.filter(isOver)
  const shared = { t, typed, errors }
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('tokens.title')}
        lead={t('tokens.lead')}
        actions={
          <>
            <a className="btn" href="/settings/webhooks">
              {t('tokens.webhooks')}
            </a>
            <a className="btn" href="/settings/connections/reference">
              {t('tokens.reference')}
            </a>
          </>
        }
      />
      {was_revoked && <Alert kind="success" title={t('tokens.was_revoked')} />}
      {made && (
        <Alert kind="success" title={t('tokens.made', { name: made.name })}>
          <p className="mb-2">{t('tokens.made_text')}</p>
          <input
            readOnly
            value={made.token}
            className="input w-full font-mono text-base"
            aria-label={t('tokens.made', { name: made.name })}
            spellCheck={false}
          />
        </Alert>
      )}
      {inForce.length === 0 && !made ? (
        <div className="mb-6">
          <EmptyState icon="settings" title={t('tokens.none')}>
            {t('tokens.none_text')}
          </EmptyState>
        </div>
      ) : (
        <Card title={t('tokens.in_force')} id="in-force">
          <TokenList {...{ t, time_zone }} tokens={inForce} />
        </Card>
      )}
      <Card title={t('tokens.new')} id="new">
        <form method="post" action="/settings/connections">
          <Field
            {...shared}
            label={t('tokens.name')}
            hint={t('tokens.name_hint')}
            name="name"
            required
            maxLength={80}
          />
          <Choices
            t={t}
            legend={t('tokens.scopes')}
            hint={t('tokens.scopes_hint')}
            name="scopes[]"
            kind="checkbox"
            chosen={chosen}
            options={scopes.map((value) => ({ value, label: t(`tokens.scope.${value}`), hint: value }))}
            errors={errors}
          />
          <Field
            {...shared}
            label={t('tokens.purpose')}
            hint={t('tokens.purpose_hint')}
            name="purpose"
            rows={2}
            maxLength={1000}
          />
          <p className="mb-2 max-w-prose text-sm">{t('tokens.law')}</p>
          <Choices
            t={t}
            name="law"
            kind="checkbox"
            chosen={typed.law ? ['yes'] : []}
            options={[{ value: 'yes', label: t('tokens.law_accept') }]}
            errors={errors}
          />
          <Select
            {...shared}
            label={t('tokens.lifetime')}
            name="days"
            required
            value="365"
            options={lifetimes.map((value) => ({
              value,
              label: value ? t('tokens.days', { days: value }) : t('tokens.days_none'),
            }))}
          />
          <button className="btn btn-primary min-h-12 text-base">{t('tokens.make')}</button>
        </form>
      </Card>
      {ended.length > 0 && (
        <Card title={t('tokens.ended')} id="ended">
          <TokenList {...{ t, time_zone }} tokens={ended} is_ended />
        </Card>
      )}
    </div>
  )
}

function TokenList({
  t,
  tokens,
  time_zone,
  is_ended = false,
}: {
  t: Translate
  tokens: readonly ApiToken[]
  time_zone: string
  is_ended?: boolean
}) {
  const day = (date: Date): string => formatDate(t.language, dateIn(time_zone, date))
  return (
    <ul className="divide-base-300 divide-y">
      {tokens.map((token) => (
        <li key={token.token_id} className="flex flex-wrap items-start gap-3 py-3">
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-semibold">
              {token.name} <span className="text-sm font-normal">({t('tokens.ending', { ending: token.ending })})</span>
            </p>
            <p className="text-sm">
              {t('tokens.created', { name: token.created_by, day: day(token.created_at) })}
              {' · '}
              {token.revoked_at
                ? t('tokens.revoked', { name: token.revoked_by ?? '', day: day(token.revoked_at) })
                : token.expires_at
                  ? t(is_ended ? 'tokens.expired' : 'tokens.expires', { day: day(token.expires_at) })
                  : t('tokens.days_none')}
              {' · '}
              {token.last_used_at
                ? t('tokens.last_used', { when: formatDateTime(t.language, token.last_used_at, time_zone) })
                : t('tokens.never_used')}
            </p>
            {token.purpose && (
              <p className="text-sm break-words">{t('tokens.purpose_of', { purpose: token.purpose })}</p>
            )}
            <p className="mt-2 flex flex-wrap gap-1.5">
              {token.scopes.map((scope) => (
                <Badge key={scope}>{t(`tokens.scope.${scope}`)}</Badge>
              ))}
            </p>
          </div>
          {!is_ended && (
            <form method="post" action={`/settings/connections/${token.token_id}/revoke`}>
              <button className="btn" aria-label={t('tokens.revoke_this', { name: token.name })}>
                {t('tokens.revoke')}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  )
}
