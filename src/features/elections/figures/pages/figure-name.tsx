import type { LocalizedText } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import '../messages.ts'
import type { Photo } from '../queries.ts'
import { nameLanguages } from '../schema.ts'

interface Named {
  name: string
  names: LocalizedText
}

/** The name as this reader writes it. */
export const nameFor = (t: Translate, { name, names }: Named): string => names[t.language] ?? name

/** As the attribute `lang` has it: names in Chinese are in traditional characters. */
const scriptOf = (language: string): string => (language === 'zh' ? 'zh-Hant' : language)

export const rightToLeft: ReadonlySet<string> = new Set(['ar', 'ur'])

/** The name in the reader's script. */
export function FigureName({ t, figure }: { t: Translate; figure: Named }) {
  return <span lang={figure.names[t.language] ? t.language : 'en'}>{nameFor(t, figure)}</span>
}

/** The same name in every other script we know it in. */
export function OtherNames({ t, figure }: { t: Translate; figure: Named }) {
  const first = nameFor(t, figure)
  const others = [
    { language: 'en', name: figure.name },
    ...nameLanguages.map((language) => ({ language, name: figure.names[language] ?? '' })),
  ].filter(({ name }, at, all) => name !== '' && name !== first && all.findIndex((each) => each.name === name) === at)
  if (others.length === 0) return null
  return (
    <>
      {others.map(({ language, name }, at) => (
        <span key={language}>
          {at > 0 && ' · '}
          <span lang={scriptOf(language)} dir={rightToLeft.has(language) ? 'rtl' : undefined}>
            {name}
          </span>
        </span>
      ))}
    </>
  )
}

/** The photo; without one, what the name begins with. */
export function Portrait({
  t,
  figure,
  photo,
}: {
  t: Translate
  figure: Named & { figure_id: number }
  photo: Photo | null
}) {
  if (photo) {
    return (
      <img
        src={`/public-figures/${figure.figure_id}/photo?v=${photo.sha256.slice(0, 16)}`}
        alt={localized(photo.alt, t.language).text}
        width={photo.width}
        height={photo.height}
        className="border-base-300 size-24 shrink-0 rounded-full border object-cover"
      />
    )
  }
  const name = nameFor(t, figure)
  return (
    <span
      aria-hidden="true"
      className="bg-primary/10 text-primary inline-flex size-24 shrink-0 items-center justify-center rounded-full text-3xl font-bold"
    >
      {name.slice(0, 1)}
    </span>
  )
}

/** Whose photo it is, as its terms ask. */
export function PhotoCredit({ t, photo }: { t: Translate; photo: Photo | null }) {
  if (!photo) return null
  const words = t('figures.photo_by', { credit: photo.credit, license: t(`figures.license.${photo.license}`) })
  return (
    <p className="mt-2 text-sm">
      {photo.source_url ? (
        <a href={photo.source_url} rel="noreferrer">
          {words}
        </a>
      ) : (
        words
      )}
    </p>
  )
}
