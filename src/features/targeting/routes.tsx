import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { found as orNotFound } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { serve } from '../../platform/http/endpoint.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { log } from '../../platform/log.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { TooSlow, fromNow, longest_ms } from './bounded.ts'
import { columnsStatus } from './columns/building.ts'
import { choicesFrom, choicesOf, noChoices, textOf } from './builder.ts'
import { archiveUniverse, changeUniverse, keepCount, restoreUniverse, saveUniverse } from './commands.ts'
import { countsOf, knownValues } from './complete-queries.ts'
import { completeWithCounts } from './complete.ts'
import { refreshUniverse, type RefreshAnswer } from './endpoints.ts'
import './messages.ts'
import { BuilderPage } from './pages/builder.tsx'
import { UniversesPage } from './pages/list.tsx'
import type { Found } from './pages/results.tsx'
import { UniversePage } from './pages/universe.tsx'
import { parse } from './parse.ts'
import {
  breakdown,
  compileUniverse,
  countLeftOut,
  hasVoters,
  sampleUniverse,
  tagNames,
  universe,
  universes,
  type CompiledUniverse,
  type Universe,
  type UniverseProblem,
} from './queries.ts'
import { refresh as refreshNow } from './columns/ask.ts'
import { columnsOf } from './columns/store.ts'
import type { Refresh } from './refresh.ts'
import { UniverseForm } from './schema.ts'

export const targetingRoutes = room()

// Before the routes with a universe's id in the same place.
serve(
  targetingRoutes,
  refreshUniverse,
  allow('universes.view'),
  async (c, { text, sample }): Promise<RefreshAnswer> => {
    const compiled = await compileUniverse(c.var.db, text, actorOf(c).organization_id, today(c))
    if (!compiled.ok) return { is: 'problem', problem: compiled.problem }
    const { universe: asked } = compiled
    const refresh = await refreshed(c, asked, sample)
    if (!refresh) return { is: 'too_slow', text: asked.text }
    return { is: 'answer', text: asked.text, refresh, remarks: asked.remarks }
  },
)

targetingRoutes
  .get('/voters/universes', allow('universes.view'), async (c) => {
    const { organization_id } = actorOf(c)
    const archived = c.req.query('archived')
    return page(
      c,
      <UniversesPage
        t={c.var.t}
        universes={await universes(c.var.db, organization_id)}
        now={c.var.installation.clock.now()}
        may_edit={mayDo(c.var.actor, 'universes.edit')}
        was_archived={
          archived && isId(archived) ? ((await universe(c.var.db, organization_id, archived)) ?? null) : null
        }
        columns={(await hasVoters(c.var.db)) ? await columnsStatus(c.var.installation) : null}
      />,
      { title: c.var.t('universes.title') },
    )
  })
  .get('/voters/universes/new', allow('universes.edit'), async (c) => {
    const query = new URL(c.req.url).searchParams
    // The clicked form: its choices become the expression, which is the address.
    if (query.has('build'))
      return c.redirect(`/voters/universes/new?${new URLSearchParams({ q: textOf(choicesFrom(query)) })}`, 303)
    return builder(c, query.get('q') ?? '', null)
  })
  /** What could be typed next, for programs that complete as one types. */
  .get('/voters/universes/complete', allow('universes.view'), async (c) => {
    const { organization_id } = actorOf(c)
    const typed = (c.req.query('q') ?? '').slice(0, 4000)
    const at = Number(c.req.query('at') ?? typed.length)
    const known = await knownValues(c.var.db, organization_id)
    const cursor = Number.isInteger(at) && at >= 0 && at <= typed.length ? at : typed.length
    const completion = await completeWithCounts(typed, cursor, known, (asked) =>
      countsOf(c.var.db, organization_id, asked),
    )
    const options = completion.options.map((each) => ({
      ...each,
      meaning: each.field && each.text === `${each.field}:` ? c.var.t(`targeting.field.${each.field}`) : null,
    }))
    return c.json({ ...completion, options })
  })
  .post('/voters/universes', allow('universes.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, UniverseForm)
    if (!value) return builder(c, typed.expression ?? '', null, { typed, errors })
    const saved = await saveUniverse(c.var.db, actorOf(c), value, c.var.installation.clock.now(), today(c))
    if (saved.ok) return c.redirect(`/voters/universes/${saved.universe_id}?saved`, 303)
    return builder(c, value.expression, null, {
      typed,
      errors: saved.problem === 'name_taken' ? { name: 'universes.name_taken' } : {},
    })
  })
  .get('/voters/universes/:universe', allow('universes.view'), async (c) => {
    const saved = await universeOf(c)
    const { found, problem } = await find(c, saved.expression, saved)
    if (found?.answer) await keepCount(c.var.db, saved, found.answer.breakdown.total, c.var.installation.clock.now())
    return page(
      c,
      <UniversePage
        t={c.var.t}
        universe={saved}
        found={found}
        problem={problem}
        today={today(c)}
        time_zone={timeZone(c)}
        may_edit={mayDo(c.var.actor, 'universes.edit')}
        may_call={mayDo(c.var.actor, 'phonebanks.edit')}
        was_saved={c.req.query('saved') !== undefined}
        is_name_taken={c.req.query('name_taken') !== undefined}
      />,
      { title: saved.name },
    )
  })
  .get('/voters/universes/:universe/edit', allow('universes.edit'), async (c) => {
    const saved = await universeOf(c)
    const query = new URL(c.req.url).searchParams
    const address = `/voters/universes/${saved.universe_id}/edit`
    if (query.has('build'))
      return c.redirect(`${address}?${new URLSearchParams({ q: textOf(choicesFrom(query)) })}`, 303)
    return builder(c, query.get('q') ?? saved.expression, saved)
  })
  .post('/voters/universes/:universe', allow('universes.edit'), async (c) => {
    const before = await universeOf(c)
    const { typed, errors, value } = await readForm(c, UniverseForm)
    if (!value) return builder(c, typed.expression ?? '', before, { typed, errors })
    const saved = await changeUniverse(
      c.var.db,
      actorOf(c),
      before.universe_id,
      value,
      c.var.installation.clock.now(),
      today(c),
    )
    if (saved.ok) return c.redirect(`/voters/universes/${saved.universe_id}?saved`, 303)
    return builder(c, value.expression, before, {
      typed,
      errors: saved.problem === 'name_taken' ? { name: 'universes.name_taken' } : {},
    })
  })
  .post('/voters/universes/:universe/archive', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    await archiveUniverse(c.var.db, actorOf(c), universe_id, c.var.installation.clock.now())
    return c.redirect(`/voters/universes?archived=${universe_id}`, 303)
  })
  .post('/voters/universes/:universe/restore', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    const isBack = await restoreUniverse(c.var.db, actorOf(c), universe_id)
    return c.redirect(`/voters/universes/${universe_id}?${isBack ? 'saved' : 'name_taken'}`, 303)
  })

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

