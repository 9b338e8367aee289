import { memo, useEffect, useRef, useState } from 'react'
import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Completions } from '../../endpoints.ts'
import type { RefusedProblem } from './asking.ts'
import { ProblemBox } from './problem-box.tsx'

interface ExpressionProps {
  t: Translate
  text: string
  /** The same in words; of what cannot be read, what it last said. */
  said: string
  problem: RefusedProblem | null
  chips: readonly string[]
  canUndo: boolean
  canRedo: boolean
  onText(text: string): void
  /** The field is left, or Enter pressed. */
  onDone(): void
  onChip(chip: string): void
  onUndo(): void
  onRedo(): void
}

/** The expression as text, always what the facets say, with what could be typed next and where it cannot be read. */
export const ExpressionField = memo(function ExpressionField({
  t,
  text,
  said,
  problem,
  chips,
  canUndo,
  canRedo,
  onText,
  onDone,
  onChip,
  onUndo,
  onRedo,
}: ExpressionProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const [isComposing, setComposing] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const [offered, setOffered] = useState<Completions | null>(null)
  const timer = useRef(0)
  const asked = useRef<AbortController | null>(null)

  const complete = (): void => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(async () => {
      const it = field.current
      if (!it) return
      asked.current?.abort()
      asked.current = new AbortController()
      const query = new URLSearchParams({ q: it.value, at: String(it.selectionStart) })
      try {
        const response = await fetch(`/voters/universes/complete?${query}`, {
          headers: { accept: 'application/json' },
          signal: asked.current.signal,
        })
        const read = response.ok ? Completions.safeParse(await response.json()) : null
        setOffered(read?.success ? read.data : null)
      } catch {
        // Overtaken by the next key, or no connection: typing goes on without.
      }
    }, 120)
  }
  useEffect(() => () => clearTimeout(timer.current), [timer])

  const take = ({ from, to }: Completions, word: string): void => {
    const it = field.current
    if (!it) return
    // A field waits for its value; a value is followed by the next term.
    const put = /[:/=@]$/.test(word) ? word : `${word} `
    onText(text.slice(0, from) + put + text.slice(to))
    setOffered(null)
    it.focus()
    // After React has written the text.
    requestAnimationFrame(() => {
      it.setSelectionRange(from + put.length, from + put.length)
      complete()
    })
  }

  const options = (offered?.options ?? []).slice(0, 8)
  const typed = offered ? text.slice(offered.from, offered.to) : ''
  const isOffering = isFocused && options.length > 0 && !(options.length === 1 && options[0]?.text === typed)
  // What is still being written, with words on offer, is not wrong yet; nor is it said aloud at each key.
  const isBegun =
    isOffering &&
    offered !== null &&
    problem !== null &&
    problem.at <= offered.to &&
    problem.at + problem.length >= offered.from
  const shownProblem = isComposing || isBegun ? null : problem

  const edit = (chip: string): void => {
    const it = field.current
    if (!it) return
    const at = text.indexOf(chip)
    it.focus()
    if (at >= 0) it.setSelectionRange(at, at + chip.length)
  }

  return (
    <section
      className="bg-base-100 rounded-box border-base-300 mb-5 border p-4"
      aria-labelledby="builder-expression-title"
      id="expression"
    >
      <div className="mb-2 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h2 id="builder-expression-title" className="text-lg font-bold">
            {t('builder.your_conditions')}
          </h2>
          <p className="mt-1 break-words" data-in-words>
            {said}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className="btn btn-sm pointer-coarse:min-h-11"
            onClick={onUndo}
            disabled={!canUndo}
            aria-keyshortcuts="Control+Z"
          >
            ↶ {t('action.undo')}
          </button>
          <button
            type="button"
            className="btn btn-sm pointer-coarse:min-h-11"
            onClick={onRedo}
            disabled={!canRedo}
            aria-keyshortcuts="Control+Shift+Z"
          >
            ↷ {t('builder.redo')}
          </button>
          <button
            type="button"
            className="btn btn-sm pointer-coarse:min-h-11"
            onClick={() => {
              onText('')
              onDone()
            }}
            disabled={text.trim() === ''}
          >
            {t('builder.start_over')}
          </button>
        </div>
      </div>
      <p id="q-hint" className="mb-1 text-sm">
        {t('builder.expression_lead')}
      </p>
      <div
        ref={place}
        role="presentation"
        className="relative"
        onFocus={() => setFocused(true)}
        onBlur={(event) => {
          if (event.relatedTarget instanceof Node && place.current?.contains(event.relatedTarget)) return
          setFocused(false)
          setOffered(null)
          onDone()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isOffering) {
            event.preventDefault()
            setOffered(null)
            field.current?.focus()
          }
        }}
      >
        <textarea
          ref={field}
          id="q"
          rows={2}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-label={t('universes.expression')}
          aria-describedby={shownProblem ? 'q-hint q-problem' : 'q-hint'}
          aria-invalid={shownProblem ? true : undefined}
          placeholder={t('builder.expression_empty')}
          className={`textarea field-sizing-content max-h-48 min-h-12 w-full font-mono text-base leading-relaxed ${shownProblem ? 'textarea-error' : ''}`}
          value={text}
          onChange={(event) => {
            onText(event.target.value.replaceAll('\n', ' '))
            complete()
          }}
          onFocus={complete}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onKeyDown={(event) => {
            // Safari ends a composition before it sends the key: 229 tells.
            if (event.nativeEvent.isComposing || event.keyCode === 229) return
            if (event.key === 'Enter') {
              event.preventDefault()
              setOffered(null)
              onDone()
            }
          }}
        />
        <div
          role="group"
          aria-label={t('universes.suggestions')}
          className={`bg-base-100 border-base-300 absolute inset-x-0 top-full z-20 mt-1 flex flex-wrap gap-2 rounded-lg border p-2 shadow-lg ${isOffering ? '' : 'hidden'}`}
        >
          {isOffering &&
            offered &&
            options.map(({ text: word, meaning, count }) => (
              <button
                key={word}
                type="button"
                className="btn btn-sm h-auto min-h-9 max-w-full flex-wrap py-1 text-left font-normal break-words whitespace-normal pointer-coarse:min-h-11"
                onClick={() => take(offered, word)}
              >
                <span className="font-mono">{word}</span>
                {meaning ? ` ${meaning}` : ''}
                {count === undefined ? '' : ` (${formatNumber(t.language, count)})`}
              </button>
            ))}
        </div>
        <p role="status" className="sr-only">
          {isOffering ? t('universes.suggestions') : ''}
        </p>
      </div>
      {shownProblem && (
        <ProblemBox
          t={t}
          text={text}
          problem={shownProblem}
          renderFix={(suggestion, corrected) => (
            <button
              type="button"
              className="btn btn-sm pointer-coarse:min-h-11 mt-2"
              onClick={() => {
                onText(corrected)
                onDone()
              }}
            >
              {t('builder.fix', { suggestion })}
            </button>
          )}
        />
      )}
      {chips.length > 0 && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <span className="text-sm font-semibold">{t('builder.also')}</span>
          {chips.map((chip) => (
            <span
              key={chip}
              className="border-primary bg-primary/10 inline-flex max-w-full items-center rounded-full border text-sm"
            >
              <button
                type="button"
                className="pointer-coarse:min-h-11 min-h-8 min-w-0 rounded-l-full pl-3 pr-1 font-mono break-all"
                aria-label={t('builder.chip_edit', { text: chip })}
                onClick={() => edit(chip)}
              >
                {chip}
              </button>
              <button
                type="button"
                className="hover:bg-primary/20 pointer-coarse:min-h-11 pointer-coarse:min-w-11 min-h-8 min-w-8 rounded-r-full"
                aria-label={t('builder.chip_remove', { text: chip })}
                onClick={() => onChip(chip)}
              >
                ✕
              </button>
            </span>
          ))}
        </div>
      )}
    </section>
  )
})
