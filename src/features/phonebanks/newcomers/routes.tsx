import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { confirmByHand } from '../../events/calls/commands.ts'
import { actorOfCaller, callerOf } from '../caller.ts'
import { idParam } from '../../../platform/http/of-request.ts'
import { sessionOf } from '../queries.ts'
import { letGo, mayStillSay, putOff, seeCaller, takeNewcomer, undoCall } from './commands.ts'
import './messages.ts'
import { NewcomersPage } from './page.tsx'
import { atHand, lastCall, savedCall } from './queries.ts'
import { PutOffForm, ResultForm } from './schema.ts'

const UndoForm = z.object({ attempt: z.uuid() })
const Told = z.object({
  said: z.enum(['saved', 'quicker', 'undone', 'again', 'stays', 'busy']).optional().catch(undefined),
  attempt: z.uuid().optional().catch(undefined),
})

/** Callers ask those too whether they come who are in no voter file: a page of its own beside the queue, without script. */
export const newcomerRoutes = room()
  .get('/call/:phone_bank/newcomers', allow('caller-link'), async (c) => {
    const { caller, session, db, now } = await callingHere(c)
    const at = found(await atHand(db, caller, session.phone_bank.hours, now))
    const told = Told.parse(c.req.query())
    const saved = told.attempt ? await savedCall(db, caller, told.attempt) : await lastCall(db, caller, now)
    const { t } = c.var
    return page(
      c,
      <NewcomersPage {...{ t, session, at, saved }} said={told.said ?? null} key_of_form={randomUUID()} />,
      {
        title: t('newcomers.title'),
        bare: true,
      },
    )
  })
  .post('/call/:phone_bank/newcomers/next', allow('caller-link'), async (c) => {
    const here = await callingHere(c)
    return back(c, (await takeNext(here)) === 'busy' ? { said: 'busy' } : {})
  })
  .post('/call/:phone_bank/newcomers/result', allow('caller-link'), async (c) => {
    const here = await callingHere(c)
    const { caller, db, session, now } = here
    const { event } = found(await atHand(db, caller, session.phone_bank.hours, now))
    const { value } = await readForm(c, ResultForm)
    if (!value) return back(c, { said: 'quicker' })
    const { signup: signup_id, said, key: attempt_id } = value
    // What was said on the telephone is kept, also where it took longer than their turn.
    const called = { signup_id, said, attempt_id }
    if (!(await mayStillSay(db, caller, signup_id, now))) return back(c, { said: 'quicker' })
    const kept = await confirmByHand(db, actorOfCaller(caller), event.event_id, called, now, caller)
    await letGo(db, caller, signup_id)
    await takeNext(here)
    return back(c, kept.ok ? { said: 'saved', attempt: attempt_id } : { said: 'quicker' })
  })
  .post('/call/:phone_bank/newcomers/put-off', allow('caller-link'), async (c) => {
    const here = await callingHere(c)
    const { value } = await readForm(c, PutOffForm)
    if (value) await putOff(here.db, here.caller, value.signup, here.now)
    return back(c, (await takeNext(here)) === 'busy' ? { said: 'busy' } : {})
  })
  .post('/call/:phone_bank/newcomers/undo', allow('caller-link'), async (c) => {
    const here = await callingHere(c)
    const { caller, db, session, now } = here
    const at = found(await atHand(db, caller, session.phone_bank.hours, now))
    const { value } = await readForm(c, UndoForm)
    const is_open = session.door === 'open' && !at.closed_until
    const undone =
      value && session.door !== 'ended'
        ? await undoCall(db, caller, at.event.event_id, value.attempt, { now, is_open })
        : null
    await takeNext(here)
    return back(c, { said: undone?.is_in_hand ? 'again' : undone ? 'undone' : 'stays' })
  })

async function callingHere(c: Ctx) {
  const caller = await callerOf(c, idParam(c, 'phone_bank'))
  const { installation } = c.var
  const session = await sessionOf(installation, caller)
  const [db, now] = [installation.database.of(caller.organization_id), installation.clock.now()]
  if (session.door === 'open') await seeCaller(db, caller, now)
  // Over the organization's number nobody is rung from the caller's own, and in practice nobody at all.
  return {
    caller,
    session,
    db,
    now,
    is_for_us: session.phone_bank.way_of_calling === 'own_phone' && !c.var.gives_nobody,
  }
}

/** The next one, while the phone bank is open. */
async function takeNext({
  caller,
  session,
  db,
  now,
  is_for_us,
}: Awaited<ReturnType<typeof callingHere>>): Promise<'busy' | 'done'> {
  return session.door === 'open' && is_for_us ? takeNewcomer(db, caller, session.phone_bank.hours, now) : 'done'
}

const back = (c: Ctx, told: Record<string, string> = {}): Response => {
  const query = new URLSearchParams(told).toString()
  return c.redirect(`/call/${idParam(c, 'phone_bank')}/newcomers${query && `?${query}`}`, 303)
}
