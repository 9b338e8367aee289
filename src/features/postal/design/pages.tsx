import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Island } from '../../../platform/ui/island.tsx'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import type { Drop, PieceRow } from '../drops/queries.ts'
import { NoticeWarning } from '../lanes/notice.tsx'
import '../messages.ts'
import { formats } from './formats.ts'
import type { LivePreview } from './live-rules.ts'
import { sidesOf } from './print.ts'
import {
  colourNames,
  designTextNames,
  designTexts,
  endorsements,
  postages,
  type Design,
  type DesignText,
} from './schema.ts'

/** What the form holds of a design. */
export const designValues = (design: Design): FormValues => ({
  colour: design.colour,
  postage: design.postage,
  permit_city: design.permit_city,
  permit_number: design.permit_number,
  endorsement: design.endorsement,
  mailer_id: design.mailer_id,
  service_type: design.service_type,
  ...Object.fromEntries(
    designTextNames.flatMap((name) => Object.entries(design[name]).map(([language, said]) => [`${name}_${language}`, said])),
  ),
}) // prettier-ignore

interface DesignProps {
  t: Translate
  drop: Drop
  design: Design
  languages: readonly string[]
  typed: Record<string, string>
  errors: FieldErrors
  has_picture: boolean
  may_people: boolean
}

const rowsOf: Record<DesignText, number> = { headline: 1, body: 8, contact: 1, note: 3 }

