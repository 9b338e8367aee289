import { byteOrderMark, csvLine } from '../../platform/csv.ts'
import type { Content } from './schema.ts'

const columns = ['contest_id', 'office', 'district_kind', 'district', 'party', 'candidate_id', 'candidate', 'lines', 'is_incumbent', 'is_endorsed', 'standing', 'asked_on', 'issue', 'kind', 'question', 'choice', 'ranked', 'language', 'text', 'original_language', 'original', 'source_url', 'source_on', 'amended_on', 'is_late'] // prettier-ignore

/** A row for each text in each language; a candidate who says nothing has one of their own. */
export function csvOf({ contests, issues }: Content): string {
  const rows = contests.flatMap(({ contest_id, office, district_kind, district, party, candidates, claims, replies }) =>
    candidates.flatMap(({ candidate_id, name, lines, is_incumbent, is_endorsed, standing, asked_on }) => {
      const who = [
        contest_id,
        office,
        district_kind,
        district,
        party,
        candidate_id,
        name,
        lines.join(', '),
        is_incumbent,
        is_endorsed,
        standing,
        asked_on.join(' '),
      ]
      const theirs = claims.filter((claim) => claim.candidate_id === candidate_id)
      const replied = replies.filter((each) => each.candidate_id === candidate_id)
      if (theirs.length === 0 && replied.length === 0) return [who]
      const issueOf = (of: { issue_id: string }) => issues.find(({ issue_id }) => issue_id === of.issue_id)?.name ?? {}
      const said = theirs.flatMap((claim) => {
        const issue = issueOf(claim)
        const texts = Object.entries(claim.text)
        return (texts.length > 0 ? texts : [['en', '']]).map(([language = 'en', text]) => [
          ...who,
          issue[language] ?? issue.en ?? Object.values(issue)[0],
          claim.kind,
          claim.question?.[language] ?? claim.question?.en,
          claim.choice,
          claim.ranked.map((each) => each[language] ?? each.en ?? Object.values(each)[0]).join(' > '),
          language,
          text,
          claim.original_language,
          claim.original,
          claim.source_url,
          claim.source_on,
          claim.amended_on,
          claim.is_late ?? false,
        ])
      })
      const own = replied.flatMap((each) => {
        const issue = issueOf(each)
        const texts = Object.entries(each.withheld ?? each.text)
        return texts.map(([language, text]) => [
          ...who,
          issue[language] ?? issue.en ?? Object.values(issue)[0],
          each.withheld ? 'reply_withheld' : 'reply',
          ...['', '', ''],
          language,
          text,
          each.original_language,
          each.original,
          '',
          each.replied_on,
          '',
          '',
        ])
      })
      return [...said, ...own]
    }),
  )
  return byteOrderMark + [columns, ...rows].map(csvLine).join('')
}
