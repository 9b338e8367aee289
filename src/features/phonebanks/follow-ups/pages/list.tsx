import { useContext } from 'react'
import type { FieldErrors } from '../../../../platform/http/form.ts'
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
  Pagination,
  Select,
} from '../../../../platform/ui/components.tsx'
import type { FormValues } from '../../../../platform/ui/form-values.ts'
import { isTheirs, MeanwhileContext, SavedNow, Seen } from '../../../../platform/ui/meanwhile.tsx'
import '../../../targeting/export/messages.ts'
import { profilePath } from '../../../people/rules.ts'
import { VoterName } from '../../pages/words.tsx'
import type { FollowUp, PossibleOwner } from '../queries.ts'
import type { FollowUpKind } from '../../tables.ts'
import { PhoneLink } from '../../../people/phone-link.tsx'

export const followUpKindNames = [
  'organizer',
  'return_call',
  'text_reply',
  'call_back_too_late',
  'volunteer',
  'ride',
  'mail_ballot',
  'yard_sign',
] as const satisfies readonly FollowUpKind[]

/** What is chosen above the list. */
export interface Chosen {
  kind: FollowUpKind | null
  state: 'open' | 'solved'
  phone_bank: string | null
  /** 'all', 'nobody' or a member's user id. */
  who: string
  late: boolean
}

interface Props {
  t: Translate
  rows: readonly FollowUp[]
  total: number
  from: number
  size: number
  chosen: Chosen
  /** Name of the phone bank that was chosen, where one was. */
  bank: string | null
  owners: readonly PossibleOwner[]
  /** User id of who looks. */
  me: string
  today: string
  time_zone: string
  may_solve: boolean
  may_export: boolean
  said: string | null
  /** Of the form that gives, refused: what was typed and ticked. */
  errors: FieldErrors
  typed: Record<string, string>
  ticked: readonly string[]
  /** Somebody else noted it as done while this was written. */
  solved?: FollowUpSolved
  /** What was done cannot be kept as it was written. */
  refused?: { follow_up_id: string; words: string }
}

export interface FollowUpSolved {
  follow_up_id: string
  words: string
  theirs: { solution: string; release: string | null }
}

/** Who had each of them when the list was read, by which day, and whether it was still to do. */
export const savedOwners = (
  rows: readonly Pick<FollowUp, 'follow_up_id' | 'owner_id' | 'due_on' | 'solved_at'>[],
): FormValues =>
  Object.fromEntries(
    rows.map(({ follow_up_id, owner_id, due_on, solved_at }) => [
      follow_up_id,
      `${owner_id} ${due_on}${solved_at ? ' done' : ''}`,
    ]),
  )

/** The list again, as it was looked at. */
export const chosenQuery = ({ kind, state, phone_bank, who, late }: Chosen): Record<string, string> => ({
  state,
  kind: kind ?? 'all',
  who,
  ...(late ? { late: 'yes' } : {}),
  ...(phone_bank ? { phone_bank } : {}),
})

export function FollowUpsPage(props: Props) {
  const { t, rows, total, from, size, chosen, may_solve, said } = props
  const { phone_bank } = chosen
  const href = (start: number) => `/follow-ups?${new URLSearchParams({ ...chosenQuery(chosen), from: String(start) })}`
  return (
    <>
      <PageHead
        title={t('follow_ups.title')}
        lead={t('follow_ups.lead')}
        back={
          phone_bank && props.bank
            ? { href: `/phonebanks/${phone_bank}`, label: props.bank }
            : { href: '/phonebanks', label: t('phonebanks.title') }
        }
      />
      {props.bank && (
        <p className="mb-4">
          {t('follow_ups.of_bank', { bank: props.bank })}{' '}
          <a className="link" href={`/follow-ups?${new URLSearchParams(chosenQuery({ ...chosen, phone_bank: null }))}`}>
            {t('follow_ups.of_all')}
          </a>
        </p>
      )}
      {said && <Alert kind="success" title={said} />}
      {Object.values(props.errors)[0] && <Alert kind="error" title={t.dynamic(Object.values(props.errors)[0] ?? '')} />}
      {props.solved && <SolvedMeanwhile {...props} {...props.solved} />}
      <Filter {...props} />
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
          <div className="grid items-start gap-x-6 lg:grid-cols-2">
            {may_solve && chosen.state === 'open' && <AssignForm {...props} />}
            {props.may_export && <FileForm {...props} />}
          </div>
        </>
      )}
    </>
  )
}

