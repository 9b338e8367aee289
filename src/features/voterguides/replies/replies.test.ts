import { expect, test } from 'vitest'
import { csvRows } from '../../../platform/csv.ts'
import { found } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { publicGuideRoutes } from '../public-routes.tsx'
import { agendaOf } from '../queries.ts'
import { voterguideRoutes } from '../routes.tsx'
import { askCandidates, publishGuide } from '../testing.ts'
import { mailRowIn } from '../../../platform/mail/once.ts'
import { sendProofMailJob } from './jobs.ts'
import { proofPath } from './links.ts'
import { publicReplyRoutes } from './public-routes.tsx'
import { proofMailsOf, proofsOf } from './queries.ts'
import { replyRoutes } from './routes.tsx'
import { replyField } from './rules.ts'

const world = await makeWorld('2027-04-01T17:00:00Z')
const { ours, theirs, installation } = world
const { organization_id } = ours
const db = world.database.of(organization_id)
const asked = await askCandidates({ owner: world.database.owner, db, actor: ours.organizer })
const { marcus, seoyeon } = asked
const reviewerActor = ours.actor(['board'])
const guide_id = await publishGuide({ db, actor: ours.organizer, reviewer: reviewerActor, asked, now: installation.clock.now() }) // prettier-ignore
const all = [replyRoutes, publicReplyRoutes, voterguideRoutes, publicGuideRoutes]
const editor = world.as(ours.organizer, all)
const reviewer = world.as(reviewerActor, all)
const everybody = world.as(null, all)
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
const [housing, schools] = (await agendaOf(db, organization_id)).map(({ issue_id }) => issue_id)
const here = `/voterguides/${guide_id}`
const open = `/g/${slug}/${guide_id}/contests/${asked.contest_id}`

const textOf = async (path: string, who = everybody): Promise<string> => {
  const answer = await who.get(path, { cookie: 'language=en' })
  expect(answer.status, path).toBe(200)
  return answer.text()
}
const proofOf = async (candidate_id: number) => found((await proofsOf(db, { organization_id, guide_id })).find((each) => each.candidate_id === candidate_id)) // prettier-ignore
const linkOf = async (candidate_id: number) => proofPath(installation.secret, slug, await proofOf(candidate_id))
const make = (candidate_id: number) => editor.post(`${here}/replies/link`, { candidate: String(candidate_id), act: 'make' }) // prettier-ignore
const keyIn = (text: string): string => found(/name="key" value="([^"]+)"/.exec(text)?.[1])
async function send(candidate_id: number, texts: Record<string, string>, key?: string) {
  const path = await linkOf(candidate_id)
  return everybody.post(path, { key: key ?? keyIn(await textOf(path)), ...texts })
}
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&') // prettier-ignore
/** The form of translating as it stands open somewhere, hidden fields and all. */
async function opened(at: string): Promise<Record<string, string>> {
  const text = await textOf(at, editor)
  const hidden = text.matchAll(/<input type="hidden" name="(seen|seen_at|original)" value="([^"]*)"/g)
  return Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, unescaped(value)]))
}
async function publish(): Promise<Response> {
  const key = keyIn(await textOf(`${here}/preview`, reviewer))
  return reviewer.post(`${here}/publish`, { key, has_read: 'yes', reason_en: 'Replies of candidates' })
}

test('until a last day is said nobody replies', async () => {
  expect((await make(marcus)).status).toBe(303)
  expect(await textOf(await linkOf(marcus))).toContain('Replies are not taken yet.')
  expect((await editor.post(`${here}/replies`, { reply_until_on: '2027-04-20', reply_words_most: '10' })).status).toBe(422) // prettier-ignore
  expect((await editor.post(`${here}/replies`, { reply_until_on: '2027-04-20', reply_words_most: '20' })).status).toBe(303) // prettier-ignore
})

test('a candidate reads what will be printed of them, and nothing of the others', async () => {
  const page = await textOf(await linkOf(marcus))
  expect(page).toContain('What the guide will say of you, Marcus Bell')
  expect(page).toContain('Only where children live.')
  expect(page).toContain('Left this question open.')
  expect(page).not.toContain('Nobody should stand in court alone')
  expect(page).not.toContain('Seoyeon')
})

