import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { archiveCampaign, makeCampaign } from '../features/campaigns/commands.ts'
import { linkPart } from '../features/campaigns/parts/commands.ts'
import type { Somebody } from '../features/campaigns/queries.ts'
import { lanes, type Lane, type PartKind } from '../features/campaigns/schema.ts'
import { joinTeam, leaveTeam, takeBackMember } from '../features/campaigns/team/commands.ts'
import { closedBy, isKeptOut } from '../features/campaigns/team/queries.ts'
import { saveContest, saveElection } from '../features/elections/contests/commands.ts'
import { ContestForm, ElectionForm } from '../features/elections/contests/schema.ts'
import { changeMailing, makeMailing, writeAgain } from '../features/mailings/commands.ts'
import { addNamedVoters } from '../features/people/testing.ts'
import { typedRules } from '../features/phonebanks/calling-rules/form.ts'
import { phoneBank } from '../features/phonebanks/dashboard.ts'
import { addTestCaller, makeBank, resultOf } from '../features/phonebanks/testing.ts'
import { copyUniverse, saveUniverse } from '../features/targeting/commands.ts'
import { askForExport } from '../features/targeting/export/commands.ts'
import { closedUniverses } from '../features/targeting/closed.ts'
import { universe } from '../features/targeting/queries.ts'
import type { Actor } from '../platform/actor.ts'
import { inTransaction } from '../platform/db/db.ts'
import { Conflict, Forbidden, found } from '../platform/errors.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { buildApp } from './server.ts'

const world = await makeWorld()
const { ours, installation, database } = world
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const now = installation.clock.now()
const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000)
const today = '2026-11-23'
const source_url = 'https://vote.nyc/'

/** A seat in its primary, in the general election of the same year, and another seat. */
let [primary, general, other] = [0, 0, 0]

beforeAll(async () => {
  const seat = async (election_id: number, district: string, party: string): Promise<number> => {
    const form = ContestForm.parse({ office: 'council_member', district, party, seats: '1', source_url })
    const made = await saveContest(database.owner, organizer, { election_id, contest_id: null }, form, today)
    if (!made.ok) throw new Error(made.problem)
    return made.id
  }
  const held = async (kind: string, held_on: string): Promise<number> => {
    const known = await database.owner.selectFrom('scheduled_election').select('election_id').where('state', '=', 'NY').where('held_on', '=', held_on).executeTakeFirst() // prettier-ignore
    if (known) return known.election_id
    const made = await saveElection(database.owner, organizer, null, ElectionForm.parse({ state: 'NY', kind, held_on, source_url }), today) // prettier-ignore
    if (!made.ok) throw new Error(made.problem)
    return made.id
  }
  primary = await seat(await held('primary', '2027-06-22'), '20', 'dem')
  general = await seat(await held('general', '2027-11-02'), '20', '')
  other = await seat(await held('primary', '2027-06-22'), '23', 'dem')
  await addNamedVoters(database.owner, [{ voter_id: 1, last_name: 'Kim', first_name: 'Jiho', phones: ['+17185550001'] }]) // prettier-ignore
})

let count = 0
/** Somebody with these roles, as they act and as a team names them. */
const somebody = (roles = ['organizer']): { actor: Actor; who: Somebody } => {
  const actor = ours.actor(roles, { name: `Somebody ${(count += 1)}` })
  return { actor, who: { user_id: actor.id, name: actor.name } }
}

/** Who links and makes things of a side comes onto its team, so each side has its own. */
const link = (campaign_id: string, kind: PartKind, part_id: string, actor = somebody().actor) =>
  linkPart(db, actor, campaign_id, { kind, part_id }, now)

async function campaign(lane: Lane, contest_id: number, owner: Somebody = somebody().who): Promise<string> {
  const made = await makeCampaign(
    db,
    organizer,
    { name: { en: `${lane} ${(count += 1)}` }, candidate: {}, candidate_ids: [], lane, contest_id, cycle_id: null, starts_on: today, ends_on: '2027-06-22', goal: 'voters', goal_count: null, owner },
    now,
  ) // prettier-ignore
  if (!made.ok) throw new Error(made.problem)
  return made.campaign_id
}