function Filter({ t, chosen, owners, me }: Props) {
  const others = owners.filter((each) => each.user_id !== me)
  return (
    <form
      method="get"
      action="/follow-ups"
      aria-label={t('follow_ups.filter')}
      className="mb-6 flex flex-wrap items-end gap-x-4"
    >
      {chosen.phone_bank && <input type="hidden" name="phone_bank" value={chosen.phone_bank} />}
      <Select
        t={t}
        label={t('follow_ups.kind')}
        name="kind"
        required
        value={chosen.kind ?? 'all'}
        options={[
          { value: 'all', label: t('follow_ups.all') },
          ...followUpKindNames.map((value) => ({ value, label: t(`follow_ups.kind.${value}`) })),
        ]}
      />
      <Select
        t={t}
        label={t('follow_ups.who')}
        name="who"
        required
        value={chosen.who}
        options={[
          { value: 'all', label: t('follow_ups.who.all') },
          ...(owners.length > others.length ? [{ value: me, label: t('follow_ups.who.me') }] : []),
          { value: 'nobody', label: t('follow_ups.who.nobody') },
          ...others.map(({ user_id, display_name }) => ({ value: user_id, label: display_name })),
        ]}
      />
      <Select
        t={t}
        label={t('follow_ups.state')}
        name="state"
        required
        value={chosen.state}
        options={[
          { value: 'open', label: t('follow_ups.open') },
          { value: 'solved', label: t('follow_ups.solved') },
        ]}
      />
      <label className="mb-4 flex min-h-11 cursor-pointer items-center gap-2">
        <input type="checkbox" name="late" value="yes" className="checkbox" defaultChecked={chosen.late} />
        {t('follow_ups.late_only')}
      </label>
      <button className="btn mb-4">{t('action.show')}</button>
    </form>
  )
}

function Row({ t, row, time_zone, today, may_solve, chosen, from, ticked, refused }: Props & { row: FollowUp }) {
  const kind = t(`follow_ups.kind.${row.kind}`)
  return (
    <li className="bg-base-100 border-base-300 rounded-box grid gap-x-6 gap-y-3 border p-4 lg:grid-cols-[1fr_1fr_1.4fr] lg:items-start">
      <div>
        <h2 className="font-bold">
          {may_solve && !row.solved_at ? (
            <label className="flex min-h-11 cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                name="follow_up_ids[]"
                value={row.follow_up_id}
                form="assign"
                defaultChecked={ticked.includes(row.follow_up_id)}
                className="checkbox"
                aria-label={t('follow_ups.tick', { name: row.name, kind })}
              />
              {kind}
            </label>
          ) : (
            kind
          )}
        </h2>
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
        {row.phone && <PhoneLink phone={row.phone} className="inline-flex min-h-11 items-center" />}
        {row.address && (
          <p className="text-sm break-words" lang="en">
            {row.address}
          </p>
        )}
      </div>
      <div>
        <p className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={row.owner ? 'font-semibold' : ''}>{row.owner ?? t('follow_ups.no_owner')}</span>
          {row.due_on && <span>{t('follow_ups.due', { date: formatDate(t.language, row.due_on) })}</span>}
          {row.due_on && row.due_on < today && !row.solved_at && <Badge kind="error">{t('follow_ups.late')}</Badge>}
        </p>
        <ChangedMeanwhile t={t} follow_up_id={row.follow_up_id} time_zone={time_zone} />
        {row.solved_at ? (
          <>
            <p>
              {t('follow_ups.solved_by', {
                by: row.solved_by ?? '',
                at: formatDateTime(t.language, row.solved_at, time_zone),
              })}
            </p>
            {row.is_solved_by_call && <p>{t('follow_ups.solved_by_call')}</p>}
            {row.solution && <p className="break-words">{row.solution}</p>}
          </>
        ) : (
          may_solve && (
            <SolveForm
              {...{ t, row, kind, chosen, from }}
              words={refused?.follow_up_id === row.follow_up_id ? refused.words : ''}
            />
          )
        )}
      </div>
    </li>
  )
}

/** Somebody gave it to somebody, or gave it another day, while the list was open. */
function ChangedMeanwhile({
  t,
  follow_up_id,
  time_zone,
}: Pick<Props, 't' | 'time_zone'> & Pick<FollowUp, 'follow_up_id'>) {
  const meanwhile = useContext(MeanwhileContext)
  const change = meanwhile?.changes?.[follow_up_id]
  if (!meanwhile || !isTheirs(meanwhile, follow_up_id)) return null
  return (
    <p id={`${follow_up_id}-saved`} className="border-warning mb-2 border-l-4 pl-2 text-sm font-semibold">
      {change
        ? t('follow_ups.changed_by', { by: change.by, at: formatDateTime(t.language, change.at, time_zone) })
        : t('follow_ups.changed')}
    </p>
  )
}

/** What the list showed, for the page after a form. */
const SameList = ({ chosen, from }: Pick<Props, 'chosen' | 'from'>) =>
  Object.entries({ ...chosenQuery(chosen), from: String(from) }).map(([name, value]) => (
    <input key={name} type="hidden" name={`list_${name}`} value={value} />
  ))

