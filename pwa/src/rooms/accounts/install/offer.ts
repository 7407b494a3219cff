import { ref } from 'vue'
import { type Way, wayToInstall } from './way'

/** What Chromium hands over when it would install; TypeScript does not know it. */
interface InstallOffer extends Event {
  prompt: () => Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const offer = ref<InstallOffer | null>(null)
const isInstalled = ref(false)

/** It comes once, soon after the start, and long before anybody asks how to install. */
export function keepOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.value = event as InstallOffer
  })
  window.addEventListener('appinstalled', () => {
    isInstalled.value = true
    offer.value = null
  })
}

function isStandalone(): boolean {
  return matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true
}

export function wayHere(): Way {
  return wayToInstall({
    agent: navigator.userAgent,
    touchPoints: navigator.maxTouchPoints,
    isStandalone: isInstalled.value || isStandalone(),
    canPrompt: offer.value !== null,
  })
}

/** An offer can be taken once; whoever said no finds the way through the menu. */
export async function install(): Promise<void> {
  const taken = offer.value
  await taken?.prompt()
  offer.value = null
}
