import { computed, ref, shallowRef } from 'vue'
import { useI18n } from '@/kit/i18n'
import { Problem } from '@/api/problem'
import type { Me } from '@/api/types'
import { AnothersCopy, type Delivered, MayNotBring, type Refused, deliver } from '@/local/copy/deliver'
import { Damaged, NotACopy, WrongPassphrase } from '@/local/copy/format'
import { bytesOf, readCopy } from '@/local/copy/read'
import { current } from '@/local/opened'

/** Who may bring what another's phone recorded; the server looks at whose it is. */
export function mayBring(user: Pick<Me, 'roles' | 'teams'>): boolean {
  return user.roles.some((role) => role === 'lead' || role === 'centre') || user.teams.some((team) => team.is_lead)
}

/** A saved outbox, opened and sent from here: one's own at once, another's after a look at whose it is. */
export function useOpenCopy() {
  const { t, te } = useI18n()
  const file = shallowRef<File | null>(null)
  const passphrase = ref('')
  const busy = ref(false)
  const wrong = ref('')
  const sofar = shallowRef<Delivered | null>(null)
  const isDone = ref(false)
  /** Of a file that is somebody else's: whose, and how much is in it. */
  const owner = shallowRef<AnothersCopy['about'] | null>(null)

  function choose(chosen: File | null): void {
    file.value = chosen
    owner.value = null
    sofar.value = null
    isDone.value = false
    wrong.value = ''
  }

  function wordsFor(cause: unknown): string {
    if (cause instanceof AnothersCopy) return t('field.open.anothers', { name: cause.about.user_name })
    if (cause instanceof MayNotBring) return t('field.open.mayNotBring', { name: cause.owner })
    if (cause instanceof WrongPassphrase) return t('field.open.wrongPassphrase')
    if (cause instanceof NotACopy) return t('field.open.notACopy')
    if (cause instanceof Damaged) return t('field.open.damaged')
    if (cause instanceof Problem) return cause.status === 401 ? t('accounts.sessionEnded') : cause.words
    return t('field.open.noLine')
  }

  const refusals = computed(() => (sofar.value?.refused ?? []).map(refusalWords))
  function refusalWords({ label, problem: { code, detail, title } }: Refused): string {
    const words = te(`field.open.problem.${code}`) ? t(`field.open.problem.${code}`) : detail || title
    return `${label ?? t('field.open.aPicture')}: ${words}`
  }

  async function send(): Promise<void> {
    if (!file.value) return
    busy.value = true
    wrong.value = ''
    isDone.value = false
    sofar.value = null
    const { store, user } = current()
    const bringer = { store, user, onBehalfOf: owner.value?.user_id ?? null }
    try {
      sofar.value = await deliver(readCopy(bytesOf(file.value), passphrase.value), bringer, (delivered) => {
        sofar.value = delivered
      })
      isDone.value = true
    } catch (cause) {
      if (cause instanceof AnothersCopy && mayBring(user)) owner.value = cause.about
      else wrong.value = wordsFor(cause)
    } finally {
      busy.value = false
    }
  }

  return { file, passphrase, busy, wrong, sofar, isDone, owner, refusals, choose, send }
}
