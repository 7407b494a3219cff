// Where runs keep what they make; it goes with the process that made it.
import { mkdir, mkdtemp } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What outlives a run: seasons that take a while to make. */
export async function workshop() {
  const folder = join(tmpdir(), 'nuanfang-proof')
  await mkdir(folder, { recursive: true })
  return folder
}

/** A folder of this process alone. */
export async function scratch(name) {
  const folder = await mkdtemp(join(await workshop(), `${name}-`))
  if (!process.env.PROOF_KEEP) process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
