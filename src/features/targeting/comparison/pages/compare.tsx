import { formatNumber, formatPercent } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, EmptyState, Figure, Figures, PageHead } from '../../../../platform/ui/components.tsx'
import { problemSentence } from '../../problem.ts'
import type { Universe, UniverseProblem } from '../../queries.ts'
import { facets, parts, textOfPart, type ComparedFacet, type Comparison, type Part } from '../queries.ts'
import { circles } from '../rules.ts'

interface Props {
  t: Translate
  universes: readonly Universe[]
  a: Universe | null
  b: Universe | null
  comparison: Comparison | null
  problem: UniverseProblem | null
  is_slow: boolean
}

export function ComparePage({ t, universes, a, b, comparison, problem, is_slow }: Props) {
  return (
    <>
      <PageHead
        title={t('comparison.title')}
        lead={t('comparison.lead')}
        back={{ href: '/voters/universes', label: t('universes.back') }}
      />
      {universes.length < 2 ? (
        <EmptyState icon="universe" title={t('comparison.needs_two')}>
          {t('comparison.needs_two_text')}
        </EmptyState>
      ) : (
        <form method="get" action="/voters/universes/compare" className="mb-6 grid gap-4 sm:grid-cols-[1fr_1fr_auto]">
          <Choose t={t} name="a" label={t('comparison.first')} universes={universes} chosen={a} />
          <Choose t={t} name="b" label={t('comparison.second')} universes={universes} chosen={b} />
          <button className="btn btn-primary self-end" type="submit">
            {t('comparison.do')}
          </button>
        </form>
      )}
      {a && b && a.universe_id === b.universe_id && <Alert kind="info">{t('comparison.same')}</Alert>}
      {problem && (
        <Alert kind="error" title={t('universes.with_problem')}>
          {problemSentence(t, problem).join(' ')}
        </Alert>
      )}
      {is_slow && (
        <Alert kind="warning" title={t('universes.too_slow')}>
          {t('universes.too_slow_text')}
        </Alert>
      )}
      {a && b && comparison && <Shown t={t} a={a} b={b} comparison={comparison} />}
    </>
  )
}

function Choose({
  t,
  name,
  label,
  universes,
  chosen,
}: {
  t: Translate
  name: string
  label: string
  universes: readonly Universe[]
  chosen: Universe | null
}) {
  return (
    <div className="min-w-0">
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label}
      </label>
      <select id={name} name={name} defaultValue={chosen?.universe_id ?? ''} className="select block w-full text-base">
        <option value="">{t('comparison.choose')}</option>
        {universes.map((each) => (
          <option key={each.universe_id} value={each.universe_id}>
            {each.name}
          </option>
        ))}
      </select>
    </div>
  )
}

const nameOf = (t: Translate, part: Part, a: Universe, b: Universe): string =>
  part === 'both' ? t('comparison.both') : t('comparison.only', { name: part === 'a' ? a.name : b.name })

const link = (part: Part, a: Universe, b: Universe): string =>
  `/voters/universes/new?${new URLSearchParams({ q: textOfPart(part, a, b) })}`

/** Told apart by hatching, so also without colour and on paper. */
const looks: Record<Part, string> = { a: 'url(#only-a)', both: 'url(#in-both)', b: 'url(#only-b)' }

function Patterns() {
  return (
    <defs>
      <pattern id="only-a" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="8" height="8" className="fill-base-200" />
        <line x1="0" y1="0" x2="0" y2="8" strokeWidth="3" className="stroke-primary" />
      </pattern>
      <pattern id="only-b" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" className="fill-base-200" />
        <circle cx="4" cy="4" r="2" className="fill-base-content" />
      </pattern>
      <pattern id="in-both" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" className="fill-primary" />
      </pattern>
    </defs>
  )
}

