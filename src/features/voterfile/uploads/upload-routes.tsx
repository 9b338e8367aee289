import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found } from '../../../platform/errors.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { log } from '../../../platform/log.ts'
import { allow } from '../../access/allow.ts'
import { UploadPage } from '../pages/upload-page.tsx'
import '../page-messages.ts'
import { BadForm, boundaryOf, parts, textOf, type Part } from './multipart.ts'
import { NewUpload, uploadKinds, type UploadKind, type UploadProblem } from './schema.ts'
import {
  appendPiece,
  discardUpload,
  finishUpload,
  openUpload,
  receivePlain,
  startUpload,
  type PlainFile,
} from './store.ts'

const uploadIsland = 'src/features/voterfile/islands/upload.tsx'
const small: Handler = bodyLimit({ maxSize: 64 * 1024 })

/** A malformed id is an address that does not exist. */
const idOf = (c: Ctx): string => found(z.uuid().safeParse(c.req.param('upload')).data)

const kindOf = (text: string | undefined): UploadKind => uploadKinds.find((kind) => kind === text) ?? 'registration'

export const uploadRoutes = room()
  .get('/voterfiles/new', allow('installation.steward'), (c) => uploadPage(c, kindOf(c.req.query('kind')), null))
  .post('/voterfiles/uploads/start', allow('installation.steward'), small, async (c) => {
    const wanted = NewUpload.safeParse(await c.req.json().catch(() => null))
    if (!wanted.success) return c.json({ problem: 'invalid' }, 422)
    const { config, database, clock } = c.var.installation
    const started = await startUpload(database.owner, config.data, actorOf(c), wanted.data, clock.now())
    return started.ok
      ? c.json(started.upload, 201)
      : c.json({ problem: started.problem, name: started.name }, started.problem === 'no_room' ? 507 : 422)
  })
  .post('/voterfiles/uploads/form', allow('installation.steward'), async (c) => {
    const boundary = boundaryOf(c.req.header('content-type'))
    if (!boundary || !c.req.raw.body) return uploadPage(c, 'registration', { problem: 'no_file', name: '' })
    const { config, database, clock } = c.var.installation
    const actor = actorOf(c)
    const all = parts(c.req.raw.body, boundary)
    let kind: UploadKind = 'registration'
    try {
      // The kind stands before the files in our form.
      const first = await all.next()
      if (!first.done && first.value.name === 'kind') kind = kindOf(await textOf(first.value, 100))
      const announced = Number(c.req.header('content-length') ?? 0) || 0
      const received = await receivePlain(
        database.owner,
        config.data,
        actor,
        kind,
        chosenFiles(all),
        announced,
        clock.now(),
      )
      const finished = found(received)
      if (!finished.ok) return uploadPage(c, kind, finished)
      await audit(database.owner, actor, {
        action: 'voterfile.upload',
        subject: 'voter_import',
        subject_id: finished.import_id,
        organization_id: null,
      })
      return c.redirect(`/voterfiles/imports/${finished.import_id}`, 303)
    } catch (problem) {
      if (problem instanceof BadForm) return uploadPage(c, kind, { problem: 'unfinished', name: '' })
      throw problem
    }
  })
  .get('/voterfiles/uploads/:upload', allow('installation.steward'), async (c) => {
    const { config, database } = c.var.installation
    return c.json(found(await openUpload(database.owner, config.data, idOf(c))))
  })
  .put('/voterfiles/uploads/:upload/:number', allow('installation.steward'), async (c) => {
    const { config, database, clock } = c.var.installation
    const upload = found(await openUpload(database.owner, config.data, idOf(c)))
    const offset = z.coerce.number().int().min(0).safeParse(c.req.query('offset'))
    const number = z.coerce.number().int().min(1).safeParse(c.req.param('number'))
    if (!offset.success || !number.success || !c.req.raw.body) return c.json({ problem: 'invalid' }, 422)
    try {
      const appended = found(
        await appendPiece(database.owner, config.data, upload, number.data, offset.data, c.req.raw.body, clock.now()),
      )
      if (appended.ok) return c.json({ received: appended.received })
      const status = { offset: 409, too_long: 413, no_room: 507 } as const
      return c.json({ problem: appended.problem, received: appended.received }, status[appended.problem])
    } catch (problem) {
      if (!c.req.raw.signal.aborted && !isBroken(problem)) throw problem
      // Nobody hears this answer: the connection is gone. What arrived is on disk and counts.
      log.info({ upload_id: upload.upload_id, number: number.data }, 'upload interrupted')
      return c.json({ problem: 'interrupted' }, 400)
    }
  })
  .post('/voterfiles/uploads/:upload/finish', allow('installation.steward'), small, async (c) => {
    const { config, database } = c.var.installation
    const actor = actorOf(c)
    const finished = found(await finishUpload(database.owner, config.data, actor, idOf(c)))
    if (!finished.ok) {
      // All of it is here and it is no voter file: there is nothing to go on with.
      if (finished.problem !== 'unfinished') await discardUpload(database.owner, config.data, idOf(c))
      return c.json({ problem: finished.problem, name: finished.name }, 422)
    }
    await audit(database.owner, actor, {
      action: 'voterfile.upload',
      subject: 'voter_import',
      subject_id: finished.import_id,
      organization_id: null,
    })
    return c.json({ import_id: finished.import_id })
  })
  .post('/voterfiles/uploads/:upload/discard', allow('installation.steward'), small, async (c) => {
    const { config, database } = c.var.installation
    if (!(await discardUpload(database.owner, config.data, idOf(c)))) found(null)
    return c.redirect('/voterfiles', 303)
  })

const isBroken = (problem: unknown): boolean =>
  problem instanceof Error &&
  (problem.name === 'AbortError' ||
    ('code' in problem && (problem.code === 'ECONNRESET' || problem.code === 'ERR_STREAM_PREMATURE_CLOSE')))

function uploadPage(c: Ctx, kind: UploadKind, refused: { problem: UploadProblem; name: string } | null) {
  const { t } = c.var
  return page(c, <UploadPage t={t} kind={kind} refused={refused} />, {
    title: t(kind === 'phones' ? 'voterfiles.upload_phones' : 'voterfiles.upload'),
    status: refused ? 422 : 200,
    islands: [uploadIsland],
  })
}

/** Files of the form; a file field left empty sends one without name. */
async function* chosenFiles(all: AsyncIterable<Part>): AsyncGenerator<PlainFile> {
  for await (const part of all) if (part.filename) yield { name: part.filename, chunks: part.chunks }
}
