import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { mark } from '../../people/commands.ts'
import type { SuppressionReason } from '../../people/schema.ts'
import { removeCaller } from '../callers/commands.ts'
import { changePhoneBank } from '../commands.ts'
import { sendMessage } from '../host/messages.ts'
import { addTestCaller, addVoters, makeBank } from '../testing.ts'
import { CallersNews, newsOf } from './news.ts'
import { newsRoutes } from './routes.ts'

const world = await makeWorld()
const { ours, installation } = world
const { organizer } = ours
const db = installation.database.of(ours.organization_id)
const nobody = world.as(null, [newsRoutes])
const voter_ids = Array.from({ length: 30 }, (_, index) => index + 1)
await addVoters(
  installation.database.owner,
  voter_ids.map((voter_id) => ({ voter_id })),
)

/** An open stream of a caller: each call waits for the next word. */
async function listening(phone_bank_id: string, token: string, heard: { header?: string; query?: string } = {}) {
  const cookie = `caller_${phone_bank_id.slice(0, 8)}=${token}`
  const { header, query } = heard
  const answer = await nobody.get(`/call/${phone_bank_id}/news${query ? `?known=${query}` : ''}`, {
    cookie,
    ...(header && { 'last-event-id': header }),
  })
  const reader = answer.body?.getReader()
  if (!reader) throw new Error(`no stream: ${answer.status}`)
  let text = ''
  let rules = ''
  return {
    /** What the browser says when it opens the line again. */
    heard: () => rules,
    async next(): Promise<string> {
      for (;;) {
        const found = /event: news\ndata: (\w+)\nid: (\S+)\n\n/.exec(text)
        if (found) {
          text = text.slice(found.index + found[0].length)
          rules = found[2] ?? ''
          return found[1] ?? ''
        }
        const { value, done } = await reader.read()
        if (done) return 'closed'
        text += new TextDecoder().decode(value)
      }
    },
    close: () => reader.cancel(),
  }
}

test('a pause, a message, other rules, a withdrawn voter and the end reach an open page by themselves', async () => {
  const bank = await makeBank(world, organizer, voter_ids.slice(0, 10))
  const { phone_bank_id } = bank
  const [caller, other] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody was handed out')
  const page = await listening(phone_bank_id, caller.token)
  expect(await page.next()).toBe('look') // what happened between page and stream
  const now = installation.clock.now()
  await changePhoneBank(db, organizer, phone_bank_id, 'pause', now)
  expect(await page.next()).toBe('look')
  await changePhoneBank(db, organizer, phone_bank_id, 'resume', now)
  expect(await page.next()).toBe('look')
  await sendMessage(db, organizer, phone_bank_id, { caller_id: other.caller_id, text: 'Not for everybody' }, now)
  await db.updateTable('phone_bank').set({ calling_ends: '20:00' }).where('phone_bank_id', '=', phone_bank_id).execute()
  expect(await page.next()).toBe('renew')
  await sendMessage(db, organizer, phone_bank_id, { caller_id: null, text: 'Well done' }, now)
  expect(await page.next()).toBe('look')
  expect((await caller.ask({ holding: [card.voter_id], want: 0 })).turn.messages.map((each) => each.text)).toEqual([
    'Well done',
  ])
  await mark(db, organizer, `v${card.voter_id}`, { reason: 'do_not_call', note: '' })
  expect(await page.next()).toBe('look')
  expect((await caller.ask({ holding: [card.voter_id], want: 0 })).turn.withdrawn).toEqual([
    { voter_id: card.voter_id, why: 'suppressed' },
  ])
  await changePhoneBank(db, organizer, phone_bank_id, 'end', now)
  expect(await page.next()).toBe('look')
  await page.close()
})

test.each(['header', 'query'] as const)(
  'rules that were changed while no line was open are heard of by the next one, said by %s',
  async (by) => {
    const bank = await makeBank(world, organizer, voter_ids.slice(10, 12))
    const { phone_bank_id } = bank
    const caller = await addTestCaller(world, organizer, bank)
    const first = await listening(phone_bank_id, caller.token)
    expect(await first.next()).toBe('look')
    await first.close()
    const same = await listening(phone_bank_id, caller.token, { [by]: first.heard() })
    expect(await same.next()).toBe('look')
    await same.close()
    await db.updateTable('phone_bank').set({ way_of_calling: 'bridge' }).where('phone_bank_id', '=', phone_bank_id).execute() // prettier-ignore
    const later = await listening(phone_bank_id, caller.token, { [by]: same.heard() })
    expect(await later.next()).toBe('renew')
    await later.close()
  },
)

