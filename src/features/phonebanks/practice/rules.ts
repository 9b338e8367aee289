/** The name of somebody made up, as one says it to them: the word before it is for the eyes alone. */
export const nameAloud = (name: string): string => name.replace(/^(Practice|연습) /, '')
