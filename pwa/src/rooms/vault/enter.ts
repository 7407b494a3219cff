import type { Router } from 'vue-router'
import { interruptedAt } from '@/local/drafts'
import { current } from '@/local/opened'
import { askToKeep, useSync } from '@/rooms/field/useSync'

/** Where the person wanted to go, or where the camera was open when the system ended the app. */
export async function goIn(router: Router, next: unknown): Promise<void> {
  const wanted = typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
  const interrupted = wanted === '/' ? await interruptedAt(current().store).catch(() => null) : null
  void askToKeep()
  void useSync().run(true)
  await router.replace(interrupted ?? wanted)
}

/** Lets the page show that it is at work: what follows leaves it no moment to. */
export const shown = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50))
