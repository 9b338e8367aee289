import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '../platform/actor.ts'
import type { Db } from '../platform/db/db.ts'
import { inTransaction } from '../platform/db/db.ts'
import { found } from '../platform/errors.ts'
import { translator } from '../platform/i18n/messages.ts'
import type { World } from '../platform/testing/world.ts'
import { addPerson, changeEvent, createEvent } from '../features/events/commands.ts'
import { saveKind } from '../features/events/kind-commands.ts'
import { propose, saveHosting } from '../features/events/hosting/commands.ts'
import { Sent as ProposedEvent } from '../features/events/hosting/schema.ts'
import { feedPath, proposalPath, signupPath } from '../features/events/links.ts'
import { eventById, shiftsOf, signupById } from '../features/events/queries.ts'
import { addPartner } from '../features/events/partners/commands.ts'
import { PartnerForm } from '../features/events/partners/schema.ts'
import { nameGuest } from '../features/events/parts/commands.ts'
import { addItem } from '../features/events/program/commands.ts'
import { askPanel } from '../features/events/questions/commands.ts'
import { makeMotion } from '../features/events/meetings/commands.ts'
import { MotionForm } from '../features/events/meetings/schema.ts'
import { makeEventSheet, typeEventLine } from '../features/events/sheets/commands.ts'
import { addDiscount, saveTicketKind } from '../features/events/orders/commands.ts'
import { sellingOf } from '../features/events/orders/queries.ts'
import { DiscountForm, TicketKindForm } from '../features/events/orders/schema.ts'
import { makeCampaign } from '../features/campaigns/commands.ts'
import { linkPart } from '../features/campaigns/parts/commands.ts'
import { proposeContribution } from '../features/contributions/commands.ts'
import { addCandidate, saveContest, saveElection } from '../features/elections/contests/commands.ts'
import { ContestForm, ElectionForm, NewCandidateForm } from '../features/elections/contests/schema.ts'
import { setPhoto } from '../features/elections/figures/commands.ts'
import { lookAtContests } from '../features/elections/imports/commands.ts'
import { keepImport } from '../features/elections/imports/kept.ts'
import { PhotoForm } from '../features/elections/figures/schema.ts'
import { inviteCandidate, signAnswers } from '../features/endorsements/answers/commands.ts'
import { answersPath } from '../features/endorsements/answers/links.ts'
import { invitationById } from '../features/endorsements/answers/queries.ts'
import { fieldOf } from '../features/endorsements/answers/rules.ts'
import { makeCredential } from '../features/endorsements/ballots/links.ts'
import { makeRoll } from '../features/endorsements/ballots/roll-commands.ts'
import { makeCycle, openCycle, saveRules } from '../features/endorsements/cycles/commands.ts'
import { cycleById } from '../features/endorsements/cycles/queries.ts'
import { RulesForm } from '../features/endorsements/cycles/schema.ts'
import { keepFile } from '../features/endorsements/files/commands.ts'
import { saveQuestion } from '../features/endorsements/questions/commands.ts'
import { questionsOf } from '../features/endorsements/questions/queries.ts'
import { readerPath } from '../features/mailings/stopping/links.ts'
import { makeJourney } from '../features/mailings/journeys/commands.ts'
import { stepsOf as journeySteps } from '../features/mailings/journeys/queries.ts'
import { makeMailing } from '../features/mailings/commands.ts'
import { bringFile } from '../features/postal/checked/commands.ts'
import { readNcoa } from '../features/postal/checked/rules.ts'
import { codesOf, giveCodes } from '../features/postal/answers/codes.ts'
import { saveAnswerPage } from '../features/postal/answers/commands.ts'
import { dropById } from '../features/postal/drops/queries.ts'
import { freezeDrop, makeDrop } from '../features/postal/drops/commands.ts'
import { countedPath, picturePath } from '../features/mailings/counting/links.ts'
import { keepLook } from '../features/mailings/look/commands.ts'
import { makeTopic } from '../features/mailings/topics/commands.ts'
import { askToConfirm } from '../features/mailings/newsletter/commands.ts'
import { confirmPath } from '../features/mailings/newsletter/links.ts'
import { SignupSaid } from '../features/mailings/newsletter/schema.ts'
import { keepTemplate } from '../features/mailings/writing/commands.ts'
import { makeGuide, publish, saveGuide, saveIssue, takeAnswers } from '../features/voterguides/commands.ts'
import { claimsOf, contentOf, guideById } from '../features/voterguides/queries.ts'
import { mailProof, makeProof, offerReplies, reply } from '../features/voterguides/replies/commands.ts'
import { proofPath } from '../features/voterguides/replies/links.ts'
import { keyOfPart, partOf } from '../features/voterguides/replies/rules.ts'
import { keyOf } from '../features/voterguides/rules.ts'
import { createForm, receiveResponse } from '../features/forms/commands.ts'
import { fileAnswer } from '../features/forms/files.ts'
import { formById, formVersion } from '../features/forms/queries.ts'
import { starterContent } from '../features/forms/starters.ts'
import { importBank } from '../features/ledger/bank/commands.ts'
import { settleDues } from '../features/ledger/commands.ts'
import { describeHousehold } from '../features/people/households/commands.ts'
import { mergePeople } from '../features/people/merge/commands.ts'
import { addNamedVoters } from '../features/people/testing.ts'
import { LineForm } from '../features/people/sheets/schema.ts'
import { makeSheet } from '../features/phonebanks/paper/commands.ts'
import { heldPath } from './privacy/links.ts'
import { addTestCaller, callAround, makeBank } from '../features/phonebanks/testing.ts'
import { saveUniverse } from '../features/targeting/commands.ts'

/* An organization with one of everything, and what each part of an address stands for in it. */

/** By the parameter's name, or with the words before it where one name stands for several things. */
export type Things = Readonly<Record<string, string>>

