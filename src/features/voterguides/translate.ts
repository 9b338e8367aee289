import { publicTranslatorOf } from '../../platform/i18n/public.ts'
import { publicTexts } from './public-texts.ts'

/** What stands around a guide's texts, in one of the four languages of pages for everybody; what has no such words is English. */
export const publicTranslator = publicTranslatorOf(publicTexts)
