import { Card, PageHead } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { Guide, Issue } from '../queries.ts'
import { InLanguages, list, SaysSame, text, valuesOf, Written, type Form } from './fields.tsx'
import '../messages.ts'

interface AgendaProps extends Form {
  issues: readonly Issue[]
  may_edit: boolean
}

export function AgendaPage({ issues, may_edit, ...form }: AgendaProps) {
  const { t, languages } = form
  const here = `${list}/agenda`
  return (
    <div className="max-w-3xl">
      <PageHead title={t('voterguides.agenda')} lead={t('voterguides.agenda_lead')} back={{ href: list, label: t('voterguides.title') }} />
      {issues.length > 0 && (
        <ol className="mb-6 grid gap-3">
          {issues.map(({ issue_id, name, about, older }, at) => (
              <li key={issue_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-start gap-3 border p-4">
                <div className="min-w-0 flex-1 basis-60">
                  <h2 className="font-bold">
                    {at + 1}. {text(t, name)}
                  </h2>
                  <Written t={t} languages={languages} text={name} older={older.name} />
                  <p className="mt-2 text-sm">{text(t, about)}</p>
                  <Written t={t} languages={languages} text={about} older={older.about} />
                </div>
                {may_edit && (
                  <form method="post" action={`${here}/${issue_id}/move`} className="flex gap-2">
                    <a className="btn btn-sm min-h-11" href={`${here}/${issue_id}`}>
                      {t('action.edit')}
                      <span className="sr-only">: {text(t, name)}</span>
                    </a>
                    {at > 0 && (
                      <button className="btn btn-sm min-h-11" name="to" value="up" aria-label={t('voterguides.up', { name: text(t, name) })}>
                        ↑
                      </button>
                    )}
                    {at < issues.length - 1 && (
                      <button className="btn btn-sm min-h-11" name="to" value="down" aria-label={t('voterguides.down', { name: text(t, name) })}>
                        ↓
                      </button>
                    )}
                  </form>
                )}
              </li>
            ))}
        </ol>
      )}
      {may_edit && (
        <form method="post" action={here}>
          <Card title={t('voterguides.issue_add')} id="add">
            <IssueFields {...form} issue={null} />
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

export const issueValues = ({ name, about }: Issue): FormValues => ({ ...valuesOf('name', name), ...valuesOf('about', about) }) // prettier-ignore

export function IssuePage({ issue, guides, ...form }: Form & { issue: Issue; guides: readonly Guide[] }) {
  const { t, typed } = form
  return (
    <div className="max-w-2xl">
      <PageHead title={t('voterguides.issue_change')} back={{ href: `${list}/agenda`, label: t('voterguides.agenda') }} />
      <form method="post" action={`${list}/agenda/${issue.issue_id}`}>
        <Seen values={issueValues(issue)} typed={typed} />
        <Card>
          <IssueFields {...form} issue={issue} />
        </Card>
      </form>
      <Card title={t('voterguides.issue_remove')} id="remove">
        {guides.length > 0 ? (
          <>
            <p>{t('voterguides.issue_used')}</p>
            <ul className="list-disc pl-5">
              {guides.map(({ guide_id, title }) => (
                <li key={guide_id}>
                  <a className="link" href={`${list}/${guide_id}`}>
                    {text(t, title)}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <form method="post" action={`${list}/agenda/${issue.issue_id}/remove`}>
            <p className="mb-3">{t('voterguides.issue_remove_lead')}</p>
            <button className="btn btn-outline btn-error min-h-11">{t('voterguides.issue_remove')}</button>
          </form>
        )}
      </Card>
    </div>
  )
} // prettier-ignore

function IssueFields({ issue, ...form }: Form & { issue: Issue | null }) {
  const { t } = form
  return (
    <>
      <InLanguages {...form} field="name" most={80} is_needed label={(language) => t('voterguides.issue_name_in', { language })} values={issue?.name ?? {}} />
      <InLanguages {...form} field="about" most={300} label={(language) => t('voterguides.issue_about_in', { language })} values={issue?.about ?? {}} />
      {issue && <SaysSame {...form} />}
      <button className="btn btn-primary">{issue ? t('action.save') : t('voterguides.issue_add')}</button>
    </>
  )
} // prettier-ignore
