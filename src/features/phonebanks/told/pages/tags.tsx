import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead } from '../../../../platform/ui/components.tsx'
import { choices, type FormValues } from '../../../../platform/ui/form-values.ts'
import { SavedNow, Seen } from '../../../../platform/ui/meanwhile.tsx'

interface Props {
  t: Translate
  tags: readonly { tag: string; people: number }[]
  allowed: readonly string[]
  /** As it was sent, where the form came back. */
  chosen: readonly string[] | undefined
  typed: Record<string, string>
  error: string | undefined
  is_saved: boolean
}

/** As it stands in the boxes. */
export const savedTags = (allowed: readonly string[]): FormValues => ({ tags: choices(allowed) })

/** Which tags a caller finds on the screen during a call. */
export function CallerTagsPage({ t, tags, allowed, chosen = allowed, typed, error, is_saved }: Props) {
  return (
    <>
      <PageHead
        title={t('told.tags_title')}
        lead={t('told.tags_lead')}
        back={{ href: '/phonebanks', label: t('phonebanks.title') }}
      />
      {is_saved && <Alert kind="success" title={t('told.tags_saved')} />}
      <Card title={t('told.tags_allowed')} id="tags">
        <form method="post" action="/phonebanks/tags" className="max-w-xl">
          <Seen values={savedTags(allowed)} typed={typed} />
          {tags.length > 0 && (
            <fieldset className="mb-4">
              <legend className="sr-only">{t('told.tags_allowed')}</legend>
              {tags.map(({ tag, people }) => (
                <label key={tag} className="flex min-h-11 items-center gap-3">
                  <input
                    type="checkbox"
                    className="checkbox"
                    name="tags"
                    value={tag}
                    defaultChecked={chosen.includes(tag)}
                  />
                  <span>
                    {tag} <span className="text-sm">({t('told.tags_people', { count: people })})</span>
                  </span>
                </label>
              ))}
              <SavedNow name="tags" options={tags.map(({ tag }) => ({ value: tag, label: tag }))} />
            </fieldset>
          )}
          <Field
            t={t}
            name="fresh"
            label={t('told.tags_new')}
            hint={t('told.tags_new_hint')}
            maxLength={60}
            typed={typed}
            errors={error ? { fresh: error } : {}}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>
    </>
  )
}