const voters = [1, 2, 3, 4, 5, 6]

export async function fillOrganization(world: World, organizer: Actor, first_voter: number): Promise<Things> {
  const { installation, database } = world
  const { organization_id } = organizer
  const db = database.of(organization_id)
  const now = installation.clock.now()
  const ours = voters.map((each) => first_voter + each)
  await addNamedVoters(
    database.owner,
    ours.map((voter_id) => ({
      voter_id,
      last_name: 'Kim',
      first_name: `Min-jun ${voter_id}`,
      phones: [`+1718555${String(voter_id).padStart(4, '0')}`],
    })),
  )
  const bank = await makeBank(world, organizer, ours)
  await callAround(await addTestCaller(world, organizer, bank), 3)
  const onPaper = await makeSheet(
    db,
    organizer,
    bank.phone_bank_id,
    { count: 1, languages: ['en', 'ko'], purpose: 'an evening' },
    now,
  )
  if (!onPaper.ok) throw new Error(onPaper.problem)
  const saved = await saveUniverse(db, organizer, { name: 'Active voters', expression: 'status:active', note: null }, now, '2026-11-23') // prettier-ignore
  if (!saved.ok) throw new Error('the universe was not saved')
  const { universe_id } = saved
  const { caller_id, attempt_id, voter_id } = await db
    .selectFrom('contact_attempt')
    .select(['caller_id', 'attempt_id', 'voter_id'])
    .where('voter_id', 'is not', null)
    .orderBy('voter_id')
    .orderBy('recorded_at', 'desc')
    .executeTakeFirstOrThrow()

  const { kind: form_kind, content } = found(starterContent('petition', ['en', 'ko']))
  const { form_id } = await createForm(db, organizer, { name: 'Petition', kind: form_kind, content }, now)
  const said = {
    first_name: 'Hana', last_name: 'Oh', name_hangul: null, email: 'hana@example.org', phone: null, address: '1 Main St', city: null, zip5: '11354',
    language: null,
  } // prettier-ignore
  const { response_id } = await receiveResponse(
    db,
    organizer,
    {
      form: found(await formById(db, organization_id, form_id)),
      version: found(await formVersion(db, organization_id, form_id)),
    },
    {
      response_id: randomUUID(),
      response: { said, answers: {}, files: {}, consents: [], help: [], shown_as: 'full' },
      language: 'en',
      source: 'web',
    },
    now,
  )

  await db
    .insertInto('form_file')
    .values({
      organization_id,
      response_id,
      question: 'photo',
      name: 'me.jpg',
      kind: 'jpeg',
      sha256: '00',
      bytes: 3,
      content: Buffer.from([0xff, 0xd8, 0xff]),
    })
    .execute()

  const owner = await database.ownerPool.connect()
  const add = async (table: string, row: Record<string, unknown>): Promise<void> => {
    const names = ['organization_id', ...Object.keys(row)]
    await owner.query(`insert into ${table} (${names.join()}) values (${names.map((_, at) => `$${at + 1}`).join()})`, [
      organization_id,
      ...Object.values(row),
    ])
  }
  const id = (): string => randomUUID()
  const field = `occupation_${first_voter}`
  const resultCode = `voted_early_${first_voter}`
  const memberKind = `friend_${first_voter}`
  const by = { name: organizer.name, at: now }
  const things = {
    person: id(), other: id(), member: id(), invitation: id(), token: id(), webhook: id(), note: id(), membership: id(),
    relationship: id(), mark: id(), suppression_list: id(), dues: id(), entry: id(), application: id(), checkout: id(), import: id(), spreadsheet: id(), upload: id(), export: id(), follow_up: id(),
    rung: id(), stage: id(), account: id(), task: id(), one_on_one: id(), role: id(), training: id(), passed: id(),
    mentoring: id(), delegation: id(), cohort: id(), body: id(), office: id(), sign_in: id(), photo: id(), tagging: id(), session: id(), milestone: id(), material: id(), rule: id(), case_kind: id(), help_case: id(),
  } // prettier-ignore
  const merged = [id(), id()] as const
  const [first, second] = [things.person, things.other].toSorted() as [string, string]
  try {
    for (const person_id of [things.person, things.other, ...merged])
      await add('person', { person_id, first_name: 'Grace', last_name: 'Park' })
    await owner.query(`insert into auth."user" (id, name, email, "emailVerified") values ($1, 'Dan Yoon', $2, true)`, [
      things.member,
      `${things.member}@example.org`,
    ])
    await add('member', { user_id: things.member, display_name: 'Dan Yoon', roles: ['host'] })
    await add('invitation', {
      invitation_id: things.invitation, token_hash: hash(things.invitation), roles: ['host'], invited_by: things.member, expires_at: '2026-12-23',
    }) // prettier-ignore
    await add('api_token', { token_id: things.token, name: 'Sheets', token_hash: hash(things.token), ending: 'abcd', scopes: ['people.read'], created_by: by.name }) // prettier-ignore
    await add('webhook', { webhook_id: things.webhook, url: 'https://example.org/told', events: ['contact.recorded'], secret: 'made up', created_by: by.name }) // prettier-ignore
    await add('note', { note_id: things.note, person_id: things.person, body: 'likes tea', written_by: by.name })
    await add('membership', { membership_id: things.membership, person_id: things.person, kind: 'regular', standing: 'active', from_on: '2026-01-01', recorded_by: by.name }) // prettier-ignore
    await add('membership_kind', {
      kind: memberKind,
      name: { en: 'Friend', ko: '후원 회원' },
      dues_cents: 3000,
      position: 9,
    })
    await add('dues', { dues_id: things.dues, person_id: things.person, kind: memberKind, from_on: '2025-01-01', until_on: '2025-12-31', how: 'waived', amount_cents: 0, grace_days: 30, awaits_approval: false, paid_on: '2025-01-01', recorded_by: by.name }) // prettier-ignore
    await add('membership_application', { application_id: things.application, person_id: things.other, kind: memberKind, language: 'en', said: { first_name: 'Grace' }, how: 'made', state: 'waiting', received_at: by.at }) // prettier-ignore
    await add('card_checkout', { checkout_id: things.checkout, person_id: things.other, kind: memberKind, amount_cents: 3000, opened_at: by.at, state: 'held', problem: 'amount', payment_intent: `pi_${things.checkout}` }) // prettier-ignore
    await add('card_event', { event_id: `evt_${first_voter}`, type: 'charge.refunded', received_at: by.at, state: 'failed', payment_intent: `pi_${things.checkout}`, refunded_cents: 100, on_date: '2026-10-01' }) // prettier-ignore
    await add('sign_in_sheet', { sheet_id: things.sign_in, number: first_voter, title: 'Roundtable', held_on: '2026-11-20', lines: 14, made_by: by.name, made_at: by.at }) // prettier-ignore
    await add('sign_in_line', { sheet_id: things.sign_in, line: 1, person_id: things.person, said: { first_name: 'Grace', last_name: 'Park', name_hangul: null, phone: null, email: null, language: 'en', consents: ['phone'], not_counted: [] }, how: 'joined', typed_by: by.name, typed_at: by.at }) // prettier-ignore
    await add('sign_in_photo', { photo_id: things.photo, sheet_id: things.sign_in, type: 'image/png', content: dot, added_by: by.name, added_at: by.at }) // prettier-ignore
    await add('relationship', { relationship_id: things.relationship, person_id: things.person, other_person_id: things.other, kind: 'sibling' }) // prettier-ignore
    await add('suppression_list', { list_id: things.suppression_list, name: 'Old service', counts: { phones: 0, emails: 1, hashes: 0, rejected: 0 }, imported_by: by.name, imported_at: by.at }) // prettier-ignore
    await add('suppression', { suppression_id: things.mark, voter_id, person_id: things.person, reason: 'moved', marked_by: by.name }) // prettier-ignore
    await add('person_pair', { person_a: first, person_b: second, score: 0.9, evidence: '[]' })
    await add('person_import', {
      import_id: things.spreadsheet, name: 'members.csv', path: 'nowhere', state: 'failed', imported_by: by.name,
      mapping: { headers: '["name"]', columns: ['name'], overwrite: false, add_unsure: false },
    }) // prettier-ignore
    await add('tagging', { tagging_id: things.tagging, tag: 'volunteer', expression: 'member:good', people: [things.person], made_by: by.name, made_at: by.at }) // prettier-ignore
    await add('custom_field', { key: field, label: { en: 'Occupation' }, kind: 'text' })
    await add('universe_export', {
      export_id: things.export, universe_id, name: 'Active voters', expression: 'status:active', layout: 'own', columns: [], channel: 'none',
      purpose: 'a walk', law_accepted_at: by.at, language: 'en', state: 'expired', requested_by: by.name, requested_at: by.at, finished_at: by.at,
    }) // prettier-ignore
    await add('result_code', { code: resultCode, name: { en: 'Voted early', ko: '조기투표 함' }, counts_as: 'refused', made_at: by.at, made_by: by.name }) // prettier-ignore
    await add('follow_up', { follow_up_id: things.follow_up, kind: 'ride', voter_id, phone_bank_id: bank.phone_bank_id, attempt_id, caller_id, made_by: by.name, made_at: by.at }) // prettier-ignore
    const person_id = things.person
    await add('rung', { rung_id: things.rung, position: 1, name: { en: 'Volunteer', ko: '봉사자' } })
    await add('person_stage', { stage_id: things.stage, person_id, rung_id: things.rung, from_on: '2026-10-01', reason: 'came twice', set_by: by.name, set_at: by.at }) // prettier-ignore
    await add('person_account', { person_account_id: things.account, person_id, user_id: things.member, joined_by: by.name }) // prettier-ignore
    await add('help_case_kind', { kind_id: things.case_kind, name: { en: 'Leases' }, milestones: '[{"name":{"en":"Read the lease"},"days":3}]', made_by: by.name, made_at: by.at }) // prettier-ignore
    await add('help_case', { case_id: things.help_case, kind_id: things.case_kind, person_id, title: 'Lease renewal', opened_on: '2026-11-01', made_by: by.name, made_at: by.at }) // prettier-ignore
    await add('task', { task_id: things.task, kind: 'next_step', person_id, title: 'Host an evening', owner_id: things.member, due_on: '2026-11-30', made_by: by.name, made_at: by.at }) // prettier-ignore
    await add('one_on_one', { one_on_one_id: things.one_on_one, person_id, met_on: '2026-11-01', writer_id: things.member, writer: 'Dan Yoon', written_at: by.at }) // prettier-ignore
    await add('one_on_one_note', { one_on_one_id: things.one_on_one, body: 'between the two' })
    await add('person_role', { role_id: things.role, person_id, name: 'Chair', from_on: '2026-01-01', recorded_by: by.name, recorded_at: by.at }) // prettier-ignore
    await add('body', {
      body_id: things.body,
      kind: 'committee',
      name: { en: 'Housing', ko: '주거위원회' },
      made_by: by.name,
      made_at: by.at,
    })
    await add('body_office', {
      office_id: things.office,
      body_id: things.body,
      name: { en: 'Chair', ko: '위원장' },
      seats: 1,
      position: 1,
    })
    await add('training', { training_id: things.training, name: { en: 'Hosting', ko: '진행 교육' } })
    await add('training_passed', { passed_id: things.passed, person_id, training_id: things.training, passed_on: '2026-10-05', recorded_by: by.name, recorded_at: by.at }) // prettier-ignore
    await add('mentoring', { mentoring_id: things.mentoring, from_on: '2026-10-01', recorded_by: by.name, recorded_at: by.at }) // prettier-ignore
    await add('mentoring_person', { mentoring_id: things.mentoring, side: 'mentee', person_id })
    await add('mentoring_person', { mentoring_id: things.mentoring, side: 'mentor', person_id: things.other })
    await add('delegation', { delegation_id: things.delegation, user_id: things.member, what: 'host_phone_banks', from_on: '2026-10-01', until_on: '2027-03-31', granted_by: by.name, granted_at: by.at }) // prettier-ignore
    await add('cohort', { cohort_id: things.cohort, name: { en: 'Forum 2026' }, form_id, seats: 12, starts_on: '2026-09-01', ends_on: '2027-05-31', criteria: '[{"key":"c1","label":{"en":"Ties"},"most":5}]', made_by: by.name, made_at: by.at }) // prettier-ignore
    await add('cohort_application', { application_id: things.application, cohort_id: things.cohort, person_id, said: 'I want to learn', applied_on: '2026-08-01', state: 'accepted', made_by: by.name }) // prettier-ignore
    await add('cohort_session', { session_id: things.session, cohort_id: things.cohort, held_on: '2026-09-10', title: 'Power' }) // prettier-ignore
    await add('cohort_material', { material_id: things.material, session_id: things.session, title: 'Guide for hosts', link: 'https://example.org/guide.pdf', added_by: by.name, added_at: by.at }) // prettier-ignore
    await add('form_next_step', { rule_id: things.rule, form_id, title: 'Invite to the phone bank', owner_id: things.member, due_days: 7, made_by: by.name, made_at: by.at }) // prettier-ignore
    await add('cohort_milestone', { milestone_id: things.milestone, cohort_id: things.cohort, name: 'Led a roundtable', position: 1 }) // prettier-ignore
    // The commons: whoever looks after the installation started these.
    await owner.query(
      `insert into voter_import (import_id, paths, names, state, requested_by) values ($1, '{nowhere}', '{voters.txt}', 'cancelled', $2)`,
      [things.import, by.name],
    )
    await owner.query(
      `with made as (insert into voter_upload (upload_id, kind, started_by, started_at, touched_at) values ($1, 'registration', $2, $3, $3) returning upload_id)
       insert into voter_upload_file (upload_id, number, name, bytes, modified_ms) select upload_id, 0, 'voters.txt', 10, 0 from made`,
      [things.upload, organizer.id, now],
    )
  } finally {
    owner.release()
  }
  const settled = await settleDues(
    db,
    organizer,
    things.other,
    {
      form_key: things.entry, kind: memberKind, way: 'check', amount: 3000, reference: '1042', paid_on: '2026-10-01',
      from_on: '2026-10-01', until_on: '2027-09-30', reason: null,
    },
    '2026-11-23',
  ) // prettier-ignore
  if (!settled.ok) throw new Error(settled.problem)
  await importBank(db, organizer, 'bank.csv', [
    { on_date: '2026-10-05', amount_cents: 5000, text: 'DEPOSIT', reference: null, names_check: false },
  ])
  const { line_id } = await db.selectFrom('bank_line').select('line_id').executeTakeFirstOrThrow()
  await describeHousehold(db, organizer, things.person, { name: null, note: 'two bells', language: null })
  const { household_id, household_member_id } = await db
    .selectFrom('household_member')
    .select(['household_id', 'household_member_id'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  const { kind } = await saveKind(
    db,
    organizer,
    null,
    { name: { en: `Clean-up ${first_voter}` }, needs: ['shifts', 'quorum', 'questions', 'program'] },
    now,
  )
  const { event_id } = await createEvent(
    db,
    organizer,
    {
      settings: {
        kind, time_zone: 'America/New_York', online_link: null, capacity: 20, guests_most: 1, accept_hours: 24, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [24],
      },
      content: { title: { en: 'Park clean-up', ko: '공원 청소' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
      shifts: [
        {
          shift_id: null, name: {}, starts_at: new Date(now.getTime() + 86_400_000), ends_at: new Date(now.getTime() + 90_000_000), capacity: null,
          place: { name: { en: 'Kissena Park' }, address: '164-15 Booth Memorial Ave', city: 'Flushing', zip5: '11365', directions: {} },
        },
      ],
    },
    now,
  ) // prettier-ignore
  await changeEvent(db, organizer, event_id, 'publish', now)
  const added = await addPerson(db, organizer, event_id, { who: things.person, as: 'signed_up', shift_ids: [] }, now)
  const { signup_id } = added.ok ? added : { signup_id: '' }
  await askPanel(db, organizer, event_id, { signup_id, asked: 'Who waters the trees in summer?' }, now)
  const event = found(await eventById(db, organization_id, event_id))
  const { code } = event
  const shift = found((await shiftsOf(db, organization_id, [event_id]))[0])
  const event_sheet = await makeEventSheet(db, organizer, event, shift, { form_key: id(), lines: 14 }, now)
  const written = LineForm.parse({ line: '1', person_id: things.person, first_name: 'Grace', last_name: 'Park' })
  await typeEventLine(db, organizer, event_id, event_sheet, written, { now, language: 'en' })
  const program_item = randomUUID()
  await nameGuest(db, organizer, event_id, { part: 'speaker', name: 'Grace Park' }, now)
  await addItem(db, organizer, event_id, { item_id: program_item, title: { en: 'Welcome', ko: '환영 인사' }, minutes: 10, who: 'Grace Park', interpreter: '', note: '' }, now) // prettier-ignore
  const { page_key: motion_id, ...motion } = MotionForm.parse({
    page_key: id(),
    majority: 'cast',
    moved_by: 'Grace Park',
  })
  await makeMotion(
    db,
    organizer,
    event_id,
    { ...motion, motion_id, text: { en: 'To plant trees', ko: '나무를 심는다' } },
    now,
  )
  const price = TicketKindForm.parse({ name_en: 'Grown-up', name_ko: '', price: '20', buyers: 'everybody' })
  await saveTicketKind(db, organizer, event_id, null, price, now)
  await addDiscount(
    db,
    organizer,
    event_id,
    DiscountForm.parse({ for: 'code', code: 'EARLY', of: 'percent', percent: '10' }),
    now,
  )
  await saveHosting(db, organizer, { kinds: ['social'], is_public: true }, now)
  const proposed = ProposedEvent.parse({
    title: 'Tea at home', about: '', date: '2026-12-12', from: '15:00', to: '17:00', place: '', address: '35-12 Union St', city: 'Flushing', zip5: '11354',
    hides_address: true, seats: 8, spoken: ['en'], needs: '',
  }) // prettier-ignore
  const proposer = {
    first_name: 'Grace',
    last_name: 'Park',
    name_hangul: null,
    email: 'grace@example.org',
    phone: null,
  }
  const proposal_id = id()
  await propose(db, organizer, { proposal_id, proposal: { kind: 'social', sent: proposed, said: proposer }, user_id: null, language: 'en' }, now) // prettier-ignore
  await db
    .insertInto('event_proposal')
    .values({ organization_id, proposal_id: id(), kind: 'social', sent: JSON.stringify(proposed), said: JSON.stringify(proposer), mail_to: proposer.email, language: 'en', user_id: things.member, state: 'waiting', received_at: now })
    .execute() // prettier-ignore
  await db.updateTable('event_proposal').set({ state: 'approved', event_id, decided_at: now }).where('user_id', '=', things.member).execute() // prettier-ignore
  const partner_id = await addPartner(
    db,
    organizer,
    event_id,
    PartnerForm.parse({ name_en: 'Tenants Together', is_co_host: 'on' }),
    now,
  )
  const { kinds, discounts } = await sellingOf(db, organization_id, event_id)
  const { ticket } = found(await signupById(db, organization_id, event_id, signup_id))
  const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
  const ballot = await fillBallot(database.owner, organizer, first_voter)
  const asked = await fillContest(database.owner, organizer, first_voter, '2026-10-13', 'Marcus Bell')
  const signer_id = await fillCandidate(database.owner, organizer, asked.contest_id, `Grace Han ${first_voter}`)
  const cycle = await fillCycle(db, organizer, { ...asked, signer_id, kind: memberKind, secret: installation.secret }, now) // prettier-ignore
  const guide = await fillGuide(db, organizer, { ...asked, ...cycle }, now)
  const topic_id = found(await makeTopic(db, organizer, { name: { en: 'Schools' }, about: {}, is_for_all: true }, now))
  const look_id = found(
    await keepLook(db, organizer, { name: 'Yellow', color: '#0f766e', page_color: '#fef3c7', logo: null }, now),
  )
  const mailing_id = await makeMailing(db, organizer, { name: 'October update', lane: 'non_partisan', topic_id, look_id }, now) // prettier-ignore
  await db
    .updateTable('mailing')
    .set({ listed_at: now, archived_at: now, content: JSON.stringify({ subject: { en: 'October update' } }) })
    .where('mailing_id', '=', mailing_id)
    .execute()
  await db
    .insertInto('mail_delivery')
    .values({
      organization_id,
      mailing_id,
      n: 1,
      person_id: things.person,
      address: 'grace@example.org',
      domain: 'example.org',
      language: 'en',
    })
    .execute()
  const { mail_id } = await database.owner
    .insertInto('outbox_mail')
    .values({
      to_address: 'grace@example.org',
      subject: 'October update',
      body_text: 'Hello.',
      body_html: '<p>Hello.</p>',
      language: 'en',
    }) // prettier-ignore
    .returning('mail_id')
    .executeTakeFirstOrThrow()
  await db.insertInto('mail_counted_link').values({ organization_id, mailing_id, link: 1, language: 'en', url: 'https://example.org/' }).execute() // prettier-ignore
  const newsletter_id = randomUUID()
  const signup = { signup_id: newsletter_id, address: 'reader@example.org', said: SignupSaid.parse({}), language: 'en', wording: 'Yes', source: 'page', site: null } as const // prettier-ignore
  await askToConfirm(db, organization_id, signup, null, now)
  const lastOf = (path: string): string => path.split('/').at(-1) ?? ''
  const paper = await fillDrop(db, organizer, now)
  return {
    ...things,
    event: event_id,
    partner: partner_id,
    proposal: proposal_id,
    'e/:organization/host/:proposal/key': lastOf(proposalPath(installation.secret, slug, proposal_id)),
    ticket_kind: found(kinds[0]).ticket_kind_id,
    discount: found(discounts[0]).discount_id,
    'events/kinds/kind': kind,
    'leadership/ladder/event-kinds/kind': kind,
    cycle: cycle.cycle_id,
    guide: guide.guide_id,
    mailing: mailing_id,
    campaign: await fillCampaign(db, organizer, asked.contest_id, now),
    contribution: await fillContribution(db, organizer, asked.candidate_id, now),
    'mailings/topics/topic': topic_id,
    'mailings/look/look': look_id,
    'outbox/mail': mail_id,
    ...(await fillJourney(db, organizer, now)),
    'l/token': lastOf(countedPath(installation.secret, { organization_id, mailing_id, n: 1 }, 1)),
    'o/token': lastOf(picturePath(installation.secret, { organization_id, mailing_id, n: 1 })),
    'n/:organization/confirm/signup': newsletter_id,
    'n/:organization/confirm/:signup/code': lastOf(
      confirmPath(installation.secret, slug, organization_id, newsletter_id),
    ),
    'n/organization': slug,
    'u/token': lastOf(readerPath(installation.secret, { organization_id, mailing_id, n: 1 })),
    drop: paper.drop_id,
    'r/code': paper.code,
    'postal/checked/file': paper.file_id,
    'mailing-templates/template': await keepTemplate(db, organizer, mailing_id, 'October', now),
    'g/organization': slug,
    'g/:organization/:guide/map/kind': 'nyc-council',
    'g/:organization/:guide/contests/contest': String(asked.contest_id),
    'voterguides/agenda/issue': guide.issue_id,
    'voterguides/:guide/contests/contest': String(asked.contest_id),
    'voterguides/:guide/claims/claim': guide.claim_id,
    'voterguides/:guide/replies/candidate': String(guide.candidate_id),
    'voterguides/:guide/replies/:candidate/issue': guide.issue_id,
    'g/:organization/:guide/candidates/candidate': String(guide.candidate_id),
    'g/:organization/:guide/candidates/:candidate/key': lastOf(proofPath(installation.secret, slug, guide.proof)),
    'endorsements/:cycle/questions/question': cycle.question_id,
    'endorsements/:cycle/candidates/candidate': String(cycle.invitation.candidate_id),
    'endorsements/:cycle/answers/contest': String(asked.contest_id),
    'endorsements/:cycle/interviews/contest': String(asked.contest_id),
    'endorsements/:cycle/scores/contest': String(asked.contest_id),
    'endorsements/:cycle/recommendation/contest': String(asked.contest_id),
    'my-panels/:cycle/contest': String(asked.contest_id),
    'endorsements/:cycle/vote/roll/row': cycle.roll_id,
    'endorsements/:cycle/vote/ballots/contest': String(asked.contest_id),
    'endorsements/:cycle/result/statements/contest': String(asked.contest_id),
    'endorsements/:cycle/result/letters/candidate': String(asked.candidate_id),
    'endorsements/:cycle/result/letters/texts/kind': 'endorsed',
    'endorsements/:cycle/result/withdraw/candidate': String(asked.candidate_id),
    'c/organization': slug,
    'c/:organization/:cycle/ballots/contest': String(asked.contest_id),
    'c/:organization/:cycle/vote/credential': cycle.credential,
    'c/:organization/:cycle/answers/invitation': cycle.invitation.invitation_id,
    'c/:organization/:cycle/answers/:invitation/key': lastOf(cycle.path),
    'c/:organization/:cycle/answers/:invitation/:key/files/question': cycle.question_id,
    'endorsements/:cycle/files/file': cycle.file_id,
    'e/organization': slug,
    'e/:organization/code': code,
    'e/:organization/mine/signup': signup_id,
    'e/:organization/mine/:signup/key': lastOf(feedPath(installation.secret, slug, signup_id, 1)),
    'e/:organization/:code/mine/signup': signup_id,
    'e/:organization/:code/t/ticket': ticket,
    'e/:organization/:code/mine/:signup/key': lastOf(
      signupPath(installation.secret, { organization: slug, code, signup_id }, 'mail'),
    ),
    household: household_id,
    row: household_member_id,
    merge: await mergePeople(db, organizer, merged[0], merged[1], []),
    'people/imports/import': things.spreadsheet,
    'people/suppressions/list': things.suppression_list,
    'privacy/organization': slug,
    'privacy/:organization/token': lastOf(heldPath(installation.secret, slug, things.person, now)),
    sheet: onPaper.sheet_id,
    'people/sheets/sheet': things.sign_in,
    'events/:event/sheets/sheet': event_sheet,
    'events/:event/meeting/motion': motion_id,
    'events/:event/questions/question': signup_id,
    'events/:event/program/item': program_item,
    'events/:event/door/guardian/signup': signup_id,
    'people/uploads/sheets/sheet': things.sign_in,
    line: '1',
    'ledger/bank/lines/line': line_id,
    'membership/kinds/kind': memberKind,
    'ledger/held/refunds/event': `evt_${first_voter}`,
    'phonebanks/id': bank.phone_bank_id,
    'scripts/id': bank.script_id,
    'follow-ups/id': things.follow_up,
    form: form_id,
    response: response_id,
    question: 'photo',
    phone_bank: bank.phone_bank_id,
    where: bank.join_code,
    universe: universe_id,
    caller: found(caller_id),
    attempt: attempt_id,
    voter: String(voter_id),
    who: things.person,
    first,
    second,
    key: field,
    code: resultCode,
    what: 'host_phone_banks',
    // Of the commons, or nobody's.
    state: 'NY',
    kind: 'nyc-council',
    district: '20',
    official: '1',
    ...ballot,
    number: '0',
  }
}

/** A special election with a contest, and somebody who runs in it. */
async function fillContest(owner: Db, organizer: Actor, first_voter: number, held_on: string, runs: string) {
  const today = '2026-11-23'
  const source_url = 'https://vote.nyc/'
  const special = ElectionForm.parse({ state: 'NY', kind: 'special', held_on, district_kind: 'nyc-council', district: String(1 + ((first_voter / 100) % 51)), source_url }) // prettier-ignore
  const election = await saveElection(owner, organizer, null, special, today)
  if (!election.ok) throw new Error(election.problem)
  const district = special.district ?? ''
  const seat = ContestForm.parse({ office: 'council_member', district, seats: '1', source_url })
  const contest = await saveContest(owner, organizer, { election_id: election.id, contest_id: null }, seat, today)
  if (!contest.ok) throw new Error(contest.problem)
  const contest_id = contest.id
  const candidate_id = await fillCandidate(owner, organizer, contest_id, `${runs} ${first_voter}`)
  return { election_id: election.id, contest_id, candidate_id, district, today, source_url }
}

async function fillCandidate(owner: Db, organizer: Actor, contest_id: number, name: string): Promise<number> {
  const today = '2026-11-23'
  const named = NewCandidateForm.parse({ name, name_ko: '이서연', figure: 'new', lines: 'Democratic', position: '1', status: 'on_ballot', status_on: today, source_url: 'https://vote.nyc/' }) // prettier-ignore
  const candidate = await addCandidate(owner, organizer, contest_id, named, today)
  if (!candidate.ok) throw new Error(candidate.problem)
  return candidate.candidate_id
}

/** The commons: an election with a contest, somebody who runs in it, and their photo. */
async function fillBallot(owner: Db, organizer: Actor, first_voter: number): Promise<Things> {
  const { election_id, contest_id, candidate_id, district, today, source_url } = await fillContest(owner, organizer, first_voter, '2026-10-06', 'Seoyeon Lee') // prettier-ignore
  const { figure_id } = await owner
    .selectFrom('candidate')
    .select('figure_id')
    .where('candidate_id', '=', candidate_id)
    .executeTakeFirstOrThrow()
  const shown = PhotoForm.parse({ alt_en: 'A smile', alt_ko: '웃는 얼굴', credit: 'Own', license: 'cc0' })
  await setPhoto(owner, organizer, figure_id, dot, shown)
  const columns = 'election,office,district,source_url'
  const text = `${columns}\n2027-primary,council_member,${district},${source_url}\n`
  const looked = await lookAtContests(owner, text, today)
  if (!looked.ok) throw new Error(looked.problems.map(({ code }) => code).join())
  const kept = { kind: 'contests' as const, name: 'council.csv', text, told: {} }
  const import_id = await keepImport(owner, organizer, kept, looked.report, new Date(`${today}T17:00:00Z`))
  return {
    'elections/imports/import': import_id,
    'elections/election': String(election_id),
    'contests/contest': String(contest_id),
    'candidates/candidate': String(candidate_id),
    'public-figures/figure': String(figure_id),
    'public-figures/uploads/figure': String(figure_id),
  }
}

/** An endorsement cycle at which candidates answer, with the roll of its vote. */
async function fillCycle(
  db: Db,
  organizer: Actor,
  of: { contest_id: number; candidate_id: number; signer_id: number; kind: string; secret: string },
  now: Date,
) {
  const { contest_id, candidate_id, signer_id, kind, secret } = of
  const named = { name: { en: 'Endorsements 2027', ko: '2027년 지지 후보 선정' }, intro: {} }
  const cycle_id = await makeCycle(db, organizer, named, now)
  const rules = RulesForm.parse({
    contest_ids: String(contest_id), voter_kinds: kind, public_parts: 'answers', method: 'ranked', threshold_percent: '60', endorsements_most: '1',
    tie_paid_staff: 'leave_room', tie_family: 'no_vote', tie_candidate: 'leave_room', tie_volunteer: 'no_speaking', tie_donor: 'disclose',
    late: 'marked', answers_by_on: '2027-02-01', vote_from_on: '2027-02-10', vote_until_on: '2027-02-14', announced_on: '2027-02-16',
  }) // prettier-ignore
  const saved = await saveRules(db, organizer, cycle_id, { ...named, rules, reason: {} }, now)
  if (!saved.ok) throw new Error(saved.problem)
  await openCycle(db, organizer, cycle_id, now)
  const question = { office: null, contest_id: null, hint: {}, choices: [], words_most: 250, is_needed: true }
  for (const kind of ['section', 'position', 'text', 'file'] as const)
    await saveQuestion(db, organizer, cycle_id, null, { ...question, kind, is_needed: kind === 'file', text: { en: 'Housing', ko: '주거' } }) // prettier-ignore
  const { organization_id } = organizer
  const opened = found(await cycleById(db, organization_id, cycle_id))
  const invitation = await inviteCandidate(db, organizer, opened, candidate_id, now)
  const questions = await questionsOf(db, organization_id, cycle_id)
  const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
  const { question_id } = found(questions.at(-1))
  const signer = await inviteCandidate(db, organizer, opened, signer_id, now)
  const file = found(fileAnswer({ name: 'filing.png', bytes: dot.length, content: Buffer.from(dot) }).file)
  await keepFile(db, signer, { name: 'Grace Han', question_id, file }, now)
  const typed = found((await invitationById(db, organization_id, signer.invitation_id))?.typed)
  const written_id = found(questions.at(-2)).question_id
  const answered = { ...typed, [fieldOf(written_id, 'text')]: 'Homes first.' }
  const signed = await signAnswers(db, signer, { name: 'Grace Han', signed_by: 'Grace Han', is_late: false, typed: answered, questions_key: null }, now) // prettier-ignore
  if (!signed.ok) throw new Error('not signed')
  await makeRoll(db, organizer, cycle_id, '2026-11-23', now)
  const { credential, credential_hash } = makeCredential()
  const { roll_id } = await db.selectFrom('endorsement_roll').select('roll_id').where('cycle_id', '=', cycle_id).orderBy('roll_id').executeTakeFirstOrThrow() // prettier-ignore
  await db
    .insertInto('endorsement_credential')
    .values({ organization_id, credential_hash, roll_id, way: 'device' })
    .execute()
  return {
    cycle_id,
    roll_id,
    credential,
    question_id,
    written_id,
    file_id: found(typed[fieldOf(question_id, 'file')]),
    invitation,
    path: answersPath(secret, slug, invitation),
  }
}

/** Paper mail to a universe, with its list. */
async function fillDrop(
  db: Db,
  organizer: Actor,
  now: Date,
): Promise<{ drop_id: string; code: string; file_id: string }> {
  const { universe_id } = await db.selectFrom('universe').select('universe_id').where('archived_at', 'is', null).limit(1).executeTakeFirstOrThrow() // prettier-ignore
  const drop_id = await makeDrop(
    db,
    organizer,
    {
      name: 'Primary postcard', kind: 'postcard_6x9', lane: 'non_partisan', level: null, universe_id, languages: 'theirs', households: 'address',
      return_name: 'Neighbors', return_address: '35-12 Union St\nFlushing NY 11354', attribution: { en: 'Paid for by Neighbors' },
    },
    now,
  ) // prettier-ignore
  await freezeDrop(db, organizer, drop_id, now, '2026-11-23')
  await saveAnswerPage(db, organizer, drop_id, { answer_per: 'drop', answer_page: 'https://example.org/' })
  const drop = found(await dropById(db, organizer.organization_id, drop_id))
  await inTransaction(db, (tx) => giveCodes(tx, drop))
  // A universe may have nobody with an address: then no wording has a code.
  const [given] = Object.values(await codesOf(db, drop))
  const code = given ?? 'aaaaaaaa'
  const moves = await readNcoa('HanpyoId,Match Code\nV1,02')
  const file_id = await bringFile(db, organizer, { kind: 'ncoa', name: 'moves.csv', checked_on: '2026-11-20', rows: moves.ok ? moves.rows : [] }, now) // prettier-ignore
  return { drop_id, code, file_id }
}

/** A guide everybody reads, with the answer that was signed. */
async function fillGuide(
  db: Db,
  organizer: Actor,
  of: { election_id: number; contest_id: number; cycle_id: string; written_id: string },
  now: Date,
) {
  const { election_id, contest_id, cycle_id, written_id } = of
  const { organization_id } = organizer
  const issue_id = await saveIssue(db, organizer, null, { name: { en: 'Housing', ko: '주거' }, about: {} }, now)
  const texts = { title: { en: 'Compare', ko: '후보 비교' }, audience: {}, intro: {} }
  const guide_id = await makeGuide(db, organizer, { election_id, kind: 'nonpartisan', ...texts }, now)
  const chosen = { kind: 'nonpartisan' as const, contest_ids: [contest_id], issue_ids: [issue_id], cycle_id, ...texts }
  await saveGuide(db, organizer, guide_id, chosen, now)
  const around = { now, today: '2026-11-23', time_zone: 'America/New_York' }
  await takeAnswers(db, organizer, guide_id, new Map([[written_id, issue_id]]), around)
  const content = await contentOf(db, found(await guideById(db, organization_id, guide_id)), around)
  const reader = { ...organizer, id: randomUUID() }
  const done = await publish(db, reader, guide_id, { key: keyOf(content), reason: {} }, around)
  if (!done.ok) throw new Error(done.problem)
  const { claim_id, candidate_id } = found((await claimsOf(db, { organization_id, guide_id }))[0])
  await offerReplies(db, organizer, guide_id, { reply_until_on: '2026-12-31', reply_words_most: 100 })
  const proof = await makeProof(db, organizer, guide_id, candidate_id, around)
  await mailProof(db, organizer, guide_id, { candidate: candidate_id, email: 'grace@example.org', language: 'en' }, around) // prettier-ignore
  const key = keyOfPart(found(partOf(content, candidate_id) ?? undefined))
  const replied = await reply(db, proof, { name: 'Grace Han', key, texts: new Map([[issue_id, 'There is more to it.']]) }, around) // prettier-ignore
  if (!replied.ok) throw new Error(replied.problem)
  return { guide_id, issue_id, claim_id, candidate_id, proof }
}

/** A route's address with the things' ids in it; `unknownId` for what they do not have. */
export function addressOf(path: string, of: Things): string {
  const parts = path.split('/')
  const filled = parts.map((part, at) => {
    const name = /^:(\w+)/.exec(part)?.[1]
    if (name === undefined) return part
    return of[`${parts.slice(1, at).join('/')}/${name}`] ?? of[name] ?? unknownId
  })
  return filled.join('/') + (queries[path] ?? '')
}
export const unknownId = '0c0ffee0-0000-4000-8000-00000000ffff'
const queries: Record<string, string> = { '/scripts/:id/compare': '?from=1&to=1' }

/** A contribution that is proposed. */
async function fillContribution(db: Db, organizer: Actor, candidate_id: number, now: Date): Promise<string> {
  const made = await proposeContribution(
    db,
    organizer,
    { candidate_id, recipient: 'Lee for Council', payer: 'Neighbors PAC', payer_kind: 'city_committee', participation: 'participant', amount: 25_000, reason: 'Our members endorsed her.', cycle_id: null, campaign_id: null },
    now,
  ) // prettier-ignore
  if (!made.ok) throw new Error(made.problem)
  return made.contribution_id
}

/** A campaign around a contest, with somebody to reach. */
async function fillCampaign(db: Db, organizer: Actor, contest_id: number, now: Date): Promise<string> {
  const { universe_id } = await db.selectFrom('universe').select('universe_id').where('archived_at', 'is', null).limit(1).executeTakeFirstOrThrow() // prettier-ignore
  const made = await makeCampaign(
    db,
    organizer,
    {
      name: { en: 'June primary', ko: '6월 예비선거' }, candidate: {}, candidate_ids: [], lane: 'member_communication', contest_id, cycle_id: null,
      starts_on: '2026-11-01', ends_on: '2027-06-22', goal: 'conversations', goal_count: 100, owner: { user_id: organizer.id, name: organizer.name },
    },
    now,
  ) // prettier-ignore
  if (!made.ok) throw new Error(made.problem)
  const { campaign_id } = made
  await linkPart(db, organizer, campaign_id, { kind: 'universe', part_id: universe_id }, now)
  return campaign_id
}

/** A journey of e-mails with a step. */
async function fillJourney(db: Db, actor: Actor, now: Date): Promise<Things> {
  const asked = { starter: 'lapsed', name: 'Lapsed', event_id: null } as const
  const journey = await makeJourney(db, actor, asked, { t: translator('en'), today: '2026-11-01', now })
  const step = found((await journeySteps(db, { organization_id: actor.organization_id, journey_id: journey }))[0])
  return { journey, 'mail-journeys/:journey/steps/mailing': step.mailing_id }
}

/** A picture of one point. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
