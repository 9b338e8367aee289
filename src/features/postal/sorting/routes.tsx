import { addDays } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { lettersMissing } from '../../../platform/print/letters.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { now, today } from '../../../platform/http/of-request.ts'
import { checkedOfList } from '../checked/queries.ts'
import { moveUpdateDays } from '../checked/rules.ts'
import { currentVersion, listScripts } from '../../scripts/queries.ts'
import { closedSince, piecesFrom } from '../drops/queries.ts'
import { dropOf, dropPage } from '../drops/routes.tsx'
import { labelsOf, labelsPdf, senderLabels } from '../labels/print.ts'
import { LabelsForm } from '../labels/schema.ts'
import { senderSheet, sheetNamed } from '../labels/sheets.ts'
import { noteFetched } from '../printing/commands.ts'
import { walkCardsData, walkCardsPdf } from '../walk-cards/print.ts'
import { homesOf } from '../walk-cards/queries.ts'
import { mostCards, WalkCardsForm } from '../walk-cards/schema.ts'
import { labelsAtOnce, SortingPage } from './pages.tsx'
import { runsOf } from './queries.ts'

/** Trays and classes of mail of a list, and labels with its addresses. */
export const sortingRoutes = room()
  .get('/postal/:drop/sorting', allow('postal.view'), (c) => sortingPage(c))
  .post('/postal/:drop/labels.pdf', allow('postal.edit'), async (c) => {
    const drop = await dropOf(c)
    const { typed, value, errors } = await readForm(c, LabelsForm)
    if (!value) return sortingPage(c, { errors, typed })
    const { sheet: part, from, used, x, y, outlines } = value
    const sheet = found(sheetNamed(part))
    const looks = { sheet, used, offset: { x, y }, has_outlines: outlines }
    if (sheet === senderSheet) {
      const labels = senderLabels(sheet, used, drop)
      const unprintable = await lettersMissing(labels.flatMap(({ n, a }) => [n, ...a]))
      if (unprintable.length > 0 && !value.boxes) return sortingPage(c, { errors: { boxes: 'postal.boxes' }, typed, unprintable }) // prettier-ignore
      return pdfAnswer(await labelsPdf({ ...looks, labels }, now(c)), 'return-labels')
    }
    const closed = drop.state === 'mailed' ? 0 : await closedSince(c.var.db, drop, today(c))
    if (closed > 0) return dropPage(c, {}, {}, closed)
    const pieces = await piecesFrom(c.var.db, drop, from, labelsAtOnce)
    if (pieces.length === 0) return sortingPage(c, { errors: { from: 'postal.labels_beyond' }, typed })
    const labels = labelsOf(pieces)
    const unprintable = await lettersMissing(labels.flatMap(({ k, n, a }) => [k ?? '', n, ...a]))
    if (unprintable.length > 0 && !value.boxes) return sortingPage(c, { errors: { boxes: 'postal.boxes' }, typed, unprintable }) // prettier-ignore
    await noteFetched(c.var.db, actorOf(c), { ...drop, pieces: pieces.length }, 'labels')
    return pdfAnswer(await labelsPdf({ ...looks, labels }, now(c)), 'labels')
  })
  .post('/postal/:drop/walk-cards.pdf', allow('postal.edit'), async (c) => {
    const drop = await dropOf(c)
    const { typed, value, errors } = await readForm(c, WalkCardsForm)
    const again = (problems: FieldErrors, unprintable: readonly string[] = []) => sortingPage(c, { errors: problems, typed, unprintable }) // prettier-ignore
    if (!value) return again({ walk_law: errors.law ?? 'form.invalid' })
    const script = value.script === '' ? null : found(await currentVersion(c.var.db, value.script))
    const homes = await homesOf(c.var.db, drop)
    if (homes.length > mostCards) return again({ walk_law: 'postal.walk_cards_too_many' })
    if (homes.length === 0) return again({ walk_law: 'postal.walk_cards_none' })
    const cards = { name: drop.name, organization: c.var.organization?.name ?? {}, homes, script: script?.content ?? null, today: today(c) } // prettier-ignore
    const unprintable = await lettersMissing(textsIn(walkCardsData(cards)))
    if (unprintable.length > 0 && !value.boxes) return again({ walk_boxes: 'postal.boxes' }, unprintable)
    await noteFetched(c.var.db, actorOf(c), { ...drop, pieces: homes.length }, 'walk_cards')
    return pdfAnswer(await walkCardsPdf(cards, now(c)), 'walk-cards')
  })

/** Every text in what a document is told. */
function textsIn(told: unknown): string[] {
  if (typeof told === 'string') return [told]
  return typeof told === 'object' && told !== null ? Object.values(told).flatMap(textsIn) : []
}

interface Refused {
  errors: FieldErrors
  typed: Record<string, string>
  /** Letters that our fonts do not have. */
  unprintable?: readonly string[]
}

async function sortingPage(c: Ctx, { errors, typed, unprintable = [] }: Refused = { errors: {}, typed: {} }) {
  const drop = await dropOf(c)
  const since = addDays(drop.mailed_on ?? today(c), -moveUpdateDays)
  const [runs, checked, scripts] = await Promise.all([runsOf(c.var.db, drop), checkedOfList(c.var.db, drop, since), listScripts(c.var.db)]) // prettier-ignore
  const may_print = mayDo(actorOf(c), 'postal.edit') && drop.pieces > 0
  return page(
    c,
    <SortingPage
      t={c.var.t}
      {...{ drop, runs, may_print, checked, scripts, errors, typed, unprintable }}
      today={today(c)}
    />,
    {
      title: c.var.t('postal.sorting'),
      status: Object.keys(errors).length > 0 ? 422 : 200,
    },
  )
}
