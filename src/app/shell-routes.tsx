import { setCookie } from 'hono/cookie'
import { allow } from '../features/access/allow.ts'
import { safeBack } from '../platform/http/back.ts'
import { room } from '../platform/http/room.ts'
import { isLanguage } from '../platform/i18n/languages.ts'

/** The language switch, on every page, without script. */
export const shellRoutes = room().post('/language', allow('public'), async (c) => {
  const { language, back } = await c.req.parseBody()
  if (typeof language === 'string' && isLanguage(language)) {
    setCookie(c, 'language', language, {
      path: '/',
      maxAge: 31_536_000,
      sameSite: 'Lax',
      httpOnly: true,
      secure: c.var.installation.url.startsWith('https:'),
    })
  }
  return c.redirect(safeBack(back), 303)
})
