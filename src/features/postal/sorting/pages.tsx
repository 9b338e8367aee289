import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, FieldError, PageHead, Select, Table } from '../../../platform/ui/components.tsx'
import { moveUpdateDays } from '../checked/rules.ts'
import type { ListChecked } from '../checked/queries.ts'
import { designOf } from '../design/queries.ts'
import type { Drop } from '../drops/queries.ts'
import { senderSheet, sheets, type Sheet } from '../labels/sheets.ts'
import { BoxesAsked } from '../printing/panel.tsx'
import '../../targeting/export/messages.ts'
import '../messages.ts'
import { minimumsOn, thresholdOn } from './minimums.ts'
import { summaryOf, type Run } from './rules.ts'

interface Props {
  t: Translate
  drop: Drop
  /** 'YYYY-MM-DD' */
  today: string
  /** Pieces as they lie. */
  runs: readonly Run[]
  may_print: boolean
  checked: ListChecked
  /** Whose questions may stand on walk cards. */
  scripts: readonly { script_id: string; name: string }[]
  errors: FieldErrors
  typed: Record<string, string>
  /** Letters that our fonts do not have. */
  unprintable: readonly string[]
}

/** How a list falls into trays, which classes of mail it is large enough for, and its labels. */
export function SortingPage({ t, drop, today, runs, may_print, checked, scripts, errors, typed, unprintable }: Props) {
  const number = (value: number): string => formatNumber(t.language, value)
  const rules = minimumsOn(drop.mailed_on ?? today)
  const { postage: planned } = designOf(drop)
  const chosen = rules.find(({ postage }) => postage === planned)
  const day = drop.mailed_on ?? today
  const [tray_rule, bundle_rule] = [thresholdOn('tray', day), thresholdOn('bundle', day)]
  const labelled = (tray: string): string => (tray.length === 5 ? tray : tray === '' ? t('postal.rest') : t('postal.area', { prefix: tray }))
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
      <Card title={t('postal.trays')} lead={t('postal.trays_lead', { tray: tray_rule.pieces, bundle: bundle_rule.pieces })} id="trays">
        <Table caption={t('postal.trays')} head={[t('postal.to_zip'), t('postal.pieces'), t('postal.bundles')]}>
          {summaryOf(runs, day).map(({ tray, pieces, bundles }, at) => (
            <tr key={at}>
              <td className="tabular-nums">{labelled(tray)}</td>
              <td className="tabular-nums">{number(pieces)}</td>
              <td className="tabular-nums">{number(bundles)}</td>
            </tr>
          ))}
        </Table>
        <ul className="mt-3 list-disc pl-6 text-sm">
          {[tray_rule, bundle_rule].map(({ of, source, from, confidence }) => (
            <li key={of}>
              {t(`postal.threshold.${of}`)}: <span lang="en">{source}</span> ({formatDate(t.language, from)}
              {confidence === 'unverified' && `, ${t('postal.threshold_unverified')}`})
            </li>
          ))}
        </ul>
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
            <Select t={t} label={t('postal.sheet')} name="sheet" required errors={errors} value={typed.sheet ?? '5160'} options={[...sheets.map((each) => ({ value: each.part, label: sized(each) })), { value: senderSheet.part, label: `${sized(senderSheet)}: ${t('postal.sheet_sender')}` }]} />
            <Field t={t} label={t('postal.label_from')} name="from" type="number" errors={errors} min={0} max={drop.numbers} value={typed.from ?? 0} hint={t('postal.label_from_hint', { count: labelsAtOnce })} />
            <Field t={t} label={t('postal.label_used')} name="used" type="number" errors={errors} min={0} max={79} value={typed.used ?? 0} />
            <Field t={t} label={t('postal.offset_x')} name="x" type="number" errors={errors} min={-5} max={5} value={typed.x ?? 0} />
            <Field t={t} label={t('postal.offset_y')} name="y" type="number" errors={errors} min={-5} max={5} value={typed.y ?? 0} />
            <label className="mb-4 flex items-center gap-3">
              <input type="checkbox" name="outlines" value="yes" defaultChecked={typed.outlines === 'yes'} className="checkbox" />
              {t('postal.outlines')}
            </label>
            <div className="sm:col-span-2">
              <label className="mb-3 flex items-start gap-3">
                <input type="checkbox" id="law" name="law" value="yes" required className="checkbox mt-0.5" />
                <span>{t('export.law')}</span>
              </label>
              <FieldError t={t} name="law" errors={errors} />
              {errors.boxes && <BoxesAsked t={t} name="boxes" errors={errors} is_ticked={typed.boxes === 'yes'} unprintable={unprintable} />}
            </div>
            <button className="btn btn-primary sm:col-span-2">{t('postal.labels_pdf')}</button>
          </form>
        </Card>
      )}
      {may_print && (
        <Card title={t('postal.walk_cards')} lead={t('postal.walk_cards_lead')} id="walk-cards">
          <form method="post" action={`/postal/${drop.drop_id}/walk-cards.pdf`}>
            <Select t={t} label={t('postal.walk_cards_script')} name="script" value={typed.script ?? ''} options={[{ value: '', label: t('common.none') }, ...scripts.map(({ script_id, name }) => ({ value: script_id, label: name }))]} />
            <label className="mb-3 flex items-start gap-3">
              <input type="checkbox" id="walk_law" name="law" value="yes" required className="checkbox mt-0.5" />
              <span>{t('export.law')}</span>
            </label>
            <FieldError t={t} name="walk_law" errors={errors} />
            {errors.walk_boxes && <BoxesAsked t={t} name="walk_boxes" errors={errors} is_ticked={typed.boxes === 'yes'} unprintable={unprintable} />}
            <button className="btn btn-primary">{t('postal.walk_cards_pdf')}</button>
          </form>
        </Card>
      )}
    </>
  )
} // prettier-ignore

const sized = ({ part, columns, rows }: Sheet): string => `${part} (${columns} × ${rows})`

/** A file of more is too long to be waited for. */
export const labelsAtOnce = 3000
