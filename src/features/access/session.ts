import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/http/room.ts'

/** Who is asking, from the session cookie; null where nobody is signed in. */
export async function actorOfSession(_c: Ctx): Promise<Actor | null> {
  return null
}
