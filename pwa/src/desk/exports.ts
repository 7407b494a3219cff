import { send } from '@/api/client'
import { problemOf } from '@/api/problem'
import { saveFile } from './save'

export type ExportTable = 'households' | 'visits' | 'findings' | 'entries'
export type ExportFormat = 'csv' | 'xlsx'
export type ExportFilters = Record<string, string | boolean | readonly string[] | null | undefined>

/** What is asked for travels in the body: names that were searched for do not belong in an address. */
export function exportBody(table: ExportTable, format: ExportFormat, campaign: string, filters: ExportFilters): object {
  const kept = Object.entries(filters).filter(([, value]) => Boolean(value))
  return { ...Object.fromEntries(kept), table, format, campaign }
}

/** A table may be long: it is given five minutes. */
export async function exportTable(body: object, name: string): Promise<void> {
  const request = new Request('/api/v1/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const response = await send(request, 300_000)
  if (!response.ok) throw await problemOf(response)
  saveFile(await response.blob(), name)
}
