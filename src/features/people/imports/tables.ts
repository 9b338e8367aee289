export interface PersonExternalIdTable {
  organization_id: string
  /** As the other system has it. */
  external_id: string
  person_id: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    person_external_id: PersonExternalIdTable
  }
}
