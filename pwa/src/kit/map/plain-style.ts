import type { LayerSpecification } from 'maplibre-gl'

const fill = (id: string, color: string, more: object = {}): LayerSpecification => ({
  id,
  type: 'fill',
  source: 'base',
  'source-layer': id,
  paint: { 'fill-color': color },
  ...more,
})

const road = (id: string, kinds: string[], color: string, near: number): LayerSpecification => ({
  id,
  type: 'line',
  source: 'base',
  'source-layer': 'roads',
  filter: ['in', ['get', 'kind'], ['literal', kinds]],
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: {
    'line-color': color,
    'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 8, 0.5, 14, near / 3, 18, near * 2],
  },
})

/** Ground, water, green, houses and roads of a vector map in the app's own colours; no letters, for those would need fonts from elsewhere. */
export function plainLayers(isDark: boolean): LayerSpecification[] {
  const ink = isDark
    ? {
        earth: '#25211e',
        water: '#1d2f3a',
        green: '#24301f',
        house: '#3d362f',
        path: '#574d44',
        road: '#6b5f55',
        main: '#8a7359',
      }
    : {
        earth: '#f5f1ea',
        water: '#bcd7e6',
        green: '#dbe8cd',
        house: '#e4dacd',
        path: '#d9cfc2',
        road: '#ffffff',
        main: '#f7dfa8',
      }
  const green = ['park', 'forest', 'wood', 'grass', 'grassland', 'meadow', 'garden', 'nature_reserve', 'cemetery', 'pitch']
  return [
    { id: 'background', type: 'background', paint: { 'background-color': ink.earth } },
    fill('earth', ink.earth),
    fill('landuse', ink.green, { filter: ['in', ['get', 'kind'], ['literal', green]] }),
    fill('water', ink.water, { filter: ['==', ['geometry-type'], 'Polygon'] }),
    {
      id: 'rivers',
      type: 'line',
      source: 'base',
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': ink.water, 'line-width': 2 },
    },
    fill('buildings', ink.house, { minzoom: 13 }),
    road('paths', ['path', 'other'], ink.path, 3),
    road('rails', ['rail'], ink.path, 4),
    road('streets', ['minor_road'], ink.road, 8),
    road('main_roads', ['major_road'], ink.main, 11),
    road('highways', ['highway'], ink.main, 14),
    {
      id: 'places',
      type: 'circle',
      source: 'base',
      'source-layer': 'places',
      maxzoom: 12,
      paint: { 'circle-radius': 3, 'circle-color': isDark ? '#bcafa3' : '#63574f' },
    },
  ]
}
