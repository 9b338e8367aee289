import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { addressOf, fillOrganization, type Things } from '../src/app/testing.ts'
import type { Guard } from '../src/features/access/allow.ts'
import { interviewPath } from '../src/features/endorsements/answers/links.ts'
import { votePath } from '../src/features/endorsements/ballots/links.ts'
import { countsOf, voteOf } from '../src/features/endorsements/ballots/queries.ts'
import { declareTies, issueCredential } from '../src/features/endorsements/ballots/roll-commands.ts'
import { endorsedOf } from '../src/features/endorsements/results/rules.ts'
import { signupPath } from '../src/features/events/links.ts'
import { setSteward } from '../src/features/access/commands.ts'
import type { Permission } from '../src/features/access/permissions.ts'
import { keepImport, type KeptFile } from '../src/features/elections/imports/kept.ts'
import { lookAtOfficials } from '../src/features/elections/imports/officials/commands.ts'
import { legislator } from '../src/features/elections/imports/officials/testing.ts'
import { importResults, lookAtResults } from '../src/features/elections/imports/results/commands.ts'
import { payCode } from '../src/features/people/membership/card/queries.ts'
import { cardCode } from '../src/features/people/membership/card/queries.ts'
import { makeMailing } from '../src/features/mailings/commands.ts'
import { invite } from '../src/features/organizations/commands.ts'
import { addTestCaller } from '../src/features/phonebanks/testing.ts'
import '../src/features/events/calls/tables.ts'
import { makeConfirmingBank } from '../src/features/phonebanks/shifts/commands.ts'
import '../src/features/events/orders/tables.ts'
import { receivePlain, type PlainFile } from '../src/features/voterfile/uploads/store.ts'
import { systemActor } from '../src/platform/audit.ts'
import { dateIn } from '../src/platform/clock.ts'
import { found } from '../src/platform/errors.ts'
import { languages, type Language } from '../src/platform/i18n/languages.ts'
import { allMessages } from '../src/platform/i18n/messages.ts'
import {
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  expectPrintable,
  onScreen,
} from '../src/platform/testing/browser.ts'
import { openTownSite } from './town.ts'

/** Who looks: an organizer who is steward too may open everything that asks for a sign-in. */
type Reader = 'public' | 'organizer' | 'board' | 'member' | 'caller' | 'calling'

const { site, world, town, signedIn } = await openTownSite()
const { owner } = world.database
const minji = found(town.actors.minji)
await setSteward(world.installation, systemActor(minji.organization_id), minji.id, true)
const bank = await owner
  .selectFrom('phone_bank')
  .select(['phone_bank_id', 'join_code', 'script_id'])
  .where('phone_bank_id', '=', found(town.phone_bank_ids.fresh))
  .executeTakeFirstOrThrow()
const { token } = await addTestCaller(world, minji, bank)
const invited = await invite(world.installation, world.database.of(minji.organization_id), minji, {
  organization_id: minji.organization_id,
  roles: ['host'],
  language: 'ko',
  email: null,
  note: null,
  days: 7,
})
/** What the parts of an address stand for: one of everything, and where the town has a fuller one, that first. */
const filled: Things = {
  ...(await fillOrganization(world, minji, 5000)),
  'welcome/token': found(invited.url.split('/').at(-1)),
}
const unsent = await makeMailing(
  world.database.of(minji.organization_id),
  minji,
  { name: 'Not sent yet', lane: 'non_partisan' },
  world.installation.clock.now(),
)
const petition = await owner
  .selectFrom('form as f')
  .innerJoin('organization as o', 'o.organization_id', 'f.organization_id')
  .select(['f.slug', 'o.slug as organization'])
  .where('f.organization_id', '=', minji.organization_id)
  .where('f.kind', '=', 'petition')
  .where('f.form_id', '<>', found(filled.form))
  .executeTakeFirstOrThrow()
/** An event that is over, and the next evening of calls. */
const held = await owner
  .selectFrom('event')
  .select('event_id')
  .where('kind', '=', 'roundtable')
  .executeTakeFirstOrThrow()
const evening = await owner
  .selectFrom('event_phone_bank as l')
  .innerJoin('event as e', 'e.event_id', 'l.event_id')
  .select('e.event_id')
  .orderBy('e.starts_at')
  .executeTakeFirstOrThrow()
