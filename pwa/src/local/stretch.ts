import type { Stretching } from './argon'

/** It takes a slow phone seconds: beside the page, so that the page answers meanwhile; in the page where there is no beside. */
export async function stretch(given: Stretching): Promise<Uint8Array> {
  const key = await stretchBeside(given).catch(() => null)
  return key ?? loadArgon().then(({ argon }) => argon(given))
}

const loadArgon = () => import('./argon')

/** Fetched before it is needed: a PIN must open what is here also where the line has gone meanwhile. */
export async function prepareStretching(): Promise<void> {
  await loadArgon().catch(() => undefined)
}

async function stretchBeside(given: Stretching): Promise<Uint8Array | null> {
  if (typeof Worker === 'undefined') return null
  const worker = new Worker(new URL('./argon.worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => resolve(data))
      for (const trouble of ['error', 'messageerror']) worker.addEventListener(trouble, reject)
      worker.postMessage(given)
    })
  } finally {
    worker.terminate()
  }
}
