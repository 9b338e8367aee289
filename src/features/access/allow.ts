import { Forbidden, NotSignedIn } from '../../platform/errors.ts'
import type { Handler } from '../../platform/http/room.ts'
import { mayDo, type Permission } from './permissions.ts'
import { isPractice } from './queries.ts'

/** The permission a route asks for, readable by the test that tries every route with every role. */
export type Guard = Handler & { permission: Permission }

/**
 * Stands first in every route: `.get('/people', allow('people.view'), async (c) => …)`. With `in_practice`, that one is
 * enough while every organization of the installation is a practice one.
 */
export function allow(permission: Permission, { in_practice }: { in_practice?: Permission } = {}): Guard {
  const guard: Handler = async (c, next) => {
    // `c.var` is made anew of everything in it each time.
    const actor = c.get('actor')
    if (!mayDo(actor, permission) && permission !== 'caller-link' && permission !== 'api-token') {
      if (!actor) throw new NotSignedIn()
      if (!in_practice || !mayDo(actor, in_practice) || !(await isPractice(c.var.installation.database.owner)))
        throw new Forbidden()
    }
    await next()
  }
  return Object.assign(guard, { permission })
}
