import { shallowRef } from 'vue'

/** What was shared with the app, in this page's memory: it waits there while the PIN is asked for. */
export const shared = shallowRef<readonly File[] | null>(null)
const patienceMs = 5_000

function ask(id: string): Promise<readonly File[]> {
  const worker = navigator.serviceWorker?.controller
  if (!worker) return Promise.resolve([])
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', ({ data }: MessageEvent<readonly File[]>) => resolve(data))
    port1.start()
    worker.postMessage({ type: 'shared', id }, [port2])
    setTimeout(() => resolve([]), patienceMs)
  })
}

/** Before anybody is asked for a PIN: the worker may be ended at any moment. */
export async function takeShared(query: string): Promise<void> {
  const id = new URLSearchParams(query).get('n')
  if (id) shared.value = await ask(id)
}

export function dropShared(): void {
  shared.value = []
}
