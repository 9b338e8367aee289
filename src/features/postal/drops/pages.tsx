import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Bars,
  Card,
  Choices,
  EmptyState,
  Field,
  Figure,
  Figures,
  PageHead,
  Pagination,
  Select,
  Table,
} from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { InCampaign } from '../../campaigns/parts/in-campaign.tsx'
import '../../mailings/messages.ts'
import { mailingLanes } from '../../mailings/schema.ts'
import '../../phonebanks/messages.ts'
import { linesOf } from '../address/rules.ts'
import { designOf } from '../design/queries.ts'
import '../messages.ts'
import { NoticeWarning } from '../lanes/notice.tsx'
import { MailedPanel } from '../mailed/pages.tsx'
import { isPrinting, PrintPanel } from '../printing/panel.tsx'
import type { PrintFile } from '../printing/queries.ts'
import { electionLevels, householdRules, isToLookAt, languageRules, leftOutReasons, pieceKinds } from '../schema.ts'
import { pageSize, type ClosedSince, type Drop, type LeftOutRow, type PieceRow } from './queries.ts'

export const list = '/postal'
const pathOf = ({ drop_id }: Pick<Drop, 'drop_id'>): string => `${list}/${drop_id}`
const text = (t: Translate, texts: LocalizedText): string => localized(texts, t.language).text

