import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import type { DeliveryKey } from '../stopping/links.ts'
import { countedPath, picturePath } from './links.ts'
import { countingOf } from './queries.ts'
import { linksIn, withCounted, withPicture, type Counting } from './rules.ts'

export async function chooseCounting(tx: Db, actor: Actor, counting: Counting): Promise<void> {
  const { organization_id } = actor
  const before = await countingOf(tx, organization_id)
  await tx
    .insertInto('mail_counting')
    .values({ organization_id, ...counting })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(counting))
    .execute()
  await audit(tx, actor, { action: 'mail_counting.choose', subject: 'organization', subject_id: organization_id, before: { ...before }, after: { ...counting } }) // prettier-ignore
}

/** Makes a mail one of which is counted what the organization chose. */
export type Count = (html: string, language: string, key: DeliveryKey) => string

/** `htmlIn`: the mail in a language, as somebody without a name gets it. */
export async function countFor(
  db: Db,
  { organization_id, mailing_id }: Pick<Mailing, 'organization_id' | 'mailing_id'>,
  { counts_clicks, counts_opens }: Counting,
  languages: readonly string[],
  htmlIn: (language: string) => string,
  { url, secret }: { url: string; secret: string },
): Promise<Count> {
  const links = counts_clicks
    ? await keepLinks(db, organization_id, mailing_id, languages.flatMap((language) => linksIn(htmlIn(language)).map((each) => ({ language, url: each })))) // prettier-ignore
    : new Map<string, number>()
  return (html, language, key) => {
    const counted = withCounted(html, (each) => {
      const link = links.get(`${language} ${each}`)
      return link === undefined ? null : `${url}${countedPath(secret, key, link)}`
    })
    return counts_opens ? withPicture(counted, `${url}${picturePath(secret, key)}`) : counted
  }
}

/** Numbers by language and address; those known keep theirs. */
async function keepLinks(
  db: Db,
  organization_id: string,
  mailing_id: string,
  links: readonly { language: string; url: string }[],
): Promise<Map<string, number>> {
  return inTransaction(db, async (tx) => {
    await sql`
      insert into mail_counted_link (organization_id, mailing_id, link, language, url)
      select ${organization_id}::uuid, ${mailing_id}::uuid, coalesce((select max(link) from mail_counted_link k where k.organization_id = ${organization_id}::uuid
        and k.mailing_id = ${mailing_id}::uuid), 0) + row_number() over (), l.language, l.url
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l (language text, url text)
      where not exists (select from mail_counted_link k where k.organization_id = ${organization_id}::uuid and k.mailing_id = ${mailing_id}::uuid
        and k.language = l.language and k.url = l.url)`.execute(tx)
    const kept = await tx.selectFrom('mail_counted_link').select(['link', 'language', 'url']).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
    return new Map(kept.map(({ link, language, url }) => [`${language} ${url}`, link]))
  })
}

/** Somebody pressed a link. */
export function countPress(db: Db, key: DeliveryKey & { link: number }, now: Date): Promise<void> {
  const { organization_id, mailing_id, n, link } = key
  return inTransaction(db, async (tx) => {
    await sql`update mail_counted_link set presses = presses + 1 where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and link = ${link}`.execute(
      tx,
    )
    await tx.updateTable('mail_delivery').set({ clicked_at: now }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).where('n', '=', n).where('clicked_at', 'is', null).where('state', '<>', 'left_out').execute() // prettier-ignore
  })
}

/** Somebody's mail program loaded the picture. */
export async function countOpen(db: Db, { organization_id, mailing_id, n }: DeliveryKey, now: Date): Promise<void> {
  await db.updateTable('mail_delivery').set({ opened_at: now }).where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).where('n', '=', n).where('opened_at', 'is', null).where('state', '<>', 'left_out').execute() // prettier-ignore
}
