import type { Hono } from 'hono'
import type { Env } from '../http/room.ts'

export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, form?: Record<string, string | string[]>, headers?: Record<string, string>): Promise<Response>
  /** Cookies by name, as the server set them. */
  cookies: Map<string, string>
}

/** A browser that keeps its cookies and follows nothing by itself. */
export function visitor(app: Hono<Env>, language = 'en', user_agent = 'Mozilla/5.0 (X11; Linux) Firefox/150'): Visitor {
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit, headers: Record<string, string>): Promise<Response> => {
    const response = await app.request(path, {
      ...init,
      headers: {
        host: 'localhost',
        'accept-language': language,
        'user-agent': user_agent,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';')
      const [name = '', ...value] = pair.split('=')
      if (attributes.some((each) => /^\s*max-age=0$/i.test(each))) cookies.delete(name)
      else cookies.set(name, value.join('='))
    }
    return response
  }
  return {
    cookies,
    get: (path, headers = {}) => ask(path, {}, headers),
    post(path, form = {}, headers = {}) {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(form)) for (const each of [value].flat()) body.append(name, each)
      return ask(
        path,
        { method: 'POST', body },
        { origin: 'http://localhost', 'sec-fetch-site': 'same-origin', ...headers },
      )
    },
  }
}
