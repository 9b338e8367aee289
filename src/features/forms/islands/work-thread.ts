import { findProof } from '../work/rules.ts'

/** In a thread of its own, so that the page stays usable meanwhile. */
self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  // oxlint-disable-next-line require-post-message-target-origin -- to the page that started it
  self.postMessage(findProof(data))
})
