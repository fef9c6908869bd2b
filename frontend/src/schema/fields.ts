// Labels, units and value words of properties, in the order of the detail panel.

import { categories, otherCategory } from './categories';
import { technologies } from './coverage';
import { text, type Language, type Text } from './language';
import { roadClasses } from './roads';

export interface FieldStyle {
  readonly title: Text;
  readonly unit?: string;
  readonly values?: ReadonlyMap<string, Text>;
  /** Fraction digits of numbers; 0 unless given. */
  readonly digits?: number;
  /** 'price' is written in rupiah, 'code' without separators, 'link' as an address. */
  readonly form?: 'price' | 'code' | 'link' | 'list';
}

const values = (entries: Record<string, Text>): ReadonlyMap<string, Text> => new Map(Object.entries(entries));
const titles = (list: readonly { id: string; title: Text }[]): ReadonlyMap<string, Text> => new Map(list.map((x) => [x.id, x.title]));

export const fields: ReadonlyMap<string, FieldStyle> = new Map<string, FieldStyle>(Object.entries({
  kind: { title: text('Jenis', 'Kind'), values: values({ desa: text('Desa', 'Rural village (desa)'), kelurahan: text('Kelurahan', 'Urban village (kelurahan)'), kabupaten: text('Kabupaten', 'Regency'), kota: text('Kota', 'City') }) },
  category: { title: text('Kategori', 'Category'), values: titles([...categories, otherCategory]) },
  class: { title: text('Kelas jalan', 'Road class'), values: titles(roadClasses) },
  district: { title: text('Kecamatan', 'District') },
  villages: { title: text('Jumlah desa', 'Villages') },
  population: { title: text('Penduduk', 'Population') },
  area_km2: { title: text('Luas', 'Area'), unit: 'km²', digits: 2 },
  elevation_m: { title: text('Ketinggian', 'Elevation'), unit: 'm' },
  postal_code: { title: text('Kode pos', 'Postal code'), form: 'code' },
  operator: { title: text('Operator', 'Operator') },
  operators: { title: text('Operator', 'Operators'), form: 'list' },
  technology: { title: text('Teknologi', 'Technology'), values: titles(technologies) },
  technologies: { title: text('Teknologi', 'Technologies'), form: 'list' },
  evidence: { title: text('Dasar data', 'Evidence'), values: values({ claimed: text('Klaim operator', 'Claimed by the operator'), modelled: text('Hasil model', 'Modelled'), measured: text('Hasil ukur', 'Measured') }) },
  status: { title: text('Status', 'Status'), values: values({ active: text('Aktif', 'Active'), planned: text('Direncanakan', 'Planned'), proposed: text('Diusulkan', 'Proposed'), blank: text('Tanpa sinyal', 'No signal'), weak: text('Sinyal lemah', 'Weak signal'), resolved: text('Sudah teratasi', 'Resolved') }) },
  unit: { title: text('Satuan', 'Unit'), values: values({ point: text('Titik', 'Point'), village: text('Desa', 'Village'), district: text('Kecamatan', 'District') }) },
  part_of_village: { title: text('Hanya sebagian desa', 'Only part of the village') },
  down_mbps: { title: text('Kecepatan unduh', 'Download'), unit: 'Mbit/s', digits: 1 },
  up_mbps: { title: text('Kecepatan unggah', 'Upload'), unit: 'Mbit/s', digits: 1 },
  rsrp_dbm: { title: text('Kuat sinyal (RSRP)', 'Signal strength (RSRP)'), unit: 'dBm' },
  frequency_mhz: { title: text('Frekuensi', 'Frequency'), unit: 'MHz' },
  height_m: { title: text('Tinggi', 'Height'), unit: 'm' },
  position_error_m: { title: text('Ketelitian posisi', 'Position error'), unit: 'm' },
  surface: { title: text('Permukaan', 'Surface'), values: values({ asphalt: text('Aspal', 'Asphalt'), concrete: text('Beton', 'Concrete'), gravel: text('Kerikil', 'Gravel'), paved: text('Diperkeras', 'Paved'), unpaved: text('Tanah', 'Unpaved') }) },
  condition: { title: text('Kondisi', 'Condition'), values: values({ good: text('Baik', 'Good'), fair: text('Sedang', 'Fair'), damaged: text('Rusak', 'Damaged') }) },
  length_m: { title: text('Panjang', 'Length'), unit: 'm' },
  oneway: { title: text('Satu arah', 'One way') },
  maxspeed: { title: text('Batas kecepatan', 'Speed limit'), unit: 'km/h' },
  name_en: { title: text('Nama Inggris', 'English name') },
  opening_hours: { title: text('Jam buka', 'Opening hours') },
  price_idr_min: { title: text('Harga mulai', 'Price from'), form: 'price' },
  price_idr_max: { title: text('Harga sampai', 'Price up to'), form: 'price' },
  price_date: { title: text('Harga per tanggal', 'Price as of') },
  facilities: { title: text('Fasilitas', 'Facilities'), form: 'list' },
  website: { title: text('Situs web', 'Website'), form: 'link' },
  code: { title: text('Kode Kemendagri', 'Kemendagri code'), form: 'code' },
  bps_code: { title: text('Kode BPS', 'BPS code'), form: 'code' },
  village_code: { title: text('Kode desa', 'Village code'), form: 'code' },
  district_code: { title: text('Kode kecamatan', 'District code'), form: 'code' },
}));

