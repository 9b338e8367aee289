import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { translator } from '../../../platform/i18n/messages.ts'
import type { BallotMethod, Rules } from '../cycles/schema.ts'
import { accountOf } from './count-commands.ts'
import { apart, ballotsIn, carriedOver, cellsIn, contestsFor, csvOf, fieldsOf, isReceipt, joinableUntil, reasonsAgainst, receiptOf, withBallot, type Cast } from './rules.ts' // prettier-ignore
import type { Facts } from './schema.ts'
import { endorsedIn, labelOf, outcomeLines } from './words.ts'

const times = (count: number, cell: number): number[] => Array.from({ length: count }, () => cell)

describe('the roll', () => {
  const rules = { voter_kinds: ['regular'], joined_by_on: '2027-01-01' }
  const facts: Facts = { kinds: ['regular'], is_in_good_standing: true, joined_on: '2026-01-01', is_paid: true, is_deceased: false } // prettier-ignore
  test.each<[Partial<Facts>, string[]]>([
    [{}, []],
    [{ joined_on: '2027-01-01' }, []],
    [{ joined_on: '2027-01-02' }, ['joined']],
    [{ kinds: ['friend'], joined_on: null }, ['kind']],
    [{ kinds: ['friend', 'regular'] }, []],
    [{ is_paid: false }, ['paid']],
    [{ kinds: [], is_in_good_standing: false }, ['standing']],
    // Expelled from one kind, active in another.
    [{ is_in_good_standing: false, is_paid: false }, ['standing', 'paid']],
    [{ is_deceased: true }, ['deceased']],
  ])('against %o stands %o', (more, reasons) => {
    expect(reasonsAgainst({ ...facts, ...more }, rules)).toEqual(reasons)
  })

  const [out, into] = [{ wants: false }, { wants: true }]
  type Row = Parameters<typeof carriedOver<{ wants: boolean }>>[0][number]
  test.each<[string, Row[], Parameters<typeof carriedOver>[1], { wants: boolean } | null]>([
    ['stood on no roll', [], [], null],
    ['was never challenged', [{ may_vote: true, reasons: [], upheld: null }], ['paid'], null],
    ['was struck off', [{ may_vote: false, reasons: [], upheld: out }], [], out],
    ['was admitted, and the same stands against them', [{ may_vote: true, reasons: ['paid'], upheld: into }], ['paid'], into],
    ['was admitted, and nothing stands against them now', [{ may_vote: true, reasons: ['paid'], upheld: into }], [], null],
    ['was admitted, and lost their standing since', [{ may_vote: true, reasons: ['paid'], upheld: into }], ['standing', 'paid'], null],
    ['stood on it twice, and was struck off once', [{ may_vote: false, reasons: [], upheld: out }, { may_vote: true, reasons: [], upheld: null }], [], null],
    ['stood on it twice, and was struck off twice', [{ may_vote: false, reasons: ['paid'], upheld: null }, { may_vote: false, reasons: [], upheld: out }], [], out],
  ])('in the run-off of a vote in which somebody %s', (_, rows, reasons, holds) => {
    expect(carriedOver(rows, reasons)).toBe(holds)
  }) // prettier-ignore

  test.each([
    ['2027-01-01', '2027-02-01'],
    ['2027-02-01', '2027-02-01'],
    ['2027-02-02', null],
  ])('made on %s, people can still join or pay until %s', (today, until) => {
    expect(joinableUntil({ joined_by_on: '2027-01-15', paid_by_on: '2027-02-01' }, today)).toBe(until)
  })

  test('a tie keeps a member from voting in its contest alone, and where the rule says so', () => {
    const slate = [1, 2].map((contest_id) => ({ contest_id, candidates: [] }))
    const ties = { paid_staff: 'leave_room', family: 'no_vote', candidate: 'leave_room', volunteer: 'no_speaking', donor: 'disclose' } as const // prettier-ignore
    const left = (tie: keyof typeof ties): number[] =>
      contestsFor(slate, [{ contest_id: 1, tie }], { ties }).map(({ contest_id }) => contest_id)
    expect([left('family'), left('candidate'), left('volunteer'), left('donor')]).toEqual([[2], [2], [1, 2], [1, 2]])
  })
})

