import { randomUUID } from 'node:crypto'
import { toSVG } from 'bwip-js/node'
import { z } from 'zod'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { inTransaction } from '../../../platform/db/db.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { NotFound } from '../../../platform/errors.ts'
import { takeBackMark } from '../../people/commands.ts'
import { allow } from '../../access/allow.ts'
import { SpokenLanguage } from '../../contacts/schema.ts'
import { closedUniverses } from '../../targeting/closed.ts'
import { askedText, universe } from '../../targeting/queries.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { keepCaller } from '../caller.ts'
import { addWalkIn, callerIn } from '../callers/commands.ts'
import { changeRepeat, startRound } from '../rounds/commands.ts'
import { addUniverse } from '../targets/commands.ts'
import { idByForm } from '../form-id.ts'
import { idParam, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { bankOf, prepare } from '../of-request.ts'
import { makeNext } from '../rounds/repeating.ts'
import { RepeatChange } from '../rounds/schema.ts'
import { turnsOf } from '../turns.ts'
import { claimHandOver, handOver, handOverToken } from './hand-over.ts'
import { callersToTell, sendMessage } from './messages.ts'
import { HandOverPage, MessagePage, StartHerePage, WalkInPage } from './pages/desk.tsx'
import './words.ts'

const MessageForm = z.object({
  caller_id: z.union([z.literal('all'), z.uuid()]).transform((id) => (id === 'all' ? null : id)),
  text: z.string().trim().min(1, 'form.required').max(500),
})

const WalkInForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(80),
  reach: z.string().trim().max(120).default(''),
  languages: z
    .union([SpokenLanguage, z.array(SpokenLanguage)], { error: 'phonebanks.join.language_needed' })
    .transform((chosen) => [chosen].flat()),
})

/** `from`: the page whose button was pressed. */
const RepeatForm = z.object({ change: RepeatChange, from: z.literal('recurring').optional() })

/** The round the page showed: pressed twice, or by two, one begins. */
const RoundForm = z.object({ round: z.coerce.number().int() })

