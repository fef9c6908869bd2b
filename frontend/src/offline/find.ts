// Search over the places of saved areas, as one types: folded, in any order of
// words, with slips; a smaller sister of geo/search.

import type { Feature } from '../data/api';
import type { PlacesOf } from './pack';

interface Named {
  readonly collection: string;
  readonly feature: Feature;
  readonly name: string;
  readonly words: readonly string[];
  readonly joined: string;
}

const kindOf: Readonly<Record<string, string>> = { villages: 'village', districts: 'district', destinations: 'destination', products: 'product' };
const weight: Readonly<Record<string, number>> = { districts: 0.04, villages: 0.03, destinations: 0.05, products: 0 };

const synonyms: Readonly<Record<string, string>> = { beach: 'pantai', temple: 'candi', mountain: 'gunung', village: 'desa', lake: 'danau', waterfall: 'coban', gn: 'gunung', pt: 'pantai', ds: 'desa', kec: 'kecamatan' };

/** Folds a text to bare letters and digits, old spellings made new. */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/[̀-ͯ'’`]/g, '').replace(/oe/g, 'u').replace(/dj/g, 'j').replace(/tj/g, 'c').replace(/[^a-z0-9]+/g, ' ').trim();
}

export class Finder {
  private readonly all: Named[] = [];

  constructor(places: readonly PlacesOf[]) {
    const known = new Set<string>();
    for (const one of places) for (const collection of Object.keys(kindOf)) for (const feature of one[collection] ?? []) {
      const name = String(feature.properties['name'] ?? '');
      const key = `${collection}/${feature.id}`;
      if (!name || known.has(key)) continue;
      known.add(key);
      const words = fold(`${name} ${String(feature.properties['name_en'] ?? '')}`).split(' ').filter(Boolean);
      this.all.push({ collection, feature, name, words, joined: fold(name).replace(/ /g, '') });
    }
  }

  /** The best answers, best first, in the shape of /api/search. */
  find(query: string, limit: number): Feature[] {
    const asked = fold(query).split(' ').filter(Boolean).map((w) => synonyms[w] ?? w).slice(0, 8);
    if (asked.length === 0) return [];
    const joined = asked.join('');
    const scored = this.all.map((one) => ({ one, score: this.score(one, asked, joined) })).filter(({ score }) => score > 0.5);
    scored.sort((a, b) => b.score - a.score || a.one.name.localeCompare(b.one.name));
    return scored.slice(0, limit).map(({ one, score }) => answer(one, asked, score));
  }

  private score(one: Named, asked: readonly string[], joined: string): number {
    if (one.joined === joined) return 1.2 + (weight[one.collection] ?? 0);
    let sum = 0;
    for (const word of asked) sum += Math.max(...one.words.map((own) => likeness(word, own)), 0);
    const whole = one.joined.startsWith(joined) ? 1 : joined.length >= 5 && slips(joined, one.joined.slice(0, joined.length), allowed(joined)) ? 0.75 : 0;
    return Math.max(sum / asked.length, whole) * (1 - 0.01 * Math.min(10, Math.abs(one.joined.length - joined.length))) + (weight[one.collection] ?? 0);
  }
}

const allowed = (word: string): number => (word.length >= 7 ? 2 : word.length >= 4 ? 1 : 0);

/** How alike an asked word and one of a name are, 0 to 1. */
function likeness(asked: string, own: string): number {
  if (asked === own) return 1;
  if (own.startsWith(asked)) return 0.9;
  const most = allowed(asked);
  if (most === 0) return 0;
  for (const cut of [own, own.slice(0, asked.length), own.slice(0, asked.length + 1)]) if (slips(asked, cut, most)) return 0.75;
  return 0;
}

/** Whether two words are within so many slips: letters left out, added, changed or swapped. */
function slips(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let two: number[] = [], one = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(one[j]! + 1, row[j - 1]! + 1, one[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, two[j - 2]! + 1);
    }
    [two, one] = [one, row];
  }
  return one[b.length]! <= most;
}

function answer({ collection, feature, name }: Named, asked: readonly string[], score: number): Feature {
  const p = feature.properties;
  const where = collection === 'villages' ? [p['district']] : collection === 'destinations' ? [p['category']] : [];
  const lower = name.toLowerCase();
  const marks = asked.map((w) => [lower.indexOf(w), lower.indexOf(w) + w.length] as const).filter(([from]) => from >= 0).sort((a, b) => a[0] - b[0]);
  return {
    ...feature,
    properties: { kind: kindOf[collection], name, subtitle: where.filter(Boolean).join(', '), id: feature.id, collection, score: Math.min(1, score), marks },
  };
}
