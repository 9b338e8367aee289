import type { PublicLanguage } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { boardsFor, type Board } from './law.ts'
import '../elections/messages.ts'
import './messages.ts'
import type { Content } from './schema.ts'

export interface WayToVote {
  way: 'early' | 'election_day' | 'mail' | 'helper' | 'languages' | 'not_listed'
  state: string
  /** Whose board it holds for; null: for every voter of the state. */
  where: Board['where'] | null
  /** Of the elections it holds for, the first day and the last one. */
  from: string
  until: string | null
  name: Record<PublicLanguage, string>
  text: Record<PublicLanguage, string>
  source: string
  checked_on: string
}

/**
 * The Census determines the languages of ballots anew in 2026 (52 U.S.C. § 10503(b)(2)(A)), and they hold from the day
 * they are published, which nobody knows: after the day they were last looked up none is named until the new row is here.
 */
const languages_hold_until = '2026-11-30'

/** What a voter does to vote, one thing a row. */
export const waysToVote: readonly WayToVote[] = [
  {
    way: 'early', state: 'NY', where: 'nyc', from: '2019-10-26', until: null,
    name: { en: 'Vote early', ko: '조기투표(사전투표)', zh: '提前投票', es: 'Votar antes' },
    text: {
      en: 'On nine days before Election Day you can vote in person at the early voting site assigned to you. It is often another place than on Election Day, and its hours differ by day: look them up first.',
      ko: '선거일 전 9일 동안 나에게 지정된 조기투표소에서 직접 투표할 수 있습니다. 선거일 투표소와 다른 곳일 때가 많고 요일마다 운영 시간이 다르니 먼저 확인하세요.',
      zh: '選舉日前有九天可以到指定給您的提前投票站親自投票。該處往往不是您選舉日的投票站,開放時間也每天不同,請先查詢。',
      es: 'Durante nueve días antes del día de las elecciones puede votar en persona en el centro de votación anticipada que se le asigna. A menudo no es el del día de las elecciones y su horario cambia según el día: consúltelo antes.',
    },
    source: 'Election Law § 8-600; vote.nyc', checked_on: '2026-11-29',
  },
  {
    way: 'early', state: 'NY', where: 'elsewhere', from: '2019-10-26', until: null,
    name: { en: 'Vote early', ko: '조기투표(사전투표)', zh: '提前投票', es: 'Votar antes' },
    text: {
      en: 'On nine days before Election Day you can vote in person at an early voting site. Your county’s board says which ones you may use and when they are open.',
      ko: '선거일 전 9일 동안 조기투표소에서 직접 투표할 수 있습니다. 어느 조기투표소를 언제 이용할 수 있는지는 카운티 선거관리위원회에서 알려 줍니다.',
      zh: '選舉日前有九天可以到提前投票站親自投票。您可以使用哪些投票站、何時開放,請向本縣選舉委員會查詢。',
      es: 'Durante nueve días antes del día de las elecciones puede votar en persona en un centro de votación anticipada. La junta electoral de su condado dice cuáles puede usar y a qué horas.',
    },
    source: 'Election Law § 8-600', checked_on: '2026-11-29',
  },
  {
    way: 'election_day', state: 'NY', where: null, from: '2020-01-01', until: null,
    name: { en: 'Vote on Election Day', ko: '선거일 투표', zh: '選舉日投票', es: 'Votar el día de las elecciones' },
    text: {
      en: 'Poll sites are open from 6 a.m. to 9 p.m. Whoever is in line at 9 p.m. may vote: stay in line.',
      ko: '투표소는 오전 6시부터 밤 9시까지 엽니다. 밤 9시에 줄을 서 있으면 투표할 수 있으니 줄을 떠나지 마세요.',
      zh: '投票站開放時間為上午 6 時至晚上 9 時。晚上 9 時已在排隊的人仍可投票,請不要離開隊伍。',
      es: 'Los centros de votación abren de 6 a.m. a 9 p.m. Quien esté en la fila a las 9 p.m. puede votar: no deje la fila.',
    },
    source: 'Election Law § 8-100', checked_on: '2026-11-29',
  },
  {
    way: 'mail', state: 'NY', where: null, from: '2024-01-01', until: null,
    name: { en: 'Vote by mail', ko: '우편투표', zh: '郵寄投票', es: 'Votar por correo' },
    text: {
      en: 'Every registered voter may, without a reason. Ask your board for the ballot online or by mail so that the request arrives by the 10th day before the election, or in person until the day before. Sign the envelope and mail it back, postage paid, postmarked by Election Day, or drop it at a poll site or your board’s office by 9 p.m. on Election Day. Once a mail ballot was issued to you, you cannot use the machine at the poll site; you can still vote there on an affidavit ballot.',
      ko: '유권자로 등록한 사람은 누구나 이유를 대지 않고 할 수 있습니다. 선거관리위원회에 온라인이나 우편으로 신청하면 선거 10일 전까지 도착해야 하고, 직접 가면 선거 전날까지 신청할 수 있습니다. 봉투에 서명해 우표 없이 부치거나(선거일까지의 소인이 찍혀야 함), 선거일 밤 9시까지 투표소나 선거관리위원회 사무실에 내면 됩니다. 우편투표용지를 받은 사람은 투표소에서 투표 기계를 쓸 수 없고 선서투표용지로 투표할 수 있습니다.',
      zh: '所有已登記選民都可以,不需要理由。在網上或以郵寄方式申請選票,選舉委員會須在選舉前第 10 天或之前收到;親自申請最遲為選舉前一天。在信封上簽名後寄回(免貼郵票,郵戳日期不得晚於選舉日),或在選舉日晚上 9 時前投到投票站或選舉委員會辦公室。一旦向您發出郵寄選票,您在投票站就不能使用投票機,但仍可用宣誓選票投票。',
      es: 'Puede hacerlo todo votante inscrito, sin dar motivo. Pida la papeleta a su junta por internet o por correo, de modo que la solicitud llegue a más tardar el décimo día antes de la elección, o en persona hasta el día anterior. Firme el sobre y envíelo sin pagar franqueo, con matasellos no posterior al día de las elecciones, o déjelo en un centro de votación o en la oficina de la junta antes de las 9 p.m. del día de las elecciones. Si ya se le emitió una papeleta por correo, no puede usar la máquina del centro; aún puede votar allí con una boleta de declaración jurada.',
    },
    source: 'Election Law §§ 8-302, 8-400, 8-412, 8-700, 8-704', checked_on: '2026-11-29',
  },
  {
    way: 'helper', state: 'NY', where: null, from: '2019-01-01', until: null,
    name: { en: 'Bring somebody to help', ko: '도와줄 사람과 함께', zh: '請人協助', es: 'Llevar a alguien que le ayude' },
    text: {
      en: 'If you cannot read the ballot, for instance because it is not in your language, or have a disability, a person you choose may go with you and help: a relative or friend too, but not your employer, your union, or an officer or agent of either.',
      ko: '투표용지를 읽기 어려우면(내 언어가 아닌 경우도 포함) 또는 장애가 있으면 원하는 사람을 데려가 도움을 받을 수 있습니다. 가족이나 친구도 되지만 고용주와 노조, 그 간부나 대리인은 안 됩니다.',
      zh: '如果您看不懂選票(例如選票沒有您的語言)或有殘障,可以請您選擇的人陪同並協助您:親友也可以,但不能是您的僱主或工會,也不能是其幹部或代理人。',
      es: 'Si no puede leer la papeleta, por ejemplo porque no está en su idioma, o tiene una discapacidad, puede acompañarle y ayudarle la persona que elija: también un familiar o amigo, pero no su empleador ni su sindicato, ni un dirigente o agente de ellos.',
    },
    source: '52 U.S.C. § 10508; Election Law § 8-306', checked_on: '2026-11-29',
  },
  {
    way: 'languages', state: 'NY', where: 'nyc', from: '2021-12-08', until: languages_hold_until,
    name: { en: 'Your language at the poll site', ko: '투표소에서 쓰는 언어', zh: '投票站的語言服務', es: 'Su idioma en el centro de votación' },
    text: {
      en: 'Ballots and help from the board by borough, as the Census determined in December 2021 for five years: Queens in Spanish, Chinese, Korean and Bengali; Brooklyn and Manhattan in Spanish and Chinese; the Bronx in Spanish. Interpreters are at sites where many voters need them. Ask a poll worker.',
      ko: '선거관리위원회가 제공하는 투표용지와 도움의 언어는 보로마다 다릅니다(2021년 12월 인구조사국 지정, 5년 동안). 퀸즈: 스페인어·중국어·한국어·벵골어, 브루클린과 맨해튼: 스페인어·중국어, 브롱스: 스페인어. 필요한 유권자가 많은 투표소에는 통역원이 있으니 투표소 안내원에게 물어보세요.',
      zh: '選舉委員會提供的選票和協助因行政區而異(依人口普查局 2021 年 12 月的認定,為期五年)。皇后區:西班牙文、中文、韓文、孟加拉文;布碌崙和曼哈頓:西班牙文、中文;布朗士:西班牙文。需求較多的投票站設有口譯員,請向投票站工作人員查詢。',
      es: 'Papeletas y ayuda de la junta según el condado, como lo determinó el Censo en diciembre de 2021 por cinco años: Queens en español, chino, coreano y bengalí; Brooklyn y Manhattan en español y chino; el Bronx en español. Hay intérpretes donde muchos votantes los necesitan. Pregunte al personal del centro.',
    },
    source: '52 U.S.C. § 10503; 86 Fed. Reg. 69611', checked_on: '2026-11-29',
  },
  {
    way: 'languages', state: 'NY', where: 'nyc', from: '2026-12-01', until: null,
    name: { en: 'Your language at the poll site', ko: '투표소에서 쓰는 언어', zh: '投票站的語言服務', es: 'Su idioma en el centro de votación' },
    text: {
      en: 'In most boroughs the board offers ballots and help in other languages than English, too; which ones depends on the borough and is determined anew about the end of 2026. Ask your board, by phone too, or a poll worker. Interpreters are at sites where many voters need them.',
      ko: '대부분의 보로에서는 선거관리위원회가 영어 말고 다른 언어로도 투표용지와 도움을 제공합니다. 어떤 언어인지는 보로마다 다르고 2026년 말쯤 새로 지정됩니다. 선거관리위원회에 전화 등으로 문의하거나 투표소 안내원에게 물어보세요. 필요한 유권자가 많은 투표소에는 통역원이 있습니다.',
      zh: '在多數行政區,除英文外,選舉委員會也以其他語言提供選票和協助;語言因行政區而異,約於 2026 年底重新認定。請以電話等方式向選舉委員會查詢,或詢問投票站工作人員。需求較多的投票站設有口譯員。',
      es: 'En la mayoría de los condados la junta ofrece papeletas y ayuda en otros idiomas además del inglés; cuáles depende del condado y se determina de nuevo hacia fines de 2026. Pregunte a su junta, también por teléfono, o al personal del centro. Hay intérpretes donde muchos votantes los necesitan.',
    },
    source: '52 U.S.C. § 10503', checked_on: '2026-11-30',
  },
  {
    way: 'not_listed', state: 'NY', where: null, from: '2019-01-01', until: null,
    name: { en: 'If your name is not in the book', ko: '명부에 이름이 없으면', zh: '名冊上沒有您的名字', es: 'Si su nombre no está en la lista' },
    text: {
      en: 'Ask whether you are at the right site. If you are, ask for an affidavit ballot: the board counts it once it finds that you were entitled to vote there.',
      ko: '내 투표소가 맞는지 먼저 물어보세요. 맞다면 선서투표용지를 달라고 하세요. 그곳에서 투표할 자격이 있었다고 확인되면 선거관리위원회가 집계합니다.',
      zh: '請先詢問是否來對了投票站。如果沒有錯,請索取宣誓選票:選舉委員會查明您有資格在該處投票後即會計票。',
      es: 'Pregunte si está en el centro que le corresponde. Si es así, pida una boleta de declaración jurada: la junta la cuenta cuando comprueba que usted tenía derecho a votar allí.',
    },
    source: 'Election Law § 8-302', checked_on: '2026-11-29',
  },
] // prettier-ignore

/** Those of the voters of a guide on its day; none: nothing is known of their state. */
export function waysFor(content: Pick<Content, 'election' | 'contests'>): WayToVote[] {
  const { state, held_on } = content.election
  const where = boardsFor(content).map((board) => board.where)
  return waysToVote.filter(
    (each) =>
      each.state === state &&
      each.from <= held_on &&
      (each.until === null || held_on <= each.until) &&
      (each.where === null || where.includes(each.where)),
  )
}

/** Where it stands, in the reader's words: 'Election Law § 8-600' is 'Ley Electoral § 8-600'. */
export const wayLaw = (t: Translate, { source }: Pick<WayToVote, 'source'>): string =>
  source.replace(/Election Law (§§? [\d, -]*\d)/, (_, section: string) => t('elections.law.state', { section }))

/** Where a guide has voters of several boards, what holds for those of one says so. */
export function wayName(t: Translate, words: PublicLanguage, of: WayToVote, content: Pick<Content, 'election' | 'contests'>): string {
  const { where, name } = of
  return where !== null && boardsFor(content).length > 1 ? `${name[words]} (${t(`voterguides.where.${where}`)})` : name[words]
} // prettier-ignore