function Shown({ t, a, b, comparison }: { t: Translate; a: Universe; b: Universe; comparison: Comparison }) {
  const { counts } = comparison
  const number = (value: number): string => formatNumber(t.language, value)
  const all = counts.a + counts.both + counts.b
  const most = 100
  const drawn = circles(counts.a + counts.both, counts.b + counts.both, counts.both, most)
  const margin = 4
  return (
    <>
      <Card title={t('comparison.picture')} id="overlap">
        {all > 0 && (
          <svg
            role="img"
            aria-label={t('comparison.told', {
              a: a.name,
              b: b.name,
              count_a: number(counts.a + counts.both),
              count_b: number(counts.b + counts.both),
              both: number(counts.both),
            })}
            viewBox={`${-margin} ${-margin} ${drawn.width + 2 * margin} ${2 * most + 2 * margin}`}
            className="mx-auto mb-4 block h-56 w-full max-w-xl"
          >
            <Patterns />
            <clipPath id="within-a">
              <circle cx={drawn.a.x} cy={most} r={drawn.a.r} />
            </clipPath>
            <circle cx={drawn.a.x} cy={most} r={drawn.a.r} fill={looks.a} />
            <circle cx={drawn.b.x} cy={most} r={drawn.b.r} fill={looks.b} />
            <circle cx={drawn.b.x} cy={most} r={drawn.b.r} fill={looks.both} clipPath="url(#within-a)" />
            <circle
              cx={drawn.a.x}
              cy={most}
              r={drawn.a.r}
              fill="none"
              strokeWidth="2"
              className="stroke-base-content"
            />
            <circle
              cx={drawn.b.x}
              cy={most}
              r={drawn.b.r}
              fill="none"
              strokeWidth="2"
              className="stroke-base-content"
            />
          </svg>
        )}
        <Figures>
          {parts.map((part) => (
            <Figure
              key={part}
              label={nameOf(t, part, a, b)}
              value={
                <span className="flex items-center gap-2">
                  <Key part={part} />
                  {number(counts[part])}
                </span>
              }
              note={
                <>
                  {all > 0 && t('comparison.share', { percent: formatPercent(t.language, counts[part] / all) })}{' '}
                  {counts[part] > 0 && <a href={link(part, a, b)}>{t('comparison.open')}</a>}
                </>
              }
            />
          ))}
        </Figures>
      </Card>
      {all > 0 && (
        <Card title={t('comparison.differences')} lead={t('comparison.differences_lead')} id="differences">
          <div className="space-y-8">
            {facets.map((facet) => (
              <Side key={facet} t={t} facet={facet} a={a} b={b} comparison={comparison} />
            ))}
          </div>
        </Card>
      )}
    </>
  )
}

/** A small square of the part's hatching. */
function Key({ part }: { part: Part }) {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" role="presentation" className="shrink-0">
      <rect x="1" y="1" width="16" height="16" fill={looks[part]} strokeWidth="1.5" className="stroke-base-content" />
    </svg>
  )
}

/** One facet, the three groups side by side: share, number and bar. */
function Side({
  t,
  facet,
  a,
  b,
  comparison,
}: {
  t: Translate
  facet: ComparedFacet
  a: Universe
  b: Universe
  comparison: Comparison
}) {
  const label = (value: string): string => {
    if (value === '') return t(facet === 'community' ? 'comparison.no_community' : 'comparison.none')
    if (facet === 'age') return value.replace('-', '–')
    return t.dynamic(`targeting.${facet}.${value}`)
  }
  const title = t(`comparison.facet.${facet}`)
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={title}>
      <table className="w-full text-sm sm:min-w-lg">
        <caption className="mb-2 text-left font-semibold">{title}</caption>
        <thead>
          <tr>
            <td />
            {parts.map((part) => (
              <th key={part} scope="col" className="px-2 py-1 text-left align-bottom">
                {/* On a phone three names side by side leave no room for what they head. */}
                <span className="sm:hidden" aria-hidden="true">
                  <Key part={part} />
                </span>
                <span className="max-sm:sr-only">{nameOf(t, part, a, b)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparison.facets[facet].map(({ value, counts }) => (
            <tr key={value}>
              <th scope="row" className="py-1 pr-2 text-left font-normal sm:pr-3 sm:whitespace-nowrap">
                {label(value)}
              </th>
              {parts.map((part) => {
                const share = comparison.counts[part] > 0 ? counts[part] / comparison.counts[part] : 0
                return (
                  <td key={part} className="w-1/4 px-1 py-1 align-middle sm:px-2">
                    <span className="flex flex-wrap justify-between gap-x-2 tabular-nums">
                      <strong>{formatPercent(t.language, share)}</strong>
                      <span>{formatNumber(t.language, counts[part])}</span>
                    </span>
                    <svg
                      width="100%"
                      height="8"
                      viewBox="0 0 100 8"
                      preserveAspectRatio="none"
                      role="presentation"
                      className="block overflow-hidden rounded"
                    >
                      <rect width="100" height="8" className="fill-base-200" />
                      <rect width={100 * share} height="8" className="fill-primary" />
                    </svg>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