function AssignForm({ t, rows, chosen, from, owners, errors, typed }: Props) {
  return (
    <Card title={t('follow_ups.assign')} lead={t('follow_ups.assign_lead')} id="give">
      <form id="assign" method="post" action="/follow-ups/assign">
        <SameList chosen={chosen} from={from} />
        <Seen values={savedOwners(rows)} typed={typed} />
        {rows.map(({ follow_up_id }) => (
          <input key={follow_up_id} type="hidden" name="shown_ids[]" value={follow_up_id} />
        ))}
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Select
            t={t}
            label={t('follow_ups.who')}
            name="owner_id"
            required
            value="same"
            typed={typed}
            errors={errors}
            options={[
              { value: 'same', label: t('follow_ups.who.same') },
              { value: 'nobody', label: t('follow_ups.who.nobody') },
              ...owners.map(({ user_id, display_name }) => ({ value: user_id, label: display_name })),
            ]}
          />
          <div>
            <Field
              t={t}
              label={t('follow_ups.due_on')}
              name="due_on"
              type="date"
              hint={t('follow_ups.due_hint')}
              errors={errors}
              typed={typed}
            />
            <label className="mb-4 flex min-h-11 cursor-pointer items-center gap-2">
              <input
                type="checkbox"
                name="no_day"
                value="yes"
                className="checkbox"
                defaultChecked={typed.no_day === 'yes'}
              />
              {t('follow_ups.no_day')}
            </label>
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          <button name="which" value="ticked" className="btn btn-primary">
            {t('follow_ups.assign_ticked')}
          </button>
          <button name="which" value="shown" className="btn">
            {t('follow_ups.assign_shown', { count: rows.length })}
          </button>
        </div>
      </form>
    </Card>
  )
}

/** Names and addresses leave only where the law's limit on use is accepted. */
function FileForm({ t, chosen, errors }: Props) {
  return (
    <Card title={t('follow_ups.file')} lead={t('follow_ups.file_lead')} id="file">
      <form method="post" action="/follow-ups/file">
        <SameList chosen={chosen} from={0} />
        <p className="mb-2 text-sm">{t('export.law')}</p>
        <Choices
          t={t}
          name="law"
          kind="checkbox"
          options={[{ value: 'yes', label: t('export.law_accept') }]}
          errors={errors}
        />
        <button className="btn">{t('follow_ups.file_get')}</button>
      </form>
    </Card>
  )
}

const releases = ['call', 'finish'] as const

/** Their word and the one that came too late. */
function SolvedMeanwhile({ t, chosen, from, follow_up_id, words, theirs }: Props & FollowUpSolved) {
  return (
    <Card title={t('follow_ups.solved')} id="solved">
      <form method="post" action={`/follow-ups/${follow_up_id}/solve`} className="max-w-prose">
        <SameList chosen={chosen} from={from} />
        <input type="hidden" name="instead_of" value={theirs.solution} />
        <input type="hidden" name="instead_of_release" value={theirs.release ?? ''} />
        <Field t={t} label={t('follow_ups.solution')} name="solution" maxLength={500} value={words} />
        {theirs.release === null ? (
          <button className="btn">{t('follow_ups.solve_instead')}</button>
        ) : (
          <>
            <SavedNow name="release" options={releases.map((value) => ({ value, label: t(`follow_ups.${value}`) }))} />
            <p className="mt-3 mb-1">{t('follow_ups.solve_instead')}:</p>
            <div className="flex flex-wrap gap-2">
              {releases.map((value) => (
                <button key={value} name="release" value={value} className="btn">
                  {t(`follow_ups.${value}`)}
                </button>
              ))}
            </div>
          </>
        )}
      </form>
    </Card>
  )
}

function SolveForm({
  t,
  row,
  kind,
  chosen,
  from,
  words,
}: Pick<Props, 't' | 'chosen' | 'from'> & { row: FollowUp; kind: string; words: string }) {
  const id = `solution-${row.follow_up_id}`
  const named = { name: row.name, kind }
  return (
    <form method="post" action={`/follow-ups/${row.follow_up_id}/solve`}>
      <SameList chosen={chosen} from={from} />
      <label htmlFor={id} className="mb-1 block text-sm">
        {t('follow_ups.solution')} ({t('common.optional')})
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          name="solution"
          maxLength={500}
          defaultValue={words}
          className="input min-w-40 flex-1 text-base"
        />
        {row.is_waiting ? (
          <>
            <button name="release" value="call" className="btn">
              {t('follow_ups.call')}
            </button>
            <button name="release" value="finish" className="btn">
              {t('follow_ups.finish')}
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
