import type { PublicTexts } from '../../platform/i18n/public.ts'

/** What is said of elections and their days, in Traditional Chinese and Spanish. */
export const electionTexts: PublicTexts = {
  'elections.kind.general': { zh: '{{year}} 年大選', es: 'Elecciones generales de {{year}}' },
  'elections.kind.primary': { zh: '{{year}} 年初選', es: 'Elecciones primarias de {{year}}' },
  'elections.kind.special': { zh: '{{year}} 年特別選舉', es: 'Elecciones especiales de {{year}}' },
  'elections.kind.presidential_primary': { zh: '{{year}} 年總統初選', es: 'Primarias presidenciales de {{year}}' },
  'elections.kind.runoff': { zh: '{{year}} 年決勝選舉', es: 'Segunda vuelta de {{year}}' },
  'elections.law.state': { zh: '紐約州選舉法 {{section}}', es: 'Ley Electoral {{section}}' },
  'elections.law.city': { zh: '紐約市憲章 {{section}}', es: 'Carta de la Ciudad {{section}}' },
  'elections.day.change_party_by': { zh: '更改政黨截止日期', es: 'Último día para cambiar de partido' },
  'elections.day.change_address_by': { zh: '更改地址截止日期(以收到為準)', es: 'Cambio de dirección recibido hasta' },
  'elections.day.register_by': { zh: '選民登記截止日期(以收到為準)', es: 'Inscripción recibida hasta' },
  'elections.day.ask_for_mail_ballot_by': {
    zh: '申請郵寄選票截止日期(網上或郵寄)',
    es: 'Solicitud de papeleta por correo recibida hasta',
  },
  'elections.day.ask_for_mail_ballot_in_person_by': {
    zh: '親自申請郵寄選票截止日期',
    es: 'Solicitud de papeleta por correo en persona hasta',
  },
  'elections.day.postmark_by': { zh: '郵寄選票郵戳截止日期', es: 'Matasellos de la papeleta por correo hasta' },
  'elections.day.mail_ballot_arrives_by': { zh: '郵寄選票送達截止日期', es: 'La papeleta por correo llega hasta' },
  'elections.day.early_voting': { zh: '提前投票', es: 'Votación anticipada' },
  'elections.day.held_on': { zh: '選舉日,上午 6 時至晚上 9 時', es: 'Día de las elecciones, de 6 a.m. a 9 p.m.' },
  'elections.calendar_name': { zh: '紐約選舉日程', es: 'Elecciones de Nueva York' },
  'elections.source': { zh: '資料來源:{{law}}。核對日期:{{date}}。', es: 'Fuente: {{law}}. Comprobado: {{date}}.' },
  'elections.computed': {
    zh: '根據法律推算;選舉委員會仍可能公布更改。',
    es: 'Según la ley; la Junta Electoral aún puede anunciar cambios.',
  },
}
