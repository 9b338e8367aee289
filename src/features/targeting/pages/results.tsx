import { Alert, Bars, Card, EmptyState, Figure, Figures, Table } from '../../../platform/ui/components.tsx'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import '../builder-messages.ts'
import { builderDistricts, choicesOf, textOf, type Choices } from '../builder.ts'
import type { Breakdown, CompiledUniverse, LeftOut, SampledVoter, Slice } from '../queries.ts'
import type { Community, Party, Sex } from '../schema.ts'
import { speaksOf } from '../sql.ts'
import { ageOn, countyLabel } from './labels.ts'

export interface Found {
  universe: CompiledUniverse
  /** null: counting took too long. */
  answer: { breakdown: Breakdown; left_out: LeftOut[]; sample: SampledVoter[] } | null
}

interface Props {
  found: Found
  t: Translate
  /** Address that shows the voters of an expression; absent: bars are no links. */
  narrow?: (expression: string) => string
  /** Address where a corrected expression can be looked at and kept; absent: as `narrow`. */
  correct?: (expression: string) => string
}

/** How many, and who they are. */
export function Results({ found: { universe, answer }, t, narrow, correct = narrow }: Props) {
  if (!answer) {
    return (
      <Alert kind="warning" title={t('universes.too_slow')}>
        {t('universes.too_slow_text')}
      </Alert>
    )
  }
  const { breakdown, left_out } = answer
  const number = (value: number): string => formatNumber(t.language, value)
  const { total, households, with_phone } = breakdown
  const [likeliest] = breakdown.community
  const choices = choicesOf(universe.expression)
  const link = (chosen: Partial<Choices>): { href?: string } =>
    narrow ? { href: narrow(textOf({ ...choices, ...chosen })) } : {}
  const rows = <T extends string>(
    slices: readonly Slice[],
    label: (value: T) => string,
    chosen: (value: T) => Partial<Choices>,
  ) =>
    slices.map(({ value, count }) =>
      value === null
        ? { label: t('targeting.unknown'), value: count }
        : { label: label(value as T), value: count, ...link(chosen(value as T)) },
    )

  return (
    <>
      {universe.remarks.map((remark) => (
        <Alert key={`${remark.code} ${remark.named}`} kind="warning">
          {t(`universes.remark.${remark.code}`, { named: remark.named })}{' '}
          {remark.corrected !== undefined && correct && (
            <a className="font-semibold" href={correct(remark.corrected)}>
              {t('builder.fix', { suggestion: remark.named })}
            </a>
          )}
        </Alert>
      ))}
      <Figures>
        <Figure label={t('universes.voters')} value={number(total)} />
        <Figure
          label={t('universes.households')}
          value={number(households)}
          note={
            households > 0 &&
            t('universes.people_per_household', { number: formatNumber(t.language, total / households, 1) })
          }
        />
        <Figure
          label={t('universes.with_phone')}
          value={number(with_phone)}
          note={total > 0 && t('universes.share_of', { percent: Math.round((100 * with_phone) / total) })}
        />
        {likeliest && (
          <Figure
            label={t('universes.likely', { community: t(`targeting.community.${likeliest.value as Community}`) })}
            value={number(likeliest.count)}
            note={t('universes.share_of', { percent: Math.round((100 * likeliest.count) / total) })}
          />
        )}
      </Figures>
      {total > 0 && with_phone === 0 && <Alert kind="info">{t('universes.no_phone')}</Alert>}
      <LeftOutNote universe={universe} left_out={left_out} t={t} />
      {total === 0 ? (
        <div className="mb-6">
          <EmptyState icon="search" title={t('universes.none_found')}>
            {t('universes.none_found_text')}
          </EmptyState>
        </div>
      ) : (
        <Card title={t('universes.results')} lead={t('universes.estimate_note')} id="who">
          <div className="grid items-start gap-x-10 gap-y-8 md:grid-cols-2">
            <Bars
              caption={t('targeting.breakdown.party')}
              rows={rows<Party>(
                breakdown.party,
                (value) => t(`targeting.party.${value}`),
                (value) => ({ party: [value] }),
              )}
              format={number}
            />
            <Bars
              caption={t('targeting.breakdown.age')}
              rows={rows(
                breakdown.age,
                (value) => value.replace('-', '–'),
                (value) => ageChoice(value),
              )}
              format={number}
            />
            <div className="space-y-8">
              <Bars
                caption={t('targeting.breakdown.sex')}
                rows={rows<Exclude<Sex, 'unknown'>>(
                  breakdown.sex,
                  (value) => t(`targeting.sex.${value}`),
                  (value) => ({ sex: [value] }),
                )}
                format={number}
              />
              <Bars
                caption={t('targeting.breakdown.county')}
                rows={rows(
                  breakdown.county.slice(0, 10),
                  (value) => countyLabel(t, value),
                  (value) => ({ county: [value] }),
                )}
                format={number}
              />
            </div>
            {breakdown.community.length > 0 && (
              <Bars
                caption={t('targeting.community')}
                rows={rows<Community>(
                  breakdown.community,
                  (value) => t(`targeting.community.${value}`),
                  (value) => ({ community: value, percent: '50' }),
                )}
                format={number}
              />
            )}
            {builderDistricts.map((kind) => {
              const known = breakdown.districts[kind].filter(({ value }) => value !== null)
              if (known.length === 0) return null
              const shown = known.slice(0, 8)
              return (
                <div key={kind}>
                  <Bars
                    caption={t(`targeting.district.${kind}`)}
                    rows={rows(
                      shown,
                      (value) => t('targeting.district.number', { number: value }),
                      (value) => ({ district_kind: kind, district_numbers: value }),
                    )}
                    format={number}
                  />
                  {known.length > shown.length && (
                    <p className="mt-2 text-sm">
                      {t('targeting.breakdown.more', { count: known.length - shown.length })}
                    </p>
                  )}
                </div>
              )
            })}
          </div>
        </Card>
      )}
    </>
  )
}

