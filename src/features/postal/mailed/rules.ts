/** What the reader of barcodes in the browser says, by the names it has for it. */
export const readerWordNames = [
  'start',
  'stop',
  'picture',
  'at_once',
  'hold',
  'no_camera',
  'refused',
  'nothing',
  'read',
  'can',
] as const
export type ReaderWords = Record<(typeof readerWordNames)[number], string>
