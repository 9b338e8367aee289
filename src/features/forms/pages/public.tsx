import type { ReactNode } from 'react'
import { dateFormatter } from '../../../platform/i18n/formatters.ts'
import {
  languageNames,
  localized,
  publicLanguages,
  type LocalizedText,
  type PublicLanguage,
} from '../../../platform/i18n/languages.ts'
import {
  Group,
  Input,
  LongInput,
  Notice,
  Optional,
  Options,
  Problem,
  described,
} from '../../../platform/ui/public-fields.tsx'
import { publicWords, type PublicWords } from '../public-words.ts'
import { spokenLanguages } from '../../people/schema.ts'
import { acceptedTypes } from '../files.ts'
import { questionsOf, type FieldProblem, type Standing } from '../rules.ts'
import { consentChannels, mostFileBytes, shownAs, type Block, type FormContent, type Question } from '../schema.ts'

const line = (text: { text: string; language: string }, language: string): ReactNode =>
  text.language === language ? text.text : <span lang={text.language}>{text.text}</span>

const paragraphs = (text: { text: string; language: string }, language: string): ReactNode =>
  text.text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((each) => (
      <p key={each} className="mb-3 whitespace-pre-line" lang={text.language === language ? undefined : text.language}>
        {each}
      </p>
    ))

export interface PetitionShown {
  signatures: number
  names: readonly string[]
}

/** The page works without it. */
export const publicFormIsland = 'src/features/forms/islands/public-form.tsx'

interface PublicFormProps {
  content: FormContent
  version: number
  organization: LocalizedText
  language: PublicLanguage
  standing: Standing
  /** For 'not_yet'. */
  opens_on: string | null
  page_key: string
  /** Signed, when the page was made. */
  page_time: string
  typed: Record<string, string[]>
  errors: Partial<Record<string, FieldProblem>>
  /** It was too much from one network. */
  is_too_many?: boolean
  /** Faster than anybody reads. */
  is_too_fast?: boolean
  /** Asked of the sender's device before this is taken. */
  work?: string
  /** Opened, not sent back: what the device kept may be put in. */
  is_fresh?: boolean
  petition: PetitionShown | null
  /** Address without query. */
  path: string
  /** Shown to an organizer before it is open: looks the same, sends nothing. */
  is_preview?: boolean
}

