import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@/kit/tokens.css'
import '@/kit/base.css'
import App from './App.vue'
import { breath } from '@/kit/breath'
import { lacksWithDenied } from '@/kit/context'
import { chosenLanguage, useLanguage } from '@/kit/i18n'
import { startHeadings } from '@/kit/headings'
import { startLooks } from '@/kit/looks'
import { startUpdates } from '@/kit/update'
import { keepOffer } from '@/rooms/accounts/install/offer'
import { useSession } from '@/rooms/accounts/useSession'
import { useSync } from '@/rooms/field/useSync'
import { router } from './router'

await breath()
startLooks()
keepOffer()
if (location.pathname === '/shared')
  void import('@/rooms/field/shared/take').then(({ takeShared }) => takeShared(location.search))
const app = createApp(App).use(createPinia())
const words = useLanguage(chosenLanguage())
// A store that will not open must not leave a blank page: sign-in opens, and says what is wrong.
await Promise.all([
  words,
  lacksWithDenied(),
  useSession()
    .restore()
    .catch(() => undefined),
])
await breath()
app.use(router)
await router.isReady().catch(() => undefined)
await breath()
startHeadings(router)
app.mount('#app')
await breath()

const sync = useSync()
sync.start()
void startUpdates()
void import('@/rooms/vault/autolock').then(({ startAutoLock }) => startAutoLock(router))
