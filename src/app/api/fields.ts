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

export interface Issue {
  path: string
  message: string
}

/** Fields of a request that nobody reads: a word spelled wrong would change nothing and look done. */
export const unknownFields = (schema: Json, value: unknown): Issue[] => unknownIn(schema, value, [], schema)

function unknownIn(schema: Json, value: unknown, path: readonly string[], root: Json): Issue[] {
  if (typeof value !== 'object' || value === null) return []
  if (typeof schema.$ref === 'string') return unknownIn(referred(schema.$ref, root), value, path, root)
  const ways = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  if (ways) {
    const found = ways.filter((each) => isMeant(each, value)).map((each) => unknownIn(each, value, path, root))
    return found.toSorted((a, b) => a.length - b.length)[0] ?? []
  }
  if (Array.isArray(value)) {
    const [first, rest] = [schema.prefixItems as Json[] | undefined, schema.items as Json | undefined]
    return value.flatMap((each, nth) => {
      const item = first?.[nth] ?? rest
      return item ? unknownIn(item, each, [...path, String(nth)], root) : []
    })
  }
  const fields = (schema.properties ?? {}) as Record<string, Json>
  const others = schema.additionalProperties
  return Object.entries(value).flatMap(([name, each]) => {
    const here = [...path, name]
    if (Object.hasOwn(fields, name)) return unknownIn(fields[name] ?? {}, each, here, root)
    if (others === false) return [{ path: here.join('.'), message: notThere(name, Object.keys(fields)) }]
    return typeof others === 'object' && others !== null ? unknownIn(others as Json, each, here, root) : []
  })
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
