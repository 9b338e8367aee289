import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { byteOrderMark, csvLine, csvMoment } from '../../platform/csv.ts'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { live, page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { formatPhone } from '../../platform/i18n/formats.ts'
import { languageNames, localized, publicLanguage } from '../../platform/i18n/languages.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { publicDocument } from '../../platform/ui/public-document.tsx'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { allFields } from '../people/fields/commands.ts'
import { possibleOwners } from '../phonebanks/follow-ups/queries.ts'
import { listScripts } from '../scripts/queries.ts'
import {
  changeForm,
  createForm,
  leaveAsNew,
  saveForm,
  saveFormSettings,
  settleDifferences,
  type FormAct,
} from './commands.ts'
import { savedFile } from './files.ts'
import { contentOf, edited, keepingScripts, tidied, type ScriptQuestion } from './editing.ts'
import { EditFormPage } from './pages/edit.tsx'
import { FormPage, FormResults, savedSettings, type ResultsProps } from './pages/form.tsx'
import { FormsPage, NewFormPage } from './pages/list.tsx'
import { publicFormIsland, PublicFormPage } from './pages/public.tsx'
import { LookPage, ResponsesPage, responses_shown } from './pages/responses.tsx'
import { signatureCounts } from './petition/queries.ts'
import { petitionShown } from './petition/shown.ts'
import {
  answerCounts,
  channelCounts,
  fileOf,
  formById,
  formVersion,
  formVersions,
  listForms,
  responsesOf,
  totalsOf,
  type ResponseRow,
  type Form,
  type FormVersion,
} from './queries.ts'
import { problemsOf, questionsOf } from './rules.ts'
import { FormSettings, NewForm, questionKinds, type FormContent, type Question, type QuestionKind } from './schema.ts'
import { starterContent, starters } from './starters.ts'
import { answerText, askedOf } from './words.ts'

const fields = z.record(z.string(), z.unknown())
const live_every_ms = 3000

export const formRoutes = room()
  .get('/forms', allow('forms.view'), async (c) => {
    const { t, db } = c.var
    const actor = actorOf(c)
    return page(
      c,
      <FormsPage
        t={t}
        forms={await listForms(db, actor.organization_id)}
        may_edit={mayDo(actor, 'forms.edit')}
        now={now(c)}
        today={today(c)}
      />,
      { title: t('forms.title') },
    )
  })
  .get('/forms/new', allow('forms.edit'), (c) =>
    page(c, <NewFormPage t={c.var.t} typed={{}} errors={{}} />, { title: c.var.t('forms.new') }),
  )
  .post('/forms/new', allow('forms.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, NewForm)
    const again = (more: FieldErrors) =>
      page(c, <NewFormPage t={c.var.t} typed={typed} errors={more} />, { title: c.var.t('forms.new'), status: 422 })
    if (!value) return again(errors)
    if (!starters.some(({ key }) => key === value.starter)) return again({ starter: 'form.invalid' })
    const made = found(starterContent(value.starter, languagesOf(c)))
    const content = asScriptsAsk(made.content, await scriptQuestions(c))
    const { form_id } = await createForm(c.var.db, actorOf(c), { name: value.name, kind: made.kind, content }, now(c))
    return c.redirect(`/forms/${form_id}/edit`, 303)
  })
  .get('/forms/:form', allow('forms.view'), (c) => formPage(c, {}, {}))
  .get('/forms/:form/live', allow('forms.view'), async (c) => {
    const form = await formOf(c)
    return live(c, live_every_ms, async () => <FormResults {...await resultsOf(c, form)} />)
  })
  .get('/forms/:form/preview', allow('forms.view'), async (c) => {
    const form = await formOf(c)
    return previewPage(c, form, found(await formVersion(c.var.db, form.organization_id, form.form_id)), {})
  })
  // The languages of the preview are buttons of its form, as on the page itself.
  .post('/forms/:form/preview', allow('forms.view'), async (c) => {
    const form = await formOf(c)
    const { all } = await readForm(c, fields)
    return previewPage(c, form, found(await formVersion(c.var.db, form.organization_id, form.form_id)), all)
  })
  .get('/forms/:form/edit', allow('forms.edit'), async (c) => {
    const form = await formOf(c)
    const version = found(await formVersion(c.var.db, form.organization_id, form.form_id))
    return editPage(c, form, version, { ...version.content, languages: allLanguages(c, version.content) }, null)
  })
  .post('/forms/:form/edit', allow('forms.edit'), async (c) => {
    const { db } = c.var
    const form = await formOf(c)
    const version = found(await formVersion(db, form.organization_id, form.form_id))
    const { typed } = await readForm(c, fields)
    const languages = allLanguages(c, version.content)
    const started = { ...version, version: Number(typed.version), created_at: new Date(typed.saved_at ?? '') }
    const read = contentOf(typed, languages)
    if (!read || Number.isNaN(started.created_at.getTime()) || (read.petition !== null) !== (form.kind === 'petition'))
      return editPage(c, form, version, read ?? { ...version.content, languages }, 'invalid', 422)
    const scripts = await scriptQuestions(c)
    const act = typed.act ?? 'save'
    if (act !== 'save') {
      const fresh = randomBytes(4).toString('hex')
      return editPage(c, form, started, edited(keepingScripts(read, scripts), act, { fresh, scripts }), null)
    }
    const content = tidied(keepingScripts(read, scripts))
    // Everybody would have it at once. The page says what is missing.
    if (form.published_at && problemsOf(content).length > 0) return editPage(c, form, started, content, null, 422)
    const edition = { version: started.version, saved_at: started.created_at }
    const saved = await saveForm(db, actorOf(c), form.form_id, edition, content, now(c))
    if (!saved.ok) {
      const theirs = found(await formVersion(db, form.organization_id, form.form_id))
      return editPage(c, form, theirs, read, saved.problem, 409, theirs.content)
    }
    return c.redirect(`/forms/${form.form_id}?saved=${saved.is_new_version ? 'new_version' : 'saved'}`, 303)
  })
  .post('/forms/:form/settings', allow('forms.edit'), async (c) => {
    const form = await formOf(c)
    const { typed, errors, value } = await readForm(c, FormSettings)
    if (!value) return formPage(c, typed, errors, 422)
    const sent = await saveUnlessChanged(c, {
      subject: 'form',
      subject_id: form.form_id,
      values: async (tx) => savedSettings(found(await formById(tx, form.organization_id, form.form_id))),
      save: (tx) => saveFormSettings(tx, actorOf(c), form.form_id, value),
    })
    if (!sent.ok) return formPage(c, typed, {}, 409, sent.meanwhile)
    const saved = sent.value
    if (!saved.ok) return formPage(c, typed, { slug: `forms.${saved.problem}` }, 422)
    return c.redirect(`/forms/${form.form_id}?saved=saved#settings`, 303)
  })
  .post('/forms/:form/publish', allow('forms.edit'), async (c) => {
    const form = await formOf(c)
    const version = found(await formVersion(c.var.db, form.organization_id, form.form_id))
    // The button is not there meanwhile; whoever still has the old page is told.
    if (problemsOf(version.content).length > 0) return formPage(c, {}, {}, 422)
    return change(c, 'publish')
  })
  .post('/forms/:form/withdraw', allow('forms.edit'), (c) => change(c, 'withdraw'))
  .post('/forms/:form/archive', allow('forms.edit'), (c) => change(c, 'archive'))
  .post('/forms/:form/restore', allow('forms.edit'), (c) => change(c, 'restore'))
  .get('/forms/:form/responses', allow('forms.responses'), async (c) => {
    const { t, db } = c.var
    const form = await formOf(c)
    const { organization_id, form_id } = form
    const from = Math.min(Number(/^\d{1,7}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0), 1_000_000)
    const [rows, totals, { questions, versions }] = await Promise.all([
      responsesOf(db, organization_id, form_id, { from, limit: responses_shown }),
      totalsOf(db, organization_id, form_id, timeZone(c)),
      allQuestions(c, form),
    ])
    await audit(db, actorOf(c), {
      action: 'form.responses',
      subject: 'form',
      subject_id: form_id,
      after: { from, rows: rows.length },
    })
    return page(
      c,
      <ResponsesPage
        t={t}
        form={form}
        rows={rows}
        questions={questions}
        versions={versions}
        total={totals.responses}
        from={from}
        time_zone={timeZone(c)}
      />,
      { title: t('forms.table') },
    )
  })
  .get('/forms/:form/responses/:response/files/:question', allow('forms.responses'), async (c) => {
    const form = await formOf(c)
    const [response_id, question] = [uuid(c, 'response'), c.req.param('question')]
    const file = found(await fileOf(c.var.db, form.organization_id, form.form_id, response_id, question))
    await audit(c.var.db, actorOf(c), {
      action: 'form.file',
      subject: 'form',
      subject_id: form.form_id,
      after: { response_id, file: file.name },
    })
    return savedFile(file, question)
  })
  .get('/forms/:form/look', allow('forms.responses'), async (c) => {
    const { t, db } = c.var
    const form = await formOf(c)
    const rows = await responsesOf(db, form.organization_id, form.form_id, { limit: 100, only: 'open' })
    await audit(db, actorOf(c), {
      action: 'form.responses',
      subject: 'form',
      subject_id: form.form_id,
      after: { rows: rows.length },
    })
    return page(
      c,
      <LookPage t={t} form={form} rows={rows} may_edit={mayDo(actorOf(c), 'people.edit')} time_zone={timeZone(c)} />,
      { title: t('forms.to_look') },
    )
  })
  .post('/forms/:form/responses/:response', allow('people.edit'), async (c) => {
    const form = await formOf(c)
    const { typed } = await readForm(c, fields)
    const [{ db }, actor, response_id] = [c.var, actorOf(c), uuid(c, 'response')]
    if (typed.act === 'new') await leaveAsNew(db, actor, form.form_id, response_id)
    else await settleDifferences(db, actor, form.form_id, response_id, typed.act === 'take' ? 'take' : 'leave')
    return c.redirect(`/forms/${form.form_id}/look`, 303)
  })
  .post('/forms/:form/export', allow('forms.export'), async (c) => {
    const form = await formOf(c)
    const { typed } = await readForm(c, fields)
    const purpose = (typed.purpose ?? '').trim()
    if (purpose.length < 3 || purpose.length > 200) return formPage(c, typed, { purpose: 'forms.purpose_needed' }, 422)
    return exportFile(c, form, purpose)
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
const today = (c: Ctx): string => dateIn(timeZone(c), now(c))
const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']
const allLanguages = (c: Ctx, content: FormContent): string[] =>
  [...new Set([...languagesOf(c), ...content.languages])].slice(0, 8)

function uuid(c: Ctx, name: string): string {
  const id = c.req.param(name) ?? ''
  return found(/^[0-9a-f-]{36}$/i.test(id) ? id : null)
}

/** The form at this address, if it is the reader's organization's. */
const formOf = async (c: Ctx): Promise<Form> =>
  found(await formById(c.var.db, actorOf(c).organization_id, uuid(c, 'form')))

async function change(c: Ctx, act: FormAct): Promise<Response> {
  const form = await formOf(c)
  await changeForm(c.var.db, actorOf(c), form.form_id, act, now(c))
  return c.redirect(act === 'archive' ? '/forms' : `/forms/${form.form_id}`, 303)
}

async function resultsOf(c: Ctx, form: Form): Promise<ResultsProps> {
  const { db, t } = c.var
  const { organization_id, form_id } = form
  const version = found(await formVersion(db, organization_id, form_id))
  const keys = questionsOf(version.content).map(({ key }) => key)
  const [totals, counts, channels, signatures] = await Promise.all([
    totalsOf(db, organization_id, form_id, timeZone(c)),
    answerCounts(db, organization_id, form_id),
    channelCounts(db, organization_id, keys),
    version.content.petition ? signatureCounts(db, organization_id, form_id, version.content.petition) : null,
  ])
  return { t, form, version, totals, counts, channels, signatures, now: now(c) }
}

async function formPage(
  c: Ctx,
  typed: Record<string, string>,
  errors: FieldErrors,
  status: 200 | 409 | 422 = 200,
  meanwhile?: Meanwhile,
): Promise<Response> {
  const form = await formOf(c)
  const actor = actorOf(c)
  const saved = c.req.query('saved')
  return page(
    c,
    <FormPage
      {...await resultsOf(c, form)}
      today={today(c)}
      url={await addressOf(c, form)}
      may={{
        edit: mayDo(actor, 'forms.edit'),
        responses: mayDo(actor, 'forms.responses'),
        export: mayDo(actor, 'forms.export'),
      }}
      saved={saved === 'saved' || saved === 'new_version' ? saved : null}
      typed={typed}
      errors={errors}
    />,
    { title: form.name, status, meanwhile },
  )
}

async function addressOf(c: Ctx, form: Form): Promise<string> {
  const organization = await c.var.db
    .selectFrom('organization')
    .select('slug')
    .where('organization_id', '=', form.organization_id)
    .executeTakeFirstOrThrow()
  return `${c.var.installation.url}/f/${organization.slug}/${form.slug}`
}

async function previewPage(
  c: Ctx,
  form: Form,
  version: FormVersion,
  typed: Record<string, string[]>,
): Promise<Response> {
  const { organization, db } = c.var
  const language = publicLanguage(typed.to?.[0] ?? c.var.language, undefined)
  const name = organization?.name ?? {}
  return c.html(
    publicDocument(
      language,
      localized(version.content.title, language).text || form.name,
      name,
      <>
        <p className="mb-4 flex flex-wrap items-center gap-4">
          <strong>{c.var.t('forms.preview_note')}</strong>
          <a className="btn btn-sm min-h-11" href={`/forms/${form.form_id}`}>
            ← {form.name}
          </a>
        </p>
        <PublicFormPage
          content={version.content}
          version={version.version}
          organization={name}
          language={language}
          standing="open"
          opens_on={null}
          page_key=""
          page_time=""
          typed={typed}
          errors={{}}
          petition={version.content.petition && (await petitionShown(db, form, version.content.petition, now(c)))}
          path={`/forms/${form.form_id}/preview`}
          is_preview
        />
      </>,
      { islands: [publicFormIsland] },
    ),
  )
}

async function editPage(
  c: Ctx,
  form: Form,
  started: FormVersion,
  content: FormContent,
  problem: 'changed_meanwhile' | 'invalid' | null,
  status: 200 | 409 | 422 = 200,
  theirs: FormContent | null = null,
): Promise<Response> {
  const { t } = c.var
  return page(
    c,
    <EditFormPage
      t={t}
      form={form}
      started={started}
      content={content}
      scripts={await scriptQuestions(c)}
      fields={(await allFields(c.var.db, form.organization_id)).filter(({ archived_at }) => archived_at === null)}
      owners={await possibleOwners(c.var.db, form.organization_id, now(c))}
      problem={problem}
      theirs={theirs}
    />,
    { title: t('forms.edit_title', { name: form.name }), status },
  )
}

/** Every question of the organization's scripts as they are now. */
async function scriptQuestions(c: Ctx): Promise<(ScriptQuestion & { script: string })[]> {
  const scripts = await listScripts(c.var.db)
  const isKind = (kind: string): kind is QuestionKind => questionKinds.some((each) => each === kind)
  return scripts.flatMap(({ script_id, name, content }) =>
    content.steps.flatMap(({ key, kind, say, choices }) =>
      isKind(kind) ? [{ key, kind, say, choices, script_id, script: name }] : [],
    ),
  )
}

/** Questions of a starter that a script of ours asks too become that script's. */
const asScriptsAsk = (content: FormContent, scripts: readonly ScriptQuestion[]): FormContent => ({
  ...content,
  blocks: content.blocks.map((block) => {
    if (block.block !== 'question') return block
    const origin = scripts.find(({ key, kind }) => key === block.key && kind === block.kind)
    return origin ? { ...block, choices: origin.choices, script_id: origin.script_id } : block
  }),
})

/** Questions of all versions, the newest words first; and those of each. */
async function allQuestions(c: Ctx, form: Form) {
  const versions = await formVersions(c.var.db, form.organization_id, form.form_id)
  const byKey = new Map<string, Question>()
  for (const { content } of versions)
    for (const each of questionsOf(content)) if (!byKey.has(each.key)) byKey.set(each.key, each)
  return {
    questions: [...byKey.values()],
    versions: new Map(versions.map(({ version, content }) => [version, questionsOf(content)])),
  }
}

const said = ['first_name', 'last_name', 'name_hangul', 'email', 'phone', 'address', 'city', 'zip5'] as const
/** Answers read at a time. */
const rows_at_once = 2000

async function exportFile(c: Ctx, form: Form, purpose: string): Promise<Response> {
  const { t, db } = c.var
  const { questions, versions } = await allQuestions(c, form)
  const { responses } = await totalsOf(db, form.organization_id, form.form_id, timeZone(c))
  await audit(db, actorOf(c), {
    action: 'form.export',
    subject: 'form',
    subject_id: form.form_id,
    after: { purpose, rows: responses },
  })
  const head = [
    t('forms.csv.received_at'),
    ...said.map((field) => t(`forms.csv.${field}`)),
    t('forms.csv.language'),
    ...questions.map(({ say }) => localized(say, t.language).text),
    t('forms.csv.source'),
    t('forms.csv.version'),
    t('forms.csv.person_id'),
  ]
  const lineOf = (row: ResponseRow): string => {
    const asked = askedOf(versions, row)
    return csvLine([
      csvMoment(row.received_at, timeZone(c)),
      ...said.map((field) =>
        field === 'phone' && row.said.phone ? formatPhone(row.said.phone) : (row.said[field] ?? ''),
      ),
      languageNames[row.said.language ?? row.language] ?? '',
      ...questions.map((question) => {
        const value = row.answers[question.key]
        if (value !== undefined) return answerText(t, question, value)
        return asked.has(question.key) ? '' : t('forms.not_asked')
      }),
      t.dynamic(`forms.source.${row.source}`),
      row.version,
      row.person_id ?? '',
    ])
  }
  // Page by page, so that a long file neither waits for its end nor is cut anywhere.
  let after: string | null = null
  let text = byteOrderMark + csvLine(head)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const rows: ResponseRow[] = await responsesOf(db, form.organization_id, form.form_id, {
        after,
        limit: rows_at_once,
      })
      text += rows.map(lineOf).join('')
      controller.enqueue(encoder.encode(text))
      text = ''
      after = rows.at(-1)?.response_id ?? null
      if (rows.length < rows_at_once) controller.close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${form.slug}.csv"`,
      'cache-control': 'no-store',
    },
  })
}
