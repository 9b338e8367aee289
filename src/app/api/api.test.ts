import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createToken, revokeToken } from '../../features/access/tokens/commands.ts'
import { scopes, type Scope } from '../../features/access/tokens/schema.ts'
import { addNamedVoters } from '../../features/people/testing.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { buildApp } from '../server.ts'
import type { openApiDocument } from './openapi.ts'
import { operations } from './operations.ts'
import { requestsPerMinute } from './serve-api.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const app = buildApp(installation, async () => null)

const tokenFor = async (organization: typeof ours, may: readonly Scope[] = scopes, days: '30' | '' = '') =>
  createToken(
    installation.database.of(organization.organization_id),
    organization.organizer,
    { name: 'Website', scopes: [...may], days },
    installation.clock.now(),
  )

async function ask(
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; json: Record<string, unknown> }> {
  const answer = await app.request(`/api/v1${path}`, {
    method,
    headers: {
      host: 'localhost',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, headers: answer.headers, json: (await answer.json()) as Record<string, unknown> }
}

let all: string
beforeAll(async () => {
  all = (await tokenFor(ours)).token
  await addNamedVoters(installation.database.owner, [
    { voter_id: 1, last_name: 'Kim', first_name: 'Young Hee' },
    { voter_id: 2, last_name: 'Lee', first_name: 'Grace' },
    { voter_id: 3, last_name: 'Garcia', first_name: 'Maria' },
  ])
})

describe('tokens', () => {
  test('without one, or with one nobody made, the answer is 401 and says how', async () => {
    const none = await ask(null, 'GET', '/universes')
    expect(none).toMatchObject({ status: 401, json: { problem: 'token_missing', status: 401 } })
    expect(none.headers.get('www-authenticate')).toBe('Bearer')
    expect(none.headers.get('content-type')).toContain('application/problem+json')
    expect(await ask('hanpyo_made_up', 'GET', '/universes')).toMatchObject({
      status: 401,
      json: { problem: 'token_unknown' },
    })
  })

  test('one that was ended, or whose time is over, opens nothing', async () => {
    const { token, token_id } = await tokenFor(ours)
    expect((await ask(token, 'GET', '/scripts')).status).toBe(200)
    await revokeToken(
      installation.database.of(ours.organization_id),
      ours.organizer,
      token_id,
      installation.clock.now(),
    )
    expect((await ask(token, 'GET', '/scripts')).status).toBe(401)
    const short = await tokenFor(ours, scopes, '30')
    expect((await ask(short.token, 'GET', '/scripts')).status).toBe(200)
    const now = installation.clock.now()
    installation.clock.set(new Date(now.getTime() + 31 * 86_400_000).toISOString())
    expect((await ask(short.token, 'GET', '/scripts')).status).toBe(401)
    installation.clock.set(now.toISOString())
  })

  test('a token does what its scopes say and nothing else: every operation', async () => {
    const wrong: string[] = []
    for (const scope of scopes) {
      const { token } = await tokenFor(ours, [scope])
      for (const each of operations) {
        const path = each.path.replaceAll(/:\w+/g, '0c0ffee0-0000-4000-8000-00000000ffff')
        const { status } = await ask(token, each.method, path, each.body ? {} : undefined)
        if ((each.scope === scope) === (status === 403)) wrong.push(`${scope}: ${each.method} ${each.path} ${status}`)
        if (status >= 500) wrong.push(`${each.method} ${each.path} ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('another organization’s token finds nothing of ours', async () => {
    const made = await ask(all, 'POST', '/people', { last_name: 'Park', first_name: 'Ji-woo' })
    expect(made.status).toBe(201)
    const { token } = await tokenFor(theirs)
    expect((await ask(token, 'GET', `/people/${String(made.json.person_id)}`)).status).toBe(404)
    expect((await ask(token, 'GET', '/people')).json).toEqual({ items: [], next_cursor: null })
    expect(await ask(token, 'PATCH', `/people/${String(made.json.person_id)}`, { city: 'Albany' })).toMatchObject({
      status: 404,
    })
  })

  test('the activity log names the program', async () => {
    await ask(all, 'POST', '/people', { name_hangul: '박지우' })
    const entry = await installation.database.owner
      .selectFrom('audit_entry')
      .select(['actor_kind', 'actor_name', 'action'])
      .where('organization_id', '=', ours.organization_id)
      .where('action', '=', 'person.create')
      .orderBy('audit_id', 'desc')
      .executeTakeFirstOrThrow()
    expect(entry).toEqual({ actor_kind: 'api', actor_name: 'Website', action: 'person.create' })
  })
})

describe('requests', () => {
  test('too many in one minute are refused, with the seconds to wait', async () => {
    const { token, token_id } = await tokenFor(ours)
    const first = await ask(token, 'GET', '/scripts')
    expect(first.headers.get('ratelimit-policy')).toBe(`"minute";q=${requestsPerMinute};w=60`)
    expect(first.headers.get('ratelimit')).toMatch(new RegExp(`^"minute";r=${requestsPerMinute - 1};t=\\d+$`))
    await installation.database.owner
      .updateTable('api_use')
      .set({ requests: requestsPerMinute })
      .where('token_id', '=', token_id)
      .execute()
    const refused = await ask(token, 'GET', '/scripts')
    expect(refused).toMatchObject({ status: 429, json: { problem: 'too_many_requests' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const now = installation.clock.now()
    installation.clock.set(new Date(now.getTime() + 60_000).toISOString())
    expect((await ask(token, 'GET', '/scripts')).status).toBe(200)
    installation.clock.set(now.toISOString())
  })

  test('the same one sent again with its key is done once and answered alike, also at the same moment', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const person = { last_name: 'Choi', first_name: 'Min-jun', emails: ['minjun@example.org'] }
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(all, 'POST', '/people', person, key)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(new Set(answers.map(({ json }) => json.person_id)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(3)
    const people = await installation.database.owner
      .selectFrom('person')
      .select('person_id')
      .where('last_name', '=', 'Choi')
      .execute()
    expect(people).toHaveLength(1)
    expect(await ask(all, 'POST', '/people', { ...person, city: 'Flushing' }, key)).toMatchObject({
      status: 422,
      json: { problem: 'idempotency_key_reused' },
    })
  })

  test('one that failed leaves no answer behind: it may be sent again, right', async () => {
    const key = { 'idempotency-key': randomUUID() }
    expect((await ask(all, 'POST', '/universes', { name: 'Broken', expression: 'party:dme' }, key)).status).toBe(422)
    expect((await ask(all, 'POST', '/universes', { name: 'Mended', expression: 'party:dem' }, key)).status).toBe(201)
  })

  test.each([
    ['no JSON', '{"last_name":', 400, 'not_json'],
    ['a wrong type', { last_name: 7 }, 422, 'invalid'],
    ['no name at all', { city: 'Flushing' }, 422, 'invalid'],
    ['a number that is none', { last_name: 'Kim', phones: ['call me'] }, 422, 'invalid'],
    ['a mailbox that is none', { last_name: 'Kim', emails: ['kim'] }, 422, 'invalid'],
    ['a birth year to come', { last_name: 'Kim', birth_year: 1492 }, 422, 'invalid'],
    ['Hangul that is none', { name_hangul: 'Kim' }, 422, 'invalid'],
  ])('a person with %s is refused, and nothing is stored', async (_, body, status, problem) => {
    const before = await countPeople()
    expect(await ask(all, 'POST', '/people', body)).toMatchObject({ status, json: { problem } })
    expect(await countPeople()).toBe(before)
  })

  test('an address that does not exist answers in JSON too', async () => {
    expect(await ask(all, 'GET', '/nothing')).toMatchObject({ status: 404, json: { problem: 'not_found' } })
    expect(await ask(all, 'GET', '/people/not-an-id')).toMatchObject({ status: 404, json: { problem: 'not_found' } })
    expect(await ask(all, 'GET', '/people?limit=9999')).toMatchObject({ status: 422, json: { problem: 'invalid' } })
    expect(await ask(all, 'GET', '/people?cursor=nonsense')).toMatchObject({
      status: 422,
      json: { problem: 'bad_cursor' },
    })
  })

  test('whatever is refused before any operation is told the same way: too large, no such method, a character nobody keeps', async () => {
    const answers = [
      await ask(all, 'POST', '/people', { last_name: 'x'.repeat(1_100_000) }),
      await ask(all, 'PUT', '/people', {}),
      await ask(all, 'POST', '/people', { last_name: 'Kim\0' }),
      await ask(all, 'DELETE', '/people/0c0ffee0-0000-4000-8000-00000000ffff/tags/a%00b'),
      await ask(all, 'POST', '/contact-attempts', {
        attempt_id: randomUUID(),
        voter_id: 3_000_000_000,
        channel: 'phone',
        disposition: 'no_answer',
        attempted_at: installation.clock.now().toISOString(),
      }),
    ]
    expect(answers.map(({ status, json }) => [status, json.problem])).toEqual([
      [413, 'too_large'],
      [404, 'not_found'],
      [422, 'invalid'],
      [404, 'not_found'],
      [422, 'invalid'],
    ])
    for (const { headers, json } of answers) {
      expect(headers.get('content-type')).toBe('application/problem+json')
      expect(json.request_id).toBe(headers.get('x-request-id'))
    }
  })

  const countPeople = async (): Promise<number> =>
    (await installation.database.owner.selectFrom('person').select('person_id').execute()).length
})

describe('what there is', () => {
  test('pages follow each other without a gap or a double', async () => {
    for (let at = 0; at < 7; at++) await ask(all, 'POST', '/people', { last_name: `Page${at}` })
    const seen: unknown[] = []
    let cursor: string | null = ''
    do {
      const path: string = `/people?limit=3${cursor ? `&cursor=${cursor}` : ''}`
      const { json } = await ask(all, 'GET', path)
      seen.push(...(json.items as { person_id: string }[]).map(({ person_id }) => person_id))
      cursor = json.next_cursor as string | null
    } while (cursor !== null)
    const { json } = await ask(all, 'GET', '/people?limit=500')
    expect(seen).toEqual((json.items as { person_id: string }[]).map(({ person_id }) => person_id))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('a person is changed field by field; who read an older state is told', async () => {
    const made = await ask(all, 'POST', '/people', { last_name: 'Jung', city: 'Bayside', phones: ['718-555-0188'] })
    const path = `/people/${String(made.json.person_id)}`
    expect(made.json).toMatchObject({ phones: [{ phone: '+17185550188' }] })
    const changed = await ask(all, 'PATCH', path, { language: 'ko', updated_at: made.json.updated_at })
    expect(changed).toMatchObject({ status: 200, json: { language: 'ko', city: 'Bayside', last_name: 'Jung' } })
    expect(await ask(all, 'PATCH', path, { city: 'Flushing', updated_at: '2020-01-01T00:00:00Z' })).toMatchObject({
      status: 409,
    })
    expect((await ask(all, 'POST', `${path}/tags`, { tag: 'volunteer' })).json).toMatchObject({ tags: ['volunteer'] })
    expect((await ask(all, 'DELETE', `${path}/tags/volunteer`)).json).toMatchObject({ tags: [] })
  })

  test('a universe is saved, counted and read with its purpose on record; a wrong expression says where', async () => {
    const made = await ask(all, 'POST', '/universes', { name: 'Kims', expression: 'name:kim' })
    expect(made).toMatchObject({ status: 201, json: { name: 'Kims', counted: 1 } })
    expect(await ask(all, 'POST', '/universes', { name: 'kims', expression: 'name:lee' })).toMatchObject({
      status: 409,
      json: { problem: 'name_taken' },
    })
    expect((await ask(all, 'POST', '/universes/count', { expression: 'name:kim or name:lee' })).json).toMatchObject({
      count: 2,
    })
    expect(await ask(all, 'POST', '/universes/count', { expression: 'name:kim party:dme' })).toMatchObject({
      status: 422,
      json: { problem: 'expression', at: 15, found: 'dme', suggestion: 'dem' },
    })
    const path = `/universes/${String(made.json.universe_id)}/voters`
    expect((await ask(all, 'GET', path)).status).toBe(422)
    const voters = await ask(all, 'GET', `${path}?purpose=Call%20list`)
    expect(voters.json).toMatchObject({ items: [{ voter_id: 1, last_name: 'Kim' }], next_cursor: null })
    const { after } = await installation.database.owner
      .selectFrom('audit_entry')
      .select('after')
      .where('action', '=', 'voter.export')
      .executeTakeFirstOrThrow()
    expect(after).toMatchObject({ purpose: 'Call list', voters: 1 })
  })

  test('a contact made elsewhere is recorded once, with what follows from it', async () => {
    const attempt = {
      attempt_id: randomUUID(),
      voter_id: 2,
      channel: 'phone',
      disposition: 'canvassed',
      attempted_at: '2026-11-20T18:30:00-05:00',
      phone: '(718) 555-0177',
      language: 'en',
      answers: { support: 2 },
    }
    const first = await ask(all, 'POST', '/contact-attempts', attempt)
    expect(first).toMatchObject({
      status: 201,
      json: { answers: { support: 2 }, is_reached: true, made_by: 'Website' },
    })
    expect((await ask(all, 'POST', '/contact-attempts', attempt)).status).toBe(201)
    expect(await ask(all, 'POST', '/contact-attempts', { ...attempt, voter_id: 3 })).toMatchObject({
      status: 409,
      json: { problem: 'attempt_id_taken' },
    })
    expect(
      await ask(all, 'POST', '/contact-attempts', { ...attempt, attempt_id: randomUUID(), disposition: 'no_answer' }),
    ).toMatchObject({
      status: 422,
      json: { problem: 'answers_without_contact' },
    })
    const { json } = await ask(all, 'GET', '/contact-attempts?recorded_since=2026-11-01T00:00:00Z')
    expect(json.items).toMatchObject([{ attempt_id: attempt.attempt_id }])
    expect((await ask(all, 'POST', '/universes/count', { expression: 'support:2' })).json).toMatchObject({ count: 1 })
    const { phone } = await installation.database.owner
      .selectFrom('person_phone')
      .innerJoin('person', 'person.person_id', 'person_phone.person_id')
      .select('phone')
      .where('voter_id', '=', 2)
      .executeTakeFirstOrThrow()
    expect(phone).toBe('+17185550177')
  })

  test('somebody who told another tool not to call is called by nobody here', async () => {
    const stop = {
      attempt_id: randomUUID(),
      voter_id: 3,
      channel: 'text',
      disposition: 'do_not_call',
      attempted_at: '2026-11-22T12:00:00Z',
      spoke_with: 'voter',
    }
    expect((await ask(all, 'POST', '/contact-attempts', stop)).status).toBe(201)
    expect((await ask(all, 'POST', '/universes/count', { expression: 'name:garcia' })).json).toMatchObject({ count: 0 })
    const alone = await ask(all, 'POST', '/people', { last_name: 'Nobody', first_name: 'Unmatched' })
    const without = { ...stop, attempt_id: randomUUID(), voter_id: null, person_id: alone.json.person_id }
    expect((await ask(all, 'POST', '/contact-attempts', without)).status).toBe(201)
    const marks = await installation.database.owner
      .selectFrom('suppression')
      .select('reason')
      .where('person_id', '=', String(alone.json.person_id))
      .execute()
    expect(marks).toEqual([{ reason: 'do_not_call' }])
  })
})

describe('the description', () => {
  test('has every operation, each with a name of its own and a scope', async () => {
    const answer = await app.request('/api/v1/openapi.json')
    expect(answer.status).toBe(200)
    const document = (await answer.json()) as ReturnType<typeof openApiDocument>
    const described = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (path) => Object.values(path),
    )
    expect(described).toHaveLength(operations.length)
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(operations.length)
  })
})
