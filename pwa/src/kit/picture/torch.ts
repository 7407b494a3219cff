/** The lamp beside the lens, where the camera has one and says so. */
type Lit = MediaTrackCapabilities & { torch?: boolean }

const trackOf = (stream: MediaStream | null) => stream?.getVideoTracks()[0] ?? null

export function hasTorch(stream: MediaStream | null): boolean {
  const track = trackOf(stream)
  if (!track || typeof track.getCapabilities !== 'function') return false
  return Boolean((track.getCapabilities() as Lit).torch)
}

/** Whether it is on afterwards. */
export async function setTorch(stream: MediaStream | null, on: boolean): Promise<boolean> {
  try {
    await trackOf(stream)?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
    return on
  } catch {
    return !on
  }
}
