import { useId, useState } from 'react'
import { formatPhone, typedPhone } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { linkOf, matching, scriptText } from '../rules.ts'
import type { Fact, PlaceholderValues, ScriptContent } from '../schema.ts'
import { BothLanguages } from './texts.tsx'

/** They said yes to being written to: by which way, where, about what. */
export interface Agreement {
  channel: 'text' | 'email'
  /** E.164 or an e-mail address. */
  to: string
  fact: string
}

/** How links may be sent in this call. */
export interface Sending {
  /** E.164, best first. */
  phones: readonly string[]
  /** From whose address a link goes out: over the bridge the caller's own must not be seen. */
  by: 'caller' | 'organization'
  /** Or by e-mail only. */
  has_texts: boolean
  onAgreed: (agreement: Agreement) => void
}

interface HelpProps {
  t: Translate
  content: ScriptContent
  language: string
  other: string | null
  values: PlaceholderValues
  /** null: nobody to send to (a preview shows what would be there). */
  sending: Sending | null
}

/** What to say when they object, and what is good to know: closed until wanted, searchable in every language. */
export function Help(props: HelpProps) {
  const { t, content } = props
  if (!content.objections.length && !content.facts.length) return null
  return (
    <div className="mt-4 space-y-2">
      {content.objections.length > 0 && (
        <Shelf
          t={t}
          title={t('walk.objections')}
          items={content.objections.map((each) => ({ ...each, texts: [each.objection, each.reply] }))}
        >
          {({ objection, reply }) => (
            <>
              <p className="text-base font-bold">
                “<Plain {...props} text={objection} language={t.language} />”
              </p>
              <BothLanguages t={t} text={reply} language={props.language} other={props.other} values={props.values} />
            </>
          )}
        </Shelf>
      )}
      {content.facts.length > 0 && (
        <Shelf
          t={t}
          title={t('walk.facts')}
          items={content.facts.map((each) => ({ ...each, texts: [each.title, each.text] }))}
        >
          {(fact) => (
            <>
              <h3 className="text-base font-bold">
                <Plain {...props} text={fact.title} language={t.language} />
              </h3>
              <BothLanguages
                t={t}
                text={fact.text}
                language={props.language}
                other={props.other}
                values={props.values}
              />
              <FactLink {...props} fact={fact} />
            </>
          )}
        </Shelf>
      )}
    </div>
  )
}

function Plain({ text, language, values }: Pick<HelpProps, 'language' | 'values'> & { text: Fact['title'] }) {
  const shown = scriptText(text, language, values)
  return <span lang={shown.language}>{shown.text}</span>
}

interface ShelfProps<Item> {
  t: Translate
  title: string
  items: readonly Item[]
  children: (item: Item) => React.ReactNode
}

