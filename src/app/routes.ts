import type { Hono } from 'hono'
import { accountRoutes } from '../features/access/account-routes.tsx'
import { signInRoutes } from '../features/access/sign-in-routes.tsx'
import { peopleRoutes } from '../features/people/routes.tsx'
import { bridgeRoutes } from '../features/phonebanks/bridge/routes.tsx'
import { callRoutes } from '../features/phonebanks/call-routes.tsx'
import { callingRulesRoutes } from '../features/phonebanks/calling-rules/routes.tsx'
import { followUpRoutes } from '../features/phonebanks/follow-ups/routes.tsx'
import { hostRoutes } from '../features/phonebanks/host/routes.tsx'
import { paperRoutes } from '../features/phonebanks/paper/routes.tsx'
import { newcomerRoutes } from '../features/phonebanks/newcomers/routes.tsx'
import { practiceRoutes } from '../features/phonebanks/practice/routes.tsx'
import { keptRoutes } from '../features/phonebanks/kept/routes.ts'
import { newsRoutes } from '../features/phonebanks/news/routes.ts'
import { shiftRoutes } from '../features/phonebanks/shifts/routes.tsx'
import { reportRoutes } from '../features/phonebanks/report/routes.tsx'
import { resultCodeRoutes } from '../features/phonebanks/result-codes/routes.tsx'
import { toldRoutes } from '../features/phonebanks/told/routes.tsx'
import { phoneBankRoutes } from '../features/phonebanks/routes.tsx'
import { scriptRoutes } from '../features/scripts/routes.tsx'
import { doorRoutes } from '../features/events/door/routes.tsx'
import { orderRoutes } from '../features/events/orders/routes.tsx'
import { ticketRoutes } from '../features/events/door/ticket-routes.tsx'
import { partnerRoutes } from '../features/events/partners/routes.tsx'
import { publicHostingRoutes } from '../features/events/hosting/public-routes.tsx'
import { hostingRoutes } from '../features/events/hosting/routes.tsx'
import { publicEventRoutes } from '../features/events/public-routes.tsx'
import { invitationRoutes } from '../features/events/invitations/routes.tsx'
import { partRoutes } from '../features/events/parts/routes.tsx'
import { programRoutes } from '../features/events/program/routes.tsx'
import { meetingRoutes } from '../features/events/meetings/routes.tsx'
import { questionRoutes } from '../features/events/questions/routes.tsx'
import { eventKindRoutes, eventRoutes } from '../features/events/routes.tsx'
import { eventSheetRoutes } from '../features/events/sheets/routes.tsx'
import { answerRoutes } from '../features/endorsements/answers/routes.tsx'
import { interviewRoutes } from '../features/endorsements/interviews/routes.tsx'
import { publicInterviewRoutes } from '../features/endorsements/interviews/public-routes.tsx'
import { recommendationRoutes } from '../features/endorsements/recommendations/routes.tsx'
import { scoreRoutes } from '../features/endorsements/scores/routes.tsx'
import { endorsementFileRoutes } from '../features/endorsements/files/routes.tsx'
import { publicBallotRoutes } from '../features/endorsements/ballots/public-routes.tsx'
import { paperBallotRoutes } from '../features/endorsements/ballots/paper-routes.tsx'
import { ballotRoutes } from '../features/endorsements/ballots/routes.tsx'
import { publicGuideRoutes } from '../features/voterguides/public-routes.tsx'
import { publicReplyRoutes } from '../features/voterguides/replies/public-routes.tsx'
import { replyRoutes } from '../features/voterguides/replies/routes.tsx'
import { mailingReportRoutes } from '../features/mailings/after/routes.tsx'
import { mailReportRoutes } from '../features/mailings/reports/routes.ts'
import { identityRoutes } from '../features/mailings/identity/routes.tsx'
import { lookRoutes } from '../features/mailings/look/routes.tsx'
import { audienceRoutes } from '../features/mailings/audience/routes.tsx'
import { sendingRoutes } from '../features/mailings/sending/routes.tsx'
import { journeyRoutes } from '../features/mailings/journeys/routes.tsx'
import { mailLinkRoutes } from '../features/mailings/links/routes.ts'
import { approvalRoutes } from '../features/mailings/approval/routes.tsx'
import { subjectRoutes } from '../features/mailings/subjects/routes.tsx'
import { readerRoutes } from '../features/mailings/stopping/routes.tsx'
import { publicNewsletterRoutes } from '../features/mailings/newsletter/public-routes.tsx'
import { newsletterRoutes } from '../features/mailings/newsletter/routes.tsx'
import { countingRoutes } from '../features/mailings/counting/routes.tsx'
import { topicRoutes } from '../features/mailings/topics/routes.tsx'
import { mailingRoutes } from '../features/mailings/routes.tsx'
import { writingRoutes } from '../features/mailings/writing/routes.tsx'
import { voterguideRoutes } from '../features/voterguides/routes.tsx'
import { cycleRoutes } from '../features/endorsements/cycles/routes.tsx'
import { announcementRoutes } from '../features/endorsements/results/public-routes.tsx'
import { endorsementResultRoutes } from '../features/endorsements/results/routes.tsx'
import { endorsementQuestionRoutes } from '../features/endorsements/questions/routes.tsx'
import { publicFormRoutes } from '../features/forms/public-routes.tsx'
import { petitionRoutes } from '../features/forms/petition/routes.tsx'
import { formRoutes } from '../features/forms/routes.tsx'
import { bodyRoutes } from '../features/leadership/bodies/routes.tsx'
import { caseRoutes } from '../features/leadership/cases/routes.tsx'
import { afterRoutes } from '../features/leadership/after/routes.tsx'
import { cohortRoutes } from '../features/leadership/cohorts/routes.tsx'
import { fromFormsRoutes } from '../features/leadership/from-forms/routes.tsx'
import { myDayRoutes } from '../features/leadership/my-day-routes.tsx'
import { leadershipRoutes } from '../features/leadership/routes.tsx'
import { geographyRoutes } from '../features/geography/routes.tsx'
import { comparisonRoutes } from '../features/targeting/comparison/routes.tsx'
import { exportRoutes } from '../features/targeting/export/routes.tsx'
import { frozenRoutes } from '../features/targeting/frozen/routes.tsx'
import { peopleListRoutes } from '../features/targeting/people/routes.tsx'
import { targetingRoutes } from '../features/targeting/routes.tsx'
import { joiningRoutes } from '../features/organizations/joining-routes.tsx'
import { memberRoutes } from '../features/organizations/member-routes.tsx'
import { organizationRoutes } from '../features/organizations/organization-routes.tsx'
import { voterfileRoutes } from '../features/voterfile/routes.tsx'
import { duplicateRoutes } from '../features/people/duplicates/routes.tsx'
import { tokenRoutes } from '../features/access/tokens/routes.tsx'
import { householdRoutes } from '../features/people/households/routes.tsx'
import { ledgerRoutes } from '../features/ledger/routes.tsx'
import { cardRoutes } from '../features/ledger/cards/routes.tsx'
import { bankRoutes } from '../features/ledger/bank/routes.tsx'
import { sheetRoutes } from '../features/people/sheets/routes.tsx'
import { membershipKindRoutes } from '../features/people/membership/kinds/routes.tsx'
import { membershipApplicationRoutes } from '../features/people/membership/applications/routes.tsx'
import { membershipPublicRoutes } from '../features/people/membership/applications/public-routes.tsx'
import { membershipCardRoutes } from '../features/people/membership/card/routes.tsx'
import { membershipRollRoutes } from '../features/people/membership/roll/routes.tsx'
import { fieldRoutes } from '../features/people/fields/routes.tsx'
import { suppressionRoutes } from '../features/people/suppressions/routes.tsx'
import { personImportRoutes } from '../features/people/imports/routes.tsx'
import { postalAnswerRoutes } from '../features/postal/answers/routes.tsx'
import { checkedRoutes } from '../features/postal/checked/routes.tsx'
import { noPaperRoutes } from '../features/postal/no-paper/routes.tsx'
import { designRoutes } from '../features/postal/design/routes.tsx'
import { mailedRoutes } from '../features/postal/mailed/routes.tsx'
import { sortingRoutes } from '../features/postal/sorting/routes.tsx'
import { printRoutes } from '../features/postal/printing/routes.tsx'
import { dropRoutes } from '../features/postal/drops/routes.tsx'
import { webhookRoutes } from '../features/webhooks/routes.tsx'
import type { Env } from '../platform/http/room.ts'
import { auditRoutes } from './audit-routes.tsx'
import { apiRoutes } from './api/serve-api.ts'
import { referenceRoutes } from './api/reference-routes.tsx'
import { campaignRoutes } from '../features/campaigns/routes.tsx'
import { campaignTeamRoutes } from '../features/campaigns/team/routes.tsx'
import { contributionRoutes } from '../features/contributions/routes.tsx'
import { electionRoutes } from '../features/elections/routes.tsx'
import { contestRoutes } from '../features/elections/contests/routes.tsx'
import { figureRoutes } from '../features/elections/contests/figure-routes.tsx'
import { electionImportRoutes } from '../features/elections/imports/routes.tsx'
import { resultRoutes } from '../features/elections/results/routes.tsx'
import { officialRoutes } from '../features/elections/officials/routes.tsx'
import { districtRoutes } from './district-routes.tsx'
import { healthRoutes } from './health-routes.ts'
import { homeRoutes } from './home-routes.tsx'
import { personRoutes } from './person-routes.tsx'
import { privacyRoutes } from './privacy/routes.tsx'
import { shellRoutes } from './shell-routes.tsx'

