/**
 * Row types by table name. Empty here: each room adds its own by declaration merging, so platform knows no room:
 *
 *     declare module '../../platform/db/tables.ts' { interface Tables { person: PersonTable } }
 */
// oxlint-disable-next-line no-empty-object-type, no-empty-interface -- filled by declaration merging
export interface Tables {}
