import type { PublicProblem } from '../../platform/i18n/public-words.ts'
import { z } from 'zod'
import { cutTo } from '../../platform/http/texts.ts'
import { localized } from '../../platform/i18n/languages.ts'
import { answerKey, possibleAnswers } from '../scripts/rules.ts'
import type { Answers, AnswerValue } from '../scripts/schema.ts'
import { isFulfilled } from './conditions/rules.ts'
import { fileAnswer } from './files.ts'
import type { Candidate } from '../people/matching/queries.ts'
import type { Field, FieldKind } from '../people/fields/schema.ts'
import { spokenLanguages } from '../people/schema.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import {
  consentChannels,
  helpKinds,
  mostFiles,
  shownAs,
  type FormContent,
  type FormText,
  type Question,
  type Response,
  type Said,
  type SentFile,
  type ShownAs,
} from './schema.ts'

export const questionsOf = (content: Pick<FormContent, 'blocks'>): Question[] =>
  content.blocks.filter((block): block is Question => block.block === 'question')

/** Is it asked, where the questions further up were answered so? */
export const isAsked = ({ only_if }: Pick<Question, 'only_if'>, answers: Answers): boolean =>
  isFulfilled(only_if, (key) => {
    const answer = answers[key]
    if (answer === undefined) return []
    return Array.isArray(answer) ? answer : [answerKey(answer)]
  })

/** Answers a condition names that no question further up can have: it is never fulfilled by them. */
export function brokenConditions(questions: readonly Question[], question: Question): [string, string][] {
  const earlier = questions.slice(0, questions.indexOf(question))
  return Object.entries(question.only_if).flatMap(([key, wanted]) => {
    const asked = earlier.find((each) => each.key === key)
    const possible = asked ? possibleAnswers(asked) : []
    return wanted.filter((answer) => !possible.includes(answer)).map((answer): [string, string] => [key, answer])
  })
}

/** Tags by what was answered. */
export const tagsOf = (content: Pick<FormContent, 'blocks'>, answers: Answers): string[] =>
  questionsOf(content).flatMap(({ key, tags }) => {
    const answer = answers[key]
    if (answer === undefined) return []
    const given = Array.isArray(answer) ? answer : [answerKey(answer)]
    return given.flatMap((each) => (Object.hasOwn(tags, each) ? [tags[each] ?? ''] : []))
  })

/** Kinds of own fields that can hold the answer to a question of this kind. */
export const fieldKindsFor: Record<Question['kind'], readonly FieldKind[]> = {
  choice: ['choice', 'text'],
  several: ['text'],
  support: ['number'],
  yes_no: ['yes_no'],
  agree: ['yes_no'],
  text: ['text'],
  number: ['number'],
  file: [],
}

/** An answer as an own field holds it; null: it cannot. */
export function fieldValue(
  field: Pick<Field, 'kind' | 'choices'>,
  { kind, choices }: Pick<Question, 'kind' | 'choices'>,
  answer: AnswerValue,
): string | number | boolean | null {
  if (!fieldKindsFor[kind].includes(field.kind)) return null
  const labels = (key: string): string[] => Object.values(choices.find((each) => each.key === key)?.label ?? {})
  if (field.kind === 'choice') {
    const said = labels(String(answer))
    return (
      field.choices.find((each) => [each.value, ...Object.values(each.label)].some((text) => said.includes(text)))
        ?.value ?? null
    )
  }
  if (kind === 'choice' || kind === 'several') {
    const said = [answer].flat().map((each) => labels(String(each))[0] ?? String(each))
    return cutTo(said.join(', '), most.own_field)
  }
  if (typeof answer === 'string') return cutTo(answer, most.own_field)
  return Array.isArray(answer) ? null : answer
}

/** What is wrong with a field, named for the words of the public page. */
export type OwnProblem = 'agree' | 'zip' | 'number' | 'address' | 'file_kind' | 'file_large'
export type FieldProblem = PublicProblem | OwnProblem

