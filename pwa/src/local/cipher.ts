import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'

/** Everything that lies encrypted on the phone begins with its format and the number of the vault it belongs to. */
const format = 1
const headBytes = 2
const nonceBytes = 24

/** A row that does not open: of another vault, or damaged. */
export class Unreadable extends Error {
  constructor() {
    super('unreadable')
  }
}

/** Encrypts at once, without waiting: whatever waited inside a transaction would make the browser commit it early. */
export class Cipher {
  constructor(
    private readonly key: Uint8Array,
    readonly vault: number,
  ) {}

  seal(plain: Uint8Array, about: string): Uint8Array<ArrayBuffer> {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
    const text = xchacha20poly1305(this.key, nonce, this.aad(about)).encrypt(plain)
    const sealed = new Uint8Array(headBytes + nonceBytes + text.byteLength)
    sealed.set([format, this.vault])
    sealed.set(nonce, headBytes)
    sealed.set(text, headBytes + nonceBytes)
    return sealed
  }

  open(sealed: Uint8Array, about: string): Uint8Array {
    if (!this.fits(sealed)) throw new Unreadable()
    const nonce = sealed.subarray(headBytes, headBytes + nonceBytes)
    try {
      return xchacha20poly1305(this.key, nonce, this.aad(about)).decrypt(sealed.subarray(headBytes + nonceBytes))
    } catch {
      throw new Unreadable()
    }
  }

  fits(sealed: Uint8Array): boolean {
    return sealed[0] === format && sealed[1] === this.vault
  }

  private aad(about: string): Uint8Array {
    return new TextEncoder().encode(`nuanfang row ${this.vault}\n${about}`)
  }
}
