import { demoPassword } from '../../features/access/schema.ts'
import { addressForPhones } from '../../platform/http/address.ts'
import type { OpenInstallation } from '../installation.ts'
import { emailOf, personas } from './personas.ts'

/** What the terminal says about the town: who one can be, and what to try first. */
export async function welcome({ url, config }: OpenInstallation): Promise<string> {
  const width = Math.max(...personas.map((persona) => emailOf(persona).length))
  // Hangul is two columns wide on a terminal.
  const columns = (name: string): number => name.length + (name.match(/[가-힣]/g)?.length ?? 0)
  const widest = Math.max(...personas.map(({ name }) => columns(name)))
  const phones = addressForPhones(url, config.host)
  const onPhone =
    phones === null ? '' : `, best on your own phone${phones === url ? '' : ` (there ${phones} in place of ${url})`}`
  return `
Sign in as (password for all: ${demoPassword}; or press a name on the sign-in page)
${personas.map((persona) => `  ${emailOf(persona).padEnd(width)}  ${persona.name}${' '.repeat(widest - columns(persona.name))}  ${persona.shows}`).join('\n')}

Try first
  1. ${url}/sign-in and choose Minji Seo, the organizer. The start page says what goes on.
  2. Phone banks: one is half done, look at its numbers; another is open. Its link makes you a caller${onPhone}.
  3. Voters: search for 김영희, ㄱㅇㅎ, kim younghee or the last digits of a phone number.
  4. Universes: who are our voters of 18 to 34 who voted at most once?
  5. Events, Membership, Leadership: who comes, who belongs, who grows into what. Search for 오지현: all of it on one timeline.
  6. Sign in as Priya Raman of the other organization: the same voters, none of Minji's notes, tags or calls.

처음이시면: 위 주소를 열고 “서민지”를 눌러 로그인하세요. 오른쪽 위에서 한국어로 바꿀 수 있습니다.

Everybody here is invented. Data lie in the folder ${config.data} (HANPYO_DATA). Ctrl-C stops everything.`
}
