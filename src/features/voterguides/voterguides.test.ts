import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { csvRows } from '../../platform/csv.ts'
import { found } from '../../platform/errors.ts'
import { createApp } from '../../platform/http/app.tsx'
import { makeWorld } from '../../platform/testing/world.ts'
import { makeCampaign } from '../campaigns/commands.ts'
import { linkPart } from '../campaigns/parts/commands.ts'
import { campaignsOf } from '../campaigns/queries.ts'
import { answerRoutes } from '../endorsements/answers/routes.tsx'
import { inviteCandidate, noteHandedOver, noteOpened, revokeInvitation } from '../endorsements/answers/commands.ts'
import { saveRules } from '../endorsements/cycles/commands.ts'
import { cycleById } from '../endorsements/cycles/queries.ts'
import { publicGuideRoutes } from './public-routes.tsx'
import { agendaOf, askedIn, claimsOf, mappingOf } from './queries.ts'
import { voterguideRoutes } from './routes.tsx'
import { askCandidates } from './testing.ts'

const world = await makeWorld('2027-04-01T17:00:00Z')
const { ours, theirs } = world
const { organization_id } = ours
const db = world.database.of(organization_id)
const asked = await askCandidates({ owner: world.database.owner, db, actor: ours.organizer })
const { contest_id, cycle_id, election_id, seoyeon, marcus, ana } = asked
const all = [voterguideRoutes, publicGuideRoutes, answerRoutes]
const editor = world.as(ours.organizer, all)
const reviewer = world.as(ours.actor(['board']), all)
const stranger = world.as(theirs.organizer, all)
const everybody = world.as(null, all)
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()

const textOf = async (path: string, { who = everybody, language = 'en' } = {}): Promise<string> => {
  const answer = await who.get(path, { cookie: `language=${language}` })
  expect(answer.status, path).toBe(200)
  return answer.text()
}
const lastOf = (answer: Response, at: number): string => found(answer.headers.get('location')?.split('/').at(at))
const addIssue = async (name_en: string, name_ko: string): Promise<string> => {
  expect((await editor.post('/voterguides/agenda', { name_en, name_ko })).status).toBe(303)
  const rows = await db.selectFrom('agenda_issue').selectAll().orderBy('position', 'desc').execute()
  return found(rows[0]).issue_id
}
const housing = await addIssue('Housing', '주거')
const schools = await addIssue('Schools', '학교')
const titles = { title_en: 'Flushing votes', title_ko: '플러싱 예비선거 안내' }

/** A guide with the answers taken over. */
async function makeGuide(kind = 'nonpartisan'): Promise<string> {
  const made = await editor.post('/voterguides/new', { election_id: String(election_id), kind, ...titles })
  expect(made.status).toBe(303)
  const guide = lastOf(made, -2)
  const chosen = { kind, ...titles, cycle_id, 'contest_ids[]': String(contest_id), 'issue_ids[]': [housing, schools] }
  expect((await editor.post(`/voterguides/${guide}/edit`, chosen)).status).toBe(303)
  expect((await take(guide)).status).toBe(200)
  return guide
}
const take = (guide: string) =>
  editor.post(`/voterguides/${guide}/answers`, { [`issue_${asked.asked.housing}`]: housing, [`issue_${asked.asked.schools}`]: schools }) // prettier-ignore
async function publish(guide: string, form: Record<string, string> = {}, who = reviewer): Promise<Response> {
  const preview = await textOf(`/voterguides/${guide}/preview`, { who: reviewer })
  const key = found(/name="key" value="([^"]+)"/.exec(preview)?.[1])
  return who.post(`/voterguides/${guide}/publish`, { key, has_read: 'yes', ...form })
}
const claimOf = async (guide_id: string, candidate_id: number, issue_id: string) =>
  found((await claimsOf(db, { organization_id, guide_id })).find((each) => each.candidate_id === candidate_id && each.issue_id === issue_id)) // prettier-ignore

test('answers come in as they were signed, and who did not answer is told with the day they were asked', async () => {
  const guide = await makeGuide()
  expect((await publish(guide)).status).toBe(303)
  const open = `/g/${slug}/${guide}`
  const front = await textOf(open)
  expect(front).toContain('Flushing votes')
  expect(front).toContain('Seoyeon Lee, Marcus Bell, Ana Ruiz')
  expect(front).toContain('Registration received by')
  expect(front).toContain('Election Law § 5-210')
  const page = await textOf(`${open}/contests/${contest_id}`)
  expect(page).toContain('Only where children live.')
  expect(page).toContain('Yes, with conditions')
  expect(page).toMatch(/Did not answer\. Asked on [A-Za-z, ]*February 2, 2027\./)
  expect(page).toContain('Left this question open.')
  expect(page).toContain('Rank up to 5 candidates')
  expect(page).toContain('NYC Charter § 1057-g')
  expect(page).not.toContain('Endorsed by our members')
  expect(page.indexOf('A lawyer for every tenant?')).toBeLessThan(page.indexOf('What about schools?'))
  // In the reader’s language, with the original named where there is no translation yet.
  const korean = await textOf(`${open}/contests/${contest_id}?lang=ko`)
  expect(korean).toContain('이서연')
  expect(korean).toContain('학교마다 통역을 두겠습니다.')
  expect(korean).toContain('아직 번역되지 않아 영어로 된 글을 보여 드립니다')
  expect(korean).toContain('<html lang="ko">')
})

