import { computed } from 'vue'
import { useFilter } from '@/desk/filters'

/** The last moment of a day on the wall calendar here; null for what is no day. */
export function endOfDay(day: string): string | null {
  const [year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []).slice(1).map(Number)
  if (!year || !month || !date) return null
  const end = new Date(year, month - 1, date + 1, 0, 0, 0, -1)
  return end.getMonth() === month - 1 ? end.toISOString() : null
}

/** "As of" a day, kept in the address; without one, now. */
export function useAsOf() {
  const day = useFilter('at')
  const at = computed(() => endOfDay(day.value))
  return { day, at }
}
