import { singleChoiceKinds, type ScriptContent, type Step } from '../../scripts/schema.ts'
import { questionsEver } from '../script-content.ts'
import { groupDistricts, type GroupDistrict, type GroupsAsked } from './groups.ts'

/** What groups are compared by: as the address says, else support (or the first question) and the `usual` districts. */
export function groupsAsked(
  versions: readonly ScriptContent[],
  wished: { question: string | undefined; district: string | undefined },
  usual: GroupDistrict,
): { asked: GroupsAsked; support: string | null; questions: Step[] } {
  const all = questionsEver(versions).filter(({ kind }) => singleChoiceKinds.includes(kind))
  const support = all.find(({ kind }) => kind === 'support')?.key ?? null
  const question = all.find(({ key }) => key === wished.question)?.key ?? support ?? all[0]?.key ?? null
  const district = groupDistricts.find((each) => each === wished.district) ?? usual
  return { asked: { question, district }, support, questions: all }
}
