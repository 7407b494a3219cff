import { generationOf } from './canary'

/** What the browser is asked to wake the worker for: whose outbox, for nobody can be asked when no page is open. */
export interface Wake {
  user_id: string
  generation: number
}

const begins = 'outbox:'

export function wakeTag({ user_id, generation }: Wake): string {
  return `${begins}${generation}:${user_id}`
}

export function wakeOf(tag: string): Wake | null {
  const [generation, user_id] = tag.startsWith(begins) ? tag.slice(begins.length).split(':') : []
  return user_id && /^\d+$/.test(generation ?? '') ? { user_id, generation: Number(generation) } : null
}

interface CanWake {
  sync?: { register(tag: string): Promise<void> }
}

/** Where the browser can, it sends once there is a line, though the app is closed by then. Elsewhere opening the app does it. */
export async function askToBeWoken(userId: string): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration?.().catch(() => undefined)) as CanWake | undefined
  const tag = wakeTag({ user_id: userId, generation: generationOf(userId) })
  await registration?.sync?.register(tag).catch(() => undefined)
}
