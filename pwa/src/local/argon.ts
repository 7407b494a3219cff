import { argon2id } from 'hash-wasm'

/** What turns a PIN into the bytes of a key, and what it costs. */
export interface Stretching {
  secret: string
  salt: Uint8Array
  memory_kib: number
  passes: number
}

export function argon({ secret, salt, memory_kib, passes }: Stretching): Promise<Uint8Array> {
  const cost = { memorySize: memory_kib, iterations: passes, parallelism: 1, hashLength: 32 }
  return argon2id({ password: secret, salt, ...cost, outputType: 'binary' })
}