const join = (campaign_id: string, who: Somebody, at = now) => joinTeam(db, organizer, campaign_id, who, at)
const isOut = ({ actor }: { actor: Actor }, campaign_id: string, at = now) => isKeptOut(db, actor, campaign_id, at)

const open = async (actor: Actor, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  buildApp(installation, async () => actor).request(path, {
    headers: { host: 'localhost', accept: 'text/html', 'sec-fetch-site': 'same-origin', ...headers },
  })

const send = async (actor: Actor, path: string, form: Record<string, string>, cookie = 'language=en') =>
  buildApp(installation, async () => actor).request(path, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin', cookie },
  })

describe('who works in one lane, and the other in the same contest', () => {
  test.each(lanes.flatMap((mine) => lanes.map((theirs) => ({ mine, theirs }))))(
    '$mine and $theirs',
    async ({ mine, theirs }) => {
      const me = somebody()
      const [own, opposite] = [await campaign(mine, primary), await campaign(theirs, primary)]
      expect(await join(own, me.who)).toEqual({ ok: true })
      const isApart = [mine, theirs].toSorted().join() === 'coordinated,independent'
      expect(await isOut(me, opposite)).toBe(isApart)
      expect(await isOut(me, own)).toBe(false)
      expect((await join(opposite, me.who)).ok).toBe(!isApart)
    },
  )
})

test('the wall stands in one race: its primary and general election alike, and no other', async () => {
  const me = somebody()
  await join(await campaign('independent', primary), me.who)
  expect(await isOut(me, await campaign('coordinated', general))).toBe(true)
  expect(await isOut(me, await campaign('coordinated', other))).toBe(false)
})

test('who is on neither team sees both, whoever looks after one is on its team', async () => {
  const [nobody, owner] = [somebody(), somebody()]
  const [one, two] = [await campaign('independent', primary, owner.who), await campaign('coordinated', primary)]
  for (const each of [one, two]) expect(await isOut(nobody, each)).toBe(false)
  expect(await isOut(owner, two)).toBe(true)
  const draft = { name: { en: 'x' }, candidate: {}, candidate_ids: [], lane: 'coordinated', contest_id: primary, cycle_id: null, starts_on: today, ends_on: today, goal: 'voters', goal_count: null } as const // prettier-ignore
  expect(await makeCampaign(db, organizer, { ...draft, candidate_ids: [], owner: owner.who }, now)).toEqual({ ok: false, problem: 'kept_out' }) // prettier-ignore
})

test('who left stays out, an archive changes nothing, and only a mistake told by somebody else within a day opens it', async () => {
  const [left, archived, mistaken] = [somebody(), somebody(), somebody()]
  const other_side = await campaign('coordinated', primary)
  const own = await campaign('independent', primary)
  for (const { who } of [left, archived, mistaken]) await join(own, who)
  await leaveTeam(db, organizer, own, left.who.user_id, later(1))
  expect(await isOut(left, other_side, later(24 * 400))).toBe(true)
  expect((await join(other_side, left.who, later(2))).ok).toBe(false)
  await expect(takeBackMember(db, mistaken.actor, own, mistaken.who.user_id, 'wrong Kim', later(1))).rejects.toThrow(
    Conflict,
  )
  await expect(takeBackMember(db, organizer, own, mistaken.who.user_id, 'wrong Kim', later(25))).rejects.toThrow(
    Conflict,
  )
  await takeBackMember(db, organizer, own, mistaken.who.user_id, 'wrong Kim', later(2))
  expect(await isOut(mistaken, other_side)).toBe(false)
  await archiveCampaign(db, organizer, own, later(3))
  expect(await isOut(archived, other_side)).toBe(true)
  const trail = await db.selectFrom('audit_entry').select(['action', 'before', 'after']).where('subject_id', '=', own).orderBy('audit_id').execute() // prettier-ignore
  expect(trail.map(({ action }) => action.replace('campaign.', ''))).toEqual(['make', 'join', 'join', 'join', 'join', 'leave', 'take_back_member', 'archive']) // prettier-ignore
  expect(trail.at(-2)?.after).toEqual({ reason: 'wrong Kim' })
})

