import { setImmediate } from 'node:timers/promises'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { inlineStyles } from '../../platform/http/assets.ts'
import { readForm } from '../../platform/http/form.ts'
import { packedAnswer } from '../../platform/http/packed.ts'
import { inTurn } from '../../platform/in-turn.ts'
import { onceAMinute } from '../../platform/http/minute.ts'
import { room, type Ctx } from '../../platform/http/room.ts'
import { localized, publicLanguage, publicLanguages } from '../../platform/i18n/languages.ts'
import { pdfAnswer } from '../../platform/print/typst.ts'
import { readTogether } from '../../platform/read-together.ts'
import { publicDocument } from '../../platform/ui/public-document.tsx'
import { allow } from '../access/allow.ts'
import { mayTryHere } from '../access/session.ts'
import { daysFor } from '../elections/calendars.ts'
import { contestName } from '../elections/contests/pages/words.tsx'
import { districtMap } from '../geography/maps.ts'
import { isMapKind } from '../geography/schema.ts'
import { csvOf } from './files.ts'
import { guidePdf } from './paper/print.ts'
import { isPaperForm, type PaperForm } from './paper/schema.ts'
import { DistrictMapPage, mineAt, MyBallotPage, type AddressProblem } from './my-ballot/pages.tsx'
import { findPlaces, hasVoters } from './my-ballot/queries.ts'
import type { Place } from './my-ballot/rules.ts'
import {
  cardAddress,
  ContestEmbed,
  ContestPage,
  FrontPage,
  isPrinted,
  WithdrawnPage,
  type CorrectionShown,
} from './public-pages.tsx'
import { onPaper } from './law.ts'
import { daysNow, publishedAt, versionsOf, type Version } from './queries.ts'
import { addressOf, candidateName, day, htmlLanguage, wordsFor, type Reading } from './reading.tsx'
import { chosenOf, contestsFor, correctionsIn, districtsAsked } from './rules.ts'
import type { Content, GuideContest } from './schema.ts'
import { cardPicture, cardSize } from './share.ts'
import { publicTranslator } from './translate.ts'
import { waysFor } from './ways.ts'

const anybody = allow('public')
/** Made once: that costs more than all it is asked. */
const GuideId = z.uuid()
const at = '/g/:organization/:guide'

