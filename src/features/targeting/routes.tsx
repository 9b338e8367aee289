import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { audit, lastChange } from '../../platform/audit.ts'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { serve } from '../../platform/http/endpoint.ts'
import { meanwhileOf, saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { live, page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { localized } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { electionDistrictsIn, withinOf } from '../geography/maps.ts'
import { mapsState } from '../geography/schema.ts'
import { fromNow, longest_ms } from './bounded.ts'
import { ageProblems, choicesFrom, choicesOf, noChoices, textOf, type Choices } from './builder.ts'
import {
  countedAhead,
  archiveUniverse,
  changeUniverse,
  copyUniverse,
  giveUniverse,
  keepCount,
  restoreUniverse,
  saveUniverse,
  type SavedUniverse,
} from './commands.ts'
import { countsSoon } from './complete-counts.ts'
import { meaningOf } from './complete-meanings.ts'
import { openTo } from './closed.ts'
import { knownValues, ourWords } from './complete-queries.ts'
import { askedAt, completeWithCounts, type OurWords } from './complete.ts'
import '../people/membership/messages.ts'
import { standings } from '../people/schema.ts'
import { countDistricts, findPlace, refreshUniverse, type RefreshAnswer } from './endpoints.ts'
import { isUnderWay } from './frozen/commands.ts'
import { frozenStateOf, takeMembersNow } from './frozen/routes.tsx'
import type { BuilderData } from './islands/parts/builder.tsx'
import './messages.ts'
import { BuilderPage, savedUniverse, universePlaces, type BuilderFound } from './pages/builder.tsx'
import { ColumnsNotice } from './pages/columns-notice.tsx'
import { UniversesPage } from './pages/list.tsx'
import type { Found } from './pages/results.tsx'
import { TouchesPage } from './pages/uses.tsx'
import { UniversePage } from './pages/universe.tsx'
import { parse } from './parse.ts'
import { compilePeopleTyped, countPeople } from './people/queries.ts'
import { placesAt } from './places.ts'
import { print } from './print.ts'
import {
  compileSaved,
  compileTyped,
  compileOpen,
  hasVoters,
  listOrders,
  listUniverses,
  mayAsk,
  tagNames,
  universe,
  universes,
  type Compiled,
  type CompiledUniverse,
  type ListQuestion,
  type Universe,
  type UniverseProblem,
} from './queries.ts'
import {
  countBy,
  countByDistrict,
  describe,
  refresh as refreshNow,
  StillCounting,
  Superseded,
  type AskOptions,
} from './columns/ask.ts'
import type { FilesHave } from './columns/have.ts'
import { columnsState } from './columns/state.ts'
import { columnsOf } from './columns/store.ts'
import { electionDistrictNumber, outside, type ListedDistrict, type Refresh } from './refresh.ts'
import { idIn, now, timeZone, today, universeOf, unlessSlow } from './requests.ts'
import {
  namedDistrictKinds,
  NewUniverseForm,
  taskStates,
  UniverseForm,
  type Expression,
  type NamedDistrictKind,
} from './schema.ts'
import { recentSizes, sizesOf } from './sizes.ts'
import { countSteps } from './steps/queries.ts'
import { kindInWords } from './steps/words.ts'
import { eventKindWords } from './words.ts'
import { addableSteps, stepChanges, stepsOf, withStep, withStepChanged } from './steps/rules.ts'
import { isUsed, usesOf } from './uses.ts'

/** After so long the builder is told which part is still being counted; it asks again. */
const patience_ms = 700

export const targetingRoutes = room()

// Before the routes with a universe's id in the same place.
serve(
  targetingRoutes,
  refreshUniverse,
  allow('universes.view'),
  async (c, { text, sample, asker }): Promise<RefreshAnswer> => {
    const actor = actorOf(c)
    const compiled = await compileTyped(c.var.db, actor, text, today(c), have(c))
    if (!compiled.ok) return { is: 'problem', problem: compiled.problem }
    const { universe: asked } = compiled
    try {
      const of = asker === undefined ? {} : { asker: `${actor.organization_id} ${actor.id} ${asker}` }
      const refresh = await refreshed(c, asked, { ...of, sample, patience_ms })
      if (!refresh) return { is: 'too_slow', text: asked.text }
      return { is: 'answer', text: asked.text, refresh, remarks: asked.remarks }
    } catch (problem) {
      if (problem instanceof Superseded) return { is: 'superseded' }
      if (!(problem instanceof StillCounting)) throw problem
      const parts = [...new Set(problem.terms.map((term) => print({ op: 'term', term })))]
      return { is: 'counting', text: asked.text, parts }
    }
  },
)

serve(
  targetingRoutes,
  countDistricts,
  allow('universes.view'),
  async (c, { text, kind, state = mapsState, within }) => {
    const parsed = parse(text)
    const rest = parsed.ok ? print(askedBy(outside(parsed.expression, kind), kind, state)) : text
    const compiled = await compileTyped(c.var.db, actorOf(c), rest, today(c), have(c))
    if (!compiled.ok) return { values: null }
    const asking = { until: fromNow(longest_ms) }
    const values = await unlessSlow(
      c,
      countByDistrict(columnsOf(c.var.installation), c.var.db, compiled.universe, kind, asking),
    )
    const larger = within === undefined ? null : withinOf(within, state)
    if (!values || !larger) return { values }
    const inside = await electionDistrictsIn(c.var.db, larger)
    return { values: values.filter(({ value }) => inside.has(electionDistrictNumber(value))) }
  },
)

/** Election districts are drawn of one state; elsewhere the same numbers are other places. */
const askedBy = (expression: Expression, kind: ListedDistrict, state: string): Expression =>
  kind === 'ed'
    ? {
        op: 'and',
        of: [
          ...(expression.op === 'and' ? expression.of : [expression]),
          { op: 'term', term: { field: 'state', values: [state] } },
        ],
      }
    : expression

serve(targetingRoutes, findPlace, allow('universes.view'), (c, { address }) => placesAt(c.var.db, address))

targetingRoutes
  .get('/voters/universes', allow('universes.view'), async (c) => {
    const { organization_id } = actorOf(c)
    const { db } = c.var
    const asked = listQuestion(new URL(c.req.url).searchParams)
    const [listed, all, sizes] = await Promise.all([
      listUniverses(db, organization_id, asked).then((rows) => openTo(db, actorOf(c), rows)),
      universes(db, organization_id).then((rows) => openTo(db, actorOf(c), rows)),
      recentSizes(db, organization_id),
    ])
    const archived = z.uuid().safeParse(c.req.query('put_away')).data
    return page(
      c,
      <UniversesPage
        t={c.var.t}
        universes={listed}
        total={all.length}
        asked={asked}
        sizes={sizes}
        now={now(c)}
        may_edit={mayDo(c.var.actor, 'universes.edit')}
        may_export={mayDo(c.var.actor, 'universes.export')}
        was_archived={archived ? ((await universe(db, organization_id, archived)) ?? null) : null}
        columns={(await hasVoters(db)) ? await columnsState(c.var.installation) : null}
      />,
      { title: c.var.t('universes.title') },
    )
  })
  /** How far the columns are, for the list. */
  .get('/voters/universes/columns/live', allow('universes.view'), (c) =>
    live(c, 2000, async () => <ColumnsNotice t={c.var.t} columns={await columnsState(c.var.installation)} />),
  )
  .get('/voters/universes/new', allow('universes.edit'), async (c) => {
    const query = new URL(c.req.url).searchParams
    // The clicked form: its choices become the expression, which is the address.
    if (query.has('build')) return chosen(c, '/voters/universes/new', null)
    return builder(c, query.get('q') ?? '', null, shownForm(query))
  })
  /** What could be typed next, for programs that complete as one types. */
  .get('/voters/universes/complete', allow('universes.view'), async (c) => {
    const { organization_id } = actorOf(c)
    const typed = (c.req.query('q') ?? '').slice(0, 4000)
    const at = Number(c.req.query('at') ?? typed.length)
    const known = await knownValues(c.var.db, actorOf(c))
    const cursor = Number.isInteger(at) && at >= 0 && at <= typed.length ? at : typed.length
    const { db, installation, t } = c.var
    const handles = { ours: db, commons: installation.database.commons }
    const { actor } = c.var
    const completion = await completeWithCounts(typed, cursor, known, async (asked) =>
      mayAsk(actor, asked.field)
        ? countsSoon(columnsOf(installation), handles, organization_id, today(c), asked)
        : null,
    )
    const place = askedAt(typed, cursor)
    const options = completion.options
      .filter(({ field }) => mayAsk(actor, field))
      .map((each) => ({ ...each, meaning: meaningOf(t, each.text, place, known.ours) }))
    return c.json({ ...completion, options })
  })
  .post('/voters/universes', allow('universes.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, fromTheBox(NewUniverseForm))
    if (!value) return builder(c, typed.q ?? typed.expression ?? '', null, { typed, errors })
    const { db } = c.var
    const actor = actorOf(c)
    const saved = await saveUniverse(db, actor, value, now(c), today(c), countBy(columnsOf(c.var.installation), db))
    if (saved.ok && value.kind === 'frozen')
      return takeMembersNow(c, found(await universe(db, actor.organization_id, saved.universe_id)))
    if (saved.ok) return c.redirect(`/voters/universes/${saved.universe_id}?saved`, 303)
    return builder(c, value.expression, null, { typed, ...refusal(saved) })
  })
  .get('/voters/universes/:universe', allow('universes.view'), async (c) => {
    const saved = await universeOf(c)
    const { db } = c.var
    const { organization_id } = saved
    const until = fromNow(longest_ms)
    const parsed = parse(saved.expression)
    const steps = parsed.ok ? stepsOf(parsed.expression) : []
    const may_edit = mayDo(c.var.actor, 'universes.edit')
    const [{ found, problem }, counts, uses, all, members, strangers] = await Promise.all([
      find(c, await compileSaved(db, saved, today(c), have(c)), saved),
      unlessSlow(c, countSteps(db, steps, organization_id, today(c), until, columnsOf(c.var.installation))),
      usesOf(db, saved),
      universes(db, organization_id).then((rows) => openTo(db, actorOf(c), rows)),
      may_edit ? membersOf(c) : [],
      saved.kind === 'live' ? strangersOf(c, saved.expression) : null,
    ])
    const total = found?.answer?.breakdown.total ?? null
    if (total !== null) await keepCount(db, saved, total, now(c), today(c))
    const [frozen, sizes] = await Promise.all([frozenStateOf(c, saved, total), sizesOf(db, saved)])
    return page(
      c,
      <UniversePage
        t={c.var.t}
        universe={saved}
        found={found}
        problem={problem}
        frozen={frozen}
        steps={steps}
        counts={counts}
        sizes={sizes}
        uses={uses}
        others={all.filter(({ universe_id }) => universe_id !== saved.universe_id)}
        members={members}
        today={today(c)}
        time_zone={timeZone(c)}
        may_edit={may_edit}
        may_call={mayDo(c.var.actor, 'phonebanks.edit')}
        may_export={mayDo(c.var.actor, 'universes.export')}
        strangers={strangers}
        said={c.req.query('saved') === undefined ? (c.req.query('said') ?? null) : 'saved'}
      />,
      { title: saved.name },
    )
  })
  /** One step more, one fewer (`nth`), or another in its place: the expression with it, in the builder, where it is looked at and saved. */
  .get('/voters/universes/:universe/step', allow('universes.edit'), async (c) => {
    const saved = await universeOf(c)
    const typed = (c.req.query('typed')?.trim() || c.req.query('whom') || '').slice(0, 4000)
    const nth = z.coerce.number().int().min(0).safeParse(c.req.query('nth')).data
    const kind = addableSteps.find((each) => each === c.req.query('kind'))
    const change = stepChanges.find((each) => each === c.req.query('kind'))
    const text =
      nth === undefined
        ? kind && withStep(saved.expression, kind, typed)
        : change && withStepChanged(saved.expression, nth, change, typed)
    const address = `/voters/universes/${saved.universe_id}`
    if (text === null || text === undefined) return c.redirect(`${address}?said=step#steps`, 303)
    return c.redirect(`${address}/edit?${new URLSearchParams({ q: text })}`, 303)
  })
  .post('/voters/universes/:universe/copy', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    const made = await copyUniverse(c.var.db, actorOf(c), universe_id, now(c), today(c))
    return c.redirect(`/voters/universes/${made.universe_id}?said=copied`, 303)
  })
  .post('/voters/universes/:universe/owner', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    const { owner } = await c.req.parseBody()
    await giveUniverse(c.var.db, actorOf(c), universe_id, idIn(typeof owner === 'string' ? owner : undefined))
    return c.redirect(`/voters/universes/${universe_id}?said=saved`, 303)
  })
  .get('/voters/universes/:universe/change', allow('universes.edit'), (c) => touches(c, 'change'))
  .get('/voters/universes/:universe/archive', allow('universes.edit'), (c) => touches(c, 'archive'))
  .get('/voters/universes/:universe/edit', allow('universes.edit'), async (c) => {
    const saved = await universeOf(c)
    const query = new URL(c.req.url).searchParams
    const address = `/voters/universes/${saved.universe_id}/edit`
    if (query.has('build')) return chosen(c, address, saved)
    const q = query.get('q') ?? saved.expression
    return builder(c, q, saved, (await savedMeanwhile(c, saved, q)) ?? shownForm(query))
  })
  .post('/voters/universes/:universe', allow('universes.edit'), async (c) => {
    const before = await universeOf(c)
    const { typed, errors, value } = await readForm(c, fromTheBox(UniverseForm))
    if (!value) return builder(c, typed.q ?? typed.expression ?? '', before, { typed, errors })
    const { universe_id } = before
    // Its members are being taken: what was typed waits for that.
    if (await isUnderWay(c.var.db, before))
      return builder(c, value.expression, before, { typed, errors: { name: 'frozen.under_way_refused' } })
    const count = await countedAhead(
      c.var.db,
      before.organization_id,
      value.expression,
      today(c),
      countBy(columnsOf(c.var.installation), c.var.db),
    )
    const sent = await saveUnlessChanged(c, {
      subject: 'universe',
      subject_id: universe_id,
      values: async (tx) => savedUniverse(found(await universe(tx, before.organization_id, universe_id))),
      save: (tx) => changeUniverse(tx, actorOf(c), universe_id, value, c.var.installation.clock.now(), today(c), count),
    })
    if (!sent.ok)
      return builder(c, value.expression, await universeOf(c), {
        typed,
        errors: {},
        meanwhile: { ...sent.meanwhile, typed: { ...sent.meanwhile.typed, expression: value.expression } },
      })
    const saved = sent.value
    if (saved.ok) return c.redirect(`/voters/universes/${saved.universe_id}?saved`, 303)
    return builder(c, value.expression, before, { typed, ...refusal(saved) })
  })
  .post('/voters/universes/:universe/archive', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    const { sure } = await c.req.parseBody()
    const isDone = await archiveUniverse(c.var.db, actorOf(c), universe_id, now(c), sure === 'yes')
    if (!isDone) return c.redirect(`/voters/universes/${universe_id}/archive`, 303)
    return c.redirect(`/voters/universes?put_away=${universe_id}`, 303)
  })
  .post('/voters/universes/:universe/restore', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    const isBack = await restoreUniverse(c.var.db, actorOf(c), universe_id)
    return c.redirect(`/voters/universes/${universe_id}?said=${isBack ? 'saved' : 'name_taken'}`, 303)
  })