const dinner = await owner.selectFrom('event').select('event_id').where('kind', '=', 'social').orderBy('starts_at').executeTakeFirstOrThrow() // prettier-ignore
const gala = await owner
  .selectFrom('event as e')
  .innerJoin('event_ticket_kind as k', 'k.event_id', 'e.event_id')
  .innerJoin('organization as o', 'o.organization_id', 'e.organization_id')
  .select(['e.event_id', 'e.code', 'o.slug'])
  .where('k.buyers', '=', 'members')
  .executeTakeFirstOrThrow()
/** Paper with addresses on it: how it is sorted, with its labels. */
const paperMail = await owner.selectFrom('postal_drop').select('drop_id').where('organization_id', '=', minji.organization_id).where('pieces', '>', 0).orderBy('pieces', 'desc').orderBy('drop_id').executeTakeFirstOrThrow() // prettier-ignore
/** A phone bank that asks who comes to it, and a caller of it with somebody in hand. */
const confirms = await makeConfirmingBank(world.database.of(minji.organization_id), minji, dinner.event_id, ['en', 'ko'], world.installation.clock.now()) // prettier-ignore
if (!confirms.ok) throw new Error(confirms.problem)
const confirming = await owner.selectFrom('phone_bank').select(['phone_bank_id', 'join_code', 'script_id']).where('phone_bank_id', '=', confirms.phone_bank_id).executeTakeFirstOrThrow() // prettier-ignore
const asking = await addTestCaller(world, minji, confirming)
/** Somebody who is invited to the forum, whose questions are gathered. */
const asked = await owner
  .selectFrom('event as e')
  .innerJoin('event_signup as s', 's.event_id', 'e.event_id')
  .innerJoin('organization as o', 'o.organization_id', 'e.organization_id')
  .innerJoin('event_panel_question as q', 'q.event_id', 'e.event_id')
  .select(['e.event_id', 'e.code', 'o.slug', 's.signup_id', 'q.question_id'])
  .where('e.kind', '=', 'candidate_forum')
  .where('s.response', '=', 'invited')
  .where('q.into_id', 'is not', null)
  .executeTakeFirstOrThrow()
const invitedTo = signupPath(world.installation.secret, { organization: asked.slug, code: asked.code, signup_id: asked.signup_id }, 'mail') // prettier-ignore
/** A vote that is on, somebody's ballot in it, and one that is counted. */
const voteThat = (is: 'is' | 'is not') =>
  owner
    .selectFrom('endorsement_vote as v')
    .innerJoin('organization as o', 'o.organization_id', 'v.organization_id')
    .select(['v.cycle_id', 'o.slug'])
    .where('v.organization_id', '=', minji.organization_id)
    .where('v.cycle_id', '<>', found(filled.cycle))
    .where('v.counted_at', is, null)
    // One that is over waits to be counted.
    .orderBy('v.as_of_on', 'desc')
    // Neither a run-off nor what led to it.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('endorsement_cycle as c')
            .select('c.cycle_id')
            .whereRef('c.organization_id', '=', 'v.organization_id')
            .where('c.runoff_of', 'is not', null)
            .where(({ or, eb }) =>
              or([eb('c.cycle_id', '=', eb.ref('v.cycle_id')), eb('c.runoff_of', '=', eb.ref('v.cycle_id'))]),
            ),
        ),
      ),
    ) // prettier-ignore
    .executeTakeFirstOrThrow()
const [voting, counted] = [await voteThat('is'), await voteThat('is not')]
const announced = await endorsedIn(counted.cycle_id)
/** Somebody whom a counted vote endorsed. */
async function endorsedIn(cycle_id: string) {
  const db = world.database.of(minji.organization_id)
  const vote = found(await voteOf(db, minji.organization_id, cycle_id))
  const of = (await countsOf(db, vote)).flatMap(({ contest_id, contest, account }) =>
    endorsedOf(contest, account).map(({ candidate_id }) => ({ contest_id, candidate_id })),
  )
  return found(of[0])
}
/** Its interviews: a contest that is scored, and one whose panel is still at it. */
const panels = await owner
  .selectFrom('endorsement_panelist as p')
  .select(['p.contest_id', (eb) => eb.fn.countAll<string>().filterWhere('p.handed_in_at', 'is not', null).as('handed_in')])
  .where('p.cycle_id', '=', voting.cycle_id)
  .groupBy('p.contest_id')
  .execute() // prettier-ignore
const [scored, unscored] = [true, false].map((is) => found(panels.find(({ handed_in }) => Number(handed_in) > 0 === is)))
  .map(({ contest_id }) => contest_id) as [number, number] // prettier-ignore
/** Where a campaign takes its time. */
const campaign = await owner
  .selectFrom('endorsement_invitation')
  .select(['cycle_id', 'invitation_id', 'number'])
  .where('organization_id', '=', minji.organization_id)
  .where('email', 'is not', null)
  .orderBy('made_at')
  .executeTakeFirstOrThrow()
