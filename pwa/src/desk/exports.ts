import type { components } from '@/api/schema'
import { send } from '@/api/client'
import { problemOf } from '@/api/problem'
import { saveFile } from './save'

type Asked = components['schemas']['ExportAsked']
export type ExportTable = Asked['table']
export type ExportFormat = Asked['format']
/** The filters of the table's own page; those left empty are not sent. */
export type ExportFilters = {
  [Name in keyof Omit<Asked, 'table' | 'format' | 'campaign'>]?: string | boolean | readonly string[] | null | undefined
}

/** What is asked for travels in the body: names that were searched for do not belong in an address. */
export function exportBody(table: ExportTable, format: ExportFormat, campaign: string | null, filters: ExportFilters): object {
  const kept = Object.entries({ ...filters, campaign }).filter(([, value]) => Boolean(value))
  return { ...Object.fromEntries(kept), table, format }
}

/** A table may be long: it is given five minutes. Tells whether the file holds all of it. */
export async function exportTable(body: object, name: string): Promise<{ isCut: boolean }> {
  const request = new Request('/api/v1/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const response = await send(request, 300_000)
  if (!response.ok) throw await problemOf(response)
  saveFile(await response.blob(), name)
  return { isCut: response.headers.get('x-rows-cut') === 'true' }
}
