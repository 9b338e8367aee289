import { z } from 'zod'
import { endpoint } from '../../../platform/http/endpoint.ts'
import { chosen, day, emailAddress, spokenLanguages } from '../schema.ts'

/** Channels with a box on the sheet. */
export const sheetChannels = ['phone', 'text', 'email'] as const
export type SheetChannel = (typeof sheetChannels)[number]

export const most_lines = 100
export const longest_title = 100

export const SheetForm = z.object({
  /** The sheet's id, so that the form sent twice makes one. */
  form_key: z.uuid(),
  title: z.string().trim().min(1, 'form.required').max(longest_title),
  held_on: day,
  lines: z.coerce.number('form.number').int('form.number').min(1, 'form.too_small').max(most_lines, 'form.too_large'),
})
export type SheetFacts = z.output<typeof SheetForm>

const written = (most: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .max(most)
    .default('')
    .transform((text) => text || null)

/** A line as somebody wrote it. */
export const LineForm = z
  .object({
    line: z.coerce.number().int().min(1).max(most_lines),
    /** Whom it was said to be: a person of ours; '': nobody chosen. */
    person_id: z.union([z.literal('').transform(() => null), z.uuid()]).default(null),
    first_name: written(80),
    last_name: written(80),
    name_hangul: written(40),
    phone: written(40),
    email: z.union([z.literal('').transform(() => null), emailAddress]).default(null),
    language: chosen(spokenLanguages),
    /** One box ticked comes alone. */
    consents: z.union([z.enum(sheetChannels).transform((one) => [one]), z.array(z.enum(sheetChannels))]).default([]),
  })
  .refine(({ first_name, last_name, name_hangul }) => first_name ?? last_name ?? name_hangul, {
    path: ['first_name'],
    message: 'sheets.name_needed',
  })
export type LineFacts = z.output<typeof LineForm>

/** As kept: `not_counted` were asked for before somebody opted out again. */
export const Said = z.object({
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  name_hangul: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  consents: z.array(z.enum(sheetChannels)),
  not_counted: z.array(z.enum(sheetChannels)),
})
export type Said = z.infer<typeof Said>

/** People of ours who fit what is being typed. */
export const knownPeople = endpoint({
  method: 'POST',
  path: '/people/sheets/known',
  input: z.object({
    name: z.string().max(200),
    name_hangul: z.string().max(40),
    phone: z.string().max(40),
    email: z.string().max(200),
  }),
  output: z.object({ people: z.array(z.object({ person_id: z.uuid(), name: z.string(), hint: z.string() })) }),
})
export type KnownPerson = z.infer<(typeof knownPeople)['output']>['people'][number]

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const
export type PhotoType = (typeof photoTypes)[number]
export const largest_photo_bytes = 10 * 1024 * 1024
export const most_photos = 6
