import { allow } from '../../features/access/allow.ts'
import '../../features/access/tokens/messages.ts'
import { page } from '../../platform/http/page.tsx'
import { room } from '../../platform/http/room.ts'
import '../messages.ts'
import { documentedPath } from './openapi.ts'
import { operations } from './operations.ts'
import { requestsPerMinute } from './serve-api.ts'
import { ReferencePage } from './reference-page.tsx'

/** What other programs can do, for people to read. */
export const referenceRoutes = room().get('/settings/connections/reference', allow('connections.edit'), (c) =>
  page(
    c,
    <ReferencePage
      t={c.var.t}
      url={c.var.installation.url}
      requests_per_minute={requestsPerMinute}
      operations={operations.map(({ method, path, group, scope, summary }) => ({
        method,
        path: `/api/v1${documentedPath(path)}`,
        group,
        scope,
        summary,
      }))}
    />,
    { title: c.var.t('tokens.reference') },
  ),
)
