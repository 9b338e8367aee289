import { formatDateTime } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, PageHead } from '../../../platform/ui/components.tsx'
import { problemSentence } from '../problem.ts'
import type { Universe, UniverseProblem } from '../queries.ts'
import { Results, Sample, type Found } from './results.tsx'

interface Props {
  t: Translate
  universe: Universe
  found: Found | null
  problem: UniverseProblem | null
  today: string
  time_zone: string
  may_edit: boolean
  may_call: boolean
  was_saved: boolean
  /** It could not be put back. */
  is_name_taken: boolean
}

export function UniversePage(props: Props) {
  const { t, universe, found, problem, today, time_zone, may_edit, may_call, was_saved, is_name_taken } = props
  const { universe_id, name, expression, note, created_by, created_at, archived_at } = universe
  const address = `/voters/universes/${universe_id}`
  return (
    <>
      <PageHead
        title={name}
        lead={note}
        back={{ href: '/voters/universes', label: t('universes.back') }}
        actions={
          <>
            {may_call && !archived_at && (
              <a className="btn btn-primary" href={`/phonebanks/new?universe=${universe_id}`}>
                {t('universes.make_phone_bank')}
              </a>
            )}
            {may_edit && !archived_at && (
              <a className="btn" href={`${address}/edit`}>
                {t('universes.edit')}
              </a>
            )}
            {may_edit && (
              <a className="btn" href={`/voters/universes/new?${new URLSearchParams({ q: expression })}`}>
                {t('universes.copy')}
              </a>
            )}
            {may_edit && (
              <form method="post" action={`${address}/${archived_at ? 'restore' : 'archive'}`}>
                <button className="btn" type="submit">
                  {archived_at ? t('universes.restore') : t('action.archive')}
                </button>
              </form>
            )}
          </>
        }
      />
      {is_name_taken && archived_at && <Alert kind="warning">{t('universes.not_restored')}</Alert>}
      {was_saved && <Alert kind="success">{t('universes.saved')}</Alert>}
      <Card
        title={t('universes.expression')}
        id="expression"
        actions={archived_at && <Badge kind="warning">{t('universes.archived_badge')}</Badge>}
      >
        <p className="bg-base-200 rounded p-3 font-mono break-words">{expression || t('universes.everyone')}</p>
        <p className="mt-3 text-sm">
          {t('universes.made_by')}: {created_by}, {formatDateTime(t.language, created_at, time_zone)}
        </p>
      </Card>
      {problem && (
        <Alert kind="error" title={t('universes.with_problem')}>
          {problemSentence(t, problem).join(' ')}
        </Alert>
      )}
      {found && <Results found={found} t={t} />}
      {found && <Sample found={found} t={t} today={today} />}
    </>
  )
}
