import { sql, type RawBuilder } from 'kysely'
import { saidAndWished, whyNot, whyNotThere } from '../audience/queries.ts'
import type { Mailing } from '../queries.ts'
import { purposeOf, type WhyNot } from '../schema.ts'

/**
 * Why each of these rows `d` of a list may not go today, whatever it was when the list was made; null: it may. Each person is looked
 * up by their key (`limit`): a join without it read all of them for every few mails. Of rows whose people were put together since,
 * the first that may go does. `offset 0`: asked three times of each row otherwise, as the order and the answer name it.
 */
export const whyNow = (
  {
    organization_id,
    mailing_id,
    topic_id,
    lane,
  }: Pick<Mailing, 'organization_id' | 'mailing_id' | 'topic_id' | 'lane'>,
  today: string,
  these: RawBuilder<unknown>,
): RawBuilder<{ n: number; why: WhyNot | null }> => sql`
  select n, case when why is null and row_number() over (partition by person_id order by why is not null, n) > 1 then 'same_mailbox' else why end as why from (
  select d.n, p.person_id, coalesce(${whyNot(organization_id, sql`d.address`, today, topic_id, purposeOf[lane])},
    case when p.person_id is null then 'marked' else ${whyNotThere(organization_id, sql`d.address`, lane, today)} end,
    case when ${hasHadIt} then 'same_mailbox' end) as why
  from mail_delivery d
  cross join lateral (${present} offset 0) now_is
  left join lateral (select x.* from person x where x.organization_id = ${organization_id}::uuid and x.person_id = now_is.person_id limit 1) p on true
  ${saidAndWished(organization_id)}
  where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid and ${these} offset 0) each_row`

/** Who `d` is by now; the function, which takes long, is asked only of those who were put together. */
const present = sql`select coalesce(
  (select d.person_id from person whole where whole.organization_id = d.organization_id and whole.person_id = d.person_id and whole.merged_into is null),
  mail_person(d.organization_id, d.person_id)) as person_id`

/** What a server said of this row means that it was refused for what we are, as `kindOf` says it: 5.7, or 554 without more. */
export const saysForUs = (row: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(coalesce(${row}.code, '') like '5.7.%' or ${row}.code is null and coalesce(${row}.answer, '') ~ '\\m554\\M')`

/**
 * Of a row `d` and its person `p`: another row of the mailing, of whoever they were put together with since, went out. Not one that
 * came back refused for what we are: nothing of it reached them.
 */
const hasHadIt: RawBuilder<boolean> = (() => {
  const went = sql`o.n <> d.n and (o.state in ('handing', 'sent', 'unknown') or o.state = 'bounced' and not ${saysForUs(sql`o`)})`
  // Two questions: in one, PostgreSQL would go through all of the list.
  return sql`(exists (select from person m join mail_delivery o on o.organization_id = m.organization_id and o.person_id = m.person_id and o.mailing_id = d.mailing_id
      where m.organization_id = d.organization_id and m.merged_into = p.person_id and ${went})
    or d.person_id <> p.person_id and exists (select from mail_delivery o where o.organization_id = d.organization_id and o.person_id = p.person_id
      and o.mailing_id = d.mailing_id and ${went}))`
})()