test('a rule with days opens the other lane when they are over', async () => {
  const me = somebody()
  const [own, other_side] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  await join(own, me.who)
  await leaveTeam(db, organizer, own, me.who.user_id, later(0))
  await sql`update lane_wall set cooling_off_days = 120`.execute(database.owner)
  expect(await isOut(me, other_side, later(24 * 119))).toBe(true)
  expect(await isOut(me, other_side, later(24 * 120 + 1))).toBe(false)
  await sql`update lane_wall set cooling_off_days = null`.execute(database.owner)
})

test('two who put somebody on both sides at once put them on one', async () => {
  const me = somebody()
  const sides = [await campaign('independent', primary), await campaign('coordinated', primary)]
  const done = await Promise.all(sides.map((each) => join(each, me.who)))
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
})

test('what belongs to the other lane is closed where it lies, and the refusal says why and is told in the log', async () => {
  const [me, free] = [somebody(), somebody()]
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  await join(own, me.who)
  const bank = await makeBank(world, organizer, [1])
  await sql`update phone_bank set lane = 'coordinated' where phone_bank_id = ${bank.phone_bank_id}::uuid`.execute(db)
  const mailing_id = await makeMailing(db, organizer, { name: 'Agreed on', lane: 'coordinated' }, now)
  const saved = await saveUniverse(db, organizer, { name: 'Agreed list', expression: 'status:active', note: null }, now, today) // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  const parts: [PartKind, string, string[]][] = [
    ['phone_bank', bank.phone_bank_id, [`/phonebanks/${bank.phone_bank_id}`, `/phonebanks/${bank.phone_bank_id}/results`, `/phonebanks/${bank.phone_bank_id}/call`, `/call/${bank.join_code}`]],
    ['mailing', mailing_id, [`/mailings/${mailing_id}`, `/mailings/${mailing_id}/write`]],
    ['universe', saved.universe_id, [`/voters/universes/${saved.universe_id}`, `/voters/universes/compare?a=${saved.universe_id}`]],
  ] // prettier-ignore
  for (const [kind, part_id] of parts) expect(await link(closed, kind, part_id)).toEqual({ ok: true })
  const paths = [`/campaigns/${closed}`, `/campaigns/${closed}/edit`, `/campaigns/${closed}/team`, ...parts.flatMap(([, , each]) => each)] // prettier-ignore
  // Ids are read as the database reads them.
  const written = [
    `/phonebanks/${bank.phone_bank_id.toUpperCase()}/results`,
    `/campaigns/${closed.toUpperCase()}/team`,
    `/voters/universes/${saved.universe_id.toUpperCase()}`,
  ]
  for (const path of written) expect((await open(me.actor, path)).status, path).toBe(403)
  for (const path of paths) {
    expect((await open(me.actor, path)).status, path).toBe(403)
    expect((await open(free.actor, path)).status, path).toBe(200)
  }
  const said = await (await open(me.actor, `/phonebanks/${bank.phone_bank_id}`)).text()
  expect(said).toContain('Closed to you: the other lane')
  expect(said).toContain('Independent')
  const korean = await (await open(me.actor, `/mailings/${mailing_id}`, { cookie: 'language=ko' })).text()
  expect(korean).toContain('들어갈 수 없습니다')
  expect(korean).toContain('독립 활동')
  // Callers' pages answer programs.
  expect((await open(me.actor, `/call/${bank.phone_bank_id}/session`, { accept: 'application/json' })).status).toBe(403)
  const refusals = await db.selectFrom('audit_entry').select(['after', 'subject_id']).where('action', '=', 'campaign.refuse').where('actor_id', '=', me.actor.id).execute() // prettier-ignore
  // Once an hour.
  expect(refusals).toHaveLength(1)
  expect(new Set(refusals.map(({ subject_id }) => subject_id))).toEqual(new Set([closed]))
  const called = await open(me.actor, `/call/${bank.phone_bank_id}`)
  expect(called.headers.get('content-type')).toContain('text/html')
  expect(await called.text()).toContain('kept-results')
  const volunteer = ours.actor(['caller'], { name: `Somebody ${(count += 1)}` })
  await join(own, { user_id: volunteer.id, name: volunteer.name })
  const unnamed = await (await open(volunteer, `/call/${bank.join_code}`, { cookie: 'language=ko' })).text()
  expect(unnamed).toContain('운영자에게 문의해 주세요')
  expect(unnamed).not.toContain('coordinated')
  // Neither how far it is nor a way in.
  expect(await (await open(me.actor, '/phonebanks')).text()).not.toContain(bank.phone_bank_id)
  expect(await (await open(me.actor, '/')).text()).not.toContain(bank.phone_bank_id)
  expect(await (await open(me.actor, '/campaigns')).text()).not.toContain(`/campaigns/${closed}"`)
  expect(await (await open(free.actor, '/phonebanks')).text()).toContain(bank.phone_bank_id)
  expect(await (await open(me.actor, '/voters/universes')).text()).not.toContain('Agreed list')
  expect(await (await open(free.actor, '/voters/universes')).text()).toContain('Agreed list')
  // Nor by its name.
  for (const text of ['in:"Agreed list"', 'result:refused@"Get out the vote"']) {
    const typed = `/voters/universes/new?q=${encodeURIComponent(text)}`
    expect(await (await open(me.actor, typed)).text(), text).toContain('is closed to you')
    expect(await (await open(free.actor, typed)).text(), text).not.toContain('is closed to you')
  }
  const named = { name: 'Mine', expression: 'in:"Agreed list"', note: null }
  expect(await saveUniverse(db, me.actor, named, now, today)).toMatchObject({ ok: false, detail: { code: 'closed_lane' } }) // prettier-ignore
  const copy = await copyUniverse(db, free.actor, saved.universe_id, now, today)
  expect(await closedBy(db, me.actor, { kind: 'universe', part_id: copy.universe_id }, now)).toBe(closed)
  const asked = { layout: 'own', channel: 'none', columns: ['voter_id'], purpose: 'calls', language: 'en' } as const
  const list = found(await universe(db, organization_id, saved.universe_id))
  const { export_id } = await askForExport(db, free.actor, list, { ...asked, columns: [...asked.columns] }, now)
  for (const path of [`/voters/exports/${export_id}`, `/voters/exports/${export_id}/file`])
    expect((await open(me.actor, path)).status, path).toBe(403)
  expect(await (await open(me.actor, '/voters/exports')).text()).not.toContain(export_id)
  await expect(linkPart(db, me.actor, own, { kind: 'universe', part_id: saved.universe_id }, now)).rejects.toThrow(
    Forbidden,
  )
  await expect(linkPart(db, me.actor, closed, { kind: 'universe', part_id: saved.universe_id }, now)).rejects.toThrow(
    Forbidden,
  )
})

