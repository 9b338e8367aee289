import { audit } from '../../platform/audit.ts'
import { found } from '../../platform/errors.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { search } from '../people/search/queries.ts'
import type { Findable } from './pages/people.tsx'
import type { Event } from './queries.ts'

/** A person, or a voter who is none yet, as a form names them. */
export const whoIn = (text: string | undefined): string => found(/^(?:v\d{1,9}|[0-9a-f-]{36})$/.exec(text ?? '')?.[0])

/** People and voters by any spelling, to be added. Who looks somebody up is kept. */
export async function findable(c: Ctx, event: Event, query: string): Promise<Findable[]> {
  return (await lookUp(c, event, query)).list
}

export async function lookUp(
  c: Ctx,
  event: Event,
  query: string,
): Promise<{ list: Findable[]; person_ids: ReadonlySet<string> }> {
  const { db } = c.var
  const { results } = await search(db, event.organization_id, query)
  const shown = results.slice(0, 20)
  await audit(db, actorOf(c), {
    action: 'event.find',
    subject: 'event',
    subject_id: event.event_id,
    after: { query, found: shown.length },
    request_id: c.var.request_id,
  })
  return {
    person_ids: new Set(results.flatMap(({ person }) => person?.person_id ?? [])),
    list: shown.flatMap(({ voter, person }) => {
      const who = person?.person_id ?? (voter ? `v${voter.voter_id}` : null)
      if (!who) return []
      const roman = [person?.first_name ?? voter?.first_name, person?.last_name ?? voter?.last_name]
      const year = person?.birth_year ?? voter?.birth_year
      return [
        {
          who,
          name: [person?.name_hangul, roman.filter(Boolean).join(' ')].filter(Boolean).join(' '),
          detail: [person?.address, person?.city ?? voter?.city, year].filter(Boolean).join(' · '),
        },
      ]
    }),
  }
}
