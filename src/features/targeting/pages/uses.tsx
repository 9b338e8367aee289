import { localized } from '../../../platform/i18n/languages.ts'
import { dateIn } from '../../../platform/clock.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, OwnText, PageHead } from '../../../platform/ui/components.tsx'
import type { Universe } from '../queries.ts'
import { isUsed, type Uses } from '../uses.ts'

/** What stands on a universe, by name; then the files made from it, where `files` says how to tell them. */
export function UsesList({ t, uses, files }: { t: Translate; uses: Uses; files?: Files }) {
  if (!isUsed(uses) && !(files && uses.exports.length > 0))
    return <p className="text-sm">{t('universes.used_by_nothing')}</p>
  return (
    <ul className="list-disc space-y-1 pl-5">
      {uses.universes.map((each) => (
        <li key={each.universe_id}>
          {t('universes.use_universe')} <a href={`/voters/universes/${each.universe_id}`}>{each.name}</a>
        </li>
      ))}
      {uses.phone_banks.map((each) => (
        <li key={each.phone_bank_id}>
          {t('universes.use_phone_bank')}{' '}
          <a href={`/phonebanks/${each.phone_bank_id}`}>
            <OwnText text={localized(each.name, t.language)} language={t.language} t={t} />
          </a>
          <span className="block text-sm">
            {each.is_by_name ? t('universes.use_asks_again') : t('universes.use_keeps_copy')}
          </span>
        </li>
      ))}
      {files &&
        uses.exports.map((each) => {
          const day = formatDate(t.language, dateIn(files.time_zone, each.requested_at))
          return (
            <li key={each.export_id}>
              {t('universes.use_export')}{' '}
              {files.may_export ? <a href={`/voters/exports/${each.export_id}`}>{each.purpose}</a> : each.purpose}
              <span className="block text-sm">
                {each.voters === null
                  ? t('universes.use_export_asked', { day, name: each.requested_by })
                  : t('universes.use_export_made', { day, name: each.requested_by, count: each.voters })}
              </span>
            </li>
          )
        })}
    </ul>
  )
}

interface Files {
  time_zone: string
  may_export: boolean
}

interface Props {
  t: Translate
  universe: Universe
  uses: Uses
  act: 'change' | 'archive'
}

/** Before something others stand on is changed or put away: what that touches. */
export function TouchesPage({ t, universe, uses, act }: Props) {
  const address = `/voters/universes/${universe.universe_id}`
  return (
    <>
      <PageHead
        title={t(`universes.touches.${act}`, { name: universe.name })}
        lead={t(`universes.touches.${act}_text`)}
        back={{ href: address, label: universe.name }}
      />
      <Card title={t('universes.used_by')} id="uses">
        <UsesList t={t} uses={uses} />
      </Card>
      <div className="flex flex-wrap gap-3">
        {act === 'change' ? (
          <a className="btn btn-primary" href={`${address}/edit`}>
            {t('universes.touches.go_on')}
          </a>
        ) : (
          <form method="post" action={`${address}/archive`}>
            <input type="hidden" name="sure" value="yes" />
            <button className="btn btn-primary" type="submit">
              {t('universes.touches.archive_anyway')}
            </button>
          </form>
        )}
        <a className="btn" href={address}>
          {t('action.cancel')}
        </a>
      </div>
    </>
  )
}