test('whoever edits a guide sees what was ranked', async () => {
  const guide = await makeGuide()
  const here = `/voterguides/${guide}/contests/${contest_id}`
  expect(await textOf(here, { who: editor })).not.toContain('Buses first')
  const ranked = JSON.stringify([{ en: 'Buses first' }, { en: 'Then parks' }])
  const { rows } = await sql<{ claim_id: string }>`update voter_guide_claim set ranked = ${ranked}::jsonb
    where claim_id = (select claim_id from voter_guide_claim where guide_id = ${guide}::uuid limit 1) returning claim_id`.execute(world.database.owner) // prettier-ignore
  expect(rows).toHaveLength(1)
  expect(await textOf(here, { who: editor })).toMatch(/<li>Buses first<\/li><li>Then parks<\/li>/)
})

test('a guide of a cycle begins with its election and its answers to take', async () => {
  const form = await textOf(`/voterguides/new?cycle=${cycle_id}`, { who: editor })
  expect(form).toContain(`name="cycle_id" value="${cycle_id}"`)
  expect(form).toMatch(new RegExp(`<option value="${election_id}" selected`))
  const made = await editor.post('/voterguides/new', {
    election_id: String(election_id),
    kind: 'own',
    cycle_id,
    ...titles,
  })
  expect(made.status).toBe(303)
  expect(await textOf(`/voterguides/${lastOf(made, -2)}/answers`, { who: editor })).toContain(
    'A lawyer for every tenant?',
  )
  // Its contests are chosen already.
  expect(await textOf(`/voterguides/${lastOf(made, -2)}/edit`, { who: editor })).toMatch(new RegExp(`<input(?=[^>]*name="contest_ids\\[\\]")(?=[^>]*value="${contest_id}")[^>]*checked`)) // prettier-ignore
  const theirsOf = await editor.post('/voterguides/new', { election_id: String(election_id), kind: 'own', cycle_id: crypto.randomUUID(), ...titles }) // prettier-ignore
  expect(theirsOf.status).toBe(422)
})

test('who was handed their link is told with that day, and a draft nobody has seen can be taken out', async () => {
  const mails = await db.selectFrom('endorsement_mail').selectAll().execute()
  await world.database.owner.deleteFrom('endorsement_mail').execute()
  const guide = await makeGuide()
  const here = `/voterguides/${guide}`
  // A link that was made and given to nobody asks nobody.
  const made = await textOf(`${here}/preview`, { who: editor })
  expect(made).toContain('Was not asked this.')
  expect(made).not.toContain('Asked on')
  const candidates = `/endorsements/${cycle_id}/candidates`
  expect(await textOf(candidates, { who: editor })).toContain('link made, given to nobody yet')
  const hand = (who: typeof editor, on: string) =>
    who.post(`${candidates}/handed`, { candidate: String(ana), [`handed_${ana}`]: on })
  for (const wrong of ['2027-01-31', '2027-04-02', 'soon', '']) expect((await hand(editor, wrong)).status).toBe(422)
  expect((await hand(reviewer, '2027-02-03')).status).toBe(403)
  expect((await hand(stranger, '2027-02-03')).status).toBe(404)
  expect((await hand(editor, '2027-02-02')).status).toBe(303)
  expect((await hand(editor, '2027-02-03')).status).toBe(303)
  expect(await textOf(candidates, { who: editor })).toMatch(/Handed over on [A-Za-z, ]*February 3, 2027, noted by/)
  expect(await textOf(`${here}/preview`, { who: editor })).toMatch(
    /Did not answer\. Asked on [A-Za-z, ]*February 3, 2027\./,
  )
  await db.updateTable('endorsement_invitation').set({ handed_on: null, handed_by: null }).execute()
  await world.database.owner.insertInto('endorsement_mail').values(mails).execute()
  // Nothing reached them: the mail server refused it, or nobody knows.
  const mail = db.updateTable('endorsement_mail')
  await mail.set({ sent_at: null }).execute()
  const undated = await textOf(`${here}/preview`, { who: editor })
  expect(undated).toContain('Did not answer.')
  expect(undated).not.toContain('Did not answer. Asked')
  for (const { mail_id, sent_at } of mails) await mail.set({ sent_at }).where('mail_id', '=', mail_id).execute()

  expect(await textOf(here, { who: editor })).toContain('Take this draft out')
  expect((await stranger.post(`${here}/remove`, {})).status).toBe(404)
  expect((await reviewer.post(`${here}/remove`, {})).status).toBe(403)
  const around = await makeCampaign(db, ours.organizer, { name: { en: 'June' }, candidate: {}, candidate_ids: [], lane: 'member_communication', contest_id: null, cycle_id: null, starts_on: '2027-04-01', ends_on: '2027-06-22', goal: 'conversations', goal_count: 100, owner: { user_id: ours.organizer.id, name: ours.organizer.name } }, world.installation.clock.now()) // prettier-ignore
  if (!around.ok) throw new Error(around.problem)
  await linkPart(db, ours.organizer, around.campaign_id, { kind: 'voter_guide', part_id: guide }, world.installation.clock.now()) // prettier-ignore
  const parts = async () => (await campaignsOf(db, organization_id)).map((each) => each.parts)
  expect(await parts()).toEqual([1])
  expect((await editor.post(`${here}/remove`, {})).status).toBe(303)
  expect(await parts()).toEqual([0])
  expect((await editor.get(here)).status).toBe(404)
  const read = await makeGuide()
  // Of one that was taken out when it did not leave its campaign yet.
  const linked = { organization_id, campaign_id: around.campaign_id, kind: 'voter_guide' as const, linked_by: 'Mina', linked_at: world.installation.clock.now() } // prettier-ignore
  await db.insertInto('campaign_part').values([{ ...linked, part_id: guide }, { ...linked, part_id: read }]).execute() // prettier-ignore
  expect(await parts()).toEqual([2])
  await sql.raw(readFileSync('migrations/1600_campaigns_without_guides_taken_out.sql', 'utf8')).execute(world.database.owner) // prettier-ignore
  expect(await parts()).toEqual([1])
  expect((await publish(read)).status).toBe(303)
  expect(await textOf(`/voterguides/${read}`, { who: editor })).not.toContain('Take this draft out')
  expect((await editor.post(`/voterguides/${read}/remove`, {})).status).toBe(409)
})

