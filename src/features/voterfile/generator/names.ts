import { givenNames } from '../community/hangul-tables.ts'
import { givenSpellings, surnames } from '../community/hangul.ts'

/** Groups of names as they live side by side in New York; only for making up voters, never for judging one. */
export type NameGroup =
  | 'korean'
  | 'chinese'
  | 'cantonese'
  | 'indian'
  | 'muslim'
  | 'vietnamese'
  | 'filipino'
  | 'japanese'
  | 'hispanic'
  | 'black'
  | 'irish'
  | 'italian'
  | 'jewish'
  | 'greek'
  | 'western'

interface Pool {
  last: readonly string[]
  women: readonly string[]
  men: readonly string[]
  /** Share with an English given name, 0-1. */
  english: number
  /** What the middle name is: an initial, nothing, or the group's own. */
  middle: number
}

const words = (text: string): string[] => text.trim().split(/\s+/)

const englishWomen = words(
  'GRACE ESTHER JENNIFER MICHELLE JESSICA CHRISTINE SARAH EUNICE HANNAH JANE SUSAN HELEN ANGELA ANNA CATHERINE JULIE CHRISTINA STEPHANIE EMILY AMY LINDA SOPHIA ELIZABETH REBECCA RACHEL JOYCE IRENE GLORIA CINDY TIFFANY VIVIAN KATHERINE ALICE NANCY MARY KAREN LISA OLIVIA CHLOE ABIGAIL',
)
const englishMen = words(
  'DAVID DANIEL JAMES JOHN PETER PAUL ANDREW MICHAEL JOSEPH KEVIN BRIAN ERIC JASON RICHARD ROBERT WILLIAM EDWARD STEVEN SAMUEL TIMOTHY BENJAMIN JUSTIN RYAN ALEX MATTHEW ANTHONY KENNETH HENRY RAYMOND JUN JOSHUA NATHAN ETHAN LUCAS SIMON HAROLD FRANK GEORGE VICTOR ALAN',
)

