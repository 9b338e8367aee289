import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'
import { spokenLanguages } from '../people/schema.ts'
import { Choice, ScriptText, StepKey, type Answers } from '../scripts/schema.ts'

/** One text per language code. */
export const FormText = ScriptText
export type FormText = z.infer<typeof FormText>

export const questionKinds = ['choice', 'several', 'support', 'yes_no', 'agree', 'text', 'number', 'file'] as const
export type QuestionKind = (typeof questionKinds)[number]

export const consentChannels = ['email', 'text', 'phone', 'post'] as const
export type ConsentChannel = (typeof consentChannels)[number]

/** Become the same tasks as from calls. */
export const helpKinds = ['volunteer', 'yard_sign', 'ride', 'mail_ballot'] as const
export type HelpKind = (typeof helpKinds)[number]

export const contactNeeds = ['either', 'email', 'phone', 'both', 'none'] as const

const Tag = z.string().regex(/^[^\s,:()"]{1,40}$/)

export const Question = z.object({
  block: z.literal('question'),
  /** Of a script's step, or of our own: answers under one key add up, whatever the channel. */
  key: StepKey,
  /** 'agree': words and one box; where it is needed nothing is taken without it. */
  kind: z.enum(questionKinds),
  say: FormText,
  choices: z.array(Choice).max(30).default([]),
  is_needed: z.boolean().default(false),
  /** Asked only if each of these questions further up got one of these answers (`answerKey` of scripts). */
  only_if: z.record(StepKey, z.array(z.string().max(40)).min(1).max(30)).default({}),
  /** Put on whoever answers so, by answer as `only_if` names it. */
  tags: z.record(z.string().max(40), Tag).default({}),
  /** Key of an own field of profiles that the answer is written into, where it is empty. */
  field: z.string().max(80).nullable().default(null),
  /** Taken from this script; its words may be changed for reading. */
  script_id: z.uuid().nullable().default(null),
})
export type Question = z.infer<typeof Question>

export const Block = z.discriminatedUnion('block', [
  z.object({ block: z.literal('name'), asks_hangul: z.boolean().default(true) }),
  z.object({ block: z.literal('contact'), needs: z.enum(contactNeeds).default('either') }),
  z.object({
    block: z.literal('address'),
    /** 'full': street, city and ZIP. */
    asks: z.enum(['zip', 'full']).default('zip'),
    is_needed: z.boolean().default(false),
  }),
  z.object({ block: z.literal('language') }),
  z.object({
    block: z.literal('consent'),
    /** Shown beside an empty box, and kept with every consent given; a channel without words is not asked. */
    wording: z.partialRecord(z.enum(consentChannels), FormText).default({}),
  }),
  z.object({
    block: z.literal('help'),
    say: FormText.default({}),
    options: z.array(z.enum(helpKinds)).max(4),
    /** Whose tasks they become, as long as that is a present organizer or host; null: nobody's yet. */
    owner_id: z.uuid().nullable().default(null),
    due_days: z.int().min(1).max(365).nullable().default(null),
  }),
  Question,
  z.object({ block: z.literal('words'), text: FormText }),
])
export type Block = z.infer<typeof Block>
export type BlockKind = Block['block']

/** What an organizer may add; there is one name, and one of everything but questions and words. */
export const addableBlocks = ['contact', 'address', 'language', 'consent', 'help', 'words'] as const

/** Districts a petition may ask its signers to live in: column of the voter record. */
export const districtKinds = ['any', 'cd', 'sd', 'ad', 'ccd'] as const
export type DistrictKind = (typeof districtKinds)[number]

export const Petition = z.object({
  /** The official or body it goes to. */
  addressed_to: FormText,
  /** What is demanded. */
  demand: FormText,
  goal: z.int().min(1).max(1_000_000),
  district_kind: z.enum(districtKinds).default('any'),
  district: z.int().min(1).max(999).nullable().default(null),
})
export type Petition = z.infer<typeof Petition>

export const FormContent = z.object({
  /** The first is the fallback. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .max(8),
  title: FormText,
  intro: FormText,
  blocks: z.array(Block).max(40),
  /** On the button; empty: the usual word. */
  button: FormText.default({}),
  thanks: FormText,
  /** What somebody can do next. */
  next_label: FormText.default({}),
  next_link: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
  petition: Petition.nullable().default(null),
})
export type FormContent = z.infer<typeof FormContent>

/** How a signer's name may be shown: whole, first name and initial, not at all. */
export const shownAs = ['full', 'short', 'none'] as const
export type ShownAs = (typeof shownAs)[number]

/** Who somebody said they are. */
export const Said = z.object({
  first_name: z.string(),
  last_name: z.string(),
  name_hangul: z.string().nullable(),
  email: z.string().nullable(),
  /** E.164 */
  phone: z.string().nullable(),
  address: z.string().nullable(),
  city: z.string().nullable(),
  zip5: z.string().nullable(),
  language: z.enum(spokenLanguages).nullable(),
})
export type Said = z.infer<typeof Said>

/** By field: what the profile has, and what was said. */
export type Differences = Partial<Record<keyof Said, { profile: string; said: string }>>

/** What a file may be, found out by its content. */
export const fileKinds = ['jpeg', 'png', 'webp', 'pdf'] as const
export type FileKind = (typeof fileKinds)[number]
export const mostFileBytes = 5_000_000
/** Questions of one form that take a file. */
export const mostFiles = 3

/** A file as it was sent. */
export interface SentFile {
  name: string
  bytes: number
  /** null: larger than we take. */
  content: Buffer<ArrayBuffer> | null
}

/** A file that is taken; its name is the answer to its question. */
export interface TakenFile {
  name: string
  kind: FileKind
  sha256: string
  content: Buffer<ArrayBuffer>
}

/** One response as read from a page or typed from paper. */
export interface Response {
  said: Said
  answers: Answers
  /** By the key of their question. */
  files: Record<string, TakenFile>
  /** Given, with the words as shown. */
  consents: { channel: ConsentChannel; wording: string }[]
  help: HelpKind[]
  shown_as: ShownAs
}

const day = z
  .union([z.literal(''), CalendarDate])
  .default('')
  .transform((text) => text || null)

export const NewForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(120),
  starter: z.string(),
})

export const FormSettings = z
  .object({
    name: z.string().trim().min(1, 'form.required').max(120),
    slug: z
      .string()
      .trim()
      .toLowerCase()
      .max(60, 'forms.slug_invalid')
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'forms.slug_invalid'),
    opens_on: day,
    closes_on: day,
    tags: z
      .string()
      .default('')
      .transform((text) => [...new Set(text.split(/[\s,]+/).filter(Boolean))])
      .refine((tags) => tags.length <= 10 && tags.every((tag) => /^[^\s,:()"]{1,40}$/.test(tag)), 'forms.tags_invalid'),
  })
  .refine(({ opens_on, closes_on }) => !opens_on || !closes_on || opens_on <= closes_on, {
    path: ['closes_on'],
    message: 'forms.closes_before',
  })
export type FormSettings = z.output<typeof FormSettings>