test('a list both sides share is open to both, and what is made like closed work is closed too', async () => {
  const me = somebody()
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  const saved = await saveUniverse(db, organizer, { name: 'Shared list', expression: 'status:active', note: null }, now, today) // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  for (const each of [own, closed]) await link(each, 'universe', saved.universe_id)
  await join(own, me.who)
  expect(await closedBy(db, me.actor, { kind: 'universe', part_id: saved.universe_id }, now)).toBeNull()
  const mailing_id = await makeMailing(db, organizer, { name: 'First', lane: 'coordinated' }, now)
  const theirs = somebody().actor
  await link(closed, 'mailing', mailing_id, theirs)
  const again = await writeAgain(db, theirs, mailing_id, 'Second', now)
  expect(await closedBy(db, me.actor, { kind: 'mailing', part_id: again }, now)).toBe(closed)
  // In the campaign it stays in its lane.
  const other_lane = { name: 'Second', lane: 'independent', topic_id: null } as const
  await expect(inTransaction(db, (tx) => changeMailing(tx, theirs, again, other_lane))).rejects.toThrow(Conflict)
})

test('calling rules name no list and no phone bank of the other side, and keep what a colleague wrote before', async () => {
  const me = somebody()
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  await join(own, me.who)
  const theirs = await makeBank(world, organizer, [1], { lane: 'coordinated', candidate: { en: 'Kim', ko: '김' }, name: { en: 'Agreed calls' } }) // prettier-ignore
  await link(closed, 'phone_bank', theirs.phone_bank_id)
  const saved = await saveUniverse(db, organizer, { name: 'Agreed voters', expression: 'status:active', note: null }, now, today) // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  await link(closed, 'universe', saved.universe_id)
  const bank = await makeBank(world, organizer, [1])
  const path = `/phonebanks/${bank.phone_bank_id}/rules`
  const post = async (actor: Actor, rules: Record<string, string>, cookie = 'language=en') => {
    const form = { ...typedRules(await phoneBank(db, organization_id, bank.phone_bank_id)), ...rules }
    return send(actor, path, form, cookie)
  }
  const named = { priority: 'in:"Agreed voters"', done: 'own', done_expression: 'result:refused@"Agreed calls"' }
  for (const rules of [{ priority: named.priority }, { done: 'own', done_expression: named.done_expression }]) {
    const refused = await post(me.actor, rules)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('names a list or phone bank that is closed to you')
    expect(await (await post(me.actor, rules, 'language=ko')).text()).toContain('접근하실 수 없습니다')
  }
  expect((await post(somebody().actor, named)).status).toBe(303)
  expect((await post(me.actor, { ...named, skip_minutes: '44' })).status).toBe(303)
  expect(await phoneBank(db, organization_id, bank.phone_bank_id)).toMatchObject({ skip_minutes: 44, priority: [named.priority] }) // prettier-ignore
})

