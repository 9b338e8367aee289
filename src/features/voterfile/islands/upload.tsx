import { useEffect, useRef, useState, type FormEvent } from 'react'
import { mountIsland } from '../../../platform/ui/island.tsx'

interface UploadProps {
  kind: string
  language: string
  texts: Record<string, string>
}

interface Sent {
  upload_id: string
  files: { number: number; name: string; bytes: number; received: number }[]
}

type State =
  | { at: 'choosing' }
  | { at: 'sending' | 'lost' | 'paused' | 'finishing' }
  | { at: 'refused'; problem: string; name: string }
  | { at: 'failed'; status: number }

/** One piece of a file; the server takes any size. */
const pieceBytes = 8 * 1024 ** 2

/** Sends large files piece by piece. What the server says it has is the truth, so any break is gone on from there. */
function Upload({ kind, language, texts }: UploadProps) {
  const [files, setFiles] = useState<File[]>([])
  const [state, setState] = useState<State>({ at: 'choosing' })
  const [sent, setSent] = useState(0)
  const [rate, setRate] = useState(0)
  const stop = useRef<AbortController | null>(null)
  const isDone = useRef(false)
  const total = files.reduce((sum, file) => sum + file.size, 0)
  const isBusy = state.at === 'sending' || state.at === 'lost' || state.at === 'finishing'

  useEffect(() => {
    if (!isBusy) return undefined
    const ask = (event: BeforeUnloadEvent) => {
      if (!isDone.current) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isBusy])

  async function send(): Promise<void> {
    const control = new AbortController()
    stop.current = control
    isDone.current = false
    setState({ at: 'sending' })
    const wanted = {
      kind,
      files: files.map((file) => ({ name: file.name, bytes: file.size, modified_ms: file.lastModified })),
    }
    const started = await ask('/voterfiles/uploads/start', 'POST', JSON.stringify(wanted), control.signal)
    if (!started.ok) return refuse(started)
    const upload = started.body as unknown as Sent
    const received = new Map(upload.files.map((file) => [file.number, file.received]))
    const all = (): number => [...received.values()].reduce((sum, bytes) => sum + bytes, 0)
    const begin = { time: performance.now(), bytes: all() }
    setSent(all())
    let pause = 1000
    for (const [at, file] of files.entries()) {
      const number = at + 1
      for (let offset = received.get(number) ?? 0; offset < file.size; offset = received.get(number) ?? 0) {
        const path = `/voterfiles/uploads/${upload.upload_id}/${number}?offset=${offset}`
        const answer = await ask(path, 'PUT', file.slice(offset, offset + pieceBytes), control.signal)
        if (control.signal.aborted) return setState({ at: 'paused' })
        if (answer.ok || answer.status === 409) {
          received.set(number, Number(answer.body.received ?? offset))
          setState({ at: 'sending' })
          setSent(all())
          const seconds = (performance.now() - begin.time) / 1000
          if (seconds > 1) setRate((all() - begin.bytes) / seconds)
          // Another tab sends this very file: wait for it instead of racing.
          if (answer.status === 409 && answer.body.received === offset) await rest(1000)
          if (answer.ok) pause = 1000
          continue
        }
        if (answer.status > 0 && answer.status < 500 && answer.status !== 400) return refuse(answer)
        if (answer.status === 507) return refuse(answer)
        // Connection or server gone: what it received is asked for before going on.
        setState({ at: 'lost' })
        await rest(pause)
        pause = Math.min(pause * 2, 30_000)
        const now = await ask(`/voterfiles/uploads/${upload.upload_id}`, 'GET', null, control.signal)
        if (control.signal.aborted) return setState({ at: 'paused' })
        if (now.ok) for (const each of (now.body as unknown as Sent).files) received.set(each.number, each.received)
        else if (now.status === 404) return setState({ at: 'failed', status: 404 })
      }
    }
    setState({ at: 'finishing' })
    const finished = await ask(`/voterfiles/uploads/${upload.upload_id}/finish`, 'POST', '{}', control.signal)
    if (!finished.ok) return refuse(finished)
    isDone.current = true
    setState({ at: 'choosing' }) // for whoever comes back to this page
    location.assign(`/voterfiles/imports/${String(finished.body.import_id)}`)
  }

  function refuse({ status, body }: Answer): void {
    const problem = String(body.problem ?? '')
    setState(
      `problem.${problem}` in texts
        ? { at: 'refused', problem, name: String(body.name ?? '') }
        : { at: 'failed', status },
    )
  }

  const secondsLeft = rate > 0 ? (total - sent) / rate : null
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send()
      }}
    >
      <label htmlFor="files" className="mb-1 block font-semibold">
        {texts.choose}
      </label>
      <p className="mb-2 text-sm">{texts.hint}</p>
      <input
        id="files"
        type="file"
        multiple
        required
        disabled={isBusy}
        accept=".csv,.txt,.tsv,.zip,.gz"
        className="file-input w-full"
        onChange={(event) => {
          setFiles([...(event.currentTarget.files ?? [])])
          setState({ at: 'choosing' })
          setSent(0)
        }}
      />
      {files.length > 0 && (
        <ul className="mt-3 text-sm">
          {files.map((file) => (
            <li key={`${file.name}${file.size}`} className="flex justify-between gap-3 py-1">
              <span className="min-w-0 break-all">{file.name}</span>
              <span className="whitespace-nowrap tabular-nums">{bytesText(file.size, language)}</span>
            </li>
          ))}
        </ul>
      )}
      {(isBusy || state.at === 'paused') && (
        <div className="mt-4">
          <progress
            className="progress progress-primary h-3 w-full"
            max={total}
            value={sent}
            aria-label={texts.start}
          />
          <p className="mt-1 text-sm tabular-nums">
            {fill(texts.sent, { done: bytesText(sent, language), total: bytesText(total, language) })}
            {secondsLeft !== null && state.at === 'sending' && (
              <> · {fill(texts.left, { time: timeText(secondsLeft, language) })}</>
            )}
          </p>
        </div>
      )}
      <div aria-live="polite" className="mt-3">
        {state.at === 'sending' && <p className="text-sm">{texts.stay}</p>}
        {state.at === 'lost' && <p className="border-warning rounded-lg border-2 p-3 font-semibold">{texts.lost}</p>}
        {state.at === 'paused' && <p>{texts.paused}</p>}
        {state.at === 'finishing' && <p>{texts.all_sent}</p>}
        {state.at === 'failed' && (
          <p className="border-error rounded-lg border-2 p-3 font-semibold">
            {fill(texts.failed, { status: String(state.status || '–') })}
          </p>
        )}
        {state.at === 'refused' && (
          <div className="border-error rounded-lg border-2 p-3">
            <p className="font-bold">{fill(texts.refused, { name: state.name })}</p>
            <p>{texts[`problem.${state.problem}`]}</p>
          </div>
        )}
      </div>
      <div className="mt-4 flex gap-2">
        {isBusy ? (
          <button type="button" className="btn" onClick={() => stop.current?.abort()}>
            {texts.pause}
          </button>
        ) : (
          <button className="btn btn-primary" disabled={files.length === 0}>
            {state.at === 'paused' ? texts.resume : texts.start}
          </button>
        )}
      </div>
    </form>
  )
}

