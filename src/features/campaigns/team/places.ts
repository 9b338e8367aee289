import type { Because, PartKind, PartRef } from '../schema.ts'

/** What stands at an address, as far as it can belong to a campaign. */
export type Place =
  | { campaign_id: string }
  | { export_id: string }
  | { code: string; is_calling: true }
  | { parts: readonly PartRef[]; is_calling: boolean }

/** Everything under these addresses is of the thing whose id stands in them. */
const places: readonly { path: RegExp; kind: PartKind }[] = [
  { path: /^\/(?:phonebanks|call)\/([^/]+)/, kind: 'phone_bank' },
  { path: /^\/mailings\/([^/]+)/, kind: 'mailing' },
  { path: /^\/postal\/([^/]+)/, kind: 'postal_drop' },
  { path: /^\/voters\/universes\/([^/]+)/, kind: 'universe' },
  { path: /^\/voterguides\/([^/]+)/, kind: 'voter_guide' },
  { path: /^\/(?:events|door|hosting)\/([^/]+)/, kind: 'event' },
]
const ofCampaign = /^\/campaigns\/([^/]+)/
const ofExport = /^\/voters\/exports\/([^/]+)/
const ofLink = /^\/call\/([\w-]{4,20})$/
const comparison = '/voters/universes/compare'

/** As the database reads ids: in capitals, and with other hyphens, it is the same one. */
export function idIn(segment: string | undefined): string | null {
  const digits = (segment ?? '').toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  return digits.length === 32 ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}

export function placeOf(path: string, query: Record<string, string> = {}): Place | null {
  const campaign_id = idIn(ofCampaign.exec(path)?.[1])
  if (campaign_id) return { campaign_id }
  const export_id = idIn(ofExport.exec(path)?.[1])
  if (export_id) return { export_id }
  const is_calling = path.startsWith('/call/')
  if (path === comparison)
    return {
      parts: [query.a, query.b].flatMap((each) => {
        const part_id = idIn(each)
        return part_id ? [{ kind: 'universe' as const, part_id }] : []
      }),
      is_calling,
    }
  for (const { path: pattern, kind } of places) {
    const part_id = idIn(pattern.exec(path)?.[1])
    if (part_id) return { parts: [{ kind, part_id }], is_calling }
  }
  const code = ofLink.exec(path)?.[1]
  return code ? { code, is_calling: true } : null
}

const results =
  /^\/call\/[^/]+\/(?:calls|kept|kept-told|told|untell|undo|release|bridge\/(?:hang-up|end)|newcomers\/(?:result|put-off|undo))$/

/** Takes what was said on the telephone, or lets go of it; gives nobody out by itself. */
export const takesResults = (method: string, path: string): boolean => method === 'POST' && results.test(path)

const calling = /^\/(?:call\/(?:[\w-]{4,20}|[^/]+\/(?:next|batch|take|return))|phonebanks\/[^/]+\/call)$/

/** By what a request makes somebody work on what stands at its address; null: they only look, or say what they did. */
export function worksBy(method: string, path: string): Exclude<Because, 'added' | 'linked'> | null {
  if (method === 'GET' || method === 'HEAD') return null
  if (calling.test(path)) return 'called'
  // A list that is counted anew is worked on by nobody, nor what is only looked at as it is typed.
  return path.startsWith('/call/') || /\/(?:refresh|preview\.png|preview\/mail)$/.test(path) ? null : 'worked'
}
