import type { Translate } from '../../../platform/i18n/messages.ts'
import '../messages.ts'
import { roles } from '../permissions.ts'

/** 'Organizer, Treasurer' in the order of the table of roles. */
export const roleNames = (t: Translate, held: readonly string[]): string =>
  roles
    .filter((role) => held.includes(role))
    .map((role) => t(`access.role.${role}`))
    .join(', ')
