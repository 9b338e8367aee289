import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, OwnText, PageHead } from '../../../platform/ui/components.tsx'
import type { Universe } from '../queries.ts'
import { isUsed, type Uses } from '../uses.ts'

/** What stands on a universe, by name. */
export function UsesList({ t, uses }: { t: Translate; uses: Uses }) {
  if (!isUsed(uses)) return <p className="text-sm">{t('universes.used_by_nothing')}</p>
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
    </ul>
  )
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
