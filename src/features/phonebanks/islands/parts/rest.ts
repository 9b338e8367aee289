import { z } from 'zod'

/** A pause this long is a break. */
const break_ms = 10 * 60_000

/** Milliseconds of the device's clock. */
const Worked = z.object({
  /** Without a break. */
  since: z.number(),
  last: z.number(),
})
export type Worked = z.infer<typeof Worked>

/** After one more call; a long talk is none of the breaks. */
export const workedOn = ({ since, last }: Worked, call: { began: number; ended: number }): Worked => ({
  since: call.began - last > break_ms ? call.ended : since,
  last: call.ended,
})

const key = 'hanpyo-call-worked'

/** Between two calls the page may be opened anew, which is no break either. */
export function workKept(): Worked {
  try {
    return Worked.parse(JSON.parse(localStorage.getItem(key) ?? ''))
  } catch {
    return { since: 0, last: 0 } // nothing kept, or nothing may be
  }
}

export function keepWork(worked: Worked): void {
  try {
    localStorage.setItem(key, JSON.stringify(worked))
  } catch {
    // forbidden or full: known until the page is closed
  }
}
