declare module '*.css';
declare module '*.text.css' {
  const text: string;
  export default text;
}

declare module 'leaflet/pictures' {
  export { TileLayer } from 'leaflet';
}
