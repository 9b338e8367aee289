import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, FieldError, PageHead, Select, Table } from '../../../platform/ui/components.tsx'
import { moveUpdateDays } from '../checked/rules.ts'
import type { ListChecked } from '../checked/queries.ts'
import { designOf } from '../design/queries.ts'
import type { Drop } from '../drops/queries.ts'
import { sheets } from '../labels/sheets.ts'
import '../../targeting/export/messages.ts'
import '../messages.ts'
import { minimumsOn } from './minimums.ts'
import { traysOf } from './rules.ts'

interface Props {
  t: Translate
  drop: Drop
  /** 'YYYY-MM-DD' */
  today: string
  by_zip: readonly { zip5: string; pieces: number }[]
  may_print: boolean
  checked: ListChecked
  /** Whose questions may stand on walk cards. */
  scripts: readonly { script_id: string; name: string }[]
  errors: FieldErrors
}

/** How a list falls into trays, which classes of mail it is large enough for, and its labels. */
export function SortingPage({ t, drop, today, by_zip, may_print, checked, scripts, errors }: Props) {
  const number = (value: number): string => formatNumber(t.language, value)
  const rules = minimumsOn(drop.mailed_on ?? today)
  const { postage: planned } = designOf(drop)
  const chosen = rules.find(({ postage }) => postage === planned)
  const { zip, area, rest } = traysOf(by_zip)
  const trays = [
    ...zip.map(({ prefix, pieces }) => ({ label: prefix, pieces })),
    ...area.map(({ prefix, pieces }) => ({ label: t('postal.area', { prefix }), pieces })),
    ...(rest.pieces > 0 ? [{ label: t('postal.rest'), pieces: rest.pieces }] : []),
  ]
  return (
    <>
      <PageHead title={t('postal.sorting')} lead={t('postal.sorting_lead')} back={{ href: `/postal/${drop.drop_id}`, label: drop.name }} />
      <Card title={t('postal.classes')} id="classes">
        {chosen && drop.pieces < chosen.pieces && (
          <Alert kind="warning">
            {t('postal.class_too_few', { chosen: t(`postal.postage.${chosen.postage}`), count: chosen.pieces - drop.pieces })}
          </Alert>
        )}
        <Table caption={t('postal.classes')} head={[t('postal.postage'), t('postal.at_least'), t('postal.enough'), t('postal.source')]}>
          {rules.map(({ postage, pieces, from, source }) => (
            <tr key={postage}>
              <td>
                {t(`postal.postage.${postage}`)}
                {postage === chosen?.postage && <span className="block text-sm font-semibold">{t('postal.class_chosen')}</span>}
              </td>
              <td className="tabular-nums">{number(pieces)}</td>
              <td>
                <Badge kind={drop.pieces >= pieces ? 'success' : 'warning'}>
                  {drop.pieces >= pieces ? t('common.yes') : t('postal.too_few', { count: pieces - drop.pieces })}
                </Badge>
              </td>
              <td lang="en">
                {source} <span lang={t.language}>({formatDate(t.language, from)})</span>
              </td>
            </tr>
          ))}
        </Table>
      </Card>
      <Card title={t('postal.trays')} lead={t('postal.trays_lead')} id="trays">
        <Table caption={t('postal.trays')} head={[t('postal.to_zip'), t('postal.pieces')]}>
          {trays.map(({ label, pieces }) => (
            <tr key={label}>
              <td className="tabular-nums">{label}</td>
              <td className="tabular-nums">{number(pieces)}</td>
            </tr>
          ))}
        </Table>
      </Card>
      {may_print && (
        <Card title={t('postal.checks')} lead={t('postal.checks_lead')} id="checks">
          <p>
            {checked.cass_last === null
              ? t('postal.checks_cass_never')
              : t('postal.checks_cass_on', { count: checked.cass, of: number(drop.pieces), date: formatDate(t.language, checked.cass_last) })}
          </p>
          <p className="mb-3">
            {checked.moves_last === null
              ? t('postal.checks_ncoa_never')
              : t('postal.checks_ncoa_on', { count: checked.moves, of: number(checked.recipients), date: formatDate(t.language, checked.moves_last), days: moveUpdateDays })}
          </p>
          {planned !== 'stamp' && checked.moves < checked.recipients && (
            <Alert kind="warning">{t('postal.checks_too_old', { days: moveUpdateDays, count: checked.recipients - checked.moves })}</Alert>
          )}
          {(['cass', 'ncoa'] as const).map((kind) => (
            <form key={kind} method="post" action={`/postal/${drop.drop_id}/${kind}.csv`} className="mb-3">
              <label className="mb-2 flex items-start gap-3">
                <input type="checkbox" name="law" value="yes" required className="checkbox mt-0.5" />
                <span>{t('export.law')}</span>
              </label>
              <button className="btn">{t(`postal.checks_take.${kind}`)}</button>
            </form>
          ))}
          <a className="link" href="/postal/checked">
            {t('postal.checked_bring')}
          </a>
        </Card>
      )}
      {may_print && (
        <Card title={t('postal.labels')} lead={t('postal.labels_lead')} id="labels">
          <form method="post" action={`/postal/${drop.drop_id}/labels.pdf`} className="grid gap-x-4 sm:grid-cols-2">
            <Select t={t} label={t('postal.sheet')} name="sheet" required value="5160" options={sheets.map(({ part, columns, rows }) => ({ value: part, label: `${part} (${columns} × ${rows})` }))} />
            <Field t={t} label={t('postal.label_from')} name="from" type="number" min={0} max={drop.numbers} value={0} hint={t('postal.label_from_hint', { count: labelsAtOnce })} />
            <Field t={t} label={t('postal.label_used')} name="used" type="number" min={0} max={79} value={0} />
            <Field t={t} label={t('postal.offset_x')} name="x" type="number" min={-5} max={5} value={0} />
            <Field t={t} label={t('postal.offset_y')} name="y" type="number" min={-5} max={5} value={0} />
            <label className="mb-4 flex items-center gap-3">
              <input type="checkbox" name="outlines" value="yes" className="checkbox" />
              {t('postal.outlines')}
            </label>
            <div className="sm:col-span-2">
              <label className="mb-3 flex items-start gap-3">
                <input type="checkbox" id="law" name="law" value="yes" required className="checkbox mt-0.5" />
                <span>{t('export.law')}</span>
              </label>
              <FieldError t={t} name="law" errors={errors} />
            </div>
            <button className="btn btn-primary sm:col-span-2">{t('postal.labels_pdf')}</button>
          </form>
        </Card>
      )}
      {may_print && (
        <Card title={t('postal.walk_cards')} lead={t('postal.walk_cards_lead')} id="walk-cards">
          <form method="post" action={`/postal/${drop.drop_id}/walk-cards.pdf`}>
            <Select t={t} label={t('postal.walk_cards_script')} name="script" value="" options={[{ value: '', label: t('common.none') }, ...scripts.map(({ script_id, name }) => ({ value: script_id, label: name }))]} />
            <label className="mb-3 flex items-start gap-3">
              <input type="checkbox" id="walk_law" name="law" value="yes" required className="checkbox mt-0.5" />
              <span>{t('export.law')}</span>
            </label>
            <FieldError t={t} name="walk_law" errors={errors} />
            <button className="btn btn-primary">{t('postal.walk_cards_pdf')}</button>
          </form>
        </Card>
      )}
    </>
  )
} // prettier-ignore

/** A file of more is too long to be waited for. */
export const labelsAtOnce = 3000