test('a link made again after it was withdrawn asks once it reaches them; another one beside it changes nothing', async () => {
  const cycle = found(await cycleById(db, organization_id, cycle_id))
  const asked_on = async () => (await askedIn(db, organization_id, cycle_id, 'America/New_York')).get(ana)?.asked_on
  const mails = await db.selectFrom('endorsement_mail').selectAll().execute()
  await world.database.owner.deleteFrom('endorsement_mail').execute()
  const opened_at = new Date('2027-02-02T17:00:00Z')
  await db.updateTable('endorsement_invitation').set({ opened_at }).where('candidate_id', '=', ana).execute()
  await inviteCandidate(db, ours.organizer, cycle, ana, world.installation.clock.now())
  expect(await asked_on()).toEqual(['2027-02-01'])
  await noteHandedOver(db, ours.organizer, cycle_id, ana, '2027-02-05')
  await inviteCandidate(db, ours.organizer, cycle, ana, world.installation.clock.now())
  expect(await asked_on()).toEqual(['2027-02-05'])
  await revokeInvitation(db, ours.organizer, cycle_id, ana, world.installation.clock.now())
  const again = await inviteCandidate(db, ours.organizer, cycle, ana, world.installation.clock.now())
  expect(await asked_on()).toEqual([])
  await noteOpened(db, ours.organizer, again, world.installation.clock.now())
  expect(await asked_on()).toEqual([])
  await noteOpened(db, null, again, world.installation.clock.now())
  expect(await asked_on()).toEqual(['2027-04-01'])

  // As those of before have it, by the activity log.
  await db.updateTable('endorsement_invitation').set({ made_at: new Date('2026-02-01T17:00:00Z') }).where('candidate_id', '=', ana).execute() // prettier-ignore
  await sql.raw(readFileSync('migrations/1368_endorsements_links_made_again.sql', 'utf8')).execute(world.database.owner)
  const { at } = await db.selectFrom('audit_entry').select('at').where('action', '=', 'endorsement.invite').orderBy('audit_id', 'desc').executeTakeFirstOrThrow() // prettier-ignore
  const kept = () => db.selectFrom('endorsement_invitation').select(['candidate_id', 'made_at']).where('cycle_id', '=', cycle_id).execute() // prettier-ignore
  const begun = new Date('2027-02-01T17:00:00Z')
  expect(new Set(await kept())).toEqual(new Set([{ candidate_id: seoyeon, made_at: begun }, { candidate_id: marcus, made_at: begun }, { candidate_id: ana, made_at: at }])) // prettier-ignore
  await db
    .updateTable('endorsement_invitation')
    .set({ made_at: begun, opened_at: null })
    .where('candidate_id', '=', ana)
    .execute()
  await world.database.owner.insertInto('endorsement_mail').values(mails).execute()
})

test('who has time to answer is not said to be silent; whose link was taken back was not asked', async () => {
  const guide = await makeGuide()
  const preview = () => textOf(`/voterguides/${guide}/preview?lang=en`, { who: editor })
  expect(await preview()).toContain('Did not answer.')
  world.installation.clock.set('2027-03-31T17:00:00Z')
  const before = await preview()
  expect(before).not.toContain('Did not answer.')
  expect(before).toMatch(/Asked on [A-Za-z, ]*February 2, 2027\. Last day to answer: [A-Za-z, ]*March 31, 2027\./)
  const invitation = db.updateTable('endorsement_invitation').where('organization_id', '=', organization_id).where('candidate_id', '=', ana) // prettier-ignore
  await invitation.set({ revoked_at: world.installation.clock.now() }).execute()
  expect(await preview()).toContain('Was not asked this.')
  expect(await preview()).not.toContain('Last day to answer')
  await invitation.set({ revoked_at: null }).execute()
  world.installation.clock.set('2027-04-01T17:00:00Z')
})