/** Without script the expression is saved as it stands in the box, whether its voters were shown or not. */
const fromTheBox = <Value,>(schema: z.ZodType<Value>): z.ZodType<Value> =>
  z.preprocess((sent) => {
    const { q, ...form } = z.record(z.string(), z.unknown()).parse(sent)
    return q === undefined ? form : { ...form, expression: q }
  }, schema)

/** What was typed beside the expression whose voters are to be shown. */
const shownForm = (query: URLSearchParams): RefusedForm | undefined =>
  query.has('name') ? { typed: Object.fromEntries(query), errors: {} } : undefined

/** Where somebody saved since the page was opened on which this was asked: what they saved, beside what stands here. */
async function savedMeanwhile(c: Ctx, saved: Universe, expression: string): Promise<RefusedForm | undefined> {
  const query = new URL(c.req.url).searchParams
  const was = query.get('was')
  if (was === null || was === markOf(saved)) return undefined
  const typed = { ...savedUniverse(saved), ...shownForm(query)?.typed, expression }
  const row = { subject: 'universe', subject_id: saved.universe_id }
  const last = await lastChange(c.var.db, saved.organization_id, row, Object.keys(universePlaces))
  const theirs = { seen: {}, typed, saved: savedUniverse(saved), by: last?.by ?? null, at: last?.at ?? null }
  return { typed, errors: {}, meanwhile: meanwhileOf(c, theirs) }
}

