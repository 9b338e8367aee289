import { formatDateTime, formatPhone } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, EmptyState, PageHead, Pagination, Select } from '../../../../platform/ui/components.tsx'
import { profilePath } from '../../../people/rules.ts'
import { VoterName } from '../../pages/words.tsx'
import type { FollowUp } from '../queries.ts'
import type { FollowUpKind } from '../../tables.ts'

export const followUpKindNames = [
  'organizer',
  'call_back_too_late',
  'volunteer',
  'ride',
  'mail_ballot',
  'yard_sign',
] as const satisfies readonly FollowUpKind[]

interface Props {
  t: Translate
  rows: readonly FollowUp[]
  total: number
  from: number
  size: number
  kind: FollowUpKind | null
  is_solved: boolean
  phone_bank_id: string | null
  time_zone: string
  may_solve: boolean
  is_said: boolean
}

export function FollowUpsPage(props: Props) {
  const { t, rows, total, from, size, kind, is_solved, phone_bank_id, is_said } = props
  const href = (start: number) =>
    `/follow-ups?${new URLSearchParams({
      state: is_solved ? 'solved' : 'open',
      kind: kind ?? 'all',
      ...(phone_bank_id ? { phone_bank: phone_bank_id } : {}),
      from: String(start),
    })}`
  return (
    <>
      <PageHead
        title={t('follow_ups.title')}
        lead={t('follow_ups.lead')}
        back={{ href: phone_bank_id ? `/phonebanks/${phone_bank_id}` : '/phonebanks', label: t('phonebanks.title') }}
      />
      {is_said && <Alert kind="success" title={t('follow_ups.said')} />}
      <form
        method="get"
        action="/follow-ups"
        aria-label={t('follow_ups.filter')}
        className="mb-6 flex flex-wrap items-end gap-x-4"
      >
        {phone_bank_id && <input type="hidden" name="phone_bank" value={phone_bank_id} />}
        <Select
          t={t}
          label={t('follow_ups.kind')}
          name="kind"
          required
          value={kind ?? 'all'}
          options={[
            { value: 'all', label: t('follow_ups.all') },
            ...followUpKindNames.map((value) => ({ value, label: t(`follow_ups.kind.${value}`) })),
          ]}
        />
        <Select
          t={t}
          label={t('follow_ups.state')}
          name="state"
          required
          value={is_solved ? 'solved' : 'open'}
          options={[
            { value: 'open', label: t('follow_ups.open') },
            { value: 'solved', label: t('follow_ups.solved') },
          ]}
        />
        <button className="btn mb-4">{t('action.show')}</button>
      </form>
      {rows.length === 0 ? (
        <EmptyState icon="check" title={t('follow_ups.none')}>
          <p>{t('follow_ups.none_text')}</p>
        </EmptyState>
      ) : (
        <>
          <ul aria-label={t('follow_ups.table')} className="mb-6 space-y-3">
            {rows.map((row) => (
              <Row key={row.follow_up_id} {...props} row={row} />
            ))}
          </ul>
          <Pagination t={t} from={from} shown={rows.length} total={total} size={size} href={href} />
        </>
      )}
    </>
  )
}

function Row({ t, row, time_zone, may_solve }: Props & { row: FollowUp }) {
  const kind = t(`follow_ups.kind.${row.kind}`)
  return (
    <li className="bg-base-100 border-base-300 rounded-box grid gap-x-6 gap-y-3 border p-4 lg:grid-cols-[1fr_1fr_1.4fr] lg:items-start">
      <div>
        <h2 className="font-bold">{kind}</h2>
        {row.note && <p className="break-words">{row.note}</p>}
        <p className="mt-1 text-sm">
          {row.made_by}, {formatDateTime(t.language, row.made_at, time_zone)}
        </p>
      </div>
      <div>
        <p>
          {row.voter_id === null && row.person_id === null ? (
            row.name
          ) : (
            <a href={whoPath(row)}>
              <VoterName t={t} name={row.name} hangul={row.hangul} />
            </a>
          )}
        </p>
        {row.phone && (
          <a className="inline-flex min-h-11 items-center" href={`tel:${row.phone}`}>
            {formatPhone(row.phone)}
          </a>
        )}
      </div>
      <div>
        {row.solved_at ? (
          <>
            <p>
              {t('follow_ups.solved_by', {
                by: row.solved_by ?? '',
                at: formatDateTime(t.language, row.solved_at, time_zone),
              })}
            </p>
            {row.solution && <p className="break-words">{row.solution}</p>}
          </>
        ) : (
          may_solve && <SolveForm t={t} row={row} kind={kind} />
        )}
      </div>
    </li>
  )
}

function SolveForm({ t, row, kind }: { t: Translate; row: FollowUp; kind: string }) {
  const id = `solution-${row.follow_up_id}`
  const named = { name: row.name, kind }
  return (
    <form method="post" action={`/follow-ups/${row.follow_up_id}/solve`}>
      <label htmlFor={id} className="mb-1 block text-sm">
        {t('follow_ups.solution')} ({t('common.optional')})
      </label>
      <input id={id} name="solution" maxLength={500} className="input mb-2 w-full text-base" />
      <div className="flex flex-wrap gap-2">
        {row.is_waiting ? (
          <>
            <button name="release" value="call" className="btn">
              {t('follow_ups.call_again')}
            </button>
            <button name="release" value="finish" className="btn">
              {t('follow_ups.call_no_more')}
            </button>
          </>
        ) : (
          <button name="release" value="call" className="btn" aria-label={t('follow_ups.solve_named', named)}>
            {t('follow_ups.solve')}
          </button>
        )}
      </div>
    </form>
  )
}

const whoPath = ({ phone_bank_id, voter_id, person_id }: FollowUp): string =>
  phone_bank_id && voter_id !== null
    ? `/phonebanks/${phone_bank_id}/voters/${voter_id}`
    : profilePath({ voter_id, person_id })
