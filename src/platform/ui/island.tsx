import { createElement, useLayoutEffect, type ComponentType, type ReactNode } from 'react'

/** Where a browser program starts: its data lie in the page as JSON. */
export function Island({ name, data, children }: { name: string; data: unknown; children?: ReactNode }) {
  return (
    <>
      <div data-island={name}>{children}</div>
      {/* A data block is no script to the browser. `<` is escaped so that no text can end it. */}
      <script
        type="application/json"
        data-island-data={name}
        dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll('<', '\\u003c') }}
      />
    </>
  )
}

/**
 * Starts an island in the browser; call it once in the island's entry file. On a slow line somebody has used the plain
 * form already: what was typed or chosen there, and the cursor, go over into the fields of the same id.
 */
export async function mountIsland<Data>(name: string, Component: ComponentType<Data & object>): Promise<void> {
  const place = document.querySelector(`[data-island="${name}"]`)
  const block = document.querySelector(`[data-island-data="${name}"]`)
  if (!place || !block) return
  const { createRoot } = await import('react-dom/client')
  const data = JSON.parse(block.textContent ?? 'null') as Data & object
  const fields = [...place.querySelectorAll<Field>('input[id], textarea[id]')]
  const focused = place.contains(document.activeElement) ? document.activeElement?.id : undefined
  function Started(): ReactNode {
    // At the very moment the fields are replaced; they still know what they held.
    useLayoutEffect(() => {
      for (const field of fields) {
        if (isUsed(field)) carryOver(field)
        // A file dialog that was open meanwhile gives its files to the field it was opened from.
        field.addEventListener('change', () => isUsed(field) && carryOver(field))
      }
      if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus()
    }, [])
    return createElement(Component, data)
  }
  createRoot(place).render(createElement(Started))
}

type Field = HTMLInputElement | HTMLTextAreaElement

const filesOf = (field: Field): FileList | null =>
  field instanceof HTMLInputElement && field.type === 'file' ? field.files : null

function isUsed(field: Field): boolean {
  if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) return false
  return (filesOf(field)?.length ?? 0) > 0 || field.value !== field.defaultValue
}

/** Set past React's own property and told as if by hand: React hears of a value only so. */
function carryOver(from: Field): void {
  const to = document.getElementById(from.id)
  if (!(to instanceof HTMLInputElement || to instanceof HTMLTextAreaElement) || to.type !== from.type) return
  const files = filesOf(from)
  if (files && to instanceof HTMLInputElement) to.files = files
  else Object.getOwnPropertyDescriptor(Object.getPrototypeOf(to), 'value')?.set?.call(to, from.value)
  to.dispatchEvent(new Event(files ? 'change' : 'input', { bubbles: true }))
}
