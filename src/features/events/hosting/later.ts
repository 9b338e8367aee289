import { z } from 'zod'

/** What a mail to whoever proposed an event says. */
const hostMailKinds = ['received', 'approved', 'declined'] as const
export type HostMailKind = (typeof hostMailKinds)[number]

/** One mail to a host; done by the job, asked for by the commands. */
export const hostMail = {
  name: 'events.host_mail',
  payload: z.object({ organization_id: z.uuid(), proposal_id: z.uuid(), kind: z.enum(hostMailKinds) }),
}
