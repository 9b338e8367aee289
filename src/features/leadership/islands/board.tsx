/*
 * Over the board as the server sends it: a card is dragged to another rung, or moved with Shift and an arrow key. Neither
 * saves anything: the card's own form opens with the rung chosen, to say why.
 */

const columns = [...document.querySelectorAll<HTMLElement>('[data-rung]')]
let dragged: HTMLElement | null = null

const cardOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-person]') : null

/** Opens the card's form with this rung chosen and the cursor where the reason goes. */
function askWhy(card: HTMLElement, rung: string): void {
  const select = card.querySelector('select')
  const form = card.querySelector('details')
  if (!select || !form) return
  select.value = rung
  form.open = true
  card.querySelector<HTMLInputElement>('input[name="reason"]')?.focus()
}

const look = ['outline-2', 'outline-primary', 'outline-dashed']
const mark = (column: HTMLElement | null): void => {
  for (const each of columns) each.classList.remove(...look)
  column?.classList.add(...look)
}

for (const card of document.querySelectorAll<HTMLElement>('[data-person]')) {
  if (!card.querySelector('select')) continue // whoever looks may not move
  card.draggable = true
  card.classList.add('cursor-grab')
  card.addEventListener('dragstart', (event) => {
    dragged = card
    event.dataTransfer?.setData('text/plain', card.dataset.person ?? '')
  })
  card.addEventListener('dragend', () => {
    dragged = null
    mark(null)
  })
}

for (const column of columns) {
  column.addEventListener('dragover', (event) => {
    if (!dragged || column.contains(dragged)) return
    event.preventDefault() // a drop is welcome
    mark(column)
  })
  column.addEventListener('drop', (event) => {
    event.preventDefault()
    if (dragged) askWhy(dragged, column.dataset.rung ?? '')
    mark(null)
  })
}

document.addEventListener('keydown', (event) => {
  if (!event.shiftKey || (event.code !== 'ArrowLeft' && event.code !== 'ArrowRight')) return
  // While typing the arrows are the text's, and in a list of choices the list's.
  if (event.isComposing || (event.target instanceof Element && event.target.matches('input, select, textarea'))) return
  const card = cardOf(event.target)
  const at = columns.findIndex((column) => card && column.contains(card))
  const next = columns[at + (event.code === 'ArrowRight' ? 1 : -1)]
  if (!card || at === -1 || !next) return
  event.preventDefault()
  askWhy(card, next.dataset.rung ?? '')
})

/** Escape leaves a card where it is: its form closes and the name has the focus again. What was typed stays. */
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.isComposing) return
  const card = cardOf(event.target)
  const form = card?.querySelector('details')
  if (!card || !form?.open) return
  form.open = false
  card.querySelector<HTMLElement>('h3 a')?.focus()
})

/** Whoever moved a card goes on where they were. */
const moved = new URLSearchParams(location.search).get('card')
if (moved) document.querySelector<HTMLElement>(`[data-person="${CSS.escape(moved)}"] h3 a`)?.focus()

const hint = document.querySelector<HTMLElement>('[data-moving-hint]')
if (hint) hint.hidden = false

export {}
