import { formatNumber } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Figure, Figures, PageHead } from '../../../platform/ui/components.tsx'
import { listOf } from '../../targeting/people/rules.ts'
import type { Only } from '../../targeting/people/schema.ts'
import type { Event, Shift } from '../queries.ts'
import { spanText } from '../when.ts'
import { mostInvited, type Invitable } from './commands.ts'

interface InvitePageProps {
  t: Translate
  event: Event
  shifts: readonly Shift[]
  q: string
  only: Only
  /** undefined: nobody asked for anybody yet. */
  meant: { count: number; invitable: Invitable } | undefined
  is_over: boolean
  /** How many were invited a moment ago. */
  invited: number | null
  /** Not all of them: the shift they were to come to was taken away meanwhile. */
  is_shift_gone: boolean
}

export function InvitePage(props: InvitePageProps) {
  const { t, event, q, only, meant, is_over, invited, is_shift_gone } = props
  const here = `/events/${event.event_id}/invite`
  return (
    <>
      <PageHead
        title={t('invitations.title')}
        lead={t('invitations.lead')}
        back={{ href: `/events/${event.event_id}/people`, label: localized(event.content.title, t.language).text }}
      />
      {invited !== null && <Alert kind="success">{t('invitations.invited', { count: invited })}</Alert>}
      {is_shift_gone && <Alert kind="warning">{t('invitations.shift_gone')}</Alert>}
      {is_over && <Alert kind="warning">{t('invitations.closed')}</Alert>}
      <Card id="condition">
        <form method="get" action={here}>
          {only === 'strangers' && <input type="hidden" name="only" value={only} />}
          <label htmlFor="q" className="mb-1 block font-semibold">
            {t('universes.expression')}
          </label>
          <textarea
            id="q"
            name="q"
            rows={2}
            defaultValue={q}
            spellCheck={false}
            autoCapitalize="off"
            aria-describedby="q-hint"
            className="textarea field-sizing-content min-h-16 w-full font-mono text-base"
          />
          <p id="q-hint" className="mt-1 mb-3 max-w-prose text-sm">
            {t('people_list.hint')}
          </p>
          <button className="btn">{t('invitations.show')}</button>
        </form>
      </Card>
      {meant && <Meant {...props} meant={meant} />}
    </>
  )
}

function Meant({
  t,
  event,
  shifts,
  q,
  only,
  meant,
  is_over,
}: InvitePageProps & { meant: NonNullable<InvitePageProps['meant']> }) {
  const number = (value: number): string => formatNumber(t.language, value)
  const count = Math.min(meant.invitable.person_ids.length, mostInvited)
  return (
    <>
      <Figures>
        <Figure
          label={t('invitations.meant')}
          value={number(meant.count)}
          note={meant.count > 0 && <a href={listOf(q, only)}>{t('invitations.see')}</a>}
        />
        <Figure label={t('invitations.already')} value={number(meant.invitable.already)} />
        <Figure label={t('invitations.now')} value={number(meant.invitable.person_ids.length)} />
        <Figure label={t('invitations.by_mail')} value={number(meant.invitable.by_mail)} />
      </Figures>
      <p className="-mt-3 mb-4 text-sm">{t('invitations.by_mail_note')}</p>
      {!event.published_at && <Alert kind="info">{t('invitations.not_published')}</Alert>}
      {count === 0 ? (
        <p>{t('invitations.nobody')}</p>
      ) : (
        !is_over && (
          <form method="post" action={`/events/${event.event_id}/invite`} className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="q" value={q} />
            {only === 'strangers' && <input type="hidden" name="only" value={only} />}
            {shifts.length > 1 && (
              <div>
                <label htmlFor="shift" className="mb-1 block font-semibold">
                  {t('events.shifts_card')}
                </label>
                <select id="shift" name="shift" className="select text-base">
                  {shifts.map((shift) => (
                    <option key={shift.shift_id} value={shift.shift_id}>
                      {localized(shift.name, t.language).text || spanText(t.language, event.time_zone, shift)}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <button className="btn btn-primary">{t('invitations.invite', { count })}</button>
            {meant.invitable.person_ids.length > mostInvited && (
              <p className="basis-full text-sm">{t('invitations.most', { count: mostInvited })}</p>
            )}
          </form>
        )
      )}
    </>
  )
}