/** A short name for how a universe stands. */
const markOf = (saved: Universe): string =>
  createHash('sha256')
    .update(JSON.stringify(savedUniverse(saved)))
    .digest('base64url')
    .slice(0, 16)

const refusal = (saved: Exclude<SavedUniverse, { ok: true }>): Pick<RefusedForm, 'errors' | 'problem'> =>
  saved.problem === 'name_taken' ? { errors: { name: 'universes.name_taken' } } : { errors: {}, problem: saved.detail }

/** What is touched, first; where nothing stands on it, there is nothing to say. */
async function touches(c: Ctx, act: 'change' | 'archive'): Promise<Response> {
  const saved = await universeOf(c)
  const uses = await usesOf(c.var.db, saved)
  const address = `/voters/universes/${saved.universe_id}`
  if (!isUsed(uses)) return c.redirect(act === 'change' ? `${address}/edit` : address, 303)
  return page(c, <TouchesPage t={c.var.t} universe={saved} uses={uses} act={act} />, {
    title: c.var.t(`universes.touches.${act}`, { name: saved.name }),
  })
}

function listQuestion(query: URLSearchParams): ListQuestion {
  const kind = query.get('kind')
  return {
    q: (query.get('q') ?? '').trim().slice(0, 200),
    kind: kind === 'live' || kind === 'frozen' ? kind : '',
    by: listOrders.find((order) => order === query.get('by')) ?? 'name',
    archived: query.get('archived') === 'yes',
  }
}