interface Answer {
  ok: boolean
  /** 0: the server was not reached. */
  status: number
  body: Record<string, unknown>
}

async function ask(path: string, method: string, body: Blob | string | null, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method,
      body,
      signal,
      headers: {
        accept: 'application/json',
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
        ...(body instanceof Blob ? { 'content-type': 'application/octet-stream' } : {}),
      },
    })
    const read: unknown = await response.json().catch(() => ({}))
    return { ok: response.ok, status: response.status, body: (read ?? {}) as Record<string, unknown> }
  } catch {
    return { ok: false, status: 0, body: {} }
  }
}

const rest = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))

const fill = (text: string | undefined, given: Record<string, string>): string =>
  Object.entries(given).reduce((filled, [name, value]) => filled.replaceAll(`{{${name}}}`, value), text ?? '')

function bytesText(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1024 ** 3
      ? [bytes / 1024 ** 3, 'GB']
      : bytes >= 1024 ** 2
        ? [bytes / 1024 ** 2, 'MB']
        : [bytes / 1024, 'KB']
  return `${value.toLocaleString(language, { maximumFractionDigits: unit === 'GB' ? 2 : 0 })} ${unit}`
}

function timeText(seconds: number, language: string): string {
  const minutes = Math.ceil(seconds / 60)
  if (language === 'ko') return minutes < 60 ? `${minutes}분` : `${Math.floor(minutes / 60)}시간 ${minutes % 60}분`
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

void mountIsland('voterfile-upload', Upload)
