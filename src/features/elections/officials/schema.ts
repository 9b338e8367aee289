import { z } from 'zod'
import { knownOrNew, optionalAddress, optionalDay, optionalText, sourceAddress } from '../figures/schema.ts'

export const offices = [
  'president',
  'us_representative',
  'us_senator',
  'governor',
  'lieutenant_governor',
  'attorney_general',
  'state_comptroller',
  'state_senator',
  'assembly_member',
  'mayor',
  'public_advocate',
  'comptroller',
  'council_member',
  'borough_president',
  'district_attorney',
  'supreme_court_justice',
  'surrogate',
  'civil_court_judge',
  'district_leader',
] as const
export type Office = (typeof offices)[number]

/** What each is elected in. */
export const officeKinds: Record<Office, OfficialKind> = {
  president: 'state',
  us_representative: 'congress',
  us_senator: 'state',
  governor: 'state',
  lieutenant_governor: 'state',
  attorney_general: 'state',
  state_comptroller: 'state',
  state_senator: 'senate',
  assembly_member: 'assembly',
  mayor: 'city',
  public_advocate: 'city',
  comptroller: 'city',
  council_member: 'nyc-council',
  borough_president: 'county',
  district_attorney: 'county',
  supreme_court_justice: 'county',
  surrogate: 'county',
  civil_court_judge: 'county',
  district_leader: 'assembly',
}

/** What an office is elected in. */
export const officialKinds = ['congress', 'senate', 'assembly', 'nyc-council', 'county', 'city', 'state'] as const
export type OfficialKind = (typeof officialKinds)[number]

export const officialParties = ['dem', 'rep', 'con', 'wor', 'oth'] as const
export type Party = (typeof officialParties)[number]

export const OfficialForm = z.object({
  /** Another person holds the office now; else what is said of the same one is corrected. */
  who: z.enum(['same', 'another']).default('same'),
  name: z.string().trim().min(1, 'form.required').max(120),
  name_hangul: optionalText(60),
  figure: knownOrNew,
  party: z
    .enum(['', ...officialParties])
    .optional()
    .transform((party) => party || null),
  phone: optionalText(40),
  email: optionalText(120).refine((text) => text === null || /^\S+@\S+\.\S+$/.test(text), 'form.invalid'),
  website: optionalAddress,
  address: optionalText(200),
  since: optionalDay,
  until: optionalDay,
  source_url: sourceAddress,
})
export type OfficialForm = z.infer<typeof OfficialForm>