test('a number that is closed leaves an open page: with the voter, or with the number beside it', async () => {
  const [both, last] = [91, 92]
  await addVoters(installation.database.owner, [
    { voter_id: both, phones: ['+17185550191', '+17185550192'] },
    { voter_id: last, phones: ['+17185550193'] },
  ])
  const close = (voter_id: number, phone: string) =>
    mark(db, organizer, `v${voter_id}`, { reason: 'wrong_number', phone, note: '' })
  for (const [voter_id, phone] of [
    [both, '+17185550191'],
    [last, '+17185550193'],
  ] as const) {
    const bank = await makeBank(world, organizer, [voter_id])
    const caller = await addTestCaller(world, organizer, bank)
    expect((await caller.next()).turn.cards).toHaveLength(1)
    const page = await listening(bank.phone_bank_id, caller.token)
    expect(await page.next()).toBe('look')
    await close(voter_id, phone)
    expect(await page.next()).toBe('look')
    const { turn } = await caller.ask({ holding: [voter_id], want: 0 })
    if (voter_id === both)
      expect(turn.cards.map(({ phones }) => phones.map((each) => each.phone))).toEqual([['+17185550192']])
    else expect(turn.withdrawn).toEqual([{ voter_id, why: 'finished' }])
    await page.close()
  }
})

test('a caller’s own results are no news; being removed is, and the stream does not open again', async () => {
  const bank = await makeBank(world, organizer, voter_ids.slice(10, 20))
  const caller = await addTestCaller(world, organizer, bank)
  const page = await listening(bank.phone_bank_id, caller.token)
  expect(await page.next()).toBe('look')
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody was handed out')
  await caller.record(card, { disposition: 'no_answer' })
  await removeCaller(db, organizer, bank.phone_bank_id, caller.caller_id, installation.clock.now())
  expect(await page.next()).toBe('look') // one, of the removal
  await page.close()
  const cookie = `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}`
  expect((await nobody.get(`/call/${bank.phone_bank_id}/news`, { cookie })).status).toBe(401)
})

test('of one caller two streams stay open, the newest; who closes the page is forgotten', async () => {
  const bank = await makeBank(world, organizer, voter_ids.slice(20))
  const caller = await addTestCaller(world, organizer, bank)
  const before = newsOf(installation).size
  const pages = []
  for (let window = 0; window < 4; window++) pages.push(await listening(bank.phone_bank_id, caller.token))
  expect(newsOf(installation).size - before).toBe(2)
  expect(await pages[3]?.next()).toBe('look')
  for (const page of pages) await page.close()
  await expect.poll(() => newsOf(installation).size - before, { timeout: 10_000 }).toBe(0)
})

test('who may not be called any more is withdrawn by the first look after it, and looks are half a second apart', async () => {
  const planned: { look: () => Promise<void>; after_ms: number }[] = []
  const news = new CallersNews(installation, (look, after_ms) => {
    planned.push({ look, after_ms })
    return { unref() {} }
  })
  const marks: [voter_id: number, reason: SuppressionReason, is_of_number: boolean][] = [
    [101, 'do_not_call', false],
    [102, 'deceased', false],
    [103, 'wrong_number', true],
    [104, 'do_not_call', true],
  ]
  await addVoters(
    installation.database.owner,
    marks.map(([voter_id]) => ({ voter_id })),
  )
  const told: number[] = []
  const pages = []
  for (const [voter_id] of marks) {
    const bank = await makeBank(world, organizer, [voter_id])
    const caller = await addTestCaller(world, organizer, bank)
    const [card] = (await caller.next()).turn.cards
    const { phone_bank_id } = bank
    const asCaller = {
      organization_id: ours.organization_id,
      phone_bank_id,
      caller_id: caller.caller_id,
      name: 'Grace',
      languages: ['en'],
    }
    news.listen(asCaller, () => told.push(voter_id), () => {}) // prettier-ignore
    pages.push({ voter_id, caller, phone: card?.phones[0]?.phone })
  }
  // Each look plans the next, one alone, whatever it finds.
  const look = async (): Promise<number> => {
    const [next, ...more] = planned.splice(0)
    expect(more).toEqual([])
    await next?.look()
    return next?.after_ms ?? Infinity
  }
  expect(await look()).toBe(0)
  expect(told.splice(0), 'what happened between page and stream').toEqual([101, 102, 103, 104])
  for (const [at, { voter_id, caller, phone }] of pages.entries()) {
    expect(await look()).toBeLessThanOrEqual(500)
    expect(told).toEqual([])
    const [, reason = 'do_not_call', is_of_number = false] = marks[at] ?? []
    await mark(db, organizer, `v${voter_id}`, { reason, note: '', ...(is_of_number && phone ? { phone } : {}) })
    expect(await look()).toBeLessThanOrEqual(500)
    expect(told.splice(0), `${reason} of voter ${voter_id}`).toEqual([voter_id])
    const { turn } = await caller.ask({ holding: [voter_id], want: 0 })
    expect(turn.withdrawn.map((each) => each.voter_id)).toEqual([voter_id])
  }
})
