import type { FieldErrors } from '../../../../platform/http/form.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Field, FieldError, PageHead, Select } from '../../../../platform/ui/components.tsx'
import type { FormValues } from '../../../../platform/ui/form-values.ts'
import { Seen } from '../../../../platform/ui/meanwhile.tsx'
import '../../officials/messages.ts'
import '../messages.ts'
import type { Figure, Photo } from '../queries.ts'
import { licenses, nameLanguages } from '../schema.ts'
import { nameFor, PhotoCredit, Portrait } from './figure-name.tsx'
import { NameInputs } from './name-fields.tsx'

/** As it stands in the fields. */
export const savedFigure = (figure: Figure): FormValues => ({
  name: figure.name,
  ...Object.fromEntries(nameLanguages.map((language) => [`name_${language}`, figure.names[language] ?? ''])),
  links: figure.links.join('\n'),
  source_url: figure.source_url ?? '',
})

interface Props {
  t: Translate
  figure: Figure
  photo: Photo | null
  typed?: Record<string, string>
  errors?: FieldErrors
}

/** A steward puts right how somebody is called, their links and their photo. */
export function EditFigurePage({ t, figure, photo, typed, errors }: Props) {
  const form = { t, ...(typed ? { typed } : {}), ...(errors ? { errors } : {}) }
  const saved = savedFigure(figure)
  const at = `/public-figures/${figure.figure_id}`
  return (
    <>
      <PageHead
        title={t('candidates.correct_of', { name: nameFor(t, figure) })}
        lead={t('figures.correct_lead')}
        back={{ href: at, label: nameFor(t, figure) }}
      />
      {errors && Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      <form method="post" action={at} className="max-w-2xl">
        <Seen values={saved} {...(typed ? { typed } : {})} />
        <Card>
          <NameInputs {...form} figure={figure} />
          <Field
            {...form}
            label={t('figures.links')}
            hint={t('figures.links_hint')}
            name="links"
            rows={3}
            value={saved.links ?? ''}
            lang="en"
          />
          <Field
            {...form}
            label={t('officials.source_url')}
            hint={t('officials.source_url_hint')}
            name="source_url"
            type="url"
            required
            value={figure.source_url}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
      <div className="max-w-2xl">
        <PhotoCard {...form} figure={figure} photo={photo} />
        <Card title={t('figures.unite')} lead={t('figures.unite_lead')} id="unite">
          <form method="get" action={`${at}/unite`}>
            <Field
              {...form}
              label={t('figures.unite_other')}
              hint={t('figures.unite_hint')}
              name="other"
              required
              inputMode="numeric"
            />
            <button className="btn">{t('figures.unite_look')}</button>
          </form>
        </Card>
      </div>
    </>
  )
}

function PhotoCard({ t, figure, photo, typed, errors }: Props) {
  const form = { t, ...(typed ? { typed } : {}), ...(errors ? { errors } : {}) }
  const at = `/public-figures/${figure.figure_id}`
  return (
    <Card title={t('figures.photo')} lead={t('figures.photo_lead')} id="photo-card">
      {photo && (
        <div className="mb-4 flex flex-wrap items-center gap-4">
          <Portrait t={t} figure={figure} photo={photo} />
          <div>
            <PhotoCredit t={t} photo={photo} />
            <form method="post" action={`${at}/photo/remove`} className="mt-2">
              <button className="btn">{t('figures.photo_remove')}</button>
            </form>
          </div>
        </div>
      )}
      <form method="post" action={`/public-figures/uploads/${figure.figure_id}`} encType="multipart/form-data">
        <div className="mb-4">
          <label htmlFor="photo" className="mb-1 block font-semibold">
            {t('figures.photo_file')}
          </label>
          <p id="photo-hint" className="mb-1.5 text-sm">
            {t('figures.photo_hint')}
          </p>
          <input
            id="photo"
            type="file"
            name="photo"
            required
            accept="image/jpeg,image/png"
            aria-describedby="photo-hint"
            className="file-input w-full"
          />
          <FieldError t={t} name="photo" errors={errors} />
        </div>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            {...form}
            label={t('figures.alt_en')}
            hint={t('figures.alt_hint')}
            name="alt_en"
            required
            value={photo?.alt.en ?? null}
            lang="en"
          />
          <Field
            {...form}
            label={t('figures.alt_ko')}
            hint={t('figures.alt_hint')}
            name="alt_ko"
            required
            value={photo?.alt.ko ?? null}
            lang="ko"
          />
          <Field {...form} label={t('figures.credit')} name="credit" required value={photo?.credit ?? null} />
          <Select
            {...form}
            label={t('figures.license')}
            name="license"
            required
            value={photo?.license ?? 'with_permission'}
            options={licenses.map((license) => ({ value: license, label: t(`figures.license.${license}`) }))}
          />
        </div>
        <Field
          {...form}
          label={t('figures.photo_source')}
          name="photo_source_url"
          type="url"
          value={photo?.source_url ?? null}
        />
        <button className="btn">{t('figures.photo_save')}</button>
      </form>
    </Card>
  )
}
