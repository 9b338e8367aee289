import { z } from 'zod'
import { nearestWord } from '../../platform/nearest.ts'

type Json = Record<string, unknown>

const known = new WeakMap<z.ZodType, Json>()

/** What a request may hold, as JSON Schema: an object has the fields that are named and no others. */
export function requestSchema(schema: z.ZodType): Json {
  let json = known.get(schema)
  if (!json) {
    const { $schema: _, ...made } = z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
      override: ({ jsonSchema }) => void (jsonSchema.properties && (jsonSchema.additionalProperties ??= false)),
    })
    known.set(schema, (json = made))
  }
  return json
}

interface Issue {
  path: string
  message: string
}

/** More of them help nobody; finding the nearest word for each would keep everybody waiting. */
const most_issues = 20
/** A name may be as long as the body. */
const most_path = 200

/** Where a request does not fit its schema, the first places. */
export const issuesOf = (schema: z.ZodType, raw: unknown, { error }: z.ZodSafeParseResult<unknown>): Issue[] =>
  [
    ...(error?.issues ?? []).slice(0, most_issues).map(({ path, message }) => ({ path: path.join('.'), message })),
    ...first(unknownFields(requestSchema(schema), raw)),
  ]
    .slice(0, most_issues)
    .map(({ path, message }) => ({ path: path.slice(0, most_path), message }))

function first(found: Iterable<Issue>): Issue[] {
  const some: Issue[] = []
  for (const each of found) if (some.push(each) === most_issues) break
  return some
}

/** Fields of a request that nobody reads: a word spelled wrong would change nothing and look done. */
const unknownFields = (schema: Json, value: unknown): Generator<Issue> => unknownIn(schema, value, [], schema)

/** One by one, so that whoever has enough may stop. */
function* unknownIn(schema: Json, value: unknown, path: readonly string[], root: Json): Generator<Issue> {
  if (typeof value !== 'object' || value === null) return
  const ways = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  if (typeof schema.$ref === 'string') yield* unknownIn(referred(schema.$ref, root), value, path, root)
  else if (ways) {
    const found = ways.filter((each) => isMeant(each, value)).map((each) => first(unknownIn(each, value, path, root)))
    yield* found.toSorted((a, b) => a.length - b.length)[0] ?? []
  } else if (Array.isArray(value)) {
    const [begin, rest] = [schema.prefixItems as Json[] | undefined, schema.items as Json | undefined]
    for (const [nth, each] of value.entries()) {
      const item = begin?.[nth] ?? rest
      if (item) yield* unknownIn(item, each, [...path, String(nth)], root)
    }
  } else {
    const fields = (schema.properties ?? {}) as Record<string, Json>
    const others = schema.additionalProperties
    for (const [name, each] of Object.entries(value)) {
      const here = [...path, name]
      if (Object.hasOwn(fields, name)) yield* unknownIn(fields[name] ?? {}, each, here, root)
      else if (others === false) yield { path: here.join('.'), message: notThere(name, Object.keys(fields)) }
      else if (typeof others === 'object' && others !== null) yield* unknownIn(others as Json, each, here, root)
    }
  }
}

const referred = (ref: string, root: Json): Json =>
  ref
    .split('/')
    .slice(1)
    .reduce<Json>((at, name) => (at[name] ?? {}) as Json, root)

/** Of several shapes, one this may be meant as: of the same type, with the same word where the shapes differ by one. */
function isMeant(shape: Json, value: object): boolean {
  if (Array.isArray(value)) return shape.type === 'array'
  if (shape.type !== 'object') return '$ref' in shape || 'anyOf' in shape || 'oneOf' in shape
  return Object.entries((shape.properties ?? {}) as Record<string, Json>).every(
    ([name, field]) => !('const' in field) || field.const === (value as Json)[name],
  )
}

function notThere(name: string, fields: readonly string[]): string {
  const word = name.toLowerCase()
  const meant = nearestWord(word, fields) ?? fields.find((each) => each.split('_').includes(word))
  if (meant) return `no such field; did you mean ${meant}?`
  return fields.length ? `no such field; there are ${fields.join(', ')}` : 'no such field; there are none'
}
