import { publicWordsOf } from '../../../platform/i18n/public-words.ts'

/* What stands in the mails to whoever took something on at an event. */

const texts = {
  hello: { en: 'Hello {{name}},', ko: '{{name}} 님, 안녕하세요.', zh: '{{name}} 您好:', es: 'Hola, {{name}}:' },
  hello_all: { en: 'Hello,', ko: '안녕하세요.', zh: '您好:', es: 'Hola:' },
  subject: { en: 'What you took on', ko: '맡아 주신 일', zh: '您承擔的事項', es: 'Lo que usted asumió' },
  lead: {
    en: 'Thank you: at “{{title}}” you said you would do this.',
    ko: '‘{{title}}’에서 아래 일을 맡아 주셔서 감사합니다.',
    zh: '感謝您在「{{title}}」中承擔以下事項。',
    es: 'Gracias: en «{{title}}» dijo que haría esto.',
  },
  subject_changed: {
    en: 'Changed: what you took on',
    ko: '맡아 주신 일이 바뀌었습니다',
    zh: '您承擔的事項有變更',
    es: 'Cambio en lo que usted asumió',
  },
  changed: {
    en: 'Something is different about what you took on at “{{title}}”:',
    ko: '‘{{title}}’에서 맡아 주신 일에 바뀐 점이 있습니다.',
    zh: '您在「{{title}}」中承擔的事項有以下變更:',
    es: 'Algo cambió en lo que usted asumió en «{{title}}»:',
  },
  due_changed: {
    en: 'By {{date}} (before: {{before}})',
    ko: '기한: {{date}} (전에는 {{before}})',
    zh: '期限:{{date}}(原為 {{before}})',
    es: 'Antes del {{date}} inclusive (era el {{before}})',
  },
  no_day: { en: 'no day', ko: '날짜 없음', zh: '未定日期', es: 'sin fecha' },
  subject_off: {
    en: 'No longer needed: what you took on',
    ko: '맡아 주신 일을 하지 않으셔도 됩니다',
    zh: '您承擔的事項已取消',
    es: 'Ya no hace falta: lo que usted asumió',
  },
  off: {
    en: 'What you took on at “{{title}}” is called off; you need do nothing more. Thank you for being ready.',
    ko: '‘{{title}}’에서 맡아 주신 아래 일은 취소되었습니다. 더 하실 일은 없습니다. 나서 주셔서 감사합니다.',
    zh: '您在「{{title}}」中承擔的以下事項已取消,無需再做。感謝您願意幫忙。',
    es: 'Lo que usted asumió en «{{title}}» se canceló; no tiene que hacer nada más. Gracias por su disposición.',
  },
  subject_again: {
    en: 'Needed after all: what you took on',
    ko: '맡아 주신 일을 다시 부탁드립니다',
    zh: '您承擔的事項仍需完成',
    es: 'Sí hace falta: lo que usted asumió',
  },
  again: {
    en: 'What you took on at “{{title}}” had been called off and is needed after all.',
    ko: '‘{{title}}’에서 맡아 주신 일이 취소되었다가 다시 필요해졌습니다.',
    zh: '您在「{{title}}」中承擔的事項曾取消,現在仍需完成。',
    es: 'Lo que usted asumió en «{{title}}» se había cancelado y sí hace falta.',
  },
  due: { en: 'By {{date}}', ko: '기한: {{date}}', zh: '期限:{{date}}', es: 'Antes del {{date}} inclusive' },
  with: {
    en: 'If you have a question or cannot do it after all, just answer this mail; {{name}} sees to it with you.',
    ko: '궁금한 점이 있거나 어려워지시면 이 메일에 답장해 주세요. {{name}} 님이 함께 챙깁니다.',
    zh: '如有疑問或無法完成,請直接回覆此郵件;{{name}} 會與您一起跟進。',
    es: 'Si tiene una pregunta o al final no puede, responda a este correo; {{name}} lo acompaña.',
  },
  with_new: {
    en: '{{name}} sees to it with you from now on. If you have a question or cannot do it after all, just answer this mail.',
    ko: '이제부터 {{name}} 님이 함께 챙깁니다. 궁금한 점이 있거나 어려워지시면 이 메일에 답장해 주세요.',
    zh: '今後由 {{name}} 與您一起跟進。如有疑問或無法完成,請直接回覆此郵件。',
    es: 'Desde ahora {{name}} lo acompaña. Si tiene una pregunta o al final no puede, responda a este correo.',
  },
  ask_off: {
    en: 'If you have a question, just answer this mail.',
    ko: '궁금한 점이 있으시면 이 메일에 답장해 주세요.',
    zh: '如有疑問,請直接回覆此郵件。',
    es: 'Si tiene una pregunta, responda a este correo.',
  },
  with_us: {
    en: 'If you have a question or cannot do it after all, just answer this mail.',
    ko: '궁금한 점이 있거나 어려워지시면 이 메일에 답장해 주세요.',
    zh: '如有疑問或無法完成,請直接回覆此郵件。',
    es: 'Si tiene una pregunta o al final no puede, responda a este correo.',
  },
  stop: {
    en: 'If you want no mail like this from us, answer it and say so.',
    ko: '이런 메일을 받고 싶지 않으시면 이 메일에 답장해 알려 주세요.',
    zh: '若不想再收到此類郵件,請回覆告知。',
    es: 'Si no desea recibir correos así, responda y díganoslo.',
  },
} as const

export const takenOnWords = publicWordsOf(texts, {})
