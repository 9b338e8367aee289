import { SingleBar } from 'cli-progress'

/** How far a long command is. */
export interface Advance {
  done: number
  of: number
  /** What is counted for the rate, where that is not what `done` measures. */
  count?: number
  /** What is being done now: 'reading', 'NY: 120 changed'. */
  what: string
}

export interface ProgressBar {
  show(advance: Advance): void
  /** Nothing can be done yet: says once what is waited for, and rate and time left count from the end of it. */
  wait(what: string): void
  stop(): void
}

interface Setting {
  /** Of what `count` counts: 'rows', 'voters'. */
  unit: string
  /** Where a plain line goes. */
  say(text: string): void
  stream?: NodeJS.WriteStream
  /** Milliseconds, ever growing. */
  now?: () => number
}

/** Plain lines come when something else is being done, and this often in between. */
const quiet_ms = 5000

/** On a terminal a bar with rate and time left; elsewhere plain lines that say the same. */
export function progressBar({
  unit,
  say,
  stream = process.stderr,
  now = () => performance.now(),
}: Setting): ProgressBar {
  let started = now()
  const rateOf = (count: number): number => Math.round(count / Math.max(0.001, (now() - started) / 1000))
  if (!stream.isTTY) {
    let last = { what: '', at: -Infinity }
    return {
      show({ done, of, count = done, what }) {
        const at = now()
        if (what === last.what && at - last.at < quiet_ms) return
        last = { what, at }
        const left = done > 0 && done < of ? `, ${timeLeft(((at - started) / done) * (of - done))} left` : ''
        const percent = of > 0 ? ` ${Math.floor((done / of) * 100)}%` : ''
        const counted = count > 0 ? ` · ${count} ${unit} · ${rateOf(count)} ${unit}/s` : ''
        say(`${what}${percent}${counted}${left}`)
      },
      wait(what) {
        started = now()
        if (what !== last.what) say(what)
        last = { what, at: started }
      },
      stop: () => undefined,
    }
  }
  const bar = new SingleBar({
    format: `{bar} {percentage}% · {count} ${unit} · {rate} ${unit}/s · {eta_formatted} left · {what}`,
    stream,
    hideCursor: true,
  })
  let isStarted = false
  return {
    show({ done, of, count = done, what }) {
      const shown = { count, rate: rateOf(count), what }
      if (!isStarted) bar.start(Math.max(1, of), done, shown)
      isStarted = true
      bar.setTotal(Math.max(1, of))
      bar.update(done, shown)
    },
    wait(what) {
      started = now()
      const shown = { count: 0, rate: 0, what }
      if (isStarted) bar.update(0, shown)
      else bar.start(1, 0, shown)
      isStarted = true
    },
    stop: () => bar.stop(),
  }
}

function timeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
