interface Reading {
  running: Promise<unknown>
  next: Promise<unknown> | null
}

const readings = new WeakMap<object, Map<string, Reading>>()

/**
 * What a crowd asks for in the same moment is read once for all of them, and begun after each of them asked: no answer is
 * older than its question. Nothing is kept afterwards. `of`: whose rows, as a database handle.
 */
export function readTogether<T>(of: object, key: string, read: () => Promise<T>): Promise<T> {
  let all = readings.get(of)
  if (!all) readings.set(of, (all = new Map()))
  const of_key = all
  const begin = (): Promise<T> => {
    const reading: Reading = { running: read(), next: null }
    of_key.set(key, reading)
    const end = (): void => {
      if (!reading.next) of_key.delete(key)
    }
    reading.running.then(end, end)
    return reading.running as Promise<T>
  }
  const before = of_key.get(key)
  if (!before) return begin()
  // What runs already may have looked before this one asked.
  before.next ??= before.running.then(begin, begin)
  return before.next as Promise<T>
}
