import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Badge, PageHead, Table } from '../../../../platform/ui/components.tsx'
import { districtName } from '../../../geography/rules.ts'
import { isMapKind } from '../../../geography/schema.ts'
import '../messages.ts'
import type { Official } from '../queries.ts'
import { standingOf } from '../rules.ts'
import { officialKinds, type OfficialKind } from '../schema.ts'
import { OfficialName } from './officials-panel.tsx'

interface Props {
  t: Translate
  kind: OfficialKind
  /** Of the kind, or, where something is typed, of that name. */
  officials: readonly Official[]
  typed: string
  today: string
  /** Just corrected. */
  saved: Official | null
  /** A steward without a role in the organization looks at no districts. */
  may_look: boolean
}

/** Every office with whoever holds it, to be kept right: those without a district of their own too. */
export function OfficialsPage({ t, kind, officials, typed, today, saved, may_look }: Props) {
  return (
    <>
      <PageHead title={t('officials.title')} lead={t('officials.lead')} />
      {saved && (
        <Alert kind="success" title={t('officials.saved', { office: t(`officials.office.${saved.office}`) })}>
          <OfficialName t={t} official={saved} />
        </Alert>
      )}
      <form method="get" action="/officials" className="mb-6 max-w-xl" role="search">
        <input type="hidden" name="kind" value={kind} />
        <label htmlFor="q" className="mb-1 block font-semibold">
          {t('officials.find')}
        </label>
        <div className="flex gap-2">
          <input id="q" name="q" type="search" defaultValue={typed} maxLength={80} className="input w-full text-base" />
          <button className="btn btn-primary">{t('action.search')}</button>
        </div>
      </form>
      <nav aria-label={t('officials.kinds')} className="mb-6 flex flex-wrap gap-2">
        {officialKinds.map((each) => {
          const isShown = typed === '' && each === kind
          return (
            <a
              key={each}
              href={`/officials?kind=${each}`}
              aria-current={isShown ? 'page' : undefined}
              className={`btn ${isShown ? 'btn-primary' : ''}`}
            >
              {kindName(t, each)}
            </a>
          )
        })}
      </nav>
      {officials.length === 0 ? (
        <Alert kind="info">{typed === '' ? t('officials.list_empty') : t('officials.found_none', { typed })}</Alert>
      ) : (
        <Table
          caption={t('officials.title')}
          head={[
            t('officials.office'),
            t('officials.name_short'),
            t('officials.as_of'),
            t('officials.standing'),
            t('officials.correct'),
          ]}
          only_wide={[t('officials.as_of'), t('officials.standing')]}
        >
          {officials.map((official) => (
            <tr key={official.official_id}>
              <td>
                {t(`officials.office.${official.office}`)}
                <Place {...{ t, official, may_look }} />
              </td>
              <th scope="row" className="sm:min-w-36">
                <a href={`/public-figures/${official.figure_id}`}>
                  <OfficialName t={t} official={official} />
                </a>
                {/* On a phone everything stays in sight, above all the way to correct it. */}
                <span className="block text-sm font-normal sm:hidden">
                  {formatDate(t.language, official.as_of, 'short')} <Standing {...{ t, official, today }} />
                </span>
              </th>
              <td className="whitespace-nowrap max-sm:hidden">{formatDate(t.language, official.as_of, 'short')}</td>
              <td className="max-sm:hidden">
                <Standing {...{ t, official, today }} />
              </td>
              <td>
                <a
                  href={`/officials/${official.official_id}/edit`}
                  className="inline-flex min-h-11 items-center font-semibold"
                  aria-label={t('officials.correct_of', { name: official.name })}
                >
                  {t('officials.correct')}
                </a>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}

/** Of a district: which. */
export function placeName(t: Translate, { kind, district }: Pick<Official, 'kind' | 'district'>): string | null {
  return district === null || !isMapKind(kind) ? null : districtName(t, kind, district)
}

export const kindName = (t: Translate, kind: OfficialKind): string =>
  isMapKind(kind) ? t(`geography.kind.${kind}`) : t(`officials.kind.${kind}`)

function Place({ t, official, may_look }: Pick<Props, 't' | 'may_look'> & { official: Official }) {
  const name = placeName(t, official)
  const address = `/districts/${official.kind}/${official.district}`
  return name && <span className="block text-sm">{may_look ? <a href={address}>{name}</a> : name}</span>
}

function Standing({ t, official, today }: { t: Translate; official: Official; today: string }) {
  const standing = standingOf(official, today)
  if (standing.is === 'over') return <Badge kind="warning">{t('officials.standing.over')}</Badge>
  if (!official.is_checked) return <Badge kind="info">{t('officials.standing.unchecked')}</Badge>
  if (standing.is === 'elected')
    return (
      <Badge kind="info">
        {t('officials.standing.elected', { date: formatDate(t.language, standing.take_office_on, 'short') })}
      </Badge>
    )
  return <>{t(`officials.standing.${standing.is}`)}</>
}
