import type { PublicLanguage } from './languages.ts'

type Text = Record<PublicLanguage, string>

/* What stands around an organization's own texts on pages for everybody, in the four languages of such pages. */

const texts = {
  who: { en: 'Who you are', ko: '이름', zh: '您的姓名', es: 'Sus datos' },
  first_name: { en: 'First name', ko: '이름(영문)', zh: '名字(英文)', es: 'Nombre' },
  last_name: { en: 'Last name', ko: '성(영문)', zh: '姓氏(英文)', es: 'Apellido' },
  name_hangul: { en: 'Name in Hangul', ko: '한글 이름', zh: '韓文姓名', es: 'Nombre en coreano' },
  reach: { en: 'How to reach you', ko: '연락처', zh: '聯絡方式', es: 'Cómo contactarle' },
  email: { en: 'E-mail', ko: '이메일', zh: '電子郵件', es: 'Correo electrónico' },
  phone: { en: 'Phone number', ko: '전화번호', zh: '電話號碼', es: 'Teléfono' },
  yes: { en: 'Yes', ko: '예', zh: '是', es: 'Sí' },
  no: { en: 'No', ko: '아니요', zh: '否', es: 'No' },
  optional: { en: 'optional', ko: '선택', zh: '選填', es: 'opcional' },
  privacy: {
    en: 'What you write goes to {{organization}} alone and is never sold.',
    ko: '적으신 내용은 {{organization}}만 보며 팔지 않습니다.',
    zh: '您填寫的資料只供 {{organization}} 使用,絕不出售。',
    es: 'Lo que escriba llega solo a {{organization}} y nunca se vende.',
  },
  too_many: {
    en: 'Too much was sent from your network just now. What you wrote is still here: please try again in an hour.',
    ko: '같은 인터넷 연결에서 너무 많이 보냈습니다. 쓰신 내용은 그대로 있으니 한 시간 뒤에 다시 보내 주세요.',
    zh: '您的網路剛才送出太多次。您填寫的內容仍在,請一小時後再試。',
    es: 'Se ha enviado demasiado desde su red. Lo que escribió sigue aquí: inténtelo de nuevo en una hora.',
  },
  look_again: {
    en: 'That came very quickly, or the page had been open for long. Nothing was sent yet and what you wrote is still here: please look it over and send it once more.',
    ko: '너무 빨리 보냈거나 화면을 오래 열어 두셨습니다. 아직 보내지 않았고 쓰신 내용은 그대로 있으니, 한 번 더 보시고 다시 보내 주세요.',
    zh: '送出得太快,或頁面已開啟太久。尚未送出,您填寫的內容仍在:請再看一次後重新送出。',
    es: 'Se envió muy rápido o la página llevaba mucho tiempo abierta. Aún no se envió nada y lo que escribió sigue aquí: revíselo y envíelo de nuevo.',
  },
  languages: { en: 'Language', ko: '언어', zh: '語言', es: 'Idioma' },
  skip: { en: 'Leave this box empty', ko: '이 칸은 비워 두세요', zh: '請將此欄留空', es: 'Deje este campo vacío' },
  thanks: { en: 'Thank you', ko: '감사합니다', zh: '謝謝您', es: 'Gracias' },
} as const satisfies Record<string, Text>

const problems = {
  needed: { en: 'Please fill this in.', ko: '이 칸을 적어 주세요.', zh: '請填寫此欄。', es: 'Rellene este campo.' },
  hangul: {
    en: 'Hangul letters only, please.',
    ko: '한글로만 적어 주세요.',
    zh: '請只用韓文字母。',
    es: 'Solo letras coreanas, por favor.',
  },
  email: {
    en: 'Please check the address, for example name@example.com.',
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
    zh: '請檢查電子郵件地址,例如 name@example.com。',
    es: 'Revise la dirección, por ejemplo nombre@example.com.',
  },
  phone: {
    en: 'Please write all ten digits, for example 718-555-0100.',
    ko: '전화번호 10자리를 적어 주세요. 예: 718-555-0100',
    zh: '請填寫十位數電話號碼,例如 718-555-0100。',
    es: 'Escriba los diez dígitos, por ejemplo 718-555-0100.',
  },
  either: {
    en: 'Please write an e-mail address or a phone number.',
    ko: '이메일이나 전화번호를 적어 주세요.',
    zh: '請填寫電子郵件或電話號碼。',
    es: 'Escriba un correo electrónico o un teléfono.',
  },
  choice: {
    en: 'Please choose one of these.',
    ko: '아래에서 골라 주세요.',
    zh: '請從下列選項中選擇。',
    es: 'Elija una de estas opciones.',
  },
  long: {
    en: 'This is too long.',
    ko: '너무 깁니다. 줄여서 적어 주세요.',
    zh: '內容太長。',
    es: 'Es demasiado largo.',
  },
} as const satisfies Record<string, Text>

/** What can be wrong with a field of any such page. */
export type PublicProblem = keyof typeof problems

export interface PublicWords<Word extends string = keyof typeof texts, Problem extends string = PublicProblem> {
  /** `{{name}}` in the text is what is given under that name. */
  (key: Word | keyof typeof texts, given?: Record<string, string | number>): string
  problem(problem: Problem | PublicProblem): string
  language: PublicLanguage
}

/** Speaks what all such pages say, and what a room says besides. */
export function publicWordsOf<Word extends string, Problem extends string>(
  own: Record<Word, Text>,
  ownProblems: Record<Problem, Text>,
): (language: PublicLanguage) => PublicWords<Word, Problem> {
  const words: Record<string, Text> = { ...texts, ...own }
  const wrong: Record<string, Text> = { ...problems, ...ownProblems }
  return (language) => {
    const word = (key: string, given: Record<string, string | number> = {}): string =>
      Object.entries(given).reduce(
        (text, [name, value]) => text.replaceAll(`{{${name}}}`, String(value)),
        words[key]?.[language] ?? key,
      )
    return Object.assign(word, { problem: (problem: string) => wrong[problem]?.[language] ?? problem, language })
  }
}
