/** The nearest word one may have meant, or null. */
export function nearestWord(typed: string, known: Iterable<string>): string | null {
  const word = typed.slice(0, 64) // no word of ours is longer; a page of text should cost nothing
  let best: string | null = null
  let least = word.length <= 3 ? 2 : word.length <= 6 ? 3 : 4 // fewer changes than this
  for (const candidate of known) {
    const begins = candidate.startsWith(word) && word.length > 1
    const longer = Math.abs(word.length - candidate.length)
    // At least so many letters come or go: most of many words need no closer look.
    if (!begins && longer + longer / 10 >= least) continue
    const changes = begins ? 0.5 : distance(word, candidate) + longer / 10
    if (changes < least) [best, least] = [candidate, changes]
  }
  return best
}

/** Changes (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, at) => at)
  let row: number[] = []
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row[j] = least
    }
    ;[before, above, row] = [above, row, before]
  }
  return above[b.length] ?? 0
}