const pools: Readonly<Record<Exclude<NameGroup, 'korean'>, Pool>> = {
  chinese: {
    last: words(
      'CHEN WANG LI ZHANG LIU LIN HUANG YANG WU ZHAO ZHOU XU SUN MA ZHU HU GUO HE GAO ZHENG LUO LIANG XIE TANG HAN CAO DENG FENG XIAO CHENG ZENG PENG PAN YUAN DONG YU SU YE LU WEI JIANG TIAN DU DING SHEN REN YAO JIN OUYANG',
    ),
    women: words(
      'XIUYING LI HONG YAN MEI FANG LING JING HUA XIAOYAN YING JUAN QIN YUN XIA LAN XUE QIAN NA MIN RONG YUE XINYI MEIFANG LIHUA YUZHEN GUIYING SHUFEN',
    ),
    men: words(
      'WEI QIANG JUN JIE MING GANG PING BIN TAO CHAO HAO YONG LEI BO JIAN HUI ZHIQIANG JIANGUO WEIMIN XIAOMING GUOQIANG DEHUA HAORAN YUXUAN ZIHAO',
    ),
    english: 0.3,
    middle: 0.05,
  },
  cantonese: {
    last: words(
      'WONG CHAN LEE CHEUNG LAU NG LAM LEUNG HO YEUNG KWOK TAM TSANG CHENG MAK FUNG CHOW YUEN CHU LUI MOY ENG CHIN YEE LEW KWAN TSE POON HUI SIU LO',
    ),
    women: words('MEI-LING SIU WAI LAI PUI YUK KIT FONG SAU LIN MAN KAM OI YIN SUK WAI-YEE KA-YAN MEIYEE'),
    men: words('KWOK WING CHI HON KIN SHING WAI FAI HUNG KAM TAK CHUNG KEI CHEUK HING KA-MING CHI-WAI WINGHO'),
    english: 0.6,
    middle: 0.3,
  },
  indian: {
    last: words(
      'PATEL SINGH SHAH KUMAR SHARMA GUPTA KAUR THOMAS MEHTA REDDY RAO DESAI JAIN VERMA NAIR MATHEW GEORGE VARGHESE DAS GHOSH MUKHERJEE BANERJEE CHATTERJEE IYER JOSHI PERSAUD RAMNARINE BUDHRAM RAMDASS GURUNG SHERPA TAMANG',
    ),
    women: words(
      'PRIYA ANITA SUNITA KAVITA POOJA NEHA DIPTI REKHA ASHA MEENA LAKSHMI DIVYA SHILPA RITU JASPREET HARPREET GURPREET NISHA ANJALI SEEMA ARTI',
    ),
    men: words(
      'RAJ AMIT SANJAY VIJAY RAKESH SURESH RAJESH ANIL DEEPAK VIKRAM ROHAN ARJUN NIKHIL HARPREET GURPREET BALWINDER JASWINDER MANOJ KIRAN VINOD ASHOK',
    ),
    english: 0.1,
    middle: 0.2,
  },
  muslim: {
    last: words(
      'KHAN AHMED RAHMAN HOSSAIN ISLAM BEGUM ALI CHOWDHURY UDDIN HUSSAIN MALIK MIAH AKTER SIDDIQUI SHEIKH IQBAL HASAN ALAM KHATUN SARKER BHUIYAN MOLLA QURESHI BUTT MIRZA ANSARI HAQUE',
    ),
    women: words(
      'FATIMA AYESHA NUSRAT FARHANA SHIRIN NASREEN SULTANA RUKHSANA TAHMINA SABINA SALMA JAHANARA NAZMA RABEYA MARYAM ZAINAB SANA HINA SADIA',
    ),
    men: words(
      'MOHAMMED MD MUHAMMAD ABDUL SYED AHMED IMRAN TARIQ RASHED KAMAL JAHANGIR SHAHID ASIF FAISAL OMAR BILAL SAJID NASIR ANWAR MAHBUB',
    ),
    english: 0.02,
    middle: 0.2,
  },
  vietnamese: {
    last: words('NGUYEN TRAN LE PHAM HUYNH HOANG PHAN VU VO DANG BUI DO HO NGO DUONG LY TRUONG DINH DOAN LUONG'),
    women: words('THI LAN HOA MAI HUONG THUY LINH HANH NGOC PHUONG TUYET TRANG DIEM KIM BICH'),
    men: words('VAN MINH DUNG HUNG TUAN LONG THANH QUANG DUC KHANH HIEU NAM PHUC SON TAM'),
    english: 0.25,
    middle: 0.5,
  },
  filipino: {
    last: words(
      'SANTOS REYES CRUZ BAUTISTA GARCIA OCAMPO MENDOZA TORRES FLORES RAMOS DELACRUZ VILLANUEVA CASTILLO AQUINO MERCADO PASCUAL SALAZAR DIZON MACARAEG MAGSAYSAY CATACUTAN DIMAANO PANGILINAN TOLENTINO',
    ),
    women: words(
      'MARIA ROSARIO LOURDES IMELDA CORAZON MARICEL JENNELYN ROSALIE CRISTINA MARIBEL EDITHA JOCELYN ROWENA LIEZL CHERRY',
    ),
    men: words(
      'JOSE ROMEO ROLANDO EDGARDO DANILO ERNESTO REYNALDO NOEL RODEL JERICHO ARNEL FERDINAND RAMIL JOMAR EDUARDO',
    ),
    english: 0.3,
    middle: 0.6,
  },
  japanese: {
    last: words(
      'SATO SUZUKI TAKAHASHI TANAKA WATANABE ITO YAMAMOTO NAKAMURA KOBAYASHI KATO YOSHIDA YAMADA SASAKI YAMAGUCHI MATSUMOTO INOUE KIMURA HAYASHI SHIMIZU MORI',
    ),
    women: words('YUKO KEIKO MICHIKO NAOMI AKIKO YUMI TOMOKO MIKA SAKURA EMI HIROKO NORIKO MAYUMI RIE AYA'),
    men: words('HIROSHI TAKASHI KENJI AKIRA SATOSHI MAKOTO TORU YUKI DAISUKE KAZUO SHINJI RYO TARO MASAHIRO KOJI'),
    english: 0.2,
    middle: 0.1,
  },
  hispanic: {
    last: words(
      'RODRIGUEZ GARCIA MARTINEZ GONZALEZ HERNANDEZ LOPEZ PEREZ RIVERA SANCHEZ RAMIREZ TORRES DIAZ REYES CRUZ ORTIZ VARGAS CASTILLO PEÑA NUÑEZ MUÑOZ GUZMAN ROSARIO DE\u00a0LA\u00a0CRUZ SANTOS MEJIA FERNANDEZ GUERRERO ESPINAL POLANCO TAVERAS ALMONTE QUISPE YUPANQUI CHAVEZ MOROCHO GUAMAN TEJADA BAEZ MARTE ARIAS COLON VEGA MELENDEZ',
    ),
    women: words(
      'MARIA CARMEN ROSA ANA LUZ YOLANDA MARISOL ALTAGRACIA YESENIA CAROLINA MERCEDES SONIA MIRIAM DIANA ELENA PATRICIA JACQUELINE ISABEL LUCÍA ANDREA GABRIELA DAISY',
    ),
    men: words(
      'JOSE JUAN LUIS CARLOS RAFAEL MIGUEL ANGEL RAMON PEDRO JORGE JESÚS MANUEL FRANCISCO VICTOR HECTOR EDWIN JULIO CESAR ALEXIS ANDRES FELIX JOSÉ',
    ),
    english: 0.15,
    middle: 0.35,
  },
  black: {
    last: words(
      'WILLIAMS BROWN JOHNSON JONES SMITH JACKSON THOMAS DAVIS CAMPBELL CLARKE JOSEPH PIERRE BAPTISTE CHARLES HENRY GORDON GRANT MORRISON REID STEWART FRANCIS EDWARDS ROBINSON WASHINGTON HARRIS WALKER DIALLO TRAORE OKAFOR MENSAH BARRY BAH JEAN-LOUIS ST.\u00a0LOUIS MCKENZIE MCDONALD',
    ),
    women: words(
      'KEISHA TAMIKA LATOYA DENISE SHARON YVONNE MARCIA CLAUDETTE BEVERLY JANICE NICOLE MONIQUE EBONY IMANI AALIYAH FATOU AMINATA GUERLINE NADEGE SHANICE DOROTHY',
    ),
    men: words(
      'ANDRE TYRONE MARCUS JAMAL KWAME DARNELL ANTHONY KEITH DWAYNE LEROY CARLTON WINSTON DELROY MAMADOU IBRAHIMA OUSMANE JEAN PATRICK TERRENCE MALIK CURTIS',
    ),
    english: 0.2,
    middle: 0.5,
  },
  irish: {
    last: words(
      "MURPHY KELLY SULLIVAN O'BRIEN RYAN O'CONNOR WALSH MCCARTHY O'NEIL BYRNE FITZGERALD MCLAUGHLIN KENNEDY LYNCH MURRAY QUINN MOORE MCDONALD DOYLE GALLAGHER DOHERTY FLANAGAN FARRELL O'REILLY NOLAN MCGRATH BRENNAN BURKE COLLINS HAYES",
    ),
    women: words(
      'MARY KATHLEEN PATRICIA EILEEN MAUREEN COLLEEN ERIN BRIDGET MARGARET ELLEN NORA SHEILA DEIRDRE ANN CATHERINE MEGAN KELLY',
    ),
    men: words(
      'JOHN MICHAEL PATRICK THOMAS KEVIN BRENDAN SEAN TIMOTHY DANIEL JAMES EDWARD WILLIAM BRIAN DENNIS TERENCE LIAM RYAN',
    ),
    english: 0,
    middle: 0.8,
  },
  italian: {
    last: words(
      "RUSSO ROMANO ESPOSITO RICCI MARINO GRECO BRUNO GALLO CONTI DELUCA COSTA RIZZO CARUSO FERRARA LOMBARDI D'ANGELO D'AMICO DE\u00a0MARCO LA\u00a0ROSA VITALE PALUMBO MESSINA SANTORO AMATO DI\u00a0NAPOLI BASILE CATALANO PELLEGRINO PARISI SORRENTINO",
    ),
    women: words(
      'MARIA ANGELA ROSE JOSEPHINE CONCETTA LUCIA ANTOINETTE CARMELA DONNA LISA GINA THERESA ROSEMARIE NICOLE DANIELLE FRANCESCA',
    ),
    men: words(
      'ANTHONY JOSEPH SALVATORE VINCENT FRANK DOMINICK MICHAEL ROCCO NICHOLAS PASQUALE CARMINE LOUIS PETER JOHN GIUSEPPE MARIO',
    ),
    english: 0,
    middle: 0.7,
  },
  jewish: {
    last: words(
      'COHEN LEVY GOLDBERG FRIEDMAN KATZ SCHWARTZ SHAPIRO GREENBERG ROSENBERG WEISS KLEIN GOLDSTEIN ROSEN STERN BERGER FELDMAN RUBIN WEINSTEIN ADLER HOROWITZ KAPLAN SILVER KAGAN ABRAMOV YUSUPOV ARONOV PINKHASOV MATATOV BORUKHOV',
    ),
    women: words(
      'RACHEL SARAH MIRIAM REBECCA LEAH ESTHER CHAYA RIVKA DEBORAH RUTH SHOSHANA NAOMI JUDITH SVETLANA IRINA YELENA SUSAN BARBARA',
    ),
    men: words(
      'DAVID DANIEL MICHAEL JACOB SAMUEL JOSEPH MOSHE YOSEF AARON BENJAMIN ISAAC ALAN HOWARD BORIS MIKHAIL IGOR MARK STEVEN',
    ),
    english: 0,
    middle: 0.5,
  },
  greek: {
    last: words(
      'PAPADOPOULOS PAPPAS GEORGIOU NIKOLAIDIS KATSAROS STAVROU KARAGIANNIS DIMOPOULOS ECONOMOU VASILAKIS MAKRIS KOSTAS SPYROU THEODOROU KALOGERAS',
    ),
    women: words('MARIA ELENI KATERINA SOPHIA GEORGIA DESPINA VASILIKI ANASTASIA CHRISTINA IRENE STELLA'),
    men: words('GEORGE NICK DIMITRIOS KONSTANTINOS JOHN PETER SPIROS THEODORE ALEXANDER ANGELOS STAVROS'),
    english: 0,
    middle: 0.3,
  },
  western: {
    last: words(
      'SMITH JOHNSON MILLER DAVIS WILSON ANDERSON TAYLOR MOORE MARTIN THOMPSON WHITE CLARK LEWIS YOUNG HALL ALLEN KING WRIGHT SCOTT GREEN BAKER ADAMS NELSON HILL CARTER MITCHELL ROBERTS TURNER PHILLIPS PARKER EVANS KOWALSKI NOWAK SCHMIDT MUELLER SCHNEIDER VAN\u00a0DYKE VAN\u00a0DER\u00a0BERG MACDONALD LEE COOK BENNETT WOOD BARNES ROSS',
    ),
    women: words(
      'MARY JENNIFER LINDA ELIZABETH BARBARA SUSAN JESSICA KAREN LISA NANCY SANDRA ASHLEY EMILY DONNA MICHELLE AMANDA MELISSA LAURA CYNTHIA AMY ANNA-MARIE BRENDA EMMA KATHLEEN HEATHER',
    ),
    men: words(
      'JAMES ROBERT JOHN MICHAEL WILLIAM DAVID RICHARD THOMAS CHARLES CHRISTOPHER DANIEL MATTHEW MARK DONALD STEVEN PAUL ANDREW JOSHUA KENNETH KEVIN BRIAN GEORGE EDWARD RONALD TIMOTHY',
    ),
    english: 0,
    middle: 0.75,
  },
}

