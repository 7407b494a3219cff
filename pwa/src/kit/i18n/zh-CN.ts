import { gather } from './gather'

/** All Chinese words of the phone, in one chunk. Desk words lie in each room's desk folder and load with the desk. */
export default gather(import.meta.glob<object>(['/src/{kit,rooms/*}/messages.zh-CN.json'], { eager: true, import: 'default' }))
