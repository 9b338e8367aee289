/** Is a question asked? Each question it depends on got one of the answers wanted; the same rule in browser and server. */
export const isFulfilled = (
  only_if: Readonly<Record<string, readonly string[]>>,
  answersTo: (key: string) => readonly string[],
): boolean => Object.entries(only_if).every(([key, wanted]) => answersTo(key).some((each) => wanted.includes(each)))
