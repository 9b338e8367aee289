import { news as kinds, type News } from '../../news/schema.ts'

/** Refused, or no such address on an older server: asked again seldom. What changed is heard at the next contact anyway. */
const again_ms = 5 * 60_000

/** By phone bank, what the last stream told of its rules: another one begins there. */
const known = new Map<string, string>()

/** Hears at once what changes for this caller. Answers how to stop. */
export function listenForNews(phone_bank: string, hear: (news: News) => void): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const open = () => {
    const rules = known.get(phone_bank)
    source = new EventSource(`/call/${phone_bank}/news${rules ? `?known=${encodeURIComponent(rules)}` : ''}`)
    source.addEventListener('news', (event) => {
      const { data, lastEventId } = event as MessageEvent<string>
      if (lastEventId) known.set(phone_bank, lastEventId)
      const said = kinds.find((each) => each === data)
      if (said) hear(said)
    })
    source.addEventListener('error', () => {
      // A line that broke is opened again by the browser itself; a refusal is not.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, again_ms)
    })
  }
  open()
  return () => {
    source?.close()
    if (timer) clearTimeout(timer)
  }
}
