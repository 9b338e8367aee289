import type { Db } from '../../../platform/db/db.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { formVersions } from '../../forms/queries.ts'
import { questionsOf } from '../../forms/rules.ts'

/** What somebody answered on a form, in the words of the page. */
export async function answersInWords(
  db: Db,
  t: Translate,
  organization_id: string,
  response_id: string,
): Promise<{ question: string; answer: string }[]> {
  const [response, rows] = await Promise.all([
    db
      .selectFrom('form_response')
      .select(['form_id', 'version'])
      .where('organization_id', '=', organization_id)
      .where('response_id', '=', response_id)
      .executeTakeFirst(),
    db
      .selectFrom('contact_answer')
      .select(['question', 'value'])
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', response_id)
      .execute(),
  ])
  if (!response) return []
  const versions = await formVersions(db, organization_id, response.form_id)
  const content = versions.find(({ version }) => version === response.version)?.content
  const given = new Map(rows.map(({ question, value }) => [question, value]))
  return (content ? questionsOf(content) : []).flatMap(({ key, say, choices }) => {
    const value = given.get(key)
    if (value === undefined) return []
    const word = (each: unknown): string => {
      if (typeof each === 'boolean') return t(each ? 'common.yes' : 'common.no')
      const choice = choices.find((one) => one.key === String(each))
      return choice ? localized(choice.label, t.language).text : String(each)
    }
    return [{ question: localized(say, t.language).text, answer: [value].flat().map(word).join(', ') }]
  })
}
