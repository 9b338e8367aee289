/** Only addresses of ours: '/path', never '//elsewhere'. Browsers drop tabs and line breaks, so '/\t/elsewhere' counts as one. */
export const safeBack = (back: unknown): string =>
  // oxlint-disable-next-line no-control-regex -- these are what we look for
  typeof back === 'string' && /^\/(?![/\\])/.test(back) && !/[\u0000-\u001f]/.test(back) ? back : '/'
