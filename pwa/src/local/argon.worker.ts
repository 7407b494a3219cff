import { type Stretching, argon } from './argon'

addEventListener('message', ({ data }: MessageEvent<Stretching>) => {
  // What fails here is the worker's own error: the page then tries it itself.
  argon(data).then(
    (key) => postMessage(key),
    (cause: unknown) => reportError(cause),
  )
})
