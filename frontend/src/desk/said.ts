// Sentences of the server about methods, in Indonesian. The server writes them
// in English, for every client; their parts are few and known.

import type { Language } from '../schema/language';

const phrases: readonly (readonly [RegExp, string])[] = [
  // Signal models.
  [/free space/g, 'ruang bebas'], [/Bullington terrain diffraction/g, 'difraksi medan Bullington'], [/, clutter /g, ', tutupan lahan '],
  [/, above 1500 MHz COST 231/g, ', di atas 1500 MHz COST 231'], [/flat terrain: no elevation was imported|flat terrain/g, 'medan datar'],
  [/\burban\b/g, 'kota'], [/\bsuburban\b/g, 'pinggiran kota'], [/\bopen\b/g, 'terbuka'],
  [/ on (\d+) MHz/g, ' pada $1 MHz'], [/ dB losses/g, ' dB rugi'], [/; up to /g, '; hingga '], [/shadow fading/g, 'bayang sinyal'],
  [/^no model.*|^none$/g, 'tidak ada'],
  // Terrain.
  [/heights at the posts of 3 arc-seconds: the file's own where it has one there, else interpolated between four; whole metres/g, 'ketinggian di titik 3 detik busur: dari berkasnya bila ada, selain itu interpolasi dari empat titik; meter bulat'],
  // People.
  [/village totals: spread over land within (\d+) m of roads and places in (\d+) villages, evenly in (\d+); no number for (\d+) villages/g, 'jumlah per desa: disebar di lahan dalam $1 m dari jalan dan tempat di $2 desa, merata di $3; tanpa angka untuk $4 desa'],
  // When a cell is known.
  [/best: for each operator measured, where known, over modelled, over claimed/g, 'terbaik: untuk tiap operator hasil ukur, bila ada, mendahului hasil model, mendahului klaim'],
  [/claimed: everywhere for an operator and technology that publishes areas/g, 'klaim: di mana pun untuk operator dan teknologi yang menerbitkan areanya'],
  [/modelled: everywhere for an operator and technology with a list of active towers or modelled areas/g, 'model: di mana pun untuk operator dan teknologi yang punya daftar menara aktif atau area hasil model'],
  [/measured: in cells with at least 10 tests or a confirmed report of no signal, and inside measured areas/g, 'ukur: di sel dengan sedikitnya 10 uji atau laporan tanpa sinyal yang terkonfirmasi, dan di dalam area terukur'],
  // Thresholds.
  [/a signal is present at all/g, 'ada sinyal sama sekali'], [/served from /g, 'terlayani mulai '], [/good outdoor signal from /g, 'sinyal luar ruang baik mulai '], [/4G from RSRP/g, '4G mulai RSRP'], [/: from (\d+) Mbit/g, ': mulai $1 Mbit'],
  [/the village's signal is strong or very strong \(class 1 or 2 of 4\)/g, 'sinyal desa kuat atau sangat kuat (kelas 1 atau 2 dari 4)'],
  [/buffer of (\d+) km around an? (\S+) tower; a buffer, not coverage/g, 'jari-jari $1 km di sekeliling menara $2; jari-jari, bukan cakupan'],
  // Choosing sites.
  [/the better of lazy greedy and cost-benefit greedy/g, 'yang lebih baik dari dua cara serakah'], [/lazy greedy/g, 'serakah malas (Minoux)'], [/1-swap/g, 'tukar satu-satu'], [/Lagrangian heuristic/g, 'heuristik Lagrange'],
  [/prefix bound/g, 'batas awalan'], [/Lagrangian bound/g, 'batas Lagrange'], [/branch and bound/g, 'cabang dan batas'],
  [/share of what is without coverage, by the weights/g, 'bagian dari yang tanpa sinyal, menurut bobot'], [/^people$/g, 'orang'], [/^places$/g, 'tempat'], [/^road[ _]km$|^km of road$/g, 'km jalan'], [/^tourists$/g, 'wisatawan'], [/^villages$/g, 'desa'],
  // Costs.
  [/Rp 0\.6–1\.5 billion a tower, running costs of 10–12\.5 % a year; the middle of both/g, 'Rp 0,6–1,5 miliar per menara, biaya operasi 10–12,5 % per tahun; nilai tengah keduanya'], [/given with the request/g, 'diberikan dengan permintaan'],
  // Evidence.
  [/^not covered/g, 'tanpa sinyal'], [/^covered/g, 'terlayani'], [/ for (\d+) % of the village/g, ' di $1 % desa'], [/^does not meet the threshold/g, 'tidak mencapai ambang'], [/^meets the threshold/g, 'mencapai ambang'],
  [/^blank$/g, 'blank spot'], [/^weak$/g, 'sinyal lemah'], [/^resolved$/g, 'sudah teratasi'],
];

/** A sentence of the server in the language of the page. */
export const saidIn = (language: Language, said: string): string => (language === 'en' ? said : phrases.reduce((text, [from, to]) => text.replace(from, to), said));
