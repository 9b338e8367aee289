import { useEffect, useRef, useState, type FormEvent } from 'react'
import { languageNames, languages, type Language } from '../../../../platform/i18n/languages.ts'
import type { Finding, Inside } from './door.tsx'

/** Of somebody who was looked for and is not on the list. */
type Names = NonNullable<ReturnType<Finding['namesTyped']>>

const empty = { first_name: '', last_name: '', name_hangul: '', phone: '' }

/** Whoever did not sign up: a name, in, and the next one. A name in Hangul brings its usual spelling along. */
export function WalkIn({
  t,
  desk,
  finding,
  looked_for,
}: Inside & { finding: Finding | null; looked_for: Names | null }) {
  const [said, setSaid] = useState({ ...empty, ...looked_for })
  const [isSpelled, setSpelled] = useState(looked_for !== null && !looked_for.name_hangul)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!looked_for) return
    form.current?.scrollIntoView({ block: 'center' })
    const open =
      looked_for.last_name && looked_for.first_name
        ? 'button'
        : `[name=${looked_for.last_name ? 'first' : 'last'}_name]`
    form.current?.querySelector<HTMLElement>(open)?.focus({ preventScroll: true })
  }, [looked_for])
  const [language, setLanguage] = useState<Language>(t.language)
  const [isMissing, setMissing] = useState(false)
  const write = (part: keyof typeof empty, text: string) => {
    const roman = part === 'name_hangul' && !isSpelled ? finding?.romanOf(text) : null
    if (part === 'first_name' || part === 'last_name') setSpelled(text !== '')
    setSaid({ ...said, ...roman, [part]: text })
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    const [first_name, last_name, name_hangul] = [
      said.first_name.trim(),
      said.last_name.trim(),
      said.name_hangul.trim(),
    ]
    setMissing(!first_name || !last_name)
    if (!first_name || !last_name) return
    void desk.walkIn({ first_name, last_name, name_hangul: name_hangul || null, phone: said.phone.trim(), email: '', language }) // prettier-ignore
    setSaid(empty)
    setSpelled(false)
    setLanguage(t.language)
    document.getElementById('seen')?.scrollIntoView({ block: 'center' })
  }
  const field = (part: keyof typeof empty, label: string, more: React.ComponentProps<'input'> = {}) => (
    <label className="block">
      <span className="mb-1 block font-semibold">{label}</span>
      <input
        className="input input-lg w-full"
        name={part}
        autoComplete="off"
        maxLength={part === 'name_hangul' || part === 'phone' ? 40 : 80}
        value={said[part]}
        onChange={(event) => write(part, event.target.value)}
        {...more}
      />
    </label>
  )
  const isNeeded = { 'aria-invalid': isMissing, 'aria-describedby': isMissing ? 'walk-in-missing' : undefined }
  const hangul = field('name_hangul', t('door.name_hangul'), { lang: 'ko', pattern: '[가-힣\\s·]*' })
  const roman = (
    <div className="grid grid-cols-2 gap-3">
      {field('first_name', t('door.first_name'), isNeeded)}
      {field('last_name', t('door.last_name'), isNeeded)}
    </div>
  )
  return (
    <section aria-labelledby="walk-in" className="bg-base-100 rounded-box border-base-300 border p-4">
      <h2 id="walk-in" className="mb-3 text-xl font-bold">
        {t('door.walk_in')}
      </h2>
      <form ref={form} onSubmit={send} className="space-y-3">
        {t.language === 'ko' ? hangul : roman}
        {t.language === 'ko' ? roman : hangul}
        {isMissing && (
          <p id="walk-in-missing" role="alert" className="text-error font-semibold">
            {t('door.names_needed')}
          </p>
        )}
        {field('phone', t('door.phone'), { type: 'tel', inputMode: 'tel' })}
        <label className="block">
          <span className="mb-1 block font-semibold">{t('shell.language')}</span>
          <select
            className="select select-lg w-full"
            value={language}
            onChange={(event) => setLanguage(event.target.value as Language)}
          >
            {languages.map((code) => (
              <option key={code} value={code} lang={code}>
                {languageNames[code]}
              </option>
            ))}
          </select>
        </label>
        <button className="btn btn-primary h-auto min-h-14 w-full py-3 text-xl">{t('door.walk_in_add')}</button>
      </form>
    </section>
  )
}
