// The name by which a feature is shown: in lists, labels of hover and titles.

import type { Attributes } from '../data/attributes';
import type { Hit } from '../map/pick';
import { collectionById } from '../schema/collections';
import { categoryOf } from '../schema/categories';
import { formatValue } from '../schema/fields';
import { text, type Language } from '../schema/language';

export interface Name {
  readonly title: string;
  readonly subtitle: string;
}

const clusterHint = text('Klik untuk memperbesar', 'Click to zoom in');

/** Name and second line of a feature as far as they are known without asking the server. */
export function nameOf(hit: Pick<Hit, 'collection' | 'id' | 'layer'> & { properties?: Hit['properties'] }, attributes: Attributes, language: Language): Name {
  const count = Number(hit.properties?.['point_count'] ?? 1);
  if (count > 1) return { title: `${count} ${collectionById.get(hit.collection)?.noun[language] ?? hit.layer ?? ''}`, subtitle: clusterHint[language] };
  const row = attributes.row(hit.collection, hit.id);
  const kind = collectionById.get(hit.collection)?.one[language] ?? hit.layer ?? hit.collection;
  const name = row?.['name'] || String(hit.properties?.['name'] ?? '');
  switch (hit.collection) {
    case 'villages':
      return { title: name || hit.id, subtitle: row ? `${formatValue('kind', row['kind'], language)} · ${row['district']}` : kind };
    case 'destinations':
      return { title: (language === 'en' && row?.['name_en']) || name || kind, subtitle: categoryOf(row?.['category']).title[language] };
    case 'towers':
      return { title: row?.['operators']?.split(';').join(', ') || kind, subtitle: kind };
    case 'roads':
      return { title: name || formatValue('class', hit.properties?.['class'] ?? '', language), subtitle: kind };
    case 'coverage':
      return { title: `${hit.properties?.['operator'] ?? row?.['operator'] ?? ''} ${formatValue('technology', hit.properties?.['technology'] ?? row?.['technology'] ?? '', language)}`.trim(), subtitle: kind };
    default:
      return { title: name || (hit.layer && hit.id) || kind, subtitle: kind };
  }
}
