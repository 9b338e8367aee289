/**
 * What is asked for at the same moment is asked of the database together: while one question is on its way the next ones
 * gather. Each gets its own answer.
 */
export function inOne<Asked, Answer>(
  askAll: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (asked: Asked) => Promise<Answer> {
  interface Waiting {
    asked: Asked
    resolve(answer: Answer): void
    reject(problem: unknown): void
  }
  let waiting: Waiting[] = []
  let isAsking = false
  async function work(): Promise<void> {
    isAsking = true
    while (waiting.length > 0) {
      const now = waiting
      waiting = []
      try {
        const answers = await askAll(now.map(({ asked }) => asked))
        for (const [at, { resolve }] of now.entries()) resolve(answers[at] as Answer)
      } catch (problem) {
        for (const { reject } of now) reject(problem)
      }
    }
    isAsking = false
  }
  return (asked) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ asked, resolve, reject })
      if (!isAsking) void Promise.resolve().then(() => (isAsking ? undefined : work()))
    })
}
