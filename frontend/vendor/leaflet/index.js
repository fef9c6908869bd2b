// The parts of Leaflet 1.9.4 that the map needs at once; pictures.js has what comes
// later, src/ holds its files unchanged.
export {Map} from './src/map/Map.js';
export {DoubleClickZoom} from './src/map/handler/Map.DoubleClickZoom.js';
export {Drag} from './src/map/handler/Map.Drag.js';
export {Keyboard} from './src/map/handler/Map.Keyboard.js';
export {ScrollWheelZoom} from './src/map/handler/Map.ScrollWheelZoom.js';
export {TouchZoom} from './src/map/handler/Map.TouchZoom.js';
export {Layer} from './src/layer/Layer.js';
export {GridLayer} from './src/layer/tile/GridLayer.js';
export {Point, toPoint as point} from './src/geometry/Point.js';
export {Bounds} from './src/geometry/Bounds.js';
export {LatLng, toLatLng as latLng} from './src/geo/LatLng.js';
export {LatLngBounds, toLatLngBounds as latLngBounds} from './src/geo/LatLngBounds.js';
import * as DomUtil from './src/dom/DomUtil.js';
export {DomUtil};
