import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mergePeople, PaidTwice, undoMerge } from '../merge/commands.ts'
import { voterRecord } from '../../voterfile/queries.ts'
import { allFields } from '../fields/commands.ts'
import { personById, personEmails, personPhones, whoIs } from '../queries.ts'
import { effectiveName, profilePath, romanName } from '../rules.ts'
import { search } from '../search/queries.ts'
import { markDifferent, openPairs, pairStanding, reopenPair } from './commands.ts'
import { lookForDuplicates } from './jobs.ts'
import '../messages.ts'
import './messages.ts'
import {
  DuplicatesPage,
  MergePage,
  SamePage,
  type Decided,
  type JustMerged,
  type RecentMerge,
  type Side,
} from './pages/duplicate-pages.tsx'

const merging = allow('people.merge')
const idOf = (c: Ctx, name: string): string => found(z.uuid().safeParse(c.req.param(name)).data)

async function sideOf(c: Ctx, person_id: string): Promise<Side> {
  const { organization_id } = actorOf(c)
  const person = found(await personById(c.var.db, organization_id, person_id))
  const [voter, phones, emails] = await Promise.all([
    person.voter_id === null ? undefined : voterRecord(c.var.db, person.voter_id),
    personPhones(c.var.db, organization_id, person.person_id),
    personEmails(c.var.db, organization_id, person.person_id),
  ])
  return {
    person,
    voter: voter ?? null,
    name: person.name_hangul ?? romanName(effectiveName(person, voter ?? null)),
    phones: phones.map(({ phone }) => phone),
    emails: emails.map(({ email }) => email),
  }
}

const mergesShown = 20

/** Merges with the names of both: who came about by a call has the name the state has. */
function namedMerges() {
  const name = (person: string, voter: string) =>
    sql`coalesce(${sql.ref(`${person}.name_hangul`)}, concat_ws(' ', coalesce(${sql.ref(`${person}.first_name`)}, ${sql.ref(`${voter}.first_name`)}), coalesce(${sql.ref(`${person}.last_name`)}, ${sql.ref(`${voter}.last_name`)})))`
  return sql`select m.merge_id, m.merged_by, m.kept, m.merged, m.undone_at is not null as is_undone,
      ${name('k', 'kv')} as kept_name, ${name('g', 'gv')} as merged_name
    from person_merge m
    join person k on k.organization_id = m.organization_id and k.person_id = m.kept
    join person g on g.organization_id = m.organization_id and g.person_id = m.merged
    left join voter_record kv on kv.voter_id = k.voter_id
    left join voter_record gv on gv.voter_id = coalesce(g.voter_id, k.voter_id)`
}

/** What was just merged or taken back, as the address names it; null: it holds no more. */
async function justMerged(c: Ctx): Promise<JustMerged | null> {
  const { data: merge_id } = z.uuid().safeParse(c.req.query('merge'))
  if (!merge_id) return null
  const { rows } = await sql<JustMerged>`${namedMerges()}
    where m.organization_id = ${actorOf(c).organization_id} and m.merge_id = ${merge_id} and k.merged_into is null
      and g.merged_into is not distinct from case when m.undone_at is null then m.kept end`.execute(c.var.db)
  return rows[0] ?? null
}

/** Merges that can be taken back, the newest first: of merges one on another, only the last. */
async function recentMerges(c: Ctx): Promise<{ merges: RecentMerge[]; earlier: number | null }> {
  const from = z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .catch(0)
    .parse(c.req.query('merges') ?? 0)
  const { rows } = await sql<RecentMerge>`${namedMerges()}
    where m.organization_id = ${actorOf(c).organization_id} and m.undone_at is null and k.merged_into is null
    order by m.merged_at desc, m.merge_id limit ${mergesShown + 1} offset ${from}`.execute(c.var.db)
  return {
    merges: rows.slice(0, mergesShown),
    earlier: rows.length > mergesShown ? from + mergesShown : null,
  }
}

/** What holds of two somebody decided about, with their names. */
async function decidedOf(c: Ctx, ids: readonly [string, string], is_refused: boolean): Promise<Decided> {
  const { db } = c.var
  const { organization_id, name } = actorOf(c)
  const { is, by } = await pairStanding(db, organization_id, ...ids)
  const nameOf = async (person_id: string): Promise<string> => {
    const person = found(await personById(db, organization_id, person_id))
    const voter = person.voter_id === null ? null : ((await voterRecord(db, person.voter_id)) ?? null)
    return person.name_hangul ?? romanName(effectiveName(person, voter))
  }
  return {
    path: `/people/duplicates/${ids.join('/')}`,
    names: [await nameOf(ids[0]), await nameOf(ids[1])],
    is,
    by: by === name ? null : by,
    is_refused,
  }
}

/** The two just said to be different people, as the address names them. */
async function differentOf(c: Ctx): Promise<Decided | null> {
  const { data: ids } = z.tuple([z.uuid(), z.uuid()]).safeParse(c.req.query('different')?.split(','))
  if (!ids) return null
  const people = await Promise.all(ids.map((id) => personById(c.var.db, actorOf(c).organization_id, id)))
  return people.every(Boolean) ? decidedOf(c, ids, false) : null
}

