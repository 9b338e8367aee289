import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { ReactNode } from 'react'
import { formatPercent, formatPhone } from '../../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../../platform/i18n/languages.ts'
import type { Language } from '../../../../platform/i18n/languages.ts'
import { Alert, Badge, Card, EmptyState, FindForm, PageHead } from '../../../../platform/ui/components.tsx'
import type { VoterRecord } from '../../../voterfile/queries.ts'
import type { StoredField } from '../../fields/commands.ts'
import { mergeFields, type MergeField } from '../../merge/commands.ts'
import { nameOf } from '../../pages/person-name.tsx'
import { customValue } from '../../pages/profile-panels.tsx'
import type { Person } from '../../queries.ts'
import { addressLine, romanName } from '../../rules.ts'
import type { SearchResult } from '../../search/queries.ts'
import type { OpenPair } from '../commands.ts'

export interface RecentMerge {
  merge_id: string
  kept_name: string
  merged_name: string
  merged_by: string
}

/** A merge somebody just made or took back. */
export interface JustMerged extends RecentMerge {
  kept: string
  merged: string
  is_undone: boolean
}

export function DuplicatesPage({
  t,
  language,
  pairs,
  merges,
  earlier,
  decided,
  just,
  problem,
}: {
  t: Translate
  language: Language
  pairs: readonly OpenPair[]
  merges: readonly RecentMerge[]
  /** Where those before them begin; null: there are none. */
  earlier: number | null
  decided: Decided | null
  just: JustMerged | null
  problem?: 'merged_on' | 'paid_twice' | undefined
}) {
  return (
    <>
      <PageHead
        title={t('duplicates.title')}
        lead={t('duplicates.lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
        actions={
          <form method="post" action="/people/duplicates/look">
            <button className="btn">{t('duplicates.look')}</button>
          </form>
        }
      />
      {problem && (
        <Alert kind="error" title={t(problem === 'paid_twice' ? 'merge.not_merged' : 'merge.not_undone')}>
          <p>{t(`merge.problem.${problem}`)}</p>
        </Alert>
      )}
      {decided && <DecidedAlert t={t} decided={decided} />}
      {just && <MergedAlert t={t} merge={just} />}
      {pairs.length === 0 ? (
        <EmptyState icon="check" title={t('duplicates.none')}>
          {t('duplicates.none_text')}
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {pairs.map((pair) => (
            <li
              key={pair.person_a + pair.person_b}
              className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="font-semibold break-words">
                  {pair.name_a} ↔ {pair.name_b}
                </p>
                <p className="mt-1 flex flex-wrap gap-1">
                  <Badge kind="info">{t('duplicates.alike', { percent: formatPercent(language, pair.score) })}</Badge>
                  {pair.evidence.map((each) => (
                    <Badge key={each}>{t.dynamic(`duplicates.evidence.${each}`)}</Badge>
                  ))}
                </p>
              </div>
              <a className="btn" href={`/people/duplicates/${pair.person_a}/${pair.person_b}`}>
                {t('duplicates.compare')}
              </a>
              <form method="post" action={`/people/duplicates/${pair.person_a}/${pair.person_b}/different`}>
                <button className="btn btn-ghost">{t('duplicates.different')}</button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {merges.length > 0 && (
        <div className="mt-8">
          <Card title={t('merge.done')} id="merges">
            <ul className="divide-base-300 divide-y">
              {merges.map((merge) => (
                <li key={merge.merge_id} className="flex flex-wrap items-center gap-3 py-2">
                  <span className="min-w-0 flex-1">
                    {t('merge.of', { kept: merge.kept_name, merged: merge.merged_name, by: merge.merged_by })}
                  </span>
                  <form method="post" action={`/people/merges/${merge.merge_id}/undo`}>
                    <button className="btn btn-sm">{t('action.undo')}</button>
                  </form>
                </li>
              ))}
            </ul>
            {earlier !== null && (
              <a className="btn mt-3" href={`/people/duplicates?merges=${earlier}#merges`}>
                {t('merge.earlier')}
              </a>
            )}
          </Card>
        </div>
      )}
    </>
  )
}

function MergedAlert({ t, merge }: { t: Translate; merge: JustMerged }) {
  const names = { one: merge.kept_name, other: merge.merged_name }
  return (
    <Alert kind="success" title={t(merge.is_undone ? 'merge.just.undone' : 'merge.just.merged', names)}>
      <p>{t(merge.is_undone ? 'merge.just.undone_text' : 'merge.just.merged_text', names)}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <a className="btn btn-sm" href={`/people/${merge.kept}`}>
          {t('merge.just.open', { name: merge.kept_name })}
        </a>
        {merge.is_undone ? (
          <a className="btn btn-sm" href={`/people/${merge.merged}`}>
            {t('merge.just.open', { name: merge.merged_name })}
          </a>
        ) : (
          <form method="post" action={`/people/merges/${merge.merge_id}/undo`}>
            <button className="btn btn-sm">{t('action.undo')}</button>
          </form>
        )}
      </div>
    </Alert>
  )
}

/** Two somebody has just decided about, and what holds now: somebody else may have decided as well. */
export interface Decided {
  /** Of the pair. */
  path: string
  names: readonly [string, string]
  is: 'open' | 'different' | 'merged'
  /** Somebody else, who decided it. */
  by: string | null
  /** What was asked for was not done. */
  is_refused: boolean
}

function DecidedAlert({ t, decided }: { t: Translate; decided: Decided }) {
  const { path, names, is, by, is_refused } = decided
  const title =
    is === 'different'
      ? t('duplicates.kept_apart', { one: names[0], other: names[1] })
      : t(`duplicates.meanwhile.${is}`, { one: names[0], other: names[1] })
  return (
    <Alert kind={is_refused ? 'warning' : is === 'different' ? 'success' : 'info'} title={title}>
      {by && <p>{t('duplicates.decided_by', { by })}</p>}
      <p>
        {is_refused && is === 'different'
          ? t('duplicates.not_merged_text')
          : is === 'different'
            ? t('duplicates.kept_apart_text')
            : t(`duplicates.meanwhile_text.${is}`)}
      </p>
      {is === 'different' && (
        <form method="post" action={`${path}/reopen`} className="mt-2">
          <button className="btn btn-sm">{t('action.undo')}</button>
        </form>
      )}
    </Alert>
  )
}

export interface Side {
  person: Person
  /** What the state says of them. */
  voter: VoterRecord | null
  name: string
  phones: readonly string[]
  emails: readonly string[]
}

/** Somebody to merge with, found by name, phone or address: those nobody thought alike, too. */
export function SamePage({
  t,
  person_id,
  name,
  back,
  query,
  found,
}: {
  t: Translate
  person_id: string
  name: string
  back: string
  query: string
  /** Profiles of others, and voters without one. */
  found: readonly SearchResult[]
}) {
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('merge.same.title', { name })}
        lead={t('merge.same.lead')}
        back={{ href: back, label: name }}
      />
      <FindForm t={t} label={t('merge.same.find')} query={query} />
      {query && found.length === 0 && <Alert kind="info">{t('merge.same.none', { query })}</Alert>}
      {found.length > 0 && (
        <Card title={t('merge.same.choose')}>
          <ul className="divide-base-300 divide-y">
            {found.map((each) => {
              const shown = nameOf(each, t)
              return (
                <li
                  key={each.person?.person_id ?? each.voter?.voter_id}
                  className="flex flex-wrap items-center gap-3 py-2"
                >
                  <span className="min-w-0 flex-1 basis-56 break-words">
                    <span className="font-semibold">{shown.main}</span> {shown.other}
                    {each.voter && (
                      <span className="block text-sm" lang="en">
                        {[addressLine(each.voter), each.voter.city, each.voter.birth_year].filter(Boolean).join(', ')}
                      </span>
                    )}
                  </span>
                  {each.person ? (
                    <a className="btn" href={`/people/duplicates/${person_id}/${each.person.person_id}`}>
                      {t('duplicates.compare')}
                    </a>
                  ) : (
                    <form method="post" action={`/people/${person_id}/match/${each.voter?.voter_id}`}>
                      <button className="btn">{t('merge.same.link')}</button>
                    </form>
                  )}
                </li>
              )
            })}
          </ul>
        </Card>
      )}
    </div>
  )
}

/** Side by side; on a phone one under the other, each choice still with its label. */
export function MergePage({
  t,
  sides,
  fields,
}: {
  t: Translate
  sides: readonly [Side, Side]
  /** The organization's own. */
  fields: readonly StoredField[]
}) {
  const [first, second] = sides
  const shown = mergeFields.filter((field) => first.person[field] !== null || second.person[field] !== null)
  const path = `/people/duplicates/${first.person.person_id}/${second.person.person_id}`
  return (
    <>
      <PageHead
        title={t('merge.title')}
        lead={t('merge.lead')}
        back={{ href: '/people/duplicates', label: t('duplicates.title') }}
      />
      <Card title={`${first.name} ↔ ${second.name}`}>
        <form method="post" action={`${path}/merge`}>
          {shown.map((field) => (
            <Chosen
              key={field}
              name={field}
              label={t(`merge.field.${field}`)}
              values={sides.flatMap((side) => (side.person[field] === null ? [] : [inWords(t, field, side)]))}
              is_same={first.person[field] === second.person[field]}
            />
          ))}
          {fields.map((field) => {
            const values = sides.map(({ person }) => customValue(t, field, person.custom[field.key]))
            const said = values.filter(Boolean)
            return said.length > 0 ? (
              <Chosen
                key={field.key}
                name={`custom.${field.key}`}
                label={localized(field.label, t.language).text}
                values={said}
                is_same={said[0] === said[1]}
              />
            ) : null
          })}
          <div className="py-3">
            <p className="mb-2 text-sm font-semibold">{t('merge.also')}</p>
            <p className="break-words">
              {[...new Set(sides.flatMap(({ phones, emails }) => [...phones.map(formatPhone), ...emails]))].join(
                ', ',
              ) || t('common.none')}
            </p>
          </div>
          <button className="btn btn-primary">{t('merge.merge')}</button>
        </form>
        <form method="post" action={`${path}/different`} className="mt-3">
          <button className="btn">{t('duplicates.different')}</button>
        </form>
      </Card>
    </>
  )
}

/** One field of both: what only one of them has, or both alike, or a choice between two. */
function Chosen({
  name,
  label,
  values,
  is_same,
}: {
  name: string
  label: string
  /** Of the first and the second, without those that have none. */
  values: readonly ReactNode[]
  is_same: boolean
}) {
  return (
    <fieldset className="border-base-300 border-b py-3">
      <legend className="float-left mb-2 w-full text-sm font-semibold">{label}</legend>
      {is_same || values.length === 1 ? (
        <p className="clear-left">{values[0]}</p>
      ) : (
        <div className="clear-left grid gap-2 sm:grid-cols-2">
          {(['first', 'second'] as const).map((side, at) => (
            <label
              key={side}
              className="border-base-300 has-checked:border-primary has-checked:bg-primary/10 flex min-h-11 cursor-pointer items-center gap-3 rounded-lg border p-3"
            >
              <input type="radio" className="radio" name={name} value={side} defaultChecked={at === 0} />
              <span className="min-w-0 break-words">{values[at]}</span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}

/** What one side says, as a reader would say it. */
function inWords(t: Translate, field: MergeField, { person, voter }: Side): ReactNode {
  const value = person[field]
  if (value === null) return t('common.none')
  if (field === 'voter_id') return <VoterInWords t={t} voter={voter} />
  if (field === 'language' || field === 'second_language') return languageNames[String(value)] ?? String(value)
  if (field === 'sex') return t.dynamic(`people.sex.${value}`)
  if (field === 'community') return t.dynamic(value === 'other' ? 'people.community.other' : `community.${value}`)
  return String(value)
}

/** The record by what tells two voters of one name apart. */
function VoterInWords({ t, voter }: { t: Translate; voter: VoterRecord | null }) {
  if (!voter) return t('common.none')
  const year = voter.birth_date?.slice(0, 4) ?? voter.birth_year
  const facts = [
    year ? t('people.born', { year: String(year) }) : '',
    voter.sex && t.dynamic(`people.sex.${voter.sex}`),
    t.dynamic(`people.party.${voter.party}`),
    voter.gone_in === null && voter.status === 'active'
      ? ''
      : t.dynamic(`people.status.${voter.gone_in === null ? voter.status : 'gone'}`),
  ]
  return (
    <>
      <span lang="en" className="block font-semibold">
        {romanName(voter)}
      </span>
      <span lang="en" className="block">
        {[addressLine(voter), voter.city, voter.zip5].filter(Boolean).join(', ')}
      </span>
      <span className="block text-sm">{facts.filter(Boolean).join(' · ')}</span>
      <span className="block text-sm tabular-nums">{voter.state_voter_id}</span>
    </>
  )
}
