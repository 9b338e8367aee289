import { useId, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { edited } from '../../editing.ts'
import { stepWords, wayLabel, waysHint, wayWords } from '../../pages/words.ts'
import { goesAs, hasChoices, isOfText, startOf, waysOf } from '../../rules.ts'
import { stepKinds, type Fact, type Objection, type Step } from '../../schema.ts'
import { useDragging } from './dragging.ts'
import { ProblemLine, Texts, type Shared } from './fields.tsx'

interface BlocksProps extends Shared {
  /** 'greeting', 'closing', 'voicemail', 'objections', 'facts' or the key of a step. */
  chosen: string
  onChoose: (block: string) => void
}

/** The blocks in their order beside the one that is written. */
export function Blocks(props: BlocksProps) {
  const { t, content, chosen, onChoose, onChange } = props
  const [said, setSaid] = useState('')
  const act = (what: string) => onChange(edited(content, what), null)
  const move = (from: number, to: number) => {
    if (to < 0 || to >= content.steps.length) return
    act(`to:${from}:${to}`)
    setSaid(t('workshop.moved', { number: to + 1, of: content.steps.length }))
  }
  const { list, dragging, handle } = useDragging(move)
  const at = content.steps.findIndex((step) => step.key === chosen)
  const step = content.steps[at]
  const line = dragging && dragging.to > dragging.from ? dragging.to + 1 : dragging?.to
  return (
    <div className="lg:grid lg:grid-cols-[22rem_1fr] lg:items-start lg:gap-6">
      <nav aria-labelledby="blocks" className="mb-6 lg:sticky lg:top-20">
        <h2 id="blocks" className="font-bold">
          {t('workshop.blocks')}
        </h2>
        <p className="mb-2 text-sm">{t('workshop.blocks_hint')}</p>
        <p role="status" className="sr-only">
          {said}
        </p>
        <Fixed {...props} block="greeting" />
        <ol ref={list} className="my-1 space-y-1">
          {content.steps.map((each, index) => (
            <li
              key={each.key}
              data-block={each.key}
              className={`flex items-stretch gap-1 ${line === index && dragging ? 'border-primary border-t-4' : ''} ${
                line === index + 1 && index === content.steps.length - 1 && dragging ? 'border-primary border-b-4' : ''
              } ${dragging?.from === index ? 'opacity-50' : ''}`}
            >
              <button
                type="button"
                className="btn btn-ghost min-h-12 w-10 cursor-grab touch-none px-0 text-xl"
                aria-label={t('workshop.drag', { what: stepWords(t, content, each.key) })}
                {...handle(index)}
              >
                <span aria-hidden="true">⠿</span>
              </button>
              <BlockButton {...props} block={each.key} label={stepWords(t, content, each.key)} />
            </li>
          ))}
        </ol>
        {(['closing', 'voicemail', 'objections', 'facts'] as const).map((block) => (
          <Fixed key={block} {...props} block={block} />
        ))}
        <details className="mt-3">
          <summary className="btn min-h-11 w-full">+ {t('scripts.add_step')}</summary>
          <p className="mt-2 flex flex-wrap gap-2">
            {stepKinds.map((kind) => (
              <button
                key={kind}
                type="button"
                className="btn btn-sm min-h-11"
                disabled={content.steps.length >= 60}
                onClick={() => {
                  const next = edited(content, `add:${kind}`)
                  onChange(next, null)
                  onChoose(next.steps.at(-1)?.key ?? 'greeting')
                }}
              >
                + {t(`scripts.kind.${kind}`)}
              </button>
            ))}
          </p>
        </details>
      </nav>
      <section aria-labelledby="block-title" className="bg-base-100 border-base-300 rounded-box border p-4 sm:p-6">
        {step ? (
          <StepFields
            key={step.key}
            {...props}
            step={step}
            at={at}
            act={act}
            onMove={move}
            onRemoved={() => {
              setSaid(t('workshop.removed'))
              onChoose((content.steps[at + 1] ?? content.steps[at - 1])?.key ?? 'greeting')
            }}
          />
        ) : (
          <OtherFields key={chosen} {...props} act={act} />
        )}
      </section>
    </div>
  )
}

/** Greeting, closing words and the shelves have their fixed places. */
function Fixed(props: BlocksProps & { block: 'greeting' | 'closing' | 'voicemail' | 'objections' | 'facts' }) {
  const { t, content, block } = props
  const count = block === 'objections' || block === 'facts' ? ` (${content[block].length})` : ''
  return (
    <div className="mb-1 flex pl-11">
      <BlockButton {...props} label={`${t(`scripts.${block}`)}${count}`} />
    </div>
  )
}

function BlockButton({ t, problems, block, label, chosen, onChoose }: BlocksProps & { block: string; label: string }) {
  const isHere = (where: string) => where === block || where.split('.')[0] === block || where.split('.')[1] === block
  const hasProblem = problems.some((problem) => isHere(problem.where))
  return (
    <button
      type="button"
      aria-current={chosen === block ? 'true' : undefined}
      className="btn aria-[current=true]:btn-primary not-aria-[current=true]:bg-base-100 border-base-300 h-auto min-h-12 min-w-0 flex-1 justify-start py-2 text-left text-sm font-semibold"
      onClick={() => onChoose(block)}
    >
      <span className="min-w-0 flex-1">{label}</span>
      {hasProblem && (
        <>
          <Icon name="warning" size={18} />
          <span className="sr-only">({t('workshop.has_problem')})</span>
        </>
      )}
    </button>
  )
}

/** Read out when another block is chosen, once: what is written below it keeps the focus. Not when the page opens. */
function Title({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (document.activeElement !== document.body) heading.current?.focus()
  }, [])
  return (
    <h2 ref={heading} id="block-title" tabIndex={-1} className="mb-4 text-lg font-bold outline-none">
      {children}
    </h2>
  )
}