/** Who may be handed a universe. */
const membersOf = (c: Ctx): Promise<{ user_id: string; display_name: string }[]> =>
  c.var.db
    .selectFrom('member')
    .select(['user_id', 'display_name'])
    .where('organization_id', '=', actorOf(c).organization_id)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`roles && '{organizer,host}'::text[]`)
    .orderBy('display_name')
    .execute()

async function find(
  c: Ctx,
  compiled: Compiled,
  saved: Universe | null,
): Promise<{ found: Found | null; problem: UniverseProblem | null }> {
  const { db } = c.var
  const actor = actorOf(c)
  if (!compiled.ok) return { found: null, problem: compiled.problem }
  const { universe: asked } = compiled
  const answer = await answerTo(c, asked)
  // Voters shown by name: in the trail, like a search.
  if (answer && answer.sample.length > 0) {
    await audit(db, actor, {
      action: 'universe.sample',
      subject: 'universe',
      subject_id: saved?.universe_id ?? null,
      after: { expression: asked.text, found: answer.breakdown.total, voters: answer.sample.length },
      request_id: c.var.request_id,
    })
  }
  return { found: { universe: asked, answer }, problem: null }
}

const have = (c: Ctx): FilesHave | null => columnsOf(c.var.installation).have

/** People of ours in no voter file who fit what others saved; where the reader may not ask it, nothing is said of them. */
async function strangersOf(c: Ctx, expression: string): Promise<number | null> {
  if (!mayDo(c.var.actor, 'people.view')) return null
  const compiled = await compilePeopleTyped(c.var.db, actorOf(c), expression, today(c))
  if (!compiled.ok) return null
  return unlessSlow(c, countPeople(c.var.db, compiled.people, 'strangers', fromNow(longest_ms)))
}

