import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { CalendarDate } from '../../platform/dates.ts'
import { found } from '../../platform/errors.ts'
import { serve } from '../../platform/http/endpoint.ts'
import { readForm } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { archiveScript, createScript, restoreScript, saveScript } from './commands.ts'
import { compareScripts } from './comparison.ts'
import { contentOf, edited, emptyScript, languagesOf, tidied } from './editing.ts'
import './messages.ts'
import { saveWorkshop, type Saved } from './endpoints.ts'
import type { WorkshopData } from './islands/parts/workshop.tsx'
import { ComparePage } from './pages/compare.tsx'
import { EditScriptPage } from './pages/edit.tsx'
import { ScriptsPage } from './pages/list.tsx'
import { NewScriptPage } from './pages/new.tsx'
import { ScriptPage } from './pages/script.tsx'
import { currentVersion, listScripts, scriptVersion, versionsOf, type ScriptVersion } from './queries.ts'
import { validateAnswers } from './rules.ts'
import type { AnswerValue, Answers, PlaceholderValues, ScriptContent, Step } from './schema.ts'
import { nextElectionDay, starterContent, starterScripts } from './starters.ts'

const NewScriptForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(120),
  starter: z.enum([...starterScripts.map((starter) => starter.key), 'empty']),
  election_on: CalendarDate,
})

export const scriptRoutes = room()
  .get('/scripts', allow('scripts.view'), async (c) => {
    const { t, db, installation } = c.var
    return page(
      c,
      <ScriptsPage
        t={t}
        scripts={await listScripts(db)}
        archived={await listScripts(db, { archived: true })}
        may_edit={mayDo(actorOf(c), 'scripts.edit')}
        now={installation.clock.now()}
      />,
      { title: t('scripts.title') },
    )
  })
  .get('/scripts/new', allow('scripts.edit'), (c) => {
    const { name, starter } = c.req.query()
    return newPage(c, { ...(name && { name }), ...(starter && { starter }) }, {})
  })
  .post('/scripts/new', allow('scripts.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, NewScriptForm)
    if (!value) return newPage(c, typed, errors, 422)
    const content =
      value.starter === 'empty'
        ? emptyScript(organizationLanguages(c))
        : forEditing(c, starterContent(value.starter, value.election_on))
    const { script_id } = await createScript(c.var.db, actorOf(c), { name: value.name, content }, now(c))
    return c.redirect(`/scripts/${script_id}/edit`, 303)
  })
  .get('/scripts/:id', allow('scripts.view'), async (c) => {
    const { t, db } = c.var
    const script_id = c.req.param('id')
    const wished = Number(c.req.query('version') ?? Number.NaN)
    const script = found(
      Number.isInteger(wished) ? await scriptVersion(db, script_id, wished) : await currentVersion(db, script_id),
    )
    const { languages } = script.content
    const language = [c.req.query('language'), c.var.language].find((each) => each && languages.includes(each))
    return page(
      c,
      <ScriptPage
        t={t}
        script={script}
        versions={await versionsOf(db, script_id)}
        language={language ?? languages[0] ?? 'en'}
        answers={answersOf(script.content, c.req.query())}
        values={exampleValues(c)}
        may_edit={mayDo(actorOf(c), 'scripts.edit')}
        is_saved={c.req.query('saved') === '1'}
        now={now(c)}
      />,
      { title: script.name },
    )
  })
  .get('/scripts/:id/compare', allow('scripts.view'), async (c) => {
    const { t, db } = c.var
    const at = async (version: string | undefined): Promise<ScriptVersion> =>
      found(/^\d{1,6}$/.test(version ?? '') ? await scriptVersion(db, c.req.param('id'), Number(version)) : null)
    const [before, after] = [await at(c.req.query('from')), await at(c.req.query('to'))]
    const differences = compareScripts(before.content, after.content)
    return page(c, <ComparePage t={t} before={before} after={after} differences={differences} />, {
      title: t('scripts.compare_title', { from: before.version, to: after.version }),
    })
  })
  .get('/scripts/:id/edit', allow('scripts.edit'), async (c) => {
    const script = found(await currentVersion(c.var.db, c.req.param('id')))
    return editPage(c, script, { name: script.name, content: forEditing(c, script.content) })
  })
  .post('/scripts/:id/edit', allow('scripts.edit'), async (c) => {
    const { db } = c.var
    const script_id = c.req.param('id')
    const script = found(await currentVersion(db, script_id))
    const fields = await textFields(c)
    const act = fields.act ?? 'save'
    const name = (fields.name ?? '').trim()
    const started = { version: Number(fields.version), saved_at: new Date(fields.saved_at ?? '') }
    const typed = contentOf(fields, languagesOf(script.content, organizationLanguages(c)))
    if (!typed || Number.isNaN(started.saved_at.getTime())) {
      return editPage(c, script, { name, content: forEditing(c, script.content), is_invalid: true }, 422)
    }
    // Until it is saved, the form keeps the version it started from.
    const from = { ...script, ...started, created_at: started.saved_at }
    if (act !== 'save') return editPage(c, from, { name, content: edited(typed, act) })
    if (!name || name.length > 120) return editPage(c, from, { name, content: typed, name_error: 'form.required' }, 422)

    const result = await saveScript(
      db,
      actorOf(c),
      script_id,
      started,
      { name, content: withUsedLanguages(c, tidied(typed), script.content) },
      now(c),
    )
    if (!result.ok) {
      const theirs = found(await currentVersion(db, script_id))
      const differences = compareScripts(theirs.content, typed)
      return editPage(
        c,
        theirs,
        { name, content: typed, conflict: { theirs: theirs.content, their_name: theirs.name, differences } },
        409,
      )
    }
    return c.redirect(`/scripts/${script_id}?saved=1`, 303)
  })
  .post('/scripts/:id/archive', allow('scripts.edit'), async (c) => {
    await archiveScript(c.var.db, actorOf(c), c.req.param('id'), now(c))
    return c.redirect('/scripts', 303)
  })
  .post('/scripts/:id/restore', allow('scripts.edit'), async (c) => {
    await restoreScript(c.var.db, actorOf(c), c.req.param('id'))
    return c.redirect(`/scripts/${c.req.param('id')}`, 303)
  })