describe('ballots of members', () => {
  const contest = { contest_id: 7, candidates: ['Ahn', 'Baek'].map((name, at) => ({ candidate_id: at, name, names: {} })) } // prettier-ignore
  const said = (fields: Record<string, string | string[]>) => {
    const all = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value].flat()]))
    const typed = Object.fromEntries(Object.entries(all).map(([name, [first = '']]) => [name, first]))
    return [typed, all] as const
  }
  test.each<[BallotMethod, Record<string, string | string[]>, (number | null)[], string | null]>([
    ['ranked', { choice_7_0: '1', choice_7_1: '0' }, [1, 0, null], null],
    ['ranked', { choice_7_1: '2' }, [null, 2, null], null],
    ['ranked', { choice_7_0: '1', choice_7_2: '1' }, [1, null, 1], 'twice'],
    ['ranked', { choice_7_0: '3' }, [null, null, null], 'unknown'],
    ['ranked', { choice_7_0: '-1' }, [null, null, null], 'unknown'],
    ['plurality', { choice_7: '2' }, [2], null],
    ['plurality', {}, [null], null],
    ['approval', { choice_7: ['1', '0'] }, [0, 1, null], null],
    ['approval', { choice_7: ['2', '0'] }, [0, 2, null], 'none_and_others'],
    ['yes_no', { choice_7_0: '0', choice_7_1: '2' }, [0, 2], null],
    ['yes_no', { none_7: 'yes' }, [1, 1], null],
    ['yes_no', { none_7: 'yes', choice_7_0: '0' }, [1, 1], 'none_and_yes'],
  ])('by %s, %o is %o with the problem %s', (method, fields, cells, problem) => {
    expect(cellsIn(contest, method, ...said(fields))).toEqual({ cells, problem })
    if (problem) return
    // What the check page sends on says the same.
    const again: Record<string, string[]> = {}
    for (const [name, value] of fieldsOf(contest, method, cells)) (again[name.replace('[]', '')] ??= []).push(value)
    expect(cellsIn(contest, method, ...said(again)).cells).toEqual(cells)
  })

  const receipts = Array.from({ length: 20 }, (_, at) => receiptOf(createHash('sha256').update(String(at)).digest()))
  const cast = receipts.map((receipt, at): Cast => ({ receipt, cells: at % 3 === 0 ? [null, null, null] : [at % 2, null, 2] })) // prettier-ignore
  const boxOf = (ballots: readonly Cast[]): string => ballots.reduce(withBallot, '')

  test('a box is the same in whatever order ballots came, and as long whatever they say', () => {
    expect(boxOf(cast)).toBe(boxOf(cast.toReversed()))
    expect(withBallot(boxOf(cast.slice(1)), cast[0] as Cast)).toHaveLength(boxOf(cast).length)
    expect(boxOf(cast.slice(0, 3)).length * 2).toBe(boxOf(cast.slice(3, 9)).length)
    expect(ballotsIn(boxOf(cast), 3)).toEqual(cast.toSorted((a, b) => (a.receipt < b.receipt ? -1 : 1)))
    expect(receipts.every(isReceipt)).toBe(true)
  })

  test.each<[BallotMethod, Cast['cells'], string, string]>([
    ['ranked', [1, null, 2], 'receipt,rank1,rank2,rank3', 'Baek,,No endorsement'],
    ['plurality', [2], 'receipt,choice1', 'No endorsement'],
    ['approval', [0, 1, null], 'receipt,choice1,choice2,choice3', 'Ahn,Baek,'],
    ['yes_no', [0, null], 'receipt,Ahn,Baek', 'yes,skipped'],
  ])('the list of %s ballots is as hanpyo tally reads it', (method, cells, head, row) => {
    const receipt = receipts[0] ?? ''
    expect(csvOf(contest, method, [{ receipt, cells }])).toBe(`${head}\r\n${receipt},${row}\r\n`)
  })

  const voted = (method: BallotMethod, cells: (number | null)[]): Cast[] =>
    cells.map((each, at) => ({ receipt: receipts[at] ?? '', cells: method === 'plurality' ? [each] : [each, null, null] })) // prettier-ignore
  const rules = { threshold_percent: 60, endorsements_most: 1, quorum: null } as Rules
  test.each<[Partial<Rules>, (number | null)[], string[]]>([
    [{ method: 'ranked' }, [0, 0, 0, 1, 2], ['Ahn']],
    [{ method: 'ranked' }, [0, 1, 1, 2, 2], []],
    [{ method: 'ranked', quorum: 6 }, [0, 0, 0, 0, 0], []],
    // A blank ballot is one, though nobody's.
    [{ method: 'ranked', quorum: 6 }, [0, 0, 0, 0, 0, null], ['Ahn']],
    [{ method: 'plurality', threshold_percent: 50 }, [0, 0, 1, 2], []],
    [{ method: 'plurality', threshold_percent: 50 }, [0, 0, 0, 1, 2], ['Ahn']],
    [{ method: 'plurality' }, [2, 2, 2, 0], ['No endorsement']],
    // Two of three is two thirds, to the vote.
    [{ method: 'plurality', threshold: { yes: 2, of: 3 } }, [0, 0, 1], ['Ahn']],
    [{ method: 'plurality', threshold: { yes: 2, of: 3 } }, [...times(33, 0), ...times(17, 1)], []],
    [{ method: 'plurality', threshold: { yes: 2, of: 3 } }, [...times(34, 0), ...times(17, 1)], ['Ahn']],
    [{ method: 'ranked', threshold: { yes: 2, of: 3 } }, [...times(20, 0), ...times(10, 1)], ['Ahn']],
    [{ method: 'plurality', threshold: 'most' }, [0, 0, 1, 2], ['Ahn']],
    [{ method: 'plurality', threshold: 'most', endorsements_most: 2 }, [0, 0, 1], ['Ahn', 'Baek']],
    [{ method: 'plurality', threshold: 'most' }, [2, 2, 0], ['No endorsement']],
    [{ method: 'plurality', threshold: 'most', quorum: 6 }, [0, 0, 1], []],
    [{ method: 'approval', threshold: 'most' }, [1, 1, 0, null], ['Baek']],
  ])('by %o, %o elect %o', async (more, cells, winners) => {
    const by = { ...rules, ...more }
    const account = await accountOf(csvOf(contest, by.method, voted(by.method, cells)), by, 'seed')
    expect(account.winners).toEqual(winners)
    expect(endorsedIn(account)).toEqual(winners.filter((name) => name !== 'No endorsement'))
  })

  test.each<[Partial<Rules>, string]>([
    [{ method: 'plurality', threshold: 'most' }, 'Most votes decide, however few they are.'],
    [
      { method: 'plurality', threshold: { yes: 2, of: 3 } },
      'Needed: at least two thirds of the ballots that are not blank.',
    ],
    [{ method: 'approval', threshold: { yes: 3, of: 5 } }, 'Needed: at least 3/5 of the ballots that are not blank.'],
    [{ method: 'plurality', threshold_percent: 50 }, 'Needed: more than half of the ballots that are not blank.'],
    [{ method: 'ranked' }, 'Needed: at least 60% of the votes still with somebody.'],
  ])('by %o the result says “%s”', async (more, said) => {
    const by = { ...rules, ...more }
    const account = await accountOf(csvOf(contest, by.method, voted(by.method, [0, 0, 1])), by, 'seed')
    expect(outcomeLines(translator('en'), by, contest, account)).toContain(said)
  })

  test('two candidates of one name, or of a name that means something in the list, are told apart there', () => {
    const named = ['Kim', 'kim', 'Skipped', 'Lee'].map((name) => ({ name }))
    expect(apart(named).map(({ name }) => name)).toEqual(['Kim', 'kim (2)', 'Skipped (2)', 'Lee'])
  })

  test('two candidates of one name in Hangul are told apart in the result', () => {
    const two = [['Min Su Kim', '김민수'], ['Minsoo Kim', '김민수'], ['Hana Lee', '이하나']] as const // prettier-ignore
    const race = { contest_id: 7, candidates: two.map(([name, ko], at) => ({ candidate_id: at, name, names: { ko } })) }
    const said = (language: 'en' | 'ko') => two.map(([name]) => labelOf(translator(language), race, name))
    expect(said('ko')).toEqual(['김민수 (Min Su Kim)', '김민수 (Minsoo Kim)', '이하나'])
    expect(said('en')).toEqual(['Min Su Kim', 'Minsoo Kim', 'Hana Lee'])
  })
})
