/** Keeps every `<section data-live="/path">` up to date: the server sends its HTML again whenever it changed. */
for (const section of document.querySelectorAll<HTMLElement>('[data-live]')) {
  const source = new EventSource(section.dataset.live ?? '')
  source.addEventListener('html', (event) => {
    // What the reader has the focus on stays.
    const focused = section.contains(document.activeElement) ? document.activeElement?.id : undefined
    section.innerHTML = (event as MessageEvent<string>).data
    if (focused) document.getElementById(focused)?.focus()
    // What was waited for is there: `<a data-go-on>` leads to it.
    const next = section.querySelector<HTMLAnchorElement>('a[data-go-on]')
    if (next) location.replace(next.href)
  })
  addEventListener('pagehide', () => source.close())
}

/** What a page that came back has to say first (`data-focus`) is read first. */
document.querySelector<HTMLElement>('[data-focus]')?.focus()

/** Forms that act on change when there is script (`<form data-submit-on-change>`); without, they have a button. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-submit-on-change]')) {
  form.addEventListener('change', () => form.requestSubmit())
}

/** `<button data-copy="#id">` copies a field's value. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const field = document.querySelector<HTMLInputElement>(button.dataset.copy ?? '')
    if (!field) return
    void navigator.clipboard.writeText(field.value).then(() => {
      button.textContent = button.dataset.copied ?? button.textContent
    })
  })
}

/** `<button data-print>` opens the print dialogue. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

/** `<button data-timer="120">` counts two minutes down; another press stops it and begins anew. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-timer]')) {
  const start = button.textContent
  let running: ReturnType<typeof setInterval> | undefined
  button.hidden = false
  button.addEventListener('click', () => {
    const wasRunning = running !== undefined
    clearInterval(running)
    running = undefined
    if (wasRunning) {
      button.textContent = start
      return
    }
    const ends_at = Date.now() + Number(button.dataset.timer) * 1000
    const show = (): void => {
      const seconds = Math.max(0, Math.ceil((ends_at - Date.now()) / 1000))
      const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
      button.textContent = seconds > 0 ? left : (button.dataset.over ?? left)
      if (seconds > 0) return
      clearInterval(running)
      running = undefined
    }
    running = setInterval(show, 250)
    show()
  })
}

/** The menus of the bar close with Escape, which gives the focus back, and when one goes elsewhere. */
for (const menu of document.querySelectorAll<HTMLDetailsElement>('header details')) {
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget as Node)) menu.open = false
  })
  document.addEventListener('click', ({ target }) => {
    if (!menu.contains(target as Node)) menu.open = false
  })
}

/** A menu longer than the screen shows where one is: without scrollIntoView, from where the first Tab would go on. */
const menu = document.querySelector('nav.sticky')
const here = menu?.querySelector('[aria-current=page]')?.getBoundingClientRect()
if (menu && here) menu.scrollTop += Math.max(0, here.bottom - menu.getBoundingClientRect().bottom)

/** What this device was to keep for a while alone (the list of a door) is gone with the next page of ours, whichever that is. */
void forgetStores()

async function forgetStores(): Promise<void> {
  if (!('indexedDB' in window) || !('databases' in indexedDB)) return
  const databases = await indexedDB.databases().catch(() => [])
  if (!databases.some(({ name }) => name?.includes('-until-'))) return
  const [{ forgetPast }, { clockKept }] = await Promise.all([import('./device/kept.ts'), import('./device/device.ts')])
  await forgetPast(new Date(Date.now() + clockKept()))
}