test.each([
  ['zh', '本指南將如何介紹您', '截止日期:2027 年 4 月 20 日(星期二)當天結束', '我已閱讀,送出'],
  ['es', 'Lo que la guía dirá de usted', 'Hasta el martes 20 de abril de 2027', 'Lo he leído, enviar'],
])('a candidate reads it in %s', async (language, ...says) => {
  const page = await (await everybody.get(`${await linkOf(marcus)}?lang=${language}`, { cookie: 'language=en' })).text()
  for (const each of says) expect(page).toContain(each)
})

test('for whom no address is known, the link is printed as a letter, and who printed it is kept', async () => {
  const letter = await editor.get(`${here}/replies/${marcus}/letter?language=ko`)
  expect([letter.status, letter.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const trail = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('action', '=', 'voter_guide.print_proof')
    .execute()
  expect(trail).toHaveLength(1)
  expect((await editor.get(`${here}/replies/${seoyeon}/letter`)).status).toBe(404)
})

test('a reply stands beside the texts and in the log once the guide is published anew', async () => {
  const long = 'word '.repeat(21)
  const refused = await send(marcus, { [replyField(found(housing))]: long })
  expect(refused.status).toBe(422)
  const again = await refused.text()
  expect(again).toContain('This is longer than 20 words (50 syllables in Korean)')
  // Said where the page begins, too: on a phone the field is far below.
  expect(again.indexOf('This was not sent')).toBeGreaterThan(0)
  const [before_texts = ''] = again.split('We asked')
  expect(before_texts).toContain(`href="#${replyField(found(housing))}"`)
  const words = 'I also asked for <b>one</b> for every elder.'
  expect((await send(marcus, { [replyField(found(housing))]: words, [replyField(found(schools))]: '' })).status).toBe(303) // prettier-ignore
  expect(await textOf(await linkOf(marcus))).toContain('Your replies stand in the guide as soon as it is published')
  expect(await textOf(open)).not.toContain('for every elder')
  expect(await textOf(`${here}/replies`, editor)).toContain('I also asked for')
  expect((await publish()).status).toBe(303)
  const page = await textOf(open)
  expect(page).toContain('The candidate replies')
  expect(page).toContain('I also asked for &lt;b&gt;one&lt;/b&gt; for every elder.')
  const front = await textOf(`/g/${slug}/${guide_id}`)
  expect(front).toContain('Marcus Bell · Housing: the candidate replied')
  expect(front).toContain('Replies of candidates')
  const csv = await (await everybody.get(`/g/${slug}/${guide_id}/guide.csv`)).text()
  const rows = [...csvRows(csv)]
  expect(rows.some((row) => row.includes('reply') && row.includes(words))).toBe(true)
  const json = (await (await everybody.get(`/g/${slug}/${guide_id}/guide.json`)).json()) as { contests: { replies: unknown[] }[] } // prettier-ignore
  expect(json.contests[0]?.replies).toHaveLength(1)
})

test('what the organization translates stands beside the candidate’s own words, which it cannot change', async () => {
  const at = `${here}/replies/${marcus}/${housing}`
  expect((await editor.post(at, { ...(await opened(at)), text_ko: '어르신 모두에게도 필요하다고 했습니다.', text_en: 'Something else' })).status).toBe(303) // prettier-ignore
  expect((await publish()).status).toBe(303)
  const page = await textOf(`${open}?lang=ko`)
  expect(page).toContain('어르신 모두에게도 필요하다고 했습니다.')
  expect(page).toContain('for every elder.')
  expect(await textOf(open)).not.toContain('Something else')
})

test('a reply that is not printed leaves its reason for everybody', async () => {
  const at = `${here}/replies/${marcus}/${housing}`
  expect((await editor.post(at, { ...(await opened(at)), withheld_en: 'It names a private person.' })).status).toBe(303)
  expect((await publish()).status).toBe(303)
  const page = await textOf(open)
  expect(page).toContain('does not print the reply')
  expect(page).toContain('It names a private person.')
  expect(page).not.toContain('for every elder')
  expect(await (await everybody.get(`/g/${slug}/${guide_id}/guide.json`)).text()).not.toContain('for every elder')
  expect((await editor.post(at, await opened(at))).status).toBe(303)
})

test('a reply that changed while it was translated is translated or withheld by nobody who did not read it', async () => {
  const at = `${here}/replies/${marcus}/${housing}`
  const form = await opened(at)
  const field = replyField(found(housing))
  expect((await send(marcus, { [field]: 'I asked for every tenant.' })).status).toBe(303)
  const refused = await editor.post(at, { ...form, text_ko: '모든 어르신', withheld_en: 'It names a private person.' })
  expect(refused.status).toBe(409)
  const page = await refused.text()
  expect(page).toContain('The candidate changed this reply since you opened it')
  expect(page).toContain('I asked for every tenant.')
  expect(page).toMatch(/What you had read[^]*for every elder/)
  expect(page).toContain('모든 어르신')
  // A program that says nothing of what it read.
  expect((await editor.post(at, { text_ko: '모든 어르신' })).status).toBe(422)
  expect((await editor.post(at, { text_ko: '모든 어르신', original: form.original ?? '' })).status).toBe(409)
  const [reply] = await db.selectFrom('voter_guide_reply').selectAll().where('candidate_id', '=', marcus).execute()
  expect(reply).toMatchObject({ text: { en: 'I asked for every tenant.' }, withheld: null })
  expect((await editor.post(at, { ...(await opened(at)), text_ko: '모든 세입자' })).status).toBe(303)
  const held = await opened(at)
  expect((await send(marcus, { [field]: '' })).status).toBe(303)
  const gone = await editor.post(at, { ...held, text_ko: '모든 세입자' })
  expect(gone.status).toBe(422)
  expect(await gone.text()).toContain('The candidate took this reply back meanwhile')
})

test('what changed while they wrote is read again, with what they typed still there', async () => {
  expect((await make(seoyeon)).status).toBe(303)
  const key = keyIn(await textOf(await linkOf(seoyeon)))
  const { claim_id } = await db.selectFrom('voter_guide_claim').select('claim_id').where('candidate_id', '=', seoyeon).where('issue_id', '=', found(housing)).executeTakeFirstOrThrow() // prettier-ignore
  expect((await editor.post(`${here}/claims/${claim_id}`, { original_language: 'en', text_en: 'Nobody should stand in court alone.' })).status).toBe(303) // prettier-ignore
  const refused = await send(seoyeon, { [replyField(found(housing))]: 'Paid for by the state.' }, key)
  expect(refused.status).toBe(409)
  const text = await refused.text()
  expect(text).toContain('Paid for by the state.')
  expect((await send(seoyeon, {})).status).toBe(303)
  expect(await textOf(`${here}/replies`, editor)).toContain('Read it, no reply')
  expect((await editor.post(`${here}/claims/${claim_id}`, { original_language: 'en', text_en: 'Nobody alone.' })).status).toBe(303) // prettier-ignore
  expect(await textOf(`${here}/replies`, editor)).toContain('changed since they read it')
  // They had replied: whoever publishes reads it.
  await send(seoyeon, { [replyField(found(housing))]: 'Paid for by the state.' })
  expect(await textOf(`${here}/preview`, editor)).not.toContain('changed after they replied')
  expect((await editor.post(`${here}/claims/${claim_id}`, { original_language: 'en', text_en: 'Alone in court: nobody.' })).status).toBe(303) // prettier-ignore
  expect(await textOf(`${here}/preview`, editor)).toContain('changed after they replied: Seoyeon Lee')
})

test('a link that was taken back, replaced or guessed opens nothing', async () => {
  const first = await linkOf(seoyeon)
  expect((await everybody.get(first.slice(0, -1) + (first.endsWith('A') ? 'B' : 'A'))).status).toBe(404)
  const ofMarcus = (await linkOf(marcus)).split('/').at(-1)
  expect((await everybody.get(first.replace(/[^/]+$/, ofMarcus ?? ''))).status).toBe(404)
  const key = keyIn(await textOf(first))
  await make(seoyeon)
  const ended = await everybody.get(`${first}?lang=zh`)
  expect(ended.status).toBe(404)
  expect(ended.headers.get('cache-control')).toContain('no-store')
  expect(await ended.text()).toContain('此連結已失效')
  expect((await everybody.post(first, { key })).status).toBe(404)
  const second = await linkOf(seoyeon)
  await editor.post(`${here}/replies/link`, { candidate: String(seoyeon), act: 'revoke' })
  expect((await everybody.get(second)).status).toBe(404)
  expect((await world.as(theirs.organizer, all).get(`${here}/replies`)).status).toBe(404)
})

test('a campaign is mailed its link once, however often it is pressed or a process ends half-way', async () => {
  await db.updateTable('endorsement_invitation').set({ email: 'marcus@example.org', language: 'ko' }).where('candidate_id', '=', marcus).execute() // prettier-ignore
  const page = await textOf(`${here}/replies`, editor)
  expect(page).toMatch(new RegExp(`name="language_${marcus}"[^>]*>(<option value="(?!ko)[^>]*>[^<]*</option>)*<option[^>]*value="ko"[^>]*selected=""|name="language_${marcus}"[^]{0,200}selected="" value="ko"`)) // prettier-ignore
  const mail = { candidate: String(marcus), [`email_${marcus}`]: 'marcus@example.org', [`language_${marcus}`]: 'ko' }
  expect((await editor.post(`${here}/replies/mail`, mail)).status).toBe(303)
  expect((await editor.post(`${here}/replies/mail`, mail)).status).toBe(422)
  const row = found((await proofMailsOf(db, { organization_id, guide_id }))[0])
  const run = () => sendProofMailJob.run({ organization_id, mail_id: row.mail_id }, { installation, signal: new AbortController().signal }) // prettier-ignore
  await Promise.all([run(), run(), run()])
  const sent = () => world.mails.filter(({ to }) => to === 'marcus@example.org')
  expect(sent()).toHaveLength(1)
  expect(sent()[0]?.text).toContain(`${await linkOf(marcus)}?lang=ko`)
  // Killed after it was handed over: nobody knows, and it does not go out again.
  await db.updateTable('voter_guide_proof_mail').set({ sent_at: null }).where('mail_id', '=', row.mail_id).execute()
  await run()
  expect(sent()).toHaveLength(1)
  expect(await textOf(`${here}/replies`, editor)).toContain('nobody knows whether it arrived')
  // Where nothing went out it is tried again.
  await mailRowIn(db, 'voter_guide_proof_mail', row, () => installation.clock.now()).giveBack()
  await run()
  expect(sent()).toHaveLength(2)
  // One with a link that was replaced before it went out never goes out, and is not waited for.
  const late = { candidate: String(seoyeon), [`email_${seoyeon}`]: 'late@example.org', [`language_${seoyeon}`]: 'en' }
  expect((await editor.post(`${here}/replies/mail`, late)).status).toBe(303)
  expect(await textOf(`${here}/replies`, editor)).toContain('Waiting to be sent to late@example.org')
  await make(seoyeon)
  expect(await textOf(`${here}/replies`, editor)).toContain('Not sent to late@example.org')
})

test('after the last day nothing is taken any more', async () => {
  const path = await linkOf(marcus)
  const key = keyIn(await textOf(path))
  installation.clock.set('2027-04-21T03:59:00Z')
  expect((await everybody.post(path, { key, [replyField(found(housing))]: 'Late, but in time.' })).status).toBe(303)
  installation.clock.set('2027-04-21T04:01:00Z')
  expect(await textOf(path)).toContain('The last day to reply was')
  expect((await everybody.post(path, { key: 'x', [replyField(found(housing))]: 'Too late.' })).status).toBe(410)
})
