import type { Completion } from '../schema.ts'

/*
 * Offers what could be typed next under the field of the expression, as buttons: reached by Tab, pressed by a finger. The
 * page works without it, and it only ever writes into the field, so it is no React.
 */

const field = document.querySelector<HTMLTextAreaElement>('textarea[data-complete]')
const list = document.querySelector<HTMLElement>('[data-completions]')
const said = document.querySelector<HTMLElement>('[data-completions-said]')

if (field && list && said) offer(field, list, said)

function offer(field: HTMLTextAreaElement, list: HTMLElement, said: HTMLElement): void {
  let asked: AbortController | null = null
  let waiting = 0

  const ask = async (): Promise<void> => {
    asked?.abort()
    asked = new AbortController()
    const at = field.selectionStart
    const query = new URLSearchParams({ q: field.value, at: String(at) })
    try {
      const answer = await fetch(`${field.dataset.complete}?${query}`, {
        headers: { accept: 'application/json' },
        signal: asked.signal,
      })
      show(answer.ok ? ((await answer.json()) as Offered) : null)
    } catch (problem) {
      // Overtaken by the next key: its answer follows. Without a connection typing goes on without.
      if (!(problem instanceof DOMException && problem.name === 'AbortError')) show(null)
    }
  }

  const show = (offered: Offered | null): void => {
    const options = (offered?.options ?? []).slice(0, 8)
    // A word typed to its end needs no help.
    const typed = offered ? field.value.slice(offered.from, offered.to) : ''
    const isDone = options.length === 1 && options[0]?.text === typed
    list.hidden = options.length === 0 || isDone
    said.textContent = list.hidden ? '' : (list.getAttribute('aria-label') ?? '')
    list.replaceChildren(
      ...options.map(({ text, meaning, count }) => {
        const button = document.createElement('button')
        button.type = 'button'
        button.className = 'btn btn-sm h-auto min-h-10 font-normal'
        const word = document.createElement('span')
        word.className = 'font-mono'
        word.textContent = text
        button.append(word)
        if (meaning) button.append(` ${meaning}`)
        if (count !== undefined) button.append(` (${count.toLocaleString()})`)
        button.addEventListener('click', () => offered && take(offered, text))
        return button
      }),
    )
  }

  const take = ({ from, to }: Completion, text: string): void => {
    // A field waits for its value; a value is followed by the next term.
    field.setRangeText(/[:/=@]$/.test(text) ? text : `${text} `, from, to, 'end')
    field.focus()
    void ask()
  }

  const askSoon = (): void => {
    clearTimeout(waiting)
    waiting = window.setTimeout(() => void ask(), 120)
  }
  field.addEventListener('input', askSoon)
  field.addEventListener('focus', askSoon)
}

interface Offered extends Completion {
  options: (Completion['options'][number] & { meaning: string | null })[]
}