const bookPath = interviewPath(world.installation.secret, voting.slug, campaign)
const votersOf = ({ cycle_id }: { cycle_id: string }) =>
  owner
    .selectFrom('endorsement_roll')
    .select('roll_id')
    .where('cycle_id', '=', cycle_id)
    .where('may_vote', '=', true)
    .where('voted_by', 'is', null)
    .orderBy('roll_id')
    .execute()
const voters = await votersOf(voting)
/** A run-off that is on, and the vote that led to it. */
const runoff = await owner
  .selectFrom('endorsement_cycle')
  .select(['cycle_id', 'runoff_of'])
  .where('organization_id', '=', minji.organization_id)
  .where('runoff_of', 'is not', null)
  .executeTakeFirstOrThrow()
const runoffVoters = await votersOf(runoff)
/** The address of somebody's ballot. */
async function ballotOf(roll_id: string, { cycle_id, slug } = voting): Promise<string> {
  const today = dateIn('America/New_York', world.installation.clock.now())
  const db = world.database.of(minji.organization_id)
  const issued = await issueCredential(db, minji, { cycle_id, roll_id, way: 'device' }, today)
  if (!issued.ok) throw new Error(issued.problem)
  return votePath(slug, cycle_id, issued.credential)
}
const [voter, ...more] = voters.map(({ roll_id }) => roll_id)
await declareTies(world.database.of(minji.organization_id), minji, voting.cycle_id, found(voter), [])
const ballotPath = await ballotOf(found(voter))
/** A voter file laid out as nobody knows, to be described column by column. */
async function* unknownFile(): AsyncGenerator<PlainFile> {
  const rows = Array.from({ length: 20 }, (_, at) => `A0${at},KIM,YOUNG HEE,3/14/19${50 + at},F,D,${at} Union St,Flushing,11355,Y`) // prettier-ignore
  const text = ['Voter No,Surname,Given,DOB,Sex,Party,Address,City,ZIP,GE2024', ...rows, ''].join('\n')
  yield {
    name: 'list.csv',
    chunks: (async function* () {
      yield Buffer.from(text)
    })(),
  }
}
const uploaded = await receivePlain(owner, world.folder, { ...minji, is_steward: true }, 'registration', unknownFile(), 0, world.installation.clock.now()) // prettier-ignore
/** A list of officials and a file of results, looked at and not imported, with what each asks; and results that are. */
const lookedOn = dateIn('America/New_York', world.installation.clock.now())
const keptFile = async (file: KeptFile, looked: Awaited<ReturnType<typeof lookAtOfficials | typeof lookAtResults>>): Promise<string> => {
  if (!looked.ok) throw new Error(looked.problems.map(({ code }) => code).join())
  return keepImport(owner, minji, file, looked.report, world.installation.clock.now())
} // prettier-ignore
const seated = await owner
  .selectFrom('official as o')
  .innerJoin('public_figure as f', 'f.figure_id', 'o.figure_id')
  .select(['f.name', 'o.district', 'o.since', 'o.until'])
  .where('o.office', '=', 'us_representative')
  .orderBy('o.official_id')
  .execute()
const members = seated
  .slice(1)
  .map(({ name, district, since, until }, at) =>
    legislator(`T${at}`, at === 0 ? `Q ${name.split(' ').at(-1)}` : name, { district, start: since, end: until }),
  )
const list = { kind: 'officials' as const, name: 'legislators-current.json', text: JSON.stringify(members), told: {} }
const listed = await keptFile(list, await lookAtOfficials(owner, list, { answers: {}, stay: [] }, lookedOn))
const ballot = await owner
  .selectFrom('contest as c')
  .innerJoin('candidate as n', 'n.contest_id', 'c.contest_id')
  .innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
  .select(['c.contest_id', 'c.election_id', 'c.district', 'f.name'])
  .where('c.contest_id', '=', Number(filled['contests/contest']))
  .executeTakeFirstOrThrow()
const countOf = (name: string): string =>
  ['county,precinct,office,district,party,candidate,votes', ...['1~62', '2~62', '1~63'].flatMap((precinct) => [[name, 40], ['Scattering', 2]].map(([who, votes]) => `Richmond,${precinct},City Council,${ballot.district},,${who},${votes}`)), 'Richmond,1~62,Sheriff,,,Nobody,9'].join('\n') // prettier-ignore
