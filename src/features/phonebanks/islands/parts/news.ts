import { news as kinds, type News } from '../../news/schema.ts'

/** Refused, or no such address on an older server: asked again seldom. What changed is heard at the next contact anyway. */
const again_ms = 5 * 60_000

/** Hears at once what changes for this caller. Answers how to stop. */
export function listenForNews(phone_bank: string, hear: (news: News) => void): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const open = () => {
    source = new EventSource(`/call/${phone_bank}/news`)
    source.addEventListener('news', (event) => {
      const said = kinds.find((each) => each === (event as MessageEvent<string>).data)
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