/** Every room's routes. Earlier ones win. */
export const routes: readonly Hono<Env>[] = [
  healthRoutes,
  apiRoutes,
  referenceRoutes,
  tokenRoutes,
  webhookRoutes,
  bridgeRoutes,
  newcomerRoutes,
  practiceRoutes,
  callRoutes,
  keptRoutes,
  newsRoutes,
  resultCodeRoutes,
  toldRoutes,
  phoneBankRoutes,
  callingRulesRoutes,
  hostRoutes,
  followUpRoutes,
  paperRoutes,
  reportRoutes,
  eventKindRoutes,
  publicHostingRoutes,
  publicEventRoutes,
  shiftRoutes,
  afterRoutes,
  invitationRoutes,
  meetingRoutes,
  partRoutes,
  programRoutes,
  questionRoutes,
  hostingRoutes,
  eventRoutes,
  partnerRoutes,
  eventSheetRoutes,
  orderRoutes,
  doorRoutes,
  ticketRoutes,
  publicFormRoutes,
  petitionRoutes,
  formRoutes,
  bodyRoutes,
  caseRoutes,
  cohortRoutes,
  leadershipRoutes,
  fromFormsRoutes,
  myDayRoutes,
  geographyRoutes,
  campaignTeamRoutes,
  campaignRoutes,
  contributionRoutes,
  electionRoutes,
  electionImportRoutes,
  cycleRoutes,
  endorsementQuestionRoutes,
  publicInterviewRoutes,
  answerRoutes,
  interviewRoutes,
  scoreRoutes,
  recommendationRoutes,
  endorsementFileRoutes,
  endorsementResultRoutes,
  announcementRoutes,
  mailedRoutes,
  noPaperRoutes,
  checkedRoutes,
  postalAnswerRoutes,
  dropRoutes,
  designRoutes,
  printRoutes,
  sortingRoutes,
  replyRoutes,
  publicReplyRoutes,
  voterguideRoutes,
  publicGuideRoutes,
  identityRoutes,
  lookRoutes,
  topicRoutes,
  countingRoutes,
  newsletterRoutes,
  publicNewsletterRoutes,
  mailingRoutes,
  writingRoutes,
  audienceRoutes,
  sendingRoutes,
  readerRoutes,
  mailingReportRoutes,
  journeyRoutes,
  subjectRoutes,
  approvalRoutes,
  mailLinkRoutes,
  mailReportRoutes,
  ballotRoutes,
  paperBallotRoutes,
  publicBallotRoutes,
  contestRoutes,
  resultRoutes,
  figureRoutes,
  officialRoutes,
  districtRoutes,
  comparisonRoutes,
  exportRoutes,
  frozenRoutes,
  targetingRoutes,
  peopleListRoutes,
  shellRoutes,
  auditRoutes,
  homeRoutes,
  signInRoutes,
  accountRoutes,
  joiningRoutes,
  memberRoutes,
  organizationRoutes,
  scriptRoutes,
  voterfileRoutes,
  suppressionRoutes,
  personImportRoutes,
  duplicateRoutes,
  fieldRoutes,
  sheetRoutes,
  membershipKindRoutes,
  membershipRollRoutes,
  membershipCardRoutes,
  membershipApplicationRoutes,
  membershipPublicRoutes,
  bankRoutes,
  cardRoutes,
  ledgerRoutes,
  householdRoutes,
  privacyRoutes,
  personRoutes,
  peopleRoutes,
]