test('a list that names a list or phone bank of the other side is closed like it, whoever made it and however far off', async () => {
  const me = somebody()
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  await join(own, me.who)
  const save = async (actor: Actor, name: string, expression: string): Promise<string> => {
    const saved = await saveUniverse(db, actor, { name, expression, note: null }, now, today)
    if (!saved.ok) throw new Error('not saved')
    return saved.universe_id
  }
  const theirs = somebody()
  await link(closed, 'universe', await save(organizer, 'Plan', 'status:active'), theirs.actor)
  const bank = await makeBank(world, organizer, [1], { lane: 'coordinated', candidate: { en: 'Kim', ko: '김' }, name: { en: 'Plan calls' } }) // prettier-ignore
  await link(closed, 'phone_bank', bank.phone_bank_id, theirs.actor)
  const named = [
    await save(theirs.actor, 'Plan in part', 'in:Plan and age:65-'),
    await save(theirs.actor, 'Plan in part again', 'in:"Plan in part" or age:18-30'),
    await save(theirs.actor, 'Plan refused', 'result:refused@"Plan calls"'),
  ]
  const [first = '', second = ''] = named
  const free = await save(organizer, 'Everybody else', 'status:active')
  const file = { layout: 'own', channel: 'none', columns: 'voter_id', purpose: 'calls', law: 'yes' }
  for (const each of named) {
    const path = `/voters/universes/${each}`
    for (const at of [path, `${path}/export`]) expect((await open(me.actor, at)).status, at).toBe(403)
    expect((await send(me.actor, `${path}/export`, file)).status).toBe(403)
    expect((await open(somebody().actor, path)).status).toBe(200)
  }
  expect((await open(me.actor, `/voters/universes/${free}`)).status).toBe(200)
  const offered = await (await open(me.actor, '/voters/universes')).text()
  expect(offered).toContain('Everybody else')
  expect(offered).not.toContain('Plan in part')
  expect(await saveUniverse(db, me.actor, { name: 'Mine too', expression: 'in:"Plan in part again"', note: null }, now, today)).toMatchObject({ ok: false, detail: { code: 'closed_lane' } }) // prettier-ignore
  await expect(link(own, 'universe', first, me.actor)).rejects.toThrow(Forbidden)
  // In a campaign without a wall, or of the one side alone, it holds what it held; both sides have it once it is linked to both.
  const everybody = await campaign('non_partisan', primary)
  for (const each of [everybody, own]) {
    await link(each, 'universe', second)
    expect((await open(me.actor, `/voters/universes/${second}`)).status).toBe(403)
  }
  await link(closed, 'universe', second, theirs.actor)
  expect((await open(me.actor, `/voters/universes/${second}`)).status).toBe(200)
})

test('lists that name each other in a circle are closed where one of them names a closed one', async () => {
  const me = somebody()
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  await join(own, me.who)
  const saved = async (name: string, expression: string): Promise<string> => {
    const list = await saveUniverse(db, organizer, { name, expression, note: null }, now, today)
    if (!list.ok) throw new Error('not saved')
    return list.universe_id
  }
  await link(closed, 'universe', await saved('Middle', 'status:active'), somebody().actor)
  const one = await saved('Circle one', 'status:active')
  const two = await saved('Circle two', 'in:"Circle one" or in:Middle')
  const three = await saved('Circle three', 'in:"Circle two"')
  // No save makes a circle; renaming may have, before names were kept apart.
  await database.owner.updateTable('universe').set({ expression: 'in:"Circle three"' }).where('universe_id', '=', one).execute() // prettier-ignore
  const away = await closedUniverses(db, me.actor)
  for (const each of [one, two, three]) expect(away.has(each)).toBe(true)
})

