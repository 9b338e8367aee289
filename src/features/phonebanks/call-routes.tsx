import { z } from 'zod'
import { NotFound } from '../../platform/errors.ts'
import { clientAddress } from '../../platform/http/address.ts'
import { serve } from '../../platform/http/endpoint.ts'
import { audit } from '../../platform/audit.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { room, type Ctx } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { mayTry } from '../access/limits.ts'
import { mayDo } from '../access/permissions.ts'
import { spokenLanguages } from '../contacts/schema.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import { leaseForHours } from './batches/commands.ts'
import { takeBatch } from './batches/endpoints.ts'
import { actorOfCaller, callerInTurn, callerOf, callerOrNull, isRemoved, keepCaller, type Caller } from './caller.ts'
import { noteTalking, undoAttempt, undoUnseen } from './commands.ts'
import { joinPhoneBank } from './callers/commands.ts'
import * as endpoints from './endpoints.ts'
import './messages.ts'
import { ClosedPage, CodePage, JoinPage, keptIsland, type WhyClosed } from './pages/join.tsx'
import { atHand } from './newcomers/queries.ts'
import { consoleManifest, consolePage } from './pages/console.tsx'
import { bankToJoin, madeBy, recentOf, sessionOf, whyGone, whyNoUndo } from './queries.ts'
import { texts } from './script-content.ts'
import { turnsOf, type Ask } from './turns.ts'
import { openMember, openReturnCall, othersAtHome, type WalkUp } from './follow-ups/walk-up.ts'

const JoinForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(80),
  reach: z.string().trim().min(1, 'phonebanks.join.reach_needed').max(120),
  languages: z
    .union([z.enum(spokenLanguages), z.array(z.enum(spokenLanguages))], { error: 'phonebanks.join.language_needed' })
    .transform((chosen) => [chosen].flat()),
})

/** A phone number or an e-mail address, told apart by the @. */
function reachOf(typed: string): { phone: string | null; email: string | null } | null {
  if (typed.includes('@')) {
    const email = z.email().safeParse(typed.toLowerCase())
    return email.success ? { phone: null, email: email.data } : null
  }
  const phone = e164(typed)
  return phone ? { phone, email: null } : null
}

