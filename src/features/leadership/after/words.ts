import { publicWordsOf } from '../../../platform/i18n/public-words.ts'

/* What stands in the mail to whoever took something on at an event. */

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
  due: { en: 'By {{date}}', ko: '기한: {{date}}', zh: '期限:{{date}}', es: 'Antes del {{date}} inclusive' },
  with: {
    en: 'If you have a question or cannot do it after all, just answer this mail; {{name}} sees to it with you.',
    ko: '궁금한 점이 있거나 어려워지시면 이 메일에 답장해 주세요. {{name}} 님이 함께 챙깁니다.',
    zh: '如有疑問或無法完成,請直接回覆此郵件;{{name}} 會與您一起跟進。',
    es: 'Si tiene una pregunta o al final no puede, responda a este correo; {{name}} lo acompaña.',
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
