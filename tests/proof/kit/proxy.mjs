// A line that loses answers: the request goes through whole, the server does what it asks, and the phone hears nothing of it.
import { Agent, createServer, request } from 'node:http'

/**
 * `fate(request)` says what becomes of an exchange: 'answer' (heard), 'lost' (done, but not heard) or 'hasty' (the phone hangs up as
 * soon as it has spoken, so that its next try meets the first one still at work).
 */
export async function losing(where, fate) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const lost = { total: 0 }
  const underWay = new Set()
  const server = createServer((asked, answer) => {
    const verdict = fate(asked)
    const chunks = []
    asked.on('data', (chunk) => chunks.push(chunk))
    asked.on('end', () => {
      const done = new Promise((resolve) => {
        const forwarded = request(`${where()}${asked.url}`, { method: asked.method, headers: asked.headers, agent }, (from) => {
          const parts = []
          from.on('data', (part) => parts.push(part))
          from.on('end', () => {
            resolve()
            if (verdict === 'answer') answer.writeHead(from.statusCode, from.rawHeaders).end(Buffer.concat(parts))
            else {
              // Only what was really done and then not heard of counts.
              if (from.statusCode < 300) {
                lost.total += 1
                lost[asked.headers['x-kind']] = (lost[asked.headers['x-kind']] ?? 0) + 1
              }
              asked.socket.destroy()
            }
          })
        })
        forwarded.on('error', () => {
          resolve()
          asked.socket.destroy()
        })
        forwarded.end(Buffer.concat(chunks))
      })
      underWay.add(done)
      void done.then(() => underWay.delete(done))
      if (verdict === 'hasty') asked.socket.destroy()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    lost,
    close: async () => {
      await Promise.all(underWay)
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}
