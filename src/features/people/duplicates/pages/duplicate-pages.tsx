import type { Translate } from '../../../../platform/i18n/messages.ts'
import { formatPercent, formatPhone } from '../../../../platform/i18n/formats.ts'
import type { Language } from '../../../../platform/i18n/languages.ts'
import { Alert, Badge, Card, EmptyState, PageHead } from '../../../../platform/ui/components.tsx'
import { mergeFields } from '../../merge/commands.ts'
import type { Person } from '../../queries.ts'
import type { OpenPair } from '../commands.ts'

export interface RecentMerge {
  merge_id: string
  kept_name: string
  merged_name: string
  merged_by: string
}

export function DuplicatesPage({
  t,
  language,
  pairs,
  merges,
  problem,
}: {
  t: Translate
  language: Language
  pairs: readonly OpenPair[]
  merges: readonly RecentMerge[]
  problem?: 'merged_on' | undefined
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
        <Alert kind="error" title={t('merge.not_undone')}>
          <p>{t(`merge.problem.${problem}`)}</p>
        </Alert>
      )}
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
                  <Badge kind="info">{formatPercent(language, pair.score)}</Badge>
                  {pair.evidence.map((each) => (
                    <Badge key={each}>{t.dynamic(`duplicates.evidence.${each}`)}</Badge>
                  ))}
                </p>
              </div>
              <a className="btn btn-primary" href={`/people/duplicates/${pair.person_a}/${pair.person_b}`}>
                {t('duplicates.compare')}
              </a>
              <form method="post" action={`/people/duplicates/${pair.person_a}/${pair.person_b}/different`}>
                <button className="btn">{t('duplicates.different')}</button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {merges.length > 0 && (
        <div className="mt-8">
          <Card title={t('merge.done')}>
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
          </Card>
        </div>
      )}
    </>
  )
}

export interface Side {
  person: Person
  name: string
  phones: readonly string[]
  emails: readonly string[]
}

/** Side by side; on a phone one under the other, each choice still with its label. */
export function MergePage({ t, sides }: { t: Translate; sides: readonly [Side, Side] }) {
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
          {shown.map((field) => {
            const same = first.person[field] === second.person[field]
            return (
              <fieldset key={field} className="border-base-300 border-b py-3">
                <legend className="float-left mb-2 w-full text-sm font-semibold">{t(`merge.field.${field}`)}</legend>
                {same ? (
                  <p className="clear-left">{String(first.person[field])}</p>
                ) : (
                  <div className="clear-left grid gap-2 sm:grid-cols-2">
                    {sides.map(({ person }, at) => (
                      <label
                        key={person.person_id}
                        className="border-base-300 has-checked:border-primary has-checked:bg-primary/10 flex min-h-11 cursor-pointer items-center gap-3 rounded-lg border p-3"
                      >
                        <input
                          type="radio"
                          className="radio"
                          name={field}
                          value={at === 0 ? 'first' : 'second'}
                          defaultChecked={first.person[field] === null ? at === 1 : at === 0}
                        />
                        <span className="min-w-0 break-words">
                          {person[field] === null ? t('common.none') : String(person[field])}
                        </span>
                      </label>
                    ))}
                  </div>
                )}
              </fieldset>
            )
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
