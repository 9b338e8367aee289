import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { cliContext } from '../platform/cli/context.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { registerCommands, runCommand } from './cli.ts'

const world = await makeWorld()
const page = join(world.folder, 'note.html')
writeFileSync(page, '<!doctype html><title>404</title>')
const nobody = 'nobody@example.org'
const unknown = { code: 2, problem: 'called_wrongly' } as const

/** The program with the commands of all rooms, in this process. */
function hanpyo() {
  const said = { out: '', error: '' }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  const context = cliContext(
    { open: async () => world.installation, isBegun: () => true },
    { out: (text) => void (said.out += text), error: (text) => void (said.error += text) },
  )
  registerCommands(program, context)
  return { program, said, run: (words: readonly string[]) => runCommand(program, context, words) }
}

interface Failing {
  code: 1 | 2
  problem: string
  says: string
}

const failing: [words: string, expected: Failing][] = [
  ['organization create Another --slug ours', { code: 1, problem: 'failed', says: 'short name' }],
  ['organization create  --slug blank', { ...unknown, says: 'the name of an organization takes a letter at least' }],
  ['organization list --all', { ...unknown, says: "unknown option '--all'" }],
  ['user create minji --name Minji', { ...unknown, says: 'minji is no e-mail address' }],
  ['user list --all', { ...unknown, says: "unknown option '--all'" }],
  [`user grant ${nobody} ours host`, { ...unknown, says: `no account with ${nobody}` }],
  [`user revoke ${nobody} ours`, { ...unknown, says: `no account with ${nobody}` }],
  [`user steward ${nobody}`, { ...unknown, says: `no account with ${nobody}` }],
  [`user second-factor-off ${nobody}`, { ...unknown, says: `no account with ${nobody}` }],
  [`user sign-out ${nobody}`, { ...unknown, says: `no account with ${nobody}` }],
  ['invite nowhere --role host', { ...unknown, says: 'no organization nowhere' }],
  ['invite ours --role king', { ...unknown, says: 'no role king' }],
  ['geography import PAGE --kind moon --id-property x', { ...unknown, says: 'No kind moon' }],
  ['geography import PAGE --kind county --id-property x', { code: 1, problem: 'failed', says: 'Nothing was changed' }],
  ['geography crosswalk /nosuch.csv', { ...unknown, says: '/nosuch.csv cannot be read' }],
  ['geography crosswalk PAGE', { code: 1, problem: 'failed', says: 'Nothing was changed' }],
  ['universe count partie:dem', { ...unknown, says: 'party' }],
  ['universe sample status:active --organization nowhere', { ...unknown, says: "no organization 'nowhere'" }],
  ['universe sample status:active', { code: 2, problem: 'law_not_accepted', says: 'To see voters by name' }],
  ['universe explain status:active --organization nowhere', { ...unknown, says: "no organization 'nowhere'" }],
  ['universe list --organization nowhere', { ...unknown, says: "no organization 'nowhere'" }],
  ['people count partie:dem', { ...unknown, says: 'party' }],
  ['targeting status --all', { ...unknown, says: "unknown option '--all'" }],
  ['targeting rebuild --all', { ...unknown, says: "unknown option '--all'" }],
  ['phonebank list --organization nowhere', { ...unknown, says: 'no organization nowhere' }],
  ['phonebank status mine', { ...unknown, says: 'no phone bank id' }],
  ['phonebank status 0c0ffee0-0000-4000-8000-00000000ffff', { ...unknown, says: 'There is no phone bank' }],
  ['postal address Flushing', { code: 1, problem: 'no_zip', says: 'no ZIP code' }],
  ['postal no-paper Flushing --evidence said', { code: 1, problem: 'no_zip', says: 'no ZIP code' }],
  ['postal imb 0123456709O987654321', { code: 2, problem: 'not_a_digit', says: 'tracking, place 11: O' }],
  ['suppression import /nosuch.csv', { ...unknown, says: '/nosuch.csv cannot be read' }],
  ['suppression import PAGE', { code: 1, problem: 'empty', says: 'no number, mailbox or hash' }],
  ['suppression export --organization nowhere', { ...unknown, says: "no organization 'nowhere'" }],
  ['suppression lists --organization nowhere', { ...unknown, says: "no organization 'nowhere'" }],
  ['suppression take-back 0c0ffee0-0000-4000-8000-00000000ffff', { ...unknown, says: 'There is no list' }],
  ['voterfile import PAGE', { code: 2, problem: 'law_not_accepted', says: '--accept-law' }],
  ['voterfile import PAGE --accept-law', { code: 1, problem: 'html', says: 'web page' }],
  ['voterfile import /nosuch.txt --accept-law', { code: 2, problem: 'missing_file', says: 'no such file' }],
  ['voterfile import PAGE --accept-law --layout us-xx', { code: 2, problem: 'unknown_layout', says: 'us-ny' }],
  ['voterfile import PAGE --dry-run --layout us-xx', { code: 2, problem: 'unknown_layout', says: 'us-ny' }],
  ['voterfile import PAGE --accept-law --received-on 2026-02-30', { ...unknown, says: '--received-on: 2026-02-30' }],
  ['voterfile phones PAGE --accept-law', { code: 1, problem: 'html', says: 'web page' }],
  ['voterfile inspect PAGE --layout us-xx', { code: 2, problem: 'unknown_layout', says: 'us-ny' }],
  ['voterfile list --all', { ...unknown, says: "unknown option '--all'" }],
  ['voterfile take-back nine', { ...unknown, says: 'nine' }],
  ['voterfile layouts --all', { ...unknown, says: "unknown option '--all'" }],
  ['voterfile layout export own-wa-x', { ...unknown, says: 'No layout own-wa-x' }],
  ['voterfile layout import /nosuch.json', { ...unknown, says: '/nosuch.json' }],
  ['voterfile layout import PAGE', { code: 1, problem: 'failed', says: 'note.html' }],
  ['demo voter-file --rows 5 --out PAGE --purged many', { ...unknown, says: '--purged: many' }],
  ['elections import /nosuch.csv', { ...unknown, says: '/nosuch.csv cannot be read' }],
  ['elections import PAGE --dry-run', { code: 1, problem: 'failed', says: 'Nothing was changed' }],
  ['elections officials /nosuch.json', { ...unknown, says: '/nosuch.json cannot be read' }],
  ['elections officials PAGE', { code: 1, problem: 'failed', says: 'Entry 1' }],
  ['elections results PAGE --election 2026-general', { ...unknown, says: '--source-url' }],
  [
    'elections results PAGE --election 1999-general --source-url https://x.example --as-of 2026-11-20',
    { ...unknown, says: 'No election 1999-general' },
  ],
  ['tally /nosuch.csv --method irv', { code: 2, problem: 'no_file', says: '/nosuch.csv' }],
  ['tally PAGE --method best', { ...unknown, says: 'No method best' }],
  ['tally PAGE --method threshold --threshold 2/0', { ...unknown, says: '2/0 is not what it takes' }],
  ['community estimate', { ...unknown, says: '--last' }],
  ['community evaluate /nosuch.csv', { code: 2, problem: 'missing_file', says: '/nosuch.csv' }],
  ['community evaluate PAGE', { code: 1, problem: 'html', says: 'note.html' }],
  ['community places PAGE', { ...unknown, says: '--source' }],
  ['community places PAGE --source Census', { code: 1, problem: 'html', says: 'note.html' }],
  ['community refresh --all', { ...unknown, says: "unknown option '--all'" }],
  ['voterfile', { ...unknown, says: "unknown option '--json'" }],
  ['voterfyle', { ...unknown, says: "unknown command 'voterfyle'" }],
]

