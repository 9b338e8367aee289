import type { Operation } from '../../features/access/tokens/operation.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Badge, Card, PageHead } from '../../platform/ui/components.tsx'

interface ReferencePageProps {
  t: Translate
  url: string
  requests_per_minute: number
  operations: readonly Pick<Operation, 'method' | 'path' | 'group' | 'scope' | 'summary'>[]
}

/** The list of operations with an example to start from; the whole of it is in the OpenAPI document. */
export function ReferencePage({ t, url, requests_per_minute, operations }: ReferencePageProps) {
  const groups = [...new Set(operations.map(({ group }) => group))]
  return (
    <div className="max-w-4xl">
      <PageHead
        title={t('tokens.reference')}
        lead={t('reference.lead')}
        back={{ href: '/settings/connections', label: t('tokens.title') }}
        actions={
          <a className="btn" href="/api/v1/openapi.json">
            {t('reference.openapi')}
          </a>
        }
      />
      <Card title={t('reference.start')} id="start">
        <p className="mb-3 max-w-prose">{t('reference.start_text', { count: requests_per_minute })}</p>
        <pre
          lang="en"
          className="bg-base-200 rounded-box overflow-x-auto p-4 text-sm"
          tabIndex={0}
        >{`curl -H "Authorization: Bearer hanpyo_…" "${url}/api/v1/universes"`}</pre>
      </Card>
      {groups.map((group) => (
        <Card key={group} title={t.dynamic(`reference.group.${group.toLowerCase().replaceAll(/\W/g, '_')}`)}>
          <ul className="divide-base-300 divide-y">
            {operations
              .filter((each) => each.group === group)
              .map((each) => (
                <li key={`${each.method} ${each.path}`} className="py-3">
                  <p className="flex flex-wrap items-center gap-2" lang="en">
                    <Badge kind={each.method === 'GET' ? 'info' : 'success'}>{each.method}</Badge>
                    <code className="font-semibold break-all">{each.path}</code>
                  </p>
                  <p className="mt-1" lang="en">
                    {each.summary}
                  </p>
                  <p className="mt-1 text-sm">
                    {t('reference.needs')}: {t(`tokens.scope.${each.scope}`)} <code lang="en">({each.scope})</code>
                  </p>
                </li>
              ))}
          </ul>
        </Card>
      ))}
    </div>
  )
}
