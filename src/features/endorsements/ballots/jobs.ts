import { dateIn } from '../../../platform/clock.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { isLanguage, localized } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { handOverOnce } from '../../../platform/mail/once.ts'
import { unseal } from '../../../platform/seal.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { deliverTo } from '../../people/mail.ts'
import { mailboxesOf } from '../../people/queries.ts'
import { romanName } from '../../people/rules.ts'
import { cycleById } from '../cycles/queries.ts'
import { ballotMail } from './later.ts'
import { hashOf, mail_purpose, votePath } from './links.ts'
import './messages.ts'
import { rollRowByCredential, voteOf } from './queries.ts'
import { ballotMailRow } from './roll-commands.ts'
import { takingOn } from './rules.ts'

/**
 * Mails one member the link by which they vote, in their language, once. One that was replaced or used meanwhile is not sent, nor
 * any once the vote is over, or to whom a challenge took off the roll.
 */
export const sendBallotJob = job({
  ...ballotMail,
  async run({ organization_id, cycle_id, sealed, days_before }, context) {
    const installation = context.installation as Installation
    const db = installation.database.of(organization_id)
    const cycle = await cycleById(db, organization_id, cycle_id)
    const vote = await voteOf(db, organization_id, cycle_id)
    const credential = unseal(installation.secret, mail_purpose, sealed)
    const row = vote && (await rollRowByCredential(db, vote, hashOf(credential)))
    if (!cycle || !vote || !row?.mailed_to || row.voted_by) return
    const { name, slug, time_zone } = await organizationSettings(db, organization_id)
    const isOver = vote.counted_at || takingOn(vote.rules, dateIn(time_zone, installation.clock.now())) === 'over'
    if (isOver || !row.may_vote) return
    const isReminder = days_before !== null
    // Whoever opted out since it was asked for gets none.
    const to = isReminder
      ? (await mailboxesOf(db, organization_id, [row.person_id], 'membership')).get(row.person_id)
      : row.mailed_to
    if (!to) return
    const t = translator(isLanguage(row.language ?? undefined) ? (row.language as 'en' | 'ko') : 'en')
    const organization = localized(name, t.language).text
    const date = formatDate(t.language, vote.rules.vote_until_on)
    const about = localized(cycle.name, t.language).text
    const text = [
      t('ballots.mail.dear', { name: row.name_hangul || romanName(row) }),
      t(isReminder ? 'ballots.mail.reminder' : 'ballots.mail.text', { organization, name: about, date }),
      `${installation.url}${votePath(slug, cycle_id, credential)}?lang=${t.language}`,
      t(isReminder ? 'ballots.mail.either' : 'ballots.mail.once'),
      t('ballots.mail.from', { organization }),
    ].join('\n\n')
    const mail = {
      to,
      subject: t(isReminder ? 'ballots.mail.subject_reminder' : 'ballots.mail.subject', { organization, date }),
      text,
      language: t.language,
      of: { organization_id, whom: { person_id: row.person_id } },
    }
    const today = (): string => dateIn(time_zone, installation.clock.now())
    await handOverOnce(ballotMailRow(db, organization_id, hashOf(credential), today), () => deliverTo(installation, mail)) // prettier-ignore
  },
})