test('what everybody will read is read beforehand in each language', async () => {
  const guide = await makeGuide()
  const korean = await textOf(`/voterguides/${guide}/preview?lang=ko`, { who: reviewer })
  expect(korean).toContain('플러싱 예비선거 안내')
  expect(korean).toContain('어느 후보도 지지하지 않습니다')
  expect(korean).toContain('Read and publish')
  expect(await textOf(`/voterguides/${guide}/preview`, { who: reviewer })).toContain('endorses nobody in this guide')
})

test('a guide says how to vote early, by mail and in one’s language, with its source', async () => {
  const guide = await makeGuide()
  await publish(guide)
  const page = (language: string) => textOf(`/g/${slug}/${guide}?lang=${language}`)
  expect(await page('en')).toContain('early voting site assigned to you')
  expect(await page('en')).toContain('Source: Election Law §§ 8-302, 8-400, 8-412, 8-700, 8-704. Checked')
  expect(await page('ko')).toContain('온라인이나 우편으로 신청하면 선거 10일 전까지 도착해야')
  expect(await page('zh')).toContain('約於 2026 年底重新認定')
  expect(await page('es')).toContain('no puede usar la máquina del centro')
})

test('whoever reads before publishing is told what is older than the words it translates', async () => {
  const guide = await makeGuide()
  const { claim_id } = await claimOf(guide, marcus, housing)
  const cut = async (more: Record<string, string>): Promise<string> => {
    expect((await editor.post(`/voterguides/${guide}/claims/${claim_id}`, { original_language: 'en', ...more })).status).toBe(303) // prettier-ignore
    return textOf(`/voterguides/${guide}/preview`, { who: reviewer })
  }
  const line = '한국어: Housing, Marcus Bell'
  expect(await cut({ text_en: 'Only where children live.', text_ko: '어린이가 사는 집만.' })).not.toContain(line)
  expect(await cut({ text_en: 'Only for children.', text_ko: '어린이가 사는 집만.' })).toContain(line)
  expect(await textOf(`/voterguides/${guide}/contests/${contest_id}`, { who: editor })).toContain('한국어: older than the original') // prettier-ignore
  expect(await textOf(`/voterguides/${guide}`, { who: editor })).toContain('(1 older than the original)')
  expect(await cut({ text_en: 'Only for children.', text_ko: '어린이를 위해서만.' })).not.toContain(line)
  const chosen = { kind: 'nonpartisan', ...titles, cycle_id, 'contest_ids[]': String(contest_id), 'issue_ids[]': [housing, schools] } // prettier-ignore
  const titled = async (more: Record<string, string>): Promise<string> => {
    expect((await editor.post(`/voterguides/${guide}/edit`, { ...chosen, ...more })).status).toBe(303)
    return textOf(`/voterguides/${guide}/preview`, { who: reviewer })
  }
  expect(await titled({ title_en: 'Flushing votes in June' })).toContain('한국어: Title')
  expect(await textOf(`/voterguides/${guide}`, { who: editor })).toContain('한국어: older than the others')
  expect(await titled({ title_en: 'Flushing votes in June', is_same: 'yes' })).not.toContain('한국어: Title')
})

test('the agenda says of names and sentences how far each language is', async () => {
  const parks = await addIssue('Parks', '공원')
  const said = async (form: Record<string, string>): Promise<string> => {
    expect((await editor.post(`/voterguides/agenda/${parks}`, form)).status).toBe(303)
    return textOf('/voterguides/agenda', { who: editor })
  }
  expect(await said({ name_en: 'Parks', name_ko: '공원', about_en: 'Trees.' })).toContain('한국어: missing')
  expect(await said({ name_en: 'Green', name_ko: '공원', about_en: 'Trees.', about_ko: '나무.' })).toContain('한국어: older than the others') // prettier-ignore
  expect(await said({ name_en: 'Green', name_ko: '녹지', about_en: 'Trees.', about_ko: '나무.' })).not.toContain('older than') // prettier-ignore
  expect((await editor.post(`/voterguides/agenda/${parks}/remove`, {})).status).toBe(303)
})

test('markup in answers is text', async () => {
  const guide = await makeGuide()
  await publish(guide)
  const page = await textOf(`/g/${slug}/${guide}/contests/${contest_id}`)
  expect(page).toContain('&lt;b&gt;Nobody&lt;/b&gt;')
  expect(page).not.toContain('<b>Nobody')
  expect(page).not.toMatch(/<script(?! type="application\/ld\+json")/)
})

test('nothing is published that nobody else read, and drafts are nobody else’s', async () => {
  const guide = await makeGuide()
  const open = `/g/${slug}/${guide}`
  const own = await publish(guide, {}, editor)
  expect(own.status).toBe(422)
  expect(await own.text()).toContain('somebody else has to read and publish it')
  expect((await everybody.get(open)).status).toBe(404)
  for (const path of ['', '/preview', '/edit', '/answers', `/contests/${contest_id}`])
    expect((await stranger.get(`/voterguides/${guide}${path}`)).status, path).toBe(404)
  const unread = await publish(guide, { has_read: '' })
  expect(unread.status).toBe(422)
  // What the reviewer read is no longer what stands there.
  const preview = await textOf(`/voterguides/${guide}/preview`, { who: reviewer })
  const key = found(/name="key" value="([^"]+)"/.exec(preview)?.[1])
  const claim = await claimOf(guide, marcus, housing)
  const changed = {
    original_language: 'en',
    text_en: 'Only for families.',
    text_ko: '가족이 있는 집만.',
  }
  expect((await editor.post(`/voterguides/${guide}/claims/${claim.claim_id}`, changed)).status).toBe(303)
  const late = await reviewer.post(`/voterguides/${guide}/publish`, { key, has_read: 'yes' })
  expect(late.status).toBe(422)
  expect(await late.text()).toContain('changed since you opened this page')
  expect((await everybody.get(open)).status).toBe(404)
  expect((await publish(guide)).status).toBe(303)
  expect((await everybody.get(open)).status).toBe(200)
  expect((await everybody.get(`/g/theirs/${guide}`)).status).toBe(404)
  expect((await everybody.get(`${open}/contests/999999`)).status).toBe(404)
})