/** null: it takes longer than a page may wait. */
async function answerTo(c: Ctx, asked: CompiledUniverse): Promise<Found['answer']> {
  const { breakdown, left_out, sample } =
    (await unlessSlow(c, describe(columnsOf(c.var.installation), c.var.db, asked, { until: fromNow(longest_ms) }))) ??
    {}
  return breakdown && left_out && sample ? { breakdown, left_out, sample } : null
}

/**
 * Everything of one moment; null: it takes longer than a page may wait. Names that are shown are in the trail, like a
 * search; numbers alone are not.
 */
async function refreshed(c: Ctx, asked: CompiledUniverse, asking: AskOptions): Promise<Refresh | null> {
  const { db } = c.var
  const actor = actorOf(c)
  const refresh = await unlessSlow(
    c,
    refreshNow(columnsOf(c.var.installation), db, asked, { until: fromNow(longest_ms), ...asking }),
  )
  if (!refresh) return null
  if (refresh.sample.length > 0) {
    await audit(db, actor, {
      action: 'universe.sample',
      subject: 'universe',
      after: { expression: asked.text, found: refresh.people, voters: refresh.sample.length },
      request_id: c.var.request_id,
    })
  }
  return refresh
}

interface RefusedForm {
  typed: Record<string, string>
  errors: FieldErrors
  /** What only saving found wrong with the expression. */
  problem?: UniverseProblem
  meanwhile?: Meanwhile
}

