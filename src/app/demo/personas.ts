import type { Role } from '../../features/access/permissions.ts'

export type OrganizationSlug = 'hanmaeum' | 'auburndale-tenants'

/** Two organizations that live in one town and must not see each other. Every person and group is invented. */
export const organizations: Record<OrganizationSlug, { name: { en: string; ko: string }; call_back_phone: string }> = {
  hanmaeum: {
    name: { en: 'Hanmaeum Civic Action of Queens', ko: '퀸즈 한마음시민행동' },
    call_back_phone: '+17185550142',
  },
  'auburndale-tenants': {
    name: { en: 'Auburndale Tenants Together', ko: '어번데일 세입자모임' },
    call_back_phone: '+17185550187',
  },
}

export interface Persona {
  /** Part of the address before @demo.example.org. */
  key: string
  name: string
  organization: OrganizationSlug
  roles: Role[]
  language: 'en' | 'ko'
  is_steward?: boolean
  /** What to look at first, for the terminal. */
  shows: string
}

/** One sign-in for each way of using Hanpyo. */
export const personas: readonly Persona[] = [
  {
    key: 'minji',
    name: '서민지 Minji Seo',
    organization: 'hanmaeum',
    roles: ['organizer'],
    language: 'ko',
    shows: 'organizer: everything of the organization',
  },
  {
    key: 'daniel',
    name: '박경호 Daniel Park',
    organization: 'hanmaeum',
    roles: ['host'],
    language: 'en',
    shows: 'phone-bank host: voters, live results',
  },
  {
    key: 'soonja',
    name: '이순자 Soonja Lee',
    organization: 'hanmaeum',
    roles: ['caller'],
    language: 'ko',
    shows: 'caller: one voter at a time',
  },
  {
    key: 'grace',
    name: '김은혜 Grace Kim',
    organization: 'hanmaeum',
    roles: ['treasurer', 'board'],
    language: 'en',
    shows: 'treasurer and board: members, money, activity log',
  },
  {
    key: 'byung',
    name: '최병철 Byung Choi',
    organization: 'hanmaeum',
    roles: ['board'],
    language: 'ko',
    shows: 'board: how it goes, who did what',
  },
  {
    key: 'jenny',
    name: '오지현 Jenny Oh',
    organization: 'hanmaeum',
    roles: ['member'],
    language: 'en',
    shows: 'member',
  },
  {
    key: 'priya',
    name: 'Priya Raman',
    organization: 'auburndale-tenants',
    roles: ['organizer'],
    language: 'en',
    shows: 'organizer of the other organization',
  },
  {
    key: 'steward',
    name: 'Alex Rivera',
    organization: 'hanmaeum',
    roles: ['member'],
    language: 'en',
    is_steward: true,
    shows: 'steward of the installation: voter files, officials',
  },
]

export const emailOf = (persona: Persona): string => `${persona.key}@demo.example.org`

/** What the member among them said of herself on each page by which she came to us. */
export const newcomer = {
  first_name: 'Jenny',
  last_name: 'Oh',
  name_hangul: '오지현',
  phone: '+17185550163',
  email: null,
}
