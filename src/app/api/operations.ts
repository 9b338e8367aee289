import type { Operation } from '../../features/access/tokens/operation.ts'
import { contactOperations } from '../../features/contacts/api.ts'
import { personOperations } from '../../features/people/api.ts'
import { phoneBankOperations } from '../../features/phonebanks/api.ts'
import { scriptOperations } from '../../features/scripts/api.ts'
import { universeOperations } from '../../features/targeting/api.ts'
import { peopleListOperations } from '../../features/targeting/people/api.ts'
import { webhookOperations } from '../../features/webhooks/api.ts'

/** Every room's operations, in the order of the reference. */
export const operations: readonly Operation[] = [
  ...universeOperations,
  ...personOperations,
  ...peopleListOperations,
  ...contactOperations,
  ...phoneBankOperations,
  ...scriptOperations,
  ...webhookOperations,
]