serve(scriptRoutes, saveWorkshop, allow('scripts.edit'), async (c, { version, saved_at, name, content }) => {
  const script_id = c.req.param('id') ?? ''
  const before = found(await currentVersion(c.var.db, script_id))
  const draft = { name, content: withUsedLanguages(c, tidied(content), before.content) }
  const result = await saveScript(
    c.var.db,
    actorOf(c),
    script_id,
    { version, saved_at: new Date(saved_at) },
    draft,
    now(c),
  )
  const current = found(await currentVersion(c.var.db, script_id))
  return {
    ok: result.ok,
    is_new_version: result.ok && result.is_new_version,
    saved: savedOf(current),
    saved_by: current.created_by,
  }
})

const savedOf = (script: ScriptVersion): Saved => ({
  version: script.version,
  saved_at: script.created_at.toISOString(),
  is_used: script.first_used_at !== null,
  name: script.name,
  content: script.content,
})

const now = (c: Ctx): Date => c.var.installation.clock.now()

const organizationLanguages = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']

/** With a column for each language of the organization. */
const forEditing = (c: Ctx, content: ScriptContent): ScriptContent => ({
  ...content,
  languages: languagesOf(content, organizationLanguages(c)),
})

/**
 * A language nothing is written in is not one of the script's, unless it was before and is the organization's: then it
 * is shown as not translated yet. At least the first stays.
 */
function withUsedLanguages(c: Ctx, content: ScriptContent, before: ScriptContent): ScriptContent {
  const all = JSON.stringify([content.greeting, content.closing, content.steps])
  const wanted = organizationLanguages(c).filter((language) => before.languages.includes(language))
  const used = content.languages.filter((language) => all.includes(`"${language}":`) || wanted.includes(language))
  return { ...content, languages: used.length ? used : content.languages.slice(0, 1) }
}

function newPage(
  c: Ctx,
  typed: Record<string, string>,
  errors: Partial<Record<string, string>>,
  status: 200 | 422 = 200,
) {
  const { t, organization } = c.var
  const { election_on } = nextElectionDay(dateIn(organization?.time_zone ?? 'America/New_York', now(c)))
  return page(c, <NewScriptPage t={t} typed={typed} errors={errors} election_on={election_on} />, {
    title: t('scripts.new'),
    status,
  })
}

type EditPageProps = Parameters<typeof EditScriptPage>[0]
type Typed = Pick<EditPageProps, 'name' | 'name_error' | 'content' | 'conflict' | 'is_invalid'>

async function editPage(c: Ctx, script: ScriptVersion, typed: Typed, status: 200 | 409 | 422 = 200) {
  const { t, db, language, organization } = c.var
  const current = found(await currentVersion(db, script.script_id))
  const { election_on } = nextElectionDay(dateIn(organization?.time_zone ?? 'America/New_York', now(c)))
  const older = (await versionsOf(db, script.script_id)).filter((each) => each.version < current.version)
  const workshop: WorkshopData = {
    language,
    script_id: script.script_id,
    saved: {
      ...savedOf(current),
      version: script.version,
      saved_at: script.created_at.toISOString(),
      content: forEditing(c, current.content),
    },
    typed: { name: typed.name, content: typed.content },
    older: older.slice(0, 20).map(({ version, content }) => ({ version, content })),
    values: exampleValues(c),
    election_on,
  }
  return page(
    c,
    <EditScriptPage
      t={t}
      script_id={script.script_id}
      version={script.version}
      saved_at={script.created_at}
      is_used={script.first_used_at !== null}
      workshop={workshop}
      {...typed}
    />,
    { title: t('scripts.edit_title'), status, islands: ['src/features/scripts/islands/script-workshop.tsx'] },
  )
}

async function textFields(c: Ctx): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(await c.req.parseBody())) {
    if (typeof value === 'string') fields[name] = value.normalize('NFC')
  }
  return fields
}

/** Answers chosen in the preview: `a.support=3`. What does not fit its question is left out. */
function answersOf(content: ScriptContent, query: Record<string, string>): Answers {
  const answers: Answers = {}
  for (const step of content.steps) {
    const given = query[`a.${step.key}`]?.trim()
    if (!given) continue
    const byKind: Record<Step['kind'], () => AnswerValue> = {
      say: () => given,
      choice: () => given,
      several: () => given.split(','),
      support: () => Number(given),
      yes_no: () => given === 'yes',
      text: () => given,
      number: () => Number(given.replaceAll(',', '')),
    }
    answers[step.key] = byKind[step.kind]()
  }
  return validateAnswers(content, answers).answers
}

/** Invented names for the preview. */
const exampleValues = (c: Ctx): PlaceholderValues => ({
  'voter.name': { en: 'Younghee Kim', ko: '김영희' },
  'voter.first_name': { en: 'Younghee', ko: '영희' },
  'voter.last_name': { en: 'Kim', ko: '김' },
  'voter.title': { en: '', ko: '선생님' },
  'caller.name': { en: 'Sujin', ko: '박수진' },
  organization: c.var.organization?.name ?? null,
  candidate: { en: 'Jane Doe', ko: '홍길동' },
  phone: '718-555-0100',
})
