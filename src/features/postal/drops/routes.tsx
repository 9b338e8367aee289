import { inTransaction } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { live, page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { askedCampaign, linkMade, mayChangeLane } from '../../campaigns/parts/commands.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { textsOf } from '../../endorsements/of-request.ts'
import { mailingLanes } from '../../mailings/schema.ts'
import { openTo } from '../../targeting/closed.ts'
import { universes } from '../../targeting/queries.ts'
import { queueFreeze } from '../jobs.ts'
import { blanksIn } from '../../mailings/payer/rules.ts'
import '../messages.ts'
import { DropForm, electionLevels } from '../schema.ts'
import { returnsOf } from '../mailed/queries.ts'
import { filesMade } from '../printing/queries.ts'
import { sweepFiles } from '../printing/files.ts'
import { beginFreeze, changeDrop, makeDrop, thawDrop } from './commands.ts'
import { DropPage, DropsPage, dropValues, EditDropPage, FreezeProgress, LeftOutPage, list, NewDropPage, PiecesPage } from './pages.tsx' // prettier-ignore
import { dropById, dropsOf, lastSender, leftOutOf, pageSize, piecesFrom, whoClosedSince, type Drop } from './queries.ts'

const view = allow('postal.view')
const edit = allow('postal.edit')
const people = allow('postal.people')
const one = `${list}/:drop`

/** What is mailed on paper: to whom, and how far it is. */
export const dropRoutes = room()
  .get(list, view, async (c) => {
    const from = fromRow(c)
    const { rows, total } = await dropsOf(c.var.db, actorOf(c).organization_id, from)
    const may_edit = mayDo(actorOf(c), 'postal.edit')
    return page(c, <DropsPage t={c.var.t} {...{ rows, total, from, may_edit }} />, { title: c.var.t('postal.title') })
  })
  .get(`${list}/new`, edit, (c) => newPage(c, campaignIn(c)))
  .post(`${list}/new`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, DropForm)
    const wrong = { ...(await stray(c, errors, value)), ...blanksOf(typed) }
    if (!value || Object.keys(wrong).length > 0) return newPage(c, typed, wrong)
    const campaign = await askedCampaign(c.var.db, actorOf(c), typed.campaign, value.lane)
    if (campaign.problem) return newPage(c, typed, { lane: campaign.problem })
    const drop_id = await inTransaction(c.var.db, async (tx) => {
      const made = await makeDrop(tx, actorOf(c), { ...value, attribution: attributionIn(c, typed) }, now(c))
      await linkMade(tx, actorOf(c), campaign, { kind: 'postal_drop', part_id: made }, now(c))
      return made
    })
    return c.redirect(`${list}/${drop_id}`, 303)
  })
  .get(one, view, (c) => dropPage(c))
  .get(`${one}/progress`, view, async (c) => {
    await dropOf(c)
    return live(c, 1000, async () => <FreezeProgress t={c.var.t} drop={await dropOf(c)} />)
  })
  .get(`${one}/edit`, edit, (c) => editPage(c))
  .post(`${one}/edit`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, DropForm)
    const { drop_id, organization_id, lane } = await dropOf(c)
    const wrong = { ...(await stray(c, errors, value)), ...blanksOf(typed) }
    if (!value || Object.keys(wrong).length > 0) return editPage(c, { typed, errors: wrong })
    if (
      value.lane !== lane &&
      !(await mayChangeLane(c.var.db, organization_id, { kind: 'postal_drop', part_id: drop_id }))
    )
      return editPage(c, { typed, errors: { lane: 'campaigns.problem.lane_of_campaign' } })
    const saved = await saveUnlessChanged(c, {
      subject: 'postal_drop',
      subject_id: drop_id,
      in_trail: (name) => [name.replace(/^attribution_.+$/, 'attribution')],
      values: async (tx) => dropValues(found(await dropById(tx, organization_id, drop_id))),
      save: (tx) => changeDrop(tx, actorOf(c), drop_id, { ...value, attribution: attributionIn(c, typed) }),
    })
    if (!saved.ok) return editPage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`${list}/${drop_id}`, 303)
  })
  .post(`${one}/freeze`, edit, async (c) => {
    const drop = await dropOf(c)
    await beginFreeze(c.var.db, actorOf(c), drop.drop_id)
    await queueFreeze(c.var.db, drop)
    return c.redirect(`${list}/${drop.drop_id}`, 303)
  })
  .post(`${one}/thaw`, edit, async (c) => {
    const { drop_id } = await dropOf(c)
    await thawDrop(c.var.db, actorOf(c), drop_id)
    await sweepFiles(c.var.db, c.var.installation.config.data, [drop_id])
    return c.redirect(`${list}/${drop_id}`, 303)
  })
  .get(`${one}/pieces`, people, async (c) => {
    const drop = await dropOf(c)
    const from = fromRow(c)
    const rows = await piecesFrom(c.var.db, drop, from, pageSize)
    return page(c, <PiecesPage t={c.var.t} drop={drop} rows={rows} from={from} />, { title: c.var.t('postal.pieces') }) // prettier-ignore
  })
  .get(`${one}/left-out`, people, async (c) => {
    const drop = await dropOf(c)
    const from = fromRow(c)
    const reason = c.req.query('reason') ?? ''
    const { rows, total } = await leftOutOf(c.var.db, drop, reason, from)
    return page(c, <LeftOutPage t={c.var.t} {...{ drop, reason, rows, total, from }} />, { title: c.var.t('postal.left_out') }) // prettier-ignore
  })

