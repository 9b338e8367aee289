import { createElement, type ComponentType } from 'react'

/** Where a browser program starts: its data lie in the page as JSON. */
export function Island({ name, data, children }: { name: string; data: unknown; children?: React.ReactNode }) {
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

/** Starts an island in the browser; call it once in the island's entry file. */
export async function mountIsland<Data>(name: string, Component: ComponentType<Data & object>): Promise<void> {
  const place = document.querySelector(`[data-island="${name}"]`)
  const block = document.querySelector(`[data-island-data="${name}"]`)
  if (!place || !block) return
  const { createRoot } = await import('react-dom/client')
  createRoot(place).render(createElement(Component, JSON.parse(block.textContent ?? 'null') as Data & object))
}