/** Surnames as rare as most are: made of pieces, some fifteen thousand of them. */
const stems = words(
  'ASH BLACK BRAD BRAUN BROOK BUCK BURN CARL CHAM CLAY COLE CROSS DAL DEN DRAKE EAST EDGE ELL FAIR FEN FINK FOR GAR GOLD GRAN GREEN GROSS HAL HAM HART HAW HEN HOL HOP HUNT KEL KIRK KLEIN KRAM LANG LIN LOCK LUND MAR MEYER MID MON MOR NEU NOR OAK OST PALM PEM PER RAD RAV REI RICH ROCK ROSEN ROTH SAND SCHOEN SHER SIL SOMER STAN STEIN STRAUS SUT THOR TRAU WAL WASSER WEIN WES WHIT WIL WOLF WOOD ZIM',
)
const endings = words(
  'ALDI BACH BAUM BERG BERGER BERRY BORN BRIDGE BURN BURY BY COMB COTE DALE DEN DORF ELL ELLI ENKO ER ERSON FELD FIELD FORD GARD GATE GREN HAM HARDT HAUS HOLM HOUSE HURST INGTON INI INO KAMP KOVIC LAND LEY LING LOCK LOW MAN MANN MERE MONT MORE NER NESS OWSKI QUIST RIDGE ROW SEN SHAW SKY SON STEAD STEIN STONE STROM THAL TON VANI VILLE WALD WAY WELL WICK WOOD WORTH YARD ZANO',
)