async function universeOf(c: Ctx): Promise<Universe> {
  const id = c.req.param('universe') ?? ''
  return orNotFound(isId(id) ? await universe(c.var.db, actorOf(c).organization_id, id) : null)
}

const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
const today = (c: Ctx): string => dateIn(timeZone(c), c.var.installation.clock.now())

async function find(
  c: Ctx,
  typed: string,
  saved: Universe | null,
): Promise<{ found: Found | null; problem: UniverseProblem | null }> {
  const { db } = c.var
  const actor = actorOf(c)
  const compiled = await compileUniverse(db, typed, actor.organization_id, today(c))
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

/** null: it takes longer than a page may wait. */
async function answerTo(c: Ctx, asked: CompiledUniverse): Promise<Found['answer']> {
  const { db } = c.var
  const until = fromNow(longest_ms)
  try {
    const [parts, left_out, sample] = await Promise.all([
      breakdown(db, asked, today(c), until),
      countLeftOut(db, asked, until),
      sampleUniverse(db, asked, actorOf(c).organization_id, until),
    ])
    return { breakdown: parts, left_out, sample }
  } catch (problem) {
    if (!(problem instanceof TooSlow)) throw problem
    log.warn({ request_id: c.var.request_id }, 'a universe took too long to count')
    return null
  }
}

/**
 * Everything of one moment; null: it takes longer than a page may wait. Names that are shown are in the trail, like a
 * search; numbers alone are not.
 */
async function refreshed(c: Ctx, asked: CompiledUniverse, sample: boolean): Promise<Refresh | null> {
  const { db } = c.var
  const actor = actorOf(c)
  let refresh: Refresh
  try {
    refresh = await refreshNow(columnsOf(c.var.installation), db, asked, { until: fromNow(longest_ms), sample })
  } catch (problem) {
    if (!(problem instanceof TooSlow)) throw problem
    log.warn({ request_id: c.var.request_id }, 'a universe took too long to count')
    return null
  }
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

async function builder(
  c: Ctx,
  typed: string,
  saved: Universe | null,
  form?: { typed: Record<string, string>; errors: FieldErrors },
) {
  const { organization_id } = actorOf(c)
  const [compiled, tags, has_voters] = await Promise.all([
    compileUniverse(c.var.db, typed, organization_id, today(c)),
    tagNames(c.var.db, organization_id),
    hasVoters(c.var.db),
  ])
  const found = compiled.ok
    ? { universe: compiled.universe, refresh: await refreshed(c, compiled.universe, true) }
    : null
  const problem = compiled.ok ? null : compiled.problem
  const parsed = parse(typed)
  const address = saved ? `/voters/universes/${saved.universe_id}/edit` : '/voters/universes/new'
  const { t } = c.var
  return page(
    c,
    <BuilderPage
      t={t}
      today={today(c)}
      typed={found?.universe.text ?? typed}
      choices={parsed.ok ? choicesOf(parsed.expression) : { ...noChoices, rest: typed }}
      found={found}
      problem={problem}
      address={address}
      save={saved ? `/voters/universes/${saved.universe_id}` : '/voters/universes'}
      tags={tags}
      has_voters={has_voters}
      saved={saved}
      {...(form ? { form } : {})}
    />,
    {
      islands: ['src/features/targeting/islands/universe-builder.tsx'],
      title: saved ? t('universes.edit_title', { name: saved.name }) : t('universes.new_title'),
      status: problem || form ? 422 : 200,
    },
  )
}