export const dropOf = async (c: Ctx): Promise<Drop> =>
  found(await dropById(c.var.db, actorOf(c).organization_id, idParam(c, 'drop')))

const closedShown = 20

/** How far a drop is; `errors`, so many who are `closed` to mail since, or letters that cannot be printed: why one of its forms came back. */
export async function dropPage(
  c: Ctx,
  errors: FieldErrors = {},
  typed: Record<string, string> = {},
  closed = 0,
  unprintable: readonly string[] = [],
) {
  const drop = await dropOf(c)
  const may = { edit: mayDo(actorOf(c), 'postal.edit'), people: mayDo(actorOf(c), 'postal.people') }
  const [files, returned] = await Promise.all([filesMade(c.var.db, drop), returnsOf(c.var.db, drop)])
  const who = closed > 0 && may.people ? await whoClosedSince(c.var.db, drop, today(c), closedShown) : []
  return page(
    c,
    <DropPage t={c.var.t} {...{ drop, may, files, returned, errors, typed, closed, who, unprintable }} today={today(c)} time_zone={timeZone(c)} />, // prettier-ignore
    { title: drop.name, status: closed > 0 ? 422 : statusOf(errors) },
  )
}

/** First row of a page of a list, from the address. */
function fromRow(c: Ctx): number {
  const from = Number(c.req.query('from') ?? 0)
  return Number.isSafeInteger(from) && from > 0 ? Math.min(from, 20_000_000) : 0
}

const attributionIn = (c: Ctx, typed: Record<string, string>) => textsOf(typed, 'attribution', languagesOf(c), 300)

/** A line that was offered, taken over with what is to be filled in. */
const blanksOf = (typed: Record<string, string>): FieldErrors =>
  Object.fromEntries(Object.entries(typed).flatMap(([name, said]) => (name.startsWith('attribution_') && blanksIn(said).length > 0 ? [[name, 'postal.attribution_blank']] : []))) // prettier-ignore

/** Without lists of the other lane of a campaign of theirs. */
const offeredTo = async (c: Ctx) => openTo(c.var.db, actorOf(c), await universes(c.var.db, actorOf(c).organization_id))

/** The audience is one of the list. */
async function stray(c: Ctx, errors: FieldErrors, value: DropForm | null): Promise<FieldErrors> {
  if (!value || (await offeredTo(c)).some(({ universe_id }) => universe_id === value.universe_id)) return errors
  return { ...errors, universe_id: 'form.invalid' }
}

async function newPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const last = await lastSender(c.var.db, actorOf(c).organization_id)
  const values = {
    kind: 'postcard_6x9' as const,
    lane: 'non_partisan' as const,
    level: null,
    languages: 'theirs' as const,
    households: 'address' as const,
    name: '',
    universe_id: c.req.query('universe') ?? '',
    return_name: '',
    return_address: '',
    attribution: {},
    ...last,
  }
  return page(
    c,
    <NewDropPage t={c.var.t} languages={languagesOf(c)} universes={await offeredTo(c)} values={dropValues(values)} {...{ typed, errors }} />, // prettier-ignore
    { title: c.var.t('postal.new'), status: statusOf(errors) },
  )
}

/** What the page of a campaign, or of an endorsement, fills in. */
function campaignIn(c: Ctx): Record<string, string> {
  const { campaign, lane, level, name } = c.req.query()
  if (!campaign) return name ? { name: name.slice(0, 80) } : {}
  const known = {
    lane: mailingLanes.find((each) => each === lane),
    level: electionLevels.find((each) => each === level),
  }
  return {
    campaign,
    ...(name && { name: name.slice(0, 80) }),
    ...(known.lane && { lane: known.lane }),
    ...(known.level && { level: known.level }),
  }
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function editPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const drop = await dropOf(c)
  return page(
    c,
    <EditDropPage t={c.var.t} languages={languagesOf(c)} universes={await offeredTo(c)} {...{ drop, typed, errors }} />,
    { title: c.var.t('postal.edit'), status: statusOf(errors), meanwhile },
  )
}

const statusOf = (errors: FieldErrors) => (Object.keys(errors).length > 0 ? 422 : 200)
