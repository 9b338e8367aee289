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
  'events.view': ['organizer', 'host', 'board'],
  'events.edit': ['organizer'],
  /** Who comes, by name. */
  'events.people': ['organizer', 'host'],
  /** Say who is there, of an event where one stands at the door. */
  'events.check_in': ['organizer', 'host'],
  /** What goes with the door: sheets, counts of hands, who did not come. */
  'events.door': ['organizer', 'host'],
  'phonebanks.view': ['organizer', 'host', 'board'],
  'phonebanks.edit': ['organizer'],
  'phonebanks.host': ['organizer', 'host'],
  'phonebanks.results': ['organizer', 'host'],
  'phonebanks.export': ['organizer'],
  'phonebanks.call': ['organizer', 'host', 'caller'],
  /** The roll: who is a member, how they stand, what is paid. */
  'membership.view': ['organizer', 'treasurer', 'board'],
  /** Approve applications, take the roll as a file. */
  'membership.decide': ['organizer'],
  'ledger.view': ['organizer', 'treasurer', 'board'],
  'ledger.edit': ['organizer', 'treasurer'],
  /** Chapters, committees and boards, with who holds which office. */
  'bodies.view': ['organizer', 'host', 'treasurer', 'board'],
  /** Who stands where on the ladder, with their next step; what one works with people. */
  'leadership.view': ['organizer', 'host'],
  'leadership.work': ['organizer', 'host'],
  /** The ladder itself, stages, roles, trainings, delegations, cohorts. */
  'leadership.edit': ['organizer'],
  /** How many, without names. */
  'leadership.sums': ['organizer', 'host', 'board'],
  /** Cycles of endorsements: rules, questions, what candidates answered. */
  'endorsements.view': ['organizer', 'host', 'board'],
  'endorsements.edit': ['organizer'],
  /** Who may vote, who did, how members are tied to candidates. */
  'endorsements.roll': ['organizer', 'board'],
  /** Campaigns: what is done around a contest, in numbers. */
  'campaigns.view': ['organizer', 'host', 'board'],
  'campaigns.edit': ['organizer'],
  /** What is given to candidates: the board decides, the treasurer pays and writes it down. */
  'contributions.view': ['organizer', 'treasurer', 'board'],
  'contributions.propose': ['organizer', 'board'],
  'contributions.decide': ['board'],
  'contributions.give': ['treasurer'],
  'contributions.call_off': ['treasurer', 'board'],
  /** Guides that compare candidates, and the agenda they do it by. */
  'voterguides.view': ['organizer', 'host', 'board'],
  'voterguides.edit': ['organizer'],
  /** Read what somebody else wrote and show it to everybody. */
  'voterguides.publish': ['organizer', 'board'],
  /** Bulk e-mail: what was written and sent, in sums. */
  'mailings.view': ['organizer', 'host', 'board'],
  'mailings.edit': ['organizer'],
  /** Where two are wanted: the second person’s word before it goes out. */
  'mailings.approve': ['organizer', 'board'],
  /** What is mailed on paper, in numbers. */
  'postal.view': ['organizer', 'host', 'board'],
  /** Who gets it, by name and address. */
  'postal.people': ['organizer', 'host'],
  'postal.edit': ['organizer'],
  'members.view': ['organizer', 'board'],
  'members.invite': ['organizer'],
  'audit.view': ['organizer', 'board'],
  /** What happened to the voter files all organizations share; stewards read all there is of the installation. */
  'audit.commons': ['organizer'],
  'organization.edit': ['organizer'],
  'connections.edit': ['organizer'],
  /** Voter files, the outbox, the health of the installation. */
  'installation.steward': [],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** What can be given to a single member for a time, beside their roles, and what it lets them do. */
export const delegations = {
  host_phone_banks: ['phonebanks.view', 'phonebanks.host', 'phonebanks.results', 'scripts.view'],
  read_responses: ['forms.view', 'forms.responses'],
  /** At events that the delegation names, or at all. */
  door: ['events.check_in'],
} as const satisfies Record<string, readonly Permission[]>
export type Delegated = keyof typeof delegations
export const delegatedKinds = Object.keys(delegations) as Delegated[]

interface MayDo {
  roles: readonly string[]
  is_steward: boolean
  delegated?: readonly string[]
}

/** May somebody with these roles, and what is delegated to them, do this? */
export function mayDo(actor: MayDo | null, permission: Permission): boolean {
  if (permission === 'public') return true
  if (!actor || permission === 'caller-link' || permission === 'api-token') return false
  if (permission === 'installation.steward') return actor.is_steward
  if (permission === 'audit.commons' && actor.is_steward) return true
  if (permission === 'signed-in') return actor.roles.length > 0 || actor.is_steward
  return (
    permissions[permission].some((role) => actor.roles.includes(role)) ||
    delegatedKinds.some(
      (what) => actor.delegated?.includes(what) && delegations[what].some((each) => each === permission),
    )
  )
}