const isId = (where: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(where)

/** The side of those who call: joining by link, the calling page, and what it asks. */
export const callRoutes = room()
  .get('/call', allow('public'), (c) => {
    const typed = c.req.query('code')
    const code = (typed ?? '').toLowerCase().replaceAll(/[\s.-]/g, '')
    if (/^[a-z2-9]{10}$/.test(code)) return c.redirect(`/call/${code}`, 303)
    return page(
      c,
      <CodePage
        t={c.var.t}
        typed={typed === undefined ? {} : { code: typed }}
        errors={typed === undefined ? {} : { code: 'phonebanks.code.wrong' }}
      />,
      { title: c.var.t('phonebanks.code.title'), bare: true, status: typed === undefined ? 200 : 422 },
    )
  })
  .get('/call/:where', allow('caller-link'), async (c) => {
    const where = c.req.param('where')
    if (isId(where)) return callingPage(c, where)
    const bank = await lookUp(c, where)
    if (!bank) return unknownCode(c)
    if (await callerOrNull(c, bank.phone_bank_id)) return c.redirect(`/call/${bank.phone_bank_id}`, 303)
    if (bank.is_closed) return closed(c, bank.is_ended ? 'ended' : 'closed', bank.phone_bank_id)
    return page(c, <JoinPage t={c.var.t} bank={bank} code={where} typed={{}} chosen={[]} errors={{}} />, {
      title: c.var.t('phonebanks.join.title'),
      bare: true,
    })
  })
  .post('/call/:where', allow('caller-link'), async (c) => {
    const code = c.req.param('where')
    const bank = isId(code) ? null : await lookUp(c, code)
    if (!bank) return unknownCode(c)
    const { typed, all, errors, value } = await readForm(c, JoinForm)
    const again = (problems: FieldErrors) =>
      page(
        c,
        <JoinPage t={c.var.t} bank={bank} code={code} typed={typed} chosen={all.languages ?? []} errors={problems} />,
        { title: c.var.t('phonebanks.join.title'), bare: true, status: 422 },
      )
    const unreadable = typed['reach']?.trim() && !reachOf(typed['reach'].trim())
    if (!value) return again({ ...errors, ...(unreadable && { reach: 'phonebanks.join.reach_invalid' }) })
    const reach = reachOf(value.reach)
    if (!reach) return again({ reach: 'phonebanks.join.reach_invalid' })
    const { installation } = c.var
    const joined = await joinPhoneBank(
      installation.database.owner,
      code,
      { ...value, ...reach },
      installation.clock.now(),
    )
    if (!joined.ok) return joined.problem === 'unknown' ? unknownCode(c) : closed(c, joined.problem)
    keepCaller(c, joined.phone_bank_id, joined.token)
    return c.redirect(`/call/${joined.phone_bank_id}`, 303)
  })

// Asked without cookies: it names the address alone. A code that is no id gets a manifest that opens nothing.
callRoutes.get('/call/:phone_bank/manifest.webmanifest', allow('caller-link'), (c) => {
  c.header('Content-Type', 'application/manifest+json')
  return c.body(JSON.stringify(consoleManifest(c.var.t, c.req.param('phone_bank'))))
})

/** Each address gets a fair number of tries: ten letters cannot be guessed by then. */
async function lookUp(c: Ctx, code: string) {
  const { installation } = c.var
  const bank = /^[a-z2-9]{10}$/.test(code) ? await bankToJoin(installation.database.owner, code) : null
  if (bank) return bank
  const may = await mayTry(installation.database.owner, {
    what: 'join',
    address: clientAddress(c),
    ip: clientAddress(c),
    now: installation.clock.now(),
  })
  if (!may) throw new NotFound()
  return null
}

const unknownCode = (c: Ctx) =>
  page(c, <ClosedPage t={c.var.t} why="unknown" />, {
    title: c.var.t('phonebanks.closed.unknown'),
    bare: true,
    status: 404,
  })

/** 410 where a calling page was: a device that keeps it does not put this one in its place. */
const closed = (c: Ctx, why: WhyClosed, phone_bank_id?: string, status: 200 | 410 = 200) =>
  page(c, <ClosedPage t={c.var.t} why={why} {...(phone_bank_id ? { phone_bank_id } : {})} />, {
    title: c.var.t('phonebanks.closed.title'),
    bare: true,
    status,
    islands: phone_bank_id ? [keptIsland] : [],
  })

async function callingPage(c: Ctx, phone_bank_id: string) {
  const caller = await callerOrNull(c, phone_bank_id)
  if (!caller) {
    return closed(c, (await isRemoved(c, phone_bank_id)) ? 'taken_off' : 'removed', phone_bank_id, 410)
  }
  const session = await sessionOf(c.var.installation, caller)
  if (session.door === 'ended') return closed(c, 'ended', phone_bank_id, 410)
  if (session.phone_bank.way_of_calling === 'practice') return c.redirect(`/call/${phone_bank_id}/practice`, 303)
  const { actor } = c.var
  const may_print = actor?.organization_id === caller.organization_id && mayDo(actor, 'phonebanks.results')
  const at = await atHand(c.var.installation.database.of(caller.organization_id), caller, session.phone_bank.hours, c.var.installation.clock.now()) // prettier-ignore
  // Over the organization's number nobody is rung from the caller's own; who is given nobody, is given no newcomer.
  const hasNone = session.phone_bank.way_of_calling === 'bridge' || c.var.gives_nobody
  const newcomers = hasNone ? 0 : (at?.ready ?? 0) + (at?.hand ? 1 : 0)
  return consolePage(c, session, { may_print, newcomers })
}

const guard = allow('caller-link')
const idOf = (c: Ctx): string => c.req.param('phone_bank') ?? ''

async function turn(c: Ctx, caller: Caller, more: Omit<Ask, 'caller_id' | 'caller_name' | 'languages'>) {
  const gives_nobody = c.get('gives_nobody')
  const answer = await turnsOf(c.get('installation')).take(caller.organization_id, caller.phone_bank_id, {
    caller_id: caller.caller_id,
    caller_name: caller.name,
    languages: caller.languages,
    ...more,
    ...(gives_nobody ? { want: 0, take: [] } : {}),
  })
  return gives_nobody ? { ...answer, turn: { ...answer.turn, cards: [], messages: [] } } : answer
}

serve(callRoutes, endpoints.session, guard, async (c) => sessionOf(c.var.installation, await callerOf(c, idOf(c))))
serve(callRoutes, endpoints.next, guard, async (c, { holding, want }) => {
  const caller = await callerInTurn(c, idOf(c))
  return (await turn(c, caller, { holding, want })).turn
})
serve(callRoutes, endpoints.recordCall, guard, async (c, { result, holding, want }) => {
  const caller = await callerInTurn(c, idOf(c))
  const { recorded, turn: next } = await turn(c, caller, { holding, want, result })
  if (!recorded) throw new Error('a result was given and none recorded')
  return { recorded, turn: next }
})
serve(callRoutes, endpoints.extendLease, guard, async (c, { holding, talking_to }) => {
  const caller = await callerInTurn(c, idOf(c))
  const answer = await turn(c, caller, { holding, want: 0 })
  const { database, clock } = c.var.installation
  await noteTalking(database.of(caller.organization_id), caller, talking_to, clock.now())
  return answer.turn
})
serve(callRoutes, endpoints.releaseCalls, guard, async (c, { voter_ids, why, holding, want }) => {
  const caller = await callerInTurn(c, idOf(c))
  return (await turn(c, caller, { holding, want: why === 'leave' ? 0 : want, release: { voter_ids, why } })).turn
})
serve(callRoutes, endpoints.takeMember, guard, async (c, { voter_id, holding }) => {
  const caller = await callerOf(c, idOf(c))
  const { database, clock } = c.var.installation
  return walkUp(
    c,
    caller,
    holding,
    await openMember(database.of(caller.organization_id), caller, voter_id, clock.now()),
  )
})
serve(callRoutes, endpoints.othersAtHome, guard, async (c) => {
  const caller = await callerOf(c, idOf(c))
  const { database, clock } = c.var.installation
  return {
    others: await othersAtHome(database.of(caller.organization_id), caller, clock.now()),
  }
})
serve(callRoutes, endpoints.returnCall, guard, async (c, { phone, holding }) => {
  const caller = await callerOf(c, idOf(c))
  const { database, clock } = c.var.installation
  const number = e164(phone)
  return walkUp(
    c,
    caller,
    holding,
    number
      ? await openReturnCall(database.of(caller.organization_id), caller, number, clock.now())
      : { voter_id: null, problem: 'unknown' },
  )
})
serve(callRoutes, takeBatch, guard, async (c, { holding, lines, hours }) => {
  const caller = await callerInTurn(c, idOf(c))
  const { turn: next } = await turn(c, caller, { holding, want: lines })
  const { database, clock } = c.var.installation
  const until = await leaseForHours(database.of(caller.organization_id), caller, hours, clock.now())
  if (!until) return next
  await audit(database.of(caller.organization_id), actorOfCaller(caller), {
    action: 'phonebank.batch',
    subject: 'phone_bank',
    subject_id: caller.phone_bank_id,
    after: { found: next.cards.length, hours },
    request_id: c.var.request_id,
  })
  const leased_until = until.toISOString()
  return { ...next, leased_until, cards: next.cards.map((card) => ({ ...card, leased_until })) }
})
serve(callRoutes, endpoints.recentCalls, guard, async (c) => {
  const caller = await callerOf(c, idOf(c))
  const { database, clock } = c.var.installation
  return recentOf(database.of(caller.organization_id), caller, clock.now())
})
serve(callRoutes, endpoints.madeCall, guard, async (c, { attempt_id }) => {
  const caller = await callerOf(c, idOf(c))
  const { database, clock, secret } = c.var.installation
  const now = clock.now()
  const db = database.of(caller.organization_id)
  const answer = await madeBy(db, caller, attempt_id, secret, now)
  // The whole card once more, though the voter is no longer in their hand.
  if (answer.made)
    await audit(db, actorOfCaller(caller), {
      action: 'phonebank.reopen',
      subject: 'contact_attempt',
      subject_id: attempt_id,
      request_id: c.var.request_id,
    })
  return { ...answer, server_time: now.toISOString() }
})
serve(callRoutes, endpoints.undoCall, guard, async (c, { attempt_id, voter_id, holding }) => {
  const caller = await callerOf(c, idOf(c))
  const { database, clock } = c.var.installation
  const db = database.of(caller.organization_id)
  const problem = await whyNoUndo(db, caller, attempt_id, clock.now())
  const undone =
    problem === 'unknown' && voter_id !== undefined
      ? await undoUnseen(db, caller, { attempt_id, voter_id }, clock.now())
      : problem
        ? ({ ok: false, problem } as const)
        : await undoAttempt(db, actorOfCaller(caller), caller.phone_bank_id, attempt_id, clock.now())
  // Naming the voter as held gives them back to this caller, if nobody else has them.
  const again = undone.ok && undone.voter_id !== null ? [undone.voter_id] : []
  const { turn: next } = await turn(c, caller, { holding, want: 0, take: again })
  const [missing] = again.filter((id) => !next.cards.some((card) => card.voter_id === id))
  const gone = missing === undefined ? null : await whyGone(db, caller, missing)
  return { undone: undone.ok, problem: undone.ok ? null : undone.problem, gone, turn: next }
})

/** The voter in hand, or why not. */
async function walkUp(c: Ctx, caller: Caller, holding: number[], found: WalkUp) {
  const { turn: next } = await turn(c, caller, {
    holding: holding.filter((id) => id !== found.voter_id),
    want: 0,
    take: found.voter_id === null ? [] : [found.voter_id],
  })
  const card = next.cards.find((each) => each.voter_id === found.voter_id)
  const cards = card ? [card, ...next.cards.filter((each) => each !== card)] : next.cards
  const problem = found.problem ?? (card ? null : ('taken' as const))
  return {
    problem,
    bank: found.problem === 'elsewhere' ? texts(found.bank) : null,
    turn: { ...next, cards },
  }
}
