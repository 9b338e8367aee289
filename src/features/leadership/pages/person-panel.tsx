import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, OwnText } from '../../../platform/ui/components.tsx'
import { holdsOn } from '../../access/delegations/queries.ts'
import { roleText, type Held } from '../held/queries.ts'
import { stageOn, type StageRow } from '../ladder/queries.ts'
import '../messages.ts'
import { nameOfRow, workPath } from '../names.ts'
import type { Task } from '../tasks/queries.ts'
import { spanText, StageName } from './work.tsx'

interface PanelProps {
  t: Translate
  /** Part of the address: 'v123' or the person's id. */
  path: string
  stages: readonly StageRow[]
  steps: readonly Task[]
  held: Held
  today: string
}

/** On a profile: the rung, the next step, what somebody holds, and the way to working with them. */
export function LeadershipPanel({ t, path, stages, steps, held, today }: PanelProps) {
  const now = stageOn(stages, today)
  const step = steps.find(({ kind }) => kind === 'next_step')
  const runs = ({ from_on, until_on }: { from_on: string; until_on: string | null }) =>
    from_on <= today && (until_on === null || until_on >= today)
  const lines = [
    ...held.roles.filter(runs).map((role) => ({
      key: role.role_id,
      text: roleText(role, t.language),
      note: spanText(t, role.from_on, role.until_on),
    })),
    ...held.passed
      .filter(({ until_on }) => until_on === null || until_on >= today)
      .map((each) => ({
        key: each.passed_id,
        text: t('told.passed', { name: localized(each.name, t.language).text }),
        note: spanText(t, each.passed_on, each.until_on),
      })),
    ...held.delegations
      .filter((each) => holdsOn(each, today))
      .map((each) => ({
        key: each.delegation_id,
        text: t('told.delegated', { what: t(`delegation.${each.what}`) }),
        note: t('leadership.until', { date: formatDate(t.language, each.until_on) }),
      })),
  ]
  const mentors = held.mentorings.filter(runs)
  return (
    <Card title={t('leadership.title')} id="leadership">
      <p className="text-lg font-bold">
        <StageName t={t} stage={now} />
      </p>
      {now && <p className="text-sm">{t('leadership.since', { date: formatDate(t.language, now.from_on) })}</p>}
      {step ? (
        <p className="mt-2">
          <strong>{t('next_step.title')}:</strong> {step.title}{' '}
          <span className="text-sm">
            {step.owner ?? t('task.nobody')}
            {step.due_on && `, ${t('task.due', { date: formatDate(t.language, step.due_on, 'short') })}`}
          </span>{' '}
          {step.due_on !== null && step.due_on < today && <Badge kind="error">{t('task.late')}</Badge>}
        </p>
      ) : (
        <p className="mt-2 text-sm">{t('next_step.none')}</p>
      )}
      {(lines.length > 0 || mentors.length > 0) && (
        <ul className="mt-2">
          {lines.map(({ key, text, note }) => (
            <li key={key}>
              {text} <span className="text-sm">{note}</span>
            </li>
          ))}
          {mentors.map((each) => (
            <li key={each.mentoring_id}>
              {t(each.side === 'mentee' ? 'held.mentor' : 'held.mentee')}:{' '}
              <a href={workPath(each)} className="link inline-flex min-h-8 items-center">
                {nameOfRow(each, t.language).main}
              </a>
            </li>
          ))}
        </ul>
      )}
      {stages.some((stage) => stage !== now) && (
        <details className="mt-2">
          <summary className="min-h-8 cursor-pointer text-sm">{t('stage.history')}</summary>
          <ul className="text-sm">
            {stages.map((stage) => (
              <li key={stage.stage_id} className="py-1">
                {stage.rung ? (
                  <OwnText t={t} text={localized(stage.rung, t.language)} language={t.language} />
                ) : (
                  t('stage.off')
                )}
                , {t('leadership.since', { date: formatDate(t.language, stage.from_on) })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <a className="btn mt-3 print:hidden" href={`/leadership/people/${path}`}>
        {t('leadership.work')}
      </a>
    </Card>
  )
}
