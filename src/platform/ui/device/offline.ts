/** Pages that open without a connection; each has its own keeper. */
type Scope = '/call/' | '/door/'

/**
 * Hands the service worker everything this page was made of, so that it opens again without a connection. Where there is
 * no service worker (plain http in a local network), the page goes on as long as it is open.
 */
export async function keepOffline(scope: Scope, words: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register('/sw.js', { scope }).catch(() => null)
  if (!registration) return
  await loadLetters(words)
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ kind?: string }>) => {
    // For tests, and for whoever looks whether the page would open without a connection.
    if (data.kind === 'keep_done') document.documentElement.dataset.kept = ''
  })
  const tell = (worker: ServiceWorker | null) => {
    const used = performance
      .getEntriesByType('resource')
      .map((entry) => new URL(entry.name))
      .filter(
        (url) =>
          url.origin === location.origin && (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg'),
      )
      .map((url) => url.pathname)
    // oxlint-disable-next-line require-post-message-target-origin -- a service worker takes none
    worker?.postMessage({ kind: 'keep', page: location.pathname, files: [...new Set([...used, '/icon.svg'])] })
  }
  const ready = await navigator.serviceWorker.ready
  tell(ready.active)
}

/** Our type comes in many small files; those with these letters are fetched while there is a connection. */
export async function loadLetters(words: string): Promise<void> {
  await document.fonts.load('18px "Pretendard Variable"', words).catch(() => undefined) // offline: what is there is used
}

/** Somebody else may use this device next. */
export async function forgetOffline(scope: Scope, page: string = location.pathname): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration(scope)
  registration?.active?.postMessage({ kind: 'forget', page })
}
