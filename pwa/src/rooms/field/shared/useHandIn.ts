import { ref } from 'vue'
import { useSession } from '@/rooms/accounts/useSession'
import { useCapture } from '@/rooms/visits/useCapture'
import { useVisit } from '@/rooms/visits/useVisit'

/** Puts shared pictures into a visit, one after the other; says how many are kept, or null where one could not be. */
export function useHandIn() {
  const session = useSession()
  const wrong = ref('')

  async function handIn(visitId: string, files: readonly File[]): Promise<number | null> {
    const visit = useVisit(visitId)
    await visit.load()
    // Where the shared picture was taken is its own matter: where the phone is now says nothing of it.
    const capture = useCapture(
      visit,
      () => session.user?.name ?? '',
      () => null,
    )
    for (const file of files) {
      await capture.choose(file, { subject: 'other', material: null }, 'gallery')
      wrong.value = capture.wrong.value
      if (wrong.value) return null
    }
    return files.length
  }
  return { handIn, wrong }
}
