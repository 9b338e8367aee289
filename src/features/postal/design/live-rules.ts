import { colourNames, endorsements, postages, type Design, type DesignText } from './schema.ts'

/** What the design page gives its island. */
export interface LivePreview {
  /** Where the form is sent to see it as a piece. */
  preview: string
  sides: readonly { side: 'message' | 'address'; label: string }[]
  /** Up to which number pieces may be looked at; 0: somebody made up is shown. */
  numbers: number
  words: Record<'title' | 'side' | 'number' | 'too_long' | 'failed', string>
}

const oneOf = <Each extends string>(all: readonly Each[], typed: string | undefined): Each | undefined =>
  all.find((each) => each === typed)

/** A design as it is being typed: what is not right yet is left as it was saved. */
export function designTyped(
  before: Design,
  typed: Readonly<Record<string, string>>,
  texts: Pick<Design, DesignText>,
): Design {
  const digits = (name: string, longest: number) => (/^\d*$/.test(typed[name] ?? '') ? (typed[name] ?? '').slice(0, longest) : '') // prettier-ignore
  const [mailer_id, service_type] = [digits('mailer_id', 9), digits('service_type', 3)]
  const isCoded = (mailer_id.length === 6 || mailer_id.length === 9) && service_type.length === 3
  return {
    ...before,
    ...texts,
    colour: oneOf(colourNames, typed.colour) ?? before.colour,
    postage: oneOf(postages, typed.postage) ?? before.postage,
    endorsement: oneOf(endorsements, typed.endorsement) ?? before.endorsement,
    permit_city: (typed.permit_city ?? '').slice(0, 40),
    permit_number: (typed.permit_number ?? '').slice(0, 12),
    ...(isCoded ? { mailer_id, service_type } : { mailer_id: '', service_type: '' }),
  }
}
