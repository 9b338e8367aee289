import { useState } from 'react'
import type { ScriptContent } from '../../schema.ts'

/** What is being written. */
export interface Writing {
  name: string
  content: ScriptContent
}

interface History {
  past: Writing[]
  present: Writing
  future: Writing[]
  /** The last change's place: typing on in one field is one step. */
  place: string | null
  /** Grows when fields have to show something else than what was typed into them. */
  revision: number
}

const most = 200

export interface Change {
  writing: Writing
  /** Named for typing in a field; null: an act of its own. */
  place: string | null
}

/** Every state one can go back to. */
export function useHistory(first: Writing) {
  const [history, setHistory] = useState<History>({ past: [], present: first, future: [], place: null, revision: 0 })
  return {
    writing: history.present,
    revision: history.revision,
    can_undo: history.past.length > 0,
    can_redo: history.future.length > 0,
    change: ({ writing, place }: Change) =>
      setHistory((before) => {
        const isSameField = place !== null && place === before.place
        return {
          past: isSameField ? before.past : [...before.past, before.present].slice(-most),
          present: writing,
          future: [],
          place,
          revision: place === null ? before.revision + 1 : before.revision,
        }
      }),
    undo: () =>
      setHistory((before) => {
        const present = before.past.at(-1)
        if (!present) return before
        const { revision } = before
        return {
          past: before.past.slice(0, -1),
          present,
          future: [before.present, ...before.future],
          place: null,
          revision: revision + 1,
        }
      }),
    redo: () =>
      setHistory((before) => {
        const [present, ...future] = before.future
        if (!present) return before
        const { revision } = before
        return { past: [...before.past, before.present], present, future, place: null, revision: revision + 1 }
      }),
  }
}