test.each(failing)('%s --json: %o', async (words, { code, problem, says }) => {
  const { said, run } = hanpyo()
  expect(await run([...words.replace('PAGE', page).split(' '), '--json']), said.error).toBe(code)
  const answer = JSON.parse(said.out) as { problem: string; message: string }
  expect(answer).toMatchObject({ problem, message: expect.stringContaining(says) as string })
  expect(said.error).toContain(`hanpyo: ${answer.message}`)
})

test('every command is among those that fail', () => {
  const leaves = (command: Command, above: string): string[] =>
    command.commands.length > 0
      ? command.commands.flatMap((each) => leaves(each, `${above}${each.name()} `))
      : [above.trim()]
  const missing = leaves(hanpyo().program, '').filter((name) => !failing.some(([words]) => `${words} `.startsWith(`${name} `))) // prettier-ignore
  expect(missing).toEqual([])
})

test.each(['-contacted:14d', '-has:phone', '-(party:dem or party:rep)', '-status:active'])(
  'an expression may begin with a minus: %s',
  async (expression) => {
    for (const words of [
      ['universe', 'count', expression, '--json'],
      ['universe', 'explain', '--json', expression],
      ['universe', 'sample', expression, '--size', '5', '--accept-law', '--json'],
      ['people', 'count', '--json', expression],
    ]) {
      const { said, run } = hanpyo()
      expect(await run(words), said.error).toBe(0)
      expect(JSON.parse(said.out)).toBeDefined()
    }
    const { said, run } = hanpyo()
    expect(await run(['universe', 'count', expression, '--jsn'])).toBe(2)
    expect(said.error).toContain("unknown option '--jsn'")
  },
)

