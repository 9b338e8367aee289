import { sendAccessMail } from '../features/access/jobs.ts'
import { dailyDuplicates, peopleDuplicates } from '../features/people/duplicates/jobs.ts'
import { remindMembersJob } from '../features/people/membership/jobs.ts'
import { sendMembershipMail } from '../features/people/membership/mail-job.ts'
import { indexPeopleJob } from '../features/people/search/jobs.ts'
import { voterfileImport, voterfileIndex } from '../features/voterfile/jobs.ts'
import { exportJob, nightlySizes, takeMembersJob, targetingColumns, targetingTrim } from '../features/targeting/jobs.ts'
import { letGoJob, sendTextJob } from '../features/phonebanks/bridge/jobs.ts'
import { prepareJob, watchJob } from '../features/phonebanks/jobs.ts'
import { sendPaidMail } from '../features/ledger/jobs.ts'
import { sendLinkJob } from '../features/phonebanks/told/jobs.ts'
import { sendThanksJob } from '../features/events/after/jobs.ts'
import { answeredByPhoneJob } from '../features/events/calls/jobs.ts'
import { sendHostMailJob } from '../features/events/hosting/jobs.ts'
import { sendEventMailJob, tendEventJob } from '../features/events/jobs.ts'
import { ticketPaidJob } from '../features/events/orders/jobs.ts'
import { tendJourneyJob } from '../features/mailings/journeys/jobs.ts'
import { sendSignupJob } from '../features/mailings/newsletter/jobs.ts'
import { sendMailingJob } from '../features/mailings/sending/jobs.ts'
import { sendLetterJob } from '../features/endorsements/results/jobs.ts'
import { sendBallotJob } from '../features/endorsements/ballots/jobs.ts'
import { takeInJob } from '../features/forms/intake.ts'
import { formAnsweredJob } from '../features/leadership/from-forms/jobs.ts'
import { sendTakenOnJob } from '../features/leadership/after/jobs.ts'
import { trainedByComingJob } from '../features/leadership/after/trainings.ts'
import { sendTasksGivenJob } from '../features/leadership/tasks/jobs.ts'
import { sendNewsJob } from '../features/leadership/telling/jobs.ts'
import { applyCheckedJob, freezeDropJob, printDropJob } from '../features/postal/jobs.ts'
import { sendConfirmJob } from '../features/forms/jobs.ts'
import { endorsementRemindersJob, sendCampaignMailJob } from '../features/endorsements/mails/jobs.ts'
import { sendInterviewMailJob } from '../features/endorsements/interviews/jobs.ts'
import { sendProofMailJob } from '../features/voterguides/replies/jobs.ts'
import type { AnyJob } from '../platform/jobs/jobs.ts'
import { importPeople } from './import-people.ts'
import { heldLinkJob } from './privacy/jobs.ts'
import { tidyJob } from './tidy.ts'

/** Every room's jobs. */
export const jobs: readonly AnyJob[] = [
  sendAccessMail,
  prepareJob,
  watchJob,
  letGoJob,
  sendTextJob,
  sendLinkJob,
  sendConfirmJob,
  takeInJob,
  sendEventMailJob,
  tendEventJob,
  answeredByPhoneJob,
  ticketPaidJob,
  sendThanksJob,
  sendTakenOnJob,
  sendNewsJob,
  sendTasksGivenJob,
  trainedByComingJob,
  formAnsweredJob,
  sendHostMailJob,
  sendBallotJob,
  sendLetterJob,
  sendMailingJob,
  tendJourneyJob,
  sendSignupJob,
  voterfileImport,
  voterfileIndex,
  peopleDuplicates,
  dailyDuplicates,
  importPeople,
  indexPeopleJob,
  sendMembershipMail,
  remindMembersJob,
  sendPaidMail,
  sendCampaignMailJob,
  endorsementRemindersJob,
  sendInterviewMailJob,
  sendProofMailJob,
  targetingColumns,
  targetingTrim,
  takeMembersJob,
  exportJob,
  nightlySizes,
  applyCheckedJob,
  freezeDropJob,
  printDropJob,
  heldLinkJob,
  tidyJob,
]