/** Guides as everybody reads them: no account, no script. What was published last, from the moment it was. */
export const publicGuideRoutes = room()
  .get(at, anybody, async (c) => {
    const here = await publishedHere(c)
    const districts = districtsAsked(c.req.queries('d') ?? [])
    return answer(c, here, ['front', ...districts], async () => {
      const [last, ...before] = await versionsOf(here.db, here)
      const r = readingOf(here, found(last))
      const since = correctionsIn(found(last).content, r.content)
      const published = [found(last), ...before].flatMap((version, index, all): CorrectionShown[] => {
        const earlier = all[index + 1]
        if (!earlier) return []
        const { content } = version
        const on = dateIn(here.time_zone, version.published_at)
        return [{ version: version.version, on, reason: version.reason ?? {}, lines: correctionsIn(earlier.content, content), content, before: earlier.content }] // prettier-ignore
      })
      // A steward corrected the days meanwhile: they are right at once, and it is said.
      const corrections: CorrectionShown[] = since.length
        ? [{ version: here.version, on: here.held.as_of, reason: {}, lines: since, content: r.content, before: found(last).content }, ...published] // prettier-ignore
        : published
      const contests = contestsFor(r.content.contests, districts)
      return documentOf(
        r,
        here.path,
        localized(r.content.title, r.language).text,
        localized(r.content.intro, r.language).text.slice(0, 200),
        <FrontPage
          r={r}
          contests={contests}
          districts={districts}
          has_address={await hasVoters(here.db, r.content.election.state)}
          today={here.today}
          corrections={corrections}
        />,
        r.content.contests,
      )
    })
  })
  .get(`${at}/contests/:contest`, anybody, async (c) => {
    const here = await publishedHere(c)
    const asked = candidatesAsked(c)
    return answer(c, here, ['contest', c.req.param('contest') ?? '', ...asked], async () => {
      const [last] = await versionsOf(here.db, here)
      const r = readingOf(here, found(last))
      const contest = contestIn(c, r.content)
      const names = contest.candidates.map((each) => candidateName(r, each)).join(', ')
      return documentOf(
        r,
        `${here.path}/contests/${contest.contest_id}`,
        contestName(r.t, contest),
        r.t('voterguides.contest_description', { count: contest.candidates.length, names }),
        <ContestPage r={r} contest={contest} asked={chosenOf(contest.candidates, asked).map(({ candidate_id }) => String(candidate_id))} />, // prettier-ignore
        [contest],
      )
    })
  })
  // The one page other sites may show inside theirs.
  .get(`${at}/contests/:contest/embed`, anybody, async (c) => {
    const here = await publishedHere(c)
    const asked = candidatesAsked(c)
    c.set('framed_by', ['*'])
    return answer(c, here, ['embed', c.req.param('contest') ?? '', ...asked], async () => {
      const r = readingOf(here, found((await versionsOf(here.db, here))[0]))
      const contest = contestIn(c, r.content)
      return documentOf(r, `${here.path}/contests/${contest.contest_id}`, contestName(r.t, contest), '', <ContestEmbed r={r} contest={contest} asked={asked} />, [contest]) // prettier-ignore
    })
  })
  .get(`${at}/share.png`, anybody, (c) => card(c, () => null))
  .get(`${at}/contests/:contest/share.png`, anybody, (c) => card(c, (content) => contestIn(c, content)))
  .get(`${at}/my-ballot`, anybody, async (c) => {
    const here = await publishedHere(c)
    if (here.withdrawn_at) return gone(c, here)
    c.set('styled_by', inlineStyles('styles/guide.css').hash)
    return c.html(await myBallot(here, '', null, []))
  })
  // An address is read, answered and forgotten: it stands in no address of a page, no log, no table, no cache.
  .post(`${at}/my-ballot`, anybody, async (c) => {
    const here = await publishedHere(c)
    if (here.withdrawn_at) return gone(c, here)
    const { typed } = await readForm(c, z.record(z.string(), z.unknown()))
    const address = (typed.address ?? '').trim().slice(0, 200)
    c.set('styled_by', inlineStyles('styles/guide.css').hash)
    const again = async (problem: AddressProblem | null, places: readonly Place[], status: 200 | 422 | 429) =>
      c.html(await myBallot(here, address, problem, places), status)
    if (!(await mayTryHere(c, 'districts', here.guide_id))) return again('too_often', [], 429)
    const { content } = found((await versionsOf(here.db, here))[0])
    const kinds = [...new Set(content.contests.map(({ district_kind }) => district_kind))]
    const sought = await findPlaces(here.db, content.election.state, address, kinds)
    if (!sought.ok) return again(sought.problem, [], 422)
    const [place, ...others] = sought.places
    if (!place || others.length > 0) return again(null, sought.places, 200)
    return c.redirect(mineAt({ path: here.path, language: here.language }, place.districts), 303)
  })
  .get(`${at}/map/:kind`, anybody, async (c) => {
    const here = await publishedHere(c)
    const kind = c.req.param('kind') ?? ''
    const districts = districtsAsked(c.req.queries('d') ?? [])
    if (!isMapKind(kind)) throw new NotFound()
    return answer(c, here, ['map', kind, ...districts], async () => {
      const r = readingOf(here, found((await versionsOf(here.db, here))[0]))
      const drawn = found(await districtMap(here.db, r.content.election.state, kind))
      return documentOf(r, `${here.path}/map/${kind}`, localized(r.content.title, r.language).text, '', <DistrictMapPage r={r} districts={districts} kind={kind} map={drawn.map} />, []) // prettier-ignore
    })
  })
  .get(`${at}/guide.json`, anybody, async (c) => {
    const here = await publishedHere(c)
    return file(c, here, 'json', 'application/json; charset=utf-8', async () => {
      const versions = await versionsOf(here.db, here)
      const { version, published_at } = found(versions[0])
      const { content, days, ways, corrections } = allOf(here, versions)
      return JSON.stringify({
        organization: here.name,
        version,
        published_at,
        url: `${here.url}${here.path}`,
        ...content,
        days: days.map(({ source, ...each }) => ({ ...each, law: source })),
        ways_to_vote: ways,
        corrections: corrections.map(({ on, ...each }) => ({ corrected_on: on, ...each })),
      })
    })
  })
  .get(`${at}/guide.csv`, anybody, async (c) => {
    const here = await publishedHere(c)
    return file(c, here, 'csv', 'text/csv; charset=utf-8', async () => {
      const { content, ...beside } = allOf(here, await versionsOf(here.db, here))
      return csvOf(content, beside)
    })
  })
  .get(`${at}/guide.pdf`, anybody, (c) => print(c, { form: 'letter' }))
  .get(`${at}/guide-large.pdf`, anybody, (c) => print(c, { form: 'large' }))
  .get(`${at}/paper.pdf`, anybody, (c) => {
    const { form = 'letter', contest, with: second, press } = c.req.query()
    if (!isPaperForm(form)) throw new NotFound()
    const districts = contest ? [] : districtsAsked(c.req.queries('d') ?? [])
    return print(c, { form, contest: contest ?? '', districts, second: second ?? '', is_press: press === 'yes' })
  })

