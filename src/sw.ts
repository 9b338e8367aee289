/// <reference lib="webworker" />
/*
 * Keeps the caller's page (/call/) and the door's (/door/) working without a connection, registered for each apart. It
 * imports nothing: a chunk shared with an island would break it. The page tells what it was made of; nothing else is kept,
 * and no answer of the server about people passes through here.
 */
const worker = self as unknown as ServiceWorkerGlobalScope

/** 'hanpyo-call', 'hanpyo-door': what one page does not use, the other may. */
const cache_name = `hanpyo-${worker.registration.scope.split('/').at(-2)}`
/** A slow network is treated as none when the page is at hand. */
const patience_ms = 4000

type Message = { kind: 'keep'; page: string; files: string[] } | { kind: 'forget'; page: string }

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener('message', (event) => {
  const message = event.data as Message
  const done = message.kind === 'keep' ? keep(message.page, message.files) : forget(message.page)
  // oxlint-disable-next-line require-post-message-target-origin -- a window of ours
  event.waitUntil(done.then(() => event.source?.postMessage({ kind: `${message.kind}_done` })))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(openPage(request, url.pathname))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(openFile(request))
})

async function keep(page: string, files: string[]): Promise<void> {
  const cache = await caches.open(cache_name)
  const wanted = new Set(files)
  const there = new Set<string>()
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    // Hashed names never change: what this page does not use belongs to an older build. Fonts stay: names come in pieces.
    if (/^\/assets\/.*\.(js|css)$/.test(pathname) && !wanted.has(pathname)) await cache.delete(request)
    else there.add(pathname)
  }
  await Promise.allSettled([...wanted].filter((file) => !there.has(file)).map((file) => cache.add(file)))
  const fresh = await fetch(page, { headers: { accept: 'text/html' } })
  if (fresh.ok && !fresh.redirected) await cache.put(page, fresh)
}

async function forget(page: string): Promise<void> {
  const cache = await caches.open(cache_name)
  await cache.delete(page)
}

/** From the server; where it cannot be reached, as it was kept. */
async function openPage(request: Request, page: string): Promise<Response> {
  const cache = await caches.open(cache_name)
  const kept = await cache.match(page, { ignoreVary: true })
  const fresh = fetch(request)
  if (!kept) return fresh
  fresh
    .then((answer) => (answer.ok && !answer.redirected ? cache.put(page, answer.clone()) : undefined))
    .catch(() => undefined) // offline: the kept one is shown
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept.clone()), patience_ms))
  return Promise.race([fresh.then((answer) => answer.clone()), late]).catch(() => kept)
}

async function openFile(request: Request): Promise<Response> {
  const cache = await caches.open(cache_name)
  const kept = await cache.match(request, { ignoreVary: true })
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await cache.put(request, fresh.clone()).catch(() => undefined) // full: it works without
  return fresh
}

export {}
