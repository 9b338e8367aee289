import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import '../../people/membership/messages.ts'
import '../../people/messages.ts'
import { peopleByIds } from '../../people/queries.ts'
import { TagForm } from '../../people/schema.ts'
import { taggingById, tagPeople, takeBackTagging } from '../../people/taggings/commands.ts'
import { fromNow, longest_ms } from '../bounded.ts'
import '../builder-messages.ts'
import '../export/messages.ts'
import { PurposeForm } from '../export/schema.ts'
import '../messages.ts'
import { tagNames } from '../queries.ts'
import { fromRow, idIn, now, today, unlessSlow } from '../requests.ts'
import './messages.ts'
import { PeopleFilePage, PeopleListPage, peopleAtOnce, type PeopleListProps } from './pages.tsx'
import {
  compilePeopleTyped,
  countPeople,
  countReached,
  eventsAhead,
  peopleIds,
  peopleInOrder,
  peopleLines,
  type CompiledPeople,
} from './queries.ts'
import { listOf } from './rules.ts'
import { PeopleAsked } from './schema.ts'

const anyFields = z.record(z.string(), z.unknown())

/** The people of an organization by an expression, and what is done with all of them. */
export const peopleListRoutes = room()
  .get('/people', allow('people.view'), (c) => list(c, PeopleAsked.parse(c.req.query())))
  .post('/people/tag', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, TagForm)
    const asked = PeopleAsked.parse(typed)
    if (!value) return list(c, asked, { typed, errors, status: 422 })
    const those = await thoseOf(c, asked)
    if (!those) return list(c, asked, { typed })
    const { db } = c.var
    const person_ids = await unlessSlow(c, peopleIds(db, those, asked.only, fromNow(longest_ms)))
    if (!person_ids) return list(c, asked, { typed })
    const made = await tagPeople(db, actorOf(c), { ...value, expression: those.text, person_ids }, now(c))
    return c.redirect(listOf(asked.q, asked.only, { tagging: made.tagging_id }), 303)
  })
  .post('/people/taggings/:tagging/take-back', allow('people.edit'), async (c) => {
    const { typed } = await readForm(c, anyFields)
    const asked = PeopleAsked.parse(typed)
    const tagging_id = idIn(c.req.param('tagging'))
    await takeBackTagging(c.var.db, actorOf(c), tagging_id, now(c))
    return c.redirect(listOf(asked.q, asked.only, { tagging: tagging_id }), 303)
  })
  /** Which event was chosen is said by its own page. */
  .get('/people/invite', allow('events.edit'), (c) => {
    const { q, only } = PeopleAsked.parse(c.req.query())
    return c.redirect(listOf(q, only, {}, `/events/${idIn(c.req.query('event'))}/invite`), 303)
  })
  .get('/people/file', allow('universes.export'), (c) => filePage(c, PeopleAsked.parse(c.req.query()), {}, {}))
  .post('/people/file', allow('universes.export'), async (c) => {
    const { typed, errors, value } = await readForm(c, PurposeForm)
    const asked = PeopleAsked.parse(typed)
    if (!value) return filePage(c, asked, typed, errors)
    const those = await thoseOf(c, asked)
    const lines = those && (await unlessSlow(c, peopleLines(c.var.db, those, asked.only, fromNow(longest_ms))))
    if (!lines) return list(c, asked)
    const { t } = c.var
    await audit(c.var.db, actorOf(c), {
      action: 'person.export',
      subject: 'person',
      after: { expression: those.text, only: asked.only, people: lines.length, purpose: value.purpose },
      request_id: c.var.request_id,
    })
    const head = [
      t('people.last_name'),
      t('people.first_name'),
      t('people.name_hangul'),
      t('people.preferred_title'),
      t('people.language'),
      t('people.phone'),
      t('people.channel.email'),
      t('people.address'),
      t('people.city'),
      t('people.zip5'),
      t('people.tags'),
      t('people_list.in_file'),
    ]
    const rows = lines.map((line) => [
      line.last_name,
      line.first_name,
      line.name_hangul,
      line.preferred_title,
      line.language,
      line.phone && formatPhone(line.phone),
      line.email,
      line.address,
      line.city,
      line.zip5,
      line.tags,
      t(line.is_in_file ? 'people_list.yes' : 'people_list.no'),
    ])
    return c.body([byteOrderMark, ...[head, ...rows].map(csvLine)].join(''), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="people-${today(c)}.csv"`,
    })
  })

/** null: it cannot be read. */
async function thoseOf(c: Ctx, { q }: PeopleAsked): Promise<CompiledPeople | null> {
  const compiled = await compilePeopleTyped(c.var.db, actorOf(c), q, today(c))
  return compiled.ok ? compiled.people : null
}

async function list(
  c: Ctx,
  { q, only }: PeopleAsked,
  form: { typed?: Record<string, string>; errors?: FieldErrors; status?: 422 } = {},
): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const compiled = await compilePeopleTyped(db, actor, q, today(c))
  const from = fromRow(c)
  const until = fromNow(longest_ms)
  let shown: PeopleListProps['found'] = null
  if (compiled.ok) {
    const asked = compiled.people
    const answer = await unlessSlow(
      c,
      Promise.all([
        countReached(db, asked, only, until),
        peopleInOrder(db, asked, only, { from, size: peopleAtOnce }, until),
      ]),
    )
    if (answer) shown = { asked, counts: answer[0], shown: await peopleByIds(db, organization_id, answer[1]) }
    if (shown && shown.shown.length > 0)
      await audit(db, actor, {
        action: 'person.browse',
        subject: 'person',
        after: { expression: asked.text, only, found: shown.counts.people, from },
        request_id: c.var.request_id,
      })
  }
  const may = {
    edit: mayDo(actor, 'people.edit'),
    invite: mayDo(actor, 'events.edit'),
    file: mayDo(actor, 'universes.export'),
    mail: mayDo(actor, 'mailings.edit'),
  }
  const tagging = z.uuid().safeParse(c.req.query('tagging')).data
  return page(
    c,
    <PeopleListPage
      t={t}
      q={shown?.asked.text ?? q}
      only={only}
      found={shown}
      problem={compiled.ok ? null : compiled.problem}
      from={from}
      today={today(c)}
      tags={await tagNames(db, organization_id)}
      events={may.invite ? await eventsAhead(db, organization_id, now(c)) : []}
      may={may}
      tagging={tagging ? ((await taggingById(db, organization_id, tagging)) ?? null) : null}
      {...(form.typed && { typed: form.typed })}
      {...(form.errors && { errors: form.errors })}
    />,
    { title: t('people_list.title'), status: compiled.ok ? (form.status ?? 200) : 422 },
  )
}

async function filePage(
  c: Ctx,
  asked: PeopleAsked,
  typed: Record<string, string>,
  errors: FieldErrors,
): Promise<Response> {
  const those = await thoseOf(c, asked)
  const count = those && (await unlessSlow(c, countPeople(c.var.db, those, asked.only, fromNow(longest_ms))))
  if (!those || count === null) return list(c, asked)
  const { t } = c.var
  return page(c, <PeopleFilePage {...{ t, ...asked, typed, errors }} count={count} />, {
    title: t('people_list.file_title'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}