test.each(['universe', 'people'])('%s count: an expression may be several words', async (what) => {
  const { said, run } = hanpyo()
  expect(await run([what, 'count', 'party:dem', '-has:phone', '--json']), said.error).toBe(0)
  expect(JSON.parse(said.out)).toBeDefined()
  const { said: wrong, run: again } = hanpyo()
  expect(await again([what, 'count', 'party:dem', 'age:18-', '-s', '5'])).toBe(2)
  expect(wrong.error).toContain('party:dem age:18- -s 5')
  const { said: quoted, run: third } = hanpyo()
  expect(await third([what, 'count', 'party:dem or party:rep', '-has:phone'])).toBe(2)
  expect(quoted.error).toBe('hanpyo: Put the whole expression in one pair of single quotes.\n')
})

test('without --json the sentence alone, on stderr', async () => {
  const { said, run } = hanpyo()
  expect(await run(['voterfile'])).toBe(2)
  expect(await run(['user', 'create', 'minji', '--name', 'Minji'])).toBe(2)
  expect(said).toEqual({
    out: '',
    error: 'hanpyo: Which command? They are listed by --help.\nhanpyo: minji is no e-mail address\n',
  })
})

test('what was looked into is answered once, also where nothing can be done with it', async () => {
  const { said, run } = hanpyo()
  expect(await run(['voterfile', 'inspect', page, '--json'])).toBe(1)
  expect(JSON.parse(said.out)).toMatchObject({ problem: { code: 'html' } })
})

test('an address and a barcode as the post writes them', async () => {
  const { said, run } = hanpyo()
  expect(await run(['postal', 'imb', '01234567094987654321', '01234'])).toBe(0)
  expect(await run(['postal', 'address', '41-60 Main Street, Apt. 3B, Flushing, NY 11355'])).toBe(0)
  expect(said.out).toBe(
    'DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT\n41-60 MAIN ST APT 3B\nFLUSHING NY 11355\n',
  )
  const { said: json, run: again } = hanpyo()
  expect(await again(['postal', 'address', 'PO Box 5, Flushing NY 11352-0005', '--json'])).toBe(0)
  expect(JSON.parse(json.out)).toMatchObject({
    kind: 'box',
    zip4: '0005',
    lines: ['PO BOX 5', 'FLUSHING NY 11352-0005'],
  })
})
