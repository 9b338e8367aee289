import { Forbidden, NotSignedIn } from '../../platform/errors.ts'
import type { Ctx, Handler } from '../../platform/http/room.ts'
import { mayDo, type Permission } from './permissions.ts'

/** The permission a route asks for, readable by the test that tries every route with every role. */
export type Guard = Handler & { permission: Permission }

/**
 * Stands first in every route: `.get('/people', allow('people.view'), async (c) => …)`. With `in_practice`, that one is
 * enough in a practice organization, where there is nothing to protect.
 */
export function allow(permission: Permission, { in_practice }: { in_practice?: Permission } = {}): Guard {
  const guard: Handler = async (c, next) => {
    if (!mayDo(c.var.actor, permission) && permission !== 'caller-link') {
      if (!c.var.actor) throw new NotSignedIn()
      if (!in_practice || !mayDo(c.var.actor, in_practice) || !(await isPractice(c))) throw new Forbidden()
    }
    await next()
  }
  return Object.assign(guard, { permission })
}

async function isPractice(c: Ctx): Promise<boolean> {
  const row = await c.var.db.selectFrom('organization').select('is_demo').executeTakeFirst()
  return row?.is_demo ?? false
}
