import { formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, PageHead } from '../../../platform/ui/components.tsx'
import { FrozenCard, UndoVersion, type FrozenState } from '../frozen/pages/card.tsx'
import '../people/messages.ts'
import { listOf } from '../people/rules.ts'
import { problemSentence } from '../problem.ts'
import type { Universe, UniverseProblem } from '../queries.ts'
import type { Size } from '../sizes.ts'
import { StepsCard } from '../steps/pages/steps.tsx'
import type { Step } from '../steps/rules.ts'
import { isUsed, type Uses } from '../uses.ts'
import { Results, Sample, type Found } from './results.tsx'
import { SizeChart } from './size-chart.tsx'
import { UsesList } from './uses.tsx'

interface Props {
  t: Translate
  universe: Universe
  found: Found | null
  problem: UniverseProblem | null
  frozen: FrozenState
  steps: readonly Step[]
  /** Voters left after each step. */
  counts: readonly (number | null)[] | null
  sizes: readonly Size[]
  uses: Uses
  /** Names of the others, to add or take out. */
  others: readonly { universe_id: string; name: string }[]
  members: readonly { user_id: string; display_name: string }[]
  today: string
  time_zone: string
  may_edit: boolean
  may_call: boolean
  may_export: boolean
  /** People of ours in no voter file who fit; null: it is not known, or not for the reader. */
  strangers: number | null
  /** What was just done: 'saved', 'undone', …, or the number of a version. */
  said: string | null
}

export function UniversePage(props: Props) {
  const { t, universe, found, problem, today, time_zone, may_edit, may_call, may_export, said, uses } = props
  const { universe_id, name, expression, note, created_by, created_at, archived_at, kind } = universe
  const address = `/voters/universes/${universe_id}`
  const isUsedNow = isUsed(uses)
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
              <a className="btn" href={`${address}/${isUsedNow ? 'change' : 'edit'}`}>
                {t('universes.edit')}
              </a>
            )}
            <a className="btn" href={`/voters/universes/compare?a=${universe_id}`}>
              {t('universes.compare')}
            </a>
            {may_export && !archived_at && (
              <a className="btn" href={`${address}/export`}>
                {t('universes.export')}
              </a>
            )}
            {may_edit && (
              <form method="post" action={`${address}/copy`}>
                <button className="btn" type="submit">
                  {t('universes.copy_it')}
                </button>
              </form>
            )}
            {may_edit &&
              (isUsedNow && !archived_at ? (
                <a className="btn" href={`${address}/archive`}>
                  {t('action.archive')}
                </a>
              ) : (
                <form method="post" action={`${address}/${archived_at ? 'restore' : 'archive'}`}>
                  <button className="btn" type="submit">
                    {archived_at ? t('universes.restore') : t('action.archive')}
                  </button>
                </form>
              ))}
          </>
        }
      />
      <p className="-mt-3 mb-6 flex flex-wrap gap-2">
        <Badge kind={kind === 'frozen' ? 'info' : 'neutral'}>{t(`frozen.kind.${kind}`)}</Badge>
        {archived_at && <Badge kind="warning">{t('universes.archived_badge')}</Badge>}
      </p>
      <Said {...props} />
      {problem && (
        <Alert kind="error" title={t('universes.with_problem')}>
          {problemSentence(t, problem).join(' ')}
        </Alert>
      )}
      <FrozenCard {...props.frozen} t={t} universe={universe} time_zone={time_zone} may_edit={may_edit} />
      <StepsCard
        t={t}
        steps={props.steps}
        counts={props.counts}
        action={may_edit && !archived_at ? `${address}/step` : null}
        others={props.others.map((each) => each.name)}
        is_unreadable={said === 'step'}
      />
      <Card title={t('universes.expression')} id="expression">
        <p className="bg-base-200 rounded p-3 font-mono break-words">{expression || t('universes.everyone')}</p>
        <p className="mt-3 text-sm">
          {t('universes.made_by')}: {created_by}, {formatDateTime(t.language, created_at, time_zone)}
        </p>
        <p className="text-sm">
          {t('universes.owner')}: {universe.owner}
        </p>
        {may_edit && !archived_at && props.members.length > 0 && (
          <details className="mt-2 print:hidden">
            <summary className="min-h-8 cursor-pointer text-sm">{t('universes.give')}</summary>
            <form method="post" action={`${address}/owner`} className="mt-2 flex flex-wrap items-end gap-2">
              <div>
                <label htmlFor="owner" className="mb-1 block font-semibold">
                  {t('universes.owner')}
                </label>
                <select id="owner" name="owner" className="select text-base" defaultValue={universe.owner_id ?? ''}>
                  {props.members.map((member) => (
                    <option key={member.user_id} value={member.user_id}>
                      {member.display_name}
                    </option>
                  ))}
                </select>
              </div>
              <button className="btn" type="submit">
                {t('action.save')}
              </button>
            </form>
          </details>
        )}
      </Card>
      <Card title={t('universes.size')} lead={t('universes.size_lead')} id="size">
        <SizeChart t={t} sizes={props.sizes} />
      </Card>
      <Card title={t('universes.used_by')} id="uses">
        <UsesList t={t} uses={uses} files={{ time_zone, may_export }} />
      </Card>
      {found && (
        <Results
          found={found}
          t={t}
          {...(may_edit && !archived_at && { correct: (q: string) => `${address}/edit?${new URLSearchParams({ q })}` })}
        />
      )}
      {(props.strangers ?? 0) > 0 && (
        <Alert kind="info">
          {t('people_list.beside', { count: props.strangers ?? 0 })}{' '}
          <a className="font-semibold" href={listOf(expression, 'strangers')}>
            {t('people_list.see_them')}
          </a>
        </Alert>
      )}
      {found && <Sample found={found} t={t} today={today} />}
    </>
  )
}

/** What was just done, with the way back. */
function Said({ t, universe, frozen, said }: Props) {
  if (!said || said === 'step') return null
  if (said === 'name_taken') return universe.archived_at && <Alert kind="warning">{t('universes.not_restored')}</Alert>
  if (said === 'under_way' || said === 'archived')
    return (
      <Alert kind="warning">{t(said === 'under_way' ? 'frozen.under_way_refused' : 'universes.is_archived')}</Alert>
    )
  if (said === 'draw') return <Alert kind="warning">{t('frozen.draw_refused')}</Alert>
  if (said === 'undo_late') return <Alert kind="warning">{t('frozen.undo_late')}</Alert>
  if (said === 'undone') return <Alert kind="success">{t('frozen.undone')}</Alert>
  if (said === 'copied') return <Alert kind="success">{t('universes.copied')}</Alert>
  if (said === 'saved') return <Alert kind="success">{t('universes.saved')}</Alert>
  const done = frozen.versions.find(({ version }) => version === universe.version)
  if (!done || done.undone_at || (said !== 'thawed' && said !== String(done.version))) return null
  const number = (value: number | null): string => formatNumber(t.language, value ?? 0)
  return (
    <Alert kind="success">
      <p>
        {done.act === 'freeze' && t('frozen.done.freeze', { count: done.members ?? 0 })}
        {done.act === 'refresh' && t('frozen.done.refresh', { came: number(done.came), went: number(done.went) })}
        {done.act === 'thaw' && t('frozen.done.thaw')}
      </p>
      <UndoVersion t={t} universe={universe} version={done.version} />
    </Alert>
  )
}
