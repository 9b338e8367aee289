import { messages } from '../../../platform/i18n/messages.ts'

export const endorsementFileMessages = messages({
  'endorsements.file_none': { en: 'No file yet', ko: '아직 파일이 없습니다' },
  'endorsements.file_choose': { en: 'Choose a file', ko: '파일 고르기' },
  'endorsements.file_another': { en: 'Another file', ko: '다른 파일로 바꾸기' },
  'endorsements.file_choose_lead': {
    en: 'What you typed is saved first.',
    ko: '지금까지 입력한 내용을 먼저 저장합니다.',
  },
  'endorsements.file_of': { en: 'File for: {{question}}', ko: '파일: {{question}}' },
  'endorsements.file_is': { en: 'There is a file: {{name}}', ko: '지금 파일: {{name}}' },
  'endorsements.file_hint': {
    en: 'A PDF or a picture (JPEG, PNG, WebP), at most {{most}} MB.',
    ko: 'PDF나 그림(JPEG, PNG, WebP), {{most}}MB까지.',
  },
  'endorsements.file_send': { en: 'Hand it in', ko: '파일 올리기' },
  'endorsements.file_remove': { en: 'Take the file out', ko: '파일 빼기' },
  'endorsements.file_back': { en: 'Back to the questions', ko: '질문으로 돌아가기' },
  'endorsements.file_needed': { en: 'Choose a file first.', ko: '먼저 파일을 골라 주세요.' },
  'endorsements.file_kind': {
    en: 'Only a PDF or a picture (JPEG, PNG, WebP), please.',
    ko: 'PDF나 그림(JPEG, PNG, WebP)만 올리실 수 있습니다.',
  },
  'endorsements.file_large': { en: 'This file is larger than {{most}} MB.', ko: '파일이 {{most}}MB보다 큽니다.' },
  'endorsements.file_size': { en: '{{name}} ({{size}} kB)', ko: '{{name}}({{size}}KB)' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_files: typeof endorsementFileMessages
  }
}
