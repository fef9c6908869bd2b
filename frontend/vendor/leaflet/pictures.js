// Leaflet's layers of tiles that are pictures.
export {TileLayer} from './src/layer/tile/TileLayer.js';
