import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import { found } from '../../platform/errors.ts'
import { voterRecord } from '../voterfile/queries.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import {
  ApiRefusal,
  Instant,
  instant,
  operation,
  Place,
  paged,
  pageOf,
  Paging,
  placeIn,
  type ApiCall,
} from '../access/tokens/operation.ts'
import { addTag, createPerson, removeTag, updatePerson } from './commands.ts'
import { addressesOf } from './addresses/queries.ts'
import { emailsOf, personById, phonesOf, type Person } from './queries.ts'
import { wholeName } from './rules.ts'
import { emailAddress, PersonForm, TagForm, type PersonFacts } from './schema.ts'
import './tables.ts'

const text = z.string().max(120).nullable()
const Facts = z.object({
  last_name: text.meta({ description: 'null: as the voter record says.' }),
  first_name: text,
  middle_name: text,
  name_hangul: text.meta({ description: 'As the person writes it; never guessed.' }),
  preferred_title: text,
  birth_year: z.int().nullable(),
  sex: z.enum(['F', 'M', 'X']).nullable(),
  language: text.meta({ description: 'Preferred, BCP 47 primary tag.' }),
  second_language: text,
  community: text.meta({ description: 'What the person says of themselves.' }),
  address: text,
  city: text,
  zip5: text,
})
const PersonAnswer = Facts.extend({
  person_id: z.uuid(),
  voter_id: z.int().nullable().meta({ description: 'The matched voter record.' }),
  custom: z.record(z.string(), z.unknown()).meta({ description: 'The organization’s own fields, by key.' }),
  phones: z.array(z.object({ phone: z.string(), kind: z.string(), quality: z.string(), is_preferred: z.boolean() })),
  emails: z.array(z.object({ email: z.string(), quality: z.string(), is_preferred: z.boolean() })),
  addresses: z
    .array(
      z.object({
        kind: z.string(),
        address: z.string(),
        city: z.string().nullable(),
        state: z.string().nullable().meta({ description: 'Two letters; null: not said.' }),
        zip5: z.string().nullable(),
        quality: z.string(),
        is_preferred: z.boolean(),
      }),
    )
    .meta({ description: 'Further addresses, and what is known of the home; is_preferred: post goes there.' }),
  tags: z.array(z.string()),
  created_at: Instant,
  updated_at: Instant,
})
const NewFacts = Facts.partial().extend({
  phones: z.array(z.string().max(40)).max(20).default([]),
  emails: z.array(emailAddress).max(20).default([]),
})
const OnePerson = z.object({ person_id: z.uuid() })

const factNames = Object.keys(Facts.shape) as (keyof z.infer<typeof Facts>)[] // the shape's own keys

