import { NotSignedIn } from '../../../platform/errors.ts'
import { serve } from '../../../platform/http/endpoint.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { callerNamed } from '../caller.ts'
import { recordTold } from '../told/commands.ts'
import { isTicketOf, turnsOf } from '../turns.ts'
import { sendKept, tellKept } from './endpoints.ts'

/** Results and corrections of callers who are known by nothing but their tickets. */
export const keptRoutes = room()
const guard = allow('caller-link')

/** Whose ticket this is. The ticket is looked at before the database is asked anything. */
async function ownerOf(c: Ctx, caller_id: string, { voter_id, ticket }: { voter_id: number; ticket: string }) {
  const { installation } = c.var
  const phone_bank_id = c.req.param('phone_bank') ?? ''
  if (!isTicketOf(installation.secret, phone_bank_id, caller_id, voter_id, ticket)) throw new NotSignedIn()
  const caller = await callerNamed(installation, phone_bank_id, caller_id)
  if (!caller) throw new NotSignedIn()
  return caller
}

serve(keptRoutes, sendKept, guard, async (c, { caller_id, result, give_back }) => {
  const caller = await ownerOf(c, caller_id, result)
  const { recorded } = await turnsOf(c.var.installation).take(caller.organization_id, caller.phone_bank_id, {
    caller_id,
    caller_name: caller.name,
    languages: caller.languages,
    holding: [],
    want: 0,
    result,
    ...(give_back.length ? { release: { voter_ids: give_back, why: 'leave' as const } } : {}),
  })
  if (!recorded) throw new Error('a result was given and none recorded')
  return { recorded }
})

serve(keptRoutes, tellKept, guard, async (c, { caller_id, told }) => {
  const caller = await ownerOf(c, caller_id, told)
  const { database, clock, secret } = c.var.installation
  return recordTold(database.of(caller.organization_id), caller, told, secret, clock.now())
})