export function PublicFormPage(props: PublicFormProps) {
  const { content, organization, language, standing, opens_on, errors, petition, path } = props
  const w = publicWords(language)
  const title = localized(content.title, language)
  const isOpen = standing === 'open' || props.is_preview === true
  const name = localized(organization, language).text
  const takesFiles = questionsOf(content).some(({ kind }) => kind === 'file')
  return (
    <form
      method="post"
      action={path}
      noValidate
      acceptCharset="utf-8"
      encType={takesFiles ? 'multipart/form-data' : undefined}
      data-public-form={props.is_preview ? 'preview' : props.is_fresh ? 'fresh' : 'sent_back'}
      data-language={language === 'zh' ? 'zh-Hant' : language}
    >
      {/* Enter in a field sends the form, not the first language above it. */}
      <button className="sr-only" tabIndex={-1} aria-hidden="true" disabled={!isOpen || props.is_preview}>
        {w('send')}
      </button>
      <Languages w={w} content={content} />
      <h1 className="mb-3 text-2xl font-bold text-balance sm:text-3xl">{line(title, language)}</h1>
      {paragraphs(localized(content.intro, language), language)}
      {content.petition && (
        <section className="bg-base-100 rounded-box border-base-300 my-5 border p-4 sm:p-6">
          <p className="font-semibold">
            {w('to')}: {line(localized(content.petition.addressed_to, language), language)}
          </p>
          <div className="mt-3 text-lg">{paragraphs(localized(content.petition.demand, language), language)}</div>
          {petition && <Progress w={w} signatures={petition.signatures} goal={content.petition.goal} />}
        </section>
      )}
      {!isOpen ? (
        <Notice kind="info">
          {standing === 'not_yet'
            ? w('not_yet').replace('{{day}}', dayText(language, opens_on ?? ''))
            : standing === 'closed'
              ? w('closed')
              : w('draft')}
        </Notice>
      ) : (
        <>
          {props.is_too_many && <Notice kind="error">{w('too_many')}</Notice>}
          {props.is_too_fast && <Notice kind="error">{w('look_again')}</Notice>}
          {Object.keys(errors).length > 0 && <Notice kind="error">{w('check')}</Notice>}
          {takesFiles && !props.is_fresh && !props.is_preview && <Notice>{w('file_again')}</Notice>}
          {props.work && (
            <Notice kind="error">
              <p data-work={props.work} data-work-done={w('work_done')} data-working={w('working')} role="status">
                {w('work_wait')}
              </p>
              <input type="hidden" name="work" value={props.work} />
              <input type="hidden" name="proof" />
            </Notice>
          )}
          <div data-draft hidden className="bg-base-100 rounded-box border-info mb-5 border-2 p-4" role="status">
            <p className="mb-2">{w('draft_kept')}</p>
            <button type="button" className="btn btn-sm min-h-11">
              {w('draft_away')}
            </button>
          </div>
          <input type="hidden" name="lang" value={language} />
          <input type="hidden" name="page_key" value={props.page_key} />
          <input type="hidden" name="page_time" value={props.page_time} />
          <input type="hidden" name="version" value={props.version} />
          <div className="sr-only" aria-hidden="true">
            <label htmlFor="website">{w('skip')}</label>
            <input id="website" name="website" tabIndex={-1} autoComplete="off" />
          </div>
          {content.blocks.map((block, at) => (
            <BlockFields key={`${block.block} ${at}`} {...props} w={w} block={block} />
          ))}
          {content.petition && (
            <Options
              w={w}
              legend={w('shown_as')}
              name="shown_as"
              kind="radio"
              options={shownAs.map((value) => ({ value, label: w(`shown.${value}`) }))}
              chosen={props.typed.shown_as ?? ['none']}
              errors={errors}
            />
          )}
          <button className="btn btn-primary btn-lg w-full sm:w-auto" name="send" value="1" disabled={props.is_preview}>
            {content.petition
              ? localized(content.button, language).text || w('sign')
              : localized(content.button, language).text || w('send')}
          </button>
          <p className="mt-3 text-sm">{w('privacy').replace('{{organization}}', name)}</p>
        </>
      )}
      {petition && petition.names.length > 0 && (
        <section className="mt-8">
          <h2 className="mb-2 font-bold">{w('signed_by')}</h2>
          <ul className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
            {petition.names.map((each, at) => (
              <li key={`${each} ${at}`} className="break-words">
                {each}
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  )
}

/** 'YYYY-MM-DD' as it is written there. */
function dayText(language: PublicLanguage, day: string): string {
  const form = { dateStyle: 'long', timeZone: 'UTC' } as const
  return dateFormatter(language === 'zh' ? 'zh-Hant' : language, form).format(new Date(`${day}T12:00:00Z`))
}

/** Buttons of the form itself, so that what was typed comes along. */
function Languages({ w, content }: { w: PublicWords; content: FormContent }) {
  return (
    <div role="group" aria-label={w('languages')} className="mb-5 flex flex-wrap gap-2">
      {[...publicLanguages]
        // Those the organization wrote in first: the others change only what stands around its texts.
        .sort((a, b) => Number(content.languages.includes(b)) - Number(content.languages.includes(a)))
        .map((each) => (
          <button
            key={each}
            name="to"
            value={each}
            lang={each === 'zh' ? 'zh-Hant' : each}
            formNoValidate
            formEncType="application/x-www-form-urlencoded"
            aria-pressed={each === w.language}
            className="btn btn-sm min-h-11 aria-pressed:underline aria-pressed:underline-offset-4"
          >
            {languageNames[each]}
          </button>
        ))}
    </div>
  )
}

function Progress({ w, signatures, goal }: { w: PublicWords; signatures: number; goal: number }) {
  const text = w('of_goal')
    .replace('{{signatures}}', signatures.toLocaleString(w.language))
    .replace('{{goal}}', goal.toLocaleString(w.language))
  return (
    <div className="mt-4">
      <p className="font-bold">{text}</p>
      <progress
        className="progress progress-primary h-3 w-full"
        value={Math.min(signatures, goal)}
        max={goal}
        aria-label={text}
      />
    </div>
  )
}

type Inside = PublicFormProps & { w: PublicWords }

function BlockFields({ block, ...props }: Inside & { block: Block }) {
  const { w, language } = props
  switch (block.block) {
    case 'name':
      return (
        <Group title={w('who')} hint={w('name_hint')}>
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Input {...props} name="first_name" label={w('first_name')} is_needed autoComplete="given-name" />
            <Input {...props} name="last_name" label={w('last_name')} is_needed autoComplete="family-name" />
          </div>
          {block.asks_hangul && <Input {...props} name="name_hangul" label={w('name_hangul')} lang="ko" />}
        </Group>
      )
    case 'contact':
      return (
        <Group title={w('reach')} hint={block.needs === 'either' ? w('reach_either') : undefined}>
          <Input
            {...props}
            name="email"
            label={w('email')}
            type="email"
            inputMode="email"
            autoComplete="email"
            is_needed={block.needs === 'email' || block.needs === 'both'}
            is_plain={block.needs === 'either'}
          />
          <Input
            {...props}
            name="phone"
            label={w('phone')}
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            is_needed={block.needs === 'phone' || block.needs === 'both'}
            is_plain={block.needs === 'either'}
          />
        </Group>
      )
    case 'address':
      return (
        <Group title={w('where')}>
          {block.asks === 'full' && (
            <>
              <Input
                {...props}
                name="address"
                label={w('address')}
                autoComplete="street-address"
                is_needed={block.is_needed}
              />
              <Input {...props} name="city" label={w('city')} autoComplete="address-level2" />
            </>
          )}
          <Input
            {...props}
            name="zip5"
            label={w('zip5')}
            inputMode="numeric"
            autoComplete="postal-code"
            is_needed={block.is_needed}
          />
        </Group>
      )
    case 'language':
      return (
        <div className="mb-6">
          <label htmlFor="language" className="mb-1 block font-semibold">
            {w('language')}
          </label>
          <select
            id="language"
            name="language"
            className="select w-full text-base"
            defaultValue={props.typed.language?.[0] ?? language}
          >
            <option value="">{w('no_choice')}</option>
            {spokenLanguages.map((code) => (
              <option key={code} value={code} lang={code}>
                {languageNames[code]}
              </option>
            ))}
          </select>
        </div>
      )
    case 'consent':
      return (
        <Options
          w={w}
          legend={w('consent')}
          hint={w('consent_hint')}
          name="consent"
          kind="checkbox"
          options={consentChannels.flatMap((channel) => {
            const text = localized(block.wording[channel], language)
            return text.text ? [{ value: channel, label: line(text, language) }] : []
          })}
          chosen={props.typed.consent ?? []}
          errors={props.errors}
          is_wide
        />
      )
    case 'help':
      return (
        <Options
          w={w}
          legend={localized(block.say, language).text ? line(localized(block.say, language), language) : w('help')}
          name="help"
          kind="checkbox"
          options={block.options.map((value) => ({ value, label: w(`help.${value}`) }))}
          chosen={props.typed.help ?? []}
          errors={props.errors}
          is_wide
        />
      )
    case 'question':
      return <ConditionalQuestion {...props} question={block} />
    case 'words':
      break
  }
  return <div className="mb-6">{paragraphs(localized(block.text, language), language)}</div>
}

/** Without a script everybody sees it, and under which answers it is meant for them; the server asks the same. */
function ConditionalQuestion({ question, ...props }: Inside & { question: Question }) {
  const { w, content, language } = props
  const conditions = Object.entries(question.only_if)
  if (conditions.length === 0) return <QuestionFields {...props} question={question} />
  const parts = conditions.map(([key, wanted]) => {
    const asked = questionsOf(content).find((each) => each.key === key)
    const answers = wanted.map((answer) => `“${asked ? choiceWords(w, asked, answer) : answer}”`)
    return w('only_if_part', {
      question: localized(asked?.say ?? {}, language).text,
      answers: answers.join(w('only_if_or')),
    })
  })
  return (
    <div data-only-if={JSON.stringify(question.only_if)} className="border-base-300 mb-6 border-l-4 pl-4">
      <p className="mb-1 text-sm" data-only-if-line>
        {w('only_if_line', { parts: parts.join(w('only_if_and')) })}
      </p>
      <QuestionFields {...props} question={question} />
    </div>
  )
}

/** An answer as the box for it says it. */
function choiceWords(w: PublicWords, { kind, choices }: Question, answer: string): string {
  if (kind === 'yes_no' && (answer === 'yes' || answer === 'no')) return w(answer)
  if (kind === 'agree') return w('agree')
  const score = ([1, 2, 3, 4, 5] as const).find((each) => String(each) === answer)
  if (kind === 'support' && score) return w(`support.${score}`)
  return localized(choices.find(({ key }) => key === answer)?.label, w.language).text
}

function QuestionFields({ question, ...props }: Inside & { question: Question }) {
  const { w, language, typed, errors } = props
  const name = `q.${question.key}`
  const legend = line(localized(question.say, language), language)
  const options = {
    choice: () =>
      question.choices.map(({ key, label }) => ({ value: key, label: line(localized(label, language), language) })),
    several: () =>
      question.choices.map(({ key, label }) => ({ value: key, label: line(localized(label, language), language) })),
    support: () => ([1, 2, 3, 4, 5] as const).map((score) => ({ value: String(score), label: w(`support.${score}`) })),
    yes_no: () => (['yes', 'no'] as const).map((each) => ({ value: each, label: w(each) })),
    agree: () => [{ value: 'yes', label: w('agree') }],
    text: () => null,
    number: () => null,
    file: () => null,
  }[question.kind]()
  if (options) {
    const boxes = (
      <Options
        w={w}
        legend={legend}
        name={name}
        kind={question.kind === 'several' || question.kind === 'agree' ? 'checkbox' : 'radio'}
        options={options}
        chosen={typed[name] ?? []}
        errors={errors}
        is_optional={!question.is_needed && question.kind !== 'several'}
        is_wide={question.kind === 'support'}
      />
    )
    // A draft on the device leaves it out: it is given to words somebody reads.
    return question.kind === 'agree' ? <div data-agree>{boxes}</div> : boxes
  }
  if (question.kind === 'text')
    return <LongInput {...props} name={name} label={legend} is_needed={question.is_needed} rows={3} />
  if (question.kind === 'file') {
    const most = mostFileBytes / 1_000_000
    return (
      <div className="mb-6">
        <label htmlFor={name} className="mb-1 block font-semibold">
          {legend} {!question.is_needed && <Optional w={w} />}
        </label>
        <p id={`${name}-hint`} className="mb-2 text-sm">
          {w('file_hint', { most })}
        </p>
        <input
          id={name}
          name={name}
          type="file"
          accept={acceptedTypes}
          className="file-input w-full text-base"
          data-most-bytes={mostFileBytes}
          aria-describedby={`${name}-hint${errors[name] ? ` ${name}-error` : ''}`}
          aria-invalid={errors[name] ? true : undefined}
        />
        <p
          data-file-problem={`${w.problem('file_large')}|${w.problem('file_kind')}`}
          role="alert"
          className="text-error mt-1 text-sm font-semibold"
        />
        <Problem w={w} name={name} errors={errors} />
      </div>
    )
  }
  return (
    <div className="mb-6">
      <label htmlFor={name} className="mb-1 block font-semibold">
        {legend} {!question.is_needed && <Optional w={w} />}
      </label>
      <input
        id={name}
        name={name}
        inputMode="decimal"
        className="input w-full text-base"
        defaultValue={typed[name]?.[0]}
        {...described(name, errors)}
      />
      <Problem w={w} name={name} errors={errors} />
    </div>
  )
}

/** After it was sent. */
export function ThanksPage({
  content,
  language,
  path,
}: {
  content: FormContent
  language: PublicLanguage
  path: string
}) {
  const w = publicWords(language)
  const label = localized(content.next_label, language)
  return (
    <section className="bg-base-100 rounded-box border-base-300 border p-6" role="status" data-sent={path}>
      <h1 className="mb-3 text-2xl font-bold">{w('thanks')}</h1>
      {paragraphs(localized(content.thanks, language), language)}
      {content.petition && <p className="mb-3">{w('mailed')}</p>}
      {content.next_link && (
        <a className="btn btn-primary mb-3" href={content.next_link}>
          {label.text ? line(label, language) : content.next_link}
        </a>
      )}
      <p>
        <a className="inline-flex min-h-11 items-center" href={`${path}?lang=${language}`}>
          {content.petition ? w('to_petition') : w('again')}
        </a>
      </p>
    </section>
  )
}

export function ConfirmPage({
  content,
  language,
  path,
  state,
  here,
}: {
  content: FormContent
  language: PublicLanguage
  path: string
  state: 'asked' | 'confirmed' | 'withdrawn'
  /** Address of this page. */
  here: string
}) {
  const w = publicWords(language)
  return (
    <form method="post" action={here} className="bg-base-100 rounded-box border-base-300 border p-6">
      <input type="hidden" name="lang" value={language} />
      <h1 className="mb-3 text-2xl font-bold">{w('confirm_title')}</h1>
      <p className="mb-3 font-semibold">{line(localized(content.title, language), language)}</p>
      <p className="mb-4" role="status">
        {state === 'asked' ? w('confirm_text') : state === 'confirmed' ? w('confirmed') : w('withdrawn')}
      </p>
      <div className="flex flex-wrap gap-3">
        {state === 'asked' && (
          <button className="btn btn-primary" name="act" value="confirm">
            {w('confirm')}
          </button>
        )}
        {state !== 'withdrawn' && (
          <button className="btn" name="act" value="withdraw">
            {w('withdraw')}
          </button>
        )}
        <a className="btn btn-ghost" href={`${path}?lang=${language}`}>
          {w('to_petition')}
        </a>
      </div>
    </form>
  )
}
