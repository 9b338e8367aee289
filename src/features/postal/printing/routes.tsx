import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import yazl from 'yazl'
import { z } from 'zod'
import { NotFound } from '../../../platform/errors.ts'
import { lettersMissing } from '../../../platform/print/letters.ts'
import { readForm } from '../../../platform/http/form.ts'
import { live } from '../../../platform/http/page.tsx'
import { actorOf, room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { languagesOf, today } from '../../../platform/http/of-request.ts'
import { designOf, layoutOf, wordsOn } from '../design/queries.ts'
import { closedSince, rareLetters } from '../drops/queries.ts'
import { noticeOf, waivedIn } from '../lanes/rules.ts'
import { dropOf, dropPage } from '../drops/routes.tsx'
import { queuePrint } from '../jobs.ts'
import { askForPrint, cancelPrint, noteFetched } from './commands.ts'
import { printFolder } from './files.ts'
import { PrintProgress } from './panel.tsx'
import { filesMade } from './queries.ts'

const edit = allow('postal.edit')
const one = '/postal/:drop/print'

const PrintForm = z.object({
  law: z.literal('yes', 'export.law_needed'),
  /** Nobody has to be told who paid for it. */
  unattributed: z.literal('yes').optional(),
  /** Somebody who has to know said that other words than those of the rule hold. */
  notice: z.literal('yes').optional(),
  /** Letters that our fonts do not have may be printed as empty boxes. */
  boxes: z.literal('yes').optional(),
})

/** The files for the printer. */
export const printRoutes = room()
  .post(one, edit, async (c) => {
    const { typed, value, errors } = await readForm(c, PrintForm)
    const drop = await dropOf(c)
    if (!value) return dropPage(c, errors, typed)
    const { body, headline } = designOf(drop)
    const read = Object.keys(drop.by_language).flatMap((language) => (language === 'all' ? languagesOf(c) : [language]))
    if (read.some((language) => !body[language] || !headline[language]))
      return dropPage(c, { law: 'postal.words_missing' })
    const notice = noticeOf(drop, today(c))
    const isUnattributed = read.some((language) => !drop.attribution[language])
    const unprintable = await lettersMissing([...wordsOn(drop, read), ...(await rareLetters(c.var.db, drop))])
    // All at once: of two questions one after the other, the answer to the first would be gone.
    const asked_of = {
      ...(notice && { notice: 'postal.notice_to_say' }),
      ...(isUnattributed && { unattributed: 'postal.attribution_missing' }),
      ...(unprintable.length > 0 && { boxes: 'postal.boxes' }),
    }
    if (
      (notice && !value.notice) ||
      (isUnattributed && !value.unattributed) ||
      (unprintable.length > 0 && !value.boxes)
    )
      return dropPage(c, asked_of, typed, 0, unprintable)
    const { too_long } = await layoutOf(c.var.db, drop, languagesOf(c), c.var.installation.url)
    if (too_long.some((language) => drop.by_language[language])) return dropPage(c, { law: 'postal.words_too_long' })
    const asked = await askForPrint(c.var.db, actorOf(c), drop.drop_id, today(c), [
      ...(notice ? waivedIn(notice) : []),
      ...(isUnattributed ? ['no line in a language'] : []),
      ...(unprintable.length > 0 ? [`letters: ${unprintable.join(' ')}`] : []),
    ])
    if (!asked.ok) return dropPage(c, {}, {}, asked.closed)
    await queuePrint(c.var.db, drop)
    return c.redirect(`/postal/${drop.drop_id}`, 303)
  })
  .post(`${one}/cancel`, edit, async (c) => {
    const { drop_id } = await dropOf(c)
    await cancelPrint(c.var.db, actorOf(c), drop_id)
    return c.redirect(`/postal/${drop_id}`, 303)
  })
  .get(`${one}/progress`, allow('postal.view'), async (c) => {
    await dropOf(c)
    return live(c, 1000, async () => {
      const drop = await dropOf(c)
      return <PrintProgress t={c.var.t} drop={drop} files={await filesMade(c.var.db, drop)} />
    })
  })
  .get(`${one}/folder.zip`, edit, async (c) => {
    const drop = await dropOf(c)
    if (drop.print_state !== 'done') throw new NotFound()
    const closed = drop.state === 'mailed' ? 0 : await closedSince(c.var.db, drop, today(c))
    if (closed > 0) return dropPage(c, {}, {}, closed)
    const files = await filesMade(c.var.db, drop)
    const folder = printFolder(c.var.installation.config.data, drop.drop_id)
    if (files.length === 0 || files.some(({ name }) => !existsSync(join(folder, name))))
      return dropPage(c, { folder: 'postal.files_gone' })
    await noteFetched(c.var.db, actorOf(c), drop, 'folder')
    const zip = new yazl.ZipFile()
    const out = new PassThrough()
    // A file that goes meanwhile ends the download, not the server.
    zip.on('error', (problem: Error) => out.destroy(problem))
    zip.outputStream.pipe(out)
    // PDFs are packed already.
    for (const { name } of files) zip.addFile(join(folder, name), `drop/${name}`, { compress: !name.endsWith('.pdf') })
    zip.end()
    c.header('Content-Type', 'application/zip')
    c.header('Content-Disposition', `attachment; filename="drop-${drop.drop_id.slice(0, 8)}.zip"`)
    c.header('Cache-Control', 'no-store')
    return c.body(Readable.toWeb(out) as ReadableStream) // the same by another name
  })