interface StepFieldsProps extends BlocksProps {
  step: Step
  at: number
  act: (what: string) => void
  onMove: (from: number, to: number) => void
  onRemoved: () => void
}

function StepFields({
  step,
  at,
  act,
  onMove,
  onRemoved,
  chosen: _chosen,
  onChoose: _onChoose,
  ...shared
}: StepFieldsProps) {
  const { t, content, problems, onChange } = shared
  const withStep = (changed: Partial<Step>) => ({ ...content, steps: put(content.steps, at, { ...step, ...changed }) })
  const where = `steps.${step.key}`
  const own = problems.filter((problem) => problem.where === where && !isOfText(problem))
  return (
    <>
      <Title>{t('scripts.step', { number: at + 1 })}</Title>
      <p className="mb-4 flex flex-wrap gap-2">
        <button type="button" className="btn btn-sm min-h-11" disabled={at === 0} onClick={() => onMove(at, at - 1)}>
          ↑ {t('scripts.move_up')}
        </button>
        <button
          type="button"
          className="btn btn-sm min-h-11"
          disabled={at === content.steps.length - 1}
          onClick={() => onMove(at, at + 1)}
        >
          ↓ {t('scripts.move_down')}
        </button>
        <button
          type="button"
          className="btn btn-sm min-h-11"
          disabled={content.steps.length >= 60}
          onClick={() => act(`copy:${at}`)}
        >
          {t('action.copy')}
        </button>
        <button
          type="button"
          className="btn btn-sm btn-ghost text-error min-h-11"
          onClick={() => {
            act(`remove:${at}`)
            onRemoved()
          }}
        >
          {t('scripts.remove_step')}
        </button>
      </p>
      {own.map((problem, each) => (
        <ProblemLine key={each} t={t} problem={problem} />
      ))}
      <label className="mb-4 block max-w-md">
        <span className="mb-1 block font-semibold">{t('scripts.kind')}</span>
        <select
          className="select w-full text-base"
          value={step.kind}
          onChange={(event) => {
            const kind = stepKinds.find((each) => each === event.target.value) ?? step.kind
            onChange(withStep({ kind, goes: goesAs(step, kind) }), null)
          }}
        >
          {stepKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`scripts.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <Texts
        {...shared}
        label={t('scripts.say')}
        place={`steps.${at}.say`}
        where={where}
        text={step.say}
        rows={4}
        onText={(say) => withStep({ say })}
      />
      {hasChoices(step) && (
        <fieldset className="mb-4">
          <legend className="mb-2 font-semibold">{t('scripts.choices')}</legend>
          <ol className="space-y-3">
            {step.choices.map((choice, each) => (
              <li key={choice.key} className="border-base-300 border-l-4 pl-3">
                <Texts
                  {...shared}
                  label={t('scripts.choice_number', { number: each + 1 })}
                  place={`steps.${at}.choices.${each}.label`}
                  where={`${where}.choices.${choice.key}`}
                  text={choice.label}
                  onText={(label) => withStep({ choices: put(step.choices, each, { ...choice, label }) })}
                />
                <button
                  type="button"
                  className="btn btn-sm btn-ghost min-h-11"
                  onClick={() => act(`remove-choice:${at}:${each}`)}
                >
                  {t('scripts.remove_choice', { number: each + 1 })}
                </button>
              </li>
            ))}
          </ol>
          <button
            type="button"
            className="btn btn-sm mt-2 min-h-11"
            disabled={step.choices.length >= 30}
            onClick={() => act(`add-choice:${at}`)}
          >
            + {t('scripts.add_choice')}
          </button>
        </fieldset>
      )}
      <Ways t={t} step={step} content={content} onWay={(changed) => onChange(withStep(changed), null)} />
      <label className="my-4 flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="checkbox"
          checked={step.is_quick}
          onChange={(event) => onChange(withStep({ is_quick: event.target.checked }), null)}
        />
        {t('scripts.is_quick')}
      </label>
      <details className="mb-4" open={Object.keys(step.note).length > 0}>
        <summary className="min-h-11 font-semibold">
          {t('scripts.note')} <span className="text-sm font-normal">({t('scripts.note_hint')})</span>
        </summary>
        <Texts
          {...shared}
          label={t('scripts.note')}
          place={`steps.${at}.note`}
          where={`${where}.note`}
          text={step.note}
          rows={2}
          onText={(note) => withStep({ note })}
        />
      </details>
      {step.kind !== 'say' && (
        <details open={step.wordings.length > 0}>
          <summary className="min-h-11 font-semibold">
            {t('scripts.wordings')} <span className="text-sm font-normal">({t('scripts.wordings_hint')})</span>
          </summary>
          {step.wordings.map((wording, each) => (
            <div key={wording.key} className="border-base-300 mt-2 border-l-4 pl-3">
              <Texts
                {...shared}
                label={t('scripts.wording_number', { number: each + 2 })}
                place={`steps.${at}.wordings.${each}.say`}
                where={`${where}.wordings.${wording.key}`}
                text={wording.say}
                rows={3}
                onText={(say) => withStep({ wordings: put(step.wordings, each, { ...wording, say }) })}
              />
              <button
                type="button"
                className="btn btn-sm btn-ghost min-h-11"
                onClick={() => act(`remove-wording:${at}:${each}`)}
              >
                {t('scripts.remove_wording', { number: each + 2 })}
              </button>
            </div>
          ))}
          {step.wordings.length < 4 && (
            <button type="button" className="btn btn-sm mt-2 min-h-11" onClick={() => act(`add-wording:${at}`)}>
              + {t('scripts.add_wording')}
            </button>
          )}
        </details>
      )}
    </>
  )
}

interface WaysProps {
  t: Translate
  step: Step
  content: Shared['content']
  onWay: (changed: Partial<Step>) => void
}

function Ways({ t, step, content, onWay }: WaysProps) {
  const ways = waysOf(step)
  const hint = waysHint(t, step)
  const targets = (
    <>
      {content.steps
        .filter((each) => each !== step)
        .map((each) => (
          <option key={each.key} value={each.key}>
            {stepWords(t, content, each.key)}
          </option>
        ))}
      <option value="closing">{t('scripts.closing')}</option>
    </>
  )
  const without = (way: string) => {
    const { [way]: _old, ...others } = step.goes
    return others
  }
  // A number stays one to go by, also where it goes on as otherwise.
  const goesWith = (way: string, to: string) =>
    to || step.kind === 'number' ? { ...step.goes, [way]: to } : without(way)
  return (
    <fieldset>
      <legend className="font-semibold">{t('scripts.ways')}</legend>
      {hint && <p className="mt-1 text-sm">{hint}</p>}
      <div className="mt-2 grid gap-3 md:grid-cols-2">
        {ways.map((way) => (
          <div key={way}>
            <label className="block text-sm">
              {wayLabel(t, step, way)}
              <select
                className="select w-full"
                value={step.goes[way] ?? ''}
                onChange={(event) => onWay({ goes: goesWith(way, event.target.value) })}
              >
                <option value="">{t('scripts.way_same')}</option>
                {targets}
              </select>
            </label>
            {step.kind === 'number' && (
              <button
                type="button"
                className="btn btn-sm btn-ghost min-h-11"
                onClick={() => onWay({ goes: without(way) })}
              >
                {t('scripts.remove_way', { answer: wayWords(t, step, way) })}
              </button>
            )}
          </div>
        ))}
        <label className="block text-sm">
          {t(ways.length ? 'scripts.way_otherwise' : 'scripts.way_always')}
          <select
            className="select w-full"
            value={step.next ?? ''}
            onChange={(event) => onWay({ next: event.target.value || null })}
          >
            <option value="">{t('scripts.way_below')}</option>
            {targets}
          </select>
        </label>
      </div>
      {step.kind === 'number' && (
        <NewStart t={t} onStart={(from) => onWay({ goes: { ...step.goes, [from]: step.goes[from] ?? '' } })} />
      )}
    </fieldset>
  )
}

/** One more number from which on another way can be taken. */
function NewStart({ t, onStart }: { t: Translate; onStart: (from: string) => void }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [isWrong, setWrong] = useState(false)
  const add = () => {
    const from = startOf(field.current?.value ?? '')
    setWrong(from === null)
    field.current?.focus()
    if (from === null || !field.current) return
    field.current.value = ''
    onStart(from)
  }
  return (
    <div className="mt-3">
      <div className="flex flex-wrap items-end gap-2">
        <label className="block text-sm">
          {t('scripts.add_way')}
          <input
            ref={field}
            inputMode="decimal"
            maxLength={20}
            className="input block w-full min-w-36 text-base"
            aria-invalid={isWrong}
            aria-describedby={isWrong ? id : undefined}
            onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && add()}
          />
        </label>
        <button type="button" className="btn min-h-11" onClick={add}>
          + {t('scripts.add_way_button')}
        </button>
      </div>
      {isWrong && (
        <p id={id} role="alert" className="text-error mt-1 text-sm font-semibold">
          {t('scripts.way_number_wrong')}
        </p>
      )}
    </div>
  )
}

/** Greeting, closing words, voicemail, and the shelves of answers and facts. */
function OtherFields({ chosen, onChoose: _onChoose, act, ...shared }: BlocksProps & { act: (what: string) => void }) {
  const { t, content } = shared
  if (chosen === 'objections') {
    const withOne = (at: number, changed: Partial<Objection>) => ({
      ...content,
      objections: content.objections.map((each, index) => (index === at ? { ...each, ...changed } : each)),
    })
    return (
      <>
        <Title>{t('scripts.objections')}</Title>
        <p className="mb-4">{t('scripts.objections_text')}</p>
        {content.objections.map((each, at) => (
          <fieldset key={each.key} className="border-base-300 mb-4 border-l-4 pl-3">
            <legend className="font-semibold">{t('scripts.objection_number', { number: at + 1 })}</legend>
            <Texts
              {...shared}
              label={t('scripts.objection')}
              place={`objections.${at}.objection`}
              where={`objections.${each.key}`}
              text={each.objection}
              onText={(objection) => withOne(at, { objection })}
            />
            <Texts
              {...shared}
              label={t('scripts.reply')}
              place={`objections.${at}.reply`}
              where={`objections.${each.key}.reply`}
              text={each.reply}
              rows={3}
              onText={(reply) => withOne(at, { reply })}
            />
            <button type="button" className="btn btn-sm min-h-11" onClick={() => act(`remove-objection:${at}`)}>
              {t('scripts.remove_objection', { number: at + 1 })}
            </button>
          </fieldset>
        ))}
        <button
          type="button"
          className="btn min-h-11"
          disabled={content.objections.length >= 40}
          onClick={() => act('add-objection')}
        >
          + {t('scripts.add_objection')}
        </button>
      </>
    )
  }
  if (chosen === 'facts') {
    const withOne = (at: number, changed: Partial<Fact>) => ({
      ...content,
      facts: content.facts.map((each, index) => (index === at ? { ...each, ...changed } : each)),
    })
    return (
      <>
        <Title>{t('scripts.facts')}</Title>
        <p className="mb-4">{t('scripts.facts_text')}</p>
        {content.facts.map((each, at) => (
          <fieldset key={each.key} className="border-base-300 mb-4 border-l-4 pl-3">
            <legend className="font-semibold">{t('scripts.fact_number', { number: at + 1 })}</legend>
            <Texts
              {...shared}
              label={t('scripts.fact_title')}
              place={`facts.${at}.title`}
              where={`facts.${each.key}`}
              text={each.title}
              onText={(title) => withOne(at, { title })}
            />
            <Texts
              {...shared}
              label={t('scripts.fact')}
              place={`facts.${at}.text`}
              where={`facts.${each.key}.text`}
              text={each.text}
              rows={3}
              onText={(text) => withOne(at, { text })}
            />
            <Texts
              {...shared}
              label={t('scripts.fact_link')}
              place={`facts.${at}.link`}
              where={`facts.${each.key}.link`}
              text={each.link}
              onText={(link) => withOne(at, { link })}
            />
            <button type="button" className="btn btn-sm min-h-11" onClick={() => act(`remove-fact:${at}`)}>
              {t('scripts.remove_fact', { number: at + 1 })}
            </button>
          </fieldset>
        ))}
        <button
          type="button"
          className="btn min-h-11"
          disabled={content.facts.length >= 40}
          onClick={() => act('add-fact')}
        >
          + {t('scripts.add_fact')}
        </button>
      </>
    )
  }
  const part = chosen === 'closing' || chosen === 'voicemail' ? chosen : 'greeting'
  return (
    <>
      <Title>{t(`scripts.${part}`)}</Title>
      {part === 'voicemail' && <p className="mb-4">{t('scripts.voicemail_hint')}</p>}
      <Texts
        key={part}
        {...shared}
        label={t(`scripts.${part}`)}
        place={part}
        where={part}
        text={content[part]}
        rows={5}
        onText={(text) => ({ ...content, [part]: text })}
      />
    </>
  )
}

/** Moves to the next text nobody has written in this language yet. */
export function useMissing(problems: Shared['problems'], onChoose: (block: string) => void) {
  return (language: string) => {
    const missing = problems.find((each) => each.kind === 'missing_translation' && each.detail === language)
    if (!missing) return
    const [part = '', key = ''] = missing.where.split('.')
    flushSync(() => onChoose(part === 'steps' ? key : part)) // its fields are on the page now
    document.querySelector<HTMLElement>(`[data-missing="${language}"]`)?.focus()
  }
}

const put = <Each,>(all: readonly Each[], at: number, one: Each): Each[] =>
  all.map((each, nth) => (nth === at ? one : each))
