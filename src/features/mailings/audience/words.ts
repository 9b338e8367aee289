import type { Translate } from '../../../platform/i18n/messages.ts'
import '../../targeting/messages.ts'
import { parse } from '../../targeting/parse.ts'
import { inWords } from '../../targeting/steps/words.ts'

/** Whom an expression means, for whoever does not read expressions; as it was typed where it means nothing. */
export function peopleInWords(t: Translate, expression: string): string {
  const parsed = parse(expression)
  return parsed.ok ? inWords(parsed.expression, t) : expression
}
