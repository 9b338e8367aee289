import { call } from '../../../platform/http/endpoint.ts'
import { knownPeople, type KnownPerson } from '../sheets/schema.ts'

/**
 * Makes typing in a sign-in sheet fast; the form works without. No component: the fields are the server's. Enter goes on
 * instead of sending the form, and after the last field sends it; whom we know and may be meant is offered while typing.
 */
function start(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLFieldSetElement>('[data-known]')
  const first =
    form.querySelector<HTMLInputElement>('[aria-invalid=true]') ?? form.querySelector<HTMLInputElement>('input')
  first?.focus()

  form.addEventListener('keydown', (event) => {
    const field = event.target
    // Enter may only have finished a syllable (Safari says so by the code alone).
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return
    event.preventDefault()
    const next = nextOf(form, field)
    if (next) next.focus()
    else form.requestSubmit()
  })

  let asking: AbortController | null = null
  let wait: ReturnType<typeof setTimeout> | undefined
  form.addEventListener('input', (event) => {
    if (!place || !(event.target instanceof HTMLInputElement) || !asks.includes(event.target.name)) return
    clearTimeout(wait)
    wait = setTimeout(() => {
      asking?.abort()
      asking = new AbortController()
      void call(knownPeople, {}, askedOf(form), { signal: asking.signal }).then((answer) => {
        if (answer.ok) offer(place, answer.value.people)
      })
    }, 150)
  })
}

const asks = ['first_name', 'last_name', 'name_hangul', 'phone', 'email']

/** Where Enter goes: boxes of one question and the people offered are one stop each for the arrows, and Enter passes on. */
function nextOf(form: HTMLFormElement, field: HTMLElement): HTMLElement | null {
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')].filter(
    (each) =>
      each === field ||
      (each.name !== 'line' &&
        each.checkVisibility() &&
        (each.type !== 'radio' || ('checked' in each && each.checked))),
  )
  // From any of the people offered the line is complete.
  if (field instanceof HTMLInputElement && field.type === 'radio') return null
  return fields[fields.indexOf(field as HTMLInputElement) + 1] ?? null
}

function askedOf(form: HTMLFormElement) {
  const value = (name: string): string =>
    form.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value.trim() ?? ''
  return {
    name: [value('first_name'), value('last_name')].filter(Boolean).join(' '),
    name_hangul: value('name_hangul'),
    phone: value('phone'),
    email: value('email'),
  }
}

/** Shows them as further choices; who was chosen stays so, also where they are not among them. */
function offer(place: HTMLFieldSetElement, people: readonly KnownPerson[]): void {
  const chosen = place.querySelector<HTMLInputElement>('input:checked')?.value
  const isFound = people.some(({ person_id }) => person_id === chosen)
  for (const old of place.querySelectorAll<HTMLElement>('[data-person]'))
    if (isFound || old.dataset.person !== chosen) old.remove()
  const nobody = place.querySelector('label:not([data-person])')
  for (const { person_id, name, hint } of people) {
    const label = document.createElement('label')
    label.className = 'flex min-h-11 items-center gap-3'
    label.dataset.person = person_id
    const radio = document.createElement('input')
    Object.assign(radio, {
      type: 'radio',
      name: 'person_id',
      value: person_id,
      className: 'radio',
      checked: person_id === chosen,
    })
    const text = document.createElement('span')
    text.className = 'min-w-0 break-words'
    const strong = document.createElement('strong')
    strong.textContent = name
    text.append(strong, hint && ` ${hint}`)
    label.append(radio, text)
    place.insertBefore(label, nobody)
  }
  place.hidden = !place.querySelector('[data-person]')
}

const form = document.querySelector<HTMLFormElement>('form[data-sign-in]')
if (form) start(form)
