import { gather } from './gather'

/** All English words of the phone, in one chunk. */
export default gather(import.meta.glob<object>(['/src/{kit,rooms/*}/messages.en.json'], { eager: true, import: 'default' }))