const source = { election_id: ballot.election_id, source_url: 'https://vote.nyc/', as_of: lookedOn }
const imported = await importResults(owner, minji, { ...source, name: 'count.csv', text: countOf(ballot.name) }, {}, lookedOn, world.installation.clock.now()) // prettier-ignore
if (!imported.ok) throw new Error(imported.problems.map(({ code }) => code).join())
const recount = { kind: 'results' as const, name: 'recount.csv', text: countOf('S. Lee'), told: { election: String(ballot.election_id), source_url: source.source_url, as_of: lookedOn } } // prettier-ignore
const recounted = await keptFile(recount, await lookAtResults(owner, { ...source, text: recount.text }, {}, lookedOn))
const things: readonly Things[] = [
  {
    ...filled,
    'f/organization': petition.organization,
    'm/organization': petition.organization,
    'm/:organization/pay/:person/code': payCode(world.installation.secret, minji.organization_id, found(filled.person)),
    'm/:organization/card/:person/code': cardCode(
      world.installation.secret,
      minji.organization_id,
      found(filled.person),
    ),
    slug: petition.slug,
    'phonebanks/id': found(town.phone_bank_ids.half_done),
    'scripts/id': found(town.script_ids.gotv),
    'voters/universes/universe': found(town.universe_ids.korean),
  },
  filled,
  { ...filled, 'voterfiles/imports/import': uploaded?.ok ? uploaded.import_id : '' },
  {
    ...filled,
    cycle: counted.cycle_id,
    'endorsements/:cycle/result/statements/contest': String(announced.contest_id),
    'endorsements/:cycle/result/letters/candidate': String(announced.candidate_id),
    'endorsements/:cycle/result/withdraw/candidate': String(announced.candidate_id),
  },
]
const ofCaller: Things = { ...filled, phone_bank: bank.phone_bank_id, where: bank.phone_bank_id, token }

/** Addresses with nothing to look at, and why. */
const noPages: Readonly<Record<string, string>> = {
  '/people/invite': 'leads to the page of the event that was chosen',
  '/voters/universes/:universe/step': 'leads to the universe with the step added to it',
  '/c/:organization/:cycle/answers/:invitation/:key/files/:question/:file': 'a file: endorsements.test.ts',
  '/c/:organization/:cycle/answers/:invitation/:key/:number': 'a file, once answers were sent: endorsements.test.ts',
  '/c/:organization/:cycle/ballots/:contest': 'a file, once the ballots are counted: endorsements.test.ts',
  '/endorsements/:cycle/vote/ballots/:contest': 'the same for organizers',
  '/my-panels/:cycle/:contest': 'only for who sits on the panel: looked at below, where the town has one',
  '/my-panels/:cycle/:contest/answers': 'the answers side by side, as for organizers, for who sits on the panel',
  '/my-ballots/:cycle': 'the result, as on the page for organizers, for who stands on the roll',
  '/voters/exports/:export/file': 'a file; of one that has expired, back to its page',
  '/f/:organization/:slug/confirm/:response/:code':
    'opens by the code that was mailed alone: petition.test.ts asks for it',
  '/call/:phone_bank/newcomers': 'only where a phone bank asks whether people come: looked at below',
  '/l/:token': 'leads on to where the link goes: counting.test.ts',
  '/mail-pictures/:picture': 'a picture: writing.test.ts asks for it',
  '/mailings/:mailing/subjects': 'of one that is not sent yet: looked at below',
  '/r/:code': 'leads to the page that was chosen: answers.test.ts',
  '/postal/:drop/print/folder.zip': 'a file, once the parts are made: printing.test.ts',
  '/membership/card/:who': 'leads to the member’s card on the phone',
  '/u/:token/mail': 'the mail itself, as it was sent: after.test.ts asks for it',
  '/setup': 'only before there is an organization: e2e/access.spec.ts looks at it there',
}

