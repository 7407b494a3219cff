import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@/kit/tokens.css'
import '@/kit/base.css'
import App from './App.vue'
import { chosenLanguage, i18n, useLanguage } from '@/kit/i18n'
import { startLooks } from '@/kit/looks'
import { startUpdates } from '@/kit/update'
import { useSession } from '@/rooms/accounts/useSession'
import { useSync } from '@/rooms/field/useSync'
import { router } from './router'

startLooks()
const app = createApp(App).use(createPinia()).use(i18n)
const words = useLanguage(chosenLanguage())
// A store that will not open must not leave a blank page: sign-in opens, and says what is wrong.
await Promise.all([
  words,
  useSession()
    .restore()
    .catch(() => undefined),
])
app.use(router)
await router.isReady().catch(() => undefined)
app.mount('#app')

const sync = useSync()
sync.start()
void startUpdates()
void import('@/rooms/vault/autolock').then(({ startAutoLock }) => startAutoLock(router))
