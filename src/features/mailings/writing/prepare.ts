import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { organizationById } from '../../events/queries.ts'
import type { Mailing } from '../queries.ts'
import { lookFor } from '../look/queries.ts'
import { triedOf } from '../links/queries.ts'
import { checkMail, linksIn, type Check } from './check-rules.ts'
import type { Around, DrawnProblem, ShownBlock } from './drawn.ts'
import { prepareMail, type PreparedMail } from './render.ts'
import { drawnKinds, MailContent } from './schema.ts'

export interface Here {
  /** Address people open, without a slash at the end. */
  url: string
  now: Date
}

export type ToPrepare = Pick<Mailing, 'organization_id' | 'lane' | 'content' | 'look_id'>

/** What stands around a mailing's own texts. */
export async function aroundOf(
  db: Db,
  { organization_id, lane }: Pick<ToPrepare, 'organization_id' | 'lane'>,
  here: Here,
): Promise<Around> {
  return { ...(await organizationById(db, organization_id)), lane, ...here }
}

const noProblems: ReadonlyMap<string, DrawnProblem> = new Map()
const nothingShown: ReadonlyMap<string, ShownBlock> = new Map()
const nothingLacks: ReadonlyMap<string, string[]> = new Map()

/** What other rooms say; their words are loaded by mailings that show them alone. */
async function drawnFor(db: Db, { blocks }: MailContent, around: Around) {
  if (!blocks.some(({ kind }) => drawnKinds.some((each) => each === kind)))
    return { problems: noProblems, shownIn: () => nothingShown, lacking: () => nothingLacks }
  const { drawnIn } = await import('./drawn.ts')
  return drawnIn(db, blocks, around)
}

/** What other rooms say in it at this moment, by language and block; nothing of it hangs on the hour or our address. */
export async function shownOf(db: Db, mailing: ToPrepare) {
  const content = MailContent.parse(mailing.content)
  const around = await aroundOf(db, mailing, { url: '', now: new Date(0) })
  const { shownIn } = await drawnFor(db, content, around)
  return around.languages.map((language) => [language, [...shownIn(language)]] as const)
}

/** Blocks that show something of another room which is not written in some of these languages. */
export async function lackingOf(
  db: Db,
  mailing: ToPrepare,
  languages: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const around = await aroundOf(db, mailing, { url: '', now: new Date(0) })
  return (await drawnFor(db, MailContent.parse(mailing.content), around)).lacking(languages)
}

/** A mailing in each of these languages, with what other rooms say at this moment. */
export async function preparedIn(
  db: Db,
  mailing: ToPrepare,
  languages: readonly string[],
  here: Here,
  content = MailContent.parse(mailing.content),
): Promise<Map<string, PreparedMail>> {
  const around = await aroundOf(db, mailing, here)
  const { shownIn } = await drawnFor(db, content, around)
  const look = await lookFor(db, mailing)
  const prepared = languages.map(async (language) => {
    const mail = await prepareMail(content, {
      language,
      organization: around,
      url: here.url,
      look,
      shown: shownIn(language),
    })
    return [language, mail] as const
  })
  return new Map(await Promise.all(prepared))
}

/** All that stands against sending a mailing; with anything that is blocking in it, it does not go out. */
export async function checksOf(db: Db, mailing: ToPrepare, here: Here): Promise<Check[]> {
  const content = MailContent.parse(mailing.content)
  const around = await aroundOf(db, mailing, here)
  const { languages } = around
  const { problems, lacking } = await drawnFor(db, content, around)
  const bytes: Record<string, number> = {}
  for (const [language, mail] of await preparedIn(db, mailing, languages, here))
    bytes[language] = Buffer.byteLength(mail(longNamed, { unsubscribe: longAddress, preferences: longAddress }).html)
  const nowhere = new Map<string, 'dead_link' | 'inside_link'>()
  for (const [address, { result }] of await triedOf(db, mailing.organization_id, linksIn(content)))
    if (result === 'dead' || result === 'inside') nowhere.set(address, `${result}_link`)
  const today = dateIn(around.time_zone, here.now)
  const payers = Object.values(around.name).filter((name) => name !== undefined)
  return checkMail(content, {
    lane: mailing.lane,
    today,
    languages,
    payers,
    problems,
    lacking: lacking(languages),
    bytes,
    nowhere,
  })
}

/* Sizes are those of the largest mail there may be. */
const longNamed = { first_name: 'A'.repeat(20), last_name: 'B'.repeat(20), name_hangul: null, preferred_title: null }
const longAddress = `https://${'a'.repeat(120)}`
