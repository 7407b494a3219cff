import { Map as Drawing, type StyleSpecification, addProtocol, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { PMTiles, Protocol, TileType } from 'pmtiles'
import type { BaseMap } from '@/api/types'
import { plainLayers } from './plain-style'

export type Ground = Drawing

let protocol: Protocol | null = null

/** One file that holds all tiles: what kind they are stands in its first bytes. */
async function archiveStyle(base: BaseMap, isDark: boolean): Promise<StyleSpecification> {
  const archive = new PMTiles(new URL(base.url, location.href).href)
  const { tileType } = await archive.getHeader()
  if (!protocol) {
    protocol = new Protocol()
    addProtocol('pmtiles', protocol.tile)
  }
  protocol.add(archive)
  const url = `pmtiles://${archive.source.getKey()}`
  if (tileType !== TileType.Mvt) return pictureStyle({ type: 'raster', url, tileSize: 256 }, isDark)
  return { version: 8, sources: { base: { type: 'vector', url } }, layers: plainLayers(isDark) }
}

type Pictures = Extract<StyleSpecification['sources'][string], { type: 'raster' }>

/** At night a bright map blinds; its pictures are only dimmed, for their colours have meanings. */
function pictureStyle(source: Pictures, isDark: boolean): StyleSpecification {
  const paint = { 'raster-brightness-max': isDark ? 0.7 : 1, 'raster-fade-duration': 0 }
  return { version: 8, sources: { base: source }, layers: [{ id: 'base', type: 'raster', source: 'base', paint }] }
}

/** Fails where the browser cannot draw (no WebGL) or the file cannot be read; the plain ground is then all there is. */
export async function startGround(container: HTMLElement, base: BaseMap, isDark: boolean): Promise<Ground> {
  setWorkerUrl(new URL(workerUrl, location.href).href)
  const style =
    base.kind === 'pmtiles'
      ? await archiveStyle(base, isDark)
      : pictureStyle({ type: 'raster', tiles: [base.url], tileSize: 256, maxzoom: base.max_zoom }, isDark)
  return new Drawing({
    container,
    style,
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    renderWorldCopies: false,
    maxPitch: 0,
  })
}