test('what is made like a part of an archived campaign stays behind its wall', async () => {
  const me = somebody()
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  await join(own, me.who)
  const theirs = somebody().actor
  const saved = await saveUniverse(db, organizer, { name: 'Last year', expression: 'status:active', note: null }, now, today) // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  const mailing_id = await makeMailing(db, organizer, { name: 'Last letter', lane: 'coordinated' }, now)
  await link(closed, 'universe', saved.universe_id, theirs)
  await link(closed, 'mailing', mailing_id, theirs)
  await archiveCampaign(db, organizer, closed, later(1))
  const copy = await copyUniverse(db, theirs, saved.universe_id, later(2), today)
  const again = await writeAgain(db, theirs, mailing_id, 'Next letter', later(2))
  expect(await closedBy(db, me.actor, { kind: 'universe', part_id: copy.universe_id }, later(3))).toBe(closed)
  expect(await closedBy(db, me.actor, { kind: 'mailing', part_id: again }, later(3))).toBe(closed)
})

test('whoever solves, gives out or takes along follow-ups of a walled campaign comes onto its team; the other side touches none', async () => {
  const [solver, giver, taker, me] = [somebody(), somebody(), somebody(), somebody()]
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  await join(own, me.who)
  const bank = await makeBank(world, organizer, [1], { lane: 'coordinated', candidate: { en: 'Kim', ko: '김' } })
  await link(closed, 'phone_bank', bank.phone_bank_id)
  const follow_up = async (): Promise<string> => {
    const row = { organization_id, kind: 'ride', voter_id: 1, person_id: null, phone_bank_id: bank.phone_bank_id, attempt_id: null, caller_id: null, note: null, made_by: 'Ana', made_at: now } as const // prettier-ignore
    return (await db.insertInto('follow_up').values(row).returning('follow_up_id').executeTakeFirstOrThrow()).follow_up_id // prettier-ignore
  }
  const [one, two] = [await follow_up(), await follow_up()]
  const assign = { which: 'ticked', 'follow_up_ids[]': two, owner_id: 'same', due_on: '2026-12-01' }
  expect((await send(me.actor, `/follow-ups/${one}/solve`, { solution: 'drove them' })).status).toBe(403)
  expect((await send(me.actor, '/follow-ups/assign', assign)).status).toBe(403)
  expect((await send(solver.actor, `/follow-ups/${one}/solve`, { solution: 'drove them' })).status).toBe(303)
  expect((await send(giver.actor, '/follow-ups/assign', assign)).status).toBe(303)
  expect((await send(taker.actor, '/follow-ups/file', { law: 'yes', list_phone_bank: bank.phone_bank_id })).status).toBe(200) // prettier-ignore
  for (const each of [solver, giver, taker]) expect(await isOut(each, own)).toBe(true)
  const looker = somebody()
  expect((await open(looker.actor, '/follow-ups')).status).toBe(200)
  expect(await isOut(looker, own)).toBe(false)
})

