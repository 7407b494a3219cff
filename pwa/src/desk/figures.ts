/** Yuan as people type them ("1,000", "¥500.50") to whole fen; null for anything that is not exactly money. */
export function parseYuan(text: string): number | null {
  return parseDecimal(text.replace(/^\s*[¥\uffe5]/, ''), 2)
}

/** A quantity as typed ("2.5") to whole thousandths; null where it is not one. */
export function parseQuantity(text: string): number | null {
  return parseDecimal(text, 3)
}

function parseDecimal(text: string, places: number): number | null {
  const plain = text
    .replace(/[\uff10-\uff19\uff0e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[,\uff0c\s]/g, '')
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(plain)
  const [, whole, part = ''] = match ?? []
  if (whole === undefined || part.length > places) return null
  const value = Number(whole) * 10 ** places + Number(part.padEnd(places, '0') || '0')
  return Number.isSafeInteger(value) ? value : null
}

/** An integer in its smallest unit back to what a person would type. */
export function typed(value: number, places: number): string {
  const scale = 10 ** places
  const part = String(value % scale)
    .padStart(places, '0')
    .replace(/0+$/, '')
  return `${Math.trunc(value / scale)}${part ? `.${part}` : ''}`
}

/** Whole percent, but never 100 before all is done nor 0 once something is. */
export function percent(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0
  if (part >= whole) return 100
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)))
}
