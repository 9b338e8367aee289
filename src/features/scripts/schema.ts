import { z } from 'zod'

/** Stays the same as long as the question lives, so that answers of several versions add up. */
export const StepKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/** One text per language code. May hold placeholders: `{voter.name}`, `{candidate, 이/가}`. */
export const ScriptText = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().max(4000))
export type ScriptText = z.infer<typeof ScriptText>

/** 'say' is read aloud and asks nothing. */
export const stepKinds = ['say', 'choice', 'several', 'support', 'yes_no', 'text', 'number'] as const
export type StepKind = (typeof stepKinds)[number]

/** 1 strong support, 2 leaning, 3 undecided, 4 leaning against, 5 strongly against. */
export const supportScores = [1, 2, 3, 4, 5] as const

/** Kinds answered by one out of a few. */
export const singleChoiceKinds: readonly StepKind[] = ['choice', 'support', 'yes_no']

/** Under which name `goes` has the way after something was noted in words. */
export const noted = 'noted'

export const Choice = z.object({ key: StepKey, label: ScriptText })
export type Choice = z.infer<typeof Choice>

/** Another wording of the same question, tried beside it: each voter hears one, the same at every call. */
export const Wording = z.object({ key: StepKey, say: ScriptText })
export type Wording = z.infer<typeof Wording>

/** Key under which the question's own text stands beside its other wordings. */
export const firstWording = 'first'

export const Step = z.object({
  key: StepKey,
  kind: z.enum(stepKinds),
  /** Read aloud. */
  say: ScriptText,
  wordings: z.array(Wording).max(4).default([]),
  /** Also asked when the voter is in a hurry. */
  is_quick: z.boolean().default(false),
  /** For the caller's eyes only. */
  note: ScriptText.default({}),
  /** Of kinds 'choice' and 'several'. */
  choices: z.array(Choice).max(30).default([]),
  /** Where to go after an answer: see its description; '' goes on as otherwise. */
  goes: z.record(z.string(), z.string()).default({}).meta({
    description:
      "Where an answer leads: a step's key or `closing`, by the key of the choice (of several chosen, the first in the order of the choices decides), `1` to `5`, `yes` or `no`, `noted` for words, and for a number by the one from which on (the highest reached decides; an empty text goes on as `next` says).",
  }),
  /** Where to go otherwise: null is the step below. */
  next: z.string().nullable().default(null),
})
export type Step = z.infer<typeof Step>

/** What voters object, and what to answer. */
export const Objection = z.object({ key: StepKey, objection: ScriptText, reply: ScriptText })
export type Objection = z.infer<typeof Objection>

/** Something to tell on demand; with an address it can be sent to who agrees. */
export const Fact = z.object({
  key: StepKey,
  title: ScriptText,
  text: ScriptText,
  /** By language; read on the voter's own device. */
  link: z.record(z.string().regex(/^[a-z]{2,3}$/), z.url({ protocol: /^https?$/ }).max(500)).default({}),
})
export type Fact = z.infer<typeof Fact>

export const ScriptContent = z.object({
  /** The first is the fallback. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .max(8),
  greeting: ScriptText,
  steps: z.array(Step).max(60),
  closing: ScriptText,
  /** What to say to a machine. */
  voicemail: ScriptText,
  objections: z.array(Objection).max(40).default([]),
  facts: z.array(Fact).max(40).default([]),
})
export type ScriptContent = z.infer<typeof ScriptContent>

/** Choice key, list of choice keys, 1-5 or a number, true/false, or text: by the kind of the question. */
export const AnswerValue = z.union([z.string().max(2000), z.array(z.string()).max(30), z.number(), z.boolean()])
export type AnswerValue = z.infer<typeof AnswerValue>

/** By step key. */
export const Answers = z.record(z.string(), AnswerValue)
export type Answers = z.infer<typeof Answers>

/** What `{…}` may name in a text. */
export const placeholders = [
  'voter.name',
  'voter.first_name',
  'voter.last_name',
  'voter.title',
  'caller.name',
  'organization',
  'candidate',
  'phone',
] as const
export type Placeholder = (typeof placeholders)[number]

/** What they stand for in one call: one word, or one per language. */
export type PlaceholderValues = Partial<Record<Placeholder, string | Partial<Record<string, string>> | null>>
