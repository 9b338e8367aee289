import { isFulfilled } from '../conditions/rules.ts'
import { forgetDraft, keepDraft, readDraft } from './draft.ts'

/*
 * What a device adds to a public page that works without: questions appear and vanish with the answers above them, what
 * was typed is kept on the device until it is sent, a file that is too large is named before it travels, and work that is
 * asked of a crowded form's senders is done. No framework: the page is opened once, on a telephone, on a slow line.
 */

const form = document.querySelector<HTMLFormElement>('form[data-public-form]')
const sent = document.querySelector<HTMLElement>('[data-sent]')
if (sent?.dataset.sent) forgetDraft(sent.dataset.sent)
if (form) start(form, form.dataset.publicForm ?? '')

function start(page: HTMLFormElement, state: string): void {
  const { pathname } = new URL(page.action)
  for (const line of page.querySelectorAll<HTMLElement>('[data-only-if-line]')) line.hidden = true
  if (state === 'fresh') offerDraft(page, pathname)
  branch(page)
  page.addEventListener('change', (event) => {
    branch(page)
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') checkFile(event.target)
  })
  if (state !== 'preview') {
    page.addEventListener('input', () => keepDraft(pathname, page))
    page.addEventListener('change', () => keepDraft(pathname, page))
  }
  const asked = page.querySelector<HTMLElement>('[data-work]')
  if (asked) doWork(page, asked)
}

/** Shows what is asked, from above to below: a question that is hidden has no answer for those further down. */
function branch(page: HTMLFormElement): void {
  for (const part of page.querySelectorAll<HTMLElement>('[data-only-if]')) {
    const only_if = JSON.parse(part.dataset.onlyIf ?? '{}') as Record<string, string[]>
    part.hidden = !isFulfilled(only_if, (key) =>
      [...page.querySelectorAll<HTMLInputElement>(`input[name="q.${CSS.escape(key)}"]:checked`)]
        .filter((input) => !input.closest('[data-only-if][hidden]'))
        .map((input) => input.value),
    )
  }
}

function offerDraft(page: HTMLFormElement, pathname: string): void {
  if (!readDraft(pathname, page)) return
  const notice = page.querySelector<HTMLElement>('[data-draft]')
  if (!notice) return
  notice.hidden = false
  notice.querySelector('button')?.addEventListener('click', () => {
    forgetDraft(pathname)
    page.reset()
    branch(page)
    notice.hidden = true
    page.querySelector<HTMLInputElement>('input:not([type=hidden]):not([tabindex="-1"])')?.focus()
  })
}

function checkFile(input: HTMLInputElement): void {
  const told = input.parentElement?.querySelector<HTMLElement>('[data-file-problem]')
  const [tooLarge = '', wrongKind = ''] = told?.dataset.fileProblem?.split('|') ?? []
  const file = input.files?.[0]
  // A device that does not know the kind leaves it to the server.
  const isWrong = file && file.type !== '' && !input.accept.split(',').includes(file.type)
  const isTooLarge = file && file.size > Number(input.dataset.mostBytes)
  if (told) told.textContent = isTooLarge ? tooLarge : isWrong ? wrongKind : ''
}

function doWork(page: HTMLFormElement, asked: HTMLElement): void {
  const proof = page.querySelector<HTMLInputElement>('input[name="proof"]')
  const worker = new Worker(new URL('./work-thread.ts', import.meta.url), { type: 'module' })
  asked.textContent = asked.dataset.working ?? ''
  worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
    worker.terminate()
    if (proof) proof.value = data
    const waitsForFile = page.querySelector('input[type="file"]') !== null
    if (waitsForFile) asked.textContent = asked.dataset.workDone ?? ''
    else page.requestSubmit(page.querySelector<HTMLButtonElement>('button[name="send"]'))
  })
  // oxlint-disable-next-line require-post-message-target-origin -- to a thread of this page
  worker.postMessage(asked.dataset.work)
}