export type ReadResponse =
  | { ok: true; response: Response }
  | { ok: false; errors: Partial<Record<string, FieldProblem>> }

/** Letters; of own fields as `people/fields` has it. */
const most = { name: 80, email: 200, address: 120, city: 60, text: 2000, own_field: 1000 }

/** Reads what somebody sent; `fields` and `files` by name. What the form does not ask, or not of them, is not read. */
export function readResponse(
  content: FormContent,
  fields: Record<string, string[]>,
  language: string,
  files: Record<string, SentFile> = {},
): ReadResponse {
  const errors: Partial<Record<string, FieldProblem>> = {}
  const first = (name: string, longest: number): string | null => {
    const text = clean(fields[name]?.[0] ?? '')
    if (text.length > longest) errors[name] = 'long'
    return text || null
  }
  const line = (name: string, longest: number): string | null => first(name, longest)?.replaceAll(/\s+/g, ' ') ?? null
  const said: Said = {
    first_name: line('first_name', most.name) ?? '',
    last_name: line('last_name', most.name) ?? '',
    name_hangul: null,
    email: null,
    phone: null,
    address: null,
    city: null,
    zip5: null,
    language: null,
  }
  const read: Response = { said, answers: {}, files: {}, consents: [], help: [], shown_as: 'none' }
  if (!said.first_name) errors.first_name ??= 'needed'
  if (!said.last_name) errors.last_name ??= 'needed'

  for (const block of content.blocks) {
    switch (block.block) {
      case 'name': {
        said.name_hangul = block.asks_hangul ? line('name_hangul', 40) : null
        if (said.name_hangul && !/^[가-힣][가-힣\s·]*$/.test(said.name_hangul)) errors.name_hangul ??= 'hangul'
        break
      }
      case 'contact': {
        const typed = { email: line('email', most.email), phone: line('phone', 40) }
        said.email = typed.email?.toLowerCase() ?? null
        said.phone = typed.phone ? e164(typed.phone) : null
        if (typed.email && !z.email().safeParse(typed.email).success) errors.email ??= 'email'
        if (typed.phone && !said.phone) errors.phone ??= 'phone'
        if ((block.needs === 'email' || block.needs === 'both') && !typed.email) errors.email ??= 'needed'
        if ((block.needs === 'phone' || block.needs === 'both') && !typed.phone) errors.phone ??= 'needed'
        if (block.needs === 'either' && !typed.email && !typed.phone) errors.email ??= 'either'
        break
      }
      case 'address': {
        const zip = line('zip5', 10)
        said.zip5 = zip?.slice(0, 5) ?? null
        if (zip && !/^\d{5}(-\d{4})?$/.test(zip)) errors.zip5 ??= 'zip'
        if (block.is_needed && !zip) errors.zip5 ??= 'needed'
        if (block.asks === 'full') {
          said.address = line('address', most.address)
          said.city = line('city', most.city)
          if (block.is_needed && !said.address) errors.address ??= 'needed'
        }
        break
      }
      case 'language': {
        const chosen = line('language', 3)
        said.language = spokenLanguages.find((each) => each === chosen) ?? null
        break
      }
      case 'consent': {
        for (const channel of consentChannels) {
          const wording = localized(block.wording[channel], language).text
          if (wording && fields.consent?.includes(channel)) read.consents.push({ channel, wording })
        }
        break
      }
      case 'help': {
        read.help = helpKinds.filter((kind) => block.options.includes(kind) && fields.help?.includes(kind))
        break
      }
      case 'question': {
        if (!isAsked(block, read.answers)) break
        const name = `q.${block.key}`
        if (block.kind === 'file') {
          const { file, problem } = fileAnswer(files[name])
          if (problem) errors[name] = problem
          else if (file) {
            read.files[block.key] = file
            read.answers[block.key] = file.name
          } else if (block.is_needed) errors[name] = 'needed'
          break
        }
        const answer = answerOf(block, fields[name] ?? [])
        if (answer.problem) errors[name] = answer.problem
        else if (answer.value !== null) read.answers[block.key] = answer.value
        break
      }
      case 'words':
        break
    }
  }
  if (content.petition) {
    read.shown_as = shownAs.find((each) => each === fields.shown_as?.[0]) ?? 'none'
    if (!said.address && !said.zip5) errors.zip5 ??= 'address'
    if (!said.email && !said.phone && !isContactFree(content)) errors.email ??= 'either'
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, response: read }
}

