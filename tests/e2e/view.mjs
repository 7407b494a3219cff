/**
 * What stands before a phone's camera. The browser's own test picture is the same for all: two visits that photographed it are rightly
 * held to be nearly identical as soon as both are drawn.
 */
export function seesSomethingOfItsOwn(context) {
  return context.addInitScript(() => {
    if (!navigator.mediaDevices) return
    const [across, down, side] = [16, 12, 80]
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: across * side, height: down * side })
      const brush = canvas.getContext('2d')
      const shades = Array.from({ length: across * down }, () => Math.floor(Math.random() * 256))
      const draw = () =>
        shades.forEach((shade, n) => {
          brush.fillStyle = `rgb(${shade} ${255 - shade} ${(shade * 7) % 256})`
          brush.fillRect((n % across) * side, Math.floor(n / across) * side, side, side)
        })
      draw()
      const drawing = setInterval(draw, 100)
      const stream = canvas.captureStream(10)
      stream.getVideoTracks()[0].addEventListener('ended', () => clearInterval(drawing))
      return stream
    }
  })
}