function Shelf<Item extends { key: string; texts: readonly Fact['title'][] }>({
  t,
  title,
  items,
  children,
}: ShelfProps<Item>) {
  const [wanted, setWanted] = useState('')
  const found = items.filter((item) => matching(item.texts, wanted))
  return (
    <details className="bg-base-100 border-base-300 rounded-box border px-5 py-1">
      <summary className="flex min-h-12 cursor-pointer items-center text-base font-semibold underline">
        {title} ({items.length})
      </summary>
      {items.length > 3 && (
        <label className="mb-3 block">
          <span className="mb-1 block text-base">{t('walk.search')}</span>
          <input
            type="search"
            className="input min-h-12 w-full text-lg"
            placeholder={t('walk.search_hint')}
            defaultValue=""
            // Uncontrolled: a Korean syllable being composed is never written back.
            onChange={(event) => setWanted(event.target.value)}
          />
        </label>
      )}
      <p role="status" className={found.length ? 'sr-only' : 'pb-3 text-base'}>
        {wanted && t(found.length ? 'walk.found' : 'walk.found_none', { count: found.length })}
      </p>
      <ul className="divide-base-300 divide-y">
        {found.map((item) => (
          <li key={item.key} className="py-3">
            {children(item)}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The link itself, and the way to send it: first the question, then the note that they agreed, then the caller's own phone. */
function FactLink({ t, fact, language, values, sending }: HelpProps & { fact: Fact }) {
  const [channel, setChannel] = useState<Agreement['channel'] | null>(null)
  const [agreed, setAgreed] = useState<Agreement | null>(null)
  const link = linkOf(fact, language)
  if (!link) return null
  const title = scriptText(fact.title, language, values).text
  const channels: readonly Agreement['channel'][] = sending?.has_texts === false ? ['email'] : ['text', 'email']
  return (
    <div className="mt-3 text-base">
      <p>
        {t('walk.link')}:{' '}
        <a href={link} target="_blank" rel="noreferrer" className="break-all underline">
          {link}
        </a>
      </p>
      {agreed ? (
        <div role="status" className="mt-2">
          {sending?.by === 'organization' ? (
            <p className="font-semibold">
              {agreed.channel === 'text'
                ? t('walk.send_text_by_organization', { to: formatPhone(agreed.to) })
                : t('walk.send_by_organization', { to: agreed.to })}
            </p>
          ) : (
            <>
              <p>{t('walk.send_noted')}</p>
              <a className="btn btn-primary mt-2 h-auto min-h-12 py-2 text-base" href={addressOf(agreed, title, link)}>
                {agreed.channel === 'text'
                  ? t('walk.send_open_text', { to: formatPhone(agreed.to) })
                  : t('walk.send_open_email', { to: agreed.to })}
              </a>
            </>
          )}
        </div>
      ) : channel ? (
        <Where
          t={t}
          channel={channel}
          phones={sending?.phones ?? []}
          onCancel={() => setChannel(null)}
          onAgreed={(to) => {
            const agreement = { channel, to, fact: fact.key }
            setAgreed(agreement)
            sending?.onAgreed(agreement)
          }}
        />
      ) : (
        <div className="mt-2">
          <p>{t('walk.send_ask')}</p>
          {sending?.has_texts === false && <p className="mt-1">{t('walk.send_no_text')}</p>}
          <p className="mt-2 flex flex-wrap gap-2">
            {channels.map((each) => (
              <button
                key={each}
                type="button"
                className="btn h-auto min-h-12 py-2 text-base"
                disabled={!sending}
                onClick={() => setChannel(each)}
              >
                {t(`walk.send_${each}`)}
              </button>
            ))}
          </p>
        </div>
      )}
    </div>
  )
}

interface WhereProps {
  t: Translate
  channel: Agreement['channel']
  phones: readonly string[]
  onCancel: () => void
  onAgreed: (to: string) => void
}

function Where({ t, channel, phones, onCancel, onAgreed }: WhereProps) {
  const id = useId()
  const [isWrong, setWrong] = useState(false)
  const isText = channel === 'text'
  return (
    <form
      className="mt-2"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const typed = String(new FormData(event.currentTarget).get('to') ?? '')
        const to = isText ? typedPhone(typed) : asEmail(typed)
        if (to) onAgreed(to)
        else setWrong(true)
      }}
    >
      <label className="block" htmlFor={id}>
        {t(isText ? 'walk.send_to_phone' : 'walk.send_to_email')}
      </label>
      <input
        id={id}
        name="to"
        type={isText ? 'tel' : 'email'}
        className="input min-h-12 w-full max-w-md text-lg"
        defaultValue={isText && phones[0] ? formatPhone(phones[0]) : ''}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        autoComplete="off"
        maxLength={120}
      />
      {isWrong && (
        <p id={`${id}-wrong`} role="alert" className="text-error mt-1 font-semibold">
          {t(isText ? 'walk.send_wrong_phone' : 'walk.send_wrong_email')}
        </p>
      )}
      <p className="mt-2 flex flex-wrap gap-2">
        <button type="submit" className="btn btn-primary min-h-12 text-base">
          {t('walk.send_agreed')}
        </button>
        <button type="button" className="btn btn-ghost min-h-12 text-base" onClick={onCancel}>
          {t('action.cancel')}
        </button>
      </p>
    </form>
  )
}

const asEmail = (typed: string): string | null =>
  /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}$/.test(typed.trim()) ? typed.trim().toLowerCase() : null

/** `?&body=` is what both Android and iPhone understand. */
function addressOf({ channel, to }: Agreement, title: string, link: string): string {
  return channel === 'text'
    ? `sms:${to}?&body=${encodeURIComponent(`${title} ${link}`)}`
    : `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\r\n${link}`)}`
}