test('a correction is there the moment it is published, in every process, and stands in the log', async () => {
  const guide = await makeGuide()
  await publish(guide)
  const open = `/g/${slug}/${guide}`
  const beside = createApp({ installation: { ...world.installation }, routes: all, nav: [], actorOf: async () => null, may: () => false }) // prettier-ignore
  const readBeside = async (): Promise<string> => {
    const answer = await beside.request(`${open}/contests/${contest_id}`, { headers: { host: 'localhost', 'accept-language': 'en' } }) // prettier-ignore
    return answer.text()
  }
  expect(await textOf(`${open}/contests/${contest_id}`)).toContain('Only where children live.')
  expect(await readBeside()).toContain('Only where children live.')
  const claim = await claimOf(guide, marcus, housing)
  const cut = {
    original_language: 'en',
    text_en: 'Where children live.',
    text_ko: '아이들이 사는 집만.',
  }
  await editor.post(`/voterguides/${guide}/claims/${claim.claim_id}`, cut)
  expect(await textOf(`${open}/contests/${contest_id}`)).not.toContain('Shortened')
  const silent = await publish(guide)
  expect(silent.status).toBe(422)
  expect(await silent.text()).toContain('Say what was wrong or is new')
  expect((await publish(guide, { reason_en: 'Cut to one sentence.', reason_ko: '한 문장으로 줄임' })).status).toBe(303)
  for (const page of [await textOf(`${open}/contests/${contest_id}`), await readBeside()]) {
    expect(page).toContain('Shortened')
    // The whole of it stays one tap away.
    expect(page).toMatch(/<details.*Only where children live\..*<\/details>/s)
  }
  expect(await textOf(`${open}/contests/${contest_id}?lang=ko`)).toContain('아이들이 사는 집만.')
  const front = await textOf(open)
  expect(front).toContain('Cut to one sentence.')
  expect(front).toContain('Marcus Bell · Housing: changed')
})

test('days of an election that a steward corrects are right at once, on every page and file, and stand in the log', async () => {
  const { owner } = world.database
  const days = (register_by: string) => owner.updateTable('scheduled_election').set({ kind: 'special', register_by, source_url: 'https://boe.example/2027', as_of: '2027-03-30' }).where('election_id', '=', election_id).execute() // prettier-ignore
  const { kind } = await owner.selectFrom('scheduled_election').select('kind').where('election_id', '=', election_id).executeTakeFirstOrThrow() // prettier-ignore
  await days('2027-06-08')
  const guide = await makeGuide()
  await publish(guide)
  const open = `/g/${slug}/${guide}`
  expect(await textOf(open)).toContain('June 8')
  expect(await textOf(open)).not.toContain('deadlines of the election corrected')
  await days('2027-06-06')
  expect(await textOf(open)).toContain('June 6')
  expect(await textOf(open)).not.toContain('June 8')
  expect(await textOf(open)).toMatch(/March 30, 2027, version 1.*Days and deadlines of the election corrected/s)
  const json = await (await everybody.get(`${open}/guide.json`)).text()
  expect(json).toContain('"on":"2027-06-06"')
  expect(json).not.toContain('2027-06-08')
  expect(json).toContain('"corrected_on":"2027-03-30"')
  // Published anew, it is a correction of that version.
  expect((await publish(guide, { reason_en: 'A deadline was wrong.', reason_ko: '마감일이 틀렸습니다.' })).status).toBe(
    303,
  )
  const log = await textOf(open)
  expect(log.match(/Days and deadlines of the election corrected/g)).toHaveLength(1)
  expect(log).toContain(', version 2')
  await owner.updateTable('scheduled_election').set({ kind, register_by: null }).where('election_id', '=', election_id).execute() // prettier-ignore
})

