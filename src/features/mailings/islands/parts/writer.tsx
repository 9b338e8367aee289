import { useEffect, useMemo, useRef, useState } from 'react'
import { languageNames, type Language } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import '../../writing/messages.ts'
import { helpWriting } from './help-writing.ts'
import { letMove } from './moving.ts'

export interface WriterData {
  language: Language
  /** Where a form is sent to see it as a mail. */
  preview: string
  languages: readonly string[]
  readers: readonly { person_id: string; name: string }[]
}

const pause_ms = 400
const widths = { phone: 'max-w-[360px]', desktop: 'max-w-full' } as const
type Width = keyof typeof widths

/** Beside the plain form: shows what is typed as a mail, and lets blocks be dragged. The form stays what it is. */
export function Writer({ language, preview, languages, readers }: WriterData) {
  const t = useMemo(() => translator(language), [language])
  const [shown, setShown] = useState<string>(languages.includes(language) ? language : (languages[0] ?? 'en'))
  const [reader, setReader] = useState(readers[0]?.person_id ?? '')
  const [width, setWidth] = useState<Width>('phone')
  const [subject, setSubject] = useState('')
  const [said, setSaid] = useState('')
  const [typed, setTyped] = useState(0)
  const frames = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const form = document.querySelector<HTMLFormElement>('#mail-form')
    if (!form) return undefined
    let waiting: ReturnType<typeof setTimeout> | undefined
    const changed = () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => setTyped((times) => times + 1), pause_ms)
    }
    form.addEventListener('input', changed)
    form.addEventListener('change', changed)
    const ends = [letMove(form, t, (words) => (setSaid(words), changed())), helpWriting(form, t)]
    return () => {
      clearTimeout(waiting)
      form.removeEventListener('input', changed)
      form.removeEventListener('change', changed)
      for (const end of ends) end()
    }
  }, [t])

  useEffect(() => {
    const form = document.querySelector<HTMLFormElement>('#mail-form')
    if (!form || !frames.current) return undefined
    const query = new URLSearchParams({ language: shown, reader }).toString()
    return showIn(frames.current, form, `${preview}?${query}`, { title: t('writing.shown', { language: nameOf(shown) }), name: `mail-${typed}` }, setSubject)
  }, [preview, shown, reader, typed, t])

  return (
    <section aria-labelledby="preview-title" className="lg:sticky lg:top-4">
      <h2 id="preview-title" className="mb-2 text-lg font-bold">
        {t('writing.preview')}
      </h2>
      <div role="group" aria-label={t('writing.language')} className="join mb-2 flex-wrap">
        {languages.map((each) => (
          <button key={each} type="button" lang={each} className="btn join-item min-h-11" aria-pressed={each === shown} onClick={() => setShown(each)}>
            {nameOf(each)}
          </button>
        ))}
      </div>{' '}
      <div role="group" aria-label={t('writing.width')} className="join mb-2">
        {(['phone', 'desktop'] as const).map((each) => (
          <button key={each} type="button" className="btn join-item min-h-11" aria-pressed={each === width} onClick={() => setWidth(each)}>
            {t(`writing.width.${each}`)}
          </button>
        ))}
      </div>
      <label className="mb-2 block">
        <span className="mb-1 block font-semibold">{t('writing.reader')}</span>
        <select className="select w-full text-base" value={reader} onChange={(event) => setReader(event.currentTarget.value)}>
          {readers.map(({ person_id, name }) => (
            <option key={person_id} value={person_id}>
              {name || t('writing.reader_unknown')}
            </option>
          ))}
          <option value="">{t('writing.reader_unknown')}</option>
        </select>
      </label>
      <p className="mb-2 min-h-6 font-bold wrap-anywhere" lang={shown}>
        {subject}
      </p>
      <div ref={frames} className={`border-base-300 rounded-box relative h-[36rem] overflow-hidden border ${widths[width]}`} />
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  )
} // prettier-ignore

const nameOf = (language: string): string => languageNames[language] ?? language

/** A frame is found by its name. */
let shownTimes = 0

/**
 * Sends what the form holds now into a new frame behind the one that is seen, and puts it in its place once it is there:
 * nothing flickers, and going back in the browser does not go through every letter.
 */
function showIn(place: HTMLElement, form: HTMLFormElement, action: string, { title, name }: { title: string; name: string }, then: (subject: string) => void) {
  const frame = document.createElement('iframe')
  shownTimes += 1
  frame.name = `${name}-${shownTimes}`
  frame.title = title
  frame.setAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox')
  frame.className = 'absolute inset-0 h-full w-full opacity-0'
  place.append(frame)
  const sent = document.createElement('form')
  Object.assign(sent, { method: 'post', action, target: frame.name, hidden: true })
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string') continue
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name, value })
    sent.append(field)
  }
  document.body.append(sent)
  let isWanted = true
  frame.addEventListener('load', () => {
    const content = frame.contentDocument
    if (!isWanted || !content || content.URL === 'about:blank') return
    const before = [...place.querySelectorAll('iframe')].filter((each) => each !== frame)
    frame.contentWindow?.scrollTo(0, before.at(-1)?.contentWindow?.scrollY ?? 0)
    frame.classList.remove('opacity-0')
    for (const each of before) each.remove()
    then(content.title)
  })
  sent.submit()
  sent.remove()
  return () => {
    isWanted = false
    if (frame.classList.contains('opacity-0')) frame.remove()
  }
} // prettier-ignore
