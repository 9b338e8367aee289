import { z } from 'zod'

/** One text per language code. May hold what is filled in for each reader: `{first_name|friend}`, `{first_name|친구, 이/가}`. */
export const MailText = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().max(6000))
export type MailText = z.infer<typeof MailText>

/** Stays with a block as long as it lives. */
const BlockKey = z.string().regex(/^b\d{1,4}$/)

const text = MailText.default({})

/** Kinds that show what stands in another room. */
export const drawnKinds = ['event', 'comparison', 'endorsement'] as const
export type DrawnKind = (typeof drawnKinds)[number]

/** Which one it is: an event, or a guide or cycle with the number of a contest; '' is none yet. */
const drawnOf = z
  .string()
  .max(60)
  .regex(/^(?:[0-9a-f-]{36}(?:\/\d{1,9})?)?$/)
  .default('')

/** What a block of each kind holds. `said`, `left`, `right`: with bold, links and lists (`text-rules.ts`). */
export const Block = z.discriminatedUnion('kind', [
  z.object({ key: BlockKey, kind: z.literal('heading'), title: text }),
  z.object({ key: BlockKey, kind: z.literal('text'), said: text }),
  z.object({
    key: BlockKey,
    kind: z.literal('picture'),
    /** Its SHA-256; '' is none yet. */
    picture: z
      .string()
      .regex(/^(?:[0-9a-f]{64})?$/)
      .default(''),
    /** In pixels, as it is kept. */
    width: z.coerce.number().int().min(0).max(10_000).default(0),
    alt: text,
    link: text,
  }),
  z.object({ key: BlockKey, kind: z.literal('button'), label: text, link: text }),
  z.object({ key: BlockKey, kind: z.literal('columns'), left: text, right: text }),
  z.object({ key: BlockKey, kind: z.literal('event'), of: drawnOf }),
  z.object({ key: BlockKey, kind: z.literal('comparison'), of: drawnOf }),
  z.object({ key: BlockKey, kind: z.literal('endorsement'), of: drawnOf }),
  z.object({ key: BlockKey, kind: z.literal('brief'), title: text, said: text, link: text }),
  z.object({ key: BlockKey, kind: z.literal('action'), title: text, said: text, label: text, link: text }),
  z.object({ key: BlockKey, kind: z.literal('divider') }),
])
export type Block = z.infer<typeof Block>
export type BlockKind = Block['kind']

/** In the order in which they are offered. */
export const blockKinds = ['heading', 'text', 'picture', 'button', 'columns', ...drawnKinds, 'brief', 'action', 'divider'] as const satisfies readonly BlockKind[] // prettier-ignore

/** The texts of each kind, as its fields are called; `needed`: without it the block says nothing. */
export const textsOfKind: Record<BlockKind, readonly { name: string; form: 'line' | 'rich' | 'address'; needed: boolean }[]> = {
  heading: [{ name: 'title', form: 'line', needed: true }],
  text: [{ name: 'said', form: 'rich', needed: true }],
  picture: [
    { name: 'alt', form: 'line', needed: false },
    { name: 'link', form: 'address', needed: false },
  ],
  button: [
    { name: 'label', form: 'line', needed: true },
    { name: 'link', form: 'address', needed: true },
  ],
  columns: [
    { name: 'left', form: 'rich', needed: true },
    { name: 'right', form: 'rich', needed: true },
  ],
  event: [],
  comparison: [],
  endorsement: [],
  brief: [
    { name: 'title', form: 'line', needed: true },
    { name: 'said', form: 'rich', needed: true },
    { name: 'link', form: 'address', needed: false },
  ],
  action: [
    { name: 'title', form: 'line', needed: true },
    { name: 'said', form: 'rich', needed: false },
    { name: 'label', form: 'line', needed: true },
    { name: 'link', form: 'address', needed: true },
  ],
  divider: [],
} // prettier-ignore

export const blocksMost = 60

/** Of a picture as it is uploaded. */
export const largest_picture_bytes = 5 * 1024 ** 2

/** Offices by whose law e-mail for or against candidates says who pays. */
export const officeLevels = ['federal', 'state', 'city'] as const
export type OfficeLevel = (typeof officeLevels)[number]

/** All that is written of a mailing; `{}` is one in which nothing is. */
export const MailContent = z.object({
  subject: text,
  /** Shown after the subject in a list of mails. */
  preheader: text,
  blocks: z.array(Block).max(blocksMost).default([]),
  /** Where the organization gets its post: required below each commercial mail, and asked by readers of all others. */
  postal_address: z.string().max(300).default(''),
  /** Why the reader gets it. */
  reason: text,
  /** Who pays for it, in the words the law wants of e-mail for or against candidates: in English, and for readers beside it. */
  attribution: text,
  level: z.enum(officeLevels).nullable().default(null),
  /** Somebody who has to know said that the line is right as it is. */
  is_line_settled: z.boolean().default(false),
  /** Languages that may go out with what is not translated standing in another. */
  accepted: z.array(z.string()).max(16).default([]),
})
export type MailContent = z.infer<typeof MailContent>

/** The texts of a block by the names of `textsOfKind`. */
export function textOf(block: Block, name: string): MailText {
  const found: unknown = Object.entries(block).find(([field]) => field === name)?.[1]
  return MailText.catch({}).parse(found)
}

/** What the reader is called, as the person is kept. */
export interface MailPerson {
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  preferred_title: string | null
}

/** Addresses that are the reader's own. */
export interface MailLinks {
  unsubscribe: string
  preferences: string
  /** Where everybody may read it; left out: on a page of the reader's own. */
  browser?: string
}