/** All that everybody may read of a guide, its corrections the newest first. */
function allOf(here: Here, versions: readonly Version[]) {
  const last = found(versions[0])
  const { content } = readingOf(here, last)
  const since = correctionsIn(last.content, content)
  const corrections = versions.flatMap(({ version, published_at, reason, content: after }, index) => {
    const before = versions[index + 1]
    return before ? [{ version, on: dateIn(here.time_zone, published_at), published_at, reason, lines: correctionsIn(before.content, after) }] : [] // prettier-ignore
  })
  // A steward corrected the days meanwhile.
  const newer = since.length > 0 ? [{ version: last.version, on: here.held.as_of, reason: null, lines: since }] : []
  return {
    content,
    days: daysFor(here.t, content.election).days,
    ways: waysFor(content),
    corrections: [...newer, ...corrections],
  }
}

const candidatesAsked = (c: Ctx): string[] => (c.req.queries('c') ?? []).filter((each) => /^\d{1,9}$/.test(each)).toSorted().slice(0, 20) // prettier-ignore
const contestIn = (c: Ctx, { contests }: Content): GuideContest => found(contests.find(({ contest_id }) => String(contest_id) === c.req.param('contest'))) // prettier-ignore

/** What a link to the guide or to one contest looks like where it is passed on. */
async function card(c: Ctx, contestOf: (content: Content) => GuideContest | null): Promise<Response> {
  const here = await publishedHere(c)
  if (here.withdrawn_at) return gone(c, here)
  const text = await kept(c, here, ['card', c.req.param('contest') ?? ''], async () => {
    const { content } = found((await versionsOf(here.db, here))[0])
    return Buffer.from(await cardPicture(content, contestOf(content), here.name, here.language)).toString('latin1')
  })
  // Whoever asks by the number of the version may keep it.
  const keeps = c.req.query('v') === String(here.version) ? 'public, max-age=86400' : 'no-cache'
  return c.body(new Uint8Array(Buffer.from(text, 'latin1')), 200, { 'content-type': 'image/png', 'cache-control': keeps, 'cross-origin-resource-policy': 'cross-origin' }) // prettier-ignore
}

async function myBallot(here: Here, typed: string, problem: AddressProblem | null, places: readonly Place[]): Promise<string> {
  const r = readingOf(here, found((await versionsOf(here.db, here))[0]))
  return documentOf(r, `${here.path}/my-ballot`, r.t('voterguides.mine'), '', <MyBallotPage r={r} typed={typed} problem={problem} places={places} />, [])
} // prettier-ignore

interface PaperAsked {
  form: PaperForm
  contest?: string
  districts?: readonly string[]
  second?: string
  is_press?: boolean
}

/** More papers than a network may have drawn within an hour. */
class TooOften extends Error {}

