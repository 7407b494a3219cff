import { type DBCore, type DBCoreTable, type DBCoreTransaction, Dexie, type Middleware } from 'dexie'
import type { Cipher } from './cipher'

/** The vault is shut: what lies encrypted can be neither read nor written. */
export class Locked extends Error {
  constructor() {
    super('locked')
  }
}

type Row = Record<string, unknown>
/** Where a row keeps what is encrypted. */
const box = '$'

/** Encrypted but for the primary key and what is indexed: ids, states and hashes. */
const whole = new Set(
  'campaigns teams households entitlements goods funds custody visits slips drafts counts needs walks checks askings'.split(' '),
)

interface Part {
  fields: string[]
  /** Whether they are encrypted in this row; always, where nothing is said. */
  when?: (row: Row) => boolean
}
/**
 * Tables the worker sends from with no key at hand: some fields of a row are encrypted, or none.
 * The picture of a finished visit is sealed to the server or, where the server has no key, marked as open:
 * it must arrive even when nobody remembers the PIN any more.
 */
const parts: Record<string, Part> = {
  outbox: { fields: ['label', 'known'] },
  pictures: { fields: ['evidence'] },
  bytes: { fields: ['bytes'], when: ({ open, sealed }) => !open && !sealed },
  // What the last comparison with the server named.
  meta: { fields: ['value'], when: ({ key }) => key === 'tally' },
}

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const decode = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Row

/** How the rows of one table are shut and opened. */
function rowsOf(down: DBCoreTable, cipherOf: () => Cipher | null) {
  const { name, schema } = down
  const { keyPath } = schema.primaryKey
  const clear = new Set([keyPath, ...schema.indexes.map((index) => index.keyPath)].flat().filter((path) => path !== null))
  // A row whose key the browser chooses has none yet when it is encrypted.
  const about = (row: Row) => (typeof keyPath === 'string' ? `${name}\n${String(row[keyPath])}` : name)

  const part = parts[name]
  const isHidden = part ? (path: string) => part.fields.includes(path) : (path: string) => !clear.has(path)
  const hides = (row: Row) => !part || (part.fields.some((path) => row[path] !== undefined) && part.when?.(row) !== false)

  function shut(row: Row): Row {
    if (!hides(row)) return row
    const cipher = cipherOf()
    if (!cipher) throw new Locked()
    const shown: Row = {}
    const hidden: Row = {}
    for (const [path, value] of Object.entries(row)) if (path !== box) (isHidden(path) ? hidden : shown)[path] = value
    const plain = name === 'bytes' ? new Uint8Array(hidden.bytes as ArrayBuffer) : encode(hidden)
    return { ...shown, [box]: cipher.seal(plain, about(row)) }
  }

  /** Without the key a part stays shut and is carried along, so that the rest of its row can be read and changed. */
  function open(row: Row | undefined): Row | undefined {
    const sealed = row?.[box]
    if (!row || !(sealed instanceof Uint8Array)) return row
    const cipher = cipherOf()
    if (part && !cipher?.fits(sealed)) return row
    if (!cipher) throw new Locked()
    const { [box]: _, ...rest } = row
    const plain = cipher.open(sealed, about(row))
    return Object.assign(rest, name === 'bytes' ? { bytes: plain.slice().buffer } : decode(plain))
  }
  /**
   * Without the key, what is to be hidden cannot be written; but what an earlier version left in the clear may be
   * changed until it is rewritten, for it is sent before there is a PIN, too.
   */
  function areLeftPlain(rows: readonly Row[], trans: DBCoreTransaction): Promise<boolean> {
    if (!part || typeof keyPath !== 'string') return Dexie.Promise.resolve(false)
    const keys = rows.filter(hides).map((row) => row[keyPath])
    return down.getMany({ trans, keys }).then((before) => before.every((row: Row | undefined) => row && !(box in row)))
  }
  return { shut, open, hides, areLeftPlain }
}

/** Everything read from or written to the store passes here, below every cache: what the disk gets is encrypted. */
function sealedTable(table: DBCoreTable, cipherOf: () => Cipher | null): DBCoreTable {
  if (!whole.has(table.name) && !(table.name in parts)) return table
  const { shut, open, hides, areLeftPlain } = rowsOf(table, cipherOf)
  return {
    ...table,
    mutate(request) {
      const isUpgrade = (request.trans as IDBTransaction).mode === 'versionchange'
      if (isUpgrade || (request.type !== 'add' && request.type !== 'put')) return table.mutate(request)
      const rows = request.values as readonly Row[]
      if (cipherOf() || !rows.some(hides)) return table.mutate({ ...request, values: rows.map(shut) })
      if (request.type === 'add') return Dexie.Promise.reject(new Locked())
      return areLeftPlain(rows, request.trans).then((may) => {
        if (!may) throw new Locked()
        return table.mutate(request)
      })
    },
    get: (request) => table.get(request).then((row: Row | undefined) => open(row)),
    getMany: (request) => table.getMany(request).then((rows) => rows.map((row: Row | undefined) => open(row))),
    query: (request) =>
      table
        .query(request)
        .then((answer) => (request.values ? { ...answer, result: answer.result.map((row: Row) => open(row)) } : answer)),
    openCursor: (request) =>
      table.openCursor(request).then(
        (cursor) =>
          cursor &&
          Object.create(cursor, {
            key: { get: () => cursor.key },
            primaryKey: { get: () => cursor.primaryKey },
            value: { get: () => open(cursor.value as Row | undefined) },
            continue: { value: (key?: unknown) => cursor.continue(key) },
            continuePrimaryKey: { value: (key: unknown, primary: unknown) => cursor.continuePrimaryKey(key, primary) },
          }),
      ),
  }
}

export function sealing(cipherOf: () => Cipher | null): Middleware<DBCore> {
  return {
    stack: 'dbcore',
    name: 'sealing',
    level: -10,
    create: (core) => ({ ...core, table: (name) => sealedTable(core.table(name), cipherOf) }),
  }
}
