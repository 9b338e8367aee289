import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createToken, revokeToken } from '../../features/access/tokens/commands.ts'
import { tokenRoutes } from '../../features/access/tokens/routes.tsx'
import { scopes, type Scope } from '../../features/access/tokens/schema.ts'
import { addNamedVoters } from '../../features/people/testing.ts'
import { dispositions } from '../../features/contacts/schema.ts'
import { defineResult } from '../../features/phonebanks/result-codes/commands.ts'
import { makeBank } from '../../features/phonebanks/testing.ts'
import { starterContent } from '../../features/scripts/starters.ts'
import { createWebhook } from '../../features/webhooks/commands.ts'
import { webhookEvents } from '../../features/webhooks/schema.ts'
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
  test('one that reads people is made where the limit on use is accepted, and the trail says so', async () => {
    const pages = world.as(ours.organizer, [tokenRoutes])
    const refused = await pages.post('/settings/connections', { name: 'Reader', 'scopes[]': ['people.read', 'universes.read'], days: '30' }) // prettier-ignore
    expect(refused.status).toBe(422)
    const again = await refused.text()
    expect(again).toContain('Accept this first: the program would read people.')
    expect(again).toContain('3-103(5)')
    expect(again).toContain('Say a little more about the purpose.')
    const accepted = {
      name: 'Reader',
      'scopes[]': ['people.read'],
      days: '30',
      law: 'yes',
      purpose: '11월 선거 자원봉사자 명단',
    }
    expect((await pages.post('/settings/connections', { ...accepted, purpose: '명단' })).status).toBe(422)
    expect((await pages.post('/settings/connections', accepted)).status).toBe(200)
    const counts = { name: 'Counter', 'scopes[]': ['universes.read'], days: '30' }
    expect((await pages.post('/settings/connections', counts)).status).toBe(200)
    const trail = await installation.database.owner
      .selectFrom('audit_entry')
      .select('after')
      .where('action', '=', 'api_token.create')
      .execute()
    const said = new Map(trail.map(({ after }) => [after?.name, [after?.law_accepted, after?.purpose]]))
    expect([said.get('Reader'), said.get('Counter')]).toEqual([
      [true, accepted.purpose],
      [undefined, undefined],
    ])
    expect(await (await pages.get('/settings/connections')).text()).toContain(`For: ${accepted.purpose}`)
  })

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
    const deep = `{"name": "Deep", "content": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const answers = [
      await ask(all, 'POST', '/people', { last_name: 'x'.repeat(1_100_000) }),
      await ask(all, 'PUT', '/people', {}),
      await ask(all, 'POST', '/people', { last_name: 'Kim\0' }),
      await ask(all, 'POST', '/people', '{"last_name": "Kim\\ud83d"}'),
      await ask(all, 'POST', '/scripts', deep),
      await ask(all, 'GET', '/contact-attempts?cursor=' + Buffer.from('["2026-02-31 25:00:00+00","0c0ffee0-0000-4000-8000-00000000ffff"]').toString('base64url')), // prettier-ignore
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
      [422, 'invalid'],
      [422, 'invalid'],
      [422, 'bad_cursor'],
      [404, 'not_found'],
      [422, 'invalid'],
    ])
    for (const { headers, json } of answers) {
      expect(headers.get('content-type')).toBe('application/problem+json')
      expect(json.request_id).toBe(headers.get('x-request-id'))
    }
  })

  test('a field that nobody reads is refused with the nearest one, whatever is asked: query, body and what is in it', async () => {
    const issue = async (method: string, path: string, body?: object) => {
      const { status, json } = await ask(all, method, path, body)
      return [status, ...(json.issues as { path: string; message: string }[])]
    }
    const bank = '/phone-banks/0c0ffee0-0000-4000-8000-00000000ffff'
    const meant = (path: string, field: string) => [422, { path, message: `no such field; did you mean ${field}?` }]
    expect(await issue('PATCH', bank, { end_on: '2026-12-05' })).toEqual(meant('end_on', 'ends_on'))
    expect(await issue('PATCH', bank, { rules: { lease_minuts: 20 } })).toEqual(
      meant('rules.lease_minuts', 'lease_minutes'),
    )
    const quotas = [{ question: 'issue', value: null, count: 3, counted: 0 }]
    expect(await issue('PATCH', bank, { rules: { quotas } })).toEqual(meant('rules.quotas.0.counted', 'count'))
    expect(await issue('GET', '/contact-attempts?since=2026-11-01T00:00:00Z')).toEqual(meant('since', 'recorded_since'))
    expect(await issue('POST', '/people', { last_name: 'Kim', lastname: 'Kim' })).toEqual(
      meant('lastname', 'last_name'),
    )
    // However much is wrong: the first places, and none of them as long as what was sent.
    const many = Object.fromEntries(Array.from({ length: 60_000 }, (_, nth) => [`field_${nth}`, 1]))
    for (const body of [many, { languages: Array.from({ length: 60_000 }, () => 1) }, { ['x'.repeat(500_000)]: 1 }])
      expect(JSON.stringify(await issue('PATCH', bank, body)).length).toBeLessThan(20_000)
    expect(await issue('PATCH', bank, many)).toHaveLength(1 + 20)
    const wrong: string[] = []
    for (const each of operations) {
      const path = each.path.replaceAll(/:\w+/g, '0c0ffee0-0000-4000-8000-00000000ffff')
      const answers = [await ask(all, each.method, `${path}?zzzzz=1`)]
      if (each.method !== 'GET') answers.push(await ask(all, each.method, path, { zzzzz: 1 }))
      for (const { status, json } of answers) {
        const named = JSON.stringify(json.issues ?? '').includes('"zzzzz"')
        if (status !== 422 || !named) wrong.push(`${each.method} ${each.path} ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  const countPeople = async (): Promise<number> =>
    (await installation.database.owner.selectFrom('person').select('person_id').execute()).length
})

