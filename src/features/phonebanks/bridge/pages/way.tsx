import type { FieldErrors } from '../../../../platform/http/form.ts'
import { formatNumber } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Choices } from '../../../../platform/ui/components.tsx'
import '../messages.ts'
import type { BridgeReadiness } from '../queries.ts'
import type { TextState } from '../tables.ts'
import { waysOfCalling, type WayOfCalling } from '../schema.ts'

/** The three ways, in the form of a new phone bank and in the settings of a running one. */
export function WayChoices({
  t,
  legend,
  chosen,
  errors,
}: {
  t: Translate
  legend: string
  chosen: string
  errors: FieldErrors
}) {
  return (
    <Choices
      t={t}
      legend={legend}
      hint={t('bridge.way_lead')}
      name="way_of_calling"
      kind="radio"
      chosen={[chosen]}
      options={waysOfCalling.map((way) => ({
        value: way,
        label: t(`bridge.way.${way}`),
        hint: t(`bridge.way.${way}_hint`),
      }))}
      errors={errors}
    />
  )
}

interface Props {
  t: Translate
  phone_bank_id: string
  way_of_calling: WayOfCalling
  readiness: BridgeReadiness
  may_edit: boolean
  /** Where the carrier tells of those who call the organization's number. */
  inbound_url: string
  /** The same of those who write; null: the organization sends no texts. */
  texts_url: string | null
  texts: readonly { state: TextState; count: number }[]
  errors: FieldErrors
}

/** How this phone bank calls, and what the bridge still needs. */
export function WayCard(props: Props) {
  const { t, phone_bank_id, way_of_calling, readiness, may_edit, inbound_url, texts_url, texts } = props
  const is_missing = way_of_calling === 'bridge' && readiness !== 'ready'
  return (
    <Card title={t('bridge.way')} id="way">
      {is_missing && <Alert kind="warning" title={t(`bridge.readiness.${readiness}`)} />}
      {way_of_calling === 'bridge' && !is_missing && <p className="mb-3">{t('bridge.readiness.ready')}</p>}
      {way_of_calling === 'bridge' && !is_missing && may_edit && (
        <p className="mb-3 max-w-prose text-sm">
          {t('bridge.inbound')} <code className="break-all">{inbound_url}</code>
        </p>
      )}
      {way_of_calling === 'bridge' && !is_missing && may_edit && (
        <p className="mb-3 max-w-prose text-sm">
          {texts_url ? (
            <>
              {t('bridge.inbound_texts')} <code className="break-all">{texts_url}</code>
            </>
          ) : (
            <>
              {t('bridge.no_texts')}{' '}
              <a className="link" href="/settings">
                {t('bridge.to_organization')}
              </a>
            </>
          )}
        </p>
      )}
      {texts.length > 0 && (
        <>
          <h3 className="font-semibold">{t('bridge.texts')}</h3>
          <ul className="mb-3 list-disc pl-5">
            {texts.map(({ state, count }) => (
              <li key={state}>
                {formatNumber(t.language, count)} {t(`bridge.text.${state}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {is_missing && readiness === 'no_number' && may_edit && (
        <p className="mb-3">
          <a className="link" href="/settings">
            {t('bridge.to_organization')}
          </a>
        </p>
      )}
      {may_edit ? (
        <form method="post" action={`/phonebanks/${phone_bank_id}/way`} className="max-w-3xl">
          <WayChoices t={t} legend={t('bridge.way_choose')} chosen={way_of_calling} errors={props.errors} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      ) : (
        <p>{t(`bridge.way.${way_of_calling}`)}</p>
      )}
    </Card>
  )
}
