import { z } from 'zod'
import { NotFound } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayTryHere } from '../../access/session.ts'
import { noteOpened } from '../answers/commands.ts'
import { open, openToRead, type Opened } from '../answers/open.tsx'
import { now } from '../../../platform/http/of-request.ts'
import { readsOf, wordsOf } from '../reading.ts'
import { bookSlot, giveBackSlot } from './commands.ts'
import './messages.ts'
import { BookPage, type BookPageProps } from './public-page.tsx'
import { bookDaysOf, slotsOf } from './queries.ts'
import { bookingOn } from './rules.ts'
import { BookForm } from './schema.ts'

const path = '/c/:organization/:cycle/answers/:invitation/:key/interview'
const fields = z.record(z.string(), z.unknown())

/** A campaign's time for its interview, by the private link of its answers. */
export const publicInterviewRoutes = room()
  .get(path, allow('public'), async (c) => {
    const opened = await openToRead(c)
    if (opened instanceof Response) return opened
    await noteOpened(opened.db, c.var.actor, opened.invitation, now(c))
    return bookPage(c, opened, {})
  })
  .post(path, allow('public'), async (c) => {
    const { typed } = await readForm(c, fields)
    const opened = await open(c)
    const { db, invitation, name, t } = opened
    if (!(await mayTryHere(c, 'answers', invitation.invitation_id))) return bookPage(c, opened, { typed, status: 429 })
    if ((await bookingFor(c, opened)).booking !== 'open') return bookPage(c, opened, { status: 409 })
    const here = `${opened.path}/interview?lang=${readsOf(t)}`
    if (typed.act === 'give_back') {
      await giveBackSlot(db, invitation, name, now(c))
      return c.redirect(here, 303)
    }
    const { success, data } = BookForm.safeParse(typed)
    if (!success) return bookPage(c, opened, { typed, problem: 'slot_needed', status: 422 })
    const booked = await bookSlot(db, invitation, { ...data, slot_id: data.slot, name }, now(c))
    if (!booked.ok) return bookPage(c, opened, { typed: { ...typed, slot: '' }, problem: 'was_taken', status: 409 })
    return c.redirect(`${here}&saved=1`, 303)
  })

async function bookingFor(c: Ctx, { db, organization, cycle, invitation, today, taking }: Opened) {
  // Whoever no longer runs has no interview.
  if (taking === 'gone') throw new NotFound()
  const days = await bookDaysOf(db, organization.organization_id, cycle.cycle_id)
  const book_until_on = days.get(invitation.contest_id) ?? null
  const slots = (await slotsOf(db, organization.organization_id, cycle.cycle_id)).filter(
    (each) => each.contest_id === invitation.contest_id,
  )
  const own = slots.find((each) => each.invitation_id === invitation.invitation_id) ?? null
  const booking = own && own.starts_at <= now(c) ? ('held' as const) : bookingOn(book_until_on, today)
  return { book_until_on, booking, slots, own }
}

interface Shown extends Partial<Pick<BookPageProps, 'typed' | 'problem'>> {
  status?: 409 | 422 | 429
}

async function bookPage(c: Ctx, opened: Opened, { typed = {}, problem = null, status }: Shown) {
  const { t, organization, invitation, name, contest } = opened
  const { book_until_on, booking, slots, own } = await bookingFor(c, opened)
  c.header('Cache-Control', 'private, no-store')
  const body = (
    <BookPage
      {...{ t, contest, booking, book_until_on, own, typed, problem }}
      candidate={name}
      time_zone={organization.time_zone}
      path={`${opened.path}/interview`}
      answers_path={opened.path}
      slots={slots.filter((each) => each === own || (!each.invitation_id && each.starts_at > now(c)))}
      is_saved={c.req.query('saved') === '1'}
      email={invitation.email}
    />
  )
  return c.html(publicDocument(wordsOf(t), t('interviews.book_of', { name }), organization.name, body), status ?? 200)
}
