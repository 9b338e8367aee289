import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, FieldError } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import type { Drop } from '../drops/queries.ts'
import { NoticeSaid } from '../lanes/notice.tsx'
import { noticeOf } from '../lanes/rules.ts'
import '../../targeting/export/messages.ts'
import '../messages.ts'
import type { PrintFile } from './queries.ts'

interface Props {
  t: Translate
  drop: Drop
  files: readonly PrintFile[]
}

const pathOf = ({ drop_id }: Drop): string => `/postal/${drop_id}`
export const isPrinting = ({ print_state }: Pick<Drop, 'print_state'>): boolean =>
  print_state === 'queued' || print_state === 'running'

/** The files for the printer: asked for, made, taken. */
export function PrintPanel({
  t,
  drop,
  files,
  today,
  errors,
  typed,
  unprintable,
}: Props & { today: string; errors: FieldErrors; typed: Record<string, string>; unprintable: readonly string[] }) {
  const here = pathOf(drop)
  const notice = noticeOf(drop, today)
  return (
    <Card title={t('postal.print')} lead={t('postal.print_lead')} id="print">
      {drop.print_state === 'failed' && <Alert kind="error">{t('postal.print_failed')}</Alert>}
      {drop.print_state === 'cancelled' && <Alert kind="info">{t('postal.print_cancelled')}</Alert>}
      {isPrinting(drop) && (
        <>
          <section data-live={`${here}/print/progress`} className="mb-3">
            <PrintProgress t={t} drop={drop} files={files} />
          </section>
          <form method="post" action={`${here}/print/cancel`}>
            <button className="btn">{t('postal.print_cancel')}</button>
          </form>
        </>
      )}
      {drop.state === 'frozen' && !isPrinting(drop) && (
        <form method="post" action={`${here}/print`}>
          <label className="mb-3 flex items-start gap-3">
            <input type="checkbox" id="law" name="law" value="yes" required className="checkbox mt-0.5" />
            <span>{t('export.law')}</span>
          </label>
          <FieldError t={t} name="law" errors={errors} />
          {errors.unattributed && (
            <>
              <FieldError t={t} name="unattributed" errors={errors} />
              <label className="my-3 flex items-start gap-3">
                <input
                  type="checkbox"
                  id="unattributed"
                  name="unattributed"
                  value="yes"
                  defaultChecked={typed.unattributed === 'yes'}
                  className="checkbox mt-0.5"
                />
                <span>{t('postal.unattributed')}</span>
              </label>
            </>
          )}
          {errors.notice && notice && (
            <>
              <FieldError t={t} name="notice" errors={errors} />
              <NoticeSaid t={t} drop={drop} notice={notice} />
              <label className="my-3 flex items-start gap-3">
                <input
                  type="checkbox"
                  id="notice"
                  name="notice"
                  value="yes"
                  defaultChecked={typed.notice === 'yes'}
                  className="checkbox mt-0.5"
                />
                <span>{t('postal.notice_otherwise')}</span>
              </label>
            </>
          )}
          {errors.boxes && (
            <BoxesAsked
              t={t}
              name="boxes"
              errors={errors}
              is_ticked={typed.boxes === 'yes'}
              unprintable={unprintable}
            />
          )}
          <button className="btn btn-primary">{t('postal.print_now', { count: drop.pieces })}</button>
        </form>
      )}
      <FieldError t={t} name="folder" errors={errors} />
      {drop.print_state === 'done' && (
        <p>
          <a className="btn btn-primary" href={`${here}/print/folder.zip`} download>
            <Icon name="download" size={18} /> {t('postal.print_fetch')}
          </a>
        </p>
      )}
    </Card>
  )
}

/** Letters would be printed as empty boxes: may they? `name`: of the error, as there are several forms on a page. */
export function BoxesAsked({
  t,
  name,
  errors,
  is_ticked,
  unprintable,
}: Pick<Props, 't'> & { name: string; errors: FieldErrors; is_ticked: boolean; unprintable: readonly string[] }) {
  return (
    <>
      <FieldError t={t} name={name} errors={errors} />
      <p>{t('postal.unprintable', { letters: unprintable.join(' ') })}</p>
      <label className="my-3 flex items-start gap-3">
        <input
          type="checkbox"
          id={name}
          name="boxes"
          value="yes"
          defaultChecked={is_ticked}
          className="checkbox mt-0.5"
        />
        <span>{t('postal.boxes_nevertheless')}</span>
      </label>
    </>
  )
}

/** Sent again while parts are made; at the end the page goes on by itself. */
export function PrintProgress({ t, drop, files }: Props) {
  const here = `${pathOf(drop)}#print`
  const done = files.reduce((sum, { pieces }) => sum + pieces, 0)
  const number = (value: number): string => formatNumber(t.language, value)
  if (!isPrinting(drop))
    return (
      <a className="btn" href={pathOf(drop)} data-go-on="">
        {t('postal.reload')}
      </a>
    )
  return (
    <div role="status">
      <p className="font-semibold">{t('postal.printing', { done: number(done), total: number(drop.pieces) })}</p>
      <progress className="progress progress-primary w-full max-w-md" aria-label={t('postal.print')} max={drop.pieces} value={done} />
      <p>
        <a className="btn mt-2" href={here}>
          {t('postal.reload')}
        </a>
      </p>
    </div>
  )
} // prettier-ignore
