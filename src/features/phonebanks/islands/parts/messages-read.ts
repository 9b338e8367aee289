import { z } from 'zod'

const key = 'hanpyo-call-messages-read'
/** Messages are shown for two hours: what fell out is older than that. */
const most_kept = 60

/** Of whom, and which message: two callers may share a device. */
export const readBy = (caller_id: string, message_id: string): string => `${caller_id} ${message_id}`

/** What callers on this device read of the host's messages, so that a page opened anew does not say it all again. */
export function messagesRead(): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(localStorage.getItem(key) ?? ''))
  } catch {
    return [] // nothing kept, or nothing may be
  }
}

export function keepRead(read: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([...messagesRead(), read].slice(-most_kept)))
  } catch {
    // forbidden or full: known until the page is closed
  }
}
