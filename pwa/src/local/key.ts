import { Cipher } from './cipher'

/** The open vault of one person on one phone. Its key lives in this page's memory and nowhere else. */
export class Vault {
  readonly cipher: Cipher

  private constructor(
    readonly key: Uint8Array<ArrayBuffer>,
    /** Which of this store's vaults it is; every row names its own. */
    readonly number: number,
    /** By what a key that comes back is known for the right one; tells nothing of the key. */
    readonly mark: string,
  ) {
    this.cipher = new Cipher(key, number)
  }

  static async of(key: Uint8Array<ArrayBuffer>, number: number): Promise<Vault> {
    const head = new TextEncoder().encode('nuanfang vault mark\n')
    const text = new Uint8Array(head.byteLength + key.byteLength)
    text.set(head)
    text.set(key, head.byteLength)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text))
    const mark = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
    return new Vault(key, number, mark)
  }

  static make(number: number): Promise<Vault> {
    return Vault.of(crypto.getRandomValues(new Uint8Array(32)), number)
  }
}