async function print(
  c: Ctx,
  { form, contest = '', districts = [], second = '', is_press = false }: PaperAsked,
): Promise<Response> {
  const here = await publishedHere(c)
  if (here.withdrawn_at) return gone(c, here)
  if (!isPrinted(here.language)) throw new NotFound()
  const beside = second !== here.language && isPrinted(second) ? second : ''
  const text = await kept(c, here, ['pdf', form, contest, beside, String(is_press), ...districts], async () => {
    if (!(await mayTryHere(c, 'paper', here.guide_id))) throw new TooOften()
    const version = found((await versionsOf(here.db, here))[0])
    const whole = readingOf(here, version)
    const marked = onPaper(whole.content)
    const r = { ...whole, content: { ...marked, contests: contestsFor(marked.contests, districts) } }
    if (r.content.contests.length === 0) throw new NotFound()
    const words = wordsFor(beside, here.words)
    const readings: [Reading, ...Reading[]] = beside ? [r, { ...r, language: beside, words, t: publicTranslator(words) }] : [r] // prettier-ignore
    const one = contest ? found(r.content.contests.find(({ contest_id }) => String(contest_id) === contest)) : null
    // Whoever waits for a page meanwhile is answered between two of them.
    const made = await inTurn('papers of voter guides', async () => {
      await setImmediate()
      return guidePdf(readings, { form, contest: one, districts, is_press }, version.published_at)
    })
    return Buffer.from(made).toString('latin1')
  }).catch((problem: unknown) => {
    if (problem instanceof TooOften) return null
    throw problem
  })
  if (text === null) return c.text(here.t('voterguides.paper_too_often'), 429)
  const name = ['guide', here.version, form, here.language, beside, is_press ? 'press' : ''].filter(Boolean).join('-')
  const answered = pdfAnswer(new Uint8Array(Buffer.from(text, 'latin1')), name)
  answered.headers.set('cache-control', 'no-cache')
  return answered
}

/**
 * One question by key: which version is the published one. Its pages are in memory under that number. A crowd asks it
 * together, after each of them came: nobody reads an older version than what was published when they asked, whichever
 * process published it.
 */
async function publishedHere(c: Ctx) {
  const { database, url, clock } = c.var.installation
  const guide_id = GuideId.safeParse(c.req.param('guide'))
  if (!guide_id.success) throw new NotFound()
  const slug = c.req.param('organization') ?? ''
  const { owner } = database
  const of = `guide ${guide_id.data} ${slug}`
  const again = () => readTogether(owner, of, () => publishedAt(owner, slug, guide_id.data))
  const dated = <T extends { time_zone: string; languages: string[] }>(row: T) => ({
    ...row,
    today: dateIn(row.time_zone, clock.now()),
    offered: [...new Set([...publicLanguages, ...row.languages])],
  })
  const published = dated(found(await again()))
  const asked = c.req.query('lang')
  const { offered } = published
  const language = asked && offered.includes(asked) ? asked : publicLanguage(getCookie(c, 'language'), c.req.header('accept-language')) // prettier-ignore
  const words = wordsFor(language, c.var.language)
  return {
    ...published,
    guide_id: guide_id.data,
    db: database.of(published.organization_id),
    path: `/g/${slug}/${guide_id.data}`,
    url,
    again,
    dated,
    language,
    words,
    t: publicTranslator(words),
  }
}
type Here = Awaited<ReturnType<typeof publishedHere>>

const readingOf = (here: Here, { content, version, published_at }: Version): Reading => ({
  t: here.t,
  words: here.words,
  language: here.language,
  languages: here.offered,
  path: here.path,
  url: here.url,
  content: { ...content, election: { ...content.election, ...daysNow(here.held) } },
  organization: here.name,
  version,
  published_on: dateIn(here.time_zone, published_at),
})

/** Kept until somebody publishes or the day ends; a reader’s own copy is asked about each time. */
async function answer(c: Ctx, here: Here, of: readonly string[], make: () => Promise<string>) {
  if (here.withdrawn_at) return gone(c, here)
  c.set('styled_by', inlineStyles('styles/guide.css').hash)
  return keptAnswer(c, here, of, make, { 'content-type': 'text/html; charset=UTF-8' })
}

async function file(c: Ctx, here: Here, ending: string, type: string, make: () => Promise<string>) {
  if (here.withdrawn_at) return gone(c, here)
  // Pages of newspapers may read it too.
  return keptAnswer(c, here, [ending], make, { 'content-type': type, 'access-control-allow-origin': '*', 'content-disposition': `inline; filename="guide-${here.version}.${ending}"` }) // prettier-ignore
}

const forAll = { 'cache-control': 'no-cache', vary: 'Accept-Language, Cookie' } as const

/** The same bytes for everybody, packed once. */
async function keptAnswer(c: Ctx, here: Here, of: readonly string[], make: () => Promise<string>, headers: Record<string, string>) {
  const key = pageKey(here, of)
  const text = await onceAMinute(c.var.installation, key, make)
  return packedAnswer(c, { key, text, headers: { ...forAll, ...headers }, isStill: stillAs(here, key, of) })
} // prettier-ignore

