/** A thread's program: the source beside this file, or what the build made of it beside the server's program. */
export const threadUrl = (name: 'worker' | 'builder'): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL(`./${name}.ts`, import.meta.url)
    : new URL(`./columns-${name}.js`, import.meta.url)