export function DropsPage({ t, rows, total, from, may_edit }: {
  t: Translate
  rows: readonly Drop[]
  total: number
  from: number
  may_edit: boolean
}) {
  const start = may_edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('postal.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('postal.title')}
        lead={t('postal.lead')}
        actions={
          <>
            {may_edit && total > 0 && (
              <>
                <a className="btn" href={`${list}/checked`}>
                  {t('postal.checked')}
                </a>
                <a className="btn" href={`${list}/no-paper`}>
                  {t('postal.no_paper')}
                </a>
                <a className="btn" href={`${list}/returns`}>
                  {t('postal.returns')}
                </a>
              </>
            )}
            {start}
          </>
        }
      />
      {total === 0 && (
        <EmptyState icon="mail" title={t('postal.none')} action={start}>
          {t('postal.none_lead')}
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {rows.map((drop) => (
          <li key={drop.drop_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4">
            <div className="min-w-0 flex-1 basis-60">
              <a className="link text-lg font-bold" href={pathOf(drop)}>
                {drop.name}
              </a>
              <p className="text-sm">
                {t.dynamic(`postal.kind.${drop.kind}`)} · {t(`phonebanks.lane.${drop.lane}`)} · {drop.universe}
                {drop.frozen_at && ` · ${t('postal.pieces_count', { count: drop.pieces })}`}
              </p>
            </div>
            <Standing t={t} drop={drop} />
          </li>
        ))}
      </ul>
      <Pagination t={t} from={from} shown={rows.length} total={total} size={pageSize} href={(at) => `${list}?from=${at}`} />
    </>
  )
} // prettier-ignore

const looks = { draft: 'info', freezing: 'info', frozen: 'neutral', made: 'success', mailed: 'success' } as const
const Standing = ({ t, drop }: { t: Translate; drop: Drop }) => (
  <Badge kind={looks[drop.state]}>{t.dynamic(`postal.state.${drop.state}`)}</Badge>
)

interface Form {
  t: Translate
  languages: readonly string[]
  universes: readonly { universe_id: string; name: string }[]
  typed: Record<string, string>
  errors: FieldErrors
}

/** What a form holds of a drop. */
export const dropValues = (drop: Pick<Drop, 'name' | 'kind' | 'lane' | 'level' | 'universe_id' | 'languages' | 'households' | 'return_name' | 'return_address' | 'attribution'>): FormValues => ({
  name: drop.name,
  kind: drop.kind,
  lane: drop.lane,
  level: drop.level ?? '',
  universe_id: drop.universe_id,
  languages: drop.languages,
  households: drop.households,
  return_name: drop.return_name,
  return_address: drop.return_address,
  ...Object.fromEntries(Object.entries(drop.attribution).map(([language, said]) => [`attribution_${language}`, said ?? ''])),
}) // prettier-ignore

function DropFields({ t, languages, universes, typed, errors, values }: Form & { values: FormValues }) {
  const shared = { t, typed, errors }
  const chosen = (name: string): string => typed[name] ?? values[name] ?? ''
  return (
    <>
      <Card title={t('postal.what')} id="what">
        <Field {...shared} label={t('postal.name')} name="name" required maxLength={80} hint={t('postal.name_hint')} value={values.name ?? ''} />
        <Choices
          t={t}
          legend={t('postal.kind')}
          name="kind"
          kind="radio"
          chosen={[chosen('kind')]}
          errors={errors}
          options={pieceKinds.map((kind) => ({ value: kind, label: t.dynamic(`postal.kind.${kind}`), hint: t.dynamic(`postal.kind_hint.${kind}`) }))}
        />
        <Choices
          t={t}
          legend={t('mailings.lane')}
          name="lane"
          kind="radio"
          chosen={[chosen('lane')]}
          errors={errors}
          options={mailingLanes.map((lane) => ({
            value: lane,
            label: t(`phonebanks.lane.${lane}`),
            hint: lane === 'member_communication' ? t('postal.lane_members_hint') : t(`phonebanks.lane.${lane}_hint`),
          }))}
        />
        <Select
          {...shared}
          label={t('postal.level')}
          name="level"
          hint={t('postal.level_hint')}
          value={values.level ?? ''}
          options={[{ value: '', label: t('postal.level_none') }, ...electionLevels.map((level) => ({ value: level, label: t(`postal.level.${level}`) }))]}
        />
      </Card>
      <Card title={t('postal.whom')} id="whom">
        <Select
          {...shared}
          label={t('postal.universe')}
          name="universe_id"
          required
          value={values.universe_id ?? ''}
          options={[{ value: '', label: t('postal.choose') }, ...universes.map(({ universe_id, name }) => ({ value: universe_id, label: name }))]}
        />
        <Choices
          t={t}
          legend={t('postal.households')}
          name="households"
          kind="radio"
          chosen={[chosen('households')]}
          errors={errors}
          options={householdRules.map((rule) => ({ value: rule, label: t(`postal.households.${rule}`), hint: t(`postal.households_hint.${rule}`) }))}
        />
        <Choices
          t={t}
          legend={t('postal.languages')}
          name="languages"
          kind="radio"
          chosen={[chosen('languages')]}
          errors={errors}
          options={languageRules.map((rule) => ({
            value: rule,
            label: t(`postal.languages.${rule}`, { language: languageNames[languages[0] ?? 'en'] ?? '' }),
          }))}
        />
      </Card>
      <Card title={t('postal.sender')} lead={t('postal.sender_lead')} id="sender">
        <Field {...shared} label={t('postal.return_name')} name="return_name" required maxLength={60} value={values.return_name ?? ''} />
        <Field {...shared} label={t('postal.return_address')} name="return_address" required rows={3} maxLength={200} lang="en" value={values.return_address ?? ''} />
        {languages.map((language, at) => (
          <Field
            key={language}
            {...shared}
            label={t('postal.attribution_in', { language: languageNames[language] ?? language })}
            name={`attribution_${language}`}
            maxLength={300}
            rows={2}
            lang={language}
            value={values[`attribution_${language}`] ?? ''}
            {...(at === 0 && { hint: t('postal.attribution_hint') })}
          />
        ))}
      </Card>
    </>
  )
} // prettier-ignore

export function NewDropPage({ values, ...form }: Form & { values: FormValues }) {
  const { t, universes } = form
  return (
    <div className="max-w-3xl">
      <PageHead title={t('postal.new')} lead={t('postal.new_lead')} back={{ href: list, label: t('postal.title') }} />
      {universes.length === 0 ? (
        <EmptyState
          icon="universe"
          title={t('postal.no_universe')}
          action={
            <a className="btn btn-primary" href="/voters/universes/new">
              {t('postal.make_universe')}
            </a>
          }
        />
      ) : (
        <form method="post" action={`${list}/new`}>
          <InCampaign t={t} campaign={form.typed.campaign} />
          <DropFields {...form} values={values} />
          <button className="btn btn-primary">{t('postal.make')}</button>
        </form>
      )}
    </div>
  )
}

export function EditDropPage({ drop, ...form }: Form & { drop: Drop }) {
  const { t, typed } = form
  return (
    <div className="max-w-3xl">
      <PageHead title={t('postal.edit')} back={{ href: pathOf(drop), label: drop.name }} />
      <form method="post" action={`${pathOf(drop)}/edit`}>
        <Seen values={dropValues(drop)} typed={typed} />
        <DropFields {...form} values={dropValues(drop)} />
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </div>
  )
}

export interface MayOnDrop {
  edit: boolean
  people: boolean
}

interface DropProps {
  /** So many of the list want no mail any more. */
  closed: number
  /** The first of them. */
  who: readonly ClosedSince[]
  /** Letters that our fonts do not have. */
  unprintable: readonly string[]
  t: Translate
  drop: Drop
  may: MayOnDrop
  time_zone: string
  files: readonly PrintFile[]
  returned: number
  typed: Record<string, string>
  errors: FieldErrors
  today: string
}

/** How far a drop is, and what comes next. */
export function DropPage({
  t,
  drop,
  may,
  time_zone,
  files,
  returned,
  typed,
  errors,
  today,
  closed,
  who,
  unprintable,
}: DropProps) {
  const here = pathOf(drop)
  return (
    <>
      <PageHead
        title={drop.name}
        lead={`${t.dynamic(`postal.kind.${drop.kind}`)} · ${drop.universe}`}
        back={{ href: list, label: t('postal.title') }}
        actions={
          <>
            {drop.state === 'draft' && may.edit && (
              <a className="btn" href={`${here}/edit`}>
                {t('action.edit')}
              </a>
            )}
            {(drop.state === 'draft' || drop.state === 'frozen') && may.edit && (
              <a className="btn" href={`${here}/design`}>
                {t('postal.design')}
              </a>
            )}
            <a className="btn" href={`${here}/answers`}>
              {t('postal.answers')}
            </a>
            {may.people && (
              <a className="btn" href={`${here}/preview`}>
                {t('postal.preview')}
              </a>
            )}
          </>
        }
      />
      <p className="mb-4">
        <Standing t={t} drop={drop} />
      </p>
      {closed > 0 && (
        <Alert kind="error">
          <p>{t('postal.closed_since', { count: closed })}</p>
          <ul className="list-disc pl-6">
            {who.map(({ voter_id, name, reason }) => (
              <li key={voter_id}>
                <a className="link" href={`/voters/${voter_id}`}>
                  {name}
                </a>{' '}
                · {t.dynamic(`postal.reason.${reason}`)}
              </li>
            ))}
          </ul>
          {who.length > 0 && closed > who.length && <p>{t('postal.closed_more', { count: closed - who.length })}</p>}
        </Alert>
      )}
      {drop.problem && <Alert kind="warning">{t.dynamic(`postal.problem.${drop.problem}`)}</Alert>}
      {may.edit && !errors.notice && <NoticeWarning t={t} drop={drop} today={today} />}
      {may.edit && drop.state !== 'mailed' && <Steps t={t} drop={drop} />}
      {drop.state === 'freezing' && (
        <section data-live={`${here}/progress`} className="mb-6">
          <FreezeProgress t={t} drop={drop} />
        </section>
      )}
      {drop.state === 'draft' && may.edit && (
        <Card title={t('postal.freeze')} lead={t('postal.freeze_lead')} id="freeze">
          <form method="post" action={`${here}/freeze`}>
            <button className="btn btn-primary">{t('postal.freeze')}</button>
          </form>
        </Card>
      )}
      {drop.frozen_at && may.edit && (
        <PrintPanel
          t={t}
          drop={drop}
          files={files}
          today={today}
          errors={errors}
          typed={typed}
          unprintable={unprintable}
        />
      )}
      <MailedPanel
        t={t}
        drop={drop}
        returned={returned}
        typed={typed}
        errors={errors}
        today={today}
        may_edit={may.edit}
      />
      {drop.frozen_at && <FrozenList t={t} drop={drop} may={may} time_zone={time_zone} />}
      <Card title={t('postal.plan')} id="plan">
        <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[12rem_1fr]">
          <Fact name={t('postal.lane')}>
            {t(`phonebanks.lane.${drop.lane}`)}
            {drop.level && ` · ${t(`postal.level.${drop.level}`)}`}
          </Fact>
          <Fact name={t('postal.postage')}>{t(`postal.postage.${designOf(drop).postage}`)}</Fact>
          <Fact name={t('postal.households')}>{t(`postal.households.${drop.households}`)}</Fact>
          <Fact name={t('postal.languages')}>{t(`postal.languages.${drop.languages}`, { language: '' })}</Fact>
          <Fact name={t('postal.return_address')}>
            <span className="whitespace-pre-line">{`${drop.return_name}\n${drop.return_address}`}</span>
          </Fact>
          <Fact name={t('postal.attribution')}>
            <span className="whitespace-pre-line">{text(t, drop.attribution) || t('common.none')}</span>
          </Fact>
        </dl>
      </Card>
    </>
  )
}

/** From a drop to the print shop and the post, for whoever does it for the first time: what is done, and what comes next. */
function Steps({ t, drop }: { t: Translate; drop: Drop }) {
  const here = pathOf(drop)
  const { headline, body } = designOf(drop)
  const steps = [
    { step: 'words', is_done: Object.keys(headline).length > 0 && Object.keys(body).length > 0, href: `${here}/design` },
    { step: 'list', is_done: drop.frozen_at !== null, href: '#freeze' },
    { step: 'files', is_done: drop.print_state === 'done', href: '#print' },
    { step: 'shop', is_done: false, href: '#print' },
    { step: 'mail', is_done: false, href: '#mailed' },
  ] as const
  const next = steps.findIndex(({ is_done }) => !is_done)
  return (
    <Card title={t('postal.steps')} id="steps">
      <ol className="grid gap-2">
        {steps.map(({ step, is_done, href }, at) => (
          <li key={step} className={at === next ? 'font-semibold' : ''} aria-current={at === next ? 'step' : undefined}>
            <span className="mr-2 tabular-nums">{at + 1}.</span>
            {at >= next && step !== 'shop' && (at === next || drop.frozen_at) ? (
              <a className="link" href={href}>
                {t(`postal.step.${step}`)}
              </a>
            ) : (
              t(`postal.step.${step}`)
            )}
            {is_done && (
              <span className="ml-2">
                <Badge kind="success">{t('postal.step_done')}</Badge>
              </span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
} // prettier-ignore

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="font-semibold">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
)

/** Sent again until the list is there; then the page goes on to it. */
export function FreezeProgress({ t, drop }: { t: Translate; drop: Drop }) {
  const here = pathOf(drop)
  if (drop.state === 'freezing')
    return (
      <div role="status">
        <p className="font-semibold">{t('postal.freezing')}</p>
        <progress className="progress progress-primary w-full max-w-md" aria-label={t('postal.freezing')} />
        <p>
          <a className="btn mt-2" href={here}>
            {t('postal.reload')}
          </a>
        </p>
      </div>
    )
  return (
    <a className="btn" href={here} data-go-on="">
      {t('postal.reload')}
    </a>
  )
}

function FrozenList({ t, drop, may, time_zone }: { t: Translate; drop: Drop; may: MayOnDrop; time_zone: string }) {
  const here = pathOf(drop)
  const number = (value: number): string => formatNumber(t.language, value)
  const reasons = leftOutReasons.filter((reason) => drop.left_out[reason])
  const toLookAt = reasons.filter(isToLookAt).reduce((sum, reason) => sum + (drop.left_out[reason] ?? 0), 0)
  const left_out = Object.values(drop.left_out).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <Figures>
        <Figure label={t('postal.pieces')} value={number(drop.pieces)} />
        <Figure label={t('postal.voters')} value={number(drop.voters)} />
        <Figure label={t('postal.left_out')} value={number(left_out)} />
        <Figure label={t('postal.to_look_at')} value={number(toLookAt)} />
      </Figures>
      {drop.duplicates > 0 && <p className="mb-4">{t('postal.duplicates', { count: drop.duplicates })}</p>}
      <Card
        title={t('postal.by_language')}
        lead={t('postal.frozen_by', { name: drop.frozen_by ?? '', at: drop.frozen_at ? formatDateTime(t.language, drop.frozen_at, time_zone) : '' })}
        id="languages"
        actions={
          <>
            <a className="btn" href={`${here}/sorting`}>
              {t('postal.sorting')}
            </a>
            {may.people && (
              <a className="btn" href={`${here}/pieces`}>
                {t('postal.see_pieces')}
              </a>
            )}
          </>
        }
      >
        <Bars
          is_titled
          caption={t('postal.by_language')}
          format={number}
          rows={Object.entries(drop.by_language)
            .sort(([, a], [, b]) => b - a)
            .map(([language, value]) => ({ label: languageOf(t, language), value }))}
        />
      </Card>
      {reasons.length > 0 && (
        <Card
          title={t('postal.why_not')}
          lead={t('postal.why_not_lead')}
          id="left-out"
          actions={
            may.people && toLookAt > 0 && (
              <a className="btn" href={`${here}/left-out?reason=address`}>
                {t('postal.look_at', { count: toLookAt })}
              </a>
            )
          }
        >
          <Bars
            is_titled
            caption={t('postal.why_not')}
            format={number}
            rows={reasons.map((reason) => ({
              label: reasonOf(t, reason),
              value: drop.left_out[reason] ?? 0,
              ...(may.people && { href: `${here}/left-out?reason=${reason}` }),
            }))}
          />
        </Card>
      )}
      {may.edit && drop.state !== 'mailed' && !isPrinting(drop) && (
        <Card title={t('postal.thaw')} lead={t('postal.thaw_lead')} id="thaw">
          <form method="post" action={`${here}/thaw`}>
            <button className="btn">{t('postal.thaw_now')}</button>
          </form>
        </Card>
      )}
    </>
  )
} // prettier-ignore

const languageOf = (t: Translate, language: string): string =>
  language === 'all' ? t('postal.every_language') : (languageNames[language] ?? language)

/** Of an address what is wrong with it, as the command line says it. */
const reasonOf = (t: Translate, reason: string): string =>
  t.dynamic(isToLookAt(reason) ? reason.replace('address_', 'postal.address.') : `postal.reason.${reason}`)

interface Listed<Row> {
  t: Translate
  drop: Drop
  rows: readonly Row[]
  total: number
  from: number
}

export function PiecesPage({ t, drop, rows, from }: Omit<Listed<PieceRow & { voters: number }>, 'total'>) {
  const here = pathOf(drop)
  return (
    <>
      <PageHead title={t('postal.pieces')} lead={t('postal.pieces_lead')} back={{ href: here, label: drop.name }} />
      <Table caption={t('postal.pieces')} head={[t('postal.number'), t('postal.addressee'), t('postal.language'), t('postal.voters')]}>
        {rows.map((piece) => (
          <tr key={piece.number}>
            <td className="tabular-nums">{formatNumber(t.language, piece.number)}</td>
            <td>
              {piece.name_line_ko && (
                <span lang="ko" className="block">
                  {piece.name_line_ko}
                </span>
              )}
              <span lang="en" className="block font-semibold">
                {piece.name_line}
              </span>
              <span lang="en" className="block whitespace-pre-line text-sm">
                {linesOf(piece).join('\n')}
              </span>
            </td>
            <td>{languageOf(t, piece.language)}</td>
            <td className="tabular-nums">{formatNumber(t.language, piece.voters)}</td>
          </tr>
        ))}
      </Table>
      <Pagination t={t} from={from} shown={Math.min(pageSize, Math.max(0, drop.numbers - from))} total={drop.numbers} size={pageSize} href={(at) => `${here}/pieces?from=${at}`} />
    </>
  )
} // prettier-ignore

export function LeftOutPage({ t, drop, reason, rows, total, from }: Listed<LeftOutRow> & { reason: string }) {
  const here = pathOf(drop)
  const isToMend = reason === 'address' || isToLookAt(reason)
  return (
    <>
      <PageHead
        title={isToMend ? t('postal.to_look_at') : t('postal.left_out')}
        lead={isToMend ? t('postal.to_look_at_lead') : t('postal.left_out_lead')}
        back={{ href: here, label: drop.name }}
      />
      {rows.length === 0 && <p>{t('postal.nobody_left_out')}</p>}
      {rows.length > 0 && (
        <Table caption={t('postal.left_out')} head={[t('postal.addressee'), t('postal.reason'), t('postal.known_address')]}>
          {rows.map((row) => (
            <tr key={row.voter_id}>
              <td>
                <a className="link" href={`/voters/${row.voter_id}`} lang="en">
                  {row.name}
                </a>
              </td>
              <td>
                {reasonOf(t, row.reason)}
                {row.detail && (
                  <span lang="en" className="block font-mono text-sm">
                    {row.detail}
                  </span>
                )}
              </td>
              <td lang="en">{row.original ?? '–'}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pagination t={t} from={from} shown={rows.length} total={total} size={pageSize} href={(at) => `${here}/left-out?reason=${reason}&from=${at}`} />
    </>
  )
} // prettier-ignore
