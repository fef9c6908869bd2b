// A raster base map from the address that the operator configured, under ours.

import type { Map as LeafletMap } from 'leaflet';
import { TileLayer } from 'leaflet/pictures';
import type { Basemap } from '../data/app-info';

export function addRaster(map: LeafletMap, basemap: Basemap): void {
  new TileLayer(basemap.url, { zIndex: 0, maxZoom: 19, className: 'raster' }).addTo(map);
  map.getContainer().classList.add('with-raster');
}