const phone = { width: 360, height: 800 }
const statuses: Readonly<Record<string, number>> = { '/no-such-page': 404, '/people?q=party:dme': 422 }
/** Pages that one address shows in several ways. */
const further: readonly { address: string; reader: Reader }[] = [
  { address: '/', reader: 'organizer' },
  { address: '/', reader: 'board' },
  { address: '/', reader: 'member' },
  { address: '/', reader: 'caller' },
  { address: `/phonebanks/${town.phone_bank_ids.half_done}`, reader: 'board' },
  { address: `/call/${bank.join_code}`, reader: 'public' },
  { address: '/voters?q=Kim', reader: 'organizer' },
  { address: `/mailings/${unsent}/subjects`, reader: 'organizer' },
  { address: '/mailings/look?of=new', reader: 'organizer' },
  { address: '/people?q=party:dme', reader: 'organizer' },
  { address: '/people?q=member:good&only=strangers', reader: 'organizer' },
  { address: `/events/${held.event_id}/after`, reader: 'organizer' },
  { address: `/events/${evening.event_id}/calls`, reader: 'organizer' },
  { address: `/events/${dinner.event_id}/calls`, reader: 'organizer' },
  { address: `/call/${confirming.phone_bank_id}/newcomers`, reader: 'calling' },
  { address: `/events/${gala.event_id}/tickets`, reader: 'organizer' },
  { address: `/events/${gala.event_id}/tickets`, reader: 'board' },
  { address: `/events/${gala.event_id}/payments`, reader: 'organizer' },
  { address: `/e/${gala.slug}/${gala.code}`, reader: 'public' },
  { address: `/events/${asked.event_id}/questions`, reader: 'organizer' },
  { address: `/events/${asked.event_id}/questions/${asked.question_id}`, reader: 'organizer' },
  {
    address: `/e/${asked.slug}/${asked.code}?invitation=${invitedTo.split('/').slice(-2).join('.')}`,
    reader: 'public',
  },
  { address: `/public-figures/${found(filled['public-figures/figure'])}/unite?other=1`, reader: 'organizer' },
  { address: '/officials/1/edit?who=another', reader: 'organizer' },
  { address: `/elections/imports/${listed}`, reader: 'organizer' },
  { address: `/elections/imports/${recounted}`, reader: 'organizer' },
  { address: `/contests/${ballot.contest_id}/results?ad=62`, reader: 'organizer' },
  { address: ballotPath, reader: 'public' },
  { address: `${ballotPath}?step=ties`, reader: 'public' },
  { address: `/c/${counted.slug}/${counted.cycle_id}/result`, reader: 'public' },
  { address: `/c/${counted.slug}/${runoff.runoff_of}/result`, reader: 'public' },
  { address: `/c/${counted.slug}/${runoff.cycle_id}`, reader: 'public' },
  { address: `/endorsements/${runoff.cycle_id}/vote`, reader: 'organizer' },
  { address: `/endorsements/${runoff.runoff_of}/vote/result`, reader: 'organizer' },
  { address: `/endorsements/${voting.cycle_id}/vote`, reader: 'organizer' },
  { address: `/endorsements/${voting.cycle_id}/vote/roll?show=challenged`, reader: 'organizer' },
  { address: `/endorsements/${voting.cycle_id}/vote/roll/${voter}`, reader: 'organizer' },
  { address: `/endorsements/${voting.cycle_id}/vote/paper`, reader: 'organizer' },
  { address: `/endorsements/${counted.cycle_id}/vote/result`, reader: 'board' },
  { address: `/endorsements/${counted.cycle_id}/result`, reader: 'organizer' },
  { address: `/endorsements/${counted.cycle_id}/result`, reader: 'board' },
  { address: `/endorsements/${voting.cycle_id}/interviews`, reader: 'board' },
  { address: `/endorsements/${voting.cycle_id}/interviews/${unscored}`, reader: 'organizer' },
  { address: `/endorsements/${voting.cycle_id}/rubric`, reader: 'organizer' },
  { address: `/endorsements/${voting.cycle_id}/scores/${scored}`, reader: 'organizer' },
  { address: `/endorsements/${voting.cycle_id}/recommendation/${scored}`, reader: 'organizer' },
  { address: `/my-panels/${voting.cycle_id}/${unscored}`, reader: 'organizer' },
  { address: '/my-ballots', reader: 'organizer' },
  { address: `/postal/${paperMail.drop_id}/sorting`, reader: 'organizer' },
  { address: `/postal/${paperMail.drop_id}/design`, reader: 'organizer' },
  { address: bookPath, reader: 'public' },
  { address: '/no-such-page', reader: 'organizer' },
]

const gates = new Map<string, Permission>()
for (const { method, path, handler } of routes.flatMap((each) => each.routes)) {
  if (method === 'GET' && !gates.has(path)) gates.set(path, (handler as Guard).permission)
}

const readerOf = (permission: Permission): Reader =>
  permission === 'public' ? 'public' : permission === 'caller-link' ? 'calling' : 'organizer'

const windows = new Map<string, Promise<Page>>()
function windowOf(reader: Reader, language: Language): Promise<Page> {
  const key = `${reader} ${language}`
  let page = windows.get(key)
  if (!page) windows.set(key, (page = openWindow(reader, language)))
  return page
}