/** Where a feature comes from; shown apart, below everything else. */
export const provenanceFields: readonly string[] = ['source', 'source_date', 'quality'];

/** Words of the quality of a feature: short, and what it means. */
export const qualities: ReadonlyMap<string, { readonly title: Text; readonly meaning: Text }> = new Map(Object.entries({
  approximate: { title: text('perkiraan', 'approximate'), meaning: text('Batas ini perkiraan, bukan batas resmi.', 'This boundary is approximate, not the official one.') },
  schematic: { title: text('skematis', 'schematic'), meaning: text('Garis skematis: menghubungkan tempat yang benar, bentuknya disederhanakan.', 'A schematic line: it connects the right places, its course is simplified.') },
  illustrative: { title: text('data contoh', 'sample data'), meaning: text('Data contoh untuk memperlihatkan fungsi peta; bukan keadaan sebenarnya.', 'Sample data that shows what the map can do; not the real situation.') },
  estimated: { title: text('taksiran', 'estimated'), meaning: text('Angka taksiran dengan metode yang disebut di sumber.', 'An estimate by the method that the source names.') },
  village_point: { title: text('titik desa', 'village point'), meaning: text('Letak titik di desa itu, bukan di tempatnya sendiri.', 'The point lies in the village, not at the place itself.') },
  single: { title: text('satu sumber', 'one source'), meaning: text('Letak menurut satu sumber.', 'Located by one source.') },
  confirmed: { title: text('terkonfirmasi', 'confirmed'), meaning: text('Letak dikonfirmasi lebih dari satu sumber.', 'Located by more than one source.') },
}));

const locale: Readonly<Record<Language, string>> = { id: 'id-ID', en: 'en-GB' };

/** A form costs a phone 30 ms to make. */
const forms = new Map<string, Intl.NumberFormat>();

/** Writes a number as readers of the language do. */
export function formatNumber(value: number, language: Language, digits = 0): string {
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value); // as both languages write it
  const key = `${language}${digits}`;
  let form = forms.get(key);
  if (!form) forms.set(key, (form = new Intl.NumberFormat(locale[language], { maximumFractionDigits: digits })));
  return form.format(value);
}

/** Writes the value of a property for a reader; unknown properties as they are. */
export function formatValue(name: string, value: unknown, language: Language): string {
  const field = fields.get(name);
  if (typeof value === 'boolean') return (value ? text('Ya', 'Yes') : text('Tidak', 'No'))[language];
  const word = field?.values?.get(String(value));
  if (word) return word[language];
  if (typeof value === 'number' && field?.form === 'price') return 'Rp ' + formatNumber(value, language);
  if (typeof value === 'number' && field?.form !== 'code') {
    const number = formatNumber(value, language, field?.digits ?? 2);
    if (name === 'population') return number + ' ' + text('jiwa', 'people')[language];
    return field?.unit ? number + ' ' + field.unit : number;
  }
  if (field?.form === 'list') return String(value).split(';').map((part) => part.trim()).join(', ');
  return String(value);
}
