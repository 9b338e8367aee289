import { audit } from '../../../platform/audit.ts'
import { Forbidden, found, NotFound } from '../../../platform/errors.ts'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayTryHere } from '../../access/session.ts'
import { fileAnswer, savedFile } from '../../forms/files.ts'
import { readSent } from '../../forms/sent.ts'
import { BadForm } from '../../voterfile/uploads/multipart.ts'
import { aroundOf, documentOf, open, type Opened } from '../answers/open.tsx'
import { invitationById, submissionsOf } from '../answers/queries.ts'
import { fieldOf, isTaken } from '../answers/rules.ts'
import { idParam, now } from '../../../platform/http/of-request.ts'
import type { Question } from '../questions/queries.ts'
import { isKeptFrom } from '../scores/queries.ts'
import { readsOf } from '../reading.ts'
import { keepFile } from './commands.ts'
import { FilePage, type FileProblem } from './page.tsx'
import { fileById, filesOf } from './queries.ts'

const one = '/c/:organization/:cycle/answers/:invitation/:key/files/:question'

/** Files of a questionnaire: handed in by private link, read by whoever reads the answers. */
export const endorsementFileRoutes = room()
  .get(one, allow('public'), async (c) => {
    const opened = await open(c)
    return filePage(c, opened, questionOf(c, opened), null)
  })
  .post(one, allow('public'), async (c) => {
    const opened = await open(c)
    const { db, invitation, name, taking } = opened
    const question = questionOf(c, opened)
    const { question_id } = question
    if (!isTaken(taking)) return c.redirect(`${opened.path}?lang=${readsOf(opened.t)}`, 303)
    if (!(await mayTryHere(c, 'answers', invitation.invitation_id))) return filePage(c, opened, question, 'too_often')
    const sent = await sentIn(c)
    if (typeof sent === 'number') return c.text(String(sent), sent, { Connection: 'close' })
    if (sent.fields.act?.[0] === 'remove') await keepFile(db, invitation, { name, question_id, file: null }, now(c))
    else {
      const { file, problem } = fileAnswer(sent.files.file)
      if (!file) return filePage(c, opened, question, problem ?? 'file_needed')
      await keepFile(db, invitation, { name, question_id, file }, now(c))
    }
    return c.redirect(backTo(opened, question_id), 303)
  })
  .get(`${one}/:file`, allow('public'), async (c) => {
    const { invitation, db } = await open(c)
    const file = found(await fileById(db, invitation.organization_id, idParam(c, 'file')))
    if (file.invitation_id !== invitation.invitation_id) throw new NotFound()
    return savedFile(file, 'file')
  })
  .get('/endorsements/:cycle/files/:file', allow('endorsements.view'), async (c) => {
    const { organization_id, id } = actorOf(c)
    const { db } = c.var
    const file = found(await fileById(db, organization_id, idParam(c, 'file')))
    const { invitation_id, file_id } = file
    const { cycle_id, contest_id, candidate_id } = found(await invitationById(db, organization_id, invitation_id))
    const submissions = await submissionsOf(db, organization_id, [invitation_id])
    // A draft is the campaign's alone.
    const isSigned = submissions.some(({ signed }) => signed.answers.some(({ answer }) => answer?.file?.file_id === file_id)) // prettier-ignore
    if (!isSigned || cycle_id !== idParam(c, 'cycle')) throw new NotFound()
    if (await isKeptFrom(db, { organization_id, cycle_id, contest_id }, id)) throw new Forbidden()
    await audit(db, actorOf(c), {
      action: 'endorsement.take_file',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      after: { candidate_id, file: file.name },
    })
    return savedFile(file, 'file')
  })

function questionOf(c: Ctx, { questions }: Opened): Question {
  const question_id = idParam(c, 'question')
  return found(questions.find((each) => each.question_id === question_id && each.kind === 'file'))
}

/** A number: it could not be read, and is answered so. */
async function sentIn(c: Ctx) {
  try {
    return (await readSent(c.req.raw)) ?? 413
  } catch (problem) {
    if (problem instanceof BadForm) return 400
    throw problem
  }
}

const backTo = ({ path, t, submissions }: Opened, question_id: string): string =>
  `${path}?lang=${readsOf(t)}${submissions.length > 0 ? '&amend=1' : ''}#${question_id}`

async function filePage(c: Ctx, opened: Opened, question: Question, problem: FileProblem | null) {
  const { db, invitation } = opened
  const { question_id } = question
  const files = await filesOf(db, invitation.organization_id, invitation.invitation_id)
  const file = files.find(({ file_id }) => file_id === invitation.typed?.[fieldOf(question_id, 'file')]) ?? null
  const page = <FilePage {...aroundOf(opened)} {...{ question, file, problem }} back={backTo(opened, question_id)} />
  return documentOf(c, opened, page, problem === null ? 200 : problem === 'too_often' ? 429 : 422)
}
