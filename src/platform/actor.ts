/** Who is asking. `roles` are those held in `organization_id`. */
export interface Actor {
  kind: 'user' | 'caller' | 'cli' | 'system' | 'api'
  /** auth user id, caller id, id of the API token, or the operating-system user of the CLI. */
  id: string
  name: string
  organization_id: string
  roles: readonly string[]
  /** What they may do there beyond their roles, today. */
  delegated?: readonly string[]
  is_steward: boolean
}
