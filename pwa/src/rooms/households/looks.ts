import type { IconName } from '@/kit/ui/icons'
import type { Kind } from './rows'

export type Tone = 'good' | 'warn' | 'bad' | 'cool' | 'plain'

/** How each kind looks, on its chip and on the map. */
export const looks: Record<Kind, { tone: Tone; icon: IconName }> = {
  unreached: { tone: 'plain', icon: 'dot' },
  attempted: { tone: 'warn', icon: 'door' },
  sealed: { tone: 'cool', icon: 'outbox' },
  pending: { tone: 'cool', icon: 'clock' },
  matched: { tone: 'good', icon: 'check' },
  disputed: { tone: 'bad', icon: 'alert' },
  settled: { tone: 'good', icon: 'check' },
}
