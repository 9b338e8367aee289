/**
 * Makes typing in a sheet fast; the form works without. No component: the fields are the server's. Enter goes on instead
 * of sending the form, a one-key field goes on by itself, a line is sent as soon as the cursor leaves it. What is wrong
 * with it is opened and has the cursor, once, unless another line is being typed already.
 */
function start(page: HTMLFormElement): void {
  const sent = new Map<HTMLFieldSetElement, string>()
  const refused = new Map<HTMLFieldSetElement, string>()
  const lines = [...page.querySelectorAll<HTMLFieldSetElement>('fieldset[data-line]')]
  for (const line of lines) sent.set(line, valuesOf(line))
  page.querySelector('[data-paper-keys]')?.classList.remove('hidden')

  page.addEventListener('keydown', (event) => {
    const field = event.target
    // Enter may only have finished a syllable (Safari says so by the code alone).
    if (!isField(field) || event.isComposing || event.keyCode === 229) return
    const line = field.closest<HTMLFieldSetElement>('fieldset[data-line]')
    if (event.key === 'Enter') {
      event.preventDefault()
      goOn(page, field)
    } else if (
      line &&
      (event.key === 'ArrowDown' || event.key === 'ArrowUp') &&
      field.tagName !== 'SELECT' &&
      field.type !== 'datetime-local'
    ) {
      event.preventDefault()
      const other = lines[lines.indexOf(line) + (event.key === 'ArrowDown' ? 1 : -1)]
      const name = field.name.replace(/^l\d+\./, '')
      other?.querySelector<HTMLInputElement>(`[name$=".${CSS.escape(name)}"]`)?.focus()
    }
  })

  page.addEventListener('input', (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement) || !('oneKey' in field.dataset) || field.value.length !== 1) return
    openMore(page, field)
    if (event instanceof InputEvent && event.isComposing) return
    goOn(page, field)
  })
  // A letter typed with the Korean keyboard on is there only now.
  page.addEventListener('compositionend', (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement) || !('oneKey' in field.dataset) || field.value.length !== 1) return
    openMore(page, field)
    goOn(page, field)
  })
  page.addEventListener('focusin', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') event.target.select()
  })
  page.addEventListener('focusout', (event) => {
    const line =
      event.target instanceof Element ? event.target.closest<HTMLFieldSetElement>('fieldset[data-line]') : null
    const to = event.relatedTarget
    if (!line || (to instanceof Node && line.contains(to))) return
    const values = valuesOf(line)
    if (values === sent.get(line)) return
    sent.set(line, values)
    void send(page, line).then(({ is_saved, field }) => {
      if (is_saved) return
      // Sent again by the next visit or the page's button.
      sent.delete(line)
      const named = field && namedIn(page, line, field)
      if (!named) return
      named.setAttribute('aria-invalid', 'true')
      const more = named.closest<HTMLDetailsElement>('[data-more]')
      if (more) more.open = true
      const there = document.activeElement?.closest<HTMLFieldSetElement>('fieldset[data-line]')
      const isTyping = there && there !== line && valuesOf(there) !== sent.get(there)
      if (refused.get(line) !== values && !isTyping) named.focus()
      refused.set(line, values)
    })
  })
}

type Field = HTMLInputElement | HTMLSelectElement

const isField = (target: unknown): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement

const fieldsOf = (within: Element): Field[] => [...within.querySelectorAll<Field>('input:not([type=hidden]), select')]

const valuesOf = (line: Element): string =>
  fieldsOf(line)
    .map(({ name, value }) => `${name}=${value}`)
    .join('\n')

/** To the next field that shows; from a result, past the questions: they exclude each other. */
function goOn(page: HTMLFormElement, field: Field): void {
  const isResult = field.name.endsWith('.code') && field.value !== ''
  // Seldom needed: Tab finds them, Enter passes by.
  const fields = fieldsOf(page).filter(
    (each) => each === field || (each.checkVisibility() && !('byTab' in each.dataset)),
  )
  const rest = fields.slice(fields.indexOf(field) + 1)
  const next = isResult ? rest.find((each) => !each.name.includes('.q.')) : rest[0]
  if (next) next.focus()
  else {
    const buttons = [...page.querySelectorAll<HTMLButtonElement>('button[name=go]')]
    ;(buttons.find(({ value }) => value === 'next') ?? buttons[0])?.focus()
  }
}

/** A field of the line, or of the sheet's head, as the server names it. */
const namedIn = (page: HTMLFormElement, line: HTMLFieldSetElement, field: string): Field | undefined =>
  fieldsOf(page).find(({ name }) => name === `l${line.dataset.line ?? ''}.${field}`) ??
  fieldsOf(page).find(({ name }) => name === field)

/** Some results need one thing more. */
function openMore(page: HTMLFormElement, field: HTMLInputElement): void {
  const more = field.closest('fieldset')?.querySelector<HTMLDetailsElement>('[data-more]')
  if (more && field.name.endsWith('.code') && page.dataset.keysMore?.includes(field.value.toUpperCase()))
    more.open = true
}

/** `field`: the one that is wrong. */
async function send(
  page: HTMLFormElement,
  line: HTMLFieldSetElement,
): Promise<{ is_saved: boolean; field: string | null }> {
  const body = new URLSearchParams()
  const head = fieldsOf(page).filter((each) => ['caller', 'called_on', 'called_from'].includes(each.name))
  for (const { name, value } of [...head, ...fieldsOf(line)]) body.append(name, value)
  const say = (text: string, isProblem: boolean): void => {
    const place = line.querySelector('[data-state]')
    if (place) place.textContent = text
    place?.classList.toggle('text-error', isProblem)
    line.classList.toggle('border-error', isProblem)
    line.dataset.saved = String(!isProblem)
  }
  try {
    const answer = await fetch(`${page.dataset.paper ?? ''}/lines/${line.dataset.line ?? ''}`, { method: 'POST', body })
    const said = (await answer.json()) as { message?: string; field?: string }
    for (const each of [...head, ...fieldsOf(line)]) each.removeAttribute('aria-invalid')
    say(said.message ?? '', !answer.ok)
    return { is_saved: answer.ok, field: said.field ?? null }
  } catch {
    say(page.dataset.offline ?? '', true)
    return { is_saved: false, field: null }
  }
}

const form = document.querySelector<HTMLFormElement>('form[data-paper]')
if (form) start(form)

export {}
