import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../allow.ts'
import { createToken, revokeToken } from './commands.ts'
import './messages.ts'
import { TokensPage } from './pages/tokens-page.tsx'
import { apiTokens } from './queries.ts'
import { TokenForm } from './schema.ts'

interface Shown {
  typed?: Record<string, string>
  chosen?: readonly string[]
  errors?: FieldErrors
  made?: { name: string; token: string }
}

async function show(c: Ctx, shown: Shown = {}) {
  return page(
    c,
    <TokensPage
      t={c.var.t}
      tokens={await apiTokens(c.var.db, actorOf(c).organization_id)}
      now={c.var.installation.clock.now()}
      time_zone={c.var.organization?.time_zone ?? 'America/New_York'}
      was_revoked={c.req.query('done') === 'revoked'}
      {...shown}
    />,
    { title: c.var.t('tokens.title'), status: shown.errors ? 422 : 200 },
  )
}

/** Tokens for other programs: made, shown once, ended. */
export const tokenRoutes = room()
  .get('/settings/connections', allow('connections.edit'), (c) => show(c))
  // Answers with the page itself, not a redirect: the token must be in no address and in no cookie.
  .post('/settings/connections', allow('connections.edit'), async (c) => {
    const { typed, all, errors, value } = await readForm(c, TokenForm)
    if (!value) return show(c, { typed, chosen: all.scopes ?? [], errors })
    const { token } = await createToken(c.var.db, actorOf(c), value, c.var.installation.clock.now())
    return show(c, { made: { name: value.name, token } })
  })
  .post('/settings/connections/:token/revoke', allow('connections.edit'), async (c) => {
    await revokeToken(c.var.db, actorOf(c), c.req.param('token'), c.var.installation.clock.now())
    return c.redirect('/settings/connections?done=revoked', 303)
  })
