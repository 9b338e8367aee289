import type { Translate } from '../../../../platform/i18n/messages.ts'

/**
 * Blocks of the form are moved in the page: dragged by a handle, with its arrow keys, or with the buttons that would ask the
 * server. Fields are named by place, so names follow. Answers how to undo all that.
 */
export function letMove(form: HTMLFormElement, t: Translate, moved: (words: string) => void): () => void {
  const blocks = (): HTMLElement[] => [...form.querySelectorAll<HTMLElement>('[data-block]')]
  const handles = blocks().flatMap((block) => {
    const actions = block.querySelector('[data-actions]')
    if (!actions) return []
    const handle = document.createElement('button')
    handle.type = 'button'
    handle.className = 'btn btn-sm cursor-grab touch-none'
    handle.dataset.handle = ''
    handle.title = t('writing.drag')
    handle.textContent = '⠿'
    handle.setAttribute('aria-label', t('writing.drag_block', { block: titleOf(block)?.textContent ?? '' }))
    actions.prepend(handle)
    return [handle]
  })

  const settle = (block: HTMLElement) => {
    for (const [at, each] of blocks().entries()) renumber(each, at, blocks().length)
    const at = blocks().indexOf(block)
    moved(t('writing.moved_to', { place: at + 1, total: blocks().length }))
  }
  const step = (block: HTMLElement, by: -1 | 1): void => {
    const all = blocks()
    const other = all[all.indexOf(block) + by]
    if (!other) return
    if (by < 0) other.before(block)
    else other.after(block)
    settle(block)
  }

  const clicked = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    const verb = /^(up|down):\d+$/.exec(button?.value ?? '')?.[1]
    const block = button?.closest<HTMLElement>('[data-block]')
    if (!button || !verb || !block) return
    event.preventDefault()
    step(block, verb === 'up' ? -1 : 1)
    if (button.disabled) block.querySelector<HTMLElement>('[data-handle]')?.focus()
    else button.focus()
  }
  const pressed = (event: KeyboardEvent) => {
    const handle = event.target instanceof HTMLElement && 'handle' in event.target.dataset ? event.target : null
    const block = handle?.closest<HTMLElement>('[data-block]')
    if (!handle || !block || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    step(block, event.key === 'ArrowUp' ? -1 : 1)
    handle.focus()
  }
  let dragged: HTMLElement | null = null
  const taken = (event: PointerEvent) => {
    const handle = event.target instanceof HTMLElement && 'handle' in event.target.dataset ? event.target : null
    dragged = handle?.closest<HTMLElement>('[data-block]') ?? null
    if (!handle || !dragged) return
    handle.setPointerCapture(event.pointerId)
    dragged.classList.add('opacity-60')
  }
  const pulled = (event: PointerEvent) => {
    if (!dragged) return
    for (const other of blocks()) {
      if (other === dragged) continue
      const { top, height } = other.getBoundingClientRect()
      const isAbove = Boolean(other.compareDocumentPosition(dragged) & Node.DOCUMENT_POSITION_FOLLOWING)
      if (isAbove && event.clientY < top + height / 2) {
        other.before(dragged)
        return
      }
      if (!isAbove && event.clientY > top + height / 2 && event.clientY < top + height * 2) other.after(dragged)
    }
  }
  const dropped = () => {
    if (!dragged) return
    dragged.classList.remove('opacity-60')
    settle(dragged)
    dragged = null
  }

  form.addEventListener('click', clicked)
  form.addEventListener('keydown', pressed)
  form.addEventListener('pointerdown', taken)
  form.addEventListener('pointermove', pulled)
  form.addEventListener('pointerup', dropped)
  form.addEventListener('pointercancel', dropped)
  return () => {
    for (const handle of handles) handle.remove()
    form.removeEventListener('click', clicked)
    form.removeEventListener('keydown', pressed)
    form.removeEventListener('pointerdown', taken)
    form.removeEventListener('pointermove', pulled)
    form.removeEventListener('pointerup', dropped)
    form.removeEventListener('pointercancel', dropped)
  }
}

const titleOf = (block: HTMLElement) => block.querySelector('h2')

function renumber(block: HTMLElement, at: number, count: number): void {
  for (const field of block.querySelectorAll<HTMLInputElement>('[name^="blocks."]'))
    field.name = field.name.replace(/^blocks\.\d+\./, `blocks.${at}.`)
  for (const button of block.querySelectorAll<HTMLButtonElement>('button[name="act"]')) {
    button.value = button.value.replace(/:\d+$/, `:${at}`)
    if (button.value.startsWith('up:')) button.disabled = at === 0
    if (button.value.startsWith('down:')) button.disabled = at === count - 1
  }
  const title = titleOf(block)
  if (title) title.textContent = (title.textContent ?? '').replace(/^\d+/, String(at + 1))
}
