import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { z } from 'zod'
import { Email, NewPassword, PersonName } from '../access/schema.ts'
import { roles } from '../access/permissions.ts'

/** Zones of the United States, east to west; others by the CLI. */
export const timeZones = [
  'America/Puerto_Rico',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'Pacific/Guam',
] as const
export type OrganizationTimeZone = (typeof timeZones)[number]

/** Languages an organization may write its own texts in. */
export const textLanguages = ['en', 'ko', 'zh', 'es', 'bn', 'hi', 'vi', 'tl', 'ja'] as const

export const invitationDays = [1, 3, 7, 30] as const

const list = <Item extends z.ZodType<string>>(item: Item) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item))

const Name = z.string().trim().max(120, 'form.invalid')

const Names = z.object({ name_en: Name, name_ko: Name })
const oneName = ({ name_en, name_ko }: z.infer<typeof Names>) => name_en !== '' || name_ko !== ''

export const Roles = list(z.enum(roles)).pipe(z.array(z.enum(roles)).min(1, 'members.roles_missing'))

export const SetUp = Names.extend({
  code: z.string().trim().min(1, 'form.required').max(40, 'setup.code_wrong'),
  time_zone: z.enum(timeZones),
  person: PersonName,
  email: Email,
  password: NewPassword,
}).refine(oneName, { path: ['name_en'], message: 'settings.name_missing' })

export const Settings = Names.extend({
  time_zone: z.enum(timeZones),
  languages: list(z.enum(textLanguages)).pipe(z.array(z.enum(textLanguages)).min(1, 'settings.languages_missing')),
  calling_starts: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'settings.time_invalid'),
  calling_ends: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'settings.time_invalid'),
  call_back_phone: z
    .string()
    .trim()
    .transform((typed, context) => {
      if (typed === '') return null
      const phone = parsePhoneNumberFromString(typed, 'US')
      if (phone?.isPossible()) return phone.number
      context.addIssue({ code: 'custom', message: 'settings.phone_invalid' })
      return z.NEVER
    }),
  sends_texts: z.literal('yes').optional().transform(Boolean),
  /** Twilio's name for a messaging service: https://www.twilio.com/docs/messaging/api/service-resource, checked 2026-11-27. */
  text_service: z
    .string()
    .trim()
    .regex(/^(MG[0-9a-fA-F]{32})?$/, 'settings.text_service_invalid')
    .default('')
    .transform((typed) => typed || null),
})
  .refine(oneName, { path: ['name_en'], message: 'settings.name_missing' })
  .refine(({ calling_starts, calling_ends }) => calling_starts < calling_ends, {
    path: ['calling_ends'],
    message: 'settings.hours_order',
  })
export type Settings = z.infer<typeof Settings>

export const Invite = z.object({
  roles: Roles,
  email: z.union([z.literal(''), Email], 'access.email_invalid').transform((email) => email || null),
  note: z
    .string()
    .trim()
    .max(500, 'form.invalid')
    .transform((note) => note || null),
  days: z.coerce.number().pipe(z.union(invitationDays.map((each) => z.literal(each)))),
})

export const MemberRoles = z.object({ roles: Roles })

/** Joining by invitation without an account. */
export const Join = z.object({ name: PersonName, email: Email, password: NewPassword })

export const AuditFilter = z.object({
  action: z.string().max(100).catch(''),
  actor: z.string().max(100).catch(''),
  subject: z.string().max(100).catch(''),
  id: z.string().max(100).catch(''),
  /** Entries older than this one. */
  before: z.coerce.number().int().min(0).catch(0),
  /** Entries newer than this one, the nearest first. */
  after: z.coerce.number().int().min(0).catch(0),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** Whose log: the organization's, or what belongs to none of them. Each has its own address. */
export const auditPaths = { organization: '/audit', installation: '/audit/installation' } as const
export type AuditScope = keyof typeof auditPaths
