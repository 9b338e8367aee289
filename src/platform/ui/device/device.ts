const clock_key = 'hanpyo-call-clock'

/** How far this device's clock was off at the last contact: a page opened without a connection must know it too. */
export function clockKept(): number {
  try {
    const off = Number(localStorage.getItem(clock_key) ?? 0)
    return Number.isFinite(off) ? off : 0
  } catch {
    return 0
  }
}

export function keepClock(off_ms: number): void {
  try {
    localStorage.setItem(clock_key, String(Math.round(off_ms)))
  } catch {
    // forbidden or full: known until the page is closed
  }
}

/** crypto.randomUUID exists on https and localhost only. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
