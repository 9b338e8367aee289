import type { FieldErrors } from '../../platform/http/form.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Alert, Choices } from '../../platform/ui/components.tsx'
import type { JourneyState } from './journeys/schema.ts'
import '../phonebanks/messages.ts'
import './messages.ts'
import { mailingLanes, type MailingState } from './schema.ts'

/** How a badge shows how far something is. */
export const looks = {
  draft: 'info',
  scheduled: 'info',
  sending: 'warning',
  running: 'success',
  paused: 'warning',
  sent: 'success',
  canceled: 'error',
  ended: 'error',
} as const satisfies Record<MailingState | JourneyState, string>

/** What is still to be done first, in words, with where to do it. */
export interface Lacking {
  text: string
  href: string
}

export const Lacks = ({ title, lacks }: { title: string; lacks: readonly Lacking[] }) =>
  lacks.length > 0 && (
    <Alert kind="warning" title={title}>
      <ul className="list-disc pl-5">
        {lacks.map(({ text, href }) => (
          <li key={text}>
            <a className="link inline-flex min-h-8 items-center" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  )

/** Under which of the law's kinds it goes out. */
export const Lanes = ({ t, chosen, errors }: { t: Translate; chosen: string; errors: FieldErrors }) => (
  <Choices
    t={t}
    legend={t('mailings.lane')}
    name="lane"
    kind="radio"
    chosen={[chosen]}
    errors={errors}
    options={mailingLanes.map((lane) => ({
      value: lane,
      label: t(`phonebanks.lane.${lane}`),
      hint: lane === 'member_communication' ? t('mailings.lane_members_hint') : t(`phonebanks.lane.${lane}_hint`),
    }))}
  />
)

/** Where one goes from a step, without going back to all of them. */
export const NextStep = ({ t, href, step }: { t: Translate; href: string; step: string }) => (
  <p className="mb-6">
    <a className="btn btn-primary" href={href}>
      {t('mailings.next', { step })}
    </a>
  </p>
)
