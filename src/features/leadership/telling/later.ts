import { MailAsked } from '../../people/mail.ts'

/** One mail to whom something was decided about; done by the job, asked for by the commands. */
export const newsMail = { name: 'leadership.news', payload: MailAsked }