test('what was cut and translated stays until the candidate amends it; the amendment is told as one', async () => {
  const guide = await makeGuide()
  const before = await claimOf(guide, marcus, housing)
  const cut = { issue_id: schools, original_language: 'en', text_en: 'Children first.', text_ko: '아이가 먼저.' }
  await editor.post(`/voterguides/${guide}/claims/${before.claim_id}`, cut)
  // Also while its question is left out.
  const without = await editor.post(`/voterguides/${guide}/answers`, { [`issue_${asked.asked.schools}`]: schools })
  expect(await without.text()).toContain('0 added, 0 changed, 2 taken out.')
  expect(await textOf(`/voterguides/${guide}/preview`, { who: editor })).not.toContain('Children first.')
  expect(await (await take(guide)).text()).toContain('2 added, 0 changed, 0 taken out.')
  expect((await claimOf(guide, marcus, housing)).text).toEqual({ en: 'Children first.', ko: '아이가 먼저.' })
  await asked.sign(marcus, asked.said('yes', 'For everybody, after all.'), new Date('2027-02-10T17:00:00Z'), true)
  expect(await textOf(`/voterguides/${guide}`, { who: editor })).toContain('1 candidate signed something')
  const early = await publish(guide)
  expect(early.status).toBe(422)
  expect(await early.text()).toContain('Take the answers over first')
  expect(await (await take(guide)).text()).toContain('0 added, 1 changed, 0 taken out.')
  const after = await claimOf(guide, marcus, housing)
  expect(after).toMatchObject({ claim_id: before.claim_id, number: 2, text: { en: 'For everybody, after all.' } })
  await publish(guide)
  const page = await textOf(`/g/${slug}/${guide}/contests/${contest_id}`)
  expect(page).toMatch(/Sent after the last day for answers · Amended by the candidate on [A-Za-z, ]*February 10, 2027/)
  expect(page.match(/Sent after the last day/g)).toHaveLength(1)
  expect(await textOf(`/g/${slug}/${guide}/guide.csv`)).toMatch(/,2027-02-10,true,/)
})

test('what is typed by hand needs its source, and a reader chooses whom to compare', async () => {
  const guide = await makeGuide('own')
  const here = `/voterguides/${guide}/contests/${contest_id}`
  const vote = { kind: 'record', candidate_id: String(ana), issue_id: housing, original_language: 'en', text_en: 'Voted for the rent bill.', source_on: '2026-05-01', source_url: 'https://council.example.org/vote' } // prettier-ignore
  const without = await editor.post(`${here}/new`, { ...vote, source_url: '' })
  expect(without.status).toBe(422)
  expect(await without.text()).toContain('Voted for the rent bill.')
  expect((await editor.post(`${here}/new`, { ...vote, candidate_id: '999999' })).status).toBe(422)
  const elsewhere = await addIssue('Transit', '교통')
  for (const issue_id of [elsewhere, '019a0000-0000-7000-8000-000000000000'])
    expect((await editor.post(`${here}/new`, { ...vote, issue_id })).status).toBe(422)
  expect((await editor.post(`${here}/new`, vote)).status).toBe(303)
  const spanish = { ...vote, kind: 'statement', original_language: 'es', text_en: '', text_es: 'Bajaremos la renta.' }
  expect((await editor.post(`${here}/new`, spanish)).status).toBe(303)
  await publish(guide)
  const open = `/g/${slug}/${guide}/contests/${contest_id}`
  expect(await textOf(open)).toContain('shown in Spanish')
  const whole = await textOf(open)
  expect(whole).toContain('council.example.org')
  expect(whole).toContain('Nothing entered.')
  const two = await textOf(`${open}?c=${seoyeon}&c=${ana}`)
  expect(two).toContain('2 of 3 candidates')
  expect(two).not.toContain('Only where children live.')
  expect(two).toContain(`lang=ko&amp;c=${seoyeon}&amp;c=${ana}`)
  // A typed one can be taken out; an answer goes with its question alone.
  const typed = await claimOf(guide, ana, housing)
  const answer = await claimOf(guide, seoyeon, housing)
  expect((await editor.post(`/voterguides/${guide}/claims/${answer.claim_id}/remove`, {})).status).toBe(409)
  expect((await editor.post(`/voterguides/${guide}/claims/${typed.claim_id}/remove`, {})).status).toBe(303)
})

test('everything public is there as JSON and CSV', async () => {
  const guide = await makeGuide()
  await publish(guide)
  const json = await everybody.get(`/g/${slug}/${guide}/guide.json`)
  const data = (await json.json()) as { version: number; contests: { claims: { text: unknown }[] }[] }
  expect(data.version).toBe(1)
  expect(data.contests[0]?.claims).toHaveLength(3)
  expect(JSON.stringify(data)).not.toContain(ours.organizer.name)
  const csv = await everybody.get(`/g/${slug}/${guide}/guide.csv`)
  const [head = [], ...rows] = csvRows(await csv.text())
  expect(rows.filter((row) => row[head.indexOf('candidate_id')] !== '')).toHaveLength(4)
  expect(rows.map((row) => row[head.indexOf('kind')])).toEqual(expect.arrayContaining(['guide_title', 'issue', 'contest', 'day', 'way_to_vote'])) // prettier-ignore
  const silent = found(rows.find((row) => row[head.indexOf('candidate')] === 'Ana Ruiz'))
  expect(silent[head.indexOf('standing')]).toBe('silent')
  expect(silent[head.indexOf('lines')]).toBe('dem')
  expect(silent[head.indexOf('is_endorsed')]).toBe('false')
  expect(silent[head.indexOf('asked_on')]).toBe('2027-02-02')
})

