import { formatNumber, formatPhone } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  EmptyState,
  Field,
  Figure,
  Figures,
  PageHead,
  Pagination,
  Select,
  Table,
} from '../../../../platform/ui/components.tsx'
import { PersonName } from '../../pages/person-name.tsx'
import { profilePath, shownName } from '../../rules.ts'
import type { Standing } from '../../tables.ts'
import { kindOptions } from '../pages.tsx'
import type { MembershipKind } from '../queries.ts'
import type { RollAsked, RollCounts, RollRow } from './queries.ts'
import { shows } from './schema.ts'

export const rollSize = 50

const looks: Record<Standing, 'neutral' | 'success' | 'warning' | 'error' | 'info'> = {
  applied: 'info',
  approved: 'info',
  active: 'success',
  grace: 'warning',
  lapsed: 'error',
  resigned: 'neutral',
  expelled: 'neutral',
}

interface RollPageProps {
  t: Translate
  rows: readonly RollRow[]
  total: number
  from: number
  asked: RollAsked
  counts: RollCounts
  kinds: readonly MembershipKind[]
  /** Waiting for approval. */
  waiting: number
  may: { profiles: boolean; dues: boolean; settings: boolean; decide: boolean }
}

/** Everybody's membership: who stands how, what is paid until when, whom to ask for a renewal. */
export function RollPage({ t, rows, total, from, asked, counts, kinds, waiting, may }: RollPageProps) {
  const address = (more: Record<string, string | number>): string => {
    const { show, kind, q } = asked
    const query = new URLSearchParams({ show, ...(kind && { kind }), ...(q && { q }) })
    for (const [name, value] of Object.entries(more)) query.set(name, String(value))
    return `/membership?${query}`
  }
  const number = (value: number): string => formatNumber(t.language, value)
  const of = (standing: Standing): number => counts.standings.find((each) => each.standing === standing)?.people ?? 0
  return (
    <>
      <PageHead
        title={t('membership.roll.title')}
        lead={t('membership.roll.lead')}
        actions={
          <>
            <a className="btn" href="/leadership/bodies">
              {t('membership.roll.bodies')}
            </a>
            {may.decide && (
              <a className="btn" href="/membership/applications">
                {t('membership.applications.title')}
              </a>
            )}
            {may.decide && (
              <a className="btn" href={address({}).replace('/membership?', '/membership/roll.csv?')}>
                {t('membership.roll.export')}
              </a>
            )}
            {may.settings && (
              <a className="btn" href="/membership/kinds">
                {t('membership.kinds.title')}
              </a>
            )}
          </>
        }
      />
      {waiting > 0 && (
        <Alert kind="info" title={t('membership.applications.waiting', { count: waiting })}>
          <a className="link inline-flex min-h-8 items-center" href="/membership/applications">
            {t('membership.applications.open')}
          </a>
        </Alert>
      )}
      <Figures>
        <Figure label={t('membership.show.good')} value={number(counts.good)} />
        <Figure label={t('membership.show.due')} value={number(counts.due)} />
        <Figure label={t('membership.standing.grace')} value={number(of('grace'))} />
        <Figure label={t('membership.standing.lapsed')} value={number(of('lapsed'))} />
      </Figures>
      {counts.kinds.length > 0 && (
        <p className="mb-4 text-sm">
          {counts.kinds
            .map(({ kind, people }) => {
              const name = kinds.find((each) => each.kind === kind)?.name
              return `${localized(name, t.language).text || kind}: ${number(people)}`
            })
            .join(' · ')}
        </p>
      )}
      <form method="get" action="/membership" className="mb-2 grid items-end gap-x-4 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <Select
          t={t}
          label={t('membership.roll.who')}
          name="show"
          required
          value={asked.show}
          options={shows.map((show) => ({ value: show, label: showName(t, show) }))}
        />
        <Select
          t={t}
          label={t('membership.kind')}
          name="kind"
          required
          empty_counts
          value={asked.kind}
          options={[{ value: '', label: t('membership.roll.any_kind') }, ...kindOptions(t, kinds, asked.kind ?? '')]}
        />
        <Field t={t} label={t('membership.roll.name')} name="q" value={asked.q} type="search" />
        <button className="btn mb-4">{t('action.show')}</button>
      </form>
      {rows.length === 0 ? (
        <EmptyState icon="team" title={t('membership.roll.none')}>
          {t('membership.roll.none_text')}
        </EmptyState>
      ) : (
        <Table
          caption={t('membership.roll.title')}
          head={[
            t('membership.roll.member'),
            t('membership.standing'),
            t('membership.roll.paid_until'),
            t('membership.roll.contact'),
          ]}
          only_wide={[t('membership.roll.paid_until'), t('membership.roll.contact')]}
        >
          {rows.map((row) => (
            <tr key={`${row.person_id} ${row.kind}`}>
              <th scope="row" className="font-semibold">
                <Who t={t} row={row} is_link={may.profiles} />
              </th>
              <td>
                <Badge kind={looks[row.standing]}>{t(`membership.standing.${row.standing}`)}</Badge>
                <span className="mt-1 block text-sm">{localized(row.kind_name, t.language).text}</span>
                <span className="mt-1 block text-sm sm:hidden">
                  {t('membership.roll.paid_until')}: <Paid t={t} row={row} may_record={may.dues} />
                </span>
              </td>
              <td className="whitespace-nowrap tabular-nums max-sm:hidden">
                <Paid t={t} row={row} may_record={may.dues} />
              </td>
              <td className="max-sm:hidden">
                {row.email && <span className="block break-all">{row.email}</span>}
                {row.phone && <span className="block whitespace-nowrap">{formatPhone(row.phone)}</span>}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pagination
        t={t}
        from={from}
        shown={rows.length}
        total={total}
        size={rollSize}
        href={(next) => address({ from: next })}
      />
    </>
  )
}

const showName = (t: Translate, show: (typeof shows)[number]): string =>
  show === 'good' || show === 'due' || show === 'all' ? t(`membership.show.${show}`) : t(`membership.standing.${show}`)

/** In a column of its own; on a telephone with the standing. */
function Paid({ t, row, may_record }: { t: Translate; row: RollRow; may_record: boolean }) {
  return (
    <>
      <span className="whitespace-nowrap">
        {row.is_for_life ? t('membership.dues.for_life') : (row.paid_until ?? '–')}
      </span>
      {may_record && row.standing !== 'expelled' && (
        <a
          className="link flex min-h-8 w-fit items-center print:hidden"
          href={`/ledger/dues/${row.person_id}?kind=${row.kind}`}
        >
          {t('membership.dues.record')}
          <span className="sr-only">: {shownName(row, row.name_hangul, t.language).main}</span>
        </a>
      )}
    </>
  )
}

function Who({ t, row, is_link }: { t: Translate; row: RollRow; is_link: boolean }) {
  const name = <PersonName name={shownName(row, row.name_hangul, t.language)} is_quiet />
  return is_link ? <a href={profilePath(row)}>{name}</a> : name
}