/** Without what turns letters around or cannot be seen. Browsers send each end of a line as two characters and count it as one. */
const clean = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    // oxlint-disable-next-line no-control-regex -- lines and tabs may stay, nothing else of the kind
    .replaceAll(/[\u0001-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()

const isContactFree = (content: FormContent): boolean =>
  content.blocks.some((block) => block.block === 'contact' && block.needs === 'none')

/** What a sheet of paper has: name and place; mailbox and number where somebody wrote them. */
export const paperContent = (content: FormContent): FormContent => ({
  ...content,
  blocks: content.blocks.flatMap((block) => {
    if (block.block === 'question') return []
    return [block.block === 'contact' ? { ...block, needs: 'none' as const } : block]
  }),
})

function answerOf(
  question: Question,
  given: readonly string[],
): { value: AnswerValue | null; problem: FieldProblem | null } {
  const texts = given.map(clean).filter(Boolean)
  const [text] = texts
  if (text === undefined)
    return { value: null, problem: question.is_needed ? (question.kind === 'agree' ? 'agree' : 'needed') : null }
  const isChoice = (key: string): boolean => question.choices.some((choice) => choice.key === key)
  const wrong = { value: null, problem: 'choice' } as const
  switch (question.kind) {
    case 'choice':
      return isChoice(text) ? { value: text, problem: null } : wrong
    case 'several':
      return texts.every(isChoice) ? { value: [...new Set(texts)], problem: null } : wrong
    case 'support':
      return /^[1-5]$/.test(text) ? { value: Number(text), problem: null } : wrong
    case 'yes_no':
      return text === 'yes' || text === 'no' ? { value: text === 'yes', problem: null } : wrong
    case 'agree':
      return text === 'yes' ? { value: true, problem: null } : wrong
    case 'number': {
      const number = Number(text.replaceAll(',', ''))
      return Number.isFinite(number) && text.length <= 20
        ? { value: number, problem: null }
        : { value: null, problem: 'number' }
    }
    case 'text':
    case 'file':
      break
  }
  return text.length > most.text ? { value: null, problem: 'long' } : { value: text, problem: null }
}

/** Where a form stands on a day of the organization ('YYYY-MM-DD'). */
export type Standing = 'draft' | 'not_yet' | 'open' | 'closed'

export function standingOf(
  form: { published_at: Date | null; opens_on: string | null; closes_on: string | null; archived_at: Date | null },
  today: string,
): Standing {
  if (!form.published_at) return 'draft'
  if (form.archived_at) return 'closed'
  if (form.opens_on && today < form.opens_on) return 'not_yet'
  return form.closes_on && today > form.closes_on ? 'closed' : 'open'
}

/** Every text of the form that somebody will read; `where` names it for the editor. */
export function textsOf(content: FormContent): { where: string; text: FormText }[] {
  const blocks = content.blocks.flatMap((block, at): { where: string; text: FormText }[] => {
    const where = `blocks.${at}`
    if (block.block === 'words') return [{ where: `${where}.text`, text: block.text }]
    if (block.block === 'help') return [{ where: `${where}.say`, text: block.say }]
    if (block.block === 'consent') {
      return consentChannels.flatMap((channel) => {
        const text = block.wording[channel]
        return text ? [{ where: `${where}.wording.${channel}`, text }] : []
      })
    }
    if (block.block !== 'question') return []
    const choices = block.choices.map((choice, each) => ({
      where: `${where}.choices.${each}.label`,
      text: choice.label,
    }))
    return [{ where: `${where}.say`, text: block.say }, ...choices]
  })
  return [
    { where: 'title', text: content.title },
    { where: 'intro', text: content.intro },
    { where: 'thanks', text: content.thanks },
    { where: 'button', text: content.button },
    { where: 'next_label', text: content.next_label },
    ...(content.petition
      ? [
          { where: 'petition.addressed_to', text: content.petition.addressed_to },
          { where: 'petition.demand', text: content.petition.demand },
        ]
      : []),
    ...blocks,
  ]
}

/** Texts that one language has and another lacks. */
export const missingTexts = (content: FormContent): { where: string; language: string }[] =>
  textsOf(content).flatMap(({ where, text }) =>
    Object.values(text).some(Boolean)
      ? content.languages.filter((language) => !text[language]).map((language) => ({ where, language }))
      : [],
  )

/** What stands between a form and its readers. */
export type FormProblem =
  | 'title'
  | 'contact'
  | 'question'
  | 'consent'
  | 'choices'
  | 'demand'
  | 'address'
  | 'keys'
  | 'conditions'
  | 'files'

export function problemsOf(content: FormContent): FormProblem[] {
  const isSaid = (text: FormText): boolean => Object.values(text).some(Boolean)
  const questions = questionsOf(content)
  const kinds = content.blocks.map(({ block }) => block)
  const problems: FormProblem[] = []
  if (!isSaid(content.title)) problems.push('title')
  if (questions.some((question) => !isSaid(question.say))) problems.push('question')
  if (content.blocks.some((block) => block.block === 'consent' && !Object.values(block.wording).some(isSaid)))
    problems.push('consent')
  if (
    questions.some(
      ({ kind, choices }) =>
        (kind === 'choice' || kind === 'several') && choices.filter(({ label }) => isSaid(label)).length < 2,
    )
  )
    problems.push('choices')
  if (new Set(questions.map(({ key }) => key)).size < questions.length) problems.push('keys')
  if (questions.some((question) => brokenConditions(questions, question).length > 0)) problems.push('conditions')
  if (questions.filter(({ kind }) => kind === 'file').length > mostFiles) problems.push('files')
  if (content.petition) {
    if (!isSaid(content.petition.addressed_to) || !isSaid(content.petition.demand)) problems.push('demand')
    if (!kinds.includes('contact') || isContactFree(content)) problems.push('contact')
    if (!kinds.includes('address')) problems.push('address')
  }
  return problems
}

/*
 * Petitions.
 */

/** A name as its owner lets it be shown; null: not at all. */
export function shownName(
  said: Pick<Said, 'first_name' | 'last_name' | 'name_hangul'>,
  shown_as: ShownAs,
): string | null {
  if (shown_as === 'none') return null
  if (shown_as === 'full') return [said.name_hangul, `${said.first_name} ${said.last_name}`].filter(Boolean).join(' ')
  return `${said.first_name} ${Array.from(said.last_name)[0] ?? ''}.`
}

export interface Verified {
  registered: 'sure' | 'unsure' | 'no'
  voter_id: number | null
}

/** A registered voter of the same name at the same home (or number), with nobody else nearly as likely. */
const sureFrom = 80
const lead = 20

/**
 * Whether a signature is a registered voter's, by what a board of elections compares on paper: name and residence.
 * Less than that is left to a person.
 */
export function verify(
  candidates: readonly Pick<Candidate, 'voter_id' | 'score' | 'evidence'>[],
  linked: number | null,
): Verified {
  if (linked !== null) return { registered: 'sure', voter_id: linked }
  const [best, next] = [...candidates].sort((a, b) => b.score - a.score || a.voter_id - b.voter_id)
  if (!best) return { registered: 'no', voter_id: null }
  const isNamed = best.evidence.includes('name_same')
  const isPlaced = best.evidence.includes('address_same') || best.evidence.includes('phone_same')
  if (isNamed && isPlaced && best.score >= sureFrom && best.score - (next?.score ?? 0) >= lead)
    return { registered: 'sure', voter_id: best.voter_id }
  return { registered: 'unsure', voter_id: null }
}
