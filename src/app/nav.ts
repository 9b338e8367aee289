import type { Permission } from '../features/access/permissions.ts'
import type { NavItem } from '../platform/http/room.ts'

type Entry = NavItem & { permission: Permission }

const under = (group: string, entries: Entry[]): Entry[] => entries.map((each) => ({ ...each, group }))

/** The menu, in the order of the organization's work. */
export const nav: readonly Entry[] = [
  { href: '/', label: 'nav.home', icon: 'home', permission: 'signed-in' },
  { href: '/my-day', label: 'my_day.title', icon: 'check', permission: 'signed-in' },
  ...under('nav.group.voters', [
    { href: '/voters', also: ['/people'], label: 'nav.voters', icon: 'voters', permission: 'voters.view' },
    { href: '/voters/universes', label: 'nav.universes', icon: 'universe', permission: 'universes.view' },
    { href: '/districts', label: 'nav.districts', icon: 'map', permission: 'universes.view' },
  ]),
  ...under('nav.group.outreach', [
    { href: '/campaigns', label: 'campaigns.title', icon: 'star', permission: 'campaigns.view' },
    { href: '/scripts', label: 'nav.scripts', icon: 'script', permission: 'scripts.view' },
    { href: '/phonebanks', label: 'nav.phonebanks', icon: 'phone', permission: 'phonebanks.view' },
    {
      href: '/mailings',
      also: ['/mail-journeys', '/mail-approval', '/mailing-templates'],
      label: 'mailings.title',
      icon: 'mail',
      permission: 'mailings.view',
    },
    { href: '/postal', label: 'postal.title', icon: 'sheet', permission: 'postal.view' },
  ]),
  ...under('nav.group.community', [
    { href: '/events', label: 'nav.events', icon: 'calendar', permission: 'events.view' },
    { href: '/forms', label: 'nav.forms', icon: 'sheet', permission: 'forms.view' },
    { href: '/membership', label: 'nav.membership', icon: 'person', permission: 'membership.view' },
    { href: '/ledger', label: 'nav.ledger', icon: 'log', permission: 'ledger.view' },
    { href: '/leadership', label: 'leadership.title', icon: 'voters', permission: 'leadership.view' },
  ]),
  ...under('nav.group.elections', [
    { href: '/elections', label: 'elections.title', icon: 'ballot', permission: 'signed-in' },
    { href: '/endorsements', label: 'endorsements.title', icon: 'star', permission: 'endorsements.view' },
    { href: '/contributions', label: 'contributions.title', icon: 'log', permission: 'contributions.view' },
    { href: '/voterguides', label: 'voterguides.title', icon: 'compare', permission: 'voterguides.view' },
    { href: '/my-ballots', label: 'ballots.mine', icon: 'check', permission: 'signed-in' },
  ]),
  ...under('nav.group.organization', [
    { href: '/members', label: 'nav.members', icon: 'team', permission: 'members.view' },
    { href: '/audit', label: 'nav.audit', icon: 'log', permission: 'audit.view' },
    { href: '/settings', label: 'nav.settings', icon: 'settings', permission: 'organization.edit' },
  ]),
  ...under('nav.group.installation', [
    { href: '/voterfiles', label: 'nav.voterfile', icon: 'file', permission: 'installation.steward' },
    { href: '/districts/maps', label: 'geography.maps.title', icon: 'map', permission: 'installation.steward' },
    { href: '/officials', label: 'officials.title', icon: 'team', permission: 'installation.steward' },
    { href: '/audit/installation', label: 'nav.audit_installation', icon: 'log', permission: 'installation.steward' },
    { href: '/outbox', label: 'nav.outbox', icon: 'mail', permission: 'installation.steward' },
  ]),
]