describe('what there is', () => {
  test('pages follow each other without a gap or a double', async () => {
    for (let at = 0; at < 7; at++) await ask(all, 'POST', '/people', { last_name: `Page${at}` })
    // Two of one name, as long as a name may be.
    for (const name of ['쪽'.repeat(120), '쪽'.repeat(120), 'Page'])
      await ask(all, 'POST', '/scripts', { name, content: script })
    const { script_id, version, created_at } = (await ask(all, 'POST', '/scripts', { name: 'Long', content: script }))
      .json
    await installation.database.owner
      .updateTable('script_version')
      .set({ first_used_at: installation.clock.now() })
      .where('script_id', '=', String(script_id))
      .execute()
    const versions = `/scripts/${String(script_id)}/versions`
    await ask(all, 'POST', versions, { version, created_at, content: script })
    for (const [list, by, limit] of [
      ['/people', 'person_id', 3],
      ['/scripts', 'script_id', 1],
      [versions, 'version', 1],
    ] as const) {
      const idsOf = (json: Record<string, unknown>) => (json.items as Record<string, unknown>[]).map((each) => each[by])
      const seen: unknown[] = []
      let cursor: string | null = ''
      do {
        const path: string = `${list}?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`
        const { json } = await ask(all, 'GET', path)
        seen.push(...idsOf(json))
        cursor = json.next_cursor as string | null
      } while (cursor !== null)
      expect(seen.length).toBeGreaterThan(limit)
      expect(seen).toEqual(idsOf((await ask(all, 'GET', `${list}?limit=500`)).json))
      expect(new Set(seen).size).toBe(seen.length)
    }
  })

  test('a person is changed field by field; who read an older state is told', async () => {
    const made = await ask(all, 'POST', '/people', { last_name: 'Jung', city: 'Bayside', phones: ['718-555-0188'] })
    const path = `/people/${String(made.json.person_id)}`
    expect(made.json).toMatchObject({ phones: [{ phone: '+17185550188' }] })
    const changed = await ask(all, 'PATCH', path, { language: 'ko', updated_at: made.json.updated_at })
    expect(changed).toMatchObject({ status: 200, json: { language: 'ko', city: 'Bayside', last_name: 'Jung' } })
    const { updated_at } = changed.json
    expect(await ask(all, 'PATCH', path, { city: '', updated_at })).toMatchObject({ status: 200, json: { city: null } })
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
    await ask(all, 'POST', '/people', { last_name: 'Innofile', language: 'ko' })
    expect((await ask(all, 'POST', '/people/count', { expression: '성:innofile language:ko' })).json).toEqual({
      expression: 'last:innofile language:ko',
      count: 1,
      in_no_voter_file: 1,
    })
    expect(await ask(all, 'POST', '/people/count', { expression: 'dues:due' })).toMatchObject({
      status: 422,
      json: { problem: 'expression', code: 'not_yours' },
    })
    expect((await ask(all, 'POST', '/universes/count', { expression: 'name:kim or name:lee' })).json).toMatchObject({
      count: 2,
    })
    expect((await ask(all, 'POST', '/universes/count', { expression: 'tag:nobody-made-it' })).json).toMatchObject({
      count: 0,
      remarks: [{ code: 'tag_unknown', named: 'nobody-made-it' }],
    })
    // What is paid for memberships is the roll's.
    const dues = { status: 422, json: { problem: 'expression', code: 'not_yours', at: 9 } }
    expect(await ask(all, 'POST', '/universes/count', { expression: 'name:kim dues:due' })).toMatchObject(dues)
    expect(await ask(all, 'POST', '/universes', { name: 'Due', expression: 'name:kim dues:due' })).toMatchObject(dues)
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

  const script = {
    languages: ['en', 'ko'],
    greeting: { en: 'Hello', ko: '안녕하세요' },
    steps: [
      { key: 'support', kind: 'support', say: { en: 'Do you support it?', ko: '지지하시나요?' } },
      {
        key: 'issue',
        kind: 'choice',
        say: { en: 'What matters most?', ko: '무엇이 제일 중요한가요?' },
        choices: [
          { key: 'housing', label: { en: 'Housing', ko: '주거' } },
          { key: 'schools', label: { en: 'Schools', ko: '학교' } },
        ],
      },
    ],
    closing: { en: 'Thank you', ko: '감사합니다' },
    voicemail: {},
  }

  test('a script is written, read and written again; who read an older one is told, and what trips a caller is named', async () => {
    const made = await ask(all, 'POST', '/scripts', { name: 'Support', content: script })
    expect(made).toMatchObject({ status: 201, json: { version: 1, content: { steps: [{ key: 'support' }, {}] } } })
    const { version, created_at } = made.json
    const path = `/scripts/${String(made.json.script_id)}/versions`
    const content = { ...script, closing: { en: 'Goodbye', ko: '안녕히 계세요' } }
    installation.clock.advance(1)
    const changed = await ask(all, 'POST', path, { version, created_at, content })
    expect(changed).toMatchObject({
      status: 201,
      json: { version: 1, name: 'Support', content: { closing: { en: 'Goodbye' } } },
    })
    expect(await ask(all, 'POST', path, { version, created_at, content })).toMatchObject({
      status: 409,
      json: { problem: 'changed_meanwhile' },
    })
    const steps = script.steps.map((step) => ({ ...step, choices: [], goes: { yes: 'nowhere' } }))
    expect(await ask(all, 'POST', '/scripts', { name: 'Broken', content: { ...script, steps } })).toMatchObject({
      status: 422,
      json: {
        problem: 'script_unready',
        issues: expect.arrayContaining([
          { path: 'content.steps.issue', message: 'few_choices' },
          { path: 'content.steps.issue.goes.yes', message: 'no answer takes this way' },
        ]),
      },
    })
  })

  test('a phone bank is made, changed, paused, given another universe and ended; each is audited with the token’s name', async () => {
    const universe = await ask(all, 'POST', '/universes', { name: 'Lees', expression: 'name:lee' })
    const other = await ask(all, 'POST', '/universes', { name: 'Garcias', expression: 'name:garcia' })
    const { script_id } = (await ask(all, 'POST', '/scripts', { name: 'For phones', content: script })).json
    const draft = {
      name: { en: 'Get out the vote', ko: '투표 독려' },
      universe_id: universe.json.universe_id,
      script_id,
      lane: 'non_partisan',
      starts_on: '2026-11-23',
      ends_on: '2026-11-30',
      calling_starts: '10:00',
      calling_ends: '20:00',
    }
    expect(await ask(all, 'POST', '/phone-banks', { ...draft, candidate: { en: 'Hana Yoon' } })).toMatchObject({
      status: 422,
      json: { issues: [{ path: 'candidate', message: 'not in the lane non_partisan' }] },
    })
    const key = { 'idempotency-key': randomUUID() }
    const [made, again] = [
      await ask(all, 'POST', '/phone-banks', draft, key),
      await ask(all, 'POST', '/phone-banks', draft, key),
    ]
    expect(made).toMatchObject({
      status: 201,
      json: { expression: 'lee', script_version: 1, calling_starts: '10:00' },
    })
    expect(again.json).toEqual(made.json)
    const path = `/phone-banks/${String(made.json.phone_bank_id)}`
    expect(await ask(all, 'PATCH', path, { ends_on: '2026-12-05', goal_contacts: 50 })).toMatchObject({
      status: 200,
      json: { ends_on: '2026-12-05', goal_contacts: 50, starts_on: '2026-11-23', languages: ['en', 'ko'] },
    })
    expect(await ask(all, 'PATCH', path, { calling_ends: '09:00' })).toMatchObject({
      status: 422,
      json: { issues: [{ path: 'calling_ends', message: 'not after calling_starts' }] },
    })
    // As on the page: no last day that is over, and other languages have the list put together anew.
    const past = { starts_on: '2020-01-01', ends_on: '2020-02-01' }
    for (const answer of [
      await ask(all, 'POST', '/phone-banks', { ...draft, ...past }),
      await ask(all, 'PATCH', path, past),
    ])
      expect(answer).toMatchObject({ status: 422, json: { issues: [{ path: 'ends_on', message: 'is over already' }] } })
    // One waits since it was made; waited for anew, the job has another revision.
    const waits = async (what = 'prepare') => {
      const { rows } = await sql`select revision from graphile_worker.jobs
        where key = ${`phonebanks.${what}:${String(made.json.phone_bank_id)}`}`.execute(installation.database.owner)
      return rows
    }
    const waited = await waits()
    await ask(all, 'PATCH', path, { languages: ['ko', 'en'] })
    expect(await waits()).toEqual(waited)
    await ask(all, 'PATCH', path, { languages: ['ko'] })
    expect(await waits()).not.toEqual(waited)
    // A new order that waits is not lost by what changes after it.
    await ask(all, 'PATCH', path, { rules: { list_order: 'newest' } })
    const ordered = await waits('reorder')
    expect(ordered).toHaveLength(1)
    await ask(all, 'PATCH', path, { languages: ['en', 'ko'] })
    expect(await waits('reorder')).toEqual(ordered)
    // Its rules, like everything an organizer sets on the page.
    expect(made.json).toMatchObject({
      way_of_calling: 'own_phone',
      max_attempts: 3,
      rules: { done_expression: null, household: 'together', quiet_groups: ['family', 'state', 'korean'], quotas: [] },
    })
    expect(made.json.zones).toEqual(expect.any(Array))
    const rules = {
      done_expression: 'answer:issue',
      lease_minutes: 20,
      quotas: [{ question: 'issue', value: null, count: 30 }],
      weekdays: { '6': null },
    }
    expect(await ask(all, 'PATCH', path, { rules, way_of_calling: 'practice' })).toMatchObject({
      status: 200,
      json: { way_of_calling: 'practice', ends_on: '2026-12-05', rules: { ...rules, language_fallback: true } },
    })
    expect((await ask(all, 'GET', path)).json).toMatchObject({ rules, way_of_calling: 'practice' })
    const refused = { done_expression: 'age:(', priority: ['age:18-34', 'x:('], weekdays: { '1': ['12:00', '10:00'] } }
    const quotas = [
      { question: 'nothing', value: null, count: 1 },
      { question: 'issue', value: 'nobody', count: 1 },
    ]
    expect(await ask(all, 'PATCH', path, { rules: { ...refused, quotas } })).toMatchObject({
      status: 422,
      json: {
        issues: [
          { path: 'rules.done_expression' },
          { path: 'rules.priority.1' },
          { path: 'rules.weekdays.1' },
          { path: 'rules.quotas.0.question' },
          { path: 'rules.quotas.1.value' },
        ],
      },
    })
    expect((await ask(all, 'GET', path)).json).toMatchObject({ rules })
    expect(await ask(all, 'POST', '/phone-banks', { ...draft, rules: refused })).toMatchObject({ status: 422 })
    expect(await ask(all, 'POST', '/phone-banks', { ...draft, rules: { most_per_caller: 40 } })).toMatchObject({
      status: 201,
      json: { rules: { most_per_caller: 40, rest_minutes: 50 } },
    })
    await defineResult(
      installation.database.of(ours.organization_id),
      ours.organizer,
      { name_en: 'Voted early', name_ko: '조기투표 마침', counts_as: 'refused' },
      installation.clock.now(),
    )
    for (const [method, asked] of [
      ['POST', { ...draft, result_codes: ['nobody_knows'] }],
      ['PATCH', { result_codes: ['nobody_knows'] }],
    ] as const)
      // prettier-ignore
      expect(await ask(all, method, method === 'POST' ? '/phone-banks' : path, asked)).toMatchObject({
        status: 422,
        json: { issues: [{ path: 'result_codes.0', message: 'no such result in use' }] },
      })
    expect(await ask(all, 'POST', '/phone-banks', { ...draft, result_codes: ['voted_early'] })).toMatchObject({
      status: 201,
      json: { result_codes: ['voted_early'] },
    })
    for (const result_codes of [['voted_early'], []])
      expect((await ask(all, 'PATCH', path, { result_codes })).json).toMatchObject({ result_codes })
    expect((await ask(all, 'POST', `${path}/pause`)).json.paused_at).not.toBeNull()
    expect((await ask(all, 'POST', `${path}/resume`)).json.paused_at).toBeNull()
    expect(await ask(all, 'POST', `${path}/universes`, { universe_id: other.json.universe_id })).toMatchObject({
      status: 200,
      json: { expression: '(lee) or (garcia)' },
    })
    expect((await ask(all, 'POST', `${path}/newest-script`)).json).toMatchObject({ script_version: 1 })
    const { token } = await tokenFor(theirs)
    for (const asked of ['pause', 'end', 'newest-script'])
      expect((await ask(token, 'POST', `${path}/${asked}`)).status).toBe(404)
    expect((await ask(token, 'PATCH', path, { goal_contacts: 1 })).status).toBe(404)
    expect((await ask(token, 'POST', '/phone-banks', draft)).json).toMatchObject({ issues: [{ path: 'universe_id' }] })
    expect((await ask(all, 'GET', `${path}/callers`)).json).toEqual({ items: [], next_cursor: null })
    expect((await ask(all, 'POST', `${path}/end`)).json.ended_at).not.toBeNull()
    for (const asked of ['pause', 'resume', 'end'])
      expect(await ask(all, 'POST', `${path}/${asked}`)).toMatchObject({ status: 409, json: { problem: 'ended' } })
    const entries = await installation.database.owner
      .selectFrom('audit_entry')
      .select(['action', 'actor_kind', 'actor_name'])
      .where('subject_id', '=', String(made.json.phone_bank_id))
      .orderBy('audit_id')
      .execute()
    const changes = [
      'update',
      'update',
      'update',
      'rules',
      'update',
      'change_way',
      'rules',
      'offer_results',
      'offer_results',
    ]
    const actions = ['create', ...changes, 'pause', 'resume', 'add_universe', 'end'].map((name) => `phonebank.${name}`)
    expect(entries.filter(({ action }) => action !== 'phonebank.use_script').map(({ action }) => action)).toEqual(
      actions,
    )
    expect(new Set(entries.map(({ actor_kind, actor_name }) => `${actor_kind} ${actor_name}`))).toEqual(
      new Set(['api Website']),
    )
  })

  test('lists the results its calls can have, in pages: the usual ones, then own ones that are offered or were recorded', async () => {
    const db = installation.database.of(ours.organization_id)
    const mailed = { name_en: 'Mailed it', name_ko: '우편으로 보냄', counts_as: 'refused' } as const
    await defineResult(db, ours.organizer, mailed, installation.clock.now())
    const { phone_bank_id } = await makeBank(world, ours.organizer, [])
    const path = `/phone-banks/${phone_bank_id}`
    const codesOf = async (query = '') =>
      (await ask(all, 'GET', `${path}/result-codes${query}`)).json as { items: unknown[]; next_cursor: string | null }
    const usual = await codesOf()
    expect(usual).toMatchObject({ items: { length: dispositions.length }, next_cursor: null })
    await ask(all, 'PATCH', path, { result_codes: ['mailed_it'] })
    const first = await codesOf(`?limit=${dispositions.length}`)
    expect(first.items).toEqual(usual.items)
    expect(first.items[0]).toEqual({
      ...{ code: 'canvassed', name: { en: 'Answered questions', ko: '통화함' }, disposition: 'canvassed' },
      ...{ is_own: false, is_offered: true, is_reached: true, takes_answers: true },
    })
    const own = {
      ...{ code: 'mailed_it', name: { en: 'Mailed it', ko: '우편으로 보냄' }, disposition: 'refused' },
      ...{ is_own: true, is_offered: true, is_reached: true, takes_answers: false },
    }
    expect(await codesOf(`?cursor=${first.next_cursor}`)).toEqual({ items: [own], next_cursor: null })
    await ask(all, 'PATCH', path, { result_codes: [] })
    expect((await codesOf()).items).toHaveLength(dispositions.length)
    const { attempt_id, ...call } = { attempt_id: randomUUID(), channel: 'phone', disposition: 'refused' } as const
    const row = { ...call, phone_bank_id, voter_id: 1, result_code: 'mailed_it', is_reached: true, made_by: 'Grace' }
    const { organization_id } = ours
    await db
      .insertInto('contact_attempt')
      .values({ ...row, organization_id, attempt_id, attempted_at: installation.clock.now() })
      .execute()
    expect((await codesOf()).items.slice(dispositions.length)).toEqual([{ ...own, is_offered: false }])
    await db.deleteFrom('contact_attempt').where('attempt_id', '=', attempt_id).execute() // others count all there are
    expect((await ask((await tokenFor(theirs)).token, 'GET', `${path}/result-codes`)).status).toBe(404)
    const { token } = await tokenFor(ours, ['universes.read'])
    expect((await ask(token, 'GET', `${path}/result-codes`)).status).toBe(403)
  })

  test('a universe is changed and put away; one in use only when that is meant', async () => {
    const made = await ask(all, 'POST', '/universes', { name: 'Choi', expression: 'name:choi' })
    const path = `/universes/${String(made.json.universe_id)}`
    expect(await ask(all, 'PATCH', path, { name: 'Chois', note: 'For May' })).toMatchObject({
      status: 200,
      json: { name: 'Chois', expression: 'choi', note: 'For May' },
    })
    expect(await ask(all, 'PATCH', path, { expression: 'party:dme' })).toMatchObject({
      json: { problem: 'expression' },
    })
    await ask(all, 'POST', '/universes', { name: 'More', expression: 'in:"Chois" or name:park' })
    expect(await ask(all, 'POST', `${path}/archive`, {})).toMatchObject({ status: 409, json: { problem: 'in_use' } })
    expect((await ask(all, 'POST', `${path}/archive`, { is_sure: true })).json.archived_at).not.toBeNull()
    expect((await ask(all, 'POST', `${path}/restore`)).json.archived_at).toBeNull()
  })

  test('what calls left to do is listed and noted as done', async () => {
    const { owner } = installation.database
    const { follow_up_id } = await owner
      .insertInto('follow_up')
      .values({
        organization_id: ours.organization_id,
        kind: 'ride',
        voter_id: 1,
        note: 'Needs a car at three',
        made_by: 'Grace',
        made_at: installation.clock.now(),
        person_id: null,
        phone_bank_id: null,
        attempt_id: null,
        caller_id: null,
        solved_at: null,
        solved_by: null,
        solution: null,
      })
      .returning('follow_up_id')
      .executeTakeFirstOrThrow()
    expect((await ask(all, 'GET', '/follow-ups?is_solved=false&kind=ride')).json).toMatchObject({
      items: [{ follow_up_id, note: 'Needs a car at three', solved_at: null }],
    })
    const { token } = await tokenFor(theirs)
    expect((await ask(token, 'POST', `/follow-ups/${follow_up_id}/solve`, {})).status).toBe(404)
    const { organization_id, id, name, roles } = ours.organizer
    await owner
      .insertInto('member')
      .values({ organization_id, user_id: id, display_name: name, roles: [...roles] })
      .execute()
    const given = { owner_id: ours.organizer.id, due_on: '2026-12-01' }
    expect((await ask(token, 'POST', `/follow-ups/${follow_up_id}/assign`, given)).status).toBe(404)
    expect((await ask(all, 'POST', `/follow-ups/${follow_up_id}/assign`, given)).json).toMatchObject(given)
    expect((await ask(all, 'GET', `/follow-ups?owner_id=${given.owner_id}`)).json.items).toHaveLength(1)
    expect(
      (await ask(all, 'POST', `/follow-ups/${follow_up_id}/solve`, { solution: 'Mr. Han drives' })).json,
    ).toMatchObject({ solved_by: 'Website', solution: 'Mr. Han drives' })
    // The same once more does no harm; another word is not dropped unsaid.
    const solve = (solution: string) => ask(all, 'POST', `/follow-ups/${follow_up_id}/solve`, { solution })
    expect(await solve('Mr. Han drives')).toMatchObject({ status: 200 })
    expect(await solve('A taxi')).toMatchObject({
      status: 409,
      json: { problem: 'solved_meanwhile', solved_by: 'Website', solution: 'Mr. Han drives', release: null },
    })
    expect((await ask(all, 'GET', '/follow-ups?is_solved=false')).json).toMatchObject({ items: [] })
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
    const refused = async (more: object) => {
      const again = { ...attempt, attempt_id: randomUUID(), answers: {}, disposition: 'no_answer', ...more }
      const { status, json } = await ask(all, 'POST', '/contact-attempts', again)
      return [status, json.problem]
    }
    expect(await refused({ attempted_at: '0203-11-20T18:30:00Z' })).toEqual([422, 'too_long_ago'])
    // The person of voter 2 is another than the one of voter 3, and than somebody matched to nobody.
    const { person_id } = (await ask(all, 'POST', '/people', { last_name: 'Somebody', first_name: 'Else' })).json
    expect(await refused({ person_id })).toEqual([422, 'two_people'])
    const matched = await installation.database.owner
      .selectFrom('person')
      .select('person_id')
      .where('voter_id', '=', 2)
      .executeTakeFirstOrThrow()
    expect(await refused({ voter_id: 3, person_id: matched.person_id })).toEqual([422, 'two_people'])
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

  test('a contact made elsewhere may carry the organization’s own result, where it counts as the disposition', async () => {
    await defineResult(
      installation.database.of(ours.organization_id),
      ours.organizer,
      { name_en: 'Moved in with son', name_ko: '아들 집으로 이사', counts_as: 'not_available' },
      installation.clock.now(),
    )
    const record = (more: object) =>
      ask(all, 'POST', '/contact-attempts', {
        attempt_id: randomUUID(),
        voter_id: 3,
        channel: 'phone',
        disposition: 'not_available',
        attempted_at: '2026-11-20T18:30:00-05:00',
        ...more,
      })
    expect(await record({ result_code: 'moved_in_with_son' })).toMatchObject({
      status: 201,
      json: { result_code: 'moved_in_with_son', disposition: 'not_available' },
    })
    expect((await record({ result_code: 'moved_in_with_son', disposition: 'refused' })).json.issues).toEqual([
      { path: 'result_code', message: 'counts as not_available' },
    ])
    expect((await record({ result_code: 'invented' })).json.issues).toEqual([
      { path: 'result_code', message: 'the organization has no such result' },
    ])
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
    const another = await ask(all, 'POST', '/people', { last_name: 'Another', first_name: 'Unmatched' })
    expect(
      await ask(all, 'POST', '/contact-attempts', { ...without, person_id: another.json.person_id }),
    ).toMatchObject({ status: 409, json: { problem: 'attempt_id_taken' } })
    const marks = await installation.database.owner
      .selectFrom('suppression')
      .select('reason')
      .where('person_id', '=', String(alone.json.person_id))
      .execute()
    expect(marks).toEqual([{ reason: 'do_not_call' }])
  })

  test('answers by phone, at the door, by text and on the web go into one store, and only what a script asks', async () => {
    const { script_id } = (await ask(all, 'POST', '/scripts', { name: 'Everywhere', content: script })).json
    const attempt = (more: object) => ({
      attempt_id: randomUUID(),
      voter_id: 1,
      channel: 'door',
      disposition: 'canvassed',
      attempted_at: '2026-11-20T18:30:00-05:00',
      ...more,
    })
    for (const channel of ['phone', 'door', 'text', 'event']) {
      const told = attempt({ channel, script_id, answers: { support: 1, issue: 'housing' } })
      expect(await ask(all, 'POST', '/contact-attempts', told)).toMatchObject({
        status: 201,
        json: { script_id, script_version: 1, answers: { support: 1, issue: 'housing' } },
      })
    }
    // Without a script: what one of the organization's asks.
    expect((await ask(all, 'POST', '/contact-attempts', attempt({ answers: { issue: 'schools' } }))).status).toBe(201)
    const refused = async (more: object) => (await ask(all, 'POST', '/contact-attempts', attempt(more))).json.issues
    expect(await refused({ script_id, answers: { support: 9, issue: 'parking', pets: true } })).toEqual([
      { path: 'answers.support', message: 'takes a number from 1 to 5' },
      { path: 'answers.issue', message: 'takes one of housing, schools' },
      { path: 'answers.pets', message: 'the script does not ask this' },
    ])
    expect(await refused({ answers: { issue: 'parking' } })).toEqual([
      { path: 'answers.issue', message: 'takes one of housing, schools' },
    ])
    expect(await refused({ answers: { pets: true } })).toMatchObject([
      { path: 'answers.pets', message: expect.stringContaining('POST /scripts') },
    ])
    expect(await refused({ script_id, script_version: 7, answers: {} })).toEqual([
      { path: 'script_version', message: 'there is no such script' },
    ])
    // Another organization's script is none.
    const { token } = await tokenFor(theirs)
    const foreign = await ask(token, 'POST', '/contact-attempts', attempt({ script_id, answers: { support: 1 } }))
    expect(foreign.json).toMatchObject({ issues: [{ path: 'script_id' }] })
    const kept = await installation.database.owner
      .selectFrom('contact_answer')
      .select('value')
      .where('question', '=', 'issue')
      .execute()
    expect(kept.map(({ value }) => value).toSorted()).toEqual(['housing', 'housing', 'housing', 'housing', 'schools'])
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
    expect(Object.keys(document.webhooks as object)).toEqual(webhookEvents)
    // Every list has pages.
    const lists = operations.flatMap(({ path, answer }) =>
      answer instanceof z.ZodObject && 'items' in answer.shape
        ? [{ path, has_pages: 'next_cursor' in answer.shape }]
        : [],
    )
    expect(lists.length).toBeGreaterThan(5)
    expect(lists.filter(({ has_pages }) => !has_pages)).toEqual([])
    // Every object of a request says that it takes nothing else.
    const open = (schema: unknown, at: string): string[] =>
      typeof schema !== 'object' || schema === null
        ? []
        : [
            ...('properties' in schema && !('additionalProperties' in schema) ? [at] : []),
            ...Object.entries(schema).flatMap(([name, each]) => open(each, `${at}.${name}`)),
          ]
    expect(
      Object.values(document.paths as Record<string, Record<string, { requestBody?: object }>>).flatMap((path) =>
        Object.values(path).flatMap(({ requestBody }) => open(requestBody, 'body')),
      ),
    ).toEqual([])
  })
})

describe('messages to other programs', () => {
  test('those given up are seen and sent again, these or all; an address is paused and goes on', async () => {
    const db = installation.database.of(ours.organization_id)
    const webhook = { url: 'https://example.org/told', events: ['person.created' as const] }
    const webhook_id = await createWebhook(db, ours.organizer, webhook, installation.clock.now())
    for (const last_name of ['Ahn', 'Bang', 'Cha']) await ask(all, 'POST', '/people', { last_name })
    await db
      .updateTable('webhook_delivery')
      .set({ state: 'dead', attempts: 9, last_status: 503, last_problem: 'HTTP 503' })
      .where('webhook_id', '=', webhook_id)
      .execute()
    const path = `/webhooks/${webhook_id}`
    const address = async () => (await ask(all, 'GET', '/webhooks')).json.items
    expect(await address()).toMatchObject([{ ...webhook, webhook_id, dead: 3, waiting: 0, paused_at: null }])
    const first = (await ask(all, 'GET', `${path}/messages?state=dead&limit=2`)).json
    expect(first.items).toMatchObject([1, 2].map(() => ({ type: 'person.created', last_problem: 'status' })))
    const rest = (await ask(all, 'GET', `${path}/messages?limit=2&cursor=${String(first.next_cursor)}`)).json
    expect(rest).toMatchObject({ items: [{ state: 'dead', attempts: 9, next_at: null }], next_cursor: null })
    const [{ message_id } = { message_id: '' }] = rest.items as { message_id: string }[]
    const replay = async (body: object) => (await ask(all, 'POST', `${path}/replay`, body)).json
    expect(await replay({ message_ids: [message_id] })).toEqual({ replayed: 1 })
    expect(await replay({ message_ids: [message_id] })).toEqual({ replayed: 0 })
    expect(await replay({})).toEqual({ replayed: 2 })
    for (const is_paused of [true, true, false]) await ask(all, 'PATCH', path, { is_paused })
    expect(await address()).toMatchObject([{ dead: 0, waiting: 3, paused_at: null }])
    const trail = await db
      .selectFrom('audit_entry')
      .select('action')
      .where('subject', '=', 'webhook')
      .where('actor_kind', '=', 'api')
      .orderBy('audit_id')
      .execute()
    expect(trail.map(({ action }) => action.slice('webhook.'.length))).toEqual(['replay', 'replay', 'pause', 'resume'])
    const { token } = await tokenFor(theirs)
    expect((await ask(token, 'GET', `${path}/messages`)).status).toBe(404)
    expect((await ask(token, 'POST', `${path}/replay`, {})).status).toBe(404)
  })
})

test('another organization’s token is answered by each operation on one thing of ours as if it were not there', async () => {
  const content = starterContent('survey', '2027-06-22')
  const universe = await ask(all, 'POST', '/universes', { name: 'Parks', expression: 'name:park' })
  const person = await ask(all, 'POST', '/people', { last_name: 'Park', first_name: 'Ha-eun' })
  const made = await ask(all, 'POST', '/scripts', { name: 'Ours', content })
  const { version, created_at, script_id } = made.json
  const draft = { lane: 'non_partisan', starts_on: '2026-11-23', ends_on: '2026-11-30', calling_starts: '10:00', calling_ends: '20:00' } // prettier-ignore
  const bank = await ask(all, 'POST', '/phone-banks', {
    ...draft,
    name: { en: 'Ours' },
    universe_id: universe.json.universe_id,
    script_id,
  })
  const attempt_id = randomUUID()
  const attempt = { attempt_id, person_id: person.json.person_id, channel: 'event', disposition: 'canvassed' }
  const attempted_at = installation.clock.now().toISOString()
  expect((await ask(all, 'POST', '/contact-attempts', { ...attempt, attempted_at })).status).toBe(201)
  const webhook_id = await createWebhook(
    installation.database.of(ours.organization_id),
    ours.organizer,
    { url: 'https://example.org/ours', events: ['person.created'] },
    installation.clock.now(),
  )
  const ids: Record<string, string> = {
    universe_id: String(universe.json.universe_id),
    person_id: String(person.json.person_id),
    script_id: String(script_id),
    phone_bank_id: String(bank.json.phone_bank_id),
    attempt_id,
    webhook_id,
    tag: 'volunteer',
  }
  const bodies: Record<string, unknown> = {
    'PATCH /universes/:universe_id': { name: 'Theirs' },
    'PATCH /people/:person_id': { city: 'Albany' },
    'POST /people/:person_id/tags': { tag: 'volunteer' },
    'PATCH /phone-banks/:phone_bank_id': { ends_on: '2026-12-01' },
    'POST /phone-banks/:phone_bank_id/universes': { universe_id: ids.universe_id },
    'POST /scripts/:script_id/versions': { version, created_at, content },
    'PATCH /webhooks/:webhook_id': { is_paused: true },
  }
  const { token } = await tokenFor(theirs)
  const asked = operations.filter(({ path }) => path.includes(':') && !path.includes(':follow_up_id'))
  const statuses: Record<string, number> = {}
  for (const { method, path, body } of asked) {
    const at = path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? name)
    const purpose = path.endsWith('/voters') ? '?purpose=elections' : ''
    const sent = bodies[`${method} ${path}`] ?? (body ? {} : undefined)
    statuses[`${method} ${path}`] = (await ask(token, method, `${at}${purpose}`, sent)).status
  }
  expect(statuses).toEqual(Object.fromEntries(asked.map(({ method, path }) => [`${method} ${path}`, 404])))
})
