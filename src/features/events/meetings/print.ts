import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { pdf } from '../../../platform/print/typst.ts'
import { placeLine } from '../calendars.ts'
import type { Event, Shift } from '../queries.ts'
import type { EventText } from '../schema.ts'
import { spanText } from '../when.ts'
import './messages.ts'
import type { Minutes, Motion } from './queries.ts'
import type { AsApproved } from './schema.ts'
import { correctionTexts, handsText, motionFacts, outcomeText } from './words.ts'

interface Told {
  event: Event
  shifts: readonly Shift[]
  motions: readonly Motion[]
  minutes: Minutes
  attendance: AsApproved
  notes: EventText
  organization: LocalizedText
  now: Date
}

/** The minutes of a meeting in the reader's language: what was decided, by how many hands, and what was noted. */
export function minutesPdf(t: Translate, told: Told): Promise<Uint8Array<ArrayBuffer>> {
  const { event, shifts, attendance, motions, minutes, notes, organization, now } = told
  const text = (of: LocalizedText): string => localized(of, t.language).text
  const { people, present, members, quorum, agenda } = attendance
  const data = {
    language: t.language,
    organization: text(organization),
    heading: t('meeting.minutes'),
    title: text(event.content.title),
    when: shifts.map((shift) =>
      [spanText(t.language, event.time_zone, shift), placeLine(text(shift.place.name), shift.place)]
        .filter(Boolean)
        .join(' · '),
    ),
    state: minutes.approved_on
      ? [t('meeting.approved', { date: formatDate(t.language, minutes.approved_on) }), minutes.approved_how]
          .filter(Boolean)
          .join(' · ')
      : t('meeting.not_approved'),
    presided: minutes.presided_by && `${t('meeting.presided_by')}: ${minutes.presided_by}`,
    attendance: [
      t('meeting.print.people', { count: people }),
      t('meeting.print.members', { present, members }),
      quorum === null ? '' : t('meeting.print.quorum', { count: quorum }),
    ].filter(Boolean),
    agenda: typeof agenda === 'string' ? agenda : text(agenda),
    motions: motions.map((motion) => {
      const [count] = motion.counts
      return {
        heading: t('meeting.motion_nth', { nth: motion.nth }),
        text: text(motion.text),
        facts: motionFacts(t, motion, motions),
        result: outcomeText(t, motion),
        hands: count ? handsText(t, count) : '',
        corrected: correctionTexts(t, motion),
      }
    }),
    notes: text(notes),
    words: {
      attendance: t('meeting.print.attendance'),
      agenda: t('meeting.print.agenda'),
      decisions: t('meeting.print.decisions'),
      notes: t('meeting.print.notes'),
      signed: t('meeting.print.signed'),
      none: t('meeting.motions_none'),
    },
    printed: formatDateTime(t.language, now, event.time_zone),
  }
  return pdf({ template, data, made_at: now })
}

const template = String.raw`
#set page(paper: "us-letter", margin: 1in, footer: context align(right, text(size: 8pt, data.printed + "   " + counter(page).display("1 / 1", both: true))))
#set text(size: 11pt, lang: data.language)
#set par(leading: 0.8em, spacing: 1.1em)
#show heading: it => block(above: 1.6em, below: 0.8em, sticky: true, text(size: if it.level == 1 { 20pt } else { 13pt }, weight: "bold", it.body))
#let lines(text) = text.split(regex("\r\n|\r|\n")).join(linebreak())

#text(size: 10pt, data.organization)
#heading(level: 1, data.heading + ": " + data.title)
#for line in data.when [#line #linebreak()]
#text(weight: "semibold", data.state)
#if data.presided != "" [#linebreak() #data.presided]

#heading(level: 2, data.words.attendance)
#lines(data.attendance.join("\n"))

#if data.agenda != "" [
  #heading(level: 2, data.words.agenda)
  #lines(data.agenda)
]

#heading(level: 2, data.words.decisions)
#if data.motions.len() == 0 [#data.words.none]
#for motion in data.motions {
  block(width: 100%, inset: (left: 10pt, y: 2pt), stroke: (left: 2pt + luma(160)), below: 1.2em, [
    #block(sticky: true, below: 0.6em, text(weight: "bold", motion.heading + ": " + motion.result))
    #lines(motion.text) \
    #text(size: 9.5pt, motion.facts.join(" · "))
    #if motion.hands != "" [#linebreak() #motion.hands]
    #for each in motion.corrected [#linebreak() #text(size: 9.5pt, each)]
  ])
}

#if data.notes != "" [
  #heading(level: 2, data.words.notes)
  #lines(data.notes)
]

#v(3em)
#block(breakable: false, [#line(length: 45%, stroke: 0.5pt) #text(size: 9pt, data.words.signed)])
`
