import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, EmptyState, PageHead, Pagination, Table } from '../../../platform/ui/components.tsx'
import { profilePath } from '../../people/rules.ts'
import type { Form, ResponseRow } from '../queries.ts'
import type { Question } from '../schema.ts'
import { answerText, askedOf, saidName } from '../words.ts'

export const responses_shown = 50

interface ResponsesPageProps {
  t: Translate
  form: Form
  rows: readonly ResponseRow[]
  questions: readonly Question[]
  /** By version of the form. */
  versions: ReadonlyMap<number, readonly Question[]>
  total: number
  from: number
  time_zone: string
}

const profile = ({ person_id, voter_id }: ResponseRow): string =>
  person_id === null ? '/people' : profilePath({ person_id, voter_id })

export function ResponsesPage({ t, form, rows, questions, versions, total, from, time_zone }: ResponsesPageProps) {
  const here = `/forms/${form.form_id}`
  const notAsked = (row: ResponseRow): Question[] => {
    if (row.source === 'paper') return []
    const asked = askedOf(versions, row)
    return (versions.get(row.version) ?? []).filter(({ key }) => !asked.has(key))
  }
  return (
    <>
      <PageHead title={t('forms.table')} back={{ href: here, label: form.name }} />
      {rows.length === 0 ? (
        <EmptyState icon="log" title={t('forms.no_results')}>
          {t('forms.no_results_text')}
        </EmptyState>
      ) : (
        <Table
          caption={t('forms.table')}
          head={[t('forms.col.name'), t('forms.col.when'), t('forms.col.answers'), t('forms.col.person')]}
        >
          {rows.map((row) => (
            <tr key={row.response_id}>
              <th scope="row" className="align-top font-semibold">
                <a href={profile(row)}>{saidName(row.said)}</a>
              </th>
              <td className="align-top whitespace-nowrap">
                {formatDateTime(t.language, row.received_at, time_zone)}
                <span className="block text-sm">
                  <span lang={row.language}>{languageNames[row.language] ?? row.language}</span> ·{' '}
                  {t.dynamic(`forms.source.${row.source}`)}
                </span>
              </td>
              <td className="min-w-72 align-top">
                <dl className="space-y-1 text-sm">
                  {Object.entries(row.answers).map(([key, value]) => {
                    const question = questions.find((each) => each.key === key)
                    return (
                      <div key={key}>
                        <dt>{question ? localized(question.say, t.language).text : key}</dt>
                        <dd className="font-semibold break-words">
                          {question?.kind === 'file' ? (
                            <a
                              className="inline-flex min-h-11 items-center"
                              href={`${here}/responses/${row.response_id}/files/${key}`}
                              download
                            >
                              {answerText(t, question, value)}
                            </a>
                          ) : (
                            answerText(t, question, value)
                          )}
                        </dd>
                      </div>
                    )
                  })}
                  {notAsked(row).map((question) => (
                    <div key={question.key}>
                      <dt>{localized(question.say, t.language).text}</dt>
                      <dd className="italic">{t('forms.not_asked')}</dd>
                    </div>
                  ))}
                </dl>
              </td>
              <td className="align-top">
                <Badge kind={row.how === 'unsure' ? 'warning' : 'neutral'}>{t.dynamic(`forms.how.${row.how}`)}</Badge>
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
        size={responses_shown}
        href={(at) => `${here}/responses?from=${at}`}
      />
    </>
  )
}

/** What only a person can decide: who somebody is, and whether what they wrote replaces what was known. */
export function LookPage({
  t,
  form,
  rows,
  may_edit,
  time_zone,
}: {
  t: Translate
  form: Form
  rows: readonly ResponseRow[]
  may_edit: boolean
  time_zone: string
}) {
  const here = `/forms/${form.form_id}`
  return (
    <>
      <PageHead title={t('forms.to_look')} lead={t('forms.to_look_text')} back={{ href: here, label: form.name }} />
      {rows.length === 0 && (
        <EmptyState icon="check" title={t('forms.to_look_none')}>
          {t('forms.to_look_none_text')}
        </EmptyState>
      )}
      <ul className="space-y-3">
        {rows.map((row) => (
          <li key={row.response_id} className="bg-base-100 rounded-box border-base-300 border p-4">
            <h2 className="font-bold">
              <a href={profile(row)}>{saidName(row.said)}</a>
            </h2>
            <p className="text-sm">{formatDateTime(t.language, row.received_at, time_zone)}</p>
            {row.how === 'unsure' && (
              <p className="mt-2">
                <Badge kind="warning">{t('forms.how.unsure')}</Badge>{' '}
                <a className="inline-flex min-h-11 items-center" href={profile(row)}>
                  {t('forms.may_be_duplicate')}
                </a>
              </p>
            )}
            {row.how === 'unsure' && row.voter_id === null && may_edit && (
              <form method="post" action={`${here}/responses/${row.response_id}`} className="mt-2">
                <button className="btn btn-sm min-h-11" name="act" value="new">
                  {t('forms.is_new')}
                </button>
              </form>
            )}
            {row.differs && (
              <>
                <ul className="mt-2 list-disc pl-5">
                  {Object.entries(row.differs).map(([field, each]) =>
                    each ? (
                      <li key={field} className="break-words">
                        {t('forms.differs', { field: t.dynamic(`forms.field_name.${field}`), ...each })}
                      </li>
                    ) : null,
                  )}
                </ul>
                {may_edit && (
                  <form
                    method="post"
                    action={`${here}/responses/${row.response_id}`}
                    className="mt-3 flex flex-wrap gap-2"
                  >
                    <button className="btn btn-sm min-h-11" name="act" value="take">
                      {t('forms.take')}
                    </button>
                    <button className="btn btn-sm min-h-11" name="act" value="leave">
                      {t('forms.leave')}
                    </button>
                  </form>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
