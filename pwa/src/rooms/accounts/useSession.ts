import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import * as calls from '@/api/calls'
import { begin, forget, watchSession } from '@/api/session'
import type { Me } from '@/api/types'
import * as opened from '@/local/opened'

/** Who uses this phone. Being signed in opens the pack; having a live session is needed only to send. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<Me | null>(null)
  const ended = ref(false)
  const lost = ref(0)
  /** When the password was last given here, by this page's clock: the way back into the vault asks for it. */
  const provenMs = ref(Number.NEGATIVE_INFINITY)

  watchSession(
    (begun) => {
      ended.value = false
      if (user.value?.id === begun.id) remember(begun)
    },
    () => {
      ended.value = true
    },
  )

  function remember(who: Me): void {
    user.value = who
    opened.remember(who)
  }

  async function enter(who: Me): Promise<void> {
    const pack = await opened.open(who)
    lost.value = pack.lost
    const { dropSealedDrafts } = await import('@/local/outbox')
    await dropSealedDrafts(pack.store)
    remember(who)
  }

  /** At every start: opens what is on the phone, whether there is a line or not. */
  async function restore(): Promise<void> {
    const who = opened.rememberedUser()
    if (who) await enter(who)
  }

  async function signIn(username: string, password: string): Promise<void> {
    const reply = await calls.signIn(username, password)
    begin(reply)
    await enter(reply.user)
    provenMs.value = performance.now()
    const { checkPack } = await import('@/local/mirror')
    await checkPack(opened.current().store, reply.user)
    ended.value = false
  }

  /** The pack leaves the phone; what the server does not have stays, and shows again when this person signs in. */
  async function signOut(): Promise<void> {
    await calls.signOut().catch(() => undefined)
    const { clearPack } = await import('@/local/mirror')
    await clearPack(opened.current().store)
    forget()
    provenMs.value = Number.NEGATIVE_INFINITY
    opened.forgetUser()
    opened.close()
    user.value = null
  }

  return { user, ended, lost, provenMs, restore, signIn, signOut }
})
