import { preparedIn } from '../writing/prepare.ts'
import { byLanguage, type Prepare } from './prepared.ts'

/** With what other rooms show in it at this moment. */
export const readersOf: Prepare = async (db, organization, mailing, here) =>
  byLanguage(organization, await preparedIn(db, mailing, organization.languages, here))
