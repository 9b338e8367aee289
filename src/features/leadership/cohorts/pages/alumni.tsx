import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge, EmptyState, PageHead, Pagination, Table } from '../../../../platform/ui/components.tsx'
import { PersonName } from '../../../people/pages/person-name.tsx'
import { roleText } from '../../held/queries.ts'
import { nameOfRow, workPath } from '../../names.ts'
import '../messages.ts'
import type { Alumnus } from '../queries.ts'

interface AlumniPageProps {
  t: Translate
  alumni: readonly Alumnus[]
  from: number
  total: number
  size: number
}

export function AlumniPage({ t, alumni, from, total, size }: AlumniPageProps) {
  return (
    <>
      <PageHead
        title={t('alumni.title')}
        lead={t('alumni.lead')}
        back={{ href: '/leadership/cohorts', label: t('cohort.title') }}
      />
      {alumni.length === 0 ? (
        <EmptyState icon="team" title={t('alumni.none')}>
          <p>{t('alumni.none_text')}</p>
        </EmptyState>
      ) : (
        <Table caption={t('alumni.title')} head={[t('cohort.who'), t('alumni.cohorts'), t('alumni.now')]}>
          {alumni.map((each) => (
            <tr key={each.person_id}>
              <th scope="row">
                <a href={workPath(each)} className="inline-flex min-h-8 items-center">
                  <PersonName name={nameOfRow(each, t.language)} is_quiet />
                </a>
              </th>
              <td>
                {each.cohorts.map(({ cohort_id, name }) => (
                  <a
                    key={cohort_id}
                    href={`/leadership/cohorts/${cohort_id}`}
                    className="mr-3 inline-flex min-h-8 items-center"
                  >
                    {localized(name, t.language).text}
                  </a>
                ))}
              </td>
              <td>
                <span className="flex flex-wrap gap-2">
                  {each.rung && <Badge>{localized(each.rung, t.language).text}</Badge>}
                  {each.roles.map((role) => roleText(role, t.language)).join(', ')}
                </span>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pagination
        t={t}
        {...{ from, total, size }}
        shown={alumni.length}
        href={(at) => `/leadership/alumni?from=${at}`}
      />
    </>
  )
}
