import { formatDateTime } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, Table } from '../../../platform/ui/components.tsx'
import './messages.ts'
import type { TriedLink } from './queries.ts'
import type { LinkResult } from './rules.ts'

const looks: Record<LinkResult, 'success' | 'error' | 'warning'> = {
  good: 'success',
  dead: 'error',
  inside: 'error',
  unsure: 'warning',
}

interface LinksProps {
  t: Translate
  action: string
  links: readonly string[]
  tried: ReadonlyMap<string, TriedLink>
  time_zone: string
  may_edit: boolean
}

/** Where a mail leads, with what each address answered last. */
export function LinksCard({ t, action, links, tried, time_zone, may_edit }: LinksProps) {
  if (links.length === 0) return null
  return (
    <Card title={t('links.title')} lead={t('links.lead')} id="links">
      <Table caption={t('links.title')} head={[t('links.address'), t('links.answer')]}>
        {links.map((address) => {
          const last = tried.get(address)
          return (
            <tr key={address}>
              <td className="wrap-anywhere">{address}</td>
              <td>
                {last ? (
                  <>
                    <Badge kind={looks[last.result]}>{t(`links.result.${last.result}`)}</Badge>
                    <span className="mt-1 block text-sm">
                      {[last.status && `HTTP ${last.status}`, formatDateTime(t.language, last.tried_at, time_zone)].filter(Boolean).join(' · ')}
                    </span>
                  </>
                ) : (
                  t('links.never')
                )}
              </td>
            </tr>
          )
        })}
      </Table>
      {may_edit && (
        <form method="post" action={action} className="mt-4">
          <button className="btn">{t('links.try')}</button>
        </form>
      )}
    </Card>
  )
} // prettier-ignore
