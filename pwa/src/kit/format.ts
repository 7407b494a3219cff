/** Numbers as people read them; all take the language, none reads a clock. */

/** A formatter is dear to make, and a list asks for thousands: each is made once. */
function once<Made>(make: (language: string, words: string) => Made): (language: string, words?: string) => Made {
  const made = new Map<string, Made>()
  return (language, words = '') => {
    const key = `${language} ${words}`
    const there = made.get(key) ?? make(language, words)
    made.set(key, there)
    return there
  }
}

const money = once(
  (language, digits) =>
    new Intl.NumberFormat(language, {
      style: 'currency',
      currency: 'CNY',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: Number(digits),
    }),
)
export function yuan(fen: number, language: string): string {
  return money(language, fen % 100 === 0 ? '0' : '2').format(fen / 100)
}

const thousandths = once((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 3 }))
export function quantity(milli: number, language: string): string {
  return thousandths(language).format(milli / 1000)
}

/** Metres, minutes and the like: whole, or with one digit behind the point. */
const measure = once((language, words) => {
  const [unit = '', digits] = words.split(' ')
  const unitDisplay = language === 'zh-CN' ? 'long' : 'short'
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: Number(digits) })
})
export function distance(m: number, language: string): string {
  if (m < 1000) return measure(language, 'meter 0').format(Math.round(m))
  return measure(language, m < 10_000 ? 'kilometer 1' : 'kilometer 0').format(m / 1000)
}

/** Minutes and seconds; neither where it is nothing, unless both are. */
export function duration(s: number, language: string): string {
  const part = (value: number, unit: string) => measure(language, `${unit} 3`).format(value)
  const [minutes, seconds] = [Math.floor(s / 60), s % 60]
  const parts = [minutes > 0 ? part(minutes, 'minute') : '', seconds > 0 || s === 0 ? part(seconds, 'second') : '']
  return parts.filter(Boolean).join(language === 'zh-CN' ? '' : ' ')
}

const plain = once((language, digits) => new Intl.NumberFormat(language, { maximumFractionDigits: Number(digits) }))
export function fileSize(bytes: number, language: string): string {
  if (bytes < 104_858) return `${plain(language, '0').format(Math.ceil(bytes / 1024))} KB`
  const mega = bytes / 1_048_576
  const [value, unit] = mega >= 1024 ? [mega / 1024, 'GB'] : [mega, 'MB']
  return `${plain(language, value < 10 ? '1' : '0').format(value)} ${unit}`
}

const days = once((language) => new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric' }))
export const day = (at: string, language: string): string => days(language).format(new Date(at))

const daysAndTimes = once(
  (language) =>
    new Intl.DateTimeFormat(language, {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
)
export const dayAndTime = (at: string, language: string): string => daysAndTimes(language).format(new Date(at))

const wholes = once(
  (language) =>
    new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
)
/** With its year: for what is printed and kept, and for seasons that cross the turn of one. */
export const wholeDate = (at: string, language: string): string => wholes(language).format(new Date(at))

const times = once((language) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))
export const clockTime = (at: string, language: string): string => times(language).format(new Date(at))

const sinces = once((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
export function ago(at: string, nowMs: number, language: string): string {
  const minutes = Math.round((Date.parse(at) - nowMs) / 60_000)
  const words = sinces(language)
  if (minutes > -60) return words.format(Math.min(0, minutes), 'minute')
  if (minutes > -60 * 24) return words.format(Math.round(minutes / 60), 'hour')
  return words.format(Math.round(minutes / 1440), 'day')
}

/** Days when there are two or more, hours when it gets close; null when it is over. */
export function timeLeft(deadline: string, nowMs: number): { unit: 'days' | 'hours' | 'minutes'; count: number } | null {
  const ms = Date.parse(deadline) - nowMs
  if (ms <= 0) return null
  if (ms >= 48 * 3_600_000) return { unit: 'days', count: Math.floor(ms / 86_400_000) }
  if (ms >= 3_600_000) return { unit: 'hours', count: Math.floor(ms / 3_600_000) }
  return { unit: 'minutes', count: Math.max(1, Math.floor(ms / 60_000)) }
}

/** The hours beyond whole days, while days are counted. */
export const hoursBesideDays = (deadline: string, nowMs: number): number =>
  Math.floor((Date.parse(deadline) - nowMs) / 3_600_000) % 24