/** What the host does while people call. */
export const hostRoutes = room()
  .post('/phonebanks/:id/messages', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { t, db } = c.var
    const { value, typed, errors } = await readForm(c, MessageForm)
    const to = value?.caller_id ? await callerIn(db, actorOf(c), bank.phone_bank_id, value.caller_id) : null
    if (!value || to?.removed_at) {
      return page(
        c,
        <MessagePage
          t={t}
          callers={await callersToTell(db, bank.organization_id, bank.phone_bank_id)}
          messages={[]}
          base={`/phonebanks/${bank.phone_bank_id}`}
          name={localized(bank.name, t.language).text}
          now={now(c)}
          time_zone={timeZone(c)}
          typed={typed}
          errors={value ? { caller_id: 'host.message_gone' } : errors}
        />,
        { title: t('host.message'), status: 422 },
      )
    }
    await sendMessage(db, actorOf(c), bank.phone_bank_id, value, now(c))
    turnsOf(c.var.installation).forget(bank.organization_id, bank.phone_bank_id)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=message_sent#message`, 303)
  })
  .post('/phonebanks/:id/walk_in', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { t, installation } = c.var
    const base = `/phonebanks/${bank.phone_bank_id}`
    const bank_name = localized(bank.name, t.language).text
    const { value, typed, all, errors } = await readForm(c, WalkInForm)
    const phone = value ? e164(value.reach) : null
    const email = value ? z.email().safeParse(value.reach.toLowerCase()) : null
    const isReachWrong = Boolean(value?.reach) && !phone && !email?.success
    if (!value || isReachWrong) {
      return page(
        c,
        <WalkInPage
          t={t}
          bank={bank}
          base={base}
          name={bank_name}
          typed={typed}
          chosen={all.languages ?? []}
          errors={isReachWrong ? { reach: 'phonebanks.join.reach_invalid' } : errors}
          form_id={typed.form_id ?? randomUUID()}
        />,
        { title: t('host.walk_in'), status: 422 },
      )
    }
    const actor = actorOf(c)
    const caller_id = idByForm(['walk-in', actor.id, bank.phone_bank_id], all)
    const token = handOverToken(installation.secret, bank.phone_bank_id, caller_id)
    const joined = await addWalkIn(
      c.var.db,
      actor,
      bank.phone_bank_id,
      {
        name: value.name,
        languages: value.languages,
        phone,
        email: email?.success ? email.data : null,
        as: { caller_id, token },
      },
      now(c),
    )
    if (!joined.ok) return c.redirect(base, 303)
    const url = `${installation.url}/call/${bank.phone_bank_id}/start/${joined.token}`
    return page(
      c,
      <HandOverPage
        t={t}
        name={value.name}
        url={url}
        qr_svg={toSVG({ bcid: 'qrcode', text: url, scale: 3 })}
        base={base}
        bank_name={bank_name}
      />,
      { title: t('host.walk_in_ready', { name: value.name }) },
    )
  })
  .get('/call/:phone_bank/start/:token', allow('caller-link'), async (c) => {
    const name = await handOver(c.var.installation.database.owner, idParam(c, 'phone_bank'), c.req.param('token'))
    return startHere(c, name)
  })
  .post('/call/:phone_bank/start/:token', allow('caller-link'), async (c) => {
    const phone_bank_id = idParam(c, 'phone_bank')
    const token = await claimHandOver(c.var.installation.database.owner, phone_bank_id, c.req.param('token'))
    if (!token) return startHere(c, null)
    keepCaller(c, phone_bank_id, token)
    return c.redirect(`/call/${phone_bank_id}`, 303)
  })
  .post('/phonebanks/:id/add_universe', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { value } = await readForm(c, z.object({ universe_id: z.uuid() }))
    const chosen = value && (await universe(c.var.db, bank.organization_id, value.universe_id))
    if (!chosen || (await closedUniverses(c.var.db, actorOf(c))).has(chosen.universe_id)) throw new NotFound()
    await inTransaction(c.var.db, async (tx) => {
      await addUniverse(tx, actorOf(c), bank.phone_bank_id, askedText(chosen))
      await prepare(tx, bank.organization_id, bank.phone_bank_id)
    })
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=added_universe`, 303)
  })
  .post('/phonebanks/:id/next_round', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { value } = await readForm(c, RoundForm)
    // A page from before it said its round: no round is 0.
    const begun = await startRound(c.var.db, actorOf(c), bank.phone_bank_id, now(c), value?.round ?? 0)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=${begun ? 'round_started' : 'round_already'}`, 303)
  })
  .post('/phonebanks/:id/copy', allow('phonebanks.edit'), async (c) => {
    const bank = await bankOf(c)
    const made = await inTransaction(c.var.db, async (tx) => {
      const next = await makeNext(tx, actorOf(c), bank.phone_bank_id, { today: today(c), now: now(c) })
      if (next.ok && next.is_new) await prepare(tx, bank.organization_id, next.phone_bank_id)
      return next
    })
    if (!made.ok) return c.redirect(`/phonebanks/${bank.phone_bank_id}?not_made=${made.problem}`, 303)
    return c.redirect(`/phonebanks/${made.phone_bank_id}${made.is_new ? '' : '?said=made_already'}`, 303)
  })
  .post('/phonebanks/:id/repeat', allow('phonebanks.edit'), async (c) => {
    const bank = await bankOf(c)
    const { value } = await readForm(c, RepeatForm)
    if (!value) throw new NotFound()
    await changeRepeat(c.var.db, actorOf(c), bank.phone_bank_id, value.change, now(c))
    if (value.from === 'recurring') return c.redirect('/phonebanks/recurring?said=saved', 303)
    // What no longer goes on has no next one to read about.
    const goes_on = value.change === 'weekly' || value.change === 'resume'
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=${goes_on ? 'repeat_goes_on' : 'repeat_saved'}`, 303)
  })
  .post('/phonebanks/:id/voters/:voter/marks/:mark/take-back', allow('people.edit'), async (c) => {
    const bank = await bankOf(c)
    const voter = z.coerce.number().int().min(0).safeParse(c.req.param('voter'))
    if (!voter.success) throw new NotFound()
    await takeBackMark(c.var.db, actorOf(c), idParam(c, 'mark'))
    return c.redirect(`/phonebanks/${bank.phone_bank_id}/voters/${voter.data}`, 303)
  })

const startHere = (c: Ctx, name: string | null) =>
  page(c, <StartHerePage t={c.var.t} name={name} action={new URL(c.req.url).pathname} />, {
    title: c.var.t('phonebanks.join.title'),
    bare: true,
    status: name === null ? 404 : 200,
  })
