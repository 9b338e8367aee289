import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { answersPath } from '../src/features/endorsements/answers/links.ts'
import { fieldOf } from '../src/features/endorsements/answers/rules.ts'
import { makeProof, offerReplies } from '../src/features/voterguides/replies/commands.ts'
import { proofPath } from '../src/features/voterguides/replies/links.ts'
import { askCandidates, publishGuide } from '../src/features/voterguides/testing.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld('2027-02-03T17:00:00Z')
const site = await openSite(world, buildApp)
const { organizer, organization_id } = world.ours
const { secret, clock } = world.installation
const { owner } = world.database
const db = world.database.of(organization_id)
const asked = await askCandidates({ owner, db, actor: organizer })
const { ana, marcus } = asked
const invitation = await db.selectFrom('endorsement_invitation').selectAll().where('candidate_id', '=', ana).executeTakeFirstOrThrow() // prettier-ignore
const answers = answersPath(secret, 'ours', invitation)
const guide_id = await publishGuide({ db, actor: organizer, reviewer: world.ours.actor(['board']), asked, now: clock.now() }) // prettier-ignore

const readers = (['ko', 'en'] as const).flatMap((language) => [360, 1280].map((width) => ({ language, width })))
const words = {
  ko: { saved: '저장했습니다', receipt: 'SHA-256', reply: '읽었습니다. 보내기', received: '에 받았습니다' },
  en: { saved: 'Saved', receipt: 'SHA-256', reply: 'I have read this, send', received: 'Received on' },
} as const // prettier-ignore

test.each(readers)('a candidate answers in two sittings and signs, without a script ($language, $width px)', { timeout: 120_000 }, async ({ language, width }) => {
  const { housing, schools } = asked.asked
  // As it was before anybody answered.
  for (const table of ['endorsement_submission', 'endorsement_draft'] as const)
    await owner.deleteFrom(table).where('invitation_id', '=', invitation.invitation_id).execute()
  const first = await site.page({ language, width, javaScript: false })
  await first.goto(`${answers}?lang=${language}`)
  await expectNoSidewaysScroll(first)
  await first.locator(`[name="${fieldOf(housing, 'choice')}"][value="yes"]`).check()
  await first.locator(`[name="${fieldOf(housing, 'text')}"]`).fill('모든 세입자에게 변호사를 지원하겠습니다.')
  await first.locator('button[value=save]').click()
  expect(await first.locator('main').innerText()).toContain(words[language].saved)
  await first.context().close()

  const second = await site.page({ language, width, javaScript: false })
  await second.goto(`${answers}?lang=${language}`)
  expect(await second.locator(`[name="${fieldOf(housing, 'choice')}"][value="yes"]`).isChecked()).toBe(true)
  expect(await second.locator(`[name="${fieldOf(housing, 'text')}"]`).inputValue()).toBe('모든 세입자에게 변호사를 지원하겠습니다.')
  await second.locator(`[name="${fieldOf(schools, 'text')}"]`).fill('Interpreters in every school.')
  // Not signed yet: nothing is sent, and nothing is lost.
  await second.locator('button[value=sign]').click()
  expect(await second.locator(`[name="${fieldOf(schools, 'text')}"]`).inputValue()).toBe('Interpreters in every school.')
  await expectNoSidewaysScroll(second)
  await second.locator('[name=signed_by]').fill('Ana Ruiz')
  await second.locator('[name=i_sign]').check()
  await second.locator('button[value=sign]').click()
  const receipt = await second.locator('main').innerText()
  expect(receipt).toContain(words[language].receipt)
  expect(receipt).toContain('Interpreters in every school.')
  expect(await second.locator('button[value=sign]').count()).toBe(0)
  await expectNoSidewaysScroll(second)

  const looked = await site.page({ language, width })
  await looked.goto(`${answers}?lang=${language}`)
  await expectNoAxeProblems(looked)
  await looked.goto(`${answers}?lang=${language}&amend=1`)
  await expectNoAxeProblems(looked)
}) // prettier-ignore

test.each(readers)('a candidate reads what a guide says of them and replies, without a script ($language, $width px)', { timeout: 120_000 }, async ({ language, width }) => {
  const today = '2027-02-03'
  await offerReplies(db, organizer, guide_id, { reply_until_on: '2027-02-20', reply_words_most: 100 })
  const proof = await makeProof(db, organizer, guide_id, marcus, { now: clock.now(), today, time_zone: 'America/New_York' })
  const path = proofPath(secret, 'ours', proof)
  const page = await site.page({ language, width, javaScript: false })
  await page.goto(`${path}?lang=${language}`)
  await expectNoSidewaysScroll(page)
  await page.locator('textarea').first().fill(`어르신이 사는 집에도 필요합니다. ${width}`)
  await page.getByRole('button', { name: words[language].reply }).click()
  expect(await page.locator('main').innerText()).toContain(words[language].received)
  expect(await page.locator('textarea').first().inputValue()).toBe(`어르신이 사는 집에도 필요합니다. ${width}`)
  await expectNoSidewaysScroll(page)

  const looked = await site.page({ language, width })
  await looked.goto(`${path}?lang=${language}`)
  await expectNoAxeProblems(looked)
  const editor = await site.page({ actor: organizer, language, width })
  await editor.goto(`/voterguides/${guide_id}/replies`)
  expect(await editor.locator('main').innerText()).toContain(`어르신이 사는 집에도 필요합니다. ${width}`)
  await expectNoSidewaysScroll(editor)
  await expectNoAxeProblems(editor)
}) // prettier-ignore
