import type { Translate } from '../../../../platform/i18n/messages.ts'
import { textOfPasted } from '../../writing/pasting-rules.ts'

/**
 * Buttons above each text for bold, links, lists and names; what is pasted from a word processor comes out clean; whoever
 * leaves with something unsaved is asked. Answers how to undo all that.
 */
export function helpWriting(form: HTMLFormElement, t: Translate): () => void {
  const bars = [...form.querySelectorAll<HTMLTextAreaElement>('textarea[data-rich]')].map((field) => barFor(field, t))
  const pasted = (event: ClipboardEvent) => {
    const field = event.target
    if (!(field instanceof HTMLTextAreaElement) || !('rich' in field.dataset)) return
    const text = textOfPasted(event.clipboardData?.getData('text/html') ?? '')
    if (!text) return
    event.preventDefault()
    insert(field, text)
  }
  let isChanged = false
  const changed = () => void (isChanged = true)
  const sent = () => void (isChanged = false)
  const leaving = (event: BeforeUnloadEvent) => {
    if (isChanged) event.preventDefault()
  }
  form.addEventListener('paste', pasted)
  form.addEventListener('input', changed)
  form.addEventListener('submit', sent)
  window.addEventListener('beforeunload', leaving)
  return () => {
    for (const bar of bars) bar.remove()
    form.removeEventListener('paste', pasted)
    form.removeEventListener('input', changed)
    form.removeEventListener('submit', sent)
    window.removeEventListener('beforeunload', leaving)
  }
}

function barFor(field: HTMLTextAreaElement, t: Translate): HTMLElement {
  const bar = document.createElement('div')
  bar.className = 'join mb-1'
  bar.setAttribute('role', 'group')
  bar.setAttribute('aria-label', t('writing.tools'))
  const name = field.lang === 'ko' ? '{name|회원}' : '{first_name|friend}'
  const tools: [string, () => void][] = [
    [t('writing.tool.bold'), () => around(field, '**', '**')],
    [t('writing.tool.link'), () => around(field, '[', '](https://)')],
    [t('writing.tool.list'), () => listed(field)],
    [t('writing.tool.name'), () => insert(field, name)],
  ]
  for (const [label, act] of tools) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'btn btn-sm join-item'
    button.textContent = label
    button.addEventListener('click', act)
    bar.append(button)
  }
  field.before(bar)
  return bar
}

/** As if typed, so that the browser can take it back. */
function insert(field: HTMLTextAreaElement, text: string): void {
  field.focus()
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function around(field: HTMLTextAreaElement, before: string, after: string): void {
  const { selectionStart, selectionEnd, value } = field
  const chosen = value.slice(selectionStart, selectionEnd)
  insert(field, before + chosen + after)
  // The cursor goes where something is still to be typed.
  const at = selectionStart + before.length + chosen.length
  const isLink = after.includes('(') && chosen !== ''
  const place = isLink ? at + after.length - 1 : at
  field.setSelectionRange(place, place)
}

function listed(field: HTMLTextAreaElement): void {
  const { selectionStart, selectionEnd, value } = field
  const from = value.lastIndexOf('\n', selectionStart - 1) + 1
  field.setSelectionRange(from, selectionEnd)
  const lines = value.slice(from, selectionEnd).split('\n')
  insert(field, lines.map((line) => (line.startsWith('- ') ? line : `- ${line}`)).join('\n'))
}
