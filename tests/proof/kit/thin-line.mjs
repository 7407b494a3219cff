// A line of so many bytes a second, each connection good for one request; of every few one is cut, at some byte on its way up or, the
// first of all and then three in ten, when the server has begun to answer.
import { connect, createServer } from 'node:net'

export async function thinLine(where, { bytesPerSecond, cutEvery, dice }) {
  const line = { sent: 0, connections: 0, cuts: 0 }
  const queue = []
  let last = performance.now()
  /** All connections share the line: who comes first is carried first, a little at a time. */
  const carry = () => {
    const now = performance.now()
    let room = Math.min(((now - last) * bytesPerSecond) / 1_000, bytesPerSecond / 4)
    last = now
    while (room > 0 && queue.length > 0) {
      const [first] = queue
      if (first.socket.destroyed) {
        queue.shift()
        continue
      }
      const piece = first.bytes.subarray(0, Math.max(1, Math.floor(room)))
      first.bytes = first.bytes.subarray(piece.length)
      room -= piece.length
      first.pass(piece)
      queue.shift()
      if (first.bytes.length > 0) queue.push(first)
      else first.done()
    }
  }
  const clock = setInterval(carry, 5)
  const server = createServer((near) => {
    line.connections += 1
    const isCut = line.connections % cutEvery === 1
    const cutsUp = isCut && line.connections > 1 && !dice.percent(30)
    // Cut anywhere in what a part or a small picture weighs; what is shorter arrives before it.
    let left = isCut ? dice.below(cutsUp ? 100_000 : 200) : Infinity
    const far = connect(new URL(where()).port, '127.0.0.1')
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.on('close', () => far.end())
    const send = (socket, bytes, isUp) =>
      new Promise((done) => {
        const pass = (piece) => {
          if (isUp) line.sent += piece.length
          if (isUp === cutsUp) left -= piece.length
          if (left <= 0) {
            line.cuts += 1
            // What went before the cut still arrives.
            if (isUp) far.end(piece.subarray(0, piece.length + left))
            left = Infinity
            near.destroy()
          } else if (!socket.destroyed) socket.write(piece)
        }
        queue.push({ socket, bytes, pass, done })
      })
    const relay = (from, to, isUp) => {
      let carried = Promise.resolve()
      from.on('data', (chunk) => {
        from.pause()
        carried = send(to, chunk, isUp).then(() => void from.resume())
      })
      from.on('end', () => void carried.then(() => to.end()))
    }
    relay(near, far, true)
    relay(far, near, false)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  line.url = `http://127.0.0.1:${server.address().port}`
  line.close = () => {
    clearInterval(clock)
    server.close()
  }
  return line
}
