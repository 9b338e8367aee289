/*
 * What somebody has typed and not sent yet, on their device alone. Never of consent, which is given to words somebody
 * reads, nor of how a name may be shown.
 */

const kept_for_ms = 3 * 86_400_000
const left_out = [
  'consent',
  'shown_as',
  'lang',
  'page_key',
  'page_time',
  'version',
  'website',
  'work',
  'proof',
  'to',
  'send',
]

interface Draft {
  kept_at: number
  values: Record<string, string[]>
}

const nameOf = (pathname: string): string => `hanpyo draft ${pathname}`

/** null where the browser lets a page keep nothing: in some private windows even asking throws. */
function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

export function forgetDraft(pathname: string): void {
  storage()?.removeItem(nameOf(pathname))
}

export function keepDraft(pathname: string, form: HTMLFormElement): void {
  const values: Record<string, string[]> = {}
  const agreed = new Set([...form.querySelectorAll<HTMLInputElement>('[data-agree] input')].map(({ name }) => name))
  for (const [name, value] of new FormData(form)) {
    const isKept = value !== '' && !left_out.includes(name) && !agreed.has(name)
    if (typeof value === 'string' && isKept) (values[name] ??= []).push(value)
  }
  try {
    storage()?.setItem(nameOf(pathname), JSON.stringify({ kept_at: Date.now(), values } satisfies Draft))
  } catch (problem) {
    // A device without room keeps nothing, and the form goes on without.
    if (!(problem instanceof DOMException)) throw problem
  }
}

/** Puts what was kept into the form. False: there was nothing. */
export function readDraft(pathname: string, form: HTMLFormElement): boolean {
  const text = storage()?.getItem(nameOf(pathname)) ?? null
  if (text === null) return false
  const draft = JSON.parse(text) as Draft
  if (Date.now() - draft.kept_at > kept_for_ms) {
    forgetDraft(pathname)
    return false
  }
  let isAny = false
  for (const field of form.elements) {
    if (!('name' in field) || typeof field.name !== 'string' || left_out.includes(field.name)) continue
    const values = draft.values[field.name]
    if (!values) continue
    if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio'))
      field.checked = values.includes(field.value)
    else if (field instanceof HTMLInputElement && (field.type === 'file' || field.type === 'hidden')) continue
    else if (
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    )
      field.value = values[0] ?? ''
    // The language somebody reads in stands there from the beginning.
    isAny ||= field.name !== 'language'
  }
  return isAny
}
