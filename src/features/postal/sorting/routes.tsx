import { addDays } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { now, today } from '../../endorsements/of-request.ts'
import { checkedOfList } from '../checked/queries.ts'
import { moveUpdateDays } from '../checked/rules.ts'
import { currentVersion, listScripts } from '../../scripts/queries.ts'
import { closedSince, piecesFrom } from '../drops/queries.ts'
import { dropOf, dropPage } from '../drops/routes.tsx'
import { labelsPdf } from '../labels/print.ts'
import { LabelsForm } from '../labels/schema.ts'
import { sheetNamed } from '../labels/sheets.ts'
import { noteFetched } from '../printing/commands.ts'
import { walkCardsPdf } from '../walk-cards/print.ts'
import { homesOf } from '../walk-cards/queries.ts'
import { mostCards, WalkCardsForm } from '../walk-cards/schema.ts'
import { labelsAtOnce, SortingPage } from './pages.tsx'
import { piecesByZip } from './queries.ts'

/** Trays and classes of mail of a list, and labels with its addresses. */
export const sortingRoutes = room()
  .get('/postal/:drop/sorting', allow('postal.view'), (c) => sortingPage(c))
  .post('/postal/:drop/labels.pdf', allow('postal.edit'), async (c) => {
    const drop = await dropOf(c)
    const { value, errors } = await readForm(c, LabelsForm)
    if (!value) return sortingPage(c, errors)
    const closed = drop.state === 'mailed' ? 0 : await closedSince(c.var.db, drop)
    if (closed > 0) return dropPage(c, {}, {}, closed)
    const { sheet: part, from, used, x, y, outlines } = value
    const pieces = await piecesFrom(c.var.db, drop, from, labelsAtOnce)
    await noteFetched(c.var.db, actorOf(c), { ...drop, pieces: pieces.length }, 'labels')
    const labels = { sheet: found(sheetNamed(part)), pieces, used, offset: { x, y }, has_outlines: outlines }
    return pdfAnswer(await labelsPdf(labels, now(c)), 'labels')
  })
  .post('/postal/:drop/walk-cards.pdf', allow('postal.edit'), async (c) => {
    const drop = await dropOf(c)
    const { value, errors } = await readForm(c, WalkCardsForm)
    if (!value) return sortingPage(c, { walk_law: errors.law ?? 'form.invalid' })
    const script = value.script === '' ? null : found(await currentVersion(c.var.db, value.script))
    const homes = await homesOf(c.var.db, drop)
    if (homes.length > mostCards) return sortingPage(c, { walk_law: 'postal.walk_cards_too_many' })
    if (homes.length === 0) return sortingPage(c, { walk_law: 'postal.walk_cards_none' })
    await noteFetched(c.var.db, actorOf(c), { ...drop, pieces: homes.length }, 'walk_cards')
    const cards = { name: drop.name, organization: c.var.organization?.name ?? {}, homes, script: script?.content ?? null, today: today(c) } // prettier-ignore
    return pdfAnswer(await walkCardsPdf(cards, now(c)), 'walk-cards')
  })

async function sortingPage(c: Ctx, errors: FieldErrors = {}) {
  const drop = await dropOf(c)
  const since = addDays(drop.mailed_on ?? today(c), -moveUpdateDays)
  const [by_zip, checked, scripts] = await Promise.all([piecesByZip(c.var.db, drop), checkedOfList(c.var.db, drop, since), listScripts(c.var.db)]) // prettier-ignore
  const may_print = mayDo(actorOf(c), 'postal.edit') && drop.pieces > 0
  return page(
    c,
    <SortingPage t={c.var.t} {...{ drop, by_zip, may_print, checked, scripts, errors }} today={today(c)} />,
    {
      title: c.var.t('postal.sorting'),
      status: Object.keys(errors).length > 0 ? 422 : 200,
    },
  )
}
