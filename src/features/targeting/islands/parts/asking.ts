import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../../../platform/http/endpoint.ts'
import { refreshUniverse, type RefreshAnswer } from '../../endpoints.ts'

export type Answer = RefreshAnswer & { is: 'answer' }
export type Refresh = Answer['refresh']
export type RefusedProblem = (RefreshAnswer & { is: 'problem' })['problem']

/** Why there are no new numbers. */
export type Trouble = 'too_slow' | 'failed' | 'signed_out' | null

interface Question {
  text: string
  sample: boolean
}

interface Asked {
  /** The newest numbers there are; those of an earlier step while the newest are on their way. */
  answer: Answer | null
  /** Text the numbers are of. */
  answered: string | null
  /** A problem only the server knows: a universe nobody saved. */
  problem: RefusedProblem | null
  trouble: Trouble
  isAsking: boolean
  /** How long the last answer took; 0: the page brought it. */
  took_ms: number
}

/** Reader rests after this time without a movement: the address is kept, and names are asked for. */
export const rest_ms = 800

/** Slower answers than this do not come while one drags: one question at rest instead of many on the way. */
export const slow_ms = 400

/**
 * At most one question of this tab is under way, and only the newest waits behind it: answers come in the order of the
 * movements, none is older than one already shown, and a slow server is never flooded. Names come with the numbers, but are
 * asked for only once the reader rests, since each look at names is noted in the audit trail.
 */
export function useRefresh(first: { text: string; answer: RefreshAnswer } | null) {
  const [asked, setAsked] = useState<Asked>(() => ({
    answer: first?.answer.is === 'answer' ? first.answer : null,
    answered: first?.text ?? null,
    problem: first?.answer.is === 'problem' ? first.answer.problem : null,
    trouble: first?.answer.is === 'too_slow' ? 'too_slow' : null,
    isAsking: false,
    took_ms: 0,
  }))
  const [sample, setSample] = useState(() =>
    first?.answer.is === 'answer' ? { text: first.text, voters: first.answer.refresh.sample } : null,
  )
  const samples = useRef(new Map(sample ? [[sample.text, sample.voters]] : []))
  const running = useRef(false)
  const waiting = useRef<Question | null>(null)

  const run = useCallback(async (question: Question): Promise<void> => {
    running.current = true
    setAsked((before) => ({ ...before, isAsking: true }))
    for (let next: Question | null = question; next;) {
      const { text, sample: named } = next
      waiting.current = null
      const began = performance.now()
      const result = await call(refreshUniverse, {}, { text, sample: named })
      const took_ms = performance.now() - began
      next = waiting.current
      const isAsking = next !== null
      if (!result.ok) {
        const trouble: Trouble = result.status === 401 || result.status === 403 ? 'signed_out' : 'failed'
        setAsked((before) => ({ ...before, trouble, isAsking }))
      } else if (result.value.is === 'problem') {
        const { problem } = result.value
        setAsked((before) => ({ ...before, answered: text, problem, trouble: null, isAsking }))
      } else if (result.value.is === 'too_slow') {
        setAsked((before) => ({ ...before, answered: text, problem: null, trouble: 'too_slow', isAsking }))
      } else {
        const answer = result.value
        if (named) {
          samples.current.set(text, answer.refresh.sample)
          setSample({ text, voters: answer.refresh.sample })
        }
        setAsked({ answer, answered: text, problem: null, trouble: null, isAsking, took_ms })
      }
    }
    running.current = false
  }, [])

  const ask = useCallback(
    (question: Question): void => {
      const known = question.sample ? samples.current.get(question.text) : undefined
      if (known) setSample({ text: question.text, voters: known })
      const wanted = { ...question, sample: question.sample && !known }
      if (running.current) waiting.current = wanted
      else void run(wanted)
    },
    [run],
  )
  return { ...asked, sample, ask, knowsSample: useCallback((text: string) => samples.current.has(text), []) }
}

/** How many voters each district has at all, for shares; asked once, when shares are first wanted. */
export function useEverybody(isWanted: boolean): Refresh['facets'] | null {
  const [facets, setFacets] = useState<Refresh['facets'] | null>(null)
  const isAsked = useRef(false)
  useEffect(() => {
    if (!isWanted || isAsked.current) return
    isAsked.current = true
    void call(refreshUniverse, {}, { text: '', sample: false }).then((result) => {
      if (result.ok && result.value.is === 'answer') setFacets(result.value.refresh.facets)
      else isAsked.current = false
    })
  }, [isWanted])
  return facets
}