async function openWindow(reader: Reader, language: Language): Promise<Page> {
  const size = { ...phone, language, dark: language === 'ko' }
  if (reader === 'organizer') return signedIn('minji', size)
  if (reader === 'public') return site.page(size)
  if (reader !== 'calling')
    return site.page({ ...size, actor: { ...minji, id: crypto.randomUUID(), roles: [reader], is_steward: false } })
  const page = await site.page(size)
  const name = `caller_${bank.phone_bank_id.slice(0, 8)}`
  const other = `caller_${confirming.phone_bank_id.slice(0, 8)}`
  await page.context().addCookies([{ name, value: token, url: `${site.url}/call` }, { name: other, value: asking.token, url: `${site.url}/call` }]) // prettier-ignore
  return page
}

const cookiesOf = async (context: BrowserContext): Promise<string> =>
  (await context.cookies(`${site.url}/call`)).map(({ name, value }) => `${name}=${value}`).join('; ')

/** What a reader gets at an address: a page of its own, something for programs, or neither. */
async function answerAt(address: string, reader: Reader, method = 'GET'): Promise<'page' | 'no page' | number> {
  const stop = new AbortController()
  const answer = await fetch(site.url + address, {
    method,
    headers: {
      cookie: await cookiesOf((await windowOf(reader, 'en')).context()),
      accept: 'text/html',
      origin: site.url,
      'sec-fetch-site': 'same-origin',
    },
    redirect: 'manual',
    signal: stop.signal,
  })
  const { status, headers } = answer
  const type = headers.get('content-type') ?? ''
  // A mail as its reader gets it stands inside other pages and runs nothing, axe neither.
  if (headers.get('content-security-policy')?.includes('sandbox')) {
    stop.abort()
    return 'no page'
  }
  if (type.startsWith('text/html'))
    return status === 200 && (await answer.text()).startsWith('<!doctype html>') ? 'page' : status
  stop.abort() // a stream would not end
  return status === 200 || type.includes('json') ? 'no page' : status
}

// The first newcomer comes into their hand.
await answerAt(`/call/${confirming.phone_bank_id}/newcomers/next`, 'calling', 'POST')
// Frozen: what came and what went since is then to be seen.
await answerAt(`/voters/universes/${filled.universe}/members`, 'organizer', 'POST')

const pages: { address: string; reader: Reader; route: string }[] = []
const unseen: string[] = []
for (const [path, permission] of gates) {
  if (permission === 'api-token') continue // for programs
  const reader = readerOf(permission)
  let answer: Awaited<ReturnType<typeof answerAt>> = 404
  for (const of of reader === 'calling' ? [ofCaller] : things) {
    const address = addressOf(path, of)
    answer = await answerAt(address, reader)
    if (answer === 'page') pages.push({ address, reader, route: path })
    if (typeof answer === 'string') break
  }
  if (typeof answer === 'number') unseen.push(path)
}
pages.push(...further.map((each) => ({ ...each, route: each.address })))

test('every address that answers with a page is looked at, or there is a reason', () => {
  expect(pages.length).toBeGreaterThan(70)
  expect(unseen.toSorted()).toEqual(Object.keys(noPages).toSorted())
})

test.each(pages)('$route for $reader', async ({ address, reader }) => {
  expect.hasAssertions()
  await Promise.all(languages.map((language) => look(address, reader, language)))
})

/**
 * One load for each language, at both widths. English is looked at by day on a desk and on paper, Korean by night on the
 * phone: together every rule in both languages, both widths, and the contrasts of both. Each goes through its sizes there
 * and, with the next page, back: laying a page out for another size takes longer than the look.
 */
async function look(address: string, reader: Reader, language: Language): Promise<void> {
  const page = await windowOf(reader, language)
  const answer = await page.goto(address)
  expect(answer?.status(), address).toBe(statuses[address] ?? 200)
  await expectWords(page, language)
  if (language === 'ko') await expectAskable(page)
  const sizes = language === 'ko' ? [onPhoneByAxe, onDesk] : [onPhone, onDeskByAxe, expectPrintable]
  const isAsItWasLeft = page.viewportSize()?.width !== phone.width
  for (const size of isAsItWasLeft ? sizes.toReversed() : sizes) await size(page)
}

/** A form that only asks can be sent as it stands: no list insists on a choice where its empty line means all. */
async function expectAskable(page: Page): Promise<void> {
  const insisting = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLSelectElement>('form[method=get] select:invalid')].map(({ name }) => name),
  )
  expect(insisting).toEqual([])
}

async function onPhone(page: Page): Promise<void> {
  await onScreen(page, phone)
  await expectNoSidewaysScroll(page)
}

