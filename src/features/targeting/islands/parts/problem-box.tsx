import type { ReactNode } from 'react'
import { Icon } from '../../../../platform/ui/icon.tsx'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { problemSentence } from '../../problem.ts'
import type { RefusedProblem } from './asking.ts'

interface ProblemBoxProps {
  t: Translate
  text: string
  problem: RefusedProblem
  /** How the nearest word is taken: a button where a program runs, else a link. `corrected` is the text with it. */
  renderFix(suggestion: string, corrected: string): ReactNode
}

/** Where an expression cannot be read, why, and the nearest word; with JavaScript and without. */
export function ProblemBox({ t, text, problem, renderFix }: ProblemBoxProps) {
  const { at, length, suggestion, expected } = problem
  const [sentence, ...more] = problemSentence(t, problem)
  const [before, after] = [text.slice(0, at), text.slice(at + length)]
  return (
    <div id="q-problem" role="alert" className="border-error my-3 rounded-lg border-2 p-3">
      <p className="text-error flex items-center gap-2 font-bold">
        <Icon name="warning" size={18} /> {t('targeting.problem.title')}
      </p>
      <p className="bg-base-200 my-2 rounded p-2 font-mono text-sm break-words whitespace-pre-wrap">
        {before}
        <mark className="bg-warning text-warning-content rounded px-0.5 font-bold underline">
          {text.slice(at, at + length) || ' '}
        </mark>
        {after}
      </p>
      <p>{sentence}</p>
      {expected.length > 0 && <p className="mt-1 text-sm">{more.at(-1)}</p>}
      {suggestion && renderFix(suggestion, before + suggestion + after)}
    </div>
  )
}