/** The same checks as the form on the screen; its empty field is our null. */
function factsOf(given: Partial<Record<string, unknown>>): PersonFacts {
  const typed = Object.fromEntries(factNames.map((name) => [name, String(given[name] ?? '')]))
  const result = PersonForm.safeParse(typed)
  if (result.success) return result.data
  throw new ApiRefusal(422, 'invalid', 'The request does not fit.', {
    issues: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

/** Four questions, however many people. */
async function shownAll({ db, actor }: ApiCall, people: readonly Person[]): Promise<z.infer<typeof PersonAnswer>[]> {
  const { organization_id } = actor
  const ids = people.map(({ person_id }) => person_id)
  const [phones, emails, addresses, tags] = await Promise.all([
    phonesOf(db, organization_id, ids),
    emailsOf(db, organization_id, ids),
    addressesOf(db, organization_id, ids),
    db
      .selectFrom('person_tag')
      .select(['person_id', 'tag'])
      .where('organization_id', '=', organization_id)
      .where('person_id', 'in', ids)
      .orderBy('tag')
      .execute(),
  ])
  const phonesBy = Map.groupBy(phones, (row) => row.person_id)
  const addressesBy = Map.groupBy(addresses, (row) => row.person_id)
  const emailsBy = Map.groupBy(emails, (row) => row.person_id)
  const tagsBy = Map.groupBy(tags, (row) => row.person_id)
  return people.map((person) =>
    PersonAnswer.parse({
      ...person,
      phones: phonesBy.get(person.person_id) ?? [],
      emails: emailsBy.get(person.person_id) ?? [],
      addresses: addressesBy.get(person.person_id) ?? [],
      tags: (tagsBy.get(person.person_id) ?? []).map(({ tag }) => tag),
      created_at: instant(person.created_at),
      updated_at: instant(person.updated_at),
    }),
  )
}

const shown = async (call: ApiCall, person: Person): Promise<z.infer<typeof PersonAnswer>> =>
  found((await shownAll(call, [person]))[0])

const personOf = async ({ db, actor }: ApiCall, person_id: string): Promise<Person> =>
  found(await personById(db, actor.organization_id, person_id))

export const personOperations = [
  operation({
    method: 'GET',
    path: '/people',
    scope: 'people.read',
    group: 'People',
    summary: 'People of the organization, by time of the last change; merged ones are left out.',
    query: Paging.extend({ changed_since: Instant.optional() }),
    answer: pageOf(PersonAnswer),
    async run(call, { query }) {
      const { db, actor } = call
      const after = placeIn(query.cursor, z.tuple([Place, z.uuid()]))
      const since = query.changed_since
      const rows = await db
        .selectFrom('person')
        .selectAll()
        .select(sql<string>`updated_at::text`.as('place'))
        .where('organization_id', '=', actor.organization_id)
        .where('merged_into', 'is', null)
        .$if(since !== undefined, (asked) => asked.where('updated_at', '>=', new Date(since ?? 0)))
        .$if(after !== null, (asked) =>
          asked.where(
            sql<boolean>`(updated_at, person_id) > (${after?.[0] ?? ''}::timestamptz, ${after?.[1] ?? ''}::uuid)`,
          ),
        )
        .orderBy('updated_at')
        .orderBy('person_id')
        .limit(query.limit + 1)
        .execute()
      const { items, next_cursor } = paged(
        rows,
        query.limit,
        (row) => row,
        (row) => [row.place, row.person_id],
      )
      if (items.length > 0)
        await audit(db, actor, {
          action: 'person.list',
          subject: 'person',
          after: { found: items.length },
          request_id: call.request_id,
        })
      return { items: items.length === 0 ? [] : await shownAll(call, items), next_cursor }
    },
  }),
  operation({
    method: 'POST',
    path: '/people',
    scope: 'people.write',
    group: 'People',
    summary: 'Adds somebody, and matches them to a voter record where that is certain.',
    body: NewFacts,
    answer: PersonAnswer,
    status: 201,
    async run(call, { body }) {
      const facts = factsOf(body)
      if (!facts.last_name && !facts.first_name && !facts.name_hangul)
        throw new ApiRefusal(422, 'invalid', 'A name is needed.', {
          issues: [{ path: 'last_name', message: 'people.name_needed' }],
        })
      const phones = body.phones.map((phone, at) => {
        const number = e164(phone)
        if (number === null)
          throw new ApiRefusal(422, 'invalid', `“${phone}” is not a telephone number.`, {
            issues: [{ path: `phones.${at}`, message: 'people.phone_invalid' }],
          })
        return number
      })
      const { person_id } = await createPerson(
        call.db,
        call.actor,
        { ...facts, phones, emails: body.emails },
        call.actor.name,
        // Programs pass on what people write on other sites.
        {},
      )
      return shown(call, await personOf(call, person_id))
    },
  }),
  operation({
    method: 'GET',
    path: '/people/:person_id',
    scope: 'people.read',
    group: 'People',
    summary: 'One person; where two were merged, the one that lives on.',
    params: OnePerson,
    answer: PersonAnswer,
    run: async (call, { params }) => shown(call, await personOf(call, params.person_id)),
  }),
  operation({
    method: 'PATCH',
    path: '/people/:person_id',
    scope: 'people.write',
    group: 'People',
    summary: 'Changes the fields that are sent and leaves the others.',
    params: OnePerson,
    body: Facts.partial().extend({
      updated_at: Instant.optional().meta({
        description: 'As it was read; 409 where somebody changed the person since.',
      }),
    }),
    answer: PersonAnswer,
    async run(call, { params, body: { updated_at, ...changes } }) {
      const person = await personOf(call, params.person_id)
      const voter = person.voter_id === null ? null : ((await voterRecord(call.db, person.voter_id)) ?? null)
      const facts = factsOf({ ...person, ...wholeName(changes, person, voter) })
      const seen = updated_at ? new Date(updated_at).toISOString() : null
      await updatePerson(call.db, call.actor, person.person_id, facts, seen)
      return shown(call, await personOf(call, person.person_id))
    },
  }),
  operation({
    method: 'POST',
    path: '/people/:person_id/tags',
    scope: 'people.write',
    group: 'People',
    summary: 'Adds a tag; one there already stays.',
    params: OnePerson,
    body: TagForm,
    answer: PersonAnswer,
    async run(call, { params, body }) {
      const person = await personOf(call, params.person_id)
      await addTag(call.db, call.actor, person.person_id, body.tag)
      return shown(call, person)
    },
  }),
  operation({
    method: 'DELETE',
    path: '/people/:person_id/tags/:tag',
    scope: 'people.write',
    group: 'People',
    summary: 'Removes a tag.',
    params: OnePerson.extend({ tag: z.string().max(80) }),
    answer: PersonAnswer,
    async run(call, { params }) {
      const person = await personOf(call, params.person_id)
      await removeTag(call.db, call.actor, person.person_id, params.tag)
      return shown(call, person)
    },
  }),
]