async function onPhoneByAxe(page: Page): Promise<void> {
  await onPhone(page)
  await expectNoAxeProblems(page)
}

async function onDesk(page: Page): Promise<void> {
  await onScreen(page, { width: 1280, height: 800 })
  await expectNoSidewaysScroll(page)
}

async function onDeskByAxe(page: Page): Promise<void> {
  await onDesk(page)
  await expectNoAxeProblems(page)
}

/** Everything said on the page, seen or heard, is worded, in its language. */
async function expectWords(page: Page, language: Language): Promise<void> {
  const { lang, said } = await page.evaluate(() => {
    const texts: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest('script, style, template, code, pre')) texts.push(node.textContent?.trim() ?? '')
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description'])
        texts.push(element.getAttribute(name) ?? '')
    }
    return { lang: document.documentElement.lang, said: texts.filter(Boolean) }
  })
  expect(lang, page.url()).toBe(language)
  const known = allMessages()
  const wrong = said.filter(
    (text) =>
      /\{\{|\}\}|undefined|\bNaN\b|\[object /.test(text) ||
      (text.match(/[a-z][\w-]*(?:\.[\w-]+)+/g) ?? []).some((each) => known.has(each)) ||
      (language === 'ko' && onlyEnglish.has(text)),
  )
  expect(wrong, `words of ${page.url()}`).toEqual([])
}
/** Sentences of ours whose Korean is another one. */
const onlyEnglish = new Set(
  [...allMessages().values()].flatMap(({ en, ko }) =>
    typeof en === 'string' && en !== ko && en.includes(' ') && !en.includes('{{') ? [en] : [],
  ),
)

test.each(([
  { language: 'ko', go_on: '맞습니다. 계속', rank: '1순위', check: '투표 내용 확인', cast: '투표하기', done: '투표했습니다' },
  { language: 'en', go_on: 'This is right, go on', rank: 'Choice 1', check: 'Look over my ballot', cast: 'Cast my ballot', done: 'Your ballot is in the box' },
] as const).flatMap((words) => [360, 1280].map((width) => ({ ...words, width }))))('a member votes ranked choice without a script ($language, $width px)', async (words) => {
  const { language, width } = words
  const page = await site.page({ language, width, javaScript: false })
  const address = await ballotOf(found(more[(language === 'ko' ? 0 : 1) + (width === 360 ? 0 : 2)]))
  await page.goto(address)
  await page.getByRole('button', { name: words.go_on }).click()
  await page.getByLabel(words.rank).first().selectOption({ index: 2 })
  const chosen = await page.locator('select').first().locator('option:checked').innerText()
  await page.getByRole('button', { name: words.check }).click()
  expect(await page.locator('main').innerText()).toContain(`${words.rank}: ${chosen}`)
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.getByRole('button', { name: words.cast }).click()
  expect(await page.locator('h1').innerText()).toBe(words.done)
  expect(await page.locator('#receipts ~ dl dd').first().innerText()).toMatch(/^([0-9A-Z]{4} ){3}[0-9A-Z]{4}$/)
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.goto(address)
  expect(await page.locator('select').count()).toBe(0)
}) // prettier-ignore

test.each(([
  { language: 'ko', go_on: '맞습니다. 계속', check: '투표 내용 확인', cast: '투표하기', done: '투표했습니다' },
  { language: 'en', go_on: 'This is right, go on', check: 'Look over my ballot', cast: 'Cast my ballot', done: 'Your ballot is in the box' },
] as const).flatMap((words) => [360, 1280].map((width) => ({ ...words, width }))))('a member votes in a run-off between the two with most votes, without a script ($language, $width px)', async (words) => {
  const { language, width } = words
  const page = await site.page({ language, width, javaScript: false })
  const { roll_id } = found(runoffVoters[(language === 'ko' ? 0 : 1) + (width === 360 ? 0 : 2)])
  await page.goto(await ballotOf(roll_id, { cycle_id: runoff.cycle_id, slug: voting.slug }))
  await page.getByRole('button', { name: words.go_on }).click()
  const choices = page.getByRole('radio')
  // The two, and nobody.
  expect(await choices.count()).toBe(3)
  await choices.nth(1).check()
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.getByRole('button', { name: words.check }).click()
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.getByRole('button', { name: words.cast }).click()
  expect(await page.locator('h1').innerText()).toBe(words.done)
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
}) // prettier-ignore