/** Somebody else decided meanwhile: nothing was done, and what holds is told. */
const decidedMeanwhile = async (c: Ctx): Promise<Response> =>
  duplicatesPage(c, { decided: await decidedOf(c, [idOf(c, 'first'), idOf(c, 'second')], true) })

async function duplicatesPage(c: Ctx, refused: { problem?: 'merged_on' | 'paid_twice'; decided?: Decided } = {}) {
  const { t, language, db } = c.var
  const pairs = await openPairs(db, actorOf(c).organization_id)
  if (pairs.length > 0)
    await audit(db, actorOf(c), {
      action: 'person_pair.list',
      subject: 'person_pair',
      after: { found: pairs.length },
      request_id: c.var.request_id,
    })
  return page(
    c,
    <DuplicatesPage
      {...{ t, language, pairs }}
      {...await recentMerges(c)}
      decided={refused.decided ?? (await differentOf(c))}
      just={refused.problem || refused.decided ? null : await justMerged(c)}
      problem={refused.problem}
    />,
    {
      title: t('duplicates.title'),
      status: refused.problem || refused.decided ? 409 : 200,
    },
  )
}

export const duplicateRoutes = room()
  .get('/people/duplicates', merging, (c) => duplicatesPage(c))
  .post('/people/duplicates/look', merging, async (c) => {
    const { organization_id } = actorOf(c)
    await lookForDuplicates(c.var.db, organization_id)
    return c.redirect('/people/duplicates', 303)
  })
  .get('/people/:who/same', merging, async (c) => {
    const { t, db } = c.var
    const { organization_id } = actorOf(c)
    const who = found(await whoIs(db, organization_id, c.req.param('who')))
    const { person, voter, name } = await sideOf(c, found(who.person_id))
    const query = (c.req.query('q') ?? '').trim()
    const all = query ? (await search(db, organization_id, query)).results : []
    // A voter nobody has made a person of is linked; with one, the two are merged.
    const results = all
      .filter((each) => (each.person ? each.person.person_id !== who.person_id : each.voter !== null && !voter))
      .slice(0, 20)
    if (results.length > 0)
      await audit(db, actorOf(c), {
        action: 'voter.search',
        subject: 'voter_record',
        after: { query, found: results.length },
        request_id: c.var.request_id,
      })
    const back = profilePath({ person_id: person.person_id, voter_id: voter?.voter_id ?? null })
    const title = t('merge.same.title', { name })
    return page(c, <SamePage {...{ t, name, back, query }} person_id={person.person_id} found={results} />, { title })
  })
  .get('/people/duplicates/:first/:second', merging, async (c) => {
    const sides = [await sideOf(c, idOf(c, 'first')), await sideOf(c, idOf(c, 'second'))] as const
    if (c.req.param('first') === c.req.param('second')) found(null)
    const { is } = await pairStanding(c.var.db, actorOf(c).organization_id, idOf(c, 'first'), idOf(c, 'second'))
    if (is === 'merged') return decidedMeanwhile(c)
    const fields = await allFields(c.var.db, actorOf(c).organization_id)
    return page(c, <MergePage t={c.var.t} sides={[...sides]} fields={fields} />, { title: c.var.t('merge.title') })
  })
  .post('/people/duplicates/:first/:second/different', merging, async (c) => {
    const now = c.var.installation.clock.now()
    const isDifferent = await markDifferent(c.var.db, actorOf(c), idOf(c, 'first'), idOf(c, 'second'), now)
    if (!isDifferent) return decidedMeanwhile(c)
    return c.redirect(`/people/duplicates?different=${c.req.param('first')},${c.req.param('second')}`, 303)
  })
  .post('/people/duplicates/:first/:second/reopen', merging, async (c) => {
    await reopenPair(c.var.db, actorOf(c), idOf(c, 'first'), idOf(c, 'second'))
    return c.redirect('/people/duplicates', 303)
  })
  .post('/people/duplicates/:first/:second/merge', merging, async (c) => {
    const { typed } = await readForm(c, z.record(z.string(), z.unknown()))
    const [first, second] = [idOf(c, 'first'), idOf(c, 'second')]
    const from_second = Object.keys(typed).filter((field) => typed[field] === 'second')
    try {
      const merge_id = await mergePeople(c.var.db, actorOf(c), first, second, from_second)
      return c.redirect(`/people/duplicates?merge=${merge_id}`, 303)
    } catch (problem) {
      if (problem instanceof Conflict) return decidedMeanwhile(c)
      if (problem instanceof PaidTwice) return duplicatesPage(c, { problem: 'paid_twice' })
      throw problem
    }
  })
  .post('/people/merges/:merge/undo', merging, async (c) => {
    const merge_id = idOf(c, 'merge')
    const undone = await undoMerge(c.var.db, actorOf(c), merge_id, c.var.installation.clock.now())
    return undone.ok ? c.redirect(`/people/duplicates?merge=${merge_id}`, 303) : duplicatesPage(c, undone)
  })