test('follow-ups of both sides are neither taken along nor given out together, nor given to whom they are closed', async () => {
  const [taker, owner] = [somebody(), somebody()]
  const [own, opposite] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  const follow_up = async (lane: 'independent' | 'coordinated', campaign_id: string) => {
    const { phone_bank_id } = await makeBank(world, organizer, [1], { lane, candidate: { en: 'Kim', ko: '김' } })
    await link(campaign_id, 'phone_bank', phone_bank_id)
    const row = { organization_id, kind: 'ride', voter_id: 1, person_id: null, phone_bank_id, attempt_id: null, caller_id: null, note: null, made_by: 'Ana', made_at: now } as const // prettier-ignore
    const made = await db.insertInto('follow_up').values(row).returning('follow_up_id').executeTakeFirstOrThrow()
    return { phone_bank_id, follow_up_id: made.follow_up_id }
  }
  const [mine, theirs] = [await follow_up('independent', own), await follow_up('coordinated', opposite)]
  await database.owner.insertInto('member').values({ organization_id, user_id: owner.who.user_id, display_name: 'Lee Hana', roles: ['host'] }).execute() // prettier-ignore
  const assign = (ids: readonly string[], owner_id = 'same') => {
    const form = new URLSearchParams({ which: 'ticked', owner_id, due_on: '2026-12-01' })
    for (const id of ids) form.append('follow_up_ids[]', id)
    return buildApp(installation, async () => taker.actor).request('/follow-ups/assign', { method: 'POST', body: form, headers: { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin', cookie: 'language=en' } }) // prettier-ignore
  }
  const both = await assign([mine.follow_up_id, theirs.follow_up_id])
  expect(both.status).toBe(422)
  expect(await both.text()).toContain('nobody works for both')
  const file = await send(taker.actor, '/follow-ups/file', { law: 'yes' }, 'language=ko')
  expect(file.status).toBe(422)
  expect(await file.text()).toContain('한쪽 전화 캠페인 화면에서')
  expect(await isOut(taker, own)).toBe(false)
  expect(await isOut(taker, opposite)).toBe(false)

  await join(opposite, owner.who)
  const closed = await assign([mine.follow_up_id], owner.who.user_id)
  expect(closed.status).toBe(422)
  expect(await closed.text()).toContain('works for the other side in this race')
  expect((await assign([mine.follow_up_id])).status).toBe(303)
  expect(await isOut(taker, opposite)).toBe(true)
  const rest = await send(taker.actor, '/follow-ups/file', { law: 'yes' })
  expect(rest.status).toBe(200)
})

test('a title in another language makes no other seat where the office has a word, and tells seats apart where it has none', async () => {
  const titled = async (
    kind: string,
    held_on: string,
    office: string,
    title: Record<string, string>,
  ): Promise<number> => {
    const election = await database.owner.selectFrom('scheduled_election').select('election_id').where('state', '=', 'NY').where('held_on', '=', held_on).executeTakeFirstOrThrow() // prettier-ignore
    const made = await database.owner.insertInto('contest').values({ election_id: election.election_id, office, title: JSON.stringify(title), district_kind: 'county', district: 'westchester', party: kind === 'primary' ? 'dem' : null, method: 'plurality', as_of: today } as never).returning('contest_id').executeTakeFirstOrThrow() // prettier-ignore
    return made.contest_id
  }
  const same = async (one: number, two: number): Promise<boolean | undefined> =>
    (await sql<{ same: boolean }>`select is_same_race(${one}::integer, ${two}::integer) as same`.execute(db)).rows[0]
      ?.same
  const [june, november] = ['2027-06-22', '2027-11-02']
  const legislator = await titled('primary', june, 'other', { en: 'County Legislator' })
  expect(await same(legislator, await titled('general', november, 'other', { en: 'County Legislator', ko: '카운티 의원' }))).toBe(true) // prettier-ignore
  expect(await same(legislator, await titled('general', november, 'other', { en: 'County Clerk' }))).toBe(false)
  const attorney = await titled('primary', june, 'district_attorney', {})
  expect(await same(attorney, await titled('general', november, 'district_attorney', { ko: '지방검사장' }))).toBe(true)
})

test('whoever makes, links, changes or calls for a part comes onto its team, and stays out of the other side', async () => {
  const [linker, caller, host, looker] = [somebody(), somebody(), somebody(), somebody()]
  const [own, opposite] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  const bank = await makeBank(world, organizer, [1], { lane: 'independent', candidate: { en: 'Kim', ko: '김' } })
  await link(own, 'phone_bank', bank.phone_bank_id, linker.actor)
  const post = (actor: Actor, path: string, form: Record<string, string> = {}) => buildApp(installation, async () => actor).request(path, { method: 'POST', body: new URLSearchParams(form), headers: { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' } }) // prettier-ignore
  expect((await post(host.actor, `/phonebanks/${bank.phone_bank_id}/pause`)).status).toBe(303)
  expect((await post(host.actor, `/phonebanks/${bank.phone_bank_id}/resume`)).status).toBe(303)
  expect((await post(caller.actor, `/call/${bank.join_code}`, { name: 'Kim Jiho', reach: '718-555-0123', languages: 'en' })).status).toBe(303) // prettier-ignore
  expect((await open(looker.actor, `/phonebanks/${bank.phone_bank_id}/results`)).status).toBe(200)
  const team = await db.selectFrom('campaign_member').select(['user_id', 'because']).where('campaign_id', '=', own).execute() // prettier-ignore
  const because = (id: string) => team.filter(({ user_id }) => user_id === id).map((row) => row.because)
  expect([linker, host, caller, looker].map(({ who }) => because(who.user_id))).toEqual([['linked'], ['worked'], ['called'], []]) // prettier-ignore
  for (const each of [linker, caller, host]) expect(await isOut(each, opposite)).toBe(true)
  expect(await isOut(looker, opposite)).toBe(false)
  expect(await (await open(looker.actor, `/campaigns/${own}/team`)).text()).toContain('because they called for it')
})

test('what was said on the telephone before is taken when its caller works on the other side meanwhile, and nobody new is given', async () => {
  const me = somebody()
  const [own, closed] = [await campaign('independent', primary), await campaign('coordinated', primary)]
  const bank = await makeBank(world, organizer, [1], { lane: 'coordinated', candidate: { en: 'Kim', ko: '김' } })
  const caller = await addTestCaller(world, organizer, bank)
  const [card] = (await caller.next()).turn.cards
  await link(closed, 'phone_bank', bank.phone_bank_id)
  await join(own, me.who)
  const ask = (what: string, body: unknown) => buildApp(installation, async () => me.actor).request(`/call/${bank.phone_bank_id}/${what}`, { method: 'POST', body: JSON.stringify(body), headers: { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', accept: 'application/json', cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}` } }) // prettier-ignore
  expect((await ask('next', { holding: [], want: 1 })).status).toBe(403)
  const result = resultOf(found(card), now)
  const recorded = await ask('calls', { result, holding: [], want: 2 })
  expect(recorded.status).toBe(200)
  expect(await recorded.json()).toMatchObject({ recorded: { outcome: 'recorded' }, turn: { cards: [] } })
  const kept = await ask('kept', { caller_id: caller.caller_id, result, give_back: [] })
  expect(await kept.json()).toMatchObject({ recorded: { outcome: 'already_recorded' } })
  const undone = await ask('undo', { attempt_id: result.attempt_id, voter_id: result.voter_id, holding: [] })
  expect(await undone.json()).toMatchObject({ undone: true, turn: { cards: [] } })
})

test('the team is kept on its page: added, left, refused', async () => {
  const [mine, lee] = [await campaign('independent', primary), somebody()]
  await database.owner.insertInto('member').values({ organization_id, user_id: lee.who.user_id, display_name: 'Lee Hana', roles: ['host'] }).execute() // prettier-ignore
  await database.owner.executeQuery(sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt") values (${lee.who.user_id}, 'Lee Hana', 'lee@example.org', true, now(), now())`.compile(database.owner)) // prettier-ignore
  const browser = buildApp(installation, async () => organizer)
  const post = (path: string, form: Record<string, string>) => browser.request(path, { method: 'POST', body: new URLSearchParams(form), headers: { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' } }) // prettier-ignore
  expect((await post(`/campaigns/${mine}/team`, { user_id: lee.who.user_id })).status).toBe(303)
  expect(await (await open(organizer, `/campaigns/${mine}/team`)).text()).toContain('Lee Hana')
  const opposite = await campaign('coordinated', primary)
  const refused = await post(`/campaigns/${opposite}/team`, { user_id: lee.who.user_id })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('stay out of this one')
  expect((await post(`/campaigns/${mine}/team/leave`, { user_id: lee.who.user_id })).status).toBe(303)
  const page = await (await open(organizer, `/campaigns/${opposite}/team`)).text()
  expect(page.slice(page.indexOf('kept-out'))).toContain('Lee Hana')
  expect(page).toContain('no number of days that ends it is known')
  const rows = await db.selectFrom('campaign_member').selectAll().where('campaign_id', '=', mine).execute()
  const { owner_id } = await db.selectFrom('campaign').select('owner_id').where('campaign_id', '=', mine).executeTakeFirstOrThrow() // prettier-ignore
  expect(rows.filter(({ left_at }) => !left_at).map(({ user_id }) => user_id)).toEqual([owner_id])
  expect((await post(`/campaigns/${mine}/team/leave`, { user_id: found(owner_id) })).status).toBe(409)
})
