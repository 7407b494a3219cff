/** Numbers as people read them; all take the language, none reads a clock. */

export function yuan(fen: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
  }).format(fen / 100)
}

export function quantity(milli: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(milli / 1000)
}

export function distance(m: number, language: string): string {
  const far = m >= 1000
  const value = far ? m / 1000 : Math.round(m)
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: far ? 'kilometer' : 'meter',
    unitDisplay: language === 'zh-CN' ? 'long' : 'short',
    maximumFractionDigits: far && value < 10 ? 1 : 0,
  }).format(value)
}

/** Minutes and seconds; neither where it is nothing, unless both are. */
export function duration(s: number, language: string): string {
  const part = (value: number, unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: language === 'zh-CN' ? 'long' : 'short' }).format(value)
  const [minutes, seconds] = [Math.floor(s / 60), s % 60]
  const parts = [minutes > 0 ? part(minutes, 'minute') : '', seconds > 0 || s === 0 ? part(seconds, 'second') : '']
  return parts.filter(Boolean).join(language === 'zh-CN' ? '' : ' ')
}

export function fileSize(bytes: number, language: string): string {
  const mega = bytes / 1_048_576
  const [value, unit] = mega >= 1024 ? [mega / 1024, 'GB'] : [mega, 'MB']
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`
}

export function day(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric' }).format(new Date(at))
}

export function dayAndTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at))
}

export function clockTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

export function ago(at: string, nowMs: number, language: string): string {
  const minutes = Math.round((Date.parse(at) - nowMs) / 60_000)
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
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
