import { z } from 'zod'
import { scopes } from '../../features/access/tokens/schema.ts'
import type { Operation } from '../../features/access/tokens/operation.ts'
import { pauses_s } from '../../features/webhooks/rules.ts'
import { webhookData, webhookEvents, type WebhookEvent } from '../../features/webhooks/schema.ts'
import { requestSchema } from './fields.ts'
import { operations } from './operations.ts'

type Json = Record<string, unknown>

const answerSchema = (schema: z.ZodType): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Json
  return json
}

/** '/universes/:universe_id' → '/universes/{universe_id}'. */
export const documentedPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')

const refusals: Readonly<Record<string, string>> = {
  400: 'The body is no JSON.',
  401: 'No token, or one that is not in force.',
  403: 'The token lacks the scope.',
  404: 'Not there, or not of this organization.',
  409: 'Somebody else has it, or changed it meanwhile.',
  422: 'The request does not fit; `issues` or `detail` say where.',
  429: 'Too many requests; `Retry-After` says how many seconds to wait.',
  500: 'Our fault; `request_id` finds it in the log.',
}

/** The description of the API (OpenAPI 3.1), made from the operations themselves. */
export function openApiDocument(url: string): Json {
  const paths: Record<string, Json> = {}
  for (const each of operations)
    (paths[`/api/v1${documentedPath(each.path)}`] ??= {})[each.method.toLowerCase()] = described(each)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hanpyo',
      version: '1',
      description:
        'Universes, people, contact attempts, phone banks and scripts of one organization. Every request carries a token of the organization (`Authorization: Bearer hanpyo_…`), made under Settings → Connections. Lists come in pages: follow `next_cursor` until it is null. Requests that write may carry an `Idempotency-Key`; sent again within a day they are answered as the first time and done once. Refusals are `application/problem+json` (RFC 9457) with a stable code in `problem`. Voter records may be used for elections and other non-commercial purposes only (New York Election Law 3-103). Of each token so many requests a minute are answered; `RateLimit-Policy` and `RateLimit` say how many are left. Messages to an address of yours (`webhooks`) are set up under Settings → Connections.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(({ group }) => group))].map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(webhookEvents.map((event) => [event, messageOf(event)])),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: `Scopes: ${scopes.join(', ')}.` },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'detail', 'problem', 'request_id'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            problem: { type: 'string', description: 'A stable code for programs.' },
            request_id: { type: 'string' },
          },
        },
      },
    },
  }
}

function described(each: Operation): Json {
  const of = (schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] => {
    if (!schema) return []
    const { properties = {}, required = [] } = requestSchema(schema) as { properties?: Json; required?: string[] }
    return Object.entries(properties).map(([name, property]) => {
      const { description, ...rest } = property as Json
      return {
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        ...(description ? { description } : {}),
        schema: rest,
      }
    })
  }
  const isWriting = each.method !== 'GET'
  return {
    operationId: operationId(each),
    summary: each.summary,
    description: `Needs the scope \`${each.scope}\`.`,
    tags: [each.group],
    parameters: [
      ...of(each.params, 'path'),
      ...of(each.query, 'query'),
      ...(isWriting
        ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }]
        : []),
    ],
    ...(each.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: requestSchema(each.body) } } } }
      : {}),
    responses: {
      [each.status ?? 200]: {
        description: 'Done.',
        headers: {
          ...rateHeaders,
          ...(isWriting
            ? { 'Idempotency-Replayed': header('`true`: the answer to an earlier request with this key.', 'string') }
            : {}),
        },
        content: { 'application/json': { schema: answerSchema(each.answer) } },
      },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          status,
          {
            description,
            ...(status === '429'
              ? { headers: { ...rateHeaders, 'Retry-After': header('Seconds to wait.', 'integer') } }
              : {}),
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  }
}

const header = (description: string, type: 'string' | 'integer'): Json => ({ description, schema: { type } })

/** As serve-api.ts sends them. */
const rateHeaders = {
  'RateLimit-Policy': header('`"minute";q=…;w=60`: requests of this token in one minute.', 'string'),
  RateLimit: header('`"minute";r=…;t=…`: how many are left, and in how many seconds the minute ends.', 'string'),
}

/** What an address of the reader's gets when something happens here. */
function messageOf(event: WebhookEvent): Json {
  const body = z.object({
    type: z.literal(event),
    timestamp: z.iso.datetime().meta({ description: 'When it happened.' }),
    data: webhookData[event],
  })
  return {
    post: {
      operationId: `on_${event.replace('.', '_')}`,
      summary: `Sent on ${event}.`,
      description: `Sent until it is answered with 2xx: again after ${pauses_s.join(', ')} seconds, then not before somebody replays it. 410 pauses all messages to this address. The same message may come twice, and messages may come in another order than they happened. Standard Webhooks 1.0: \`webhook-signature\` is \`v1,\` and the base64 of HMAC-SHA256 over \`{webhook-id}.{webhook-timestamp}.{body}\`, its key the base64 after \`whsec_\` of the secret the address was set up with.`,
      security: [],
      parameters: [
        {
          name: 'webhook-id',
          in: 'header',
          required: true,
          description: 'Stays the same when sent again.',
          schema: { type: 'string', format: 'uuid' },
        },
        {
          name: 'webhook-timestamp',
          in: 'header',
          required: true,
          description: 'Seconds since 1970, of this try.',
          schema: { type: 'string' },
        },
        { name: 'webhook-signature', in: 'header', required: true, schema: { type: 'string' } },
      ],
      requestBody: { required: true, content: { 'application/json': { schema: answerSchema(body) } } },
      responses: { '2XX': { description: 'Taken.' }, 410: { description: 'No more messages, please.' } },
    },
  }
}

/** 'get_universes_universe_id': the same as long as method and path are. */
export const operationId = ({ method, path }: Operation): string =>
  `${method.toLowerCase()}${path.replaceAll(/[/:-]+/g, '_')}`
