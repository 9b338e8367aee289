import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mergeFields, mergePeople, undoMerge } from '../merge/commands.ts'
import { voterRecord } from '../../voterfile/queries.ts'
import { personById, personEmails, personPhones } from '../queries.ts'
import { effectiveName, romanName } from '../rules.ts'
import { markDifferent, openPairs, reopenPair } from './commands.ts'
import { lookForDuplicates } from './jobs.ts'
import '../messages.ts'
import './messages.ts'
import { DuplicatesPage, MergePage, type Different, type RecentMerge, type Side } from './pages/duplicate-pages.tsx'

const merging = allow('people.merge')
const idOf = (c: Ctx, name: string): string => found(z.uuid().safeParse(c.req.param(name)).data)

async function sideOf(c: Ctx, name: string): Promise<Side> {
  const { organization_id } = actorOf(c)
  const person = found(await personById(c.var.db, organization_id, idOf(c, name)))
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

/** The newest merges that can be taken back: of merges one on another, only the last. */
async function recentMerges(c: Ctx): Promise<RecentMerge[]> {
  const name = (person: string) =>
    sql`coalesce(${sql.ref(`${person}.name_hangul`)}, concat_ws(' ', ${sql.ref(`${person}.first_name`)}, ${sql.ref(`${person}.last_name`)}))`
  const { rows } = await sql<RecentMerge>`
    select m.merge_id, m.merged_by, ${name('k')} as kept_name, ${name('g')} as merged_name from person_merge m
    join person k on k.organization_id = m.organization_id and k.person_id = m.kept
    join person g on g.organization_id = m.organization_id and g.person_id = m.merged
    where m.organization_id = ${actorOf(c).organization_id} and m.undone_at is null and k.merged_into is null
    order by m.merged_at desc limit 20`.execute(c.var.db)
  return rows
}

/** The two just said to be different people, as the address names them. */
async function differentOf(c: Ctx): Promise<Different | null> {
  const { data: ids } = z.tuple([z.uuid(), z.uuid()]).safeParse(c.req.query('different')?.split(','))
  if (!ids) return null
  const { organization_id } = actorOf(c)
  const people = await Promise.all(ids.map((person_id) => personById(c.var.db, organization_id, person_id)))
  const names = await Promise.all(
    people.map(async (person) => {
      if (!person) return null
      const voter = person.voter_id === null ? null : ((await voterRecord(c.var.db, person.voter_id)) ?? null)
      return person.name_hangul ?? romanName(effectiveName(person, voter))
    }),
  )
  const [one, other] = names
  return one && other ? { path: `/people/duplicates/${ids.join('/')}`, names: [one, other] } : null
}

async function duplicatesPage(c: Ctx, problem?: 'merged_on') {
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
      merges={await recentMerges(c)}
      different={await differentOf(c)}
      problem={problem}
    />,
    {
      title: t('duplicates.title'),
      status: problem ? 409 : 200,
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
  .get('/people/duplicates/:first/:second', merging, async (c) => {
    const sides = [await sideOf(c, 'first'), await sideOf(c, 'second')] as const
    if (sides[0].person.person_id === sides[1].person.person_id) found(null)
    return page(c, <MergePage t={c.var.t} sides={[...sides]} />, { title: c.var.t('merge.title') })
  })
  .post('/people/duplicates/:first/:second/different', merging, async (c) => {
    const now = c.var.installation.clock.now()
    await markDifferent(c.var.db, actorOf(c), idOf(c, 'first'), idOf(c, 'second'), now)
    return c.redirect(`/people/duplicates?different=${c.req.param('first')},${c.req.param('second')}`, 303)
  })
  .post('/people/duplicates/:first/:second/reopen', merging, async (c) => {
    await reopenPair(c.var.db, actorOf(c), idOf(c, 'first'), idOf(c, 'second'))
    return c.redirect('/people/duplicates', 303)
  })
  .post('/people/duplicates/:first/:second/merge', merging, async (c) => {
    const { typed } = await readForm(c, z.record(z.string(), z.unknown()))
    const [first, second] = [idOf(c, 'first'), idOf(c, 'second')]
    const from_second = mergeFields.filter((field) => typed[field] === 'second')
    await mergePeople(c.var.db, actorOf(c), first, second, from_second)
    return c.redirect('/people/duplicates', 303)
  })
  .post('/people/merges/:merge/undo', merging, async (c) => {
    const undone = await undoMerge(c.var.db, actorOf(c), idOf(c, 'merge'), c.var.installation.clock.now())
    return undone.ok ? c.redirect('/people/duplicates', 303) : duplicatesPage(c, undone.problem)
  })
