import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../../../platform/http/endpoint.ts'
import { countDistricts, refreshUniverse, type RefreshAnswer } from '../../endpoints.ts'
import type { FacetValue, ListedDistrict } from '../../refresh.ts'

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
  /** Parts of the newest question that take a walk over all records; the numbers come when it is done. */
  counting: readonly string[]
  /** How long the last answer took; 0: the page brought it. */
  took_ms: number
}

/** Reader rests after this time without a movement: the address is kept, and names are asked for. */
export const rest_ms = 800

/** Slower answers than this do not come while one drags: one question at rest instead of many on the way. */
export const slow_ms = 400

/** While a part is still being counted, it is asked for again so often. */
const again_ms = 1000

/**
 * At most one question of this tab is under way, and only the newest waits behind it: answers come in the order of the
 * movements, none is older than one already shown, and a slow server is never flooded. Names come with the numbers, but are
 * asked for only once the reader rests, since each look at names is noted in the audit trail. A question the columns take long
 * for is overtaken by the newest: the server drops the older one.
 */
export function useRefresh(first: { text: string; answer: RefreshAnswer } | null) {
  const [asked, setAsked] = useState<Asked>(() => ({
    answer: first?.answer.is === 'answer' ? first.answer : null,
    answered: first?.text ?? null,
    problem: first?.answer.is === 'problem' ? first.answer.problem : null,
    trouble: first?.answer.is === 'too_slow' ? 'too_slow' : null,
    isAsking: false,
    counting: [],
    took_ms: 0,
  }))
  const [sample, setSample] = useState(() =>
    first?.answer.is === 'answer' ? { text: first.text, voters: first.answer.refresh.sample } : null,
  )
  const samples = useRef(new Map(sample ? [[sample.text, sample.voters]] : []))
  /** When the question under way was asked; null: there is none. */
  const began = useRef<number | null>(null)
  const waiting = useRef<Question | null>(null)
  const wake = useRef<() => void>(() => undefined)
  const answeredBy = useRef<Refresh['answered_by']>('database')
  const turn = useRef(0)
  const [asker] = useState(() => Math.random().toString(36).slice(2))

  const run = useCallback(
    async (question: Question): Promise<void> => {
      const mine = ++turn.current
      setAsked((before) => ({ ...before, isAsking: true }))
      for (let next: Question | null = question; next;) {
        const { text, sample: named }: Question = next
        waiting.current = null
        const start = performance.now()
        began.current = start
        const result = await call(refreshUniverse, {}, { text, sample: named, asker })
        if (turn.current !== mine) return
        const took_ms = performance.now() - start
        if (result.ok && result.value.is === 'counting' && waiting.current === null) {
          const { parts } = result.value
          setAsked((before) => ({ ...before, counting: parts }))
          await new Promise<void>((resolve) => {
            wake.current = resolve
            setTimeout(resolve, again_ms)
          })
          if (turn.current !== mine) return
          next = waiting.current ?? { text, sample: named }
          continue
        }
        // The newest all the same: the one it overtook was the later of the two to arrive.
        if (result.ok && result.value.is === 'superseded') {
          next = waiting.current ?? { text, sample: named }
          continue
        }
        next = waiting.current
        const isAsking = next !== null
        if (!result.ok) {
          const trouble: Trouble = result.status === 401 || result.status === 403 ? 'signed_out' : 'failed'
          setAsked((before) => ({ ...before, trouble, isAsking, counting: [] }))
        } else if (result.value.is === 'problem') {
          const { problem } = result.value
          setAsked((before) => ({ ...before, answered: text, problem, trouble: null, isAsking, counting: [] }))
        } else if (result.value.is === 'too_slow') {
          setAsked((before) => ({ ...before, answered: text, problem: null, trouble: 'too_slow', isAsking, counting: [] })) // prettier-ignore
        } else if (result.value.is === 'answer') {
          const answer = result.value
          answeredBy.current = answer.refresh.answered_by
          if (named) {
            samples.current.set(text, answer.refresh.sample)
            setSample({ text, voters: answer.refresh.sample })
          }
          setAsked({ answer, answered: text, problem: null, trouble: null, isAsking, counting: [], took_ms })
        }
      }
      began.current = null
    },
    [asker],
  )

  const ask = useCallback(
    (question: Question): void => {
      const known = question.sample ? samples.current.get(question.text) : undefined
      if (known) setSample({ text: question.text, voters: known })
      const wanted = { ...question, sample: question.sample && !known }
      const isLong = began.current !== null && performance.now() - began.current > slow_ms
      if (began.current === null || (isLong && answeredBy.current === 'columns')) void run(wanted)
      else waiting.current = wanted
      wake.current()
    },
    [run],
  )
  return { ...asked, sample, ask, knowsSample: useCallback((text: string) => samples.current.has(text), []) }
}

/**
 * Voters by district of a kind that is no facet, under all other conditions; asked once the reader rests. `within`: the election
 * districts of 'assembly/25' of a state. null: not known yet.
 */
export function useListedDistricts(
  kind: ListedDistrict | null,
  text: string | null,
  within?: { state: string; district: string },
): FacetValue[] | null {
  const [state, district] = [within?.state, within?.district]
  const of = `${kind} ${state} ${district}`
  const [found, setFound] = useState<{ of: string; values: FacetValue[] } | null>(null)
  useEffect(() => {
    if (kind === null || text === null) return undefined
    let isWanted = true
    const timer = setTimeout(() => {
      void call(countDistricts, {}, { kind, text, state, within: district }).then((result) => {
        if (isWanted && result.ok && result.value.values) setFound({ of, values: result.value.values })
      })
    }, rest_ms / 2)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [kind, text, state, district, of])
  return found?.of === of ? found.values : null
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
