/** Roles of a member in an organization; one person may hold several. */
export const roles = ['organizer', 'host', 'caller', 'treasurer', 'board', 'member'] as const
export type Role = (typeof roles)[number]

/**
 * Who may do what: the one table, shown as a page and tested cell by cell over every route.
 * 'public' and 'caller-link' are no roles: nobody needs to sign in, or the caller's own link opens it.
 * 'steward' is held in the installation, not in an organization.
 */
export const permissions = {
  /** No sign-in needed. */
  public: [],
  /** By the caller's own link, for the one phone bank it was made for. */
  'caller-link': [],
  /** By a token of the organization, for what its scopes say: other programs. */
  'api-token': [],
  /** Everybody who signed in. */
  'signed-in': ['organizer', 'host', 'caller', 'treasurer', 'board', 'member'],
  'voters.view': ['organizer', 'host'],
  'people.view': ['organizer', 'host'],
  'people.edit': ['organizer', 'host'],
  'people.merge': ['organizer'],
  'people.import': ['organizer'],
  'people.settings': ['organizer'],
  'universes.view': ['organizer', 'host'],
  'universes.edit': ['organizer'],
  /** Take voters out of the system as a file. */
  'universes.export': ['organizer'],
  'scripts.view': ['organizer', 'host', 'board'],
  'scripts.edit': ['organizer'],
  'forms.view': ['organizer', 'host', 'board'],
  'forms.edit': ['organizer'],
  /** Who answered what, by name. */
  'forms.responses': ['organizer', 'host'],
  'forms.export': ['organizer'],
  'phonebanks.view': ['organizer', 'host', 'board'],
  'phonebanks.edit': ['organizer'],
  'phonebanks.host': ['organizer', 'host'],
  'phonebanks.results': ['organizer', 'host'],
  'phonebanks.export': ['organizer'],
  'phonebanks.call': ['organizer', 'host', 'caller'],
  'members.view': ['organizer', 'board'],
  'members.invite': ['organizer'],
  'audit.view': ['organizer', 'board'],
  'organization.edit': ['organizer'],
  'connections.edit': ['organizer'],
  /** Voter files, the outbox, the health of the installation. */
  'installation.steward': [],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** May somebody with these roles do this? */
export function mayDo(
  actor: { roles: readonly string[]; is_steward: boolean } | null,
  permission: Permission,
): boolean {
  if (permission === 'public') return true
  if (!actor || permission === 'caller-link' || permission === 'api-token') return false
  if (permission === 'installation.steward') return actor.is_steward
  if (permission === 'signed-in') return actor.roles.length > 0 || actor.is_steward
  return permissions[permission].some((role) => actor.roles.includes(role))
}