/** The choices of the clicked form as an expression; with ages that are none the form again, as it was filled in. */
async function chosen(c: Ctx, address: string, saved: Universe | null): Promise<Response> {
  const query = new URL(c.req.url).searchParams
  const choices = choicesFrom(query)
  if (Object.keys(ageProblems(choices)).length > 0) {
    const q = textOf({ ...choices, age_from: '', age_to: '' })
    return builder(c, q, saved, saved ? await savedMeanwhile(c, saved, q) : undefined, choices)
  }
  const was = query.get('was')
  return c.redirect(`${address}?${new URLSearchParams({ q: textOf(choices), ...(was !== null && { was }) })}`, 303)
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Values of the facets of our people, as the reader's language has them. */
function ourChoices(t: Translate, { event_kinds, rungs, bodies, cohorts }: OurWords): BuilderData['ours'] {
  const kinds = [...new Set([...eventKindWords.values(), ...event_kinds.keys()])]
  const called = (names: OurWords['rungs']) =>
    [...names].map(([value, name]) => ({ value, label: localized(name, t.language).text }))
  return {
    attended: kinds.map((kind) => {
      const own = localized(event_kinds.get(kind), t.language).text
      return { value: kind, label: own || capital(kindInWords('event_kind', kind, t)) }
    }),
    member: standings.map((value) => ({ value, label: t(`membership.standing.${value}`) })),
    stage: called(rungs),
    next_step: taskStates.map((value) => ({ value, label: capital(t(`steps.task.${value}`)) })),
    cohort: called(cohorts),
    chapter: called(bodies.chapter),
    committee: called(bodies.committee),
    board: called(bodies.board),
  }
}

/** Kinds without a map that somebody is in; all, while nobody can say. */
const kindsIn = (files: FilesHave | null): NamedDistrictKind[] => {
  const known = files?.named_districts
  return namedDistrictKinds.filter((kind) => !known || known.has(kind))
}

async function builder(c: Ctx, typed: string, saved: Universe | null, form?: RefusedForm, clicked?: Choices) {
  const { organization_id } = actorOf(c)
  const [compiled, tags, ours, has_voters] = await Promise.all([
    compileOpen(c.var.db, actorOf(c), typed, today(c), have(c)),
    tagNames(c.var.db, organization_id),
    ourWords(c.var.db, organization_id),
    hasVoters(c.var.db),
  ])
  let found: BuilderFound | null = null
  if (compiled.ok) {
    const { universe: asked } = compiled
    const [refresh, answer] = await Promise.all([refreshed(c, asked, { sample: true }), answerTo(c, asked)])
    found = { universe: asked, refresh, answer: refresh && answer && { ...answer, sample: refresh.sample } }
  }
  // After the counting: a question may be what finds out how the columns are.
  const columns = has_voters ? await columnsState(c.var.installation) : null
  const problem = compiled.ok ? (form?.problem ?? null) : compiled.problem
  const parsed = parse(typed)
  const address = saved ? `/voters/universes/${saved.universe_id}/edit` : '/voters/universes/new'
  const { t } = c.var
  return page(
    c,
    <BuilderPage
      t={t}
      today={today(c)}
      typed={found?.universe.text ?? typed}
      choices={clicked ?? (parsed.ok ? choicesOf(parsed.expression) : { ...noChoices, rest: typed })}
      found={found}
      problem={problem}
      address={address}
      save={saved ? `/voters/universes/${saved.universe_id}` : '/voters/universes'}
      tags={tags}
      ours={ourChoices(t, ours)}
      states={compiled.ok ? [...compiled.universe.meaning.states] : [...(have(c)?.states ?? [])]}
      district_kinds={kindsIn(have(c))}
      has_voters={has_voters}
      columns={columns}
      saved={saved}
      was={(!form?.meanwhile && form?.typed.was) || (saved ? markOf(saved) : '')}
      {...(form ? { form: { typed: form.typed, errors: form.errors } } : {})}
    />,
    {
      islands: ['src/features/targeting/islands/universe-builder.tsx'],
      title: saved ? t('universes.edit_title', { name: saved.name }) : t('universes.new_title'),
      status: problem || clicked || Object.keys(form?.errors ?? {}).length > 0 ? 422 : 200,
      meanwhile: form?.meanwhile && { ...form.meanwhile, places: universePlaces },
    },
  )
}
