/** Words lie beside what speaks them; the room's folder is the first part of each key. */
export function gather(files: Record<string, object>): Record<string, object> {
  const rooms = Object.entries(files).map(([path, words]) => [path.split('/').at(-2) ?? '', words] as const)
  return Object.fromEntries(rooms)
}
