/// <reference lib="webworker" />

/** Where the system hands over what somebody shared with the app: the manifest says the same. */
export const sharedPath = '/shared'
const field = 'pictures'

/**
 * What was shared stays in memory until the page that opens now has asked for it, and is written nowhere: there is no
 * key here to encrypt it with. Ended before, nothing is lost, for it is still where it was shared from.
 */
const held = new Map<string, File[]>()

export async function receive(request: Request): Promise<Response> {
  const parts = await request.formData().catch(() => null)
  const files = (parts?.getAll(field) ?? []).filter((part) => part instanceof File)
  const id = crypto.randomUUID()
  held.set(id, files)
  return Response.redirect(`${sharedPath}?n=${id}`, 303)
}

/** Given once, to the page that was opened for it. */
export function handOver(id: string, to: MessagePort): void {
  to.postMessage(held.get(id) ?? [])
  held.delete(id)
}
