import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, recordConsent } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { enterApplication, makeCohort } from '../cohorts/commands.ts'
import { exampleCriteria } from '../cohorts/criteria.ts'
import { sendNewsJob } from './jobs.ts'

const world = await makeWorld()
const { organizer } = world.ours
const { clock } = world.installation
const db = world.database.of(organizer.organization_id)
const us = world.as(organizer, routes)

async function applicant(last_name: string, emails: string[]): Promise<{ person_id: string; application_id: string }> {
  const facts = PersonForm.parse({ first_name: 'Sora', last_name, name_hangul: '백소라', language: 'ko' })
  const { person_id } = await createPerson(db, organizer, { ...facts, phones: [], emails }, 'test')
  const applied = await enterApplication(db, organizer, cohort_id, { who: person_id, said: null }, '2026-11-20', clock.now()) // prettier-ignore
  if (!applied.ok) throw new Error(applied.problem)
  const { application_id } = await db.selectFrom('cohort_application').select('application_id').where('person_id', '=', person_id).executeTakeFirstOrThrow() // prettier-ignore
  return { person_id, application_id }
}
const cohort_id = await makeCohort(db, organizer, { name: { en: 'Forum', ko: '리더십 포럼' }, seats: 5, starts_on: '2026-12-01', ends_on: '2027-03-31', form_id: null, criteria: [...exampleCriteria] }, clock.now()) // prettier-ignore

/** What whoever decided reads then. */
async function decided(application_id: string, state: string): Promise<string> {
  const answer = await us.post(`/leadership/applications/${application_id}/decide`, { state, why: '' })
  expect(answer.status).toBe(303)
  return (await us.get(answer.headers.get('location') ?? '')).text()
}

test('who is accepted into a cohort hears of it in their language; who has no mailbox is told by whoever decided', async () => {
  const sora = await applicant('Baek', ['sora@example.org'])
  expect(await decided(sora.application_id, 'accepted')).toContain('A mail tells')
  await workOff(world, [sendNewsJob])
  expect(world.mails.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: 'sora@example.org', subject: '선발되셨습니다: 리더십 포럼' },
  ])
  expect(world.mails[0]?.text).toMatch(/백소라 님[^]*2026년 12월 1일\(화\)[^]*플러싱 시민행동/)
  // Accepted already: nobody is told twice.
  expect(await decided(sora.application_id, 'accepted')).not.toContain('A mail tells')

  const without = await applicant('Noh', [])
  expect(await decided(without.application_id, 'accepted')).toContain('does not know yet')
  const stopped = await applicant('Bong', ['bong@example.org'])
  await recordConsent(db, organizer, stopped.person_id, { channel: 'email', is_given: false, evidence: 'by mail' })
  // They asked for it by applying: answered also after an opt-out (docs/privacy.md).
  expect(await decided(stopped.application_id, 'accepted')).toContain('A mail tells')
  const refused = await applicant('Gil', ['gil@example.org'])
  expect(await decided(refused.application_id, 'declined')).toContain('No mail goes out for this decision')
  await workOff(world, [sendNewsJob])
  expect(world.mails.map(({ to }) => to)).toEqual(['sora@example.org', 'bong@example.org'])
})