export function DesignPage({ t, drop, design, languages, typed, errors, has_picture, may_people }: DesignProps) {
  const here = `/postal/${drop.drop_id}`
  const shared = { t, typed, errors }
  const texts = designTextNames.filter((name) => name !== 'note' || formats[drop.kind].has_note)
  const sides = sidesOf(drop.kind).map((side) => ({ side, label: t(drop.kind === 'letter_10' ? 'postal.side.letter' : `postal.side.${side}`) }))
  const live: LivePreview = {
    preview: `${here}/design/preview.png`,
    sides,
    numbers: may_people && drop.pieces > 0 ? drop.numbers : 0,
    words: { title: t('postal.live'), side: t('postal.live_side'), number: t('postal.number'), too_long: t('postal.live_too_long'), failed: t('postal.live_failed') },
  }
  return (
    <>
      <PageHead
        title={t('postal.design')}
        lead={t('postal.design_lead')}
        back={{ href: here, label: drop.name }}
        actions={
          <a className="btn" href={`${here}/preview`}>
            {t('postal.preview')}
          </a>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0">
      <form method="post" action={`${here}/design`} id="design-form">
        <Seen values={designValues(design)} typed={typed} />
        <Card title={t('postal.texts')} id="texts">
          {texts.map((name) =>
            languages.map((language) => (
              <Field
                key={`${name} ${language}`}
                {...shared}
                label={t(`postal.text.${name}`, { language: languageNames[language] ?? language })}
                name={`${name}_${language}`}
                lang={language}
                maxLength={name === 'body' ? formats[drop.kind].longest : designTexts[name]}
                value={design[name][language] ?? ''}
                {...(rowsOf[name] > 1 && { rows: name === 'body' && drop.kind === 'letter_10' ? 16 : rowsOf[name] })}
                {...(language === languages[0] && { hint: t(`postal.text_hint.${name}`) })}
              />
            )),
          )}
          <Choices
            t={t}
            legend={t('postal.colour')}
            name="colour"
            kind="radio"
            chosen={[typed.colour ?? design.colour]}
            errors={errors}
            options={colourNames.map((colour) => ({ value: colour, label: t(`postal.colour.${colour}`) }))}
          />
        </Card>
        <Card title={t('postal.postage')} id="postage">
          <Choices
            t={t}
            legend={t('postal.postage_how')}
            name="postage"
            kind="radio"
            chosen={[typed.postage ?? design.postage]}
            errors={errors}
            options={postages.map((postage) => ({ value: postage, label: t(`postal.postage.${postage}`) }))}
          />
          <Field {...shared} label={t('postal.permit_city')} name="permit_city" lang="en" maxLength={40} hint={t('postal.permit_hint')} value={design.permit_city} />
          <Field {...shared} label={t('postal.permit_number')} name="permit_number" maxLength={12} value={design.permit_number} />
          <Select
            {...shared}
            label={t('postal.endorsement')}
            name="endorsement"
            hint={t('postal.endorsement_hint')}
            value={design.endorsement}
            options={endorsements.map((each) => ({ value: each, label: each || t('common.none'), ...(each && { lang: 'en' }) }))}
          />
        </Card>
        <Card title={t('postal.barcode')} lead={t('postal.barcode_lead')} id="barcode">
          <Field {...shared} label={t('postal.mailer_id')} name="mailer_id" maxLength={9} hint={t('postal.mailer_hint')} value={design.mailer_id} />
          <Field {...shared} label={t('postal.service_type')} name="service_type" maxLength={3} hint={t('postal.service_hint')} value={design.service_type} />
        </Card>
        <div className="mb-6 flex flex-wrap gap-3">
          <button className="btn btn-primary">{t('action.save')}</button>
          <noscript>
            {sides.map(({ side, label }) => (
              <button key={side} className="btn mr-3" formAction={`${here}/design/preview.png?side=${side}`} formTarget="_blank">
                {t('postal.live_look', { side: label })}
              </button>
            ))}
          </noscript>
        </div>
      </form>
      <Card title={t('postal.picture')} lead={t('postal.picture_lead')} id="picture">
        {errors.picture && <Alert kind="error">{t.dynamic(errors.picture)}</Alert>}
        {has_picture && <p className="mb-3">{t('postal.picture_there')}</p>}
        <form method="post" action={`${here}/picture`} encType="multipart/form-data" className="flex flex-wrap items-end gap-3">
          <label className="block">
            <span className="mb-1 block font-semibold">{t('postal.picture_file')}</span>
            <input type="file" name="picture" accept="image/jpeg,image/png" className="file-input" required />
          </label>
          <button className="btn">{t('postal.picture_put')}</button>
        </form>
        {has_picture && (
          <form method="post" action={`${here}/picture`} encType="multipart/form-data" className="mt-3">
            <button className="btn">{t('postal.picture_off')}</button>
          </form>
        )}
      </Card>
      </div>
      <div className="min-w-0 print:hidden">
        <Island name="piece-preview" data={live} />
      </div>
      </div>
    </>
  )
} // prettier-ignore

export function PreviewPage({ t, drop, piece, beside, too_long, unprintable, today }: {
  t: Translate
  today: string
  drop: Drop
  /** null: no list is made; somebody made up is shown. */
  piece: PieceRow | null
  /** The numbers of the pieces before and behind it. */
  beside: { before: number | null; after: number | null } | null
  too_long: readonly string[]
  /** Letters that our fonts do not have. */
  unprintable: readonly string[]
}) {
  const here = `/postal/${drop.drop_id}`
  const number = piece?.number ?? 1
  const isLetter = drop.kind === 'letter_10'
  const language = (code: string): string => (code === 'all' ? t('postal.every_language') : (languageNames[code] ?? code))
  return (
    <>
      <PageHead
        title={t('postal.preview')}
        lead={piece ? t('postal.preview_of', { number, total: drop.numbers, name: piece.name_line }) : t('postal.preview_sample')}
        back={{ href: here, label: drop.name }}
        actions={
          <>
            <a className="btn" href={`${here}/preview.pdf?piece=${number}`}>
              PDF
            </a>
            {drop.state !== 'made' && drop.state !== 'mailed' && (
              <a className="btn" href={`${here}/design`}>
                {t('postal.design')}
              </a>
            )}
          </>
        }
      />
      {too_long.length > 0 && <Alert kind="warning">{t('postal.too_long', { languages: too_long.map(language).join(', ') })}</Alert>}
      {unprintable.length > 0 && <Alert kind="warning">{t('postal.unprintable', { letters: unprintable.join(' ') })}</Alert>}
      <NoticeWarning t={t} drop={drop} today={today} />
      {sidesOf(drop.kind).map((side) => (
        <figure key={side} className="mb-6">
          <figcaption className="mb-1 font-semibold">{t(isLetter ? 'postal.side.letter' : `postal.side.${side}`)}</figcaption>
          <img
            src={`${here}/preview.png?piece=${number}&side=${side}`}
            alt={t('postal.preview_alt', { side: t(isLetter ? 'postal.side.letter' : `postal.side.${side}`), name: piece?.name_line ?? t('postal.preview_sample') })}
            width={formats[drop.kind].width * 96}
            {...(!isLetter && { height: formats[drop.kind].height * 96 })}
            className="border-base-300 h-auto max-w-full border"
          />
        </figure>
      ))}
      <p className="mb-4 max-w-prose text-sm">{t(isLetter ? 'postal.guides_note_letter' : 'postal.guides_note')}</p>
      {piece && (
        <nav className="flex flex-wrap items-end gap-3" aria-label={t('postal.preview')}>
          {beside?.before && (
            <a className="btn" rel="prev" href={`${here}/preview?piece=${beside.before}`}>
              ← {t('page.previous')}
            </a>
          )}
          <form method="get" action={`${here}/preview`} className="flex items-end gap-2">
            <label>
              <span className="mb-1 block text-sm font-semibold">{t('postal.number')}</span>
              <input className="input w-28" type="number" name="piece" min={1} max={drop.numbers} defaultValue={number} />
            </label>
            <button className="btn">{t('action.show')}</button>
          </form>
          {beside?.after && (
            <a className="btn" rel="next" href={`${here}/preview?piece=${beside.after}`}>
              {t('action.next')} →
            </a>
          )}
        </nav>
      )}
    </>
  )
} // prettier-ignore