test.each(([
  { language: 'ko', go_on: '맞습니다. 계속', start: '4분 시작', hidden: '나만 볼 수 있습니다', save: /점수 저장$/, saved: '점수 매김', hand_in: '내 점수 제출', waiting: '위원 3명 중 1명이 제출했습니다' },
  { language: 'en', go_on: 'This is right, go on', start: 'Start 4 min', hidden: 'Only you see your scores', save: /^Save the scores of/, saved: 'scored', hand_in: 'Hand in my scores', waiting: '1 of 3 panelists are in' },
] as const).flatMap((words) => [360, 1280].map((width) => ({ ...words, width, who: width === 360 ? 'jenny' : 'daniel' }))))('a panel scores: ties first, the timer, marks, handing in ($language, $width px)', async (words) => {
  // As it was before anybody scored.
  await owner.deleteFrom('endorsement_score').where('cycle_id', '=', voting.cycle_id).where('contest_id', '=', unscored).execute()
  await owner.updateTable('endorsement_panelist').set({ ties: null, handed_in_at: null }).where('cycle_id', '=', voting.cycle_id).where('contest_id', '=', unscored).execute()
  const { language, width, who } = words
  const page = await signedIn(who, { language, width })
  const here = `/my-panels/${voting.cycle_id}/${unscored}`
  await page.goto('/my-ballots')
  await page.locator(`a[href="${here}"]`).click()
  expect(await page.locator('#questions').count()).toBe(0)
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.getByRole('button', { name: words.go_on }).click()
  await page.getByText(words.hidden).waitFor()
  const timer = page.getByRole('button', { name: words.start })
  await timer.click()
  await page.getByRole('button', { name: /^[34]:\d\d$/ }).click()
  await timer.waitFor()
  const candidates = (await page.locator('[id^=candidate-]').evaluateAll((cards) => cards.map(({ id }) => id))).filter((id) => /^candidate-\d+$/.test(id))
  expect(candidates.length).toBeGreaterThan(1)
  for (const id of candidates) {
    const card = page.locator(`#${id}`)
    for (const marks of await card.locator('fieldset').all()) await marks.getByRole('radio').nth(3).check()
    await card.getByRole('button', { name: words.save }).click()
    await card.getByText(words.saved, { exact: true }).waitFor()
  }
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.getByRole('button', { name: words.hand_in }).click()
  await page.getByText(words.waiting).waitFor()
  await expectNoSidewaysScroll(page)
}) // prettier-ignore

// The last: the vote that was on is counted by it.
test('an organizer counts, writes a statement, announces and withdraws on a phone, in Korean and without a script', async () => {
  const page = await signedIn('minji', { language: 'ko', width: 360, javaScript: false })
  const on = async (title: string) => {
    expect(await page.locator('h1').innerText()).toContain(title)
    await expectNoSidewaysScroll(page)
    await expectNoAxeProblems(page)
  }
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
  const follow = (name: string | RegExp) => page.getByRole('link', { name }).first().click()
  const { clock } = world.installation
  const began = clock.now()
  try {
    clock.set(new Date(began.getTime() + 5 * 86_400_000).toISOString())
    await page.goto(`/endorsements/${voting.cycle_id}/vote`)
    await press('투표함 열고 개표')
    await on('투표 결과')
    await page.goto(`/endorsements/${voting.cycle_id}/vote`)
    await follow('결과와 발표')
    await on('결과와 발표')
    expect(await page.locator('#announcement').innerText()).toContain('아직 쓰지 않은 언어가 있습니다')
    await follow(/^성명 쓰기/)
    await page.getByLabel('성명(한국어)').fill('회원들이 무기명 투표로 정했습니다.')
    await page.getByLabel('이유(한국어)').fill('렌트 규제와 우리말 서비스를 약속했습니다.')
    await expectNoSidewaysScroll(page)
    await press('저장')
    await on('결과와 발표')
    await press('지지 후보 발표하기')
    await follow('공개 페이지 보기')
    await on('우리가 지지하는 후보')
    expect(await page.locator('main').innerText()).toContain('회원들이 무기명 투표로 정했습니다.')
    await page.goto(`/endorsements/${counted.cycle_id}/result/withdraw/${announced.candidate_id}`)
    await page.getByLabel('이유(한국어)').fill('약속을 어기는 표결을 했습니다.')
    await on('지지 철회')
    await press('지지 철회하기')
    await follow('공개 페이지 보기')
    expect(await page.locator('main').innerText()).toContain('약속을 어기는 표결을 했습니다.')
    expect(await page.locator('main s').count()).toBe(1)
    await expectNoSidewaysScroll(page)
  } finally {
    clock.set(began.toISOString())
  }
})
