import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { meanwhileOf, saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { closedParts } from '../../campaigns/team/queries.ts'
import { idParam, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { texts } from '../script-content.ts'
import { assignFollowUps, isOfBothSides, solveFollowUp, workOnFollowUps } from './commands.ts'
import { followUpsCsv } from './csv.ts'
import './messages.ts'
import { chosenQuery, followUpKindNames, FollowUpsPage, savedOwners, type Chosen, type FollowUpSolved } from './pages/list.tsx' // prettier-ignore
import { followUps, ownersOf, possibleOwners, type FollowUpFilter } from './queries.ts'

const Chosen = z.object({
  kind: z.enum(followUpKindNames).nullable().catch(null),
  state: z.enum(['open', 'solved']).catch('open'),
  phone_bank: z.uuid().nullable().catch(null),
  who: z.union([z.literal(['all', 'nobody']), z.uuid()]).catch('all'),
  late: z
    .literal('yes')
    .optional()
    .catch(undefined)
    .transform((late) => late === 'yes'),
})
const From = z.coerce.number().int().min(0).max(1_000_000).catch(0)
const SolveForm = z.object({
  solution: z.string().trim().max(500).default(''),
  release: z.enum(['call', 'finish']).catch('call'),
  instead_of: z.string().optional(),
  instead_of_release: z.string().default(''),
})
const Ids = z.array(z.uuid()).max(1000).default([])
const AssignForm = z.object({
  which: z.enum(['ticked', 'shown']).catch('ticked'),
  follow_up_ids: Ids,
  shown_ids: Ids,
  owner_id: z.union([
    z.literal('same').transform(() => undefined),
    z.literal('nobody').transform(() => null),
    z.uuid(),
  ]),
  due_on: z.union([z.literal('').transform(() => undefined), z.iso.date('follow_ups.date_invalid')]).optional(),
  no_day: z.literal('yes').optional(),
})
const FileForm = z.object({ law: z.literal('yes', 'export.law_needed') })
const size = 50

export const followUpRoutes = room()
  .get('/follow-ups', allow('phonebanks.results'), (c) => listPage(c, Chosen.parse(c.req.query()), c.req.query('from')))
  .post('/follow-ups/assign', allow('phonebanks.host'), async (c) => {
    const { typed, all, errors, value } = await readForm(c, AssignForm)
    const chosen = chosenOf(typed)
    const again = (problems: FieldErrors) =>
      listPage(c, chosen, typed['list_from'], problems, { typed, ticked: all.follow_up_ids ?? [] })
    if (!value) return again(errors)
    const due_on = value.no_day ? null : value.due_on
    if (value.owner_id === undefined && due_on === undefined) return again({ owner_id: 'follow_ups.nothing_chosen' })
    const ids = value.which === 'shown' ? value.shown_ids : value.follow_up_ids
    if (ids.length === 0) return again({ which: 'follow_ups.none_ticked' })
    const given = { owner_id: value.owner_id, due_on }
    const { organization_id } = actorOf(c)
    const saved = await saveUnlessChanged(c, {
      subject: 'follow_up',
      subject_id: ids,
      in_trail: () => ['owner_id', 'due_on', 'solution'],
      values: async (tx) => savedOwners(await ownersOf(tx, organization_id, ids)),
      save: (tx) => assignFollowUps(tx, actorOf(c), ids, given, now(c)),
    })
    if (!saved.ok)
      return listPage(
        c,
        chosen,
        typed['list_from'],
        {},
        {
          typed,
          ticked: ids,
          meanwhile: saved.meanwhile,
        },
      )
    if (!saved.value.ok) {
      const { problem } = saved.value
      return again({ [problem === 'both_sides' ? 'which' : 'owner_id']: `follow_ups.${problem}` })
    }
    const said = { said: 'assigned', count: String(saved.value.count) }
    return c.redirect(`/follow-ups?${new URLSearchParams({ ...listQuery(typed), ...said })}`, 303)
  })
  .post('/follow-ups/file', allow('phonebanks.export'), async (c) => {
    const { typed, errors, value } = await readForm(c, FileForm)
    const chosen = chosenOf(typed)
    if (!value) return listPage(c, chosen, undefined, errors)
    const actor = actorOf(c)
    const words = { t: c.var.t, time_zone: timeZone(c) }
    const { csv, rows } = await followUpsCsv(c.var.db, actor.organization_id, await filterOf(c, chosen), words)
    if (await isOfBothSides(c.var.db, actor, rows, now(c)))
      return listPage(c, chosen, undefined, { file: 'follow_ups.both_sides' })
    await audit(c.var.db, actor, {
      action: 'follow_up.export',
      subject: 'follow_up',
      subject_id: chosen.phone_bank ?? actor.organization_id,
      after: { rows: rows.length, ...chosenQuery(chosen), law_accepted: true },
      request_id: c.var.request_id,
    })
    await workOnFollowUps(c.var.db, actor, rows, now(c))
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="follow-ups-${today(c)}.csv"`,
        'cache-control': 'no-store',
      },
    })
  })
  .post('/follow-ups/:id/solve', allow('phonebanks.host'), async (c) => {
    const { typed, errors, value } = await readForm(c, SolveForm)
    const follow_up_id = idParam(c, 'id')
    if (!value) {
      const refused = { follow_up_id, words: typed['solution'] ?? '' }
      return listPage(c, chosenOf(typed), typed['list_from'], errors, { typed: {}, ticked: [], refused })
    }
    const { instead_of, instead_of_release } = value
    const said = {
      ...value,
      instead_of: instead_of === undefined ? undefined : { solution: instead_of, release: instead_of_release },
    }
    const solved = await solveFollowUp(c.var.db, actorOf(c), follow_up_id, said, now(c))
    if (!solved.ok) {
      const { by, at, solution, release } = solved.theirs
      const sent = { solution: said.solution, release: said.release }
      const saved = { solution, release: release ?? said.release }
      return listPage(
        c,
        chosenOf(typed),
        typed['list_from'],
        {},
        {
          typed: {},
          ticked: [],
          solved: { follow_up_id, words: said.solution, theirs: { solution, release } },
          meanwhile: meanwhileOf(c, { seen: {}, typed: sent, saved, by, at }),
        },
      )
    }
    const done = { said: solved.is_kept ? 'kept' : 'solved' }
    return c.redirect(`/follow-ups?${new URLSearchParams({ ...listQuery(typed), ...done })}`, 303)
  })

/** What a form under the list was sent with, where it came back. */
interface Given {
  typed: Record<string, string>
  ticked: readonly string[]
  solved?: FollowUpSolved
  refused?: { follow_up_id: string; words: string }
  meanwhile?: Meanwhile
}

async function listPage(
  c: Ctx,
  chosen: Chosen,
  start?: string,
  errors: FieldErrors = {},
  { meanwhile, ...given }: Given = { typed: {}, ticked: [] },
): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const filter = await filterOf(c, chosen)
  let from = From.parse(start ?? 0)
  let shown = await followUps(db, actor.organization_id, filter, { from, limit: size })
  if (shown.rows.length === 0 && shown.total > 0) {
    // What stood on the last page is done meanwhile.
    from = Math.floor((shown.total - 1) / size) * size
    shown = await followUps(db, actor.organization_id, filter, { from, limit: size })
  }
  // Names and numbers of many voters at once: who looks at them is kept.
  if (shown.rows.length > 0) {
    await audit(db, actor, {
      action: 'follow_up.list',
      subject: 'follow_up',
      subject_id: chosen.phone_bank ?? actor.organization_id,
      after: { rows: shown.rows.length },
      request_id: c.var.request_id,
    })
  }
  // Given to somebody meanwhile, one may be of this list no more; who gave it is to be seen.
  const left = Object.keys(meanwhile?.changes ?? {}).filter(
    (id) => given.solved === undefined && shown.rows.every(({ follow_up_id }) => follow_up_id !== id),
  )
  const others =
    left.length > 0 ? (await followUps(db, actor.organization_id, left, { from: 0, limit: null })).rows : []
  const changed = others.filter(({ phone_bank_id }) => !filter.closed_banks?.includes(phone_bank_id ?? ''))
  return page(
    c,
    <FollowUpsPage
      t={t}
      {...shown}
      rows={[...changed, ...shown.rows]}
      from={from}
      size={size}
      chosen={chosen}
      bank={await bankName(c, filter)}
      owners={await possibleOwners(db, actor.organization_id, c.var.installation.clock.now())}
      me={actor.id}
      today={today(c)}
      time_zone={timeZone(c)}
      may_solve={mayDo(c.var.actor, 'phonebanks.host')}
      may_export={mayDo(c.var.actor, 'phonebanks.export')}
      said={saidOf(c)}
      errors={errors}
      {...given}
    />,
    { title: t('follow_ups.title'), meanwhile, ...(Object.keys(errors).length > 0 && { status: 422 }) },
  )
}

/** Not that of the other lane of a campaign. */
async function bankName(c: Ctx, { phone_bank_id, closed_banks }: FollowUpFilter): Promise<string | null> {
  if (!phone_bank_id || closed_banks?.includes(phone_bank_id)) return null
  const bank = await c.var.db
    .selectFrom('phone_bank')
    .select('name')
    .where('organization_id', '=', actorOf(c).organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .executeTakeFirst()
  return bank ? localized(texts(bank.name), c.var.language).text : null
}

/** What the list showed when a form under it was sent. */
const chosenOf = (typed: Record<string, string>): Chosen =>
  Chosen.parse(Object.fromEntries(Object.entries(typed).map(([name, value]) => [name.replace(/^list_/, ''), value])))

const listQuery = (typed: Record<string, string>): Record<string, string> => ({
  ...chosenQuery(chosenOf(typed)),
  from: String(From.parse(typed['list_from'] ?? 0)),
})

/** Results of the other lane of a campaign are not among them. */
const filterOf = async (c: Ctx, { kind, state, phone_bank, who, late }: Chosen): Promise<FollowUpFilter> => ({
  is_solved: state === 'solved',
  kind,
  phone_bank_id: phone_bank,
  owner: who === 'all' || who === 'nobody' ? who : { user_id: who },
  due_before: late ? today(c) : null,
  closed_banks: [...(await closedParts(c.var.db, actorOf(c), 'phone_bank', now(c)))],
})

function saidOf(c: Ctx): string | null {
  const { said, count } = c.req.query()
  const { t } = c.var
  if (said === 'solved') return t('follow_ups.said')
  if (said === 'kept') return t('follow_ups.said_kept')
  if (said === 'assigned') return t('follow_ups.said_assigned', { count: From.parse(count) })
  return null
}
