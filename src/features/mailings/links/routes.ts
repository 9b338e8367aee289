import { actorOf, room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { now } from '../../../platform/http/of-request.ts'
import { mailingOf } from '../of-request.ts'
import { tryLinks, type TryAll } from './commands.ts'
import { tryAddresses } from './try.ts'

/** A page does not wait longer, however many there are. */
const all_ms = 25_000

/** Trying where a mailing leads; the answers stand with its checks. */
export const mailLinkRoutesWith = (tryAll: TryAll) =>
  room().post('/mailings/:mailing/links', allow('mailings.edit'), async (c) => {
    const mailing = await mailingOf(c)
    await tryLinks(c.var.db, actorOf(c), mailing, tryAll, now(c))
    return c.redirect(`/mailings/${mailing.mailing_id}/checks#links`, 303)
  })

export const mailLinkRoutes = mailLinkRoutesWith((addresses) =>
  tryAddresses(addresses, { signal: AbortSignal.timeout(all_ms) }),
)
