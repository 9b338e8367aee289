import { useEffect, useState } from 'react'

/** Longer than the second tap of a shaking hand takes. */
const settling_ms = 800

/** A tap meant for what was there before must not fall on this: what is pressed counts only when it has been there a moment. */
export function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), settling_ms)
    return () => clearTimeout(timer)
  }, [])
  return isSettled
}