/** Some of them by name, the same ones each time. */
export function Sample({ found: { answer }, t, today }: { found: Found; t: Translate; today: string }) {
  if (!answer || answer.sample.length === 0) return null
  return (
    <Card title={t('universes.sample')} lead={t('universes.sample_lead')} id="sample">
      <Table
        caption={t('universes.sample_table')}
        head={[
          t('universes.table.name'),
          t('universes.table.age'),
          t('universes.table.sex'),
          t('universes.table.party'),
          t('universes.table.place'),
        ]}
      >
        {answer.sample.map((voter) => (
          <tr key={voter.voter_id}>
            <th scope="row" className="font-semibold whitespace-nowrap">
              <a href={`/voters/${voter.voter_id}`}>
                {[voter.first_name, voter.middle_name, voter.last_name].filter(Boolean).join(' ')}
              </a>
              {voter.name_hangul && (
                <span lang="ko" className="ml-2 font-normal">
                  {voter.name_hangul}
                </span>
              )}
            </th>
            <td className="tabular-nums">{ageOn(today, voter) ?? '–'}</td>
            <td className="whitespace-nowrap">{voter.sex ? t.dynamic(`targeting.sex_one.${voter.sex}`) : '–'}</td>
            <td className="whitespace-nowrap">{t.dynamic(`targeting.party.${voter.party}`)}</td>
            <td className="whitespace-nowrap">{voter.city ?? (voter.county && countyLabel(t, voter.county))}</td>
          </tr>
        ))}
      </Table>
    </Card>
  )
}

/** Who is left out though nobody said so: shown, not hidden. */
function LeftOutNote({ universe, left_out, t }: { universe: CompiledUniverse; left_out: LeftOut[]; t: Translate }) {
  const own = speaksOf(universe.expression)
  const cut = universe.lifted_in_part?.cut
  const isCut = { status: cut?.status || cut?.gone, suppression: cut?.suppression }
  const lifted = (['status', 'suppression'] as const).flatMap((what) => {
    const how = !own[what] ? 'by_universe' : isCut[what] ? 'but_universe' : 'lifted'
    return universe.speaks[what] ? [t(`universes.left_out_${what}_${how}`)] : []
  })
  const count = left_out.reduce((sum, each) => sum + each.count, 0)
  return (
    <Alert kind="info" title={t('universes.left_out')}>
      <p className="max-w-prose">{t('universes.left_out_text')}</p>
      <p className="mt-2 font-semibold">
        {count > 0 ? t('universes.left_out_count', { count }) : t('universes.left_out_none')}
      </p>
      {left_out.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {left_out.map(({ reason, count }) => (
            <li key={reason}>
              {t(`universes.left_out.${reason}`)}: <strong>{formatNumber(t.language, count)}</strong>
            </li>
          ))}
        </ul>
      )}
      {lifted.map((text) => (
        <p key={text} className="mt-1 max-w-prose font-semibold">
          {text}
        </p>
      ))}
    </Alert>
  )
}

const ageChoice = (band: string): Partial<Choices> => {
  const [from = '', to = ''] = band.endsWith('+') ? [band.slice(0, -1), ''] : band.split('-')
  return { age_from: from, age_to: to }
}
