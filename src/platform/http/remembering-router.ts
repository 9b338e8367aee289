import type { Result, Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

/** As many addresses as one process remembers; then it begins anew. */
const most = 2000
/** Longer ones are few, and each is another. */
const longest = 200

/**
 * Hono's own router, which remembers where the last addresses lead: through our thousand routes each is looked for a while,
 * and a hundred callers ask at the same one again and again.
 */
export class RememberingRouter<T> implements Router<T> {
  name = 'RememberingRouter'
  readonly #router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })
  readonly #found = new Map<string, Result<T>>()

  add(method: string, path: string, handler: T): void {
    this.#router.add(method, path, handler)
  }

  match(method: string, path: string): Result<T> {
    const key = `${method} ${path}`
    const before = this.#found.get(key)
    if (before) return before
    if (key.length > longest) return this.#router.match(method, path)
    // Of a copy: parts of the path would keep all of the address they were cut from, its query too.
    const found = this.#router.match(method, Buffer.from(path).toString())
    if (this.#found.size >= most) this.#found.clear()
    this.#found.set(Buffer.from(key).toString(), found)
    return found
  }
}