test.each(['en', 'ko'])('a guide is printed, also in large type (%s)', async (language) => {
  const guide = await makeGuide()
  await publish(guide)
  for (const name of ['guide', 'guide-large']) {
    const answer = await everybody.get(`/g/${slug}/${guide}/${name}.pdf?lang=${language}`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  }
})

test('issues moved at the same time each have a place of their own', async () => {
  const move = (to: string) => editor.post(`/voterguides/agenda/${schools}/move`, { to })
  const added = editor.post('/voterguides/agenda', { name_en: 'Parks', name_ko: '공원' })
  await Promise.all([move('up'), added, move('down'), move('up'), move('down')])
  const agenda = await agendaOf(db, organization_id)
  expect(agenda.map(({ position }) => position)).toEqual(agenda.map((_, at) => at + 1))
})

test('the agenda has an order, and a guide whose issue was renamed is to be read again', async () => {
  const guide = await makeGuide()
  await publish(guide)
  const open = `/g/${slug}/${guide}/contests/${contest_id}`
  for (const [at, issue_id] of [housing, schools].entries()) await db.updateTable('agenda_issue').set({ position: at - 2 }).where('organization_id', '=', organization_id).where('issue_id', '=', issue_id).execute() // prettier-ignore
  const isFirst = (page: string, one: string, other: string): boolean => page.indexOf(one) < page.indexOf(other)
  expect(isFirst(await textOf(open), '>Housing<', '>Schools<')).toBe(true)
  expect((await editor.post(`/voterguides/agenda/${schools}/move`, { to: 'up' })).status).toBe(303)
  expect((await editor.post('/voterguides/agenda', { name_en: '' })).status).toBe(422)
  expect((await stranger.post(`/voterguides/agenda/${schools}`, { name_en: 'X' })).status).toBe(404)
  expect(await textOf(`/voterguides/${guide}`, { who: editor })).toContain('Changes not published yet')
  expect((await publish(guide, { reason_en: 'New order.' }, editor)).status).toBe(422)
  expect((await publish(guide, { reason_en: 'New order.' })).status).toBe(303)
  expect(isFirst(await textOf(open), '>Schools<', '>Housing<')).toBe(true)
})

test('another language of the organization has its texts, under headings that say what they are in', async () => {
  await world.database.owner.updateTable('organization').set({ languages: ['en', 'ko', 'vi'] }).where('organization_id', '=', organization_id).execute() // prettier-ignore
  const guide = await makeGuide()
  await publish(guide)
  const page = await textOf(`/g/${slug}/${guide}?lang=vi`)
  expect(page).toContain('Headings are in English on this page. Texts stand in Tiếng Việt where they are translated.')
  expect(page).toContain('<html lang="en">')
  expect(page).not.toContain('paper.pdf')
  expect((await everybody.get(`/g/${slug}/${guide}/guide.pdf?lang=vi`)).status).toBe(404)
  expect((await everybody.get(`/g/${slug}/${guide}/guide.pdf?lang=zh`)).status).toBe(200)
  expect(await textOf(`/g/${slug}/${guide}?lang=xx`)).not.toContain('Headings are in English')
})

test('an issue leaves the agenda only while no guide has it', async () => {
  const used = await makeGuide()
  const unused = await addIssue('Parks', '공원')
  expect(await textOf(`/voterguides/agenda/${housing}`, { who: editor })).toContain(`href="/voterguides/${used}"`)
  const refused = await editor.post(`/voterguides/agenda/${housing}/remove`, {})
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Guides have this issue')
  expect((await stranger.post(`/voterguides/agenda/${unused}/remove`, {})).status).toBe(404)
  expect((await editor.post(`/voterguides/agenda/${unused}/remove`, {})).status).toBe(303)
  expect((await agendaOf(db, organization_id)).map(({ issue_id }) => issue_id)).not.toContain(unused)
})

test('whoever changed anything since it was published does not publish it', async () => {
  const guide = await makeGuide()
  const second = world.as(ours.actor(['organizer']), all)
  expect((await second.post(`/voterguides/${guide}/edit`, { kind: 'nonpartisan', ...titles, cycle_id, 'contest_ids[]': String(contest_id), 'issue_ids[]': [housing] })).status).toBe(303) // prettier-ignore
  for (const who of [editor, second]) expect((await publish(guide, {}, who)).status).toBe(422)
  expect((await publish(guide)).status).toBe(303)
  expect((await second.post(`/voterguides/${guide}/edit`, { kind: 'nonpartisan', ...titles, cycle_id, 'contest_ids[]': String(contest_id), 'issue_ids[]': [housing, schools] })).status).toBe(303) // prettier-ignore
  expect((await publish(guide, { reason_en: 'Schools are back.' }, editor)).status).toBe(303)
})

test('one organizer takes a guide down with a reason, and publishing it anew brings it back', async () => {
  const guide = await makeGuide()
  const open = `/g/${slug}/${guide}`
  const down = (reason_en: string, who = editor) => who.post(`/voterguides/${guide}/withdraw`, { reason_en })
  expect((await down('Wrong.')).status).toBe(409)
  await publish(guide)
  expect((await down('')).status).toBe(422)
  expect((await down('Wrong.', reviewer)).status).toBe(403)
  expect((await down('Wrong.', stranger)).status).toBe(404)
  expect((await down('An answer stood at the wrong name.')).status).toBe(303)
  for (const path of ['', `/contests/${contest_id}`, '/guide.json', '/guide.csv', '/guide.pdf']) {
    const answer = await everybody.get(`${open}${path}`)
    expect(answer.status, path).toBe(410)
    const page = await answer.text()
    expect(page).toMatch(/withdrew this guide on [A-Za-z, ]*April 1, 2027/)
    expect(page).toContain('An answer stood at the wrong name.')
    expect(page).not.toContain('Only where children live.')
  }
  expect((await publish(guide, { reason_en: 'Checked.' })).status).toBe(303)
  expect(await textOf(open)).toContain('Checked.')
})

test('answers that are not public stay out, and those of a cycle go with it', async () => {
  const guide = await makeGuide()
  const cycle = found(await cycleById(db, organization_id, cycle_id))
  const rules = found(cycle.rules)
  const setParts = async (public_parts: typeof rules.public_parts): Promise<void> => {
    const changed = {
      name: cycle.name,
      intro: cycle.intro,
      rules: { ...rules, public_parts },
      reason: { en: 'Agreed.' },
    }
    expect(await saveRules(db, ours.organizer, cycle_id, changed, new Date('2027-02-02T17:00:00Z'))).toMatchObject({ ok: true }) // prettier-ignore
  }
  await setParts([])
  const refused = await take(guide)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('told candidates that their answers are not public')
  expect(await (await publish(guide)).text()).toContain('told candidates that their answers are not public')
  expect((await everybody.get(`/g/${slug}/${guide}`)).status).toBe(404)
  await setParts(rules.public_parts)
  expect((await publish(guide)).status).toBe(303)
  const without = { kind: 'nonpartisan', ...titles, cycle_id: '', 'contest_ids[]': String(contest_id), 'issue_ids[]': [housing, schools] } // prettier-ignore
  expect((await editor.post(`/voterguides/${guide}/edit`, without)).status).toBe(303)
  expect(await claimsOf(db, { organization_id, guide_id: guide })).toEqual([])
  expect(await mappingOf(db, { organization_id, guide_id: guide })).toEqual(new Map())
})

test('an endorsement is marked in the organization’s own guide alone, once it is announced', async () => {
  const slate = [{ contest_id, candidates: [{ candidate_id: seoyeon, name: 'Seoyeon Lee', names: {} }, { candidate_id: marcus, name: 'Marcus Bell', names: {} }] }] // prettier-ignore
  const at = new Date('2027-05-04T12:00:00Z')
  await db
    .insertInto('endorsement_vote')
    .values({ organization_id, cycle_id, rules_version: 1, slate: JSON.stringify(slate), seed: 's', as_of_on: '2027-05-01', made_by: 'Kim', made_at: at, counted_by: 'Kim', counted_at: at })
    .execute() // prettier-ignore
  const account = JSON.stringify({ winners: ['Seoyeon Lee'], has_no_quorum: false })
  await db
    .insertInto('endorsement_count')
    .values({ organization_id, cycle_id, contest_id, ballots: '', account })
    .execute()
  const marksOf = async (guide: string): Promise<number> => {
    const page = await textOf(`/g/${slug}/${guide}/contests/${contest_id}`)
    return page.split('Endorsed by our members').length - 1
  }
  const published = async (kind: string): Promise<string> => {
    const guide = await makeGuide(kind)
    expect((await publish(guide)).status).toBe(303)
    return guide
  }
  // The day it was planned for is not the announcement.
  world.installation.clock.set('2027-05-06T17:00:00Z')
  expect(await marksOf(await published('own'))).toBe(0)
  await db.insertInto('endorsement_announcement').values({ organization_id, cycle_id, announced_by: 'Kim', announced_at: at }).execute() // prettier-ignore
  const own = await makeGuide('own')
  const undecided = await publish(own)
  expect(undecided.status).toBe(422)
  expect(await undecided.text()).toContain('nobody decided yet who is named as paying')
  const nobody = { kind: 'own', ...titles, cycle_id, 'contest_ids[]': String(contest_id), 'issue_ids[]': [housing, schools], attribution_code: 'not_needed' } // prettier-ignore
  const unreasoned = await editor.post(`/voterguides/${own}/edit`, nobody)
  expect([unreasoned.status, await unreasoned.text()]).toEqual([422, expect.stringContaining('Say in a line why nobody has to be named')]) // prettier-ignore
  expect((await editor.post(`/voterguides/${own}/edit`, { ...nobody, attribution_more: 'Counsel of March 3: below the threshold.' })).status).toBe(303) // prettier-ignore
  expect((await publish(own)).status).toBe(303)
  expect(await marksOf(own)).toBe(1)
  expect(await marksOf(await published('nonpartisan'))).toBe(0)
  await db.insertInto('endorsement_revision').values({ organization_id, cycle_id, contest_id, candidate_id: seoyeon, reason: '{}', made_by: 'Kim', made_at: at }).execute() // prettier-ignore
  expect(await textOf(`/voterguides/${own}`, { who: editor })).toContain('marks somebody as endorsed')
  expect((await publish(own, { reason_en: 'The endorsement was withdrawn.' })).status).toBe(303)
  expect(await marksOf(own)).toBe(0)
  expect(await textOf(`/voterguides/${own}`, { who: editor })).not.toContain('marks somebody as endorsed')
  expect(await textOf('/voterguides/new', { who: editor })).toContain(
    '26 U.S.C. § 501(c)(3), checked Monday, November 23, 2026',
  )
})
