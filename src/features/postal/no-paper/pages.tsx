import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Field, Figure, Figures, PageHead } from '../../../platform/ui/components.tsx'
import '../../people/messages.ts'
import '../messages.ts'

export interface Done {
  what: 'closed' | 'was_closed' | 'opened'
  address: string
  people: number
}

interface Form {
  typed: Record<string, string>
  errors: FieldErrors
}

interface Props extends Form {
  t: Translate
  counts: { own: number; installation: number }
  lift: Form
  done: Done | null
}

/** Where a household that wants no more paper is closed, and opened again. */
export function NoPaperPage({ t, counts, typed, errors, lift, done }: Props) {
  const number = (value: number): string => formatNumber(t.language, value)
  return (
    <div className="max-w-3xl">
      <PageHead title={t('postal.no_paper')} lead={t('postal.no_paper_lead')} back={{ href: '/postal', label: t('postal.title') }} />
      {done && (
        <Alert kind={done.what === 'was_closed' ? 'info' : 'success'}>
          {t(`postal.no_paper_done.${done.what}`, { address: done.address, count: done.people })}
        </Alert>
      )}
      <Figures>
        <Figure label={t('postal.no_paper_own')} value={number(counts.own)} />
        <Figure label={t('postal.no_paper_installation')} value={number(counts.installation)} />
      </Figures>
      <form method="post" action="/postal/no-paper">
        <Card title={t('postal.no_paper_close')} id="close">
          <Field t={t} label={t('postal.no_paper_address')} name="address" required rows={3} lang="en" maxLength={300} hint={t('postal.no_paper_hint')} typed={typed} errors={errors} />
          <Field t={t} label={t('postal.no_paper_evidence')} name="evidence" required maxLength={300} hint={t('postal.no_paper_evidence_hint')} typed={typed} errors={errors} />
          <button className="btn btn-primary">{t('postal.no_paper_now')}</button>
        </Card>
      </form>
      <form method="post" action="/postal/no-paper/lift">
        <Card title={t('postal.no_paper_lift')} lead={t('postal.no_paper_lift_lead')} id="lift">
          <Field t={t} label={t('postal.no_paper_address')} name="lift_address" required rows={3} lang="en" maxLength={300} typed={lift.typed} errors={lift.errors} />
          <Field t={t} label={t('postal.no_paper_evidence')} name="lift_evidence" required maxLength={300} typed={lift.typed} errors={lift.errors} />
          <button className="btn">{t('postal.no_paper_lift')}</button>
        </Card>
      </form>
    </div>
  )
} // prettier-ignore
