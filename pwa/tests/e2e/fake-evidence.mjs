// The door of the pictures: whole, or in parts that are resumed where the last one ended.
import { createHash } from 'node:crypto'

export const sha256 = (data) => createHash('sha256').update(data).digest('hex')
const nameIn = (path) => path.split('/').at(-1)
const nothing = Buffer.alloc(0)

/** A line that breaks: of the next upload only the first bytes arrive, and nobody is answered. */
export function startOfCut(state, req, path, body) {
  const isUpload = ['PUT', 'PATCH'].includes(req.method) && path.startsWith('/api/v1/evidence/')
  if (!isUpload || !state.faults.cuts?.length) return false
  const arrived = body.subarray(0, state.faults.cuts.shift())
  const begun = state.begun.get(nameIn(path)) ?? nothing
  if (req.method === 'PATCH') state.begun.set(nameIn(path), Buffer.concat([begun, arrived]))
  state.requests.push(`CUT ${req.method} ${path}`)
  return true
}

export async function evidenceDoor({ state, keys }, { req, res, path, body, reply, no }) {
  if (path === '/evidence/missing')
    return reply(res, 200, { missing: JSON.parse(body).sha256.filter((name) => !state.evidence.has(name)) })
  const name = nameIn(path)
  const begun = state.begun.get(name) ?? nothing
  const whole = state.evidence.get(name)
  const offset = whole ? whole.bytes.length : begun.length
  if (req.method === 'HEAD') {
    if (offset === 0) return reply(res, 404, undefined)
    return reply(res, 200, undefined, { 'upload-offset': String(offset), 'upload-complete': whole ? '?1' : '?0' })
  }
  if (state.faults.evidenceStatus) return no(res, state.faults.evidenceStatus, 'fault')
  /** An envelope is known by what it begins with; what is kept and hashed is the picture in it. */
  const keep = async (bytes, type) => {
    let picture = bytes
    let kind = type
    if (keys.isEnvelope(bytes)) {
      try {
        picture = await keys.open(bytes, `picture\n${name}`)
        kind = picture[0] === 0x89 ? 'image/png' : 'image/jpeg'
      } catch ({ code }) {
        return no(res, 422, code)
      }
    }
    if (sha256(picture) !== name) return no(res, 422, 'hash_mismatch')
    state.evidence.set(name, { bytes: picture, type: kind, sealed: picture !== bytes })
    state.begun.delete(name)
    return reply(res, whole ? 200 : 201, {})
  }
  if (req.method === 'PUT') return keep(body, req.headers['content-type'])
  if (req.method !== 'PATCH') return no(res, 404, 'not_found')
  if (state.faults.noParts) return no(res, 501, 'parts_not_taken_yet')
  if (req.headers['content-type'] !== 'application/partial-upload') return no(res, 415, 'unsupported_media_type')
  if (whole || Number(req.headers['upload-offset']) !== offset)
    return reply(res, 409, { code: 'wrong_offset', title: '', status: 409 }, { 'upload-offset': String(offset) })
  const sofar = Buffer.concat([begun, body])
  if (req.headers['upload-complete'] === '?1') {
    // All of it lies here, though it may not open yet.
    if (state.faults.sealKeyUnknown) state.begun.set(name, sofar)
    return keep(sofar, 'image/jpeg')
  }
  state.begun.set(name, sofar)
  return reply(res, 204, undefined, { 'upload-offset': String(sofar.length), 'upload-complete': '?0' })
}
