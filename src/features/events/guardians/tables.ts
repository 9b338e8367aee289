import type { GuardianWay } from './schema.ts'

export interface EventGuardianTable {
  organization_id: string
  signup_id: string
  name: string
  phone: string
  relation: string
  how: GuardianWay
  at: Date
  made_by: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_guardian: EventGuardianTable
  }
}