export interface MadeName {
  last: string
  first: string
  middle: string
}

const koreanSurnames = [...surnames].map(([, { share, spellings }]) => ({ share, spellings }))
/** `share` is of 1; the rarest names come a little oftener, so that a small file has some. */
const koreanTotal = koreanSurnames.reduce((sum, { share }) => sum + Math.max(share, 0.0003), 0)
const koreanGiven = (gender: 'm' | 'f'): string[] =>
  givenNames
    .trim()
    .split(/\s+/)
    .filter((entry) => entry.endsWith(gender) && entry.length === 3)
    .map((entry) => entry.slice(0, 2))
const koreanWomen = koreanGiven('f')
const koreanMen = koreanGiven('m')
const spellingsOf = new Map<string, readonly string[]>()

/** Mostly the commonest spelling. */
function spell(list: readonly string[], chance: number): string {
  const at = chance < 0.62 ? 0 : chance < 0.85 ? 1 : chance < 0.95 ? 2 : 3
  return list[Math.min(at, list.length - 1)] ?? ''
}

export function surnameOf(group: NameGroup, random: () => number): string {
  if (group === 'korean') {
    let left = random() * koreanTotal
    for (const { share, spellings } of koreanSurnames) {
      left -= Math.max(share, 0.0003)
      // Nine of ten write a surname in its commonest way: Kim, Lee, Park.
      if (left <= 0) return spell(spellings, random() * random())
    }
    return 'KIM'
  }
  const isRare = random() < rareShare[group]
  if (isRare) return pick(stems, random) + pick(endings, random)
  const { last } = pools[group]
  // Squared: the first of the list are the commonest.
  return (last[Math.floor(random() ** 2 * last.length)] ?? '').replaceAll('\u00a0', ' ')
}

