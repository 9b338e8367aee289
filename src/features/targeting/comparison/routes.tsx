import { z } from 'zod'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { fromNow, longest_ms } from '../bounded.ts'
import { columnsOf } from '../columns/store.ts'
import '../messages.ts'
import { openTo } from '../closed.ts'
import { universe, universes, type Universe } from '../queries.ts'
import { today, unlessSlow } from '../requests.ts'
import './messages.ts'
import { ComparePage } from './pages/compare.tsx'
import { compare } from './queries.ts'

export const comparisonRoutes = room().get('/voters/universes/compare', allow('universes.view'), async (c) => {
  const { organization_id } = actorOf(c)
  const { db } = c.var
  const [all, a, b] = await Promise.all([
    universes(db, organization_id).then((rows) => openTo(db, actorOf(c), rows)),
    named(c, 'a'),
    named(c, 'b'),
  ])
  const isAsked = a !== null && b !== null && a.universe_id !== b.universe_id
  const answer = isAsked
    ? await unlessSlow(c, compare(db, a, b, today(c), fromNow(longest_ms), columnsOf(c.var.installation)))
    : null
  return page(
    c,
    <ComparePage
      t={c.var.t}
      universes={all}
      a={a}
      b={b}
      comparison={answer?.ok ? answer.comparison : null}
      problem={answer && !answer.ok ? answer.problem : null}
      is_slow={isAsked && answer === null}
    />,
    { title: c.var.t('comparison.title') },
  )
})

async function named(c: Ctx, name: 'a' | 'b'): Promise<Universe | null> {
  const id = z.uuid().safeParse(c.req.query(name)).data
  return id ? ((await universe(c.var.db, actorOf(c).organization_id, id)) ?? null) : null
}