/** A crowd reads the version together, so all of it gets one row, which is looked at once. */
function stillAs(here: Here, key: string, of: readonly string[]): () => Promise<boolean> {
  let [last, isSame]: [object | undefined, boolean] = [undefined, false]
  return async () => {
    const row = await here.again()
    if (!row || row !== last) {
      isSame = row !== undefined && row.withdrawn_at === null && pageKey({ ...here, ...here.dated(row) }, of) === key // prettier-ignore
      last = row
    }
    return isSame
  }
}

/** All that a page is made of, beside the rows of its version. */
const pageKey = ({ guide_id, version, held, today, language, words, name, offered, url }: Here, of: readonly string[]): string =>
  JSON.stringify(['voterguide', guide_id, version, daysNow(held), today, language, words, name, offered, url, ...of]) // prettier-ignore

/** Where a guide was until it was withdrawn. */
async function gone(c: Ctx, here: Here): Promise<Response> {
  const [last] = await versionsOf(here.db, here)
  const r = readingOf(here, found(last))
  const on = dateIn(here.time_zone, here.withdrawn_at ?? found(last).published_at)
  const title = localized(r.content.title, r.language).text
  c.header('Cache-Control', 'no-cache')
  c.header('Vary', 'Accept-Language, Cookie')
  return c.html(publicDocument(r.words, title, r.organization, <WithdrawnPage r={r} on={on} reason={here.withdrawn_reason ?? {}} />), 410) // prettier-ignore
}

function kept(c: Ctx, here: Here, of: readonly string[], make: () => Promise<string>): Promise<string> {
  c.header('Cache-Control', 'no-cache')
  c.header('Vary', 'Accept-Language, Cookie')
  return onceAMinute(c.var.installation, pageKey(here, of), make)
}

const locales: Readonly<Record<string, string>> = { en: 'en_US', ko: 'ko_KR', zh: 'zh_TW', es: 'es_US' }

function documentOf(
  r: Reading,
  here: string,
  title: string,
  description: string,
  body: React.ReactNode,
  contests: readonly GuideContest[],
): string {
  const { election } = r.content
  const data = {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    name: title,
    inLanguage: htmlLanguage(r.language),
    url: `${r.url}${here}`,
    datePublished: r.published_on,
    publisher: { '@type': 'Organization', name: localized(r.organization, r.language).text },
    about: { '@type': 'Event', name: r.t(`elections.kind.${election.kind}`, { year: election.held_on.slice(0, 4) }), startDate: election.held_on }, // prettier-ignore
    mainEntity: {
      '@type': 'ItemList',
      itemListElement: contests.flatMap(
        ({ candidates }) =>
        candidates.map((each) => ({ '@type': 'Person', name: candidateName(r, each), alternateName: each.name, url: each.website ?? undefined })), // prettier-ignore
      ),
    },
  }
  return publicDocument(r.words, title, r.organization, body, {
    description: description || `${title}, ${day(r, election.held_on)}`,
    is_wide: true,
    styles: inlineStyles('styles/guide.css'),
    head: (
      <>
        <meta property="og:type" content="article" />
        <meta property="og:image" content={`${r.url}${cardAddress(r, contests.length > 0 ? here : r.path)}`} />
        <meta property="og:image:width" content={String(cardSize.width)} />
        <meta property="og:image:height" content={String(cardSize.height)} />
        <meta property="og:image:alt" content={title} />
        <meta property="og:locale" content={locales[r.language] ?? 'en_US'} />
        <meta name="twitter:card" content="summary_large_image" />
        <meta property="og:url" content={`${r.url}${addressOf(here, r.language)}`} />
        {r.languages.map((language) => (
          <link
            key={language}
            rel="alternate"
            hrefLang={htmlLanguage(language)}
            href={`${r.url}${addressOf(here, language)}`}
          />
        ))}
        <link rel="alternate" type="application/json" href={`${r.url}${r.path}/guide.json`} />
        <script
          type="application/ld+json"
          // oxlint-disable-next-line react/no-danger -- React would write quotation marks as entities, which JSON does not know
          dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll('<', String.raw`\u003c`) }}
        />
      </>
    ),
  })
}