const rareShare: Readonly<Record<NameGroup, number>> = {
  korean: 0, chinese: 0, cantonese: 0, indian: 0, muslim: 0, vietnamese: 0, filipino: 0, japanese: 0, hispanic: 0.03,
  black: 0.25, irish: 0.2, italian: 0.2, jewish: 0.35, greek: 0.2, western: 0.6,
} // prettier-ignore

/** First and middle name. `age` decides how likely an English one is: those born here mostly have one. */
export function givenOf(
  group: NameGroup,
  sex: 'F' | 'M',
  age: number,
  random: () => number,
): { first: string; middle: string } {
  const english = sex === 'F' ? englishWomen : englishMen
  if (group === 'korean') {
    const name = pick(sex === 'F' ? koreanWomen : koreanMen, random)
    const [one = '', two = ''] = Array.from(name, (letter) => {
      let known = spellingsOf.get(letter)
      if (!known) spellingsOf.set(letter, (known = givenSpellings(letter)))
      return spell(known, random())
    })
    const chance = random()
    const isEnglish = random() < (age < 35 ? 0.7 : age < 55 ? 0.4 : 0.2)
    if (isEnglish) {
      const first = pick(english, random)
      if (chance < 0.35) return { first, middle: '' }
      if (chance < 0.6) return { first, middle: one.charAt(0) }
      return { first, middle: chance < 0.8 ? one + two : `${one} ${two}` }
    }
    if (chance < 0.38) return { first: one, middle: two } // the second syllable in the middle name
    if (chance < 0.58) return { first: one + two, middle: '' }
    if (chance < 0.78) return { first: `${one} ${two}`, middle: '' }
    if (chance < 0.92) return { first: `${one}-${two}`, middle: '' }
    return { first: one, middle: two.charAt(0) }
  }
  const pool = pools[group]
  const own = sex === 'F' ? pool.women : pool.men
  const first = random() < pool.english ? pick(english, random) : pick(own, random)
  if (random() >= pool.middle) return { first, middle: '' }
  return { first, middle: random() < 0.7 ? initials.charAt(Math.floor(random() * 23)) : pick(own, random) }
}

const initials = 'ABCDEFGHIJKLMNOPRSTVWYZ'
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T // lists are not empty
